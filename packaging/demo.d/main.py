"""Has the extension turn a CRM export into live KPI sheets in a real Calc; packaging/demo runs it once the extension is built.

    /usr/bin/python3 packaging/demo.d/main.py deals.csv --extension build/calckpi.oxt --output build/demo

Ends with 0 when all is saved, 2 when the file is no usable export, 1 when a program it needs fails.
"""

import argparse
import signal
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "registration"))

from csv_file import NotUsable, look_at, quoted  # noqa: E402
from sample_deals import write_sample_deals  # noqa: E402


def say(text):
    print(text, flush=True)


def arguments():
    parser = argparse.ArgumentParser(prog="packaging/demo", description="Has the extension turn a CRM export into live KPI sheets in a "
                                     "real Calc with a throw-away profile. Without a file it takes sample deals.")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE.csv", help="one row per deal, with headers")
    parser.add_argument("--by", choices=("product", "owner"), help="what the printed win rates compare (default: what the file has)")
    parser.add_argument("--language", choices=("en", "fr", "ro"), default="en", help="of the sheets (default: en)")
    parser.add_argument("--won", action="append", default=[], metavar="TEXT", help="stage that means won; may be repeated")
    parser.add_argument("--lost", action="append", default=[], metavar="TEXT", help="stage that means lost; may be repeated")
    parser.add_argument("--output", type=Path, default=PROJECT / "build" / "demo", help="folder (default: build/demo)")
    parser.add_argument("--extension", type=Path, default=PROJECT / "build" / "calckpi.oxt", help=argparse.SUPPRESS)
    parser.add_argument("--build-folder", type=Path, default=PROJECT / "build", help=argparse.SUPPRESS)
    parser.add_argument("--check-call", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


CALLED = {"curve": "Win curve", "funnel": "Funnel", "kpis": "KPI sheet"}


def make_sheets(workbook, options):
    """Asks the extension for the sheets; each comes to stand right behind the deals. What cannot be made is said."""
    for line in workbook.convert():
        say(f"  {line}")
    wishes = {name: tuple(texts) for name, texts in (("Won", options.won), ("Lost", options.lost)) if texts}
    tables = [("curve", {"Make": "WINCURVE"}), *((by, {"Make": "SEGMENTS", "By": by}) for by in ("owner", "product")),
              ("funnel", {"Make": "FUNNEL"}), ("kpis", {})]
    if options.file is None:
        tables[-1][1]["KPIs"] = "all"  # the sample has figures for those that wait for typed ones
    for key, values in tables:
        if key == "kpis" and "funnel" in workbook.made:
            values["Template"] = "sales-scorecard"  # of deals; of others that which suits them best
        if why := workbook.make(key, **values, **wishes):
            name = CALLED.get(key, f"Win rate by {key}")
            say(f"  Left out: {why}" if why.startswith(name) else f"  Left out: {name}. {why}")
    if wishes and not {"funnel", "kpis"} & set(workbook.made):
        raise NotUsable(f"No sheet can be made with --won {options.won} --lost {options.lost}: {workbook.why['funnel']}")
    if not workbook.made:
        raise NotUsable(f"Nothing can be made of {options.file}: {workbook.why['kpis']}. Headers: "
                        + ", ".join(quoted(header) for header in workbook.file.headers))


def run(options, file):
    # Only now: what is wrong with the file itself has been said without an office.
    from bounded_office import BoundedOffice, OfficeFailed
    from sample_inputs import type_sample_inputs
    from terminal import kpi_table, segment_table
    from texts import Texts
    from workbook import Workbook

    if not options.extension.is_file():
        say(f"{options.extension} is not there: packaging/demo builds it.")
        return 1
    texts = Texts(options.language, options.build_folder / "registration" / "mo")
    options.output.mkdir(parents=True, exist_ok=True)
    target = options.output.resolve() / "kpi-sheet.ods"
    try:
        say("Starting LibreOffice with an empty profile ...")
        with BoundedOffice(options.language) as office:
            say("Installing the extension in it ...")
            office.install(options.extension)
            say("Importing the deals ...")
            with office.limit(180, "importing the CSV file"):
                workbook = Workbook(office, file, options.language)
            say("Asking the extension for the sheets ...")
            with office.limit(300, "making the sheets"):
                make_sheets(workbook, options)
                if options.file is None:
                    type_sample_inputs(workbook.inputs)
                lines = [kpi_table(workbook.sheet("kpis"), texts.text)] if "kpis" in workbook.made else []
                by = options.by or ("product" if "product" in workbook.made else "owner")
                if by in workbook.made:
                    lines.append(segment_table(workbook.made[by]))
            say("Saving ...")
            with office.limit(300, "saving the KPI sheet"):
                saved = workbook.save(target)
    except OfficeFailed as error:
        say(str(error))
        return 1
    except (OSError, subprocess.SubprocessError) as error:
        say(f"{error}")
        return 1
    for table in lines:
        say("")
        say("\n".join(table))
    say("")
    for path in saved:
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
        file = look_at(path)
        if options.check_call:
            return 0
        say(f"  {path}: {file.description}")
        return run(options, file)
    except NotUsable as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
