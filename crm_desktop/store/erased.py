"""Who was erased, as ids only: kept with the data and in a small file beside it, so that a backup from before, once it is
restored, is without them as well before anybody sees it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.record.text import Refused, Text
from crm_desktop.store import attached, catalog, erasing, files, scrub
from crm_desktop.store.erasing import ERASED, Plan
from crm_desktop.store.folders import whole_file
from crm_desktop.store.log import BY_ITSELF, Change
from crm_desktop.store.rows import Writing, read

if TYPE_CHECKING:
    from crm_desktop.store.store import Store

KEY = "erased"  # the setting that names them
TRIES = 20
OWNER_ONLY = Text("On a server a person is erased by whoever looks after it, with the word 'erase' of the command line: send them the reason and the person's id from an export. Nothing was changed.")
IS_OWNER = "select pg_has_role(session_user, (select relowner from pg_class where oid = 'public.change'::regclass), 'usage')"
One = tuple[str, int]  # record key, row id


def beside(path: Path) -> Path:
    """The small file beside a database."""
    return path.with_name(path.name + ".erased")


def listed(path: Path) -> list[One]:
    """Whom the file beside a database names."""
    with suppress(OSError, ValueError):
        return read_list(json.loads(beside(path).read_text("utf-8")))
    return []


def read_list(found: Any) -> list[One]:
    """A list as it is kept, read; what is no such list names nobody."""
    with suppress(TypeError, ValueError):
        return [(str(key), int(row_id)) for key, row_id in found]
    return []


def done(kept: str) -> list[One]:
    """Whom the setting of the data names."""
    return read_list(json.loads(kept)) if kept else []


def note(path: Path, ones: Iterable[One]) -> None:
    """Name them in the file beside a database, with those it names already. Raises OSError."""
    all_of_them = list(dict.fromkeys([*listed(path), *ones]))
    if all_of_them:
        with whole_file(beside(path)) as file:
            file.write(json.dumps(all_of_them).encode())


def erase(writing: Writing, store: Store, found: Plan) -> list[str]:
    """Do what a plan says, inside its transaction; the kept files that nothing names any more.

    Raises Refused where the log-in may not touch the log of a server."""
    db = writing.db
    if catalog.is_server(db) and not db.execute(IS_OWNER).fetchone()[0]:
        raise Refused(OWNER_ONLY)
    before = set(attached.digests(db))
    erasing.write(writing, store.records, found)
    scrub.scrub(db, store.keys, store.records, found)
    writing.entry.again()
    now = [*done(store.setting(KEY)), (found.record.key, found.row_id)]
    store.set_setting(KEY, json.dumps(list(dict.fromkeys(now))))
    unnamed = sorted(before - set(attached.digests(db)))
    if catalog.is_server(db):
        for digest in unnamed:
            db.execute("delete from file_part where sha256 = ?", (digest,))
    return unnamed


def finish(store: Store, found: Plan, unnamed: Iterable[str]) -> None:
    """After the transaction: nothing stays behind in free space, in the -wal, or among the kept files. Raises OSError."""
    db = store.writer
    if catalog.is_server(db):
        db.execute("set statement_timeout = 0")
        touched = {*found.whole, *found.loose, *found.near, *found.mentioned}
        for table in sorted({"change_row", "change", "file_part", *touched, *(f"{key}_term" for key in touched)} & set(db.table_names())):
            db.execute(f"vacuum (full, analyze) {table}")
        return
    for digest in unnamed:
        (files.folder(store.path) / digest).unlink(missing_ok=True)
    store.drafts.rewrite(partial(_draft, found, erasing.pattern(found.words)))
    note(store.path, [(found.record.key, found.row_id)])
    for _ in range(TRIES):  # a reader may be in the middle of something
        if not db.execute("pragma wal_checkpoint(truncate)").fetchone()[0]:
            return


def _draft(found: Plan, words: re.Pattern[str] | None, key: str, content: str) -> str:
    """What becomes of something typed and not saved: nothing where it is about an emptied row, else it is without the words."""
    try:
        record, row_id = json.loads(key)
        if isinstance(row_id, int) and found.is_whole(record, row_id):
            return ""
        plain = json.dumps(json.loads(content), ensure_ascii=False)
    except (ValueError, TypeError):
        return ""
    return erasing.without(plain, words)


def is_waiting(store: Store) -> bool:
    """True when a backup from before an erasure was put in place."""
    return beside(store.path).exists() and bool(set(listed(store.path)) - set(done(store.kept.get(KEY, ""))))


def replay(store: Store) -> None:
    """Erase again whom the file beside the database names and the data does not."""
    known = {(record.key): record for record in store.records}
    for key, row_id in listed(store.path):
        if (key, row_id) in done(store.setting(KEY)):
            continue
        if key not in known or read(store.writer, known[key], row_id) is None:  # it was added later than the backup was made
            store.set_setting(KEY, json.dumps([*done(store.setting(KEY)), (key, row_id)]))
            continue
        act(store, erasing.plan(store.writer, store.records, known[key], row_id), who="", source=BY_ITSELF)


def act(store: Store, found: Plan, *, who: str, reason: str = "", source: str = "") -> Change:
    """The whole erasure as one action of the log, which holds nothing of what was erased."""
    with store.change(ERASED, who=who, reason=reason, source=source, always=True) as writing:
        unnamed = erase(writing, store, found)
    finish(store, found, unnamed)
    return writing.entry.change
