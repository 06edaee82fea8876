#include "core/sheets/funnel_plan.hpp"

#include "core/sheets/figures.hpp"
#include "core/sheets/formula.hpp"
#include "core/sheets/table_text.hpp"
#include "core/sheets/written_fault.hpp"

#include <algorithm>
#include <cmath>

namespace calckpi::panel {
namespace {

CellRole roleOf(Figure figure, bool thousands) {
    switch (figure) {
        case Figure::Segment:
        case Figure::Stage: return CellRole::Text;
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

class Layout {
public:
    Layout(const Choices& choices, const Preview& preview, const PlanContext& context, const Texts& texts)
        : choices_(choices), preview_(preview), context_(context), texts_(texts), figures_(figuresOf(choices)) {
        if (!preview.openKnown)
            std::erase_if(figures_, [](Figure figure) { return figure == Figure::Open || figure == Figure::Lost; });
        rows_ = static_cast<std::int32_t>(preview.table.rows);
        tableColumns_ = static_cast<std::int32_t>(figures_.size()) + (choices.picture == Picture::Bars ? 1 : 0);
        thousands_ = largestValue() >= 1e6;
        sheet_.columnWidths.assign(static_cast<std::size_t>(tableColumns_), 8);
        sheet_.frozenRows = firstRow;
        sheet_.pictureColumns = pictureColumns;
        notes_.row = firstRow + rows_;
        picture_.column = tableColumns_ + 1;  // after a column of air
    }

    DocumentPlan write() && {
        sheet_.name = texts_.say(msg("Funnel"));
        writeTitle();
        writeHeaders();
        if (choices_.live) writeArray();
        writeCells();
        if (choices_.picture == Picture::Bars) writeBars();
        writeNotes();
        if (choices_.picture == Picture::Chart) writeChart();
        if (isSplit(choices_) && stagesInBlock() > 1) {
            writeLines();
            writeComparison();
        }
        sheet_.blocks = {std::move(title_), std::move(table_), std::move(notes_)};
        if (!comparison_.content.empty()) sheet_.blocks.push_back(std::move(comparison_));
        if (choices_.picture == Picture::Chart) sheet_.blocks.push_back(std::move(picture_));
        return {.sheets = {std::move(sheet_)}};
    }

private:
    static constexpr std::int32_t headerRow = 3;
    static constexpr std::int32_t firstRow = headerRow + 1;
    // A picture narrower than these columns cannot be read.
    static constexpr std::int32_t pictureColumns = 4;
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

    // The table's row 0 is that of its headers.
    Reference cell(std::int32_t row, std::int32_t column) const { return table_.cell(row, column); }
    // firstInBlock is the first row of the segment that a row of the table belongs to.
    std::int32_t firstInBlock(std::int32_t row) const { return 1 + (row - 1) / stagesInBlock() * stagesInBlock(); }
    // blockCells are a column's cells of the segment that `row` lies in.
    Reference blockCells(std::int32_t row, std::int32_t column) const {
        return table_.cells({firstInBlock(row), column, stagesInBlock(), 1}, Fixed::Rows);
    }

    void widen(std::int32_t column, std::size_t letters) {
        std::int32_t& width = sheet_.columnWidths[static_cast<std::size_t>(column)];
        width = std::max(width, static_cast<std::int32_t>(letters));
    }

    void writeTitle() {
        const std::string title = isSplit(choices_) ? texts_.say(msg("Funnel by {column}: {source}"),
                                                                 {{"column", choices_.by}, {"source", context_.sourceName}})
                                                    : texts_.say(msg("Funnel: {source}"), {{"source", context_.sourceName}});
        title_.put(0, 0, CellRole::Title, title);
        title_.put(1, 0, CellRole::Subtitle, subtitleOf(choices_, context_, texts_));
    }

    // nameOf is a column's header: the user's own where the column shows one of his.
    std::string nameOf(Figure figure) const {
        if (figure == Figure::Segment && !allDigits(choices_.by)) return choices_.by;
        if (figure == Figure::Lost && !saysWhereLost(choices_)) return texts_.say(msg("Lost anywhere"));
        if (figure == Figure::Value && !allDigits(choices_.amount))
            return thousands_ ? texts_.say(msg("{column} (thousands)"), {{"column", choices_.amount}}) : choices_.amount;
        return texts_.say(headerOf(figure, thousands_));
    }

    void writeHeaders() {
        for (std::int32_t column = 0; column < static_cast<std::int32_t>(figures_.size()); ++column) {
            const Figure figure = figures_[static_cast<std::size_t>(column)];
            const bool text = roleOf(figure, false) == CellRole::Text;
            std::string header = nameOf(figure);
            widen(column, std::max(longestWord(header), std::min(lettersIn(header), headerLetters)));
            table_.put(0, column, text ? CellRole::HeaderText : CellRole::Header, std::move(header));
        }
        if (choices_.picture == Picture::Bars) table_.put(0, tableColumns_ - 1, CellRole::Header);
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
        table_.fill({1, 0, rows_, static_cast<std::int32_t>(figures_.size())},
                    Formula(asItComes ? call : "INDEX(" + call + ";0;{" + places + "})"));
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
                if (!choices_.live) content = contentOf(cell);
                table_.put(1 + row, column, roleOf(figure, thousands_), std::move(content));
            }
    }

    // numberAt is a number of the table as it is now, 0 where there is none.
    double numberAt(std::int32_t row, Figure figure) const {
        const double* number = std::get_if<double>(&value(row - 1, figure));
        return number == nullptr ? 0 : *number;
    }
    double mostInBlock(std::int32_t row) const {
        const std::int32_t first = firstInBlock(row);
        double most = 0;
        for (std::int32_t each = first; each < first + stagesInBlock(); ++each)
            most = std::max(most, numberAt(each, Figure::Count));
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
        widen(tableColumns_ - 1, barLength + 4);
        for (std::int32_t row = 1; row <= rows_; ++row) {
            Content bars = choices_.live ? Content(barsFormula(row)) : Content(barsNow(row));
            table_.put(row, tableColumns_ - 1, CellRole::Bar, std::move(bars));
        }
    }
    Formula barsFormula(std::int32_t row) const {
        const Reference count = cell(row, *columnOf(Figure::Count));
        const auto bar = [&](const std::string& sign, const Formula& part) {
            return Formula("REPT(\"" + sign + "\";ROUND(" + std::to_string(barLength) + "*") + part + "/MAX(" +
                   blockCells(row, count.cells.column) + ");0))";
        };
        const std::optional<std::int32_t> open = columnOf(Figure::Open);
        Formula bars =
            open ? bar("█", Formula("(") + count + "-" + cell(row, *open) + ")") + "&" + bar("░", Formula(cell(row, *open)))
                 : bar("█", Formula(count));
        return Formula("IFERROR(") + bars + ";\"\")";
    }

    // A live table has as many rows as it was made with: where the data can ask for more, it says so.
    bool rowsMayChange() const { return choices_.live && (isSplit(choices_) || choices_.shape == Shape::Counts); }

    // lettersBelowTable is how much small print has place below the table, so that the picture beside it covers none.
    std::size_t lettersBelowTable() const {
        std::int32_t letters = 0;
        for (const std::int32_t width : sheet_.columnWidths) letters += width + 2;
        return static_cast<std::size_t>(std::clamp(letters * 12 / 10, 60, 150));
    }

    void writeNotes() {
        std::int32_t row = 0;
        for (std::string& line : inLines(rulesOf(choices_, context_, texts_, preview_.openKnown), lettersBelowTable()))
            notes_.put(row++, 0, CellRole::Note, std::move(line));
        if (choices_.live)
            notes_.put(row++, 0, CellRole::Note,
                       newRowsNote(choices_.source, context_.columns.size(), context_.filledBelow, texts_));
        if (!rowsMayChange()) return;
        const std::string sentence = texts_.say(
            msg("The data now give a table with more or fewer rows: select a cell of it and press Update in the sidebar"));
        notes_.put(row, 0, CellRole::Note,
                   Formula("IF(IFERROR(ROWS(" + formulaOf(choices_, context_.columns, context_.rows) +
                           ");0)=" + std::to_string(rows_) + ";\"\";" + asConstant(sentence) + ")"));
    }

    void writeChartNumbersNow(std::int32_t row) {
        const bool open = columnOf(Figure::Open).has_value();
        const double reached = numberAt(row, Figure::Count);
        const double stillOpen = open ? numberAt(row, Figure::Open) : 0;
        picture_.put(row, 0, CellRole::Helper, stageAt(row - 1) + "  " + texts_.number(reached));
        picture_.put(row, 1, CellRole::Helper, (mostInBlock(row) - reached) / 2);
        picture_.put(row, 2, CellRole::Helper, reached - stillOpen);
        if (open) picture_.put(row, 3, CellRole::Helper, stillOpen);
    }

    void writeChartNumbers(std::int32_t row) {
        const std::optional<std::int32_t> open = columnOf(Figure::Open);
        const Reference reached = cell(row, *columnOf(Figure::Count));
        // The count is beside the stage's name: in a narrow bar it could not be read, and one in two parts shows no sum.
        picture_.put(row, 0, CellRole::Helper, Formula(cell(row, *columnOf(Figure::Stage))) + "&\"  \"&FIXED(" + reached + ";0)");
        picture_.put(row, 1, CellRole::Helper, Formula("(MAX(") + blockCells(row, reached.cells.column) + ")-" + reached + ")/2");
        picture_.put(row, 2, CellRole::Helper, open ? Formula(reached) + "-" + cell(row, *open) : Formula(reached));
        if (open) picture_.put(row, 3, CellRole::Helper, Formula(cell(row, *open)));
    }

    // The picture is below the row of the headers: that row is frozen, and the line would cut it.
    void writeChart() {
        const std::int32_t last = stagesInBlock();
        for (std::int32_t row = 1; row <= last; ++row) choices_.live ? writeChartNumbers(row) : writeChartNumbersNow(row);
        PlannedChart chart;
        chart.kind = ChartKind::FunnelBars;
        chart.data = picture_.cells({0, 0, last + 1, columnOf(Figure::Open) ? 4 : 3});
        chart.covers = pictureOver({headerRow, picture_.column, last + 1, 1}, picture_.column + pictureColumns);
        // It shows all segments together, and says so.
        const std::string all = texts_.say(msg("All"));
        if (isSplit(choices_)) chart.title = all;
        if (context_.before && isSplit(*context_.before)) chart.titleBefore = all;
        widenForPicture();
        comparison_.row = chart.covers.endRow() + 1;
        sheet_.charts.push_back(std::move(chart));
    }
    void widenForPicture() {
        sheet_.columnWidths.resize(static_cast<std::size_t>(picture_.column) + static_cast<std::size_t>(pictureColumns), 14);
        sheet_.columnWidths[static_cast<std::size_t>(tableColumns_)] = 2;
    }

    // A line ends each segment, also where the data now give others. Texts that an add-in gives are equal to nothing in Calc 7.4,
    // not to themselves either; what & has joined is.
    void writeLines() {
        const auto segment = [&](std::int32_t row) {
            return Formula(table_.cell(row, *columnOf(Figure::Segment), Fixed::Columns)) + "&\"\"";
        };
        table_.formats.push_back({{1, 0, rows_, tableColumns_}, {{segment(1) + "<>" + segment(2), CellRole::BlockEnd}}});
    }

    // The comparison has a row for each segment: how many came to the first stage and to the last, and their share.
    void writeComparison() {
        comparison_.column = picture_.column;
        widenForPicture();
        const std::int32_t steps = stagesInBlock();
        comparison_.put(0, 0, CellRole::HeaderText, nameOf(Figure::Segment));
        for (const std::int32_t row : {0, steps - 1}) comparison_.put(0, row == 0 ? 1 : 2, CellRole::Header, stageAt(row));
        comparison_.put(0, 3, CellRole::Header, nameOf(Figure::OfFirst));
        for (std::int32_t first = 1; first + steps <= rows_ + 1; first += steps) {
            const std::int32_t row = 1 + first / steps;
            compare(row, 0, CellRole::Text, first, Figure::Segment);
            compare(row, 1, CellRole::Count, first, Figure::Count);
            compare(row, 2, CellRole::Count, first + steps - 1, Figure::Count);
            compare(row, 3, CellRole::Share, first + steps - 1, Figure::OfFirst);
        }
    }
    // compare puts the table's figure of a row there: it follows the table.
    void compare(std::int32_t at, std::int32_t column, CellRole role, std::int32_t row, Figure figure) {
        const Reference own = cell(row, *columnOf(figure));
        OutputCell now = value(row - 1, figure);
        if (std::string* name = std::get_if<std::string>(&now); name != nullptr && figure == Figure::Segment) {
            widen(comparison_.column, lettersIn(*name));
            *name = segmentName(row - 1, *name);
        }
        if (choices_.live)
            comparison_.put(at, column, role, Formula("IF(") + own + "=\"\";\"\";" + own + ")");
        else
            comparison_.put(at, column, role, contentOf(now));
    }
    std::string stageAt(std::int32_t row) const {
        const std::string* stage = std::get_if<std::string>(&value(row, Figure::Stage));
        return stage == nullptr ? std::string() : *stage;
    }

    const Choices& choices_;
    const Preview& preview_;
    const PlanContext& context_;
    const Texts& texts_;
    std::vector<Figure> figures_;
    std::int32_t rows_ = 0;
    std::int32_t tableColumns_ = 0;
    bool thousands_ = false;
    Block title_{.id = "title"};
    Block table_{.id = "table", .row = headerRow};
    Block notes_{.id = "notes"};
    Block picture_{.id = "picture", .row = headerRow};
    Block comparison_{.id = "comparison", .row = headerRow};
    PlannedSheet sheet_{};
};

}  // namespace

DocumentPlan planFunnel(const Choices& choices, const Preview& preview, const PlanContext& context, const Texts& texts) {
    return Layout(choices, preview, context, texts).write();
}

}  // namespace calckpi::panel
