"""Code lists: the declared choices until the hotel edits them, then its own words; nothing a row holds is ever lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.duties import RECORDS
from crm_desktop.record import codes
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine
from crm_desktop.record.record import Field, Record, Section
from crm_desktop.record.text import Text, both, say, use

STARTER = (("tea", Text("Booked"), "green"), ("cake", Text("Departed"), ""))
FIELD = Field("gift", Text("Kind"), Kind.CHOICE, choices=STARTER, codes="test gifts")


def item(code: str, zh: str = "", en: str = "", position: int = 10, tone: str = "", retired: int = 0, name: str = "test gifts") -> tuple[Any, ...]:
    return name, code, zh, en, position, tone, retired


@pytest.fixture(autouse=True)
def unlearned() -> Iterator[None]:
    codes.learn(())
    yield
    codes.learn(())


def test_it_starts_as_declared() -> None:
    assert FIELD.choices == FIELD.offered == STARTER


def test_the_hotels_words_win_in_both_languages() -> None:
    codes.learn([item("tea", "青瓷茶具", "Celadon tea set", tone="blue")])
    assert say(FIELD.choice_text("tea")) == "Celadon tea set"
    use("zh_CN")
    assert say(FIELD.choice_text("tea")) == "青瓷茶具"
    assert FIELD.tone("tea") == "blue"
    assert say(FIELD.choice_text("cake")) == "已离店"


def test_a_word_missing_in_one_language_is_said_in_the_other() -> None:
    codes.learn([item("tea", "青瓷茶具"), item("wine", "", "Wine", 30)])
    assert [say(text) for _, text, _ in FIELD.choices] == ["青瓷茶具", "Departed", "Wine"]
    use("zh_CN")
    assert [say(text) for _, text, _ in FIELD.choices] == ["青瓷茶具", "已离店", "Wine"]


def test_a_retired_one_is_known_but_not_offered() -> None:
    codes.learn([item("tea", "茶", retired=1)])
    assert [code for code, _, _ in FIELD.choices] == ["tea", "cake"]
    assert [code for code, _, _ in FIELD.offered] == ["cake"]
    assert say(FIELD.choice_text("tea")) == "茶"


def test_the_order_is_the_hotels() -> None:
    codes.learn([item("wine", "酒", position=5), item("tea", "茶", position=99)])
    assert [code for code, _, _ in FIELD.choices] == ["wine", "cake", "tea"]


def test_other_lists_are_left_alone() -> None:
    codes.learn([item("tea", "茶", name="another")])
    assert FIELD.choices == STARTER
    assert codes.edited() == {"another"}


def test_what_the_program_goes_by_is_no_list() -> None:
    with pytest.raises(ValueError, match="goes by"):
        Field("state", Text("Status"), Kind.CHOICE, choices=STARTER, codes="x", closed=True)
    state = Field("state", Text("Status"), Kind.CHOICE, choices=STARTER, codes="test states")
    with pytest.raises(ValueError, match="machine"):
        Record("x", Text("x"), Text("x"), Section(Text("x"), state), machine=Machine("state"))
    for record in RECORDS:
        assert not any(f.codes and f.closed and f.codes != codes.LISTS for f in record.fields)


def test_a_list_starts_one_way_only() -> None:
    codes.declare("test twice", Text("x"), STARTER)
    codes.declare("test twice", Text("y"), STARTER)
    with pytest.raises(ValueError, match="elsewhere"):
        codes.declare("test twice", Text("x"), STARTER[:1])


def test_every_open_choice_of_the_duties_can_be_edited() -> None:
    fixed = {"sex", "vip", "tone", "level", "cause", "before", "after", "code", "invoice_kind", "size"}  # rules or the law know them
    left = {f"{r.key}.{f.name}" for r in RECORDS for f in r.fields if f.kind == Kind.CHOICE and not f.codes and not f.closed and f.name not in fixed}
    assert left == set()


def test_written_down_it_says_the_same() -> None:
    for one in codes.lists():
        codes.learn([tuple(row[name] for name in codes.COLUMNS) for row in codes.starter_items(one)])
        assert [(code, both(text), tone) for code, text, tone in codes.choices(one.name, one.starter)] == [
            (code, both(text), tone) for code, text, tone in one.starter
        ]


_ITEMS = st.lists(
    st.builds(item, st.sampled_from(["tea", "cake", "wine", "card"]), st.just("字"), st.just("w"), st.integers(0, 50), st.just(""), st.integers(0, 1)),
    unique_by=lambda one: one[1],
)


@given(_ITEMS)
def test_no_code_is_ever_unknown(items: list[tuple[Any, ...]]) -> None:
    codes.learn(items)
    known = {code for code, _, _ in FIELD.choices}
    assert known == {"tea", "cake"} | {one[1] for one in items}
    assert len(FIELD.choices) == len(known)
    assert {code for code, _, _ in FIELD.offered} == known - {one[1] for one in items if one[6]}
