"""Follow-ups 待办: what somebody of the house has to do, about whom, by when."""

from __future__ import annotations

from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Row, Section
from crm_desktop.record.text import Text

OPEN, DONE, DROPPED, EXPIRED = "open", "done", "dropped", "expired"
STATES = ((OPEN, Text("To do"), "blue"), (DONE, Text("Done"), "green"), (DROPPED, Text("Dropped"), "grey"), (EXPIRED, Text("Expired"), "grey"))
BY_HAND, AUTOMATIC = "hand", "automatic"
SOURCES = ((BY_HAND, Text("By hand"), ""), (AUTOMATIC, Text("Automatic"), ""))


def _done_on(_row: Row, day: str) -> Row:
    return {"done_on": day}


def _not_done(_row: Row, _day: str) -> Row:
    return {"done_on": ""}


FOLLOW_UP = Record(
    "follow_up", Text("Follow-up"), Text("Follow-ups"),
    Section(
        Text("Follow-up"),
        Field("name", Text("What to do"), required=True, searched=True, wide=True, width=280, words=("事项", "内容", "待办")),
        Field("due", Text("Due"), Kind.DATE, required=True, width=104, words=("到期", "截止日期")),
        Field("due_time", Text("At"), Kind.TIME, width=64, words=("时间",)),
        owner(Text("Responsible")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=OPEN, choices=STATES, width=84, words=("状态",)),
    ),
    Section(
        Text("About"),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=180, words=("单位", "客户")),
        Field("person_id", Text("Person"), Kind.REF, ref="person", width=120, words=("联系人", "客人")),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(
        Field("source", Text("Source"), Kind.CHOICE, closed=True, default=BY_HAND, choices=SOURCES, width=84, words=("来源",)),
        Field("calendar_uid", Text("Number in a calendar"), Kind.CODE, hidden=True),  # the appointment of a file it came from
        Field("about", Text("About record"), Kind.CODE, hidden=True),  # `record:id in letters`
        Field("cause", Text("Cause"), Kind.CODE, hidden=True),  # what an automatic one comes from and goes with
        Field("said", Text("Words it was proposed with"), hidden=True),  # other words are a person's
        Field("merged", Text("Causes merged"), Kind.INT, default=1, hidden=True),
        Field("proposed", Text("Day it was proposed for"), Kind.DATE, hidden=True),  # another due day was chosen by a person
        Field("wanted", Text("Day of its cause"), Kind.DATE, hidden=True),  # before a full day gave it away
        Field("urgency", Text("Urgency"), Kind.INT, default=5, hidden=True),
        Field("done_on", Text("Closed on"), Kind.DATE, width=104),
    ),
    code="", listed=("due", "due_time", "name", "account_id", "person_id", "owner_id", "state", "source"),
    sorted_by="due", sortable=("due", "name"), filters=("due", "state", "owner_id", "source"),
    indexes=(
        Index("state", "due", "owner_id"), Index("owner_id", "state", "due"), Index("account_id", "due", "state"),
        Index("person_id", "due", "state"), Index("about", "cause"), Index("source", "state"), Index("calendar_uid"),
    ),
    machine=Machine(
        "state",
        Move("done", Text("Done"), (OPEN,), DONE, sets=_done_on),
        Move("drop", Text("Drop"), (OPEN,), DROPPED, reason=True, sets=_done_on),
        Move("expire", Text("No longer needed"), (OPEN,), EXPIRED, sets=_done_on, by_itself=True),
        Move("open", Text("Open again"), (DONE, DROPPED, EXPIRED), OPEN, sets=_not_done),
    ),
    file_word="follow-ups", note=("due", "account_id", "person_id"),
    shapes={"ics": {"summary": "name", "day": "due", "time": "due_time", "who": "account_id", "note": "remark"}},
    area="tasks", along=("source", AUTOMATIC),
)  # fmt: skip
