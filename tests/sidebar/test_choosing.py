#!/usr/bin/env python3
"""Select, recognise, change, preview: what a user does before anything is written."""
import time
import unittest

import bed
from bed import DATES, DEAL_HEADERS, OUTCOMES, SHAPES, STAGES, SidebarTest, deals, stage_funnel


class Source(SidebarTest):
    def test_a_cell_in_a_region_is_taken_as_the_region(self):
        self.wait(lambda: self.source() == "Deals.A1:F61", lambda: self.source())
        self.assertTrue(self.panel.says("60 rows \u00B7 6 columns"))

    def test_a_dragged_range_is_taken_as_it_is(self):
        self.grid.drag("A1", "D21")
        self.wait(lambda: self.source() == "Deals.A1:D21", lambda: self.source())
        self.assertTrue(self.panel.says("20 rows \u00B7 4 columns"))
        self.wait_for_preview(STAGES, stage_funnel(deals(20), STAGES))

    def test_whole_columns_are_taken_down_to_their_last_row(self):
        self.grid.drag_columns("A", "F")
        self.wait(lambda: self.source() == "Deals.A1:F1048576" or self.source() == "Deals.A:F", lambda: self.source())
        self.assertTrue(self.panel.says("60 rows \u00B7 6 columns"), self.panel.texts())
        self.wait_for_preview(STAGES, stage_funnel(deals(), STAGES))

    def test_a_named_range_that_is_selected_or_typed(self):
        self.show_sheet("Mine")
        self.panel.type_into(self.panel.edit(), "AllDeals")
        self.wait(lambda: self.panel.says("60 rows"), lambda: self.panel.texts())
        self.grid.click("A5")
        self.grid.go_to("AllDeals")
        self.wait(lambda: self.source() == "Deals.A1:F61", lambda: self.source())

    def test_a_typed_address(self):
        self.panel.type_into(self.panel.edit(), "Deals.A1:D31")
        self.wait(lambda: self.panel.says("30 rows \u00B7 4 columns"), lambda: self.panel.texts())

    def test_what_is_no_address_is_answered(self):
        self.panel.type_into(self.panel.edit(), "Nowhere.A1")
        self.wait(lambda: self.panel.says("Nowhere.A1"), lambda: self.panel.texts())

    @unittest.skip("Open: now and then the pointer is lost between two scenarios")
    def test_keep_holds_the_source_while_others_are_selected(self):
        self.panel.click(self.panel.check_box("Keep"))
        self.wait(lambda: self.panel.check_box("Keep").checked, "Keep is checked")
        self.show_sheet("Counts")
        self.grid.click("A2")

        time.sleep(1)  # longer than the panel waits before it follows a selection
        self.assertEqual(self.source(), "Deals.A1:F61")
        self.panel.click(self.panel.check_box("Keep"))
        self.wait(lambda: self.source() == "Counts.A1:B5", lambda: self.source())

    @unittest.skip("Open: the picked range does not arrive under Xvfb; not analysed")
    def test_picking_the_data_with_the_mouse(self):
        self.panel.click(self.panel.button("Pick"))
        self.desk.drag(self.grid.middle("B1"), self.grid.middle("D11"))
        self.wait(lambda: self.panel.says("10 rows \u00B7 3 columns"), lambda: self.panel.texts())

    @unittest.skip("Open: depends on what was selected before")
    def test_nothing_selected_is_a_friendly_sentence(self):
        self.show_sheet("Mine")
        self.grid.click("D9")
        # A click beside the table keeps what is shown. In a document with nothing else the panel says what to do.
        self.assertEqual(self.source(), "Deals.A1:F61")


class Recognition(SidebarTest):
    def see(self, sheet):
        self.show_sheet(sheet)
        self.grid.click("A2")
        self.wait(lambda: self.source().startswith(sheet + "."), lambda: self.source())

    def test_deals_with_their_stage(self):
        self.wait(lambda: self.panel.chosen("Each row is") == SHAPES[1], lambda: self.panel.chosen("Each row is"))
        self.assertEqual(self.panel.chosen("Stage"), "Stage")
        self.assertEqual(self.panel.chosen("Amount"), "Amount")
        self.assertEqual(self.stage_names(), [*STAGES, "Lost"])

    def test_counts(self):
        self.see("Counts")
        self.wait(lambda: self.panel.chosen("Each row is") == SHAPES[0], lambda: self.panel.chosen("Each row is"))
        self.wait_for_preview(["Visits", "Leads", "Trials", "Customers"], [12000, 900, 240, 60])
        self.desk.picture("counts")

    def test_dates(self):
        self.see("Dates")
        self.wait(lambda: self.panel.chosen("Each row is") == SHAPES[2], lambda: self.panel.chosen("Each row is"))
        counts = [sum(1 for row in DATES[1:] if row[column] != "") for column in range(1, 5)]
        self.wait(lambda: [row[1] for row in self.panel.preview()[1:]] == [str(count) for count in counts],
                  lambda: f"{counts}, not {self.panel.preview()}")
        self.desk.picture("dates")

    def test_events(self):
        self.see("Events")
        self.wait(lambda: self.panel.chosen("Each row is") == SHAPES[3], lambda: self.panel.chosen("Each row is"))
        # User u has event k when u is a multiple of k + 1: of 40 users 40, then 20, then those with 6, then those with 12.
        counts = [40, 20, 7, 4]
        self.wait(lambda: [row[1] for row in self.panel.preview()[1:]] == [str(count) for count in counts],
                  lambda: f"{counts}, not {self.panel.preview()}")
        self.desk.picture("events")


