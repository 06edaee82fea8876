#include "core/sheets/plain_formula.hpp"

#include "core/kpis/catalog.hpp"
#include "core/sheets/formula_parts.hpp"
#include "core/values/address.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace calckpi::panel {
namespace {

// A formula as long as this, of calls within calls, nobody reads any more.
constexpr std::size_t longest = 8'000;

// ---- Tokens -------------------------------------------------------------------------------------------------------------------

enum class TokenKind : std::uint8_t { Number, Text, Word, Sign, End };

// Token is a part of a formula, as written. A word is a name, a function or an address with its sheet.
struct Token {
    TokenKind kind = TokenKind::End;
    std::string_view text{};
    std::size_t begin = 0;
    std::size_t end() const { return begin + text.size(); }
    bool is(std::string_view sign) const { return kind == TokenKind::Sign && text == sign; }
};

bool isDigit(char letter) { return letter >= '0' && letter <= '9'; }
bool isOfWord(char letter) {
    const bool latin = (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
    return latin || isDigit(letter) || letter == '.' || letter == '_' || letter == '$' || letter == '\'' || (letter & 0x80) != 0;
}

// quotedEnd is the place behind a text in quotes; a doubled quote is one of the text.
std::size_t quotedEnd(std::string_view text, std::size_t at) {
    const char quote = text[at];
    for (++at; at < text.size(); ++at)
        if (text[at] == quote) {
            if (at + 1 >= text.size() || text[at + 1] != quote) return at + 1;
            ++at;
        }
    return text.size();
}

std::size_t wordEnd(std::string_view text, std::size_t at) {
    while (at < text.size() && isOfWord(text[at])) {
        at = text[at] == '\'' ? quotedEnd(text, at) : at + 1;
        // A range of cells is one word.
        if (at + 1 < text.size() && text[at] == ':' && isOfWord(text[at + 1])) ++at;
    }
    return at;
}

std::size_t numberEnd(std::string_view text, std::size_t at) {
    const auto digits = [&] {
        while (at < text.size() && (isDigit(text[at]) || text[at] == '.')) ++at;
    };
    digits();
    if (at >= text.size() || text[at] != 'E') return at;
    const std::size_t sign = at + 1 < text.size() && (text[at + 1] == '+' || text[at + 1] == '-') ? 2 : 1;
    if (at + sign >= text.size() || !isDigit(text[at + sign])) return at;
    at += sign;
    digits();
    return at;
}

std::size_t signEnd(std::string_view text, std::size_t at) {
    const std::string_view two = text.substr(at, 2);
    return at + (two == "<=" || two == ">=" || two == "<>" ? 2 : 1);
}

std::vector<Token> tokensOf(std::string_view text) {
    std::vector<Token> tokens;
    const auto add = [&](TokenKind kind, std::size_t begin, std::size_t end) {
        tokens.push_back({kind, text.substr(begin, end - begin), begin});
        return end;
    };
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == ' ' || text[at] == '\n')
            ++at;
        else if (text[at] == '"')
            at = add(TokenKind::Text, at, quotedEnd(text, at));
        else if (isDigit(text[at]))
            at = add(TokenKind::Number, at, numberEnd(text, at));
        else if (isOfWord(text[at]))
            at = add(TokenKind::Word, at, wordEnd(text, at));
        else
            at = add(TokenKind::Sign, at, signEnd(text, at));
    }
    tokens.push_back({TokenKind::End, {}, text.size()});
    return tokens;
}

// nameOfOurs is the name of the function of ours that is called at a token; empty for any other.
std::string_view nameOfOurs(const std::vector<Token>& tokens, std::size_t at) {
    const Token& token = tokens[at];
    if (token.kind != TokenKind::Word || !token.text.starts_with(formulaPrefix) || !tokens[at + 1].is("(")) return {};
    return token.text.substr(formulaPrefix.size());
}

// ---- Arguments ----------------------------------------------------------------------------------------------------------------

