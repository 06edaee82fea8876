"""Functions that give tables, entered as array formulas in a real Calc over the sample table Deals."""
import collections
import random

import bed
import unohelper
from com.sun.star.util import XModifyListener

# By hand from core/catalog/samples.hpp: 12 deals, 4 won, 4 lost, 4 open; Partner has 2 won, 1 lost, 2 open, Web 2 won, 3 lost, 2 open.
SEGMENTS = '=SEGMENTS(Deals.A:G;"channel";"stage";"Won";"Lost";"amount";"opened";"closed"{})'


class WholeTables(bed.CalcTest):
    def setUp(self):
        super().setUp()
        self.add_samples()

    def enter(self, address, formula):
        block = self.cell(address)
        block.setArrayFormula(formula)
        return block

    def shown(self, block):
        area = block.RangeAddress
        return [[block.getCellByPosition(column, row).String for column in range(area.EndColumn - area.StartColumn + 1)]
                for row in range(area.EndRow - area.StartRow + 1)]

    def test_segments_reconcile_and_the_block_is_filled_up_with_na(self):
        shown = self.shown(self.enter("A1:N6", SEGMENTS.format("")))
        self.assertEqual(shown[0][:6], ["segment", "deals", "won", "lost", "open", "win rate"])
        self.assertEqual([row[:5] for row in shown[1:4]],
                         [["All", "12", "4", "4", "4"], ["Web", "7", "2", "3", "2"], ["Partner", "5", "2", "1", "2"]])
        self.assertEqual(float(shown[1][9]), 1200 + 2400 + 950 + 1800)  # revenue of the won deals
        self.assertEqual(shown[4:], [["#N/A"] * 14] * 2)
        self.assertEqual([row[13] for row in shown[:4]], ["#N/A"] * 4)  # one column too many

    def test_headers_0_leaves_the_header_row_out(self):
        with_headers = self.shown(self.enter("A1:M4", SEGMENTS.format("")))
        without = self.shown(self.enter("A10:M12", SEGMENTS.format(";0")))
        self.assertEqual(without, with_headers[1:])

    def test_one_cell_alone_shows_the_top_left_value(self):
        self.assert_shows(self.type("A1", SEGMENTS.format("")), "segment")
        self.assert_shows(self.type("A2", SEGMENTS.format(";0")), "All")

    def test_a_funnel_of_stages_counts_as_by_hand(self):
        # Demo 2, Proposal 2, Won 4 stand there; lost deals without the stage they were lost at reached stage 1 alone.
        shown = self.shown(self.enter("A1:K4", '=FUNNELSTAGES(Deals.A:G;"stage";{"Demo";"Proposal";"Won"};"Lost")'))
        self.assertEqual([row[:2] for row in shown], [["stage", "count"], ["Demo", "12"], ["Proposal", "6"], ["Won", "4"]])

    def test_tables_live_and_pass_errors_on(self):
        block = self.enter("A1:M4", SEGMENTS.format(""))
        deals = self.document.Sheets.getByName("Deals")
        deals.getCellRangeByName("D6").String = "Won"  # D-05, 3100, Web
        self.assertEqual(self.shown(block)[2][:5], ["Web", "7", "3", "3", "1"])
        deals.getCellRangeByName("E2").FormulaLocal = "=1/0"
        self.assertEqual({shown for row in self.shown(block) for shown in row}, {"#DIV/0!"})
        deals.getCellRangeByName("E2").String = "a lot"
        self.assertEqual({shown for row in self.shown(block) for shown in row}, {"#VALUE!"})
        deals.getCellRangeByName("E2").Value = 1200
        deals.getCellRangeByName("A2").FormulaLocal = "=1/0"  # a column that is not used
        self.assertEqual(self.shown(block)[1][:2], ["All", "12"])

    def test_deal_numbers_agree_with_the_segments_total(self):
        table = self.shown(self.enter("A1:M4", SEGMENTS.format("")))
        total = dict(zip(table[0], table[1]))
        self.assert_shows(self.type("A10", '=DSALES(Deals.A:G;"stage";"Won";"amount")'), float(total["revenue"]))
        self.assert_shows(self.type("A11", '=DWINRATE(Deals.A:G;"stage";"Won";"Lost")'), float(total["win rate"]))
        self.assert_shows(self.type("A12", '=DSALES(Deals.A:G;"stage";"Won";"amount";"mean")'), float(total["average sale"]))

    def test_no_row_of_a_long_table_is_lost_or_mistaken(self):
        # Longer than what is read at a time, and with more different texts than are told by their address.
        sellers = [f"seller {row * 7919 % 1500}" for row in range(5000)]
        sheet = self.add_sheet("Long")
        block = sheet.getCellRangeByName("A1:C5001")
        block.setDataArray((("owner", "stage", "amount"), *((seller, "Won" if row % 3 else "Lost", 1.0 + row % 11)
                                                            for row, seller in enumerate(sellers))))
        for row in range(0, 5000, 500):  # the same texts, made by formulas
            sheet.getCellByPosition(0, row + 1).Formula = f'="sell"&"er {row * 7919 % 1500}"'
        formula = '=SEGMENTS(Long.A:C;"owner";"stage";"Won";"Lost";"amount";;;0)'
        shown = self.enter("A1:M1501", formula).getDataArray()
        won = collections.Counter(seller for row, seller in enumerate(sellers) if row % 3)
        amounts = collections.Counter()
        for row, seller in enumerate(sellers):
            amounts[seller] += (1.0 + row % 11) * (row % 3 > 0)
        deals = collections.Counter(sellers)
        self.assertEqual({row[0]: (row[1], row[2], row[9]) for row in shown[1:]},
                         {seller: (deals[seller], won[seller], amounts[seller] if won[seller] else 0) for seller in deals})
        self.assertEqual(shown[0][:3], ("All", 5000, sum(won.values())))
        sheet.getCellRangeByName("C4500").Formula = "=1/0"
        self.assert_shows(self.cell("A1"), "#DIV/0!")

    def test_filters_over_a_long_table_agree_with_sumifs(self):
        # Where few rows pass, those alone are read: here and there, side by side, the first and the last one.
        dice = random.Random(31)
        rows = 3000
        sheet = self.add_sheet("Long")
        days = [dice.choice(("", 45000 + dice.randrange(400) + dice.choice((0, 0.75)))) for _row in range(rows)]
        days[0] = days[-1] = days[1500] = days[1501] = 46000
        sheet.getCellRangeByName("A1:D3001").setDataArray((("closed", "owner", "stage", "amount"), *(
            (day, dice.choice(("Ana", "Ben", "\u00c9va")), dice.choice(("Won", "Lost", "Demo")),
             dice.choice(("", 0, dice.randrange(-9999, 99999) / 100))) for day in days)))
        for row in range(7, rows, 211):
            sheet.getCellByPosition(3, row).Formula = f"={row}/8"
            sheet.getCellByPosition(1, row).Formula = '="B"&"en"'

        def both(*filters):
            plain = ";".join(f"Long.{column}2:{column}3001;{criterion}" for column, criterion in filters)
            ours = ";".join(f'"{dict(A="closed", B="owner", C="stage")[column]}";{criterion}' for column, criterion in filters)
            self.assertEqual(self.type("A1", f'=DSALES(Long.A:D;"stage";"Won";"amount";"count";{ours})').Value,
                             self.type("A2", f'=COUNTIFS({plain};Long.C2:C3001;"Won";Long.D2:D3001;"<>")').Value, ours)
            total, none = self.type("A3", f'=SUMIFS(Long.D2:D3001;{plain};Long.C2:C3001;"Won")').Value, self.cell("A2").Value == 0
            if not none:
                self.assertAlmostEqual(self.type("A4", f'=DSALES(Long.A:D;"stage";"Won";"amount";"sum";{ours})').Value, total, 6, ours)
            return self.cell("A2").Value

        counts = [both(("A", 46000)), both(("A", '">46500"')), both(("A", 46000), ("B", '"Ana"')), both(("B", '"<>Ana"'))]
        for _round in range(25):
            day = 45000 + dice.randrange(400)
            counts.append(both(("A", f'">={day}"'), ("A", f'"<{day + dice.choice((1, 3, 30))}"'), *dice.choice((
                [], [("B", '"Ben"')], [("B", '"<>\u00e9va"'), ("C", '"W*"')]))))
        self.assertGreater(len(set(counts)), 8)
        self.assertEqual(counts[1], 0)

        sheet.getCellRangeByName("D1501").String = "a lot"  # that row does not pass
        one_week = '=DSALES(Long.A:D;"stage";"Won";"amount";"sum";"closed";">=45100";"closed";"<45107")'
        shown = self.type("B1", one_week).Value
        self.assertGreater(shown, 0)
        sheet.getCellRangeByName("D1501").Formula = "=1/0"  # and makes an error all the same
        self.assert_shows(self.cell("B1"), "#DIV/0!")
        sheet.getCellRangeByName("D1501").Formula = "=6*7"
        self.assertEqual(self.cell("B1").Value, shown)
        sheet.getCellRangeByName("A1501").Value = 45103
        sheet.getCellRangeByName("C1501").String = "Won"
        self.assertAlmostEqual(self.cell("B1").Value, shown + 42, 6)
        sheet.getCellRangeByName("D1501").String = "a lot"
        self.assert_shows(self.cell("B1"), "#VALUE!")

    def test_filters_over_tables_of_a_few_rows_and_of_none(self):
        for rows in ([], [["Ana", "Won", 5.0]], [["Ana", "Won", 5.0], ["Ben", "Won", 7.0]], [["Ben", "Won", 7.0]] * 9):
            sheet = self.document.Sheets[0]
            sheet.getCellRangeByName("A1:C20").clearContents(1023)
            self.fill("A1", [["owner", "stage", "amount"], *rows])
            expected = sum(amount for owner, _stage, amount in rows if owner == "Ana") or "#N/A"
            for area in ("A1:C20", "A:C", *(() if rows else ("A1:C1",))):
                formula = f'=DSALES({area};"stage";"Won";"amount";"sum";"owner";"Ana";"stage";"Won")'
                self.assert_shows(self.type("F1", formula), expected)

    def test_periods_follow_the_document_s_null_date(self):
        start = self.type("A1", '=INDEX(COHORTS(Deals.A:G;"owner";"opened";"month";"customers");3;1)')
        self.assert_shows(start, 46023)  # 2026-01-01 counted from 1899-12-30
        date = self.document.NullDate
        date.Year, date.Month, date.Day = 1904, 1, 1
        self.document.NullDate = date
        self.document.calculateAll()
        # The first deal's serial 46027 is 2030-01-06 there, and its month began five days before.
        self.assert_shows(start, 46027 - 5)


