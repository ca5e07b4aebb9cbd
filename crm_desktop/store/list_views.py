"""Views of lists, as they are kept."""

from __future__ import annotations

from typing import Any

TABLE = "list_view"
COLUMNS = ("id", "version", "record", "name", "shared", "owner_id", "who", "content")


def read(reader: Any) -> list[dict[str, Any]]:
    """Every view of every list, by name."""
    sql = f"select {', '.join(COLUMNS)} from list_view where gone is null order by record, name, id"
    return [dict(zip(COLUMNS, row, strict=True)) for row in reader.execute(sql).fetchall()]


def of_name(reader: Any, record: str, name: str) -> list[tuple[int, int, int | None, str]]:
    """The views of a list that have a name: id, version, owner, who."""
    sql = "select id, version, owner_id, who from list_view where gone is null and record = ? and name = ? order by id"
    return [tuple(row) for row in reader.execute(sql, (record, name)).fetchall()]
