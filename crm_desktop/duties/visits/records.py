"""Visits and calls 走访联络: every contact with a client, planned and done."""

from __future__ import annotations

from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Row, Section
from crm_desktop.record.text import Text

KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("visit", Text("Visit")), ("call", Text("Phone call")), ("chat", Text("Chat message")), ("reception", Text("Received in the hotel")),
        ("in-house", Text("In-house guest met")), ("meal", Text("Meal")), ("site", Text("Site inspection")), ("fair", Text("Trade fair")),
        ("joint", Text("Joint visit")), ("table", Text("Table visit")),
    )
)  # fmt: skip
RESULTS = tuple(
    (code, text, "")
    for code, text in (
        ("demand", Text("New demand")), ("inquiry", Text("Asked for a price")), ("quote", Text("Quotation")), ("signed", Text("Signed")),
        ("renewed", Text("Renewed")), ("promise", Text("Promise to pay")), ("receipt", Text("Paid")), ("complaint", Text("Complaint")),
        ("suggestion", Text("Suggestion")), ("competitor", Text("About a competitor")), ("preference", Text("Preference")),
        ("referral", Text("Referral")), ("kept-up", Text("Kept in touch")), ("not-met", Text("Not met")),
    )
)  # fmt: skip
PLANNED, DONE, CANCELLED = "planned", "done", "cancelled"
STATES = ((PLANNED, Text("Scheduled"), "blue"), (DONE, Text("Done"), "green"), (CANCELLED, Text("Cancelled"), "grey"))


def _done(row: Row, day: str) -> Row:
    return {} if row.get("day") and row["day"] <= day else {"day": day}


VISIT = Record(
    "visit", Text("Visit or call"), Text("Visits and calls"),
    Section(
        Text("Contact"),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=190, words=("单位", "客户", "协议单位")),
        Field("person_id", Text("With whom"), Kind.REF, ref="person", width=120, words=("联系人", "姓名")),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="visit", choices=KINDS, codes="visit_kind", width=104, words=("方式", "类别")),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("time", Text("Time"), Kind.TIME, width=64, words=("时间",)),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=DONE, choices=STATES, width=84, words=("状态",)),
        owner(Text("By")),
    ),
    Section(
        Text("Report"),
        Field("result", Text("Result"), Kind.CHOICE, choices=RESULTS, codes="visit_result", width=104, words=("结果",)),
        Field("words", Text("What was said"), Kind.LONG, wide=True, width=260, words=("内容", "纪要")),
        Field("their_promise", Text("What they promised"), wide=True, words=("对方承诺",)),
        Field("our_promise", Text("What we promised"), wide=True, words=("我方承诺",)),
        Field("next", Text("Next step"), wide=True, words=("下一步",)),
        Field("next_on", Text("Next step on"), Kind.DATE, words=("下一步日期",)),
    ),
    name="day", code="",
    listed=("day", "time", "account_id", "person_id", "kind", "result", "words", "next", "state", "owner_id"),
    sorted_by="-day", sortable=("day",), filters=("kind", "state", "result", "owner_id", "day"),
    indexes=(Index("account_id", "day", "state", "kind"), Index("person_id", "day", "state"), Index("state", "day", "owner_id")),
    machine=Machine(
        "state",
        Move("done", Text("Was done"), (PLANNED,), DONE, sets=_done),
        Move("cancel", Text("Cancel"), (PLANNED,), CANCELLED, reason=True),
        Move("plan", Text("Plan again"), (CANCELLED,), PLANNED),
    ),
    file_word="visits",
)  # fmt: skip
