"""Visits and calls 走访联络: every contact with a client, planned and done."""

from __future__ import annotations

from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Problems, Record, Rollup, Row, Section
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


KEPT_UP, NOT_MET = "kept-up", "not-met"  # the results that say there was nothing new, nobody there
TELLS = ("words", "next", "complaint", "taste", "intel", "pay", "their_promise", "our_promise", "suggestion")  # what a visit opens or closes something with
SPINS = ("complaint", "taste", "intel", "pay", "pay_on", "our_promise", "our_on", "state")  # from which rows of other duties are made
SPUN = "crm_desktop.duties.visits.actions_spin:spin_off"


def _done(row: Row, day: str) -> Row:
    return {} if row.get("day") and row["day"] <= day else {"day": day}


def _without_result(row: Row) -> Text | None:
    """What a visit came to is one of the results; without anything new it says why."""
    if not row.get("result"):
        return Text("Choose under 'Result' what came of it.")
    if row["result"] == KEPT_UP and not (row.get("words") or "").strip():
        return Text("Write under 'What was said' why there was nothing new.")
    if row["result"] != NOT_MET and not any(row.get(name) for name in TELLS):
        return Text("Write under 'Next step' what comes next, or under 'What was said' why nothing does.")
    return None


def _check(row: Row) -> Problems:
    """What goes on into another file has what that file asks for."""
    if row.get("taste") and not row.get("person_id"):
        return {"person_id": Text("Choose whose preference it is")}
    if (row.get("pay") or row.get("pay_on")) and not row.get("account_id"):
        return {"account_id": Text("Choose which client promised to pay")}
    if row.get("pay") and not row.get("pay_on"):
        return {"pay_on": Text("Enter the day they promised to pay by")}
    return {"until": Text("It ends before it begins")} if row.get("until") and row["until"] < (row.get("time") or "") else {}


VISIT = Record(
    "visit", Text("Visit or call"), Text("Visits and calls"),
    Section(
        Text("Contact"),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=190, words=("单位", "客户", "协议单位")),
        Field("person_id", Text("With whom"), Kind.REF, ref="person", width=120, words=("联系人", "姓名")),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="visit", choices=KINDS, codes="visit_kind", width=104, words=("方式", "类别")),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("time", Text("Time"), Kind.TIME, width=64, words=("时间",)),
        Field("until", Text("Ended at"), Kind.TIME, width=64, words=("结束时间", "离开时间")),
        Field("place", Text("Where"), width=110, words=("地点",)),
        Field("ours", Text("Of the house"), width=110, words=("我方人员", "陪同")),
        Field("purpose", Text("Purpose"), wide=True, words=("目的", "事由")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=DONE, choices=STATES, width=84, words=("状态",)),
        owner(Text("By")),
        Field("stakeholder_id", Text("Stakeholder outside"), Kind.REF, ref="stakeholder", ref_code="", width=140, words=("外部单位",)),
    ),
    Section(
        Text("Report"),
        Field("result", Text("Result"), Kind.CHOICE, choices=RESULTS, codes="visit_result", width=104, words=("结果",)),
        Field("words", Text("What was said"), Kind.LONG, wide=True, width=260, words=("内容", "纪要")),
        Field("their_promise", Text("What they promised"), wide=True, words=("对方承诺",)),
        Field("our_promise", Text("What we promised"), wide=True, words=("我方承诺",)),
        Field("our_on", Text("Promised by us for"), Kind.DATE, words=("我方承诺日期",)),
        Field("next", Text("Next step"), wide=True, words=("下一步",)),
        Field("next_on", Text("Next step on"), Kind.DATE, words=("下一步日期",)),
        Field("cost", Text("Cost"), Kind.MONEY, least=0, width=92, words=("费用",)),
    ),
    Section(
        Text("What goes on into other files"),
        Field("complaint", Text("A complaint they made"), wide=True, words=("投诉内容",), help=Text("Becomes a complaint when it is saved")),
        Field("taste", Text("A preference they told"), data="sensitive", sensitive="health", wide=True, words=("喜好内容",), help=Text("Becomes a preference of the person")),
        Field("intel", Text("News of a competitor"), wide=True, words=("竞品情报",), help=Text("Becomes market information")),
        Field("pay", Text("They will pay"), Kind.MONEY, least=0, width=104, words=("承诺付款金额",), help=Text("Becomes a promise to pay")),
        Field("pay_on", Text("They will pay by"), Kind.DATE, words=("承诺付款日期",)),
        Field("suggestion", Text("What should be put right"), wide=True, words=("整改建议",)),
        Field("manager_words", Text("Manager's comment"), wide=True, words=("经理批示",)),
    ),
    extra=(Field("spun", Text("Made of it"), Kind.CODE, hidden=True),),  # which of the files it went on into
    name="day", code="",
    listed=("day", "time", "account_id", "person_id", "kind", "result", "words", "next", "state", "owner_id"),
    sorted_by="-day", sortable=("day",), filters=("kind", "state", "result", "owner_id", "day"),
    indexes=(
        Index("account_id", "day", "state", "kind"), Index("person_id", "day", "state"), Index("state", "day", "owner_id"), Index("owner_id", "day", "state"),
        Index("stakeholder_id", "state", "day"),
    ),
    rollups=(Rollup(("stakeholder_id",), {"contacts": ()}, {"last": "day"}, when="state", value=DONE),),
    check=_check, check_on=("taste", "person_id", "pay", "pay_on", "account_id", "until", "time"),
    joining=SPUN, effect=SPUN, effect_on=SPINS,
    machine=Machine(
        "state",
        Move("done", Text("Was done"), (PLANNED,), DONE, guard=_without_result, sets=_done, effect=SPUN),
        Move("cancel", Text("Cancel"), (PLANNED,), CANCELLED, reason=True),
        Move("plan", Text("Plan again"), (CANCELLED,), PLANNED),
    ),
    file_word="visits", shapes={"ics": {"summary": "kind", "day": "day", "time": "time", "who": "account_id", "note": "words"}},
    area="visits", follows=("account_id",),
)  # fmt: skip
