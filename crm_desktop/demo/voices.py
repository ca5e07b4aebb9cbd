"""What guests said: 84 complaints of two years, five of them open, the order with four hours, call-backs, a letter of thanks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.demo.crew import DOSM, HOTEL_NAME, VOICE
from crm_desktop.demo.house import Dice, House
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.complaints.records import COMPLAINT
from crm_desktop.duties.feedback import rules as feedback
from crm_desktop.duties.feedback.records import FEEDBACK
from crm_desktop.duties.house.records import DEPARTMENT
from crm_desktop.duties.rectifications.records import RECTIFICATION
from crm_desktop.duties.relations.records import THANKS
from crm_desktop.duties.stays.records import IN_HOUSE, STAY, STAYED
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.record.record import Row

COMPLAINTS, ANSWERS, NOT_REACHED = 84, 76, 5
GRADES = (("very-satisfied", 46), ("satisfied", 21), ("fairly-satisfied", 7), (feedback.UNHAPPY, 2))  # of the answers
CALLERS = ("方予安", "秦苏", "许棠")  # never who handles complaints
ROOM = "1216"
PRAISED = (("柳静仪", "客房部", "夜里送热水和粥，晨会念信"), ("樊守味", "餐饮部", "老人的粥是单独熬的"))  # whom a letter thanks, by department, and what is said
_Sort = tuple[str, str, str, str, str, tuple[str, ...]]
SORTS: tuple[tuple[_Sort, int], ...] = (  # (category, cause, department, what was done, prevention, what was said), how often
    (("facility", "plant", "工程部", "换滤网、加氟，换房安置", "空调换季前逐间试机", ("空调整晚不制冷", "空调有异响，没睡好", "空调吹热风，前台两次没人来")), 14),
    (("noise", "process", "营销部", "换厅或错开时间，送茶歇致歉", "相邻两厅不同时接会与宴", ("隔壁宴会声音大，会开不下去", "隔厅话筒串音", "隔断漏音，领导讲话听不清")), 9),
    (("speed", "people", "餐饮部", "补菜、免当道菜，当面致歉", "订单过 60 桌提前两小时备菜", ("上菜慢，主宾等了四十分钟", "热菜隔了半小时才上第二道", "主食忘了上，催了三次")), 8),
    (("billing", "information", "财务部", "当天换开发票并送上门", "开票资料进协议，不再手抄", ("发票抬头又写错了", "发票税号少一位，退回重开", "前台不认协议价，客人先垫付")), 7),
    (("attitude", "people", "前厅部", "当面致歉，送果盘", "晨会讲评，补岗培训", ("办入住时员工只顾聊天", "问路没人理", "退房被连问三遍消费")), 9),
    (("hygiene", "people", "客房部", "重做卫生，换布草", "领班抽查由 10% 提到 20%", ("枕头上有头发", "卫生间地面湿滑有水渍", "杯子有水印")), 10),
    (("food", "product", "餐饮部", "换菜，主厨出面说明", "咸淡由热厨复尝一次", ("菜太咸", "虾不新鲜", "早餐粥是凉的")), 8),
    (("reservation", "process", "前厅部", "免费升级一档", "团队房前一天锁房", ("订的大床给了双床", "到店没有房，等了一小时", "说好的高楼层没留")), 7),
    (("parking", "process", "保安部", "代客泊车，免停车费", "宴会日加派两名保安", ("停车场没位，绕了三圈", "出口堵了二十分钟")), 5),
    (("facility", "plant", "工程部", "立即调换设备", "会前一小时三方试音", ("投影中途黑屏", "话筒两次没声")), 7),
)  # fmt: skip
PLACES = ("客房", "大堂", "越味轩", "澜庭大宴会厅", "棠苑厅", "停车场", "湖畔全日餐厅")


class _Voices:
    """Complaints with their numbers, and who answered how."""

    def __init__(self, house: House) -> None:
        self.house, self.dice, self.days = house, Dice("voices"), house.days
        self.departments = {row["name"]: row["id"] for row in house.all(DEPARTMENT)}
        self.firms = [row for row in house.all(ACCOUNT) if row["kind"] == "company" and row["state"] != "lost"]
        self.people: dict[int, list[Row]] = {}
        for person in house.all(PERSON):
            self.people.setdefault(person["account_id"], []).append(person)
        self.grades = self.dice.shuffled([*[grade for grade, count in GRADES for _ in range(count)], *[""] * NOT_REACHED])
        self.numbers: dict[str, int] = {}

    def number(self, letters: str, day: str) -> str:
        head = f"{letters}{day[2:].replace('-', '')}"
        self.numbers[head] = self.numbers.get(head, 0) + 1
        return f"{head}-{self.numbers[head]:02d}"

    def put(self, day: str, time: str, what: str, **more: Any) -> Row:
        """A complaint, as it was taken down."""
        ids = self.house.ids
        return self.house.put(COMPLAINT, **({
            "name": what, "code": self.number("TS", day), "received_on": day, "received_at": time, "hotel_id": ids[HOTEL_NAME], "owner_id": ids[VOICE], "taker_id": ids["叶听澜"],
            "channel": "face", "currency": "CNY",
        } | more))  # fmt: skip

    def of(self, client: str) -> dict[str, Any]:
        """The columns that say which client it is."""
        account = self.house.ids[client]
        person = next((one for one in self.people.get(account, []) if one["role"] != "guest"), None)
        return {"account_id": account, **({"person_id": person["id"], "guest": person["name"], "phone": person["phone"]} if person else {}), "standing": "account"}

    def closed(self, at: int, sort: _Sort, **more: Any) -> Row:
        """One that has gone its whole way, called back where somebody was reached."""
        category, cause, department, done, prevention, said = sort
        dice, days = self.dice, self.days
        severity = dice.weighted((("S2", 12), ("S3", 62), ("S4", 26)))
        day, hour = days.at(at), dice.between(8, 20)
        gift = dice.weighted(((0, 55), (100_00, 20), (200_00, 15), (380_00, 10)))
        grade = self.grades.pop()
        values: Row = {
            "category": category, "severity": severity, "state": "filed", "department_id": self.departments[department], "place": dice.one(PLACES), "happened_on": day,
            "channel": dice.one(("face", "phone", "room", "chat", "review")), "emotion": dice.between(1, 4), "accepted_on": day, "accepted_at": f"{hour:02d}:{dice.between(2, 9):02d}",
            "scene_on": day, "scene_at": f"{hour:02d}:{dice.between(10, 29):02d}", "planned_on": day, "planned_at": f"{hour:02d}:{dice.between(30, 58):02d}", "measures": done,
            "finding": "情况属实", "answered_on": day, "answered_at": f"{hour + 1:02d}:20", "result": f"{done}；客人接受", "compensation": gift, "gesture": "amenity" if gift else "apology",
            "approver_id": self.house.ids["叶听澜"] if gift else None, "agreed_on": day, "agreed_at": f"{hour + 1:02d}:30", "called_on": days.at(at + 1), "called_at": "10:20",
            "caller_id": self.house.ids[dice.one(CALLERS)], "call_back": grade if grade and grade != feedback.UNHAPPY else "not-reached" if not grade else "fairly-satisfied",
            "cause": cause, "cost": gift, "no_cost": int(not gift), "prevention": prevention, "closed_on": days.at(at + dice.between(2, 5)), "archive_no": f"TS-{day[:4]}-{len(self.house.all(COMPLAINT)) + 1:03d}",
        }  # fmt: skip
        row = self.put(day, f"{hour:02d}:00", dice.one(said), **values | more)
        self.asked(row, grade)
        return row

    def asked(self, row: Row, grade: str) -> None:
        """The call-back of a closed complaint; who was not satisfied had it opened and closed once more."""
        if grade == feedback.UNHAPPY:
            row["reopened"] = 1
        words = {"very-satisfied": "处理得很快，谢谢", "satisfied": "可以，下次注意", "fairly-satisfied": "还行吧", feedback.UNHAPPY: "没说清楚为什么，第二次才解释", "": ""}[grade]
        self.feedback(row["called_on"], "complaint", row.get("guest") or "客人", grade, words, row["caller_id"], complaint_id=row["id"], account_id=row["account_id"], person_id=row["person_id"])

    def feedback(self, day: str, kind: str, name: str, grade: str, words: str, caller: int, **more: Any) -> None:
        """One who was asked, or not reached three times."""
        state = "reached" if grade else "unreachable"
        self.house.put(
            FEEDBACK, name=name, kind=kind, due=day, state=state, asked_on=day, asked_at="10:20", grade=grade, words=words, attempts=0 if grade else 3, owner_id=caller,
            tried="" if grade else "; ".join(f"{day} {time}" for time in ("10:20", "15:40", "19:10")), hotel_id=self.house.ids[HOTEL_NAME], **more,
        )  # fmt: skip


def fill(house: House) -> None:
    """What is told, then the rest up to its numbers, then the letter of thanks."""
    voices = _Voices(house)
    _tasting(voices)
    _open(voices)
    _strained(voices)
    _four_hours(voices)
    sorts = voices.dice.shuffled([sort for sort, count in SORTS for _ in range(count)])
    voices.closed(-21, SORTS[0][0], name="1216 空调不制冷", room_no="1216", severity="S3", guest="韩修远", place="客房")
    for at in (-6, -9, -12):
        _anybody(voices, at, sorts.pop())
    while len(house.all(COMPLAINT)) < COMPLAINTS:
        _anybody(voices, -voices.dice.between(22, 725), sorts.pop())
    _after_events(voices)
    _thanks(voices)


def _anybody(voices: _Voices, at: int, sort: _Sort) -> None:
    account = voices.dice.one(voices.firms)
    people = voices.people.get(account["id"], [])
    person = voices.dice.one(people) if people else None
    voices.closed(at, sort, account_id=account["id"], person_id=person["id"] if person else None, guest=person["name"] if person else account["short_name"] or account["name"], phone=person["phone"] if person else "")


def _four_hours(voices: _Voices) -> None:
    """Room 1216: the same air conditioning for the second time in 21 days, and the order with its four hours."""
    house, today = voices.house, voices.days.today
    stay = _in_1216(house)
    person = next((row for row in house.all(PERSON) if stay and row["id"] == stay["guest_id"]), None)
    row = voices.put(
        today, "09:50", "1216 空调又不制冷，21 天内第二次", severity="S2", state="putting-right", category="facility", room_no="1216", channel="room", standing="guest",
        guest=person["name"] if person else "", person_id=person["id"] if person else None, account_id=stay["account_id"] if stay else None, emotion=4, place="客房 1216",
        story="昨晚又热得睡不着，上次说修好了。", demand="马上修好，或者换同楼层的房", first_aid="送风扇和冰水，致歉", evidence="室温照片 28.5 度；上次维修单", finding="风机盘管电机烧坏，上次只清了滤网",
        department_id=voices.departments["工程部"], accepted_on=today, accepted_at="09:55", scene_on=today, scene_at="10:02", planned_on=today, planned_at="10:30",
        measures="工程部更换电机；客人愿意可换 1218", stage="during", happened_on=today, happened_at="01:30",
    )  # fmt: skip
    house.put(
        RECTIFICATION, name="1216 空调更换风机盘管电机", code=voices.number("ZG", today), complaint_id=row["id"], department_id=voices.departments["工程部"], person="石固", room_no="1216",
        state="on-scene", content="1216 空调 21 天内第二次不制冷，上次只清滤网未换电机。", standard="室温 24 度以下稳定 4 小时；同批次电机普查", issued_on=today, issued_at="10:00", way="paper",
        received_on=today, received_at="10:05", received_by="石固", copies="客房部、前厅部", scene_on=today, scene_at="10:40", limit_on=today, limit_at="18:00",
        owner_id=house.ids[VOICE], hotel_id=house.ids[HOTEL_NAME],
    )  # fmt: skip


def _in_1216(house: House) -> Row | None:
    """The reception of a V5 who lives in 1216: of one who changed rooms with whoever slept there last night and came the same day, or
    with those who had it before."""
    today, stays = house.days.today, house.all(STAY)
    known = [row for row in stays if row["room_no"] == ROOM]
    there = next((row for row in known if row["arrival"] < today <= row["departure"] and row["status"] in (IN_HOUSE, STAYED)), None)
    here = {row["guest_id"]: row for row in stays if row["status"] == IN_HOUSE and row["arrival"] < today}
    for vip in house.all(VIP_STAY):
        mine = here.get(vip["guest_id"]) if vip["stage"] == "in-house" and vip["level"] == "V5" and vip["guest_id"] != house.ids["俞闻笛"] else None
        if mine and there and mine["arrival"] == there["arrival"]:
            there["room_no"], mine["room_no"], vip["room_no"] = mine["room_no"], ROOM, ROOM
            for kind in ("room_reserved", "room_assigned"):
                there[kind], mine[kind] = mine[kind], there[kind]
            return vip
        others = _nights(known, mine) if mine and not there else None
        if mine and others is not None:
            for each in others:
                each["room_no"] = mine["room_no"]
            mine["room_no"] = vip["room_no"] = ROOM
            return vip
    return None


def _nights(known: Sequence[Row], mine: Row) -> list[Row] | None:
    """Who had 1216 in the nights of this stay and could as well have had its room; None where the rooms are of two types, or nights are left over."""
    if not any(row["room_assigned"] == mine["room_assigned"] for row in known):
        return None
    others = [row for row in known if row["arrival"] < mine["departure"] and mine["arrival"] < row["departure"]]
    return others if all(mine["arrival"] <= row["arrival"] and row["departure"] <= mine["departure"] for row in others) else None


def _tasting(voices: _Voices) -> None:
    """The wedding's tasting: noise from next door."""
    wedding = next(row for row in voices.house.all(BOOKING) if row["kind"] == "wedding" and row["name"] == "陈屹 郑弥")
    voices.put(
        voices.days.office(-4), "15:20", "试菜时隔壁观澜厅太吵", **voices.of("陈郑婚宴") | {"standing": "organiser"}, severity="S3", state="answered", category="noise", booking_id=wedding["id"],
        place="听雨", emotion=3, story="隔断开着，话筒声盖过说话，郑家母亲很不高兴。", demand="婚宴当天旁边不要有活动", department_id=voices.departments["营销部"],
        accepted_on=voices.days.office(-4), accepted_at="15:25", scene_on=voices.days.office(-4), scene_at="15:30", planned_on=voices.days.office(-4), planned_at="16:00",
        measures="当天观澜、C 厅不接有扩音的活动", answered_on=voices.days.office(-4), answered_at="17:10", result="已书面答应，等两家回话",
    )  # fmt: skip


