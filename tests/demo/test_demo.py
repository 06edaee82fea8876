"""Runs the demo on exports and compares what Calc computed with a computation of its own, in plain Python from the same deals.

The figures are read from the saved document, not from what the program prints.
"""

import csv
import datetime
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from xml.etree import ElementTree

PROJECT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("CALCKPI_BUILD", PROJECT / "build"))
OXT = Path(os.environ.get("CALCKPI_OXT", BUILD / "calckpi.oxt"))
CRM_EXPORT = Path(os.environ.get("CALCKPI_CRM_EXPORT", PROJECT.parent / "shared" / "data" / "crm" / "sales_pipeline.csv"))
PYTHON = "/usr/bin/python3"
LIMIT = 300

ODF = {"office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
       "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0", "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
       "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"}


def attribute(name):
    prefix, local = name.split(":")
    return f"{{{ODF[prefix]}}}{local}"


class Cell:
    def __init__(self, element, style_of_column):
        self.text = "\n".join("".join(line.itertext()) for line in element.findall("text:p", ODF))
        value = element.get(attribute("office:value"))
        self.value = None if value is None else float(value)
        self.formula = element.get(attribute("table:formula"), "")
        self.style = element.get(attribute("table:style-name"), style_of_column)


def read_sheet(path, name):
    """The rows of a sheet of an .ods file, repeated cells written out as far as the table goes."""
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    table = next(table for table in root.iter(attribute("table:table")) if table.get(attribute("table:name")) == name)
    styles = []
    for column in table.iter(attribute("table:table-column")):
        repeated = min(int(column.get(attribute("table:number-columns-repeated"), "1")), 20)
        styles += [column.get(attribute("table:default-cell-style-name"), "Default")] * repeated
    rows = []
    for row in table.iter(attribute("table:table-row")):
        cells = []
        for cell in row.findall("table:table-cell", ODF):
            repeated = min(int(cell.get(attribute("table:number-columns-repeated"), "1")), 20)
            cells += [Cell(cell, styles[min(len(cells), len(styles) - 1)])] * repeated
        rows.append(cells)
    return rows


class DemoTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.output = self.folder / "out"
        # Profiles of the demo come to a folder of our own, where nothing may be left.
        self.temporary = self.folder / "tmp"
        self.temporary.mkdir()

    def command(self, *arguments):
        return [PYTHON, str(PROJECT / "packaging" / "demo.d" / "main.py"), "--extension", str(OXT), "--build-folder", str(BUILD),
                "--output", str(self.output), *map(str, arguments)]

    def environment(self):
        return {**os.environ, "TMPDIR": str(self.temporary), "PYTHONDONTWRITEBYTECODE": "1"}

    def run_demo(self, *arguments, code=0):
        done = subprocess.run(self.command(*arguments), env=self.environment(), text=True, capture_output=True, timeout=LIMIT,
                              cwd=self.folder)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        self.assert_nothing_left()
        return done.stdout + done.stderr

    def assert_nothing_left(self):
        self.assertEqual(list(self.temporary.iterdir()), [])
        self.assertEqual(processes_with(str(self.temporary)), [])

    def saved_kpis(self):
        """{label: cell with the value} of the KPI table and of the table by name, from the document."""
        rows = read_sheet(self.output / "kpi-sheet.ods", "KPIs")
        return {row[0].text: row[1] for row in rows if len(row) > 1 and row[1].formula}

    def assert_kpis(self, expected):
        found = {label: cell.value for label, cell in self.saved_kpis().items() if label in expected}
        self.assertEqual(set(found), set(expected))
        for label, value in expected.items():
            with self.subTest(kpi=label):
                self.assertAlmostEqual(found[label], value, delta=1e-9 * max(1, abs(value)))

    def assert_files(self):
        png = (self.output / "kpi-sheet.png").read_bytes()
        self.assertEqual(png[:8], b"\x89PNG\r\n\x1a\n")
        self.assertGreater(int.from_bytes(png[16:20], "big"), 1600)
        pdf = subprocess.run(["pdfinfo", self.output / "kpi-sheet.pdf"], text=True, capture_output=True, check=True, timeout=60)
        self.assertRegex(pdf.stdout, r"Pages:\s+1\n")
        with zipfile.ZipFile(self.output / "kpi-sheet.ods") as archive:
            self.assertIn("Win rates/content.xml", archive.namelist(), "no chart")


