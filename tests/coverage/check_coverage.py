"""Says how much of the core the tests run, and which lines they do not; and how much of the add-in those reach that need no office.

    check_coverage.py BUILD LIMIT REASONS              # BUILD was made with CALCKPI_SANITIZE, its tests have run
    check_coverage.py BUILD LIMIT REASONS --rewrite    # writes the list again; new lines come under "Not yet explained"

Prints the share of lines of `core` that ran, by file and in all, then that of `addin`: what is left there needs an office, and is run by
tests/office and tests/sidebar, which count no lines. Fails when

- the share is under LIMIT per cent,
- a line did not run that REASONS does not explain, or
- REASONS explains a line that ran, or is no more.

REASONS holds blocks: a file and a reason in words, then the lines, each indented:

    core/kpis/funnel.cpp: what is compared here was counted by the caller
        return Fault::OutsideDomain;

Lines are known by their text, not by their number, so that an edit above them changes nothing. Lines of brackets alone count in
the share, but need no entry; nor do those of headers: each file that includes one compiles it anew, tests without the counts too, and
which of these the linker keeps is its own affair.
"""

import collections
import os
import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
TESTS = ("tests/core/core_tests", "tests/panel/panel_tests", "tests/catalog/catalog_tests")
ADDIN_TEST = "tests/addin/addin_test"
UNEXPLAINED = "Not yet explained"
BRACKETS = re.compile(r"[\s{}()\[\];,]*(//.*)?$")


def lines_run(build):
    """{file of the core or the add-in: {line number: how often it ran}}"""
    profiles = build / "profiles"
    # What writes the catalog is part of the core; every other file derives from what it prints.
    programs = [build / test for test in (*TESTS, ADDIN_TEST)] + [build / "core/print_catalog"]
    subprocess.run([programs[-1]], env={**os.environ, "LLVM_PROFILE_FILE": f"{profiles}/print_catalog.profraw"},
                   stdout=subprocess.DEVNULL, check=True)
    merged = profiles / "all.profdata"
    subprocess.run(["llvm-profdata", "merge", "-sparse", "-o", merged, *profiles.glob("*.profraw")], check=True)
    objects = [argument for program in programs[1:] for argument in ("-object", program)]
    exported = subprocess.run(["llvm-cov", "export", "-format=lcov", "-skip-functions", f"-instr-profile={merged}", programs[0], *objects],
                              stdout=subprocess.PIPE, text=True, check=True).stdout
    found = {}
    lines = None
    for record in exported.splitlines():
        kind, _, rest = record.partition(":")
        if kind == "SF":
            # Named from the project's folder; a compiler cache names them from that of the build.
            path = next((path for path in (Path(os.path.normpath(folder / rest)) for folder in (PROJECT, build)) if path.exists()), PROJECT)
            inside = path.is_relative_to(PROJECT / "core") or path.is_relative_to(PROJECT / "addin")
            lines = found.setdefault(path.relative_to(PROJECT).as_posix(), {}) if inside else {}
        elif kind == "DA":
            number, count = rest.split(",")[:2]
            lines[int(number)] = int(count)
    return found


def missed_lines(found):
    """(file, text of the line) of each line that did not run, as often as it stands there."""
    missed = []
    for name in sorted(name for name in found if not name.endswith(".hpp")):
        source = (PROJECT / name).read_text(encoding="utf-8").splitlines()
        for number, count in sorted(found[name].items()):
            if count == 0 and not BRACKETS.match(source[number - 1]):
                missed.append((name, source[number - 1].strip(), number))
    return missed


def explained(path):
    """[(file, reason, [text of a line])]"""
    blocks = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.exists() else [], start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" "):
            blocks[-1][2].append(line.strip())
            continue
        name, _, reason = line.partition(": ")
        if not reason.strip():
            sys.exit(f"{path.name}:{number}: a file and its reason are expected")
        blocks.append((name, reason.strip(), []))
    return blocks


def write(path, blocks, missed):
    """Keeps the reasons of lines that are still missed; the others come last."""
    left = collections.Counter((name, text) for name, text, _ in missed)
    kept = []
    for name, reason, texts in blocks:
        still = []
        for text in texts:
            if left[name, text]:
                left[name, text] -= 1
                still.append(text)
        if still and reason != UNEXPLAINED:
            kept.append((name, reason, still))
        else:
            left.update((name, text) for text in still)
    for name in sorted({name for name, _, _ in missed}):
        new = []
        for _, text, _ in (line for line in missed if line[0] == name):
            if left[name, text]:
                left[name, text] -= 1
                new.append(text)
        if new:
            kept.append((name, UNEXPLAINED, new))
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")] if path.exists() else []
    body = [f"\n{name}: {reason}\n" + "".join(f"    {text}\n" for text in texts) for name, reason, texts in kept]
    path.write_text("\n".join(head) + "\n" + "".join(body), encoding="utf-8")


def print_files(found):
    for name in sorted(found):
        ran = sum(1 for count in found[name].values() if count)
        if ran < len(found[name]):
            print(f"{100 * ran / len(found[name]):6.1f} %  {ran:5} of {len(found[name]):5}  {name}")


def print_addin(found):
    """Files that no test without an office is linked with are named, for they count no lines at all."""
    print_files(found)
    ran = sum(1 for lines in found.values() for count in lines.values() if count)
    total = sum(len(lines) for lines in found.values())
    alone = sorted(path.relative_to(PROJECT).as_posix() for path in (PROJECT / "addin").rglob("*.cpp")
                   if path.relative_to(PROJECT).as_posix() not in found)
    print("need an office: " + ", ".join(alone))
    print(f"addin: {100 * ran / max(total, 1):.2f} % of the lines that tests without an office are linked with, {ran} of {total}")


def main(build, limit, path, rewrite=False):
    everything = lines_run(build)
    found = {name: lines for name, lines in everything.items() if name.startswith("core/")}
    missed = missed_lines(found)
    print_files(found)
    print_addin({name: lines for name, lines in everything.items() if name.startswith("addin/")})
    total = sum(len(lines) for lines in found.values())
    if not total:
        print("coverage: no line of the core was found in what the tests left")
        return 1
    ran = sum(1 for lines in found.values() for count in lines.values() if count)
    share = 100 * ran / total
    print(f"coverage: {share:.2f} % of the core's lines, {ran} of {total}; at least {limit:g} % are asked for")

    blocks = explained(path)
    if rewrite:
        write(path, blocks, missed)
        return 0
    reasons = collections.Counter((name, text) for name, reason, texts in blocks if reason != UNEXPLAINED for text in texts)
    failed = share < limit
    for name, text, number in missed:
        if reasons[name, text]:
            reasons[name, text] -= 1
        else:
            print(f"{name}:{number}: no test runs this line, and {path.name} does not say why: {text}")
            failed = True
    for (name, text), count in reasons.items():
        if count:
            print(f"{path.name} explains a line of {name} that tests run, or that is no more: {text}")
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]).resolve(), float(sys.argv[2]), Path(sys.argv[3]), "--rewrite" in sys.argv[4:]))
