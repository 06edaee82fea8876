"""Recognises a CRM export: what a person sees at a glance in a CSV file, without asking.

    export = recognise("deals.csv")
    export.roles["stage"]      # the column with the deals' stages
    export.notices             # what the user should know: guesses, doubled headers, what was not found

Finds the encoding, the delimiter, the meaning of the columns (from headers in English, French and Romanian and from the cells),
the order of the date parts and the decimal sign of each column, and which stages mean won and lost. Needs no office.
"""

import csv
import datetime
import io
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path


class NotRecognised(Exception):
    """The file is not an export this program can use; the text tells the user why."""


# What Calc's CSV filter calls the encodings (rtl/textenc.h).
CALC_CHARSETS = {"utf-8": 76, "utf-8-sig": 76, "utf-16": 65535, "cp1252": 1, "cp1250": 33, "iso-8859-1": 12}

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}

# Headers that mean a role, as `plain` spells them (no accents, lower case, words apart); the surest first. A header that only
# contains the words counts less than one that is exactly them.
HEADERS = {
    "stage": ["deal stage", "opportunity stage", "sales stage", "stage name", "pipeline stage", "stage", "deal status",
              "opportunity status", "status", "etape de la transaction", "etape de vente", "etape", "statut", "etapa tranzactiei",
              "etapa de vanzare", "etapa", "stadiu", "stare", "phase", "faza", "deal state", "outcome", "result", "resultat",
              "rezultat", "state"],
    "amount": ["deal value", "deal amount", "close value", "amount", "montant", "suma", "value", "valeur", "valoare",
               "contract value", "chiffre d affaires", "revenue", "sales price", "price", "prix", "pret", "venit", "acv", "tcv",
               "total"],
    "opened": ["create date", "created date", "creation date", "date created", "deal created", "created on", "created at",
               "created", "engage date", "engaged", "open date", "opened on", "opened", "first contact", "start date", "add time",
               "date added",
               "date de creation", "cree le", "creee le", "date d ouverture", "ouverture", "premier contact", "date de debut",
               "data crearii", "creat la", "creata la", "data deschiderii", "deschisa la", "primul contact", "data de inceput"],
    "closed": ["close date", "closed date", "closing date", "date closed", "closed on", "closed at", "deal closed on", "closed",
               "won time", "date won", "end date", "date de cloture", "date de fermeture", "date de signature", "cloturee le",
               "cloture",
               "fermeture", "date de fin", "data inchiderii", "data incheierii", "data finalizarii", "inchisa la", "inchis la",
               "inchidere", "close"],
    "owner": ["deal owner", "opportunity owner", "owner name", "owner", "sales agent", "sales rep", "sales representative",
              "salesperson", "account executive", "seller", "assigned to", "proprietaire de la transaction", "proprietaire",
              "commercial", "vendeur", "agent de vanzari", "agent", "vanzator", "proprietar", "responsable", "responsabil", "rep"],
    "product": ["product name", "product", "nom du produit", "produit", "offre", "article", "nume produs", "produs", "oferta",
                "line item", "item", "plan", "service", "serviciu"],
    "account": ["account name", "account", "associated company", "company name", "company", "customer", "organization",
                "organisation", "nom du compte", "compte", "entreprise", "societe", "client", "cont", "companie", "firma",
                "organizatie"],
    "probability": ["deal probability", "probability", "win probability", "probabilite", "probabilitate"],
    "currency": ["currency", "currency code", "devise", "monnaie", "moneda", "valuta"],
    "deal": ["deal id", "opportunity id", "record id", "id tranzactie", "identifiant", "id", "deal name", "opportunity name",
             "opportunity", "deal", "nom de l affaire", "affaire", "transaction", "tranzactie", "oportunitate", "reference"],
}

