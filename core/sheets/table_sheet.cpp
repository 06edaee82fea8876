#include "core/sheets/table_sheet.hpp"

#include "core/sheets/formula_parts.hpp"
#include "core/sheets/table_rules.hpp"
#include "core/sheets/table_text.hpp"
#include "core/sheets/written_fault.hpp"

#include <algorithm>
#include <cmath>

namespace calckpi::panel {
namespace {

bool isByPeriod(std::string_view function) {
    return function == "KPIPERIODS" || function == "PERIODVALUES" || function == "COHORTS" || function.starts_with("MRR");
}

// How many rows a table may grow by until it is updated: a third of a list, half a year of months.
std::int32_t spareRowsOf(const TableChoices& choices, std::int32_t rows) {
    if (!choices.live) return 0;
    return isByPeriod(choices.function) ? 6 : std::clamp(rows / 3, 3, 200);
}

// Cohorts grow to the right as well, and groups of values side by side.
std::int32_t spareColumnsOf(const TableChoices& choices) {
    if (!choices.live) return 0;
    if (choices.function == "COHORTS") return 3;
    return choices.function == "PERIODVALUES" && choices.value("by") != nullptr ? 2 : 0;
}

constexpr double manyThousands = 1e6;  // from here on money is shown in thousands

double largestIn(const TablePreview& preview, const TableColumn& column) {
    double largest = 0;
    for (std::size_t row = 0; row < preview.table.rows; ++row)
        largest = std::max(largest, std::abs(numberAt(preview.table, row, column.place).value_or(0)));
    return largest;
}

double largestMoney(const TablePreview& preview) {
    double largest = 0;
    for (const TableColumn& column : preview.columns)
        if (column.role == CellRole::Money) largest = std::max(largest, largestIn(preview, column));
    return largest;
}

bool isMoney(CellRole role) { return role == CellRole::Money || role == CellRole::MoneyEach; }
bool isText(CellRole role) { return role == CellRole::Text || role == CellRole::Month || role == CellRole::Tick; }

// ones is an inline array of so many ones, in a row or a column.
std::string ones(std::int32_t count, char between) {
    std::string text = "{1";
    for (std::int32_t left = count - 1; left > 0; --left) (text += between) += '1';
    return text + '}';
}

}  // namespace

Formula sentenceFormula(const Texts& texts, Message message, std::initializer_list<FormulaSlot> slots) {
    const std::string text = texts.say(message);
    Formula formula;
    const auto add = [&formula](const Formula& part) { formula = formula.parts().empty() ? part : formula + "&" + part; };
    std::size_t from = 0;
    for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
        const std::size_t close = text.find('}', open);
        const std::string_view name = std::string_view(text).substr(open + 1, close - open - 1);
        for (const FormulaSlot& slot : slots) {
            if (slot.name != name) continue;
            if (open > from) add(Formula(asConstant(std::string_view(text).substr(from, open - from))));
            add(slot.formula);
            from = close + 1;
        }
    }
    if (from < text.size()) add(Formula(asConstant(std::string_view(text).substr(from))));
    return formula;
}

Formula percentFormula(const Texts& texts, const Formula& share) {
    const char* code = texts.language() == Language::French ? "0\"\"\u00a0\"\"%" : "0%";
    return Formula("TEXT(") + share + ";\"" + code + "\")";
}

Formula periodLabel(const Texts& texts, const Formula& day, std::string_view period) {
    const std::string_view unit = period.substr(0, period.find('/'));
    // Codes of TEXT differ with the language of the office: the names of months are in the formula.
    std::string months = "INDEX({\"";
    for (const char letter : texts.say(msg("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")))
        months += letter == ' ' ? std::string("\"|\"") : std::string(1, letter);
    const Formula month = Formula(months + "\"};MONTH(") + day + "))";
    if (period == "year") return Formula("YEAR(") + day + ")&\"\"";
    if (unit == "day" || unit == "week") return Formula("DAY(") + day + ")&\" \"&" + month;
    return month + "&\" \"&RIGHT(YEAR(" + day + ");2)";
}

TableSheet::TableSheet(const TableChoices& choices, const TablePreview& preview, const TableContext& context, const Texts& texts,
                       std::int32_t leading, std::int32_t above)
    : choices_(choices),
      preview_(preview),
      context_(context),
      texts_(texts),
      rows_(static_cast<std::int32_t>(preview.table.rows)),
      spareRows_(spareRowsOf(choices, rows_)),
      spareColumns_(spareColumnsOf(choices)),
      leading_(leading),
      width_(leading + static_cast<std::int32_t>(preview.columns.size()) + spareColumns_),
      thousands_(largestMoney(preview) >= manyThousands) {
    sheet_.columnWidths.assign(static_cast<std::size_t>(width_), 8);
    table_.row = top + above;
    sheet_.frozenRows = above == 0 ? top + 1 : 0;
    writeTitle();
    writeHeaders();
    if (choices.live) writeArray();
    writeCells();
}

