"""Writes the sample workbook of the KPI sheets: tables of every kind that the templates are made from, and figures to type in.

    write_kpi_sample.py OUT_DIR

OUT_DIR receives <language>/kpi-sheets.fods. The KPI sheets themselves are not in it: the extension writes them into the opened copy, by
the same models, plans and writer as in any document (addin/sidebar/kpi_sample.hpp), in the language and with the styles of the day.
The last sheet holds what a company would type in; the extension takes it over and removes it.

All people and companies are invented. The same files come out everywhere: only Random.random() is used, whose sequence Python
guarantees.
"""
import datetime
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from dice import Dice
from write_samples import COUNTRIES, NAMESPACES, node, setting

SEED = 20261129
AS_OF = datetime.date(2026, 11, 19)
DAY_ZERO = datetime.date(1899, 12, 30)
END = (AS_OF - DAY_ZERO).days
FIRST = END - 800
MONTHS = 27
INPUTS = "Inputs"  # in every language: the extension looks for it

LANGUAGES = ("en", "fr", "ro")

# What the sheets, headers and texts are called, in the order of LANGUAGES.
WORDS = {
    "Deals": ("Deals", "Affaires", "Tranzacții"), "Invoices": ("Invoices", "Factures", "Comenzi"), "Leads": ("Leads", "Pistes", "Leaduri"),
    "Activities": ("Activities", "Activités", "Activități"), "Surveys": ("Surveys", "Enquêtes", "Sondaje"),
    "Tickets": ("Tickets", "Tickets", "Tichete"), "People": ("People", "Équipe", "Echipa"), "Content": ("Content", "Contenus", "Conținut"),
    "Deal ID": ("Deal ID", "ID affaire", "ID tranzacție"), "Stage": ("Deal stage", "Étape de l'affaire", "Etapa tranzacției"),
    "Amount": ("Amount", "Montant", "Suma"), "Created": ("Created date", "Date de création", "Data creării"),
    "Closed": ("Close date", "Date de clôture", "Data închiderii"), "Owner": ("Owner", "Commercial", "Agent de vânzări"),
    "Product": ("Product", "Produit", "Produs"), "Channel": ("Lead source", "Canal", "Canal"), "Region": ("Region", "Région", "Regiune"),
    "Probability": ("Probability", "Probabilité", "Probabilitate"), "List price": ("List price", "Prix catalogue", "Preț de listă"),
    "Proposal date": ("Proposal date", "Date de la proposition", "Data ofertei"), "Pre-sales": ("Pre-sales", "Avant-vente", "Prevânzare"),
    "Customer": ("Customer", "Client", "Client"), "Invoice date": ("Invoice date", "Date de la facture", "Data comenzii"),
    "Invoice": ("Invoice", "Facture", "Nr. comandă"), "Total": ("Total amount", "Montant total", "Suma totală"),
    "Lead ID": ("Lead ID", "Piste", "ID lead"), "Received": ("Received", "Reçu le", "Primit la"),
    "First contact": ("First contact", "Premier contact", "Primul contact"), "MQL date": ("MQL date", "Date MQL", "Data MQL"),
    "SQL date": ("SQL date", "Date SQL", "Data SQL"), "Opportunity date": ("Opportunity date", "Date de conversion", "Data conversiei"),
    "Activity date": ("Activity date", "Date de l'activité", "Data activității"),
    "Activity type": ("Activity type", "Type d'activité", "Tip activitate"), "Minutes": ("Minutes", "Minutes", "Minute"),
    "Outcome": ("Outcome", "Résultat", "Rezultat"), "Survey date": ("Survey date", "Date de réponse", "Data răspunsului"),
    "Score": ("NPS score", "Note NPS", "Scor NPS"), "Respondent": ("Respondent", "Répondant", "Respondent"),
    "Ticket ID": ("Ticket ID", "Numéro du ticket", "ID tichet"), "Opened": ("Opened", "Date d'ouverture", "Data deschiderii"),
    "First answer": ("First answer", "Première réponse", "Primul răspuns"), "Solved": ("Solved", "Date de résolution", "Data rezolvării"),
    "Ticket type": ("Ticket type", "Type de ticket", "Tip tichet"), "Escalated": ("Escalated", "Escaladé", "Escaladat"),
    "Employee": ("Employee", "Salarié", "Angajat"), "Hire date": ("Hire date", "Date d'embauche", "Data angajării"),
    "Productive": ("Productive", "Productif le", "Productiv din"), "Left": ("Left", "Date de départ", "Data plecării"),
    "Source": ("Source", "Source", "Sursa"), "Title": ("Page title", "Titre de l'article", "Titlul articolului"),
    "Published": ("Published", "Publié le", "Publicat la"), "Updated": ("Updated", "Mis à jour le", "Actualizat la"),
    "Used": ("Last used", "Dernière utilisation", "Ultima folosire"), "Cost": ("Cost", "Coût", "Cost"),
    "Attributed": ("Attributed sales", "Ventes attribuées", "Vânzări atribuite"), "Shares": ("Shares", "Partages", "Distribuiri"),
    "Views": ("Views", "Vues", "Vizualizări"),
    "Won": ("Won", "Gagnée", "Câștigată"), "Lost": ("Lost", "Perdue", "Pierdută"), "Qualified": ("Qualified", "Qualifiée", "Calificată"),
    "Proposal sent": ("Proposal sent", "Proposition envoyée", "Ofertă trimisă"),
    "Negotiation": ("Negotiation", "Négociation", "Negociere"), "yes": ("yes", "oui", "da"), "no": ("no", "non", "nu"),
    "North": ("North", "Nord", "Nord"), "South": ("South", "Sud", "Sud"), "West": ("West", "Ouest", "Vest"),
    "Web": ("Web", "Web", "Web"), "LinkedIn": ("LinkedIn", "LinkedIn", "LinkedIn"), "Fair": ("Trade fair", "Salon", "Târg"),
    "Call": ("Call", "Appel", "Apel"), "E-mail": ("E-mail", "E-mail", "E-mail"), "Meeting": ("Meeting", "Réunion", "Întâlnire"),
    "Demo": ("Demo", "Démo", "Demo"), "Proposal": ("Proposal", "Proposition", "Ofertă"), "Signature": ("Signature", "Signature", "Semnare"),
    "Training": ("Training", "Formation", "Instruire"), "Coaching": ("Coaching", "Coaching", "Coaching"),
    "Cadence": ("Cadence", "Séquence", "Secvență"), "Onboarding": ("Onboarding", "Onboarding", "Onboarding"),
    "Presales": ("Pre-sales", "Avant-vente", "Prevânzare"), "done": ("done", "terminé", "gata"),
    "passed": ("passed", "réussi", "promovat"), "Bug": ("Bug", "Bug", "Bug"), "How-to": ("How-to", "Question", "Întrebare"),
    "Referral": ("Referral", "Cooptation", "Recomandare"), "Agency": ("Agency", "Agence", "Agenție"), "Page": ("Page", "Page", "Pagina"),
}
OWNERS = ("Ana Pop", "Ben Keller", "Chloé Martin", "Dan Ionescu")
PRODUCTS = {"Starter": (900, 0.62, 20), "Team": (3200, 0.5, 34), "Enterprise": (14000, 0.33, 70)}


