#!/usr/bin/env python3
"""Exports as Calc opens them: which cells a click means, and texts that turn into numbers and dates, with one Undo."""
import csv
import os
import pathlib

import bed
from com.sun.star.beans import NamedValue
from com.sun.star.table.CellContentType import FORMULA, TEXT, VALUE

EXPORTS = pathlib.Path(os.environ["CALCKPI_SOURCE"]) / "tests" / "data" / "exports"
COMMA, SEMICOLON = 44, 59


class Exports(bed.CalcTest):
    extensions = (bed.OXT, bed.PROBE_OXT)

    def setUp(self):
        self.document = self.office.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, bed.properties(Hidden=True))
        self.addCleanup(self.close)
        self.sheet = self.document.Sheets.getByIndex(0)

    def open(self, name, separator=COMMA):
        """Opens a file as Calc's import does without any choice of the user: UTF-8, numbers and dates as the language has them."""
        self.document.close(True)
        options = f"{separator},34,76,1"
        self.document = self.office.desktop.loadComponentFromURL(
            bed.office_url(EXPORTS / name), "_blank", 0,
            bed.properties(Hidden=True, FilterName="Text - txt - csv (StarCalc)", FilterOptions=options))
        self.sheet = self.document.Sheets.getByIndex(0)

    def do(self, what, **more):
        job = self.office.service("org.calckpi.test.Sheets")
        values = {"Document": self.document, "Do": what, **more}
        return job.execute(tuple(NamedValue(name, value) for name, value in values.items()))

    def around(self, address):
        return self.do("dataAround", Source=self.cell(address))

    def convert(self, address, **more):
        return self.do("convert", Source=self.sheet.getCellRangeByName(address), **more)

    def shown(self, *addresses):
        return [self.cell(address).String for address in addresses]

    def test_titles_empty_rows_total_and_footer_of_a_report(self):
        self.open("salesforce.csv")
        for address in ("A1", "A6", "D9"):
            self.assertEqual(self.around(address), "A6:N16 gap 16", address)
        self.assertEqual(self.around("D25"), "A6:N34")

    def test_plain_exports_are_their_region(self):
        self.open("hubspot.csv")
        self.assertEqual(self.around("C7"), "A1:K25")
        self.open("pipedrive.csv", SEMICOLON)
        self.assertEqual(self.around("C7"), "A1:L30")

    def test_two_header_rows_with_a_merged_cell(self):
        self.fill("C5", [["Deal", "Stage entry dates", "", "Amount"], ["", "Lead", "Won", ""], ["A", "2025-08-15", "2025-09-15", 5646],
                         ["B", "2025-05-23", "", 2372], ["C", "2025-09-09", "2025-09-16", 11691]])
        self.sheet.getCellRangeByName("D5:E5").merge(True)
        self.assertEqual(self.around("D7"), "C6:F9|Deal|Lead|Won|Amount")

    def test_money_turns_into_numbers_with_one_undo(self):
        # As an import that takes all columns for texts leaves them.
        with open(EXPORTS / "salesforce.csv", encoding="utf-8-sig", newline="") as file:
            for row, line in enumerate(csv.reader(file)):
                if len(line) > 5 and line[5] and line[0] != "Total":
                    self.sheet.getCellByPosition(5, row).String = line[5]
        before = self.sheet.getCellRangeByName("F6:F34").getDataArray()
        self.assertEqual(self.cell("F7").Type, TEXT)
        self.assertEqual(self.convert("F6:F34"), "26 of 26")
        self.assertEqual([self.cell(f"F{row}").Type for row in range(7, 17)], [VALUE] * 10)
        texts = [row[0] for row in before[1:] if row[0]]
        values = [row[0] for row in self.sheet.getCellRangeByName("F7:F34").getDataArray() if row[0] != ""]
        self.assertEqual(values, [float(text.replace("$", "").replace(",", "")) for text in texts])
        self.assertTrue(self.cell("F7").String.startswith("$"), self.cell("F7").String)
        undo = self.document.UndoManager
        self.assertEqual(undo.getAllUndoActionTitles()[0], "Convert")
        undo.undo()
        self.assertEqual(self.sheet.getCellRangeByName("F6:F34").getDataArray(), before)
        self.assertEqual(self.cell("F7").Type, TEXT)
        undo.redo()
        self.assertEqual(self.cell("F7").Type, VALUE)

    def test_dates_commas_and_what_cannot_be_read(self):
        self.fill("A1", [["Value", "Created", "Share"]])
        rows = [("17.506,74", "15.10.2025 08:56", "45 %"), ("5.735,75", "18.02.2025 19:08", "5%"), ("about 7", "soon", "100%"),
                ("n/a", "01.03.2025 00:00", "7 %")]
        for row, values in enumerate(rows):
            for column, text in enumerate(values):
                self.sheet.getCellByPosition(column, row + 1).String = text
        self.cell("A6").Formula = '="1.234,5"&"0"'
        self.assertEqual(self.convert("A1:A6"), "2 of 4")
        self.assertEqual([self.cell(f"A{row}").Value for row in (2, 3)], [17506.74, 5735.75])
        self.assertEqual(self.shown("A4", "A5"), ["about 7", ""])
        self.assertEqual(self.cell("A6").Type, FORMULA)
        self.assertEqual(self.convert("B1:B5"), "3 of 4")
        self.assertEqual(self.shown("B2", "B4", "B5"), ["2025-10-15 08:56:00", "soon", "2025-03-01 00:00:00"])
        self.assertEqual(self.convert("C1:C5"), "4 of 4")
        self.assertEqual(self.shown("C2", "C3", "C4"), ["45%", "5%", "100%"])
        for _ in range(3):
            self.document.UndoManager.undo()
        self.assertEqual(self.shown("A2", "A5", "B2", "C2"), ["17.506,74", "n/a", "15.10.2025 08:56", "45 %"])

    def test_two_readings_are_asked_for(self):
        for row, text in enumerate(["Value", "17.506", "3.250"]):
            self.cell(f"A{row + 1}").String = text
        self.assertEqual(self.convert("A1:A3"), "17.506?")
        self.assertEqual(self.convert("A1:A3", Settings="Comma"), "2 of 2")
        self.assertEqual([self.cell(f"A{row}").Value for row in (2, 3)], [17506, 3250])

    def test_a_protected_sheet_stays_as_it_is(self):
        for row, text in enumerate(["Value", "$5.00", "$7.50"]):
            self.cell(f"A{row + 1}").String = text
        self.sheet.protect("")
        self.assertEqual(self.convert("A1:A3"), "ProtectedSheet ")
        self.assertEqual(self.shown("A2", "A3"), ["$5.00", "$7.50"])
        self.sheet.unprotect("")
        self.assertEqual(self.convert("A1:A3"), "2 of 2")


if __name__ == "__main__":
    bed.main()
