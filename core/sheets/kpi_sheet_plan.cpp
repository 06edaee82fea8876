#include "core/sheets/kpi_sheet_plan.hpp"

#include "core/sheets/forecast_verdicts.hpp"
#include "core/sheets/formula.hpp"
#include "core/sheets/formula_parts.hpp"
#include "core/sheets/kpi_calls.hpp"
#include "core/sheets/kpi_formulas.hpp"
#include "core/sheets/table_text.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace calckpi::panel {
namespace {

// KpiSheet lays out the sheet that users look at; the others are those of the formulas it needs.
class KpiSheet {
public:
    KpiSheet(const KpiSheetChoices& choices, const KpiSheetContext& context, const Texts& texts)
        : choices_(choices), context_(context), texts_(texts), formulas_(choices, context, texts), rows_(formulas_.rows()) {}

    DocumentPlan plan() && {
        sheet_.name = texts_.say(msg("KPIs"));
        sheet_.frozenRows = headRows;
        sheet_.frozenColumns = 1;
        sheet_.page.repeatedRows = headRows;
        sheet_.columnWidths.assign(std::size_t{firstFigure} + static_cast<std::size_t>(std::max(choices_.periods, 13)), 10);
        sheet_.columnWidths[0] = 30;
        sheet_.columnWidths[1] = 12;
        writeHead();
        writeScorecard();
        if (choices_.pictures) writePictures();
        writeTrend();
        for (const TemplateSection section : choices_.sections) writeSection(section);
        writeRules();
        warnInHead();
        const auto columns = static_cast<std::size_t>(sheet_.area().endColumn());
        if (sheet_.columnWidths.size() > columns) sheet_.columnWidths.resize(columns);
        DocumentPlan plan{.sheets = {std::move(sheet_), formulas_.dataSheet(), formulas_.inputSheet()}};
        return plan;
    }

private:
    static constexpr std::int32_t headRows = 3;
    static constexpr std::int32_t firstFigure = 2;
    static constexpr std::int32_t firstInTrend = 2;  // the first row of KPIs
    // Columns of the scorecard
    static constexpr std::int32_t value = 2, target = 3, difference = 4, mark = 5, before = 6, beforeChange = 7, lastYear = 8,
                                  lastYearChange = 9, soFar = 10, soFarLast = 11, soFarChange = 12;

    std::string say(Message message) const { return texts_.say(message); }
    void add(Block block) {
        next_ = std::max(next_, block.area().endRow());
        sheet_.blocks.push_back(std::move(block));
    }
    // begin is a block below all others, with a row of air.
    Block begin(const std::string& id, Message title) { return begin(id, say(title)); }
    Block begin(const std::string& id, std::string title) {
        Block block = beginSection(id);
        block.put(0, 0, CellRole::Section, std::move(title));
        return block;
    }
    // beginSection is one without a title; what comes until the next section is printed on one page.
    Block beginSection(const std::string& id) {
        sheet_.page.sections.push_back(next_);
        return {.id = id, .row = next_ + 1};
    }
    bool months() const { return choices_.unit == PeriodWords::Month || choices_.unit == PeriodWords::Quarter; }

    void writeHead() {
        Block head{.id = "head"};
        const KpiTemplate* what = findTemplate(choices_.templateId);
        const std::string name = what == nullptr ? say(msg("KPIs")) : say(what->name);
        head.put(0, 0, CellRole::Title,
                 context_.title.empty()
                     ? name
                     : texts_.say(msg("{template}: {source}"), {{"template", name}, {"source", context_.title}}));
        head.put(1, 0, CellRole::Subtitle,
                 Formula(asConstant(say(msg("Data up to")) + " ") + "&") + formulas_.dayText(formulas_.asOf()));
        head.put(2, 0, CellRole::HeaderText, say(msg("Period shown (pick another)")));
        head.put(2, 1, months() ? CellRole::PickedMonth : CellRole::PickedDate, formulas_.periodAtFirst());
        head.dropDowns.push_back({{2, 1}, formulas_.periodList()});
        head.put(2, 2, CellRole::Subtitle,
                 Formula("IF(") + formulas_.running() + "=1;" +
                     asConstant(say(msg("Still running: not judged, and compared with the same days of the other periods"))) + ";" +
                     blankInHead + ")");
        add(std::move(head));
    }

