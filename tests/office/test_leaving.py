"""Leave without us: our formulas become plain ones where that is exact, and what they show elsewhere, errors and texts too; others stay;
one undo step brings all of them back. A copy with values leaves the document as it is.

That plain formulas are exact is seen in test_plain_formulas.py.
"""
import zipfile

import bed
from com.sun.star.beans import NamedValue
from com.sun.star.io import IOException
from com.sun.star.lang import IllegalArgumentException
from kpi_bed import Deals, KpiTest

OURS = "ORG.CALCKPI.KPI."


class Leaving(KpiTest):
    def job(self, what, **values):
        values = {"Document": self.document, "Do": what, **values}
        job = self.office.service("org.calckpi.test.Sheets")
        return job.execute(tuple(NamedValue(name, value) for name, value in values.items() if value is not None))

    def leave(self, cells=None, into="Values"):
        """How many formulas of each sheet became plain ones, values and tables of values."""
        answer = self.job("leave", Source=cells, Settings=into)
        return answer if not answer.endswith("\n") else [tuple(line.rsplit(" ", 3)) for line in answer.splitlines()]

    def shown(self, sheet, area):
        """What each cell shows, by its value, its text and its error."""
        cells = sheet.getCellRangeByName(area)
        return [(cell.Value, cell.String, cell.getError())
                for row in range(cells.Rows.Count) for cell in (cells.getCellByPosition(column, row) for column in range(cells.Columns.Count))]

    def assert_shown(self, shown, expected):
        """The same texts and errors; files hold 15 digits of a number."""
        self.assertEqual([cell[1:] for cell in shown], [cell[1:] for cell in expected])
        for (value, *_), (other, *_) in zip(shown, expected, strict=True):
            self.assertAlmostEqual(value, other, delta=1e-12 * abs(other))

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
        self.assertEqual(self.leave(), [(sheet.Name, "0", "8", "1")])
        self.assertEqual(self.shown(sheet, area), before)
        self.assertEqual(self.ours(sheet, "A1:A4") + self.ours(sheet, "A6:G11"), 0)
        for kept in ("A3", "A5", "A9"):
            self.assertEqual(sheet.getCellRangeByName(kept).FormulaLocal, formulas[kept])
        self.assertEqual(undo.getAllUndoActionTitles(), ("Leave without Calc KPI",))
        undo.undo()
        self.assertEqual(sheet.getCellRangeByName(area).getFormulaArray(), texts)
        self.assertEqual(self.shown(sheet, area), before)
        undo.redo()
        self.assertEqual(self.shown(sheet, area), before)

    def test_only_where_it_is_asked_for(self):
        sheet = self.document.Sheets[0]
        for address in ("A1", "A2", "C5"):
            sheet.getCellRangeByName(address).FormulaLocal = "=WINRATE(3;7)"
        self.assertEqual(self.leave(sheet.getCellRangeByName("A2:C9")), [(sheet.Name, "0", "2", "0")])
        self.assertEqual(self.ours(sheet, "A1:C9"), 1)

    def test_plain_formulas_where_they_are_exact(self):
        sheet = self.document.Sheets[0]
        formulas = {"A1": "=WINRATE(B1;B2)", "A2": "=WINRATE(B1;B2;B1)", "A3": "=RATELOW(B1;10)", "A4": "=ROUND(ARR(B1);-1)", "A5": "=CAC(B1:B2;4)"}
        sheet.getCellRangeByName("B1").Value, sheet.getCellRangeByName("B2").Value = 3, 7
        for address, formula in formulas.items():
            sheet.getCellRangeByName(address).FormulaLocal = formula
        sheet.getCellRangeByName("C1").setArrayFormula(f"={OURS}ARR(5)")
        before, texts = self.shown(sheet, "A1:C5"), sheet.getCellRangeByName("A1:C5").getFormulaArray()
        undo = self.document.UndoManager
        undo.clear()
        self.assertEqual(self.leave(into="Plain"), [(sheet.Name, "2", "4", "0")])
        self.assertEqual(self.shown(sheet, "A1:C5"), before)
        self.assertEqual(sheet.getCellRangeByName("A1").Formula, "=IF(OR(SIGN(B2)<0;SIGN(B1)<0);SQRT(-1);B1/(B1+B2))")
        self.assertEqual(sheet.getCellRangeByName("A4").Formula, "=ROUND(IF(SIGN(B1)<0;SQRT(-1);12*B1);-1)")
        self.assertEqual(self.ours(sheet, "A1:C5"), 0)
        sheet.getCellRangeByName("B2").Value = 1
        self.assertEqual([sheet.getCellRangeByName(cell).Value for cell in ("A1", "A5")], [0.75, 2.5])
        undo.undo()
        self.assertEqual(undo.getAllUndoActionTitles(), ("Leave without Calc KPI",))
        undo.undo()
        self.assertEqual(sheet.getCellRangeByName("A1:C5").getFormulaArray(), texts)
        self.assertEqual(self.shown(sheet, "A1:C5"), before)

    def kpi_sheet(self):
        self.insert("sales-scorecard", [self.put_deals(Deals(5))])
        return self.document.Sheets.getByName("KPIs")

    def test_a_kpi_sheet(self):
        sheet = self.kpi_sheet()
        area = "A1:O60"
        for into in ("Values", "Plain"):
            with self.subTest(into):
                before = self.shown(sheet, area)
                left = self.leave(into=into)
                self.assertEqual([name for name, *_ in left], ["KPIs", "KPI data"])
                self.assertEqual(int(left[0][1]) > 20, into == "Plain", left)
                self.assertEqual(self.shown(sheet, area), before)
                for name in self.document.Sheets.ElementNames:
                    self.assertEqual(self.ours(self.document.Sheets.getByName(name), "A1:CZ200"), 0, name)
                self.document.UndoManager.undo()
                self.assertEqual(self.shown(sheet, area), before)

    def test_a_copy_with_values(self):
        sheet = self.kpi_sheet()
        undo = self.document.UndoManager
        self.document.setModified(False)
        before, steps = self.shown(sheet, "A1:O60"), undo.getAllUndoActionTitles()
        ours = self.ours(sheet, "A1:O60")
        for name in ("copy.ods", "copy.xlsx"):
            with self.subTest(name):
                path = self.folder / name
                self.assertEqual(self.job("saveValues", Settings=bed.office_url(path)), "saved")
                self.assertFalse(self.document.isModified())
                self.assertEqual(undo.getAllUndoActionTitles(), steps)
                self.assertEqual(self.ours(sheet, "A1:O60"), ours)
                with zipfile.ZipFile(path) as archive:
                    self.assertFalse([file for file in archive.namelist() if file.endswith(".xml") and b"CALCKPI.KPI" in archive.read(file)])
                copy = self.office.open(path)
                self.addCleanup(copy.close, True)
                self.assert_shown(self.shown(copy.Sheets.getByName("KPIs"), "A1:O60"), before)
        self.assertEqual(self.document.getURL(), "")

    def test_a_copy_of_a_protected_sheet_is_refused(self):
        sheet = self.document.Sheets[0]
        sheet.getCellRangeByName("A1").FormulaLocal = "=WINRATE(3;7)"
        sheet.protect("")
        path = self.folder / "protected.ods"
        self.assertEqual(self.job("saveValues", Settings=bed.office_url(path)).strip(), "ProtectedSheet")
        self.assertFalse(path.exists())

    def open_documents(self):
        components = self.office.desktop.Components.createEnumeration()
        count = 0
        while components.hasMoreElements():
            components.nextElement()
            count += 1
        return count

    def test_a_copy_that_cannot_be_written(self):
        """Nothing is left of it, neither on the disk nor in the office, and the document is as it was."""
        sheet = self.document.Sheets[0]
        sheet.getCellRangeByName("A1").FormulaLocal = "=WINRATE(3;7)"
        self.document.setModified(False)
        undo = self.document.UndoManager.getAllUndoActionTitles()
        formula, documents = sheet.getCellRangeByName("A1").Formula, self.open_documents()
        in_the_way = self.folder / "folder.ods"
        in_the_way.mkdir()
        (in_the_way / "kept.txt").write_text("kept")
        (self.folder / "file").write_text("a file")
        for target in (in_the_way, self.folder / "file" / "copy.ods", self.folder / "file" / "copy.xlsx"):
            with self.subTest(target.name):
                there = sorted(self.folder.rglob("*"))
                with self.assertRaises(IOException):
                    self.job("saveValues", Settings=bed.office_url(target))
                self.assertEqual(sorted(self.folder.rglob("*")), there)
                self.assertEqual([path.read_text() for path in there if path.suffix != ".ods" and path.is_file()], ["a file", "kept"])
                self.assertEqual(self.open_documents(), documents)
                self.assertEqual(sheet.getCellRangeByName("A1").Formula, formula)
                self.assertEqual((self.document.isModified(), self.document.getURL()), (False, ""))
                self.assertEqual(self.document.UndoManager.getAllUndoActionTitles(), undo)

    def test_a_copy_keeps_the_password(self):
        self.document.Sheets[0].getCellRangeByName("A1").FormulaLocal = "=WINRATE(3;7)"
        path, copied = self.folder / "secret.ods", self.folder / "secret copy.ods"
        self.document.storeAsURL(bed.office_url(path), bed.properties(FilterName="calc8", Password="k\u00e9y"))
        with self.assertRaises(IllegalArgumentException):
            self.job("saveValues", Settings=bed.office_url(path))  # the document's own file
        self.assertEqual(self.job("saveValues", Settings=bed.office_url(copied)), "saved")
        with zipfile.ZipFile(copied) as archive:
            self.assertIn(b"encryption-data", archive.read("META-INF/manifest.xml"))
        copy = self.office.open(copied, Password="k\u00e9y")
        self.addCleanup(copy.close, True)
        self.assertEqual(copy.Sheets[0].getCellRangeByName("A1").Value, 0.3)

    def test_protected_sheets_are_refused(self):
        sheet = self.document.Sheets[0]
        sheet.getCellRangeByName("A1").FormulaLocal = "=WINRATE(3;7)"
        sheet.protect("")
        self.assertEqual(self.leave().strip(), "ProtectedSheet")
        self.assertEqual(self.ours(sheet, "A1"), 1)


if __name__ == "__main__":
    bed.main()
