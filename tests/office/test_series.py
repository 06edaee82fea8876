"""A series is given as a user likes: a column, a row, a block, an inline array, one cell, or what another function makes."""
import math

import bed

RATES = [0.1, 0.5, 0.25, 0.8, 1, 0.4]
AMOUNTS = [120.5, 80, 310, 45.25, 99, 150]
SCORES = [9, 10, 8, 6, 9, 3]
DAYS = [46000, 46010.5, 46003, 46120, 45990, 46001]

# Functions of one series, {} standing for it; its values; and what it must show, computed here from the definition.
ALONE = [
    ("CAC({};5)", AMOUNTS, sum(AMOUNTS) / 5),
    ("REQUIREDVOLUME(3;{})", RATES, 3 / math.prod(RATES)),
    ("EXPECTEDVOLUME(500;{})", RATES, 500 * math.prod(RATES)),
    ("CONTENTAGE({};46200)", DAYS, 46200 - sum(DAYS) / 6),
    ('CONTENTAGE({};46200;"max")', DAYS, 210),
    ("NPS({})", SCORES, 100 * (3 - 2) / 6),
    ("CSAT({};8)", SCORES, 4 / 6),
    ("CES({})", SCORES, 7.5),
    ("NPSMARGIN({})", SCORES, 1.959963984540054 * 100 * math.sqrt((5 / 6 - (1 / 6) ** 2) / 6)),
    ("GROSSREVENUE({})", AMOUNTS, sum(AMOUNTS)),
    ("NETREVENUE(1000;{})", AMOUNTS, 1000 - sum(AMOUNTS)),
    ("GROSSMARGIN(1000;{})", AMOUNTS, 1 - sum(AMOUNTS) / 1000),
    ("NETMARGIN(1000;{})", AMOUNTS, 1 - sum(AMOUNTS) / 1000),
    ("CASHFLOW({};100)", AMOUNTS, sum(AMOUNTS) - 100),
    ("CASHFLOW(100;{})", AMOUNTS, 100 - sum(AMOUNTS)),
    ("BUSINESSTIME(46000;46020;0;1;{};\"0000000\")", DAYS, 16),  # 46000, 46001, 46003 and 46010 are holidays
]


def mean(numbers):
    return sum(numbers) / len(numbers)


def longest_streak(pairs):
    longest = streak = 0
    for actual, quota in pairs:
        streak = streak + 1 if actual >= quota else 0
        longest = max(longest, streak)
    return longest


# Functions of two series in step, and their definition over the pairs that are whole.
STARTS = [46000, 46010, 46003, None, 45990, 46001.5, 46002]
ENDS = [46030, 46012.25, None, 46130, 46190, 46002, 46044]
ACTUALS = [100, 80, None, 120, 0.5, 60, 75]
FORECASTS = [90, 95, 70, None, 0.75, 60, 50]
SHARES = [0.1, 0.5, None, 0.25, 0.8, None, 0.4]
PAIRED = [
    *[(f"{name}({{}};{{}})", STARTS, ENDS, lambda pairs: mean([end - start for start, end in pairs]))
      for name in ("SALESCYCLE", "LEADRESPONSETIME", "RAMPTIME", "TIMETOVALUE", "RESOLUTIONTIME")],
    ("SALESCYCLE({};{};\"max\")", STARTS, ENDS, lambda pairs: max(end - start for start, end in pairs)),
    ("QUOTASTREAK({};{};\"longest\")", ACTUALS, FORECASTS, longest_streak),
    ("WEIGHTEDPIPELINE({};{})", ACTUALS, SHARES, lambda pairs: sum(amount * share for amount, share in pairs)),
    ("DISCOUNTRATE({};{})", ACTUALS, FORECASTS,
     lambda pairs: sum(price - sold for price, sold in pairs) / sum(price for price, _ in pairs)),
    ("FORECASTACCURACY({};{})", ACTUALS, FORECASTS,
     lambda pairs: 1 - sum(abs(actual - forecast) for actual, forecast in pairs) / sum(actual for actual, _ in pairs)),
    ("FORECASTERROR({};{};\"rmse\")", ACTUALS, FORECASTS,
     lambda pairs: math.sqrt(mean([(actual - forecast) ** 2 for actual, forecast in pairs]))),
    ("FORECASTERROR({};{};\"bias\")", ACTUALS, FORECASTS,
     lambda pairs: sum(forecast - actual for actual, forecast in pairs) / sum(actual for actual, _ in pairs)),
]