    // In the head, where it is seen: figures that are looked up in what fails are dashes; and there may be more rows now.
    void warnInHead() {
        const std::string fails =
            say(msg("Some of the data cannot be computed any more, and what they give is a dash: Update in the sidebar says why"));
        sheet_.blocks.front().put(
            1, firstFigure, CellRole::Note,
            Formula("IF(") + formulas_.anyFails() + ";" + asConstant("\u26A0 " + fails) + ";" + newRows() + ")");
    }

    static CellRole roleOf(const KpiRow& row) { return row.look; }
    CellRole changeRole(const KpiRow& row) const {
        return row.unit == Unit::Share || row.unit == Unit::Points ? CellRole::Points : CellRole::Change;
    }
    // changeOf is how far a figure is from another: of shares in points, of others as a share of it. Figures below 0, revenue that
    // was lost or a cash flow, have no rate of growth: less lost is a rise.
    Formula changeOf(const KpiRow& row, const Reference& now, const Reference& then) const {
        Formula change = row.unit == Unit::Share    ? Formula("(") + now + "-" + then + ")*100"
                         : row.unit == Unit::Points ? Formula(now) + "-" + then
                                                    : Formula("IF(MIN(") + now + ";" + then + ")<0;(" + now + "-" + then +
                                                          ")/ABS(" + then + ");" + openCall("GROWTHRATE") + now + ";" + then + "))";
        return Formula("IF(COUNT(") + now + ";" + then + ")=2;" + change + ";\"\u2013\")";
    }

    void headers(Block& block, std::int32_t row) {
        const auto put = [&](std::int32_t column, Message text) { header(block, row, column, say(text)); };
        block.put(row, 0, CellRole::HeaderText, say(msg("KPI")));
        block.put(row, 1, CellRole::HeaderText, say(msg("Unit")));
        put(value, msg("Value"));
        put(target, msg("Target"));
        put(difference, msg("To target"));
        block.put(row, mark, CellRole::Header, std::string());
        if (choices_.previous) put(before, msg("Period before")), put(beforeChange, msg("Change"));
        if (choices_.lastYear) put(lastYear, msg("Last year")), put(lastYearChange, msg("Change"));
        if (choices_.yearToDate)
            put(soFar, msg("Year to date")), put(soFarLast, msg("The same last year")), put(soFarChange, msg("Change"));
    }
    void header(Block& block, std::int32_t row, std::int32_t column, const std::string& text) {
        std::int32_t& width = sheet_.columnWidths[static_cast<std::size_t>(column)];
        width = std::max(width, static_cast<std::int32_t>(longestWord(text)) + 1);
        block.put(row, column, CellRole::Header, text);
    }

    void writeScorecard() {
        Block block = begin("scorecard", msg("Scorecard"));
        headers(block, 1);
        std::int32_t at = 2;
        for (const KpiRow& row : rows_) scorecardRow(block, at++, row);
        judge(block);
        add(std::move(block));
    }

    // put writes what a formula gives; one that has to be entered as an array is one of a single cell.
    static void put(Block& block, std::int32_t row, std::int32_t column, CellRole role, const KpiFormula& formula) {
        if (!formula.possible) return block.put(row, column, role, std::string("\u2013"));
        if (!formula.isArray) return block.put(row, column, role, formula.text);
        block.put(row, column, role);
        block.fill({row, column}, formula.text);
    }

