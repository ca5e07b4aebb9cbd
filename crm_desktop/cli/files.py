"""Files in and out by the command line."""

from __future__ import annotations

import argparse
import json
from contextlib import ExitStack, closing
from typing import Any

from crm_desktop.cli.shared import Progress, open_desk, open_reader, open_store, record_of, tell
from crm_desktop.record.text import Refused, Text, say

FIRST_TOLD = 5  # rows left out that are told one by one


def import_file(options: argparse.Namespace) -> int:
    """Bring a file in, or only count what would happen; a database that is not there is made when all is known to be well."""
    from crm_desktop.duties import RECORDS
    from crm_desktop.duties.files import mapped
    from crm_desktop.exchange import importing, likely, reading
    from crm_desktop.exchange.mapping import HOTEL, in_currency
    from crm_desktop.store.engine import empty_reader
    from crm_desktop.store.keys import new_keys, was_used

    record = record_of(options.records)
    file = reading.read(options.file, Progress())
    with ExitStack() as opened:
        fresh: Any = (
            None if isinstance(options.data, str) or options.data.exists() or was_used(options.data) else new_keys()
        )
        store = None if fresh else opened.enter_context(open_store(options, create=True))
        reader = opened.enter_context(closing(store.open_reader() if store else empty_reader(RECORDS)))
        table, mapping, saved = mapped.find(file, record, options.sheet, options.mapping, mapped.kept(reader) if store else ())
        if options.currency:
            mapping = in_currency(mapping, options.currency)
        if options.hotel:
            mapping = mapping.given({HOTEL: importing.hotel_named(reader, options.hotel)})
        prepared = importing.prepare(
            reader, store.keys if store else fresh, {record.key: record for record in RECORDS}, table, mapping,
            strict=options.strict, add_same=options.add_same, dates=options.dates or (saved.dates if saved else ""), progress=Progress(), hashes=options.hashes,
        )  # fmt: skip
        found = likely.find(reader, prepared, Progress()) if options.likely != likely.ADD else []
        likely.answer(reader, prepared, found, options.likely)
        _answer(reader, prepared, options.matched)
        if options.strict and prepared.bad:
            raise importing.first_bad(prepared.bad)
        refused = None
        if not options.dry_run:
            store = store or opened.enter_context(open_store(options, create=True, fresh=fresh))
            _secure(store, prepared, options)
            _, refused = importing.bring_in(open_desk(store, options), prepared, Progress())
    if saved is not None:
        tell(say(Text("Read by the saved mapping '{name}'.", name=saved.name)))
    for bad in prepared.bad[:FIRST_TOLD]:
        tell(say(Text("Line {line}: {reason}", line=bad.line, reason=bad.reason)))
    _tell_rest(prepared)
    if found and options.likely == likely.REFUSE:
        tell(say(Text("{count} rows may be here already and were not added. Say what becomes of such rows: --likely add, update or leave.", count=f"{len(found):,}")))
    print(importing.summary(prepared.counts(refused) | ({"likely": len(found)} if found else {})))
    return 0


def _secure(store: Any, prepared: Any, options: argparse.Namespace) -> None:
    """Have a backup of what is there before much of it changes. Raises Refused where none can be made."""
    from crm_desktop.store import ahead

    reason = ahead.secure(store, lambda: None) if (prepared.added or prepared.updated) and not options.without_backup else None
    if reason is not None:
        raise Refused(Text("Nothing was imported: no backup of what is here could be made first. {reason} With --without-backup it is imported all the same.", reason=reason))


def _answer(reader: Any, prepared: Any, what: str) -> None:
    """Do the same with all rows that are here and would change. Raises Refused where they cannot come as new ones."""
    ids = {row_id for row_id, _, _ in prepared.updates}
    if what == "keep":
        prepared.leave(ids)
    elif what == "add" and ids and not prepared.may_come_anew:
        raise Refused(Text("Rows of this kind are known by a number that only one may have: they can be updated or kept, not added."))
    elif what == "add":
        prepared.add_anew(reader, ids)


