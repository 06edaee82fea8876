// The probe: an add-in for the tests alone, made the way the real one is. Its functions show what no KPI shows: every fault in
// one array result, and what a table costs to read.
#include "tests/office/probe/probe.hpp"

#include "addin/functions/functions.hpp"
#include "core/catalog/call.hpp"
#include "core/catalog/catalog_json.hpp"
#include "core/values/choice.hpp"
#include "core/tables/table.hpp"

#include <algorithm>
#include <iterator>

#ifdef PROBE_PRINTS_CATALOG
#include <iostream>
#endif

namespace calckpi::probe {

// faultBlock gives a row for each fault: its number in the enum, the fault itself, an empty cell, a text.
Result<OutputGrid> faultBlock(Count most) {
    constexpr Fault faults[] = {Fault::DivideByZero, Fault::NothingToCompute, Fault::OutsideDomain, Fault::NotANumber,
                                Fault::NotFinite,    Fault::NoConvergence,    Fault::TooLarge};
    if (most > std::size(faults)) return Fault::OutsideDomain;
    OutputGrid grid;
    grid.columns = 4;
    for (; grid.rows < static_cast<std::size_t>(most); ++grid.rows) {
        grid.cells.emplace_back(static_cast<double>(grid.rows));
        grid.cells.emplace_back(Failure(faults[grid.rows]));
        grid.cells.emplace_back(Blank{});
        grid.cells.emplace_back(std::string("text"));
    }
    return grid;
}

// oneFault gives the same faults one at a time.
Result<Number> oneFault(Count number) {
    const Result<OutputGrid> block = faultBlock(7);
    if (!(number < 7)) return Fault::OutsideDomain;
    return std::get<Failure>(block->at(static_cast<std::size_t>(number), 1));
}

// readColumns reads columns of a table as every table function does, and does nothing with them but count the rows: what the
// benchmarks measure the others by.
Result<Number> readColumns(const std::shared_ptr<const Table>& table, const Stages& columns) {
    std::vector<ColumnHandle> read;  // all at once, as a function holds them
    for (const std::string& header : columns.names) {
        Result<ColumnHandle> column = table->use(header);
        if (!column) return column.failure();
        read.push_back(*std::move(column));
    }
    return static_cast<double>(read.back()->rows());
}

// values gives how many numbers it was passed.
Result<Number> values(const Series<Number>& all) { return static_cast<double>(all.places().size()); }

constexpr Function all[] = {
    describe<&faultBlock>({.name = "PROBEFAULTBLOCK",
                           .family = Family::WholeTable,
                           .title = "Faults",
                           .summary = "Every fault in one block",
                           .formula = "none",
                           .parameters = {{"most", "Number of faults"}},
                           .source = "Test",
                           .examples = {{"=PROBEFAULTBLOCK(1)", 0.0}, {"=PROBEFAULTBLOCK(7)", Fault::OutsideDomain}}}),
    describe<&oneFault>({.name = "PROBEFAULT",
                         .family = Family::WholeTable,
                         .title = "Fault",
                         .summary = "One fault",
                         .formula = "none",
                         .parameters = {{"number", "Number of the fault"}},
                         .source = "Test",
                         .examples = {{"=PROBEFAULT(0)", Fault::DivideByZero}, {"=PROBEFAULT(0;1)", 0.0}}}),
    describe<&readColumns>(
        {.name = "PROBEREAD",
         .family = Family::WholeTable,
         .title = "Read",
         .summary = "Reads columns and gives the number of rows",
         .formula = "none",
         .parameters = {{"table", "Table"}, {"columns", "Headers of the columns"}},
         .source = "Test",
         .examples = {{"=PROBEREAD(Deals.A:G;\"stage\")", 12.0}, {"=PROBEREAD(Deals.A:G;\"region\")", Fault::OutsideDomain}}}),
    describe<&values>({.name = "PROBEVALUES",
                       .family = Family::WholeTable,
                       .title = "Values",
                       .summary = "Counts the values that it is passed",
                       .formula = "none",
                       .parameters = {{"values", "Any values"}},
                       .source = "Test",
                       .examples = {{"=PROBEVALUES({1;2})", 2.0}, {"=PROBEVALUES(\"a\")", Fault::NotANumber}}}),
};

std::span<const Function> functions() { return all; }

const Function& functionOf(std::string_view name) {
    return *std::find_if(std::begin(all), std::end(all), [&](const Function& function) { return function.name() == name; });
}

}  // namespace calckpi::probe

#ifdef PROBE_PRINTS_CATALOG
int main() { calckpi::writeCatalog(std::cout, calckpi::probe::functions()); }
#else
extern "C" SAL_DLLPUBLIC_EXPORT css::uno::XInterface* calckpi_Kpi_get_implementation(
    css::uno::XComponentContext* context, const css::uno::Sequence<css::uno::Any>& /* arguments */) {
    css::uno::Reference<css::uno::XInterface> addIn =
        calckpi::addin::newAddIn({calckpi::probe::functions(), "org.calckpi.test.Probe", "org.calckpi.test.XProbe"}, context);
    addIn->acquire();
    return addIn.get();
}
#endif
