"""The demo's document: the export as Calc's own CSV filter imports it, and what the extension makes of it when it is asked to.

    workbook = Workbook(office, look_at("deals.csv"), "en")
    workbook.convert()
    workbook.make("funnel", Make="FUNNEL")     # "" or the sentence why not
    workbook.sheet("funnel"), workbook.save(Path("kpi-sheet.ods"))
"""

import shutil
import subprocess

import uno
from bounded_office import OfficeFailed
from office import properties

from com.sun.star.beans import NamedValue  # after office, which imports uno
from com.sun.star.io import IOException
from com.sun.star.lang import IllegalArgumentException

SHEET = "Deals"
# Of what is made, in the order of the PDF's pages; of these the first pages become pictures.
PRINTED = ("kpis", "funnel", "product", "owner", "curve")
PICTURES = {"kpis": "kpi-sheet.png", "funnel": "funnel-sheet.png"}


class Workbook:
    def __init__(self, office, file, language):
        self.office, self.file, self.language = office, file, language
        self.made, self.why = {}, {}
        # A copy: the office would put its lock file beside the user's file, and refuse one that somebody has open.
        copy = office.folder / "deals.csv"
        shutil.copyfile(file.path, copy)
        self.document = office.desktop.loadComponentFromURL(
            copy.as_uri(), "_blank", 0,
            properties(Hidden=True, FilterName="Text - txt - csv (StarCalc)", FilterOptions=file.filter_options))
        if self.document is None:
            raise OfficeFailed(f"Calc did not import {file.path}.")
        self.document.Sheets.getByIndex(0).Name = SHEET

    def _ask(self, **values):
        """What a macro does: the job of the extension, with named values."""
        values = {"Document": self.document, "Source": f"{SHEET}.A1", "Language": self.language, **values}
        job = self.office.service("org.calckpi.Sheets")
        if job is None:
            raise OfficeFailed("The extension is installed but not active.")
        return job.execute(tuple(NamedValue(name, value) for name, value in values.items()))

    def convert(self):
        """Turns the texts of the export into numbers and dates; what became of each column, a line each."""
        return self._ask(Make="CONVERT", Convert="day first" if self.file.day_first else "month first").splitlines()

    def make(self, key, **values):
        """Has the extension make something. Returns its sentence why it cannot, or nothing."""
        try:
            name, cells = self._ask(**values).rsplit(".", 1)
        except IllegalArgumentException as refusal:
            self.why[key] = refusal.Message
            return refusal.Message
        self.made[key] = self.document.Sheets.getByName(name.strip("'")).getCellRangeByName(cells)
        if "By" in values:
            self.sheet(key).Name += f" \u2013 {self.made[key].getCellByPosition(0, 3).String}"
        return ""

    def sheet(self, key):
        return self.made[key].Spreadsheet

    @property
    def inputs(self):
        """The sheet of the KPI sheet that is typed into, the second one behind it."""
        return self.document.Sheets.getByIndex(self.made["kpis"].RangeAddress.Sheet + 2)

    def save(self, target):
        """Saves the document, prints what was made and makes pictures of it; the paths."""
        try:
            self.document.storeToURL(target.as_uri(), properties(FilterName="calc8"))
        except IOException as error:
            raise OfficeFailed(f"{target} cannot be written: is it open in an office?") from error
        made = [key for key in PRINTED if key in self.made]
        self._print(made, target.with_suffix(".pdf"))
        saved = [target, target.with_suffix(".pdf")]
        for key in made:
            if key in PICTURES:
                page = self.office.folder / f"{key}.pdf"
                self._print([key], page)
                saved.append(target.with_name(PICTURES[key]))
                _make_picture(page, saved[-1])
        self.document.close(True)
        return saved

    def _print(self, keys, path):
        cells = self.document.createInstance("com.sun.star.sheet.SheetCellRanges")
        for key in keys:
            cells.addRangeAddress(self.made[key].RangeAddress, False)
        selection = uno.Any("[]com.sun.star.beans.PropertyValue", properties(Selection=cells))
        self.document.storeToURL(path.as_uri(), properties(FilterName="calc_pdf_Export", FilterData=selection))


def _make_picture(pdf, png):
    """The first page as a picture."""
    subprocess.run(["pdftoppm", "-png", "-r", "160", "-singlefile", str(pdf), str(png.with_suffix(""))], check=True, timeout=120)
