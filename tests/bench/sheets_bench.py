"""Table functions over a million rows in a real Calc, against what a user would build instead, as ratios within one run.

    tests/bench/run sheets [BENCH ...]     BENCH: segments stages events periods customers; without one, all

The things compared take turns over the same rows, each figure is the median of its turns, and nothing is asserted but that the two
sides agree. Between two turns one deal changes its stage; so no side can answer from memory, and every turn is checked to show the
change. Formulas stand in the sheet only during their own turn: nobody computes along. Table functions are array formulas, the cells
that they are compared with are filled down and calculated as Calc likes best.
"""
import collections
import csv
import os
import random
import statistics
import sys
import tempfile
import time

sys.path[:0] = [os.path.join(os.environ["CALCKPI_SOURCE"], folder) for folder in ("packaging", "tests/support")]

import uno  # noqa: E402
from com.sun.star.sheet.DataPilotFieldOrientation import COLUMN, DATA, ROW  # noqa: E402
from com.sun.star.sheet.FillDirection import TO_BOTTOM, TO_RIGHT  # noqa: E402
from office import Office  # noqa: E402
from office_process import Memory, Watched  # noqa: E402

ROWS = int(os.environ.get("CALCKPI_BENCH_ROWS", 1_000_000))
TURNS = int(os.environ.get("CALCKPI_BENCH_TURNS", 7))

SELLERS = [f"Seller {number:02}" for number in range(1, 21)]
CHANNELS = ["Ads", "Cold call", "Event", "LinkedIn", "Mail", "Partner", "Phone", "Referral", "Shop", "Web"]
STAGES = ["Visit", "Lead", "Demo", "Proposal", "Contract", "Won"]
LOST = "Lost"
STAGE_LIST = "{" + ";".join(f'"{stage}"' for stage in STAGES) + "}"

DEALS = ["deal", "owner", "channel", "stage", "amount", "opened", "closed"]
EVENTS = ["deal", "stage", "when", "channel"]
ORDERS = ["customer", "when", "amount"]
STAGE_COLUMN = DEALS.index("stage")
CLOSED_COLUMN = DEALS.index("closed")


def write_deals(path):
    """One row per deal; a third is lost, the others stand anywhere up to won."""
    dice = random.Random(4)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(DEALS)
        for row in range(ROWS):
            stage = LOST if dice.random() < 1 / 3 else dice.choice(STAGES)
            opened = 45_000 + dice.randrange(730)
            closed = opened + dice.randrange(180) if stage in ("Won", LOST) else ""
            writer.writerow((f"D-{row}", dice.choice(SELLERS), dice.choice(CHANNELS), stage, dice.randrange(100, 50_000), opened,
                             closed))


def write_events(path):
    """Five events a deal in random row order, times to the minute. Three deals in four move on from each stage, within two months;
    what is left of the events is calls and repeated stages at any time."""
    dice = random.Random(7)
    minutes_of_a_day = 24 * 60
    year = 365 * minutes_of_a_day
    deals = ROWS // 5
    events = []
    for deal in range(deals):
        minute = dice.randrange(year)
        for stage in STAGES:
            events.append((deal, stage, minute))
            minute += dice.randrange(60 * minutes_of_a_day)
            if dice.random() > 3 / 4:
                break
    while len(events) < ROWS:
        events.append((dice.randrange(deals), dice.choice(("Call", *STAGES)), dice.randrange(year)))
    dice.shuffle(events)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(EVENTS)
        for deal, stage, minute in events[:ROWS]:
            writer.writerow((f"D-{deal}", stage, 45_000 + minute / minutes_of_a_day, dice.choice(CHANNELS)))


