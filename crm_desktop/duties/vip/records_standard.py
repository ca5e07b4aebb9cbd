"""The standards of a reception's plan and its roster: what is done for which levels, when, by whom, and who stands in; every line is a
row the hotel edits."""

from __future__ import annotations

from crm_desktop.duties.vip import rules_plan as rules
from crm_desktop.duties.vip.records_levels import DEPARTMENTS
from crm_desktop.duties.vip.records_plan import ANCHORS, EVIDENCE, PHASES, TASKS
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text, say

PLACES = (*DEPARTMENTS, ("GM", Text("General manager"), ""))


def _what(task: str, name: str) -> str:
    return name or say(RECEPTION_STANDARD.by_name["task"].choice_text(task))


def _when(anchor: str, minutes: int, days: int, at: str) -> str:
    """When it is due, in words: 10 min before the arrival; 1 day before at 12:00."""
    hangs = {code: text for code, text, _ in ANCHORS}.get(anchor, "")
    if anchor in (rules.ARRIVAL, rules.DEPARTURE):
        return say(Text("{what}, {n} min", what=hangs, n=f"{minutes or 0:+d}"))
    return say(Text("{what}, {n} d, {time}", what=hangs, n=f"{days or 0:+d}", time=at))


RECEPTION_STANDARD = Record(
    "reception_standard", Text("Standard of a reception"), Text("Reception standards"),
    Section(
        Text("What is done"),
        Field("task", Text("Standard task"), Kind.CHOICE, required=True, choices=TASKS, codes="reception_task", width=230, words=("标准任务", "任务")),
        Field("name", Text("In your own words"), searched=True, wide=True, width=150, words=("内容",)),
        Field("levels", Text("For levels"), Kind.CODE, required=True, default=" ".join(rules.LEVELS), width=120, words=("适用等级", "等级"), help=Text("Like: V1 V2 V3")),
        Field("phase", Text("Phase"), Kind.CHOICE, required=True, closed=True, default=rules.COMING, choices=PHASES, width=84, words=("环节", "阶段")),
        Field("standard", Text("What it should be like"), wide=True, searched=True, width=260, words=("标准", "要求"), help=Text("Empty: as the program says")),
        Field("evidence", Text("Evidence"), Kind.CHOICE, choices=EVIDENCE, codes="task_evidence", width=104, words=("凭证", "佐证")),
    ),
    Section(
        Text("By whom"),
        Field("department", Text("Department"), Kind.CHOICE, required=True, default="FO", choices=PLACES, codes="plan_department", width=104, words=("部门",)),
        Field("host", Text("By whoever looks after the reception"), Kind.BOOL, words=("由接待负责人",)),
        owner(Text("Done by")),
        owner(Text("Stands in"), "backup_id"),
        Field("lasts", Text("Takes minutes"), Kind.INT, default=rules.LASTS, least=0, most=1_440, width=84, words=("时长",)),
    ),
    Section(
        Text("When"),
        Field("anchor", Text("Time of the task"), Kind.CHOICE, required=True, closed=True, default=rules.ARRIVAL, choices=tuple(one for one in ANCHORS if one[0] != rules.CLOCK), width=130, words=("时间依据",)),
        Field("minutes", Text("Minutes from it"), Kind.INT, default=0, least=-10_080, most=10_080, width=84, words=("相差分钟",), help=Text("Before it with a minus: -10")),
        Field("days", Text("Days from it"), Kind.INT, default=0, least=-99, most=99, width=84, words=("相差天数",)),
        Field("at", Text("At"), Kind.TIME, width=64, words=("定时",)),
        Field("daily", Text("Every day in house but that of arrival"), Kind.BOOL, words=("每日",)),
        Field("retired", Text("No longer used"), Kind.BOOL, width=72, words=("停用",)),
    ),
    extra=(
        Field("what", Text("Task"), work=_what, of=("task", "name"), width=230),
        Field("when", Text("When"), work=_when, of=("anchor", "minutes", "days", "at"), width=200),
    ),
    name="levels", code="", listed=("what", "levels", "when", "department", "owner_id", "backup_id", "standard", "evidence", "retired"), sorted_by="phase", sortable=("phase", "task"),
    filters=("phase", "department", "owner_id"), indexes=(Index("task", "levels"), Index("phase", "task"), Index("owner_id")), check=rules.check_standard,
    check_on=("levels", "anchor", "at", "owner_id", "backup_id"), file_word="reception-standards", note=("task", "levels"), papers=False, area="rules", owners=(),
)  # fmt: skip
