"""A promise to pay or a receipt in one line, from anywhere: 25号前付5万 会计说; 到账 18600."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.receivables import actions, queries_matching
from crm_desktop.duties.receivables.queries_matching import Proposal
from crm_desktop.record.dates import business_date
from crm_desktop.record.guess import About, Doubt, Guess, Part, day_doubt, day_words, no_day
from crm_desktop.record.money import amount_words, show_money
from crm_desktop.record.said import Payment, promise_or_receipt
from crm_desktop.record.text import Text
from crm_desktop.store.about import Named, Subject, named, subject

PROMISE, RECEIPT = "promise", "receipt"
UNKNOWN = Named(0, "")
BILLS_SHOWN = 4
NO_AMOUNT = re.compile(r"[0-9]{8,}")  # so many figures in a row are a telephone or document number


class QuickPayment:
    """Whether it is promised or has come, how much, by when, who says so; whose it is, and which bills a receipt pays."""

    title = Text("Promise to pay, or money that came")
    hint = Text("pays 50,000 by the 25th, says the accountant · 25号前付5万 会计说 · 到账 18600")

    def understand(self, reader: Any, typed: str, picks: Mapping[str, Any], about: About) -> Guess:
        """What the line says; a receipt with the bills it would pay."""
        today = business_date()
        found = promise_or_receipt(typed, today)
        kind = picks.get("kind") or found.kind
        amount = picks.get("amount") or found.amount
        money = getattr(amount, "units", amount)
        currency = getattr(amount, "currency", "") or found.currency or "CNY"
        day = picks.get("day") or found.day
        whom = subject(reader, about)
        if kind == RECEIPT and money:
            return _receipt(reader, found, whom, money, currency, day or ("" if found.no_day.words else today), picks)
        return _promise(reader, found, whom, kind, money, currency, day, picks)

    def act(self, desk: Any, guess: Guess) -> Any:
        """Write it down; a receipt is applied to the proposed bills in the same action."""
        values = dict(guess.values)
        if values.pop("kind") == RECEIPT:
            return actions.take_receipt(desk, values, values.pop("applications"))
        return actions.take_promise(desk, **values)


def _promise(
    reader: Any, found: Payment, whom: Subject, kind: str, amount: int | None, currency: str, day: str, picks: Mapping[str, Any]
) -> Guess:  # fmt: skip
    clients = _clients(reader, found, whom)
    client = picks.get("client") or (clients[0] if len(clients) == 1 else None)
    parts = [
        Part(Text("Kind"), Text("Promise to pay") if kind == PROMISE else ""),
        Part(Text("Client"), client.name if client else ""),
        Part(Text("Amount"), amount_words(amount, currency) if amount else ""),
        _day(Text("Promised for"), found, day),
        Part(Text("In whose words"), found.by),
    ]
    doubts = [*_doubts(found, picks), *_which(clients, picks)]
    missing = _missing(found, client is not None, bool(amount), bool(day))
    values = {
        "kind": kind, "account_id": client.id if client else None, "amount": amount, "due": day, "said_by": found.by, "currency": currency,
        "person_id": whom.person_id if client and client.id == whom.account_id else None, "remark": found.line,
    }  # fmt: skip
    return Guess([part for part in parts if part.words], doubts, missing, values)


def _day(label: Text, found: Payment, day: str) -> Part:
    wrong = None if day else no_day(found.no_day)
    return Part(label, wrong, "red") if wrong else Part(label, day_words(day) if day else "")


def _missing(found: Payment, client: bool, amount: bool, day: bool) -> Text | None:
    if not amount:
        number = NO_AMOUNT.search(found.payer)
        return Text("{number} is not read as an amount: write it as 18,600 or 5万", number=number[0]) if number else Text("Write the amount")
    if not day:
        return no_day(found.no_day) or Text("Write by when it will be paid")
    return None if client else Text("Write the name of the client, or open the client first")


def _receipt(
    reader: Any, found: Payment, whom: Subject, amount: int, currency: str, day: str, picks: Mapping[str, Any]
) -> Guess:  # fmt: skip
    picked = picks.get("client")
    account_id = picked.id or None if picked is not None else (None if found.payer else whom.account_id)
    payer = found.payer
    proposal = queries_matching.propose(reader, amount, day or business_date(), payer="" if account_id else payer, account_id=account_id, currency=currency)
    parts = [
        Part(Text("Kind"), Text("Receipt")),
        Part(Text("Amount"), amount_words(amount, currency)),
        _day(Text("Received on"), found, day),
        Part(Text("Payer"), payer),
        Part(Text("Client"), proposal.name),
        *_bills(proposal),
    ]
    doubts = _doubts(found, picks)
    if proposal.account_id is None and picked is None and proposal.candidates:
        clients = [Named(row_id, name) for row_id, name in proposal.candidates]
        choices: list[tuple[Text | str, Text | str, Any]] = [*((one.name, one.note, one) for one in clients), (Text("Not known yet: keep it unapplied"), "", UNKNOWN)]
        doubts.append(Doubt("client", proposal.words, choices))
    values = {
        "kind": RECEIPT, "account_id": proposal.account_id, "amount": amount, "currency": currency, "received_on": day, "payer": payer,
        "remark": found.line, "applications": proposal.applications,
    }  # fmt: skip
    return Guess([part for part in parts if part.words], doubts, None if day else no_day(found.no_day), values)


def _bills(proposal: Proposal) -> list[Part]:
    paid = [bill for bill in proposal.bills if bill.part]
    lines = [
        Part(Text("Pays"), f"{bill.document_no or bill.due}  {show_money(bill.part)} / {show_money(bill.balance)}") for bill in paid[:BILLS_SHOWN]
    ]
    return [Part(Text("Proposal"), proposal.words), *lines]


def _clients(reader: Any, found: Payment, whom: Subject) -> list[Named]:
    """Whose promise it is: the words of the line say it, else the row on the screen."""
    if found.payer and (clients := named(reader, ACCOUNT, found.payer)):
        return clients
    return [Named(whom.account_id, whom.account)] if whom.account_id else []


def _which(clients: Sequence[Named], picks: Mapping[str, Any]) -> list[Doubt]:
    if len(clients) < 2 or "client" in picks:
        return []
    return [Doubt("client", Text("Which client?"), [(one.name, one.note, one) for one in clients])]


def _doubts(found: Payment, picks: Mapping[str, Any]) -> list[Doubt]:
    out = day_doubt("day", Text("Which day?"), found.doubts.get("day", ()), picks)
    kinds: Sequence[str] = found.doubts.get("kind", ())
    if kinds and "kind" not in picks:
        words = {PROMISE: Text("It is promised"), RECEIPT: Text("It has come")}
        out.insert(0, Doubt("kind", Text("Promised, or has it come?"), [(words[kind], "", kind) for kind in kinds]))
    amounts: Sequence[Any] = found.doubts.get("amount", ())
    if amounts and "amount" not in picks:
        out.append(Doubt("amount", Text("Which amount?"), [(amount_words(one.units, one.currency), "", one) for one in amounts]))
    return out
