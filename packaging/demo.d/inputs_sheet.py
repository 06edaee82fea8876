"""The sheet Inputs: what no deal tells and the scorecard needs. Filled for the sample, otherwise empty cells to type into.

    inputs = write_inputs(deals, plan, texts, sample)    # sample: SampleInputs, or None
    inputs.targets["churn"]          # the address of a KPI's target
"""

import datetime
from dataclasses import dataclass, field

from com.sun.star.table import CellAddress

from kpi_plan import MONEY, SHARE
from sheet_styles import style_of

SHEET = "Inputs"
MONTHS = 12
LEAD_ROWS = 200
LABEL, VALUE, UNIT, GAP, MONTH, FORECAST, ACTUAL, GAP_2, RECEIVED, CONTACTED, GAP_3, STAGE = range(12)
WIDTHS = (8200, 3700, 5900, 800, 2300, 2900, 3600, 800, 3900, 3900, 800, 6400)      # 1/100 mm
FIRST_ROW = 3
DAY_ZERO = datetime.datetime(1899, 12, 30)
DEFAULT_TOLERANCE = 0.01


@dataclass
class InputCells:
    targets: dict = field(default_factory=dict)


def serial(value):
    """A date, a time of day or a number as Calc's number."""
    if isinstance(value, datetime.time):
        return (value.hour * 60 + value.minute) / 1440
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        value = datetime.datetime.combine(value, datetime.time())
    if isinstance(value, datetime.datetime):
        return (value - DAY_ZERO) / datetime.timedelta(days=1)
    return value


