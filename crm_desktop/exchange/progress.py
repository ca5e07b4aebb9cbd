"""Telling how far long work is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told how far the work is; may raise to stop it."""

    def step(self, done: int, total: int) -> None: ...


class Quiet:
    """Progress that nobody looks at."""

    def step(self, done: int, total: int) -> None:
        """Say nothing."""


class Of:
    """Progress of work whose total is known beforehand."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total = progress, total

    def step(self, done: int, _total: int) -> None:
        """Tell how far it is."""
        self._progress.step(done, self._total)
