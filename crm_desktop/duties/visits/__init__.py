"""Visits and calls 走访联络."""

from __future__ import annotations

from crm_desktop.duties.visits import causes, queries
from crm_desktop.duties.visits.queries_promises import promises
from crm_desktop.duties.visits.records import KINDS, RESULTS, VISIT
from crm_desktop.record.duty import Action, Duty, Entries, Page, Related
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

LISTED = ("day", "time", "kind", "person_id", "result", "words", "next", "state", "owner_id")
OF_PERSON = ("day", "time", "kind", "account_id", "result", "words", "next", "state", "owner_id")
WORDS: dict[str, Text] = {code: text for code, text, _ in (*KINDS, *RESULTS)}


def _says(row: Row) -> Text:
    kind = WORDS.get(row["kind"]) or Text("Visit or call")
    if row["result"]:
        kind = Text("{kind} - {result}", kind=kind, result=WORDS.get(row["result"]) or row["result"])
    words = " ".join((row["words"] or row["next"] or "").split())
    return Text("{kind}: {what}", kind=kind, what=words) if words else kind


DUTY = Duty(
    "visits", Text("Visits and calls"), records=(VISIT,),
    pages=(
        Page("visits", Text("Visits and calls"), "phone", words=("走访", "拜访", "电话", "联络", "回访"), record=VISIT),
        Page(
            "visit-plan", Text("Next week's visits"), "calendar-days", "crm_desktop.duties.visits.pages:visit_plan",
            ("走访计划", "拜访计划", "下周", "计划"), rail=False,
        ),
    ),
    actions=(
        Action("visit-plan", Text("Next week's visits"), "F8", page="visit-plan", icon="calendar-days", short=Text("Visits"), words=("走访", "计划")),
    ),
    card=promises, today=queries.today, causes=causes.causes,
    entries=(
        Entries(
            "visit", "phone", "day", {"account": ("account_id",), "person": ("person_id",)}, ("kind", "result", "words", "next"), _says,
            time="time", chip="state",
        ),
    ),
    related={
        "account": [Related(Text("Visits and calls"), "visit", ("account_id",), LISTED)],
        "person": [Related(Text("Visits and calls"), "visit", ("person_id",), OF_PERSON)],
    },
)  # fmt: skip
