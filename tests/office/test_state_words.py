"""Words for states and stages find cells as criteria of COUNTIFS do, in the language of the document: VRAI a true cell, 1,5 a 1.5."""
import bed
import uno

TRUE, FALSE = "=1=1", "=1=0"
# The cells of a column each. Calc shows true cells in its language; whatever it shows, they are 1 and 0.
COLUMNS = {
    "flag": [TRUE, TRUE, FALSE, TRUE, FALSE, None],
    "number": [1, 0, 1, 1.5, -0.5, None],
    "amount": [1000, 1000.5, 2000, 0.25, 1000, 7],
    # No text "1" beside the number: as groups the two are one, and TRUE finds neither of them.
    "mixed": [TRUE, "'VRAI", "vrai", "'2", 1, FALSE],
}
FRENCH = ["VRAI", "FAUX", "vrai", "Faux", "1", "0", "1,5", "-0,5", "1000,5", "1000", "0,25", "1,50"]
ENGLISH = ["TRUE", "FALSE", "true", "1", "0", "1.5", "-0.5", "1000.5", "0.25", "1.50"]


class StateWords(bed.CalcTest):
    words = ENGLISH

    def setUp(self):
        super().setUp()
        for index, (header, cells) in enumerate(COLUMNS.items()):
            self.sheet.getCellByPosition(index, 0).String = header
            for row, value in enumerate(cells):
                cell = self.sheet.getCellByPosition(index, row + 1)
                if isinstance(value, str):
                    cell.FormulaLocal = value
                elif value is not None:
                    cell.Value = value

    def shown(self, formula):
        cell = self.sheet.getCellRangeByName("H1")
        cell.Formula = formula
        self.assertEqual(cell.getError(), 0, f"{formula} shows {cell.String}")
        return cell.Value

    def test_states_find_what_a_criterion_finds(self):
        found = 0
        for index, header in enumerate(COLUMNS):
            letter = "ABCD"[index]
            filled = self.shown(f"=COUNTA({letter}2:{letter}7)")
            for word in self.words:
                with self.subTest(column=header, word=word):
                    count = self.shown(f'=COUNTIFS({letter}2:{letter}7;"{word}")')
                    found += count
                    if word == "0" and not count:  # an empty cell is 0 to Calc: a state of 0 that no cell holds is refused
                        continue
                    won = self.shown(f'=DWINRATE(A1:D7;"{header}";"{word}";"no such state";"created")')
                    self.assertAlmostEqual(won * filled, count, msg=f"{won} of {filled}")
                    stages = self.shown(f'=INDEX(FUNNELSTAGES(A1:D7;"{header}";{{"{word}"}});2;2)') if count else count
                    self.assertEqual(stages, count)
        self.assertGreater(found, 30, "the comparison tells nothing")

    def test_true_is_found_in_english_in_every_document(self):
        self.assertAlmostEqual(self.shown('=DWINRATE(A1:D7;"flag";"TRUE";"FALSE")'), 3 / 5)
        self.assertAlmostEqual(self.shown('=DWINRATE(A1:D7;"flag";TRUE();FALSE())'), 3 / 5)


class FrenchStateWords(StateWords):
    language, locale, words = "fr", "fr-FR", FRENCH

    def test_the_words_of_the_language(self):
        self.assertAlmostEqual(self.shown('=DWINRATE(A1:D7;"flag";"VRAI";"FAUX")'), 3 / 5)
        self.assertAlmostEqual(self.shown('=DWINRATE(A1:D7;"number";"1,5";"-0,5")'), 1 / 2)


class FrenchDocument(StateWords):
    """A document in French in an English office: whatever COUNTIFS makes of the words, the functions make the same of them."""
    words = FRENCH + ENGLISH

    def setUp(self):
        super().setUp()
        self.document.CharLocale = uno.createUnoStruct("com.sun.star.lang.Locale", "fr", "FR", "")
        self.document.calculateAll()


if __name__ == "__main__":
    bed.main()
