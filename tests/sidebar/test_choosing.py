#!/usr/bin/env python3
"""Select, recognise, change, preview: what a user does before anything is written."""
import time

import uno

import bed
from bed import DATES, DEAL_HEADERS, EVENTS, OUTCOMES, PLACES, SHAPES, SPLITS, STAGES, SidebarTest, day, deals, stage_funnel
from saved import parts_of

# Entries of the panel's menus, as it offers them in English.
ORDERS = ["in order, with others", "in order, each later", "in order, nothing between", "in any order"]
FILLS = ["with all dates up to it", "with its date or a later one", "with its date alone"]


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

    def test_an_address_of_whole_columns_that_is_typed(self):
        self.panel.type_into(self.panel.edit(), "$Events.A:C")
        self.wait(lambda: self.panel.says(f"{len(EVENTS) - 1} rows \u00B7 3 columns"), self.panel.texts)
        self.assertEqual(self.panel.chosen("Each row is"), SHAPES[3])

    def test_a_database_range_that_is_typed_or_selected(self):
        self.panel.type_into(self.panel.edit(), "CountsRange")
        self.wait(lambda: self.panel.says("4 rows \u00B7 2 columns"), self.panel.texts)
        self.grid.click("A5")
        self.wait(lambda: self.panel.says("60 rows"), self.panel.texts)
        self.grid.go_to("CountsRange")
        self.wait(lambda: self.source() == "Counts.A1:B5", self.source)

    def test_what_was_typed_stays_until_something_else_is_selected(self):
        self.panel.type_into(self.panel.edit(), "Deals.A1:D31")
        self.wait(lambda: self.panel.says("30 rows \u00B7 4 columns"), self.panel.texts)
        self.desk.keys("Escape")
        self.calc.dispatch(self.document, ".uno:Calculate")
        self.grid.click("A1")  # as before
        self.stays("Deals.A1:D31")
        self.grid.click("A2")
        self.wait(lambda: self.source() == "Deals.A1:F61", self.source)

    def test_keep_holds_the_source_while_others_are_selected(self):
        self.panel.click(self.panel.check_box("Keep"))
        self.wait(lambda: self.panel.check_box("Keep").checked, "Keep is checked")
        self.show_sheet("Counts")
        self.grid.click("A2")
        self.stays("Deals.A1:F61")
        self.desk.picture("kept")
        self.panel.click(self.panel.check_box("Keep"))
        self.wait(lambda: self.source() == "Counts.A1:B5", self.source)
        self.grid.click("D9")  # it follows again, and what is empty is no data
        self.show_sheet("Dates")
        self.grid.click("B3")
        self.wait(lambda: self.source() == "Dates.A1:E25", self.source)

    def test_an_empty_cell_leaves_what_is_shown(self):
        self.grid.click("I9")
        self.stays("Deals.A1:F61")
        self.wait_for_preview(STAGES, stage_funnel(deals(), STAGES))

    def test_a_selected_chart_leaves_what_is_shown(self):
        self.add_chart("Counts", "A1:B5")
        self.before = parts_of(self.document)
        self.show_sheet("Counts")
        self.grid.click("A2")
        self.wait(lambda: self.source() == "Counts.A1:B5", self.source)
        self.desk.click(*self.grid.middle("E5"))
        self.wait(lambda: "Shape" in self.document.CurrentController.getSelection().ImplementationName, "the chart is selected")
        self.stays("Counts.A1:B5")
        self.desk.picture("chart-selected")
        self.desk.keys("Escape")
        self.show_sheet("Deals")
        self.grid.click("B2")
        self.wait(lambda: self.source() == "Deals.A1:F61", self.source)

    def add_chart(self, sheet, cells):
        """A chart over D2 and the cells around it."""
        place = uno.createUnoStruct("com.sun.star.awt.Rectangle", 8000, 500, 9000, 6000)
        sheet = self.document.Sheets.getByName(sheet)
        sheet.Charts.addNewByName("Mine", place, (sheet.getCellRangeByName(cells).RangeAddress,), True, True)

    def stays(self, source):
        time.sleep(1)  # longer than the panel waits before it follows a selection
        self.assertEqual(self.source(), source)


