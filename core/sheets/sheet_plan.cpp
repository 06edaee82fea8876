#include "core/sheets/sheet_plan.hpp"

#include "core/sheets/figures.hpp"
#include "core/sheets/table_text.hpp"
#include "core/values/address.hpp"

#include <algorithm>
#include <cmath>

namespace calckpi::panel {
namespace {

CellRole roleOf(Figure figure, bool thousands) {
    switch (figure) {
        case Figure::Segment:
        case Figure::Stage: return CellRole::Stage;
        case Figure::Count:
        case Figure::Lost:
        case Figure::Open: return CellRole::Count;
        case Figure::OfPrevious:
        case Figure::OfFirst:
        case Figure::Low:
        case Figure::High: return CellRole::Share;
        case Figure::MedianDays: return CellRole::Days;
        case Figure::Value: return thousands ? CellRole::Thousands : CellRole::Money;
    }
    return CellRole::Count;
}

Message headerOf(Figure figure, bool thousands) {
    switch (figure) {
        case Figure::Segment: return msg("Segment");
        case Figure::Stage: return msg("Stage");
        case Figure::Count: return msg("Count");
        case Figure::OfPrevious: return msg("% of previous");
        case Figure::OfFirst: return msg("% of first");
        case Figure::Lost: return msg("Lost");
        case Figure::Open: return msg("Open");
        case Figure::MedianDays: return msg("Median days");
        case Figure::Value: return thousands ? msg("Value (thousands)") : msg("Value");
        case Figure::Low: return msg("Low (95 %)");
        case Figure::High: return msg("High (95 %)");
    }
    return {};
}

// errorFormula shows the error of a value that cannot be computed, as its formula would.
Formula errorFormula(const Failure& failure) {
    switch (failure.fault) {
        case Fault::DivideByZero: return {"#DIV/0!"};
        case Fault::NothingToCompute: return {"NA()"};
        case Fault::NotANumber: return {"#VALUE!"};
        case Fault::NotFinite: return {"#NUM!"};
        case Fault::OutsideDomain:
        case Fault::NoConvergence:
        case Fault::TooLarge:
        case Fault::ErrorInCell: break;
    }
    // Calc has no constant for Err:502; the root of a negative number gives it.
    return {"SQRT(-1)"};
}

struct ContentOf {
    std::optional<Content> operator()(Blank) const { return std::nullopt; }
    std::optional<Content> operator()(double number) const { return number; }
    std::optional<Content> operator()(const std::string& text) const { return text; }
    std::optional<Content> operator()(const Failure& failure) const { return errorFormula(failure); }
};

// Origin is the upper left cell of the block in its sheet, counted from 0.
struct Origin {
    std::int32_t column = 0;
    std::int32_t row = 0;
};

class Layout {
public:
    Layout(const Choices& choices, const Preview& preview, const PlanContext& context, const Texts& texts)
        : choices_(choices), preview_(preview), context_(context), texts_(texts), figures_(figuresOf(choices)) {
        if (!preview.openKnown)
            std::erase_if(figures_, [](Figure figure) { return figure == Figure::Open || figure == Figure::Lost; });
        if (const auto corner = readAddress(context.blockAddress)) origin_ = {corner->column, corner->row};
        rows_ = static_cast<std::int32_t>(preview.table.rows);
        tableColumns_ = static_cast<std::int32_t>(figures_.size()) + (choices.picture == Picture::Bars ? 1 : 0);
        thousands_ = largestValue() >= 1e6;
        plan_.headerRow = headerRow;
        plan_.columnWidths.assign(static_cast<std::size_t>(tableColumns_), 8);
        plan_.columns = tableColumns_;
    }

    SheetPlan write() && {
        plan_.sheetName = texts_.say(msg("Funnel"));
        plan_.source = choices_.source;
        writeTitle();
        writeHeaders();
        if (choices_.live) writeArray();
        writeCells();
        if (choices_.picture == Picture::Bars) writeBars();
        const std::int32_t below = writeNotes();
        plan_.rows = below;
        if (choices_.picture == Picture::Chart) writeChart();
        return std::move(plan_);
    }

private:
    static constexpr std::int32_t headerRow = 3;
    static constexpr std::int32_t firstRow = headerRow + 1;
    // In both directions a picture smaller than these cells cannot be read.
    static constexpr std::int32_t pictureRows = 14;
    static constexpr std::int32_t barLength = 30;
    // A longer header is set in two lines.
    static constexpr std::size_t headerLetters = 13;

