"""Random formulas over the whole catalog, and the random workbook that they read: what people give to a function, and what nobody
should. About half of the formulas are in order, so that values come out; the others have something odd in them.

    workbook = RandomWorkbook(dice)       # the content of its sheets
    formula = RandomFormulas(dice, functions, workbook).next()
"""
import dataclasses

ARABIC = "القناة"
EMOJI = "🚀 étape 🎉"
LONG = "long " * 6400  # 32,000 characters
HEADERS = ["deal", "owner", "channel", "stage", "amount", "opened", "closed", ARABIC, EMOJI, LONG]
COLUMNS = "ABCDEFGHIJ"
LAST_ROW = 1 << 20

OWNERS = ["Ana", "Ben", "Chloé", "Дмитрий", "علي", "👩‍💼 Eve"]
CHANNELS = ["Web", "Partner", "Fair", " web ", "LinkedIn"]
STAGES = ["Lead", "Demo", "Proposal", "Won", "Lost"]

# Formulas of a cell that hold an error, and what the cell shows.
ERRORS = {"=1/0": "#DIV/0!", "=NA()": "#N/A", "=SQRT(-1)": "Err:502", "=1E308*10": "#NUM!", "=LEN(1;2)": "Err:508", "=1+\"x\"": "#VALUE!",
          "=NOSUCHNAME": "#NAME?", "=INDIRECT(\"no such cell\")": "#REF!", "=IRR({1;1};0)": "Err:523"}

# Which column of the sheet Deals is meant by a parameter.
MEANT = {"status": "stage", "stage": "stage", "lostStage": EMOJI, "amount": "amount", "probability": "amount", "opened": "opened",
         "closed": "closed", "received": "opened", "contacted": "closed", "id": "deal", "customer": "owner", "when": "opened", "by": "channel"}

OPTIONS = {'"mean"': ["mean", "median", "p75", "p90", "P5", "min", "max", "count"], "1-7": ["0000011", "1111111", "1010101"]}


class RandomWorkbook:
    """The cells of three sheets: Deals in order, Wild with anything anywhere, Faults with one error a row in column A."""

    def __init__(self, dice):
        self.dice = dice
        self.deals = self._deals(dice.choice((1, 3, 30, 30, 200)))
        self.wild = self._wild(dice.choice((0, 1, 5, 40, 300)))
        self.faults = [[formula] for formula in ERRORS]

    def _deals(self, count):
        dice = self.dice
        rows = [HEADERS]
        for number in range(count):
            opened = 45_000 + dice.randrange(400)
            stage = dice.choice(STAGES)
            closed = opened + dice.randrange(90) + dice.random() if stage in ("Won", "Lost") else ""
            rows.append([f"D-{number % max(1, count * 3 // 4)}", dice.choice(OWNERS), dice.choice(CHANNELS), stage,
                         dice.choice((0, 100 * dice.randrange(1, 90), dice.random(), "")), opened, closed, dice.choice(OWNERS),
                         dice.choice(STAGES + [""]), dice.choice(("", "x", dice.randrange(3)))])
        return rows

    def _wild(self, count):
        dice = self.dice
        headers = HEADERS[:]
        dice.shuffle(headers)
        headers[dice.randrange(len(headers))] = dice.choice(("", "stage", 2026, " STAGE ", "=1/0"))
        return [headers] + [[self.cell() for _ in headers] for _ in range(count)]

    def cell(self):
        """Anything that can stand in a cell; what starts with = is a formula."""
        dice = self.dice
        return dice.choice((
            lambda: dice.choice(STAGES), lambda: dice.choice(STAGES), lambda: dice.randrange(-3, 200), lambda: dice.randrange(45_000, 45_500),
            lambda: dice.random() * 10 ** dice.randrange(-9, 12), lambda: "", lambda: "", lambda: "",
            lambda: dice.choice((1e308, -1e308, 5e-324, -1, 0)),
            lambda: dice.choice(("2026-01-05", "12,5", "1.5", "TRUE", "nan", "inf", "#N/A", "Err:502", "'", "\u00a0")),
            lambda: LONG if dice.random() < 0.05 else "علي", lambda: dice.choice(("=TRUE()", "=\"Won\"", "=TODAY()-TODAY()+45100", "=\"\"")),
            lambda: dice.choice(list(ERRORS)) if dice.random() < 0.1 else 7))()

    def texts(self):
        """All texts that stand in the cells, as a function may give them back: folded, without outer blanks."""
        found = {"true", "false", "won", ""}
        for rows in (self.deals, self.wild):
            found.update(fold(value) for row in rows for value in row if isinstance(value, str))
        return found


