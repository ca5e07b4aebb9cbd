"""Finding by any piece of a name, by pinyin or by initials.

A row's terms are the tails of its names, of their pinyin and of their initials, so that whatever piece a person types is
the *beginning* of some term, whichever engine keeps the index. What finds what:

* Chinese: any run of characters, traditional or simplified, whatever marks stand between them;
* pinyin and initials: any run of syllables, as each character is mostly read, as the phrase is read and as a surname is;
* letters and digits: the beginning of any word, and from three characters any part of it; marks on letters are typed or not.

One or two letters are asked for as `START` and the letters, so that they find beginnings only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from math import prod

from crm_desktop.record.later import pattern
from crm_desktop.record.marks import as_typed, plain, spellings
from crm_desktop.record.readings import (
    ALSO,
    BY_PHRASE,
    COMPOUND,
    HOUSE,
    MOSTLY,
    PHRASES,
    RARE_SURNAMES,
    SURNAMES,
    VARIES,
)

RULES = 5  # raise it with every change of what terms, sort keys or the keys of `alike` are: databases then make theirs anew
LONGEST = 10  # characters of a term; of a longer search word its beginning and its end are looked for
LONGEST_LATIN = 30
SHORT = 2  # so many letters find beginnings only
START = "ª"  # a letter that no text in its one spelling has
KEY = "º"  # and another: begins what rows are compared by (record/alike.py), which no search finds
MOST_READINGS = 8
FIRST_CHARACTER = "\u3005"  # words that begin here or later are read character by character
CHARACTERS = (
    "\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
PHONE = pattern(r"\s*\+?[\d\s()（）.－—-]{7,}")
HOME = pattern(r"\s*(\+|00)86(?=[\s\d()-]{7,}$)")  # our own country, often written before one number and not before another


@lru_cache(1)
def _word() -> re.Pattern[str]:
    """A run of Chinese, Japanese, Korean characters, or of other letters and digits; compiled at first need.

    Nothing in it may be what the search index takes for a gap (a middle dot, a sign): such a query would fail there."""
    return re.compile(f"[{CHARACTERS}]+|[^\\W_{CHARACTERS}]+")


@lru_cache(1)
def _simplified() -> dict[int, str | None]:
    from crm_desktop.record.traditional import SIMPLIFIED, TRADITIONAL

    return dict(zip(map(ord, TRADITIONAL), SIMPLIFIED, strict=True)) | plain()


def one_spelling(text: str) -> str:
    """A text in small letters without marks, full-width ones made narrow, traditional characters simplified."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).lower().translate(_simplified())


def words_in(text: str) -> list[str]:
    """The words of a text in one spelling, Chinese apart from the rest."""
    return _word().findall(one_spelling(text))


@lru_cache(1)
def _character() -> re.Pattern[str]:
    return re.compile(f"[{CHARACTERS}]")


def _is_chinese(word: str) -> bool:
    return word[0] >= FIRST_CHARACTER and _character().match(word) is not None  # letters of old scripts come after ours


def runs_in(text: str) -> list[str]:
    """The words of a text; Chinese ones that only marks stand between are one: 禾杉（绍兴）is 禾杉绍兴."""
    runs: list[str] = []
    joins = False
    for word in words_in(text):
        if joins and _is_chinese(word):
            runs[-1] += word
        else:
            runs.append(word)
        joins = _is_chinese(word)
    return runs


@lru_cache(1024)
def _in_table(character: str) -> str:
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(character)[0])


@lru_cache(65536)
def syllable(character: str) -> str:
    """The commonest reading of one character in names, without tone; a character without one stays itself."""
    return MOSTLY.get(character) or str(_in_table(character))


def load_readings() -> None:
    """Load the table of readings (a quarter of a second, once) at a moment when nobody waits for it."""
    syllable(FIRST_CHARACTER)


def _as_phrase(word: str, usual: list[str]) -> list[str]:
    """The syllables of a word as its phrases are read: 重庆 is chong qing."""
    if len(word) < 2 or BY_PHRASE.isdisjoint(word):
        return usual
    from pypinyin import lazy_pinyin

    read = [str(s) for s in lazy_pinyin(word)]
    if len(read) != len(usual):
        return usual  # characters without a reading may come as one
    for phrase, syllables in PHRASES.items():
        if (at := word.find(phrase)) >= 0:
            read[at : at + len(phrase)] = syllables.split()
    return read


def _begins_a_phrase(word: str) -> bool:
    from pypinyin.constants import PHRASES_DICT

    return any(word[:length] in PHRASES_DICT for length in range(2, min(len(word), 4) + 1))


