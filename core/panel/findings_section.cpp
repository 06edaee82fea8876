#include "core/panel/findings_section.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"

#include <utility>

namespace calckpi::panel {

void addCellLink(View& view, ControlId item, const Finding& finding, const Source& source, const Texts& texts) {
    if (!finding.first.known()) return;
    view.rows.back().widgets.push_back(link(item, source.cellName(finding.first), texts.say(msg("Select the first such cell"))));
}

void FindingsSection::show(View& view, const std::vector<Finding>& findings, const Source& source, const Texts& texts) const {
    if (findings.empty()) return;
    if (!open_) {
        std::string line;
        for (const Finding& finding : findings) line += (line.empty() ? "" : " \u00B7 ") + sentenceOf(finding, source, texts);
        view.rows.push_back({{sentence(WidgetKind::Note, Item::DataCheckText, std::move(line)),
                              link(Item::DataCheck, "\u25B8 " + texts.say(msg("Details")),
                                   texts.say(msg("Show what was found in the data, line by line")))},
                             true});
        return;
    }
    addRow(view, link(Item::DataCheck, "\u25BE " + texts.say(msg("Found in the data")), texts.say(msg("Fold the list"))), true);
    for (std::int32_t index = 0; index < sizeOf(findings); ++index) {
        const Finding& finding = findings[static_cast<std::size_t>(index)];
        addRow(view, sentence(WidgetKind::Note, Item::Finding, sentenceOf(finding, source, texts)));
        addCellLink(view, Item::FindingCell, finding, source, texts);
        for (Widget& widget : view.rows.back().widgets) widget.index = index;
    }
}

Reaction FindingsSection::act(const Action& action, const std::vector<Finding>& findings) {
    if (action.item == Item::DataCheck) {
        open_ = !open_;
        return Next::Draw;
    }
    if (action.item != Item::FindingCell || action.index < 0 || action.index >= sizeOf(findings)) return Next::Nothing;
    return Reaction::goTo(findings[static_cast<std::size_t>(action.index)].first);
}

std::optional<Finding> otherCurrencies(const Source& source, const std::string& amount, const std::vector<Criterion>& filters) {
    const ColumnFacts* currency = source.facts->column(Role::Currency);
    if (currency == nullptr && source.currencies.empty()) return std::nullopt;
    return otherCurrencies(source.table, {currency == nullptr ? std::string() : currency->name, amount}, source.currencies,
                           filters);
}

std::string sentenceOf(const Finding& finding, const Source& source, const Texts& texts) {
    return said(finding, texts, source.cellName(finding.first));
}

void showProblem(View& view, const Finding& problem, const std::string& inTheWay, const Source& source, const Texts& texts) {
    addRow(view, sentence(WidgetKind::Warning, Item::Problem, sentenceOf(problem, source, texts)));
    addCellLink(view, Item::ProblemCell, problem, source, texts);
    if (!inTheWay.empty())
        addRow(view, button(Item::LeaveOut, texts.say(msg("Leave out {column}"), {{"column", inTheWay}}),
                            texts.say(msg("Make the table without this column"))));
}

}  // namespace calckpi::panel