    void scorecardRow(Block& block, std::int32_t at, const KpiRow& row) {
        const Reference now = block.cell(at, value, Fixed::Columns);
        block.put(at, 0, CellRole::Text, row.name);
        constexpr std::size_t longestName = 48;
        std::int32_t& width = sheet_.columnWidths[0];
        width = std::max(width, static_cast<std::int32_t>(std::min(lettersIn(row.name), longestName)));
        unitCell(block, at, row, now);
        put(block, at, value, roleOf(row), formulas_.figure(row, When::Shown));
        if (row.better == Better::Neither) {
            block.put(at, target, CellRole::Text, std::string());
        } else {
            const Formula typed = formulas_.target(row, When::Shown);
            const Reference goal = block.cell(at, target);
            block.put(at, target, roleOf(row), Formula("IF(COUNT(") + typed + ")=0;\"\";" + typed + ")");
            block.put(at, difference, changeRole(row), Formula("IF(") + goal + "=\"\";\"\";" + changeOf(row, now, goal) + ")");
            block.put(at, mark, CellRole::Mark, markOf(row, now, goal));
        }
        const auto compare = [&](std::int32_t column, When when) {
            put(block, at, column, roleOf(row), formulas_.figure(row, when));
            block.put(at, column + 1, changeRole(row), changeOf(row, now, block.cell(at, column)));
        };
        if (choices_.previous) compare(before, When::Before);
        if (choices_.lastYear) compare(lastYear, When::LastYear);
        if (!choices_.yearToDate) return;
        put(block, at, soFar, roleOf(row), formulas_.figure(row, When::SoFar));
        put(block, at, soFarLast, roleOf(row), formulas_.figure(row, When::SoFarLastYear));
        block.put(at, soFarChange, changeRole(row), changeOf(row, block.cell(at, soFar), block.cell(at, soFarLast)));
    }

    void unitCell(Block& block, std::int32_t at, const KpiRow& row, const Reference& now) {
        const std::optional<Formula> name = formulas_.nameOfSegment(row, now);
        if (name) {
            widenUnits(formulas_.longestSegment(row), 24);
            return block.put(at, 1, CellRole::Subtitle, *name);
        }
        if (const std::optional<Formula> verdict = formulas_.verdictOf(row)) {
            for (const Verdict& each : verdicts) widenUnits(lettersIn(say(each.name)), 34);
            return block.put(at, 1, CellRole::Subtitle, *verdict);
        }
        const std::string unit = unitOf(row);
        block.put(at, 1, CellRole::Subtitle, unit);
        widenUnits(lettersIn(unit), 20);
    }
    void widenUnits(std::size_t letters, std::size_t most) {
        sheet_.columnWidths[1] = std::max(sheet_.columnWidths[1], static_cast<std::int32_t>(std::min(letters, most)));
    }

    // currencyOf is that of all tables that a KPI is computed from; of figures that are typed in alone, that of all tables.
    std::string currencyOf(const KpiRow& row) const {
        std::set<std::string> currencies;
        for (const MeasureUse& use : measuresOf(row.formula))
            if (const std::optional<ResolvedMeasure> measure = resolve(use.id, choices_); measure && measure->source != nullptr)
                if (const auto held = context_.sources.find(measure->source->address); held != context_.sources.end())
                    currencies.insert(held->second.currency);
        if (currencies.empty())
            for (const auto& [address, source] : context_.sources) currencies.insert(source.currency);
        return currencies.size() == 1 ? *currencies.begin() : std::string();
    }

    std::string unitOf(const KpiRow& row) const {
        const std::string money = currencyOf(row);
        switch (row.unit) {
            case Unit::Share: return "%";
            case Unit::Days: return say(msg("days"));
            case Unit::Ratio: return say(msg("times"));
            case Unit::Points: return say(msg("points"));
            case Unit::Periods: return say(msg("periods"));
            case Unit::MoneyPerDay:
                return money.empty() ? say(msg("per day")) : texts_.say(msg("{money} a day"), {{"money", money}});
            case Unit::Money:
                if (row.look != CellRole::Thousands) return money;
                return money.empty() ? say(msg("thousands")) : texts_.say(msg("thousand {money}"), {{"money", money}});
            default: return {};
        }
    }

    // A period that is still running is not judged.
    Formula markOf(const KpiRow& row, const Reference& now, const Reference& goal) const {
        const std::string more = row.better == Better::More ? ">" : "<";
        return Formula("IF(OR(") + formulas_.running() + "=1;COUNT(" + now + ";" + goal + ")<2);\"\";IF(ABS(" + now + "-" + goal +
               ")<=" + KpiFormulas::number(choices_.tolerance) + "*ABS(" + goal + ");\"\u25CF\";IF(" + now + more + goal +
               ";\"\u25B2\";\"\u25BC\")))";
    }

