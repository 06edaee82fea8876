"""Days of the week by the document's own null date: the same days give the same business time in every document.

Calc offers three null dates (Tools - Options - LibreOffice Calc - Calculate - Date): day 0 is 1899-12-30, 1900-01-01 or 1904-01-01.
"""
import datetime

import bed

NULL_DATES = ((1899, 12, 30), (1900, 1, 1), (1904, 1, 1))
# 2026-01-09 is a Friday. DATE() counts from the document's null date, as the cells of the document do.
FRIDAY, MONDAY = "DATE(2026;1;9)", "DATE(2026;1;12)"
HOURS = "TIME(9;0;0);TIME(17;0;0)"
FORMULAS = {
    f"=24*BUSINESSTIME({FRIDAY}+TIME(16;30;0);{MONDAY}+TIME(9;30;0))": 1,
    f"=24*BUSINESSTIME({FRIDAY};DATE(2026;1;16))": 40,
    f"=24*BUSINESSTIME({FRIDAY};DATE(2026;1;16);;;{MONDAY})": 32,
    f"=24*BUSINESSTIME({FRIDAY};DATE(2026;1;16);;;;11)": 48,
    f"=24*LEADRESPONSETIME({FRIDAY}+TIME(16;30;0);{MONDAY}+TIME(9;30;0);;{HOURS})": 1,
    f"=RESPONSESLA({FRIDAY}+TIME(16;30;0);{MONDAY}+TIME(9;30;0);TIME(1;0;0);{HOURS})": 1,
    f"=RESPONSESLA({FRIDAY}+TIME(16;30;0);{MONDAY}+TIME(9;30;0);TIME(0;59;0);{HOURS})": 0,
}


class NullDates(bed.CalcTest):
    def count_from(self, year, month, day):
        date = self.document.NullDate
        date.Year, date.Month, date.Day = year, month, day
        self.document.NullDate = date

    def test_the_same_days_give_the_same_business_time(self):
        for null_date in NULL_DATES:
            self.count_from(*null_date)
            self.assert_shows(self.type("B1", f"={FRIDAY}+0"), (datetime.date(2026, 1, 9) - datetime.date(*null_date)).days)
            for formula, expected in FORMULAS.items():
                with self.subTest(formula, null_date=null_date):
                    self.assert_shows(self.type("A1", formula), expected)

    def test_a_cell_follows_when_the_document_counts_from_another_day(self):
        # The numbers stay and are other days then: of a Friday and the Monday after it a Saturday and a Tuesday are left, and so on.
        start, end = 46031 + 16.5 / 24, 46034 + 9.5 / 24
        self.cell("B1").Value, self.cell("B2").Value = start, end
        cell = self.type("A1", "=24*BUSINESSTIME(B1;B2)")
        for null_date in (*NULL_DATES, NULL_DATES[0]):
            self.count_from(*null_date)
            self.document.calculateAll()
            with self.subTest(null_date=null_date):
                self.assert_shows(cell, self.counted(start, end, datetime.datetime(*null_date)))

    def test_a_macro_s_dates_are_those_of_its_own_settings(self):
        access = self.office.service("com.sun.star.sheet.FunctionAccess")
        date = access.NullDate
        date.Year, date.Month, date.Day = 1904, 1, 1
        access.NullDate = date
        friday = 46031 - 1462
        hours = access.callFunction("ORG.CALCKPI.KPI.BUSINESSTIME", (friday + 16.5 / 24, friday + 3 + 9.5 / 24))
        self.assertAlmostEqual(24 * hours, 1)

    @staticmethod
    def counted(start, end, null_date):
        """Open hours, minute by minute."""
        minutes = [null_date + datetime.timedelta(minutes=minute) for minute in range(round(start * 1440), round(end * 1440))]
        return sum(each.weekday() < 5 and 9 <= each.hour < 17 for each in minutes) / 60


if __name__ == "__main__":
    bed.main()
