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

std::vector<std::string_view> split(std::string_view words) {
    std::vector<std::string_view> list;
    while (!words.empty()) {
        const std::size_t blank = words.find(' ');
        if (blank != 0) list.push_back(words.substr(0, blank));
        if (blank == std::string_view::npos) break;
        words.remove_prefix(blank + 1);
    }
    return list;
}

// Phrase is a few plain words that stand side by side in a text; a word that ends with * is the beginning of one, and a phrase that
// starts with ^ is the whole text.
class Phrase {
public:
    explicit Phrase(std::string_view pattern) : whole_(pattern.starts_with('^')) {
        if (whole_) pattern.remove_prefix(1);
        words_ = split(pattern);
    }
    std::size_t size() const { return words_.size(); }
    bool in(std::span<const std::string_view> text) const {
        if (text.size() < words_.size() || (whole_ && text.size() != words_.size())) return false;
        for (std::size_t at = 0; at + words_.size() <= text.size(); ++at)
            if (standsAt(text.subspan(at))) return true;
        return false;
    }

private:
    bool standsAt(std::span<const std::string_view> text) const {
        for (std::size_t index = 0; index < words_.size(); ++index) {
            const std::string_view word = words_[index];
            const bool same = word.ends_with('*') ? text[index].starts_with(word.substr(0, word.size() - 1)) : text[index] == word;
            if (!same) return false;
        }
        return true;
    }
    std::vector<std::string_view> words_;
    bool whole_ = false;
};

// PhraseBook is a list of phrases with a value each, one line of phrases, parted by commas, for each value.
template <class Value>
class PhraseBook {
public:
    struct Line {
        Value value;
        std::string_view phrases;
    };
    PhraseBook(std::initializer_list<Line> lines) {
        for (const Line& line : lines) {
            std::string_view rest = line.phrases;
            while (!rest.empty()) {
                const std::size_t comma = rest.find(',');
                entries_.emplace_back(Phrase(trimmed(rest.substr(0, comma))), line.value);
                if (comma == std::string_view::npos) break;
                rest.remove_prefix(comma + 1);
            }
        }
    }
    // visit hands over each phrase that is in the text, with its number of words.
    template <class Visit>
    void visit(std::span<const std::string_view> text, Visit visitor) const {
        for (const auto& [phrase, value] : entries_)
            if (phrase.in(text)) visitor(phrase.size(), value);
    }
    bool finds(std::span<const std::string_view> text) const {
        return std::any_of(entries_.begin(), entries_.end(), [text](const auto& entry) { return entry.first.in(text); });
    }

private:
    std::vector<std::pair<Phrase, Value>> entries_;
};

