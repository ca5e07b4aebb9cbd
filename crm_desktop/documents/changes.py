"""What differs between what a paper said and what it says now, marked for its template: {"was": ..., "now": ...}."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any


def marked(old: Any, new: Any) -> tuple[Any, int]:
    """The new data with every changed text marked, and how many are.

    Texts are compared one by one, lists of rows by the rows they have in common: a new row is all new, one taken out
    stands where it was, all struck out. Pictures and numbers that steer a template are left as they are."""
    if isinstance(new, str) or isinstance(old, str):
        return _text(old, new)
    if isinstance(new, dict):
        return _fields(old if isinstance(old, dict) else {}, new)
    if isinstance(new, list):
        return _list(old if isinstance(old, list) else [], new)
    return new, 0


def _text(old: Any, new: Any) -> tuple[Any, int]:
    before, after = old if isinstance(old, str) else "", new if isinstance(new, str) else ""
    if before == after or after.startswith("<svg") or before.startswith("<svg"):
        return new, 0
    return {"was": before, "now": after}, 1


def _fields(old: dict[str, Any], new: dict[str, Any]) -> tuple[Any, int]:
    found = {name: marked(old.get(name, _none(value)), value) for name, value in new.items()}
    return {name: value for name, (value, _) in found.items()}, sum(count for _, count in found.values())


def _none(value: Any) -> Any:
    return "" if isinstance(value, str) else [] if isinstance(value, list) else {}


def _list(old: list[Any], new: list[Any]) -> tuple[Any, int]:
    if not all(isinstance(each, list) for each in (*old, *new)):
        return _lines(old, new) if all(isinstance(each, str) for each in (*old, *new)) else _in_order(old, new)
    return _rows(old, new)


def _in_order(old: list[Any], new: list[Any]) -> tuple[Any, int]:
    found = [marked(old[at] if at < len(old) else _none(value), value) for at, value in enumerate(new)]
    return [value for value, _ in found], sum(count for _, count in found) + max(0, len(old) - len(new))


def _lines(old: Sequence[str], new: Sequence[str]) -> tuple[Any, int]:
    out: list[Any] = []
    count = 0
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            out += new[c:d]
            continue
        for at in range(max(b - a, d - c)):
            out.append({"was": old[a + at] if a + at < b else "", "now": new[c + at] if c + at < d else ""})
            count += 1
    return out, count


def _rows(old: list[list[Any]], new: list[list[Any]]) -> tuple[Any, int]:
    out: list[Any] = []
    count = 0
    before, after = ([tuple(map(str, row)) for row in rows] for rows in (old, new))
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            out += new[c:d]
            continue
        for at in range(max(b - a, d - c)):
            was = old[a + at] if a + at < b else [""] * len(new[c + at])
            now = new[c + at] if c + at < d else [""] * len(was)
            cells = [marked(one, other) for one, other in zip(was, now, strict=False)]
            out.append([value for value, _ in cells])
            count += sum(number for _, number in cells)
    return out, count
