#!/usr/bin/env python3
"""Random formulas over all functions, one after the other, in one Calc: each cell shows a number, a text where the function gives texts,
or an error that is documented. Every batch has a workbook of its own random cells; at its end all of it is calculated once more and
must show the same.

    formulas.py [--count 20000] [--seed N] [--only NUMBER]

`--only` enters the formula of that number alone, of the workbook that it had.
"""
import argparse
import collections
import json
import math
import os
import pathlib
import random
import re
import sys
import tempfile
import time
import zipfile

import day
from office_process import Memory
from random_formulas import RandomFormulas, RandomWorkbook, fold

from com.sun.star.table import CellAddress

BATCH = 200
SECONDS = 180  # within which each formula answers; the machine may be loaded
MOST_DEATHS = 5
MOST_ASKED = 3  # cells of a block with errors

SHOWN = {532: "#DIV/0!", 503: "#NUM!", 519: "#VALUE!", 32767: "#N/A", 524: "#REF!", 525: "#NAME?"}


def documented_errors():
    """The errors that the reference inside the extension names. #NAME? is none that a function of an installed extension shows."""
    with zipfile.ZipFile(day.OXT) as archive:
        page = archive.read("reference/reference.en.html").decode()
    section = page[page.index('<section id="errors"'):]
    return set(re.findall(r'data-error="([^"]+)"', section[:section.index("</section>")])) - {"#NAME?"}


DOCUMENTED = documented_errors()

# The words of the functions' own header rows and totals.
WORDS = {fold(word) for word in (
    "All", "Total", "(blank)", "segment", "deals", "won", "lost", "open", "win rate", "low", "high", "p-value", "revenue",
    "share of revenue", "average sale", "median cycle", "cohort", "customers", "period", "start", "new", "expansion", "contraction",
    "churned", "reactivated", "end", "GRR", "NRR", "gross churn", "net churn", "quick ratio", "customer", "repeats", "recency", "age",
    "mean repeat value", "days", "at risk", "share won", "share lost", "stage", "count", "of previous", "of first", "median days",
    "mean days", "value")}

# Calc's own functions, and one of its own add-ins', for the control: what the office takes for such arguments alone. None of them
# counts up to its arguments or holds a whole sheet.
OWN = ["SUM", "COUNTA", "SERIESSUM", "AVERAGE", "COUNT", "MAX"]


