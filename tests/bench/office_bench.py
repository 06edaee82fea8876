"""Speed in a real Calc, as ratios within one run. Machines are shared and noisy: each figure is the best of several rounds,
the things compared take turns, and nothing is asserted.

    tests/bench/run [calls] [tables] [start]
"""
import os
import statistics
import sys
import time

sys.path.insert(0, os.path.join(os.environ["CALCKPI_SOURCE"], "packaging"))

from office import Office  # noqa: E402

OXT = os.environ["CALCKPI_OXT"]
ROUNDS = 9
CELLS = 100_000
TABLE_ROWS = 10_000
STARTS = 15


def best_of_turns(contenders, rounds=ROUNDS):
    """The shortest time of each contender, after one round that only warms up."""
    times = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, run in contenders.items():
            start = time.perf_counter()
            run()
            if turn:
                times[name].append(time.perf_counter() - start)
    return {name: min(taken) for name, taken in times.items()}


def show(title, times, base):
    print(f"\n{title}")
    for name, seconds in times.items():
        print(f"  {name:<44} {seconds * 1000:9.1f} ms   {seconds / times[base]:6.2f} x")
    sys.stdout.flush()


def filled_document(office, formula):
    """A document whose column C holds `formula` over A and B, filled down."""
    document = office.new_document()
    sheet = document.Sheets[0]
    document.addActionLock()
    block = sheet.getCellRangeByPosition(0, 0, 1, CELLS - 1)
    block.setDataArray(tuple((float(row % 50 + 1), float(row % 7 + 1)) for row in range(CELLS)))
    column = sheet.getCellRangeByPosition(2, 0, 2, CELLS - 1)
    column.getCellByPosition(0, 0).FormulaLocal = formula
    column.fillAuto(0, 1)
    document.removeActionLock()
    last = sheet.getCellByPosition(2, CELLS - 1)
    if last.getError():
        raise RuntimeError(f"{formula} shows {last.String}")
    return document


def bench_calls(office):
    own = "DOLLARDE (LibreOffice's own add-in)"
    formulas = {own: "=DOLLARDE(A1;B1)", "DELTA (LibreOffice's own add-in)": "=DELTA(A1;B1)", "=A1/(A1+B1)": "=A1/(A1+B1)",
                "WINRATE": "=WINRATE(A1;B1)"}
    documents = {name: filled_document(office, formula) for name, formula in formulas.items()}
    times = best_of_turns({name: document.calculateAll for name, document in documents.items()})
    show(f"{CELLS:,} cells with two arguments, recalculated", times, own)
    print(f"  WINRATE against =A1/(A1+B1): {times['WINRATE'] / times['=A1/(A1+B1)']:.2f} x")
    for document in documents.values():
        document.close(True)


def bench_tables(office):
    document = office.new_document()
    sheet = document.Sheets[0]
    stages = ("Won", "Lost", "Demo", "Proposal")
    rows = [tuple(f"header{column}" if column != 3 else "stage" for column in range(8))]
    rows += [tuple(stages[row % 4] if column == 3 else float(row * column) for column in range(8)) for row in range(TABLE_ROWS)]
    sheet.getCellRangeByPosition(0, 0, 7, TABLE_ROWS).setDataArray(tuple(rows))
    cell = sheet.getCellByPosition(9, 0)

    def compute(table, times=20):
        def run():
            for _ in range(times):
                cell.FormulaLocal = f"=DWINRATE({table};\"stage\";\"won\";\"lost\")"
                if cell.getError() or cell.Value != 0.5:
                    raise RuntimeError(f"{cell.FormulaLocal} shows {cell.String}")
        return run

    exact = f"A1:H{TABLE_ROWS + 1}"
    times = best_of_turns({exact: compute(exact), "A:H": compute("A:H")})
    show(f"DWINRATE, {TABLE_ROWS:,} used rows, 20 times", times, exact)
    document.close(True)


def bench_start():
    with_extension, without = Office(), Office()
    try:
        with_extension.start()
        with_extension.install(OXT)
        without.start()
        without.restart()
        with_extension.stop()
        without.stop()
        taken = {"without": [], "with the extension": []}
        for _ in range(STARTS):
            for name, office in (("without", without), ("with the extension", with_extension)):
                start = time.perf_counter()
                office.start()
                office.new_document().close(True)
                taken[name].append(time.perf_counter() - start)
                office.stop()
        print(f"\nStarting the office and opening a spreadsheet, {STARTS} times each")
        for name, figures in taken.items():
            print(f"  {name:<22} best {min(figures):.3f} s, median {statistics.median(figures):.3f} s")
        print(f"  ratio: best {min(taken['with the extension']) / min(taken['without']):.3f}, "
              f"median {statistics.median(taken['with the extension']) / statistics.median(taken['without']):.3f}")
    finally:
        with_extension.__exit__()
        without.__exit__()


def main():
    wanted = sys.argv[1:] or ["calls", "tables", "start"]
    with Office() as office:
        office.install(OXT)
        if "calls" in wanted:
            bench_calls(office)
        if "tables" in wanted:
            bench_tables(office)
    if "start" in wanted:
        bench_start()


if __name__ == "__main__":
    main()