def write_orders(path):
    """Orders of customers who buy at rates of their own and leave, in the order of time; one customer for each seven rows or so."""
    dice = random.Random(9)
    first, last = 45_000, 46_000
    orders = []
    customer = 0
    while len(orders) < ROWS:
        customer += 1
        rate, leaving = dice.random() ** 2 / 15 + 1e-4, dice.random() ** 2 / 3
        day = first + 400 * dice.random()
        while day < last and len(orders) < ROWS:
            orders.append((int(day), customer))
            if dice.random() < leaving:
                break
            day += 1 + dice.expovariate(rate)
    orders.sort()
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(ORDERS)
        for day, customer in orders:
            usual = 10 + customer * 7919 % 90
            writer.writerow((f"C-{customer}", day, round(usual * (0.5 + dice.random()), 2)))


class Contender:
    """Something computed over the data sheet: `enter` puts it in and gives the shown rows, `leave` takes it out again."""

    def __init__(self, name, enter, leave):
        self.name = name
        self.enter = enter
        self.leave = leave
        self.seconds = []
        self.megabytes = []

    @property
    def median(self):
        return statistics.median(self.seconds)


class Bench:
    """A document with the data on its first sheet and an empty one beside it."""

    def __init__(self, office, path, columns):
        self.office = office
        with Watched(office):
            # Comma, quote, UTF-8, from line 1; en-US; special numbers are recognised.
            self.document = office.open(path, FilterName="Text - txt - csv (StarCalc)", FilterOptions="44,34,76,1,,1033,false,true")
        self.data = self.document.Sheets[0]
        self.data.Name = "Data"
        self.document.Sheets.insertNewByName("Results", 1)
        self.sheet = self.document.Sheets[1]
        self.memory = Memory(office)
        last = "ABCDEFG"[columns - 1]
        self.table = f"$Data.$A$1:${last}${ROWS + 1}"
        if self.data.getCellByPosition(0, ROWS).String == "" or self.data.getCellByPosition(0, ROWS + 1).String != "":
            raise RuntimeError("the sheet does not hold the rows that were written")

    def close(self):
        with Watched(self.office):
            self.document.close(True)

    def column(self, header, columns):
        letter = "ABCDEFG"[columns.index(header)]
        return f"$Data.${letter}$2:${letter}${ROWS + 1}"

    def array(self, name, formula, columns, rows):
        """A table function, entered as an array formula over a block of this size."""
        block = self.sheet.getCellRangeByPosition(0, 0, columns - 1, rows - 1)

        def enter():
            block.setArrayFormula(formula)
            return block.getDataArray()
        return Contender(name, enter, self.clear)

    def cells(self, name, heads, sides, formulas, across):
        """The table a user builds from single cells: side heads in column A, heads in row 1, formulas filled down and, with
        `across`, right."""
        width = len(heads) if across else len(formulas)
        whole = self.sheet.getCellRangeByPosition(0, 0, width, len(sides))

        def enter():
            self.document.addActionLock()
            self.sheet.getCellRangeByPosition(0, 1, 0, len(sides)).setDataArray(tuple((side,) for side in sides))
            self.sheet.getCellRangeByPosition(1, 0, len(heads), 0).setDataArray((tuple(heads),))
            for column, formula in enumerate(formulas):
                self.sheet.getCellByPosition(1 + column, 1).Formula = formula
            block = self.sheet.getCellRangeByPosition(1, 1, width, len(sides))
            if across:
                self.sheet.getCellRangeByPosition(1, 1, width, 1).fillAuto(TO_RIGHT, 1)
            block.fillAuto(TO_BOTTOM, 1)
            self.document.removeActionLock()
            return whole.getDataArray()
        return Contender(name, enter, self.clear)

    def clear(self):
        self.sheet.clearContents(1023)

    def pivot(self, refresh):
        """A pivot table of deals by stage and channel: made, or made before and refreshed."""
        name = "Pivot"
        tables = self.sheet.DataPilotTables
        anchor = self.sheet.getCellByPosition(0, 0).CellAddress

        def make():
            descriptor = tables.createDataPilotDescriptor()
            descriptor.setSourceRange(self.data.getCellRangeByPosition(0, 0, len(DEALS) - 1, ROWS).RangeAddress)
            fields = descriptor.DataPilotFields
            fields.getByName("stage").Orientation = ROW
            fields.getByName("channel").Orientation = COLUMN
            count = fields.getByName("deal")
            count.Orientation = DATA
            count.Function = uno.Enum("com.sun.star.sheet.GeneralFunction", "COUNT")
            tables.insertNewByName(name, anchor, descriptor)

        def shown():
            area = tables.getByName(name).OutputRange
            return self.sheet.getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow).getDataArray()

        def enter():
            if refresh:
                tables.getByName(name).refresh()
            else:
                make()
            return shown()

        def leave():
            tables.removeByName(name)
            self.clear()

        contender = Contender("pivot table, refreshed" if refresh else "pivot table, made", enter, leave)
        if refresh:
            contender.prepare = make
        return contender

    def take_turns(self, contenders, change=lambda turn: None, check=lambda shown: None):
        """Runs every contender once a turn; the first turn only warms up."""
        for turn in range(TURNS + 1):
            with Watched(self.office):
                # A pivot table to refresh is made before the change.
                for contender in contenders:
                    if hasattr(contender, "prepare"):
                        contender.prepare()
                change(turn)
            shown = {}
            for contender in contenders:
                self.memory.forget_peak()
                with Watched(self.office):
                    start = time.perf_counter()
                    shown[contender.name] = contender.enter()
                    seconds = time.perf_counter() - start
                    megabytes = self.memory.peak
                    contender.leave()
                if turn:
                    contender.seconds.append(seconds)
                    contender.megabytes.append(megabytes)
            check(shown)


