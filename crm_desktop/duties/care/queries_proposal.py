"""What the month's proposal is made of, read for all clients at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from crm_desktop.duties.care import queries_touch, rules_standard
from crm_desktop.duties.care import rules_proposal as rules
from crm_desktop.duties.care.records import CHANGED, DONE, OPEN
from crm_desktop.duties.care.records_standard import CARE_STANDARD, MOURNING
from crm_desktop.duties.care.rules import period
from crm_desktop.duties.care.rules_proposal import Client, Date, Month
from crm_desktop.duties.clients import queries_classes
from crm_desktop.duties.clients.rules_standing import completeness, file_items
from crm_desktop.duties.consents import queries as consents
from crm_desktop.duties.consents.rules import GREET, may_propose, may_send
from crm_desktop.record.anniversaries import is_lunar, keys_on
from crm_desktop.record.dates import add_days, business_date, days_before, days_between
from crm_desktop.record.record import Row

LEFT, PROSPECT = "lost", "potential"  # states of those no plan is made for
QUARTER, YEAR = 90, 365  # days
RHYTHM = {"company_id": 1096, "agency_id": 2 * YEAR}  # days; an agency sends guests all the year round, and its money is read of two years anyway
FILE = (
    "name", "short_name", "type", "credit_code", "address", "district", "industry", "size", "invoice_title", "bank", "bank_account", "agreement_no", "agreed_rate",
    "competitors",
)  # fmt: skip
ROLES = ("decision-maker", "booker", "finance", "signatory", "guest")  # whom one goes to see, the first there is
DECIDES = "decision-maker"
UNSETTLED = ("new", "accepted", "on-scene", "putting-right", "answered", "escalated", "claim")  # states of a complaint that is not settled
CHUNK = 400
MISSING = 3  # named of what a file has not
Step = Callable[[int, int], None]


class Looked(NamedTuple):
    """The proposal of a month (or of other days: no code) with the days it is for, how many clients were looked at, and the standards they were held to."""

    code: str
    begin: str
    last: str
    clients: int
    month: Month
    standards: dict[str, Row]


def standards(reader: Any) -> list[Row]:
    """The standards the hotel set, whenever they began."""
    names = ("id", *CARE_STANDARD.values)
    sql = f"select {', '.join(names)} from care_standard where gone is null"
    return [dict(zip(names, row, strict=True)) for row in reader.execute(sql).fetchall()]


def plan_of_month(reader: Any, code: str) -> tuple[int, str] | None:
    """The plan a month's touches go into: a draft, else the one being carried out, else one being approved; its id and state."""
    sql = (
        "select id, state from care_plan where gone is null and code = ? and state <> 'summed-up'"
        " order by case state when 'draft' then 0 when 'running' then 1 else 2 end, id desc limit 1"
    )
    found = reader.execute(sql, (code,)).fetchone()
    return (int(found[0]), str(found[1])) if found else None


def proposal(reader: Any, code: str, owner_id: int | None = None, step: Step | None = None) -> Looked:
    """The plan proposed for a month like 2026-12, of one seller or of everybody; of the running month, for what is left of it."""
    first, last = period(code)
    return _proposed(reader, code, (first, last), (first, last), owner_id, step)


def proposal_of_days(reader: Any, first: str, last: str, owner_id: int | None = None) -> Looked:
    """The same for a week or other days: what is planned for the rest of their month counts as planned."""
    whole = period(first[:7])
    return _proposed(reader, "", (first, last), (whole[0], max(last, whole[1])), owner_id, None)


def _proposed(reader: Any, code: str, days: tuple[str, str], counted: tuple[str, str], owner_id: int | None, step: Step | None) -> Looked:
    first, last = days
    begin = max(first, add_days(business_date(), 1)) if first <= business_date() <= last else first
    held = dict(rules_standard.standards_on(standards(reader), begin))
    found = _Facts(reader, counted, begin, last, owner_id, step).clients()
    tell = (lambda at: step(len(found) + at, 2 * len(found))) if step else None
    month = rules.propose(found, begin, last, held, _taken(reader, begin, last), tell)
    return Looked(code, begin, last, len(found), _with_contacts(reader, month), held)


