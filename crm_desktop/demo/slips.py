"""Preference slips of the last two months: filed in time but a few, two past their clock today."""

from __future__ import annotations

from crm_desktop.demo.house import Dice, House
from crm_desktop.demo.tastes import DISLIKES, LIKES
from crm_desktop.duties.house.records import DEPARTMENT
from crm_desktop.duties.preferences import rules
from crm_desktop.duties.preferences.records import DISLIKE, LIKE, SLIP
from crm_desktop.duties.stays.records import IN_HOUSE, STAY, STAYED
from crm_desktop.record.record import Row
from crm_desktop.record.workdays import is_working

SEEN_BY = {"前厅部": ("邵远", "叶听澜"), "客房部": ("柳静仪", "楼层领班"), "餐饮部": ("褚宴", "早餐领班"), "营销部": ("方予安",)}
MANY, LATE_ONES = 34, 2
STORY = (("小林 遥", "1505", "清茶常换，不喝咖啡", "drink", -4, "客房部", "柳静仪"), ("小林 遥", "1505", "早餐要味噌汤", "food", -4, "餐饮部", "早餐领班"))


def fill(house: House) -> None:
    """The two that are late, a few of the last days, and what was filed before."""
    dice = Dice("slips")
    departments = {row["name"]: row["id"] for row in house.all(DEPARTMENT)}
    files = house.ids.get("方予安")
    for guest, room, what, kind, day, department, who in STORY:
        house.put(
            SLIP, person_id=house.ids[guest], room_no=room, name=what, kind=kind, polarity=LIKE, department_id=departments[department], observer=who,
            seen_on=_late_day(house, day), state=rules.VERIFIED, owner_id=files,
        )  # fmt: skip
    stays = [row for row in house.all(STAY) if row["guest_id"] and row["status"] in (STAYED, IN_HOUSE) and house.days.at(-45) < row["arrival"] <= house.days.today]
    for stay in dice.shuffled(stays)[:MANY]:
        _slip(house, dice, stay, departments, files)


def _late_day(house: House, day: int) -> str:
    """So long ago that its two working days are over."""
    while rules.filing_day(house.days.at(day)) >= house.days.today:
        day -= 1
    return house.days.at(day)


def _slip(house: House, dice: Dice, stay: Row, departments: dict[str, int], files: int | None) -> None:
    likes = dice.percent(60)
    kind, what = dice.one(LIKES if likes else DISLIKES)
    department = dice.one(list(SEEN_BY))
    due = rules.filing_day(stay["arrival"])
    fresh = due >= house.days.today
    values: Row = {"state": dice.one((rules.REPORTED, rules.VERIFIED))} if fresh else {"state": rules.FILED, "filed_on": _filed(house, dice, due)}
    house.put(
        SLIP, person_id=stay["guest_id"], room_no=stay["room_no"], name=what, kind=kind, polarity=LIKE if likes else DISLIKE,
        department_id=departments[department], observer=dice.one(SEEN_BY[department]), seen_on=stay["arrival"], owner_id=files, **values,
    )  # fmt: skip


def _filed(house: House, dice: Dice, due: str) -> str:
    """On the last day of the clock; one of six a working day too late."""
    later = [house.days.at(n) for n in range(-60, 1) if house.days.at(n) > due and is_working(house.days.at(n))]
    return later[0] if later and dice.percent(16) else due
