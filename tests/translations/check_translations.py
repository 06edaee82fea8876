"""Checks translations against the template: that all is there, and that it is written as the language is.

    check_translations.py TEMPLATE.pot PO...      prints each problem with its text; exits 1 if there is one
    check_translations.py --self-test             breaks each rule on purpose and sees whether it is reported

The language of a file is its name: fr.po, ro.po. A rule is a function that yields the problems of one entry; RULES names them all.
The self-test holds at least one broken entry for each rule, and a rule without one fails it.
"""

import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

NO_BREAK_SPACE = "\u00a0"
NARROW_NO_BREAK_SPACE = "\u202f"

ERROR_NAME = re.compile(r"#DIV/0!|#N/A|#VALUE!|#NUM!|#NAME\?|#REF!|Err:\d{3}")
PLACEHOLDER = re.compile(r"\{[A-Za-z]\w*\}")
# Words to type stand in straight quotes in every language; a quoted slot is somebody else's text and takes the language's own quotes.
TYPED_WORD = re.compile(r'"(?!\{\w+\}")[^"]*"')

# The plural rules that core/texts/message.cpp follows.
PLURALS = {"fr": (2, "n > 1"), "ro": (3, "n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2")}

# What a title must say in each language. The English term is looked for in titles only: sentences may put it otherwise.
GLOSSARY = {
    "win rate": {"fr": r"taux de réussite", "ro": r"rat(a|ă|e|ei) de câștig"},
    "churn rate": {"fr": r"taux d'attrition", "ro": r"rat(a|ă|e|ei) de pierdere"},
    "customer acquisition cost": {"fr": r"coût d'acquisition client", "ro": r"cost(ul|ului)? de achiziție"},
    "customer lifetime value": {"fr": r"valeur vie client", "ro": r"valo(are|area|rii) clientului pe durata vieții"},
    "conversion rate": {"fr": r"taux de (transformation|conversion)", "ro": r"rat(a|ă|e|ei) de conversie"},
    "sales cycle": {"fr": r"cycle de vente", "ro": r"ciclu(l|lui)? de vânzare"},
    "quota attainment": {"fr": r"taux d'atteinte", "ro": r"grad(ul|ului)? de realizare"},
    "forecast accuracy": {"fr": r"précision des prévisions", "ro": r"acurateț(e|ea|ii) previziun"},
}


@dataclass
class Entry:
    """One text of a .po or .pot file. uses are the template's comments: {"title": ["WINRATE"], ...}.

    A text with a plural has an English form for 1 and one for more, and as many translated forms as the language has.
    """

    msgid: str
    msgstr: str = ""
    context: str = ""
    msgid_plural: str = ""
    plural_forms: dict = field(default_factory=dict)
    comments: list = field(default_factory=list)
    fuzzy: bool = False
    obsolete: bool = False
    uses: dict = field(default_factory=dict)

    @property
    def key(self):
        return self.context, self.msgid

    @property
    def is_argument(self):
        return self.context.split(" ")[0] == "argument"

    @property
    def is_translated(self):
        return bool(self.plural_forms and all(self.plural_forms.values())) if self.msgid_plural else bool(self.msgstr)

    def single_forms(self):
        """An entry for each translated form, with the English form that it stands for."""
        if not self.msgid_plural:
            return [self]
        return [replace(self, msgid=self.msgid if form == 0 else self.msgid_plural, msgstr=text)
                for form, text in self.plural_forms.items()]

    def __str__(self):
        return f"{self.msgid!r} ({self.context})" if self.context else repr(self.msgid)


# Reading

ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


def unquoted(literal):
    return re.sub(r"\\(.)", lambda escape: ESCAPES[escape.group(1)], literal[1:-1])


