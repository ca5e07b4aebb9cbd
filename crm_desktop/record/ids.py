"""Ids: made at the seat, unique across seats and hotels, sorted by time; and their 13 letters outside."""

from __future__ import annotations

import random
import struct
import threading
import time
from functools import cache, lru_cache

EPOCH_MS = 1_577_836_800_000  # 2020-01-01 UTC
RANDOM_BITS = 22
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # RFC 4648 base 32
LENGTH = 13
_MASK = (1 << 64) - 1
_lock = threading.Lock()
_last = 0


@cache
def _triples() -> list[str]:
    """Every three letters, by their value; made at first need, since making them takes as long as a save."""
    return [a + b + c for a in LETTERS for b in LETTERS for c in LETTERS]


@cache
def _values() -> dict[str, int]:
    return {triple: n for n, triple in enumerate(_triples())} | {letter: n for n, letter in enumerate(LETTERS)}


def new_ids(count: int = 1) -> range:
    """`count` new ids of 63 bits: 41 bits of milliseconds, 22 random ones, growing within a process."""
    global _last
    with _lock:
        first = (int(time.time() * 1000) - EPOCH_MS << RANDOM_BITS) | random.getrandbits(RANDOM_BITS)
        first = max(first, _last + 1)
        _last = first + count - 1
    return range(first, first + count)


def new_id() -> int:
    """One new id."""
    return new_ids()[0]


def encode(value: int) -> str:
    """An id (or any signed 64-bit key) as 13 letters; the first is never a digit, so Excel leaves it alone."""
    value &= _MASK
    return _head(value >> 15) + _triples()[value & 32767]


def _head(high: int) -> str:
    triples = _triples()
    return LETTERS[high >> 45] + triples[high >> 30 & 32767] + triples[high >> 15 & 32767] + triples[high & 32767]


class Encoder(dict[int, str]):
    """Encodes whole columns; ids of one moment share their first ten letters, which are kept."""

    def __missing__(self, high: int) -> str:
        if len(self) > 200_000:
            self.clear()
        word = self[high] = _head(high)
        return word

    def column(self, values: tuple[int | None, ...]) -> list[str]:
        """The letters of each id; a missing one is empty."""
        triples = _triples()
        return ["" if v is None else self[(v & _MASK) >> 15] + triples[v & 32767] for v in values]


@cache
def _of_five_bits() -> bytes:
    return bytes(ord(LETTERS[n & 31]) for n in range(256))


@lru_cache(8)
def _lanes(count: int, low: int) -> int:
    """The same bits in each of so many lanes of 128."""
    return int.from_bytes(low.to_bytes(16, "little") * count, "little")


def encode_keys(values: tuple[int | None, ...]) -> list[str]:
    """`encode` for a column of keys that have nothing in common (hashes): all of them at once, as one large number whose lanes
    of 16 bytes get five bits each. A table of longer pieces is slower: a key meets none that was looked up before it."""
    count = len(values)
    bits = int.from_bytes(struct.pack("<" + "q8x" * count, *(values if None not in values else [v or 0 for v in values])), "little")
    mask, lanes = _lanes(count, 31), bits >> 60 & _lanes(count, 15)
    for at in range(1, LENGTH):
        lanes |= (bits >> 5 * (LENGTH - 1 - at) & mask) << 8 * at
    words = lanes.to_bytes(16 * count, "little").translate(_of_five_bits()).decode("ascii")
    found = [words[at : at + LENGTH] for at in range(0, 16 * count, 16)]
    return found if None not in values else ["" if v is None else word for v, word in zip(values, found, strict=True)]


def row_words(record: str, row_id: int) -> str:
    """A row of any record as a column names it: `record:ID`."""
    return f"{record}:{encode(row_id)}"


def decode(word: str) -> int:
    """The id behind 13 letters. Raises ValueError for anything else."""
    try:
        if len(word) != LENGTH:
            raise KeyError(word)
        known = _values()
        value = known[word[0]]
        for at in range(1, LENGTH, 3):
            value = value << 15 | known[word[at : at + 3]]
    except KeyError:
        raise ValueError(word) from None
    if value > _MASK:
        raise ValueError(word)
    return value - (1 << 64) if value >> 63 else value