    // stagesInBlock is how many rows each segment has.
    std::int32_t stagesInBlock() const {
        if (!isSplit(choices_)) return rows_;
        std::int32_t steps = 0;
        for (const ChosenStage& stage : choices_.stages) steps += isStep(stage) ? 1 : 0;
        return std::clamp(steps, 1, std::max(rows_, 1));
    }
    std::optional<std::int32_t> columnOf(Figure figure) const {
        const auto found = std::find(figures_.begin(), figures_.end(), figure);
        if (found == figures_.end()) return std::nullopt;
        return static_cast<std::int32_t>(found - figures_.begin());
    }
    const OutputCell& value(std::int32_t row, Figure figure) const {
        return preview_.table.at(static_cast<std::size_t>(row), static_cast<std::size_t>(placeOf(figure, choices_) - 1));
    }
    double largestValue() const {
        double largest = 0;
        if (!columnOf(Figure::Value)) return largest;
        for (std::int32_t row = 0; row < rows_; ++row)
            if (const double* number = std::get_if<double>(&value(row, Figure::Value)))
                largest = std::max(largest, std::abs(*number));
        return largest;
    }

    std::string address(std::int32_t row, std::int32_t column) const {
        return cellName(origin_.column + column, origin_.row + row);
    }
    // rangeOf is a column's cells in the block that `row` lies in, with fixed rows.
    std::string blockRange(std::int32_t row, std::int32_t column) const {
        const std::int32_t size = stagesInBlock();
        const std::int32_t first = firstRow + (row - firstRow) / size * size;
        const std::string letters = lettersOf(origin_.column + column) + '$';
        return letters + std::to_string(origin_.row + first + 1) + ':' + letters + std::to_string(origin_.row + first + size);
    }

    void put(std::int32_t row, std::int32_t column, CellRole role, std::optional<Content> content) {
        plan_.cells.push_back({row, column, role, std::move(content)});
    }
    void widen(std::int32_t column, std::size_t letters) {
        std::int32_t& width = plan_.columnWidths[static_cast<std::size_t>(column)];
        width = std::max(width, static_cast<std::int32_t>(letters));
    }

    void writeTitle() {
        const std::string title = isSplit(choices_) ? texts_.say(msg("Funnel by {column}: {source}"),
                                                                 {{"column", choices_.by}, {"source", context_.sourceName}})
                                                    : texts_.say(msg("Funnel: {source}"), {{"source", context_.sourceName}});
        put(0, 0, CellRole::Title, title);
        put(1, 0, CellRole::Subtitle, subtitleOf(choices_, context_, texts_));
    }

    // nameOf is a column's header: the user's own where the column shows one of his.
    std::string nameOf(Figure figure) const {
        if (figure == Figure::Segment && !allDigits(choices_.by)) return choices_.by;
        if (figure == Figure::Value && !allDigits(choices_.amount))
            return thousands_ ? texts_.say(msg("{column} (thousands)"), {{"column", choices_.amount}}) : choices_.amount;
        return texts_.say(headerOf(figure, thousands_));
    }

    void writeHeaders() {
        for (std::int32_t column = 0; column < static_cast<std::int32_t>(figures_.size()); ++column) {
            const Figure figure = figures_[static_cast<std::size_t>(column)];
            const bool text = roleOf(figure, false) == CellRole::Stage;
            std::string header = nameOf(figure);
            widen(column, std::max(longestWord(header), std::min(lettersIn(header), headerLetters)));
            put(headerRow, column, text ? CellRole::HeaderText : CellRole::Header, std::move(header));
        }
        if (choices_.picture == Picture::Bars) put(headerRow, tableColumns_ - 1, CellRole::Header, std::nullopt);
    }

