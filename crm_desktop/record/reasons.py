"""Why somebody of the house goes to meet a guest: the reasons in the order they count. What a client owes is never one."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.record.anniversaries import birthday_words, next_birthday
from crm_desktop.record.dates import days_between
from crm_desktop.record.text import Text

VIP, NEVER, COMPLAINT, BIRTHDAY, FIRST, BACK, AGREEMENT, ROUND, COMPETITOR, INTRODUCED = (
    "vip", "never", "complaint", "birthday", "first", "back", "agreement", "round", "competitor", "introduced",
)  # fmt: skip
LEVELS = tuple((f"V{n}", Text(f"V{n}"), "purple") for n in range(1, 6))
CHOICES = (  # in their order: the first that applies stands in lists, a VIP by the level
    *LEVELS, (VIP, Text("VIP"), "purple"), (NEVER, Text("Never or allergic"), "red"), (COMPLAINT, Text("Complained"), "red"), (BIRTHDAY, Text("Birthday"), "amber"),
    (FIRST, Text("First stay"), "blue"), (BACK, Text("Back again"), "blue"), (AGREEMENT, Text("Agreement ends"), "amber"), (ROUND, Text("Round stay"), "green"),
    (COMPETITOR, Text("Also elsewhere"), "blue"), (INTRODUCED, Text("Introduced us"), "green"),
)  # fmt: skip
BIRTHDAY_DAYS, LONG_AWAY, AGREEMENT_DAYS = 3, 180, 60
ROUND_STAYS = (10, 25, 50, 100)
BEST = ("A", "B")
SEVERE = ("S1", "S2")


class Known:
    """What is known of a guest on a day. `before`: stays kept before this one, `last` the arrival of the newest of them;
    `complaints` as (severity, what, still open); `decides` and `until`: the client they decide for and the last day of its
    agreement; `elsewhere`: hotels their client uses too; `introduced`: the day they brought somebody."""

    def __init__(
        self, *, level: str = "", nevers: Sequence[str] = (), complaints: Sequence[tuple[str, str, bool]] = (), birth_key: str = "", before: int = 0,
        last: str = "", arrival: str = "", rank: str = "", decides: str = "", until: str = "", elsewhere: str = "", introduced: str = "",
    ) -> None:  # fmt: skip
        self.level, self.nevers, self.complaints, self.birth_key = level, list(nevers), list(complaints), birth_key
        self.before, self.last, self.arrival, self.rank = before, last, arrival, rank
        self.decides, self.until, self.elsewhere, self.introduced = decides, until, elsewhere, introduced


class Reason:
    """Why to meet a guest: its code in lists, its sentence on a card, and the colour of both."""

    def __init__(self, code: str, words: Text, tone: str = "") -> None:
        self.code, self.words = code, words
        self.tone = tone or next(colour for each, _, colour in CHOICES if each == code)


def reasons(known: Known, day: str) -> list[Reason]:
    """Every reason to meet a guest on a day, in the order they count."""
    found = [*_of_the_guest(known), *_birthday(known, day), *_of_stays(known), *_agreement(known, day), *_round(known)]
    if known.elsewhere:
        found.append(Reason(COMPETITOR, Text("Their company also uses {hotels}", hotels=known.elsewhere)))
    if known.introduced:
        found.append(Reason(INTRODUCED, Text("Introduced somebody to us on {day}", day=known.introduced)))
    return found


def first(known: Known, day: str) -> str:
    """The code of the first reason that applies, the level of a VIP; '' where there is none."""
    return known.level or next((reason.code for reason in reasons(known, day)), "")


def _of_the_guest(known: Known) -> list[Reason]:
    out = [Reason(VIP, Text("VIP {level}", level=known.level))] if known.level else []
    if known.nevers:
        out.append(Reason(NEVER, Text("Never: {things}", things=" · ".join(known.nevers))))
    for severity, what, still_open in known.complaints:
        words = Text("Open complaint {severity}: {what}", severity=severity, what=what)
        if not still_open:
            words = Text("Complained during the last stay, {severity}: {what}", severity=severity, what=what)
        out.append(Reason(COMPLAINT, words, "red" if severity in SEVERE else "amber"))
    return out


def _birthday(known: Known, day: str) -> list[Reason]:
    coming = next_birthday(known.birth_key, day)
    if not coming or days_between(day, coming) > BIRTHDAY_DAYS:
        return []
    return [Reason(BIRTHDAY, birthday_words(known.birth_key, coming, day))]


def _of_stays(known: Known) -> list[Reason]:
    if not known.before:
        return [Reason(FIRST, Text("First stay, from a class {rank} client", rank=known.rank))] if known.rank in BEST else []
    away = days_between(known.last, known.arrival) if known.last and known.arrival else 0
    return [Reason(BACK, Text("Back after {n} days", n=f"{away:,}"))] if away > LONG_AWAY else []


def _agreement(known: Known, day: str) -> list[Reason]:
    if not known.decides or not known.until or not 0 <= days_between(day, known.until) <= AGREEMENT_DAYS:
        return []
    return [Reason(AGREEMENT, Text("Decides for {client}, whose agreement ends on {day}", client=known.decides, day=known.until))]


def _round(known: Known) -> list[Reason]:
    number = known.before + 1
    return [Reason(ROUND, Text("The {n}th stay here", n=f"{number}"))] if number in ROUND_STAYS else []
