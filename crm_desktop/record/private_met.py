"""Where numbers of people and payment cards stand in running text, however they are written: glued to words, in groups, with
full-width digits, with dashes, dots, a line's end and characters that nobody sees between them.

Which digits belong together is not known before: of every run of groups each stretch is tried that people write such a number
in. What only looks like one - an order, an account, an invoice, phones, rooms - is told by its shape and by the word before it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from crm_desktop.record import dates
from crm_desktop.record.later import pattern

LEAST, MOST = 13, 19  # digits of the shortest one, of the longest
PROVINCES = frozenset(
    (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83, 91)
)  # GB/T 2260; 83 for residents from Taiwan, 91 for permanent residents from abroad
WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"  # GB 11643-1999
CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: 统一社会信用代码, some of digits only
MADE = "2026-11-18"  # when this was written: no clock that is wrong makes people unborn
GROWN_UP = 10  # years: a younger day of birth in a number that is not right, or is called an order, is the day of an order
GAP = " \u00a0\u034f\u1680\u2000-\u200f\u202f\u205f\u2060\u20e3\u3000\u3164\ufe0e\ufe0f\ufeff\\-‐-―−－·"  # between digits of one number
_ODD = "./_\t\n\r\u2028\u2029,，、:|"  # between those of one that is called a card, or cut as an ID number is
HIDDEN = pattern(  # what nobody sees and every program passes on: the characters of category Cf
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
MANY = pattern(rf"(?:\d[{GAP}{_ODD}]{{0,3}}){{{LEAST}}}")  # what every such number has: most texts are done with here
_GROUP = pattern(rf"\d+(?:[XxＸｘ](?![A-Za-z]))?|(?<=[{GAP}\r\n,，])[XxＸｘ](?![\dA-Za-z])")
_JOINT = pattern(rf"[{GAP}{_ODD}]{{0,3}}")
_PLAIN = pattern(rf"[{GAP}]{{0,3}}")
_MADE = pattern(  # UnionPay, Visa, Mastercard, Amex, JCB, Diners, Discover, old debit cards of ICBC, ABC, the post bank and Bocom, Maestro:
    r"62\d{14,17}|4\d{15}(?:\d{3})?|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|35(?:2[89]|[3-8]\d)\d{12}"
    r"|3(?:0[0-5]|[689]\d)\d{11}|6(?:0\d\d|4[4-9]\d|5\d\d)\d{12}|9558\d{10,15}|9559\d{15}|955100\d{13}|601428\d{11}"
    r"|(?:5018|5020|5038|5893|6304|6759|676[1-37])\d{12,15}"  # each of its own lengths, as firms' accounts are as long
)
_OLD = pattern(r"4\d{12}")  # as Visa made them once: of a confirmation number only words before it tell them
_CUTS = frozenset(((4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 3), (4, 4, 4, 2), (6, 10), (6, 13), (6, 12), (16, 3), (6, 9), (6, 6, 4), (6, 6, 7), (6, 4, 6), (4, 4, 4, 4, 3), (4, 4, 4, 4, 2), (4, 4, 4, 4, 1), (5, 5, 5, 1)))  # fmt: skip
_FEW_CUTS, _EVEN = frozenset(((4, 4, 4, 4), (4, 6, 5))), pattern(r"\d+([._])\d+\1\d+(?:\1\d+)?")
_ID_CUTS = frozenset(((18,), (6, 8, 4), (6, 8, 3, 1), (17, 1), (14, 4), (6, 12)))
_OLD_ID_CUTS = frozenset(((15,), (6, 6, 3)))
_CARD_WORDS = pattern(
    r"(?:卡(?:片|号|账号|帐号)*|visa|master ?card|amex|american express|jcb|diners|discover|maestro|银联|union ?pay|card|担保|guarantee|[%％]b|(?<![a-z])(?:cc|mc|ccn|pan))[^\d\n]{0,8}$",
    re.IGNORECASE,
)
_OTHER_WORDS = pattern(
    r"(?:(?:确认|预订|预定|订单|编|流水|交易|合同|凭证|发票|票|运单|快递|会员|单)(?:号码?|编号|代码)?|税号|识别号|信用代码|"
    r"(?<![a-z])(?:conf|confirmation|booking|order|invoice|reservation|ref|reference|voucher|contract|member|membership)(?![a-z]))[^\d\n]{0,10}$",
    re.IGNORECASE,
)
_ACCOUNT_WORDS = pattern(r"(?:账号|帐号|账户|帐户|户号|对公|基本户|(?<![a-z])(?:acct|a/c))[^\d\n]{0,6}$", re.IGNORECASE)
_ROOM_WORDS = pattern(r"(?<!\d{3})(?:房|室|间|桌|room|rm)[^\d\n]{0,4}$", re.IGNORECASE)
_PHONE_WORDS = pattern(r"(?:电话|手机|座机|传真|热线|总机|联系|致电|(?<![a-z])(?:tel|phone|mobile|fax|call))[^\d\n]{0,10}$", re.IGNORECASE)
_AREA = pattern(rf"(?:(?<!\d)0\d{{2,3}}|(?<!\d)(?:00)?86[{GAP}(（]{{0,3}}\d{{2,3}}|\+\d[\d{GAP}]{{0,7}})[{GAP}()（）/]{{0,3}}$")
_PHONE = pattern(r"(?:0{0,2}86)?1[3-9]\d{9}|0(?:10|2\d)[2-8]\d{7}|0[3-9]\d\d[2-8]\d{6,7}")
_LINE_END = pattern(rf"[{GAP}]*(?:\r\n|[\n\r\u2028\u2029])[{GAP}]*")
_ORDERED = pattern(
    r"确认|预订|预定|订单|单号|编号|流水|交易|合同|凭证|发票|携程|美团|飞猪|去哪儿|同程|艺龙|booking|order|confirm|conf\b|reserv|invoice|voucher|contract|\bref|\bpnr|ctrip|trip\.com|agoda|expedia",
    re.IGNORECASE,
)
_PAID = pattern(r"押金|订金|定金|授权|刷|支付|付款|有效期|到期|deposit|\bauth|\bpa(?:y|id)|\bexp|cvv|cvc", re.IGNORECASE)
_PAPER_WORDS = pattern(r"(?<!许可)(?<!登记)(?<!资格)(?:证|身份|(?<![a-z])id|identity)[^\d\n]{0,8}$", re.IGNORECASE)
_FIRM_WORDS = pattern(r"(?:税号|识别号|信用代码|代码)[^\d\n]{0,6}$")
_CARD_ENDS = pattern(r"[A-Za-z]*(?:exp|val|thru|cvv|cvc|mm)", re.IGNORECASE)
BEFORE = 24  # characters looked at for the word before a number


class Stretch(NamedTuple):
    """Some groups of digits that follow each other: the text, from where to where, the number without what is between them."""

    text: str
    start: int
    end: int
    number: str
    cut: tuple[int, ...]  # how many digits each group has
    odd: int  # between how many of them something else than blanks and dashes is
    first: bool  # the run begins with it

    @property
    def plain(self) -> bool:
        """Is nothing but blanks and dashes between them?"""
        return not self.odd

    def broken(self) -> bool:
        """Does one line end inside, and is nothing else odd there?"""
        return self.odd == 1 and any(_LINE_END.fullmatch(each[0]) for each in re.finditer(r"\D+", self.text[self.start : self.end]))

    def after(self, words: re.Pattern[str]) -> bool:
        """Does such a word stand right before it?"""
        return bool(words.search(self.text[max(0, self.start - BEFORE) : self.start]))

    def in_a_word(self) -> bool:
        """Is it glued to a Latin letter on either side?"""
        around = self.text[max(0, self.start - 1) : self.start] + self.text[self.end : self.end + 1]
        return any(letter.isascii() and letter.isalpha() for letter in around)


class _Group(NamedTuple):
    start: int
    end: int
    digits: str
    plain: bool  # nothing but blanks and dashes is before it


def stretches(text: str) -> Iterator[Stretch]:
    """Everything in a text that is long enough."""
    run: list[_Group] = []
    for found in _GROUP.finditer(text):
        between = text[run[-1].end : found.start()] if run else ""
        if run and not _JOINT.fullmatch(between):
            yield from _of_run(text, run)
            run = []
        run.append(_Group(found.start(), found.end(), _plain(found[0]), bool(_PLAIN.fullmatch(between))))
    yield from _of_run(text, run)


def _plain(digits: str) -> str:
    """Digits of any writing as 0 to 9, a small or wide x as X."""
    return digits if digits.isascii() and digits.isdecimal() else "".join(str(int(each)) if each.isdecimal() else "X" for each in digits)


def _of_run(text: str, run: list[_Group]) -> Iterator[Stretch]:
    for at, begin in enumerate(run):
        number, odd = "", 0
        cut: tuple[int, ...] = ()
        for each in run[at : at + MOST]:
            if number.endswith("X") or len(number) + len(each.digits) > MOST:
                break
            odd += bool(cut) and not each.plain
            number, cut = number + each.digits, (*cut, len(each.digits))
            if len(number) >= LEAST:
                yield Stretch(text, begin.start, each.end, number, cut, odd, at == 0)


# people


def right_id(number: str) -> bool:
    """True for 18 characters with a possible region and day of birth whose last one is the check character of GB 11643."""
    return len(number) == 18 and looks_like_id(number) and CHECKS[_sum(number)] == number[17]


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
    if int(number[:2]) not in PROVINCES or not _was_day(f"19{number[6:12]}" if old else number[6:14]):
        return False
    return old or CHECKS[_sum(number)] == number[17] or not is_credit_code(number)


def _today() -> str:
    return max(dates.business_date(), MADE)


def _was_day(digits: str) -> bool:
    """True for a day on which somebody may have been born who is alive."""
    try:
        return digits[:4] > "1880" and dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat() <= _today()
    except ValueError:
        return False


def may_be_born(number: str) -> bool:
    """The same of the first fourteen digits of a number that is still being typed."""
    return int(number[:2]) in PROVINCES and _was_day(number[6:14])


def _grown_up(number: str) -> bool:
    return int(number[6:10]) + GROWN_UP < int(_today()[:4])


def is_id(one: Stretch) -> bool:
    """A right number, also glued to letters, also cut in one place by a line's end or a comma."""
    if not right_id(one.number) or not (one.plain or one.cut in _ID_CUTS or (one.odd == 1 and (_grown_up(one.number) or one.after(_PAPER_WORDS)))):
        return False
    if one.after(_FIRM_WORDS) and is_credit_code(one.number):
        return False
    return _grown_up(one.number) or not one.after(_OTHER_WORDS)


