#include "core/sheets/kpi_templates.hpp"

#include "core/kpis/catalog.hpp"
#include "core/recognition/role_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace calckpi::panel {
namespace {

using From = MeasureFrom;

// ---- Arrays -------------------------------------------------------------------------------------------------------------------

constexpr KpiArray arrays[] = {
    {.id = "deals",
     .rows = RowKind::Deals,
     .call = "KPIPERIODS({table};{state};{won};{lost};{Opened};{Closed};{Amount?};{period};{asOf};0{filters})",
     .columns = 15,
     .byYear = true},
    {.id = "movements",
     .rows = RowKind::Transactions,
     .call = "MRRMOVEMENTS({table};{Customer};{When};{Amount};{period};;0{until}{filters})",
     .columns = 14,
     .instead = "plans"},
    {.id = "plans",
     .rows = RowKind::Subscriptions,
     .call = "MRRPLANS({table};{Customer};{Start};{End};{Amount};{Interval?};{period};;{asOf};0{filters})",
     .columns = 14},
    {.id = "first purchases",
     .rows = RowKind::Transactions,
     .call = "COHORTS({table};{Customer};{When};{period};\"retention\";;0{until}{filters})",
     .columns = 2,
     .rowsBefore = 1},
    {.id = "owners",
     .rows = RowKind::Deals,
     .call = "SEGMENTS({table};{Owner};{state};{won};{lost};{Amount?};{Opened?};{Closed?};0{within}{filters})",
     .columns = 13},
    {.id = "products",
     .rows = RowKind::Deals,
     .call = "SEGMENTS({table};{Product};{state};{won};{lost};{Amount?};{Opened?};{Closed?};0{within}{filters})",
     .columns = 13},
    {.id = "channels",
     .rows = RowKind::Deals,
     .call = "SEGMENTS({table};{Channel};{state};{won};{lost};{Amount?};{Opened?};{Closed?};0{within}{filters})",
     .columns = 13},
    {.id = "regions",
     .rows = RowKind::Deals,
     .call = "SEGMENTS({table};{Region};{state};{won};{lost};{Amount?};{Opened?};{Closed?};0{within}{filters})",
     .columns = 13},
    {.id = "win curve",
     .rows = RowKind::Deals,
     .call = "WINCURVE({table};{Opened};{Closed};{state};{won};{lost};{asOf};0{filters})",
     .columns = 8,
     .spare = 60},
    {.id = "stuck deals",
     .rows = RowKind::Deals,
     .call = "STUCKDEALS({table};{state};{won};{lost};{Opened};{Closed};{Stage?};{Amount?};\"p90/10\";{asOf};0{filters})",
     .columns = 5,
     .listed = 10},
    {.id = "retention",
     .rows = RowKind::Transactions,
     .call = "COHORTS({table};{Customer};{When};{period};\"retention\";;0{until}{filters})",
     .columns = 14},
};

// ---- Measures -----------------------------------------------------------------------------------------------------------------

constexpr Measure ofDeals(std::string_view id, std::int32_t column, Nature nature) {
    return {.id = id, .from = From::Array, .nature = nature, .array = "deals", .column = column, .rows = RowKind::Deals};
}
constexpr Measure ofMovements(std::string_view id, std::int32_t column, Nature nature) {
    return {.id = id, .from = From::Array, .nature = nature, .array = "movements", .column = column, .rows = RowKind::Transactions};
}
constexpr Measure counted(std::string_view id, RowKind rows, Role when, std::string_view filters = {}) {
    return {.id = id, .from = From::Counted, .nature = Nature::Flow, .rows = rows, .when = when, .filters = filters};
}
constexpr Measure summed(std::string_view id, RowKind rows, Role when, Role value, std::string_view statistic = "sum",
                         std::string_view filters = {}) {
    const bool flow = statistic == "sum" || statistic == "count";
    return {.id = id,
            .from = From::Counted,
            .nature = flow ? Nature::Flow : Nature::Statistic,
            .rows = rows,
            .when = when,
            .statistic = statistic,
            .value = value,
            .filters = filters};
}
constexpr Measure single(std::string_view id, RowKind rows, Role when, std::string_view call, std::string_view filters = {}) {
    return {
        .id = id, .from = From::Single, .nature = Nature::Statistic, .rows = rows, .when = when, .call = call, .filters = filters};
}
constexpr Measure series(std::string_view id, RowKind rows, Role when, std::string_view call) {
    return {.id = id, .from = From::Series, .nature = Nature::Statistic, .rows = rows, .when = when, .call = call};
}
constexpr Measure typed(std::string_view id, Message label, Unit unit, Nature nature = Nature::Flow) {
    return {.id = id, .from = From::Typed, .nature = nature, .label = label, .unit = unit};
}

constexpr std::string_view call_ = "Kind~call,appel,apel,phone,téléphone,telefon";
constexpr std::string_view mail = "Kind~email,e-mail,mail,courriel";
constexpr std::string_view meeting = "Kind~meeting,rendez-vous,rdv,réunion,întâlnire,intalnire";
constexpr std::string_view demo = "Kind~demo,démo,démonstration,demonstrație";
constexpr std::string_view proposal = "Kind~proposal,proposition,offre,devis,propunere,ofertă,quote";
constexpr std::string_view signature = "Kind~signature,signed,contract,contrat,semnare";
constexpr std::string_view training = "Kind~training,formation,instruire,curs";
constexpr std::string_view coaching = "Kind~coaching,accompagnement";
constexpr std::string_view linkedIn = "Channel~linkedin";

constexpr Measure measures[] = {
    ofDeals("created", 3, Nature::Flow),
    ofDeals("won", 4, Nature::Flow),
    ofDeals("lost", 5, Nature::Flow),
    ofDeals("open", 6, Nature::Stock),
    ofDeals("winRate", 7, Nature::Statistic),
    ofDeals("createdRate", 10, Nature::Statistic),
    {.id = "revenue",
     .from = From::Array,
     .nature = Nature::Flow,
     .array = "deals",
     .column = 11,
     .rows = RowKind::Deals,
     .value = Role::Amount,
     .otherwise = "invoiced"},
    {.id = "averageSale",
     .from = From::Array,
     .nature = Nature::Statistic,
     .array = "deals",
     .column = 12,
     .rows = RowKind::Deals,
     .value = Role::Amount},
    ofDeals("medianCycle", 13, Nature::Statistic),
    ofDeals("meanCycle", 14, Nature::Statistic),
    {.id = "pipeline",
     .from = From::Array,
     .nature = Nature::Stock,
     .array = "deals",
     .column = 15,
     .rows = RowKind::Deals,
     .value = Role::Amount},
    single("wonValueRate", RowKind::Deals, Role::Closed, "DWINVALUE({table};{state};{won};{lost};{Amount}"),
    single("cycleOfNineInTen", RowKind::Deals, Role::Closed, "DSALESCYCLE({table};{Opened};{Closed};\"p90\"", "state=won"),
    {.id = "weightedPipeline",
     .from = From::Single,
     .nature = Nature::Stock,
     .rows = RowKind::Deals,
     .when = Role::Opened,
     .call = "DPIPELINE({table};{state};{won};{lost};{Amount};{Probability}",
     .nowOnly = true},
    single("wonOfProposals", RowKind::Deals, Role::Proposed, "DWINRATE({table};{state};{won};{lost};\"created\""),
    counted("proposed", RowKind::Deals, Role::Proposed),
    single("linkedInRevenue", RowKind::Deals, Role::Closed, "DSALES({table};{state};{won};{Amount};\"sum\"", linkedIn),
    single("linkedInWon", RowKind::Deals, Role::Closed, "DSALES({table};{state};{won};{Amount};\"count\"", linkedIn),
    single("linkedInAverage", RowKind::Deals, Role::Closed, "DSALES({table};{state};{won};{Amount};\"mean\"", linkedIn),
    single("linkedInWinRate", RowKind::Deals, Role::Closed, "DWINRATE({table};{state};{won};{lost};\"closed\"", linkedIn),
    single("presalesAverage", RowKind::Deals, Role::Closed, "DSALES({table};{state};{won};{Amount};\"mean\"",
           "Presales~yes,oui,da,true,1"),
    single("otherAverage", RowKind::Deals, Role::Closed, "DSALES({table};{state};{won};{Amount};\"mean\"",
           "Presales~no,non,nu,false,0"),
    counted("wonWithPresales", RowKind::Deals, Role::Closed, "Presales~yes,oui,da,true,1;state=won"),
    counted("lostWithPresales", RowKind::Deals, Role::Closed, "Presales~yes,oui,da,true,1;state=lost"),
    counted("wonWithoutPresales", RowKind::Deals, Role::Closed, "Presales~no,non,nu,false,0;state=won"),
    counted("lostWithoutPresales", RowKind::Deals, Role::Closed, "Presales~no,non,nu,false,0;state=lost"),
    summed("listPrices", RowKind::Deals, Role::Closed, Role::ListPrice, "sum", "state=won"),
    summed("soldPrices", RowKind::Deals, Role::Closed, Role::Amount, "sum", "state=won;ListPrice<>"),
    {.id = "bestProduct",
     .from = From::Segment,
     .nature = Nature::Statistic,
     .array = "products",
     .column = 6,
     .rows = RowKind::Deals,
     .call = "MAX"},
    {.id = "weakestProduct",
     .from = From::Segment,
     .nature = Nature::Statistic,
     .array = "products",
     .column = 6,
     .rows = RowKind::Deals,
     .call = "MIN"},

    ofMovements("mrrAtStart", 2, Nature::Statistic),
    ofMovements("newMrr", 3, Nature::Flow),
    ofMovements("expansion", 4, Nature::Flow),
    ofMovements("contraction", 5, Nature::Flow),  // of 0 or less, as are those of the churned
    ofMovements("churnedMrr", 6, Nature::Flow),
    ofMovements("reactivated", 7, Nature::Flow),
    ofMovements("mrr", 8, Nature::Stock),
    ofMovements("customers", 9, Nature::Stock),
    {.id = "newCustomers",
     .from = From::Array,
     .nature = Nature::Flow,
     .array = "first purchases",
     .column = 2,
     .rows = RowKind::Transactions,
     .otherwise = "newCustomersTyped"},
    summed("invoiced", RowKind::Transactions, Role::When, Role::Amount),
    summed("orders", RowKind::Transactions, Role::When, Role::Customer, "count"),
    summed("activeCustomers", RowKind::Transactions, Role::When, Role::Customer, "distinct"),
    summed("averageOrder", RowKind::Transactions, Role::When, Role::Amount, "mean"),
    {.id = "expectedValue",
     .from = From::Single,
     .nature = Nature::Stock,
     .column = 8,
     .rows = RowKind::Transactions,
     .when = Role::When,
     .call = "CLVPREDICT({table};{Customer};{When};{Amount};365;0;1;;{asOf};0",
     .nowOnly = true,
     .model = "CLVMODEL({table};{Customer};{When};{Amount};;{asOf};;0{filters})"},

    counted("leads", RowKind::Leads, Role::Received),
    counted("leadsConverted", RowKind::Leads, Role::Received, "Converted<>"),
    counted("leadsQualified", RowKind::Leads, Role::Received, "Qualified<>"),
    counted("leadsSalesQualified", RowKind::Leads, Role::Received, "Qualified<>;SalesQualified<>"),
    counted("linkedInLeads", RowKind::Leads, Role::Received, linkedIn),
    single("leadResponse", RowKind::Leads, Role::Received, "DRESPONSETIME({table};{Received};{Contacted};\"median\""),
    series("leadResponseOpen", RowKind::Leads, Role::Received,
           "LEADRESPONSETIME({Received};{Contacted};\"median\";TIME(9;0;0);TIME(17;0;0))"),
    series("leadsInTime", RowKind::Leads, Role::Received, "RESPONSESLA({Received};{Contacted};1)"),

    counted("activities", RowKind::Activities, Role::When),
    counted("calls", RowKind::Activities, Role::When, call_),
    counted("mails", RowKind::Activities, Role::When, mail),
    counted("meetings", RowKind::Activities, Role::When, meeting),
    counted("demos", RowKind::Activities, Role::When, demo),
    counted("proposals", RowKind::Activities, Role::When, proposal),
    counted("signatures", RowKind::Activities, Role::When, signature),
    counted("cadences", RowKind::Activities, Role::When,
            "Kind~cadence,sequence,séquence,secvență;Outcome~done,finished,terminé,gata"),
    counted("trainings", RowKind::Activities, Role::When, training),
    summed("trained", RowKind::Activities, Role::When, Role::Owner, "distinct", training),
    summed("trainingMinutes", RowKind::Activities, Role::When, Role::Minutes, "sum", training),
    counted("trainingsCompleted", RowKind::Activities, Role::When,
            "Kind~training,formation,instruire,curs;Outcome~completed,terminé,achevé,finalizat"),
    counted("trainingsPassed", RowKind::Activities, Role::When,
            "Kind~training,formation,instruire,curs;Outcome~passed,réussi,promovat"),
    summed("coached", RowKind::Activities, Role::When, Role::Owner, "distinct", coaching),
    summed("coachingMinutes", RowKind::Activities, Role::When, Role::Minutes, "sum", coaching),
    summed("onboardingSession", RowKind::Activities, Role::When, Role::Minutes, "mean", "Kind~onboarding,intégration,integrare"),
    summed("presalesMinutes", RowKind::Activities, Role::When, Role::Minutes, "sum",
           "Kind~pre-sales,presales,avant-vente,prevânzare"),
    counted("customerMeetings", RowKind::Activities, Role::When, meeting),

    {.id = "answers", .from = From::Counted, .rows = RowKind::Surveys, .when = Role::When, .value = Role::Score, .mostFrom = 6},
    {.id = "promoters",
     .from = From::Counted,
     .rows = RowKind::Surveys,
     .when = Role::When,
     .value = Role::Score,
     .filters = "Score>=9",
     .mostFrom = 6},
    {.id = "detractors",
     .from = From::Counted,
     .rows = RowKind::Surveys,
     .when = Role::When,
     .value = Role::Score,
     .filters = "Score<=6",
     .mostFrom = 6},
    {.id = "npsOfScores",
     .from = From::Series,
     .nature = Nature::Statistic,
     .rows = RowKind::Surveys,
     .when = Role::When,
     .value = Role::Score,
     .call = "NPS({Score})",
     .mostFrom = 6},
    {.id = "npsMargin",
     .from = From::Series,
     .nature = Nature::Statistic,
     .rows = RowKind::Surveys,
     .when = Role::When,
     .value = Role::Score,
     .call = "NPSMARGIN({Score})",
     .mostFrom = 6},
    {.id = "csatOfScores",
     .from = From::Series,
     .nature = Nature::Statistic,
     .rows = RowKind::Surveys,
     .when = Role::When,
     .value = Role::Score,
     .call = "CSAT({Score})",
     .mostTo = 5},
    {.id = "cesOfScores",
     .from = From::Series,
     .nature = Nature::Statistic,
     .rows = RowKind::Surveys,
     .when = Role::When,
     .value = Role::Score,
     .call = "CES({Score})",
     .mostTo = 7},

    counted("issues", RowKind::Tickets, Role::Opened),
    counted("bugs", RowKind::Tickets, Role::Opened, "Kind~bug,defect,anomalie,defect"),
    counted("howTo", RowKind::Tickets, Role::Opened, "Kind~how-to,how to,question,întrebare"),
    counted("solvedIssues", RowKind::Tickets, Role::Solved),
    counted("openEscalations", RowKind::Tickets, Role::Opened, "Escalated<>;Solved="),
    series("firstAnswerTime", RowKind::Tickets, Role::Opened, "RESOLUTIONTIME({Opened};{FirstAnswer};\"median\")"),
    series("solutionTime", RowKind::Tickets, Role::Solved, "RESOLUTIONTIME({Opened};{Solved};\"median\")"),
    series("firstAnswerOpenTime", RowKind::Tickets, Role::Opened,
           "LEADRESPONSETIME({Opened};{FirstAnswer};\"median\";TIME(9;0;0);TIME(17;0;0))"),
    series("timeToValue", RowKind::Subscriptions, Role::Start, "TIMETOVALUE({Start};{Valued};\"median\")"),

    counted("hires", RowKind::People, Role::Hired),
    counted("leavers", RowKind::People, Role::Left),
    counted("referredHires", RowKind::People, Role::Hired, "Channel~referral,referred,cooptation,recomandare"),
    series("rampTime", RowKind::People, Role::Hired, "RAMPTIME({Hired};{Productive};\"median\")"),

    counted("published", RowKind::Content, Role::Published),
    counted("updated", RowKind::Content, Role::Updated),
    counted("contentUsed", RowKind::Content, Role::Used),
    summed("contentShares", RowKind::Content, Role::Published, Role::Shares),
    summed("contentViews", RowKind::Content, Role::Published, Role::Views),
    summed("contentCost", RowKind::Content, Role::Published, Role::Cost),
    summed("contentSales", RowKind::Content, Role::Published, Role::Attributed),
    {.id = "contentAge",
     .from = From::Series,
     .nature = Nature::Stock,
     .rows = RowKind::Content,
     .when = Role::Published,
     .call = "CONTENTAGE({Published};{asOf};\"median\")",
     .nowOnly = true},

    typed("salesTarget", msg("Sales target"), Unit::Money),
    typed("forecast", msg("Sales forecast"), Unit::Money),
    typed("marketingCost", msg("Marketing costs"), Unit::Money),
    typed("salesCost", msg("Sales costs"), Unit::Money),
    typed("serviceCost", msg("Service costs"), Unit::Money),
    typed("newCustomersTyped", msg("New customers"), Unit::Count),
    typed("customersAtStart", msg("Customers at the start"), Unit::Count, Nature::Stock),
    typed("customersLost", msg("Customers lost"), Unit::Count),
    typed("customerRevenue", msg("Revenue from customers"), Unit::Money),
    typed("margin", msg("Gross margin"), Unit::Share, Nature::Stock),
    typed("quota", msg("Quota of the team"), Unit::Money),
    typed("sellers", msg("Sellers"), Unit::Count, Nature::Stock),
    typed("ramping", msg("Sellers still ramping up"), Unit::Count, Nature::Stock),
    typed("pay", msg("Pay of the sellers"), Unit::Money),
    typed("staffAtStart", msg("Staff at the start"), Unit::Count, Nature::Stock),
    typed("renewalsDue", msg("Contracts due for renewal"), Unit::Count),
    typed("renewed", msg("Contracts renewed"), Unit::Count),
    typed("contractValue", msg("Value of the contracts signed"), Unit::Money),
    typed("contractOneTime", msg("One-time part of the contracts"), Unit::Money),
    typed("contractYears", msg("Mean term of the contracts in years"), Unit::Number, Nature::Stock),
    typed("netBurn", msg("Net burn"), Unit::Money),
    typed("grossSales", msg("Gross sales"), Unit::Money),
    typed("deductions", msg("Discounts, taxes, fees and refunds"), Unit::Money),
    typed("costOfGoods", msg("Cost of goods sold"), Unit::Money),
    typed("expenses", msg("All expenses"), Unit::Money),
    typed("cashIn", msg("Cash received"), Unit::Money),
    typed("cashOut", msg("Cash paid"), Unit::Money),
    typed("units", msg("Units sold"), Unit::Count),
    typed("gain", msg("Gain from the investment"), Unit::Money),
    typed("investment", msg("Investment"), Unit::Money),
    typed("impressions", msg("Impressions"), Unit::Count),
    typed("clicks", msg("Clicks"), Unit::Count),
    typed("followers", msg("Followers"), Unit::Count, Nature::Stock),
    typed("likes", msg("Likes"), Unit::Count),
    typed("socialShares", msg("Shares on social networks"), Unit::Count),
    typed("reach", msg("Reach"), Unit::Count),
    typed("visits", msg("Website visits"), Unit::Count),
    typed("searchRank", msg("Search rank"), Unit::Number, Nature::Stock),
    typed("dwellTime", msg("Minutes on a page"), Unit::Number, Nature::Stock),
    typed("toolsUsed", msg("Marketing tools used"), Unit::Count, Nature::Stock),
    typed("toolsAvailable", msg("Marketing tools available"), Unit::Count, Nature::Stock),
    typed("contentAvailable", msg("Pieces of content available"), Unit::Count, Nature::Stock),
    typed("withSuccessPlan", msg("Customers with a success plan"), Unit::Count, Nature::Stock),
    typed("customersTyped", msg("Customers at the end"), Unit::Count, Nature::Stock),
    typed("onboardingWeeks", msg("Weeks to onboard a customer"), Unit::Number, Nature::Stock),
    typed("daysToReview", msg("Days to the first business review"), Unit::Days, Nature::Stock),
    typed("managers", msg("Managers"), Unit::Count, Nature::Stock),
    typed("managersAbleToCoach", msg("Managers able to coach"), Unit::Count, Nature::Stock),
    typed("articlesRead", msg("Articles read"), Unit::Count),
    typed("processesReviewed", msg("Processes reviewed"), Unit::Count),
    typed("hoursSaved", msg("Hours saved"), Unit::Number),
    typed("callRate", msg("Calls that give a lead"), Unit::Share, Nature::Stock),
    typed("leadRate", msg("Leads that become opportunities"), Unit::Share, Nature::Stock),
    typed("opportunityRate", msg("Opportunities that are won"), Unit::Share, Nature::Stock),
    typed("dealsWanted", msg("Deals to be won"), Unit::Count),
    typed("callsPlanned", msg("Calls planned"), Unit::Count),
};

// ---- KPIs ---------------------------------------------------------------------------------------------------------------------

constexpr Kpi kpis[] = {
    {"forecast-accuracy", msg("Forecast accuracy"), "FORECASTACCURACY({revenue:12};{forecast:12})", Unit::Share, Better::More,
     "S0/4.1 S1"},
    {"forecast-bias", msg("Forecast bias"), "FORECASTERROR({revenue:12};{forecast:12};\"bias\")", Unit::Share, Better::Neither,
     "S0/4.1"},
    {"forecast-mape", msg("Forecast error (MAPE)"), "FORECASTERROR({revenue:12};{forecast:12};\"mape\")", Unit::Share,
     Better::Less},
    {"sales-cycle-median", msg("Sales cycle, median"), "{medianCycle}", Unit::Days, Better::Less, "S0/4.2 S1 S2", "KPIPERIODS"},
    {"sales-cycle-mean", msg("Sales cycle, mean"), "{meanCycle}", Unit::Days, Better::Less, "S0/4.2 S1 S2", "KPIPERIODS"},
    {"sales-cycle-p90", msg("Sales cycle of nine in ten"), "{cycleOfNineInTen}", Unit::Days, Better::Less, "", "DSALESCYCLE"},
    {"pipeline-value", msg("Pipeline value"), "{pipeline}", Unit::Money, Better::More, "S0/4.3", "KPIPERIODS"},
    {"pipeline-volume", msg("Deals open"), "{open}", Unit::Count, Better::More, "S0/4.3", "KPIPERIODS"},
    {"pipeline-coverage", msg("Pipeline coverage"), "PIPELINECOVERAGE({pipeline};{salesTarget};{revenue})", Unit::Ratio,
     Better::More, "S0/4.3"},
    {"weighted-pipeline", msg("Weighted pipeline"), "{weightedPipeline}", Unit::Money, Better::More, "S0/4.3", "DPIPELINE"},
    {"close-ratio", msg("Close ratio"), "CLOSERATIO({createdRate}*{created};{created})", Unit::Share, Better::More, "S0/4.4"},
    {"win-rate", msg("Win rate"), "WINRATE({won};{lost})", Unit::Share, Better::More, "S1 S2"},
    {"win-rate-low", msg("Win rate, low (95 %)"), "RATELOW({won};{won}+{lost})", Unit::Share, Better::More, "S1 S2"},
    {"win-rate-high", msg("Win rate, high (95 %)"), "RATEHIGH({won};{won}+{lost})", Unit::Share, Better::More, "S1 S2"},
    {"win-rate-value", msg("Win rate by value"), "{wonValueRate}", Unit::Share, Better::More, "S1", "DWINVALUE"},
    {"win-rate-test", msg("Win rate against the period before, p-value"),
     "RATETEST({won};{won}+{lost};{won:-1};{won:-1}+{lost:-1})", Unit::Number, Better::Neither},
    {"win-rate-gain-low", msg("Gain in win rate, low (95 %)"), "RATEDIFFLOW({won};{won}+{lost};{won:-1};{won:-1}+{lost:-1})",
     Unit::Share, Better::More},
    {"win-rate-gain-high", msg("Gain in win rate, high (95 %)"), "RATEDIFFHIGH({won};{won}+{lost};{won:-1};{won:-1}+{lost:-1})",
     Unit::Share, Better::More},
    {"touch-points", msg("Touch points per meeting"), "TOUCHPOINTS({activities};{meetings})", Unit::Ratio, Better::Less, "S0/4.5"},
    {"best-product", msg("Product performance, best"), "{bestProduct}", Unit::Share, Better::More, "S0/4.6", "SEGMENTS"},
    {"weakest-product", msg("Product performance, weakest"), "{weakestProduct}", Unit::Share, Better::More, "S0/4.6", "SEGMENTS"},
    {"cac", msg("Customer acquisition cost"), "CAC({marketingCost}+{salesCost}+{serviceCost};{newCustomers})", Unit::Money,
     Better::Less, "S0/4.7 S1 S2"},
    {"clv", msg("Customer lifetime value"),
     "CLV(ARPA({customerRevenue};{customersAtStart});{margin};CHURNRATE({customersLost};{customersAtStart}))", Unit::Money,
     Better::More, "S0/4.8 S1"},
    {"churn-rate", msg("Churn rate"), "CHURNRATE({customersLost};{customersAtStart})", Unit::Share, Better::Less, "S0/4.9 S1"},
    {"lead-to-opportunity", msg("Lead-to-opportunity rate"), "LEADTOOPPORTUNITY({leadsConverted};{leads})", Unit::Share,
     Better::More, "S0/4.10 S2"},
    {"lead-response", msg("Lead response time, median"), "{leadResponse}", Unit::Days, Better::Less, "S0/4.11 S1", "DRESPONSETIME"},
    {"lead-response-open", msg("Lead response in opening hours"), "{leadResponseOpen}", Unit::Days, Better::Less, "S0/4.11 S1",
     "LEADRESPONSETIME"},
    {"lead-response-limit", msg("Leads answered within a day"), "{leadsInTime}", Unit::Share, Better::More, "S0/4.11 S1",
     "RESPONSESLA"},
    {"deals-won", msg("Deals won"), "{won}", Unit::Count, Better::More, "S2", "KPIPERIODS"},
    {"deals-lost", msg("Deals lost"), "{lost}", Unit::Count, Better::Less, "S2", "KPIPERIODS"},
    {"deals-created", msg("Deals created"), "{created}", Unit::Count, Better::More, "S2", "KPIPERIODS"},
    {"won-value", msg("Won value"), "{revenue}", Unit::Money, Better::More, "S2", "KPIPERIODS"},
    {"average-sale", msg("Average sale"), "{averageSale}", Unit::Money, Better::More, "S2 S1", "KPIPERIODS"},
    {"sales-velocity", msg("Sales velocity"), "SALESVELOCITY({open};{averageSale};{winRate};{meanCycle})", Unit::MoneyPerDay,
     Better::More, "S1"},

    {"calls-needed", msg("Calls needed"), "REQUIREDVOLUME({dealsWanted};{callRate}*{leadRate}*{opportunityRate})", Unit::Count,
     Better::Neither, "S2"},
    {"deals-expected", msg("Deals to expect from the calls"),
     "EXPECTEDVOLUME({callsPlanned};{callRate}*{leadRate}*{opportunityRate})", Unit::Number, Better::More, "S2"},
    {"proposal-conversion", msg("Proposals won"), "CONVERSIONRATE({wonOfProposals}*{proposed};{proposed})", Unit::Share,
     Better::More, "S3.2"},
    {"discount-rate", msg("Discount rate"), "DISCOUNTRATE({listPrices};{soldPrices})", Unit::Share, Better::Less, "S1"},

    {"quota-attainment", msg("Quota attainment"), "QUOTAATTAINMENT({revenue};{quota})", Unit::Share, Better::More, "S1"},
    {"quota-streak", msg("Quota streak"), "QUOTASTREAK({revenue:12};{quota:12})", Unit::Count, Better::More, "S1"},
    {"sales-productivity", msg("Sales productivity"), "SALESPRODUCTIVITY({revenue};{sellers})", Unit::Money, Better::More, "S1"},
    {"revenue-to-pay", msg("Revenue to pay"), "REVENUETOPAY({revenue};{pay})", Unit::Ratio, Better::More, "S3.5"},
    {"sales-capacity", msg("Sales capacity"), "SALESCAPACITY({sellers}-{ramping};{quota}/{sellers};1;{ramping})", Unit::Money,
     Better::More},
    {"calls", msg("Calls"), "{calls}", Unit::Count, Better::More, "S1 S2", "PERIODVALUES"},
    {"mails", msg("E-mails"), "{mails}", Unit::Count, Better::More, "S1 S2", "PERIODVALUES"},
    {"meetings", msg("Meetings"), "{meetings}", Unit::Count, Better::More, "S1 S2", "PERIODVALUES"},
    {"demos", msg("Demos"), "{demos}", Unit::Count, Better::More, "S1 S2", "PERIODVALUES"},
    {"proposals", msg("Proposals"), "{proposals}", Unit::Count, Better::More, "S2", "PERIODVALUES"},
    {"signatures", msg("Signatures"), "{signatures}", Unit::Count, Better::More, "S2", "PERIODVALUES"},
    {"cadences", msg("Cadences finished"), "{cadences}", Unit::Count, Better::More, "S1", "PERIODVALUES"},
    {"ramp-time", msg("Ramp-up time"), "{rampTime}", Unit::Days, Better::Less, "S1", "RAMPTIME"},
    {"new-hires", msg("New hires"), "{hires}", Unit::Count, Better::Neither, "S1", "PERIODVALUES"},
    {"employee-retention", msg("Employee retention"), "EMPLOYEERETENTION({staffAtStart}-{leavers};{staffAtStart})", Unit::Share,
     Better::More, "S1"},
    {"referral-rate", msg("Employee referral rate"), "REFERRALRATE({referredHires};{hires})", Unit::Share, Better::More, "S1"},

    {"new-leads", msg("New leads"), "{leads}", Unit::Count, Better::More, "S1 S2", "PERIODVALUES"},
    {"linkedin-leads", msg("Leads from LinkedIn"), "{linkedInLeads}", Unit::Count, Better::More, "S3.1", "PERIODVALUES"},
    {"linkedin-won", msg("Deals won from LinkedIn"), "{linkedInWon}", Unit::Count, Better::More, "S3.1", "DSALES"},
    {"linkedin-value", msg("Won value from LinkedIn"), "{linkedInRevenue}", Unit::Money, Better::More, "S3.1", "DSALES"},
    {"linkedin-average", msg("Average sale from LinkedIn"), "{linkedInAverage}", Unit::Money, Better::More, "S3.1", "DSALES"},
    {"linkedin-win-rate", msg("Win rate from LinkedIn"), "{linkedInWinRate}", Unit::Share, Better::More, "S3.1", "DWINRATE"},
    {"mqls", msg("Marketing qualified leads"), "{leadsQualified}", Unit::Count, Better::More, "S1", "PERIODVALUES"},
    {"sqls", msg("Sales qualified leads"), "{leadsSalesQualified}", Unit::Count, Better::More, "S1", "PERIODVALUES"},
    {"mql-rate", msg("Leads that marketing qualified"), "CONVERSIONRATE({leadsQualified};{leads})", Unit::Share, Better::More,
     "S1"},
    {"sql-rate", msg("Qualified leads that sales accepted"), "CONVERSIONRATE({leadsSalesQualified};{leadsQualified})", Unit::Share,
     Better::More, "S1"},
    {"contacts-per-lead", msg("Contacts per lead"), "TOUCHPOINTS({activities};{leads})", Unit::Ratio, Better::Neither, "S1"},
    {"cost-per-lead", msg("Cost per lead"), "COSTPERLEAD({marketingCost};{leads})", Unit::Money, Better::Less, "S1 S2"},
    {"cac-payback", msg("CAC payback"),
     "CACPAYBACK(CAC({marketingCost}+{salesCost}+{serviceCost};{newCustomers});ARPA({customerRevenue};{customersAtStart});{margin}"
     ")",
     Unit::Periods, Better::Less},
    {"click-through", msg("Click-through rate"), "CLICKTHROUGHRATE({clicks};{impressions})", Unit::Share, Better::More, "S1 S2"},
    {"followers", msg("Followers"), "{followers}", Unit::Count, Better::More, "S1"},
    {"likes", msg("Likes"), "{likes}", Unit::Count, Better::More, "S1"},
    {"social-shares", msg("Shares on social networks"), "{socialShares}", Unit::Count, Better::More, "S1"},
    {"reach", msg("Reach"), "{reach}", Unit::Count, Better::More, "S1"},
    {"visits", msg("Website visits"), "{visits}", Unit::Count, Better::More, "S1 S2"},
    {"search-rank", msg("Search rank"), "{searchRank}", Unit::Number, Better::Less, "S1"},
    {"dwell-time", msg("Minutes on a page"), "{dwellTime}", Unit::Number, Better::More, "S1"},
    {"content-return", msg("Content return"), "CONTENTROI({contentSales};{contentCost})", Unit::Ratio, Better::More, "S1"},
    {"tools-used", msg("Marketing tools in use"), "USAGERATE({toolsUsed};{toolsAvailable})", Unit::Share, Better::More, "S3.3 S1"},

    {"mrr", msg("Monthly recurring revenue"), "{mrr}", Unit::Money, Better::More, "S1", "MRRMOVEMENTS"},
    {"arr", msg("Annual recurring revenue"), "ARR({mrr})", Unit::Money, Better::More, "S1"},
    {"new-mrr", msg("New recurring revenue"), "{newMrr}", Unit::Money, Better::More, "S1", "MRRMOVEMENTS"},
    {"expansion", msg("Expansion"), "{expansion}", Unit::Money, Better::More, "S1", "MRRMOVEMENTS"},
    {"reactivation", msg("Reactivation"), "{reactivated}", Unit::Money, Better::More, "S1", "MRRMOVEMENTS"},
    {"contraction", msg("Contraction"), "{contraction}", Unit::Money, Better::More, "S1", "MRRMOVEMENTS"},
    {"churned-revenue", msg("Revenue churned"), "{churnedMrr}", Unit::Money, Better::More, "S1", "MRRMOVEMENTS"},
    {"customers", msg("Customers"), "{customers}", Unit::Count, Better::More, "S2", "MRRMOVEMENTS"},
    {"new-customers", msg("New customers"), "{newCustomers}", Unit::Count, Better::More, "S2", "COHORTS"},
    {"grr", msg("Gross revenue retention"), "GRR({mrrAtStart};-{contraction};-{churnedMrr})", Unit::Share, Better::More, "S1"},
    {"nrr", msg("Net revenue retention"), "NRR({mrrAtStart};{expansion};-{contraction};-{churnedMrr})", Unit::Share, Better::More,
     "S1"},
    {"revenue-churn", msg("Revenue churn"), "REVENUECHURN({mrrAtStart};-{contraction};-{churnedMrr})", Unit::Share, Better::Less,
     "S1"},
    {"revenue-churn-yearly", msg("Revenue churn, yearly rate"),
     "ANNUALRATE(REVENUECHURN({mrrAtStart};-{contraction};-{churnedMrr});12)", Unit::Share, Better::Less},
    {"quick-ratio", msg("SaaS quick ratio"), "QUICKRATIO({newMrr};{expansion};-{contraction};-{churnedMrr};{reactivated})",
     Unit::Ratio, Better::More},
    {"arpa", msg("Average revenue per account"), "ARPA({mrr};{customers})", Unit::Money, Better::More, "S2"},
    {"arpa-growth", msg("Growth of revenue per account"), "GROWTHRATE(ARPA({mrr};{customers});ARPA({mrr:-1};{customers:-1}))",
     Unit::Share, Better::More, "S2"},
    {"acv", msg("Annual contract value"), "ACV({contractValue};{contractOneTime};{contractYears})", Unit::Money, Better::More,
     "S1"},
    {"customer-lifespan", msg("Customer lifespan"), "CUSTOMERLIFESPAN(CHURNRATE({customersLost};{customersAtStart}))",
     Unit::Periods, Better::More},
    {"customer-retention", msg("Retention rate"),
     "RETENTIONRATE({customersAtStart}+{newCustomers}-{customersLost};{newCustomers};{customersAtStart})", Unit::Share,
     Better::More, "S2"},
    {"renewal-rate", msg("Renewal rate"), "RENEWALRATE({renewed};{renewalsDue})", Unit::Share, Better::More, "S2"},
    {"clv-to-cac", msg("CLV to CAC"),
     "CLVTOCAC(CLV(ARPA({customerRevenue};{customersAtStart});{margin};CHURNRATE({customersLost};{customersAtStart}));"
     "CAC({marketingCost}+{salesCost}+{serviceCost};{newCustomers}))",
     Unit::Ratio, Better::More},
    {"magic-number", msg("Magic number"), "MAGICNUMBER(3*{mrr};3*{mrr:-1};3*({marketingCost}+{salesCost}))", Unit::Ratio,
     Better::More},
    {"sales-efficiency", msg("Sales efficiency"), "SALESEFFICIENCY({newMrr}+{expansion};{marketingCost}+{salesCost};-{churnedMrr})",
     Unit::Ratio, Better::More, "S1"},
    {"burn-multiple", msg("Burn multiple"), "BURNMULTIPLE({netBurn};12*({mrr}-{mrrAtStart}))", Unit::Ratio, Better::Less, "S1"},
    {"rule-of-forty", msg("Rule of 40"), "RULEOFFORTY(GROWTHRATE({mrr};{mrr:ly});{margin})", Unit::Share, Better::More, "S1"},
    {"growth-ceiling", msg("Growth ceiling"), "GROWTHCEILING({newMrr};REVENUECHURN({mrrAtStart};-{contraction};-{churnedMrr}))",
     Unit::Money, Better::More, "S1"},
    {"growth-path", msg("Growth path in 12 periods"),
     "GROWTHPATH({mrr};{newMrr};REVENUECHURN({mrrAtStart};-{contraction};-{churnedMrr});12)", Unit::Money, Better::More, "S1"},
    {"customer-value-expected", msg("Expected of today's customers in 365 days"), "{expectedValue}", Unit::Money, Better::More, "",
     "CLVPREDICT"},
    {"customer-value-historic", msg("Historic customer value"), "CLVHISTORIC({invoiced};{costOfGoods};{activeCustomers})",
     Unit::Money, Better::More},
    {"customer-value-orders", msg("Customer lifetime value from orders"),
     "CLVORDERS({averageOrder};{orders}/{activeCustomers};1/CHURNRATE({customersLost};{customersAtStart});{margin})", Unit::Money,
     Better::More},

    {"nps", msg("Net promoter score"), "NPSCOUNTS({promoters};{answers}-{promoters}-{detractors};{detractors})", Unit::Points,
     Better::More, "S1"},
    {"nps-scores", msg("Net promoter score, from the scores"), "{npsOfScores}", Unit::Points, Better::More, "S1", "NPS"},
    {"nps-margin", msg("Margin of the net promoter score"), "{npsMargin}", Unit::Points, Better::Less, "S1", "NPSMARGIN"},
    {"csat", msg("Customer satisfaction"), "{csatOfScores}", Unit::Share, Better::More, "S1", "CSAT"},
    {"ces", msg("Customer effort score"), "{cesOfScores}", Unit::Number, Better::Neither, "S1", "CES"},
    {"issues", msg("Issues"), "{issues}", Unit::Count, Better::Less, "S1", "PERIODVALUES"},
    {"bugs", msg("Issues: bugs"), "{bugs}", Unit::Count, Better::Less, "S1", "PERIODVALUES"},
    {"how-to", msg("Issues: how-to questions"), "{howTo}", Unit::Count, Better::Less, "S1", "PERIODVALUES"},
    {"solved", msg("Issues solved"), "{solvedIssues}", Unit::Count, Better::More, "S1", "PERIODVALUES"},
    {"escalations", msg("Escalations still open"), "{openEscalations}", Unit::Count, Better::Less, "S1", "PERIODVALUES"},
    {"first-answer", msg("Time to the first answer, median"), "{firstAnswerTime}", Unit::Days, Better::Less, "S1",
     "RESOLUTIONTIME"},
    {"first-answer-open", msg("First answer in opening hours"), "{firstAnswerOpenTime}", Unit::Days, Better::Less, "S1",
     "BUSINESSTIME"},
    {"resolution-time", msg("Resolution time, median"), "{solutionTime}", Unit::Days, Better::Less, "S1", "RESOLUTIONTIME"},
    {"time-to-value", msg("Time to value"), "{timeToValue}", Unit::Days, Better::Less, "S1", "TIMETOVALUE"},
    {"weeks-to-onboard", msg("Weeks to onboard a customer"), "{onboardingWeeks}", Unit::Number, Better::Less, "S1"},
    {"days-to-review", msg("Days to the first business review"), "{daysToReview}", Unit::Days, Better::Less, "S1"},
    {"meetings-per-customer", msg("Meetings per customer"), "{customerMeetings}/{customersTyped}", Unit::Number, Better::More, "S1",
     "PERIODVALUES"},
    {"success-plans", msg("Customers with a success plan, share"), "USAGERATE({withSuccessPlan};{customersTyped})", Unit::Share,
     Better::More, "S1"},

    {"trained", msg("People trained"), "{trained}", Unit::Count, Better::More, "S1", "PERIODVALUES"},
    {"training-completed", msg("Trainings completed"), "USAGERATE({trainingsCompleted}+{trainingsPassed};{trainings})", Unit::Share,
     Better::More, "S1"},
    {"training-passed", msg("Trainings passed"), "USAGERATE({trainingsPassed};{trainingsCompleted}+{trainingsPassed})", Unit::Share,
     Better::More, "S1"},
    {"training-hours", msg("Hours of training"), "{trainingMinutes}/60", Unit::Number, Better::More, "S1", "PERIODVALUES"},
    {"training-hours-each", msg("Hours of training per person"), "{trainingMinutes}/60/{trained}", Unit::Number, Better::More, "S1",
     "PERIODVALUES"},
    {"coached", msg("People coached"), "{coached}", Unit::Count, Better::More, "S1", "PERIODVALUES"},
    {"coaching-hours", msg("Hours of coaching"), "{coachingMinutes}/60", Unit::Number, Better::More, "S1", "PERIODVALUES"},
    {"managers-able", msg("Managers able to coach, share"), "USAGERATE({managersAbleToCoach};{managers})", Unit::Share,
     Better::More, "S1"},
    {"content-made", msg("Content made"), "{published}", Unit::Count, Better::More, "S1", "PERIODVALUES"},
    {"content-updated", msg("Content updated"), "{updated}", Unit::Count, Better::More, "S1", "PERIODVALUES"},
    {"content-used", msg("Content used"), "USAGERATE({contentUsed};{contentAvailable})", Unit::Share, Better::More, "S1 S3.3"},
    {"content-shares", msg("Content shared"), "{contentShares}", Unit::Count, Better::More, "S1", "PERIODVALUES"},
    {"content-views", msg("Content viewed"), "{contentViews}", Unit::Count, Better::More, "S1", "PERIODVALUES"},
    {"content-age", msg("Content age"), "{contentAge}", Unit::Days, Better::Less, "S1", "CONTENTAGE"},
    {"articles-read", msg("Articles read"), "{articlesRead}", Unit::Count, Better::More, "S1"},
    {"processes", msg("Processes reviewed"), "{processesReviewed}", Unit::Count, Better::More, "S1"},
    {"hours-saved", msg("Hours saved"), "{hoursSaved}", Unit::Number, Better::More, "S1"},
    {"onboarding-session", msg("Hours of an onboarding session"), "{onboardingSession}/60", Unit::Number, Better::Neither, "S1",
     "PERIODVALUES"},
    {"presales-won", msg("Deals won with pre-sales"), "{wonWithPresales}", Unit::Count, Better::More, "S1", "PERIODVALUES"},
    {"presales-lift", msg("Win rate lift by pre-sales"),
     "WINRATELIFT({wonWithPresales};{lostWithPresales};{wonWithoutPresales};{lostWithoutPresales})", Unit::Share, Better::More,
     "S1"},
    {"presales-test", msg("Win rate lift by pre-sales, p-value"),
     "RATETEST({wonWithPresales};{wonWithPresales}+{lostWithPresales};{wonWithoutPresales};{wonWithoutPresales}+{"
     "lostWithoutPresales})",
     Unit::Number, Better::Neither, "S1"},
    {"presales-average", msg("Average sale with pre-sales"), "{presalesAverage}", Unit::Money, Better::More, "S1", "DSALES"},
    {"other-average", msg("Average sale without pre-sales"), "{otherAverage}", Unit::Money, Better::Neither, "S1", "DSALES"},
    {"presales-hours", msg("Hours of pre-sales"), "{presalesMinutes}/60", Unit::Number, Better::Neither, "S1", "PERIODVALUES"},

    {"gross-revenue", msg("Gross revenue"), "GROSSREVENUE({grossSales})", Unit::Money, Better::More, "S1"},
    {"net-revenue", msg("Net revenue"), "NETREVENUE({grossSales};{deductions})", Unit::Money, Better::More, "S1"},
    {"cost-of-goods", msg("Cost of goods sold"), "{costOfGoods}", Unit::Money, Better::Less, "S1"},
    {"gross-margin", msg("Gross margin"), "GROSSMARGIN({grossSales}-{deductions};{costOfGoods})", Unit::Share, Better::More, "S1"},
    {"net-margin", msg("Net margin"), "NETMARGIN({grossSales}-{deductions};{expenses})", Unit::Share, Better::More, "S1"},
    {"cash-flow", msg("Cash flow"), "CASHFLOW({cashIn};{cashOut})", Unit::Money, Better::More, "S1"},
    {"average-revenue", msg("Average revenue"), "AVERAGEREVENUE({grossSales};{units})", Unit::Money, Better::More, "S1"},
    {"marginal-revenue", msg("Marginal revenue"), "MARGINALREVENUE({grossSales};{grossSales:-1};{units}-{units:-1})", Unit::Money,
     Better::More, "S1"},
    {"revenue-growth", msg("Growth to the period before"), "GROWTHRATE({revenue};{revenue:-1})", Unit::Share, Better::More, "S1"},
    {"revenue-growth-year", msg("Growth to last year"), "GROWTHRATE({revenue};{revenue:ly})", Unit::Share, Better::More, "S1"},
    {"trailing-revenue", msg("Trailing twelve months"), "TRAILINGGROWTH({revenue:ytd};{revenue:lytd};{revenue:lyear})", Unit::Money,
     Better::More, "S1"},
    {"roi", msg("Return on investment"), "ROI({gain};{investment})", Unit::Share, Better::More, "S1"},
    {"cost-efficiency", msg("Sales efficiency"), "SALESEFFICIENCY({revenue};{marketingCost}+{salesCost})", Unit::Ratio,
     Better::More, "S1"},
    {"burn-of-cash", msg("Burn multiple"), "BURNMULTIPLE({cashOut}-{cashIn};{revenue}-{revenue:-1})", Unit::Ratio, Better::Less,
     "S1"},
    {"rule-of-forty-sales", msg("Rule of 40"),
     "RULEOFFORTY(GROWTHRATE({revenue};{revenue:ly});NETMARGIN({grossSales}-{deductions};{expenses}))", Unit::Share, Better::More,
     "S1"},
};

// ---- Templates ----------------------------------------------------------------------------------------------------------------

using enum TemplateSection;

constexpr std::string_view scorecard[] = {"forecast-accuracy",
                                          "forecast-bias",
                                          "sales-cycle-median",
                                          "sales-cycle-mean",
                                          "pipeline-value",
                                          "pipeline-volume",
                                          "pipeline-coverage",
                                          "weighted-pipeline",
                                          "close-ratio",
                                          "win-rate",
                                          "win-rate-low",
                                          "win-rate-high",
                                          "win-rate-value",
                                          "touch-points",
                                          "best-product",
                                          "weakest-product",
                                          "cac",
                                          "clv",
                                          "churn-rate",
                                          "lead-to-opportunity",
                                          "lead-response",
                                          "lead-response-limit",
                                          "deals-won",
                                          "deals-lost",
                                          "deals-created",
                                          "won-value",
                                          "average-sale",
                                          "sales-velocity",
                                          "lead-response-open",
                                          "sales-cycle-p90"};
constexpr TemplateSection scorecardSections[] = {SegmentsByOwner,  SegmentsByProduct, SegmentsByChannel,
                                                 SegmentsByRegion, WinCurve,          StuckDeals};
constexpr std::string_view scorecardFunctions[] = {"SEGMENTS",    "KPIPERIODS", "WINCURVE",         "STUCKDEALS",
                                                   "AVERAGESALE", "SALESCYCLE", "WEIGHTEDPIPELINE", "DSALESVELOCITY"};

constexpr std::string_view pipeline[] = {"pipeline-value",      "pipeline-volume",    "weighted-pipeline", "pipeline-coverage",
                                         "forecast-accuracy",   "forecast-mape",      "forecast-bias",     "discount-rate",
                                         "proposal-conversion", "win-rate",           "win-rate-test",     "win-rate-gain-low",
                                         "win-rate-gain-high",  "sales-cycle-median", "deals-created",     "calls-needed",
                                         "deals-expected"};
constexpr TemplateSection pipelineSections[] = {WinCurve, StuckDeals, SegmentsByOwner, SegmentsByProduct};
constexpr std::string_view pipelineFunctions[] = {"FUNNELSTAGES", "FUNNELDATES", "FUNNELEVENTS",
                                                  "FUNNEL",       "WINCURVE",    "STUCKDEALS"};

constexpr std::string_view team[] = {"won-value",
                                     "quota-attainment",
                                     "quota-streak",
                                     "sales-productivity",
                                     "revenue-to-pay",
                                     "sales-capacity",
                                     "calls",
                                     "mails",
                                     "meetings",
                                     "demos",
                                     "proposals",
                                     "signatures",
                                     "cadences",
                                     "lead-response",
                                     "ramp-time",
                                     "new-hires",
                                     "employee-retention",
                                     "referral-rate",
                                     "win-rate",
                                     "average-sale"};
constexpr TemplateSection teamSections[] = {SegmentsByOwner, SegmentsByRegion};
constexpr std::string_view teamFunctions[] = {"SEGMENTS", "PERIODVALUES"};

constexpr std::string_view marketing[] = {"new-leads",
                                          "mqls",
                                          "sqls",
                                          "mql-rate",
                                          "sql-rate",
                                          "lead-to-opportunity",
                                          "contacts-per-lead",
                                          "cost-per-lead",
                                          "cac",
                                          "cac-payback",
                                          "lead-response",
                                          "lead-response-limit",
                                          "linkedin-leads",
                                          "linkedin-won",
                                          "linkedin-value",
                                          "linkedin-average",
                                          "linkedin-win-rate",
                                          "click-through",
                                          "followers",
                                          "likes",
                                          "social-shares",
                                          "reach",
                                          "visits",
                                          "search-rank",
                                          "dwell-time",
                                          "content-return",
                                          "roi",
                                          "tools-used",
                                          "content-used"};
constexpr TemplateSection marketingSections[] = {SegmentsByChannel};
constexpr std::string_view marketingFunctions[] = {"SEGMENTS", "PERIODVALUES", "FUNNELDATES"};

constexpr std::string_view recurring[] = {"mrr",
                                          "arr",
                                          "new-mrr",
                                          "expansion",
                                          "reactivation",
                                          "contraction",
                                          "churned-revenue",
                                          "customers",
                                          "new-customers",
                                          "grr",
                                          "nrr",
                                          "revenue-churn",
                                          "revenue-churn-yearly",
                                          "quick-ratio",
                                          "arpa",
                                          "arpa-growth",
                                          "customer-value-expected",
                                          "acv",
                                          "churn-rate",
                                          "customer-lifespan",
                                          "customer-retention",
                                          "renewal-rate",
                                          "clv",
                                          "clv-to-cac",
                                          "cac",
                                          "cac-payback",
                                          "magic-number",
                                          "sales-efficiency",
                                          "burn-multiple",
                                          "rule-of-forty",
                                          "growth-ceiling",
                                          "growth-path",
                                          "trailing-revenue",
                                          "customer-value-historic",
                                          "customer-value-orders"};
constexpr TemplateSection recurringSections[] = {Waterfall, Retention};
constexpr std::string_view recurringFunctions[] = {
    "MRRMOVEMENTS", "MRRPLANS", "COHORTS",           "RFM",           "CLVMODEL",     "CLVPREDICT",     "CLVHOLDOUT",    "CLVFIT",
    "SPENDFIT",     "PALIVE",   "EXPECTEDPURCHASES", "EXPECTEDSPEND", "RETENTIONFIT", "RETENTIONCURVE", "RETENTIONVALUE"};

constexpr std::string_view service[] = {"nps",
                                        "nps-scores",
                                        "nps-margin",
                                        "csat",
                                        "ces",
                                        "new-customers",
                                        "issues",
                                        "bugs",
                                        "how-to",
                                        "solved",
                                        "escalations",
                                        "first-answer",
                                        "first-answer-open",
                                        "resolution-time",
                                        "time-to-value",
                                        "weeks-to-onboard",
                                        "days-to-review",
                                        "meetings-per-customer",
                                        "success-plans",
                                        "churn-rate",
                                        "customer-retention"};
constexpr TemplateSection serviceSections[] = {Retention};
constexpr std::string_view serviceFunctions[] = {"COHORTS", "RFM", "PERIODVALUES", "BUSINESSTIME"};

constexpr std::string_view enablement[] = {
    "trained",       "training-completed", "training-passed", "training-hours",     "training-hours-each",
    "coached",       "coaching-hours",     "managers-able",   "content-made",       "content-updated",
    "content-used",  "content-shares",     "content-views",   "content-age",        "articles-read",
    "processes",     "hours-saved",        "new-hires",       "onboarding-session", "ramp-time",
    "presales-won",  "presales-lift",      "presales-test",   "presales-average",   "other-average",
    "presales-hours"};
constexpr std::string_view enablementFunctions[] = {"PERIODVALUES"};

constexpr std::string_view finance[] = {"gross-revenue",       "net-revenue",
                                        "cost-of-goods",       "gross-margin",
                                        "net-margin",          "cash-flow",
                                        "won-value",           "revenue-growth",
                                        "revenue-growth-year", "trailing-revenue",
                                        "average-revenue",     "marginal-revenue",
                                        "discount-rate",       "roi",
                                        "cost-efficiency",     "burn-of-cash",
                                        "rule-of-forty-sales", "quota-attainment"};
constexpr TemplateSection financeSections[] = {SegmentsByProduct, SegmentsByRegion};
constexpr std::string_view financeFunctions[] = {"SEGMENTS", "PERIODVALUES"};

// The pictures of each, most telling first; those that the data allow are taken.
constexpr std::string_view scorecardPictures[] = {"won-value",    "win-rate",      "pipeline-value", "sales-cycle-median",
                                                  "average-sale", "deals-created", "deals-won",      "sales-velocity"};
constexpr std::string_view pipelinePictures[] = {"pipeline-value", "pipeline-volume", "win-rate", "deals-created"};
constexpr std::string_view teamPictures[] = {"won-value", "win-rate",  "average-sale", "calls",
                                             "meetings",  "proposals", "demos",        "mails"};
constexpr std::string_view marketingPictures[] = {"new-leads", "lead-to-opportunity", "mqls", "sqls", "cost-per-lead", "visits"};
constexpr std::string_view recurringPictures[] = {"mrr",       "nrr",  "grr",           "new-mrr",
                                                  "customers", "arpa", "revenue-churn", "quick-ratio"};
constexpr std::string_view servicePictures[] = {"nps", "issues", "solved", "new-customers"};
constexpr std::string_view enablementPictures[] = {"trained", "training-hours", "coached", "content-made"};
constexpr std::string_view financePictures[] = {"gross-revenue", "gross-margin",   "net-margin",  "cash-flow",
                                                "won-value",     "revenue-growth", "net-revenue", "average-revenue"};

constexpr KpiTemplate templates[] = {
    {"sales-scorecard", msg("Sales scorecard"), msg("The classic figures of sales, from a list of deals"), scorecard, 28,
     scorecardSections, scorecardPictures, scorecardFunctions},
    {"pipeline-forecast", msg("Pipeline and forecast"), msg("What is open, what it is worth, and how good the forecasts were"),
     pipeline, 15, pipelineSections, pipelinePictures, pipelineFunctions},
    {"sales-team", msg("Sales team"), msg("Quotas, productivity and activity of the sellers"), team, 20, teamSections, teamPictures,
     teamFunctions},
    {"marketing-leads", msg("Marketing and leads"), msg("Where leads come from, what they cost and what becomes of them"),
     marketing, 17, marketingSections, marketingPictures, marketingFunctions},
    {"recurring-revenue", msg("Recurring revenue"), msg("The board pack of a subscription business, from invoices or plans"),
     recurring, 17, recurringSections, recurringPictures, recurringFunctions},
    {"customers-service", msg("Customers and service"), msg("How content customers are, and how fast they are helped"), service, 15,
     serviceSections, servicePictures, serviceFunctions},
    {"enablement",
     msg("Enablement"),
     msg("Training, coaching, content, onboarding and pre-sales"),
     enablement,
     26,
     {},
     enablementPictures,
     enablementFunctions},
    {"finance", msg("Finance one-page"),
     msg("Revenue, margins, cash and growth, from figures typed by period and from deals or invoices"), finance, 18,
     financeSections, financePictures, financeFunctions},
};

template <class Row, std::size_t size>
const Row* found(const Row (&rows)[size], std::string_view id) {
    const auto* const row = std::find_if(std::begin(rows), std::end(rows), [&](const Row& each) { return each.id == id; });
    return row == std::end(rows) ? nullptr : row;
}

}  // namespace

