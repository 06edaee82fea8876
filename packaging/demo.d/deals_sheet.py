"""The sheet Deals: the export as Calc's own CSV filter imports it, and to the right of it a helper column, the state.

    deals = import_deals(office, export)
    deals.document, deals.facts.notices

The filter is told what `recognition` found, so that dates are dates and amounts numbers. Each cell is compared afterwards with
what the recognition reads in it: what the filter took for text ("EUR 1.200,50") becomes a number, what nobody can read is reported.
"""

import shutil
import unicodedata
from dataclasses import dataclass, field

from bounded_office import OfficeFailed
from office import properties
from recognition import BLANKS, CALC_CHARSETS, DAY_FIRST, MONTH_FIRST, YEAR_FIRST, date_parts, folded, quoted

from com.sun.star.sheet.FillDirection import TO_BOTTOM  # after office, which imports uno
from com.sun.star.table import CellAddress

SHEET = "Deals"

# Column formats of the CSV filter ("Filter Options for the CSV Filter" in LibreOffice's guide).
_STANDARD, _TEXT = 1, 2
_DATE_FORMATS = {MONTH_FIRST: 3, DAY_FIRST: 4, YEAR_FIRST: 5}

# The filter knows decimal signs only through a language: English (USA) and German.
_DECIMAL_LANGUAGES = {".": 1033, ",": 1031}

# Formulas name these columns; the names are part of the saved document and the same in every language.
RANGE_NAMES = {"amount": "Amount", "opened": "Opened", "closed": "Closed", "owner": "Owner", "product": "Product",
               "probability": "Probability"}
STATE_NAME = "State"
STAGE_OR_WON_NAME = "Stage or won"


@dataclass
class Facts:
    """What the cells turned out to hold; it decides which formulas the KPI sheet can have."""
    won_without_amount: int = 0
    open_with_amount: int = 0
    cycle_needs_guard: bool = False     # a won deal closes before it opens, or has a text for a date
    probability_in_percent: bool = False
    first_opened: float = None
    last_opened: float = None
    last_closed: float = None
    unread_roles: set = field(default_factory=set)    # columns with cells that nobody can read
    closes_before_opening: bool = False
    notices: list = field(default_factory=list)


@dataclass
class Deals:
    document: object
    sheet: object
    facts: Facts
    last_row: int      # as Calc counts, from 1
    last_letter: str   # of the imported columns; the state stands to the right of them


def column_format(column, export):
    """The CSV filter's format of a column. What is neither date nor number stays text, or "MAR1" would become a date."""
    roles = {role for role, owner in export.roles.items() if owner is column}
    if column.kind == "date" and column.order in _DATE_FORMATS and any(date_parts(cell) for cell in column.cells):
        return _DATE_FORMATS[column.order]
    if column.kind == "number" and not roles & {"deal", "stage"}:
        # Leading zeros belong to codes, which would lose them as numbers.
        if roles & {"amount", "probability"} or not any(cell.strip().startswith("0") and cell.strip()[1:2].isdigit() for cell in column.cells):
            return _STANDARD
    return _TEXT


def filter_options(export):
    formats = "/".join(f"{column.index + 1}/{column_format(column, export)}" for column in export.columns)
    tokens = [ord(export.delimiter), ord('"'), CALC_CHARSETS[export.encoding], export.header_line, formats,
              _DECIMAL_LANGUAGES[export.decimal], "false", "true"]
    return ",".join(str(token) for token in tokens)


def text_literal(text):
    """A text as formulas spell it."""
    return '"' + text.replace('"', '""') + '"'


def state_formula(export, row):
    """The state of one deal: its stage compared as the functions compare words, with one blank for any run of blanks and no outer
    ones, whatever the case and however its accents are stored."""
    words = {unicodedata.normalize(form, folded(text)): state for state, texts in (("won", export.won), ("lost", export.lost))
             for text in texts for form in ("NFC", "NFD")}
    cases = ";".join(f'{text_literal(word)};"{state}"' for word, state in words.items())
    stage = f"{export.roles['stage'].letter}{row}"
    return f'=SWITCH(LOWER(TRIM(REGEX({stage};"{BLANKS}";" ";"g")));{cases};"";"";"open")'


def import_deals(office, export):
    # A copy: the office would put its lock file beside the user's file, and refuse one that somebody has open.
    copy = office.folder / "deals.csv"
    shutil.copyfile(export.path, copy)
    with office.limit(180, "importing the CSV file"):
        document = office.desktop.loadComponentFromURL(
            copy.as_uri(), "_blank", 0,
            properties(Hidden=True, FilterName="Text - txt - csv (StarCalc)", FilterOptions=filter_options(export)))
        if document is None:
            raise OfficeFailed(f"Calc did not import {export.path}.")
        sheet = document.Sheets.getByIndex(0)
        sheet.Name = SHEET
        last_row = export.rows + 1
        deals = Deals(document, sheet, Facts(), last_row, export.columns[-1].letter)
        _compare(deals, export)
        _add_state(deals, export)
        if export.has_several_won_texts:
            _add_stage_or_won(deals, export)
        _name_columns(deals, export)
        _gather_facts(deals, export)
    return deals


def _cells(deals, column):
    return deals.sheet.getCellRangeByPosition(column.index, 1, column.index, deals.last_row - 1)