class Empty(SidebarTest):
    """A document with nothing in it."""

    def workbook(self):
        document = self.calc.new()
        document.Sheets.getByIndex(0).Name = "Deals"
        document.Modified = False
        return document

    def wait_for_panel(self):
        self.wait(lambda: self.panel.says("Click a cell inside your data"), self.panel.texts)

    def test_the_panel_says_what_to_select_and_follows_what_comes(self):
        self.assertFalse(self.panel.has("Insert funnel table"))
        self.desk.picture("nothing-selected")
        self.grid.click("C7")
        self.panel.type_into(self.panel.edit(), "A1:C5")
        self.wait(lambda: self.panel.says("No funnel was found in these cells"), self.panel.texts)
        self.desk.picture("no-funnel-found")
        self.changed = ("sheet Deals",)
        self.write(self.document, "Deals", deals(), dates=(5,))
        self.grid.click("B3")
        self.wait_for_preview(STAGES, stage_funnel(deals(), STAGES))


class Picking(SidebarTest):
    """The panel asks, as Calc's own dialogs do, for cells that are clicked or dragged over."""

    def pick(self, button=0):
        self.wait_for_none()
        self.panel.click([element for element in self.panel.elements() if element.name == "Pick"][button])
        self.desk.rest()
        self.wait(self.pickers, "the window that picks is open")

    def wait_for_none(self):
        self.desk.rest()  # a help text is a small window as well
        self.wait(lambda: not self.pickers(), "no menu and no window that picks is open any more")

    def pickers(self):
        """The small windows: those that wait for cells, short menus, and help texts."""
        return [place for place in self.desk.windows(["--class", "soffice"]).values() if place[3] < 100]

    def drag(self, first, last):
        self.desk.drag(self.grid.middle(first), self.grid.middle(last))
        self.wait_for_none()

    def test_the_data_by_a_drag_and_followed_again_afterwards(self):
        self.pick()
        self.desk.picture("picking")
        self.drag("B1", "D11")
        self.wait(lambda: self.source() == "Deals.B1:D11", self.source)
        self.assertTrue(self.panel.says("10 rows \u00B7 3 columns"))
        self.wait_for_preview(STAGES, stage_funnel(deals(10), STAGES))
        time.sleep(1)  # longer than the panel waits before it follows a selection: that which was there before is no news
        self.assertEqual(self.source(), "Deals.B1:D11")
        self.assertEqual(self.grid.selected(), "A1")
        self.show_sheet("Counts")
        self.grid.click("A2")
        self.wait(lambda: self.source() == "Counts.A1:B5", self.source)

    def test_given_up_with_escape_and_picked_again(self):
        for _ in range(2):
            self.pick()
            self.desk.keys("Escape")
            self.wait_for_none()
            self.assertEqual(self.source(), "Deals.A1:F61")
        self.wait_for_preview(STAGES, stage_funnel(deals(), STAGES))
        self.pick()
        self.drag("A1", "D21")
        self.wait(lambda: self.source() == "Deals.A1:D21", self.source)
        self.wait_for_preview(STAGES, stage_funnel(deals(20), STAGES))

    def test_on_another_sheet(self):
        self.pick()
        self.show_sheet("Counts")
        self.drag("A1", "B5")
        self.wait(lambda: self.source() == "Counts.A1:B5", self.source)
        self.wait_for_preview(["Visits", "Leads", "Trials", "Customers"], [12000, 900, 240, 60])

    def test_a_cell_of_a_region_stands_for_the_region(self):
        self.pick()
        self.show_sheet("Dates")
        self.desk.click(*self.grid.middle("B3"))
        self.wait_for_none()
        self.wait(lambda: self.source() == "Dates.A1:E25", self.source)

    def test_the_target_given_up_and_picked_again(self):
        self.panel.choose("Insert", PLACES[1], PLACES)
        self.pick(1)
        self.desk.keys("Escape")
        self.wait_for_none()
        self.assertEqual(self.target(), "")
        self.pick(1)
        self.desk.click(*self.grid.middle("I3"))
        self.wait(lambda: self.target() == "Deals.I3", self.target)
        self.assertEqual(self.source(), "Deals.A1:F61")
        self.desk.picture("target-picked")
        deals_sheet = self.document.Sheets.getByName("Deals")
        self.panel.click(self.panel.button("Insert funnel table"))
        self.wait(lambda: deals_sheet.getCellRangeByName("I3").String, "the title stands in I3")
        self.desk.keys("ctrl+z")
        self.wait(lambda: not deals_sheet.getCellRangeByName("I3").String, "I3 is empty again")

    def target(self):
        return [element for element in self.panel.elements() if element.role == self.panel.edit().role][-1].text


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
        self.panel.choose("Split by", "Owner", SPLITS)
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
        self.panel.click(self.panel.link("\u25B8 Details"))
        self.wait(lambda: self.panel.has("\u25BE Found in the data"), self.panel.texts)
        self.assertEqual(self.panel.clipped(), [])
        row = next(number for number, deal in enumerate(deals(), 1) if deal[3] == "Qualified")
        link = self.panel.link(f"D{row}")
        self.assertEqual(self.panel.help_of(link), "Select the first such cell")
        self.panel.click(link)
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

    def counts(self, sheet, expected, *changes):
        """Shows a sheet's data with all options, and makes the changes; the preview's counts must be these."""
        self.show_sheet(sheet)
        self.grid.click("A2")
        self.wait(lambda: self.source().startswith(sheet + "."), self.source)
        if not self.panel.check_box("More options").checked:
            self.panel.click(self.panel.check_box("More options"))
            self.wait(lambda: self.panel.has("As of"), self.panel.texts)
        for change in changes:
            change()
        self.expect(expected)

    def expect(self, counts):
        self.wait(lambda: [row[1] for row in self.panel.preview()[1:]] == [str(count) for count in counts],
                  lambda: f"{counts}, not {self.panel.preview()}")

    def test_the_window_the_date_and_the_order_of_events(self):
        # A user has its first event on its day, the second 2 days later, and so on; see EVENTS.
        def within(days=99, until=99):
            return [sum(1 for user in range(40) if all(user % (before + 1) == 0 for before in range(step + 1))
                        and 2 * step <= days and user + 2 * step <= until) for step in range(4)]

        self.counts("Events", within())
        window = self.panel.field("Window (days)")
        self.panel.type_into(window, "3")
        self.expect(within(days=3))
        self.panel.type_into(self.panel.field("Window (days)"), "many")
        self.wait(lambda: self.panel.says("The window is a number of days"), self.panel.texts)
        self.panel.type_into(self.panel.field("Window (days)"), "")
        self.expect(within())
        self.panel.type_into(self.panel.field("As of"), "2025-02-12")
        self.expect(within(until=day(2025, 2, 12) - day(2025, 2, 3)))
        self.desk.picture("events-as-of")
        self.panel.type_into(self.panel.field("As of"), "some day")
        self.wait(lambda: self.panel.says("is not a date"), self.panel.texts)
        self.panel.type_into(self.panel.field("As of"), "")
        self.panel.choose("Order", ORDERS[3], ORDERS)
        # In any order: how many have at least so many of the events.
        had = [sum(user % (step + 1) == 0 for step in range(4)) for user in range(40)]
        self.expect([sum(1 for events in had if events > step) for step in range(4)])

    def test_what_a_missing_date_means(self):
        # One deal that has all dates loses its second.
        self.changed = ("sheet Dates",)
        row = next(number for number, dates in enumerate(DATES[1:], 2) if "" not in dates)
        self.document.Sheets.getByName("Dates").getCellRangeByName(f"C{row}").String = ""
        each = [sum(1 for deal in DATES[1:] if deal[column] != "") for column in range(1, 5)]
        each[1] -= 1
        self.counts("Dates", [each[0], each[1], each[2] - 1, each[3] - 1])
        self.panel.choose("A stage counts", FILLS[1], FILLS)
        self.expect([each[0], each[1] + 1, each[2], each[3]])
        self.panel.choose("A stage counts", FILLS[2], FILLS)
        self.expect(each)
        self.desk.picture("dates-fill")

    def test_intervals_and_values_only_are_what_is_inserted(self):
        self.panel.click(self.panel.check_box("More options"))
        for name in ("With confidence intervals", "Values only"):
            self.wait(lambda: self.panel.has(name), self.panel.texts)
            self.panel.click(self.panel.check_box(name))
            self.wait(lambda: self.panel.check_box(name).checked, f"{name} is checked")
        self.desk.picture("all-options")
        self.panel.click(self.panel.button("Insert funnel table"))
        self.wait(lambda: "Funnel" in self.document.Sheets.ElementNames, "the new sheet is there")
        sheet = self.document.Sheets.getByName("Funnel")
        self.wait(lambda: sheet.getCellRangeByName("A5").String == STAGES[0], "the table is there")
        cells = sheet.getCellRangeByName("A1:N30").getFormulaArray()
        self.assertFalse([text for row in cells for text in row if text.startswith(("=", "{="))])
        headers = [text for text in cells[3] if text]
        plain = ["Stage", "Count", "% of previous", "% of first"]
        self.assertEqual(headers[:3], plain[:3])
        self.assertEqual(len([text for text in headers if "low" in text.lower() or "high" in text.lower()]), 2, headers)
        self.desk.picture("inserted-values-with-intervals")
        self.desk.keys("ctrl+z")
        self.wait(lambda: "Funnel" not in self.document.Sheets.ElementNames, "the new sheet is gone")

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