def processes_with(text):
    """Ids of the processes whose command line holds a text."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            try:
                if text.encode() in (folder / "cmdline").read_bytes():
                    found.append(int(folder.name))
            except OSError:
                pass
    return found


def expected_kpis(deals):
    """The KPIs of deals: (state, amount or None, opened or None, closed or None, owner)."""
    won = [deal for deal in deals if deal[0] == "won"]
    lost = [deal for deal in deals if deal[0] == "lost"]
    still_open = [deal for deal in deals if deal[0] == "open"]
    amounts = [amount for _, amount, *_ in won if amount is not None]
    cycles = [(closed - opened) / datetime.timedelta(days=1) for _, _, opened, closed, _ in won
              if opened and closed and closed >= opened]
    rate = len(won) / (len(won) + len(lost))
    average, cycle = sum(amounts) / len(amounts), statistics.fmean(cycles)
    sellers = len({owner for *_, owner in deals if owner})
    return {"Deals won": len(won), "Deals lost": len(lost), "Deals open": len(still_open), "Win rate, closed deals": rate,
            "Win rate, all deals": len(won) / len(deals), "Won value": sum(amounts), "Average sale": average,
            "Sales cycle, mean": cycle, "Sales cycle, median": statistics.median(cycles),
            "Sales velocity": len(still_open) * average * rate / cycle, "Sellers": sellers,
            "Sales productivity": sum(amounts) / sellers}


class Small(DemoTest):
    """A French export with what goes wrong in exports: semicolons, cp1252, day first, decimal commas, currency signs, stages in
    mixed case with blanks, a won deal without amount, one that closes before it opens, one whose date is a word."""

    D = datetime.datetime
    # The cells as exported, and what they mean.
    DEALS = [
        (("1", "Gagnée", "1 200,50", "25/01/2025", "03/02/2025", "Hélène", "Offre; grande"),
         ("won", 1200.5, D(2025, 1, 25), D(2025, 2, 3), "Hélène")),
        (("2", "GAGNÉE ", "2.400,00 €", "01/02/2025", "13/03/2025", "Marc", "Offre; grande"),
         ("won", 2400, D(2025, 2, 1), D(2025, 3, 13), "Marc")),
        (("3", "perdue", "0", "02/02/2025", "28/02/2025", "Marc", "Petite"), ("lost", 0, D(2025, 2, 2), D(2025, 2, 28), "Marc")),
        (("4", " Perdue", "", "03/02/2025", "05/03/2025", "", "Petite"), ("lost", None, D(2025, 2, 3), D(2025, 3, 5), "")),
        (("5", "Négociation", "800,25", "04/02/2025", "", "Inès", "Petite"), ("open", 800.25, D(2025, 2, 4), None, "Inès")),
        (("6", "Gagnée", "", "05/02/2025", "10/03/2025", "Inès", "Petite"),
         ("won", None, D(2025, 2, 5), D(2025, 3, 10), "Inès")),
        (("7", "Gagnée", "300", "20/03/2025", "10/03/2025", "Inès", "Petite"),
         ("won", 300, D(2025, 3, 20), D(2025, 3, 10), "Inès")),
        (("8", "Gagnée", "0,25", "06/02/2025", "bientôt", "Marc", "Offre; grande"), ("won", 0.25, D(2025, 2, 6), None, "Marc")),
        (("9", "Gagnée", "10,00", "28/02/2025 09:00", "01/03/2025 21:00", "Marc", "<20 % ~ *"),
         ("won", 10, D(2025, 2, 28, 9), D(2025, 3, 1, 21), "Marc")),
        (("10", "Perdue", "", "28/02/2025", "01/03/2025", "Marc", "<20 % ~ *"),
         ("lost", None, D(2025, 2, 28), D(2025, 3, 1), "Marc")),
    ]
    HEADERS = ["Identifiant", "Étape", "Montant", "Date de création", "Date de clôture", "Commercial", "Produit"]

    def test_figures_agree_with_plain_python(self):
        path = self.folder / "affaires d'été.csv"
        with open(path, "w", encoding="cp1252", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(self.HEADERS)
            writer.writerows(cells for cells, _ in self.DEALS)
        shown = self.run_demo(path.name)
        deals = [meaning for _, meaning in self.DEALS]
        expected = expected_kpis(deals)
        expected["Open pipeline"] = 800.25
        expected["Weighted pipeline"] = 800.25 * expected["Win rate, closed deals"]
        # Names that hold a separator, and signs that mean something in a criterion: 3 won; 2 won and 2 lost; 1 and 1.
        expected.update({"Offre; grande": 3 / 3, "Petite": 2 / 4, "<20 % ~ *": 1 / 2})
        self.assert_kpis(expected)
        self.assert_files()
        self.assertEqual({path.name, "out", "tmp"}, {entry.name for entry in self.folder.iterdir()}, "the office left a lock file")

        formulas = {label: cell.formula for label, cell in self.saved_kpis().items()}
        self.assertEqual(formulas["Win rate, closed deals"],
                         'of:=ORG.CALCKPI.KPI.DWINRATE([$Deals.A:.G];"Étape";"Gagnée";"Perdue")')
        self.assertIn("ORG.CALCKPI.KPI.SALESVELOCITY", formulas["Sales velocity"])
        for said in ("1 won deals close before they open, the first is row 8", "“bientôt”", "1 won deals have no amount",
                     "day/month/year"):
            self.assertIn(said, shown)

    def test_only_stages_and_numbered_products(self):
        path = self.folder / "deals.csv"
        path.write_text("Name,Status,Product\nA,won,100\nB,lost,200\nC,Won,100\nD,demo,200\n", encoding="utf-8")
        shown = self.run_demo(path)
        self.assert_kpis({"Deals won": 2, "Deals lost": 1, "Deals open": 1, "Win rate, closed deals": 2 / 3,
                          "Win rate, all deals": 2 / 4, "100": 2 / 2, "200": 0 / 1})
        self.assertIn("Left out: Won value, because no column tells the amount.", shown)

    def test_missing_stage_ends_with_2_and_starts_no_office(self):
        path = self.folder / "deals.csv"
        path.write_text("Name,Amount\nA,1\n", encoding="utf-8")
        shown = self.run_demo(path, code=2)
        self.assertIn("“Name”, “Amount”", shown)
        self.assertNotIn("LibreOffice", shown)
        self.assertFalse(self.output.exists())


class Sample(DemoTest):
    def test_default_data_agrees_with_plain_python(self):
        self.run_demo()
        deals, pipeline, weighted = [], 0, 0
        with open(self.output / "sample-deals.csv", encoding="utf-8", newline="") as file:
            for deal in csv.DictReader(file):
                stage = deal["Deal Stage"].strip().lower()
                state = {"closed won": "won", "closed lost": "lost"}.get(stage, "open")
                amount = float(deal["Amount"]) if deal["Amount"] else None
                opened, closed = (datetime.datetime.fromisoformat(deal[name]) if deal[name] else None
                                  for name in ("Create Date", "Close Date"))
                deals.append((state, amount, opened, closed, deal["Deal owner"]))
                if state == "open" and amount is not None:
                    pipeline += amount
                    weighted += amount * float(deal["Deal probability"])
        self.assert_kpis({**expected_kpis(deals), "Open pipeline": pipeline, "Weighted pipeline": weighted})
        self.assert_files()

    def test_styles_are_named(self):
        self.run_demo()
        rows = read_sheet(self.output / "kpi-sheet.ods", "KPIs")
        with zipfile.ZipFile(self.output / "kpi-sheet.ods") as archive:
            styles = ElementTree.fromstring(archive.read("styles.xml"))
        names = {style.get(attribute("style:name")): style.get(attribute("style:display-name"))
                 for style in styles.iter(attribute("style:style"))}
        used = {names.get(cell.style) for row in rows for cell in row if cell.text}
        self.assertLessEqual({"KPI Title", "KPI Header", "KPI Number", "KPI Share", "KPI Money", "KPI Days", "KPI Note"}, used)
        self.assertNotIn(None, used, "a cell with a style of its own")


class Interrupted(DemoTest):
    def stop(self, number, code):
        demo = subprocess.Popen(self.command(), env=self.environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.addCleanup(demo.stdout.close)
        try:
            for line in demo.stdout:
                if line.startswith("Importing"):
                    demo.send_signal(number)
                    break
            demo.stdout.read()
            self.assertEqual(demo.wait(LIMIT), code)
        finally:
            demo.kill()
            demo.wait()
        self.assert_nothing_left()

    def test_interrupt_ends_the_office(self):
        self.stop(signal.SIGINT, 130)

    def test_termination_ends_the_office(self):
        self.stop(signal.SIGTERM, 1)

    def test_office_that_dies_is_reported(self):
        demo = subprocess.Popen(self.command(), env=self.environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.addCleanup(demo.stdout.close)
        said = []
        try:
            for line in demo.stdout:
                said.append(line)
                if line.startswith("Importing"):
                    for process in processes_with(str(self.temporary)):
                        os.kill(process, signal.SIGKILL)
            self.assertEqual(demo.wait(LIMIT), 1, "".join(said))
        finally:
            demo.kill()
            demo.wait()
        self.assertIn("LibreOffice ended by itself", said[-1])
        self.assert_nothing_left()


class Limits(DemoTest):
    def test_a_step_that_takes_too_long_ends_the_office(self):
        program = f"""
