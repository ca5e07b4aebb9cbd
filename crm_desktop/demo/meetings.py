"""The department's meetings of the last two months with what they decided, and what came from above."""

from __future__ import annotations

from typing import Any

from crm_desktop.demo.crew import DOSM, GM, VOICE
from crm_desktop.demo.house import Dice, House
from crm_desktop.duties.house.records import DEPARTMENT
from crm_desktop.duties.meetings.records import INSTRUCTION, ISSUED, MINUTES, MINUTES_ITEM
from crm_desktop.duties.meetings.rules import (
    ACCEPTED,
    CANCELLED,
    CLOSED,
    DEFERRED,
    DONE,
    GIVEN,
    OPEN,
    REPORTED,
    RUNNING,
)
from crm_desktop.record.record import Row

WEEKS, AGO = 8, 7  # meetings, and days between them: the newest was two days ago
PRESENT = "沈知渝、陆行舟、许棠、周一禾、唐屿、宋晚晴、贺小满、罗青、方予安、秦苏"
ABSENT = "江叙(调休)"
DECIDED = (  # what, who, department, how it was carried out
    ("协议到期名单逐家约续签", "周一禾", "营销部", "14 家约到 11 家，续签 6 家"), ("超期 60 天的欠款每家打一通电话", "唐屿", "营销部", "打了 9 家，4 家给了付款日"),
    ("婚宴样板菜单改版", "宋晚晴", "餐饮部", "新菜单已上墙，试菜两场"), ("会议室话筒逐个检测，坏的换掉", "石固", "工程部", "换了 3 支，附检测表"),
    ("投诉回访补齐上月漏打的五家", VOICE, "营销部", "五家打通四家，一家换号"), ("旅行社散客价重谈", "贺小满", "营销部", "谈妥 7 家，2 家不降"),
    ("圣诞大餐预售方案", "许棠", "营销部", "方案已报，待批"), ("包厢最低消费口径统一", "秦苏", "餐饮部", "预订话术改好，晨会讲过"),
    ("生日客户名单每周一发前厅", "方予安", "前厅部", "已连发四周"), ("轻纺博览会留房名单核对", "江叙", "营销部", "120 间已核 71 间"),
    ("电子发票抬头出错的清单交财务", "高澄", "财务部", "11 张，已红冲 9 张"), ("店铺首图更换为秋景", "秦苏", "营销部", "五家平台已换"),
)  # fmt: skip
STORIES: tuple[tuple[str, str, str, str, int, str, str], ...] = (  # what, who, department, client, due, state, how
    ("瑞栀药业价格函由总监签发，本周寄出", "周一禾", "营销部", "瑞栀药业", -5, RUNNING, ""), ("澄籁精密换人：重新上门认识新行政", "周一禾", "营销部", "澄籁精密", 2, RUNNING, ""),
    ("禾渚软件安排总经理致谢信和一次请宴", "方予安", "营销部", "禾渚软件", 5, "decided", ""), ("陈郑婚宴书面桌数今天收回", "宋晚晴", "营销部", "陈郑婚宴", 0, RUNNING, ""),
    ("听雨、观澜两厅隔音测一次", "石固", "工程部", "", -2, DEFERRED, ""), ("江叙的博览会客户由许棠代跟", "许棠", "营销部", "", -1, DONE, "已交接，名单在群里"),
)  # fmt: skip
ASKED: tuple[tuple[str, str, str, str, int, int, str, str, str], ...] = (  # what, from, who, client, given, due, state, report, leader
    ("越岫城建年终会先收款后接待，方案报我", "gm", "唐屿", "越岫城建", -6, 1, ACCEPTED, "", ""), ("1216 房空调二次报修，查明原因并书面回报", "gm", VOICE, "", -1, 0, GIVEN, "", ""),
    ("月底前拿出圣诞、元旦、春节三个档期的促销方案", "gm", DOSM, "", -9, -2, ACCEPTED, "", ""), ("青垧新材签协议，给出授信意见", "deputy", "周一禾", "青垧新材", -11, -4, REPORTED, "协议文本已送，授信 A 级以下先预付", ""),
    ("国庆接待总结", "gm", DOSM, "", -38, -31, CLOSED, "入住率 94 %，餐饮超去年 11 %，投诉 3 起均办结", "总结发各部门学习"),
    ("业主参观接待路线", "owner", "许棠", "", -52, -47, CLOSED, "路线两条，业主选了草坪一条", "照此办"),
    ("平台差评 24 小时内必须回复", "gm", "秦苏", "", -24, -10, CLOSED, "已设提醒，本月回复率 93 %", "差的 7 % 说明原因"),
    ("消防检查会务保障", "authority", "秦苏", "", -66, -60, CLOSED, "会场与茶歇保障完成", ""),
)  # fmt: skip


def fill(house: House) -> None:
    """Weekly meetings, a monthly one, and the instructions."""
    book = _Minutes(house)
    for week in range(WEEKS, 1, -1):
        book.weekly(-2 - week * AGO)
    book.monthly(-13)
    book.weekly(-2 - AGO)
    book.newest(-2)
    for what, source, who, client, given, due, state, report, leader in sorted(ASKED, key=lambda told: told[4]):
        book.ask(what, source, who, client, given, due, state, report, leader)


