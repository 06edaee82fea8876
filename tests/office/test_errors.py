"""Errors reach the cell exactly: from single results, from array results, and through other formulas."""
import bed

# The order of the probe's faults.
SHOWN = ["#DIV/0!", "#N/A", "Err:502", "#VALUE!", "#NUM!", "Err:523", "Err:538"]


class Errors(bed.CalcTest):
    extensions = (bed.OXT, bed.PROBE_OXT)

    def test_single_results_show_the_error_of_their_fault(self):
        for number, shown in enumerate(SHOWN):
            with self.subTest(shown):
                self.assert_shows(self.type(f"A{number + 1}", f"=PROBEFAULT({number})"), shown)

    def test_array_results_show_each_fault_in_its_cell(self):
        self.cell("A1:D8").setArrayFormula("=PROBEFAULTBLOCK(7)")
        for row, shown in enumerate(SHOWN):
            with self.subTest(shown):
                self.assert_shows(self.cell(f"A{row + 1}"), row)
                self.assert_shows(self.cell(f"B{row + 1}"), shown)
                self.assertEqual(self.cell(f"C{row + 1}").String, "")
                self.assert_shows(self.cell(f"D{row + 1}"), "text")
        for column in "ABCD":
            self.assert_shows(self.cell(f"{column}8"), "#N/A", "more cells than rows")

    def test_calc_s_own_functions_know_the_errors(self):
        self.cell("A1:D7").setArrayFormula("=PROBEFAULTBLOCK(7)")
        self.assert_shows(self.type("F1", "=ERROR.TYPE(B1)"), 2)
        self.assert_shows(self.type("F2", "=ISNA(B2)"), 1)
        self.assert_shows(self.type("F3", "=IFERROR(B3;42)"), 42)
        self.assert_shows(self.type("F4", "=SUM(B1:B3)"), "#DIV/0!")
        self.assert_shows(self.type("F5", "=IFNA(B2;7)"), 7)

    def test_errors_survive_recalculation_and_reload(self):
        self.cell("A1:D7").setArrayFormula("=PROBEFAULTBLOCK(7)")
        path = self.folder / "errors.ods"
        self.document.storeToURL(bed.office_url(path), ())
        self.document.close(True)
        self.document = self.office.open(path)
        self.sheet = self.document.Sheets[0]
        self.document.calculateAll()
        for row, shown in enumerate(SHOWN):
            self.assert_shows(self.cell(f"B{row + 1}"), shown)


if __name__ == "__main__":
    bed.main()
