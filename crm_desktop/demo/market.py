"""What the market says of the sample: 61 reviews of which four wait, information of six kinds, the daily look at the pages."""

from __future__ import annotations

from typing import Any

from crm_desktop.demo.crew import DEPUTY, DESK, DOSM, HOTEL_NAME
from crm_desktop.demo.house import Dice, House
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.market.records import CHECK, INFO, REVIEW
from crm_desktop.duties.market.rules import (
    ANSWERED,
    CLEAN,
    DEFECT,
    FIXED,
    NOTED,
    SET_ASIDE,
    TO_DO,
    UNANSWERED,
    USED,
    VERIFIED,
)

REVIEWS, CHECKED_DAYS = 61, 10
PLATFORMS = ("ctrip", "meituan", "fliggy", "douyin", "own")
GUESTS = ("山阴小胡", "M****3", "阿布在路上", "去哪都带娃", "绍兴老酒迷", "匿名用户", "云游四方", "沈小园", "大声哥", "吃货阿May", "差旅十年", "一只橘猫")
_Open = tuple[str, int, str, str, int, str, str]
OPEN: tuple[_Open, ...] = (  # platform, day, time, who, stars, what, topic
    ("ctrip", 0, "08:12", "差旅十年", 2, "1216 空调半夜又停了，前台说派人，等到天亮。第二次了。", "facility"), ("meituan", 0, "11:40", "陈先生家宴", 3, "试菜那天隔壁厅在唱歌，商量婚事都听不清。", "noise"),
    ("dianping", -1, "20:05", "阿布在路上", 4, "越味轩醉蟹好吃，就是上菜慢了点。", "speed"), ("xiaohongshu", -1, "10:30", "沈小园", 2, "标价 128 的下午茶到店说没有，页面也不改。", "price"),
)  # fmt: skip
_Said = tuple[int, str, str, str]
SAID: tuple[_Said, ...] = (  # stars, topic, what, answer
    (5, "praise", "早餐的绍兴面一绝，阿姨还记得我不吃香菜。", "谢谢您记得我们的面，下次来还给您少一把香菜。"), (5, "praise", "房间干净，窗外就是湖，孩子不肯走。", "湖边的秋千周末新刷了漆，等小朋友再来。"),
    (4, "place", "停车场晚上满了，绕了两圈。", "您说得对，晚高峰我们已加派引导员，离店前可请礼宾先取车。"), (3, "speed", "退房排了十五分钟。", "让您久等了：九点到十点已加开一个退房窗口。"),
    (2, "noise", "走廊半夜有人说话，隔音一般。", "抱歉扰了您休息。您那层的门缝条本周已换，下次请您直接拨 8001。"), (5, "food", "黄酒棒冰惊到我了，哪里有卖？", "大堂吧就有，带走有保温袋，欢迎再来。"),
    (4, "facility", "设备有点年头，胜在被子舒服。", "谢谢您的体谅，高级房的电视这个季度换完。"), (1, "price", "说好含早，结账又收了一份。", "账已核对退回您卡上，并请餐厅改了叫法，免得别人再遇上。"),
    (5, "attitude", "客房阿姨把孩子落下的玩具寄回来了，感动。", "她说玩具排得很齐，不像是落下的。谢谢您。"), (3, "function", "会议室话筒啸叫两次。", "三支话筒已全部换新，附检测表；下次您来，我们提前一小时调音。"),
    (4, "clean", "浴室玻璃有水渍，其他都好。", "已请当班主管复查整层，谢谢您告诉我们。"), (5, "praise", "宴会厅层高够，拍出来大气，婚礼很顺。", "恭喜二位！照片若愿意放在我们的册子里，一定先问过您。"),
)  # fmt: skip
_Info = tuple[int, str, str, str, str, str, str, str, int, str, str]
INFOS: tuple[_Info, ...] = (  # day, kind, what, source, how sure, competitor, client, who, holds for, state, what is done
    (-8, "competitor", "云栖渡酒店十二月会议套餐降 12%", "三家客户询价时提到", "B", "云栖渡酒店", "", "江叙", 43, VERIFIED, ""), (-8, "competitor", "晴圃商务酒店在澄籁厂区两公里开业", "澄籁采购电话", "A", "晴圃商务酒店", "澄籁精密", "周一禾", 180, USED, "加送接送车与延迟退房，重新上门"),
    (-20, "industry", "全市四季度会展计划公布，轻纺博览会提前两天", "商务局官网", "A", "", "", DEPUTY, 60, USED, "留房截止日跟着提前"), (-33, "macro", "事业单位会议费标准下调", "财政局通知", "A", "", "", "唐屿", 330, USED, "会议套餐加一档"),
    (-3, "consumer", "婚宴新人改订午宴的多了，要午晚价差", "三场试菜回访", "C", "", "", "宋晚晴", 90, NOTED, ""), (-12, "product", "棠苑厅投影流明不足，三场会议提出", "会后征询", "B", "", "", "江叙", 120, VERIFIED, ""),
    (-15, "client", "青垧新材二期投产，常驻工程师约 20 人", "住店访谈", "B", "", "青垧新材", "周一禾", 200, USED, "出协议草案与长住价"), (-41, "competitor", "稽湖国际换总经理，主攻旅行社", "同行饭局", "D", "稽湖国际", "", DOSM, -5, SET_ASIDE, ""),
    (-26, "industry", "平台佣金明年统一上调一个点", "携程客户经理", "B", "", "", "贺小满", 70, NOTED, ""), (-1, "competitor", "棹歌宾馆十二月停业装修", "棹歌前台电话", "B", "棹歌宾馆", "", "贺小满", 2, NOTED, ""),
    (-58, "consumer", "中秋后礼盒退货多在物流", "仓库台账", "A", "", "", DEPUTY, 300, USED, "明年改顺丰与硬盒"), (-70, "client", "旭阑置业更名，门口换了牌子", "上门未遇", "C", "", "旭阑置业", "唐屿", 365, NOTED, ""),
)  # fmt: skip


