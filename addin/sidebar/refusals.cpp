#include "addin/sidebar/refusals.hpp"

#include "addin/functions/conversion.hpp"

#include <com/sun/star/uno/Exception.hpp>

#include <new>

namespace calckpi::sidebar {

// sayObstacle says what stands in the way of writing, and what to do about it.
std::string sayObstacle(const Obstacle& obstacle, const panel::Texts& texts) {
    const panel::Slot cells{"cells", addin::toUtf8(obstacle.cells)};
    const bool one = obstacle.cells.indexOf(':') < 0 && obstacle.cells.indexOf(',') < 0;
    const auto saidOf = [&](panel::Message message) { return texts.say(message, one ? 1 : 2, {cells}); };
    switch (obstacle.kind) {
        case ObstacleKind::ReadOnlyDocument:
            return texts.say(panel::msg("The document is read-only. Save it under another name, then insert the table there"));
        case ObstacleKind::ProtectedDocument:
            return texts.say(
                panel::msg("The structure of the document is protected. Lift it under Tools - Protect Spreadsheet Structure, "
                           "or insert the table at a cell"));
        case ObstacleKind::FullDocument:
            return texts.say(
                panel::msg("The document has as many sheets as Calc can count. Delete one, or insert the table at a cell"));
        case ObstacleKind::ProtectedStyles:
            return texts.say(panel::msg("The sheet {sheet} is protected, and as long as one is, Calc makes no cell styles. Lift it "
                                        "under Tools - Protect Sheet until the table is there"),
                             {{"sheet", addin::toUtf8(obstacle.sheet)}});
        case ObstacleKind::ProtectedSheet:
            return texts.say(
                panel::msg("The sheet {sheet} is protected. Lift it under Tools - Protect Sheet, or choose another place"),
                {{"sheet", addin::toUtf8(obstacle.sheet)}});
        case ObstacleKind::BeyondSheet:
            return texts.say(panel::msg("The sheet ends before the table does. Choose a cell farther up or to the left"));
        case ObstacleKind::InSource:
            return saidOf(panel::msg("{cells} belongs to the data of the table. Choose another place",
                                     "{cells} belong to the data of the table. Choose another place"));
        case ObstacleKind::MergedCells:
            return texts.say(
                panel::msg("{cells} are merged. Split them under Format - Merge and Unmerge Cells, or choose another place"),
                {cells});
        case ObstacleKind::ArrayFormula:
            return texts.say(panel::msg("{cells} belong to an array formula. Choose another place"), {cells});
        case ObstacleKind::FilledCells:
            return saidOf(panel::msg("{cells} is not empty. Choose another place, or overwrite it",
                                     "{cells} are not empty. Choose another place, or overwrite them"));
        case ObstacleKind::NoRoomBelow:
            return texts.say(panel::msg("The table needs more rows, and {cells} are beside what would have to move down. Make room "
                                        "below the table first"),
                             {cells});
        case ObstacleKind::UserCells:
            return texts.say(
                panel::msg("On the sheet {sheet}, {cells} hold something that you typed or changed. Move it, or overwrite it"),
                {{"sheet", addin::toUtf8(obstacle.sheet)}, cells});
        case ObstacleKind::CopiedSheet:
            return texts.say(panel::msg(
                "A sheet of this KPI sheet has been copied, and the copy would change with it. Turn the copy into values "
                "(Data - Calculate - Formula to Value), or delete it"));
    }
    return {};
}

std::string sayObstacleToConverting(const Obstacle& obstacle, const panel::Texts& texts) {
    if (obstacle.kind == ObstacleKind::ProtectedSheet)
        return texts.say(panel::msg("The sheet {sheet} is protected. Lift it under Tools - Protect Sheet"),
                         {{"sheet", addin::toUtf8(obstacle.sheet)}});
    return texts.say(panel::msg("The document is read-only. Save it under another name, then convert the cells there"));
}

panel::Message whyNotWritten(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const std::bad_alloc&) {
        return panel::msg("There is not enough memory to write the table");
    } catch (...) {
        return panel::msg("Calc could not write the table, and nothing was changed. Try another place, or values only");
    }
}

panel::Message whyGivenUp(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const css::uno::Exception&) {
        return panel::msg("These cells are not there any more");
    } catch (const std::bad_alloc&) {
        return panel::msg("There is not enough memory for this. Select fewer rows or columns");
    } catch (...) {
        return panel::msg("Something went wrong. Select the data again");
    }
}

}  // namespace calckpi::sidebar
