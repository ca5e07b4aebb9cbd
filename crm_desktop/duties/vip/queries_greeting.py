"""Who meets whom: asked for the rows of a list, for one guest, and for *Today*."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.vip.records_greeting import GREETING, MISSED, PLANNED
from crm_desktop.record.dates import business_date
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text, say
from crm_desktop.store import pages

BLOCK = 500
AWAY = ("out", "away")


def of_stays(reader: Any, ids: Sequence[int]) -> dict[int, str]:
    """Who meets the guest of each of some stays, by id; none where nobody was named."""
    return _of(reader, "stay", ids)


def of_receptions(reader: Any, ids: Sequence[int]) -> dict[int, str]:
    """The same of receptions."""
    return _of(reader, "vip_stay", ids)


def _of(reader: Any, table: str, ids: Sequence[int]) -> dict[int, str]:
    out: dict[int, str] = {}
    for at in range(0, len(ids), BLOCK):
        block = list(ids[at : at + BLOCK])
        sql = (
            f"select r.id, s.name, g.state from {table} as r join greeting as g on g.person_id = r.guest_id and g.day >= r.arrival and g.day <= r.departure and g.gone is null"
            f" join staff as s on s.id = g.owner_id where r.id in ({', '.join('?' * len(block))}) order by g.day, g.id"
        )
        for row_id, name, state in reader.execute(sql, block).fetchall():
            out[int(row_id)] = _told(str(name), str(state))
    return out


def _told(name: str, state: str) -> str:
    if state == PLANNED:
        return name
    return say(Text("{name}: not met", name=name)) if state == MISSED else say(Text("{name}: met", name=name))


def of_guest(reader: Any, person: int, day: str) -> Row | None:
    """The greeting of a guest on a day: its id, version, who meets, how it stands; None where nobody was named."""
    sql = (
        "select g.id, g.version, g.owner_id, coalesce(s.name, ''), g.state, g.name from greeting as g left join staff as s on s.id = g.owner_id"
        " where g.person_id = ? and g.day = ? and g.gone is null order by g.id desc limit 1"
    )
    found = reader.execute(sql, (person, day)).fetchone()
    return dict(zip(("id", "version", "owner_id", "who", "state", "name"), found, strict=True)) if found else None


def keeper(reader: Any, person: int, account: int | None, day: str) -> tuple[str, str]:
    """Who looks after a guest or the client, and where they are when they are not here that day ('' = here)."""
    sql = (
        "select s.id, s.name from staff as s where s.id = coalesce((select owner_id from account where id = ?), (select owner_id from person where id = ?)) and s.gone is null"
    )
    found = reader.execute(sql, (account or 0, person)).fetchone()
    if found is None:
        return "", ""
    return str(found[1]), whereabouts(reader, int(found[0]), day)


def whereabouts(reader: Any, staff: int, day: str) -> str:
    """Where somebody is who is not in the house on a day; '' for who is."""
    sql = "select kind, begins, ends, name from duty_turn where owner_id = ? and day = ? and kind in (?, ?) and gone is null order by begins, id limit 1"
    out = reader.execute(sql, (staff, day, *AWAY)).fetchone()
    if out is None:
        return ""
    words = Text("on leave") if out[0] == AWAY[1] else Text("out {first}-{last} {place}", first=out[1], last=out[2], place=out[3])
    return say(words).strip(" -")


def today(reader: Any, day: str) -> list[TodayLine]:
    """Guests somebody is to meet on a day; those nobody met when the day is over."""
    wanted: list[Filter] = [("day", "=", day), ("state", "=", PLANNED)]
    return pages.waiting(reader, Text("To be met"), GREETING, wanted, group="vip", tone="red" if day < business_date() else "")
