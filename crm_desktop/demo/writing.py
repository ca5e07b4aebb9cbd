"""The sample's rows into an empty database: settled and sealed beforehand, written as one change, sums set-based."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.demo.house import House
from crm_desktop.record.kinds import Memo
from crm_desktop.record.record import Record, Row
from crm_desktop.store import rollups
from crm_desktop.store.log import Texts, digests
from crm_desktop.store.rows import all_columns
from crm_desktop.store.schema import referred_first


def write(writing: Any, keys: Any, house: House, only: Sequence[Record] = ()) -> None:
    """Every row of the house, or those of some records only, referred ones first."""
    put = [record for record in referred_first(list(only or house.records.values())) if record.key in house.rows]
    for record in put:
        columns, rows, seals = _sealed(keys, record, house.rows[record.key])
        writing.add_many(record, columns, rows, seals)
    for record in put:
        for target in rollups.targets(record):
            rollups.recompute(writing.db, target)


def _sealed(keys: Any, record: Record, rows: list[Row]) -> tuple[list[str], list[tuple[Any, ...]], list[bytes]]:
    """The columns to write, whole rows in their order, and their digests."""
    _settle(record, rows)
    derived = {field.name for field in record.fields if field.derived}
    columns = [name for name in all_columns(record) if name not in derived]
    full = {name: [row[name] for row in rows] for name in columns if name not in ("version", "gone")}
    full |= {"version": [1] * len(rows), "gone": [None] * len(rows)}
    seals = digests(keys, record.key, full["id"], Texts().of(record.values, full))
    return columns, list(zip(*(full[name] for name in columns), strict=True)), seals


def _settle(record: Record, rows: list[Row]) -> None:
    settled = Memo(lambda values: record.settle(dict(zip(record.settle_on, values, strict=True))))
    for row in rows:
        record.typed(row)
        if record.settle_on:
            row |= settled[tuple(row[name] for name in record.settle_on)]
        row |= record.found_by(row)
