"""Writes what the office has to know of the sidebar, in all languages: its deck, the factory of its panel, the menu entries.

    write_sidebar_xcu.py CATALOG.json MO_FOLDER OUT_FOLDER
"""
import json
import sys
from pathlib import Path
from xml.sax.saxutils import escape

from texts import LANGUAGES, Texts

EXTENSION = "org.calckpi.extension"
PANEL_URL = "private:resource/toolpanel/CalcKpi/Funnel"
# The names of the deck and of the command stay what they were when it made funnels alone: offices remember them.
SHOW_COMMAND = "vnd.org.calckpi:ShowFunnel"
LEAVE_COMMAND = "vnd.org.calckpi:Leave"
REFERENCE_COMMAND = "vnd.org.calckpi:ShowReference"
# With the name of a sample document behind it.
SAMPLE_COMMAND = "vnd.org.calckpi:ShowSample?"
DECK = "CalcKpiFunnelDeck"
DECK_TITLE = "KPI"  # in every language
ICON = f"vnd.sun.star.extension://{EXTENSION}/icons/funnel.png"
ICON_HIGH_CONTRAST = f"vnd.sun.star.extension://{EXTENSION}/icons/funnel-high-contrast.png"
# Every context of Calc, open from the start.
CONTEXTS = '<prop oor:name="ContextList"><value oor:separator=";">Calc, any, visible ;</value></prop>\n'
CALC = "com.sun.star.sheet.SpreadsheetDocument"


def _(text):
    """Marks a text for translation."""
    return text


def component(name, package, content):
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                    oor:name="{name}" oor:package="{package}">
{content}</oor:component-data>
"""


def prop(name, value):
    return f'<prop oor:name="{name}" oor:type="xs:string"><value>{escape(value)}</value></prop>\n'


def sample_name(family):
    """The file of a family's sample document, as packaging/write_samples.py names it."""
    return family.lower().replace(" ", "-")


