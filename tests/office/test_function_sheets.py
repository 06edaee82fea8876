"""The sample documents inside the extension, opened in a real Calc: every row of every sheet shows what it should.

What a sheet says of itself is not trusted: each result is compared with the catalog too, and sheets with a wrong expectation
must turn.
"""
import zipfile

import bed

FUNCTION_SHEET, HEADERS = 0, ("Formula", "Expected", "Shown", "Correct", "Function", "Remark")
FORMULA, EXPECTED, SHOWN, CORRECT, FUNCTION, REMARK = range(6)
LANGUAGES = ("en", "fr", "ro")
KPI_SHEETS = "kpi-sheets.fods"  # of no function; see test_kpi_sample.py
VERDICT = "A3"


class FunctionSheets(bed.CalcTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with zipfile.ZipFile(bed.OXT) as archive:
            archive.extractall(cls.folder, [name for name in archive.namelist() if name.startswith("samples/")])
        cls.files = {language: sorted(path for path in (cls.folder / "samples" / language).glob("*.fods") if path.name != KPI_SHEETS)
                     for language in LANGUAGES}
        cls.catalog = bed.catalog()

    def open(self, path):
        self.document.close(True)
        self.document = self.office.open(path)
        self.sheet = self.document.Sheets[FUNCTION_SHEET]

    def rows_of_cells(self):
        used = self.sheet.createCursor()
        used.gotoEndOfUsedArea(False)
        return self.sheet.getCellRangeByPosition(0, 0, len(HEADERS) - 1, used.RangeAddress.EndRow).getDataArray()

    def find_rows(self):
        """The rows of examples: between the header and the first empty row, those that name a function."""
        texts = [[str(value) for value in line] for line in self.rows_of_cells()]
        start = next(row for row, line in enumerate(texts) if row > 2 and all(line))
        end = next(row for row in range(start, len(texts)) if not any(texts[row]))
        return start, [row for row in range(start + 1, end) if texts[row][FUNCTION]]

    def at(self, column, row):
        return self.sheet.getCellByPosition(column, row)

    def describe(self, path, row):
        """What a failure says: where, the formula, what was got and what was expected."""
        return (f"{path.parent.name}/{path.name}, row {row + 1}: {self.at(SHOWN, row).FormulaLocal}"
                f" shows {self.at(SHOWN, row).String}, expected {self.at(EXPECTED, row).String}")

    def assert_all_hold(self, path, rows):
        cells = self.rows_of_cells()
        for row in rows:
            if cells[row][CORRECT] != 1:
                with self.subTest(path.name, row=row + 1):
                    self.fail(self.describe(path, row))
        self.assertEqual({self.at(CORRECT, row).String for row in (rows[0], rows[-1])}, {"✓"}, path)
        verdict = self.cell(VERDICT).String
        self.assertTrue(verdict.startswith("✓") and f" {len(rows)}" in verdict, f"{path}: {verdict}")

    def test_every_family_has_a_sheet_in_every_language(self):
        families = {function["family"] for function in self.catalog["functions"]}
        names = {path.name for path in self.files["en"]}
        self.assertEqual(len(names), len(families))
        for language in LANGUAGES:
            self.assertEqual({path.name for path in self.files[language]}, names)

    def test_every_row_holds_as_the_document_opens_and_when_recalculated(self):
        for language in LANGUAGES:
            examples = sum(len(function["examples"]) for function in self.catalog["functions"])
            for path in self.files[language]:
                with self.subTest(language, file=path.name):
                    self.open(path)
                    _header, rows = self.find_rows()
                    self.assertGreater(len(rows), 0)
                    examples -= len(rows)
                    self.assert_all_hold(path, rows)
                    self.document.calculateAll()
                    self.assert_all_hold(path, rows)
            self.assertEqual(examples, 0, f"{language}: examples of the catalog that stand on no sheet")

    def test_the_live_formulas_are_the_examples_and_show_what_the_catalog_says(self):
        """In English, where formulas are spelled as in the catalog."""
        examples = {}
        for function in self.catalog["functions"]:
            for example in function["examples"]:
                examples[function["name"], example["formula"]] = example
        for path in self.files["en"]:
            self.open(path)
            header, rows = self.find_rows()
            self.assertEqual(tuple(self.at(column, header).String for column in range(len(HEADERS))), HEADERS)
            for row in rows:
                typed = self.at(FORMULA, row).String
                with self.subTest(path.name, row=row + 1, formula=typed):
                    example = examples.pop((self.at(FUNCTION, row).String, typed))
                    self.assertEqual(self.at(REMARK, row).String, example["remark"])
                    # The same formula, typed: Calc must have read the file's spelling as what the row says.
                    other = self.at(10, row)
                    other.FormulaLocal = typed
                    self.assertEqual(self.at(SHOWN, row).FormulaLocal, other.FormulaLocal)
                    other.String = ""
                    self.assert_shows(self.at(SHOWN, row), example.get("error", example.get("value")), self.describe(path, row))
        self.assertEqual(examples, {})

    def test_a_wrong_expectation_turns_its_row_and_the_verdict(self):
        path = next(path for path in self.files["en"] if path.name == "sales.fods")
        self.open(path)
        _header, rows = self.find_rows()
        number = next(row for row in rows if self.at(FORMULA, row).String == "=WINRATE(3;7)")
        error = next(row for row in rows if self.at(FORMULA, row).String == "=WINRATE(0;0)")
        far = next(row for row in rows if self.at(FORMULA, row).String == "=SALESVELOCITY(50;10000;0.2;30)")

        def assert_differ(wrong):
            verdict = f"✗ {len(wrong)} of {len(rows)} differ" if wrong else f"✓ all {len(rows)} hold"
            self.assertEqual(self.cell(VERDICT).String, verdict)
            for row in rows:
                expected = (0, "✗") if row in wrong else (1, "✓")
                self.assertEqual((self.at(CORRECT, row).Value, self.at(CORRECT, row).String), expected, self.describe(path, row))

        assert_differ(())
        # A number: another one, a text, an error; a difference that counts and one that does not.
        self.at(EXPECTED, number).Value = 0.31
        assert_differ({number})
        self.at(EXPECTED, number).String = "0.3"
        assert_differ({number})
        self.at(EXPECTED, number).String = "#DIV/0!"
        assert_differ({number})
        self.at(EXPECTED, number).Value = 0.3 * (1 + 2e-9)
        assert_differ({number})
        self.at(EXPECTED, number).Value = 0.3 * (1 + 5e-10)
        assert_differ(())
        # An error: another one, a number, an error that is none; and the errors' own cell.
        for wrong in ("Err:502", "#VALUE!", "#N/A", "#NUM!", "#NAME?", "Err:5", "#DIV"):
            self.at(EXPECTED, error).String = wrong
            assert_differ({error})
        self.at(EXPECTED, error).Value = 0
        assert_differ({error})
        # Two at once.
        self.at(EXPECTED, far).Value = 3333.3
        assert_differ({error, far})
        self.at(EXPECTED, far).Value = 10000 / 3
        # The other side: not the expectation is wrong but what is shown.
        self.at(EXPECTED, error).String = "#DIV/0!"
        assert_differ(())
        self.at(SHOWN, error).FormulaLocal = "=WINRATE(-1;1)"
        assert_differ({error})
        self.at(SHOWN, error).FormulaLocal = "=WINRATE(1;0)"
        assert_differ({error})

    def test_header_rows_stay_in_sight_and_pages_are_one_wide(self):
        self.open(next(path for path in self.files["en"] if path.name == "one-number-from-a-deal-table.fods"))
        header, _rows = self.find_rows()
        view = self.document.CurrentController
        self.assertEqual(view.ActiveSheet.Name, self.sheet.Name)
        pages = self.document.StyleFamilies.getByName("PageStyles")
        for sheet, frozen in ((self.sheet, header + 1), (self.document.Sheets.getByName("Deals"), 1)):
            view.setActiveSheet(sheet)
            self.assertEqual((view.hasFrozenPanes(), view.SplitColumn, view.SplitRow), (True, 0, frozen), sheet.Name)
            page = pages.getByName(sheet.PageStyle)
            self.assertEqual((page.ScaleToPagesX, page.ScaleToPagesY, page.IsLandscape), (1, 0, True), sheet.Name)

    def test_the_sample_table_has_real_dates_and_the_mess_of_an_export(self):
        self.open(next(path for path in self.files["en"] if path.name == "one-number-from-a-deal-table.fods"))
        deals = self.document.Sheets.getByName("Deals")
        for row, line in enumerate(self.catalog["samples"]["Deals"]):
            for column, typed in enumerate(line):
                cell = deals.getCellByPosition(column, row)
                # Typed into Calc, an ISO date is a date and 1200 a number.
                other = deals.getCellByPosition(column + 20, row)
                other.FormulaLocal = typed
                with self.subTest(cell.AbsoluteName):
                    self.assertEqual((cell.Type.value, cell.Value), (other.Type.value, other.Value))
                    if cell.Type.value != "VALUE" or column > 4:
                        self.assertEqual(cell.String, typed)

    def test_the_colours_of_the_conditions_are_styles_of_the_document(self):
        self.open(self.files["en"][0])
        styles = self.document.StyleFamilies.getByName("CellStyles")
        formats = self.sheet.ConditionalFormats.getConditionalFormats()
        named = [each.getByIndex(index).StyleName for each in formats for index in range(each.getCount())]
        self.assertEqual(len(named), 5)
        for name in named:
            self.assertTrue(styles.hasByName(name), name)

    def test_the_sheet_says_so_where_the_extension_is_missing(self):
        with bed.Office() as bare:
            document = bare.open(self.files["en"][0])
            verdict = document.Sheets[FUNCTION_SHEET].getCellRangeByName(VERDICT).String
            self.assertRegex(verdict, r"^✗ (\d+) of \1 differ$")
            document.close(True)


if __name__ == "__main__":
    bed.main()
