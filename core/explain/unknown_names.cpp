#include "core/explain/unknown_names.hpp"

#include "core/kpis/catalog.hpp"
#include "core/recognition/nearest.hpp"

#include <algorithm>
#include <cctype>

namespace calckpi::explain {

using panel::msg;

std::string shownName(const UnknownName& name) {
    std::string word = name.word;
    if (name.isFunction)
        std::transform(word.begin(), word.end(), word.begin(),
                       [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
    return word;
}

std::optional<std::string> nearFunction(const std::string& word) {
    std::optional<std::string> nearest;
    // One slip, or one in four letters: Calc's own functions in another language are further away from ours.
    std::size_t fewest = std::max<std::size_t>(1, word.size() / 4) + 1;
    for (const Function& function : catalog())
        if (const std::size_t away = panel::slips(word, function.name()); away < fewest) {
            fewest = away;
            nearest = std::string(function.name());
        }
    return nearest;
}

std::string nameRemedy(const UnknownName& name, const panel::Texts& texts) {
    if (!name.isFunction)
        return texts.say(msg("A text is written in quotes: \"{word}\". A name has to be defined in this document"),
                         {{"word", name.word}});
    if (const std::optional<std::string> meant = nearFunction(name.word))
        return texts.say(msg("Did you mean “{word}”?"), {{"word", *meant}});
    return texts.say(msg("Check how the function is spelt in the language of this Calc"));
}

}  // namespace calckpi::explain
