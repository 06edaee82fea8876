"""A plan of several sheets in a document: written in one undo step, with pictures of every kind.

The plan is that of tests/office/probe/small_kpi_sheet.cpp.
"""
import zipfile

import bed
from com.sun.star.beans import NamedValue

BLUE, SOFT, FAINT, GREY, GREEN, RED = 0x1F5C99, 0x6C9BCB, 0xD3E1F0, 0x6B6B6B, 0x2E7D32, 0xC62828


class DocumentPlans(bed.CalcTest):
    extensions = (bed.OXT, bed.PROBE_OXT)

    def setUp(self):
        # Undoing the insertion of a sheet needs a view: without one Calc 7.4 breaks down.
        self.document = self.office.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
        self.addCleanup(self.close)
        self.undo = self.document.UndoManager

    def do(self, what, **more):
        job = self.office.service("org.calckpi.test.Sheets")
        values = {"Document": self.document, "Do": what, **more}
        return job.execute(tuple(NamedValue(name, value) for name, value in values.items()))

    def on(self, name, address):
        return self.document.Sheets.getByName(name).getCellRangeByName(address)

    def content(self):
        """What the saved document holds. A chart that comes back by undo is stored under another name."""
        path = self.folder / "content.ods"
        self.document.storeToURL(bed.office_url(path), bed.properties(FilterName="calc8"))
        with zipfile.ZipFile(path) as archive:
            text = archive.read("content.xml").decode()
        lines = text[text.index("<office:body>"):].replace("><", ">\n<").split("\n")
        return "\n".join(line for line in lines if not line.startswith(("<draw:object", "<draw:image")))

    def look(self, sheet="KPIs"):
        """All that can be seen of the front sheet beside its texts."""
        cells = self.on(sheet, "A1:H9")
        styles = [[cells.getCellByPosition(column, row).CellStyle or "Default" for column in range(8)] for row in range(9)]
        conditions = [[(entry.StyleName, entry.getFormula1()) for entry in self.on(sheet, address).ConditionalFormat]
                      for address in ("D5:E5", "A8:E9")]
        valid = self.on(sheet, "A5").Validation
        charts = sorted(self.chart(chart.EmbeddedObject) for chart in self.document.Sheets.getByName(sheet).Charts)
        return styles, conditions, (valid.Type.value, valid.getFormula1()), charts

    def chart(self, drawing):
        kinds = drawing.getFirstDiagram().CoordinateSystems[0].ChartTypes
        series = [one for kind in kinds for one in kind.DataSeries]
        looks = []
        for one in series:
            bars = one.ErrorBarY
            ranges = [sequence.Values.SourceRangeRepresentation for sequence in bars.DataSequences] if bars else []
            looks.append((one.DataSequences[0].Values.SourceRangeRepresentation, one.Color, one.LineStyle.value, one.FillStyle.value
                          if hasattr(one, "FillStyle") else "", ranges))
        return drawing.Title.String, [kind.ChartType for kind in kinds], drawing.HasLegend, looks

    def test_all_that_a_plan_holds_is_written(self):
        before = self.content()
        self.undo.clear()
        self.assertEqual(self.do("insertPlan"), "CalcKpi_KpiSheet_1 A1:H39")
        self.assertEqual(self.document.Sheets.ElementNames, ("Sheet1", "KPIs", "KPI data", "KPI inputs"))
        self.assertEqual(self.document.CurrentController.ActiveSheet.Name, "KPIs")
        self.assertEqual([self.on("KPIs", address).String for address in ("A1", "A5", "B5", "C5", "D5", "E5")],
                         ["Sales scorecard", "Aug", "$310", "$280", "30.00", "▲"])
        self.assertEqual(self.on("KPIs", "B5").Formula, "=INDEX($'KPI data'.$B$2:$B$12;MATCH(A5;$'KPI data'.$A$2:$A$12;0))")
        self.assertEqual(self.on("KPIs", "A8").ArrayFormula[:2], "{=")
        styles, conditions, valid, charts = look = self.look()
        self.assertEqual(styles[4][:5], ["KPI Text", "KPI Money", "KPI Money", "KPI Number", "KPI Text"])
        self.assertEqual([style for style, _ in conditions[0]], ["KPI Better", "KPI Worse", "KPI On Target"])
        self.assertEqual([style for style, _ in conditions[1]], [f"KPI Heat {step}" for step in (5, 4, 3, 2, 1)])
        self.assertEqual(valid, ("LIST", "$'KPI data'.$A$2:$A$12"))
        self.assertEqual(self.document.Sheets.getByName("KPI inputs").NamedRanges.getByName("WonTarget").Content, "$'KPI inputs'.$B$2")
        sheet = self.document.Sheets.getByName("KPIs")
        self.assertEqual((sheet.PageStyle, sheet.PrintTitleRows, sheet.TitleRows.EndRow), ("KPI Landscape", True, 2))
        self.assert_pictures({title: (kinds, looks) for title, kinds, legend, looks in charts if not legend})
        self.assertEqual(self.on("KPI data", "A51:B55").getDataArray(), ((1, 2), (3, 4), (5, 6), ("", ""), ("", "")))
        # The whole follows: another month, another target.
        self.on("KPIs", "A5").String = "Mar"
        self.on("KPI inputs", "B2").Value = 198
        self.assertEqual([self.on("KPIs", address).String for address in ("B5", "C5", "D5", "E5")], ["$198", "$198", "0.00", "●"])
        self.undo.undo()
        self.undo.undo()
        self.assertEqual(self.undo.getAllUndoActionTitles(), ("Insert KPI sheet",))
        after = self.content()
        self.undo.undo()
        self.assertEqual((self.document.Sheets.ElementNames, self.content()), (("Sheet1",), before))
        self.assertFalse(any(name.startswith("KPI") for name in self.document.StyleFamilies.getByName("CellStyles").ElementNames))
        self.undo.redo()
        self.assertEqual(self.look(), look)
        self.assertEqual(self.content(), after)

    def assert_pictures(self, pictures):
        column, line = "com.sun.star.chart2.ColumnChartType", "com.sun.star.chart2.LineChartType"
        kinds, looks = pictures["Won value and its target"]
        self.assertEqual(kinds, [line])
        self.assertEqual([(values, colour, style) for values, colour, style, *_ in looks],
                         [("$'KPI data'.$B$2:$B$12", BLUE, "SOLID"), ("$'KPI data'.$C$2:$C$12", BLUE, "DASH"),
                          ("$'KPI data'.$D$2:$D$12", GREY, "DASH"), ("$'KPI data'.$E$2:$E$12", GREY, "NONE")])
        kinds, looks = pictures["Win rate by owner, 95 % interval"]
        self.assertEqual((kinds, [(look[1], look[3]) for look in looks[:2]], looks[2][3]), ([column], [(SOFT, "SOLID"), (FAINT, "SOLID")], "NONE"))
        whiskers = ["$'KPI data'.$D$18:$D$23", "$'KPI data'.$E$18:$E$23"]
        self.assertEqual([sorted(look[4]) for look in looks], [whiskers, whiskers, []])
        axes = {chart.EmbeddedObject.Title.String: chart.EmbeddedObject.Diagram.YAxis for chart in self.document.Sheets.getByName("KPIs").Charts}
        axis = axes["Win rate by owner, 95 % interval"]
        self.assertEqual((axis.AutoMin, axis.Min), (False, 0), "bars begin at 0")
        kinds, looks = pictures["Decided by age of the deal, days"]
        self.assertEqual((kinds, [(look[1], look[2]) for look in looks]),
                         ([line], [(BLUE, "SOLID"), (BLUE, "DASH"), (BLUE, "DASH"), (GREY, "SOLID"), (GREY, "DASH"), (GREY, "DASH")]))
        kinds, looks = pictures["Recurring revenue, November"]
        self.assertEqual((kinds, looks[0][3], [look[1] for look in looks[1:]]), ([column], "NONE", [BLUE, GREEN, RED]))

    def test_a_second_one_has_its_own_sheets(self):
        self.do("insertPlan")
        self.assertEqual(self.do("insertPlan").split()[0], "CalcKpi_KpiSheet_2")
        self.assertEqual(sorted(self.document.Sheets.ElementNames)[:6], ["KPI data", "KPI data 2", "KPI inputs", "KPI inputs 2", "KPIs", "KPIs 2"])
        self.assertEqual(self.on("KPIs 2", "C5").Formula, "=$'KPI inputs 2'.$B$2")
        for name in ("KPIs 2", "KPI data 2", "KPI inputs 2"):
            found = self.do("find", Target=self.on(name, "A1"))
            self.assertEqual(found, "CalcKpi_KpiSheet_2 \nsmall")

    def test_saved_and_loaded(self):
        self.do("insertPlan")
        styles, conditions, valid, charts = self.look()
        path = self.folder / "plan.ods"
        self.document.storeToURL(bed.office_url(path), bed.properties(FilterName="calc8"))
        self.document.close(True)
        self.document = self.office.open(path)
        loaded = self.look()
        self.assertEqual(loaded[:3], (styles, conditions, valid))
        self.assertEqual([(title, kinds, legend, [look[:3] for look in looks]) for title, kinds, legend, looks in loaded[3]],
                         [(title, kinds, legend, [look[:3] for look in looks]) for title, kinds, legend, looks in charts])

    def test_a_plan_that_does_not_fit_is_refused_before_anything_is_written(self):
        before = self.content()
        self.undo.clear()
        with self.assertRaisesRegex(Exception, 'blocks "title" and "scorecard" overlap'):
            self.do("insertMisfit")
        self.assertEqual((self.content(), self.undo.getAllUndoActionTitles(), self.undo.getAllRedoActionTitles()), (before, (), ()))


if __name__ == "__main__":
    bed.main()
