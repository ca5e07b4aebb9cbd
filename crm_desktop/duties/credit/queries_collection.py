"""What collecting is read from: open bills of clients, the steps that were done, promises, limitation, who is called today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from crm_desktop.duties.credit import rules_calls, rules_collection, rules_law
from crm_desktop.duties.credit.queries import rows
from crm_desktop.duties.credit.records_collection import COLLECTION_STEP, INSTALMENT_PLAN, LADDER_STEP, RUNNING
from crm_desktop.duties.credit.rules_calls import Call, Late
from crm_desktop.duties.credit.rules_collection import Owed, Step, Waiting
from crm_desktop.duties.credit.rules_law import Clock, Interruption
from crm_desktop.duties.receivables.queries import HOME
from crm_desktop.duties.receivables.rules import deadline
from crm_desktop.duties.receivables.rules_exposure import booking_value
from crm_desktop.record.dates import add_days, days_before, days_between
from crm_desktop.record.record import Row
from crm_desktop.store import seat

MOST_CALLS = 500  # on the sheet: nobody makes more in a day
EARLY = 10  # days before the due date from which a ladder may have a step
OLD = 2 * 365 + 180  # days past due from which limitation is looked at for everybody


def ladders(reader: Any) -> dict[str, tuple[Step, ...]]:
    """The steps of every ladder: the hotel's own, or those the program begins with."""
    own: dict[str, list[Step]] = defaultdict(list)
    for row in rows(reader, LADDER_STEP):
        own[row["ladder"]].append(Step(row["key"], row["days"], row["name"], row["channel"], row["letter"] or 0, bool(row["stops"]), row["who"]))
    return {ladder: rules_collection.steps_of(ladder, own[ladder]) for ladder, _, _ in rules_collection.LADDERS}


class Debtor:
    """A client that owes: its open bills in the house's currency (the earliest due first), and everything its ladder goes by."""

    def __init__(self, account_id: int, name: str, ladder: str, owner_id: int | None, owner: str, phone: str) -> None:
        self.id, self.name, self.ladder, self.owner_id, self.owner, self.phone = account_id, name, ladder, owner_id, owner, phone
        self.bills: list[Owed] = []
        self.done: dict[str, str] = {}
        self.promised: int | None = None  # what open promises cover; 0 = all of it, None = there is none
        self.promise_due = ""  # of the next open promise
        self.broken_on = ""  # the last day that would have kept the latest broken promise
        self.clock: Clock | None = None  # of the bill that runs out first
        self.clock_bill = 0
        self.credit = ""
        self.said = ""  # what was written down last
        self.said_on = ""

    def overdue(self, day: str) -> int:
        """What is overdue and nobody quarrels about."""
        return sum([bill.balance - bill.disputed for bill in self.bills if bill.balance > bill.disputed and bill.due and bill.due < day])

    def oldest(self, day: str) -> int:
        """Days past due of the oldest bill of which something is to be collected."""
        first = min([bill.due for bill in self.bills if bill.due and bill.due < day and bill.collectable], default="")
        return days_between(first, day) if first else 0

    def first_late(self, day: str) -> int:
        """The oldest bill of which something is to be collected; 0 where none is overdue."""
        return next((bill.id for bill in self.bills if bill.due and bill.due < day and bill.collectable), 0)

    def waiting(self, steps: Sequence[Step], day: str) -> list[Waiting]:
        """The steps to be done."""
        return rules_collection.waiting(steps, self.bills, self.done, day, promised=self.promised)

    def waits(self, steps: Sequence[Step], day: str) -> bool:
        """Whether any step is to be done."""
        return rules_collection.waits(steps, self.bills, self.done, day, promised=self.promised)


ACCOUNTS = "select a.id, a.name, a.kind, a.type, a.ownership, a.owner_id, coalesce(s.name, ''), a.phone, a.credit from account as a left join staff as s on s.id = a.owner_id where a.gone is null"


