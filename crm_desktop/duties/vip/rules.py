"""Rules of a VIP's stay: its dates, what each step needs, its cost against its cap, and what must not meet the guest."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from crm_desktop.record import allergens, workdays
from crm_desktop.record.dates import business_date, days_before, days_between
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

LONGEST = 366
REVIEW_DAYS = 2  # working days after the departure until the file is closed
WITHIN, NEAR, OVER = "within", "near", "over"
NEAR_SHARE = 90  # per cent of the cap
APPLIED, APPROVED, PREPARING, READY, IN_HOUSE, DEPARTED, REVIEWED, REFUSED = (
    "applied", "approved", "preparing", "ready", "in-house", "departed", "reviewed", "refused",
)  # fmt: skip
COMING = (APPROVED, PREPARING, READY)
_HAN = "\u3400-\u9fff"
_PIECES = rf"[\n,，、。;；.!！/]+|(?<=[{_HAN}])\s+|\s+(?=[{_HAN}])|和(?!牛)|与|或|(?<![a-z])(?:and|or)(?![a-z])"
_REFUSAL = r"^(?:不要|不吃|不放|不用|不能|不喝|勿|忌|禁|无|no|never|without)\s*|(?:过敏|不要|不吃)$"


def check(row: Row) -> Problems:
    """Departure on or after arrival, on the same day not before the time of arrival; a cost, or none."""
    nights = days_between(row["arrival"], row["departure"])
    if nights < 0:
        return {"departure": Text("Departure must be on or after {arrival}", arrival=row["arrival"])}
    if nights > LONGEST:
        return {"departure": Text("A stay of {nights} nights cannot be right", nights=nights)}
    if nights == 0 and row.get("departure_time") and row["departure_time"] < (row.get("arrival_time") or ""):
        return {"departure_time": Text("Departure must be after the arrival at {time}", time=row["arrival_time"])}
    if row.get("no_cost") and row.get("actual_cost"):
        return {"no_cost": Text("There is a cost above; either it, or nothing was spent")}
    return {}


# what the steps need


def may_arrive(row: Row) -> Text | None:
    """Nobody arrives before the arrival date."""
    if row["arrival"] > business_date():
        return Text("The arrival is on {day}; has the guest come earlier, change the date first.", day=row["arrival"])
    return None


def may_review(row: Row) -> Text | None:
    """A reception is closed with its cost, or with the word that there was none."""
    if not row.get("actual_cost") and not row.get("amenity_cost") and not row.get("no_cost"):
        return Text("Write the actual cost first, or tick that nothing was spent.")
    return None


def review_due(departure: str) -> str:
    """The day by which the file is closed: two working days after the departure, or after the first working day since."""
    day = workdays.working_from(departure)
    for _ in range(REVIEW_DAYS):
        day = workdays.next_working(day)
    return day


def due_departure(day: str) -> str:
    """The last departure whose review is due by a day."""
    last = day
    while review_due(last) > day:
        last = days_before(last, 1)
    return last


# figures


def nights(arrival: str, departure: str) -> int | None:
    """Nights between the two dates; None while one is missing."""
    return days_between(arrival, departure) if arrival and departure else None


def day_of_stay(arrival: str, departure: str, day: str) -> tuple[int, int] | None:
    """Which day of how many, the days of arrival and departure counted; None when the day is outside."""
    if not (arrival and departure) or not arrival <= day <= departure:
        return None
    return days_between(arrival, day) + 1, days_between(arrival, departure) + 1


def day_now(arrival: str, departure: str) -> str:
    """`2/4` on the second of four days; '' before and after, for lists."""
    found = day_of_stay(arrival, departure, business_date())
    return f"{found[0]}/{found[1]}" if found else ""


def against_cap(cost: int | None, cap: int | None) -> str:
    """How a cost stands to its cap (minor units): WITHIN, NEAR (from nine tenths on), OVER; '' where there is no cap or
    no cost."""
    if not cap or not cost:
        return ""
    return OVER if cost > cap else NEAR if cost * 100 >= cap * NEAR_SHARE else WITHIN


# what must not meet


class Clash:
    """Words of what must be there that the guest must never meet: as written, and the allergen's code ('' for a thing that
    is simply refused)."""

    def __init__(self, word: str, allergen: str = "") -> None:
        self.word, self.allergen = word, allergen


def things(text: str) -> list[str]:
    """The single things a text of refusals names, without the refusing: 香菜, 扇子 of 不要香菜、扇子."""
    pieces = (_unrefused(_unrefused(piece.strip())).strip() for piece in re.split(_PIECES, text, flags=re.IGNORECASE))
    return [piece for piece in dict.fromkeys(pieces) if len(piece) > 1]


def _unrefused(piece: str) -> str:
    return re.sub(_REFUSAL, "", piece, flags=re.IGNORECASE)  # compiled when first needed: not at every start


def clashes(must: str, forbidden: Collection[str], refused: Sequence[str] = ()) -> list[Clash]:
    """What in a text of things to be prepared the guest must never meet.

    `forbidden`: allergen codes; `refused`: what the guest never wants, in words. A thing the text itself refuses is none."""
    found = {code: words for code, words in allergens.named(must).items() if code in forbidden}
    out = [Clash(word, code) for code, words in found.items() for word in words]
    seen = {clash.word.lower() for clash in out}
    for thing in dict.fromkeys(piece for text in refused for piece in things(text)):
        if thing.lower() not in seen and asks_for(must, thing) and not any(word in thing.lower() for word in seen):
            out.append(Clash(thing))
    return out


def asks_for(must: str, thing: str) -> bool:
    """True where a text names a thing and does not itself refuse it right there."""
    low, wanted = must.lower(), thing.lower()
    at = low.find(wanted)
    while at >= 0:
        alone = not wanted.isascii() or not (low[at - 1 : at].isalpha() or low[at + len(wanted) : at + len(wanted) + 1].isalpha())
        if alone and not _refused_before(low[:at]):
            return True
        at = low.find(wanted, at + 1)
    return False


def _refused_before(text: str) -> bool:
    return re.search(r"(?:不要|不吃|不放|不用|不喝|不含|勿放|勿|忌|禁|无|别放)$|(?<![a-z])(?:no|without|avoid|never)\s+$", text) is not None
