#include "core/values/composition.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace calckpi {
namespace {

// Mark is a combining mark with the letters that it makes one letter with, and these, place by place.
struct Mark {
    char32_t mark;
    std::u32string_view letters;
    std::u32string_view composed;
};

// From UnicodeData.txt of Unicode 15.0: the canonical decompositions into two characters of which the second is one of the
// combining diacritical marks (Latin, Greek and Cyrillic) or a Japanese sound mark, in lower case, without the exclusions.
constexpr Mark marks[] = {
    {0x0300, U"aeinouwy¨âêôüăēōơưαεηιουωϊϋеиἀἁἐἑἠἡἰἱὀὁὐὑὠὡ᾿῾", U"àèìǹòùẁỳ῭ầềồǜằḕṑờừὰὲὴὶὸὺὼῒῢѐѝἂἃἒἓἢἣἲἳὂὃὒὓὢὣ῍῝"},  // grave accent
    {0x0301,
     U"acegiklmnoprsuwyz¨âåæçêïôõøüăēōũơưαεηιουωϊϋϒгкἀἁἐἑ"
     U"ἠἡἰἱὀὁὐὑὠὡ᾿῾",
     U"áćéǵíḱĺḿńóṕŕśúẃýź΅ấǻǽḉếḯốṍǿǘắḗṓṹớứάέήίόύώΐΰϓѓќἄἅἔἕ"
     U"ἤἥἴἵὄὅὔὕὤὥ῎῞"},                                                           // acute accent
    {0x0302, U"aceghijosuwyzạẹọ", U"âĉêĝĥîĵôŝûŵŷẑậệộ"},                          // circumflex accent
    {0x0303, U"aeinouvyâêôăơư", U"ãẽĩñõũṽỹẫễỗẵỡữ"},                              // tilde
    {0x0304, U"aegiouyäæõöüǫȧȯαιυиуḷṛ", U"āēḡīōūȳǟǣȭȫǖǭǡȱᾱῑῡӣӯḹṝ"},              // macron
    {0x0306, U"aegiouȩαιυаежиуạ", U"ăĕğĭŏŭḝᾰῐῠӑӗӂйўặ"},                          // breve
    {0x0307, U"abcdefghimnoprstwxyzśšſṣ", U"ȧḃċḋėḟġḣiṁṅȯṗṙṡṫẇẋẏżṥṧẛṩ"},          // dot above
    {0x0308, U"aehiotuwxyõūιυϒаежзиоучыэіәө", U"äëḧïöẗüẅẍÿṏṻϊϋϔӓёӝӟӥӧӱӵӹӭїӛӫ"},  // diaeresis
    {0x0309, U"aeiouyâêôăơư", U"ảẻỉỏủỷẩểổẳởử"},                                  // hook above
    {0x030A, U"auwy", U"åůẘẙ"},                                                  // ring above
    {0x030B, U"ouу", U"őűӳ"},                                                    // double acute accent
    {0x030C, U"acdeghijklnorstuzüʒ", U"ǎčďěǧȟǐǰǩľňǒřšťǔžǚǯ"},                    // caron
    {0x030F, U"aeioruѵ", U"ȁȅȉȍȑȕѷ"},                                            // double grave accent
    {0x0311, U"aeioru", U"ȃȇȋȏȓȗ"},                                              // inverted breve
    {0x0313, U"αεηιορυω", U"ἀἐἠἰὀῤὐὠ"},                                          // comma above
    {0x0314, U"αεηιορυω", U"ἁἑἡἱὁῥὑὡ"},                                          // reversed comma above
    {0x031B, U"ou", U"ơư"},                                                      // horn
    {0x0323, U"abdehiklmnorstuvwyzơư", U"ạḅḍẹḥịḳḷṃṇọṛṣṭụṿẉỵẓợự"},                // dot below
    {0x0324, U"u", U"ṳ"},                                                        // diaeresis below
    {0x0325, U"a", U"ḁ"},                                                        // ring below
    {0x0326, U"st", U"șț"},                                                      // comma below
    {0x0327, U"cdeghklnrst", U"çḑȩģḩķļņŗşţ"},                                    // cedilla
    {0x0328, U"aeiou", U"ąęįǫų"},                                                // ogonek
    {0x032D, U"delntu", U"ḓḙḽṋṱṷ"},                                              // circumflex accent below
    {0x032E, U"h", U"ḫ"},                                                        // breve below
    {0x0330, U"eiu", U"ḛḭṵ"},                                                    // tilde below
    {0x0331, U"bdhklnrtz", U"ḇḏẖḵḻṉṟṯẕ"},                                        // macron below
    {0x0338, U"<=>←→↔⇐⇒⇔∃∈∋∣∥∼≃≅≈≍≡≤≥≲≳≶≷≺≻≼≽⊂⊃⊆⊇⊑⊒⊢⊨⊩⊫⊲⊳⊴⊵",
     U"≮≠≯↚↛↮⇍⇏⇎∄∉∌∤∦≁≄≇≉≭≢≰≱≴≵≸≹⊀⊁⋠⋡⊄⊅⊈⊉⋢⋣⊬⊭⊮⊯⋪⋫⋬⋭"},                                           // long solidus overlay
    {0x0342, U"¨αηιυωϊϋἀἁἠἡἰἱὐὑὠὡ᾿῾", U"῁ᾶῆῖῦῶῗῧἆἇἦἧἶἷὖὗὦὧ῏῟"},                                  // greek perispomeni
    {0x0345, U"άήαηωώἀἁἂἃἄἅἆἇἠἡἢἣἤἥἦἧὠὡὢὣὤὥὦὧὰὴὼᾶῆῶ", U"ᾴῄᾳῃῳῴᾀᾁᾂᾃᾄᾅᾆᾇᾐᾑᾒᾓᾔᾕᾖᾗᾠᾡᾢᾣᾤᾥᾦᾧᾲῂῲᾷῇῷ"},  // greek ypogegrammeni
    {0x3099, U"うかきくけこさしすせそたちつてとはひふへほゝウカキクケコサシスセソタチツテトハヒフヘホワヰヱヲヽ",
     U"ゔがぎぐげござじずぜぞだぢづでどばびぶべぼゞヴガギグゲゴザジズゼゾダヂヅデドバビブベボヷヸヹヺヾ"},  // voiced sound mark
    {0x309A, U"はひふへほハヒフヘホ", U"ぱぴぷぺぽパピプペポ"},  // semi-voiced sound mark
};

// Orders of the combining diacritical marks, their canonical combining classes: marks of different orders may be in any order.
struct Range {
    char32_t last;  // the first is the one after the range before, U+0300 at the start
    std::uint8_t order;
};

constexpr Range orders[] = {{0x314, 230}, {0x315, 232}, {0x319, 220}, {0x31A, 232}, {0x31B, 216}, {0x320, 220}, {0x322, 202},
                            {0x326, 220}, {0x328, 202}, {0x333, 220}, {0x338, 1},   {0x33C, 220}, {0x344, 230}, {0x345, 240},
                            {0x346, 230}, {0x349, 220}, {0x34C, 230}, {0x34E, 220}, {0x34F, 0},   {0x352, 230}, {0x356, 220},
                            {0x357, 230}, {0x358, 232}, {0x35A, 220}, {0x35B, 230}, {0x35C, 233}, {0x35E, 234}, {0x35F, 233},
                            {0x361, 234}, {0x362, 233}, {0x36F, 230}};

constexpr bool isSoundMark(char32_t point) { return point == 0x3099 || point == 0x309A; }

std::uint8_t orderOf(char32_t point) {
    if (isSoundMark(point)) return 8;
    if (point < 0x300 || point > 0x36F) return 0;
    return std::find_if(std::begin(orders), std::end(orders), [point](const Range& range) { return point <= range.last; })->order;
}

std::optional<char32_t> together(char32_t letter, char32_t mark) {
    for (const Mark& entry : marks)
        if (entry.mark == mark)
            if (const std::size_t place = entry.letters.find(letter); place != std::u32string_view::npos)
                return entry.composed[place];
    return std::nullopt;
}

// takeApart gives the letter that is under the marks of a composed one, and puts these in front of `into`.
char32_t takeApart(char32_t composed, std::u32string& into) {
    for (const Mark& entry : marks) {
        const std::size_t place = entry.composed.find(composed);
        if (place == std::u32string_view::npos || entry.letters[place] == composed) continue;
        into.insert(into.begin(), entry.mark);
        return takeApart(entry.letters[place], into);
    }
    return composed;
}

// composedWith gives a letter and the marks that follow it as few characters as there are for them.
std::u32string composedWith(char32_t letter, std::u32string_view following) {
    std::u32string all;
    std::u32string result(1, takeApart(letter, all));
    all += following;
    std::stable_sort(all.begin(), all.end(), [](char32_t left, char32_t right) { return orderOf(left) < orderOf(right); });
    std::uint8_t left = 0;  // the order of the last mark that stands by itself: it keeps those of its order from the letter
    for (const char32_t mark : all) {
        const std::optional<char32_t> one = left < orderOf(mark) ? together(result.front(), mark) : std::nullopt;
        if (one) {
            result.front() = *one;
        } else {
            result.push_back(mark);
            left = orderOf(mark);
        }
    }
    return result;
}

// Korean syllables are composed by counting (The Unicode Standard, 3.12).
constexpr char32_t firstLead = 0x1100;
constexpr char32_t firstVowel = 0x1161;
constexpr char32_t firstTail = 0x11A8;
constexpr char32_t firstSyllable = 0xAC00;
constexpr char32_t leads = 19;
constexpr char32_t vowels = 21;
constexpr char32_t tails = 28;  // one of them none

std::optional<char32_t> syllable(char32_t before, char32_t point) {
    if (before - firstLead < leads && point - firstVowel < vowels)
        return firstSyllable + ((before - firstLead) * vowels + (point - firstVowel)) * tails;
    if (before - firstSyllable < leads * vowels * tails && (before - firstSyllable) % tails == 0 && point - firstTail < tails - 1)
        return before + (point - firstTail) + 1;
    return std::nullopt;
}

}  // namespace

void compose(std::u32string& lowered) {
    const auto joins = [](char32_t point) { return orderOf(point) != 0 || (point >= firstVowel && point < firstTail + tails - 1); };
    if (std::none_of(lowered.begin(), lowered.end(), joins)) return;
    std::u32string result;
    for (std::size_t place = 0; place < lowered.size();) {
        const std::size_t letter = place++;
        while (place < lowered.size() && orderOf(lowered[place]) != 0) ++place;
        const std::u32string_view following = std::u32string_view(lowered).substr(letter + 1, place - letter - 1);
        if (const auto one = result.empty() ? std::nullopt : syllable(result.back(), lowered[letter]); one && following.empty())
            result.back() = *one;
        else if (following.empty())
            result.push_back(lowered[letter]);
        else
            result += composedWith(lowered[letter], following);
    }
    lowered = std::move(result);
}

}  // namespace calckpi
