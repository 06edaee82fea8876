"""The life of an installation: upgraded with documents open, disabled, removed, put back, for one user of two, for all users,
broken. Documents keep their formulas and values, and a good installation heals them."""
import contextlib
import pathlib
import re
import shutil
import tempfile
import unittest
import zipfile

import bed
import oxts
from office import Approving
from com.sun.star.deployment import DeploymentException
from com.sun.star.lang import WrappedTargetRuntimeException

IDENTIFIER = "org.calckpi.extension"
DESCRIPTION, MANIFEST, TYPES = "description.xml", "META-INF/manifest.xml", "calckpi.rdb"
FUNCTIONS, LIBRARY = "CalcAddIns.xcu", "Linux_X86_64/calckpi.so"
# A formula of each road into the extension, and what it shows over B1:C3: a single number, a list, a table.
CELLS = {"A1": ("=WINRATE(3;7)", 0.3), "A2": ("=CAC(C2:C3;10)", 0.7), "A3": ('=DSALES(B1:C3;"stage";"Won";"amount")', 3)}
DATA = (("stage", "amount"), ("Won", 3), ("Lost", 4))


def version_of(oxt):
    with zipfile.ZipFile(oxt) as archive:
        return re.search(r'<version value="([^"]+)"', archive.read(DESCRIPTION).decode())[1]


def of_version(version, target):
    return oxts.copy_changed(bed.OXT, target, {DESCRIPTION: oxts.replacing(
        f'<version value="{version_of(bed.OXT)}"'.encode(), f'<version value="{version}"'.encode())})


def for_a_later_office(target):
    return oxts.copy_changed(bed.OXT, target, {DESCRIPTION: oxts.replacing(
        b'LibreOffice-minimal-version value="7.4" name="LibreOffice 7.4"',
        b'LibreOffice-minimal-version value="99.2" name="LibreOffice 99.2"')})


def for_another_machine(target):
    return oxts.copy_changed(bed.OXT, target, {DESCRIPTION: oxts.replacing(b"linux_x86_64", b"windows_x86_64")})


class LifeTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="calckpi-life-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def new_office(self, **options):
        office = bed.Office(**options)
        self.addCleanup(office.__exit__)
        office.start()
        return office

    def extension(self, office, repository="user"):
        return next((package for package in office.extensions.getDeployedExtensions(repository, None, None)
                     if package.getIdentifier().Value == IDENTIFIER), None)

    def add(self, office, oxt, repository="user"):
        """Installs without the restart."""
        office.extensions.addExtension(bed.office_url(oxt), (), repository, None, Approving())

    def sheet_with_formulas(self, office):
        document = office.new_document()
        sheet = document.Sheets[0]
        sheet.getCellRangeByName("B1:C3").setDataArray(DATA)
        for address, (formula, _) in CELLS.items():
            sheet.getCellRangeByName(address).FormulaLocal = formula
        return document, sheet

    def save_documents(self, document, name="life"):
        """The same document as ODS and as XLSX."""
        paths = {"ods": self.folder / f"{name}.ods", "xlsx": self.folder / f"{name}.xlsx"}
        for kind, filter_name in (("ods", "calc8"), ("xlsx", "Calc MS Excel 2007 XML")):
            document.storeToURL(bed.office_url(paths[kind]), bed.properties(FilterName=filter_name))
        return paths

    @contextlib.contextmanager
    def opened(self, office, path):
        document = office.open(path)
        try:
            yield document
        finally:
            document.close(True)

    def assert_right(self, sheet, message=""):
        for address, (formula, expected) in CELLS.items():
            cell = sheet.getCellRangeByName(address)
            self.assertEqual((cell.getError(), round(cell.Value, 12)), (0, expected), f"{formula} {message}")

    def assert_right_or_error(self, document, message):
        """Until the restart a recalculated cell may be at a loss; it may not be wrong, and keeps its formula."""
        document.calculateAll()
        for address, (formula, expected) in CELLS.items():
            cell = document.Sheets[0].getCellRangeByName(address)
            self.assertEqual(cell.Formula.upper(), formula.replace("=", "=ORG.CALCKPI.KPI.").upper(), message)
            if cell.getError() == 0:
                self.assertAlmostEqual(cell.Value, expected, msg=message)
            else:
                self.assertIn(cell.String, ("Err:504", "#ADDIN?", "#NAME?"), message)

    def assert_lives(self, document, message=""):
        """The functions answer now: another number, another result."""
        sheet = document.Sheets[0]
        document.calculateAll()
        self.assert_right(sheet, message)
        amount = sheet.getCellRangeByName("C2")
        amount.Value = 8
        self.assertEqual([sheet.getCellRangeByName(address).Value for address in ("A2", "A3")], [1.2, 8], message)
        amount.Value = 3
        self.assert_right(sheet, message)

    def assert_kept(self, office, paths, error, message=""):
        """Without working functions an ODS keeps its formulas and says `error`, an XLSX shows the values it was saved with."""
        with self.opened(office, paths["ods"]) as document:
            sheet = document.Sheets[0]
            for address, (formula, _) in CELLS.items():
                cell = sheet.getCellRangeByName(address)
                self.assertEqual(cell.String, error, message)
                self.assertEqual(cell.Formula.upper(), formula.replace("=", "=ORG.CALCKPI.KPI.").upper(), message)
        with self.opened(office, paths["xlsx"]) as document:
            self.assert_right(document.Sheets[0], message)

    def assert_healed(self, office, paths, message=""):
        for path in paths.values():
            with self.opened(office, path) as document:
                self.assert_lives(document, message)


