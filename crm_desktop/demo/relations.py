"""Whom the house depends on outside, barter, thanks; the sellers' weeks, tables visited and telephone sheets around today. Amounts in fen."""

from __future__ import annotations

from crm_desktop.demo.crew import CARE, DOSM
from crm_desktop.demo.house import Dice, House
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.relations.records import BARTER, BARTER_LINE, STAKEHOLDER, THANKS
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.duties.visits.records_week import CALL_LINE, CALL_SHEET, TABLE_LINE, VISIT_WEEK
from crm_desktop.duties.visits.rules import monday
from crm_desktop.record.dates import add_days
from crm_desktop.record.record import Row

OUTSIDE = (  # name, field, contact, position, state, every, days ago of the contacts, matters
    ("越城公安分局澜棠派出所", "police", "边警官", "社区民警", "harmonious", 60, (-171, -112, -54), "旅业系统每季抽查；年终会车流已报备"),
    ("越城消防救援大队", "fire", "葛参谋", "监督科", "ordinary", 90, (-198, -101), "棠苑厅疏散通道复查；大型活动前走一次"),
    ("澜棠市场监督管理所", "market", "毛所长", "所长", "ordinary", 90, (-122, -37), "食品留样抽检；婚宴价目公示"),
    ("越城区税务局第二分局", "tax", "郦科长", "纳税服务科", "ordinary", 120, (-75,), "数电票红冲流程"),
    ("越城区文广旅游局", "tourism", "屠主任", "产业科", "harmonious", 60, (-140, -88, -31), "评星复核；江南轻纺博览会住宿推荐"),
    ("澜棠街道办事处", "street", "应书记", "书记", "harmonious", 60, (-96, -42), "湖畔草坪音量投诉协调"), ("绍兴晚报", "media", "柴记者", "本地新闻", "ordinary", 45, (-61,), "年会报道；谢师宴专版"),
    ("绍兴市饭店协会", "association", "陶秘书长", "秘书长", "harmonious", 90, (-150, -66), "岗位比武借场"), ("会稽山酒业", "supplier", "茹经理", "大客户部", "harmonious", 45, (-80, -29), "黄酒礼盒补货；联合品鉴"),
    ("稽湖国际", "hotel", "营销部", "互荐房源", "strained", 60, (-118,), "博览会期间互荐，上次未回访"),
)  # fmt: skip
BARTERS = (  # what, with (stakeholder), begins, ends, agreed, lines (days, side, what, unit, number)
    ("会议厅与住房换早间新闻广告", "绍兴晚报", -240, 22, 60_000_00, ((-200, "gave", "观澜厅半天会议", 6_800_00, 2), (-150, "got", "周五半版", 9_000_00, 2), (-60, "gave", "高级房间夜", 580_00, 12), (-20, "got", "谢师宴专版", 6_000_00, 1))),
    ("宴席换黄酒", "会稽山酒业", -120, 200, 40_000_00, ((-90, "got", "花雕礼盒", 238_00, 40), (-35, "gave", "品鉴晚宴", 2_988_00, 3))),
)  # fmt: skip
THANKED = (  # days, what, kind, department, by name, state, way, words, marks
    (-2, "年会彩排通宵搭台，一早交场", "support", "工程部", "石固", "said", "meeting", "澜庭通宵搭台，六点准时交场，谢谢工程部", 10), (-6, "退菜十分钟内换好，客人当场敬回来", "support", "餐饮部", "褚宴", "said", "talk", "话不多，菜到得快", 9),
    (-9, "三位贵宾同一小时到店，车队一趟没误", "deal", "总经办", "丁平", "said", "board", "三趟车、三个航班，一个没等", 9), (-1, "提醒销售换掉带梨的果篮", "idea", "客房部", "苗蕊", "noted", "meeting", "", 8),
    (-12, "博览会订单会签当天办完", "deal", "财务部", "高澄", "said", "letter", "当天会签，订单没有跑", 8),
)  # fmt: skip
TABLES = (  # days, time, table, guest, mood, toasted, dish, promise, days to it, said, client
    (0, "12:20", "听泉", "沈总", "glad", 1, "", "", None, "夸花雕鸡，问能不能外带", "禾渚软件"), (0, "12:35", "兰亭", "祁主任", "cold", 0, "清蒸鲈鱼", "下次送同款并由行政总厨出面", 5, "鱼蒸老了，当场换", "澄籁精密"),
    (-1, "18:50", "沈园", "霍助理", "plain", 1, "", "生日当天加长寿面", 2, "董事长明天到，忌口再核一遍", "云垞医疗"), (-1, "19:10", "鉴湖", "司徒行长", "glad", 1, "", "", None, "谈到年会订桌", ""),
    (-4, "18:30", "桂雨", "陈先生", "plain", 1, "甜品", "", None, "婚宴试菜，女方嫌甜", ""),
)  # fmt: skip
WEEKS = ((-3, "read"), (-2, "read"), (-1, "reported"), (0, "approved"), (1, "approved"))
MONTH_LINES = ("A 类面访一轮，两家沉睡客户重新入住", "C 类电话少打了一半", "年底答谢前把 B 类补齐，跟进四家到期协议")
LINES = ("新增两家询价，禾渚年会订桌", "两户未遇，没有提前约", "补访未遇，送新协议价")


def fill(house: House) -> None:
    """Outside first, then what hangs on it, then the sellers' own sheets."""
    _outside(house)
    _barters(house)
    _thanks(house)
    _tables(house)
    _weeks(house)
    _calls(house)


def _client(house: House, words: str) -> Row | None:
    return next((row for row in house.all(ACCOUNT) if words and row["name"].startswith(words)), None)


