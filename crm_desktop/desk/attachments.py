"""Files that lie by a record's row: added, read, copied out, removed and brought back."""

from __future__ import annotations

import io
import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from crm_desktop.desk.desk import Desk
from crm_desktop.desk.records import ATTACHMENT
from crm_desktop.record.os_words import why
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import attached, database, files
from crm_desktop.store.folders import writing
from crm_desktop.store.log import Change

ATTACHED, DETACHED = Text("File attached"), Text("File removed")
RUNS = frozenset((
    ".exe", ".com", ".bat", ".cmd", ".msi", ".scr", ".pif", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh", ".hta", ".lnk", ".url",
    ".reg", ".jar", ".sh", ".app", ".desktop", ".cpl", ".scf",
))  # fmt: skip
LONGEST_NAME = 200  # bytes: a disk takes 255 in a name, and a copy may get " (2)" behind it


def named(name: str) -> str:
    """A file's name as it is kept: the last part of a path, without what no system takes in a name."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join("_" if c in '<>:"|?*' or ord(c) < 32 else c for c in last).strip(" .")
    stem, dot, end = clean.rpartition(".")
    if not (dot and 0 < len(end) < 12):
        return _cut(clean, LONGEST_NAME) or "file"
    return f"{_cut(stem, LONGEST_NAME - len(end.encode()) - 1)}{dot}{end}"


def _cut(words: str, most: int) -> str:
    """The beginning of a text, of at most so many bytes, no character in halves."""
    return words.encode()[:most].decode(errors="ignore").rstrip(" .")


def add(desk: Desk, record: str, row_id: int, path: Path, step: files.Step | None = None) -> Change:
    """Attach a file of this PC. Raises Refused; then nothing was added."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise Refused(Text("{file} is a folder; choose files.", file=path.name))
        if size > files.LARGEST:
            raise Refused(files.TOO_LARGE)
        with path.open("rb") as source:
            return _keep(desk, record, row_id, path.name, source, step, size)
    except OSError as error:
        if error.filename and Path(str(error.filename)) == path:
            raise Refused(Text("{file} cannot be read: {reason}. Nothing was added.", file=path.name, reason=why(error))) from error
        raise database.explain(error) from error


def add_content(desk: Desk, record: str, row_id: int, name: str, content: bytes) -> Change:
    """Attach what was on the clipboard. Raises Refused."""
    try:
        return _keep(desk, record, row_id, name, io.BytesIO(content), None, len(content))
    except OSError as error:
        raise database.explain(error) from error


def _keep(desk: Desk, record: str, row_id: int, name: str, source: IO[bytes], step: files.Step | None, size: int) -> Change:
    digest, length = desk.store.keep_file(source, step, size)
    name = named(name)
    row: Row = {"about_record": record, "about_row": row_id, "name": name, "mime": mimetypes.guess_type(name)[0] or "", "size": length}
    with desk.writing(ATTACHED) as writing:
        if desk.get(desk.store.by_key[record], row_id) is None:
            raise Refused(Text("What the file should be attached to was removed meanwhile. Nothing was added."))
        writing.add(ATTACHMENT, row | {"sha256": digest, "added_on": desk.today(), "added_by": desk.person})
    change: Change = writing.entry.change
    return change


def remove(desk: Desk, row_id: int, version: int) -> Change:
    """Take a file from its row; undo brings it back."""
    with desk.writing(DETACHED) as writing:
        writing.remove(ATTACHMENT, row_id, version)
    change: Change = writing.entry.change
    return change


def of(reader: Any, record: str, row_id: int) -> list[Row]:
    """The files by a row, the newest first."""
    return attached.of(reader, record, row_id)


def content(store: Any, digest: str) -> Iterator[bytes]:
    """What a file holds, part by part. Raises Refused when it is missing or damaged."""
    found: Iterator[bytes] = store.read_file(digest)
    return found


def copy_out(store: Any, digest: str, to: Path) -> None:
    """Write a copy outside; whole or not at all. Raises Refused."""

    def write(target: IO[bytes]) -> None:
        for part in content(store, digest):
            target.write(part)

    writing(to, write)


def may_open(name: str) -> bool:
    """False for what would run as a program instead of being shown."""
    return Path(name).suffix.lower() not in RUNS


PICTURED = ("person",)  # records whose rows are known by a face


def photo_of(reader: Any, record: str, row_id: int) -> str:
    """The photo that stands beside the name of a row, as its digest; '' where there is none."""
    return photo(reader, row_id) if record in PICTURED else ""


def photo(reader: Any, person: int) -> str:
    """The newest picture that lies by a person, as its digest; '' where there is none that can be shown everywhere."""
    return next((str(row["sha256"]) for row in of(reader, "person", person) if row["mime"] in ("image/png", "image/jpeg")), "")


def logo(reader: Any, hotel_id: int) -> Row | None:
    """The picture for the head of papers: the hotel's newest attached image whose name says logo, else its newest image."""
    images = [row for row in of(reader, "hotel", hotel_id) if str(row["mime"]).startswith("image/")]
    said = [row for row in images if any(word in row["name"].lower() for word in ("logo", "标志", "店徽"))]
    return next(iter([*said, *images]), None)
