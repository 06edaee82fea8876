#include "tests/support/expect.hpp"

#include "tests/support/formula.hpp"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <stdexcept>

namespace calckpi::support {

std::string_view nameOf(Fault fault) {
    switch (fault) {
        case Fault::DivideByZero: return "DivideByZero";
        case Fault::NothingToCompute: return "NothingToCompute";
        case Fault::OutsideDomain: return "OutsideDomain";
        case Fault::NotANumber: return "NotANumber";
        case Fault::NotFinite: return "NotFinite";
        case Fault::NoConvergence: return "NoConvergence";
        case Fault::TooLarge: return "TooLarge";
        case Fault::ErrorInCell: return "ErrorInCell";
    }
    return "no fault of ours";
}

std::string spoken(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%.17g", number);
    return text;
}

std::string spoken(const Failure& failure) {
    std::string text(nameOf(failure.fault));
    if (failure.cellError != 0) text += " of number " + std::to_string(failure.cellError);
    if (failure.row != 0) text += " in column " + std::to_string(failure.column) + ", row " + std::to_string(failure.row);
    return text;
}

std::string spoken(const Result<Outcome>& result) {
    if (!result) return spoken(result.failure());
    if (const double* number = std::get_if<double>(&*result)) return spoken(*number);
    if (const std::string* text = std::get_if<std::string>(&*result)) return '"' + *text + '"';
    return "a table";
}

std::string spoken(const Expected& expected) {
    if (const double* number = std::get_if<double>(&expected)) return spoken(*number);
    if (const std::string_view* text = std::get_if<std::string_view>(&expected)) return '"' + std::string(*text) + '"';
    if (const Fault* fault = std::get_if<Fault>(&expected)) return std::string(nameOf(*fault));
    return "nothing";
}

namespace {

testing::AssertionResult within(double most, double got, double expected) {
    if (std::abs(got - expected) <= most) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "got " << spoken(got) << ", expected " << spoken(expected) << ", off by "
                                       << spoken(got - expected);
}

}  // namespace

testing::AssertionResult near(double got, double expected) {
    return within(expected == 0 ? 1e-15 : 1e-9 * std::abs(expected), got, expected);
}

testing::AssertionResult agree(double got, double expected, double tolerance) {
    return within(tolerance * std::max(1.0, std::abs(expected)), got, expected);
}

testing::AssertionResult gives(const Result<Outcome>& got, const Expected& expected) {
    bool holds = false;
    if (const Fault* fault = std::get_if<Fault>(&expected)) {
        holds = !got && got.failure().fault == *fault;
    } else if (const double* number = std::get_if<double>(&expected)) {
        const double* gotNumber = got ? std::get_if<double>(&*got) : nullptr;
        holds = gotNumber != nullptr && near(*gotNumber, *number);
    } else if (const std::string_view* text = std::get_if<std::string_view>(&expected)) {
        const std::string* gotText = got ? std::get_if<std::string>(&*got) : nullptr;
        holds = gotText != nullptr && *gotText == *text;
    }
    if (holds) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "got " << spoken(got) << ", expected " << spoken(expected);
}

testing::AssertionResult same(const Result<Outcome>& left, const Result<Outcome>& right) {
    const double* leftNumber = left ? std::get_if<double>(&*left) : nullptr;
    const double* rightNumber = right ? std::get_if<double>(&*right) : nullptr;
    const bool holds = left && right ? leftNumber != nullptr && rightNumber != nullptr && near(*leftNumber, *rightNumber)
                                     : !left && !right && left.failure().fault == right.failure().fault;
    if (holds) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "got " << spoken(left) << " and " << spoken(right) << ", expected the same";
}

testing::AssertionResult shows(std::string_view formula, const Expected& expected) {
    const testing::AssertionResult result = gives(evaluate(formula), expected);
    if (result) return result;
    return testing::AssertionFailure() << formula << ": " << result.message();
}

double numberOf(const Result<Outcome>& result) {
    const double* number = result ? std::get_if<double>(&*result) : nullptr;
    if (number == nullptr) throw std::runtime_error("a number was expected, but got " + spoken(result));
    return *number;
}

double valueOf(std::string_view name, const std::vector<Argument>& arguments) {
    const Result<Outcome> got = call(name, arguments);
    const double* number = got ? std::get_if<double>(&*got) : nullptr;
    return number != nullptr ? *number : std::numeric_limits<double>::quiet_NaN();
}

testing::AssertionResult refuses(std::string_view name, const std::vector<Argument>& arguments, Fault expected) {
    const testing::AssertionResult result = gives(call(name, arguments), expected);
    if (result) return result;
    return testing::AssertionFailure() << name << " " << result.message();
}

}  // namespace calckpi::support
