"""What interrupts limitation, as a chain: letters delivered, slips signed, promises in writing, part payments of open bills, instalments."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.credit import rules_law
from crm_desktop.record.money import show_money

Link = tuple[str, str, str, str, str]  # day, kind of evidence, what it was, way, proof


def chain(reader: Any, account_id: int) -> list[Link]:
    """All of it about a client, the earliest first."""
    sql = (
        "select delivered_on, evidence, name, way, proof, taken_by from collection_step where gone is null and account_id = ? and evidence <> '' and delivered_on <> ''"
    )
    found: list[Link] = [(day, kind, name, way, " ".join(filter(None, (proof, taken)))) for day, kind, name, way, proof, taken in reader.execute(sql, (account_id,)).fetchall()]
    sql = (
        "select p.day, r.document_no, p.amount from application as p join receivable as r on r.id = p.receivable_id"
        " where p.gone is null and r.gone is null and r.account_id = ? and r.balance > 0"
    )
    found += [(day, rules_law.PART_PAYMENT, f"{number} {show_money(amount)}".strip(), "", "") for day, number, amount in reader.execute(sql, (account_id,)).fetchall()]
    sql = "select agreed_on, last_due, total from instalment_plan where gone is null and account_id = ? and last_due <> ''"
    found += [(last, rules_law.INSTALMENTS, f"{agreed} {show_money(total)}", "", "") for agreed, last, total in reader.execute(sql, (account_id,)).fetchall()]
    return sorted(found)
