"""Letters with marks as people without them on their keys type them: Müller by muller and mueller, Café by cafe, 吕 by lü."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MARKS = range(0x300, 0x370)  # what stands on or under a letter; the marks of kana, Arabic and Devanagari are no such
PARTS = (range(0xC0, 0x250), range(0x370, 0x530), range(0x1E00, 0x2000))  # Latin, Greek, Cyrillic
ALONE = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t", "ς": "σ"}
DOTTED, RING, STROKE = "\u0308", "\u030a", "ø"
_MARKED = re.compile(f"[äöüåøÄÖÜÅØ{DOTTED}{RING}ǖǘǚǜǕǗǙǛ]")
_SPREAD = re.compile(f"([aou]){DOTTED}|(a){RING}|({STROKE})")
_PINYIN = re.compile(f"(?<=[ln])u{DOTTED}")


@lru_cache(1)
def plain() -> dict[int, str | None]:
    """What takes the marks off, for `str.translate` of small letters."""
    table: dict[int, str | None] = dict.fromkeys(MARKS)
    for code in (code for part in PARTS for code in part):
        parted = unicodedata.normalize("NFD", chr(code))
        bare = "".join(letter for letter in parted if ord(letter) not in MARKS)
        if bare not in ("", chr(code)) and parted != bare:
            table[code] = unicodedata.normalize("NFC", bare)
    return table | {ord(letter): letters for letter, letters in ALONE.items()}


def _parted(text: str) -> str:
    return unicodedata.normalize("NFD", text.lower())


def spellings(text: str) -> list[str]:
    """A text and, where it has such letters, as it is written without them: ue, oe, ae, aa for ü, ö, ä, å; v for the ü of pinyin."""
    if text.isascii() or not _MARKED.search(text):
        return [text]
    parted = _parted(text)
    spread = _SPREAD.sub(lambda found: "aa" if found[2] else (found[1] or "o") + "e", parted)
    return list(dict.fromkeys([text, *(other for other in (spread, _PINYIN.sub("v", parted)) if other != parted)]))


def as_typed(query: str) -> str:
    """A search with the ü of pinyin as readings have it: lü is lv, and not lu."""
    return _PINYIN.sub("v", _parted(query)) if _MARKED.search(query) else query
