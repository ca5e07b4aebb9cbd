"""Feedback 征询/回访."""

from __future__ import annotations

from crm_desktop.duties.feedback import queries
from crm_desktop.duties.feedback.records import FEEDBACK, GRADES, KINDS
from crm_desktop.duties.feedback.rules import DECLINED, UNREACHABLE
from crm_desktop.record.duty import Duty, Entries, Page, Related
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

LISTED = ("due", "name", "kind", "grade", "words", "state", "asked_on", "owner_id")
WORDS: dict[str, Text] = {code: text for code, text, _ in (*KINDS, *GRADES)}


def _says(row: Row) -> Text:
    words = WORDS.get(row["kind"]) or Text("Feedback")
    if row["grade"]:
        words = Text("{kind} - {result}", kind=words, result=WORDS.get(row["grade"]) or row["grade"])
    said = " ".join(str(row["words"]).split())
    return Text("{kind}: {what}", kind=words, what=said) if said else words


DUTY = Duty(
    "feedback", Text("Feedback and call-backs"), records=(FEEDBACK,),
    pages=(Page("feedback", Text("Feedback and call-backs"), "thumbs-up", words=("回访", "征询", "满意度", "意见", "feedback"), record=FEEDBACK, rail=False),),
    figures=queries.figures, now=queries.now, today=queries.today,
    entries=(
        Entries(
            "feedback", "thumbs-up", "due", {"account": ("account_id",), "person": ("person_id",), "complaint": ("complaint_id",)}, ("kind", "grade", "words"), _says,
            chip="state", dropped=(DECLINED, UNREACHABLE),
        ),
    ),
    related={
        "account": [Related(Text("Feedback and call-backs"), "feedback", ("account_id",), LISTED)],
        "person": [Related(Text("Feedback and call-backs"), "feedback", ("person_id",), LISTED)],
        "complaint": [Related(Text("Feedback and call-backs"), "feedback", ("complaint_id",), LISTED)],
        "booking": [Related(Text("Feedback and call-backs"), "feedback", ("booking_id",), LISTED)],
    },
    documents="crm_desktop.duties.feedback.documents",
)  # fmt: skip
