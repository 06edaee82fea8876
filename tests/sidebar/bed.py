"""The bed of the sidebar tests: a desk, a Calc, a workbook, and the proof that nothing else of it has changed."""
import datetime
import time
import unittest

import uno
from com.sun.star.sheet.GeneralFunction import SUM  # noqa: F401

from calc import Calc, Grid
from desk import PATIENCE, Desk, wait_until
from saved import parts_of

FIRST_DAY = datetime.date(1899, 12, 30)  # Calc counts dates from here

DEAL_HEADERS = ["Deal ID", "Owner", "Channel", "Stage", "Amount", "Created"]
STAGES = ["Lead", "Qualified", "Proposal", "Won"]
# One deal after the other stands at these: 8 leads, 5 qualified, 4 proposals, 7 won, 6 lost.
STANDS_AT = (["Lead"] * 8 + ["Qualified"] * 5 + ["Proposal"] * 4 + ["Won"] * 7 + ["Lost"] * 6)
OWNERS = ["Ana", "Ben", "Chloe"]
CHANNELS = ["Web", "Phone"]

# Entries of the panel's menus, as the panel offers them in English.
SHAPES = ["a stage, its count", "a deal, its stage", "a deal, its dates", "an event", "counts of all stages"]
PLACES = ["on a new sheet", "at a cell"]
MILLION = 1 << 20  # the rows of a sheet
PREVIEW_HEADINGS = ["Preview", "Aper\u00E7u", "Previzualizare"]
OUTCOMES = ["a step", "won", "lost"]


def day(year, month, number):
    return (datetime.date(year, month, number) - FIRST_DAY).days


def deals(count=60):
    """Deals in no special order: 7 and 30 have no common divisor, so all of STANDS_AT comes up."""
    rows = [DEAL_HEADERS]
    for number in range(count):
        rows.append([f"D-{number + 1:04}", OWNERS[number % 3], CHANNELS[number % 2], STANDS_AT[number * 7 % 30], 1000.0 + 50 * number,
                     float(day(2025, 1, 6) + number)])
    return rows


def splits_of(rows):
    """What "Split by" offers: no column in which almost every row has a value of its own (of long tables; in short ones owners may)."""
    def splits(column):
        cells = [row[column] for row in rows[1:1001] if row[column] != ""]
        return 10 * len(set(cells)) <= 9 * len(cells)
    return ["(none)", *(header for column, header in enumerate(rows[0]) if splits(column))]


def stage_funnel(rows, stages, stage_column=3):
    """How many deals reached each stage, counted again and apart from the product: a deal reached its stage and all before it; a lost
    deal, of which nobody knows how far it came, only the first."""
    counts = [0] * len(stages)
    for row in rows[1:]:
        reached = stages.index(row[stage_column]) if row[stage_column] in stages else 0 if row[stage_column] == "Lost" else -1
        for place in range(reached + 1):
            counts[place] += 1
    return counts


def shown_share(part, whole):
    share = 100 * part / whole
    if part == 0 or share < 9.95:
        return f"{share:.1f}%"
    return f"{int(share + 0.5)}%"  # halves are rounded up


def preview_of(stages, counts):
    """The rows that the preview must show for these counts."""
    rows = []
    for place, (stage, count) in enumerate(zip(stages, counts)):
        rows.append([stage, f"{count:,}", shown_share(count, counts[place - 1]) if place else "", shown_share(count, counts[0])])
    return rows


SPLITS = splits_of(deals())  # of the deals

EVENTS = [["Who", "Event", "When"]] + [
    [f"U-{user:03}", event, float(day(2025, 2, 3) + user + 2 * step)]
    for user in range(40) for step, event in enumerate(["Visit", "Signup", "Trial", "Purchase"]) if user % (step + 1) == 0]

DATES = [["Deal", "Lead date", "Qualified date", "Proposal date", "Won date"]] + [
    [f"E-{number:03}"] + [float(day(2025, 3, 3) + number + 5 * step) if step <= number % 4 else "" for step in range(4)]
    for number in range(24)]

COUNTS = [["Stage", "Count"], ["Visits", 12000.0], ["Leads", 900.0], ["Trials", 240.0], ["Customers", 60.0]]


