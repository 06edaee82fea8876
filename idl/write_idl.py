"""Writes the UNO interface of the add-in from the catalog.

    write_idl.py CATALOG.json SERVICE OUT.idl

The interface of the service org.calckpi.Kpi is org.calckpi.XKpi.
"""
import json
import sys

# What Calc accepts for each kind of argument. Only `any` can be left out. (And `sequence<any>`, one list without an end. With it
# Calc calls all arguments by the first one's name in its hint and numbers all of them in its wizard: it takes the list to begin at
# the first argument, as nothing tells it otherwise. So there are pairs.)
TYPES = {
    "number": "double",
    "text": "string",
    "value": "any",
    "series": "any",
    "table": "com::sun::star::table::XCellRange",
    "column": "any",
    "values": "any",
    "filters": "any",
}
INCLUDES = ("com/sun/star/beans/XPropertySet.idl", "com/sun/star/table/XCellRange.idl", "com/sun/star/uno/XInterface.idl")
# Calc fills this argument with the calling document and hides it from the user. Table functions need it to read criteria as
# their document would, others to count dates as it does.
DOCUMENT = "[in] com::sun::star::beans::XPropertySet callingDocument"


def method(function):
    arguments = [DOCUMENT] if function["takesDocument"] else []
    arguments += [f"[in] {TYPES[parameter['kind']]} {argument['name']}"
                  for parameter in function["parameters"] for argument in parameter["arguments"]]
    # A table is a sequence of sequences, but what it cannot compute is one error for all of its cells: `any` takes both.
    result = "any" if function["givesTable"] else "double"
    return f"    {result} {function['name']}({', '.join(arguments)});"


def interface(catalog, service):
    *modules, name = service.split(".")
    lines = ["// The functions of the add-in as Calc sees them. Names and the order of arguments are stored in users' files.", ""]
    lines += [f"#include <{include}>" for include in INCLUDES]
    lines += ["", " ".join(f"module {module} {{" for module in modules), "",
              f"interface X{name} : com::sun::star::uno::XInterface {{"]
    family = None
    for function in catalog["functions"]:
        if function["family"] != family:
            family = function["family"]
            lines += ["", f"    // {family}"]
        lines.append(method(function))
    lines += ["};", "", " ".join("};" for _ in modules), ""]
    return "\n".join(lines)


def main():
    catalog_path, service, out_path = sys.argv[1:]
    with open(catalog_path, encoding="utf-8") as file:
        catalog = json.load(file)
    with open(out_path, "w", encoding="utf-8", newline="\n") as file:
        file.write(interface(catalog, service))


if __name__ == "__main__":
    main()
