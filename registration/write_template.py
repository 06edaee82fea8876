"""Writes the gettext template: every text of the catalog, the interface strings of Python files, the messages of C++ files.

    write_template.py CATALOG.json OUT.pot [SOURCES...]        # .py, .cpp, .hpp

Each English text stands there once, in the catalog's order, with comments that tell the translator who uses it and as what:

    #. note: SALESCYCLE, FORECASTACCURACY, FORECASTERROR
    msgid "Empty cells are skipped together with their partner; ..."

The display names of parameters have the context "argument", or "argument of FUNCTION" (see NAMED_APART). Interface strings are
what Python files mark as _("English"), messages what C++ files mark as msg("English") or msg("{n} deal", "{n} deals"). The same
input gives the same bytes: no dates, no version.
"""

import json
import os
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
WIDTH = 128

# Parameters that share a name with others but stand for other things, so that languages with genders and cases call them
# differently: the lost of WINRATE are deals (French "perdues"), those of CHURNRATE are customers ("perdus").
NAMED_APART = {
    "CHURNRATE": ("lost",),             # customers, not deals
    "CLOSERATIO": ("closed",),          # a number of deals, not a date
    "PIPELINECOVERAGE": ("won",),       # an amount, not deals
    "TRAILINGGROWTH": ("current",),     # a year so far, not the figure of any period
}

HEADER = r'''# Texts of Calc KPI.
msgid ""
msgstr ""
"Project-Id-Version: calckpi\n"
"Language: \n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
'''


def catalog_uses(catalog):
    """Yields (context, English text, role, function name) for each use of a text, in the catalog's order."""
    for function in catalog["functions"]:
        name = function["name"]
        yield "", function["family"], "family title", ""
        yield "", function["title"], "title", name
        yield "", function["summary"], "summary", name
        yield "", function["formula"], "formula", name
        for parameter in function["parameters"]:
            for argument in parameter["arguments"]:
                apart = argument["word"] in NAMED_APART.get(name, ())
                yield f"argument of {name}" if apart else "argument", argument["word"], "argument", name
                yield "", argument["meaning"], f"meaning of {argument['word']}", name
            yield "", parameter["meaning"], f"meaning of {parameter['name']}", name
        for note in function["notes"]:
            yield "", note, "note", name
        for role in ("caution", "benchmark", "source"):
            yield "", function[role], role, name
        for example in function["examples"]:
            yield "", example["remark"], "example remark", name


def gather(catalog):
    """{(context, text): {role: [functions]}}, all in order of appearance."""
    known = {(function["name"], parameter["name"]) for function in catalog["functions"] for parameter in function["parameters"]}
    for function, names in NAMED_APART.items():
        for name in names:
            if (function, name) not in known:
                sys.exit(f"NAMED_APART: {function} has no parameter {name}")
    texts = {}
    for context, text, role, function in catalog_uses(catalog):
        if not text:
            continue
        functions = texts.setdefault((context, text), {}).setdefault(role, [])
        if function and function not in functions:
            functions.append(function)
    return texts


def quoted(text):
    return '"' + text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n").replace("\t", r"\t") + '"'


def entry(context, text, roles):
    lines = []
    for role, functions in roles.items():
        users = f"{role}: {', '.join(functions)}" if functions else role
        lines += textwrap.wrap(users, WIDTH, initial_indent="#. ", subsequent_indent="#.   ")
    if context:
        lines.append(f"msgctxt {quoted(context)}")
    lines += [f"msgid {quoted(text)}", 'msgstr ""']
    return "\n".join(lines) + "\n"


def run(command):
    """The bytes that a gettext program prints."""
    return subprocess.run(command, cwd=PROJECT, stdout=subprocess.PIPE, check=True).stdout


def extracted(sources, *options):
    """The template of the marked strings of some files; empty if there are none. Places are said relative to the project."""
    if not sources:
        return b""
    return run(["xgettext", "--from-code=UTF-8", "--keyword", "--add-comments=Translators:", "--add-location=file", "--output=-",
                *options, *(os.path.relpath(source, PROJECT) for source in sources)])


def interface_template(sources):
    """The _("...") strings of Python files."""
    # Texts are filled with str.format or not at all; "30 % deals" must not be taken for the C format "% d".
    return extracted(sources, "--language=Python", "--keyword=_", "--flag=_:1:no-python-format")


def message_template(sources):
    """The msg("...") and msg("one", "many") of C++ files."""
    return extracted(sources, "--language=C++", "--keyword=msg:1,1t", "--keyword=msg:1,2,2t", "--flag=msg:1:no-c-format",
                     "--flag=msg:2:no-c-format")


def joined(*parts):
    """One template of several."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for content in filter(None, parts):
            files.append(Path(folder) / f"{len(files)}.pot")
            files[-1].write_bytes(content)
        # --use-first: the header is ours; the one of xgettext holds the time of the day.
        return run(["msgcat", "--use-first", f"--width={WIDTH}", "--output-file=-"] + [str(file) for file in files])


def of_kind(sources, *suffixes):
    return [source for source in sources if source.endswith(suffixes)]


def template(catalog, sources):
    unknown = set(sources) - set(of_kind(sources, ".py", ".cpp", ".hpp"))
    if unknown:
        sys.exit(f"neither Python nor C++: {' '.join(sorted(unknown))}")
    own = "\n".join([HEADER] + [entry(context, text, roles) for (context, text), roles in gather(catalog).items()])
    return joined(own.encode(), interface_template(of_kind(sources, ".py")), message_template(of_kind(sources, ".cpp", ".hpp")))


def main(arguments):
    if len(arguments) < 2:
        sys.exit(__doc__)
    catalog_file, output, *sources = arguments
    with open(catalog_file, encoding="utf-8") as file:
        catalog = json.load(file)
    Path(output).write_bytes(template(catalog, sources))


if __name__ == "__main__":
    main(sys.argv[1:])
