"""Runs the demo on exports and compares what its sheets show with a computation of its own, in plain Python from the same deals.

The figures are read from the saved document, not from what the program prints.
"""

import csv
import datetime
import math
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import unittest
import zipfile
from collections import namedtuple
from pathlib import Path
from xml.etree import ElementTree

PROJECT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("CALCKPI_BUILD", PROJECT / "build"))
OXT = Path(os.environ.get("CALCKPI_OXT", BUILD / "calckpi.oxt"))
CRM_EXPORT = Path(os.environ.get("CALCKPI_CRM_EXPORT", PROJECT.parent / "shared" / "data" / "crm" / "sales_pipeline.csv"))
PYTHON = "/usr/bin/python3"
sys.path.insert(0, str(PROJECT / "packaging" / "demo.d"))
LIMIT = 300

ODF = {"office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
       "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0", "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
       "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"}


def attribute(name):
    prefix, local = name.split(":")
    return f"{{{ODF[prefix]}}}{local}"


def number_of(element):
    """The number in a cell, as Calc counts dates and times of day, or None."""
    if (value := element.get(attribute("office:value"))) is not None:
        return float(value)
    if value := element.get(attribute("office:date-value")):
        return (datetime.datetime.fromisoformat(value) - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1)
    if value := element.get(attribute("office:time-value")):
        sign, *parts = re.fullmatch(r"(-?)PT(\d+)H(\d+)M([\d.]+)S", value).groups()
        hours, minutes, seconds = map(float, parts)
        return (hours + minutes / 60 + seconds / 3600) / (-24 if sign else 24)
    return None


class Cell:
    def __init__(self, element, style_of_column):
        self.text = "\n".join("".join(line.itertext()) for line in element.findall("text:p", ODF))
        self.value = number_of(element)
        self.formula = element.get(attribute("table:formula"), "")
        self.style = element.get(attribute("table:style-name"), style_of_column)
        # (columns, rows) of the block that an array formula fills; it stands in the first cell.
        self.block = tuple(int(element.get(attribute(f"table:number-matrix-{side}-spanned"), "0")) for side in ("columns", "rows"))


def read_sheet(path, name):
    """The rows of a sheet of an .ods file, repeated cells written out as far as the table goes."""
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    table = next(table for table in root.iter(attribute("table:table")) if table.get(attribute("table:name")) == name)
    styles = []
    for column in table.iter(attribute("table:table-column")):
        repeated = min(int(column.get(attribute("table:number-columns-repeated"), "1")), 20)
        styles += [column.get(attribute("table:default-cell-style-name"), "Default")] * repeated
    # What a named style becomes under a conditional format: a style of the file's own that adds nothing but the conditions.
    conditional = {style.get(attribute("style:name")): style.get(attribute("style:parent-style-name"))
                   for style in root.iter(attribute("style:style"))
                   if len(style) and all(part.tag == attribute("style:map") for part in style)}
    rows = []
    for row in table.iter(attribute("table:table-row")):
        cells = []
        for cell in row.findall("table:table-cell", ODF):
            repeated = min(int(cell.get(attribute("table:number-columns-repeated"), "1")), 20)
            read = Cell(cell, styles[min(len(cells), len(styles) - 1)])
            read.style = conditional.get(read.style, read.style)
            cells += [read] * repeated
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

    def sheets(self):
        """The names of the sheets of the saved document."""
        with zipfile.ZipFile(self.output / "kpi-sheet.ods") as archive:
            root = ElementTree.fromstring(archive.read("content.xml"))
        return [table.get(attribute("table:name")) for table in root.iter(attribute("table:table"))]

    def table(self, sheet):
        """{label: its cells} of the table that a sheet begins with, the headers as the row of the empty label."""
        rows = read_sheet(self.output / "kpi-sheet.ods", sheet)[3:]
        table = {"": rows[0]}
        for row in rows[1:]:
            if not row or not row[0].text or len(row) < 2 or not row[1].text:
                break
            table[row[0].text] = row
        return table

    def scorecard(self, sheet="KPIs"):
        """{KPI: its cells}."""
        rows = {}
        for row in read_sheet(self.output / "kpi-sheet.ods", sheet)[6:]:
            if not row or not row[0].text:
                break
            rows[row[0].text] = row
        return rows

    def assert_cells(self, cells, values, what):
        for place, (cell, value) in enumerate(zip(cells, values)):
            with self.subTest(row=what, column=place):
                if value is None:
                    self.assertIn(cell.text, ("", "\u2013"))
                else:
                    self.assertAlmostEqual(cell.value, value, delta=1e-9 * max(1, abs(value)))

    def assert_scorecard(self, deals, shown, sheet="KPIs"):
        """The month that is shown, and the year to its end."""
        rows = self.scorecard(sheet)
        for column, start in ((VALUE, shown), (YEAR_TO_DATE, shown.replace(month=1))):
            for label, value in expected_kpis(deals, start, next_month(shown)).items():
                self.assert_cells([rows[label][column]], [value], f"{label}, column {column}")

    def assert_tables(self, deals, stages, funnel, product, owner):
        cells = self.table(funnel)
        self.assertEqual([*cells][1:], stages)
        for stage, values in zip(stages, expected_funnel(deals, stages)):
            self.assert_cells(cells[stage][1:6], values, stage)
        for sheet, name_of in ((product, lambda deal: deal.product), (owner, lambda deal: deal.owner)):
            cells = self.table(sheet)
            for name, values in expected_segments(deals, name_of).items():
                self.assert_cells(cells[name][1:8], values, f"{sheet}: {name}")

    def assert_no_errors(self, *allowed):
        for sheet in self.sheets():
            for number, row in enumerate(read_sheet(self.output / "kpi-sheet.ods", sheet), start=1):
                for cell in row:
                    if cell.text not in allowed:
                        self.assertNotRegex(cell.text, r"^(#|Err:)", f"{sheet}, row {number}")

    def assert_files(self):
        for picture in ("kpi-sheet.png", "funnel-sheet.png"):
            png = (self.output / picture).read_bytes()
            self.assertEqual(png[:8], b"\x89PNG\r\n\x1a\n")
            self.assertGreater(int.from_bytes(png[16:20], "big"), 1600)
        pdf = subprocess.run(["pdfinfo", self.output / "kpi-sheet.pdf"], text=True, capture_output=True, check=True, timeout=60)
        pages = int(re.search(r"Pages:\s+(\d+)", pdf.stdout)[1])
        self.assertLess(pages, 16, "the deals and the data are not printed")
        self.assertRegex(pdf.stdout, r"Page size:\s+841.\d* x 595")


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