    // judge colours the differences and the marks, rows of one direction at a time.
    void judge(Block& block) {
        for (std::size_t first = 0; first < rows_.size();) {
            std::size_t end = first + 1;
            while (end < rows_.size() && rows_[end].better == rows_[first].better) ++end;
            if (rows_[first].better == Better::Neither)
                neutralRows(block, static_cast<std::int32_t>(first) + 2, static_cast<std::int32_t>(end - first));
            else
                judgeRows(block, static_cast<std::int32_t>(first) + 2, static_cast<std::int32_t>(end - first), rows_[first].better);
            first = end;
        }
        const auto rows = static_cast<std::int32_t>(rows_.size());
        if (rows == 0) return;
        stepBack(block, {2, value, rows, 1});
        if (choices_.previous) stepBack(block, {2, before, rows, 1});
        if (choices_.lastYear) stepBack(block, {2, lastYear, rows, 1});
        if (choices_.yearToDate) stepBack(block, {2, soFar, rows, 2});
    }
    void neutralRows(Block& block, std::int32_t row, std::int32_t rows) const {
        if (choices_.previous) stepBack(block, {row, beforeChange, rows, 1});
        if (choices_.lastYear) stepBack(block, {row, lastYearChange, rows, 1});
        if (choices_.yearToDate) stepBack(block, {row, soFarChange, rows, 1});
    }
    void judgeRows(Block& block, std::int32_t row, std::int32_t rows, Better better) const {
        const Reference sign = block.cell(row, mark, Fixed::Columns);
        block.formats.push_back({{row, difference, rows, 2},
                                 {{Formula(sign) + "=\"\u25B2\"", CellRole::Better},
                                  {Formula(sign) + "=\"\u25BC\"", CellRole::Worse},
                                  {Formula(sign) + "=\"\u25CF\"", CellRole::OnTarget}}});
        const auto change = [&](bool shown, std::int32_t column) {
            if (!shown) return;
            const Reference cell = block.cell(row, column);
            const auto when = [&](bool good) {
                const bool positive = good == (better == Better::More);
                return Formula("IF(ISNUMBER(") + cell + ");AND(" + formulas_.running() + "=0;" + cell + (positive ? ">0" : "<0") +
                       ");FALSE())";
            };
            block.formats.push_back(
                {{row, column, rows, 1}, {{when(true), CellRole::Better}, {when(false), CellRole::Worse}, noFigure(cell)}});
        };
        change(choices_.previous, beforeChange);
        change(choices_.lastYear, lastYearChange);
        change(choices_.yearToDate, soFarChange);
    }

    void writeTrend() {
        Block block = begin("trend", msg("By period"));
        block.put(1, 0, CellRole::HeaderText, say(msg("KPI")));
        block.put(1, 1, CellRole::HeaderText, say(msg("Unit")));
        for (std::int32_t period = 0; period < choices_.periods; ++period) {
            const std::int32_t column = firstFigure + period;
            block.put(1, column, months() ? CellRole::HeaderMonth : CellRole::HeaderDate, formulas_.periodOf(period));
        }
        // The running period is headed "Nov 2026, to the 28th".
        block.put(0, firstFigure + choices_.periods - 1, CellRole::Count,
                  Formula("IF(") + formulas_.lastIsRunning() + "=1;" + formulas_.toTheDay() + ";\"\")");
        std::int32_t at = firstInTrend;
        for (const KpiRow& row : rows_) {
            if (!formulas_.hasTrend(row)) continue;
            block.put(at, 0, CellRole::Text, row.name);
            block.put(at, 1, CellRole::Subtitle, unitOf(row));
            for (std::int32_t period = 0; period < choices_.periods; ++period)
                put(block, at, firstFigure + period, roleOf(row),
                    formulas_.figure(row, When::Trend, block.cell(1, firstFigure + period, Fixed::Rows)));
            ++at;
        }
        if (at > firstInTrend) stepBack(block, {firstInTrend, firstFigure, at - firstInTrend, choices_.periods});
        add(std::move(block));
    }

    // A dash and an error say that there is no figure: they step back.
    static Condition noFigure(const Reference& cell) {
        return {Formula("IF(ISERROR(") + cell + ");TRUE();" + cell + "=\"\u2013\")", CellRole::Doubtful};
    }
    static void stepBack(Block& block, const CellArea& cells) {
        block.formats.push_back({cells, {noFigure(block.cell(cells.row, cells.column))}});
    }

