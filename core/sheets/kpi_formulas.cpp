#include "core/sheets/kpi_formulas.hpp"

#include "core/kpis/catalog.hpp"
#include "core/recognition/recognition.hpp"
#include "core/recognition/role_words.hpp"
#include "core/sheets/data_check.hpp"
#include "core/sheets/forecast_verdicts.hpp"
#include "core/sheets/formula.hpp"
#include "core/sheets/formula_parts.hpp"
#include "core/sheets/table_text.hpp"
#include "core/values/address.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <set>

namespace calckpi::panel {
namespace {

constexpr std::int32_t arraysBelow = 20;  // the row of the arrays' titles, below the dates
constexpr std::int32_t inputsBelow = 6;   // the first row of periods on the sheet of inputs

Formula indexMatch(const Reference& column, const Reference& keys, const Formula& key) {
    return Formula("INDEX(") + column + ";MATCH(" + key + ";" + keys + ";0))";
}

std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        all.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return all;
}

// shortMonths are the short names of the twelve months.
std::vector<std::string> shortMonths(const Texts& texts) {
    const std::string all = texts.say(msg("(Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec)"));
    return words(all.substr(1, all.size() - 2));
}

CellRole roleOfLetter(char letter) {
    switch (letter) {
        case 'D': return CellRole::Date;
        case 'S': return CellRole::Share;
        case 'Y': return CellRole::Days;
        case 'N': return CellRole::Number;
        case 'T': return CellRole::Text;
        default: return CellRole::Count;
    }
}

struct ArrayLook {
    std::string_view id;
    std::string_view roles;
    std::vector<Message> headers;
};
ArrayLook lookOfArray(std::string_view id) {
    if (id == "deals")
        return {id,
                "DCCCCCSSSSCCYYC",
                {msg("Period"), msg("Complete"), msg("Created"), msg("Won"), msg("Lost"), msg("Open at the end"), msg("Win rate"),
                 msg("Low (95 %)"), msg("High (95 %)"), msg("Win rate of those created"), msg("Won value"), msg("Average sale"),
                 msg("Median days"), msg("Mean days"), msg("Pipeline at the end")}};
    if (id == "movements" || id == "plans")
        return {id,
                "DCCCCCCCCSSSSN",
                {msg("Period"), msg("Start"), msg("New"), msg("Expansion"), msg("Contraction"), msg("Churned"), msg("Reactivated"),
                 msg("End"), msg("Customers"), msg("Gross revenue retention"), msg("Net revenue retention"), msg("Gross churn"),
                 msg("Net churn"), msg("SaaS quick ratio")}};
    if (id == "first purchases") return {id, "DC", {msg("First period"), msg("Customers")}};
    if (id == "win curve")
        return {id,
                "CCCCSSSS",
                {msg("Days"), msg("At risk"), msg("Won"), msg("Lost"), msg("Share won"), msg("Share lost"), msg("Low (95 %)"),
                 msg("High (95 %)")}};
    if (id == "stuck deals") return {id, "CCCTC", {msg("Row"), msg("Age, days"), msg("Limit, days"), msg("Stage"), msg("Amount")}};
    if (id == "retention") return {id, "DCSSSSSSSSSSSS", {msg("First period"), msg("Customers")}};
    return {id,
            "TCCCCSSSNCSCY",
            {msg("Segment"), msg("Deals"), msg("Won"), msg("Lost"), msg("Open"), msg("Win rate"), msg("Low (95 %)"),
             msg("High (95 %)"), msg("p-value"), msg("Won value"), msg("Share of value"), msg("Average sale"), msg("Median days")}};
}

// mainDate is the date that tells how far a table's data go.
std::optional<Role> mainDate(RowKind rows) {
    switch (rows) {
        case RowKind::Transactions:
        case RowKind::Activities:
        case RowKind::Surveys: return Role::When;
        case RowKind::Subscriptions: return Role::Start;
        case RowKind::Leads: return Role::Received;
        case RowKind::Tickets: return Role::Opened;
        case RowKind::People: return Role::Hired;
        case RowKind::Content: return Role::Published;
        default: return std::nullopt;
    }
}

std::set<const KpiSource*> sourcesOf(const std::vector<KpiRow>& rows, const KpiSheetChoices& choices) {
    std::set<const KpiSource*> used;
    for (const KpiRow& row : rows)
        for (const MeasureUse& use : measuresOf(row.formula)) {
            if (const std::optional<ResolvedMeasure> measure = resolve(use.id, choices); measure && measure->source != nullptr)
                used.insert(measure->source);
            if (const OwnKpi* own = choices.ownKpi(use.id))
                for (const KpiSource& source : choices.sources)
                    if (source.address == own->source) used.insert(&source);
        }
    return used;
}

}  // namespace

std::optional<KpiCall> dayCall(const KpiSource& source) {
    const CallTimes byDay{.period = "day"};
    if (source.rows == RowKind::Deals) {
        if (source.won.empty() || source.column(Role::Opened) == nullptr || source.column(Role::Closed) == nullptr)
            return std::nullopt;
        return kpiCall("KPIPERIODS({table};{state};{won};{lost};{Opened};{Closed};;{period};;0)", source, byDay);
    }
    const std::optional<Role> when = mainDate(source.rows);
    if (!when || source.column(*when) == nullptr) return std::nullopt;
    return kpiCall("PERIODVALUES({table};{" + std::string(nameOf(*when)) + "};;;;{period};;0)", source, byDay);
}

// ---- Rows ---------------------------------------------------------------------------------------------------------------------

std::vector<KpiRow> kpiRows(const KpiSheetChoices& choices, const Texts& texts) {
    std::vector<KpiRow> rows;
    for (const std::string& id : choices.kpis) {
        if (const OwnKpi* own = choices.ownKpi(id)) {
            const bool counts = own->statistic == "count" || own->statistic == "distinct";
            rows.push_back({id, own->name, "{" + id + "}", counts ? Unit::Count : Unit::Number, own->better});
            continue;
        }
        const Kpi* kpi = findKpi(id);
        if (kpi == nullptr || missingFor(*kpi, choices)) continue;
        const bool bound = id.ends_with("-low") || id.ends_with("-high");
        rows.push_back({.id = id,
                        .name = texts.say(kpi->name),
                        .formula = std::string(kpi->formula),
                        .unit = kpi->unit,
                        .better = bound ? Better::Neither : kpi->better});
    }
    return rows;
}

// ---- The sheet of inputs --------------------------------------------------------------------------------------------------------

namespace {

Period periodFrom(const std::string& word) { return Period::fromText(word).value_or(Period(PeriodWords::Month)); }

// inputKeys are the figures that the rows ask the user for: targets first.
std::vector<std::string> inputKeys(const KpiSheetChoices& choices, const std::vector<KpiRow>& rows) {
    std::vector<std::string> keys;
    for (const KpiRow& row : rows)
        if (row.better != Better::Neither) keys.push_back("target " + row.id);
    for (const KpiRow& row : rows)
        if (const Kpi* kpi = findKpi(row.id))
            for (const Measure* measure : typedBy(*kpi, choices)) keys.emplace_back(measure->id);
    return keys;
}

// layPeriods gives a row to each period that the sheet shows, and to all between them and those that are there already; below them
// to those of other units that something was typed for.
void layPeriods(InputLayout& layout, const KpiSheetChoices& choices, const KpiSheetContext& context, double asOf) {
    constexpr std::int64_t farAway = 1000;  // periods: a typing error
    const std::chrono::sys_days nullDate = context.nullDate;
    const Period period = periodFrom(periodWord(choices));
    const std::int64_t last = calckpi::periodOf(asOf, period, nullDate);
    const std::int32_t year = periodsAYear(choices.unit).value_or(31);
    std::int64_t from = last - choices.periods - year + 1;
    std::int64_t to = last + year;
    std::set<double> others;
    const auto take = [&](double day, bool filled) {
        const std::int64_t number = calckpi::periodOf(day, period, nullDate);
        if (startOf(number, period, nullDate) == day && to - number <= farAway && number - from <= farAway) {
            from = std::min(from, number);
            to = std::max(to, number);
        } else if (filled) {
            others.insert(day);
        }
    };
    for (const double day : context.typed.periods) take(day, false);
    for (const auto& [key, content] : context.typed.figures) take(key.second, true);
    for (std::int64_t number = from; number <= to; ++number) layout.periods.push_back(startOf(number, period, nullDate));
    layout.rows = static_cast<std::int32_t>(layout.periods.size());
    layout.periods.insert(layout.periods.end(), others.begin(), others.end());
}

}  // namespace

