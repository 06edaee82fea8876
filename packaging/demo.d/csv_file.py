"""What Calc's CSV filter has to be told of a file: encoding, sign between the fields, line of the headers. Needs no office.

    file = look_at("deals.csv")
    file.encoding, file.delimiter, file.header_line, file.headers

The cells stay texts; the extension turns them into numbers and dates, as the sidebar does. `day_first` says how it is to read what
leaves that open, 3/4/2025 and 1.234 say.
"""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path


class NotUsable(Exception):
    """The file is no table this program can use; the text tells the user why."""


# What Calc's CSV filter calls the encodings (rtl/textenc.h).
CALC_CHARSETS = {"utf-8": 76, "utf-8-sig": 76, "utf-16": 65535, "cp1252": 1, "cp1250": 33, "iso-8859-1": 12}

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def quoted(text):
    return f"\u201c{text}\u201d"


@dataclass
class CsvFile:
    path: Path
    encoding: str
    delimiter: str
    header_line: int  # counted from 1
    headers: list
    rows: int
    day_first: bool

    @property
    def filter_options(self):
        """For the filter "Text - txt - csv (StarCalc)": all columns are texts."""
        columns = "/".join(f"{number}/2" for number in range(1, len(self.headers) + 1))
        tokens = [ord(self.delimiter), ord('"'), CALC_CHARSETS[self.encoding], self.header_line, columns, 1033, "false", "false"]
        return ",".join(map(str, tokens))

    @property
    def description(self):
        order = "day.month.year and 1.234,5" if self.day_first else "month/day/year and 1,234.5"
        return (f"{self.rows:,} rows, {DELIMITERS.get(self.delimiter, repr(self.delimiter))} between the fields, {self.encoding}; "
                f"where cells leave it open, {order}")


def look_at(path):
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotUsable(f"{path} cannot be read: {error.strerror}.") from error
    text, encoding = _decode(data)
    header_line, given = 1, None
    if match := re.match(r"sep=(.)\r?\n", text):  # Excel's hint
        header_line, given, text = 2, match[1], text[match.end():]
    while text and (end := re.match(r"[ \t]*\r?\n", text)):
        header_line, text = header_line + 1, text[end.end():]
    if not text.strip():
        raise NotUsable(f"{path} is empty.")
    delimiter = given or _find_delimiter(text)
    try:
        records = _records(text, delimiter)
    except csv.Error as error:
        raise NotUsable(f"{path} is not a CSV file: {error}.") from error
    headers = [header.strip() for header in records[0]]
    rows = sum(any(cell.strip() for cell in record) for record in records[1:])
    seen = ", ".join(quoted(header) for header in headers if header) or "none"
    if rows == 0:
        raise NotUsable(f"{path} has headers but no deals below them. Headers: {seen}.")
    if any(re.fullmatch(r"[-+\d.,/:\s]*\d", header) for header in headers):
        raise NotUsable(f"The first row of {path} holds no headers but values: {seen}. Put the columns' names there.")
    return CsvFile(path, encoding, delimiter, header_line, headers, rows, _day_first(records, delimiter))


def _decode(data):
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise NotUsable("The file begins like UTF-16 text but is not: it is damaged or cut off.") from error
    if b"\0" in data[:4096] or data.startswith(b"PK\x03\x04"):
        raise NotUsable("The file is no text: it looks like a spreadsheet or an archive. Export the deals as CSV.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252" and re.search(r"[a-z][\u00ba\u00fe\u00e3]|[\u00ba\u00fe\u00e3][a-z]", text) \
                and not re.search(r"[\u00e7\u00ea\u00e0\u00f1\u00f5]", text):
            # Letters that West European words lack are \u0103, \u015f and \u0163 of the Central European code page.
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


def _day_first(records, delimiter):
    """Whether a file comes from where the day stands before the month and decimals after a comma."""
    if delimiter == ";":
        return True
    cells = [cell.strip() for record in records[1:] for cell in record]
    dates = [match for match in (re.match(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b", cell) for cell in cells) if match]
    if proofs := [int(match[1]) > 12 for match in dates if int(match[1]) > 12 or int(match[2]) > 12]:
        return sum(proofs) * 2 >= len(proofs)
    points, commas = (sum(bool(re.search(rf"\d\{sign}\d{{1,2}}\D*$", cell)) for cell in cells) for sign in ".,")
    # Letters that no English header has.
    return commas > points or any(ord(letter) > 127 for header in records[0] for letter in header)
