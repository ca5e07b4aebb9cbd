"""How a client stands, read for one client: twelve months of money, signals, silence, contacts, what the file has."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from crm_desktop.duties.clients import queries_voice
from crm_desktop.duties.clients import rules_standing as rules
from crm_desktop.duties.clients.queries_account import above, contacts, family
from crm_desktop.duties.clients.queries_voice import Voice
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.clients.records_standing import POLICY
from crm_desktop.duties.clients.rules_standing import Contribution, Item, Signal, Silence, Single
from crm_desktop.record.dates import days_before
from crm_desktop.record.house import currency
from crm_desktop.record.record import Row
from crm_desktop.store.rows import get

YEAR, TWO_YEARS = 365, 730  # days
QUARTER, QUARTERS = 91, 5  # days of 13 weeks, so that weekends weigh alike
STAYED, IN_HOUSE = "Check-Out", "In-House"
COMPLAINT_DAYS, OLD, VERY_OLD = 90, 30, 60  # days
FEW = 3
TREND = 90  # days a relationship is compared over
HOME = str(currency().default)
KIND_OF = {"referral": "referral", "renewed": "renewed", "signed": "renewed"}  # result of a visit -> signal
SHARES = {"booking": "('definite', 'done', 'closed')", "visit": "('done')"}  # what tells on whom a client hangs, in these states
MET = ("meal", "reception")


class Standing(NamedTuple):
    """Everything there is to say about one client on a day."""

    row: Row
    day: str
    policy: Row
    now: Contribution
    before: Contribution
    signals: list[tuple[Signal, float]]
    suggested: str
    points: float
    scores: dict[str, int | None]
    health: int | None
    trend: float
    voice: Voice
    owed: tuple[int, int]
    single: tuple[Single, str, bool] | None  # with the name, and whether they are still there
    people: list[tuple[int, str, str, str]]
    silence: Silence
    quarters: list[int]
    items: list[Item]
    above: list[tuple[int, str]]
    family: int
    family_now: Contribution
    family_owed: int
    family_complaints: int

    @property
    def counted(self) -> int:
        """What twelve months count for when its class is given."""
        return rules.counts_as(self.now.total, self.before.total, self.owed[1], self.policy)

    @property
    def expired(self) -> bool:
        """True when the agreement is over."""
        return bool(self.row["agreement_to"] and self.row["agreement_to"] < self.day)


def policies(reader: Any) -> list[Row]:
    """The policies of the hotel, whenever they began."""
    names = ("id", *POLICY.values)
    sql = f"select {', '.join(names)} from {POLICY.key} where gone is null"
    return [dict(zip(names, row, strict=True)) for row in reader.execute(sql).fetchall()]


def policy(reader: Any, day: str) -> Row:
    """The policy that holds on a day."""
    return rules.policy_on(policies(reader), day)


def standing(reader: Any, account_id: int, day: str) -> Standing | None:
    """One client on a day; None for one that is not there."""
    row = get(reader, ACCOUNT, account_id)
    if row is None:
        return None
    judged = policy(reader, day)
    now, before = (contribution(reader, [row], days_before(day, far), days_before(day, near)) for far, near in ((YEAR, 0), (2 * YEAR, YEAR)))
    quiet = silence(reader, row, day, judged)
    found = [*_events(reader, row, day), *_quiet(quiet, day, judged)]
    state, points = rules.suggested(found, day)
    people, owed = contacts(reader, account_id, day), _owed(reader, [account_id], days_before(day, OLD))
    bookings, met = (_shares(reader, what, account_id, days_before(day, YEAR), day) for what in SHARES)
    single = rules.single(bookings, met, judged) if people else None
    said = queries_voice.voice(reader, account_id, days_before(day, COMPLAINT_DAYS), day)
    expired = bool(row["agreement_to"] and row["agreement_to"] < day)
    scores = {
        "money": rules.money_score(now.total, before.total), "relation": rules.RELATION_SCORES.get(row["relation"] or state, 60),
        "service": rules.service_score(said.severe, said.other + len(said.noted), said.again), "risk": rules.risk_score(*owed, single is not None, expired),
    }  # fmt: skip
    kin = family(reader, account_id, day)
    rows = [each for each in (get(reader, ACCOUNT, one) for one in kin) if each] if len(kin) > 1 else []
    return Standing(
        row, day, judged, now, before, rules.counted(found, day), state, points, scores, rules.health(scores, judged),
        _trend(reader, row, found, day), said, owed, _named(reader, single, people), people, quiet, quarters(reader, row, day),
        _items(reader, row, people), above(reader, account_id), len(kin), contribution(reader, rows, days_before(day, YEAR), day),
        _owed(reader, kin, day)[0] if rows else 0, queries_voice.open_of(reader, kin) if rows else 0,
    )  # fmt: skip


# money


def contribution(reader: Any, accounts: Sequence[Row], after: str, until: str) -> Contribution:
    """Rooms, meals and rent after a day and until another one: rooms by the arrival of stays kept, the rest by the date of bills."""
    rooms = nights = meals = rent = 0
    for row in accounts:
        sql = (
            f"select coalesce(sum(rate * nights), 0), coalesce(sum(nights), 0) from stay where {_column(row)} = ? and gone is null"
            f" and status = '{STAYED}' and arrival > ? and arrival <= ?"
        )
        found = reader.execute(sql, (row["id"], after, until)).fetchone()
        rooms, nights = rooms + int(found[0]), nights + int(found[1])
        sql = (
            "select kind, coalesce(sum(amount - taken_back), 0) from receivable where account_id = ? and gone is null and bill_date > ? and bill_date <= ?"
            " and currency = ? and kind in ('meal', 'banquet', 'meeting') group by kind"
        )
        bills = dict(reader.execute(sql, (row["id"], after, until, HOME)).fetchall())
        meals += int(bills.get("meal", 0)) + int(bills.get("banquet", 0))
        rent += int(bills.get("meeting", 0))
    return Contribution(rooms, meals, rent, nights)


def quarters(reader: Any, row: Row, day: str) -> list[int]:
    """Nights of the last spans of a quarter's length, the one that ends before a day last: by arrival, of stays that are over."""
    ends = [days_before(day, QUARTER * back) for back in range(QUARTERS, -1, -1)]
    sums = ", ".join("coalesce(sum(case when arrival >= ? and arrival < ? then nights end), 0)" for _ in range(QUARTERS))
    sql = f"select {sums} from stay where {_column(row)} = ? and gone is null and status = '{STAYED}' and arrival >= ? and arrival < ?"
    spans = [end for pair in pairwise(ends) for end in pair]
    return [int(nights) for nights in reader.execute(sql, (*spans, row["id"], ends[0], day)).fetchone()]


