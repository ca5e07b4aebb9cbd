"""Big events 大型保养活动: scheme, guests, tables, budget, what came of it."""

from __future__ import annotations

from crm_desktop.duties.events import queries
from crm_desktop.duties.events.records import BIG_EVENT, EVENT_GUEST, EVENT_LINE
from crm_desktop.duties.events.rules import DECLINED
from crm_desktop.record.duty import Duty, Entries, Page, Part, Related
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

GUESTS = ("account_id", "person_id", "name", "persons", "state", "table_no", "owner_id", "replied_on")
LINES = ("kind", "time", "name", "owner_id", "number", "planned", "actual", "measure")
OF_CLIENT = ("event_id", "person_id", "persons", "state", "table_no", "owner_id")


def _invited(row: Row) -> Text:
    return Text("Invited to {what}", what=row["event_id.name"])


DUTY = Duty(
    "events", Text("Guest events"), records=(BIG_EVENT, EVENT_GUEST, EVENT_LINE),
    pages=(
        Page("guest-events", Text("Guest events"), "users", "crm_desktop.duties.events.pages:events", ("大型活动", "答谢会", "年会", "请柬", "event"), record=BIG_EVENT, rail=False),
        Page("event-guests", Text("Guests of events"), "contact", words=("请柬", "嘉宾", "名单", "桌号"), record=EVENT_GUEST, rail=False),
    ),
    figures=queries.figures, today=queries.today,
    entries=(
        Entries("event_guest", "users", "sent_on", {"account": ("account_id",), "person": ("person_id",)}, ("event_id",), _invited, chip="state", dropped=(DECLINED,)),
    ),
    related={
        "big_event": [Related(Text("Guests invited"), "event_guest", ("event_id",), GUESTS), Related(Text("Programme, budget, people"), "event_line", ("event_id",), LINES)],
        "account": [Related(Text("Guest events"), "event_guest", ("account_id",), OF_CLIENT)],
    },
    parts=(Part("care-summary", Text("How the plan stands"), "care_plan", "crm_desktop.duties.events.pages_effect:panel"),),
    documents="crm_desktop.duties.events.documents",
)  # fmt: skip
