"""What is written into a document for a funnel, recorded in three languages: cells, styles, widths, names, pictures, and the page.

Where something is changed on purpose, run this with CALCKPI_RECORD=1, which writes the recordings again, and read the difference
before it is committed.
"""
import os
import pathlib

import bed
from com.sun.star.beans import NamedValue
from com.sun.star.lang import Locale
from test_funnel_sheets import COUNTS, EVENTS, STAGES, written

RECORDINGS = pathlib.Path(__file__).parent / "recordings"
ACROSS = (("stage", "Lead", "Demo", "Won"), ("people", 8000, 1200, 90), ("amount", 2400000, 900000, 81000))
STAGES_TEXT = dict(source="$Deals.$A$1:$G$13", **STAGES)
EVENTS_TEXT = dict(source=f"$Log.$A$1:$D${len(EVENTS)}", shape="events", steps=("Visit", "Trial", "Paid"), id_column="id",
                   stage_column="event", when_column="when")
# Name, where (None: on a new sheet), settings; each table is updated with the settings of the next one at the same place.
CASES = [
    ("stages", None, written(**STAGES_TEXT)),
    ("stages with everything", None, written(**STAGES_TEXT, amount_column="amount", by_column="owner", intervals="yes",
                                             filters=(("channel", "<>Partner"),))),
    ("stages as values", None, written(**STAGES_TEXT, live="no", by_column="channel")),
    ("stages as bars", "C4", written(**STAGES_TEXT, picture="bars", amount_column="amount")),
    ("dates", "C40", written("$Deals.$A$1:$G$13", "dates", steps=("opened", "closed"), as_of=46081)),
    ("events", "C80", written(**EVENTS_TEXT, window="1.5", by_column="channel")),
    ("events without a picture", None, written(**EVENTS_TEXT, order="increasing", picture="none")),
    ("counts", None, written("$Counts.$A$1:$C$4", "counts", stage_column="stage", count_column="people", amount_column="amount",
                             intervals="yes")),
]


