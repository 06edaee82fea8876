"""A KPI sheet over 100,000 deals, 12 KPIs by 24 months, in a real Calc: as ratios within one run.

    tests/bench/run kpi-sheet

One changed deal, against the same figures in COUNTIFS, SUMIFS and AVERAGEIFS cells: of the KPIs alone, and of the sheet as it is
proposed, with its tables of sellers and channels, which the cells then have too (the win curve and the stuck deals they have not). The
documents take turns, and each turn is checked to show the same figures on all, and others than before. To insert the proposed sheet,
against computing its live arrays alone. Each figure is the median of its turns.
"""
import os
import statistics
import sys
import tempfile
import time

os.environ.setdefault("CALCKPI_BENCH_ROWS", "100000")
sys.path[:0] = [os.path.join(os.environ["CALCKPI_SOURCE"], folder) for folder in ("packaging", "tests/support", "tests/bench")]

from office import Office  # noqa: E402
from com.sun.star.beans import NamedValue  # noqa: E402
from com.sun.star.sheet.FillDirection import TO_BOTTOM  # noqa: E402
from com.sun.star.util.NumberFormat import DATE  # noqa: E402
from sheets_bench import CHANNELS, DEALS, ROWS, SELLERS, TURNS, move_a_deal, require, write_deals  # noqa: E402

MONTHS = 24
KPIS = ("deals-created", "deals-won", "deals-lost", "pipeline-volume", "pipeline-value", "close-ratio", "win-rate", "win-rate-low",
        "won-value", "average-sale", "sales-cycle-mean", "sales-velocity")
WON_ROW = "Deals won"
SEGMENTS = {"owner": SELLERS, "channel": CHANNELS}
SEGMENTS_SHOWN = 12  # with that of all
INSERT_LIMIT, SECONDS_ALLOWED, CHANGE_LIMIT = 3, 2, 0.2


def load(office, path):
    document = office.open(path, FilterName="Text - txt - csv (StarCalc)", FilterOptions="44,34,76,1,,1033,false,true")
    sheet = document.Sheets[0]
    sheet.Name = "Data"
    formats = document.NumberFormats
    for column in ("opened", "closed"):
        sheet.Columns[DEALS.index(column)].NumberFormat = formats.getStandardFormat(DATE, document.CharLocale)
    return document


class KpiSheet:
    """What the extension makes, by its job."""

    def __init__(self, office, path, **more):
        self.document = load(office, path)
        wishes = {"Document": self.document, "Source": "Data.A1", "Template": "sales-scorecard", "KPIs": KPIS, "Unit": "month",
                  "Periods": MONTHS, "Won": ("Won",), "Lost": ("Lost",)} | more
        start = time.perf_counter()
        office.service("org.calckpi.Sheets").execute(tuple(NamedValue(name, value) for name, value in wishes.items()))
        self.document.calculate()
        self.seconds_to_insert = time.perf_counter() - start
        self.sheet = self.document.Sheets.getByName("KPIs")
        self.arrays = self.live_arrays()

    def live_arrays(self):
        """The array formulas of the sheet of data, each with its size."""
        sheet = self.document.Sheets.getByName("KPI data")
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        formulas = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getFormulaArray()
        arrays, seen = [], set()
        for row, texts in enumerate(formulas):
            for column, text in enumerate(texts):
                if not text.startswith("{=ORG.CALCKPI") or (column, row) in seen:
                    continue
                found = sheet.createCursorByRange(sheet.getCellByPosition(column, row))
                found.collapseToCurrentArray()
                area = found.RangeAddress
                seen |= {(x, y) for x in range(area.StartColumn, area.EndColumn + 1) for y in range(area.StartRow, area.EndRow + 1)}
                arrays.append((text[1:-1], area.EndColumn - area.StartColumn, area.EndRow - area.StartRow))
        return arrays

    def seconds_of_arrays(self):
        """How long it takes to compute the live arrays alone. They refer to cells beside them, so they are entered where they stand."""
        sheet = self.document.Sheets.getByName("KPI data")
        start = time.perf_counter()
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        cell = self.document.Sheets[0].getCellByPosition(DEALS.index("amount"), 1)
        cell.Value += 1  # all of them are computed again
        end = cursor.RangeAddress
        sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray()
        return time.perf_counter() - start

    def won(self):
        """The deals won of each month, from the trend."""
        for row in range(200):
            cells = self.sheet.getCellRangeByPosition(0, row, 40, row).getDataArray()[0]
            if cells[0] == WON_ROW and sum(isinstance(value, float) for value in cells[1:]) >= MONTHS:
                return [value for value in cells[1:] if isinstance(value, float)][:MONTHS]
        raise RuntimeError("the sheet has no trend of the deals won")

    def segments(self):
        """Won, lost and won value of each segment shown, by its name."""
        rows = self.sheet.getCellRangeByPosition(0, 0, 8, 200).getDataArray()
        found = {}
        for top in (row for row, cells in enumerate(rows) if cells[0] in SEGMENTS):
            found |= {cells[0]: (cells[2], cells[3], cells[7]) for cells in rows[top + 1:top + 1 + SEGMENTS_SHOWN] if cells[2] != ""}
        return found

    def months(self):
        """The first days of the months of the trend, and of the month after."""
        for row in range(200):
            cells = self.sheet.getCellRangeByPosition(0, row, 40, row).getDataArray()[0]
            days = [value for value in cells[1:] if isinstance(value, float) and 40_000 < value < 60_000]
            if len(days) >= MONTHS:
                days = days[:MONTHS]
                return [*days, days[-1] + 31]
        raise RuntimeError("the sheet has no trend")

    def year_shown(self):
        """The first day of the year up to the period shown, and the day after its last, from the sheet of data."""
        dates = dict(self.document.Sheets.getByName("KPI data").getCellRangeByName("A1:B20").getDataArray())
        return dates["Segments count from"], dates["Its last day"] + 1