class Word(str):
    """A text of the data that is another one in each language."""


def tables():
    """{sheet: (headers, rows)}, in English; dates are numbers of type Day or Moment."""
    dice = Dice(SEED)

    def day():
        # More towards the end: the company grows.
        return FIRST + int((END - FIRST) * dice.share() ** 0.8)

    def later(start, most):
        return min(start + 1 + dice.below(most), END)

    def sometimes(value, chance):
        return value if dice.share() < chance else None

    def word(*choices):
        return Word(dice.one_of(*choices))

    deals = []
    for number in range(480):
        product = dice.one_of(*PRODUCTS)
        price, chance, days = PRODUCTS[product]
        opened = day()
        closed = opened + 3 + int(days * (0.4 + 1.4 * dice.share()))
        listed = round(price * (0.7 + 0.8 * dice.share()) / 10) * 10
        helped = dice.share() < 0.4
        owner = dice.one_of(*OWNERS)
        if closed > END:
            stage, closed, odds = dice.one_of(("Qualified", 0.2), ("Proposal sent", 0.5), ("Negotiation", 0.8)), None, 0
            stage, odds = stage
        else:
            won = dice.share() < chance + (0.1 if helped else 0) + (0.08 if owner == OWNERS[2] else 0)
            stage, odds = ("Won", 1) if won else ("Lost", 0)
        deals.append([f"D-{4100 + number}", Word(stage), round(listed * (0.8 + 0.2 * dice.share())), Day(opened), Day(closed), owner, product,
                      word("Web", "Web", "LinkedIn", "Fair"), word("North", "South", "West"), odds, listed,
                      Day(sometimes(later(opened, 12), 0.75)), Word("yes" if helped else "no")])
    invoices = []
    for number in range(40):
        start, amount = FIRST + dice.below(END - FIRST - 10), 100 * (2 + dice.below(9))
        left = sometimes(start + 90 + dice.below(500), 0.35) or END + 1
        month = start
        while month <= min(left, END):
            invoices.append([f"Customer {number + 1:02}", Day(month), amount])
            amount = amount + 100 if dice.share() < 0.05 else max(100, amount - 100) if dice.share() < 0.03 else amount
            month = next_month(month)
    invoices.sort(key=lambda row: row[1])
    invoices = [[f"F-{20000 + number}", *row] for number, row in enumerate(invoices)]
    leads = []
    for number in range(620):
        received = day() + (8 + dice.below(600) / 60) / 24
        qualified = sometimes(later(int(received), 8), 0.6)
        sales = sometimes(later(qualified, 10), 0.6) if qualified else None
        leads.append([f"L-{7000 + number}", Moment(received), Moment(sometimes(min(received + dice.share() ** 2, END + 0.99), 0.93)),
                      word("Web", "Web", "LinkedIn", "Fair"), Day(qualified), Day(sales),
                      Day(sometimes(later(sales, 20), 0.7) if sales else None), dice.one_of(*OWNERS)])
    often = ("Call",) * 6 + ("E-mail",) * 6 + ("Meeting",) * 2
    kinds = (*often, "Demo", "Proposal", "Signature", "Training", "Coaching", "Cadence", "Onboarding", "Presales")
    activities = [[Day(day()), word(*kinds), dice.one_of(*OWNERS), 15 * (1 + dice.below(6)), word("done", "done", "passed")]
                  for _ in range(1400)]
    surveys = [[f"R-{number}", Day(day()), min(10, 5 + dice.below(4) + dice.below(4))] for number in range(260)]
    tickets = []
    for number in range(420):
        opened = day() + (8 + dice.below(600) / 60) / 24
        tickets.append([f"T-{number}", Moment(opened), Moment(sometimes(min(opened + dice.share() ** 2, END + 0.99), 0.95)),
                        Day(sometimes(later(int(opened), 9), 0.85)), word("Bug", "How-to", "How-to"), Word(dice.one_of("yes", "no", "no", "no"))])
    people = []
    for number in range(90):
        hired = FIRST + dice.below(780)
        people.append([f"E-{number + 1:02}", Day(hired), Day(sometimes(later(hired, 120), 0.9)), Day(sometimes(later(hired, 500), 0.2)),
                       word("Referral", "Agency", "Web")])
    content = []
    for number in range(90):
        made = day()
        content.append([Word("Page") + f" {number + 1}", Day(made), Day(sometimes(later(made, 200), 0.5)), Day(sometimes(later(made, 90), 0.8)),
                        100 + 10 * dice.below(60), 50 * dice.below(80), dice.below(60), 20 + dice.below(900)])
    return {
        "Deals": (["Deal ID", "Stage", "Amount", "Created", "Closed", "Owner", "Product", "Channel", "Region", "Probability", "List price",
                   "Proposal date", "Pre-sales"], ordered(deals, 3)),
        "Invoices": (["Invoice", "Customer", "Invoice date", "Total"], invoices),
        "Leads": (["Lead ID", "Received", "First contact", "Channel", "MQL date", "SQL date", "Opportunity date", "Owner"], ordered(leads, 1)),
        "Activities": (["Activity date", "Activity type", "Owner", "Minutes", "Outcome"], ordered(activities, 0)),
        "Surveys": (["Respondent", "Survey date", "Score"], ordered(surveys, 1)),
        "Tickets": (["Ticket ID", "Opened", "First answer", "Solved", "Ticket type", "Escalated"], ordered(tickets, 1)),
        "People": (["Employee", "Hire date", "Productive", "Left", "Source"], ordered(people, 1)),
        "Content": (["Title", "Published", "Updated", "Used", "Cost", "Attributed", "Shares", "Views"], ordered(content, 1))}


