#include "core/sheets/settings.hpp"

#include "core/values/choice.hpp"
#include "core/values/enum_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>
#include <system_error>

namespace calckpi::panel {
namespace {

constexpr std::string_view firstLine = "funnel 1";
constexpr std::string_view lastLine = "end";

constexpr auto shapes = enumTable<Shape, std::string_view>(
    {{Shape::Counts, "counts"}, {Shape::Stages, "stages"}, {Shape::Dates, "dates"}, {Shape::Events, "events"}});
constexpr auto outcomes =
    enumTable<Outcome, std::string_view>({{Outcome::Step, "step"}, {Outcome::Won, "won"}, {Outcome::Lost, "lost"}});
constexpr auto orders = enumTable<EventOrder, std::string_view>({{EventOrder::Ordered, "ordered"},
                                                                 {EventOrder::Increasing, "increasing"},
                                                                 {EventOrder::Strict, "strict"},
                                                                 {EventOrder::Any, "any"}});
constexpr auto fills =
    enumTable<DateFill, std::string_view>({{DateFill::None, "none"}, {DateFill::Later, "later"}, {DateFill::Each, "each"}});
constexpr auto pictures =
    enumTable<Picture, std::string_view>({{Picture::Chart, "chart"}, {Picture::Bars, "bars"}, {Picture::None, "none"}});
constexpr Word<bool> answers[] = {{"yes", true}, {"no", false}};

// The texts that stand there at most once.
struct TextLine {
    std::string_view key;
    std::string Choices::*text;
};
constexpr TextLine textLines[] = {
    {"source", &Choices::source},
    {"id-column", &Choices::id},
    {"stage-column", &Choices::stage},
    {"count-column", &Choices::count},
    {"when-column", &Choices::when},
    {"amount-column", &Choices::amount},
    {"lost-stage-column", &Choices::lostStage},
    {"status-column", &Choices::status},
    {"by-column", &Choices::by},
};

template <class Enum, std::size_t size>
std::string_view wordOf(const EnumTable<Enum, std::string_view, size>& words, Enum value) {
    return words[value];
}

template <class Enum, std::size_t size>
bool readWord(const EnumTable<Enum, std::string_view, size>& words, std::string_view text, Enum& value) {
    const auto found = std::find(words.all().begin(), words.all().end(), text);
    if (found == words.all().end()) return false;
    value = static_cast<Enum>(found - words.all().begin());
    return true;
}

template <class Value, std::size_t size>
std::string_view wordOf(const Word<Value> (&words)[size], Value value) {
    return std::find_if(std::begin(words), std::end(words) - 1, [value](const Word<Value>& word) { return word.value == value; })
        ->text;
}

template <class Value, std::size_t size>
bool readWord(const Word<Value> (&words)[size], std::string_view text, Value& value) {
    const auto found =
        std::find_if(std::begin(words), std::end(words), [text](const Word<Value>& word) { return word.text == text; });
    if (found == std::end(words)) return false;
    value = found->value;
    return true;
}

constexpr std::string_view hexDigits = "0123456789ABCDEF";

std::string escaped(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t place = 0; place < text.size(); ++place) {
        const auto byte = static_cast<unsigned char>(text[place]);
        const bool outerBlank = byte == ' ' && (place == 0 || place + 1 == text.size() || text[place - 1] == ' ');
        if (byte >= 0x20 && byte != 0x7F && byte != '%' && !outerBlank) {
            result += text[place];
        } else {
            result += '%';
            result += hexDigits[byte >> 4U];
            result += hexDigits[byte & 0xFU];
        }
    }
    return result;
}

bool readText(std::string_view text, std::string& value) {
    value.clear();
    value.reserve(text.size());
    for (std::size_t place = 0; place < text.size(); ++place) {
        const auto byte = static_cast<unsigned char>(text[place]);
        if (byte < 0x20 || byte == 0x7F) return false;
        if (byte != '%') {
            value += text[place];
            continue;
        }
        if (text.size() - place < 3) return false;
        const std::size_t high = hexDigits.find(text[place + 1]);
        const std::size_t low = hexDigits.find(text[place + 2]);
        if (high == std::string_view::npos || low == std::string_view::npos) return false;
        value += static_cast<char>(high << 4U | low);
        place += 2;
    }
    return true;
}

std::string numberText(double number) {
    std::array<char, 32> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);  // as short as gives the same back
    return {text.data(), end};
}

bool readNumber(std::string_view text, std::optional<double>& value) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return false;
    value = number;
    return true;
}

