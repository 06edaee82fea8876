#!/usr/bin/env python3
"""Languages, themes, widths, scale, right to left: the same panel each time, readable and usable, and a picture of it."""
import contextlib
import time

import bed
from bed import STAGES, SidebarTest, deals, stage_funnel
from calc import AccessibleRole, context_of


class Look(SidebarTest):
    """What must hold in every look."""

    name = "english"
    insert = "Insert funnel table"
    as_new = "Insert as a new table instead"

    def test_everything_is_whole_with_few_and_with_all_options(self):
        self.assert_whole()
        self.desk.picture("look-" + self.name)
        before = len(self.panel.elements())
        self.press(self.check_boxes()[-1])
        self.wait(lambda: len(self.panel.elements()) > before + 5, "all options are shown")
        self.assert_whole()
        self.desk.picture(f"look-{self.name}-options")

    def test_everything_is_whole_beside_a_table_and_the_deck_keeps_its_width(self):
        width = self.panel.dialog.getPosSize().Width
        sheets = self.document.Sheets.ElementNames
        self.press(self.panel.button(self.insert))
        self.wait(lambda: len(self.document.Sheets.ElementNames) > len(sheets), "the table is inserted")
        # Its settings are shown when a cell of it is selected; in the mirrored window the keys go there.
        self.wait(lambda: self.document.CurrentController.ActiveSheet.Name not in sheets, "the new sheet is shown")
        self.desk.keys("ctrl+Home", "Down", "Down", "Down", "Down")
        self.wait(lambda: self.panel.has(self.as_new), self.panel.elements)
        self.assert_whole()
        self.assertEqual(self.panel.dialog.getPosSize().Width, width)
        self.desk.picture(f"look-{self.name}-update")
        self.desk.keys("ctrl+z")
        self.wait(lambda: self.document.Sheets.ElementNames == sheets, "the table is gone")

    def test_every_shape_is_whole_with_all_options(self):
        for sheet in ("Events", "Dates", "Counts"):
            self.show_sheet(sheet)
            self.wait(lambda: self.source().startswith(sheet + "."), self.source)
            if len(self.check_boxes()) == 2:
                self.press(self.check_boxes()[1])
                self.wait(lambda: len(self.check_boxes()) > 2, self.panel.elements)
            self.assert_whole()
            self.desk.picture(f"look-{self.name}-{sheet.lower()}")

    def test_the_data_check_is_whole_and_so_is_a_problem(self):
        with self.written("D8", "Elsewhere"):  # a stage that is not listed
            self.wait(lambda: self.panel.says("D8"), self.panel.texts)
            self.assert_whole()
            self.desk.picture(f"look-{self.name}-data-check")
            self.press(self.panel.sentence("\u25B8"))
            self.wait(lambda: self.panel.says("\u25BE"), self.panel.texts)
            self.assert_whole()
            self.desk.picture(f"look-{self.name}-findings")
            self.press(self.panel.sentence("\u25BE"))  # folds the list
            self.wait(lambda: self.panel.says("\u25B8"), self.panel.texts)
            with self.written("E9", "ten"):  # where an amount belongs
                self.wait(lambda: self.panel.says("E9"), self.panel.texts)
                self.assert_whole()
                self.desk.picture(f"look-{self.name}-problem")
                self.press(self.named("E9"))
                self.wait(lambda: self.grid.selected() == "E9", self.grid.selected)

    def named(self, name):
        """A link: a window from right to left has invisible marks around its text."""
        return next(element for element in self.panel.elements() if element.name.strip("\u2068\u2069") == name)

    @contextlib.contextmanager
    def written(self, address, text):
        """For a while another text stands in a cell of the deals."""
        cell = self.document.Sheets.getByName("Deals").getCellRangeByName(address)
        before = cell.Formula
        self.calc.on_main_thread(lambda: cell.setFormula(text))
        try:
            yield
        finally:
            self.calc.on_main_thread(lambda: cell.setFormula(before))

    def press(self, element):
        self.panel.click(element)

    def check_boxes(self):
        """Keep, More options, and then those that these are."""
        return [element for element in self.panel.elements() if element.role == AccessibleRole.CHECK_BOX]

    def assert_whole(self):
        """Nothing ends outside the panel, overlaps, or has less room than its text needs."""
        size = self.panel.dialog.getPosSize()
        elements = [element for element in self.panel.elements() if element.height > 8]
        for element in elements:
            self.assertTrue(element.x >= 0 and element.x + element.width <= size.Width, f"{element} is wider than the panel, {size.Width}")
        for one in elements:
            for other in elements:
                if one is not other and one.x < other.x + other.width and other.x < one.x + one.width:
                    self.assertFalse(one.y < other.y < one.y + one.height, f"{other} covers {one}")
        self.assertEqual(self.panel.clipped(), [])

    def test_counts_are_the_same_in_every_look(self):
        self.wait(lambda: [row[1] for row in self.panel.preview(self.panel_heading())[1:]]
                  == [str(count) for count in stage_funnel(deals(), STAGES)], self.panel.texts)

    def panel_heading(self):
        """What stands above the preview, in any language: the last label before the row of its headers."""
        return next(element.name for element in self.panel.elements() if element.name in bed.PREVIEW_HEADINGS)

    def setUp(self):
        super().setUp()
        self.assertTrue(self.panel.has(self.insert), self.panel.elements())