class SidebarTest(unittest.TestCase):
    """One office for all scenarios of a class; each has a workbook of its own, with the panel open."""

    language = "en-US"
    locale = "en-US"
    environment = {}
    settings = ""  # of the office: items of its registrymodifications.xcu
    screen = (1600, 1000)
    mirrored = False
    changed = ()  # what a scenario itself changes in the document: parts that are not compared
    maxDiff = None
    parts_of = staticmethod(parts_of)

    @classmethod
    def setUpClass(cls):
        cls.desk = cls.enterClassContext(Desk(*cls.screen))
        cls.calc = cls.enterClassContext(Calc(cls.desk, cls.language, cls.locale, cls.environment, cls.settings))

    def run(self, result=None):
        self.result = result or self.defaultTestResult()
        return super().run(self.result)

    def setUp(self):
        self.document = self.workbook()
        self.addCleanup(self.close)
        self.before = self.parts_of(self.document)
        self.panel = self.calc.show_panel(self.document, self.mirrored)
        self.wait_for_panel()
        self.grid = Grid(self.desk, self.document.CurrentController)

    def wait_for_panel(self):
        self.wait(lambda: any(len(self.panel.preview(heading)) > 1 for heading in PREVIEW_HEADINGS),
                  lambda: f"the panel shows the deals, not {self.panel.texts()}")

    def close(self):
        if self.document is not None:
            self.calc.on_main_thread(lambda: self.document.close(True))

    def tearDown(self):
        if any(test is self for test, _ in [*self.result.failures, *self.result.errors]):
            self.desk.picture("failed/" + self.id().split(".")[-1])
        self.assertTrue(self.calc.office.alive, "the office is gone")
        if any(test is self for test, _ in [*self.result.failures, *self.result.errors]):
            return
        if self.document is not None:
            self.assert_unchanged()

    def assert_unchanged(self):
        """Every sheet, name and database range that was there at the start is there as it was."""
        after = self.parts_of(self.document)
        for part, content in self.before.items():
            if part not in self.changed:
                self.assertEqual(after.get(part), content, f"{part} has changed")

    def workbook(self):
        """Deals, Events, Dates, Counts, and a sheet of the user's own with formulas."""
        document = self.calc.new()
        sheets = document.Sheets
        sheets.getByIndex(0).Name = "Deals"
        self.write(document, "Deals", deals(), dates=(5,))
        for name, rows, dates in (("Events", EVENTS, (2,)), ("Dates", DATES, (1, 2, 3, 4)), ("Counts", COUNTS, ())):
            sheets.insertNewByName(name, sheets.Count)
            self.write(document, name, rows, dates=dates)
        sheets.insertNewByName("Mine", sheets.Count)
        mine = sheets.getByName("Mine")
        mine.getCellRangeByName("A1").String = "my own notes"
        mine.getCellRangeByName("B2").Formula = "=SUM($Deals.$E$2:$E$61)"
        mine.getCellRangeByName("B2").CellBackColor = 0xFFEEAA
        self.name_range(document, "AllDeals", "Deals", "A1:F61")
        document.DatabaseRanges.addNewByName("CountsRange", sheets.getByName("Counts").getCellRangeByName("A1:B5").RangeAddress)
        document.UndoManager.clear()
        document.Modified = False
        return document

    @staticmethod
    def write(document, name, rows, dates=()):
        sheet = document.Sheets.getByName(name)
        key = document.NumberFormats.queryKey("YYYY-MM-DD", uno.createUnoStruct("com.sun.star.lang.Locale"), False)
        if key < 0:
            key = document.NumberFormats.addNew("YYYY-MM-DD", uno.createUnoStruct("com.sun.star.lang.Locale"))
        for column in dates:
            sheet.getCellRangeByPosition(column, 1, column, len(rows) - 1).NumberFormat = key
        # The cells last: a panel that is open already would take the numbers for no dates.
        sheet.getCellRangeByPosition(0, 0, len(rows[0]) - 1, len(rows) - 1).setDataArray(tuple(tuple(row) for row in rows))

    @staticmethod
    def name_range(document, name, sheet, address):
        cells = document.Sheets.getByName(sheet).getCellRangeByName(address)
        document.NamedRanges.addNewByName(name, cells.AbsoluteName, uno.createUnoStruct("com.sun.star.table.CellAddress"), 0)

    # What is often looked at
    def source(self):
        return self.panel.edit().text

    def stage_names(self):
        """The stage list without numbers and counts."""
        return [line.split(" ", 1)[1].split(" \u2013 ")[0] for line in self.panel.stages()]

    def wait_for_preview(self, stages, counts):
        expected = preview_of(stages, counts)
        found = []

        def same():
            found[:] = self.panel.preview()[1:]
            return found == expected

        self.wait(same, lambda: f"the preview shows {expected}, not {found}")

    @staticmethod
    def wait(condition, what, seconds=PATIENCE):
        return wait_until(condition, what, seconds)

    def show_sheet(self, name):
        """As a click on the sheet's tab does."""
        controller = self.document.CurrentController
        self.calc.on_main_thread(lambda: controller.setActiveSheet(self.document.Sheets.getByName(name)))
        time.sleep(0.5)  # until its cells are drawn: where they are is not known earlier


def main():
    unittest.main(verbosity=2)
