// What a macro asks for by name: the options of each model, and the sentences for what there is not.
#include "core/panel/funnel_model.hpp"
#include "core/panel/kpi_sheet_model.hpp"
#include "core/panel/table_model.hpp"
#include "tests/panel/sheet.hpp"
#include "tests/panel/user.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace calckpi::panel {
namespace {

using support::sheetOf;
using Words = std::vector<std::string>;

std::shared_ptr<MemoryTable> deals() {
    return sheetOf({"Deal ID|Seller|Line|Phase|Amount|Created date|Close date", "D1|Ana|Web|Signed|100|2025-01-05|2025-02-01",
                    "D2|Ana|Phone|Binned|200|2025-01-03|2025-02-02", "D3|Bob|Web|Won|150.5|2025-01-04|2025-02-03",
                    "D4|Bob|Phone|Demo|900|2025-01-02|", "D5|Cho|Web|signed |400|2025-01-01|2025-02-05",
                    "D6|Cho|Phone|Lost|300|2025-01-01|2025-03-06"});
}

// Asking is a panel that makes something, computed as it is when a macro asks for more.
struct Asking {
    explicit Asking(std::string_view what, const std::shared_ptr<MemoryTable>& table = deals()) {
        Source source = sourceOf(table);
        for (const std::string& header : table->headers()) source.dates.push_back(header.find("date") != std::string::npos);
        panel.take(std::move(source));
        panel.want(what);
        panel.compute();
    }
    std::string asks(std::string_view option, const ChosenValue& value) {
        std::string why = panel.ask(option, value);
        if (panel.needsComputing()) panel.compute();
        return why;
    }
    template <class Model>
    const Model& model() const {
        return dynamic_cast<const Model&>(panel.model());
    }
    Panel panel{Texts()};
};

TEST(Asked, ValueOfTableOptions) {
    Asking asking("SEGMENTS");
    const auto& choices = asking.model<TableModel>().choices();
    EXPECT_EQ(asking.asks("By", "Line"), "");
    EXPECT_EQ(choices.text("by"), "Line");
    EXPECT_EQ(asking.asks("by", "owner"), "") << "what a column is, in whatever language its header";
    EXPECT_EQ(choices.text("by"), "Seller");
    EXPECT_EQ(asking.asks("Won", Words{"Signed", "Won"}), "");
    EXPECT_EQ(choices.texts("won"), (Words{"Signed", "Won"}));
    EXPECT_EQ(asking.asks("Lost", std::string("Binned")), "");
    EXPECT_EQ(choices.texts("lost"), Words{"Binned"});
    EXPECT_EQ(asking.asks("Picture", "no"), "");
    EXPECT_FALSE(choices.picture);
    EXPECT_EQ(asking.model<TableModel>().preview()->problem, std::nullopt);
}

TEST(Asked, ErrorsOfTableOptions) {
    Asking asking("SEGMENTS");
    const TableChoices before = asking.model<TableModel>().choices();
    EXPECT_EQ(asking.asks("Colour", "red"), "There is no option Colour here");
    EXPECT_EQ(asking.asks("By", "Nowhere"), "By cannot be \"Nowhere\" here");
    EXPECT_EQ(asking.asks("By", 3.0), "By cannot be \"3\" here");
    EXPECT_EQ(asking.asks("Won", Words{}), "Won cannot be \"\" here");
    EXPECT_EQ(asking.asks("Picture", Words{"yes", "no"}), "Picture cannot be \"yes, no\" here");
    EXPECT_EQ(asking.asks("Picture", "red"), "Picture cannot be \"red\" here");
    EXPECT_EQ(asking.model<TableModel>().choices(), before);
}

TEST(Asked, ValueOfWordsNumbersAndDates) {
    Asking periods("KPIPERIODS");
    EXPECT_EQ(periods.asks("Period", "quarter"), "");
    EXPECT_EQ(periods.model<TableModel>().choices().text("period"), "quarter");
    EXPECT_EQ(periods.asks("period", "eon"), "period cannot be \"eon\" here");
    EXPECT_EQ(periods.asks("period", 2.5), "period cannot be \"2.500000\" here");
    EXPECT_EQ(periods.asks("AsOf", 45690.0), "");
    EXPECT_EQ(periods.model<TableModel>().choices().number("asOf"), 45690);
    EXPECT_EQ(periods.asks("asof", "yesterday"), "asof cannot be \"yesterday\" here");
    Asking stuck("STUCKDEALS");
    EXPECT_EQ(stuck.asks("limit", 30.0), "") << "a number of days instead of one of its words";
    EXPECT_EQ(stuck.model<TableModel>().choices().number("limit"), 30);
}

TEST(Asked, ValueOfFunnelOptions) {
    Asking asking("FUNNEL");
    const auto& model = asking.model<FunnelModel>();
    EXPECT_EQ(asking.asks("By", "Line"), "");
    EXPECT_EQ(model.choices().by, "Line");
    EXPECT_EQ(asking.asks("Won", Words{"Signed", "won"}), "");
    EXPECT_EQ(asking.asks("Lost", Words{"Binned"}), "");
    const auto won = std::find_if(model.choices().stages.begin(), model.choices().stages.end(),
                                  [](const ChosenStage& stage) { return stage.outcome == Outcome::Won; });
    ASSERT_NE(won, model.choices().stages.end());
    EXPECT_EQ(std::next(won)->outcome, Outcome::Lost) << "the last step";
    EXPECT_EQ(1 + won->spellings.size(), 2U) << "several texts for won are one stage";
    EXPECT_EQ(model.choices().stages.back(), (ChosenStage{"Binned", Outcome::Lost}));
    EXPECT_EQ(std::count_if(model.choices().stages.begin(), model.choices().stages.end(),
                            [](const ChosenStage& stage) { return stage.outcome == Outcome::Lost; }),
              1)
        << "what was lost before is a step now";
    EXPECT_EQ(asking.asks("Stages", Words{"Lost", "Demo", "Won"}), "");
    EXPECT_EQ(model.choices().stages,
              (std::vector<ChosenStage>{{"Demo", Outcome::Step}, {"Won", Outcome::Won}, {"Lost", Outcome::Lost}}));
    EXPECT_EQ(asking.asks("Amount", "amount"), "");
    EXPECT_EQ(model.choices().amount, "Amount");
    EXPECT_EQ(asking.asks("Stage", "Line"), "");
    EXPECT_EQ(model.choices().stage, "Line");
    EXPECT_EQ(asking.asks("Picture", "no"), "");
    EXPECT_EQ(model.choices().picture, Picture::None);
    EXPECT_EQ(asking.asks("AsOf", 45690.0), "");
    EXPECT_EQ(model.choices().asOf, 45690);
    EXPECT_EQ(asking.asks("Window", 30.0), "");
    EXPECT_EQ(model.choices().window, 30);
}

TEST(Asked, ErrorsOfFunnelOptions) {
    Asking asking("FUNNEL");
    const Choices before = asking.model<FunnelModel>().choices();
    EXPECT_EQ(asking.asks("Won", "Sold"), "Won cannot be \"Sold\" here");
    EXPECT_EQ(asking.asks("Stages", Words{"Demo", "Sold"}), "Stages cannot be \"Demo, Sold\" here");
    EXPECT_EQ(asking.asks("Stages", Words{}), "Stages cannot be \"\" here");
    EXPECT_EQ(asking.asks("By", "Nowhere"), "By cannot be \"Nowhere\" here");
    EXPECT_EQ(asking.asks("Status", "Nowhere"), "Status cannot be \"Nowhere\" here");
    EXPECT_EQ(asking.asks("Picture", "red"), "Picture cannot be \"red\" here");
    EXPECT_EQ(asking.asks("Window", "long"), "Window cannot be \"long\" here");
    EXPECT_EQ(asking.asks("Count", "Amount"), "There is no option Count here") << "of counts only";
    EXPECT_EQ(asking.asks("Colour", "red"), "There is no option Colour here");
    EXPECT_EQ(asking.model<FunnelModel>().choices(), before);
}

TEST(Asked, ValueOfKpiSheetOptions) {
    Asking asking("KPISHEET");
    const auto& choices = asking.model<KpiSheetModel>().choices();
    for (const auto& [option, value] : std::vector<std::pair<std::string, ChosenValue>>{{"Template", "sales-scorecard"},
                                                                                        {"Unit", "quarter"},
                                                                                        {"Periods", 6.0},
                                                                                        {"YearStart", 4.0},
                                                                                        {"WeekStart", 7.0},
                                                                                        {"AsOf", 45690.0},
                                                                                        {"Tolerance", 0.05},
                                                                                        {"Previous", "no"},
                                                                                        {"LastYear", "no"},
                                                                                        {"YearToDate", "no"},
                                                                                        {"Pictures", "no"},
                                                                                        {"Sections", Words{"owners", "win-curve"}}})
        EXPECT_EQ(asking.asks(option, value), "");
    EXPECT_EQ(choices.templateId, "sales-scorecard");
    EXPECT_EQ(choices.unit, PeriodWords::Quarter);
    EXPECT_EQ(choices.periods, 6);
    EXPECT_EQ(choices.yearStart, 4);
    EXPECT_EQ(choices.weekStart, 7);
    EXPECT_EQ(choices.asOf, 45690);
    EXPECT_EQ(choices.tolerance, 0.05);
    EXPECT_FALSE(choices.previous || choices.lastYear || choices.yearToDate || choices.pictures);
    EXPECT_EQ(choices.sections, (std::vector<TemplateSection>{TemplateSection::SegmentsByOwner, TemplateSection::WinCurve}));
    EXPECT_EQ(readKpiSheetSettings(written(choices)), choices);
    EXPECT_EQ(asking.asks("KPIs", Words{"win-rate", "deals-won"}), "");
    EXPECT_EQ(choices.kpis, (Words{"win-rate", "deals-won"})) << "in the order in which they were asked for";
    EXPECT_EQ(asking.asks("kpis", "all"), "");
    EXPECT_GT(choices.kpis.size(), 20U);
    EXPECT_EQ(asking.asks("Template", "pipeline-forecast"), "");
    EXPECT_EQ(choices.templateId, "pipeline-forecast");
    EXPECT_EQ(choices.periods, 6) << "what does not depend on the template stays";
}

TEST(Asked, ErrorsOfKpiSheetOptions) {
    Asking asking("KPISHEET");
    const KpiSheetChoices before = asking.model<KpiSheetModel>().choices();
    for (const auto& [option, value] : std::vector<std::pair<std::string, ChosenValue>>{{"Template", "mine"},
                                                                                        {"Unit", "eon"},
                                                                                        {"Periods", 1.0},
                                                                                        {"Periods", 2.5},
                                                                                        {"Tolerance", -1.0},
                                                                                        {"Sections", Words{"owners", "mine"}},
                                                                                        {"Previous", "perhaps"},
                                                                                        {"KPIs", Words{"win-rate", "nps"}},
                                                                                        {"KPIs", Words{}},
                                                                                        {"Won", "Sold"}})
        EXPECT_EQ(asking.asks(option, value), option + " cannot be \"" + shownAsked(value) + "\" here");
    EXPECT_EQ(asking.asks("Colour", "red"), "There is no option Colour here");
    EXPECT_EQ(asking.model<KpiSheetModel>().choices(), before);
}

// States that the words do not tell are said, and stay said when the sheet is updated with more rows.
TEST(Asked, ValueOfStatesThatAreSaid) {
    Asking asking("KPISHEET");
    const auto& choices = asking.model<KpiSheetModel>().choices();
    EXPECT_EQ(asking.asks("Won", Words{"signed", "Won"}), "");
    EXPECT_EQ(choices.sources.at(0).won, (Words{"Signed", "Won"})) << "each once, whatever its capitals and blanks";
    EXPECT_EQ(choices.sources.at(0).lost, Words{"Lost"});
    EXPECT_EQ(asking.asks("Lost", Words{"Binned"}), "");
    EXPECT_EQ(choices.sources.at(0).lost, Words{"Binned"});
    const std::string settings = written(choices);
    EXPECT_EQ(readKpiSheetSettings(settings), choices);
    KpiSheetModel again{Texts()};
    Source source = *asking.panel.source();
    ASSERT_TRUE(again.take(source, settings));
    again.compute();
    EXPECT_EQ(again.choices().sources.at(0).won, (Words{"Signed", "Won"}));
    EXPECT_EQ(again.choices().sources.at(0).lost, Words{"Binned"});
}

TEST(Asked, ValueOfStatesWithoutKnownWords) {
    std::vector<std::string> lines{"Deal ID|Seller|Line|Phase|Amount|Created date|Close date"};
    for (int month = 1; month < 9; ++month)
        lines.push_back("D|Ana|Web|" + std::string(month % 2 == 0 ? "Omega" : "Alpha") + "|100|2025-01-05|2025-0" +
                        std::to_string(month) + "-07");
    Asking asking("KPISHEET", sheetOf(lines));
    EXPECT_EQ(asking.asks("Template", "sales-scorecard"), "");
    const auto& choices = asking.model<KpiSheetModel>().choices();
    EXPECT_EQ(std::count(choices.kpis.begin(), choices.kpis.end(), "win-rate"), 0);
    EXPECT_EQ(asking.asks("Won", "Alpha"), "");
    EXPECT_EQ(asking.asks("Lost", "Omega"), "");
    EXPECT_EQ(std::count(choices.kpis.begin(), choices.kpis.end(), "win-rate"), 1) << "what is possible now is ticked";
    EXPECT_TRUE(std::holds_alternative<Draft>(asking.panel.draft(std::nullopt)));
}

TEST(Asked, WhyThereIsNothing) {
    Asking asking("KPISHEET");
    EXPECT_EQ(asking.panel.whyNot("KPISHEET"), "");
    EXPECT_EQ(asking.panel.whyNothing(), "");
    EXPECT_EQ(asking.panel.whyNot("MRRMOVEMENTS").substr(0, 31), "Recurring revenue from invoices");
    EXPECT_EQ(asking.panel.whyNot("NOTHING"), "There is nothing of the name NOTHING to make");
    Asking empty("SEGMENTS", sheetOf({"Deal ID|Seller|Phase"}));
    EXPECT_EQ(empty.panel.whyNothing().substr(0, 37), "There are no rows below the headers. ");
}

// A text among the dates leaves no figure: the sheet is refused with the cell, not written with errors.
TEST(Asked, ErrorsOfCellsInTheWay) {
    const auto table = sheetOf({"Deal ID|Seller|Phase|Amount|Created date|Close date", "D1|Ana|Won|100|2025-01-05|2025-02-01",
                                "D2|Ana|Lost|200|2025-01-03|2025-02-02", "D3|Bob|Won|150.5|2025-01-04|soon"});
    Asking asking("KPISHEET", table);
    EXPECT_EQ(asking.asks("Template", "sales-scorecard"), "");
    const auto draft = asking.panel.draft(std::nullopt);
    ASSERT_TRUE(std::holds_alternative<std::string>(draft));
    EXPECT_EQ(std::get<std::string>(draft),
              "Close date holds a text where a date belongs: convert the cells in place, correct this one or choose another column "
              "(first: F4)");
    const View shown = asking.panel.view();
    const auto isCell = [](const Widget& widget) { return widget.item == ControlId(Item::ProblemCell); };
    EXPECT_TRUE(std::any_of(shown.rows.begin(), shown.rows.end(), [&](const Row& row) {
        return std::any_of(row.widgets.begin(), row.widgets.end(), isCell);
    })) << "and the KPIs stay in sight";
    const Reaction reaction = asking.panel.act({.item = Item::ProblemCell});
    EXPECT_EQ(reaction.next, Next::GoToCell);
    EXPECT_EQ(reaction.cell, (Place{6, 4}));
}

}  // namespace
}  // namespace calckpi::panel
