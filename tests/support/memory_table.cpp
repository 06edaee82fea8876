#include "tests/support/memory_table.hpp"

#include "core/values/text.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <stdexcept>

namespace calckpi::support {

std::optional<double> plainNumber(std::string_view text) {
    double number = 0;
    // from_chars takes no plus sign, but words such as "inf".
    if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
    if (text.empty() || text.find_first_not_of("0123456789+-.eE") != std::string_view::npos) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<double> serialOfIsoDate(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto part = [text](std::size_t from, std::size_t size) {
        int number = -1;
        const char* begin = text.data() + from;
        const auto [end, error] = std::from_chars(begin, begin + size, number);
        return error == std::errc() && end == begin + size ? number : -1;
    };
    const int month = part(5, 2);
    const int day = part(8, 2);
    if (part(0, 4) < 0 || month < 0 || day < 0) return std::nullopt;
    const std::chrono::year_month_day date(std::chrono::year(part(0, 4)), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day)));
    if (!date.ok()) return std::nullopt;
    constexpr std::chrono::sys_days nullDate = std::chrono::year(1899) / 12 / 30;
    return static_cast<double>((std::chrono::sys_days(date) - nullDate).count());
}

MemoryTable::MemoryTable(const Rows& rows, std::chrono::sys_days nullDate) : culture_(nullDate) {
    if (rows.empty()) throw std::invalid_argument("a table has a row of headers");
    for (const Cell& header : rows.front()) {
        const std::string* text = std::get_if<std::string>(&header);
        if (text == nullptr && !std::holds_alternative<Blank>(header)) throw std::invalid_argument("a header is a text or blank");
        headers_.push_back(text == nullptr ? std::string() : *text);
    }
    data_.assign(rows.begin() + 1, rows.end());
    for (const std::vector<Cell>& row : data_)
        if (row.size() != headers_.size()) throw std::invalid_argument("a row has as many cells as there are headers");
    timesRead_.resize(headers_.size());
}

int PlainCulture::compareTexts(std::string_view left, std::string_view right) const {
    return lowered(left).compare(lowered(right));
}

std::optional<double> PlainCulture::numberFromText(std::string_view text) const {
    if (const std::optional<double> date = serialOfIsoDate(text)) return date;
    return plainNumber(text);
}

namespace {

void add(Column& column, const Cell& cell) {
    if (const double* number = std::get_if<double>(&cell))
        column.addNumber(*number);
    else if (const std::string* text = std::get_if<std::string>(&cell))
        column.addText(*text);
    else if (const CellError* error = std::get_if<CellError>(&cell))
        column.addError(error->code);
    else
        column.addBlank();
}

}  // namespace

ColumnHandle MemoryTable::read(std::size_t index) const {
    ++timesRead_[index];
    auto column = std::make_shared<Column>();
    column->reserve(data_.size());
    for (const std::vector<Cell>& row : data_) add(*column, row[index]);
    return column;
}

ColumnHandle MemoryTable::readRows(std::size_t index, std::span<const std::uint32_t> rows) const {
    const bool hasErrors =
        std::any_of(data_.begin(), data_.end(), [&](const auto& row) { return std::holds_alternative<CellError>(row[index]); });
    if (hasErrors) return read(index);
    ++timesRead_[index];
    auto column = std::make_shared<Column>();
    for (const std::uint32_t row : rows) {
        column->addBlanks(row - column->rows());
        add(*column, data_[row][index]);
    }
    column->addBlanks(data_.size() - column->rows());
    return column;
}

}  // namespace calckpi::support
