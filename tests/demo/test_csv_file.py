"""What the demo tells Calc's CSV filter of a file: encoding, delimiter, line of the headers, where the day stands. No office."""

import hashlib
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging" / "demo.d"))

from csv_file import NotUsable, look_at
from sample_deals import HEADERS, sample_deals, write_sample_deals
from sample_inputs import sample_inputs


class FileTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "export.csv"

    def look_at(self, text, encoding="utf-8"):
        self.path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return look_at(self.path)

    def refusal(self, text):
        with self.assertRaises(NotUsable) as caught:
            self.look_at(text)
        return str(caught.exception)


class Writing(FileTest):
    ROWS = "Stage{0}Owner\nWon{0}Hélène\nLost{0}Ben\n"

    def test_delimiters(self):
        for delimiter in ",;\t|":
            with self.subTest(delimiter=delimiter):
                self.assertEqual(self.look_at(self.ROWS.format(delimiter)).delimiter, delimiter)

    def test_semicolon_wins_over_decimal_commas(self):
        self.assertEqual(self.look_at("Stage;Amount\nWon;1,5\nLost;2,5\n").delimiter, ";")

    def test_encodings(self):
        for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
            with self.subTest(encoding=encoding):
                file = self.look_at(self.ROWS.format(";"), encoding)
                self.assertEqual((file.encoding, file.headers, file.rows), (encoding, ["Stage", "Owner"], 2))

    def test_bytes_that_cp1252_lacks_are_latin_1(self):
        self.assertEqual(self.look_at(b"Stage;Owner\nWon;H\xe9l\x81ne\nLost;B\n").encoding, "iso-8859-1")

    def test_romanian_code_page(self):
        self.assertEqual(self.look_at("Etapă;Agent\nCâştigată;Ştefan Ţurcanu\nPierdută;Ana\n", "cp1250").encoding, "cp1250")

    def test_hint_and_blank_lines_above_the_headers(self):
        file = self.look_at("sep=|\n\nStage|Owner\nWon|Ana\nLost|Ben\n")
        self.assertEqual((file.delimiter, file.header_line), ("|", 3))

    def test_filter_takes_all_columns_as_texts(self):
        self.assertEqual(self.look_at("Stage;Owner\nWon;Ana\n").filter_options, "59,34,76,1,1/2/2/2,1033,false,false")


class DayFirst(FileTest):
    def test_is_told_by_dates_then_decimals_then_headers(self):
        for text, day_first in (("Stage;Close Date\nWon;3/4/2025\n", True), ("Stage,Close Date\nWon,3/4/2025\n", False),
                                ("Stage,Close Date\nWon,31/4/2025\n", True), ("Étape,Close Date\nWon,3/31/2025\n", False),
                                ('Stage,Amount\nWon,"1,50"\nLost,"2,50"\n', True), ("Stage,Amount\nWon,1.50\n", False),
                                ("Étape,Date de clôture\nGagnée,3/4/2025\n", True)):
            with self.subTest(text=text):
                self.assertEqual(self.look_at(text).day_first, day_first)


class Refusals(FileTest):
    def test_empty_file(self):
        for text in ("", " \r\n", b"\xef\xbb\xbf\r\n", "sep=;\n"):
            self.assertIn("empty", self.refusal(text))

    def test_no_such_file(self):
        with self.assertRaisesRegex(NotUsable, "cannot be read"):
            look_at(self.path)

    def test_headers_alone(self):
        message = self.refusal("Stage,Amount\n\n")
        self.assertIn("no deals", message)
        self.assertIn("“Stage”, “Amount”", message)

    def test_values_in_place_of_headers(self):
        self.assertIn("no headers but values", self.refusal("D1,Won,1200,2025-01-03\nD2,Lost,0,2025-01-04\n"))

    def test_spreadsheet_file(self):
        self.assertIn("Export the deals as CSV", self.refusal(b"PK\x03\x04\x14\0\0\0"))


class Sample(FileTest):
    def test_is_the_same_everywhere(self):
        write_sample_deals(self.path)
        # Of the file as CPython 3.11 on x86-64 writes it.
        self.assertEqual(hashlib.sha256(self.path.read_bytes()).hexdigest(),
                         "8151db584daaf43431640a95e50b333c766a8b574a3f61286fc7b01cdea5e7ab")

    def test_inputs_are_the_same_everywhere(self):
        # Of their repr() as CPython 3.11 on x86-64 writes it.
        self.assertEqual(hashlib.sha256(repr(sample_inputs()).encode()).hexdigest(),
                         "03d3305eda65b8b41968a75b9f8a56e6deff891aafd21e79955b3f5be52d4943")

    def test_has_the_mess_of_real_exports(self):
        rows = [dict(zip(HEADERS, row)) for row in sample_deals()]
        self.assertEqual(len(rows), 2000)
        stages = {row["Deal Stage"] for row in rows}
        self.assertTrue(any(stage != stage.strip() for stage in stages))
        self.assertGreater(len(stages), len({stage.strip().lower() for stage in stages}))
        self.assertGreater(sum(row["Associated Company"] == "" for row in rows), 100)
        self.assertTrue(any("," in row["Associated Company"] for row in rows))
        self.assertTrue(any("ș" in row["Deal owner"].lower() for row in rows))
        lost = {row["Amount"] for row in rows if row["Deal Stage"].strip().lower() == "closed lost"}
        self.assertEqual(lost, {"", "0"})


if __name__ == "__main__":
    unittest.main(verbosity=1)
