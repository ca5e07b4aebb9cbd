"""1,150 facts about what guests like, dislike and must never meet."""

from __future__ import annotations

from crm_desktop.demo.house import Dice, House
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.preferences.records import DISLIKE, LIKE, NEVER, PREFERENCE
from crm_desktop.duties.stays.records import STAY, STAYED
from crm_desktop.record.record import Row

FACTS, NEVERS, ALLERGENS, CONTRADICTIONS = 1_150, 31, 9, 12
SOURCES = ("客人本人", "客人本人", "秘书", "订房人", "楼层服务员", "前台", "餐厅领班", "礼宾员", "大堂副理", "宴会销售")
EVIDENCE = ("住店时观察", "宾客意见卡", "电话里说的", "点餐记录", "退房时提到", "微信留言", "值班日志", "客房交班本", "")
LIKES = (
    ("room", "高楼层"), ("room", "朝湖的房间"), ("room", "远离电梯"), ("room", "靠近楼梯口"), ("room", "双床房"), ("room", "带浴缸"), ("room", "无烟楼层"),
    ("bed", "硬枕头两只"), ("bed", "荞麦枕"), ("bed", "薄被"), ("bed", "加一床毛毯"), ("bed", "硬床垫"), ("climate", "房间提前开到 24 度"), ("climate", "开窗通风"),
    ("climate", "加湿器"), ("drink", "龙井，水要热"), ("drink", "黑咖啡"), ("drink", "常温矿泉水多两瓶"), ("drink", "热豆浆"), ("drink", "陈年花雕"),
    ("drink", "柠檬水"), ("food", "早餐要片儿川"), ("food", "清蒸白鱼"), ("food", "霉干菜扣肉"), ("food", "水果切盘"), ("food", "无糖酸奶"),
    ("food", "晚上送一碗粥"), ("food", "素食为主"), ("service", "叫醒电话 6:30"), ("service", "下午三点前别打电话"), ("service", "退房快，不查房"), ("service", "行李送房"),
    ("service", "晚餐要包厢"), ("noise", "走廊尽头的房间"), ("gift", "当地茶叶"), ("gift", "青瓷小件"), ("interest", "越剧"), ("interest", "书法"),
    ("interest", "晨跑，要路线图"), ("interest", "高尔夫"), ("interest", "乌篷船"), ("habit", "先看菜单再点"), ("habit", "发票当天开好"), ("habit", "看纸质报纸"),
)  # fmt: skip
DISLIKES = (
    ("food", "香菜"), ("food", "太甜的菜"), ("food", "油炸点心"), ("food", "臭豆腐上桌"), ("food", "芹菜"), ("drink", "冰水"), ("drink", "碳酸饮料"),
    ("room", "地毯有气味"), ("room", "对着停车场"), ("bed", "软枕头"), ("climate", "空调直吹"), ("noise", "隔壁会议声音"), ("service", "送餐敲门两次"),
    ("service", "当面介绍会员卡"), ("habit", "合影"), ("gift", "酒类礼品"),
)  # fmt: skip
NEVER_PLAIN = (
    ("food", "牛肉"), ("food", "内脏"), ("religion", "猪肉及其制品"), ("religion", "白色花束"), ("room", "四楼尾号的房间"), ("health", "含糖饮料(糖尿病)"),
    ("health", "葡萄柚(在服药)"), ("habit", "对外透露行程"), ("service", "未经同意进房"), ("gift", "钟表"), ("other", "与竞争单位同桌"), ("health", "浓茶"),
    ("noise", "临街房"), ("food", "生食海鲜"), ("drink", "劝酒"), ("climate", "香薰"), ("bed", "羊毛毯"), ("habit", "叫小名"),
)  # fmt: skip
NEVER_ALLERGIC = (("food", "虾蟹过敏", "shellfish"), ("food", "坚果过敏", "nuts"), ("food", "牛奶过敏", "milk"), ("food", "芒果过敏", "mango"), ("health", "花粉过敏", "pollen"), ("food", "鸡蛋过敏", "egg"))
AGAINST = (  # said to be liked, said to be disliked
    ("drink", "晚上喝咖啡", "晚上不碰咖啡"), ("bed", "软枕", "软枕睡不好"), ("room", "低楼层方便", "低楼层吵，不住"), ("food", "爱吃辣", "一点辣都不吃"),
    ("climate", "冷气足", "怕冷气"), ("service", "喜欢热情招呼", "不喜欢打扰"), ("drink", "爱喝黄酒", "已戒酒"), ("food", "爱吃海鲜", "不吃海鲜"),
    ("room", "要大床", "只住双床"), ("habit", "早起", "十点前别打扰"), ("gift", "喜欢收糕点", "糕点不要再送"),
)  # fmt: skip
STORIES = (  # guest, what, kind, polarity, allergen, source, day, evidence
    ("霍明翊", "花生", "food", NEVER, "peanut", "客人本人", -210, "医生证明，咽喉水肿"), ("霍明翊", "贝类", "food", NEVER, "shellfish", "客人本人", -210, "医生证明，咽喉水肿"),
    ("霍明翊", "香菜", "food", DISLIKE, "", "餐厅领班", -122, "点餐记录"), ("霍明翊", "房内备风扇", "climate", LIKE, "", "楼层服务员", -333, "客房交班本"),
    ("霍明翊", "硬枕两只", "bed", LIKE, "", "客人本人", -210, "电话里说的"), ("霍明翊", "称呼「霍博士」", "habit", LIKE, "", "秘书", -333, "电话里说的"),
    ("单翊飞", "喜欢羽绒枕", "bed", LIKE, "", "前台", -790, "入住登记时问的"), ("单翊飞", "羽绒过敏", "health", NEVER, "feather", "客人本人", -12, "电话里说的"),
    ("阿依努尔·买合木提", "猪肉", "religion", NEVER, "", "代表团联络人", -9, "来函"), ("阿依努尔·买合木提", "酒", "religion", NEVER, "", "代表团联络人", -9, "来函"),
    ("小林 遥", "尾号 9 的房间", "room", NEVER, "", "翻译", -30, "电话里说的"), ("小林 遥", "礼物成四", "gift", NEVER, "", "翻译", -30, "电话里说的"),
    ("小林 遥", "清茶", "drink", LIKE, "", "客房服务员", -4, "住店时观察"), ("俞闻笛", "水果篮不要重样", "gift", DISLIKE, "", "客人本人", -41, "退房时提到"),
    ("俞闻笛", "手写卡片", "gift", LIKE, "", "客房服务员", -96, "住店时观察"), ("林一", "拍照", "habit", DISLIKE, "", "客人本人", -2, "入住时交代"),
    ("司徒曜", "绍兴黄酒知识", "interest", LIKE, "", "秘书", -352, "电话里说的"),
)  # fmt: skip


