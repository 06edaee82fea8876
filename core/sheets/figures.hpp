// Figures: the columns of a funnel table, and which of them have something to say for given choices.
#pragma once

#include "core/recognition/choices.hpp"

#include <cstdint>
#include <vector>

namespace calckpi::panel {

// Figure is a column that a funnel function can give.
enum class Figure : std::uint8_t { Segment, Stage, Count, OfPrevious, OfFirst, Lost, Open, MedianDays, Value, Low, High };

// placeOf is the column of a figure in what the function gives, counted from 1.
std::int32_t placeOf(Figure figure, const Choices& choices);

// figuresOf are the columns that have something to say for the shape and the options.
std::vector<Figure> figuresOf(const Choices& choices);

// isAcross tells counts that are in rows.
inline bool isAcross(const Choices& choices) { return choices.shape == Shape::Counts && choices.across; }
inline bool isStep(const ChosenStage& stage) { return stage.outcome != Outcome::Lost; }
// isSplit tells whether there is a block of rows for each segment.
inline bool isSplit(const Choices& choices) { return choices.shape != Shape::Counts && !choices.by.empty(); }
// losesAny tells whether a unit can be lost at all.
bool losesAny(const Choices& choices);

// saysWhereLost tells whether something says at which stage a deal was lost.
bool saysWhereLost(const Choices& choices);
// hasBounds tells whether shares have low and high.
bool hasBounds(const Choices& choices);

}  // namespace calckpi::panel