    // One array formula gives the whole table, so that it is computed once and is of one piece.
    void writeArray() {
        const std::string call = formulaOf(choices_, context_.columns, context_.rows);
        bool asItComes = true;
        std::string places;
        for (std::size_t index = 0; index < figures_.size(); ++index) {
            const std::int32_t place = placeOf(figures_[index], choices_);
            asItComes = asItComes && place == static_cast<std::int32_t>(index) + 1;
            if (!places.empty()) places += ';';
            places += std::to_string(place);
        }
        Formula formula{asItComes ? call : "INDEX(" + call + ";0;{" + places + "})"};
        plan_.arrays.push_back({firstRow, 0, rows_, static_cast<std::int32_t>(figures_.size()), std::move(formula)});
    }

    // segmentName says the two names that the functions give in English, where no formula shows them.
    std::string segmentName(std::int32_t row, const std::string& name) const {
        if (row < stagesInBlock() && name == "All") return texts_.say(msg("All"));
        return name == "(blank)" ? texts_.say(msg("(blank)")) : name;
    }

    void writeCells() {
        for (std::int32_t row = 0; row < rows_; ++row)
            for (std::int32_t column = 0; column < static_cast<std::int32_t>(figures_.size()); ++column) {
                const Figure figure = figures_[static_cast<std::size_t>(column)];
                OutputCell cell = value(row, figure);
                if (std::string* text = std::get_if<std::string>(&cell)) {
                    if (!choices_.live && figure == Figure::Segment) *text = segmentName(row, *text);
                    widen(column, lettersIn(*text));
                }
                if (const double* number = std::get_if<double>(&cell); number != nullptr && figure == Figure::Value)
                    widen(column, texts_.number(thousands_ ? *number / 1000 : *number).size() + 4);
                std::optional<Content> content;
                if (!choices_.live) content = std::visit(ContentOf(), cell);
                put(firstRow + row, column, roleOf(figure, thousands_), std::move(content));
            }
    }

    // numberAt is a number of the table as it is now, 0 where there is none.
    double numberAt(std::int32_t sheetRow, Figure figure) const {
        const double* number = std::get_if<double>(&value(sheetRow - firstRow, figure));
        return number == nullptr ? 0 : *number;
    }
    double mostInBlock(std::int32_t sheetRow) const {
        const std::int32_t size = stagesInBlock();
        const std::int32_t first = firstRow + (sheetRow - firstRow) / size * size;
        double most = 0;
        for (std::int32_t row = first; row < first + size; ++row) most = std::max(most, numberAt(row, Figure::Count));
        return most;
    }
    std::string barsNow(std::int32_t row) const {
        const double most = mostInBlock(row);
        if (!(most > 0)) return {};
        const double open = columnOf(Figure::Open) ? numberAt(row, Figure::Open) : 0;
        std::string bars;
        const auto add = [&](std::string_view sign, double part) {
            for (auto left = std::lround(barLength * part / most); left > 0; --left) bars += sign;
        };
        add("\u2588", numberAt(row, Figure::Count) - open);
        add("\u2591", open);
        return bars;
    }

    // Bars of block characters, each as long as the share of its segment's largest count; centred, they make the funnel. What is
    // open is their lighter end.
    void writeBars() {
        const std::int32_t count = *columnOf(Figure::Count);
        const std::optional<std::int32_t> open = columnOf(Figure::Open);
        widen(tableColumns_ - 1, barLength + 4);
        for (std::int32_t row = firstRow; row < firstRow + rows_; ++row) {
            const std::string most = "MAX(" + blockRange(row, count) + ")";
            const auto bar = [&](const std::string& sign, const std::string& part) {
                return "REPT(\"" + sign + "\";ROUND(" + std::to_string(barLength) + "*" + part + "/" + most + ";0))";
            };
            if (!choices_.live) {
                put(row, tableColumns_ - 1, CellRole::Bar, barsNow(row));
                continue;
            }
            std::string bars =
                open ? bar("█", "(" + address(row, count) + "-" + address(row, *open) + ")") + "&" + bar("░", address(row, *open))
                     : bar("█", address(row, count));
            put(row, tableColumns_ - 1, CellRole::Bar, Formula{"IFERROR(" + std::move(bars) + ";\"\")"});
        }
    }

    // A live table has as many rows as it was made with: where the data can ask for more, it says so.
    bool rowsMayChange() const { return choices_.live && (isSplit(choices_) || choices_.shape == Shape::Counts); }

    // lettersBelowTable is how much small print has place below the table, so that the picture beside it covers none.
    std::size_t lettersBelowTable() const {
        std::int32_t letters = 0;
        for (const std::int32_t width : plan_.columnWidths) letters += width + 2;
        return static_cast<std::size_t>(std::clamp(letters * 12 / 10, 60, 150));
    }

