"""What the import page has done in the background, most of it in the other process (`exchange/apart.py`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crm_desktop.duties.files import mapped, reading
from crm_desktop.duties.files.mapped import Saved
from crm_desktop.exchange.apart import Apart
from crm_desktop.record.text import Text
from crm_desktop.store import ahead
from crm_desktop.ui import jobs


def open_file(path: Path, record: str, sheet: str, near: str, reader: Any, job: jobs.Job) -> reading.Opened:
    """What a file holds."""
    return reading.open_file(path, record, sheet, job, mapped.kept(reader), near)


def saved(reader: Any, job: jobs.Job) -> list[Saved]:
    """The mappings that were kept."""
    return mapped.kept(reader)


def compare(asked: reading.Asked, reader: Any, job: jobs.Job) -> tuple[Apart, reading.Summary]:
    """What bringing it in would do, and the process that can do it."""
    apart = Apart(reading.bring, asked)
    return apart, apart.ask(job)


def save_left_out(apart: Apart, path: Path, reader: Any, job: jobs.Job) -> Path:
    """The rows left out, as a file."""
    written: Path = apart.ask(job, reading.LeftOut(path))
    return written


def secure(apart: Apart, reader: Any, job: jobs.Job) -> Text | None:
    """A backup of what is here; why there is none, or None."""
    job.doing = ahead.FIRST
    said: Text | None = apart.ask(job, reading.Secure())
    return said


def write(apart: Apart, decided: reading.Decided, desk: Any, job: jobs.Job) -> reading.Done:
    """Bring it in."""
    done: reading.Done = apart.ask(job, decided)
    return done
