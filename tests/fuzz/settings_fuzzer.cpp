// What a document keeps: any text is read or refused, and what is read is written so that it reads the same.
#include "core/sheets/formula.hpp"
#include "core/sheets/settings.hpp"
#include "core/values/address.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/properties.hpp"

namespace calckpi::fuzz {
namespace {

using namespace panel;

void checkText(const std::string& text) {
    const std::optional<Choices> choices = readSettings(text);
    if (choices) {
        const std::string again = written(*choices);
        const std::optional<Choices> back = readSettings(again);
        require(back && *back == *choices, "what was read reads the same when written");
        require(written(*back) == again, "the same choices are written the same");
        static_cast<void>(formulaOf(*choices));
        static_cast<void>(formulaProblem(*choices));
    }
    if (const auto address = readAddress(text)) {
        const auto again = readAddress(shown(*address));
        require(again && again->sheet == address->sheet && again->row == address->row && again->lastColumn == address->lastColumn,
                "an address reads the same when shown");
    }
    require(fromConstant(asConstant(text)) == text, "a text comes back from its constant");
    static_cast<void>(fromConstant(text));
}

Choices drawn(Input& input) {
    Choices choices;
    choices.source = input.text();
    choices.shape = static_cast<Shape>(input.below(4));
    for (std::string* column :
         {&choices.id, &choices.stage, &choices.count, &choices.when, &choices.amount, &choices.lostStage, &choices.by})
        if (input.oneIn(2)) *column = input.text();
    for (std::size_t left = input.below(8); left > 0; --left)
        choices.stages.push_back({input.text(), static_cast<panel::Outcome>(input.below(3))});
    choices.order = static_cast<EventOrder>(input.below(4));
    if (input.oneIn(2)) choices.window = input.number();
    choices.fill = static_cast<DateFill>(input.below(3));
    if (input.oneIn(2)) choices.asOf = input.number();
    for (std::size_t left = input.below(4); left > 0; --left) choices.filters.push_back({input.text(), input.text()});
    choices.intervals = input.oneIn(2);
    choices.live = input.oneIn(2);
    choices.picture = static_cast<Picture>(input.below(3));
    return choices;
}

}  // namespace
}  // namespace calckpi::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace calckpi::fuzz;
    // Seeds are settings as documents have them; what starts with a byte 0 stands for choices.
    if (size == 0 || data[0] != 0) {
        checkText(std::string(data, data + size));
        return 0;
    }
    Input input({data + 1, size - 1});
    const Choices choices = drawn(input);
    const std::string text = written(choices);
    const std::optional<Choices> back = readSettings(text);
    require(back && *back == choices, "choices come back from their text");
    checkText(text);
    // A text that lost its end, as in a damaged document, is refused.
    const std::size_t end = input.below(text.size());
    require(!readSettings(text.substr(0, end)), "settings that are cut off are refused");
    return 0;
}