std::optional<std::int32_t> TableSheet::shown(std::size_t place) const {
    for (std::size_t index = 0; index < preview_.columns.size(); ++index)
        if (preview_.columns[index].place == place) return leading_ + static_cast<std::int32_t>(index);
    return std::nullopt;
}

Reference TableSheet::column(std::size_t place, std::int32_t from) const {
    return table_.cells({1 + from, *shown(place), allRows() - from, 1}, Fixed::All);
}

Reference TableSheet::cell(std::int32_t row, std::size_t place, Fixed fixed) const {
    return table_.cell(row, *shown(place), fixed);
}

Formula TableSheet::moneyText(const Formula& amount) const {
    return Formula("FIXED(") + amount + (thousands_ ? "/1000;0)" : ";0)");
}

bool TableSheet::inThousands(const TableColumn& column) const {
    if (column.role == CellRole::MoneyEach) return largestIn(preview_, column) >= manyThousands;
    return column.role == CellRole::Money && thousands_;
}

CellRole TableSheet::roleOf(const TableColumn& column) const { return inThousands(column) ? CellRole::Thousands : column.role; }

void TableSheet::widen(std::int32_t column, std::size_t letters) {
    std::int32_t& width = sheet_.columnWidths[static_cast<std::size_t>(column)];
    width = std::max(width, static_cast<std::int32_t>(std::min<std::size_t>(letters, 40)));
}

void TableSheet::writeTitle() {
    sheet_.name = say(kindOf(choices_.function)->sheet);
    title_.put(0, 0, CellRole::Title, tableTitle(choices_, context_, texts_));
    title_.put(1, 0, CellRole::Subtitle, tableSubtitle(choices_, preview_, context_, texts_));
}

void TableSheet::writeHeaders() {
    // A longer header is set in two lines.
    constexpr std::size_t headerLetters = 13;
    for (std::size_t index = 0; index < preview_.columns.size(); ++index) {
        const TableColumn& column = preview_.columns[index];
        const std::int32_t at = leading_ + static_cast<std::int32_t>(index);
        std::string header = headerOf(column, texts_, inThousands(column));
        widen(at, std::max(longestWord(header), std::min(lettersIn(header), headerLetters)) + 2);
        // The names of groups come and go with the data.
        const bool fromData = choices_.function == "PERIODVALUES" && choices_.live && spareColumns_ > 0 && column.place > 1;
        table_.put(0, at, isText(column.role) ? CellRole::HeaderText : CellRole::Header,
                   fromData ? std::nullopt : std::optional<Content>(std::move(header)));
    }
    const std::int32_t end = leading_ + static_cast<std::int32_t>(preview_.columns.size());
    for (std::int32_t spare = 0; spare < spareColumns_; ++spare) {
        std::optional<Content> header;
        if (choices_.function == "COHORTS")
            header = Formula("IF(COUNT(") + table_.cells({1, end + spare, allRows(), 1}) + ")>0;" +
                     std::to_string(preview_.table.columns - 2 + static_cast<std::size_t>(spare)) + ";\"\")";
        table_.put(0, end + spare, CellRole::Header, std::move(header));
    }
}

// One array formula gives the whole table, so that it is computed once and is of one piece.
void TableSheet::writeArray() {
    const std::string call = tableFormula(choices_, context_.columns);
    bool asItComes = true;
    std::string places;
    for (std::size_t index = 0; index < preview_.columns.size(); ++index) {
        const std::size_t place = preview_.columns[index].place;
        asItComes = asItComes && place == index;
        places += (index == 0 ? "" : ";") + std::to_string(place + 1);
    }
    const Formula formula(asItComes ? call : "INDEX(" + call + ";0;{" + places + "})");
    const std::int32_t columns = width_ - leading_;
    if (spareColumns_ == 0) return table_.fill({1, leading_, allRows(), columns}, withSpareRows(formula, allRows()));
    const auto spared = [](const std::string& size, const std::string& what) {
        return Formula("IFNA(IF(" + size + ";" + what + ");\"\")");
    };
    table_.fill({1, leading_, allRows(), columns}, spared(ones(allRows(), '|') + "*" + ones(columns, ';'), call));
    if (choices_.function != "PERIODVALUES") return;
    std::string groups;
    for (std::int32_t place = 3; place <= columns; ++place) groups += (place == 3 ? "" : ";") + std::to_string(place);
    table_.fill({0, 2, 1, columns - 2},
                Formula("IFERROR(INDEX(" + tableFormula(choices_, context_.columns, true) + ";1;{" + groups + "});\"\")"));
}

