"""Rules of guest files: children's facts, the attention list, days to keep, and how complete a file is."""

from __future__ import annotations

from typing import NamedTuple

from crm_desktop.record import lawbook
from crm_desktop.record.anniversaries import birthday_key, next_birthday, right_lunar_day
from crm_desktop.record.dates import add_days, business_date, days_between
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

USUAL_DAYS, MOST_DAYS = 365, 3 * 365 + 1  # how long somebody stays on the attention list
HOLDS, ENDED = "holds", "ended"


def age(birthday: str, day: str) -> int | None:
    """Whole years on a day; None when the birthday is not known or still to come."""
    if not birthday or birthday > day:
        return None
    return int(day[:4]) - int(birthday[:4]) - (day[5:] < birthday[5:])


def age_now(birthday: str) -> int | None:
    """The age today, for lists."""
    return age(birthday, business_date())


def check_companion(row: Row) -> Problems:
    """What is written of a child needs a guardian's consent."""
    if row.get("birthday") and row["birthday"] > business_date():
        return {"birthday": Text("A birthday cannot be after today")}
    years = age(str(row.get("birthday") or ""), business_date())
    bound = lawbook.number(lawbook.MINOR, business_date())  # younger ones' facts are sensitive and need a guardian's consent
    child = bound is not None and (row.get("relation") == "child" if years is None else years < bound)
    if child and (row.get("birthday") or row.get("remark")) and not row.get("consent"):
        return {"consent": Text("Under 14: birthday and remarks are kept only with a guardian's consent")}
    return {}


# the attention list: no entry without evidence, none without an end


def settle_attention(row: Row) -> Row:
    """An entry ends after a year where nobody said when."""
    decided = str(row.get("decided_on") or "")
    return {"expires": row.get("expires") or (add_days(decided, USUAL_DAYS) if decided else "")}


def check_attention(row: Row) -> Problems:
    """Somebody it is about, dates in order, and an end within three years."""
    decided, expires, review = (str(row.get(name) or "") for name in ("decided_on", "expires", "review_on"))
    if row.get("person_id") is None and row.get("account_id") is None:
        return {"person_id": Text("Choose the guest or the client this is about")}
    if decided > business_date():
        return {"decided_on": Text("This cannot be after today")}
    if expires and decided and not 0 < days_between(decided, expires) <= MOST_DAYS:
        return {"expires": Text("An entry ends within three years; it may be decided again then")}
    if review and (review < decided or (expires and review > expires)):
        return {"review_on": Text("The review lies between the decision and the end")}
    return {}


def standing(expires: str, lifted_on: str, day: str) -> str:
    """Whether an entry still holds on a day, its last day included."""
    return ENDED if (lifted_on and lifted_on <= day) or (expires and expires < day) else HOLDS


def standing_now(expires: str, lifted_on: str) -> str:
    """The same today, for lists."""
    return standing(expires, lifted_on, business_date())


# days to keep


def settle_key_date(row: Row) -> Row:
    """The day of the year by which they are found."""
    return {"day_key": birthday_key(str(row.get("day") or ""), str(row.get("lunar_day") or ""))}


def check_key_date(row: Row) -> Problems:
    """A day by one calendar or the other, of somebody."""
    if row.get("person_id") is None and row.get("account_id") is None:
        return {"person_id": Text("Choose the guest or the client this is about")}
    if not row.get("day") and not row.get("lunar_day"):
        return {"day": Text("Write the day, or the day of the Chinese calendar")}
    if row.get("lunar_day") and not right_lunar_day(row["lunar_day"]):
        return {"lunar_day": Text("Write month and day of the Chinese calendar, like 10-12, or 闰10-12 in a leap month")}
    return {}


WEDDING, FOUNDING, FIRST_STAY, PARTNER = "wedding", "founding", "first-stay", "partner"
USUAL = {  # what is done for a day of which nobody wrote what
    WEDDING: Text("Send flowers or a cake with a card"), FOUNDING: Text("Send a basket of flowers with the director's card"),
    FIRST_STAY: Text("Write a line of thanks, offer the room they like"), PARTNER: Text("Thank them by a letter of the general manager"),
    "appointment": Text("Call and congratulate"), "memorial": Text("Send nothing; keep quiet that day"),
}  # fmt: skip


