"""Numbers that files write in more than one way: the same bill as `0012` here and `12` there."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def without_zeros(number: str) -> str:
    """A number without its leading zeros; one of zeros only keeps the last."""
    return number.lstrip("0") or number[-1:]


class Spelled:
    """How a file's row is known by a number that others may write differently: rows equal in the columns `same` (and in
    `apart`, where the file gives those), whose `number` has one `plain` form, are one row, and the longest spelling is kept.
    `rising` are the columns a file never lowers: what was paid meanwhile stays paid."""

    def __init__(
        self, number: str, same: Sequence[str], *, apart: Sequence[str] = (), plain: Callable[[str], str] = without_zeros, rising: Sequence[str] = ()
    ) -> None:
        self.number, self.same, self.apart, self.plain, self.rising = number, tuple(same), tuple(apart), plain, tuple(rising)
