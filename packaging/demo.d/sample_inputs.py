"""The figures that a company types into the sheet of inputs, invented to go with the sample deals.

    type_sample_inputs(sheet_of_inputs)

As the sample deals they are the same on every machine.
"""

import datetime

from sample_deals import Dice, sample_deals

SEED = 20260701
DAY_ZERO = datetime.date(1899, 12, 30)

# The same every month, by the ids of KPIs and figures.
TARGETS = {"forecast-accuracy": 0.85, "sales-cycle-median": 28, "sales-cycle-mean": 36, "pipeline-value": 3_000_000,
           "pipeline-coverage": 3, "close-ratio": 0.5, "win-rate": 0.48, "best-product": 0.65,
           "weakest-product": 0.35, "cac": 1100, "clv": 30_000,
           "churn-rate": 0.012, "deals-won": 45, "won-value": 300_000, "average-sale": 6000}
FIGURES = {"salesTarget": 1_000_000, "margin": 0.62}
# From and to, at random.
BETWEEN = {"marketingCost": (12_000, 16_000), "salesCost": (31_000, 36_000), "serviceCost": (3_000, 5_000),
           "newCustomersTyped": (38, 52), "customersLost": (3, 7), "customersAtStart": (410, 470),
           "customerRevenue": (168_000, 205_000)}


def sample_inputs():
    """{month: {figure: value}} from the first deal that was won to the last."""
    won = {}
    for deal in sample_deals():
        stage, amount, closed = deal[2], deal[3], deal[6]
        if stage.strip().lower() == "closed won":
            month = datetime.date.fromisoformat(closed).replace(day=1)
            won[month] = won.get(month, 0) + int(amount)
    dice = Dice(SEED)
    inputs = {}
    for month in sorted(won):
        # Forecasts are rounded and on the whole too hopeful.
        inputs[month] = {"forecast": round(won[month] * (0.86 + 0.36 * dice.share()) / 5000) * 5000, **FIGURES}
        for figure, (least, most) in BETWEEN.items():
            inputs[month][figure] = least + dice.below(most - least)
    return inputs


def type_sample_inputs(sheet):
    """Types them into a sheet of inputs: the cells of each figure, and those of the months, have names."""
    names = sheet.NamedRanges
    months = names.getByName("KpiInputs_Periods").getReferredCells()
    inputs = sample_inputs()
    for row in range(months.Rows.Count):
        month = DAY_ZERO + datetime.timedelta(days=months.getCellByPosition(0, row).Value)
        cells = {f"KpiTyped_{figure}": value for figure, value in inputs.get(month, {}).items()}
        cells.update({f"KpiTarget_{kpi.replace('-', '_')}": value for kpi, value in TARGETS.items()})
        for name, value in cells.items():
            if names.hasByName(name):
                names.getByName(name).getReferredCells().getCellByPosition(0, row).Value = value
