"""Rows that may be one and the same: what two rows are compared by before anybody reads them, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crm_desktop.record.terms import KEY, runs_in
from crm_desktop.record.text import Text

WARN = 70  # from here on somebody should look; of 100
HINT = 45  # from here on it is worth a word while a new row is typed
HINT_KEY = "h"  # a key that begins so says too little to look through all rows for


class Alike:
    """A row that may be the same as another: how sure that is, of 100, and why, in words."""

    __slots__ = ("id", "note", "reasons", "score", "title")

    def __init__(self, row_id: int, title: str, note: str, score: int, reasons: list[Text]) -> None:
        self.id, self.title, self.note, self.score, self.reasons = row_id, title, note, score, reasons


class Evidence:
    """What speaks for and against two rows being one, added up."""

    def __init__(self) -> None:
        self.points = 0
        self.reasons: list[Text] = []

    def add(self, points: int, reason: Text | None = None) -> None:
        """Count something; what only speaks against it has no reason."""
        self.points += points
        if reason is not None:
            self.reasons.append(reason)

    @property
    def score(self) -> int:
        """How sure, of 100."""
        return max(0, min(100, self.points))


def because(reasons: Sequence[Text]) -> Text | str:
    """The reasons in one line."""
    words: Text | str = ""
    for reason in reasons:
        words = Text("{first} · {second}", first=words, second=reason) if words else reason
    return words


def squash(text: str) -> str:
    """A text in one spelling, without blanks and marks."""
    return "".join(runs_in(text))


def key_terms(keys: Iterable[str]) -> list[str]:
    """Keys as terms of the search index: no text that is typed finds them."""
    return [KEY + key for key in dict.fromkeys(filter(None, map(squash, keys)))]
