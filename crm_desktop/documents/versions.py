"""How two versions of a template differ, line by line."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

AROUND = 2  # lines shown before and after what differs
SAME, GONE, NEW, LEFT_OUT = " ", "-", "+", "…"


def differences(before: str, after: str) -> list[tuple[str, int, str]]:
    """(mark, line, text) of what differs and the lines around it; `line` counts from 1 in the version it stands in.

    Equal versions give nothing; lines left out between two places are one LEFT_OUT with how many."""
    old, new = before.splitlines(), after.splitlines()
    found: list[tuple[str, int, str]] = []
    reached = 0
    for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND):
        found += _left_out(group[0][1] - reached)
        for kind, a, b, c, d in group:
            if kind == "equal":
                found += _marked(SAME, new, c, d)
            else:
                found += _marked(GONE, old, a, b) + _marked(NEW, new, c, d)
        reached = group[-1][2]
    return found + (_left_out(len(old) - reached) if found else [])


def _marked(mark: str, lines: Sequence[str], first: int, end: int) -> list[tuple[str, int, str]]:
    return [(mark, at + 1, lines[at]) for at in range(first, end)]


def _left_out(count: int) -> list[tuple[str, int, str]]:
    return [(LEFT_OUT, count, "")] if count else []