def debtors(reader: Any, day: str, account_id: int | None = None) -> dict[int, Debtor]:
    """Everybody with an open bill that is due or soon will be, or one client whatever it owes."""
    until = add_days(day, EARLY)
    one = ("and account_id = ?", (account_id,)) if account_id is not None else ("and due <= ?", (until,))
    sql = f"select due, id, account_id, balance, disputed from receivable where gone is null and balance > 0 and due <> '' and currency = ? {one[0]}"
    bills: dict[int, list[Owed]] = defaultdict(list)
    for due, row_id, account, balance, disputed in sorted(reader.execute(sql, (HOME, *one[1])).fetchall()):  # sorting in SQL reads whole rows
        if account is not None:
            bills[account].append(Owed(row_id, due, balance, disputed))
    found: dict[int, Debtor] = {}
    narrow, values = (" and a.id = ?", (account_id,)) if account_id is not None else ("", ())
    for row_id, name, kind, type, ownership, owner_id, owner, phone, credit in reader.execute(ACCOUNTS + narrow, values).fetchall():
        if row_id in bills or account_id is not None:
            debtor = found[row_id] = Debtor(row_id, name, rules_collection.ladder_of(kind, type, ownership), owner_id, owner, phone)
            debtor.bills, debtor.credit = bills[row_id], credit
    _add_steps(reader, found)
    _add_promises(reader, found, day)
    _add_clocks(reader, found, day, everything=account_id is not None)
    return found


def _add_steps(reader: Any, found: dict[int, Debtor]) -> None:
    sql = f"select account_id, step, name, day, reason from {COLLECTION_STEP.key} where gone is null order by day, id"
    for account, step, name, day, reason in reader.execute(sql).fetchall():
        if account in found:
            if step:
                found[account].done[step] = day
            found[account].said, found[account].said_on = reason or name, day


def _add_promises(reader: Any, found: dict[int, Debtor], day: str) -> None:
    sql = "select account_id, due, state, amount from promise where gone is null and due >= ? and state in ('open', 'part', 'broken') order by due, id"
    for account, due, state, amount in reader.execute(sql, (days_before(day, 30),)).fetchall():
        debtor = found.get(account)
        if debtor is None:
            continue
        last = deadline(due)
        if last >= day and state == "open":
            debtor.promised = 0 if not amount or debtor.promised == 0 else (debtor.promised or 0) + amount
            debtor.promise_due = debtor.promise_due or due
        elif last < day:
            debtor.broken_on = max(debtor.broken_on, last)
    for plan in rows(reader, INSTALMENT_PLAN, "state = 'running'"):
        if plan["account_id"] in found:
            parts = rules_collection.schedule(plan["total"], plan["count"], plan["first_due"])
            missed = rules_collection.missed(parts, plan["paid"] + plan["received"], day)
            debtor = found[plan["account_id"]]
            if missed is not None:
                debtor.broken_on = max(debtor.broken_on, deadline(missed[0]))


# limitation


def _add_clocks(reader: Any, found: dict[int, Debtor], day: str, *, everything: bool) -> None:
    """The clock that runs out first, of clients with a bill so old that it may matter."""
    old = days_before(day, OLD)
    asked = {debtor.id: [bill for bill in debtor.bills if everything or bill.due <= old] for debtor in found.values()}
    asked = {account: bills for account, bills in asked.items() if bills}
    if not asked:
        return
    of_client, of_bill = _interruptions(reader, list(asked)), _payments(reader, [bill.id for bills in asked.values() for bill in bills])
    for account, bills in asked.items():
        clocks = [(rules_law.limitation(bill.due, of_client[account] + of_bill[bill.id], day), bill.id) for bill in bills]
        found[account].clock, found[account].clock_bill = min(clocks, key=lambda each: (each[0].left, each[1]))


