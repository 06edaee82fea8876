#include "core/panel/funnel_model.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace calckpi::panel {
namespace {

// So many stages have room for bars, and so many for a line each, above a button that is to be in sight.
constexpr std::size_t mostWithBars = 6;
constexpr std::size_t mostShown = 8;

// FigureTable lays the preview's table out: a name, and figures below one another.
class FigureTable {
public:
    FigureTable(const Preview& preview, const Source& source, const Texts& texts)
        : preview_(preview), source_(source), texts_(texts) {
        for (const StageFigures& stage : preview.stages) {
            longest_ = std::max(longest_, stage.count);
            days_ = days_ || stage.medianDays;
        }
    }
    void show(View& view) {
        view.rows.push_back(header());
        index_ = 0;
        const std::size_t all = preview_.stages.size();
        const std::size_t first = all <= mostShown ? all : mostShown - 2;
        for (std::size_t place = 0; place < first; ++place) showStage(view, place);
        if (first == all) return;
        addRow(view, sentence(WidgetKind::Note, Item::PreviewRest,
                              texts_.say(msg("{n} more stage", "{n} more stages"), static_cast<std::int64_t>(all - first - 1))));
        showStage(view, all - 1);  // what the funnel is about
    }

private:
    void showStage(View& view, std::size_t place) {
        const StageFigures& stage = preview_.stages[place];
        view.rows.push_back(row(stage));
        if (preview_.stages.size() <= mostWithBars) addRow(view, barOf(stage, static_cast<std::int32_t>(place)));
        if (place == 0 && preview_.lostAnywhere) showLost(view, *preview_.lostAnywhere);
    }
    // Beside the count that they belong to: they make the share of the next stage too small.
    void showLost(View& view, const Finding& lost) const {
        addRow(view, sentence(WidgetKind::Note, Item::LostAnywhere, sentenceOf(lost, source_, texts_)));
        addCellLink(view, Item::LostAnywhereCell, lost, source_, texts_);
    }
    Row header() {
        Row row{{name(Item::PreviewHeader, ""), count(Item::PreviewHeader, texts_.say(msg("Count"))),
                 cell(Item::PreviewHeader, texts_.say(msg("Prev.")), texts_.say(msg("Share of the stage before"))),
                 cell(Item::PreviewHeader, texts_.say(msg("First")), texts_.say(msg("Share of the first stage")))},
                false};
        if (days_)
            row.widgets.push_back(
                cell(Item::PreviewHeader, texts_.say(msg("Days")), texts_.say(msg("Median days from the stage before"))));
        return row;
    }
    Row row(const StageFigures& stage) {
        const auto share = [&](const std::optional<double>& part) { return part ? texts_.percent(*part) : std::string(); };
        Row row{{name(Item::PreviewRow, stage.stage), count(Item::PreviewRow, texts_.number(stage.count)),
                 cell(Item::PreviewRow, share(stage.ofPrevious)), cell(Item::PreviewRow, share(stage.ofFirst))},
                false};
        row.widgets.front().help = stage.stage;
        if (days_)
            row.widgets.push_back(cell(Item::PreviewRow, stage.medianDays ? texts_.number(*stage.medianDays, 1) : std::string()));
        return row;
    }
    Widget barOf(const StageFigures& stage, std::int32_t index) const {
        return {.kind = WidgetKind::Bar,
                .item = Item::PreviewBar,
                .index = index,
                .part = longest_ > 0 ? stage.count / longest_ : 0,
                .openPart = stage.open && stage.count > 0 ? *stage.open / stage.count : 0};
    }
    // A cell of the table: the stage's name, or a figure.
    Widget cell(Item item, std::string text, std::string help = "") {
        return {.kind = WidgetKind::Figure,
                .item = item,
                .index = index_++,
                .text = std::move(text),
                .help = std::move(help),
                .stretch = 2};
    }
    Widget name(Item item, std::string text) {
        Widget widget = cell(item, std::move(text));
        widget.kind = WidgetKind::Label;
        widget.stretch = 4;
        return widget;
    }
    // Figures are cut where they end: a million of which "048,575" is left would be another number.
    Widget count(Item item, std::string text) {
        Widget widget = cell(item, std::move(text));
        widget.stretch = longest_ >= 1e6 ? 4 : longest_ >= 1e5 ? 3 : widget.stretch;
        return widget;
    }

    const Preview& preview_;
    const Source& source_;
    const Texts& texts_;
    double longest_ = 0;
    bool days_ = false;
    std::int32_t index_ = 0;
};

}  // namespace

void FunnelModel::showPreview(View& view) const {
    if (!preview_) return;
    if (preview_->problem) {
        showProblem(view, *preview_->problem, inTheWay(), source_, texts_);
    } else {
        FigureTable(*preview_, source_, texts_).show(view);
    }
    findings_.show(view, preview_->findings, source_, texts_);
}

}  // namespace calckpi::panel
