"""Writes the function sheets: sample documents that call every example of the catalog live and say whether all hold.

    write_samples.py CATALOG.json SERVICE MO_DIR OUT_DIR FAMILY...

OUT_DIR receives <language>/<FAMILY>.fods, one document per language and family. The FAMILY names are the titles of the catalog's
families in file spelling ("finance-and-growth"); the build lists them, because it must know its files beforehand, and a list
that is not the catalog's is refused.

The sheet is checked by Calc itself: the cells of "Correct" compare what a formula shows with what is expected, and one cell
above the table sums them up. A flat file holds no computed values; Calc computes them as it opens the file.
"""
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "registration"))
from texts import LANGUAGES, Texts  # noqa: E402: found through the path above
from write_reference import ERROR_SPELLING, anchor, formula_text  # noqa: E402

NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
    "ooo": "http://openoffice.org/2004/office",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
COUNTRIES = {"en": "US", "fr": "FR", "ro": "RO"}

BLUE, TEXT, GREY, PALE, LINE = "#1F5C99", "#222222", "#6B6B6B", "#EEF2F6", "#9AA5B1"
BETTER, WORSE, WORSE_TINT = "#2E7D32", "#C62828", "#FDECEA"
THIN = f"0.5pt solid {LINE}"

# The columns, in the order of COLUMN_WIDTHS; together they are as wide as an A4 landscape page with its margins.
FORMULA, EXPECTED, SHOWN, CORRECT = "A", "B", "C", "D"
COLUMN_WIDTHS = (10.7, 2.7, 2.7, 1.7, 3.2, 6.6)  # centimetres
HEADER_ROW = 5

# How many letters surely fit into a line of a wrapped column.
FORMULA_LETTERS, REMARK_LETTERS, MEANING_LETTERS = 58, 42, 62

# Calc's own functions in the examples; in a file they are called as in English.
CALC_FUNCTIONS = ("DATE", "INDEX", "TIME")


# --- formulas ---

TOKEN = re.compile(r"""(?P<text>"(?:[^"]|"")*")
                     | (?P<range>[A-Za-z]\w*\.[A-Z]+[0-9]*:[A-Z]+[0-9]*)
                     | (?P<function>[A-Z][A-Z0-9]*)\(
                     | (?P<number>[0-9]+(?:\.[0-9]+)?)
                     | (?P<open>[({])
                     | (?P<close>[)}])
                     | (?P<sign>[;|+*/-])""", re.VERBOSE)
CLOSING = {"(": ")", "{": "}"}


class NotUnderstood(Exception):
    """A formula that the translation into a file's grammar does not cover."""


def file_formula(formula, service, own_functions, sheets):
    """An example's formula as an OpenDocument file spells it.

    =SALESCYCLE({46000;46010};Deals.A:B) becomes of:=ORG.CALCKPI.KPI.SALESCYCLE({46000|46010};[Deals.A:.B]). A list in braces
    without | is typed into Calc as one column, whose signs in a file are |; where an array has both signs they are already those
    of a file.
    """
    if not formula.startswith("="):
        raise NotUnderstood(f"{formula}: no formula")
    result, place = ["of:="], 1
    open_brackets = []
    array_start = 0
    while place < len(formula):
        token = TOKEN.match(formula, place)
        if token is None:
            raise NotUnderstood(f"{formula}: what is {formula[place:]!r}?")
        kind, value = token.lastgroup, token[token.lastgroup]
        in_array = bool(open_brackets) and open_brackets[-1] == "{"
        if in_array and (kind in ("range", "function", "open") or value in ("+", "*", "/", ")")):
            raise NotUnderstood(f"{formula}: {value} in an array")
        if value == "|" and not in_array:
            raise NotUnderstood(f"{formula}: | outside an array")
        if kind == "range":
            sheet, cells = value.split(".")
            if sheet not in sheets:
                raise NotUnderstood(f"{formula}: there is no sample table {sheet}")
            result.append(f"[{sheet}.{cells.replace(':', ':.')}]")
        elif kind == "function":
            if value not in own_functions and value not in CALC_FUNCTIONS:
                raise NotUnderstood(f"{formula}: {value} is neither ours nor in CALC_FUNCTIONS")
            result.append(f"{service.upper()}.{value}(" if value in own_functions else f"{value}(")
            open_brackets.append("(")
        else:
            result.append(value)
            if kind == "open":
                open_brackets.append(value)
                array_start = len(result)
            elif kind == "close":
                if not open_brackets or CLOSING[open_brackets.pop()] != value:
                    raise NotUnderstood(f"{formula}: {value} closes nothing")
                if in_array and "|" not in result[array_start:]:
                    result[array_start:] = ["|" if part == ";" else part for part in result[array_start:]]
        place = token.end()
    if open_brackets:
        raise NotUnderstood(f"{formula}: {open_brackets[-1]} is not closed")
    return "".join(result)


