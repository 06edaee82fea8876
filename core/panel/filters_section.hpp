// The filters of a table: which rows are taken. Below those that hold there is always an empty one to fill in.
#pragma once

#include "core/panel/model.hpp"
#include "core/recognition/recognition.hpp"

#include <string>
#include <vector>

namespace calckpi::panel {

class FiltersSection {
public:
    void clear() { waiting_.clear(); }
    // `first` is the index of the first filter, where a view shows filters of several things.
    void show(View& view, const std::vector<Criterion>& filters, const std::vector<SourceColumn>& columns, const Texts& texts,
              std::int32_t first = 0) const;
    // act changes the filters as the user did; Next::Nothing if it was another control.
    Next act(const Action& action, std::vector<Criterion>& filters, const std::vector<SourceColumn>& columns,
             std::int32_t first = 0);

private:
    Next chooseColumn(std::size_t index, const std::string& column, std::vector<Criterion>& filters);
    Next typeTest(std::size_t index, const std::string& test, std::vector<Criterion>& filters);

    std::string waiting_;  // the column of a filter that has no condition yet
};

// showSubtotals says that the subtotals of a report are left out, as long as the filter that does it is there.
void showSubtotals(View& view, const std::vector<Criterion>& filters, const TableFacts& facts, const Texts& texts);

}  // namespace calckpi::panel