def _column(row: Row) -> str:
    return "agency_id" if row["kind"] == "agency" else "company_id"


def _owed(reader: Any, ids: Sequence[int], old: str) -> tuple[int, int]:
    """What is open in the house's currency, and of it what was due before a day."""
    sql = (
        "select coalesce(sum(balance), 0), coalesce(sum(case when due < ? then balance else 0 end), 0) from receivable"
        f" where account_id in ({', '.join('?' * len(ids))}) and gone is null and balance > 0 and currency = ?"
    )
    found = reader.execute(sql, (old, *ids, HOME)).fetchone()
    return int(found[0]), int(found[1])


# signals


def silence(reader: Any, row: Row, day: str, judged: Row | None = None) -> Silence:
    """How long nobody came, by the client's own rhythm."""
    came = f"from stay where {_column(row)} = ? and gone is null and status in ('{STAYED}', '{IN_HOUSE}') and arrival <= ?"
    found = reader.execute(f"select min(arrival), max(arrival), count(distinct arrival) {came}", (row["id"], day)).fetchone()
    return rules.silence(found[0] or "", found[1] or "", int(found[2]), day, judged or rules.DEFAULTS)


def _trend(reader: Any, row: Row, found: Sequence[Signal], day: str) -> float:
    """How many points of what fades there are more than some time ago; what is owed or silent now is no event and left out."""
    then = days_before(day, TREND)
    return round(rules.fading(found, day) - rules.fading(_events(reader, row, then), then), 1)


