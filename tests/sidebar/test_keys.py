#!/usr/bin/env python3
"""The panel without a pointer: into it, through it, and out of it by keys, and what a screen reader is told."""
import bed
from bed import SPLITS, SidebarTest, deals, stage_funnel
from calc import AccessibleRole

USABLE = {AccessibleRole.TEXT, AccessibleRole.PUSH_BUTTON, AccessibleRole.CHECK_BOX, AccessibleRole.PANEL}


class Keyboard(SidebarTest):
    def setUp(self):
        super().setUp()
        self.grid.click("A2")  # the keys are the cells'

    def focused(self):
        return next((element for element in self.panel.elements() if element.focused), None)

    def into_the_panel(self):
        self.choose_from_the_insert_menu()
        self.wait(self.focused, "the panel has the keys")

    def choose_from_the_insert_menu(self):
        """The entry stands below Image, Chart, Sparkline and Pivot Table."""
        known = self.menus()
        self.desk.keys("alt+i")
        self.wait(lambda: len(self.menus()) > len(known), "the Insert menu is open")
        self.desk.keys(*["Down"] * 4, "Return")
        self.wait(lambda: len(self.menus()) == len(known), "the menu is closed")

    def menus(self):
        return self.desk.windows(["--class", "soffice"])

    def tab_to(self, name):
        for _ in range(40):
            focused = self.wait(self.focused, "a control has the focus")
            if focused.name == name:
                return
            self.desk.keys("Tab")
            self.wait(lambda: self.focused() and self.focused().name != focused.name or self.tabbed(focused), "Tab goes on")
        self.fail(f"Tab does not reach {name}")

    def tabbed(self, before):
        """Whether another control of the same name has the focus."""
        now = self.focused()
        return now is not None and now.number != before.number

    def take_from_menu(self, entries_down):
        """Space opens the menu of a drop-down, the arrows go to an entry, Enter takes it."""
        known = self.menus()
        self.desk.keys("space")
        self.wait(lambda: len(self.menus()) > len(known), "the menu is open")
        self.desk.keys(*["Down"] * entries_down, "Return")
        self.wait(lambda: len(self.menus()) == len(known), "the menu is closed")

    def assert_cells_have_the_keys(self):
        self.wait(lambda: self.focused() is None, "the panel has the keys no longer")
        before = self.grid.selected()
        self.desk.keys("Down")
        below = before[0] + str(int(before[1:]) + 1)
        self.wait(lambda: self.grid.selected() == below, lambda: f"{below} is selected, not {self.grid.selected()}")

    def test_the_menu_opens_a_closed_panel_and_gives_it_the_keys(self):
        self.calc.dispatch(self.document, ".uno:Sidebar")  # as its key does; it is hidden now
        self.wait(lambda: self.document.CurrentController.Sidebar is None or not self.document.CurrentController.Sidebar.isVisible(),
                  "the sidebar is hidden")
        self.grid.click("A2")
        self.choose_from_the_insert_menu()
        self.panel = self.calc.new_panel(self.document)
        self.wait(self.focused, "the panel has the keys")
        self.assertEqual(self.focused().name, "Data")
        self.desk.picture("keys-from-the-menu")

    def test_tab_goes_through_all_controls_in_the_order_of_the_eye(self):
        self.into_the_panel()
        self.tab_to("More options")
        self.desk.keys("space")
        self.wait(lambda: self.panel.has("Picture"), self.panel.texts)
        expected = [element.name for element in self.panel.elements() if element.role in USABLE and element.name]
        # It stays at the bottom while the others are scrolled, and its turn comes before what stands below it otherwise.
        expected.remove("Insert funnel table")
        expected.insert(expected.index("Leave without us"), "Insert funnel table")
        self.tab_to(expected[0])
        found = []
        for _ in range(len(expected)):
            focused = self.wait(self.focused, "a control has the focus")
            found.append(focused.name)
            self.desk.keys("Tab")
            self.wait(lambda: self.tabbed(focused), lambda: f"Tab goes on from {focused}")
        self.assertEqual(found, expected)
        self.assertEqual(self.focused().name, expected[0])
        self.desk.keys("shift+Tab")
        self.wait(lambda: self.focused().name == expected[-1], lambda: f"{self.focused()}, not {expected[-1]}")

    def test_every_control_has_a_name_and_tells_its_help_text_to_the_keys(self):
        self.into_the_panel()
        self.tab_to("More options")
        self.desk.keys("space")
        self.wait(lambda: self.panel.has("Picture"), self.panel.texts)
        controls = [element for element in self.panel.elements() if element.role in USABLE]
        self.assertFalse([element for element in controls if not element.name.strip("\u25B2\u25BC\u25BE ")])
        told = {}
        for _ in range(len([element for element in controls if element.enabled])):
            focused = self.wait(self.focused, "a control has the focus")
            told[focused.number] = self.wait(self.panel.help, lambda: f"the help lines tell of {focused}")
            self.desk.keys("Tab")
            self.wait(lambda: self.tabbed(focused), lambda: f"Tab goes on from {focused}")
        self.assertGreater(len(told), 20)
        self.assertEqual(len(set(told.values())), len(told))

    def test_choices_and_the_table_by_keys_alone(self):
        self.into_the_panel()
        # A check box
        self.tab_to("Keep")
        self.desk.keys("space")
        self.wait(lambda: self.panel.check_box("Keep").checked, "Keep is checked")
        self.desk.keys("space")
        self.wait(lambda: not self.panel.check_box("Keep").checked, "Keep is not checked")
        # The stage list and its buttons
        self.tab_to("Stages")
        self.desk.keys("Down")
        self.wait(lambda: self.panel.stage_list().entries[1][1], "the second stage is selected")
        self.tab_to("Down")
        self.desk.keys("space")
        moved = ["Lead", "Proposal", "Qualified", "Won"]
        self.wait_for_preview(moved, stage_funnel(deals(), moved))
        self.assertEqual(self.focused().name, "Down")
        self.tab_to("Remove")
        self.desk.keys("Return")
        shorter = ["Lead", "Proposal", "Won"]
        self.wait_for_preview(shorter, stage_funnel(deals(), shorter))
        # A drop-down
        self.tab_to("\u25BE (none)")
        self.take_from_menu(1 + SPLITS.index("Owner"))
        self.wait(lambda: self.panel.chosen("Split by") == "Owner", lambda: self.panel.chosen("Split by"))
        self.wait(lambda: self.panel.says("3 segments"), self.panel.texts)
        self.desk.picture("keys-split")
        self.wait(lambda: self.focused() is not None and self.focused().name == "\u25BE Owner", lambda: f"the focus is on {self.focused()}")
        self.take_from_menu(1)
        self.wait(lambda: self.panel.chosen("Split by") == "(none)", lambda: self.panel.chosen("Split by"))
        # The table, and its end
        self.tab_to("Insert funnel table")
        self.desk.keys("Return")
        self.wait(lambda: "Funnel" in self.document.Sheets.ElementNames, "the table is inserted")
        self.desk.keys("ctrl+z")
        self.wait(lambda: "Funnel" not in self.document.Sheets.ElementNames, "the table is gone")

    def test_a_link_of_the_data_check_by_keys(self):
        self.into_the_panel()
        self.tab_to("Remove")
        self.desk.keys("space")
        self.wait(lambda: self.panel.says("deals at stages not listed"), self.panel.texts)
        self.tab_to("\u25B8 Details")
        self.desk.keys("Return")
        self.wait(lambda: self.panel.says("Found in the data"), self.panel.texts)

    def test_escape_gives_the_keys_back_and_takes_back_what_was_typed(self):
        self.into_the_panel()
        self.desk.keys("ctrl+a")
        self.desk.type("Counts.A1:B5")
        self.desk.keys("Escape")
        self.assert_cells_have_the_keys()
        self.wait(lambda: self.source() == "Deals.A1:F61", self.source)
        for name in ("Keep", "\u25BE Stage", "Stages", "Insert funnel table"):
            self.into_the_panel()
            self.tab_to(name)
            self.desk.keys("Escape")
            self.assert_cells_have_the_keys()

    def test_f6_gives_the_keys_back(self):
        self.into_the_panel()
        self.desk.keys("F6")
        self.assert_cells_have_the_keys()


class Menu(SidebarTest):
    def test_the_entry_of_the_insert_menu_by_the_pointer(self):
        self.panel.click(self.panel.edit())
        x, y = 154, 31  # Insert, in the menu bar
        known = self.desk.windows(["--class", "soffice"])
        self.desk.click(x, y)
        left, top, _, _ = self.wait(
            lambda: [place for window, place in self.desk.windows(["--class", "soffice"]).items() if window not in known],
            "the Insert menu is open")[0]
        self.desk.picture("menu")
        self.desk.click(left + 60, top + 113)  # below Image, Chart, Sparkline and Pivot Table
        self.wait(lambda: not [window for window in self.desk.windows(["--class", "soffice"]) if window not in known], "the menu is closed")
        self.wait(lambda: self.panel.has("Insert funnel table"), self.panel.texts)


if __name__ == "__main__":
    bed.main()
