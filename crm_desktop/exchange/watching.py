"""A folder into which another program puts its exports: which files in it are whole and were not offered yet."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Collection, Sequence
from pathlib import Path

KINDS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ods", ".csv", ".txt", ".tsv", ".vcf", ".ics", ".xml", ".htm", ".html")
QUIET = 3.0  # seconds a file has not changed
PACKED = (".xlsx", ".xlsm", ".xlsb", ".ods")
MOST = 500  # files looked at, the newest first


class Found:
    """A file that lies there; `mark` tells it from a later one of the same name."""

    __slots__ = ("changed", "path", "size")

    def __init__(self, path: Path, size: int, changed: float) -> None:
        self.path, self.size, self.changed = path, size, changed

    @property
    def mark(self) -> str:
        """How it is remembered."""
        return f"{self.path.name}|{self.size}|{self.changed:.3f}"


def look(folder: Path) -> list[Found]:
    """The files there that could be imported, the oldest first; none where the folder cannot be read."""
    out: list[Found] = []
    try:
        for path in folder.iterdir():
            if path.suffix.lower() in KINDS and not path.name.startswith((".", "~")) and path.is_file():
                about = path.stat()
                out.append(Found(path, about.st_size, about.st_mtime))
    except OSError:
        return []
    out.sort(key=lambda found: (found.changed, found.path.name))
    return out[-MOST:]


def settled(found: Sequence[Found], before: Collection[str], done: Collection[str], now: float | None = None) -> list[Found]:
    """Those that are whole: as they were when they were looked at `before`, quiet for a while, and with their end where a
    packed file has it; without those that were `done` with."""
    moment = time.time() if now is None else now
    return [
        one for one in found
        if one.mark in before and one.mark not in done and one.size and moment - one.changed >= QUIET and _has_end(one.path)
    ]  # fmt: skip


def _has_end(path: Path) -> bool:
    try:
        return path.suffix.lower() not in PACKED or zipfile.is_zipfile(path)
    except OSError:
        return False


def remembered(done: Sequence[str], mark: str, folder: Sequence[Found]) -> list[str]:
    """What is remembered after one more was done with: only of files that still lie there."""
    there = {one.mark for one in folder}
    return [*(each for each in done if each in there and each != mark), mark]