KpiFormulas::KpiFormulas(const KpiSheetChoices& choices, const KpiSheetContext& context, const Texts& texts)
    : choices_(choices),
      context_(context),
      texts_(texts),
      period_(periodWord(choices)),
      year_(yearWord(choices)),
      rows_(kpiRows(choices, texts)) {
    Formula last;
    for (const KpiSource& source : choices.sources) {
        if (!sourcesOf(rows_, choices).contains(&source)) continue;
        const std::optional<KpiCall> days = dayCall(source);
        if (!days) continue;
        if (!last.parts().empty()) last += ";";
        last += Formula("INDEX(") + days->formula() + ";0;1)";
        if (const std::optional<OutputGrid> grid = now(*days, source); grid && grid->rows > 0) {
            if (const double* day = std::get_if<double>(&grid->at(grid->rows - 1, 0))) asOfNow_ = std::max(asOfNow_, *day);
            if (const double* day = std::get_if<double>(&grid->at(0, 0))) firstDay_ = std::min(firstDay_, *day);
        }
    }
    lastDay_ = last.parts().empty() ? Formula("TODAY()") : Formula("MAX(") + last + ")";
    if (asOfNow_ == 0) asOfNow_ = context.today;
    if (choices.asOf) asOfNow_ = *choices.asOf;
    inputs_ = inputLayout(choices, context, asOfNow_, rows_);
    data_.name = texts_.say(msg("KPI data"));
    writeDates();
    for (KpiRow& row : rows_) row.look = lookOf(row);
}

InputLayout inputLayout(const KpiSheetChoices& choices, const KpiSheetContext& context, double asOf,
                        const std::vector<KpiRow>& rows) {
    InputLayout layout{.firstRow = inputsBelow};
    const auto add = [&](const std::string& key) {
        const auto same = [&](const InputColumn& column) { return column.key == key; };
        if (std::none_of(layout.columns.begin(), layout.columns.end(), same))
            layout.columns.push_back({key, static_cast<std::int32_t>(layout.columns.size()) + 1});
    };
    // Those that are there stay in their order, without those that are neither wanted nor filled.
    const auto filled = [&](const std::string& key) {
        return std::any_of(context.typed.figures.begin(), context.typed.figures.end(),
                           [&](const auto& figure) { return figure.first.first == key; });
    };
    const std::vector<std::string> wanted = inputKeys(choices, rows);
    for (const std::string& key : context.typed.columns)
        if (filled(key) || std::find(wanted.begin(), wanted.end(), key) != wanted.end()) add(key);
    for (const std::string& key : wanted) add(key);
    for (const auto& [key, content] : context.typed.figures) add(key.first);
    layPeriods(layout, choices, context, asOf);
    return layout;
}

Reference KpiFormulas::inputColumn(const std::string& key) const {
    const auto found =
        std::find_if(inputs_.columns.begin(), inputs_.columns.end(), [&](const InputColumn& column) { return column.key == key; });
    return {"inputs", {inputs_.firstRow, found == inputs_.columns.end() ? 0 : found->column, inputs_.rows, 1}, Fixed::All};
}

PlannedSheet KpiFormulas::inputSheet() const {
    PlannedSheet sheet{.name = texts_.say(msg("KPI inputs"))};
    sheet.frozenRows = inputs_.firstRow;
    sheet.frozenColumns = 1;
    sheet.page.repeatedRows = inputs_.firstRow;
    Block block{.id = "inputs"};
    block.put(0, 0, CellRole::Title, texts_.say(msg("Targets and figures to type in")));
    block.put(1, 0, CellRole::Subtitle,
              texts_.say(msg("One row for each period. What needs an empty cell waits for it: nothing is made up")));
    block.put(3, 0, CellRole::HeaderText, texts_.say(msg("Data up to (empty: all)")));
    block.put(3, 1, CellRole::PickedDate, choices_.asOf ? std::optional<Content>(*choices_.asOf) : std::nullopt);
    const std::int32_t headers = inputs_.firstRow - 1;
    block.put(headers, 0, CellRole::HeaderText, texts_.say(msg("Period")));
    sheet.columnWidths.assign(inputs_.columns.size() + 1, 14);
    sheet.columnWidths[0] = 24;
    for (const InputColumn& column : inputs_.columns) {
        const bool target = column.key.starts_with("target ");
        std::string name;
        if (target) {
            const std::string id = column.key.substr(7);
            const OwnKpi* own = choices_.ownKpi(id);
            const Kpi* kpi = findKpi(id);
            name = own != nullptr ? own->name : kpi != nullptr ? texts_.say(kpi->name) : id;
            name = texts_.say(msg("Target: {kpi}"), {{"kpi", name}});
        } else if (const Measure* measure = findMeasure(column.key)) {
            name = texts_.say(measure->label);
        }
        block.put(headers, column.column, CellRole::Header, name);
    }
    const bool months = choices_.unit == PeriodWords::Month || choices_.unit == PeriodWords::Quarter;
    for (std::size_t index = 0; index < inputs_.periods.size(); ++index) {
        const std::int32_t row = inputs_.firstRow + static_cast<std::int32_t>(index);
        const double day = inputs_.periods[index];
        block.put(row, 0, months && index < static_cast<std::size_t>(inputs_.rows) ? CellRole::Month : CellRole::Date, day);
        for (const InputColumn& column : inputs_.columns) {
            const auto typed = context_.typed.figures.find({column.key, day});
            block.put(row, column.column, CellRole::Input,
                      typed == context_.typed.figures.end() ? std::nullopt : std::optional<Content>(typed->second));
        }
    }
    nameInputs(block);
    sheet.blocks.push_back(std::move(block));
    return sheet;
}

// nameInputs gives the cells to type into names, by which they are found again, and says where a text is in them.
void KpiFormulas::nameInputs(Block& block) const {
    const auto rows = static_cast<std::int32_t>(inputs_.periods.size());
    block.names.push_back({std::string(asOfName), {3, 1}});
    block.names.push_back({std::string(periodsName), {inputs_.firstRow, 0, rows, 1}});
    for (const InputColumn& column : inputs_.columns)
        block.names.push_back({inputName(column.key), {inputs_.firstRow, column.column, rows, 1}});
    if (inputs_.columns.empty()) return;
    const Reference all = block.cells({inputs_.firstRow, 1, rows, static_cast<std::int32_t>(inputs_.columns.size())}, Fixed::All);
    block.put(2, 0, CellRole::Note,
              Formula("IF(COUNTA(") + all + ")>COUNT(" + all + ");" +
                  asConstant(texts_.say(msg("Some of these cells hold text, which is not a number: type plain numbers"))) + ";" +
                  blankInHead + ")");
}

// ---- Dates --------------------------------------------------------------------------------------------------------------------

