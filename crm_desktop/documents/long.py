"""Long tables are set in a process of their own: the window never waits for them, and Cancel ends them at once.

Typst tells nothing of how far it is; what is shown goes by how long the tables before took, and never says it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from time import monotonic
from typing import Any

from crm_desktop.documents import typeset
from crm_desktop.documents.typeset import Broken
from crm_desktop.exchange.apart import Apart
from crm_desktop.exchange.progress import Progress

LONG = 20_000  # cells: about a second
BEGINNING, NEARLY = 0.8, 0.97  # seconds until the process is there; the most that is told of work not done
Step = Callable[[int, int], None]


class Pace:
    """How long a cell took so far on this PC."""

    seconds = 60e-6


def setter(step: Step) -> Callable[[str, Mapping[str, Any]], bytes]:
    """What sets a paper, `typeset.pdf` with its errors; `step(done, of)` counts cells and may raise to stop."""
    return partial(_pdf, step)


def _pdf(step: Step, template: str, data: Mapping[str, Any]) -> bytes:
    if (cells := _cells(data)) < LONG:
        return typeset.pdf(template, data)
    clock = _Clock(step, cells)
    apart = Apart(_set, template, dict(data), patience=0.0)
    try:
        kind, *what = apart.ask(clock)
    finally:
        apart.stop()
    if kind == "broken":
        raise Broken(*what)
    clock.done()
    return bytes(what[0])


def _set(_progress: Progress, template: str, data: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """In the other process."""
    try:
        yield "done", typeset.pdf(template, data)
    except Broken as error:
        yield "broken", error.line, error.reason


class _Clock:
    """Tells how far it should be by now."""

    def __init__(self, step: Step, cells: int) -> None:
        self._step, self._cells, self._begun = step, cells, monotonic()

    def step(self, _done: int, _total: int) -> None:
        """Called all the time by who waits. Raises what `step` raises."""
        share = (monotonic() - self._begun) / (BEGINNING + self._cells * Pace.seconds)
        self._step(int(self._cells * min(NEARLY, share)), self._cells)

    def done(self) -> None:
        """The next one is judged by this one, too."""
        took = max(0.0, monotonic() - self._begun - BEGINNING) / self._cells
        Pace.seconds = (Pace.seconds + took) / 2


def _cells(value: Any) -> int:
    """How many texts a paper prints."""
    if isinstance(value, Mapping):
        return sum(map(_cells, value.values()))
    return sum(map(_cells, value)) if isinstance(value, list | tuple) else 1
