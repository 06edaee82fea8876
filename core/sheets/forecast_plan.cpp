#include "core/sheets/forecast_plan.hpp"

#include "core/sheets/forecast_verdicts.hpp"
#include "core/sheets/formula_parts.hpp"
#include "core/sheets/table_pictures.hpp"
#include "core/sheets/table_rules.hpp"
#include "core/sheets/table_sheet.hpp"
#include "core/sheets/table_text.hpp"
#include "core/sheets/written_fault.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace calckpi::panel {
namespace {

// Places of the columns of CLVPREDICT.
enum : std::size_t { Customer, Repeats, Recency, Age, Alive, Purchases, Spend, Value, Low, High };

std::string text(std::int32_t number) { return std::to_string(number); }

Formula at(const Reference& cells, const Formula& place) { return Formula("INDEX(") + cells + ";" + place + ")"; }

constexpr std::int32_t mostTop = 10;

// The picture is drawn from so many points of time.
constexpr std::int32_t points = 26;
constexpr std::int32_t pictureRows = points + 2;

// Rows above the table of all customers.
constexpr std::int32_t testRow = TableSheet::top + 2;
constexpr std::int32_t totalsRow = testRow + 6;
constexpr std::int32_t topRow = totalsRow + 4;

// ForecastSheet adds to the table of all customers what is above and beside it.
class ForecastSheet {
public:
    ForecastSheet(const TableChoices& choices, const TablePreview& preview, const TableContext& context, const Texts& texts)
        : choices_(choices),
          preview_(preview),
          context_(context),
          texts_(texts),
          top_(std::min(mostTop, static_cast<std::int32_t>(preview.table.rows) - 1)),
          sheet_(choices, preview, context, texts, 0, topRow + top_ + 4 - TableSheet::top) {
        for (std::string& sentence : tableRules(choices, context, texts)) sheet_.rule(std::move(sentence));
    }

    DocumentPlan write() && {
        const bool drawn = choices_.picture && preview_.tracking.rows > 1;
        sheet_.makeRoom(drawn ? 8 : 6, 9);
        sheet_.widenPicture(1, 22);  // the verdict
        sheet_.widenColumn(0, 20);
        places_ = Block{.id = "places", .row = topRow, .column = sheet_.pictureColumn() + (drawn ? 7 : 5), .covered = drawn};
        const bool tested = preview_.errors.rows == 3;
        Block model = modelBlock(TableSheet::top + (drawn ? pictureRows : 0));
        Block verdict = verdictBlock(model);
        if (tested) sheet_.add(testBlock());
        sheet_.add(totalsBlock());
        Block top = topBlock();
        sheet_.add(std::move(places_));
        sheet_.add(std::move(top));
        Block all{.id = "all", .row = sheet_.headerRow() - 1};
        all.put(0, 0, CellRole::Section, say(msg("All customers")));
        sheet_.add(std::move(all));
        if (drawn) drawTracking(model.row + static_cast<std::int32_t>(preview_.model.rows) + 3);
        sheet_.add(std::move(model));
        sheet_.add(std::move(verdict));
        return std::move(sheet_).finish();
    }

private:
    std::string say(Message message, std::initializer_list<Slot> slots = {}) const { return texts_.say(message, slots); }
    // callOf is the call of another function with the same choices.
    std::string callOf(std::string_view function, std::string_view view = {}) const {
        TableChoices asked = choices_;
        asked.function = std::string(function);
        if (function == "CLVHOLDOUT") {
            asked.unset("amount");
            asked.set("until", preview_.until);
            asked.set("view", std::string(view));
        }
        return tableFormula(asked, context_.columns);
    }
    // fill is columns of another table, live or as values, into an area of a block.
    void fill(Block& block, const CellArea& area, const OutputGrid& grid, const std::string& call, std::int32_t firstColumn,
              const std::vector<CellRole>& roles) const {
        std::string places;
        for (std::int32_t column = 0; column < area.columns; ++column)
            places += (column == 0 ? "" : ";") + text(firstColumn + column + 1);
        if (choices_.live) block.fill(area, withSpareRows(Formula("INDEX(" + call + ";0;{" + places + "})"), area.rows));
        for (std::int32_t row = 0; row < area.rows; ++row)
            for (std::int32_t column = 0; column < area.columns; ++column) {
                std::optional<Content> content;
                if (!choices_.live && row < static_cast<std::int32_t>(grid.rows))
                    content = contentOf(grid.at(static_cast<std::size_t>(row),
                                                static_cast<std::size_t>(firstColumn) + static_cast<std::size_t>(column)));
                block.put(area.row + row, area.column + column, roles[static_cast<std::size_t>(column)], std::move(content));
            }
    }

