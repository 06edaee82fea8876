"""What the demo recognises in CSV files: encodings, delimiters, headers in three languages, dates, decimals, stages. No office."""

import csv
import hashlib
import sys
import tempfile
import unittest
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging" / "demo.d"))

import recognition
from funnel_plan import plan_funnel
from kpi_plan import guarded, kind_of, plan_kpis
from recognition import DAY_FIRST, MONTH_FIRST, YEAR_FIRST, NotRecognised, recognise
from sample_deals import write_sample_deals
from sample_inputs import sample_inputs


class FileTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "export.csv"

    def recognise(self, text, encoding="utf-8", **said):
        self.path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return recognise(self.path, **said)

    def refusal(self, text, **said):
        with self.assertRaises(NotRecognised) as caught:
            self.recognise(text, **said)
        return str(caught.exception)

    def assert_roles(self, export, **headers):
        self.assertEqual({role: column.header for role, column in export.roles.items()}, headers)


class Layouts(FileTest):
    """(header, one row of won, one of lost) → the columns' roles. The headers are those of the products' own exports."""

    def check(self, header, won, lost, **roles):
        export = self.recognise("\n".join((header, won, lost)))
        self.assert_roles(export, **roles)
        self.assertEqual((len(export.won), len(export.lost)), (1, 1))

    def test_hubspot(self):
        self.check("Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date,Deal probability,Associated Company",
                   "1,A - x,closedwon,2025-02-03 10:15,Ana,1200.50,2025-01-03 09:00,1,Acme",
                   "2,B - y,closedlost,2025-02-13 17:40,Ben,0,2025-01-23 11:20,0,Zeta",
                   deal="Record ID", stage="Deal Stage", closed="Close Date", owner="Deal owner", amount="Amount",
                   opened="Create Date", probability="Deal probability", account="Associated Company")

    def test_salesforce(self):
        self.check('"Opportunity Owner","Account Name","Opportunity Name","Stage","Amount","Probability (%)","Close Date",'
                   '"Created Date"',
                   '"Ana","Acme, Inc.","Renewal","Closed Won","1,200.00","100","2/13/2025","1/3/2025"',
                   '"Ben","Zeta","New","Closed Lost","900.00","0","2/14/2025","1/23/2025"',
                   owner="Opportunity Owner", account="Account Name", deal="Opportunity Name", stage="Stage", amount="Amount",
                   probability="Probability (%)", closed="Close Date", opened="Created Date")

    def test_pipedrive_status_and_not_stage_tells_won(self):
        self.check("Deal - ID;Deal - Stage;Deal - Status;Deal - Value;Deal - Deal created;Deal - Deal closed on;"
                   "Deal - Expected close date;Deal - Owner",
                   "1;Offer;Won;1200;2025-01-03;2025-02-03;2025-02-28;Ana",
                   "2;Call;Lost;700;2025-01-04;2025-02-13;2025-02-20;Ben",
                   deal="Deal - ID", stage="Deal - Status", amount="Deal - Value", opened="Deal - Deal created",
                   closed="Deal - Deal closed on", owner="Deal - Owner")

    def test_snake_and_camel_case(self):
        self.check("opportunity_id,salesAgent,dealStage,engage_date,closeDate,close_value",
                   "X1,Ana,Won,1/3/2025,2/13/2025,1200", "X2,Ben,Lost,1/4/2025,2/14/2025,0",
                   deal="opportunity_id", owner="salesAgent", stage="dealStage", opened="engage_date", closed="closeDate",
                   amount="close_value")

    def test_french(self):
        self.check("Identifiant;Étape de la transaction;Montant;Devise;Date de création;Date de clôture;Commercial;Produit;"
                   "Entreprise",
                   "1;Gagnée;1 200,50;EUR;03/01/2025;13/02/2025;Hélène;Offre A;Érable",
                   "2;Perdue;0;EUR;04/01/2025;14/02/2025;Marc;Offre B;Orvault",
                   deal="Identifiant", stage="Étape de la transaction", amount="Montant", currency="Devise",
                   opened="Date de création", closed="Date de clôture", owner="Commercial", product="Produit", account="Entreprise")

    def test_romanian(self):
        self.check("Nr;Etapă;Sumă;Monedă;Data creării;Data închiderii;Agent de vânzări;Produs;Companie",
                   "1;Câștigată;1.200,50;RON;03.01.2025;13.02.2025;Ioana;Pachet A;Umbra",
                   "2;Pierdută;0;RON;04.01.2025;14.02.2025;Andrei;Pachet B;Tâmpa",
                   stage="Etapă", amount="Sumă", currency="Monedă", opened="Data creării", closed="Data închiderii",
                   owner="Agent de vânzări", product="Produs", account="Companie")

    def test_romanian_with_cedillas(self):
        self.check("Stadiu;Valoare;Data deschiderii;Data finalizării", "Câştigat;10;2025-01-03;2025-02-03",
                   "Pierdut;0;2025-01-04;2025-02-04",
                   stage="Stadiu", amount="Valoare", opened="Data deschiderii", closed="Data finalizării")

    def test_stage_is_found_by_its_content_when_no_header_says_so(self):
        self.check("Name,Where it ended,Amount", "A,won,1", "B,lost,2", stage="Where it ended", amount="Amount")

    def test_header_that_promises_what_the_cells_do_not_hold_is_no_role(self):
        self.check("Stage,Amount,Close Date", "Won,high,soon", "Lost,low,never", stage="Stage")


