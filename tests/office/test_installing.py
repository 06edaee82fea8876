"""Installing, listing and removing: through the Extension Manager, and with unopkg as a user would."""
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import tempfile
import unittest
import zipfile

import bed
import oxts

IDENTIFIER = "org.calckpi.extension"


class ExtensionManager(bed.CalcTest):
    extensions = ()

    def extension(self):
        return next((package for package in self.office.extensions.getDeployedExtensions("user", None, None)
                     if package.getIdentifier().Value == IDENTIFIER), None)

    def test_installed_listed_used_and_removed(self):
        self.assertEqual(self.type("A1", "=WINRATE(3;7)").String, "#NAME?")
        self.document.close(True)
        self.office.install(bed.OXT)
        self.document = self.office.new_document()
        self.sheet = self.document.Sheets[0]
        self.assert_shows(self.type("A1", "=WINRATE(3;7)"), 0.3)

        package = self.extension()
        self.assertIn("Calc KPI", package.getDisplayName())
        self.assertIn("WINRATE", package.getDescription())
        self.assertIsNotNone(package.getIcon(False))
        self.assertIsNotNone(package.getIcon(True))
        self.assertEqual(package.isRegistered(None, None).Value.Value, True)

        self.document.close(True)
        self.office.remove(IDENTIFIER, package.getName())
        self.document = self.office.new_document()
        self.sheet = self.document.Sheets[0]
        self.assertEqual(self.type("A1", "=WINRATE(3;7)").String, "#NAME?")


class Unopkg(unittest.TestCase):
    """unopkg refuses root, so root runs it as the user nobody, in a home that the test makes."""

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="calckpi-unopkg-"))
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.oxt = shutil.copy(bed.OXT, self.home / "calckpi.oxt")
        self.prefix = []
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            for path in (self.home, self.oxt):
                os.chown(path, nobody.pw_uid, nobody.pw_gid)
            self.prefix = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]

    def unopkg(self, *arguments):
        profile = bed.office_url(self.home / "profile")
        done = subprocess.run([*self.prefix, "unopkg", *arguments, f"-env:UserInstallation={profile}"], timeout=120, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False,
                              # nobody may not be allowed into the current folder
                              cwd=self.home, env={**os.environ, "HOME": str(self.home)})
        return done.returncode, done.stdout + done.stderr

    def test_add_list_and_remove(self):
        code, said = self.unopkg("add", str(self.oxt))
        self.assertEqual(code, 0, said)
        code, listed = self.unopkg("list", IDENTIFIER)
        self.assertEqual(code, 0, listed)
        self.assertIn(f"Identifier: {IDENTIFIER}", listed)
        self.assertRegex(listed, r"is registered: yes")
        self.assertEqual(self.unopkg("remove", IDENTIFIER)[0], 0)

    def changed(self, name, changes):
        return oxts.copy_changed(bed.OXT, self.home / name, {"description.xml": oxts.replacing(*changes)})

    def test_a_newer_version_replaces_an_older_one_which_must_be_asked_for(self):
        version = re.search(rb'<version value="[^"]+"', zipfile.ZipFile(bed.OXT).read("description.xml"))[0]
        older = self.changed("older.oxt", (version, b'<version value="0.0.1"'))
        for arguments, refused in (((older,), False), ((self.oxt,), False), ((self.oxt,), True), ((older,), True),
                                   (("-f", older), False)):
            code, said = self.unopkg("add", *map(str, arguments))
            self.assertEqual(code != 0, refused, said)
            self.assertEqual("Extension has already been added" in said, refused, said)
        self.assertIn("Version: 0.0.1", self.unopkg("list", IDENTIFIER)[1])

    def test_what_cannot_work_is_refused_and_said(self):
        whole = pathlib.Path(bed.OXT).read_bytes()
        half = self.home / "half.oxt"
        half.write_bytes(whole[:len(whole) // 2])
        later = self.changed("later.oxt", (b'LibreOffice-minimal-version value="7.4" name="LibreOffice 7.4"',
                                           b'LibreOffice-minimal-version value="99.2" name="LibreOffice 99.2"'))
        machine = self.changed("machine.oxt", (b"linux_x86_64", b"windows_x86_64"))
        for path, words in ((half, "Bad Zip File"), (later, "unsatisfied dependencies"),
                            (machine, "does not work on this computer")):
            with self.subTest(path.name):
                self.assertIn(words, self.unopkg("add", str(path))[1])
                self.assertNotIn(IDENTIFIER, self.unopkg("list")[1])


class Contents(unittest.TestCase):
    def test_what_the_issue_promises_is_inside(self):
        with zipfile.ZipFile(bed.OXT) as oxt:
            names = set(oxt.namelist())
            self.assertIn("Mozilla Public License", oxt.read("LICENSE").decode())
            description = oxt.read("description.xml").decode()
            self.assertIn(f'<identifier value="{IDENTIFIER}"/>', description)
            self.assertIn('LibreOffice-minimal-version value="7.4"', description)
            self.assertNotIn("maximal-version", description)
            self.assertIn("platform=Linux_X86_64", oxt.read("META-INF/manifest.xml").decode())
            for language in ("en", "fr", "ro"):
                self.assertIn(f"reference/reference.{language}.html", names)
                self.assertIn(f'lang="{language}"', description)
                self.assertIn(f"description/description.{language}.txt", names)
            for entry in oxt.infolist():
                self.assertEqual(entry.date_time, (1980, 1, 1, 0, 0, 0), entry.filename)


if __name__ == "__main__":
    bed.main()
