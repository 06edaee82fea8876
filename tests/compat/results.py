"""Compares what the versions of Calc told and prints it as a table, which is kept too. Fails if anything is wrong, or if the
versions differ in what the reference does not say.

    results.py RESULTS_FOLDER OUT.md REFERENCE.html OLDER NEWER

The folders OLDER and NEWER in RESULTS_FOLDER hold checks.json, names.json, written.json, and read-OLDER.json and read-NEWER.json.
"""
import html
import json
import pathlib
import re
import sys

FOLDER, OUT, REFERENCE = map(pathlib.Path, sys.argv[1:4])
VERSIONS = OLD, NEW = sys.argv[4:]

SERVICE = "ORG.CALCKPI.KPI."

# The one difference that there may be, in the words of the reference: Calc 25.2 writes short names into XLSX, which 7.4 does not
# find there. The rows that it concerns must show it, too.
SHORT_NAMES = ("XLSX files saved by Calc 25.2 hold the short names, which Calc 7.4 does not find there: it keeps the numbers, and "
               "shows #NAME? when it recalculates. Find and Replace of = by = in the formulas heals them; array formulas have to "
               "be entered again. OpenDocument files go both ways.")
NAME_ERROR, NAME_ERROR_TYPE = "#NAME? (525)", 5.0


def told(version, name):
    return json.loads((FOLDER / version / f"{name}.json").read_text(encoding="utf-8"))


def reference_text():
    text = re.sub(r"<[^>]*>", "", REFERENCE.read_text(encoding="utf-8"))
    return " ".join(html.unescape(text).split())


def plain(formula):
    """From XLSX a reference to a sheet comes back as $Sheet, in every version."""
    return re.sub(r"\$(?=[A-Za-z]+\.)", "", formula)


def same_value(one, other):
    """In XLSX a number has 15 digits."""
    numbers = isinstance(one, float) and isinstance(other, float)
    return abs(one - other) <= 1e-14 * abs(one) if numbers else one == other


def same(one, other):
    """Whether two cells, [formula, value], are the same; None is a cell that is not there."""
    return None not in (one, other) and plain(one[0]) == plain(other[0]) and same_value(one[1], other[1])


def is_unknown_name(expected, found):
    """Whether two cells differ as they do where the short names are not found: Calc writes those in small letters, and the cell
    keeps what was saved or shows #NAME?. A cell that depends on such a cell sees its error."""
    if None in (expected, found):
        return False
    if SERVICE not in expected[0]:
        return "ERROR.TYPE" in expected[0] and plain(expected[0]) == plain(found[0]) and found[1] == NAME_ERROR_TYPE
    respelled = plain(expected[0]).replace(SERVICE, "").lower() == plain(found[0]).lower()
    return respelled and (found[1] == NAME_ERROR or same_value(expected[1], found[1]))


class Table:
    def __init__(self):
        self.rows = []
        self.problems = []
        self.documented = []

    def add(self, name, shown, problems=(), documented=False):
        self.rows.append((name, shown))
        self.problems += [f"{name}: {problem}" for problem in problems]
        differ = len(set(shown)) > 1
        if documented:
            self.documented.append(name)
            if not differ:
                self.problems.append(f"{name}: the reference says that the versions differ, and they do not")
        elif differ:
            self.problems.append(f"{name}: the versions differ: {', '.join(shown)}")

    def compare_cells(self, name, expected_of, found_of, unknown_names_in=None, formulas=()):
        """In the version `unknown_names_in` cells may differ, but only by names that are not found, in formulas that begin so."""
        shown, problems = [], []
        for version in VERSIONS:
            expected, found = expected_of(version), found_of(version)
            cells = sorted(set(expected) | set(found))
            wrong = [cell for cell in cells if not same(expected.get(cell), found.get(cell))]
            said = f"{len(cells) - len(wrong)} of {len(cells)} cells alike"
            if version == unknown_names_in:
                unknown = {cell for cell in wrong if expected.get(cell, [""])[0].startswith(formulas)
                           and is_unknown_name(expected[cell], found.get(cell))}
                said += f", {len(unknown)} with unknown names"
                wrong = [cell for cell in wrong if cell not in unknown]
            shown.append(said)
            problems += [f"{version}: {cell} is {found.get(cell)}, not {expected.get(cell)}" for cell in wrong[:5]]
            if not expected:
                problems.append(f"{version}: no cells to compare with")
        self.add(name, shown, problems, documented=unknown_names_in is not None)

    def text(self, headers):
        rows = [("", *headers), *((name, *shown) for name, shown in self.rows)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        lines = ["| " + " | ".join(text.ljust(width) for text, width in zip(row, widths)) + " |" for row in rows]
        lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
        return "\n".join(lines)


def main():
    table = Table()
    checks = {version: told(version, "checks") for version in VERSIONS}
    headers = [f"LibreOffice {checks[version]['version']}" for version in VERSIONS]
    for row in checks[OLD]["checks"]:
        shown, problems = [], []
        for version in VERSIONS:
            outcome = checks[version]["checks"][row]
            failures = len(outcome["failures"])
            count = f"{outcome['tests']} tests" + (f", {outcome['cases']} cases" if outcome["cases"] else "")
            shown.append(f"{count}: {f'{failures} FAILED' if failures else 'pass'}"
                         + (f", {len(outcome['skipped'])} skipped" if outcome["skipped"] else ""))
            problems += [f"{version}: {failure}" for failure in outcome["failures"]]
            if not outcome["tests"]:
                problems.append(f"{version}: nothing was tested")
        table.add(row, shown, problems)

    written = {version: told(version, "written") for version in VERSIONS}
    first = written[OLD]
    table.compare_cells(f"{first['examples']} examples, {first['tables']} tables: formulas, values, errors",
                        lambda _: first["cells"], lambda version: written[version]["cells"])
    for kind in ("ods", "xlsx"):
        stored = [", ".join(written[version]["stored names"][kind]) for version in VERSIONS]
        if kind == "xlsx":
            table.add("names of functions in XLSX", stored, [] if stored == ["full", "short"] else ["not full, then short"],
                      documented=True)
        else:
            table.add("names of functions in ODS", stored, [] if set(stored) == {"full"} else ["not the full ones alone"])
        for writer in VERSIONS:
            for when in ("as loaded", "recalculated", "= replaced by ="):
                table.compare_cells(f"{kind.upper()} written by {checks[writer]['version']}, {when}",
                                    lambda _: written[writer]["cells"],
                                    lambda reader: told(reader, f"read-{writer}")[kind][when],
                                    OLD if (kind, writer) == ("xlsx", NEW) else None,
                                    ("{=",) if when == "= replaced by =" else ("=", "{="))

    names = {version: told(version, "names") for version in VERSIONS}
    for row in names[OLD]:
        table.add(row, [names[version][row] for version in VERSIONS])

    if SHORT_NAMES not in reference_text():
        table.problems.append(f"the reference does not say: {SHORT_NAMES}")
    kept = ["# One extension in two versions of LibreOffice", "", table.text(headers), "",
            f"The versions differ as the reference says in: {'; '.join(table.documented)}. It says: {SHORT_NAMES}", "",
            f"{len(table.problems)} problems" + (":" if table.problems else "; no other difference."), "",
            *(f"- {problem}" for problem in table.problems)]
    text = "\n".join(kept).strip() + "\n"
    OUT.write_text(text, encoding="utf-8")
    print(text)
    sys.exit(1 if table.problems else 0)


if __name__ == "__main__":
    main()
