"""The step that gives a bill to finance: what is put on account becomes a receivable, with its proof; and that which closes a booking."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.settlements import queries, rules
from crm_desktop.duties.settlements.records import SETTLEMENT
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.rows import get

STOPPED = "stopped"


def handed_over(desk: Any, writing: Any, row: Row) -> None:
    """Make the receivable of what goes on account. Raises Refused without the signed bill, or where credit is stopped."""
    rest = rules.owed(row["total"], row["deposit"], row["paid"])
    if rest <= 0:
        return
    if not queries.has_proof(desk.store.writer, row["id"]):
        raise Refused(Text("Nothing goes on account without proof: attach the signed bill below, then take this step."))
    client = get(desk.store.writer, desk.store.by_key["account"], row["account_id"])  # whole: credit is not everybody's to see
    if client is None:
        raise Refused(Text("The client is no longer there; choose another."))
    if client["credit"] == STOPPED:
        raise Refused(Text("The credit of {client} is stopped: take money now, or let the credit supervisor allow it first.", client=client["name"]))
    values = {
        "account_id": client["id"], "document_no": row["code"], "kind": queries.main_kind(desk.store.writer, row["id"]), "bill_date": row["day"], "amount": rest,
        "due": rules.due_day(row["day"], client["credit_days"]), "currency": row["currency"], "disputed": row["disputed"], "invoiced": int(bool(row["invoiced_on"])),
        "proof": 1, "hotel_id": row["hotel_id"], "owner_id": row["owner_id"] or client["owner_id"], "remark": row["name"],
        "booking_id": row["booking_id"],
    }  # fmt: skip
    made = desk.save_in(writing, desk.store.by_key["receivable"], None, 0, values)
    desk.save_in(writing, SETTLEMENT, row["id"], row["version"], {"receivable_id": made})


def closing(desk: Any, _writing: Any, booking: Row) -> None:
    """Raises Refused while something of a booking that took place is not settled: its bill, a deposit, a complaint."""
    missing = queries.unsettled(desk.store.writer, booking)
    if missing is not None:
        raise Refused(missing)