def sellers(reader: Any, _job: Any = None) -> list[tuple[int, str]]:
    """The colleagues who look after clients."""
    sql = "select s.id, s.name from staff as s where s.gone is null and exists (select 1 from account as a where a.gone is null and a.owner_id = s.id) order by s.sort, s.id"
    return list(reader.execute(sql).fetchall())


def _taken(reader: Any, begin: str, last: str) -> list[tuple[int | None, str, str]]:
    """The visits that are planned already."""
    out = list[tuple[int | None, str, str]]()
    for table, state in (("visit", "planned"), ("care_item", OPEN)):
        sql = (
            f"select coalesce(v.owner_id, a.owner_id), v.day, coalesce(a.district, '') from {table} as v left join account as a on a.id = v.account_id"
            f" where v.gone is null and v.state = ? and v.kind = 'visit' and v.day >= ? and v.day <= ? order by v.day, v.id"
        )
        out += [(row[0], row[1], row[2]) for row in reader.execute(sql, (state, begin, last)).fetchall()]
    return out


def _with_contacts(reader: Any, month: Month) -> Month:
    """The proposal with the person of each client one goes to see, where no date named one."""
    ids = [touch.client.id for touch in month.touches if touch.person_id is None]
    people: dict[int, tuple[int, int, str]] = {}
    for block in _blocks(ids):
        sql = f"select account_id, role, id, name from person where gone is null and account_id in ({', '.join('?' * len(block))}) order by sort, id"
        for account, role, row_id, name in reader.execute(sql, block).fetchall():
            rank = ROLES.index(role) if role in ROLES else len(ROLES)
            if rank < ROLES.index("guest") and (account not in people or rank < people[account][0]):
                people[account] = (rank, row_id, name)
    touches = [
        touch if touch.person_id is not None or touch.client.id not in people else touch._replace(person_id=people[touch.client.id][1], person=people[touch.client.id][2])
        for touch in month.touches
    ]
    return Month(touches, month.left)


def _blocks(ids: Sequence[int]) -> Iterator[list[int]]:
    for at in range(0, len(ids), CHUNK):
        yield list(ids[at : at + CHUNK])


