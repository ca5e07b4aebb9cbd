"""Rules of gifts and hospitality: who may have what, what clashes with what is known of them, caps, stock, what a guest's meal may cost.

Amounts in minor units (fen)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crm_desktop.record import allergens, facts
from crm_desktop.record.facts import DISLIKE, EXPIRED, NEVER, Fact
from crm_desktop.record.integrity import GIFT, MEAL, forbidden
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

DRAFT, ASKED, APPROVED, GIVEN, REFUSED = "draft", "asked", "approved", "given", "refused"
HELD, SETTLED = "held", "settled"
SIGNED, PHOTO, ANSWER = "signed", "photo", "answer"  # how it is shown that a gift was handed over
CAPS = {"A": 3_000_00, "B": 1_200_00, "C": 200_00, "D": 0}  # gifts and meals of a client in a calendar year, by its class, where the hotel set no standard of its own
# by class, where the hotel set no standard: what a birthday's and a festival's gift may cost, meals a year, and a meal per head
USUAL = {"A": (300_00, 300_00, 2, 200_00), "B": (150_00, 150_00, 1, 150_00), "C": (0, 0, 0, 0), "D": (0, 0, 0, 0)}
CARD = 20_00  # what a card may cost, where no gift is given
HEADS = {"VV": 180_00, "VA": 150_00, "VB": 120_00, "VC": 100_00}  # what a guest's meal may cost, by the level of the host's guest
# what is not given in China, whoever receives it: the word on the gift -> how it sounds or what it stands for
CUSTOMS = {
    "钟": Text("a clock sounds like seeing somebody off to the grave (送终)"), "梨": Text("a pear sounds like parting (离)"), "伞": Text("an umbrella sounds like breaking up (散)"),
    "绿帽": Text("a green hat mocks a husband"), "白菊": Text("white chrysanthemums are for the dead"), "菊花": Text("chrysanthemums are for graves"),
    "刀": Text("a knife cuts a friendship"),
}  # fmt: skip
HARMLESS = ("钟楼", "钟山", "编钟", "秋梨膏", "菊花茶", "钟爱")  # words that hold such a word and are none
NO_GIFT = Text("State bodies, state-owned firms and their people get no gifts. Visit, call, send a card or invite them to a public event.")
NO_MEAL = Text("State bodies, state-owned firms and their people are not entertained; an official reception goes by its letter.")


FESTIVE = ("birthday", "spring", "autumn", "founding")  # occasions that are no comfort to those who mourn
HELD_BACK = {
    "consent": Text("They withdrew their consent: nothing is sent and nobody is invited until they give it again."),
    "asked": Text("They asked not to be contacted just now: no gift and no invitation until the hold ends."),
    "mourning": Text("They are bereaved: nothing festive now. A visit or a letter of sympathy is what fits."),
    "stopped": Text("Their credit is stopped: only whoever collects gets in touch. Settle that first."),
    "severe": Text("A severe complaint of theirs is open: only its handler gets in touch, as a part of making it good."),
    "dispute": Text("They dispute a bill: a gift now would be misread. Settle it first."),
}  # fmt: skip


def held_back(holds: Iterable[str], occasion: str, *, meal: bool = False) -> Text | None:
    """Why somebody is given nothing just now; who mourns is spared what is festive, a dispute speaks against gifts only."""
    for key, words in HELD_BACK.items():
        if key in holds and (key != "mourning" or occasion in FESTIVE) and not (meal and key == "dispute"):
            return words
    return None


# what an item clashes with


def customs(words: str, quantity: int) -> list[Text]:
    """What custom has against a gift of this name and number."""
    plain = words
    for harmless in HARMLESS:
        plain = plain.replace(harmless, "")
    found = [Text("{what}: {why}", what=word, why=why) for word, why in CUSTOMS.items() if word in plain and not (word == "菊花" and "白菊" in plain)]
    return [*found, Text("four of a thing sounds like death (四/死)")] if quantity == 4 else found


def taboos(gift: str, contains: str, known: Iterable[Fact], day: str) -> list[Fact]:
    """What is known of somebody that speaks against a gift: never or disliked, by its name, its allergen or what is in it.

    What has expired by the day does not count; what was long not confirmed does."""
    words = f"{gift} {contains}"
    named = set(allergens.named(words))
    return [fact for fact in known if fact.polarity in (NEVER, DISLIKE) and fact.standing(day) != EXPIRED and _clashes(fact, words, named)]


def _clashes(fact: Fact, words: str, named: set[str]) -> bool:
    if fact.polarity == NEVER and facts.forbidden([fact]) & named:
        return True
    about = facts.subject(fact.name)
    return (len(about) > 1 and about in facts.subject(words)) or about in _pieces(words)


def _pieces(words: str) -> set[str]:
    return {facts.subject(piece) for piece in words.replace("、", " ").replace(",", " ").replace(",", " ").split()} - {""}


def objection(row: Row, known: Sequence[Fact], day: str) -> Text | None:
    """Why somebody is not given this; None where nothing speaks against it."""
    against = [facts.words_of(fact) for fact in taboos(str(row["name"]), str(row["contains"]), known, day)]
    if against:
        return Text("Not this gift. What is known of the guest: {what}. Choose another.", what=against[0])
    custom = customs(str(row["name"]), int(row["quantity"]))
    return Text("Not this gift: {why}. Choose another, or another number.", why=custom[0]) if custom else None


def cap_of(level: str) -> int:
    """What a client of a class may be given in a year; one without a class as the lowest."""
    return CAPS.get(level, 0)


def above_cap(level: str, cap: int, given: int, more: int) -> Text | None:
    """Why the year's cap of the client's class does not allow more."""
    if given + more <= cap:
        return None
    return Text(
        "Class {level} may have {cap} a year in gifts and meals; {given} were given or promised already. Choose something smaller, or a visit, a call, a card.",
        level=level or "-", cap=show_money(cap), given=show_money(given),
    )  # fmt: skip


def above_occasion(level: str, occasion: str, standard: Sequence[int], cost: int) -> Text | None:
    """Why a birthday or festival of this class does not allow so much; `standard` as in `USUAL`."""
    if occasion not in FESTIVE or occasion == "founding" or not level:
        return None
    most = standard[0 if occasion == "birthday" else 1] or CARD
    if cost <= most:
        return None
    return Text("For a client of class {level} this occasion may cost {amount}: choose something smaller, or a card.", level=level, amount=show_money(most))


def above_meals(level: str, standard: Sequence[int], had: int, meal: Row) -> Text | None:
    """Why a meal is more than the class has: one more than a year allows, or above its amount per head; with a reason written it goes."""
    if not level or (meal.get("why") or "").strip():
        return None
    _, _, most, head = standard
    if had >= most:
        return Text("A client of class {level} has {n} meals a year, and had them: write the reason for the overrun first.", level=level, n=most)
    each = per_head(meal.get("planned"), meal.get("guests"), meal.get("companions")) or 0
    if each > head:
        return Text("A meal for a client of class {level} may cost {amount} a head: write the reason for the overrun first.", level=level, amount=show_money(head))
    return None


def stock_after(stock: int, quantity: int) -> int | None:
    """What is left in the store after so many were taken; None where there are not so many."""
    return stock - quantity if 0 <= quantity <= stock else None


def store_tone(missing: int | None) -> str:
    """The colour of what has to be bought."""
    return "late4" if missing else "text"


def to_buy(stock: int | None, least: int | None) -> int | None:
    """How many are missing to the minimum; None where there are enough."""
    return (least or 0) - (stock or 0) if (stock or 0) < (least or 0) else None


# checks of what is saved


def check_gift(row: Row) -> Problems:
    """No gifts for officials, and somebody receives it."""
    if forbidden(GIFT, row.get("account_id.type"), row.get("person_id.account_id.type")):
        return {"person_id" if row.get("person_id") else "account_id": NO_GIFT}
    if not row.get("account_id") and not row.get("person_id"):
        return {"account_id": Text("Say who receives it: a client or a person")}
    if other := _of_another(row):
        return other
    worth = (row.get("item_id.cost") or 0) * (row.get("quantity") or 0)
    if row.get("state") == ASKED and 0 < (row.get("cost") or 0) < worth:
        return {"cost": Text("It costs {amount}: unit cost by number", amount=show_money(worth))}
    return {}


def check_meal(row: Row) -> Problems:
    """No meals for officials."""
    if forbidden(MEAL, row.get("account_id.type"), row.get("person_id.account_id.type")):
        return {"account_id": NO_MEAL}
    return _of_another(row)


def _of_another(row: Row) -> Problems:
    whose = row.get("care_item_id.account_id")
    if row.get("care_item_id") and whose and row.get("account_id") and whose != row["account_id"]:
        return {"care_item_id": Text("This plan item is for another client")}
    return {}


def settle_meal(row: Row) -> Row:
    """The standard per head and what the meal may cost: guests and those of the house who eat with them."""
    head = HEADS.get(str(row.get("level")), 0)
    return {"head": head, "standard": head * ((row.get("guests") or 0) + (row.get("companions") or 0))}


def per_head(actual: int | None, guests: int | None, companions: int | None) -> int | None:
    """What was spent for each at the table, half up; None before it is known."""
    heads = (guests or 0) + (companions or 0)
    return (2 * (actual or 0) + heads) // (2 * heads) if actual and heads else None


def permille(part: int, whole: int) -> str:
    """A part in per cent of a whole with one decimal, half up: 1.5%."""
    tenths = (2_000 * part + whole) // (2 * whole) if whole > 0 else 0
    return f"{tenths // 10}.{tenths % 10}%"


def overrun(standard: int | None, actual: int | None) -> int | None:
    """What a meal cost above its standard; None while it is not paid, 0 where it stayed within."""
    return max(0, actual - (standard or 0)) if actual else None


# what a step needs


def may_ask_meal(row: Row) -> Text | None:
    """A meal has guests, a reason and an amount that is asked for."""
    if (row.get("guests") or 0) <= 0:
        return Text("Enter how many guests are invited.")
    if not (row.get("purpose") or "").strip():
        return Text("Write what the meal is for.")
    if (row.get("planned") or 0) <= 0:
        return Text("Enter what it will cost.")
    if (row.get("planned") or 0) > (row.get("standard") or 0) and not (row.get("why") or "").strip():
        return Text("This is above the standard of {amount}: write the reason for the overrun first.", amount=show_money(row.get("standard") or 0))
    return None


def may_settle(row: Row) -> Text | None:
    """What a meal cost, and why it cost more than its standard or than was approved."""
    if (row.get("actual") or 0) <= 0:
        return Text("Enter what it cost.")
    if (row.get("actual") or 0) > max(0, min(row.get("standard") or 0, row.get("planned") or 0)) and not (row.get("why") or "").strip():
        return Text("It cost more than the standard or more than was approved: write the reason for the overrun first.")
    return None


def not_costed(_row: Row, _day: str) -> Row:
    """What it costs is worked out anew each time it is asked for."""
    return {"cost": 0}


def cost_missing(row: Row) -> Text | None:
    """Nobody approves what has no price."""
    return None if (row.get("cost") or 0) > 0 else Text("This gift has no cost: enter its unit cost in the gift store, then ask again.")


def given_on(row: Row, day: str) -> Row:
    """The day it was handed over."""
    return {} if row.get("given_on") else {"given_on": day}


def proof_missing(row: Row) -> Text | None:
    """What was handed over is shown: by who signed, by a photo, or by what they said."""
    proof = row.get("proof")
    if not proof:
        return Text("Choose under 'How the hand-over is shown' what there is: a signature, a photo, or their own words.")
    if proof == SIGNED and not (row.get("received_by") or "").strip():
        return Text("Write under 'Signed for by' who signed for it.")
    if proof == ANSWER and not (row.get("words") or "").strip():
        return Text("Write under 'What they said' how they told it.")
    return None
