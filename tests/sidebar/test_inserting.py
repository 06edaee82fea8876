#!/usr/bin/env python3
"""Insert, undo, redo, update: what is written into the document, and what must never be."""
import time

import bed
import uno
from bed import OWNERS, PLACES, SPLITS, STAGES, SidebarTest, deals, stage_funnel
from calc import Grid
from office import properties, url
from saved import parts_of, whole_of


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

    def target(self):
        return [element for element in self.panel.elements() if element.role == self.panel.edit().role][-1]

    def choose_cell(self, address):
        self.panel.choose("Insert", PLACES[1], PLACES)
        self.panel.type_into(self.target(), address, end="Tab")
        self.wait(lambda: self.target().text == address, lambda: self.target().text)

    def insert_at(self, address):
        sheet, cell = address.split(".")
        self.choose_cell(address)
        self.insert()
        self.wait(lambda: self.document.Sheets.getByName(sheet).getCellRangeByName(cell).String.startswith("Funnel"),
                  lambda: f"the title stands in {address}; the panel says {self.panel.texts()}")
        return self.document.Sheets.getByName(sheet)

    def cell(self, address):
        sheet, cell = address.split(".")
        return self.document.Sheets.getByName(sheet).getCellRangeByName(cell)

    def remove_stage(self, place):
        known = self.stage_names()
        self.panel.select_stage(place)
        self.panel.click(self.panel.button("Remove"))
        left = known[:place] + known[place + 1:]
        self.wait(lambda: self.stage_names() == left, self.stage_names)

    def split_by(self, column, segments):
        self.panel.choose("Split by", column, SPLITS)
        self.wait(lambda: self.panel.says(f"{segments} segments"), self.panel.texts)

    def select_the_table(self, sheet, cell="A4"):
        self.show_sheet(sheet)
        self.grid.click(cell)
        self.wait(lambda: self.panel.has("Update funnel table"), self.panel.texts)

    def update(self):
        steps = self.steps()
        self.insert("Update funnel table")
        self.wait(lambda: self.steps() != steps, lambda: f"the table is updated; the panel says {self.panel.texts()}")

    def steps(self):
        return self.document.UndoManager.getAllUndoActionTitles()

    def key(self, keys, steps):
        """Ctrl+Z or Ctrl+Y; then so many steps are to be undone."""
        self.desk.keys(keys)
        self.wait(lambda: len(self.steps()) == steps, self.steps)

    def reopen(self, **options):
        """Saves the document, closes it, opens what was saved, and shows the panel."""
        folder = self.calc.folder / "kept"
        folder.mkdir(exist_ok=True)
        path = folder / f"{self.id().split('.')[-1]}.ods"
        self.document.storeToURL(url(path), properties(FilterName="calc8"))
        self.close()
        self.document = self.calc.open(path, **options)
        self.before = parts_of(self.document)
        self.panel = self.calc.show_panel(self.document)
        self.grid = Grid(self.desk, self.document.CurrentController)

    def assert_same(self, whole, expected):
        """What differs, and where it begins."""
        for part in sorted({*whole, *expected}):
            one, other = whole.get(part, ""), expected.get(part, "")
            if one != other:
                start = max(0, next((place for place, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other))) - 150)
                self.fail(f"{part} differs:\n{one[start:start + 500]}\nexpected:\n{other[start:start + 500]}")

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

    def test_at_a_cell_picked_with_the_mouse_and_undone(self):
        before = whole_of(self.document)
        self.panel.choose("Insert", PLACES[1], PLACES)
        picks = [element for element in self.panel.elements() if element.name == "Pick"]
        self.panel.click(picks[-1])
        self.desk.click(*self.grid.middle("I3"))
        self.wait(lambda: "I3" in self.target().text, lambda: self.target().text)
        self.insert()
        self.wait(lambda: self.document.Sheets.getByName("Deals").getCellRangeByName("I3").String, "the title stands in I3")
        self.desk.picture("inserted-at-a-picked-cell")
        counts = self.document.Sheets.getByName("Deals").getCellRangeByName("I7:J10").getDataArray()
        self.assertEqual([(stage, round(count)) for stage, count in counts], list(zip(STAGES, stage_funnel(deals(), STAGES))))
        self.desk.keys("ctrl+z")
        self.wait(lambda: not self.document.Sheets.getByName("Deals").getCellRangeByName("I3").String, "I3 is empty again")
        self.assert_same(whole_of(self.document), before)

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
        self.panel.choose("Split by", "Owner", SPLITS)
        self.wait(lambda: self.panel.says("3 segments"), self.panel.texts)
        sheet = self.insert_on_a_new_sheet()
        cells = {cell for row in self.used(sheet).getDataArray() for cell in row}
        self.assertLessEqual(set(OWNERS), cells)
        self.desk.picture("inserted-split")

    def test_bars_in_cells_instead_of_a_chart(self):
        self.panel.click(self.panel.check_box("More options"))
        self.wait(lambda: self.panel.has("Picture"), self.panel.texts)
        self.panel.choose("Picture", "bars in cells", ["a chart", "bars in cells", "none"])
        sheet = self.insert_on_a_new_sheet()
        self.expect_counts(sheet.Name, STAGES, deals())
        self.assertEqual(sheet.Charts.Count, 0)
        bars = [cell for row in self.used(sheet).getDataArray() for cell in row if "\u2588" in str(cell)]
        # 30 signs are the largest count.
        counts = stage_funnel(deals(), STAGES)
        self.assertEqual([len(bar) for bar in bars], [round(30 * count / counts[0]) for count in counts])
        self.desk.picture("inserted-bars")
        # The other picture takes their place.
        self.show_sheet(sheet.Name)
        self.grid.click("A4")
        self.wait(lambda: self.panel.has("Update funnel table"), self.panel.texts)
        self.panel.choose("Picture", "a chart", ["a chart", "bars in cells", "none"])
        self.update()
        self.wait(lambda: sheet.Charts.Count == 1, "the chart is there")
        self.assertFalse([cell for row in self.used(sheet).getDataArray() for cell in row if "\u2588" in str(cell)])
        self.desk.picture("bars-to-chart")

    def test_values_only(self):
        self.panel.click(self.panel.check_box("More options"))
        self.wait(lambda: self.panel.has("Values only"), self.panel.texts)
        self.panel.click(self.panel.check_box("Values only"))
        self.wait(lambda: self.panel.check_box("Values only").checked, "Values only is checked")
        sheet = self.insert_on_a_new_sheet()
        self.expect_counts(sheet.Name, STAGES, deals())
        self.assertFalse([cell for row in self.used(sheet).getFormulaArray() for cell in row if cell.startswith(("=", "{="))])


