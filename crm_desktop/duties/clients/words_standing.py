"""How a client stands in words: blocks of lines, each of which opens what it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any, NamedTuple

from crm_desktop.duties.clients import rules_standing as rules
from crm_desktop.duties.clients.queries_standing import OLD, TREND, Standing
from crm_desktop.duties.clients.queries_voice import OPEN_STATES
from crm_desktop.duties.clients.records_account import CLASSES, RELATIONS
from crm_desktop.duties.clients.rules_standing import Contribution, Signal, Single
from crm_desktop.record.dates import days_before
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

FIELD, NEW = "field", "new"  # what a line opens besides rows: a field of the form, a new row of a record
PARTS = {"money": Text("Money"), "relation": Text("Relationship"), "service": Text("Service"), "risk": Text("Risk")}
STATES: dict[str, Text] = {code: text for code, text, _ in RELATIONS}
TONES = {code: tone for code, _, tone in RELATIONS}
LEVELS: dict[str, Text] = {code: text for code, text, _ in CLASSES}
SIGNALS = {
    "stay": Text("Came again"), "referral": Text("Recommended us"), "early": Text("Paid early"), "met": Text("Accepted an invitation"), "renewed": Text("Signed or renewed"),
    "complaint": Text("Complained"), "late": Text("Owes for more than 30 days"), "very-late": Text("Owes for more than 60 days"),
    "broken-promise": Text("Broke a promise to pay"), "lost": Text("Went elsewhere"), "contact-left": Text("A contact left"),
    "silence": Text("Weeks beyond their own rhythm"), "praise": Text("Praised us"), "pleased": Text("Very satisfied when called back"),
    "displeased": Text("Dissatisfied when called back"), "lost-bid": Text("An inquiry went elsewhere"),
    "our-late": Text("We were late with what we promised"),
}  # fmt: skip
SILENCES = {
    rules.FEW: (Text("Too few stays for a rhythm"), "grey"), rules.ACTIVE: (Text("In their rhythm"), "green"), rules.COOLING: (Text("Cooling"), "amber"),
    rules.ASLEEP: (Text("Asleep"), "red"), rules.LOST: (Text("Looks lost"), "red"),
}  # fmt: skip
ITEMS = {
    "name": Text("Name and short name"), "credit_code": Text("Credit code"), "address": Text("Address and district"), "industry": Text("Industry and size"),
    "invoice": Text("Invoice data: title, bank, account"), "decider": Text("Decision maker"), "booker": Text("Booker with a mobile number"),
    "finance": Text("Finance contact"), "birthday": Text("A contact's birthday"), "facts": Text("Three preferences"), "agreement": Text("Agreement or rate"),
    "competitors": Text("Hotels they use now"),
}  # fmt: skip
SINGLE = {
    "bookings": Text("One contact only: {percent} % of the bookings came through {person}"),
    "contacts": Text("One contact only: {percent} % of visits and calls were with {person}"),
}  # fmt: skip
STRATEGY: dict[str, tuple[Text, tuple[str, Any]]] = {  # what a relationship asks of us: REL-02
    "good": (Text("Keep it so: share good news, keep their days, invite them to what we hold"), ("key_date", [])),
    "plain": (Text("Find a reason to meet: a visit in their own rhythm"), ("visit", [])),
    "strained": (Text("Our own causes first: put right what was ours, then talk about theirs"), ("improvement", [])),
    "broken": (Text("Our own causes first; then the director or general manager calls"), ("improvement", [])),
}  # fmt: skip
NEW_PEOPLE = {"decider": "decision-maker", "booker": "booker", "finance": "finance", "birthday": "", "facts": ""}


class Line(NamedTuple):
    """One line: what stands at its left (points), its words, the tone of the left part, and what it opens: (record, id or
    filters), (FIELD, name), (NEW, (record, values)); None opens nothing."""

    left: Text | str
    words: Text | str
    tone: str = ""
    opens: tuple[str, Any] | None = None


class Block(NamedTuple):
    """A box: its key, title, the value beside it with its tone, a share in per cent for its bar (None = no bar), its lines."""

    key: str
    title: Text
    value: Text | str
    tone: str
    share: int | None
    lines: list[Line]


def tone_of(score: int | None) -> str:
    """Green from 75, amber from 50, red below."""
    return "grey" if score is None else "green" if score >= 75 else "amber" if score >= 50 else "red"


def blocks(found: Standing) -> list[Block]:
    """All there is to say, in the order it is asked for."""
    return [_health(found), _relation(found), _class(found), *_share(found), _rhythm(found), _file(found), *_family(found)]


def percent(now: int, before: int) -> str:
    """How much more or less than before: `+12 %`."""
    return f"{100 * (now - before) / before:+.0f}\u00a0%" if before > 0 else "–"


# health


def _health(found: Standing) -> Block:
    value = "–" if found.health is None else str(found.health)
    lines = [Line("–" if (score := found.scores[part]) is None else str(score), _why(found, part), tone_of(score), _opens(found, part)) for part in rules.PARTS]
    if found.single:
        lines.append(Line("−20", _single(found.single), "red", ("person", found.single[0].person)))
    if found.expired:
        lines.append(Line("−20", Text("Agreement over since {day}", day=found.row["agreement_to"]), "red", (FIELD, "agreement_to")))
    return Block("health", Text("Client health"), value, tone_of(found.health), found.health, lines)


def _single(found: tuple[Single, str, bool]) -> Text:
    single, name, there = found
    words = SINGLE[single.of]
    told = Text(words.source, person=name, percent=single.percent)
    return told if there else Text("{first}, who has left", first=told)


def _why(found: Standing, part: str) -> Text:
    return Text("{part}: {why}", part=PARTS[part], why={"money": _money_words, "relation": _relation_words, "service": _service_words, "risk": _risk_words}[part](found))


def _money_words(found: Standing) -> Text:
    if not found.now.total and not found.before.total:
        return Text("no business in two years")
    return Text("{amount} in 12 months, {change} on the year before", amount=show_money(found.now.total), change=percent(found.now.total, found.before.total))


def _relation_words(found: Standing) -> Text | str:
    return STATES.get(found.row["relation"] or found.suggested, "")


def _service_words(found: Standing) -> Text:
    said, parts = found.voice, list[Text]()
    if said.severe:
        parts.append(Text("{n} severe complaints open", n=said.severe))
    if said.other:
        parts.append(Text("{n} complaints open", n=said.other))
    if said.again:
        parts.append(Text("{n} opened again", n=said.again))
    if said.noted:
        parts.append(Text("{n} complaints noted in 90 days", n=len(said.noted)))
    return reduce(_and, parts) if parts else Text("no complaint open")


def _and(first: Text, second: Text) -> Text:
    return Text("{first}, {second}", first=first, second=second)


def _risk_words(found: Standing) -> Text:
    owed, old = found.owed
    return Text("owes {amount}, {old} of it for more than 30 days", amount=show_money(owed), old=show_money(old)) if owed else Text("owes nothing")


def _opens(found: Standing, part: str) -> tuple[str, Any] | None:
    since = days_before(found.day, 365)
    if part == "money":
        return ("stay", [("status", "=", "Check-Out"), ("arrival", ">", since), ("arrival", "<=", found.day)])
    if part == "service" and (found.voice.severe or found.voice.other or not found.voice.noted):
        return ("complaint", [("state", "in", OPEN_STATES)])
    if part == "service":
        return ("visit", [("result", "=", "complaint"), ("day", ">=", days_before(found.day, 90))])
    return ("receivable", [("balance", ">", 0)]) if part == "risk" else None


# relationship


def _relation(found: Standing) -> Block:
    state = str(found.row["relation"])
    lines = []
    if state:
        set_on = _set_on(str(found.row["relation_on"]), str(found.row["relation_by"]))
        lines.append(Line("", Text("{first}: {second}", first=set_on, second=found.row["relation_reason"]) if found.row["relation_reason"] else set_on))
    suggestion = Text("The signals say: {state}", state=STATES[found.suggested])
    lines.append(Line(f"{found.points:+.1f}", suggestion, "" if state in ("", found.suggested) else "amber"))
    lines.append(Line(f"{found.trend:+.1f}", Text("against {n} days ago", n=TREND), "green" if found.trend > 1 else "red" if found.trend < -1 else ""))
    lines += _strategy(state or found.suggested)
    lines += [Line(f"{points:+.1f}", _signal(signal), "green" if points > 0 else "red", signal.row) for signal, points in found.signals[:8]]
    return Block("relation", Text("Relationship"), STATES.get(state, Text("Not set")), TONES.get(state, "grey"), None, lines)


def _set_on(day: str, person: str) -> Text:
    if not day:
        return Text("Set by hand")
    return Text("Set on {day} by {person}", day=day, person=person) if person else Text("Set on {day}", day=day)


def _strategy(state: str) -> Sequence[Line]:
    return [Line("", words, "", opens) for words, opens in [STRATEGY[state]]] if state in STRATEGY else ()


def _signal(signal: Signal) -> Text:
    if signal.kind == "silence":
        return Text("{what}: {n}", what=SIGNALS["silence"], n=signal.times)
    return Text("{what}, {day}", what=SIGNALS[signal.kind], day=signal.day)


# class


def _class(found: Standing) -> Block:
    level, right = str(found.row["level"]), rules.class_of(found.counted, found.policy)
    lines = [
        Line("", Text("By money: {level}", level=LEVELS[right]), "amber" if level and level != right else "", ("stay", _opens(found, "money")[1])),  # type: ignore[index]
        Line("", _sum(found.now)), Line("", _nights(found.now, found.before)),
    ]  # fmt: skip
    if found.counted != found.now.total:
        lines.append(Line("", _counted(found.now, found.before, found.owed[1], found.policy), "", ("receivable", [("balance", ">", 0), ("due", "<", days_before(found.day, OLD))])))
    if missing := rules.to_next_class(found.counted, found.policy):
        lines.append(Line("", Text("{amount} short of the next class", amount=show_money(missing))))
    return Block("class", Text("Class"), LEVELS.get(level, Text("Not set")), "green" if level == "A" else "blue" if level == "B" else "grey", None, lines)


def _sum(money: Contribution) -> Text:
    return Text(
        "12 months {total} = rooms {rooms} + meals {meals} + rent {rent}", total=show_money(money.total), rooms=show_money(money.rooms),
        meals=show_money(money.meals), rent=show_money(money.rent),
    )  # fmt: skip


def _nights(now: Contribution, before: Contribution) -> Text:
    return Text("{nights} room-nights, {change} on the year before", nights=f"{now.nights:,}", change=f"{now.nights - before.nights:+,}")


def class_reason(found: Standing) -> Text:
    """Why the class by money is what it is: what is kept with a class that was taken over."""
    return reason(found.now, found.before, found.owed[1], found.policy)


def reason(now: Contribution, before: Contribution, late: int, policy: Row) -> Text:
    """The class by money in money: what came in twelve months, the nights beside the year before, and what growth and
    long overdue bills made of it."""
    words = Text("{sum}; {nights}", sum=_sum(now), nights=_nights(now, before))
    if rules.counts_as(now.total, before.total, late, policy) == now.total:
        return words
    return Text("{first}; {second}", first=words, second=_counted(now, before, late, policy))


def _counted(now: Contribution, before: Contribution, late: int, policy: Row) -> Text:
    counted = rules.counts_as(now.total, before.total, late, policy)
    if not late:
        return Text("counts as {amount} for its growth", amount=show_money(counted)) if counted > now.total else Text("counts as {amount}, it shrank", amount=show_money(counted))
    return Text("counts as {amount}: {late} is long overdue", amount=show_money(counted), late=show_money(late))


# what they could bring


def _share(found: Standing) -> Sequence[Block]:
    """How much of what they could bring comes to us (ACC-08): nights, and meals with meetings."""
    row, meals = found.row, found.now.meals + found.now.rent
    parts: list[tuple[int | None, Text, tuple[str, Any] | None]] = [
        (rules.share(found.now.nights, row["could_nights"] or 0), _nights_share(found), _opens(found, "money")),
        (rules.share(meals, row["could_meals"]), _meals_share(found, meals), (FIELD, "could_meals")),
    ]  # fmt: skip
    known = [(percent, words, opens) for percent, words, opens in parts if percent is not None]
    if not known:
        return ()
    lines = [Line(f"{percent} %", words, "", opens) for percent, words, opens in known]
    if row["competitors"]:
        lines.append(Line("", Text("The rest goes to {hotels}", hotels=row["competitors"]), "", (FIELD, "competitors")))
    if row["decides_on"]:
        lines.append(Line("", Text("They decide on {day}", day=row["decides_on"]), "amber" if row["decides_on"] >= found.day else "", (FIELD, "decides_on")))
    first = known[0][0]
    return (Block("share", Text("Our share of what they could bring"), f"{first} %", tone_of(min(100, first)), min(100, first), lines),)


def _nights_share(found: Standing) -> Text:
    return Text("{now} of {could} nights a year", now=f"{found.now.nights:,}", could=f"{found.row['could_nights'] or 0:,}")


def _meals_share(found: Standing, meals: int) -> Text:
    return Text("{now} of {could} for meals and meetings", now=show_money(meals), could=show_money(found.row["could_meals"]))


# rhythm and contacts


def _rhythm(found: Standing) -> Block:
    quiet = found.silence
    words, tone = SILENCES[quiet.state]
    lines = []
    if quiet.gap:
        lines.append(Line("", Text("{days} days since the last arrival; their own gap is {gap} days", days=quiet.days, gap=f"{quiet.gap:.0f}"), "", ("stay", [])))
    if any(found.quarters):
        *before, last = found.quarters
        usual = sum(before) // len(before)
        spans = "→".join(f"{nights:,}" for nights in found.quarters)
        lines.append(Line(percent(last, usual) if usual else "", Text("Room-nights every 13 weeks: {nights}", nights=spans), "red" if rules.falls(found.quarters) else "", ("stay", [])))
    people = len({person for person, *_ in found.people})
    lines.append(Line("", Text("{n} contacts with a role", n=people), "", ("role", [("until", "=", "")])))
    if found.row["agreement_to"] and not found.expired:
        lines.append(Line("", Text("Agreement until {day}", day=found.row["agreement_to"]), "", (FIELD, "agreement_to")))
    return Block("rhythm", Text("Rhythm and contacts"), words, tone, None, lines)


# the file


def _file(found: Standing) -> Block:
    full = rules.completeness(found.items)
    missing = sorted((item for item in found.items if not item.there), key=lambda item: -item.weight)
    lines = [Line(f"+{item.weight}", ITEMS[item.key], "", _where(found, item)) for item in missing]
    return Block("file", Text("Client file"), f"{full} %", tone_of(full), full, lines or [Line("", Text("Nothing is missing"))])


def _where(found: Standing, item: rules.Item) -> tuple[str, Any]:
    if item.field:
        return (FIELD, item.field)
    if item.key in ("birthday", "facts") and found.people:
        return ("person", found.people[0][0])
    given = {"account_id": found.row["id"], "account_id.name": found.row["name"], "role": NEW_PEOPLE.get(item.key) or "booker"}
    return (NEW, ("person", given))


# the group


def _family(found: Standing) -> Sequence[Block]:
    if found.family < 2 and not found.above:
        return ()
    lines = [Line("↑", name, "", ("account", parent)) for parent, name in found.above]
    if found.family > 1:
        lines += [
            Line("", Text("{n} firms with those below", n=found.family), "", ("account", [("parent_id", "=", found.row["id"])])),
            Line("", _sum(found.family_now)), Line("", Text("{nights} room-nights, {owed} owed", nights=f"{found.family_now.nights:,}", owed=show_money(found.family_owed))),
            Line("", Text("{n} complaints open", n=found.family_complaints), "red" if found.family_complaints else ""),
        ]  # fmt: skip
    return (Block("family", Text("Group of firms"), "", "", None, lines),)
