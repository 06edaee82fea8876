"""KPI sheets in a document, for tests: deals made by dice with what their KPIs are, told row by row, and the job that writes sheets.

tests/office/probe/sheets.cpp is that job: it inserts and updates as the panel does.
"""
import copy
import datetime
import random
import statistics

import bed
from com.sun.star.beans import NamedValue

DAY_ZERO = datetime.date(1899, 12, 30)
DASH = "\u2013"
VALUE, TARGET, MARK, BEFORE, LAST_YEAR, SO_FAR, SO_FAR_LAST = 2, 3, 5, 6, 8, 10, 11


def number_of(date):
    return (date - DAY_ZERO).days


def month(day, shift=0):
    """The first day of the month of a day, some months on."""
    date = DAY_ZERO + datetime.timedelta(days=day)
    months = date.year * 12 + date.month - 1 + shift
    return number_of(datetime.date(months // 12, months % 12 + 1, 1))


def year(day):
    return number_of(datetime.date((DAY_ZERO + datetime.timedelta(days=day)).year, 1, 1))


class Deals:
    """Deals of two and a half years that end on the 19th of a month, and what the KPIs of a period are, told row by row."""

    headers = ("Deal", "Owner", "Product", "Stage", "Amount", "Created", "Closed")

    def __init__(self, seed):
        dice = random.Random(seed)
        self.as_of = number_of(datetime.date(2026, 11, 19))
        self.rows = []
        for number in range(420):
            opened = self.as_of - dice.randrange(900)
            closed = opened + dice.randrange(120)
            stage = dice.choice(("Won", "Lost", "Lost", "Demo"))
            if stage == "Demo" or closed > self.as_of:
                stage, closed = "Demo", ""
            amount = "" if dice.random() < 0.1 else round(dice.uniform(50, 9000), 2)
            self.rows.append((f"D-{number:03}", dice.choice(("Ana", "Ben", "\u00c9mile")), dice.choice(("Basic", "Pro")), stage, amount,
                              opened, closed))
        self.rows[0] = ("D-000", "Ana", "Basic", "Won", 1234.56, self.as_of - 3, self.as_of)

    def seen_on(self, day):
        """What was known of them at the end of a day, the oldest first."""
        seen = copy.copy(self)
        rows = sorted((row for row in self.rows if row[5] <= day), key=lambda row: row[5])
        seen.rows = [row if row[6] == "" or row[6] <= day else (*row[:3], "Demo", row[4], row[5], "") for row in rows]
        seen.as_of = max(date for row in seen.rows for date in row[5:] if date != "")
        return seen

    def figures(self, start, end, until):
        """Of the days from start to end, as seen at the end of the day `until`; `end` is the last day."""
        seen = [row for row in self.rows if row[5] <= until]
        closed = [row for row in seen if row[6] != "" and start <= row[6] <= min(end, until)]
        won = [row for row in closed if row[3] == "Won"]
        created = [row for row in seen if start <= row[5] <= end]
        at = min(end, until)
        still_open = [row for row in seen if row[5] <= at and (row[6] == "" or row[6] > at)]
        amounts = [row[4] for row in won if row[4] != ""]
        pipeline = [row[4] for row in still_open if row[4] != ""]
        cycles = [row[6] - row[5] for row in won]
        of_created = [row for row in created if row[3] == "Won" and row[6] <= until]
        closed_value = sum(row[4] for row in closed if row[4] != "")
        return {
            "Sales cycle, median": statistics.median(cycles) if cycles else DASH,
            "Sales cycle, mean": statistics.mean(cycles) if cycles else DASH,
            "Pipeline value": sum(pipeline) if pipeline else DASH,
            "Deals open": len(still_open),
            "Close ratio": len(of_created) / len(created) if created else "#DIV/0!",
            "Win rate": len(won) / len(closed) if closed else "#DIV/0!",
            "Win rate by value": None if not closed_value else sum(amounts) / closed_value if amounts or not won else DASH,
            "Deals won": len(won),
            "Deals lost": len(closed) - len(won),
            "Deals created": len(created),
            "Won value": sum(amounts) if amounts or not won else DASH,
            "Average sale": statistics.mean(amounts) if amounts else DASH,
        }

    def scorecard(self, shown):
        """{column: {KPI: value}} of the period that begins on a day."""
        def end(start):
            return month(start, 1) - 1
        counted = min(end(shown), self.as_of)
        seen = self.as_of - counted
        before, last_year = month(shown, -1), month(shown, -12)
        running = end(shown) > self.as_of

        def counted_in(start):
            return min(end(start), start + counted - shown) if running else end(start)

        so_far = self.figures(year(shown), end(shown), counted)
        so_far_last = self.figures(year(last_year), counted_in(last_year), counted_in(last_year))
        return {VALUE: self.figures(shown, end(shown), self.as_of),
                BEFORE: self.figures(before, end(before), counted_in(before) + seen),
                LAST_YEAR: self.figures(last_year, end(last_year), counted_in(last_year) + seen),
                SO_FAR: so_far, SO_FAR_LAST: so_far_last}


class KpiTest(bed.CalcTest):
    extensions = (bed.OXT, bed.PROBE_OXT)

    def setUp(self):
        # Undoing the insertion of a sheet needs a view: without one Calc 7.4 breaks down.
        self.document = self.office.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
        self.addCleanup(self.close)

    def put_deals(self, deals):
        sheet = self.document.Sheets[0]
        sheet.Name = "Deals"
        rows = (deals.headers, *deals.rows)
        cells = sheet.getCellRangeByPosition(0, 0, len(deals.headers) - 1, len(rows) - 1)
        cells.setDataArray(rows)
        for column in (5, 6):
            sheet.Columns[column].NumberFormat = 36  # a date
        return f"Deals.A1:G{len(rows)}"

    def insert(self, template, ranges, language="en", unit="month"):
        job = self.office.service("org.calckpi.test.Sheets")
        values = {"Document": self.document, "Do": "insertKpiSheet", "Settings": "\n".join((template, unit, *ranges)), "Language": language}
        return job.execute(tuple(NamedValue(name, value) for name, value in values.items()))

    def update(self, cell="A1", sheet="KPIs", changes=(), language="en", **more):
        """What the job answers: the table's cells, or a sentence why nothing is written."""
        values = {"Document": self.document, "Do": "updateKpiSheet", "Settings": "\n".join(changes), "Language": language,
                  "Target": self.document.Sheets.getByName(sheet).getCellRangeByName(cell), **more}
        job = self.office.service("org.calckpi.test.Sheets")
        return job.execute(tuple(NamedValue(name, value) for name, value in values.items()))

    def rows_of(self, sheet, title):
        """{label: row} of the block with a title: from two rows below it to the next empty one."""
        row = next(row for row in range(300) if sheet.getCellByPosition(0, row).String == title) + 2
        rows = {}
        while label := sheet.getCellByPosition(0, row).String:
            rows[label] = row
            row += 1
        return rows

    def assert_cell(self, cell, expected, message):
        if expected is None:
            return
        if isinstance(expected, str):
            self.assertEqual(cell.String, expected, message)
        else:
            self.assert_shows(cell, expected, message)

    def assert_scorecard(self, sheet, deals, shown):
        rows = self.rows_of(sheet, "Scorecard")
        for column, figures in deals.scorecard(shown).items():
            for label, expected in figures.items():
                self.assert_cell(sheet.getCellByPosition(column, rows[label]), expected, f"{label}, column {column}, {shown}")
