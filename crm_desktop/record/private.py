"""Numbers that are never kept whole: personal ID numbers, passports and payment cards.

A field for such a number keeps its last four characters and a keyed hash that tells equal ones (`1234~HASH`). The key comes
from that of the database, so that nobody else can try out numbers. In running text such a number keeps its last four."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from crm_desktop.record.later import pattern
from crm_desktop.record.private_met import (
    GAP,
    HIDDEN,
    LEAST,
    MANY,
    Met,
    hides,
    is_credit_code,
    looks_like_id,
    may_be_born,
    numbers,
    right_id,
    seen,
)
from crm_desktop.record.text import Refused, Text, say

LAST, HASH_BYTES, MARK = 4, 16, "~"
IN_TEXT = 10  # characters of the hash that stand in running text: 50 bits tell equal numbers, and tell nothing else
DOTS = "••••"
_KEPT = pattern(rf"[0-9A-Z]{{1,{LAST}}}(~[A-Z2-7]{{26}})?")
_HALF = pattern(rf"(?<![\dA-Za-z])(?=(\d(?:[{GAP}]?\d){{13,16}})(?![\dA-Za-z]))")
_PASSPORT = pattern(r"((?:护照|通行证|passport)\D{0,6}?)(?<![A-Za-z])([A-Za-z]{1,2}\d{7,9})(?![\dA-Za-z])", re.IGNORECASE)


class _Key:
    value = b""


def use(key: bytes) -> None:
    """Seal numbers with this key from now on; opening the data calls this."""
    _Key.value = key


def is_firm(words: str) -> bool:
    """True for a firm's credit code and nothing more."""
    return words.startswith("9") and is_credit_code(words)


def plain_digits(words: str) -> str:
    """Without spaces and hyphens, small letters raised, full-width letters and digits made plain."""
    return re.sub(rf"[\s.{GAP}]", "", unicodedata.normalize("NFKC", HIDDEN.sub("", words))).upper()


# a field of its own


def seal(words: str) -> str:
    """What a field keeps of a number: `1234~HASH`; of four characters or fewer just those; '' of nothing.

    What was sealed before stays as it is. Raises Refused for an ID number with a slip in it."""
    text = words.strip()
    if _KEPT.fullmatch(text) and (MARK in text or len(text) <= LAST):
        return text
    number = plain_digits(text.replace(DOTS, ""))
    if len(number) == 18 and looks_like_id(number) and not right_id(number):
        raise Refused(Text("There is a slip in this ID number: its last character does not fit the others"))
    if not re.fullmatch(r"[0-9A-Z()（）]*", number):
        raise Refused(Text("A number of a paper or card has letters and digits only"))
    number = re.sub(r"[()（）]", "", number)
    return number if len(number) <= LAST else f"{number[-LAST:]}{MARK}{_hash(number)}"


def _hash(number: str) -> str:
    found = hashlib.blake2b(number.encode(), key=_Key.value, digest_size=HASH_BYTES, person=b"private number").digest()
    return base64.b32encode(found).decode().rstrip("=")


def masked(kept: str) -> str:
    """What people see of a sealed number: `•••• 1234`."""
    return f"{DOTS} {kept.partition(MARK)[0]}" if kept else ""


# running text


class Found(NamedTuple):
    """A number met in running text: what it is, its last four characters, the beginning of its keyed hash."""

    kind: Text
    last: str
    hash: str

    def words(self) -> str:
        """`ID card ••••002X`."""
        return f"{say(self.kind)} {DOTS}{self.last}"


ID, CARD, PASSPORT = Text("ID card"), Text("Bank card"), Text("Passport")


def reduced(text: str) -> str:
    """A text in which every ID number, passport and card keeps its last four characters only."""
    return taken_out(text)[0]


def taken_out(text: str) -> tuple[str, list[Found]]:
    """The text as it may be kept, and what was in it: never the numbers themselves."""
    found: list[Found] = []
    while len(text) >= LEAST and (MANY.search(text) or hides(text)) and (hits := numbers(text)):  # what overlapped one may be left
        found += [_found(ID if hit.person else CARD, hit.number) for hit in hits]
        text = _shortened(text, hits)
    if "护照" in text or "通行证" in text or "passport" in text.lower():
        found += [_found(PASSPORT, plain_digits(one[2])) for one in _PASSPORT.finditer(text)]
        text = _PASSPORT.sub(lambda one: f"{one[1]}{DOTS}{one[2][-LAST:]}", text)
    return text, found


def _shortened(text: str, hits: Sequence[Met]) -> str:
    out, at = [], 0
    for start, end, number, _ in hits:
        out += [text[at:start], DOTS, number[-LAST:]]
        at = end
    return "".join((*out, text[at:]))


def with_hashes(text: str, found: list[Found]) -> str:
    """A text in which the shortened numbers also say their kind and their keyed hash: `ID card ••••002X~K7QMZ2A4BC`."""
    for one in found:
        kind, short = say(one.kind), f"{DOTS}{one.last}"
        at = re.search(rf"{re.escape(short)}(?!~)", text)
        if at is None:
            continue
        named = text[: at.start()].rstrip(" ：:").endswith(kind)
        text = f"{text[: at.start()]}{'' if named else kind + ' '}{short}{MARK}{one.hash}{text[at.end() :]}"
    return text


def coded(text: str) -> tuple[str, list[Found]]:
    """A code as a file brings it, by which rows are told apart: what is found in it keeps its keyed hash too, in no language."""
    text, found = taken_out(text)
    for one in found:
        text = re.sub(rf"{DOTS}{one.last}(?!~)", f"{DOTS}{one.last}{MARK}{one.hash}", text, count=1)
    return text, found


def reduced_half(text: str) -> str:
    """The same for a text that is still being typed: also what may become an ID number, from its day of birth on."""
    text = reduced(text)
    plain, places = seen(text)
    typed: list[Met] = []
    for one in _HALF.finditer(plain):
        number = plain_digits(one[1])
        if may_be_born(number) and not (typed and places[one.start(1)] < typed[-1].end):
            typed.append(Met(places[one.start(1)], places[one.end(1) - 1] + 1, number, True))
    return _shortened(text, typed)


def _found(kind: Text, number: str) -> Found:
    return Found(kind, number[-LAST:], _hash(number)[:IN_TEXT])