def read_po(text):
    """The entries of a .po file, the header (whose msgid is empty) left out."""
    entries = []
    for paragraph in re.split(r"\n\s*\n", text):
        entry = Entry(msgid="")
        attribute = None
        for line in paragraph.splitlines():
            if line.startswith("#~"):
                entry.obsolete = True
                line = line[2:].strip()
            if line.startswith("#."):
                entry.comments.append(line[3:])
            elif line.startswith("#,"):
                entry.fuzzy = "fuzzy" in line
            elif line.startswith(("#", "|")) or not line:
                continue
            elif line.startswith('"'):
                if isinstance(attribute, int):
                    entry.plural_forms[attribute] += unquoted(line)
                else:
                    setattr(entry, attribute, getattr(entry, attribute) + unquoted(line))
            else:
                keyword, literal = line.split(" ", 1)
                if keyword.startswith("msgstr["):
                    attribute = int(keyword[len("msgstr["):-1])
                    entry.plural_forms[attribute] = unquoted(literal)
                else:
                    attribute = "context" if keyword == "msgctxt" else keyword
                    setattr(entry, attribute, unquoted(literal))
        if entry.msgid:
            entry.uses = read_uses(entry.comments)
            entries.append(entry)
    return entries


def read_uses(comments):
    """{role: [functions]} of comments such as "note: WINRATE, DWINRATE"; a line that starts with blanks continues the last."""
    joined = []
    for comment in comments:
        if comment.startswith(" ") and joined:
            joined[-1] += " " + comment.strip()
        else:
            joined.append(comment)
    uses = {}
    for line in joined:
        role, _, functions = line.partition(": ")
        uses[role] = [function for function in functions.split(", ") if function]
    return uses


# Rules about one entry

def without(text, *patterns):
    """text with what matches a pattern replaced by letters, so that its punctuation is not looked at."""
    for pattern in patterns:
        text = re.sub(pattern, lambda found: "x" * len(found.group()), text)
    return text


def difference(english, translation):
    """What is in one collection and not in the other, in words; empty if they are equal."""
    lost, added = english - translation, translation - english
    return ", ".join([f"{each} is lost" for each in sorted(lost)] + [f"{each} is added" for each in sorted(added)])


def placeholders_are_kept(entry, language):
    problem = difference(set(PLACEHOLDER.findall(entry.msgid)), set(PLACEHOLDER.findall(entry.msgstr)))
    if problem:
        yield f"placeholders: {problem}"


def typed_words_are_kept(entry, language):
    """Words in straight quotes are typed into formulas; prose is quoted as the language does."""
    problem = difference(set(TYPED_WORD.findall(entry.msgid)), set(TYPED_WORD.findall(entry.msgstr)))
    if problem:
        yield f"quoted words: {problem}"


def error_names_are_kept(entry, language):
    problem = difference(set(ERROR_NAME.findall(entry.msgid)), set(ERROR_NAME.findall(entry.msgstr)))
    if problem:
        yield f"error names: {problem}"


ENGLISH_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
# French 10 000,5 with no-break spaces, Romanian 10.000,5. Two readings of 1.200 are possible; both are tried.
THOUSANDS = f"[.{NO_BREAK_SPACE}{NARROW_NO_BREAK_SPACE}]"
LOCAL_NUMBER = re.compile(rf"(?<!\d)\d{{1,3}}(?:{THOUSANDS}\d{{3}})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?")


def readings(local):
    """The values that a number may have as written."""
    plain = local.replace(NO_BREAK_SPACE, "").replace(NARROW_NO_BREAK_SPACE, "")
    result = {Decimal(plain.replace(".", "").replace(",", "."))}
    if plain.count(".") <= 1 and "," not in plain:
        result.add(Decimal(plain))
    return result


def numbers_are_kept(entry, language):
    english = [Decimal(number.replace(",", "")) for number in ENGLISH_NUMBER.findall(entry.msgid)]
    added = []
    for local in LOCAL_NUMBER.findall(entry.msgstr):
        match = next((number for number in english if number in readings(local)), None)
        if match is None:
            added.append(local)
        else:
            english.remove(match)
    if english or added:
        yield "numbers: " + ", ".join([f"{number} is lost" for number in english] + [f"{number} is added" for number in added])


def full_stop_is_as_in_english(entry, language):
    if entry.msgstr.endswith(".") != entry.msgid.endswith("."):
        yield "the full stop at the end is not as in English"


