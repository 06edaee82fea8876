"""Wrong input to the calculators of each family, and the error that a real cell shows for it: test_bad_input.py has the first two
families and the tables. What holds for every function alike is tried on every function of the catalog."""
import bed

CELLS = {
    "A1": "won", "A2": "'3", "A3": "=1/0", "A4": "=NA()", "A6": "1E308", "A7": "'2026-01-05", "A8": "'05/01/2026",
    # B1 is empty, and so is column Z.
    # Leads received and contacted: answered, never answered, answered; then one answered before it came in.
    "C1": 46000, "C2": 46001, "C3": 46002, "C4": 46003,
    "D1": 46000.5, "D3": 46004, "D4": 46002,
    # Dates as a CSV file leaves them.
    "E1": 46000.5, "E2": "'2026-01-06", "E3": 46004,
    # Answers of a survey: with a gap, above the scale, between whole answers, as text.
    "F1": 9, "F3": 10, "G1": 9, "G2": 11, "H1": 9, "H2": 8.5, "I1": 9, "I2": "'10", "J1": 9, "J2": "=A3",
}
HOURS = "TIME(9;0;0);TIME(17;0;0)"
CASES = {
    "time": [
        # ends before it starts
        ("=LEADRESPONSETIME(46002;46001)", "Err:502"),
        ("=LEADRESPONSETIME(C1:C4;D1:D4)", "Err:502"),
        (f"=LEADRESPONSETIME(46002;46001;;{HOURS})", "Err:502"),
        ("=RESPONSESLA(46002;46001;1)", "Err:502"),
        ("=BUSINESSTIME(46002;46001)", "Err:502"),
        ("=CONTENTAGE(C1:C4;46002)", "Err:502"),
        *[(f"={name}(46002;46001)", "Err:502") for name in ("RAMPTIME", "TIMETOVALUE", "RESOLUTIONTIME")],
        # unanswered leads: no part of a response time, missed by the limit
        ("=LEADRESPONSETIME(C1:C3;D1:D3)", 1.25),
        ("=LEADRESPONSETIME(C1:C3;D1:D3;\"count\")", 2),
        ("=LEADRESPONSETIME(C1:C3;Z1:Z3)", "#N/A"),
        ("=LEADRESPONSETIME(C1:C3;Z1:Z3;\"count\")", 0),
        ("=LEADRESPONSETIME(C1;B1)", "#N/A"),  # Calc hands a lone empty cell over as 0: no lead is answered on day 0
        ("=RESPONSESLA(C1:C3;D1:D3;0.5)", 1 / 3),
        ("=RESPONSESLA(C1:C3;D1:D3;2)", 2 / 3),
        ("=RESPONSESLA(C1:C3;Z1:Z3;2)", 0),
        ("=RESPONSESLA(C2;D2;2)", 0),
        ("=RESPONSESLA(Z1:Z3;D1:D3;2)", "#N/A"),
        *[(f"={name}(C1:C3;Z1:Z3)", "#N/A") for name in ("RAMPTIME", "TIMETOVALUE", "RESOLUTIONTIME")],
        ("=CONTENTAGE(Z1:Z3;46010)", "#N/A"),
        ("=CONTENTAGE(C1:C3;B1)", "Err:502"),
        # dates as text
        ("=LEADRESPONSETIME(C1:C3;E1:E3)", "#VALUE!"),
        ("=LEADRESPONSETIME(A7;46100)", "#VALUE!"),
        ("=RESPONSESLA(C1:C3;E1:E3;1)", "#VALUE!"),
        ("=RESOLUTIONTIME(\"2026-01-05\";46100)", "#VALUE!"),
        ("=CONTENTAGE(E1:E3;46100)", "#VALUE!"),
        # ... where one number is asked, Calc itself reads text as its settings say: by default as typed into a cell
        ("=BUSINESSTIME(A7;46031)", 32 / 24),
        ("=BUSINESSTIME(A8;DATE(2026;5;2))", 8 / 24),
        ("=BUSINESSTIME(\"now\";46031)", "#VALUE!"),
        ("=CONTENTAGE(C1:C3;A8)", 142),
        # hours: across midnight, none at all, as hours instead of a time of day, half of them, holidays without them
        *[(f"={call};{hours})", "Err:502")
          for call in ("LEADRESPONSETIME(46000;46002;", "RESPONSESLA(46000;46002;1", "BUSINESSTIME(46000;46002")
          for hours in ("TIME(22;0;0);TIME(6;0;0)", "TIME(9;0;0);TIME(9;0;0)", "9;17", "-0.1;0.5", "0.5;1.1", "1;0")],
        ("=LEADRESPONSETIME(46000;46002;;TIME(9;0;0))", "Err:502"),
        ("=LEADRESPONSETIME(46000;46002;;;TIME(17;0;0))", "Err:502"),
        ("=LEADRESPONSETIME(46000;46002;;;;46001)", "Err:502"),
        ("=RESPONSESLA(46000;46002;1;TIME(9;0;0))", "Err:502"),
        ("=RESPONSESLA(46000;46002;1;;;46001)", "Err:502"),
        ("=BUSINESSTIME(46000;46002;\"9:00\")", "#VALUE!"),
        ("=BUSINESSTIME(46000;46002;;;\"Easter\")", "#VALUE!"),
        ("=BUSINESSTIME(46000;46002;;;A7)", "#VALUE!"),
        ("=BUSINESSTIME(46000;46002;;;E1:E3)", "#VALUE!"),
        ("=BUSINESSTIME(46000;46002;;;Z1:Z3)", 16 / 24),  # no holidays on a Tuesday and a Wednesday
        # weekends
        *[(f"=BUSINESSTIME(46000;46007;;;;{weekend})", "Err:502")
          for weekend in ('"000001"', '"00000110"', '"0000012"', '"Sat,Sun"', "8", "-1", "18")],
        ("=BUSINESSTIME(46000;46007;;;;\"1111111\")", 0),
        # statistics
        *[(f"=RAMPTIME(46000;46010;{statistic})", "Err:502")
          for statistic in ('"average"', '"p101"', '"p"', '"p-1"', '"p50%"', '"percentile"', "50", "0.9")],
        ("=RAMPTIME(46000;46010;B1)", 10),
        # limits
        ("=RESPONSESLA(46000;46001;-1)", "Err:502"),
        ("=RESPONSESLA(46000;46001;\"an hour\")", "#VALUE!"),
        # sizes
        ("=LEADRESPONSETIME(-1E308;A6)", "Err:502"),
        (f"=LEADRESPONSETIME(46000;A6;;{HOURS})", "Err:502"),
        ("=BUSINESSTIME(46000;A6)", "Err:502"),
        ("=BUSINESSTIME(-1E308;46000)", "Err:502"),
        ("=BUSINESSTIME(46000;46001;;;A6)", "Err:502"),
        # different lengths
        *[(f"={name}(C1:C3;D1:D2)", "Err:502") for name in ("LEADRESPONSETIME", "RAMPTIME", "TIMETOVALUE", "RESOLUTIONTIME")],
        ("=RESPONSESLA(C1:C3;D1:D2;1)", "Err:502"),
    ],
    "customers": [
        # more than there was, less than nothing
        *[(f"={name}({values})", "Err:502") for name in ("CHURNRATE", "RENEWALRATE", "EMPLOYEERETENTION", "REFERRALRATE")
          for values in ("101;100", "-1;100", "1;-100")],
        ("=RETENTIONRATE(10;15;100)", "Err:502"),
        ("=RETENTIONRATE(120;15;100)", "Err:502"),
        ("=GRR(100;60;50)", "Err:502"),
        ("=GRR(100;-10;10)", "Err:502"),
        ("=GRR(-100;0;0)", "Err:502"),
        ("=NRR(100;-10;0;0)", "Err:502"),
        ("=NRR(100;5;6;100)", "Err:502"),
        ("=REVENUECHURN(100;60;50)", "Err:502"),
        ("=REVENUECHURN(100;10;10;-10)", "Err:502"),
        ("=QUICKRATIO(8;5;-2;3)", "Err:502"),
        ("=CLVTOCAC(900;-300)", "Err:502"),
        ("=CLVHISTORIC(100;20;-1)", "Err:502"),
        # percents typed as whole numbers
        ("=ANNUALRATE(2;12)", "Err:502"),
        ("=CUSTOMERLIFESPAN(5)", "Err:502"),
        ("=CLV(100;80;0.03)", "Err:502"),
        ("=CLV(100;0.8;3)", "Err:502"),
        ("=CLVORDERS(50;4;3;40)", "Err:502"),
        ("=ANNUALRATE(0.02;0)", "Err:502"),
        ("=ANNUALRATE(-0.02;12)", "Err:502"),
        ("=CLV(100;0.8;0.03;-0.1)", "Err:502"),
        # zero denominators, empty cells being zeros
        *[(f"={name}(0;{zero})", "#DIV/0!") for name in ("CHURNRATE", "RENEWALRATE", "EMPLOYEERETENTION", "REFERRALRATE")
          for zero in ("0", "B1")],
        ("=RETENTIONRATE(0;0;0)", "#DIV/0!"),
        ("=GRR(0;0;0)", "#DIV/0!"),
        ("=NRR(B1;5;0;0)", "#DIV/0!"),
        ("=REVENUECHURN(0;0;0)", "#DIV/0!"),
        ("=QUICKRATIO(8;5;0;0)", "#DIV/0!"),
        ("=CUSTOMERLIFESPAN(B1)", "#DIV/0!"),
        ("=CLV(100;0.8;0)", "#DIV/0!"),
        ("=CLVHISTORIC(1;1;0)", "#DIV/0!"),
        ("=CLVTOCAC(900;B1)", "#DIV/0!"),
        ("=NPSCOUNTS(0;0;0)", "#DIV/0!"),
        # sizes
        ("=NRR(A6;A6;0;0)", "#NUM!"),
        ("=QUICKRATIO(A6;A6;A6;A6)", "#NUM!"),
        ("=CLV(A6;1;0.01)", "#NUM!"),
        ("=CLVORDERS(A6;A6;1)", "#NUM!"),
        ("=CLVHISTORIC(A6;-1E308;1)", "#NUM!"),
        ("=NPSCOUNTS(A6;0;A6)", "#NUM!"),
        ("=CHURNRATE(A6;A6)", 1),
        ("=ANNUALRATE(1;A6)", 1),
        # answers outside the scale, between its steps, as text; nobody answered
        ("=NPS(F1:F3)", 100),
        ("=NPS(G1:G2)", "Err:502"),
        ("=NPS(-1)", "Err:502"),
        ("=NPS(H1:H2)", "Err:502"),
        ("=NPS(A6)", "Err:502"),
        ("=CSAT(G1:G2)", "Err:502"),
        ("=CSAT(F1:F3;0)", "Err:502"),
        ("=CSAT(F1:F3;11)", "Err:502"),
        ("=CSAT(F1:F3;B1)", "Err:502"),
        ("=CES(G1:G2)", "Err:502"),
        ("=CES({-1;5})", "Err:502"),
        *[case for name in ("NPS", "CSAT", "CES") for case in (
            (f"={name}(I1:I2)", "#VALUE!"), (f"={name}(A2)", "#VALUE!"), (f"={name}(\"good\")", "#VALUE!"),
            (f"={name}(Z1:Z9)", "#N/A"), (f"={name}(J1:J2)", "Err:504"), (f"={name}(A4)", "#N/A"))],
        ("=CSAT(F1:F3;\"many\")", "#VALUE!"),
        ("=NPSCOUNTS(-1;0;5)", "Err:502"),
    ],
    "finance": [
        # zero denominators
        *[(f"={call})", "#DIV/0!") for call in (
            "GROSSMARGIN(0;60", "GROSSMARGIN(B1;0", "NETMARGIN(0;60", "AVERAGEREVENUE(100;0", "ARPA(100;B1",
            "MARGINALREVENUE(2;1;0", "ACV(380000;20000;0", "GROWTHRATE(110;0", "GROWTHCEILING(5000;0", "BURNMULTIPLE(2.4;0")],
        # below zero, where that has no meaning
        *[(f"={call})", "Err:502") for call in (
            "GROSSMARGIN(-100;60", "GROSSMARGIN(100;-60", "NETMARGIN(-100;60", "NETREVENUE(100;{-10;-5}", "CASHFLOW(500;-800",
            "AVERAGEREVENUE(100;-1", "ARPA(100;-1", "MARGINALREVENUE(2;1;-1", "ACV(380000;20000;-3", "ACV(20000;380000;3", "ARR(-1",
            "GROWTHRATE(110;-100", "GROWTHCEILING(5000;-0.05", "GROWTHPATH(50000;5000;0.05;-1", "GROWTHPATH(-1;5000;0.05;12",
            "BURNMULTIPLE(2.4;-3")],
        # percents typed as whole numbers
        *[(f"={call})", "Err:502") for call in ("GROWTHCEILING(5000;5", "GROWTHPATH(50000;5000;5;12", "RULEOFFORTY(30;15")],
        # lists without a number, with text, with errors
        *[case for call in ("GROSSREVENUE({})", "NETREVENUE(100;{})", "GROSSMARGIN(100;{})", "NETMARGIN(100;{})", "CASHFLOW({};1)",
                            "CASHFLOW(1;{})")
          for case in ((f"={call.replace('{}', 'Z1:Z9')}", "#N/A"), (f"={call.replace('{}', 'I1:I2')}", "#VALUE!"),
                       (f"={call.replace('{}', 'J1:J2')}", "Err:504"), (f"={call.replace('{}', 'A3')}", "#DIV/0!"))],
        # sizes
        *[(f"={call})", "#NUM!") for call in (
            "GROSSREVENUE({1E308;1E308}", "NETREVENUE(-1E308;A6", "NETMARGIN(1;{1E308;1E308}", "CASHFLOW(A6;{1E308;1E308}",
            "AVERAGEREVENUE(A6;0.5", "MARGINALREVENUE(A6;-1E308;1", "ARR(A6", "GROWTHRATE(A6;0.5", "TRAILINGGROWTH(A6;0;A6",
            "GROWTHCEILING(A6;0.01", "GROWTHPATH(0;A6;0;A6", "BURNMULTIPLE(A6;0.5")],
        ("=GROWTHPATH(50000;5000;0.05;A6)", 100000),
        ("=GROSSREVENUE({1E308;-1E308;1E308})", 1e308),
    ],
    "certainty": [
        *[case for name in ("RATELOW", "RATEHIGH") for case in (
            (f"={name}(0;0)", "#DIV/0!"), (f"={name}(B1;B1)", "#DIV/0!"), (f"={name}(81;80)", "Err:502"),
            (f"={name}(-1;80)", "Err:502"), (f"={name}(1;-80)", "Err:502"), (f"={name}(20;80;0)", "Err:502"),
            (f"={name}(20;80;1)", "Err:502"), (f"={name}(20;80;95)", "Err:502"), (f"={name}(20;80;-0.5)", "Err:502"),
            (f"={name}(20;80;B1)", "Err:502"), (f"={name}(20;80;\"95 %\")", "#VALUE!"), (f"={name}(20;80;;\"wald\")", "Err:502"),
            (f"={name}(20;80;;1)", "Err:502"), (f"={name}(20.5;80;;\"exact\")", "Err:502"),
            (f"={name}(20;80.5;;\"exact\")", "Err:502"),
            (f"={name}(1;A6;;\"exact\")", "Err:502"))],
        ("=RATELOW(0;7)", 0),
        ("=RATEHIGH(7;7)", 1),
        ("=RATELOW(20;80;;B1)-RATELOW(20;80)", 0),
        *[(f"=RATETEST({values})", shown) for values, shown in (
            ("0;0;1;10", "#DIV/0!"), ("1;10;B1;B1", "#DIV/0!"), ("11;10;1;10", "Err:502"), ("1;10;11;10", "Err:502"),
            ("-1;10;1;10", "Err:502"), ("1;10;1;-10", "Err:502"), ("1;10;1;10;\"t\"", "Err:502"), ("1;10;1;10;0.95", "Err:502"),
            ("1.5;10;1;10;\"fisher\"", "Err:502"), ("1;A6;1;A6;\"fisher\"", "Err:502"), ("0;10;0;10", 1))],
        *[(f"={name}({values})", shown) for name in ("RATEDIFFLOW", "RATEDIFFHIGH") for values, shown in (
            ("0;0;1;10", "#DIV/0!"), ("1;10;0;0", "#DIV/0!"), ("11;10;1;10", "Err:502"), ("1;10;11;10", "Err:502"),
            ("1;10;1;10;0", "Err:502"), ("1;10;1;10;1", "Err:502"), ("1;10;1;10;95", "Err:502"),
            ("1;10;1;10;\"high\"", "#VALUE!"))],
        *[(f"=NPSMARGIN({values})", shown) for values, shown in (
            ("G1:G2", "Err:502"), ("-1", "Err:502"), ("H1:H2", "Err:502"), ("I1:I2", "#VALUE!"), ("Z1:Z9", "#N/A"),
            ("F1:F3;0", "Err:502"), ("F1:F3;1", "Err:502"), ("F1:F3;95", "Err:502"), ("F1:F3", 0))],
    ],
}