STEPS = ["Lead", "Contacted", "Qualified", "Demo", "Proposal", "Negotiation", "Contract", "Security review", "Legal", "Procurement"]


class InSight(SidebarTest):
    """A window of 900 px: the button that inserts is seen without scrolling, however many stages there are."""

    insert = Look.insert
    screen = (1600, 900)
    counts = (4, 6, 8, 10)

    def workbook(self):
        document = self.calc.new()
        for place, count in enumerate(self.counts):
            name = f"Deals{count}"
            if place:
                document.Sheets.insertNewByName(name, place)
            document.Sheets.getByIndex(place).Name = name
            stages = [*STEPS[:count], "Won", "Lost"]
            self.write(document, name, [bed.DEAL_HEADERS] + [
                [f"D-{number:03}", bed.OWNERS[number % 3], bed.CHANNELS[number % 2], stages[number * 7 % len(stages)], 1000.0 + number,
                 float(bed.day(2025, 1, 6) + number)] for number in range(120)], dates=(5,))
        document.UndoManager.clear()
        document.Modified = False
        return document

    def test_the_button_is_in_sight(self):
        for count in self.counts:
            with self.subTest(stages=count):
                self.show_sheet(f"Deals{count}")
                self.grid.click("B3")
                self.wait(lambda: self.source().startswith(f"Deals{count}."), self.source)
                self.wait(lambda: self.panel.button(self.insert).enabled, self.panel.texts)
                self.desk.picture(f"in-sight-{self.language}-{count}")
                button = self.panel.button(self.insert)
                self.assertLessEqual(button.y + button.height, self.panel.area()[3])
                self.assertEqual(self.panel.clipped(), [])


class French(Look):
    name, language, locale = "french", "fr", "fr-FR"
    insert = "Ins\u00E9rer le tableau d'entonnoir"
    as_new = "Ins\u00E9rer comme nouveau tableau"


class FrenchInSight(InSight):
    language, locale, insert = "fr", "fr-FR", French.insert


class Romanian(Look):
    name, language, locale = "romanian", "ro", "ro-RO"
    insert = "Inserează tabelul de pâlnie"
    as_new = "Inserează ca tabel nou"


class Dark(Look):
    name, environment = "dark", {"GTK_THEME": "Adwaita:dark"}


class HighContrast(Look):
    name, environment = "high-contrast", {"GTK_THEME": "HighContrast"}


class TwiceAsLarge(Look):
    name, environment, screen = "twice-as-large", {"GDK_SCALE": "2"}, (1400, 950, 2)