class Update(InsertTest):
    def test_a_cell_of_the_table_shows_its_settings_and_update_rewrites_it(self):
        self.panel.choose("Split by", "Channel", SPLITS)
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

    def test_what_stands_below_moves_down(self):
        sheet = self.insert_at("Mine.D5")
        self.changed = ("sheet Mine",)
        end = self.table_end(sheet)
        for column, value in ((3, "a remark below"), (4, 4711.0)):
            cell = sheet.getCellByPosition(column, end + 2)
            cell.String = value if isinstance(value, str) else ""
            if not isinstance(value, str):
                cell.Value = value
        sheet.getCellRangeByName("A40").String = "beside"
        self.select_the_table("Mine", "D8")
        before = whole_of(self.document)
        steps = len(self.steps())
        self.split_by("Owner", 3)
        self.update()
        self.desk.picture("update-longer")
        longer = self.table_end(sheet)
        self.assertGreater(longer, end)
        self.assertEqual([sheet.getCellByPosition(column, longer + 2).String for column in (3, 4)], ["a remark below", "4711"])
        self.assertEqual([sheet.getCellRangeByName(address).String for address in ("A1", "A40")], ["my own notes", "beside"])
        self.key("ctrl+z", steps)
        self.assert_same(whole_of(self.document), before)

    def table_end(self, sheet):
        return sheet.NamedRanges.getByName("CalcKpi_Funnel_1").ReferredCells.RangeAddress.EndRow

    def test_what_stands_beside_what_would_move_is_named(self):
        sheet = self.insert_at("Mine.D5")
        self.changed = ("sheet Mine",)
        end = self.table_end(sheet)
        sheet.getCellByPosition(3, end + 1).String = "the end of"
        sheet.getCellByPosition(2, end + 1).String = "a row of mine"
        self.select_the_table("Mine", "D8")
        self.split_by("Owner", 3)
        before = whole_of(self.document)
        self.insert("Update funnel table")
        self.wait(lambda: self.panel.says(f"C{end + 2} are beside what would have to move down"), self.panel.texts)
        self.desk.picture("update-no-room-below")
        self.assert_same(whole_of(self.document), before)

    def test_what_stands_to_the_right_is_asked_about(self):
        self.panel.click(self.panel.check_box("More options"))
        sheet = self.insert_at("Mine.D5")
        self.changed = ("sheet Mine",)
        right = sheet.NamedRanges.getByName("CalcKpi_Funnel_1").ReferredCells.RangeAddress.EndColumn + 1
        mine = sheet.getCellByPosition(right, 6)
        mine.String = "mine"
        address = mine.AbsoluteName.split(".")[1].replace("$", "")
        self.select_the_table("Mine", "D8")
        self.split_by("Owner", 3)
        before = whole_of(self.document)
        self.insert("Update funnel table")
        self.wait(lambda: self.panel.says(f"{address} is not empty"), self.panel.texts)
        self.desk.picture("update-full-at-the-right")
        self.assert_same(whole_of(self.document), before)
        steps = len(self.steps())
        self.panel.click(self.panel.button("Overwrite these cells"))
        self.wait(lambda: len(self.steps()) == steps + 1, self.panel.texts)
        self.assertNotEqual(sheet.getCellByPosition(right, 6).String, "mine")
        self.key("ctrl+z", steps)
        self.assert_same(whole_of(self.document), before)

    def test_what_the_user_made_of_the_table_and_its_picture_stays(self):
        sheet = self.insert_on_a_new_sheet()
        self.show_sheet(sheet.Name)
        sheet.getCellRangeByName("B6").CharColor = 0xC00000
        two_decimals = self.document.NumberFormats.queryKey("0.00%", uno.createUnoStruct("com.sun.star.lang.Locale"), False)
        sheet.getCellRangeByName("D5:D7").NumberFormat = two_decimals
        sheet.Columns.getByName("C").Width = 4321
        chart = sheet.Charts.getByIndex(0).EmbeddedObject
        chart.HasMainTitle = True
        chart.Title.String = "Our year"
        chart.Diagram.getDataRowProperties(1).FillColor = 0x00AA44
        page = self.document.DrawPages.getByIndex(sheet.RangeAddress.Sheet)
        place = page.getByIndex(0).Position
        place.X, place.Y = place.X + 4000, place.Y + 5000
        page.getByIndex(0).setPosition(place)
        self.select_the_table(sheet.Name)
        self.remove_stage(2)
        before, steps = whole_of(self.document), len(self.steps())
        self.update()
        self.desk.picture("update-keeps-what-the-user-made")
        self.assertEqual(sheet.getCellRangeByName("B6").CharColor, 0xC00000)
        self.assertRegex(sheet.getCellRangeByName("D6").String, r"^\d+\.\d\d%$")
        self.assertAlmostEqual(sheet.Columns.getByName("C").Width, 4321, delta=5)
        self.assertEqual(sheet.Charts.Count, 1)
        chart = sheet.Charts.getByIndex(0)
        drawing = chart.EmbeddedObject
        self.assertEqual((drawing.Title.String, drawing.Diagram.getDataRowProperties(1).FillColor), ("Our year", 0x00AA44))
        self.assertEqual(chart.Ranges[0].EndRow - chart.Ranges[0].StartRow, 3)
        self.assertEqual((page.getByIndex(0).Position.X, page.getByIndex(0).Position.Y), (place.X, place.Y))
        self.key("ctrl+z", steps)
        self.assert_same(whole_of(self.document), before)

    def test_cells_of_the_table_that_the_user_has_merged(self):
        sheet = self.insert_on_a_new_sheet()
        sheet.getCellRangeByName("A1:F1").merge(True)
        sheet.getCellRangeByName("A9:F9").merge(True)
        self.select_the_table(sheet.Name)
        self.panel.click(self.panel.check_box("More options"))
        self.split_by("Channel", 2)
        self.update()
        self.expect_counts(sheet.Name, STAGES, deals())
        self.desk.picture("update-merged")
        self.assertEqual([sheet.getCellRangeByName(address).IsMerged for address in ("A1:F1", "A9:F9")], [True, False])


