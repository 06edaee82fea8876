"""Documents that go from one version of Calc to another: written by each, read by both.

    documents.py write FOLDER    writes examples.ods and examples.xlsx, and beside them, as JSON, what their cells showed
    documents.py read FOLDER OUT opens those of a FOLDER and writes into OUT what their cells show: as loaded, recalculated, and
                                 after the signs = of the formulas were replaced by themselves, which reads the formulas again

The document has each example of the catalog, the tables of functions that give one as array formulas, every kind of value beside
them, and the sample tables that the formulas read. What is seen of a cell: its formula, and its value or its error.
"""
import json
import pathlib
import re
import shutil
import sys
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "office"))
import bed  # noqa: E402

FILTERS = {"ods": "calc8", "xlsx": "Calc MS Excel 2007 XML"}
SHEETS = ("Examples", "Tables")
PICKED = re.compile(r"=INDEX\((?P<table>[A-Z]+\(.*\));(?P<row>\d+);(?P<column>\d+)\)")
TABLE_ROWS, TABLE_COLUMNS = 6, 6


def fill(document):
    examples, tables = document.Sheets[0], document.Sheets[1]
    row = 0
    shown = set()
    for function in bed.catalog()["functions"]:
        for example in function["examples"]:
            examples.getCellByPosition(0, row).FormulaLocal = example["formula"]
            # What a formula of a user's own would do with the result.
            examples.getCellByPosition(1, row).FormulaLocal = f"=IF(ISERROR(A{row + 1});ERROR.TYPE(A{row + 1});A{row + 1}*2)"
            row += 1
            picked = PICKED.fullmatch(example["formula"])
            if picked and picked["table"] not in shown:
                top = len(shown) * (TABLE_ROWS + 1)
                tables.getCellRangeByPosition(0, top, TABLE_COLUMNS - 1, top + TABLE_ROWS - 1).setArrayFormula(
                    "=ORG.CALCKPI.KPI." + bed_formula(picked["table"]))
                shown.add(picked["table"])
    return row, len(shown)


def bed_formula(typed):
    """An array formula is set in the spelling of files, where a list in braces that is one column is parted by |."""
    return re.sub(r"\{[^{}|]*\}", lambda found: found[0].replace(";", "|"), typed)


def seen(document):
    """{cell: [formula, what it shows if that is an error, else what it holds]} of both sheets."""
    found = {}
    for name in SHEETS:
        sheet = document.Sheets.getByName(name)
        cursor = sheet.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        for row, (formulas, values) in enumerate(zip(cursor.getFormulaArray(), cursor.getDataArray())):
            for column, (formula, value) in enumerate(zip(formulas, values)):
                if formula:
                    cell = sheet.getCellByPosition(column, row)
                    if not isinstance(value, (float, str)):  # an error is passed as nothing
                        value = f"{cell.String} ({cell.getError()})"
                    found[f"{name}.{chr(ord('A') + column)}{row + 1}"] = [formula, value]
    return found


def stored_names(path):
    """How a file spells the functions: full (ORG.CALCKPI.KPI.WINRATE), or short (WINRATE)."""
    names = "|".join(function["name"] for function in bed.catalog()["functions"])
    with zipfile.ZipFile(path) as archive:
        part = "content.xml" if path.suffix == ".ods" else "xl/worksheets/sheet1.xml"
        found = re.findall(rf"([A-Za-z.]*)\b(?:{names})\(", archive.read(part).decode(), re.IGNORECASE)
    return sorted({"full" if prefix.upper().endswith("ORG.CALCKPI.KPI.") else f"short {prefix}".strip() for prefix in found})


def add_samples(document):
    for name, rows in bed.catalog()["samples"].items():
        document.Sheets.insertNewByName(name, document.Sheets.Count)
        sheet = document.Sheets.getByName(name)
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if value:
                    sheet.getCellByPosition(column, row).FormulaLocal = value


def write(office, folder):
    document = office.new_document()
    document.Sheets[0].Name = SHEETS[0]
    document.Sheets.insertNewByName(SHEETS[1], 1)
    add_samples(document)
    examples, tables = fill(document)
    document.calculateAll()
    told = {"examples": examples, "tables": tables, "cells": seen(document), "stored names": {}}
    for kind, filter_name in FILTERS.items():
        path = folder / f"examples.{kind}"
        document.storeToURL(bed.office_url(path), bed.properties(FilterName=filter_name))
        told["stored names"][kind] = stored_names(path)
    document.close(True)
    (folder / "written.json").write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")


def read(office, folder, out):
    told = {}
    for kind in FILTERS:
        copy = pathlib.Path(shutil.copy(folder / f"examples.{kind}", office.profile))
        document = office.open(copy)
        told[kind] = {"as loaded": seen(document)}
        document.calculateAll()
        told[kind]["recalculated"] = seen(document)
        # As Edit - Find and Replace does it, in formulas: all are read again.
        for name in SHEETS:
            sheet = document.Sheets.getByName(name)
            replacing = sheet.createReplaceDescriptor()
            replacing.SearchString = replacing.ReplaceString = "="
            sheet.replaceAll(replacing)
        told[kind]["= replaced by ="] = seen(document)
        document.close(True)
    out.write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")


def main():
    task, *paths = sys.argv[1:]
    with bed.Office() as office:
        office.install(bed.OXT)
        {"write": write, "read": read}[task](office, *map(pathlib.Path, paths))


if __name__ == "__main__":
    main()
