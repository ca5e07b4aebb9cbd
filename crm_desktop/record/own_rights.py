"""What a hotel settles for itself beside the matrix: more or less for one colleague, and its own approval levels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

Levels = Mapping[str, int | None]  # role -> the largest amount it approves, in minor units; None = any
MORE, LESS = "more", "less"
NO, UP_TO, ANY = "no", "upto", "any"
LevelRow = tuple[str, str, str, int]  # kind, role, NO | UP_TO | ANY, amount
Read = Callable[[], Iterable[LevelRow]]


class Own:
    """`given`: what a colleague may beyond the role, `taken`: what not in spite of it, also where they stand in for somebody.

    `read` gives the hotel's own levels; it is asked when an approval is."""

    __slots__ = ("_levels", "_read", "given", "taken")

    def __init__(self, given: Iterable[str] = (), taken: Iterable[str] = (), read: Read | None = None) -> None:
        self.given, self.taken, self._read = frozenset(given), frozenset(taken), read
        self._levels: Mapping[str, Levels] | None = None

    def levels(self, begun: Mapping[str, Levels]) -> Mapping[str, Levels]:
        """Who approves how much: what the program begins with, and what the hotel says instead."""
        if self._levels is None:
            self._levels = settled(begun, self._read()) if self._read else begun
        return self._levels


NOTHING_OWN = Own()


def settled(begun: Mapping[str, Levels], rows: Iterable[LevelRow]) -> Mapping[str, Levels]:
    """The levels with the hotel's own rows in the place of those of the program."""
    out = {kind: dict(levels) for kind, levels in begun.items()}
    for kind, role, way, most in rows:
        levels = out.setdefault(kind, {})
        if way == NO:
            levels.pop(role, None)
        else:
            levels[role] = None if way == ANY else most
    return out


def of_rows(rows: Iterable[tuple[str, str]], read: Read | None = None) -> Own:
    """What one colleague's rows (what, MORE | LESS) come to."""
    known = list(rows)
    return Own((what for what, way in known if way == MORE), (what for what, way in known if way == LESS), read)