std::span<const KpiTemplate> kpiTemplates() { return templates; }
std::span<const Kpi> allKpis() { return kpis; }
std::span<const Measure> allMeasures() { return measures; }
std::span<const KpiArray> allKpiArrays() { return arrays; }

const KpiTemplate* findTemplate(std::string_view id) { return found(templates, id); }
const Kpi* findKpi(std::string_view id) { return found(kpis, id); }
const Measure* findMeasure(std::string_view id) { return found(measures, id); }
const KpiArray* findKpiArray(std::string_view id) { return found(arrays, id); }

std::vector<FormulaPiece> piecesOf(std::string_view formula) {
    std::vector<FormulaPiece> pieces;
    while (!formula.empty()) {
        const std::size_t open = formula.find('{');
        if (open != 0) pieces.push_back({.text = formula.substr(0, open)});
        if (open == std::string_view::npos) break;
        const std::size_t close = formula.find('}', open);
        const std::string_view inside = formula.substr(open + 1, close - open - 1);
        const std::size_t colon = inside.find(':');
        pieces.push_back(
            {.measure = MeasureUse{inside.substr(0, colon), colon == std::string_view::npos ? "" : inside.substr(colon + 1)}});
        formula.remove_prefix(std::min(close, formula.size() - 1) + 1);
    }
    return pieces;
}

