#include "core/recognition/repeated_headers.hpp"

#include "core/values/text.hpp"

#include <algorithm>
#include <string_view>

namespace calckpi::panel {
namespace {

// ownTexts tells for each text of a column whether it is the column's header; the first text stands for cells without one.
std::vector<char> ownTexts(const std::string& header, const Column& column) {
    std::vector<char> own;
    const std::string key = folded(header);
    for (const std::string& text : column.texts()) own.push_back(static_cast<char>(!key.empty() && folded(text) == key));
    return own;
}

// isPlain is true for a header that a criterion takes as it is: no sign of it stands for others.
bool isPlain(std::string_view header) {
    constexpr std::string_view signs = "*?~.[](){}|^$+\\<>=\"";
    return !isBlank(header) && header.find_first_of(signs) == std::string_view::npos &&
           !(header.front() >= '0' && header.front() <= '9');
}

}  // namespace

std::optional<std::size_t> repeatedHeader(const std::vector<std::string>& headers, const std::vector<ColumnHandle>& columns) {
    if (columns.empty()) return std::nullopt;
    std::vector<std::vector<char>> own;
    for (std::size_t column = 0; column < columns.size(); ++column) own.push_back(ownTexts(headers[column], *columns[column]));
    const auto repeats = [&](std::size_t column, std::size_t row) {
        return columns[column]->kind(row) == CellKind::Text && own[column][columns[column]->textIndex(row)] != 0;
    };
    std::optional<std::size_t> telling;
    for (std::size_t row = 0; row < columns.front()->rows(); ++row) {
        std::optional<std::size_t> first;
        std::size_t headersHere = 0;
        for (std::size_t column = 0; column < columns.size(); ++column) {
            if (!repeats(column, row)) continue;
            ++headersHere;
            if (!first && isPlain(headers[column])) first = column;
        }
        if (headersHere >= 2 && first && (!telling || repeats(*telling, row))) telling = telling ? telling : first;
    }
    return telling;
}

}  // namespace calckpi::panel
