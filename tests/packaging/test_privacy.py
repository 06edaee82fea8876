"""The extension opens no file, no connection and no process, and brings no macro.

    test_privacy.py EXTENSION.oxt

What native code can do to the world outside it must import: so the library's imports tell. What it can ask of the office are
services, whose names stand in it as text. What the office runs of the package stands in the package's list of files.
"""

import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

OXT = Path(sys.argv.pop(1))
LIBRARY = "Linux_X86_64/calckpi.so"

# Names without their version. The C library, C++'s streams and file systems, and the office's own layer over the system.
REACHING_OUT = re.compile(
    r"""^_*(
      (f?open|open(at|dir)|creat|mk(dir|stemp|fifo)|f?re(ad|write)dir|rename|unlink|remove|rmdir|tmpfile)(64|at|at64)?
    | fopen(64)?|freopen(64)?|mmap(64)?|stat(64)?|lstat(64)?|xstat(64)?|access
    | socket(pair)?|connect|bind|listen|accept4?|send(to|msg)?|recv(from|msg)?|getaddrinfo|gethostby.*
    | system|popen|v?fork|exec[lv]p?e?|posix_spawnp?|dlopen|dlmopen|getenv|secure_getenv|kill|ptrace
    | osl_(open|create|remove|move|copy|get|set|load|execute|connect|bind|accept|psz)?[A-Za-z]*
          (File|Directory|Socket|Process|Module|Pipe|Profile|Environment|Security).*
    | ZNK?St1[0-9]basic_(filebuf|[io]?fstream).*
    | ZN[A-Z]*St10filesystem.*
    )$""",
    re.VERBOSE,
)

# Parts of the office that read and write files, talk to servers or databases, run scripts, or start programs. Streams over bytes in
# memory are none of them.
IN_MEMORY = r"X?Sequence(?:In|Out)putStream|X(?:In|Out)putStream|XSeekable(?:InputStream)?"
FORBIDDEN_SERVICES = re.compile(
    rf"com\.sun\.star\.(?:ucb|io(?!\.(?:{IN_MEMORY})\b)|system|connection|bridge|sdb[a-z]*|mail|security|script\.(?:provider|browse)"
    r"|task\.JobExecutor|util\.URLTransformer|frame\.Desktop|packages)\.?[A-Za-z.]*".encode()
)

MEDIA_TYPES = {
    "application/vnd.sun.star.uno-components;platform=Linux_X86_64",
    "application/vnd.sun.star.uno-typelibrary;type=RDB",
    "application/vnd.sun.star.configuration-data",
}
KINDS_OF_FILES = {".xcu", ".xml", ".components", ".so", ".rdb", ".txt", ".png", ".html", ".fods", ".xdl", ""}


def imports(library: Path) -> list[str]:
    listed = subprocess.run(["nm", "-D", "--undefined-only", library], check=True, capture_output=True, text=True, timeout=60)
    return [line.split()[-1].split("@")[0] for line in listed.stdout.splitlines()]


class Privacy(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        with zipfile.ZipFile(OXT) as package:
            package.extractall(cls.folder.name)
            cls.files = package.namelist()
        cls.root = Path(cls.folder.name)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.folder.cleanup()

    def test_imports_nothing_that_reaches_out(self) -> None:
        names = imports(self.root / LIBRARY)
        self.assertGreater(len(names), 50, "nm lists the library's imports")
        self.assertEqual([name for name in names if REACHING_OUT.match(name)], [])

    def test_would_see_an_import_that_reaches_out(self) -> None:
        for name in ("fopen64", "open", "openat", "socket", "connect", "getenv", "dlopen", "system", "execve", "posix_spawn", "unlink",
                     "osl_openFile", "osl_createDirectory", "osl_createStreamSocket", "osl_loadModule", "osl_executeProcess",
                     "_ZNSt13basic_filebufIcSt11char_traitsIcEEC1Ev", "_ZNSt14basic_ifstreamIcSt11char_traitsIcEEC1Ev",
                     "_ZNSt10filesystem6statusERKNS_7__cxx114pathE"):
            self.assertRegex(name, REACHING_OUT)
        for name in ("memcpy", "osl_acquireMutex", "osl_getGlobalMutex", "rtl_uString_new", "_ZNSo5flushEv", "snprintf"):
            self.assertNotRegex(name, REACHING_OUT)

    def test_links_only_the_offices_and_the_languages_libraries(self) -> None:
        headers = subprocess.run(["objdump", "-p", self.root / LIBRARY], check=True, capture_output=True, text=True, timeout=60).stdout
        needed = set(re.findall(r"NEEDED\s+(\S+)", headers))
        allowed = {"libuno_cppu.so.3", "libuno_cppuhelpergcc3.so.3", "libuno_sal.so.3", "libuno_salhelpergcc3.so.3",
                   "libstdc++.so.6", "libm.so.6", "libgcc_s.so.1", "libc.so.6", "ld-linux-x86-64.so.2"}
        self.assertLessEqual({"libc.so.6"}, needed)
        self.assertEqual(needed - allowed, set())

    def test_asks_the_office_for_no_file_server_script_or_program(self) -> None:
        names = sorted({name.decode() for name in FORBIDDEN_SERVICES.findall((self.root / LIBRARY).read_bytes())})
        self.assertEqual(names, [])

    def test_package_holds_no_macro(self) -> None:
        manifest = ElementTree.parse(self.root / "META-INF/manifest.xml").getroot()
        types = {value for entry in manifest.iter() for name, value in entry.items() if name.endswith("media-type") and value}
        self.assertTrue(types)
        self.assertLessEqual(types, MEDIA_TYPES)
        self.assertEqual([name for name in self.files if Path(name).suffix not in KINDS_OF_FILES], [])
        for sample in (name for name in self.files if name.endswith(".fods")):
            self.assertNotRegex((self.root / sample).read_text(encoding="utf-8"), "<(office:scripts|script:event-listener|ooo:libraries)[ >/]")


if __name__ == "__main__":
    unittest.main()