std::vector<MeasureUse> measuresOf(std::string_view formula) {
    std::vector<MeasureUse> uses;
    for (const FormulaPiece& piece : piecesOf(formula))
        if (piece.measure && std::find(uses.begin(), uses.end(), *piece.measure) == uses.end()) uses.push_back(*piece.measure);
    return uses;
}

std::vector<std::string_view> functionsOf(std::string_view formula) {
    std::vector<std::string_view> names;
    for (std::size_t at = formula.find('('); at != std::string_view::npos; at = formula.find('(', at + 1)) {
        std::size_t first = at;
        while (first > 0 && std::isupper(static_cast<unsigned char>(formula[first - 1])) != 0) --first;
        const std::string_view name = formula.substr(first, at - first);
        if (!name.empty() && find(name) != nullptr && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    }
    return names;
}

std::string_view functionOf(const Kpi& kpi) {
    if (!kpi.function.empty()) return kpi.function;
    const std::vector<std::string_view> names = functionsOf(kpi.formula);
    return names.empty() ? std::string_view() : names.front();
}

std::vector<Role> rolesIn(std::string_view call) {
    std::vector<Role> roles;
    for (const MeasureUse& use : measuresOf(call))
        if (const std::optional<Role> role = use.id == "within" ? Role::Closed : use.id == "until" ? Role::When : roleNamed(use.id))
            roles.push_back(*role);
    return roles;
}

}  // namespace calckpi::panel