LINE = "  {:<58} {:>9} {:>9} {:>5}  {:>9} {:>8}"


def show(title, contenders, base):
    """`contenders` maps each one to how its ratio to `base` is told: (text of the target, test of the ratio) or None."""
    print(f"\n{title}")
    print(LINE.format("name", "ratio", "target", "met?", "median", "peak"))
    for contender, target in contenders.items():
        ratio = contender.median / base.median
        print(LINE.format(contender.name, "1" if contender is base else f"{ratio:.2f}", target[0] if target else "",
                          ("yes" if target[1](ratio) else "NO") if target else "", f"{contender.median * 1000:.0f} ms",
                          f"{max(contender.megabytes):.0f} MB"))
    sys.stdout.flush()


def require(holds, message):
    if not holds:
        raise RuntimeError(message)


def at_most(limit):
    return f"<= {limit}", lambda ratio: ratio <= limit


def at_least(limit):
    return f">= {limit}", lambda ratio: ratio >= limit


def reading(bench, headers):
    columns = "{" + ";".join(f'"{header}"' for header in headers) + "}"
    return bench.array(f"reading {', '.join(headers)}", f"=PROBEREAD({bench.table};{columns})", 1, 1)


def move_a_deal(bench):
    """One deal after the other moves to another stage."""
    def change(turn):
        cell = bench.data.getCellByPosition(STAGE_COLUMN, 1 + turn * 997)
        stages = STAGES + [LOST]
        cell.String = stages[(stages.index(cell.String) + 1) % len(stages)]
    return change


def turn_a_close(bench, first_day, days):
    """One deal after the other that was closed in those days was won and is lost, or the other way round. (A deal that moves from one
    open stage to another changes no figure of the closed ones.)"""
    def change(turn):
        row = 1 + turn * 997
        while not first_day <= bench.data.getCellByPosition(CLOSED_COLUMN, row).Value < first_day + days:
            row += 1
        cell = bench.data.getCellByPosition(STAGE_COLUMN, row)
        cell.String = LOST if cell.String == "Won" else "Won"
    return change


def checker(tables):
    """A check that all contenders show the same table, and not that of the turn before. `tables` gives for each name a function
    from the shown rows to {key: figures}."""
    before = []

    def check(shown):
        found = {name: table(shown[name]) for name, table in tables.items()}
        first_name, first = next(iter(found.items()))
        for name, table in found.items():
            require(table.keys() == first.keys(), f"{name} has other rows than {first_name}")
            for key, figures in table.items():
                for figure, expected in zip(figures, first[key], strict=True):
                    # Sums of doubles may differ in their last bits; counts are exact.
                    require(abs(figure - expected) <= 1e-12 * abs(expected), f"{key}: {name} {figures}, {first_name} {first[key]}")
        require(first not in before, "a turn shows the figures of an earlier one")
        before.append(first)
    return check


