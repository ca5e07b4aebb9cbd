"""The command line: the same work as the window, without a display and without Qt."""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from crm_desktop import VERSION
from crm_desktop.record.dates import parse_date
from crm_desktop.record.text import Refused, Text, say

Command = Callable[[argparse.Namespace], int]
FORMATS = ("text", "json", "csv")
WORDS = ("import", "export", "report", "plain-copy", "backup", "restore", "check")


def _date(words: str) -> str:
    try:
        return parse_date(words)
    except Refused as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def parser() -> argparse.ArgumentParser:
    """What may be typed; `--data` and `--format` stand before or after the word."""
    from crm_desktop.duties import RECORDS

    files = [record.file_word for record in RECORDS]
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--data", type=Path, metavar="FILE", default=argparse.SUPPRESS, help="the database to use")
    shared.add_argument("--demo", action="store_true", default=argparse.SUPPRESS, help="use the sample hotel, made when it is not there")
    shared.add_argument("--format", choices=FORMATS, default=argparse.SUPPRESS, help="how a report is printed")
    main = argparse.ArgumentParser(prog="crm-desktop", parents=[shared], description="The CRM of a hotel sales department.")
    main.add_argument("--version", action="version", version=VERSION)
    words = main.add_subparsers(dest="word", metavar="WORD")

    def word(name: str, run: Command, help: str) -> argparse.ArgumentParser:
        sub = words.add_parser(name, parents=[shared], help=help)
        sub.set_defaults(run=run)
        return sub

    sub = word("import", import_file, "bring a file in")
    sub.add_argument("file", type=Path)
    sub.add_argument("--as", dest="records", choices=files, required=True)
    sub.add_argument("--mapping", default="", metavar="NAME")
    sub.add_argument("--dry-run", action="store_true", help="count, change nothing")
    sub.add_argument("--strict", action="store_true", help="one bad row refuses the whole file")
    sub.add_argument("--add-same", action="store_true", help="add rows equal to ones already here as new ones")
    sub = word("export", export_file, "write a list to a CSV file")
    sub.add_argument("records", choices=files)
    sub.add_argument("--to", type=Path, required=True, metavar="FILE.csv")
    sub.add_argument("--encoding", choices=("utf-8", "gb18030"), default="utf-8")
    sub = word("report", print_report, "print a report")
    sub.add_argument("report", choices=("overview", "in-house", "arrivals", "departures", "production"))
    sub.add_argument("--on", type=_date, metavar="DATE")
    sub.add_argument("--by", choices=("agency", "company", "segment", "hotel", "month"))
    sub.add_argument("--from", dest="first", type=_date, metavar="DATE")
    sub.add_argument("--to", dest="last", type=_date, metavar="DATE")
    sub = word("plain-copy", plain_copy, "write an unencrypted SQLite copy for other tools")
    sub.add_argument("--to", type=Path, required=True, metavar="FILE.sqlite")
    sub = word("backup", make_backup, "make a proven backup now")
    sub.add_argument("--to", type=Path, metavar="FILE")
    sub.add_argument("--list", action="store_true", help="only list the backups there are")
    sub = word("restore", restore_backup, "put a backup in the database's place")
    sub.add_argument("file", type=Path, nargs="?", help="a backup; the newest when left out")
    sub = word("check", check_database, "check everything that can be checked")
    sub.add_argument("file", type=Path, nargs="?", help="a backup to check instead of the database")
    return main


def run(arguments: Sequence[str]) -> int:
    """Do what was typed; 0, or 1 after one sentence on stderr (argparse itself ends with 2)."""
    shape = parser()
    options = shape.parse_args(arguments)
    if not options.word:
        shape.error("a word is needed: " + ", ".join(WORDS))
    demo = getattr(options, "demo", False)
    options.data = getattr(options, "data", None) or default_database()
    options.format = getattr(options, "format", "text")
    if options.word == "report":
        _require(shape, options)
    try:
        options.data = _sample() if demo else options.data
        status: int = options.run(options)
        sys.stdout.flush()
    except Refused as error:
        _tell(str(error))
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that the last flush at the end does not complain
        return 1
    except KeyboardInterrupt:
        _tell(say(Text("Stopped; nothing was changed.")))
        return 1
    except Exception as error:
        return _machine(error)
    return status


