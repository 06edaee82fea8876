"""The sheet Funnel: funnel and win curve with their pictures, then the deals by product and by seller; each table is one live array
formula over the deals. The figures that only charts need are on the sheet Charts.

    sheet = FunnelSheet(deals, export, kpi_plan, funnel_plan, texts)     # after the KPI sheet, which makes the styles
    sheet.build()
    sheet.notices            # tables that Calc could not compute
"""

import uno
from com.sun.star.awt import Rectangle
from com.sun.star.chart.DataLabelPlacement import BOTTOM, CENTER, RIGHT
from com.sun.star.table import CellRangeAddress

from funnel_plan import NAME, P_VALUE, FunnelTable
from kpi_plan import MONEY, text_argument
from sheet_styles import BLUE, GREY, LIGHT_BLUE, TEXT, THOUSANDS, WORSE, style_of

SHEET, CHARTS = "Funnel", "Charts"

COLUMNS = 13                     # of the widest table; the page is scaled to a landscape A4
LABEL_WIDTH, NUMBER_WIDTH = 5000, 2200     # 1/100 mm
CHART_COLUMN = 7                 # the charts stand to the right of their tables
NAMES_WIDTH = 3000               # of the stages beside their bars
LONGEST_TEXT, LETTER = 8200, 165           # widens the first column up to so much
FIRST_ROW = 4
ROW_HEIGHT, FUNNEL_ROW_HEIGHT, FLAT_FUNNEL_ROW_HEIGHT, AGE_ROW_HEIGHT, HEADER_HEIGHT = 455, 900, 700, 600, 620
AGES = (7, 14, 30, 60, 90, 120, 180, 270, 365, 545, 730)      # days at which the win curve is read

# A label shows the value of its series. The two series that carry labels, a count and a share, are to be nothing beside the bars;
# the style "KPI Sheet Bar" shows the bars as parts of 1.
BAR_LENGTH = 1e12
ROOM_FOR_RATE = 0.13             # at the right of the longest bar, as a share of its length

_NONE = ("com.sun.star.drawing.FillStyle", "NONE")
_SOLID = ("com.sun.star.drawing.FillStyle", "SOLID")
_LINE = ("com.sun.star.drawing.LineStyle", "SOLID")
_NO_LINE = ("com.sun.star.drawing.LineStyle", "NONE")


