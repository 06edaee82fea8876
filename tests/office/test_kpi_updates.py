"""KPI sheets that are updated in place, month after month: the figures are those of the data as they are now, what was typed stays.

Whatever the user does to the three sheets between two updates: renames, hides, moves or deletes them, inserts rows, types beside the
figures or over them. Nothing typed is lost without a sentence that says so.
"""
import bed
from kpi_bed import Deals, KpiTest, VALUE, month

WRITTEN = r"^CalcKpi_KpiSheet_\d+ [A-Z]+\d+:[A-Z]+\d+$"
MONTHS = 10


class KpiUpdates(KpiTest):
    def setUp(self):
        super().setUp()
        self.all = Deals(21)
        self.latest = month(self.all.as_of)
        self.deals = self.all.seen_on(month(self.latest, -MONTHS) + 18)
        self.insert("sales-scorecard", [self.put_deals(self.deals)])
        self.undo = self.document.UndoManager
        self.undo.clear()

    def by_name(self, name):
        return self.document.Sheets.getByName(name)

    def input_cell(self, header, day, sheet="KPI inputs"):
        """The cell of a figure and a period, wherever they are now."""
        inputs = self.by_name(sheet)
        cursor = inputs.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        rows = inputs.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray()
        top = next(row for row, cells in enumerate(rows) if header in cells)
        column = rows[top].index(header)
        row = next(row for row, cells in enumerate(rows) if row > top and cells[0] == day)
        return inputs.getCellByPosition(column, row)

    def next_month(self, day):
        """The deals as they are known on a day, over those of the sheet and below them."""
        self.deals = self.all.seen_on(day)
        sheet = self.by_name("Deals")
        cells = sheet.getCellRangeByPosition(0, 1, 6, len(self.deals.rows))
        cells.setDataArray(self.deals.rows)

    def assert_updated(self, *arguments, **more):
        self.assertRegex(self.update(*arguments, **more), WRITTEN)

    def assert_figures(self, sheet="KPIs"):
        shown = self.by_name(sheet).getCellRangeByName("B3").Value
        self.assert_scorecard(self.by_name(sheet), self.deals, shown)

    def test_month_after_month(self):
        typed = {}
        for number in range(MONTHS):
            shown = month(self.deals.as_of, -1)
            for header, value in (("Target: Deals won", 5 + number), ("Target: Win rate", f"=0.2+{number}/100"), ("Sales forecast", 900 * number)):
                cell = self.input_cell(header, shown)
                cell.Formula = str(value)
                typed[header, shown] = cell.Formula
            self.next_month(month(self.latest, number + 1 - MONTHS) + 18)
            before = len(self.undo.getAllUndoActionTitles())
            self.assert_updated()
            self.assertEqual(self.undo.getAllUndoActionTitles()[0], "Update KPI sheet")
            self.assertEqual(len(self.undo.getAllUndoActionTitles()), before + 1)
            self.assertEqual(self.by_name("KPIs").getCellRangeByName("B3").Value, month(self.deals.as_of, -1))
            self.assert_figures()
            for (header, day), formula in typed.items():
                self.assertEqual(self.input_cell(header, day).Formula, formula, f"{header}, {day}, month {number}")
        self.assertEqual(self.document.Sheets.ElementNames, ("Deals", "KPIs", "KPI data", "KPI inputs"))

    def state(self):
        state = []
        for name in self.document.Sheets.ElementNames:
            sheet = self.by_name(name)
            cursor = sheet.createCursor()
            cursor.gotoEndOfUsedArea(False)
            end = cursor.RangeAddress
            cells = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
            filled = {(row, column): text for row, texts in enumerate(cells.getFormulaArray()) for column, text in enumerate(texts) if text}
            names = sorted((each, sheet.NamedRanges.getByName(each).Content) for each in sheet.NamedRanges.ElementNames)
            state.append((name, filled, names, len(sheet.Charts)))
        return state

    def test_one_undo_and_redo(self):
        self.input_cell("Target: Deals won", month(self.deals.as_of, -1)).Value = 7
        self.next_month(self.all.as_of)
        before = self.state()
        self.assert_updated(changes=("unit quarter",))
        after = self.state()
        self.assertNotEqual(after, before)
        self.undo.undo()
        self.assertEqual(self.state(), before)
        self.undo.redo()
        self.assertEqual(self.state(), after)
        self.undo.undo()
        self.assert_figures_of_month_before()

    def assert_figures_of_month_before(self):
        self.by_name("KPIs").getCellRangeByName("B3").Value = month(self.deals.as_of, -1)
        rows = self.rows_of(self.by_name("KPIs"), "Scorecard")
        self.assertIn("Deals won", rows)

    def test_nothing_changed_writes_the_same(self):
        before = self.state()
        self.assert_updated()
        self.assertEqual(self.state(), before)

    def test_changed_options_keep_what_was_typed(self):
        shown = month(self.deals.as_of, -1)
        self.input_cell("Target: Deals won", shown).Value = 11
        self.assert_updated(changes=("unit quarter", "previous no", "last-year no", "periods 5"))
        self.assertEqual(self.input_cell("Target: Deals won", shown).Value, 11, "below the quarters")
        self.assert_updated(changes=("unit month", "previous yes", "last-year yes", "periods 24"))
        self.assertEqual(self.input_cell("Target: Deals won", shown).Value, 11)
        self.assert_figures()

    def test_a_kpi_that_is_gone_keeps_its_target(self):
        shown = month(self.deals.as_of, -1)
        self.input_cell("Target: Deals won", shown).Value = 12
        names = self.by_name("KPIs").NamedRanges
        settings = names.getByName("CalcKpi_KpiSheet_1_Settings").Content
        lost = settings.replace("kpi deals-won\n", "kpi no-longer-there\n")
        self.assertNotEqual(lost, settings)
        for name in ("KPIs", "KPI data", "KPI inputs"):
            self.by_name(name).NamedRanges.getByName("CalcKpi_KpiSheet_1_Settings").Content = lost
        self.assert_updated()
        self.assertNotIn("Deals won", self.rows_of(self.by_name("KPIs"), "Scorecard"))
        self.assertEqual(self.input_cell("Target: Deals won", shown).Value, 12)
        self.assert_updated(changes=("kpi deals-won",))
        self.assertIn("Deals won", self.rows_of(self.by_name("KPIs"), "Scorecard"))
        self.assertEqual(self.input_cell("Target: Deals won", shown).Value, 12)

    def test_renamed_hidden_moved_sheets(self):
        shown = month(self.deals.as_of, -1)
        self.input_cell("Target: Deals won", shown).Value = 13
        self.by_name("KPIs").Name = "Monday's figures"
        self.by_name("KPI data").IsVisible = False
        self.by_name("KPI inputs").Name = "Targets 2026"
        self.document.Sheets.moveByName("Targets 2026", 0)
        self.next_month(month(self.deals.as_of, 1) + 18)
        self.by_name("Deals").Name = "CRM export (May)"
        self.assert_updated(sheet="Monday's figures")
        self.assertEqual(self.document.Sheets.ElementNames, ("Targets 2026", "CRM export (May)", "Monday's figures", "KPI data"))
        self.assertFalse(self.by_name("KPI data").IsVisible)
        self.assert_figures("Monday's figures")
        self.assertEqual(self.input_cell("Target: Deals won", shown, "Targets 2026").Value, 13)
        self.assert_updated(sheet="Targets 2026")

    def test_deleted_sheets_are_written_again(self):
        for name, left in (("KPI data", "KPIs"), ("KPIs", "KPI inputs"), ("KPI inputs", "KPIs")):
            with self.subTest(name):
                self.document.Sheets.removeByName(name)
                self.assert_updated(sheet=left)
                self.assertIn(name, self.document.Sheets.ElementNames)
                self.assert_figures()
        self.document.Sheets.removeByName("Deals")
        self.assertEqual(self.update(), "the data are gone")

    def test_cells_of_the_user(self):
        kpis = self.by_name("KPIs")
        beside = kpis.getCellRangeByName("R7")
        beside.String = "ask Ana"
        below = self.by_name("KPI inputs").getCellRangeByName("A90")
        below.String = "from the budget of May"
        self.assert_updated()
        self.assertEqual((beside.String, below.String), ("ask Ana", "from the budget of May"))
        rows = self.rows_of(kpis, "Scorecard")
        changed = kpis.getCellByPosition(VALUE, rows["Deals won"])
        changed.Value = 1234.5
        kpis.getCellByPosition(0, rows["Deals lost"]).String = "Lost, alas"
        before = self.state()
        address = f"C{rows['Deals won'] + 1}, A{rows['Deals lost'] + 1}"
        self.assertEqual(self.update(), f"On the sheet KPIs, {address} hold something that you typed or changed. Move it, or overwrite it")
        self.assertEqual(self.state(), before, "nothing is written")
        self.assert_updated(Overwrite=True)
        self.assert_figures()

    def test_inserted_rows_and_columns(self):
        shown = month(self.deals.as_of, -1)
        self.input_cell("Target: Deals won", shown).Value = 14
        self.by_name("KPI inputs").Rows.insertByIndex(2, 2)
        self.by_name("KPI inputs").Columns.insertByIndex(3, 1)
        self.by_name("KPIs").Rows.insertByIndex(0, 1)
        self.by_name("KPI data").Rows.insertByIndex(0, 1)
        self.assert_updated(cell="A3")
        self.assertEqual(self.input_cell("Target: Deals won", shown).Value, 14)
        self.assert_scorecard(self.by_name("KPIs"), self.deals, self.by_name("KPIs").getCellRangeByName("B4").Value)

    def test_what_was_typed_as_text_stays_and_is_told_of(self):
        shown = month(self.deals.as_of, -1)
        cell = self.input_cell("Target: Deals won", shown)
        cell.String = "twelve"
        note = self.by_name("KPI inputs").getCellRangeByName("A3")
        self.assertEqual(note.String, "Some of these cells hold text, which is not a number: type plain numbers")
        self.assert_updated()
        self.assertEqual(self.input_cell("Target: Deals won", shown).String, "twelve")
        self.input_cell("Target: Deals won", shown).Value = 12
        self.assertEqual(note.String.strip(), "")

    def test_as_of_is_kept(self):
        self.by_name("KPI inputs").getCellRangeByName("B4").Value = month(self.deals.as_of, -2) + 9
        self.assert_updated()
        self.assertEqual(self.by_name("KPI inputs").getCellRangeByName("B4").Value, month(self.deals.as_of, -2) + 9)
        self.assertEqual(self.by_name("KPIs").getCellRangeByName("B3").Value, month(self.deals.as_of, -3))

    def test_protected_sheets_are_refused(self):
        self.by_name("KPI data").protect("")
        before = self.state()
        self.assertRegex(self.update(), "^The sheet KPI data is protected")
        self.assertEqual(self.state(), before)
        self.by_name("KPI data").unprotect("")
        self.document.Sheets.removeByName("KPI inputs")
        self.document.protect("")
        self.assertRegex(self.update(), "^The structure of the document is protected")

    def test_a_copy_of_a_sheet_is_refused(self):
        self.document.Sheets.copyByName("KPIs", "KPIs 2", 1)
        self.assertRegex(self.update(), "^A sheet of this KPI sheet has been copied")

    def test_a_copy_with_values_stays_as_it_is(self):
        """Last month's sheets, kept: Update is of those that are alive, wherever the copies stand."""
        kept = {}
        for name, place in (("KPIs", 0), ("KPI data", 9), ("KPI inputs", 9)):
            copy = f"{name} in May"
            self.document.Sheets.copyByName(name, copy, place)
            sheet = self.by_name(copy)
            cursor = sheet.createCursor()
            cursor.gotoEndOfUsedArea(False)
            cells = sheet.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow)
            values = tuple(tuple(value if isinstance(value, (str, float)) else "" for value in row) for row in cells.getDataArray())
            cells.clearContents(1 | 2 | 4 | 16)
            cells.setDataArray(values)
            kept[copy] = values
        self.input_cell("Target: Deals won", month(self.deals.as_of, -1)).Value = 16
        self.next_month(month(self.deals.as_of, 1) + 18)
        self.assert_updated()
        self.assert_figures()
        self.assertEqual(self.input_cell("Target: Deals won", month(self.deals.as_of, -2)).Value, 16)
        for copy, values in kept.items():
            rows, columns = len(values), len(values[0])
            self.assertEqual(self.by_name(copy).getCellRangeByPosition(0, 0, columns - 1, rows - 1).getDataArray(), values, copy)
        self.assertEqual(len(self.document.Sheets.ElementNames), 7)

    def test_two_kpi_sheets(self):
        self.insert("sales-scorecard", ["Deals.A1:G400"])
        self.assertEqual(self.document.Sheets.ElementNames[4:], ("KPIs 2", "KPI data 2", "KPI inputs 2"))
        self.assert_updated(sheet="KPIs 2")
        self.assert_updated(sheet="KPIs")
        self.assertEqual(len(self.document.Sheets.ElementNames), 7)

    def test_saved_loaded_and_updated(self):
        shown = month(self.deals.as_of, -1)
        self.input_cell("Target: Deals won", shown).Value = 15
        for end, kind in (("ods", "calc8"), ("xlsx", "Calc MS Excel 2007 XML")):
            path = self.folder / f"updated.{end}"
            self.document.storeToURL(bed.office_url(path), bed.properties(FilterName=kind))
            kept, self.document = self.document, self.office.open(path)
            try:
                with self.subTest(end):
                    self.assertEqual(self.by_name("KPI inputs").getCellRangeByName("A3").String.strip(), "", "nothing there is a text")
                    self.document.calculateAll()
                    self.assert_updated()
                    self.assert_figures()
                    self.assertEqual(self.input_cell("Target: Deals won", shown).Value, 15)
            finally:
                self.document.close(True)
                self.document = kept


if __name__ == "__main__":
    bed.main()
