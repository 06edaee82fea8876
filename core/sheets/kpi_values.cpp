#include "core/sheets/kpi_values.hpp"

#include "core/kpis/catalog.hpp"
#include "core/sheets/kpi_formulas.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>

namespace calckpi::panel {

// KpiReader computes a KPI's formula from left to right: sums and products of numbers, measures and calls of our functions.
class KpiReader {
public:
    KpiReader(KpiValues& values, std::string_view formula) : values_(values), rest_(formula) {}

    Result<double> sum() {
        Result<double> left = product();
        while (left && (rest_.starts_with('+') || rest_.starts_with('-'))) {
            const bool plus = take() == '+';
            const Result<double> right = product();
            if (!right) return right;
            left = plus ? *left + *right : *left - *right;
        }
        return left;
    }

private:
    char take() {
        const char first = rest_.front();
        rest_.remove_prefix(1);
        return first;
    }
    Result<double> product() {
        Result<double> left = factor();
        while (left && (rest_.starts_with('*') || rest_.starts_with('/'))) {
            const bool times = take() == '*';
            const Result<double> right = factor();
            if (!right) return right;
            if (!times && *right == 0) return Fault::DivideByZero;
            left = times ? *left * *right : *left / *right;
        }
        return left;
    }
    Result<double> factor() {
        if (rest_.starts_with('-')) {
            take();
            const Result<double> value = factor();
            return value ? Result<double>(-*value) : value;
        }
        if (rest_.starts_with('(')) {
            take();
            Result<double> value = sum();
            take();
            return value;
        }
        if (rest_.starts_with('{')) return measure();
        if (std::isupper(static_cast<unsigned char>(rest_.front())) != 0) return call();
        double number = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return number;
    }
    Result<double> measure() {
        const std::size_t end = rest_.find('}');
        const MeasureUse use = *piecesOf(rest_.substr(0, end + 1)).front().measure;
        rest_.remove_prefix(end + 1);
        return values_.measure(use);
    }
    Result<double> call() {
        const std::size_t open = rest_.find('(');
        const Function* function = find(rest_.substr(0, open));
        rest_.remove_prefix(open);
        std::vector<Argument> arguments;
        do {
            take();
            if (rest_.starts_with('"')) {
                const std::size_t end = rest_.find('"', 1);
                arguments.emplace_back(std::string(rest_.substr(1, end - 1)));
                rest_.remove_prefix(end + 1);
                continue;
            }
            const Result<double> value = sum();
            if (!value) return value;
            arguments.emplace_back(*value);
        } while (rest_.starts_with(';'));
        take();
        const Result<calckpi::Outcome> outcome = function->call(arguments);
        if (!outcome) return outcome.failure();
        return std::get<double>(*outcome);
    }