    Block modelBlock(std::int32_t firstRow) {
        Block block{.id = "model", .row = firstRow, .column = sheet_.pictureColumn()};
        block.put(0, 0, CellRole::Section, say(msg("Model")));
        const Message headers[] = {msg("Quantity"), msg("Value"), msg("Standard error"), msg("Low (95 %)"), msg("High (95 %)")};
        for (std::int32_t column = 0; column < 5; ++column) head(block, column, say(headers[column]), column == 0);
        const auto rows = static_cast<std::int32_t>(preview_.model.rows);
        for (std::int32_t row = 0; row < rows; ++row) {
            sheet_.widenPicture(0, static_cast<std::int32_t>(lettersIn(quantityName(row))));
            block.put(2 + row, 0, CellRole::Text, quantityName(row));
        }
        fill(block, {2, 1, rows, 4}, preview_.model, callOf("CLVMODEL"), 1, std::vector<CellRole>(4, CellRole::Number));
        constexpr std::int32_t firstCount = verdictRow + 1;
        constexpr std::int32_t lastCount = verdictRow + 3;
        for (PlannedCell& cell : block.content)
            if (cell.column == 1 && cell.row >= 2 + firstCount && cell.row <= 2 + lastCount) cell.role = CellRole::Count;
        return block;
    }
    // head writes a header beside the table of all customers: one in two lines would make rows of that higher.
    void head(Block& block, std::int32_t column, const std::string& header, bool ofTexts) {
        sheet_.widenPicture(column, static_cast<std::int32_t>(lettersIn(header)) + 3);
        block.put(1, column, ofTexts ? CellRole::HeaderText : CellRole::Header, header);
    }
    std::string quantityName(std::int32_t row) const {
        const Message names[] = {msg("Verdict"),
                                 msg("Customers"),
                                 msg("Repeat buyers"),
                                 msg("Repeats"),
                                 msg("Log likelihood"),
                                 msg("Worst relative error"),
                                 msg("Correlation of frequency and spend"),
                                 msg("Left out of spend")};
        const auto index = static_cast<std::size_t>(row - verdictRow);
        if (row >= verdictRow && index < std::size(names)) return say(names[index]);
        const std::string* name = std::get_if<std::string>(&preview_.model.at(static_cast<std::size_t>(row), 0));
        return name == nullptr ? std::string() : *name;  // a letter of the literature
    }

    // verdictBlock comes before any number.
    Block verdictBlock(const Block& model) const {
        Block block{.id = "verdict", .row = TableSheet::top};
        // Calc 7.4 finds no text that an add-in gave within an array equal to another; what & gives it does.
        const Formula word = Formula(model.cell(2 + verdictRow, 1)) + "&\"\"";
        Formula sentence(asConstant(say(verdicts[std::size(verdicts) - 1].sentence)));
        for (std::size_t left = std::size(verdicts) - 1; left > 0; --left)
            sentence = Formula("IF(") + word + "=\"" + std::string(verdicts[left - 1].word) + "\";" +
                       asConstant(say(verdicts[left - 1].sentence)) + ";" + sentence + ")";
        block.put(0, 0, CellRole::Section, std::move(sentence));
        block.formats.push_back({{0, 0}, {{word + "=\"ok\"", CellRole::Better}, {word + "<>\"ok\"", CellRole::Worse}}});
        return block;
    }

    Block testBlock() const {
        Block block{.id = "test", .row = testRow};
        block.put(0, 0, CellRole::Section,
                  say(msg("Test: the model as of {date}, against what came since"), {{"date", context_.until}}));
        const Message headers[] = {msg("Forecast by"), msg("Forecast"), msg("Came"), msg("Came less forecast")};
        for (std::int32_t column = 0; column < 4; ++column)
            block.put(1, column, column == 0 ? CellRole::HeaderText : CellRole::Header, say(headers[column]));
        const Message rows[] = {msg("Model"), msg("As often as so far"), msg("Nothing more")};
        for (std::int32_t row = 0; row < 3; ++row) block.put(2 + row, 0, CellRole::Text, say(rows[row]));
        fill(block, {2, 1, 3, 3}, preview_.errors, callOf("CLVHOLDOUT", "errors"), 1, std::vector<CellRole>(3, CellRole::Count));
        return block;
    }

    Block totalsBlock() const {
        Block block{.id = "totals", .row = totalsRow};
        block.put(0, 0, CellRole::Section,
                  say(msg("Expected of today's customers within {n} days"),
                      {{"n", texts_.number(choices_.number("horizon").value_or(365))}}));
        const Message headers[] = {msg("Customers"), msg("Still customers"), msg("Purchases"),
                                   msg("Value"),     msg("Low (95 %)"),      msg("High (95 %)")};
        const CellRole money = sheet_.thousands() ? CellRole::Thousands : CellRole::Money;
        const CellRole roles[] = {CellRole::Count, CellRole::Count, CellRole::Count, money, money, money};
        const Formula contents[] = {Formula("COUNT(") + sheet_.column(Repeats, 1) + ")",
                                    Formula(sheet_.cell(1, Alive)),
                                    Formula(sheet_.cell(1, Purchases)),
                                    Formula(sheet_.cell(1, Value)),
                                    Formula(sheet_.cell(1, Low)),
                                    Formula(sheet_.cell(1, High))};
        for (std::int32_t column = 0; column < 6; ++column) {
            const bool isMoney = column > 2 && sheet_.thousands();
            const std::string header = say(headers[column]);
            block.put(1, column, CellRole::Header, isMoney ? say(msg("{column} (thousands)"), {{"column", header}}) : header);
            block.put(2, column, roles[column], contents[column]);
        }
        return block;
    }

