#!/usr/bin/env python3
"""Insert, undo, redo, update: what is written into the document, and what must never be."""
import time
import unittest

import bed
from bed import DEAL_HEADERS, OWNERS, PLACES, STAGES, SidebarTest, deals, stage_funnel


class InsertTest(SidebarTest):
    def insert(self, name="Insert funnel table"):
        self.wait(lambda: self.panel.button(name).enabled, f"{name} is enabled")
        self.panel.click(self.panel.button(name))

    def sheet_names(self):
        return list(self.document.Sheets.ElementNames)

    def new_sheets(self):
        return [name for name in self.sheet_names() if "sheet " + name not in self.before]

    def insert_on_a_new_sheet(self):
        self.insert()
        time.sleep(0.5)
        name = self.wait(self.new_sheets, lambda: f"a new sheet is there; the panel says {self.panel.texts()}")[0]
        self.wait(lambda: self.counts_on(name), f"counts stand on {name}")
        return self.document.Sheets.getByName(name)

    def used(self, sheet):
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        return sheet.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow)

    def counts_on(self, name, stages=STAGES, of="Deals"):
        """The numbers right of the stages' names: {stage: first number in its row}."""
        counts = {}
        for row in self.used(self.document.Sheets.getByName(name)).getDataArray():
            named = [place for place, value in enumerate(row) if value in stages]
            numbers = [value for value in row[named[0] + 1:] if isinstance(value, float)] if named else []
            if numbers and row[named[0]] not in counts:
                counts[row[named[0]]] = round(numbers[0])
        return counts

    def expect_counts(self, name, stages, rows):
        expected = dict(zip(stages, stage_funnel(rows, stages)))
        self.wait(lambda: self.counts_on(name, stages) == expected, lambda: f"{expected}, not {self.counts_on(name, stages)}")

    def undo(self):
        """Ctrl+Z, with the cells in focus as after a click beside the table."""
        self.desk.keys("ctrl+z")

    def focus_cells(self, address="A40"):
        self.grid.click(address)


