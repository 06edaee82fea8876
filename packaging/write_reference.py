"""Writes the reference of the functions, one HTML page per language, each complete in one file.

    write_reference.py CATALOG.json OUT_DIR MO_DIR VERSION

OUT_DIR receives reference.en.html, reference.fr.html and reference.ro.html. A page shows formulas and results the way Calc does
in its language: =CLV(100;0.8;0.03) is =CLV(100;0,8;0,03) in French and Romanian, where the English spelling would be refused.
"""
import copy
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "registration"))
from texts import LANGUAGES, Texts  # noqa: E402: found through the path above

LANGUAGE_NAMES = {"en": "English", "fr": "Français", "ro": "Română"}

# How Calc writes, by language: the decimal sign, what parts the columns of an inline array, and the errors it spells in its own
# way. Arguments are parted by semicolons and the rows of an inline array too: Calc takes both whatever its language.
DECIMAL_SIGN = {"en": ".", "fr": ",", "ro": ","}
ARRAY_COLUMN_SIGN = {"en": ",", "fr": ".", "ro": "."}
ERROR_SPELLING = {
    "en": {},
    "fr": {"#DIV/0!": "#DIV/0 !", "#N/A": "#N/D", "#VALUE!": "#VALEUR !", "#NUM!": "#NUM !", "#NAME?": "#NOM ?",
           "#ADDIN?": "#ADDIN ?", "Err:": "Err :"},
    "ro": {"Err:": "Eroare:"},
}
# Calc's own functions in the examples, where a language has names of its own for them. Ours are called alike everywhere.
CALC_FUNCTIONS = {
    "fr": {"ABS": "ABS", "AVERAGE": "MOYENNE", "COLUMNS": "COLONNES", "DATE": "DATE", "DATEVALUE": "DATEVAL", "IF": "SI",
           "INDEX": "INDEX", "IFERROR": "SIERREUR", "MAX": "MAX", "MEDIAN": "MEDIANE", "MIN": "MIN", "NA": "NA",
           "PERCENTILE": "CENTILE", "PRODUCT": "PRODUIT", "ROUND": "ARRONDI", "ROWS": "LIGNES", "SQRT": "RACINE", "SUM": "SOMME",
           "SUMPRODUCT": "SOMMEPROD", "TIME": "TEMPS", "TIMEVALUE": "TEMPSVAL", "TRANSPOSE": "TRANSPOSE"},
}

# What the office itself says of an .oxt that it does not take, from its own translations.
OFFICE_SAYS = {
    "en": {"adding": "Error while adding", "needs": "Extension requires at least LibreOffice",
           "machine": "does not work on this computer", "added": "Extension has already been added",
           "enabling": "An error occurred while enabling"},
    "fr": {"adding": "Erreur lors de l'ajout", "needs": "L'extension nécessite au moins LibreOffice",
           "machine": "ne fonctionne pas sur cet ordinateur", "added": "Extension déjà ajoutée",
           "enabling": "Une erreur s'est produite lors de l'activation"},
    "ro": {"adding": "Eroare la adăugare", "needs": "Extensia necesită cel puțin LibreOffice",
           "machine": "nu funcționează pe acest calculator", "added": "Extensia a fost deja adăugată",
           "enabling": "A apărut o eroare în timpul activării"},
}

# The page is complete without this script; with it, a box in the bar narrows the page to the functions that match.
FILTER_SCRIPT = """
(() => {
  const fold = text => text.toLowerCase().normalize("NFD").replace(/[\\u0300-\\u036f]/g, "");
  const box = document.getElementById("filter");
  const count = document.getElementById("filter-count");
  const articles = [...document.querySelectorAll("article")];
  const words = new Map(articles.map(article => [article,
    fold(article.querySelector("h3").textContent + " " + article.querySelector(".summary").textContent)]));
  const entries = new Map([...document.querySelectorAll("#contents li a")].map(a => [a.hash.slice(1), a.parentNode]));
  box.closest("[hidden]").hidden = false;
  const narrow = () => {
    const wanted = fold(box.value).split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const article of articles) {
      const fits = wanted.every(word => words.get(article).includes(word));
      article.hidden = entries.get(article.id).hidden = !fits;
      shown += fits;
    }
    for (const group of document.querySelectorAll(".family, .contents-family"))
      group.hidden = !group.querySelector(":scope > article:not([hidden]), :scope > ul > li:not([hidden])");
    document.body.classList.toggle("narrowed", wanted.length > 0);
    count.textContent = wanted.length ? shown + " / " + articles.length : "";
  };
  box.addEventListener("input", narrow);
  box.addEventListener("keydown", event => { if (event.key === "Escape") { box.value = ""; narrow(); } });
  narrow();
})();
"""


def element(tag, *children, **attributes):
    """An HTML element. Children are elements, texts or lists of them; class_ stands for class, data_error for data-error."""
    result = ElementTree.Element(tag, {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()})
    append(result, children)
    return result


