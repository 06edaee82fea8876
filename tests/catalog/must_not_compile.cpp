// Rows that must not compile: each is one that is right with one rule broken. The comment beside it names the rule that the
// compiler has to name there, and nothing else may be wrong. See check_must_not_compile.py.
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

namespace case0 {  // everything_is_right
constexpr Function family[] = {describe<&memberShare>(right), describe<&memberShare>(other)};
constexpr auto all = join(family);
constexpr Function named = describe<&memberShareByOption>(with([](Row& row) {
    row.parameters[1] = {"statistic", "How to sum up", "mean"};
    row.formula = "1";
}));
constexpr Function plain = describe<&memberShare>(with([](Row& row) { row.plain = "{members}/({members}[+{others}])"; }));
}  // namespace case0

namespace case1 {  // a_row_describes_each_parameter_of_its_function_and_no_more
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.parameters[1] = {}; }));
}  // namespace case1

namespace case2 {  // a_row_describes_each_parameter_of_its_function_and_no_more
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.parameters[2] = {"third", "One too many"}; }));
}  // namespace case2

namespace case3 {  // a_function_name_is_of_capitals_and_digits
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.name = "MemberShare"; }));
}  // namespace case3

namespace case4 {  // a_function_name_is_of_capitals_and_digits
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.name = "MEMBER_SHARE"; }));
}  // namespace case4

namespace case5 {  // a_function_name_is_of_capitals_and_digits
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.name = ""; }));
}  // namespace case5

namespace case6 {  // a_parameter_name_is_one_camelCase_word
constexpr Function wrong = describe<&memberShare>(with([](Row& row) {
    row.parameters[1].name = "other_members";
    row.formula = "1";
}));
}  // namespace case6

namespace case7 {  // a_parameter_name_is_one_camelCase_word
constexpr Function wrong = describe<&memberShare>(with([](Row& row) {
    row.parameters[1].name = "Others";
    row.formula = "1";
}));
}  // namespace case7

namespace case8 {  // a_parameter_name_must_not_be_an_idl_word
constexpr Function wrong = describe<&memberShare>(with([](Row& row) {
    row.parameters[1].name = "property";
    row.formula = "1";
}));
}  // namespace case8

namespace case9 {  // a_parameter_name_appears_once
constexpr Function wrong = describe<&memberShare>(with([](Row& row) {
    row.parameters[1].name = "members";
    row.formula = "1";
}));
}  // namespace case9

namespace case10 {  // a_title_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.title = "member share"; }));
}  // namespace case10

namespace case11 {  // a_title_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.title = ""; }));
}  // namespace case11

namespace case12 {  // a_summary_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.summary = "Share of members."; }));
}  // namespace case12

namespace case13 {  // a_summary_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.summary = "share of members"; }));
}  // namespace case13

namespace case14 {  // a_meaning_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.parameters[0].meaning = "Number of members."; }));
}  // namespace case14

namespace case15 {  // a_meaning_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.parameters[0].meaning = ""; }));
}  // namespace case15

namespace case16 {  // a_note_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.notes[3] = "everybody counts once"; }));
}  // namespace case16

namespace case17 {  // a_note_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.caution = "Two  blanks"; }));
}  // namespace case17

namespace case18 {  // a_note_starts_with_a_capital_and_has_no_full_stop
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.benchmark = "Half is common."; }));
}  // namespace case18

namespace case19 {  // a_formula_and_a_source_must_be_given
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.source = ""; }));
}  // namespace case19

namespace case20 {  // a_formula_and_a_source_must_be_given
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.formula = ""; }));
}  // namespace case20

namespace case21 {  // a_placeholder_must_name_a_parameter
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.formula = "{members} / {all}"; }));
}  // namespace case21

namespace case22 {  // a_placeholder_must_name_a_parameter
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.parameters[0].meaning = "Number of {member}"; }));
}  // namespace case22

namespace case23 {  // a_placeholder_must_name_a_parameter
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.caution = "Members without an end {members"; }));
}  // namespace case23

namespace case24 {  // an_optional_parameter_states_a_fallback_in_its_domain_and_no_other_does
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.parameters[1].fallback = {}; }));
}  // namespace case24

namespace case25 {  // an_optional_parameter_states_a_fallback_in_its_domain_and_no_other_does
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.parameters[1].fallback = -1.0; }));
}  // namespace case25

namespace case26 {  // an_optional_parameter_states_a_fallback_in_its_domain_and_no_other_does
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.parameters[0].fallback = 1.0; }));
}  // namespace case26

namespace case27 {  // an_optional_parameter_states_a_fallback_in_its_domain_and_no_other_does
constexpr Function wrong = describe<&memberShareByOption>(with([](Row& row) { row.parameters[1].fallback = "average"; }));
}  // namespace case27

namespace case28 {  // a_required_parameter_must_not_follow_an_optional_one
constexpr Function wrong = describe<&restFirst>(with([](Row& row) {
    row.parameters[0].fallback = 0.0;
    row.parameters[1].fallback = {};
}));
}  // namespace case28

namespace case29 {  // a_row_has_two_examples_or_more_one_of_them_failing
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.examples[1] = {}; }));
}  // namespace case29

namespace case30 {  // a_row_has_two_examples_or_more_one_of_them_failing
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.examples[0].expected = Fault::DivideByZero; }));
}  // namespace case30

namespace case31 {  // an_example_calls_its_function_and_states_what_it_shows
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.examples[0].formula = "=OTHERSHARE(1;3)"; }));
}  // namespace case31

namespace case32 {  // an_example_calls_its_function_and_states_what_it_shows
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.examples[0].formula = "MEMBERSHARE(1;3)"; }));
}  // namespace case32

namespace case33 {  // an_example_calls_its_function_and_states_what_it_shows
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.examples[0].expected = {}; }));
}  // namespace case33

namespace case34 {  // a_function_name_appears_once_in_the_catalog
constexpr Function family[] = {describe<&memberShare>(right), describe<&memberShare>(other)};
constexpr Function again[] = {describe<&memberShare>(right)};
constexpr auto all = join(family, again);
}  // namespace case34

namespace case35 {  // a_related_function_must_be_another_one_of_the_catalog
constexpr Function family[] = {describe<&memberShare>(right)};
constexpr auto all = join(family);
}  // namespace case35

namespace case36 {  // a_related_function_must_be_another_one_of_the_catalog
constexpr Function family[] = {describe<&memberShare>(with([](Row& row) { row.related[0] = "MEMBERSHARE"; }))};
constexpr auto all = join(family);
}  // namespace case36

namespace case37 {  // a_placeholder_must_name_a_parameter
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.plain = "{members}/({members}[+{others}])+{nobody}"; }));
}  // namespace case37

namespace case38 {  // a_plain_formula_is_of_numbers_alone_and_names_each_parameter
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.plain = "{members}/{members}"; }));
}  // namespace case38

namespace case39 {  // a_plain_formula_is_of_numbers_alone_and_names_each_parameter
constexpr Function wrong = describe<&memberShare>(with([](Row& row) { row.plain = "{members}/({members}[+{others})"; }));
}  // namespace case39

namespace case40 {  // a_plain_formula_is_of_numbers_alone_and_names_each_parameter
constexpr Function wrong = describe<&memberShareByOption>(with([](Row& row) {
    row.parameters[1] = {"statistic", "How to sum up", "mean"};
    row.formula = "1";
    row.plain = "{members}/{statistic}";
}));
}  // namespace case40

}  // namespace calckpi
