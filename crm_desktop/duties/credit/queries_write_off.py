"""The bills of a write-off: the one it names, or those of its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def bills(reader: Any, write_off: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Each bill with what is written off of it, in minor units, in the order of the lines."""
    sql = "select receivable_id, amount from write_off_bill where gone is null and write_off_id = ? order by id"
    found = [(int(row[0]), int(row[1])) for row in reader.execute(sql, (write_off["id"],)).fetchall()]
    if found:
        return found
    return [(int(write_off["receivable_id"]), int(write_off["amount"]))] if write_off.get("receivable_id") else []


def dues(reader: Any, ids: Sequence[int]) -> dict[int, str]:
    """The due dates of bills."""
    if not ids:
        return {}
    sql = f"select id, due from receivable where id in ({', '.join('?' * len(ids))})"
    return {int(row[0]): str(row[1]) for row in reader.execute(sql, tuple(ids)).fetchall()}