def wilson_low(successes, trials):
    z, p = 1.959963984540054, successes / trials
    return (p + z * z / (2 * trials) - z * math.sqrt(p * (1 - p) / trials + z * z / (4 * trials ** 2))) / (1 + z * z / trials)


def whole(first, second):
    return [pair for pair in zip(first, second) if None not in pair]


def inline(values, separator=";"):
    return "{" + separator.join('""' if value is None else repr(value) for value in values) + "}"


class Series(bed.CalcTest):
    def column(self, name, values, sheet=None):
        self.fill(f"{name}1", [[value] for value in values], sheet)
        return f"{name}1:{name}{len(values)}"

    def test_one_series_in_every_form(self):
        self.document.Sheets.insertNewByName("Other", 1)
        other = self.document.Sheets.getByName("Other")
        from com.sun.star.table import CellAddress
        self.document.NamedRanges.addNewByName("Given", "$Other.$A$1:$A$6", CellAddress(1, 0, 0), 0)
        for template, values, expected in ALONE:
            # A column, the same with gaps, a row, a block, a block with gaps, one below the other.
            self.sheet.getCellRangeByName("A1:N40").clearContents(1023)
            self.column("A", values)
            self.column("A", values, other)
            self.column("B", [None, values[0], None, *values[1:4], None, None, *values[4:], None])
            self.fill("D1", [values])
            self.fill("D3", [values[:3], values[3:]])
            self.fill("D6", [[values[0], None], [None, None], [values[1], values[2]], [values[3], None], [" ", values[4]],
                             [values[5], '=""']])  # texts of blanks or of nothing count as empty cells
            forms = ["A1:A6", "$Other.A1:A6", "Given", "OFFSET(A1;0;0;6;1)", "INDIRECT(\"A1:A6\")", "B1:B10", "B:B", "D1:I1",
                     "D3:F4", "D6:E11", inline(values), inline(values, "|"), inline([*values, None]),
                     inline(values[:3])[:-1] + "|" + inline(values[3:])[1:], "IF(1;A1:A6)", "INDEX(D3:F4;0;0)"]
            for row, form in enumerate(forms, 1):
                formula = "=" + template.replace("{}", form)
                with self.subTest(formula):
                    self.assert_shows(self.type(f"L{row}", formula), expected)
            forms = ["A1:A6*1", "D1:I1+0", "TRANSPOSE(D3:F4)", "IF(ISNUMBER(B1:B10);B1:B10;\"\")", "--D3:F4"]
            for row, form in enumerate(forms, 1):
                formula = "=" + template.replace("{}", form)
                with self.subTest(formula, mode="array"):
                    self.cell(f"N{row}").setArrayFormula(formula)
                    self.assert_shows(self.cell(f"N{row}"), expected)

    def test_one_number_as_a_series(self):
        self.column("A", [0.5])
        for formula, expected in (
                ("=CAC(A1;5)", 0.1), ("=CAC(0.5;5)", 0.1), ("=CAC({0.5};5)", 0.1), ("=CAC(A1:A1;5)", 0.1), ("=CAC(A1:A9;5)", 0.1),
                ("=CAC(A1*2;5)", 0.2), ("=REQUIREDVOLUME(10;A1)", 20), ("=NPS(10)", 100), ("=CASHFLOW(A1;A1)", 0),
                ("=GROSSREVENUE(TRUE())", 1), ("=SALESCYCLE(A1;2)", 1.5), ("=QUOTASTREAK(A1;A1)", 1),
                # Calc hands a lone empty cell over as 0.
                ("=CAC(B1;5)", 0), ("=GROSSREVENUE(B1)", 0), ("=NPS(B1)", -100),
                # More of them are a series without a number.
                ("=CAC(B1:B2;5)", "#N/A"), ("=NPS(B1:C1)", "#N/A"), ("=GROSSREVENUE({\"\";\"\"})", "#N/A")):
            with self.subTest(formula):
                self.assert_shows(self.type("L1", formula), expected)

    def test_text_in_a_series_is_refused_in_every_form(self):
        for template, values, _ in ALONE:
            self.column("A", [*values[:3], "'" + str(values[3]), *values[4:]])
            self.column("B", [*values[:3], "n/a", *values[4:]])
            self.column("C", [*values[:3], f'="{values[3]}"', *values[4:]])
            forms = ["A1:A6", "B1:B6", "C1:C6", "A1:A60", "B1:C6", '{1;"2"}', '{1|"n/a"}', '"n/a"', "B4", "A1:A6&\"\""]
            for row, form in enumerate(forms, 1):
                formula = "=" + template.replace("{}", form)
                with self.subTest(formula):
                    self.cell(f"L{row}").setArrayFormula(formula)
                    self.assert_shows(self.cell(f"L{row}"), "#VALUE!")

    def test_series_in_step_skip_pairs_with_an_empty_side(self):
        for template, first, second, define in PAIRED:
            self.sheet.getCellRangeByName("A1:T40").clearContents(1023)
            self.column("A", first)
            self.column("B", second)
            self.fill("D1", [first, second])
            self.fill("D4", [[*first[:4]], [*first[4:], None]])
            self.fill("D7", [[*second[:4]], [*second[4:], 46999 if second is ENDS else 0.3]])  # its partner is empty
            expected = define(whole(first, second))
            self.assertNotIn(expected, (0, 1))
            forms = [("A1:A7", "B1:B7"), ("D1:J1", "D2:J2"), ("A1:A7", "D2:J2"), ("D1:J1", "B1:B7"), ("D4:G5", "D7:G8"),
                     (inline(first), inline(second)), (inline(first, "|"), inline(second)), ("A1:A7", inline(second)),
                     ("A1:A30", "B1:B30"), ("OFFSET(A1;0;0;7)", "INDIRECT(\"B1:B7\")")]
            for row, form in enumerate(forms, 1):
                formula = "=" + template.replace("{}", "%s") % form
                with self.subTest(formula):
                    self.assert_shows(self.type(f"L{row}", formula), expected)
            for row, form in enumerate([("A1:A7", "B1:B6"), ("A1:A7", "D2:I2"), ("A1:A7", "{1;2;3}"), ("{1}", "B1:B7"),
                                        ("A1:A7", "B1:C7"), ("A1:A1", "{1;2}")], 1):
                # A range or an array of one is a series of one; a single number is a cell or a number.
                formula = "=" + template.replace("{}", "%s") % form
                with self.subTest(formula, lengths="different"):
                    self.assert_shows(self.type(f"M{row}", formula), "Err:502")
            for row, form in enumerate([("A1:A7", "D30:D36"), ("D30:D36", "B1:B7"), ("D30:D36", "D30:D36")], 1):
                formula = "=" + template.replace("{}", "%s") % form
                with self.subTest(formula, pairs="none"):
                    self.assert_shows(self.type(f"N{row}", formula), "#N/A")

    def test_whole_columns_in_step(self):
        self.column("A", STARTS)
        self.column("B", ENDS)
        self.column("C", [45000])
        pairs = whole(STARTS, ENDS)
        self.assert_shows(self.type("L1", "=SALESCYCLE(A:A;B:B)"), mean([end - start for start, end in pairs]))
        self.assert_shows(self.type("L2", "=SALESCYCLE(A:A;B1:B7)"), "Err:502")
        self.assert_shows(self.type("L3", "=SALESCYCLE(C1;B:B;\"count\")"), 6)

    def test_one_number_stands_for_every_pair(self):
        for template, first, second, define in PAIRED:
            self.sheet.getCellRangeByName("A1:T40").clearContents(1023)
            self.column("A", first)
            self.column("B", second)
            if first is STARTS:
                low, high = 45000, 47000
            else:
                low, high = 60, 0.5
            self.column("C", [low])
            self.column("D", [high])
            for row, (form, pairs) in enumerate([
                    ((f"{low}", "B1:B7"), whole([low] * 7, second)), (("C1", "B1:B7"), whole([low] * 7, second)),
                    (("C1*1", inline(second)), whole([low] * 7, second)),
                    (("A1:A7", f"{high}"), whole(first, [high] * 7)), (("A1:A7", "D1"), whole(first, [high] * 7)),
                    ((inline(first), "D1*1"), whole(first, [high] * 7)), (("C1", "D1"), [(low, high)])], 1):
                formula = "=" + template.replace("{}", "%s") % form
                expected = define(pairs)
                if template.startswith("FORECASTACCURACY"):
                    expected = max(0, expected)
                with self.subTest(formula):
                    self.assert_shows(self.type(f"L{row}", formula), expected)

    def test_leads_without_an_answer(self):
        """RESPONSESLA alone counts the pairs that lack their second side."""
        self.column("A", [46000, 46000, 46000, 46000, None, 46000])
        self.column("B", [46000.1, 46000.4, None, 46000.2, 46000, None])
        self.fill("D1", [[46000, 46000, 46000, 46000, None, 46000], [46000.1, 46000.4, None, 46000.2, 46000, None]])
        for formula, expected in (
                ("=RESPONSESLA(A1:A6;B1:B6;0.25)", 2 / 5), ("=RESPONSESLA(D1:I1;D2:I2;0.25)", 2 / 5),
                ("=RESPONSESLA(D1:I1;B1:B6;0.25)", 2 / 5), ("=RESPONSESLA(46000;B1:B6;0.25)", 3 / 6),
                ("=RESPONSESLA(A1:A6;46000.1;0.25)", 1), ("=RESPONSESLA(A1:A6;B1:B5;0.25)", "Err:502"),
                ("=RESPONSESLA(A1;B1;0.25)", 1), ("=RESPONSESLA(A3;B3;0.25)", 0), ("=RESPONSESLA(A5;B5;0.25)", "#N/A"),
                ("=RESPONSESLA(A5:A6;B5:B6;0.25)", 0), ("=RESPONSESLA({46000;46000};{46000.1;\"\"};0.25)", 0.5),
                ("=RESPONSESLA(A1:A30;B1:B30;0.25)", 2 / 5), ("=RESPONSESLA(C1:C5;C1:C5;1)", "#N/A")):
            with self.subTest(formula):
                self.assert_shows(self.type("L1", formula), expected)

    def test_functions_in_functions(self):
        self.column("A", [10, 20, 30])
        self.column("B", ["Web", "Fair", "Web"])
        self.column("C", [46000, 46010, 46020])
        self.column("D", [46010, 46030, 46050])
        for formula, expected in (
                ("=CAC(SALESCYCLE(C1:C3;D1:D3);2)", 10), ("=CAC(SUM(A1:A3);4)", 15), ("=CAC(SUMIFS(A1:A3;B1:B3;\"Web\");4)", 10),
                ("=CAC(SUMIFS(A1:A3;B1:B3;\"none\");4)", 0), ("=EXPECTEDVOLUME(REQUIREDVOLUME(11;{0.1;0.33});{0.1;0.33})", 11),
                ("=CLVTOCAC(CLV(100;0.8;0.04);CAC(A1:A3;3))", 100), ("=CACPAYBACK(CAC(A1:A3;3);ARPA(20;4))", 4),
                ("=GROSSREVENUE(WEIGHTEDPIPELINE(A1:A3;WINRATE(1;3)))", 15), ("=REQUIREDVOLUME(6;WINRATE(3;7))", 20),
                ("=SALESVELOCITY(COUNT(A1:A3);AVERAGESALE(SUM(A1:A3);3);WINRATE(3;7);SALESCYCLE(C1:C3;D1:D3))", 0.9),
                ("=GROSSMARGIN(GROSSREVENUE(A1:A3);NETREVENUE(50;A1:A2))", 1 - 20 / 60),
                ("=GROWTHPATH(50;GROWTHCEILING(5;0.05)*0.05;0.05;0)", 50),
                ("=RATELOW(COUNTIF(B1:B3;\"Web\");COUNTA(B1:B3))", wilson_low(2, 3)), ("=QUOTASTREAK(A1:A3;AVERAGE(A1:A3))", 2),
                ("=NPS(MAX({9;10}))", 100), ("=NPSCOUNTS(COUNTIF(A1:A3;\">15\");1;0)", 100 * 2 / 3),
                ("=IFERROR(CAC(A1:A3;0);-1)", -1), ("=CAC(CAC(A1:A3;0);5)", "#DIV/0!"), ("=CAC(CAC(C9:C12;5);5)", "#N/A"),
                ("=SUM(CAC(A1:A3;4);CAC(A1:A3;6))", 25), ("=SUMPRODUCT(CAC(A1:A3;4);2)", 30),
                ("=ROUND(WINRATE(1;2);2)", 0.33), ("=WINRATE(3;7)*100", 30)):
            with self.subTest(formula):
                self.assert_shows(self.type("L1", formula), expected)
        for formula, expected in (
                ("=CAC(A1:A3*1;4)", 15), ("=CAC(A1:A3*{1|2|3};14)", 10), ("=CAC(IF(B1:B3=\"Web\";A1:A3;0);4)", 10),
                ("=CES(IF(B1:B3=\"Web\";A1:A3/10;\"\"))", 2), ("=SALESCYCLE(C1:C3;C1:C3+A1:A3)", 20),
                ("=SALESCYCLE(C1:C3;IF(B1:B3=\"Web\";D1:D3;\"\");\"count\")", 2), ("=WEIGHTEDPIPELINE(A1:A3;A1:A3/100)", 14),
                ("=QUOTASTREAK(A1:A3;A1:A3-1)", 3), ("=FORECASTERROR(A1:A3;A1:A3+{1|2|3};\"mae\")", 2),
                ("=GROSSREVENUE(LEN(B1:B3))", 10), ("=CAC(SUMIF(B1:B3;{\"Web\";\"Fair\"};A1:A3);4)", 15),
                # An error in an array reaches the cell as it is; in a range it is Err:504.
                ("=CAC(A1:A3/0;4)", "#DIV/0!"), ("=CES(IF(A1:A3>10;NA();9))", "#N/A")):
            with self.subTest(formula, mode="array"):
                self.cell("M1").setArrayFormula(formula)
                self.assert_shows(self.cell("M1"), expected)

    def test_a_single_number_per_row_of_an_array_formula(self):
        """A required number takes an array in array mode as Calc's own functions do: one result for each."""
        self.column("A", [1, 2, 3])
        self.cell("C1:C3").setArrayFormula("=WINRATE(A1:A3;1)")
        for row, expected in enumerate([1 / 2, 2 / 3, 3 / 4], 1):
            self.assert_shows(self.cell(f"C{row}"), expected)
        self.cell("D1:D3").setArrayFormula("=CHURNRATE(A1:A3-1;4)")
        for row, expected in enumerate([0, 1 / 4, 2 / 4], 1):
            self.assert_shows(self.cell(f"D{row}"), expected)

    def test_sumproduct_does_not_put_add_ins_in_array_mode(self):
        """What looks like a sum over the rows takes the formula's own row; LibreOffice's own add-in functions do so too."""
        self.column("A", [1, 2, 3])
        for row, own_row in enumerate([12, 24, 36], 1):
            self.assert_shows(self.type(f"E{row}", "=SUMPRODUCT(ARR(A$1:A$3))"), own_row)
            self.assert_shows(self.type(f"F{row}", "=SUMPRODUCT(GESTEP(A$1:A$3;2))"), 1 if row > 1 else 0)
        # Entered as an array formula it is the sum over the rows.
        self.cell("G1").setArrayFormula("=SUMPRODUCT(ARR(A1:A3))")
        self.assert_shows(self.cell("G1"), 72)


if __name__ == "__main__":
    bed.main()
