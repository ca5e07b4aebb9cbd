"""The credit files of the stories: applications at every step, agreements with those who may sign, papers, a guarantee. In fen."""

from __future__ import annotations

from typing import Any

from crm_desktop.demo.crew import AWAY, CREDIT, DEPUTY, DOSM, GM, HOTEL_NAME, LEAVING
from crm_desktop.demo.house import House
from crm_desktop.desk.records import STEP
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit.records import (
    CREDIT_AGREEMENT,
    CREDIT_APPLICATION,
    CREDIT_NEWS,
    CREDIT_PAPER,
    GUARANTEE,
    SIGNATORY,
    TRADE_REFERENCE,
)
from crm_desktop.duties.credit.records_collection import COLLECTION_STEP, DISPUTE, INSTALMENT_PLAN, WRITE_OFF
from crm_desktop.duties.credit.records_credited import SALE_SHARE
from crm_desktop.duties.credit.rules_calls import LEAST
from crm_desktop.duties.credit.rules_collection import DEFAULTS, Owed, Step, day_of, ladder_of, waiting
from crm_desktop.duties.receivables.records import PROMISE, RECEIVABLE
from crm_desktop.record.record import Row

SERVICES = "客房、餐饮、会议场租；不含商品与代付"
_Signers = tuple[tuple[str, str, int], ...]
AGREEMENTS: tuple[tuple[str, str, int, int, int, str, _Signers], ...] = (  # client, state, from, until, deposit, guarantor, who may sign (name, post, up to in yuan)
    ("禾渚软件", "active", -190, 175, 100_000_00, "", (("朱晓禾", "行政经理", 20_000), ("沈砚", "总经理助理", 0))),
    ("沐棹会展", "active", -310, 55, 0, "", (("晏清", "项目总监", 50_000),)),
    ("越岫城建", "suspended", -300, 65, 0, "", (("郭砚平", "办公室主任", 0), ("屠会计", "财务部会计", 5_000))),
    ("澄籁精密", "active", -322, 43, 20_000_00, "", (("祁曼", "行政主管", 30_000),)),
    ("云垞医疗", "active", -150, 215, 0, "云垞控股有限公司", (("黎永轩", "院长办公室主任", 0),)),
    ("泽沅银行", "active", -120, 245, 0, "", (("吴欣涵", "公司业务部", 0),)),
    ("瑞栀药业", "active", -338, 27, 0, "", (("万敏", "市场部经理", 20_000),)),
)  # fmt: skip
PAPERS = (  # client, kind, number, valid until
    ("禾渚软件", "licence", "91990000MA0DM0025X", None), ("禾渚软件", "authority", "HZ-SQ-07", 175), ("禾渚软件", "report", "2025 年度", 163),
    ("沐棹会展", "licence", "91990000MA0DM00173", None), ("沐棹会展", "authority", "MZ-01", 55), ("越岫城建", "authority", "越岫办〔2025〕14", 65),
    ("澄籁精密", "authority", "CL-2025-3", 43), ("瑞栀药业", "authority", "RZ-SQ-2", -12), ("瑞栀药业", "licence", "", None), ("云垞医疗", "authority", "YC-22", 215),
)  # fmt: skip
UNDER_WAY = (  # client, state, applied, limit and days asked, reason, sales manager, finance
    ("青垧新材", "draft", -3, 30_000_00, 30, "近 60 天 5 位客人住 19 间夜，均现付；要求签约月结", "", ""),
    ("鹿渚文化", "finance", -6, 50_000_00, 30, "新书发布会增多，希望额度由 30,000 提到 50,000", "同意上报，付款记录良好", ""),
    ("锦泽纺织", "decision", -8, 80_000_00, 30, "订货季用房集中，申请临时提额", "同意", "开户行证明良好；无涉诉；两家同行反映月底准时付款"),
)  # fmt: skip
REFERENCES = {"锦泽纺织": (("枕河酒店", "信贷部钱主管", 50_000_00, "in-time", "月底准时付款"), ("松涛国际饭店", "应收会计", 30_000_00, "in-time", ""))}  # of other hotels
NEWS = (("瑞栀药业", "owner", -40, "法定代表人变更，新负责人沿用原授权", "企业信息公示系统", -38),)  # client, kind, day, what, source, looked at
SHARES = (("越岫城建", "陆行舟", 20, "led"), ("禾渚软件", "许棠", 10, "large"), ("棠溪旅行社", "陆行舟", 20, "led"))  # client, colleague, per cent of its largest paid bill
GUARANTEED, GUARANTEE_DUE = 5_000_00, -2
CALLS_LEFT = 18  # besides those of the stories and of today's promises: 23 in all
STEP_WORDS = {
    "check": "核对对账单与发票", "call": "电话催付", "letter1": "催款函①", "visit": "上门催收", "letter2": "催款函②", "letter3": "催款函③", "lawyer": "律师函", "suit": "诉讼/计提决定",
    "director": "营销总监致电", "gm": "总经理致电", "hold": "暂停新挂账，电话催付", "deposit": "收取押金",
}  # fmt: skip
ANSWERS = ("已入账，等排款", "会计说下周付", "领导签字中", "发票已收到，月底付", "答应查一下再回电", "换了经办人，重发了清单")