import sys, time
sys.path.insert(0, {str(PROJECT / "packaging" / "demo.d")!r})
from bounded_office import BoundedOffice, OfficeFailed
with BoundedOffice() as office:
    try:
        with office.limit(1, "nothing at all"):
            while True:
                office.service("com.sun.star.frame.Desktop")
    except OfficeFailed as error:
        print(error)
"""
        done = subprocess.run([PYTHON, "-c", program], env=self.environment(), text=True, capture_output=True, timeout=LIMIT)
        self.assertEqual(done.stdout, "LibreOffice took longer than 1 seconds for nothing at all.\n", done.stderr)
        self.assert_nothing_left()


@unittest.skipUnless(CRM_EXPORT.is_file(), f"the CRM practice data is not at {CRM_EXPORT}")
class CrmExport(DemoTest):
    def test_figures_agree_with_plain_python_and_with_the_known_ones(self):
        deals = []
        with open(CRM_EXPORT, encoding="utf-8", newline="") as file:
            for deal in csv.DictReader(file):
                opened, closed = (datetime.datetime.strptime(deal[name], "%m/%d/%Y") if deal[name] else None
                                  for name in ("engage_date", "close_date"))
                state = {"Won": "won", "Lost": "lost"}.get(deal["deal_stage"], "open")
                deals.append((state, float(deal["close_value"]) if deal["close_value"] else None, opened, closed,
                              deal["sales_agent"]))
        self.run_demo(CRM_EXPORT)
        expected = expected_kpis(deals)
        self.assert_kpis(expected)
        # The figures of issue 2, rounded as it gives them.
        found = {label: cell.value for label, cell in self.saved_kpis().items()}
        self.assertEqual(round(100 * found["Win rate, closed deals"], 2), 63.15)
        self.assertEqual(found["Won value"], 10_005_534)
        self.assertEqual(round(found["Average sale"], 2), 2360.91)
        self.assertEqual(round(found["Sales cycle, mean"], 2), 51.78)
        self.assert_files()


if __name__ == "__main__":
    if not OXT.is_file():
        sys.exit(f"{OXT} is not there: build it first")
    unittest.main(verbosity=1)