class Kept(InsertTest):
    """Tables that are found again."""

    def test_saved_closed_reopened_and_updated(self):
        self.split_by("Channel", 2)
        sheet = self.insert_on_a_new_sheet().Name
        self.reopen()
        self.changed = ("sheet " + sheet, "names")
        self.select_the_table(sheet)
        self.assertEqual(self.panel.chosen("Split by"), "Channel")
        self.assertEqual(self.stage_names(), [*STAGES, "Lost"])
        self.desk.picture("reopened")
        self.remove_stage(1)
        self.update()
        self.expect_counts(sheet, ["Lead", "Proposal", "Won"], deals())
        there = self.document.Sheets.getByName(sheet)
        self.assertEqual(there.Charts.Count, 1)
        ranges = there.Charts.getByIndex(0).Ranges
        self.assertEqual(ranges[0].EndRow - ranges[0].StartRow, 3)
        self.desk.picture("reopened-and-updated")

    def test_moved_renamed_and_rows_inserted_above(self):
        sheet = self.insert_on_a_new_sheet()
        sheet.Rows.insertByIndex(0, 3)
        sheet.Name = "Renamed"
        self.document.Sheets.getByName("Deals").Name = "Sales"
        self.before["sheet Sales"] = self.before.pop("sheet Deals").replace("Deals", "Sales")
        self.changed = ("sheet Sales", "sheet Mine", "names")
        self.select_the_table("Renamed", "A8")
        self.wait(lambda: self.source().startswith("Sales."), self.source)
        self.remove_stage(1)
        self.update()
        self.expect_counts("Renamed", ["Lead", "Proposal", "Won"], deals())
        self.desk.picture("renamed-and-updated")
        self.assertEqual(sheet.getCellRangeByName("A4").String[:6], "Funnel")

    def test_rows_inserted_above_while_the_panel_shows_the_table(self):
        sheet = self.insert_on_a_new_sheet()
        self.select_the_table(sheet.Name)
        self.remove_stage(1)
        self.calc.on_main_thread(lambda: sheet.Rows.insertByIndex(0, 30))
        self.update()
        self.wait(lambda: self.counts_on(sheet.Name, ["Lead", "Proposal", "Won"]), "the table is written")
        self.assertEqual(sheet.getCellRangeByName("A31").String[:6], "Funnel")
        self.assertEqual([sheet.getCellByPosition(0, row).String for row in range(30)], [""] * 30)
        self.assertNotIn("Qualified", self.counts_on(sheet.Name))

    def test_deals_added_below_the_data_are_told_and_taken_in(self):
        sheet = self.insert_on_a_new_sheet()
        self.document.Sheets.getByName("Deals").getCellRangeByName("A62:F63").setDataArray(
            (("D-0061", "Ana", "Web", "Won", 500.0, 45000.0), ("D-0062", "Ben", "Web", "Lead", 500.0, 45000.0)))
        self.select_the_table(sheet.Name)
        self.wait(lambda: self.panel.says("2 rows right below these cells are not counted"), self.panel.texts)
        self.desk.picture("rows-below")
        self.panel.click(self.panel.button("Add them to the data"))
        self.wait(lambda: self.source() == "Deals.A1:F63", self.source)
        self.assertFalse(self.panel.says("right below"))
        self.update()
        more = deals() + [["", "", "", "Won"], ["", "", "", "Lead"]]
        self.expect_counts(sheet.Name, STAGES, more)
        self.changed = ("sheet Deals", "sheet Mine", "names")
        # Selected again, the table knows its larger source.
        self.show_sheet("Mine")
        self.select_the_table(sheet.Name)
        self.wait(lambda: self.source() == "Deals.A1:F63", self.source)

    def test_hidden_rows_are_counted_and_the_panel_says_so(self):
        rows = self.document.Sheets.getByName("Deals").Rows
        self.calc.on_main_thread(lambda: setattr(rows.getByIndex(4), "IsVisible", False))
        self.grid.click("B3")
        self.wait(lambda: self.panel.says("1 row is hidden, and counted all the same"), self.panel.texts)
        self.wait_for_preview(STAGES, stage_funnel(deals(), STAGES))
        self.desk.picture("row-hidden")
        self.changed = ("sheet Deals",)

    def test_another_name_for_the_sheet_of_the_data(self):
        self.remove_stage(1)
        self.calc.on_main_thread(lambda: setattr(self.document.Sheets.getByName("Deals"), "Name", "Sales"))
        self.wait(lambda: self.source() == "Sales.A1:F61", self.source)
        self.before["sheet Sales"] = self.before.pop("sheet Deals").replace("Deals", "Sales")
        self.changed = ("sheet Sales", "sheet Mine", "names")
        self.expect_counts(self.insert_on_a_new_sheet().Name, ["Lead", "Proposal", "Won"], deals())

    def test_cells_inserted_before_the_data_and_between_them_keep_the_choices(self):
        self.remove_stage(1)
        rows = self.document.Sheets.getByName("Deals").Rows
        for place, source in ((0, "Deals.A2:F62"), (10, "Deals.A2:F63")):
            self.calc.on_main_thread(lambda: rows.insertByIndex(place, 1))
            self.wait(lambda: self.source() == source, self.source)
            self.assertEqual(self.stage_names(), ["Lead", "Proposal", "Won", "Lost"])
        name = self.insert_on_a_new_sheet().Name
        self.expect_counts(name, ["Lead", "Proposal", "Won"], deals())
        self.changed = ("sheet Deals", "sheet Mine", "names")

    def test_a_copied_sheet_has_a_table_of_its_own(self):
        sheet = self.insert_on_a_new_sheet().Name
        self.calc.on_main_thread(lambda: self.document.Sheets.copyByName(sheet, "Copy", 1))
        self.select_the_table("Copy")
        self.remove_stage(1)
        self.update()
        self.expect_counts("Copy", ["Lead", "Proposal", "Won"], deals())
        self.expect_counts(sheet, STAGES, deals())
        self.assertEqual([self.document.Sheets.getByName(name).Charts.Count for name in ("Copy", sheet)], [1, 1])
        self.desk.picture("copied-sheet-updated")

    def test_cells_copied_to_another_document_are_plain_cells(self):
        sheet = self.insert_on_a_new_sheet().Name
        self.show_sheet(sheet)
        self.grid.click("A1")
        self.desk.keys("ctrl+a", "ctrl+c")
        self.calc.dispatch(self.document, ".uno:SelectAll")
        self.calc.dispatch(self.document, ".uno:Copy")
        other = self.calc.new()
        try:
            self.calc.dispatch(other, ".uno:Paste")
            self.wait(lambda: other.Sheets.getByIndex(0).getCellRangeByName("A1").String.startswith("Funnel"), "the table is pasted")
            self.assertTrue(self.calc.office.alive)
            self.desk.picture("pasted-elsewhere")
        finally:
            self.calc.on_main_thread(lambda: other.close(True))

    def test_the_sheet_of_the_data_is_deleted(self):
        sheet = self.insert_on_a_new_sheet().Name
        self.select_the_table(sheet)
        self.calc.on_main_thread(lambda: self.document.Sheets.removeByName("Deals"))
        self.before.pop("sheet Deals")
        self.changed = ("sheet Mine", "names")
        self.grid.click("A40")
        self.grid.click("A4")
        self.wait(lambda: self.panel.says("The data of this table are gone"), self.panel.texts)
        self.desk.picture("data-gone")
        self.assertFalse(self.panel.has("Update funnel table"))

    def test_the_sheet_of_the_data_is_deleted_under_the_eyes_of_the_panel(self):
        self.calc.on_main_thread(lambda: self.document.Sheets.removeByName("Deals"))
        self.before.pop("sheet Deals")
        self.changed = ("sheet Mine", "names")
        self.wait(lambda: self.panel.says("These cells are not there any more") or self.source().startswith("Events."), self.panel.texts)
        self.assertFalse(self.panel.has("Qualified"))
        self.desk.picture("data-sheet-deleted")


