"""Files of the program that erasing somebody does not reach: former databases put aside, and rows that an import left out."""

from __future__ import annotations

import glob
import html
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from crm_desktop.store import erasing, restoring
from crm_desktop.store.folders import OURS, data_folder

TAGS = re.compile(r"<[^>]*>")
MOST_BYTES = 64 << 20  # a longer file is named without being read


def refused_folder() -> Path:
    """Where the rows lie that an import left out, as files in clear."""
    return data_folder() / "refused"


def databases(path: Path) -> list[Path]:
    """The former databases that were put aside beside one; whom they hold is not looked at."""
    found = [each for word in (restoring.FORMER, restoring.DAMAGED) for each in path.parent.glob(f"{glob.escape(path.name)}.{word}-*")]
    return sorted(each for each in found if each.is_file() and not each.name.endswith(OURS))


def refused(words: Iterable[str]) -> list[Path]:
    """The files of rows left out in which one of these words stands, or that cannot be read."""
    wanted = erasing.pattern(words)
    there = [each for each in refused_folder().glob("*") if each.is_file()]
    return sorted(each for each in there if wanted is not None and _may_hold(each, wanted))


def _may_hold(path: Path, words: re.Pattern[str]) -> bool:
    try:
        return path.stat().st_size > MOST_BYTES or any(words.search(text) for text in _texts(path))
    except (OSError, ValueError, zipfile.BadZipFile):
        return True


def _texts(path: Path) -> list[str]:
    if path.suffix.lower() != ".xlsx":
        return [path.read_text("utf-8", "replace")]
    with zipfile.ZipFile(path) as book:
        parts = [part for part in book.infolist() if part.filename.endswith(".xml")]
        if sum(part.file_size for part in parts) > MOST_BYTES:
            raise ValueError(path)
        return [html.unescape(TAGS.sub(" ", book.read(part).decode("utf-8", "replace"))) for part in parts]
