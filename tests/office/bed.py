"""The test bed: a real Calc with the extension installed, and cells to type into.

Each test program starts one office with a profile of its own and ends it. The build passes where its files are in the
environment: CALCKPI_OXT, CALCKPI_PROBE_OXT, CALCKPI_CATALOG, CALCKPI_MO_FOLDER, CALCKPI_SOURCE.
"""
import json
import os
import pathlib
import shutil
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ["CALCKPI_SOURCE"])
sys.path[:0] = [str(SOURCE / "packaging"), str(SOURCE / "registration")]

from office import Office, properties, url as office_url  # noqa: E402, F401

OXT = os.environ["CALCKPI_OXT"]
PROBE_OXT = os.environ["CALCKPI_PROBE_OXT"]
MO_FOLDER = os.environ["CALCKPI_MO_FOLDER"]

FORMULA_RESULT_VALUE = 1  # com.sun.star.sheet.FormulaResult

# What a cell shows for each error, by the error's number.
ERROR_NUMBERS = {"#DIV/0!": 532, "#NUM!": 503, "#VALUE!": 519, "#N/A": 32767, "#REF!": 524, "#NAME?": 525}


def catalog():
    with open(os.environ["CALCKPI_CATALOG"], encoding="utf-8") as file:
        return json.load(file)


def error_number(shown):
    return ERROR_NUMBERS.get(shown) or int(shown.removeprefix("Err:"))


def cells_with_errors(sheet, allowed):
    """The cells of a sheet with an error that is none of these (532 is #DIV/0!, 32767 #N/A). Calc tells in which rows there are any: asking
    each cell takes minutes, as tables with spare rows have thousands of #N/A."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    cells = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).AbsoluteName
    scratch = sheet.getCellRangeByPosition(1020, 0, 1020, end.EndRow)
    fails = "ISERR" if 32767 in allowed else "ISERROR"
    scratch.setArrayFormula(f"=MMULT(IF({fails}({cells});1;0);TRANSPOSE(COLUMN({cells})^0))")
    rows = [row for row, (count,) in enumerate(scratch.getDataArray()) if count]
    scratch.setArrayFormula("")
    for row in rows:
        for column, value in enumerate(sheet.getCellRangeByPosition(0, row, end.EndColumn, row).getDataArray()[0]):
            if not isinstance(value, (str, float)):
                cell = sheet.getCellByPosition(column, row)
                if cell.getError() not in allowed:
                    yield cell


class CalcTest(unittest.TestCase):
    """A document in a Calc that has the extension; `extensions`, `language` and `locale` may be overridden."""

    extensions = (OXT,)
    language = "en-US"
    locale = "en-US"
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="calckpi-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.office = Office(language=cls.language, locale=cls.locale)
        cls.addClassCleanup(cls.office.__exit__)
        cls.office.start()
        for extension in cls.extensions:
            cls.office.install(extension)

    def setUp(self):
        self.document = self.office.new_document()
        self.addCleanup(self.close)
        self.sheet = self.document.Sheets[0]

    def close(self):
        self.document.close(True)

    def cell(self, address):
        return self.sheet.getCellRangeByName(address)

    def type(self, address, text):
        """Types `text` into a cell, as a user does."""
        cell = self.cell(address)
        cell.FormulaLocal = text
        return cell

    def fill(self, address, rows, sheet=None):
        """Types a block of texts, numbers and formulas; None leaves a cell empty."""
        sheet = sheet or self.sheet
        start = sheet.getCellRangeByName(address).RangeAddress
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if value is None or value == "":
                    continue
                cell = sheet.getCellByPosition(start.StartColumn + column, start.StartRow + row)
                if isinstance(value, str):
                    cell.FormulaLocal = value
                else:
                    cell.Value = value

    def add_sheet(self, name):
        self.document.Sheets.insertNewByName(name, len(self.document.Sheets))
        return self.document.Sheets.getByName(name)

    def add_samples(self):
        """The catalog's sample tables, each on the sheet of its name."""
        for name, rows in catalog()["samples"].items():
            sheet = self.add_sheet(name)
            if len(rows) < 100:
                self.fill("A1", rows, sheet)
            else:  # cell by cell it would take a second
                cells = sheet.getCellRangeByPosition(0, 0, len(rows[0]) - 1, len(rows) - 1)
                cells.setFormulaArray(tuple(map(tuple, rows)))

    def assert_shows(self, cell, expected, message=""):
        """`expected` is a number, a text or what an error shows."""
        label = f"{cell.AbsoluteName} {cell.FormulaLocal} {message}"
        if isinstance(expected, str) and (expected.startswith("#") or expected.startswith("Err:")):
            self.assertEqual((cell.String, cell.getError()), (expected, error_number(expected)), label)
        elif isinstance(expected, str):
            self.assertEqual((cell.getError(), cell.String), (0, expected), label)
        else:
            self.assertEqual(cell.getError(), 0, f"{label}: shows {cell.String}, expected {expected}")
            # A text is worth 0: a dash is none.
            number = cell.Type.value == "VALUE" or cell.FormulaResultType2 == FORMULA_RESULT_VALUE
            self.assertTrue(number, f"{label}: shows {cell.String}, expected {expected}")
            self.assertLessEqual(abs(cell.Value - expected), 1e-9 * abs(expected), f"{label}: got {cell.Value!r}, expected {expected!r}")


def main():
    unittest.main(verbosity=2)