def is_id_with_a_slip(one: Stretch) -> bool:
    """A number whose last character does not fit the others, or one of the old kind that is called one."""
    if not looks_like_id(one.number) or one.in_a_word():
        return False
    if len(one.number) == 15:
        return one.cut in _OLD_ID_CUTS and one.after(_PAPER_WORDS)
    if one.cut not in _ID_CUTS or not _grown_up(one.number):
        return False
    return not (one.after(_OTHER_WORDS) or one.after(_ACCOUNT_WORDS))


# cards


def looks_like_card(number: str) -> bool:
    """True for 14 to 19 digits of a card company's range whose last one fits the others (Luhn)."""
    return 14 <= len(number) <= 19 and bool(_MADE.fullmatch(number)) and _luhn(number)


def _luhn(number: str) -> bool:
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number)))
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def is_card(one: Stretch) -> bool:
    """A number of a card, called one or written as one."""
    if len(one.number) == LEAST:
        return len(one.cut) == 1 and bool(_OLD.fullmatch(one.number)) and _luhn(one.number) and _called_card(one) and not one.in_a_word()
    if not looks_like_card(one.number):
        return False
    if _called_card(one):
        return True
    if one.in_a_word() and not (_CARD_ENDS.match(one.text, one.end) and not one.text[one.start - 1 : one.start].isalpha()):
        return False
    return _written_as_card(one) and not _called_otherwise(one)


