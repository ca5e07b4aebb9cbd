"""Visits and calls 走访联络."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.visits import queries
from crm_desktop.duties.visits.queries_promises import promises
from crm_desktop.duties.visits.records import CANCELLED, KINDS, RESULTS, VISIT
from crm_desktop.duties.visits.records_week import CALL_LINE, CALL_SHEET, TABLE_LINE, VISIT_WEEK
from crm_desktop.record.duty import Action, Duty, Entries, Page, Part, Related, TodayLine
from crm_desktop.record.later import later
from crm_desktop.record.record import Figure, Row
from crm_desktop.record.text import Text

LISTED = ("day", "time", "kind", "person_id", "result", "words", "next", "state", "owner_id")
OF_PERSON = ("day", "time", "kind", "account_id", "result", "words", "next", "state", "owner_id")
AT_TABLES = ("day", "time", "name", "guest", "mood", "dish", "promise", "words", "toasted", "promise_on", "owner_id")
CALLS = ("name", "account_id", "why", "state", "phone", "result", "words", "called_on", "called_at", "lead", "attempt", "room_no")
WORDS: dict[str, Text] = {code: text for code, text, _ in (*KINDS, *RESULTS)}


def _says(row: Row) -> Text:
    kind = WORDS.get(row["kind"]) or Text("Visit or call")
    if row["result"]:
        kind = Text("{kind} - {result}", kind=kind, result=WORDS.get(row["result"]) or row["result"])
    words = " ".join((row["words"] or row["next"] or "").split())
    return Text("{kind}: {what}", kind=kind, what=words) if words else kind


def _table(row: Row) -> Text:
    said = row["promise"] or row["dish"] or row["words"]
    return Text("Table {name} visited: {what}", name=row["name"], what=said) if said else Text("Table {name} visited", name=row["name"])


def _figures(reader: Any, record: str, row_id: int, day: str) -> list[Figure]:
    if record not in ("visit_week", "account", VISIT.key):
        return []
    from crm_desktop.duties.visits import queries_credit, queries_rhythm, queries_week

    if record == VISIT.key:
        return queries_credit.figures(reader, row_id, day)
    return queries_week.figures(reader, record, row_id, day) if record == "visit_week" else queries_rhythm.figures(reader, row_id, day)


def _today(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    from crm_desktop.duties.visits import queries_rhythm, queries_week

    return [*queries.today(reader, day, hotel), *queries_rhythm.today(reader, day), *queries_week.today(reader, day, hotel)]


DUTY = Duty(
    "visits", Text("Visits and calls"), records=(VISIT, VISIT_WEEK, TABLE_LINE, CALL_SHEET, CALL_LINE),
    pages=(
        Page("visits", Text("Visits and calls"), "phone", words=("走访", "拜访", "电话", "联络", "回访"), record=VISIT),
        Page(
            "visit-plan", Text("Next week's visits"), "calendar-days", "crm_desktop.duties.visits.pages:visit_plan",
            ("走访计划", "拜访计划", "下周", "计划"), rail=False,
        ),
        Page(
            "visit-grid", Text("Plan of visits"), "calendar-days", "crm_desktop.duties.visits.pages_grid:visit_grid",
            ("走访计划表", "周计划", "月计划", "排班", "覆盖率"), rail=False,
        ),
        Page("visit-weeks", Text("Weeks and months: plan and report"), "calendar-clock", words=("周报", "月报", "周计划", "月计划", "报批", "走访计划"), record=VISIT_WEEK, rail=False),
        Page("tables-visited", Text("Tables visited"), "utensils-crossed", words=("巡台", "敬酒", "退菜"), record=TABLE_LINE, rail=False),
        Page(
            "call-sheets", Text("Telephone sheets"), "phone", "crm_desktop.duties.visits.pages_calls:call_sheets", ("电话拜访", "电话表", "住店访客", "访客", "call"),
            record=CALL_SHEET, rail=False,
        ),
        Page("calls", Text("Calls of a sheet"), "phone", words=("电话拜访", "通话"), record=CALL_LINE, rail=False),
    ),
    actions=(
        Action("visit-plan", Text("Next week's visits"), "F8", page="visit-plan", icon="calendar-days", short=Text("Visits"), words=("走访", "计划")),
    ),
    card=promises, figures=_figures, today=_today, causes=later("crm_desktop.duties.visits.causes:causes"),
    entries=(
        Entries(
            "visit", "phone", "day", {"account": ("account_id",), "person": ("person_id",)}, ("kind", "result", "words", "next"), _says,
            time="time", chip="state", dropped=(CANCELLED,),
        ),
        Entries(
            "table_line", "utensils-crossed", "day", {"account": ("account_id",), "person": ("person_id",), "booking": ("booking_id",)}, ("name", "promise", "dish", "words"), _table,
            time="time", chip="mood",
        ),
    ),
    related={
        "booking": [Related(Text("Tables visited"), "table_line", ("booking_id",), AT_TABLES)],
        "call_sheet": [Related(Text("Calls of a sheet"), "call_line", ("sheet_id",), CALLS)],
        "account": [Related(Text("Visits and calls"), "visit", ("account_id",), LISTED), Related(Text("Tables visited"), "table_line", ("account_id",), AT_TABLES)],
        "person": [Related(Text("Visits and calls"), "visit", ("person_id",), OF_PERSON)],
    },
    parts=(Part("call-session", Text("Telephone session"), "call_sheet", "crm_desktop.duties.visits.pages_session:panel"),),
    documents="crm_desktop.duties.visits.documents",
)  # fmt: skip
