#include "core/panel/asked.hpp"

#include "core/recognition/role_words.hpp"
#include "core/values/text.hpp"

#include <cmath>

namespace calckpi::panel {

bool sameName(std::string_view one, std::string_view other) { return folded(one) == folded(other); }

std::optional<std::string> textAsked(const ChosenValue& value) {
    const std::vector<std::string> texts = textsAsked(value);
    return texts.size() == 1 ? std::optional(texts.front()) : std::nullopt;
}

std::vector<std::string> textsAsked(const ChosenValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return {*text};
    const auto* texts = std::get_if<std::vector<std::string>>(&value);
    return texts == nullptr ? std::vector<std::string>() : *texts;
}

std::optional<bool> answerAsked(const ChosenValue& value) {
    const std::optional<std::string> text = textAsked(value);
    if (!text || (*text != "yes" && *text != "no")) return std::nullopt;
    return *text == "yes";
}

std::string shownAsked(const ChosenValue& value) {
    if (const auto* number = std::get_if<double>(&value)) return Texts().number(*number, *number == std::floor(*number) ? 0 : 6);
    std::string shown;
    for (const std::string& text : textsAsked(value)) shown += (shown.empty() ? "" : ", ") + text;
    return shown;
}

std::optional<std::string> columnAsked(const ChosenValue& value, const TableFacts& facts) {
    const std::optional<std::string> text = textAsked(value);
    if (!text) return std::nullopt;
    for (const ColumnFacts& column : facts.columns)
        if (sameName(column.name, *text) || sameName(column.shown, *text)) return column.name;
    for (const ColumnFacts& column : facts.columns)
        if (column.role && sameName(nameOf(*column.role), *text)) return column.name;
    return std::nullopt;
}

}  // namespace calckpi::panel