class Changes(LifeTest):
    """One user, one profile, one life."""

    def test_upgraded_disabled_removed_and_put_back_with_documents_open(self):
        office = self.new_office()
        office.install(of_version("0.0.1", self.folder / "older.oxt"))
        self.assertEqual(self.extension(office).getVersion(), "0.0.1")
        document, sheet = self.sheet_with_formulas(office)
        paths = self.save_documents(document)

        # The new version goes over the old one while a document is open. What is recalculated before the restart shows an error,
        # and so it is even saved.
        self.add(office, bed.OXT)
        self.assertEqual(self.extension(office).getVersion(), version_of(bed.OXT))
        self.assert_right(sheet, "upgraded, not restarted")
        self.assert_right_or_error(document, "upgraded, not restarted")
        saved_between = self.save_documents(document, "between")
        document.close(True)
        office.restart()
        self.assertEqual(len(office.extensions.getDeployedExtensions("user", None, None)), 1)
        self.assert_healed(office, paths, "upgraded")
        self.assert_healed(office, saved_between, "saved between upgrade and restart")

        # Disabled, then enabled.
        document = office.open(paths["ods"])
        office.extensions.disableExtension(self.extension(office), None, Approving())
        self.assert_right(document.Sheets[0], "disabled, not restarted")
        self.assert_right_or_error(document, "disabled, not restarted")
        document.store()
        document.close(True)
        office.restart()
        self.assert_kept(office, paths, "#NAME?", "disabled")
        office.extensions.enableExtension(self.extension(office), None, Approving())
        office.restart()
        self.assert_healed(office, paths, "enabled")

        # Removed, then installed again.
        document = office.open(paths["ods"])
        office.extensions.removeExtension(IDENTIFIER, self.extension(office).getName(), "user", None, Approving())
        self.assert_right(document.Sheets[0], "removed, not restarted")
        self.assert_right_or_error(document, "removed, not restarted")
        document.close(True)
        office.restart()
        self.assertIsNone(self.extension(office))
        self.assert_kept(office, paths, "#NAME?", "removed")
        office.install(bed.OXT)
        self.assert_healed(office, paths, "put back")

        # An older version over a newer one.
        office.install(self.folder / "older.oxt")
        self.assertEqual(self.extension(office).getVersion(), "0.0.1")
        self.assert_healed(office, paths, "older again")


