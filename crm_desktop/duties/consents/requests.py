"""Carrying out requests about personal data: the proof that a copy or erasing leaves in them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from crm_desktop.desk import privacy
from crm_desktop.duties.consents import rules_requests as rules
from crm_desktop.duties.consents.queries_requests import waiting
from crm_desktop.duties.consents.records_requests import DATA_REQUEST
from crm_desktop.record.dates import business_date
from crm_desktop.record.record import Record
from crm_desktop.record.text import Text
from crm_desktop.store.log import BY_ITSELF, Change

PROVED = Text("Proof written into a request")


def copy(desk: Any, record: Record, row_id: int, path: Path, reason: str = "") -> int:
    """A copy of a person's data; their requests for it name the log's entry and the file's SHA-256. Returns its rows. Raises Refused."""
    from crm_desktop.exchange import person_out

    rows, change = person_out.made(desk, record, row_id, path, reason)
    _proved(desk, [at for at, _ in waiting(desk.store.writer, row_id, rules.COPY)], change, hashlib.sha256(path.read_bytes()).hexdigest())
    return rows


def erase(desk: Any, record: Record, row_id: int, version: int, reason: str) -> Change:
    """Erase a person; their requests for it, which no longer say who it was, name the log's entry. Raises Refused, Conflict."""
    asked = [at for at, _ in waiting(desk.store.writer, row_id, rules.DELETE)]
    change = privacy.erase(desk, record, row_id, version, reason)
    _proved(desk, asked, change, "")
    return change


def _proved(desk: Any, asked: list[int], change: Change, digest: str) -> None:
    if not asked:
        return
    with desk.writing(PROVED, source=BY_ITSELF) as writing:
        for at in asked:
            row = desk.get(DATA_REQUEST, at)
            if row is not None:
                writing.update(DATA_REQUEST, at, row["version"], {"entry": str(change.id), "done_on": business_date()} | ({"file_hash": digest} if digest else {}))
