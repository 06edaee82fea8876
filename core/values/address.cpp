#include "core/values/address.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <tuple>
#include <utility>

namespace calckpi {
namespace {

bool isDigit(char letter) { return letter >= '0' && letter <= '9'; }
bool isSeparator(char letter) { return letter == '.' || letter == '!'; }

std::optional<char> capital(char letter) {
    if (letter >= 'A' && letter <= 'Z') return letter;
    if (letter >= 'a' && letter <= 'z') return static_cast<char>(letter - 'a' + 'A');
    return std::nullopt;
}

// Corner is one end of a range; what an end of whole columns or rows does not say is missing.
struct Corner {
    std::string sheetPart;
    std::optional<std::string> sheet;
    std::optional<std::int32_t> column;
    std::optional<std::int32_t> row;
};

// Reader takes an address apart from its front.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}
    bool atEnd() const { return rest_.empty(); }
    bool skip(char letter) {
        if (rest_.empty() || rest_.front() != letter) return false;
        rest_.remove_prefix(1);
        return true;
    }
    std::optional<Corner> corner() {
        Corner corner;
        if (!readSheet(corner)) return std::nullopt;
        skip('$');
        if (!readColumn(corner)) return std::nullopt;
        const bool dollar = corner.column && skip('$');
        if (!readRow(corner) || (dollar && !corner.row) || (!corner.column && !corner.row)) return std::nullopt;
        return corner;
    }

private:
    // readSheet reads the sheet's name, if there is one; false for a name that does not end.
    bool readSheet(Corner& corner) {
        const std::string_view before = rest_;
        std::string_view name = rest_;
        if (name.starts_with('$')) name.remove_prefix(1);
        const bool found = name.starts_with('\'') ? readQuoted(name, corner) : readPlain(name, corner);
        if (found) corner.sheetPart = std::string(before.substr(0, before.size() - rest_.size()));
        return found || !name.starts_with('\'');
    }
    bool readQuoted(std::string_view name, Corner& corner) {
        std::string sheet;
        for (std::size_t at = 1; at < name.size(); ++at) {
            if (name[at] != '\'') {
                sheet += name[at];
            } else if (at + 1 < name.size() && name[at + 1] == '\'') {
                sheet += name[at++];
            } else {
                if (at + 1 >= name.size() || !isSeparator(name[at + 1]) || sheet.empty()) return false;
                corner.sheet = std::move(sheet);
                rest_ = name.substr(at + 2);
                return true;
            }
        }
        return false;
    }
    bool readPlain(std::string_view name, Corner& corner) {
        const std::string_view here = name.substr(0, name.find(':'));
        const std::size_t separator = here.find_last_of(".!");
        if (separator == std::string_view::npos || separator == 0) return false;
        corner.sheet = std::string(here.substr(0, separator));
        rest_ = name.substr(separator + 1);
        return true;
    }
    bool readColumn(Corner& corner) {
        std::int32_t column = 0;
        std::size_t letters = 0;
        for (; letters < rest_.size() && letters <= 3; ++letters) {
            const std::optional<char> letter = capital(rest_[letters]);
            if (!letter) break;
            column = column * 26 + (*letter - 'A' + 1);
        }
        if (letters == 0) return true;
        rest_.remove_prefix(letters);
        corner.column = column - 1;
        return letters <= 3 && column - 1 <= lastSheetColumn;
    }
    bool readRow(Corner& corner) {
        if (rest_.empty() || !isDigit(rest_.front())) return true;
        std::int32_t row = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), row);
        if (error != std::errc() || row < 1 || row - 1 > lastSheetRow) return false;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        corner.row = row - 1;
        return true;
    }

    std::string_view rest_;
};

}  // namespace

std::optional<RangeAddress> readAddress(std::string_view text) {
    Reader reader(text);
    const std::optional<Corner> from = reader.corner();
    if (!from) return std::nullopt;
    const bool cell = from->column && from->row;
    if (reader.atEnd() && !cell) return std::nullopt;  // "A" and "3" are no addresses
    std::optional<Corner> to = from;
    if (!reader.atEnd()) {
        if (!reader.skip(':')) return std::nullopt;
        to = reader.corner();
    }
    if (!to || !reader.atEnd()) return std::nullopt;
    if (from->column.has_value() != to->column.has_value() || from->row.has_value() != to->row.has_value()) return std::nullopt;
    RangeAddress address{.sheetPart = from->sheetPart, .sheet = from->sheet, .toSheet = to->sheet};
    std::tie(address.column, address.lastColumn) = std::minmax({from->column.value_or(0), to->column.value_or(lastSheetColumn)});
    std::tie(address.row, address.lastRow) = std::minmax({from->row.value_or(0), to->row.value_or(lastSheetRow)});
    return address;
}

std::string shown(const RangeAddress& address) {
    std::string text = address.sheetPart.starts_with('$') ? address.sheetPart.substr(1) : address.sheetPart;
    if (address.wholeColumns()) return text + lettersOf(address.column) + ':' + lettersOf(address.lastColumn);
    text += cellName(address.column, address.row);
    return address.oneCell() ? text : text + ':' + cellName(address.lastColumn, address.lastRow);
}

std::string lettersOf(std::int32_t column) {
    std::string letters;
    for (std::int32_t left = column + 1; left > 0; left = (left - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
    return letters;
}

std::string cellName(std::int32_t column, std::int32_t row) { return lettersOf(column) + std::to_string(row + 1); }

}  // namespace calckpi
