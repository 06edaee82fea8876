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

    def test_the_rows_of_a_right_value(self):
        self.open_why("B12")
        self.wait(lambda: self.panel.says("60 rows are used, 0 left out"), self.panel.texts)
        self.panel.click(self.panel.link("Show the rows"))
        self.wait(lambda: self.grid.selected() == "A2:F61", self.grid.selected)
        self.desk.picture("why-rows")
        self.assertFalse(self.document.isModified())

    def test_the_innermost_function_first(self):
        self.open_why("B8")
        self.wait(lambda: self.panel.says("nothing can be divided by 0"), self.panel.texts)
        self.assertTrue(self.panel.says("C9 (churnRate) is empty"))
        self.desk.picture("why-nested")


if __name__ == "__main__":
    main()
