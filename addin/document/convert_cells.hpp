// Conversion in place: cells of a column turn from texts into numbers or dates with a number format, in one undo step.
#pragma once

#include "addin/document/obstacles.hpp"
#include "core/recognition/column_conversion.hpp"

#include <com/sun/star/uno/Reference.hxx>
#include <com/sun/star/uno/XInterface.hpp>
#include <rtl/ustring.hxx>

#include <cstddef>
#include <optional>

namespace calckpi::sidebar {

// obstacleToConverting tells what stands in the way of changing cells: a document or a sheet that may not be changed.
std::optional<Obstacle> obstacleToConverting(const css::uno::Reference<css::uno::XInterface>& document, const Area& column);

// convertCells changes the cells of a column, whose first row is row 0 of the plan. Formulas stay, and their number is given back.
std::size_t convertCells(const css::uno::Reference<css::uno::XInterface>& document, const Area& column,
                         const panel::ColumnConversion& plan, const rtl::OUString& title);

}  // namespace calckpi::sidebar