// headerBook: the word that says what kind of thing a column holds outweighs the words that say of what, wherever it stands: "Stage
// duration", "Durée de l'étape". So kinds such as durations and dates weigh more than stages, and stages more than deals.
const PhraseBook<HeaderMeaning>& headerBook() {
    using enum Meaning;
    static const PhraseBook<HeaderMeaning> book{
        {{Currency, 130}, "currency, devise, moneda, valuta, monnaie"},
        {{EnteredDate, 125},
         "date entered, time entered, entered date, entered stage, first entered, entered on, date reached, reached on, "
         "became a, became an, date d entree, date entree, entree dans, entree en, date de passage, date passage, passage en, "
         "passage a, passe en, data intrarii, data intrare, data intrarii in, intrare in, intrat in, data trecerii, "
         "data ajungerii, data atingerii"},
        {{OtherDate, 128},
         "date exited, exited date, date de sortie, data iesirii, last entered stage, stage change date, stage changed date, "
         "last stage change, stage changed at, expected clos*, expected date, estimated close, est close, forecast close, "
         "date prevue, cloture prevue, fermeture prevue, prevue le, prevu le, date previsionnelle, cloture previsionnelle, "
         "date estimee, fin estimee, cloture estimee, data estimata, inchidere estimata, data asteptata, inchidere asteptata, "
         "last, latest, next, due, deadline, birth*, naissance, nasterii, renewal, renouvellement, reinnoire, expir*, echeance, "
         "scadenta, derniere, dernier, prochaine, prochain, ultima, ultimul, urmatoarea, modified, updated, update time, "
         "modifie, modifiee, mise a jour, modificat, modificarii, actualiz*, upload time, received time, start date, end date, "
         "date de debut, date de fin, data inceput, data sfarsit, won time, lost time, lost on, lost at, lost date, rotten time, "
         "snapshot, ^expected close"},
        {{Duration, 120},
         "duration, days in, time in, days to, time to, days since, days, hours, minutes, age, cycle, velocity, duree, jours, "
         "heures, anciennete, delai, cumulative time, durata, zile, ore, vechime, timp in"},
        {{Share, 118},
         "percent, percentage, pct, probability, probabilit*, proba, rate, ratio, conversion, conversie, share, taux, "
         "pourcentage, part, rata, procent, procentaj, cota, score, scor, confidence, likelihood, dropoff, drop off"},
        {{Reason, 116}, "reason, raison, motif, motiv, motivul, cauza, pourquoi"},
        {{EventTime, 114},
         "timestamp, event time, event timestamp, event date, event datetime, occurred at, occurred on, happened at, date time, "
         "datetime, client event time, original timestamp, eventtime, eventdate, eventtimestamp, edit date, change date, "
         "changed at, changed on, moved at, moved on, transition date, horodatage, date et heure, date heure, "
         "date de l evenement, date evenement, date de changement, date du changement, data si ora, data ora, "
         "data evenimentului, data eveniment, marcaj temporal, marca temporala, data schimbarii, data modificarii etapei, ^time, "
         "^ts, ^heure, ^ora"},
        {{CreatedDate, 112},
         "created, created at, created on, created date, create date, creation date, created time, createdate, createddate, "
         "createdat, createdon, added on, added at, opened, open date, opened at, opened on, date opened, engage date, "
         "date added, lead date, date de creation, date creation, cree le, creee le, cree, creee, ouverte le, ouvert le, "
         "date d ouverture, date ouverture, ajoute le, date d ajout, data crearii, data creare, creat la, creat, creata, "
         "data deschiderii, deschis la, data adaugarii, adaugat la"},
        {{ClosedDate, 111},
         "closed on, closed at, close date, closed date, closing date, closedate, closeddate, closedat, date closed, won date, "
         "date won, won on, signed on, signature date, ^closed, closed time, close time, deal closed, date de cloture, "
         "date cloture, cloture le, cloturee le, date de fermeture, date de signature, gagne le, gagnee le, date de gain, "
         "data inchiderii, data inchidere, inchis la, data castigarii, data semnarii"},
        {{Date, 105},
         "date, day, time, month, week, year, jour, mois, semaine, annee, heure, le, ziua, luna, anul, data, quand, when, at"},
        {{LostStage, 104},
         "lost stage, stage lost, lost at stage, lost in stage, stage at loss, stage when lost, stage before lost, "
         "stage of loss, closed lost stage, previous stage, prior stage, last open stage, etape de perte, etape perdue, "
         "etape de la perte, etape au moment de la perte, etape avant perte, etape precedente, etapa pierderii, "
         "etapa de pierdere, etapa la pierdere, etapa la care s a pierdut, etapa anterioara, stadiul pierderii, "
         "pierdut la etapa, pierduta la etapa, pierdut in etapa, perdu a l etape, perdue a l etape"},
        {{Flag, 102},
         "is won, is lost, is closed, is deleted, is active, won flag, ^won, ^lost, archived, active, est gagne*, est perdu*, "
         "^gagne, ^perdu, este castigat*, este pierdut*, ^castigat, ^pierdut, deleted, test, paying"},
        {{Owner, 98},
         "owner, rep, sales rep, salesperson, sales person, sales agent, sales manager, agent, assigned, assignee, seller, "
         "account executive, account manager, manager, changed by, modified by, created by, edited by, updated by, opened by, "
         "closed by, last modified by, team, proprietaire, commercial, commerciale, responsable, vendeur, vendeuse, attribue a, "
         "assigne a, gestionnaire, charge d affaires, equipe, cree par, modifie par, proprietar, responsabil, responsabilul, "
         "agent de vanzari, vanzator, vanzatorul, consultant, creat de, modificat de, echipa"},
        {{RowId, 96},
         "event id, message id, insert id, uuid, transaction id, log id, history id, activity id, hit id, id de l evenement, "
         "id eveniment, seq id, seq, row number, line number, ^number, ^no, ^n, ^nr crt"},
        {{Stage, 94},
         "deal stage, opportunity stage, pipeline stage, sales stage, dealstage, opportunitystage, salesstage, stage name, "
         "stagename, current stage, stage actuel, sales process step, etape de l affaire, etape de l opportunite, "
         "etape de vente, etape du pipeline, etape actuelle, etape commerciale, etape de la transaction, etapa oportunitatii, "
         "etapa oportunitate, etapa de vanzare, etapa vanzarii, etapa vanzare, etapa curenta, etapa tranzactiei, etapa afacerii, "
         "stadiul oportunitatii, stadiu vanzare, new stage, to stage, stage to, new value, nouvelle etape, nouvelle valeur, "
         "etapa noua, valoare noua, pipeline phase, new status, to status, nouveau statut, status nou, starea noua, stare noua"},
        {{Stage, 90},
         "stage, stages, etape, etapes, etapa, etape pipeline, stadiu, stadiul, stade, phase, faza, fazele, step, steps, pas, "
         "pasul, etage, colonne kanban, kanban, board column, funnel step, funnel stage"},
        {{Stage, 88},
         "lifecycle stage, lifecyclestage, lifecycle, phase du cycle de vie, etape du cycle de vie, cycle de vie, "
         "etapa ciclului de viata, ciclu de viata, stage id"},
        {{Stage, 20},
         "old status, from status, previous status, ancien statut, status vechi, stare veche, starea veche, from stage, old stage, "
         "old value, stage from, ancienne etape, ancienne valeur, etapa veche, valoare veche, "
         "forecast category, forecast stage"},
        {{Event, 93},
         "event name, event type, eventname, eventtype, event action, custom event name, event, nom de l evenement, "
         "type d evenement, evenement, numele evenimentului, tip eveniment, tipul evenimentului, eveniment, evenimentul"},
        {{Event, 70},
         "^action, ^activity, activity type, activity name, ^actiune, ^actiunea, ^activitate, ^activite, ^page, page name, "
         "screen name"},
        {{Status, 86},
         "lead status, deal status, opportunity status, statut du lead, statut de l affaire, statut de l opportunite, "
         "status lead, statusul leadului, stare lead, starea oportunitatii"},
        {{Status, 80},
         "status, statut, etat, stare, starea, statusul, state, situation, outcome, result, resultat, rezultat, issue, "
         "status reason"},
        {{Count, 84},
         "count, counts, number of, number, nb, nb de, nbr, nombre, nombre de, numar, numar de, numarul, nr, qty, quantity, "
         "quantite, cantitate, volume, volum, effectif, how many, ^n, ^total, ^totals, ^deals, ^leads, ^users, ^visitors, "
         "^sessions, ^customers, ^contacts, ^opportunities, ^people, ^accounts, ^events, unique users, total users, "
         "active users, completed, reached, ^affaires, ^opportunites, ^prospects, ^utilisateurs, ^visiteurs, ^clients, "
         "^oportunitati, ^tranzactii, ^utilizatori, ^vizitatori, ^clienti, ^lead uri, ^contacte, ^leaduri, record count, "
         "row count, uniques"},
        {{Amount, 78},
         "amount, deal amount, deal value, opportunity value, opportunity amount, close value, closed value, sales value, "
         "valuation, montant, montant ht, montant de l affaire, montant de l opportunite, valeur de l affaire, suma, "
         "valoarea oportunitatii, valoare oportunitate, valoarea tranzactiei, valoare tranzactie, valoarea afacerii"},
        {{Amount, 72},
         "value, revenue, valeur, valoare, valoarea, revenu, ca, chiffre d affaires, venit, venituri, venitul, arr, mrr, acv, "
         "tcv, price, prix, pret, pretul, budget, buget, total amount, montant total, suma totala, sales, ventes, vanzari, "
         "cifra de afaceri, turnover, deal size, order value"},
        {{Amount, 60},
         "expected revenue, est revenue, estimated revenue, weighted amount, weighted value, weighted, forecast amount, "
         "montant pondere, pondere, revenu espere, revenu attendu, venit asteptat, venit estimat, valoare ponderata, "
         "suma ponderata, annual contract value, total contract value"},
        {{Unit, 66},
         "id potential, potential no, deal id, opportunity id, dealid, opportunityid, deal record id, id affaire, id de l affaire, "
         "id opportunite, "
         "id de l opportunite, reference affaire, id oportunitate, id oportunitatii, id tranzactie, id afacere, deal key, "
         "opportunity number, deal number, opportunity key"},
        {{Unit, 64},
         "lead id, leadid, id lead, id du lead, id prospect, id du prospect, prospect id, application id, candidate id, "
         "ticket id, quote id, id devis, id oferta, order id, id comanda, id commande"},
        {{Unit, 62},
         "potential name, ^potential, deal name, opportunity name, opportunity, ^deal, ^dealname, deal title, nom de l affaire, "
         "nom de l opportunite, "
         "nom de la transaction, opportunite, ^affaire, ^transaction, nume oportunitate, numele oportunitatii, oportunitate, "
         "oportunitatea, denumire oportunitate, ^tranzactie, nume tranzactie, ^afacere, numele tranzactiei"},
        {{Unit, 60},
         "distinct id, user id, userid, user pseudo id, person id, contact id, contactid, personid, distinctid, visitor id, "
         "visitorid, profile id, member id, client id, id utilisateur, id de l utilisateur, identifiant utilisateur, id contact, "
         "id visiteur, id utilizator, id ul utilizatorului, id vizitator, id client, subscriber id, user key, amplitude id, "
         "record id"},
        {{Unit, 58}, "^id, ^identifier, ^identifiant, ^identificator, ^cod, ^code, ^ref, ^reference, ^key"},
        {{Unit, 54},
         "^user, ^person, ^visitor, ^lead, ^prospect, ^contact, ^customer, customer id, customerid, ^client, ^utilisateur, "
         "^visiteur, ^utilizator, ^vizitator, lead name, contact name, email, customer name, nom du lead, nom du contact, "
         "nom du client, id du client, nume client, nume lead, adresse email, nume contact, user name, username"},
        {{Unit, 50},
         "anonymous id, anonymousid, session id, sessionid, device id, deviceid, cookie id, id de session, id sesiune, "
         "id dispozitiv, ga session id"},
        {{Unit, 45},
         "account id, accountid, account name, company id, company name, organization id, id compte, id cont, ^account, "
         "^company, ^organization, ^organisation, ^compte, ^entreprise, ^societe, ^cont, ^companie, ^firma, nom de l entreprise, "
         "nume companie, potential customer, client potential"},
        {{Unit, 44}, "^name, ^title, ^topic, ^subject, ^nom, ^titre, ^sujet, ^nume, ^denumire, ^titlu, ^subiect, ^item, ^element"},
        {{Segment, 55},
         "source, channel, medium, campaign, canal, canal de vente, sursa, campanie, campagne, product, produit, produs, "
         "produsul, type, tip, tipul, category, categorie, categorie produs, region, regiune, country, pays, tara, judet, city, "
         "ville, oras, industry, secteur, sector, industrie, segment, pipeline, priority, priorite, prioritate, rating, plan, "
         "platform, browser, os, language, langue, limba, territory, territoire, zone, zona, departement, department, size, "
         "taille, marime, platforme, platforma, series, office, gender, device, label, etiquette, eticheta, tag, tags, group, "
         "groupe, grup"},
        {{Segment, 43},
         "account, company, organization, organisation, compte, entreprise, societe, companie, firma, customer, client"},
        {{Note, 57},
         "note, notes, description, descriere, comment, comments, commentaire, commentaires, comentariu, comentarii, url, link, "
         "phone, telephone, telefon, address, adresse, adresa, properties, ip, competitor, concurrent, concurent, observatii, "
         "remarques, detalii, details, lien, website, site web"},
    };
    return book;
}