def joined_text(text, fillings):
    """A text with {placeholders} as a formula that joins it: all {count} hold -> "all "&COUNTA([.B6:.B9])&" hold"."""
    parts = []
    for index, part in enumerate(re.split(r"\{(\w+)\}", text)):
        if index % 2:
            parts.append(f"({fillings[part]})")
        elif part:
            parts.append('"' + part.replace('"', '""') + '"')
    return "&".join(parts)


# --- elements of a flat OpenDocument file ---

def node(tag, *children, **attributes):
    """An element. In attribute names the first _ stands for : and further ones for -: table_style_name is table:style-name."""
    names = {name: name.replace("_", ":", 1).replace("_", "-") for name in attributes}
    result = ElementTree.Element(tag, {names[name]: str(value) for name, value in attributes.items() if value is not None})
    for child in children:
        if isinstance(child, (list, tuple)):
            result.extend(child)
        elif isinstance(child, str):
            append_text(result, child)
        elif child is not None:
            result.append(child)
    return result


def append_text(parent, text):
    """Appends text. Of several blanks, and of a blank at an end, a reader of the format keeps none: they are elements."""
    for part in re.split(r"(^ | $|(?<= ) )", text):
        if part == " ":
            parent.append(node("text:s"))
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + part
        else:
            parent.text = (parent.text or "") + part


def style_id(name):
    """The name of a style in the file; what users see is its display name."""
    return name.replace(" ", "_20_")


def cell(style, text=None, formula=None, number=None, date=None):
    attributes = {"table_style_name": style_id(style), "table_formula": formula}
    if number is not None:
        attributes.update(office_value_type="float", office_value=repr(number))
    elif date is not None:
        attributes.update(office_value_type="date", office_date_value=date)
    elif text is not None:
        attributes.update(office_value_type="string")
    content = None if text is None else node("text:p", *(text if isinstance(text, (list, tuple)) else (text,)))
    return node("table:table-cell", content, **attributes)