def _compare(deals, export):
    """Makes Calc's cells agree with the export, and tells where it had to."""
    stage = export.roles["stage"]
    imported = [str(row[0]).strip() for row in _cells(deals, stage).getDataArray()]
    if imported != [cell.strip() for cell in stage.cells]:
        row = next(number for number, (left, right) in enumerate(zip(imported, stage.cells), start=2) if left != right.strip())
        raise OfficeFailed(f"Calc reads other rows in {export.path} than this program, from row {row} on: is a quote "
                           "missing there?")
    for role in ("opened", "closed", "amount", "probability"):
        column = export.roles.get(role)
        if column is None:
            continue
        cells = _cells(deals, column)
        values = [row[0] for row in cells.getDataArray()]
        corrected, unread = 0, []
        for place, (value, text) in enumerate(zip(values, column.cells)):
            expected = column.number(text)
            if expected is None:
                if text.strip():
                    unread.append(place + 2)
                    values[place] = text
            elif not isinstance(value, float) or abs(value - expected) > 1e-6 * max(1, abs(expected)):
                values[place] = expected
                corrected += 1
        if corrected:
            cells.NumberFormat = _number_format(deals.document, "YYYY-MM-DD" if column.kind == "date" else "#,##0.00")
            cells.setDataArray(tuple((value,) for value in values))
            deals.facts.notices.append(f"Column {quoted(column.header)}: {corrected} cells that Calc's filter did not read were "
                                       f"turned into {'dates' if column.kind == 'date' else 'numbers'}.")
        if unread:
            deals.facts.unread_roles.add(role)
            what = "date" if column.kind == "date" else "number"
            deals.facts.notices.append(f"Column {quoted(column.header)}: {len(unread)} cells hold text that is no {what} and are "
                                       f"left out, the first is row {unread[0]}: {quoted(column.cells[unread[0] - 2].strip())}.")


def _number_format(document, code):
    english = document.CharLocale.__class__("en", "US", "")
    key = document.NumberFormats.queryKey(code, english, False)
    return key if key != -1 else document.NumberFormats.addNew(code, english)


def _add_state(deals, export):
    place = len(export.columns)
    deals.sheet.getCellByPosition(place, 0).String = STATE_NAME
    cells = deals.sheet.getCellRangeByPosition(place, 1, place, deals.last_row - 1)
    deals.sheet.getCellByPosition(place, 1).setFormula(state_formula(export, 2))
    cells.fillAuto(TO_BOTTOM, 1)


def _add_stage_or_won(deals, export):
    """A second helper column where several texts mean won: a funnel has one last stage, the first of these texts."""
    place = len(export.columns) + 1
    state = deals.sheet.getCellByPosition(place - 1, 0).Columns.getByIndex(0).Name
    deals.sheet.getCellByPosition(place, 0).String = STAGE_OR_WON_NAME
    deals.sheet.getCellByPosition(place, 1).setFormula(
        f'=IF({state}2="won";{text_literal(export.won[0])};{export.roles["stage"].letter}2)')
    deals.sheet.getCellRangeByPosition(place, 1, place, deals.last_row - 1).fillAuto(TO_BOTTOM, 1)


def _name_columns(deals, export):
    names = deals.document.NamedRanges
    letters = {name: export.roles[role].letter for role, name in RANGE_NAMES.items() if role in export.roles}
    state = deals.sheet.getCellByPosition(len(export.columns), 0).Columns.getByIndex(0).Name
    for name, letter in {**letters, STATE_NAME: state}.items():
        names.addNewByName(name, f"${SHEET}.${letter}$2:${letter}${deals.last_row}", CellAddress(), 0)


def _gather_facts(deals, export):
    facts, roles = deals.facts, export.roles
    states = [row[0] for row in deals.sheet.getCellRangeByPosition(
        len(export.columns), 1, len(export.columns), deals.last_row - 1).getDataArray()]

    def numbers(role):
        if role not in roles:
            return [None] * len(states)
        return [row[0] if isinstance(row[0], float) else None for row in _cells(deals, roles[role]).getDataArray()]

    def texts(role):
        return [bool(cell.strip()) for cell in roles[role].cells] if role in roles else [False] * len(states)

    amounts, opened, closed = numbers("amount"), numbers("opened"), numbers("closed")
    facts.won_without_amount = sum(1 for state, amount in zip(states, amounts) if state == "won" and amount is None)
    facts.open_with_amount = sum(1 for state, amount in zip(states, amounts) if state == "open" and amount)
    facts.probability_in_percent = any(value is not None and value > 1 for value in numbers("probability"))
    backwards = [row for row, (state, start, end) in enumerate(zip(states, opened, closed), start=2)
                 if state == "won" and start is not None and end is not None and end < start]
    unread = [1 for state, start, end, had_start, had_end in zip(states, opened, closed, texts("opened"), texts("closed"))
              if state == "won" and ((had_start and start is None) or (had_end and end is None))]
    if backwards and "opened" in roles and "closed" in roles:
        facts.notices.append(f"{len(backwards)} won deals close before they open, the first is row {backwards[0]}: the sales cycle "
                             "leaves them out.")
    facts.closes_before_opening = any(
        state in ("won", "lost") and start is not None and end is not None and end < start
        for state, start, end in zip(states, opened, closed))
    facts.cycle_needs_guard = bool(backwards or unread)
    if "amount" in roles and facts.won_without_amount:
        facts.notices.append(f"{facts.won_without_amount} won deals have no amount: the average sale leaves them out.")
    facts.first_opened = min((value for value in opened if value is not None), default=None)
    facts.last_opened = max((value for value in opened if value is not None), default=None)
    facts.last_closed = max((end for state, end in zip(states, closed) if end is not None and state in ("won", "lost")),
                            default=None)
