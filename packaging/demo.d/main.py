"""Turns a CRM export into a sheet of live KPI formulas in a real Calc; packaging/demo runs it once the extension is built.

    /usr/bin/python3 packaging/demo.d/main.py deals.csv --extension build/calckpi.oxt --output build/demo

Ends with 0 when all is saved, 2 when the file is no usable export, 1 when a program it needs fails.
"""

import argparse
import json
import signal
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "registration"))

from recognition import DELIMITERS, ROLE_NAMES, NotRecognised, quoted, recognise  # noqa: E402
from sample_deals import write_sample_deals  # noqa: E402
from sample_inputs import sample_inputs  # noqa: E402


def say(text):
    print(text, flush=True)


def arguments():
    parser = argparse.ArgumentParser(prog="packaging/demo", description="Turns a CRM export into a sheet of live KPI formulas in a "
                                     "real Calc with a throw-away profile. Without a file it takes sample deals.")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE.csv", help="one row per deal, with headers")
    parser.add_argument("--by", choices=("product", "owner"), help="what the second table compares (default: what the file has)")
    parser.add_argument("--language", choices=("en", "fr", "ro"), default="en", help="of the sheet (default: en)")
    parser.add_argument("--won", action="append", default=[], metavar="TEXT", help="stage that means won; may be repeated")
    parser.add_argument("--lost", action="append", default=[], metavar="TEXT", help="stage that means lost; may be repeated")
    parser.add_argument("--output", type=Path, default=PROJECT / "build" / "demo", help="folder (default: build/demo)")
    parser.add_argument("--extension", type=Path, default=PROJECT / "build" / "calckpi.oxt", help=argparse.SUPPRESS)
    parser.add_argument("--build-folder", type=Path, default=PROJECT / "build", help=argparse.SUPPRESS)
    parser.add_argument("--check-call", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def describe(export):
    """What was recognised, in a few lines."""
    delimiter = DELIMITERS.get(export.delimiter, repr(export.delimiter))
    lines = [f"{export.rows:,} rows, {delimiter} between the fields, {export.encoding}"]
    for role in ROLE_NAMES:
        if column := export.roles.get(role):
            detail = f", {column.order}" if column.order else ""
            if column.kind == "number" and any("." in cell or "," in cell for cell in column.cells):
                detail = f", decimals after {'a comma' if column.decimal == ',' else 'a point'}"
            lines.append(f"{ROLE_NAMES[role]}: {quoted(column.header) if column.header else 'column ' + column.letter}{detail}")
        else:
            lines.append(f"{ROLE_NAMES[role]}: not found")
    for state in ("won", "lost", "open"):
        texts = getattr(export, state)
        shown = ", ".join(quoted(text) for text in texts[:8]) + (f" and {len(texts) - 8} more" if len(texts) > 8 else "")
        lines.append(f"{state} means {shown or 'nothing'}")
    return lines


def make_picture(pdf, page, png):
    """A page of the PDF as a picture."""
    subprocess.run(["pdftoppm", "-png", "-r", "160", "-f", str(page), "-singlefile", str(pdf), str(png.with_suffix(""))],
                   check=True, timeout=120)


def check_against_counts(sheet):
    """The table function and Calc's own counting must agree; they read the stages on different ways."""
    values = {reading.key: reading for reading in sheet.readings}
    won, lost, rate = (values[key].value for key in ("won", "lost", "closed_win_rate"))
    if not values["closed_win_rate"].error and abs(rate - won / (won + lost)) > 1e-12:
        say(f"  Note: DWINRATE gives {rate}, counting the column State gives {won / (won + lost)}.")


def run(options, export):
    # Only now: the recognition needs no office and has already answered if the file is of no use.
    from bounded_office import BoundedOffice, OfficeFailed
    from deals_sheet import import_deals
    from funnel_plan import plan_funnel
    from funnel_sheet import FunnelSheet
    from kpi_plan import plan_kpis
    from kpi_sheet import KpiSheet
    from office import properties
    from terminal import group_table, kpi_table
    from texts import Texts

    from com.sun.star.io import IOException  # after office, which imports uno

    if not options.extension.is_file():
        say(f"{options.extension} is not there: packaging/demo builds it.")
        return 1
    catalog = json.loads((options.build_folder / "catalog.json").read_text(encoding="utf-8"))
    functions = {function["name"]: function for function in catalog["functions"]}
    texts = Texts(options.language, options.build_folder / "registration" / "mo")
    options.output.mkdir(parents=True, exist_ok=True)
    target = options.output.resolve() / "kpi-sheet.ods"
    pdf = target.with_suffix(".pdf")
    # The PDF's first page is the KPI sheet, its second one begins the funnel sheet.
    pictures = {1: target.with_suffix(".png")}

    try:
        say("Starting LibreOffice with an empty profile ...")
        with BoundedOffice() as office:
            say("Installing the extension in it ...")
            office.install(options.extension)
            say("Importing the deals ...")
            deals = import_deals(office, export)
            for notice in deals.facts.notices:
                say(f"  Note: {notice}")
            say("Writing the sheets and calculating ...")
            plan = plan_kpis(export, deals.facts, functions, texts.text, options.by)
            for notice in plan.notices:
                say(f"  Note: {notice}")
            for label, missing in plan.left_out:
                say(f"  Left out: {label}, because " + (f"no column tells the {' and the '.join(missing)}." if missing
                                                        else "there are not two of them to compare."))
            sample = sample_inputs() if options.file is None else None
            sheet = KpiSheet(deals, export, plan, texts, functions["WINRATE"]["caution"], sample)
            with office.limit(300, "calculating the KPI sheet"):
                sheet.build()
            funnel = FunnelSheet(deals, export, plan, plan_funnel(export, deals.facts, plan, texts.text), texts)
            if funnel.is_wanted:
                with office.limit(300, "calculating the funnel sheet"):
                    funnel.build()
                pictures[2] = target.with_name("funnel-sheet.png")
            for notice in funnel.plan.notices + funnel.notices:
                say(f"  Note: {notice}")
            if any(reading.shown == "#NAME?" for reading in sheet.readings):
                raise OfficeFailed("Calc does not know the functions: the extension is installed but not active.")
            check_against_counts(sheet)
            say("Saving ...")
            with office.limit(300, "saving the KPI sheet"):
                try:
                    deals.document.storeToURL(target.as_uri(), properties(FilterName="calc8"))
                except IOException as error:
                    raise OfficeFailed(f"{target} cannot be written: is it open in an office?") from error
                deals.document.storeToURL(pdf.as_uri(), properties(FilterName="calc_pdf_Export"))
                deals.document.close(True)
        for page, picture in pictures.items():
            make_picture(pdf, page, picture)
    except OfficeFailed as error:
        say(str(error))
        return 1
    except (OSError, subprocess.SubprocessError) as error:
        say(f"{error}")
        return 1

    say("")
    say("\n".join(kpi_table(sheet.readings, texts.text)))
    if sheet.group_readings:
        say("")
        say("\n".join(group_table(sheet.group_readings, sheet.group_name, texts.text)))
    if waiting := [reading for reading in sheet.readings if reading.waits]:
        say("")
        say("Waiting for figures that no deal tells; type them into the sheet Inputs of the saved document:")
        for reading in waiting:
            say(f"  {reading.label} {reading.formula}")
    say("")
    for path in (target, pdf, *pictures.values()):
        say(f"Saved {path}")
    return 0


def main():
    # A terminal that cannot show "Ș" must not stop the work.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    options = arguments()
    # The end of the process must go through the office's clean-up, whoever asks for it.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    try:
        path = options.file
        if path is None:
            path = options.output / "sample-deals.csv"
            if not options.check_call:
                say("Writing sample deals ...")
            write_sample_deals(path)
        if not options.check_call:
            say(f"Reading {path} ...")
        export = recognise(path, options.won, options.lost)
        if options.check_call:
            return 0
        for line in describe(export):
            say(f"  {line}")
        for notice in export.notices:
            say(f"  Note: {notice}")
        return run(options, export)
    except NotRecognised as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
