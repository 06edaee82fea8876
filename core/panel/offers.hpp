// Offers: the things that can be made of a source, for the question "What do you want?".
//
//   for (const Offer& offer : allOffers()) offer.make(texts)->take(source);
#pragma once

#include "core/panel/model.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

struct Offer {
    std::string_view name{};          // the function's: "FUNNEL", "SEGMENTS"
    KeptKind kind = KeptKind::Table;  // of what the document keeps
    Message title{};
    Message makes{};  // a line on what it shows
    std::function<std::unique_ptr<Model>(const Texts&)> make{};
    // likeliness tells how well it suits a source, the higher the better; whyNot what the source lacks for it.
    std::function<int(const Source&)> likeliness{};
    std::function<std::optional<Message>(const Source&)> whyNot{};
};

std::vector<Offer> allOffers();
// funnelOffer is the only one of a panel that makes nothing but funnels.
Offer funnelOffer();

}  // namespace calckpi::panel