def fill(house: House) -> None:
    """Everything in the order it came about."""
    accounts = {row["id"]: row for row in house.all(ACCOUNT)}
    for at, (name, state, starts, ends, deposit, guarantor, signers) in enumerate(AGREEMENTS, 1):
        _agreement(house, accounts[house.ids[name]], at, state, starts, ends, deposit, guarantor, signers)
    for name, kind, number, until in PAPERS:
        account = accounts[house.ids[name]]
        expires = "" if until is None else house.days.at(until)
        house.put(CREDIT_PAPER, account_id=account["id"], kind=kind, number=number, seen_on=house.days.office(-118), expires=expires)
    for at, (name, state, day, limit, terms, reason, manager, finance) in enumerate(UNDER_WAY, 1):
        asked = _application(
            house, accounts[house.ids[name]], f"SX{house.days.today[2:4]}{at + 80:03d}", state, house.days.office(day), limit, terms, reason=reason, manager_words=manager,
            finance_words=finance, limit_granted=limit if state == "decision" else 0, days_granted=terms if state == "decision" else None,
        )  # fmt: skip
        for hotel, contact, there, pays, remark in REFERENCES.get(name, ()):
            house.put(TRADE_REFERENCE, application_id=asked["id"], name=hotel, contact=contact, limit_there=there, pays=pays, asked_on=house.days.office(day + 3), remark=remark)
    for name, kind, day, what, source, looked in NEWS:
        account = accounts[house.ids[name]]
        house.put(CREDIT_NEWS, account_id=account["id"], kind=kind, day=house.days.office(day), name=what, source=source, looked_on=house.days.office(looked), owner_id=account["owner_id"])
    house.put(
        GUARANTEE, account_id=house.ids["云程商旅"], staff_id=house.ids[LEAVING], amount=GUARANTEED, currency="CNY", given_on=house.days.office(-9),
        due=house.days.at(GUARANTEE_DUE), bill="贺小满临时担保", reason="客户公章未到，先入住", witness=DOSM,
    )  # fmt: skip
    collected(house)


def _agreement(
    house: House, account: Row, at: int, state: str, starts: int, ends: int, deposit: int, guarantor: str, signers: _Signers
) -> None:  # fmt: skip
    days, limit, terms = house.days, account["credit_limit"], account["credit_days"]
    capital = 3_000_0000_00 if deposit else 500_0000_00
    asked = _application(
        house, account, f"SX{days.at(starts)[2:4]}{at:03d}", "approved", days.office(starts - 18), limit, terms, reason="年度协议客户，月结挂账", manager_words="同意",
        finance_words="证照齐全，无涉诉，同行反映良好", director_words="产量稳定，同意", controller_words="同意，按月对账", limit_granted=limit, days_granted=terms, decided_on=days.office(starts - 6), capital=capital,
        decision="同意", grade="AA" if deposit else "B", score=82 if deposit else 66,
    )  # fmt: skip
    made = house.put(
        CREDIT_AGREEMENT, account_id=account["id"], number=f"GZ{days.at(starts)[2:4]}-{at:03d}", state=state, application_id=asked["id"], starts=days.at(starts), ends=days.at(ends),
        signed_on=days.office(starts - 2), hotel_id=house.ids[HOTEL_NAME], owner_id=account["owner_id"], credit_limit=limit, days=terms, settles_on=25, late_rate=500,
        deposit=deposit, guarantor=guarantor, services=SERVICES, small_firm=1, currency="CNY",
    )  # fmt: skip
    if state == "suspended":
        _step(house, CREDIT_AGREEMENT.key, made, "active", state, days.at(-20), GM, "逾期超 60 天，催款函两次未付")
    for name, post, most in signers:
        house.put(SIGNATORY, agreement_id=made["id"], account_id=account["id"], name=name, post=post, starts=days.at(starts), ends=days.at(ends), most=most * 100)


def _application(house: House, account: Row, number: str, state: str, day: str, limit: int, terms: int | None, **more: Any) -> Row:
    row = house.put(
        CREDIT_APPLICATION, account_id=account["id"], number=number, day=day, state=state, owner_id=account["owner_id"], hotel_id=house.ids[HOTEL_NAME], limit_asked=limit,
        days_asked=terms, spend=limit // 3, services=SERVICES, currency="CNY", **more,
    )  # fmt: skip
    if state in ("finance", "decision"):
        _step(house, CREDIT_APPLICATION.key, row, "manager", state, house.days.office(-4), CREDIT, "")
    return row


def _step(house: House, record: str, row: Row, before: str, after: str, day: str, who: str, reason: str) -> None:
    house.put(STEP, record=record, row=row["id"], before=before, after=after, day=day, at=f"{day}T02:10:00.000Z", who=who, reason=reason)


# collecting


