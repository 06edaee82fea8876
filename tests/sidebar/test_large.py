#!/usr/bin/env python3
"""A CRM export of 8,800 deals, and a million rows that can be stopped."""
import collections
import csv
import os
import pathlib
import time
import unittest

import bed
from bed import SidebarTest, splits_of
from calc import context_of
from saved import whole_of

# A real export, which is not part of the project.
CRM_EXPORT = pathlib.Path(os.environ.get(
    "CALCKPI_CRM_EXPORT", pathlib.Path(os.environ["CALCKPI_SOURCE"]).parent / "shared/data/crm/sales_pipeline.csv"))

CRM_STAGES = ["Prospecting", "Engaging", "Won"]
MILLION = 1 << 20


class Export(SidebarTest):
    """The export has the numbers of a real one: 500 prospecting, 1,589 engaging, 4,238 won, 2,473 lost."""

    def workbook(self):
        document = self.calc.new()
        document.Sheets.getByIndex(0).Name = "Export"
        stands_at = ["Prospecting"] * 500 + ["Engaging"] * 1589 + ["Won"] * 4238 + ["Lost"] * 2473
        rows = [["opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date", "close_date", "close_value"]]
        for number in range(8800):
            stage = stands_at[number * 4099 % 8800]  # a prime: all come up once
            closed = stage in ("Won", "Lost")
            rows.append([f"O{number:05}", f"Seller {number % 30}", f"Product {number % 7}", f"Account {number % 85}" if number % 6 else "",
                         stage, float(42000 + number % 400) if stage != "Prospecting" else "", float(42060 + number % 400) if closed else "",
                         float(number % 5000) if stage == "Won" else 0.0 if stage == "Lost" else ""])
        self.rows = rows
        self.write(document, "Export", rows, dates=(5, 6))
        document.Modified = False
        return document

    def test_the_preview_shows_what_a_count_of_the_rows_gives(self):
        count = collections.Counter(row[4] for row in self.rows[1:])
        # A lost deal counts at the first stage: nobody knows how far it came.
        won = count["Won"]
        engaging = won + count["Engaging"]
        self.wait_for_preview(CRM_STAGES, [engaging + count["Prospecting"] + count["Lost"], engaging, won])
        self.desk.picture("export")

    def test_a_split_into_many_segments_is_inserted_and_undone(self):
        self.panel.choose("Split by", "sales_agent", splits_of(self.rows))
        self.wait(lambda: self.panel.says("30 segments"), self.panel.texts)
        self.panel.click(self.panel.button("Insert funnel table"))
        self.wait(lambda: self.document.Sheets.Count == 2, "the new sheet is there", 60)
        self.desk.picture("export-inserted")
        self.grid.click("A44")
        self.desk.keys("ctrl+z")
        self.wait(lambda: self.document.Sheets.Count == 1, "the new sheet is gone", 60)


