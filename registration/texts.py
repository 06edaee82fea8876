"""Texts gives every text a user reads in one language; the English text itself is the key.

    texts = Texts("fr", "build/registration")           # reads build/registration/fr.mo
    texts.text("Win rate")                              # "Taux de réussite"
    texts.argument("won")                               # "gagnées"
    texts.fill("{won} / {lost}", ["won", "lost"])       # the translation, with the arguments called as in French

English needs no file. In French and Romanian a text without a translation is an error and never falls back to English, so that
no half-translated extension is built.
"""

import gettext
import re
from pathlib import Path

LANGUAGES = ("en", "fr", "ro")

PLACEHOLDER = re.compile(r"\{([A-Za-z][A-Za-z0-9]*)\}")


class MissingTranslation(KeyError):
    """A text that the language's .mo file does not hold, or holds only as fuzzy."""


class _Refuse(gettext.NullTranslations):
    """What gettext falls back to: nothing."""

    def __init__(self, language):
        super().__init__()
        self.language = language

    def gettext(self, message):
        raise MissingTranslation(f"{self.language}: no translation of {message!r}")

    def pgettext(self, context, message):
        raise MissingTranslation(f"{self.language}: no translation of {message!r} in the context {context!r}")


def argument_contexts(function):
    """The msgctxt under which an argument's display name is looked up, the most particular first.

    "argument" alone is the rule; write_template.py lists the exceptions: "lost" are deals in WINRATE (French "perdues") and
    customers in CHURNRATE ("perdus", in the context "argument of CHURNRATE").
    """
    return (f"argument of {function}", "argument") if function else ("argument",)


class Texts:
    """The texts of one language, from <folder_with_mo>/<language>.mo."""

    def __init__(self, language, folder_with_mo=None):
        if language not in LANGUAGES:
            raise ValueError(f"no such language: {language}")
        self.language = language
        self._translations = None
        if language != "en":
            with open(Path(folder_with_mo) / f"{language}.mo", "rb") as compiled:
                self._translations = gettext.GNUTranslations(compiled)
            self._translations.add_fallback(_Refuse(language))

    def text(self, english):
        """The translation of an English text. An empty text stays empty: to gettext it would be the key of the file's header."""
        if self._translations is None or not english:
            return english
        return self._translations.gettext(english)

    def argument(self, name, function=""):
        """The display name of a parameter; give the function too, for the few that are called differently in one function."""
        if self._translations is None:
            return name
        *particular, general = argument_contexts(function)
        for context in particular:
            try:
                return self._translations.pgettext(context, name)
            except MissingTranslation:
                pass
        return self._translations.pgettext(general, name)

    def counted_argument(self, argument, function=""):
        """The display name of an argument of the catalog: "statut", or "critère 2" where there are several of its word."""
        return f"{self.argument(argument['word'], function)} {argument['count']}".rstrip()

    def fill(self, english, parameters, function=""):
        """text(english) with each {parameter} replaced by its display name.

        parameters are names, or the catalog's parameter objects. A placeholder that is none of them raises KeyError.
        """
        names = {parameter if isinstance(parameter, str) else parameter["name"] for parameter in parameters}

        def display_name(placeholder):
            name = placeholder.group(1)
            if name not in names:
                raise KeyError(f"{{{name}}} in {english!r} names no parameter")
            return self.argument(name, function)

        return PLACEHOLDER.sub(display_name, self.text(english))
