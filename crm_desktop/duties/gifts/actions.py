"""What is done with gifts and meals: the checks when one is asked for, the store when it is handed over or comes back."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.consents.rules import may_give, may_invite
from crm_desktop.duties.gifts import queries, rules
from crm_desktop.duties.gifts.records import GIFT, GIFT_ITEM, MEAL
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text

ITEM = "care_item"


def _item(writing: Any, gift: Row) -> Row:
    found = queries.item(writing.db, gift["item_id"])
    if found is None:
        raise Refused(Text("This gift is no longer in the store; choose another."))
    return found


def gift_asked(desk: Any, writing: Any, gift: Row) -> None:
    """Before anybody says yes: nothing known of the recipient speaks against it, it is no second one, the year allows it."""
    _not_held(desk, writing, gift, str(gift["occasion"]))
    item = _item(writing, gift)
    known = queries.facts_of(writing.db, gift["person_id"])
    if (against := rules.objection(item | {"quantity": gift["quantity"]}, known, desk.today())) is not None:
        raise Refused(against)
    if not item["again"] and (day := queries.had_before(writing.db, gift)):
        raise Refused(Text("They had the same gift on {day}: nobody gets it twice. Choose another.", day=day))
    cost = item["cost"] * gift["quantity"]
    _, level = queries.whose(writing.db, gift)
    if (above := rules.above_occasion(level, str(gift["occasion"]), queries.standard(writing.db, level, gift["day"]), cost)) is not None:
        raise Refused(above)
    _within_cap(writing, GIFT.key, gift, cost)
    desk.save_in(writing, GIFT, gift["id"], gift["version"], {"cost": cost} | _found(writing, gift, queries.GIVEN_AS))


def _found(writing: Any, row: Row, kinds: tuple[str, ...]) -> Row:
    """The plan item this is, where nobody named it: an open one of the same client about the same day."""
    item = None if row["care_item_id"] else queries.plan_item(writing.db, row, kinds)
    return {} if item is None else {"care_item_id": item}


def _within_cap(writing: Any, record: str, row: Row, more: int) -> None:
    account, level = queries.whose(writing.db, row)
    if account is None:
        return
    given = queries.in_year(writing.db, account, row["day"][:4], (record, row["id"]))
    if (above := rules.above_cap(level, queries.cap(writing.db, level, row["day"]), given, more)) is not None:
        raise Refused(above)


def _not_held(desk: Any, writing: Any, row: Row, occasion: str, *, meal: bool = False) -> None:
    found = queries.holds(writing.db, row, desk.today(), may_invite if meal else may_give)
    if (no := rules.held_back(found, occasion, meal=meal)) is not None:
        raise Refused(no)


def meal_asked(desk: Any, writing: Any, meal: Row) -> None:
    """Nobody is invited who is not to be contacted; the year's cap of the client's class covers meals too."""
    _not_held(desk, writing, meal, "", meal=True)
    _within_cap(writing, MEAL.key, meal, meal["planned"])
    account, level = queries.whose(writing.db, meal)
    had = queries.meals_in_year(writing.db, account, meal["day"][:4], meal["id"]) if account is not None else 0
    if (above := rules.above_meals(level, queries.standard(writing.db, level, meal["day"]), had, meal)) is not None:
        raise Refused(above)
    if found := _found(writing, meal, queries.EATEN_AS):
        desk.save_in(writing, MEAL, meal["id"], meal["version"], found)


def meal_settled(desk: Any, writing: Any, meal: Row) -> None:
    """A meal that is accounted for is its plan item carried out."""
    if not carried_out(desk, writing, meal, meal["actual"], meal["day"]) and meal["care_item_id"] is None:
        written_down(desk, writing, MEAL, meal, {"kind": "meal", "name": meal["purpose"], "day": meal["day"], "actual": meal["actual"]})


def meal_opened(desk: Any, writing: Any, meal: Row) -> None:
    """Its plan item is open again."""
    opened_again(desk, writing, meal)


def gift_changed(_desk: Any, _writing: Any, gift: Row) -> None:
    """What was asked for is not exchanged behind the back of who approves it."""
    if gift["state"] != rules.DRAFT:
        raise Refused(Text("This was asked for as it is: take it back to draft first, then ask again."))


def gift_given(desk: Any, writing: Any, gift: Row) -> None:
    """The store has so many less; it never has less than none."""
    item = _item(writing, gift)
    left = rules.stock_after(item["stock"], gift["quantity"])
    if left is None:
        raise Refused(Text("There are only {n} of '{gift}' in the store. Buy more, or give something else.", n=item["stock"], gift=item["name"]))
    if gift["proof"] == rules.PHOTO and not queries.has_file(writing.db, GIFT.key, gift["id"]):
        raise Refused(Text("Put the photo with the gift's files first (below the form), or choose another way the hand-over is shown."))
    desk.save_in(writing, GIFT_ITEM, item["id"], item["version"], {"stock": left})
    if not carried_out(desk, writing, gift, gift["cost"], gift["given_on"]) and gift["care_item_id"] is None:
        written_down(desk, writing, GIFT, gift, {"kind": "gift", "name": item["name"], "day": gift["given_on"], "actual": gift["cost"]})


# a gift or meal and its item of a maintenance plan are one thing


def carried_out(desk: Any, writing: Any, row: Row, cost: int, day: str) -> bool:
    """The plan item of a gift or meal is done, with what it cost and how it was taken; True where one was open."""
    record = desk.store.by_key[ITEM]
    item = desk.get(record, row["care_item_id"]) if row["care_item_id"] else None
    if item is None or item["state"] != "open":
        return False
    told = {"actual": item["actual"] + cost, "done_on": day, "reaction": row["reaction"] or item["reaction"], "words": row["words"] or item["words"]}
    desk.move_in(writing, record, item["id"], item["version"], "done", values=told)
    return True


def written_down(desk: Any, writing: Any, record: Any, row: Row, values: Row) -> None:
    """What nobody had planned stands in the running plan of the month as done: its money is the plan's; without a plan nowhere."""
    account, _ = queries.whose(writing.db, row)
    plan = queries.running_plan(writing.db, values["day"])
    if plan is None:
        return
    told = {name: row[name] for name in ("person_id", "reaction", "words", "owner_id")} | {"plan_id": plan, "account_id": account, "state": "done", "done_on": values["day"], "budget": 0}
    item = desk.save_in(writing, desk.store.by_key[ITEM], None, 0, told | values)
    kept = desk.get(record, row["id"])
    desk.save_in(writing, record, row["id"], kept["version"], {"care_item_id": item})


