// FunnelModel: a funnel table, of any of the four shapes. What it is made from are its Choices; recognition makes the first ones.
//
// Its parts: funnel_columns (what each row is, and which column is what), funnel_stages (the list of the steps), funnel_options
// (split, order, window, dates, filters, what to insert), funnel_preview (the figures, and what was found in the data),
// funnel_asked (what a macro asks for by name).
#pragma once

#include "core/panel/filters_section.hpp"
#include "core/panel/findings_section.hpp"
#include "core/panel/model.hpp"
#include "core/recognition/choices.hpp"
#include "core/recognition/recognition.hpp"
#include "core/recognition/stage_list.hpp"
#include "core/sheets/funnel_plan.hpp"
#include "core/sheets/preview.hpp"

namespace calckpi::panel {

struct ColumnField;

class FunnelModel final : public Model {
public:
    explicit FunnelModel(Texts texts) : texts_(texts) {}

    void take(Source source) override;
    bool take(Source source, std::string_view settings) override;
    void takeAgain(Source source) override;
    std::optional<Message> whyUseless() const override;
    Reaction act(const Action& action) override;
    Asked ask(std::string_view option, const ChosenValue& value) override;
    std::vector<ColumnRef> columnsNeeded() const override;
    void compute() override;
    void forget() override { preview_.reset(); }
    void showChoices(View& view) const override;
    void showPreview(View& view) const override;
    std::string refusal() const override;
    bool ready() const override { return preview_ && !preview_->problem; }
    const Wording& wording() const override;
    std::variant<Draft, std::string> draft(const std::optional<std::string>& before) const override;

    const Choices& choices() const { return choices_; }
    const std::optional<Preview>& preview() const { return preview_; }
    // planContext tells what a plan of the table has to know besides the choices.
    PlanContext planContext() const;
    const std::string& asOfText() const { return asOfText_; }

private:
    void begin(Source source, Choices choices, bool keepStages);
    void findStages();
    bool addsAmounts() const { return choices_.shape != Shape::Counts && !choices_.amount.empty(); }
    Reaction actOnChoices(const Action& action);

    // Columns
    void listColumns();
    void chooseColumns(Choices choices);
    void chooseShape(std::int32_t entry);
    void showColumns(View& view) const;
    Next actOnColumns(const Action& action);
    Next chooseColumn(const ColumnField& field, std::string column);
    std::string inTheWay() const;
    void leaveOut(const std::string& column);

    // What a macro asks for
    Asked askColumn(std::string_view option, const ChosenValue& value);
    Asked askStages(const std::vector<std::string>& texts);
    Asked askOutcome(Outcome outcome, const std::vector<std::string>& texts);

    // Stages
    std::vector<FoundStage> addable() const;
    std::vector<FoundStage> candidates() const;
    std::string lineOf(const ChosenStage& stage, std::int32_t& number) const;
    void showStages(View& view) const;
    void showStageButtons(View& view) const;
    Next actOnStages(const Action& action);
    Next moveStageTo(std::int32_t place);
    Next removeStage();
    Next changeOutcome(Outcome outcome);
    Next addStage(const FoundStage& added);
    bool someStage() const { return stage_ >= 0 && static_cast<std::size_t>(stage_) < choices_.stages.size(); }

    // Options
    std::vector<SourceColumn> splitColumns() const;
    void readOptionTexts();
    void showOptions(View& view) const;
    void showRareOptions(View& view) const;
    Next actOnOptions(const Action& action);
    Next typeWindow(const std::string& text);
    Next typeAsOf(const std::string& text);

    Texts texts_;
    Source source_;
    std::vector<SourceColumn> sourceColumns_;
    std::vector<SourceColumn> columns_;  // the same, or the rows of counts where these stand across
    bool usable_ = false;
    std::optional<Message> reason_;  // why it is not usable
    Choices choices_;
    std::vector<FoundStage> stagesFound_;
    std::vector<ChosenStage> proposed_;  // the stages that the panel has chosen itself
    bool stagesKnown_ = false;           // those found belong to the columns chosen
    bool keepStages_ = false;            // the chosen stages come from a table's settings
    std::int32_t stage_ = 0;             // selected in the list
    bool more_ = false;
    FiltersSection filters_;
    FindingsSection findings_;
    std::optional<Preview> preview_;
    std::optional<Finding> currencies_;      // amounts of several that are added
    std::optional<Message> formulaProblem_;  // of the choices that the preview is of
    std::string windowText_, asOfText_;      // as typed
};

// What the parts of the funnel's panel share.
inline bool splitsBySegment(Shape shape) { return shape != Shape::Counts; }
// Whatever the order of the steps, the lost ones are at the end of the list.
void putLostLast(std::vector<ChosenStage>& stages);

// ColumnField is a column that a shape asks for, as it is shown.
struct ColumnField {
    ControlId label;
    ControlId item;
    Message text;
    Message help;
    std::string Choices::*column = nullptr;
    bool optional = false;
};
// fieldsOf are those of a shape, in the order in which they are shown.
const std::vector<ColumnField>& fieldsOf(Shape shape);

}  // namespace calckpi::panel
