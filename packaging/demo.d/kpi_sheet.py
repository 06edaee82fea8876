"""The sheet KPIs: title, table of live formulas, table by product or seller with its bar chart, and the rule line.

    sheet = KpiSheet(deals, export, plan, texts, caution)   # the caution is a win rate's on few deals, from the catalog
    sheet.build()            # then sheet.readings holds label, value, unit and formula of each row

Everything has a named cell style ("KPI Title", "KPI Money", ...), so that the user restyles all at once.
"""

import datetime
from dataclasses import dataclass

import uno
from com.sun.star.awt import Rectangle
from com.sun.star.lang import Locale
from com.sun.star.table import BorderLine2, CellRangeAddress
from com.sun.star.table.CellHoriJustify import LEFT, RIGHT
from com.sun.star.table.CellVertJustify2 import CENTER

from kpi_plan import COUNT, DAYS, MONEY, SHARE

SHEET = "KPIs"
BLUE, TEXT, GREY, PALE, LINE = 0x1F5C99, 0x222222, 0x6B6B6B, 0xEEF2F6, 0x9AA5B1
LOCALES = {"en": ("en", "US"), "fr": ("fr", "FR"), "ro": ("ro", "RO")}

LABEL, VALUE, UNIT, FORMULA, CHART = range(5)           # columns of the KPI table; the last two are one to the eye
NAME, RATE, DEALS, WON = range(4)                       # columns of the table by product
WIDTHS = (5800, 2200, 5900, 3400, 10200)                # 1/100 mm; with the margins a landscape A4 page
FIRST_TABLE_ROW = 4
FEW_DEALS = 30                                          # below it a group's win rate gets a word of caution


@dataclass
class Reading:
    label: str
    value: float
    shown: str     # what the cell shows, for errors
    error: int
    kind: str
    unit: str
    formula: str


def day(number):
    return (datetime.date(1899, 12, 30) + datetime.timedelta(days=int(number))).isoformat()