def _outside(house: House) -> None:
    for name, kind, contact, position, state, every, contacts, matters in OUTSIDE:
        row = house.named(
            name, STAKEHOLDER, name=name, kind=kind, contact=contact, position=position, state=state, every=every, matters=matters, owner_id=house.ids[DOSM],
            gains="互通消息，活动互助" if kind in ("media", "hotel", "association", "supplier") else "",
        )  # fmt: skip
        for ago in contacts:
            house.put(
                VISIT, stakeholder_id=row["id"], kind="visit" if ago % 2 else "call", day=house.days.office(ago), time="10:10", state="done", result="kept-up", words=matters.split("；")[0],
                owner_id=house.ids[DOSM],
            )  # fmt: skip


def _barters(house: House) -> None:
    for at, (what, whom, begins, ends, agreed, lines) in enumerate(BARTERS, 1):
        row = house.put(
            BARTER, name=what, code=f"ZH-{at:03d}", stakeholder_id=house.ids[whom], begins=house.days.at(begins), expires=house.days.at(ends), agreed=agreed, owner_id=house.ids[DOSM]
        )
        for ago, side, name, unit, quantity in lines:
            house.put(BARTER_LINE, barter_id=row["id"], day=house.days.office(ago), side=side, name=name, unit=unit, quantity=quantity, amount=unit * quantity, owner_id=house.ids[DOSM])


def _thanks(house: House) -> None:
    departments = {row["name"]: row["id"] for row in house.rows.get("department", ())}
    for ago, what, kind, department, whom, state, way, words, marks in THANKED:
        day = house.days.office(ago)
        house.put(
            THANKS, day=day, name=what, kind=kind, department_id=departments.get(department), staff_id=house.ids.get(whom), whom="" if whom in house.ids else whom, state=state, way=way, words=words,
            marks=marks, said_on=day if state == "said" else "", owner_id=house.ids[DOSM],
        )  # fmt: skip


def _tables(house: House) -> None:
    for ago, time, table, guest, mood, toasted, dish, promise, until, words, client in TABLES:
        found = _client(house, client)
        house.put(
            TABLE_LINE, day=house.days.office(ago), time=time, name=table, guest=guest, mood=mood, toasted=toasted, dish=dish, promise=promise, words=words,
            promise_on=house.days.office(until) if until is not None else "", account_id=found["id"] if found else None, owner_id=house.ids[CARE],
        )  # fmt: skip


def _weeks(house: House) -> None:
    sellers = sorted({row["owner_id"] for row in house.all(ACCOUNT) if row["owner_id"]})
    for ahead, state in WEEKS:
        week = add_days(monday(house.days.today), 7 * ahead)
        busy = {row["owner_id"] for row in house.all(VISIT) if week <= row["day"] <= add_days(week, 6) and row["state"] != "cancelled"}
        for at, seller in enumerate(sellers):
            if seller not in busy or (ahead == 1 and at % 2):
                continue  # was away, or has not handed in yet
            told = dict(zip(("went_well", "went_badly", "next_week"), LINES, strict=True)) if state in ("read", "reported") else {}
            house.put(
                VISIT_WEEK, owner_id=seller, week=week, state=state, asked_on=min(house.days.today, add_days(week, -3)), aim="先看三家流失预警客户" if ahead >= 0 else "",
                reported_on=add_days(week, 4) if told else "", **told,
            )  # fmt: skip
    _month(house, sellers)


def _month(house: House, sellers: list[int]) -> None:
    """The month before, reported by everybody who went out, and read but for one."""
    last = add_days(house.days.today[:8] + "01", -1)
    first = last[:8] + "01"
    busy = {row["owner_id"] for row in house.all(VISIT) if first <= row["day"] <= last and row["state"] != "cancelled"}
    told = dict(zip(("went_well", "went_badly", "next_week"), MONTH_LINES, strict=True))
    for at, seller in enumerate(each for each in sellers if each in busy):
        house.put(
            VISIT_WEEK, owner_id=seller, span="month", week=first, state="reported" if at == 0 else "read", asked_on=add_days(first, -3), aim="A 类全部面访一轮", reported_on=last, **told,
        )  # fmt: skip


def _calls(house: House) -> None:
    dice = Dice("calls")
    sheet = house.put(CALL_SHEET, name="C、D 类客户问候电话", kind="phone", day=house.days.office(0), owner_id=house.ids[CARE], most=12, script="问近况；问年底团年；问发票抬头有没有变；不推销")
    people = {row["account_id"]: row for row in house.all(PERSON) if row["role"] != "guest" and row["phone"]}
    few = [row for row in house.all(ACCOUNT) if row["level"] in ("C", "D") and row["state"] == "active" and row["id"] in people][5:300:27][:11]
    for at, account in enumerate(few):
        person, called = people[account["id"]], at < 6
        result, words = dice.one((("kept-up", "一切照旧，年底再看"), ("demand", "团年饭三桌，月底定"), ("suggestion", "希望停车券直接发到手机")))
        state = ("nobody" if at == 2 else "reached") if called else "waiting"
        more: Row = {"result": result, "words": words, "lead": "warm" if result == "demand" else "cold"} if state == "reached" else {}
        house.put(
            CALL_LINE, sheet_id=sheet["id"], account_id=account["id"], person_id=person["id"], name=person["name"], phone=person["phone"], why="超过等级间隔未联系", state=state,
            called_on=house.days.office(0) if called else "", called_at=f"{9 + at // 3:02d}:{10 + at % 3 * 15:02d}" if called else "", **more,
        )  # fmt: skip