def append(parent, child):
    if child is None:
        return
    if isinstance(child, (list, tuple)):
        for each in child:
            append(parent, each)
    elif not isinstance(child, str):
        parent.append(copy.copy(child))  # the text after an element belongs to its place, so no two places may share one
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + child
    else:
        parent.text = (parent.text or "") + child


def joined(separator, items):
    result = []
    for item in items:
        result += [separator, item] if result else [item]
    return result


def code(*children, **attributes):
    return element("code", *children, translate="no", **attributes)


def table(css_class, headers, rows, classes):
    """A table with its header row; `classes` are those of the columns. The first cell of a row is its header."""
    head = [element("th", header, scope="col", class_=each) for header, each in zip(headers, classes)]
    body = [element("tr", [element("td" if index else "th", cell, class_=each, **({} if index else {"scope": "row"}))
                           for index, (cell, each) in enumerate(zip(row, classes))]) for row in rows]
    return element("table", element("thead", element("tr", head)), element("tbody", body), class_=css_class)


def anchor(title):
    return "-".join(re.findall(r"[a-z0-9]+", title.lower()))


def number_text(value, language):
    """A number as a cell shows it, with up to 9 significant digits and without trailing zeros."""
    rounded = Decimal(f"{value:.8e}")
    if value == int(value) and abs(value) < 1e15:
        text = str(int(value))
    elif 1e-5 <= abs(value) < 1e15:
        text = f"{rounded.normalize():f}"
    else:
        digits, exponent = f"{rounded.normalize():E}".split("E")
        text = f"{digits}E{int(exponent):+03d}"
    return text.replace(".", DECIMAL_SIGN[language])


def outside_strings(formula, change):
    """`formula` with `change` done to its parts that are not quoted texts."""
    parts = re.split(r'("(?:[^"]|"")*")', formula)
    return "".join(part if index % 2 else change(part) for index, part in enumerate(parts))


def formula_text(formula, language, own_functions):
    """A catalog formula as a user types it into Calc in `language`."""
    def number(match):
        return match[0].replace(".", DECIMAL_SIGN[language])

    def function(match):
        if language not in CALC_FUNCTIONS or match[1] in own_functions:
            return match[0]
        if match[1] not in CALC_FUNCTIONS[language]:
            sys.exit(f"write_reference.py: CALC_FUNCTIONS[{language!r}] lacks {match[1]}, which stands in {formula}")
        return CALC_FUNCTIONS[language][match[1]] + "("

    # The catalog parts columns by ; and rows by | as Calc does in its files. A list in one row is typed with ; as well: it
    # becomes one column, which is the same to our functions.
    def array(match):
        if "|" not in re.sub(r'"[^"]*"', "", match[0]):
            return match[0]
        signs = str.maketrans({";": ARRAY_COLUMN_SIGN[language], "|": ";"})
        return outside_strings(match[0], lambda part: part.translate(signs))

    formula = outside_strings(formula, lambda part: re.sub(r"(?<![\w.])\d+\.\d+", number, part))
    formula = outside_strings(formula, lambda part: re.sub(r"\b([A-Z][A-Z0-9.]*)\(", function, part))
    return re.sub(r'\{(?:"[^"]*"|[^"}])*\}', array, formula)


def denominators(formula):
    """The parts of a formula text that it divides by, where they depend on a parameter: what must not be 0."""
    found = []
    for slash in re.finditer(r" / ", formula):
        rest = formula[slash.end():]
        if rest.startswith("("):
            depth = 0
            for end, letter in enumerate(rest):
                depth += (letter == "(") - (letter == ")")
                if depth == 0:
                    break
            divisor = rest[1:end]
        else:
            match = re.match(r"[^{}()/*+=;,-]*\{\w+\}", rest)
            divisor = match[0] if match else ""
        if "{" in divisor and divisor not in found:
            found.append(divisor)
    return found


