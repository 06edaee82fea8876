// Vocabulary: the words that CRMs and event logs use in headers and stages, in English, French and Romanian.
//
//   plainWords("Étape_deLAffaire")        // "etape de l affaire"
//   headerMeaning("Date de clôture")      // of Meaning::ClosedDate
//   usualPlace("Demo scheduled")          // 40: after a lead, before a proposal
//
// Case, accents, punctuation, underscores and camelCase do not matter.
#pragma once

#include "core/recognition/choices.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace calckpi::panel {

// plainWords is the text in lower case without accents, its words separated by single blanks: letters and digits are all that
// stays, but % is the word "percent" and # the word "number". Of a long text it is the beginning: no label is longer.
std::string plainWords(std::string_view text);

// Meaning is what a header says of its column.
enum class Meaning : std::uint8_t {
    None,
    Unit,   // the deal, person or account: its id or name
    RowId,  // an id of the row itself, of an event or an order
    Stage,
    Status,
    Event,
    LostStage,
    EventTime,
    EnteredDate,  // of one stage: "Date entered Demo"
    CreatedDate,
    ClosedDate,
    OtherDate,  // last activity, birthday, renewal: no step of a deal
    Date,       // some date
    Amount,
    Count,
    Share,  // probability, percentage, rate
    Duration,
    Currency,
    Flag,  // is won, is closed
    Reason,
    Owner,
    Segment,  // channel, product, country, type
    Note,
};

// HeaderMeaning is the meaning with the greatest weight; of columns with the same meaning the one with the greater weight is meant.
struct HeaderMeaning {
    Meaning meaning = Meaning::None;
    int weight = 0;
};
HeaderMeaning headerMeaning(std::string_view header);

// usualPlace tells where a stage usually stands: from 0, a visit, to 100, won. Nothing for a text that is no common stage.
std::optional<double> usualPlace(std::string_view stage);

// usualOrder gives the places of stages that all belong to the process of one well-known CRM, which may differ from usualPlace;
// otherwise nothing.
std::optional<std::vector<std::size_t>> usualOrder(const std::vector<std::string>& stages);

// numberInFront is the 2 of "2 - Demo", "Step 2: Demo" and "Étape 2".
std::optional<double> numberInFront(std::string_view stage);

// isTotal is true for the row under a table of counts.
bool isTotal(std::string_view stage);

// outcomeInText is what outcomeOf in stage_list.hpp says.
Outcome outcomeInText(std::string_view stage);

// stageInDateHeader is what is left of a header without the words that speak of dates: "Demo" of "Demo date".
std::string stageInDateHeader(std::string_view header);

// isDay tells whether a number can be a date: Calc's end in the year 9999. Day 0 is no date, as in a formula.
bool isDay(double serial);
// isoDate writes a day as 2025-03-01, which is read in every locale.
std::string isoDate(double serial, std::chrono::sys_days nullDate);

}  // namespace calckpi::panel
