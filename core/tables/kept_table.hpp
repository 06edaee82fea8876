// KeptTable reads each column of another table once. Hand one over when several questions are asked of the same cells: a preview
// after each change of the choices.
#pragma once

#include "core/tables/frame.hpp"

#include <utility>
#include <vector>

namespace calckpi::panel {

class KeptTable final : public Table {
public:
    explicit KeptTable(TableHandle source) : source_(std::move(source)), columns_(source_->headers().size()) {}

    std::size_t rows() const override { return source_->rows(); }
    const std::vector<std::string>& headers() const override { return source_->headers(); }
    const Culture& culture() const override { return source_->culture(); }

protected:
    ColumnHandle read(std::size_t index) const override {
        if (!columns_[index]) columns_[index] = source_->look(index);
        return columns_[index];
    }

private:
    TableHandle source_;
    mutable std::vector<ColumnHandle> columns_;
};

}  // namespace calckpi::panel