void KpiFormulas::writeDates() {
    Block block{.id = "dates", .row = 1};
    std::int32_t row = 0;
    const auto put = [&](Message label, CellRole role, const Formula& formula) {
        block.put(row, 0, CellRole::Text, texts_.say(label));
        block.put(row++, 1, role, formula);
    };
    const auto day = [&](Message label, const Formula& formula) { put(label, CellRole::Date, formula); };
    const auto flag = [&](Message label, const Formula& formula) { put(label, CellRole::Count, formula); };
    const auto of = [&](std::int32_t index) { return Formula(date(index)); };
    const Reference typed{"inputs", {3, 1}, Fixed::All};
    const Formula next = shifted(of(4), 1);
    day(msg("Last day of the data"), lastDay_);
    day(msg("Data up to"), Formula("IF(COUNT(") + typed + ")=1;" + typed + ";" + of(0) + ")");
    day(msg("Latest period"), Formula(openCall("PERIODSTART")) + of(1) + ";" + asConstant(period_) + ")");
    flag(msg("It is still running"), Formula("IF(") + shifted(of(2), 1) + "-1>" + of(1) + ";1;0)");
    day(msg("Period shown"),
        Formula(openCall("PERIODSTART")) + Reference{"head", {2, 1}, Fixed::All} + ";" + asConstant(period_) + ")");
    day(msg("Its last day"), next + "-1");
    flag(msg("It is still running"), Formula("IF(") + of(5) + ">" + of(1) + ";1;0)");
    day(msg("Counted up to"), Formula("MIN(") + of(1) + ";" + of(5) + ")");
    day(msg("Period before"), shifted(of(4), -1));
    day(msg("Counted up to"),
        Formula("IF(") + of(6) + "=1;MIN(" + of(4) + "-1;" + of(8) + "+" + of(7) + "-" + of(4) + ");" + of(4) + "-1)");
    const std::optional<std::int32_t> year = periodsAYear(choices_.unit);
    day(msg("The same a year earlier"), year ? shifted(of(4), -*year) : Formula("EDATE(") + of(4) + ";-12)");
    const Formula endLastYear = shifted(of(10), 1) + "-1";
    day(msg("Counted up to"),
        Formula("IF(") + of(6) + "=1;MIN(" + endLastYear + ";" + of(10) + "+" + of(7) + "-" + of(4) + ");" + endLastYear + ")");
    day(msg("Year of the period"), Formula(openCall("PERIODSTART")) + of(4) + ";" + asConstant(year_) + ")");
    day(msg("Year of the same a year earlier"), Formula(openCall("PERIODSTART")) + of(10) + ";" + asConstant(year_) + ")");
    // Those of the other periods have seen as many days after their end as those of the period shown: a rate of the deals created
    // in it rises with its age.
    const Formula seen = Formula("+") + of(1) + "-" + of(7);
    day(msg("Arrays of the period before count up to"), of(9) + seen);
    day(msg("Arrays of a year earlier count up to"), of(11) + seen);
    day(msg("Segments count from"), Formula("EDATE(") + of(5) + "+1;-12)");
    data_.blocks.push_back(std::move(block));
}

Formula KpiFormulas::shifted(const Formula& key, std::int32_t periods) const {
    return Formula(openCall("PERIODSTART")) + key + ";" + asConstant(period_) + ";" + std::to_string(periods) + ")";
}

std::int32_t KpiFormulas::yearInPeriods() const { return periodsAYear(choices_.unit).value_or(365); }

Formula KpiFormulas::periodAtFirst() {
    const Formula latest(date(2));
    const Period period = Period::fromText(period_).value_or(Period(PeriodWords::Month));
    // With data of one period alone there is no complete one to show.
    if (firstDay_ >= startOf(calckpi::periodOf(asOfNow_, period, context_.nullDate), period, context_.nullDate)) return latest;
    return Formula("IF(AND(") + date(3) + "=1;" + date(0) + ">" + date(2) + ");" + shifted(latest, -1) + ";" + latest + ")";
}

Formula KpiFormulas::periodOf(std::int32_t index) const {
    const std::int32_t before = index - (choices_.periods - 1);
    return before == 0 ? Formula(date(2)) : shifted(Formula(date(2)), before);
}

Formula KpiFormulas::dayText(const Formula& day) const {
    const std::vector<std::string> months = shortMonths(texts_);
    Formula text = Formula("DAY(") + day + ")&\" \"&CHOOSE(MONTH(" + day + ")";
    for (const std::string& month : months) text += ";" + asConstant(month);
    return text + ")&\" \"&YEAR(" + day + ")";
}

Formula KpiFormulas::toTheDay() const {
    const bool months = choices_.unit == PeriodWords::Month;
    const std::string text = texts_.say(months ? msg("to the {day}") : msg("to {date}"));
    const std::size_t open = text.find('{');
    const std::size_t close = text.find('}');
    const std::string first = asConstant(text.substr(0, open));
    const std::string rest = asConstant(text.substr(close + 1));
    if (!months) return Formula(first + "&") + dayText(asOf()) + "&" + rest;
    Formula day = Formula("DAY(") + date(1) + ")";
    if (texts_.language() == Language::English)
        day += Formula("&IF(ABS(DAY(") + date(1) + ")-12)<2;\"th\";CHOOSE(MIN(MOD(DAY(" + date(1) +
               ");10);4)+1;\"th\";\"st\";\"nd\";\"rd\";\"th\"))";
    return Formula(first + "&") + day + "&" + rest;
}

Formula KpiFormulas::number(double value) {
    char digits[32];
    const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), value);
    return Formula(std::string(digits, error == std::errc() ? end : digits));
}

CallTimes KpiFormulas::timesOf(Arrays when, bool byYear) const {
    const auto at = [&](std::int32_t row) { return Instant{Formula(date(row)), asOfNow_}; };
    CallTimes times{.period = byYear ? year_ : period_, .asOf = at(1), .from = at(16), .to = at(7)};
    times.from.value = asOfNow_ - 366;
    if (when == Arrays::Before) times.asOf = at(14);
    if (when == Arrays::LastYear) times.asOf = at(15);
    if (when == Arrays::Year) times.asOf = at(7);
    if (when == Arrays::YearBefore) times.asOf = at(11);
    return times;
}

// ---- Arrays -------------------------------------------------------------------------------------------------------------------

std::optional<OutputGrid> KpiFormulas::now(const KpiCall& call, const KpiSource& source) const {
    const auto found = context_.sources.find(source.address);
    if (found == context_.sources.end() || !found->second.table) return std::nullopt;
    Result<calckpi::Outcome> outcome = compute(call, found->second.table);
    if (!outcome) return std::nullopt;
    if (const OutputGrid* grid = std::get_if<OutputGrid>(&*outcome)) return *grid;
    return std::nullopt;
}

std::int32_t KpiFormulas::spareRows() const {
    switch (choices_.unit) {
        case PeriodWords::Day: return 92;
        case PeriodWords::Week: return 52;
        case PeriodWords::Month: return 24;
        case PeriodWords::Quarter: return 8;
        case PeriodWords::Year: break;
    }
    return 4;
}

bool KpiFormulas::has(std::string_view id) const {
    const KpiArray* array = findKpiArray(id);
    const KpiSource* source = array == nullptr ? nullptr : choices_.source(array->rows);
    if (source == nullptr) return false;
    const std::vector<Role> roles = rolesIn(array->call);
    const bool states = array->call.find("{state}") != std::string_view::npos;
    return std::all_of(roles.begin(), roles.end(), [&](Role role) { return source->column(role) != nullptr; }) &&
           (!states || !source->won.empty());
}

