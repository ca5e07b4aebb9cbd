"""Where a person has been, as in a browser: back and forward."""

from __future__ import annotations

from typing import Any, NamedTuple

LONGEST = 100


class Place(NamedTuple):
    """A page and what it showed."""

    key: str
    args: dict[str, Any]


class Trail:
    """Places in the order they were visited; going somewhere new forgets what lay ahead."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    @property
    def here(self) -> Place | None:
        """Where one is."""
        return self._places[self._at] if self._places else None

    def go(self, place: Place) -> None:
        """Come to a place; coming to where one is already changes nothing."""
        if place == self.here:
            return
        self._places = [*self._places[: self._at + 1], place][-LONGEST:]
        self._at = len(self._places) - 1

    def step(self, way: int) -> Place | None:
        """One back (-1) or forward (1); None at the ends."""
        if not 0 <= self._at + way < len(self._places):
            return None
        self._at += way
        return self._places[self._at]
