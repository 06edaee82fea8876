"""What a document would save, in parts that can be compared: each sheet, and what belongs to none.

Automatic styles are numbered again at each saving, so a style's name is replaced by what the style says.
"""
import pathlib
import re
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

from office import properties, url

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def _with_styles_spelled_out(root):
    styles = {style.get(STYLE + "name"): style for style in root.find(OFFICE + "automatic-styles")}
    spelled = {}

    def spell(name):
        if name not in spelled and name in styles:
            style = styles[name]
            spelled[name] = ""  # a style that refers to itself
            parts = []
            for element in style.iter():
                attributes = sorted((key, spell(value) if value in styles else value) for key, value in element.attrib.items()
                                    if not (element is style and key == STYLE + "name"))
                parts.append(f"{element.tag}{attributes}{element.text or ''}")
            spelled[name] = "|".join(parts)
        return spelled.get(name, name)

    for element in root.find(OFFICE + "body").iter():
        for key, value in element.attrib.items():
            if key.endswith("style-name") and value in styles:
                element.set(key, spell(value))


def whole_of(document):
    """parts_of, and the names of the cell and page styles that are saved. A chart that undo brings back is saved under another name,
    and with the cells that it listens to in other pieces."""
    return {name: re.sub(r"Object \d+|CalcKpi (?:Funnel|Chart) \d+|notify-on-update-of-ranges=\"[^\"]*\"", "", text)
            for name, text in parts_of(document, styles=True).items()}


def _style_names(root):
    names = [style.get(STYLE + "name") for style in root.find(OFFICE + "styles")
             if style.get(STYLE + "family") == "table-cell" and style.get(STYLE + "name")]
    names += [page.get(STYLE + "name") for page in root.iter(STYLE + "master-page")]
    return "\n".join(sorted(names))


def parts_of(document, styles=False):
    """{"sheet NAME": XML, "names": XML, "database ranges": XML}"""
    with tempfile.TemporaryDirectory(prefix="calckpi-saved-") as folder:
        path = pathlib.Path(folder) / "saved.ods"
        document.storeToURL(url(path), properties(FilterName="calc8"))
        with zipfile.ZipFile(path) as archive:
            root = ElementTree.fromstring(archive.read("content.xml"))
            parts = {"styles": _style_names(ElementTree.fromstring(archive.read("styles.xml")))} if styles else {}
    _with_styles_spelled_out(root)
    for element in root.find(f"{OFFICE}body/{OFFICE}spreadsheet"):
        if element.tag == TABLE + "table":
            parts["sheet " + element.get(TABLE + "name")] = ElementTree.tostring(element, encoding="unicode")
        elif element.tag == TABLE + "named-expressions":
            parts["names"] = ElementTree.tostring(element, encoding="unicode")
        elif element.tag == TABLE + "database-ranges":
            parts["database ranges"] = ElementTree.tostring(element, encoding="unicode")
    return parts
