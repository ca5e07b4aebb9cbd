"""One measured row, and how it is measured: medians of alternating runs of ours and the raw way."""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
U = TypeVar("U")
RUNS = 5
ROOT = Path(__file__).resolve().parents[2]
CHILD_SECONDS = 900


class Row:
    """A line of the table. `ratio` is value / raw; `met` is None when it could not be measured or has no bar."""

    def __init__(
        self, name: str, value: float | None, raw: float | None, bar: str, met: bool | None, ratio: float | None = None
    ) -> None:
        self.name, self.value, self.raw, self.bar, self.met = name, value, raw, bar, met
        self.ratio = value / raw if ratio is None and value is not None and raw else ratio

    def plain(self) -> dict[str, Any]:
        """The row as JSON holds it: numbers to four digits."""
        return {
            "name": self.name, "value": four(self.value), "raw": four(self.raw), "ratio": four(self.ratio),
            "bar": self.bar, "met": self.met,
        }  # fmt: skip


def four(number: float | None) -> float | None:
    """A number to four significant digits."""
    if number is None or number == 0 or not math.isfinite(number):
        return number
    return round(number, max(0, 3 - math.floor(math.log10(abs(number)))))


def most(name: str, value: float, raw: float | None, bar: str, limit: float) -> Row:
    """A row whose value may be at most `limit`."""
    return Row(name, value, raw, bar, value <= limit)


def unmeasured(name: str, reason: str) -> Row:
    """A row that cannot be measured here."""
    return Row(name, None, None, f"not measured: {reason}", None)


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def each_ms(work: Callable[[T], object], inputs: Sequence[T]) -> list[float]:
    """How long it takes for each input, in milliseconds."""
    return [1000 * seconds(lambda one=one: work(one)) for one in inputs]  # type: ignore[misc]


def percentile(numbers: Sequence[float], share: float) -> float:
    """The number below which this share of them lies."""
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, max(0, math.ceil(share * len(ordered)) - 1))]


def alternate(
    ours: Callable[[], T], raw: Callable[[], U], *, runs: int = 0, warm: bool = True
) -> tuple[list[T], list[U]]:
    """What both give in runs that take turns; first once each, uncounted, to warm up."""
    if warm:
        ours()
        raw()
    pairs = [(ours(), raw()) for _ in range(runs or RUNS)]
    return [one for one, _ in pairs], [other for _, other in pairs]


def middle(numbers: Sequence[float]) -> float:
    """The median."""
    return statistics.median(numbers)


def rss_mb() -> float | None:
    """Memory this process holds now, in MB; None where the system does not tell it this way."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return None
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class Peak:
    """Watches this process's memory while something runs: `growth` in MB over where it began."""

    def __init__(self) -> None:
        self._begun = self._most = rss_mb() or 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._stop.wait(0.02):
            self._most = max(self._most, rss_mb() or 0.0)

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    @property
    def growth(self) -> float:
        """The most it grew."""
        return max(self._most, rss_mb() or 0.0) - self._begun


def child(*arguments: str) -> Any:
    """Run a part in an interpreter of its own; what it printed last, as JSON. Raises RuntimeError with its words."""
    command = [sys.executable, "-m", "tests.speed.child", *arguments]
    environment = {"QT_QPA_PLATFORM": "offscreen"} | os.environ
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=CHILD_SECONDS)
    if done.returncode:
        raise RuntimeError((done.stderr.strip() or done.stdout.strip() or f"exit {done.returncode}").splitlines()[-1])
    return json.loads(done.stdout.strip().splitlines()[-1])
