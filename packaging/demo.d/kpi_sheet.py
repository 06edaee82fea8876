"""The sheet KPIs: title, the scorecard with targets and marks, more live formulas, table by product or seller with its bar chart,
and the rule lines.

    sheet = KpiSheet(deals, export, plan, texts, caution, sample)   # the caution is a win rate's on few deals, from the catalog
    sheet.build()            # then sheet.readings holds label, value, unit, target, mark and formula of each row

The sheet Inputs comes with it; `sample` fills it.
"""

import datetime
from dataclasses import dataclass

import uno
from com.sun.star.awt import Rectangle
from com.sun.star.lang import Locale
from com.sun.star.sheet.ConditionOperator import EQUAL
from com.sun.star.sheet.ConditionOperator import FORMULA as FORMULA_CONDITION
from com.sun.star.sheet.FormulaResult import STRING
from com.sun.star.sheet.FormulaResult import VALUE as NUMBER
from com.sun.star.table import CellRangeAddress

import inputs_sheet
from kpi_plan import COUNT, MONEY, SHARE, text_argument, words_of_thousand
from office import properties
from sheet_styles import BETTER, BLUE, MARK_STYLES, ON_TARGET, TEXT, THOUSANDS, WORSE, make_styles, style_of

SHEET = "KPIs"
LOCALES = {"en": ("en", "US"), "fr": ("fr", "FR"), "ro": ("ro", "RO")}

LABEL, VALUE, UNIT, TARGET, DIFFERENCE, MARK, FORMULA = range(7)     # columns of the scorecard
NAME, RATE, DEALS, WON, CHART = range(5)                             # columns of the table by product; its chart takes the rest
WIDTHS = (5400, 2000, 5700, 2900, 2200, 1000, 12000)                 # 1/100 mm; the page is scaled to a landscape A4
LONGEST_LABEL, LETTER = 7900, 165                                     # widens the first column up to so much
ROW_HEIGHT = 455
FIRST_TABLE_ROW = 4
FEW_DEALS = 30       # below it a group's win rate gets a word of caution

# What a formula's test for missing input looks like, for the column that shows formulas; Calc may write "," for ";".
GUARD = r'^=IF\(COUNT[^;,]+=0[;,]"–"[;,](.*)\)$'


@dataclass
class Reading:
    label: str
    value: float
    shown: str     # what the cell shows, for errors
    error: int
    kind: str
    unit: str
    formula: str
    key: str = ""
    target: float = None
    mark: str = ""
    waits: bool = False    # for input


def day(number):
    return (datetime.date(1899, 12, 30) + datetime.timedelta(days=int(number))).isoformat()


