"""The KPI table as text for the terminal: label, value, unit, target, mark and formula, in columns."""

import unicodedata

from kpi_plan import COUNT, DAYS, HOURS, MONEY, RATIO, SHARE, WAITS


def shown(reading, cents=None):
    """A reading as a number with its precision, or the error its cell shows. Without `cents` small amounts have them."""
    if reading.waits:
        return WAITS
    if reading.error:
        return reading.shown
    return number(reading.value, reading.kind, cents)


def number(value, kind, cents=None):
    if kind == SHARE:
        return f"{100 * value:.2f} %"
    if kind in (DAYS, RATIO):
        return f"{value:,.2f}"
    if kind == HOURS:
        minutes = round(1440 * value)
        return f"{minutes // 60}:{minutes % 60:02}"
    if kind == COUNT:
        return f"{value:,.0f}"
    assert kind == MONEY
    cents = abs(value) < 100_000 if cents is None else cents
    return f"{value:,.2f}" if cents else f"{value:,.0f}"


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


def kpi_table(readings, translate):
    _ = translate
    return in_columns(
        [[_("KPI"), _("Value"), _("Unit"), _("Target"), "", _("Formula")]]
        + [[reading.label, shown(reading), reading.unit,
            "" if reading.target is None else number(reading.target, reading.kind), reading.mark, reading.formula]
           for reading in readings], right=(1, 3))


def group_table(groups, name, translate):
    _ = translate
    head = [name, _("Win rate"), _("Closed deals"), _("Won value")][:1 + len(groups[0])]
    rows = [[group[0].label] + [shown(reading, cents=False) for reading in group] for group in groups]
    return in_columns([head] + rows, right=(1, 2, 3))