def _open(voices: _Voices) -> None:
    """Two more that wait."""
    days = voices.days
    voices.put(
        days.office(-2), "11:10", "宴会话筒两次没声，15,000 元那笔不认", **voices.of("澄籁精密"), severity="S3", kind="dispute", state="putting-right", category="event", place="棠苑厅", channel="phone",
        story="董事长讲话断了两次，这笔场租和设备费不付。", demand="减免 15,000", department_id=voices.departments["餐饮部"], accepted_on=days.office(-2), accepted_at="11:20",
        scene_on=days.office(-2), scene_at="11:30", planned_on=days.office(-2), planned_at="14:00", measures="查设备记录，总监本周内给说法",
    )  # fmt: skip
    voices.put(
        days.today, "12:40", "平台点评：早餐排队二十分钟", severity="S4", state="new", category="speed", channel="review", guest="匿名住客", stage="after", place="湖畔全日餐厅",
        story="周末早餐排队二十分钟，没人管。", hotel_id=voices.house.ids[HOTEL_NAME],
    )  # fmt: skip


def _strained(voices: _Voices) -> None:
    """瑞栀: three in ninety days, the last still open."""
    client = voices.of("瑞栀药业")
    voices.closed(-82, SORTS[1][0], **client, name="经销商会隔厅串音")
    voices.closed(-47, SORTS[3][0], **client, name="发票抬头又写错，报销退回")
    voices.put(
        voices.days.office(-19), "10:30", "协议价函一拖再拖，三次投诉要书面改进", **client, severity="S3", state="accepted", category="promise", channel="face",
        story="上月答应一周内给价格函，到今天没有。", demand="书面改进措施和价格函", department_id=voices.departments["营销部"], accepted_on=voices.days.office(-19), accepted_at="10:40",
    )  # fmt: skip


