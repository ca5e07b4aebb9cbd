"""A proposed touch in words: one sentence that says all of why, and one that says why somebody is left out."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.duties.care import rules_proposal as rules
from crm_desktop.duties.care.records import KINDS
from crm_desktop.duties.care.rules_proposal import Left, Reason, Touch
from crm_desktop.duties.clients.words_standing import ITEMS
from crm_desktop.record.dates import days_between
from crm_desktop.record.money import MINUS, show_money
from crm_desktop.record.text import Text

KIND_WORDS: dict[str, Text] = {code: text for code, text, _ in KINDS}
DATES = {
    rules.BIRTHDAY: Text("{name}'s birthday on {day}"), rules.LUNAR: Text("{name}'s lunar birthday on {day}"), rules.FOUNDED: Text("{name} years since their founding on {day}"),
    rules.FIRST: Text("{name} years since their first stay on {day}"), rules.KEPT: Text("{name} on {day}"),
}  # fmt: skip
LIMITS = {
    rules.HANDLER: Text("open severe complaint: only its handler goes"), rules.MOURNING: Text("bereaved: no festive words"), rules.NO_GIFT_STATE: Text("state body: no gift, no meal"),
    rules.NO_GIFT_DISPUTE: Text("open dispute: no gift"), rules.NO_GIFT_CAP: Text("the year's cap is reached: no gift"),
}  # fmt: skip
HOLDS = {"consent": Text("consent withdrawn: nothing is sent, nobody calls"), "asked": Text("they asked not to be called")}
LEFT = {
    rules.STOPPED: Text("credit stopped: only the collector gets in touch"), rules.SEVERE: Text("open {severity} complaint: only its handler gets in touch"),
    rules.PLANNED: Text("a touch of the month is planned already: these reasons go with it"), rules.FULL_MONTH: Text("{n} touches this month already: the class allows no more"), rules.NO_ROOM: Text("no room left in the seller's month"),
}  # fmt: skip
REASONS = {
    rules.LATE: Text("Too long silent"), rules.NEVER: Text("Never seen"), rules.QUIET: Text("Stays away"), rules.LESS: Text("Less business"), rules.ENDING: Text("Agreement ends"),
    rules.DATE: Text("Day to keep"), rules.HEALED: Text("Complaint closed"), rules.THANKS: Text("Paid early"), rules.GAPS: Text("File incomplete"),
}  # fmt: skip


def change(now: int, before: int) -> str:
    """How much more or less than before: `−93%`."""
    return f"{(200 * (now - before) + before) // (2 * before):+d}%".replace("-", MINUS)


def reason(one: Reason, on: str) -> Text:
    """One reason of a touch on a day."""
    facts = one.facts
    if one.key == rules.LATE:
        return Text("{days} days since the last contact (standard {allowed})", days=days_between(facts["last"], on), allowed=facts["silence"])
    if one.key == rules.QUIET:
        return Text("no stay for {days} days (their own gap is {gap})", days=days_between(facts["last"], on), gap=facts["gap"])
    if one.key == rules.LESS:
        return _less(one)
    if one.key == rules.DATE:
        return Text(DATES[facts["kind"]].source, name=facts["name"], day=facts["day"][5:])
    if one.key == rules.GAPS:
        missing = listed([ITEMS[key] for key in facts["missing"]])
        return Text("file only {share}% complete: missing {items}", share=facts["full"], items=missing) if missing else Text("file only {share}% complete", share=facts["full"])
    return {
        rules.NEVER: Text("no contact noted yet (standard {allowed} days)", allowed=facts.get("silence")),
        rules.ENDING: Text("agreement ends {day} ({days} days)", day=str(facts.get("day"))[5:], days=facts.get("days")),
        rules.HEALED: Text("complaint closed on {day}", day=str(facts.get("day"))[5:]),
        rules.THANKS: Text("paid early {n} months running and never thanked", n=facts.get("months")),
    }[one.key]


def _less(one: Reason) -> Text:
    """What fell by so much that it is a reason: nights, else money."""
    facts = one.facts
    nights, before = facts["nights"], facts["nights_before"]
    if facts["fewer"]:
        return Text("{nights} room-nights in 90 days (a year before {before}, {change})", nights=nights, before=before, change=change(nights, before))
    return Text("{amount} in 12 months ({change} on the year before)", amount=show_money(facts["now"]), change=change(facts["now"], facts["before"]))


def listed(words: Sequence[Text]) -> Text | str:
    """Several reasons after one another."""
    out: Text | str = words[0] if words else ""
    for each in words[1:]:
        out = Text("{first}, {second}", first=out, second=each)
    return out


def why(touch: Touch) -> Text | str:
    """All reasons of a touch, and what it may not be."""
    found = listed([reason(one, touch.day) for one in touch.reasons])
    if touch.limits:
        found = Text("{first}; {second}", first=found, second=listed([LIMITS[key] for key in touch.limits]))
    return found


def sentence(touch: Touch) -> Text:
    """The touch in one sentence: 拜访 11-24 · 客户 · A:…."""
    kind = KIND_WORDS.get(touch.kind, touch.kind)
    return Text("{kind} {day} · {client} · {level}: {why}", kind=kind, day=touch.day[5:], client=touch.client.name, level=touch.client.level, why=why(touch))


def points(one: Touch | Left) -> Text | str:
    """What the points of a client are made of: Too long silent 27 + Agreement ends 30."""
    out: Text | str = ""
    for each in (reason for reason in one.reasons if reason.points):
        part = Text("{what} {n}", what=REASONS[each.key], n=each.points)
        out = Text("{first} + {second}", first=out, second=part) if out else part
    return out


def left_why(left: Left) -> Text:
    """Why a client with good reasons is left out."""
    if left.why == rules.HOLD:
        return HOLDS.get(left.client.hold, HOLDS["asked"])
    if left.why == rules.SEVERE:
        return Text(LEFT[rules.SEVERE].source, severity=left.client.severe)
    if left.why == rules.FULL_MONTH:
        return Text(LEFT[rules.FULL_MONTH].source, n=left.client.touches)
    return LEFT[left.why]


def left_sentence(left: Left, on: str) -> Text:
    """A client left out, with what would have spoken for it."""
    why = listed([reason(one, on) for one in left.reasons])
    return Text("Not proposed · {client} · {level}: {reason}; {why}", client=left.client.name, level=left.client.level, reason=left_why(left), why=why)
