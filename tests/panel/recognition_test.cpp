#include "core/recognition/recognition.hpp"

#include "core/recognition/stage_list.hpp"
#include "core/recognition/vocabulary.hpp"
#include "core/recognition/written_values.hpp"
#include "tests/panel/sheet.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <ostream>

namespace calckpi::panel {
namespace {

using support::MemoryTable;
using support::Rows;
using support::sheetOf;

// Layout is a table as a product exports it, or as people keep it, and what it is.
struct Layout {
    std::string name;
    std::string source;  // where the headers and the stages come from
    std::vector<std::string> lines;
    Choices expected;
};

void PrintTo(const Layout& layout, std::ostream* out) { *out << layout.name << " (" << layout.source << ")"; }

Choices counts(const std::string& stage, const std::string& count, const std::string& amount = "") {
    Choices choices;
    choices.shape = Shape::Counts;
    choices.stage = stage;
    choices.count = count;
    choices.amount = amount;
    return choices;
}
Choices stages(const std::string& stage, const std::string& amount = "", const std::string& lostStage = "") {
    Choices choices;
    choices.shape = Shape::Stages;
    choices.stage = stage;
    choices.amount = amount;
    choices.lostStage = lostStage;
    return choices;
}
Choices across(const std::vector<std::string>& steps, const std::string& won, const std::string& count,
               const std::string& labels = "", const std::string& amount = "") {
    Choices choices = counts(labels, count, amount);
    choices.across = true;
    for (const std::string& step : steps) choices.stages.push_back({step, Outcome::Step});
    if (!won.empty()) choices.stages.push_back({won, Outcome::Won});
    return choices;
}
Choices dates(const std::vector<std::string>& steps, const std::vector<std::string>& won = {},
              const std::vector<std::string>& lost = {}) {
    Choices choices;
    choices.shape = Shape::Dates;
    for (const std::string& step : steps) choices.stages.push_back({step, Outcome::Step});
    for (const std::string& step : won) choices.stages.push_back({step, Outcome::Won});
    for (const std::string& step : lost) choices.stages.push_back({step, Outcome::Lost});
    return choices;
}
Choices events(const std::string& id, const std::string& stage, const std::string& when) {
    Choices choices;
    choices.shape = Shape::Events;
    choices.id = id;
    choices.stage = stage;
    choices.when = when;
    return choices;
}

std::string spoken(const Choices& choices) {
    constexpr std::array<const char*, 4> shapes = {"counts", "stages", "dates", "events"};
    std::string text = shapes[static_cast<std::size_t>(choices.shape)];
    if (choices.across) text += " across";
    // In the other shapes the id is not needed: value_of_deal_ids.
    text += " id=" + (choices.shape == Shape::Events ? choices.id : std::string()) + " stage=" + choices.stage +
            " count=" + choices.count + " when=" + choices.when + " amount=" + choices.amount + " lostStage=" + choices.lostStage +
            " stages=";
    for (const ChosenStage& stage : choices.stages)
        text += stage.name + (stage.outcome == Outcome::Won ? " (won)" : stage.outcome == Outcome::Lost ? " (lost)" : "") + ", ";
    return text;
}

std::vector<Layout> layouts() {
    std::vector<Layout> all;
    const auto add = [&all](Layout layout) { all.push_back(std::move(layout)); };

    // One row per deal and its stage
    add({"hubspot_deals",
         "HubSpot, export of the deals view; stages of the default sales pipeline",
         {"Record ID|Deal Name|Deal Stage|Close Date|Deal owner|Amount|Pipeline|Create Date|Deal Type",
          "9876543210|Acme renewal|Appointment Scheduled|2025-06-01|Ana Pop|1200|Sales Pipeline|2025-03-01|Existing Business",
          "9876543211|Beta new|Qualified To Buy|2025-06-03|Ana Pop|800|Sales Pipeline|2025-03-04|New Business",
          "9876543214|Gamma|Closed Won|2025-05-20|Ben Ray|5000|Sales Pipeline|2025-01-11|New Business",
          "9876543219|Delta|Closed Lost|2025-05-21|Ben Ray|700|Sales Pipeline|2025-02-07|New Business",
          "9876543222|Epsilon|Appointment Scheduled||Ana Pop||Sales Pipeline|2025-03-09|New Business"},
         stages("Deal Stage", "Amount")});
    add({"hubspot_api",
         "HubSpot CRM API, names of the deal properties; internal names of the default stages",
         {"hs_object_id|dealname|dealstage|amount|closedate|createdate|hubspot_owner_id|pipeline",
          "101|Acme|appointmentscheduled|100|2025-06-01|2025-03-01|55|default",
          "102|Beta|closedwon|250|2025-06-02|2025-03-02|55|default", "105|Gamma|qualifiedtobuy|90|2025-06-05|2025-03-03|56|default",
          "109|Delta|closedlost|40|2025-06-01|2025-03-05|55|default",
          "110|Eps|appointmentscheduled|70|2025-06-08|2025-03-07|56|default"},
         stages("dealstage", "amount")});
    add({"hubspot_contacts_lifecycle",
         "HubSpot, export of contacts: lifecycle stage beside lead status",
         {"Record ID|First Name|Email|Lead Status|Lifecycle Stage|Create Date", "1|Ann|ann@x.com|New|Lead|2025-01-01",
          "2|Bob|bob@x.com|Open|Marketing Qualified Lead|2025-01-03", "3|Cy|cy@x.com|Connected|Customer|2025-01-02",
          "7|Di|di@x.com|New|Lead|2025-01-09", "9|Ed|ed@x.com|Open|Opportunity|2025-01-05"},
         stages("Lifecycle Stage")});
    add({"salesforce_report",
         "Salesforce, opportunity report with the standard stages",
         {"Opportunity ID|Opportunity Name|Account Name|Stage|Amount|Expected Revenue|Probability (%)|Forecast Category|Close "
          "Date|Created Date|Opportunity Owner|Type|Lead Source",
          "0065e00000A1|Acme - 50 seats|Acme|Prospecting|5000|500|10|Pipeline|2025-09-30|2025-05-01|Ana|New Customer|Web",
          "0065e00000A2|Beta - 10 seats|Beta|Closed Won|1000|1000|100|Closed|2025-06-30|2025-02-01|Ben|Existing Customer|Web",
          "0065e00000A3|Acme - 20 seats|Acme|Needs Analysis|2000|400|20|Pipeline|2025-09-30|2025-04-01|Ana|New Customer|Partner",
          "0065e00000A4|Gamma|Gamma|Closed Lost|700|0|0|Omitted|2025-06-11|2025-03-01|Ben|New Customer|Phone",
          "0065e00000A5|Delta|Delta|Prospecting|900|90|10|Pipeline|2025-10-30|2025-05-11|Ben|New Customer|Web"},
         stages("Stage", "Amount")});
    add({"pipedrive_deals",
         "Pipedrive, export of deals; stages of the default pipeline, status beside the stage",
         {"Deal - ID|Deal - Title|Deal - Value|Deal - Currency of Value|Deal - Stage|Deal - Status|Deal - Owner|Deal - Deal "
          "created|Deal - Won time|Deal - Lost time|Deal - Lost reason",
          "1|Acme deal|100|EUR|Qualified|Open|Ana|2025-03-01 09:12|||",
          "2|Beta deal|900|EUR|Negotiations Started|Won|Ana|2025-01-05 10:00|2025-03-02 11:30||",
          "3|Gamma deal|300|EUR|Contact Made|Lost|Ben|2025-01-07 16:45||2025-02-01 08:10|Price",
          "4|Delta deal|250|EUR|Demo Scheduled|Open|Ben|2025-02-14 12:00|||",
          "5|Eps deal|120|EUR|Qualified|Open|Ana|2025-03-03 13:37|||"},
         stages("Deal - Stage", "Deal - Value")});
    add({"zoho_deals",
         "Zoho CRM, fields and standard stages of the Deals module",
         {"Deal Id|Deal Name|Account Name|Stage|Amount|Probability (%)|Closing Date|Lead Source|Deal Owner|Created Time|Type",
          "zcrm_1|Acme|Acme|Qualification|100|10|2025-09-01|Web|Ana|2025-03-01 08:00|New Business",
          "zcrm_2|Beta|Beta|Closed Won|200|100|2025-05-01|Web|Ana|2025-01-01 08:00|New Business",
          "zcrm_3|Gam|Gam|Value Proposition|300|40|2025-08-01|Fair|Ben|2025-02-01 08:00|Existing Business",
          "zcrm_4|Del|Del|Qualification|400|10|2025-09-09|Web|Ben|2025-03-05 08:00|New Business"},
         stages("Stage", "Amount")});
    add({"dynamics_opportunities",
         "Dynamics 365 Sales, view All Opportunities exported to Excel; phases of the sales process",
         {"(Do Not Modify) Opportunity|Topic|Potential Customer|Est. Close Date|Est. Revenue|Pipeline Phase|Status|Status "
          "Reason|Probability|Rating|Owner",
          "6d1d-a1|Coffee machines|Fabrikam|2025-09-01|50000|1-Qualify|Open|In Progress|20|Warm|Ana",
          "6d1d-a2|Grinders|Contoso|2025-05-01|10000|4-Close|Won|Won|100|Hot|Ana",
          "6d1d-a3|Beans|Litware|2025-08-01|7000|2-Develop|Open|In Progress|40|Warm|Ben",
          "6d1d-a4|Cups|Fabrikam|2025-05-01|100|1-Qualify|Lost|Canceled|0|Cold|Ben"},
         stages("Pipeline Phase", "Est. Revenue")});
    add({"zendesk_sell",
         "Zendesk Sell, export of deals",
         {"id|name|stage_name|value|currency|source_name|owner_name|added_at|last_stage_change_at|loss_reason",
          "11|Acme|Incoming|100|USD|Web|Ana|2025-03-01|2025-03-01|", "12|Beta|Won|900|USD|Web|Ben|2025-01-01|2025-02-21|",
          "13|Gam|Qualified|400|USD|Fair|Ana|2025-02-01|2025-02-11|", "17|Del|Lost|50|USD|Fair|Ben|2025-01-09|2025-01-29|Price",
          "18|Eps|Incoming|70|USD|Web|Ben|2025-03-02|2025-03-02|"},
         stages("stage_name", "value")});
    add({"freshsales",
         "Freshsales, default deal fields and stages",
         {"Deal name|Deal value|Deal stage|Sales owner|Expected close date|Account name|Lost reason",
          "Acme|100|New|Ana|2025-09-01|Acme|", "Beta|300|Demo|Ben|2025-09-03|Beta|", "Gam|700|Won|Ben|2025-06-01|Gam|",
          "Del|50|Lost|Ana|2025-06-05|Del|Price", "Eps|90|New|Ana|2025-09-09|Eps|"},
         stages("Deal stage", "Deal value")});
    add({"odoo_en",
         "Odoo CRM, export of the pipeline with its default stages",
         {"Opportunity|Contact Name|Email|Salesperson|Expected Revenue|Stage|Created on|Sales Team",
          "Quote for 12 tables|Tom|t@x.com|Mitchell Admin|40000|Qualified|2025-03-01|Europe",
          "Design software|Ann|a@x.com|Marc Demo|20000|New|2025-03-03|Europe",
          "Office design|Bo|b@x.com|Marc Demo|9000|Proposition|2025-02-03|America",
          "5 VP chairs|Cy|c@x.com|Mitchell Admin|5600|Won|2025-01-03|America"},
         stages("Stage", "Expected Revenue")});
    add({"odoo_fr",
         "Odoo CRM en français, export du pipeline",
         {"Opportunité|Nom du contact|E-mail|Vendeur|Revenu espéré|Étape|Créé le|Équipe commerciale",
          "Devis pour 12 tables|Tom|t@x.com|Marc|40000|Qualifié|2025-03-01|Europe",
          "Logiciel|Ann|a@x.com|Léa|20000|Nouveau|2025-03-03|Europe", "Bureau|Bo|b@x.com|Léa|9000|Proposition|2025-02-03|Europe",
          "5 chaises|Cy|c@x.com|Marc|5600|Gagné|2025-01-03|Europe"},
         stages("Étape", "Revenu espéré")});
    add({"odoo_ro",
         "Odoo CRM în română, export al pipeline-ului",
         {"Oportunitate|Nume contact|Agent de vânzări|Venit așteptat|Etapă|Creat la",
          "Ofertă 12 mese|Tom|Ana|40000|Calificat|2025-03-01", "Licențe|Ann|Dan|20000|Nou|2025-03-03",
          "Birou|Bo|Dan|9000|Propunere|2025-02-03", "5 scaune|Cy|Ana|5600|Câștigat|2025-01-03",
          "Rafturi|Di|Ana|300|Nou|2025-03-09"},
         stages("Etapă", "Venit așteptat")});
    add({"espocrm_fr",
         "EspoCRM, i18n/fr_FR/Opportunity.json: field names and stages as translated there",
         {"Nom|Compte|Etage|Montant|Probabilité, %|Lead Source|Date de fermeture",
          "Affaire A|Acme|En Prospection|100|10|Web|2025-09-01", "Affaire B|Beta|Négociation/avis|900|80|Web|2025-06-01",
          "Affaire C|Gam|Analyse des besoins|400|20|Salon|2025-08-01", "Affaire D|Del|En Prospection|10|10|Web|2025-09-08"},
         stages("Etage", "Montant")});
    add({"espocrm_ro",
         "EspoCRM, i18n/ro_RO/Opportunity.json: field names and stages as translated there",
         {"Nume|Cont|Stadiu|Suma|Probabilitate, %|Sursa Lead|Data Inchiderii",
          "Tranzactia A|Acme|Prospectare|100|10|Web|2025-09-01", "Tranzactia B|Beta|Negociere/Revizuire|900|80|Web|2025-06-01",
          "Tranzactia C|Gam|Inchide ca Castigat|400|100|Targ|2025-08-01", "Tranzactia D|Del|Prospectare|10|10|Web|2025-09-08",
          "Tranzactia E|Eps|Inchide ca Pierdut|20|0|Web|2025-05-08"},
         stages("Stadiu", "Suma")});
    add({"sellsy",
         "Sellsy, export des opportunités: étape et statut",
         {"Référence|Nom de l'opportunité|Société|Pipeline|Étape|Statut|Montant|Probabilité|Source|Propriétaire|Date de "
          "création|Date d'échéance",
          "OPP-1|Site web|Acme|Vente|Prise de contact|Ouverte|1500|20|Salon|Léa|2025-03-01|2025-09-01",
          "OPP-2|CRM|Beta|Vente|Négociation|Gagnée|9000|90|Site|Marc|2025-01-01|2025-05-01",
          "OPP-3|Hotline|Gam|Vente|Proposition envoyée|Perdue|300|50|Site|Léa|2025-02-01|2025-06-01",
          "OPP-4|Serveur|Del|Vente|Prise de contact|Ouverte|700|20|Site|Marc|2025-03-05|2025-09-09"},
         stages("Étape", "Montant")});
    add({"axonaut",
         "Axonaut, export des opportunités: seul le statut dit l'étape",
         {"Nom|Entreprise|Montant HT|Probabilité|Statut|Date de fin estimée|Responsable",
          "Site|Acme|1500|20|En cours|2025-09-01|Léa", "CRM|Beta|9000|100|Gagnée|2025-05-01|Marc",
          "SAV|Gam|300|0|Perdue|2025-06-01|Léa", "Cloud|Del|700|20|En cours|2025-09-09|Marc",
          "Wifi|Eps|90|20|En cours|2025-09-11|Léa"},
         stages("Statut", "Montant HT")});
    add({"nocrm",
         "noCRM.io, export of leads: status (To do, Standby, Won, Lost) and pipeline step",
         {"Lead ID|Lead|Pipeline|Step|Status|Amount|Probability|User|Created at|Closed at|Tags",
          "1|Acme|Default|Incoming|To do|100|10|ana@x.com|2025-03-01|2025-03-01|",
          "2|Beta|Default|Proposal sent|Won|900|100|ben@x.com|2025-01-01|2025-02-01|",
          "3|Gam|Default|Contacted|Standby|400|30|ana@x.com|2025-02-01|2025-02-01|",
          "4|Del|Default|Incoming|Lost|70|0|ben@x.com|2025-02-02|2025-02-11|"},
         stages("Step", "Amount")});
    add({"monday",
         "monday CRM, board Deals exported to Excel",
         {"Name|Owner|Stage|Deal Value|Close Date|Priority|Contacts", "Acme|Ana|Discovery|100|2025-09-01|High|Tom",
          "Beta|Ben|Won|900|2025-05-01|Low|Ann", "Gam|Ana|Negotiation|400|2025-08-01|High|Bo",
          "Del|Ben|Discovery|70|2025-09-09|Low|Cy"},
         stages("Stage", "Deal Value")});
    add({"teamleader_fr",
         "Teamleader Focus, export des affaires en français: phase et responsable",
         {"Titre|Client|Phase|Montant|Responsable|Créée le|Date de clôture prévue|Raison du refus",
          "Site|Acme|Nouveau|1500|Léa|2025-03-01|2025-09-01|", "CRM|Beta|Accepté|9000|Marc|2025-01-01|2025-05-01|",
          "SAV|Gam|Devis envoyé|300|Léa|2025-02-01|2025-06-01|", "Cloud|Del|Refusé|700|Marc|2025-02-07|2025-04-09|Prix"},
         stages("Phase", "Montant")});
    add({"romanian_crm",
         "Pâlnia din auditul CRM al pss.md: lead nou, calificare, ofertă trimisă, negociere; coloane după Bitrix24 și Kommo",
         {"ID oportunitate|Denumire oportunitate|Companie|Etapa oportunității|Suma|Moneda|Responsabil|Data creării|Canal",
          "17|Utilaje|Acme SRL|Lead nou|1500|RON|Ana|2025-03-01|Site",
          "18|Piese|Beta SA|Ofertă trimisă|900|RON|Dan|2025-02-01|Târg",
          "19|Service|Gama SRL|Negociere|4000|EUR|Ana|2025-01-11|Site", "20|Ulei|Delta SRL|Pierdută|70|RON|Dan|2025-01-09|Site",
          "21|Filtre|Eps SRL|Lead nou|30|RON|Ana|2025-03-03|Târg"},
         stages("Etapa oportunității", "Suma")});
    add({"smartbill_offers",
         "Listă de oferte ca în SmartBill: starea ofertei este etapa",
         {"Nr. ofertă|Client|Valoare|Monedă|Stare|Data emiterii|Agent", "OF001|Acme|1500|RON|Trimisă|2025-03-01|Ana",
          "OF002|Beta|900|RON|Acceptată|2025-02-01|Dan", "OF003|Gama|70|RON|Refuzată|2025-02-03|Dan",
          "OF004|Delta|400|RON|Trimisă|2025-03-05|Ana"},
         stages("Stare", "Valoare")});
    add({"lost_stage_en",
         "Salesforce custom field as in pipeline loss reports: stage when lost",
         {"Opportunity Name|Stage|Stage When Lost|Amount|Close Date", "A|Closed Lost|Qualification|100|2025-05-01",
          "B|Closed Won||200|2025-05-03", "C|Closed Lost|Proposal/Price Quote|300|2025-05-05", "D|Qualification||50|2025-09-01"},
         stages("Stage", "Amount", "Stage When Lost")});
    add({"lost_stage_fr",
         "Tableau de suivi commercial: étape de perte",
         {"Affaire|Étape|Étape de perte|CA", "A|Perdue|Devis|100", "B|Gagnée||200", "C|Perdue|Négociation|300", "D|Devis||50",
          "E|Devis||70"},
         stages("Étape", "CA", "Étape de perte")});
    add({"lost_stage_ro",
         "Tabel de urmărire: etapa la care s-a pierdut",
         {"Tranzacție|Etapă|Etapa pierderii|Valoare", "A|Pierdut|Ofertă|100", "B|Câștigat||200", "C|Pierdut|Negociere|300",
          "D|Ofertă||50", "E|Ofertă||70"},
         stages("Etapă", "Valoare", "Etapa pierderii")});
    add({"lost_at_the_stage_ro",
         "Tabel de urmărire: pierdut la etapa",
         {"Tranzacție|Etapă|Pierdut la etapa|Valoare", "A|Pierdut|Ofertă|100", "B|Câștigat||200", "C|Pierdut|Negociere|300",
          "D|Ofertă||50", "E|Ofertă||70"},
         stages("Etapă", "Valoare", "Pierdut la etapa")});
    add({"lost_at_the_stage_fr",
         "Tableau de suivi commercial: perdue à l'étape",
         {"Affaire|Étape|Perdue à l'étape|CA", "A|Perdue|Devis|100", "B|Gagnée||200", "C|Perdue|Négociation|300", "D|Devis||50",
          "E|Devis||70"},
         stages("Étape", "CA", "Perdue à l'étape")});
    add({"maven_crm",
         "Maven Analytics, CRM Sales Opportunities: sales_pipeline.csv opened in English, dates are dates",
         {"opportunity_id|sales_agent|product|account|deal_stage|engage_date|close_date|close_value",
          "1C1I7A6R|Moses Frase|GTX Plus Basic|Cancity|Won|2016-10-20|2017-03-01|1054",
          "Z063OYW0|Darcel Schlecht|GTXPro|Isdom|Won|2016-10-25|2017-03-11|4514",
          "EC4QE1BX|Darcel Schlecht|MG Special|Cancity|Won|2016-10-25|2017-03-07|50",
          "MV1LWRNH|Moses Frase|GTX Basic|Codehow|Lost|2016-10-25|2017-03-09|0",
          "PE84CX4O|Zane Levy|GTX Basic|Hatfan|Engaging|2016-10-25||", "ZNBS69V1|Anna Snelling|MG Special||Prospecting|||"},
         stages("deal_stage", "close_value")});

    add({"hubspot_fr",
         "HubSpot en français, export des transactions",
         {"ID de fiche d'informations|Nom de la transaction|Phase de la transaction|Date de fermeture|Propriétaire de la "
          "transaction|Montant|Pipeline",
          "90001|Acme|Rendez-vous planifié|2025-09-01|Léa|1500|Vente", "90002|Beta|Fermé gagné|2025-05-01|Marc|9000|Vente",
          "90005|Gam|Contrat envoyé|2025-06-01|Léa|300|Vente", "90009|Del|Rendez-vous planifié|2025-09-09|Marc|700|Vente"},
         stages("Phase de la transaction", "Montant")});
    add({"salesforce_fr",
         "Salesforce en français, rapport d'opportunités",
         {"Nom de l'opportunité|Nom du compte|Étape|Montant|Revenu attendu|Probabilité (%)|Date de clôture|Date de "
          "création|Propriétaire de l'opportunité|Type",
          "Acme 50|Acme|Prospection|5000|500|10|2025-09-30|2025-05-01|Léa|Nouveau client",
          "Beta 10|Beta|Clôturée gagnée|1000|1000|100|2025-06-30|2025-02-01|Marc|Client existant",
          "Gam 3|Gam|Analyse des besoins|400|80|20|2025-08-30|2025-04-01|Léa|Nouveau client",
          "Del 9|Acme|Prospection|900|90|10|2025-10-30|2025-05-11|Marc|Nouveau client"},
         stages("Étape", "Montant")});
    add({"pipedrive_fr",
         "Pipedrive en français, export des affaires",
         {"Affaire - ID|Affaire - Titre|Affaire - Valeur|Affaire - Devise|Affaire - Étape|Affaire - Statut|Affaire - "
          "Propriétaire|Affaire - Affaire créée",
          "1|Acme|100|EUR|Qualifié|En cours|Léa|2025-03-01 09:12", "2|Beta|900|EUR|Négociation|Gagné|Léa|2025-01-05 10:00",
          "3|Gam|300|EUR|Contacté|Perdu|Marc|2025-01-07 16:45", "4|Del|250|EUR|Qualifié|En cours|Marc|2025-02-14 12:00"},
         stages("Affaire - Étape", "Affaire - Valeur")});
    add({"tracking_fr",
         "Tableau de suivi d'une PME: le statut est l'étape, les dates sont du texte",
         {"Date d'ouverture|Client|Commercial|Statut|CA HT|Commentaire", "'01/03/2025|Acme|Léa|Devis envoyé|1500|à rappeler",
          "'15/03/2025|Beta|Marc|Gagné|9000|", "'17/03/2025|Gam|Léa|RDV pris|300|budget en juin",
          "'21/03/2025|Acme|Marc|Devis envoyé|70|", "'22/03/2025|Del|Marc|Perdu|80|prix"},
         stages("Statut", "CA HT")});
    add({"leads_ro",
         "Listă de lead-uri ca în Google Sheets: starea este etapa",
         {"Nr. crt.|Nume|Telefon|Sursă|Stare|Data|Valoare estimată", "1|Ion Pop|0722000001|Facebook|De contactat|2025-03-01|100",
          "2|Ana Dan|0722000002|Site|Ofertă trimisă|2025-03-02|900", "3|Dan Ene|0722000003|Site|Contactat|2025-03-02|400",
          "4|Ema Ilie|0722000004|Facebook|De contactat|2025-03-05|70", "5|Geo Vlad|0722000005|Târg|Refuzat|2025-03-06|50"},
         stages("Stare", "Valoare estimată")});
    add({"dates_in_a_sales_tracker",
         "Sheet kept by hand: bare dates beside created and closed, no stage",
         {"Customer|Owner|Created|Qualified|Proposal|Closed|Value", "Acme|Ana|2025-01-01|2025-01-05|2025-01-20|2025-02-01|100",
          "Beta|Ben|2025-01-03|2025-01-09|||200", "Gam|Ana|2025-01-04||||50"},
         dates({"Created", "Qualified", "Proposal", "Closed"})});
    add({"counts_marketing_fr",
         "Tableau de bord marketing: étapes, volumes et taux",
         {"Étape de l'entonnoir|Volume|Taux de conversion", "Visiteurs uniques|'12000|", "Leads|900|0.075", "MQL|300|0.33",
          "Clients|30|0.1"},
         counts("Étape de l'entonnoir", "Volume")});
    add({"close_opportunities",
         "Close, opportunities to CSV by its API client (gist.github.com/anemitz/6119641)",
         {"date_created|lead_name|status|date_won|date_lost|confidence|user_name|note|value|value_period",
          "2025-03-01|Acme|Active|||50|Ana||100|one_time", "2025-01-04|Beta|Won|2025-02-01||100|Ben||900|one_time",
          "2025-01-09|Gam|Lost||2025-03-01|0|Ana|price|300|monthly", "2025-03-11|Del|Active|||25|Ben||70|one_time"},
         stages("status", "value")});
    add({"copper_opportunities",
         "Copper, default fields of opportunities (support.copper.com/en/articles/8823254)",
         {"Opportunity Name|Company|Primary Contact|Owner|Pipeline|Stage|Status|Value|Win Probability|Close Date|Loss "
          "Reason|Source",
          "Acme 1|Acme|Tom|Ana|Sales|Qualified|Open|100|10|2025-09-01||Web",
          "Beta 1|Beta|Ann|Ben|Sales|Contract Sent|Won|900|100|2025-05-01||Web",
          "Gam 1|Gam|Bo|Ana|Sales|Follow-up|Lost|300|0|2025-06-01|Price|Email",
          "Del 1|Del|Cy|Ben|Sales|Qualified|Open|70|10|2025-09-09||Web"},
         stages("Stage", "Value")});
    add({"freshsales_fields",
         "Freshsales, list of the deal fields (crmsupport.freshworks.com, article 50000002555)",
         {"Deal Name|Deal Value|Type|Expected close date|Closed date|Product|Payment status|Probability|Owner|Deal Pipeline|Deal "
          "Stage|Account|Source|Campaign",
          "Premium|5000|New Deal|2025-09-01||Widget|Online|70|Ana|Default|Negotiation|Acme|Email|Webinar",
          "Basic|300|Renewal|2025-06-01|2025-06-03|Widget|Offline|100|Ben|Default|Won|Beta|Email|",
          "Plus|700|New Deal|2025-08-01||Book|Offline|20|Ana|Default|New|Gam|Web|",
          "Pro|50|New Deal|2025-06-01|2025-06-09|Book|Online|0|Ben|Default|Lost|Del|Web|"},
         stages("Deal Stage", "Deal Value")});
    add({"zoho_potentials",
         "Zoho CRM before deals were called so, standard fields of potentials (zoho.com/crm/help/opportunities)",
         {"Potential Owner|Potential Name|Account Name|Type|Lead Source|Contact Name|Amount|Closing Date|Next Step|Stage|"
          "Probability|Expected Revenue|Description",
          "Ana|Acme|Acme|New Business|Web|Tom|100|2025-09-01|call|Needs Analysis|20|20|",
          "Ben|Beta|Beta|Existing Business|Fair|Ann|900|2025-05-01||Closed Won|100|900|",
          "Ana|Gam|Gam|New Business|Web|Bo|300|2025-08-01|visit|Value Proposition|40|120|",
          "Ben|Del|Del|New Business|Web|Cy|70|2025-09-09||Needs Analysis|20|14|"},
         stages("Stage", "Amount")});
    add({"zendesk_sell_api",
         "Zendesk Sell, attributes of deals (developers.futuresimple.com, firehose): stages by number",
         {"id|creator_id|owner_id|name|value|currency|hot|stage_id|source_id|last_stage_change_at|contact_id|estimated_close_date|"
          "created_at",
          "11|7|8|Acme|100|EUR|FALSE|1002|3|2025-03-01|501|2025-09-01|2025-03-01",
          "12|7|9|Beta|900|EUR|TRUE|1005|3|2025-02-21|502|2025-05-01|2025-01-01",
          "13|7|8|Gam|300|EUR|FALSE|1003|4|2025-02-11|503|2025-08-01|2025-02-01",
          "17|7|9|Del|70|EUR|FALSE|1002|4|2025-03-05|504|2025-09-09|2025-03-05"},
         stages("stage_id", "value")});
    add({"pipedrive_api",
         "Pipedrive, deal of the API as in its webhooks (unpkg.com/@pipedream/pipedrive, updated-deal-instant/test-event.mjs)",
         {"id|title|value|currency|status|stage_id|add_time|update_time|stage_change_time|won_time|lost_time|lost_reason|owner_id",
          "1|Acme|100|EUR|open|2|2025-03-01 09:12|2025-03-02 10:00|2025-03-02 10:00||||5",
          "2|Beta|900|EUR|won|5|2025-01-05 10:00|2025-03-02 11:30|2025-02-20 10:00|2025-03-02 11:30|||5",
          "4|Gam|300|EUR|lost|3|2025-01-07 16:45|2025-02-01 08:10|2025-01-20 10:00||2025-02-01 08:10|price|6",
          "7|Del|250|EUR|open|2|2025-02-14 12:00|2025-02-15 10:00|2025-02-15 10:00||||6"},
         stages("stage_id", "value")});
    add({"odoo_export_app",
         "Odoo, columns of the app CRM Lead & Opportunity Excel Export (apps.odoo.com, crm_lead_export_xlsx): State is a province",
         {"Opportunity|Customer|Contact Name|Email|Phone|City|State|Country|Sales Person|Sales "
          "Team|Priority|Deadline|Medium|Source|"
          "Stage",
          "Tables|Acme|Tom|t@x.com|555-1|Austin|Texas|US|Ana|Europe|1|2025-09-01|Web|Search|Qualified",
          "Design|Beta|Ann|a@x.com|555-2|Dallas|Texas|US|Ben|Europe|0|2025-09-03|Web|Search|New",
          "Office|Gam|Bo|b@x.com|555-3|Miami|Florida|US|Ben|America|2|2025-08-03|Mail|Fair|Proposition",
          "Chairs|Del|Cy|c@x.com|555-4|Tampa|Florida|US|Ana|America|1|2025-05-03|Mail|Fair|Won"},
         stages("Stage")});
    add({"sellsy_fields",
         "Sellsy, champs de la fiche opportunité (help.sellsy.com/fr/articles/8944173)",
         {"Identifiant|Nom de l'opportunité|Société|Source|Date d'échéance|Montant potentiel|Pipeline|Étape|Statut|Probabilité|"
          "Collaborateur affecté|Contact responsable",
          "OPP-1|Site|Acme|Salon|2025-09-01|1500|Vente|Découverte|Ouverte|20|Léa|Tom",
          "OPP-2|CRM|Beta|Site|2025-05-01|9000|Vente|Négociation|Gagnée|90|Marc|Ann",
          "OPP-3|SAV|Gam|Site|2025-06-01|300|Vente|Devis envoyé|Perdue|50|Léa|Bo",
          "OPP-4|Wifi|Del|Salon|2025-09-09|700|Vente|Découverte|Ouverte|20|Marc|Cy"},
         stages("Étape", "Montant potentiel")});
    add({"vtiger_fr",
         "vtiger en français: champs et phases de languages/fr_fr/Potentials.php (dépôt thinkingreed-inc/F-RevoCRM)",
         {"Affaire N°|Affaire|Nom de l'organisation|Montant|Revenu pondéré|Phase de vente|Probabilité|Campagne|Suivant|Type",
          "POT1|Site|Acme|1500|150|Prospection|10|Salon|appel|Nouveau client",
          "POT2|CRM|Beta|9000|9000|Gagnée|100|Salon||Client existant",
          "POT3|SAV|Gam|300|60|A analyser|20|Web|visite|Nouveau client", "POT4|Wifi|Del|700|0|Perdue|0|Web||Nouveau client"},
         stages("Phase de vente", "Montant")});
    add({"vtiger_ro",
         "vtiger în română: câmpuri și stadii din languages/ro_ro/Potentials.php (thinkingreed-inc/F-RevoCRM)",
         {"ID Potential|Potential|Numele organizației|Valoare|Venituri ponderată|Stadiu vanzari|Probabilitate (%)|Sursa "
          "campanie|Tip",
          "POT1|Site|Acme|1500|150|In prospectare|10|Targ|Afacere noua",
          "POT2|CRM|Beta|9000|9000|Afacere castigata|100|Targ|Afacere existenta",
          "POT3|SAV|Gam|300|60|Calificare|20|Web|Afacere noua", "POT4|Wifi|Del|700|0|Afacere pierduta|0|Web|Afacere noua"},
         stages("Stadiu vanzari", "Valoare")});
    add({"project_manager_ro",
         "CRM în română: câmpuri și etape din language/romanian/opportunities_lang.php (BlondelSeumo/Ultimate-Project-Manager-CRM)",
         {"oportunitate Nume|etape|Probabilitatea de a câștiga|Previziuni Închide Data|Venitul așteptat|Cine este "
          "responsabil|Starea "
          "curenta",
          "Utilaje|Calificare|20|2025-09-01|1500|Ana|Activ", "Piese|Castigat|100|2025-05-01|900|Dan|Inchis",
          "Service|Negociere|60|2025-08-01|4000|Ana|Activ", "Ulei|Pierdut|0|2025-06-01|70|Dan|Inchis"},
         stages("etape", "Venitul așteptat")});
    add({"hubspot_flags",
         "HubSpot, default deal properties Is Closed Won and Is closed lost (knowledge.hubspot.com), stages with names of their "
         "own",
         {"Record ID|Deal Name|Deal Stage|Is Closed Won|Is closed lost|Amount|Close Date|Pipeline",
          "901|Acme|Discovery|false|false|100|2025-09-01|Sales", "902|Beta|Signed off|true|false|900|2025-05-01|Sales",
          "905|Gam|No go|false|true|300|2025-06-01|Sales", "909|Del|Discovery|false|false|70|2025-09-09|Sales"},
         stages("Deal Stage", "Amount")});
    add({"dynamics_fr",
         "Dynamics 365 Sales en français, vue des opportunités: les phases du processus de vente",
         {"Rubrique|Client potentiel|Date de clôture estimée|Revenu estimé|Phase du pipeline|Statut|Raison du statut|Probabilité|"
          "Propriétaire",
          "Machines|Fabrikam|2025-09-01|50000|1-Qualifier|Ouverte|En cours|20|Léa",
          "Moulins|Contoso|2025-05-01|10000|4-Conclure|Conclue|Conclue|100|Léa",
          "Grains|Litware|2025-08-01|7000|2-Développer|Ouverte|En cours|40|Marc",
          "Tasses|Fabrikam|2025-05-01|100|1-Qualifier|Perdue|Annulée|0|Marc"},
         stages("Phase du pipeline", "Revenu estimé")});
    add({"sage_crm",
         "Sage CRM, opportunity fields, with the stages and statuses named there (help.sagecrm.com, SO_OpportunityFields)",
         {"Company|Person|Description|Source|Type|Opened|Closed|Stage|Status|Certainty%|Forecast|Priority|Assigned To",
          "Acme|Tom|Chairs|Web|License|2025-03-01||Lead|In Progress|10|100|Normal|Ana",
          "Beta|Ann|Tables|Fair|Mix|2025-01-01|2025-04-01|Negotiating|Won|100|900|High|Ben",
          "Gam|Bo|Desks|Web|License|2025-02-01|2025-03-04|Quoted|Lost|0|300|Low|Ana",
          "Del|Cy|Lamps|Web|Services|2025-03-09||Lead|In Progress|10|70|Normal|Ben"},
         stages("Stage")});
    add({"oracle_sales",
         "Oracle Sales, fields set on an opportunity (docs.oracle.com, Sales, fastg)",
         {"Opportunity Number|Name|Account|Sales Channel|Currency|Win Probability|Close Date|Status|Sales Method|Sales Stage|Owner|"
          "Revenue|Creation Date",
          "3001|Acme|Acme|Direct|EUR|10|2025-09-01|Open|Standard|Qualification|Ana|100|2025-03-01",
          "3002|Beta|Beta|Partner|EUR|100|2025-05-01|Won|Standard|Agreement|Ben|900|2025-01-01",
          "3005|Gam|Gam|Direct|EUR|0|2025-06-01|Lost|Standard|Building Vision|Ana|300|2025-02-01",
          "3009|Del|Del|Direct|EUR|10|2025-09-09|Open|Standard|Qualification|Ben|70|2025-03-11"},
         stages("Sales Stage", "Revenue")});
    add({"upvise",
         "Upvise, columns of a deals import (upvise.com/sales/help/importdeals.htm), with the stages and statuses named there",
         {"id|name|creationdate|duedate|status|stage|amount|probability|note|company|contact",
          "a1|Acme|2025-03-01|2025-09-01|Open|Incoming|100|10||Acme|Tom",
          "a2|Beta|2025-01-01|2025-05-01|Closed Won|Quotation|900|100||Beta|Ann",
          "a3|Gam|2025-02-01|2025-06-01|Closed Lost|Qualified|300|0|price|Gam|Bo",
          "a4|Del|2025-03-09|2025-09-09|Open|Incoming|70|10||Del|Cy"},
         stages("stage", "amount")});
    add({"salesforce_api",
         "Salesforce, API names of the opportunity's fields (developer.salesforce.com, field reference)",
         {"Id|AccountId|Name|StageName|Amount|Probability|CloseDate|Type|LeadSource|IsClosed|IsWon|ForecastCategoryName|OwnerId|"
          "CreatedDate",
          "006A|001A|Acme|Prospecting|100|10|2025-09-01|New|Web|FALSE|FALSE|Pipeline|005X|2025-03-01 09:00",
          "006B|001B|Beta|Closed Won|900|100|2025-05-01|New|Web|TRUE|TRUE|Closed|005Y|2025-01-01 09:00",
          "006C|001C|Gam|Needs Analysis|300|20|2025-08-01|New|Fair|FALSE|FALSE|Pipeline|005X|2025-02-01 09:00",
          "006D|001A|Del|Closed Lost|70|0|2025-06-01|New|Web|TRUE|FALSE|Omitted|005Y|2025-02-11 09:00"},
         stages("StageName", "Amount")});
    add({"servicenow",
         "ServiceNow, fields of the opportunity form (servicenow-prod.fluidtopics.net, order-management)",
         {"Number|Account|Industry|Contact|Estimated Deal Size|Sales Cycle Type|Probability %|Stage|Amount|Forecast "
          "Category|Weighted "
          "Amount|Owner|Short Description",
          "OPTY1|Acme|Steel|Tom|120|NEWCUST|10|Qualify|100|Pipeline|10|Ana|Chairs",
          "OPTY2|Beta|Food|Ann|900|RENEW|100|Closed-Won|900|Closed|900|Ben|Tables",
          "OPTY3|Gam|Steel|Bo|300|NEWCUST|40|Negotiate|300|Pipeline|120|Ana|Desks",
          "OPTY4|Del|Food|Cy|70|NEWCUST|10|Qualify|70|Pipeline|7|Ben|Lamps"},
         stages("Stage", "Amount")});

    // An event log
    add({"close_status_changes",
         "Close, status changes of opportunities in its API (developer.close.com, activities/opportunity-status-changes)",
         {"id|opportunity_id|lead_id|old_status_label|new_status_label|date_created|user_name",
          "acti_1|oppo_A|lead_1||Demo|2025-03-01 09:00|Ana", "acti_2|oppo_A|lead_1|Demo|Proposal|2025-03-09 10:00|Ana",
          "acti_3|oppo_B|lead_2||Demo|2025-03-02 11:00|Ben", "acti_4|oppo_A|lead_1|Proposal|Won|2025-04-01 12:00|Ana",
          "acti_5|oppo_B|lead_2|Demo|Lost|2025-03-22 13:00|Ben"},
         events("opportunity_id", "new_status_label", "date_created")});
    add({"mixpanel",
         "Mixpanel, raw event export: event, time, distinct_id, $insert_id",
         {"event|time|distinct_id|$insert_id|$city|mp_lib", "Sign Up|2025-03-01 10:00|u1|5d95-a|Paris|web",
          "Activated|2025-03-01 10:20|u1|5d95-b|Paris|web", "Sign Up|2025-03-02 09:00|u2|5d95-c|Iasi|web",
          "Purchase|2025-03-03 12:00|u1|5d95-d|Paris|web", "Sign Up|2025-03-04 12:00|u3|5d95-e|Rome|ios"},
         events("distinct_id", "event", "time")});
    add({"amplitude",
         "Amplitude export schema (Fivetran connector reference): event_type, event_time, user_id, uuid",
         {"uuid|event_type|event_time|user_id|device_id|session_id|country|platform|client_upload_time",
          "a-1|view item|2025-03-01 10:00|7001|d1|1740823200|FR|web|2025-03-01 10:01",
          "a-2|add to cart|2025-03-01 10:05|7001|d1|1740823200|FR|web|2025-03-01 10:06",
          "a-3|view item|2025-03-01 11:00|7002|d2|1740826800|RO|web|2025-03-01 11:01",
          "a-4|purchase|2025-03-01 12:00|7001|d1|1740823200|FR|web|2025-03-01 12:01",
          "a-5|view item|2025-03-02 08:00|7003|d3|1740900000|FR|ios|2025-03-02 08:01"},
         events("user_id", "event_type", "event_time")});
    add({"ga4",
         "Google Analytics 4, BigQuery export: event_date, event_timestamp in microseconds, event_name, user_pseudo_id",
         {"event_date|event_timestamp|event_name|user_pseudo_id|platform", "20250301|1740823200000000|page_view|1001.17|WEB",
          "20250301|1740823260000000|add_to_cart|1001.17|WEB", "20250301|1740823320000000|page_view|1002.18|WEB",
          "20250301|1740823380000000|purchase|1001.17|WEB", "20250302|1740909780000000|page_view|1003.19|WEB"},
         events("user_pseudo_id", "event_name", "event_timestamp")});
    add({"posthog",
         "PostHog, events export: uuid, event, timestamp, distinct_id",
         {"uuid|event|timestamp|distinct_id|elements_chain", "0195-1|$pageview|'2025-03-01T10:00:00.000Z|p1|",
          "0195-2|user signed up|'2025-03-01T10:02:00.000Z|p1|", "0195-3|$pageview|'2025-03-01T10:05:00.000Z|p2|",
          "0195-4|$pageview|'2025-03-02T10:05:00.000Z|p3|"},
         events("distinct_id", "event", "timestamp")});
    add({"segment",
         "Segment spec, track calls in a warehouse: anonymous_id, event, timestamp, user_id, type",
         {"id|anonymous_id|user_id|type|event|original_timestamp|received_at",
          "m1|x1|u1|track|Product Viewed|2025-03-01 10:00|2025-03-01 10:01",
          "m2|x1|u1|track|Product Added|2025-03-01 10:04|2025-03-01 10:05",
          "m3|x2|u2|track|Product Viewed|2025-03-01 10:09|2025-03-01 10:10",
          "m4|x1|u1|track|Order Completed|2025-03-01 10:20|2025-03-01 10:21"},
         events("user_id", "event", "original_timestamp")});
    add({"salesforce_history",
         "Salesforce, report Opportunity History: From Stage, To Stage, Last Modified",
         {"Opportunity Name|From Stage|To Stage|Last Modified Date|Last Modified By", "Acme||Prospecting|2025-03-01|Ana",
          "Acme|Prospecting|Qualification|2025-03-05|Ana", "Acme|Qualification|Closed Won|2025-04-01|Ana",
          "Beta||Prospecting|2025-03-02|Ben", "Beta|Prospecting|Closed Lost|2025-03-22|Ben"},
         events("Opportunity Name", "To Stage", "Last Modified Date")});
    add({"salesforce_field_history",
         "Salesforce object OpportunityHistory: OpportunityId, StageName, CreatedDate",
         {"Id|OpportunityId|StageName|Amount|CloseDate|CreatedDate|CreatedById",
          "008-1|006-A|Prospecting|100|2025-09-01|2025-03-01 09:00|005-X",
          "008-2|006-A|Qualification|100|2025-09-01|2025-03-09 09:10|005-X",
          "008-3|006-B|Prospecting|70|2025-09-04|2025-03-02 15:00|005-Y",
          "008-4|006-A|Closed Won|120|2025-05-01|2025-05-01 17:40|005-X",
          "008-5|006-C|Prospecting|90|2025-10-01|2025-03-03 11:00|005-Y"},
         events("OpportunityId", "StageName", "CreatedDate")});
    add({"events_fr",
         "Journal d'événements d'un site marchand",
         {"Identifiant utilisateur|Événement|Horodatage|Canal", "U-1|Visite|2025-03-01 10:00|SEO",
          "U-1|Ajout au panier|2025-03-01 10:03|SEO", "U-2|Visite|2025-03-01 10:07|SEA", "U-1|Achat|2025-03-01 10:20|SEO",
          "U-3|Visite|2025-03-01 11:00|SEO"},
         events("Identifiant utilisateur", "Événement", "Horodatage")});
    add({"events_ro",
         "Jurnal de evenimente: utilizator, eveniment, data și ora",
         {"ID utilizator|Eveniment|Data și ora|Canal", "17|Vizită|2025-03-01 10:00|SEO", "17|Înregistrare|2025-03-01 10:03|SEO",
          "18|Vizită|2025-03-01 10:07|SEA", "17|Comandă|2025-03-01 10:20|SEO", "19|Vizită|2025-03-01 11:00|SEO"},
         events("ID utilizator", "Eveniment", "Data și ora")});
    add({"stage_history_ro",
         "Istoricul etapelor dintr-un CRM, numai cu zile",
         {"Oportunitate|Etapa nouă|Data schimbării", "Acme|Lead|2025-03-01", "Acme|Ofertă|2025-03-09", "Acme|Câștigat|2025-03-20",
          "Beta|Lead|2025-03-02", "Beta|Pierdut|2025-03-12"},
         events("Oportunitate", "Etapa nouă", "Data schimbării")});

    // A date for each stage
    add({"hubspot_date_entered",
         "HubSpot, export with the properties Date entered \"stage (pipeline)\" beside the deal stage",
         {"Record ID|Deal Name|Deal Stage|Date entered \"Appointment Scheduled (Sales Pipeline)\"|Date exited \"Appointment "
          "Scheduled (Sales Pipeline)\"|Date entered \"Contract Sent (Sales Pipeline)\"|Date entered \"Closed Won (Sales "
          "Pipeline)\"|Create Date|Amount",
          "1|A|Closed Won|2025-03-01 09:00|2025-03-09 09:00|2025-03-09 09:00|2025-03-20 18:00|2025-03-01|10",
          "2|B|Contract Sent|2025-03-02 10:00|2025-03-10 10:00|2025-03-10 10:00||2025-03-02|20",
          "3|C|Appointment Scheduled|2025-03-05 10:00||||2025-03-05|30"},
         dates({"Date entered \"Appointment Scheduled (Sales Pipeline)\"", "Date entered \"Contract Sent (Sales Pipeline)\""},
               {"Date entered \"Closed Won (Sales Pipeline)\""})});
    add({"hubspot_became",
         "HubSpot, contact properties Became a … Date",
         {"Record ID|Email|Lifecycle Stage|Became a Lead Date|Became a Marketing Qualified Lead Date|Became an Opportunity "
          "Date|Became a Customer Date",
          "1|a@x.com|Customer|2025-01-01|2025-01-09|2025-02-01|2025-03-01", "2|b@x.com|Lead|2025-01-02|||",
          "3|c@x.com|Marketing Qualified Lead|2025-01-05|2025-02-05||"},
         dates({"Became a Lead Date", "Became a Marketing Qualified Lead Date", "Became an Opportunity Date",
                "Became a Customer Date"})});
    add({"dates_fr",
         "Tableau de suivi: « Date d'entrée dans … »",
         {"Affaire|Responsable|Date d'entrée dans Prospect|Date d'entrée dans Devis|Date d'entrée dans Gagnée|Date d'entrée dans "
          "Perdue",
          "A|Léa|2025-01-01|2025-01-09|2025-02-01|", "B|Marc|2025-01-02|2025-01-11||2025-02-09", "C|Léa|2025-01-05|||"},
         dates({"Date d'entrée dans Prospect", "Date d'entrée dans Devis"}, {"Date d'entrée dans Gagnée"},
               {"Date d'entrée dans Perdue"})});
    add({"dates_ro",
         "Tabel de urmărire: „Data intrării în …”",
         {"Tranzacție|Responsabil|Data intrării în Lead|Data intrării în Ofertă|Data intrării în Câștigat",
          "A|Ana|2025-01-01|2025-01-09|2025-02-01", "B|Dan|2025-01-02|2025-01-11|", "C|Ana|2025-01-05||"},
         dates({"Data intrării în Lead", "Data intrării în Ofertă"}, {"Data intrării în Câștigat"})});
    add({"bare_stage_names",
         "Marketing funnel sheet: the stages themselves are the headers",
         {"Email|Channel|Lead|MQL|SQL|Opportunity|Customer", "a@x.com|Web|2025-01-01|2025-01-05|2025-01-10|2025-02-01|2025-03-01",
          "b@x.com|Fair|2025-01-02|2025-01-08|||", "c@x.com|Web|2025-01-03||||", "d@x.com|Web|2025-01-09|2025-01-11|2025-02-02||"},
         dates({"Lead", "MQL", "SQL", "Opportunity", "Customer"})});
    add({"stage_dates_text",
         "The same as text that Calc did not take for dates",
         {"Deal|Lead date|Demo date|Proposal date|Won date", "A|'3/25/2025|'4/1/2025|'4/20/2025|'5/1/2025",
          "B|'3/26/2025|'4/2/2025||", "C|'3/28/2025|||"},
         dates({"Lead date", "Demo date", "Proposal date"}, {"Won date"})});

    // Counts
    add({"counts_en",
         "A funnel report: stage and number of deals",
         {"Stage|Deals", "Leads|1000", "Qualified|400", "Proposal|150", "Won|60"},
         counts("Stage", "Deals")});
    add({"counts_fr",
         "Rapport d'entonnoir avec pourcentages, montants et total",
         {"Étape|Nombre d'affaires|% du total|Montant", "Prospects|1000|1|50000", "Devis|300|0.3|20000", "Gagnées|80|0.08|9000",
          "Total|1380|1|79000"},
         counts("Étape", "Nombre d'affaires", "Montant")});
    add({"counts_ro",
         "Raport de pâlnie cu procente ca text",
         {"Etapă|Număr|Procent", "Lead-uri|1000|'100 %", "Oferte|300|'30 %", "Câștigate|80|'8 %"},
         counts("Etapă", "Număr")});
    add({"counts_ga",
         "Google Analytics 4, funnel exploration: step, active users, completion and abandonment rate",
         {"Step|Active users|Completion rate|Abandonments|Abandonment rate", "1. Session start|5000|0.4|3000|0.6",
          "2. View item|2000|0.2|1600|0.8", "3. Purchase|400|1|0|0"},
         counts("Step", "Active users")});
    add({"counts_pivot",
         "Pivot table of Calc: row labels and Count - Deal",
         {"Deal Stage|Count - Deal", "Qualified|420", "Lost|300", "Proposal|120", "Won|80", "Total Result|920"},
         counts("Deal Stage", "Count - Deal")});
    // Counts across
    add({"across_one_row",
         "A single row of counts under the stages",
         {"Lead|MQL|SQL|Won", "120|60|30|9"},
         across({"Lead", "MQL", "SQL"}, "Won", "2")});
    add({"across_months",
         "Marketing report: a row for each month, which is a date",
         {"Month|Visitors|Leads|Opportunities|Customers|Conversion rate", "2025-05-01|9000|300|60|12|0.0013",
          "2025-06-01|8000|350|50|20|0.0025"},
         across({"Visitors", "Leads", "Opportunities", "Customers"}, "", "2025-05-01", "Month")});
    add({"across_fr",
         "Tableau de bord: une ligne par canal, avec un total et le chiffre d'affaires",
         {"Canal|Prospects|RDV|Devis|Gagnées|CA", "Site|120|60|30|9|1500", "Salon|80|40|25|11|2500", "Total|200|100|55|20|4000"},
         across({"Prospects", "RDV", "Devis"}, "Gagnées", "Total", "Canal")});
    add({"across_ro",
         "Raport pe agenți: câte un rând de fiecare",
         {"Agent|Lead-uri|Întâlniri|Oferte|Contracte", "Ana|120|60|30|9", "Dan|80|40|25|11"},
         across({"Lead-uri", "Întâlniri", "Oferte", "Contracte"}, "", "Ana", "Agent")});
    add({"across_counts_and_values",
         "Rows of counts and of amounts under the stages",
         {"|Qualified|Proposal|Closed Won", "Deals|40|22|9", "Amount|90000|60000|30000"},
         across({"Qualified", "Proposal"}, "Closed Won", "Deals", "1", "Amount")});
    add({"counts_silent",
         "Headers that say nothing, counts that fall",
         {"A|B", "Crème|900", "Citron|500", "Cassis|120", "Kiwi|30"},
         counts("A", "B")});
    return all;
}

class Layouts : public testing::TestWithParam<Layout> {};

TEST_P(Layouts, value_recognised) {
    const Recognition found = recognise(*sheetOf(GetParam().lines));
    EXPECT_EQ(spoken(found.choices), spoken(GetParam().expected)) << GetParam().source;
    EXPECT_TRUE(found.usable);
    EXPECT_EQ(found.columns.size(), support::cellsOf(GetParam().lines.front()).size());
}

// What a file looks like to a program that changes the case and writes words together must not matter.
TEST_P(Layouts, property_case_of_the_headers_does_not_matter) {
    std::vector<std::string> lines = GetParam().lines;
    for (char& letter : lines.front()) letter = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    const Recognition found = recognise(*sheetOf(lines));
    EXPECT_EQ(found.choices.shape, GetParam().expected.shape);
    EXPECT_TRUE(found.usable);
}

// With the number formats of the cells known, the answer is the same.
TEST_P(Layouts, property_known_date_formats) {
    const auto table = sheetOf(GetParam().lines);
    const Recognition without = recognise(*table);
    std::vector<bool> formats;
    for (std::size_t column = 0; column < without.columns.size(); ++column) {
        const ColumnHandle cells = table->look(column);
        bool date = without.columns[column].kind == ColumnKind::Date;
        for (std::size_t row = 0; row < cells->rows(); ++row) date = date && cells->kind(row) != CellKind::Text;
        formats.push_back(date);
    }
    EXPECT_EQ(spoken(recognise(*table, formats).choices), spoken(without.choices));
}

// The data check tells rows that repeat a deal: by the deal's own id, since names, people and accounts may well come again.
TEST(Recognition, value_of_deal_ids) {
    for (const auto& [header, expected] :
         std::vector<std::pair<std::string, std::string>>{{"Deal ID", "Deal ID"},
                                                          {"Opportunity Id", "Opportunity Id"},
                                                          {"ID de l'affaire", "ID de l'affaire"},
                                                          {"Id tranzac\u021Bie", "Id tranzac\u021Bie"},
                                                          {"Record ID", "Record ID"},
                                                          {"Id", "Id"},
                                                          {"R\u00E9f\u00E9rence", "R\u00E9f\u00E9rence"},
                                                          {"Lead ID", "Lead ID"},
                                                          {"Deal Name", ""},
                                                          {"Account ID", ""},
                                                          {"User ID", ""},
                                                          {"Email", ""},
                                                          {"Owner", ""}}) {
        const auto stages = sheetOf({header + "|Stage|Amount", "7701|Demo|10", "7708|Won|20", "7715|Demo|30", "7709|Lost|5"});
        EXPECT_EQ(recognise(*stages).choices.shape, Shape::Stages) << header;
        EXPECT_EQ(recognise(*stages).choices.id, expected);
        const auto dates = sheetOf({header + "|Lead date|Demo date|Won date", "7701|2025-01-01|2025-01-02|2025-01-05",
                                    "7708|2025-01-02||", "7715|2025-01-03|2025-01-09|", "7709|2025-01-05||"});
        EXPECT_EQ(recognise(*dates).choices.shape, Shape::Dates) << header;
        EXPECT_EQ(recognise(*dates).choices.id, expected);
    }
    // One that comes again and again is no deal's own.
    EXPECT_EQ(recognise(*sheetOf({"Reference|Stage|Amount", "A|Demo|1", "A|Won|2", "A|Lost|3", "B|Demo|4", "B|Won|5"})).choices.id,
              "");
}

INSTANTIATE_TEST_SUITE_P(Recognition, Layouts, testing::ValuesIn(layouts()), [](const auto& layout) { return layout.param.name; });

std::string recognised(const std::vector<std::string>& lines) {
    const Recognition found = recognise(*sheetOf(lines));
    return (found.usable ? "" : "unusable ") + spoken(found.choices);
}

// repeated makes a long table of a few lines.
std::vector<std::string> repeated(const std::vector<std::string>& lines, std::size_t times) {
    std::vector<std::string> all = {lines.front()};
    for (std::size_t time = 0; time < times; ++time) all.insert(all.end(), lines.begin() + 1, lines.end());
    return all;
}

TEST(Recognition, value_content_alone_tells_stages) {
    std::vector<std::string> lines = {"A|B|C|D"};
    support::Dice dice(11);
    const std::vector<std::string> steps = {"Rouge", "Vert", "Bleu", "Jaune"};
    for (int row = 0; row < 200; ++row)
        lines.push_back("K-" + std::to_string(1000 + row) + "|" + dice.pick(steps) + "|" + std::to_string(dice.whole(1, 9) * 1000) +
                        "|" + "free text " + std::to_string(row));
    EXPECT_EQ(recognised(lines), spoken(stages("B")));
}

TEST(Recognition, value_content_alone_tells_events) {
    std::vector<std::string> lines = {"A|B|C"};
    for (int unit = 0; unit < 30; ++unit)
        for (int step = 0; step <= unit % 3; ++step)
            lines.push_back("K-" + std::to_string(1000 + unit) + "|" + std::string(1, static_cast<char>('p' + step)) +
                            "aa|2025-03-0" + std::to_string(1 + step) + " 10:0" + std::to_string(unit % 10));
    EXPECT_EQ(recognised(lines), spoken(events("A", "B", "C")));
}

TEST(Recognition, value_content_alone_tells_dates) {
    std::vector<std::string> lines = {"K|X|Y|Z"};
    for (int row = 0; row < 20; ++row)
        lines.push_back("K" + std::to_string(row) + "|2025-01-" + std::to_string(10 + row % 9) + "|2025-02-" +
                        std::to_string(10 + row % 7) + "|" + (row % 2 == 0 ? "" : "2025-03-" + std::to_string(10 + row % 5)));
    EXPECT_EQ(recognised(lines), spoken(dates({"X", "Y", "Z"})));
}

TEST(Recognition, value_numeric_ids_that_repeat_are_units) {
    EXPECT_EQ(recognised({"deal_id|stage|changed_at", "5001|Lead|2025-03-01", "5001|Demo|2025-03-04", "5002|Lead|2025-03-02",
                          "5003|Lead|2025-03-02", "5002|Won|2025-03-09"}),
              spoken(events("deal_id", "stage", "changed_at")));
}

TEST(Recognition, edge_owners_are_no_stages) {
    EXPECT_EQ(recognised(repeated(
                  {"Rep|Deal|Etape|Montant", "Ana|A|Devis|10", "Ben|B|Devis|20", "Ana|C|Signature|30", "Ben|D|Prospect|40"}, 5)),
              spoken(stages("Etape", "Montant")));
    // Neither header is known: the column of the words that CRMs use is the stage.
    EXPECT_EQ(recognised(repeated({"X|Y|Z", "Ana|Demo|10", "Ben|Won|20", "Ana|Proposal|30", "Ben|Lost|40"}, 5)),
              spoken(stages("Y")));
}

TEST(Recognition, edge_type_is_a_stage_only_by_what_stands_in_it) {
    EXPECT_EQ(recognised(repeated(
                  {"Deal|Type|Stage", "A|New Business|Demo", "B|Existing|Won", "C|New Business|Demo", "D|Renewal|Lost"}, 4)),
              spoken(stages("Stage")));
    EXPECT_EQ(recognised(repeated({"Deal|Type|Owner", "A|Demo|Ana", "B|Won|Ana", "C|Lead|Ben", "D|Lost|Ana"}, 4)),
              spoken(stages("Type")));
}

TEST(Recognition, edge_flags_and_currencies_are_no_stages) {
    EXPECT_EQ(recognised(repeated({"Deal|Is Won|Currency|Amount|Deal Stage", "A|Yes|EUR|10|Closed Won", "B|No|USD|20|Proposal",
                                   "C|No|EUR|30|Closed Lost", "D|No|EUR|30|Proposal"},
                                  4)),
              spoken(stages("Deal Stage", "Amount")));
    EXPECT_FALSE(
        recognise(*sheetOf(repeated({"Deal|Won|Currency", "A|TRUE|EUR", "B|FALSE|USD", "C|FALSE|EUR", "D|FALSE|EUR"}, 4))).usable);
}

TEST(Recognition, edge_deals_of_customers_that_come_again_are_no_events) {
    EXPECT_EQ(recognised({"ID|Customer|Stage|Created|Amount", "1|Acme|Demo|2025-03-01|10", "2|Acme|Won|2025-03-04|20",
                          "3|Beta|Demo|2025-03-02|30", "4|Beta|Lost|2025-03-07|40", "5|Acme|Won|2025-03-09|50",
                          "6|Beta|Won|2025-03-10|60"}),
              spoken(stages("Stage", "Amount")));
}

TEST(Recognition, edge_counts_of_a_pivot_by_segment_are_refused) {
    EXPECT_FALSE(
        recognise(*sheetOf({"Channel|Stage|Deals", "Web|Lead|100", "Web|Demo|40", "Fair|Lead|50", "Fair|Demo|20"})).usable);
}

TEST(Recognition, refusal_no_headers) {
    EXPECT_FALSE(recognise(*sheetOf({"1C1I7A6R|Moses Frase|Won|2016-10-20|1054", "Z063OYW0|Darcel Schlecht|Won|2016-10-25|4514",
                                     "EC4QE1BX|Darcel Schlecht|Lost|2016-10-26|50", "MV1LWRNH|Moses Frase|Lost|2016-10-27|0"}))
                     .usable);
    EXPECT_FALSE(recognise(*sheetOf({"Lead|1000", "Demo|300", "Won|70"})).usable);
    EXPECT_FALSE(recognise(*sheetOf({"|", "Lead|1000", "Demo|300", "Won|70"})).usable);
    EXPECT_FALSE(recognise(*sheetOf({"Pipeline of March||", "Deal|Stage|Amount", "A|Demo|10", "B|Won|20"})).usable);
}

TEST(Recognition, refusal_little_data) {
    EXPECT_FALSE(recognise(*sheetOf({"Deal|Stage|Amount"})).usable);
    EXPECT_FALSE(recognise(*sheetOf({"Amount", "10", "20", "30"})).usable);
    EXPECT_FALSE(recognise(*sheetOf({"Product|Price", "Chair|10", "Table|50", "Desk|40"})).usable);
    EXPECT_TRUE(recognise(*sheetOf({"Deal|Stage|Amount", "A|Demo|10"})).usable);  // a table that has just been begun
    EXPECT_EQ(recognised({"Stage", "Demo", "Won", "Demo", "Lost"}), spoken(stages("Stage")));
}

TEST(Recognition, edge_error_cells) {
    EXPECT_EQ(recognised({"Deal|Stage|Amount", "A|Demo|10", "B|Won|#DIV/0!", "C|Demo|30", "D|#DIV/0!|5"}),
              spoken(stages("Stage", "Amount")));
}

TEST(Recognition, edge_headers_empty_or_twice_are_named_by_number) {
    const auto table = sheetOf({"Deal||Stage|stage |2|7|Amount", "A|x|Demo|Old|1|1|5", "B|y|Won|Old|2|1|6"});
    EXPECT_EQ(columnNames(*table), (std::vector<std::string>{"Deal", "2", "3", "4", "5", "6", "Amount"}));
    EXPECT_EQ(columnRef("3", *table), ColumnRef(3.0));
    EXPECT_EQ(columnRef("Deal", *table), ColumnRef(std::string("Deal")));
    EXPECT_EQ(columnIndex("Amount", *table), 6U);
    EXPECT_EQ(columnIndex("8", *table), std::nullopt);
    EXPECT_EQ(recognise(*table).choices.stage, "3");
}

TEST(Recognition, property_every_name_finds_its_column) {
    const auto table = sheetOf({"a| A |b||1|9|10|#1|€|12", "1|2|3|4|5|6|7|8|9|10"});
    const std::vector<std::string> names = columnNames(*table);
    for (std::size_t column = 0; column < names.size(); ++column)
        EXPECT_EQ(columnIndex(names[column], *table), column) << names[column];
}

TEST(Recognition, value_kinds) {
    const Recognition found =
        recognise(*sheetOf(repeated({"Id|Stage|Amount|Created|Comment|Nothing|Text date", "A1|Demo|10.5|2025-01-03|x|| 3 mars 2025",
                                     "A2|Won|20|2025-01-04|y||12 avril 2025"},
                                    6)));
    std::vector<ColumnKind> kinds;
    for (const SourceColumn& column : found.columns) kinds.push_back(column.kind);
    EXPECT_EQ(kinds, (std::vector<ColumnKind>{ColumnKind::Category, ColumnKind::Category, ColumnKind::Number, ColumnKind::Date,
                                              ColumnKind::Category, ColumnKind::Empty, ColumnKind::Date}));
}

TEST(Recognition, value_number_formats_outweigh_headers) {
    const auto table = sheetOf({"Deal|Stage|Created date", "A|Demo|45000", "B|Won|45001", "C|Demo|45003"});
    EXPECT_EQ(recognise(*table).columns[2].kind, ColumnKind::Date);
    EXPECT_EQ(recognise(*table, {false, false, false}).columns[2].kind, ColumnKind::Number);
    EXPECT_EQ(recognise(*sheetOf({"Deal|Stage|Budget", "A|Demo|45000", "B|Won|45001"}), {false, false, true}).columns[2].kind,
              ColumnKind::Date);
}

// manyRows are more rows than a funnel of counts usually has, each with a text of its own.
std::shared_ptr<support::MemoryTable> manyRows(const std::string& headers, const std::string& text) {
    std::vector<std::string> lines{headers};
    for (int row = 0; row < 500; ++row) lines.push_back(text + std::to_string(row) + "|" + std::to_string(9000 - row));
    return sheetOf(lines);
}

TEST(Recognition, value_counts_in_many_rows) {
    EXPECT_EQ(spoken(recognise(*manyRows("Step|Count", "step ")).choices), spoken(counts("Step", "Count")));
    EXPECT_EQ(spoken(recognise(*manyRows("Étape|Nombre d'affaires", "n° ")).choices), spoken(counts("Étape", "Nombre d'affaires")));
}

TEST(Recognition, edge_texts_of_which_none_comes_again_are_no_stages_of_deals) {
    EXPECT_FALSE(recognise(*manyRows("Stage|Amount", "stage ")).usable);
    EXPECT_FALSE(recognise(*manyRows("Step|Weight", "step ")).usable);
}

TEST(Recognition, value_documents_that_count_from_1904) {
    const MemoryTable table({{"Deal", "Date entered Demo", "Date entered Won"}, {"A", 44000.0, 44020.0}, {"B", 44010.0, Blank{}}},
                            std::chrono::year(1904) / 1 / 1);
    EXPECT_EQ(recognise(table).choices.shape, Shape::Dates);
}

TEST(Recognition, value_roles_for_a_shape_that_the_user_picked) {
    const auto table = sheetOf({"Deal|Stage|Created|Demo|Amount", "A|Demo|2025-01-01|2025-01-03|10",
                                "B|Won|2025-01-02|2025-01-05|20", "C|Demo|2025-01-04||30"});
    EXPECT_EQ(spoken(rolesFor(Shape::Events, *table)), spoken(events("Deal", "Stage", "Created")));
    EXPECT_EQ(spoken(rolesFor(Shape::Dates, *table)), spoken(dates({"Created", "Demo"})));
    EXPECT_EQ(spoken(rolesFor(Shape::Stages, *table)), spoken(stages("Stage", "Amount")));
    EXPECT_EQ(rolesFor(Shape::Counts, *table).stage, "Stage");
    EXPECT_EQ(spoken(rolesFor(Shape::Events, *sheetOf({"Amount", "10"}))), spoken(events("", "", "")));
}

TEST(Recognition, edge_strange_headers) {
    std::string tooLong;
    for (int times = 0; times < 3200; ++times) tooLong += "Stage_a‎-x ";
    const Recognition found = recognise(
        *sheetOf({tooLong + "|المرحلة|🎯|\xFF\xFE|'|Étape\n(actuelle)", "1|ا|🎉|x|y|Demo", "2|ب|🎉|z|y|Won", "3|ا|🎉|z|w|Demo"}));
    EXPECT_EQ(found.columns.size(), 6U);
    EXPECT_EQ(found.choices.stage, "Étape\n(actuelle)");
    EXPECT_EQ(found.columns[0].name, "1");  // too long for a formula
}

TEST(Recognition, edge_any_table_at_all) {
    support::Dice dice(5);
    const std::vector<std::string> headers = {"",   "Stage", "stage",   "Date",           "Won",
                                              "ID", "%",     "المرحلة", "Événement",      "2025-01-01",
                                              "1",  "\xC3",  "Montant", "Date entered X", "Count"};
    for (int trial = 0; trial < 300; ++trial) {
        const std::size_t columns = 1 + dice.below(6);
        Rows rows(1 + dice.below(12));
        for (std::vector<Cell>& row : rows)
            for (std::size_t column = 0; column < columns; ++column) {
                const std::size_t kind = &row == &rows.front() ? 3 : dice.below(6);
                if (kind == 0) row.push_back(Blank{});
                if (kind == 1) row.push_back(dice.between(-1e5, 1e5));
                if (kind == 2) row.push_back(40000.0 + dice.count(5000));
                if (kind == 3) row.push_back(dice.pick(headers));
                if (kind == 4) row.push_back(CellError{532});
                if (kind == 5) row.push_back(std::nan(""));
            }
        const auto table = std::make_shared<MemoryTable>(rows);
        const Recognition found = recognise(*table);
        ASSERT_EQ(found.columns.size(), columns);
        for (const Shape shape : {Shape::Counts, Shape::Stages, Shape::Dates, Shape::Events}) {
            const Choices choices = rolesFor(shape, *table);
            for (const std::string& name :
                 {choices.id, choices.stage, choices.count, choices.when, choices.amount, choices.lostStage}) {
                ASSERT_TRUE(name.empty() || columnIndex(name, *table)) << name;
            }
            (void)findStages(table, choices);
        }
    }
}

TEST(Vocabulary, value_words) {
    EXPECT_EQ(plainWords("dealStage"), "deal stage");
    EXPECT_EQ(plainWords("Deal_Stage"), "deal stage");
    EXPECT_EQ(plainWords("  DEAL-STAGE (current) "), "deal stage current");
    EXPECT_EQ(plainWords("HTTPStatus userID PoC MQLs"), "http status user id poc mqls");
    EXPECT_EQ(plainWords("Câștigată ÎNCHISĂ œuvre"), "castigata inchisa oeuvre");
    EXPECT_EQ(plainWords("Ca\xCC\x82s\xCC\xA6tigat"), "castigat");  // accents that stand by themselves
    EXPECT_EQ(plainWords("Probability (%)"), "probability percent");
    EXPECT_EQ(plainWords("# deals"), "number deals");
    EXPECT_EQ(plainWords("🎯"), "");
    EXPECT_EQ(plainWords("المرحلة"), "المرحلة");
    EXPECT_EQ(plainWords("商談ステージ"), "商談ステージ");
}

TEST(Vocabulary, value_numbers_in_front) {
    for (const char* second : {"2 - Demo", "Step 2: Demo", "Étape 2", "02. Demo", "S2 Demo"})
        EXPECT_EQ(numberInFront(second), 2.0) << second;
    const std::optional<double> between = numberInFront("1a. Demo");
    ASSERT_TRUE(between);
    EXPECT_GT(*between, 1);
    EXPECT_LT(between, numberInFront("1b. Demo"));
    for (const char* none : {"Demo", "30day trial", "2nd Demo", "12345 Demo", "", "Step"})
        EXPECT_FALSE(numberInFront(none)) << none;
}

TEST(Vocabulary, value_dates_in_texts) {
    constexpr std::chrono::sys_days nullDate = std::chrono::year(1899) / 12 / 30;
    const std::vector<double> iso = datesInTexts(
        {"2025-03-01", "2025-03-01T12:00:00Z", "2025/03/01 06:00", "1 mars 2025", "Mar 1, 2025", "1 martie 2025", "01-Mar-2025"},
        nullDate);
    EXPECT_EQ(iso, (std::vector<double>{45717, 45717.5, 45717.25, 45717, 45717, 45717, 45717}));
    EXPECT_EQ(datesInTexts({"3/1/2025", "3/25/2025"}, nullDate).front(), 45717);  // March 1st, by the other
    EXPECT_EQ(datesInTexts({"3/1/2025", "25/3/2025"}, nullDate).front(), 45660);  // January 3rd
    EXPECT_EQ(datesInTexts({"01.03.2025 10:30"}, nullDate).front(), 45717.4375);
    for (const double day : datesInTexts(
             {"Demo", "12", "1.234.567", "192.168.1.1", "06-12-34-56", "2025-13-45", "", "31/02/2025", "Lot 3/4 2025", "a b c"},
             nullDate))
        EXPECT_TRUE(std::isnan(day)) << day;
}

// The twelve-hour clock (NIST, Times of Day FAQs): 12 AM is the midnight that begins the day, 12 PM noon.
TEST(Vocabulary, value_times_of_the_twelve_hour_clock) {
    constexpr std::chrono::sys_days nullDate = std::chrono::year(1899) / 12 / 30;
    const auto minutes = [&](const std::string& time) {
        const double day = datesInTexts({"3/1/2025 " + time, "3/25/2025"}, nullDate).front();
        return std::round((day - 45717) * 1440);
    };
    for (int hour = 0; hour < 24; ++hour) {
        const std::string ofHalf = std::to_string(hour % 12 == 0 ? 12 : hour % 12) + ":05";
        const std::string half = hour < 12 ? "AM" : "PM";
        EXPECT_EQ(minutes(ofHalf + " " + half), hour * 60 + 5) << ofHalf << half;
        EXPECT_EQ(minutes(ofHalf + ":20" + half), hour * 60 + 5) << ofHalf << half;
        EXPECT_EQ(minutes(ofHalf + (hour < 12 ? " a.m." : " p.m.")), hour * 60 + 5) << ofHalf << half;
        EXPECT_EQ(minutes(std::to_string(hour) + ":05"), hour * 60 + 5);
    }
    for (const char* none : {"14:05 AM", "25:00", "10:61"})
        EXPECT_TRUE(std::isnan(datesInTexts({"2025-03-01 " + std::string(none)}, nullDate).front())) << none;
}

}  // namespace
}  // namespace calckpi::panel
