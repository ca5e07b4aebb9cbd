"""What relations tell: who outside is to be seen, barter that runs out or is not even, praise nobody passed on, thanks to be said."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.relations.records import BARTER, BROKEN, GAVE, GOT, NOTED, RUNNING, STAKEHOLDER, THANKS
from crm_desktop.duties.relations.rules import next_on
from crm_desktop.record.dates import add_days, days_before
from crm_desktop.record.duty import Cause, Filter, TodayLine
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Figure
from crm_desktop.record.text import Text
from crm_desktop.store.pages import waiting

ENDS_WITHIN, YEAR, LOOKED_BACK = 30, 365, 60  # days
PARTNERS = {"account": "account_id", "stakeholder": "stakeholder_id"}


def due(reader: Any, day: str) -> list[tuple[int, str, str, int | None]]:
    """Whoever outside was not seen within their rhythm: id, name, since when it is due, liaison."""
    rows = reader.execute("select id, name, last, every, owner_id from stakeholder where gone is null and state <> ? and last <> '' order by last, id", (BROKEN,)).fetchall()
    found = [(int(at), str(name), next_on(str(last), int(every or 0)), owner) for at, name, last, every, owner in rows]
    return [(at, name, on, owner) for at, name, on, owner in found if on is not None and on <= day]


def unpraised(reader: Any, day: str) -> list[tuple[int, str, str]]:
    """Words of praise of the last two months that nobody passed on: id, subject, day."""
    sql = (
        "select c.id, c.name, c.received_on from complaint as c where c.gone is null and c.kind = 'praise' and c.received_on > ? and c.received_on <= ?"
        " and not exists (select 1 from thanks as t where t.complaint_id = c.id and t.gone is null) order by c.received_on, c.id"
    )
    return [(int(at), str(name), str(on)) for at, name, on in reader.execute(sql, (days_before(day, LOOKED_BACK), day)).fetchall()]


def today(reader: Any, day: str, _hotel: int | None) -> list[TodayLine]:
    """Who outside is to be seen, what runs out, whom to thank."""
    late, praise = due(reader, day), unpraised(reader, day)
    ending: list[Filter] = [("state", "=", RUNNING), ("expires", ">", ""), ("expires", "<=", add_days(day, ENDS_WITHIN))]
    seen: list[Filter] = [("id", "in", [at for at, *_ in late])]
    told: list[Filter] = [("id", "in", [at for at, *_ in praise])]
    return [
        *([TodayLine(Text("Stakeholders to be seen"), len(late), None, STAKEHOLDER.key, seen, group="office", tone="amber", short=Text("Stakeholders"))] if late else []),
        *waiting(reader, Text("Barter running out"), BARTER, ending, group="care", tone="amber"),
        *([TodayLine(Text("Praise to pass on"), len(praise), None, "complaint", told, group="office")] if praise else []),
        *waiting(reader, Text("Thanks to be said"), THANKS, [("state", "=", NOTED)], group="office"),
    ]


def causes(reader: Any, day: str) -> list[Cause]:
    """Stakeholders beyond their rhythm and praise that was not passed on are followed up."""
    seen = [
        Cause("stakeholder-due", (STAKEHOLDER.key, at), Text("See {name}: it is time again", name=name), on, owner_id=owner, urgency=6, quiet=30) for at, name, on, owner in due(reader, day)
    ]
    return [*seen, *(Cause("praise", ("complaint", at), Text("Pass the praise on: {what}", what=name), add_days(on, 2), urgency=6) for at, name, on in unpraised(reader, day))]


def figures(reader: Any, record: str, row_id: int, day: str) -> list[Figure]:
    """The barter of a partner, an agreement's sides, how a department was thanked."""
    if record == BARTER.key:
        return _sides(reader, row_id)
    if record in PARTNERS:
        return _partner(reader, PARTNERS[record], row_id)
    return _department(reader, row_id, day) if record == "department" else []


def _sides(reader: Any, row_id: int) -> list[Figure]:
    gave, got, agreed = reader.execute("select gave, got, agreed from barter where id = ?", (row_id,)).fetchone()
    mine: Filter = ("barter_id", "=", row_id)
    return [
        Figure(Text("We gave"), show_money(gave), opens=[mine, ("side", "=", GAVE)], share=(gave, agreed) if agreed else None),
        Figure(Text("We were given"), show_money(got), opens=[mine, ("side", "=", GOT)], share=(got, agreed) if agreed else None),
        Figure(Text("They still owe us"), show_money(gave - got), tone="amber" if gave != got else ""),
    ]  # fmt: skip


def _partner(reader: Any, column: str, row_id: int) -> list[Figure]:
    gave, got, n = reader.execute(f"select coalesce(sum(gave), 0), coalesce(sum(got), 0), count(*) from barter where gone is null and {column} = ? and state = ?", (row_id, RUNNING)).fetchone()
    opens: list[Filter] = [(column, "=", row_id), ("state", "=", RUNNING)]
    return [Figure(Text("Barter: they still owe us"), show_money(int(gave) - int(got)), "amber" if gave != got else "", opens, record=BARTER.key)] if n else []


def _department(reader: Any, row_id: int, day: str) -> list[Figure]:
    since = days_before(day, YEAR)
    n, marked, marks = reader.execute(
        "select count(*), sum(case when marks > 0 then 1 else 0 end), sum(marks) from thanks where gone is null and department_id = ? and day > ?", (row_id, since)
    ).fetchone()
    opens: list[Filter] = [("department_id", "=", row_id), ("day", ">", since)]
    note = Text("{n} marks, mean {mean} of 10", n=marked, mean=f"{marks / marked:.1f}") if marked else ""
    return [Figure(Text("Thanked within a year"), f"{n:,}", opens=opens, note=note, record=THANKS.key)] if n else []
