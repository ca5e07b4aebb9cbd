"""Copies of attached files that other programs show: in a folder of this run only, gone when the program ends."""

from __future__ import annotations

import atexit
import secrets
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QImage

from crm_desktop.desk import attachments
from crm_desktop.record.record import Row
from crm_desktop.ui import jobs, picture_apart

MOST_SHOWN = 30_000_000  # bytes of a picture
MOST_READ = 1_000_000  # bytes of a text
TEXTS = (".txt", ".md", ".csv", ".log", ".json", ".xml", ".eml", ".ics", ".vcf")


@lru_cache(1)
def _folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="crm-desktop-"))  # for this person alone
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def is_picture(row: Row) -> bool:
    """True for a picture that can be shown here."""
    return row["mime"] in ("image/png", "image/jpeg", "image/gif", "image/bmp", "image/webp") and (row["size"] or 0) <= MOST_SHOWN


def is_text(row: Row) -> bool:
    """True for a text that can be shown here."""
    return Path(row["name"]).suffix.lower() in TEXTS and (row["size"] or 0) <= MOST_READ


def can_show(row: Row) -> bool:
    """True for what the program shows itself."""
    return is_picture(row) or is_text(row)


def place(name: str) -> Path:
    """Where a file of this name may lie until the program ends."""
    folder = _folder() / secrets.token_hex(4)
    folder.mkdir(mode=0o700)
    return folder / name


def show(path: Path) -> bool:
    """Open a file in the program that is there for its kind; False where there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def copy(store: Any, digest: str, name: str, reader: Any, job: jobs.Job) -> Path:
    """For `jobs.work`: a copy to be opened elsewhere."""
    path = place(name)
    attachments.copy_out(store, digest, path)
    return path


def content(store: Any, digest: str, reader: Any, job: jobs.Job) -> bytes:
    """For `jobs.work`: all of a small file."""
    return b"".join(attachments.content(store, digest))


def picture(store: Any, digest: str, reader: Any, job: jobs.Job) -> QImage:
    """For `jobs.work`: a picture, empty where it cannot be read; a large one takes half a second, which no window is to wait for."""
    return picture_apart.decoded(content(store, digest, reader, job))
