"""The 96 VIP stays of two years, each with the steps it went through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from crm_desktop.demo.crew import CARE, DOSM, HOTEL_NAME
from crm_desktop.demo.house import Dice, House
from crm_desktop.desk.records import STEP
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.stays.records import BOOKED, IN_HOUSE, STAY, STAYED
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.record.dates import add_days
from crm_desktop.record.record import Row

LEVELS = {"V1": 1, "V2": 6, "V3": 17, "V4": 30, "V5": 42}
HERE = {"V2": 1, "V3": 1, "V4": 5, "V5": 10}  # in house today besides the named
COMING = {"V4": 2, "V5": 4}  # arriving today besides the named
AHEAD = (("V4", "applied"), ("V5", "applied"), ("V3", "approved"), ("V5", "approved"), ("V4", "preparing"), ("V5", "preparing"))
CAPS = {"V1": 5_000_00, "V2": 1_800_00, "V3": 1_200_00, "V4": 600_00, "V5": 200_00}
WAY = ("applied", "approved", "preparing", "in-house", "departed", "reviewed")
REASONS = (
    "年度合作洽谈", "新厂投产考察", "协议续签", "集团季度会议", "供应商大会", "陪同重要客户", "项目验收", "行业论坛嘉宾", "投资考察", "老客户回访入住", "产品发布会", "设备安装验收",
)  # fmt: skip
MUSTS = ("", "", "高楼层、远离电梯", "进店免登记，房内办理", "欢迎水果不放糖渍", "备硬枕两只", "早餐 6:30 前送房", "大堂副理迎接", "安排无烟房", "晚间开夜床提前到 18:00")
STAYS: tuple[tuple[str, str, str, int, int, str, str, dict[str, Any]], ...] = (  # guest, client, level, arrival, departure, room, stage
    ("霍明翊", "云垞医疗", "V2", 1, 4, "1702", "preparing", {
        "arrival_time": "15:40", "reason": "集团年度合作洽谈，第六次入住", "must": "风扇、硬枕两只；称呼「霍博士」；听泉厅 18:30 晚宴 12 位",
        "never": "花生、贝类(咽喉水肿，有医生证明)；不吃香菜", "remark": "计划费用 1,640；上次送红酒葡萄，这次要换；七个部门已签四个",
        "invited_by": "沈知渝", "expects": 86_000_00, "extras": "套房升级一档，听泉厅免场租", "payer": "云垞医疗集团统付", "greeting": "总经理、营销总监，大堂",
        "car": "接站商务车一辆，车牌与司机前一日报", "wording": "欢迎霍博士莅临", "meetings": "次日 09:30 与中心医院院长会见，兰亭厅", "guarding": "不拍照，不发朋友圈",
    }),
    ("司徒曜", "泽沅银行", "V3", 0, 1, "1606", "preparing", {
        "arrival_time": "16:05", "reason": "分行业务考察", "must": "总经理迎接，18:30 晚宴不变", "remark": "动车晚点，14:20 改 16:05；总经理 15:30-16:30 有业主会；查房：保险箱打不开",
    }),
    ("督查组联络人 戚科", "省某厅", "V3", 5, 6, "", "refused", {
        "reason": "督查组 8 人，公函已到", "party": 8, "must": "大堂铺红地毯，房内鲜花、水果", "extras": "欢迎宴用红酒", "remark": "唐屿拟按 V3；改走公务接待单，政府标准房",
    }),
    ("督查组联络人 戚科", "省某厅", "V4", 5, 6, "", "applied", {
        "reason": "省督查组公务接待", "party": 8, "official": 1, "letter_no": "函〔2026〕118 号", "must": "政府标准房 8 间，工作餐一次", "remark": "公务接待单，陪餐不超过 3 人",
    }),
    ("阿依努尔·买合木提", "棉垣纺织", "V4", 2, 4, "1508", "approved", {
        "arrival_time": "11:20", "reason": "轻纺采购代表团", "party": 7, "must": "清真餐，房内备礼拜毯", "never": "猪肉、酒；黄酒礼盒不送，改送茶",
    }),
    ("俞闻笛", "瑞栀药业", "V5", -1, 3, "1211", "in-house", {"arrival_time": "17:30", "reason": "老客户入住", "must": "后天生日；水果贺卡连送三次，这次换样"}),
    ("林一", "", "V3", -2, 1, "1801", "in-house", {"arrival_time": "21:10", "reason": "不公开", "must": "电话不转接，名单四人", "never": "不留影，不报姓名", "owner_id": DOSM}),
    ("小林 遥", "港商事", "V4", -6, -3, "1505", "departed", {"arrival_time": "14:00", "reason": "面料采购", "never": "尾号 9 的房间；礼物不成四", "remark": "今天该写总结"}),
    ("郭砚平", "越岫城建", "V4", 1, 2, "", "approved", {"arrival_time": "10:30", "reason": "年终会踩点", "remark": "单位有逾期款，接待与催款分开谈"}),
    ("霍明翊", "云垞医疗", "V2", -31, -29, "1702", "reviewed", {"reason": "季度例会", "never": "花生、贝类", "remark": "送红酒、葡萄"}),
    ("霍明翊", "云垞医疗", "V2", -122, -121, "1702", "reviewed", {"reason": "院长论坛", "never": "花生、贝类"}),
    ("霍明翊", "云垞医疗", "V2", -210, -207, "1702", "reviewed", {"reason": "春季年会", "never": "花生、贝类"}),
    ("霍明翊", "云垞医疗", "V2", -333, -331, "1702", "reviewed", {"reason": "年终答谢"}),
    ("俞闻笛", "瑞栀药业", "V5", -41, -39, "1211", "reviewed", {"reason": "新品路演", "remark": "水果与贺卡"}),
    ("俞闻笛", "瑞栀药业", "V5", -96, -95, "1211", "reviewed", {"reason": "经销商会", "remark": "水果与贺卡"}),
    ("俞闻笛", "瑞栀药业", "V5", -167, -165, "1211", "reviewed", {"reason": "年中会", "remark": "水果与贺卡"}),
    ("司徒曜", "泽沅银行", "V3", -188, -187, "1606", "reviewed", {"reason": "银企座谈", "remark": "送青瓷茶具"}),
    ("司徒曜", "泽沅银行", "V3", -352, -350, "1606", "reviewed", {"reason": "年终走访", "remark": "送黄酒礼盒"}),
)  # fmt: skip


def fill(house: House) -> None:
    """The named ones, those of today, those to come and the past."""
    desk = _Receptions(house)
    for guest, client, level, arrival, departure, room, stage, more in STAYS:
        desk.told(guest, client, level, arrival, departure, room, stage, more)
    now = house.days.today
    here = desk.corporate(lambda row: row["arrival"] < now < row["departure"] and row["status"] == IN_HOUSE)
    coming = desk.corporate(lambda row: row["arrival"] == now and row["status"] == BOOKED)
    ahead = desk.corporate(lambda row: house.days.at(3) <= row["arrival"] <= house.days.at(12))
    past = desk.corporate(lambda row: row["status"] == STAYED and row["arrival"] < house.days.at(-9))
    for wanted, pool, stage in ((HERE, here, "in-house"), (COMING, coming, "preparing")):
        for level, count in wanted.items():
            for _ in range(count):
                desk.of_stay(next(pool), level, stage)
    for level, stage in AHEAD:
        desk.of_stay(next(ahead), level, stage)
    for level, count in LEVELS.items():
        for _ in range(count - sum(row["level"] == level for row in house.all(VIP_STAY))):
            desk.of_stay(next(past), level, "reviewed")
    desk.rank()


class _Receptions:
    """VIP stays and their steps."""

    def __init__(self, house: House) -> None:
        self.house, self.dice = house, Dice("receptions")
        self.accounts = {row["id"]: row for row in house.all(ACCOUNT)}
        self.used = {house.ids[guest] for guest, *_ in STAYS}

    def corporate(self, wanted: Any) -> Iterator[Row]:
        """Stays of good clients' guests, each guest once, the best clients first."""
        found = [row for row in self.house.all(STAY) if row["guest_id"] and row["company_id"] and row["segment"] == "Corporate" and wanted(row)]
        found = sorted(self.dice.shuffled(found), key=lambda row: self.accounts[row["company_id"]]["level"] not in "AB")
        return self._once(found)

    def _once(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            if row["guest_id"] not in self.used:
                self.used.add(row["guest_id"])
                yield row

    def told(self, guest: str, client: str, level: str, arrival: int, departure: int, room: str, stage: str, more: dict[str, Any]) -> None:
        """A stay that a story tells of."""
        days, account = self.house.days, self.house.ids.get(client)
        owner = self.house.ids.get(more.get("owner_id", ""), self.accounts[account]["owner_id"] if account else None)
        values = {"guest_id": self.house.ids[guest], "level": level, "account_id": account, "arrival": days.at(arrival), "departure": days.at(departure), "room_no": room, "stage": stage}
        self._put(values | more | {"owner_id": owner})

    def of_stay(self, stay: Row, level: str, stage: str) -> None:
        """The reception that belongs to a stay of the register."""
        account = self.accounts[stay["company_id"]]
        self._put({
            "guest_id": stay["guest_id"], "level": level, "account_id": account["id"], "arrival": stay["arrival"], "departure": stay["departure"],
            "room_no": stay["room_no"], "stage": stage, "reason": self.dice.one(REASONS), "must": self.dice.one(MUSTS), "owner_id": account["owner_id"],
            "arrival_time": f"{self.dice.between(14, 20)}:{self.dice.one(('00', '10', '20', '30', '40', '50'))}", "party": self.dice.one((1, 1, 1, 2, 3)),
        })  # fmt: skip

    def _put(self, values: Row) -> None:
        cap, done = CAPS[values["level"]], values["stage"] in ("departed", "reviewed")
        actual = cap * self.dice.between(55, 102) // 10_000 * 100 if done else 0
        row = self.house.put(VIP_STAY, **({"hotel_id": self.house.ids[HOTEL_NAME], "cost_cap": cap, "actual_cost": actual, "currency": "CNY"} | values))
        self._steps(row)

    def _steps(self, row: Row) -> None:
        """The way to where it stands, on working days before the arrival; arrival, departure and review on theirs."""
        if row["stage"] == "refused":
            self._step(row, "applied", "refused", self.house.days.office(-1), DOSM, "公务接待不得安排鲜花、水果、红毯和酒，请改走公务接待单")
            return
        way = WAY[: WAY.index(row["stage"]) + 1]
        ahead = -self.dice.between(2, 5)
        dates = {
            "approved": min(add_days(row["arrival"], ahead - 1), self.house.days.at(-2)), "preparing": min(add_days(row["arrival"], ahead), self.house.days.at(-1)),
            "in-house": row["arrival"], "departed": row["departure"], "reviewed": add_days(row["departure"], 2),
        }  # fmt: skip
        for before, after in pairwise(way):
            self._step(row, before, after, dates[after], DOSM if after == "approved" else CARE, "")

    def _step(self, row: Row, before: str, after: str, day: str, who: str, reason: str) -> None:
        at = f"{day}T0{self.dice.between(1, 4)}:{self.dice.between(10, 59)}:00.000Z"  # nine to one o'clock here
        self.house.put(STEP, record=VIP_STAY.key, row=row["id"], before=before, after=after, day=day, at=at, who=who, reason=reason)

    def rank(self) -> None:
        """Everybody received carries the best level ever given."""
        best: dict[int, str] = {}
        for row in self.house.all(VIP_STAY):
            best[row["guest_id"]] = min(best.get(row["guest_id"], "V9"), row["level"])
        for person in self.house.all(PERSON):
            if person["id"] in best:
                person["vip"] = best[person["id"]]