def write_regular(options: argparse.Namespace) -> int:
    """Write the regular files of this PC that are due, for the scheduler of the operating system; 1 where one could not be written."""
    from contextlib import suppress

    from crm_desktop.duties import RECORDS
    from crm_desktop.duties.files import regular
    from crm_desktop.record.dates import local_time
    from crm_desktop.store.rows import Stale

    status = 0
    with open_store(options) as store:
        desk, now = open_desk(store, options), local_time()
        with open_reader(store, options) as reader:
            plans = regular.all_of(reader) if options.all else regular.due(reader, now)
        for row in plans:
            with suppress(Stale):  # a window of this PC writes it just now
                regular.claim(desk, row, now)
                try:
                    with open_reader(store, options) as reader:
                        path, rows = regular.write(store, RECORDS, reader, row, now.date().isoformat(), Progress(), desk.person)
                except Refused as refused:
                    status = 1
                    regular.failed(desk, row, refused.text)
                    tell(f"{row['name']}: {refused}")
                else:
                    regular.finished(desk, row, path, rows)
                    print(json.dumps({"name": row["name"], "file": str(path), "rows": rows}, ensure_ascii=False))
    return status


def peek(options: argparse.Namespace) -> int:
    """Say what a reader understands of a file, without any database: as JSON, or for a person."""
    from crm_desktop.exchange import reading

    found = reading.peeked(reading.read(options.file, Progress()))
    if options.format == "json":
        print(json.dumps(found, ensure_ascii=False))
        return 0
    told = [found["kind"], found["encoding"], {"\t": "TAB"}.get(found["delimiter"], found["delimiter"])]
    print(" · ".join(word for word in told if word))
    for sheet in found["sheets"]:
        print(say(Text("{name}: {count} rows", name=sheet["name"], count=f"{sheet['rows']:,}")))
        for row in (sheet["header"], *sheet["sample"]):
            print("  " + " | ".join(" ".join(cell.split()) for cell in row))
    return 0


def _tell_rest(prepared: Any) -> None:
    """How many rows were left out for each kind of reason, where there are more than were told one by one; and what else to know."""
    if len(prepared.bad) > FIRST_TOLD:
        for reason, count in prepared.reasons.items():
            tell(say(Text("{count} rows left out, such as: {reason}", count=f"{count:,}", reason=reason)))
    for words in prepared.notes:
        tell(say(words))


def export_file(options: argparse.Namespace) -> int:
    """Write all rows of a record to a file of the kind its name says, in an order that never changes."""
    from crm_desktop.desk.desk import EXPORTED
    from crm_desktop.desk.exports import mark, permit
    from crm_desktop.exchange import list_out
    from crm_desktop.store.pages import ListQuery, count

    with open_store(options) as store, open_reader(store, options) as reader:
        query = ListQuery(record_of(options.records))
        if not reader.rights.open:
            permit(reader.rights, query.record, count(reader, query), options.reason)
        desk = open_desk(store, options)
        stamp = mark(desk.person, options.reason)
        rows = list_out.export(reader, query, options.to, encoding=options.encoding, by_id=True, sheets=options.for_spreadsheets, progress=Progress(), mark=stamp)
        desk.note(
            EXPORTED, f"{options.records}: {rows} -> {options.to.name}", options.reason.strip()
        )
    tell(say(Text("{count} rows written to {file}", count=f"{rows:,}", file=options.to)))
    return 0


def plain_copy(options: argparse.Namespace) -> int:
    """Write the unencrypted copy and log that it was made."""
    from crm_desktop.desk.desk import PLAIN_COPY
    from crm_desktop.desk.rights import need
    from crm_desktop.record.rights import COPY
    from crm_desktop.store import plain

    with open_store(options) as store:
        desk = open_desk(store, options)
        need(desk.rights, COPY)
        desk.note(PLAIN_COPY, str(options.to))
        counts = plain.copy(store, options.to)
    tell(say(Text("{file} is not encrypted: whoever has it can read it.", file=options.to)))
    print(json.dumps(counts))
    return 0
