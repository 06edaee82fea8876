#!/usr/bin/env python3
"""A CRM export of 8,800 deals, and a million rows that can be stopped."""
import collections

import bed
from bed import SidebarTest

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


if __name__ == "__main__":
    bed.main()
