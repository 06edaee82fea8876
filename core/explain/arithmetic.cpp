#include "core/explain/arithmetic.hpp"

#include "core/values/sum.hpp"

#include <charconv>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>

namespace calckpi::explain {
namespace {

using panel::Message;
using panel::msg;

// Part is a term while it is read: one of several summands is put in parentheses where it becomes a factor.
struct Part {
    Term term;
    bool summands = false;
    std::string factor() const { return summands ? '(' + term.text + ')' : term.text; }
};
using Read = std::optional<Part>;

std::vector<std::size_t> argumentsOf(const Term& left, const Term& right) {
    std::vector<std::size_t> arguments = left.arguments;
    arguments.insert(arguments.end(), right.arguments.begin(), right.arguments.end());
    return arguments;
}

std::string_view trimmedLeft(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    return text;
}

// Formula reads one from left to right. Names after ", with" stand for what they are set to.
class Formula {
public:
    Formula(const CallWords& words, std::string_view text, WorkedOut& out) : words_(words), out_(out) {
        constexpr std::string_view where = ", with ";
        const std::size_t end = text.find(where);
        rest_ = text.substr(0, end);
        if (end != std::string_view::npos) settings_ = text.substr(end + where.size());
    }

    bool read() {
        const Read all = sum();
        return all && next() == '\0';
    }

private:
    char next() {
        rest_ = trimmedLeft(rest_);
        return rest_.empty() ? '\0' : rest_.front();
    }
    bool accept(std::string_view word) {
        next();
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    Read sum() {
        Read left = product();
        while (left && (next() == '+' || next() == '-')) {
            const char sign = rest_.front();
            rest_.remove_prefix(1);
            const Read right = product();
            if (!right) return std::nullopt;
            const double value = sign == '+' ? left->term.value + right->term.value : left->term.value - right->term.value;
            const std::string text = sign == '-' ? right->factor() : right->term.text;
            left =
                Part{{left->term.text + (sign == '+' ? " + " : " − ") + text, value, argumentsOf(left->term, right->term)}, true};
        }
        return left;
    }

    Read product() {
        Read left = power();
        while (left && (next() == '*' || next() == '/')) {
            const char sign = rest_.front();
            rest_.remove_prefix(1);
            const Read right = power();
            if (!right) return std::nullopt;
            if (sign == '/') out_.divisions.push_back({left->term, right->term});
            const double value = sign == '*' ? left->term.value * right->term.value : left->term.value / right->term.value;
            left = Part{
                {left->factor() + (sign == '*' ? " × " : " / ") + right->factor(), value, argumentsOf(left->term, right->term)}};
        }
        return left;
    }

    Read power() {
        Read base = factor();
        if (!base || next() != '^') return base;
        rest_.remove_prefix(1);
        const Read exponent = factor();
        if (!exponent) return std::nullopt;
        return Part{{base->factor() + '^' + exponent->factor(), std::pow(base->term.value, exponent->term.value),
                     argumentsOf(base->term, exponent->term)}};
    }

    Read factor() {
        if (accept("sum of ")) return ofSeries(msg("sum of {what}"), false);
        if (accept("product of ")) return ofSeries(msg("product of {what}"), true);
        if (accept("(")) {
            Read inner = sum();
            if (!accept(")")) return std::nullopt;
            return inner;
        }
        if (next() == '{') return parameter();
        if (const Read number = plainNumber()) return number;
        return name();
    }

    // ofSeries reads what is summed up, or multiplied: a series, or a difference of series, which sums up to that of their sums.
    Read ofSeries(Message message, bool multiplied) {
        const bool multipliedBefore = std::exchange(multiplied_, multiplied);
        const bool ofSeriesBefore = std::exchange(ofSeries_, true);
        const Read what = factor();
        multiplied_ = multipliedBefore;
        ofSeries_ = ofSeriesBefore;
        if (!what) return std::nullopt;
        const Term term{words_.texts().say(message, {{"what", what->factor()}}), what->term.value, what->term.arguments};
        if (!multiplied) out_.sums.push_back(term);
        return Part{term};
    }

    Read parameter() {
        const std::size_t end = rest_.find('}');
        const std::string_view name = rest_.substr(1, end - 1);
        rest_.remove_prefix(end + 1);
        const std::optional<std::size_t> index = words_.indexOf(name);
        if (!index) return std::nullopt;
        if (ofSeries_) return series(*index);
        const std::optional<double> number = words_.number(*index);
        if (!number) return std::nullopt;
        return Part{{words_.name(*index), *number, {*index}}};
    }

    Read series(std::size_t index) {
        const std::vector<double> numbers = words_.numbers(index);
        if (numbers.empty()) return std::nullopt;
        const double value = multiplied_ ? std::accumulate(numbers.begin(), numbers.end(), 1.0, std::multiplies<>())
                                         : std::accumulate(numbers.begin(), numbers.end(), Sum(), [](Sum sum, double number) {
                                               sum.add(number);
                                               return sum;
                                           }).value();
        return Part{{words_.name(index), value, {index}}};
    }

    Read plainNumber() {
        double value = 0;
        if (next() < '0' || next() > '9') return std::nullopt;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (error != std::errc()) return std::nullopt;
        const std::string text(rest_.data(), end);
        rest_.remove_prefix(text.size());
        return Part{{text, value}};
    }

    // name is one that is set after ", with".
    Read name() {
        next();
        std::size_t size = 0;
        while (size < rest_.size() && ((rest_[size] | 0x20) >= 'a' && (rest_[size] | 0x20) <= 'z')) ++size;
        const std::string setting = std::string(rest_.substr(0, size)) + " = ";
        const std::size_t found = size == 0 ? std::string_view::npos : settings_.find(setting);
        if (found == std::string_view::npos) return std::nullopt;
        rest_.remove_prefix(size);
        const std::string_view settings = std::exchange(settings_, std::string_view());
        const std::string_view after = std::exchange(rest_, settings.substr(found + setting.size()));
        const Read value = sum();
        rest_ = after;
        settings_ = settings;
        return value;
    }

    const CallWords& words_;
    WorkedOut& out_;
    std::string_view rest_;
    std::string_view settings_{};
    bool ofSeries_ = false;
    bool multiplied_ = false;
};

}  // namespace

WorkedOut workedOut(const CallWords& words) {
    WorkedOut out;
    if (!Formula(words, words.function().row.formula, out).read()) return {};
    return out;
}

}  // namespace calckpi::explain
