#!/usr/bin/env python3
"""A CRM export of 8,800 deals, and a million rows that can be stopped."""
import collections
import csv
import os
import pathlib
import time
import unittest

import bed
from bed import SidebarTest
from saved import whole_of

# A real export, which is not part of the project.
CRM_EXPORT = pathlib.Path(os.environ.get("CALCKPI_CRM_EXPORT", pathlib.Path(os.environ["CALCKPI_SOURCE"]).parent / "shared/data/crm/sales_pipeline.csv"))

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
        self.panel.choose("Split by", "sales_agent", ["(none)", *self.rows[0]])
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
        self.panel.choose("Split by", "product", ["(none)", *self.rows[0]])
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
        done = len(block)  # doubled until the sheet is full; the header comes again and again, as a stage of its own
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
        bed.parts_of = lambda document: {}
        super().setUp()
        self.sum_before = self.sum()

    def sum(self):
        cells = self.document.Sheets.getByName("Million").getCellRangeByName("A1:C1048576")
        return cells.computeFunction(bed.SUM)

    def test_a_long_reading_can_be_stopped_and_the_office_stays_usable(self):
        self.grid.click("A2")
        self.panel.choose("Split by", "Owner", ["(none)", "Deal", "Stage", "Owner"])
        stopped = False
        # A fast machine has read it all before a hand could stop it.
        self.wait(lambda: self.panel.has("Stop") or self.panel.says("segments in Owner"), self.panel.texts)
        if self.panel.has("Stop"):
            self.panel.click(self.panel.button("Stop"))
            stopped = self.wait(lambda: self.panel.says("Stopped") or self.panel.says("segments in Owner"), self.panel.texts)
        if not stopped:
            self.wait(lambda: self.panel.preview()[1][:2] == ["Lead", "1,048,575"], self.panel.preview)
        self.desk.picture("million")
        self.grid.click("B5")
        self.assertTrue(self.calc.office.alive)


class LongLog(SidebarTest):
    """An event log that fills a sheet: 262,144 ids with up to four events each, none of the ids alike. Reading it takes long enough to
    be stopped by hand."""

    STEPS = ["Visit", "Signup", "Trial", "Purchase"]
    UNITS = MILLION // 4

    def workbook(self):
        document = super().workbook()
        document.Sheets.insertNewByName("Log", 1)
        sheet = document.Sheets.getByName("Log")
        sheet.getCellRangeByName("A1:E1").setDataArray((("Who", "Event", "When", "Source", "Campaign"),))
        first = sheet.getCellRangeByPosition(0, 1, 4, 1)
        first.setDataArray((("user-1000001", "Visit", 45000.0, "source-1", "campaign-2000001"),))
        last = self.UNITS  # the header takes a row, so the last id has no purchase
        sheet.getCellRangeByPosition(0, 1, 0, last).fillAuto(bed.uno.Enum("com.sun.star.sheet.FillDirection", "TO_BOTTOM"), 1)
        sheet.getCellRangeByPosition(4, 1, 4, last).fillAuto(bed.uno.Enum("com.sun.star.sheet.FillDirection", "TO_BOTTOM"), 1)
        sheet.getCellRangeByPosition(3, 1, 3, last).setDataArray(tuple((f"source-{number % 7}",) for number in range(last)))
        for step, event in enumerate(self.STEPS):
            start = 1 + step * last
            rows = min(last, MILLION - start)
            if step:
                sheet.copyRange(sheet.getCellByPosition(0, start).CellAddress, sheet.getCellRangeByPosition(0, 1, 4, rows).RangeAddress)
            sheet.getCellRangeByPosition(1, start, 2, start + rows - 1).setDataArray(
                tuple((event, 45000.0 + step + number / 1000) for number in range(rows)))
        sheet.getCellRangeByPosition(2, 1, 2, MILLION - 1).NumberFormat = document.NumberFormats.queryKey(
            "YYYY-MM-DD", bed.uno.createUnoStruct("com.sun.star.lang.Locale"), False)
        document.UndoManager.clear()
        document.Modified = False
        return document

    def setUp(self):
        # Saving a million rows would take longer than all the other tests: what is compared is a sum and a count.
        self.parts, bed.parts_of = bed.parts_of, lambda document: {}
        self.addCleanup(lambda: setattr(bed, "parts_of", self.parts))
        super().setUp()
        self.before = self.sums()

    def assert_unchanged(self):
        self.assertEqual(self.sums(), self.before)

    def sums(self):
        cells = self.document.Sheets.getByName("Log").getCellRangeByName("A1:E1048576")
        return cells.computeFunction(bed.SUM), cells.computeFunction(bed.uno.Enum("com.sun.star.sheet.GeneralFunction", "COUNT"))

    def test_stopped_while_it_reads_and_begun_again(self):
        self.show_sheet("Log")
        self.grid.click("B5")
        self.wait(lambda: self.source().startswith("Log.") and len(self.panel.preview()) > 1, self.panel.texts, 180)
        slowest = 0.0

        def asked(condition):
            """How long the office took to answer: for so long it could not hear its user."""
            nonlocal slowest
            start = time.monotonic()
            found = condition()
            slowest = max(slowest, time.monotonic() - start)
            return found

        self.panel.choose("Each row is", bed.SHAPES[3], bed.SHAPES)
        start = time.monotonic()
        self.wait(lambda: asked(lambda: self.panel.has("Stop")), self.panel.texts)
        self.desk.picture("long-log-reading")
        self.assertTrue(self.panel.has("Stop"), f"after {time.monotonic() - start:.1f} s it was read before it could be stopped: {self.panel.texts()}")
        self.grid.click("D9")  # the office is usable
        self.panel.click(self.panel.button("Stop"))
        self.wait(lambda: self.panel.says("Stopped"), self.panel.texts)
        print(f"stopped after {time.monotonic() - start:.1f} s", flush=True)
        self.assertFalse(self.panel.has("Stop"))
        self.assertFalse(self.panel.button("Insert funnel table").enabled)
        self.desk.picture("long-log-stopped")
        self.panel.click(self.panel.button("Start again"))
        start = time.monotonic()
        self.wait(lambda: asked(lambda: len(self.panel.preview()) > 1), self.panel.texts, 180)
        print(f"the rest took {time.monotonic() - start:.1f} s", flush=True)
        self.desk.picture("long-log-read")
        self.assertEqual([row[:2] for row in self.panel.preview()[1:]],
                         [[step, f"{self.UNITS - (step == 'Purchase'):,}"] for step in self.STEPS])
        print(f"the office was away for at most {slowest:.1f} s", flush=True)


if __name__ == "__main__":
    bed.main()
