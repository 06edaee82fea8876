"""“Why this value?” in a real Calc: for every example of the catalog and for formulas that users get wrong, in a document that
neither changes nor notices."""
import re

import bed
import uno
from com.sun.star.beans import NamedValue
from com.sun.star.table import CellAddress

EXPLAIN = bed.SOURCE / "tests" / "explain"


class Explanation:
    """What is said of one call: its function, and lists of texts by the kind of their lines."""

    def __init__(self, lines):
        self.function, general, self.used, self.left_out, *lines = lines
        self.general = general == "general"
        self.lines = [line.split("\t") for line in lines]

    def of(self, kind):
        return [text for each, text, _ in self.lines if each == kind]

    @property
    def reason(self):
        return ". ".join(text for kind, text, _ in self.lines if kind in ("Reason", "Remedy"))

    @property
    def cell(self):
        return next((cell for kind, _, cell in self.lines if kind == "Reason"), "")


def wrong_formulas():
    """(formula, reason, cell) of wrong_formulas.txt."""
    found = []
    for line in (EXPLAIN / "wrong_formulas.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            found.append([line, "", ""])
        elif line.startswith("@"):
            found[-1][2] = line[1:]
        elif line and not line.startswith("#"):
            found[-1][1] = line
    return found


def parts(arguments):
    """The arguments between the parentheses of a call."""
    found, depth, quoted = [""], 0, False
    for letter in arguments:
        quoted ^= letter == '"'
        depth += (letter in "({") - (letter in ")}") if not quoted else 0
        if letter == ";" and depth == 0 and not quoted:
            found.append("")
        else:
            found[-1] += letter
    return found


class Why(bed.CalcTest):
    extensions = (bed.OXT, bed.PROBE_OXT)

    def setUp(self):
        super().setUp()
        self.job = self.office.service("org.calckpi.test.Why")

    def why(self, address, sheet=None, language="en"):
        """The explanations of a cell. The document may not change: neither its modified flag nor its undo list."""
        cell = (sheet or self.sheet).getCellRangeByName(address).getCellByPosition(0, 0)
        self.document.setModified(False)
        before = self.document.UndoManager.getAllUndoActionTitles(), self.document.UndoManager.getAllRedoActionTitles()
        calls = self.job.execute((NamedValue("Document", self.document), NamedValue("Cell", cell), NamedValue("Language", language)))
        self.assertFalse(self.document.isModified())
        self.assertEqual((self.document.UndoManager.getAllUndoActionTitles(), self.document.UndoManager.getAllRedoActionTitles()), before)
        return [Explanation(call) for call in calls]

    def only(self, address, **more):
        calls = self.why(address, **more)
        self.assertEqual(len(calls), 1, [call.function for call in calls])
        return calls[0]

    def add_export(self):
        """The sheet Data of tests/explain/export.txt."""
        sheet = self.add_sheet("Data")
        for row, line in enumerate((EXPLAIN / "export.txt").read_text(encoding="utf-8").splitlines()):
            for column, text in enumerate(line.split("|")):
                cell = sheet.getCellByPosition(column, row)
                if text.startswith("#"):
                    cell.Formula = {"#DIV/0!": "=1/0", "#N/A": "=NA()"}[text]
                elif re.fullmatch(r"-?[0-9.]+", text) and text.count(".") < 2:
                    cell.Value = float(text)
                elif text:
                    cell.String = text
        return sheet

    def test_every_example_of_the_catalog(self):
        self.add_samples()
        for function in bed.catalog()["functions"]:
            for row, example in enumerate(function["examples"]):
                with self.subTest(formula=example["formula"]):
                    self.type(f"A{row + 1}", example["formula"])
                    call = self.only(f"A{row + 1}")
                    self.assertEqual(call.function, function["name"])
                    if "error" in example:
                        self.assertTrue(call.reason)
                        self.assertFalse(call.general, call.reason)
                    else:
                        self.assertEqual(call.reason, "")
                        self.assertTrue(call.of("Result"))

    def test_wrong_formulas(self):
        self.add_export()
        formulas = wrong_formulas()
        self.assertGreaterEqual(len(formulas), 80)
        for formula, reason, cell in formulas:
            with self.subTest(formula=formula):
                self.type("A20", formula)
                call = self.only("A20")
                self.assertEqual((call.reason, call.cell), (reason, cell))
                self.assertNotEqual(self.cell("A20").getError(), 0)

    def test_in_french_and_romanian(self):
        self.type("A1", "=CLVORDERS(50;4;3;40)")
        self.assertEqual(self.only("A1", language="fr").reason, "marge brute vaut 40\u00a0: indiquez 0,4 ou 40\u00a0%")
        self.assertEqual(self.only("A1", language="ro-RO").reason, "marjă brută este 40: introduceți 0,4 sau 40%")

    def test_references_are_read_where_they_are(self):
        self.fill("A1", [[3], [7], [None]])
        self.type("B1", "=WINRATE(A1;A2)")
        self.assertEqual(self.only("B1").of("Argument"), ["won: A1 = 3", "lost: A2 = 7", "open: left out, so 0"])
        self.type("B2", "=AVERAGESALE(100;$A$3)")
        call = self.only("B2")
        self.assertEqual((call.reason, call.cell), ("sales is 0, and nothing can be divided by 0. A3 (sales) is empty", "A3"))

    def test_expressions_are_computed(self):
        self.fill("A1", [[3], [7], ["=1/0"]])
        self.type("B1", "=WINRATE(A1*2+SUM(A1:A2);ROUND(A2/2;0))")
        self.assertEqual(self.only("B1").of("Argument")[:2], ["won: A1*2+SUM(A1:A2) = 16", "lost: ROUND(A2/2,0) = 4"])
        self.type("B2", "=WINRATE(A3*2;7)")
        self.assertEqual(self.only("B2").reason, "won shows the error #DIV/0!, which comes from A3. Correct that cell first")
        # Where a number is asked for, Calc reads a text as it does in any formula.
        self.type("B4", '=ROI("12";100)')
        self.assertEqual(self.only("B4").of("Argument")[0], 'gain: 12')
        self.assertEqual(self.only("B4").of("Result"), ["Result: 0.12 (12%)"])
        self.type("B3", "=CLV(100;80%;5%%)")
        call = self.only("B3")
        self.assertEqual(call.of("Argument")[2], "churnRate: 5%% = 0.0005 (0.05%)")
        self.assertEqual(call.of("Doubt"), ["churnRate is 0.0005 (0.05%): was the percentage taken twice, as in 5%/100?"])

    def test_nested_functions_fail_from_the_inside(self):
        self.type("A1", "=ROUND(CLVTOCAC(CLV(100;0.8;0);CAC(1000;10))*2;1)")
        calls = self.why("A1")
        self.assertEqual([call.function for call in calls], ["CLV", "CLVTOCAC", "CAC"])
        self.assertIn("nothing can be divided by 0", calls[0].reason)
        self.assertEqual(calls[1].reason, "clv shows the error #DIV/0!. Correct CLV(100,0.8,0) first")
        self.assertEqual(calls[2].of("Result"), ["Result: 100"])
        self.type("A2", "=CLVTOCAC(CLV(100;0.8;0.1)*2;CAC(1000;10))")
        calls = self.why("A2")
        self.assertEqual([call.function for call in calls], ["CLVTOCAC", "CAC", "CLV"])
        self.assertEqual(calls[0].of("Argument")[0], "clv: CLV(100,0.8,0.1)*2 = 1,600")
        self.type("A3", "=AVERAGESALE(100;IFERROR(CAC(1;0);5))")
        calls = self.why("A3")
        self.assertEqual([(call.function, call.of("Result")) for call in calls], [("CAC", []), ("AVERAGESALE", ["Result: 20"])])

    def test_names_database_ranges_and_other_sheets(self):
        self.add_samples()
        deals = self.document.Sheets.getByName("Deals")
        self.document.NamedRanges.addNewByName("deals", "$Deals.$A$1:$G$13", CellAddress(), 0)
        self.document.NamedRanges.addNewByName("half", "0.5*1", CellAddress(), 0)
        self.sheet.NamedRanges.addNewByName("target", "$Sheet1.$A$1", CellAddress(), 0)
        self.document.DatabaseRanges.addNewByName("export", deals.getCellRangeByName("A1:G13").RangeAddress)
        self.sheet.getCellRangeByName("A1").String = "phase"
        for row, table in enumerate(("deals", "export", "Deals.A1:G13", "$Deals.$A$1:$G$13"), start=2):
            self.type(f"A{row}", f'=DWINRATE({table};target;"Won";"Lost")')
            call = self.only(f"A{row}")
            self.assertEqual(call.reason, "No column “phase” in Deals.A1:G13. Its columns are: deal, owner, channel, stage, amount, opened, closed")
            self.assertEqual(call.cell, "A1")
        self.type("A9", "=REQUIREDVOLUME(10;half)")
        self.assertEqual(self.only("A9").of("Argument")[1], "rates: half = 0.5 (50%)")

    def test_relative_names_and_cells_that_are_gone(self):
        self.fill("A1", [[3, 7], [5, 5]])
        left = CellAddress()
        left.Column = 1
        self.document.NamedRanges.addNewByName("left", "Sheet1.A1", left, 0)
        self.type("C2", "=WINRATE(A2;B2)")
        self.type("B4", "=CAC(left*2;4)")
        self.fill("A4", [[6]])
        self.assertEqual(self.only("B4").of("Argument")[0], "costs: left*2 = 12")
        self.sheet.removeRange(self.cell("A2").RangeAddress, uno.Enum("com.sun.star.sheet.CellDeleteMode", "UP"))
        self.assertEqual(self.only("C2").reason, "won shows the error #REF!. The cells that it referred to are gone: enter the reference anew")

    def test_array_formulas(self):
        self.add_samples()
        self.cell("C3:H6").ArrayFormula = '=ORG.CALCKPI.KPI.SEGMENTS(Deals.A:G;"owner";"stage";"Won";"Lost")'
        call = self.only("H6")
        self.assertEqual(call.of("Reason"), [])
        self.assertEqual(call.of("Result"), ["Result: a table of 5 rows and 13 columns", "“win rate” of “Ben”: 0.5"])
        self.cell("C10:O16").ArrayFormula = '=ORG.CALCKPI.KPI.SEGMENTS(Deals.A:G;"owner";"stage";"Won";"Lost")'
        self.assertEqual(self.only("H14").reason,
                         "“win rate” of “Cleo” has nothing to divide by: the number it is a share or mean of is 0")
        self.assertEqual(self.only("D16").reason, "This cell lies beyond the table, and shows #N/A")
        self.fill("A1", [[1], [2], [3], [4]])
        self.cell("B1").ArrayFormula = "=ORG.CALCKPI.KPI.GROSSREVENUE(IF(A1:A4>2;A1:A4;0))"
        call = self.only("B1")
        self.assertEqual(call.of("Argument"), ["amounts: IF(A1:A4>2,A1:A4,0) = 0, 0, 3, 4"])
        self.assertEqual(call.of("Result"), ["Result: 7"])

    def test_inline_arrays(self):
        self.type("A1", '=CAC({-1;2;"x"};10)')
        self.assertTrue(self.only("A1").reason.startswith("Value 3 of costs is the text “x”"))
        self.type("A2", '=SALESCYCLE({46000;46010};{46010;""})')
        self.assertEqual(self.only("A2").of("Argument")[1], 'closed: {46010;""} = 2025-12-19, empty')

    def agrees(self, address, cell):
        """What is said of a cell with one call of ours is what the cell shows: an error where it shows one, or its number."""
        call = self.only(address)
        said = call.of("Result")
        self.assertEqual(cell.getError() != 0, bool(call.reason), (call.reason, said))
        self.assertFalse(call.general, call.reason)
        number = re.fullmatch(r"Result: (-?[0-9,.]+(?:e[+-]?[0-9]+)?)( \(.*%\))?", said[0]) if said else None
        if number and not cell.getError():
            self.assertAlmostEqual(float(number[1].replace(",", "")), cell.Value, delta=1e-5 * max(1, abs(cell.Value)))

    def test_what_calc_makes_of_each_argument(self):
        """Inline arrays, ranges, names, other sheets, nested functions: for every function and argument, in a cell and in an array formula."""
        self.add_samples()
        other = self.add_sheet("Other")
        self.document.NamedRanges.addNewByName("several", "$Other.$C$4:$C$6", CellAddress(), 0)
        for function in bed.catalog()["functions"]:
            example = next(each["formula"] for each in function["examples"] if "error" not in each)
            if not example.startswith("=" + function["name"] + "("):
                continue  # INDEX around it
            arguments = parts(example[len(function["name"]) + 2:-1])
            for place, (written, parameter) in enumerate(zip(arguments, function["parameters"])):
                if not written or parameter["kind"] in ("table", "filters", "series", "values"):
                    continue
                for row in (3, 4, 5):
                    formula = written if written.startswith('"') else "=" + written
                    self.cell(f"G{row + 1}").Formula = other.getCellByPosition(2, row).Formula = formula
                one = written.replace(";", "|") if written.startswith("{") else written
                for given in (f"{{{one};{one}}}", f"{{{one}|{one}}}", "G4:G6", "$G$7:$G$9", "several", "Other.C4:C6", "Other.A4:D6",
                              f"IF(1;{written})", "OFFSET(G4;0;0;3;1)", 'INDIRECT("Other.C4:C6")', "INDEX(G4:H6;0;1)", "TRANSPOSE(G4:G6)",
                              f"{{{one};\"x\"}}"):
                    if given.startswith("{{") or "{DATE" in given or "{TIME" in given:
                        continue
                    formula = f"={function['name']}({';'.join(arguments[:place] + [given] + arguments[place + 1:])})"
                    with self.subTest(formula=formula):
                        self.type("E5", formula)
                        self.agrees("E5", self.cell("E5"))
                    with self.subTest(formula="{" + formula + "}"):
                        block = self.cell("I4:J6")
                        block.ArrayFormula = formula.replace("=", "=ORG.CALCKPI.KPI.", 1)
                        self.agrees("I5", self.cell("I5"))
                        block.ArrayFormula = ""

    def test_expressions_that_refer(self):
        self.fill("A1", [[3, 7], [5, 8], [8, 9]])
        self.add_samples()
        self.type("D1", "=CAC(OFFSET(A1;1;0;2;1);1)")
        self.assertEqual(self.only("D1").of("Argument")[0], "costs: OFFSET(A1,1,0,2,1) = 5, 8")
        self.type("D2", "=CAC(SUM(OFFSET(A1;0;0;COUNT(A:A);1))*2;1)")
        self.assertEqual(self.only("D2").of("Result"), ["Result: 32"])
        self.type("D3", '=DWINRATE(OFFSET(Deals.A1;0;0;COUNTA(Deals.A:A);7);"phase";"Won";"Lost")')
        self.assertIn("No column “phase” in Deals.A1:G13", self.only("D3").reason)
        self.type("D4", '=AVERAGESALE(100;INDEX(SEGMENTS(Deals.A:G;"owner";"stage";"Won";"Lost");2;2))')
        calls = self.why("D4")
        self.assertEqual(calls[0].of("Result"), [f"Result: {self.cell('D4').Value:.6g}"])
        self.type("D5", "=CAC(A1:A3*2;1)")
        self.assertIn("takes one cell of each range", self.only("D5").reason)
        self.type("D6", "=SUM(WINRATE({3;0};{7;0}))")
        self.assertEqual(self.only("D6").reason, "won + lost + open is 0, and nothing can be divided by 0. won is 0, lost is 0")

    def test_where_an_error_comes_from(self):
        self.fill("A1", [["=B1*2", "=C1+1", "=1/0"], ["=WINRTE(3;7)", "=nosuch+1", None]])
        self.type("A4", "=WINRATE(A1;7)")
        call = self.only("A4")
        self.assertEqual((call.reason, call.cell), ("won shows the error #DIV/0!, which comes from C1. Correct that cell first", "C1"))
        self.type("A5", "=WINRATE(A2;7)")
        call = self.only("A5")
        self.assertEqual((call.reason, call.cell), ("won shows the error #NAME?: Calc does not know “WINRTE”. Did you mean “WINRATE”?", "A2"))
        self.type("A6", "=CAC(A1:B2;7)")
        self.assertEqual(self.only("A6").cell, "C1")
        self.type("A7", "=WINRATE(B2;7)")
        self.assertIn("Calc does not know “nosuch”. A text is written in quotes", self.only("A7").reason)
        call = self.only("A2")
        self.assertEqual((call.function, call.reason), ("WINRTE", "Calc does not know “WINRTE”. Did you mean “WINRATE”?"))
        self.type("A8", "=WINRTE(3;7)+CAC(1;2)")
        self.assertEqual([call.function for call in self.why("A8")], ["WINRTE", "CAC"])
        self.type("A9", "=CAC(D1~D3;7)")
        self.assertIn("Err:504", self.only("A9").reason)
        # Alone in its column: LibreOffice 7.4 crashes where a cell without a value is put there.
        self.type("A11", "=WINRATE(C1*2;7)")
        self.assertEqual(self.only("A11").cell, "C1")
        self.type("A10", "=SOMME(1;2)")
        self.assertEqual(self.why("A10"), [])

    def test_rows_used_and_left_out(self):
        self.add_samples()
        self.type("A1", '=DSALESCYCLE(Deals.A1:G10;"opened";"closed";;"owner";"Ana")')
        call = self.only("A1")
        self.assertEqual(call.used, "Deals.A2:G3 Deals.A7:G7 Deals.A10:G10")
        self.assertEqual(call.left_out, "Deals.A4:G6 Deals.A8:G9")
        self.assertIn("3 filled rows below Deals.A1:G10 are left out", call.of("Doubt"))

    def test_a_formula_filled_down(self):
        self.fill("A1", [[3, 7], [0, 0], [1, 1]])
        self.type("C1", "=WINRATE(A1;B1)")
        self.cell("C1:C3").fillAuto(0, 1)
        self.assertEqual(self.only("C2").reason, "won + lost + open is 0, and nothing can be divided by 0. won is 0, lost is 0")
        self.assertEqual(self.only("C3").of("Argument")[0], "won: A3 = 1")

    def test_what_is_not_ours(self):
        self.fill("A1", [["=SUM(B1:B9)", "ORG.CALCKPI.KPI.CAC(", 5]])
        for address in ("A1", "B1", "C1", "D1"):
            self.assertEqual(self.why(address), [])


if __name__ == "__main__":
    bed.main()
