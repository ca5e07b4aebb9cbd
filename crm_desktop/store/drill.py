"""The restore drill: the newest backup is restored to a place of its own, checked whole, and what came of it is kept."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from crm_desktop.record.dates import now
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store import attached, backup, check, database, files, holding, restoring, schema
from crm_desktop.store.folders import whole_file
from crm_desktop.store.keys import read_keys

FILE, PLACE = "drill.json", "drill-"
NO_BACKUP = Text("There is no backup to try. Press 'Back up now' first.")
SCARCE = Text("There is not enough room on this disk to try a restore: {n} MB are needed beside the backups.")
Step = Callable[[], None]


class Drill:
    """What came of one: when, of which backup (and when that was made), rows and attached files found, and what was wrong."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.at, self.backup, self.made_at = str(facts["at"]), str(facts["backup"]), str(facts["made_at"])
        self.rows, self.files, self.problems = int(facts["rows"]), int(facts["files"]), [str(each) for each in facts["problems"]]

    @property
    def facts(self) -> dict[str, Any]:
        """The same for a file."""
        return {"at": self.at, "backup": self.backup, "made_at": self.made_at, "rows": self.rows, "files": self.files, "problems": self.problems}


def last(path: Path) -> Drill | None:
    """The newest drill of a database; None where there was none."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        return Drill(json.loads((backup.folder(path) / FILE).read_text("utf-8")))
    return None


def hold(path: Path, records: Sequence[Record], step: Step) -> Drill:
    """Restore the newest backup as a person would, but to a folder that is taken away again. Raises Refused where none can be tried.

    The real data are not touched: neither read nor locked."""
    newest = next(iter(backup.listed(path)), None)
    if newest is None:
        raise Refused(NO_BACKUP)
    _sweep(backup.folder(path))
    needed = 2 * int(newest.facts["bytes"]) + sum(file.stat().st_size for file in files.of_backup(newest.path).glob("*") if file.is_file())
    if shutil.disk_usage(backup.folder(path)).free < needed:
        raise Refused(Text(SCARCE.source, n=f"{needed / 1e6:,.0f}"))
    with tempfile.TemporaryDirectory(prefix=PLACE, dir=backup.folder(path)) as place:
        found = _tried(newest, Path(place) / path.name, records, step)
    with whole_file(backup.folder(path) / FILE) as file:
        file.write(json.dumps(found.facts, ensure_ascii=False, indent=1).encode())
    return found


def _sweep(folder: Path) -> None:
    """What a drill left behind that was cut off."""
    for rest in folder.glob(f"{PLACE}*"):
        if rest.is_dir():
            shutil.rmtree(rest, ignore_errors=True)


def _tried(made: backup.Backup, there: Path, records: Sequence[Record], step: Step) -> Drill:
    facts = {"at": now(), "backup": made.path.name, "made_at": backup.instant(made.made_at), "rows": 0, "files": 0, "problems": []}
    head = None
    try:
        step()
        restoring.restore(there, made.path)
        keys = read_keys(there)
        head = keys.head_file
        step()
        with contextlib.closing(database.connect(there, keys, readonly=True)) as copy, holding.stoppable(copy, step):
            facts |= _looked(copy, keys, records, made, there)
    except Refused as error:
        facts["problems"] = [say(error.text)]
    except database.Error as error:
        facts["problems"] = [say(database.explain(error).text)]
    finally:
        if head is not None:
            head.unlink(missing_ok=True)
    return Drill(facts)


def _looked(copy: Any, keys: Any, records: Sequence[Record], made: backup.Backup, there: Path) -> dict[str, Any]:
    """What was restored: every check there is, the rows against the manifest, the attached files."""
    whole = schema.is_current(copy, records)
    problems = check.everything(copy, keys, records, files.folder(there)) if whole else check.pages(copy) + check.chain(copy, keys)
    counts = {key: int(copy.execute(f"select count(*) from {key}").fetchone()[0]) for key in made.facts["counts"]}
    if counts != made.facts["counts"]:
        problems.append(Text("{n} rows were restored, {m} were backed up", n=f"{sum(counts.values()):,}", m=f"{made.rows:,}"))
    return {"rows": sum(counts.values()), "files": len(attached.digests(copy)), "problems": [say(each) for each in problems]}
