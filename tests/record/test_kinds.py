"""Each kind of value: from text, to text, to what people read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record.ids import encode
from crm_desktop.record.kinds import LENGTH, NEVER_NULL, PARSE, TEXTUAL, Kind, Memo, plain, shown
from crm_desktop.record.text import Refused

GIVEN: list[tuple[Kind, str, Any]] = [
    (Kind.TEXT, "  Orient ", "Orient"), (Kind.TEXT, "", ""), (Kind.TEXT, "a\u3000b", "a\u3000b"), (Kind.TEXT, "\u3000 a", "a"), (Kind.CODE, "007", "007"), (Kind.CODE, "9", "9"),
    (Kind.LONG, "a\r\nb\rc\n", "a\nb\nc"), (Kind.LONG, "a\tb", "a\tb"), (Kind.CHOICE, "Booked", "Booked"), (Kind.TEXT, "😀", "😀"), (Kind.TEXT, "é\u0301", "é\u0301"),
    (Kind.INT, "12", 12), (Kind.INT, "-3", -3), (Kind.INT, "+3", 3), (Kind.INT, "1,234", 1234), (Kind.INT, "1,234,567", 1_234_567), (Kind.INT, "", None), (Kind.INT, " 0 ", 0), (Kind.INT, "007", 7),
    (Kind.BOOL, "1", 1), (Kind.BOOL, "Yes", 1), (Kind.BOOL, "是", 1), (Kind.BOOL, "√", 1), (Kind.BOOL, "true", 1), (Kind.BOOL, "", 0), (Kind.BOOL, "否", 0), (Kind.BOOL, "FALSE", 0),
    (Kind.MONEY, "12.34", 1234), (Kind.MONEY, "", 0), (Kind.DATE, "2026/1/8", "2026-01-08"), (Kind.DATE, "", ""),
    (Kind.REF, encode(5), 5), (Kind.REF, "", None), (Kind.KEY, encode(-5), -5), (Kind.KEY, " ", None),
]  # fmt: skip
REFUSED: list[tuple[Kind, str]] = [
    (Kind.TEXT, "a\nb"), (Kind.TEXT, "a\tb"), (Kind.CODE, "a\x00b"), (Kind.TEXT, "a\x7fb"), (Kind.LONG, "a\x0bb"), (Kind.TEXT, "\ud800"), (Kind.LONG, "a\udfffb"),
    (Kind.TEXT, "x" * 201), (Kind.CODE, "x" * 61), (Kind.CHOICE, "x" * 61), (Kind.LONG, "x" * 20_001),
    (Kind.INT, "1.5"), (Kind.INT, "1,5"), (Kind.INT, "1,2,3"), (Kind.INT, "--5"), (Kind.INT, "-"), (Kind.INT, "12a"), (Kind.INT, "9" * 11), (Kind.INT, "9" * 5000), (Kind.INT, "²"),
    (Kind.INT, "1000000001"), (Kind.INT, "5-"), (Kind.INT, "１２"),
    (Kind.BOOL, "maybe"), (Kind.BOOL, "2"), (Kind.MONEY, "1,5"), (Kind.DATE, "18.11.2026"), (Kind.REF, "9"), (Kind.KEY, "hello"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "words", "value"), GIVEN)
def test_what_words_mean(kind: Kind, words: str, value: Any) -> None:
    assert PARSE[kind](words) == value
    assert type(PARSE[kind](words)) is type(value)


@pytest.mark.parametrize(("kind", "words"), REFUSED, ids=[f"{kind}-{words[:8]!a}" for kind, words in REFUSED])
def test_what_is_refused(kind: Kind, words: str) -> None:
    with pytest.raises(Refused) as refused:
        PARSE[kind](words)
    assert len(str(refused.value)) > 10


@pytest.mark.parametrize("kind", list(PARSE))
@given(words=st.text(max_size=20))
def test_any_words_are_a_value_or_refused_and_come_back(kind: Kind, words: str) -> None:
    try:
        value = PARSE[kind](words)
    except Refused:
        return
    assert PARSE[kind](plain(kind, value)) == value
    assert not (kind in NEVER_NULL and value is None)
    assert isinstance(shown(kind, value), str)


@pytest.mark.parametrize("kind", sorted(TEXTUAL))
def test_empty_words_are_the_empty_text(kind: Kind) -> None:
    assert PARSE[kind]("") == PARSE[kind]("   ") == ""


@pytest.mark.parametrize("kind", sorted(LENGTH))
def test_the_longest_that_fits(kind: Kind) -> None:
    assert len(PARSE[kind]("x" * LENGTH[kind])) == LENGTH[kind]


@pytest.mark.parametrize(
    ("kind", "value", "for_files", "for_people"),
    [
        (Kind.MONEY, -638, "-6.38", "−6.38"), (Kind.MONEY, 128800, "1288.00", "1,288.00"), (Kind.INT, 12345, "12345", "12,345"), (Kind.INT, None, "", ""),
        (Kind.BOOL, 1, "1", "Yes"), (Kind.BOOL, 0, "0", "No"), (Kind.DATE, "2026-11-18", "2026-11-18", "2026-11-18"), (Kind.KEY, -5, encode(-5), "-5"), (Kind.TEXT, "a", "a", "a"),
    ],
)  # fmt: skip
def test_how_values_go_out(kind: Kind, value: Any, for_files: str, for_people: str) -> None:
    assert plain(kind, value) == for_files
    assert shown(kind, value) == for_people


def test_a_memo_asks_once_and_never_grows_without_end() -> None:
    asked = []

    def convert(n: int) -> int:
        asked.append(n)
        return n * 2

    memo = Memo(convert, limit=3)
    assert [memo[n] for n in (1, 1, 2, 1, 3)] == [2, 2, 4, 2, 6]
    assert asked == [1, 2, 3]
    assert memo[4] == 8
    assert len(memo) == 1
    assert memo[1] == 2


def test_a_memo_does_not_keep_what_was_refused() -> None:
    memo = Memo(PARSE[Kind.INT])
    for _ in range(2):
        with pytest.raises(Refused):
            memo["x"]
    assert memo["5"] == 5
