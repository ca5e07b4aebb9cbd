"""What people agreed to: two versions of the texts, most who are looked after, some for messages, a few who changed their mind."""

from __future__ import annotations

from crm_desktop.demo.crew import CARE, DOSM
from crm_desktop.demo.house import Dice, House
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.consents import rules
from crm_desktop.duties.consents.records import CONSENT, CONSENT_TEXT
from crm_desktop.duties.consents.records_requests import DATA_REQUEST
from crm_desktop.duties.guests.records import COMPANION
from crm_desktop.duties.preferences.records import PREFERENCE

TEXTS = {
    rules.GREET: "同意酒店在生日、节日及入住前后以所选方式问候、关怀，可随时撤回。", rules.MARKET: "同意酒店以所选方式发送优惠、活动邀请，可随时撤回，不影响其他服务。",
    rules.SENSITIVE: "同意酒店为用餐与住宿安全保存健康、宗教习惯等敏感个人信息；拒绝不影响预订。", rules.AUTOMATED: "同意酒店按消费记录由程序提出服务建议；可要求人工处理。",
    rules.MINOR: "监护人同意酒店保存未满十四周岁儿童的姓名、生日及照护须知。",
}  # fmt: skip
ASKED_FOR = (  # guest, what, days ago it came, days until it was answered, decision, what is kept and why, what was done
    ("单翊飞", "copy", 40, 6, "granted", "", "", "", "工作簿一份，加密邮件发本人"),
    ("乐桐", "correct", 25, 1, "granted", "", "", "", "手机号已更正"),
    ("冉越", "delete", 90, 12, "partly", "books", "住店账单，会计档案保存 30 年", "账单须依法留存，其余已删除", "偏好与联系方式已删除"),
)  # fmt: skip
CALLED = {rules.GREET: "问候", rules.MARKET: "优惠", rules.SENSITIVE: "敏感", rules.AUTOMATED: "推荐", rules.MINOR: "儿童"}
VERSIONS = (("2024-1", -700), ("2026-1", -240))
HOW = (("paper", 30), ("spoken", 30), ("wechat", 25), ("phone", 10), ("mail", 5))
ASKED, MESSAGED, CHANGED = 70, 35, 3  # of a hundred


def fill(house: House) -> None:
    """The texts, then who agreed to what."""
    dice, days, texts = Dice("consents"), house.days, dict[tuple[str, str], int]()
    for purpose, words in TEXTS.items():
        for name, since in VERSIONS:
            texts[purpose, name] = house.put(CONSENT_TEXT, purpose=purpose, name=f"{CALLED[purpose]} {name}", since=days.at(since), words=words, owner_id=house.ids[DOSM])["id"]

    def put(person: int, purpose: str, ago: int, channel: str = rules.ANY, **more: object) -> None:
        version = "2026-1" if -ago >= VERSIONS[1][1] else "2024-1"
        house.put(
            CONSENT, person_id=person, purpose=purpose, channel=channel, given_on=days.at(-ago), text_id=texts[purpose, version], how=dice.weighted(HOW),
            owner_id=house.ids[CARE], **more,
        )  # fmt: skip

    told = {row["person_id"] for row in house.all(PREFERENCE) if row["kind"] in ("health", "religion") or row["allergen"]}
    for row in house.all(PERSON):
        person, ago = row["id"], dice.between(20, 600)
        if person in told and dice.percent(95):
            put(person, rules.SENSITIVE, ago)
        if row["role"] != "guest" and dice.percent(ASKED):
            put(person, rules.GREET, ago)
            if dice.percent(MESSAGED):
                put(person, rules.MARKET, ago, dice.one((rules.WECHAT, rules.SMS, rules.MAIL)))
    for child in house.all(COMPANION):
        if child["consent"]:
            put(child["person_id"], rules.MINOR, 90, companion_id=child["id"], guardian="本人（母亲）")
    _changed(house, dice)
    _asked(house)


def _changed(house: House, dice: Dice) -> None:
    """Those who took back what they agreed to for messages."""
    lines = [row for row in house.all(CONSENT) if row["purpose"] == rules.MARKET]
    for row in dice.shuffled(lines)[: max(CHANGED, len(lines) // 20)]:
        row.update(state=rules.WITHDRAWN, withdrawn_on=house.days.at(-dice.between(1, 15)))


def _asked(house: House) -> None:
    """What people asked about their data, and what came of it."""
    for number, (guest, kind, ago, took, decision, hold, kept, why, done) in enumerate(ASKED_FOR, 1):
        if guest in house.ids:
            day = house.days.at(-ago)
            house.put(
                DATA_REQUEST, code=f"GR-{day[:4]}-{number:04d}", person_id=house.ids[guest], kind=kind, received_on=day, way="mail", identity="回拨登记手机", owner_id=house.ids[CARE],
                hold=hold, hold_reason=kept, decision=decision, decided_on=house.days.at(took - 1 - ago), reason=why, done=done, done_on=house.days.at(took - ago), state="answered",
            )  # fmt: skip