# Words of French and Romanian headers that no English one has: such files write the day before the month.
DAY_FIRST_WORDS = set(
    "etape statut etapa stadiu stare faza resultat rezultat montant suma valeur valoare chiffre prix pret venit cree creee "
    "ouverture crearii creat creata deschiderii deschisa primul inceput cloture fermeture cloturee inchiderii "
    "incheierii finalizarii inchisa inchis inchidere proprietaire commercial vendeur vanzari vanzator proprietar responsable "
    "responsabil produit offre produs oferta serviciu nom nume compte entreprise societe cont companie firma organizatie "
    "probabilite probabilitate devise monnaie moneda valuta identifiant affaire tranzactie oportunitate".split())

# Words that turn a header into something else: the expected close is not the close, an owner's mail address no name.
OTHER_MEANING = {
    "closed": {"expected", "estimated", "forecast", "prevue", "previsionnelle", "estimee", "estimata", "prevazuta"},
    "opened": {"modified", "updated"},
    "amount": {"weighted", "expected", "forecast", "currency", "count", "quantity", "pondere", "ponderata", "estimat"},
    "owner": {"email", "mail", "id", "manager", "role", "phone", "team"},
    "product": {"id", "code", "quantity", "price", "sku"},
    "account": {"id", "owner", "executive", "email", "type"},
    "stage": {"date", "probability", "entered", "previous", "lead", "id"},
    "probability": {"date"},
    "currency": set(),
    "deal": {"date", "stage", "owner", "value", "amount", "type", "status"},
}

MONTHS = {name: number for number, names in enumerate((
    "jan january janv janvier ian ianuarie", "feb february fevr fev fevrier februarie", "mar march mars martie",
    "apr april avr avril aprilie", "may mai", "jun june juin iun iunie", "jul july juil juillet iul iulie",
    "aug august aout", "sep sept september septembre septembrie", "oct october octobre octombrie",
    "nov november novembre noiembrie", "dec december decembre decembrie"), start=1) for name in names.split()}

YEAR_FIRST, MONTH_FIRST, DAY_FIRST = "year-month-day", "month/day/year", "day/month/year"


def plain(text):
    """The words of a text without accents, case and signs: "Étape_de vente" and "étapeDeVente" are "etape de vente"."""
    text = re.sub(r"(?<=[a-zà-ÿ0-9])(?=[A-Z][a-z])", " ", text)
    letters = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter)).lower()
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()


# What the functions take for blanks (core/values/text.cpp), for Python and for Calc's REGEX: those of Unicode, and what shows nothing.
BLANKS = r"[\s\u000B\u0085\u200B\u2060\uFEFF]+"


def folded(text):
    """The form in which the functions compare texts: single spaces for runs of blanks, in lower case, accents as in NFC."""
    return unicodedata.normalize("NFC", re.sub(BLANKS, " ", text).strip(" ").lower())


# --- cells -------------------------------------------------------------------------------------------------------------------

_TIME = r"(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp])?\.?(?:[Mm]\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
_NUMBERS = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{2,4})\.?" + _TIME + "$")
_NAMED_DAY_FIRST = re.compile(r"(?:[^\W\d]+\.?,? )?(\d{1,2})(?:er)?[ \-.]([^\W\d]+)\.?[ \-,]+(\d{4})" + _TIME + "$")
_NAMED_MONTH_FIRST = re.compile(r"([^\W\d]+)\.? (\d{1,2}),? (\d{4})" + _TIME + "$")


def date_parts(text):
    """(first, second, third, sign, time) of a date in numbers, or None."""
    match = _NUMBERS.match(text.strip())
    if not match or (len(match[1]) == 3) or len(match[4]) == 3 or (len(match[1]) == 4) == (len(match[4]) == 4):
        if not match or len(match[1]) > 2 or len(match[4]) != 2:
            return None
    return int(match[1]), int(match[3]), int(match[4]), match[2], match.groups()[4:]


def _moment(year, month, day, time):
    if year < 100:
        year += 2000 if year < 70 else 1900
    hour, minute, second, half = time
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half in "pP" else 0)
    try:
        return datetime.datetime(year, month, day, hours, int(minute or 0), int(second or 0))
    except ValueError:
        return None