// Calc's functions that may stand in an argument: one number or error each time, the same wherever the formula stands.
constexpr std::string_view givingNumbers[] = {
    "ABS", "AVERAGE", "AVERAGEIF", "AVERAGEIFS", "COUNT",   "COUNTA", "COUNTBLANK", "COUNTIF", "COUNTIFS", "DATE",       "DAY",
    "MAX", "MEDIAN",  "MIN",       "MONTH",      "PRODUCT", "ROUND",  "SUM",        "SUMIF",   "SUMIFS",   "SUMPRODUCT", "YEAR"};

// Sort is what an argument is sure to be. A cell may hold anything; an expression is a number, or an error that Calc knows before
// those of cells.
enum class Sort : std::uint8_t { Literals, Cell, Expression };

// Part is an argument that may stand in a plain formula.
struct Part {
    std::string text{};
    Sort sort = Sort::Expression;
    std::vector<double> literals{};  // one, or those of an inline array
    bool array = false;
    bool atomic = false;  // needs no parentheses in any place
    std::string early{};  // of a cell that is looked for: the search, whose error comes before those of cells
};

// Place is what stands for a parameter.
struct Place {
    Part part{};
    bool given = false;
};

// fits tells whether a part may stand for a parameter. Calc hands cells over to parameters of numbers as its operators read them;
// to any others with a text that its functions would skip or turn into a number.
bool fits(const Part& part, const Parameter& parameter) {
    if (part.sort == Sort::Cell) return parameter.kind == Kind::Number;
    if (part.array && parameter.kind != Kind::Series) return false;
    return std::all_of(part.literals.begin(), part.literals.end(), [&](double number) { return parameter.domain.holds(number); });
}

// ---- Guards -------------------------------------------------------------------------------------------------------------------

bool hasLeast(const Parameter& parameter) { return parameter.domain.least > -std::numeric_limits<double>::infinity(); }
bool hasMost(const Parameter& parameter) { return parameter.domain.most < std::numeric_limits<double>::infinity(); }

std::string signBeyond(const std::string& text, double bound) {
    return "SIGN(" + text + (bound == 0 ? std::string() : "-" + numberConstant(bound)) + ")";
}

// addBounds adds the conditions under which an argument is outside its parameter's bounds. Where there are none it is one that
// never holds, and lets the argument's errors through.
void addBounds(std::vector<std::string>& guards, const Part& part, const Parameter& parameter) {
    if (hasLeast(parameter)) guards.push_back(signBeyond(part.text, parameter.domain.least) + "<0");
    if (hasMost(parameter)) guards.push_back(signBeyond(part.text, parameter.domain.most) + ">0");
    if (!hasLeast(parameter) && !hasMost(parameter)) guards.push_back("SIGN(" + part.text + ")>1");
}

std::string anyOf(const std::vector<std::string>& guards) {
    if (guards.size() == 1) return guards.front();
    std::string all = "OR(";
    for (const std::string& guard : guards) all += guard + ';';
    all.back() = ')';
    return all;
}

// guardsOf a call stand in the order in which Calc prefers the errors of our arguments: those of expressions from the first on,
// then those of cells from the last on. OR and IF show the first that they meet. Empty where nothing can be wrong.
std::string guardsOf(const std::vector<Place>& places, std::span<const Parameter> parameters) {
    std::vector<std::size_t> open;
    for (std::size_t index = 0; index < places.size(); ++index)
        if (places[index].part.sort != Sort::Literals) open.push_back(index);
    if (open.empty() || (open.size() == 1 && !hasLeast(parameters[open[0]]) && !hasMost(parameters[open[0]]))) return {};
    std::vector<std::string> guards;
    for (const std::size_t index : open) {
        const Part& part = places[index].part;
        if (part.sort == Sort::Expression) addBounds(guards, part, parameters[index]);
        if (!part.early.empty() && open.size() > 1) guards.push_back(part.early + "<0");
    }
    for (std::size_t last = open.size(); last-- > 0;)
        if (places[open[last]].part.sort == Sort::Cell) addBounds(guards, places[open[last]].part, parameters[open[last]]);
    return anyOf(guards);
}

