"""Durations agree with Calc's own statistics, and business time with Calc's own working days, on random data in one document."""
import itertools
import random

import bed

FUNCTIONS = ["SALESCYCLE", "LEADRESPONSETIME", "RAMPTIME", "TIMETOVALUE", "RESOLUTIONTIME"]
# Each statistic and what Calc has for it, over the range of the days.
STATISTICS = {
    "mean": "AVERAGE({})", "median": "MEDIAN({})", "min": "MIN({})", "max": "MAX({})", "count": "COUNT({})",
    "p0": "PERCENTILE({};0)", "p1": "PERCENTILE({};0.01)", "p25": "QUARTILE({};1)", "p37.5": "PERCENTILE({};0.375)",
    "p50": "PERCENTILE({};0.5)", "p75": "PERCENTILE.INC({};0.75)", "p90": "PERCENTILE({};0.9)", "p99.9": "PERCENTILE({};0.999)",
    "p100": "PERCENTILE({};1)",
}
SIZES = [1, 2, 3, 4, 5, 8, 9, 20, 50, 101]
ROUNDS = 5

WEEKEND_NUMBERS = [*range(1, 8), *range(11, 18)]
WEEKEND_TEXTS = ["".join(days) for days in itertools.product("01", repeat=7)]


def column_name(index):
    return column_name(index // 26 - 1) + column_name(index % 26) if index >= 26 else chr(ord("A") + index)


def in_milliseconds(instant):
    """Days between times are whole milliseconds; where the times are, Calc's own difference is the same."""
    return round(instant * 86_400_000) / 86_400_000


def durations(random_numbers, size):
    """Pairs of instants. Of two kinds in turn: whole days with many ties, and times of day without."""
    ties = random_numbers.random() < 0.5
    pairs = []
    for _ in range(size):
        start = in_milliseconds(random_numbers.randint(40000, 50000) + (0 if ties else random_numbers.random()))
        pairs.append((start, in_milliseconds(start + (random_numbers.randint(0, 4) if ties else random_numbers.expovariate(0.05)))))
    return pairs


class Percentiles(bed.CalcTest):
    def compute(self, formulas):
        """Shown values of a block of formulas, row by row, on a sheet of its own. An error gives None."""
        sheet = self.add_sheet("Results")
        block = sheet.getCellRangeByPosition(0, 0, len(formulas[0]) - 1, len(formulas) - 1)
        block.setFormulaArray(formulas)
        self.document.calculateAll()
        return [[value if value != "" else None for value in row] for row in block.getDataArray()]

    def test_every_statistic_is_calc_s_own(self):
        random_numbers = random.Random(3001)
        formulas = []
        cases = []
        for index, (size, _) in enumerate(itertools.product(SIZES, range(ROUNDS))):
            pairs = durations(random_numbers, size)
            starts, ends, days = (column_name(3 * index + place) for place in range(3))
            rows = [(start, end, f"={ends}{row}-{starts}{row}") for row, (start, end) in enumerate(pairs, 1)]
            # Rows without an end, or without a start, are in neither.
            rows += [(40000, "", ""), ("", 50000, "")]
            block = self.sheet.getCellRangeByPosition(3 * index, 0, 3 * index + 2, len(rows) - 1)
            block.setFormulaArray([[str(cell) if isinstance(cell, str) else repr(cell) for cell in row] for row in rows])
            starts, ends, days = (f"$Sheet1.{name}1:{name}{len(rows)}" for name in (starts, ends, days))
            function = FUNCTIONS[index % len(FUNCTIONS)]
            for statistic, calc in STATISTICS.items():
                cases.append((function, size, statistic))
                formulas.append([f'={function}({starts};{ends};"{statistic}")', "=" + calc.format(days)])
        shown = self.compute(formulas)
        for case, (ours, calc) in zip(cases, shown):
            with self.subTest(case):
                self.assertIsInstance(ours, float)
                self.assertIsInstance(calc, float)
                self.assertLessEqual(abs(ours - calc), 1e-9 * max(1, calc))
        self.assertGreater(len(cases), 500)
        different = {calc for (_, _, statistic), (_, calc) in zip(cases, shown) if statistic == "p37.5"}
        self.assertGreater(len(different), 15, "the comparison tells nothing")

    def test_ages_of_content(self):
        random_numbers = random.Random(3002)
        published = [random_numbers.randint(40000, 46000) for _ in range(60)]
        self.sheet.getCellRangeByName("A1:A60").setDataArray(tuple((float(day),) for day in published))
        self.sheet.getCellRangeByName("B1:B60").setFormulaArray([[f"=46000-A{row}"] for row in range(1, 61)])
        formulas = [[f'=CONTENTAGE($Sheet1.A1:A60;46000;"{statistic}")', "=" + calc.format("$Sheet1.B1:B60")]
                    for statistic, calc in STATISTICS.items()]
        for statistic, (ours, calc) in zip(STATISTICS, self.compute(formulas)):
            with self.subTest(statistic):
                self.assertAlmostEqual(ours, calc, places=9)

    def test_business_time_of_whole_days_is_networkdays_intl(self):
        random_numbers = random.Random(3003)
        weekends = [str(number) for number in WEEKEND_NUMBERS] + [f'"{text}"' for text in WEEKEND_TEXTS] + [None]
        formulas, cases = [], []
        for index, weekend in enumerate(weekends):
            first = random_numbers.randint(30000, 60000)
            last = first + random_numbers.choice([0, 1, 6, 7, 13, 40, 366, 4000])
            # Unsorted, some of them twice, on weekends, outside, some cells empty, some with a time of day.
            holidays = [random_numbers.randint(first - 3, min(last, first + 60) + 3) for _ in range(9)]
            cells = holidays + holidays[:2] + [""] + [holidays[2] + 0.5]
            column = column_name(index)
            self.sheet.getCellRangeByName(f"{column}1:{column}{len(cells)}").setDataArray(
                tuple((float(cell) if cell != "" else "",) for cell in cells))
            # NETWORKDAYS.INTL knows dates alone, so it gets the list without the time of day.
            plain, all_cells = f"$Sheet1.{column}1:{column}{len(cells) - 1}", f"$Sheet1.{column}1:{column}{len(cells)}"
            given = weekend or ""
            cases.append((weekend, first, last, holidays))
            formulas.append([f"=BUSINESSTIME({first};{last}+1;0;1;{all_cells};{given})",
                             f"=NETWORKDAYS.INTL({first};{last};{given};{plain})",
                             f"=BUSINESSTIME({first};{last}+1;TIME(9;0;0);TIME(17;0;0);{all_cells};{given})",
                             f"=BUSINESSTIME({first};{last}+1;0;1;;{given})",
                             f"=NETWORKDAYS.INTL({first};{last};{given})"])
        shown = self.compute(formulas)
        for case, (ours, calc, hours, without, calc_without) in zip(cases, shown):
            with self.subTest(case):
                self.assertEqual(ours, calc)
                self.assertAlmostEqual(hours, calc / 3, places=9)  # eight hours a day
                self.assertEqual(without, calc_without)
        self.assertEqual(len(cases), 14 + 128 + 1)
        self.assertGreater(sum(calc != calc_without for _, calc, _, _, calc_without in shown), 100, "holidays tell nothing")

    def test_weekends_that_networkdays_intl_takes_and_refuses(self):
        refused = ["8", "10", "18", "-1", "1.5", "100", "1000000", '"0"', '"8"', '"18"', '"Sunday"', '"000001"', '"00000111"',
                   '"0000021"', '"SSSSSSS"']
        for row, weekend in enumerate(refused, 1):
            with self.subTest(weekend):
                self.assert_shows(self.type(f"A{row}", f"=BUSINESSTIME(46000;46030;0;1;;{weekend})"), "Err:502")
                self.assertNotEqual(self.type(f"B{row}", f"=NETWORKDAYS.INTL(46000;46029;{weekend})").getError(), 0)

    def test_weekends_that_business_time_takes_and_networkdays_intl_does_not(self):
        # A number as text is the number; 0 is what Calc passes for an empty cell, so it is the usual weekend.
        for row, (weekend, number) in enumerate([('"1"', 1), ('"7"', 7), ('"11"', 11), ('" 17 "', 17), ("0", 1), ("F1", 1)], 1):
            with self.subTest(weekend):
                self.assert_shows(self.type(f"A{row}", f"=BUSINESSTIME(46000;46030;0;1;;{weekend})"),
                                  self.type(f"B{row}", f"=NETWORKDAYS.INTL(46000;46029;{number})").Value)
                self.assertNotEqual(self.type(f"C{row}", f"=NETWORKDAYS.INTL(46000;46029;{weekend})").getError(), 0)


if __name__ == "__main__":
    bed.main()
