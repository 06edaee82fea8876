"""The function wizard: names, descriptions and argument names, read back from an office in each language."""
import bed
from texts import Texts

# Words that a reader of each language expects; spelled out here so that a wrong translation cannot vouch for itself.
EXPECTED_WORDS = {
    "en": {"WINRATE": "Win rate", "CAC": "Customer acquisition cost", "CLV": "Customer lifetime value", "CHURNRATE": "Churn rate"},
    "fr": {"WINRATE": "Taux de réussite", "CAC": "Coût d'acquisition client", "CLV": "Valeur vie client",
           "CHURNRATE": "Taux d'attrition", "CONVERSIONRATE": "Taux de transformation"},
    "ro": {"WINRATE": "Rata de câștig", "CAC": "Costul de achiziție a unui client", "CLV": "Valoarea clientului pe durata vieții",
           "CHURNRATE": "Rata de pierdere a clienților", "CONVERSIONRATE": "Rata de conversie"},
}
FILTER_WORDS = {"en": ("column", "criterion"), "fr": ("colonne", "critère"), "ro": ("coloană", "criteriu")}
FINANCIAL = 3  # Calc's number of the category


class Wizard:
    """What holds in every language; the classes below name theirs."""

    def wizard(self):
        descriptions = self.office.service("com.sun.star.sheet.FunctionDescriptions")
        entries = ({entry.Name: entry.Value for entry in descriptions.getByIndex(index)} for index in range(descriptions.Count))
        return {entry["Name"]: entry for entry in entries}

    def test_each_function_is_described_in_the_user_s_language(self):
        texts = Texts(self.short, bed.MO_FOLDER)
        shown = self.wizard()
        for function in bed.catalog()["functions"]:
            name = function["name"]
            with self.subTest(name):
                entry = shown[name]
                self.assertEqual(entry["Category"], FINANCIAL)
                self.assertIn(texts.text(function["title"]), entry["Description"])
                self.assertIn(texts.fill(function["summary"], function["parameters"], name), entry["Description"])
                arguments = [argument for parameter in function["parameters"] for argument in parameter["arguments"]]
                self.assertEqual([each.Name for each in entry["Arguments"]],
                                 [texts.counted_argument(argument, name) for argument in arguments])
                for shown_argument, argument in zip(entry["Arguments"], arguments):
                    self.assertIn(texts.fill(argument["meaning"], function["parameters"], name), shown_argument.Description)
                    self.assertNotIn("{", shown_argument.Description)
                    self.assertNotIn("###", shown_argument.Name)

    def test_filters_are_pairs_with_names_of_their_own(self):
        names = [argument.Name for argument in self.wizard()["SEGMENTS"]["Arguments"]]
        column, criterion = FILTER_WORDS[self.short]
        self.assertEqual(names[9:], [name for pair in range(1, 7) for name in (f"{column} {pair}", f"{criterion} {pair}")])

    def test_the_field_s_words_are_used(self):
        shown = self.wizard()
        for name, words in EXPECTED_WORDS[self.short].items():
            with self.subTest(name):
                self.assertIn(words.casefold(), shown[name]["Description"].replace("’", "'").casefold())

    def test_names_are_typed_alike_in_every_language(self):
        self.assert_shows(self.type("A1", "=WINRATE(3;7)"), 0.3)
        self.assertEqual(self.cell("A1").Formula, "=ORG.CALCKPI.KPI.WINRATE(3;7)")


class English(Wizard, bed.CalcTest):
    short = "en"


class French(Wizard, bed.CalcTest):
    language = "fr"
    short = "fr"

    def test_the_office_is_french(self):
        self.assert_shows(self.type("A1", "=SOMME(1;2)"), 3)


class Romanian(Wizard, bed.CalcTest):
    language = "ro"
    short = "ro"

    def test_the_office_is_romanian(self):
        # The Romanian office knows its functions by English names; its interface is what is translated.
        settings = self.office.service("com.sun.star.configuration.ConfigurationProvider")
        access = settings.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess",
                                                      bed.properties(nodepath="/org.openoffice.Setup/L10N"))
        self.assertEqual(access.getByName("ooLocale"), "ro")


if __name__ == "__main__":
    bed.main()
