"""How two versions of a template differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.documents.versions import AROUND, GONE, LEFT_OUT, NEW, SAME, differences

LINES = st.lists(st.sampled_from(["#let a = 1", "b", "", "= c", "d"]), max_size=12)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("", "", []),
        ("a\nb", "a\nb", []),
        ("a", "b", [(GONE, 1, "a"), (NEW, 1, "b")]),
        ("", "b", [(NEW, 1, "b")]),
        ("a\nb\nc", "a\nc", [(SAME, 1, "a"), (GONE, 2, "b"), (SAME, 2, "c")]),
        (
            "1\n2\n3\n4\n5\n6\n7", "1\n2\n3\nx\n5\n6\n7",
            [(LEFT_OUT, 1, ""), (SAME, 2, "2"), (SAME, 3, "3"), (GONE, 4, "4"), (NEW, 4, "x"), (SAME, 5, "5"), (SAME, 6, "6"), (LEFT_OUT, 1, "")],
        ),
    ],
)  # fmt: skip
def test_what_differs(before: str, after: str, found: list[tuple[str, int, str]]) -> None:
    assert differences(before, after) == found


@given(LINES, LINES)
def test_one_version_and_what_differs_give_the_other(before: list[str], after: list[str]) -> None:
    """Whoever takes away what is gone and puts in what is new has the other version."""
    found = differences("\n".join([*before, "end"]), "\n".join([*after, "end"]))
    before, after = [*before, "end"], [*after, "end"]
    rest, at = [], 0
    for mark, count, text in found:
        if mark == LEFT_OUT:
            rest += before[at : at + count]
            at += count
        elif mark == GONE:
            assert before[at] == text
            at += 1
        else:
            rest.append(text)
            at += mark == SAME
    assert (rest if found else before) == after


@given(LINES)
def test_little_is_shown_of_what_is_the_same(lines: list[str]) -> None:
    found = differences("\n".join([*lines, "x"]), "\n".join([*lines, "y"]))
    assert sum(mark == SAME for mark, _, _ in found) == min(AROUND, len(lines))
