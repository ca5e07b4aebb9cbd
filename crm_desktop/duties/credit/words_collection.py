"""Collecting in words: steps, what presses, the call sheet's factors, limitation, what to say next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

from crm_desktop.duties.clients.words_standing import NEW, Block, Line
from crm_desktop.duties.credit import (
    rules_calls,
    rules_collection,
    rules_escalation,
    rules_law,
    words_beside,
    words_law,
)
from crm_desktop.duties.credit.queries_collection import CallRow, Debtor, Hit
from crm_desktop.duties.credit.queries_forecast import Outlook
from crm_desktop.duties.credit.rules_collection import Step
from crm_desktop.duties.credit.rules_forecast import Expected
from crm_desktop.duties.credit.rules_law import Fee
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text, say

LADDERS: dict[str, Text] = {code: text for code, text, _ in rules_collection.LADDERS}
PRESSES = {
    rules_calls.BROKEN: Text("promise just broken +1"), rules_calls.LIMITATION: Text("limitation within 90 days +1"), rules_calls.PROMISE: Text("promised for today or tomorrow +0.5"),
    rules_calls.STOP: Text("credit stops within a week +0.5"),
}  # fmt: skip
SHORT_PRESSES = {
    rules_calls.BROKEN: Text("promise broken"), rules_calls.LIMITATION: Text("limitation"), rules_calls.PROMISE: Text("promise due"), rules_calls.STOP: Text("stop near"),
}  # fmt: skip
ARGUMENTS = {
    rules_collection.CHECK: Text("Ask whether statement and invoice have arrived and are right; what is missing is sent today."),
    rules_collection.CALL: Text("'The invoice did not come': say who signed for it and when. 'The boss is away': ask for the day, write it down as a promise."),
    rules_collection.LETTER: Text("Say that the letter is coming, what it asks and until when; offer instalments before the stop."),
    rules_collection.VISIT: Text("Bring the statement and have the slip stamped: it also starts limitation anew."),
    rules_collection.LEGAL: Text("The whole file goes to the lawyer: ask for the last offer today."),
    rules_collection.TALK: Text("Speak with whoever decides: what stands in the way, and which budget pays."),
}  # fmt: skip
EVIDENCE = {
    "": Text("the due date"), rules_law.DEMAND: Text("a demand delivered"), rules_law.PART_PAYMENT: Text("a part payment"), rules_law.CONFIRMED: Text("a signed confirmation"),
    rules_law.PROMISED: Text("a written promise"), rules_law.SUIT: Text("a suit"), rules_law.INSTALMENTS: Text("the last instalment"),
}  # fmt: skip
MONTH = 30  # days late from which it is red
COUNTED = 30  # working days at most
NOTHING_WAITS = Text("no step waits")


def step_words(step: Step) -> Text | str:
    """A step as it is called."""
    return step.what


def factors(row: CallRow, expected: Expected | None = None) -> Text:
    """How a call got its place, every factor in words; and when its oldest bill is expected."""
    words = Text(
        "{amount} overdue and undisputed × {rate} % of {kind} pay within a fortnight", amount=show_money(row.call.overdue), rate=f"{row.call.rate * 100:.0f}", kind=LADDERS[row.debtor.ladder],
    )  # fmt: skip
    for each in row.call.presses:
        words = Text("{first} × {more}", first=words, more=PRESSES[each])
    if row.push:
        words = Text("{first}; this year's budget is being spent: push now", first=words)
    return Text("{first}. Oldest bill: {expected}", first=words, expected=words_beside.expected(expected)) if expected else words


def next_words(row: CallRow) -> Text | str:
    """What is to be done, and how many steps wait behind it."""
    if not row.waiting:
        return SHORT_PRESSES[row.call.presses[0]] if row.call.presses else NOTHING_WAITS
    first, *others = row.waiting
    words = step_words(first.step)
    return Text("{step} (+{count})", step=words, count=len(others)) if others else words


def argument(row: CallRow) -> Text:
    """What to say."""
    channel = row.waiting[0].step.channel if row.waiting else rules_collection.CALL
    return ARGUMENTS[channel]


def doing(row: CallRow, staff: Sequence[Row], day: str) -> Text | None:
    """Whose the step that waits is, since when, and to whom it has gone up because it waits too long."""
    if not row.waiting:
        return None
    first, names = row.waiting[0], {one["id"]: str(one["name"]) for one in staff}
    who = rules_escalation.answerable(staff, row.debtor.owner_id, rules_escalation.role_of(first.step.who), day)
    waited = rules_collection.working_days_between(first.since, day, COUNTED)
    words = Text("Step of {who}, since {day}", who=names.get(who or 0, "–"), day=first.since)
    up = rules_escalation.escalated(staff, who, waited)
    return Text("{words}: it has waited for {days} working days and gone up to {boss}", words=words, days=f"{waited}+" if waited >= COUNTED else waited, boss=names.get(up[0], "–")) if up else words


def standing(row: CallRow, staff: Sequence[Row], day: str) -> Text | str:
    """Below a call: whose step it is, what was written down last, where limitation stands."""
    said = Text("Last on {day}: {what}", day=row.debtor.said_on, what=row.debtor.said) if row.debtor.said else None
    parts = [each for each in (doing(row, staff, day), said, clock_words(row.debtor)) if each is not None]
    return reduce(lambda first, more: Text("{first}. {more}", first=first, more=more), parts) if parts else ""


def clock_words(debtor: Debtor) -> Text | None:
    """Where the limitation of the oldest claim stands."""
    clock = debtor.clock
    if clock is None:
        return None
    if clock.left < 0:
        return Text("Limitation ran out on {day}: only a new written acknowledgement helps", day=clock.runs_out)
    words = Text("Limitation: {days} days left, until {day}; runs from {cause} of {since}", days=clock.left, day=clock.runs_out, cause=EVIDENCE[clock.by], since=clock.since)
    return Text("{words} (acknowledged anew after it had run out)", words=words) if clock.renewed else words


# the part of a client's credit file


def block(debtor: Debtor, steps: tuple[Step, ...], hits: list[Hit], done: list[Row], fee: Fee, day: str) -> Block:
    """What waits, what comes next, limitation, the late fee, what a stop would hit."""
    overdue = debtor.overdue(day)
    waits = debtor.waiting(steps, day)
    lines = [
        Line("", Text("Since {day}: {step}, {amount}", day=each.since, step=step_words(each.step), amount=show_money(each.amount)), "amber", ("receivable", [("id", "in", tuple(bill.id for bill in each.bills))]))
        for each in waits[:4]
    ]  # fmt: skip
    if len(waits) > len(lines):
        lines.append(Line("", Text("and {count} steps more", count=len(waits) - len(lines)), "", None))
    oldest = next((bill for bill in debtor.bills if bill.collectable), None)
    coming = rules_collection.next_step(steps, oldest.due, debtor.done, day) if oldest else None
    if coming is not None:
        lines.append(Line("", Text("Next on {day}: {step}", day=coming[0], step=step_words(coming[1])), "", None))
    if debtor.promised is not None:
        lines.append(Line("", Text("Paused by a promise for {day}", day=debtor.promise_due), "", ("promise", [("account_id", "=", debtor.id), ("state", "=", "open")])))
    lines += _law_lines(debtor, fee, day)
    if done:
        last = done[0]
        lines.append(Line("", Text("Last on {day}: {what}", day=last["day"], what=last["name"]), "", ("collection_step", [("account_id", "=", debtor.id)])))
    lines += _hits(hits) if debtor.credit != "none" else []
    given = {"account_id": debtor.id, "account_id.name": debtor.name, "day": day, "opened_on": day}
    lines.append(Line("", Text("Write down a step, with its evidence"), "", (NEW, ("collection_step", given))))
    if debtor.bills:
        slip = {"evidence": rules_law.CONFIRMED, "delivered_on": day, "name": say(Text("Confirmation slip came back")), "way": "courier"}
        lines.append(Line("", Text("A confirmation slip came back"), "", (NEW, ("collection_step", given | slip))))
    lines.append(Line("", Text("Open a dispute"), "", (NEW, ("dispute", given))))
    value: Text | str = show_money(overdue) if overdue else Text("nothing is overdue")
    return Block("collection", Text("Collection"), value, ("red" if debtor.oldest(day) > MONTH else "amber") if overdue else "green", None, lines)


def _law_lines(debtor: Debtor, fee: Fee, day: str) -> list[Line]:
    lines = []
    if words := clock_words(debtor):
        assert debtor.clock is not None
        lines.append(Line("", words, rules_law.limitation_tone(debtor.clock.left), ("receivable", debtor.clock_bill)))
    amount = sum(rules_law.late_fee(bill.collectable, fee.rate, bill.due, day) for bill in debtor.bills)
    if amount:
        lines.append(Line("", Text("Late fee to date: {amount} at {rate} a day, {by}", amount=show_money(amount), rate=rules_law.rate_words(fee.rate), by=words_law.FEES[fee.by]), "", None))
    return lines


def _hits(hits: list[Hit]) -> list[Line]:
    """What a stop of credit hits."""
    if not hits:
        return []
    amount = sum(hit.amount for hit in hits)
    lines = [Line("", Text("A stop hits {count} bookings, {amount} as far as priced", count=len(hits), amount=show_money(amount)), "", _opens(hits))]
    lines += [Line("", Text("{day}: {words}", day=hit.day, words=hit.words or hit.record), "", (hit.record, hit.id)) for hit in hits if hit.record == "booking"][:3]
    return lines


def _opens(hits: list[Hit]) -> Any:
    record = hits[0].record
    return (record, [("id", "in", tuple(hit.id for hit in hits if hit.record == record))])


def _expected(number: str, amount: int, each: Expected) -> Text:
    if not each.told:
        return Text("{number}, {amount}: no bill that was paid had been open so long", number=number or "–", amount=show_money(amount))
    return Text("{number}, {amount}: expected on {day}", number=number or "–", amount=show_money(amount), day=each.day)


def forecast(found: Outlook) -> Block:
    """When the open bills will be paid, and how far off such forecasts were."""
    lines = [
        Line(f"+{each.late}" if each.late and each.told else "", _expected(number, amount, each), "amber" if each.late else "", ("receivable", row_id))
        for row_id, number, amount, each in found.bills
    ]  # fmt: skip
    judged = found.judged
    if judged.bills:
        words = Text("As of {day}, {count} bills: off by {off} days on average; due date plus average delay by {plain}", day=found.judged_on, count=judged.bills, off=f"{judged.off:g}", plain=f"{judged.plain:g}")
        lines.append(Line("", words, "", None))
        if not judged.better:
            lines.append(Line("", Text("Here the plain guess does better: do not rely on these days"), "amber", None))
    else:
        lines.append(Line("", Text("Too few bills were paid to judge these days"), "", None))
    return Block("forecast", Text("Expected payments"), "", "grey", None, lines)
