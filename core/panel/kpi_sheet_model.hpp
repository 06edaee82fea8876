// KpiSheetModel: a KPI sheet of the selected table. The user picks a template and its KPIs, each with its present value or the
// reason why it cannot be shown; three sheets are written.
#pragma once

#include "core/panel/filters_section.hpp"
#include "core/panel/model.hpp"
#include "core/panel/own_kpi_section.hpp"
#include "core/sheets/kpi_sheet_choices.hpp"
#include "core/sheets/kpi_sheet_plan.hpp"
#include "core/sheets/kpi_values.hpp"
#include "core/sheets/table_preview.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace calckpi::panel {

// KpiItem is what only KPI sheets show and hear; it goes on behind the items that models share.
enum class KpiItem : std::uint16_t {
    TemplateLabel = 1000,
    Template,
    UnitLabel,
    Unit,
    YearLabel,
    Year,
    Compare,
    Check,
    Missing,
    AllKpis,
    SourcesTitle,
    OtherSource,  // an index for each other table of the document
    PeriodsLabel,
    Periods,
    WeekLabel,
    Week,
    AsOfLabel,
    AsOf,
    ToleranceLabel,
    Tolerance,
    SectionsTitle,
    Section,
    Own,  // an index for each of the user's own
    RemoveOwn,
    WonLabel,
    Won,
    LostLabel,
    Lost,
};

class KpiSheetModel final : public Model {
public:
    explicit KpiSheetModel(Texts texts) : texts_(texts) {}

    void take(Source source) override;
    bool take(Source source, std::string_view settings) override { return takeKept(std::move(source), settings, {}); }
    bool takeKept(Source source, std::string_view settings, std::vector<Source> others) override;
    void takeAgain(Source source) override;
    bool wantsOthers() const override { return !othersTaken_; }
    void takeOthers(std::vector<Source> others) override;
    std::vector<std::string> othersUsed() const override;
    void takeOthersAgain(std::vector<Source> others) override;
    void takeTyped(TypedFigures typed) override;
    std::optional<Message> whyUseless() const override;
    Reaction act(const Action& action) override;
    Asked ask(std::string_view option, const ChosenValue& value) override;
    std::vector<ColumnRef> columnsNeeded() const override;
    void compute() override;
    void forget() override { computed_ = false; }
    void showChoices(View& view) const override;
    void showPreview(View& view) const override;
    std::string refusal() const override;
    bool ready() const override { return computed_ && whyNothingShown().empty(); }
    const Wording& wording() const override;
    std::variant<Draft, std::string> draft(const std::optional<std::string>& before) const override;

    const KpiSheetChoices& choices() const { return choices_; }

private:
    void choose(std::string_view templateId);
    void takeOptions(KpiSheetChoices before);
    void forgetValues();
    void clearFields();
    Reaction actOnKpis(const Action& action);
    std::vector<SourceFound> found() const;
    const Source* sourceAt(const std::string& address) const;
    void readdress(const std::map<std::string, std::string>& addresses);
    KpiSheetContext context() const;
    void tick(std::size_t kpi, bool on);
    std::string withValue(const Kpi& kpi) const;
    void lookAtSources();
    void findProblem(const KpiValues& values);
    const Source& problemSource() const;
    std::string shownValue(Unit unit, double value) const;
    Reaction actOnOptions(const Action& action);
    Reaction actOnOwn(const Action& action);
    Next useOther(std::size_t other, bool on);
    void findCurrencies();
    void findOneSidedAmounts();
    void tickWhatIsNew(const KpiSheetChoices& before);
    Next typeAsOf(const std::string& text);
    std::string statesMissing(bool won, const std::vector<std::string>& texts) const;
    Next typeStates(bool won, const std::string& text);
    Asked askKpis(const std::vector<std::string>& ids);
    Asked askStates(bool won, const std::vector<std::string>& texts);
    std::vector<const Source*> sourcesUsed() const;
    KpiSource* mainSource();
    const KpiSource* mainSource() const;
    std::vector<SourceColumn> mainColumns() const;
    void showSources(View& view) const;
    void showStates(View& view) const;
    void showOptions(View& view) const;
    void showDates(View& view) const;
    void showSections(View& view) const;
    void showOwn(View& view) const;
    std::string whyNotShown(const std::string& id) const;
    std::string whyNothingShown() const;
    std::string nameOf(const std::string& id) const;
    void showLeftOut(View& view) const;

    Texts texts_;
    Source source_;
    std::vector<Source> others_;  // the other tables of the document
    bool othersTaken_ = false;
    bool kept_ = false;   // the choices are those of a sheet that is there
    TypedFigures typed_;  // into the sheet that is updated
    KpiSheetChoices choices_;
    bool more_ = false;
    bool allKpis_ = false;  // are listed, not only some of those that are ticked
    bool computed_ = false;
    std::map<std::string, std::string> values_;  // of the KPIs, as texts
    // A cell that keeps one of the ticked KPIs from being computed, in the source of that address.
    std::optional<Finding> problem_;
    std::string problemIn_;
    std::vector<std::string> currencies_;  // what is to be said of amounts in several currencies
    std::string oneSided_;                 // what is to be said of amounts that won or lost deals lack
    // What is in the fields, where it is not what is chosen.
    std::string asOfText_;
    std::optional<std::string> periodsText_;
    std::optional<std::string> toleranceText_;
    std::optional<std::string> wonText_;
    std::optional<std::string> lostText_;
    FiltersSection filters_;
    OwnKpiSection own_;
};

// whyNoKpiSheet says what a source lacks for any KPI; kpisFrom counts those that the best template can show.
std::optional<Message> whyNoKpiSheet(const Source& source);
int kpisFrom(const Source& source);

}  // namespace calckpi::panel
