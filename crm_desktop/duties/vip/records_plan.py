"""A reception's plan 接待流程, task by task, and the diary 日程 that tells when those who receive are taken."""

from __future__ import annotations

from crm_desktop.duties.vip import rules_plan as rules
from crm_desktop.duties.vip.rules_plan import BY_HAND, DONE, OPEN, PLANNED, SKIPPED
from crm_desktop.record.dates import local_time
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Problems, Record, Row, Section
from crm_desktop.record.text import Text, say

PHASES = (
    (rules.NOTICE, Text("Notice"), ""), (rules.CHECK, Text("Preparation"), ""), (rules.COMING, Text("Welcome"), ""), (rules.ROOM, Text("In the room"), ""),
    (rules.STAY, Text("During the stay"), ""), (rules.MEAL, Text("Meal"), ""), (rules.FAREWELL, Text("Farewell"), ""), (rules.AFTER, Text("After-care"), ""),
)  # fmt: skip
ANCHORS = (
    (rules.ARRIVAL, Text("Moves with the arrival"), ""), (rules.DEPARTURE, Text("Moves with the departure"), ""),
    (rules.BEFORE, Text("Moves with the day of arrival"), ""), (rules.LEAVING, Text("Moves with the day of departure"), ""),
    (rules.FILED, Text("Working days after the departure"), ""), (rules.CLOCK, Text("Stays at its time"), ""),
)  # fmt: skip
STATES = ((OPEN, Text("To do"), "blue"), (DONE, Text("Done"), "green"), (SKIPPED, Text("Not needed"), "grey"))
TASKS = (*((one.code, one.title, "") for one in rules.STANDARDS if isinstance(one.title, Text)), (rules.SERVED, Text("Meal served"), ""))
EVIDENCE = (("photo", Text("With a photo"), ""), ("count", Text("Counted"), ""), ("paper", Text("With a signed paper"), ""))


def _what(task: str, name: str) -> str:
    """One's own words, or the standard's."""
    return name or say(TASK.by_name["task"].choice_text(task))


def _done(_row: Row, day: str) -> Row:
    return {"done_on": day, "done_at": f"{local_time():%H:%M}"}


def _not_done(_row: Row, _day: str) -> Row:
    return {"done_on": "", "done_at": "", "signed_by": ""}


def _should(task: str, standard: str) -> str:
    """What it should be like: the hotel's own words, or the standard's."""
    found = rules.BY_CODE.get(task)
    return standard or (say(found.should) if found else "")


