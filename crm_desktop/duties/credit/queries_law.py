"""The law pack as it holds for a client on a day: the hotel's own wording where it wrote one down, and the late fee that follows."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit import queries, rules_law
from crm_desktop.duties.credit.records_law import LAW_TERM
from crm_desktop.duties.credit.rules_law import Fee, Term
from crm_desktop.record.record import Row
from crm_desktop.store.rows import get


def own(reader: Any) -> list[Term]:
    """The hotel's own rows."""
    found = queries.rows(reader, LAW_TERM, order="since, id")
    return [Term(row["since"], row["payer"], row["usual"], row["most"], row["rate"], row["basis"], bool(row["ended"])) for row in found]


def applies(reader: Any, day: str) -> bool:
    """Whether the hotel applies the payment regulation, and is a small or medium firm itself."""
    found = reader.execute("select count(*) from hotel where gone is null and size = 'large'").fetchone()
    return bool(queries.policy(reader, day)["law"]) and not found[0]


def term(reader: Any, account: Row, day: str) -> Term | None:
    """What the regulation says of a client on a day; None where it says nothing or is switched off."""
    kind = rules_law.payer_kind(account["type"], account["size"], account["ownership"])
    return rules_law.term_on(kind, day, own(reader)) if applies(reader, day) else None


def fee(reader: Any, account_id: int, day: str) -> Fee:
    """The late fee a day that is claimed from a client: what was agreed, the regulation's where it is about the client, else the policy's."""
    sql = "select late_rate from credit_agreement where gone is null and account_id = ? and state in ('active', 'suspended') and starts <= ? order by starts desc, id desc limit 1"
    found, account = reader.execute(sql, (account_id, day)).fetchone(), get(reader, ACCOUNT, account_id)
    held = term(reader, account, day) if account is not None else None
    return rules_law.fee(int(found[0] or 0) if found else 0, held, int(queries.policy(reader, day)["late_rate"] or 0))
