"""Documents: saved, reloaded, recalculated; opened where the extension is missing, and healed when it is back."""
import zipfile

import bed

FORMULAS = {"A1": ("=WINRATE(3;7)", 0.3), "A2": ("=CAC({30000;50000;20000};400)", 250),
            "A3": ("=DWINRATE(Deals.A:G;\"stage\";\"Won\";\"Lost\";;\"channel\";\"Partner\")", 2 / 3),
            "A4": ("=WINRATE(0;0)", "#DIV/0!"), "A5": ("=SALESCYCLE({46000;46010};{46010;46030};\"median\")", 15)}
ODS, XLSX = "calc8", "Calc MS Excel 2007 XML"


class Documents(bed.CalcTest):
    def setUp(self):
        super().setUp()
        self.add_samples()
        for address, (formula, _) in FORMULAS.items():
            self.type(address, formula)

    def store(self, name, filter_name):
        path = self.folder / name
        self.document.storeToURL(bed.office_url(path), bed.properties(FilterName=filter_name))
        return path

    def reopen(self, path):
        self.document.close(True)
        self.document = self.office.open(path)
        self.sheet = self.document.Sheets[0]

    def assert_all_shown(self):
        for address, (formula, expected) in FORMULAS.items():
            self.assert_shows(self.cell(address), expected)

    def test_ods_and_xlsx_come_back_and_recalculate(self):
        for name, filter_name in (("kpi.ods", ODS), ("kpi.xlsx", XLSX)):
            with self.subTest(name):
                self.reopen(self.store(name, filter_name))
                self.assert_all_shown()
                self.document.calculateAll()
                self.assert_all_shown()
                # The formula lives: a changed deal changes the rate.
                self.document.Sheets.getByName("Deals").getCellRangeByName("D4").String = "Lost"
                self.assert_shows(self.cell("A3"), 1 / 3)
                self.document.Sheets.getByName("Deals").getCellRangeByName("D4").String = "Won"

    def test_the_stored_name_is_the_promised_one(self):
        with zipfile.ZipFile(self.store("names.ods", ODS)) as archive:
            self.assertIn("ORG.CALCKPI.KPI.WINRATE(3;7)", archive.read("content.xml").decode())

    def test_without_the_extension_formulas_stay_and_heal(self):
        ods = self.store("healing.ods", ODS)
        xlsx = self.store("healing.xlsx", XLSX)
        self.document.close(True)

        with bed.Office() as bare:
            # XLSX keeps the values it was saved with until it is recalculated.
            document = bare.open(xlsx)
            self.assertEqual(document.Sheets[0].getCellRangeByName("A1").Value, 0.3)
            self.assertEqual(document.Sheets[0].getCellRangeByName("A2").Value, 250)
            document.close(True)
            # Calc 7.4 computes add-in cells of an ODS as it loads them: without the extension it says so at once.
            document = bare.open(ods)
            cell = document.Sheets[0].getCellRangeByName("A1")
            self.assertEqual(cell.String, "#NAME?")
            self.assertEqual(cell.Formula.upper(), "=ORG.CALCKPI.KPI.WINRATE(3;7)")
            # Somebody without Calc KPI works on the document and saves it, in both formats.
            document.Sheets[0].getCellRangeByName("C1").String = "seen without the extension"
            document.calculateAll()
            passed_on = {"passed-on.ods": ODS, "passed-on.xlsx": XLSX}
            for name, filter_name in passed_on.items():
                document.storeToURL(bed.office_url(self.folder / name), bed.properties(FilterName=filter_name))
            document.close(True)

        for path in (ods, xlsx, *(self.folder / name for name in passed_on)):
            with self.subTest(path.name):
                self.document = self.office.open(path)
                self.sheet = self.document.Sheets[0]
                self.document.calculateAll()
                self.assert_all_shown()
                self.document.close(True)
        self.document = self.office.new_document()


if __name__ == "__main__":
    bed.main()
