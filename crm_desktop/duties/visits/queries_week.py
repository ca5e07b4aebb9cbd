"""What a seller's week, its report and a telephone sheet are made of."""

from __future__ import annotations

from typing import Any, NamedTuple

from crm_desktop.duties.care import queries_proposal, queries_touch
from crm_desktop.duties.care.rules_standard import standards_on
from crm_desktop.duties.consents import queries as consents
from crm_desktop.duties.consents.rules import may_call
from crm_desktop.duties.visits import queries_credit
from crm_desktop.duties.visits.records import CANCELLED, DONE, PLANNED, RESULTS, VISIT
from crm_desktop.duties.visits.records_week import CALL_LINE, VISIT_WEEK
from crm_desktop.duties.visits.rules_week import (
    APPROVED,
    ASKED,
    DRAFT,
    IN_HOUSE,
    REPORTED,
    WAITING,
    WEEK,
    last_day,
    share,
)
from crm_desktop.record.dates import days_before, days_between
from crm_desktop.record.duty import Filter, TodayLine
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Figure, Row
from crm_desktop.record.text import Text, say
from crm_desktop.store.pages import waiting

GROUP = "care"
OLD_NEWS = ("kept-up", "not-met")  # results that brought nothing new
LONG, RETURNING = 3, 2  # nights of a stay, stays of a guest, from which somebody in the house is worth a visit
UNSETTLED = ("new", "accepted", "on-scene", "putting-right", "answered", "escalated", "claim")  # states of a complaint
WORDS: dict[str, Text] = {code: text for code, text, _ in RESULTS}


def planned(reader: Any, owner_id: int | None, first: str, span: str = WEEK) -> int:
    """How many visits a seller has planned or made in a week or month."""
    sql = "select count(*) from visit where gone is null and owner_id = ? and day >= ? and day <= ? and state <> ?"
    return int(reader.execute(sql, (owner_id, first, last_day(span, first), CANCELLED)).fetchone()[0])


def without_result(reader: Any, owner_id: int | None, first: str, last: str) -> list[str]:
    """The days of a seller's visits that were made and have no result."""
    sql = "select day from visit where gone is null and owner_id = ? and day >= ? and day <= ? and state = ? and result = '' order by day, id"
    return [str(row[0]) for row in reader.execute(sql, (owner_id, first, last, DONE)).fetchall()]


def week_of(reader: Any, owner_id: int, first: str, span: str = WEEK) -> tuple[int, int, str] | None:
    """Id, version and state of a seller's week or month."""
    found = reader.execute("select id, version, state from visit_week where gone is null and owner_id = ? and week = ? and span = ?", (owner_id, first, span)).fetchone()
    return (int(found[0]), int(found[1]), str(found[2])) if found else None


def states(reader: Any, first: str, span: str = WEEK) -> dict[int, tuple[int, str]]:
    """The id of each seller's week or month, and how it stands."""
    rows = reader.execute("select owner_id, id, state from visit_week where gone is null and week = ? and span = ?", (first, span)).fetchall()
    return {int(owner): (int(at), str(state)) for owner, at, state in rows}


def followed(reader: Any, about: str) -> bool:
    """True where a follow-up about this was made."""
    return reader.execute("select 1 from follow_up where about = ? and gone is null limit 1", (about,)).fetchone() is not None


class Told(NamedTuple):
    """Whose week or month it is, and its days."""

    owner_id: int | None
    first: str
    last: str

    @property
    def filters(self) -> list[Filter]:
        """What its visits have in common."""
        return [("owner_id", "=", self.owner_id), ("day", ">=", self.first), ("day", "<=", self.last)]


def told(reader: Any, row_id: int) -> Told:
    """The days of a week or month of a seller."""
    owner, first, span = reader.execute("select owner_id, week, span from visit_week where id = ?", (row_id,)).fetchone()
    return Told(owner, str(first), last_day(str(span), str(first)))


