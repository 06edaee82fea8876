#include "core/sheets/kpi_sheet_choices.hpp"

#include "core/recognition/role_words.hpp"
#include "core/sheets/setting_lines.hpp"
#include "core/values/enum_table.hpp"

#include <algorithm>
#include <cmath>

namespace calckpi::panel {
namespace {

constexpr std::string_view firstLine = "kpi-sheet 1";

constexpr auto unitWords = enumTable<PeriodWords::Value, std::string_view>({{PeriodWords::Day, "day"},
                                                                            {PeriodWords::Week, "week"},
                                                                            {PeriodWords::Month, "month"},
                                                                            {PeriodWords::Quarter, "quarter"},
                                                                            {PeriodWords::Year, "year"}});
constexpr auto sectionWords = enumTable<TemplateSection, std::string_view>({{TemplateSection::SegmentsByOwner, "owners"},
                                                                            {TemplateSection::SegmentsByProduct, "products"},
                                                                            {TemplateSection::SegmentsByChannel, "channels"},
                                                                            {TemplateSection::SegmentsByRegion, "regions"},
                                                                            {TemplateSection::WinCurve, "win-curve"},
                                                                            {TemplateSection::StuckDeals, "stuck-deals"},
                                                                            {TemplateSection::Waterfall, "waterfall"},
                                                                            {TemplateSection::Retention, "retention"}});
constexpr auto betterWords =
    enumTable<Better, std::string_view>({{Better::More, "more"}, {Better::Less, "less"}, {Better::Neither, "neither"}});

template <class Enum, class Words>
bool readWord(const Words& words, std::string_view text, Enum& value) {
    const auto all = words.all();
    const auto found = std::find(all.begin(), all.end(), text);
    if (found == all.end()) return false;
    value = static_cast<Enum>(found - all.begin());
    return true;
}

bool readRows(std::string_view text, RowKind& rows) {
    for (std::size_t index = 0; index < rowKindCount; ++index)
        if (nameOf(static_cast<RowKind>(index)) == text) {
            rows = static_cast<RowKind>(index);
            return true;
        }
    return false;
}

std::string_view yesOrNo(bool answer) { return answer ? "yes" : "no"; }
bool readAnswer(std::string_view text, bool& answer) {
    answer = text == "yes";
    return answer || text == "no";
}

bool readCount(std::string_view text, std::int32_t& count, std::int32_t least, std::int32_t most) {
    std::optional<double> number;
    if (!readSettingNumber(text, number) || *number != std::floor(*number) || *number < least || *number > most) return false;
    count = static_cast<std::int32_t>(*number);
    return true;
}

// After its name, a source's line says what belongs to it: "column Stage deal_stage".
void writeFilters(SettingWriter& out, const std::vector<Criterion>& filters) {
    for (const Criterion& filter : filters) {
        out.text("filter-column", filter.column);
        out.text("filter-test", filter.test);
    }
}

void writeSource(SettingWriter& out, const KpiSource& source) {
    out.text("source", source.address);
    out.line("rows", nameOf(source.rows));
    for (const auto& [role, column] : source.columns) {
        out.line("role", nameOf(role));
        out.text("column", column);
    }
    for (const auto& [role, most] : source.most) {
        out.line("role", nameOf(role));
        out.number("most", most);
    }
    if (!source.state.empty()) out.text("state", source.state);
    for (const std::string& text : source.won) out.text("won", text);
    for (const std::string& text : source.lost) out.text("lost", text);
    if (source.statesSaid) out.line("states-said", yesOrNo(true));
    for (const auto& [words, text] : source.words) {
        out.text("words", words);
        out.text("found", text);
    }
    writeFilters(out, source.filters);
}

void writeOwn(SettingWriter& out, const OwnKpi& own) {
    out.text("own", own.id);
    out.text("name", own.name);
    out.text("of", own.source);
    out.text("when", own.when);
    out.text("statistic", own.statistic);
    if (!own.value.empty()) out.text("value", own.value);
    out.line("better", betterWords[own.better]);
    writeFilters(out, own.filters);
}

// Reader takes one line after the other: those after "source" belong to it, those after "own" to that KPI.
class Reader {
public:
    bool take(std::string_view line) {
        const std::size_t blank = line.find(' ');
        if (blank == std::string_view::npos) return false;
        key_ = line.substr(0, blank);
        value_ = line.substr(blank + 1);
        return takeSheet() || takeFilter() || (own_ ? takeOwn() : source_ && takeSource());
    }
    std::optional<KpiSheetChoices> done() && {
        if (choices_.templateId.empty()) return std::nullopt;
        return std::move(choices_);
    }

private:
    bool is(std::string_view key) const { return key_ == key; }
    bool text(std::string& to) const { return readSettingText(value_, to); }
    bool add(std::vector<std::string>& to) const { return text(to.emplace_back()); }

