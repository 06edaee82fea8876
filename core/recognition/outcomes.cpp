#include "core/recognition/outcomes.hpp"

#include "core/recognition/recognition.hpp"
#include "core/recognition/stage_list.hpp"
#include "core/recognition/vocabulary.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace calckpi::panel {
namespace {

bool isYes(std::string_view text) {
    static const std::unordered_set<std::string> words = {"yes", "true", "oui", "vrai", "da", "adevarat", "y", "x", "1"};
    return words.contains(plainWords(text));
}

bool isNo(std::string_view text) {
    static const std::unordered_set<std::string> words = {"no", "false", "non", "faux", "nu", "fals", "n", "0"};
    return words.contains(plainWords(text));
}

}  // namespace

bool isYesOrNo(std::string_view text) { return isYes(text) || isNo(text); }

OutcomeColumn::OutcomeColumn(std::string_view header, ColumnHandle cells) : cells_(std::move(cells)) {
    if (headerMeaning(header).meaning == Meaning::Flag) ofYes_ = outcomeInText(header);
    for (const std::string& text : cells_->texts())
        ofText_.push_back(ofYes_ == Outcome::Step ? outcomeInText(text) : isYes(text) ? ofYes_ : Outcome::Step);
}

Outcome OutcomeColumn::at(std::size_t row) const {
    if (cells_->kind(row) == CellKind::Text) return ofText_[cells_->textIndex(row)];
    // Calc's TRUE is the number 1.
    return cells_->kind(row) == CellKind::Number && cells_->number(row) == 1 ? ofYes_ : Outcome::Step;
}

bool OutcomeColumn::says() const {
    for (std::size_t row = 0; row < cells_->rows(); ++row)
        if (at(row) != Outcome::Step) return true;
    return false;
}

std::vector<FoundStage> outcomesIn(std::string_view header, const ColumnHandle& cells) {
    const OutcomeColumn outcomes(header, cells);
    const bool flag = headerMeaning(header).meaning == Meaning::Flag;
    std::vector<FoundStage> found;
    for (std::size_t row = 0; row < cells->rows(); ++row) {
        const Outcome outcome = outcomes.at(row);
        if (outcome == Outcome::Step) continue;
        const std::string text =
            cells->kind(row) == CellKind::Text ? std::string(trimmed(cells->texts()[cells->textIndex(row)])) : "1";
        const std::string key = folded(flag ? header : std::string_view(text));
        auto known = std::find_if(found.begin(), found.end(), [&key](const FoundStage& each) { return folded(each.name) == key; });
        if (known == found.end()) {
            found.push_back({flag ? std::string(trimmed(header)) : text, 0, outcome});
            known = std::prev(found.end());
        }
        FoundStage& stage = *known;
        ++stage.rows;
        if (flag && std::find(stage.spellings.begin(), stage.spellings.end(), text) == stage.spellings.end())
            stage.spellings.push_back(text);
    }
    return found;
}

bool statusDecides(const Table& table, const Choices& choices) {
    const std::optional<std::size_t> status = columnIndex(choices.status, table);
    const std::optional<std::size_t> stage = columnIndex(choices.stage, table);
    const bool chosen = !choices.status.empty() && !choices.stage.empty() && choices.lostStage.empty();
    if (choices.shape != Shape::Stages || !chosen || !status || !stage || *status == *stage) return false;
    const ColumnHandle stages = table.look(*stage);
    const std::vector<std::string>& texts = stages->texts();
    if (std::any_of(texts.begin(), texts.end(), [](const auto& text) { return outcomeInText(text) != Outcome::Step; }))
        return false;
    const OutcomeColumn outcomes(table.headers()[*status], table.look(*status));
    std::unordered_map<std::string, std::array<bool, 3>> ofStage;
    for (std::size_t row = 0; row < stages->rows(); ++row) {
        const CellKind kind = stages->kind(row);
        if (kind != CellKind::Text && kind != CellKind::Number) continue;
        const std::string key = kind == CellKind::Text ? folded(texts[stages->textIndex(row)]) : digitsOf(stages->number(row));
        ofStage[key][static_cast<std::size_t>(outcomes.at(row))] = true;
    }
    const auto is = [&ofStage](auto holds) {
        return std::any_of(ofStage.begin(), ofStage.end(), [&holds](const auto& found) { return holds(found.second); });
    };
    return is([](const std::array<bool, 3>& said) { return said[static_cast<std::size_t>(Outcome::Won)]; }) &&
           is([](const std::array<bool, 3>& said) { return std::count(said.begin(), said.end(), true) > 1; });
}

ClosedAtSteps closedAtSteps(const Frame& frame, const Choices& choices) {
    ClosedAtSteps closed;
    const Table& table = frame.table();
    const std::optional<std::size_t> status = columnIndex(choices.status, table);
    const std::optional<std::size_t> stage = columnIndex(choices.stage, table);
    if (choices.shape != Shape::Stages || choices.statusDecides || choices.status.empty() || !status || !stage || *status == *stage)
        return closed;
    std::vector<std::string> open;
    for (const ChosenStage& step : choices.stages)
        if (step.outcome != Outcome::Lost && !folded(step.name).empty()) open.push_back(folded(step.name));
    if (!open.empty()) {
        // A stage that is listed twice is the first one.
        const std::string last = open.back();
        open.pop_back();
        if (std::find(open.begin(), open.end(), last) == open.end()) std::erase(open, last);
    }
    const auto isOpen = [&open](const std::string& name) {
        return std::find(open.begin(), open.end(), folded(name)) != open.end();
    };

    const OutcomeColumn outcomes(table.headers()[*status], table.look(*status));
    const ColumnHandle stages = table.look(*stage);
    std::vector<std::uint8_t> openText;
    for (const std::string& text : stages->texts()) openText.push_back(isOpen(text) ? 1 : 0);
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        const std::size_t at = frame.tableRow(row);
        const CellKind kind = stages->kind(at);
        const bool standsAtStep = (kind == CellKind::Text && openText[stages->textIndex(at)] != 0) ||
                                  (kind == CellKind::Number && isOpen(digitsOf(stages->number(at))));
        if (!standsAtStep || outcomes.at(at) == Outcome::Step) continue;
        if (closed.count++ == 0) closed.firstRow = at;
    }
    return closed;
}

}  // namespace calckpi::panel