def fold(text):
    return text.strip(" \u00a0\t\n").casefold()


@dataclasses.dataclass
class Formula:
    function: dict
    text: str
    columns: int = 0  # of the block, if it is an array formula
    rows: int = 0
    errors: set = dataclasses.field(default_factory=set)  # what its arguments hold and it may pass on
    texts: set = dataclasses.field(default_factory=set)  # among its arguments

    def __str__(self):
        return f"{{{self.text}}} in {self.rows} rows, {self.columns} columns" if self.columns else self.text


class RandomFormulas:
    def __init__(self, dice, functions, workbook):
        self.dice = dice
        self.functions = functions
        self.workbook = workbook

    def next(self):
        dice = self.dice
        function = dice.choice(self.functions)
        self.formula = Formula(function, "")
        self.odd = dice.random() < 0.55
        self.whole_column = False
        self.pairs = dice.choice((1, 2, 3, 5))  # how long the lists are
        self.sheet = "Wild" if self.odd and dice.random() < 0.5 else "Deals"
        parameters = function["parameters"]
        optional = [parameter for parameter in parameters if parameter["optional"]]
        given = parameters[:len(parameters) - dice.randint(0, len(optional))]
        arguments = []
        for parameter in given:
            if parameter["optional"] and parameter["kind"] != "filters" and dice.random() < 0.4:
                arguments.append("")
            else:
                arguments += self.arguments(parameter)
        if self.odd and dice.random() < 0.03:
            arguments = arguments[:-1] if dice.random() < 0.5 else arguments + ["1"]
            self.formula.errors |= {"Err:504", "Err:511"}  # too few or too many
        while arguments and arguments[-1] == "" and dice.random() < 0.8:
            arguments.pop()
        self.formula.text = f"={function['name']}({';'.join(arguments)})"
        # In an array formula Calc calls a function once for each row of a whole column that stands where one value belongs.
        if not self.whole_column and dice.random() < (0.6 if function["givesTable"] else 0.15):
            self.formula.columns, self.formula.rows = dice.choice(((1, 1), (2, 3), (8, 6), (14, 30)))
        return self.formula

    def arguments(self, parameter):
        kind = parameter["kind"]
        if self.odd and kind not in ("table", "filters") and self.dice.random() < 0.3:
            return [self.anything()]
        if kind == "filters":
            return [part for _ in range(self.dice.choice((0, 0, 1, 2))) for part in (self.column("owner"), self.criterion())]
        if parameter["options"]:
            return [self.option(parameter["options"])]
        return [{"number": self.number, "value": self.number, "series": self.series, "table": self.table, "column": self.named_column,
                 "values": self.values, "text": self.values}[kind](parameter)]

    # In order

    def plain(self, parameter):
        """A number that suits a parameter."""
        dice = self.dice
        unit, most = parameter["unit"], parameter["most"]
        if parameter["name"] == "headers":
            return dice.choice(("0", "1"))
        if parameter["name"] in ("opening", "closing"):
            return {"opening": "0.375", "closing": "0.75"}[parameter["name"]]
        if unit == "share" or most == 1:
            return repr(round(dice.random(), 3))
        if unit == "date":
            first = parameter["name"] in ("opened", "received", "hired", "signed", "published", "start")
            return repr((45_000 if first else 45_300) + dice.randrange(300) + dice.choice((0, 0.25)))
        if unit in ("days", "periods", "points"):
            return str(dice.randrange(0, 11))
        # What is lost, won or converted is mostly less than the whole, which mostly comes later.
        return repr(dice.choice((0, 1, dice.randrange(100), dice.randrange(10_000), round(dice.random() * 1000, 2))))

    def number(self, parameter):
        if self.dice.random() < 0.15:
            return "Deals.E2"
        return self.plain(parameter)

    def series(self, parameter):
        dice = self.dice
        if dice.random() < 0.2:
            return self.plain(parameter)
        if dice.random() < 0.3:
            last = len(self.workbook.deals)
            column = {"date": "G" if parameter["name"] in ("closed", "contacted") else "F"}.get(parameter["unit"], "E")
            return f"Deals.{column}2:{column}{last + dice.choice((0, 0, 0, 50))}"
        return "{" + ";".join(self.plain(parameter) for _ in range(self.pairs)) + "}"

    def table(self, _):
        dice, sheet = self.dice, self.sheet
        if self.sheet == "Wild":
            self.formula.errors |= set(ERRORS.values())
        last = len(self.workbook.wild if sheet == "Wild" else self.workbook.deals)
        usual = [f"{sheet}.A:J", f"{sheet}.A1:J{last}", f"{sheet}.A1:J{last + 500}"]
        if not self.odd or dice.random() < 0.5:
            return dice.choice(usual)
        self.formula.errors |= set(ERRORS.values())
        return dice.choice([f"{sheet}.A1:XFD{LAST_ROW}", f"{sheet}.A1:J1", f"{sheet}.D2:E9", f"{sheet}.A1", f"{sheet}.Z900000:AC{LAST_ROW}",
                            f"OFFSET({sheet}.A1;0;0;{dice.randint(1, 40)};10)", f"INDIRECT(\"{sheet}.A1:J9\")", "Deals.A1:Wild.J9", "Faults.A1:B5",
                            "{\"stage\";1}", "1", "\"Deals\"", "TheDeals", "Deals.A1:B3~Deals.C1:D3", "IF(1;Deals.A:J)", "NoSuchName", ""])

    def named_column(self, parameter):
        return self.column(MEANT.get(parameter["name"], "stage"))

    def column(self, meant):
        dice = self.dice
        if self.odd and dice.random() < 0.3:
            return dice.choice(["0", "11", "-1", "1.5", "1E308", "\"no such header\"", "\"\"", "Deals.J1", "Deals.A9000", "16384", "\" STAGE \"",
                                f"\"{ARABIC}\"", f"\"{EMOJI}\"", "2026"])
        if dice.random() < 0.15:
            meant = dice.choice((ARABIC, EMOJI, LONG))
        place = HEADERS.index(meant)
        return dice.choice([f"Deals.{COLUMNS[place]}1"] + ([f"\"{meant}\"", f"\" {meant.upper()} \"", f"\"{meant}\""] if meant != LONG else []) +
                           ([str(place + 1)] if self.sheet == "Deals" else []))

    def values(self, parameter):
        dice = self.dice
        self.formula.texts |= {fold(stage) for stage in STAGES} | {"opened", "closed", "call"}
        if parameter["name"] == "won":
            return dice.choice(('"Won"', '"won"', '{"Won";"Demo"}', '" WON "'))
        if parameter["name"] == "lost":
            return dice.choice(('"Lost"', '{"Lost";"Call"}'))
        if parameter["name"] == "measure":
            return '"mape"'
        if self.formula.function["name"] == "FUNNELDATES":
            return dice.choice(('{"opened";"closed"}', "{6;7}", "Deals.F1:G1"))
        if self.formula.function["name"] == "FUNNEL":
            return "{" + ";".join(f'"{STAGES[place % 5]}"' for place in range(self.pairs)) + "}"
        return dice.choice(('{"Lead";"Demo";"Proposal";"Won"}', '{"Demo";"Won"}', '"Won"', "Deals.D2:D4"))

    def option(self, options):
        for start, words in OPTIONS.items():
            if options.startswith(start):
                break
        else:
            words = [word for word in options.split('"')[1::2]]
        return f'"{self.dice.choice(words)}"'

    def criterion(self):
        dice = self.dice
        texts = ["Ana", "<>", "=", "", "A*", "*a", "?na", ">=B", "<>Ana", "~*", ">1E308", ">=2026-01-01", "<=45100.5", "(((", "[", "\\", ".*", "<",
                 "<>علي", EMOJI, "nan", "="]
        if self.odd and dice.random() < 0.2:
            return self.anything()
        return dice.choice([f'"{dice.choice(texts)}"', f'"{dice.choice(texts)}"', "7", "Deals.B2", f'">="&DATE(2024;1;{dice.randint(1, 28)})'])

    # Out of order

    def anything(self):
        dice = self.dice
        kind = dice.choices(("number", "text", "reference", "error", "list", "range", "whole column"), (30, 20, 15, 10, 12, 12, 0.6))[0]
        if kind == "number":
            return dice.choice(("1E308", "-1E308", "1E308*10", "5E-324", "-5E-324", "0", "-0", "-1", "1E15", "0.1+0.2", "TRUE()",
                                "2958466", "-700000", "1E9", "9007199254740993", "1/3", "2147483648", "1E20"))
        if kind == "text":
            return dice.choice(('""', '"x"', '" "', '"12"', '"2026-01-05"', '"1E400"', '"nan"', '"inf"', f'"{ARABIC}"', f'"{EMOJI}"',
                                'REPT("x";32000)',
                                'REPT("🎉";16000)', 'UNICHAR(55357)', 'CHAR(0)', 'CHAR(10)', '"p101"', '"p"', '"P50"', '"%s%n"', "Deals.J1"))
        if kind == "reference":
            return dice.choice(("Deals.A9000", "Deals.E2", "Deals.D2", "Deals.F2", "Deals.J1", "Deals.H1", self.wild_cell()))
        if kind == "error":
            self.formula.errors |= set(ERRORS.values())
            return dice.choice([f"Faults.A{dice.randint(1, len(ERRORS))}", "NA()", "1/0", "SQRT(-1)", "NoSuchName", "Faults.A1:A9", "#REF!", "LN(0)"])
        if kind == "list":
            return dice.choice(("{1}", "{1;2}", "{1|2;3|4}".replace(";", "|"), "{\"a\";1}", "{0;0;0}", "{1E308;1E308}", "{-1E308;1E308}",
                                "{\"\";\"\"}",
                                "{\"Won\";\"Won\"}", "IF(Deals.E2:E9>1;Deals.E2:E9)", "IF(Deals.E2:E9>1E9;1;\"\")", "{TRUE;FALSE}", "ROW(1:300)",
                                "TRANSPOSE({1;2;3})"))
        self.formula.errors |= {"Err:504"} | set(ERRORS.values())
        if kind == "range":
            return dice.choice(("Wild.A1:A9", "Wild.B2:D30", "Wild.C2:C41", "Deals.A900:A910", "Deals.E1:E9", "Deals.A1:J3",
                                "Deals.E2:E3~Deals.E5:E6",
                                "Deals.E2:Wild.E9", "OFFSET(Deals.E2;0;0;3;1)", "Deals.J1:J2", "E2:Deals.E4"))
        self.whole_column = True
        return dice.choice(("Deals.E:E", "Deals.Z:Z", "Wild.A:A", "Deals.F:F"))

    def wild_cell(self):
        self.formula.errors |= set(ERRORS.values())
        return f"Wild.{self.dice.choice(COLUMNS)}{self.dice.randint(1, 40)}"