TASK = Record(
    "reception_task", Text("Reception task"), Text("Reception tasks"),
    Section(
        Text("Task"),
        Field("vip_stay_id", Text("VIP stay"), Kind.REF, ref="vip_stay", ref_name="room_no", ref_code="", required=True, width=84, words=("接待", "贵宾接待")),
        Field("guest_id", Text("Guest"), Kind.REF, ref="person", width=110, words=("客人", "贵宾")),
        Field("phase", Text("Phase"), Kind.CHOICE, closed=True, default=rules.COMING, choices=PHASES, width=84, words=("环节", "阶段")),
        Field("task", Text("Standard task"), Kind.CHOICE, choices=TASKS, codes="reception_task", width=230, words=("标准任务",)),
        Field("name", Text("In your own words"), wide=True, searched=True, width=150, words=("任务", "内容")),
        Field("department_id", Text("Department"), Kind.REF, ref="department", width=92, words=("部门",)),
        owner(Text("Done by")),
        owner(Text("Stands in"), "backup_id"),
        Field("standard", Text("Standard in your own words"), wide=True, words=("标准", "要求")),
        Field("evidence", Text("Evidence"), Kind.CHOICE, choices=EVIDENCE, codes="task_evidence", width=104, words=("凭证", "佐证"), help=Text("One with a photo is done only with a picture among its files")),
    ),
    Section(
        Text("When"),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("time", Text("Time"), Kind.TIME, width=64, words=("时间",)),
        Field("was", Text("Was due"), Kind.CODE, width=104, words=("原定时间",)),
        Field("anchor", Text("Time of the task"), Kind.CHOICE, closed=True, default=rules.CLOCK, choices=ANCHORS, width=130, words=("时间依据",)),
        Field("minutes", Text("Minutes from it"), Kind.INT, default=0, least=-10_080, most=10_080, width=84, words=("相差分钟",)),
        Field("days", Text("Days from it"), Kind.INT, default=0, least=-99, most=99, width=84, words=("相差天数",)),
        Field("at", Text("At"), Kind.TIME, width=64, words=("定时",)),
        Field("lasts", Text("Takes minutes"), Kind.INT, default=rules.LASTS, least=0, most=1_440, width=84, words=("时长",)),
    ),
    Section(
        Text("Done"),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=OPEN, choices=STATES, width=84, words=("状态",)),
        Field("done_on", Text("Done on"), Kind.DATE, width=104, words=("完成日期",)),
        Field("done_at", Text("Done at"), Kind.TIME, width=72, words=("完成时间",)),
        Field("signed_by", Text("Signed by"), width=92, words=("签字人", "签名"), help=Text("Whoever marks it as done")),
        Field("remark", Text("What was found"), Kind.LONG, wide=True, words=("情况", "备注")),
        Field("source", Text("Source"), Kind.CHOICE, closed=True, default=BY_HAND, choices=((BY_HAND, Text("By hand"), ""), (PLANNED, Text("From the standard"), "")), width=92, words=("来源",)),
    ),
    extra=(
        Field("what", Text("Task"), work=_what, of=("task", "name"), width=230),
        Field("should", Text("Standard"), work=_should, of=("task", "standard"), width=260),
    ),
    code="", listed=("day", "time", "was", "what", "guest_id", "phase", "department_id", "owner_id", "state", "done_at", "signed_by", "should"),
    sorted_by="day", sortable=("day",), filters=("state", "phase", "department_id", "owner_id"),
    indexes=(Index("vip_stay_id", "day", "time"), Index("state", "day", "time", "owner_id"), Index("owner_id", "day", "state"), Index("guest_id", "day")),
    check=rules.check_task, check_on=("name", "task"),
    machine=Machine(
        "state",
        Move("done", Text("Done"), (OPEN,), DONE, sets=_done, effect="crm_desktop.duties.vip.plan:signed"),
        Move("skip", Text("Not needed"), (OPEN,), SKIPPED, reason=True),
        Move("open", Text("Open again"), (DONE, SKIPPED), OPEN, sets=_not_done),
    ),
    file_word="reception-tasks", note=("day", "time", "guest_id"), faded=("state", (DONE, SKIPPED)), titled="guest_id",
    area="vip", along=("source", PLANNED),
)  # fmt: skip


def _diary_problems(row: Row) -> Problems:
    if row.get("begins") and row.get("ends") and row["ends"] <= row["begins"]:
        return {"ends": Text("The end must be after {time}", time=row["begins"])}
    return {}


DIARY = Record(
    "diary_entry", Text("Diary entry"), Text("Diary"),
    Section(
        Text("Diary entry"),
        Field("owner_id", Text("Who is taken"), Kind.REF, ref="staff", required=True, width=110, words=("人员", "姓名")),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("begins", Text("From time"), Kind.TIME, required=True, width=72, words=("开始",)),
        Field("ends", Text("To time"), Kind.TIME, required=True, width=72, words=("结束",)),
        Field("name", Text("What"), required=True, searched=True, wide=True, width=220, words=("事项", "内容")),
    ),
    code="", listed=("day", "begins", "ends", "owner_id", "name"), sorted_by="day", sortable=("day",), filters=("owner_id",),
    indexes=(Index("owner_id", "day", "begins"), Index("day", "owner_id")),
    check=_diary_problems, check_on=("begins", "ends"), file_word="diary", note=("day", "begins"), papers=False,
    area="vip",
)  # fmt: skip
