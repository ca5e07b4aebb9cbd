"""What differs between two revisions is marked, and nothing else."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.documents.changes import marked

TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N")), max_size=6)
ROWS = st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=6)
EMPTY = ("", [], ["", ""])
DATA = st.fixed_dictionaries({"name": TEXTS, "lines": st.lists(TEXTS, max_size=5), "rows": ROWS, "box": st.fixed_dictionaries({"a": TEXTS})})


def now(value: Any, *, was: bool = False) -> Any:
    """The data as it is now (or was), without marks."""
    if isinstance(value, dict) and "now" in value:
        return value["was" if was else "now"]
    if isinstance(value, dict):
        return {name: now(each, was=was) for name, each in value.items()}
    if isinstance(value, list):
        found = [now(each, was=was) for each in value]
        return [each for each in found if each not in EMPTY]
    return value


def tidy(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: tidy(each) for name, each in value.items()}
    return [each for each in map(tidy, value) if each not in EMPTY] if isinstance(value, list) else value


@given(DATA, DATA)
def test_both_sides_can_be_read_from_the_marks(old: Any, new: Any) -> None:
    found, _ = marked(old, new)
    assert now(found) == tidy(new)
    assert now(found, was=True) == tidy(old)


@given(DATA)
def test_nothing_is_marked_where_nothing_changed(data: Any) -> None:
    assert marked(data, data) == (data, 0)


def test_a_room_and_a_dish_change() -> None:
    old = {"room": "1702", "menu": ["花雕醉虾", "香干马兰头"], "items": [["1", "鲜花"], ["2", "水果"]]}
    new = {"room": "1801", "menu": ["香干马兰头"], "items": [["1", "鲜花"], ["2", "水果"], ["3", "贺卡"]]}
    found, count = marked(old, new)
    assert found["room"] == {"was": "1702", "now": "1801"}
    assert found["menu"] == [{"was": "花雕醉虾", "now": ""}, "香干马兰头"]
    assert found["items"][2] == [{"was": "", "now": "3"}, {"was": "", "now": "贺卡"}]
    assert count == 4
