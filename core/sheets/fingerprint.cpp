#include "core/sheets/fingerprint.hpp"

#include <cctype>

namespace calckpi::panel {
namespace {

constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
constexpr std::size_t length = 4;  // digits of a print

bool isLetter(char each) {
    const auto byte = static_cast<unsigned char>(each);
    return std::isalpha(byte) != 0 || each == '_' || each == '$' || byte >= 0x80;
}
bool isInName(char each) { return isLetter(each) || std::isdigit(static_cast<unsigned char>(each)) != 0 || each == '.'; }

// quotedEnd is the place after a piece in quotes that begins at `at`; a doubled quote does not end it.
std::size_t quotedEnd(std::string_view text, std::size_t at) {
    const char quote = text[at];
    for (++at; at < text.size(); ++at) {
        if (text[at] != quote) continue;
        if (at + 1 >= text.size() || text[at + 1] != quote) return at + 1;
        ++at;
    }
    return at;
}

}  // namespace

std::string withoutReferences(std::string_view cell) {
    if (!cell.starts_with('=') && !cell.starts_with("{=")) return std::string(cell);
    std::string rest;
    for (std::size_t at = 0; at < cell.size();) {
        std::size_t end = at + 1;
        bool kept = true;
        if (cell[at] == '"') {
            end = quotedEnd(cell, at);
        } else if (cell[at] == '\'') {
            end = quotedEnd(cell, at);  // the name of a sheet
            kept = false;
        } else if (cell.substr(at).starts_with("#REF!")) {
            end = at + 5;
            kept = false;
        } else if (isLetter(cell[at])) {
            while (end < cell.size() && isInName(cell[end])) ++end;
            kept = end < cell.size() && cell[end] == '(';  // a function
        } else if (cell[at] == '.' || cell[at] == ':') {
            while (end < cell.size() && isInName(cell[end])) ++end;
            kept = false;
        } else if (std::isdigit(static_cast<unsigned char>(cell[at])) != 0) {
            while (end < cell.size() && (std::isdigit(static_cast<unsigned char>(cell[end])) != 0 || cell[end] == '.')) ++end;
        }
        if (kept) rest += cell.substr(at, end - at);
        at = end;
    }
    return rest;
}

// printOf is the FNV-1a hash of the text, folded to 24 bits.
std::uint32_t Fingerprints::printOf(std::string_view cell) {
    std::uint32_t hash = 2166136261U;
    for (const char each : withoutReferences(cell)) hash = (hash ^ static_cast<unsigned char>(each)) * 16777619U;
    return (hash >> 24U) ^ (hash & 0xFFFFFFU);
}

std::string Fingerprints::text() const {
    std::string text;
    for (const std::uint32_t print : prints_)
        for (std::size_t place = 0; place < length; ++place) text += digits[(print >> (6 * place)) & 63U];
    return text;
}

Fingerprints readFingerprints(std::string_view text) {
    Fingerprints all;
    for (std::size_t at = 0; at + length <= text.size(); at += length) {
        std::uint32_t print = 0;
        for (std::size_t place = 0; place < length; ++place) {
            const std::size_t digit = digits.find(text[at + place]);
            if (digit == std::string_view::npos) return all;
            print |= static_cast<std::uint32_t>(digit) << (6 * place);
        }
        all.prints_.insert(print);
    }
    return all;
}

}  // namespace calckpi::panel
