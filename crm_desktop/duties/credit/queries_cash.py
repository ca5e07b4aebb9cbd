"""What money is expected when: the open bills of a currency, what clients said would come, and what the forecast learned."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from crm_desktop.duties.credit import rules_cash, rules_collection
from crm_desktop.duties.credit.queries import rows
from crm_desktop.duties.credit.queries_forecast import learned
from crm_desktop.duties.credit.records_collection import INSTALMENT_PLAN
from crm_desktop.duties.credit.rules_cash import INSTALMENT, PROMISE, WEEK, Bill, Guess, Piece, Span, Vow
from crm_desktop.duties.credit.rules_forecast import Forecast
from crm_desktop.duties.receivables import queries_open
from crm_desktop.duties.receivables import rules as money_rules
from crm_desktop.duties.receivables.queries import HOME
from crm_desktop.record.dates import add_days, business_date, days_before
from crm_desktop.record.money import plain_money
from crm_desktop.record.report import Report

COLUMNS = ("currency", "from", "to", "expected", "promised", "instalments", "forecast", "by_then", "at_least", "at_most", "bills")


class Cash(NamedTuple):
    """What is expected of a currency: its pieces and spans; what is open and not counted, because it is in dispute or a credit note."""

    currency: str
    pieces: list[Piece]
    spans: list[Span]
    disputed: int
    credit_notes: int

    @property
    def total(self) -> int:
        """All that is expected."""
        return sum(piece.amount for piece in self.pieces)


def cash(reader: Any, day: str, by: str = WEEK) -> list[Cash]:
    """The calendar of each currency, the house's first."""
    known = learned(reader, day)
    bills, apart = _bills(reader, day)
    vows, shares = _vows(reader, day), _shares(reader, day)
    house = shares.pop(0, rules_cash.PRIOR_SHARE)
    out = []
    for unit in sorted(bills, key=lambda unit: (unit != HOME, unit)):
        mine = [vow for currency, vow in vows if currency == unit]
        found = rules_cash.pieces(bills[unit], mine, lambda account: shares.get(account, house), lambda bill: _guess(known, bill))
        out.append(Cash(unit, found, rules_cash.spans(found, day, by), *apart[unit]))
    return out


def _guess(learned: Forecast, bill: Bill) -> Guess:
    if not learned.comparable(bill.issued):
        far = add_days(learned.day, rules_cash.LONG)
        return Guess(far, far, far, known=False)
    expected = learned.expect(bill.account_id, bill.issued, bill.due).day
    quick, slow = learned.between(bill.account_id, bill.issued)
    return Guess(min(quick, expected), expected, max(slow, expected))


def _bills(reader: Any, day: str) -> tuple[dict[str, list[Bill]], dict[str, list[int]]]:
    """Open bills of each currency, and what of it is in dispute or a credit note."""
    sql, values = queries_open.items(("id", "account_id", "document_no", "bill_date", "due", "currency"), day)
    bills: dict[str, list[Bill]] = defaultdict(list)
    apart: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row_id, account, number, issued, due, unit, owes, _, disputed in reader.execute(sql, values).fetchall():
        apart[unit][0] += disputed
        apart[unit][1] -= min(0, owes)
        bills[unit] += [Bill(row_id, account, number, issued, due, owes - disputed)] if owes > disputed else []
    return bills, apart


def _vows(reader: Any, day: str) -> list[tuple[str, Vow]]:
    """Promises that may still be kept and instalments to come, with their currency. Of a day that is over, what was promised by then."""
    now = day >= business_date()
    state, values = ("state = 'open'", ()) if now else ("state <> 'withdrawn' and made_on <= ?", (day,))
    sql = f"select currency, id, account_id, due, amount, received from promise where gone is null and due >= ? and {state} order by due, id"
    out = []
    for unit, row_id, account, due, amount, received in reader.execute(sql, (days_before(day, 30), *values)).fetchall():
        rest = amount - (received if now else 0)
        if money_rules.deadline(due) >= day and (rest > 0 or not amount):
            out.append((unit, Vow(PROMISE, row_id, account, max(day, due), rest if amount else 0)))
    for plan in rows(reader, INSTALMENT_PLAN, "state = 'running' and agreed_on <= ?", (day,)):
        left = plan["paid"]
        for due, amount in rules_collection.schedule(plan["total"], plan["count"], plan["first_due"]):
            came = min(left, amount)
            left -= came
            if due >= day and amount > came:
                out.append((plan["currency"], Vow(INSTALMENT, plan["id"], plan["account_id"], due, amount - came)))
    return out


def _shares(reader: Any, day: str) -> dict[int, int]:
    """Per cent of what each client promises that comes in time; under 0 that of everybody together."""
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    sql = "select account_id, amount, received, due from promise where gone is null and amount > 0 and state <> 'withdrawn' and made_on <= ?"
    for account, amount, received, due in reader.execute(sql, (day,)).fetchall():
        if money_rules.promise_state(amount, received, due, day) != money_rules.OPEN:
            for key in (account, 0):
                sums[key][0] += amount
                sums[key][1] += min(amount, received)
    house = rules_cash.share_kept(*sums.pop(0, (0, 0)))
    return {account: rules_cash.share_kept(promised, kept, house) for account, (promised, kept) in sums.items()} | {0: house}


def names(reader: Any, ids: set[int]) -> dict[int, str]:
    """Clients by id."""
    wanted = sorted(ids)
    out: dict[int, str] = {}
    for at in range(0, len(wanted), 500):
        part = wanted[at : at + 500]
        out |= dict(reader.execute(f"select id, name from account where id in ({', '.join('?' * len(part))})", part).fetchall())
    return out


def report(reader: Any, day: str, by: str = WEEK) -> Report:
    """The calendar on the command line: a row for each currency and week (or day), the last one without an end."""
    out = []
    for each in cash(reader, day, by):
        for span in each.spans:
            sums = (span.expected, span.promised, span.instalments, span.guessed, span.together, span.least, span.most)
            out.append(dict(zip(COLUMNS, (each.currency, span.first, span.last, *map(plain_money, sums), span.items), strict=True)))
    return Report(COLUMNS, out, {})
