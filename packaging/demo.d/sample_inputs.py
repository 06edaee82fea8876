"""The figures that a company types into the sheet Inputs, invented to go with the sample deals.

    inputs = sample_inputs()
    inputs.figures["NewCustomers"], inputs.targets["churn"], inputs.forecasts, inputs.leads

As the sample deals they are the same on every machine.
"""

import datetime
from dataclasses import dataclass

from sample_deals import EXPORT_DAY, Dice, sample_deals

SEED = 20260701
PERIOD = (datetime.date(2025, 7, 1), EXPORT_DAY)
LEADS = 28
OPENING, CLOSING = datetime.time(9), datetime.time(17)

# By the keys of the scorecard's lines.
TARGETS = {"forecast_accuracy": 0.85, "cycle": 30, "median_cycle": 28, "pipeline": 3_200_000, "open": 188, "coverage": 3,
           "closed_win_rate": 0.5, "close_ratio": 0.5, "touch_points": 8, "best_product": 0.65, "weakest_product": 0.35,
           "cac": 7000, "clv": 30_000, "churn": 0.12, "lead_to_opportunity": 0.3, "response": datetime.time(1)}
TOLERANCE = 0.01


@dataclass
class SampleInputs:
    period: str
    tolerance: float
    targets: dict
    figures: dict          # by the inputs' names; a list for a name with several rows
    forecasts: dict        # by month, as (year, month)
    leads: list            # (received, first contact or None)


def sample_inputs():
    dice = Dice(SEED)
    won_by_month, opportunities = {}, 0
    for deal in sample_deals():
        stage, amount, created, closed = deal[2], deal[3], deal[5], deal[6]
        opportunities += PERIOD[0].isoformat() <= created <= PERIOD[1].isoformat()
        if stage.strip().lower() == "closed won" and PERIOD[0].isoformat() <= closed <= PERIOD[1].isoformat():
            month = (int(closed[:4]), int(closed[5:7]))
            won_by_month[month] = won_by_month.get(month, 0) + int(amount)
    # Forecasts are rounded and on the whole too hopeful.
    forecasts = {month: round(won * (0.86 + 0.36 * dice.share()) / 5000) * 5000 for month, won in sorted(won_by_month.items())}
    figures = {"Costs": [164_000, 418_000, 52_000, 21_000], "NewCustomers": 96, "CustomersAtStart": 412, "CustomersLost": 58,
               "Revenue": sum(won_by_month.values()), "Margin": 0.62, "Leads": 4210, "Opportunities": opportunities,
               "Touches": 8930, "Meetings": 1180, "SalesTarget": 1_200_000, "OpeningTime": OPENING, "ClosingTime": CLOSING}
    period = " \u2013 ".join(day.strftime("%Y-%m") for day in PERIOD)
    return SampleInputs(period, TOLERANCE, TARGETS, figures, forecasts, _leads(dice))


def _leads(dice):
    """Leads of the last two weeks, also of evenings and weekends; some nobody has contacted yet."""
    leads = []
    start = datetime.datetime.combine(EXPORT_DAY - datetime.timedelta(days=15), datetime.time(7))
    for number in range(LEADS):
        received = start + datetime.timedelta(minutes=number * 780 + dice.below(700))
        wait = int(dice.around(55))
        leads.append((received, None if dice.share() < 0.1 else _after_open_minutes(received, wait)))
    return leads


def _after_open_minutes(start, minutes):
    """When so many minutes of business hours, Monday to Friday, have passed."""
    while True:
        opening, closing = (datetime.datetime.combine(start.date(), time) for time in (OPENING, CLOSING))
        start = max(start, opening)
        if start.weekday() < 5 and start + datetime.timedelta(minutes=minutes) < closing:
            return start + datetime.timedelta(minutes=minutes)
        if start.weekday() < 5 and start < closing:
            minutes -= (closing - start) // datetime.timedelta(minutes=1)
        start = opening + datetime.timedelta(days=1)