// placeBook: 0 is a visit, 100 won. Where two phrases are in a stage the longer one counts, then the later place: "Contract
// negotiation" is a negotiation, said by a phrase of its own.
const PhraseBook<double>& placeBook() {
    static const PhraseBook<double> book{
        {1, "impression*, ^ad view, ^reach, afisare, afisari"},
        {2,
         "visitor*, visit website, site visit, website visit, ^visit, ^visits, ^visited, session start, session started, "
         "first visit, app open, app opened, open app, ^landing, landing page*, ^session, ^sessions, anonymous, visiteur*, "
         "^visite, ^visites, vizitator*, ^vizita, ^vizite, vizita pe site, ^traffic, ^trafic, ^awareness, click, clicks, ^clic, "
         "^clics, install*"},
        {4, "page view*, pageview*, viewed page, page vue, page viewed, homepage, home page, vizualizare pagina, ^view"},
        {5, "suspect*, raw lead*, ^target, ^targeted, ^cible, subscriber*, abonne newsletter, ^abonat, ^abonati"},
        {6, "search*, recherche, cautare"},
        {7,
         "^new, new lead*, ^nouveau, ^nouvelle, ^nouveaux, nouveau contact, new contact, contact nou, nouveau lead, "
         "nouveaux leads, nouveau prospect, ^nou, ^noua, lead nou, lead uri noi, ^noi, ^incoming, incoming lead*, ^inbox, "
         "a traiter, ^to do, ^todo, to contact, a contacter, de contactat, unassigned, neatribuit, new deal, new opportunity, "
         "nouvelle affaire, nouvelle opportunite, oportunitate noua, tranzactie noua, lead in, ^unqualified lead, ^backlog, "
         "not contacted, non contacte, necontactat, ^inquiry, enquiry, cerere noua, nouvelle demande, ^demande, demande recue, "
         "^cerere"},
        {9, "^prospecting, prospection, prospectare, en prospection, ^cold, ^identified, identifie, identifiee, identificat"},
        {10,
         "^lead, ^leads, lead created, ^lead uri, ^piste, ^pistes, lead capture, lead captured, lead generat, ^leaduri, potential"},
        {11,
         "^open, ^ouvert, ^ouverte, ^deschis, ^deschisa, ^prospect, ^prospects, ^active, ^created, ^cree, ^creee, ^creat, "
         "opened, created date, ^opportunity created"},
        {12,
         "view item*, item viewed, product view*, viewed product, product viewed, view product, view category, fiche produit, "
         "produit vu, consultation produit, vue produit, vizualizare produs, produs vizualizat, product detail*, product page, "
         "select item, ^interest, interested, interesse, interessee, interesat, interesata"},
        {13,
         "attempted to contact, attempting contact, attempt*, tentative de contact, ^tentative, incercare de contact, "
         "in curs de contactare, ^outreach, ^contact, ^connect"},
        {15,
         "contacted, contact made, connected, engaging, ^engaged, engagement, contacte, contactee, contact etabli, ^contactes, "
         "prise de contact, premier contact, first contact, contactat, contactata, primul contact, contact initial, "
         "initial contact, ^working, nurtur*, reached out, contact stabilit, ^contacter, contact effectue, ^call, first call, "
         "premier appel, primul apel"},
        {16,
         "mql, mqls, marketing qualified, marketing qualified lead*, qualifie marketing, lead qualifie marketing, "
         "qualifies marketing, leads qualifies marketing, calificat marketing, calificate marketing, calificat de marketing, "
         "lead calificat marketing"},
        {17,
         "in progress, en cours, in lucru, in curs, pending, en attente, in asteptare, ^in discussion, en discussion, "
         "in discutii, ^discussion, open deal"},
        {19, "sal, sals, sales accepted, sales accepted lead*, accepte par les ventes, acceptat de vanzari"},
        {20,
         "qualification*, ^qualify, qualified, qualifie, qualifiee, qualifies, a qualifier, calificare*, calificari, calificat, "
         "calificata, lead qualifie, lead calificat, ^sqo, ^qualifying"},
        {22,
         "sql, sqls, sales qualified, sales qualified lead*, qualifie commercial, qualifie vente, lead qualifie commercial, "
         "qualifies commercial, leads qualifies commercial, leads qualifies vente, calificat vanzari, calificate vanzari, "
         "calificat de vanzari, lead calificat vanzari"},
        {24,
         "discovery, decouverte, appel decouverte, appel de decouverte, descoperire, apel de descoperire, discovery call, "
         "^exploration"},
        {25,
         "sign up*, signup*, signed up, registration*, register*, create account, account created, user created, create profile, "
         "inscription*, ^inscrit, ^inscrits, s inscrire, creation de compte, compte cree, inscriere, inregistrare, inregistrat, "
         "cont creat, creare cont, ^signs up"},
        {26,
         "^opportunity, ^opportunities, ^opportunite, ^opportunites, ^oportunitate, ^oportunitati, opportunity identified, sqo"},
        {28,
         "meeting*, appointment*, rdv, rendez vous, rencontre, reunion, intalnire*, intalniri, visit scheduled, "
         "visite planifiee, programare, email verified, verified email, email verifie, email verificat, email confirmed, "
         "meeting scheduled, appointment scheduled, rdv planifie, rdv pris, intalnire programata"},
        {32,
         "needs analysis, need analysis, analyse des besoins, analyse du besoin, etude des besoins, etude du besoin, "
         "analiza nevoilor, analiza nevoi, necesita analiza, evaluarea nevoilor, besoin*, scoping, cadrage, diagnostic, audit, "
         "qualified to buy, onboarding*, profile completed, tutorial*, ^develop, ^development, ^requirements, in analiza, "
         "^analiza, specification*"},
        {34,
         "value proposition, proposition de valeur, montant de la proposition, propunere de valoare, valoare propunere, "
         "solution*, solutie, ^design"},
        {36,
         "id decision maker*, identify decision maker*, decision makers, decisionnaire, id decisionnaire, "
         "identification des decideurs, identification du decideur, factori de decizie, id factori de decizie, "
         "identificarea factorilor de decizie, identificare decidenti, activat*, activated, first key action, first value, aha"},
        {38, "perception analysis, analyse de la perception, analyse de perception, analiza perceptiei"},
        {40,
         "demo*, demo scheduled, demo planifiee, demonstration*, demonstratie*, presentation*, present solution, prezentare*, "
         "presentation scheduled, trial*, free trial, essai*, periode d essai, perioada de proba, testare, ^test, start trial"},
        {46,
         "evaluation*, evaluare, poc, proof of concept, pilot*, pilote, technical validation, validation technique, "
         "validare tehnica, technical fit, etude, ^study, simulation, simulare, business case"},
        {50,
         "add to cart, added to cart, add to basket, cart add*, product added, ajout panier, ajout au panier, ajoute au panier, "
         "mise au panier, adaugare in cos, adaugat in cos, adauga in cos, ^panier, ^cart, ^cos, ^basket"},
        {52,
         "view cart, cart viewed, view basket, panier vu, vizualizare cos, decision maker bought in, adhesion du decideur, "
         "decideur convaincu, decisionnaire convaincu, acord decident, decident convins"},
        {56,
         "proposal*, propose, ^proposed, proposition*, propunere*, propuneri, quote*, quotation*, price quote, devis, offre*, "
         "offer, offers, offer sent, oferta*, ofertare, ofertat, oferte, chiffrage, estimate*, estimation, "
         "price negotiation quote, proposal price quote, cotatie, estimare, rfp, tender, licitatie, appel d offres"},
        {60,
         "checkout*, begin checkout, checkout started, initiate checkout, start checkout, initiated checkout, commande initiee, "
         "passage en caisse, debut de commande, paiement initie, finalizare comanda, inceput comanda, ^caisse"},
        {62,
         "follow up, followup, relance*, relancer, suivi, urmarire, reveni*, in review, under review, ^review, decision pending, "
         "^reflexion, ^decizie, ^decision, prise de decision, shipping info*, add shipping info, livraison choisie, date livrare"},
        {64, "add payment info*, payment info*, infos de paiement, informations de paiement, date de plata, date plata"},
        {70,
         "negotia*, negotiation review, negociation*, negociere*, negocieri, in negociere, contract negotiation, "
         "negociation du contrat, negocierea contractului, contract review, discutie pret, ^bargaining"},
        {76,
         "verbal*, accord verbal, accord oral, accord de principe, acord verbal, acord de principiu, commit, committed, ^hot, "
         "^chaud, ^agreement, ^accord, ^acord, proposal accepted, quote accepted, devis accepte, offre acceptee, "
         "oferta acceptata, proposition acceptee, ^accepted, ^acceptat, ^acceptata, ^accepte, ^acceptee, propunere acceptata, "
         "acord prealabil"},
        {78,
         "legal*, procurement, approval*, approved, approuve*, aprobare, aprobat, aprobata, security review, juridique, juridic, "
         "validation interne, validation client, ^validation, achats"},
        {80,
         "contract*, contrat*, contract sent, contrat envoye, contract trimis, contractare, paiement*, payment*, ^plata, pay, "
         "signature en cours, en attente de signature, awaiting signature, out for signature, send contract, ^devis signe attente"},
        {84,
         "closing, cloture en cours, finalisation, finalizare, inchidere, ^close, en signature, in semnare, ^to be signed, "
         "bon de commande, ^cloture, subscription started, subscribe*, ^subscription, abonnement*, abonament, s abonner, abonare"},
        {86, "signature, signing, semnare, semnare contract, signature du contrat, signature contrat"},
        {88,
         "purchase*, purchase order, order*, ordered, order completed, order placed, place order, achat, achete, ^acheteur, "
         "commande*, commande passee, comanda*, comanda plasata, cumparare, cumparat, achizitie, plata finalizata, "
         "paiement effectue, payment received, payment completed, transaction, tranzactie finalizata, booking, booked, "
         "reservation, rezervare"},
        {90,
         "signed, contract signed, contrat signe, signe, signee, semnat, semnata, contract semnat, ^customer, ^customers, "
         "^client, ^clients, ^clienti, new customer, nouveau client, client nou, converted, convertit, convertita, converti, "
         "convertie, conversion"},
        {92,
         "invoice*, facture*, facturat, facturata, facturare, billed, factura, paid, paye, payee, platit, platita, achitat, "
         "incasat, encaisse"},
        {94,
         "delivered, livre, livree, livraison, livrare, livrat, livrata, delivery, shipped, expediat, implementation, deployed, "
         "deploiement, implementare, go live, kickoff, finished, completed, termine, terminee, finalizat, finalizata"},
        {96,
         "renew*, renouvel*, reinnoire, upgrade*, repeat purchase, second purchase, retained, retention, fidelis*, retentie, "
         "expansion, upsell, evangelist*, promoter, ambassadeur, referral*, advocate"},
        {97, "^closed, ^ferme, ^fermee, ^cloture, ^cloturee, ^inchis, ^inchisa"},
        {98, "other, autre, altele, ^altul"},
    };
    return book;
}

