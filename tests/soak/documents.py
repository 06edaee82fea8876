#!/usr/bin/env python3
"""Documents opened, calculated and closed one after the other in a visible Calc, with the funnel panel open: the office lives, shows the
same as was saved, and its memory settles.

    documents.py [--count 200]
"""
import argparse
import pathlib
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

SECONDS = 300  # within which a document is opened, calculated and closed; the machine may be loaded


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


def work(calc, files, count, report, extension):
    """Opens, calculates and closes `count` documents; gives the memory after each."""
    samples, memory = [], Memory(calc.office)
    expected = {}
    for number in range(count):
        path = files[number % len(files)]
        what = f"document {number + 1}, {path.name}"
        try:
            with day.watched(calc.office, SECONDS):
                document = calc.open(path)
                if extension:
                    if not has_panel(calc):
                        calc.dispatch(document, SHOW_PANEL)
                    wait_until(lambda: has_panel(calc), f"{what}: the panel is there", 120)
                else:
                    calc.dispatch(document, ".uno:SidebarDeck.PropertyDeck" if number == 0 else ".uno:Deselect")
                    time.sleep(0.2)
                calc.on_main_thread(lambda: document.CurrentController.select(document.Sheets.getByIndex(0).getCellRangeByName("B2")))
                calc.on_main_thread(document.calculateAll)
                cells = shown(document)
                if expected.setdefault(path, cells) != cells:
                    report.violation(f"{what} shows other figures than when it was opened first")
                calc.on_main_thread(lambda: document.close(True))
            samples.append(memory.now)
        except Exception as failure:
            report.violation(f"{what}: {type(failure).__name__} {failure}; the office is {'alive' if calc.office.alive else 'gone'}")
            if not calc.office.alive:
                break
    return samples, memory.peak if calc.office.alive else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--no-control", action="store_true")
    arguments = parser.parse_args()
    report = day.Report(f"{arguments.count} documents opened, calculated and closed with the panel open")
    with tempfile.TemporaryDirectory(prefix="calckpi-soak-") as folder, Desk() as desk:
        start = time.monotonic()
        with Calc(desk) as calc:
            files = write_documents(calc, pathlib.Path(folder))
            samples, peak = work(calc, files, arguments.count, report, True)
        report.figure("documents", f"{len(samples)}", f"{len(files)} different ones")
        report.figure("time, s", f"{time.monotonic() - start:.0f}")

        def control():
            with PlainCalc(desk) as plain:
                return work(plain, files, arguments.count, report, False)[0]

        if samples:
            day.judge_memory(report, samples, None if arguments.no_control else control, peak)
    sys.exit(report.end())


if __name__ == "__main__":
    main()
