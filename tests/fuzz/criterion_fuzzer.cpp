// Criteria: patterns against a matcher that tries everything, and operators against each other.
#include "core/tables/criterion.hpp"
#include "core/values/text.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/properties.hpp"

#include <vector>

namespace calckpi::fuzz {
namespace {

// matchesByTable says for each end of the pattern and each end of the text whether they match: slow and plain.
bool matchesByTable(std::u32string_view pattern, std::u32string_view text) {
    struct Step {
        bool run;
        bool any;
        char32_t letter;
    };
    std::vector<Step> steps;
    for (std::size_t index = 0; index < pattern.size(); ++index) {
        const bool taken = pattern[index] == U'~' && index + 1 < pattern.size() &&
                           std::u32string_view(U"*?~").find(pattern[index + 1]) != std::u32string_view::npos;
        if (taken)
            steps.push_back({false, false, pattern[++index]});
        else
            steps.push_back({pattern[index] == U'*', pattern[index] == U'?', pattern[index]});
    }
    std::vector<std::uint8_t> ends(text.size() + 1, 0);
    ends[0] = 1;
    for (const Step& step : steps) {
        std::vector<std::uint8_t> next(text.size() + 1, 0);
        for (std::size_t place = 0; place <= text.size(); ++place) {
            if (step.run)
                next[place] = ends[place] != 0 || (place > 0 && next[place - 1] != 0);
            else
                next[place] = place > 0 && ends[place - 1] != 0 && (step.any || step.letter == text[place - 1]);
        }
        ends = std::move(next);
    }
    return ends.back() != 0;
}

// few makes a text of few different letters: those find the ways through a pattern.
std::string few(Input& input, std::size_t most) {
    static constexpr std::string_view letters[] = {"a", "b", "*", "?", "~", "A", "é", "É"};
    std::string text;
    for (std::size_t left = input.below(most); left > 0; --left) text += input.pick(letters);
    return text;
}

CellTest testOf(const Cell& criterion, const Table& table) { return {readCriterion(criterion, table.culture()), table.culture()}; }

bool matches(const CellTest& test, const Cell& cell) {
    if (const double* number = std::get_if<double>(&cell)) return test.passesNumber(*number);
    const std::string* text = std::get_if<std::string>(&cell);
    return text == nullptr || isBlank(*text) ? test.passesBlank() : test.passesText(*text);
}

void checkPattern(Input& input) {
    const std::u32string pattern = lowered(few(input, 40));
    const std::u32string text = lowered(few(input, 200));
    require(Pattern(pattern).matches(text) == matchesByTable(pattern, text), "a pattern finds what trying everything finds");
}

void checkCriterion(Input& input) {
    const support::MemoryTable table({{"any"}});
    const std::string operand = input.oneIn(2) ? few(input, 12) : input.text();
    const Cell cell = input.oneIn(2) ? Cell(few(input, 12)) : input.cell();
    const auto holds = [&](std::string_view sign) { return matches(testOf(std::string(sign) + operand, table), cell); };
    // An operand may itself begin with what makes a longer operator: ">" and "=1".
    if (operand.starts_with('=') || operand.starts_with('>')) return;
    require(holds("=") != holds("<>"), "a cell is equal or different");
    if (std::holds_alternative<double>(cell) && table.culture().numberFromText(operand)) {
        require(holds("<") != holds(">="), "a number is less, or not");
        require(holds(">") != holds("<="), "a number is greater, or not");
        require(!(holds("<") && holds(">")), "a number is not both less and greater");
        require(holds("<=") == (holds("<") || holds("=")), "at most is less or equal");
    }
    matches(testOf(input.cell(), table), cell);
}

// checkRows: a filter lets the rows pass that its criterion holds for, cell by cell.
void checkRows(Input& input) {
    Rows rows = {{"any"}};
    for (std::size_t left = input.below(40); left > 0; --left)
        rows.push_back({input.oneIn(2) ? Cell(few(input, 6)) : input.cell()});
    const auto table = std::make_shared<support::MemoryTable>(rows);
    const Cell criterion = input.oneIn(2) ? Cell(few(input, 6)) : input.cell();
    const Columns columns(*table);
    const auto pass = rowsThatPass(columns, {{"any", criterion}});
    const bool hasError = std::any_of(rows.begin() + 1, rows.end(),
                                      [](const std::vector<Cell>& row) { return std::holds_alternative<CellError>(row[0]); });
    require(bool(pass) != hasError, "an error cell, and nothing else, is passed on");
    if (!pass) return;
    const CellTest one = testOf(criterion, *table);
    for (std::uint32_t row = 0; row + 1 < rows.size(); ++row)
        require(std::binary_search(pass->begin(), pass->end(), row) == matches(one, rows[row + 1][0]),
                "a row passes if its cell matches");
}

}  // namespace
}  // namespace calckpi::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace calckpi::fuzz;
    Input input({data, size});
    switch (input.below(3)) {
        case 0: checkPattern(input); break;
        case 1: checkCriterion(input); break;
        default: checkRows(input); break;
    }
    return 0;
}
