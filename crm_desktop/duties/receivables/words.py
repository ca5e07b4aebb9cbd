"""A client's money in words: one sentence for a chat, one line for a search result, one line for a timeline."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crm_desktop.duties.receivables.queries import AccountMoney
from crm_desktop.duties.receivables.rules import Aged
from crm_desktop.record.money import HOME, amount_words, show_money
from crm_desktop.record.text import Text

MONTHS = (
    Text("January"), Text("February"), Text("March"), Text("April"), Text("May"), Text("June"),
    Text("July"), Text("August"), Text("September"), Text("October"), Text("November"), Text("December"),
)  # fmt: skip


def day_words(day: str, today: str) -> Text:
    """A day as one says it; the year only when it is another one."""
    date = dt.date.fromisoformat(day)
    month = MONTHS[date.month - 1]
    if day[:4] == today[:4]:
        return Text("{day} {month}", day=date.day, month=month)
    return Text("{day} {month} {year}", day=date.day, month=month, year=date.year)


def days_words(days: int) -> Text:
    """A number of days as one says it."""
    return Text("1 day") if days == 1 else Text("{days} days", days=days)


def money_sentence(money: AccountMoney) -> Text:
    """What a client owes, for whoever asked: how much, how much of it overdue and how long, and what is promised."""
    name, day = money.name, day_words(money.day, money.day)
    if money.owes_nothing:
        sentence = Text("{name} owes nothing as of {day}", name=name, day=day)
    else:
        sentence = Text("{name} as of {day}: owes {what}", name=name, day=day, what=_owed(money.owed))
    if money.promise:
        sentence = Text("{sentence}; {more}", sentence=sentence, more=_promised(money))
    for currency, units in sorted(money.unapplied_by.items()):
        more = Text("{amount} received is not applied yet", amount=amount_words(units, currency))
        sentence = Text("{sentence}; {more}", sentence=sentence, more=more)
    return sentence


def _owed(owed: list[Aged]) -> Text:
    first, *others = [Text("{amount}, {age}", amount=amount_words(aged.owes, aged.currency), age=_age(aged)) for aged in owed]
    for other in others:
        first = Text("{first}; besides {second}", first=first, second=other)
    return first


def _age(aged: Aged) -> Text:
    if not aged.late:
        return Text("nothing overdue")
    if aged.late == aged.items:
        return Text("all of it overdue, the oldest {days}", days=days_words(aged.oldest))
    overdue = amount_words(aged.overdue, aged.currency)
    return Text("{amount} of it overdue, the oldest {days}", amount=overdue, days=days_words(aged.oldest))


def _promised(money: AccountMoney) -> Text:
    """The next promise; its amount only where it is not all that is owed."""
    promise = money.promise
    assert promise is not None
    day = day_words(promise.due, money.day)
    whole = sum(aged.owes for aged in money.owed if aged.currency == promise.currency)
    if not promise.amount or promise.amount == whole:
        return Text("promised for {day}", day=day)
    return Text("{amount} promised for {day}", day=day, amount=amount_words(promise.amount, promise.currency))


def hit_words(money: AccountMoney) -> Text | None:
    """A client's money beside its name in a search result; None where there is nothing to say."""
    parts = [_hit(aged) for aged in money.owed]
    if money.headroom is not None and (money.limit or money.owed):
        parts.append(Text("headroom {amount}", amount=show_money(money.headroom)))
    whole: Text | None = None
    for part in parts:
        whole = Text("{first} · {second}", first=whole, second=part) if whole else part
    return whole


def _hit(aged: Aged) -> Text:
    owes = amount_words(aged.owes, aged.currency)
    if not aged.late:
        return Text("owes {amount}", amount=owes)
    return Text("owes {amount}, overdue {overdue}, {days}", amount=owes, overdue=show_money(aged.overdue), days=days_words(aged.oldest))


# timelines


def bill_line(row: dict[str, Any]) -> Text:
    """A bill in a timeline."""
    amount = amount_words(row["amount"], row["currency"])
    if not row["balance"]:
        return Text("Bill {number}: {amount}, paid", number=row["document_no"], amount=amount)
    return Text("Bill {number}: {amount}, {open} open, due {day}", number=row["document_no"], amount=amount, open=show_money(row["balance"]), day=row["due"])


def promise_due(row: dict[str, Any]) -> Text:
    """A promise on the day it was made for."""
    return Text("{client} promised {money}", client=row["account_id.name"] or "", money=amount_words(row["amount"], row["currency"] or HOME))


def promise_line(row: dict[str, Any]) -> Text:
    """A promise in a timeline."""
    amount = amount_words(row["amount"], row["currency"])
    words = Text("Promised {amount} for {day}", amount=amount, day=row["due"]) if row["amount"] else Text("Promised to pay on {day}", day=row["due"])
    return Text("{words} ({who})", words=words, who=row["said_by"]) if row["said_by"] else words


def receipt_line(row: dict[str, Any]) -> Text:
    """A receipt in a timeline."""
    amount = amount_words(row["amount"], row["currency"])
    if row["unapplied"]:
        return Text("Received {amount}, {rest} not applied yet", amount=amount, rest=show_money(row["unapplied"]))
    return Text("Received {amount}", amount=amount)
