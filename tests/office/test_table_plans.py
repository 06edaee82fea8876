"""The tables of the catalog's table functions on sheets of their own: live and as values, undone, saved and loaded, in three languages.

A live table holds the same cells as one written as values, which the core computed: so the formula, its spare rows and the choice of
columns are right. With CALCKPI_PICTURES set to a folder, the sheets are printed into it to be looked at.
"""
import os
import random
import shutil
import unittest

import bed
from com.sun.star.beans import NamedValue

DAY = 45658  # 2025-01-01


def deals(count):
    dice = random.Random(1)
    rows = [("Deal", "Owner", "Stage", "Amount", "Opened", "Closed")]
    owners = ["Ana Ionescu", "Bruno", "Émile Lefèvre", "Flora", "Ștefan", "Gül", "Hans-Peter Müller", "Iris", ""]
    skill = {owner: 0.3 + 0.05 * index for index, owner in enumerate(owners)}
    for number in range(1, count + 1):
        opened = DAY + dice.randrange(420) + dice.choice([0, 0.625])
        owner = dice.choices(owners, [30, 30, 20, 15, 10, 8, 5, 2, 1])[0]
        age = dice.gammavariate(2, 20)
        closed = int(opened) + 1 + int(age)
        state = "Demo" if closed > DAY + 419 or dice.random() < 0.1 else "Won" if dice.random() < skill[owner] else "Lost"
        rows.append((f"Deal {number}", owner, state, round(dice.lognormvariate(9, 0.7), 2), opened, closed if state != "Demo" else ""))
    return rows


def invoices(customers):
    dice = random.Random(2)
    rows = [("Customer", "Date", "Amount", "", "", "")]
    for number in range(1, customers + 1):
        rate, mean, day = dice.gammavariate(0.8, 0.02), dice.uniform(20, 400), dice.randrange(250)
        leaves = dice.betavariate(0.8, 3)
        while day < 700:
            rows.append((f"Client {number:03}", 45292 + int(day), round(mean * dice.uniform(0.5, 1.5), 2), "", "", ""))
            day += 1 + dice.expovariate(rate)
            if dice.random() < leaves:
                break
    return rows


def plans(count):
    dice = random.Random(3)
    rows = [("Customer", "Start", "End", "Price", "Interval", "")]
    for _ in range(count):
        start = 45292 + dice.randrange(600)
        rows.append((f"Client {dice.randrange(count // 2)}", start, start + 40 + dice.randrange(400) if dice.random() < 0.4 else "",
                     dice.choice([49, 99, 199, 499]), dice.choice(["month", "month", "year"]), ""))
    return rows


STATES = {"status": "Stage", "won": ["Won"], "lost": ["Lost"]}
DATES = {"opened": "Opened", "closed": "Closed"}
BUYS = {"customer": "Customer", "when": "Date", "amount": "Amount"}
TABLES = {  # name: sheet, function, arguments
    "Win rate": ("Deals", "SEGMENTS", {"by": "Owner", **STATES, **DATES, "amount": "Amount"}),
    "KPIs": ("Deals", "KPIPERIODS", {**STATES, **DATES, "amount": "Amount"}),
    "Stuck": ("Deals", "STUCKDEALS", {**STATES, **DATES, "stage": "Stage", "amount": "Amount", "deal": "Deal"}),
    "Win curve": ("Deals", "WINCURVE", {**STATES, **DATES}),
    "Cohorts": ("Invoices", "COHORTS", {"customer": "Customer", "when": "Date"}),
    "Invoices": ("Invoices", "MRRMOVEMENTS", BUYS),
    "Plans": ("Plans", "MRRPLANS", {"customer": "Customer", "start": "Start", "end": "End", "amount": "Price", "interval": "Interval",
                                    "asOf": 45950.0}),
    "RFM": ("Invoices", "RFM", BUYS),
    "Forecast": ("Invoices", "CLVPREDICT", BUYS),
    "Values": ("Deals", "PERIODVALUES", {"when": "Opened", "by": "Stage"}),
}


# What a user changes of each table afterwards.
CHANGES = {
    "Win rate": {"by": "Stage"}, "KPIs": {"period": "quarter"}, "Stuck": {"limit": "p75"}, "Win curve": {"asOf": float(DAY + 300)},
    "Cohorts": {"measure": "customers"}, "Invoices": {"period": "quarter"}, "Plans": {"period": "quarter"},
    "RFM": {"unit": "week"}, "Forecast": {"horizon": 91.0, "model": "bgnbd"}, "Values": {"period": "quarter"}}