def fill(house: House) -> None:
    """The told ones, the nevers, those that contradict each other, and what is known of everybody else."""
    notes = _Notes(house)
    for guest, what, kind, polarity, allergen, source, day, evidence in STORIES:
        notes.put(house.ids[guest], what, kind, polarity, allergen, source=source, told=day, evidence=evidence)
    for kind, what, allergen in NEVER_ALLERGIC:
        notes.put(notes.somebody(), what, kind, NEVER, allergen)
    for kind, what in NEVER_PLAIN:
        notes.put(notes.somebody(), what, kind, NEVER)
    for kind, liked, disliked in AGAINST:
        person = notes.somebody()
        notes.put(person, liked, kind, LIKE, told=-notes.dice.between(400, 900), source="前台")
        notes.put(person, disliked, kind, DISLIKE, told=-notes.dice.between(5, 200), source="客人本人")
    notes.rest()


class _Notes:
    """The facts; nobody gets the same one twice."""

    def __init__(self, house: House) -> None:
        self.house, self.dice, self.again = house, Dice("tastes"), Dice("tastes again")
        seen: dict[int, int] = {}
        for stay in house.all(STAY):
            if stay["guest_id"] and stay["status"] == STAYED:
                seen[stay["guest_id"]] = seen.get(stay["guest_id"], 0) + 1
        named = set(house.ids.values())
        self.known: list[int] = [row["id"] for row in house.all(PERSON) if seen.get(row["id"], 0) > 2 and row["id"] not in named]
        self._special = self.dice.shuffled(self.known)[:60]
        self._regular = [person for person in self.known if person not in set(self._special)]

    def somebody(self) -> int:
        """A guest about whom nothing else is said."""
        return self._special.pop()

    def put(self, person: int, what: str, kind: str, polarity: str, allergen: str = "", *, source: str = "", told: int = 0, evidence: str | None = None) -> None:
        """One fact, with who said it and when."""
        told = told or -(self.dice.between(731, 1_100) if self.dice.percent(15) else self.dice.between(2, 725))
        self.house.put(
            PREFERENCE, person_id=person, polarity=polarity, name=what, kind=kind, allergen=allergen, source=source or self.dice.one(SOURCES),
            evidence=self.dice.one(EVIDENCE) if evidence is None else evidence, told_on=self.house.days.at(told),
            **self._heard(told, polarity),
        )  # fmt: skip

    def _heard(self, told: int, polarity: str) -> Row:
        """How often it was heard, since when, and how strongly it is felt."""
        times = self.again.weighted(((1, 70), (2, 20), (3, 10)))
        first = told - sum(self.again.between(30, 200) for _ in range(times - 1))
        strength = "strong" if polarity == NEVER else self.again.weighted((("mild", 20), ("clear", 60), ("strong", 20)))
        return {"times": times, "first_on": self.house.days.at(first), "strength": strength}

    def rest(self) -> None:
        """Likes and dislikes of the regulars, two or three each."""
        people = self.dice.shuffled(self._regular)
        at = 0
        while len(self.house.all(PREFERENCE)) < FACTS:
            person, at = people[at % len(people)], at + 1
            for polarity, kind, what in self._some():
                if len(self.house.all(PREFERENCE)) < FACTS:
                    self.put(person, what, kind, polarity)

    def _some(self) -> list[tuple[str, str, str]]:
        likes = self.dice.shuffled(LIKES)[: self.dice.between(1, 2)]
        dislikes = self.dice.shuffled(DISLIKES)[: self.dice.between(0, 1)]
        return [(LIKE, kind, what) for kind, what in likes] + [(DISLIKE, kind, what) for kind, what in dislikes]