def collected(house: House) -> None:
    """What was done to collect: everything that was due for the larger debts, so that a working day's calls are left."""
    accounts = {row["id"]: row for row in house.all(ACCOUNT)}
    owed: dict[int, list[Owed]] = {}
    for bill in sorted(house.all(RECEIVABLE), key=lambda row: (row["due"], row["id"])):
        left = bill["amount"] - bill["paid"]
        if left >= LEAST and bill["currency"] == "CNY":
            owed.setdefault(bill["account_id"], []).append(Owed(bill["id"], bill["due"], left, bill["disputed"]))
    _told(house, accounts)
    told = {house.ids[name] for name in ("越岫城建", "旭阑置业", "棠溪旅行社")}
    promised = {row["account_id"] for row in house.all(PROMISE) if row["state"] == "open"}
    late = {account: sum(bill.collectable for bill in bills if bill.due < house.days.today) for account, bills in owed.items()}
    others = sorted((account for account in owed if late[account] and account not in told | promised), key=lambda one: (late[one], one))
    for account in [one for one in owed if one not in told and one not in others[:CALLS_LEFT]]:
        _all_done(house, accounts[account], owed[account])


def _all_done(house: House, account: Row, bills: list[Owed]) -> None:
    steps = DEFAULTS[ladder_of(account["kind"], account["type"], account["ownership"])]
    for step, _, mine in waiting(steps, bills, {}, house.days.today):
        last = max(turn for bill in mine if (turn := day_of(step, bill.due)) <= house.days.today)
        _did(house, account, step, last, ANSWERS[(step.days + len(bills)) % len(ANSWERS)])


def _did(house: House, account: Row, step: Step, day: str, answer: str, **more: Any) -> None:
    house.put(
        COLLECTION_STEP, account_id=account["id"], day=day, step=step.key, name=STEP_WORDS[step.key], channel=step.channel, letter=step.letter, currency="CNY",
        owner_id=house.ids[DEPUTY] if account["owner_id"] == house.ids[AWAY] else account["owner_id"], reason=answer, **more,
    )  # fmt: skip


def _told(house: House, accounts: dict[int, Row]) -> None:
    days, debtor = house.days, accounts[house.ids["越岫城建"]]
    body = {step.key: step for step in DEFAULTS["body"]}
    for key, at, answer, evidence in (
        ("check", -22, "发票、清单齐", {}), ("call", -14, "财务处说等批示", {}), ("visit", -7, "屠会计收下对账单", {}),
        ("letter1", -49, "", {"evidence": "demand", "way": "courier", "proof": "SF0000018811", "taken_by": "收发室"}), ("director", -26, "办公室主任：年底统一安排", {}),
        ("letter2", -19, "", {"evidence": "demand", "way": "signed", "proof": "HZ-0207", "taken_by": "屠会计"}),
    ):  # fmt: skip
        day = days.office(at)
        _did(house, debtor, body[key], day, answer, **(evidence | ({"delivered_on": days.at(at + 2)} if evidence else {})))
    house.put(
        COLLECTION_STEP, account_id=debtor["id"], day=days.office(-80), name="对账确认函", channel="letter", evidence="confirmed", way="signed", delivered_on=days.at(-75),
        proof="DZ-0903", taken_by="屠会计", owner_id=debtor["owner_id"], currency="CNY",
    )  # fmt: skip
    company = {step.key: step for step in DEFAULTS["company"]}
    for key, at in (("check", -900), ("call", -61)):
        _did(house, accounts[house.ids["旭阑置业"]], company[key], days.office(at), "老板说等工程款")
    agency = accounts[house.ids["棠溪旅行社"]]
    house.put(
        INSTALMENT_PLAN, account_id=agency["id"], agreed_on=days.office(-70), total=120_000_00, count=6, first_due=days.at(-63), paid=40_000_00, currency="CNY",
        guarantee="法定代表人个人保证", owner_id=agency["owner_id"], remark="任何一期逾期，余款一次到期",
    )  # fmt: skip
    quarrel = next(row for row in house.all(RECEIVABLE) if row["disputed"] and row["account_id"] == house.ids["澄籁精密"])
    house.put(
        DISPUTE, account_id=quarrel["account_id"], receivable_id=quarrel["id"], opened_on=days.office(-35), amount=quarrel["disputed"], kind="service", owner_id=quarrel["owner_id"],
        due=days.office(-30), facts="宴会中话筒失灵两次，只认 23,600",
    )  # fmt: skip
    for client, staff, percent, reason in SHARES:
        bill = max((row for row in house.all(RECEIVABLE) if row["account_id"] == house.ids[client] and row["paid"] > 0), key=lambda row: (row["amount"], row["id"]))
        house.put(SALE_SHARE, receivable_id=bill["id"], staff_id=house.ids[staff], percent=percent, reason=reason)
    short = next(row for row in house.all(RECEIVABLE) if 0 < row["amount"] - row["paid"] < LEAST)
    house.put(
        WRITE_OFF, account_id=short["account_id"], receivable_id=short["id"], asked_on=days.office(-3), amount=short["amount"] - short["paid"], state="asked", currency="CNY",
        owner_id=house.ids[CREDIT], cause="银行手续费少付 0.50，催收成本高于欠款", evidence="银行回单",
    )  # fmt: skip
