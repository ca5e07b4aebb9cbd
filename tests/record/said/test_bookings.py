"""Bookings in one line, seen from Wednesday 18 November 2026."""

from __future__ import annotations

import pytest

from crm_desktop.record.said import booking

TODAY = "2026-11-18"
PLACES = ("听泉", "澜庭大宴会厅", "湖畔草坪", "棠苑厅", "兰亭")
LINES = [
    ("周六晚 12位 包厢", "2026-11-21", "", "dinner", 12, "包厢", "private_room", ""), ("週六晚 12位 包廂", "2026-11-21", "", "dinner", 12, "包廂", "private_room", ""),
    ("周六晚12位包厢", "2026-11-21", "", "dinner", 12, "包厢", "private_room", ""), ("祁曼 周六晚7点 12位 包厢", "2026-11-21", "19:00", "dinner", 12, "包厢", "private_room", "祁曼"),
    ("明天中午 听泉 十二个人 包厢 祁曼", "2026-11-19", "", "lunch", 12, "听泉", "private_room", "祁曼"), ("下周五 会议 80人 课桌 9点", "2026-11-27", "09:00", "", 80, "", "meeting", "课桌"),
    ("10大2小 周日晚 大厅", "2026-11-22", "", "dinner", 12, "大厅", "individual", ""), ("12.5晚 12位 包厢", "2026-12-05", "", "dinner", 12, "包厢", "private_room", ""),
    ("明晚6点半 8人 包间 澄籁精密", "2026-11-19", "18:30", "dinner", 8, "包间", "private_room", "澄籁精密"), ("后天 7点 10位 包厢", "2026-11-20", "19:00", "", 10, "包厢", "private_room", ""),
    ("12月5日 午市 寿宴 30人 棠苑厅", "2026-12-05", "", "lunch", 30, "棠苑厅", "banquet", ""), ("dinner for 12 on Saturday, private room", "2026-11-21", "", "dinner", 12, "private room", "private_room", ""),
    ("Sat 7pm 12 pax private room Acme", "2026-11-21", "19:00", "", 12, "private room", "private_room", "Acme"), ("lunch tomorrow, party of 8, individual", "2026-11-19", "", "lunch", 8, "", "individual", ""),
    ("meeting for 40 people next Friday 9:30", "2026-11-27", "09:30", "", 40, "", "meeting", ""), ("Dec 15 wedding 300 guests lawn", "2026-12-15", "", "", 300, "lawn", "wedding", ""),
    ("２５号　晚市　１０位　包厢", "2026-11-25", "", "dinner", 10, "包厢", "private_room", ""), ("周大福 年会 12月20号 200人", "2026-12-20", "", "", 200, "", "banquet", "周大福"),
    ("万豪王总 周五中午 6位 兰亭 包厢", "2026-11-20", "", "lunch", 6, "兰亭", "private_room", "万豪王总"), ("国庆 婚礼 二百人 湖畔草坪", "2027-10-01", "", "", 200, "湖畔草坪", "wedding", ""),
    ("团队 3号楼 后天 40人", "2026-11-20", "", "", 40, "", "group", "3号楼"), ("11-25 18:30 12人 包厢", "2026-11-25", "18:30", "", 12, "包厢", "private_room", ""), ("宴会厅 会议 100人 周一上午10点", "2026-11-23", "10:00", "morning", 100, "宴会厅", "meeting", ""),
    ("Friday 7:30pm table for 4 Smith", "2026-11-20", "19:30", "", 4, "", "individual", "Smith"), ("后天会议室 20人 董事会", "2026-11-20", "", "", 20, "会议室", "meeting", ""),
    ("散客 今晚 两位", "2026-11-18", "", "dinner", 2, "", "individual", ""), ("培训 12月3号下午 60人 五一路分局", "2026-12-03", "", "afternoon", 60, "", "meeting", "五一路分局"), ("农历十月二十 婚宴 500人 澜庭大宴会厅", "2026-11-28", "", "", 500, "澜庭大宴会厅", "wedding", ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "day", "time", "period", "people", "place", "kind", "client"), LINES)
def test_a_booking(line: str, day: str, time: str, period: str, people: int, place: str, kind: str, client: str) -> None:
    found = booking(line, TODAY, PLACES)
    assert (found.day, found.time, found.period, found.people, found.place, found.kind, found.client) == (day, time, period, people, place, kind, client)
    assert found.doubts == {}


@pytest.mark.parametrize(
    ("line", "tables", "spare", "rooms"),
    [("12月5号 婚宴 42+3桌", 42, 3, 0), ("6桌 宴会 明晚", 6, 0, 0), ("十二桌 婚宴 周六", 12, 0, 0), ("团队 3间 后天", 0, 0, 3), ("group 12 rooms tomorrow", 0, 0, 12), ("banquet 20 tables Fri", 20, 0, 0), ("三间房 团队 周五", 0, 0, 3)],
)
def test_tables_and_rooms(line: str, tables: int, spare: int, rooms: int) -> None:
    found = booking(line, TODAY)
    assert (found.tables, found.spare, found.rooms, found.people, found.doubts) == (tables, spare, rooms, 0, {})


@pytest.mark.parametrize(
    ("line", "doubts"),
    [
        ("", {}), ("包厢", {"day": (), "people": ()}), ("周六 12位", {"kind": ("private_room", "individual", "banquet", "meeting")}), ("周六 12-15位 包厢", {"people": (12, 15)}),
        ("周六 6桌", {"kind": ("banquet", "wedding", "private_room", "individual")}), ("周六 3间", {"kind": ("individual", "group")}), ("会议 婚宴 周六 100人", {"kind": ("wedding", "meeting")}),
        ("周六 9点 团队 30人", {"time": ("21:00", "09:00")}), ("下周 包厢 8位", {"day": tuple(f"2026-11-{d}" for d in range(23, 28))}), ("三人成虎 周六 包厢", {"people": ()}),
        ("周六 包厢 1702", {"people": ()}), ("昨天 包厢 8位", {"day": ()}),
    ],
)  # fmt: skip
def test_what_is_asked(line: str, doubts: dict[str, tuple[object, ...]]) -> None:
    assert booking(line, TODAY, PLACES).doubts == doubts


def test_the_words_left_are_the_clients() -> None:
    found = booking("祁曼 周六晚 12位 包厢 靠湖", TODAY)
    assert (found.client, [p.text for p in found.pieces]) == ("祁曼 靠湖", ["周六", "晚", "12位", "包厢"])
    assert booking("周一禾 周六晚 12位 包厢", TODAY, names=("周一禾",)).client == "周一禾"


@pytest.mark.parametrize(
    ("line", "no_day", "client"),
    [
        ("王总 2月30日 12位 包厢", ("2月30日", False), "王总"), ("13月40号 12位 包厢", ("13月40号", False), ""), ("2026-02-30 12位 包厢", ("2026-02-30", False), ""),
        ("Feb 30 12 people private room Smith", ("Feb 30", False), "Smith"), ("昨天晚上 12位 包厢 王总", ("昨天", True), "王总"), ("上周三 12位 包厢", ("上周三", True), ""),
        ("yesterday 12 people private room", ("yesterday", True), ""), ("12位 包厢 王总", ("", False), "王总"), ("下周 包厢 8位", ("", False), ""),
    ],
)  # fmt: skip
def test_a_day_there_is_not_is_no_name(line: str, no_day: tuple[str, bool], client: str) -> None:
    found = booking(line, TODAY, PLACES)
    assert (found.day, tuple(found.no_day), found.client) == ("", no_day, client)
