"""Filters take what Calc's own COUNTIFS takes: every criterion on every cell, in one document with wildcards enabled."""
import itertools

import bed

# Typed as a user types them; None is an empty cell. Not among them, as core/tables/criterion.hpp says: an empty text and one of blanks
# alone, which COUNTIFS tells from an empty cell and no function of ours does, and dates, whose look wildcards see in COUNTIFS alone.
CELLS = [None, 5, 1000, -5, 0, 0.5, 46027, "Partner", "partner web", "'5", " Partner", "*", "'1000", "5.0x", "'=5", "Élan", "élan",
         "Enterprise", "a~b", "why?", "x" * 300, 46027.5, "'2026-01-05", "=0.1+0.2", "=1.1+2.2", "=TRUE()"]
OPERANDS = ["", "Partner", "partner web", "*", "*partner", "Part*", "*art*", "?artner", "??", "5", "5.0", "1e3", "1000", "-5", "0.5",
            "2026-01-05", "élan", "ÉLAN", "~*", "why~?", "a~~b", "*5*", "5*", "-*", "b", "enter*e", "x*x", "zzz", "0.3", "3.3", "TRUE", "FALSE"]
OPERATORS = ["", "=", "<>", "<", "<=", ">", ">="]
NUMBERS = [5, 0, -5, 1000, 0.5, 7, 0.3, 3.3]


class Criteria(bed.CalcTest):
    def test_filters_agree_with_countifs(self):
        # Each cell is a table of its own: a header and one row, so that a win rate of 1 says "taken" and #N/A "left out".
        tables = []
        for index, value in enumerate(CELLS):
            left, right = 2 * index, 2 * index + 1
            self.sheet.getCellByPosition(left, 0).String = "state"
            self.sheet.getCellByPosition(left, 1).String = "won"
            self.sheet.getCellByPosition(right, 0).String = "value"
            cell = self.sheet.getCellByPosition(right, 1)
            if isinstance(value, str):
                cell.FormulaLocal = value
            elif value is not None:
                cell.Value = value
            name = self.sheet.getCellRangeByPosition(left, 0, right, 1).AbsoluteName
            tables.append((name, cell.AbsoluteName))

        criteria = [f'"{operator}{operand}"' for operator, operand in itertools.product(OPERATORS, OPERANDS)] + NUMBERS
        results = self.add_sheet("Results")
        formulas = [[formula for table, cell in tables
                     for formula in (f"=COUNTIFS({cell};{criterion})", f'=DWINRATE({table};"state";"won";"lost";;"value";{criterion})')]
                    for criterion in criteria]
        block = results.getCellRangeByPosition(0, 0, 2 * len(CELLS) - 1, len(criteria) - 1)
        block.setFormulaArray(formulas)
        self.document.calculateAll()
        shown = block.getDataArray()
        taken = 0
        for row, criterion in enumerate(criteria):
            for index, value in enumerate(CELLS):
                calc, ours = shown[row][2 * index], shown[row][2 * index + 1]
                with self.subTest(criterion=criterion, cell=value):
                    # A cell that is left out shows #N/A, which a data array gives as nothing.
                    self.assertEqual(1 if ours == 1 else 0, calc)
                    if ours != 1:
                        self.assertEqual(results.getCellByPosition(2 * index + 1, row).String, "#N/A")
                    taken += calc
        self.assertGreater(len(criteria), 200)
        self.assertTrue(0.1 < taken / (len(criteria) * len(CELLS)) < 0.9, "the comparison tells nothing")

    def test_a_cell_of_blanks_is_empty(self):
        for blank in ("", " ", "\u00A0", '=""', '=" "', "=CHAR(10)"):
            self.fill("A1", [["state", "value"], ["won", None], ["lost", "x"], ["lost", 5]])
            if blank.startswith("="):
                self.cell("B2").FormulaLocal = blank
            else:
                self.cell("B2").String = blank
            for criterion, expected in (("<>", 0), ("", 1), ("=", 1), (" ", 1), ("<>x", 0.5), ("*", 0)):
                with self.subTest(cell=blank, criterion=criterion):
                    self.assert_shows(self.type("D1", f'=DWINRATE(A1:B4;"state";"won";"lost";;"value";"{criterion}")'), expected)


if __name__ == "__main__":
    bed.main()
