"""Is everything as it was saved? Pages, references, search, sums, and the sealed log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from crm_desktop.record.record import Record
from crm_desktop.record.text import Text
from crm_desktop.store import attached, catalog, database, files, index_check, rollups
from crm_desktop.store.keys import Keys
from crm_desktop.store.log import GENESIS, Head, chained, digest, noted, noted_head
from crm_desktop.store.schema import LIVING, declared_at

BLOCK = 2000
MOST = 20  # problems told of one kind


def newest_head(connection: Any) -> Head | None:
    """Seat, sequence and seal of the newest log entry, or None in an empty log."""
    found = connection.execute("select seat, seq, hash from change order by id desc limit 1").fetchone()
    return (found[0], found[1], bytes(found[2])) if found else None


def pages(connection: Any, *, indexes: bool = True) -> list[Text]:
    """Every page authenticated and every structure sound; every reference there. `indexes`: also every index against its
    table, which takes far longer than all the rest."""
    try:
        found = [row[0] for row in connection.execute("pragma cipher_integrity_check")]  # also pages that nothing uses
        if not found or _has_wal(connection):  # it reads the file alone: a page may be torn there and whole in the -wal
            found = [row[0] for row in connection.execute(f"pragma {'integrity' if indexes else 'quick'}_check(10)")]
        loose = connection.execute("pragma foreign_key_check").fetchall()
    except database.Error as error:
        return [database.explain(error).text]
    out = [Text("The database file is damaged: {detail}", detail=words) for words in found[:MOST] if words != "ok"]
    return out + ([Text("{count} rows refer to something that is not there", count=len(loose))] if loose else [])


def _has_wal(connection: Any) -> bool:
    """True where newer pages may stand in a -wal: a power cut in the middle of a checkpoint leaves older ones torn."""
    file = next((row[2] for row in connection.execute("pragma database_list") if row[1] == "main"), "")
    with suppress(OSError):
        return bool(file) and Path(f"{file}-wal").stat().st_size > 0
    return False


def chain(connection: Any, keys: Keys, proven: Mapping[str, tuple[int, bytes]] | None = None) -> list[Text]:
    """Every log entry sealed by the one before it, for every seat. `proven`: sequence and seal up to which each seat's entries
    were checked before, which are not read again; that last seal must still be the same."""
    out: list[Text] = []
    known = dict(proven or {})
    for seat in [row[0] for row in connection.execute("select distinct seat from change order by seat").fetchall()]:
        last, before = known.pop(seat, (0, GENESIS))
        if last and not is_sealed(connection, seat, last, before):
            out.append(Text("Log entry {number} was changed after it was written", number=last))
        out += _chain_of(connection, keys, seat, last, before)
    return (out + [Text("The log has a gap before entry {number}", number=last) for last, _ in known.values()])[:MOST]


def is_sealed(connection: Any, seat: str, seq: int, seal: bytes) -> bool:
    """True when the log has this entry of a seat under this seal."""
    found = connection.execute("select hash from change where seat = ? and seq = ?", (seat, seq)).fetchone()
    return found is not None and bytes(found[0]) == seal


def _chain_of(connection: Any, keys: Keys, seat: str, last: int, before: bytes) -> list[Text]:
    """What is wrong with a seat's entries after one."""
    out: list[Text] = []
    sql = "select id, seat, seq, at, who, action, reason, source, rows, hash from change where seat = ? and seq > ? order by seq"
    for entry in connection.execute(sql, (seat, last)).fetchall():
        seq, seal = entry[2], bytes(entry[9])
        if seq != last + 1:
            out.append(Text("The log has a gap before entry {number}", number=seq))
        rows_of = connection.execute(
            "select tbl, row_id, version, before, digest from change_row where change_id = ? order by position", (entry[0],)
        )
        if chained(keys, before, entry[:9], map(noted, rows_of)) != seal:
            out.append(Text("Log entry {number} was changed after it was written", number=seq))
        last, before = seq, seal
        if len(out) >= MOST:
            break
    return out


def heads(connection: Any) -> dict[str, tuple[int, bytes]]:
    """The newest sequence and seal of every seat."""
    found = connection.execute("select seat, seq, hash from change as c where seq = (select max(seq) from change where seat = c.seat)")
    return {row[0]: (row[1], bytes(row[2])) for row in found.fetchall()}


def head(connection: Any, keys: Keys) -> list[Text]:
    """The newest seal noted outside must be in the log: a copied or cut database has lost it. Where the note is lost too, what
    the newest backup holds must be there."""
    noted = noted_head(keys)
    if is_sealed(connection, *noted) if noted else not _is_outrun(connection, keys.database):
        return []
    return [Text("The newest entries of the log are missing: the database is older than what was last saved here")]


def _is_outrun(connection: Any, path: Path | None) -> bool:
    """True when the newest backup has entries that are not in the log. Their seals are not compared: an erasure seals it anew."""
    from crm_desktop.store import backup  # which proves its copies with this module

    newest = next(iter(backup.listed(path)), None) if path else None
    here = heads(connection) if newest else {}
    return newest is not None and any(here.get(seat, (0,))[0] < seq for seat, (seq, _) in newest.facts.get("heads", {}).items())


def rows(connection: Any, keys: Keys, records: Sequence[Record]) -> list[Text]:
    """Every row is there and is what the log says: its version, whether it lives, and its values (those of entries
    written under today's declaration)."""
    since = declared_at(connection)
    out: list[Text] = []
    for record in records:
        there = bad = 0
        for _, found, same in sealed(connection, keys, record, since):
            there += found
            bad += not same
        bad += int(connection.execute(f"select count(*) from {record.key}").fetchone()[0]) - there  # rows no entry knows
        if bad:
            out.append(Text("{count} rows of {records} are not as they were saved", count=bad, records=record.many))
    return out


