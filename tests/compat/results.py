"""Compares what the versions of Calc told and prints it as a table, which is kept too. Fails if anything is wrong, or if the
versions differ in what the reference does not say.

    results.py RESULTS_FOLDER OUT.md REFERENCE.html VERSION_FOLDER...

A VERSION_FOLDER of RESULTS_FOLDER holds checks.json, names.json, written.json, and read-FOLDER.json for each folder that it read.
"""
import html
import json
import pathlib
import re
import sys

FOLDER, OUT, REFERENCE = map(pathlib.Path, sys.argv[1:4])
VERSIONS = sys.argv[4:]

# Where the versions may differ: the row of the table, what each version shows, the older first, and the reference's words for it.
FULL_NAME_IN_7_4 = ("In Calc 7.4, macros need the full name, and so do cells if the option Use English function names is on; "
                    "Calc 25.2 takes the short one there.")
DOCUMENTED = {
    "short name set by a macro": (("#NAME?", "0.3"), FULL_NAME_IN_7_4),
    "short name typed, with the option Use English function names": (("#NAME?", "0.3"), FULL_NAME_IN_7_4),
    "full name typed, with the option Use English function names": (("0.3", "#NAME?"), FULL_NAME_IN_7_4),
}


def told(version, name):
    return json.loads((FOLDER / version / f"{name}.json").read_text(encoding="utf-8"))


def reference_text():
    text = re.sub(r"<[^>]*>", "", REFERENCE.read_text(encoding="utf-8"))
    return " ".join(html.unescape(text).split())


def same(one, other):
    """Whether two cells, [formula, value], are the same. From XLSX a reference to a sheet comes back as $Sheet, in every version,
    and a stored value with 15 digits."""
    if one is None or other is None:
        return False
    formulas = {re.sub(r"\$(?=[A-Za-z]+\.)", "", formula) for formula in (one[0], other[0])}
    numbers = isinstance(one[1], float) and isinstance(other[1], float)
    return len(formulas) == 1 and (abs(one[1] - other[1]) <= 1e-14 * abs(one[1]) if numbers else one[1] == other[1])


class Table:
    def __init__(self):
        self.rows = []
        self.problems = []
        self.notes = []

    def add(self, name, shown, problems=(), must_be_alike=True):
        self.rows.append((name, shown))
        self.problems += [f"{name}: {problem}" for problem in problems]
        if must_be_alike and len(set(shown)) > 1:
            self.problems.append(f"{name}: the versions differ: {', '.join(shown)}")

    def compare_cells(self, name, expected_of, found_of):
        shown, problems = [], []
        for version in VERSIONS:
            expected, found = expected_of(version), found_of(version)
            cells = sorted(set(expected) | set(found))
            wrong = [cell for cell in cells if not same(expected.get(cell), found.get(cell))]
            shown.append(f"{len(cells) - len(wrong)} of {len(cells)} cells alike")
            problems += [f"{version}: {cell} is {found.get(cell)}, not {expected.get(cell)}" for cell in wrong[:5]]
            if not expected:
                problems.append(f"{version}: no cells to compare with")
        self.add(name, shown, problems)

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
    for row in checks[VERSIONS[0]]["checks"]:
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
    first = written[VERSIONS[0]]
    table.compare_cells(f"{first['examples']} examples, {first['tables']} tables: formulas, values, errors",
                        lambda _: first["cells"], lambda version: written[version]["cells"])
    for kind in ("ods", "xlsx"):
        stored = [", ".join(written[version]["stored names"][kind]) for version in VERSIONS]
        table.add(f"names of functions in {kind.upper()}", stored, ["not the full ones alone"] if set(stored) != {"full"} else [])
        for writer in VERSIONS:
            for when in ("as loaded", "recalculated"):
                table.compare_cells(f"{kind.upper()} written by {checks[writer]['version']}, {when}",
                                    lambda _: written[writer]["cells"],
                                    lambda reader: told(reader, f"read-{writer}")[kind][when])

    reference = reference_text()
    names = {version: told(version, "names") for version in VERSIONS}
    for row in names[VERSIONS[0]]:
        shown = [names[version][row] for version in VERSIONS]
        documented, where = DOCUMENTED.get(row, (None, ""))
        problems = []
        if documented:
            table.notes.append(f"{row}: {where}")
            if tuple(shown) != documented:
                problems.append(f"the reference says otherwise: {documented}")
            if where not in reference:
                problems.append(f"the reference does not say: {where}")
        table.add(row, shown, problems, must_be_alike=not documented)

    kept = [f"# One extension, {len(VERSIONS)} versions of LibreOffice", "", table.text(headers), ""]
    if table.notes:
        kept += ["Differences that the reference documents:", "", *(f"- {note}" for note in table.notes), ""]
    kept += [f"{len(table.problems)} problems" + (":" if table.problems else "; no other difference."), "",
             *(f"- {problem}" for problem in table.problems)]
    text = "\n".join(kept).strip() + "\n"
    OUT.write_text(text, encoding="utf-8")
    print(text)
    sys.exit(1 if table.problems else 0)


if __name__ == "__main__":
    main()
