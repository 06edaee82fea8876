// The part of a KPI sheet's panel in which users make KPIs of their own, by the pattern of all that is counted: how many rows, or
// the sum, the mean or the number of different values of a column, by a date, for rows that pass filters.
#pragma once

#include "core/panel/filters_section.hpp"
#include "core/panel/source.hpp"
#include "core/panel/view.hpp"
#include "core/sheets/kpi_sheet_choices.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace calckpi::panel {

// OwnItem goes on behind the items of KPI sheets.
enum class OwnItem : std::uint16_t {
    Title = 1100,
    NameLabel,
    Name,
    SourceLabel,
    Source,
    StatisticLabel,
    Statistic,
    ValueLabel,
    Value,
    WhenLabel,
    When,
    BetterLabel,
    Better,
    Add,
    Problem,
};

class OwnKpiSection {
public:
    // begin proposes a KPI of the first source that has a date.
    void begin(const std::vector<const Source*>& sources);
    // keep begins again only where the source of the KPI that is being made is none of them.
    void keep(const std::vector<const Source*>& sources) {
        if (source(sources) == nullptr) begin(sources);
    }
    void show(View& view, const std::vector<const Source*>& sources, const Texts& texts) const;
    // act changes the KPI that is being made.
    Next act(const Action& action, const std::vector<const Source*>& sources);
    // made is the KPI, named after what it counts where the user has given it no name; nothing where something is missing, which
    // the section then says. `number` is the one of its id.
    std::optional<OwnKpi> made(std::int32_t number, const Texts& texts);

private:
    const Source* source(const std::vector<const Source*>& sources) const;
    bool counts() const { return kpi_.statistic == "count"; }
    std::string proposedName(const Texts& texts) const;

    OwnKpi kpi_;
    FiltersSection filters_;
    std::optional<Message> problem_;
};

// missingColumn is a column that an own KPI asks for and its source does not have; empty where all are there.
std::string missingColumn(const OwnKpi& own, const Source* source);

}  // namespace calckpi::panel
