// Culture: how a document writes, sorts and counts. What a table's texts mean depends on it, wherever its rows are stored.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace calckpi {

class Culture {
public:
    Culture() = default;
    Culture(const Culture&) = delete;
    Culture& operator=(const Culture&) = delete;
    virtual ~Culture() = default;

    // numberFromText reads a number or a date as the document would if a user typed it.
    virtual std::optional<double> numberFromText(std::string_view text) const = 0;
    // compareTexts tells which text comes first where the document sorts: negative, 0 or positive. Case does not matter.
    virtual int compareTexts(std::string_view left, std::string_view right) const = 0;
    // nullDate is the day that the document counts as 0.
    virtual std::chrono::sys_days nullDate() const = 0;
};

}  // namespace calckpi