class _Writer:
    def __init__(self, deals, plan, texts, sample):
        self.deals, self.plan, self.sample = deals, plan, sample
        self.document = deals.document
        self._ = texts.text
        sheets = self.document.Sheets
        sheets.insertNewByName(SHEET, 0)
        self.sheet = sheets.getByName(SHEET)
        for column, width in enumerate(WIDTHS):
            self.sheet.Columns.getByIndex(column).Width = width
        self.cells = InputCells()

    def put(self, column, row, text, style):
        cell = self.sheet.getCellByPosition(column, row)
        cell.CellStyle = style
        cell.String = text

    def field(self, column, row, style, value=None):
        """A framed cell for the user to type into."""
        cell = self.sheet.getCellByPosition(column, row)
        cell.CellStyle = style
        if value is not None:
            cell.Value = serial(value)

    def name(self, name, column, first, last):
        letter = self.sheet.Columns.getByIndex(column).Name
        cells = f"${SHEET}.${letter}${first + 1}" + (f":${letter}${last + 1}" if last > first else "")
        self.document.NamedRanges.addNewByName(name, cells, CellAddress(), 0)

    def header(self, row, titles):
        for column, (title, style) in titles.items():
            self.put(column, row, title, style)

    def write(self):
        _ = self._
        self.put(LABEL, 0, _("Inputs"), "KPI Sheet Title")
        self.sheet.Rows.getByIndex(0).Height = 950
        subtitle = _("What the deals do not tell: type it into the framed cells, and the sheet KPIs follows. "
                     "Every cell may stay empty.")
        self.put(LABEL, 1, subtitle, "KPI Sheet Subtitle")
        rows = self.sheet.getCellRangeByPosition(0, FIRST_ROW, 0, FIRST_ROW + LEAD_ROWS).Rows
        rows.Height = 500
        end = self.targets(FIRST_ROW)
        self.figures(end + 1)
        self.forecasts(FIRST_ROW)
        self.leads(FIRST_ROW)
        if self.plan.stages:
            self.stages(FIRST_ROW)
        # Out of the PDF, as the deals are.
        self.sheet.setPrintAreas(())
        return self.cells

    def targets(self, row):
        _, sample = self._, self.sample
        self.header(row, {LABEL: (_("KPI"), "KPI Sheet Header"), VALUE: (_("Target"), "KPI Sheet Header Number"),
                          UNIT: (_("Unit"), "KPI Sheet Header Indented")})
        for place, kpi in enumerate(self.plan.scorecard, start=row + 1):
            self.put(LABEL, place, kpi.label, "KPI Sheet Label")
            self.field(VALUE, place, f"{style_of(kpi.kind)} Input", sample and sample.targets.get(kpi.key))
            self.put(UNIT, place, _("win rate") if kpi.unit_names_group else kpi.unit, "KPI Sheet Unit")
            self.cells.targets[kpi.key] = f"${SHEET}.$B${place + 1}"
        place = row + 1 + len(self.plan.scorecard)
        self.put(LABEL, place, _("On target when nearer than"), "KPI Sheet Label")
        self.field(VALUE, place, f"{style_of(SHARE)} Input", sample.tolerance if sample else DEFAULT_TOLERANCE)
        self.put(UNIT, place, _("of the target"), "KPI Sheet Unit")
        self.name("Tolerance", VALUE, place, place)
        return place + 1

    def figures(self, row):
        _, sample = self._, self.sample
        self.header(row, {LABEL: (_("Figures of one period, the same for all"), "KPI Sheet Header"),
                          VALUE: (_("Value"), "KPI Sheet Header Number"), UNIT: (_("Unit"), "KPI Sheet Header Indented")})
        self.put(LABEL, row + 1, _("Period"), "KPI Sheet Label")
        self.field(VALUE, row + 1, "KPI Sheet Text Input")
        if sample:
            self.sheet.getCellByPosition(VALUE, row + 1).String = sample.period
        rows_of = {}
        for place, given in enumerate(self.plan.inputs, start=row + 2):
            rows = rows_of.setdefault(given.name, [])
            rows.append(place)
            value = sample.figures[given.name] if sample and given.name in sample.figures else None
            if isinstance(value, list):
                value = value[len(rows) - 1]
            self.put(LABEL, place, f"{given.label}, {given.detail}" if given.detail else given.label, "KPI Sheet Label")
            self.field(VALUE, place, f"{style_of(given.kind)} Input", value)
            self.put(UNIT, place, given.unit, "KPI Sheet Unit")
        for name, rows in rows_of.items():
            self.name(name, VALUE, rows[0], rows[-1])

    def forecasts(self, row):
        labels = self.plan.input_labels
        self.header(row, {MONTH: (self._("Month"), "KPI Sheet Header"), FORECAST: (labels["Forecasts"], "KPI Sheet Header Number"),
                          ACTUAL: (labels["Actuals"], "KPI Sheet Header Number")})
        first, last = row + 1, row + MONTHS
        months = self.months()
        for place in range(first, last + 1):
            month = months[place - first] if months else None
            self.field(MONTH, place, "KPI Sheet Month Input", month and datetime.date(*month, 1))
            self.field(FORECAST, place, f"{style_of(MONEY)} Input", self.sample and self.sample.forecasts.get(month))
            if self.plan.types_actuals:
                self.field(ACTUAL, place, f"{style_of(MONEY)} Input")
                continue
            actual = self.sheet.getCellByPosition(ACTUAL, place)
            actual.CellStyle = style_of(MONEY)
            cell = f"E{place + 1}"
            actual.setFormula(f'=IF({cell}="";"";SUMIFS(Amount;State;"won";Closed;">="&{cell};Closed;"<"&EDATE({cell};1)))')
        self.name("Forecasts", FORECAST, first, last)
        self.name("Actuals", ACTUAL, first, last)

    def months(self):
        """The last twelve months in which deals closed, as (year, month)."""
        last = self.deals.facts.last_closed
        if last is None:
            return []
        day = DAY_ZERO + datetime.timedelta(days=int(last))
        count = day.year * 12 + day.month - 1
        return [(month // 12, month % 12 + 1) for month in range(count - MONTHS + 1, count + 1)]

    def leads(self, row):
        labels = self.plan.input_labels
        self.header(row, {RECEIVED: (labels["Received"], "KPI Sheet Header"), CONTACTED: (labels["Contacted"], "KPI Sheet Header")})
        first, last = row + 1, row + LEAD_ROWS
        self.sheet.getCellRangeByPosition(RECEIVED, first, CONTACTED, last).CellStyle = "KPI Sheet Instant Input"
        for place, instants in enumerate(self.sample.leads if self.sample else (), start=first):
            for column, instant in zip((RECEIVED, CONTACTED), instants):
                if instant is not None:
                    self.sheet.getCellByPosition(column, place).Value = serial(instant)
        self.name("Received", RECEIVED, first, last)
        self.name("Contacted", CONTACTED, first, last)

    def stages(self, row):
        """The only order that the deals may not tell; here it can be put right."""
        self.header(row, {STAGE: (self._("Stages of the funnel, in order"), "KPI Sheet Header")})
        for place, stage in enumerate(self.plan.stages, start=row + 1):
            self.put(STAGE, place, stage, "KPI Sheet Text Input")
        self.name("Stages", STAGE, row + 1, row + len(self.plan.stages))


def write_inputs(deals, plan, texts, sample=None):
    return _Writer(deals, plan, texts, sample).write()
