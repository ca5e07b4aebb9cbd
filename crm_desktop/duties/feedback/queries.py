"""What feedback tells the shared screens: call-backs due, how satisfied guests are."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.feedback import rules
from crm_desktop.duties.feedback.records import FEEDBACK
from crm_desktop.record.dates import days_before
from crm_desktop.record.duty import Filter, NowPoint, TodayLine
from crm_desktop.record.record import Figure
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery, count

YEAR = 365
COUNTS = Text("Very satisfied / satisfied / fairly / not")
BY = {"account": "account_id", "person": "person_id"}


def is_waited_for(reader: Any, complaint_id: int) -> bool:
    """True while a call-back of this complaint is planned."""
    marks = ", ".join("?" * len(rules.WAITING))
    sql = f"select 1 from feedback where complaint_id = ? and gone is null and state in ({marks}) limit 1"
    return reader.execute(sql, (complaint_id, *rules.WAITING)).fetchone() is not None


def today(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    """Who is to be asked by this day, who should have been, and who was not satisfied this week."""
    here: list[Filter] = [] if hotel is None else [("hotel_id", "=", hotel)]
    waits: Filter = ("state", "in", rules.WAITING)
    lines: list[tuple[Text, list[Filter], str]] = [
        (Text("Call-backs due"), [waits, ("due", "=", day), *here], ""), (Text("Call-backs overdue"), [waits, ("due", "<", day), *here], "red"),
        (Text("Dissatisfied this week"), [("grade", "=", rules.UNHAPPY), ("asked_on", ">", days_before(day, 7)), ("asked_on", "<=", day), *here], "amber"),
    ]  # fmt: skip
    found = [(label, count(reader, ListQuery(FEEDBACK, filters)), filters, tone) for label, filters, tone in lines]
    return [TodayLine(label, n, None, FEEDBACK.key, filters, group="service", tone=tone if n else "") for label, n, filters, tone in found]


def figures(reader: Any, record: str, row_id: int, day: str) -> list[Figure]:
    """How satisfied a client's people were within a year; nothing where nobody was asked."""
    if record != "account":
        return []
    sql = "select grade, count(*) from feedback where account_id = ? and gone is null and state = ? and asked_on > ? and asked_on <= ? group by grade"
    since = days_before(day, YEAR)
    grades = {str(grade): int(n) for grade, n in reader.execute(sql, (row_id, rules.REACHED, since, day)).fetchall()}
    points = rules.score(grades)
    if points is None:
        return []
    opens: list[Filter] = [("account_id", "=", row_id), ("state", "=", rules.REACHED), ("asked_on", ">", since)]
    return [Figure(COUNTS, rules.counted(grades), "red" if points < 60 else "", opens, Text("{points} of 100", points=points), FEEDBACK.key)]


def now(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    """A guest or client who is to be asked, or who was not satisfied when asked last."""
    if record not in BY:
        return []
    sql = f"select id, state, due, grade from feedback where {BY[record]} = ? and gone is null order by due desc, id desc limit 1"
    found = reader.execute(sql, (row_id,)).fetchone()
    if found is None:
        return []
    each, state, due, grade = found
    if state in rules.WAITING:
        return [NowPoint(Text("To be called back by {day}", day=due), "red" if due < day else "amber", (FEEDBACK.key, int(each)))]
    return [NowPoint(Text("Dissatisfied when asked last"), "red", (FEEDBACK.key, int(each)))] if grade == rules.UNHAPPY else []
