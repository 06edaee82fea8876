#include "core/sheets/settings.hpp"

#include "core/sheets/setting_lines.hpp"
#include "core/values/choice.hpp"
#include "core/values/enum_table.hpp"

#include <algorithm>
#include <span>

namespace calckpi::panel {
namespace {

constexpr std::string_view firstLine = "funnel 1";

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

// The texts that are there at most once.
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

// Reader takes one line after the other. The keys that may be there once have a place in `seen_`.
class Reader {
public:
    bool take(std::string_view line) {
        const std::size_t blank = line.find(' ');
        if (blank == std::string_view::npos) return false;
        key_ = line.substr(0, blank);
        const std::string_view value = line.substr(blank + 1);
        // A filter's test follows its column at once.
        if (filterIsOpen_ != (key_ == "filter-test")) return false;
        return takeColumn(value) || takeOption(value) || takeStage(value) || takeFilter(value);
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
    bool takeColumn(std::string_view value) {
        return std::any_of(std::begin(textLines), std::end(textLines),
                           [&](const TextLine& line) { return once(line.key) && readSettingText(value, choices_.*line.text); });
    }
    bool takeOption(std::string_view value) {
        return (once("shape") && readWord(shapes, value, choices_.shape)) ||
               (once("across") && readWord(answers, value, choices_.across)) ||
               (once("status-decides") && readWord(answers, value, choices_.statusDecides)) ||
               (once("order") && readWord(orders, value, choices_.order)) ||
               (once("window") && readSettingNumber(value, choices_.window)) ||
               (once("fill") && readWord(fills, value, choices_.fill)) ||
               (once("as-of") && readSettingNumber(value, choices_.asOf)) ||
               (once("intervals") && readWord(answers, value, choices_.intervals)) ||
               (once("live") && readWord(answers, value, choices_.live)) ||
               (once("picture") && readWord(pictures, value, choices_.picture));
    }
    bool takeStage(std::string_view value) {
        if (key_ == "spelling" && !choices_.stages.empty())
            return readSettingText(value, choices_.stages.back().spellings.emplace_back());
        ChosenStage stage;
        if (!readWord(outcomes, key_, stage.outcome) || !readSettingText(value, stage.name)) return false;
        choices_.stages.push_back(std::move(stage));
        return true;
    }
    bool takeFilter(std::string_view value) {
        if (key_ == "filter-column") {
            filterIsOpen_ = true;
            return readSettingText(value, choices_.filters.emplace_back().column);
        }
        if (key_ != "filter-test") return false;
        filterIsOpen_ = false;
        return readSettingText(value, choices_.filters.back().test);
    }

    Choices choices_;
    std::string_view key_;
    std::vector<std::string_view> seen_;  // never more than there are keys, all of them constants
    bool filterIsOpen_ = false;
};

}  // namespace

std::string written(const Choices& choices) {
    SettingWriter out(firstLine);
    for (const auto& [key, text] : textLines)
        if (!(choices.*text).empty()) out.text(key, choices.*text);
    out.line("shape", wordOf(shapes, choices.shape));
    if (choices.across) out.line("across", wordOf(answers, choices.across));
    if (choices.statusDecides) out.line("status-decides", wordOf(answers, true));
    for (const ChosenStage& stage : choices.stages) {
        out.text(wordOf(outcomes, stage.outcome), stage.name);
        for (const std::string& spelling : stage.spellings) out.text("spelling", spelling);
    }
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
    Reader reader;
    if (!readSettingLines(text, firstLine, [&](std::string_view line) { return reader.take(line); })) return std::nullopt;
    return std::move(reader).done();
}

}  // namespace calckpi::panel