VALUE, TARGET, MARK, YEAR_TO_DATE = 2, 3, 5, 10

FunnelDeal = namedtuple("FunnelDeal", "stage state amount opened closed product owner")


def next_month(day):
    return (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)


def expected_kpis(deals, start, end):
    """KPIs of the deals that closed from one day to before another."""
    start, end = start.toordinal(), end.toordinal()
    closed = [deal for deal in deals if deal.state != "open" and deal.closed is not None and start <= deal.closed < end]
    won = [deal for deal in closed if deal.state == "won"]
    amounts = [deal.amount for deal in won if deal.amount is not None]
    cycles = [deal.closed - deal.opened for deal in won]
    return {"Deals won": len(won), "Deals lost": len(closed) - len(won), "Win rate": len(won) / len(closed), "Won value": sum(amounts),
            "Average sale": statistics.fmean(amounts), "Sales cycle, mean": statistics.fmean(cycles),
            "Sales cycle, median": statistics.median(cycles),
            "Deals created": sum(1 for deal in deals if deal.opened is not None and start <= deal.opened < end)}


def funnel_deals(path, headers, read_day, outcomes):
    """The deals of a file as the funnel sheet reads them; `headers` in the order of FunnelDeal without the state."""
    deals = []
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            stage, amount, opened, closed, product, owner = (row[header] for header in headers)
            stage = stage.strip().lower()
            deals.append(FunnelDeal(stage, outcomes.get(stage, "open"), float(amount) if amount else None,
                                    read_day(opened) if opened else None, read_day(closed) if closed else None, product, owner))
    return deals


def crm_deals():
    return funnel_deals(CRM_EXPORT, ("deal_stage", "close_value", "engage_date", "close_date", "product", "sales_agent"),
                        lambda text: datetime.datetime.strptime(text, "%m/%d/%Y").toordinal(), {"won": "won", "lost": "lost"})


def sample_deals_of(path):
    return funnel_deals(path, ("Deal Stage", "Amount", "Create Date", "Close Date", "Product", "Deal owner"),
                        lambda text: datetime.date.fromisoformat(text).toordinal(),
                        {"closed won": "won", "closed lost": "lost"})