def _quiet(quiet: Silence, day: str, judged: Row) -> list[Signal]:
    if quiet.state not in (rules.COOLING, rules.ASLEEP, rules.LOST):
        return []
    weeks = int((quiet.days - judged["quiet_gaps"] * quiet.gap) // 7)
    return [Signal("silence", day, None, weeks)] if weeks > 0 else []


def _events(reader: Any, row: Row, day: str) -> list[Signal]:
    since = days_before(day, TWO_YEARS)
    found = [*_months(reader, row, day), *_from_visits(reader, row["id"], since, day), *_from_money(reader, row["id"], since, day)]
    found += queries_voice.signals(reader, row["id"], since, day)
    found += _late_of_ours(reader, row["id"], since, day)
    sql = "select id, until from role where account_id = ? and gone is null and kept = 1 and until >= ? and until < ? order by until desc limit 3"
    found += [Signal("contact-left", until, ("role", row_id)) for row_id, until in reader.execute(sql, (row["id"], since, day)).fetchall()]
    if row["lost_on"]:
        found.append(Signal("lost", row["lost_on"], ("account", row["id"])))
    return found


def _months(reader: Any, row: Row, day: str) -> list[Signal]:
    """The newest stay of each of the last three months that had one."""
    sql = f"select id, arrival from stay where {_column(row)} = ? and gone is null and status in ('{STAYED}', '{IN_HOUSE}') and arrival <= ? order by arrival desc limit 1"
    out, until = [], day
    for _ in range(FEW):
        found = reader.execute(sql, (row["id"], until)).fetchone()
        if found is None:
            break
        out.append(Signal("stay", found[1], ("stay", int(found[0]))))
        until = days_before(found[1][:8] + "01", 1)
    return out


def _from_visits(reader: Any, account_id: int, since: str, day: str) -> list[Signal]:
    results, kinds = ", ".join("?" * len(KIND_OF)), ", ".join("?" * len(MET))
    sql = (
        f"select id, day, kind, result from visit where account_id = ? and gone is null and state = 'done' and day >= ? and day <= ?"
        f" and (result in ({results}) or kind in ({kinds})) order by day desc limit 60"
    )
    rows = reader.execute(sql, (account_id, since, day, *KIND_OF, *MET)).fetchall()
    return [Signal(KIND_OF.get(result, "met"), on, ("visit", int(row_id))) for row_id, on, _, result in rows]


def _late_of_ours(reader: Any, account_id: int, since: str, day: str) -> list[Signal]:
    """What the house promised for a day and did later, or has not done yet: the follow-ups of promises given on visits."""
    sql = (
        "select id, due from follow_up where account_id = ? and gone is null and cause = 'our-promise' and state in ('open', 'done') and due >= ? and due < ?"
        f" and (done_on = '' or done_on > due) order by due desc limit {FEW}"
    )
    return [Signal("our-late", due, ("follow_up", int(row_id))) for row_id, due in reader.execute(sql, (account_id, since, day)).fetchall()]


def _from_money(reader: Any, account_id: int, since: str, day: str) -> list[Signal]:
    late = "select id, due from receivable where account_id = ? and gone is null and balance > 0 and due < ? order by due desc limit 12"
    out = [
        Signal("very-late" if due < days_before(day, VERY_OLD) else "late", due, ("receivable", int(row_id)))
        for row_id, due in reader.execute(late, (account_id, days_before(day, OLD))).fetchall()
    ]
    broken = "select id, due from promise where account_id = ? and gone is null and state = 'broken' and due >= ? and due <= ? order by due desc limit 3"
    out += [Signal("broken-promise", due, ("promise", int(row_id))) for row_id, due in reader.execute(broken, (account_id, since, day)).fetchall()]
    early = (
        "select r.id, p.day from receivable as r join application as p on p.receivable_id = r.id where r.account_id = ? and r.gone is null"
        " and p.gone is null and r.balance = 0 and p.day < r.due and p.day >= ? and p.day <= ? order by p.day desc limit 3"
    )
    return out + [Signal("early", on, ("receivable", int(row_id))) for row_id, on in reader.execute(early, (account_id, since, day)).fetchall()]


def _shares(reader: Any, what: str, account_id: int, since: str, day: str) -> dict[int, int]:
    """How many bookings, or visits and calls, of a year came through each person."""
    sql = f"select person_id, count(*) from {what} where account_id = ? and gone is null and state in {SHARES[what]} and day >= ? and day <= ? and person_id is not null group by person_id"
    return {int(person): int(count) for person, count in reader.execute(sql, (account_id, since, day)).fetchall()}


def _named(reader: Any, single: Single | None, people: Sequence[tuple[int, str, str, str]]) -> tuple[Single, str, bool] | None:
    if single is None:
        return None
    name = reader.execute("select name from person where id = ?", (single.person,)).fetchone()
    return single, str(name[0]) if name else "", any(person == single.person for person, *_ in people)


# the file


def _items(reader: Any, row: Row, people: Sequence[tuple[int, str, str, str]]) -> list[Item]:
    roles: dict[str, bool] = {}
    for _, _, role, phone in people:
        roles[role] = roles.get(role, False) or bool(phone)
    ids = list(dict.fromkeys(person for person, *_ in people))
    birthdays = 0
    if ids:
        sql = f"select count(*) from person where id in ({', '.join('?' * len(ids))}) and gone is null and birth_day <> ''"
        birthdays = int(reader.execute(sql, ids).fetchone()[0])
    facts = (
        "select count(*) from (select f.id from preference as f join person as p on p.id = f.person_id where p.account_id = ? and p.gone is null"
        f" and f.gone is null limit {rules.FACTS}) as found"
    )
    return rules.file_items(row, roles, birthdays, int(reader.execute(facts, (row["id"],)).fetchone()[0]))
