"""Editing a code list: it is first written down as it was declared, and put in order as one change."""

from __future__ import annotations

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import CODE_ITEM
from crm_desktop.record import codes
from crm_desktop.record.text import Text
from crm_desktop.store import code_items
from crm_desktop.store.log import Change

BEGUN, ORDERED = Text("Code list opened for changes"), Text("Order changed")


def begin(desk: Desk, name: str) -> Change:
    """Write down the choices a list starts with, so that each can be renamed, retired and moved. Undo takes them away again."""
    one = next(each for each in codes.lists() if each.name == name)
    with desk.writing(BEGUN, source=name) as writing:
        there = {code for of, code, *_ in code_items.read(desk.store.writer) if of == name}
        for item in codes.starter_items(one):
            if item["code"] not in there:
                writing.add(CODE_ITEM, item)
    change: Change = writing.entry.change
    return change


def shift(desk: Desk, ids: list[int], row_id: int, by: int) -> Change:
    """Move one of a list's items, given in their order, up (-1) or down (1)."""
    at = ids.index(row_id)
    to = min(max(at + by, 0), len(ids) - 1)
    return put_in_order(desk, [*(rest := [one for one in ids if one != row_id])[:to], row_id, *rest[to:]])


def put_in_order(desk: Desk, ids: list[int]) -> Change:
    """Give the items of a list the positions of this order."""
    with desk.writing(ORDERED) as writing:
        for at, row_id in enumerate(ids, 1):
            row = desk.get(CODE_ITEM, row_id)
            if row is not None and row["position"] != at * codes.STEP:
                writing.update(CODE_ITEM, row_id, row["version"], {"position": at * codes.STEP})
    change: Change = writing.entry.change
    return change
