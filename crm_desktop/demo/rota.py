"""The rota of this week and the next: a manager on duty each day, an evening and a night shift, who is out today."""

from __future__ import annotations

from crm_desktop.demo.house import House
from crm_desktop.duties.today.records import AWAY, DAY_NOTE, MOD, OUT, TURN

MANAGERS = ("程牧野", "陆行舟", "邵远", "沈知渝", "叶听澜")
SHIFTS = (("evening", "15:00", "23:00", ("邵远", "秦苏")), ("night", "23:00", "07:00", ("罗青", "邵远")))
ELSEWHERE = ((0, OUT, "周一禾", "14:00", "16:30", "澄籁精密制造"), (0, OUT, "唐屿", "15:00", "17:00", "越岫城建集团"), (0, AWAY, "江叙", "", "", ""), (1, OUT, "高澄", "09:30", "11:00", "税务局"))
WEATHER = ((-1, "overcast", 6, 13, ""), (0, "cloudy", 7, 15, "北门电梯 14:00-16:00 保养，走西侧客梯"), (1, "rain", 8, 12, "下雨，接站车提前十分钟"))
FIRST, LAST = -7, 8


def fill(house: House) -> None:
    """The turns in the order of their days."""
    for offset in range(FIRST, LAST):
        day = house.days.at(offset)
        house.put(TURN, day=day, kind=MOD, owner_id=house.ids[MANAGERS[offset % len(MANAGERS)]], begins="08:30", ends="08:30", name="大堂")
        for kind, begins, ends, people in SHIFTS:
            house.put(TURN, day=day, kind=kind, owner_id=house.ids[people[offset % len(people)]], begins=begins, ends=ends)
    for offset, kind, who, begins, ends, where in ELSEWHERE:
        house.put(TURN, day=house.days.at(offset), kind=kind, owner_id=house.ids[who], begins=begins, ends=ends, name=where)
    for offset, sky, low, high, words in WEATHER:
        house.put(DAY_NOTE, day=house.days.at(offset), sky=sky, low=low, high=high, name=words)