def lines(text, letters):
    return max(1, -(-len(text) // letters))


def row(style, *cells):
    return node("table:table-row", cells, table_style_name=style)


def cell_style(name, parent="KPI Sample", text=None, paragraph=None, data=None, **properties):
    return node("style:style",
                node("style:table-cell-properties", **properties) if properties else None,
                node("style:paragraph-properties", **paragraph) if paragraph else None,
                node("style:text-properties", **text) if text else None,
                style_name=style_id(name), style_display_name=name, style_family="table-cell",
                style_parent_style_name=parent and style_id(parent), style_data_style_name=data)


# Settings that Calc reads as this type only.
SHORT_SETTINGS = ("HorizontalSplitMode", "VerticalSplitMode", "ActiveSplitRange")


def setting(name, value):
    kind = "short" if name in SHORT_SETTINGS else {bool: "boolean", int: "int", str: "string"}[type(value)]
    return node("config:config-item", str(value).lower() if isinstance(value, bool) else str(value),
                config_name=name, config_type=kind)


# --- the document ---

class FunctionSheet:
    """The document of one family in one language."""

    def __init__(self, family, functions, catalog, texts, service):
        self.family, self.functions, self.samples, self.texts = family, functions, catalog["samples"], texts
        self.language = texts.language
        self.own = {function["name"] for function in catalog["functions"]}
        self.service = service
        self.name = texts.text(family)
        self.row_styles = {}
        # Where the table and the key of errors stand; both are known once the rows are counted.
        self.first = HEADER_ROW + 1
        self.last = HEADER_ROW + sum(1 + len(function["examples"]) for function in functions)
        self.first_error = self.last + 3
        self.last_error = self.first_error + len(self.errors()) - 1

    def errors(self):
        """What an error is called, its number in Calc, and what it means: the key below the table."""
        _ = self.texts.text
        return [
            ("#DIV/0!", 532, _("The denominator is 0.")),
            ("#N/A", 32767, _("There is nothing to compute on: no number, or no row left.")),
            ("#VALUE!", 519, _("There is text where a number or a date belongs. Dates that came in as text are text.")),
            ("Err:502", 502, _("A value is outside its domain: a negative count, a share above 1, a part greater than its whole, a "
                               "negative denominator, a close before its opening, a word that is not listed, a header that is not "
                               "there or is there twice.")),
            ("#NUM!", 503, _("The result is too large for a number.")),
            ("Err:504", 504, _("A range or list holds an error, or something else is given where a range of cells belongs.")),
            ("Err:523", 523, _("The computation found no answer.")),
            ("#NAME?", 525, _("Calc does not know the function: the extension is not installed, or the name is misspelt.")),
        ]

    def spelled(self, error):
        for english, spelling in ERROR_SPELLING[self.language].items():
            error = error.replace(english, spelling)
        return error

    def row_style(self, height):
        """The name of the style of rows this many centimetres high."""
        return self.row_styles.setdefault(round(height, 2), f"row{len(self.row_styles) + 1}")

    def text_row_style(self, line_count):
        """The same for rows with so many lines of small letters."""
        return self.row_style(0.16 + 0.36 * line_count)

    # Rows

    def verdict(self):
        _ = self.texts.text
        expected, correct = (f"[.{column}{self.first}:.{column}{self.last}]" for column in (EXPECTED, CORRECT))
        count, holding = f"COUNTA({expected})", f"COUNTIF({correct};TRUE())"
        all_hold = joined_text("✓ " + _("all {count} hold"), {"count": count})
        some_differ = joined_text("✗ " + _("{differing} of {count} differ"), {"count": count, "differing": f"{count}-{holding}"})
        # What reads the clock is computed at every load. Without the extension nothing else would make Calc compute this cell, and
        # it would show 0 where all rows differ.
        return f"of:=IF({holding}={count};{all_hold};{some_differ})&T(NOW())"

    def title_rows(self):
        _ = self.texts.text
        lead = _("Every example of these functions, computed as you open the document: what each formula shows, beside what it "
                 "should show.")
        return [row(self.row_style(0.95), cell("KPI Sample Title", _("Function sheet: {family}").format(family=self.name))),
                row(self.row_style(0.55), cell("KPI Sample Subtitle", lead)),
                row(self.row_style(0.75), cell("KPI Sample Verdict", formula=self.verdict())),
                row(self.row_style(0.3), cell("KPI Sample"))]

    def header_row(self):
        _ = self.texts.text
        return row(self.row_style(0.62), cell("KPI Sample Header", _("Formula")), cell("KPI Sample Header Number", _("Expected")),
                   cell("KPI Sample Header Number", _("Shown")), cell("KPI Sample Header Centred", _("Correct")),
                   cell("KPI Sample Header", _("Function")), cell("KPI Sample Header", _("Remark")))

    def function_row(self, function):
        title = node("text:span", self.texts.text(function["title"]), text_style_name="strong")
        summary = self.texts.fill(function["summary"], function["parameters"], function["name"])
        return self.group_row(title, "\u2002", node("text:span", summary, text_style_name="quiet"))

    def group_row(self, *content):
        return row(self.row_style(0.72), cell("KPI Sample Group", content), *([cell("KPI Sample Group")] * (len(COLUMN_WIDTHS) - 1)))

    def correct(self, place):
        """TRUE when the row shows what it should: the same number to one part in a billion, the same error or the same text."""
        expected, shown = f"[.{EXPECTED}{place}]", f"[.{SHOWN}{place}]"
        errors = f"[.$B${self.first_error}:.$C${self.last_error}]"
        number = f"IF(ISNUMBER({shown});ABS({shown}-{expected})<=1E-9*ABS({expected});FALSE())"
        error = f"IFERROR(ORG.OPENOFFICE.ERRORTYPE({shown})=VLOOKUP({expected};{errors};2;FALSE());FALSE())"
        text = f"AND(ISTEXT({shown});EXACT({shown};{expected}))"
        return f"of:=IF(ISNUMBER({expected});{number};IF(ISERROR({shown});{error};{text}))"

    def example_row(self, function, example, place):
        typed = formula_text(example["formula"], self.language, self.own)
        live = file_formula(example["formula"], self.service, self.own, self.samples)
        result = self.spelled(example["error"]) if "error" in example else example["value"]
        expected = cell("KPI Sample Number", result) if isinstance(result, str) else cell("KPI Sample Number", number=result)
        remark = self.texts.text(example["remark"])
        return row(self.text_row_style(max(lines(typed, FORMULA_LETTERS), lines(remark, REMARK_LETTERS))),
                   cell("KPI Sample Formula", typed), expected, cell("KPI Sample Number", formula=live),
                   cell("KPI Sample Correct", formula=self.correct(place)), cell("KPI Sample Function", function["name"]),
                   cell("KPI Sample Remark", remark))

    def table_rows(self):
        rows = []
        for function in self.functions:
            rows.append(self.function_row(function))
            for example in function["examples"]:
                if function["givesTable"] and "value" in example and not example["formula"].startswith("=INDEX("):
                    raise NotUnderstood(f"{example['formula']} fills more than one cell; INDEX picks one for the sheet")
                rows.append(self.example_row(function, example, self.first + len(rows)))
        return rows

    def error_rows(self):
        _ = self.texts.text
        rows = [row(self.row_style(0.45), cell("KPI Sample")),
                self.group_row(node("text:span", _("What the errors mean"), text_style_name="strong"))]
        for name, number, meaning in self.errors():
            rows.append(row(self.text_row_style(lines(meaning, MEANING_LETTERS)), cell("KPI Sample Meaning", meaning),
                            cell("KPI Sample Key", self.spelled(name)), cell("KPI Sample Key", number=number)))
        note = _("A result is correct when it is the expected error, or differs from the expected number by less than one part in "
                 "a billion.")
        return [*rows, row(self.row_style(0.7), cell("KPI Sample Note", note))]

    # Sheets

    def sheet_range(self, *cells):
        quoted = "'" + self.name.replace("'", "''") + "'"
        return ":".join(f"{quoted}.{each}" for each in cells)

    def conditions(self):
        """Colours for what holds and what differs. They come with the signs ✓ and ✗ and never tell anything alone.

        Unlike everywhere else in a file, a condition calls its style by the display name.
        """
        def format_of(cells, *conditions):
            return node("calcext:conditional-format",
                        *(node("calcext:condition", calcext_apply_style_name=style, calcext_value=value,
                               calcext_base_cell_address=self.sheet_range(cells[0])) for value, style in conditions),
                        calcext_target_range_address=self.sheet_range(*cells))

        # A row that names a function has nothing in these columns, which equals 0.
        differs = f"formula-is(AND(${EXPECTED}{self.first}<>\"\";NOT(${CORRECT}{self.first})))"
        return node("calcext:conditional-formats",
                    format_of(("A3",), ('begins-with("✓")', "KPI Sample Verdict Holds"), ('begins-with("✗")', "KPI Sample Verdict Differs")),
                    format_of((f"{FORMULA}{self.first}", f"{SHOWN}{self.last}"), (differs, "KPI Sample Differing Row")),
                    format_of((f"{CORRECT}{self.first}", f"{CORRECT}{self.last}"),
                              ("=1", "KPI Sample Holds"), (differs, "KPI Sample Differs")))

    def function_table(self):
        rows = self.table_rows()
        note_row = self.last_error + 1
        return node("table:table",
                    [node("table:table-column", table_style_name=f"column{index}") for index in range(len(COLUMN_WIDTHS))],
                    self.title_rows(), node("table:table-header-rows", self.header_row()), rows, self.error_rows(),
                    self.conditions(), table_name=self.name, table_style_name="sheet",
                    table_print_ranges=self.sheet_range("A1", f"F{note_row}"))

    def uses(self, sample):
        return any(f"{sample}." in example["formula"] for function in self.functions for example in function["examples"])

    @staticmethod
    def sample_cell(text):
        if text == "":
            return cell("KPI Sample Text")
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return cell("KPI Sample Date", text, date=text)
        if re.fullmatch(r"\d+(\.\d+)?", text):
            return cell("KPI Sample Number", number=float(text) if "." in text else int(text))
        return cell("KPI Sample Text", text)

    def sample_table(self, name, rows):
        header, *data = rows
        # A column is aligned as its cells are, its header too.
        numeric = [any(re.match(r"\d", line[column]) for line in data) for column in range(len(header))]
        return node("table:table", node("table:table-column", table_style_name="sample", table_number_columns_repeated=len(header)),
                    node("table:table-header-rows",
                         row(self.row_style(0.62), *(cell("KPI Sample Header Number" if right else "KPI Sample Header", text)
                                                     for text, right in zip(header, numeric)))),
                    [row(self.row_style(0.52), *map(self.sample_cell, line)) for line in data],
                    table_name=name, table_style_name="sheet")

    # Styles

    def data_styles(self):
        place = {"number_language": self.language, "number_country": COUNTRIES[self.language]}
        return [
            node("number:number-style", node("number:number", number_min_integer_digits=1), style_name="general", **place),
            node("number:number-style", node("number:text", "✓"), style_name="holds", style_volatile="true"),
            node("number:number-style", node("number:text", "✗"),
                 node("style:map", style_condition="value()=1", style_apply_style_name="holds"), style_name="sign"),
            node("number:date-style", node("number:year", number_style="long"), node("number:text", "-"),
                 node("number:month", number_style="long"), node("number:text", "-"), node("number:day", number_style="long"),
                 style_name="day"),
        ]

    def named_styles(self):
        bold = {"fo_font_weight": "bold", "style_font_weight_complex": "bold"}
        start, end, centre = ({"fo_text_align": side} for side in ("start", "end", "center"))

        def small(points):
            return {"fo_font_size": f"{points}pt", "fo_color": GREY}

        default = node("style:default-style",
                       # Numbers in the general format show up to so many decimals.
                       node("style:table-cell-properties", style_decimal_places="7"),
                       node("style:text-properties", style_font_name="Liberation Sans", fo_font_family="'Liberation Sans'",
                            fo_font_size="10pt", fo_language=self.language, fo_country=COUNTRIES[self.language]),
                       style_family="table-cell")
        header = dict(fo_background_color=PALE, fo_border_bottom=THIN)
        return [
            default,
            cell_style("Default", parent=None),
            cell_style("KPI Sample", "Default", text={"fo_color": TEXT}, style_vertical_align="middle"),
            cell_style("KPI Sample Title", text={**bold, "fo_font_size": "18pt", "fo_color": BLUE}),
            cell_style("KPI Sample Subtitle", text={"fo_font_size": "10.5pt"}),
            cell_style("KPI Sample Verdict", text={**bold, "fo_font_size": "12pt"}, paragraph=start),
            cell_style("KPI Sample Verdict Holds", "KPI Sample Verdict", text={"fo_color": BETTER}),
            cell_style("KPI Sample Verdict Differs", "KPI Sample Verdict", text={"fo_color": WORSE}),
            cell_style("KPI Sample Header", text=bold, paragraph=start, **header),
            cell_style("KPI Sample Header Number", "KPI Sample Header", paragraph=end),
            cell_style("KPI Sample Header Centred", "KPI Sample Header", paragraph=centre),
            cell_style("KPI Sample Group", paragraph=start, style_vertical_align="bottom", fo_border_bottom=THIN, fo_padding="0.05cm"),
            cell_style("KPI Sample Formula", text={"style_font_name": "Liberation Mono", "fo_font_family": "'Liberation Mono'",
                                                   "fo_font_size": "8pt"}, paragraph=start, fo_wrap_option="wrap"),
            cell_style("KPI Sample Text", paragraph=start),
            cell_style("KPI Sample Number", paragraph=end, data="general"),
            cell_style("KPI Sample Key", "KPI Sample Number", text=small(9)),
            cell_style("KPI Sample Date", "KPI Sample Number", data="day"),
            cell_style("KPI Sample Correct", text={**bold, "fo_font_size": "11pt"}, paragraph=centre, data="sign"),
            cell_style("KPI Sample Holds", "KPI Sample Correct", text={"fo_color": BETTER}),
            cell_style("KPI Sample Differs", "KPI Sample Correct", text={"fo_color": WORSE}, fo_background_color=WORSE_TINT),
            cell_style("KPI Sample Differing Row", text={"fo_color": WORSE}, fo_background_color=WORSE_TINT),
            cell_style("KPI Sample Function", text=small(8), paragraph=start),
            cell_style("KPI Sample Remark", text={"fo_font_size": "9pt"}, paragraph=start, fo_wrap_option="wrap"),
            cell_style("KPI Sample Meaning", text=small(9), paragraph=start, fo_wrap_option="wrap"),
            cell_style("KPI Sample Note", text=small(8), paragraph=start),
        ]

    def automatic_styles(self):
        def column(name, width):
            return node("style:style", node("style:table-column-properties", style_column_width=f"{width}cm"), style_name=name,
                        style_family="table-column")

        def row_height(name, height):
            return node("style:style", node("style:table-row-properties", style_row_height=f"{height}cm",
                                            style_use_optimal_row_height="false"), style_name=name, style_family="table-row")

        footer = node("style:footer-style", node("style:header-footer-properties", fo_min_height="0.6cm", fo_margin_top="0.1cm",
                                                 fo_margin_left="0cm", fo_margin_right="0cm"))
        return node(
            "office:automatic-styles",
            [column(f"column{index}", width) for index, width in enumerate(COLUMN_WIDTHS)], column("sample", 2.7),
            [row_height(name, height) for height, name in self.row_styles.items()],
            node("style:style", node("style:table-properties", table_display="true"), style_name="sheet", style_family="table",
                 style_master_page_name="KPI_20_Sample_20_Page"),
            node("style:style", node("style:text-properties", fo_font_weight="bold"), style_name="strong", style_family="text"),
            node("style:style", node("style:text-properties", fo_color=GREY, fo_font_size="9pt"), style_name="quiet",
                 style_family="text"),
            node("style:style", node("style:text-properties", fo_color=GREY, fo_font_size="8pt"), style_name="foot",
                 style_family="text"),
            node("style:page-layout",
                 node("style:page-layout-properties", fo_page_width="29.7cm", fo_page_height="21cm", fo_margin_top="1cm",
                      style_print_orientation="landscape", fo_margin_bottom="0.8cm", fo_margin_left="1.05cm",
                      fo_margin_right="1.05cm", style_scale_to_X="1", style_scale_to_Y="0"),
                 footer, style_name="page"))

    def master_page(self):
        def foot(*content):
            return node("text:p", node("text:span", *content, text_style_name="foot"))

        footer = node("style:footer",
                      node("style:region-left", foot("Calc KPI · " + self.name)),
                      node("style:region-right", foot(node("text:page-number", "1"), " / ", node("text:page-count", "1"))))
        return node("office:master-styles",
                    node("style:master-page", footer, style_name="KPI_20_Sample_20_Page", style_display_name="KPI Sample Page",
                         style_page_layout_name="page"))

    def view_settings(self, sheets):
        """Each sheet's header row stays in sight as the sheet scrolls."""
        def frozen(name, rows):
            values = {"HorizontalSplitMode": 0, "VerticalSplitMode": 2, "VerticalSplitPosition": rows, "ActiveSplitRange": 2,
                      "PositionBottom": rows, "CursorPositionX": 0, "CursorPositionY": rows, "ShowGrid": False}
            return node("config:config-item-map-entry", [setting(*each) for each in values.items()], config_name=name)

        view = node("config:config-item-map-entry", setting("ViewId", "view1"),
                    node("config:config-item-map-named", [frozen(*each) for each in sheets.items()], config_name="Tables"),
                    setting("ActiveTable", self.name), setting("ShowGrid", False))
        return node("office:settings", node("config:config-item-set",
                                            node("config:config-item-map-indexed", view, config_name="Views"),
                                            config_name="ooo:view-settings"))

    def document(self):
        samples = {name: rows for name, rows in self.samples.items() if self.uses(name)}
        tables = [self.function_table(), *(self.sample_table(name, rows) for name, rows in samples.items())]
        # Without these settings a search text would be a regular expression, and #NAME? not the name of an error.
        calculation = node("table:calculation-settings", table_use_regular_expressions="false", table_automatic_find_labels="false",
                           table_search_criteria_must_apply_to_whole_cell="true")
        title = self.texts.text("Function sheet: {family}").format(family=self.name)
        locale = f"{self.language}-{COUNTRIES[self.language]}"
        return node("office:document",
                    node("office:meta", node("dc:title", title), node("dc:language", locale)),
                    self.view_settings({self.name: HEADER_ROW, **dict.fromkeys(samples, 1)}),
                    node("office:styles", self.data_styles(), self.named_styles()),
                    self.automatic_styles(), self.master_page(),
                    node("office:body", node("office:spreadsheet", calculation, tables)),
                    **{f"xmlns_{prefix}": uri for prefix, uri in NAMESPACES.items()},
                    office_version="1.3", office_mimetype="application/vnd.oasis.opendocument.spreadsheet")


def main():
    if len(sys.argv) < 6:
        sys.exit(__doc__)
    catalog_path, service, mo_folder, out_folder, *listed = sys.argv[1:]
    catalog = json.loads(Path(catalog_path).read_text(encoding="utf-8"))
    families = {}
    for function in catalog["functions"]:
        families.setdefault(function["family"], []).append(function)
    found = sorted(map(anchor, families))
    if sorted(listed) != found:
        sys.exit(f"write_samples.py: the build lists the families {' '.join(sorted(listed))}; the catalog has {' '.join(found)}")
    for language in LANGUAGES:
        texts = Texts(language, mo_folder)
        folder = Path(out_folder) / language
        folder.mkdir(parents=True, exist_ok=True)
        for family, functions in families.items():
            try:
                document = FunctionSheet(family, functions, catalog, texts, service).document()
            except NotUnderstood as problem:
                sys.exit(f"write_samples.py: {problem}")
            content = ElementTree.tostring(document, encoding="unicode")
            (folder / f"{anchor(family)}.fods").write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{content}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
