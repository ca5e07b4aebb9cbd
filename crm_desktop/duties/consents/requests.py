"""Requests about personal data: what waits, what is told of it, and the proof that a copy or erasing leaves in them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from crm_desktop.desk import privacy
from crm_desktop.duties.consents import rules_requests as rules
from crm_desktop.duties.consents.records_requests import DATA_REQUEST
from crm_desktop.record.dates import business_date, days_before
from crm_desktop.record.duty import Cause, Filter, NowPoint, TodayLine
from crm_desktop.record.record import Record
from crm_desktop.record.text import Text
from crm_desktop.store import pages
from crm_desktop.store.log import BY_ITSELF, Change

KEY = DATA_REQUEST.key
PROVED = Text("Proof written into a request")
WAITING: tuple[Filter, ...] = (("waits_until", ">", ""),)


def today(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """The requests that wait for an answer; red when one is late."""
    return pages.waiting(reader, Text("Requests about personal data"), DATA_REQUEST, list(WAITING), group="tasks", tone="amber", late=[("waits_until", "<", day)], short=Text("Data requests"))


def causes(reader: Any, _day: str) -> list[Cause]:
    """Each request that waits, due some days before its end."""
    sql = (
        "select r.id, r.kind, r.waits_until, r.person_id, coalesce(p.name, r.name), r.owner_id, p.account_id from data_request as r left join person as p on p.id = r.person_id"
        " where r.gone is null and r.waits_until > '' order by r.waits_until, r.id"
    )
    kinds = DATA_REQUEST.by_name["kind"]
    return [
        Cause(
            "data-request", (KEY, row_id), Text("{who}: {kind}, to be answered until {day}", who=name, kind=kinds.choice_text(kind), day=until),
            days_before(until, rules.SOON), owner_id=owner, account_id=account, person_id=person, urgency=2,
        )
        for row_id, kind, until, person, name, owner, account in reader.execute(sql).fetchall()
    ]  # fmt: skip


def now(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    """On a person's sheet and on the request: how long there is for the answer."""
    if record not in ("person", KEY):
        return []
    column, kinds = ("person_id" if record == "person" else "id"), DATA_REQUEST.by_name["kind"]
    points = []
    for at, kind, until in reader.execute(f"select id, kind, waits_until from data_request where gone is null and waits_until > '' and {column} = ? order by id", (row_id,)).fetchall():
        left, what = rules.days_left(until, day) or 0, kinds.choice_text(kind)
        words = Text("{kind}: the answer is {n} days late", kind=what, n=-left) if left < 0 else Text("{kind} asked for: {n} days left for the answer", kind=what, n=left)
        points.append(NowPoint(words, "red" if left <= rules.SOON else "amber", (KEY, at)))
    return points


def person_of(reader: Any, row_id: int) -> int | None:
    """Whom a request is about."""
    found = reader.execute("select person_id from data_request where id = ? and gone is null", (row_id,)).fetchone()
    return int(found[0]) if found and found[0] is not None else None


def waiting(reader: Any, person: int, act: str) -> list[tuple[int, int]]:
    """The requests of a person, as (row, version), that an act carries out."""
    sql = "select id, version, kind from data_request where gone is null and waits_until > '' and person_id = ? order by id"
    return [(int(row), int(version)) for row, version, kind in reader.execute(sql, (person,)).fetchall() if rules.fits(str(kind), act)]


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
