"""The rota of this week and the next: a manager on duty each day, an evening and a night shift, who is out today; what was handed over."""

from __future__ import annotations

import re

from crm_desktop.demo.crew import AWAY as LEFT
from crm_desktop.demo.crew import DEPUTY, DESK
from crm_desktop.demo.house import House
from crm_desktop.duties.today.records import AWAY, DAY_NOTE, HANDOVER, MOD, OUT, TURN

MANAGERS = ("程牧野", "陆行舟", "邵远", "沈知渝", "叶听澜")
SHIFTS = (("evening", "15:00", "23:00", ("邵远", "秦苏")), ("night", "23:00", "07:00", ("罗青", "邵远")))
ELSEWHERE = ((0, OUT, "周一禾", "14:00", "16:30", "澄籁精密制造"), (0, OUT, "唐屿", "15:00", "17:00", "越岫城建集团"), (0, AWAY, "江叙", "", "", ""), (1, OUT, "高澄", "09:30", "11:00", "税务局"))
WEATHER = ((-1, "overcast", 6, 13, ""), (0, "cloudy", 7, 15, "北门电梯 14:00-16:00 保养，走西侧客梯"), (1, "rain", 8, 12, "下雨，接站车提前十分钟"))
FIRST, LAST = -7, 8
HANDED = (  # day, from, to, note, unfinished (with days in braces), tomorrow
    (-2, LEFT, DEPUTY, "休假三天，电话保持畅通。江南轻纺和沐棹两家请当天跟，别等我回来。", "江南轻纺团：协议 120 间夜，已用 71，{4} 截止，催名单\n沐棹会展：新询价先过信贷，挂账已超限，不口头答应\n江南轻纺博览会 {20} 起满房：六家要加房，按等级排，不超协议\n棠苑厅 {17} 第一、第二保留各一家，等第一家回话", "{0} 团队 28 间到店，房卡提前一晚备好"),
    (-1, DESK, "邵远", "晚市包厢登记本在前台左抽屉，钥匙已交。", "霍明翊明日 15:40 到：听泉 12 位，菜单里花雕醉虾、花生碎拌菜未换，等主厨\n司徒曜动车时刻待定，到店前一小时再核\n试菜 14:00 一桌已通知厨房", "1801 保密接待，来电一律转营销总监；北门电梯 14:00 起保养"),
)


def fill(house: House) -> None:
    """The turns in the order of their days."""
    for offset in range(FIRST, LAST):
        day = house.days.at(offset)
        house.put(TURN, day=day, kind=MOD, owner_id=house.ids[MANAGERS[offset % len(MANAGERS)]], begins="08:30", ends="08:30", name="大堂")
        for kind, begins, ends, people in SHIFTS:
            house.put(TURN, day=day, kind=kind, owner_id=house.ids[people[offset % len(people)]], begins=begins, ends=ends)
    for offset, kind, who, begins, ends, where in ELSEWHERE:
        house.put(TURN, day=house.days.at(offset), kind=kind, owner_id=house.ids[who], begins=begins, ends=ends, name=where)
    for offset, giver, taker, note, items, risks in HANDED:
        items, risks = (_dated(house, words) for words in (items, risks))
        house.put(HANDOVER, day=house.days.office(offset), owner_id=house.ids[giver], to_id=house.ids[taker], note=note, items=items, risks=risks)
    for offset, sky, low, high, words in WEATHER:
        house.put(DAY_NOTE, day=house.days.at(offset), sky=sky, low=low, high=high, name=words)


def _dated(house: House, words: str) -> str:
    """Words with the days they name: {4} is four days after the sample's own."""
    return re.sub(r"\{(-?\d+)\}", lambda found: f"{house.days.at(int(found[1]))[5:]}", words)
