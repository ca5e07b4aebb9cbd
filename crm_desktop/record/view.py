"""A view of a list, kept by name: filters, columns and order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from crm_desktop.record.duty import Filter
from crm_desktop.record.record import Record, Row

OPERATORS = frozenset(("=", "<>", "<=", ">=", "<", ">", "in", "not in", "begins", "find"))


class View:
    """What a list shows: its filters, the columns in order, and the order of its rows."""

    def __init__(self, filters: Sequence[Filter], columns: Sequence[str], sort: str = "", descending: bool = False) -> None:
        self.filters: tuple[Filter, ...] = tuple((name, operator, _fixed(value)) for name, operator, value in filters)
        self.columns, self.sort, self.descending = tuple(columns), sort, descending

    def words(self) -> str:
        """As it is kept."""
        kept = {"filters": self.filters, "columns": self.columns, "sort": self.sort, "descending": self.descending}
        return json.dumps(kept, ensure_ascii=False)


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def read(words: str, record: Record) -> View:
    """A view as it was kept; what the record no longer has is left out of it, and nonsense is an empty view."""
    try:
        kept = json.loads(words)
        filters = [(str(name), str(operator), value) for name, operator, value in kept["filters"]]
        columns, sort, descending = [str(name) for name in kept["columns"]], str(kept["sort"]), bool(kept["descending"])
    except (ValueError, TypeError, KeyError):
        return View((), ())
    known = [one for one in filters if one[1] in OPERATORS and (one[1] == "find" or all(_known(record, name) for name in one[0].split("|")))]
    return View(known, [name for name in columns if name in record.by_name], sort if sort in record.sortable else "", descending)


def _known(record: Record, name: str) -> bool:
    field = record.by_name.get(name)
    return name == "id" or (field is not None and not field.work)


def mine(row: Row, here: Any) -> bool:
    """True for a view that this person may change: they made it. `here` is who sits here (store/seat.py)."""
    return here is not None and (row["owner_id"] == here.person_id if row["owner_id"] is not None else row["who"] == here.person)
