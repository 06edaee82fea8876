"""Funnel tables in a document: inserted, undone, updated, found again, refused where something is in the way.

The writing is asked for without the panel, through the probe's job org.calckpi.test.Sheets (tests/office/probe/sheets.hpp).
"""
import re
import zipfile

import bed
import uno
from com.sun.star.beans import NamedValue
from com.sun.star.lang import Locale

STAGES = dict(shape="stages", stage_column="stage", steps=("Demo", "Proposal"), won=("Won",), lost=("Lost",))
EVENTS = [("id", "event", "when", "channel")] + [
    (f"U{unit}", event, 46000 + unit + step, "Web" if unit % 3 else "Fair")
    for unit in range(12) for step, event in enumerate(("Visit", "Trial", "Paid")[: 1 + unit % 3])]
COUNTS = [("stage", "people", "amount"), ("Lead", 8000, 2400000), ("Demo", 1200, 900000), ("Won", 90, 81000)]


def written(source, shape, steps=(), won=(), lost=(), filters=(), **more):
    """The settings' text, as core/sheets/settings.cpp writes it."""
    lines = ["funnel 1", f"source {source}", f"shape {shape}"]
    lines += [f"step {stage}" for stage in steps] + [f"won {stage}" for stage in won] + [f"lost {stage}" for stage in lost]
    lines += [line for column, test in filters for line in (f"filter-column {column}", f"filter-test {test}")]
    lines += [f"{key.replace('_', '-')} {value}" for key, value in more.items()]
    return "\n".join(lines + ["end"])


