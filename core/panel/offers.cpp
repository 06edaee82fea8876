#include "core/panel/offers.hpp"

#include "core/kpis/catalog.hpp"
#include "core/panel/funnel_model.hpp"
#include "core/panel/kpi_sheet_model.hpp"
#include "core/panel/table_model.hpp"
#include "core/recognition/facts.hpp"
#include "core/recognition/recognition.hpp"
#include "core/sheets/table_defaults.hpp"

#include <algorithm>
#include <iterator>

namespace calckpi::panel {
namespace {

// Deals, leads and events are a funnel before all else; so is what nothing is known of.
int likelinessOfFunnel(const Source& source) {
    switch (source.facts->rows) {
        case RowKind::Deals:
        case RowKind::Leads:
        case RowKind::Events:
        case RowKind::Other: return 100;
        default: return 0;
    }
}

int likelinessOf(const TableKind& kind, const Source& source) {
    const std::vector<const TableKind*> likeliest = likeliestTables(*source.facts);
    return static_cast<int>(likeliest.end() - std::find(likeliest.begin(), likeliest.end(), &kind));
}

Offer tableOffer(const TableKind& kind) {
    return {.name = kind.function,
            .title = kind.title,
            .makes = kind.makes,
            .make = [&kind](const Texts& texts) { return std::make_unique<TableModel>(kind, texts); },
            .likeliness = [&kind](const Source& source) { return likelinessOf(kind, source); },
            .whyNot = [&kind](const Source& source) -> std::optional<Message> {
                const std::optional<MissingRole> missing = panel::whyNot(*find(kind.function), *source.facts);
                return missing ? std::optional(missing->sentence) : std::nullopt;
            }};
}

Offer kpiSheetOffer() {
    return {
        .name = "KPISHEET",
        .kind = KeptKind::KpiSheet,
        .title = msg("KPI sheet"),
        .makes = msg("Scorecard and trend of many KPIs, with targets, on sheets of their own"),
        .make = [](const Texts& texts) { return std::make_unique<KpiSheetModel>(texts); },
        // Behind the table that suits the rows best, and before what suits them less.
        .likeliness =
            [](const Source& source) { return kpisFrom(source) > 4 ? static_cast<int>(likeliestTables(*source.facts).size()) : 0; },
        .whyNot = whyNoKpiSheet};
}

}  // namespace

Offer funnelOffer() {
    return {.name = "FUNNEL",
            .kind = KeptKind::Funnel,
            .title = msg("Funnel"),
            .makes = msg("How many reach each stage, and the share that goes on"),
            .make = [](const Texts& texts) { return std::make_unique<FunnelModel>(texts); },
            .likeliness = likelinessOfFunnel,
            .whyNot = [](const Source& source) -> std::optional<Message> {
                if (recognise(*source.facts, *source.sample).usable) return std::nullopt;
                return msg("needs a column of stages, of events or of dates");
            }};
}

std::vector<Offer> allOffers() {
    std::vector<Offer> offers{funnelOffer()};
    std::transform(tableKinds().begin(), tableKinds().end(), std::back_inserter(offers), tableOffer);
    offers.push_back(kpiSheetOffer());
    return offers;
}

}  // namespace calckpi::panel