def capital_is_as_in_english(entry, language):
    if entry.is_argument:
        return
    opening = re.compile(f'[«„“"({NO_BREAK_SPACE}{NARROW_NO_BREAK_SPACE}]*')
    if entry.msgid[0].isupper() and entry.msgstr[opening.match(entry.msgstr).end():][:1].islower():
        yield "starts with a small letter"


def argument_is_a_short_lower_case_name(entry, language):
    if not entry.is_argument:
        return
    first_word = entry.msgstr.split()[0]
    if first_word[0].isupper() and not first_word.isupper():  # CAC and CLV are written so
        yield "an argument's name starts with a small letter"
    if len(entry.msgstr) > 32 or re.search(r'[.:;!?"()*/{}]', entry.msgstr):
        yield "an argument's name is a few plain words"


def blanks_are_single(entry, language):
    if re.search(r"^\s|\s$|\s\s", entry.msgstr) and not re.search(r"^\s|\s$|\s\s", entry.msgid):
        yield "blanks at the ends, or doubled"


def is_not_left_in_english(entry, language):
    """Sources may be the same in all languages, sentences not."""
    if entry.msgstr == entry.msgid and not entry.is_argument and "source" not in entry.uses:
        prose = PLACEHOLDER.sub("", TYPED_WORD.sub("", entry.msgid))
        if len(re.findall(r"\b[a-z]{3,}\b", prose)) >= 3:
            yield "is the English text"


# Where punctuation is not prose: error names, addresses, what is typed, times of day, formulas.
NOT_PROSE = (ERROR_NAME, r"https?://\S+", TYPED_WORD, r"\d:\d\d", r"=[A-Z][A-Z0-9]+\([^)]*\)", r"\{[^}]*\}")


def french_spacing(entry, language):
    """A no-break space stands before : ; ? ! % and inside « »; always the same one, as a search must find it."""
    if language != "fr":
        return
    prose = without(entry.msgstr, *NOT_PROSE)
    for found in re.finditer(r"[:;?!%»]", prose):
        before = prose[:found.start()][-1:]
        standing_alone = found.group() == "%" and before in ("", "(")
        doubled = found.group() in "?!" and before in ("?", "!")
        if before != NO_BREAK_SPACE and not standing_alone and not doubled:
            yield f"no no-break space (U+00A0) before {found.group()}: …{prose[max(0, found.start() - 12):found.end()]}"
    for found in re.finditer(f"«(?!{NO_BREAK_SPACE})", prose):
        yield f"no no-break space (U+00A0) after «: {prose[found.start():][:12]}…"


def french_quotes(entry, language):
    if language == "fr" and re.search("[“”„’]", entry.msgstr):
        yield "French texts here take « » and the straight apostrophe"


def romanian_letters(entry, language):
    if language == "ro":
        wrong = sorted(set(re.findall("[ŞşŢţÃãǍǎ]", entry.msgstr)))
        if wrong:
            yield f"{' '.join(wrong)} in place of ș ț (comma below) or ă"


def romanian_spacing(entry, language):
    if language == "ro":
        found = re.search(r"\s[,:;?!]", without(entry.msgstr, *NOT_PROSE))
        if found:
            yield f"a blank before {found.group()[-1]}"


def field_terms_are_used(entry, language):
    if "title" not in entry.uses:
        return
    for english, wanted in GLOSSARY.items():
        if english in entry.msgid.lower() and language in wanted and not re.search(wanted[language], entry.msgstr.lower()):
            yield f"the term for “{english}” is missing ({wanted[language]})"


def leads_are_no_metal(entry, language):
    if re.search(r"\bplomb|\bplumb", entry.msgstr.lower()):
        yield "a lead is not the metal"


RULES = (
    placeholders_are_kept,
    typed_words_are_kept,
    error_names_are_kept,
    numbers_are_kept,
    full_stop_is_as_in_english,
    capital_is_as_in_english,
    argument_is_a_short_lower_case_name,
    blanks_are_single,
    is_not_left_in_english,
    french_spacing,
    french_quotes,
    romanian_letters,
    romanian_spacing,
    field_terms_are_used,
    leads_are_no_metal,
)