class Batches:
    """An office, and in it a document whose sheets get new cells for each batch."""

    def __init__(self, extension):
        self.extension = extension
        self._folder = tempfile.TemporaryDirectory(prefix="calckpi-heap-")
        self.heap = day.Heap(pathlib.Path(self._folder.name))
        self.office = day.Office(environment=self.heap.environment)
        self.office.__enter__()
        if extension:
            self.office.install(day.OXT)
        self.memory = Memory(self.office)
        self.document = self.office.new_document()
        sheets = self.document.Sheets
        sheets[0].Name = "Formulas"
        for name in ("Deals", "Wild", "Faults"):
            sheets.insertNewByName(name, sheets.Count)
        self.formulas = sheets.getByName("Formulas")
        self.document.NamedRanges.addNewByName("TheDeals", "$Deals.$A$1:$J$31", CellAddress(0, 0, 0), 0)

    def end(self):
        self.office.__exit__()
        self._folder.cleanup()

    def fill(self, workbook):
        for name, rows in (("Deals", workbook.deals), ("Wild", workbook.wild), ("Faults", workbook.faults)):
            sheet = self.document.Sheets.getByName(name)
            sheet.clearContents(1023)
            plain = tuple(tuple("" if isinstance(value, str) and value.startswith("=") else value for value in row) for row in rows)
            sheet.getCellRangeByPosition(0, 0, len(rows[0]) - 1, len(rows) - 1).setDataArray(plain)
            for place, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, str) and value.startswith("="):
                        sheet.getCellByPosition(column, place).Formula = value

    def enter(self, formula, place):
        """Enters a formula, and gives its cells: numbers, texts, and errors as (number,)."""
        if formula.columns:
            left, top = 1 + 15 * (place % 16), 31 * (place // 16)
            cells = self.formulas.getCellRangeByPosition(left, top, left + formula.columns - 1, top + formula.rows - 1)
            cells.setArrayFormula(formula.text)
        else:
            cells = self.formulas.getCellByPosition(0, place)
            cells.Formula = formula.text
        shown, failed = [], []
        for row, values in enumerate(cells.getDataArray()):
            for column, value in enumerate(values):
                if value is None:
                    failed.append((column, row))
                else:
                    shown.append(value)
        # Each error has to be asked for alone: of many cells, the first ones and the last one.
        for column, row in failed[:MOST_ASKED] + failed[MOST_ASKED:][-1:]:
            shown.append(((cells.getCellByPosition(column, row) if formula.columns else cells).getError(),))
        return shown

    def recalculate(self):
        """Calculates all formulas again, and tells which cell shows something else than before."""
        area = self.formulas.createCursor()
        area.gotoEndOfUsedArea(False)
        area = self.formulas.getCellRangeByPosition(0, 0, area.RangeAddress.EndColumn, area.RangeAddress.EndRow)
        before = area.getDataArray()
        self.document.calculateAll()
        after = area.getDataArray()
        for row, (old_row, new_row) in enumerate(zip(before, after)):
            for column, (old, new) in enumerate(zip(old_row, new_row)):
                if old != new:
                    return f"{area.getCellByPosition(column, row).Formula} showed {old!r}, and {new!r} when calculated again"
        return None

    def clear(self):
        self.formulas.clearContents(1023)


def error_shown(number):
    return SHOWN.get(number, f"Err:{number}")


def fault_of(formula, shown, known_texts):
    """What must not be in a cell, or None."""
    if isinstance(shown, tuple):
        error = error_shown(shown[0])
        return None if error in DOCUMENTED | formula.errors else f"shows {error}"
    if isinstance(shown, float):
        return None if math.isfinite(shown) else f"shows {shown}"
    if shown == "":
        return None if formula.function["givesTable"] else "shows an empty text"
    if not formula.function["givesTable"]:
        return f"shows the text {shown[:60]!r}"
    folded = fold(shown)
    if folded in WORDS or folded in known_texts or re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", folded) or not folded.strip("x🎉"):
        return None
    if folded in {fold(text) for text in re.findall(r'"([^"]*)"', formula.text)}:
        return None
    return f"shows the text {shown[:60]!r}, which is in no cell and no argument"


def kind_of(shown):
    if isinstance(shown, tuple):
        return error_shown(shown[0])
    return "number" if isinstance(shown, float) else "text" if shown else "empty cell of a table"


class Soak:
    def __init__(self, arguments, report):
        self.arguments = arguments
        self.report = report
        with open(os.environ["CALCKPI_CATALOG"], encoding="utf-8") as file:
            self.functions = json.load(file)["functions"]
        self.outcomes = collections.Counter()
        self.cells = collections.Counter()
        self.answered = set()  # functions that gave a number or a text

    def batch_of(self, number):
        """The workbook of a batch, and the source of its formulas: the same for the same seed."""
        dice = random.Random(f"{self.arguments.seed} {number}")
        workbook = RandomWorkbook(dice)
        return workbook, RandomFormulas(dice, self.functions, workbook)

    def run_batch(self, batches, number, count):
        workbook, formulas = self.batch_of(number)
        known_texts = workbook.texts()
        what = "the cells of the workbook"
        try:
            with day.watched(batches.office, SECONDS) as watch:
                batches.fill(workbook)
            for place in range(count):
                formula = formulas.next()
                if self.arguments.only is not None and number * BATCH + place != self.arguments.only:
                    continue
                what = f"formula {number * BATCH + place} {formula}"
                with day.watched(batches.office, SECONDS) as watch:
                    shown = batches.enter(formula, place)
                self.judge(what, formula, shown, known_texts)
            what = "the recalculation"
            with day.watched(batches.office, 10 * SECONDS) as watch:
                changed = batches.recalculate()
            self.report.require(changed is None, f"batch {number}: {changed}")
            what = "the deletion of all formulas"
            with day.watched(batches.office, SECONDS) as watch:
                batches.clear()
            return True
        except Exception as failure:  # pyuno gives a call that the office did not answer in several ways
            alive = batches.office.alive
            ending = "Calc raised" if alive else f"Calc did not answer within {SECONDS} s at" if watch.ended else "Calc died at"
            self.report.violation(f"{ending} {what} of seed {self.arguments.seed}: {type(failure).__name__} {failure}")
            return False

    def judge(self, what, formula, shown, known_texts):
        kinds = [kind_of(value) for value in shown]
        self.outcomes["array of several kinds" if len(set(kinds)) > 1 else kinds[0]] += 1
        self.cells.update(kinds)
        if not all(isinstance(value, tuple) for value in shown):
            self.answered.add(formula.function["name"])
        for value in shown:
            fault = fault_of(formula, value, known_texts)
            if fault:
                self.report.violation(f"{what} {fault}")
                break

    def run(self):
        batches = Batches(extension=True)
        samples, deaths, peak = [], 0, 0
        start = time.monotonic()
        try:
            for number in range(-(-self.arguments.count // BATCH)):
                if self.arguments.only is not None and number != self.arguments.only // BATCH:
                    continue
                if self.run_batch(batches, number, min(BATCH, self.arguments.count - number * BATCH)):
                    samples.append(batches.heap.now / 1024)
                    peak = max(peak, batches.memory.peak)
                    continue
                deaths += 1
                if deaths == MOST_DEATHS:
                    break
                batches.end()
                samples.clear()  # of the office that is gone
                batches = Batches(extension=True)
        finally:
            batches.end()
        return samples, peak, time.monotonic() - start

    def control(self):
        """The same workbooks and arguments, with Calc's own functions in an office without the extension."""
        batches = Batches(extension=False)
        samples = []
        try:
            for number in range(-(-self.arguments.count // BATCH)):
                workbook, formulas = self.batch_of(number)
                with day.watched(batches.office, 10 * SECONDS):
                    batches.fill(workbook)
                    for place in range(BATCH):
                        formula = formulas.next()
                        formula.text = f"={OWN[place % len(OWN)]}{formula.text[formula.text.index('('):]}"
                        batches.enter(formula, place)
                    batches.recalculate()
                    batches.clear()
                samples.append(batches.heap.now / 1024)
        finally:
            batches.end()
        return samples


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--only", type=int)
    parser.add_argument("--no-control", action="store_true")
    arguments = parser.parse_args()
    report = day.Report(f"{arguments.count:,} random formulas, seed {arguments.seed}")
    soak = Soak(arguments, report)
    samples, peak, seconds = soak.run()
    for title, counted in (("formulas that show", soak.outcomes), ("cells that show", soak.cells)):
        for kind, count in counted.most_common():
            report.figure(f"{title}: {kind}", f"{count:,}")
    report.figure("formulas in all", f"{sum(soak.outcomes.values()):,}")
    report.figure("functions that gave a value", f"{len(soak.answered)} of {len(soak.functions)}")
    report.figure("time, s", f"{seconds:.0f}")
    if arguments.only is None:
        silent = sorted(function["name"] for function in soak.functions if function["name"] not in soak.answered)
        report.require(arguments.count < 5_000 or not silent, f"never gave a value: {', '.join(silent)}")
        if samples:
            day.judge_memory(report, samples, None if arguments.no_control else soak.control, peak)
    sys.exit(report.end())


if __name__ == "__main__":
    main()
