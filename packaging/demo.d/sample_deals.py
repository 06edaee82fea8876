"""Writes about 2,000 invented deals as a CRM would export them, with the mess of real exports: deals without an account, open
deals without a close date, stages in mixed case and with outer blanks, lost deals without a value, commas inside names.

    write_sample_deals("sample-deals.csv")

The same file comes out on every machine.
All people and companies are invented.
"""

import csv
import datetime
import sys
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))
from dice import Dice  # noqa: E402

SEED = 20260630
DEALS = 2000
FIRST_DAY = datetime.date(2025, 1, 6)
EXPORT_DAY = datetime.date(2026, 6, 30)

HEADERS = ["Record ID", "Deal Name", "Deal Stage", "Amount", "Currency", "Create Date", "Close Date", "Deal owner", "Product",
           "Associated Company", "Deal probability"]

# Product: share of the deals, typical amount, how well it sells, typical days to close.
PRODUCTS = {
    "Starter": (0.27, 900, 0.62, 18), "Team": (0.22, 3200, 0.51, 31), "Business": (0.17, 9800, 0.43, 52),
    "Enterprise": (0.09, 42000, 0.27, 96), "Onboarding, on site": (0.10, 2400, 0.71, 24), "Training": (0.09, 1500, 0.57, 22),
    "Support plus": (0.06, 1900, 0.49, 27)}

# Seller: share of the deals, skill as a factor on the odds of winning.
SELLERS = {
    "Ioana Ștefănescu": (0.13, 1.35), "Hélène Dubois": (0.12, 1.15), "Marc Lefèvre": (0.10, 0.85), "Andrei Țurcanu": (0.10, 1.05),
    "Sofia Rossi": (0.09, 1.2), "Jonas Müller": (0.09, 0.75), "Anna O'Neill": (0.08, 1.0), "Paweł Nowak": (0.08, 0.95),
    "Inês Carvalho": (0.08, 1.1), "Tom Baker": (0.07, 0.65), "Léa Fournier": (0.06, 0.9)}

# How the stages of closed deals are spelled, after years of imports and typing by hand.
WON = {"Closed Won": 0.9, "closed won": 0.05, "CLOSED WON": 0.03, "Closed Won ": 0.02}
LOST = {"Closed Lost": 0.91, "closed lost": 0.05, " Closed Lost": 0.04}

# Open stages: share of the open deals, probability that the CRM gives them.
OPEN = {"Qualified": (0.4, 0.2), "Demo done": (0.27, 0.4), "Proposal sent": (0.22, 0.6), "Negotiation": (0.11, 0.8)}

COMPANY_NAMES = ["Albatros", "Belvédère", "Cărturești Nord", "Delta Logistik", "Érable", "Fjordline", "Grădina Verde", "Halvorsen",
                 "Île-de-Brume", "Jasper & Sons", "Kestrel", "Luminița", "Méridien", "Norrviken", "Orvault", "Pădurea", "Quint",
                 "Rivière", "Șantier Plus", "Tâmpa", "Umbra", "Vallée", "Weber", "Zănoaga"]
COMPANY_FORMS = ["SRL", "SA", "GmbH", "Ltd", "SARL", ", Inc.", "& fils, SAS", "Group"]


def sample_deals():
    """The rows below the headers."""
    dice = Dice(SEED)
    companies = [f"{name} {form}".replace(" ,", ",") for name in COMPANY_NAMES for form in COMPANY_FORMS]
    days = (EXPORT_DAY - FIRST_DAY).days
    rows = []
    for number in range(DEALS):
        product = dice.by_share(PRODUCTS)
        owner = dice.by_share(SELLERS)
        _, price, chance, cycle = PRODUCTS[product]
        odds = chance / (1 - chance) * SELLERS[owner][1]
        created = FIRST_DAY + datetime.timedelta(days=number * days // DEALS)
        # Losing takes longer than winning; deals that would close after the export are still open.
        wins = dice.share() < odds / (1 + odds)
        closed = created + datetime.timedelta(days=1 + int(dice.around(cycle * (1 if wins else 1.5))))
        amount = round(dice.around(price) / 10) * 10
        company = companies[dice.below(len(companies))]
        name = f"{company} - {product}"
        if closed > EXPORT_DAY:
            stage = dice.by_share(OPEN)
            probability = OPEN[stage][1]
            close_text = ""
            amount_text = "" if stage == "Qualified" and dice.share() < 0.3 else str(amount)
        elif wins:
            stage, probability, close_text, amount_text = dice.by_share(WON), 1, closed.isoformat(), str(amount)
        else:
            stage, probability, close_text = dice.by_share(LOST), 0, closed.isoformat()
            amount_text = "0" if dice.share() < 0.7 else ""
        account = "" if dice.share() < 0.15 else company
        rows.append([str(90210000 + 7 * number), name, stage, amount_text, "EUR", created.isoformat(), close_text, owner, product,
                     account, str(probability)])
    return rows


def write_sample_deals(path):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(HEADERS)
        writer.writerows(sample_deals())
