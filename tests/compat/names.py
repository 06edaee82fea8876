"""How a version of Calc understands the names of the functions, where a formula comes from elsewhere than a cell's input line.

    names.py OUT.json
"""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "office"))
import bed  # noqa: E402

NAMES = {"short name": "=WINRATE(3;7)", "full name": "=ORG.CALCKPI.KPI.WINRATE(3;7)"}
ENGLISH_NAMES = ('<item oor:path="/org.openoffice.Office.Calc/Formula/Syntax">'
                 '<prop oor:name="EnglishFunctionName" oor:op="fuse"><value>true</value></prop></item>')


def main():
    told = {}
    for option, settings in (("", ""), (", with the option Use English function names", ENGLISH_NAMES)):
        with bed.Office(settings=settings) as office:
            office.install(bed.OXT)
            document = office.new_document()
            cell = document.Sheets[0].getCellRangeByName("A1")
            for name, formula in NAMES.items():
                cell.FormulaLocal = formula
                told[f"{name} typed{option}"] = cell.String
            if not option:
                for name, formula in NAMES.items():
                    cell.Formula = formula
                    told[f"{name} set by a macro"] = cell.String
            document.close(True)
    pathlib.Path(sys.argv[1]).write_text(json.dumps(told, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