def expected_funnel(deals, stages):
    """Rows of reached, of previous, of first, lost, still there. A lost deal is certain to have reached the first stage only."""
    at = {stage: sum(1 for deal in deals if deal.stage == stage.lower()) for stage in stages}
    lost = sum(1 for deal in deals if deal.state == "lost")
    reached = [sum(at[later] for later in stages[place:]) + (lost if place == 0 else 0) for place in range(len(stages))]
    rows = []
    for place, stage in enumerate(stages):
        is_last = place == len(stages) - 1
        there = 0 if is_last else at[stage]
        rows.append([reached[place], reached[place] / reached[place - 1] if place else None, reached[place] / reached[0],
                     0 if is_last else reached[place] - reached[place + 1] - there, there])
    return rows


def wilson(successes, trials):
    # Wilson 1927, with the quantile of Python's own normal distribution.
    z, rate = statistics.NormalDist().inv_cdf(0.975), successes / trials
    middle = (rate + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z / (1 + z * z / trials) * math.sqrt(rate * (1 - rate) / trials + z * z / (4 * trials * trials))
    return [middle - half, middle + half]


def expected_segments(deals, name_of):
    """{name: the figures of its row}, all deals first, then the name with most deals."""
    def figures(some):
        won, lost = (sum(1 for deal in some if deal.state == state) for state in ("won", "lost"))
        return {"deals": len(some), "won": won, "closed": won + lost}

    groups = {}
    for deal in deals:
        groups.setdefault(name_of(deal), []).append(deal)
    rows = {}
    for name, some in [("All", deals), *sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))]:
        its = figures(some)
        rows[name] = [its["deals"], its["won"], its["closed"] - its["won"], its["deals"] - its["closed"],
                      its["won"] / its["closed"], *wilson(its["won"], its["closed"])]
    return rows


class Sample(DemoTest):
    STAGES = ["Qualified", "Demo done", "Proposal sent", "Negotiation", "Closed Won"]

    def test_sheets_agree_with_plain_python_and_are_judged_by_the_typed_targets(self):
        shown = self.run_demo()
        self.assertEqual(self.sheets(), ["Deals", "Funnel", "Win rate \u2013 Product", "Win rate \u2013 Deal owner", "Win curve", "KPIs",
                                         "KPI data", "KPI inputs"])
        deals = sample_deals_of(self.output / "sample-deals.csv")
        self.assert_scorecard(deals, datetime.date(2026, 6, 1))
        self.assert_tables(deals, self.STAGES, "Funnel", "Win rate \u2013 Product", "Win rate \u2013 Deal owner")
        self.assert_files()
        self.assert_no_errors("#DIV/0!", "#N/A")
        rows = self.scorecard()
        marks = {row[MARK].text for row in rows.values()}
        self.assertEqual(marks, {"", "\u25b2", "\u25bc", "\u25cf"}, "of each kind one")
        self.assertEqual(rows["Win rate"][TARGET].value, 0.48)
        # The figures that are typed: costs of the month by its new customers.
        inputs = read_sheet(self.output / "kpi-sheet.ods", "KPI inputs")
        headers = [cell.text for cell in inputs[5]]
        june = next(row for row in inputs[6:] if row and row[0].text == "Jun 2026")
        typed = {header: cell.value for header, cell in zip(headers, june) if header}
        costs = sum(typed[name] for name in ("Marketing costs", "Sales costs", "Service costs"))
        self.assert_cells([rows["Customer acquisition cost"][VALUE], rows["Churn rate"][VALUE]],
                          [costs / typed["New customers"], typed["Customers lost"] / typed["Customers at the start"]], "typed")
        # The terminal shows the same, with more digits: whole amounts, of which the unit is no thousands.
        self.assertNotIn("thousand", shown)
        self.assertRegex(shown, r"Pipeline value +EUR +[0-9],[0-9]{3},[0-9]{3} ")
        self.assertRegex(shown, rf"\nWin rate +% +{100 * rows['Win rate'][VALUE].value:.2f} % +48.00 % +\u25bc")
        self.assertRegex(shown, r"\nStarter +497 +313 +170 +14 +64.80 %")

    def test_sheets_and_terminal_speak_the_language(self):
        for language, names, texts in (
                ("fr", ("Entonnoir de conversion", "KPI"), ("Affaires gagnées", "juin 2026", "Objectif")),
                ("ro", ("P\u00e2lnia v\u00e2nz\u0103rilor", "KPI-uri"), ("Tranzac\u021bii c\u00e2\u0219tigate", "Rata de c\u00e2\u0219tig"))):
            with self.subTest(language=language):
                shown = self.run_demo("--language", language, "--by", "owner")
                for text in texts:
                    self.assertIn(text, shown)
                self.assertLessEqual(set(names), set(self.sheets()))
                self.assertRegex(shown, r"\nIoana \u0218tef\u0103nescu +276 ")
                self.assertNotRegex(shown, r"\bWin rate\b|\bSeller\b")
                self.assert_no_errors("#DIV/0!", "#N/A")

    def test_styles_are_named(self):
        self.run_demo()
        with zipfile.ZipFile(self.output / "kpi-sheet.ods") as archive:
            styles = ElementTree.fromstring(archive.read("styles.xml"))
        names = {style.get(attribute("style:name")): style.get(attribute("style:display-name"), style.get(attribute("style:name")))
                 for style in styles.iter(attribute("style:style"))}
        for sheet in self.sheets()[1:]:
            used = {names.get(cell.style) for row in read_sheet(self.output / "kpi-sheet.ods", sheet) for cell in row if cell.text}
            self.assertNotIn(None, used, f"a cell of {sheet} with a style of its own")


