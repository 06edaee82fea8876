// A table in memory, standing in for a range of a sheet.
//
//   const auto table = std::make_shared<MemoryTable>(Rows{{"stage", "amount"}, {"Won", 1200.0}, {"Lost", Blank{}}});
#pragma once

#include "core/tables/table.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::support {

using Rows = std::vector<std::vector<Cell>>;

// serialOfIsoDate gives Calc's number of a date such as "2026-01-05": days since 1899-12-30. Nothing for any other text.
std::optional<double> serialOfIsoDate(std::string_view text);

// plainNumber reads a whole text such as "-12.5E3", whatever the locale. Nothing for any other text, "inf" and "nan" included.
std::optional<double> plainNumber(std::string_view text);

// PlainCulture is the same on every machine.
class PlainCulture : public Culture {
public:
    // 1899-12-30 is day 0 of a new Calc document; some documents count from 1904-01-01.
    explicit PlainCulture(std::chrono::sys_days nullDate = std::chrono::year(1899) / 12 / 30) : nullDate_(nullDate) {}

    // numberFromText knows plain numbers and ISO dates.
    std::optional<double> numberFromText(std::string_view text) const override;
    // compareTexts goes by the letters' code points, in lower case.
    int compareTexts(std::string_view left, std::string_view right) const override;
    std::chrono::sys_days nullDate() const override { return nullDate_; }

private:
    std::chrono::sys_days nullDate_;
};

// MemoryTable holds rows of cells, the headers first. All rows have as many cells as there are headers.
class MemoryTable final : public Table {
public:
    explicit MemoryTable(const Rows& rows, std::chrono::sys_days nullDate = std::chrono::year(1899) / 12 / 30);

    std::size_t rows() const override { return data_.size(); }
    const std::vector<std::string>& headers() const override { return headers_; }
    const Culture& culture() const override { return culture_; }

    // timesRead counts how often each column was read, so that a test can see that others were left alone.
    const std::vector<int>& timesRead() const { return timesRead_; }

protected:
    ColumnHandle read(std::size_t index) const override;
    // Of rows that are not asked for it keeps nothing: who looks at them is found out.
    ColumnHandle readRows(std::size_t index, std::span<const std::uint32_t> rows) const override;

private:
    std::vector<std::string> headers_;
    Rows data_;
    PlainCulture culture_;
    mutable std::vector<int> timesRead_;
};

}  // namespace calckpi::support