class Writer {
public:
    void line(std::string_view key, std::string_view value) { text_.append(key).append(" ").append(value).append("\n"); }
    void text(std::string_view key, std::string_view value) { line(key, escaped(value)); }
    void number(std::string_view key, const std::optional<double>& value) {
        if (value && std::isfinite(*value)) line(key, numberText(*value));
    }
    std::string done() && { return std::string(firstLine) + "\n" + std::move(text_) + std::string(lastLine); }

private:
    std::string text_;
};

// Reader takes one line after the other. The keys that may stand there once have a place in `seen_`.
class Reader {
public:
    bool take(std::string_view line) {
        const std::size_t blank = line.find(' ');
        if (blank == std::string_view::npos) return false;
        key_ = line.substr(0, blank);
        const std::string_view value = line.substr(blank + 1);
        // A filter's test follows its column at once.
        if (filterIsOpen_ != (key_ == "filter-test")) return false;
        return takeText(value) || takeOption(value) || takeStage(value) || takeFilter(value);
    }
    std::optional<Choices> done() && {
        if (filterIsOpen_ || !seen("shape")) return std::nullopt;
        return std::move(choices_);
    }

private:
    bool seen(std::string_view key) const { return std::find(seen_.begin(), seen_.end(), key) != seen_.end(); }
    // once tells whether this is a line for the key, the first one.
    bool once(std::string_view key) {
        if (key_ != key || seen(key)) return false;
        seen_.push_back(key);
        return true;
    }
    bool takeText(std::string_view value) {
        return std::any_of(std::begin(textLines), std::end(textLines),
                           [&](const TextLine& line) { return once(line.key) && readText(value, choices_.*line.text); });
    }
    bool takeOption(std::string_view value) {
        return (once("shape") && readWord(shapes, value, choices_.shape)) ||
               (once("across") && readWord(answers, value, choices_.across)) ||
               (once("order") && readWord(orders, value, choices_.order)) ||
               (once("window") && readNumber(value, choices_.window)) || (once("fill") && readWord(fills, value, choices_.fill)) ||
               (once("as-of") && readNumber(value, choices_.asOf)) ||
               (once("intervals") && readWord(answers, value, choices_.intervals)) ||
               (once("live") && readWord(answers, value, choices_.live)) ||
               (once("picture") && readWord(pictures, value, choices_.picture));
    }
    bool takeStage(std::string_view value) {
        ChosenStage stage;
        if (!readWord(outcomes, key_, stage.outcome) || !readText(value, stage.name)) return false;
        choices_.stages.push_back(std::move(stage));
        return true;
    }
    bool takeFilter(std::string_view value) {
        if (key_ == "filter-column") {
            filterIsOpen_ = true;
            return readText(value, choices_.filters.emplace_back().column);
        }
        if (key_ != "filter-test") return false;
        filterIsOpen_ = false;
        return readText(value, choices_.filters.back().test);
    }

    Choices choices_;
    std::string_view key_;
    std::vector<std::string_view> seen_;  // never more than there are keys, all of them constants
    bool filterIsOpen_ = false;
};

}  // namespace

std::string written(const Choices& choices) {
    Writer out;
    for (const auto& [key, text] : textLines)
        if (!(choices.*text).empty()) out.text(key, choices.*text);
    out.line("shape", wordOf(shapes, choices.shape));
    if (choices.across) out.line("across", wordOf(answers, choices.across));
    for (const ChosenStage& stage : choices.stages) out.text(wordOf(outcomes, stage.outcome), stage.name);
    out.line("order", wordOf(orders, choices.order));
    out.number("window", choices.window);
    out.line("fill", wordOf(fills, choices.fill));
    out.number("as-of", choices.asOf);
    for (const Criterion& filter : choices.filters) {
        out.text("filter-column", filter.column);
        out.text("filter-test", filter.test);
    }
    out.line("intervals", wordOf(answers, choices.intervals));
    out.line("live", wordOf(answers, choices.live));
    out.line("picture", wordOf(pictures, choices.picture));
    return std::move(out).done();
}

std::optional<Choices> readSettings(std::string_view text) {
    const auto nextLine = [&text]() -> std::optional<std::string_view> {
        if (text.empty()) return std::nullopt;
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);  // a document may come back with other line ends
        return line;
    };
    if (nextLine() != firstLine) return std::nullopt;
    Reader reader;
    for (;;) {
        const std::optional<std::string_view> line = nextLine();
        if (!line) return std::nullopt;
        if (*line == lastLine) break;
        if (!reader.take(*line)) return std::nullopt;
    }
    if (!text.empty()) return std::nullopt;
    return std::move(reader).done();
}

}  // namespace calckpi::panel