// processes whose order usualPlace does not give: Salesforce and HubSpot name their stages against the custom of others.
const std::vector<std::vector<std::string_view>>& processes() {
    static const std::vector<std::vector<std::string_view>> known = {
        // HubSpot, deal pipeline
        {"appointment scheduled", "qualified to buy", "presentation scheduled", "decision maker bought in", "contract sent"},
        {"appointmentscheduled", "qualifiedtobuy", "presentationscheduled", "decisionmakerboughtin", "contractsent"},
        {"rendez vous planifie", "qualifie pour l achat", "presentation planifiee", "adhesion du decideur", "contrat envoye"},
        {"rendez vous programme", "qualifie pour acheter", "presentation programmee", "decideur convaincu", "contrat envoye"},
        {"intalnire programata", "calificat pentru cumparare", "prezentare programata", "decident convins", "contract trimis"},
        // HubSpot, lifecycle of contacts and lead status
        {"subscriber", "lead", "marketing qualified lead", "sales qualified lead", "opportunity", "customer", "evangelist",
         "other"},
        {"new", "open", "in progress", "attempted to contact", "connected", "open deal"},
        // Salesforce
        {"prospecting", "qualification", "needs analysis", "value proposition", "id decision makers", "perception analysis",
         "proposal price quote", "negotiation review"},
        {"open not contacted", "working contacted", "closed converted", "closed not converted"},
        // Pipedrive
        {"qualified", "contact made", "demo scheduled", "proposal made", "negotiations started"},
        {"lead in", "contact made", "demo scheduled", "proposal made", "negotiations started"},
        // Zoho
        {"qualification", "needs analysis", "value proposition", "identify decision makers", "proposal price quote",
         "negotiation review"},
        {"qualification", "needs analysis", "value proposition", "id decision makers", "proposal price quote",
         "negotiation review"},
        // Dynamics: the sales process
        {"qualify", "develop", "propose", "close"},
        // Odoo
        {"new", "qualified", "proposition", "won"},
        // Zendesk Sell
        {"incoming", "qualified", "quote", "closure"},
        // noCRM
        {"to do", "standby", "won", "lost", "cancelled"},
        // Monday
        {"discovery", "proposal", "negotiation", "legal"},
        // Teamleader
        {"new", "meeting planned", "quotation sent", "refused", "accepted"},
        // Attention, interest, decision, action
        {"awareness", "interest", "consideration", "intent", "evaluation", "purchase"},
        {"attention", "interest", "desire", "action"},
        {"acquisition", "activation", "retention", "referral", "revenue"},
    };
    return known;
}

