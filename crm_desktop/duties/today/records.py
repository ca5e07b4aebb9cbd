"""Hand-over 交班: what one shift leaves to the next, kept as it was; and the rota 值班/外出: who is on duty, who is out where."""

from __future__ import annotations

from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Problems, Record, Row, Section
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
    area="tasks", owners=("owner_id", "to_id"),
)  # fmt: skip

MOD, OUT, AWAY = "mod", "out", "away"
TURNS = (
    (MOD, Text("Manager on duty"), "purple"), ("day", Text("Day shift"), ""), ("evening", Text("Evening shift"), "blue"), ("night", Text("Night shift"), "blue"),
    (OUT, Text("Out on business"), "amber"), (AWAY, Text("On leave"), "grey"),
)  # fmt: skip
ON_DUTY, ELSEWHERE = (MOD, "day", "evening", "night"), (OUT, AWAY)


def _order(row: Row) -> Problems:
    if row.get("begins") and row.get("ends") and row.get("kind") in ELSEWHERE and row["ends"] < row["begins"]:
        return {"ends": Text("The end must be after {time}", time=row["begins"])}
    return {}


TURN = Record(
    "duty_turn", Text("Turn of duty"), Text("Rota and whereabouts"),
    Section(
        Text("Turn of duty"),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, closed=True, default=MOD, choices=TURNS, width=110, words=("班次", "类别")),
        Field("owner_id", Text("Colleague"), Kind.REF, ref="staff", required=True, width=110, words=("人员", "姓名")),
        Field("begins", Text("From time"), Kind.TIME, width=72, words=("开始",)),
        Field("ends", Text("To time"), Kind.TIME, width=72, words=("结束",)),
        Field("name", Text("Where"), wide=True, width=200, words=("地点", "去向")),
        Field("remark", Text("Remark"), wide=True, words=("备注",)),
    ),
    code="", titled="owner_id", listed=("day", "kind", "owner_id", "begins", "ends", "name"), sorted_by="-day", sortable=("day",), filters=("kind", "owner_id"),
    indexes=(Index("day", "kind"), Index("owner_id", "day")), check=_order, check_on=("kind", "begins", "ends"), file_word="rota", note=("day", "kind"),
    area="office", owners=(), papers=False,
)  # fmt: skip

SKIES = (
    ("sunny", Text("Sunny"), ""), ("cloudy", Text("Cloudy"), ""), ("overcast", Text("Overcast"), ""), ("shower", Text("Showers"), ""), ("rain", Text("Rain"), ""),
    ("storm", Text("Thunderstorm"), ""), ("snow", Text("Snow"), ""), ("fog", Text("Fog"), ""), ("typhoon", Text("Typhoon"), "red"),
)  # fmt: skip


def _degrees(row: Row) -> Problems:
    low, high = row.get("low"), row.get("high")
    return {"high": Text("The highest is below the lowest")} if low is not None and high is not None and high < low else {}


def weather(sky: Text | str, low: int | None, high: int | None, words: str) -> Text | str:
    """What is said of a day's weather, in one line; nothing where nobody wrote anything."""
    degrees = f"{low}~{high}℃" if low is not None and high is not None else f"{high if low is None else low}℃" if low is not None or high is not None else ""
    line: Text | str = ""
    parts: tuple[Text | str, ...] = (sky, degrees, words)
    for part in (each for each in parts if each):
        line = Text("{first} · {second}", first=line, second=part) if line else part
    return line


DAY_NOTE = Record(
    "day_note", Text("Note of a day"), Text("Weather and notes of the day"),
    Section(
        Text("Note of a day"),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("sky", Text("Weather"), Kind.CHOICE, choices=SKIES, codes="weather", width=92, words=("天气",)),
        Field("low", Text("Lowest, ℃"), Kind.INT, least=-60, most=60, width=72, words=("最低温",)),
        Field("high", Text("Highest, ℃"), Kind.INT, least=-60, most=60, width=72, words=("最高温",)),
        Field("name", Text("What everybody should know"), wide=True, searched=True, width=280, words=("提示", "注意")),
    ),
    code="", listed=("day", "sky", "low", "high", "name"), sorted_by="-day", sortable=("day",), filters=("sky",), indexes=(Index("day"),), check=_degrees, check_on=("low", "high"),
    file_word="day-notes", note=("day",), area="office", owners=(), papers=False,
)  # fmt: skip
