"""What is known of guests that makes a reason to meet them, asked for many of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from crm_desktop.duties.clients.records_roles import DECIDER
from crm_desktop.duties.complaints.queries import OPEN_STATES
from crm_desktop.duties.vip.queries import Present
from crm_desktop.record import reasons
from crm_desktop.record.dates import business_date
from crm_desktop.record.reasons import Known

BLOCK = 500
NO_HARM = "('praise', 'suggestion', 'help')"
MOST = 2  # complaints told of one guest
Values = Sequence[Any]


class Whom:
    """A guest who comes or is here: the row that says so, the unit it names, and the level it gives."""

    def __init__(self, row_id: int, person: int | None, account: int | None, arrival: str, departure: str, level: str = "", never: str = "") -> None:
        self.row_id, self.person, self.account, self.level, self.never = row_id, person, account, level, never
        self.arrival, self.departure = arrival, departure

    def day(self, today: str) -> str:
        """The day the reasons are asked for: today while the guest is here, else the day of arrival."""
        return today if self.arrival <= today <= self.departure else self.arrival


def of_stays(reader: Any, ids: Sequence[int]) -> dict[int, str]:
    """The first reason to meet the guest of each of some stays, by id; none where there is no reason."""
    sql = "select id, guest_id, coalesce(company_id, agency_id), arrival, departure from stay where id in ({marks})"
    return _first(reader, [Whom(*row) for row in _rows(reader, sql, ids)])


def of_receptions(reader: Any, ids: Sequence[int]) -> dict[int, str]:
    """The same of receptions."""
    sql = "select id, guest_id, account_id, arrival, departure, level, never from vip_stay where id in ({marks})"
    return _first(reader, [Whom(*row) for row in _rows(reader, sql, ids)])


def of_present(reader: Any, found: Present) -> Whom:
    """Somebody who is in house or arrives."""
    sql = "select never from vip_stay where id = ?"
    row = reader.execute(sql, (found.row_id,)).fetchone() if found.record == "vip_stay" else None
    never = str(row[0]) if row else ""
    return Whom(found.row_id, found.person_id, found.account_id, str(found.arrival), str(found.departure), str(found.level), never)


def _first(reader: Any, whom: Sequence[Whom]) -> dict[int, str]:
    today = business_date()
    found = known(reader, whom, today)
    return {each.row_id: reasons.first(found[each.row_id], each.day(today)) for each in whom if each.row_id in found}


def known(reader: Any, whom: Sequence[Whom], today: str) -> dict[int, Known]:
    """What is known of each of them, by the id of its row; rows without a guest are left out."""
    whom = [each for each in whom if each.person is not None]
    people = _People(reader, sorted({int(each.person or 0) for each in whom}), today)
    units = {each.row_id: each.account or people.unit.get(int(each.person or 0)) for each in whom}
    clients = _Clients(reader, sorted({unit for unit in units.values() if unit}), today)
    stays = {arrival: _stays(reader, arrival, [int(each.person or 0) for each in whom if each.arrival == arrival]) for arrival in {each.arrival for each in whom}}
    return {each.row_id: _known(each, units[each.row_id], people, clients, stays[each.arrival]) for each in whom}


def _known(each: Whom, unit: int | None, people: _People, clients: _Clients, stays: dict[int, tuple[int, str]]) -> Known:
    person = int(each.person or 0)
    before, last = stays.get(person, (0, ""))
    name, rank, elsewhere, until = clients.about.get(unit or 0, ("", "", "", ""))
    own = [(severity, what, still) for severity, what, day, still in people.complaints[person] if still or (last and day >= last)]
    theirs = [(severity, what, True) for who, severity, what in clients.complaints[unit or 0] if who != person]
    level, birth_key = people.about.get(person, ("", ""))
    return Known(
        level=each.level or level, nevers=[*filter(None, map(str.strip, each.never.splitlines())), *people.nevers[person]], complaints=[*own, *theirs][:MOST],
        birth_key=birth_key, before=before, last=last, arrival=each.arrival, rank=rank, decides=name if unit in people.decides[person] else "", until=until,
        elsewhere=elsewhere, introduced=people.introduced.get(person, ""),
    )  # fmt: skip


class _People:
    """What is known of people themselves."""

    def __init__(self, reader: Any, ids: Sequence[int], today: str) -> None:
        self.about: dict[int, tuple[str, str]] = {}
        self.unit: dict[int, int | None] = {}
        self.decides: dict[int, set[int]] = defaultdict(set)
        self.nevers: dict[int, list[str]] = defaultdict(list)
        self.complaints: dict[int, list[tuple[str, str, str, bool]]] = defaultdict(list)
        for person, level, key, unit, role in _rows(reader, "select id, vip, birth_day, account_id, role from person where id in ({marks})", ids):
            self.about[person], self.unit[person] = (level, key), unit
            self.decides[person] |= {unit} if role == DECIDER and unit else set()
        roles = "select person_id, account_id from role where person_id in ({marks}) and gone is null and role = ? and (until = '' or until >= ?)"
        for person, unit in _rows(reader, roles, ids, (DECIDER, today)):
            self.decides[person].add(unit)
        nevers = (
            "select person_id, name from preference where person_id in ({marks}) and gone is null and (polarity = 'never' or allergen <> '')"
            " and (expires = '' or expires >= ?) order by told_on desc, id desc"
        )
        for person, name in _rows(reader, nevers, ids, (today,)):
            self.nevers[person].append(str(name))
        self._complained(reader, ids)
        introduced = "select person_id, max(day) from visit where person_id in ({marks}) and gone is null and state = 'done' and result = 'referral' group by person_id"
        self.introduced = {person: str(day) for person, day in _rows(reader, introduced, ids)}

    def _complained(self, reader: Any, ids: Sequence[int]) -> None:
        sql = (
            f"select person_id, severity, name, received_on, case when state in {OPEN_STATES} then 1 else 0 end from complaint"
            f" where person_id in ({{marks}}) and gone is null and kind not in {NO_HARM} order by 5 desc, severity, received_on desc, id"
        )
        for person, severity, name, day, still in _rows(reader, sql, ids):
            self.complaints[person].append((str(severity), str(name), str(day), bool(still)))


class _Clients:
    """What is known of the clients they come from: name, class, hotels they use too, the last day of the agreement."""

    def __init__(self, reader: Any, ids: Sequence[int], today: str) -> None:
        self.about: dict[int, tuple[str, str, str, str]] = {}
        self.complaints: dict[int, list[tuple[int | None, str, str]]] = defaultdict(list)
        ends = "select account_id, max(until) from agreement where account_id in ({marks}) and gone is null and state = 'running' and until >= ? group by account_id"
        until = {account: str(day) for account, day in _rows(reader, ends, ids, (today,))}
        for account, name, level, elsewhere, day in _rows(reader, "select id, name, level, competitors, agreement_to from account where id in ({marks})", ids):
            self.about[account] = (str(name), str(level), str(elsewhere), until.get(account, str(day)))
        sql = (
            f"select account_id, person_id, severity, name from complaint where account_id in ({{marks}}) and gone is null and state in {OPEN_STATES}"
            f" and kind not in {NO_HARM} order by severity, received_on desc, id"
        )
        for account, person, severity, name in _rows(reader, sql, ids):
            self.complaints[account].append((person, str(severity), str(name)))


def _stays(reader: Any, arrival: str, people: Sequence[int]) -> dict[int, tuple[int, str]]:
    """How many stays each of some people kept before a day, and the arrival of the newest."""
    sql = "select guest_id, count(*), max(arrival) from stay where guest_id in ({marks}) and gone is null and status = 'Check-Out' and arrival < ? group by guest_id"
    return {person: (int(count), str(last)) for person, count, last in _rows(reader, sql, sorted(set(people)), (arrival,))}


def _rows(reader: Any, sql: str, ids: Sequence[int], more: Values = ()) -> Iterator[Any]:
    """The rows of a statement for many ids, some at a time; `{marks}` stands for them, before all other values."""
    for at in range(0, len(ids), BLOCK):
        block = ids[at : at + BLOCK]
        yield from reader.execute(sql.format(marks=", ".join("?" * len(block))), [*block, *more]).fetchall()
