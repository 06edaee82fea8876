"""The private office of packaging/office.py for people who wait: no step takes longer than its limit.

    with BoundedOffice() as office:
        office.install(Path("calckpi.oxt"))
        with office.limit(60, "saving"):
            document.store()

When a step exceeds its limit the office is ended, and the call that waits for it raises OfficeFailed.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from office import Office  # noqa: E402
from com.sun.star.lang import DisposedException  # noqa: E402  (after office, which imports uno)

# Formulas show ";" between arguments, as the reference writes them; a US office shows ",".
SEMICOLONS = "".join(
    '<item oor:path="/org.openoffice.Office.Calc/Formula/Syntax">'
    f'<prop oor:name="{name}" oor:op="fuse"><value>{sign}</value></prop></item>'
    for name, sign in (("SeparatorArg", ";"), ("SeparatorArrayCol", ";"), ("SeparatorArrayRow", "|")))


class OfficeFailed(Exception):
    """The office did not start, did not answer in time or did not do what it was asked."""


class _Limit:
    # Not a generator with @contextmanager: that one sets the traceback of what passes through, which UNO's exceptions refuse.
    def __init__(self, office, seconds, step):
        self._office, self._seconds, self._step = office, seconds, step
        self._overdue = threading.Event()
        self._timer = threading.Timer(seconds, self._end_office)
        self._timer.daemon = True

    def _end_office(self):
        self._overdue.set()
        self._office.kill()

    def __enter__(self):
        self._timer.start()

    def __exit__(self, kind, error, trace):
        self._timer.cancel()
        if error is None:
            return
        if self._overdue.is_set():
            raise OfficeFailed(f"LibreOffice took longer than {self._seconds} seconds for {self._step}.") from None
        if isinstance(error, DisposedException) or (isinstance(error, Exception) and self._office.dies()):
            raise OfficeFailed(f"LibreOffice ended by itself while {self._step}.") from None


class BoundedOffice(Office):
    END_LIMIT = 20

    def __init__(self, language="en"):
        # Where paper is A4.
        super().__init__(locale={"en": "en-GB", "fr": "fr-FR", "ro": "ro-RO"}[language], settings=SEMICOLONS)
        # What an office that is ended by force leaves behind goes with the profile.
        temporary = self.profile / "tmp"
        temporary.mkdir()
        self._environment = {"TMPDIR": str(temporary)}

    @property
    def folder(self):
        """A folder for this office alone; it vanishes with it."""
        return self.profile

    def limit(self, seconds, step):
        return _Limit(self, seconds, step)

    def kill(self):
        if self._process is not None:
            # The launcher and what it started are one group, whose id is the launcher's process id.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def dies(self):
        """Whether the office is gone or going; the broken connection shows a moment earlier than its end."""
        try:
            self._process.wait(1)
        except subprocess.TimeoutExpired:
            return False
        return True

    def start(self):
        try:
            super().start()
        except RuntimeError as error:
            raise OfficeFailed(f"LibreOffice did not start: {error}.") from error
        except FileNotFoundError as error:
            raise OfficeFailed("LibreOffice is not installed: install libreoffice-calc.") from error

    def stop(self):
        with self.limit(self.END_LIMIT, "ending"):
            super().stop()

    def install(self, oxt):
        with self.limit(180, "installing the extension"):
            super().install(oxt)