def parse_date(text, order):
    """The moment that a cell says when its column has this order, or None."""
    parts = date_parts(text)
    if parts:
        first, second, third, _, time = parts
        if first > 31:
            return _moment(first, second, third, time)
        if order == MONTH_FIRST:
            return _moment(third, first, second, time)
        return _moment(third, second, first, time)
    tidy = text.strip()
    if match := _NAMED_DAY_FIRST.match(tidy):
        day, name, year, *time = match.groups()
    elif match := _NAMED_MONTH_FIRST.match(tidy):
        name, day, year, *time = match.groups()
    else:
        return None
    month = MONTHS.get(plain(name))
    return _moment(int(year), month, int(day), time) if month else None


# Currency signs and letters before or after the digits; blanks and apostrophes between them are grouping.
_AMOUNT = re.compile(r"(?P<open>\()?(?P<minus>[-\u2212])?\s*(?:(?:[A-Za-z]{1,3}\$?|[$€£¥₽₹₺₴])\s*)?(?P<minus2>[-\u2212])?"
                     r"(?P<digits>\d[\d.,' \u00a0\u202f\u2019]*|[.,]\d+)"
                     r"\s*(?P<percent>%)?(?:[A-Za-z]{1,3}|[$€£¥₽₹₺₴])?\)?$")


def amount_digits(text):
    """(sign, digits with their separators, divisor) of an amount, or None."""
    match = _AMOUNT.match(text.strip())
    if not match:
        return None
    digits = re.sub(r"[' \u00a0\u202f\u2019]", "", match["digits"])
    negative = match["open"] or match["minus"] or match["minus2"]
    return (-1 if negative else 1), digits, 100 if match["percent"] else 1


def decimal_evidence(digits):
    """The decimal sign that these digits prove, or None: "1,234.56" proves the point, "1,234" nothing."""
    point, comma = digits.count("."), digits.count(",")
    if point and comma:
        return max(".,", key=digits.rfind)
    if not point and not comma:
        return None
    sign, other = (".", ",") if point else (",", ".")
    if digits.count(sign) > 1:
        return other
    whole, fraction = digits.split(sign)
    return sign if len(fraction) != 3 or len(whole) > 3 or whole in ("", "0") else None


def parse_amount(text, decimal):
    """The number that a cell says when its column has this decimal sign, or None."""
    found = amount_digits(text)
    if not found:
        return None
    sign, digits, divisor = found
    group = "," if decimal == "." else "."
    digits = digits.replace(group, "").replace(decimal, ".")
    try:
        return sign * float(digits) / divisor
    except ValueError:
        return None


def moment_number(moment):
    """A moment as Calc counts it: days since 30 December 1899."""
    return (moment - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1)


# --- columns -----------------------------------------------------------------------------------------------------------------

@dataclass
class Column:
    index: int
    header: str
    cells: list
    kind: str = "text"          # "text", "number", "date" or "empty"
    order: str = ""             # of the parts of its dates
    order_known: bool = True    # False: no date of the column tells
    decimal: str = ""           # "." or ","
    decimal_known: bool = True  # False: no number of the column tells

    @property
    def letter(self):
        """The column's letter in Calc."""
        letters, rest = "", self.index + 1
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(65 + digit) + letters
        return letters

    @property
    def filled(self):
        return [cell for cell in self.cells if cell.strip()]

    def number(self, cell):
        """A cell's number as Calc holds it, or None when it is empty or a text."""
        if self.kind == "date":
            moment = parse_date(cell, self.order)
            return None if moment is None else moment_number(moment)
        return parse_amount(cell, self.decimal) if self.kind == "number" else None