def _machine(error: Exception) -> int:
    """What the disk or the database under the work refused, in words; anything else is a fault of this program."""
    from crm_desktop.store.database import Error, explain

    if not isinstance(error, Error | OSError):
        raise error
    _tell(str(explain(error)))
    return 1


def _require(shape: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    if options.report in ("in-house", "arrivals", "departures") and not options.on:
        shape.error(f"report {options.report} needs --on DATE")
    if options.report == "production" and not options.by:
        shape.error("report production needs --by")
    takes = {"production": ("by", "first", "last"), "overview": ()}.get(options.report, ("on",))
    for name, word in (("on", "--on"), ("by", "--by"), ("first", "--from"), ("last", "--to")):
        if getattr(options, name) and name not in takes:
            shape.error(f"report {options.report} takes no {word}")
    if options.first and options.last and options.first > options.last:
        shape.error("--from is after --to")


def default_database() -> Path:
    """The database of this person when none is named."""
    from crm_desktop.store.folders import data_folder

    return data_folder() / "crm.db"


def _sample() -> Path:
    from crm_desktop.demo import place

    return place.ready()


def _tell(words: str) -> None:
    print(words, file=sys.stderr)


def _store(options: argparse.Namespace, *, create: bool = False, fresh: Any = None) -> Any:
    from crm_desktop.desk.people import signed_in
    from crm_desktop.duties import RECORDS
    from crm_desktop.store.store import Store

    return Store(options.data, RECORDS, create=create, fresh=fresh, seat=signed_in())


def _desk(store: Any) -> Any:
    from crm_desktop.desk.desk import Desk
    from crm_desktop.desk.people import signed_in
    from crm_desktop.desk.settings import Settings

    desk = Desk(store, signed_in())
    desk.sit(Settings())
    return desk


def _record(word: str) -> Any:
    from crm_desktop.duties import RECORDS

    return next(record for record in RECORDS if record.file_word == word)


class _Progress:
    """How far the work is, on stderr, for a person watching a terminal."""

    def __init__(self) -> None:
        self._begun = self._told = time.monotonic()

    def step(self, done: int, total: int) -> None:
        """Tell twice a second."""
        now = time.monotonic()
        if sys.stderr.isatty() and now - self._told > 0.5:
            self._told = now
            print(f"\r{done:,} / {total or done:,}  {done / (now - self._begun):,.0f}/s ", end="", file=sys.stderr)


def import_file(options: argparse.Namespace) -> int:
    """Bring a file in, or only count what would happen; a database that is not there is made when all is known to be well."""
    from crm_desktop.duties import RECORDS
    from crm_desktop.duties.mappings import choose
    from crm_desktop.exchange import importing
    from crm_desktop.exchange.text_file import read_table
    from crm_desktop.store.engine import empty_reader
    from crm_desktop.store.keys import new_keys, was_used

    record = _record(options.records)
    table = read_table(options.file)
    mapping = choose(record, table.headings, options.mapping)
    with ExitStack() as opened:
        fresh: Any = None if options.data.exists() or was_used(options.data) else new_keys()
        store = None if fresh else opened.enter_context(_store(options, create=True))
        reader = opened.enter_context(closing(store.open_reader() if store else empty_reader(RECORDS)))
        prepared = importing.prepare(
            reader, store.keys if store else fresh, {record.key: record for record in RECORDS}, table, mapping,
            strict=options.strict, add_same=options.add_same, progress=_Progress(),
        )  # fmt: skip
        refused = None
        if not options.dry_run:
            store = store or opened.enter_context(_store(options, create=True, fresh=fresh))
            _, refused = importing.bring_in(_desk(store), prepared, _Progress())
    for bad in prepared.bad[:5]:
        _tell(say(Text("Line {line}: {reason}", line=bad.line, reason=bad.reason)))
    print(importing.summary(prepared.counts(refused)))
    return 0


def export_file(options: argparse.Namespace) -> int:
    """Write all rows of a record to a CSV file, in an order that never changes."""
    from crm_desktop.desk.desk import EXPORTED
    from crm_desktop.exchange import csv_out
    from crm_desktop.store.pages import ListQuery

    with _store(options) as store, closing(store.open_reader()) as reader:
        query = ListQuery(_record(options.records))
        rows = csv_out.export(reader, query, options.to, encoding=options.encoding, by_id=True, progress=_Progress())
        _desk(store).note(EXPORTED, f"{options.records}: {rows} -> {options.to.name}")
    _tell(say(Text("{count} rows written to {file}", count=f"{rows:,}", file=options.to)))
    return 0


def print_report(options: argparse.Namespace) -> int:
    """Print a report: JSON as one object, CSV, or columns for a person."""
    from crm_desktop.duties.stays import queries
    from crm_desktop.duties.stays.overview import overview

    with _store(options) as store, closing(store.open_reader()) as reader:
        if options.report == "overview":
            report = overview(reader)
        elif options.report == "production":
            report = queries.production(reader, options.by, options.first or "", options.last or "")
        else:
            report = queries.daily(reader, options.report, options.on)
    PRINT[options.format](report)
    return 0


def _print_json(report: Any) -> None:
    print(json.dumps(report.plain(), ensure_ascii=False))


def _cell(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def _print_csv(report: Any) -> None:
    from crm_desktop.exchange.formulas import guarded

    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(report.columns)
    out.writerows([guarded(_cell(row[name])) for name in report.columns] for row in report.rows)


def _print_text(report: Any) -> None:
    if len(report.rows) == 1:  # one long row reads better downwards
        for name, value in report.rows[0].items():
            print(f"{name}: {_cell(value)}")
    else:
        cells = [report.columns, *([_cell(row[name]) for name in report.columns] for row in report.rows)]
        widths = [max(len(row[at]) for row in cells) for at in range(len(report.columns))]
        for row in cells:
            print("  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip())
    for name, value in report.totals.items():
        print(f"{name}: {_cell(value)}")


PRINT: dict[str, Callable[[Any], None]] = {"json": _print_json, "csv": _print_csv, "text": _print_text}


def plain_copy(options: argparse.Namespace) -> int:
    """Write the unencrypted copy and log that it was made."""
    from crm_desktop.desk.desk import PLAIN_COPY
    from crm_desktop.store import plain

    with _store(options) as store:
        _desk(store).note(PLAIN_COPY, str(options.to))
        counts = plain.copy(store, options.to)
    _tell(say(Text("{file} is not encrypted: whoever has it can read it.", file=options.to)))
    print(json.dumps(counts))
    return 0


def make_backup(options: argparse.Namespace) -> int:
    """Make a backup, or list those there are."""
    from crm_desktop.store import backup

    with _store(options) as store, closing(store.open_reader()) as reader:
        if options.list:
            for one in backup.listed(store.path):
                print(f"{one.made_at}  {one.rows:>10,}  {one.path}")
            return 0
        print(backup.make(store, reader, options.to).path)
    return 0


def restore_backup(options: argparse.Namespace) -> int:
    """Put a backup in the database's place; the former one is kept aside."""
    from crm_desktop.store import backup

    there = backup.listed(options.data)
    source = options.file or (there[0].path if there else None)
    if source is None:
        raise Refused(Text("There is no backup of {file} yet.", file=options.data))
    aside = backup.restore(options.data, source)
    print(options.data)
    if aside:
        _tell(say(Text("The former database was put aside as {file}", file=aside)))
    return 0


def check_database(options: argparse.Namespace) -> int:
    """Check pages, references, log, rows, sums and search of the database or of a backup; 1 when anything is wrong."""
    from crm_desktop.duties import RECORDS
    from crm_desktop.store import backup, check
    from crm_desktop.store.folders import manifest

    if options.file or manifest(options.data).exists():
        found = backup.examine(options.file or options.data, RECORDS)
    else:
        with _store(options) as store, closing(store.open_reader()) as reader:
            found = check.everything(reader, store.keys, store.records)
    for problem in found:
        _tell(say(problem))
    if not found:
        print(say(Text("Everything is as it was saved.")))
    return 1 if found else 0
