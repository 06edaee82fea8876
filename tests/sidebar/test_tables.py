#!/usr/bin/env python3
"""Any table from the panel: what is asked for, inserted, changed, updated and undone, by pointer and keys."""
import random
import time

import bed
from bed import PLACES, SidebarTest, day
from calc import AccessibleRole

QUESTION = "What do you want?"
OWNERS = ["Ana", "Ben", "Chloe", "Dora"]
CHANNELS = ["Web", "Phone", "Partner"]
STATES = ["Won", "Lost", "Won", "Open", "Lost"]
DEALS = [["Deal ID", "Owner", "Channel", "Status", "Amount", "Created", "Closed"]]
for number in range(90):
    opened = day(2025, 1, 6) + 2 * number
    state = STATES[number * 3 % 5]
    DEALS.append([f"D-{number + 1:03}", OWNERS[number % 4], CHANNELS[number % 3], state, 1000.0 + 25 * number, float(opened),
                  "" if state == "Open" else float(opened + 9 + number % 20)])
CUSTOMERS = ["Acme", "Beta", "Cora", "Dune", "Ems"]
INVOICES = [["Invoice number", "Customer", "Invoice date", "Amount"]]
for month in range(1, 9):
    for place, customer in enumerate(CUSTOMERS):
        if month > place and (month + place) % 6:
            INVOICES.append([f"I-{month}{place}", customer, float(day(2025, month, 3 + place)), 100.0 + 10 * place + 5 * (month // 3)])


def win_rates(column):
    """{group: won of won and lost}, counted apart from the product."""
    place = DEALS[0].index(column)
    rates = {}
    for row in DEALS[1:]:
        won, closed = rates.get(row[place], (0, 0))
        rates[row[place]] = won + (row[3] == "Won"), closed + (row[3] in ("Won", "Lost"))
    return {group: won / closed for group, (won, closed) in rates.items()}


def revenue_by_month():
    """{first day of a month: what all customers paid in it}."""
    revenue = {}
    for _, _, when, amount in INVOICES[1:]:
        first = next(float(day(2025, month, 1)) for month in range(12, 0, -1) if day(2025, month, 1) <= when)
        revenue[first] = revenue.get(first, 0.0) + amount
    return revenue


class TablesTest(SidebarTest):
    insert_text, update_text = "Insert table", "Update table"

    def workbook(self):
        document = self.calc.new()
        sheets = document.Sheets
        sheets.getByIndex(0).Name = "Deals"
        self.write(document, "Deals", DEALS, dates=(5, 6))
        sheets.insertNewByName("Invoices", sheets.Count)
        self.write(document, "Invoices", INVOICES, dates=(2,))
        sheets.insertNewByName("Mine", sheets.Count)
        sheets.getByName("Mine").getCellRangeByName("A1").String = "my own notes"
        document.UndoManager.clear()
        document.Modified = False
        return document

    def wait_for_panel(self):
        self.wait(lambda: self.panel.has(self.question()), self.panel.texts)

    def question(self):
        return QUESTION

    def answer(self):
        """The first control, below the question."""
        return next(element for element in self.panel.elements() if element.role == AccessibleRole.PUSH_BUTTON)

    def wanted(self):
        return self.answer().name.removeprefix("\u25BE ")

    def wants(self, title):
        """Takes an entry of the first control. Menus do not tell their entries: one after the other is tried."""
        for place in range(14):
            if self.wanted() == title:
                return
            self.take_entry(place, lambda: self.panel.open_menu(self.answer()))
        self.assertEqual(self.wanted(), title)

    def menus(self):
        return self.desk.windows(["--class", "soffice"]).keys()

    def take_entry(self, place, open_menu):
        """Takes an entry of the first control's menu, and waits until the panel asks for what it stands for. That which is chosen
        already changes nothing, and one that cannot be chosen leaves the menu open."""
        known, before = self.menus(), self.wanted()
        open_menu()
        self.wait(lambda: len(self.menus()) > len(known), "the menu is open")
        self.desk.keys(*["Down"] * (place + 1), "Return")
        try:
            self.wait(lambda: self.wanted() != before, "another one is chosen", seconds=3)
        except AssertionError:
            if len(self.menus()) > len(known):
                self.desk.keys("Escape")
        self.wait(lambda: len(self.menus()) == len(known), "the menu is closed")

    def press(self, name):
        self.wait(lambda: self.panel.button(name).enabled, lambda: f"{name} is enabled; the panel says {self.panel.texts()}")
        self.panel.click(self.panel.button(name))

    def new_sheets(self):
        return [name for name in self.document.Sheets.ElementNames if "sheet " + name not in self.before]

    def inserted(self):
        self.press(self.insert_text)
        time.sleep(0.5)
        return self.wait(self.new_sheets, lambda: f"a new sheet is there; the panel says {self.panel.texts()}")[0]

    def cells(self, name):
        sheet = self.document.Sheets.getByName(name)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        return sheet.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow).getDataArray()

    def column(self, name, header):
        """{first cell of a row: its cell below a header}, of the table on a sheet."""
        rows = self.cells(name)
        top = next(place for place, row in enumerate(rows) if header in row)
        at = rows[top].index(header)
        return {row[0]: row[at] for row in rows[top + 1:] if row[0] != "" and isinstance(row[at], float)}

    def expect(self, name, header, expected):
        def same():
            found = self.column(name, header)
            return all(group in found and abs(found[group] - value) < 1e-9 for group, value in expected.items())
        self.wait(same, lambda: f"{header} on {name} is {expected}, not {self.column(name, header)}")

    def no_errors_on(self, name):
        self.assertFalse([cell for row in self.cells(name) for cell in row if str(cell).startswith(("#", "Err:"))])

    def steps(self):
        return self.document.UndoManager.getAllUndoActionTitles()

    def key(self, keys, steps):
        self.desk.keys(keys)
        self.wait(lambda: len(self.steps()) == steps, self.steps)

    def select_the_table(self, name, cell="A5"):
        self.show_sheet(name)
        self.grid.click(cell)
        self.wait(lambda: self.panel.has(self.update_text), self.panel.texts)


def orders(customers=240):
    """Orders of customers who buy at rates of their own and leave, each around an amount of his own."""
    dice = random.Random(6)
    rows = [["Customer", "Order date", "Amount"]]
    for number in range(1, customers + 1):
        rate, leaving, usual = dice.gammavariate(0.8, 0.03), dice.betavariate(0.8, 3), dice.uniform(20, 200)
        when = dice.randrange(200)
        while when < 600:
            rows.append([f"Client {number:03}", float(day(2024, 1, 1) + int(when)), round(usual * dice.uniform(0.5, 1.5), 2)])
            when += 1 + dice.expovariate(rate)
            if dice.random() < leaving:
                break
    return rows


class Forecast(TablesTest):
    def workbook(self):
        document = super().workbook()
        document.Sheets.insertNewByName("Orders", document.Sheets.Count)
        self.write(document, "Orders", orders(), dates=(1,))
        document.UndoManager.clear()
        document.Modified = False
        return document

    def test_a_forecast_begins_with_its_verdict_and_its_test(self):
        self.show_sheet("Orders")
        self.grid.click("B3")
        self.wait(lambda: self.panel.says("3 columns"), self.panel.texts)
        self.wants("Customer value forecast")
        self.wait(lambda: self.panel.says("Verdict: the model holds"), self.panel.texts)
        self.desk.picture("table-forecast")
        texts = self.panel.texts()
        places = [next(place for place, text in enumerate(texts) if text.startswith(start))
                  for start in ("Verdict", "Test: the model as of", "Model: forecast", "As often as so far: forecast", "All")]
        self.assertEqual(places, sorted(places), texts)
        name = self.inserted()
        self.no_errors_on(name)
        rows = self.cells(name)
        sections = [row[0] for row in rows if row[0] != ""]
        for section in ("Verdict: the model holds", "Test: the model as of", "Expected of today's customers", "Most valuable customers",
                        "All customers"):
            self.assertTrue(any(str(each).startswith(section) for each in sections), section)
        self.desk.picture("table-forecast-inserted")
        self.key("ctrl+z", 0)


class Tables(TablesTest):
    def test_win_rate_is_inserted_changed_updated_undone_and_redone(self):
        self.wants("Win rate by \u2026")
        self.panel.choose("Split by", "Owner", ["Owner", "Channel", "Status"])
        self.desk.picture("table-win-rate")
        name = self.inserted()
        self.expect(name, "Win rate", win_rates("Owner"))
        self.no_errors_on(name)
        self.desk.picture("table-win-rate-inserted")
        self.select_the_table(name)
        self.assertEqual(self.panel.chosen("Split by"), "Owner")
        self.panel.choose("Split by", "Channel", ["Owner", "Channel", "Status"])
        self.press(self.update_text)
        self.expect(name, "Win rate", win_rates("Channel"))
        self.assertEqual(len(self.steps()), 2)
        self.key("ctrl+z", 1)
        self.expect(name, "Win rate", win_rates("Owner"))
        self.key("ctrl+y", 2)
        self.expect(name, "Win rate", win_rates("Channel"))
        self.key("ctrl+z", 1)
        self.key("ctrl+z", 0)
        self.assertEqual(self.new_sheets(), [])

    def test_recurring_revenue_is_what_invoices_are_asked_for_first(self):
        self.show_sheet("Invoices")
        self.grid.click("B3")
        self.wait(lambda: self.wanted() == "Recurring revenue from invoices", self.panel.texts)
        self.wait(lambda: self.panel.button(self.insert_text).enabled, self.panel.texts)
        self.desk.picture("table-revenue")
        name = self.inserted()
        self.expect(name, "End", revenue_by_month())
        self.no_errors_on(name)
        self.desk.picture("table-revenue-inserted")
        self.key("ctrl+z", 0)

    def test_kpis_by_period_follow_the_data(self):
        self.wants("KPIs by period")
        name = self.inserted()
        months = {float(day(2025, month, 1)): sum(1.0 for row in DEALS[1:] if row[3] == "Won" and day(2025, month, 1) <= row[6]
                                                  < day(2025, month + 1, 1)) for month in range(1, 6)}
        self.expect(name, "Won", months)
        self.desk.picture("table-periods-inserted")
        self.changed = ("sheet Deals",)
        cell = self.document.Sheets.getByName("Deals").getCellRangeByName("D2")
        self.calc.on_main_thread(lambda: cell.setString("Lost"))
        first = max(month for month in months if month <= DEALS[1][6])
        if DEALS[1][3] == "Won":
            months[first] -= 1
        self.expect(name, "Won", months)

    def test_rows_added_below_become_a_part_of_the_data(self):
        self.changed = ("sheet Deals",)
        self.wants("Win rate by \u2026")
        name = self.inserted()
        sheet = self.document.Sheets.getByName("Deals")
        more = [["D-900", "Eve", "Web", "Won", 10.0, float(day(2025, 7, 1)), float(day(2025, 7, 9))],
                ["D-901", "Eve", "Web", "Lost", 10.0, float(day(2025, 7, 1)), float(day(2025, 7, 9))]]
        cells = sheet.getCellRangeByName("A92:G93")
        self.calc.on_main_thread(lambda: cells.setDataArray(tuple(tuple(row) for row in more)))
        self.select_the_table(name)
        self.wait(lambda: self.panel.says("2 rows right below"), self.panel.texts)
        self.desk.picture("table-rows-below")
        self.press("Add them to the data")
        self.wait(lambda: self.panel.says("92 rows"), self.panel.texts)
        self.press(self.update_text)
        self.expect(name, "Win rate", {"Eve": 0.5})

    def test_the_sheet_says_that_rows_were_added_while_no_panel_is_open(self):
        self.changed = ("sheet Deals",)
        self.wants("Win rate by \u2026")
        name = self.inserted()

        def said():
            return any("New rows stand right below the data" in str(cell) for row in self.cells(name) for cell in row)

        self.assertFalse(said())
        self.calc.dispatch(self.document, ".uno:Sidebar")
        self.wait(lambda: self.document.CurrentController.Sidebar is None or not self.document.CurrentController.Sidebar.isVisible(),
                  "the sidebar is hidden")
        cells = self.document.Sheets.getByName("Deals").getCellRangeByName("A92:C92")
        self.calc.on_main_thread(lambda: cells.setDataArray((("D-900", "Eve", "Web"),)))
        self.wait(said, lambda: self.cells(name))
        self.desk.picture("table-rows-added-without-panel")

    def test_a_filled_target_and_a_protected_sheet_are_refused(self):
        self.changed = ("sheet Mine",)
        self.wants("Win rate by \u2026")
        self.panel.choose("Insert", PLACES[1], PLACES)
        target = [element for element in self.panel.elements() if element.role == AccessibleRole.TEXT][-1]
        self.panel.type_into(target, "Mine.A1", end="Tab")
        self.press(self.insert_text)
        self.wait(lambda: self.panel.says("A1 is not empty"), self.panel.texts)
        self.assertEqual(self.steps(), ())
        self.desk.picture("table-target-filled")
        self.calc.on_main_thread(lambda: self.document.Sheets.getByName("Mine").protect(""))
        self.press(self.insert_text)
        self.wait(lambda: self.panel.says("protected"), self.panel.texts)
        self.assertNotIn(self.insert_text, self.steps())
        self.calc.on_main_thread(lambda: self.document.Sheets.getByName("Mine").unprotect(""))
        self.press(self.insert_text)
        self.press("Overwrite these cells")
        self.expect("Mine", "Win rate", win_rates("Owner"))
        steps = len(self.steps())
        self.desk.keys("ctrl+z")
        self.wait(lambda: len(self.steps()) == steps - 1, self.steps)
        self.assertEqual(self.document.Sheets.getByName("Mine").getCellRangeByName("A1").String, "my own notes")

    def test_a_column_that_is_renamed_is_asked_for_again(self):
        self.changed = ("sheet Deals",)
        self.wants("Win rate by \u2026")
        name = self.inserted()
        cell = self.document.Sheets.getByName("Deals").getCellRangeByName("B1")
        self.calc.on_main_thread(lambda: cell.setString("Rep"))
        self.select_the_table(name)
        self.wait(lambda: not self.panel.button(self.update_text).enabled, self.panel.texts)
        self.desk.picture("table-renamed")
        self.panel.choose("Split by", "Rep", ["Rep", "Channel", "Status"])
        self.press(self.update_text)
        self.expect(name, "Win rate", win_rates("Owner"))

    def test_a_sample_opens_from_the_panel(self):
        def documents():
            enumeration, found = self.calc.office.desktop.Components.createEnumeration(), []
            while enumeration.hasMoreElements():
                found.append(enumeration.nextElement())
            return found

        known = documents()
        self.panel.open_menu(next(element for element in self.panel.elements() if element.name == "\u25BE Samples"))
        self.desk.keys("Down", "Return")
        self.wait(lambda: len(documents()) > len(known), "a sample is opened in the office")
        sample = next(document for document in documents() if document not in known)
        self.assertEqual(sample.URL, "", "a copy without a name")
        self.calc.on_main_thread(lambda: sample.close(True))


class Keys(TablesTest):
    def focused(self):
        return next((element for element in self.panel.elements() if element.focused), None)

    def tab_to(self, name):
        for _ in range(40):
            focused = self.wait(self.focused, "a control has the focus")
            if focused.name == name:
                return
            self.desk.keys("Tab")
            self.wait(lambda: self.focused() and self.focused().number != focused.number, "Tab goes on")
        self.fail(f"Tab does not reach {name}")

    def test_a_table_by_keys_alone(self):
        self.calc.dispatch(self.document, "vnd.org.calckpi:ShowFunnel")
        self.wait(self.focused, "the panel has the keys")
        self.desk.keys("shift+Tab", "shift+Tab")  # from the data over Keep
        self.wait(lambda: self.focused() is not None and self.focused().name.startswith("\u25BE"), lambda: f"{self.focused()}")
        for place in range(14):
            if self.wanted() == "Win rate by \u2026":
                break
            self.take_entry(place, lambda: self.desk.keys("space"))
            self.wait(lambda: self.focused() is not None and self.focused().name == self.answer().name, lambda: f"{self.focused()}")
        self.wait(lambda: self.panel.has(self.insert_text), self.panel.texts)
        self.tab_to(self.insert_text)
        self.desk.keys("Return")
        name = self.wait(self.new_sheets, self.panel.texts)[0]
        self.expect(name, "Win rate", win_rates("Owner"))
        self.desk.keys("ctrl+z")
        self.wait(lambda: not self.new_sheets(), "the table is gone")


class Leaving(TablesTest):
    """Leave without us, asked for from the menu: it stands first, says what becomes what, and does it in one step."""

    def test_from_the_menu(self):
        self.document.Sheets.insertNewByName("Figures", self.document.Sheets.Count)
        figures = self.document.Sheets.getByName("Figures")
        formulas = {"A2": "=WINRATE(B1;B2)", "A3": "=RATELOW(3;10)", "A4": "=B1+1"}
        figures.getCellRangeByName("B1").Value, figures.getCellRangeByName("B2").Value = 3, 7
        for address, formula in formulas.items():
            figures.getCellRangeByName(address).Formula = formula.replace("=W", "=ORG.CALCKPI.KPI.W").replace("=R", "=ORG.CALCKPI.KPI.R")
        self.document.UndoManager.clear()
        self.calc.dispatch(self.document, "vnd.org.calckpi:Leave")
        told = "Figures: 1 formula becomes a plain formula (WINRATE)\nFigures: 1 formula becomes its value (RATELOW)"
        self.wait(lambda: any(told == text for text in self.panel.texts()), self.panel.texts)
        self.assertEqual(self.panel.elements()[0].name, "Leave without Calc KPI")
        self.desk.picture("leave-without-us")
        self.panel.click(next(element for element in self.panel.elements() if element.name == "Replace formulas"))
        self.wait(lambda: "ORG.CALCKPI" not in figures.getCellRangeByName("A2").Formula, self.panel.texts)
        self.assertEqual(figures.getCellRangeByName("A2").Formula, "=IF(OR(SIGN(B2)<0;SIGN(B1)<0);SQRT(-1);B1/(B1+B2))")
        self.assertEqual(figures.getCellRangeByName("A4").Formula, "=B1+1")
        self.wait(lambda: any("Undo brings them back" in text for text in self.panel.texts()), self.panel.texts)
        self.assertEqual(self.document.UndoManager.getAllUndoActionTitles(), ("Leave without Calc KPI",))
        self.desk.picture("left-without-us")


class Look(TablesTest):
    """In a language, a theme and a width: every control is whole, and a picture of each table."""

    name, titles = "english", ("Win rate by \u2026", "KPIs by period", "Stuck deals", "Win curve")
    screen = (1600, 900)

    def test_insert_is_in_sight_at_900_pixels(self):
        for title in self.titles:
            with self.subTest(title=title):
                self.wants(title)
                button = next(element for element in self.panel.elements() if element.name == self.insert_text)
                _, _, _, shown = self.panel.area()
                self.desk.picture(f"table-look-{self.name}-{title.split()[0].lower()}")
                self.assertLessEqual(button.y + button.height, shown)
                self.assertEqual(self.panel.clipped(), [])


class French(Look):
    name, language, locale = "french", "fr", "fr-FR"
    insert_text = "Ins\u00E9rer le tableau"
    titles = ()

    def question(self):
        return "Que voulez-vous\u00A0?"

    def test_insert_is_in_sight_at_900_pixels(self):
        self.show_sheet("Invoices")
        self.grid.click("B3")
        self.wait(lambda: self.panel.has(self.insert_text), self.panel.texts)
        self.desk.picture("table-look-french")
        self.assertEqual(self.panel.clipped(), [])


class Dark(French):
    name, language, locale, environment = "dark", "en-US", "en-US", {"GTK_THEME": "Adwaita:dark"}
    insert_text = "Insert table"

    def question(self):
        return QUESTION

    def test_insert_is_in_sight_at_900_pixels(self):
        self.show_sheet("Invoices")
        self.grid.click("B3")
        self.wait(lambda: self.panel.has(self.insert_text), self.panel.texts)
        self.desk.picture("table-look-dark")


if __name__ == "__main__":
    bed.main()
