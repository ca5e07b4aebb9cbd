"""A small house with VIPs, for tests: who they are, when they come, what is known of them. Its day is 2026-11-18."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.record import dates
from tests.samples import added, hotel, stay

DAY = "2026-11-18"
NOW = dt.datetime(2026, 11, 18, 13, 20)


def reception(desk: Desk, guest: int, level: str, arrival: str, departure: str, **values: Any) -> int:
    """The id of a new VIP stay."""
    given = {"hotel_id": hotel(desk), "guest_id": guest, "level": level, "arrival": arrival, "departure": departure}
    return added(desk, VIP_STAY, **(given | values))


def fact(desk: Desk, person: int, polarity: str, name: str, **values: Any) -> int:
    """The id of a new preference."""
    return added(desk, PREFERENCE, person_id=person, polarity=polarity, name=name, **({"told_on": "2026-04-22"} | values))


def fill(desk: Desk) -> dict[str, int]:
    """Huo who arrives tomorrow with an allergen in his dinner, Situ who arrives today, Yu in house on her leap-month
    birthday, Kobayashi who left, and a guest who is no VIP; ids by name."""
    dates.set_clock(NOW)
    ids: dict[str, int] = {}
    ids["云垞医疗集团"] = added(desk, ACCOUNT, name="云垞医疗集团", level="A")
    ids["瑞栀药业"] = added(desk, ACCOUNT, name="瑞栀药业", level="B")
    people = {
        "霍明翊": {"called": "霍博士", "position": "董事长", "account_id": ids["云垞医疗集团"], "vip": "V2"},
        "司徒曜": {"sex": "male", "position": "副行长"},
        "俞闻笛": {"title": "ms", "account_id": ids["瑞栀药业"], "birthday": "1984-12-04", "lunar_birthday": "闰10-12"},
        "小林 遥": {}, "单翊飞": {"title": "mr"},
    }  # fmt: skip
    for name, values in people.items():
        ids[name] = added(desk, PERSON, name=name, **values)
    ids["huo"] = reception(
        desk, ids["霍明翊"], "V2", "2026-11-19", "2026-11-22", stage="preparing", arrival_time="15:40", room_no="1702", account_id=ids["云垞医疗集团"],
        reason="集团年会", must="晚宴 12 位: 花雕醉虾, 花生碎拌菜\n硬枕两个", never="花生\n虾蟹", cost_cap=180_000, actual_cost=164_000,
    )  # fmt: skip
    ids["situ"] = reception(desk, ids["司徒曜"], "V3", DAY, "2026-11-19", stage="approved", arrival_time="16:05", room_no="1606")
    ids["yu"] = reception(desk, ids["俞闻笛"], "V5", "2026-11-17", "2026-11-21", stage="in-house", room_no="1211")
    ids["kobayashi"] = reception(desk, ids["小林 遥"], "V4", "2026-11-12", "2026-11-15", stage="departed", room_no="1505")
    ids["shan"] = stay(desk, "2026-11-17", "2026-11-20", status="In-House", guest_id=ids["单翊飞"], room_no="0808")
    fact(desk, ids["霍明翊"], "never", "花生、甲壳类,喉头水肿", allergen="peanut", kind="health", source="客人本人", evidence="医生证明")
    fact(desk, ids["霍明翊"], "dislike", "香菜", kind="food")
    fact(desk, ids["霍明翊"], "like", "硬枕两个", kind="bed", source="客房部")
    fact(desk, ids["单翊飞"], "like", "喜欢羽绒枕", told_on="2024-12-01", source="前台", kind="bed")
    fact(desk, ids["单翊飞"], "never", "羽绒过敏", told_on="2026-11-06", source="客人本人", kind="health", allergen="feather")
    added(desk, RECEIVABLE, account_id=ids["瑞栀药业"], bill_date="2026-09-01", due="2026-10-01", amount=500_000, paid=100_000, hotel_id=hotel(desk))
    return ids