    // writeNotes gives the row after the notes.
    std::int32_t writeNotes() {
        std::int32_t row = firstRow + rows_;
        for (std::string& line : inLines(rulesOf(choices_, context_, texts_, preview_.openKnown), lettersBelowTable()))
            put(row++, 0, CellRole::Note, std::move(line));
        if (!rowsMayChange()) return row;
        const std::string sentence = texts_.say(
            msg("The data now give a table with more or fewer rows: select a cell of it and press Update in the sidebar"));
        put(row++, 0, CellRole::Note,
            Formula{"IF(IFERROR(ROWS(" + formulaOf(choices_, context_.columns, context_.rows) + ");0)=" + std::to_string(rows_) +
                    ";\"\";" + asConstant(sentence) + ")"});
        return row;
    }

    void writeChartNumbersNow(std::int32_t row, std::int32_t labels) {
        const bool open = columnOf(Figure::Open).has_value();
        const double reached = numberAt(row, Figure::Count);
        const double stillOpen = open ? numberAt(row, Figure::Open) : 0;
        const std::string* stage = std::get_if<std::string>(&value(row - firstRow, Figure::Stage));
        put(row, labels, CellRole::Helper, (stage == nullptr ? std::string() : *stage) + "  " + texts_.number(reached));
        put(row, labels + 1, CellRole::Helper, (mostInBlock(row) - reached) / 2);
        put(row, labels + 2, CellRole::Helper, reached - stillOpen);
        if (open) put(row, labels + 3, CellRole::Helper, stillOpen);
    }

    // The picture stands below the row of the headers: that row is frozen, and the line would cut it.
    void writeChart() {
        const std::int32_t count = *columnOf(Figure::Count);
        const std::int32_t stage = *columnOf(Figure::Stage);
        const std::optional<std::int32_t> open = columnOf(Figure::Open);
        const std::int32_t labels = tableColumns_ + 1;  // after a column of air
        const std::int32_t last = headerRow + stagesInBlock();
        for (std::int32_t row = firstRow; row <= last; ++row) {
            if (!choices_.live) {
                writeChartNumbersNow(row, labels);
                continue;
            }
            const std::string reached = address(row, count);
            // The count stands beside the stage's name: in a narrow bar it could not be read, and one in two parts shows no sum.
            put(row, labels, CellRole::Helper, Formula{address(row, stage) + "&\"  \"&FIXED(" + reached + ";0)"});
            put(row, labels + 1, CellRole::Helper, Formula{"(MAX(" + blockRange(row, count) + ")-" + reached + ")/2"});
            put(row, labels + 2, CellRole::Helper, Formula{open ? reached + "-" + address(row, *open) : reached});
            if (open) put(row, labels + 3, CellRole::Helper, Formula{address(row, *open)});
        }
        PlannedChart chart;
        chart.headerRow = headerRow;
        chart.lastRow = last;
        chart.labelColumn = labels;
        chart.open = open.has_value();
        chart.left = labels;
        chart.right = labels + 3;
        chart.top = firstRow;
        chart.bottom = std::max(last, headerRow + pictureRows);
        chart.splitTitle = texts_.say(msg("All"));
        if (isSplit(choices_)) chart.title = chart.splitTitle;
        plan_.columns = chart.right + 1;
        plan_.rows = std::max(plan_.rows, chart.bottom + 1);
        plan_.columnWidths.resize(static_cast<std::size_t>(plan_.columns), 14);
        plan_.columnWidths[static_cast<std::size_t>(tableColumns_)] = 2;
        plan_.chart = std::move(chart);
    }

    const Choices& choices_;
    const Preview& preview_;
    const PlanContext& context_;
    const Texts& texts_;
    std::vector<Figure> figures_;
    Origin origin_;
    std::int32_t rows_ = 0;
    std::int32_t tableColumns_ = 0;
    bool thousands_ = false;
    SheetPlan plan_;
};

}  // namespace

SheetPlan planSheet(const Choices& choices, const Preview& preview, const PlanContext& context, const Texts& texts) {
    return Layout(choices, preview, context, texts).write();
}

}  // namespace calckpi::panel