std::optional<PlacedArray> KpiFormulas::place(const std::string& id, const KpiCall& call, const std::string& title,
                                              const std::vector<std::string>& headers, const std::string& roles,
                                              std::int32_t columns, std::int32_t rowsNow, std::int32_t spare) {
    const KpiArray* array = findKpiArray(id);
    const bool outgrows = array == nullptr || array->listed == 0;
    PlacedArray made{.block = "array " + id, .rows = std::max(rowsNow, 1) + spare, .rowsNow = rowsNow};
    Block block{.id = made.block, .row = arraysBelow, .column = nextColumn_};
    block.put(0, 0, CellRole::Section, title);
    for (std::int32_t column = 0; column < columns; ++column) {
        made.roles.push_back(roleOfLetter(roles[std::min(static_cast<std::size_t>(column), roles.size() - 1)]));
        const bool text = made.roles.back() == CellRole::Text;
        const auto index = static_cast<std::size_t>(column);
        block.put(1, column, text ? CellRole::HeaderText : CellRole::Header,
                  index < headers.size() ? headers[index] : std::string());
        for (std::int32_t row = 0; row < made.rows; ++row) block.put(2 + row, column, made.roles.back());
    }
    block.fill({2, 0, made.rows, columns}, call.formula());
    // Rows beyond the data step back; the last of them tells when the data have outgrown the place.
    block.formats.push_back(
        {{2, 0, made.rows, columns}, {{Formula("ISNA(") + Reference{made.block, {2, 0}} + ")", CellRole::Doubtful}}});
    if (outgrows)
        block.put(2 + made.rows, 0, CellRole::Note,
                  Formula("IF(ISERROR(") + Reference{made.block, {1 + made.rows, 0}} + ");\"\";" +
                      asConstant(texts_.say(msg("The data have outgrown this table: press Update in the sidebar"))) + ")");
    data_.blocks.push_back(std::move(block));
    nextColumn_ += columns + 1;
    return placed_.emplace(id, std::move(made)).first->second;
}

std::optional<PlacedArray> KpiFormulas::array(std::string_view id, Arrays when) {
    static constexpr const char* suffixes[] = {"", " before", " last year", " year", " year before", ""};
    const std::string key = std::string(id) + suffixes[static_cast<std::size_t>(when)];
    if (const auto found = placed_.find(key); found != placed_.end()) return found->second;
    const bool byYear = when == Arrays::Year || when == Arrays::YearBefore;
    const KpiArray* array = findKpiArray(id);
    const Measure* measure = array == nullptr ? findMeasure(id) : nullptr;
    const OwnKpi* own = choices_.ownKpi(id);
    const KpiSource* source = nullptr;
    for (const KpiSource& each : choices_.sources)
        if (source == nullptr &&
            (own != nullptr ? each.address == own->source : each.rows == (array != nullptr ? array->rows : measure->rows)))
            source = &each;
    if (source == nullptr) return std::nullopt;
    const CallTimes times = timesOf(when, byYear);
    const KpiCall made = own != nullptr       ? ownCall(*own, *source, times)
                         : measure != nullptr ? kpiCall(*measure, *source, times)
                                              : kpiCall(array->call, *source, times);
    std::int32_t rowsNow = 0;
    std::int32_t spare = spareRows();
    if (when == Arrays::Whole || when == Arrays::YearToShown) {
        const std::optional<OutputGrid> grid = now(made, *source);
        if (!grid) return std::nullopt;
        rowsNow = static_cast<std::int32_t>(grid->rows);
        if (when == Arrays::YearToShown) spare = 10;
        if (array != nullptr && array->spare > 0) spare = array->spare;
        if (array != nullptr && array->listed > 0) spare = array->listed - rowsNow;
        most_.insert_or_assign(key, largestOf(*grid));
        longest_.insert_or_assign(key, longestNameIn(*grid));
    } else {
        const std::optional<PlacedArray> whole = this->array(id, Arrays::Whole);
        if (!whole) return std::nullopt;
        rowsNow = byYear ? whole->rowsNow / yearInPeriods() + 2 : whole->rowsNow;
        if (byYear) spare = 3;
    }
    std::vector<std::string> headers;
    std::string roles = "DCC";
    std::int32_t columns = 3;
    std::string title;
    if (array != nullptr) {
        const ArrayLook look = lookOfArray(id);
        for (const Message& header : look.headers) headers.push_back(texts_.say(header));
        if (id == "retention")
            for (std::int32_t age = 0; age < 12; ++age) headers.push_back(std::to_string(age));
        roles = look.roles;
        columns = array->columns;
        title = std::string(made.function);
    } else {
        headers = {texts_.say(msg("Period")), texts_.say(msg("Complete")), nameOf(id)};
        const bool share =
            measure != nullptr && measure->statistic != "count" && measure->statistic != "distinct" && measure->statistic != "sum";
        if (share) roles = "DCN";
        title = headers.back();
    }
    const Message said[] = {Message{},
                            msg("{array}, up to the same day of the period before"),
                            msg("{array}, up to the same day a year earlier"),
                            msg("{array}, of the year"),
                            msg("{array}, of the year before, up to the same day"),
                            msg("{array}, of twelve months")};
    if (when != Arrays::Whole) title = texts_.say(said[static_cast<std::size_t>(when)], {{"array", title}});
    return place(key, made, title, headers, roles, columns, rowsNow, spare);
}

Formula KpiFormulas::anyFails() const {
    constexpr std::size_t most = 200;  // arguments: Calc takes 255
    Formula all("FALSE()");
    std::size_t count = 0;
    for (const auto& [id, placed] : placed_) {
        const bool whole = findKpiArray(id) != nullptr || findMeasure(id) != nullptr || choices_.ownKpi(id) != nullptr;
        if (whole && ++count < most) all += Formula(";ISERR(") + Reference{placed.block, {2, 0}, Fixed::All} + ")";
    }
    return Formula("OR(") + all + ")";
}

double KpiFormulas::largest(std::string_view array, std::int32_t column) const {
    const auto found = most_.find(std::string(array));
    return found == most_.end() ? 0 : found->second.at(static_cast<std::size_t>(column - 1));
}

std::string KpiFormulas::nameOf(std::string_view measure) const {
    if (const OwnKpi* own = choices_.ownKpi(measure)) return own->name;
    // That of the KPI that shows it and nothing else, or of one that is computed from it.
    const std::string alone = "{" + std::string(measure) + "}";
    for (const Kpi& kpi : allKpis())
        if (kpi.formula == alone) return texts_.say(kpi.name);
    for (const KpiRow& row : rows_)
        if (row.formula.find(alone) != std::string::npos) return row.name;
    return texts_.say(msg("Value"));
}

std::vector<double> KpiFormulas::largestOf(const OutputGrid& grid) {
    std::vector<double> most(grid.columns, 0);
    for (std::size_t row = 0; row < grid.rows; ++row)
        for (std::size_t column = 0; column < grid.columns; ++column)
            if (const double* number = std::get_if<double>(&grid.at(row, column)))
                most[column] = std::max(most[column], std::abs(*number));
    return most;
}

std::size_t KpiFormulas::longestNameIn(const OutputGrid& grid) {
    std::size_t longest = 0;
    for (std::size_t row = 0; row < grid.rows; ++row)
        for (std::size_t column = 0; column < grid.columns; ++column)
            if (const auto* name = std::get_if<std::string>(&grid.at(row, column))) longest = std::max(longest, lettersIn(*name));
    return longest;
}

std::size_t KpiFormulas::longestName(std::string_view array) const {
    const auto found = longest_.find(std::string(array));
    return found == longest_.end() ? 0 : found->second;
}

// ---- Figures ------------------------------------------------------------------------------------------------------------------

// Operand is a measure in a formula: its text, and what has to hold before there is a figure.
struct KpiFormulas::Operand {
    Formula text{};
    std::vector<Formula> waits{};  // conditions on which a dash is shown
    bool isArray = false;
    bool possible = true;
};

Formula KpiFormulas::key(When when, const Reference& period) const {
    switch (when) {
        case When::Before: return Formula(date(8));
        case When::LastYear:
        case When::SoFarLastYear: return Formula(date(10));
        case When::Trend: return Formula(period);
        case When::Shown:
        case When::SoFar: break;
    }
    return Formula(date(4));
}

namespace {

Arrays arraysOf(When when) {
    if (when == When::Before) return Arrays::Before;
    if (when == When::LastYear || when == When::SoFarLastYear) return Arrays::LastYear;
    return Arrays::Whole;
}

// sumBetween adds up what a column has from one first day to another.
Formula sumBetween(const Reference& values, const Reference& keys, const Formula& from, const Formula& to,
                   const char* last = "<=") {
    return Formula("SUMIFS(") + values + ";" + keys + ";\">=\"&" + from + ";" + keys + ";\"" + last + "\"&" + to + ")";
}

}  // namespace

