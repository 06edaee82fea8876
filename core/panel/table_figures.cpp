#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"
#include "core/panel/table_model.hpp"
#include "core/recognition/vocabulary.hpp"
#include "core/sheets/forecast_verdicts.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

namespace calckpi::panel {
namespace {

constexpr std::size_t mostRows = 6;
constexpr std::size_t mostFigures = 3;
constexpr std::size_t longestHeader = 11;

// tells is how much a column tells in a narrow table, by its unit; nothing for one that is for machines.
int tells(const TableColumn& column) {
    switch (column.role) {
        case CellRole::Tick:
        case CellRole::Bar:
        case CellRole::Helper: return 0;
        case CellRole::Number: return 1;  // a p-value, a ratio
        default: return 2;
    }
}

// placesAskedFor are columns of a function that users look for first: how much recurring revenue there is at the end, and not what
// it was at the start; what a customer will buy, and not what he did.
std::vector<std::size_t> placesAskedFor(std::string_view function) {
    if (function == "MRRMOVEMENTS" || function == "MRRPLANS") return {7, 8, 10};
    if (function == "CLVPREDICT") return {5, 7};
    return {};
}

// tellingColumns are those that a narrow table shows: the ones asked for, else the first of each unit, then whatever comes next.
std::vector<TableColumn> tellingColumns(const std::vector<TableColumn>& columns, std::string_view function) {
    std::set<std::size_t> chosen;
    for (const std::size_t asked : placesAskedFor(function))
        for (std::size_t place = 1; place < columns.size(); ++place)
            if (columns[place].place == asked) chosen.insert(place);
    std::set<CellRole> units;
    const auto add = [&](int least, bool newUnit) {
        for (std::size_t place = 1; place < columns.size() && chosen.size() < mostFigures; ++place)
            if (tells(columns[place]) >= least && (units.insert(columns[place].role).second || !newUnit)) chosen.insert(place);
    };
    if (chosen.empty()) {
        add(2, true);
        add(2, false);
        add(1, false);
    }
    std::vector<TableColumn> telling{columns.front()};
    for (const std::size_t place : chosen) telling.push_back(columns[place]);
    return telling;
}

// shortened ends a long header with an ellipsis: its figures need the room.
std::string shortened(const std::string& header) {
    std::size_t letters = 0;
    for (std::size_t at = 0; at < header.size(); ++at) {
        const bool begins = (static_cast<unsigned char>(header[at]) & 0xC0U) != 0x80U;  // a letter, not a further byte of one
        if (begins && ++letters == longestHeader && header.size() > at + 1)
            return std::string(trimmed(header.substr(0, at))) + "\u2026";
    }
    return header;
}

class Figures {
public:
    Figures(const TablePreview& preview, const TableChoices& choices, std::chrono::sys_days nullDate, const Texts& texts)
        : preview_(preview),
          period_(choices.text("period")),
          nullDate_(nullDate),
          texts_(texts),
          columns_(tellingColumns(preview.columns, choices.function)) {}

