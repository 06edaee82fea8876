// A table that has its columns read already, so that only the core is measured.
#pragma once

#include "core/tables/table.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace calckpi {

class ReadyTable final : public Table {
public:
    ReadyTable(std::vector<std::string> headers, std::vector<ColumnHandle> columns)
        : headers_(std::move(headers)), columns_(std::move(columns)) {}

    std::size_t rows() const override { return columns_.front()->rows(); }
    const std::vector<std::string>& headers() const override { return headers_; }
    const Culture& culture() const override { return culture_; }

protected:
    ColumnHandle read(std::size_t index) const override { return columns_[index]; }

private:
    struct ReadyCulture final : Culture {
        std::optional<double> numberFromText(std::string_view) const override { return std::nullopt; }
        int compareTexts(std::string_view left, std::string_view right) const override { return left.compare(right); }
        std::chrono::sys_days nullDate() const override { return std::chrono::year(1899) / 12 / 30; }
    };
    ReadyCulture culture_;
    std::vector<std::string> headers_;
    std::vector<ColumnHandle> columns_;
};

}  // namespace calckpi