def opened_again(desk: Any, writing: Any, row: Row) -> None:
    """What came back was not carried out."""
    record = desk.store.by_key[ITEM]
    item = desk.get(record, row["care_item_id"]) if row["care_item_id"] else None
    if item is not None and item["state"] != "open":
        desk.move_in(writing, record, item["id"], item["version"], "open", values={"actual": max(0, item["actual"] - (row.get("cost") or row.get("actual") or 0))})


def item_done(_desk: Any, writing: Any, item: Row) -> None:
    """A plan item whose gift is on its way is done by handing the gift over, not beside it."""
    if (code := queries.on_its_way(writing.db, item["id"])) is not None:
        raise Refused(Text("{code} belongs to it and is not given or accounted for yet: take that step there, then this is done by itself.", code=code))


def gift_returned(desk: Any, writing: Any, gift: Row) -> None:
    """What was not accepted is in the store again."""
    item = _item(writing, gift)
    desk.save_in(writing, GIFT_ITEM, item["id"], item["version"], {"stock": item["stock"] + gift["quantity"]})
    desk.save_in(writing, GIFT, gift["id"], gift["version"], {"given_on": "", "proof": "", "received_by": ""})
    opened_again(desk, writing, gift)


def gift_leaving(_desk: Any, _writing: Any, gift: Row) -> None:
    """What was handed over stays in the register."""
    if gift["state"] == rules.GIVEN:
        raise Refused(Text("This was handed over: it stays in the register. If it came back, take that step."))
