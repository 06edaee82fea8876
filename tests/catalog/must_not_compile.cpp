// Programs that must not compile, one per case: each takes a row that is right and breaks one rule. The comment beside a case
// names the rule that the compiler has to name. See CMakeLists.txt.
#include "core/catalog/catalog_rules.hpp"
#include "core/statistics/statistic.hpp"

namespace calckpi {

Result<Share> memberShare(Count members, Optional<Count> others);
Result<Share> memberShareByOption(Count members, Optional<Statistic> statistic);
Result<Share> restFirst(Optional<Count> members, Count others);

constexpr Row right{
    .name = "MEMBERSHARE",
    .family = Family::Customers,
    .title = "Member share",
    .summary = "Share of {members} among all",
    .formula = "{members} / ({members} + {others})",
    .parameters = {{"members", "Number of members"}, {"others", "Number of {members} that are none", 0.0}},
    .notes = {"Everybody counts once"},
    .caution = "Members who left are missing",
    .benchmark = "Half is common",
    .source = "Definition",
    .related = {"OTHERSHARE"},
    .examples = {{"=MEMBERSHARE(1;3)", 0.25}, {"=MEMBERSHARE(0;0)", Fault::DivideByZero}},
};

template <class Change>
consteval Row with(Change change) {
    Row row = right;
    change(row);
    return row;
}

constexpr Row other = with([](Row& row) {
    row.name = "OTHERSHARE";
    row.related[0] = "MEMBERSHARE";
    row.examples[0].formula = "=OTHERSHARE(1;3)";
    row.examples[1].formula = "=OTHERSHARE(0;0)";
});

#if CASE == 0  // everything_is_right
constexpr Function family[] = {describe<&memberShare>(right), describe<&memberShare>(other)};
constexpr auto all = join(family);
constexpr Function named = describe<&memberShareByOption>(with([](Row& row) {
    row.parameters[1] = {"statistic", "How to sum up", "mean"};
    row.formula = "1";
}));

#elif CASE == 1  // a_row_describes_each_parameter_of_its_function_and_no_more
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.parameters[1] = {}; }));
#elif CASE == 2  // a_row_describes_each_parameter_of_its_function_and_no_more
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.parameters[2] = {"third", "One too many"}; }));

#elif CASE == 3  // a_function_name_is_of_capitals_and_digits
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.name = "MemberShare"; }));
#elif CASE == 4  // a_function_name_is_of_capitals_and_digits
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.name = "MEMBER_SHARE"; }));
#elif CASE == 5  // a_function_name_is_of_capitals_and_digits
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.name = ""; }));

#elif CASE == 6  // a_parameter_name_is_one_camelCase_word
constexpr Function wrong = describe<&memberShare>(with([](Row& row) {
    row.parameters[1].name = "other_members";
    row.formula = "1";
}));
#elif CASE == 7  // a_parameter_name_is_one_camelCase_word
constexpr Function wrong = describe<&memberShare>(with([](Row& row) {
    row.parameters[1].name = "Others";
    row.formula = "1";
}));

#elif CASE == 8  // a_parameter_name_must_not_be_an_idl_word
constexpr Function wrong = describe<&memberShare>(with([](Row& row) {
    row.parameters[1].name = "property";
    row.formula = "1";
}));

#elif CASE == 9  // a_parameter_name_appears_once
constexpr Function wrong = describe<&memberShare>(with([](Row& row) {
    row.parameters[1].name = "members";
    row.formula = "1";
}));

#elif CASE == 10  // a_title_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.title = "member share"; }));
#elif CASE == 11  // a_title_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.title = ""; }));

#elif CASE == 12  // a_summary_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.summary = "Share of members."; }));
#elif CASE == 13  // a_summary_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.summary = "share of members"; }));

#elif CASE == 14  // a_meaning_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.parameters[0].meaning = "Number of members."; }));
#elif CASE == 15  // a_meaning_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.parameters[0].meaning = ""; }));

#elif CASE == 16  // a_note_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.notes[3] = "everybody counts once"; }));
#elif CASE == 17  // a_note_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.caution = "Two  blanks"; }));
#elif CASE == 18  // a_note_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.benchmark = "Half is common."; }));

#elif CASE == 19  // a_formula_and_a_source_must_be_given
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.source = ""; }));
#elif CASE == 20  // a_formula_and_a_source_must_be_given
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.formula = ""; }));

#elif CASE == 21  // a_placeholder_must_name_a_parameter
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.formula = "{members} / {all}"; }));
#elif CASE == 22  // a_placeholder_must_name_a_parameter
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.parameters[0].meaning = "Number of {member}"; }));
#elif CASE == 23  // a_placeholder_must_name_a_parameter
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.caution = "Members without an end {members"; }));

#elif CASE == 24  // an_optional_parameter_states_a_fallback_in_its_domain_and_no_other_does
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.parameters[1].fallback = {}; }));
#elif CASE == 25  // an_optional_parameter_states_a_fallback_in_its_domain_and_no_other_does
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.parameters[1].fallback = -1.0; }));
#elif CASE == 26  // an_optional_parameter_states_a_fallback_in_its_domain_and_no_other_does
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.parameters[0].fallback = 1.0; }));
#elif CASE == 27  // an_optional_parameter_states_a_fallback_in_its_domain_and_no_other_does
constexpr Function wrong = describe<&memberShareByOption>(with([](Row& row) { row.parameters[1].fallback = "average"; }));

#elif CASE == 28  // a_required_parameter_must_not_follow_an_optional_one
constexpr Function wrong = describe<&restFirst>(with([](Row& row) {
    row.parameters[0].fallback = 0.0;
    row.parameters[1].fallback = {};
}));

#elif CASE == 29  // a_row_has_two_examples_or_more_one_of_them_failing
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.examples[1] = {}; }));
#elif CASE == 30  // a_row_has_two_examples_or_more_one_of_them_failing
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.examples[0].expected = Fault::DivideByZero; }));

#elif CASE == 31  // an_example_calls_its_function_and_states_what_it_shows
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.examples[0].formula = "=OTHERSHARE(1;3)"; }));
#elif CASE == 32  // an_example_calls_its_function_and_states_what_it_shows
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.examples[0].formula = "MEMBERSHARE(1;3)"; }));
#elif CASE == 33  // an_example_calls_its_function_and_states_what_it_shows
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.examples[0].expected = {}; }));

#elif CASE == 34  // a_function_name_appears_once_in_the_catalog
constexpr Function family[] = {describe<&memberShare>(right), describe<&memberShare>(other)};
constexpr Function again[] = {describe<&memberShare>(right)};
constexpr auto all = join(family, again);

#elif CASE == 35  // a_related_function_must_be_another_one_of_the_catalog
constexpr Function family[] = {describe<&memberShare>(right)};
constexpr auto all = join(family);
#elif CASE == 36  // a_related_function_must_be_another_one_of_the_catalog
constexpr Function family[] = {describe<&memberShare>(with([](Row& row) { row.related[0] = "MEMBERSHARE"; }))};
constexpr auto all = join(family);

#else
#error "no such case"
#endif

}  // namespace calckpi
