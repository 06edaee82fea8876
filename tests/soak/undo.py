#!/usr/bin/env python3
"""Undo and redo of funnel tables and formulas, in a visible Calc with the panel open. At every place of the undo list that is looked at,
the document must be what it was there the first time.

Calc keeps some of each chart that comes and goes with undo and redo. So an office without the extension does the like: tables of figures
with charts, made by Calc's own means, undone and redone as often.

    undo.py [--count 500] [--seed N]
"""
import argparse
import itertools
import os
import pathlib
import random
import re
import statistics
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree

import day
import bed  # the sidebar tests'
from calc import Calc
from desk import Desk
from office_process import Memory
from saved import TABLE, parts_of

from com.sun.star.awt import Rectangle
from com.sun.star.beans import NamedValue
from com.sun.star.chart import ChartDataCaption
from com.sun.star.chart.ChartDataRowSource import COLUMNS
from com.sun.star.drawing.FillStyle import NONE as NO_FILL, SOLID
from com.sun.star.drawing.LineStyle import NONE as NO_LINE

SECONDS = 300
STEPS = 20  # in the undo list, of the 100 that Calc keeps
SOURCE = "$Deals.$A$1:$F$121"

# Kilobytes that an undo or redo may leave behind more than without the extension. Nearly all of it is charts, and the
# two do not have quite as many of them: runs differed by up to 21, once one way, once the other.
MOST_KEPT = 50
FEWEST_ROUNDS = 5  # of steps, undos and redos; nothing is judged by fewer


class ProbedCalc(Calc):
    """With the job of the office tests' probe, which writes funnel tables as the panel does (tests/office/probe/sheets.hpp)."""

    extensions = (day.OXT, os.environ["CALCKPI_PROBE_OXT"])
    _profile = None


class PlainCalc(Calc):
    """Without the extension."""

    extensions = ()
    _profile = None


def settings(dice):
    """The settings of a funnel table, as core/sheets/settings.cpp writes them."""
    steps = dice.choice((("Lead", "Qualified", "Proposal"), ("Lead", "Proposal"), ("Qualified",)))
    more = dice.sample(("by-column Owner", "amount-column Amount", "intervals yes", "picture bars", "live no", "picture none"), 2)
    if {"picture bars", "picture none"} <= set(more):
        more = more[:1]
    return "\n".join(["funnel 1", f"source {SOURCE}", "shape stages", "stage-column Stage", *(f"step {step}" for step in steps), "won Won",
                      "lost Lost", *more, "end"])


def joined(text):
    """A sheet with equal rows, and equal cells, that follow one another written as one: Calc sometimes does, sometimes not."""
    root = ElementTree.fromstring(text)
    for repeated in (TABLE + "number-columns-repeated", TABLE + "number-rows-repeated"):  # rows are equal once their cells are
        for parent in root.iter():
            last, last_text = None, None
            for child in list(parent):
                times = int(child.attrib.pop(repeated, 1))
                child_text = ElementTree.tostring(child)
                if child.tag in (TABLE + "table-row", TABLE + "table-cell", TABLE + "table-column") and child_text == last_text:
                    parent.remove(child)
                    last.set(repeated, str(int(last.get(repeated, 1)) + times))
                    continue
                last, last_text = child, child_text
                if times > 1:
                    child.set(repeated, str(times))
    return ElementTree.tostring(root, encoding="unicode")


