#include "core/sheets/setting_lines.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace calckpi::panel {
namespace {

constexpr std::string_view lastLine = "end";
constexpr std::string_view hexDigits = "0123456789ABCDEF";

std::string escaped(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t place = 0; place < text.size(); ++place) {
        const auto byte = static_cast<unsigned char>(text[place]);
        const bool outerBlank = byte == ' ' && (place == 0 || place + 1 == text.size() || text[place - 1] == ' ');
        if (byte >= 0x20 && byte != 0x7F && byte != '%' && !outerBlank) {
            result += text[place];
        } else {
            result += '%';
            result += hexDigits[byte >> 4U];
            result += hexDigits[byte & 0xFU];
        }
    }
    return result;
}

std::string numberText(double number) {
    std::array<char, 32> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);  // as short as gives the same back
    return {text.data(), end};
}

}  // namespace

bool readSettingText(std::string_view text, std::string& value) {
    value.clear();
    value.reserve(text.size());
    for (std::size_t place = 0; place < text.size(); ++place) {
        const auto byte = static_cast<unsigned char>(text[place]);
        if (byte < 0x20 || byte == 0x7F) return false;
        if (byte != '%') {
            value += text[place];
            continue;
        }
        if (text.size() - place < 3) return false;
        const std::size_t high = hexDigits.find(text[place + 1]);
        const std::size_t low = hexDigits.find(text[place + 2]);
        if (high == std::string_view::npos || low == std::string_view::npos) return false;
        value += static_cast<char>(high << 4U | low);
        place += 2;
    }
    return true;
}

bool readSettingNumber(std::string_view text, std::optional<double>& value) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return false;
    value = number;
    return true;
}

void SettingWriter::line(std::string_view key, std::string_view value) { text_.append(key).append(" ").append(value).append("\n"); }

void SettingWriter::text(std::string_view key, std::string_view value) { line(key, escaped(value)); }

void SettingWriter::number(std::string_view key, const std::optional<double>& value) {
    if (value && std::isfinite(*value)) line(key, numberText(*value));
}

std::string SettingWriter::done() && { return std::move(text_) + std::string(lastLine); }

bool readSettingLines(std::string_view text, std::string_view firstLine, const std::function<bool(std::string_view)>& take) {
    const auto nextLine = [&text]() -> std::optional<std::string_view> {
        if (text.empty()) return std::nullopt;
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);  // a document may come back with other line ends
        return line;
    };
    if (nextLine() != firstLine) return false;
    for (;;) {
        const std::optional<std::string_view> line = nextLine();
        if (!line) return false;
        if (*line == lastLine) return text.empty();
        if (!take(*line)) return false;
    }
}

}  // namespace calckpi::panel
