#!/usr/bin/env python3
"""“Why this value?” by pointer and keys: a wrong formula, its cell, its correction, the rows of a right one."""
from bed import SidebarTest, main

WRONG = '=ORG.CALCKPI.KPI.DWINRATE($Deals.A:F;B7;"Won";"Lost")'
NESTED = "=ROUND(ORG.CALCKPI.KPI.CLVTOCAC(ORG.CALCKPI.KPI.CLV(100;0.8;C9);50);1)"
FOLDED, OPEN = "\u25B8 Why this value? ({})", "\u25BE Why this value? ({})"


class WhyTest(SidebarTest):
    def workbook(self):
        document = super().workbook()
        mine = document.Sheets.getByName("Mine")
        for address, formula in (("B5", WRONG), ("B8", NESTED), ("B12", '=ORG.CALCKPI.KPI.FUNNELSTAGES($Deals.A1:F61;"Stage";"Won")')):
            mine.getCellRangeByName(address).Formula = formula
        mine.getCellRangeByName("B7").String = "Stge"
        document.UndoManager.clear()
        document.Modified = False
        return document

    def open_why(self, address):
        self.show_sheet("Mine")
        self.grid.click(address)
        name = address
        self.wait(lambda: self.panel.has(FOLDED.format(name)), self.panel.texts)
        self.panel.click(self.panel.link(FOLDED.format(name)))
        self.wait(lambda: self.panel.has(OPEN.format(name)), self.panel.texts)

    def test_a_wrong_header_and_its_correction(self):
        self.changed = ("sheet Mine",)
        self.open_why("B5")
        self.wait(lambda: self.panel.says("No column “Stge” in Deals.A1:F61"), self.panel.texts)
        self.assertTrue(self.panel.says("Did you mean “Stage”?"))
        self.assertEqual(self.panel.clipped(), [])
        self.assertFalse(self.document.isModified())
        self.assertEqual(self.document.UndoManager.getAllUndoActionTitles(), ())
        self.desk.picture("why-wrong-header")
        self.panel.click(self.panel.link("B7"))
        self.wait(lambda: self.grid.selected() == "B7", self.grid.selected)
        self.assertTrue(self.panel.has(OPEN.format("B5")), self.panel.texts())  # the way there is no new question
        self.desk.keys("Escape")
        self.calc.on_main_thread(lambda: setattr(self.document.Sheets.getByName("Mine").getCellRangeByName("B7"), "String", "Stage"))
        self.wait(lambda: self.panel.says("Result: "), self.panel.texts)
        self.grid.click("D2")
        self.wait(lambda: not self.panel.has(OPEN.format("B5")), self.panel.texts)

    def test_a_wrong_header_by_keys(self):
        self.show_sheet("Mine")
        self.grid.click("B5")
        self.wait(lambda: self.panel.has(FOLDED.format("B5")), self.panel.texts)
        self.tab_to(FOLDED.format("B5"))
        self.desk.keys("Return")
        self.wait(lambda: self.panel.says("Did you mean “Stage”?"), self.panel.texts)
        self.tab_to("B7")
        self.desk.keys("Return")
        self.wait(lambda: self.grid.selected() == "B7", self.grid.selected)
        self.assertFalse(self.document.isModified())
        self.assertEqual(self.document.UndoManager.getAllUndoActionTitles(), ())

    def focused(self):
        return next((element for element in self.panel.elements() if element.focused), None)

    def tab_to(self, name):
        self.calc.dispatch(self.document, "vnd.org.calckpi:ShowFunnel")  # as its menu entry and key do
        for _ in range(60):
            focused = self.wait(self.focused, "a control has the keys")
            if focused.name == name:
                return
            self.desk.keys("Tab")
            self.wait(lambda: self.focused() and self.focused().number != focused.number, f"Tab goes on from {focused}")
        self.fail(f"Tab does not reach {name}")

    def test_the_rows_of_a_right_value(self):
        self.open_why("B12")
        self.wait(lambda: self.panel.says("60 rows are used, 0 left out"), self.panel.texts)
        self.panel.click(self.panel.link("Show the rows"))
        self.wait(lambda: self.grid.selected() == "A2:F61", self.grid.selected)
        self.desk.picture("why-rows")
        self.assertFalse(self.document.isModified())

    def test_a_formula_over_too_few_cells_shows_its_whole_table(self):
        self.changed = ("sheet Mine",)
        sheet = self.document.Sheets.getByName("Mine")
        typed = sheet.getCellRangeByName("B12").Formula
        self.calc.on_main_thread(lambda: setattr(sheet.getCellRangeByName("D13"), "String", "in the way"))
        steps = self.document.UndoManager.getAllUndoActionTitles()
        self.open_why("B12")
        self.wait(lambda: self.panel.says("The formula fills 1 × 1 cells"), self.panel.texts)
        self.assertEqual(self.panel.clipped(), [])
        self.desk.picture("why-too-few-cells")
        self.panel.click(self.panel.button("Show the whole table"))
        self.wait(lambda: self.panel.says("The table needs D13"), self.panel.texts)
        self.assertEqual(self.document.UndoManager.getAllUndoActionTitles(), steps)
        self.calc.on_main_thread(lambda: setattr(sheet.getCellRangeByName("D13"), "String", ""))
        steps = self.document.UndoManager.getAllUndoActionTitles()
        self.panel.click(self.panel.button("Show the whole table"))
        self.wait(lambda: not self.panel.has("Show the whole table"), self.panel.texts)
        self.assertEqual(len(self.document.UndoManager.getAllUndoActionTitles()), len(steps) + 1)
        array = sheet.createCursorByRange(sheet.getCellRangeByName("B12"))
        array.collapseToCurrentArray()
        self.assertGreater(array.Rows.Count * array.Columns.Count, 4)
        headers, *rows = array.getDataArray()
        self.assertFalse([cell for row in rows for cell in row if str(cell).startswith("#N/A")])
        self.assertIn("Won", [row[0] for row in rows])
        self.assertTrue(all(headers), headers)
        self.desk.picture("why-whole-table")
        self.calc.dispatch(self.document, ".uno:Undo")
        self.wait(lambda: sheet.getCellRangeByName("B12").Formula == typed, lambda: sheet.getCellRangeByName("B12").Formula)
        self.assertEqual(sheet.getCellRangeByName("C12").String, "")

    def test_the_innermost_function_first(self):
        self.open_why("B8")
        self.wait(lambda: self.panel.says("nothing can be divided by 0"), self.panel.texts)
        self.assertTrue(self.panel.says("C9 (churnRate) is empty"))
        self.desk.picture("why-nested")


if __name__ == "__main__":
    main()