void TableSheet::writeCells() {
    for (std::int32_t row = 0; row < allRows(); ++row) {
        const bool isThere = row < rows_;
        for (std::size_t index = 0; index < preview_.columns.size(); ++index) {
            const TableColumn& column = preview_.columns[index];
            const std::int32_t at = leading_ + static_cast<std::int32_t>(index);
            OutputCell value = isThere ? preview_.table.at(static_cast<std::size_t>(row), column.place) : OutputCell(Blank{});
            if (auto* text = std::get_if<std::string>(&value)) {
                if (!choices_.live && index == 0 && row == 0 && *text == "All") *text = say(msg("All"));
                if (!choices_.live && *text == "(blank)") *text = say(msg("(blank)"));
                widen(at, lettersIn(*text));
            }
            if (const double* number = std::get_if<double>(&value); number != nullptr && isMoney(column.role))
                widen(at, texts_.number(inThousands(column) ? *number / 1000 : *number).size() + 4);
            std::optional<Content> content;
            if (!choices_.live) content = contentOf(value);
            // Of all customers together it is told how many are left, not which share.
            const bool countsAll = choices_.function == "CLVPREDICT" && row == 0 && column.role == CellRole::Share;
            table_.put(1 + row, at, countsAll ? CellRole::Count : roleOf(column), std::move(content));
        }
        const std::int32_t end = leading_ + static_cast<std::int32_t>(preview_.columns.size());
        for (std::int32_t spare = 0; spare < spareColumns_; ++spare)
            table_.put(1 + row, end + spare, roleOf(preview_.columns.back()));
    }
}

void TableSheet::heat(Block& block, const CellArea& cells, const Formula& most) const {
    constexpr CellRole steps[] = {CellRole::Heat5, CellRole::Heat4, CellRole::Heat3, CellRole::Heat2, CellRole::Heat1};
    const Formula cell(block.cell(cells.row, cells.column));
    std::vector<Condition> conditions;
    for (int step = 0; step < 5; ++step)
        conditions.push_back({Formula("IF(ISNUMBER(") + cell + ");AND(" + cell + ">0;" + cell + ">=0." +
                                  std::to_string(8 - 2 * step) + "*" + most + ");0)",
                              steps[step]});
    block.formats.push_back({cells, std::move(conditions)});
}

void TableSheet::draw(ChartKind kind, Block data, std::int32_t columns, std::string title, std::int32_t endColumn) {
    std::int32_t rows = 0;
    for (const PlannedCell& cell : data.content) rows = std::max(rows, cell.row + 1);
    data.covered = true;
    PlannedChart chart;
    chart.kind = kind;
    chart.data = data.cells({0, 0, rows, columns});
    chart.covers = pictureOver({data.row, data.column, rows, columns}, endColumn);
    chart.title = title;
    chart.titleBefore = std::move(title);
    sheet_.charts.push_back(std::move(chart));
    blocks_.push_back(std::move(data));
}

void TableSheet::makeRoom(std::int32_t columns, std::int32_t letters) {
    sheet_.pictureColumns = columns;
    sheet_.columnWidths.push_back(2);
    sheet_.columnWidths.insert(sheet_.columnWidths.end(), static_cast<std::size_t>(columns), letters);
}

// lettersBelowTable is how much small print has place below the table, so that the picture beside it covers none.
std::size_t TableSheet::lettersBelowTable() const {
    std::int32_t letters = 0;
    for (std::int32_t column = 0; column < width_; ++column) letters += sheet_.columnWidths[static_cast<std::size_t>(column)] + 2;
    return static_cast<std::size_t>(std::clamp(letters * 12 / 10, 60, 150));
}

void TableSheet::writeNotes() {
    std::int32_t row = 0;
    if (spareRows_ > 0) {
        const std::string full = say(
            msg("The table has no free rows left, and what comes next would be missing: select a cell of it and press Update in "
                "the sidebar"));
        notes_.put(row++, 0, CellRole::Note, Formula("IF(") + cell(allRows(), 0) + "=\"\";\"\";" + asConstant(full) + ")");
    }
    if (spareColumns_ > 0) {
        const std::string full = say(
            msg("The table has no free columns left, and what comes next would be missing: select a cell of it and press Update "
                "in the sidebar"));
        notes_.put(row++, 0, CellRole::Note,
                   Formula("IF(COUNT(") + table_.cells({1, width_ - 1, allRows(), 1}) + ")=0;\"\";" + asConstant(full) + ")");
    }
    for (Formula& note : liveNotes_) notes_.put(row++, 0, CellRole::Note, std::move(note));
    if (!choices_.live) rules_.push_back(say(msg("Values only: the table does not follow the data")));
    for (std::string& line : inLines(rules_, lettersBelowTable())) notes_.put(row++, 0, CellRole::Note, std::move(line));
    if (choices_.live)
        notes_.put(row, 0, CellRole::Note, newRowsNote(choices_.source, context_.columns.size(), context_.filledBelow, texts_));
}

DocumentPlan TableSheet::finish() && {
    notes_.row = headerRow() + 1 + allRows();
    writeNotes();
    sheet_.blocks = {std::move(title_), std::move(table_), std::move(notes_)};
    for (Block& block : blocks_) sheet_.blocks.push_back(std::move(block));
    return {.sheets = {std::move(sheet_)}};
}

}  // namespace calckpi::panel
