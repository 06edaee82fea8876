"""The house has the arrows that are drawn and no others; and whoever draws a wrong one is told."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def rooms(project):
    return subprocess.run([sys.executable, PROJECT / "tests/checks/rooms.py", project], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)


class Rooms(unittest.TestCase):
    def house(self, cmake, **files):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        project = Path(folder.name)
        for name, text in {"core/CMakeLists.txt": cmake, "addin/CMakeLists.txt": "", **files}.items():
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            (project / name).write_text(text, encoding="utf-8")
        return project

    def test_the_house_as_it_is(self):
        result = rooms(PROJECT)
        self.assertEqual(result.returncode, 0, result.stdout)

    def test_an_arrow_up_is_named(self):
        house = self.house("calckpi_room(NAME values USES flags)\ncalckpi_room(NAME kpis SOURCES a.cpp USES values)\n",
                           **{"core/values/text.hpp": '#include "core/kpis/sales.hpp"\n', "core/kpis/sales.hpp": '#include "core/values/text.hpp"\n'})
        result = rooms(house)
        self.assertEqual(result.returncode, 1)
        self.assertEqual(result.stdout.strip(), "core/values/text.hpp: core/values must not use core/kpis (core/kpis/sales.hpp)")

    def test_a_folder_that_is_no_room_is_named(self):
        house = self.house("calckpi_room(NAME values USES flags)\n", **{"core/attic/old.hpp": '#include "core/values/text.hpp"\n'})
        self.assertIn("core/attic is no room", rooms(house).stdout)

    def test_a_circle_is_named(self):
        house = self.house("calckpi_room(NAME a USES b)\ncalckpi_room(NAME b USES a)\n", **{"core/a/x.hpp": '#include "core/b/y.hpp"\n'})
        result = rooms(house)
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("a circle: core/a -> core/b -> core/a", result.stdout)


if __name__ == "__main__":
    unittest.main()