KpiFormulas::Operand KpiFormulas::ofArray(std::string_view id, std::int32_t column, Nature nature, bool byYear,
                                          const MeasureUse& use, When when, const Reference& period) {
    const auto found = [&](Arrays arrays) { return array(id, arrays); };
    const auto at = [&](Arrays arrays, const Formula& day) -> Operand {
        const std::optional<PlacedArray> placed = found(arrays);
        if (!placed) return {.possible = false};
        const Reference values = placed->column(column);
        const Reference keys = placed->column(1);
        const KpiArray* made = findKpiArray(id);
        if (made == nullptr || made->rowsBefore == 0) return {.text = indexMatch(values, keys, day)};
        // A period without any has no row, and is 0 as far as the data go.
        const Formula first = Formula("INDEX(") + keys + ";" + std::to_string(made->rowsBefore + 1) + ")";
        return {.text = Formula("IF(AND(") + day + ">=" + first + ";" + day + "<=" + date(2) + ");" +
                        sumBetween(values, keys, day, day) + ";NA())"};
    };
    const auto sum = [&](Arrays arrays, const Formula& from, const Formula& to, const char* last = "<=") -> Operand {
        const std::optional<PlacedArray> placed = found(arrays);
        if (!placed) return {.possible = false};
        return {.text = sumBetween(placed->column(column), placed->column(1), from, to, last)};
    };
    const bool soFar = when == When::SoFar || when == When::SoFarLastYear;
    const Formula shown(date(4));
    const Formula lastYear(date(10));
    const Formula yearStart(date(12));
    const Formula lastYearStart(date(13));
    if (use.span == "ytd" || use.span == "lytd" || use.span == "lyear") {
        if (when != When::Shown) return {.possible = false};
        if (use.span == "ytd") return sum(Arrays::Whole, yearStart, shown);
        if (use.span == "lytd") return sum(Arrays::LastYear, lastYearStart, lastYear);
        return sum(Arrays::Whole, lastYearStart, yearStart, "<");
    }
    if (use.span == "12") {
        if (soFar) return {.possible = false};
        const std::optional<PlacedArray> placed = found(Arrays::Whole);
        if (!placed) return {.possible = false};
        return {.text = lastTwelve(placed->column(column), placed->column(1), placed->column(1), when, period)};
    }
    if (!use.span.empty()) {
        if (soFar) return {.possible = false};
        const bool year = use.span == "ly";
        if (when == When::Shown) return at(year ? Arrays::LastYear : Arrays::Before, year ? lastYear : Formula(date(8)));
        Operand other = at(Arrays::Whole, shifted(key(when, period), year ? -yearInPeriods() : -1));
        // A part of a period is not compared with the whole of another.
        other.waits.push_back(when == When::Trend ? Formula("AND(") + period + "=" + date(2) + ";" + date(3) + "=1)"
                                                  : Formula(date(6)) + "=1");
        return other;
    }
    if (!soFar || nature == Nature::Stock) return at(arraysOf(when), key(when, period));
    const bool last = when == When::SoFarLastYear;
    // A year's own row knows what is known of it; of months without any amount there is no sum.
    if (nature == Nature::Flow && !byYear)
        return last ? sum(Arrays::LastYear, lastYearStart, lastYear) : sum(Arrays::Whole, yearStart, shown);
    if (!byYear) return {.possible = false};
    return last ? at(Arrays::YearBefore, lastYearStart) : at(Arrays::Year, yearStart);
}

// lastTwelve is the range of the last twelve complete periods, or as many as both the data and the typed figures have.
Formula KpiFormulas::lastTwelve(const Reference& values, const Reference& keys, const Reference& dataKeys, When when,
                                const Reference& period) const {
    const Formula day = key(when, period);
    const Formula running = Formula("IF(AND(") + day + "=" + date(2) + ";" + date(3) + "=1);1;0)";
    const Reference inputKeys{"inputs", {inputs_.firstRow, 0, inputs_.rows, 1}, Fixed::All};
    const auto place = [&](const Reference& in) { return Formula("(MATCH(") + day + ";" + in + ";0)-" + running + ")"; };
    const Formula count = Formula("MIN(12;") + place(dataKeys) + ";" + place(inputKeys) + ")";
    return Formula("INDEX(") + values + ";" + place(keys) + "-" + count + "+1):INDEX(" + values + ";" + place(keys) + ")";
}

KpiFormulas::Operand KpiFormulas::ofTyped(const Measure& measure, const MeasureUse& use, When when, const Reference& period,
                                          const std::optional<Reference>& dataKeys) const {
    const Reference values = inputColumn(std::string(measure.id));
    const Reference keys{"inputs", {inputs_.firstRow, 0, inputs_.rows, 1}, Fixed::All};
    const auto at = [&](const Formula& day) -> Operand {
        const Formula cell = indexMatch(values, keys, day);
        return {.text = cell, .waits = {Formula("COUNT(") + cell + ")=0"}};
    };
    const auto sum = [&](const Formula& from, const Formula& to, const char* last = "<=") -> Operand {
        const auto between = [&] { return Formula(keys) + ";\">=\"&" + from + ";" + keys + ";\"" + last + "\"&" + to; };
        return {.text = sumBetween(values, keys, from, to, last),
                .waits = {Formula("COUNTIFS(") + between() + ";" + values + ";\"<>\")<MAX(1;COUNTIFS(" + between() + "))"}};
    };
    const bool soFar = when == When::SoFar || when == When::SoFarLastYear;
    const bool flow = measure.nature == Nature::Flow;
    const Formula shown(date(4));
    const Formula lastYear(date(10));
    const Formula yearStart(date(12));
    const Formula lastYearStart(date(13));
    Operand found;
    if (use.span == "ytd" || use.span == "lytd" || use.span == "lyear") {
        if (when != When::Shown) return {.possible = false};
        found = use.span == "ytd"    ? sum(yearStart, shown)
                : use.span == "lytd" ? sum(lastYearStart, lastYear)
                                     : sum(lastYearStart, yearStart, "<");
    } else if (use.span == "12") {
        if (soFar) return {.possible = false};
        const Formula range = lastTwelve(values, keys, dataKeys.value_or(keys), when, period);
        return {.text = range, .waits = {Formula("COUNT(") + range + ")=0"}};
    } else if (!use.span.empty()) {
        if (soFar) return {.possible = false};
        found = at(shifted(key(when, period), use.span == "ly" ? -yearInPeriods() : -1));
    } else if (soFar && flow) {
        found = when == When::SoFar ? sum(yearStart, shown) : sum(lastYearStart, lastYear);
    } else {
        found = at(key(when, period));
    }
    // What is typed for a whole period cannot be told for a part of it.
    const bool other = when == When::Before || when == When::LastYear || when == When::SoFarLastYear;
    if (flow && other) found.waits.push_back(Formula(date(6)) + "=1");
    return found;
}

KpiFormulas::Operand KpiFormulas::ofSingle(const ResolvedMeasure& resolved, When when) {
    const Measure& measure = *resolved.measure;
    if (when == When::Trend || (measure.nowOnly && when != When::Shown)) return {.possible = false};
    CallTimes times = timesOf(Arrays::Whole, false);
    const auto span = [&](std::int32_t from, std::int32_t to) {
        times.from.cell = Formula(date(from));
        times.to.cell = Formula(date(to));
    };
    if (when == When::Shown) span(4, 7);
    if (when == When::Before) span(8, 9);
    if (when == When::LastYear) span(10, 11);
    if (when == When::SoFar) span(12, 7);
    if (when == When::SoFarLastYear) span(13, 11);
    Operand found;
    if (measure.from == MeasureFrom::Series) {
        found = {.text = seriesFormula(measure, *resolved.source, times), .isArray = true};
    } else {
        found.text = kpiCall(measure, *resolved.source, times).formula();
        if (measure.column > 0) found.text = Formula("INDEX(") + found.text + ";1;" + std::to_string(measure.column) + ")";
    }
    if (measure.nowOnly) found.waits.push_back(Formula(date(4)) + "<>" + date(2));
    return found;
}