class Writing(FileTest):
    ROWS = "Stage{0}Owner\nWon{0}Hélène\nLost{0}Ben\n"

    def test_delimiters(self):
        for delimiter in ",;\t|":
            with self.subTest(delimiter=delimiter):
                self.assertEqual(self.recognise(self.ROWS.format(delimiter)).delimiter, delimiter)

    def test_semicolon_wins_over_decimal_commas(self):
        self.assertEqual(self.recognise("Stage;Amount\nWon;1,5\nLost;2,5\n").delimiter, ";")

    def test_encodings(self):
        for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
            with self.subTest(encoding=encoding):
                export = self.recognise(self.ROWS.format(";"), encoding)
                self.assertEqual(export.encoding, encoding)
                self.assertEqual(export.roles["owner"].cells[0], "Hélène")

    def test_bytes_that_cp1252_lacks_are_latin_1(self):
        self.assertEqual(self.recognise(b"Stage;Owner\nWon;H\xe9l\x81ne\nLost;B\n").encoding, "iso-8859-1")

    def test_romanian_code_page(self):
        export = self.recognise("Etapă;Agent\nCâştigată;Ştefan Ţurcanu\nPierdută;Ana\n", "cp1250")
        self.assertEqual((export.encoding, export.won), ("cp1250", ["Câştigată"]))

    def test_quoted_delimiters_quotes_and_line_ends(self):
        export = self.recognise('Stage,Owner\r\nWon,"Baker, ""Tom""\r\nJr"\r\nLost,Ben\r\n')
        self.assertEqual(export.roles["owner"].cells, ['Baker, "Tom"\r\nJr', "Ben"])

    def test_hint_and_blank_lines_above_the_headers(self):
        export = self.recognise("sep=|\n\nStage|Owner\nWon|Ana\nLost|Ben\n")
        self.assertEqual((export.delimiter, export.header_line), ("|", 3))

    def test_one_row(self):
        export = self.recognise("Stage,Amount\nWon,5\n")
        self.assertEqual((export.rows, export.won, export.lost), (1, ["Won"], []))
        self.assertTrue(any("No deal is lost" in notice for notice in export.notices))