    bool takeSheet() {
        if (is("template")) return text(choices_.templateId);
        if (is("source")) {
            source_ = true;
            own_ = false;
            return text(choices_.sources.emplace_back().address);
        }
        if (is("own")) {
            own_ = true;
            return text(choices_.own.emplace_back().id);
        }
        if (is("kpi")) return add(choices_.kpis);
        if (is("unit")) return readWord(unitWords, value_, choices_.unit);
        if (is("periods")) return readCount(value_, choices_.periods, 2, 120);
        if (is("year-start")) return readCount(value_, choices_.yearStart, 1, 12);
        if (is("week-start")) return readCount(value_, choices_.weekStart, 1, 7);
        if (is("as-of")) return readSettingNumber(value_, choices_.asOf);
        if (is("previous")) return readAnswer(value_, choices_.previous);
        if (is("last-year")) return readAnswer(value_, choices_.lastYear);
        if (is("year-to-date")) return readAnswer(value_, choices_.yearToDate);
        if (is("pictures")) return readAnswer(value_, choices_.pictures);
        if (is("section")) return readWord(sectionWords, value_, choices_.sections.emplace_back());
        std::optional<double> tolerance;
        if (!is("tolerance") || !readSettingNumber(value_, tolerance)) return false;
        choices_.tolerance = *tolerance;
        return *tolerance >= 0;
    }
    bool takeFilter() {
        std::vector<Criterion>* filters = own_      ? &choices_.own.back().filters
                                          : source_ ? &choices_.sources.back().filters
                                                    : nullptr;
        if (filters == nullptr) return false;
        if (is("filter-column")) return text(filters->emplace_back().column);
        return is("filter-test") && !filters->empty() && text(filters->back().test);
    }
    bool takeSource() {
        KpiSource& source = choices_.sources.back();
        if (is("rows")) return readRows(value_, source.rows);
        if (is("role")) return (role_ = roleNamed(value_)).has_value();
        if (is("column")) return role_ && text(source.columns[*role_]);
        if (is("state")) return text(source.state);
        if (is("won")) return add(source.won);
        if (is("lost")) return add(source.lost);
        if (is("states-said")) return readAnswer(value_, source.statesSaid);
        if (is("words")) return text(words_);
        if (is("found")) return text(source.words[words_]);
        std::optional<double> most;
        if (!is("most") || !role_ || !readSettingNumber(value_, most)) return false;
        source.most[*role_] = *most;
        return true;
    }
    bool takeOwn() {
        OwnKpi& own = choices_.own.back();
        if (is("name")) return text(own.name);
        if (is("of")) return text(own.source);
        if (is("when")) return text(own.when);
        if (is("statistic")) return text(own.statistic);
        if (is("value")) return text(own.value);
        return is("better") && readWord(betterWords, value_, own.better);
    }

    KpiSheetChoices choices_;
    std::string_view key_;
    std::string_view value_;
    std::optional<Role> role_;
    std::string words_;
    bool source_ = false;
    bool own_ = false;
};

}  // namespace

std::string written(const KpiSheetChoices& choices) {
    SettingWriter out(firstLine);
    out.text("template", choices.templateId);
    out.line("unit", unitWords[choices.unit]);
    out.number("periods", choices.periods);
    out.number("year-start", choices.yearStart);
    out.number("week-start", choices.weekStart);
    out.number("as-of", choices.asOf);
    out.line("previous", yesOrNo(choices.previous));
    out.line("last-year", yesOrNo(choices.lastYear));
    out.line("year-to-date", yesOrNo(choices.yearToDate));
    out.number("tolerance", choices.tolerance);
    out.line("pictures", yesOrNo(choices.pictures));
    for (const std::string& kpi : choices.kpis) out.text("kpi", kpi);
    for (const TemplateSection section : choices.sections) out.line("section", sectionWords[section]);
    for (const KpiSource& source : choices.sources) writeSource(out, source);
    for (const OwnKpi& own : choices.own) writeOwn(out, own);
    return std::move(out).done();
}

std::optional<KpiSheetChoices> readKpiSheetSettings(std::string_view text) {
    Reader reader;
    if (!readSettingLines(text, firstLine, [&](std::string_view line) { return reader.take(line); })) return std::nullopt;
    return std::move(reader).done();
}

std::optional<KpiSheetChoices> withSetting(const KpiSheetChoices& choices, std::string_view key,
                                           const std::vector<std::string>& values) {
    const std::string own = std::string(key) + " ";
    SettingWriter out(firstLine);
    for (const std::string& value : values) out.text(key, value);
    std::string text = std::move(out).done();
    text.resize(text.rfind('\n') + 1);
    const std::string before = written(choices);
    for (std::size_t at = firstLine.size() + 1; at < before.size(); at = before.find('\n', at) + 1) {
        const std::string_view line = std::string_view(before).substr(at, before.find('\n', at) - at + 1);
        if (!line.starts_with(own)) text.append(line);
        if (before.find('\n', at) == std::string::npos) break;
    }
    return readKpiSheetSettings(text);
}

}  // namespace calckpi::panel