    // Small pictures, four side by side: each KPI with its target, the running period dashed.
    void writePictures() {
        constexpr std::int32_t high = 11;
        constexpr std::pair<std::int32_t, std::int32_t> places[] = {{0, 2}, {2, 4}, {6, 4}, {10, 5}};
        constexpr std::size_t most = 8;
        std::size_t number = 0;
        Block block = begin("pictures", msg("At a glance"));
        const std::int32_t top = block.row + 1;
        for (const KpiRow* picked : pictured()) {
            const KpiRow& row = *picked;
            if (number == most) break;
            const auto [column, columns] = places[number % 4];
            const std::int32_t at = top + static_cast<std::int32_t>(number / 4) * high;
            sheet_.charts.push_back({.kind = ChartKind::TargetLine,
                                     .data = formulas_.pictureData(row, rowInTrend(row)),
                                     .covers = {at, column, high, columns},
                                     .title = titleWithUnit(row)});
            ++number;
        }
        if (number == 0) return;
        block.put(0, 1, CellRole::Subtitle, say(msg("Dotted: the target; dashed: the period that is still running")));
        add(std::move(block));
        next_ = top + (static_cast<std::int32_t>(number - 1) / 4 + 1) * high;
    }
    // pictured are the KPIs with pictures: those of the template, then the user's own.
    std::vector<const KpiRow*> pictured() {
        std::vector<const KpiRow*> all;
        const KpiTemplate* what = findTemplate(choices_.templateId);
        const auto take = [&](std::string_view id) {
            for (const KpiRow& row : rows_)
                if (row.id == id && formulas_.hasTrend(row)) all.push_back(&row);
        };
        if (what != nullptr)
            for (const std::string_view id : what->pictures) take(id);
        for (const OwnKpi& own : choices_.own) take(own.id);
        return all;
    }
    std::string titleWithUnit(const KpiRow& row) const {
        const std::string unit = unitOf(row);
        return unit.empty() ? row.name : row.name + ", " + unit;
    }
    Reference rowInTrend(const KpiRow& row) {
        std::int32_t at = firstInTrend;
        for (const KpiRow& each : rows_) {
            if (&each == &row) break;
            if (formulas_.hasTrend(each)) ++at;
        }
        return {"trend", {at, firstFigure, 1, choices_.periods}};
    }

    void writeSection(TemplateSection section) {
        switch (section) {
            case TemplateSection::SegmentsByOwner: return writeSegments("owners", Role::Owner);
            case TemplateSection::SegmentsByProduct: return writeSegments("products", Role::Product);
            case TemplateSection::SegmentsByChannel: return writeSegments("channels", Role::Channel);
            case TemplateSection::SegmentsByRegion: return writeSegments("regions", Role::Region);
            case TemplateSection::StuckDeals: return writeStuckDeals();
            case TemplateSection::Waterfall: return writeWaterfall();
            case TemplateSection::Retention: return writeRetention();
            case TemplateSection::WinCurve: return writeWinCurve();
        }
    }