def clocks(reader: Any, debtor: Debtor, day: str) -> dict[int, Clock]:
    """The clock of limitation of each open bill of a client."""
    of_client, of_bill = _interruptions(reader, [debtor.id]), _payments(reader, [bill.id for bill in debtor.bills])
    return {bill.id: rules_law.limitation(bill.due, of_client[debtor.id] + of_bill[bill.id], day) for bill in debtor.bills}


def days_left(reader: Any, day: str) -> dict[int, int]:
    """Of everybody with a bill that is due: the days until the first of them can no longer be sued for."""
    found = debtors(reader, day)
    _add_clocks(reader, found, day, everything=True)
    return {account: debtor.clock.left for account, debtor in found.items() if debtor.clock is not None}


def _interruptions(reader: Any, ids: Sequence[int]) -> dict[int, list[Interruption]]:
    out: dict[int, list[Interruption]] = defaultdict(list)
    for part in _blocks(ids):
        marks = ", ".join("?" * len(part))
        sql = f"select account_id, evidence, delivered_on from collection_step where gone is null and evidence <> '' and delivered_on <> '' and account_id in ({marks})"
        for account, evidence, day in reader.execute(sql, part).fetchall():
            out[account].append(Interruption(evidence, day))
        sql = f"select account_id, last_due from instalment_plan where gone is null and last_due <> '' and account_id in ({marks})"
        for account, day in reader.execute(sql, part).fetchall():
            out[account].append(Interruption(rules_law.INSTALMENTS, day))
    return out


def _payments(reader: Any, ids: Sequence[int]) -> dict[int, list[Interruption]]:
    """Part payments of bills."""
    out: dict[int, list[Interruption]] = defaultdict(list)
    for part in _blocks(ids):
        sql = f"select receivable_id, day from application where gone is null and receivable_id in ({', '.join('?' * len(part))})"
        for bill, day in reader.execute(sql, part).fetchall():
            out[bill].append(Interruption(rules_law.PART_PAYMENT, day))
    return out


def _blocks(ids: Sequence[int], size: int = 500) -> Iterable[Sequence[int]]:
    return (ids[at : at + size] for at in range(0, len(ids), size))


# the call sheet


def recovery(reader: Any, day: str) -> dict[str, float]:
    """For each ladder's kind of client, how much of what was open on its due date came within a fortnight, in half a year. Worked out anew
    when a bill or an application was added since."""
    key = (day, *(reader.execute(f"select max(id) from {table}").fetchone()[0] or 0 for table in ("receivable", "application")))
    if key not in _RATES:
        _RATES.clear()  # of the newest day only: half a year hardly differs
        _RATES[key] = _recovery(reader, day)
    return dict(_RATES[key])


_RATES: dict[tuple[Any, ...], dict[str, float]] = {}  # ids are of one database only


def _recovery(reader: Any, day: str) -> dict[str, float]:
    first, last = days_before(day, rules_calls.WINDOW + rules_calls.FORTNIGHT), days_before(day, rules_calls.FORTNIGHT)
    billed = "gone is null and amount > 0 and currency = ? and due >= ? and due < ?"
    owed = reader.execute(f"select account_id, sum(amount - taken_back) from receivable where {billed} group by account_id", (HOME, first, last)).fetchall()
    came = _came(reader, first, last)
    kinds = {row[0]: rules_collection.ladder_of(row[2], row[3], row[4]) for row in reader.execute(ACCOUNTS).fetchall()}
    late = []
    for account, amount in owed:
        before, within = came.get(account, (0, 0))
        if account in kinds:
            late.append(Late(kinds[account], "", int(amount) - before, within))
    return {ladder: rules_calls.PRIOR_RATE for ladder, _, _ in rules_collection.LADDERS} | rules_calls.recovery(late)


