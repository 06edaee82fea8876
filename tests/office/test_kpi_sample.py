"""The sample workbook of the Help menu: a KPI sheet of each template, without errors, in the language of the office, to be updated."""
import unittest

import bed
from com.sun.star.beans import NamedValue

COMMAND = "vnd.org.calckpi:ShowSample?kpi-sheets"
# What a period may have nothing to divide by, or nothing to compute on.
ALLOWED = (532, 32767)


class KpiSample(bed.CalcTest):
    names = ("Sales scorecard", "Pipeline and forecast", "Sales team", "Marketing and leads", "Recurring revenue", "Customers and service",
             "Enablement", "Finance one-page")
    tables = ("Deals", "Invoices", "Leads", "Activities", "Surveys", "Tickets", "People", "Content")
    scorecard = "Scorecard"

    @classmethod
    def setUpClass(cls):
        """One copy for all tests: its making takes seconds."""
        super().setUpClass()
        other = cls.office.new_document()
        helper = cls.office.context.ServiceManager.createInstance("com.sun.star.frame.DispatchHelper")
        helper.executeDispatch(other.CurrentController.Frame, COMMAND, "_self", 0, ())
        [cls.sample] = [document for document in cls.documents() if document.RuntimeUID != other.RuntimeUID]

    @classmethod
    def documents(cls):
        components = cls.office.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            yield components.nextElement()

    def rows_of(self, sheet):
        """The rows of the scorecard."""
        row = next(row for row in range(60) if sheet.getCellByPosition(0, row).String == self.scorecard) + 2
        while sheet.getCellByPosition(0, row).String:
            yield row
            row += 1

    def test_each_template_has_a_kpi_sheet_without_errors(self):
        sheets = self.sample.Sheets
        self.assertEqual(sheets.ElementNames[:16], self.names + self.tables)
        self.assertEqual(len(sheets.ElementNames), 8 + 8 + 16, "the sheet of typed figures is gone, data and inputs stand at the end")
        self.assertEqual(self.sample.CurrentController.ActiveSheet.Name, self.names[0])
        falling = set()
        for name in sheets.ElementNames:
            sheet = sheets.getByName(name)
            for cell in bed.cells_with_errors(sheet, ALLOWED):
                self.assertEqual(cell.getError(), 502, cell.AbsoluteName)
                falling.add(sheet.getCellByPosition(0, cell.CellAddress.Row).String)
        # A burn multiple has no value in a month in which revenue fell.
        self.assertLessEqual(len(falling), 1, falling)

    def test_most_kpis_have_a_value_and_some_are_judged(self):
        counts, marks = {}, set()
        for name in self.names:
            sheet = self.sample.Sheets.getByName(name)
            rows = list(self.rows_of(sheet))
            values = [sheet.getCellByPosition(2, row) for row in rows]
            empty = [sheet.getCellByPosition(0, row).String for row, cell in zip(rows, values) if cell.String[:1] in ("\u2013", "#")]
            counts[name] = (len(rows), empty)
            marks |= {sheet.getCellByPosition(5, row).String for row in rows}
        for name, (count, empty) in counts.items():
            self.assertGreaterEqual(count, 12, name)
            self.assertLessEqual(len(empty), 0.15 * count, (name, empty))
        self.assertLessEqual({"\u25b2", "\u25bc"}, marks)

    def test_as_new_and_to_be_updated(self):
        self.assertEqual((self.sample.URL, self.sample.isModified()), ("", False))
        self.assertFalse(self.sample.UndoManager.isUndoPossible())
        job = self.office.service("org.calckpi.Sheets")
        for name in (self.names[0], self.names[4]):  # of deals; of invoices and what was typed
            before = self.sample.Sheets.getByName(name).getCellRangeByName("A1:O60").getDataArray()
            values = {"Document": self.sample, "Update": f"'{name}'.A1"}
            self.assertTrue(job.execute(tuple(NamedValue(*each) for each in values.items())).replace("'", "").startswith(f"{name}.A1:"))
            self.assertEqual(self.sample.Sheets.getByName(name).getCellRangeByName("A1:O60").getDataArray(), before, name)


class InFrench(KpiSample):
    language, locale = "fr", "fr-FR"
    names = ("Tableau de bord des ventes", "Pipeline et prévisions", "Équipe commerciale", "Marketing et leads", "Revenu récurrent",
             "Clients et service", "Développement des ventes", "Finances en une page")
    tables = ("Affaires", "Factures", "Pistes", "Activités", "Enquêtes", "Tickets", "Équipe", "Contenus")
    scorecard = "Tableau de bord"


class InRomanian(KpiSample):
    language, locale = "ro", "ro-RO"
    names = ("Tabloul de bord al vânzărilor", "Pipeline și previziuni", "Echipa de vânzări", "Marketing și lead-uri", "Venit recurent",
             "Clienți și servicii", "Dezvoltarea vânzărilor", "Finanțele pe o pagină")
    scorecard = "Tablou de bord"
    tables = ("Tranzacții", "Comenzi", "Leaduri", "Activități", "Sondaje", "Tichete", "Echipa", "Conținut")


if __name__ == "__main__":
    unittest.main(verbosity=2)