class KpiSheet:
    def __init__(self, deals, export, plan, texts, caution, sample=None):
        self.deals, self.export, self.plan = deals, export, plan
        self.document = deals.document
        self.texts, self.sample = texts, sample
        self._ = texts.text
        self.caution = self._(caution)
        self.locale = Locale(*LOCALES[texts.language], "")
        self.readings, self.group_readings = [], []
        self._row_of = {}

    # --- building ---

    def build(self):
        make_styles(self.document, self.locale)
        self.inputs = inputs_sheet.write_inputs(self.deals, self.plan, self.texts, self.sample)
        sheets = self.document.Sheets
        sheets.insertNewByName(SHEET, 0)
        self.sheet = sheets.getByName(SHEET)
        for column, width in enumerate(WIDTHS):
            self.sheet.Columns.getByIndex(column).Width = width
        longest = max(len(kpi.label) for kpi in self.plan.scorecard + self.plan.kpis)
        self.sheet.Columns.getByIndex(LABEL).Width = max(WIDTHS[LABEL], min(longest * LETTER, LONGEST_LABEL))
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

    def _write_title(self):
        _, facts = self._, self.deals.facts
        self._put(LABEL, 0, _("Sales KPIs"), "KPI Sheet Title")
        parts = [self.export.path.name, _("{count} deals").format(count=self._grouped(self.export.deals))]
        if "amount" in self.export.roles:
            currency = self.plan.currency
            parts.append(_("amounts in {currency}").format(currency=currency) if currency
                         else _("amounts in the currency of the export"))
        self._put(LABEL, 1, " \u00b7 ".join(parts), "KPI Sheet Subtitle")
        period = []
        if facts.first_opened is not None:
            period.append(_("Deals created {first} to {last}").format(first=day(facts.first_opened), last=day(facts.last_opened)))
        if facts.last_closed is not None:
            period.append(_("last close {day}").format(day=day(facts.last_closed)))
        self._put(LABEL, 2, ", ".join(period), "KPI Sheet Subtitle")
        self.sheet.Rows.getByIndex(0).Height = 950
        self.sheet.Rows.getByIndex(3).Height = 300

    def _grouped(self, number):
        return f"{number:,}".replace(",", {"en": ",", "fr": "\u202f", "ro": "."}[self.locale.Language])

    def _listed(self, labels):
        """Labels, which hold commas themselves, one after the other; French has a blank before the semicolon."""
        _ = self._
        listed = ""
        for label in labels:
            listed = _("{first}; {second}").format(first=listed, second=label) if listed else label
        return listed

    def _header(self, row, titles):
        for column in range(len(WIDTHS)):
            title, style = titles.get(column, ("", "KPI Sheet Header"))
            self._put(column, row, title, style)
        self.sheet.Rows.getByIndex(row).Height = 620

    def _fit_header(self, row):
        """Makes a header as high as its wrapped titles need in this language."""
        header = self.sheet.Rows.getByIndex(row)
        header.OptimalHeight = True
        header.Height = max(620, header.Height + 160)

    def _write_kpis(self, row):
        _, plan = self._, self.plan
        self._header(row, {LABEL: (_("KPI"), "KPI Sheet Header"), VALUE: (_("Value"), "KPI Sheet Header Number"),
                           UNIT: (_("Unit"), "KPI Sheet Header Indented"), TARGET: (_("Target"), "KPI Sheet Header Number"),
                           DIFFERENCE: (_("Difference"), "KPI Sheet Header Number"), FORMULA: (_("Formula"), "KPI Sheet Header")})
        more_row = row + 2 + len(plan.scorecard)
        self.sheet.Rows.getByIndex(more_row - 1).Height = 200
        self._header(more_row, {LABEL: (_("More figures from the deals"), "KPI Sheet Header")})
        self._row_of = {kpi.key: place for place, kpi in enumerate(plan.scorecard, start=row + 1)}
        self._row_of.update({kpi.key: place for place, kpi in enumerate(plan.kpis, start=more_row + 1)})
        end = more_row + 1 + len(plan.kpis)
        self._addresses = {key: f"B{place + 1}" for key, place in self._row_of.items()}
        if plan.groups:
            first, last = end + 3, end + 2 + len(plan.groups.names)
            self._addresses.update({"names": f"A{first}:A{last}", "rates": f"B{first}:B{last}"})
        for kpi in plan.scorecard:
            self._write_kpi(kpi)
            self._write_target(kpi)
        for kpi in plan.kpis:
            self._write_kpi(kpi)
        self._add_conditions(row + 1, more_row - 2)
        return end

    def _with_addresses(self, formula):
        # Inline arrays have braces of their own, hence no format().
        for key, address in self._addresses.items():
            formula = formula.replace("{" + key + "}", address)
        return formula

    def _write_kpi(self, kpi):
        place = self._row_of[kpi.key]
        formula = self._with_addresses(kpi.formula)
        self._put(LABEL, place, kpi.label, "KPI Sheet Label")
        cell = self._put(VALUE, place, "", style_of(kpi.kind))
        if kpi.is_array:
            self.sheet.getCellRangeByPosition(VALUE, place, VALUE, place).setArrayFormula(formula)
        else:
            cell.setFormula(formula)
        self._write_unit(kpi, kpi.unit)
        shown = f"=FORMULA(B{place + 1})"
        if kpi.inputs:
            # Either the formula, without its test for missing input, or which input is missing.
            labels = self._listed(dict.fromkeys(self.plan.input_labels[name] for name in kpi.inputs))
            needs = self._("– needs: {inputs}").format(inputs=labels)
            shown = f'=IF(ISTEXT(B{place + 1});{text_argument(needs)};REGEX(FORMULA(B{place + 1});{text_argument(GUARD)};"=$1"))'
        self._put(FORMULA, place, shown, "KPI Sheet Formula", formula=True)
        self.sheet.Rows.getByIndex(place).Height = ROW_HEIGHT

    def _write_unit(self, kpi, unit):
        place = self._row_of[kpi.key]
        if kpi.unit_names_group:
            before, after = (text_argument(part) for part in unit.split("{name}"))
            unit = self._with_addresses(f"={before}&INDEX({{names}};MATCH({{{kpi.key}}};{{rates}};0))&{after}")
        self._put(UNIT, place, unit, "KPI Sheet Unit", formula=kpi.unit_names_group)

    def _write_target(self, kpi):
        place = self._row_of[kpi.key]
        line, given = place + 1, self.inputs.targets[kpi.key]
        style, bound = style_of(kpi.kind), "at Most" if kpi.lower_is_better else "at Least"
        self._put(TARGET, place, f'=IF({given}="";"";{given})', f"{style} {bound}", formula=True)
        self._put(DIFFERENCE, place, f'=IF(COUNT(B{line};D{line})<2;"";B{line}-D{line})', f"{style} Difference", formula=True)
        better = "<" if kpi.lower_is_better else ">"
        self._put(MARK, place, f'=IF(E{line}="";"";IF(ABS(E{line})<=ABS(D{line})*Tolerance;"{ON_TARGET}";'
                               f'IF(E{line}{better}0;"{BETTER}";"{WORSE}")))', "KPI Sheet Mark", formula=True)

    def _add_conditions(self, first, last):
        """Colours the marks, and sets apart what stands in place of a formula that waits for input."""
        marks = self.sheet.getCellRangeByPosition(MARK, first, MARK, last)
        conditions = marks.ConditionalFormat
        for mark, style in MARK_STYLES.items():
            conditions.addNew(properties(Operator=EQUAL, Formula1=text_argument(mark), StyleName=style))
        marks.ConditionalFormat = conditions
        formulas = self.sheet.getCellRangeByPosition(FORMULA, first, FORMULA, last)
        conditions = formulas.ConditionalFormat
        conditions.addNew(properties(Operator=FORMULA_CONDITION, Formula1=f"ISTEXT($B{first + 1})",
                                     SourcePosition=self._cell(FORMULA, first).CellAddress, StyleName="KPI Sheet Waiting"))
        formulas.ConditionalFormat = conditions

    def _write_groups(self, row):
        _, groups = self._, self.plan.groups
        self.group_name = _("Product") if groups.role == "product" else _("Seller")
        titles = {NAME: (self.group_name, "KPI Sheet Header"), RATE: (_("Win rate"), "KPI Sheet Header Number Wrapped"),
                  DEALS: (_("Closed deals"), "KPI Sheet Header Number Wrapped"),
                  CHART: (_("Win rate of closed deals by product") if groups.role == "product"
                          else _("Win rate of closed deals by seller"), "KPI Sheet Header Indented")}
        if "amount" in self.export.roles:
            titles[WON] = (_("Won value"), "KPI Sheet Header Number Wrapped")
        self._header(row, titles)
        self._groups_row = row + 1
        self._total_row = row + 1 + len(groups.names)
        for place, name in enumerate(groups.names, start=row + 1):
            self._write_group(place, name)
            self.sheet.Rows.getByIndex(place).Height = ROW_HEIGHT
        self._put(NAME, self._total_row, _("All deals"), "KPI Sheet Total Label")
        self._put(RATE, self._total_row, f"=B{self._row_of['closed_win_rate'] + 1}", "KPI Sheet Total Share", formula=True)
        closed = f"=B{self._row_of['won'] + 1}+B{self._row_of['lost'] + 1}"
        self._put(DEALS, self._total_row, closed, "KPI Sheet Total Number", formula=True)
        if "amount" in self.export.roles:
            self._put(WON, self._total_row, f"=B{self._row_of['won_value'] + 1}", "KPI Sheet Total Money", formula=True)
        self.sheet.Rows.getByIndex(self._total_row).Height = ROW_HEIGHT
        return self._total_row + 1

    def _write_group(self, place, name):
        groups = self.plan.groups
        label = self._put(NAME, place, name, "KPI Sheet Label")
        label.String = name
        criterion = f"A{place + 1}"
        if any(sign in name for sign in "*?~<>="):
            # These signs have a meaning in a criterion; said to be equal and escaped they stand for themselves.
            escaped = "".join("~" + letter if letter in "*?~" else letter for letter in name)
            criterion = '"=' + escaped.replace('"', '""') + '"'
        filters = f"{groups.column};{criterion}"
        self._put(RATE, place, f'=DWINRATE({self.plan.arguments};"closed";{filters})', "KPI Sheet Share", formula=True)
        self._put(DEALS, place, f'=COUNTIFS({groups.range_name};{criterion};State;"won")'
                                f'+COUNTIFS({groups.range_name};{criterion};State;"lost")', "KPI Sheet Number", formula=True)
        if "amount" in self.export.roles:
            self._put(WON, place, f'=SUMIFS(Amount;{groups.range_name};{criterion};State;"won")', "KPI Sheet Money", formula=True)

    def _thousand(self, unit):
        return words_of_thousand(unit, self.plan.currency, self._)

    def _group_places(self):
        return range(self._groups_row, self._total_row) if self.plan.groups else ()

    def _use_thousands(self):
        """Money above a million is shown in thousands, and its unit says so."""
        _ = self._
        for kpi in self.plan.scorecard + self.plan.kpis:
            place = self._row_of[kpi.key]
            if kpi.kind == MONEY and abs(self._cell(VALUE, place).Value) >= 1e6:
                for column in (VALUE, TARGET, DIFFERENCE) if kpi in self.plan.scorecard else (VALUE,):
                    cell = self._cell(column, place)
                    cell.CellStyle = cell.CellStyle.replace("KPI Sheet Money", "KPI Sheet Money" + THOUSANDS)
                self._write_unit(kpi, self._thousand(kpi.unit))
        if self.plan.groups and "amount" in self.export.roles and abs(self._cell(WON, self._total_row).Value) >= 1e6:
            for place in self._group_places():
                self._cell(WON, place).CellStyle = "KPI Sheet Money" + THOUSANDS
            self._cell(WON, self._total_row).CellStyle = "KPI Sheet Total Money" + THOUSANDS
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
        frame = Rectangle(corner.X, corner.Y, sum(WIDTHS[CHART:]), height)
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
        notes.append(" ".join((
            _("{better} better than the target, {worse} worse, {on_target} on target.").format(
                better=BETTER, worse=WORSE, on_target=ON_TARGET),
            _("Targets are on the sheet Inputs: ≥ means that more is better, ≤ that less is."),
            _("Differences of shares are in percentage points."))))
        if any(self._waits(kpi) for kpi in self.plan.scorecard):
            notes.append(_("Rows with – wait for figures on the sheet Inputs."))
        stages = [(_("Won"), export.won), (_("Lost"), export.lost)]
        rule = ". ".join(_("{state}: {stages}").format(state=state, stages=", ".join(texts) or "-") for state, texts in stages)
        notes.append(rule + ". " + _("Every other stage counts as open; case and outer blanks do not matter.") + " "
                     + _("Rows without a stage are not counted."))
        if any(self._cell(DEALS, place).Value < FEW_DEALS for place in self._group_places()):
            notes.append(self.caution + ".")
        if "opened" in export.roles and "closed" in export.roles:
            note = _("The sales cycle runs from {opened} to {closed} of the won deals; deals still open are not in it.")
            notes.append(note.format(opened=export.roles["opened"].header, closed=export.roles["closed"].header))
        if labels := self._listed(label for label, missing in self.plan.left_out if missing):
            notes.append(_("Left out because the export lacks their columns: {labels}.").format(labels=labels))
        for place, note in enumerate(notes, start=row):
            self._put(LABEL, place, note, "KPI Sheet Note")
            self.sheet.Rows.getByIndex(place).Height = 420
        return row + len(notes)

    def _waits(self, kpi):
        return bool(kpi.inputs) and self._cell(VALUE, self._row_of[kpi.key]).FormulaResultType2 == STRING

    def _set_page(self, rows):
        pages = self.document.StyleFamilies.getByName("PageStyles")
        page = self.document.createInstance("com.sun.star.style.PageStyle")
        pages.insertByName("KPI Sheet Page", page)
        page.IsLandscape, page.Width, page.Height = True, 29700, 21000
        page.TopMargin = page.BottomMargin = 1000
        page.LeftMargin = page.RightMargin = 1050
        page.HeaderIsOn = page.FooterIsOn = False
        page.ScaleToPagesX = page.ScaleToPagesY = 1
        self.sheet.PageStyle = "KPI Sheet Page"
        index = self.sheet.getRangeAddress().Sheet
        # The deals stay out of the PDF: an empty list of areas takes back "print the entire sheet".
        self.deals.sheet.setPrintAreas(())
        self.sheet.setPrintAreas((CellRangeAddress(index, 0, 0, len(WIDTHS) - 1, rows - 1),))

    def _style_deals(self):
        sheet = self.deals.sheet
        columns = len(self.export.columns) + 1 + self.export.has_several_won_texts
        sheet.getCellRangeByPosition(0, 0, columns - 1, 0).CellStyle = "KPI Sheet Header"
        for role in ("opened", "closed", "amount", "probability"):
            if role in self.export.roles:
                sheet.getCellByPosition(self.export.roles[role].index, 0).CellStyle = "KPI Sheet Header Number"
        for place in range(columns):
            column = sheet.Columns.getByIndex(place)
            column.OptimalWidth = True
            column.Width = min(column.Width + 350, 9000)

    def _freeze(self):
        controller = self.document.getCurrentController()
        controller.setActiveSheet(self.deals.sheet)
        controller.freezeAtPosition(0, 1)
        controller.setActiveSheet(self.document.Sheets.getByName(inputs_sheet.SHEET))
        controller.freezeAtPosition(0, inputs_sheet.FIRST_ROW + 1)
        controller.ShowGrid = False
        controller.setActiveSheet(self.sheet)
        controller.freezeAtPosition(0, FIRST_TABLE_ROW + 1)
        controller.ShowGrid = False

    # --- reading ---

    def _read(self):
        for kpi in self.plan.scorecard + self.plan.kpis:
            place = self._row_of[kpi.key]
            unit = self._cell(UNIT, place).String if kpi.unit_names_group else kpi.unit
            reading = self._reading(place, VALUE, kpi.label, kpi.kind, unit)
            reading.key, reading.mark, reading.waits = kpi.key, self._cell(MARK, place).String, self._waits(kpi)
            target = self._cell(TARGET, place)
            if kpi in self.plan.scorecard and target.FormulaResultType2 == NUMBER:
                reading.target = target.Value
            if kpi.inputs:
                reading.formula = self._cell(FORMULA, place).String
            self.readings.append(reading)
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
