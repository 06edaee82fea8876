#include "core/recognition/vocabulary.hpp"

#include "core/recognition/phrase_book.hpp"
#include "core/recognition/vocabulary_file.hpp"
#include "core/values/enum_table.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

namespace calckpi::panel {
namespace {

constexpr std::size_t longestLabel = 400;  // bytes

bool isUpper(char byte) { return byte >= 'A' && byte <= 'Z'; }
bool isLower(char byte) { return byte >= 'a' && byte <= 'z'; }
bool isDigit(char byte) { return byte >= '0' && byte <= '9'; }

// camelWordsApart puts a blank where a word starts inside another: "dealStage", "userID", "HTTPStatus". A single letter is no word:
// "PoC", "MQLs".
std::string camelWordsApart(std::string_view text) {
    std::string apart;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto next = [&](std::size_t ahead) { return at + ahead < text.size() ? text[at + ahead] : ' '; };
        const bool afterLower = at > 0 && isLower(text[at - 1]) && (isUpper(next(1)) || isLower(next(1)));
        const bool afterUpper = at > 0 && isUpper(text[at - 1]) && isLower(next(1)) && (isLower(next(2)) || isUpper(next(2)));
        if (isUpper(text[at]) && (afterLower || afterUpper)) apart += ' ';
        apart += text[at];
    }
    return apart;
}

// baseLetters gives the letters without accents that stand for a letter of the Latin alphabets of Europe; a code point from a to z
// or 0 to 9 stands for itself, any other of the first 128 for a blank.
std::string_view baseLetters(char32_t point, std::string& room) {
    // From U+00E0 and U+0100 on, a code point each; the text is in lower case.
    constexpr std::string_view latin1 = "aaaaaaaceeeeiiiidnooooo ouuuuyty";
    constexpr std::string_view extended =
        ""
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooo00rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyz"
        "zzzzzs";
    if (point < 0x80) {
        const char letter = static_cast<char>(point);
        if (!isLower(letter) && !isDigit(letter)) return " ";
        return room.assign(1, letter);
    }
    if (point == 0xDF) return "ss";
    if (point == 0xE6) return "ae";
    if (point == 0x153) return "oe";
    if (point == 0x219) return "s";
    if (point == 0x21B) return "t";
    if (point >= 0xE0 && point < 0x100) return latin1.substr(point - 0xE0, 1);
    if (point >= 0x100 && point < 0x100 + extended.size()) return extended.substr(point - 0x100, 1);
    if (point >= 0x300 && point < 0x370) return "";  // an accent that stands by itself
    return " ";
}

bool isLetterOfAnotherScript(char32_t point) {
    // Greek to Thai, then the scripts of Asia; punctuation and pictures stand between and after them.
    return (point >= 0x370 && point < 0x1E00) || (point >= 0x3040 && point < 0xD800) || (point >= 0xF900 && point < 0xFE00);
}

void appendUtf8(std::string& text, char32_t point) {
    const auto byte = [&text](char32_t bits) { text.push_back(static_cast<char>(bits)); };
    if (point < 0x800) {
        byte(0xC0U | point >> 6U);
    } else {
        byte(0xE0U | point >> 12U);
        byte(0x80U | (point >> 6U & 0x3FU));
    }
    byte(0x80U | (point & 0x3FU));
}

using Words = std::vector<std::string_view>;

int numberIn(std::string_view digits) {
    int number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

// As the headings of the vocabulary name them.
constexpr auto meanings = enumTable<Meaning, std::string_view>({{Meaning::None, "None"},
                                                                {Meaning::Unit, "Unit"},
                                                                {Meaning::RowId, "RowId"},
                                                                {Meaning::Stage, "Stage"},
                                                                {Meaning::Status, "Status"},
                                                                {Meaning::Event, "Event"},
                                                                {Meaning::LostStage, "LostStage"},
                                                                {Meaning::EventTime, "EventTime"},
                                                                {Meaning::EnteredDate, "EnteredDate"},
                                                                {Meaning::CreatedDate, "CreatedDate"},
                                                                {Meaning::ClosedDate, "ClosedDate"},
                                                                {Meaning::OtherDate, "OtherDate"},
                                                                {Meaning::Date, "Date"},
                                                                {Meaning::Amount, "Amount"},
                                                                {Meaning::Count, "Count"},
                                                                {Meaning::Share, "Share"},
                                                                {Meaning::Duration, "Duration"},
                                                                {Meaning::Currency, "Currency"},
                                                                {Meaning::Flag, "Flag"},
                                                                {Meaning::Reason, "Reason"},
                                                                {Meaning::Owner, "Owner"},
                                                                {Meaning::Segment, "Segment"},
                                                                {Meaning::Note, "Note"}});

Meaning meaningNamed(std::string_view name) {
    const auto* const found = std::find(meanings.all().begin(), meanings.all().end(), name);
    return found == meanings.all().end() ? Meaning::None : static_cast<Meaning>(found - meanings.all().begin());
}

const PhraseBook<HeaderMeaning>& headerBook() {
    static const PhraseBook<HeaderMeaning> book("header", [](const Words& heading) {
        return HeaderMeaning{meaningNamed(heading[0]), numberIn(heading[1])};
    });
    return book;
}

const PhraseBook<double>& placeBook() {
    static const PhraseBook<double> book("place", [](const Words& heading) { return double(numberIn(heading[0])); });
    return book;
}

const PhraseBook<bool>& bookOf(std::string_view kind) {
    static const PhraseBook<bool> totals("total", [](const Words&) { return true; });
    static const PhraseBook<bool> dateWords("date", [](const Words&) { return true; });
    return kind == "total" ? totals : dateWords;
}

// Hint is what a phrase tells of an outcome: itself, or how those after it are meant.
enum class Hint : std::uint8_t { Other, Won, Lost, NotWon, None, Not, Yet, Maybe, Between };

const PhraseBook<Hint>& outcomeBook() {
    static const PhraseBook<Hint> book("outcome", [](const Words& heading) {
        constexpr std::pair<std::string_view, Hint> hints[] = {
            {"won", Hint::Won}, {"lost", Hint::Lost},   {"none", Hint::None},      {"not", Hint::Not},
            {"yet", Hint::Yet}, {"maybe", Hint::Maybe}, {"between", Hint::Between}};
        if (heading.size() > 1) return Hint::NotWon;
        const auto* found =
            std::find_if(std::begin(hints), std::end(hints), [&](const auto& each) { return each.first == heading[0]; });
        return found == std::end(hints) ? Hint::None : found->second;
    });
    return book;
}

// hintsIn reads a text from its beginning, the longest phrase at each place; a word of none is Other.
std::vector<Hint> hintsIn(std::span<const std::string_view> text) {
    std::vector<Hint> hints;
    for (std::size_t place = 0; place < text.size();) {
        const auto [words, hint] = outcomeBook().longestAt(text, place);
        hints.push_back(words == 0 ? Hint::Other : hint);
        place += std::max<std::size_t>(1, words);
    }
    return hints;
}

// meantAt is the outcome that the hint at a place says, with what is before it, and a "yet" right behind.
Outcome meantAt(std::span<const Hint> hints, std::size_t place) {
    bool negated = hints[place] == Hint::NotWon;
    bool pending = false;
    bool yet = place + 1 < hints.size() && hints[place + 1] == Hint::Yet;
    for (std::size_t before = place; before > 0; --before) {
        const Hint hint = hints[before - 1];
        if (hint != Hint::Not && hint != Hint::Yet && hint != Hint::Maybe && hint != Hint::Between) break;
        negated = negated || hint == Hint::Not;
        pending = pending || hint == Hint::Maybe;
        yet = yet || hint == Hint::Yet;
    }
    if (pending || (negated && yet)) return Outcome::Step;
    if (hints[place] == Hint::Lost) return negated ? Outcome::Step : Outcome::Lost;
    return negated ? Outcome::Lost : Outcome::Won;
}

struct Known {
    std::string text;
    std::vector<std::string_view> words;
    explicit Known(std::string_view label) : text(plainWords(label)), words(splitWords(text)) {}
    Known(const Known&) = delete;
    Known& operator=(const Known&) = delete;
    ~Known() = default;
};

}  // namespace

std::string plainWords(std::string_view text) {
    std::string result;
    std::string room;
    text = text.substr(0, longestLabel);
    for (const char32_t point : lowered(camelWordsApart(text))) {
        std::string_view letters;
        std::string foreign;
        if (point == U'%') {
            letters = " percent ";
        } else if (point == U'#') {
            letters = " number ";
        } else if (isLetterOfAnotherScript(point)) {
            appendUtf8(foreign, point);
            letters = foreign;
        } else {
            letters = baseLetters(point, room);
        }
        for (const char letter : letters)
            if (letter != ' ' || (!result.empty() && result.back() != ' ')) result += letter;
    }
    if (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

HeaderMeaning headerMeaning(std::string_view header) {
    const Known known(header);
    HeaderMeaning best;
    int bestScore = 0;
    headerBook().visit(known.words, [&](std::size_t words, const HeaderMeaning& found) {
        // A longer phrase says more; that is why it may outweigh a kind that is a little heavier.
        const int score = found.weight * 10 + static_cast<int>(words) * 25 + (words == known.words.size() ? 300 : 0);
        if (score > bestScore) {
            bestScore = score;
            best = found;
        }
    });
    return best;
}

std::optional<double> usualPlace(std::string_view stage) {
    const Known known(stage);
    std::optional<double> place;
    std::size_t longest = 0;
    placeBook().visit(known.words, [&](std::size_t words, double found) {
        if (words < longest || (words == longest && place && *place > found)) return;
        longest = words;
        place = found;
    });
    return place;
}

std::optional<std::vector<std::size_t>> usualOrder(const std::vector<std::string>& stages) {
    if (stages.size() < 2) return std::nullopt;
    std::vector<std::string> plain;
    for (const std::string& stage : stages) plain.push_back(plainWords(stage));
    for (const VocabularySection* section : sectionsOf("process")) {
        const std::vector<std::string_view>& process = section->phrases;
        std::vector<std::size_t> places;
        for (const std::string& stage : plain) {
            const auto found = std::find(process.begin(), process.end(), stage);
            if (found == process.end()) break;
            places.push_back(static_cast<std::size_t>(found - process.begin()));
        }
        if (places.size() == stages.size()) return places;
    }
    return std::nullopt;
}

std::optional<double> numberInFront(std::string_view stage) {
    const Known known(stage);
    if (known.words.empty()) return std::nullopt;
    std::string_view word = known.words.front();
    constexpr std::array<std::string_view, 9> counters = {"step", "stage",  "phase", "etape", "etapa",
                                                          "faza", "stadiu", "pas",   "number"};
    const bool counted = std::find(counters.begin(), counters.end(), word) != counters.end();
    if (counted && known.words.size() > 1) word = known.words[1];
    // "S1", "P2", "E3"
    if (!counted && word.size() > 1 && word.size() <= 3 && !isDigit(word.front())) word.remove_prefix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc() || word.empty() || !isDigit(word.front()) || word.size() > 4) return std::nullopt;
    // "1a" stands between 1 and 2, "30day" is no number in front.
    const std::string_view rest(end, static_cast<std::size_t>(word.data() + word.size() - end));
    if (rest.empty()) return number;
    if (rest.size() == 1 && isLower(rest.front())) return number + (rest.front() - 'a' + 1) / 100.0;
    return std::nullopt;
}

bool isTotal(std::string_view stage) { return bookOf("total").finds(Known(stage).words); }

Outcome outcomeInText(std::string_view stage) {
    const Known known(stage);
    const std::vector<Hint> hints = hintsIn(known.words);
    bool won = false;
    bool lost = false;
    for (std::size_t place = 0; place < hints.size(); ++place) {
        if (hints[place] != Hint::Won && hints[place] != Hint::Lost && hints[place] != Hint::NotWon) continue;
        const Outcome meant = meantAt(hints, place);
        won = won || meant == Outcome::Won;
        lost = lost || meant == Outcome::Lost;
    }
    if (won == lost) return Outcome::Step;  // "Won/Lost" says neither
    return won ? Outcome::Won : Outcome::Lost;
}

std::string stageInDateHeader(std::string_view header) {
    const PhraseBook<bool>& dateWords = bookOf("date");
    const Known known(header);
    std::string stage;
    for (const std::string_view& word : known.words) {
        if (dateWords.finds(std::span(&word, 1))) continue;
        if (!stage.empty()) stage += ' ';
        stage += word;
    }
    return stage;
}

bool isDay(double serial) { return serial != 0 && serial > -693000 && serial < 2958000; }

std::string isoDate(double serial, std::chrono::sys_days nullDate) {
    const std::chrono::year_month_day day(nullDate + std::chrono::days(static_cast<int>(std::floor(serial))));
    const std::string year = std::to_string(static_cast<int>(day.year()));
    std::string text = std::string(4 - std::min<std::size_t>(4, year.size()), '0') + year;
    for (const unsigned part : {static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())})
        text += (part < 10 ? "-0" : "-") + std::to_string(part);
    return text;
}

}  // namespace calckpi::panel