class Small(DemoTest):
    """A French export with what goes wrong in exports: semicolons, cp1252, day first, decimal commas, currency signs, stages in
    mixed case with blanks, a won deal without amount, one whose date is a word."""

    HEADERS = ["Identifiant", "\u00c9tape", "Montant", "Date de cr\u00e9ation", "Date de cl\u00f4ture", "Commercial", "Produit"]
    # Of February and March 2025; won in March: 2400 + 0.25 + 10, and one without an amount. The word for a date is left out.
    ROWS = [("1", "Gagn\u00e9e", "1 200,50", "25/01/2025", "03/02/2025", "H\u00e9l\u00e8ne", "Offre; grande"),
            ("2", "GAGN\u00c9E ", "2.400,00 \u20ac", "01/02/2025", "13/03/2025", "Marc", "Offre; grande"),
            ("3", "perdue", "0", "02/02/2025", "28/02/2025", "Marc", "Petite"),
            ("4", " Perdue", "", "03/02/2025", "05/03/2025", "", "Petite"),
            ("5", "N\u00e9gociation", "800,25", "04/02/2025", "", "In\u00e8s", "Petite"),
            ("6", "Gagn\u00e9e", "", "05/02/2025", "10/03/2025", "In\u00e8s", "Petite"),
            ("9", "Gagn\u00e9e", "10,00", "28/02/2025 09:00", "01/03/2025 21:00", "Marc", "<20 % ~ *"),
            ("10", "Perdue", "", "28/02/2025", "31/03/2025", "Marc", "<20 % ~ *")]

    def export(self, rows, name="affaires d'\u00e9t\u00e9.csv"):
        path = self.folder / name
        with open(path, "w", encoding="cp1252", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(self.HEADERS)
            writer.writerows(rows)
        return path

    def test_figures_by_hand(self):
        path = self.export(self.ROWS)
        shown = self.run_demo(path.name)
        rows = self.scorecard()
        for label, (march, year) in {"Deals won": (3, 4), "Deals lost": (2, 3), "Win rate": (3 / 5, 4 / 7),
                                     "Won value": (2410, 3610.5), "Average sale": (2410 / 2, 3610.5 / 3),
                                     "Deals created": (0, 8)}.items():
            self.assert_cells([rows[label][VALUE], rows[label][YEAR_TO_DATE]], [march, year], label)
        # Names that hold a separator, and signs that mean something in a criterion.
        products = self.table("Win rate \u2013 Produit")
        for name, values in {"Offre; grande": [2, 2, 0, 0, 1], "Petite": [4, 1, 2, 1, 1 / 3], "<20 % ~ *": [2, 1, 1, 0, 1 / 2]}.items():
            self.assert_cells(products[name][1:6], values, name)
        self.assert_files()
        self.assertEqual({path.name, "out", "tmp"}, {entry.name for entry in self.folder.iterdir()}, "the office left a lock file")
        self.assertIn("semicolon between the fields, cp1252", shown)
        self.assertIn("Montant: 5 cells were converted", shown)

    def test_what_cannot_be_read_stays_and_is_told(self):
        rows = [*self.ROWS, ("8", "Gagn\u00e9e", "0,25", "06/02/2025", "bient\u00f4t", "Marc", "Petite")]
        shown = self.run_demo(self.export(rows).name)
        self.assertIn("Date de cl\u00f4ture: 7 cells were converted \u00b7 1 cell stays as it was", shown)
        self.assertIn("Left out: KPI sheet. ", shown)

    def test_user_says_what_won_and_lost_are(self):
        path = self.folder / "deals.csv"
        path.write_text("Name,Stage,Amount,Create Date,Close Date,Product\n" + "".join(
            f"D{number},{stage},{number},2025-03-14,{close},P{number % 2}\n"
            for number, (stage, close) in enumerate([("Signed", "2025-03-20"), ("Resigned", "2025-03-21"), ("Dead", "2025-03-22"),
                                                     ("Won", ""), ("signed ", "2025-03-31")])), encoding="utf-8")
        self.run_demo(path, "--won", "signed", "--won", "Resigned", "--lost", "Dead")
        rows = self.scorecard()
        self.assert_cells([rows[label][VALUE] for label in ("Deals won", "Deals lost", "Win rate")], [3, 1, 3 / 4], "said")
        self.assert_cells(self.table("Win rate \u2013 Product")["All"][1:6], [5, 3, 1, 1, 3 / 4], "said")
        shown = self.run_demo(path, "--won", "sold", code=2)
        self.assertIn("sold", shown)

    def test_without_dates_there_are_tables_and_a_reason(self):
        path = self.folder / "deals.csv"
        path.write_text("Name,Status,Product\nA,won,100\nB,lost,200\nC,Won,100\nD,demo,200\n", encoding="utf-8")
        shown = self.run_demo(path)
        self.assertIn("Left out: KPI sheet \u2013 needs columns of dates", shown)
        products = self.table("Win rate \u2013 Product")
        self.assert_cells(products["100"][1:6], [2, 2, 0, 0, 1], "100")
        self.assert_cells(products["200"][1:6], [2, 0, 1, 1, 0], "200")

    def test_nothing_to_make_ends_with_2_and_names_the_headers(self):
        path = self.folder / "deals.csv"
        path.write_text("Name,Note\nA,x\n", encoding="utf-8")
        shown = self.run_demo(path, code=2)
        self.assertIn("\u201cName\u201d, \u201cNote\u201d", shown)

    def test_file_without_rows_ends_with_2_and_starts_no_office(self):
        path = self.folder / "deals.csv"
        path.write_text("Name,Amount\n", encoding="utf-8")
        shown = self.run_demo(path, code=2)
        self.assertIn("\u201cName\u201d, \u201cAmount\u201d", shown)
        self.assertNotIn("LibreOffice", shown)
        self.assertFalse(self.output.exists())


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

    def test_result_that_is_open_in_an_office_is_reported(self):
        self.output.mkdir()
        (self.output / ".~lock.kpi-sheet.ods#").write_text(",somebody,another-machine,01.01.2026 10:00,file:///profile;")
        self.assertIn("kpi-sheet.ods cannot be written: is it open in an office?", self.run_demo(code=1))


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
        shown = self.run_demo(CRM_EXPORT)
        deals = crm_deals()
        self.assert_scorecard(deals, datetime.date(2017, 12, 1))
        self.assert_tables(deals, ["Prospecting", "Engaging", "Won"], "Funnel", "Win rate \u2013 product", "Win rate \u2013 sales_agent")
        # As the data set's own description counts them: 8,800 deals, 4,238 won, 2,473 lost, 500 prospecting, 1,589 engaging.
        funnel = self.table("Funnel")
        self.assertEqual([[funnel[stage][column].value for column in (1, 4, 5)] for stage in ("Prospecting", "Engaging", "Won")],
                         [[8800, 2473, 500], [5827, 0, 1589], [4238, 0, 0]])
        # The known figures, all of 2017: all of its deals closed in that year.
        rows = self.scorecard()
        self.assertEqual(round(100 * rows["Win rate"][YEAR_TO_DATE].value, 2), 63.15)
        self.assertEqual(rows["Won value"][YEAR_TO_DATE].value, 10_005_534)
        self.assertEqual(round(rows["Average sale"][YEAR_TO_DATE].value, 2), 2360.91)
        self.assertEqual(round(rows["Sales cycle, mean"][YEAR_TO_DATE].value, 2), 51.78)
        for label, figure in (("Win rate", "63.15 %"), ("Won value", "10,005,534"), ("Average sale", "2,360.91"),
                              ("Sales cycle, mean", "51.78")):
            self.assertRegex(shown, rf"\n{label} .* {figure}\n")
        self.assert_files()


if __name__ == "__main__":
    if not OXT.is_file():
        sys.exit(f"{OXT} is not there: build it first")
    unittest.main(verbosity=1)