@unittest.skipUnless(CRM_EXPORT.exists(), f"{CRM_EXPORT.name} is absent: ../shared holds it, CALCKPI_CRM_EXPORT may name another")
class RealExport(SidebarTest):
    """8,800 deals as the CRM wrote them: opened, looked at, split, inserted, undone."""

    def workbook(self):
        with open(CRM_EXPORT, encoding="utf-8", newline="") as file:
            self.rows = list(csv.reader(file))
        # Comma, quotes, UTF-8; the dates are month, day, year.
        return self.calc.open(CRM_EXPORT, FilterName="Text - txt - csv (StarCalc)", FilterOptions="44,34,76,1,6/3/7/3,1033")

    def test_from_the_file_to_the_table_and_back(self):
        count = collections.Counter(row[4] for row in self.rows[1:])
        self.assertEqual(sum(count.values()), 8800)
        won, engaging = count["Won"], count["Won"] + count["Engaging"]
        counts = [8800, engaging, won]  # a lost deal counts at the first stage
        self.wait_for_preview(CRM_STAGES, counts)
        self.desk.picture("crm-export")
        self.panel.choose("Split by", "product", splits_of(self.rows))
        products = {row[2] for row in self.rows[1:]}
        self.wait(lambda: self.panel.says(f"{len(products)} segments"), self.panel.texts)
        before = whole_of(self.document)
        self.panel.click(self.panel.button("Insert funnel table"))
        self.wait(lambda: self.document.Sheets.Count == 2, "the new sheet is there", 60)
        sheet = self.document.Sheets.getByIndex(1)
        cells = sheet.getCellRangeByName(f"A5:C{4 + 3 * (len(products) + 1)}").getDataArray()
        expected = {("All", stage): number for stage, number in zip(CRM_STAGES, counts)}
        for product in products:
            stands = collections.Counter(row[4] for row in self.rows[1:] if row[2] == product)
            expected |= {(product, "Prospecting"): sum(stands.values()), (product, "Engaging"): stands["Engaging"] + stands["Won"],
                         (product, "Won"): stands["Won"]}
        self.assertEqual({(segment, stage): round(number) for segment, stage, number in cells}, expected)
        self.desk.picture("crm-export-inserted")
        self.desk.keys("ctrl+z")
        self.wait(lambda: self.document.Sheets.Count == 1, "the new sheet is gone", 60)
        self.assertEqual(whole_of(self.document), before)