class FunnelSheet:
    def __init__(self, deals, export, kpis, plan, texts):
        self.deals, self.export, self.kpis, self.plan = deals, export, kpis, plan
        self.document = deals.document
        self._ = texts.text
        self.notices = []

    @property
    def is_wanted(self):
        return bool(self.plan.funnel or self.plan.segments or self.plan.curve)

    def build(self):
        """Writes the sheet; the tables stand on as few pages as they need, none of them broken that fits on one."""
        _ = self._
        sheets = self.document.Sheets
        sheets.insertNewByName(SHEET, 1)
        sheets.insertNewByName(CHARTS, sheets.Count)
        self.sheet, self.charts = sheets.getByName(SHEET), sheets.getByName(CHARTS)
        names = [cell for role in ("product", "owner") if role in self.export.roles for cell in self.export.roles[role].cells]
        longest = max(map(len, [*names, *self.kpis.stages]), default=0)
        self.sheet.Columns.getByIndex(0).Width = max(LABEL_WIDTH, min(longest * LETTER, LONGEST_TEXT))
        for column in range(1, COLUMNS):
            self.sheet.Columns.getByIndex(column).Width = NUMBER_WIDTH
        self._put(0, 0, _("Funnel, win curve and segments"), "KPI Sheet Title")
        # The same words as on the first sheet.
        for row in (1, 2):
            self._put(0, row, f"=$KPIs.A{row + 1}", "KPI Sheet Subtitle", formula=True)
        self.sheet.Rows.getByIndex(0).Height = 950
        self.sheet.Rows.getByIndex(FIRST_ROW - 1).Height = 250
        self._put_on_charts(0, 0, _("Figures behind the charts"), "KPI Sheet Title")
        self.charts.Rows.getByIndex(0).Height = 950

        row = FIRST_ROW
        if self.plan.funnel:
            row = self._write_funnel(row)
        if self.plan.curve:
            row = self._write_curve(row)
        page_start = 0
        for segments in self.plan.segments:
            first, row = row, self._write_segments(row, segments)
            if row == first:
                continue
            if first > FIRST_ROW and self._height(page_start, row) > self._page_height():
                self.sheet.Rows.getByIndex(first).IsStartOfNewPage = True
                page_start = first
            # Where the last table is longer than a page its header comes again.
            self.sheet.setTitleRows(CellRangeAddress(self.sheet.getRangeAddress().Sheet, 0, first + 1, COLUMNS - 1, first + 1))
            self.sheet.setPrintTitleRows(True)
        self._set_page(row)
        self._freeze()

    # --- cells ---

    def _put(self, column, row, content, style, formula=False):
        self._fill(self.sheet.getCellByPosition(column, row), content, style, formula)

    def _put_on_charts(self, column, row, content, style, formula=False):
        self._fill(self.charts.getCellByPosition(column, row), content, style, formula)

    @staticmethod
    def _fill(cell, content, style, formula):
        cell.CellStyle = style
        if formula:
            cell.setFormula(content)
        elif isinstance(content, str):
            cell.String = content
        else:
            cell.Value = content

    def _rows_of(self, formula):
        """How many rows the table has now, or None when it is an error."""
        cell = self.charts.getCellByPosition(0, 1)
        cell.setFormula(f"=ROWS({formula[1:]})")
        rows, error = round(cell.Value), cell.getError()
        cell.setFormula("")
        return None if error else rows

    def _usable_rows(self, table):
        rows = self._rows_of(table.formula)
        if rows is None:
            self.notices.append(f"\u201c{table.title}\u201d is left out: Calc shows an error for {table.formula}")
        elif rows > table.most_rows:
            self.notices.append(f"\u201c{table.title}\u201d is left out: it would have {rows} rows.")
            rows = None
        return rows

    def _write_section(self, row, table):
        self._put(0, row, table.title, "KPI Sheet Section")
        self.sheet.Rows.getByIndex(row).Height = 800

    def _write_header(self, row, table):
        for column in range(COLUMNS):
            self._put(column, row, "", "KPI Sheet Header")
        for column, told in enumerate(table.columns):
            self._put(column, row, told.title, "KPI Sheet Header" if told.kind == NAME else "KPI Sheet Header Number Wrapped")
        if table.picture:
            self._put(CHART_COLUMN, row, table.picture, "KPI Sheet Header Indented")
        self._fit_header(row)

    def _fit_header(self, row):
        """Makes a header as high as its wrapped titles need in this language."""
        header = self.sheet.Rows.getByIndex(row)
        header.OptimalHeight = True
        header.Height = max(HEADER_HEIGHT, header.Height + 160)

    @staticmethod
    def _style(kind, is_all=False):
        style = {NAME: "KPI Sheet Label", P_VALUE: "KPI Sheet P-Value"}.get(kind) or style_of(kind)
        return style.replace("KPI Sheet", "KPI Sheet All") if is_all else style

    def _write_array(self, sheet, column, row, rows, table):
        """The table as one array formula, its columns in the styles of their kinds."""
        last = column + len(table.columns) - 1
        sheet.getCellRangeByPosition(column, row, last, row + rows - 1).setArrayFormula(table.formula)
        for place, told in enumerate(table.columns, start=column):
            sheet.getCellRangeByPosition(place, row, place, row + rows - 1).CellStyle = self._style(told.kind)

    def _set_heights(self, first, rows, height):
        self.sheet.getCellRangeByPosition(0, first, 0, first + rows - 1).Rows.Height = height

    def _write_rules(self, row, table):
        for place, rule in enumerate(table.rules, start=row):
            self._put(0, place, rule, "KPI Sheet Note")
            self.sheet.Rows.getByIndex(place).Height = 400
        end = row + len(table.rules)
        self.sheet.Rows.getByIndex(end).Height = 250
        return end + 1

    def _warn_when_cut_off(self, row, table, rows):
        """New rows in the deals can make a table longer than the cells of its array formula."""
        warning = f"{WORSE} " + self._("The table is cut off: enter its array formula over more rows.")
        self._put(3, row, f'=IF(ROWS({table.formula[1:]})>{rows};{text_argument(warning)};"")', "KPI Sheet Warning", formula=True)

    # --- funnel ---

    def _write_funnel(self, row):
        table, rows = self.plan.funnel, self._usable_rows(self.plan.funnel)
        if rows is None:
            return row
        self._write_section(row, table)
        self._write_header(row + 1, table)
        first = row + 2
        self._write_array(self.sheet, 0, first, rows, table)
        self._set_heights(first, rows, FUNNEL_ROW_HEIGHT if rows < 6 else FLAT_FUNNEL_ROW_HEIGHT)
        self._add_funnel_chart(first, rows)
        return self._write_rules(first + rows, table)

    def _write_bars(self, first, rows):
        """The parts of each bar from left to right, as long as BAR_LENGTH says: the gap that centres it, what moved on or was lost
        in two halves with the count's label between them, what is still there, the gap at the right, and the rate's label."""
        _ = self._
        titles = (_("Stage"), _("Gap"), _("Moved on or lost"), _("Label: count"), _("Moved on or lost"), _("Still there"), _("Gap"),
                  _("Label: of previous"))
        for column, title in enumerate(titles):
            self._put_on_charts(column, 2, title, "KPI Sheet Header" if column == 0 else "KPI Sheet Header Number Wrapped")
        top = f"$Funnel.$B${first + 1}"
        for place in range(rows):
            source, line = first + place + 1, place + 4
            stage, count, rate, still_there = (f"$Funnel.{letter}{source}" for letter in "ABCF")
            half = f"=({count}-{still_there})/{top}/2*{BAR_LENGTH:.0f}"
            formulas = (f"={stage}", f"=(1-{count}/{top})/2*{BAR_LENGTH:.0f}", half, f"={count}", half,
                        f"={still_there}/{top}*{BAR_LENGTH:.0f}", f"=B{line}+{ROOM_FOR_RATE / 2}*{BAR_LENGTH:.0f}",
                        f'=IF(ISNUMBER({rate});{rate};"")')
            styles = ("KPI Sheet Label", "KPI Sheet Bar", "KPI Sheet Bar", "KPI Sheet Number", "KPI Sheet Bar", "KPI Sheet Bar",
                      "KPI Sheet Bar", "KPI Sheet Share")
            for column, (formula, style) in enumerate(zip(formulas, styles)):
                self._put_on_charts(column, line - 1, formula, style, formula=True)
        return CellRangeAddress(self.charts.getRangeAddress().Sheet, 0, 2, len(titles) - 1, 2 + rows)

    def _add_funnel_chart(self, first, rows):
        bars = self._write_bars(first, rows)
        chart, frame = self._new_chart("Funnel", first, rows, (bars,), "com.sun.star.chart.BarDiagram")
        chart.lockControllers()
        try:
            diagram = chart.getDiagram()
            diagram.Vertical = True          # "vertical" says that the categories run downwards
            diagram.Stacked = True
            self._hide_frames(chart)
            diagram.HasXAxisGrid = diagram.HasYAxisGrid = False
            diagram.HasYAxis = diagram.HasYAxisDescription = False
            stages, lengths = diagram.XAxis, diagram.YAxis
            stages.ReverseDirection = True   # the first stage on top
            stages.CharHeight, stages.CharColor = 9.0, TEXT
            stages.Marks = stages.HelpMarks = 0
            stages.LineStyle = uno.Enum(*_NO_LINE)
            lengths.AutoMin = lengths.AutoMax = False
            lengths.Min, lengths.Max = 0.0, (1 + ROOM_FOR_RATE) * BAR_LENGTH
            lengths.GapWidth, lengths.Overlap = 25, 100
            gap, moved_on, count, moved_on_too, still_there, other_gap, rate = _series_of(chart)
            for series in (gap, count, other_gap, rate):
                series.FillStyle = uno.Enum(*_NONE)
            for series, colour in ((moved_on, BLUE), (moved_on_too, BLUE), (still_there, LIGHT_BLUE)):
                series.FillStyle, series.Color = uno.Enum(*_SOLID), colour
                # A hairline of the same colour, or the two halves would show a seam.
                series.BorderStyle, series.BorderColor, series.BorderWidth = uno.Enum(*_LINE), colour, 0
            # White on a blue ground of its own: readable where the bar is shorter than its label, too.
            _label(count, 0xFFFFFF)
            count.LabelFillStyle, count.LabelFillColor = uno.Enum(*_SOLID), BLUE
            _label(rate, TEXT)
            # Room at the left for the names.
            room = max(NAMES_WIDTH, min(max(map(len, self.kpis.stages)) * LETTER, 2 * NAMES_WIDTH))
            diagram.setDiagramPositionExcludingAxes(Rectangle(room, 0, frame.Width - room, frame.Height))
        finally:
            chart.unlockControllers()

    # --- win curve ---

    def _write_curve(self, row):
        curve, ages = self.plan.curve, self.plan.ages
        rows = self._usable_rows(curve)
        if rows is None:
            return row
        column = 9 if self.plan.funnel else 0
        for place, told in enumerate(curve.columns, start=column):
            self._put_on_charts(place, 2, told.title, "KPI Sheet Header Number Wrapped")
        self._write_array(self.charts, column, 3, rows, curve)
        letters = [self.charts.Columns.getByIndex(column + place).Name for place in range(len(curve.columns))]
        block = f"$Charts.${letters[0]}$4:${letters[-1]}${rows + 3}"

        self._write_section(row, curve)
        self._warn_when_cut_off(row, curve, rows)
        self._write_header(row + 1, ages)
        first = row + 2
        oldest = self.charts.getCellByPosition(column, rows + 2).Value
        shown = [age for age in AGES if age < oldest]
        for place, age in enumerate([*shown, oldest], start=first):
            line = place + 1
            last = f"=MAX($Charts.{letters[0]}4:{letters[0]}{rows + 3})"
            is_last = place == first + len(shown)
            self._put(0, place, last if is_last else age, "KPI Sheet Age", formula=is_last)
            found = f"VLOOKUP($A{line};{block};{{}};1)"
            # Before the first close all deals are at risk and no share is known but 0.
            before = {1: f"INDEX({block};1;2)", 2: "0", 3: '"\u2013"', 4: '"\u2013"', 5: "0"}
            for target, source in enumerate((2, 5, 7, 8, 6), start=1):
                self._put(target, place, f"=IFNA({found.format(source)};{before[target]})", self._style(ages.columns[target].kind),
                          formula=True)
            self._put(6, place, f"=MAX(0;1-C{line}-F{line})", self._style(ages.columns[6].kind), formula=True)
        count = len(shown) + 1
        self._set_heights(first, count, AGE_ROW_HEIGHT)
        self._add_curve_chart(first, count, column, rows)
        return self._write_rules(first + count, ages)

    def _add_curve_chart(self, first, count, column, rows):
        sheet = self.charts.getRangeAddress().Sheet
        ranges = tuple(CellRangeAddress(sheet, first_column, 2, last_column, 2 + rows)
                       for first_column, last_column in ((column, column), (column + 4, column + 7)))
        chart, frame = self._new_chart("Win curve", first, count, ranges, "com.sun.star.chart.XYDiagram")
        chart.lockControllers()
        try:
            diagram = chart.getDiagram()
            self._hide_frames(chart)
            diagram.HasXAxisGrid = diagram.HasYAxisGrid = False
            diagram.SymbolType = -3          # com.sun.star.chart.ChartSymbolType.NONE
            diagram.Lines = True
            diagram.SplineType = 4           # steps: a share stays until the next close
            days, shares = diagram.XAxis, diagram.YAxis
            for axis in (days, shares):
                axis.CharHeight, axis.CharColor, axis.LineColor = 9.0, GREY, 0xC8CED6
                axis.HelpMarks = 0
            days.AutoMin, days.Min, days.AutoMax = False, 0.0, True
            shares.AutoMin, shares.Min = False, 0.0
            shares.LinkNumberFormatToSource = False
            shares.NumberFormat = self.document.StyleFamilies.getByName("CellStyles").getByName("KPI Sheet Percent").NumberFormat
            won, lost, low, high = _series_of(chart)
            for series, colour, width in ((won, BLUE, 70), (lost, GREY, 50), (low, LIGHT_BLUE, 20), (high, LIGHT_BLUE, 20)):
                series.Color, series.LineWidth = colour, width
            ends = [self.charts.getCellByPosition(column + place, rows + 2).Value for place in (4, 5)]
            # Of two lines that end close to each other the lower one has its name below.
            lower = BOTTOM if abs(ends[0] - ends[1]) < 0.1 * max(ends) else RIGHT
            _name_at_the_end(won, rows - 1, BLUE, lower if ends[0] < ends[1] else RIGHT)
            _name_at_the_end(lost, rows - 1, GREY, RIGHT if ends[0] < ends[1] else lower)
            diagram.setDiagramPositionExcludingAxes(Rectangle(1300, 200, frame.Width - 1300 - 1900, frame.Height - 200 - 700))
        finally:
            chart.unlockControllers()

    # --- segments ---

    def _write_segments(self, row, table):
        rows = self._usable_rows(table)
        if rows is None:
            return row
        self._write_section(row, table)
        self._warn_when_cut_off(row, table, rows)
        first, last = row + 2, row + 2 + rows - 1
        self._write_array(self.sheet, 0, first, rows, table)
        self._set_heights(first, rows, ROW_HEIGHT)
        for column, told in enumerate(table.columns):
            self.sheet.getCellByPosition(column, first).CellStyle = self._style(told.kind, is_all=True)
        self._write_header(row + 1, self._in_thousands(table, first, last))
        return self._write_rules(last + 1, table)

    def _in_thousands(self, table, first, last):
        """Money above a million is shown in thousands, and the header says so."""
        columns = []
        for column, told in enumerate(table.columns):
            if told.kind == MONEY and abs(self.sheet.getCellByPosition(column, first).Value) >= 1e6:
                told = type(told)(told.title_in_thousands, told.kind)
                self.sheet.getCellRangeByPosition(column, first, column, last).CellStyle = "KPI Sheet Money" + THOUSANDS
                self.sheet.getCellByPosition(column, first).CellStyle = "KPI Sheet All Money" + THOUSANDS
            columns.append(told)
        return FunnelTable(table.title, table.formula, columns, table.rules, table.most_rows)

    # --- page ---

    def _new_chart(self, name, first, rows, ranges, diagram):
        corner = self.sheet.getCellByPosition(CHART_COLUMN, first).Position
        height = self.sheet.getCellByPosition(CHART_COLUMN, first + rows).Position.Y - corner.Y
        frame = Rectangle(corner.X, corner.Y, NUMBER_WIDTH * (COLUMNS - CHART_COLUMN), height)
        self.sheet.Charts.addNewByName(name, frame, ranges, True, True)
        chart = self.sheet.Charts.getByName(name).getEmbeddedObject()
        chart.HasLegend = chart.HasMainTitle = False
        chart.setDiagram(chart.createInstance(diagram))
        return chart, frame

    @staticmethod
    def _hide_frames(chart):
        diagram = chart.getDiagram()
        diagram.Wall.FillStyle = chart.Area.FillStyle = uno.Enum(*_NONE)
        diagram.Wall.LineStyle = chart.Area.LineStyle = uno.Enum(*_NO_LINE)

    def _height(self, first, end):
        top, bottom = (self.sheet.getCellByPosition(0, row).Position.Y for row in (first, end))
        return bottom - top

    def _page_height(self):
        """In the sheet's own measure, before it is scaled to the width of the page."""
        page = self.document.StyleFamilies.getByName("PageStyles").getByName("KPI Sheet Page")
        width = self.sheet.getCellByPosition(COLUMNS, 0).Position.X
        scale = max(1, width / (page.Width - page.LeftMargin - page.RightMargin))
        return (page.Height - page.TopMargin - page.BottomMargin) * scale

    def _set_page(self, rows):
        index = self.sheet.getRangeAddress().Sheet
        pages = self.document.StyleFamilies.getByName("PageStyles")
        kpi_page = pages.getByName("KPI Sheet Page")
        page = self.document.createInstance("com.sun.star.style.PageStyle")
        pages.insertByName("KPI Sheet Pages", page)
        page.HeaderIsOn = page.FooterIsOn = False
        for name in ("IsLandscape", "Width", "Height", "TopMargin", "BottomMargin", "LeftMargin", "RightMargin"):
            setattr(page, name, getattr(kpi_page, name))
        page.ScaleToPagesX, page.ScaleToPagesY = 1, 0      # one page wide, as many as it takes down
        self.sheet.PageStyle = "KPI Sheet Pages"
        self.sheet.setPrintAreas((CellRangeAddress(index, 0, 0, COLUMNS - 1, rows - 1),))
        self.charts.setPrintAreas(())

    def _freeze(self):
        controller = self.document.getCurrentController()
        controller.setActiveSheet(self.charts)
        controller.freezeAtPosition(0, 3)
        controller.ShowGrid = False
        controller.setActiveSheet(self.sheet)
        controller.freezeAtPosition(0, FIRST_ROW)
        controller.ShowGrid = False
        controller.setActiveSheet(self.document.Sheets.getByIndex(0))


def _series_of(chart):
    return chart.getFirstDiagram().getCoordinateSystems()[0].getChartTypes()[0].getDataSeries()


def _label(series, colour):
    """The values as labels, in the number format of their cells."""
    label = series.Label
    label.ShowNumber = True
    series.Label = label
    series.LabelPlacement = CENTER
    series.CharHeight, series.CharColor = 9.0, colour


def _name_at_the_end(series, last, colour, placement):
    """A line's name beside its last point says more than a legend."""
    point = series.getDataPointByIndex(last)
    label = point.Label
    label.ShowNumber = label.ShowSeriesName = True
    point.Label = label
    point.LabelSeparator, point.LabelPlacement = " ", placement
    point.CharHeight, point.CharColor = 9.0, colour