// seriesFormula hands a function those cells of its columns whose row falls into the period.
Formula KpiFormulas::seriesFormula(const Measure& measure, const KpiSource& source, const CallTimes& times) const {
    const std::vector<std::string>& columns = context_.sources.at(source.address).columns;
    const auto cells = [&](Role role) { return columnCells(source, *source.column(role), columns); };
    const std::string when = cells(measure.when);
    const Formula inPeriod = Formula("(" + when + ">=") + times.from.cell + ")*(" + when + "<" + times.to.cell + "+1)";
    Formula text{std::string(formulaPrefix)};
    for (const FormulaPiece& piece : piecesOf(measure.call)) {
        if (!piece.measure) {
            text += std::string(piece.text);
        } else if (piece.measure->id == "asOf") {
            text += times.asOf.cell;
        } else {
            const std::string column = cells(*roleNamed(piece.measure->id));
            text += measure.nowOnly ? Formula(column)
                                    : Formula("IF(") + inPeriod + ";IF(" + column + "=\"\";\"\";" + column + ");\"\")";
        }
    }
    return text;
}

KpiFormulas::Operand KpiFormulas::ofSegment(const ResolvedMeasure& resolved, When when) {
    const Measure& measure = *resolved.measure;
    if (when != When::Shown) return {.possible = false};
    const std::optional<PlacedArray> table = array(measure.array, Arrays::YearToShown);
    if (!table || table->rowsNow < 2) return {.possible = false};
    return {.text = Formula(std::string(measure.call) + "(") + ratesOfMany(*table, measure.column) + ")",
            .waits = {Formula("COUNT(") + ratesOfMany(*table, measure.column) + ")=0"},
            .isArray = true};
}

// ratesOfMany are the win rates of the segments with enough closed deals, the row of all left out.
Formula KpiFormulas::ratesOfMany(const PlacedArray& table, std::int32_t column) {
    const auto segments = [&](std::int32_t of) {
        Reference cells = table.column(of);
        cells.cells.row += 1;
        cells.cells.rows -= 1;
        return cells;
    };
    return Formula("IFERROR(IF(") + segments(3) + "+" + segments(4) + ">=30;" + segments(column) + ";\"\");\"\")";
}

const Measure* KpiFormulas::segmentOf(const KpiRow& row) const {
    const std::vector<MeasureUse> uses = measuresOf(row.formula);
    const Measure* measure = uses.size() == 1 ? findMeasure(uses.front().id) : nullptr;
    return measure != nullptr && measure->from == MeasureFrom::Segment ? measure : nullptr;
}

std::size_t KpiFormulas::longestSegment(const KpiRow& row) {
    const Measure* measure = segmentOf(row);
    return measure != nullptr && array(measure->array, Arrays::YearToShown) ? longest_.at(std::string(measure->array)) : 0;
}

std::optional<Formula> KpiFormulas::nameOfSegment(const KpiRow& row, const Reference& value) {
    const Measure* measure = segmentOf(row);
    if (measure == nullptr) return std::nullopt;
    const std::optional<PlacedArray> table = array(measure->array, Arrays::YearToShown);
    if (!table) return std::nullopt;
    const auto below = [&](std::int32_t column) {
        Reference cells = table->column(column);
        cells.cells.row += 1;
        cells.cells.rows -= 1;
        return cells;
    };
    return Formula("IFERROR(INDEX(") + below(1) + ";MATCH(" + value + ";" + below(measure->column) + ";0));\"\")";
}

std::optional<Formula> KpiFormulas::verdictOf(const KpiRow& row) const {
    const std::vector<MeasureUse> uses = measuresOf(row.formula);
    const std::optional<ResolvedMeasure> resolved = uses.size() == 1 ? resolve(uses.front().id, choices_) : std::nullopt;
    if (!resolved || resolved->measure->model.empty()) return std::nullopt;
    const KpiCall model = kpiCall(resolved->measure->model, *resolved->source, timesOf(Arrays::Whole, false));
    // Calc 7.4 finds no text that an add-in gave within an array equal to another; what & gives it does.
    const Formula word = Formula("INDEX(") + model.formula() + ";" + std::to_string(verdictRow + 1) + ";2)&\"\"";
    std::string words;
    std::string names;
    for (const Verdict& verdict : verdicts) {
        words += (words.empty() ? "" : "|") + asConstant(verdict.word);
        names += ";" + asConstant(texts_.say(verdict.name));
    }
    return Formula("IF(") + date(4) + "<>" + date(2) + ";\"\";IFERROR(CHOOSE(MATCH(" + word + ";{" + words + "};0)" + names +
           ");\"\u2013\"))";
}

KpiFormulas::Operand KpiFormulas::operand(const MeasureUse& use, When when, const Reference& period,
                                          const std::optional<Reference>& dataKeys) {
    if (const OwnKpi* own = choices_.ownKpi(use.id)) {
        const bool flow = own->statistic == "count" || own->statistic == "sum";
        return ofArray(use.id, 3, flow ? Nature::Flow : Nature::Statistic, !flow, use, when, period);
    }
    const std::optional<ResolvedMeasure> resolved = resolve(use.id, choices_);
    if (!resolved) return {.possible = false};
    const Measure& measure = *resolved->measure;
    switch (measure.from) {
        case MeasureFrom::Array:
            return ofArray(resolved->array->id, measure.column, measure.nature, resolved->array->byYear, use, when, period);
        case MeasureFrom::Counted: return ofArray(measure.id, 3, measure.nature, measure.nature != Nature::Flow, use, when, period);
        case MeasureFrom::Single:
        case MeasureFrom::Series: return ofSingle(*resolved, when);
        case MeasureFrom::Segment: return ofSegment(*resolved, when);
        case MeasureFrom::Typed: break;
    }
    return ofTyped(measure, use, when, period, dataKeys);
}

KpiFormula KpiFormulas::figure(const KpiRow& row, When when, const Reference& period) {
    KpiFormula made;
    std::vector<Formula> waits;
    // The periods of the data, which a range of typed figures has to match.
    std::optional<Reference> dataKeys;
    for (const MeasureUse& use : measuresOf(row.formula))
        if (const auto resolved = resolve(use.id, choices_); resolved && resolved->source != nullptr && use.span == "12") {
            const std::string_view id = resolved->array != nullptr ? resolved->array->id : resolved->measure->id;
            if (const std::optional<PlacedArray> placed = array(id, Arrays::Whole)) dataKeys = placed->column(1);
        }
    Formula text;
    for (const FormulaPiece& piece : piecesOf(row.formula)) {
        if (!piece.measure) {
            text += withNamespace(piece.text);
            continue;
        }
        const Operand found = operand(*piece.measure, when, period, dataKeys);
        if (!found.possible) return {.possible = false};
        made.isArray = made.isArray || found.isArray;
        for (const Formula& wait : found.waits)
            if (std::find(waits.begin(), waits.end(), wait) == waits.end()) waits.push_back(wait);
        text += found.text;
    }
    text = Formula("IFNA(") + text + ";\"\u2013\")";
    if (!waits.empty()) {
        Formula all;
        for (const Formula& wait : waits) all += all.parts().empty() ? wait : Formula(";") + wait;
        text = Formula(waits.size() == 1 ? "IF(" : "IF(OR(") + all + (waits.size() == 1 ? ";" : ");") + "\"\u2013\";" + text + ")";
    }
    made.text = std::move(text);
    return made;
}

// withNamespace writes our functions by the names that files hold.
std::string KpiFormulas::withNamespace(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && text[end] >= 'A' && text[end] <= 'Z') ++end;
        if (end > at && end < text.size() && text[end] == '(' && calckpi::find(text.substr(at, end - at)) != nullptr)
            result += formulaPrefix;
        result += text.substr(at, std::max(end - at, std::size_t{1}));
        at = std::max(end, at + 1);
    }
    return result;
}

