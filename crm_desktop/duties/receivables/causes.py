"""What of the receivables has to be followed up: promises that were missed, and old debts nobody promised to pay."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.receivables.records import BROKEN, OPEN, PART
from crm_desktop.record.dates import add_days, days_before
from crm_desktop.record.duty import Cause
from crm_desktop.record.money import show_money
from crm_desktop.record.text import Text

OLD = 60  # days past due
RECENT = 30  # days: a promise broken longer ago has had its follow-up


def causes(reader: Any, day: str) -> list[Cause]:
    """Promises to pay whose day is over, and clients who owe for more than sixty days without a promise."""
    return [*_missed(reader, day), *_old(reader, day)]


def _missed(reader: Any, day: str) -> list[Cause]:
    sql = (
        "select p.id, p.due, p.amount - p.received, p.currency, p.account_id, p.person_id, a.name, coalesce(p.owner_id, a.owner_id)"
        " from promise as p join account as a on a.id = p.account_id"
        " where p.gone is null and p.state in (?, ?, ?) and p.due < ? and p.due >= ? and p.amount > p.received order by p.due, p.id"
    )
    found = reader.execute(sql, (OPEN, PART, BROKEN, day, days_before(day, RECENT))).fetchall()
    return [
        Cause(
            "promise-missed", ("promise", row[0]), _missed_words(row), add_days(row[1], 1), owner_id=row[7], account_id=row[4], person_id=row[5],
            urgency=1,
        )
        for row in found
    ]  # fmt: skip


def _missed_words(row: tuple[Any, ...]) -> Text:
    return Text(
        "{client}: {amount} {currency} promised for {day} did not come", client=row[6], amount=show_money(row[2]), currency=row[3], day=row[1]
    )


def _old(reader: Any, day: str) -> list[Cause]:
    sql = (
        "select r.account_id, a.name, a.owner_id, min(r.due), count(*), sum(r.balance - r.disputed), r.currency"
        " from receivable as r join account as a on a.id = r.account_id"
        " where r.gone is null and r.balance > r.disputed and r.due < ? and r.due <> ''"
        " and not exists (select 1 from promise as p where p.gone is null and p.account_id = r.account_id and p.state = ? and p.due >= ?)"
        " group by r.account_id, a.name, a.owner_id, r.currency order by min(r.due), r.account_id"
    )
    out = []
    for account, name, owner, due, bills, owed, currency in reader.execute(sql, (days_before(day, OLD), OPEN, day)).fetchall():
        words = Text("{client}: {amount} {currency} over 60 days, nobody promised when", client=name, amount=show_money(owed), currency=currency)
        cause = Cause("old-debt", ("account", account), words, add_days(due, OLD + 1), owner_id=owner, account_id=account, urgency=2, quiet=14)
        cause.count = bills
        out.append(cause)
    return out