def _came(reader: Any, first: str, last: str) -> dict[int, tuple[int, int]]:
    """What of each client's bills that fell due in a span was paid by the due date, and within a fortnight after it."""
    spans = [(due, add_days(due, rules_calls.FORTNIGHT)) for due in (add_days(first, at) for at in range(days_between(first, last)))]
    sql = (
        f"with span (due, until) as (values {', '.join(['(?, ?)'] * len(spans))})"
        " select r.account_id, sum(case when p.day <= s.due then p.amount else 0 end), sum(case when p.day > s.due then p.amount else 0 end)"
        " from span as s join receivable as r on r.due = s.due and r.gone is null and r.amount > 0 and r.currency = ?"
        " join application as p on p.receivable_id = r.id and p.gone is null and p.day <= s.until group by r.account_id"
    )
    values = [*(part for span in spans for part in span), HOME]
    return {row[0]: (int(row[1]), int(row[2])) for row in reader.execute(sql, values).fetchall()}


class CallRow(NamedTuple):
    """A line of the call sheet: who, what presses, and the steps that wait."""

    call: Call
    debtor: Debtor
    waiting: list[Waiting]
    oldest: int
    push: bool


class CallSheet(NamedTuple):
    """The calls of a day, the first on top; how many there are in all, and what is overdue and undisputed of them; who could do their steps."""

    rows: list[CallRow]
    whole: int
    overdue: int
    staff: Sequence[Row] = ()


def call_sheet(reader: Any, day: str, owner_id: int | None = None) -> list[CallRow]:
    """Who is to be called today, the first on top."""
    return calls(reader, day, owner_id).rows


def calls(reader: Any, day: str, owner_id: int | None = None, most: int = MOST_CALLS) -> CallSheet:
    """The clients with something overdue for whom a step waits or something presses; the first of them whole."""
    steps, rates = ladders(reader), recovery(reader, day)
    found: dict[int, tuple[Call, Debtor]] = {}
    for debtor in debtors(reader, day).values():
        overdue = debtor.overdue(day)
        if overdue < rules_calls.LEAST or (owner_id is not None and debtor.owner_id != owner_id):
            continue
        mine = steps[debtor.ladder]
        presses = tuple(_presses(debtor, mine, day))
        if {rules_calls.BROKEN, rules_calls.LIMITATION, rules_calls.PROMISE} & set(presses) or debtor.waits(mine, day):
            found[debtor.id] = Call(debtor.id, overdue, rates[debtor.ladder], presses), debtor
    ordered = rules_calls.ordered(call for call, _ in found.values())
    rows = [_row(call, found[call.account_id][1], steps, day) for call in ordered[:most]]
    return CallSheet(rows, len(ordered), sum(call.overdue for call in ordered), seat.colleagues(reader))


def _row(call: Call, debtor: Debtor, steps: dict[str, tuple[Step, ...]], day: str) -> CallRow:
    return CallRow(call, debtor, debtor.waiting(steps[debtor.ladder], day), debtor.oldest(day), rules_collection.budget_push(debtor.ladder, day))


def _presses(debtor: Debtor, steps: Sequence[Step], day: str) -> Iterable[str]:
    if debtor.broken_on and rules_collection.working_days_between(debtor.broken_on, day, rules_calls.BROKEN_DAYS + 1) <= rules_calls.BROKEN_DAYS:
        yield rules_calls.BROKEN
    if debtor.clock is not None and debtor.clock.left <= rules_calls.LIMITATION_DAYS:
        yield rules_calls.LIMITATION
    if debtor.promise_due and debtor.promise_due <= add_days(day, 1):
        yield rules_calls.PROMISE
    if debtor.credit != "stopped" and rules_collection.stop_presses(steps, debtor.bills, day):
        yield rules_calls.STOP


class Hit(NamedTuple):
    """A booking that a stop of credit hits."""

    record: str
    id: int
    day: str
    words: str
    amount: int