# What a company types in for each month: from and to, at random; figures by their ids.
FIGURES = {
    "salesTarget": (150_000, 170_000), "forecast": (60_000, 95_000), "marketingCost": (9_000, 14_000), "salesCost": (16_000, 22_000),
    "serviceCost": (4_000, 7_000), "newCustomersTyped": (7, 13), "customersAtStart": (120, 170), "customersLost": (1, 5),
    "customerRevenue": (70_000, 95_000), "quota": (80_000, 100_000), "sellers": (4, 6), "ramping": (0, 2), "pay": (14_000, 19_000),
    "staffAtStart": (18, 24), "renewalsDue": (10, 20), "renewed": (8, 10), "contractValue": (24_000, 60_000), "contractOneTime": (1_000, 4_000),
    "contractYears": (1, 3), "netBurn": (5_000, 15_000), "grossSales": (80_000, 120_000), "deductions": (3_000, 7_000),
    "costOfGoods": (22_000, 30_000), "expenses": (60_000, 75_000), "cashIn": (70_000, 95_000), "cashOut": (97_000, 110_000),
    "units": (0, 3), "contentAvailable": (60, 90)}
SHARES = {"margin": (0.6, 0.68), "leadRate": (0.3, 0.36), "opportunityRate": (0.4, 0.5)}
TARGETS = {"win-rate": 0.5, "won-value": 60_000, "deals-won": 10, "average-sale": 5_000, "sales-cycle-median": 35, "close-ratio": 0.5,
           "cac": 3_500, "nps": 30, "nrr": 1, "grr": 0.95, "lead-to-opportunity": 0.3, "new-leads": 25, "gross-margin": 0.65}


