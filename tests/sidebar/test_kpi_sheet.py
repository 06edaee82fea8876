#!/usr/bin/env python3
"""A KPI sheet from the panel: inserted, given a target, updated a month later with the rows that were added, and left as values."""
import zipfile

import bed
import test_tables
from bed import day

LATER = tuple((f"L-{number:02}", "Ana", "Web", "Won", 500.0, float(day(2025, 7, 10 + number)), float(day(2025, 8, 5 + number)))
              for number in range(9))


class KpiSheet(test_tables.TablesTest):
    insert_text, update_text = "Insert KPI sheet", "Update KPI sheet"

    def shown_period(self):
        return self.document.Sheets.getByName("KPIs").getCellRangeByName("B3").Value

    def target_cell(self, header, first_day):
        rows = self.cells("KPI inputs")
        row = next(place for place, cells in enumerate(rows) if cells[0] == float(first_day))
        return self.document.Sheets.getByName("KPI inputs").getCellByPosition(rows[5].index(header), row)

    def save_a_copy(self):
        """By the office's own dialog: put off, then to a file."""
        folder = self.calc.folder
        for name, sentence in (("", ""), (folder / "copy.ods", "The copy is saved. This document is as it was")):
            self.press("Save a copy with values")  # whose dots are not told
            dialog = ["--name", "^Save a copy with values$"]
            self.wait(lambda: self.desk.windows(dialog), lambda: "the dialog is not shown")
            self.desk.picture("save-dialog")
            if name:
                self.desk.keys("ctrl+a")
                self.desk.type(str(name))
            self.desk.keys("Return" if name else "Escape")
            self.wait(lambda: not self.desk.windows(dialog), lambda: "the dialog is still shown")
            if sentence:
                self.wait(lambda: self.panel.says(sentence), self.panel.texts)
        self.assertTrue(zipfile.is_zipfile(folder / "copy.ods"))
        self.assertEqual(self.document.getURL(), "")

    def test_inserted_updated_and_left(self):
        self.changed = ("sheet Deals",)
        self.wants("KPI sheet")
        self.desk.picture("kpi-sheet-panel")
        self.assertEqual(self.inserted(), "KPIs")
        self.assertEqual(self.new_sheets(), ["KPIs", "KPI data", "KPI inputs"])
        shown = self.shown_period()
        target = self.target_cell("Target: Deals won", shown)
        self.calc.on_main_thread(lambda: target.setValue(7))
        rows = len(test_tables.DEALS)
        below = self.document.Sheets.getByName("Deals").getCellRangeByPosition(0, rows, 6, rows + len(LATER) - 1)
        self.calc.on_main_thread(lambda: below.setDataArray(LATER))
        self.select_the_table("KPIs", "A1")
        self.desk.picture("kpi-sheet-settings")
        self.press(self.update_text)
        self.wait(lambda: self.shown_period() > shown, self.panel.texts)
        self.assertEqual(self.target_cell("Target: Deals won", shown).Value, 7)
        self.assertEqual(self.steps()[0], "Update KPI sheet")
        self.press("Leave without us")  # whose dots are not told
        self.wait(lambda: self.panel.says("live table"), self.panel.texts)
        self.desk.picture("kpi-sheet-leave")
        self.save_a_copy()
        self.press("Replace formulas")
        self.wait(lambda: self.panel.says("The formulas of Calc KPI are replaced"), self.panel.texts)
        for name in ("KPIs", "KPI data"):
            cells = self.document.Sheets.getByName(name).getCellRangeByName("A1:CZ99").getFormulaArray()
            self.assertFalse(any("ORG.CALCKPI" in text for row in cells for text in row), name)


class States(test_tables.TablesTest):
    """Deals whose states have names of the house: the user says which mean won and lost."""

    HOUSE = {"Won": "Blue", "Lost": "Red", "Open": "Yellow"}
    insert_text = "Insert KPI sheet"

    def workbook(self):
        document = super().workbook()
        status = test_tables.DEALS[0].index("Status")
        rows = [[*row[:status], self.HOUSE.get(row[status], row[status]), *row[status + 1:]] for row in test_tables.DEALS]
        self.write(document, "Deals", rows, dates=(5, 6))
        document.Sheets.removeByName("Invoices")
        document.UndoManager.clear()
        document.Modified = False
        return document

    @staticmethod
    def next_month(first):
        return next(float(day(2025, month, 1)) for month in range(1, 13) if day(2025, month, 1) > first)

    def test_said_by_the_user(self):
        self.wants("KPI sheet")
        self.wait(lambda: self.panel.says("No text in the column Status means that a deal is won"), self.panel.texts)
        self.desk.picture("kpi-sheet-states")
        self.panel.type_into(self.panel.field("Won"), "blue; violet", end="Tab")
        self.wait(lambda: self.panel.says("\"violet\" is in no cell of the column Status"), self.panel.texts)
        self.panel.type_into(self.panel.field("Won"), "blue", end="Tab")
        self.wait(lambda: self.panel.says("No text means lost"), self.panel.texts)
        self.wait(lambda: self.panel.button(self.insert_text).enabled, self.panel.texts)
        self.panel.type_into(self.panel.field("Lost"), "Red", end="Tab")
        self.wait(lambda: not self.panel.says("No text means lost"), self.panel.texts)
        self.desk.picture("kpi-sheet-states-said")
        self.assertEqual(self.inserted(), "KPIs")
        rows = self.cells("KPIs")
        shown = rows[2][1]
        closed = [row[3] for row in test_tables.DEALS[1:] if row[6] != "" and row[6] < self.next_month(shown)]
        header = next(row for row in rows if "Year to date" in row)
        rate = next(row for row in rows if row[0] == "Win rate")[header.index("Year to date")]
        self.assertAlmostEqual(rate, closed.count("Won") / len(closed))


class Opened(test_tables.TablesTest):
    """What is opened by a click is brought into sight."""

    def opens(self, control, shown):
        """Clicks a control, and waits until these are in sight: the first and the last of what it opens."""
        self.panel.click(control)

        def seen():
            elements = self.panel.elements()
            return [name for name in shown if any(element.name.startswith(name) and self.panel.in_sight(element) for element in elements)]

        self.wait(lambda: seen() == list(shown), lambda: f"{shown} are in sight, not only {seen()}")

    def test_more_options_and_leaving(self):
        self.wants("KPI sheet")
        self.wait(lambda: self.panel.has("Show all KPIs of the template"), self.panel.texts)
        name = f"opened-{self.screen[1]}"
        self.opens(self.panel.check_box("More options"), ["More options", "How many"])
        self.desk.picture(f"{name}-options")
        self.opens(self.panel.button("Leave without us"), ["Leave without Calc KPI", "Save a copy with values"])
        self.desk.picture(f"{name}-leave")
        self.opens(self.panel.button("Close"), ["Leave without us"])
        self.panel.click(self.panel.check_box("More options"))
        self.opens(self.panel.check_box("Show all KPIs of the template"), [self.first_not_ticked])
        self.desk.picture(f"{name}-all-kpis")
        self.assertEqual(self.panel.clipped(), [])

    first_not_ticked = "Win rate: "


class OpenedInALowWindow(Opened):
    screen = (1600, 640)


if __name__ == "__main__":
    bed.main()
