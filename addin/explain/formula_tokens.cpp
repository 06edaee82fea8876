#include "addin/explain/formula_tokens.hpp"

#include "addin/functions/conversion.hpp"
#include "core/kpis/catalog.hpp"

#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/sheet/FormulaLanguage.hpp>
#include <com/sun/star/sheet/FormulaMapGroup.hpp>
#include <com/sun/star/sheet/FormulaMapGroupSpecialOffset.hpp>
#include <com/sun/star/sheet/XFormulaOpCodeMapper.hpp>

#include <algorithm>
#include <iterator>

using css::sheet::FormulaOpCodeMapEntry;
using css::uno::Reference;
using css::uno::Sequence;

namespace calckpi::addin {
namespace {

namespace special_offset = css::sheet::FormulaMapGroupSpecialOffset;

const Function* functionOf(const FormulaWords& words, const css::sheet::FormulaToken& token) {
    rtl::OUString name;
    if (token.OpCode != words.external || !(token.Data >>= name)) return nullptr;
    const std::string text = toUtf8(name);
    const std::string prefix = std::string(serviceName) + '.';  // what the registration puts before a function's name
    if (!text.starts_with(prefix)) return nullptr;
    return find(std::string_view(text).substr(prefix.size()));
}

bool isBlankToken(const FormulaWords& words, const css::sheet::FormulaToken& token) {
    return token.OpCode == words.spaces || token.OpCode == words.whitespace;
}

}  // namespace

FormulaWords::FormulaWords(const Reference<css::uno::XInterface>& document) {
    const Reference<css::lang::XMultiServiceFactory> factory(document, css::uno::UNO_QUERY_THROW);
    const Reference<css::sheet::XFormulaOpCodeMapper> mapper(factory->createInstance("com.sun.star.sheet.FormulaOpCodeMapper"),
                                                             css::uno::UNO_QUERY_THROW);
    const sal_Int32 english = css::sheet::FormulaLanguage::ODFF;
    const Sequence<FormulaOpCodeMapEntry> special = mapper->getAvailableMappings(english, css::sheet::FormulaMapGroup::SPECIAL);
    const auto specialCode = [&](sal_Int32 place) { return place < special.getLength() ? special[place].Token.OpCode : -1; };
    push = specialCode(special_offset::PUSH);
    external = specialCode(special_offset::EXTERNAL);
    name = specialCode(special_offset::NAME);
    databaseRange = specialCode(special_offset::DB_AREA);
    missing = specialCode(special_offset::MISSING);
    unknown = specialCode(special_offset::BAD);
    spaces = specialCode(special_offset::SPACES);
    constexpr sal_Int32 whitespaceOffset = special_offset::COL_ROW_NAME + 1;  // newer offices have it
    whitespace = specialCode(whitespaceOffset);
    const Sequence<FormulaOpCodeMapEntry> arrays =
        mapper->getAvailableMappings(english, css::sheet::FormulaMapGroup::ARRAY_SEPARATORS);
    for (const FormulaOpCodeMapEntry& entry : arrays)
        if (entry.Name == "{") arrayOpen = entry.Token.OpCode;
    const rtl::OUString names[] = {"(", ")", ";", "*", "INDEX", "ROWS", "COLUMNS", "OFFSET", "INDIRECT"};
    sal_Int32* const codes[] = {&open, &close, &separator, &times, &index, &rows, &columns, &offset, &indirect};
    const Sequence<css::sheet::FormulaToken> found =
        mapper->getMappings(Sequence<rtl::OUString>(names, static_cast<sal_Int32>(std::size(codes))), english);
    for (sal_Int32 place = 0; place < found.getLength(); ++place) *codes[place] = found[place].OpCode;
}

std::vector<Span> argumentsAt(const FormulaWords& words, const Tokens& tokens, std::size_t open, std::size_t& end) {
    std::vector<Span> arguments;
    std::size_t depth = 0;
    std::size_t begin = open + 1;
    for (end = open; end < tokens.size(); ++end) {
        const sal_Int32 code = tokens[end].OpCode;
        if (code == words.open) ++depth;
        if (code == words.close && --depth == 0) break;
        if (code != words.separator || depth != 1) continue;
        arguments.push_back({begin, end});
        begin = end + 1;
    }
    const Span last{begin, std::min(end, tokens.size())};
    if (!arguments.empty() || !trimmed(words, tokens, last).empty()) arguments.push_back(last);
    end = std::min(end + 1, tokens.size());
    return arguments;
}

std::optional<std::size_t> callEnd(const FormulaWords& words, const Tokens& tokens, std::size_t place) {
    std::size_t open = place + 1;
    while (open < tokens.size() && isBlankToken(words, tokens[open])) ++open;
    if (open >= tokens.size() || tokens[open].OpCode != words.open) return std::nullopt;
    std::size_t end = 0;
    argumentsAt(words, tokens, open, end);
    return end;
}

std::optional<explain::UnknownName> unknownNameIn(const FormulaWords& words, const Tokens& tokens, Span part) {
    for (std::size_t place = part.begin; place < part.end; ++place) {
        rtl::OUString word;
        if (tokens[place].OpCode != words.unknown || !(tokens[place].Data >>= word)) continue;
        return explain::UnknownName{toUtf8(word), callEnd(words, tokens, place).has_value()};
    }
    return std::nullopt;
}

std::vector<CallTokens> callsIn(const FormulaWords& words, const Tokens& tokens, Span part) {
    std::vector<CallTokens> calls;
    for (std::size_t place = part.begin; place < part.end; ++place) {
        const Function* function = functionOf(words, tokens[place]);
        if (function == nullptr) continue;
        CallTokens call{.function = function, .all = {place, place}};
        std::size_t open = place + 1;
        while (open < part.end && isBlankToken(words, tokens[open])) ++open;
        if (open == part.end || tokens[open].OpCode != words.open) continue;
        call.arguments = argumentsAt(words, tokens, open, call.all.end);
        place = call.all.end - 1;
        calls.push_back(std::move(call));
    }
    return calls;
}

Span trimmed(const FormulaWords& words, const Tokens& tokens, Span part) {
    while (!part.empty() && isBlankToken(words, tokens[part.begin])) ++part.begin;
    while (!part.empty() && isBlankToken(words, tokens[part.end - 1])) --part.end;
    if (part.empty() || tokens[part.begin].OpCode != words.open) return part;
    std::size_t end = 0;
    const std::vector<Span> inner = argumentsAt(words, tokens, part.begin, end);
    return end == part.end && inner.size() == 1 ? trimmed(words, tokens, inner.front()) : part;
}

}  // namespace calckpi::addin
