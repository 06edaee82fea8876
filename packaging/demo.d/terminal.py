"""The KPI table as text for the terminal: label, value, unit and formula, in columns."""

import unicodedata

from kpi_plan import COUNT, DAYS, MONEY, SHARE


def shown(reading, cents=None):
    """A reading as a number with its precision, or the error its cell shows. Without `cents` small amounts have them."""
    if reading.error:
        return reading.shown
    if reading.kind == SHARE:
        return f"{100 * reading.value:.2f} %"
    if reading.kind == DAYS:
        return f"{reading.value:,.2f}"
    if reading.kind == COUNT:
        return f"{reading.value:,.0f}"
    assert reading.kind == MONEY
    cents = abs(reading.value) < 100_000 if cents is None else cents
    return f"{reading.value:,.2f}" if cents else f"{reading.value:,.0f}"


def width(text):
    """How many places of the terminal a text takes."""
    return sum(0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def in_columns(rows, right=()):
    """Lines of aligned columns; the columns in `right` are right-aligned."""
    rows = [[" ".join(text.split()) for text in row] for row in rows]
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = []
        for column, text in enumerate(row):
            blanks = " " * (widths[column] - width(text))
            cells.append(blanks + text if column in right else text + blanks)
        lines.append("  ".join(cells).rstrip())
    return lines


def kpi_table(readings):
    return in_columns([["KPI", "Value", "Unit", "Formula"]]
                      + [[reading.label, shown(reading), reading.unit, reading.formula] for reading in readings], right=(1,))


def group_table(groups, name):
    head = [name, "Win rate", "Closed deals", "Won value"][:1 + len(groups[0])]
    rows = [[group[0].label] + [shown(reading, cents=False) for reading in group] for group in groups]
    return in_columns([head] + rows, right=(1, 2, 3))