class Dates(FileTest):
    def column(self, *dates, header="Close Date"):
        rows = [f"Won;{date}" for date in dates] + ["Lost;"]
        return self.recognise("\n".join([f"Stage;{header}", *rows])).roles["closed"]

    def test_order_is_told_by_a_part_above_12(self):
        self.assertEqual(self.column("2025-03-04").order, YEAR_FIRST)
        self.assertEqual(self.column("2025/03/04 10:00").order, YEAR_FIRST)
        self.assertEqual(self.column("3/4/2025", "3/31/2025").order, MONTH_FIRST)
        self.assertEqual(self.column("3/4/2025", "31/3/2025").order, DAY_FIRST)
        self.assertEqual(self.column("3.4.2025").order, DAY_FIRST)

    def test_values(self):
        # Numbers as Calc counts days: DATE(2025;3;4) = 45720 (LibreOffice 7.4).
        for text, order, number in (("2025-03-04", YEAR_FIRST, 45720), ("3/4/2025", MONTH_FIRST, 45720),
                                    ("4/3/2025", DAY_FIRST, 45720), ("4.3.25", DAY_FIRST, 45720),
                                    ("2025-03-04T12:00:00Z", YEAR_FIRST, 45720.5), ("3/4/2025 6:00 PM", MONTH_FIRST, 45720.75),
                                    ("3/4/2025 12:00 AM", MONTH_FIRST, 45720), ("3/4/2025 12:00 PM", MONTH_FIRST, 45720.5),
                                    ("4 mars 2025", DAY_FIRST, 45720), ("Mar 4, 2025", DAY_FIRST, 45720),
                                    ("4 martie 2025", DAY_FIRST, 45720), ("4-Mar-2025", DAY_FIRST, 45720)):
            with self.subTest(text=text):
                self.assertEqual(recognition.moment_number(recognition.parse_date(text, order)), number)

    def test_what_is_no_date(self):
        for text in ("", "soon", "31/31/2025", "2025-13-01", "1.234", "12", "1/2", "3/4/025"):
            self.assertIsNone(recognition.parse_date(text, DAY_FIRST), text)

    def test_ambiguous_column_follows_the_other_and_says_so(self):
        export = self.recognise("Stage,Create Date,Close Date\nWon,25/1/2025,3/4/2025\nLost,26/1/2025,5/6/2025\n")
        self.assertEqual(export.roles["closed"].order, DAY_FIRST)
        self.assertTrue(any("Close Date" in notice and DAY_FIRST in notice for notice in export.notices))
        self.assertFalse(any("Create Date" in notice for notice in export.notices))

    def test_ambiguous_file_is_month_first_and_says_so(self):
        export = self.recognise("Stage,Close Date\nWon,3/4/2025\nLost,5/6/2025\n")
        self.assertEqual(export.roles["closed"].order, MONTH_FIRST)
        self.assertTrue(any(MONTH_FIRST in notice for notice in export.notices))

    def test_ambiguous_file_of_european_make_is_day_first_and_says_why(self):
        for text, why in (("Stage;Close Date\nWon;3/4/2025\nLost;5/6/2025\n", "semicolons"),
                          ('Stage,Close Date,Amount\nWon,3/4/2025,"1,50"\nLost,5/6/2025,"2,50"\n', "comma"),
                          ("Étape,Date de clôture\nGagnée,3/4/2025\nPerdue,5/6/2025\n", "not English"),
                          ("Etapă,Data închiderii\nCâștigată,3/4/2025\nPierdută,5/6/2025\n", "not English")):
            with self.subTest(why=why):
                export = self.recognise(text)
                self.assertEqual(export.roles["closed"].order, DAY_FIRST)
                self.assertTrue(any(DAY_FIRST in notice and why in notice for notice in export.notices), export.notices)

    def test_proof_in_the_dates_is_stronger_than_european_make(self):
        export = self.recognise("Étape;Date de création;Date de clôture\nGagnée;1/25/2025;3/4/2025\nPerdue;1/26/2025;5/6/2025\n")
        self.assertEqual(export.roles["closed"].order, MONTH_FIRST)

    def test_decimal_point_and_english_headers_are_no_sign_of_european_make(self):
        export = self.recognise('Stage,Close Date,Amount\nWon,3/4/2025,"1,234.50"\nLost,5/6/2025,"1,200"\n')
        self.assertEqual(export.roles["closed"].order, MONTH_FIRST)


class Amounts(FileTest):
    def column(self, *amounts):
        rows = [f"Won\t{amount}" for amount in amounts] + ["Lost\t"]
        export = self.recognise("\n".join(["Stage\tAmount", *rows]))
        return export.roles["amount"], export.notices

    def test_decimal_sign(self):
        for amounts, decimal in ((("1,234.56",), "."), (("1.234,56",), ","), (("1234,5",), ","), (("1234.5",), "."),
                                 (("1 234,56 €",), ","), (("1'234.56",), "."), (("1,234,567",), "."), (("1.234.567",), ","),
                                 (("0.125",), "."), (("12", "7"), ".")):
            with self.subTest(amounts=amounts):
                self.assertEqual(self.column(*amounts)[0].decimal, decimal)

    def test_values(self):
        for text, decimal, number in (("1,234.56", ".", 1234.56), ("1.234,56", ",", 1234.56), ("€ 1.200", ",", 1200),
                                      ("$1,200.50", ".", 1200.5), ("1\u202f200,5 €", ",", 1200.5), ("(300)", ".", -300),
                                      ("-3", ".", -3), ("EUR 5", ".", 5), ("20%", ".", 0.2), ("0", ".", 0),
                                      ("1 200 lei", ",", 1200)):
            with self.subTest(text=text):
                self.assertAlmostEqual(recognition.parse_amount(text, decimal), number)

    def test_what_is_no_amount(self):
        for text in ("", "high", "about 5", "1-2", "12 months"):
            self.assertIsNone(recognition.parse_amount(text, "."), text)

    def test_ambiguous_thousands_are_told(self):
        column, notices = self.column("1,234", "5,678")
        self.assertEqual(column.number("1,234"), 1234)
        self.assertTrue(any("thousands" in notice for notice in notices))


