"""Tables of the sheets as text for the terminal, in columns. Numbers are shown with more digits than on the sheet."""

import unicodedata

SCORECARD = "Scorecard"
# Columns of the scorecard: KPI, unit, value, target, its mark, the period before, the year to date.
SHOWN = (0, 1, 2, 3, 5, 6, 10)


def number(cell):
    """What a cell shows, with the digits that its named style is about."""
    style = cell.CellStyle
    if not cell.getFormula() or cell.getError() or cell.FormulaResultType2 != 1 or not cell.String:
        return cell.String
    if style.startswith("KPI Share"):
        return f"{100 * cell.Value:.2f} %"
    whole = style == "KPI Count" and cell.Value == round(cell.Value) or abs(cell.Value) >= 100_000
    return f"{cell.Value:,.0f}" if whole else f"{cell.Value:,.2f}"


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


def rows_below(sheet, title):
    """The rows of the block with a title: its headers and what stands below them, up to the next empty row."""
    row = next(row for row in range(500) if sheet.getCellByPosition(0, row).String == title) + 1
    while sheet.getCellByPosition(0, row).String:
        yield row
        row += 1


def money(unit, thousand):
    """What thousands of it are: "EUR" of "thousand EUR"; nothing where the sheet does not know."""
    before, behind = thousand.split("{money}")
    return unit.removeprefix(before).removesuffix(behind) if unit.startswith(before) else ""


def kpi_table(sheet, translate):
    """The scorecard, its value under the period that it is of."""
    rows = []
    for row in rows_below(sheet, translate(SCORECARD)):
        cells = [sheet.getCellByPosition(column, row) for column in SHOWN]
        rows.append([number(cell) for cell in cells])
        if cells[2].CellStyle == "KPI Money Thousands":
            rows[-1][1] = money(rows[-1][1], translate("thousand {money}"))  # the number is whole here
    rows[0][2] = sheet.getCellByPosition(1, 2).String
    return in_columns(rows, right=(2, 3, 5, 6))


def segment_table(table):
    """Deals, won, lost and win rate of each segment."""
    rows = []
    for row in range(table.Rows.Count):
        cells = [table.getCellByPosition(column, row) for column in range(8)]
        if cells[1].String:
            rows.append([number(cell) for cell in cells])
    return in_columns(rows, right=range(1, 8))
