"""VIP stays 贵宾接待."""

from __future__ import annotations

from crm_desktop.duties.vip import causes, queries
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.record.duty import Action, Duty, Entries, Page, Related
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

ON_PERSON = ("arrival", "departure", "level", "stage", "room_no", "reason", "actual_cost", "against_cap")
ON_ACCOUNT = ("arrival", "guest_id", "level", "stage", "departure", "room_no", "reason", "actual_cost")


def _says(row: Row) -> Text | str:
    words = Text("{level} reception until {day}", level=row["level"], day=row["departure"])
    if row["about"] != "person" and row["guest_id.name"]:
        words = Text("{who}: {what}", who=row["guest_id.name"], what=words)
    if row["room_no"]:
        words = Text("{what}, room {room}", what=words, room=row["room_no"])
    return Text("{what}, {reason}", what=words, reason=row["reason"]) if row["reason"] else words


DUTY = Duty(
    "vip", Text("VIP stays"), records=(VIP_STAY,),
    actions=(
        Action(
            "lobby", Text("A guest in the lobby"), "F3", "crm_desktop.duties.vip.pages_lobby:lobby", icon="user-round", short=Text("Guest"),
            words=("大堂", "迎接"),
        ),
    ),
    pages=(Page("vip", Text("VIP stays"), "crown", words=("贵宾", "接待", "VIP", "要客"), record=VIP_STAY),),
    figures=queries.figures, now=queries.now, today=queries.today,
    entries=(
        Entries(
            "vip_stay", "crown", "arrival", {"account": ("account_id",), "person": ("guest_id",)},
            ("level", "departure", "room_no", "reason", "guest_id"), _says, time="arrival_time", chip="stage",
        ),
    ),
    related={
        "person": [Related(Text("VIP stays"), "vip_stay", ("guest_id",), ON_PERSON)],
        "account": [Related(Text("VIP stays"), "vip_stay", ("account_id",), ON_ACCOUNT)],
    },
    causes=causes.causes,
)  # fmt: skip
