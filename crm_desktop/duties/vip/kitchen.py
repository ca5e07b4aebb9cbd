"""Kitchen cards of functions: what is known of the guests of a booking, taken over into its card; what was left on the plate, learnt."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.vip import rules_cards, rules_official, rules_seating
from crm_desktop.duties.vip.queries_kitchen import function, official_meal, says
from crm_desktop.duties.vip.records_service import GUEST_CARD
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text

GONE = Text("This booking was removed meanwhile; nothing was done.")


def join(_desk: Any, writing: Any, card: Row) -> None:
    """A new card of a booking: its day, time, place and people, and all that is known of its guests. Raises Refused."""
    if not card["booking_id"]:
        return
    found = function(writing.db, card["booking_id"])
    if found is None:
        raise Refused(GONE)
    row = found.row
    meal = {"meal_on": row["day"], "meal_at": row["time"], "place": row["place"], "covers": row["people"], "guest_id": row["person_id"]}
    given = {name: value for name, value in meal.items() if value and not card[name]}
    writing.update(GUEST_CARD, card["id"], card["version"], given | says(found))


def renew(desk: Any, writing: Any, card: Row) -> None:
    """Take over what is known now. Of a reception it is done with its service."""
    from crm_desktop.duties.vip import service

    if card["booking_id"]:
        found = function(writing.db, card["booking_id"])
        if found is not None and (new := _changed(card, says(found))):
            writing.update(GUEST_CARD, card["id"], card["version"], new)
    elif card["vip_stay_id"]:
        service.renew_card(desk, writing, card)


def issue(desk: Any, writing: Any, card: Row) -> None:
    """A card goes out with all that is known. Raises Refused where the files of its guests say more, and for a second meal of an
    official reception."""
    if card["kind"] == rules_cards.KITCHEN and card["menu"] and (meal := official_meal(writing.db, card)):
        guests, earlier = meal
        if problem := rules_official.meal_problem(guests, len(rules_seating.read(str(card["diners"] or ""))[0]), earlier):
            raise Refused(problem)
    found = function(desk.store.writer, card["booking_id"]) if card["booking_id"] else None
    if found is not None and (new := _changed(card, says(found))):
        more = [line for name in ("nevers", "dislikes", "likes", "guests") for line in str(new.get(name, "")).splitlines() if line not in str(card[name])]
        raise Refused(Text("The guests' files say more than this card: {things}. Take over what is known now, then issue it.", things=" · ".join(more[:3]) or "–"))


def _changed(card: Row, now: Row) -> Row:
    return {name: value for name, value in now.items() if str(card[name] or "") != value}


def checked(desk: Any, writing: Any, card: Row) -> None:
    """After the meal: what was left on the plate is noted with the guest, where it is one guest's card."""
    from crm_desktop.duties.preferences import actions as tastes

    for dish in rules_cards.dishes(str(card["left_over"] or "")) if card["guest_id"] else ():
        tastes.note_in(desk, writing, {
            "person_id": card["guest_id"], "name": dish, "kind": "food", "polarity": "dislike", "strength": "mild", "source": desk.person,
            "evidence": f"{card['meal_on']} {card['place']}".strip(), "told_on": min(card["meal_on"] or desk.today(), desk.today()),
        })  # fmt: skip
