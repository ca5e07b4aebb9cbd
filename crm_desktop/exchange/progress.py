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
