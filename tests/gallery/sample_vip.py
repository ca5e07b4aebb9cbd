"""VIPs, their preferences and a birthday in the invented hotel of the pictures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.duties.vip.records import VIP_STAY

FACTS = (
    ("霍明翊", "never", "花生、甲壳类,会喉头水肿", "health", "peanut", "客人本人", -210), ("霍明翊", "dislike", "香菜", "food", "", "楼面经理", -210),
    ("霍明翊", "dislike", "风扇直吹", "climate", "", "客房部", -180), ("霍明翊", "like", "硬枕两个", "bed", "", "客房部", -180),
    ("霍明翊", "like", "高楼层、远离电梯", "room", "", "秘书", -400), ("单翊飞", "like", "喜欢羽绒枕", "bed", "", "前台", -700),
    ("单翊飞", "never", "羽绒过敏", "health", "feather", "客人本人", -12), ("俞闻笛", "like", "龙井茶", "drink", "", "大堂吧", -60),
    ("俞闻笛", "dislike", "房间香薰", "room", "", "客人本人", -900), ("小林 遥", "never", "房号尾数 9、礼品四件", "religion", "", "陪同翻译", -6),
)  # fmt: skip
VIPS = (
    ("霍明翊", "V2", 1, 4, "preparing", "1702", "云垞医疗集团", "集团年会主宾", 180_000, 164_000),
    ("司徒曜", "V3", 0, 1, "approved", "1606", "禾渚软件股份有限公司", "银企签约", 120_000, 0),
    ("阿依努尔·买合木提", "V4", 2, 4, "approved", "", "青垧新材料", "采购代表团一行六人", 90_000, 0),
    ("俞闻笛", "V5", -1, 3, "in-house", "1211", "瑞栀药业", "常客", 40_000, 21_800),
    ("林一", "V3", -2, 1, "in-house", "1801", "", "保密接待", 200_000, 212_500),
    ("小林 遥", "V4", -6, -3, "departed", "1505", "Harbour & Pine Trading Ltd", "春季看样", 60_000, 0),
    ("单翊飞", "V4", -30, -28, "reviewed", "1605", "", "年度谈判", 60_000, 48_000),
    ("欧阳朝朝", "V5", 5, 6, "applied", "", "沐棹会展服务有限公司", "踏勘场地", 0, 0),
)  # fmt: skip
MUST = {"霍明翊": "晚宴 12 位, 听泉厅: 花雕醉虾, 花生碎拌菜\n进房办理入住, 硬枕两个", "阿依努尔·买合木提": "清真餐, 礼品改为茶叶"}
NEVER = {"霍明翊": "花生\n虾蟹贝类", "阿依努尔·买合木提": "猪肉、酒"}


def fill(writing: Any, ids: dict[str, int], today: dt.date) -> None:
    """Add them to the sample; ids get `vip 霍明翊` and so on."""
    for name, polarity, what, kind, allergen, source, days in FACTS:
        told = (today + dt.timedelta(days)).isoformat()
        writing.add(PREFERENCE, {"person_id": ids[name], "polarity": polarity, "name": what, "kind": kind, "allergen": allergen, "source": source, "told_on": told})
    for name, level, first, last, stage, room, unit, reason, cap, cost in VIPS:
        values = {
            "guest_id": ids[name], "level": level, "arrival": (today + dt.timedelta(first)).isoformat(), "departure": (today + dt.timedelta(last)).isoformat(),
            "stage": stage, "room_no": room, "account_id": ids.get(unit), "reason": reason, "cost_cap": cap, "actual_cost": cost, "hotel_id": ids["hotel"],
            "arrival_time": "15:40" if name == "霍明翊" else "16:05", "must": MUST.get(name, ""), "never": NEVER.get(name, ""), "owner_id": ids["许棠"],
        }  # fmt: skip
        ids[f"vip {name}"] = writing.add(VIP_STAY, values)
    born = {"俞闻笛": ("1984-12-04", "闰10-12"), "霍明翊": ("1968-11-21", ""), "仇蕴仪": ("1990-11-18", ""), "解采薇": ("", "10-11")}
    for name, (birthday, by_moon) in born.items():
        more = {"霍明翊": {"called": "霍博士"}, "俞闻笛": {"title": "ms"}}.get(name, {})
        writing.update(PERSON, ids[name], 1, {"birthday": birthday, "lunar_birthday": by_moon} | more)
