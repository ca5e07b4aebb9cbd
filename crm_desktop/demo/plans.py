"""The plans of the receptions that are on or being prepared, done so far as the day has come; and the leaders' diaries."""

from __future__ import annotations

from crm_desktop.demo.crew import GM
from crm_desktop.demo.house import House
from crm_desktop.duties.house.records import DEPARTMENT
from crm_desktop.duties.vip import plan, rules_plan
from crm_desktop.duties.vip.records import DEPARTED, IN_HOUSE, PREPARING, VIP_STAY
from crm_desktop.duties.vip.records_plan import DIARY, TASK
from crm_desktop.duties.vip.records_standard import RECEPTION_STANDARD
from crm_desktop.record.record import Row

ROSTER = {"greeters": (GM, "程牧野"), "inspect-gm": (GM, "程牧野"), "inspect-am": ("叶听澜", "邵远"), "escort": ("叶听澜", "邵远"), "driver": ("丁平", "")}  # who, and who stands in
NOON = "13:15"  # until then the day has come
DINNERS = {  # guest -> day, when, what
    "霍明翊": (1, "18:30", "听泉晚宴 12 位"),
    "司徒曜": (0, "18:30", "越味轩晚宴 8 位"),
}
DIARIES = ((GM, 0, "15:30", "16:30", "业主会"), (GM, 1, "09:30", "11:00", "月度经营分析会"), ("程牧野", 1, "10:00", "11:30", "消防联合检查"), ("马长松", 2, "14:00", "15:30", "年菜试菜"))
LATE = {("小林 遥", "tea"): {"done_at": "14:40"}, ("小林 遥", "courtesy"): {"state": rules_plan.SKIPPED, "done_on": "", "done_at": "", "signed_by": ""}}
FOUND = {("司徒曜", "inspect-am"): "保险箱打不开，已报工程部"}


def fill(house: House) -> None:
    """A plan for each reception in preparation or in house, and who is taken when."""
    signs = {row["code"]: (row["id"], row["signs_id"]) for row in house.all(DEPARTMENT)}
    names = {number: name for name, number in house.ids.items()}
    for one in rules_plan.STANDARDS:
        who, backup = ROSTER.get(one.code, ("", ""))
        house.put(RECEPTION_STANDARD, **rules_plan.row_of(one), owner_id=house.ids.get(who), backup_id=house.ids.get(backup))
    for stay in house.all(VIP_STAY):
        if stay["stage"] in (PREPARING, IN_HOUSE, DEPARTED):
            _plan(house, stay, signs, names)
    for who, offset, begins, ends, what in DIARIES:
        house.put(DIARY, owner_id=house.ids[who], day=house.days.at(offset), begins=begins, ends=ends, name=what)


def _plan(house: House, stay: Row, signs: dict[str, tuple[int, int | None]], names: dict[int, str]) -> None:
    guest = names.get(stay["guest_id"], "")
    for row in rules_plan.standard_tasks(stay, rules_plan.standards_of(house.all(RECEPTION_STANDARD))):
        department, person = signs.get(row["department"], (None, None))
        person = row["owner_id"] or (stay["owner_id"] if row["host"] and stay["owner_id"] else person)
        values = {name: row[name] for name in plan.KEEPS} | {"vip_stay_id": stay["id"], "guest_id": stay["guest_id"]} | _done(house, row, names, person)
        house.put(TASK, **values | LATE.get((guest, row["task"]), {}), department_id=department, owner_id=person, remark=FOUND.get((guest, row["task"]), ""))
    if guest in DINNERS and stay["arrival"] >= house.days.today:
        offset, at, what = DINNERS[guest]
        department, person = signs["FB"]
        house.put(
            TASK, vip_stay_id=stay["id"], guest_id=stay["guest_id"], phase=rules_plan.MEAL, anchor=rules_plan.CLOCK, name=what, lasts=120,
            day=house.days.at(offset), time=at, department_id=department, owner_id=person,
        )  # fmt: skip


def _done(house: House, row: Row, names: dict[int, str], person: int | None) -> Row:
    """What was due until now is done, at its minute, and signed by whose it is."""
    if (row["day"], row["time"] or "99") > (house.days.today, NOON):
        return {}
    return {"state": rules_plan.DONE, "done_on": row["day"], "done_at": row["time"], "signed_by": names.get(person or 0, "")}
