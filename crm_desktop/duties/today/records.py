"""Hand-over 交班: what one shift leaves to the next, kept as it was."""

from __future__ import annotations

from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

HANDOVER = Record(
    "handover", Text("Hand-over"), Text("Hand-overs"),
    Section(
        Text("Hand-over"),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        owner(Text("From")),
        Field("to_id", Text("To"), Kind.REF, ref="staff", width=110, words=("接班人",)),
        Field("note", Text("Note to the next shift"), Kind.LONG, wide=True, width=280, words=("交班留言",)),
    ),
    Section(
        Text("As it stood"),
        Field("items", Text("Unfinished"), Kind.LONG, wide=True, words=("未完成事项",)),
        Field("risks", Text("Tomorrow"), Kind.LONG, wide=True, words=("明日注意",)),
    ),
    name="day", code="", listed=("day", "owner_id", "to_id", "note"), sorted_by="-day", sortable=("day",),
    filters=("owner_id",), indexes=(Index("owner_id", "day"),), file_word="handovers",
)  # fmt: skip