# Rules about a whole file

def completeness(template, entries):
    """Every text of the template is translated, and there is no other text."""
    wanted = {entry.key: entry for entry in template}
    present = {entry.key for entry in entries if not entry.obsolete}
    for key, entry in wanted.items():
        if key not in present:
            yield f"{entry}: is not there"
    for entry in entries:
        if entry.obsolete:
            yield f"{entry}: is obsolete (#~)"
        elif entry.key not in wanted:
            yield f"{entry}: is not in the template"
        elif entry.msgid_plural != wanted[entry.key].msgid_plural:
            yield f"{entry}: its plural is not that of the template"
        elif not entry.is_translated:
            yield f"{entry}: is not translated"
        elif entry.fuzzy:
            yield f"{entry}: is fuzzy"


def english_plurals(template):
    """Both English forms take the same slots: a language may need {n} where English does without."""
    for entry in template:
        if entry.msgid_plural and set(PLACEHOLDER.findall(entry.msgid)) != set(PLACEHOLDER.findall(entry.msgid_plural)):
            yield f"{entry}: its plural has other slots: {entry.msgid_plural!r}"


def arguments_differ(entries):
    """No function shows two of its arguments under one name."""
    shown = {}
    for entry in entries:
        for function in entry.uses.get("argument", []) if entry.is_argument else []:
            other = shown.setdefault((function, entry.msgstr.lower()), entry.msgid)
            if other != entry.msgid:
                yield f"{entry}: {function} calls {other!r} {entry.msgstr!r} too"


def check(template, entries, language):
    """All problems of one language, each as a line."""
    template_entries = {entry.key: entry for entry in template}
    yield from english_plurals(template)
    yield from completeness(template, entries)
    translated = []
    for entry in entries:
        if not entry.obsolete and entry.is_translated and entry.key in template_entries:
            entry.uses = template_entries[entry.key].uses  # the template's comments are the current ones
            translated.append(entry)
    yield from arguments_differ(translated)
    for entry in translated:
        for form in entry.single_forms():
            for rule in RULES:
                for problem in rule(form, language):
                    yield f"{form}: {problem}\n    {form.msgstr}"


def msgfmt_problems(file):
    """What msgfmt finds wrong with a file: its syntax, texts that are there twice, line ends."""
    result = subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", str(file)], capture_output=True, text=True, timeout=60)
    return [] if result.returncode == 0 else [f"msgfmt: {line}" for line in result.stderr.splitlines()]


def check_file(template, file):
    problems = msgfmt_problems(file)
    if not problems:
        text = file.read_text(encoding="utf-8")
        if f'"Language: {file.stem}\\n"' not in text:
            problems.append(f"the header does not say Language: {file.stem}")
        forms, rule = PLURALS[file.stem]
        if not re.search(rf'"Plural-Forms: nplurals={forms}; plural=\(?{re.escape(rule)}\)?;\\n"', text):
            problems.append(f"the header does not say Plural-Forms: nplurals={forms}; plural=({rule});")
        problems += check(template, read_po(text), file.stem)
    return problems


# The self-test