class MillionRows(SidebarTest):
    def workbook(self):
        document = self.calc.new()
        sheet = document.Sheets.getByIndex(0)
        sheet.Name = "Million"
        stages = ["Lead"] * 3 + ["Qualified"] * 2 + ["Won", "Lost"]
        block = [["Deal", "Stage", "Owner"]] + [[float(number), stages[number % 7], f"Owner {number % 11}"] for number in range(MILLION // 64 - 1)]
        self.write(document, "Million", block)
        done = len(block)  # doubled until the sheet is full; the headers come again and again, and are no deals
        while done < MILLION:
            source = sheet.getCellRangeByPosition(0, 0, 2, done - 1).RangeAddress
            sheet.copyRange(sheet.getCellByPosition(0, done).CellAddress, source)
            done *= 2
        document.UndoManager.clear()
        document.Modified = False
        return document

    def assert_unchanged(self):
        """Saving a million rows would take longer than all the other tests; what is compared is the sum of all numbers."""
        self.assertEqual(self.sum(), self.sum_before)

    def setUp(self):
        self.parts_of = lambda document: {}
        super().setUp()
        self.sum_before = self.sum()

    def sum(self):
        cells = self.document.Sheets.getByName("Million").getCellRangeByName("A1:C1048576")
        return cells.computeFunction(bed.SUM)

    def test_a_long_reading_can_be_stopped_and_the_office_stays_usable(self):
        self.grid.click("A2")
        self.panel.choose("Split by", "Owner", ["(none)", "Stage", "Owner"])
        stopped = False
        # A fast machine has read it all before a hand could stop it.
        self.wait(lambda: self.panel.has("Stop") or self.panel.says("segments in Owner"), self.panel.texts)
        if self.panel.has("Stop"):
            self.panel.click(self.panel.button("Stop"))
            stopped = self.wait(lambda: self.panel.says("Stopped") or self.panel.says("segments in Owner"), self.panel.texts)
        if not stopped:
            self.wait(lambda: self.panel.preview()[1][:2] == ["Lead", f"{MILLION - 64:,}"], self.panel.preview)
        self.desk.picture("million")
        self.grid.click("B5")
        self.assertTrue(self.calc.office.alive)


class LongReading(SidebarTest):
    """A million deals with a date for each of 16 steps: 17 million cells, which take long enough to read to be stopped by hand."""

    STEPS = 16
    ROWS = MILLION - 1

    def workbook(self):
        document = super().workbook()
        document.Sheets.insertNewByName("Wide", 1)
        # Of 16 deals, the first is at the first step and the last has done all.
        block = [["Deal"] + [f"Step {step + 1} date" for step in range(self.STEPS)]] + [
            [f"W-{number:05}"] + [45000.0 + number + 3 * step if step <= number % self.STEPS else "" for step in range(self.STEPS)]
            for number in range(4096)]
        self.write(document, "Wide", block, dates=range(1, self.STEPS + 1))
        sheet = document.Sheets.getByName("Wide")
        done = 4096
        while done < self.ROWS:  # doubled until the sheet is full
            rows = min(done, self.ROWS - done)
            sheet.copyRange(sheet.getCellByPosition(0, done + 1).CellAddress, sheet.getCellRangeByPosition(0, 1, self.STEPS, rows).RangeAddress)
            done += rows
        document.UndoManager.clear()
        document.Modified = False
        return document

    def setUp(self):
        # Saving a million rows would take longer than all the other tests: what is compared is a sum and a count.
        self.parts_of = lambda document: {}
        super().setUp()
        self.before = self.sums()

    def assert_unchanged(self):
        self.assertEqual(self.sums(), self.before)

    def sums(self):
        cells = self.document.Sheets.getByName("Wide").getCellRangeByName("A1:Q1048576")
        return cells.computeFunction(bed.SUM), cells.computeFunction(bed.uno.Enum("com.sun.star.sheet.GeneralFunction", "COUNT"))

    def test_stopped_while_it_reads_and_begun_again(self):
        self.show_sheet("Wide")
        left, top, _, _ = self.panel.area()
        cell = self.grid.middle("D9")
        self.wait(self.read_whole, "all is read", 180)
        self.assertTrue(any(self.stopped(left, top, cell) for _ in range(5)), self.panel.texts())
        self.assertEqual(self.grid.selected(), "D9", "the office heard the click on the cell, too")
        self.assertFalse(self.panel.has("Stop"))
        self.assertFalse(self.panel.button("Insert funnel table").enabled)
        self.desk.picture("long-reading-stopped")
        self.panel.click(self.panel.button("Start again"))
        print(f"the office did not answer for at most {self.longest_answer():.1f} s", flush=True)
        self.desk.picture("long-reading-done")
        counts = [sum((self.ROWS - first + self.STEPS - 1) // self.STEPS for first in range(step, self.STEPS)) for step in range(self.STEPS)]
        # Of many stages the preview shows the first ones and the last.
        shown = [row[1] for row in self.panel.preview()[1:]]
        self.assertEqual(shown, [f"{count:,}" for count in [*counts[:len(shown) - 1], counts[-1]]])
        self.assertTrue(self.panel.says(f"{self.STEPS - len(shown)} more stages"), self.panel.texts())

    def stopped(self, left, top, cell):
        """Has it all read again, clicks a cell, then Stop."""
        self.show_sheet("Deals")
        self.grid.click("A1")
        self.wait(lambda: self.source().startswith("Deals.") and not self.read_whole(), self.source)
        controller, sheet = self.document.CurrentController, self.document.Sheets.getByName("Wide")
        self.calc.on_main_thread(lambda: controller.setActiveSheet(sheet))

        def stop():
            """Where Stop is. What reads waits meanwhile: it would be done before all of the panel was looked at."""
            if self.read_whole():
                return "too late"
            return next((element.middle for element in self.panel.elements() if element.name == "Stop"), None)

        place = self.wait(lambda: self.calc.on_main_thread(stop), "the panel reads")
        if place != "too late":
            self.desk.click(*cell)
            self.desk.click(left + place[0], top + place[1])
            self.wait(lambda: self.panel.says("Stopped") or self.read_whole(), self.panel.texts, 180)
        return self.panel.says("Stopped")

    def read_whole(self):
        """A single question: the preview has more than four controls for each step."""
        return context_of(self.panel.dialog).getAccessibleChildCount() > 4 * self.STEPS

    def longest_answer(self):
        """How long a question to the office took at most until all was read: for so long it could not hear its user either."""
        longest, start = 0.0, time.monotonic()
        while not self.read_whole():
            self.assertLess(time.monotonic(), start + 180, "it is not read to the end")
            asked = time.monotonic()
            self.grid.selected()
            longest = max(longest, time.monotonic() - asked)
        return longest


if __name__ == "__main__":
    bed.main()