def arguments(formula):
    """The arguments of a call, split at the semicolons that stand in no parentheses, braces or quotes."""
    parts, depth, quoted = [""], 0, False
    for letter in formula[formula.index("(") + 1:formula.rindex(")")]:
        quoted ^= letter == '"'
        depth += not quoted and ((letter in "({") - (letter in ")}"))
        if letter == ";" and depth == 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


class Refusals(bed.CalcTest):
    def setUp(self):
        super().setUp()
        for address, value in CELLS.items():
            self.fill(address, [[value]])

    def check(self, cases):
        for row, (formula, expected) in enumerate(cases, 1):
            with self.subTest(formula):
                self.assert_shows(self.type(f"L{row}", formula), expected)

    def test_time(self):
        self.check(CASES["time"])

    def test_customers(self):
        self.check(CASES["customers"])

    def test_finance(self):
        self.check(CASES["finance"])

    def test_certainty(self):
        self.check(CASES["certainty"])

    def calculators(self):
        """Each function without a table, and the arguments of an example that gives all it can take a number for it."""
        for function in bed.catalog()["functions"]:
            kinds = [parameter["kind"] for parameter in function["parameters"]]
            if "table" in kinds or function["givesTable"]:
                continue
            good = [arguments(example["formula"]) for example in function["examples"] if "value" in example]
            yield function["name"], function["parameters"], max(good, key=len)

    def test_text_and_errors_in_any_place_of_any_calculator(self):
        tried = 0
        for name, parameters, usual in self.calculators():
            self.assert_shows(self.type("L1", f"={name}({';'.join(usual)})"), self.cell("L1").Value)  # no error
            for place, parameter in enumerate(parameters[:len(usual)]):
                wrong = [("A1", "Err:502" if parameter["options"] else "#VALUE!"), ("A3", "#DIV/0!"), ("A4", "#N/A")]
                if parameter["kind"] == "series":
                    wrong.append(("I1:I2", "#VALUE!"))
                for given, expected in wrong:
                    formula = f"={name}({';'.join([*usual[:place], given, *usual[place + 1:]])})"
                    with self.subTest(formula, parameter=parameter["name"]):
                        tried += 1
                        self.assert_shows(self.type("L1", formula), expected)
        self.assertGreater(tried, 500)

    def test_too_many_and_too_few_arguments_of_any_calculator(self):
        for name, parameters, usual in self.calculators():
            required = [parameter for parameter in parameters if not parameter["optional"]]
            for given in ([], usual[:len(required) - 1], [*usual, *["1"] * (len(parameters) - len(usual) + 1)]):
                formula = f"={name}({';'.join(given)})"
                # Calc lets a series be left out as it does optional ones, and so the refusal is ours.
                missing = {parameter["kind"] for parameter in required[len(given):]}
                with self.subTest(formula):
                    self.assert_shows(self.type("L1", formula), "Err:502" if missing == {"series"} else "Err:504")


if __name__ == "__main__":
    bed.main()