    KpiValues& values_;
    std::string_view rest_;
};

namespace {

// firstOf is a number of a table's first row; columns are counted from 1.
Result<double> firstOf(const calckpi::Outcome& table, std::int32_t column) {
    const OutputCell& cell = std::get<OutputGrid>(table).at(0, static_cast<std::size_t>(column - 1));
    if (const double* number = std::get_if<double>(&cell)) return *number;
    const Failure* failure = std::get_if<Failure>(&cell);
    return failure == nullptr ? Fault::NothingToCompute : *failure;
}

}  // namespace

KpiValues::KpiValues(const KpiSheetChoices& choices, const std::map<std::string, KpiSheetContext::Source>& sources)
    : choices_(choices), sources_(sources) {
    times_.period = periodWord(choices);
    double last = 0;
    double first = std::numeric_limits<double>::infinity();
    for (const KpiSource& source : choices.sources) {
        const std::optional<KpiCall> days = dayCall(source);
        const auto held = sources.find(source.address);
        if (!days || held == sources.end() || !held->second.table) continue;
        nullDate_ = held->second.table->culture().nullDate();
        const Result<calckpi::Outcome> outcome = compute(*days, held->second.table);
        if (!outcome) {
            if (outcome.failure().row > 0) dayFault_ = CellFault{source.address, outcome.failure()};
            continue;
        }
        const auto& grid = std::get<OutputGrid>(*outcome);
        if (grid.rows == 0) continue;
        if (const double* day = std::get_if<double>(&grid.at(grid.rows - 1, 0))) last = std::max(last, *day);
        if (const double* day = std::get_if<double>(&grid.at(0, 0))) first = std::min(first, *day);
    }
    if (choices.asOf) last = *choices.asOf;
    if (last <= 0) return;
    const Period period = Period::fromText(times_.period).value_or(Period(PeriodWords::Month));
    std::int64_t number = periodOf(last, period, nullDate_);
    // The last one that is complete, unless the data begin after it.
    if (startOf(number + 1, period, nullDate_) - 1 > last && first < startOf(number, period, nullDate_)) --number;
    period_ = startOf(number, period, nullDate_);
    times_.asOf.value = last;
    times_.from.value = *period_;
    times_.to.value = startOf(number + 1, period, nullDate_) - 1;
}

double KpiValues::shifted(std::int64_t periods) const {
    const Period period = Period::fromText(times_.period).value_or(Period(PeriodWords::Month));
    return startOf(periodOf(*period_, period, nullDate_) + periods, period, nullDate_);
}

const Result<OutputGrid>& KpiValues::array(const std::string& id, const KpiCall& call, const KpiSource& source) {
    if (const auto known = arrays_.find(id); known != arrays_.end()) return known->second;
    const auto held = sources_.find(source.address);
    Result<OutputGrid> grid = Fault::NothingToCompute;
    if (held != sources_.end() && held->second.table) {
        Result<calckpi::Outcome> outcome = compute(call, held->second.table);
        grid = outcome ? Result<OutputGrid>(std::get<OutputGrid>(*outcome)) : Result<OutputGrid>(outcome.failure());
    }
    return arrays_.emplace(id, std::move(grid)).first->second;
}

Result<double> KpiValues::inArray(const std::string& id, const KpiCall& call, const KpiSource& source, std::int32_t column,
                                  double day) {
    const Result<OutputGrid>& grid = array(id, call, source);
    if (!grid) {
        if (grid.failure().row > 0) fault_ = CellFault{source.address, grid.failure()};
        return grid.failure();
    }
    for (std::size_t row = 0; row < grid->rows; ++row) {
        const double* start = std::get_if<double>(&grid->at(row, 0));
        if (start == nullptr || *start != day) continue;
        const OutputCell& cell = grid->at(row, static_cast<std::size_t>(column - 1));
        if (const double* number = std::get_if<double>(&cell)) return *number;
        if (const Failure* failure = std::get_if<Failure>(&cell)) return *failure;
    }
    return Fault::NothingToCompute;
}

Result<double> KpiValues::measure(const MeasureUse& use) {
    const std::optional<ResolvedMeasure> resolved = resolve(use.id, choices_);
    if (!resolved || resolved->source == nullptr || !period_) return Fault::NothingToCompute;
    if (!use.span.empty() && use.span != "-1" && use.span != "ly") return Fault::NothingToCompute;
    const Measure& measure = *resolved->measure;
    const KpiSource& source = *resolved->source;
    const double day = use.span == "-1"   ? shifted(-1)
                       : use.span == "ly" ? shifted(-periodsAYear(choices_.unit).value_or(365))
                                          : *period_;
    switch (measure.from) {
        case MeasureFrom::Array:
            return inArray(std::string(resolved->array->id), kpiCall(resolved->array->call, source, times_), source, measure.column,
                           day);
        case MeasureFrom::Counted: return inArray(std::string(measure.id), kpiCall(measure, source, times_), source, 3, day);
        case MeasureFrom::Single: {
            const auto held = sources_.find(source.address);
            if (held == sources_.end() || !held->second.table) return Fault::NothingToCompute;
            const Result<calckpi::Outcome> outcome = compute(kpiCall(measure, source, times_), held->second.table);
            if (!outcome) return outcome.failure();
            return measure.column == 0 ? Result<double>(std::get<double>(*outcome)) : firstOf(*outcome, measure.column);
        }
        default: return Fault::NothingToCompute;
    }
}

// ofOwn is the value of one of the user's own KPIs.
Result<double> KpiValues::ofOwn(const OwnKpi& own) {
    if (!period_) return Fault::NothingToCompute;
    for (const KpiSource& source : choices_.sources)
        if (source.address == own.source) return inArray(own.id, ownCall(own, source, times_), source, 3, *period_);
    return Fault::NothingToCompute;
}

Result<double> KpiValues::of(std::string_view id) {
    if (const OwnKpi* own = choices_.ownKpi(id)) return ofOwn(*own);
    const Kpi* kpi = findKpi(id);
    if (kpi == nullptr) return Fault::NothingToCompute;
    fault_.reset();
    return KpiReader(*this, kpi->formula).sum();
}

}  // namespace calckpi::panel
