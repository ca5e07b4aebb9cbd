"""A small invented hotel for tests that only need some rows of each kind: always the same, around one fixed day."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from crm_desktop.desk.records import STAFF
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.stays.records import BOOKED, CANCELLED, HOTEL, IN_HOUSE, NO_SHOW, STAY, STAYED
from crm_desktop.record.text import Text
from tests.gallery import sample_care, sample_vip

NOW = dt.datetime(2026, 11, 18, 13, 20)
TODAY = NOW.date()
COMPANIES = (
    ("澄籁精密制造有限公司", "A", "周一禾", "enterprise"), ("越岫城建集团", "B", "唐屿", "state-owned"),
    ("禾渚软件股份有限公司", "A", "周一禾", "enterprise"), ("云垞医疗集团", "A", "许棠", "enterprise"),
    ("瑞栀药业", "B", "周一禾", "enterprise"), ("旭阑置业", "C", "唐屿", "enterprise"), ("青垧新材料", "D", "周一禾", "enterprise"),
    ("沐棹会展服务有限公司", "B", "江叙", "mice"), ("鹿渚文化传播", "C", "江叙", "enterprise"), ("天蘅检测技术", "C", "周一禾", "enterprise"),
    ("绍兴市第七人民医院筹建处", "C", "唐屿", "hospital"), ("Harbour & Pine Trading Ltd", "B", "许棠", "enterprise"),
)  # fmt: skip
AGENCIES = (("棠溪旅行社", "贺小满"), ("漫游国际旅行社", "贺小满"), ("云程商旅网", "贺小满"), ("Northern Lights Travel", "贺小满"))
PEOPLE = (
    ("霍明翊", "V2", "云垞医疗集团", "董事长"), ("司徒曜", "V3", "禾渚软件股份有限公司", "副行长"), ("俞闻笛", "V5", "瑞栀药业", "市场总监"),
    ("单翊飞", "V4", "澄籁精密制造有限公司", "总经理"), ("仇蕴仪", "", "鹿渚文化传播", "行政经理"), ("解采薇", "", "瑞栀药业", "秘书"),
    ("欧阳朝朝", "V5", "沐棹会展服务有限公司", "项目经理"), ("阿依努尔·买合木提", "", "青垧新材料", "采购"), ("小林 遥", "", "Harbour & Pine Trading Ltd", "Buyer"),
    ("O'Brien-Şahin", "", "Harbour & Pine Trading Ltd", "Director"), ("祁曼", "", "澄籁精密制造有限公司", "订房联系人"), ("林一", "", "", ""),
)  # fmt: skip


def fill(desk: Any) -> dict[str, int]:
    """Put the sample in as one change; returns ids by name."""
    chance = random.Random(20261118)
    ids: dict[str, int] = {}
    with desk.writing(Text("Added"), source="sample") as writing:
        for name in ("周一禾", "唐屿", "许棠", "江叙", "贺小满"):
            ids[name] = writing.add(STAFF, {"name": name, "post": "销售", "department": "营销部"})
        hotel = ids["hotel"] = writing.add(HOTEL, {"code": "LT", "name": "澜棠大酒店"})
        for at, (name, level, owner, kind) in enumerate(COMPANIES):
            ids[name] = writing.add(ACCOUNT, _company(at, name, level, ids[owner], kind))
        for at, (name, owner) in enumerate(AGENCIES):
            values = {"kind": "agency", "code": f"T{at + 1:02d}", "name": name, "owner_id": ids[owner], "type": "travel-agency", "level": "B"}
            ids[name] = writing.add(ACCOUNT, values | {"phone": f"0575-0000{at + 11:04d}", "city": "绍兴"})
        for at, (name, vip, account, position) in enumerate(PEOPLE):
            values = {"name": name, "vip": vip, "account_id": ids.get(account), "position": position, "role": "guest" if vip else "booker"}
            ids[name] = writing.add(PERSON, values | {"phone": f"199 0000 {1001 + at}", "owner_id": ids["许棠"]})
        for _ in range(900):
            writing.add(STAY, _stay(chance, hotel, ids))
        sample_care.fill(writing, ids, TODAY)
        sample_vip.fill(writing, ids, TODAY)
    return ids


def _company(at: int, name: str, level: str, owner: int, kind: str) -> dict[str, Any]:
    return {
        "kind": "company", "code": f"{at + 1:03d}", "name": name, "level": level, "owner_id": owner, "type": kind,
        "phone": f"0575-0000{at + 1:04d}", "city": "绍兴", "address": "越城区澜棠路 88 号" if at % 3 == 0 else "",
        "state": "dormant" if at % 5 == 4 else "active", "remark": "月结三十天" if level == "A" else "",
    }  # fmt: skip


def _stay(chance: random.Random, hotel: int, ids: dict[str, int]) -> dict[str, Any]:
    arrival = TODAY + dt.timedelta(chance.randint(-420, 30) if chance.random() < 0.7 else chance.randint(-6, 14))
    departure = arrival + dt.timedelta(chance.choice((0, 1, 1, 1, 2, 2, 3, 5)))
    company = ids[chance.choice(COMPANIES)[0]] if chance.random() < 0.62 else None
    agency = ids[chance.choice(AGENCIES)[0]] if company is None and chance.random() < 0.7 else None
    rate = chance.choice((40_000, 42_000, 45_000, 48_000, 58_000, 78_000, 128_000))
    return {
        "hotel_id": hotel, "company_id": company, "agency_id": agency,
        "guest_id": ids[chance.choice(PEOPLE)[0]] if chance.random() < 0.4 else None,
        "arrival": arrival.isoformat(), "departure": departure.isoformat(), "rate": rate, "currency": "CNY",
        "room_no": str(chance.choice((5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17)) * 100 + chance.randint(1, 22)),
        "adults": chance.choice((1, 1, 2)), "children": chance.choice((0, 0, 0, 1)), "lead_time": chance.randint(0, 40),
        "segment": "Corporate" if company else "Offline TA/TO" if agency else "Direct", "status": _status(chance, arrival, departure),
        "booking_no": f"LT{chance.randint(100000, 999999)}", "room_reserved": chance.choice(("SK", "ST", "EK", "ES")), "meal": "BB",
    }  # fmt: skip


def _status(chance: random.Random, arrival: dt.date, departure: dt.date) -> str:
    if chance.random() < 0.08:
        return chance.choice((CANCELLED, NO_SHOW)) if arrival <= TODAY else CANCELLED
    if departure <= TODAY and arrival < TODAY:
        return STAYED
    return IN_HOUSE if arrival < TODAY else BOOKED
