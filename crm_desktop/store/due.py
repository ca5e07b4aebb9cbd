"""Rows that wait for a day: of some colleagues, in one state, up to today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.record.duty import Due
from crm_desktop.record.record import Record, Row
from crm_desktop.store.rows import reference_name
from crm_desktop.store.schema import LIVING


def rows(reader: Any, record: Record, due: Due, owners: Sequence[int], today: str, most: int) -> list[Row]:
    """The rows that are due on a day or before, the newest days first: what is long overdue must not hide today."""
    names = list(dict.fromkeys((due.day, *((due.time,) if due.time else ()), *due.columns)))
    fields = [record.by_name[name] for name in names]
    told = [*names, *(f"{field.name}.name" for field in fields if field.ref)]
    shown = [*(f"t.{name}" for name in names), *(reference_name(field, "t") for field in fields if field.ref)]
    marks = ", ".join("?" * len(owners))
    state, values = (f"t.{due.when[0]} = ? and ", [due.when[1]]) if due.when else ("", [])
    sql = (
        f"select t.id, {', '.join(shown)} from {record.key} as t where {state}t.{due.day} <> '' and t.{due.day} <= ?"
        f" and t.{due.owner} in ({marks}) and t.{LIVING} order by t.{due.day} desc, t.id desc limit ?"
    )
    found = reader.execute(sql, [*values, today, *owners, most]).fetchall()
    return [dict(zip(("id", *told), row, strict=True)) for row in found]


def quiet_hours(reader: Any, hotel_id: int | None) -> tuple[str, str]:
    """When a hotel wants no messages: from, to; '' where it said nothing."""
    found = reader.execute(f"select quiet_from, quiet_to from hotel where id = ? and {LIVING}", (hotel_id,)).fetchone()
    return (str(found[0]), str(found[1])) if found else ("", "")