Formula KpiFormulas::target(const KpiRow& row, When when, const Reference& period) const {
    const Reference keys{"inputs", {inputs_.firstRow, 0, inputs_.rows, 1}, Fixed::All};
    return indexMatch(inputColumn("target " + row.id), keys, key(when, period));
}

bool KpiFormulas::hasTrend(const KpiRow& row) { return figure(row, When::Trend, {"trend", {1, 2}}).possible; }

CellRole KpiFormulas::moneyLook(double most) const {
    return most >= 1e6 ? CellRole::Thousands : most < 100 && most > 0 ? CellRole::Number : CellRole::Count;
}

// singleNow is about how large a measure is that is one number for all rows; 0 where it has none.
double KpiFormulas::singleNow(const ResolvedMeasure& measure) const {
    const auto found = context_.sources.find(measure.source->address);
    if (found == context_.sources.end() || !found->second.table) return 0;
    const Result<calckpi::Outcome> outcome =
        compute(kpiCall(*measure.measure, *measure.source, timesOf(Arrays::Whole, false)), found->second.table);
    const double* number = outcome ? std::get_if<double>(&*outcome) : nullptr;
    return number == nullptr ? 0 : std::abs(*number);
}

CellRole KpiFormulas::lookOf(const KpiRow& row) {
    switch (row.unit) {
        case Unit::Share: return CellRole::Share;
        case Unit::Days:
        case Unit::Periods: return CellRole::Days;
        case Unit::Ratio:
        case Unit::Number: return CellRole::Number;
        case Unit::Money: break;
        default: return CellRole::Count;
    }
    double most = 0;
    for (const MeasureUse& use : measuresOf(row.formula)) {
        const std::optional<ResolvedMeasure> measure = resolve(use.id, choices_);
        if (!measure || measure->source == nullptr) continue;
        const std::string id(measure->array != nullptr ? measure->array->id : measure->measure->id);
        const bool alone = measuresOf(row.formula).size() == 1;
        if (alone && measure->measure->from == MeasureFrom::Single) most = singleNow(*measure);
        const bool inArray = measure->measure->from == MeasureFrom::Array || measure->measure->from == MeasureFrom::Counted;
        if (alone && inArray && array(id, Arrays::Whole)) {
            const std::int32_t column = measure->array != nullptr ? measure->measure->column : 3;
            most = most_.at(id).at(static_cast<std::size_t>(column - 1));
        }
    }
    return moneyLook(most);
}

// ---- What pictures and lists are drawn from -------------------------------------------------------------------------------------

Reference KpiFormulas::pictureData(const KpiRow& row, const Reference& inTrend) {
    Block block{.id = "picture " + row.id, .row = arraysBelow, .column = nextColumn_};
    block.put(0, 0, CellRole::Section, row.name);
    block.put(1, 0, CellRole::HeaderText, texts_.say(msg("Period")));
    block.put(1, 1, CellRole::Header, row.name);
    block.put(1, 2, CellRole::Header, texts_.say(msg("Still running")));
    block.put(1, 3, CellRole::Header, texts_.say(msg("Target")));
    block.put(1, 4, CellRole::Header, texts_.say(msg("Zero line")));
    // Of many periods some are named, the last one among them: so many names have room below a small picture.
    constexpr std::int32_t mostLabels = 7;
    const std::int32_t labelStep = (choices_.periods + mostLabels - 1) / mostLabels;
    for (std::int32_t index = 0; index < choices_.periods; ++index) {
        const auto inColumn = [&](std::int32_t of) { return Reference{"trend", {of, inTrend.cells.column + index}, Fixed::All}; };
        const Reference day = inColumn(1);
        const Reference value = inColumn(inTrend.cells.row);
        const std::int32_t at = 2 + index;
        const std::int32_t fromEnd = choices_.periods - 1 - index;
        const bool labelled = fromEnd % labelStep == 0;
        block.put(at, 0, CellRole::Text, labelled ? Content(shortPeriod(Formula(day))) : Content(" "));
        const Formula running = fromEnd == 0 ? Formula(date(3)) + "=0" : Formula("1=1");
        block.put(at, 1, row.look, Formula("IF(AND(ISNUMBER(") + value + ");" + running + ");" + value + ";NA())");
        block.put(at, 2, row.look,
                  fromEnd > 1 ? Formula("NA()") : Formula("IF(AND(ISNUMBER(") + value + ");" + date(3) + "=1);" + value + ";NA())");
        const Formula goal = target(row, When::Trend, day);
        block.put(at, 3, row.look,
                  row.better == Better::Neither ? Formula("NA()") : Formula("IF(COUNT(") + goal + ")=0;NA();" + goal + ")");
        block.put(at, 4, CellRole::Count, 0.0);
    }
    const Reference data = block.cells({1, 0, choices_.periods + 1, 5});
    nextColumn_ += 6;
    data_.blocks.push_back(std::move(block));
    return data;
}

// shortPeriod is what a picture calls a period: Nov, Q4, 2026, 28 Nov.
Formula KpiFormulas::shortPeriod(const Formula& day) const {
    const std::vector<std::string> months = shortMonths(texts_);
    Formula month = Formula("CHOOSE(MONTH(") + day + ")";
    for (const std::string& each : months) month += ";" + asConstant(each);
    month += ")";
    switch (choices_.unit) {
        case PeriodWords::Day:
        case PeriodWords::Week: return Formula("DAY(") + day + ")&\" \"&" + month;
        case PeriodWords::Year: return Formula("\"\"&YEAR(") + day + ")";
        case PeriodWords::Month:
        case PeriodWords::Quarter: break;
    }
    return month;
}

std::optional<Reference> KpiFormulas::waterfall() {
    const std::string id = choices_.source(RowKind::Subscriptions) != nullptr ? "plans" : "movements";
    if (!has(id)) return std::nullopt;
    const std::optional<PlacedArray> table = array(id, Arrays::Whole);
    if (!table) return std::nullopt;
    Block block{.id = "waterfall data", .row = arraysBelow, .column = nextColumn_};
    block.put(0, 0, CellRole::Section, texts_.say(msg("Recurring revenue of the period shown")));
    const Message headers[] = {msg("Movement"), msg("Unfilled"), msg("Total"), msg("Rise"), msg("Fall")};
    for (std::int32_t column = 0; column < 5; ++column)
        block.put(1, column, column == 0 ? CellRole::HeaderText : CellRole::Header, texts_.say(headers[column]));
    struct Step {
        Message name{};
        std::int32_t column = 0;
        int direction = 0;
    };
    const Step steps[] = {{msg("Start"), 2, 0},       {msg("New"), 3, 1},          {msg("Expansion"), 4, 1},
                          {msg("Reactivated"), 7, 1}, {msg("Contraction"), 5, -1}, {msg("Churned"), 6, -1},
                          {msg("End"), 8, 0}};
    const auto value = [&](const Step& step) { return indexMatch(table->column(step.column), table->column(1), Formula(date(4))); };
    Formula level = value(steps[0]);
    std::int32_t at = 2;
    for (const Step& step : steps) {
        const Formula here = value(step);
        const std::string sign = step.direction > 0 ? "\u25B2 " : step.direction < 0 ? "\u25BC " : "";
        block.put(at, 0, CellRole::Text,
                  Formula("IFNA(" + asConstant(texts_.say(step.name)) + "&CHAR(10)&\"" + sign + "\"&FIXED(ABS(") + here + ");0);" +
                      asConstant(texts_.say(step.name)) + ")");
        if (step.direction == 0) {
            block.put(at, 1, CellRole::Count, 0.0);
            block.put(at, 2, CellRole::Count, here);
        } else {
            // A fall hangs from the level before it, a rise starts there.
            Formula gap = level;
            level += Formula("+") + here;
            if (step.direction < 0) gap = level;
            block.put(at, 1, CellRole::Count, gap);
            block.put(at, step.direction > 0 ? 3 : 4, CellRole::Count, Formula("ABS(") + here + ")");
        }
        ++at;
    }
    const Reference data = block.cells({1, 0, 8, 5});
    nextColumn_ += 6;
    data_.blocks.push_back(std::move(block));
    return data;
}