def _called_card(one: Stretch) -> bool:
    return one.after(_CARD_WORDS) or one.text[one.end : one.end + 6].strip().lower().startswith("visa")


def _called_otherwise(one: Stretch) -> bool:
    if one.after(_OTHER_WORDS):
        return True
    return not one.number.startswith(("62", "955")) and one.after(_ACCOUNT_WORDS)  # people's accounts have the numbers of their cards


def _written_as_card(one: Stretch) -> bool:
    if len(one.cut) == 1:
        return not (_is_fraction(one) or _is_order_of_a_day(one))
    if set(one.cut) == {1}:
        return one.plain
    if one.odd == 1 or one.cut == (8, 8):
        return _is_wrapped(one)
    if one.cut not in (_CUTS if one.plain else _FEW_CUTS) or not (one.plain or _EVEN.fullmatch(one.text, one.start, one.end)):
        return False
    return not (one.after(_ROOM_WORDS) or _counts_on(one) or _is_invoice(one) or _is_phone_behind(one))


def _is_wrapped(one: Stretch) -> bool:
    """Two halves of eight digits, or a line that ends inside; two phones, rooms or what is counted one by one look so too."""
    if one.cut == (8, 8):
        low, high = int(one.number[:8]), int(one.number[8:])
        phones = one.after(_PHONE_WORDS) or one.after(_AREA) or one.number[:4] == one.number[8:12]
        return (one.plain or one.broken()) and not (phones or 0 < high - low <= 100 or _in_a_list(one, 8))
    if not one.broken() or one.after(_ROOM_WORDS) or one.after(_PHONE_WORDS):
        return False
    if len(one.cut) == 2:
        return len(one.number) == MOST and one.number.startswith("62") and not _PHONE.fullmatch(one.number, one.cut[0])
    return one.cut in _CUTS and not (_counts_on(one) or _in_a_list(one, one.cut[0]))