def _after_events(voices: _Voices) -> None:
    """Organisers asked the day after: the answers that are left."""
    done = [row for row in voices.house.all(BOOKING) if row["state"] in ("done", "closed") and row["kind"] != "private-room"]
    for grade in list(voices.grades):
        booking = voices.dice.one(done)
        voices.feedback(
            booking["day"], "event", booking["name"], grade, "菜好，服务也好" if grade else "", voices.house.ids["方予安"], booking_id=booking["id"],
            account_id=booking["account_id"], person_id=booking["person_id"],
        )  # fmt: skip


def _thanks(voices: _Voices) -> None:
    """A letter of praise, and both it names in the ledger of thanks."""
    house = voices.house
    person = house.ids.get("解采薇")
    row = voices.put(
        voices.days.office(-3), "16:10", "感谢信：夸管家柳静仪和后厨", kind="praise", severity="S4", state="filed", channel="letter", guest="解采薇", person_id=person, standing="guest",
        story="老人夜里不舒服，柳管家送来热水和粥，厨房单独熬的。写这封信谢谢她们。", closed_on=voices.days.office(-2), cost=0, no_cost=1, prevention="在晨会上念，记入两人业绩",
        department_id=voices.departments["客房部"],
    )  # fmt: skip
    for whom, department, words in PRAISED:
        house.put(
            THANKS, day=voices.days.office(-3), name="解采薇来信表扬", kind="praise", department_id=voices.departments[department], staff_id=house.ids.get(whom), whom="" if whom in house.ids else whom,
            complaint_id=row["id"], state="said", way="meeting", words=words, marks=10, said_on=voices.days.office(-2), owner_id=house.ids[DOSM],
        )  # fmt: skip