// ---- The row's formula ----------------------------------------------------------------------------------------------------------

// Filling writes a row's plain formula with the arguments of a call.
class Filling {
public:
    Filling(const Function& function, const std::vector<Place>& places) : function_(function), places_(places) {}

    std::string fill(std::string_view plain) {
        std::string text;
        for (std::size_t at = 0; at < plain.size(); ++at) {
            if (plain[at] == '[') {
                const std::size_t close = closing(plain, at);
                const std::string_view inner = plain.substr(at + 1, close - at - 1);
                if (namesGiven(inner)) text += fill(inner);
                at = close;
            } else if (plain[at] == '{') {
                const std::size_t close = plain.find('}', at);
                const bool alone = at > 0 && (plain[at - 1] == '(' || plain[at - 1] == ';') && close + 1 < plain.size() &&
                                   (plain[close + 1] == ')' || plain[close + 1] == ';');
                const Part& part = placeOf(plain.substr(at + 1, close - at - 1)).part;
                text += part.atomic || alone ? part.text : "(" + part.text + ")";
                at = close;
            } else {
                text += plain[at];
            }
        }
        return text;
    }

private:
    static std::size_t closing(std::string_view plain, std::size_t open) {
        int depth = 0;
        for (std::size_t at = open;; ++at) {
            if (plain[at] == '[') ++depth;
            if (plain[at] == ']' && --depth == 0) return at;
        }
    }
    const Place& placeOf(std::string_view name) const {
        const auto parameters = function_.parameters();
        const auto found = std::ranges::find(parameters, name, &Parameter::name);
        return places_[static_cast<std::size_t>(found - parameters.begin())];
    }
    bool namesGiven(std::string_view inner) const {
        for (std::size_t at = inner.find('{'); at != std::string_view::npos; at = inner.find('{', at + 1))
            if (placeOf(inner.substr(at + 1, inner.find('}', at) - at - 1)).given) return true;
        return false;
    }

    const Function& function_;
    const std::vector<Place>& places_;
};

// ---- Reading ------------------------------------------------------------------------------------------------------------------

