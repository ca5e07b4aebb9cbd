"""The house itself: its papers' data, departments, 268 rooms, halls, private rooms and meal periods."""

from __future__ import annotations

from crm_desktop.demo.crew import CREW
from crm_desktop.demo.house import House
from crm_desktop.demo.rooms import BAR, EK, ES, FM, PS, SK, ST, rooms
from crm_desktop.duties.house.records import DEPARTMENT, MEAL_PERIOD, ROOM, ROOM_TYPE, VENUE
from crm_desktop.duties.stays.records import HOTEL

HOTEL_FACTS = {
    "name_en": "Lantang Grand Hotel", "address": "浙江省绍兴市越城区澜棠路 88 号", "address_en": "88 Lantang Road, Yuecheng, Shaoxing, Zhejiang",
    "phone": "0575-00008888", "fax": "0575-00008889", "email": "sales@example.com", "website": "www.example.com", "company": "澜棠文旅投资有限公司澜棠大酒店",
    "tax_no": "91990000MA0DM9999", "size": "medium", "bank": "泽沅银行绍兴分行", "bank_account": "0000 0000 0088 8800 001", "currency": "CNY",
    "work_from": "08:30", "work_to": "17:30", "quiet_from": "21:00", "quiet_to": "07:30",
}  # fmt: skip
DEPARTMENTS = {  # name -> English name, code
    "总经办": ("Executive Office", "GM"), "营销部": ("Sales and Marketing", "SM"), "财务部": ("Finance", "FIN"), "前厅部": ("Front Office", "FO"),
    "客房部": ("Housekeeping", "HK"), "餐饮部": ("Food and Beverage", "FB"), "工程部": ("Engineering", "ENG"), "保安部": ("Security", "SEC"),
}  # fmt: skip
ROOM_TYPES = {
    SK: ("高级大床房", "Superior King"), ST: ("高级双床房", "Superior Twin"), EK: ("行政大床房", "Executive King"), ES: ("行政套房", "Executive Suite"),
    FM: ("家庭房", "Family Room"), PS: ("总统套房", "Presidential Suite"),
}  # fmt: skip
OUTLETS = (("越味轩", "Yuewei Chinese Restaurant", 120), ("湖畔全日餐厅", "Lakeside All-Day Dining", 150), ("大堂吧", "Lobby Lounge", 40))
HALLS = (  # name, English name, kind, area in m2, height in cm, seats, tables, remark
    ("澜庭大宴会厅", "Lanting Grand Ballroom", "hall", 1_200, 720, 1_000, 80, "课桌 620；可分 A、B、C 三厅"), ("澜庭 A 厅", "Lanting A", "hall", 480, 720, 400, 32, ""),
    ("澜庭 B 厅", "Lanting B", "hall", 360, 720, 300, 24, ""), ("澜庭 C 厅", "Lanting C", "hall", 360, 720, 300, 24, ""),
    ("棠苑厅", "Tangyuan Hall", "hall", 420, 480, 320, 28, "草坪婚礼的雨天备用厅"), ("听雨", "Tingyu", "meeting", 180, 360, 150, 12, "与观澜共用活动隔断，注意隔音"),
    ("观澜", "Guanlan", "meeting", 150, 360, 120, 10, "与听雨共用活动隔断，注意隔音"), ("知行", "Zhixing", "meeting", 90, 320, 70, 0, ""), ("清言", "Qingyan", "meeting", 60, 320, 40, 0, ""),
    ("董事会厅", "Boardroom", "meeting", 45, 320, 16, 0, ""), ("湖畔草坪", "Lakeside Lawn", "lawn", 800, None, 300, 24, ""),
)  # fmt: skip
PRIVATE_ROOMS = {  # name -> seats; none is called 4 or 14
    "听泉": 16, "兰亭": 20, "沈园": 12, "鉴湖": 12, "桂雨": 10, "小荷": 6, "澜月": 10, "棠梨": 12, "渔歌": 8, "竹影": 10, "松风": 10, "墨池": 14, "采菱": 8, "听荷": 10,
    "云门": 12, "曲水": 16,
}  # fmt: skip
PERIODS = (("早餐", "Breakfast", "06:30", "10:00"), ("午市", "Lunch", "11:00", "14:00"), ("晚市", "Dinner", "17:00", "21:00"))


def fill(house: House) -> None:
    """Everything that belongs to the hotel."""
    hotel = house.all(HOTEL)[0]
    hotel |= {name: value for name, value in HOTEL_FACTS.items() if name in HOTEL.by_name}
    mine = {"hotel_id": hotel["id"]}
    for at, (name, (english, code)) in enumerate(DEPARTMENTS.items(), 1):
        signs = next(person for person, _, department, _ in CREW if department == name)
        house.put(DEPARTMENT, **mine, name=name, name_en=english, code=code, signs_id=house.ids[signs], extension=f"8{at:03d}", position=at)
    given = rooms()
    types = {
        code: house.put(ROOM_TYPE, **mine, code=code, name=name, name_en=english, rate=BAR[code], currency="CNY", count=list(given.values()).count(code))["id"]
        for code, (name, english) in ROOM_TYPES.items()
    }
    for room, kind in given.items():
        house.put(ROOM, **mine, name=room, floor=room[:-2], type_id=types[kind])
    _venues(house, mine)
    for name, english, begins, ends in PERIODS:
        house.put(MEAL_PERIOD, **mine, name=name, name_en=english, begins=begins, ends=ends)


def _venues(house: House, mine: dict[str, int]) -> None:
    outlets = [house.put(VENUE, **mine, name=name, name_en=english, kind="outlet", seats=seats, code=f"R{at}")["id"] for at, (name, english, seats) in enumerate(OUTLETS, 1)]
    for at, (name, english, kind, area, height, seats, tables, remark) in enumerate(HALLS, 1):
        house.put(
            VENUE, **mine, name=name, name_en=english, kind=kind, area=area, height=height, seats=seats, tables=tables, remark=remark, code=f"H{at:02d}"
        )  # fmt: skip
    for at, (name, seats) in enumerate(PRIVATE_ROOMS.items(), 1):
        house.put(
            VENUE, **mine, name=name, kind="private-room", seats=seats, tables=2 if name == "兰亭" else 1, outlet_id=outlets[0], code=f"P{at:02d}"
        )  # fmt: skip
