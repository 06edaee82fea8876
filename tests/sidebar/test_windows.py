#!/usr/bin/env python3
"""Several windows, several documents, and what is closed while its panel is open or at work."""
import time

import bed
from bed import MILLION, SPLITS, STAGES, SidebarTest, deals, stage_funnel
from calc import Grid
from saved import parts_of


class WindowTest(SidebarTest):
    def second_window(self):
        """A second window of the document, with a panel of its own."""
        self.calc.dispatch(self.document, ".uno:NewWindow")
        self.wait(lambda: self.document.CurrentController.Frame.Title != self.panel.frame.Title, "the new window is there")
        panel = self.calc.show_panel(self.document)
        return Grid(self.desk, self.document.CurrentController), panel

    def frames(self):
        return list(self.calc.office.desktop.Frames)


class Windows(WindowTest):
    def test_two_windows_of_one_document_each_with_its_own_panel(self):
        grid, panel = self.second_window()
        grid.click("B4")
        self.wait(lambda: panel.edit().text == "Deals.A1:F61", lambda: panel.edit().text)
        self.calc.on_main_thread(lambda: grid.controller.setActiveSheet(self.document.Sheets.getByName("Counts")))
        time.sleep(0.5)
        grid.click("A2")
        self.wait(lambda: panel.edit().text == "Counts.A1:B5", lambda: panel.edit().text)
        self.assertEqual(self.source(), "Deals.A1:F61")

        # Both hear of a change in the cells.
        self.desk.bring_to_front(self.panel.frame.Title)
        self.grid.click("D2")
        self.desk.type("Won")
        self.desk.keys("Return")
        rows = deals()
        rows[1][3] = "Won"
        self.wait_for_preview(STAGES, stage_funnel(rows, STAGES))
        self.desk.keys("ctrl+z")
        self.wait_for_preview(STAGES, stage_funnel(deals(), STAGES))

        # A choice in one is none in the other.
        panel.choose("Stage", "Count", ["Stage", "Count"])
        self.wait_for_preview(STAGES, stage_funnel(deals(), STAGES))
        self.panel.choose("Split by", "Owner", SPLITS)
        self.wait(lambda: self.panel.says("3 segments"), self.panel.texts)
        self.assertFalse(panel.says("3 segments"))

        # One window is closed; the other goes on.
        self.desk.bring_to_front(panel.frame.Title)
        self.desk.keys("ctrl+w")
        self.wait(lambda: len(self.frames()) == 1, "the second window is closed")
        self.grid.click("A3")
        self.panel.choose("Split by", "(none)", SPLITS)
        self.wait_for_preview(STAGES, stage_funnel(deals(), STAGES))

    def test_two_documents_each_with_its_own_panel(self):
        other = self.workbook()
        try:
            self.write(other, "Deals", deals(30), dates=(5,))
            other.Sheets.getByName("Deals").getCellRangeByName("A32:F61").clearContents(1023)
            other.Modified = False
            before = parts_of(other)
            panel = self.calc.show_panel(other)
            self.wait(lambda: panel.says("30 rows"), panel.texts)
            self.assertTrue(self.panel.says("60 rows"))
            panel.click(panel.button("Insert funnel table"))
            self.wait(lambda: "Funnel" in other.Sheets.ElementNames, other.Sheets.getElementNames)
            self.assertNotIn("Funnel", self.document.Sheets.ElementNames)
            self.desk.keys("ctrl+z")
            self.wait(lambda: "Funnel" not in other.Sheets.ElementNames, other.Sheets.getElementNames)
            self.assertEqual({part: content for part, content in parts_of(other).items() if part in before}, before)
            self.panel.choose("Split by", "Owner", SPLITS)
            self.wait(lambda: self.panel.says("3 segments"), self.panel.texts)
            self.assertFalse(panel.says("3 segments"))
        finally:
            self.calc.on_main_thread(lambda: other.close(True))
        self.grid.click("A3")
        self.panel.choose("Split by", "(none)", SPLITS)
        self.wait_for_preview(STAGES, stage_funnel(deals(), STAGES))


class Closing(WindowTest):
    def assert_a_new_one_works(self):
        self.assertTrue(self.calc.office.alive)
        self.document = self.workbook()
        self.before = parts_of(self.document)
        self.panel = self.calc.show_panel(self.document)
        self.wait_for_panel()
        self.wait_for_preview(STAGES, stage_funnel(deals(), STAGES))

    def close_by_keys(self):
        """As the office closes the last document: its window stays, with the Start Center in it."""
        self.document.Modified = False
        self.desk.keys("ctrl+w")
        self.wait(lambda: not [frame for frame in self.frames() if frame.Controller is not None
                               and frame.Controller.Model is not None], "the document is closed")
        self.document = None

    def test_the_document_with_its_panel_open(self):
        self.grid.click("A2")
        self.close_by_keys()
        self.assert_a_new_one_works()

    def test_the_document_while_a_menu_of_the_panel_is_open(self):
        self.panel.open_menu(self.panel.field("Split by"))
        document, self.document = self.document, None
        self.calc.on_main_thread(lambda: document.close(True))
        self.wait(lambda: not self.desk.windows(["--class", "soffice", "--name", "Untitled"]), "the window is gone")
        self.assert_a_new_one_works()

    def test_the_document_while_cells_are_being_picked(self):
        self.panel.click(self.panel.button("Pick"))
        time.sleep(1)
        document, self.document = self.document, None
        self.calc.on_main_thread(lambda: document.close(True))
        self.assert_a_new_one_works()


class ClosingWhileReading(WindowTest):
    """A million rows take the panel long enough to be caught at reading."""

    def workbook(self):
        document = self.calc.new()
        sheet = document.Sheets.getByIndex(0)
        sheet.Name = "Deals"
        # Texts that are all different take longest.
        block = [["Deal", "Stage", "Owner"]] + [[f"Deal {number}", STAGES[number % 4], f"Owner {number % 11}"]
                                                for number in range(MILLION // 64 - 1)]
        self.write(document, "Deals", block)
        done = len(block)
        while done < MILLION:  # doubled until the sheet is full
            sheet.copyRange(sheet.getCellByPosition(0, done).CellAddress, sheet.getCellRangeByPosition(0, 0, 2, done - 1).RangeAddress)
            done *= 2
        document.UndoManager.clear()
        document.Modified = False
        return document

    def setUp(self):
        self.parts_of = lambda document: {}  # saving a million rows takes minutes
        super().setUp()

    def test_a_window_and_then_the_document(self):
        for wait in (0.2, 0.35, 0.6):  # the panel begins 0.15 s after the click
            grid, panel = self.second_window()
            self.wait(lambda: len(panel.preview()) > 1, panel.texts)
            # Another selection, so all is read again; and closed in the middle of it.
            grid.drag_columns("A", "B")
            time.sleep(wait)
            self.desk.keys("ctrl+w")
            self.wait(lambda: len(self.frames()) == 1, "the second window is closed")
            self.assertTrue(self.calc.office.alive)
        self.grid.drag_columns("A", "B")
        time.sleep(0.3)
        document, self.document = self.document, None
        self.calc.on_main_thread(lambda: document.close(True))
        self.assertTrue(self.calc.office.alive)
        self.document = SidebarTest.workbook(self)
        self.panel = self.calc.show_panel(self.document)
        self.wait_for_preview(STAGES, stage_funnel(deals(), STAGES))


if __name__ == "__main__":
    bed.main()
