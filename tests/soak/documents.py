#!/usr/bin/env python3
"""Documents opened, calculated and closed one after the other in a visible Calc, with the funnel panel open: the office lives, and shows
the same as when it opened a document first.

Calc itself keeps about a megabyte of each window that was closed, so memory grows whatever we do. What is judged is whose it is: the
same is done with the Navigator in the place of the panel, and once more in an office without the extension, where the documents have
formulas of Calc's own. What one document leaves behind must be the same for all three.

    documents.py [--count 200]
"""
import argparse
import pathlib
import statistics
import sys
import tempfile
import time
import zipfile

import day
import bed  # the sidebar tests'
from calc import SHOW_PANEL, Calc, context_of
from desk import Desk, wait_until
from office import properties, url
from office_process import Memory

from com.sun.star.uno import Exception as OfficeException

SECONDS = 300  # within which a document is opened, calculated and closed; the machine may be loaded
FORMULAS = 16  # of a sheet's contents, com.sun.star.sheet.CellFlags

# Kilobytes that a document may leave behind more than without the extension, or without the panel. Two offices that do the same are
# within some 10 of one another; the models of a panel's controls, when they stayed, were 280.
MOST_KEPT = 100
FEWEST_ROUNDS = 4  # through all documents; nothing is judged by fewer


class PlainCalc(Calc):
    """Without the extension."""

    extensions = ()
    _profile = None


def write_documents(calc, folder):
    """Deals with formulas over them, an event log, and the extension's own sample documents."""
    document = calc.new()
    try:
        document.Sheets.getByIndex(0).Name = "Deals"
        bed.SidebarTest.write(document, "Deals", bed.deals(600), dates=(5,))
        for name, rows, dates in (("Events", bed.EVENTS, (2,)), ("Figures", [["", ""]], ())):
            document.Sheets.insertNewByName(name, document.Sheets.Count)
            bed.SidebarTest.write(document, name, rows, dates=dates)
        figures = document.Sheets.getByName("Figures")
        for row, formula in enumerate(("WINRATE(3;7)", "SALESCYCLE({46000;46010};{46010;46030})", 'DWINRATE(Deals.A:F;"Stage";"Won";"Lost")',
                                       'DSALES(Deals.A:F;"Stage";"Won";"Amount";"median")', "NPS({9;10;3})", "WINRATE(0;0)")):
            figures.getCellByPosition(0, row).Formula = "=" + formula
        for top, formula in ((10, 'FUNNELSTAGES(Deals.A:F;"Stage";{"Lead";"Qualified";"Proposal";"Won"};"Lost";;"Amount")'),
                             (20, 'SEGMENTS(Deals.A:F;"Owner";"Stage";"Won";"Lost";"Amount")'),
                             (30, 'FUNNELEVENTS(Events.A:C;"Who";"Event";"When";{"Visit";"Signup";"Trial"};;30)')):
            figures.getCellRangeByPosition(0, top, 12, top + 7).setArrayFormula("=" + formula)
        document.storeToURL(url(folder / "deals.ods"), properties(FilterName="calc8"))
        document.storeToURL(url(folder / "deals.xlsx"), properties(FilterName="Calc MS Excel 2007 XML"))
    finally:
        calc.on_main_thread(lambda: document.close(True))
    with zipfile.ZipFile(day.OXT) as archive:
        for name in archive.namelist():
            if name.startswith("samples/en/"):
                (folder / pathlib.Path(name).name).write_bytes(archive.read(name))
    return sorted(folder.iterdir())


def replace_formulas(document):
    """Gives each cell that has a formula of ours one of Calc's own, that takes an array as well."""
    for sheet in document.Sheets:
        for area in sheet.queryContentCells(FORMULAS).RangeAddresses:
            for row in range(area.StartRow, area.EndRow + 1):
                for column in range(area.StartColumn, area.EndColumn + 1):
                    cell = sheet.getCellByPosition(column, row)
                    if "ORG.CALCKPI" not in cell.Formula:
                        continue
                    if cell.Formula.startswith("{"):
                        array = sheet.createCursorByRange(cell)
                        array.collapseToCurrentArray()
                        array.setArrayFormula("=ROW($A$1:$A$8)*COLUMN($A$1:$L$1)")
                    else:
                        cell.Formula = "=SUMPRODUCT(SIN(ROW($A$1:$A$60));COS(ROW($A$1:$A$60)))"


def write_plain(calc, files, folder):
    """The same documents without formulas of ours."""
    for path in files:
        document = calc.open(path)
        try:
            replace_formulas(document)
            kept = next(value.Value for value in document.Args if value.Name == "FilterName")
            document.storeToURL(url(folder / path.name), properties(FilterName=kept))
        finally:
            calc.on_main_thread(lambda: document.close(True))
    return sorted(folder.iterdir())


def shown(document):
    """What all cells of a document show."""
    cells = []
    for sheet in document.Sheets:
        area = sheet.createCursor()
        area.gotoEndOfUsedArea(False)
        end = area.RangeAddress
        cells.append(sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray())
    return cells


