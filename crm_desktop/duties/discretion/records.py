"""Confidential guests 保密接待: the alias everybody reads, who knows the person behind it, and who opened the file.

The file itself carries the alias, so that no list, search, paper or export can show anything else. The truth lies in the
rows of those who know, which nobody else reaches, whatever their role."""

from __future__ import annotations

from crm_desktop.duties.discretion import rules
from crm_desktop.record.dates import business_date
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Row, Section
from crm_desktop.record.text import Text

ACTIONS = "crm_desktop.duties.discretion.actions"
STATES = ((rules.HOLDS, Text("Kept confidential"), "purple"), (rules.LIFTED, Text("No longer confidential"), "grey"))
WHAT = (("person", Text("Guest's file"), ""), ("vip_stay", Text("Reception"), ""), ("confidence", Text("Confidential file"), ""))


def _fresh() -> Row:
    return {"since": business_date()}


CONFIDENCE = Record(
    "confidence", Text("Confidential guest"), Text("Confidential guests"),
    Section(
        Text("Confidential guest"),
        Field("person_id", Text("Guest"), Kind.REF, ref="person", required=True, once=True, width=120, words=("客人", "姓名")),
        Field("name", Text("Alias"), required=True, searched=True, width=140, words=("化名", "代称"), help=Text("What everybody reads instead of the name")),
        Field("state", Text("Status"), Kind.CHOICE, required=True, closed=True, default=rules.HOLDS, choices=STATES, width=124, words=("状态",)),
        Field("since", Text("First day"), Kind.DATE, required=True, width=104, words=("开始日期",)),
        Field("until", Text("Until"), Kind.DATE, width=104, words=("结束日期",)),
        Field("reason", Text("Why"), wide=True, width=200, words=("原因",)),
        owner(),
    ),
    code="", listed=("name", "person_id", "state", "since", "until", "reason", "owner_id"), sorted_by="-since", sortable=("name", "since", "until"), filters=("state",),
    indexes=(Index("person_id", "state"), Index("state", "until")), fresh=_fresh,
    check=rules.check, check_on=("since", "until"),
    machine=Machine(
        "state",
        Move("lift", Text("No longer confidential"), (rules.HOLDS,), rules.LIFTED, reason=True, effect=f"{ACTIONS}:lift"),
        Move("again", Text("Make confidential again"), (rules.LIFTED,), rules.HOLDS, effect=f"{ACTIONS}:conceal"),
    ),
    joining=f"{ACTIONS}:conceal", effect=f"{ACTIONS}:rename", effect_on=("name",), file_word="confidential-guests", papers=False, area="vip",
)  # fmt: skip

KNOWER = Record(
    "knower", Text("Somebody who knows"), Text("Those who know"),
    Section(
        Text("Somebody who knows"),
        Field("confidence_id", Text("Confidential guest"), Kind.REF, ref="confidence", ref_code="", required=True, once=True, width=140, words=("保密客人",)),
        Field("staff_id", Text("Who may know"), Kind.REF, ref="staff", required=True, once=True, width=110, words=("知情人",)),
        owner(Text("Told by")),
        Field("told_on", Text("Told on"), Kind.DATE, width=104, words=("告知日期",)),
    ),
    extra=(
        Field("person_id", Text("Guest"), Kind.REF, ref="person", hidden=True),
        Field("truth", Text("The truth"), Kind.CODE, hidden=True, data="personal"),
        Field("true_name", Text("Who it is"), work=rules.true_name, of=("truth",), width=120, data="personal"),
        Field("true_position", Text("Job title"), work=rules.true_position, of=("truth",), width=110, data="personal"),
        Field("true_phone", Text("Phone"), work=rules.true_phone, of=("truth",), width=136, data="personal"),
    ),
    name="told_on", code="", titled="staff_id", listed=("confidence_id", "staff_id", "true_name", "true_position", "true_phone", "told_on", "owner_id"),
    sorted_by="-told_on", sortable=("told_on",), indexes=(Index("confidence_id", "staff_id"), Index("staff_id"), Index("person_id"), Index("owner_id")),
    joining=f"{ACTIONS}:tell", leaving=f"{ACTIONS}:forget",
    owners=("staff_id", "owner_id"), area="secret", papers=False, file_word="those-who-know",
)  # fmt: skip

OPENING = Record(
    "opening", Text("Opening of a confidential file"), Text("Openings of confidential files"),
    Section(
        Text("Opening of a confidential file"),
        Field("confidence_id", Text("Confidential guest"), Kind.REF, ref="confidence", ref_code="", required=True, width=140, words=("保密客人",)),
        Field("person_id", Text("Guest"), Kind.REF, ref="person", width=120, words=("客人",)),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("time", Text("Time"), Kind.TIME, width=64, words=("时间",)),
        Field("who", Text("Who"), width=110, words=("查阅人",)),
        Field("what", Text("What was opened"), Kind.CHOICE, closed=True, choices=WHAT, width=104, words=("内容",)),
        Field("knew", Text("Is one of those who know"), Kind.BOOL, width=116, words=("知情",)),
        owner(Text("Opened by")),
    ),
    name="day", code="", titled="confidence_id", listed=("day", "time", "confidence_id", "who", "what", "knew", "person_id"), sorted_by="-day", sortable=("day",),
    indexes=(Index("confidence_id", "day"), Index("person_id", "day"), Index("owner_id", "day"), Index("knew", "day")), filters=("knew",),
    by_hand=False, area="openings", papers=False, file_word="openings",
    lasting=Text("Who opened a confidential file stays written down."),
)  # fmt: skip