def bench_segments(bench):
    table = bench.table
    short = bench.array("SEGMENTS by owner with amount",
                        f'=SEGMENTS({table};"owner";"stage";"Won";"Lost";"amount")', 13, len(SELLERS) + 2)
    long = bench.array("SEGMENTS by owner with amount and cycle",
                       f'=SEGMENTS({table};"owner";"stage";"Won";"Lost";"amount";"opened";"closed")', 13, len(SELLERS) + 2)
    short_read = reading(bench, ["owner", "stage", "amount"])
    long_read = reading(bench, ["owner", "stage", "amount", "opened", "closed"])

    owner, stage, amount = (bench.column(header, DEALS) for header in ("owner", "stage", "amount"))
    heads = ["deals", "won", "lost", "open", "win rate", "revenue", "average sale"]
    cells = bench.cells("COUNTIFS, SUMIFS, AVERAGEIFS cells", heads, SELLERS, [
        f"=COUNTIFS({owner};$A2)",
        f'=COUNTIFS({owner};$A2;{stage};"Won")',
        f'=COUNTIFS({owner};$A2;{stage};"Lost")',
        "=B2-C2-D2",
        "=C2/(C2+D2)",
        f'=SUMIFS({amount};{owner};$A2;{stage};"Won")',
        f'=AVERAGEIFS({amount};{owner};$A2;{stage};"Won")'], across=False)

    def of_segments(shown):
        return {row[0]: (*row[1:6], row[9], row[11]) for row in shown[2:]}

    def of_cells(shown):
        return {row[0]: row[1:] for row in shown[1:]}

    agree = checker({short.name: of_segments, long.name: of_segments, cells.name: of_cells})

    def check(shown):
        agree(shown)
        for read in (short_read, long_read):
            require(shown[read.name] == ((float(ROWS),),), f"{read.name} gives {shown[read.name]}")
        require(shown[short.name][1][:2] == ("All", float(ROWS)), "SEGMENTS has not seen all deals")

    bench.take_turns([short_read, short, long_read, long, cells], move_a_deal(bench), check)
    show(f"{ROWS:,} deals: SEGMENTS against reading its columns", {short_read: None, short: at_most(1.5)}, short_read)
    show(f"{ROWS:,} deals: SEGMENTS with the median cycle against reading its columns", {long_read: None, long: at_most(1.5)},
         long_read)
    show(f"{ROWS:,} deals of {len(SELLERS)} sellers: cells against SEGMENTS", {short: None, cells: at_least(5)}, short)


def bench_funnel_of_stages(bench):
    funnel = bench.array("FUNNELSTAGES by channel", f'=FUNNELSTAGES({bench.table};"stage";{STAGE_LIST};;;;"channel")',
                         12, 1 + (1 + len(CHANNELS)) * len(STAGES))
    stage, channel = (bench.column(header, DEALS) for header in ("stage", "channel"))
    # From the last stage up: who reached a stage stands at it or reached the next one, which is the cell above.
    cells = bench.cells("COUNTIFS cells", CHANNELS, STAGES[::-1],
                        [f"=COUNTIFS({stage};$A2;{channel};B$1)+N(B1)"], across=True)
    made, refreshed = bench.pivot(refresh=False), bench.pivot(refresh=True)

    def of_funnel(shown):
        return {(row[0], row[1]): row[2:3] for row in shown[1:] if row[0] != "All"}

    def of_cells(shown):
        return {(channel, row[0]): (row[1 + place],) for row in shown[1:] for place, channel in enumerate(shown[0][1:])}

    def of_pivot(shown):
        heads = next(row for row in shown if CHANNELS[0] in row)
        standing = {row[0]: dict(zip(heads[1:], row[1:])) for row in shown}
        reached = collections.Counter()
        table = {}
        for stage in STAGES[::-1]:
            for channel in CHANNELS:
                reached[channel] += standing[stage][channel]
                table[channel, stage] = (float(reached[channel]),)
        return table

    tables = {funnel.name: of_funnel, cells.name: of_cells, refreshed.name: of_pivot, made.name: of_pivot}
    # The refreshed pivot table comes first: there is one place for both.
    bench.take_turns([refreshed, made, funnel, cells], move_a_deal(bench), checker(tables))
    show(f"{ROWS:,} deals, {len(STAGES)} stages by {len(CHANNELS)} channels: cells and pivot table against FUNNELSTAGES",
         {funnel: None, cells: at_least(5), made: None, refreshed: None}, funnel)


