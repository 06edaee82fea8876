#!/usr/bin/env python3
"""An export as a CRM writes it, pasted into a sheet: its blank row, its texts that are money, its two spellings of one stage, and
help, by pointer and keys."""
import csv
import datetime
import os
import pathlib
import unittest

import bed
from bed import SidebarTest

EXPORT = pathlib.Path(os.environ["CALCKPI_SOURCE"]) / "tests" / "data" / "exports" / "salesforce.csv"
CONVERT, ALL, EACH, ADD = "Convert in place", "Convert all", "One by one", "Add them to the data"


def cells_of(path):
    """The fields, those that are numbers as such; all rows as wide as the widest."""
    with open(path, encoding="utf-8") as file:
        rows = list(csv.reader(file))
    wide = max(map(len, rows))
    return [[float(field) if field.isdigit() else field for field in row + [""] * (wide - len(row))] for row in rows]


CELLS = cells_of(EXPORT)
HEADER = next(place for place, row in enumerate(CELLS) if "Stage" in row)
STAGE, AMOUNT = CELLS[HEADER].index("Stage"), CELLS[HEADER].index("Amount")
DATA = [row for row in CELLS[HEADER + 1:] if row[STAGE]]  # without blank rows, totals and footers
BLANK = next(place for place, row in enumerate(CELLS) if place > HEADER and not any(row))
FIRST = [row for row in CELLS[HEADER + 1:BLANK]]  # the rows before the first blank one
WON = ("Closed Won", "closed-won")


def money(text):
    return float(text.replace("$", "").replace(",", ""))


def percent(text):
    return round(float(text.removesuffix("%")) / 100, 12)


def day(text):
    return float((datetime.datetime.strptime(text, "%m/%d/%Y").date() - bed.FIRST_DAY).days)


# How the texts of a column are to be read, told apart from the product.
READ = {"Amount": money, "Expected Revenue": money, "Probability (%)": percent, "Close Date": day, "Created Date": day}


class ExportTest(SidebarTest):
    changed = ("sheet Report",)

    def workbook(self):
        document = self.calc.new()
        sheet = document.Sheets.getByIndex(0)
        sheet.Name = "Report"
        block = sheet.getCellRangeByPosition(0, 0, len(CELLS[0]) - 1, len(CELLS) - 1)
        block.NumberFormat = document.NumberFormats.queryKey("@", bed.uno.createUnoStruct("com.sun.star.lang.Locale"), False)
        sheet.getCellRangeByPosition(8, 0, 8, len(CELLS) - 1).NumberFormat = 0  # the days are numbers
        block.setDataArray(tuple(tuple(row) for row in CELLS))
        document.UndoManager.clear()
        document.Modified = False
        return document

    def setUp(self):
        super().setUp()
        self.grid.click(f"B{HEADER + 3}")

    def wait_for_panel(self):
        self.wait(lambda: self.panel.has("Data"), self.panel.texts)

    def shows(self, rows):
        self.wait(lambda: self.panel.says(f"{len(rows)} rows"), self.panel.texts)

    def steps(self):
        return self.document.UndoManager.getAllUndoActionTitles()

    def amounts(self, rows):
        return self.column("Amount", rows)

    def column(self, header, rows):
        sheet, column = self.document.Sheets.getByName("Report"), CELLS[HEADER].index(header)
        cells = [row[0] for row in sheet.getCellRangeByPosition(column, HEADER + 1, column, HEADER + rows).getDataArray()]
        return [round(cell, 12) if isinstance(cell, float) else cell for cell in cells]

    def says_texts(self, rows):
        first = f"{'ABCDEFGHIJKLMN'[AMOUNT]}{HEADER + 2}"
        return f"Amount is text in {rows} rows, first {first}"

    def converts(self, press):
        """What converting one column does, and its one Undo, however the buttons are pressed."""
        texts = [row[AMOUNT] for row in FIRST]
        self.wait(lambda: self.panel.says(self.says_texts(len(FIRST))), self.panel.texts)
        self.assertEqual(self.panel.clipped(), [])
        press(EACH)
        self.wait(lambda: self.panel.has(CONVERT), self.panel.texts)
        self.assertEqual(self.panel.clipped(), [])
        press(CONVERT)
        self.wait(lambda: self.amounts(len(FIRST)) == [money(text) for text in texts], lambda: self.amounts(len(FIRST)))
        self.wait(lambda: self.panel.says(f"{len(FIRST)} cells were converted"), self.panel.texts)
        self.assertEqual(len(self.steps()), 1, self.steps())
        self.wait(lambda: not self.panel.says("Amount is text"), self.panel.texts)

    def converts_all(self, press):
        """The same of all columns at once."""
        self.wait(lambda: self.panel.says(f"{len(READ) - 1} more columns to convert"), self.panel.texts)
        press(ALL)
        for header, read in READ.items():
            expected = [read(row[CELLS[HEADER].index(header)]) for row in FIRST]
            self.wait(lambda: self.column(header, len(FIRST)) == expected, lambda: (header, self.column(header, len(FIRST)), expected))
        self.wait(lambda: self.panel.says(f"{len(FIRST) * len(READ)} cells were converted"), self.panel.texts)
        self.assertEqual(self.steps(), (f"Convert {len(READ)} columns",))
        self.wait(lambda: not self.panel.has(ALL), self.panel.texts)

    def adds(self, press):
        """The rows after the empty one, and what is said of the stages that are written in two ways."""
        press(ADD)
        won = sum(row[STAGE] in WON for row in DATA)
        self.wait(lambda: not self.panel.has(ADD), self.panel.texts)
        self.wait(lambda: any(line.endswith(f"Closed Won \u2013 {won} (won)") for line in self.panel.stages()), self.panel.stages)
        self.assertFalse([line for line in self.panel.stages() if "closed-won" in line], self.panel.stages())
        others = sum(row[STAGE] == WON[1] for row in DATA)
        self.wait(lambda: self.panel.says(f"{others} row") and self.panel.says("with another spelling"), self.panel.texts)
        rows = self.panel.preview()[1:]
        self.assertEqual(rows[-1][:2], ["Closed Won", str(won)])
        self.assertEqual(rows[0][1], str(len(DATA)))

    def undone(self):
        self.calc.dispatch(self.document, ".uno:Undo")
        self.wait(lambda: self.amounts(len(FIRST)) == [row[AMOUNT] for row in FIRST], lambda: self.amounts(len(FIRST)))
        self.wait(lambda: self.panel.says(self.says_texts(len(FIRST))), self.panel.texts)


