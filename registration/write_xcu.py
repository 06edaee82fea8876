"""Writes Calc's registration of the functions: names, descriptions and every argument's text, in all languages.

    write_xcu.py CATALOG.json SERVICE MO_FOLDER OUT.xcu [LANGUAGES…]
"""
import json
import sys
import xml.etree.ElementTree as ElementTree

from texts import LANGUAGES, Texts

OOR = "http://openoffice.org/2001/registry"
# Where the function wizard lists the functions. Calc knows eleven categories and no others.
CATEGORY = "Financial"

ElementTree.register_namespace("oor", OOR)
ElementTree.register_namespace("xs", "http://www.w3.org/2001/XMLSchema")


def oor(name):
    return f"{{{OOR}}}{name}"


def node(parent, name, **attributes):
    return ElementTree.SubElement(parent, "node", {oor("name"): name, **attributes})


def new_node(parent, name):
    return node(parent, name, **{oor("op"): "replace"})


def prop(parent, name, values):
    """`values` maps a language to its text; None stands for a text that all languages share."""
    element = ElementTree.SubElement(parent, "prop", {oor("name"): name})
    for language, text in values.items():
        value = ElementTree.SubElement(element, "value", {"xml:lang": language} if language else {})
        value.text = text


def description(texts, function):
    return f"{texts.text(function['title'])} – {texts.fill(function['summary'], function['parameters'], function['name'])}"


def meaning(texts, function, parameter, argument):
    text = texts.fill(argument["meaning"], function["parameters"], function["name"])
    if parameter["options"]:
        text += f" ({parameter['options']})"
    return text


def add_function(functions, function, languages):
    entry = new_node(functions, function["name"])
    prop(entry, "DisplayName", {"en": function["name"]})
    prop(entry, "Description", {language: description(texts, function) for language, texts in languages.items()})
    prop(entry, "Category", {None: CATEGORY})
    # Calc 7.4 takes this name in macros and under its option "Use English function names", Calc 25.2 in XLSX files. There 7.4 knows
    # the full name only, but giving that would take the short one from everyone's macros.
    prop(entry, "CompatibilityName", {"en-US": function["name"]})
    parameters = node(entry, "Parameters")
    for parameter in function["parameters"]:
        for argument in parameter["arguments"]:
            entry = new_node(parameters, argument["name"])
            prop(entry, "DisplayName",
                 {language: texts.counted_argument(argument, function["name"]) for language, texts in languages.items()})
            prop(entry, "Description",
                 {language: meaning(texts, function, parameter, argument) for language, texts in languages.items()})


def registration(catalog, service, languages):
    root = ElementTree.Element(oor("component-data"), {oor("name"): "CalcAddIns", oor("package"): "org.openoffice.Office"})
    functions = node(new_node(node(root, "AddInInfo"), service), "AddInFunctions")
    for function in catalog["functions"]:
        add_function(functions, function, languages)
    return root


def main():
    catalog_path, service, mo_folder, out_path, *languages = sys.argv[1:]
    with open(catalog_path, encoding="utf-8") as file:
        catalog = json.load(file)
    root = registration(catalog, service, {language: Texts(language, mo_folder) for language in languages or LANGUAGES})
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(out_path, encoding="UTF-8", xml_declaration=True)


if __name__ == "__main__":
    main()
