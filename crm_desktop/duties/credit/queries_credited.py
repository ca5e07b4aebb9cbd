"""F-28 from the ledger: what came in a period for which seller's sales, down to the receipt behind every fen."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from crm_desktop.duties.credit import rules_credited as rules
from crm_desktop.duties.credit.queries import rows
from crm_desktop.duties.credit.records_policy import CREDIT_POLICY
from crm_desktop.duties.credit.rules_credited import Credit, Part, Received, Seller
from crm_desktop.duties.credit.rules_policy import policy_on
from crm_desktop.duties.receivables.queries import HOME
from crm_desktop.record.dates import business_date
from crm_desktop.record.money import plain_money
from crm_desktop.record.report import Report

COLUMNS = ("seller", "currency", "received", "own", "shared", "taken_back", "credited", "receipts")
BILL_COLUMNS = ("day", "payer", "bill", "due", "client", "seller", "shared", "currency", "amount", "taken_back", "credited")
OPEN_MONEY = "(not applied)"
FOUND = (
    "select p.id, p.day, p.amount, r.due, r.owner_id, p.receivable_id, p.currency, t.payer, r.document_no, r.account_id"
    " from application as p join receivable as r on r.id = p.receivable_id join receipt as t on t.id = p.receipt_id"
    " where p.gone is null and p.day >= ? and p.day <= ? order by p.day, p.id"
)


class Credited(NamedTuple):
    """A period: the sums of each currency and seller (None = nobody's), and what came and pays no bill yet, by currency."""

    sellers: dict[tuple[str, int | None], Seller]
    unapplied: dict[str, int]


def _read(reader: Any, first: str, last: str) -> tuple[dict[str, list[Received]], dict[int, tuple[Any, ...]]]:
    found = reader.execute(FOUND, (first, last)).fetchall()
    parts = _parts(reader)
    received: dict[str, list[Received]] = defaultdict(list)
    for row_id, day, amount, due, seller, bill, unit, *_ in found:
        received[unit].append(Received(row_id, day, amount, due, seller, parts.get(bill, ())))
    return received, {row[0]: row for row in found}


def _parts(reader: Any) -> dict[int, list[Part]]:
    out: dict[int, list[Part]] = defaultdict(list)
    for bill, staff, percent in reader.execute("select receivable_id, staff_id, percent from sale_share where gone is null order by id").fetchall():
        out[bill].append(Part(staff, percent))
    return out


def _credits(reader: Any, received: dict[str, list[Received]]) -> dict[str, list[Credit]]:
    policies = rows(reader, CREDIT_POLICY)

    def terms(day: str) -> tuple[int, int]:
        held = policy_on(policies, day)
        return int(held["back_days"]), int(held["back_share"])

    return {unit: rules.credits(mine, terms) for unit, mine in received.items()}


def credited(reader: Any, first: str, last: str) -> Credited:
    """The figures of a period, both days counted."""
    received, _ = _read(reader, first, last)
    out: dict[tuple[str, int | None], Seller] = {}
    for unit, found in _credits(reader, received).items():
        for credit in found:
            out.setdefault((unit, credit.seller), Seller()).take(credit)
    return Credited(out, _unapplied(reader, first, last, received))


def _unapplied(reader: Any, first: str, last: str, received: dict[str, list[Received]]) -> dict[str, int]:
    """What came in the period and is not applied to a bill: the difference that lets the figures tie to the receipts."""
    sql = "select currency, sum(amount) from receipt where gone is null and received_on >= ? and received_on <= ? group by currency"
    came = {row[0]: int(row[1]) for row in reader.execute(sql, (first, last)).fetchall()}
    return {unit: amount - sum(one.amount for one in received.get(unit, ())) for unit, amount in came.items()}


def names(reader: Any) -> dict[int, str]:
    """Colleagues by id."""
    return dict(reader.execute("select id, name from staff").fetchall())


def order(key: tuple[str, int | None], seller: Seller) -> tuple[bool, str, int, int]:
    """The house's currency first, in it whoever has most."""
    return key[0] != HOME, key[0], -seller.credited, key[1] or 0


def report(reader: Any, first: str = "", last: str = "", by: str = "seller") -> Report:
    """Sales credited when paid: by seller, or a row for every fen's way from receipt and bill to its seller. Without days this year so far."""
    last = last or business_date()
    first = first or f"{last[:4]}-01-01"
    return _by_bill(reader, first, last) if by == "bill" else _by_seller(reader, first, last)


def _by_seller(reader: Any, first: str, last: str) -> Report:
    found, known = credited(reader, first, last), names(reader)
    out = []
    for (unit, staff), one in sorted(found.sellers.items(), key=lambda item: order(*item)):
        sums = map(plain_money, (one.received, one.own, one.shared, one.taken, one.credited))
        out.append(dict(zip(COLUMNS, (known.get(staff or 0, ""), unit, *sums, len(set(one.applications))), strict=True)))
    for unit, amount in sorted(found.unapplied.items()):
        if amount:
            out.append(dict(zip(COLUMNS, (OPEN_MONEY, unit, plain_money(amount), *[plain_money(0)] * 4, 0), strict=True)))
    return Report(COLUMNS, out, {"from": first, "to": last})


def _by_bill(reader: Any, first: str, last: str) -> Report:
    received, facts = _read(reader, first, last)
    known = names(reader)
    clients = dict(reader.execute("select id, name from account").fetchall())
    out = []
    for unit, found in _credits(reader, received).items():
        for one in found:
            _, day, _, due, _, _, _, payer, number, account = facts[one.application_id]
            sums = map(plain_money, (one.amount, one.taken, one.credited))
            values = (day, payer, number, due, clients.get(account, ""), known.get(one.seller or 0, ""), int(one.shared), unit, *sums)
            out.append(dict(zip(BILL_COLUMNS, values, strict=True)))
    return Report(BILL_COLUMNS, sorted(out, key=lambda row: (row["day"], row["bill"])), {"from": first, "to": last})