def settings(table, live=True, changes=None):
    sheet, function, arguments = TABLES[table]
    arguments = {**arguments, **(changes or {})}
    rows = {"Deals": 501, "Invoices": INVOICES, "Plans": 81}[sheet]
    lines = ["table 1", f"function {function}", f"source ${sheet}.$A$1:$F${rows}"]
    for name, value in arguments.items():
        lines.append(f"argument {name}")
        if isinstance(value, list):
            lines += [f"item {each}" for each in value]
        else:
            lines.append(f"number {value:g}" if isinstance(value, float) else f"text {value}")
    return "\n".join([*lines, f"live {'yes' if live else 'no'}", "picture yes", "end"])


INVOICE_ROWS = invoices(250)
INVOICES = len(INVOICE_ROWS)


class TablePlans(bed.CalcTest):
    extensions = (bed.OXT, bed.PROBE_OXT)

    def setUp(self):
        # Undoing the insertion of a sheet needs a view: without one Calc 7.4 breaks down.
        self.document = self.office.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
        self.addCleanup(self.close)
        self.undo = self.document.UndoManager
        sheets = self.document.Sheets
        for name, rows in (("Plans", plans(80)), ("Invoices", INVOICE_ROWS), ("Deals", deals(500))):
            sheets.insertNewByName(name, 0)
            cells = sheets.getByName(name).getCellRangeByPosition(0, 0, 5, len(rows) - 1)
            cells.setDataArray(tuple(rows))
        sheets.removeByName("Sheet1")

    def do(self, what, table, live=True, language="en", changes=None, **more):
        sheet = self.document.Sheets.getByName(TABLES[table][0])
        source = sheet.getCellRangeByName(settings(table).split("\n")[2].split(".")[1].replace("$", ""))
        values = {"Document": self.document, "Do": what, "Settings": settings(table, live, changes), "Source": source, "Language": language,
                  "Date": "2026-02-24", **more}
        job = self.office.service("org.calckpi.test.Sheets")
        answer = job.execute(tuple(NamedValue(name, value) for name, value in values.items()))
        self.assertRegex(answer, r"^CalcKpi_\w+ [A-Z]+\d+:[A-Z]+\d+$", table)
        return answer.split()[1]

    def insert(self, table, live=True, language="en"):
        """The cells of the table's new sheet: values, or what an error shows."""
        before = set(self.document.Sheets.ElementNames)
        area = self.do("insertTable", table, live, language)
        (name,) = set(self.document.Sheets.ElementNames) - before
        return self.document.Sheets.getByName(name), area

    @staticmethod
    def shown(sheet, area):
        """Numbers and texts; an error is None."""
        return sheet.getCellRangeByName(area).getDataArray()

    def test_live_is_what_the_core_computes(self):
        for table in TABLES:
            with self.subTest(table):
                live, area = self.insert(table)
                values, other = self.insert(table, live=False)
                array = next((cell for cell in self.formulas(live, area, 7) if cell.ArrayFormula), None)
                self.assertIsNotNone(array, "no array formula")
                got, expected = self.shown(live, area), self.shown(values, other)
                compared = 0
                for line, cells in enumerate(expected):
                    # Below the spare rows of the live table stand its rules.
                    if line < len(got) and sum(1 for each in cells if each not in ("", None)) > 2:
                        compared += self.same(got[line], cells, f"{table}, row {line + 1}")
                self.assertGreater(compared, 10)
                self.assertEqual(got[3][0], expected[3][0], "the header, or the verdict")

    def same(self, got, expected, where):
        """How many numbers of a row are the same in both."""
        count = 0
        for column, (left, right) in enumerate(zip(got, expected)):
            if isinstance(right, float):
                self.assertIsInstance(left, float, f"{where}, column {column + 1}")
                self.assertAlmostEqual(left, right, delta=1e-9 * abs(right) + 1e-12, msg=f"{where}, column {column + 1}")
                count += 1
        return count

    @staticmethod
    def formulas(sheet, area, results):
        """The formula cells whose results are values (1), texts (2) or errors (4)."""
        found = sheet.getCellRangeByName(area).queryFormulaCells(results)
        for cells in (found.getByIndex(index) for index in range(found.Count)):
            for row in range(cells.Rows.Count):
                for column in range(cells.Columns.Count):
                    yield cells.getCellByPosition(column, row)

    def test_no_formula_is_broken(self):
        for table in TABLES:
            with self.subTest(table):
                sheet, area = self.insert(table)
                # A rate of nothing is #DIV/0!, and what a picture leaves out #N/A.
                errors = {cell.String for cell in self.formulas(sheet, area, 4)}
                self.assertLessEqual(errors, {"#DIV/0!", "#N/A"}, table)

    def test_one_undo(self):
        for table in TABLES:
            with self.subTest(table):
                names = self.document.Sheets.ElementNames
                self.undo.clear()
                self.insert(table)
                self.assertEqual(self.undo.getAllUndoActionTitles(), ("Insert table",))
                self.undo.undo()
                self.assertEqual(self.document.Sheets.ElementNames, names)
                self.undo.redo()
                self.assertEqual(len(self.document.Sheets.ElementNames), len(names) + 1)

    def test_saved_and_loaded(self):
        areas = {}
        for table in TABLES:
            sheet, area = self.insert(table)
            areas[sheet.Name] = (area, self.shown(sheet, area), len(sheet.Charts))
        for end, kind in (("ods", "calc8"), ("xlsx", "Calc MS Excel 2007 XML")):
            path = self.folder / f"tables.{end}"
            self.document.storeToURL(bed.office_url(path), bed.properties(FilterName=kind))
            loaded = self.office.open(path)
            try:
                loaded.calculateAll()
                for name, (area, shown, charts) in areas.items():
                    with self.subTest(f"{end}: {name}"):
                        sheet = loaded.Sheets.getByName(name)
                        self.assertEqual(len(sheet.Charts), charts)
                        self.assertEqual(self.shown(sheet, area), shown)
            finally:
                loaded.close(True)

    def test_update(self):
        for table in TABLES:
            with self.subTest(table):
                sheet, area = self.insert(table)
                before, charts = self.shown(sheet, area), len(sheet.Charts)
                again = self.do("updateTable", table, Target=sheet.getCellRangeByName("A5"))
                self.assertEqual((again, self.shown(sheet, area), len(sheet.Charts)), (area, before, charts))

    def test_changed_updated_undone_redone_and_saved_in_three_languages(self):
        for language in ("en", "fr", "ro"):
            titles = {}
            for table in TABLES:
                with self.subTest(f"{language}: {table}"):
                    sheet, area = self.insert(table, language=language)
                    whole = sheet.getCellRangeByPosition(0, 0, 40, 900)
                    before = whole.getDataArray()
                    self.do("updateTable", table, language=language, changes=CHANGES[table], Target=sheet.getCellRangeByName("A5"))
                    after = whole.getDataArray()
                    self.assertNotEqual(after, before)
                    self.undo.undo()
                    self.assertEqual(whole.getDataArray(), before)
                    self.undo.redo()
                    self.assertEqual(whole.getDataArray(), after)
                    errors = {cell.String for cell in self.formulas(sheet, "A1:AO901", 4)}
                    self.assertLessEqual(errors, {"#DIV/0!", "#N/A"})
                    titles[table] = (sheet.Name, whole.Rows.Count, after, len(sheet.Charts))
            self.saved_and_read_back(language, titles)
            for name, _rows, _after, _charts in titles.values():
                self.document.Sheets.removeByName(name)

    def saved_and_read_back(self, language, titles):
        for end, kind in (("ods", "calc8"), ("xlsx", "Calc MS Excel 2007 XML")):
            path = self.folder / f"changed-{language}.{end}"
            self.document.storeToURL(bed.office_url(path), bed.properties(FilterName=kind))
            loaded = self.office.open(path)
            try:
                loaded.calculateAll()
                for table, (name, rows, after, charts) in titles.items():
                    with self.subTest(f"{language}, {end}: {table}"):
                        sheet = loaded.Sheets.getByName(name)
                        self.assertEqual(len(sheet.Charts), charts)
                        self.assertEqual(sheet.getCellRangeByPosition(0, 0, 40, rows - 1).getDataArray(), after)
                        if end == "ods":  # whose settings are kept: the panel goes on where it was
                            job = self.office.service("org.calckpi.test.Sheets")
                            found = job.execute(tuple(NamedValue(key, value) for key, value in (
                                ("Document", loaded), ("Do", "find"), ("Target", sheet.getCellRangeByName("A5")))))
                            self.assertIn(settings(table, changes=CHANGES[table]), found)
            finally:
                loaded.close(True)

    @unittest.skipUnless(os.environ.get("CALCKPI_PICTURES"), "nobody looks")
    def test_pictures(self):
        for language in os.environ.get("CALCKPI_LANGUAGES", "en fr").split():
            for table in TABLES:
                sheet, area = self.insert(table, language=language)
                sheet.Name = f"{language} {table}"
                sheet.setPrintAreas((sheet.getCellRangeByName(area).RangeAddress,))
        path = self.folder / "tables.pdf"
        self.document.storeToURL(bed.office_url(path), bed.properties(FilterName="calc_pdf_Export"))
        shutil.copy(path, os.environ["CALCKPI_PICTURES"])


if __name__ == "__main__":
    bed.main()
