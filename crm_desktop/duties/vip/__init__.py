"""VIP stays 贵宾接待."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.vip import queries, queries_plan
from crm_desktop.duties.vip.records import REFUSED, VIP_STAY
from crm_desktop.duties.vip.records_greeting import GREETING
from crm_desktop.duties.vip.records_levels import VIP_AMENITY, VIP_LEVEL
from crm_desktop.duties.vip.records_plan import DIARY, TASK
from crm_desktop.duties.vip.records_service import AMENITY_ISSUE, GUEST_CARD, JOURNAL, ROOM_CHECK
from crm_desktop.duties.vip.records_standard import RECEPTION_STANDARD
from crm_desktop.record.duty import Action, Duty, Entries, NowPoint, Page, Part, Related
from crm_desktop.record.later import later
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get

ON_PERSON = ("arrival", "departure", "level", "stage", "room_no", "reason", "actual_cost", "against_cap")
OF_PLAN = ("day", "time", "was", "what", "department_id", "owner_id", "state", "phase", "done_at")
OF_ISSUE = ("day", "time", "kind", "name", "department_id", "cost", "state", "because", "done_at")
OF_CHECK = ("round", "what", "standard", "state", "defect", "order_id", "done_at", "fixed_at", "owner_id")
OF_CARD = ("kind", "revision", "state", "stopped", "meal_on", "meal_at", "place", "covers", "signer_id", "signed_at")
OF_NOTE = ("day", "time", "kind", "name", "done", "department_id", "owner_id", "state")
ON_ACCOUNT = ("arrival", "guest_id", "level", "stage", "departure", "room_no", "reason", "actual_cost")


def _says(row: Row) -> Text | str:
    words = Text("{level} reception until {day}", level=row["level"], day=row["departure"])
    if row["about"] != "person" and row["guest_id.name"]:
        words = Text("{who}: {what}", who=row["guest_id.name"], what=words)
    if row["room_no"]:
        words = Text("{what}, room {room}", what=words, room=row["room_no"])
    return Text("{what}, {reason}", what=words, reason=row["reason"]) if row["reason"] else words


def now(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    """What matters about a guest, client or reception now: its plan, and of a reception what its service says."""
    from crm_desktop.duties.vip import words_reception  # not at every start

    if record == "booking":
        from crm_desktop.duties.vip import queries_kitchen

        return queries_kitchen.now(reader, row_id, day)
    found = queries_plan.now(reader, record, row_id, day)
    if record == GUEST_CARD.key:
        card = get(reader, GUEST_CARD, row_id)
        return [NowPoint(*each) for each in words_reception.card_points(card)] if card else []
    mine = words_reception.reception(reader, row_id) if record == VIP_STAY.key else None
    return [NowPoint(words, tone, opens) for words, tone, opens in words_reception.now_points(mine)] + found if mine else found


DUTY = Duty(
    "vip", Text("VIP stays"), records=(VIP_STAY, TASK, DIARY, AMENITY_ISSUE, ROOM_CHECK, GUEST_CARD, JOURNAL, VIP_LEVEL, VIP_AMENITY, RECEPTION_STANDARD, GREETING),
    actions=(
        Action(
            "lobby", Text("A guest in the lobby"), "F3", "crm_desktop.duties.vip.pages_lobby:lobby", icon="user-round", short=Text("Guest"),
            words=("大堂", "迎接"),
        ),
        Action("greeter", Text("Who meets this guest?"), "Ctrl+Shift+G", quick="crm_desktop.duties.vip.quick_greeter:QuickGreeter", icon="user-round", words=("迎宾", "安排迎接", "谁去接")),
        Action("late-train", Text("The guest comes later"), "Ctrl+Shift+T", quick="crm_desktop.duties.vip.quick_late:QuickLate", icon="clock", words=("晚点", "延误", "航班", "火车")),
    ),
    pages=(
        Page("vip", Text("VIP stays"), "crown", words=("贵宾", "接待", "VIP", "要客"), record=VIP_STAY),
        Page("reception-tasks", Text("Reception tasks"), "list-todo", words=("接待流程", "迎接", "查房", "plan"), record=TASK, rail=False),
        Page("amenities-issued", Text("Amenities issued"), "gift", words=("礼遇", "发放单", "水果", "鲜花"), record=AMENITY_ISSUE, rail=False),
        Page("room-checks", Text("Room inspection"), "list-checks", words=("查房", "缺陷"), record=ROOM_CHECK, rail=False),
        Page("department-cards", Text("Department cards"), "utensils-crossed", words=("传递单", "厨房", "客房", "过敏", "菜单"), record=GUEST_CARD, rail=False),
        Page("reception-journal", Text("Journal of the stay"), "notebook-pen", words=("在店日志", "接待日志"), record=JOURNAL, rail=False),
        Page(
            "levels-watched", Text("Levels watched"), "crown", "crm_desktop.duties.vip.pages_levels:watched", words=("等级", "达标", "占比", "升级"), rail=False,
        ),
        Page("vip-levels", Text("VIP levels"), "crown", words=("等级", "贵宾等级", "体系"), record=VIP_LEVEL, rail=False),
        Page("amenity-matrix", Text("Amenity matrix"), "columns-3", words=("礼遇标准", "礼遇矩阵"), record=VIP_AMENITY, rail=False),
        Page("reception-standards", Text("Reception standards"), "list-todo", words=("接待标准", "迎送排班", "流程标准"), record=RECEPTION_STANDARD, rail=False),
        Page("greetings", Text("Who meets whom"), "user-round", words=("迎宾", "迎接安排"), record=GREETING, rail=False),
        Page("diary", Text("Diary"), "calendar-days", words=("日程", "行程", "总经理"), record=DIARY, rail=False),
    ),
    figures=queries.figures, now=now, today=queries_plan.today,
    entries=(
        Entries(
            "vip_stay", "crown", "arrival", {"account": ("account_id",), "person": ("guest_id",)},
            ("level", "departure", "room_no", "reason", "guest_id"), _says, time="arrival_time", chip="stage", dropped=(REFUSED,),
        ),
    ),
    related={
        "vip_stay": [
            Related(Text("Reception plan"), "reception_task", ("vip_stay_id",), OF_PLAN),
            Related(Text("Amenities issued"), "amenity_issue", ("vip_stay_id",), OF_ISSUE),
            Related(Text("Room inspection"), "room_check", ("vip_stay_id",), OF_CHECK),
            Related(Text("Department cards"), "guest_card", ("vip_stay_id",), OF_CARD),
            Related(Text("Journal of the stay"), "reception_note", ("vip_stay_id",), OF_NOTE),
        ],
        "rectification": [Related(Text("Room inspection"), "room_check", ("order_id",), OF_CHECK)],
        "booking": [Related(Text("Department cards"), "guest_card", ("booking_id",), OF_CARD)],
        "person": [
            Related(Text("VIP stays"), "vip_stay", ("guest_id",), ON_PERSON),
            Related(Text("Who meets whom"), "greeting", ("person_id",), ("day", "time", "room_no", "owner_id", "state", "name")),
        ],
        "account": [Related(Text("VIP stays"), "vip_stay", ("account_id",), ON_ACCOUNT)],
    },
    causes=later("crm_desktop.duties.vip.causes:causes"), documents="crm_desktop.duties.vip.documents",
    parts=(Part("service", Text("Reception"), "vip_stay", "crm_desktop.duties.vip.pages_reception:panel"),),
)  # fmt: skip
