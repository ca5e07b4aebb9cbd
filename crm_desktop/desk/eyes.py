"""Whose eyes the readers of a program look through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def _nobody(_reader: Any) -> int:
    return 0


class Eyes:
    """Whose eyes a program's readers look through: shared by its threads, changed only whole."""

    def __init__(self, person: int = 0, guarded: bool = False) -> None:
        self._who = (person, guarded, 0)
        self.sits: Callable[[Any], int] = _nobody  # the colleague who sits here by this PC's settings, asked of a reader

    @property
    def who(self) -> tuple[int, bool, int]:
        """The person, whether the data is guarded, and how often this was told anew."""
        return self._who

    def belong(self, person: int, guarded: bool) -> None:
        """Somebody signed in, or roles or deputies changed."""
        self._who = (person, guarded, self._who[2] + 1)
