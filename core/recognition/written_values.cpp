#include "core/recognition/written_values.hpp"

#include "core/recognition/vocabulary.hpp"
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

constexpr double unreadable = std::numeric_limits<double>::quiet_NaN();

bool isDigit(char letter) { return letter >= '0' && letter <= '9'; }
bool isLetter(char letter) { return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z'); }

bool take(std::string_view& text, std::string_view front) {
    if (front.empty() || !text.starts_with(front)) return false;
    text.remove_prefix(front.size());
    return true;
}
bool takeBack(std::string_view& text, std::string_view back) {
    if (back.empty() || !text.ends_with(back)) return false;
    text.remove_suffix(back.size());
    return true;
}
template <class List>
bool takeAny(std::string_view& text, const List& fronts) {
    return std::any_of(std::begin(fronts), std::end(fronts), [&](std::string_view front) { return take(text, front); });
}
template <class List>
bool takeAnyBack(std::string_view& text, const List& backs) {
    return std::any_of(std::begin(backs), std::end(backs), [&](std::string_view back) { return takeBack(text, back); });
}

// withPlainBlanks has a blank for each kind of blank: no-break, narrow no-break, thin and figure space.
std::string withPlainBlanks(std::string_view text) {
    constexpr std::array<std::string_view, 5> blanks = {"\u00A0", "\u202F", "\u2009", "\u2007", "\t"};
    std::string plain;
    plain.reserve(text.size());
    for (std::string_view rest = trimmed(text); !rest.empty();) {
        if (takeAny(rest, blanks)) {
            plain += ' ';
        } else {
            plain += rest.front();
            rest.remove_prefix(1);
        }
    }
    return plain;
}

// Numbers

// Signs of currencies, the longer ones first. Codes of three capitals are taken too, but only those that are in use: "KPI 5" is no
// money.
constexpr std::string_view currencySigns[] = {"R$", "US$", "C$", "A$",  "NZ$", "HK$", "S$",  "Fr.", "SFr.", "Kč", "kr.",
                                              "kr", "zł",  "Ft", "lei", "leu", "Lei", "LEI", "$",   "€",    "£",  "¥",
                                              "₹",  "₽", "₺",  "₴",   "₪",   "฿",   "₩",   "₫",   "₦",    "₱"};
constexpr std::string_view currencyCodes[] = {
    "AED", "ARS", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP", "HKD", "HUF",
    "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "MAD", "MDL", "MXN", "MYR", "NGN", "NOK", "NZD", "PEN", "PHP", "PLN",
    "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TND", "TRY", "TWD", "UAH", "USD", "VND", "XAF", "XOF", "ZAR"};
// Names, the longer ones first.
constexpr std::pair<std::string_view, std::string_view> currencyNames[] = {
    {"us dollars", "USD"}, {"us dollar", "USD"}, {"dollars", "$"}, {"dollar", "$"},  {"euros", "€"},
    {"euro", "€"},         {"pounds", "£"},      {"pound", "£"},   {"de lei", "lei"}};
constexpr std::string_view minusSigns[] = {"-", "\u2212", "\u2013"};

// MarksAround takes what is before and behind the digits off a text: sign, currency, percent.
struct MarksAround {
    bool negative = false;
    bool percent = false;
    std::string currency{};
    double times = 1;   // 12 k, 3 M€
    bool sound = true;  // nothing stood there twice

    void takeOff(std::string_view& text) {
        if (text.size() > 2 && text.front() == '(' && text.back() == ')') {
            negative = true;
            text = text.substr(1, text.size() - 2);
        }
        for (bool again = true; again && sound;) {
            text = trimmed(text);
            again = takeSign(text) || takePercent(text) || takeCurrency(text) || takeMultiple(text);
        }
    }

private:
    bool signSeen_ = false;

    bool takeSign(std::string_view& text) {
        const bool minus = takeAny(text, minusSigns) || takeAnyBack(text, minusSigns);
        if (!minus && !take(text, "+")) return false;
        sound = sound && !signSeen_ && !(negative && !signSeen_);
        signSeen_ = true;
        negative = negative || minus;
        return true;
    }
    bool takePercent(std::string_view& text) {
        if (!takeBack(text, "%") && !take(text, "%")) return false;
        sound = sound && !percent && currency.empty();
        percent = true;
        return true;
    }
    bool takeCurrency(std::string_view& text) {
        return takeSpelled(text) || takeOneOf(text, currencyCodes) || takeOneOf(text, currencySigns);
    }
    bool takeSpelled(std::string_view& text) {
        const std::string words = folded(text);
        for (const auto& [name, sign] : currencyNames) {
            std::string_view rest = words;
            if (!takeBack(rest, name) || rest.empty() || isLetter(rest.back())) continue;
            sound = sound && !percent && currency.empty();
            currency = sign;
            text.remove_suffix(name.size());
            return true;
        }
        return false;
    }
    // A thousand or a million behind the digits. A bare M may be months.
    bool takeMultiple(std::string_view& text) {
        if (text.size() < 2 || (text.back() != 'k' && text.back() != 'K' && text.back() != 'M')) return false;
        const bool millions = text.back() == 'M';
        const char before = text[text.size() - 2];
        if ((!isDigit(before) && before != ' ') || (millions && currency.empty())) return false;
        sound = sound && !percent && times == 1;
        times = millions ? 1e6 : 1e3;
        text.remove_suffix(1);
        return true;
    }
    bool takeOneOf(std::string_view& text, std::span<const std::string_view> known) {
        for (const std::string_view sign : known) {
            std::string_view rest = text;
            const bool before = take(rest, sign);
            if (!before && !takeBack(rest, sign)) continue;
            // With a letter more it is a word.
            if (isLetter(before ? sign.back() : sign.front()) && !rest.empty() && isLetter(before ? rest.front() : rest.back()))
                continue;
            sound = sound && !percent && (currency.empty() || currency == sign);
            currency = sign;
            text = rest;
            return true;
        }
        return false;
    }
};

// plainDigits is a number without the marks between its thousands, its decimal sign a dot; empty where `text` is none with this
// decimal sign. Groups are of three digits but the first; Indian ones of two, but the last.
std::string plainDigits(std::string_view text, char decimalSign) {
    const std::size_t sign = text.find(decimalSign);
    const std::string_view whole = text.substr(0, sign);
    const std::string_view decimals = sign == std::string_view::npos ? std::string_view() : text.substr(sign + 1);
    if (!std::all_of(decimals.begin(), decimals.end(), isDigit) || (whole.empty() && decimals.empty())) return {};
    if (sign != std::string_view::npos && decimals.empty()) return {};

    std::string digits;
    std::string_view mark;
    std::vector<std::size_t> groups = {0};
    for (std::string_view rest = whole; !rest.empty();) {
        if (isDigit(rest.front())) {
            digits += rest.front();
            ++groups.back();
            rest.remove_prefix(1);
            continue;
        }
        constexpr std::string_view marks[] = {" ", ".", ",", "'", "\u2019"};
        const std::string_view before = rest;
        if (!takeAny(rest, marks)) return {};
        const std::string_view here = before.substr(0, before.size() - rest.size());
        if (here.front() == decimalSign || (!mark.empty() && mark != here)) return {};
        mark = here;
        groups.push_back(0);
    }
    if (groups.size() > 1) {
        const bool thousands = groups.front() >= 1 && groups.front() <= 3 &&
                               std::all_of(groups.begin() + 1, groups.end(), [](std::size_t size) { return size == 3; });
        const bool indian = mark == "," && groups.size() > 2 && groups.front() >= 1 && groups.front() <= 2 && groups.back() == 3 &&
                            std::all_of(groups.begin() + 1, groups.end() - 1, [](std::size_t size) { return size == 2; });
        if (!thousands && !indian) return {};
        // "0.506" has no thousands.
        if (digits.front() == '0') return {};
    }
    if (digits.empty()) digits = "0";
    if (!decimals.empty()) digits.append(".").append(decimals);
    return digits;
}

std::optional<double> numberOf(const std::string& digits) {
    if (digits.empty()) return std::nullopt;
    double number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

// Dates

constexpr std::array<std::string_view, 12> monthBeginnings[] = {
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"},
    {"janv", "fev", "mars", "avr", "mai", "juin", "juil", "aou", "sept", "octo", "nove", "dece"},
    {"ian", "febr", "mart", "apri", "mai", "iun", "iul", "augu", "sept", "oct", "noi", "dec"},
};
// A word is a month's name if it is the beginning of one of these: "sept", "Septembre"; "market" is none.
constexpr std::array<std::string_view, 12> monthNames[] = {
    {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"},
    {"janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"},
    {"ianuarie", "februarie", "martie", "aprilie", "mai", "iunie", "iulie", "august", "septembrie", "octombrie", "noiembrie",
     "decembrie"},
};
constexpr std::string_view weekdays[] = {"mon", "tue",    "wed",   "thu",  "fri",      "sat",    "sun",      "lun",
                                         "mar", "mer",    "jeu",   "ven",  "sam",      "dim",    "mie",      "joi",
                                         "vin", "monday", "lundi", "luni", "dimanche", "samedi", "duminica", "sambata"};

unsigned monthNamed(std::string_view word) {
    if (word.size() < 3) return 0;
    for (std::size_t language = 0; language < std::size(monthNames); ++language)
        for (unsigned month = 0; month < 12; ++month) {
            const std::string_view name = monthNames[language][month];
            if (name.starts_with(word) && (word.starts_with(monthBeginnings[language][month]) || word == name)) return month + 1;
        }
    return 0;
}

bool isWeekday(std::string_view word) {
    return word.size() >= 3 && std::any_of(std::begin(weekdays), std::end(weekdays),
                                           [&](std::string_view day) { return word.substr(0, 3) == day.substr(0, 3); });
}

// Digits that are in front of a text.
struct Digits {
    int value = 0;
    std::size_t count = 0;
};
Digits takeDigits(std::string_view& text, std::size_t most = 9) {
    Digits digits;
    while (digits.count < most && digits.count < text.size() && isDigit(text[digits.count]))
        digits.value = digits.value * 10 + (text[digits.count++] - '0');
    text.remove_prefix(digits.count);
    return digits;
}

// takeFraction takes the digits of a fraction of a second, to the millisecond.
double takeFraction(std::string_view& text) {
    double share = 0;
    double weight = 0.1;
    for (; !text.empty() && isDigit(text.front()); text.remove_prefix(1), weight /= 10) share += (text.front() - '0') * weight;
    return std::round(share * 1000) / 1000;
}

// Clock is a time of day as it is written.
struct Clock {
    double share = 0;  // of the day
    std::optional<int> offsetMinutes{};
};

// hourOfDay takes AM or PM off the text: 12 AM is midnight and 12 PM noon. Nothing if that is no hour of half a day.
std::optional<int> hourOfDay(std::string_view& text, int hour) {
    std::string_view rest = trimmed(text);
    constexpr std::string_view before[] = {"AM", "am", "A.M.", "a.m.", "Am"};
    constexpr std::string_view after[] = {"PM", "pm", "P.M.", "p.m.", "Pm"};
    const bool morning = takeAny(rest, before);
    const bool afternoon = !morning && takeAny(rest, after);
    if (!morning && !afternoon) return hour;
    if (hour < 1 || hour > 12 || (!rest.empty() && isLetter(rest.front()))) return std::nullopt;
    text = rest;
    return hour % 12 + (afternoon ? 12 : 0);
}

// takeOffset takes Z, UTC, GMT or +02:00, if there is one; false says that something else is written there.
bool takeOffset(std::string_view& text, std::optional<int>& minutes) {
    text = trimmed(text);
    constexpr std::string_view names[] = {"UTC", "GMT", "Z", "z"};
    if (takeAny(text, names)) minutes = 0;
    text = trimmed(text);
    if (text.empty()) return true;
    const bool minus = text.front() == '-' || text.starts_with("\u2212");
    if (!minus && text.front() != '+') return false;
    text.remove_prefix(minus && text.front() != '-' ? std::string_view("\u2212").size() : 1);
    const Digits hours = takeDigits(text, 2);
    take(text, ":");
    const Digits rest = takeDigits(text, 2);
    if (hours.count == 0 || hours.value > 14 || rest.value > 59 || rest.count == 1) return false;
    minutes = (minus ? -1 : 1) * (hours.value * 60 + rest.value);
    return text.empty();
}

// readClock reads all of 14:05, 14:05:33.120Z, 2:05 PM, 14h05, 140533.
std::optional<Clock> readClock(std::string_view text) {
    text = trimmed(text);
    Digits hour = takeDigits(text, 2);
    if (hour.count == 0) return std::nullopt;
    Digits minute;
    Digits second;
    double fraction = 0;
    constexpr std::string_view hourMarks[] = {":", "h", "H"};
    if (takeAny(text, hourMarks)) {
        minute = takeDigits(text, 2);
        if (minute.count == 1 || (minute.count == 0 && !text.empty())) return std::nullopt;
        if (take(text, ":")) second = takeDigits(text, 2);
    } else if (hour.count == 2 && text.size() >= 4 && isDigit(text.front())) {
        minute = takeDigits(text, 2);
        second = takeDigits(text, 2);
        if (second.count != 2) return std::nullopt;
    } else if (text.empty() || !isLetter(trimmed(text).front())) {
        return std::nullopt;  // a number alone is no time
    }
    if (second.count > 0 && (take(text, ".") || take(text, ","))) fraction = takeFraction(text);
    const std::optional<int> hourNow = hourOfDay(text, hour.value);
    if (!hourNow || *hourNow > 23 || minute.value > 59 || second.value > 59) return std::nullopt;
    Clock clock;
    clock.share =
        (*hourNow * 3'600'000.0 + minute.value * 60'000.0 + second.value * 1000.0 + std::round(fraction * 1000)) / 86'400'000.0;
    if (!takeOffset(text, clock.offsetMinutes)) return std::nullopt;
    return clock;
}

std::optional<double> dayNumber(int year, unsigned month, unsigned day, std::chrono::sys_days nullDate) {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    if (!date.ok() || year < 1000 || year > 9999) return std::nullopt;
    return static_cast<double>((std::chrono::sys_days(date) - nullDate).count());
}

// fullYear is a year of four digits, or one of two as Calc reads it.
std::optional<int> fullYear(const Digits& year) {
    constexpr int firstOfTwoDigits = 1930;
    if (year.count == 4) return year.value;
    if (year.count != 2) return std::nullopt;
    return year.value + (year.value < firstOfTwoDigits % 100 ? 2000 : 1900);
}

// withClock adds what follows the day in a text: nothing, or a time of day.
std::optional<WrittenDate> withClock(WrittenDate date, std::string_view rest) {
    if (!date.dayFirst && !date.monthFirst) return std::nullopt;
    constexpr std::string_view betweens[] = {"T", "t", ", ", ",", " à ", " at ", " la ", " "};
    const std::string_view before = rest;
    if (!rest.empty() && !takeAny(rest, betweens)) return std::nullopt;
    if (trimmed(rest).empty()) return before.empty() ? std::optional(date) : std::nullopt;
    const std::optional<Clock> clock = readClock(rest);
    if (!clock) return std::nullopt;
    date.hasTime = true;
    date.offsetMinutes = clock->offsetMinutes;
    for (std::optional<double>* reading : {&date.dayFirst, &date.monthFirst})
        if (*reading) **reading += clock->share;
    return date;
}

WrittenDate certain(std::optional<double> day) { return {.dayFirst = day, .monthFirst = day, .offsetMinutes = {}}; }

// Dates of digits alone: 20250131, 20250131T101500Z.
std::optional<WrittenDate> readCompact(std::string_view text, std::chrono::sys_days nullDate) {
    const Digits year = takeDigits(text, 4);
    const Digits month = takeDigits(text, 2);
    const Digits day = takeDigits(text, 2);
    if (day.count != 2 || year.value < 1900 || year.value > 2199 || (!text.empty() && isDigit(text.front()))) return std::nullopt;
    return withClock(certain(dayNumber(year.value, static_cast<unsigned>(month.value), static_cast<unsigned>(day.value), nullDate)),
                     text);
}

// Three numbers: 2025-01-31, 31.01.2025, 1/31/25.
std::optional<WrittenDate> readNumbers(std::string_view text, std::chrono::sys_days nullDate) {
    const Digits a = takeDigits(text, 4);
    if (text.empty()) return std::nullopt;
    const char mark = text.front();
    if (a.count == 0 || (mark != '/' && mark != '-' && mark != '.')) return std::nullopt;
    const auto next = [&] {
        if (text.empty() || text.front() != mark) return Digits{};
        text.remove_prefix(1);
        if (mark == '.') text = trimmed(text);  // 31. 1. 2025
        return takeDigits(text, 4);
    };
    const Digits b = next();
    const Digits c = next();
    if (b.count == 0 || b.count > 2 || c.count == 0) return std::nullopt;
    const auto part = [](const Digits& digits) { return static_cast<unsigned>(digits.value); };
    if (a.count == 4) {
        if (c.count > 2) return std::nullopt;
        return withClock(certain(dayNumber(a.value, part(b), part(c), nullDate)), text);
    }
    const std::optional<int> year = fullYear(c);
    if (a.count > 2 || !year) return std::nullopt;
    WrittenDate date{.dayFirst = dayNumber(*year, part(b), part(a), nullDate), .offsetMinutes = {}};
    // Nobody writes the month first before dots.
    date.monthFirst = mark == '.' ? date.dayFirst : dayNumber(*year, part(a), part(b), nullDate);
    return withClock(date, text);
}

// takeWord takes a word off the front: letters (accents too) with what follows up to the next digit or blank.
std::string takeWord(std::string_view& text) {
    std::size_t size = 0;
    while (size < text.size() && text[size] != ' ' && text[size] != '-' && text[size] != '/' && text[size] != ',' &&
           text[size] != '.' && !isDigit(text[size]))
        ++size;
    std::string word = plainWords(text.substr(0, size));
    text.remove_prefix(size);
    return word;
}
void skipBetween(std::string_view& text) {
    while (!text.empty() &&
           (text.front() == ' ' || text.front() == '-' || text.front() == '/' || text.front() == ',' || text.front() == '.'))
        text.remove_prefix(1);
}

// Months by name: 31 janvier 2025, Jan 31, 2025 10:15 AM, Fri, 31-Jan-25.
std::optional<WrittenDate> readNamed(std::string_view text, std::chrono::sys_days nullDate) {
    unsigned month = 0;
    std::optional<Digits> day;
    for (int part = 0; part < 4 && !(month != 0 && day); ++part) {
        skipBetween(text);
        if (text.empty()) return std::nullopt;
        if (isDigit(text.front())) {
            if (day) return std::nullopt;
            day = takeDigits(text);
            constexpr std::string_view ordinals[] = {"st", "nd", "rd", "th", "er", "ème", "e"};
            std::string_view rest = text;
            if (takeAny(rest, ordinals) && (rest.empty() || !isLetter(rest.front()))) text = rest;
            continue;
        }
        const std::string word = takeWord(text);
        if (word.empty()) return std::nullopt;
        if (const unsigned named = monthNamed(word); named != 0 && month == 0)
            month = named;
        else if (!(isWeekday(word) && month == 0 && !day) && word != "le" && word != "de")
            return std::nullopt;
    }
    if (month == 0 || !day || day->count > 2) return std::nullopt;
    skipBetween(text);
    if (take(text, "de ")) skipBetween(text);
    const std::optional<int> year = fullYear(takeDigits(text));
    if (!year) return std::nullopt;
    return withClock(certain(dayNumber(*year, month, static_cast<unsigned>(day->value), nullDate)), text);
}

}  // namespace

std::optional<WrittenNumber> readNumber(std::string_view text) {
    constexpr std::size_t longest = 64;
    if (text.size() > longest) return std::nullopt;
    const std::string plain = withPlainBlanks(text);
    std::string_view digits = plain;
    MarksAround marks;
    marks.takeOff(digits);
    if (!marks.sound || digits.empty()) return std::nullopt;
    WrittenNumber number{.withDot = numberOf(plainDigits(digits, '.')),
                         .withComma = numberOf(plainDigits(digits, ',')),
                         .currency = marks.currency,
                         .percent = marks.percent};
    if (!number.withDot && !number.withComma) return std::nullopt;
    for (std::optional<double>* reading : {&number.withDot, &number.withComma}) {
        if (!*reading) continue;
        if (number.percent) **reading /= 100;
        **reading *= marks.times;
        if (marks.negative && **reading != 0) **reading = -**reading;
    }
    return number;
}

std::optional<WrittenDate> readDate(std::string_view text, std::chrono::sys_days nullDate) {
    constexpr std::size_t longest = 64;
    if (text.size() > longest) return std::nullopt;
    const std::string plain = withPlainBlanks(text);
    const std::string_view whole = plain;
    if (whole.empty()) return std::nullopt;
    if (!isDigit(whole.front())) return readNamed(whole, nullDate);
    for (const auto& read : {readCompact, readNumbers, readNamed})
        if (std::optional<WrittenDate> date = read(whole, nullDate)) return date;
    const std::optional<Clock> clock = readClock(whole);
    if (!clock) return std::nullopt;
    return WrittenDate{.dayFirst = clock->share,
                       .monthFirst = clock->share,
                       .hasTime = true,
                       .hasDay = false,
                       .offsetMinutes = clock->offsetMinutes};
}

bool isWordForEmpty(std::string_view text) {
    constexpr std::string_view words[] = {"null",   "(null)", "none",      "(none)",       "n/a",    "#n/a",   "na",      "n.a.",
                                          "nan",    "nil",    "-",         "--",           "\u2013", "\u2014", "(blank)", "(empty)",
                                          "(vide)", "vide",   "s.o.",      "s/o",          "n.d.",   "nd",     "n/d",     "f.d.",
                                          "(gol)",  "gol",    "undefined", "unknown date", "tbd"};
    const std::string word = folded(text);
    return word.empty() || std::find(std::begin(words), std::end(words), word) != std::end(words);
}

namespace {

// Reading tells two ways to read the texts of a column apart: how many texts each can read, and whether they differ.
struct TwoWays {
    std::size_t first = 0;
    std::size_t second = 0;
    std::optional<std::size_t> firstDoubt{};  // the first text that both read, differently

    void count(const std::optional<double>& one, const std::optional<double>& other, std::size_t index, std::size_t times) {
        if (one) first += times;
        if (other) second += times;
        if (one && other && *one != *other && !firstDoubt) firstDoubt = index;
    }
    // secondIsMeant chooses the way that reads more texts; where both read all alike, the hint does.
    bool secondIsMeant(bool hint) const { return first == second ? hint : second > first; }
    bool inDoubt() const { return first == second && firstDoubt.has_value(); }
};

std::size_t timesOf(const std::vector<std::size_t>& times, std::size_t index) { return times.empty() ? 1 : times[index]; }

// ColumnReader reads all texts as numbers and as dates, and decides.
class ColumnReader {
public:
    ColumnReader(const std::vector<std::string>& texts, const std::vector<std::size_t>& times, std::chrono::sys_days nullDate)
        : texts_(texts), times_(times) {
        for (std::size_t index = 0; index < texts.size(); ++index) {
            const bool empty = isWordForEmpty(texts[index]);
            numbers_.push_back(empty ? std::nullopt : readNumber(texts[index]));
            dates_.push_back(empty ? std::nullopt : readDate(texts[index], nullDate));
            if (empty) continue;
            const std::size_t rows = timesOf(times, index);
            filled_ += rows;
            if (numbers_.back()) asNumbers_ += rows;
            if (dates_.back()) asDates_ += rows;
        }
    }

    ColumnReading read(const ReadingHints& hints) const {
        // 31.12 and 20250131 are both; what is in more texts is meant, and of equals the date.
        const bool dates = asDates_ >= asNumbers_;
        if (filled_ == 0 || 2 * std::max(asDates_, asNumbers_) < filled_) {
            ColumnReading none;
            none.values.assign(texts_.size(), unreadable);
            return none;
        }
        ColumnReading reading = dates ? readDates(hints) : readNumbers(hints);
        for (std::size_t index = 0; index < texts_.size(); ++index)
            if (std::isnan(reading.values[index]) && !isWordForEmpty(texts_[index])) ++reading.unreadable;
        return reading;
    }

private:
    ColumnReading readNumbers(const ReadingHints& hints) const {
        ColumnReading reading;
        TwoWays ways;
        std::size_t shares = 0;
        std::vector<std::pair<std::string, std::size_t>> currencies;
        for (std::size_t index = 0; index < texts_.size(); ++index) {
            if (!numbers_[index]) continue;
            const WrittenNumber& number = *numbers_[index];
            const std::size_t rows = timesOf(times_, index);
            ways.count(number.withDot, number.withComma, index, rows);
            if (number.percent) shares += rows;
            if (number.currency.empty()) continue;
            const auto known = std::find_if(currencies.begin(), currencies.end(),
                                            [&](const auto& currency) { return currency.first == number.currency; });
            if (known == currencies.end())
                currencies.emplace_back(number.currency, rows);
            else
                known->second += rows;
        }
        const bool comma =
            hints.said ? hints.decimalSign == DecimalSign::Comma : ways.secondIsMeant(hints.decimalSign == DecimalSign::Comma);
        reading.decimalSign = comma ? DecimalSign::Comma : DecimalSign::Dot;
        reading.inDoubt = !hints.said && ways.inDoubt();
        reading.doubtful = ways.firstDoubt.value_or(0);
        reading.format = 2 * shares > asNumbers_ ? ColumnFormat::Share
                         : currencies.empty()    ? ColumnFormat::Number
                                                 : ColumnFormat::Money;
        if (reading.format == ColumnFormat::Money)
            reading.currency = std::max_element(currencies.begin(), currencies.end(), [](const auto& one, const auto& other) {
                                   return one.second < other.second;
                               })->first;
        for (const std::optional<WrittenNumber>& number : numbers_)
            reading.values.push_back(!number ? unreadable : (comma ? number->withComma : number->withDot).value_or(unreadable));
        return reading;
    }

    ColumnReading readDates(const ReadingHints& hints) const {
        ColumnReading reading;
        TwoWays ways;
        std::size_t times = 0;
        std::size_t clocks = 0;
        std::optional<int> offset;
        for (std::size_t index = 0; index < texts_.size(); ++index) {
            if (!dates_[index]) continue;
            const WrittenDate& date = *dates_[index];
            ways.count(date.dayFirst, date.monthFirst, index, timesOf(times_, index));
            if (date.hasTime) times += timesOf(times_, index);
            if (!date.hasDay) clocks += timesOf(times_, index);
            if (!date.offsetMinutes) continue;
            reading.toUtc = reading.toUtc || (offset && *offset != *date.offsetMinutes);
            offset = date.offsetMinutes;
        }
        const bool monthFirst =
            hints.said ? hints.dayOrder == DayOrder::MonthFirst : ways.secondIsMeant(hints.dayOrder == DayOrder::MonthFirst);
        reading.dayOrder = monthFirst ? DayOrder::MonthFirst : DayOrder::DayFirst;
        reading.inDoubt = !hints.said && ways.inDoubt();
        reading.doubtful = ways.firstDoubt.value_or(0);
        // A date among times of day, or a time of day among dates, is no such thing: those cells stay as they are.
        const bool ofDay = 2 * clocks > asDates_;
        reading.format = ofDay ? ColumnFormat::TimeOfDay : times > 0 ? ColumnFormat::DateTime : ColumnFormat::Date;
        for (const std::optional<WrittenDate>& date : dates_) {
            std::optional<double> value;
            if (date && date->hasDay != ofDay) value = monthFirst ? date->monthFirst : date->dayFirst;
            if (value && reading.toUtc) *value -= date->offsetMinutes.value_or(0) / 1440.0;
            reading.values.push_back(value.value_or(unreadable));
        }
        return reading;
    }

    const std::vector<std::string>& texts_;
    const std::vector<std::size_t>& times_;
    std::vector<std::optional<WrittenNumber>> numbers_;
    std::vector<std::optional<WrittenDate>> dates_;
    std::size_t filled_ = 0;
    std::size_t asNumbers_ = 0;
    std::size_t asDates_ = 0;
};

}  // namespace

ColumnReading readColumn(const std::vector<std::string>& texts, const std::vector<std::size_t>& times,
                         std::chrono::sys_days nullDate, const ReadingHints& hints) {
    return ColumnReader(texts, times, nullDate).read(hints);
}

std::vector<double> datesInTexts(const std::vector<std::string>& texts, std::chrono::sys_days nullDate) {
    std::vector<std::optional<WrittenDate>> dates;
    TwoWays ways;
    for (const std::string& text : texts) {
        dates.push_back(readDate(text, nullDate));
        if (dates.back() && !dates.back()->hasDay) dates.back().reset();
        if (dates.back()) ways.count(dates.back()->dayFirst, dates.back()->monthFirst, dates.size(), 1);
    }
    const bool monthFirst = ways.secondIsMeant(false);
    std::vector<double> days;
    for (const std::optional<WrittenDate>& date : dates)
        days.push_back(!date ? unreadable : (monthFirst ? date->monthFirst : date->dayFirst).value_or(unreadable));
    return days;
}

NumberAsDate numbersAsDates(const std::vector<double>& numbers) {
    constexpr double first = 631'152'000;   // 1990-01-01 in seconds since 1970
    constexpr double last = 4'102'444'800;  // 2100-01-01
    const std::chrono::sys_days any = std::chrono::year(1970) / 1 / 1;
    const auto all = [&](auto fits) { return std::all_of(numbers.begin(), numbers.end(), fits); };
    if (numbers.empty()) return NumberAsDate::None;
    if (all([&](double number) { return number >= 19'900'101 && !std::isnan(dateOf(number, NumberAsDate::YearMonthDay, any)); }))
        return NumberAsDate::YearMonthDay;
    if (all([&](double number) { return number >= first && number < last; })) return NumberAsDate::UnixSeconds;
    if (all([&](double number) { return number >= first * 1000 && number < last * 1000; })) return NumberAsDate::UnixMilliseconds;
    return NumberAsDate::None;
}

double dateOf(double number, NumberAsDate as, std::chrono::sys_days nullDate) {
    const auto since1970 = static_cast<double>((std::chrono::sys_days(std::chrono::year(1970) / 1 / 1) - nullDate).count());
    constexpr double millisecondsPerDay = 86'400'000;
    switch (as) {
        case NumberAsDate::None: break;
        case NumberAsDate::YearMonthDay: {
            if (!(number >= 1000'01'01 && number <= 9999'12'31) || number != std::floor(number)) break;
            const int digits = static_cast<int>(number);
            return dayNumber(digits / 10000, static_cast<unsigned>(digits / 100 % 100), static_cast<unsigned>(digits % 100),
                             nullDate)
                .value_or(unreadable);
        }
        case NumberAsDate::UnixSeconds: return since1970 + std::round(number * 1000) / millisecondsPerDay;
        case NumberAsDate::UnixMilliseconds: return since1970 + std::round(number) / millisecondsPerDay;
    }
    return unreadable;
}

}  // namespace calckpi::panel
