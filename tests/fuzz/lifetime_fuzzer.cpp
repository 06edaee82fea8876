// The functions of predictive lifetime value over any table of purchases: customers who buy and leave, with cells in between that
// no table should hold.
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/properties.hpp"

#include <string>
#include <vector>

namespace calckpi::fuzz {
namespace {

using support::MemoryTable;

constexpr const char* models[] = {"mbgnbd", "bgnbd", "pnbd"};

// purchasesOf adds the purchases of one customer: gaps that are alike, differ, or are none.
void addPurchases(Input& input, const std::string& customer, Rows& rows) {
    static constexpr double gaps[] = {0, 0.25, 1, 3, 7, 30, 90, 4000};
    static constexpr double amounts[] = {10, 10, 19.99, 0, 250, 1e-9, 1e9, 1e300};
    double day = 45000 + static_cast<double>(input.below(200));
    const double gap = input.pick(gaps);
    const double amount = input.pick(amounts);
    const bool regular = input.oneIn(2);
    for (std::size_t left = 1 + input.below(12); left > 0; --left) {
        rows.push_back({customer, day, regular ? amount : amount * (1 + static_cast<double>(input.below(8)))});
        if (input.oneIn(32)) rows.back()[input.below(3)] = input.cell();
        day += regular ? gap : gap * static_cast<double>(input.below(4));
    }
}

Rows purchases(Input& input) {
    Rows rows = {{std::string("customer"), std::string("when"), std::string("amount")}};
    const std::size_t customers = 1 + input.below(60);
    // The same again and again makes many customers of few bytes.
    const std::size_t copies = input.oneIn(2) ? 1 : 1 + input.below(8);
    for (std::size_t customer = 0; customer < customers && !input.empty(); ++customer) {
        const std::size_t first = rows.size();
        addPurchases(input, "C" + std::to_string(customer), rows);
        const Rows own(rows.begin() + static_cast<std::ptrdiff_t>(first), rows.end());
        for (std::size_t copy = 1; copy < copies; ++copy)
            for (std::vector<Cell> row : own) {
                if (std::holds_alternative<std::string>(row[0]))
                    row[0] = "C" + std::to_string(customer) + "-" + std::to_string(copy);
                rows.push_back(std::move(row));
            }
    }
    return rows;
}

Result<Outcome> called(std::string_view name, const std::vector<Argument>& arguments) {
    const Result<Outcome> result = find(name)->call(arguments);
    requireSound(result, name);
    return result;
}

void tryCall(std::string_view name, const std::vector<Argument>& arguments) { requireSound(find(name)->call(arguments), name); }

bool isNumber(const OutputCell& cell) { return std::holds_alternative<double>(cell); }

// A verdict that is not "ok" or "weak" comes without parameters, and these never without it.
void requireVerdict(const Result<Outcome>& result) {
    if (!result) return;
    const auto& grid = std::get<OutputGrid>(*result);
    const std::string* verdict = std::get_if<std::string>(&grid.at(7, 1));
    require(verdict != nullptr, "the verdict is a text", "CLVMODEL");
    const bool purchases = isNumber(grid.at(0, 1));
    const bool numbers = *verdict == "ok" || verdict->starts_with("weak");
    require(!numbers || purchases, "numbers where the verdict says so", "CLVMODEL");
    require(numbers || !purchases || *verdict == "not found", "no number where the verdict says why not", "CLVMODEL");
    for (std::size_t row = 0; row < 7; ++row) {
        if (!isNumber(grid.at(row, 1))) continue;
        for (std::size_t column = 1; column < 5; ++column) {
            const double* number = std::get_if<double>(&grid.at(row, column));
            require(number == nullptr || *number >= 0, "parameters and their errors are above 0", "CLVMODEL");
        }
    }
}

void requireForecast(const Result<Outcome>& result) {
    if (!result) return;
    const auto& grid = std::get<OutputGrid>(*result);
    for (std::size_t row = 1; row < grid.rows; ++row) {
        if (const double* alive = std::get_if<double>(&grid.at(row, 4)))
            require(*alive >= 0 && *alive <= 1, "a probability lies between 0 and 1", "CLVPREDICT");
        if (const double* purchases = std::get_if<double>(&grid.at(row, 5)))
            require(*purchases >= 0, "purchases are not below 0", "CLVPREDICT");
    }
    const double* value = std::get_if<double>(&grid.at(0, 7));
    const double* low = std::get_if<double>(&grid.at(0, 8));
    const double* high = std::get_if<double>(&grid.at(0, 9));
    if (value != nullptr && low != nullptr && high != nullptr)
        require(*low <= *value && *value <= *high, "the value lies between its bounds", "CLVPREDICT");
}

void tryTables(Input& input) {
    const std::string model = input.pick(models);
    const Argument asOf = input.oneIn(2) ? Argument(Absent{}) : Argument(45000 + static_cast<double>(input.below(600)));
    const double until = 45000 + static_cast<double>(input.below(400));
    const double horizon = input.oneIn(4) ? input.number() : static_cast<double>(input.below(800));
    const double rate = input.oneIn(4) ? input.number() : static_cast<double>(input.below(30)) / 100;
    const bool withAmount = !input.oneIn(4);
    const Argument amount = withAmount ? Argument(std::string("amount")) : Argument(Absent{});
    const std::vector<Argument> table = {std::make_shared<const MemoryTable>(purchases(input)), std::string("customer"),
                                         std::string("when")};
    const auto with = [&table](std::vector<Argument> more) {
        more.insert(more.begin(), table.begin(), table.end());
        return more;
    };
    requireVerdict(called("CLVMODEL", with({amount, model, asOf, Absent{}, 0.0})));
    requireForecast(called("CLVPREDICT", with({std::string("amount"), horizon, rate, 0.4, model, asOf, 0.0})));
    for (const char* view : {"errors", "frequency", "tracking"})
        tryCall("CLVHOLDOUT", with({until, std::string(view), model, amount, asOf, 0.0}));
}

Grid columnOf(Input& input, std::size_t rows, double most) {
    Grid grid{.rows = rows, .columns = 1, .cells = {}};
    for (std::size_t left = rows; left > 0; --left)
        grid.cells.push_back(input.oneIn(16) ? input.cell() : Cell(std::floor(static_cast<double>(input.below(256)) * most / 255)));
    return grid;
}

void tryColumns(Input& input) {
    const std::size_t rows = 1 + input.below(80);
    const Grid repeats = columnOf(input, rows, 6);
    const Grid recency = columnOf(input, rows, 40);
    tryCall("CLVFIT", {repeats, recency, 60.0, std::string(input.pick(models))});
    tryCall("SPENDFIT", {repeats, columnOf(input, rows, 500)});
    // Survivors fall.
    Grid survivors = columnOf(input, 1 + input.below(12), 1000);
    if (!input.oneIn(4))
        std::sort(survivors.cells.begin(), survivors.cells.end(), [](const Cell& a, const Cell& b) {
            const double* one = std::get_if<double>(&a);
            const double* other = std::get_if<double>(&b);
            return one != nullptr && (other == nullptr || *one > *other);
        });
    tryCall("RETENTIONFIT", {survivors});
    tryCall("RETENTIONCURVE", {survivors, static_cast<double>(input.below(40))});
}

}  // namespace
}  // namespace calckpi::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace calckpi::fuzz;
    Input input({data, size});
    if (input.oneIn(4))
        tryColumns(input);
    else
        tryTables(input);
    return 0;
}
