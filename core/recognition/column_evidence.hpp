// What the cells of a table's columns show, each column read once: what facts, roles and funnels are told from.
#pragma once

#include "core/recognition/facts.hpp"
#include "core/recognition/vocabulary.hpp"
#include "core/tables/table.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace calckpi::panel {

inline constexpr std::uint32_t noLabel = std::numeric_limits<std::uint32_t>::max();

// ColumnEvidence is what the cells of one column show, beside what its header says.
struct ColumnEvidence {
    ColumnHandle cells;
    HeaderMeaning header;
    ColumnKind kind = ColumnKind::Empty;
    bool textDates = false;  // of kind Date, but written as texts

    std::size_t filled = 0;
    std::size_t numbers = 0;
    std::size_t texts = 0;
    std::size_t wholeNumbers = 0;
    std::size_t withHours = 0;  // dates that are no whole days
    double least = std::numeric_limits<double>::infinity();
    double most = -std::numeric_limits<double>::infinity();
    bool counting = true;  // each number is the one above plus 1

    std::size_t distinct = 0;
    std::vector<std::uint32_t> labels;  // of each row
    double known = 0;                   // share of the filled cells that are common stages

    bool means(Meaning meaning) const { return header.meaning == meaning; }
    bool isText() const { return texts * 2 >= filled && filled > 0 && kind != ColumnKind::Date; }
    bool isNumber() const { return kind == ColumnKind::Number || (kind == ColumnKind::Identifier && numbers * 2 > filled); }
    bool isDate() const { return kind == ColumnKind::Date; }
    bool unique() const { return filled > 0 && distinct == filled; }
    bool repeats() const { return static_cast<double>(distinct) <= 0.8 * static_cast<double>(filled) && distinct > 1; }
    bool fractionsOfOne() const { return numbers > 0 && least >= 0 && most <= 1 && wholeNumbers < numbers; }
};

// TableEvidence is that of all columns.
struct TableEvidence {
    std::vector<ColumnEvidence> columns;
};

// FunnelRoles are the columns of a funnel of deals, as recognition.cpp tells them.
struct FunnelRoles {
    std::optional<std::size_t> stage{};
    std::optional<std::size_t> status{};
    std::optional<std::size_t> lostStage{};
    std::optional<std::size_t> amount{};
    bool history = false;  // each row is an event
};
FunnelRoles funnelRoles(const Table& sample, const std::shared_ptr<const TableEvidence>& evidence);

// evidenceOf reads a column; `dateFormat` tells whether its cells have a date's number format, where that is known.
ColumnEvidence evidenceOf(const Table& table, std::size_t column, const std::string& header, std::optional<bool> dateFormat);

// evidenceOfTable reads all columns. `headers` say what the table's own do not, where there are any.
std::shared_ptr<const TableEvidence> evidenceOfTable(const Table& table, const std::vector<bool>& dates = {},
                                                     const std::vector<std::string>& headers = {});

// speaksOfDates tells the meanings of headers of dates.
bool speaksOfDates(Meaning meaning);
// isStageWord tells whether a text is a common stage or outcome.
bool isStageWord(const std::string& text);

}  // namespace calckpi::panel
