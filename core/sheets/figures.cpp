#include "core/sheets/figures.hpp"

#include <algorithm>

namespace calckpi::panel {
namespace {

bool canBeOpen(const Choices& choices) { return choices.shape == Shape::Stages || choices.shape == Shape::Events; }

}  // namespace

std::int32_t placeOf(Figure figure, const Choices& choices) {
    const bool counts = choices.shape == Shape::Counts;
    const std::int32_t first = isSplit(choices) ? 2 : 1;
    switch (figure) {
        case Figure::Segment: return 1;
        case Figure::Stage: return first;
        case Figure::Count: return first + 1;
        case Figure::OfPrevious: return first + 2;
        case Figure::OfFirst: return first + 3;
        case Figure::Lost: return first + 4;
        case Figure::Open: return first + 5;
        case Figure::MedianDays: return first + 6;
        case Figure::Value: return first + (counts ? 7 : 8);
        case Figure::Low: return first + (counts ? 5 : 9);
        case Figure::High: return first + (counts ? 6 : 10);
    }
    return 0;
}

bool losesAny(const Choices& choices) {
    switch (choices.shape) {
        case Shape::Stages: return !std::all_of(choices.stages.begin(), choices.stages.end(), isStep);
        case Shape::Events: return choices.window.has_value();  // without an end to wait for, all that have not moved on are open
        case Shape::Counts:
        case Shape::Dates: break;
    }
    return true;
}

bool saysWhereLost(const Choices& choices) {
    return choices.shape != Shape::Stages || choices.statusDecides || !choices.lostStage.empty();
}

bool hasBounds(const Choices& choices) {
    // With dates that each stand for themselves a count may be above that of the stage before: no share, no bounds.
    return choices.intervals && (choices.shape != Shape::Dates || choices.fill != DateFill::Each);
}

std::vector<Figure> figuresOf(const Choices& choices) {
    std::vector<Figure> figures;
    if (isSplit(choices)) figures.push_back(Figure::Segment);
    for (const Figure always : {Figure::Stage, Figure::Count, Figure::OfPrevious, Figure::OfFirst}) figures.push_back(always);
    if (losesAny(choices)) figures.push_back(Figure::Lost);
    if (canBeOpen(choices)) figures.push_back(Figure::Open);
    if (choices.shape == Shape::Dates || choices.shape == Shape::Events) figures.push_back(Figure::MedianDays);
    if ((choices.shape == Shape::Counts || choices.shape == Shape::Stages) && !choices.amount.empty())
        figures.push_back(Figure::Value);
    if (hasBounds(choices))
        for (const Figure bound : {Figure::Low, Figure::High}) figures.push_back(bound);
    return figures;
}

}  // namespace calckpi::panel
