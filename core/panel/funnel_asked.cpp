#include "core/panel/funnel_model.hpp"

#include "core/panel/items.hpp"

#include <algorithm>
#include <utility>

namespace calckpi::panel {
namespace {

// What a macro calls the columns of a funnel.
constexpr std::pair<std::string_view, std::string Choices::*> columnOptions[] = {
    {"stage", &Choices::stage}, {"count", &Choices::count},         {"amount", &Choices::amount}, {"id", &Choices::id},
    {"when", &Choices::when},   {"lostStage", &Choices::lostStage}, {"status", &Choices::status},
};

bool isAmong(const std::vector<std::string>& texts, const std::string& name) {
    return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) { return sameName(text, name); });
}

}  // namespace

Asked FunnelModel::ask(std::string_view option, const ChosenValue& value) {
    if (sameName(option, "won")) return askOutcome(Outcome::Won, textsAsked(value));
    if (sameName(option, "lost")) return askOutcome(Outcome::Lost, textsAsked(value));
    if (sameName(option, "stages")) return askStages(textsAsked(value));
    if (sameName(option, "picture")) {
        const std::optional<bool> answer = answerAsked(value);
        if (answer) choices_.picture = *answer ? Picture::Chart : Picture::None;
        return answer ? Asked::Taken : Asked::NoValue;
    }
    if (sameName(option, "window") || sameName(option, "asOf")) {
        const auto* number = std::get_if<double>(&value);
        if (number == nullptr) return Asked::NoValue;
        (sameName(option, "window") ? choices_.window : choices_.asOf) = *number;
        readOptionTexts();
        return Asked::Taken;
    }
    return askColumn(option, value);
}

Asked FunnelModel::askColumn(std::string_view option, const ChosenValue& value) {
    std::optional<std::string> column = columnAsked(value, *source_.facts);
    if (sameName(option, "by") && splitsBySegment(choices_.shape)) {
        if (column) choices_.by = *column;
        return column ? Asked::Taken : Asked::NoValue;
    }
    for (const auto& [name, member] : columnOptions) {
        if (!sameName(option, name)) continue;
        for (const ColumnField& field : fieldsOf(choices_.shape)) {
            if (field.column != member) continue;
            if (!column) return Asked::NoValue;
            chooseColumn(field, *std::move(column));
            return Asked::Taken;
        }
    }
    return Asked::NoOption;
}

// askStages takes stages of the data in this order; each means what its name says.
Asked FunnelModel::askStages(const std::vector<std::string>& texts) {
    std::vector<ChosenStage> stages;
    for (const std::string& text : texts) {
        const auto found = std::find_if(stagesFound_.begin(), stagesFound_.end(),
                                        [&](const FoundStage& each) { return sameName(each.name, text); });
        if (found == stagesFound_.end()) return Asked::NoValue;
        stages.push_back({found->name, found->outcome, found->spellings});
    }
    if (stages.empty()) return Asked::NoValue;
    putLostLast(stages);
    choices_.stages = std::move(stages);
    keepStages_ = true;
    return Asked::Taken;
}

// askOutcome says which stages are won, or lost: these and no others. Several texts for won are one stage, the last step.
Asked FunnelModel::askOutcome(Outcome outcome, const std::vector<std::string>& texts) {
    std::vector<ChosenStage> others;
    std::vector<ChosenStage> those;
    for (const FoundStage& found : stagesFound_)
        if (isAmong(texts, found.name)) those.push_back({found.name, outcome, found.spellings});
    if (those.empty()) return Asked::NoValue;
    for (ChosenStage& stage : choices_.stages) {
        if (isAmong(texts, stage.name)) continue;
        if (stage.outcome == outcome) stage.outcome = Outcome::Step;
        others.push_back(std::move(stage));
    }
    if (outcome == Outcome::Won) {
        for (std::size_t index = 1; index < those.size(); ++index) {
            those[0].spellings.push_back(those[index].name);
            those[0].spellings.insert(those[0].spellings.end(), those[index].spellings.begin(), those[index].spellings.end());
        }
        those.resize(1);
    }
    others.insert(others.end(), those.begin(), those.end());
    std::stable_sort(others.begin(), others.end(),
                     [](const ChosenStage& one, const ChosenStage& other) { return one.outcome < other.outcome; });
    choices_.stages = std::move(others);
    keepStages_ = true;
    return Asked::Taken;
}

}  // namespace calckpi::panel
