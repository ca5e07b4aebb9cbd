"""Maintenance plans, visits, follow-ups and bookings of the invented hotel."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN
from crm_desktop.duties.follow_ups.records import AUTOMATIC, FOLLOW_UP
from crm_desktop.duties.visits.records import VISIT

ITEMS = (
    ("天蘅检测技术", "visit", -13, "拜访新任行政负责人", 0, 0, "done", "plain"), ("禾渚软件股份有限公司", "gift", -9, "青瓷茶具", 680, 640, "done", "glad"),
    ("云垞医疗集团", "meal", -6, "院务会后便餐", 1800, 2140, "done", "glad"), ("瑞栀药业", "call", -4, "回访整改结果", 0, 0, "failed", ""),
    ("沐棹会展服务有限公司", "visit", -3, "年会档期沟通", 200, 0, "open", ""), ("越岫城建集团", "festival", 0, "冬至手写贺卡", 30, 0, "open", ""),
    ("瑞栀药业", "birthday", 2, "俞闻笛生日：蛋糕与贺卡", 260, 0, "open", ""), ("鹿渚文化传播", "data", 5, "补齐联系人与生日", 0, 0, "open", ""),
    ("禾渚软件股份有限公司", "event", 9, "客户答谢品鉴会", 5200, 0, "open", ""),
)  # fmt: skip
VISITS = (
    ("鹿渚文化传播", "仇蕴仪", "call", -49, "10:20", "kept-up", "仇经理说九月换人，新同事下月到岗", "", ""),
    ("禾渚软件股份有限公司", "", "visit", -12, "14:30", "demand", "十二月董事会想要 20 间行政楼层", "发报价", 3),
    ("瑞栀药业", "解采薇", "call", -8, "09:40", "complaint", "发票抬头又写错了，请财务重开", "重开发票寄出", -1),
    ("越岫城建集团", "", "visit", -60, "15:00", "promise", "年底预算下来先付一部分", "", ""),
    ("云垞医疗集团", "", "reception", -2, "18:10", "preference", "霍博士不吃香菜，房间风扇要开", "", ""),
)  # fmt: skip
TASKS = (("催发票：瑞栀药业", -3, "瑞栀药业"), ("给禾渚软件发报价", 0, "禾渚软件股份有限公司"), ("冬至礼品备货", 0, ""), ("回访品鉴会名单", 6, "沐棹会展服务有限公司"))
BOOKINGS = (
    ("private-room", "definite", 0, "dinner", "18:00", "听泉", 12, "云垞医疗集团", "霍明翊", ""), ("private-room", "inquiry", 0, "dinner", "18:30", "听泉包厢", 10, "瑞栀药业", "解采薇", ""),
    ("banquet", "definite", 0, "lunch", "11:30", "棠苑厅", 120, "沐棹会展服务有限公司", "欧阳朝朝", ""), ("wedding", "tentative", 38, "dinner", "", "澜庭大宴会厅", 450, "", "陈屹", 1),
    ("meeting", "inquiry", 20, "day", "", "知行", 40, "鹿渚文化传播", "仇蕴仪", 9),
)  # fmt: skip


def fill(writing: Any, ids: dict[str, int], today: dt.date) -> None:
    """Put them in."""

    def day(offset: int | str) -> str:
        return (today + dt.timedelta(offset)).isoformat() if isinstance(offset, int) else ""

    year = ids["care_year"] = writing.add(CARE_PLAN, {"name": "2026 年度客户保养计划", "code": "2026", "budget": 360_000_00, "state": "running"})
    plan = ids["care_plan"] = writing.add(
        CARE_PLAN, {"name": "2026年11月客户保养计划", "code": "2026-11", "budget": 3_000_00, "state": "running", "owner_id": ids["许棠"], "goals": "A 类客户每月至少一次走访"}
    )
    for name, kind, at, what, budget, actual, state, reaction in ITEMS:
        row = {"plan_id": plan, "account_id": ids[name], "kind": kind, "day": day(at), "name": what, "budget": budget * 100, "actual": actual * 100}
        writing.add(CARE_ITEM, row | {"state": state, "reaction": reaction, "done_on": day(at) if state == "done" else "", "owner_id": ids["许棠"]})
    writing.add(CARE_ITEM, {"plan_id": year, "kind": "event", "day": day(31), "name": "客户年会", "budget": 120_000_00})
    for name, person, kind, at, time, result, words, step, on in VISITS:
        row = {"account_id": ids[name], "person_id": ids.get(person), "kind": kind, "day": day(at), "time": time, "result": result, "words": words}
        writing.add(VISIT, row | {"next": step, "next_on": day(on), "owner_id": ids["周一禾"]})
    for what, at, name in TASKS:
        writing.add(FOLLOW_UP, {"name": what, "due": day(at), "account_id": ids.get(name), "owner_id": ids["周一禾"]})
    writing.add(FOLLOW_UP, {"name": "V3 司徒曜 明日抵店，尚未进入准备", "due": day(0), "source": AUTOMATIC, "cause": "sample", "person_id": ids["司徒曜"], "owner_id": ids["许棠"]})
    for kind, state, at, period, time, place, people, name, who, option in BOOKINGS:
        row = {"kind": kind, "state": state, "day": day(at), "period": period, "time": time, "place": place, "people": people, "name": who}
        ids[f"booking {who}"] = writing.add(
            BOOKING, row | {"account_id": ids.get(name), "hotel_id": ids["hotel"], "option_date": day(option), "owner_id": ids["许棠"]}
        )