def _likely(word: str, usual: list[str], phrase: list[str]) -> list[str]:
    """The syllables a word most likely has: what is only the first in the table of readings is no phrase."""
    best = [here if c in MOSTLY and read == _in_table(c) else read for c, here, read in zip(word, usual, phrase, strict=True)]
    surname = SURNAMES.get(word[0])
    return [surname, *best[1:]] if surname and word[:2] not in COMPOUND and not _begins_a_phrase(word) else best


def _others(word: str) -> Iterator[tuple[int, str]]:
    """Readings of single characters beside the usual and the phrase's: (place, syllable)."""
    first = SURNAMES.get(word[0]) or RARE_SURNAMES.get(word[0])
    if first and word[:2] not in COMPOUND:
        yield 0, first
    yield from ((at, ALSO[c]) for at, c in enumerate(word) if c in ALSO)
    yield from ((found.start(), "hang") for found in HOUSE.finditer(word))


@lru_cache(4096)
def readings(word: str) -> list[list[str]]:
    """The syllables of a Chinese word in every way it may be read; the way it most likely is comes last."""
    usual = [syllable(c) for c in word]
    if VARIES.isdisjoint(word):
        return [usual]
    phrase = _as_phrase(word, usual)
    best, others = _likely(word, usual, phrase), list(_others(word))
    ways = [[here, read] for here, read in zip(usual, phrase, strict=True)]
    for at, other in others:
        ways[at].append(other)
    ways = [list(dict.fromkeys(way)) for way in ways]
    if prod(map(len, ways)) > MOST_READINGS:  # each reading at least once
        every = [[way[min(at, len(way) - 1)] for way in ways] for at in range(max(map(len, ways)))]
    else:
        every = list(map(list, product(*ways)))
    return [reading for reading in every if reading != best] + [best]


def terms(*texts: str, read: bool = True) -> str:
    """The search terms of some texts, separated by spaces; without readings where the table of them is not loaded."""
    found: dict[str, None] = {}
    for text in texts:
        for part in _numbers(text):
            for run in (run for spelling in spellings(part) for run in runs_in(spelling)):
                found.update(dict.fromkeys(_chinese(run, read) if _is_chinese(run) else _latin(run, whole="@" in text)))
    return " ".join(found)


def _numbers(text: str) -> list[str]:
    """A text, or the digits of each phone number it consists of; of one with a short group also its groups."""
    parts = re.split("[/;,；，、]", text) if text[:1] in "+(（0123456789" else [text]
    if not all(map(PHONE.fullmatch, parts)):
        return [text]
    return [re.sub(r"\D+", "", part) for part in parts] + [part for part in parts if _has_short_group(part)]


def _has_short_group(number: str) -> bool:
    return any(len(group) <= SHORT for group in words_in(HOME.sub("", number)))


def _latin(word: str, *, whole: bool) -> list[str]:
    last = 1 if whole else max(1, len(word) - SHORT)  # nobody looks for the middle of a mail provider
    tails = [word[at : at + LONGEST_LATIN] for at in range(last)] if len(word) > SHORT else []
    return [START + word[:SHORT], *tails]


def _chinese(word: str, read: bool) -> list[str]:
    found = [word[at : at + LONGEST] for at in range(len(word))]
    for syllables in readings(word) if read else ():
        for parts in (syllables, [s[0] for s in syllables]):
            rest = "".join(parts)
            for part in parts:
                if part < FIRST_CHARACTER:  # a character without a reading is typed as itself
                    found.append(START + rest[:SHORT])
                    if len(rest) > SHORT:
                        found.append(rest[:LONGEST_LATIN])
                rest = rest[len(part) :]
    return found


def query_words(query: str) -> list[str]:
    """The words of a search as the terms hold them: a row is found when each is the beginning of one of its terms."""
    return [piece for word in words_in(as_typed(HOME.sub("", query))) for piece in _asked(word)]


def _asked(word: str) -> Iterable[str]:
    if _is_chinese(word):
        return dict.fromkeys((word[:LONGEST], word[-LONGEST:]))
    return [word[:LONGEST_LATIN] if len(word) > SHORT else START + word]


def holds(row_terms: str, query: Iterable[str]) -> bool:
    """True when terms are found by every one of some `query_words`."""
    ready = f" {row_terms}"
    return all(f" {word}" in ready for word in query)


def sort_key(name: str) -> str:
    """What a name is sorted by: pinyin for Chinese, lower case for the rest."""
    return " ".join(" ".join(readings(run)[-1]) if _is_chinese(run) else run for run in runs_in(name))