class KpiSheet:
    def __init__(self, deals, export, plan, texts, caution):
        self.deals, self.export, self.plan = deals, export, plan
        self.document = deals.document
        self._ = texts.text
        self.caution = self._(caution)
        self.locale = Locale(*LOCALES[texts.language], "")
        self.readings, self.group_readings = [], []
        self._row_of = {}

    # --- building ---

    def build(self):
        sheets = self.document.Sheets
        sheets.insertNewByName(SHEET, 0)
        self.sheet = sheets.getByName(SHEET)
        self._make_styles()
        for column, width in enumerate(WIDTHS):
            self.sheet.Columns.getByIndex(column).Width = width
        self._write_title()
        end = self._write_kpis(FIRST_TABLE_ROW)
        if self.plan.groups:
            end = self._write_groups(end + 1)
        self.document.calculateAll()
        self._use_thousands()
        if self.plan.groups:
            self._fit_header(self._groups_row - 1)
            self._sort_groups()
            self._add_chart()
        end = self._write_notes(end + 1)
        self._set_page(end)
        self._style_deals()
        self._freeze()
        self.document.calculateAll()
        self._read()

    def _cell(self, column, row):
        return self.sheet.getCellByPosition(column, row)

    def _put(self, column, row, content, style, formula=False):
        cell = self._cell(column, row)
        cell.CellStyle = style
        if formula:
            cell.setFormula(content)
        else:
            cell.String = content
        return cell

    def _format(self, code):
        """A number format with the separators of the sheet's language; `code` is written as in English."""
        english = Locale("en", "US", "")
        if self.locale.Language == "fr":
            code = code.replace("%", "\u00a0%")
        formats = self.document.NumberFormats
        key = formats.queryKey(code, english, False)
        if key == -1:
            key = formats.addNew(code, english)
        return key if self.locale.Language == "en" else formats.addNewConverted(code, english, self.locale)

    def _make_styles(self):
        styles = self.document.StyleFamilies.getByName("CellStyles")
        base = styles.getByName("Default")
        base.CharFontName, base.CharHeight, base.CharLocale = "Liberation Sans", 10.0, self.locale

        def style(name, parent="Default", **values):
            made = self.document.createInstance("com.sun.star.style.CellStyle")
            styles.insertByName(name, made)
            made.ParentStyle = parent
            for key, value in values.items():
                setattr(made, key, value)

        thin = BorderLine2()
        thin.Color, thin.OuterLineWidth, thin.LineWidth = LINE, 18, 18
        style("KPI", CharColor=TEXT, VertJustify=CENTER)
        style("KPI Title", "KPI", CharHeight=18.0, CharWeight=150.0, CharColor=BLUE)
        style("KPI Subtitle", "KPI", CharHeight=10.5)
        style("KPI Header", "KPI", CharWeight=150.0, CellBackColor=PALE, BottomBorder2=thin, HoriJustify=LEFT)
        style("KPI Header Number", "KPI Header", HoriJustify=RIGHT)
        style("KPI Header Number Wrapped", "KPI Header Number", IsTextWrapped=True)
        style("KPI Header Indented", "KPI Header", ParaIndent=250)
        style("KPI Label", "KPI", HoriJustify=LEFT, ShrinkToFit=True)
        style("KPI Unit", "KPI", CharColor=GREY, HoriJustify=LEFT, ParaIndent=250, ShrinkToFit=True)
        style("KPI Formula", "KPI", CharFontName="Liberation Mono", CharHeight=8.0, CharColor=GREY, HoriJustify=LEFT)
        style("KPI Note", "KPI", CharHeight=8.0, CharColor=GREY, HoriJustify=LEFT)
        style("KPI Number", "KPI", HoriJustify=RIGHT, NumberFormat=self._format("#,##0"))
        style("KPI Share", "KPI Number", NumberFormat=self._format("[<0.1]0.0%;0%"))
        style("KPI Money", "KPI Number")
        style("KPI Money in Thousands", "KPI Money", NumberFormat=self._format("#,##0,"))
        style("KPI Days", "KPI Number", NumberFormat=self._format("[<10]0.0;#,##0"))
        style("KPI Total Label", "KPI Label", CharWeight=150.0, TopBorder2=thin)
        for name in ("KPI Number", "KPI Share", "KPI Money", "KPI Money in Thousands"):
            style(name.replace("KPI", "KPI Total"), name, CharWeight=150.0, TopBorder2=thin)

    def _write_title(self):
        _, facts = self._, self.deals.facts
        self._put(LABEL, 0, _("Sales KPIs"), "KPI Title")
        parts = [self.export.path.name, _("{count} deals").format(count=self._grouped(self.export.deals))]
        if "amount" in self.export.roles:
            currency = self.plan.currency
            parts.append(_("amounts in {currency}").format(currency=currency) if currency
                         else _("amounts in the currency of the export"))
        self._put(LABEL, 1, " \u00b7 ".join(parts), "KPI Subtitle")
        period = []
        if facts.first_opened is not None:
            period.append(_("Deals created {first} to {last}").format(first=day(facts.first_opened), last=day(facts.last_opened)))
        if facts.last_closed is not None:
            period.append(_("last close {day}").format(day=day(facts.last_closed)))
        self._put(LABEL, 2, ", ".join(period), "KPI Subtitle")
        self.sheet.Rows.getByIndex(0).Height = 950
        self.sheet.Rows.getByIndex(3).Height = 300

    def _grouped(self, number):
        return f"{number:,}".replace(",", {"en": ",", "fr": "\u202f", "ro": "."}[self.locale.Language])

    def _header(self, row, titles):
        for column in range(len(WIDTHS)):
            title, style = titles.get(column, ("", "KPI Header"))
            self._put(column, row, title, style)
        self.sheet.Rows.getByIndex(row).Height = 620

    def _fit_header(self, row):
        """Makes a header as high as its wrapped titles need in this language."""
        header = self.sheet.Rows.getByIndex(row)
        header.OptimalHeight = True
        header.Height = max(620, header.Height + 160)

    STYLES = {SHARE: "KPI Share", COUNT: "KPI Number", MONEY: "KPI Money", DAYS: "KPI Days"}

    def _write_kpis(self, row):
        _ = self._
        self._header(row, {LABEL: (_("KPI"), "KPI Header"), VALUE: (_("Value"), "KPI Header Number"),
                           UNIT: (_("Unit"), "KPI Header Indented"), FORMULA: (_("Formula"), "KPI Header")})
        for place, kpi in enumerate(self.plan.kpis, start=row + 1):
            self._row_of[kpi.key] = place
        cells = {key: f"B{place + 1}" for key, place in self._row_of.items()}
        for kpi in self.plan.kpis:
            place = self._row_of[kpi.key]
            # Inline arrays have braces of their own, hence no format().
            formula = kpi.formula
            for key, address in cells.items():
                formula = formula.replace("{" + key + "}", address)
            self._put(LABEL, place, kpi.label, "KPI Label")
            cell = self._put(VALUE, place, "", self.STYLES[kpi.kind])
            if kpi.is_array:
                self.sheet.getCellRangeByPosition(VALUE, place, VALUE, place).setArrayFormula(formula)
            else:
                cell.setFormula(formula)
            self._put(UNIT, place, kpi.unit, "KPI Unit")
            self._put(FORMULA, place, f"=FORMULA(B{place + 1})", "KPI Formula", formula=True)
            self.sheet.Rows.getByIndex(place).Height = 520
        return row + 1 + len(self.plan.kpis)

    def _write_groups(self, row):
        _, groups = self._, self.plan.groups
        name = _("Product") if groups.role == "product" else _("Seller")
        titles = {NAME: (name, "KPI Header"), RATE: (_("Win rate"), "KPI Header Number Wrapped"),
                  DEALS: (_("Closed deals"), "KPI Header Number Wrapped"),
                  CHART: (_("Win rate of closed deals by product") if groups.role == "product"
                          else _("Win rate of closed deals by seller"), "KPI Header Indented")}
        if "amount" in self.export.roles:
            titles[WON] = (_("Won value"), "KPI Header Number Wrapped")
        self._header(row, titles)
        self._groups_row = row + 1
        self._total_row = row + 1 + len(groups.names)
        for place, name in enumerate(groups.names, start=row + 1):
            self._write_group(place, name)
            self.sheet.Rows.getByIndex(place).Height = 520
        self._put(NAME, self._total_row, _("All deals"), "KPI Total Label")
        self._put(RATE, self._total_row, f"=B{self._row_of['closed_win_rate'] + 1}", "KPI Total Share", formula=True)
        closed = f"=B{self._row_of['won'] + 1}+B{self._row_of['lost'] + 1}"
        self._put(DEALS, self._total_row, closed, "KPI Total Number", formula=True)
        if "amount" in self.export.roles:
            self._put(WON, self._total_row, f"=B{self._row_of['won_value'] + 1}", "KPI Total Money", formula=True)
        self.sheet.Rows.getByIndex(self._total_row).Height = 520
        return self._total_row + 1

    def _write_group(self, place, name):
        groups = self.plan.groups
        label = self._put(NAME, place, name, "KPI Label")
        label.String = name
        criterion = f"A{place + 1}"
        if any(sign in name for sign in "*?~<>="):
            # These signs have a meaning in a criterion; said to be equal and escaped they stand for themselves.
            escaped = "".join("~" + letter if letter in "*?~" else letter for letter in name)
            criterion = '"=' + escaped.replace('"', '""') + '"'
        filters = f"{groups.column};{criterion}"
        self._put(RATE, place, f'=DWINRATE({self.plan.arguments};"closed";{filters})', "KPI Share", formula=True)
        self._put(DEALS, place, f'=COUNTIFS({groups.range_name};{criterion};State;"won")'
                                f'+COUNTIFS({groups.range_name};{criterion};State;"lost")', "KPI Number", formula=True)
        if "amount" in self.export.roles:
            self._put(WON, place, f'=SUMIFS(Amount;{groups.range_name};{criterion};State;"won")', "KPI Money", formula=True)

    def _thousand(self, unit):
        _ = self._
        if self.plan.currency:
            return _("thousand {unit}").format(unit=unit)
        return " ".join((_("thousands"), "" if unit == _("money") else unit)).strip()

    def _group_places(self):
        return range(self._groups_row, self._total_row) if self.plan.groups else ()

    def _use_thousands(self):
        """Money above a million is shown in thousands, and its unit says so."""
        _ = self._
        for kpi in self.plan.kpis:
            place = self._row_of[kpi.key]
            if kpi.kind == MONEY and abs(self._cell(VALUE, place).Value) >= 1e6:
                self._cell(VALUE, place).CellStyle = "KPI Money in Thousands"
                self._cell(UNIT, place).String = self._thousand(kpi.unit)
        if self.plan.groups and "amount" in self.export.roles and abs(self._cell(WON, self._total_row).Value) >= 1e6:
            for place in self._group_places():
                self._cell(WON, place).CellStyle = "KPI Money in Thousands"
            self._cell(WON, self._total_row).CellStyle = "KPI Total Money in Thousands"
            self._cell(WON, self._groups_row - 1).String = ", ".join((_("Won value"), self._thousand(self.plan.currency)))

    def _sort_groups(self):
        """Best first. The order is that of today; the figures go on living."""
        places = self._group_places()
        rates = {self._cell(NAME, place).String: self._cell(RATE, place) for place in places}
        known = {name: (cell.getError() == 0, cell.Value) for name, cell in rates.items()}
        for place, name in zip(places, sorted(known, key=lambda name: (known[name], name), reverse=True)):
            style = self._cell(WON, place).CellStyle
            self._write_group(place, name)
            self._cell(WON, place).CellStyle = style

    def _add_chart(self):
        first, last = self._groups_row, self._total_row - 1
        # Each bar stands on the line of its row: the chart is as high as the rows and its plot as the chart.
        corner = self._cell(CHART, first).Position
        height = self._cell(CHART, last + 1).Position.Y - corner.Y
        frame = Rectangle(corner.X, corner.Y, WIDTHS[CHART], height)
        index = self.sheet.getRangeAddress().Sheet
        self.sheet.Charts.addNewByName("Win rates", frame, (CellRangeAddress(index, NAME, first, RATE, last),), False, True)
        chart = self.sheet.Charts.getByName("Win rates").getEmbeddedObject()
        chart.lockControllers()
        try:
            self._style_chart(chart, frame)
        finally:
            chart.unlockControllers()

    @staticmethod
    def _style_chart(chart, frame):
        chart.HasLegend = False
        chart.HasMainTitle = False
        diagram = chart.createInstance("com.sun.star.chart.BarDiagram")
        chart.setDiagram(diagram)
        diagram.Vertical = True          # "vertical" says that the categories run downwards
        diagram.HasXAxisGrid = diagram.HasYAxisGrid = False
        diagram.HasYAxis = diagram.HasYAxisDescription = False
        names, values = diagram.XAxis, diagram.YAxis
        names.ReverseDirection = True    # the first row of the table on top
        names.CharHeight, names.CharColor = 9.0, TEXT
        names.Marks = names.HelpMarks = 0
        names.LineStyle = uno.Enum("com.sun.star.drawing.LineStyle", "NONE")
        values.Min, values.AutoMin = 0.0, False
        values.GapWidth = 45
        diagram.Wall.FillStyle = uno.Enum("com.sun.star.drawing.FillStyle", "NONE")
        diagram.Wall.LineStyle = uno.Enum("com.sun.star.drawing.LineStyle", "NONE")
        chart.Area.LineStyle = uno.Enum("com.sun.star.drawing.LineStyle", "NONE")
        series = diagram.getDataRowProperties(0)
        series.FillColor = BLUE
        series.LineStyle = uno.Enum("com.sun.star.drawing.LineStyle", "NONE")
        series.DataCaption = 1           # com.sun.star.chart.ChartDataCaption.VALUE, in the cells' own number format
        series.CharHeight, series.CharColor = 9.0, TEXT
        # Room at the left for the names and at the right for the longest bar's label.
        diagram.setDiagramPositionExcludingAxes(Rectangle(3400, 0, frame.Width - 3400 - 1100, frame.Height))

    def _write_notes(self, row):
        _, export = self._, self.export
        notes = []
        if self.plan.groups and self.plan.groups.others:
            note = _("The table shows the {shown} names with most closed deals; {others} more are in the last row only.")
            notes.append(note.format(shown=len(self.plan.groups.names), others=self.plan.groups.others))
        stages = [(_("Won"), export.won), (_("Lost"), export.lost)]
        colon = "\u00a0: " if self.locale.Language == "fr" else ": "
        rule = ". ".join(state + colon + (", ".join(texts) or "-") for state, texts in stages)
        notes.append(rule + ". " + _("Every other stage counts as open; case and outer blanks do not matter.") + " "
                     + _("Rows without a stage are not counted."))
        if any(self._cell(DEALS, place).Value < FEW_DEALS for place in self._group_places()):
            notes.append(self.caution + ".")
        if "opened" in export.roles and "closed" in export.roles:
            note = _("The sales cycle runs from {opened} to {closed} of the won deals; deals still open are not in it.")
            notes.append(note.format(opened=export.roles["opened"].header, closed=export.roles["closed"].header))
        if self.plan.left_out:
            labels = ", ".join(label for label, _missing in self.plan.left_out)
            notes.append(_("Left out because the export lacks their columns: {labels}.").format(labels=labels))
        for place, note in enumerate(notes, start=row):
            self._put(LABEL, place, note, "KPI Note")
            self.sheet.Rows.getByIndex(place).Height = 420
        return row + len(notes)

    def _set_page(self, rows):
        pages = self.document.StyleFamilies.getByName("PageStyles")
        page = self.document.createInstance("com.sun.star.style.PageStyle")
        pages.insertByName("KPI Page", page)
        page.IsLandscape, page.Width, page.Height = True, 29700, 21000
        page.TopMargin = page.BottomMargin = 1000
        page.LeftMargin = page.RightMargin = 1050
        page.HeaderIsOn = page.FooterIsOn = False
        page.ScaleToPagesX = page.ScaleToPagesY = 1
        self.sheet.PageStyle = "KPI Page"
        index = self.sheet.getRangeAddress().Sheet
        # The deals stay out of the PDF: an empty list of areas takes back "print the entire sheet".
        self.deals.sheet.setPrintAreas(())
        self.sheet.setPrintAreas((CellRangeAddress(index, 0, 0, len(WIDTHS) - 1, rows - 1),))

    def _style_deals(self):
        sheet = self.deals.sheet
        columns = len(self.export.columns) + 1
        sheet.getCellRangeByPosition(0, 0, columns - 1, 0).CellStyle = "KPI Header"
        for role in ("opened", "closed", "amount", "probability"):
            if role in self.export.roles:
                sheet.getCellByPosition(self.export.roles[role].index, 0).CellStyle = "KPI Header Number"
        for place in range(columns):
            column = sheet.Columns.getByIndex(place)
            column.OptimalWidth = True
            column.Width = min(column.Width + 350, 9000)

    def _freeze(self):
        controller = self.document.getCurrentController()
        controller.setActiveSheet(self.deals.sheet)
        controller.freezeAtPosition(0, 1)
        controller.setActiveSheet(self.sheet)
        controller.freezeAtPosition(0, FIRST_TABLE_ROW + 1)
        controller.ShowGrid = False

    # --- reading ---

    def _read(self):
        for kpi in self.plan.kpis:
            self.readings.append(self._reading(self._row_of[kpi.key], VALUE, kpi.label, kpi.kind, kpi.unit))
        if self.plan.groups:
            for place in range(self._groups_row, self._total_row + 1):
                label = self._cell(NAME, place).String
                columns = [(RATE, SHARE, ""), (DEALS, COUNT, "")]
                if "amount" in self.export.roles:
                    columns.append((WON, MONEY, self.plan.currency))
                self.group_readings.append([self._reading(place, column, label, kind, unit) for column, kind, unit in columns])

    def _reading(self, row, column, label, kind, unit):
        cell = self._cell(column, row)
        return Reading(label, cell.Value, cell.String, cell.getError(), kind, unit, cell.FormulaLocal)