class Writer:
    def __init__(self, catalog, mo_folder):
        self.families = list(dict.fromkeys(function["family"] for function in catalog["functions"]))
        self.languages = [(tag, Texts(tag, mo_folder)) for tag in LANGUAGES]

    def localised(self, name, text):
        values = "".join(f'<value xml:lang="{"en-US" if tag == "en" else tag}">{escape(texts.text(text))}</value>'
                         for tag, texts in self.languages)
        return f'<prop oor:name="{name}" oor:type="xs:string">{values}</prop>\n'

    def everywhere(self, name, text):
        """A text that is the same in all languages."""
        values = "".join(f'<value xml:lang="{"en-US" if tag == "en" else tag}">{escape(text)}</value>' for tag, _ in self.languages)
        return f'<prop oor:name="{name}" oor:type="xs:string">{values}</prop>\n'

    def sidebar(self):
        deck = (self.everywhere("Title", DECK_TITLE) + prop("Id", DECK) + prop("IconURL", ICON)
                + prop("HighContrastIconURL", ICON_HIGH_CONTRAST)
                + CONTEXTS + '<prop oor:name="OrderIndex" oor:type="xs:int"><value>900</value></prop>\n')
        panel = (self.everywhere("Title", DECK_TITLE) + prop("Id", "CalcKpiFunnelPanel") + prop("DeckId", DECK)
                 + '<prop oor:name="TitleBarIsOptional" oor:type="xs:boolean"><value>true</value></prop>\n'
                 # It reads such a document as any other, and says why it does not write.
                 + '<prop oor:name="ShowForReadOnlyDocument" oor:type="xs:boolean"><value>true</value></prop>\n'
                 + CONTEXTS + prop("ImplementationURL", PANEL_URL)
                 + '<prop oor:name="OrderIndex" oor:type="xs:int"><value>100</value></prop>\n')
        return component("Sidebar", "org.openoffice.Office.UI",
                         f'<node oor:name="Content">\n<node oor:name="DeckList">\n<node oor:name="{DECK}" oor:op="replace">\n{deck}</node>\n'
                         f'</node>\n<node oor:name="PanelList">\n<node oor:name="CalcKpiFunnelPanel" oor:op="replace">\n{panel}</node>\n'
                         "</node>\n</node>\n")

    @staticmethod
    def factories():
        return component("Factories", "org.openoffice.Office.UI",
                         '<node oor:name="Registered">\n<node oor:name="UIElementFactories">\n'
                         '<node oor:name="CalcKpiSidebarFactory" oor:op="replace">\n'
                         + prop("Type", "toolpanel") + prop("Name", "CalcKpi")
                         + prop("FactoryImplementation", "org.calckpi.SidebarFactory") + "</node>\n</node>\n</node>\n")

    @staticmethod
    def protocol():
        return component("ProtocolHandler", "org.openoffice.Office",
                         '<node oor:name="HandlerSet">\n<node oor:name="org.calckpi.SidebarLauncher" oor:op="replace">\n'
                         '<prop oor:name="Protocols" oor:type="oor:string-list"><value>vnd.org.calckpi:*</value></prop>\n</node>\n</node>\n')

    def entry(self, command, text):
        return prop("URL", command) + self.localised("Title", text) + prop("Target", "_self") + prop("Context", CALC)

    @staticmethod
    def merged(name, point, items):
        """Entries that stand behind one of the office's own, which is named with its menu."""
        return (f'<node oor:name="{name}" oor:op="replace">\n' + prop("MergePoint", point) + prop("MergeCommand", "AddAfter")
                + prop("MergeFallback", "AddPath") + prop("MergeContext", CALC) + f'<node oor:name="MenuItems">\n{items}</node>\n</node>\n')

    @staticmethod
    def item(name, content):
        return f'<node oor:name="{name}" oor:op="replace">\n{content}</node>\n'

    def help_items(self):
        samples = "".join(self.item(f"CalcKpiSample{place}", self.entry(SAMPLE_COMMAND + sample_name(family), family))
                          for place, family in enumerate((_("KPI sheets"), *self.families)))
        return (self.item("CalcKpiReference", self.entry(REFERENCE_COMMAND, _("Calc KPI Reference")))
                + self.item("CalcKpiSamples", self.localised("Title", _("Calc KPI Samples")) + prop("Context", CALC)
                            + f'<node oor:name="Submenu">\n{samples}</node>\n'))

    def addons(self):
        entry = self.entry(SHOW_COMMAND, _("KPI Table..."))
        leave = self.entry(LEAVE_COMMAND, _("Leave Without Calc KPI..."))
        # In the Insert menu below the pivot table, in the Tools menu below the macros' entries, and in the Help menu below the office's
        # own help.
        menu = ('<node oor:name="org.calckpi" oor:op="replace">\n'
                + self.merged("FunnelTable", ".uno:InsertMenu\\.uno:DataDataPilotRun", self.item("CalcKpiFunnel", entry))
                + self.merged("Leave", ".uno:ToolsMenu\\.uno:SolverDialog", self.item("CalcKpiLeave", leave))
                + self.merged("Help", ".uno:HelpMenu\\.uno:HelpIndex", self.help_items()) + "</node>\n")
        image = (f'<node oor:name="CalcKpiFunnelImage" oor:op="replace">\n{prop("URL", SHOW_COMMAND)}<node oor:name="UserDefinedImages">\n'
                 + prop("ImageSmallURL", ICON) + prop("ImageBigURL", ICON) + "</node>\n</node>\n")
        notebook = (f'<node oor:name="CalcKpiFunnelBar" oor:op="replace">\n<node oor:name="CalcKpiFunnel" oor:op="replace">\n{entry}'
                    + prop("Style", "icontext") + "</node>\n</node>\n")
        return component("Addons", "org.openoffice.Office",
                         f'<node oor:name="AddonUI">\n<node oor:name="OfficeMenuBarMerging">\n{menu}</node>\n'
                         f'<node oor:name="OfficeNotebookBar">\n{notebook}</node>\n<node oor:name="Images">\n{image}</node>\n</node>\n')


def main(arguments):
    catalog_path, mo_folder, out_folder = arguments
    with open(catalog_path, encoding="utf-8") as file:
        writer = Writer(json.load(file), mo_folder)
    for name, content in (("Sidebar.xcu", writer.sidebar()), ("Factories.xcu", writer.factories()),
                          ("ProtocolHandler.xcu", writer.protocol()), ("Addons.xcu", writer.addons())):
        (Path(out_folder) / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
