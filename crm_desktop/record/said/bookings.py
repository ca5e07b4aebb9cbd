"""A booking in one line: 周六晚 12位 包厢; dinner for 12 on Saturday, private room."""

from __future__ import annotations

from collections.abc import Iterable

from crm_desktop.record.said.line import Said, Understood, any_of
from crm_desktop.record.said.people import take_people, take_place, take_rooms, take_tables
from crm_desktop.record.said.when import Hour, NoDay, blank, take_day, take_no_day, take_time

KINDS = {
    "wedding": ("婚宴", "婚礼", "结婚", "喜宴", "喜酒", "回门", "订婚", "wedding"),
    "meeting": ("会议", "开会", "培训", "论坛", "研讨", "董事会", "例会", "meeting", "conference", "training", "seminar"),
    "group": ("团队", "旅游团", "团体", "团房", "tour group", "group"),
    "banquet": (
        "宴会", "宴请", "寿宴", "生日宴", "满月酒", "百日宴", "谢师宴", "升学宴", "年会", "团年饭", "答谢会", "庆功宴", "乔迁", "banquet",
        "gala dinner", "gala", "annual dinner",
    ),
    "private_room": ("包厢", "包间", "包房", "雅间", "private room"),
    "individual": ("散客", "散台", "大厅", "卡座", "individual", "table for"),
}  # fmt: skip
EVENTS = ("wedding", "meeting", "group", "banquet")
_MEALS = ("wedding", "banquet", "private_room", "individual")
_HALLS = ("宴会厅", "会议室", "会议厅")
_SILENT = ("宴会厅", "group of")  # they do not say what is held


class Booking(Understood):
    """`day` (ISO; `no_day`: what was written cannot be one), `time` HH:MM, `period` breakfast, morning, lunch, noon, afternoon, dinner or evening; `people`, `tables`,
    `spare` tables, `rooms` (0: not said); `place` wished for; `kind` a code of KINDS; `client` the words that are left."""

    day = ""
    no_day = NoDay()
    latest = False
    time = ""
    period = ""
    people = 0
    tables = 0
    spare = 0
    rooms = 0
    place = ""
    kind = ""
    client = ""


def booking(line: str, today: str, places: Iterable[str] = (), names: Iterable[str] = ()) -> Booking:
    """Understand a booking; `places` are the halls, private rooms and lawns by name."""
    said = Said(line, names)
    found = Booking(said)
    if blank(line):
        return found
    when = take_day(said, today, "day")
    found.day, found.latest = when.day, when.latest
    if not when.day:
        found.doubts["day"] = when.doubts
        found.no_day = NoDay() if when.doubts else take_no_day(said, today, "day")
    kinds = _kinds(said.text)
    _count(said, found)
    found.place = take_place(said, (*places, *_HALLS))
    _take_kinds(said)
    _settle_kind(found, kinds)
    _settle_time(found, take_time(said))
    found.close(said)
    found.client = found.rest
    return found


def _count(said: Said, found: Booking) -> None:
    people = take_people(said)
    if len(people) > 1:
        found.doubts["people"] = people
    elif people:
        found.people = people[0]
    found.tables, found.spare = take_tables(said)
    found.rooms = take_rooms(said)
    if not people and not found.tables and not found.rooms:
        found.doubts["people"] = ()


def _kinds(text: str) -> list[str]:
    for words in _SILENT:
        text = text.replace(words, "")
    return [kind for kind, known in KINDS.items() if any_of(known).search(text)]


def _take_kinds(said: Said) -> None:
    for words in KINDS.values():
        said.take_all("kind", any_of(words))


def _settle_kind(found: Booking, kinds: list[str]) -> None:
    """What is held says more than where; without either, tables ask for a banquet and guests for a table or a room."""
    events = [kind for kind in kinds if kind in EVENTS]
    likely = events or kinds
    if len(likely) == 1:
        found.kind = likely[0]
    elif likely:
        found.doubts["kind"] = tuple(likely)
    elif found.tables:
        found.doubts["kind"] = ("banquet", "wedding", "private_room", "individual")
    elif found.rooms:
        found.doubts["kind"] = ("individual", "group")
    else:
        found.doubts["kind"] = ("private_room", "individual", "banquet", "meeting")


def _settle_time(found: Booking, named: Hour) -> None:
    """An evening at table is dinner, noon lunch; seven o'clock at table is the evening's, elsewhere it is asked."""
    meal, time = found.kind in _MEALS, named.time
    found.period = {"evening": "dinner", "noon": "lunch"}.get(named.period, named.period) if meal else named.period
    hour = int(time[:2]) if time else 0
    if named.bare and 7 <= hour <= 9 and found.kind != "meeting":
        late = f"{hour + 12}{time[2:]}"
        if not meal:
            found.doubts["time"] = (late, time)
            return
        time = late
    found.time = time