def sealed(connection: Any, keys: Keys, record: Record, since: str) -> Iterator[tuple[int, bool, bool]]:
    """For every row the log knows, by its id: is it there, and is it as it was saved?"""
    values = ", ".join(f"t.{name}" for name in record.values)
    entries = f"from change_row where tbl = '{record.key}'"
    cursor = connection.execute(
        f"with latest as (select row_id, max(version) as version, change_id, digest {entries} group by row_id),"
        # the newest entry that added, removed or brought back a row tells whether it lives
        " turned as (select row_id, max(version), before is null or before not like '{\"gone\":null%' as lives"
        f" {entries} and (before is null or before like '{{\"gone\":%') group by row_id)"
        " select l.row_id, t.version = l.version and (t.gone is null) = u.lives, c.at >= ?, l.digest, t.id is not null"
        f", {values} from latest as l left join turned as u on u.row_id = l.row_id left join change as c on c.id = l.change_id"
        f" left join {record.key} as t on t.id = l.row_id",
        (since,),
    )
    while block := cursor.fetchmany(BLOCK):
        for row_id, standing, current, seal, there, *cells in block:
            same = bool(there and standing and (not current or digest(keys, record.key, row_id, cells) == bytes(seal)))
            yield row_id, bool(there), same


def references(connection: Any, records: Sequence[Record]) -> list[Text]:
    """No living row refers to one that was removed."""
    out = []
    for record in records:
        count = sum(
            connection.execute(
                f"select count(*) from {record.key} as t join {field.ref} as r on r.id = t.{field.name}"
                f" where t.{LIVING} and r.gone is not null"
            ).fetchone()[0]
            for field in record.references()
        )
        if count:
            out.append(Text("{count} of {records} refer to something that was removed", count=count, records=record.many))
    return out


def settled(connection: Any, records: Sequence[Record]) -> list[Text]:
    """What is worked out from other columns is right."""
    out = []
    for record in (r for r in records if r.settle_on):
        names = [f.name for f in record.fields if f.settled]
        on = len(record.settle_on)
        sql = f"select {', '.join((*record.settle_on, *names))}, count(*) from {record.key} where {LIVING} group by {', '.join(map(str, range(1, on + len(names) + 1)))}"
        bad = 0
        for row in connection.execute(sql):
            right = record.settle(dict(zip(record.settle_on, row, strict=False)))
            bad += row[-1] if any(right.get(name, kept) != kept for name, kept in zip(names, row[on:-1], strict=True)) else 0
        if bad:
            out.append(Text("{count} rows of {records} are not as they were saved", count=bad, records=record.many))
    return out


def sums(connection: Any, records: Sequence[Record]) -> list[Text]:
    """Every kept sum equals what its rows add up to."""
    wrong = sum(_wrong_sums(connection, target) for record in records for target in rollups.targets(record))
    return [Text("{count} kept sums differ from their rows", count=wrong)] if wrong else []


def ties(connection: Any, records: Sequence[Record]) -> list[Text]:
    """Nothing was given away that is not written down: a column is never less than the kept sum it is tied to."""
    out = []
    for record, column, kept in ((each, *pair) for each in records for pair in each.ties):
        count = int(connection.execute(f"select count(*) from {record.key} where {LIVING} and {column} < {kept}").fetchone()[0])
        if count:
            label = record.by_name[column].label
            out.append(Text("{count} of {records}: more was applied than stands under {label}", count=count, records=record.many, label=label))
    return out


def _wrong_sums(connection: Any, target: rollups.Target) -> int:
    kept = ", ".join(f"t.{column}" for column in target.columns)
    found = connection.execute(
        f"select count(*) from {target.table} as t where t.{LIVING} and not exists (select {kept} intersect {rollups.computed_sql(target)})"
    )
    return int(found.fetchone()[0])


def search(connection: Any, records: Sequence[Record]) -> list[Text]:
    """Every living row has its search words, and the search index has exactly those of the living rows."""
    out = []
    for record in (r for r in records if r.searched):
        found = index_check.compare(connection, record)
        if found.lost:
            out.append(Text("{count} rows of {records} have lost their search words", count=found.lost, records=record.many))
        if not found.same:
            out.append(Text("The search index of {records} is damaged", records=record.many))
    return out


def everything(connection: Any, keys: Keys, records: Sequence[Record], place: Path | None = None) -> list[Text]:
    """All checks there are; they only read. An empty list means all is well. `place`: where the attached files lie, when
    not beside the database."""
    if catalog.is_server(connection):
        from crm_desktop.store.server import check as server

        return server.everything(connection, records)
    found = pages(connection)
    if found:
        return found  # nothing below can be trusted then
    found = chain(connection, keys) + head(connection, keys) + rows(connection, keys, records)
    found += references(connection, records) + settled(connection, records) + sums(connection, records) + ties(connection, records)
    found += search(connection, records)
    place = place or (files.folder(keys.database) if keys.database else None)
    return found + (attached.check(connection, keys, place) if place else [])


def living(connection: Any, records: Sequence[Record]) -> int:
    """How many rows there are, of all records."""
    return sum(int(connection.execute(f"select count(*) from {record.key} where {LIVING}").fetchone()[0]) for record in records)
