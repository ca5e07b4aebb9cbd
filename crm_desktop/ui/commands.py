"""Commands of the palette, and finding one by its Chinese name, pinyin, initials, English name or other words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from crm_desktop.record.terms import holds, query_words, terms
from crm_desktop.record.text import LANGUAGES, Text, say, say_in

REMEMBERED = 8  # commands used last, offered first


class Command:
    """Something to do: its words, what runs it, its key as people read it, and what else it is found by."""

    def __init__(self, title: Text, run: Callable[[], object], key: str = "", words: Sequence[str] = ()) -> None:
        self.title, self.run, self.key, self.words = title, run, key, tuple(words)

    @property
    def name(self) -> str:
        """What it is remembered by: its English words."""
        return say_in(self.title, "en")


class _Readings:
    """The table of Chinese readings takes a fifth of a second to load: never on the window's thread."""

    loaded = True


def wait_for_readings() -> None:
    """Until `load_readings` was called, commands are found by their words alone."""
    _Readings.loaded = "pypinyin" in sys.modules and _Readings.loaded


def load_readings() -> None:
    """Load the table, in a thread that nobody waits for."""
    terms("首")
    _Readings.loaded = True


class Finder:
    """Finds commands; what each is found by is worked out once, when it is first looked for."""

    def __init__(self, commands: Sequence[Command], recent: Sequence[str] = ()) -> None:
        ranks = {name: rank for rank, name in enumerate(recent)}
        self._commands = sorted(commands, key=lambda command: ranks.get(command.name, len(ranks)))
        self._terms: dict[int, str] = {}

    def find(self, typed: str) -> list[Command]:
        """Commands that hold every typed word; those that begin with it first, those used last before others."""
        words = query_words(typed)
        if not words:
            return [] if typed.strip() else list(self._commands)
        found = [c for c in self._commands if holds(self._terms_of(c), words)]
        start = typed.strip().lower()
        return sorted(found, key=lambda command: not any(words.lower().startswith(start) for words in (say(command.title), command.name)))

    def _terms_of(self, command: Command) -> str:
        known = self._terms.get(id(command))
        if known is None:
            words = (say(command.title), say_in(command.title, LANGUAGES[0]), command.name, *command.words)
            if not _Readings.loaded:
                return terms(*words, read=False)
            known = terms(*words)
            self._terms[id(command)] = known
        return known


def remember(recent: Sequence[str], name: str) -> list[str]:
    """The commands used last, with this one first."""
    return [name, *(old for old in recent if old != name)][:REMEMBERED]