class Insert(InsertTest):
    def test_on_a_new_sheet(self):
        sheet = self.insert_on_a_new_sheet()
        self.expect_counts(sheet.Name, STAGES, deals())
        self.desk.picture("inserted")
        formulas = [cell for row in self.used(sheet).getFormulaArray() for cell in row]
        self.assertTrue(any("FUNNELSTAGES" in formula.upper() for formula in formulas), formulas)
        self.assertFalse([cell for row in self.used(sheet).getDataArray() for cell in row if str(cell).startswith(("#", "Err:"))])
        self.assertEqual(sheet.Charts.Count, 1)

    def test_the_table_follows_the_data(self):
        sheet = self.insert_on_a_new_sheet()
        rows = deals()
        rows[1][3] = "Won"
        cell = self.document.Sheets.getByName("Deals").getCellRangeByName("D2")
        before = cell.String
        cell.String = "Won"
        self.expect_counts(sheet.Name, STAGES, rows)
        cell.String = before

    def test_one_undo_takes_all_of_it_away_and_redo_brings_it_back(self):
        before = self.sheet_names()
        sheet = self.insert_on_a_new_sheet().Name
        self.focus_cells()
        self.desk.keys("ctrl+z")
        self.wait(lambda: self.sheet_names() == before, self.sheet_names)
        self.assertEqual(len(self.document.UndoManager.getAllUndoActionTitles()), 0)
        self.desk.picture("undone")
        self.desk.keys("ctrl+y")
        self.wait(lambda: sheet in self.sheet_names(), self.sheet_names)
        self.expect_counts(sheet, STAGES, deals())
        self.assertEqual(self.document.Sheets.getByName(sheet).Charts.Count, 1)
        self.desk.picture("redone")

    def test_at_a_cell_typed(self):
        self.changed = ("sheet Mine",)
        self.panel.choose("Insert", PLACES[1], PLACES)
        self.panel.type_into(self.target(), "Mine.D5", end="Tab")
        self.insert()
        self.expect_counts("Mine", STAGES, deals())
        mine = self.document.Sheets.getByName("Mine")
        self.assertEqual((mine.getCellRangeByName("A1").String, mine.getCellRangeByName("B2").Formula),
                         ("my own notes", "=SUM($Deals.$E$2:$E$61)"))
        self.desk.picture("inserted-at-a-cell")

    @unittest.skip("Open: the picked cell does not arrive under Xvfb; not analysed")
    def test_at_a_cell_picked_with_the_mouse_and_undone(self):
        self.panel.choose("Insert", PLACES[1], PLACES)
        picks = [element for element in self.panel.elements() if element.name == "Pick"]
        self.panel.click(picks[-1])
        self.desk.click(*self.grid.middle("I3"))
        self.wait(lambda: "I3" in self.target().text, lambda: self.target().text)
        self.insert()
        self.wait(lambda: self.document.Sheets.getByName("Deals").getCellRangeByName("I3").String, "the title stands in I3")
        self.focus_cells("A40")
        self.desk.keys("ctrl+z")
        self.wait(lambda: not self.document.Sheets.getByName("Deals").getCellRangeByName("I3").String, "I3 is empty again")

    def target(self):
        return [element for element in self.panel.elements() if element.role == self.panel.edit().role][-1]

    def test_a_full_target_is_asked_about_and_its_cells_are_named(self):
        self.changed = ("sheet Mine",)
        self.panel.choose("Insert", PLACES[1], PLACES)
        self.panel.type_into(self.target(), "Mine.A1", end="Tab")
        self.insert()
        self.wait(lambda: self.panel.has("Overwrite these cells"), self.panel.texts)
        self.assertTrue(self.panel.says("A1"), self.panel.texts())
        self.assertTrue(self.panel.says("B2"), self.panel.texts())
        self.assertEqual(self.document.Sheets.getByName("Mine").getCellRangeByName("A1").String, "my own notes")
        self.desk.picture("full-target")
        self.panel.click(self.panel.button("Overwrite these cells"))
        self.expect_counts("Mine", STAGES, deals())
        self.show_sheet("Mine")
        self.focus_cells("A40")
        self.desk.keys("ctrl+z")
        self.wait(lambda: self.document.Sheets.getByName("Mine").getCellRangeByName("A1").String == "my own notes", "undo brings the cells back")

    def test_a_protected_sheet_is_answered_with_a_sentence(self):
        self.changed = ("sheet Mine",)
        self.document.Sheets.getByName("Mine").protect("")
        self.panel.choose("Insert", PLACES[1], PLACES)
        self.panel.type_into(self.target(), "Mine.D5", end="Tab")
        self.insert()
        self.wait(lambda: self.panel.says("protected"), self.panel.texts)
        self.assertEqual(self.document.Sheets.getByName("Mine").getCellRangeByName("D5").String, "")
        self.desk.picture("protected")

    def test_split_by_a_column(self):
        self.panel.choose("Split by", "Owner", ["(none)", *DEAL_HEADERS])
        self.wait(lambda: self.panel.says("3 segments"), self.panel.texts)
        sheet = self.insert_on_a_new_sheet()
        cells = {cell for row in self.used(sheet).getDataArray() for cell in row}
        self.assertLessEqual(set(OWNERS), cells)
        self.desk.picture("inserted-split")

    def test_values_only(self):
        self.panel.click(self.panel.check_box("More options"))
        self.wait(lambda: self.panel.has("Values only"), self.panel.texts)
        self.panel.click(self.panel.check_box("Values only"))
        self.wait(lambda: self.panel.check_box("Values only").checked, "Values only is checked")
        sheet = self.insert_on_a_new_sheet()
        self.expect_counts(sheet.Name, STAGES, deals())
        self.assertFalse([cell for row in self.used(sheet).getFormulaArray() for cell in row if cell.startswith(("=", "{="))])