class Cells:
    """The same figures as a user builds them: a row for each month, and a helper column for the days from opening to closing; and a
    row for each segment, if there are days to count them in."""

    def __init__(self, office, path, first_months, counted_in=None):
        self.document = load(office, path)
        data, count = self.document.Sheets[0], ROWS + 1
        columns = {header: f"$Data.${letter}$2:${letter}${count}" for header, letter in zip(DEALS, "ABCDEFG", strict=True)}
        data.getCellRangeByName("H2").Formula = '=IF(AND(D2="Won";G2<>"");G2-F2;"")'
        data.getCellRangeByName(f"H2:H{count}").fillAuto(TO_BOTTOM, 1)
        columns["days"] = f"$Data.$H$2:$H${count}"
        self.document.Sheets.insertNewByName("Cells", 1)
        self.sheet = self.document.Sheets[1]
        opened = '{opened};">="&$A2;{opened};"<"&$B2'.format(**columns)
        closed = '{closed};">="&$A2;{closed};"<"&$B2'.format(**columns)
        won, lost = (f'{columns["stage"]};"{state}"' for state in ("Won", "Lost"))
        amount = columns["amount"]
        before, gone = f'{columns["opened"]};"<"&$B2', f'{columns["closed"]};"<"&$B2;{columns["closed"]};">0"'
        formulas = (
            f"=COUNTIFS({opened})", f"=COUNTIFS({closed};{won})", f"=COUNTIFS({closed};{lost})",
            f"=COUNTIFS({before})-COUNTIFS({gone};{won})-COUNTIFS({gone};{lost})",
            f"=SUMIFS({amount};{before})-SUMIFS({amount};{gone};{won})-SUMIFS({amount};{gone};{lost})",
            f"=COUNTIFS({opened};{won})/C2", "=D2/(D2+E2)",
            "=(2*D2+1.959963984540054^2-1.959963984540054*SQRT(1.959963984540054^2+4*D2*E2/(D2+E2)))/(2*(D2+E2+1.959963984540054^2))",
            f"=SUMIFS({amount};{closed};{won})", f"=AVERAGEIFS({amount};{closed};{won})", f"=AVERAGEIFS({columns['days']};{closed};{won})",
            "=F2*L2*I2/M2")
        self.rows = len(first_months) - 1
        spans = list(zip(first_months, first_months[1:], strict=False))
        # What the sheet compares with: the same days of the month before and of last year, and both years to date.
        last, year = first_months[-2], 365
        spans += [(first_months[-3], first_months[-3] + 28), (last - year, last - year + 28), (last - 300, last + 28),
                  (last - 300 - year, last + 28 - year)]
        rows = len(spans)
        self.sheet.getCellRangeByPosition(0, 1, 1, rows).setDataArray(tuple(spans))
        for column, formula in enumerate(formulas):
            self.sheet.getCellByPosition(2 + column, 1).Formula = formula
        self.sheet.getCellRangeByPosition(2, 1, 1 + len(formulas), rows).fillAuto(TO_BOTTOM, 1)
        self.names = []
        if counted_in is not None:
            self.write_segments(columns, counted_in)

    def write_segments(self, columns, counted_in):
        """In the order of their names: that by deals would need sorting, as the median of days needs an array formula."""
        self.document.Sheets.insertNewByName("Segments", 2)
        self.tables = self.document.Sheets[2]
        self.tables.getCellRangeByName("A1:B1").setDataArray((tuple(counted_in),))
        wilson = "(2*C{row}+1.959963984540054^2{sign}1.959963984540054*SQRT(1.959963984540054^2+4*C{row}*D{row}/(C{row}+D{row})))" \
                 "/(2*(C{row}+D{row}+1.959963984540054^2))"
        for header, names in SEGMENTS.items():
            first = len(self.names) + 2
            for name in ("*", *names[:SEGMENTS_SHOWN - 1]):
                row = len(self.names) + 2
                window = (f'{columns["closed"]};">="&$A$1;{columns["closed"]};"<"&$B$1;{columns[header]};$A{row};'
                          f'{columns["stage"]};')
                formulas = (f'=COUNTIFS({window}"Won")', f'=COUNTIFS({window}"Lost")', f"=C{row}/(C{row}+D{row})",
                            "=" + wilson.format(row=row, sign="-"), "=" + wilson.format(row=row, sign="+"),
                            f'=SUMIFS({columns["amount"]};{window}"Won")', f"=H{row}/H${first}", f"=H{row}/C{row}")
                self.tables.getCellByPosition(0, row - 1).String = name
                for column, formula in enumerate(formulas):
                    self.tables.getCellByPosition(2 + column, row - 1).Formula = formula
                self.names.append(name)

    def won(self):
        return [row[0] for row in self.sheet.getCellRangeByPosition(3, 1, 3, self.rows).getDataArray()]

    def segments(self):
        rows = self.tables.getCellRangeByPosition(0, 1, 7, len(self.names)).getDataArray()
        return {row[0]: (row[2], row[3], row[7]) for row in rows}


