"""Clients who pass to a colleague from a day on, with a note and a signature; and what lost clients say when they are asked why."""

from __future__ import annotations

from crm_desktop.duties.clients.records_account import LOST_REASONS
from crm_desktop.duties.clients.rules_leaving import interview_problems
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Row, Section
from crm_desktop.record.text import Text

PLANNED, DONE, SIGNED, CANCELLED = "planned", "done", "signed", "cancelled"
STATES = ((PLANNED, Text("Dated ahead"), "amber"), (DONE, Text("Not yet signed for"), "blue"), (SIGNED, Text("Signed for"), "green"), (CANCELLED, Text("Cancelled"), "grey"))


def _signed(_row: Row, day: str) -> Row:
    return {"signed_on": day}


HAND_OVER = Record(
    "hand_over", Text("Hand-over of a client"), Text("Hand-overs of clients"),
    Section(
        Text("Hand-over of a client"),
        Field("account_id", Text("Client"), Kind.REF, ref="account", required=True, once=True, width=200, words=("单位", "客户")),
        Field("to_id", Text("Taken over by"), Kind.REF, ref="staff", required=True, once=True, width=100, words=("接收人",)),
        Field("day", Text("Holds from"), Kind.DATE, required=True, once=True, width=104, words=("生效日期",)),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=PLANNED, choices=STATES, width=112, words=("状态",)),
        Field("reason", Text("Reason"), required=True, wide=True, width=200, words=("原因",)),
        Field("note", Text("What the next one has to know"), Kind.LONG, wide=True, width=220, words=("交接说明",), help=Text("What is open, who matters, what was promised")),
    ),
    extra=(
        Field("from_id", Text("Handed over by"), Kind.REF, ref="staff", width=100, words=("移交人",)),
        Field("signed_on", Text("Signed for on"), Kind.DATE, width=104, words=("签收日期",)),
    ),
    name="day", code="", titled="account_id", listed=("day", "account_id", "from_id", "to_id", "state", "reason", "note", "signed_on"), sorted_by="-day",
    sortable=("day",), filters=("state",), indexes=(Index("account_id", "day"), Index("state", "day", "to_id")), joining="crm_desktop.duties.clients.actions_leaving:begun",
    machine=Machine(
        "state",
        Move("carry-out", Text("Handed over"), (PLANNED,), DONE, by_itself=True),
        Move("sign", Text("Sign for it"), (DONE,), SIGNED, sets=_signed, effect="crm_desktop.duties.clients.actions_leaving:signing"),
        Move("cancel", Text("Cancel"), (PLANNED,), CANCELLED, reason=True),
    ),
    file_word="client-hand-overs", area="clients", owners=("to_id", "from_id"), follows=("account_id",),
)  # fmt: skip

CHANCES = (("good", Text("Good chance"), "green"), ("some", Text("Some chance"), "amber"), ("none", Text("No chance"), "grey"))

INTERVIEW = Record(
    "lost_interview", Text("Interview with a lost client"), Text("Interviews with lost clients"),
    Section(
        Text("Interview with a lost client"),
        Field("account_id", Text("Client"), Kind.REF, ref="account", required=True, width=200, words=("单位", "客户")),
        Field("person_id", Text("With whom"), Kind.REF, ref="person", width=110, words=("受访人",)),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期", "访谈日期")),
        owner(Text("Interviewed by")),
    ),
    Section(
        Text("What they say"),
        Field("reason", Text("Lost because"), Kind.CHOICE, choices=LOST_REASONS, codes="lost_reason", width=120, words=("流失原因",)),
        Field("lost_to", Text("Lost to"), width=120, words=("流失去向",)),
        Field("pleased", Text("What they liked with us"), Kind.LONG, wide=True, words=("满意之处",)),
        Field("hurt", Text("What drove them away"), Kind.LONG, wide=True, words=("不满之处",)),
        Field("wanted", Text("What would bring them back"), Kind.LONG, wide=True, words=("回归条件",)),
    ),
    Section(
        Text("What we learn"),
        Field("lesson", Text("What we change in the house"), Kind.LONG, wide=True, words=("改进措施",)),
        Field("chance", Text("Chance to win them back"), Kind.CHOICE, closed=True, choices=CHANCES, width=92, words=("挽回可能",)),
        Field("next", Text("Next step"), wide=True, width=180, words=("下一步",)),
        Field("next_on", Text("Next step on"), Kind.DATE, width=104, words=("下一步日期",)),
    ),
    name="day", code="", titled="account_id", listed=("day", "account_id", "person_id", "reason", "lost_to", "chance", "next", "next_on", "owner_id"),
    sorted_by="-day", sortable=("day", "next_on"), filters=("reason", "chance", "owner_id"), indexes=(Index("account_id", "day"), Index("next_on", "owner_id")),
    check=interview_problems, check_on=("next", "next_on"),
    file_word="lost-interviews", area="clients", follows=("account_id",),
)  # fmt: skip
