"""What users do wrong, and the error that a real cell shows for it. Never a plausible wrong number, never lost data."""
import bed

# Cells that the formulas below point at.
CELLS = {
    "A1": "won", "A2": "'3", "A3": "=1/0", "A4": "=NA()", "A5": "2026-01-05 is text'", "A6": "1E308", "A7": "'2026-01-05",
    # B1 is empty.
    "C1": 10, "C2": 20, "C3": "n/a", "C4": 5,
    "D1": 10, "D2": None, "D3": 30, "D4": 5,
    "E1": 46010, "E2": "'46020", "E3": 46030,
    "G1": 0.5,
    "F1": 46000, "F2": 46000, "F3": 46000,
}
CASES = [
    # text where a number belongs
    ("=WINRATE(A1;7)", "#VALUE!"),
    ("=WINRATE(\"three\";7)", "#VALUE!"),
    ("=WINRATE(3;7;A1)", "#VALUE!"),
    ("=CAC(C1:C4;2)", "#VALUE!"),
    ("=SALESCYCLE(F1:F3;E1:E3)", "#VALUE!"),  # a date as text must not count as 0
    ("=SALESCYCLE(46000;A7)", "#VALUE!"),
    # empty cells: 0 for a single number, skipped in a series
    ("=WINRATE(B1;7)", 0),
    ("=WINRATE(B1;B1)", "#DIV/0!"),
    ("=CAC(D1:D4;5)", 9),
    ("=CAC(B1:B9;5)", "#N/A"),
    ("=SALESCYCLE(B1:B9;B1:B9)", "#N/A"),
    ("=CAC(Z:Z;5)", "#N/A"),  # a whole empty column
    ("=WINRATE(3;7;)", 0.3),
    ("=SALESCYCLE(B1;46010)", "#N/A"),  # an empty date is no date, though Calc hands it over as 0
    ("=SALESCYCLE(46000;B1)", "#N/A"),
    ("=SALESCAPACITY(8;100;B1)", 0),  # for other single numbers an empty cell counts as 0, as in Calc's own functions
    ("=SALESCYCLE(F1;E1;B1)", 10),  # for an option it is the default
    ("=SALESCAPACITY(8;100;;2)", 900),
    # error cells
    ("=WINRATE(A3;7)", "#DIV/0!"),
    ("=WINRATE(A4;7)", "#N/A"),
    ("=CAC(A3;2)", "#DIV/0!"),
    ("=CAC(A3:A4;2)", "Err:504"),  # Calc refuses the range before we are asked
    # outside the domain
    ("=WINRATE(-1;7)", "Err:502"),
    ("=WINRATE(3;-7)", "Err:502"),
    ("=CLOSERATIO(61;60)", "Err:502"),
    ("=CHURNRATE(101;100)", "Err:502"),
    ("=CLV(100;0.8;3)", "Err:502"),
    ("=SALESCYCLE({46010};{46000})", "Err:502"),
    ("=SALESCYCLE(F1:F3;E1;\"middle\")", "Err:502"),
    ("=REQUIREDVOLUME(11;{0.1;33})", "Err:502"),
    # zero denominators
    ("=WINRATE(0;0)", "#DIV/0!"),
    ("=COSTPERLEAD(5000;0)", "#DIV/0!"),
    ("=PIPELINECOVERAGE(900;400;400)", "#DIV/0!"),
    ("=CLV(100;0.8;0)", "#DIV/0!"),
    # too many and too few arguments: Calc's own errors
    ("=WINRATE(3;7;0;1)", "Err:504"),
    ("=WINRATE(3)", "Err:504"),
    ("=WINRATE()", "Err:504"),
    # sizes
    ("=WINRATE(A6;A6)", "#NUM!"),
    ("=SALESCAPACITY(A6;A6)", "#NUM!"),
    ("=CAC({1E308;1E308};1)", "#NUM!"),
    ("=FORECASTACCURACY({1E308;1E308};{1;1})", "#NUM!"),
    ("=EXPECTEDVOLUME(A6;{1;1})", 1e308),
    # different lengths, ranges where one number belongs
    ("=WEIGHTEDPIPELINE({100;200;300};{0.5;0.5})", "Err:502"),
    ("=WINRATE(3;7;C1:C2)", "#VALUE!"),
    ("=SALESCAPACITY(8;100;G1:G1)", 400),  # a range of one cell is that cell
    ("=SALESCYCLE(F1:F1;E1:E1;{\"count\"})", 1),
    # what Calc calls equal is equal
    ("=QUOTASTREAK(0.7+0.1;0.8)", 1),
    ("=PIPELINECOVERAGE(900;0.8;0.7+0.1)", "#DIV/0!"),
    ("=CONVERSIONRATE(1.1+2.2;3.3)", 1),
    # a range of one row
    ("=CAC(C1:C1;2)", 5),
]
TABLE = [
    ["deal", "stage", "amount", "Stage 2", "amount", "when", "spoiled"],
    [1, "Won", 100, "Won", 100, "2026-01-05", 1],
    [2, "lost", 200, "Lost", 200, "'2026-01-06", "=1/0"],
    [3, " WON ", 300, None, 300, None, 3],
    [4, "Demo", 400, "Demo", 400, "2026-02-01", "=NA()"],
]
TABLE_CASES = [
    ("=DWINRATE(T.A1:G5;\"stage\";\"won\";\"lost\")", 2 / 3),
    ("=DWINRATE(T.A:G;\" STAGE \";\"won\";\"lost\")", 2 / 3),
    ("=DWINRATE(T.A:G;2;\"won\";\"lost\";\"CREATED\")", 0.5),
    # headers missing, there twice, positions outside
    ("=DWINRATE(T.A:G;\"state\";\"won\";\"lost\")", "Err:502"),
    ("=DWINRATE(T.A:G;\"stage\";\"won\";\"lost\";;\"amount\";\">1\")", "Err:502"),
    ("=DWINRATE(T.A:G;0;\"won\";\"lost\")", "Err:502"),
    ("=DWINRATE(T.A:G;8;\"won\";\"lost\")", "Err:502"),
    ("=DWINRATE(T.A:G;2.5;\"won\";\"lost\")", "Err:502"),
    ("=DWINRATE(T.A:G;\"\";\"won\";\"lost\")", "Err:502"),
    # a range of one row holds headers alone, an empty column not even those
    ("=DWINRATE(T.A1:G1;\"stage\";\"won\";\"lost\")", "#N/A"),
    ("=DWINRATE(T.J:J;\"stage\";\"won\";\"lost\")", "Err:502"),
    ("=DWINRATE(T.J:J;1;\"won\";\"lost\")", "Err:502"),
    ("=DWINRATE(T.A9:G20;\"stage\";\"won\";\"lost\")", "Err:502"),
    # error cells count in used columns only
    ("=DWINRATE(T.A:G;\"stage\";\"won\";\"lost\";;\"spoiled\";\">0\")", "#DIV/0!"),
    ("=DWINRATE(T.A4:G5;7;3;4)", "#N/A"),
    # filters
    ("=DWINRATE(T.A:G;\"stage\";\"won\";\"lost\";;\"deal\";\">=2\")", 0.5),
    ("=DWINRATE(T.A:G;\"stage\";\"won\";\"lost\";;\"deal\";\">=5\")", "#N/A"),
    ("=DWINRATE(T.A:G;\"stage\";\"won\";\"lost\";;\"deal\";4)", "#DIV/0!"),
    ("=DWINRATE(T.A:G;\"stage\";\"won\";\"lost\";;\"deal\")", "Err:502"),
    ("=DWINRATE(T.A:G;\"stage\";\"won\";\"lost\";;\"when\";\"<>\";\"deal\";\"<3\")", 0.5),
    ("=DWINRATE(T.A:G;\"stage\";\"won\";\"lost\";;\"when\";\">=2026-01-01\")", 1),
    ("=DWINRATE(T.A:G;\"stage\";\"won\";\"lost\";;\"when\";\">=\"&DATE(2026;1;1))", 1),
    # states
    ("=DWINRATE(T.A:G;\"stage\";\"won\";\"Won\")", "Err:502"),
    ("=DWINRATE(T.A:G;\"stage\";\"\";\"lost\")", "Err:502"),
    ("=DWINRATE(T.A:G;\"stage\";K99;\"lost\")", "Err:502"),  # an empty cell means nothing, not 0
    ("=DWINRATE(T.A:G;\"stage\";\"won\";K99)", "Err:502"),
    ("=DWINRATE(T.A:G;1;\"1\";\"2\")", 0.5),  # a number and the text of its digits are the same
    ("=DWINRATE(T.A:G;\"stage\";{\"won\";\"demo\"};\"lost\")", 0.75),
    ("=DWINRATE(T.A:G;\"stage\";\"won\";\"lost\";\"open\")", "Err:502"),
    ("=DWINRATE(T.A:G;\"stage\";\"signed\";\"rejected\")", "#DIV/0!"),
    # not a reference
    ("=DWINRATE({1;2};\"stage\";\"won\";\"lost\")", "Err:504"),
    ("=DWINRATE(T.A1:U.G5;\"stage\";\"won\";\"lost\")", "Err:502"),  # over two sheets
    ("=DWINRATE(\"T\";\"stage\";\"won\";\"lost\")", "Err:504"),
]


