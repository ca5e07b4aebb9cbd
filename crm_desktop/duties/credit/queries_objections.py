"""What an answer to an objection needs to know: how far the oldest bill is, what was promised, what lies unapplied."""

from __future__ import annotations

from typing import Any, NamedTuple

from crm_desktop.duties.credit import rules_law
from crm_desktop.duties.receivables.queries import HOME
from crm_desktop.record.dates import days_before

YEAR = 365


class Facts(NamedTuple):
    """Of a client and its oldest bill; amounts in minor units."""

    statement_no: str = ""
    statement_on: str = ""
    confirmed_on: str = ""
    invoice_no: str = ""
    invoiced_on: str = ""
    handed_to: str = ""
    handed_on: str = ""
    open: int = 0
    disputed: int = 0
    unapplied: int = 0
    broken: int = 0
    broken_since: str = ""
    payer: str = rules_law.OTHER


def facts(reader: Any, account_id: int, bill_id: int, day: str) -> Facts:
    """The facts of a client on a day; `bill_id` is its oldest bill, 0 for none."""
    sql = "select statement_no, statement_on, confirmed_on, invoice_no, invoiced_on, handed_to, handed_on, balance, disputed from receivable where id = ? and gone is null"
    bill = reader.execute(sql, (bill_id,)).fetchone() or ("", "", "", "", "", "", "", 0, 0)
    sql = "select coalesce(sum(unapplied), 0) from receipt where gone is null and account_id = ? and currency = ?"
    came = int(reader.execute(sql, (account_id, HOME)).fetchone()[0])
    sql = "select count(*), min(due) from promise where gone is null and account_id = ? and state in ('broken', 'part') and due >= ?"
    broken, since = reader.execute(sql, (account_id, days_before(day, YEAR))).fetchone()
    account = reader.execute("select type, size, ownership from account where id = ?", (account_id,)).fetchone() or ("", "", "")
    number, sent, back, invoice, issued, taker, taken, owes, disputed = bill
    return Facts(number, sent, back, invoice, issued, taker, taken, int(owes), int(disputed), came, int(broken), str(since or ""), rules_law.payer_kind(*account))