class Recordings(bed.CalcTest):
    extensions = (bed.OXT, bed.PROBE_OXT)

    def setUp(self):
        # A view: what is frozen belongs to it.
        self.document = self.office.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
        self.addCleanup(self.close)
        self.sheet = self.document.Sheets[0]

    def do(self, what, settings, language, target=None):
        sheet, address = settings.split("\nsource ")[1].split("\n")[0].replace("$", "").split(".")
        values = {"Document": self.document, "Do": what, "Settings": settings, "Language": language, "Date": "2026-02-28",
                  "Source": self.document.Sheets.getByName(sheet).getCellRangeByName(address)}
        if target is not None:
            values["Target"] = target
        job = self.office.service("org.calckpi.test.Sheets")
        return job.execute(tuple(NamedValue(name, value) for name, value in values.items()))

    def style(self, name):
        style = self.document.StyleFamilies.getByName("CellStyles").getByName(name)
        line = style.BottomBorder2
        number = self.document.NumberFormats.getByKey(style.NumberFormat).FormatString
        return (f"style {name}: {style.CharHeight} pt, weight {style.CharWeight}, colour {style.CharColor:x}, fill {style.CellBackColor:x}, "
                f"{style.HoriJustify.value}, wrapped {style.IsTextWrapped}, line {line.Color:x} {line.LineWidth}, {number}")

    def chart(self, chart, shape):
        area, drawing = chart.Ranges[0], chart.EmbeddedObject
        diagram = drawing.Diagram
        yield (f"chart of {self.address(area)} over {self.covered(shape)}, {diagram.DiagramType}, "
               f"lying {diagram.Vertical}, stacked {diagram.Stacked}, legend {drawing.HasLegend}, "
               f"title {drawing.Title.String if drawing.HasMainTitle else ''!r}")
        yield f"axis reversed {diagram.XAxis.ReverseDirection}, gap {diagram.YAxis.GapWidth}, y axis {diagram.HasYAxis}, grid {diagram.HasYAxisGrid}"
        for index in range(len(drawing.Data.ColumnDescriptions)):
            row = diagram.getDataRowProperties(index)
            fill = f"{row.FillColor:x}" if row.FillStyle.value == "SOLID" else row.FillStyle.value
            yield f"series {index}: fill {fill}, line {row.LineStyle.value}"

    def covered(self, shape):
        """The cells below a shape, by the edges that lie nearest to its own."""
        sheet = self.document.Sheets.getByName(shape.Anchor.AbsoluteName.split(".")[0].strip("$'"))
        left, top = shape.Position.X, shape.Position.Y
        right, bottom = left + shape.Size.Width, top + shape.Size.Height

        def edges(cells, count):
            return [cells(index) for index in range(count + 1)]

        columns = edges(lambda index: sheet.getCellByPosition(index, 0).Position.X, 40)
        rows = edges(lambda index: sheet.getCellByPosition(0, index).Position.Y, 140)

        def nearest(places, place):
            return min(range(len(places)), key=lambda index: abs(places[index] - place))

        return self.address(sheet.getCellRangeByPosition(nearest(columns, left), nearest(rows, top), nearest(columns, right) - 1,
                                                         nearest(rows, bottom) - 1).RangeAddress)

    def address(self, area):
        return self.sheet.getCellRangeByPosition(
            area.StartColumn, area.StartRow, area.EndColumn, area.EndRow).AbsoluteName.split(".")[1].replace("$", "")

    def shown(self, sheet, answer):
        """A line for each cell of the table and all that belongs to it; and the styles that its cells have."""
        table, address = answer.split(" ")
        area = sheet.getCellRangeByName(address)
        styles = set()
        array = ""
        yield f"{answer} on {sheet.Name}, page {sheet.PageStyle}"
        for row in range(area.Rows.Count):
            for column in range(area.Columns.Count):
                cell = area.getCellByPosition(column, row)
                styles.add(cell.CellStyle)
                if cell.Formula or cell.CellStyle != "Default":
                    place = cell.AbsoluteName.split(".")[1].replace("$", "")
                    formula = f" {cell.Formula}" if cell.Type.value == "FORMULA" else ""
                    if cell.ArrayFormula:  # written once
                        formula = " {}" if cell.ArrayFormula == array else f" {cell.ArrayFormula}"
                        array = cell.ArrayFormula
                    yield f"{place} [{cell.CellStyle}] {cell.String}{formula}"
        yield "widths " + " ".join(str(column.Width) for column in area.Columns)
        for name in sorted(sheet.NamedRanges.ElementNames):
            if name.startswith(table):
                yield f"{name}: {sheet.NamedRanges.getByName(name).Content}"
        page = self.document.DrawPages.getByIndex(sheet.RangeAddress.Sheet)
        shapes = {shape.PersistName: shape for shape in (page.getByIndex(index) for index in range(page.Count))}
        for name in sorted(chart.Name for chart in sheet.Charts):
            shape, chart = shapes[name], sheet.Charts.getByName(name)
            if area.queryIntersection(chart.Ranges[0]).Count:
                yield from self.chart(chart, shape)
        yield from (self.style(name) for name in sorted(styles) if name.startswith("KPI"))

    def frozen(self):
        controller = self.document.CurrentController
        return f"frozen {controller.hasFrozenPanes()} {controller.SplitRow} {controller.ActiveSheet.Name}"

    def page(self):
        style = self.document.StyleFamilies.getByName("PageStyles").getByName("KPI Landscape")
        return (f"page {style.IsLandscape} {style.Size.Width} by {style.Size.Height}, {style.ScaleToPagesX} by {style.ScaleToPagesY}, "
                f"header {style.HeaderIsOn}")

    def recorded(self, language, country):
        self.document.CharLocale = Locale(language, country, "")
        self.add_samples()
        self.add_sheet("Log").getCellRangeByName(f"A1:D{len(EVENTS)}").setDataArray(tuple(EVENTS))
        self.add_sheet("Counts").getCellRangeByName("A1:C4").setDataArray(tuple(COUNTS))
        written_on = []
        for name, where, settings in CASES:
            target = self.sheet.getCellRangeByName(where) if where else None
            yield f"== {name}"
            before = set(self.document.Sheets.ElementNames)
            answer = self.do("insertAt" if where else "insertSheet", settings, language, target)
            new = set(self.document.Sheets.ElementNames) - before
            sheet = self.document.Sheets.getByName(new.pop()) if new else self.sheet
            written_on.append((sheet, answer))
            yield from self.shown(sheet, answer)
            if not where:
                yield self.frozen()
                yield self.page()
        for (sheet, answer), (name, _, settings) in zip(written_on, CASES[1:]):
            yield f"== updated to {name}"
            corner = sheet.getCellRangeByName(answer.split(" ")[1].split(":")[0])
            now = self.do("update", settings, language, corner)
            yield from self.shown(sheet, now) if now.startswith("CalcKpi") else [now]

    def compare(self, language, country):
        text = "\n".join(self.recorded(language, country)) + "\n"
        path = RECORDINGS / f"{language}.txt"
        if os.environ.get("CALCKPI_RECORD"):
            RECORDINGS.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.assertEqual(text.split("\n"), path.read_text(encoding="utf-8").split("\n"))

    def test_english(self):
        self.compare("en", "US")

    def test_french(self):
        self.compare("fr", "FR")

    def test_romanian(self):
        self.compare("ro", "RO")


if __name__ == "__main__":
    bed.main()