class Side:
    """One of the two documents, with its data as `move_a_deal` wants it."""

    def __init__(self, made):
        self.made = made
        self.data = made.document.Sheets[0]
        self.change = move_a_deal(self)
        self.seconds = []

    def turn(self, number):
        start = time.perf_counter()
        self.change(number)
        self.made.document.calculate()
        shown = self.made.won()
        self.seconds.append(time.perf_counter() - start)
        return shown


def take_turns(sides, same):
    """The median seconds of each side; each turn shows the same on all, and the turns not always the same."""
    shown_before = []
    for number in range(TURNS + 1):
        shown = [side.turn(number) for side in sides]
        require(all(other == shown[0] for other in shown), f"a changed deal shows {shown}")
        same()
        shown_before.append(shown[0])
    require(any(one != other for one, other in zip(shown_before, shown_before[1:], strict=False)), "no turn shows a change")
    return [statistics.median(side.seconds[1:]) for side in sides]


def compare(kpi_sheet, cells):
    """How many times as long a changed deal takes on the sheet as in the cells, and both in words."""
    def same():
        if not cells.names:
            return
        ours, theirs = kpi_sheet.segments(), cells.segments()
        shared = ours.keys() & theirs.keys()
        require(len(shared) > SEGMENTS_SHOWN, f"of the segments only {shared} are on both")
        require(all(ours[name] == theirs[name] for name in shared), f"the segments are {ours} and {theirs}")

    changed, compared = take_turns([Side(kpi_sheet), Side(cells)], same)
    return changed / compared, f"{changed * 1000:.0f} ms of {compared * 1000:.0f} ms"


def line(name, ratio, detail, limit=CHANGE_LIMIT):
    print(f"  {name:<58} {ratio:>9.2f} {'<= ' + format(limit, '.2f'):>9} {'yes' if ratio <= limit else 'NO':>5}  {detail}")


def main():
    with tempfile.TemporaryDirectory() as folder, Office() as office:
        office.install(os.environ["CALCKPI_OXT"])
        path = os.path.join(folder, "deals.csv")
        write_deals(path)
        print(f"\nA KPI sheet over {ROWS:,} deals, {len(KPIS)} KPIs by {MONTHS} months")
        print(f"  {'name':<58} {'ratio':>9} {'target':>9} {'met?':>5}")
        kpi_sheet = KpiSheet(office, path, Sections=())
        cells = Cells(office, path, kpi_sheet.months())
        line("one changed deal, against COUNTIFS and SUMIFS cells", *compare(kpi_sheet, cells))
        for made in (kpi_sheet, cells):
            made.document.close(True)
        kpi_sheet = KpiSheet(office, path)
        cells = Cells(office, path, kpi_sheet.months(), kpi_sheet.year_shown())
        line("the same, with the tables below the KPIs", *compare(kpi_sheet, cells))
        arrays = statistics.median(kpi_sheet.seconds_of_arrays() for _ in range(TURNS))
        inserted = kpi_sheet.seconds_to_insert
        line("insert, against computing its arrays, 2 s taken off", max(0, inserted - SECONDS_ALLOWED) / arrays,
             f"{inserted * 1000:.0f} ms, {len(kpi_sheet.arrays)} arrays {arrays * 1000:.0f} ms", INSERT_LIMIT)
        for made in (kpi_sheet, cells):
            made.document.close(True)


if __name__ == "__main__":
    main()
