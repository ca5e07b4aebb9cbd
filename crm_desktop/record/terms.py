"""Finding by any piece of a name, by pinyin or by initials.

A row's terms are every tail of its name, of the name's pinyin and of its initials, so that whatever piece a
person types is the *beginning* of some term, whichever engine keeps the index."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

RULES = 2  # raise it with every change of what terms or sort keys are: databases then make theirs anew
LONGEST = 10  # characters or syllables of a term; a longer search word is cut to it
LONGEST_LATIN = 30
SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "盖": "ge", "朴": "piao",
    "翟": "zhai", "任": "ren", "华": "hua", "乐": "yue", "万": "wan", "覃": "qin", "缪": "miao", "尉": "yu",
}  # fmt: skip
FIRST_CHARACTER = "\u3005"  # words that begin here or later are read character by character
CHARACTERS = (
    "\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
PHONE = re.compile(r"\s*\+?[\d\s()-]{7,}")


@lru_cache(1)
def _word() -> re.Pattern[str]:
    """A run of Chinese, Japanese, Korean characters, or of other letters and digits; compiled at first need.

    Nothing in it may be what the search index takes for a gap (a middle dot, a sign): such a query would fail there."""
    return re.compile(f"[{CHARACTERS}]+|[^\\W_{CHARACTERS}]+")


def words_in(text: str) -> list[str]:
    """The words of a text in one spelling: small letters, full-width ones made narrow, Chinese apart from the rest."""
    return _word().findall((text if text.isascii() else unicodedata.normalize("NFKC", text)).lower())


@lru_cache(65536)
def syllable(character: str) -> str:
    """The commonest reading of one character, without tone; a character without one stays itself."""
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(character)[0])


def readings(word: str) -> list[list[str]]:
    """The syllables of a Chinese word; a second list when it begins with a surname read in its own way."""
    usual = [syllable(c) for c in word]
    surname = SURNAMES.get(word[0])
    return [usual] if surname in (None, usual[0]) else [usual, [str(surname), *usual[1:]]]


def terms(*texts: str) -> str:
    """The search terms of some texts, separated by spaces."""
    found: dict[str, None] = {}
    for text in texts:
        number = PHONE.fullmatch(text)
        for word in words_in(re.sub(r"\D+", "", text) if number else text):
            found.update(dict.fromkeys(_latin(word) if word[0] < FIRST_CHARACTER else _chinese(word)))
    return " ".join(found)


def _tails(parts: str | list[str]) -> Iterator[str]:
    return ("".join(parts[at : at + LONGEST])[:LONGEST_LATIN] for at in range(len(parts)))


def _latin(word: str) -> Iterable[str]:
    return (word[at : at + LONGEST_LATIN] for at in range(len(word)))


def _chinese(word: str) -> Iterable[str]:
    yield from _tails(word)
    for syllables in readings(word):
        yield from _tails(syllables)
        yield from _tails([s[0] for s in syllables])


def query_words(query: str) -> list[str]:
    """The words of a search as the terms hold them, each the beginning of a term."""
    return [w[: LONGEST if w[0] >= FIRST_CHARACTER else LONGEST_LATIN] for w in words_in(query)]


def sort_key(name: str) -> str:
    """What a name is sorted by: pinyin for Chinese, lower case for the rest."""
    return " ".join(
        part if part[0] < FIRST_CHARACTER else " ".join(readings(part)[-1]) for part in words_in(name)
    )
