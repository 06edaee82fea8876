#include "core/recognition/stage_list.hpp"

#include "core/recognition/recognition.hpp"
#include "core/recognition/vocabulary.hpp"
#include "tests/panel/sheet.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <ostream>
#include <stdexcept>

namespace calckpi::panel {
namespace {

using support::Dice;
using support::MemoryTable;
using support::Rows;
using support::sheetOf;

using Names = std::vector<std::string>;

std::vector<FoundStage> found(const TableHandle& table, const Choices& choices) {
    Result<std::vector<FoundStage>> stages = findStages(table, choices);
    if (!stages) throw std::runtime_error("no stages were found");
    return *std::move(stages);
}

Names namesOf(const std::vector<FoundStage>& stages) {
    Names names;
    for (const FoundStage& stage : stages) names.push_back(stage.name);
    return names;
}

Choices with(Shape shape, const std::string& stage) {
    Choices choices;
    choices.shape = shape;
    choices.stage = stage;
    return choices;
}

// ordered gives the stages of deals that are in the table in an order, and as often, as has nothing to do with the process.
Names ordered(Names stages) {
    Dice dice(stages.size());
    dice.shuffle(stages);
    std::vector<std::string> lines = {"Deal|Stage"};
    for (const std::string& stage : stages)
        for (std::size_t times = 1 + dice.below(5); times > 0; --times) lines.push_back("x|" + stage);
    return namesOf(found(sheetOf(lines), with(Shape::Stages, "Stage")));
}

// Process is the stages of a product in their order.
struct Process {
    std::string name;
    std::string source;
    Names stages;
};
void PrintTo(const Process& process, std::ostream* out) { *out << process.name << " (" << process.source << ")"; }

const std::vector<Process> processes = {
    {"hubspot",
     "HubSpot, default deal pipeline",
     {"Appointment Scheduled", "Qualified To Buy", "Presentation Scheduled", "Decision Maker Bought-In", "Contract Sent",
      "Closed Won", "Closed Lost"}},
    {"hubspot_api",
     "HubSpot, internal names of the same",
     {"appointmentscheduled", "qualifiedtobuy", "presentationscheduled", "decisionmakerboughtin", "contractsent", "closedwon",
      "closedlost"}},
    {"hubspot_lifecycle",
     "HubSpot, lifecycle stages",
     {"Subscriber", "Lead", "Marketing Qualified Lead", "Sales Qualified Lead", "Opportunity", "Customer", "Evangelist"}},
    {"salesforce",
     "Salesforce, standard opportunity stages",
     {"Prospecting", "Qualification", "Needs Analysis", "Value Proposition", "Id. Decision Makers", "Perception Analysis",
      "Proposal/Price Quote", "Negotiation/Review", "Closed Won", "Closed Lost"}},
    {"pipedrive",
     "Pipedrive, default pipeline",
     {"Qualified", "Contact Made", "Demo Scheduled", "Proposal Made", "Negotiations Started"}},
    {"pipedrive_old",
     "Pipedrive, default pipeline of earlier years",
     {"Lead In", "Contact Made", "Demo Scheduled", "Proposal Made", "Negotiations Started"}},
    {"zoho",
     "Zoho CRM, standard deal stages",
     {"Qualification", "Needs Analysis", "Value Proposition", "Identify Decision Makers", "Proposal/Price Quote",
      "Negotiation/Review", "Closed Won", "Closed Lost"}},
    {"dynamics", "Dynamics 365, opportunity sales process", {"Qualify", "Develop", "Propose", "Close"}},
    {"odoo", "Odoo CRM, default stages", {"New", "Qualified", "Proposition", "Won"}},
    {"odoo_fr", "Odoo CRM en français", {"Nouveau", "Qualifié", "Proposition", "Gagné"}},
    {"odoo_ro", "Odoo CRM în română", {"Nou", "Calificat", "Propunere", "Câștigat"}},
    {"zendesk_sell", "Zendesk Sell, default pipeline", {"Incoming", "Qualified", "Quote", "Closure", "Won", "Lost"}},
    {"freshsales", "Freshsales, default pipeline", {"New", "Qualification", "Discovery", "Demo", "Negotiation", "Won", "Lost"}},
    {"espocrm_fr",
     "EspoCRM, i18n/fr_FR/Opportunity.json",
     {"En Prospection", "Qualification", "Analyse des besoins", "Montant de la Proposition", "Id. Décisionnaire",
      "Analyse de la perception", "Proposition/Devis", "Négociation/avis", "Closed Won", "Closed Lost"}},
    {"espocrm_ro",
     "EspoCRM, i18n/ro_RO/Opportunity.json",
     {"Prospectare", "Calificari", "Necesita Analiza", "Valoare Propunere", "Id. Factori de Decizie", "Analiza Perceptiei",
      "Propunere/Oferta Pret", "Negociere/Revizuire", "Inchide ca Castigat", "Inchide ca Pierdut"}},
    {"quel_crm_fr",
     "quel-crm.fr/guide/pipeline-commercial: pipeline type d'une PME",
     {"Nouveau lead", "Premier contact", "Qualification", "Proposition envoyée", "Négociation", "Gagné", "Perdu"}},
    {"coachpilot_fr",
     "thecoachpilot.com/fr/wiki: étapes par défaut",
     {"Nouveau contact", "Premier contact", "Appel découverte", "Proposition envoyée", "Négociation", "Gagné", "Perdu"}},
    {"pss_ro",
     "pss.md/lm/auditcrm: etapele unei pâlnii",
     {"Lead nou", "Calificare", "Ofertă trimisă", "Negociere", "Acord prealabil", "Câștigată", "Pierdută"}},
    {"marketing", "Marketing funnel, abbreviations", {"Visitor", "Lead", "MQL", "SQL", "Opportunity", "Customer"}},
    {"marketing_fr",
     "Entonnoir marketing",
     {"Visiteurs", "Leads", "Leads qualifiés marketing", "Leads qualifiés commercial", "Opportunités", "Clients"}},
    {"shop",
     "Google Analytics 4, recommended e-commerce events",
     {"session_start", "view_item", "add_to_cart", "begin_checkout", "add_shipping_info", "add_payment_info", "purchase"}},
    {"shop_fr", "Boutique en ligne", {"Visite", "Fiche produit", "Ajout au panier", "Paiement initié", "Achat"}},
    {"shop_ro", "Magazin online", {"Vizită", "Vizualizare produs", "Adăugare în coș", "Finalizare comandă", "Comandă plasată"}},
    {"product", "Software on trial", {"visit", "signUp", "activated", "Trial started", "subscribed", "renewed"}},
    {"numbered",
     "Numbers in front outweigh the words",
     {"1 - Négociation", "2 - Devis", "3 - Découverte", "10 - Contact", "Gagné", "Perdu"}},
    {"percents",
     "Salesforce lists of old: the probability in front",
     {"10% Prospect", "25% Demo", "50% Trial", "75% Quote", "Won", "Lost"}},
    {"steps", "Étapes numérotées", {"Étape 1 : Zèbre", "Étape 2 : Âne", "Étape 3 : Chat"}},
    {"letters", "Codes in front", {"S1 Zulu", "S2 Yankee", "S10 Alpha"}},
};

class Processes : public testing::TestWithParam<Process> {};

TEST_P(Processes, value_order) { EXPECT_EQ(ordered(GetParam().stages), GetParam().stages) << GetParam().source; }

INSTANTIATE_TEST_SUITE_P(StageList, Processes, testing::ValuesIn(processes),
                         [](const auto& process) { return process.param.name; });

TEST(StageList, value_outcomes) {
    for (const char* stage :
         {"Won", "Closed Won", "closedwon", "CLOSED-WON", "Gagnée", "Clôturée gagnée", "Fermé gagné", "Affaire conclue", "Signée",
          "Câștigat", "câștigată", "Castigata", "Închis câștigat", "Deal won 🎉", "Vândut"})
        EXPECT_EQ(outcomeOf(stage), Outcome::Won) << stage;
    for (const char* stage : {"Lost", "Closed Lost", "Lost to competitor", "Perdue", "Perdu", "Sans suite", "Abandonnée", "Pierdut",
                              "Pierdută", "Refuzat", "Disqualified", "Unqualified", "Closed - Not Converted", "Non gagnée"})
        EXPECT_EQ(outcomeOf(stage), Outcome::Lost) << stage;
    for (const char* stage : {"", "Demo", "Won/Lost", "Contract signed", "Closing", "Wonderland", "Signature", "Win-back", "Closed",
                              "Ofertă", "المرحلة"})
        EXPECT_EQ(outcomeOf(stage), Outcome::Step) << stage;
}

TEST(StageList, value_outcomes_of_the_shared_table) {
    std::ifstream file(CALCKPI_STAGE_OUTCOMES);
    ASSERT_TRUE(file);
    std::string line;
    std::getline(file, line);
    std::size_t stages = 0;
    while (std::getline(file, line)) {
        const std::size_t comma = line.find(',');
        std::string stage = line.substr(comma + 1);
        if (stage.starts_with('"')) stage = stage.substr(1, stage.size() - 2);
        const std::string outcome = line.substr(0, comma);
        const Outcome expected = outcome == "won" ? Outcome::Won : outcome == "lost" ? Outcome::Lost : Outcome::Step;
        EXPECT_EQ(outcomeOf(stage), expected) << stage << " is " << outcome;
        ++stages;
    }
    EXPECT_GT(stages, 80U);
}

TEST(StageList, value_counts_and_spellings) {
    const auto table = sheetOf({"Deal|Stage", "a|Demo", "b|demo ", "c|Demo", "d|WON", "e|won", "f|won", "g|", "h|Lost", "i|Demo"});
    EXPECT_EQ(found(table, with(Shape::Stages, "Stage")),
              (std::vector<FoundStage>{{"Demo", 4, Outcome::Step}, {"won", 3, Outcome::Won}, {"Lost", 1, Outcome::Lost}}));
}

TEST(StageList, value_numbers_as_stages) {
    const auto table = sheetOf({"Deal|Stage", "a|3", "b|1", "c|10", "d|1", "e|2", "f|10", "g|10"});
    EXPECT_EQ(namesOf(found(table, with(Shape::Stages, "Stage"))), (Names{"1", "2", "3", "10"}));
}

TEST(StageList, value_stages_of_deals_follow_their_age) {
    // The further a deal has come, the longer it has been open: Zulu, Alpha, Mike.
    const auto table =
        sheetOf({"Deal|Stage|Date de création", "a|Mike|2025-01-03", "b|Zulu|2025-03-01", "c|Alpha|2025-02-01", "d|Mike|2025-01-09",
                 "e|Zulu|2025-03-05", "f|Alpha|2025-02-11", "g|Mike|2025-03-04", "h|Perdu|2025-01-01"});
    EXPECT_EQ(namesOf(found(table, with(Shape::Stages, "Stage"))), (Names{"Zulu", "Alpha", "Mike", "Perdu"}));
}

TEST(StageList, value_stages_without_dates_follow_their_counts) {
    const auto table = sheetOf({"Deal|Stage", "a|Mike", "b|Zulu", "c|Zulu", "d|Alpha", "e|Zulu", "f|Alpha"});
    EXPECT_EQ(namesOf(found(table, with(Shape::Stages, "Stage"))), (Names{"Zulu", "Alpha", "Mike"}));
}

TEST(StageList, value_unknown_stage_among_known_ones) {
    // Between its neighbours by age: Lead, Qualified, Zulu, Proposal, Negotiation.
    const auto table = sheetOf({"Deal|Stage|Created", "a|Lead|2025-05-01", "b|Qualified|2025-04-01", "c|Zulu|2025-03-01",
                                "d|Proposal|2025-02-01", "e|Negotiation|2025-01-01"});
    EXPECT_EQ(namesOf(found(table, with(Shape::Stages, "Stage"))), (Names{"Lead", "Qualified", "Zulu", "Proposal", "Negotiation"}));
}

Choices logChoices() {
    Choices choices = with(Shape::Events, "event");
    choices.id = "user";
    choices.when = "time";
    return choices;
}

TEST(StageList, value_events_follow_the_histories) {
    const auto table = sheetOf({"user|event|time", "1|gamma|2025-03-03", "1|alpha|2025-03-01", "2|alpha|2025-03-05",
                                "1|beta|2025-03-02", "3|alpha|2025-01-01", "3|beta|2025-02-01", "2|beta|2025-03-06",
                                "4|alpha|2025-03-01", "4|beta|2025-03-01", "3|gamma|2025-02-02"});
    EXPECT_EQ(namesOf(found(table, logChoices())), (Names{"alpha", "beta", "gamma"}));
}

TEST(StageList, value_events_that_contradict_the_words) {
    // Here everybody pays before signing up, and tries before that: the log knows better.
    std::vector<std::string> lines = {"user|event|time"};
    for (int user = 1; user <= 5; ++user) {
        lines.push_back(std::to_string(user) + "|signup|2025-03-03");
        lines.push_back(std::to_string(user) + "|purchase|2025-03-02");
        lines.push_back(std::to_string(user) + "|trial|2025-03-01");
    }
    EXPECT_EQ(namesOf(found(sheetOf(lines), logChoices())), (Names{"trial", "purchase", "signup"}));
}

TEST(StageList, value_events_at_text_times) {
    const auto table = sheetOf({"user|event|time", "1|b|'2025-03-03T10:00:00Z", "1|a|'2025-03-03T09:00:00Z",
                                "2|a|'2025-03-01T09:00:00Z", "2|b|'2025-03-02T09:00:00Z"});
    EXPECT_EQ(namesOf(found(table, logChoices())), (Names{"a", "b"}));
}

TEST(StageList, property_order_of_the_rows_does_not_matter) {
    Dice dice(3);
    const Names steps = {"north", "east", "south", "west", "Won", "Lost"};
    Rows rows = {{"user", "event", "time"}};
    for (int user = 0; user < 200; ++user)
        for (std::size_t step = 0; step <= dice.below(steps.size()); ++step)
            rows.push_back(
                {"u" + std::to_string(user), steps[step], 45000.0 + static_cast<double>(user) + static_cast<double>(step) / 10});
    const Names first = namesOf(found(std::make_shared<MemoryTable>(rows), logChoices()));
    EXPECT_EQ(first, steps);
    for (int trial = 0; trial < 5; ++trial) {
        std::vector<std::vector<Cell>> data(rows.begin() + 1, rows.end());
        dice.shuffle(data);
        Rows shuffled = {rows.front()};
        shuffled.insert(shuffled.end(), data.begin(), data.end());
        EXPECT_EQ(namesOf(found(std::make_shared<MemoryTable>(shuffled), logChoices())), first);
    }
}

Choices countChoices(const std::string& stage, const std::string& count) {
    Choices choices = with(Shape::Counts, stage);
    choices.count = count;
    return choices;
}

TEST(StageList, value_counts_keep_the_order_of_a_funnel) {
    // The counts fall: the table is in order, whatever the words say.
    const auto table =
        sheetOf({"Stage|Deals", "Lead|1000", "Demo|300", "Qualified|200", "Proposal|100", "Won|40", "Lost|500", "Total|2140"});
    EXPECT_EQ(found(table, countChoices("Stage", "Deals")), (std::vector<FoundStage>{{"Lead", 1000, Outcome::Step},
                                                                                     {"Demo", 300, Outcome::Step},
                                                                                     {"Qualified", 200, Outcome::Step},
                                                                                     {"Proposal", 100, Outcome::Step},
                                                                                     {"Won", 40, Outcome::Won},
                                                                                     {"Lost", 500, Outcome::Lost}}));
}

TEST(StageList, value_counts_of_a_pivot) {
    // Sorted by count with won on top, and in alphabetic order: the words tell, then the counts.
    EXPECT_EQ(namesOf(found(sheetOf({"Stage|Deals", "Won|4238", "Lost|2473", "Engaging|1589", "Prospecting|500"}),
                            countChoices("Stage", "Deals"))),
              (Names{"Prospecting", "Engaging", "Won", "Lost"}));
    EXPECT_EQ(namesOf(found(sheetOf({"Stage|Deals", "Alpha|10", "Mike|300", "Zulu|50"}), countChoices("Stage", "Deals"))),
              (Names{"Mike", "Zulu", "Alpha"}));
    EXPECT_EQ(namesOf(found(sheetOf({"Stage|Deals", "Mike|10", "Alpha|300", "Zulu|50"}), countChoices("Stage", "Deals"))),
              (Names{"Mike", "Alpha", "Zulu"}));
}

TEST(StageList, value_dates_in_the_order_of_the_rows) {
    Choices choices;
    choices.shape = Shape::Dates;
    choices.stages = {{"Lost on", Outcome::Lost}, {"Won on", Outcome::Won}, {"Offer", Outcome::Step}, {"Call", Outcome::Step}};
    // Calls are typically later than offers, since only the calls go on; in each row the call is first.
    const auto table = sheetOf({"Deal|Offer|Call|Won on|Lost on|Created", "a|2025-01-09|2025-01-02|2025-02-01||2025-01-01",
                                "b|2025-01-12|2025-01-05||2025-03-01|2025-01-01", "c||2025-05-05|||2025-05-01",
                                "d||2025-06-05|||2025-06-01", "e||2025-07-05|||2025-07-01"});
    EXPECT_EQ(
        found(table, choices),
        (std::vector<FoundStage>{
            {"Call", 5, Outcome::Step}, {"Offer", 2, Outcome::Step}, {"Won on", 1, Outcome::Won}, {"Lost on", 1, Outcome::Lost}}));
}

TEST(StageList, value_dates_that_stand_in_different_rows_or_tie) {
    Choices choices;
    choices.shape = Shape::Dates;
    choices.stages = {{"A", Outcome::Step}, {"B", Outcome::Step}, {"C", Outcome::Step}};
    EXPECT_EQ(namesOf(found(sheetOf({"A|B|C", "2025-02-01||", "|2025-01-01|", "||2025-03-01"}), choices)), (Names{"B", "A", "C"}));
    EXPECT_EQ(namesOf(found(sheetOf({"A|B|C", "2025-02-01|2025-02-01|2025-02-01"}), choices)), (Names{"A", "B", "C"}));
}

TEST(StageList, value_dates_found_anew) {
    Choices choices;
    choices.shape = Shape::Dates;
    EXPECT_EQ(namesOf(found(sheetOf({"Deal|Lead|Demo|Won", "a|2025-01-01|2025-01-09|2025-02-01", "b|2025-01-02||"}), choices)),
              (Names{"Lead", "Demo", "Won"}));
}

TEST(StageList, refusal_no_such_column_or_an_error_in_it) {
    const auto table = sheetOf({"Deal|Stage", "a|Demo", "b|#DIV/0!"});
    EXPECT_EQ(findStages(table, with(Shape::Stages, "Step")).failure(), Failure(Fault::OutsideDomain, Wrong::NoHeader));
    EXPECT_EQ(findStages(table, with(Shape::Stages, "")).failure(), Failure(Fault::OutsideDomain, Wrong::NoHeader));
    const Failure failure = findStages(table, with(Shape::Stages, "Stage")).failure();
    EXPECT_EQ(failure.fault, Fault::ErrorInCell);
    EXPECT_EQ(failure.row, 3);
}

TEST(StageList, value_chosen) {
    EXPECT_EQ(chosen({{"Demo", 4, Outcome::Step}, {"Won", 3, Outcome::Won}}),
              (std::vector<ChosenStage>{{"Demo", Outcome::Step}, {"Won", Outcome::Won}}));
    std::vector<FoundStage> many;
    for (std::size_t index = 0; index < 500; ++index)
        many.push_back({std::to_string(index), index % 50 == 0 ? 100 : index % 7, Outcome::Step});
    const std::vector<ChosenStage> kept = chosen(many);
    EXPECT_EQ(kept.size(), mostChosen);
    EXPECT_EQ(kept.front().name, "0");
    EXPECT_NE(std::find(kept.begin(), kept.end(), ChosenStage{"450", Outcome::Step}), kept.end());
}

TEST(StageList, edge_a_column_of_different_texts) {
    Rows rows = {{"Deal", "Created"}};
    for (int row = 0; row < 20000; ++row) rows.push_back({"deal " + std::to_string(row), 45000.0 + row});
    const auto table = std::make_shared<MemoryTable>(rows);
    EXPECT_EQ(found(table, with(Shape::Stages, "Deal")).size(), 20000U);
    Choices log = with(Shape::Events, "Deal");
    log.id = "Created";
    log.when = "Created";
    EXPECT_EQ(found(table, log).size(), 20000U);
}

// The practice data set is not part of the project; where its folder is known, the guess must be right on it.
TEST(StageList, extra_maven_sales_pipeline) {
    const char* folder = std::getenv("CALCKPI_CRM_DATA");
    std::ifstream file(std::string(folder == nullptr ? "" : folder) + "/sales_pipeline.csv");
    if (folder == nullptr || !file)
        GTEST_SKIP()
            << "absent: CALCKPI_CRM_DATA does not name the folder of sales_pipeline.csv (Maven Analytics, CRM Sales Opportunities)";
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        std::replace(line.begin(), line.end(), ',', '|');
        lines.push_back(line);
    }
    ASSERT_EQ(lines.size(), 8801U);
    const std::vector<std::string> beginning(lines.begin(), lines.begin() + 500);
    Recognition recognised = recognise(*sheetOf(beginning));
    EXPECT_TRUE(recognised.usable);
    EXPECT_EQ(recognised.choices.shape, Shape::Stages);
    EXPECT_EQ(recognised.choices.stage, "deal_stage");
    EXPECT_EQ(recognised.choices.amount, "close_value");
    EXPECT_EQ(recognised.columns[5].kind, ColumnKind::Date);  // month/day/year as text
    EXPECT_EQ(found(sheetOf(lines), recognised.choices), (std::vector<FoundStage>{{"Prospecting", 500, Outcome::Step},
                                                                                  {"Engaging", 1589, Outcome::Step},
                                                                                  {"Won", 4238, Outcome::Won},
                                                                                  {"Lost", 2473, Outcome::Lost}}));
    EXPECT_EQ(recognise(*sheetOf(lines)).choices, recognised.choices);
}

TEST(Chosen, ValueOfEventsThatTrackersSendByThemselves) {
    const std::vector<FoundStage> found{{"signup", 9},    {"page_view", 99},    {"$pageview", 5},
                                        {"Page View", 5}, {"Session Start", 7}, {"paid", 3}};
    const auto names = [](const std::vector<ChosenStage>& stages) {
        std::vector<std::string> all;
        for (const ChosenStage& stage : stages) all.push_back(stage.name);
        return all;
    };
    EXPECT_EQ(names(chosen(found, Shape::Events)), (std::vector<std::string>{"signup", "paid"}));
    EXPECT_EQ(chosen(found).size(), found.size()) << "a deal's stage may be called anything";
    const std::vector<FoundStage> few{{"page_view", 9}, {"paid", 3}};
    EXPECT_EQ(names(chosen(few, Shape::Events)), (std::vector<std::string>{"page_view", "paid"})) << "one step is no funnel";
    const std::vector<FoundStage> gaps{{"Lead", 9}, {"NULL", 7}, {"n/a", 1}, {"Won", 3}};
    EXPECT_EQ(names(chosen(gaps)), (std::vector<std::string>{"Lead", "Won"})) << "what exports write into empty cells";
}

}  // namespace
}  // namespace calckpi::panel