def bench_funnel_of_events(bench):
    funnel = bench.array("FUNNELEVENTS, window of 90 days", f'=FUNNELEVENTS({bench.table};"deal";"stage";"when";{STAGE_LIST};;90)',
                         11, 1 + len(STAGES))
    read = reading(bench, ["deal", "stage", "when"])

    def change(turn):
        """The first event of some deal becomes the first step of a new one."""
        bench.data.getCellByPosition(0, 1 + turn * 997).String = f"new {turn}"
        bench.data.getCellByPosition(1, 1 + turn * 997).String = STAGES[0]

    started = []

    def check(shown):
        require(shown[read.name] == ((float(ROWS),),), f"{read.name} gives {shown[read.name]}")
        counts = [row[1] for row in shown[funnel.name][1:]]
        require(counts == sorted(counts, reverse=True) and 0 < counts[-1] < counts[0] <= ROWS // 5 + len(started) + 1,
                f"no funnel: {counts}")
        require(counts[0] not in started, "a turn shows the figures of an earlier one")
        started.append(counts[0])

    bench.take_turns([read, funnel], change, check)
    show(f"{ROWS:,} events of {ROWS // 5:,} deals: FUNNELEVENTS against reading its columns",
         {read: None, funnel: at_most(1.5)}, read)


FIRST_WEEK, WEEKS = 45_187, 72  # a Monday by which deals have begun to close
FIGURES = ["won", "lost", "revenue", "average sale"]


def bench_periods(bench):
    """The question asked most: won, lost, revenue and average sale of 72 weeks, 288 cells."""
    table = bench.table
    kpis = f'KPIPERIODS({table};"stage";"Won";"{LOST}";"opened";"closed";"amount";"week";;0)'
    read = reading(bench, ["stage", "amount", "opened", "closed"])
    whole = bench.array("KPIPERIODS by week", f"={kpis}", 15, 160)

    sides = [float(FIRST_WEEK + 7 * week) for week in range(WEEKS)]
    stage, amount, closed = (bench.column(header, DEALS) for header in ("stage", "amount", "closed"))
    days = f'{closed};">="&$A2;{closed};"<"&$A2+7'
    plain = bench.cells("288 cells of COUNTIFS, SUMIFS, AVERAGEIFS", FIGURES, sides, [
        f'=COUNTIFS({stage};"Won";{days})', f'=COUNTIFS({stage};"{LOST}";{days})', f'=SUMIFS({amount};{stage};"Won";{days})',
        f'=AVERAGEIFS({amount};{stage};"Won";{days})'], across=False)
    week = '"closed";">="&$A2;"closed";"<"&$A2+7'
    single = bench.cells("288 D cells with date criteria", FIGURES, sides, [
        f'=DSALES({table};"stage";"{state}";"amount";"{statistic}";{week})'
        for state, statistic in (("Won", "count"), (LOST, "count"), ("Won", "sum"), ("Won", "mean"))], across=False)
    block = bench.sheet.getCellRangeByPosition(10, 0, 24, 159)
    looked_up = bench.cells("288 cells of INDEX/MATCH into one KPIPERIODS", FIGURES, sides, [
        f"=INDEX($K$1:$Y$160;MATCH($A2;$K$1:$K$160;0);{column})" for column in (4, 5, 11, 12)], across=False)
    enter_cells = looked_up.enter

    def enter():
        block.setArrayFormula(f"={kpis}")
        return enter_cells()
    looked_up.enter = enter

    def of_cells(shown):
        return {row[0]: row[1:] for row in shown[1:]}

    def of_whole(shown):
        return {row[0]: (row[3], row[4], row[10], row[11]) for row in shown if row[0] in sides}

    agree = checker({plain.name: of_cells, single.name: of_cells, looked_up.name: of_cells, whole.name: of_whole})

    def check(shown):
        agree(shown)
        require(shown[read.name] == ((float(ROWS),),), f"{read.name} gives {shown[read.name]}")

    bench.take_turns([read, whole, looked_up, plain, single], turn_a_close(bench, FIRST_WEEK, 7 * WEEKS), check)
    show(f"{ROWS:,} deals: KPIPERIODS against reading its columns", {read: None, whole: at_most(1.5)}, read)
    show(f"{ROWS:,} deals, {WEEKS} weeks: one array and D cells against plain cells",
         {plain: None, looked_up: at_most(0.1), single: at_most(1)}, plain)