def hit_by_stop(reader: Any, account_id: int, day: str) -> list[Hit]:
    """What a client has booked that would have to be paid otherwise when its credit stops."""
    sql = "select id, day, name, remark, price, tables, kind from booking where gone is null and account_id = ? and day >= ? and state in ('inquiry', 'proposal', 'tentative', 'definite') order by day, id"
    out = [Hit("booking", row[0], row[1], str(row[3] or row[2]), booking_value(row[6], row[4], row[5])) for row in reader.execute(sql, (account_id, day)).fetchall()]
    sql = (
        "select id, arrival, room_no, rate * nights from stay where gone is null and (company_id = ? or agency_id = ?) and arrival >= ? and status = 'Booked' order by arrival, id"
    )
    return out + [Hit("stay", row[0], row[1], str(row[2] or ""), int(row[3])) for row in reader.execute(sql, (account_id, account_id, day)).fetchall()]


def steps_done(reader: Any, account_id: int) -> list[Row]:
    """What was done to collect from a client, the newest first."""
    return rows(reader, COLLECTION_STEP, "account_id = ?", (account_id,), "day desc, id desc")


def to_confirm(reader: Any, account_id: int, day: str) -> list[int]:
    """The open bills of a client whose statement was out by a day and whose slip is not back."""
    sql = "select id from receivable where gone is null and account_id = ? and stage = 'matched' and statement_on <= ? and balance <> 0 order by id"
    return [int(row[0]) for row in reader.execute(sql, (account_id, day)).fetchall()]


def stale_disputes(reader: Any) -> list[tuple[int, int]]:
    """Bills with disputes whose disputed part is not what is open of them, and what it should be."""
    sql = (
        "select r.id, r.disputed, sum(case when d.state = 'open' then d.amount else 0 end) from dispute as d join receivable as r on r.id = d.receivable_id"
        " where d.gone is null and r.gone is null group by r.id, r.disputed"
    )
    return [(int(row_id), int(open_now)) for row_id, disputed, open_now in reader.execute(sql).fetchall() if disputed != open_now]


def bill_facts(reader: Any, ids: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    """Number, kind and date of bills, by id."""
    found: dict[int, tuple[str, str, str]] = {}
    for part in _blocks(ids):
        sql = f"select id, document_no, kind, bill_date from receivable where id in ({', '.join('?' * len(part))})"
        found |= {row[0]: (row[1], row[2], row[3]) for row in reader.execute(sql, part).fetchall()}
    return found


def bank_of(reader: Any, hotel_id: int | str | None) -> tuple[str, str]:
    """The hotel's bank and account."""
    found = reader.execute("select bank, bank_account from hotel where id = ?", (int(hotel_id) if hotel_id else None,)).fetchone()
    return (str(found[0]), str(found[1])) if found else ("", "")


def stale_plans(reader: Any) -> list[tuple[Row, int]]:
    """Instalment plans of which receipts paid another amount than is kept, and what they paid: what was applied, from the day of signing on,
    to bills from before it. A client's plan that was signed later has what is over of those before it."""
    out: list[tuple[Row, int]] = []
    taken: dict[tuple[int, str], int] = defaultdict(int)
    for plan in rows(reader, INSTALMENT_PLAN, order="account_id, agreed_on, id"):
        sql = (
            "select coalesce(sum(p.amount), 0) from application as p join receivable as r on r.id = p.receivable_id where p.gone is null and r.gone is null"
            " and r.account_id = ? and r.currency = ? and r.bill_date <= ? and p.day >= ?"
        )
        key, asked = (plan["account_id"], plan["currency"]), (plan["account_id"], plan["currency"], plan["agreed_on"], plan["agreed_on"])
        came = int(reader.execute(sql, asked).fetchone()[0]) - taken[key]
        paid = max(0, min(came, plan["total"] - plan["paid"]))
        taken[key] += paid
        if paid != plan["received"] or (plan["state"] == RUNNING and plan["paid"] + paid >= plan["total"]):
            out.append((plan, paid))
    return out
