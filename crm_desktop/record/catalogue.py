"""The messages of a compiled catalogue (GNU gettext's .mo), each found when it is asked for.

The standard library's reader takes all thousands of them apart first, which every start would wait for."""

from __future__ import annotations

import struct
from bisect import bisect_left

MAGIC, HEAD = 0x950412DE, 20  # bytes: magic number, version, count, where the messages and where their words are listed


class Catalogue:
    """Messages in the order of their bytes, as msgfmt and Babel write them. Raises ValueError for anything else."""

    def __init__(self, content: bytes = b"") -> None:
        self._content, self._found = content, dict[str, str]()
        magic, _, count, messages, words = struct.unpack("<5I", content[:HEAD]) if content else (MAGIC, 0, 0, 0, 0)
        if magic != MAGIC:
            raise ValueError("not a catalogue of messages")
        self._messages, self._words = self._listed(messages, count), self._listed(words, count)

    def _listed(self, at: int, count: int) -> list[tuple[int, int]]:
        """(length, place) of each text, in bytes."""
        return list(struct.iter_unpack("<2I", self._content[at : at + 8 * count]))

    def _text(self, listed: tuple[int, int]) -> bytes:
        length, place = listed
        return self._content[place : place + length]

    def said(self, message: str) -> str:
        """The words for a message; the message itself where there are none."""
        if message not in self._found:
            self._found[message] = self._look_up(message)
        return self._found[message]

    def _look_up(self, message: str) -> str:
        wanted = message.encode()
        number = bisect_left(self._messages, wanted, key=self._text)
        if number == len(self._messages) or self._text(self._messages[number]) != wanted:
            return message
        return self._text(self._words[number]).decode()