class _Minutes:
    """Meetings with their numbers."""

    def __init__(self, house: House) -> None:
        self.house, self.dice = house, Dice("meetings")
        self.departments = {row["name"]: row["id"] for row in house.all(DEPARTMENT)}
        self.numbers: dict[str, int] = {}
        self.told = 0

    def _number(self, letters: str, day: str) -> str:
        head = f"{letters}-{day[:4]}-"
        self.numbers[head] = self.numbers.get(head, 0) + 1
        return f"{head}{self.numbers[head]:04d}"

    def _meeting(self, day: str, name: str, kind: str, **more: Any) -> Row:
        given = {
            "time": "09:00", "place": "清言", "chair_id": self.house.ids[DOSM], "owner_id": self.house.ids["方予安"], "present": PRESENT, "state": ISSUED,
        }  # fmt: skip
        return self.house.put(MINUTES, name=name, kind=kind, day=day, code=self._number("HY", day), **given | more)

    def _decide(self, meeting: Row, what: str, who: str, department: str, due: str, state: str, how: str, client: str = "") -> None:
        done = {"done_on": min(due, self.house.days.at(-1))} if state == DONE else {}
        self.house.put(
            MINUTES_ITEM, minutes_id=meeting["id"], name=what, owner_id=self.house.ids[who], department_id=self.departments[department], due=due,
            state=state, evidence=how, account_id=self.house.ids[client] if client else None, **done,
        )  # fmt: skip

    def weekly(self, at: int) -> None:
        """A week's meeting: three decisions, all done since, now and then one dropped with its manager's yes."""
        days = self.house.days
        day = days.office(at)
        meeting = self._meeting(day, f"营销部周例会({int(day[5:7])} 月 {int(day[8:])} 日)", "weekly", reports="各岗位报上周完成与本周安排", training=self.dice.one(TRAINED))
        for _ in range(3):
            what, who, department, how = DECIDED[self.told % len(DECIDED)]
            self.told += 1
            state = CANCELLED if self.told == 7 else DONE
            self._decide(meeting, what, who, department, days.office(min(at + self.dice.between(3, 10), -1)), state, how)
            if state == CANCELLED:
                self.house.rows[MINUTES_ITEM.key][-1]["approver_id"] = self.house.ids[DOSM]

    def monthly(self, at: int) -> None:
        """The month's meeting with the general manager."""
        day = self.house.days.office(at)
        meeting = self._meeting(
            day, f"{int(day[5:7])} 月营销例会", "monthly", time="14:00", place="董事会厅", chair_id=self.house.ids[GM], present=f"顾砚秋、程牧野、韩既白、马长松、{PRESENT}", absent=ABSENT,
            reports="回款 1,597 万，完成 86 %；时间过 88 %。周一禾 97 % 最高，贺小满 61 %。", instructions="欠款先收旭阑、越岫两家；年会季不降价，降的是账期。",
        )  # fmt: skip
        self._decide(meeting, "年会季报价底线重定", DOSM, "营销部", self.house.days.office(at + 5), DONE, "底线表已发各销售")
        self._decide(meeting, "贺小满离职客户交接单", "陆行舟", "营销部", self.house.days.office(8), RUNNING, "")

    def newest(self, at: int) -> None:
        """This week's, with what the sample's stories are about."""
        day = self.house.days.office(at)
        meeting = self._meeting(
            day, f"营销部周例会({int(day[5:7])} 月 {int(day[8:])} 日)", "weekly", absent=ABSENT, reports="本月投诉 7 起，空调 3 起；点评待回 4 条；团年饭已订 41 场。",
            instructions="瑞栀药业的事先查我们自己的原因。", training="听真实投诉录音，练开口第一句",
        )  # fmt: skip
        for what, who, department, client, due, state, how in STORIES:
            self._decide(meeting, what, who, department, self.house.days.at(due) if state in OPEN else self.house.days.office(due), state, how, client)

    def ask(self, what: str, source: str, who: str, client: str, given: int, due: int, state: str, report: str, leader: str) -> None:
        """An instruction as it stands."""
        days = self.house.days
        more: Row = {"reported_on": days.office(due)} if report else {}
        more |= {"closed_on": days.office(due + 1)} if state == CLOSED else {}
        self.house.put(
            INSTRUCTION, name=what, source=source, code=self._number("ZL", days.office(given)), day=days.office(given), owner_id=self.house.ids[who], department_id=self.departments["营销部"],
            due=max(days.at(due), days.office(given)), account_id=self.house.ids[client] if client else None, state=state, report=report, remark=leader, **more,
        )  # fmt: skip


TRAINED = ("电话接听三声内", "婚宴合同里定金与预付款的写法", "如何问清发票抬头", "贵宾忌口怎么核对", "协议价不外泄", "差评回复四句话")
