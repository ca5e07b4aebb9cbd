"""What the settings pages ask about code lists."""

from __future__ import annotations

from typing import Any

from crm_desktop.store import code_items as kept


def code_items(reader: Any, _job: object = None) -> list[tuple[Any, ...]]:
    """Every item, as `record.codes.learn` takes it."""
    return kept.read(reader)


def list_of(row_id: int, reader: Any, _job: object = None) -> str:
    """The list an item belongs to; '' for one that is gone."""
    found = reader.execute("select list from code_item where id = ? and gone is null", (row_id,)).fetchone()
    return str(found[0]) if found else ""


def last_position(name: str, reader: Any, _job: object = None) -> int:
    """The position of the last item of a list."""
    found = reader.execute("select max(position) from code_item where list = ? and gone is null", (name,)).fetchone()
    return int(found[0] or 0)


def ids_of(name: str, reader: Any) -> list[int]:
    """The items of a list in their order."""
    found = reader.execute("select id from code_item where list = ? and gone is null order by position, id", (name,))
    return [int(row[0]) for row in found.fetchall()]
