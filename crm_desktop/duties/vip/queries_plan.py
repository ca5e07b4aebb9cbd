"""What the plans of receptions tell: tasks due, people wanted twice and who is free instead, meals that come too soon."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crm_desktop.duties.vip import queries, rules_official
from crm_desktop.duties.vip import rules_plan as rules
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.duties.vip.records_plan import TASK
from crm_desktop.record.dates import business_date, local_time
from crm_desktop.record.duty import Filter, NowPoint, TodayLine
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store import pages
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.rows import get

COLUMNS = ("id", "version", "task", "name", "phase", "anchor", "minutes", "days", "at", "lasts", "day", "time", "state", "source", "owner_id", "department_id", "done_on", "done_at", "standard", "signed_by", "evidence")


def tasks(reader: Any, stay_id: int) -> list[Row]:
    """The tasks of a reception, by the time they are due."""
    sql = f"select {', '.join(COLUMNS)} from reception_task where vip_stay_id = ? and gone is null order by day, time, id"
    return [dict(zip(COLUMNS, row, strict=True)) for row in reader.execute(sql, (stay_id,)).fetchall()]


STANDARD_COLUMNS = (
    "task", "name", "levels", "phase", "standard", "evidence", "department", "host", "owner_id", "backup_id", "lasts", "anchor", "minutes", "days", "at", "daily", "retired",
)  # fmt: skip


def standards(reader: Any) -> list[Row]:
    """The hotel's own standards of receptions; none where it has put none in."""
    sql = f"select {', '.join(STANDARD_COLUMNS)} from reception_standard where gone is null order by phase, id"
    return [dict(zip(STANDARD_COLUMNS, row, strict=True)) for row in reader.execute(sql).fetchall()]


def departments(reader: Any, hotel_id: int | None) -> dict[str, tuple[int, int | None]]:
    """The departments of a hotel by their codes: (id, who signs)."""
    sql = "select code, id, signs_id, hotel_id from department where gone is null and code <> '' order by id"
    return {code: (int(row_id), signs) for code, row_id, signs, at in reader.execute(sql).fetchall() if at in (None, hotel_id) or hotel_id is None}


def by_department(reader: Any, stay_id: int) -> dict[str, list[Row]]:
    """The tasks of a reception that are not struck, by the names of the departments that do them."""
    sql = "select t.id, d.name from reception_task as t join department as d on d.id = t.department_id where t.vip_stay_id = ? and t.gone is null"
    names = {int(row_id): str(name) for row_id, name in reader.execute(sql, (stay_id,)).fetchall()}
    found: dict[str, list[Row]] = {}
    for task in tasks(reader, stay_id):
        if task["state"] != rules.SKIPPED and task["id"] in names:
            found.setdefault(names[task["id"]], []).append(task)
    return found


def words_of(task: Row) -> Text | str:
    """What a task is: in one's own words, or the standard's."""
    return task["name"] or TASK.by_name["task"].choice_text(task["task"])


def busy(reader: Any, day: str) -> list[rules.Busy]:
    """Who is taken when on a day: by open tasks that have a time and a person, and by the diary."""
    sql = (
        "select t.id, t.owner_id, t.day, t.time, t.lasts, t.task, t.name, t.vip_stay_id from reception_task as t"
        f" where t.day = ? and t.state = ? and t.task in ('', {', '.join('?' * len(rules.PERSONAL))})"
        " and t.time <> '' and t.owner_id is not null and t.gone is null"
    )
    found = []
    for row_id, person, at_day, time, lasts, task, name, stay in reader.execute(sql, (day, rules.OPEN, *rules.PERSONAL)).fetchall():
        begins, ends = rules.span(at_day, time, lasts)
        found.append(rules.Busy(person, begins, ends, f"{row_id}:{task}:{name}", ("vip_stay", int(stay))))
    sql = "select id, owner_id, day, begins, ends, name from diary_entry where day = ? and gone is null"
    for _row_id, person, at_day, begins, ends, name in reader.execute(sql, (day,)).fetchall():
        first, last = (dt.datetime.fromisoformat(f"{at_day}T{time}") for time in (begins, ends))
        found.append(rules.Busy(person, first, last, name, ("diary", 0)))
    return found


class Clash:
    """Somebody wanted twice: whose, the task of the reception, and what it meets; who of the same department is free then."""

    def __init__(self, who: str, task: rules.Busy, other: rules.Busy, instead: str) -> None:
        self.who, self.task, self.other, self.instead = who, task, other, instead

    @property
    def task_id(self) -> int:
        """The row of the task."""
        return int(self.task.name.partition(":")[0])

    def words(self) -> Text:
        """The clash as one sentence."""
        told = Text("{time} {task}: {who} is taken {first}-{last} by {what}", time=f"{self.task.begins:%H:%M}", task=_told(self.task), who=self.who,
                    first=f"{self.other.begins:%H:%M}", last=f"{self.other.ends:%H:%M}", what=_told(self.other))  # fmt: skip
        return Text("{clash}; {who} is free", clash=told, who=self.instead) if self.instead else told


def _told(one: rules.Busy) -> Text | str:
    if one.source[0] != "vip_stay":
        return one.name
    _, code, name = one.name.split(":", 2)
    return name or TASK.by_name["task"].choice_text(code)