# (rule, language, English, broken translation); an English text with a context or role is a pair
BROKEN = (
    (placeholders_are_kept, "fr", "{won} / {lost}", "{won} / perdues"),
    (placeholders_are_kept, "fr", "{won} / {lost}", "{won} / {lost} + {open}"),
    (placeholders_are_kept, "ro", "{won} / {lost}", "{câștigate} / {lost}"),
    (typed_words_are_kept, "fr", 'Of all deals with "created"', 'Sur toutes les affaires avec "créées"'),
    (typed_words_are_kept, "fr", 'With "created"', f"Avec «{NO_BREAK_SPACE}created{NO_BREAK_SPACE}»"),
    (typed_words_are_kept, "ro", "Text that means won", 'Text care înseamnă "câștigat"'),
    (error_names_are_kept, "fr", "No deal gives #N/A", "Aucune affaire ne donne rien"),
    (error_names_are_kept, "fr", "A rate above the total is Err:502", "Un taux au-dessus du total donne #VALUE! (502)"),
    (numbers_are_kept, "fr", "An error above 100", "Une erreur supérieure à 10"),
    (numbers_are_kept, "fr", "33 times is 0.33", "33 fois, c'est 3,3"),
    (numbers_are_kept, "fr", "More than 10,000 deals", "Plus de 10 000 affaires"),
    (numbers_are_kept, "ro", "Three deals", "3 tranzacții"),
    (full_stop_is_as_in_english, "fr", "Revenue of one sale", "Chiffre d'affaires d'une vente."),
    (full_stop_is_as_in_english, "ro", "Select a table.", "Selectați un tabel"),
    (capital_is_as_in_english, "fr", "Number of deals", "nombre d'affaires"),
    (capital_is_as_in_english, "fr", "Won deals", f"«{NO_BREAK_SPACE}gagnées{NO_BREAK_SPACE}»"),
    (argument_is_a_short_lower_case_name, "fr", ("argument", "won"), "Gagnées"),
    (argument_is_a_short_lower_case_name, "fr", ("argument of CHURNRATE", "lost"), "clients (perdus)"),
    (argument_is_a_short_lower_case_name, "ro", ("argument", "won"), "numărul de tranzacții câștigate în perioada dată"),
    (blanks_are_single, "fr", "Number of deals", "Nombre  d'affaires"),
    (blanks_are_single, "ro", "Number of deals", "Numărul de tranzacții "),
    (is_not_left_in_english, "fr", "Money spent to win one new customer", "Money spent to win one new customer"),
    (french_spacing, "fr", "Spending: sales", "Dépenses: vente"),
    (french_spacing, "fr", "Spending: sales", "Dépenses : vente"),
    (french_spacing, "fr", "A loss; a gain", f"Une perte{NARROW_NO_BREAK_SPACE}; un gain"),
    (french_spacing, "fr", "Insert it?", "L'insérer?"),
    (french_spacing, "fr", "Done!", "Terminé !"),
    (french_spacing, "fr", "Below 30 %", "Au-dessous de 30%"),
    (french_spacing, "fr", "Text that means won", "Texte qui signifie «gagnée»"),
    (french_quotes, "fr", "Cost of one customer", "Coût d’un client"),
    (french_quotes, "fr", "Text that means won", "Texte qui signifie “gagnée”"),
    (romanian_letters, "ro", "Open deals", "Tranzacţii deschise"),
    (romanian_letters, "ro", "Files", "Fişiere"),
    (romanian_spacing, "ro", "A loss; a gain", "O pierdere ; un câștig"),
    (field_terms_are_used, "fr", ("title", "Win rate lift"), "Gain de taux de victoire"),
    (field_terms_are_used, "ro", ("title", "Win rate"), "Rata de victorie"),
    (field_terms_are_used, "fr", ("title", "Churn rate"), "Taux de perte"),
    (field_terms_are_used, "ro", ("title", "Churn rate"), "Rata de abandon"),
    (field_terms_are_used, "fr", ("title", "Customer acquisition cost"), "Prix d'un client"),
    (field_terms_are_used, "ro", ("title", "Customer acquisition cost"), "Prețul unui client"),
    (field_terms_are_used, "fr", ("title", "Customer lifetime value"), "Valeur à vie du client"),
    (field_terms_are_used, "ro", ("title", "Customer lifetime value"), "Valoarea vieții clientului"),
    (field_terms_are_used, "fr", ("title", "Conversion rate"), "Rapport de conversion"),
    (field_terms_are_used, "ro", ("title", "Conversion rate"), "Cota de conversie"),
    (field_terms_are_used, "fr", ("title", "Sales cycle"), "Cycle des ventes"),
    (field_terms_are_used, "ro", ("title", "Sales cycle"), "Perioada de vânzare"),
    (field_terms_are_used, "fr", ("title", "Quota attainment"), "Réalisation du quota"),
    (field_terms_are_used, "ro", ("title", "Quota attainment"), "Atingerea cotei"),
    (field_terms_are_used, "fr", ("title", "Forecast accuracy"), "Exactitude du plan"),
    (field_terms_are_used, "ro", ("title", "Forecast accuracy"), "Precizia planului"),
    (leads_are_no_metal, "fr", "Number of leads", "Nombre de plombs"),
    (leads_are_no_metal, "ro", "Number of leads", "Numărul de plumburi"),
)

