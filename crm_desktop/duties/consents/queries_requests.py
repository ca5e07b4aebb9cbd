"""Requests about personal data: what waits, and what is told of it."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.consents import rules_requests as rules
from crm_desktop.duties.consents.records_requests import DATA_REQUEST
from crm_desktop.record.dates import days_before
from crm_desktop.record.duty import Cause, Filter, NowPoint, TodayLine
from crm_desktop.record.text import Text
from crm_desktop.store import pages

KEY = DATA_REQUEST.key
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
