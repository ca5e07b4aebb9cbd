"""Saved mappings and regular files, as they are kept."""

from __future__ import annotations

from typing import Any

COLUMNS = ("id", "version", "name", "record", "headings", "content", "used_on")


def mappings(reader: Any) -> list[dict[str, Any]]:
    """Every saved mapping, the one used last first."""
    sql = f"select {', '.join(COLUMNS)} from file_mapping where gone is null order by used_on desc, id desc"
    return [dict(zip(COLUMNS, row, strict=True)) for row in reader.execute(sql).fetchall()]


def of_name(reader: Any, record: str, name: str) -> tuple[int, int] | None:
    """Id and version of the mapping of a name."""
    sql = "select id, version from file_mapping where gone is null and record = ? and name = ? order by id"
    found = reader.execute(sql, (record, name)).fetchone()
    return (int(found[0]), int(found[1])) if found else None


PLAN = (
    "id", "version", "name", "record", "shows", "every", "time", "weekday", "month_day", "folder", "kind", "last_at", "content",
)  # fmt: skip


def plans(reader: Any, pc: str) -> list[dict[str, Any]]:
    """The files that are written regularly on a PC."""
    sql = f"select {', '.join(PLAN)} from export_plan where gone is null and pc = ? and active = 1 order by name, id"
    return [dict(zip(PLAN, row, strict=True)) for row in reader.execute(sql, (pc,)).fetchall()]