class Pointer(ExportTest):
    def press(self, name):
        self.panel.click(self.panel.button(name))

    def test_texts_that_are_money_are_converted_and_one_undo_brings_them_back(self):
        self.shows(FIRST)
        self.desk.picture("export-texts")
        self.converts(self.press)
        self.desk.picture("export-converted")
        self.undone()

    def test_all_columns_are_converted_at_once_and_one_undo_brings_them_back(self):
        self.shows(FIRST)
        self.converts_all(self.press)
        self.desk.picture("export-all-converted")
        self.undone()

    def test_rows_after_an_empty_row_and_two_spellings_of_a_stage(self):
        self.shows(FIRST)
        more = len(DATA) - len(FIRST)
        self.wait(lambda: self.panel.says(f"{more} more rows after an empty row are not counted"), self.panel.texts)
        self.assertEqual(self.panel.clipped(), [])
        self.desk.picture("export-blank-rows")
        self.adds(self.press)
        self.desk.picture("export-merged")

    def test_the_reference(self):
        """It opens in Writer; an office without Writer is told so, and not asked for a filter."""
        known = self.components()
        self.panel.click(self.panel.button("Reference"))
        self.wait(lambda: self.components() > known or self.panel.says("This office cannot show web pages"), self.panel.texts)

    def components(self):
        enumeration, count = self.calc.office.desktop.Components.createEnumeration(), 0
        while enumeration.hasMoreElements():
            enumeration.nextElement()
            count += 1
        return count


class Keys(ExportTest):
    def menus(self):
        return self.desk.windows(["--class", "soffice"])

    def focused(self):
        return next((element for element in self.panel.elements() if element.focused), None)

    def press(self, name, key="Return"):
        """Tab goes to a control by its name, and a key presses it."""
        self.calc.dispatch(self.document, "vnd.org.calckpi:ShowFunnel")
        for _ in range(40):
            focused = self.wait(self.focused, "a control has the focus")
            if focused.name == name:
                return self.desk.keys(key)
            self.desk.keys("Tab")
            self.wait(lambda: self.focused() and self.focused().number != focused.number, "Tab goes on")
        return self.fail(f"Tab does not reach {name}")

    def test_convert(self):
        self.converts(self.press)
        self.undone()

    def test_convert_all(self):
        self.converts_all(self.press)
        self.undone()

    def test_rows_after_an_empty_row_and_two_spellings_of_a_stage(self):
        self.shows(FIRST)
        self.adds(lambda name: self.press(name, "space"))
        self.press("\u25B8 Details")
        self.wait(lambda: self.panel.says("Found in the data"), self.panel.texts)
        self.wait(lambda: any("with another spelling counts as Closed Won" in text for text in self.panel.texts()), self.panel.texts)

    def test_the_reference(self):
        known = Pointer.components(self)
        self.press("Reference")
        self.wait(lambda: Pointer.components(self) > known or self.panel.says("This office cannot show web pages"), self.panel.texts)

    def test_a_sample(self):
        known, menus = Pointer.components(self), self.menus()
        self.press("\u25BE Samples", "space")
        self.wait(lambda: len(self.menus()) > len(menus), "the menu is open")
        self.desk.keys("Down", "Return")
        self.wait(lambda: Pointer.components(self) > known, "a sample is opened")
        enumeration = self.calc.office.desktop.Components.createEnumeration()
        while enumeration.hasMoreElements():
            document = enumeration.nextElement()
            if document.URL == "" and document != self.document and document.Sheets.ElementNames[0] != "Report":
                self.calc.on_main_thread(lambda: document.close(True))


