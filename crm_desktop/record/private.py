"""Numbers that are never kept whole: personal ID numbers, passports and payment cards.

A field for such a number keeps its last four characters and a keyed hash that tells equal ones (`1234~HASH`). The key comes
from that of the database, so that nobody else can try out numbers. In running text such a number keeps its last four."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

from crm_desktop.record.later import pattern
from crm_desktop.record.text import Refused, Text, say

LAST, HASH_BYTES, MARK = 4, 16, "~"
IN_TEXT = 10  # characters of the hash that stand in running text: 50 bits tell equal numbers, and tell nothing else
DOTS = "••••"
LEAST = 13  # characters of the shortest text that may hold such a number
PROVINCES = frozenset(
    (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83, 91)
)  # GB/T 2260; 83 for residents from Taiwan, 91 for permanent residents from abroad
WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"  # GB 11643-1999
CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: 统一社会信用代码, some of digits only
_KEPT = pattern(rf"[0-9A-Z]{{1,{LAST}}}(~[A-Z2-7]{{26}})?")
_START, _END = r"(?<![\dA-Za-z])(?=(", r")(?![\dA-Za-z]))"  # looked at from every place: a digit before a number must not hide it
_ID = [pattern(f"{_START}{body}{_END}") for body in (r"\d(?:[ -]?\d){16}[ -]?[\dXxＸｘ]", r"\d(?:[ -]?\d){14}")]
_CARD = [pattern(f"{_START}{body}{_END}") for body in (r"\d{14,19}", r"\d{4}([ -])\d{4}\2\d{4}\2\d{2,4}(?:\2\d{1,3})?", r"\d{4}([ -])\d{6}\2\d{4,5}")]
_HALF = pattern(f"{_START}\\d(?:[ -]?\\d){{13,16}}{_END}")
_MANY = pattern(r"(?:\d[ -]?){13}")  # what every such number has: most texts are done with here
_OLD_CARD = pattern(  # 13 digits, as Visa made them once: of a confirmation number only words before it tell them
    r"(?:卡号?|信用卡|visa|card)[^\d\n]{0,8}?(?<![A-Za-z\d])(?=(4\d{12})(?![\dA-Za-z]))", re.IGNORECASE
)
_PASSPORT = pattern(r"((?:护照|通行证|passport)\D{0,6}?)(?<![A-Za-z])([A-Za-z]{1,2}\d{7,9})(?![\dA-Za-z])", re.IGNORECASE)
_MADE = pattern(  # UnionPay, Visa, Mastercard, Amex, JCB, Diners, Discover, old ICBC: each of its own lengths, as firms' accounts are as long
    r"62\d{14,17}|4\d{15}(?:\d{3})?|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|35\d{14}|3[068]\d{12}|6[05]\d{14}|9558\d{10,15}"
)


class _Key:
    value = b""


def use(key: bytes) -> None:
    """Seal numbers with this key from now on; opening the data calls this."""
    _Key.value = key


def plain_digits(words: str) -> str:
    """Without spaces and hyphens, small letters raised, full-width letters and digits made plain."""
    return re.sub(r"[\s\-‐-―.·]", "", unicodedata.normalize("NFKC", words)).upper()


def right_id(number: str) -> bool:
    """True for 18 characters with a possible region and day of birth whose last one is the check character of GB 11643."""
    if not looks_like_id(number) or len(number) != 18:
        return False
    return CHECKS[_sum(number)] == number[17]


def _sum(number: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False)) % 11


def is_credit_code(number: str) -> bool:
    """True for a firm's 18 characters whose last one fits the others (GB 32100): never a person's number."""
    if len(number) != 18 or not set(number) <= set(CREDIT_LETTERS):
        return False
    total = sum(CREDIT_LETTERS.index(letter) * pow(3, at, 31) for at, letter in enumerate(number[:17]))
    return CREDIT_LETTERS[-total % 31] == number[17]


def looks_like_id(number: str) -> bool:
    """True for 18 characters, or 15 digits of the old kind, with a possible region and day of birth."""
    old = len(number) == 15 and number.isdecimal()
    if not old and not (len(number) == 18 and number[:17].isdecimal() and number[17] in "0123456789X"):
        return False
    born = f"19{number[6:12]}" if old else number[6:14]
    if not old and is_credit_code(number) and CHECKS[_sum(number)] != number[17]:
        return False
    return int(number[:2]) in PROVINCES and "1880" < born[:4] < "2100" and _is_day(born)


def _is_day(digits: str) -> bool:
    try:
        return bool(dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])))
    except ValueError:
        return False


def looks_like_card(number: str) -> bool:
    """True for 14 to 19 digits of a card company's range whose last one fits the others (Luhn)."""
    if not (14 <= len(number) <= 19 and number.isdecimal() and _MADE.fullmatch(number)):
        return False
    return _luhn(number)


def _luhn(number: str) -> bool:
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number)))
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


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
    while len(text) >= LEAST and _MANY.search(text) and (hits := _numbers(text, _LOOKED_FOR)):  # what overlapped one may be left
        found += [_found(kind, number) for _, _, number, kind in hits]
        text = _shortened(text, hits)
    if "护照" in text or "通行证" in text or "passport" in text.lower():
        found += [_found(PASSPORT, plain_digits(one[2])) for one in _PASSPORT.finditer(text)]
        text = _PASSPORT.sub(lambda one: f"{one[1]}{DOTS}{one[2][-LAST:]}", text)
    return text, found


_Hit = tuple[int, int, str, Text]  # from, to, the number, its kind
_Ways = Sequence[tuple[Text, Sequence[re.Pattern[str]], Callable[[str], bool]]]


def _numbers(text: str, ways: _Ways) -> list[_Hit]:
    """Where in a text they stand. Of those that overlap the surest: a right ID number, then a card, then what may be an ID
    number (the end of a card of 19 digits may look like one of 15), each the longest."""
    hits: list[_Hit] = []
    for kind, patterns, looks in ways:
        new = [(one.start(1), one.end(1), plain_digits(one[1]), kind) for looked in patterns for one in looked.finditer(text)]
        for hit in sorted(new, key=lambda hit: hit[0] - hit[1]):
            if looks(hit[2]) and all(hit[1] <= start or end <= hit[0] for start, end, *_ in hits):
                hits.append(hit)
    return sorted(hits, key=lambda hit: hit[0])


def _shortened(text: str, hits: Sequence[_Hit]) -> str:
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


def reduced_half(text: str) -> str:
    """The same for a text that is still being typed: also what may become an ID number, from its day of birth on."""
    text = reduced(text)
    return _shortened(text, _numbers(text, ((ID, (_HALF,), _is_half),)))


def _is_half(number: str) -> bool:
    return int(number[:2]) in PROVINCES and "1880" < number[6:10] < "2100" and _is_day(number[6:14])


def _found(kind: Text, number: str) -> Found:
    return Found(kind, number[-LAST:], _hash(number)[:IN_TEXT])


_LOOKED_FOR: _Ways = (
    (ID, _ID, right_id), (CARD, _CARD, looks_like_card), (ID, _ID, looks_like_id), (CARD, (_OLD_CARD,), _luhn),
)  # fmt: skip
