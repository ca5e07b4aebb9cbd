"""Rules of the cards 喜好传递单: what a department may see of a guest, and what of a menu is stopped hard.

A card shows one department only what it works with: the kitchen food and drink, housekeeping the room. Of health it shows
what must be kept away, never the illness."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from crm_desktop.duties.vip.rules import clashes, things
from crm_desktop.record import allergens
from crm_desktop.record.dates import days_before
from crm_desktop.record.facts import DISLIKE, EXPIRED, NEVER, WANTED, Fact, by_weight, forbidden
from crm_desktop.record.later import pattern
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

KITCHEN, HOUSEKEEPING = "kitchen", "housekeeping"
CARDS = ((KITCHEN, Text("Kitchen card"), "amber"), (HOUSEKEEPING, Text("Housekeeping card"), "blue"))
SIGNS = {KITCHEN: "KT", HOUSEKEEPING: "HK"}  # whose signer signs
DRAFT, ISSUED, SIGNED, SERVED = "draft", "issued", "signed", "served"
OPEN, AGREED = (DRAFT, ISSUED), (SIGNED, SERVED)  # the department has not signed yet; it has
SEEN = {
    KITCHEN: frozenset(("food", "drink", "fruit", "cooking", "religion", "seat")),
    HOUSEKEEPING: frozenset(("room", "bed", "climate", "noise", "fruit", "smoking", "newspaper", "drink", "habit")),
}  # kinds of facts
IN_ROOM = frozenset(("pollen", "feather"))  # allergens of the room; the others are of the table
_BRACKETS = pattern(r"[（(][^（()）]*[)）]?")
_NO_FOOD = pattern(
    r"房|楼|尾号|层|枕|床|被|毯|羽绒|毛毯|香薰|空调|打扫|敲门|电话|拍|影|照|姓名|行程|透露|名字|叫|礼物|礼品|钟表|车|花束|鲜花|百合|同桌|合影"
    r"|room|floor|pillow|bed|photo|picture|name|phone|call|flower|gift|clock|car\b",
    re.IGNORECASE,
)
_ROOM = pattern(r"房|楼|尾号|枕|床|被|毯|羽绒|香薰|空调|打扫|敲门|电话|花粉|鲜花|花束|百合|room|floor|pillow|bed|flower|phone", re.IGNORECASE)


class Told(NamedTuple):
    """What a card says: what the guest likes, would rather not have, must never meet; `codes` are the allergens among the last."""

    likes: list[str]
    dislikes: list[str]
    nevers: list[str]
    codes: list[str]


def without_illness(text: str) -> str:
    """A refusal without what stands in brackets beside it: the doctor's words are nobody's."""
    return _BRACKETS.sub("", text).strip()


def fitting(codes: Iterable[str], kind: str) -> list[str]:
    """The allergens a department deals with."""
    return sorted(code for code in codes if (code in IN_ROOM) == (kind == HOUSEKEEPING) or code == "other")


def _own(text: str, kind: str) -> list[str]:
    """The pieces of the reception's own line that a department may see: what is not clearly of the room is food."""
    pieces = [piece.strip() for piece in re.split(r"[\n,，、;；。]+", without_illness(text)) if piece.strip()]
    return [piece for piece in pieces if (_ROOM.search(piece) if kind == HOUSEKEEPING else not _NO_FOOD.search(piece))]


def told(kind: str, facts: Sequence[Fact], own: str, day: str) -> Told:
    """What a department's card says of a guest on a day, from the facts and the reception's own refusals."""
    holding = [fact for fact in by_weight(facts) if fact.standing(day) != EXPIRED]
    mine = [fact for fact in holding if fact.kind in SEEN[kind]]
    codes = fitting(forbidden(holding, own), kind)
    nevers = [without_illness(fact.name) for fact in mine if fact.polarity == NEVER and _of_place(fact.name, kind)]
    return Told(
        _once(fact.name for fact in mine if fact.polarity in WANTED), _once(fact.name for fact in mine if fact.polarity == DISLIKE),
        _once([*nevers, *_own(own, kind)]), codes,
    )  # fmt: skip


def _of_place(name: str, kind: str) -> bool:
    """False for a refusal whose allergens are all of the other department."""
    named = set(allergens.named(name, refused=True))
    return not named or bool(fitting(named, kind))


