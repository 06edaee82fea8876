"""Plain formulas, in Calc: each that the catalog has gives what the function gives, for the row's examples and for cells that dice fill
with numbers inside and outside the bounds, texts, truth values, nothing and errors.

Both stand side by side: the function on one sheet, and its plain formula on another that was left without the extension. Then the cells
that they refer to change, again and again.
"""
import random

import bed
from com.sun.star.beans import NamedValue

PREFIX = "ORG.CALCKPI.KPI."
ROUNDS = 40
NUMBERS = (0, 0, 1, 1, 0.5, 0.25, 0.1, 0.3, 0.7, 1.5, 2, 3, 7, 10, 12, 100, 400, 99.99, 1234.56, 1e6, -1, -0.5, -3, -200, 1e-6)
OTHERS = ("=NA()", "=1/0", "=SQRT(-1)", "'x", "' ", "'5", "'-5", "'0.5", '=""', "=TRUE()", None)


def plain_functions():
    return [function for function in bed.catalog()["functions"] if function["plain"]]


def arguments(function, cell):
    """The parameters' arguments where `cell` names those of numbers: a cell, where Calc hands it over as its operators take it, or an
    expression, which is a number or an error for sure."""
    alone, computed = [], []
    for place, parameter in enumerate(function["parameters"]):
        name = cell(place)
        number = parameter["kind"] == "number"
        alone.append(name if number else f"{name}*1")
        computed.append(f"{name}+0" if place % 2 else name if number else f"SUM({name})")
    return alone, computed


class PlainFormulas(bed.CalcTest):
    extensions = (bed.OXT, bed.PROBE_OXT)

    def leave(self, cells):
        values = {"Document": self.document, "Do": "leave", "Source": cells}
        return self.office.service("org.calckpi.test.Sheets").execute(tuple(NamedValue(name, value) for name, value in values.items()))

    def test_examples(self):
        """Where an example has a plain formula it shows the same; where it has none, all of its arguments would have to be of one of the
        kinds that Calc takes otherwise."""
        self.sheet.Name = "Examples"
        examples = [(function, example) for function in plain_functions() for example in function["examples"]]
        for row, (_, example) in enumerate(examples):
            self.sheet.getCellByPosition(0, row).FormulaLocal = example["formula"]
        before = self.shown(self.sheet, 1, len(examples))
        counts = self.leave(self.sheet.getCellRangeByPosition(0, 0, 0, len(examples) - 1)).split()
        self.assertEqual(self.shown(self.sheet, 1, len(examples)), before)
        left = self.sheet.getCellRangeByPosition(0, 0, 0, len(examples) - 1).getFormulaArray()
        plain = set()
        for (function, example), (formula,) in zip(examples, left, strict=True):
            self.assertNotIn(PREFIX, formula, example["formula"])
            if "value" in example and formula.startswith("="):
                plain.add(function["name"])
        self.assertEqual(plain, {function["name"] for function in plain_functions()})
        self.assertGreater(int(counts[1]), len(plain))

    def shown(self, sheet, columns, rows):
        cells = sheet.getCellRangeByPosition(0, 0, columns - 1, rows - 1)
        return [(cell.getError(), 0 if cell.getError() else cell.Value) for row in range(rows)
                for cell in (cells.getCellByPosition(column, row) for column in range(columns))]

    def build(self):
        """Formulas of each function over the cells of the sheet Cells, once as they are and once plain."""
        cells = self.sheet
        cells.Name = "Cells"
        ours, plain = self.add_sheet("Ours"), self.add_sheet("Plain")
        formulas = []
        for function in plain_functions():
            places = len(function["parameters"])
            required = sum(not parameter["optional"] for parameter in function["parameters"])
            for count in range(required, places + 1):
                for kind in range(2):
                    given = arguments(function, lambda place: f"Cells.{'ABCDEFGH'[place]}$1")[kind][:count]
                    formulas.append(f"={PREFIX}{function['name']}({';'.join(given)})")
        # Cells that are looked for by a key, which may be missing; the arguments of the calls are cells and expressions mixed.
        for name, first, second in (("ARPA", "A", "B"), ("CHURNRATE", "B", "C"), ("GROWTHRATE", "C", "A")):
            found = [f"INDEX(Cells.{column}$3:{column}$5;MATCH(Cells.H$2;Cells.I$3:I$5;0))" for column in (first, second)]
            formulas.append(f"={PREFIX}{name}({';'.join(found)})")
            formulas.append(f"={PREFIX}{name}({found[0]};Cells.{second}$1)")
            formulas.append(f"={PREFIX}{name}(Cells.{second}$1*1;{found[1]})")
        formulas.append(f"={PREFIX}CUSTOMERLIFESPAN({PREFIX}CHURNRATE(Cells.A$1;Cells.B$1))")
        formulas.append(f"={PREFIX}CLVTOCAC({PREFIX}CLV({PREFIX}ARPA(Cells.A$1;Cells.B$1);Cells.C$1;0.1);{PREFIX}CAC(Cells.D$1+1;Cells.E$1))")
        formulas.append(f"=IFERROR(ROUND(2*{PREFIX}WINRATE(Cells.A$1;SUM(Cells.B$1:C$1))^2;4);\"none\")")
        for sheet in (ours, plain):
            for row, formula in enumerate(formulas):
                sheet.getCellByPosition(0, row).Formula = formula
        said = self.leave(plain.getCellRangeByPosition(0, 0, 0, len(formulas) - 1))
        self.assertEqual(said, f"Plain {len(formulas)} 0 0\n")
        return ours, plain, formulas

    def roll(self, dice):
        rows = [[dice.choice(OTHERS) if dice.random() < share else dice.choice(NUMBERS) for _ in range(9)]
                for share in (dice.choice((0, 0.2, 0.5)),) for _ in range(5)]
        rows[1][7] = dice.choice((1, 2, 3, 4, "=NA()"))
        for row in (2, 3, 4):
            rows[row][8] = row - 1
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                cell = self.sheet.getCellByPosition(column, row)
                if value is None:
                    cell.String = ""
                elif isinstance(value, str) and value.startswith("'"):
                    cell.String = value[1:]
                elif isinstance(value, str):
                    cell.Formula = value
                else:
                    cell.Value = value
        return rows

    def test_cells_that_hold_anything(self):
        ours, plain, formulas = self.build()
        dice = random.Random(16)
        seen = set()
        for _ in range(ROUNDS):
            rows = self.roll(dice)
            largest = max([abs(value) for row in rows for value in row if isinstance(value, (int, float))], default=1)
            for row, formula in enumerate(formulas):
                one, other = ours.getCellByPosition(0, row), plain.getCellByPosition(0, row)
                label = f"{formula}\n{other.Formula}\n{rows}\n{one.String} {other.String}"
                self.assertEqual(one.getError(), other.getError(), label)
                seen.add(one.getError())
                if one.getError() == 0:
                    self.assertEqual(one.String == "none", other.String == "none", label)
                    # A difference of nearly equal numbers is 0 in Calc, and a last digit beside it in the core.
                    slack = 2 ** -46 * max(abs(one.Value), largest if "-" in other.Formula else 0)
                    self.assertLessEqual(abs(one.Value - other.Value), slack, label)
        self.assertEqual(seen, {0, 502, 519, 532, 32767})


if __name__ == "__main__":
    bed.main()