class BadInput(bed.CalcTest):
    def check(self, cases, column):
        for row, (formula, expected) in enumerate(cases, 1):
            with self.subTest(formula):
                self.assert_shows(self.type(f"{column}{row}", formula), expected)

    def test_calculators(self):
        for address, value in CELLS.items():
            self.fill(address, [[value]])
        self.check(CASES, "J")

    def test_tables(self):
        self.fill("A1", TABLE, self.add_sheet("T"))
        self.fill("A1", TABLE, self.add_sheet("U"))
        self.check(TABLE_CASES, "J")

    def test_names_database_ranges_and_computed_references(self):
        from com.sun.star.table import CellAddress
        sheet = self.add_sheet("T")
        self.fill("A1", TABLE, sheet)
        self.document.NamedRanges.addNewByName("Pipeline", "$T.$A$1:$G$5", CellAddress(0, 0, 0), 0)
        self.document.DatabaseRanges.addNewByName("Export", sheet.getCellRangeByName("A1:G5").RangeAddress)
        for row, table in enumerate(("Pipeline", "Export", "OFFSET(T.A1;0;0;5;7)", "INDIRECT(\"T.A1:G5\")"), 1):
            with self.subTest(table):
                self.assert_shows(self.type(f"A{row}", f"=DWINRATE({table};\"stage\";\"won\";\"lost\")"), 2 / 3)

    def test_a_changed_cell_is_counted_at_once(self):
        sheet = self.add_sheet("T")
        self.fill("A1", TABLE, sheet)
        cell = self.type("A1", "=DWINRATE(T.A:G;\"stage\";\"won\";\"lost\")")
        self.assert_shows(cell, 2 / 3)
        sheet.getCellRangeByName("B5").String = "Lost"
        self.assert_shows(cell, 0.5)
        sheet.getCellRangeByName("B6").String = "won"  # below the former end
        self.assert_shows(cell, 3 / 5)


if __name__ == "__main__":
    bed.main()