    // The places of the most valuable customers: after one of the same value, the next one that has it.
    Formula placeOfTop(std::int32_t row) const {
        const Reference values = sheet_.column(Value, 1);
        const Formula value = Formula("LARGE(") + values + ";" + text(row) + ")";
        const Formula first = Formula("MATCH(") + value + ";" + values + ";0)";
        if (row == 1) return first;
        const Formula before(places_.cell(1 + row - 1, 0));
        const Formula rest = at(values, before + "+1") + ":" + at(values, Formula(text(sheet_.allRows() - 1)));
        return Formula("IF(") + value + "=LARGE(" + values + ";" + text(row - 1) + ");" + before + "+MATCH(" + value + ";" + rest +
               ";0);" + first + ")";
    }
    Block topBlock() {
        Block block{.id = "top", .row = topRow};
        block.put(0, 0, CellRole::Section, say(msg("Most valuable customers")));
        for (std::size_t index = 0; index < preview_.columns.size(); ++index) {
            const TableColumn& column = preview_.columns[index];
            if (column.place >= Low) continue;
            const auto place = static_cast<std::int32_t>(index);
            block.put(1, place, column.place == Customer ? CellRole::HeaderText : CellRole::Header,
                      headerOf(column, texts_, sheet_.inThousands(column)));
            for (std::int32_t row = 1; row <= top_; ++row)
                block.put(1 + row, place, sheet_.roleOf(column),
                          Formula("IFERROR(") +
                              at(sheet_.column(column.place, 1), Formula(places_.cell(1 + row, 0, Fixed::Columns))) + ";\"\")");
        }
        for (std::int32_t row = 1; row <= top_; ++row) places_.put(1 + row, 0, CellRole::Helper, placeOfTop(row));
        return block;
    }

    // drawTracking draws what came and what was expected of it, from the table week by week, which is below the model.
    void drawTracking(std::int32_t row) {
        Block weeks{.id = "weeks", .row = row, .column = sheet_.pictureColumn()};
        weeks.put(0, 0, CellRole::Section, say(msg("The test week by week")));
        const Message headers[] = {msg("Until"), msg("Came"), msg("Expected"), msg("Came so far"), msg("Expected so far")};
        for (std::int32_t column = 0; column < 5; ++column) head(weeks, column, say(headers[column]), false);
        const std::int32_t rows = static_cast<std::int32_t>(preview_.tracking.rows) + (choices_.live ? 13 : 0);
        fill(weeks, {2, 0, rows, 5}, preview_.tracking, callOf("CLVHOLDOUT", "tracking"), 0,
             {CellRole::Date, CellRole::Count, CellRole::Number, CellRole::Count, CellRole::Number});
        Block chart{.id = "picture", .row = TableSheet::top, .column = sheet_.pictureColumn()};
        nameCurves(chart, say(msg("Came")), say(msg("Expected")));
        const Reference days = weeks.cells({2, 0, rows, 1}, Fixed::All);
        for (std::int32_t point = 1; point <= points; ++point) {
            const Formula week = Formula("MAX(1;ROUND(COUNT(") + days + ")*" + text(point) + "/" + text(points) + ";0))";
            const auto of = [&](std::int32_t column) { return at(weeks.cells({2, column, rows, 1}, Fixed::All), week); };
            chart.put(point, 0, CellRole::Helper,
                      (points - point) % 5 == 0 ? Content(periodLabel(texts_, of(0), "month")) : Content(" "));
            chart.put(point, 1, CellRole::Count, of(3));
            chart.put(point, 4, CellRole::Count, of(4));
            for (const std::int32_t column : {2, 3, 5, 6}) chart.put(point, column, CellRole::Helper, Formula("NA()"));
        }
        sheet_.draw(ChartKind::BoundedCurves, std::move(chart), 7,
                    say(msg("Repeat purchases so far, and what the model of the test expected")), sheet_.pictureColumn() + 8);
        sheet_.add(std::move(weeks));
    }

    const TableChoices& choices_;
    const TablePreview& preview_;
    const TableContext& context_;
    const Texts& texts_;
    std::int32_t top_;
    TableSheet sheet_;
    Block places_;  // of the most valuable customers in the table of all
};

}  // namespace

DocumentPlan planForecast(const TableChoices& choices, const TablePreview& preview, const TableContext& context,
                          const Texts& texts) {
    return ForecastSheet(choices, preview, context, texts).write();
}

}  // namespace calckpi::panel
