"""Leave without us: our formulas become what they show, errors and texts too; others stay; one undo step brings all of them back."""
import bed
from com.sun.star.beans import NamedValue
from kpi_bed import Deals, KpiTest

OURS = "ORG.CALCKPI.KPI."


class Leaving(KpiTest):
    def leave(self, cells=None):
        values = {"Document": self.document, "Do": "leave", "Source": cells}
        job = self.office.service("org.calckpi.test.Sheets")
        answer = job.execute(tuple(NamedValue(name, value) for name, value in values.items() if value is not None))
        return answer if not answer.endswith("\n") else [tuple(line.rsplit(" ", 2)) for line in answer.splitlines()]

    def shown(self, sheet, area):
        """What each cell shows, by its value, its text and its error."""
        cells = sheet.getCellRangeByName(area)
        return [(cell.Value, cell.String, cell.getError())
                for row in range(cells.Rows.Count) for cell in (cells.getCellByPosition(column, row) for column in range(cells.Columns.Count))]

    def ours(self, sheet, area):
        return sum(OURS in text for row in sheet.getCellRangeByName(area).getFormulaArray() for text in row)

    def test_values_texts_and_errors(self):
        sheet = self.document.Sheets[0]
        formulas = {"A1": "=WINRATE(3;7)", "A2": "=WINRATE(0;0)", "A3": "=1+1", "A4": "=WINRATE(3;7)&\" won\"",
                    "A5": '="ORG.CALCKPI.KPI.WINRATE(3;7)"',
                    "A6": "=WINRATE(-1;7)", "A7": "=ROUND(WINRATE(1;2);2)", "A8": "=WINRATE(\"x\";7)", "A9": "=A1*2",
                    "A10": "=IF(WINRATE(3;7)>0;\"12\";\"\")", "A11": "=IF(WINRATE(3;7)>1;\"12\";\"\")"}
        for address, formula in formulas.items():
            sheet.getCellRangeByName(address).FormulaLocal = formula
        sheet.getCellRangeByName("C1:D3").setArrayFormula("=ORG.CALCKPI.KPI.FUNNEL({\"Lead\"|\"Demo\"};{10|4})")
        area = "A1:G11"
        before, texts = self.shown(sheet, area), sheet.getCellRangeByName(area).getFormulaArray()
        undo = self.document.UndoManager
        undo.clear()
        self.assertEqual(self.leave(), [(sheet.Name, "9", "1")])
        self.assertEqual(self.shown(sheet, area), before)
        self.assertEqual(self.ours(sheet, "A1:A4") + self.ours(sheet, "A6:G11"), 0)
        for kept in ("A3", "A5", "A9"):
            self.assertEqual(sheet.getCellRangeByName(kept).FormulaLocal, formulas[kept])
        self.assertEqual(undo.getAllUndoActionTitles(), ("Turn KPI formulas into values",))
        undo.undo()
        self.assertEqual(sheet.getCellRangeByName(area).getFormulaArray(), texts)
        self.assertEqual(self.shown(sheet, area), before)
        undo.redo()
        self.assertEqual(self.shown(sheet, area), before)

    def test_only_where_it_is_asked_for(self):
        sheet = self.document.Sheets[0]
        for address in ("A1", "A2", "C5"):
            sheet.getCellRangeByName(address).FormulaLocal = "=WINRATE(3;7)"
        self.assertEqual(self.leave(sheet.getCellRangeByName("A2:C9")), [(sheet.Name, "2", "0")])
        self.assertEqual(self.ours(sheet, "A1:C9"), 1)

    def test_a_kpi_sheet(self):
        self.insert("sales-scorecard", [self.put_deals(Deals(5))])
        sheet = self.document.Sheets.getByName("KPIs")
        area = "A1:O60"
        before = self.shown(sheet, area)
        left = self.leave()
        self.assertEqual([name for name, _, _ in left], ["KPIs", "KPI data"])
        self.assertEqual(self.shown(sheet, area), before)
        for name in self.document.Sheets.ElementNames:
            self.assertEqual(self.ours(self.document.Sheets.getByName(name), "A1:CZ200"), 0, name)

    def test_saved_for_people_without_the_extension(self):
        sheet = self.document.Sheets[0]
        sheet.getCellRangeByName("A1").FormulaLocal = "=WINRATE(3;7)"
        sheet.getCellRangeByName("A2").FormulaLocal = "=WINRATE(-1;7)"
        self.leave()
        path = self.folder / "left.xlsx"
        self.document.storeToURL(bed.office_url(path), bed.properties(FilterName="Calc MS Excel 2007 XML"))
        loaded = self.office.open(path)
        self.assertEqual(loaded.Sheets[0].getCellRangeByName("A1").Value, 0.3)
        loaded.close(True)

    def test_protected_sheets_are_refused(self):
        sheet = self.document.Sheets[0]
        sheet.getCellRangeByName("A1").FormulaLocal = "=WINRATE(3;7)"
        sheet.protect("")
        self.assertEqual(self.leave().strip(), "ProtectedSheet")
        self.assertEqual(self.ours(sheet, "A1"), 1)


if __name__ == "__main__":
    bed.main()
