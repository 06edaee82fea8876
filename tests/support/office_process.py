"""The process of an office, seen from outside: its memory, and its end when it does not answer."""
import os
import pathlib
import shutil
import signal
import subprocess
import threading

WAIT_SECONDS = 600  # for each call to the office, unless told


def folder_of(office):
    """The folder of the office's process in /proc; what was started is a script that waits for it."""
    for status in pathlib.Path("/proc").glob("[0-9]*/status"):
        try:
            if status.read_text().startswith("Name:\tsoffice.bin") and os.getpgid(int(status.parent.name)) == office.pid:
                return status.parent
        except OSError:  # a process that has ended meanwhile
            continue
    raise RuntimeError("the office has no process")


def threads_of(office):
    """What each of its threads is at, if there is a debugger to tell."""
    if shutil.which("gdb") is None:
        return "no gdb here, so nobody knows where it hangs"
    return subprocess.run(["gdb", "-p", folder_of(office).name, "-batch", "-ex", "thread apply all backtrace 40"], timeout=300,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False).stdout


class Watched:
    """Ends an office that does not answer: a call to it then fails instead of waiting for ever. With `threads`, the path of a file,
    it writes there first where the office hangs."""

    def __init__(self, office, seconds=WAIT_SECONDS, threads=None):
        self._office = office
        self._seconds = seconds
        self._threads = threads
        self.ended = False

    def _end(self):
        self.ended = True
        try:
            if self._threads:
                self._threads.write_text(threads_of(self._office), encoding="utf-8")
        finally:
            os.killpg(self._office.pid, signal.SIGKILL)

    def __enter__(self):
        self._timer = threading.Timer(self._seconds, self._end)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(self, *_):
        self._timer.cancel()


class Memory:
    """Resident memory of the office's process, in MB; the peak can be set back. What the office gave back to its allocator still
    counts, so that a peak tells what was needed at most, not what one contender takes."""

    def __init__(self, office):
        self.highest = 0
        self._process = folder_of(office)

    def _figure(self, name):
        for line in (self._process / "status").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) / 1024
        raise RuntimeError(f"no {name}")

    def forget_peak(self):
        self.highest = max(self.highest, self.peak)
        (self._process / "clear_refs").write_text("5")

    @property
    def peak(self):
        return self._figure("VmHWM")

    @property
    def now(self):
        return self._figure("VmRSS")
