// TableModel: a table of any of the catalog's table functions. What can be chosen derives from the function's row: a column is a
// drop-down of headers, an option one of its words, a date or a number a field.
//
// Its parts: table_fields (the choices as controls), table_figures (the first rows of the table).
#pragma once

#include "core/panel/filters_section.hpp"
#include "core/panel/findings_section.hpp"
#include "core/panel/model.hpp"
#include "core/sheets/table_plan.hpp"
#include "core/sheets/table_preview.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

class TableModel final : public Model {
public:
    TableModel(const TableKind& kind, Texts texts);

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

    const TableChoices& choices() const { return choices_; }
    const std::optional<TablePreview>& preview() const { return preview_; }

private:
    void begin(Source source, TableChoices choices);
    void findStates();
    bool addsAmounts() const;
    Reaction actOnChoices(const Action& action);

    // Fields
    bool isRare(const TableField& field) const;
    std::vector<SourceColumn> columnsFor(const TableField& field) const;
    std::string shownValue(const TableField& field) const;
    Widget control(const TableField& field) const;
    void readTyped();
    Next chooseEntry(const TableField& field, std::int32_t entry);
    Next typeValue(const TableField& field, const std::string& text);
    std::optional<ChosenValue> asked(const TableField& field, const ChosenValue& value) const;
    std::string unreadable(const TableField& field) const;
    std::string inTheWay() const;

    const TableKind& kind_;
    Texts texts_;
    std::vector<TableField> fields_;
    Source source_;
    std::vector<SourceColumn> columns_;
    TableChoices choices_;
    std::map<std::string, std::string, std::less<>> typed_;  // what is in the fields, by parameter
    bool more_ = false;
    bool keepStates_ = false;  // what is won and lost comes from the user or from a table's settings
    FiltersSection filters_;
    FindingsSection findings_;
    std::optional<TablePreview> preview_;
    std::optional<Finding> currencies_;      // amounts of several that are added
    std::optional<Message> formulaProblem_;  // of the choices that the preview is of
};

// showTableFigures shows the first rows of a table, or the last of one that goes by periods, with the columns that say most.
void showTableFigures(View& view, const TablePreview& preview, const TableChoices& choices, std::chrono::sys_days nullDate,
                      const Texts& texts);

}  // namespace calckpi::panel