class Update(InsertTest):
    def select_the_table(self, sheet):
        self.show_sheet(sheet)
        self.grid.click("A4")
        self.wait(lambda: self.panel.has("Update funnel table"), self.panel.texts)

    def test_a_cell_of_the_table_shows_its_settings_and_update_rewrites_it(self):
        self.panel.choose("Split by", "Channel", ["(none)", *DEAL_HEADERS])
        self.wait(lambda: self.panel.says("2 segments"), self.panel.texts)
        sheet = self.insert_on_a_new_sheet().Name
        self.show_sheet("Counts")
        self.grid.click("A2")
        self.wait(lambda: self.source().startswith("Counts."), self.source)
        self.select_the_table(sheet)
        self.assertEqual(self.panel.chosen("Split by"), "Channel")
        self.desk.picture("update")
        self.panel.select_stage(1)
        self.panel.click(self.panel.button("Remove"))
        shorter = ["Lead", "Proposal", "Won"]
        self.wait(lambda: self.stage_names() == [*shorter, "Lost"], self.stage_names)
        self.insert("Update funnel table")
        self.wait(lambda: "Qualified" not in self.counts_on(sheet), lambda: self.counts_on(sheet))
        self.expect_counts(sheet, shorter, deals())
        self.assertEqual(self.new_sheets(), [sheet])
        self.desk.picture("updated")
        self.focus_cells("A40")
        self.desk.keys("ctrl+z")
        self.expect_counts(sheet, STAGES, deals())
        self.desk.picture("update-undone")

    @unittest.skip("Open: not analysed; tests/office/test_funnel_sheets.py tests the same without a screen")
    def test_what_stands_below_is_not_lost(self):
        sheet = self.insert_on_a_new_sheet()
        below = self.used(sheet).RangeAddress.EndRow + 2
        sheet.getCellByPosition(0, below).String = "a remark below"
        self.select_the_table(sheet.Name)
        self.panel.choose("Split by", "Owner", ["(none)", *DEAL_HEADERS])
        self.wait(lambda: self.panel.says("3 segments"), self.panel.texts)
        self.insert("Update funnel table")
        time.sleep(1)
        self.desk.picture("update-longer")
        cells = [cell for row in self.used(sheet).getDataArray() for cell in row]
        self.assertIn("a remark below", cells)


class Windows(InsertTest):
    @unittest.skip("Open: not analysed")
    def test_two_windows_each_have_their_own_panel(self):
        other = self.calc.new()
        try:
            other.Sheets.getByIndex(0).getCellRangeByName("A1:B5").setDataArray(tuple(map(tuple, bed.COUNTS)))
            second = self.calc.show_panel(other)
            self.wait(lambda: len(second.preview()) == 5, second.texts)
            self.assertEqual(self.panel.chosen("Each row is"), bed.SHAPES[1])
            self.desk.picture("second-window")
            self.panel.select_stage(1)
            self.panel.click(self.panel.button("Remove"))
            self.wait(lambda: len(self.panel.stages()) == 4, self.panel.stages)
            self.assertEqual(len(second.stages()), 4)
            self.assertEqual(second.preview()[1][0], "Visits")
        finally:
            self.calc.on_main_thread(lambda: other.close(True))
        self.insert_on_a_new_sheet()

    @unittest.skip("Open: not analysed")
    def test_a_document_closed_with_the_panel_open(self):
        self.panel.choose("Split by", "Owner", ["(none)", *DEAL_HEADERS])
        self.calc.on_main_thread(lambda: self.document.close(True))
        self.document = None
        time.sleep(1)
        self.assertTrue(self.calc.office.alive)
        document = self.calc.new()
        self.calc.on_main_thread(lambda: document.close(True))

    def test_a_document_closed_while_a_menu_is_open(self):
        self.panel.open_menu(self.panel.field("Split by"))
        document, self.document = self.document, None
        self.calc.on_main_thread(lambda: document.close(True))
        time.sleep(1)
        self.desk.keys("Escape")
        self.assertTrue(self.calc.office.alive)
        document = self.calc.new()
        self.calc.on_main_thread(lambda: document.close(True))


if __name__ == "__main__":
    bed.main()