# Right as they are: no rule may complain.
SOUND = (
    ("fr", "On few deals chance decides: 30 % of 10,000 is 3,000; why?",
     f"Sur peu d'affaires, le hasard décide{NO_BREAK_SPACE}: 30{NO_BREAK_SPACE}% de 10{NARROW_NO_BREAK_SPACE}000 font "
     f"3{NO_BREAK_SPACE}000{NO_BREAK_SPACE}; pourquoi{NO_BREAK_SPACE}?"),
    ("fr", 'No row is #N/A; from 9:30 on with ">=1:0" it is Err:502',
     f'Aucune ligne donne #N/A{NO_BREAK_SPACE}; à partir de 9:30 avec ">=1:0", c\'est Err:502'),
    ("fr", "See https://example.org/?a;b and =CAC({1;2};3)", "Voir https://example.org/?a;b et =CAC({1;2};3)"),
    ("fr", "0.75 of {won}", "0,75 de {won}"),
    ("fr", "% of previous (% of first)", "% de la précédente (% de la première)"),
    ("fr", ("argument", "cac"), "CAC"),
    ("fr", ("title", "Win rate"), "Taux de réussite"),
    ("fr", "{won} / ({won} + {lost})", "{won} / ({won} + {lost})"),
    ("ro", "More than 10,000.5 deals: a loss", "Peste 10.000,5 tranzacții: o pierdere"),
    ("ro", ("title", "Win rate lift"), "Creșterea ratei de câștig"),
    ("ro", ("title", "Customer lifetime value"), "Valoarea clientului pe durata vieții (CLV)"),
)


def sample(english, translation):
    """An entry for the self-test; english may be a pair: an argument's context or the role "title", and the text."""
    if isinstance(english, str):
        return Entry(english, translation)
    kind, english = english
    if kind == "title":
        return Entry(english, translation, uses={"title": ["WINRATE"]})
    return Entry(english, translation, context=kind, uses={"argument": ["WINRATE"]})


def broken_rules(entry, language):
    return [rule for rule in RULES if any(rule(entry, language))]


def self_test_of_rules():
    for rule, language, english, translation in BROKEN:
        found = broken_rules(sample(english, translation), language)
        if rule not in found:
            yield f"{rule.__name__} does not see {translation!r}"
    for rule in RULES:
        if rule not in [broken[0] for broken in BROKEN]:
            yield f"{rule.__name__} has no broken entry in the self-test"
    broken_terms = [(language, english[1].lower()) for rule, language, english, _ in BROKEN if rule is field_terms_are_used]
    for english in GLOSSARY:
        for language in GLOSSARY[english]:
            if not any(title_language == language and english in title for title_language, title in broken_terms):
                yield f"the term “{english}” has no broken entry for {language} in the self-test"
    for language, english, translation in SOUND:
        for rule in broken_rules(sample(english, translation), language):
            yield f"{rule.__name__} complains about {translation!r}"


