"""Is everything on the server as it was saved? What needs the key of the log is worked out by the server itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.record.record import Record
from crm_desktop.record.text import Text
from crm_desktop.store import check, index_check
from crm_desktop.store.schema import LIVING, declared_at
from crm_desktop.store.server import files

KINDS = {"gap": Text("The log has a gap before entry {number}"), "changed": Text("Log entry {number} was changed after it was written")}


def everything(connection: Any, records: Sequence[Record]) -> list[Text]:
    """All checks there are; they only read. An empty list means all is well."""
    found = connection.execute("select seq, kind from crm_wrong_entries(?)", (check.MOST,)).fetchall()
    out = [Text(KINDS[kind].source, number=seq) for seq, kind in found]
    out += _rows(connection, records) + check.references(connection, records) + check.settled(connection, records)
    return out + check.sums(connection, records) + check.ties(connection, records) + _search(connection, records) + files.check(connection)


def _rows(connection: Any, records: Sequence[Record]) -> list[Text]:
    since, out = declared_at(connection), []
    for record in records:
        if bad := connection.execute(f"select crm_wrong_{record.key}(?)", (since,)).fetchone()[0]:
            out.append(Text("{count} rows of {records} are not as they were saved", count=bad, records=record.many))
    return out


def _search(connection: Any, records: Sequence[Record]) -> list[Text]:
    out = []
    for record in (r for r in records if r.searched):
        names = record.found_on
        rows = connection.stream(f"select sort, terms, {', '.join(names)} from {record.key} where {LIVING}")
        lost = sum(not index_check.has_words(record, row[0], row[1], dict(zip(names, row[2:], strict=True))) for row in rows)
        if lost:
            out.append(Text("{count} rows of {records} have lost their search words", count=lost, records=record.many))
        if connection.execute(f"select crm_wrong_terms_{record.key}()").fetchone()[0]:
            out.append(Text("The search index of {records} is damaged", records=record.many))
    return out
