// Written values: any text is read as a number, as a date, or not at all; a number written in any usual way comes back; a column's
// conversion names each text once.
#include "core/recognition/column_conversion.hpp"
#include "core/recognition/written_values.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/properties.hpp"

#include <charconv>

namespace calckpi::fuzz {
namespace {

using namespace panel;

constexpr std::chrono::sys_days nullDate = std::chrono::year(1899) / 12 / 30;

void checkText(const std::string& text) {
    if (const auto number = readNumber(text)) {
        require(number->withDot || number->withComma, "a number has a reading");
        for (const auto& reading : {number->withDot, number->withComma})
            require(!reading || std::isfinite(*reading), "a reading is a number");
    }
    if (const auto date = readDate(text, nullDate)) {
        require(date->dayFirst || date->monthFirst, "a date has a reading");
        require(date->hasTime || date->hasDay, "a time of day or a date");
    }
    static_cast<void>(isWordForEmpty(text));
}

// checkWritten writes whole cents in a way of some locale and reads them.
void checkWritten(Input& input) {
    static constexpr std::string_view thousands[] = {"", ",", ".", " ", "\u00A0", "\u202F", "'", "\u2019"};
    static constexpr std::string_view signs[] = {"", "$", "€ ", "EUR ", "lei "};
    const std::string_view apart = input.pick(thousands);
    const char decimal = apart == "," ? '.' : apart == "." ? ',' : input.oneIn(2) ? ',' : '.';
    const std::size_t cents = input.below(std::size_t{1} << 40U);
    std::string whole = std::to_string(cents / 100);
    for (std::size_t at = whole.size(); at > 3; at -= 3) whole.insert(at - 3, apart);
    const std::string rest = std::to_string(100 + cents % 100).substr(1);
    const std::string text = std::string(input.pick(signs)) + whole + decimal + rest;
    const auto number = readNumber(text);
    require(number.has_value(), "a number that a locale writes is read");
    const auto reading = decimal == '.' ? number->withDot : number->withComma;
    require(reading && *reading == static_cast<double>(cents) / 100, "and is that number");
}

void checkColumn(Input& input) {
    Column cells;
    for (std::size_t left = input.below(12); left > 0; --left) {
        if (input.oneIn(4))
            cells.addNumber(input.number());
        else
            cells.addText(input.text());
    }
    const auto plan = conversionOf(cells, input.oneIn(2) ? "Amount" : "created_at", nullDate);
    if (!plan) return;
    std::vector<int> named(cells.rows());
    for (const ConvertedCell& cell : plan->cells) {
        require(std::isfinite(cell.value), "a cell becomes a number");
        ++named[cell.row];
    }
    for (const auto* rows : {&plan->emptied, &plan->unreadable, &plan->otherCurrency})
        for (const std::size_t row : *rows) ++named[row];
    const bool ofNumbers = plan->numbers != NumberAsDate::None;
    for (std::size_t row = 0; row < cells.rows(); ++row) {
        const CellKind wanted = ofNumbers ? CellKind::Number : CellKind::Text;
        require(named[row] == (cells.kind(row) == wanted ? 1 : 0), "each cell that may change is named once");
    }
    require(!plan->formatCode.empty(), "a converted column has a format");
}

}  // namespace
}  // namespace calckpi::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace calckpi::fuzz;
    // Seeds are texts as exports have them; what starts with a byte 0 or 1 is drawn.
    if (size == 0 || data[0] > 1) {
        checkText(std::string(data, data + size));
        return 0;
    }
    Input input({data + 1, size - 1});
    if (data[0] == 0)
        checkWritten(input);
    else
        checkColumn(input);
    return 0;
}
