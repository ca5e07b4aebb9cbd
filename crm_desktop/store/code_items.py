"""The items of code lists that the hotel keeps, as `record.codes.learn` takes them."""

from __future__ import annotations

from typing import Any

from crm_desktop.record.codes import COLUMNS
from crm_desktop.store.schema import LIVING

TABLE = "code_item"


def read(connection: Any) -> list[tuple[Any, ...]]:
    """Every living item, in one small query."""
    found: list[tuple[Any, ...]] = connection.execute(f"select {', '.join(COLUMNS)} from {TABLE} where {LIVING} order by position, id").fetchall()
    return found
