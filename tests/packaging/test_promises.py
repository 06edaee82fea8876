"""Each promise of packaging/promises.md names a test, and the tests that it names are there.

    test_promises.py SOURCE
"""
import re
import sys
import unittest
from pathlib import Path

SOURCE = Path(sys.argv.pop(1))
KINDS = re.search(r'^kinds="(.*)"$', (SOURCE / "tests/run").read_text(encoding="utf-8"), re.MULTILINE)[1].split()


def promises():
    for line in (SOURCE / "packaging/promises.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if len(cells) == 2 and cells[0] != "Promise" and not set(cells[0]) <= set("-"):
            yield cells


class Promises(unittest.TestCase):
    def test_every_promise_names_tests_that_are_there(self):
        found = list(promises())
        self.assertGreater(len(found), 10)
        for promise, tested in found:
            with self.subTest(promise):
                named = re.findall(r"`([^`]+)`", tested)
                self.assertTrue(named, "a test stands beside it")
                for each in named:
                    file, *words = each.split()
                    self.assertTrue((SOURCE / file).exists(), f"{file} is there")
                    if file == "tests/run":
                        self.assertIn(words[0] if words else "", ("", *KINDS), f"'{each}' is a command")
                        self.assertIn(words[1:], ([], ["tidy"], ["all"]) if words[:1] == ["checks"] else ([],), each)

    def test_the_readme_leads_here(self):
        self.assertIn("(packaging/promises.md)", (SOURCE / "README.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