class Stages(FileTest):
    def test_words(self):
        for state, texts in {
                "won": ("Won", " closed won ", "CLOSED-WON", "closedwon", "Gagné", "Gagnée", "Câștigat", "Câştigată",
                        "Won - renewal"),
                "lost": ("Lost", "Closed Lost", "closedlost", "Perdu", "Perdue", "Pierdut", "Pierdută", "Cancelled", "Not won",
                         "Won't decide"),
                "open": ("Proposal", "Qualified", "Négociation", "Wonder", "5 - Demo", "not lost"),
                "": ("", "  ")}.items():
            for text in texts:
                with self.subTest(text=text):
                    self.assertEqual(recognition.state_of(text), state)

    def test_outcomes_are_those_of_the_extension(self):
        with (Path(__file__).parents[1] / "panel" / "outcomes.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                with self.subTest(stage=row["stage"]):
                    self.assertEqual(recognition.state_of(row["stage"]), row["outcome"])

    def test_spellings_are_joined_as_the_functions_compare(self):
        export = self.recognise("Stage\nClosed Won\nclosed won \nWON\nClosed Won\nLost\nDemo\n".replace("\n", ";x\n"))
        self.assertEqual((export.won, export.lost, export.open), (["Closed Won", "WON"], ["Lost"], ["Demo"]))

    def test_user_says_what_counts(self):
        export = self.recognise("Stage,A\nSigned,1\nDead,2\nWon,3\n", won=["signed"], lost=["dead"])
        self.assertEqual((export.won, export.lost, export.open), (["Signed"], ["Dead"], ["Won"]))

    def test_what_the_user_says_must_be_there(self):
        self.assertIn("“sold”", self.refusal("Stage,A\nWon,1\nLost,2\n", won=["sold"]))


class Refusals(FileTest):
    def test_empty_file(self):
        self.assertIn("empty", self.refusal(""))
        self.assertIn("empty", self.refusal(" \r\n"))
        self.assertIn("empty", self.refusal(b"\xef\xbb\xbf\r\n"))
        self.assertIn("empty", self.refusal("sep=;\n"))

    def test_no_such_file(self):
        with self.assertRaisesRegex(NotRecognised, "cannot be read"):
            recognise(self.path)

    def test_headers_alone(self):
        self.assertIn("no deals", self.refusal("Stage,Amount\n\n"))

    def test_missing_stage_lists_the_headers(self):
        message = self.refusal("Name,Amount\nA,1\n")
        self.assertIn("stage or status", message)
        self.assertIn("“Name”, “Amount”", message)

    def test_values_in_place_of_headers(self):
        self.assertIn("no headers but values", self.refusal("D1,Won,1200,2025-01-03\nD2,Lost,0,2025-01-04\nD3,Won,1,2025-01-05\n"))

    def test_stages_that_tell_nothing(self):
        message = self.refusal("Stage,Amount\nAlpha,1\nBeta,2\n")
        self.assertIn("“Alpha”", message)
        self.assertIn("--won", message)

    def test_spreadsheet_file(self):
        self.assertIn("Export the deals as CSV", self.refusal(b"PK\x03\x04\x14\0\0\0"))


class Doubled(FileTest):
    def test_doubled_header_is_told(self):
        export = self.recognise("Stage,Note,note \nWon,a,b\nLost,c,d\n")
        self.assertIn("The header “Note” is there 2 times.", export.notices)

    def test_of_doubled_stages_the_one_that_tells_won_is_taken_by_its_place(self):
        export = self.recognise("Stage,Amount,Stage\nNew,1,Won\nOld,2,Lost\n")
        self.assertEqual(export.roles["stage"].index, 2)
        self.assertTrue(any("column C is taken" in notice for notice in export.notices))
        self.assertIn("$Deals.A:C;3;", formulas(export)["closed_win_rate"])


def formulas(export, **facts):
    facts = SimpleNamespace(**{"won_without_amount": 0, "open_with_amount": 0, "cycle_needs_guard": False,
                               "probability_in_percent": False, **facts})
    # In place of the catalog, which is not built for these tests.
    functions = defaultdict(lambda: {"title": "Title", "unit": "share", "parameters": []})
    plan = plan_kpis(export, facts, functions, str)
    return {kpi.key: kpi.formula for kpi in plan.scorecard + plan.kpis if not kpi.inputs}


class Plan(FileTest):
    def test_only_what_the_columns_allow(self):
        export = self.recognise("Stage,Note\nWon,a\nLost,b\n")
        self.assertEqual(list(formulas(export)), ["open", "closed_win_rate", "close_ratio", "won", "lost", "created_win_rate"])

    def test_kind_follows_the_catalogs_unit(self):
        def kind(unit, *parameters):
            return kind_of({"unit": unit, "parameters": [{"name": name} for name in parameters]})

        self.assertEqual([kind("share", "won"), kind("days", "opened", "closed"), kind("money per day"), kind("ratio")],
                         ["share", "days", "money", "ratio"])
        self.assertEqual(kind("days", "received", "opening"), "hours")

    def test_figure_without_all_its_inputs_is_a_dash(self):
        self.assertEqual(guarded(("Costs", "NewCustomers"), "CAC(Costs;NewCustomers)"),
                         '=IF(COUNT(Costs)*COUNT(NewCustomers)=0;"\u2013";CAC(Costs;NewCustomers))')

    def test_texts_become_formula_texts(self):
        export = self.recognise('"Deal ""stage""";x\nWon;1\nWon "big";2\nLost;3\n')
        self.assertEqual(formulas(export)["closed_win_rate"],
                         '=DWINRATE($Deals.A:B;"Deal ""stage""";{"Won";"Won ""big"""};"Lost")')

    def test_names_of_columns_after_z(self):
        columns = ["Stage"] + [f"c{number}" for number in range(2, 29)]
        export = self.recognise(";".join(columns) + "\nWon" + ";x" * 27 + "\nLost" + ";y" * 27 + "\n")
        self.assertIn("$Deals.A:AB;", formulas(export)["closed_win_rate"])


class StageOrder(FileTest):
    def check(self, text, *stages):
        export = self.recognise(text)
        order, reason = recognition.ordered_stages(export)
        self.assertEqual(order, list(stages))
        return reason

    def test_numbers_in_names_come_first(self):
        reason = self.check("Stage,A\n2 - Lead,1\n1 - Proposal,2\n10 - Demo,3\nWon,4\n", "1 - Proposal", "2 - Lead", "10 - Demo")
        self.assertIn("number", reason)

    def test_probability_of_the_deals(self):
        reason = self.check("Stage,Probability\nZig,0.6\nZag,0.2\nZag,0.3\nWon,1\n", "Zag", "Zig")
        self.assertIn("probability", reason)

    def test_words_in_three_languages(self):
        self.check("Stage,A\nNegotiation,1\nProspecting,2\nProposal sent,3\nDemo,4\nWon,5\n",
                   "Prospecting", "Demo", "Proposal sent", "Negotiation")
        self.check("Étape,A\nNégociation,1\nDevis envoyé,2\nQualifiée,3\nProspection,4\nGagnée,5\n",
                   "Prospection", "Qualifiée", "Devis envoyé", "Négociation")
        self.check("Etapă,A\nNegociere,1\nOfertă trimisă,2\nCalificată,3\nProspectare,4\nCâștigată,5\n",
                   "Prospectare", "Calificată", "Ofertă trimisă", "Negociere")

    def test_otherwise_the_stage_with_most_deals_is_first_and_that_is_told(self):
        reason = self.check("Stage,A\nZig,1\nZag,2\nZag,3\nWon,4\n", "Zag", "Zig")
        self.assertIn("nothing tells the order", reason)


class FunnelPlan(FileTest):
    def plan(self, text, **facts):
        export = self.recognise(text)
        facts = SimpleNamespace(**{"won_without_amount": 0, "open_with_amount": 0, "cycle_needs_guard": False,
                                   "probability_in_percent": False, "unread_roles": set(), "closes_before_opening": False, **facts})
        functions = defaultdict(lambda: {"title": "Title", "unit": "share", "parameters": []})
        return plan_funnel(export, facts, plan_kpis(export, facts, functions, str), str)

    EXPORT = ("Stage,Amount,Create Date,Close Date,Owner\nWon,5,2025-01-03,2025-02-03,Ana\nLost,0,2025-01-03,2025-02-03,Ben\n"
              "Demo,7,2025-01-03,,Ben\n")

    def test_formulas(self):
        plan = self.plan(self.EXPORT)
        self.assertEqual(plan.funnel.formula, '=FUNNELSTAGES($Deals.A:E;"Stage";Stages;"Lost";;;;0)')
        self.assertEqual(plan.curve.formula, '=WINCURVE($Deals.A:E;"Create Date";"Close Date";"Stage";"Won";"Lost";;0)')
        self.assertEqual([table.formula for table in plan.segments],
                         ['=SEGMENTS($Deals.A:E;"Owner";"Stage";"Won";"Lost";"Amount";"Create Date";"Close Date";0)'])
        self.assertEqual(plan.notices, [])

    def test_several_texts_for_won_are_one_stage(self):
        plan = self.plan(self.EXPORT + "Won - renewal,5,2025-01-03,2025-02-03,Ana\n")
        # Column F holds the state, column G the stage or won.
        self.assertEqual(plan.funnel.formula, '=FUNNELSTAGES($Deals.A:G;7;Stages;"Lost";;;;0)')

    def test_columns_that_cannot_be_read_leave_their_tables_out(self):
        plan = self.plan(self.EXPORT, unread_roles={"closed"})
        self.assertIsNone(plan.curve)
        self.assertIn("close date", plan.notices[0])
        self.assertEqual(plan.segments[0].formula, '=SEGMENTS($Deals.A:E;"Owner";"Stage";"Won";"Lost";"Amount";;;0)')
        self.assertEqual(len(plan.segments[0].columns), 12)
        plan = self.plan(self.EXPORT, unread_roles={"amount"})
        self.assertEqual(len(plan.segments[0].columns), 9)
        plan = self.plan(self.EXPORT, closes_before_opening=True)
        self.assertIsNone(plan.curve)

    def test_without_open_stages_there_is_no_funnel(self):
        plan = self.plan("Stage,A\nWon,1\nLost,2\n")
        self.assertIsNone(plan.funnel)
        self.assertIn("there are 0", plan.notices[-1])


class Sample(FileTest):
    def test_is_the_same_everywhere(self):
        write_sample_deals(self.path)
        # Of the file as CPython 3.11 on x86-64 writes it.
        self.assertEqual(hashlib.sha256(self.path.read_bytes()).hexdigest(),
                         "8151db584daaf43431640a95e50b333c766a8b574a3f61286fc7b01cdea5e7ab")

    def test_inputs_are_the_same_everywhere(self):
        # Of their repr() as CPython 3.11 on x86-64 writes it.
        self.assertEqual(hashlib.sha256(repr(sample_inputs()).encode()).hexdigest(),
                         "4ab71887d94bd1a7c0969909426714c2d3bfb688c2b02e3489ced273b17bcb95")

    def test_inputs_have_leads_without_contact_and_leads_out_of_hours(self):
        leads = sample_inputs().leads
        self.assertTrue(any(contacted is None for _, contacted in leads))
        self.assertTrue(all(contacted > received for received, contacted in leads if contacted))
        self.assertTrue(all(contacted.weekday() < 5 and 9 <= contacted.hour < 17 for _, contacted in leads if contacted))
        self.assertTrue(any(received.weekday() >= 5 for received, _ in leads))

    def test_has_the_mess_of_real_exports(self):
        write_sample_deals(self.path)
        export = recognise(self.path)
        cells = {role: column.cells for role, column in export.roles.items()}
        self.assertEqual(export.rows, 2000)
        self.assertEqual(export.notices, [])
        states = [recognition.state_of(stage) for stage in cells["stage"]]
        self.assertGreater(cells["account"].count(""), 100)
        self.assertTrue(all(bool(close) == (state != "open") for close, state in zip(cells["closed"], states)))
        self.assertGreater(len(set(cells["stage"])), len(export.won + export.lost + export.open))
        self.assertTrue(any(stage != stage.strip() for stage in cells["stage"]))
        lost_amounts = {amount for amount, state in zip(cells["amount"], states) if state == "lost"}
        self.assertEqual(lost_amounts, {"", "0"})
        self.assertTrue(any("," in name for name in cells["account"]))
        self.assertTrue(any("ș" in name.lower() for name in cells["owner"]))


if __name__ == "__main__":
    unittest.main(verbosity=1)