std::optional<Reference> KpiFormulas::winCurve() {
    const std::optional<PlacedArray> table = array("win curve", Arrays::Whole);
    if (!table || table->rowsNow < 3) return std::nullopt;
    constexpr std::int32_t points = 25;
    const double longest = most_.at("win curve").at(0);
    const double step = std::max(1.0, std::ceil(longest / (points - 1)));
    Block block{.id = "curve data", .row = arraysBelow, .column = nextColumn_};
    block.put(0, 0, CellRole::Section, texts_.say(msg("Share of deals won, by their age in days")));
    const Message headers[] = {msg("Days"), msg("Won"), msg("Low (95 %)"), msg("High (95 %)")};
    constexpr std::int32_t columns[] = {1, 5, 7, 8};
    for (std::int32_t column = 0; column < 4; ++column) block.put(1, column, CellRole::Header, texts_.say(headers[column]));
    for (std::int32_t point = 0; point < points; ++point) {
        block.put(2 + point, 0, CellRole::Count, point * step);
        for (std::int32_t column = 1; column < 4; ++column)
            block.put(2 + point, column, CellRole::Share,
                      Formula("IFERROR(INDEX(") + table->column(columns[column]) + ";COUNTIF(" + table->column(1) + ";\"<=\"&" +
                          block.cell(2 + point, 0) + "));0)");
    }
    const Reference data = block.cells({1, 0, points + 1, 4});
    nextColumn_ += 5;
    data_.blocks.push_back(std::move(block));
    return data;
}

Formula KpiFormulas::linkToDeal(const PlacedArray& stuck, std::int32_t row) const {
    const KpiSource& deals = *choices_.source(RowKind::Deals);
    const Reference number = stuck.cell(row, 1);
    const std::string* name = deals.column(Role::Deal);
    const auto source = context_.sources.find(deals.address);
    Formula text = Formula(asConstant(texts_.say(msg("Row")) + " ") + "&") + number;
    if (name != nullptr && source != context_.sources.end())
        text = Formula("INDEX(" + columnCells(deals, *name, source->second.columns) + ";") + number + ")";
    const std::optional<RangeAddress> cells = readAddress(deals.address);
    if (!cells || cells->oneCell()) return Formula("IFNA(") + text + ";\"\")";
    // A link's address is written without dollar signs.
    std::string sheet = cells->sheetPart;
    std::erase(sheet, '$');
    return Formula("IFNA(HYPERLINK(" + asConstant("#" + sheet + lettersOf(cells->column)) + "&(" + std::to_string(cells->row + 1) +
                   "+") +
           number + ");" + text + ");\"\")";
}

// ---- Words --------------------------------------------------------------------------------------------------------------------

namespace {

// countedBy says by which date a measure's figures fall into a period.
Message countedBy(const ResolvedMeasure& resolved) {
    const Measure& measure = *resolved.measure;
    if (resolved.source == nullptr) return msg("Typed in for each period: {kpis}");
    if (measure.nature == Nature::Stock) return msg("At the end of the period: {kpis}");
    if (measure.from == MeasureFrom::Segment)
        return msg("Of the year up to the end of the period, products with 30 closed deals or more: {kpis}");
    if (measure.array == "deals" && (measure.column == 3 || measure.column == 10)) return msg("By the date of opening: {kpis}");
    if (measure.array == "deals" || measure.when == Role::Closed) return msg("By the date of closing: {kpis}");
    switch (measure.when) {
        case Role::Opened: return msg("By the date of opening: {kpis}");
        case Role::Received: return msg("By the date when the lead came in: {kpis}");
        case Role::Proposed: return msg("By the date of the proposal: {kpis}");
        default: break;
    }
    return msg("By their own date: {kpis}");
}

}  // namespace

std::vector<std::string> KpiFormulas::rules() const {
    std::vector<std::pair<Message, std::string>> groups;
    for (const KpiRow& row : rows_) {
        const std::vector<MeasureUse> uses = measuresOf(row.formula);
        const std::optional<ResolvedMeasure> first = uses.empty() ? std::nullopt : resolve(uses.front().id, choices_);
        if (!first) continue;
        const Message rule = countedBy(*first);
        const auto same = [&](const auto& group) { return group.first == rule; };
        const auto found = std::find_if(groups.begin(), groups.end(), same);
        if (found == groups.end())
            groups.emplace_back(rule, row.name);
        else
            found->second += ", " + row.name;
    }
    std::vector<std::string> lines;
    for (const auto& [rule, names] : groups) lines.push_back(texts_.say(rule, {{"kpis", names}}));
    lines.push_back(texts_.say(msg("\u25B2 better than the target, \u25BC worse, \u25CF on target (within {tolerance})"),
                               {{"tolerance", texts_.percent(choices_.tolerance)}}));
    lines.push_back(
        texts_.say(msg("Changes of shares are in points, others in per cent of the figure before; a dash waits for a figure")));
    for (const KpiRow& row : rows_)
        if (row.formula.find(":12}") != std::string::npos) {
            lines.push_back(texts_.say(msg("Forecasts and streaks are judged over the last 12 complete periods")));
            break;
        }
    const bool addsMoney = std::any_of(rows_.begin(), rows_.end(), [](const KpiRow& row) { return row.unit == Unit::Money; });
    for (const KpiSource& source : choices_.sources) {
        const auto held = context_.sources.find(source.address);
        if (!addsMoney || held == context_.sources.end() || !held->second.table) continue;
        const auto nameOf = [&](Role role) { return source.column(role) == nullptr ? std::string() : *source.column(role); };
        if (const std::optional<Finding> others = otherCurrencies(
                held->second.table, {nameOf(Role::Currency), nameOf(Role::Amount)}, held->second.currencies, source.filters))
            lines.push_back(currencyRule(others->column, texts_));
    }
    if (const std::optional<std::string> doubt = oneSidedAmounts()) lines.push_back(*doubt);
    std::string leftOut;
    for (const std::string& name : context_.leftOut) leftOut += (leftOut.empty() ? "" : ", ") + name;
    if (!leftOut.empty())
        lines.push_back(texts_.say(msg("Left out, as the data do not have what they need: {kpis}"), {{"kpis", leftOut}}));
    return lines;
}

// oneSidedAmounts doubts a rate by value where one side of it has no amounts.
std::optional<std::string> KpiFormulas::oneSidedAmounts() const {
    const KpiSource* deals = choices_.source(RowKind::Deals);
    const auto held = deals == nullptr ? context_.sources.end() : context_.sources.find(deals->address);
    const bool compared = std::any_of(rows_.begin(), rows_.end(), [](const KpiRow& row) { return comparesAmounts(row.id); });
    if (!compared || held == context_.sources.end() || !held->second.table) return std::nullopt;
    const std::optional<Finding> found = amountsOnOneSide(held->second.table, closedDealsOf(*deals), deals->filters);
    return found ? std::optional(said(*found, texts_)) : std::nullopt;
}

PlannedSheet KpiFormulas::dataSheet() {
    Block title{.id = "data title"};
    title.put(0, 0, CellRole::Title, texts_.say(msg("What the KPIs are looked up in: live arrays, nothing to type")));
    data_.blocks.push_back(std::move(title));
    data_.columnWidths.assign(static_cast<std::size_t>(std::max(nextColumn_, 2)), 11);
    data_.columnWidths[0] = 34;
    const std::int32_t columns = data_.area().endColumn();
    if (static_cast<std::int32_t>(data_.columnWidths.size()) > columns)
        data_.columnWidths.resize(static_cast<std::size_t>(columns));
    return std::move(data_);
}

}  // namespace calckpi::panel
