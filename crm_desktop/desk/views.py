"""Keeping views of lists: a person's own, or for everybody."""

from __future__ import annotations

from typing import Any

from crm_desktop.desk.desk import ADDED, CHANGED
from crm_desktop.desk.records import LIST_VIEW
from crm_desktop.record.record import Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.record.view import View, mine
from crm_desktop.store import list_views
from crm_desktop.store.log import Change


def keep(desk: Any, record: Record, name: str, view: View, *, shared: bool) -> Change:
    """Keep a view under a name; one's own view of that name is replaced. Raises Refused.

    One for everybody has no owner, so that everybody finds it."""
    name = name.strip()
    if not name:
        raise Refused(Text("Give the view a name."))
    values: Row = {
        "record": record.key, "name": name, "shared": int(shared), "content": view.words(), "who": desk.person,
        "owner_id": None if shared else desk.person_id,
    }  # fmt: skip
    for row_id, version, owner, who in list_views.of_name(desk.store.writer, record.key, name):
        if mine({"owner_id": owner, "who": who}, desk.seat):
            with desk.writing(CHANGED) as writing:
                desk.save_in(writing, LIST_VIEW, row_id, version, values)
            return _done(writing)
        if owner is None and shared:
            raise Refused(Text("{who} has a view '{name}' for everybody; choose another name.", who=who, name=name))
    with desk.writing(ADDED) as writing:
        desk.save_in(writing, LIST_VIEW, None, 0, values)
    return _done(writing)


def _done(writing: Any) -> Change:
    change: Change = writing.entry.change
    return change

