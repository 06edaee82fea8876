// KpiSheetModel: a KPI sheet of the selected table. The user picks a template and its KPIs, each with its present value or the
// reason why it cannot be shown; three sheets are written.
#pragma once

#include "core/panel/model.hpp"
#include "core/sheets/kpi_sheet_choices.hpp"
#include "core/sheets/kpi_sheet_plan.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace calckpi::panel {

// KpiItem is what only KPI sheets show and hear; it goes on behind the items that models share.
enum class KpiItem : std::uint16_t { TemplateLabel = 1000, Template, UnitLabel, Unit, YearLabel, Year, Compare, Check, Missing };

class KpiSheetModel final : public Model {
public:
    explicit KpiSheetModel(Texts texts) : texts_(texts) {}

    void take(Source source) override;
    // A sheet that is there is not updated yet: its settings are not taken.
    bool take(Source, std::string_view) override { return false; }
    void takeAgain(Source source) override;
    std::optional<Message> whyUseless() const override;
    Reaction act(const Action& action) override;
    std::vector<ColumnRef> columnsNeeded() const override;
    void compute() override;
    void forget() override { computed_ = false; }
    void showChoices(View& view) const override;
    void showPreview(View& view) const override;
    bool ready() const override { return computed_ && !choices_.kpis.empty(); }
    const Wording& wording() const override;
    std::variant<Draft, std::string> draft(const std::optional<std::string>& before) const override;

    const KpiSheetChoices& choices() const { return choices_; }

private:
    void choose(std::string_view templateId);
    Reaction actOnKpis(const Action& action);
    std::vector<SourceFound> found() const;
    KpiSheetContext context() const;
    void tick(std::size_t kpi, bool on);
    std::string withValue(const Kpi& kpi) const;

    Texts texts_;
    Source source_;
    KpiSheetChoices choices_;
    bool more_ = false;
    bool computed_ = false;
    std::map<std::string, std::string> values_;  // of the KPIs, as texts
};

// whyNoKpiSheet says what a source lacks for any KPI; kpisFrom counts those that the best template can show.
std::optional<Message> whyNoKpiSheet(const Source& source);
int kpisFrom(const Source& source);

}  // namespace calckpi::panel