class Users(LifeTest):
    def test_two_users_at_the_same_time(self):
        first, second = self.new_office(), self.new_office()
        first.install(bed.OXT)
        document, _ = self.sheet_with_formulas(first)
        paths = self.save_documents(document)
        self.assert_kept(second, paths, "#NAME?", "the second user has not installed it")
        second.install(of_version("0.0.1", self.folder / "older.oxt"))
        self.assert_healed(second, paths, "the second user, an older version")
        first.extensions.removeExtension(IDENTIFIER, self.extension(first).getName(), "user", None, Approving())
        document.close(True)
        first.restart()
        self.assert_kept(first, paths, "#NAME?", "the first user has removed it")
        self.assert_healed(second, paths, "the second user has kept it")

    def test_one_installation_for_all_users(self):
        # A folder of its own for what all users share, so that the machine's own office stays as it is.
        shared = {"UNO_SHARED_PACKAGES_CACHE": bed.office_url(self.folder / "shared")}
        office = self.new_office(environment=shared)
        expander = office.context.getValueByName("/singletons/com.sun.star.util.theMacroExpander")
        if expander.expandMacros("$UNO_SHARED_PACKAGES_CACHE") != shared["UNO_SHARED_PACKAGES_CACHE"]:
            self.skipTest("this office keeps to its own folder for what all users share")
        self.add(office, bed.OXT, "shared")
        office.restart()
        self.assertIsNotNone(self.extension(office, "shared"))
        self.assertIsNone(self.extension(office, "user"))
        document, _ = self.sheet_with_formulas(office)
        paths = self.save_documents(document)
        document.close(True)
        another = self.new_office(environment=shared)
        self.assert_healed(another, paths, "another user")
        # A copy of one's own beside it: Calc says that it cannot enable it while the shared one is at work, and enables it at the
        # next start.
        with self.assertRaises(DeploymentException):
            self.add(another, of_version("99", self.folder / "newer.oxt"))
        another.restart()
        self.assertEqual(self.extension(another).getVersion(), "99")
        self.assert_healed(another, paths, "own copy and shared one")
        self.assert_healed(office, paths, "all the while")


class Broken(LifeTest):
    """What is broken, what the office does with it, and that a good .oxt put over it heals all."""

    def refused_files(self):
        whole = pathlib.Path(bed.OXT).read_bytes()
        contents = {f"first-{size}.oxt": whole[:size] for size in (1, 1000, len(whole) // 2, len(whole) - 2000, len(whole) - 10)}
        contents["page.oxt"] = b"<!DOCTYPE html><html>404: not found</html>"
        with zipfile.ZipFile(bed.OXT) as archive:
            library = archive.getinfo(LIBRARY)
        spoiled = bytearray(whole)
        middle = library.header_offset + library.compress_size // 2
        spoiled[middle:middle + 64] = bytes(64)
        contents["spoiled.oxt"] = bytes(spoiled)
        for name, content in contents.items():
            path = self.folder / name
            path.write_bytes(content)
            yield path

    def test_what_the_office_refuses_leaves_the_installed_version_at_work(self):
        office = self.new_office()
        office.install(bed.OXT)
        document, _ = self.sheet_with_formulas(office)
        paths = self.save_documents(document)
        for path in self.refused_files():
            with self.subTest(path.name):
                with self.assertRaises((DeploymentException, WrappedTargetRuntimeException)):
                    self.add(office, path)
                self.assert_lives(document, path.name)
        # Those that are for another office or another machine are told so about, even to one who says yes to all, and left.
        for path in (for_a_later_office(self.folder / "later-office.oxt"), for_another_machine(self.folder / "other-machine.oxt")):
            with self.subTest(path.name):
                self.add(office, path)
                self.assert_lives(document, path.name)
                self.assertEqual(self.extension(office).getName(), pathlib.Path(bed.OXT).name)
        document.close(True)
        office.restart()
        self.assertEqual(self.extension(office).getVersion(), version_of(bed.OXT))
        self.assert_healed(office, paths, "after the refusals")

    def test_what_the_office_takes_is_mended_by_a_good_one_put_over_it(self):
        office = self.new_office()
        office.install(bed.OXT)
        document, _ = self.sheet_with_formulas(office)
        paths = self.save_documents(document)
        document.close(True)
        broken = {
            "no-library": ("Err:504", {}, (LIBRARY,)),
            "text-for-library": ("Err:504", {LIBRARY: lambda content: b"this is no library\n"}, ()),
            "head-of-library": ("Err:504", {LIBRARY: lambda content: content[:100]}, ()),
            "other-platform": ("Err:504", {MANIFEST: oxts.replacing(b"platform=Linux_X86_64", b"platform=Windows_x86_64")}, ()),
            "no-types": ("Err:504", {}, (TYPES,)),
            "no-functions": ("#NAME?", {}, (FUNCTIONS,)),
        }
        for name, (error, changes, without) in broken.items():
            with self.subTest(name):
                self.add(office, oxts.copy_changed(bed.OXT, self.folder / f"{name}.oxt", changes, without))
                office.restart()
                self.assert_kept(office, paths, error, name)
        # One that holds nothing is taken, under its own name, and does nothing.
        (self.folder / "nothing.oxt").write_bytes(b"")
        self.add(office, self.folder / "nothing.oxt")
        office.install(bed.OXT)
        self.assert_healed(office, paths, "mended")


if __name__ == "__main__":
    bed.main()