def _in_a_list(one: Stretch, size: int) -> bool:
    """Does one more group of this size stand right before or after it?"""
    more = rf"[{GAP}{_ODD}]{{1,3}}"
    before, after = one.text[max(0, one.start - size - 4) : one.start], one.text[one.end : one.end + size + 4]
    return bool(re.search(rf"(?<!\d)\d{{{size}}}{more}$", before) or re.match(rf"{more}\d{{{size}}}(?!\d)", after))


def _is_fraction(one: Stretch) -> bool:
    """120.4111111111111111"""
    return bool(re.search(r"(?:\b0|\d\d)\.$", one.text[max(0, one.start - 4) : one.start]))


def _is_order_of_a_day(one: Stretch) -> bool:
    """2611181530001234: an order of 2026-11-18 15:30; of the cards only some of Mastercard begin so. Where nothing around it
    tells, a day without a time of day after it (or the zeros of a counted number) is none."""
    if not _begins_with_a_day(one.number):
        return False
    around = one.text[max(0, one.start - BEFORE) : one.start].rpartition("\n")[2] + " " + one.text[one.end : one.end + BEFORE // 2].partition("\n")[0]
    if _ORDERED.search(around):
        return True
    hour, minute, second = one.number[6:8], one.number[8:10], one.number[10:12]
    return hour <= "23" and minute <= "59" and second <= "59" and not _PAID.search(around)


def _begins_with_a_day(number: str) -> bool:
    """A day of the last years in six digits."""
    this = int(_today()[2:4])
    return number[0] == "2" and this - 4 <= int(number[:2]) <= this + 1 and "01" <= number[2:4] <= "12" and "01" <= number[4:6] <= "31"


def _counts_on(one: Stretch) -> bool:
    """6201 6202 6203 6204: rooms."""
    parts = [int(one.number[at : at + 4]) for at in range(0, len(one.number), 4)]
    return set(one.cut) == {4} and all(0 < later - earlier <= 100 for earlier, later in pairwise(parts))


def _is_invoice(one: Stretch) -> bool:
    """2533 2000 0001 2345 6789: the year, the province, then sixteen more."""
    more = re.match(rf"[{GAP}]\d{{4}}(?!\d)", one.text[one.end : one.end + 6])
    return one.first and one.cut == (4, 4, 4, 4) and more is not None and int(one.number[2:4]) in PROVINCES and "22" <= one.number[:2] <= "39"


def _is_phone_behind(one: Stretch) -> bool:
    """312000 13800138000: a postal code and a phone."""
    return len(one.cut) == 2 and (one.number[one.cut[0]], one.cut[1]) in (("1", 11), ("0", 10), ("0", 11), ("0", 12))


WAYS: tuple[tuple[bool, Callable[[Stretch], bool]], ...] = ((True, is_id), (False, is_card), (True, is_id_with_a_slip))  # True: of a person


class Met(NamedTuple):
    """From where to where, the number, and whether it is a person's (or a card's)."""

    start: int
    end: int
    number: str
    person: bool


def hides(text: str) -> bool:
    """Is there a character in it that nobody sees?"""
    return not text.isprintable() and bool(HIDDEN.search(text))


def seen(text: str) -> tuple[str, list[int]]:
    """A text as people see it, and where each of its characters stood."""
    hidden = {each.start() for each in HIDDEN.finditer(text)}
    places = [at for at in range(len(text)) if at not in hidden]
    return "".join([text[at] for at in places]), places


def numbers(text: str) -> list[Met]:
    """Where in a text they stand, as it is seen; where that shows none, what nobody sees may be what parts them."""
    if not hides(text):
        return _numbers(text)
    plain, places = seen(text)
    found = [one._replace(start=places[one.start], end=places[one.end - 1] + 1) for one in _numbers(plain)]
    return found or _numbers(HIDDEN.sub("\u200b", text))


def _numbers(text: str) -> list[Met]:
    """Of those that overlap the surest: a right ID number, then a card, then what may be an ID
    number (the end of a card of 19 digits may look like one of 15), each the longest."""
    found: list[Met] = []
    taken = bytearray(len(text))  # which characters belong to one that is found: asked in one step, however many there are
    tried = sorted(stretches(text), key=lambda one: len(one.number), reverse=True)
    for person, is_one in WAYS:
        for one in tried:
            if taken.find(1, one.start, one.end) < 0 and is_one(one):
                found.append(Met(one.start, one.end, one.number, person))
                taken[one.start : one.end] = b"\1" * (one.end - one.start)
    return sorted(found)