class Undo(InsertTest):
    def test_the_panel_shows_what_undo_and_redo_have_left(self):
        sheet = self.insert_on_a_new_sheet().Name
        self.select_the_table(sheet)
        self.remove_stage(1)
        self.update()
        self.key("ctrl+z", 1)
        self.wait(lambda: self.stage_names() == [*STAGES, "Lost"], self.stage_names)
        self.assertTrue(self.panel.has("Update funnel table"))
        self.key("ctrl+z", 0)
        self.wait(lambda: self.panel.has("Insert funnel table"), self.panel.texts)
        self.wait(lambda: self.source() == "Deals.A1:F61", self.source)
        self.assertEqual(self.stage_names(), [*STAGES, "Lost"])
        self.desk.picture("undone-and-ready-again")
        self.key("ctrl+y", 1)
        self.wait(lambda: self.panel.has("Update funnel table"), self.panel.texts)

    def test_the_panel_shows_that_a_table_at_a_cell_is_undone(self):
        self.insert_at("Mine.D5")
        self.select_the_table("Mine", "D9")
        self.key("ctrl+z", 0)
        self.wait(lambda: self.panel.has("Insert funnel table"), self.panel.texts)

    def test_insert_and_update_undone_and_redone(self):
        before = whole_of(self.document)
        sheet = self.insert_on_a_new_sheet().Name
        inserted = whole_of(self.document)
        self.assertIn("KPI", inserted["styles"])
        self.key("ctrl+z", 0)
        self.assert_same(whole_of(self.document), before)
        self.desk.picture("undone-whole")
        self.key("ctrl+y", 1)
        self.assert_same(whole_of(self.document), inserted)
        self.select_the_table(sheet)
        self.remove_stage(1)
        self.update()
        updated = whole_of(self.document)
        self.assertNotEqual(updated["sheet " + sheet], inserted["sheet " + sheet])
        for _ in range(2):
            self.key("ctrl+z", 1)
            self.assert_same(whole_of(self.document), inserted)
            self.key("ctrl+y", 2)
            self.assert_same(whole_of(self.document), updated)
        self.key("ctrl+z", 1)
        self.key("ctrl+z", 0)
        self.assert_same(whole_of(self.document), before)
        self.key("ctrl+y", 1)
        self.key("ctrl+y", 2)
        self.assert_same(whole_of(self.document), updated)
        self.desk.picture("redone-after-update")

    def test_at_a_cell(self):
        before = whole_of(self.document)
        self.insert_at("Mine.D5")
        inserted = whole_of(self.document)
        self.key("ctrl+z", 0)
        self.assert_same(whole_of(self.document), before)
        self.key("ctrl+y", 1)
        self.assert_same(whole_of(self.document), inserted)
        self.key("ctrl+z", 0)
        self.assert_same(whole_of(self.document), before)