# The whole exports stand beside the project, and not in it.
WHOLE = pathlib.Path(os.environ["CALCKPI_SOURCE"]).parent / "shared" / "data" / "exports"
CSV = "Text - txt - csv (StarCalc)"


@unittest.skipUnless((WHOLE / "wide.xlsx").exists(), f"absent: there is no folder of whole exports in {'/'.join(WHOLE.parts[-3:])}")
class Whole(SidebarTest):
    """Each export, opened as Calc opens it by default: what its README says must come out, reads the panel."""

    separators = {"pipedrive": ";"}

    def workbook(self):
        name = self._testMethodName.split("_")[1]
        if name == "wide":
            return self.calc.open(WHOLE / "wide.xlsx")
        separator = ord(self.separators.get(name, ","))
        return self.calc.open(WHOLE / f"{name}.csv", FilterName=CSV, FilterOptions=f"{separator},34,76,1,,1033,false,false")

    def wait_for_panel(self):
        self.wait(lambda: self.panel.texts(), "the panel says something")

    def setUp(self):
        super().setUp()
        self.grid.click("B9")
        self.wait(lambda: self.panel.has("Data"), self.panel.texts)

    def stage(self, name):
        """What the list of stages says of one: "55 (won)"."""
        return next((line.split(" \u2013 ")[1] for line in self.panel.stages() if line.split(" ", 1)[1].startswith(name + " \u2013 ")), "")

    def test_hubspot(self):
        self.wait(lambda: self.panel.says("240 rows"), self.panel.texts)
        self.wait(lambda: self.stage("Closed Won") == "55 (won)", self.panel.stages)
        self.assertEqual(self.stage("Closed Lost"), "101 (lost)")
        self.assertTrue(self.panel.says("is text in"), self.panel.texts())
        self.changed = (f"sheet {self.document.Sheets.ElementNames[0]}",)
        self.panel.click(self.panel.button(ALL if self.panel.has(ALL) else CONVERT))
        self.wait(lambda: self.panel.says("cells were converted"), self.panel.texts)
        self.desk.picture("whole-hubspot")

    def test_salesforce(self):
        self.wait(lambda: self.panel.says("139 more rows after an empty row"), self.panel.texts)
        self.assertTrue(self.panel.says("Amount is text in"), self.panel.texts())
        self.panel.click(self.panel.button(ADD))
        self.wait(lambda: self.stage("Closed Won") == "38 (won)", self.panel.stages)
        self.assertEqual(self.panel.preview()[1][1], "180")
        self.desk.picture("whole-salesforce")

    def test_pipedrive(self):
        self.wait(lambda: self.panel.stages()[-2:] and "(won)" in self.panel.stages()[-2], self.panel.stages)
        self.assertIn("(lost)", self.panel.stages()[-1])
        self.assertTrue(self.panel.says("is text in"), self.panel.texts())
        self.desk.picture("whole-pipedrive")

    def test_stripe(self):
        wanted = self.wait(lambda: [element.name for element in self.panel.elements() if element.name.startswith("\u25BE ")], "a wish")
        self.assertEqual(wanted[0], "\u25BE Recurring revenue from invoices")
        self.desk.picture("whole-stripe")

    def test_events(self):
        self.wait(lambda: self.panel.chosen("Each row is") == bed.SHAPES[3], self.panel.texts)
        self.assertTrue(self.panel.says("is text in"), self.panel.texts())
        self.desk.picture("whole-events")

    def test_wide(self):
        names = self.document.Sheets.ElementNames
        self.changed = tuple(f"sheet {name}" for name in names)  # Calc sizes the rows of a sheet of such a file when it is first shown
        self.show_sheet(names[0])
        self.grid.click("E10")
        self.wait(lambda: self.panel.chosen("Each row is") == bed.SHAPES[2], self.panel.texts)
        self.desk.picture("whole-wide-two-header-rows")
        self.show_sheet(names[2])
        self.grid.click("B5")
        self.wait(lambda: any(line.endswith("28 (won)") for line in self.panel.stages()), self.panel.stages)
        self.assertTrue(self.panel.says("with another spelling"), self.panel.texts())
        self.desk.picture("whole-wide-spellings")
        self.show_sheet(names[3])
        self.grid.click("B5")
        self.wait(lambda: self.panel.chosen("Stage").startswith("Stage ("), self.panel.texts)
        self.desk.picture("whole-wide-doubled-headers")


if __name__ == "__main__":
    bed.main()