double numberOf(std::string_view digits) {
    double number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

// Reader takes the arguments of our calls apart, and refuses all that might not be exact.
class Reader {
public:
    explicit Reader(const std::vector<Token>& tokens) : tokens_(tokens) {}

    void goTo(std::size_t token) { at_ = token; }
    std::size_t at() const { return at_; }

    // call reads one of our calls, from its name to behind its closing parenthesis.
    std::optional<Part> call() {
        const Function* function = find(nameOfOurs(tokens_, at_));
        if (function == nullptr || function->row.plain.empty()) return std::nullopt;
        at_ += 2;
        std::vector<Place> places;
        do {
            if (places.size() == function->parameters().size()) return std::nullopt;
            const Parameter& parameter = function->parameters()[places.size()];
            const std::optional<Place> place = next().is(";") || next().is(")") ? leftOut(parameter) : given(parameter);
            if (!place) return std::nullopt;
            places.push_back(*place);
        } while (skip(";"));
        if (!skip(")")) return std::nullopt;
        while (places.size() < function->parameters().size()) {
            const std::optional<Place> place = leftOut(function->parameters()[places.size()]);
            if (!place) return std::nullopt;
            places.push_back(*place);
        }
        return written(*function, places);
    }

private:
    const Token& next() const { return tokens_[at_]; }
    bool skip(std::string_view sign) {
        if (!next().is(sign)) return false;
        ++at_;
        return true;
    }

    static std::optional<Part> written(const Function& function, const std::vector<Place>& places) {
        const std::string guards = guardsOf(places, function.parameters());
        Part part{.text = Filling(function, places).fill(function.row.plain)};
        if (!guards.empty()) part.text = "IF(" + guards + ";SQRT(-1);" + part.text + ")";
        part.atomic = part.text.starts_with("IF(");
        if (part.text.size() > longest) return std::nullopt;
        return part;
    }
    static std::optional<Place> leftOut(const Parameter& parameter) {
        const double* fallback = std::get_if<double>(&parameter.fallback);
        if (fallback == nullptr) return std::nullopt;
        return Place{{.text = numberConstant(*fallback), .sort = Sort::Literals, .literals = {*fallback}, .atomic = true}};
    }
    std::optional<Place> given(const Parameter& parameter) {
        std::optional<Part> part = argument();
        if (!part || !fits(*part, parameter)) return std::nullopt;
        return Place{*std::move(part), true};
    }

    // argument is an operand, or several with operators between.
    std::optional<Part> argument() {
        std::optional<Part> whole = operand();
        while (whole) {
            const std::string sign(next().text);
            if (!(next().kind == TokenKind::Sign && sign.find_first_of("+-*/^") == 0)) break;
            ++at_;
            const std::optional<Part> right = operand();
            if (!right || whole->array || right->array) return std::nullopt;
            whole = Part{.text = whole->text + sign + right->text};
        }
        return whole;
    }

    std::optional<Part> operand() {
        if (skip("-")) return negative();
        std::optional<Part> part = withoutSigns();
        while (part && skip("%")) {
            if (part->array) return std::nullopt;
            part = Part{.text = part->text + "%"};
        }
        return part;
    }
    std::optional<Part> negative() {
        const std::optional<Part> part = operand();
        if (!part || part->array) return std::nullopt;
        Part minus{.text = "-" + part->text};
        if (part->sort != Sort::Literals) return minus;
        minus.sort = Sort::Literals;
        minus.literals = {-part->literals.front()};
        return minus;
    }

    std::optional<Part> withoutSigns() {
        if (next().kind == TokenKind::Number) return literal();
        if (next().is("(")) return inParentheses();
        if (next().is("{")) return inlineArray();
        if (next().kind != TokenKind::Word) return std::nullopt;
        if (!nameOfOurs(tokens_, at_).empty()) return ourCall();
        if (tokens_[at_ + 1].is("(")) return next().text == "INDEX" ? lookedFor() : functionOfCalc();
        return cell();
    }
    // A call within an expression keeps together by parentheses.
    std::optional<Part> ourCall() {
        std::optional<Part> part = call();
        if (part && !part->atomic) part->text = "(" + part->text + ")";
        if (part) part->atomic = true;
        return part;
    }
    std::optional<Part> literal() {
        const Token token = tokens_[at_++];
        return Part{.text = std::string(token.text),
                    .sort = Sort::Literals,
                    .literals = {numberOf(token.text)},
                    .array = false,
                    .atomic = true};
    }
    std::optional<Part> inParentheses() {
        ++at_;
        std::optional<Part> part = argument();
        if (!part || part->array || !skip(")")) return std::nullopt;
        part->text = "(" + part->text + ")";
        part->atomic = true;
        return part;
    }
    std::optional<Part> inlineArray() {
        Part part{.text = "{", .sort = Sort::Literals, .array = true, .atomic = true};
        for (++at_; !next().is("}"); ++at_) {
            const bool separator = next().is(";") || next().is("|") || next().is("-");
            if (!separator && next().kind != TokenKind::Number) return std::nullopt;
            const bool negative = tokens_[at_ - 1].is("-");
            if (!separator) part.literals.push_back(negative ? -numberOf(next().text) : numberOf(next().text));
            part.text += next().text;
        }
        part.text += "}";
        ++at_;
        return part;
    }
    std::optional<Part> cell() {
        const std::optional<RangeAddress> address = readAddress(next().text);
        if (!address || !address->oneCell() || address->spansSheets()) return std::nullopt;
        return Part{.text = std::string(tokens_[at_++].text), .sort = Sort::Cell, .atomic = true};
    }
    // lookedFor is INDEX(column;MATCH(key;keys;0)), the cell of a column beside its key, as the KPI sheets write it: never a whole
    // column, and inside of it if the key is found.
    std::optional<Part> lookedFor() {
        const std::size_t begin = at_;
        at_ += 2;
        const std::optional<RangeAddress> column = oneColumn();
        if (!column || !skip(";") || next().text != "MATCH") return std::nullopt;
        const std::size_t search = at_;
        at_ += 2;
        const bool key = next().kind == TokenKind::Number ? literal().has_value() : cell().has_value();
        if (!key || !skip(";")) return std::nullopt;
        const std::optional<RangeAddress> keys = oneColumn();
        if (!keys || keys->lastRow - keys->row != column->lastRow - column->row) return std::nullopt;
        if (!skip(";") || next().text != "0") return std::nullopt;
        ++at_;
        if (!skip(")")) return std::nullopt;
        const std::string early = copied(search, at_);
        if (!skip(")")) return std::nullopt;
        return Part{.text = copied(begin, at_), .sort = Sort::Cell, .literals = {}, .array = false, .atomic = true, .early = early};
    }
    std::optional<RangeAddress> oneColumn() {
        std::optional<RangeAddress> address =
            next().kind == TokenKind::Word ? readAddress(next().text) : std::optional<RangeAddress>();
        if (!address || address->column != address->lastColumn || address->spansSheets()) return std::nullopt;
        ++at_;
        return address;
    }
    std::optional<Part> functionOfCalc() {
        const std::size_t begin = at_;
        std::size_t depth = 0;
        do {
            if (!isHarmless()) return std::nullopt;
            if (next().is("(")) ++depth;
            if (next().is(")")) --depth;
            ++at_;
        } while (depth > 0 || at_ == begin + 1);
        return Part{.text = copied(begin, at_), .sort = Sort::Expression, .literals = {}, .array = false, .atomic = true};
    }
    // isHarmless tells what may stand in a function of Calc: values, addresses, operators and functions that give numbers.
    bool isHarmless() const {
        if (next().kind == TokenKind::Number || next().kind == TokenKind::Text) return true;
        if (next().kind == TokenKind::Sign)
            return std::string_view("()+-*/^%&=<><=>=;").find(next().text) != std::string_view::npos;
        if (next().kind != TokenKind::Word) return false;
        if (tokens_[at_ + 1].is("(")) return std::ranges::find(givingNumbers, next().text) != std::end(givingNumbers);
        return readAddress(next().text).has_value();
    }
    std::string copied(std::size_t from, std::size_t to) const {
        std::string text;
        for (std::size_t token = from; token < to; ++token) text += tokens_[token].text;
        return text;
    }

    const std::vector<Token>& tokens_;
    std::size_t at_ = 0;
};

}  // namespace

std::optional<std::string> plainFormula(std::string_view formula) {
    if (!formula.starts_with('=')) return std::nullopt;
    const std::vector<Token> tokens = tokensOf(formula);
    Reader reader(tokens);
    std::string plain;
    std::size_t copied = 0;
    for (std::size_t at = 0; at + 1 < tokens.size(); ++at) {
        if (nameOfOurs(tokens, at).empty()) continue;
        reader.goTo(at);
        const std::optional<Part> part = reader.call();
        if (!part) return std::nullopt;
        const bool whole = part->atomic || (at == 1 && tokens[reader.at()].kind == TokenKind::End);
        plain += formula.substr(copied, tokens[at].begin - copied);
        plain += whole ? part->text : "(" + part->text + ")";
        at = reader.at() - 1;
        copied = tokens[at].end();
    }
    return plain + std::string(formula.substr(copied));
}

std::vector<std::string> functionsIn(std::string_view formula) {
    const std::vector<Token> tokens = tokensOf(formula);
    std::vector<std::string> names;
    for (std::size_t at = 0; at + 1 < tokens.size(); ++at) {
        const std::string name(nameOfOurs(tokens, at));
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return names;
}

}  // namespace calckpi::panel
