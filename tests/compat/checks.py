"""Runs test programs in one version of Calc and writes what came of each as JSON.

    checks.py OUT.json BEGINNING    BEGINNING picks rows of the table; "" is all of them

Each program of tests/office, and some scenarios of tests/sidebar, is run in a process of its own with time bounds; what counts is
what unittest itself counted. The build's files come from the environment, as for tests/office.
"""
import io
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import unittest

TESTS = pathlib.Path(os.environ["CALCKPI_SOURCE"]) / "tests"
PROGRAM_SECONDS = 1800

# The row of the table, the program's folder and name, and for some only these of its tests.
CHECKS = (
    ("catalog examples, typed", "office", "test_examples", ()),
    ("function sheets", "office", "test_function_sheets", ()),
    ("wizard texts: en, fr, ro", "office", "test_wizard", ()),
    ("hints and wizard labels", "office", "test_hints", ()),
    ("funnel sheets", "office", "test_funnel_sheets", ()),
    ("documents saved and healed", "office", "test_documents", ()),
    ("installed, listed, removed", "office", "test_installing", ()),
    ("errors", "office", "test_errors", ()),
    ("refusals", "office", "test_refusals", ()),
    ("bad input", "office", "test_bad_input", ()),
    ("criteria", "office", "test_criteria", ()),
    ("percentiles", "office", "test_percentiles", ()),
    ("series", "office", "test_series", ()),
    ("whole tables", "office", "test_whole_tables", ()),
    ("null dates", "office", "test_null_dates", ()),
    ("why: examples, wrong formulas", "office", "test_why", ()),
    ("sidebar: funnel inserted", "sidebar", "test_inserting", ("Insert.test_on_a_new_sheet",)),
    ("sidebar: undone, redone", "sidebar", "test_inserting",
     ("Insert.test_one_undo_takes_all_of_it_away_and_redo_brings_it_back",)),
    ("sidebar: table updated", "sidebar", "test_inserting",
     ("Update.test_a_cell_of_the_table_shows_its_settings_and_update_rewrites_it",)),
    ("sidebar: in French", "sidebar", "test_appearance",
     ("French.test_everything_is_whole_with_few_and_with_all_options", "French.test_counts_are_the_same_in_every_look")),
    ("sidebar: data check", "sidebar", "test_appearance",
     ("Width.test_the_data_check_is_whole_and_so_is_a_problem", "FrenchWidth.test_the_data_check_is_whole_and_so_is_a_problem")),
)


class Counting(unittest.TextTestResult):
    """Counts the cases within tests too: each formula of a loop over formulas, say."""

    cases = 0

    def addSubTest(self, test, subtest, outcome):
        super().addSubTest(test, subtest, outcome)
        self.cases += 1


def run_here(module, tests):
    """In the process of one program: writes its outcome to the standard output."""
    program = unittest.defaultTestLoader.loadTestsFromNames([f"{module}.{test}" for test in tests] or [module])
    said = io.StringIO()
    result = unittest.TextTestRunner(said, verbosity=0, resultclass=Counting).run(program)
    failures = [f"{test.id()}: {trace.strip().splitlines()[-1]}" for test, trace in result.failures + result.errors]
    failures += [f"{test.id()}: succeeded unexpectedly" for test in result.unexpectedSuccesses]
    outcome = {"tests": result.testsRun, "cases": result.cases, "failures": failures,
               "skipped": [f"{test.id()}: {reason}" for test, reason in result.skipped], "said": said.getvalue()}
    json.dump(outcome, sys.stdout)


def run_program(folder, module, tests):
    # In a session of its own, so that it can be ended with all that it has started.
    process = subprocess.Popen([sys.executable, __file__, "--here", module, *tests], cwd=TESTS / folder, text=True,
                               env={**os.environ, "PYTHONPATH": str(TESTS / folder)}, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, start_new_session=True)
    try:
        answer, _ = process.communicate(timeout=PROGRAM_SECONDS)
        return json.loads(answer[answer.index("{"):])
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return {"tests": 0, "cases": 0, "failures": [f"{module} did not end within {PROGRAM_SECONDS} s"], "skipped": [], "said": ""}
    except ValueError:
        return {"tests": 0, "cases": 0, "failures": [f"{module} ended with code {process.returncode}"], "skipped": [], "said": ""}


def version():
    said = subprocess.run(["soffice", "--version"], check=True, capture_output=True, text=True, timeout=60).stdout
    return re.search(r"LibreOffice (\d+\.\d+\.\d+)", said)[1]


def main():
    if sys.argv[1] == "--here":
        run_here(sys.argv[2], sys.argv[3:])
        return
    out, beginning = sys.argv[1:]
    outcomes = {}
    for row, folder, module, tests in CHECKS:
        if not row.startswith(beginning):
            continue
        print(f"  {row} ...", flush=True)
        outcomes[row] = run_program(folder, module, tests)
        for failure in outcomes[row]["failures"]:
            print(f"    FAILED {failure}", flush=True)
    told = json.dumps({"version": version(), "checks": outcomes}, indent=1, ensure_ascii=False)
    pathlib.Path(out).write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