def _once(words: Iterable[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word]


# the hard stop


class Stop(NamedTuple):
    """A dish that must not be served, with the words in it and the allergens they are of."""

    dish: str
    words: list[str]
    codes: list[str]


def dishes(menu: str) -> list[str]:
    """The dishes of a menu, one a line."""
    return [line.strip() for line in menu.splitlines() if line.strip()]


def stops(menu: str, codes: Collection[str], nevers: Sequence[str]) -> list[Stop]:
    """The dishes that name what the guest must never meet, as an allergen or by its name."""
    wanted = [*nevers, *(short for text in nevers for short in _short(text))]
    found = ((dish, clashes(dish, codes, wanted)) for dish in dishes(menu))
    out = [Stop(dish, [clash.word for clash in each], sorted({clash.allergen for clash in each if clash.allergen})) for dish, each in found if each]
    known = {stop.dish for stop in out}
    single = {thing for text in nevers for thing in _short(text)}
    return [*out, *(Stop(dish, [word], []) for dish in dishes(menu) if dish not in known for word in sorted(single) if word in dish)]


_REFUSES = pattern(r"过敏|忌|不|勿|禁|无|别|allerg|without|(?<![a-z])(?:no|not|never|avoid)(?![a-z])", re.IGNORECASE)


def wished(words: str) -> str:
    """The lines of some wishes that ask for something; those that refuse something ask for nothing."""
    pieces = (piece.strip() for piece in re.split(r"[\n,，、;；。]+", words))
    return "\n".join(piece for piece in pieces if piece and not _REFUSES.search(piece))


def _short(text: str) -> list[str]:
    """Things of one character a refusal is about (葱, 蒜, 酒): too short to be looked for in any other text than a menu."""
    pieces = [re.sub(r"^(?:不要|不吃|不放|不喝|忌|勿|禁|无)", "", piece.strip()) for piece in re.split(r"[、，,；;和与\s]+", text)]
    return [piece for piece in pieces if len(piece) == 1 and piece not in things(text)]


def meal_words(row: Row) -> Text:
    """The meal of a card, as its task of the plan is called."""
    if row.get("covers"):
        return Text("Meal at {place}, {n} covers", place=row.get("place") or "–", n=f"{row['covers']:,}")
    return Text("Meal at {place}", place=row.get("place") or "–")


def sign_by(meal_on: str) -> str:
    """The last day to sign a card: the day before its meal; '' where no meal has a day."""
    return days_before(meal_on, 1) if meal_on else ""


def check_card(row: Row) -> Problems:
    """A card is of a reception or of a booking; the last dish comes after the first."""
    if not row.get("vip_stay_id") and not row.get("booking_id"):
        return {"booking_id": Text("Choose the booking or the VIP stay this card is for")}
    if row.get("began") and row.get("ended") and row["ended"] < row["began"]:
        return {"ended": Text("The last dish comes after the first, at {time}", time=row["began"])}
    return {}


def may_check(row: Row) -> Text | None:
    """A meal is checked with the time its first dish came."""
    return None if row.get("began") or row.get("kind") != KITCHEN else Text("Write when the first dish was served.")


def unresolved(row: Row) -> list[Stop]:
    """The stops of a card that the chef has not signed for, from its own columns."""
    if row.get("kind") != KITCHEN:
        return []
    signed = set(dishes(str(row.get("excused") or "")))
    return [stop for stop in stops(f"{row.get('menu') or ''}\n{row.get('wine') or ''}", str(row.get("codes") or "").split(), dishes(str(row.get("nevers") or ""))) if stop.dish not in signed]


def count_stops(kind: str, menu: str, codes: str, nevers: str, excused: str, wine: str = "") -> int | None:
    """How many stops a card has, for lists; None where there is no menu."""
    return len(unresolved({"kind": kind, "menu": menu, "codes": codes, "nevers": nevers, "excused": excused, "wine": wine})) if menu or wine else None


def stop_words(found: Sequence[Stop]) -> Text:
    """The stops as one sentence."""
    names = " · ".join(f"{stop.dish} ({'、'.join(stop.words)})" for stop in found)
    return Text("Hard stop, never for this guest: {dishes}. Replace the dish, or let the chef sign for it with a reason.", dishes=names)


def may_issue(row: Row) -> Text | None:
    """A card goes out without a dish that must not be served, unless the chef signed for it."""
    found = unresolved(row)
    return stop_words(found) if found else None


def has_stops(row: Row) -> Text | None:
    """The chef signs for dishes that are stopped."""
    return None if unresolved(row) else Text("Nothing on this menu is stopped.")


def excuse(row: Row, _day: str) -> Row:
    """The dishes the chef signed for, with those signed for before."""
    return {"excused": "\n".join(dict.fromkeys([*dishes(str(row.get("excused") or "")), *(stop.dish for stop in unresolved(row))]))}