def bench_customers(bench):
    """The model of customer value against reading its columns and against a sort of the same rows."""
    read = reading(bench, ORDERS)
    models = [bench.array(f"CLVMODEL, {model}", f'=CLVMODEL({bench.table};"customer";"when";"amount";"{model}")', 5, 16)
              for model in ("mbgnbd", "bgnbd", "pnbd")]
    rows = list(bench.data.getCellRangeByPosition(0, 1, 2, ROWS).getDataArray())
    random.Random(3).shuffle(rows)
    sort = Contender("a sort of the same rows by customer and day (Python)", lambda: sorted(rows)[:1], lambda: None)
    known = []

    def change(turn):
        """A few orders in the middle, most of them repeats, become dearer."""
        row = ROWS // 2 + 50 * turn
        bench.data.getCellRangeByPosition(2, row, 2, row + 29).setDataArray(((1_000.0 + turn,),) * 30)

    def check(shown):
        require(shown[read.name] == ((float(ROWS),),), f"{read.name} gives {shown[read.name]}")
        for model in models:
            figures = shown[model.name]
            require(figures[8][:2] == ("verdict", "ok"), f"{model.name} says {figures[8]}")
        spend = shown[models[0].name][5][1]
        require(spend not in known, "a turn shows the figures of an earlier one")
        known.append(spend)

    bench.take_turns([sort, read, *models], change, check)
    show(f"{ROWS:,} orders: CLVMODEL against reading its columns", {read: None, **{each: at_most(3) for each in models}, sort: None},
         read)


BENCHES = {
    "segments": (write_deals, DEALS, bench_segments), "stages": (write_deals, DEALS, bench_funnel_of_stages),
    "periods": (write_deals, DEALS, bench_periods), "events": (write_events, EVENTS, bench_funnel_of_events),
    "customers": (write_orders, ORDERS, bench_customers)}


def main():
    wanted = sys.argv[1:] or list(BENCHES)
    with tempfile.TemporaryDirectory(prefix="calckpi-bench-") as folder, Office() as office:
        for oxt in (os.environ["CALCKPI_OXT"], os.environ["CALCKPI_PROBE_OXT"]):
            office.install(oxt)
        for write, columns in ((write_deals, DEALS), (write_events, EVENTS), (write_orders, ORDERS)):
            benches = [run for name, (of, _columns, run) in BENCHES.items() if of is write and name in wanted]
            if not benches:
                continue
            path = os.path.join(folder, "export.csv")
            write(path)
            bench = Bench(office, path, len(columns))
            print(f"\n{bench.memory.now:.0f} MB: the office with {ROWS:,} rows of {len(columns)} columns")
            for run in benches:
                run(bench)
            bench.memory.forget_peak()
            print(f"\n{bench.memory.highest:.0f} MB: the office's peak (VmHWM), opening the file included")
            bench.close()


if __name__ == "__main__":
    main()