def has_panel(calc):
    """Whether a panel with content is there. One that is being made or that goes with its document is none yet, or no more."""
    try:
        return any(context_of(window).getAccessibleChildCount() > 2 for window in calc.panel_windows())
    except Exception:  # it went while it was looked at
        return False


def show_panel(calc, document, what):
    if not has_panel(calc):
        calc.dispatch(document, SHOW_PANEL)
    wait_until(lambda: has_panel(calc), f"{what}: the panel is there", 120)


def show_navigator(calc, document, what):
    def show():
        sidebar = document.CurrentController.getSidebar()
        sidebar.setVisible(True)
        sidebar.showDecks(True)
        deck = sidebar.getDecks().getByName("NavigatorDeck")
        if not deck.isActive():
            deck.activate(True)
        return deck.isActive()

    def shows():
        try:
            return calc.on_main_thread(show)
        except (OfficeException, AttributeError):  # it is only being made
            return False

    wait_until(shows, f"{what}: the Navigator is there", 120)


class Work:
    """An office that opens, calculates and closes `count` documents; and what it held after each."""

    def __init__(self, calc, heap, files, count, report, show):
        self.heap, self.resident = [], []
        self.peak = None
        memory, expected = Memory(calc.office), {}
        for number in range(count):
            path = files[number % len(files)]
            what = f"document {number + 1}, {path.name}"
            try:
                with day.watched(calc.office, SECONDS):
                    document = calc.open(path)
                    show(calc, document, what)
                    calc.on_main_thread(lambda: document.CurrentController.select(document.Sheets.getByIndex(0).getCellRangeByName("B2")))
                    calc.on_main_thread(document.calculateAll)
                    cells = shown(document)
                    if expected.setdefault(path, cells) != cells:
                        report.violation(f"{what} shows other figures than when it was opened first")
                    calc.on_main_thread(lambda: document.close(True))
                self.heap.append(heap.now)
                self.resident.append(memory.now)
            except Exception as failure:
                report.violation(f"{what}: {type(failure).__name__} {failure}; the office is {'alive' if calc.office.alive else 'gone'}")
                if not calc.office.alive:
                    return
        self.peak = memory.peak

    def kept(self, period):
        """Kilobytes that each document of the last half left behind: the median over all pairs of two openings of the same document
        (a seasonal Theil-Sen slope)."""
        half = self.heap[len(self.heap) // 2:]
        return statistics.median((half[later] - half[place]) / (later - place) for place in range(len(half))
                                 for later in range(place + period, len(half), period))


def run(kind, desk, title, files, arguments, report, show):
    """`files` may be a function that needs the office."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="calckpi-heap-") as folder:
        heap = day.Heap(pathlib.Path(folder))
        with kind(desk, environment=heap.environment) as calc:
            work = Work(calc, heap, files, arguments.count, report, show)
    print(f" {title}", flush=True)
    report.figure("documents", f"{len(work.heap)}", f"{len(files)} different ones, in {time.monotonic() - start:.0f} s")
    if work.heap:
        step = max(1, -(-len(work.heap) // day.MOST_SAMPLES_SHOWN))
        report.figure("allocated and not freed, MB", f"{work.heap[-1] / 1024:.1f}", " ".join(f"{value / 1024:.1f}" for value in work.heap[::step]))
        report.figure("resident memory, MB", f"{work.resident[-1]:.0f}", f"{day.growth(work.resident):+.1%} over the last half")
    if work.peak is not None:
        report.figure("resident memory at its peak, MB", f"{work.peak:.0f}")
    if len(work.heap) < 2 * FEWEST_ROUNDS * len(files):
        return None
    kept = work.kept(len(files))
    report.figure("a document leaves behind, KB", f"{kept:.0f}")
    return kept


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--no-control", action="store_true")
    arguments = parser.parse_args()
    report = day.Report(f"{arguments.count} documents opened, calculated and closed")
    with tempfile.TemporaryDirectory(prefix="calckpi-soak-") as folder, Desk() as desk:
        ours, plain = pathlib.Path(folder) / "ours", pathlib.Path(folder) / "plain"
        ours.mkdir()
        plain.mkdir()
        with Calc(desk) as calc:
            files = write_documents(calc, ours)
            plain_files = write_plain(calc, files, plain)
        with_panel = run(Calc, desk, "with the panel open", files, arguments, report, show_panel)
        if not arguments.no_control:
            without_panel = run(Calc, desk, "with the Navigator in its place", files, arguments, report, show_navigator)
            without_us = run(PlainCalc, desk, "without the extension, with formulas of Calc's own and the Navigator", plain_files, arguments, report,
                             show_navigator)
            for what, kept, otherwise in (("the panel", with_panel, without_panel), ("functions", without_panel, without_us)):
                if kept is None or otherwise is None:
                    continue
                report.figure(f"of it for {what}, KB", f"{kept - otherwise:+.0f}", f"at most {MOST_KEPT}")
                report.require(kept - otherwise <= MOST_KEPT, f"{what}: each document leaves something behind")
    sys.exit(report.end())


if __name__ == "__main__":
    main()
