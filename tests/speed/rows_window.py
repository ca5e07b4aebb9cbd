"""Rows that need the window; each is measured in an interpreter of its own, without a screen."""

from __future__ import annotations

import compileall
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from .ground import BOOKINGS, Ground
from .measure import ROOT, RUNS, Row, child, middle, most, unmeasured

GAP_MS = 60
MOMENT_MS = 100
LOOP_RUNS = 3
MEMORY_MB = 150
START_SECONDS = 120.0


def window_reason(*modules: str) -> str:
    """Why the window cannot be measured here, or nothing."""
    for name in ("PySide6", *modules):
        try:
            if importlib.util.find_spec(name) is None:
                return f"{name} is not here"
        except ImportError as error:
            return str(error)
    return ""


def _seconds_until_line(*arguments: str) -> float:
    """From the start of an interpreter to the first line it prints."""
    command = [sys.executable, "-m", "tests.speed.child", *arguments]
    environment = {"QT_QPA_PLATFORM": "offscreen"} | os.environ
    begun = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        spent = time.perf_counter() - begun
        words = process.stderr.read() if not line else ""
        process.wait(START_SECONDS)
    if line.strip() != "usable":
        raise RuntimeError((words.strip() or line or "ended without a word").splitlines()[-1])
    return spent


def start_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """From nothing to a painted home that takes a key, against an empty window."""
    name = "start to usable, s (raw = an empty window)"
    if reason := window_reason("crm_desktop.app"):
        yield unmeasured(name, reason)
        return
    path = str(ground.dataset(factor).path)
    compileall.compile_dir(str(ROOT / "crm_desktop"), quiet=1)  # as setting the program up does; an environment may forbid a run to
    pairs = [(_seconds_until_line("start", path), _seconds_until_line("start-empty")) for _ in range(RUNS + 1)][1:]
    value, base = middle([one for one, _ in pairs]), middle([other for _, other in pairs])
    yield Row(name, value, base, "<= 4x", value <= 4 * base)


def list_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """The painted list of all stays."""
    if reason := window_reason("crm_desktop.ui.lists"):
        yield unmeasured("list painted: first visit, ms", reason)
        return
    path = str(ground.dataset(factor).path)
    runs = [child("window-list", path) for _ in range(RUNS)]
    for name in runs[0]["steps"]:
        limit = 150 if name == "first visit" else 50
        yield most(f"list painted: {name}, ms", middle([run["steps"][name] for run in runs]), None, f"<= {limit} ms", limit)
    for name in runs[0]["information"]:
        yield Row(f"list painted: {name}, ms", middle([run["information"][name] for run in runs]), None, "for information", None)
    growth = [run["growth"] for run in runs]
    if None not in growth:
        yield most("list painted: memory growth, MB", middle(growth), None, f"< {MEMORY_MB} MB", MEMORY_MB)


def ten_times_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """The painted list of this size against that of a tenth of it (in the column `raw`)."""
    if reason := window_reason("crm_desktop.ui.lists"):
        yield unmeasured("ten times the rows: list painted, ms", reason)
        return
    large, small = (str(ground.dataset(size).path) for size in (factor, factor / 10))
    pairs = [(child("window-list", large)["steps"], child("window-list", small)["steps"]) for _ in range(RUNS)]
    for name in pairs[0][0]:
        if name.startswith("filter") and "common" not in name:
            continue  # what finds ten times more in ten times the rows is no comparison
        value, base = middle([one[name] for one, _ in pairs]), middle([other[name] for _, other in pairs])
        yield Row(f"ten times the rows: list painted, {name}, ms", value, base, "<= 1.5x a tenth of the rows", value <= 1.5 * base)


def moment_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """What a seller does fifty times a day, from the last key to the painted answer."""
    if reason := window_reason("crm_desktop.app"):
        yield unmeasured("moments, painted, ms", reason)
        return
    with ground.scratch(ground.dataset(factor)) as place:
        found = child("moments", str(place.path))
    for name, times in found.items():
        yield most(f"moment, painted: {name}, ms", middle(times), None, f"<= {MOMENT_MS} ms", MOMENT_MS)


def loop_rows(ground: Ground, factor: float) -> Iterator[Row]:
    """The longest time the window takes no event while a file comes in and a list is scrolled."""
    name = "event loop while importing and scrolling, longest gap, ms"
    if reason := window_reason("crm_desktop.ui.lists"):
        yield unmeasured(name, reason)
        return
    dataset = ground.dataset(factor)
    runs = []
    for _ in range(LOOP_RUNS):
        with ground.scratch(dataset) as place:
            runs.append(child("loop", str(place.path), str(BOOKINGS) if BOOKINGS.exists() else ""))
    yield most(name, middle([run["gap"] for run in runs]), None, f"<= {GAP_MS} ms", GAP_MS)
    yield Row("event loop: longest gap, idle, ms", middle([run["idle"] for run in runs]), None, "for information", None)
    yield from _over(runs)


def _over(runs: Sequence[dict[str, float]]) -> Iterator[Row]:
    yield Row("event loop: gaps over 60 ms in one import", middle([run["over"] for run in runs]), None, "0", max(run["over"] for run in runs) == 0)
    yield Row("event loop: that import, s", middle([run["seconds"] for run in runs]), None, "for information", None)