def _read_kind(column):
    filled = column.filled
    if not filled:
        column.kind = "empty"
        return
    dates = [date_parts(cell) for cell in filled]
    named = sum(1 for cell, parts in zip(filled, dates) if not parts and parse_date(cell, DAY_FIRST))
    parts = [part for part in dates if part]
    if len(parts) + named >= 0.6 * len(filled):
        column.kind = "date"
        year_first = sum(1 for part in parts if part[0] > 31)
        day_proofs = sum(1 for part in parts if 12 < part[0] <= 31)
        month_proofs = sum(1 for part in parts if part[0] <= 12 < part[1])
        dotted = sum(1 for part in parts if part[3] == ".")
        if year_first * 2 >= len(parts):
            column.order = YEAR_FIRST
        elif day_proofs or month_proofs:
            column.order = DAY_FIRST if day_proofs >= month_proofs else MONTH_FIRST
        elif dotted * 2 > len(parts):
            column.order = DAY_FIRST
        else:
            column.order_known = False
        return
    amounts = [amount_digits(cell) for cell in filled]
    if sum(1 for amount in amounts if amount) >= 0.8 * len(filled):
        column.kind = "number"
        proofs = Counter(decimal_evidence(amount[1]) for amount in amounts if amount)
        point, comma = proofs["."], proofs[","]
        column.decimal = "," if comma > point else "."
        ambiguous = any(amount and re.search("[.,]", amount[1]) for amount in amounts)
        column.decimal_known = bool(point or comma) or not ambiguous


def _reason_for_day_first(columns, delimiter):
    """What shows that a file whose dates do not tell comes from where the day stands first, or ""."""
    proofs = Counter(decimal_evidence(amount[1]) for column in columns if column.kind == "number"
                     for amount in map(amount_digits, column.filled) if amount)
    if proofs[","] > proofs["."]:
        return "as the decimals stand after a comma"
    if delimiter == ";":
        return "as the fields are separated by semicolons"
    if any(DAY_FIRST_WORDS & set(plain(column.header).split()) for column in columns):
        return "as the headers are not English"
    return ""


def _settle_orders(columns, delimiter, notices):
    known = Counter(column.order for column in columns if column.kind == "date" and column.order_known
                    and column.order in (DAY_FIRST, MONTH_FIRST))
    for column in columns:
        if column.kind != "date" or column.order_known:
            continue
        if known:
            column.order = known.most_common(1)[0][0]
            reason = "as in the other date columns"
        elif reason := _reason_for_day_first(columns, delimiter):
            column.order = DAY_FIRST
        else:
            column.order = MONTH_FIRST
            reason = "the more common one in exports"
        notices.append(f"The dates of column {quoted(column.header)} do not tell the day from the month (no part is above 12): "
                       f"read as {column.order}, {reason}.")


def _settle_decimals(columns, notices):
    known = Counter(column.decimal for column in columns if column.kind == "number" and column.decimal_known
                    and any(re.search("[.,]", cell) for cell in column.cells))
    for column in columns:
        if column.kind != "number" or column.decimal_known:
            continue
        signs = Counter(sign for cell in column.cells for sign in ".," if sign in cell)
        grouping = signs.most_common(1)[0][0]
        if known:
            column.decimal = known.most_common(1)[0][0]
            reason = "as the other columns write numbers"
        else:
            column.decimal = "," if grouping == "." else "."
            reason = "three digits follow it everywhere"
        meaning = "thousands" if column.decimal != grouping else "decimals"
        notices.append(f"In column {quoted(column.header)} the sign {grouping} could mean thousands or decimals: read as "
                       f"{meaning}, {reason}.")


# --- roles -------------------------------------------------------------------------------------------------------------------

def _header_score(role, header):
    words = plain(header)
    if not words:
        return 0
    phrases = HEADERS[role]
    spoiled = 60 if OTHER_MEANING[role] & set(words.split()) else 0
    if words in phrases:
        return 200 - phrases.index(words) - spoiled
    inside = [rank for rank, phrase in enumerate(phrases) if f" {phrase} " in f" {words} "]
    return max(100 - min(inside) - spoiled, 1) if inside else 0


