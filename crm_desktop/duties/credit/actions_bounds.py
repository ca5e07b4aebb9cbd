"""Bounds that only the other rows can tell: a bill's shares are at most all of it, a colleague guarantees at most what the policy says, a
definite booking goes on account only where the client's credit has room for it."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.credit import (
    queries,
    queries_beside,
    queries_bounds,
    rules_credited,
    rules_file,
    rules_room,
    words_beside,
)
from crm_desktop.duties.credit.records import CREDIT_APPLICATION, GUARANTEE
from crm_desktop.duties.credit.records_credited import SALE_SHARE
from crm_desktop.duties.receivables.queries import account_money
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.rows import Writing


def submitted(desk: Desk, writing: Writing, row: Row) -> None:
    """Where the policy says so, the sales manager and finance look at an application at the same time."""
    if not row["parallel"] and queries.policy(writing.db, desk.today())["parallel"]:
        desk.save_in(writing, CREDIT_APPLICATION, row["id"], row["version"], {"parallel": 1})


def shares_brought(_desk: Desk, writing: Writing, ids: Sequence[int]) -> None:
    """The same of shares a file brings: the whole file is refused, and the bill and colleague that go beyond are named."""
    too_much = queries_bounds.shared_beyond(writing.db, ids)
    if too_much is not None:
        bill, who, percent = too_much
        raise Refused(
            Text("Bill {number}: with the share of {who} {percent} % of it would be shared. Nothing was imported; lower a share of this bill in the file, or one that is here.", number=bill, who=who, percent=percent)
        )


def share_within(_desk: Desk, writing: Writing, row: Row) -> None:
    """Raises Refused where the shares of a bill come to more than all of it."""
    others = [int(each["percent"]) for each in queries.rows(writing.db, SALE_SHARE, "receivable_id = ? and id <> ?", (row["receivable_id"], row["id"]))]
    left = rules_credited.share_left(others)
    if row["percent"] > left:
        raise Refused(
            Text("Others have {others} % of this bill already: at most {left} % can still be shared. Nothing was saved; write less, or lower another share first.", others=sum(others), left=left)
        )


def guarantee_within(_desk: Desk, writing: Writing, row: Row) -> None:
    """Raises Refused where a colleague would guarantee more at once than the policy of the day lets them."""
    if row["state"] != rules_file.GIVEN:
        return
    cap = int(queries.policy(writing.db, row["given_on"])["guarantee_cap"])
    others = rules_file.guaranteed(queries.rows(writing.db, GUARANTEE, "staff_id = ? and state = 'given' and id <> ?", (row["staff_id"], row["id"])))
    if rules_file.above_cap(others + int(row["amount"]), cap):
        raise Refused(
            Text(
                "An employee guarantees at most {cap} at once; this one stands for {others} already. Nothing was saved; lower the amount, or let somebody else guarantee.",
                cap=show_money(cap), others=show_money(others),
            )
        )  # fmt: skip


def booking_within(desk: Desk, writing: Writing, row: Row) -> None:
    """Raises Refused for a definite booking on account of a client whose credit is stopped, missing or used up, unless somebody gave credit
    in spite of it (F-26)."""
    if row["state"] != "definite" or row["account_id"] is None or not rules_room.on_account(row["pays"] or ""):
        return
    money = account_money(writing.db, row["account_id"], desk.today())
    if money is None:
        return
    allowed = queries_beside.allowed_over(writing.db, row["account_id"], desk.today())
    found = rules_room.verdict(row["pays"] or "", money.credit, money.headroom, allowed)
    if found != rules_room.FINE:
        raise Refused(words_beside.refused(found, money))
