"""Is everything as it was saved? Pages, references, search, sums, and the sealed log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from crm_desktop.record.record import Record
from crm_desktop.record.text import Text
from crm_desktop.store import database, rollups
from crm_desktop.store.keys import Keys
from crm_desktop.store.log import GENESIS, chained, digest, noted, noted_head
from crm_desktop.store.schema import LIVING, declared_at

BLOCK = 2000
MOST = 20  # problems told of one kind


def newest_change(connection: Any) -> tuple[int, str] | None:
    """(sequence, seal in hex) of the newest log entry, or None in an empty log."""
    found = connection.execute("select seq, hash from change order by id desc limit 1").fetchone()
    return (found[0], bytes(found[1]).hex()) if found else None


def pages(connection: Any) -> list[Text]:
    """Every page authenticated and every structure sound; every reference there."""
    try:
        found = [row[0] for row in connection.execute("pragma cipher_integrity_check")]  # also pages that nothing uses
        found = found[:MOST] or [row[0] for row in connection.execute("pragma integrity_check(10)")]
        loose = connection.execute("pragma foreign_key_check").fetchall()
    except database.Error as error:
        return [database.explain(error).text]
    out = [Text("The database file is damaged: {detail}", detail=words) for words in found if words != "ok"]
    return out + ([Text("{count} rows refer to something that is not there", count=len(loose))] if loose else [])


def chain(connection: Any, keys: Keys) -> list[Text]:
    """Every log entry sealed by the one before it, for every seat."""
    out: list[Text] = []
    previous: dict[str, tuple[int, bytes]] = {}
    for entry in connection.execute("select id, seat, seq, at, who, action, reason, source, rows, hash from change order by seat, seq").fetchall():
        seat, seq, seal = entry[1], entry[2], bytes(entry[9])
        last, before = previous.get(seat, (0, GENESIS))
        if seq != last + 1:
            out.append(Text("The log has a gap before entry {number}", number=seq))
        rows_of = connection.execute(
            "select tbl, row_id, version, before, digest from change_row where change_id = ? order by position", (entry[0],)
        )
        if chained(keys, before, entry[:9], map(noted, rows_of)) != seal:
            out.append(Text("Log entry {number} was changed after it was written", number=seq))
        previous[seat] = (seq, seal)
        if len(out) >= MOST:
            break
    return out


def head(connection: Any, keys: Keys) -> list[Text]:
    """The newest seal noted outside must be in the log: a copied or cut database has lost it."""
    noted = noted_head(keys)
    if noted is None:
        return []
    found = connection.execute("select hash from change where seq = ?", (noted[0],)).fetchone()
    if found is None or bytes(found[0]) != noted[1]:
        return [Text("The newest entries of the log are missing: the database is older than what was last saved here")]
    return []


def rows(connection: Any, keys: Keys, records: Sequence[Record]) -> list[Text]:
    """Every row is what its latest log entry says, for entries written under today's declaration."""
    since = declared_at(connection)
    out: list[Text] = []
    for record in records:
        bad = [row_id for row_id, same in _sealed(connection, keys, record, since) if not same]
        if bad:
            out.append(Text("{count} rows of {records} are not as they were saved", count=len(bad), records=record.many))
    return out


def _sealed(connection: Any, keys: Keys, record: Record, since: str) -> Iterator[tuple[int, bool]]:
    values = ", ".join(f"t.{name}" for name in record.values)
    latest = (
        "select row_id, max(r.version) as version, digest from change_row as r join change as c on c.id = r.change_id"
        f" where r.tbl = '{record.key}' and c.at >= ? group by row_id"
    )
    cursor = connection.execute(
        f"select t.id, t.version, l.version, l.digest, {values} from {record.key} as t join ({latest}) as l on l.row_id = t.id", (since,)
    )
    while block := cursor.fetchmany(BLOCK):
        for row in block:
            yield row[0], row[1] == row[2] and digest(keys, record.key, row[0], row[4:]) == bytes(row[3])


def sums(connection: Any, records: Sequence[Record]) -> list[Text]:
    """Every kept sum equals what its rows add up to."""
    wrong = sum(_wrong_sums(connection, target) for record in records for target in rollups.targets(record))
    return [Text("{count} kept sums differ from their rows", count=wrong)] if wrong else []


def _wrong_sums(connection: Any, target: rollups.Target) -> int:
    kept = ", ".join(f"t.{column}" for column in target.columns)
    found = connection.execute(
        f"select count(*) from {target.table} as t where t.{LIVING} and ({kept}) is distinct from ({rollups.computed_sql(target)})"
    )
    return int(found.fetchone()[0])


def search(writer: Any, records: Sequence[Record]) -> list[Text]:
    """The search index is sound in itself and holds every living row."""
    out = []
    for record in (r for r in records if r.searched):
        table = record.key
        try:
            writer.execute(f"insert into {table}_fts ({table}_fts) values ('integrity-check')")
        except database.Error:
            out.append(Text("The search index of {records} is damaged", records=record.many))
    return out


def everything(connection: Any, keys: Keys, records: Sequence[Record]) -> list[Text]:
    """All checks that only read; an empty list means all is well."""
    found = pages(connection)
    if found:
        return found  # nothing below can be trusted then
    return chain(connection, keys) + head(connection, keys) + rows(connection, keys, records) + sums(connection, records)


def living(connection: Any, records: Sequence[Record]) -> int:
    """How many rows there are, of all records."""
    return sum(int(connection.execute(f"select count(*) from {record.key} where {LIVING}").fetchone()[0]) for record in records)