class Vocabulary:
    """The words that the extension's own recognition uses: core/recognition/vocabulary.txt, which says how it is written."""

    PATH = Path(__file__).resolve().parents[2] / "core" / "recognition" / "vocabulary.txt"

    def __init__(self):
        self.outcomes, self.places = {}, {}
        section = None
        for line in self.PATH.read_text(encoding="utf-8").splitlines():
            if heading := re.fullmatch(r"\[(\w+) ?(.*)\]", line):
                kind, name = heading.groups()
                section = (self.outcomes, name) if kind == "outcome" else (self.places, int(name)) if kind == "place" else None
            elif section and not line.startswith("#"):
                for phrase in filter(None, map(str.strip, line.split(","))):
                    words = phrase.removeprefix("^").split()
                    section[0][(phrase.startswith("^"), *words)] = section[1]

    @staticmethod
    def longest(book, words, place):
        """(number of words, value) of the longest phrase of a book that stands at a place of the text, or (0, None)."""
        found = (0, None)
        for (whole, *phrase), value in book.items():
            there = words[place:place + len(phrase)]
            fits = len(there) == len(phrase) and (not whole or len(words) == len(phrase)) and all(
                word.startswith(part[:-1]) if part.endswith("*") else word == part for part, word in zip(phrase, there))
            if fits and (len(phrase) > found[0] or len(phrase) == found[0] and book is VOCABULARY.places and value > found[1]):
                found = (len(phrase), value)
        return found


VOCABULARY = Vocabulary()


def _meant(hints, place):
    """What an outcome says, with the words before it and a "yet" right behind: as meantAt in core/recognition/vocabulary.cpp."""
    before = []
    for hint in reversed(hints[:place]):
        if hint not in ("not", "yet", "maybe", "between"):
            break
        before.append(hint)
    negated = "not" in before or hints[place] == "not won"
    yet = "yet" in before or hints[place + 1:place + 2] == ["yet"]
    if "maybe" in before or negated and yet:
        return "open"
    if hints[place] == "lost":
        return "open" if negated else "lost"
    return "lost" if negated else "won"


def state_of(stage):
    """"won", "lost", "open" or "" (no stage) by the words of a stage's text."""
    words = plain(stage).split()
    if not words:
        return "" if not stage.strip() else "open"
    hints, place = [], 0
    while place < len(words):
        size, hint = Vocabulary.longest(VOCABULARY.outcomes, words, place)
        hints.append(hint)
        place += max(1, size)
    meant = {_meant(hints, at) for at, hint in enumerate(hints) if hint in ("won", "lost", "not won")} - {"open"}
    return meant.pop() if len(meant) == 1 else "open"


def _known_step(stage):
    """How far a deal at this stage has come, by the words of its text, or None."""
    words = plain(stage).split()
    found = [found for place in range(len(words)) if (found := Vocabulary.longest(VOCABULARY.places, words, place))[0]]
    return max(found)[1] if found else None


def _leading_number(stage):
    match = re.match(r"\s*(\d+)", stage)
    return int(match[1]) if match else None


def _mean_probability(export, stage):
    column = export.roles.get("probability")
    if column is None:
        return None
    stages = export.roles["stage"].cells
    cells = [column.number(cell) for cell, other in zip(column.cells, stages) if folded(other) == folded(stage)]
    known = [cell for cell in cells if cell is not None]
    return sum(known) / len(known) if known else None


def ordered_stages(export):
    """The open stages from the first to the last, and what tells their order. What tells it must tell all of them apart."""
    for rank, reason in ((_leading_number, "by the number in their name"),
                         (lambda stage: _mean_probability(export, stage), "by the probability of their deals"),
                         (_known_step, "by the words of their names")):
        ranks = {stage: rank(stage) for stage in export.open}
        if None not in ranks.values() and len(set(ranks.values())) == len(ranks):
            return sorted(export.open, key=ranks.get), reason
    return list(export.open), "by the number of deals, as nothing tells the order" if len(export.open) > 1 else "there is only one"


def _states(column):
    return {state_of(cell) for cell in set(column.cells)} - {""}


def _suits(role, column):
    """Whether the cells of a column can be what its header promises."""
    if role in ("opened", "closed"):
        return column.kind == "date"
    if role in ("amount", "probability"):
        return column.kind == "number"
    if role in ("owner", "product", "currency", "account"):
        return column.kind in ("text", "number")
    return column.kind != "empty"


