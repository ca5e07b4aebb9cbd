"""Boxes of a template moved in its source: nothing else changes, and moving back gives the source again."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.documents import typeset
from crm_desktop.documents.boxes import added, boxes, moved, unused, without, worded

SOURCE = """
// field("不是", "a comment", d.x)
#let words = "form(field("
#form(columns: 2,
  field("等级", "Level", d.level), field("贵宾 (名)", "Guest )", (d.guest, d.latin)),
  ((zh: "禁忌", en: "Never"), d.never, 1, 0pt), field("事由", "Purpose", if is-empty(d.reason) { "" } else { v(d.reason) }, span: 3),
)
#note-field("外", "Outside", d.y)
#field("外", "Outside", d.y)
#form(field("金额", "Amount", d.amount))
"""


def test_what_is_a_box() -> None:
    assert [[box.english for box in group] for group in boxes(SOURCE)] == [["Level", "Guest )", "Purpose"], ["Amount"]]
    first = boxes(SOURCE)[0][1]
    assert SOURCE[first.start : first.end] == 'field("贵宾 (名)", "Guest )", (d.guest, d.latin))'


def test_a_box_goes_up() -> None:
    after = moved(SOURCE, 0, 2, 0)
    assert [box.english for box in boxes(after)[0]] == ["Purpose", "Level", "Guest )"]
    assert boxes(after)[1][0].english == "Amount"
    assert '((zh: "禁忌", en: "Never"), d.never, 1, 0pt)' in after


@pytest.mark.parametrize("form", ["F01", "F02", "F15", "F16"])
def test_moving_there_and_back_gives_the_same_template(form: str) -> None:
    source = typeset.shipped(form)
    for group, found in enumerate(boxes(source)):
        after = moved(source, group, 0, len(found) - 1)
        assert Counter(after) == Counter(source)
        assert moved(after, group, len(found) - 1, 0) == source


def test_other_words_stand_in_their_place_and_nothing_else_changes() -> None:
    after = worded(SOURCE, 0, 0, '级"别\\', "Class")
    assert [(box.chinese, box.english) for box in boxes(after)[0]][:2] == [('级"别\\', "Class"), ("贵宾 (名)", "Guest )")]
    assert worded(after, 0, 0, "等级", "Level") == SOURCE


def test_a_box_is_left_out_and_put_back() -> None:
    after = without(SOURCE, 0, 1)
    assert [box.english for box in boxes(after)[0]] == ["Level", "Purpose"]
    assert [box.english for box in boxes(without(after, 0, 1))[0]] == ["Level"]
    again = added(after, 0, 0, "latin")
    assert [box.english for box in boxes(again)[0]] == ["Level", "latin", "Purpose"]
    assert 'field("latin", "latin", d.at("latin"))' in again


def test_what_can_be_added_is_what_the_template_does_not_say_yet() -> None:
    data = {"level": "V2", "guest": "霍明翊", "must": ["a", "b"], "photo": "<svg/>", "rows": [["a"]], "lev": "x", "count": 3}
    assert unused(SOURCE, data) == {"must": "a b", "lev": "x"}
    assert "must" not in unused(added(SOURCE, 1, 0, "must"), data)


@pytest.mark.parametrize("form", ["F01", "F09", "F16", "F37", "F50"])
def test_a_template_without_any_one_of_its_boxes_is_set(form: str) -> None:
    """Leaving out leaves nothing behind that cannot be read: brackets and commas stay in order."""
    source = typeset.shipped(form)
    for group, found in enumerate(boxes(source)):
        for at in (0, len(found) - 1):
            after = without(source, group, at)
            assert after.count("(") - after.count(")") == source.count("(") - source.count(")")
            assert ",," not in after.replace(" ", "")


@given(st.lists(st.sampled_from(["form(", "field(", '"a"', ",", ")", '"', "// x\n", " ", 'field("a", "b", d)']), max_size=14).map("".join))
def test_any_text_is_safe(source: str) -> None:
    for group, found in enumerate(boxes(source)):
        for at in range(len(found)):
            assert Counter(moved(source, group, at, 0)) == Counter(source)