class RightToLeft(Look):
    """Hebrew, which the product answers in English, turns the whole window round."""

    name, language, locale = "right-to-left", "he", "he-IL"
    mirrored = True

    def press(self, element):
        """As a screen reader does: the places of the mirrored window are not known to the pointer."""
        if element.role != AccessibleRole.LABEL:
            self.calc.on_main_thread(lambda: element.context.doAccessibleAction(0))
            return
        # A link can do nothing but be pressed by a key.
        link = next(window for window in self.panel.dialog.getWindows()
                    if window.isVisible() and context_of(window).getAccessibleName().replace("\u200E", "") == element.name)
        self.desk.bring_to_front(self.document.CurrentController.Frame.Title)
        self.calc.on_main_thread(link.setFocus)
        self.desk.keys("Return")

    def test_sentences_keep_their_order(self):
        apart, together = "\u2068", "\u2069"
        self.assertTrue(self.panel.has(f"{apart}60 rows \u00B7 6 columns{together}"), self.panel.texts())
        self.assertEqual(self.panel.stages()[0], f"{apart}1. Lead \u2013 16{together}")


class Width(Look):
    """The deck drawn narrower and wider by its edge. Without the setting it ends at 500 px, the office's own bar included."""

    name = "width"
    settings = ('<item oor:path="/org.openoffice.Office.UI.Sidebar/General"><prop oor:name="MaximumWidth" oor:op="fuse">'
                "<value>800</value></prop></item>")
    widths = (600, 300)

    def draw_to(self, width):
        """Draws the deck's edge until the panel has that width, and a new panel in the harness, since all places are others."""
        for _ in range(12):  # drawn narrower, it goes but half the way
            left, top, now, _ = self.panel.area()
            self.desk.drag((left - 4, top + 30), (left - 4 + now - width, top + 30))
            time.sleep(1)  # the deck follows
            self.panel = type(self.panel)(self.desk, self.panel.controller, self.panel.dialog)
            if abs(self.panel.dialog.getPosSize().Width - width) < 5:
                return
        self.fail(f"the panel is {self.panel.dialog.getPosSize().Width} px wide, not {width}")

    def test_everything_is_whole_with_few_and_with_all_options(self):
        for width in self.widths:
            with self.subTest(width=width):
                self.draw_to(width)
                self.name = f"{type(self).name}-{width}"
                super().test_everything_is_whole_with_few_and_with_all_options()
                self.press(self.check_boxes()[1])
                self.wait(lambda: len(self.check_boxes()) == 2, self.panel.elements)

    def test_everything_is_whole_beside_a_table_and_the_deck_keeps_its_width(self):
        for width in self.widths:
            with self.subTest(width=width):
                self.show_sheet("Deals")
                self.grid.click("A2")
                self.draw_to(width)
                self.name = f"{type(self).name}-{width}"
                super().test_everything_is_whole_beside_a_table_and_the_deck_keeps_its_width()

    def test_the_data_check_is_whole_and_so_is_a_problem(self):
        for width in self.widths:
            with self.subTest(width=width):
                self.draw_to(width)
                self.name = f"{type(self).name}-{width}"
                super().test_the_data_check_is_whole_and_so_is_a_problem()


class FrenchWidth(Width):
    name, language, locale = "width-french", "fr", "fr-FR"
    insert, as_new = French.insert, French.as_new
    widths = (300,)

    def names_but_help(self):
        """What is in the panel apart from the help lines; in no order, for controls below the edge are scrolled into sight first."""
        names = [element.name for element in self.panel.elements()]
        names.remove(self.panel.help())
        return sorted(names)

    def test_help_texts_are_whole_cover_nothing_and_move_nothing(self):
        self.draw_to(300)
        before = self.names_but_help()
        windows = self.desk.windows(["--class", "soffice"])
        for element in self.panel.elements():
            if element.role in (AccessibleRole.PUSH_BUTTON, AccessibleRole.CHECK_BOX, AccessibleRole.TEXT):
                with self.subTest(element=element):
                    self.assertTrue(self.panel.help_of(element))
                    self.assertEqual(self.panel.clipped(), [])
                    self.assertEqual(self.names_but_help(), before)
        stage = next(element for element in self.panel.elements() if element.name == "Pr\u00E9c.")
        self.assertEqual(self.panel.help_of(stage), "Part de l'\u00E9tape pr\u00E9c\u00E9dente")
        time.sleep(2)  # in which a tooltip would come
        self.assertEqual(self.desk.windows(["--class", "soffice"]).keys(), windows.keys())
        self.desk.picture("help-lines", hover=True)


if __name__ == "__main__":
    bed.main()