def fill(house: House) -> None:
    """Reviews, information, page checks."""
    book = _Market(house)
    book.reviews()
    book.infos()
    book.checks()


class _Market:
    """What is put down by whom."""

    def __init__(self, house: House) -> None:
        self.house, self.dice = house, Dice("market")
        self.here = house.ids[HOTEL_NAME]

    def _review(self, platform: str, day: str, time: str, who: str, stars: int, what: str, topic: str, **more: Any) -> None:
        self.house.put(
            REVIEW, platform=platform, day=day, time=time, name=who, stars=stars, words=what, topic=topic, owner_id=self.house.ids[DESK], hotel_id=self.here, **more,
        )  # fmt: skip

    def reviews(self) -> None:
        """Those answered long ago, then the four that wait."""
        guests = [row for row in self.house.all(PERSON) if row["role"] == "guest"]
        for at in range(REVIEWS - len(OPEN)):
            stars, topic, what, answer = SAID[at % len(SAID)]
            day = self.house.days.at(-2 - (REVIEWS - len(OPEN) - at) * 5)
            known = {"person_id": self.dice.one(guests)["id"]} if self.dice.percent(30) else {}
            late = self.dice.percent(7)
            self._review(
                self.dice.one((*PLATFORMS, "dianping", "xiaohongshu")), day, f"{self.dice.between(8, 22):02d}:{self.dice.between(0, 59):02d}", self.dice.one(GUESTS), stars, what, topic,
                state=ANSWERED, reply=answer, replied_on=self.house.days.at(-2 - (REVIEWS - len(OPEN) - at) * 5 + (2 if late else 1)), replied_at="07:50", **known,
            )  # fmt: skip
        for platform, ago, time, who, stars, what, topic in sorted(OPEN, key=lambda each: (each[1], each[2])):
            self._review(platform, self.house.days.at(ago), time, who, stars, what, topic, state=UNANSWERED)

    def infos(self) -> None:
        """Information in the order of its days."""
        numbers: dict[str, int] = {}
        for ago, kind, what, source, sure, competitor, client, who, holds, state, action in sorted(INFOS, key=lambda each: each[0]):
            day = self.house.days.office(ago)
            head = f"XX-{day[:4]}-"
            numbers[head] = numbers.get(head, 0) + 1
            self.house.put(
                INFO, name=what, code=f"{head}{numbers[head]:04d}", kind=kind, day=day, source=source, reliability=sure, competitor=competitor, state=state, action=action,
                account_id=self.house.ids[client] if client else None, owner_id=self.house.ids[who], valid_until=max(day, self.house.days.at(holds)), readers="各销售",
            )  # fmt: skip

    def checks(self) -> None:
        """Five pages on each working day; one wrong yesterday, two still to do today."""
        days = self.house.days.working(-20, -1)[-CHECKED_DAYS:]
        for number, day in enumerate(days):
            for platform in PLATFORMS:
                wrong = number == len(days) - 4 and platform == "meituan"
                self._check(day, platform, FIXED if wrong else CLEAN, "早餐图片还是旧餐厅" if wrong else "", fixed_on=days[-3] if wrong else "")
        today = self.house.days.today
        for platform, state, found in (("ctrip", CLEAN, ""), ("meituan", CLEAN, ""), ("fliggy", TO_DO, ""), ("douyin", TO_DO, ""), ("own", DEFECT, "双人下午茶页面 128 元，门店已下架")):
            self._check(today, platform, state, found)

    def _check(self, day: str, platform: str, state: str, found: str, **more: Any) -> None:
        right = {name: int(state in (CLEAN, FIXED)) for name in ("price_ok", "picture_ok", "text_ok", "stock_ok")}
        right |= {"picture_ok": 1, "text_ok": 1} if state == DEFECT else {}
        self.house.put(CHECK, day=day, platform=platform, state=state, found=found, owner_id=self.house.ids[DESK], hotel_id=self.here, **right, **more)