    void show(View& view) {
        if (preview_.model.rows > static_cast<std::size_t>(verdictRow)) showVerdict(view);
        const std::size_t rows = preview_.table.rows;
        const std::size_t shown = std::min(rows, mostRows);
        // Of periods the last ones are asked for.
        const CellRole role = columns_.front().role;
        const std::size_t first = role == CellRole::Date || role == CellRole::Month ? rows - shown : 0;
        std::vector<std::string> headers;
        for (const TableColumn& column : columns_) headers.push_back(headerOf(column, texts_));
        view.rows.push_back(row(Item::PreviewHeader, headers));
        index_ = 0;
        for (std::size_t place = first; place < first + shown; ++place) {
            std::vector<std::string> texts;
            for (const TableColumn& column : columns_) texts.push_back(cellText(column, place));
            view.rows.push_back(row(Item::PreviewRow, texts));
        }
        if (rows > shown)
            addRow(view,
                   sentence(WidgetKind::Note, Item::PreviewRest,
                            texts_.say(first > 0 ? msg("The last {shown} of {all} rows") : msg("The first {shown} of {all} rows"),
                                       {{"shown", texts_.number(static_cast<std::int64_t>(shown))},
                                        {"all", texts_.number(static_cast<std::int64_t>(rows))}})));
    }

private:
    // showVerdict comes before any number of a forecast; below it stands how the model and a naive forecast did in the test.
    void showVerdict(View& view) {
        const auto* word = std::get_if<std::string>(&preview_.model.at(static_cast<std::size_t>(verdictRow), 1));
        for (const Verdict& verdict : verdicts)
            if (word != nullptr && *word == verdict.word)
                note(view, verdict.word == "ok" ? WidgetKind::Note : WidgetKind::Warning, verdictNote,
                     texts_.say(verdict.sentence));
        if (preview_.errors.rows != 3) return;
        note(view, WidgetKind::Note, testNote,
             texts_.say(msg("Test: the model as of {date}, against what came since"),
                        {{"date", isoDate(preview_.until, nullDate_)}}));
        const Message names[] = {msg("Model"), msg("As often as so far")};
        for (std::size_t method = 0; method < std::size(names); ++method)
            note(view, WidgetKind::Note, testNote + 1 + static_cast<std::int32_t>(method),
                 texts_.say(msg("{method}: forecast {forecast}, came {actual}, difference {error}"),
                            {{"method", texts_.say(names[method])},
                             {"forecast", wholeText(method, 1)},
                             {"actual", wholeText(method, 2)},
                             {"error", wholeText(method, 3)}}));
    }
    // wholeText is a figure of the test, in whole purchases.
    std::string wholeText(std::size_t method, std::size_t column) const {
        const std::optional<double> number = numberAt(preview_.errors, method, column);
        return number ? texts_.number(std::round(*number)) : std::string("\u2013");
    }
    static void note(View& view, WidgetKind kind, std::int32_t index, std::string text) {
        Widget widget = sentence(kind, Item::PreviewRest, std::move(text));
        widget.index = index;
        addRow(view, std::move(widget));
    }
    Row row(Item item, const std::vector<std::string>& texts) {
        Row row;
        for (const std::string& text : texts) {
            const bool name = row.widgets.empty();
            row.widgets.push_back({.kind = name ? WidgetKind::Label : WidgetKind::Figure,
                                   .item = item,
                                   .index = index_++,
                                   .text = item == Item::PreviewHeader ? shortened(text) : text,
                                   .help = text,
                                   .stretch = name ? 3 : 2});
        }
        return row;
    }
    std::string cellText(const TableColumn& column, std::size_t row) const {
        const OutputCell& cell = preview_.table.at(row, column.place);
        if (const std::string* text = std::get_if<std::string>(&cell)) return *text;
        const double* number = std::get_if<double>(&cell);
        return number == nullptr ? std::string("\u2013") : numberText(column.role, *number);
    }
    std::string numberText(CellRole role, double number) const {
        switch (role) {
            case CellRole::Share: return texts_.percent(number);
            case CellRole::Days: return texts_.number(number, 1);
            case CellRole::Number: return texts_.number(number, 2);
            case CellRole::Date:
            case CellRole::Month: return dateText(number);
            default: return texts_.number(number);
        }
    }
    // dateText writes the first day of a period as far as it tells something: 2026-11 of a month.
    std::string dateText(double day) const {
        const std::string date = isoDate(day, nullDate_);
        if (period_.starts_with("day") || period_.starts_with("week")) return date;
        return date.substr(0, period_ == "year" ? 4 : 7);
    }

    const TablePreview& preview_;
    std::string period_;
    std::chrono::sys_days nullDate_;
    const Texts& texts_;
    std::vector<TableColumn> columns_;
    std::int32_t index_ = 0;

    // Sentences about the preview, by their index; that of the rows that are not shown has 0.
    static constexpr std::int32_t verdictNote = 1;
    static constexpr std::int32_t testNote = 2;
};

}  // namespace

void showTableFigures(View& view, const TablePreview& preview, const TableChoices& choices, std::chrono::sys_days nullDate,
                      const Texts& texts) {
    Figures(preview, choices, nullDate, texts).show(view);
}

}  // namespace calckpi::panel
