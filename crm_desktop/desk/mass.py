"""One value for many rows at once: one action, one undo; all of them, or none until the person has seen which cannot."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from crm_desktop.desk.desk import CHANGED
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Record, Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.history import name_of
from crm_desktop.store.log import Change

MOST = 2_000  # rows: the writing thread is busy as long
TOO_MANY = Text("At most {limit} rows can be changed at once. Narrow the list first.", limit=f"{MOST:,}")


class Refusals(Refused):
    """Rows that cannot take the value: (id, name, why). Nothing was changed."""

    def __init__(self, rows: Sequence[tuple[int, str, Text]], others: int) -> None:
        super().__init__(Text("{n} of the rows cannot take this; nothing was changed", n=f"{len(rows):,}"))
        self.rows, self.others = list(rows), others


def fields(record: Record) -> list[Field]:
    """What can be the same in many rows: nothing that names one row, that only its steps change, or that stays as it was."""
    if not record.by_hand:
        return []
    single = {index.columns[-1] for index in record.indexes if index.unique} | {record.name if record.searched else ""}
    state = record.machine.field if record.machine else ""
    return [f for f in record.fields if f.stored and not f.hidden and not f.once and f.kind != Kind.SEAL and f.name not in single and f.name != state]


def change(desk: Any, record: Record, ids: Sequence[int], values: Row, without: Collection[int] = ()) -> Change:
    """Give these rows the values; `without` names rows to leave out. Rows that have them already stay as they are.

    Raises Refusals when a row cannot take them, and Refused for too many rows or none that change."""
    if len(ids) > MOST:
        raise Refused(TOO_MANY)
    refused: list[tuple[int, str, Text]] = []
    wanted = [row_id for row_id in ids if row_id not in without]
    with desk.writing(CHANGED) as writing:
        for row_id in wanted:
            try:
                _change_one(desk, writing, record, row_id, values)
            except Refused as error:
                refused.append((row_id, name_of(desk.store.writer, record, row_id), error.text))
        if refused:
            raise Refusals(refused, len(wanted) - len(refused))
        if not writing.entry.change.count:
            raise Refused(Text("All of these rows have this value already."))
    done: Change = writing.entry.change
    return done


def _change_one(desk: Any, writing: Any, record: Record, row_id: int, values: Row) -> None:
    row = desk.get(record, row_id)
    if row is None:
        raise Refused(Text("It was removed meanwhile"))
    news = {name: value for name, value in values.items() if row[name] != value}
    if news:
        desk.save_in(writing, record, row_id, row["version"], news)
