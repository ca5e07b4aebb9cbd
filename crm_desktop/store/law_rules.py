"""The compliance rules a hotel wrote down itself, as `record.lawbook.learn` takes them."""

from __future__ import annotations

from typing import Any

from crm_desktop.record.lawbook import COLUMNS
from crm_desktop.store.schema import LIVING

TABLE = "law_rule"


def read(connection: Any) -> list[tuple[Any, ...]]:
    """Every living row, in one small query."""
    found: list[tuple[Any, ...]] = connection.execute(f"select {', '.join(COLUMNS)} from {TABLE} where {LIVING} order by since, id").fetchall()
    return found
