"""What of clients and people has to be followed up: birthdays of contacts, contacts who changed firm."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.clients.queries import birthday_filter
from crm_desktop.duties.clients.queries_leaving import unasked
from crm_desktop.duties.consents.queries import refusing
from crm_desktop.duties.consents.rules import may_give
from crm_desktop.record.dates import add_days, days_before
from crm_desktop.record.duty import Cause
from crm_desktop.record.text import Text

AHEAD = 3  # days
ROUND = 300  # days: once a year
DECIDE = 30  # days before a client decides
QUARTER = 80  # days: a lost client is asked once a quarter
MOVES, ONCE = 21, 36_500  # days in which a move is worth a follow-up; one follow-up for each


def causes(reader: Any, day: str) -> list[Cause]:
    """Contacts (not mere guests) who have their birthday today or within three days, by either calendar; clients a contact
    has left, and those one has come to from another client."""
    nobody = refusing(reader, may_give, day)
    birthdays = [cause for ahead in range(AHEAD + 1) for cause in _on(reader, add_days(day, ahead)) if cause.person_id not in nobody]
    return [*birthdays, *_left(reader, day), *_came(reader, day), *_decides(reader, day), *_lost(reader, day)]


def _on(reader: Any, day: str) -> list[Cause]:
    _, _, keys = birthday_filter(day)
    sql = (
        "select p.id, p.name, p.account_id, coalesce(p.owner_id, a.owner_id), coalesce(a.name, '') from person as p"
        f" left join account as a on a.id = p.account_id where p.gone is null and p.role <> 'guest' and p.birth_day in ({', '.join('?' * len(keys))})"
        " order by p.id"
    )
    return [
        Cause(
            "birthday", ("person", row_id), Text("Birthday of {person} ({client}) on {day}", person=name, client=client, day=day)
            if client else Text("Birthday of {person} on {day}", person=name, day=day),
            day, owner_id=owner, account_id=account, person_id=row_id, urgency=4, quiet=ROUND,
        )
        for row_id, name, account, owner, client in reader.execute(sql, keys).fetchall()
    ]  # fmt: skip


_ROLE = "select r.id, r.person_id, p.name, r.account_id, a.name, a.owner_id, r.role"
_JOINED = "from role as r join person as p on p.id = r.person_id join account as a on a.id = r.account_id where r.gone is null and p.gone is null and a.gone is null"


def _left(reader: Any, day: str) -> list[Cause]:
    """Clients whose contact has left, where nobody has come into that role since."""
    sql = (
        f"{_ROLE} {_JOINED} and r.kept = 1 and r.until >= ? and r.until < ? and not exists (select 1 from role as n where n.gone is null"
        " and n.account_id = r.account_id and n.role = r.role and n.until = '' and n.since > r.until) order by r.until, r.id"
    )
    return [
        Cause(
            "contact-left", ("role", row[0]), Text("{person} has left {client}: find out who follows", person=row[2], client=row[4]), day,
            owner_id=row[5], account_id=row[3], person_id=row[1], urgency=2, quiet=ONCE,
        )
        for row in reader.execute(sql, (days_before(day, MOVES), day)).fetchall()
    ]  # fmt: skip


def _came(reader: Any, day: str) -> list[Cause]:
    """Clients a contact has come to from another one."""
    sql = (
        f"{_ROLE}, (select max(f.name) from role as o join account as f on f.id = o.account_id where o.gone is null and o.person_id = r.person_id"
        f" and o.account_id <> r.account_id and o.until <> '' and o.until < r.since) {_JOINED} and r.kept = 1 and r.since >= ? and r.since <= ?"
        " and r.until = '' order by r.since, r.id"
    )
    return [
        Cause(
            "contact-came", ("role", row[0]),
            Text("{person}, formerly with {other}, is now with {client}: call on them there", person=row[2], other=row[7], client=row[4]), day,
            owner_id=row[5], account_id=row[3], person_id=row[1], urgency=2, quiet=ONCE,
        )
        for row in reader.execute(sql, (days_before(day, MOVES), day)).fetchall() if row[7]
    ]  # fmt: skip


def _decides(reader: Any, day: str) -> list[Cause]:
    """Clients to be won, or won back, who decide soon."""
    sql = (
        "select a.id, a.name, a.decides_on, a.owner_id from account as a where a.gone is null and a.state in ('potential', 'lost', 'dormant')"
        " and a.decides_on >= ? and a.decides_on <= ? order by a.decides_on, a.id"
    )
    return [
        Cause(
            "decides", ("account", row_id), Text("{client} decides on {day}: offer again before", client=name, day=on), day, owner_id=owner, account_id=row_id,
            urgency=3, quiet=DECIDE,
        )
        for row_id, name, on, owner in reader.execute(sql, (day, add_days(day, DECIDE))).fetchall()
    ]  # fmt: skip


def _lost(reader: Any, day: str) -> list[Cause]:
    """Clients lost within a year, once a quarter: what drove them away, and what would bring them back."""
    return [
        Cause("lost-interview", ("account", row_id), Text("Ask {client}, lost on {day}, why they left: the interview of this quarter", client=name, day=on), day, owner_id=owner, account_id=row_id, urgency=6, quiet=QUARTER)
        for row_id, name, owner, on in unasked(reader, day)
    ]  # fmt: skip
