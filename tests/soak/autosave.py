#!/usr/bin/env python3
"""Recovery files while somebody works: the office saves each minute, and meanwhile the panel reads a long table again and again, formulas
are calculated and a funnel table is inserted. What was saved holds all formulas, and after the office was killed it shows their figures.

    autosave.py
"""
import os
import pathlib
import re
import shutil
import signal
import sys
import tempfile
import time
import zipfile

import day
import bed  # the sidebar tests'
from calc import Calc
from desk import Desk, wait_until
from office import properties

from com.sun.star.lang import DisposedException

ROWS = 60_000
SECONDS = 900  # until the office has saved
OURS = re.compile(r"ORG\.CALCKPI\.KPI\.(\w+)")
FUNNEL = 'FUNNELSTAGES(Deals.A:F;"Stage";{"Lead";"Qualified";"Proposal";"Won"};"Lost";;"Amount")'
SEGMENTS = 'SEGMENTS(Deals.A:F;"Owner";"Stage";"Won";"Lost";"Amount")'


def autosave_each_minute(office):
    provider = office.service("com.sun.star.configuration.ConfigurationProvider")
    settings = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess",
                                                    properties(nodepath="/org.openoffice.Office.Recovery/AutoSave"))
    settings.Enabled = True
    settings.TimeIntervall = 1
    settings.commitChanges()


def write(calc):
    document = calc.new()
    document.Sheets.getByIndex(0).Name = "Deals"
    bed.SidebarTest.write(document, "Deals", bed.deals(ROWS), dates=(5,))
    document.Sheets.insertNewByName("Figures", 1)
    figures = document.Sheets.getByName("Figures")
    for top, formula in ((0, FUNNEL), (10, SEGMENTS)):
        figures.getCellRangeByPosition(0, top, 12, top + 7).setArrayFormula("=" + formula)
    for row in range(20):
        figures.getCellByPosition(0, 20 + row).Formula = f'=DWINRATE(Deals.A:F;"Stage";"Won";"Lost";;"Owner";"{bed.OWNERS[row % 3]}")'
    return document


def formulas_in(path):
    """Our formulas in a saved document, or None while it is being written."""
    try:
        with zipfile.ZipFile(path) as archive:
            formulas = re.findall(r'table:formula="([^"]*)"', archive.read("content.xml").decode())
            return sorted(name for formula in formulas for name in OURS.findall(formula))
    except (zipfile.BadZipFile, KeyError, OSError):
        return None


class Work:
    def __init__(self, calc, document, report):
        self.calc, self.document, self.report = calc, document, report
        self.backup = calc.office.profile / "user" / "backup"
        self.turns = self.reading = 0

    def files(self):
        """The recovery files, and when each was written."""
        return {path: path.stat().st_mtime for path in self.backup.glob("*")
                if path.is_file() and path.suffix in (".ods", ".tmp") or "_0" in path.name}

    def turn(self, panel):
        """A deal changes: all formulas over the deals are calculated, and the panel reads them."""
        self.turns += 1
        stage = self.document.Sheets.getByName("Deals").getCellByPosition(3, 1 + self.turns)
        stages = bed.STAGES + ["Lost"]
        self.calc.on_main_thread(lambda: setattr(stage, "String", stages[(stages.index(stage.String) + 1) % len(stages)]))
        time.sleep(0.3)
        try:
            self.reading += panel.has("Stop")
        except (DisposedException, AssertionError):
            pass

    def until_saved(self, panel, expected):
        """Works on until a recovery file holds the formulas that are expected; gives its path."""
        known = self.files()
        start = time.monotonic()
        while time.monotonic() - start < SECONDS:
            self.turn(panel)
            for path, when in self.files().items():
                if known.get(path) != when:
                    found = self.calc.on_main_thread(lambda: formulas_in(path))  # nothing is written while this waits
                    if found is not None:
                        self.report.figure("saved after, s", f"{time.monotonic() - start:.0f}", path.name)
                        self.report.require(found == expected, f"the recovery file has {len(found)} of our formulas, expected {len(expected)}")
                        return path
        raise RuntimeError(f"no recovery file within {SECONDS} s; there are {known}")


def our_formulas(document):
    """The functions of our formulas, as they are saved: an array formula once."""
    found, arrays = [], set()
    for sheet in document.Sheets:
        area = sheet.createCursor()
        area.gotoEndOfUsedArea(False)
        end = area.RangeAddress
        for row, formulas in enumerate(sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getFormulaArray()):
            for column, formula in enumerate(formulas):
                names = OURS.findall(formula) if formula.startswith(("=", "{=")) else []
                if not names:
                    continue
                if formula.startswith("{"):
                    cursor = sheet.createCursorByRange(sheet.getCellByPosition(column, row))
                    cursor.collapseToCurrentArray()
                    place = cursor.AbsoluteName
                    if place in arrays:
                        continue
                    arrays.add(place)
                found += names
    return sorted(found)


def main():
    report = day.Report(f"recovery files while the panel reads {ROWS:,} deals")
    with tempfile.TemporaryDirectory(prefix="calckpi-soak-") as folder, Desk() as desk:
        calc = Calc(desk)
        calc.office.recovery = True
        kept = pathlib.Path(folder) / "recovered.ods"
        with calc:
            autosave_each_minute(calc.office)
            document = write(calc)
            panel = calc.show_panel(document)
            work = Work(calc, document, report)
            before = our_formulas(document)
            report.require(len(before) == 22, f"the document has {len(before)} of our formulas, not 22")
            work.until_saved(panel, before)
            wait_until(lambda: panel.has("Insert funnel table") and panel.button("Insert funnel table").enabled, "the panel has read the deals", 300)
            panel.click(panel.button("Insert funnel table"))
            wait_until(lambda: len(our_formulas(document)) > len(before), "the funnel table is there", 300)
            after = our_formulas(document)
            path = work.until_saved(panel, after)
            shutil.copy(path, kept)
            report.figure("changes of a deal meanwhile", work.turns, f"the panel was seen reading {work.reading} times")
            report.figure("our formulas in the recovery file", len(after))
            os.killpg(calc.office.pid, signal.SIGKILL)  # the power fails
        with Calc(desk) as calc:
            document = calc.open(kept)
            calc.on_main_thread(document.calculateAll)
            report.require(our_formulas(document) == after, "formulas are missing after the recovery")
            deals = document.Sheets.getByName("Deals").getCellRangeByName(f"A1:F{ROWS + 1}").getDataArray()
            changed = sum(now[3] != then[3] for now, then in zip(deals, bed.deals(ROWS)))
            report.figure("changed deals in the recovery file", changed)
            report.require(changed > 0, "the recovery file has no change")
            shown = [row[1] for row in document.Sheets.getByName("Figures").getCellRangeByName("A2:B5").getDataArray()]
            counted = bed.stage_funnel(deals, bed.STAGES)
            report.require(shown == counted, f"the recovered funnel shows {shown}, its deals are {counted}")
            calc.on_main_thread(lambda: document.close(True))
    sys.exit(report.end())


if __name__ == "__main__":
    main()