    // Up to two tables of segments: more would be read by nobody.
    void writeSegments(std::string_view array, Role by) {
        constexpr std::int32_t most = 12;
        const KpiSource* deals = choices_.source(RowKind::Deals);
        if (deals == nullptr || deals->column(by) == nullptr || deals->won.empty() || deals->column(Role::Closed) == nullptr)
            return;
        if (segments_ == 2) return;
        const std::optional<PlacedArray> table = formulas_.array(array, Arrays::YearToShown);
        if (!table || table->rowsNow < 3) return;  // all, and one: nothing to compare
        ++segments_;
        const std::int32_t rows = std::min(table->rowsNow, most);
        Block block = begin("segments " + std::string(array),
                            texts_.say(msg("By {column}, the year up to the period shown"), {{"column", *deals->column(by)}}));
        struct Figure {
            Message header{};
            std::int32_t from = 0;
            std::int32_t column = 0;
            CellRole role = CellRole::Count;
        };
        const bool thousands = formulas_.largest(array, 10) >= 1e6;
        const CellRole money = thousands ? CellRole::Thousands : CellRole::Count;
        const CellRole mean = formulas_.largest(array, 12) < 100 ? CellRole::Number : CellRole::Count;
        const Figure figures[] = {{msg("Won"), 3, 2, CellRole::Count},
                                  {msg("Lost"), 4, 3, CellRole::Count},
                                  {msg("Win rate"), 6, 4, CellRole::Share},
                                  {msg("Low (95 %)"), 7, 5, CellRole::Share},
                                  {msg("High (95 %)"), 8, 6, CellRole::Share},
                                  {thousands ? msg("Won value (thousands)") : msg("Won value"), 10, 7, money},
                                  {msg("Share of value"), 11, 8, CellRole::Share},
                                  {msg("Average sale"), 12, 9, mean},
                                  {msg("Cycle, days"), 13, 10, CellRole::Days}};
        const bool amounts = deals->column(Role::Amount) != nullptr;
        block.put(1, 0, CellRole::HeaderText, *deals->column(by));
        block.put(1, 1, CellRole::HeaderText, std::string());
        for (std::int32_t row = 0; row < rows; ++row) block.put(2 + row, 0, CellRole::Text, segmentName(*table, row));
        for (const Figure& figure : figures) {
            if (!amounts && figure.from >= 10 && figure.from <= 12) continue;
            header(block, 1, figure.column, say(figure.header));
            for (std::int32_t row = 0; row < rows; ++row)
                block.put(2 + row, figure.column, figure.role,
                          Formula("IFNA(") + Formula(table->cell(row, figure.from)) + ";\"\u2013\")");
        }
        add(std::move(block));
    }
    Content segmentName(const PlacedArray& table, std::int32_t row) const {
        if (row == 0) return say(msg("All"));
        const Formula name(table.cell(row, 1));
        return Formula("IFNA(IF(") + name + "=\"(blank)\";" + asConstant(say(msg("(blank)"))) + ";" + name + ");\"\")";
    }

    void writeStuckDeals() {
        if (!formulas_.has("stuck deals")) return;
        const std::optional<PlacedArray> table = formulas_.array("stuck deals", Arrays::Whole);
        if (!table) return;
        const KpiSource& deals = *choices_.source(RowKind::Deals);
        Block block = begin("stuck", msg("The ten oldest stuck deals: open for longer than nine of ten won deals took"));
        const bool amounts = deals.column(Role::Amount) != nullptr;
        const bool stages = deals.column(Role::Stage) != nullptr;
        block.put(1, 0, CellRole::HeaderText, say(msg("Deal")));
        block.put(1, 1, CellRole::HeaderText, stages ? say(msg("Stage")) : std::string());
        if (stages) widenUnits(formulas_.longestName("stuck deals"), 24);
        header(block, 1, 2, say(msg("Age, days")));
        header(block, 1, 3, say(msg("Limit, days")));
        if (amounts) header(block, 1, 4, say(msg("Amount")));
        for (std::int32_t row = 0; row < table->rows; ++row) {
            block.put(2 + row, 0, CellRole::Text, formulas_.linkToDeal(*table, row));
            if (stages) block.put(2 + row, 1, CellRole::Text, Formula("IFNA(") + Formula(table->cell(row, 4)) + ";\"\")");
            block.put(2 + row, 2, CellRole::Count, Formula("IFNA(") + Formula(table->cell(row, 2)) + ";\"\")");
            block.put(2 + row, 3, CellRole::Count, Formula("IFNA(") + Formula(table->cell(row, 3)) + ";\"\")");
            if (amounts) block.put(2 + row, 4, CellRole::Count, Formula("IFNA(") + Formula(table->cell(row, 5)) + ";\"\")");
        }
        add(std::move(block));
    }

    void writeWaterfall() {
        const std::optional<Reference> data = formulas_.waterfall();
        if (!data) return;
        picture(ChartKind::Waterfall, *data, "waterfall", msg("Recurring revenue of the period shown"), 14, 15);
    }
    void writeWinCurve() {
        if (!formulas_.has("win curve") || !choices_.pictures) return;
        const std::optional<Reference> data = formulas_.winCurve();
        if (data)
            picture(ChartKind::BoundedCurves, *data, "curve",
                    msg("Share of deals won, by their age in days (dotted: the 95 % interval)"), 14, 10);
    }
    void picture(ChartKind kind, const Reference& data, const std::string& id, Message title, std::int32_t rows,
                 std::int32_t columns) {
        Block block = begin(id, title);
        const std::int32_t top = block.row + 1;
        sheet_.charts.push_back({.kind = kind, .data = data, .covers = {top, 0, rows, columns}});
        add(std::move(block));
        next_ = top + rows;
    }

