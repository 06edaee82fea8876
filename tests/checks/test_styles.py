"""A name of a cell style means one look: the samples name theirs otherwise than the extension, which uses those that a document
has already."""

import re
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
NAMES = re.compile(r'"(KPI [A-Z][^"]*)"')


def named_in(*paths):
    return {name for path in paths for name in NAMES.findall(path.read_text(encoding="utf-8"))}


class Styles(unittest.TestCase):
    def test_no_name_stands_for_two_looks(self):
        extension = named_in(PROJECT / "core/sheets/cell_looks.cpp", PROJECT / "addin/document/cell_styles.cpp")
        samples = named_in(PROJECT / "packaging/write_samples.py")
        self.assertGreater(min(len(extension), len(samples)), 15)
        self.assertEqual(extension & samples, set())


if __name__ == "__main__":
    unittest.main()