class Listener(unohelper.Base, XModifyListener):
    """Counts how often a document says that it was modified."""

    def __init__(self):
        self.events = 0

    def modified(self, _event):
        self.events += 1

    def disposing(self, _event):
        pass


class EachCallReadsAnew(bed.CalcTest):
    """Why two calls share no columns: data change without any event by which a copy of them could be thrown away."""

    def setUp(self):
        super().setUp()
        self.fill("A1", [["stage", "amount"]] + [["Won", 1]] * 4)
        self.sum = self.type("E1", '=DSALES(A1:B5;"stage";"Won";"amount")')
        self.listener = Listener()
        self.document.addModifyListener(self.listener)

    def test_volatile_formulas_among_the_data(self):
        volatile = self.type("B3", "=RAND()")
        self.listener.events = 0
        for recalculate in (self.document.calculate, self.document.calculateAll) * 2:
            before = volatile.Value
            recalculate()
            self.assertNotEqual(volatile.Value, before)
            self.assertAlmostEqual(self.sum.Value, 3 + volatile.Value)
        self.assertEqual(self.listener.events, 0)

    def test_changes_under_a_lock(self):
        self.listener.events = 0
        self.document.addActionLock()
        for number in range(1, 4):
            self.cell("B3").Value = 10 * number
            self.assertEqual((self.sum.Value, self.listener.events), (3 + 10 * number, 0))
        self.document.removeActionLock()
        self.assertGreater(self.listener.events, 0)


if __name__ == "__main__":
    bed.main()
