// Why a table was not written, in sentences for the user. Whatever the office throws, its own text is none of them: that speaks of
// files and lines of the office's source.
#pragma once

#include "addin/document/obstacles.hpp"
#include "core/texts/message.hpp"

#include <exception>
#include <string>

namespace calckpi::sidebar {

// sayObstacle says what stands in the way of writing, and what to do about it.
std::string sayObstacle(const Obstacle& obstacle, const panel::Texts& texts);
// sayObstacleToConverting says why cells cannot be changed where they are.
std::string sayObstacleToConverting(const Obstacle& obstacle, const panel::Texts& texts);

// whyNotWritten is what to say of an exception that ended the writing of a table; the step has been undone by then.
panel::Message whyNotWritten(const std::exception_ptr& thrown);
// whyGivenUp is what to say of one that ended anything else the panel does.
panel::Message whyGivenUp(const std::exception_ptr& thrown);

}  // namespace calckpi::sidebar
