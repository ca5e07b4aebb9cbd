"""The compliance rules pack: what the law (or the rules of a trade) asks of a hotel's sales, as data with dates, sources and switches.

Duties ask it for their numbers on a day. What the hotel writes down itself wins over the pack from its day on, so a change
of law is a row, not a new program. One registry for the program, filled again whenever the hotel's rows change.

What is marked `sure` was read in the source; the rest is to be looked through by counsel before it is relied on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from crm_desktop.record.text import Text

COLUMNS = ("rule", "since", "one", "two", "off", "basis")  # what `learn` takes of a row of the hotel
EARNEST, LIMITATION, STATE_GIFT, STATE_MEAL, STATE_PARTY = "earnest", "limitation", "state-gift", "state-meal", "state-party"
CROWD, SAMPLES, MINOR, REQUEST, MESSAGES = "crowd", "samples", "minor", "request", "messages"


class Clause(NamedTuple):
    """How a rule stands from a day on: its numbers (None = it has none), whether it is switched off, where it stands."""

    rule: str
    since: str
    one: int | None
    two: int | None
    off: bool
    basis: str


class Rule(NamedTuple):
    """What a rule is about: its words, what its numbers are, what it is asked by, and whether its source was read."""

    key: str
    what: Text
    one: Text | None
    two: Text | None
    used: Text
    sure: bool = False


RULES: tuple[Rule, ...] = (
    Rule(EARNEST, Text("Earnest money (定金) is at most a share of the contract; what is beyond is a prepayment"), Text("per cent of the contract"), None, Text("Deposits"), True),
    Rule(LIMITATION, Text("Claims lapse after so many years; a demand, a part payment or a confirmation starts them anew"), Text("years"), None, Text("Collecting")),
    Rule(STATE_GIFT, Text("State bodies, state-owned firms and their people get no gifts"), None, None, Text("Gifts, maintenance plans"), True),
    Rule(STATE_MEAL, Text("State bodies, state-owned firms and their people are not entertained"), None, None, Text("Hospitality, maintenance plans"), True),
    Rule(STATE_PARTY, Text("State bodies, state-owned firms and their people come to public events only"), None, None, Text("Guest events"), True),
    Rule(CROWD, Text("A public event of many people needs the permit of the police, applied for in time"), Text("people"), Text("days before"), Text("Guest events, bookings"), True),
    Rule(SAMPLES, Text("Food samples are kept, cold, of banquets of more people than this"), Text("people"), Text("hours, at least 125 g of each dish"), Text("Bookings")),
    Rule(MINOR, Text("What is kept of a child needs a guardian's consent"), Text("years of age"), None, Text("Companions, consents")),
    Rule(REQUEST, Text("A request about personal data is answered in time"), Text("days"), None, Text("Requests about personal data")),
    Rule(MESSAGES, Text("Advertising by SMS only with a yes, never at night; every one says how to stop it"), Text("o'clock: none from then"), Text("o'clock: none until then"), Text("Consents; the program itself sends none")),
)  # fmt: skip
PACK: tuple[Clause, ...] = (  # the oldest wording first
    Clause(EARNEST, "1995-10-01", 20, None, False, "担保法第91条"), Clause(EARNEST, "2021-01-01", 20, None, False, "民法典第586、587条"),
    Clause(LIMITATION, "1987-01-01", 2, None, False, "民法通则第135条"), Clause(LIMITATION, "2017-10-01", 3, None, False, "民法总则第188条；民法典第188、195条"),
    Clause(STATE_GIFT, "2013-12-08", None, None, False, "党政机关国内公务接待管理规定；国有企业领导人员廉洁从业若干规定"),
    Clause(STATE_MEAL, "2013-12-08", None, None, False, "党政机关国内公务接待管理规定；国有企业领导人员廉洁从业若干规定"),
    Clause(STATE_PARTY, "2013-12-08", None, None, False, "党政机关国内公务接待管理规定；国有企业领导人员廉洁从业若干规定"),
    Clause(CROWD, "2007-10-01", 1000, 20, False, "大型群众性活动安全管理条例"), Clause(SAMPLES, "2018-10-01", 100, 48, False, "餐饮服务食品安全操作规范；以当地规定为准"),
    Clause(MINOR, "2021-11-01", 14, None, False, "个人信息保护法第28、31条"), Clause(REQUEST, "2021-11-01", 15, None, False, "个人信息保护法第44至50条；时限为本店自定"),
    Clause(MESSAGES, "2015-06-30", 21, 8, False, "通信短信息服务管理规定；时段为行业惯例"),
)  # fmt: skip


class _Known:
    """`own` is replaced whole, so that every thread sees one state or the other."""

    def __init__(self) -> None:
        self.own: tuple[Clause, ...] = ()


_known = _Known()


def learn(rows: Iterable[Sequence[Any]]) -> None:
    """Take over what the hotel wrote down, as COLUMNS, instead of what was known before."""
    _known.own = tuple(Clause(str(row[0]), str(row[1]), row[2], row[3], bool(row[4]), str(row[5])) for row in rows)


def clause(rule: str, day: str) -> Clause | None:
    """How a rule stands on a day: the newest wording, the hotel's own before the pack's of the same day; None before there was any."""
    there = [(each.since, 0, each) for each in PACK if each.rule == rule and each.since <= day]
    there += [(each.since, 1, each) for each in _known.own if each.rule == rule and each.since <= day]
    return max(there, key=lambda one: one[:2])[2] if there else None


def holds(rule: str, day: str) -> bool:
    """True where a rule is in force on a day and not switched off."""
    found = clause(rule, day)
    return found is not None and not found.off


def number(rule: str, day: str) -> int | None:
    """The first number of a rule in force on a day."""
    found = clause(rule, day)
    return None if found is None or found.off else found.one


def numbers(rule: str, day: str) -> tuple[int, int] | None:
    """Both numbers of a rule in force on a day."""
    found = clause(rule, day)
    return None if found is None or found.off else (found.one or 0, found.two or 0)


def quiet(hour: int, day: str) -> bool:
    """True for an hour in which nobody is sent advertising by SMS."""
    found = numbers(MESSAGES, day)
    if found is None:
        return False
    first, last = found
    return hour >= first or hour < last if first > last else first <= hour < last


def history(rule: str) -> list[Clause]:
    """Every wording of a rule that ever counts, the oldest first: where the hotel's own and the pack's begin the same day, the hotel's."""
    found = {each.since: each for each in (*(one for one in PACK if one.rule == rule), *(one for one in _known.own if one.rule == rule))}
    return [found[since] for since in sorted(found)]


def told(rule: Rule, found: Clause) -> list[Text]:
    """The numbers of a wording in words."""
    pairs = ((rule.one, found.one), (rule.two, found.two))
    return [Text("{n} {what}", n=value, what=what) for what, value in pairs if what is not None and value is not None]
