"""Checks the library inside the extension: what it asks of the system it is installed in, and what it shows to others.

    check_library.py CALCKPI.oxt

Whatever it was built with, it must load with the libraries of Debian 12 and LibreOffice 7.4, the oldest that are promised.
"""
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

OXT = sys.argv.pop(1)

# The newest versions that they define, from `objdump -p` of libc.so.6 (libc6 2.36), libstdc++.so.6 and libgcc_s.so.1 (gcc 12.2)
# in Debian 12, and of libuno_*.so.3 in LibreOffice 7.4.
OFFERED = {"GLIBC": "2.36", "GLIBCXX": "3.4.30", "CXXABI": "1.3.13", "GCC": "12.0.0", "UDK": "3.11", "LIBO_UDK": "7.4"}
COMPONENT = "{http://openoffice.org/2010/uno-components}"


def numbers(version):
    return [int(part) for part in re.split("[._]", version)]


def newer_than(needed, offered):
    """Those of the needed versions, such as GLIBC_2.38, that are not among the offered or come after them."""
    def is_offered(name):
        kind, version = re.fullmatch(r"([A-Z_]*[A-Z])_([0-9._]+)", name).groups()
        return kind in offered and numbers(version) <= numbers(offered[kind])

    return sorted(name for name in needed if not is_offered(name))


class Library(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="calckpi-library-"))
        with zipfile.ZipFile(OXT) as oxt:
            components, = (name for name in oxt.namelist() if name.endswith(".components"))
            cls.component = ElementTree.fromstring(oxt.read(components)).find(COMPONENT + "component")
            library = components.rpartition("/")[0] + "/" + cls.component.get("uri")
            cls.library = oxt.extract(library, folder)

    def read(self, *command):
        return subprocess.run([*command, self.library], check=True, capture_output=True, text=True, timeout=60).stdout

    def needed(self):
        # ... DF *UND*  0000000000000000 (GLIBC_2.2.5) memcpy
        lines = (line for line in self.read("objdump", "-T").splitlines() if "*UND*" in line)
        return {version for line in lines for version in re.findall(r" \(?([A-Z][A-Z_]*_[0-9][0-9._]*)\)? +\S+$", line)}

    def test_it_needs_nothing_newer_than_the_oldest_system_promised(self):
        needed = self.needed()
        self.assertTrue({"GLIBC_2.2.5", "GLIBCXX_3.4", "CXXABI_1.3", "UDK_3_0_0"} <= needed, needed)
        self.assertEqual(newer_than(needed, OFFERED), [])

    def test_what_is_newer_would_be_found(self):
        """With what a Debian 13 offers, and with the library itself held against older systems."""
        self.assertEqual(newer_than(["GLIBC_2.36", "GLIBC_2.38", "GLIBCXX_3.4.9", "GLIBCXX_3.4.32", "CXXABI_1.3.15", "OTHER_1"], OFFERED),
                         ["CXXABI_1.3.15", "GLIBCXX_3.4.32", "GLIBC_2.38", "OTHER_1"])
        for kind in ("GLIBC", "GLIBCXX", "CXXABI"):
            self.assertNotEqual(newer_than(self.needed(), {**OFFERED, kind: "1"}), [], kind)

    def test_it_exports_its_constructors_and_nothing_else(self):
        constructors = sorted(each.get("constructor") for each in self.component.findall(COMPONENT + "implementation"))
        exported = sorted(line.split()[-1] for line in self.read("nm", "-D", "--defined-only").splitlines())
        self.assertGreater(len(constructors), 2)
        self.assertEqual(exported, constructors)

    def test_it_names_no_folder_of_the_machine_it_was_built_on(self):
        dynamic = self.read("readelf", "--dynamic", "--wide")
        self.assertIn("libuno_sal.so.3", dynamic)
        self.assertNotRegex(dynamic, r"\((RPATH|RUNPATH)\)")


if __name__ == "__main__":
    unittest.main(verbosity=2)