class Work:
    FORMULA = "=WINRATE({};{})"
    ARRAY = '=SEGMENTS(Deals.A1:F{};"Owner";"Stage";"Won";"Lost";"Amount")'

    def __init__(self, calc, document, dice):
        self.calc, self.document, self.dice = calc, document, dice
        self.undo = document.UndoManager
        self.formulas = 0

    def job(self, what, target=None):
        values = {"Document": self.document, "Do": what, "Settings": settings(self.dice), "Language": "en", "Overwrite": True,
                  "Source": self.document.Sheets.getByName("Deals").getCellRangeByName("A1:F121")}
        if target is not None:
            values["Target"] = target
        job = self.calc.office.service("org.calckpi.test.Sheets")
        answer = job.execute(tuple(NamedValue(name, value) for name, value in values.items()))
        if not answer.startswith("CalcKpi_Funnel_"):
            raise RuntimeError(f"{what}: {answer}")

    def cell(self, sheet, column, row):
        return self.document.Sheets.getByName(sheet).getCellByPosition(column, row)

    def places(self):
        """The cells where tables are inserted."""
        return [self.cell("Mine", 20 * column, 60 * row) for column in range(1, 5) for row in range(4)]

    def tables(self):
        """A cell of each funnel table."""
        return [sheet.NamedRanges.getByName(name).ReferredCells.getCellByPosition(0, 0) for sheet in self.document.Sheets
                for name in sheet.NamedRanges.ElementNames if re.fullmatch(r"CalcKpi_Funnel_\d+", name)]

    def step(self):
        """One thing that a user does."""
        dice = self.dice
        kind = dice.choice(("sheet", "at a cell", "update", "update", "deal", "formula", "formula", "array"))
        tables = self.tables()
        if kind == "update" and tables:
            return self.job("update", dice.choice(tables))
        if kind == "sheet" and self.document.Sheets.Count < 6:
            return self.job("insertSheet")
        if kind == "at a cell" and len(tables) < 8:
            free = [cell for cell in self.places() if not cell.String]
            return self.job("insertAt", dice.choice(free))
        if kind == "deal":
            self.cell("Deals", 3, dice.randrange(1, 121)).String = dice.choice(bed.STAGES + ["Lost"])
        elif kind == "array":
            row = 12 * dice.randrange(1, 50)
            self.document.Sheets.getByName("Mine").getCellRangeByPosition(5, row, 17, row + 5).setArrayFormula(
                self.ARRAY.format(dice.randrange(20, 121)))
        else:
            self.formulas += 1  # never the same, as that would be no step
            self.cell("Mine", dice.randrange(4), dice.randrange(6, 60)).Formula = self.FORMULA.format(self.formulas, dice.randrange(1, 99))

    def steps(self):
        return len(self.undo.getAllUndoActionTitles())

    def content(self):
        """What the document would save, but for what Calc itself changes: a chart that comes back is stored under another name and
        without the header of its categories."""
        changing = r'[\w:]*href="[^"]*"|[\w:]*notify-on-update-of-ranges="[^"]*"'
        return {part: joined(re.sub(changing, "", text)) for part, text in parts_of(self.document).items()}


class PlainWork(Work):
    """The like with Calc's own means: a table is a block of figures with a chart, in one step."""

    FORMULA = "=GCD({};{})"
    ARRAY = "=ROW(Deals.A1:A{})*COLUMN($A$1:$L$1)"

    def __init__(self, calc, document, dice):
        super().__init__(calc, document, dice)
        self.names = (f"Own {number}" for number in itertools.count(1))

    def tables(self):
        own = [self.cell(name, 0, 0) for name in self.document.Sheets.ElementNames if name.startswith("Own ")]
        return [cell for cell in self.places() if cell.String] + own

    def job(self, what, target=None):
        pictured = "picture" not in settings(self.dice)
        sheets = self.document.Sheets
        self.undo.enterUndoContext(what)
        if what == "insertSheet":
            name = next(self.names)
            sheets.insertNewByName(name, 1)
            sheet, column, row = sheets.getByName(name), 0, 0
        else:
            place = target.CellAddress
            sheet, column, row = sheets.getByIndex(place.Sheet), place.Column, place.Row
        cells = sheet.getCellRangeByPosition(column, row, column + 2, row + 7)
        cells.setDataArray(tuple((f"step {line}", *(float(self.dice.randrange(99)) for _ in range(2))) for line in range(8)))
        present = [chart.Name for chart in sheet.Charts if chart.Ranges and chart.Ranges[0] == cells.RangeAddress]
        for name in present:
            if not pictured:
                sheet.Charts.removeByName(name)
        if pictured and not present:
            self.draw(sheet, cells.RangeAddress)
        self.undo.leaveUndoContext()

    def draw(self, sheet, area):
        """A chart that looks like that of a funnel table (addin/document/charts.cpp)."""
        name = next(self.names)
        sheet.Charts.addNewByName(name, Rectangle(1000, 1000 + 500 * area.StartRow, 9000, 7000), (area,), True, True)
        chart = sheet.Charts.getByName(name).EmbeddedObject
        chart.Diagram = chart.createInstance("com.sun.star.chart.BarDiagram")
        chart.HasLegend, chart.HasMainTitle = False, True
        chart.Title.String, chart.Title.CharHeight = name, 10
        chart.Area.LineStyle = NO_LINE
        diagram = chart.Diagram
        diagram.Vertical = diagram.Stacked = True
        diagram.DataRowSource = COLUMNS
        diagram.HasYAxis = diagram.HasYAxisGrid = diagram.HasXAxisGrid = False
        diagram.Wall.FillStyle, diagram.Wall.LineStyle = NO_FILL, NO_LINE
        axis = diagram.getXAxis()
        axis.ReverseDirection, axis.Marks, axis.LineStyle = True, 0, NO_LINE
        axis = diagram.getYAxis()
        axis.GapWidth, axis.Overlap = 15, 100
        bars = diagram.getDataRowProperties(1)
        bars.FillStyle, bars.FillColor, bars.LineStyle = SOLID, 0x3C82C4, NO_LINE
        bars.DataCaption, bars.CharColor = ChartDataCaption.VALUE, 0xFFFFFF

    def content(self):
        """Nothing: what Calc does with its own is not looked at."""
        return {}


