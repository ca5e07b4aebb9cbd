"""What of the receivables has to be followed up: promises that were missed, and old debts nobody promised to pay."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.receivables import rules, rules_stages
from crm_desktop.duties.receivables.records import BROKEN, OPEN, PART
from crm_desktop.record.dates import add_days, days_before
from crm_desktop.record.duty import Cause
from crm_desktop.record.money import HOME, amount_words
from crm_desktop.record.text import Text

OLD = 60  # days past due
RECENT = 30  # days: a promise broken longer ago has had its follow-up


def causes(reader: Any, day: str) -> list[Cause]:
    """Promises to pay whose deadline is over (a day after the promised one, no bank works on a weekend), and clients who owe
    for more than sixty days without a promise."""
    return [*_missed(reader, day), *_old(reader, day), *_anew(reader, day)]


def _missed(reader: Any, day: str) -> list[Cause]:
    sql = (
        "select p.id, p.due, p.amount - p.received, p.currency, p.account_id, p.person_id, a.name, coalesce(p.owner_id, a.owner_id)"
        " from promise as p join account as a on a.id = p.account_id"
        " where p.gone is null and p.state in (?, ?, ?) and p.due <= ? and p.due >= ? and p.amount > p.received order by p.due, p.id"
    )
    found = reader.execute(sql, (OPEN, PART, BROKEN, rules.last_missed(day), days_before(day, RECENT))).fetchall()
    return [
        Cause(
            "promise-missed", ("promise", row[0]), _missed_words(row), add_days(rules.deadline(row[1]), 1), owner_id=row[7], account_id=row[4], person_id=row[5],
            urgency=1,
        )
        for row in found
    ]  # fmt: skip


def _missed_words(row: tuple[Any, ...]) -> Text:
    return Text("{client}: {amount} promised for {day} did not come", client=row[6], amount=amount_words(row[2], row[3]), day=row[1])


def _anew(reader: Any, day: str) -> list[Cause]:
    """Invoices that were wrong and are not issued anew yet: three working days are given (SET-05)."""
    sql = (
        "select r.id, r.document_no, r.reissue_on, r.account_id, a.name, coalesce(r.owner_id, a.owner_id) from receivable as r join account as a on a.id = r.account_id"
        " where r.gone is null and r.reissue_on <> '' and r.reissue_on <= ? and r.stage = ? and r.invoiced_on = '' order by r.reissue_on, r.id"
    )
    out = []
    for row_id, number, since, account, name, owner in reader.execute(sql, (day, rules_stages.CONFIRMED)).fetchall():
        due = rules_stages.reissue_due(since)
        words = Text("{client}: the invoice of {number} is to be issued anew by {day}", client=name, number=number, day=due)
        out.append(Cause("reissue", ("receivable", row_id), words, due, owner_id=owner, account_id=account, urgency=2 if due < day else 4, quiet=3))
    return out


def _old(reader: Any, day: str) -> list[Cause]:
    sql = (
        "select r.account_id, a.name, a.owner_id, min(r.due), count(*), sum(r.balance - r.disputed), r.currency"
        " from receivable as r join account as a on a.id = r.account_id"
        " where r.gone is null and r.balance > r.disputed and r.due < ? and r.due <> ''"
        " and not exists (select 1 from promise as p where p.gone is null and p.account_id = r.account_id and p.state = ? and p.due > ?)"
        " group by r.account_id, a.name, a.owner_id, r.currency order by min(r.due), r.account_id"
    )
    out = []
    for account, name, owner, due, bills, owed, currency in reader.execute(sql, (days_before(day, OLD), OPEN, rules.last_missed(day))).fetchall():
        words = Text("{client}: {amount} over 60 days, nobody promised when", client=name, amount=amount_words(owed, currency))
        cause = Cause("old-debt" if currency == HOME else f"old-debt-{currency}", ("account", account), words, add_days(due, OLD + 1), owner_id=owner, account_id=account, urgency=2, quiet=14)
        cause.count = bills
        out.append(cause)
    return out