SELF_TEST_TEMPLATE = '''
#. title: WINRATE
msgid "Win rate"
msgstr ""

#. argument: WINRATE,
#.   DWINRATE
msgctxt "argument"
msgid "won"
msgstr ""

#. argument: DWINRATE
msgctxt "argument"
msgid "lost"
msgstr ""

#: core/sheets/preview.cpp
msgid "{n} deal in {column}"
msgid_plural "{n} deals in {column}"
msgstr[0] ""
msgstr[1] ""
'''
SELF_TEST_PO = r'''
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: fr\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

msgid "Win rate"
msgstr ""
"Taux de "
"réussite"

msgctxt "argument"
msgid "won"
msgstr "gagnées"

msgctxt "argument"
msgid "lost"
msgstr "perdues"

msgid "{n} deal in {column}"
msgid_plural "{n} deals in {column}"
msgstr[0] "{n} affaire dans "
"{column}"
msgstr[1] "{n} affaires dans {column}"
'''
# (what is broken, text of the sound file, what stands there instead, a word of the report)
BROKEN_FILES = (
    ("a text is missing", 'msgctxt "argument"\nmsgid "lost"\nmsgstr "perdues"\n', "", "is not there"),
    ("a context is missing", 'msgctxt "argument"\nmsgid "lost"', 'msgid "lost"', "is not there"),
    ("a text is not translated", 'msgstr "perdues"', 'msgstr ""', "is not translated"),
    ("a text is fuzzy", 'msgctxt "argument"\nmsgid "lost"', '#, fuzzy\nmsgctxt "argument"\nmsgid "lost"', "is fuzzy"),
    ("a text is obsolete", 'msgctxt "argument"\nmsgid "lost"\nmsgstr "perdues"',
     '#~ msgctxt "argument"\n#~ msgid "lost"\n#~ msgstr "perdues"', "is obsolete"),
    ("a text is too many", 'msgid "Win rate"', 'msgid "Loss rate"\nmsgstr "Taux de perte"\n\nmsgid "Win rate"',
     "is not in the template"),
    ("two arguments share a name", "perdues", "gagnées", "calls 'won' 'gagnées' too"),
    ("the language is another", "Language: fr", "Language: ro", "Language: fr"),
    ("a plural form is missing", 'msgstr[1] "{n} affaires dans {column}"\n', "", "msgfmt: "),
    ("a plural form is not translated", "{n} affaires dans {column}", "", "is not translated"),
    ("a plural form has lost a slot", "{n} affaires dans {column}", "Des affaires dans {column}", "{n} is lost"),
    ("the form for 1 has lost a slot", "{n} affaire dans", "Une affaire dans", "{n} is lost"),
    ("a plural form breaks a rule", "{n} affaires dans {column}", "{n} affaires dans {column}.", "full stop"),
    ("the English plural is another", "{n} deals in {column}", "{n} deals of {column}", "not that of the template"),
    ("the plural rule is another", "n > 1", "n != 1", "Plural-Forms"),
    ("a text is there twice", 'msgid "Win rate"', 'msgid "Win rate"\nmsgstr "Taux"\n\nmsgid "Win rate"', "msgfmt: "),
    ("the syntax is broken", 'msgstr "perdues"', 'msgstr "perdues', "msgfmt: "),
    ("a rule is broken", "réussite", "réussite.", "full stop"),
)


def self_test_of_files():
    template = read_po(SELF_TEST_TEMPLATE)
    if not any(english_plurals([Entry("One deal", msgid_plural="{n} deals")])):
        yield "not seen: the English forms differ in their slots"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fr.po"
        file.write_text(SELF_TEST_PO, encoding="utf-8")
        yield from (f"the sound file is reported: {problem}" for problem in check_file(template, file))
        for what, sound, broken, report in BROKEN_FILES:
            assert SELF_TEST_PO.count(sound) == 1, what
            file.write_text(SELF_TEST_PO.replace(sound, broken), encoding="utf-8")
            if not any(report in problem for problem in check_file(template, file)):
                yield f"not seen: {what}"


def self_test():
    failures = [*self_test_of_rules(), *self_test_of_files()]
    for failure in failures:
        print(failure)
    print(f"self-test: {len(BROKEN)} broken entries, {len(BROKEN_FILES)} broken files, {len(SOUND)} sound entries, "
          f"{len(failures)} failures")
    return bool(failures)


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    if len(arguments) < 2:
        sys.exit(__doc__)
    template = read_po(Path(arguments[0]).read_text(encoding="utf-8"))
    if not template:
        sys.exit(f"{arguments[0]}: no texts")
    failed = False
    for file in map(Path, arguments[1:]):
        problems = check_file(template, file)
        for problem in problems:
            print(f"{file.name}: {problem}")
        print(f"{file.name}: {len(template)} texts, {len(problems)} problems")
        failed = failed or bool(problems)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
