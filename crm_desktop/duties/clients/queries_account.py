"""What stands around an account: who has a role there, who had, where it belongs, what it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.clients.records_roles import GUEST
from crm_desktop.record.dated import held
from crm_desktop.store import search

MANY, MOST = 500, 5


def without_role(reader: Any, limit: int = 100_000) -> list[tuple[int, int, str, str, str]]:
    """Contacts of whom no role was ever kept (id, client, role, job title, department): rows of an older database or a file."""
    sql = (
        "select p.id, p.account_id, p.role, p.position, p.department from person as p where p.gone is null and p.account_id is not null"
        " and (p.role < ? or p.role > ?) and p.role <> '' and not exists (select 1 from role as r where r.person_id = p.id and r.gone is null)"
        " order by p.id limit ?"
    )
    return list(reader.execute(sql, (GUEST, GUEST, limit)).fetchall())


def territories(reader: Any) -> dict[str, int]:
    """The territory each district belongs to; a district named twice belongs to the first by name."""
    found: dict[str, int] = {}
    for row_id, districts in reader.execute("select id, districts from territory where gone is null order by name, id").fetchall():
        for name in _names(districts):
            found.setdefault(name, int(row_id))
    return found


def _names(districts: str) -> list[str]:
    words = districts
    for mark in "、，,;；\n\t":
        words = words.replace(mark, " ")
    return words.split()


def homeless(reader: Any, names: Sequence[str]) -> list[tuple[int, int, str]]:
    """Accounts in these districts without a territory: (id, version, district)."""
    found: list[tuple[int, int, str]] = []
    for at in range(0, len(names), MANY):
        block = list(names[at : at + MANY])
        sql = f"select id, version, district from account where gone is null and territory_id is null and district in ({', '.join('?' * len(block))}) order by id"
        found += reader.execute(sql, block).fetchall()
    return found


# where an account belongs


def family(reader: Any, account_id: int, day: str) -> list[int]:
    """The account and all below it on a day, itself first: moved children stand where they stood then."""
    below = _parents(reader, day)
    out, at = [account_id], 0
    while at < len(out):
        out += [child for child in below.get(out[at], []) if child not in out]
        at += 1
    return out


def above(reader: Any, account_id: int) -> list[tuple[int, str]]:
    """The accounts above one, the nearest first: (id, name)."""
    out: list[tuple[int, str]] = []
    seen, at = {account_id}, account_id
    sql = "select p.id, p.name from account as a join account as p on p.id = a.parent_id where a.id = ? and p.gone is null"
    while (found := reader.execute(sql, (at,)).fetchone()) and found[0] not in seen:
        out.append((int(found[0]), str(found[1])))
        at = int(found[0])
        seen.add(at)
    return out


def _parents(reader: Any, day: str) -> dict[int, list[int]]:
    """The accounts right below each on a day."""
    now = dict(reader.execute("select id, parent_id from account where gone is null and parent_id is not null").fetchall())
    past: dict[int, list[tuple[str, Any]]] = {}
    sql = "select account_id, until, parent_id from account_past where gone is null and what = 'parent' and until >= ?"
    for child, until, parent in reader.execute(sql, (day,)).fetchall():
        past.setdefault(child, []).append((until, parent))
    below: dict[int, list[int]] = {}
    for child in sorted(now.keys() | past.keys()):
        parent = held(now.get(child), past.get(child, []), day)
        if parent is not None:
            below.setdefault(int(parent), []).append(child)
    return below


def owner_on(reader: Any, account_id: int, day: str) -> int | None:
    """Who of the house looked after an account on a day: what splits credit between two owners."""
    found = reader.execute("select owner_id from account where id = ?", (account_id,)).fetchone()
    sql = "select until, owner_id from account_past where account_id = ? and gone is null and what = 'owner' and until >= ?"
    past = [(until, owner) for until, owner in reader.execute(sql, (account_id, day)).fetchall()]
    owner = held(found[0] if found else None, past, day)
    return int(owner) if owner is not None else None


def accounts_of(reader: Any, owner_id: int) -> list[tuple[int, int, str, str]]:
    """The accounts somebody looks after: (id, version, name, class), best first."""
    sql = "select id, version, name, level from account where gone is null and owner_id = ? order by case when level = '' then 'Z' else level end, sort, id"
    return list(reader.execute(sql, (owner_id,)).fetchall())


def contacts(reader: Any, account_id: int, day: str) -> list[tuple[int, str, str, str]]:
    """Who has a role at an account on a day: (person, name, role, mobile), one row a role."""
    sql = (
        "select r.person_id, p.name, r.role, p.phone from role as r join person as p on p.id = r.person_id where r.account_id = ? and r.gone is null"
        " and p.gone is null and (r.until = '' or r.until >= ?) and r.since <= ? order by r.id"
    )
    return list(reader.execute(sql, (account_id, day, day)).fetchall())


def open_follow_ups(reader: Any, account_id: int, owner_id: int | None) -> list[tuple[int, int]]:
    """What somebody still has to do about an account: (id, version)."""
    sql = "select id, version from follow_up where gone is null and account_id = ? and state = 'open' and owner_id = ? order by id"
    return list(reader.execute(sql, (account_id, owner_id)).fetchall()) if owner_id is not None else []


def by_phone(reader: Any, phone: str) -> list[tuple[int, str, str]]:
    """The people who have a number: (id, name, where they work)."""
    sql = (
        "select p.id, p.name, coalesce(a.name, '') from person as p left join account as a on a.id = p.account_id where p.gone is null and p.id in"
        f" ({', '.join('?' * MOST)}) and p.phone <> '' order by p.id"
    )
    tail = "".join(c for c in phone.split("/")[0] if c.isdigit())[-11:]
    ids = search.ending(reader, PERSON, tail, MOST) if len(tail) >= 7 else []
    return list(reader.execute(sql, (*ids, *[0] * (MOST - len(ids)))).fetchall()) if ids else []