def founding_words(years: int) -> Text:
    """How long ago a client was founded."""
    return Text("a year since their founding") if years == 1 else Text("{n} years since their founding", n=years)


def first_stay_words(years: int) -> Text:
    """How long ago a guest first stayed."""
    return Text("a year since their first stay") if years == 1 else Text("{n} years since their first stay", n=years)


def partner_words(years: int) -> Text:
    """How long a client has been one."""
    return Text("a client for a year") if years == 1 else Text("a client for {n} years", n=years)


WORDS = {FOUNDING: founding_words, FIRST_STAY: first_stay_words, PARTNER: partner_words}


def is_round(years: int) -> bool:
    """Years after which a client is thanked for staying one: the first and every fifth."""
    return years == 1 or (years > 0 and years % 5 == 0)


def next_now(key: str) -> str:
    """When the day comes next, from today on."""
    return next_birthday(key, business_date())


# what a department sees of a guest's preferences: their kinds; the front office sees all

FRONT, ROOMS, KITCHEN = "front", "rooms", "kitchen"
SEEN = {
    ROOMS: ("room", "bed", "climate", "noise", "smoking"), KITCHEN: ("food", "cooking", "fruit", "health", "religion", "drink"),
}  # fmt: skip

# what was had


def spent(price: int | None, basis: str, people: int | None, tables: int | None) -> int:
    """What a meal comes to as agreed, in minor units: a price a table, a person or for all; 0 where that is not known."""
    times = {"table": tables or 0, "person": people or 0, "whole": 1}.get(basis, 0)
    return max(0, price or 0) * times


# how complete a file is (GST-11): what it should have by the guest's class, with its weight, its words and the fields it stands in


class Part(NamedTuple):
    """One thing a guest's file should have; `best`: only of VIPs and of guests of class A and B clients."""

    weight: int
    names: tuple[str, ...]
    words: Text
    best: bool = False


PARTS = (
    Part(5, ("latin_name",), Text("Name in Latin letters"), True), Part(5, ("sex",), Text("Sex")), Part(15, ("birthday", "lunar_birthday"), Text("Birthday")),
    Part(15, ("phone",), Text("Phone")), Part(5, ("email", "wechat"), Text("E-mail or WeChat")), Part(10, ("account_id",), Text("Works for")),
    Part(5, ("position",), Text("Job title"), True), Part(5, ("nationality",), Text("Nationality")), Part(5, ("id_type",), Text("Kind of paper"), True),
    Part(5, ("address",), Text("Address"), True), Part(5, ("owner_id",), Text("Owner"), True),
)  # fmt: skip
NAMES = tuple(name for part in PARTS for name in part.names)
FACTS, FACTS_WEIGHT = 3, 20
FACTS_PART = Part(FACTS_WEIGHT, (), Text("Three preferences"))


def is_best(vip: str, level: str) -> bool:
    """True for whom the whole card is asked for: VIPs, and guests of clients of the two best classes."""
    return bool(vip) or level in ("A", "B")


def completeness(row: Row, facts: int, level: str = "") -> tuple[int, list[Part]]:
    """Percent of what a guest's file should have (by weight), and what is missing, the weightiest first; `level` is the
    class of the client the guest works for."""
    asked = [part for part in PARTS if not part.best or is_best(str(row.get("vip") or ""), level)]
    missing = [part for part in asked if not any(row.get(name) for name in part.names)]
    whole = sum(part.weight for part in asked) + FACTS_WEIGHT
    there = whole - sum(part.weight for part in missing) - FACTS_WEIGHT + FACTS_WEIGHT * min(facts, FACTS) // FACTS
    if facts < FACTS:
        missing.append(FACTS_PART)
    return round(100 * there / whole), sorted(missing, key=lambda part: -part.weight)
