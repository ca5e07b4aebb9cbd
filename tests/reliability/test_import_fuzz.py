"""Whatever stands in a cell or a file: it is understood or refused in a sentence, and what is understood can be said again.

Ten million tries in the long run, by the readers themselves, without a process around them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from pathlib import Path

from crm_desktop.exchange.encodings import decode
from crm_desktop.exchange.foreign.cards import cards_of, row
from crm_desktop.exchange.foreign.lines import decoded
from crm_desktop.exchange.pasting import cells_of
from crm_desktop.exchange.text_file import Table, _delimiter
from crm_desktop.record import private
from crm_desktop.record.dates import parse_date, parse_time
from crm_desktop.record.money import parse_money, plain_money
from crm_desktop.record.text import Refused
from tests.reliability.killing import many
from tests.reliability.test_import import CARD, HANGS

LETTERS = "0123456789.,-+ \t\r\n\"';:=|/\\()[]{}<>&@%*~_年月日点分元¥￥$−－０９Xx ×²Ⅷ٣\u200b\ufeff\u2028\x00\x1a中文é\ud800"
FILE = "名称,金额,日期\n\"甲,乙\",1.5,2026-11-18\n丙;丁,\"a\"\"b\",x\n"


def amount(words: str) -> None:
    units = parse_money(words)
    assert parse_money(plain_money(units)) == units


def day(words: str) -> None:
    assert dt.date.fromisoformat(parse_date(words))


def hour(words: str) -> None:
    assert dt.time.fromisoformat(parse_time(words))


def number(words: str) -> None:
    kept, found = private.taken_out(words)
    assert (kept == words) == (not found)
    assert private.reduced(kept) == kept, "once is enough"
    private.reduced_half(words)
    private.seal(words)


def table(words: str) -> None:
    raw = words.encode("utf-8", "surrogatepass")
    text, encoding = decode(raw, Path("a.csv"))
    found = Table(Path("a.csv"), text, encoding, _delimiter(text))
    for _, cells in islice(found.rows(), 50):
        assert all(isinstance(cell, str) for cell in cells)


def raw_table(words: str) -> None:
    text, encoding = decode(words.encode("gb18030", "ignore")[1:], Path("a.csv"))
    list(islice(Table(Path("a.csv"), text, encoding, _delimiter(text)).rows(), 50))


def card(words: str) -> None:
    for found in cards_of(decoded(words.encode("utf-8", "surrogatepass"))):
        assert all(isinstance(cell, str) for cell in row(found))


def clipboard(words: str) -> None:
    rows = cells_of(words, words if len(words) % 2 else "")
    assert len({len(cells) for cells in rows}) == 1


Reader = Callable[[str], None]
KINDS: tuple[tuple[int, Reader, tuple[str, ...]], ...] = (  # of a thousand tries; the reader; what it begins with
    (400, amount, ("-1,234.50", "¥ 12.00", "人民币1234元整", "0.1", "999,999,999.99")),
    (220, day, ("2026-11-18", "2026年2月29日", "20261118", "2026/1/2 00:00:00")),
    (150, hour, ("9:30", "0930", "9点30分", "23：59")),
    (170, number, ("证 11010519491231002X，卡", "4111 1111 1111 1111", "护照 E12345678", "919900001000000164", "6222021234567890123")),
    (20, table, (FILE, FILE.replace(",", "\t"), FILE * 3)),
    (15, raw_table, (FILE, FILE * 2)),
    (15, card, (CARD.decode(), HANGS.decode(), CARD.decode().replace(":", ";TYPE=CELL:") * 2)),
    (10, clipboard, (FILE.replace(",", "\t"), "<table><tr><td colspan=9>a<br>b</td><th>c</tr></table>")),
)


def spoilt(chance: random.Random, words: str) -> str:
    """One to four letters taken away, put in or said again."""
    for _ in range(int(chance.random() * 4) + 1):
        at = int(chance.random() * (len(words) + 1))
        what = chance.random()
        if what < 0.4:
            words = words[:at] + LETTERS[int(chance.random() * len(LETTERS))] + words[at + 1 :]
        elif what < 0.7:
            words = words[:at] + LETTERS[int(chance.random() * len(LETTERS))] + words[at:]
        elif what < 0.85:
            words = words[:at] + words[at + 1 :]
        else:
            words = words[:at] + words[at - 9 if at > 9 else 0 : at] + words[at:]
    return words


@many(5_000, 10, 1_000_000)
def test_anything_is_understood_or_refused(tries: int, part: int) -> None:
    chance, understood = random.Random(77 + part), 0
    for share, reader, begun in KINDS:
        for n in range(tries * share // 1000):
            words = spoilt(chance, begun[n % len(begun)])
            with suppress(Refused):
                reader(words)
                understood += 1
    assert tries // 20 < understood < tries
