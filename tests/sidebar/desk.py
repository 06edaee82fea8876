"""A desk: a screen of its own (Xvfb) with a window manager, a pointer and a keyboard.

    with Desk() as desk:
        desk.click(200, 300)
        desk.keys("ctrl+z")
        desk.picture("insert")
"""
import os
import pathlib
import re
import select
import signal
import subprocess
import time

START_SECONDS = 30
COMMAND_SECONDS = 30
DOUBLE_CLICK_SECONDS = 0.6  # longer than GTK takes two clicks for one


PATIENCE = float(os.environ.get("CALCKPI_PATIENCE", 20))  # seconds; a slow machine may need more


def wait_until(condition, what, seconds=PATIENCE):
    """Waits for the office to get there, and gives what the condition gave. It is asked again and again, so it must only look."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what() if callable(what) else what}")
        time.sleep(0.03)


class Desk:
    def __init__(self, width=1600, height=1000, scale=1):
        # All places and sizes are in the units of the office; with GDK_SCALE=2 the screen has four pixels for each.
        self.width = width
        self.height = height
        self.scale = scale
        self._running = []
        self._pressed = 0, 0, 0.0  # where and when last

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self._running):
            process.terminate()
            try:
                process.wait(COMMAND_SECONDS)
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
        self._running.clear()

    def _start(self):
        # The server finds a free display number itself and writes it into the pipe. It ends with this program, even if that is
        # killed, and with it all that is on its screen.
        answer, told = os.pipe()
        self._run("setpriv", "--pdeathsig", "TERM", "Xvfb", "-displayfd", str(told), "-noreset", "-nolisten", "tcp", "-dpi", "96",
                  "-screen", "0", f"{self.width * self.scale}x{self.height * self.scale}x24", pass_fds=[told])
        os.close(told)
        with open(answer, encoding="ascii") as line:
            ready, _, _ = select.select([line], [], [], START_SECONDS)
            number = line.readline().strip() if ready else ""  # the whole line: Xvfb ends if nobody reads the rest of it
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.display = ":" + number
        self.environment = {**os.environ, "DISPLAY": self.display}
        self._run("openbox", "--sm-disable", env=self.environment)
        wait_until(self._has_window_manager, "the window manager is there")

    def _run(self, *command, **options):
        self._running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options))

    def _do(self, *words):
        return subprocess.run(["xdotool", *map(str, words)], env=self.environment, timeout=COMMAND_SECONDS, check=True, capture_output=True,
                              text=True).stdout

    def _has_window_manager(self):
        return subprocess.run(["xdotool", "get_num_desktops"], env=self.environment, timeout=COMMAND_SECONDS,
                              capture_output=True).returncode == 0

    def _move(self, x, y):
        return ["mousemove", x * self.scale, y * self.scale, "sleep", 0.03]

    # The pointer
    def point(self, x, y):
        """Moves there in two steps: the first only enters the window."""
        self._do(*self._move(x, y - 1), *self._move(x, y))

    def rest(self):
        """Moves away from what would show its help text."""
        self._do(*self._move(self.width // 3, self.height - 8))

    def _press(self, x, y, *words):
        """Moves there and does what the words say, not so soon that it would be the second click of a double click."""
        before_x, before_y, when = self._pressed
        if abs(x - before_x) < 10 and abs(y - before_y) < 10:
            time.sleep(max(0.0, when + DOUBLE_CLICK_SECONDS - time.monotonic()))
        self._do(*self._move(x, y), *words)
        self._pressed = x, y, time.monotonic()

    def click(self, x, y, times=1):
        self._press(x, y, "click", "--repeat", times, "--delay", 60, 1)

    def drag(self, start, end):
        middle = [(a + b) // 2 for a, b in zip(start, end)]
        self._press(*start, "mousedown", 1, "sleep", 0.05, *self._move(*middle), *self._move(*end), "sleep", 0.05, "mouseup", 1)

    def wheel(self, x, y, down, notches=3):
        self._do(*self._move(x, y), "click", "--repeat", notches, "--delay", 15, 5 if down else 4)

    # The keyboard
    def keys(self, *names):
        self._do("key", "--delay", 40, *names)

    def type(self, text):
        self._do("type", "--delay", 15, text)

    # The screen
    def windows(self, search):
        """The X windows that an xdotool search finds, and their places: {window: (x, y, width, height)}."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", *search], env=self.environment, timeout=COMMAND_SECONDS,
                               capture_output=True, text=True).stdout  # it fails when there is none
        places = {}
        for window in found.split():
            try:
                shell = dict(line.split("=") for line in self._do("getwindowgeometry", "--shell", window).split())
            except subprocess.CalledProcessError:  # gone meanwhile
                continue
            places[window] = tuple(int(shell[name]) // self.scale for name in ("X", "Y", "WIDTH", "HEIGHT"))
        return places

    def bring_to_front(self, title):
        self._do("search", "--onlyvisible", "--limit", 1, "--name", "^" + re.escape(title), "windowactivate", "--sync")

    def picture(self, name, area=None, hover=False):
        """Keeps a picture of the screen, or of an area (x, y, width, height), as build/pictures/sidebar/NAME.png."""
        path = pathlib.Path(os.environ["CALCKPI_PICTURES"]) / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not hover:
            self.rest()
        time.sleep(0.4)
        crop = []
        if area:
            x, y, width, height = area
            crop = ["-crop", f"{width}x{height}+{x}+{y}"]
        subprocess.run(["import", "-display", self.display, "-window", "root", *crop, "+repage", str(path)], timeout=COMMAND_SECONDS,
                       check=True, capture_output=True)
        return path