def figures(reader: Any, record: str, row_id: int, _day: str) -> list[Figure]:
    """A seller's week or month put together from what was written down: planned, made, results, cost, and what the visits turned into."""
    if record != VISIT_WEEK.key:
        return []
    days = told(reader, row_id)
    mine = days.filters
    by_state = dict(reader.execute("select state, count(*) from visit where gone is null and owner_id = ? and day >= ? and day <= ? group by state", days).fetchall())
    made, left = int(by_state.get(DONE, 0)), int(by_state.get(PLANNED, 0))
    clients, cost = reader.execute("select count(distinct account_id), coalesce(sum(cost), 0) from visit where gone is null and owner_id = ? and day >= ? and day <= ? and state = 'done'", days).fetchone()
    found = results(reader, *days)
    fresh = [code for code, _ in found if code not in OLD_NEWS]
    new = sum(n for code, n in found if code in fresh)
    won = [each for _, each in queries_credit.of_owner(reader, *days)]
    return [
        Figure(Text("Planned and made"), f"{made + left:,}", opens=[*mine, ("state", "<>", CANCELLED)], record=VISIT.key),
        Figure(Text("Visits made"), f"{made:,}", opens=[*mine, ("state", "=", DONE)], note=f"{share(made, made + left)}%", record=VISIT.key, share=(made, made + left) if made + left else None),
        Figure(Text("Clients seen"), f"{clients:,}", opens=[*mine, ("state", "=", DONE), ("account_id", ">", 0)], record=VISIT.key),
        Figure(Text("Brought something new"), f"{new:,}", opens=[*mine, ("state", "=", DONE), ("result", "in", fresh)], note=in_words(found), record=VISIT.key),
        Figure(Text("Cost"), show_money(int(cost)), opens=[*mine, ("cost", ">", 0)], record=VISIT.key),
        queries_credit.figure(Text("Visits turned into business"), won),
    ]  # fmt: skip


def results(reader: Any, owner_id: int | None, first: str, last: str) -> list[tuple[str, int]]:
    """How often each result came in some days, the most frequent first."""
    sql = "select result, count(*) from visit where gone is null and owner_id = ? and day >= ? and day <= ? and state = 'done' and result <> '' group by result order by count(*) desc, result"
    return [(str(code), int(n)) for code, n in reader.execute(sql, (owner_id, first, last)).fetchall()]


def in_words(found: list[tuple[str, int]]) -> Text | str:
    """Results with their number: New demand 3 · Paid 1."""
    out: Text | str = ""
    for code, n in found:
        part = Text("{what} {n}", what=WORDS.get(code, code), n=n)
        out = Text("{first} · {second}", first=out, second=part) if out else part
    return out