def difference(before, after):
    """The first place where two texts differ."""
    place = next((place for place, (one, other) in enumerate(zip(before, after)) if one != other), min(len(before), len(after)))
    return f"{before[max(0, place - 60):place + 300]!r}, then {after[max(0, place - 60):place + 300]!r}"


def work(kind, calc, heap, document, count, dice, report):
    """Gives how often each thing was done, the resident memory, its peak, and what was in use after so many undos and redos."""
    document.Sheets.getByIndex(0).Name = "Deals"
    bed.SidebarTest.write(document, "Deals", bed.deals(120), dates=(5,))
    document.Sheets.insertNewByName("Mine", 1)
    if kind is Work:
        calc.show_panel(document)
    work = kind(calc, document, dice)
    memory, samples, in_use = Memory(calc.office), [], []
    done = {"undo": 0, "redo": 0, "looked at": 0}

    def go(place, here):
        """Undoes or redoes to a place of the list."""
        while here != place:
            what = "undo" if place < here else "redo"
            calc.on_main_thread(getattr(work.undo, what))
            done[what] += 1
            here += -1 if place < here else 1

    def look(place, contents):
        done["looked at"] += 1
        now = work.content()
        if now != contents[place]:
            for part in {**now, **contents[place]}:
                one, other = contents[place].get(part, ""), now.get(part, "")
                if one != other:
                    report.violation(f"after {done['undo']} undos and {done['redo']} redos, place {place}, {part}: {difference(one, other)}")
            contents[place] = now  # told once

    first = None
    while min(done["undo"], done["redo"]) < count:
        with day.watched(calc.office, 4 * SECONDS):
            work.undo.clear()
            in_use.append((done["undo"] + done["redo"], heap.now))
            contents = [work.content()]
            first = first or contents[0]
            while work.steps() < STEPS:
                before = work.steps()
                calc.on_main_thread(work.step)
                if work.steps() == before + 1:
                    contents.append(work.content())
                elif work.steps() != before:
                    report.violation(f"one action made {work.steps() - before} steps: {work.undo.getAllUndoActionTitles()[:3]}")
                    return done, samples, None, in_use
            here = STEPS
            for place in [0, STEPS, *(dice.randrange(STEPS + 1) for _ in range(8)), 0]:
                go(place, here)
                here = place
                look(place, contents)
                samples.append(memory.now)
    report.require(work.content() == first, "the document is not what it was at the start")
    report.require(calc.office.alive, "the office is gone")
    return done, samples, memory.peak, in_use


def kept(in_use):
    """Kilobytes that an undo or redo left behind, while the document was the same: the median over all pairs (Theil-Sen). The first
    round fills what Calc keeps anyway."""
    rounds = in_use[1:]
    return statistics.median((after - before) / (later - sooner) for (sooner, before), (later, after) in itertools.combinations(rounds, 2))


def run(calc_kind, kind, desk, arguments, report):
    """Gives what an undo or redo left behind."""
    start = time.monotonic()
    in_use = []
    with tempfile.TemporaryDirectory(prefix="calckpi-heap-") as folder:
        heap = day.Heap(pathlib.Path(folder))
        with calc_kind(desk, environment=heap.environment) as calc:
            document = calc.new()
            try:
                done, samples, peak, in_use = work(kind, calc, heap, document, arguments.count, random.Random(arguments.seed), report)
                for what, times in done.items():
                    report.figure(what, times)
                if peak is not None:
                    report.figure("resident memory, MB", f"{samples[-1]:.0f}", f"{day.growth(samples):+.1%} over the last half, {peak:.0f} at most")
            except Exception as failure:
                report.violation(f"{type(failure).__name__} {failure}; the office is {'alive' if calc.office.alive else 'gone'}")
            if calc.office.alive:
                calc.on_main_thread(lambda: document.close(True))
    report.figure("time, s", f"{time.monotonic() - start:.0f}")
    if len(in_use) < FEWEST_ROUNDS + 1:
        return None
    report.figure("allocated and not freed, MB", f"{in_use[-1][1] / 1024:.1f}", " ".join(f"{use / 1024:.1f}" for _, use in in_use))
    report.figure("an undo or redo leaves behind, KB", f"{kept(in_use):.0f}")
    return kept(in_use)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--no-control", action="store_true")
    arguments = parser.parse_args()
    report = day.Report(f"{arguments.count} times undo and redo of funnel tables and formulas, seed {arguments.seed}")
    with Desk() as desk:
        ours = run(ProbedCalc, Work, desk, arguments, report)
        if not arguments.no_control:
            print(" without the extension, with tables and charts of Calc's own", flush=True)
            without_us = run(PlainCalc, PlainWork, desk, arguments, report)
            if ours is not None and without_us is not None:
                report.figure("of it ours, KB", f"{ours - without_us:+.0f}", f"at most {MOST_KEPT}")
                report.require(ours - without_us <= MOST_KEPT, "each undo or redo leaves something behind")
    sys.exit(report.end())


if __name__ == "__main__":
    main()