class Page:
    """The reference in one language."""

    def __init__(self, catalog, texts, language, version):
        self.functions = catalog["functions"]
        self.by_name = {function["name"]: function for function in self.functions}
        self.samples = catalog["samples"]
        self.texts = texts
        self.language = language
        self.version = version

    # Words and small parts

    def error(self, name):
        """An error as Calc spells it in the page's language."""
        shown = name
        for english, spelling in ERROR_SPELLING[self.language].items():
            shown = shown.replace(english, spelling)
        return code(shown, class_="error", data_error=name)

    def prose(self, text):
        """A piece of a sentence: spaces that must not break are made so."""
        text = text.replace(" %", "\u00a0%")
        return re.sub(r" (?=[:;!?»])|(?<=«) ", "\u00a0", text) if self.language == "fr" else text

    def inline(self, text, fillings=None):
        """A text as nodes: {placeholders} filled, `code`, "option" words and errors set apart."""
        spelled = {spelling: name for name, spelling in ERROR_SPELLING[self.language].items()}
        errors = "|".join(map(re.escape, [*spelled, "#DIV/0!", "#N/A", "#VALUE!", "#NUM!", "#NAME?", "#ADDIN?", "Err:"]))
        result = []
        end = 0
        for match in re.finditer(rf'\{{(?P<name>\w+)\}}|`(?P<code>[^`]+)`|"[^"\s]+"|(?P<error>{errors})(?P<number>\d*)', text):
            result.append(self.prose(text[end:match.start()]))
            end = match.end()
            if match["name"]:
                filling = (fillings or {}).get(match["name"])
                result.append(match[0] if filling is None else filling)
            elif match["error"]:
                result.append(self.error(spelled.get(match["error"], match["error"]) + match["number"]))
            else:
                result.append(code(match["code"] or match[0]))
        return [*result, self.prose(text[end:])]

    def parameter(self, function, parameter):
        """What a parameter is called; of one that takes many arguments the first two, and that there are more."""
        names = [element("var", self.texts.counted_argument(argument, function["name"])) for argument in parameter["arguments"]]
        return names if len(names) == 1 else [*joined("; ", names[:2]), "; …"]

    def function_inline(self, function, text):
        """A catalog text of a function; its {parameters} are shown as the language calls them."""
        return self.inline(text, {each["name"]: self.parameter(function, each) for each in function["parameters"]})

    def value(self, value):
        if isinstance(value, str):
            return code(f'"{value}"')
        return code(number_text(value, self.language))

    def formula(self, formula):
        shown = formula_text(formula, self.language, self.by_name)
        return code(joined(element("wbr"), re.findall(r"[^;]*;|[^;]+", shown)))

    def section(self, identifier, level, title, *content, **attributes):
        return element("section", element(f"h{level}", title), *content, id=identifier, **attributes)

    # What the signature of a function says, in words

    def number_words(self):
        _ = self.texts.text
        return {
            "number": _("number"),
            "count": _("number"),
            "ratio": _("number"),
            "share": _("share"),
            "money": _("amount of money"),
            "money per day": _("amount of money per day"),
            "days": _("number of days"),
            "date": _("date"),
            "periods": _("number of periods"),
            "points": _("number of points"),
        }

    def list_words(self):
        _ = self.texts.text
        return {
            "number": _("range or list of numbers"),
            "count": _("range or list of numbers"),
            "ratio": _("range or list of numbers"),
            "share": _("range or list of shares"),
            "money": _("range or list of amounts of money"),
            "money per day": _("range or list of amounts of money"),
            "days": _("range or list of numbers of days"),
            "date": _("range or list of dates"),
            "periods": _("range or list of numbers"),
            "points": _("range or list of points"),
        }

    def result_words(self):
        """What a unit means for a result, and a number format for its cell."""
        _ = self.texts.text
        return {
            "number": (_("number"), _("its unit follows from the options chosen"), "0.00"),
            "count": (_("count"), _("how many; may have decimals where it is computed"), "0"),
            "share": (_("share"), _("a fraction: {share} is 42 %"), "0%"),
            "ratio": (_("ratio"), _("how many times one figure is of the other"), "0.0"),
            "money": (_("money"), _("in the unit of the amounts given"), "0.00"),
            "money per day": (_("money per day"), _("in the unit of the amounts given"), "0.00"),
            "days": (_("days"), _("a duration in days, Calc's own unit of time: {half} is 12 hours"), "0.0"),
            "date": (_("date"), _("a date as Calc counts them"), "YYYY-MM-DD"),
            "periods": (_("periods"), _("months, quarters or years: whatever the figures given are per"), "0.0"),
            "points": (_("points"), _("points of a score, not a percentage"), "0"),
        }

    def words_for(self, words, unit):
        if unit not in words:
            sys.exit(f"write_reference.py: no words for the unit {unit!r}; add it to number_words, list_words and result_words")
        return words[unit]

    def domain(self, parameter):
        least, most = (None if each is None else number_text(each, self.language)
                       for each in (parameter["least"], parameter["most"]))
        if least is not None and most is not None:
            return f"{least}…{most}"
        if least is not None:
            return f"≥\u00a0{least}"
        return None if most is None else f"≤\u00a0{most}"

    def options(self, parameter):
        """The words that an option may be. The catalog writes some as an example of many: (any "pNN")."""
        _ = self.texts.text
        words = re.findall(r'"[^"]*"|[^"]+', parameter["options"])
        return [code(each) if each.startswith('"') else each.replace("(any ", "(" + _("any") + " ") for each in words]

    def what_to_give(self, parameter):
        _ = self.texts.text
        kind = parameter["kind"]
        if kind == "table":
            return _("range with headers in its first row")
        if kind == "column" and parameter["fallback"] is not None:
            # A number is what the column would tell of each row; a column's number could not be told from it.
            return _("number, or header of a column")
        if kind == "column":
            return _("header or number of a column")
        if kind == "values":
            return _("text, or range or list of texts")
        if kind == "filters":
            return self.inline(_("up to {pairs} pairs of a column and a criterion"), {"pairs": str(len(parameter["arguments"]) // 2)})
        if parameter["options"]:
            return [_("one of"), " ", self.options(parameter)]
        if kind == "text":
            return _("text")
        words = self.list_words() if kind == "series" else self.number_words()
        domain = self.domain(parameter)
        return [self.words_for(words, parameter["unit"]), [" ", element("span", domain, class_="domain")] if domain else None]

    def default(self, parameter):
        _ = self.texts.text
        if not parameter["optional"]:
            return element("span", _("required"), class_="quiet")
        if parameter["fallback"] is None:
            return element("span", _("may be left out"), class_="quiet")
        return element("span", self.value(parameter["fallback"]), class_="default-value", data_label=_("Default"))

    def signature(self, function):
        arguments = []
        for parameter in function["parameters"]:
            shown = [self.parameter(function, parameter)]
            if parameter["optional"] and parameter["fallback"] is not None:
                fallback = parameter["fallback"]
                shown += [" = ", f'"{fallback}"' if isinstance(fallback, str) else number_text(fallback, self.language)]
            if parameter["optional"]:
                shown = ["[", *shown, "]"]
            arguments.append(element("span", shown, class_="argument"))
        return element("p", code(element("b", function["name"]), "(", joined("; ", arguments), ")"), class_="signature")

    # The errors that a function can show

    def errors(self, function):
        """Pairs of an error and its reason, from the kinds and domains of the arguments, the formula and the examples."""
        _ = self.texts.text
        parameters = function["parameters"]

        def names(fits):
            return joined(", ", [self.parameter(function, each) for each in parameters if fits(each)])

        def of_kind(*kinds):
            return names(lambda each: each["kind"] in kinds)

        def is_number(each):
            return each["kind"] in ("number", "series") or each["kind"] == "value" and not each["options"]

        found = []

        # `subject` is a list of nodes; a sentence about no parameter at all is left out.
        def add(error, sentence, subject, **more):
            if subject:
                found.append((error, self.inline(sentence, {"names": subject, **more})))

        for denominator in denominators(self.texts.text(function["formula"])):
            shown = self.function_inline(function, self.operators(denominator))
            add("#DIV/0!", _("{names} is 0"), shown)
            if " - {" in denominator:
                add("Err:502", _("{names} is below 0"), shown)

        add("#N/A", _("{names}: nothing in it, all cells are empty"),
            names(lambda each: each["kind"] == "series" and not each["optional"]))
        add("#N/A", _("{names}: no row is left to compute on"), of_kind("table"))

        add("#VALUE!", _("{names}: text in place of a number"), names(lambda each: is_number(each) and each["unit"] != "date"))
        add("#VALUE!", _("{names}: text in place of a date, such as a date that Calc did not recognise"),
            names(lambda each: is_number(each) and each["unit"] == "date"))
        add("Err:502", _("{names}: a number that is not a date from 1582-10-15 to 9999-12-31"),
            names(lambda each: is_number(each) and each["unit"] == "date"))

        domains = {(each["least"], each["most"]): each for each in parameters if is_number(each)}
        for (least, most), example in domains.items():
            subject = names(lambda each: is_number(each) and (each["least"], each["most"]) == (least, most))
            bounds = {side: number_text(bound, self.language) for side, bound in (("least", least), ("most", most))
                      if bound is not None}
            if len(bounds) == 2:
                add("Err:502", _("{names}: a value below {least} or above {most}"), subject, **bounds)
            elif least is not None:
                add("Err:502", _("{names}: a value below {least}"), subject, **bounds)
            elif most is not None:
                add("Err:502", _("{names}: a value above {most}"), subject, **bounds)
        part_of_whole = re.fullmatch(r"\{(\w+)\} / \{(\w+)\}", function["formula"])
        if part_of_whole and function["unit"] == "share":
            part, whole = (next(each for each in parameters if each["name"] == name) for name in part_of_whole.groups())
            if part["unit"] == whole["unit"] == "count":
                add("Err:502", _("{names} is greater than {whole}"), [self.parameter(function, part)],
                    whole=self.parameter(function, whole))
        add("Err:502", _("{names}: a word that is not listed"), names(lambda each: each["options"]))
        if any("pair" in note for note in function["notes"]):
            add("Err:502", _("{names}: not as many cells in each"),
                names(lambda each: each["kind"] == "series" and not each["optional"]))
        first, second = (parameters + [None, None])[:2]
        if second and first["unit"] == second["unit"] == "date" and "series" in (first["kind"], second["kind"]):
            add("Err:502", _("{names} before {first}"), [self.parameter(function, second)], first=self.parameter(function, first))
        add("Err:502", _("{names}: a header that is not there, or is there twice"), of_kind("column", "filters"))
        add("Err:502", _("{names}: no text in it"), of_kind("values"))
        add("Err:502", _("{names}: a column without its criterion"), of_kind("filters"))

        add("Err:504", _("{names}: a cell of the range holds an error"), of_kind("series"))
        add("Err:504", _("{names}: not a range of cells"), of_kind("table"))

        # What only the examples tell.
        for example in function["examples"]:
            if "error" in example and example["error"] not in [error for error, reason in found]:
                found.append((example["error"], self.inline(_("As in the example {formula}"),
                                                            {"formula": self.formula(example["formula"])})))
        order = ["#DIV/0!", "#N/A", "#VALUE!", "Err:502", "#NUM!", "Err:504", "Err:523", "Err:538"]
        return [(error, [reason for each, reason in found if each == error])
                for error in sorted({error for error, reason in found}, key=order.index)]

    # One function

    @staticmethod
    def operators(formula):
        for typed, shown in ((" * ", " × "), (" - ", " − "), (" >= ", " ≥ "), (" <= ", " ≤ ")):
            formula = formula.replace(typed, shown)
        return formula

    def part(self, title, *content, **attributes):
        return element("div", element("h4", title), element("div", *content), **{"class_": "part", **attributes})

    def text_part(self, title, function, text, **attributes):
        return self.part(title, element("p", self.function_inline(function, self.texts.text(text))), **attributes) if text else None

    def list_part(self, title, items, **attributes):
        return self.part(title, element("ul", [element("li", item) for item in items], **attributes)) if items else None

    def arguments_table(self, function):
        _ = self.texts.text
        return table("arguments", [_("Argument"), _("Meaning"), _("What to give"), _("Default")],
                     [[self.parameter(function, each), self.function_inline(function, self.texts.text(each["meaning"])),
                       self.what_to_give(each), self.default(each)] for each in function["parameters"]],
                     ["argument", "meaning", "give", "default"])

    def errors_table(self, function):
        _ = self.texts.text
        rows = [[self.error(error), joined(element("br"), reasons)] for error, reasons in self.errors(function)]
        return table("errors", [_("Error"), _("When")], rows, ["error-name", "when"])

    def result(self, example):
        return self.error(example["error"]) if "error" in example else self.shown_value(example["value"])

    def shown_value(self, value):
        return code(value if isinstance(value, str) else number_text(value, self.language), class_="value")

    def examples_table(self, function):
        _ = self.texts.text
        return table("examples", [_("Formula"), _("Shows"), _("Remark")],
                     [[self.formula(each["formula"]), self.result(each),
                       self.function_inline(function, self.texts.text(each["remark"]))] for each in function["examples"]],
                     ["formula", "shows", "remark"])

    def result_part(self, function):
        _ = self.texts.text
        if function["givesTable"]:
            return _("a table of rows and columns: enter the formula with Ctrl+Shift+Enter")
        name, meaning, _format = self.words_for(self.result_words(), function["unit"])
        return [element("b", name), ", ", self.inline(meaning, self.unit_figures())]

    def unit_figures(self):
        return {"share": self.value(0.42), "half": self.value(0.5)}

    def related(self, name):
        if name not in self.by_name:
            return code(name)
        return [element("a", code(name), href=f"#{name}"), " ", self.prose(self.texts.text(self.by_name[name]["title"]))]

    def notes(self, function):
        _ = self.texts.text
        notes = [self.texts.text(note) for note in function["notes"]]
        if any(parameter["kind"] == "table" for parameter in function["parameters"]):
            notes.append(_("Hidden rows count, and rows that a filter on the sheet leaves out of sight; a criterion in the formula "
                           "leaves rows out"))
        return [self.function_inline(function, note) for note in notes]

    def article(self, function):
        _ = self.texts.text
        formula = self.operators(self.texts.text(function["formula"]))
        return element(
            "article",
            element("h3", element("a", code(function["name"]), href=f"#{function['name']}"), " ",
                    element("span", self.prose(self.texts.text(function["title"])), class_="title")),
            element("p", self.function_inline(function, self.texts.text(function["summary"])), class_="summary"),
            self.signature(function),
            self.part(_("Formula"), element("p", self.function_inline(function, formula), class_="formula-text")),
            self.part(_("Result"), element("p", self.result_part(function))),
            self.part(_("Arguments"), self.arguments_table(function)),
            self.part(_("Examples"), self.examples_table(function)),
            self.list_part(_("Notes"), self.notes(function)),
            self.text_part(_("When it misleads"), function, function["caution"], class_="part caution"),
            self.text_part(_("Benchmark"), function, function["benchmark"]),
            self.part(_("Errors"), self.errors_table(function)),
            self.text_part(_("Source"), function, function["source"], class_="part source"),
            self.list_part(_("Related"), [self.related(name) for name in function["related"]], class_="related"),
            id=function["name"])

    # The general sections

    def typing_section(self):
        _ = self.texts.text
        rules = [
            _("Type {formula} into a cell, or pick the function in the function wizard. Capitals do not matter."),
            _("Semicolons between arguments work in every language of Calc. After Enter, Calc shows the sign of its own settings."),
            _("Formulas and results on this page have the decimal sign of its language: one half is {half}."),
            _("Arguments in square brackets may be left out and then have the default shown. To leave one out in the middle, keep "
              "its semicolon: {skipped}."),
            _("A list in braces stands for a range: {list} is three cells. {block} is two rows of two cells; the sign between the "
              "cells of a row follows Calc's settings. OpenDocument files and macros write it {file}, whatever the settings."),
            _("Some other programs and files show the full name, {name}: it is the same function."),
            _("XLSX files saved by Calc 25.2 hold the short names, which Calc 7.4 does not find there: it keeps the numbers, and "
              "shows {error} when it recalculates. Find and Replace of = by = in the formulas heals them; array formulas have to "
              "be entered again. OpenDocument files go both ways."),
        ]
        shown = {"formula": self.formula("=WINRATE(3;7)"), "skipped": self.formula("=SALESCAPACITY(8;100;;2)"),
                 "name": code("ORG.CALCKPI.KPI.WINRATE"), "error": self.error("#NAME?"),
                 "half": self.value(0.5), "list": code("{1;2;3}"), "block": self.formula("{1;2|3;4}"), "file": code("{1;2|3;4}")}
        return self.section("typing", 3, _("Typing a formula"),
                            element("ul", [element("li", self.inline(rule, shown)) for rule in rules]))

    def arguments_section(self):
        _ = self.texts.text
        rows = [
            (_("number, share, amount, date, text"),
             _("A value or a cell. A share is a fraction: 30 % is {share}. An error in the cell is passed on.") + " " +
             _("An empty cell counts as 0, as in Calc's own functions; to get an argument's default, leave it out.")),
            (_("one of a few words"),
             _("A text in quotes, such as {word}. Capitals do not matter; an empty cell gives the default.")),
            (_("range or list"),
             _("A range, a list in braces, or a single number. Empty cells are skipped; text is {error}. Where two lists go in "
               "pairs, an empty cell is skipped with its partner and a single number stands for every pair.") + " " +
             _("Ranges must lie in the same document.")),
            (_("range with headers"),
             _("A range of cells whose first row holds the headers; whole columns such as {columns} are welcome: only their used "
               "rows are read. Only the columns that are named are read; an error in one of them is passed on.")),
            (_("header or number of a column"),
             _("The header as text, or the column's place in the range, counted from 1. Capitals and blanks around the header do "
               "not matter.")),
            (_("pairs of a column and a criterion"),
             _("As in Calc's SUMIFS: {text}, {least}, {filled} (not empty), {start} (starts with Ent). Rows count where all pairs "
               "hold.")),
        ]
        shown = {"share": self.value(0.3), "word": code('"median"'), "error": self.error("#VALUE!"), "columns": code("Deals.A:G"),
                 "text": code('"Partner"'), "least": code('">=1000"'), "filled": code('"<>"'), "start": code('"Ent*"')}
        return self.section("kinds", 3, _("Kinds of argument"),
                            table("general", [_("Kind"), _("What to give")],
                                  [[kind, self.inline(text, shown)] for kind, text in rows], ["kind", "when"]))

    def errors_section(self):
        _ = self.texts.text
        introduction = _("An error is an answer: a figure that cannot be computed never shows as 0. Each function lists the errors "
                         "it can show and why.")
        rows = [
            ("#DIV/0!", _("The denominator is 0.")),
            ("#N/A", _("There is nothing to compute on: no number, or no row left.")),
            ("#VALUE!", _("There is text where a number or a date belongs. Dates that came in as text are text.")),
            ("Err:502", _("A value is outside its domain: a negative count, a share above 1, a part greater than its whole, a "
                          "negative denominator, a close before its opening, a word that is not listed, a header that is not there "
                          "or is there twice.")),
            ("#NUM!", _("The result is too large for a number.")),
            ("Err:504", _("A range or list holds an error, or something else is given where a range of cells belongs.")),
            ("Err:522", _("The range or table holds the formula itself, or a formula that waits for its result.")),
            ("Err:523", _("The computation found no answer.")),
            ("Err:538", _("The result would have more rows or columns than a sheet can show.")),
            ("#NAME?", _("Calc does not know the function: the extension is not installed, or the name is misspelt.")),
        ]
        return self.section("errors", 3, _("Errors"), element("p", introduction),
                            table("general", [_("Error"), _("When")],
                                  [[self.error(error), self.inline(text)] for error, text in rows], ["error-name", "when"]))

    def units_section(self):
        _ = self.texts.text
        introduction = _("A formula gives a plain number; the cell's number format is yours to choose. Results here are shown with "
                         "up to 9 digits.")
        used = {function["unit"] for function in self.functions if not function["givesTable"]}
        rows = [[name, self.inline(meaning, self.unit_figures()), code(form.replace(".", DECIMAL_SIGN[self.language]))]
                for unit, (name, meaning, form) in self.result_words().items() if unit in used]
        return self.section("units", 3, _("Units of results"), element("p", introduction),
                            table("general", [_("Unit"), _("Meaning"), _("Number format")], rows, ["kind", "when", "format"]))

    def limits_section(self):
        _ = self.texts.text
        rules = [
            _("A range with headers may be as large as a sheet: {rows} rows, {columns} columns. The last row and the last column "
              "count like any other."),
            _("Give a list the cells that it needs or a column, not a sheet. Calc passes every cell of a list, empty ones too: a "
              "whole column takes its time, a whole sheet more memory than a computer has."),
            _("Hidden rows and columns count, and so do the rows that a filter on the sheet leaves out of sight. To leave rows out "
              "of a result, use a criterion in the formula."),
            _("Of merged cells each counts for itself: the first holds the value, the others are empty unless Calc was told to "
              "keep what was in them. Where two columns are merged under one header, name the second by its number."),
            _("A formula may be in its own range with headers, in a column that it does not read. In a column that it reads it "
              "shows {circular}, in a list {list}, and never a number. So do two formulas that wait for each other."),
            _("Where Calc's setting Iterations is on, such formulas are repeated as Calc repeats its own; {endless} if they come "
              "to no end."),
            _("Formulas may build on each other in long chains: chains of {depth} cells, each reading all before it, are tested."),
            _("In {operations} a function that reads the replaced cell in a range may show {list}; it never shows a result that "
              "overlooks the replaced value."),
            _("In LibreOffice 7.4 a text in a function's table is equal to no other text: {equals} is false, and {lookups} do not find "
              "it. Later versions have mended this; until then join an empty text to it, as in {joined}."),
            _("Ranges of other files are refused with an error, and so are ranges with headers over several sheets."),
            _("Beware of a list over several sheets, such as {sheets}: Calc passes the cells of the first sheet alone, and no "
              "function can notice. Bring the figures of the sheets together in one range, and give that."),
        ]
        group = {"en": ",", "fr": "\u202f", "ro": "."}[self.language]
        shown = {**{name: f"{count:,}".replace(",", group)
                    for name, count in {"rows": 1048576, "columns": 16384, "depth": 2000}.items()},
                 "circular": self.error("Err:522"), "list": self.error("Err:504"), "endless": self.error("Err:523"),
                 "sheets": code("Q1.A1:Q4.A9"), "equals": code('A5="Web"'),
                 "lookups": code("RECHERCHEV, EQUIV, NB.SI" if self.language == "fr" else "VLOOKUP, MATCH, COUNTIF"),
                 "joined": code(f'{"EQUIV" if self.language == "fr" else "MATCH"}("Web";A5:A20&"";0)'),
                 "operations": code({"en": "MULTIPLE.OPERATIONS", "fr": "OPERATIONS.MULTIPLES", "ro": "MULTIPLE.OPERATIONS"}
                                    [self.language])}
        return self.section("limits", 3, _("Limits"), element("ul", [element("li", self.inline(rule, shown)) for rule in rules]))

    def trouble_section(self):
        _ = self.texts.text
        introduction = _("A document keeps its formulas, whatever happens to the extension, and shows its results again as soon as "
                         "the extension works and the document is recalculated (Ctrl+Shift+F9).")
        shown = {"name": self.error("#NAME?"), "addin": self.error("#ADDIN?"), "list": self.error("Err:504")}
        says = {about: code(message) for about, message in OFFICE_SAYS[self.language].items()}
        rows = [
            (self.inline(_("{name} in every function of Calc KPI"), shown),
             _("The extension is not installed, or it is disabled. Look for Calc KPI under Tools - Extension Manager: enable or "
               "install it, and restart LibreOffice.")),
            (self.inline(_("{name} in a document that went to somebody else"), shown),
             _("The extension is missing there. Send a copy with values: Tools - Leave Without Calc KPI, or the end of the KPI panel. "
               "The same place turns the formulas of a document into plain ones where that is exact, and into values elsewhere.")),
            (self.inline(_("{list} in every function, even where no range is given"), shown),
             _("The extension is installed, but its library does not load: it is damaged or for another system. Install it again, "
               "and restart LibreOffice.")),
            (self.inline(_("{addin} or {list} right after installing, updating or disabling"), shown),
             _("Calc works with the new version from its next start on. Restart LibreOffice before you go on; above all, save no "
               "XLSX file before.")),
            ([code("Bad Zip File"), " · ", says["adding"]],
             _("The file is not complete or is something else, or the disk is full. Download it again; what was installed before "
               "goes on working.")),
            ([says["needs"], " · ", code("unsatisfied dependencies")],
             _("This version of LibreOffice is too old: update it.")),
            (says["machine"], _("The extension is for Linux on x86-64 processors.")),
            (says["added"],
             _("This version or a later one is installed. To go back to an older one, remove the later one first.")),
            (says["enabling"],
             _("The extension is installed for all users already. Restart LibreOffice: then it works with your own copy.")),
        ]
        return self.section("trouble", 3, _("If something goes wrong"), element("p", introduction),
                            table("general", [_("What Calc says"), _("What it is, and what to do")], rows, ["kind", "when"]))

    SHOWN_ROWS = 15  # of a sample table, at most

    def sample_section(self, name, rows):
        _ = self.texts.text

        def cell(text, tag="td", **attributes):
            kept = text.rstrip(" ")
            mark = element("span", "␣" * (len(text) - len(kept)), class_="blank") if kept != text else None
            numeric = re.fullmatch(r"[\d.]+", text) is not None
            return element(tag, kept, mark, **({"class_": "numeric"} if numeric else {}), **attributes)

        header, *data = rows
        long = len(data) > self.SHOWN_ROWS
        letters = [chr(ord("A") + index) for index in range(len(header))]
        head = element(
            "thead",
            element("tr", element("td"), [element("td", letter) for letter in letters], class_="letters", aria_hidden="true"),
            element("tr", element("td", "1", class_="place", aria_hidden="true"),
                    [cell(text, "th", scope="col") for text in header]))
        body = element("tbody", [element("tr", element("td", str(number), class_="place", aria_hidden="true"),
                                         cell(row[0], "th", scope="row"), [cell(text) for text in row[1:]])
                                 for number, row in enumerate(data[:self.SHOWN_ROWS], 2)])
        shown = {"range": code(f"{name}.A1:{letters[-1]}{len(rows)}"), "mark": element("span", "␣", class_="blank"),
                 "rows": str(self.SHOWN_ROWS)}
        text = _("The examples of table functions use this table, {range}. Its mess is that of real exports: capitals, empty cells, "
                 "a blank after a word ({mark}).")
        if long:
            text = _("The examples of customer value use this table, {range}. Its orders are simulated, with a fixed seed. These are "
                     "the first {rows}; the function sheets hold all of them.")
        explained = self.inline(text, shown)
        return self.section(f"sample-{name.lower()}", 3, self.inline(_("The sample table {name}"), {"name": name}),
                            element("p", explained),
                            element("div", element("table", head, body, class_="sheet"), class_="wide", tabindex="0", role="region",
                                    aria_label=name))

    def families(self):
        result = {}
        for function in self.functions:
            result.setdefault(function["family"], []).append(function)
        return result

    def contents(self, general):
        _ = self.texts.text

        def entry(function):
            title = self.prose(self.texts.text(function["title"]))
            return element("li", element("a", code(function["name"]), " ", element("span", title), href=f"#{function['name']}"))

        families = [element("div", element("h3", element("a", self.texts.text(family), href=f"#{anchor(family)}")),
                            element("ul", [entry(function) for function in functions]), class_="contents-family")
                    for family, functions in self.families().items()]
        reading = [element("a", "".join(section.find("h3").itertext()), href=f"#{section.get('id')}") for section in general]
        return element("nav", element("h2", _("Contents")), element("p", joined(" · ", reading), class_="reading"),
                       element("div", families, class_="columns"), id="contents", aria_label=_("Contents"))

    def bar(self):
        """What stays in sight: the way back to the contents, the families and, where scripts run, the box that narrows the page."""
        _ = self.texts.text
        families = [element("a", self.texts.text(family), href=f"#{anchor(family)}") for family in self.families()]
        find = element("span", element("output", id="filter-count", for_="filter"), element("label", _("Find"), for_="filter"),
                       element("input", type="search", id="filter", autocomplete="off", spellcheck="false"),
                       class_="find", hidden="hidden")
        return element("div", element("a", _("Contents"), href="#contents", class_="home"),
                       element("nav", families, class_="families", aria_label=_("Families")), find, class_="bar")

    def header(self, title):
        _ = self.texts.text
        languages = [element("b", name) if language == self.language else
                     element("a", name, href=f"reference.{language}.html", lang=language, hreflang=language)
                     for language, name in LANGUAGE_NAMES.items()]
        lead = self.inline(_("{count} functions for sales and finance figures, to type into a cell: {formula} shows {result}"),
                           {"count": str(len(self.functions)), "formula": self.formula("=WINRATE(3;7)"), "result": self.value(0.3)})
        version = self.inline(_("Version {version}"), {"version": self.version})
        return element("header", element("p", joined(" · ", languages), class_="languages"), element("h1", title),
                       element("p", lead, class_="lead"), element("p", version, class_="version"))

    def family(self, family, functions):
        return element("section", element("h2", self.texts.text(family)), [self.article(function) for function in functions],
                       class_="family", id=anchor(family))

    def html(self):
        _ = self.texts.text
        title = _("Calc KPI: reference of the functions")
        general = [self.typing_section(), self.arguments_section(), self.errors_section(), self.limits_section(),
                   self.units_section(), *(self.sample_section(name, rows) for name, rows in self.samples.items()),
                   self.trouble_section()]
        head = element("head", element("meta", charset="utf-8"), element("title", title),
                       element("meta", name="viewport", content="width=device-width, initial-scale=1"),
                       element("meta", name="generator", content=f"Calc KPI {self.version}"),
                       element("style", (HERE / "reference.css").read_text(encoding="utf-8")))
        reading = element("section", element("h2", _("How to read this reference")), general, class_="general", id="reading")
        families = [self.family(family, functions) for family, functions in self.families().items()]
        body = element("body", self.header(title), self.bar(), element("main", self.contents(general), reading, families),
                       element("script", FILTER_SCRIPT))
        return element("html", head, body, lang=self.language)


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    catalog_path, out_folder, mo_folder, version = sys.argv[1:]
    catalog = json.loads(Path(catalog_path).read_text(encoding="utf-8"))
    out = Path(out_folder)
    out.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        page = Page(catalog, Texts(language, mo_folder), language, version).html()
        text = "<!DOCTYPE html>\n" + ElementTree.tostring(page, encoding="unicode", method="html") + "\n"
        (out / f"reference.{language}.html").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