struct Known {
    std::string text;
    std::vector<std::string_view> words;
    explicit Known(std::string_view label) : text(plainWords(label)), words(split(text)) {}
    Known(const Known&) = delete;
    Known& operator=(const Known&) = delete;
    ~Known() = default;
};

const PhraseBook<bool>& bookOf(std::initializer_list<PhraseBook<bool>::Line> lines, std::optional<PhraseBook<bool>>& book) {
    if (!book) book.emplace(lines);
    return *book;
}

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
    for (const std::vector<std::string_view>& process : processes()) {
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

bool isTotal(std::string_view stage) {
    static std::optional<PhraseBook<bool>> totals;
    const Known known(stage);
    return bookOf({{true,
                    "^total, ^totals, grand total, ^totaux, total general, ^sum, ^somme, ^suma, total result, ^ensemble, ^all, "
                    "^overall, total resultat, ^rezultat total, subtotal, sous total, ^toate, total cumule, ^total counts, "
                    "total rows"}},
                  totals)
        .finds(known.words);
}

Outcome outcomeInText(std::string_view stage) {
    static std::optional<PhraseBook<bool>> lostBook;
    static std::optional<PhraseBook<bool>> wonBook;
    static std::optional<PhraseBook<bool>> negationBook;
    const Known known(stage);
    const bool lost = bookOf({{true,
                               "lost, loss, ^lose, dead, disqualified, unqualified, not qualified, rejected, declined, ^refused, "
                               "cancelled, canceled, abandoned, abandon, no decision, no sale, not interested, churned, ^churn, "
                               "^bad timing, closed not converted, ^junk, ^spam, recycled, perdu, perdue, perdus, perdues, "
                               "abandonne, abandonnee, sans suite, refuse, refusee, annule, annulee, rejete, rejetee, "
                               "non qualifie, non qualifiee, disqualifie, disqualifiee, pas interesse, pas interessee, "
                               "non interesse, decline, declinee, non retenu, non retenue, non signe, pierdut, pierduta, "
                               "pierdute, respins, respinsa, anulat, anulata, abandonat, abandonata, refuzat, refuzata, ^refuz, "
                               "^pierdere, neinteresat, neinteresata, necalificat, necalificata, descalificat, descalificata, "
                               "closedlost, disqualification, unresponsive, no response, ^esec, esuat, esuata, ^echec, echoue, "
                               "echouee, ^failed"}},
                             lostBook)
                          .finds(known.words);
    const bool won =
        bookOf({{true,
                 "won, closedwon, ^win, closed win, deal closed, ^signed, ^sold, closed converted, success, successful, gagne, "
                 "gagnee, gagnes, gagnees, remporte, remportee, ^signe, ^signee, ^conclu, ^conclue, ^vendu, ^vendue, "
                 "affaire conclue, vente conclue, castigat, castigata, castigate, ^castig, ^vandut, ^vanduta, ^semnat, ^semnata, "
                 "inchis cu succes, finalizat cu succes, ^succes, reusit, reusita, ^reussi, ^reussie"}},
               wonBook)
            .finds(known.words);
    const bool turned =
        bookOf(
            {{true, "not won, non gagne, non gagnee, pas gagne, pas gagnee, nu a fost castigat, necastigat, necastigata, won t"}},
            negationBook)
            .finds(known.words);
    if (turned) return Outcome::Lost;
    if (won == lost) return Outcome::Step;  // "Won/Lost" says neither
    return won ? Outcome::Won : Outcome::Lost;
}

std::string stageInDateHeader(std::string_view header) {
    static const PhraseBook<bool> dateWords(
        {{true,
          "^date, ^dates, ^time, ^day, ^on, ^at, ^entered, ^reached, ^became, ^timestamp, ^when, ^first, ^le, ^d, ^de, ^du, "
          "^dans, ^en, ^l, ^la, ^entree, ^passage, ^passe, ^data, ^intrarii, ^intrare, ^intrat, ^in, ^trecerii, ^ajungerii, ^a, "
          "^an, ^the, ^to, ^moved, ^stage, ^etape, ^etapa, ^pipeline, ^sales, ^une, ^heure, ^ora, ^deal, ^data"}});
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