def inputs():
    """(headers, rows): the first day of each month, then the figures and the targets by their ids."""
    dice = Dice(SEED + 1)
    rows, month = [], AS_OF.replace(day=1)
    for _ in range(MONTHS):
        figures = [least + dice.below(most - least + 1) for least, most in FIGURES.values()]
        shares = [round(least + (most - least) * dice.share(), 3) for least, most in SHARES.values()]
        figures[list(FIGURES).index("units")] += 420 - 4 * len(rows)  # more each month
        rows.append([Day((month - DAY_ZERO).days), *figures, *shares, *TARGETS.values()])
        month = (month - datetime.timedelta(days=1)).replace(day=1)
    return ["period", *FIGURES, *SHARES, *(f"target {kpi}" for kpi in TARGETS)], rows[::-1]


class Day(float):
    """A date as Calc counts it; Day(None) is an empty cell."""

    def __new__(cls, value):
        return None if value is None else super().__new__(cls, value)


class Moment(Day):
    """With the time of day, to the minute."""


def next_month(day):
    date = DAY_ZERO + datetime.timedelta(days=int(day))
    months = date.year * 12 + date.month
    return (datetime.date(months // 12, months % 12 + 1, min(date.day, 28)) - DAY_ZERO).days


def ordered(rows, column):
    return sorted(rows, key=lambda row: row[column])


def said(text, language):
    """A word in a language; behind it may stand a number."""
    if text in WORDS:
        return WORDS[text][LANGUAGES.index(language)]
    first, _, rest = text.partition(" ")
    return f"{WORDS[first][LANGUAGES.index(language)]} {rest}" if isinstance(text, Word) and first in WORDS else text


def cell(value, language):
    if value is None:
        return node("table:table-cell")
    if isinstance(value, Day):
        moment = datetime.datetime(1899, 12, 30) + datetime.timedelta(minutes=round(value * 1440))
        exact = isinstance(value, Moment)
        return node("table:table-cell", office_value_type="date", table_style_name="moment" if exact else "day",
                    office_date_value=moment.isoformat() if exact else moment.date().isoformat())
    if isinstance(value, (int, float)):
        return node("table:table-cell", office_value_type="float", office_value=repr(value))
    return node("table:table-cell", node("text:p", said(value, language)), office_value_type="string")


def sheet(name, headers, rows, language):
    def header(text):
        return node("table:table-cell", node("text:p", said(text, language) if name != INPUTS else text), office_value_type="string",
                    table_style_name="header")

    columns = [node("table:table-column", table_style_name="column") for _ in headers]
    lines = [node("table:table-row", [header(text) for text in headers])]
    lines += [node("table:table-row", [cell(value, language) for value in row]) for row in rows]
    return node("table:table", columns, lines, table_name=said(name, language))


def dates(name, *parts):
    return node("number:date-style", parts, style_name=name)


def styles():
    long = {"number_style": "long"}
    day = [node("number:year", **long), node("number:text", "-"), node("number:month", **long), node("number:text", "-"),
           node("number:day", **long)]
    time = [node("number:text", " "), node("number:hours", **long), node("number:text", ":"), node("number:minutes", **long)]
    return node("office:automatic-styles", dates("days", *day), dates("moments", *day, *time),
                node("style:style", node("style:table-column-properties", style_column_width="3.4cm"), style_name="column",
                     style_family="table-column"),
                *(node("style:style", style_name=name, style_family="table-cell", style_parent_style_name="Default", style_data_style_name=data)
                  for name, data in (("day", "days"), ("moment", "moments"))),
                node("style:style", node("style:text-properties", fo_font_weight="bold"), style_name="header", style_family="table-cell",
                     style_parent_style_name="Default"))


def view(names):
    def frozen(name):
        values = {"HorizontalSplitMode": 0, "VerticalSplitMode": 2, "VerticalSplitPosition": 1, "ActiveSplitRange": 2, "PositionBottom": 1,
                  "CursorPositionX": 0, "CursorPositionY": 1}
        return node("config:config-item-map-entry", [setting(*each) for each in values.items()], config_name=name)

    entry = node("config:config-item-map-entry", setting("ViewId", "view1"),
                 node("config:config-item-map-named", [frozen(name) for name in names], config_name="Tables"))
    return node("office:settings", node("config:config-item-set", node("config:config-item-map-indexed", entry, config_name="Views"),
                                        config_name="ooo:view-settings"))


def document(language):
    sheets = {**tables(), INPUTS: inputs()}
    body = node("office:spreadsheet", [sheet(name, *table, language) for name, table in sheets.items()])
    return node("office:document", node("office:meta", node("dc:language", f"{language}-{COUNTRIES[language]}")),
                view([said(name, language) for name in sheets]),
                node("office:styles", node("style:style", style_name="Default", style_family="table-cell")), styles(),
                node("office:body", body), **{f"xmlns_{prefix}": uri for prefix, uri in NAMESPACES.items()}, office_version="1.3",
                office_mimetype="application/vnd.oasis.opendocument.spreadsheet")


def main():
    for language in LANGUAGES:
        folder = Path(sys.argv[1]) / language
        folder.mkdir(parents=True, exist_ok=True)
        content = ElementTree.tostring(document(language), encoding="unicode")
        (folder / "kpi-sheets.fods").write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{content}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