class Refused(InsertTest):
    def test_a_merged_target(self):
        self.document.Sheets.getByName("Mine").getCellRangeByName("E6:F7").merge(True)
        self.before = parts_of(self.document)
        before = whole_of(self.document)
        self.choose_cell("Mine.D5")
        self.insert()
        self.wait(lambda: self.panel.says("E6:F7 are merged"), self.panel.texts)
        self.assertFalse(self.panel.has("Overwrite these cells"))
        self.desk.picture("merged-target")
        self.assert_same(whole_of(self.document), before)

    def test_a_document_opened_read_only(self):
        self.reopen(ReadOnly=True)
        self.wait(lambda: len(self.panel.preview()) > 1, self.panel.texts)
        before = whole_of(self.document)
        self.insert()
        self.wait(lambda: self.panel.says("The document is read-only"), self.panel.texts)
        self.desk.picture("read-only")
        self.assert_same(whole_of(self.document), before)

    def test_an_update_on_a_protected_sheet(self):
        sheet = self.insert_on_a_new_sheet()
        sheet.protect("")
        self.select_the_table(sheet.Name)
        self.remove_stage(1)
        before = whole_of(self.document)
        self.insert("Update funnel table")
        self.wait(lambda: self.panel.says(f"The sheet {sheet.Name} is protected"), self.panel.texts)
        self.desk.picture("update-protected")
        self.assert_same(whole_of(self.document), before)


class Windows(InsertTest):
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
            self.assertEqual(len(second.preview()), 5)
            self.assertEqual(second.preview()[1][0], "Visits")
        finally:
            self.calc.on_main_thread(lambda: other.close(True))
        self.insert_on_a_new_sheet()

    def test_a_document_closed_with_the_panel_open(self):
        self.panel.choose("Split by", "Owner", SPLITS)
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