def _find_roles(columns):
    candidates = []
    for role in HEADERS:
        for column in columns:
            score = _header_score(role, column.header)
            if score and _suits(role, column):
                if role == "stage":
                    # A status of won and lost says more than a pipeline stage beside it.
                    score += 150 * len(_states(column) & {"won", "lost"})
                candidates.append((score, role, column))
    roles, used = {}, set()
    # Sorting is stable: of two equal columns the first one stays first.
    for _, role, column in sorted(candidates, key=lambda candidate: -candidate[0]):
        if role not in roles and column.index not in used:
            roles[role] = column
            used.add(column.index)
    if "stage" not in roles:
        # No header says stage; a column that holds won and lost is one all the same.
        for column in columns:
            if column.index not in used and column.kind == "text" and {"won", "lost"} <= _states(column):
                roles["stage"] = column
                break
    return roles


ROLE_NAMES = {"stage": "stage or status", "amount": "amount", "opened": "create date", "closed": "close date",
              "owner": "owner (seller)", "product": "product", "account": "account", "probability": "probability",
              "currency": "currency", "deal": "deal id or name"}


@dataclass
class Export:
    path: Path
    encoding: str
    delimiter: str
    header_line: int  # counted from 1
    columns: list
    roles: dict = field(default_factory=dict)
    won: list = field(default_factory=list)   # stage texts that mean won, each spelling once
    lost: list = field(default_factory=list)
    open: list = field(default_factory=list)
    notices: list = field(default_factory=list)

    @property
    def rows(self):
        return len(self.columns[0].cells)

    @property
    def deals(self):
        """Rows that have a stage."""
        return sum(1 for cell in self.roles["stage"].cells if cell.strip())

    @property
    def has_several_won_texts(self):
        """Then the funnel's last stage needs a helper column that joins them."""
        return len(self.won) > 1

    def doubled(self, column):
        return sum(1 for other in self.columns if folded(other.header) == folded(column.header)) > 1

    @property
    def decimal(self):
        """The decimal sign of most columns; Calc's filter takes one for the whole file."""
        signs = Counter(column.decimal for column in self.columns
                        if column.kind == "number" and any(re.search("[.,]", cell) for cell in column.cells))
        return signs.most_common(1)[0][0] if signs else "."


# --- files -------------------------------------------------------------------------------------------------------------------

def quoted(text):
    return f"\u201c{text}\u201d"