def clashes(reader: Any, day: str, stay_id: int | None = None) -> list[Clash]:
    """Who is wanted twice on a day, of all receptions or of one."""
    taken = busy(reader, day)
    found: list[Clash] = []
    for first, second in rules.clashes(taken):
        for mine, other in ((first, second), (second, first)):
            if mine.source[0] == "vip_stay" and stay_id in (None, mine.source[1]):
                found.append(Clash(_name(reader, mine.person), mine, other, _instead(reader, mine, taken, day)))
                break
    return found


def _name(reader: Any, staff: int) -> str:
    found = reader.execute("select name from staff where id = ?", (staff,)).fetchone()
    return str(found[0]) if found else ""


def _instead(reader: Any, one: rules.Busy, taken: list[rules.Busy], day: str) -> str:
    """Who could stand in: whom the roster names, the deputy of these days, then others of the department, by staff number; '' when
    nobody is free."""
    named = "select s.id, s.name from reception_task as t join staff as s on s.id = t.backup_id where t.id = ? and s.gone is null and (s.left_on = '' or s.left_on >= ?)"
    sql = (
        "select o.id, o.name from staff as s join staff as o on o.gone is null and o.id <> s.id and (o.left_on = '' or o.left_on >= ?)"
        " and (o.id = s.deputy_id or o.department = s.department and s.department <> '') where s.id = ?"
        " order by case when o.id = s.deputy_id then 0 else 1 end, o.code, o.id limit 20"
    )
    task = one.name.partition(":")[0]
    found = [*reader.execute(named, (int(task) if task.isdecimal() else 0, day)).fetchall(), *reader.execute(sql, (day, one.person)).fetchall()]
    return next((str(name) for row_id, name in found if rules.free(row_id, one.begins, one.ends, taken)), "")


# what the screens show


def now(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    """What matters about a guest's, client's or reception's stay now; of a reception also what its plan says."""
    found = queries.now(reader, record, row_id, day)
    stay = get(reader, VIP_STAY, row_id) if record == "vip_stay" else None
    return found + _of_plan(reader, stay, day) if stay else found


def _of_plan(reader: Any, stay: Row, day: str) -> list[NowPoint]:
    planned = tasks(reader, int(stay["id"]))
    days = sorted({task["day"] for task in planned if task["day"] >= day and task["state"] == rules.OPEN and task["time"]})
    points = [
        NowPoint(clash.words(), "red", ("reception_task", [("id", "=", clash.task_id)]))
        for each in days[:7] for clash in clashes(reader, each, int(stay["id"]))
    ]  # fmt: skip
    for task, minutes in rules.tight(planned, stay):
        words = Text("{task} at {time} is {n} minutes after the arrival", task=words_of(task), time=task["time"], n=minutes)
        if minutes < 0:
            words = Text("{task} at {time} is before the arrival at {arrival}", task=words_of(task), time=task["time"], arrival=stay["arrival_time"])
        points.append(NowPoint(words, "amber", ("reception_task", [("id", "=", task["id"])])))
    late = [task["id"] for task in planned if task["state"] == rules.OPEN and _late(task, day)]
    if late:
        points.append(NowPoint(Text("Tasks late: {n}", n=f"{len(late):,}"), "red", ("reception_task", [("id", "in", tuple(late))])))
    if stay["official"]:
        points.append(NowPoint(Text("Official reception, letter {no}", no=stay["letter_no"] or "–"), "blue" if stay["letter_no"] else "red"))
        if names := rules_official.struck(rules_official.asked(stay)):
            points.append(NowPoint(Text("Not for an official reception: {things}", things=rules_official.listed(names)), "red"))
    return points


def _late(task: Row, day: str) -> bool:
    at = f"{local_time():%H:%M}"
    return bool(task["day"] < day or (task["day"] == day == business_date() and task["time"] and task["time"] < at))


def today(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    """The VIPs of a day, the tasks of their receptions due on it, those late, people wanted twice, menus stopped."""
    from crm_desktop.duties.vip import queries_greeting, queries_kitchen, queries_reception

    lines = queries.today(reader, day, hotel)
    due: list[Filter] = [("state", "=", rules.OPEN) if day >= business_date() else ("state", "<>", rules.SKIPPED), ("day", "=", day)]
    late: list[Filter] = [("state", "=", rules.OPEN), ("day", "<", day)]
    for label, short, filters, tone in ((Text("Reception tasks due"), Text("Tasks today"), due, ""), (Text("Reception tasks late"), None, late, "red")):
        count = pages.count(reader, ListQuery(TASK, filters))
        if count or day < business_date():  # of a past day it is counted once more, by the states of then
            lines.append(TodayLine(label, count, None, "reception_task", filters, group="vip", tone=tone, short=short))
    if found := sorted({clash.task_id for clash in clashes(reader, day)}):
        lines.append(TodayLine(Text("Wanted twice"), len(found), None, "reception_task", [("id", "in", tuple(found))], group="vip", tone="red"))
    lines += queries_greeting.today(reader, day)
    return lines + ([*queries_reception.left_open(reader, day), *queries_kitchen.today(reader, day)] if day == business_date() else [])
