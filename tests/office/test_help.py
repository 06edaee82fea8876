"""Help from inside: the menus' commands open the reference and the samples in the language of the office."""
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

import bed
import uno

OOR = "{http://openoffice.org/2001/registry}"


def menu():
    """The entries of the extension's menus: {command: {language: title}}, and the titles of the submenus."""
    entries, submenus = {}, []
    with zipfile.ZipFile(bed.OXT) as oxt:
        root = ElementTree.fromstring(oxt.read("Addons.xcu"))
    for node in root.iter("node"):
        titles = {value.get("{http://www.w3.org/XML/1998/namespace}lang"): value.text
                  for prop in node.findall("prop") if prop.get(f"{OOR}name") == "Title" for value in prop.findall("value")}
        command = next((prop.findtext("value") for prop in node.findall("prop") if prop.get(f"{OOR}name") == "URL"), None)
        if command and titles:
            entries[command] = titles
        elif titles:
            submenus.append(titles)
    return entries, submenus


class Menu(unittest.TestCase):
    def test_every_sample_has_an_entry_and_a_file_in_each_language(self):
        entries, _ = menu()
        named = {command.partition("?")[2] for command in entries if "ShowSample?" in command}
        with zipfile.ZipFile(bed.OXT) as oxt:
            files = [name for name in oxt.namelist() if name.startswith("samples/")]
        for language in ("en", "fr", "ro"):
            self.assertEqual({name.split("/")[2].removesuffix(".fods") for name in files if f"/{language}/" in name}, named)

    def test_titles_are_there_in_each_language_in_the_capitals_of_the_office(self):
        entries, submenus = menu()
        for titles in [*entries.values(), *submenus]:
            self.assertEqual(set(titles), {"en-US", "fr", "ro"}, titles)
        for command in ("vnd.org.calckpi:ShowFunnel", "vnd.org.calckpi:ShowReference"):
            self.assertEqual(entries[command]["en-US"], entries[command]["en-US"].title().replace("Kpi", "KPI"))


class Help(bed.CalcTest):
    def documents(self):
        found, all_ = [], self.office.desktop.Components.createEnumeration()
        while all_.hasMoreElements():
            found.append(all_.nextElement())
        return found

    def opened_by(self, command):
        """What a command of the menus opens."""
        before = [document.RuntimeUID for document in self.documents()]
        helper = self.office.context.ServiceManager.createInstance("com.sun.star.frame.DispatchHelper")
        helper.executeDispatch(self.document.CurrentController.Frame, command, "_self", 0, ())
        new = [document for document in self.documents() if document.RuntimeUID not in before]
        for document in new:
            self.addCleanup(document.close, True)
        return new

    def test_a_sample_opens_as_a_document_without_a_name(self):
        [sample] = self.opened_by("vnd.org.calckpi:ShowSample?sales")
        self.assertEqual(sample.URL, "")
        self.assertIn(self.sample_title(), sample.Sheets[0].getCellRangeByName("A1").String)
        self.assertFalse(sample.isModified())

    def sample_title(self):
        return "Sales"

    def test_the_reference(self):
        """The office shows it as far as it can: an office of Calc alone may not."""
        for page in self.opened_by("vnd.org.calckpi:ShowReference"):
            self.assertTrue(page.URL.endswith(f"reference/reference.{self.language[:2]}.html"), page.URL)
        with zipfile.ZipFile(bed.OXT) as oxt:
            self.assertIn(f"reference/reference.{self.language[:2]}.html", oxt.namelist())
        self.assert_shows(self.type("A1", "=WINRATE(3;7)"), 0.3)

    def test_an_unknown_sample_opens_nothing_and_harms_nothing(self):
        try:
            self.assertEqual(self.opened_by("vnd.org.calckpi:ShowSample?../../description"), [])
        except uno.getClass("com.sun.star.uno.Exception"):
            self.fail("an exception left the command")
        self.assert_shows(self.type("A1", "=WINRATE(3;7)"), 0.3)


class InFrench(Help):
    language = "fr"

    def sample_title(self):
        return "Ventes"


if __name__ == "__main__":
    bed.main()
