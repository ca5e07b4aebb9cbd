"""What the steps of an agreement do elsewhere: a signed one stands in the client's file, a renewed one has its successor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.agreements import queries, rules
from crm_desktop.duties.agreements.records import AGREEMENT, AGREEMENT_RATE
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.rows import read

NOT_COPIED = ("code", "state", "signed_on", "signed_by", "signer_id", "since", "until", "name", "remark")


def signed(desk: Any, writing: Any, row: Row) -> None:
    """The signed copy lies by it, and the client's file says what holds now. Raises Refused without a copy."""
    reader = desk.store.writer
    if not queries.has_copy(reader, row["id"]):
        raise Refused(Text("The signed copy is missing: attach its scan or photo below, then take this step."))
    account = desk.store.by_key["account"]
    client = desk.get(account, row["account_id"])
    if client is None or client["agreement_to"] > row["until"]:
        return
    desk.save_in(writing, account, client["id"], client["version"], rules.in_file(row, queries.usual_rate(reader, row["id"])))


def brought(desk: Any, writing: Any, ids: Sequence[int]) -> None:
    """An agreement in force that came in a file stands in the file of its client too, where that says nothing later."""
    account = desk.store.by_key["account"]
    with writing.kept():  # who may bring agreements in need not be one who changes clients
        for row in (read(writing.db, AGREEMENT, each) for each in ids):
            client = read(writing.db, account, row["account_id"]) if row and row["gone"] is None and row["state"] in rules.HOLDS else None
            if row and client and client["gone"] is None:
                values = rules.news_for_file(client, rules.in_file(row, queries.usual_rate(writing.db, row["id"])))
                writing.update(account, client["id"], client["version"], values, old=client)


def rates_brought(desk: Any, writing: Any, ids: Sequence[int]) -> None:
    """The same once their rates have come."""
    brought(desk, writing, queries.agreements_of(writing.db, ids))


def renewed(desk: Any, writing: Any, row: Row) -> None:
    """Next year's agreement as a draft, with the same terms and rates."""
    since, until = rules.next_period(row["until"])
    values = {name: row[name] for name in AGREEMENT.values if name not in NOT_COPIED}
    values |= {"name": rules.next_title(row["name"], row["since"], since), "since": since, "until": until}
    made = desk.save_in(writing, AGREEMENT, None, 0, values)
    for rate in queries.rate_rows(desk.store.writer, row["id"]):
        desk.save_in(writing, AGREEMENT_RATE, None, 0, rate | {"agreement_id": made})