def _decode(data):
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise NotRecognised("The file begins like UTF-16 text but is not: it is damaged or cut off.") from error
    if b"\0" in data[:4096] or data.startswith(b"PK\x03\x04"):
        raise NotRecognised("The file is no text: it looks like a spreadsheet or an archive. Export the deals as CSV.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252" and re.search(r"[a-z][\u00ba\u00fe\u00e3]|[\u00ba\u00fe\u00e3][a-z]", text) \
                and not re.search(r"[\u00e7\u00ea\u00e0\u00f1\u00f5]", text):
            # Letters that West European words lack are ă, ş and ţ of the Central European code page.
            try:
                return data.decode("cp1250"), "cp1250"
            except UnicodeDecodeError:
                pass
        bom = data.startswith(b"\xef\xbb\xbf")
        return text, encoding if encoding != "utf-8-sig" or bom else "utf-8"
    return data.decode("iso-8859-1"), "iso-8859-1"


def _records(text, delimiter):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _find_delimiter(text):
    sample = "\n".join(text.splitlines()[:200])
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        try:
            widths = [len(record) for record in _records(sample, delimiter) if record]
        except csv.Error:
            continue
        width = widths[0] if widths else 1
        if width < 2:
            continue
        # The right delimiter gives (nearly) every record as many fields as the header has.
        score = (round(sum(1 for other in widths if other == width) / len(widths), 1), width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def recognise(path, won=(), lost=()):
    """Reads an export. `won` and `lost` are stage texts that the user says mean so; without them their words tell."""
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotRecognised(f"{path} cannot be read: {error.strerror}.") from error
    if not data.strip():
        raise NotRecognised(f"{path} is empty.")
    text, encoding = _decode(data)
    header_line, given = 1, None
    if match := re.match(r"sep=(.)\r?\n", text):  # Excel's hint
        header_line, given, text = 2, match[1], text[match.end():]
    while text and (end := re.match(r"[ \t]*\r?\n", text)):
        header_line, text = header_line + 1, text[end.end():]
    if not text.strip():
        raise NotRecognised(f"{path} is empty.")
    delimiter = given or _find_delimiter(text)
    try:
        records = _records(text, delimiter)
    except csv.Error as error:
        raise NotRecognised(f"{path} is not a CSV file: {error}.") from error

    headers = [header.strip() for header in records[0]]
    while headers and not headers[-1] and all(len(record) < len(headers) or not record[len(headers) - 1] for record in records):
        headers.pop()
    seen = ", ".join(quoted(header) for header in headers if header) or "none"
    rows = records[1:]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise NotRecognised(f"{path} has headers but no deals below them. Headers: {seen}.")
    export = Export(path, encoding, delimiter, header_line,
                    [Column(index, header, [row[index] if index < len(row) else "" for row in rows])
                     for index, header in enumerate(headers)])
    notices = export.notices

    for column in export.columns:
        _read_kind(column)
    _settle_orders(export.columns, delimiter, notices)
    _settle_decimals(export.columns, notices)
    long_rows = [number for number, row in enumerate(rows, start=2) if any(cell.strip() for cell in row[len(headers):])]
    if long_rows:
        notices.append(f"{len(long_rows)} rows have more fields than there are headers, the first is row {long_rows[0]}.")
    for header, count in Counter(folded(header) for header in headers if header).items():
        if count > 1:
            spelling = next(other for other in headers if folded(other) == header)
            notices.append(f"The header {quoted(spelling)} is there {count} times.")

    export.roles = _find_roles(export.columns)
    named = "stage" in export.roles and _header_score("stage", export.roles["stage"].header)
    if not named and any(re.fullmatch(r"[-+\d.,\s]*\d", header) or date_parts(header) for header in headers):
        raise NotRecognised(f"The first row of {path} holds no headers but values: {seen}. Put the columns' names there.")
    if "stage" not in export.roles:
        raise NotRecognised(f"No column of {path} tells the deals' stage or status, without which no win rate can be computed. "
                            f"Headers: {seen}.")
    for role, column in export.roles.items():
        if export.doubled(column):
            notices.append(f"Of the columns {quoted(column.header)} column {column.letter} is taken as the {ROLE_NAMES[role]}.")
    _sort_stages(export, won, lost)
    return export


def _sort_stages(export, won, lost):
    column = export.roles["stage"]
    said = {**{folded(text): "won" for text in won}, **{folded(text): "lost" for text in lost}}
    spellings = Counter(cell.strip() for cell in column.cells if cell.strip())
    lists = {"won": export.won, "lost": export.lost, "open": export.open}
    known = set()
    for spelling, _ in spellings.most_common():
        if folded(spelling) in known:
            continue
        known.add(folded(spelling))
        state = said.get(folded(spelling))
        if state is None:
            state = state_of(spelling)
            if (won and state == "won") or (lost and state == "lost"):
                state = "open"  # the user said which texts count
        lists[state].append(spelling)
    for texts, meaning in ((won, "won"), (lost, "lost")):
        for text in texts:
            if folded(text) not in known:
                raise NotRecognised(f"No deal has the stage {quoted(text)} that was said to mean {meaning}. Stages: "
                                    f"{_some(spellings)}.")
    if not export.won and not export.lost:
        raise NotRecognised(f"No stage in column {quoted(column.header)} is known to mean won or lost; it holds "
                            f"{_some(spellings)}. Say which do with --won TEXT and --lost TEXT.")
    for texts, meaning in ((export.won, "won"), (export.lost, "lost")):
        if not texts:
            export.notices.append(f"No deal is {meaning}: no stage in column {quoted(column.header)} has a word for it.")


def _some(spellings, most=12):
    shown = ", ".join(quoted(text) for text, _ in spellings.most_common(most))
    return shown + (f" and {len(spellings) - most} more" if len(spellings) > most else "")
