"""Who meets which guest 迎宾安排: assigned from the arrival list, ticked as met or not met."""

from __future__ import annotations

from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

PLANNED, MET, MISSED = "planned", "met", "missed"
STATES = ((PLANNED, Text("To be met"), "blue"), (MET, Text("Met"), "green"), (MISSED, Text("Not met"), "red"))

GREETING = Record(
    "greeting", Text("Greeting"), Text("Who meets whom"),
    Section(
        Text("Greeting"),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("time", Text("Time"), Kind.TIME, width=64, words=("时间",)),
        Field("person_id", Text("Guest"), Kind.REF, ref="person", required=True, width=120, words=("客人", "姓名")),
        Field("room_no", Text("Room no."), Kind.CODE, width=72, words=("房号",)),
        owner(Text("Met by")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=PLANNED, choices=STATES, width=84, words=("状态",)),
        Field("name", Text("What to talk about"), wide=True, width=260, searched=True, words=("话题", "谈话要点")),
        Field("remark", Text("Remark"), wide=True, words=("备注",)),
    ),
    code="", titled="person_id", listed=("day", "time", "person_id", "room_no", "owner_id", "state", "name"), sorted_by="-day", sortable=("day",), filters=("state", "owner_id"),
    indexes=(Index("day", "person_id"), Index("person_id", "day"), Index("owner_id", "day", "state")),
    machine=Machine(
        "state",
        Move("met", Text("Met"), (PLANNED, MISSED), MET, effect="crm_desktop.duties.vip.actions:was_met"),
        Move("missed", Text("Not met"), (PLANNED,), MISSED, reason=True),
    ),
    file_word="greetings", note=("day", "person_id"), faded=("state", (MET, MISSED)), area="vip", papers=False,
)  # fmt: skip
