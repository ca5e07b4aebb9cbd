"""What a search must find, worked out letter by letter and without the terms of the program: slow, and plainly right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from pypinyin import lazy_pinyin

from crm_desktop.record.readings import ALSO, COMPOUND, MOSTLY, PHRASES, RARE_SURNAMES, SURNAMES
from crm_desktop.record.traditional import SIMPLIFIED, TRADITIONAL

SIMPLE = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True)) | {"ς": "σ", "ß": "ss"}  # facts are shared, not how they are used
HARD = dict(zip("锦泽纺织单国银行长庆阳宝龙华区万与两车东乐来会丰丽凤电机贸实业绍兴软", "錦澤紡織單國銀行長慶陽寶龍華區萬與兩車東樂來會豐麗鳳電機貿實業紹興軟", strict=True))


def _kind(letter: str) -> str:
    if unicodedata.category(letter)[0] not in "LN":
        return ""
    name = unicodedata.name(letter, "")
    return "c" if name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC")) else "w"


def _bare(letter: str) -> str:
    """A letter without its marks; those of kana, which make other letters, stay."""
    return letter if _kind(letter) == "c" else "".join(part for part in unicodedata.normalize("NFD", letter) if not 0x300 <= ord(part) < 0x370)


def words(text: str) -> list[str]:
    """The words of a text without marks; Chinese, Japanese and Korean apart from letters and digits."""
    found, last = [""], ""
    for letter in "".join(map(_bare, unicodedata.normalize("NFKC", text).lower())):
        kind = _kind(letter)
        found = [*found, ""] if kind != last else found
        found[-1] += SIMPLE.get(letter, letter) if kind else ""
        last = kind
    return [word for word in found if word]


def _german(text: str) -> list[str]:
    """Müller as Mueller, and Lüders as the one who types the ü of pinyin means it."""
    small = unicodedata.normalize("NFC", text.lower())
    return [small.replace("ü", "ue").replace("ö", "oe").replace("ä", "ae"), small.replace("lü", "lv").replace("nü", "nv")]


class Known:
    """One text a row is found by."""

    def __init__(self, text: str) -> None:
        self.latin: list[str] = []
        self.runs: list[str] = []
        joins = False
        self.latin += [word for other in _german(text) for word in words(other) if _kind(word[0]) == "w"]
        for word in words(text):
            chinese = _kind(word[0]) == "c"
            if not chinese:
                self.latin.append(word)
            elif joins:
                self.runs[-1] += word
            else:
                self.runs.append(word)
            joins = chinese
        self.sounds = [_sounds(run) for run in self.runs]

    def has(self, word: str) -> bool:
        """True when one word that was typed finds this text."""
        if any(word in run for run in self.runs) or any(latin.startswith(word) or (len(word) > 2 and word in latin) for latin in self.latin):
            return True
        return word.isascii() and any(_spells(sounds, at, word) or _initials(sounds, at, word) for sounds in self.sounds for at in range(len(sounds)))


@lru_cache(10_000)
def _sounds(run: str) -> tuple[tuple[str, ...], ...]:
    """Every way each character of a run may be read here."""
    whole = lazy_pinyin(run) if len(lazy_pinyin(run)) == len(run) else list(run)
    for phrase, read in PHRASES.items():
        if (at := run.find(phrase)) >= 0:
            whole[at : at + len(phrase)] = read.split()
    ways = [{MOSTLY.get(letter, lazy_pinyin(letter)[0]), read} for letter, read in zip(run, whole, strict=True)]
    for at, letter in enumerate(run):
        ways[at] |= {ALSO[letter]} if letter in ALSO else set()
        if letter == "行" and at and re.match("$|有限|股份|集团|贸易|商贸|实业|投资|酒店", run[at + 1 :]):
            ways[at].add("hang")
    if run[0] in SURNAMES | RARE_SURNAMES and run[:2] not in COMPOUND:
        ways[0].add((SURNAMES | RARE_SURNAMES)[run[0]])
    return tuple(tuple(sorted(way)) for way in ways)


def _spells(sounds: Sequence[Sequence[str]], at: int, rest: str) -> bool:
    if not rest:
        return True
    return at < len(sounds) and any(s.startswith(rest) or (rest.startswith(s) and _spells(sounds, at + 1, rest[len(s) :])) for s in sounds[at])


def _initials(sounds: Sequence[Sequence[str]], at: int, rest: str) -> bool:
    return at + len(rest) <= len(sounds) and all(any(s[0] == letter for s in way) for letter, way in zip(rest, sounds[at:], strict=False))


def finds(known: Sequence[Known], query: str) -> bool:
    """True when every word of what was typed finds one of a row's texts."""
    query = query.lower().replace("lü", "lv").replace("nü", "nv")
    return all(any(text.has(word) for text in known) for word in words(query))
