"""Rows taken from the pages of a damaged file themselves, where the page that leads to them is lost: the engine reads a
table from its root down, so one bad page near the root would cost thousands of rows that still lie there whole.

The file must be held alone: it is opened here past the engine. Every page is proven by its seal before it is believed.
The formats are those of SQLite (fileformat2.html) and SQLCipher 4 (a page: content, 16 bytes to begin with, 64 of seal)."""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from crm_desktop.store.keys import Keys

PAGE, START, SEAL, SALT = 4096, 16, 64, 16
USABLE = PAGE - START - SEAL
LEAF = 13  # a page with rows of a table
MOST_LOCAL, LEAST_LOCAL = USABLE - 35, (USABLE - 12) * 32 // 255 - 23  # bytes of a row that lie in the page itself
INTEGERS = (0, 1, 2, 3, 4, 6, 8)  # bytes of a whole number, by its kind
SPOILT = (IndexError, ValueError, struct.error)


class RawPages:
    """The pages of a database file that nobody else has open."""

    def __init__(self, path: Path, keys: Keys) -> None:
        secret = bytes.fromhex(keys.secret)
        self._key, salt = secret[:32], bytes(byte ^ 0x3A for byte in secret[32:])
        self._sealing = hashlib.pbkdf2_hmac("sha512", self._key, salt, 2, 32)
        self._file = path.open("rb")
        self.count = path.stat().st_size // PAGE

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def page(self, number: int) -> bytes | None:
        """A page in clear; None when it is not what was written."""
        from cryptography.hazmat.primitives.ciphers import Cipher
        from cryptography.hazmat.primitives.ciphers.algorithms import AES
        from cryptography.hazmat.primitives.ciphers.modes import CBC

        self._file.seek((number - 1) * PAGE)
        found = self._file.read(PAGE)
        first = SALT if number == 1 else 0  # there the salt stands in clear
        sealed = found[first : PAGE - SEAL] + number.to_bytes(4, "little")
        if len(found) < PAGE or not hmac.compare_digest(hmac.digest(self._sealing, sealed, "sha512"), found[PAGE - SEAL :]):
            return None
        reading = Cipher(AES(self._key), CBC(found[USABLE : USABLE + START])).decryptor()
        return found[:first] + reading.update(found[first:USABLE]) + reading.finalize()

    def rows(self, wanted: Container[int]) -> Iterator[tuple[int, list[Any]]]:
        """The values of rows with these ids, wherever they lie, in the order their table was made with; also such as stand
        in a page nothing leads to any more: the caller knows which version is the newest."""
        for number in range(2, self.count + 1):
            page = self.page(number)
            if page is not None and page[0] == LEAF:
                yield from self._cells(page, wanted)

    def _cells(self, page: bytes, wanted: Container[int]) -> Iterator[tuple[int, list[Any]]]:
        for at in range(8, 8 + 2 * int.from_bytes(page[3:5], "big"), 2):
            try:
                size, begin = _number(page, int.from_bytes(page[at : at + 2], "big"))
                row_id, begin = _number(page, begin)
                if row_id in wanted:
                    yield row_id, _values(self._whole(page, begin, size))
            except SPOILT:  # a part of it is lost
                continue

    def _whole(self, page: bytes, begin: int, size: int) -> bytes:
        """All of a row, with what lies in other pages. Raises ValueError."""
        if size <= MOST_LOCAL:
            return page[begin : begin + size]
        local = LEAST_LOCAL + (size - LEAST_LOCAL) % (USABLE - 4)
        local = local if local <= MOST_LOCAL else LEAST_LOCAL
        parts, left = [page[begin : begin + local]], size - local
        following = int.from_bytes(page[begin + local : begin + local + 4], "big")
        while left > 0:
            more = self.page(following) if 1 < following <= self.count else None
            if more is None:
                raise ValueError(following)
            parts.append(more[4 : 4 + min(left, USABLE - 4)])
            left -= len(parts[-1])
            following = int.from_bytes(more[:4], "big")
        return b"".join(parts)


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A whole number of one to nine bytes, and where the next begins."""
    value = 0
    for step in range(8):
        byte = data[at + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    value = value << 8 | data[at + 8]
    return value - (1 << 64) if value >> 63 else value, at + 9


def _values(row: bytes) -> list[Any]:
    """The values of a row. Raises ValueError, IndexError."""
    end, at = _number(row, 0)
    out: list[Any] = []
    place = end
    while at < end:
        kind, at = _number(row, at)
        value, size = _value(row, place, kind)
        out.append(value)
        place += size
    if place != len(row):
        raise ValueError(place)
    return out


def _value(row: bytes, at: int, kind: int) -> tuple[Any, int]:
    """A value of a kind, and how many bytes it takes."""
    if kind >= 12:
        size = (kind - 12) // 2
        found = row[at : at + size]
        return (found.decode() if kind % 2 else found), size
    if kind in (8, 9):
        return kind - 8, 0
    if kind == 7:
        return struct.unpack_from(">d", row, at)[0], 8
    if kind >= len(INTEGERS):
        raise ValueError(kind)
    size = INTEGERS[kind]
    return (int.from_bytes(row[at : at + size], "big", signed=True) if kind else None), size
