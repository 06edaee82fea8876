#include "core/panel/findings_section.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"

#include <utility>

namespace calckpi::panel {
namespace {

// cellLink stands beside the sentence of a finding. Who hears it alone is told the sentence as well.
Widget cellLink(Item item, const SaidFinding& finding, const Source& source, const Texts& texts) {
    return link(item, source.cellName(finding.first), finding.sentence + ". " + texts.say(msg("Select the first such cell")));
}

}  // namespace

void FindingsSection::show(View& view, const std::vector<SaidFinding>& findings, const Source& source, const Texts& texts) const {
    if (findings.empty()) return;
    if (!open_) {
        std::string line;
        for (const SaidFinding& finding : findings) line += (line.empty() ? "" : " \u00B7 ") + finding.sentence;
        view.rows.push_back({{sentence(WidgetKind::Note, Item::DataCheckText, std::move(line)),
                              link(Item::DataCheck, "\u25B8 " + texts.say(msg("Details")),
                                   texts.say(msg("Show what was found in the data, line by line")))},
                             true});
        return;
    }
    addRow(view, link(Item::DataCheck, "\u25BE " + texts.say(msg("Found in the data")), texts.say(msg("Fold the list"))), true);
    for (std::int32_t index = 0; index < sizeOf(findings); ++index) {
        const SaidFinding& finding = findings[static_cast<std::size_t>(index)];
        Row row{{sentence(WidgetKind::Note, Item::Finding, finding.sentence)}, false};
        if (finding.first.known()) row.widgets.push_back(cellLink(Item::FindingCell, finding, source, texts));
        for (Widget& widget : row.widgets) widget.index = index;
        view.rows.push_back(std::move(row));
    }
}

Reaction FindingsSection::act(const Action& action, const std::vector<SaidFinding>& findings) {
    if (action.item == Item::DataCheck) {
        open_ = !open_;
        return Next::Draw;
    }
    if (action.item != Item::FindingCell || action.index < 0 || action.index >= sizeOf(findings)) return Next::Nothing;
    return Reaction::goTo(findings[static_cast<std::size_t>(action.index)].first);
}

void showProblem(View& view, const SaidFinding& problem, const Source& source, const Texts& texts) {
    Row row{{sentence(WidgetKind::Warning, Item::Problem, problem.sentence)}, false};
    if (problem.first.known()) row.widgets.push_back(cellLink(Item::ProblemCell, problem, source, texts));
    view.rows.push_back(std::move(row));
}

}  // namespace calckpi::panel
