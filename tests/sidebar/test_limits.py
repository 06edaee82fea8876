#!/usr/bin/env python3
"""Names of sheets that hold signs of addresses, and results that are too large: the panel says it in words and writes nothing."""
import bed
from bed import STAGES, SidebarTest, deals
from test_inserting import InsertTest

OPEN_STAGES = ["Lead", "Qualified", "Won"]


class NamesWithSigns(InsertTest):
    """The data stand on a sheet whose name has an exclamation mark, a dot, a dollar sign and blanks."""
    NAME = "Q1! net $v.2"

    def workbook(self):
        document = super().workbook()
        document.Sheets.getByName("Deals").Name = self.NAME
        document.UndoManager.clear()
        document.Modified = False
        return document

    def test_update_reads_that_sheet_again(self):
        self.assertEqual(self.source(), f"'{self.NAME}'.A1:F61")
        sheet = self.insert_on_a_new_sheet().Name
        self.expect_counts(sheet, STAGES, deals())
        rows = deals()
        rows[1][3] = rows[2][3] = rows[3][3] = "Won"
        stages = self.document.Sheets.getByName(self.NAME).getCellRangeByName("D2:D4")
        self.calc.on_main_thread(lambda: stages.setDataArray((("Won",),) * 3))
        self.changed = (f"sheet {self.NAME}",)
        self.select_the_table(sheet)
        self.assertEqual(self.source(), f"'{self.NAME}'.A1:F61")
        self.remove_stage(1)
        self.update()
        self.expect_counts(sheet, ["Lead", "Proposal", "Won"], rows)
        self.desk.picture("name-with-signs")


class TooLarge(SidebarTest):
    """Four accounts for five deals, each a segment, and more counts than a funnel has stages."""
    DEALS = 24_000
    COUNTS = 500

    def workbook(self):
        document = self.calc.new()
        document.Sheets.getByIndex(0).Name = "Many"
        self.write(document, "Many", [["Deal", "Stage", "Owner", "Account"]] + [
            [f"D{number:05}", (OPEN_STAGES + ["Lost"])[number % 4], f"Seller {number % 9}",
             f"Account {number - (number % 5 == 4)}"] for number in range(self.DEALS)])
        document.Sheets.insertNewByName("Steps", 1)
        self.write(document, "Steps", [["Step", "Count"]] + [[f"step {number}", float(9000 - number)] for number in range(self.COUNTS)])
        document.UndoManager.clear()
        document.Modified = False
        return document

    def expect_refusal(self, sentence, number):
        self.wait(lambda: self.panel.says(sentence), self.panel.texts)
        self.assertIn(number, self.panel.sentence(sentence).name)
        self.assertFalse(any("Exception" in text or "com.sun" in text for text in self.panel.texts()))
        self.assertFalse(self.panel.button("Insert funnel table").enabled)
        self.assertEqual(self.document.Sheets.Count, 2)

    def test_a_split_into_more_rows_than_the_panel_writes(self):
        self.panel.choose("Split by", "Account", ["(none)", "Stage", "Owner", "Account"])
        self.expect_refusal("makes more rows than the panel writes", "50,000")
        self.desk.picture("too-many-segments")
        self.panel.choose("Split by", "Owner", ["(none)", "Stage", "Owner", "Account"])
        self.wait(lambda: self.panel.says("9 segments"), self.panel.texts)
        self.wait(lambda: self.panel.button("Insert funnel table").enabled, "the table can be inserted")

    def test_more_counts_than_a_funnel_has_stages(self):
        self.show_sheet("Steps")
        self.grid.click("A2")
        self.expect_refusal("These are more rows than the stages of a funnel", "400")
        self.desk.picture("too-many-stages")


if __name__ == "__main__":
    bed.main()
