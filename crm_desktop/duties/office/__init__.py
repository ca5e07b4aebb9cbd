"""The office 内务: documents in and out 收发文, files lent 档案借阅, trainings 培训记录."""

from __future__ import annotations

from crm_desktop.duties.office import queries
from crm_desktop.duties.office.records import DOCUMENT, LOAN, TRAINEE, TRAINING
from crm_desktop.duties.office.rules import CANCELLED, IN, REFUSED
from crm_desktop.record.duty import Duty, Entries, Page, Related
from crm_desktop.record.later import later
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

OF_CLIENT = ("day", "direction", "name", "party", "state", "due", "owner_id", "code")


def _document(row: Row) -> Text:
    return Text("Came in: {what}", what=row["name"]) if row["direction"] == IN else Text("Went out: {what}", what=row["name"])


def _training(row: Row) -> Text:
    return Text("Training: {what}", what=row["name"])


def _loan(row: Row) -> Text:
    if row["owner_id.name"]:
        return Text("{who} borrowed the file: {what}", who=row["owner_id.name"], what=row["name"])
    return Text("File borrowed: {what}", what=row["name"])


DUTY = Duty(
    "office", Text("Documents, archive, training"), records=(DOCUMENT, LOAN, TRAINING, TRAINEE),
    pages=(
        Page("documents", Text("Documents in and out"), "folder-open", words=("收文", "发文", "公文", "函", "收发"), record=DOCUMENT, rail=False),
        Page("archive-loans", Text("Files lent"), "briefcase", words=("借阅", "档案", "归还", "调档"), record=LOAN, rail=False),
        Page("trainings", Text("Trainings"), "book-open", words=("培训", "学习", "考核", "讲师"), record=TRAINING, rail=False),
        Page("trainees", Text("Trainees"), "users", words=("参训", "出勤", "成绩"), record=TRAINEE, rail=False),
    ),
    today=queries.today, causes=later("crm_desktop.duties.office.causes:causes"),
    entries=(
        Entries("document", "folder-open", "day", {"account": ("account_id",)}, ("direction", "name"), _document, chip="state"),
        Entries("archive_loan", "briefcase", "day", {"account": ("account_id",)}, ("name", "owner_id"), _loan, chip="state", dropped=(REFUSED,)),
        Entries(
            "training", "book-open", "day", {"account": ("account_id", "complaint_id.account_id"), "complaint": ("complaint_id",)}, ("name",), _training,
            time="time", chip="state", dropped=(CANCELLED,),
        ),
    ),
    related={
        "training": [Related(Text("Who took part"), "trainee", ("training_id",), ("name", "department_id", "attendance", "score", "result"))],
        "account": [Related(Text("Documents"), "document", ("account_id",), OF_CLIENT)],
        "complaint": [Related(Text("Trainings"), "training", ("complaint_id",), ("day", "name", "trainer", "state", "owner_id"))],
    },
    documents="crm_desktop.duties.office.documents",
)  # fmt: skip
