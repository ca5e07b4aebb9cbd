"""The command line: the same work as the window, without a display and without Qt."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from crm_desktop import VERSION
from crm_desktop.cli import files, keeping, privacy, reports
from crm_desktop.cli.shared import default_database, sample, sign_in, tell
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store.address import parsed

Command = Callable[[argparse.Namespace], int]
Word = Callable[[str, Command, str], argparse.ArgumentParser]
WORDS = ("import", "peek", "export", "regular", "report", "plain-copy", "backup", "restore", "salvage", "check", "person-copy", "erase", "server")


def parser() -> argparse.ArgumentParser:
    """What may be typed; `--data` and `--format` stand before or after the word."""
    from crm_desktop.server import commands

    shared = _shared()
    main = argparse.ArgumentParser(prog="crm-desktop", parents=[shared], description="The CRM of a hotel sales department.")
    main.add_argument("--version", action="version", version=VERSION)
    words = main.add_subparsers(dest="word", metavar="WORD")

    def word(name: str, run: Command, help: str) -> argparse.ArgumentParser:
        sub = words.add_parser(name, parents=[shared], help=help)
        sub.set_defaults(run=run)
        return sub

    _add_files(word)
    reports.add_words(word("report", reports.print_report, "print a report"))
    _add_keeping(word)
    _add_privacy(word)
    sub = words.add_parser("server", help="set up and look after a department's PostgreSQL server")
    commands.add_words(
        sub.add_subparsers(dest="server_word", metavar="WORD", required=True), argparse.ArgumentParser(add_help=False)
    )
    return main


def _shared() -> argparse.ArgumentParser:
    """What every word understands: which database, who, and how it is printed."""
    made = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    made.add_argument("--data", type=parsed, metavar="FILE", help="the database to use: a file, or postgresql://... on a server")
    made.add_argument("--demo", action="store_true", help="use the sample hotel, made when it is not there")
    made.add_argument("--login", metavar="NAME", help="sign in by this name (or CRM_DESKTOP_LOGIN)")
    made.add_argument(
        "--password-file", type=Path, metavar="FILE", help="the password (or CRM_DESKTOP_PASSWORD, or typed when asked)"
    )
    made.add_argument("--format", choices=reports.FORMATS, help="how a report is printed")
    return made


def _add_files(word: Word) -> None:
    """What goes in and out as files."""
    from crm_desktop.duties import RECORDS

    kinds = [record.file_word for record in RECORDS]
    sub = word("import", files.import_file, "bring a file in")
    sub.add_argument("file", type=Path)
    sub.add_argument("--as", dest="records", choices=kinds, required=True)
    sub.add_argument("--mapping", default="", metavar="NAME")
    sub.add_argument("--currency", default="", metavar="CODE", help="what the amounts are in, where the file does not say")
    sub.add_argument("--hotel", default="", metavar="CODE", help="the hotel its rows belong to (code or name), where the file does not say and there are several")
    sub.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook; the one that fits when left out")
    sub.add_argument(
        "--dates", choices=("ymd", "dmy", "mdy", "md", "dm"), default="", help="how dates are written that can be read in several ways"
    )
    sub.add_argument("--dry-run", action="store_true", help="count, change nothing")
    sub.add_argument("--without-backup", action="store_true", help="import also where no backup of what is there can be made first")
    sub.add_argument("--strict", action="store_true", help="one bad row refuses the whole file")
    sub.add_argument("--add-same", action="store_true", help="add rows equal to ones already here as new ones")
    sub.add_argument("--hashes", action="store_true", help="of ID and card numbers in words keep kind and keyed hash too, beside the last four")
    sub.add_argument(
        "--likely", choices=("refuse", "add", "update", "leave"), default="refuse",
        help="what becomes of new rows that may be here already: reported and left out unless said",
    )  # fmt: skip
    sub.add_argument(
        "--matched", choices=("update", "keep", "add"), default="update",
        help="what becomes of rows that are here and differ: updated, kept as they are, or added as new ones",
    )  # fmt: skip
    word("peek", files.peek, "say what a reader understands of a file; no database is needed").add_argument("file", type=Path)
    sub = word("export", files.export_file, "write a list to a file: CSV, XLSX, JSON, vCard or iCalendar")
    sub.add_argument("records", choices=kinds)
    sub.add_argument("--to", type=Path, required=True, metavar="FILE.xlsx|.csv|.json|.vcf|.ics")
    sub.add_argument("--encoding", choices=("utf-8", "gb18030"), default="utf-8")
    sub.add_argument("--for-spreadsheets", action="store_true", help="a CSV that is opened by a double click: codes like 0012 keep their zeros")
    sub.add_argument("--reason", default="", help="what the rows leave the house for; the log keeps it")
    word("regular", files.write_regular, "write the regular files that are due: for the operating system's scheduler").add_argument(
        "--all", action="store_true", help="all of this PC, due or not"
    )
    sub = word("plain-copy", files.plain_copy, "write an unencrypted SQLite copy for other tools")
    sub.add_argument("--to", type=Path, required=True, metavar="FILE.sqlite")


def _add_keeping(word: Word) -> None:
    """What keeps the data safe."""
    sub = word("backup", keeping.make_backup, "make a proven backup now")
    sub.add_argument("--to", type=Path, metavar="FILE")
    sub.add_argument("--list", action="store_true", help="only list the backups there are")
    sub = word("restore", keeping.restore_backup, "put a backup in the database's place")
    sub.add_argument("file", type=Path, nargs="?", help="a backup; the newest when left out")
    word("salvage", keeping.salvage_database, "keep what can be read of a damaged database")
    sub = word("check", keeping.check_database, "check everything that can be checked")
    sub.add_argument("file", type=Path, nargs="?", help="a backup to check instead of the database")


def _add_privacy(word: Word) -> None:
    """A person's rights to their data."""
    sub = word("person-copy", privacy.copy_person, "write all that is known of a person, for them: XLSX or JSON")
    sub.add_argument("id", help="the person's id, as it stands in exports")
    sub.add_argument("--to", type=Path, required=True, metavar="FILE.xlsx|.json")
    sub.add_argument("--reason", default="", help="who asked for it; the log keeps it")
    sub = word("erase", privacy.erase_person, "erase a person for good, and again after every restore")
    sub.add_argument("id", help="the person's id, as it stands in exports")
    sub.add_argument("--reason", default="", help="why; the log keeps it")
    sub.add_argument("--dry-run", action="store_true", help="only say what that would mean")


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
        reports.understand(shape, options)
    try:
        options.data = sample() if demo else options.data
        options.person = 0 if options.word in ("server", "peek") else sign_in(options)  # the server asks for its own password
        status: int = options.run(options)
        sys.stdout.flush()
    except Refused as error:
        tell(str(error))
        return 1
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # so that the last flush at the end does not complain
        return 1
    except KeyboardInterrupt:
        tell(say(Text("Stopped; nothing was changed.")))
        return 1
    except Exception as error:
        return _machine(error)
    return status


def _machine(error: Exception) -> int:
    """What the disk or the database under the work refused, in words; anything else is a fault of this program."""
    from crm_desktop.store.database import Error, explain

    if not isinstance(error, Error | OSError):
        raise error
    tell(str(explain(error)))
    return 1
