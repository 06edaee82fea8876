#include "core/panel/typed_texts.hpp"

#include "core/values/text.hpp"

#include <algorithm>

namespace calckpi::panel {

std::string textsToType(const std::vector<std::string>& texts) {
    std::string field;
    for (const std::string& text : texts) field += (field.empty() ? "" : "; ") + text;
    return field;
}

std::vector<std::string> typedTexts(std::string_view field) {
    std::vector<std::string> texts;
    for (std::size_t begin = 0; begin <= field.size();) {
        const std::size_t end = std::min(field.find(';', begin), field.size());
        if (const std::string text(trimmed(field.substr(begin, end - begin))); !text.empty()) texts.push_back(text);
        begin = end + 1;
    }
    return texts;
}

}  // namespace calckpi::panel