def today(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """Reports to be handed in by the week's Friday, those that wait for a reader, calls still to be made."""
    owing: list[Filter] = [("state", "in", (DRAFT, ASKED, APPROVED)), ("due", "<=", day)]
    return [
        *waiting(reader, Text("Reports to hand in"), VISIT_WEEK, owing, group=GROUP, tone="amber", late=[("due", "<", day)]),
        *waiting(reader, Text("Sellers' reports to read"), VISIT_WEEK, [("state", "=", REPORTED)], group=GROUP, short=Text("Reports to read")),
        *waiting(reader, Text("Calls still to be made"), CALL_LINE, [("state", "=", WAITING)], group=GROUP, short=Text("Calls to make")),
    ]


# a telephone session


class Calling(NamedTuple):
    """A line of a sheet that waits: whom to call, where, why, for the how-many-eth time."""

    id: int
    version: int
    name: str
    client: str
    phone: str
    why: str
    attempt: int
    account_id: int | None
    last: str


class Session(NamedTuple):
    """A sheet being called through: its script, who waits, how many lines there are by state, and how long was talked, seconds."""

    script: str
    waiting: list[Calling]
    counts: dict[str, int]
    seconds: int


def session(reader: Any, sheet_id: int) -> Session | None:
    """A sheet; None when it is gone."""
    sheet = reader.execute("select script from call_sheet where id = ? and gone is null", (sheet_id,)).fetchone()
    if sheet is None:
        return None
    sql = (
        "select l.id, l.version, l.name, coalesce(a.name, ''), l.phone, l.why, l.attempt, l.account_id,"
        " coalesce((select max(v.day) from visit as v where v.account_id = l.account_id and v.gone is null and v.state = 'done' and v.result <> 'not-met'), '')"
        " from call_line as l left join account as a on a.id = l.account_id where l.gone is null and l.sheet_id = ? and l.state = ? order by l.attempt, l.id"
    )
    waits = [Calling(*row) for row in reader.execute(sql, (sheet_id, WAITING)).fetchall()]
    rows = reader.execute("select state, count(*), sum(seconds) from call_line where gone is null and sheet_id = ? group by state", (sheet_id,)).fetchall()
    return Session(str(sheet[0]), waits, {str(state): int(n) for state, n, _ in rows}, sum(int(spent or 0) for _, _, spent in rows))


# whom a sheet proposes


def proposed(reader: Any, sheet: Row, day: str) -> list[Row]:
    """Lines for a sheet: who is not on it yet, the most pressing first, as many as are missing to its number."""
    there = {(row[0], row[1]) for row in reader.execute("select account_id, person_id from call_line where gone is null and sheet_id = ?", (sheet["id"],)).fetchall()}
    found = _in_house(reader, sheet["owner_id"], day) if sheet["kind"] == IN_HOUSE else _clients(reader, sheet["owner_id"], day)
    room = max(0, int(sheet["most"]) - len(there))
    return [row for row in found if (row["account_id"], row["person_id"]) not in there][:room]


def _held(reader: Any, day: str) -> tuple[set[int], set[int]]:
    """Clients and people whom nobody calls just now."""
    rows = reader.execute("select account_id, person_id from care_hold where gone is null and since <= ? and (until = '' or until >= ?) and kind <> 'mourning'", (day, day)).fetchall()
    nobody = {row[1] for row in rows if row[1] is not None} | consents.refusing(reader, may_call, day)
    return {row[0] for row in rows if row[0] is not None}, nobody


def _clients(reader: Any, owner_id: int | None, day: str) -> list[Row]:
    """Clients silent for longer than their class allows, the longest beyond it first, with whom to ask for."""
    mine, values = ("", []) if owner_id is None else (" and a.owner_id = ?", [owner_id])
    sql = (
        "select a.id, a.level from account as a where a.gone is null and a.level in ('A', 'B', 'C', 'D') and a.state in ('active', 'dormant')"
        f" and a.credit <> 'stopped'{mine} order by a.id"
    )
    held, nobody = _held(reader, day)
    touched, standards = queries_touch.last_touches(reader, day), standards_on(queries_proposal.standards(reader), day)
    due = [(int(at), touched.get(at, ""), int(standards[level]["silence"])) for at, level in reader.execute(sql, values).fetchall() if at not in held]
    late = [(days_between(last, day) if last else 10_000, at, allowed, last) for at, last, allowed in due]
    late = sorted((one for one in late if one[0] > one[2]), key=lambda one: (one[2] / one[0], one[1]))
    return [row for row in (_call(reader, at, days, last, nobody) for days, at, _, last in late[:400]) if row is not None]


def _call(reader: Any, account: int, days: int, last: str, nobody: set[int]) -> Row | None:
    rows = reader.execute("select id, name, phone, role from person where account_id = ? and gone is null and phone <> '' and role <> 'guest' order by sort, id", (account,)).fetchall()
    free = [row for row in rows if row[0] not in nobody]
    if rows and not free:
        return None
    order = ("booker", "decision-maker", "finance", "signatory")
    best = min(free, key=lambda row: order.index(row[3]) if row[3] in order else len(order), default=(None, "", "", ""))
    why = Text("{days} days since the last contact", days=days) if last else Text("No contact noted yet")
    return {"account_id": account, "person_id": best[0], "name": best[1], "phone": best[2], "why": say(why)}


def _in_house(reader: Any, owner_id: int | None, day: str) -> list[Row]:
    """Guests of the house worth a visit: complaint, VIP, never met, back again, staying long; consent comes first."""
    sql = (
        "select s.guest_id, p.name, p.phone, coalesce(p.vip, ''), s.room_no, coalesce(s.company_id, p.account_id), s.nights, p.stays,"
        " (select count(*) from visit as v where v.person_id = p.id and v.gone is null and v.state = 'done'),"
        f" (select count(*) from complaint as c where c.person_id = p.id and c.gone is null and c.kind = 'complaint' and c.state in ({', '.join('?' * len(UNSETTLED))})), a.owner_id"
        " from stay as s join person as p on p.id = s.guest_id left join account as a on a.id = coalesce(s.company_id, p.account_id)"
        " where s.gone is null and p.gone is null and s.status = 'In-House' and s.arrival >= ? order by s.room_no, s.id"
    )
    held, nobody = _held(reader, day)
    rows = reader.execute(sql, (*UNSETTLED, days_before(day, 400))).fetchall()
    found: dict[int, tuple[int, Row]] = {}
    for guest, name, phone, vip, room, account, nights, stays, met, complaints, owner in rows:
        if guest in nobody or account in held or (owner_id is not None and owner not in (owner_id, None)):
            continue
        reasons = _reasons(complaints, vip, met, stays or 0, nights or 0)
        if reasons and guest not in found:
            line = {"account_id": account, "person_id": guest, "name": name, "phone": phone, "room_no": room, "why": say(_listed([text for _, text in reasons]))}
            found[guest] = (sum(points for points, _ in reasons), line)
    return [line for _, line in sorted(found.values(), key=lambda one: (-one[0], one[1]["room_no"], one[1]["person_id"]))]


def _reasons(complaints: int, vip: str, met: int, stays: int, nights: int) -> list[tuple[int, Text]]:
    looks = (
        (complaints > 0, 40, Text("open complaint")), (bool(vip), 30, Text("VIP {level}", level=vip)), (not met, 20, Text("never met")),
        (stays >= RETURNING, 15, Text("stay no. {n}", n=stays)), (nights >= LONG, 10, Text("{n} nights", n=nights)),
    )  # fmt: skip
    found = [(points, text) for holds, points, text in looks if holds]
    return found if sum(points for points, _ in found) > 20 else []


def _listed(words: list[Text]) -> Text:
    out = words[0]
    for each in words[1:]:
        out = Text("{first}, {second}", first=out, second=each)
    return out
