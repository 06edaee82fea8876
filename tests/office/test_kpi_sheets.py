"""KPI sheets in a document: every figure shown against a slow reading of the deals by hand, the marks, one undo step, and printing.

The sheet is that which a template proposes; tests/office/probe/sheets.cpp writes it.
"""
import subprocess

import bed
from kpi_bed import Deals, KpiTest, MARK, VALUE, month


class KpiSheets(KpiTest):
    def test_every_figure_is_that_of_the_deals(self):
        deals = Deals(11)
        self.insert("sales-scorecard", [self.put_deals(deals)])
        sheet = self.document.Sheets.getByName("KPIs")
        latest = month(deals.as_of)
        self.assertEqual(sheet.getCellRangeByName("B3").Value, month(latest, -1), "the last complete month is shown")
        self.assertEqual(sheet.getCellRangeByName("C3").String.strip(), "")
        for shown in (month(latest, -1), latest, month(latest, -7), month(latest, -12)):
            sheet.getCellRangeByName("B3").Value = shown
            self.assert_scorecard(sheet, deals, shown)
        rows = self.rows_of(sheet, "By period")
        header = rows["Sales cycle, median"]
        while not sheet.getCellByPosition(0, header).String == "KPI":
            header -= 1
        self.assertEqual(sheet.getCellByPosition(14, header - 1).String, "to the 19th")
        for index in range(13):
            start = month(latest, index - 12)
            self.assertEqual(sheet.getCellByPosition(2 + index, header).Value, start)
            for label, expected in deals.figures(start, month(start, 1) - 1, deals.as_of).items():
                if label in rows:
                    self.assert_cell(sheet.getCellByPosition(2 + index, rows[label]), expected, f"{label}, {start}")

    def test_targets_are_judged_where_the_period_is_complete(self):
        deals = Deals(12)
        self.insert("sales-scorecard", [self.put_deals(deals)])
        sheet, inputs = (self.document.Sheets.getByName(name) for name in ("KPIs", "KPI inputs"))
        shown = month(deals.as_of, -1)
        rows = self.rows_of(sheet, "Scorecard")
        headers = {inputs.getCellByPosition(column, 5).String: column for column in range(60)}
        row = next(row for row in range(6, 80) if inputs.getCellByPosition(0, row).Value == shown)
        now = deals.scorecard(shown)[VALUE]

        def mark(label, target):
            inputs.getCellByPosition(headers[f"Target: {label}"], row).Value = target
            return sheet.getCellByPosition(MARK, rows[label]).String

        self.assertEqual(mark("Deals won", now["Deals won"] - 5), "\u25b2")
        self.assertEqual(mark("Deals won", now["Deals won"] + 5), "\u25bc")
        self.assertEqual(mark("Deals won", now["Deals won"]), "\u25cf")
        self.assertEqual(mark("Deals lost", now["Deals lost"] + 5), "\u25b2", "fewer lost deals are better")
        self.assertEqual(mark("Sales cycle, median", 1), "\u25bc")
        sheet.getCellRangeByName("B3").Value = month(deals.as_of)
        self.assertEqual([sheet.getCellByPosition(MARK, row).String for row in rows.values()], [""] * len(rows), "it is still running")
        self.assertTrue(sheet.getCellRangeByName("C3").String.startswith("Still running"))

    def test_one_undo_step(self):
        address = self.put_deals(Deals(13))
        undo = self.document.UndoManager
        undo.clear()
        self.insert("sales-scorecard", [address])
        self.assertEqual(self.document.Sheets.ElementNames, ("Deals", "KPIs", "KPI data", "KPI inputs"))
        self.assertEqual(undo.getAllUndoActionTitles(), ("Insert KPI sheet",))

        def content():
            sheet = self.document.Sheets.getByName("KPIs")
            pages = [row for row in range(200) if sheet.Rows.getByIndex(row).IsManualPageBreak]
            return sheet.getCellRangeByName("A1:O40").getFormulaArray(), pages

        before = content()
        self.assertGreaterEqual(len(before[1]), 1, "a page begins with a section")
        undo.undo()
        self.assertEqual(self.document.Sheets.ElementNames, ("Deals",))
        undo.redo()
        self.assertEqual(content(), before)

    def test_printed_on_few_pages_in_every_language(self):
        address = self.put_deals(Deals(14))
        for language, name in (("en", "KPIs"), ("fr", "KPI"), ("ro", "KPI-uri")):
            self.insert("sales-scorecard", [address], language)
            sheet = self.document.Sheets.getByName(name)
            errors = [area.AbsoluteName for area in sheet.queryFormulaCells(4)
                      if area.getCellByPosition(0, 0).getError() not in (532, 32767)]
            self.assertEqual(errors, [])
        path = self.folder / "kpis.ods"
        self.document.storeToURL(bed.office_url(path), bed.properties(FilterName="calc8"))
        stored = self.office.open(path)
        self.addCleanup(stored.close, True)
        for other in stored.Sheets.ElementNames:
            stored.Sheets.getByName(other).setPrintAreas(())
        sheet = stored.Sheets.getByName("KPIs")
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        sheet.setPrintAreas((sheet.getCellRangeByPosition(0, 0, 14, cursor.RangeAddress.EndRow).RangeAddress,))
        pdf = self.folder / "kpis.pdf"
        stored.storeToURL(bed.office_url(pdf), bed.properties(FilterName="calc_pdf_Export"))
        shown = subprocess.run(["pdfinfo", str(pdf)], stdout=subprocess.PIPE, check=True, text=True).stdout
        pages = int(next(line for line in shown.splitlines() if line.startswith("Pages:")).split()[1])
        self.assertLessEqual(pages, 3)


if __name__ == "__main__":
    bed.main()
