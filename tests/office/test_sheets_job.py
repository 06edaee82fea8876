"""The job org.calckpi.Sheets, as a macro calls it: the macro of the README, the tables, Update, and a sentence for what cannot be."""
import datetime
import itertools
import re

import bed
from kpi_bed import Deals, KpiTest, VALUE, month, number_of
from com.sun.star.beans import NamedValue
from com.sun.star.lang import IllegalArgumentException


NAMES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table"))
FULL = ('<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document {NAMES} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        "<office:body><office:spreadsheet>" + "".join(f'<table:table table:name="S{number}"/>' for number in range(9998))
        + "</office:spreadsheet></office:body></office:document>")


class SheetsJob(KpiTest):
    extensions = (bed.OXT,)

    def ask(self, **values):
        values = {"Document": self.document, **values}
        return self.office.service("org.calckpi.Sheets").execute(tuple(NamedValue(name, value) for name, value in values.items()))

    def refusal(self, **values):
        before = self.document.Sheets.ElementNames
        with self.assertRaises(IllegalArgumentException) as caught:
            self.ask(**values)
        self.assertEqual(self.document.Sheets.ElementNames, before)
        return caught.exception.Message

    def test_macro_of_the_readme(self):
        """The Basic of the README, run in the document that it is about."""
        self.put_deals(Deals(31))
        readme = (bed.SOURCE / "README.md").read_text(encoding="utf-8")
        [macro] = re.findall(r"```basic\n(.*?)```", readme, re.S)
        [name] = re.findall(r"^Function (\w+)", macro, re.M)
        libraries = self.document.BasicLibraries
        if not libraries.hasByName("Standard"):
            libraries.createLibrary("Standard")
        libraries.getByName("Standard").insertByName("Sheets", macro)
        provider = self.office.context.getValueByName("/singletons/com.sun.star.script.provider.theMasterScriptProviderFactory")
        address = f"vnd.sun.star.script:Standard.Sheets.{name}?language=Basic&location=document"
        answer, _, _ = provider.createScriptProvider(self.document).getScript(address).invoke((), (), ())
        self.assertIn("KPIs", self.document.Sheets.ElementNames)
        self.assertEqual(answer, "KPIs.A1:" + answer.split(":")[1])

    def test_kpi_sheet_with_options(self):
        deals = Deals(32)
        self.put_deals(deals)
        self.assertTrue(self.ask(Periods=6, KPIs=("win-rate", "deals-won"), Sections=("owners",), Sheet="Monday").startswith("Monday.A1:"))
        sheet = self.document.Sheets.getByName("Monday")
        self.assertEqual(list(self.rows_of(sheet, "Scorecard")), ["Win rate", "Deals won"])
        shown = month(deals.as_of, -1)
        figures = deals.scorecard(shown)[VALUE]
        rows = self.rows_of(sheet, "Scorecard")
        for label in ("Win rate", "Deals won"):
            self.assert_cell(sheet.getCellByPosition(VALUE, rows[label]), figures[label], label)
        self.assertEqual(self.document.Sheets.ElementNames, ("Deals", "Monday", "KPI data", "KPI inputs"))
        self.assertEqual(self.document.UndoManager.getAllUndoActionTitles()[0], "Insert KPI sheet")

    def test_options_in_any_order(self):
        """A template brings its KPIs, and what can be computed depends on the texts that mean won: neither undoes what came before."""
        self.put_deals(Deals(32))
        wishes = {"KPIs": ("average-sale", "win-rate"), "Won": ("Won",), "Template": "sales-scorecard"}
        for number, names in enumerate(itertools.permutations(wishes)):
            self.ask(**{name: wishes[name] for name in names}, Sheet=f"KPIs {number}")
            sheet = self.document.Sheets.getByName(f"KPIs {number}")
            self.assertEqual(list(self.rows_of(sheet, "Scorecard")), ["Average sale", "Win rate"], names)

    def test_data_up_to_a_day(self):
        deals = Deals(43)
        self.put_deals(deals)
        for day in ("2026-08-31", float(number_of(datetime.date(2026, 8, 31)))):
            self.ask(AsOf=day, Sheet=f"Up to {day}")
            self.assertEqual(self.document.Sheets.getByName(f"Up to {day}").getCellRangeByName("A2").String, "Data up to 31 Aug 2026")
        self.assertEqual(self.refusal(AsOf="last summer"), "AsOf cannot be \"last summer\" here")

    def test_rows_below_an_empty_row_are_data_too(self):
        """Nobody can be asked for them, as the panel does; what is not left out must not be left out silently."""
        deals = Deals(44)
        self.put_deals(deals)
        sheet = self.document.Sheets.getByName("Deals")
        sheet.Rows.insertByIndex(100, 1)
        sheet.Rows.insertByIndex(200, 1)
        self.ask()
        kpis = self.document.Sheets.getByName("KPIs")
        self.assert_scorecard(kpis, deals, kpis.getCellRangeByName("B3").Value)
        self.ask(Make="SEGMENTS", By="owner", Source="Deals.B5")
        self.assertEqual(self.document.Sheets.getByName("Win rate").getCellRangeByName("B5").Value, len(deals.rows))
        self.ask(Make="SEGMENTS", By="owner", Source="Deals.A1:G100", Sheet="Some")
        self.assertEqual(self.document.Sheets.getByName("Some").getCellRangeByName("B5").Value, 99)

    def test_language(self):
        self.put_deals(Deals(33))
        self.assertTrue(self.ask(Language="fr").startswith("KPI.A1"))
        self.assertEqual(self.document.Sheets.getByName("KPI").getCellRangeByName("A5").String, "Tableau de bord")

    def test_tables_at_a_cell_and_on_sheets(self):
        deals = Deals(34)
        self.put_deals(deals)
        self.assertEqual(self.ask(Make="SEGMENTS", By="owner").split(".")[0], "'Win rate'")
        table = self.document.Sheets.getByName("Win rate")
        rows = {table.getCellByPosition(0, row).String: row for row in range(4, 9)}
        for owner in {row[1] for row in deals.rows}:
            won = sum(row[1] == owner and row[3] == "Won" for row in deals.rows)
            self.assertEqual(table.getCellByPosition(2, rows[owner]).Value, won, owner)
        self.document.Sheets.insertNewByName("Mine", 0)
        self.assertTrue(self.ask(Make="FUNNEL", Source="Deals.A1", Cell="Mine.B3", Stages=("Demo", "Won", "Lost")).startswith("Mine.B3:"))
        self.assertEqual(self.document.Sheets.getByName("Mine").getCellRangeByName("B7").String, "Demo")

    def texts_of(self, name):
        sheet = self.document.Sheets.getByName(name)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        cells = sheet.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow)
        return " ".join(str(value) for row in cells.getDataArray() for value in row if value != "")

    def test_two_currencies_that_only_number_formats_tell(self):
        last = self.put_deals(Deals(36)).split(":G")[1]
        amounts = self.document.Sheets.getByName("Deals").getCellRangeByName(f"E2:E{last}")
        formats, english = self.document.NumberFormats, self.document.CharLocale
        dollars, euros = (formats.addNew(code, english) for code in ("[$$-409]#,##0.00", "#,##0.00 [$\u20ac-407]"))
        amounts.NumberFormat = euros
        self.ask(Make="SEGMENTS", By="owner", Sheet="One")
        self.assertNotIn("several currencies", self.texts_of("One"))
        amounts.getCellRangeByPosition(0, 9, 0, 30).NumberFormat = dollars
        told = "Amounts are in several currencies, see Amount, and added as they are"
        self.ask(Make="SEGMENTS", By="owner", Sheet="Two")
        self.assertIn(told, self.texts_of("Two"))
        self.ask(Make="FUNNEL", Sheet="Three", Amount="Amount")
        self.assertIn(told, self.texts_of("Three"))
        self.ask(Sheet="Four")
        self.assertIn(told, self.texts_of("Four"))

    def test_update_takes_new_rows_and_keeps_what_was_typed(self):
        deals = Deals(35)
        address = self.put_deals(deals)
        self.ask()
        sheet, inputs = (self.document.Sheets.getByName(name) for name in ("KPIs", "KPI inputs"))
        row = next(row for row in range(6, 80) if inputs.getCellByPosition(0, row).Value == month(deals.as_of, -1))
        column = next(column for column in range(60) if inputs.getCellByPosition(column, 5).String == "Target: Deals won")
        inputs.getCellByPosition(column, row).Value = 7
        # One more that was won in the month that is shown.
        last = int(address.split(":G")[1])
        day = month(deals.as_of, -1) + 3
        new = ("D-new", "Ana", "Pro", "Won", 10.0, day, day)
        self.document.Sheets.getByName("Deals").getCellRangeByName(f"A{last + 1}:G{last + 1}").setDataArray((new,))
        before = deals.scorecard(month(deals.as_of, -1))[VALUE]["Deals won"]
        self.assertEqual(self.ask(Update="KPIs.A1", Periods=9).split(":")[0], "KPIs.A1")
        rows = self.rows_of(sheet, "Scorecard")
        self.assertEqual(sheet.getCellByPosition(VALUE, rows["Deals won"]).Value, before + 1)
        self.assertEqual(sheet.getCellByPosition(VALUE + 1, rows["Deals won"]).Value, 7)
        self.assertEqual(len(self.document.Sheets.ElementNames), 4)

    def test_convert(self):
        sheet = self.document.Sheets[0]
        sheet.getCellRangeByName("A1:C4").setDataArray((("Stage", "Amount", "Close date"), ("Won", "1.200,50 \u20ac", "25/01/2025"),
                                                        ("Lost", "900", "03/02/2025"), ("Won", "", "soon")))
        said = self.ask(Make="CONVERT", Convert="day first")
        self.assertEqual(said, "Amount: 2 cells were converted\nClose date: 2 cells were converted \u00b7 1 cell stays as it was\n")
        self.assertEqual(sheet.getCellRangeByName("B2").Value, 1200.5)
        self.assertEqual(sheet.getCellRangeByName("C3").Value, number_of(datetime.date(2025, 2, 3)))
        self.assertEqual(sheet.getCellRangeByName("C4").String, "soon")

    def test_convert_leaves_what_can_be_read_in_two_ways(self):
        sheet = self.document.Sheets[0]
        sheet.getCellRangeByName("A1:B3").setDataArray((("Stage", "Close date"), ("Won", "3/4/2025"), ("Lost", "5/6/2025")))
        self.assertEqual(self.ask(Make="CONVERT", Convert="yes"), "")
        self.assertEqual(sheet.getCellRangeByName("B2").String, "3/4/2025")
        self.ask(Make="CONVERT", Convert="month first")
        self.assertEqual(sheet.getCellRangeByName("B2").Value, number_of(datetime.date(2025, 3, 4)))

    def test_each_refusal_is_a_sentence_and_writes_nothing(self):
        self.assertEqual(self.refusal(), "There is no table in this document")
        self.put_deals(Deals(36))
        for values, sentence in (({"Make": "NOTHING"}, "There is nothing of the name NOTHING to make"),
                                 ({"Make": "MRRPLANS"}, "Recurring revenue from plans \u2013 needs "),
                                 ({"Colour": "red"}, "There is no option Colour here"),
                                 ({"Periods": 1}, "Periods cannot be \"1\" here"),
                                 ({"Template": "mine"}, "Template cannot be \"mine\" here"),
                                 ({"Won": ("Sold",)}, "Won cannot be \"Sold\" here"),
                                 ({"Source": "Nowhere.A1"}, "\"Nowhere.A1\" is not a range or a name of this document"),
                                 ({"Cell": "Deals.A1"}, "A KPI sheet is made on sheets of its own"),
                                 ({"Make": "SEGMENTS", "Cell": "Deals.B2"}, ""),
                                 ({"Update": "Deals.A1"}, "This table is not there any more")):
            with self.subTest(values=values):
                said = self.refusal(**values)
                self.assertTrue(said.startswith(sentence) and said, said)
        self.assertIn("spreadsheet", self.refusal(Document=None))

    def test_calc_makes_no_styles_while_any_sheet_is_protected(self):
        self.put_deals(Deals(38))
        self.document.Sheets.insertNewByName("Mine", 1)
        mine = self.document.Sheets.getByName("Mine")
        mine.protect("")
        sentence = "The sheet Mine is protected, and as long as one is, Calc makes no cell styles"
        for values in ({}, {"Make": "SEGMENTS", "By": "owner"}, {"Make": "SEGMENTS", "By": "owner", "Cell": "Deals.J3"}):
            self.assertTrue(self.refusal(**values).startswith(sentence), values)
        mine.unprotect("")
        self.ask()
        self.ask(Make="SEGMENTS", By="owner")
        mine.protect("")
        self.assertTrue(self.ask(Update="KPIs.A1").startswith("KPIs.A1"), "all styles are there")
        self.assertTrue(self.ask(Update="'Win rate'.A1").startswith("'Win rate'.A1"))

    def test_a_document_full_of_sheets(self):
        path = self.folder / "full.fods"
        path.write_text(FULL, encoding="utf-8")  # inserting one sheet after the other takes minutes
        self.document.close(True)
        self.document = self.office.open(path)
        self.assertEqual(len(self.document.Sheets), 9998)
        self.put_deals(Deals(39))
        self.assertTrue(self.refusal().startswith("The document has as many sheets as Calc can count"))

    def test_a_table_that_has_lost_its_columns(self):
        deals = Deals(40)
        self.put_deals(deals)
        self.ask()
        header = self.document.Sheets.getByName("Deals").getCellRangeByName("G1")
        header.String = "Zzz"
        self.assertTrue(self.refusal(Update="KPIs.A1").startswith("None of the KPIs of this sheet can be computed any more."))
        header.String = "Closed"
        amount = self.document.Sheets.getByName("Deals").getCellRangeByName("E1")
        warning = self.document.Sheets.getByName("KPIs").getCellRangeByName("C2")
        self.assertEqual(warning.String.strip(), "")
        amount.String = "Zzz"
        self.assertIn("Some of the data cannot be computed any more", warning.String)
        self.ask(Update="KPIs.A1")
        self.assertEqual(warning.String.strip(), "")
        self.assertIn("Left out, as the data do not have what they need: Forecast accuracy", self.texts_of("KPIs"))
        amount.String = "Amount"
        self.ask(Update="KPIs.A1")
        self.assertNotIn("Left out", self.texts_of("KPIs"))
        sheet = self.document.Sheets.getByName("KPIs")
        self.assert_scorecard(sheet, deals, sheet.getCellRangeByName("B3").Value)

    def test_what_the_data_have_no_kpi_for(self):
        self.put_deals(Deals(41))
        self.assertEqual(self.refusal(Template="recurring-revenue"), "These data give no KPI of the template Recurring revenue. "
                         "Monthly recurring revenue: Needs a table of invoices or orders")

    def test_currency_beside_the_figures(self):
        last = self.put_deals(Deals(42)).split(":G")[1]
        formats = self.document.NumberFormats
        self.document.Sheets.getByName("Deals").getCellRangeByName(f"E2:E{last}").NumberFormat = formats.addNew(
            "#,##0.00 [$\u20ac-407]", self.document.CharLocale)
        self.ask(KPIs=("won-value", "deals-won"))
        sheet = self.document.Sheets.getByName("KPIs")
        rows = self.rows_of(sheet, "Scorecard")
        self.assertEqual([sheet.getCellByPosition(1, rows[name]).String for name in ("Won value", "Deals won")], ["\u20ac", ""])

    def test_text_among_the_dates_is_named(self):
        deals = Deals(37)
        self.put_deals(deals)
        self.document.Sheets[0].getCellRangeByName("F5").String = "soon"
        self.assertIn("Created holds a text where a date belongs", self.refusal())
        self.assertIn("F5", self.refusal())


if __name__ == "__main__":
    bed.main()