class _Facts:
    """One look at everything: each fact for all clients in one statement."""

    def __init__(self, reader: Any, counted: tuple[str, str], begin: str, last: str, owner_id: int | None, step: Step | None) -> None:
        self._reader, self._counted, self._begin, self._last, self._owner, self._step = reader, counted, begin, last, owner_id, step

    def _tick(self) -> None:
        if self._step:
            self._step(0, 0)

    def _rows(self, sql: str, *values: Any) -> list[Any]:
        self._tick()
        found: list[Any] = self._reader.execute(sql, values).fetchall()
        return found

    def clients(self) -> list[Client]:
        """Everybody who has a class and was not lost."""
        facts = self._all()
        mine, values = ("", []) if self._owner is None else (" and owner_id = ?", [self._owner])
        columns = ("id", "level", "kind", "owner_id", "credit", "agreement_to", "founded", "partner_since", *FILE)
        sql = (
            f"select {', '.join(columns)} from account where gone is null and level in ('A', 'B', 'C', 'D') and state <> '{LEFT}' and state <> '{PROSPECT}'{mine}"
            " order by id"
        )
        return [self._client(dict(zip(columns, row, strict=True)), facts) for row in self._rows(sql, *values)]

    def _client(self, row: Row, facts: dict[str, dict[Any, Any]]) -> Client:
        key = int(row["id"])
        kind = "agency" if row["kind"] == "agency" else "company"
        first, last, stays, nights, nights_before = facts[f"stays {kind}"].get(key, ("", "", 0, 0, 0))
        now, before = facts[kind].get(key, (0, 0))
        bills = facts["bills"].get(key, (0, 0))
        severe, handler = facts["severe"].get(key, ("", None))
        hold, mourning = facts["holds"].get(key, ("", False))
        touches, planned = facts["month"].get(key, (0, False))
        return Client(
            key, row["name"], row["level"], row["type"], row["owner_id"], row["district"], facts["last"].get(key, ""), touches, planned,
            first, last, stays, now + bills[0], before + bills[1], nights, nights_before, row["agreement_to"], self._dates(row, first, facts),
            facts["healed"].get(key, ""), key in facts["early"] and key not in facts["thanked"], *self._full(row, facts), hold, mourning,
            row["credit"] == "stopped", severe, handler, key in facts["disputed"], facts["spent"].get(key, 0),
        )  # fmt: skip

    def _all(self) -> dict[str, dict[Any, Any]]:
        found: dict[str, dict[Any, Any]] = {
            "last": queries_touch.last_touches(self._reader, self._begin, self._tick), "month": self._month(), "severe": self._severe(), "healed": self._healed(), "disputed": self._disputed(),
            "early": self._early(), "thanked": self._thanked(), "holds": self._holds(), "dates": self._people_dates(), "kept": self._kept(), "spent": self._spent(),
            "roles": self._roles(), "birthdays": self._birthdays(), "facts": self._preferences(),
        }  # fmt: skip
        for kind in ("company", "agency"):
            found[f"stays {kind}"] = self._stays(f"{kind}_id")
        money = queries_classes.money(self._reader, self._begin, self._owner)
        return found | {name: {key: (now.total, before.total) for key, (now, before) in rows.items()} for name, rows in money.items()}

    # contacts

    def _month(self) -> dict[int, tuple[int, bool]]:
        """How many touches of the month there are, done and planned, and whether one of them is to come; who was not met was not touched."""
        found: dict[int, tuple[int, bool]] = {}
        met = f" and result <> '{rules_standard.NOT_MET}'"
        for table, done, planned, also in (("visit", ("done",), "planned", met), ("care_item", (DONE, CHANGED), OPEN, "")):
            states = ", ".join(f"'{state}'" for state in (*done, planned))
            sql = (
                f"select account_id, count(*), sum(case when state = '{planned}' then 1 else 0 end) from {table} where gone is null and account_id is not null"
                f" and state in ({states}) and day >= ? and day <= ?{also} group by account_id"
            )
            for account, count, coming in self._rows(sql, *self._counted):
                had = found.get(account, (0, False))
                found[account] = (had[0] + int(count), had[1] or int(coming) > 0)
        return found

    # business

    def _stays(self, column: str) -> dict[int, tuple[str, str, int, int, int]]:
        """First and last arrival of the last three years (an agency's: two), how many different ones, the nights of 90 days, and those of the
        same days a year before. What a client did longer ago is no rhythm any more, and a large agency's whole history takes too long to read."""
        near, far, since = days_before(self._begin, QUARTER), days_before(self._begin, YEAR), days_before(self._begin, YEAR + QUARTER)
        found = self._came("min(arrival), max(arrival), count(distinct arrival)", column, days_before(self._begin, RHYTHM[column]), self._begin)
        nights, before = (self._came("sum(nights)", column, after, until) for after, until in ((near, self._begin), (since, far)))
        return {key: (first, last, int(days), int(nights.get(key, (0,))[0]), int(before.get(key, (0,))[0])) for key, (first, last, days) in found.items()}

    def _came(self, sums: str, column: str, after: str, until: str) -> dict[int, Sequence[Any]]:
        mine, owner = queries_classes.of_owner(column, self._owner)
        sql = (
            f"select {column}, {sums} from stay where {column} is not null and gone is null and status in ('Check-Out', 'In-House')"
            f" and arrival > ? and arrival <= ?{mine} group by {column}"
        )
        return {row[0]: row[1:] for row in self._rows(sql, after, until, *owner)}

    def _early(self) -> dict[int, bool]:
        """Who paid everything before its day in the last six months, of a year, in which something was due."""
        until = business_date()[:7] + "-01"
        sql = (
            "select r.account_id, substr(r.due, 1, 7), count(*), sum(case when r.balance = 0 and p.day < r.due then 1 else 0 end) from receivable as r left join"
            " (select receivable_id, max(day) as day from application where gone is null group by receivable_id) as p on p.receivable_id = r.id"
            " where r.gone is null and r.due >= ? and r.due < ? and r.amount > 0 group by r.account_id, substr(r.due, 1, 7) order by r.account_id, substr(r.due, 1, 7)"
        )
        months: dict[int, list[bool]] = {}
        for account, _, bills, early in self._rows(sql, days_before(until, YEAR), until):
            months.setdefault(account, []).append(bills == early)
        return {account: True for account, kept in months.items() if len(kept) >= rules.EARLY_MONTHS and all(kept[-rules.EARLY_MONTHS :])}

    def _thanked(self) -> dict[int, bool]:
        """Who was thanked within a year: by a plan item or a gift."""
        since, found = days_before(self._begin, YEAR), dict[int, bool]()
        for sql in (
            "select distinct account_id from care_item where gone is null and kind = 'thanks' and state <> 'failed' and account_id is not null and day >= ?",
            "select distinct account_id from gift where gone is null and occasion = 'thanks' and state in ('asked', 'approved', 'given') and account_id is not null and day >= ?",
        ):
            found |= {row[0]: True for row in self._rows(sql, since)}
        return found

    def _disputed(self) -> dict[int, bool]:
        sql = "select distinct account_id from dispute where gone is null and state = 'open' and account_id is not null"
        return {row[0]: True for row in self._rows(sql)}

    def _spent(self) -> dict[int, int]:
        """What this year's gifts, meals and the like cost, and will cost by what is planned; a gift of a plan item counts once."""
        span, found = (self._begin[:4] + "-01-01", self._begin[:4] + "-12-31"), dict[int, int]()
        for sql in (
            "select account_id, sum(case when state = 'open' then budget when state = 'failed' then 0 else actual end) from care_item where gone is null"
            " and account_id is not null and kind in ('gift', 'meal', 'birthday', 'festival') and day >= ? and day <= ? group by account_id",
            "select coalesce(g.account_id, p.account_id), sum(g.cost) from gift as g left join person as p on p.id = g.person_id where g.gone is null and g.care_item_id is null"
            " and g.state in ('asked', 'approved', 'given') and g.day >= ? and g.day <= ? group by coalesce(g.account_id, p.account_id)",
            "select account_id, sum(case when actual > 0 then actual else planned end) from hospitality where gone is null and care_item_id is null"
            " and state in ('asked', 'approved', 'held', 'settled') and day >= ? and day <= ? group by account_id",
        ):
            for account, amount in self._rows(sql, *span):
                found[account] = found.get(account, 0) + int(amount or 0)
        return found

    # what went wrong

    def _severe(self) -> dict[int, tuple[str, int | None]]:
        """The open complaints of the two severest kinds: which, and who handles it."""
        sql = (
            "select coalesce(c.account_id, p.account_id), c.severity, c.owner_id from complaint as c left join person as p on p.id = c.person_id"
            " where c.gone is null and c.severity in ('S1', 'S2') and c.kind in ('complaint', 'claim', 'dispute')"
            f" and c.state in ({', '.join('?' * len(UNSETTLED))})"
            " order by c.severity desc, c.id desc"
        )
        return {row[0]: (row[1], row[2]) for row in self._rows(sql, *UNSETTLED) if row[0] is not None}

    def _healed(self) -> dict[int, str]:
        sql = (
            "select coalesce(c.account_id, p.account_id), c.closed_on from complaint as c left join person as p on p.id = c.person_id where c.gone is null"
            " and c.closed_on >= ? and c.closed_on <= ? and c.kind in ('complaint', 'claim', 'dispute') order by c.closed_on"
        )
        return {row[0]: row[1] for row in self._rows(sql, days_before(self._begin, rules.HEALED_WITHIN), self._begin) if row[0] is not None}

    def _holds(self) -> dict[int, tuple[str, bool]]:
        """Whom nobody contacts now and why, and who mourns; a person's hold is that of their client too, but for consent."""
        sql = (
            "select coalesce(h.account_id, p.account_id), h.kind, case when h.account_id is null then 1 else 0 end from care_hold as h left join person as p on p.id = h.person_id"
            " where h.gone is null and h.since <= ? and (h.until = '' or h.until >= ?) order by h.id"
        )
        found: dict[int, tuple[str, bool]] = {}
        for account, kind, of_person in self._rows(sql, self._last, self._begin):
            if account is None:
                continue
            had = found.get(account, ("", False))
            if kind == MOURNING:
                found[account] = (had[0], True)
            elif not of_person:
                found[account] = (kind, had[1])
        return found

    # dates

    def _keys(self) -> dict[str, str]:
        """The keys of those who have an anniversary in the month, with its day."""
        found: dict[str, str] = {}
        for n in range(days_between(self._begin, self._last) + 1):
            day = add_days(self._begin, n)
            for key in keys_on(day):
                found.setdefault(key, day)
        return found

    def _people_dates(self) -> dict[int, list[Date]]:
        """Birthdays of contacts, but of those who want nothing sent or no proposals."""
        keys = self._keys()
        held = {row[0] for row in self._rows("select person_id from care_hold where gone is null and person_id is not null and since <= ? and (until = '' or until >= ?)", self._last, self._begin)}
        sql = (
            f"select account_id, id, name, role, birth_day from person where gone is null and account_id is not null and role <> 'guest' and birth_day in ({', '.join('?' * len(keys))})"
            " order by id"
        )
        found: dict[int, list[Date]] = {}
        people = [row for row in self._rows(sql, *keys) if row[1] not in held]
        ledgers = consents.ledgers(self._reader, [row[1] for row in people], self._begin)
        for account, row_id, name, role, key in people:
            lines = ledgers.get(row_id, ())
            if may_propose(lines, self._begin):
                kind = rules.LUNAR if is_lunar(key) else rules.BIRTHDAY
                found.setdefault(account, []).append(Date(kind, keys[key], row_id, name, role == DECIDES, may_send(lines, GREET, self._begin)))
        return found

    def _kept(self) -> dict[int, list[Date]]:
        """Days to keep of clients and their people."""
        keys = self._keys()
        sql = (
            "select coalesce(k.account_id, p.account_id), k.name, k.day_key from key_date as k left join person as p on p.id = k.person_id"
            f" where k.gone is null and k.kind <> 'memorial' and k.day_key in ({', '.join('?' * len(keys))}) order by k.id"
        )
        found: dict[int, list[Date]] = {}
        for account, name, key in self._rows(sql, *keys):
            found.setdefault(account, []).append(Date(rules.KEPT, keys[key], None, name))
        return found

    def _dates(self, row: Row, first: str, facts: dict[str, dict[Any, Any]]) -> tuple[Date, ...]:
        found = [*facts["dates"].get(row["id"], ()), *facts["kept"].get(row["id"], ())]
        for kind, day in ((rules.FOUNDED, row["founded"]), (rules.FIRST, row["partner_since"] or first)):
            if day and (on := self._again(day)) and on[:4] > day[:4]:
                found.append(Date(kind, on, name=str(int(on[:4]) - int(day[:4]))))
        return tuple(found)

    def _again(self, day: str) -> str:
        """The anniversary of a day within the month; '' when it is not in it."""
        on = self._last[:4] + day[4:]
        return on if day[5:] != "02-29" and self._begin <= on <= self._last else ""

    # the file

    def _roles(self) -> dict[int, dict[str, bool]]:
        sql = (
            "select r.account_id, r.role, max(case when p.phone <> '' then 1 else 0 end) from role as r join account as a on a.id = r.account_id join person as p"
            " on p.id = r.person_id where a.level in ('A', 'B') and r.gone is null and p.gone is null and (r.until = '' or r.until >= ?) and r.since <= ?"
            " group by r.account_id, r.role"
        )
        found: dict[int, dict[str, bool]] = {}
        for account, role, phone in self._rows(sql, self._begin, self._begin):
            found.setdefault(account, {})[role] = bool(phone)
        return found

    def _birthdays(self) -> dict[int, int]:
        sql = (
            "select r.account_id, count(distinct p.id) from role as r join account as a on a.id = r.account_id join person as p on p.id = r.person_id"
            " where a.level in ('A', 'B') and r.gone is null and p.gone is null and p.birth_day <> '' and (r.until = '' or r.until >= ?) and r.since <= ? group by r.account_id"
        )
        return dict(self._rows(sql, self._begin, self._begin))

    def _preferences(self) -> dict[int, int]:
        sql = (
            "select p.account_id, count(*) from preference as f join person as p on p.id = f.person_id join account as a on a.id = p.account_id"
            " where a.level in ('A', 'B') and f.gone is null and p.gone is null group by p.account_id"
        )
        return dict(self._rows(sql))

    def _full(self, row: Row, facts: dict[str, dict[Any, Any]]) -> tuple[int | None, tuple[str, ...]]:
        """How full a good client's file is, and what it lacks most."""
        if row["level"] not in ("A", "B"):
            return None, ()
        key = row["id"]
        items = file_items(row, facts["roles"].get(key, {}), int(facts["birthdays"].get(key, 0)), int(facts["facts"].get(key, 0)))
        lacks = sorted((item for item in items if not item.there), key=lambda item: -item.weight)
        return completeness(items), tuple(item.key for item in lacks[:MISSING])
