"""What holds for every line, whatever is typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_desktop.record.said import booking, follow_up, preference, promise_or_receipt, visit_result
from crm_desktop.record.said.line import SEPARATORS, Said, Understood, plain

TODAY = "2026-11-18"
SPOKEN = (
    "今天 明天 昨天 周三 下周三 本周一 上周五 周末 月底 25号 31号 前 之前 后 3天后 三天前 3月8日 12.5 11-18 国庆 春节 农历十月十二 十月十二 年前 下周 今晚 晚 晚市 下午 3点半 15:40 10点"
    " 付 到账 收到 打款 已付 没 5万 三千五 18,600.50 1702 ¥500 30w 约 USD 会计说 老板答应 听太太说 不吃 喜欢 过敏 花生 羽绒 枕头 清真 要 别 12位 6桌 3间 包厢 婚宴 会议 听泉 已签 续签 投诉 下次"
    " next Wednesday by Friday Dec 15 in 3 days the 25th pay received from at 3 3pm Mr Smith 给 祁曼 周一禾 周大福 万豪 五一路 李国庆 三人成虎 3号楼 call Li ， 。 、 ； : ( ） １２ 週五 後天 ２５號"
)
WORDS = SPOKEN.split()
LINES = st.lists(st.sampled_from(WORDS), max_size=9).flatmap(lambda words: st.sampled_from(["".join(words), " ".join(words)])) | st.text(max_size=40)
ANYTHING = st.text(max_size=60) | st.text("0123456789 .,:/-+年月日号周一二三十百千万半初廿正腊农历前后点付说不", max_size=30) | LINES
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)).map(dt.date.isoformat)


def _follow_up(line: str, today: str) -> Understood:
    return follow_up(line, today, names=("周一禾",))


def _preference(line: str, today: str) -> Understood:
    return preference(line, {"1702"}, names=("祁曼",))


def _booking(line: str, today: str) -> Understood:
    return booking(line, today, ("听泉",))


ALL: tuple[Callable[[str, str], Understood], ...] = (_follow_up, promise_or_receipt, _preference, _booking, visit_result)
EACH = pytest.mark.parametrize("understand", ALL)


def _letters(words: str) -> str:
    return "".join(c for c in words if not c.isspace() and c not in SEPARATORS)


@EACH
@given(line=ANYTHING, today=DAYS)
@example(line="老板答应25号前付5万 会计说", today=TODAY)
@example(line="0答应", today=TODAY)
def test_the_pieces_and_the_rest_are_the_line(understand: Callable[[str, str], Understood], line: str, today: str) -> None:
    found = understand(line, today)
    left, at = "", 0
    for piece in found.pieces:
        assert piece.text == line[piece.start : piece.end]
        assert at <= piece.start < piece.end <= len(line)
        left += line[at : piece.start]
        at = piece.end
    assert _letters(found.rest) == _letters(left + line[at:])


@EACH
@given(line=ANYTHING, today=DAYS)
def test_a_doubtful_field_is_empty(understand: Callable[[str, str], Understood], line: str, today: str) -> None:
    found = understand(line, today)
    for field, values in found.doubts.items():
        assert not getattr(found, field)
        assert len(set(values)) == len(values)


@EACH
@pytest.mark.parametrize("today", ["0001-01-01", "1900-02-28", "2099-12-31", "2100-01-01", "9999-12-31"])
@given(line=ANYTHING)
def test_at_the_ends_of_time_nothing_breaks(understand: Callable[[str, str], Understood], line: str, today: str) -> None:
    assert understand(line, today).line == line


@EACH
@pytest.mark.parametrize("line", ["", " ", "\n", "，。、", "\u3000", "\0"])
def test_nothing_typed_is_nothing_found(understand: Callable[[str, str], Understood], line: str) -> None:
    found = understand(line, TODAY)
    assert (found.pieces, found.rest, found.doubts) == ((), "", {})


@given(LINES, DAYS)
@example("本周一 催", "2026-11-18")
@example("三天前 付5万", "2026-11-18")
def test_nothing_is_due_in_the_past(line: str, today: str) -> None:
    done, paid = follow_up(line, today), promise_or_receipt(line, today)
    for due in (done.due, *done.doubts.get("due", ())):
        assert not due or due >= today
    if paid.kind == "promise":
        for due in (paid.day, *paid.doubts.get("day", ())):
            assert not due or due >= today


@given(ANYTHING)
def test_each_letter_keeps_its_place(line: str) -> None:
    assert len(plain(line)) == len(line)


@given(DAYS, DAYS, st.sampled_from(["催发票", "给祁曼回电", "call Li"]))
def test_a_full_day_is_taken_as_written(today: str, due: str, what: str) -> None:
    found = follow_up(f"{due} {what}", today)
    assert (found.due, found.what, found.doubts) == (due, what, {})


@given(DAYS, st.integers(1, 10**10), st.booleans())
def test_a_full_receipt_is_read_back(day: str, units: int, before: bool) -> None:
    money = f"{units // 100:,}.{units % 100:02d}元"
    found = promise_or_receipt(f"收到{money} 禾渚" if before else f"禾渚 {money} 到账", day)
    assert (found.kind, found.amount, found.currency, found.payer, found.doubts) == ("receipt", units, "CNY", "禾渚", {})


@given(st.integers(1, 999), st.integers(1, 99))
def test_people_and_tables_are_read_back(people: int, tables: int) -> None:
    found = booking(f"周六晚 {people}位 {tables}桌 婚宴", TODAY)
    assert (found.people, found.tables) == (people, tables)


def _took(said: Said, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        said.take("x", start, end)
    return said.rest()


@pytest.mark.parametrize(
    ("line", "spans", "rest"),
    [
        ("给祁曼下周三回电", [(3, 6)], "给祁曼回电"), ("给祁曼 下周三 回电", [(4, 7)], "给祁曼 回电"), ("call Li on Friday", [(8, 17)], "call Li"),
        ("a，b，c", [(2, 3)], "a c"), ("xx给祁曼", [(0, 2)], "给祁曼"), ("甲12乙34丙", [(1, 3), (4, 6)], "甲乙丙"), ("甲1 2乙", [(1, 2), (3, 4)], "甲 乙"), ("ab", [(0, 2)], ""),
    ],
)  # fmt: skip
def test_what_is_left_over(line: str, spans: list[tuple[int, int]], rest: str) -> None:
    assert _took(Said(line), spans) == rest
