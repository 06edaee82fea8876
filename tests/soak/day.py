"""What the parts of a day in the office share: figures and violations, the judgement on memory, and an office that is looked after."""
import os
import pathlib
import statistics
import sys

SOURCE = pathlib.Path(os.environ["CALCKPI_SOURCE"])
sys.path[:0] = [str(SOURCE / folder) for folder in ("packaging", "registration", "tests/support", "tests/sidebar")]

from office import Office  # noqa: E402, F401
from office_process import Watched  # noqa: E402
from desk import wait_until  # noqa: E402

OXT = os.environ["CALCKPI_OXT"]
RESULTS = pathlib.Path(os.environ.get("CALCKPI_SOAK_RESULTS", SOURCE / "build/soak"))

# What is allocated may grow by so much over the last half of the work, and by so much more than in an office that does the like without
# the extension.
MOST_GROWTH = 0.05
FEWEST_SAMPLES = 20
MOST_SAMPLES_SHOWN = 12
HEAP_SECONDS = 60  # within which an office tells of its heap


def watched(office, seconds):
    """The threads of an office that hangs are kept beside the results."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    return Watched(office, seconds, RESULTS / f"hang-{office.pid}.txt")


class Heap:
    """What an office has allocated and not freed, in kilobytes (heap_in_use.cpp). The office gets the environment."""

    def __init__(self, folder):
        self._folder = folder
        self.environment = {"LD_PRELOAD": os.environ["CALCKPI_HEAP_IN_USE"], "CALCKPI_HEAP": str(folder)}

    @property
    def now(self):
        answer = self._folder / "answer"
        (self._folder / "ask").touch()
        wait_until(answer.exists, "the office tells of its heap", HEAP_SECONDS)
        kilobytes = int(answer.read_text(encoding="ascii")) / 1024
        answer.unlink()
        return kilobytes


class Report:
    """The figures of one part, printed as they come, and what must not be."""

    def __init__(self, title):
        self.violations = 0
        print(f"\n{title}", flush=True)

    @staticmethod
    def figure(name, value, remark=""):
        print(f"  {name:<58} {value:>16}  {remark}".rstrip(), flush=True)

    def violation(self, text):
        self.violations += 1
        print(f"  VIOLATION: {text[:800]}", flush=True)

    def require(self, holds, text):
        if not holds:
            self.violation(text)

    def end(self):
        self.figure("violations", self.violations)
        return 1 if self.violations else 0


def growth(samples):
    """By how much the last half grew: the median of its last quarter against that of its first."""
    half = samples[len(samples) // 2:]
    quarter = max(1, len(half) // 4)
    return statistics.median(half[-quarter:]) / statistics.median(half[:quarter]) - 1


def judge_memory(report, samples, control=None, peak=None):
    """`samples` are the allocated megabytes in the order of the work, `peak` is resident memory; nothing is judged by too few. `control`
    does the like without the extension and gives its megabytes."""
    def shown(values):
        step = max(1, -(-len(values) // MOST_SAMPLES_SHOWN))
        return " ".join(f"{value:.0f}" for value in values[::step])

    report.figure("allocated and not freed, MB", f"{samples[-1]:.0f}", shown(samples))
    if peak is not None:
        report.figure("resident memory at its peak, MB", f"{peak:.0f}")
    if len(samples) < FEWEST_SAMPLES:
        return
    report.figure("growth over the last half", f"{growth(samples):+.1%}", f"at most {MOST_GROWTH:.0%}, or as much more than without the extension")
    own = 0.0
    if control and growth(samples) > MOST_GROWTH:  # it takes as long again
        without = control()
        own = growth(without)
        report.figure("without the extension: allocated and not freed, MB", f"{without[-1]:.0f}", shown(without))
        report.figure("without the extension: growth over the last half", f"{own:+.1%}")
    report.require(growth(samples) <= max(own, 0) + MOST_GROWTH, "memory does not settle")