    // Retention: each cohort a row, its age in columns, darker where more of its customers were active.
    void writeRetention() {
        constexpr std::int32_t most = 12;
        if (!formulas_.has("retention")) return;
        const std::optional<PlacedArray> table = formulas_.array("retention", Arrays::Whole);
        if (!table || table->rowsNow < 3) return;
        Block block = begin("retention", msg("Retention: share of each period's new customers who came back, by age in periods"));
        const std::int32_t rows = std::min(table->rowsNow, most);
        block.put(1, 0, CellRole::HeaderText, say(msg("First period")));
        header(block, 1, 1, say(msg("Customers")));
        for (std::int32_t age = 0; age < most; ++age) block.put(1, 2 + age, CellRole::Header, static_cast<double>(age));
        for (std::int32_t row = 0; row < rows; ++row) {
            // The last cohorts, below the row of all.
            const Formula at =
                row == 0 ? Formula("1") : Formula("COUNT(") + table->column(1) + ")+1-" + std::to_string(rows - 1 - row);
            const auto cell = [&](std::int32_t column) {
                const Formula found = Formula("INDEX(") + table->column(column) + ";" + at + ")";
                return Formula("IFNA(IF(") + found + "=\"\";\"\";" + found + ");\"\")";
            };
            block.put(2 + row, 0, row == 0 ? CellRole::Text : CellRole::Month,
                      row == 0 ? Content(say(msg("All"))) : Content(cell(1)));
            block.put(2 + row, 1, CellRole::Count, cell(2));
            for (std::int32_t age = 0; age < most; ++age) block.put(2 + row, 2 + age, CellRole::Share, cell(3 + age));
        }
        heat(block, {2, 3, rows, most - 1});
        add(std::move(block));
    }
    static void heat(Block& block, const CellArea& cells) {
        const std::pair<const char*, CellRole> steps[] = {{">=0.8", CellRole::Heat5},
                                                          {">=0.6", CellRole::Heat4},
                                                          {">=0.4", CellRole::Heat3},
                                                          {">=0.2", CellRole::Heat2},
                                                          {">0", CellRole::Heat1}};
        ConditionalFormat format{cells, {}};
        const Reference cell = block.cell(cells.row, cells.column);
        for (const auto& [test, look] : steps)
            format.conditions.push_back({Formula("IF(ISNUMBER(") + cell + ");" + cell + test + ";FALSE())", look});
        block.formats.push_back(format);
    }

    // What counts by which date, and how to read the signs.
    void writeRules() {
        Block block = beginSection("rules");
        std::int32_t row = 0;
        for (const std::string& rule : formulas_.rules())
            for (std::string& line : inLines({rule}, 190)) block.put(row++, 0, CellRole::Note, std::move(line));
        add(std::move(block));
    }

    // newRows says once for all sources that there are more rows now. It stands in the head: below all else it would be read last,
    // and a page would be printed for it while it has nothing to say.
    Formula newRows() const {
        if (context_.sources.empty()) return Formula(blankInHead);
        Formula any;
        for (const auto& [address, source] : context_.sources) {
            if (!any.parts().empty()) any += ";";
            any += newRowsBelow(address, source.columns.size(), source.filledBelow);
        }
        return Formula("IF(OR(") + any + ");" + asConstant(newRowsSentence(texts_)) + ";" + blankInHead + ")";
    }

    const KpiSheetChoices& choices_;
    const KpiSheetContext& context_;
    const Texts& texts_;
    KpiFormulas formulas_;
    std::vector<KpiRow> rows_;
    PlannedSheet sheet_{};
    std::int32_t next_ = 0;
    int segments_ = 0;
};

}  // namespace

InputLayout inputsOf(const KpiSheetChoices& choices, const KpiSheetContext& context) {
    return KpiFormulas(choices, context, Texts()).inputs();
}

DocumentPlan planKpiSheet(const KpiSheetChoices& choices, const KpiSheetContext& context, const Texts& texts) {
    return KpiSheet(choices, context, texts).plan();
}

}  // namespace calckpi::panel