class Change(SidebarTest):
    def test_another_column_by_a_click_in_the_menu_and_back_by_keys(self):
        self.panel.choose("Stage", "Owner", DEAL_HEADERS, by="mouse")
        self.wait(lambda: "Ana" in self.stage_names(), self.stage_names)
        self.panel.choose("Stage", "Stage", DEAL_HEADERS)
        self.wait_for_preview(STAGES, stage_funnel(deals(), STAGES))

    def test_another_shape(self):
        self.panel.choose("Each row is", SHAPES[3], SHAPES)
        self.wait(lambda: self.panel.has("At time"), self.panel.texts)
        self.panel.choose("Each row is", SHAPES[1], SHAPES)
        self.wait_for_preview(STAGES, stage_funnel(deals(), STAGES))

    def test_split_by_a_column(self):
        self.panel.choose("Split by", "Owner", ["(none)", *DEAL_HEADERS])
        self.wait(lambda: self.panel.says("3 segments"), self.panel.texts)
        self.wait_for_preview(STAGES, stage_funnel(deals(), STAGES))

    def test_stages_down_up_remove_and_add(self):
        self.panel.select_stage(1)
        self.panel.click(self.panel.button("Down"))
        moved = ["Lead", "Proposal", "Qualified", "Won"]
        self.wait(lambda: self.stage_names() == [*moved, "Lost"], self.stage_names)
        self.wait_for_preview(moved, stage_funnel(deals(), moved))
        self.panel.click(self.panel.button("Up"))
        self.wait(lambda: self.stage_names() == [*STAGES, "Lost"], self.stage_names)
        self.panel.click(self.panel.button("Remove"))
        shorter = ["Lead", "Proposal", "Won"]
        self.wait(lambda: self.stage_names() == [*shorter, "Lost"], self.stage_names)
        self.wait_for_preview(shorter, stage_funnel(deals(), shorter))
        self.desk.picture("stage-removed")
        add = next(element for element in self.panel.elements() if "Add" in element.name and element.name.startswith("\u25BE"))
        self.panel.open_menu(add)
        self.desk.keys("Down", "Return")
        self.wait(lambda: sorted(self.stage_names()) == sorted([*STAGES, "Lost"]), self.stage_names)

    def test_a_stage_marked_as_lost_and_as_a_step_again(self):
        label = self.outcome_label()
        self.panel.select_stage(2)
        self.panel.choose(label, "lost", OUTCOMES)
        self.wait(lambda: self.stage_names() == ["Lead", "Qualified", "Won", "Proposal", "Lost"]
                  or self.stage_names() == ["Lead", "Qualified", "Won", "Lost", "Proposal"], self.stage_names)
        self.panel.choose(label, "a step", OUTCOMES)
        self.wait(lambda: not any("Proposal" in line and "lost" in line for line in self.panel.stages()), self.panel.stages)

    def outcome_label(self):
        fields = [element for element in self.panel.elements() if element.name in ["\u25BE " + outcome for outcome in OUTCOMES]]
        return next(element.name for element in self.panel.elements() if element.is_left_of(fields[0]))

    def test_a_link_of_the_data_check_selects_the_cell(self):
        self.panel.select_stage(1)
        self.panel.click(self.panel.button("Remove"))
        # Ten of the sixty deals are qualified, and the first of them stands in the first row whose stage is that.
        self.wait(lambda: self.panel.says("10 deals at stages not listed"), self.panel.texts)
        self.desk.picture("data-check")
        self.panel.click(self.panel.sentence("10 deals at stages not listed"))
        self.wait(lambda: self.panel.says("\u25BE"), self.panel.texts)
        self.panel.click(self.panel.sentence("10 deals at stages not listed"))
        row = next(number for number, deal in enumerate(deals(), 1) if deal[3] == "Qualified")
        self.wait(lambda: self.grid.selected() == f"D{row}", self.grid.selected)
        self.desk.picture("data-check-cell")

    def test_more_options(self):
        self.panel.click(self.panel.check_box("More options"))
        self.wait(lambda: self.panel.has("Picture"), self.panel.texts)
        self.panel.choose("Only where", "Channel", ["(none)", *DEAL_HEADERS])
        self.wait(lambda: len([element for element in self.panel.elements() if element.role == self.panel.edit().role]) == 2, self.panel.texts)
        test = [element for element in self.panel.elements() if element.role == self.panel.edit().role][1]
        self.panel.type_into(test, "Web")
        self.wait_for_preview(STAGES, stage_funnel([row for row in deals() if row[2] in ("Web", "Channel")], STAGES))
        self.desk.picture("more-options")

    def test_the_preview_follows_the_cells(self):
        self.wait_for_preview(STAGES, stage_funnel(deals(), STAGES))
        rows = deals()
        self.grid.click("D2")
        self.desk.type("Won")
        self.desk.keys("Return")
        rows[1][3] = "Won"
        self.wait_for_preview(STAGES, stage_funnel(rows, STAGES))
        self.desk.keys("ctrl+z")
        self.wait_for_preview(STAGES, stage_funnel(deals(), STAGES))


if __name__ == "__main__":
    bed.main()
