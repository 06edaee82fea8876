// The translations of the sidebar's sentences, made from the gettext files by registration/write_panel_texts.py.
//
//   const Language language = languageOf(tag);
//   const Texts texts(language, translationsOf(language));
#pragma once

#include "core/texts/message.hpp"

#include <span>

namespace calckpi::panel {

// translationsOf gives every message of the sidebar, sorted by its English text; none for English.
std::span<const Translation> translationsOf(Language language);

}  // namespace calckpi::panel