class FunnelSheets(bed.CalcTest):
    extensions = (bed.OXT, bed.PROBE_OXT)

    def setUp(self):
        # Undoing the insertion of a sheet needs a view: without one Calc 7.4 breaks down.
        self.document = self.office.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
        self.addCleanup(self.close)
        self.sheet = self.document.Sheets[0]
        self.add_samples()
        self.deals = self.document.Sheets.getByName("Deals")
        self.undo = self.document.UndoManager
        self.undo.clear()

    def do(self, what, settings="", target=None, source="Deals.A1:G13", language="en", **more):
        sheet, address = source.split(".")
        values = {"Document": self.document, "Do": what, "Settings": settings, "Language": language,
                  "Source": self.document.Sheets.getByName(sheet).getCellRangeByName(address), **more}
        if target is not None:
            values["Target"] = target
        job = self.office.service("org.calckpi.test.Sheets")
        return job.execute(tuple(NamedValue(name, value) for name, value in values.items()))

    def stages(self, **more):
        return written("$Deals.$A$1:$G$13", **{**STAGES, **more})

    def shown(self, sheet, address):
        area = sheet.getCellRangeByName(address)
        return [[area.getCellByPosition(column, row).String for column in range(area.Columns.Count)] for row in range(area.Rows.Count)]

    def data(self, sheet, address):
        return sheet.getCellRangeByName(address).getDataArray()

    def look(self, sheet, address):
        """The styles of cells, row by row, and how wide the columns are."""
        area = sheet.getCellRangeByName(address)
        return ([[area.getCellByPosition(column, row).CellStyle for column in range(area.Columns.Count)] for row in range(area.Rows.Count)],
                [column.Width for column in area.Columns], sheet.PageStyle)

    def styles(self, sheet, address):
        area = sheet.getCellRangeByName(address)
        return [area.getCellByPosition(0, row).CellStyle for row in range(area.Rows.Count)]

    def content(self):
        """What the saved document holds in its cells and names. A chart that comes back by undo is stored under another name."""
        path = self.folder / "content.ods"
        self.document.storeToURL(bed.office_url(path), bed.properties(FilterName="calc8"))
        with zipfile.ZipFile(path) as archive:
            text = archive.read("content.xml").decode()
        lines = text[text.index("<office:body>"):].replace("><", ">\n<").split("\n")
        return "\n".join(line for line in lines if not line.startswith(("<draw:object", "<draw:image")))

    def names(self, sheet):
        return sorted(sheet.NamedRanges.ElementNames)

    def funnel(self):
        return self.document.Sheets.getByName("Funnel")

    # Insert

    def test_stages_on_a_new_sheet(self):
        before = self.content()
        self.assertEqual(self.do("insertSheet", self.stages()), "CalcKpi_Funnel_1 A1:K18")
        sheet = self.funnel()
        self.assertEqual(self.shown(sheet, "A1:A2"),
                         [["Funnel: Deals"], ["Deals that reached each stage, from where each is now (column stage)"]])
        # From core/catalog/samples.hpp: 12 deals, 4 lost who count at the first stage, 2 at Demo, 2 at Proposal, 4 won.
        self.assertEqual(self.shown(sheet, "A4:F7"), [["Stage", "Count", "% of previous", "% of first", "Lost anywhere", "Open"],
                                                      ["Demo", "12", "", "100%", "4", "2"],
                                                      ["Proposal", "6", "50%", "50%", "0", "2"],
                                                      ["Won", "4", "67%", "33%", "0", "0"]])
        self.assertIn("FUNNELSTAGES", sheet.getCellRangeByName("A5").ArrayFormula.upper())
        self.assertIn("A deal that is lost (Lost) counts at the first stage only",
                      " ".join(text for row in self.shown(sheet, "A8:A11") for text in row))
        self.assertEqual(sheet.PageStyle, "KPI Landscape")
        self.assertEqual(sheet.Charts.Count, 1)
        look = self.look(sheet, "A1:K18")
        self.assertEqual(self.undo.getAllUndoActionTitles(), ("Insert funnel table",))
        # The table lives.
        self.deals.getCellRangeByName("D9").String = "Won"
        self.assertEqual(self.shown(sheet, "B5:B7"), [["12"], ["7"], ["5"]])
        self.undo.undo()
        self.undo.undo()
        self.assertFalse(self.document.Sheets.hasByName("Funnel"))
        self.assertEqual(self.content(), before)
        self.undo.redo()
        sheet = self.funnel()
        self.assertEqual(self.shown(sheet, "B5:B7"), [["12"], ["6"], ["4"]])
        self.assertEqual(self.shown(sheet, "H5:K7"), [["Demo  12", "0", "10", "2"], ["Proposal  6", "3", "4", "2"], ["Won  4", "4", "4", "0"]])
        self.assertEqual(self.look(sheet, "A1:K18"), look)
        self.assertEqual((sheet.Charts.Count, self.names(sheet)), (1, ["CalcKpi_Funnel_1", "CalcKpi_Funnel_1_Settings", "CalcKpi_Funnel_1_Source"]))

    def test_redo_keeps_what_is_still_to_be_redone(self):
        before = self.content()
        self.do("insertAt", self.stages(), self.cell("C4"))
        self.do("update", self.stages(steps=("Proposal",), by_column="owner"), self.cell("C4"))
        self.fill("A1", [["typed"]])
        done = self.undo.getAllUndoActionTitles()
        self.assertEqual(done[1:], ("Update funnel table", "Insert funnel table"))
        after = self.content()
        for _ in range(2):
            for _ in done:
                self.undo.undo()
            self.assertEqual(self.content(), before)
            self.assertEqual(self.undo.getAllRedoActionTitles(), done[::-1])
            for _ in done:
                self.undo.redo()
            self.assertEqual(self.undo.getAllUndoActionTitles(), done)
            self.assertEqual(self.content(), after)

    def test_several_tables_in_a_document(self):
        for name in ("CalcKpi_Funnel_1 B3:L20", "CalcKpi_Funnel_2 B33:L50"):
            self.assertEqual(self.do("insertAt", self.stages(), self.cell(name.split()[1].split(":")[0])), name)
        self.do("insertSheet", self.stages())
        self.do("insertSheet", self.stages())
        self.assertEqual(self.document.Sheets.ElementNames, ("Sheet1", "Deals", "Funnel 2", "Funnel", "Orders"))
        self.assertEqual([sheet.Charts.Count for sheet in self.document.Sheets], [2, 0, 1, 1, 0])
        self.assertTrue(self.do("find", target=self.cell("B34")).startswith("CalcKpi_Funnel_2 "))

    def test_at_a_cell_and_undone(self):
        self.fill("B2", [["mine"]])
        before = self.content()
        target = self.cell("C4")
        self.undo.clear()
        self.assertEqual(self.do("insertAt", self.stages(picture="bars", by_column="owner", amount_column="amount", intervals="yes"), target),
                         "CalcKpi_Funnel_1 C4:R23")
        self.assertEqual(self.shown(self.sheet, "C7:L9"),
                         [["owner", "Stage", "Count", "% of previous", "% of first", "Lost anywhere", "Open", "amount", "Low (95 %)", "High (95 %)"],
                          ["All", "Demo", "12", "", "100%", "4", "2", "$15,750", "", ""],
                          ["All", "Proposal", "6", "50%", "50%", "0", "2", "$11,650", "25%", "75%"]])
        self.assertEqual(self.cell("M8").String, "█" * 25 + "░" * 5)
        self.assertEqual(self.undo.getAllUndoActionTitles(), ("Insert funnel table",))
        self.undo.undo()
        self.assertEqual(self.content(), before)

    def test_values_are_the_functions(self):
        sheet = self.add_sheet("Log")
        sheet.getCellRangeByName(f"A1:D{len(EVENTS)}").setDataArray(tuple(EVENTS))
        counts = self.add_sheet("Counts")
        counts.getCellRangeByName("A1:C4").setDataArray(tuple(COUNTS))
        cases = {
            "stages": (self.stages(lost_stage_column="", filters=(("channel", "Web"),)), "Deals.A1:G13", "A5:F7",
                       'FUNNELSTAGES(Deals.A1:G13;"stage";{"Demo"|"Proposal"|"Won"};"Lost";;;;0;"channel";"Web")', (1, 2, 3, 4, 5, 6)),
            "dates": (written("$Deals.$A$1:$G$13", "dates", steps=("opened", "closed"), as_of=46081), "Deals.A1:G13", "A5:F6",
                      'FUNNELDATES(Deals.A1:G13;{"opened"|"closed"};;;46081;0)', (1, 2, 3, 4, 5, 7)),
            "events": (written(f"$Log.$A$1:$D${len(EVENTS)}", "events", steps=("Visit", "Trial", "Paid"), id_column="id", stage_column="event",
                               when_column="when", window="1.5", by_column="channel"), f"Log.A1:D{len(EVENTS)}", "A5:H13",
                       f'FUNNELEVENTS(Log.A1:D{len(EVENTS)};"id";"event";"when";{{"Visit"|"Trial"|"Paid"}};;1.5;"channel";;0)', tuple(range(1, 9))),
            "counts": (written("$Counts.$A$1:$C$4", "counts", stage_column="stage", count_column="people", amount_column="amount",
                               intervals="yes"), "Counts.A1:C4", "A5:H7",
                       "FUNNEL(Counts.A2:A4;Counts.B2:B4;Counts.C2:C4;0)", (1, 2, 3, 4, 5, 8, 6, 7)),
        }
        for name, (settings, source, address, formula, columns) in cases.items():
            for live in ("yes", "no"):
                with self.subTest(name, live=live):
                    settings_text = settings.replace("\nend", f"\nlive {live}\nend")
                    answer = self.do("insertSheet", settings_text, source=source)
                    self.assertTrue(answer.startswith("CalcKpi_Funnel_1 "), answer)
                    table = self.document.Sheets[self.document.Sheets.getByName(source.split(".")[0]).RangeAddress.Sheet + 1]
                    got = self.data(table, address)
                    scratch = self.sheet.getCellRangeByPosition(0, 0, max(columns) - 1, len(got) - 1)
                    scratch.setArrayFormula("=ORG.CALCKPI.KPI." + formula)
                    expected = tuple(tuple(row[column - 1] for column in columns) for row in scratch.getDataArray())
                    scratch.clearContents(1 | 2 | 4 | 16)
                    self.assertEqual(got, expected)
                    self.assertEqual(table.getCellRangeByName("A5").ArrayFormula != "", live == "yes")
                    self.undo.undo()  # the scratch cells
                    self.undo.undo()
                    self.undo.undo()
                    self.assertEqual(self.document.Sheets.hasByName("Funnel"), False)

    def test_values_only_keep_errors(self):
        counts = self.add_sheet("Counts")
        counts.getCellRangeByName("A1:B4").setDataArray((("stage", "people"), ("Lead", 10), ("Demo", 0), ("Won", 0)))
        settings = written("$Counts.$A$1:$B$4", "counts", stage_column="stage", count_column="people", live="no", picture="none")
        self.do("insertSheet", settings, source="Counts.A1:B4")
        cell = self.funnel().getCellRangeByName("C7")
        self.assert_shows(cell, "#DIV/0!")
        self.document.calculateAll()
        self.assert_shows(cell, "#DIV/0!")

    def test_french(self):
        self.do("insertSheet", self.stages(amount_column="amount", intervals="yes"), language="fr")
        sheet = self.document.Sheets.getByName("Entonnoir de conversion")
        self.assertEqual(self.shown(sheet, "A4:I4"), [["Étape", "Nombre", "% de l'étape précédente", "% de la première",
                                                       "Perdues, étape inconnue", "En cours",
                                                       "amount", "Borne basse (95\u00a0%)", "Borne haute (95\u00a0%)"]])
        self.assertEqual(sheet.getCellRangeByName("A1").String, "Entonnoir de conversion\u00a0: Deals")

    # Undo

    def styles_there(self):
        families = self.document.StyleFamilies
        return sorted(name for family in ("CellStyles", "PageStyles") for name in families.getByName(family).ElementNames if name.startswith("KPI"))

    def test_undo_takes_the_styles_away_and_redo_makes_them_again(self):
        for insert in (lambda: self.do("insertSheet", self.stages()), lambda: self.do("insertAt", self.stages(), self.cell("B3"))):
            self.assertEqual(self.styles_there(), [])
            insert()
            made = self.styles_there()
            looks = self.style_looks(made)
            self.assertIn("KPI Share", made)
            self.undo.undo()
            self.assertEqual(self.styles_there(), [])
            self.undo.redo()
            self.assertEqual((self.styles_there(), self.style_looks(made)), (made, looks))
            sheet = self.funnel() if self.document.Sheets.hasByName("Funnel") else self.sheet
            shares = sheet.getCellRangeByName("C6" if sheet.Name == "Funnel" else "D8")
            self.assertEqual((shares.CellStyle, shares.String), ("KPI Share", "50%"))
            self.undo.undo()
            self.assertEqual(self.styles_there(), [])

    def style_looks(self, names):
        styles = self.document.StyleFamilies.getByName("CellStyles")
        formats = self.document.NumberFormats
        return [(name, styles.getByName(name).CharWeight, styles.getByName(name).CharColor, styles.getByName(name).CellBackColor,
                 formats.getByKey(styles.getByName(name).NumberFormat).FormatString) for name in names if name != "KPI Landscape"]

    def test_undo_leaves_the_styles_that_are_used(self):
        self.do("insertAt", self.stages(), self.cell("B3"))
        self.undo.lock()  # as a macro may do, so that this is not undone before the table
        self.cell("B40").CellStyle = "KPI Title"
        child = self.document.createInstance("com.sun.star.style.CellStyle")
        self.document.StyleFamilies.getByName("CellStyles").insertByName("Mine", child)
        child.ParentStyle = "KPI Note"
        self.undo.unlock()
        self.undo.undo()
        self.assertEqual(self.styles_there(), ["KPI Note", "KPI Title"])
        self.assertEqual(self.cell("B40").CellStyle, "KPI Title")

    def test_a_failure_while_writing_leaves_nothing_behind(self):
        self.cell("A1").String = "mine"
        self.do("insertAt", self.stages(), self.cell("B3"))
        self.sheet.Charts[0].EmbeddedObject.HasMainTitle = True
        before, steps, styles = self.content(), self.undo.getAllUndoActionTitles(), self.styles_there()
        more = self.stages(steps=("Call", "Demo", "Proposal", "Talk"), by_column="owner")
        for what, target in (("insertSheet", None), ("insertAt", self.cell("B40")), ("update", self.cell("B3"))):
            with self.subTest(what):
                with self.assertRaises(Exception):
                    self.do(what, more, target, Fail=True)
                self.assertEqual(self.content(), before)
                self.assertEqual((self.undo.getAllUndoActionTitles(), self.undo.getAllRedoActionTitles()), (steps, ()))
                self.assertEqual(self.styles_there(), styles)
                self.assertFalse(self.document.hasControllersLocked())
                self.sheet = self.document.Sheets[0]

    # Update

    def test_update_keeps_the_picture_that_the_user_has_changed(self):
        self.do("insertAt", self.stages(), self.cell("B3"))
        chart = self.sheet.Charts[0].EmbeddedObject
        chart.HasMainTitle = True
        chart.Title.String = "Our year"
        chart.Diagram.getDataRowProperties(1).FillColor = 0x00AA44
        shape = self.document.DrawPages[0].getByIndex(0)
        place = shape.Position
        place.X, place.Y = place.X + 4000, place.Y + 9000
        shape.setPosition(place)
        size = shape.Size
        size.Width += 1000
        shape.setSize(size)
        # A chart of the user's own, drawn from the same table.
        rectangle = uno.createUnoStruct("com.sun.star.awt.Rectangle", 1000, 20000, 6000, 4000)
        self.sheet.Charts.addNewByName("Mine", rectangle, (self.sheet.getCellRangeByName("B6:C9").RangeAddress,), True, True)
        self.undo.clear()
        before, looks = self.content(), self.picture()
        self.assertEqual(looks[0][1:4], ("Our year", 0x00AA44, (place.X, place.Y, size.Width, size.Height)))
        for more in (self.stages(steps=("Call", "Demo", "Proposal", "Talk")), self.stages(steps=("Proposal",))):
            self.assertTrue(self.do("update", more, self.cell("B3")).startswith("CalcKpi_Funnel_1 B3:"))
            updated = self.picture()
            self.assertEqual([entry[1:] for entry in updated], [entry[1:] for entry in looks])
            self.assertNotEqual(updated[0][0], looks[0][0])
            self.undo.undo()
            self.assertEqual((self.picture(), self.content()), (looks, before))
            self.undo.redo()
            self.assertEqual(self.picture(), updated)
            self.undo.undo()
            self.assertEqual((self.picture(), self.content()), (looks, before))

    def picture(self):
        """For each chart of the sheet: what it is drawn from, its title, its bars' colour, its place."""
        page = self.document.DrawPages[0]
        shapes = {shape.PersistName: shape for shape in (page.getByIndex(index) for index in range(page.Count))}
        found = []
        for chart in self.sheet.Charts:
            area, drawing, shape = chart.Ranges[0], chart.EmbeddedObject, shapes[chart.Name]
            found.append(((area.StartColumn, area.StartRow, area.EndColumn, area.EndRow), drawing.Title.String if drawing.HasMainTitle else "",
                          drawing.Diagram.getDataRowProperties(1).FillColor if len(drawing.Data.ColumnDescriptions) > 1 else None,
                          (shape.Position.X, shape.Position.Y, shape.Size.Width, shape.Size.Height)))
        return sorted(found, reverse=True)

    def test_update_moves_the_picture_with_the_table_and_says_what_it_shows(self):
        self.do("insertAt", self.stages(), self.cell("B3"))
        shape = self.document.DrawPages[0].getByIndex(0)
        left = shape.Position.X
        self.do("update", self.stages(by_column="owner", amount_column="amount"), self.cell("B3"))
        (area, title, _, place), = self.picture()
        self.assertEqual((area, title), ((10, 5, 13, 8), "All"))
        self.assertEqual(place[0], self.sheet.getCellRangeByName("K7").Position.X)
        self.do("update", self.stages(), self.cell("B3"))
        self.assertEqual(self.picture()[0][1], "", "not split any more")
        self.undo.undo()
        self.assertEqual(self.picture()[0][1], "All")
        self.assertGreater(place[0], left)
        self.undo.undo()
        (area, title, _, place), = self.picture()
        self.assertEqual((area[0], title, place[0]), (8, "", left))

    def test_update_keeps_widths_that_the_user_gave(self):
        self.do("insertAt", self.stages(picture="none"), self.cell("B3"))
        columns = self.sheet.Columns
        columns.getByIndex(1).Width = 1234
        renamed = self.stages(steps=("A rather long name of a stage", "Demo", "Proposal"), picture="none", amount_column="amount")
        self.do("update", renamed, self.cell("B3"))
        self.assertAlmostEqual(columns.getByIndex(1).Width, 1234, delta=3)
        columns.getByIndex(1).Width = 400 + 190 * 9
        self.do("update", self.stages(steps=("A rather long name of a stage", "Demo"), picture="none"), self.cell("B3"))
        self.assertGreater(columns.getByIndex(1).Width, 5000)
        # A table that is alone on its sheet gives its columns the widths that it would have there when new.
        self.do("insertSheet", self.stages())
        columns = self.funnel().Columns
        columns.getByIndex(2).Width = 1234
        self.do("update", self.stages(by_column="owner", amount_column="amount"), self.funnel().getCellRangeByName("A1"))
        widths = [columns.getByIndex(index).Width for index in range(13)]
        self.do("insertSheet", self.stages(by_column="owner", amount_column="amount"))
        fresh = [self.document.Sheets.getByName("Funnel 2").Columns.getByIndex(index).Width for index in range(13)]
        fresh[2] = widths[2]
        self.assertEqual(widths, fresh)
        self.assertAlmostEqual(widths[2], 1234, delta=3)

    def test_update_of_a_table_with_merged_cells(self):
        """They stay where they hide nothing of the changed table."""
        self.do("insertAt", self.stages(picture="none"), self.cell("B3"))
        for merged in ("B3:G3", "B10:G10"):  # the title, a rule below the table
            self.sheet.getCellRangeByName(merged).merge(True)
        self.undo.clear()
        before = self.content()
        self.assertEqual(self.do("update", self.stages(picture="none"), self.cell("B3")).split(":")[0], "CalcKpi_Funnel_1 B3")
        self.assertTrue(self.sheet.getCellRangeByName("B10:G10").IsMerged)
        more = self.stages(steps=("Call", "Demo", "Proposal", "Talk"), picture="none")
        self.assertEqual(self.do("update", more, self.cell("B3")).split(":")[0], "CalcKpi_Funnel_1 B3")
        self.assertEqual([self.sheet.getCellRangeByName(merged).IsMerged for merged in ("B3:G3", "B10:G10")], [True, False])
        self.assertEqual(self.shown(self.sheet, "B10:E11"), [["Talk", "4", "67%", "33%"], ["Won", "4", "100%", "33%"]])
        self.undo.undo()
        self.undo.undo()
        self.assertEqual(self.content(), before)
        # One that reaches out of the table would take a cell of the user's along.
        self.sheet = self.document.Sheets[0]
        self.sheet.getCellRangeByName("G4:H4").merge(True)
        self.assertEqual(self.do("update", more, self.cell("B3")), "MergedCells G4:H4")

    def test_update_with_more_and_fewer_stages(self):
        self.do("insertAt", self.stages(), self.cell("B3"))
        self.fill("B40", [["far below"]])
        self.cell("C8").CharColor = 0xFF0000
        self.cell("D7").CellStyle = "Accent 1"
        found = self.do("find", target=self.cell("D9"))
        self.assertEqual(found.split("\n", 1), ["CalcKpi_Funnel_1 $Deals.$A$1:$G$13", self.stages()])
        before = self.content()
        self.undo.clear()
        more = self.stages(steps=("Call", "Demo", "Proposal", "Talk"), amount_column="amount")
        self.assertEqual(self.do("update", more, self.cell("D9")), "CalcKpi_Funnel_1 B3:M20")
        # By hand: the 4 lost deals, worth 3600, now count at Call alone.
        self.assertEqual(self.shown(self.sheet, "B6:H11"),
                         [["Stage", "Count", "% of previous", "% of first", "Lost anywhere", "Open", "amount"],
                          ["Call", "12", "", "100%", "4", "0", "$15,750"], ["Demo", "8", "67%", "67%", "0", "2", "$12,150"],
                          ["Proposal", "6", "75%", "50%", "0", "2", "$11,650"], ["Talk", "4", "67%", "33%", "0", "0", "$6,350"],
                          ["Won", "4", "100%", "33%", "0", "0", "$6,350"]])
        self.assertEqual((self.cell("C8").CharColor, self.cell("D7").CellStyle), (0xFF0000, "Accent 1"))
        self.assertEqual(self.styles(self.sheet, "C6:C12"), ["KPI Header"] + ["KPI Count"] * 5 + ["Default"])
        self.assertEqual(self.cell("B40").String, "far below")
        chart = self.sheet.Charts[0]
        self.assertEqual((self.sheet.Charts.Count, chart.Ranges[0].StartColumn, chart.Ranges[0].EndRow), (1, 9, 10))
        self.assertEqual(self.undo.getAllUndoActionTitles(), ("Update funnel table",))
        self.undo.undo()
        self.assertEqual(self.content(), before)
        self.undo.redo()

        fewer = self.stages(steps=("Proposal",), picture="none")
        self.assertEqual(self.do("update", fewer, self.cell("B3")).split(" ")[1].split(":")[0], "B3")
        self.assertEqual(self.shown(self.sheet, "B6:H8"),
                         [["Stage", "Count", "% of previous", "% of first", "Lost anywhere", "Open", ""],
                          ["Proposal", "10", "", "100%", "4", "2", ""], ["Won", "4", "40%", "40%", "0", "0", ""]])
        self.assertEqual(self.sheet.Charts.Count, 0)
        self.assertEqual({text for row in self.shown(self.sheet, "B12:M20") for text in row}, {""})
        self.assertEqual(set(self.styles(self.sheet, "H6:H11") + self.styles(self.sheet, "K6:K11")), {"Default"})
        self.assertEqual(self.names(self.sheet), ["CalcKpi_Funnel_1", "CalcKpi_Funnel_1_Settings", "CalcKpi_Funnel_1_Source"])

    def test_update_after_rows_were_inserted_above_and_in_the_source(self):
        self.do("insertAt", self.stages(picture="none"), self.cell("B3"))
        self.sheet.Rows.insertByIndex(0, 5)
        self.deals.Rows.insertByIndex(5, 1)
        self.deals.getCellRangeByName("D6").String = "Won"
        self.assertEqual(self.shown(self.sheet, "C12:C14"), [["13"], ["7"], ["5"]])
        found = self.do("find", target=self.cell("B8"))
        self.assertTrue(found.startswith("CalcKpi_Funnel_1 $Deals.$A$1:$G$14\n"), found)
        self.assertEqual(self.do("find", target=self.cell("B7")), "")

    def test_update_moves_what_lies_below(self):
        self.do("insertAt", self.stages(picture="none"), self.cell("B3"))
        last = self.sheet.NamedRanges.getByName("CalcKpi_Funnel_1").ReferredCells.RangeAddress.EndRow
        self.fill(f"B{last + 2}", [["below", 1, 2], ["=C%d*2" % (last + 2)]])
        self.fill("A30", [["beside"]])
        self.undo.clear()
        before = self.content()
        more = self.stages(steps=("Call", "Demo", "Proposal", "Talk"), picture="none")
        self.assertTrue(self.do("update", more, self.cell("B3")).startswith("CalcKpi_Funnel_1 B3:"))
        self.assertEqual(self.shown(self.sheet, f"B{last + 4}:C{last + 5}"), [["below", "1"], ["2", ""]])
        self.assertEqual(self.cell("A30").String, "beside")
        self.undo.undo()
        self.assertEqual(self.content(), before)
        self.sheet = self.document.Sheets[0]  # Calc's old object for it does not survive the undo
        # A row that goes on beside the table's columns would be torn.
        self.fill(f"H{last + 2}", [["more of the row"]])
        self.fill(f"G{last + 2}", [["end"]])
        before = self.content()
        self.assertEqual(self.do("update", more, self.cell("B3")), f"NoRoomBelow H{last + 2}")
        self.assertEqual(self.content(), before)

    def test_settings_survive_saving_and_loading(self):
        settings = self.stages(steps=tuple(f"Étape n° {number} \"%22" + "x" * 200 for number in range(20)) + ("Demo",))
        settings = settings.replace('"%22', '"')
        self.do("insertSheet", settings)
        path = self.folder / "kept.ods"
        self.document.storeToURL(bed.office_url(path), bed.properties(FilterName="calc8"))
        self.document.close(True)
        self.document = self.office.open(path)
        cell = self.document.Sheets.getByName("Funnel").getCellRangeByName("B6")
        self.assertEqual(self.do("find", target=cell).split("\n", 1)[1], settings)
        chart = self.document.Sheets.getByName("Funnel").Charts[0].EmbeddedObject
        self.assertEqual((chart.Diagram.getDataRowProperties(0).FillStyle.value, chart.Diagram.Stacked), ("NONE", True))

    def test_numbers_come_back_from_files_of_excel_in_every_language(self):
        """Calc 7.4 wrote a blank of its own before the sign of per cent as the sign for thousands: 67 % came back as 0 %. Separators
        are those of who reads."""
        def digits(cells):
            return [[re.sub(r"[^0-9%]", "", text) for text in row] for row in cells]

        for language, country in (("en", "US"), ("fr", "FR"), ("ro", "RO")):
            with self.subTest(language):
                document = self.office.new_document()
                try:
                    document.CharLocale = Locale(language, country, "")
                    sheet = document.Sheets.getByIndex(0)
                    sheet.getCellRangeByName("A1:G13").setDataArray(self.deals.getCellRangeByName("A1:G13").getDataArray())
                    job = self.office.service("org.calckpi.test.Sheets")
                    values = {"Document": document, "Do": "insertAt", "Language": language, "Source": sheet.getCellRangeByName("A1:G13"),
                              "Target": sheet.getCellRangeByName("J3"),
                              "Settings": written(f"${sheet.Name}.$A$1:$G$13", **{**STAGES, "amount_column": "amount"})}
                    job.execute(tuple(NamedValue(name, value) for name, value in values.items()))
                    before = digits(self.shown(sheet, "J6:P9"))
                    self.assertEqual([row[3] for row in before[1:]], ["100%", "50%", "33%"])
                    path = self.folder / f"{language}.xlsx"
                    document.storeToURL(bed.office_url(path), bed.properties(FilterName="Calc MS Excel 2007 XML"))
                finally:
                    document.close(True)
                document = self.office.open(path)
                try:
                    self.assertEqual(digits(self.shown(document.Sheets.getByIndex(0), "J6:P9")), before)
                finally:
                    document.close(True)

    # Refusals: nothing is written

    def refused(self, expected, target="B3", what="insertAt", **more):
        before = self.content()
        answer = self.do(what, self.stages(), self.cell(target) if target else None, **more)
        self.assertEqual(answer.strip(), expected)
        self.assertEqual(self.content(), before)

    def test_refusal_of_filled_cells_until_the_user_agrees(self):
        self.fill("B4", [["mine"]])
        self.fill("D9", [["=1+1", 5]])
        self.refused("FilledCells B4, D9:E9")
        self.assertIn("CalcKpi_Funnel_1", self.do("insertAt", self.stages(), self.cell("B3"), Overwrite=True))
        self.assertEqual(self.cell("B3").String, "Funnel: Deals")
        self.assertEqual(self.cell("D9").Formula[:2], "{=")

    def test_refusal_of_protected_merged_and_array_cells(self):
        self.sheet.getCellRangeByName("A5:B6").merge(True)
        self.refused("MergedCells A5:B6")
        self.sheet.getCellRangeByName("A5:B6").merge(False)
        self.sheet.getCellRangeByName("A5:B6").setArrayFormula("={1;2|3;4}")
        self.refused("ArrayFormula A5:B6", Overwrite=True)
        self.sheet.getCellRangeByName("A5:B6").setArrayFormula("")
        self.sheet.protect("")
        self.refused("ProtectedSheet")
        self.sheet.unprotect("")
        self.document.protect("")
        self.refused("ProtectedDocument", target=None, what="insertSheet")
        self.document.unprotect("")

    def test_refusal_beyond_the_sheet_and_in_the_source(self):
        answer = self.do("insertAt", self.stages(), self.cell("AMH1048570"))
        self.assertTrue(answer.startswith("BeyondSheet AMH1048570:"), answer)
        answer = self.do("insertAt", self.stages(), self.deals.getCellRangeByName("F20"), source="Deals.A1:G1048576")
        self.assertTrue(answer.startswith("InSource F20:"), answer)

    def test_refusal_of_a_read_only_document(self):
        path = self.folder / "readonly.ods"
        self.document.storeToURL(bed.office_url(path), bed.properties(FilterName="calc8"))
        self.document.close(True)
        self.document = self.office.open(path, ReadOnly=True)
        self.sheet = self.document.Sheets[0]
        self.assertEqual(self.do("insertAt", self.stages(), self.cell("B3")).strip(), "ReadOnlyDocument")
        self.assertEqual(self.do("insertSheet", self.stages()).strip(), "ReadOnlyDocument")


if __name__ == "__main__":
    bed.main()
