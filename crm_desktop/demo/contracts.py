"""The rate agreements behind the clients' files, and the bills of the events of the last weeks. Amounts in fen."""

from __future__ import annotations

from crm_desktop.demo.crew import CREDIT, DOSM, HOTEL_NAME
from crm_desktop.demo.house import Dice, House
from crm_desktop.demo.rooms import EK, SK, ST
from crm_desktop.duties.agreements.records import AGREEMENT, AGREEMENT_RATE
from crm_desktop.duties.bookings.records import BOOKING
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.house.records import ROOM_TYPE
from crm_desktop.duties.settlements.records import SETTLEMENT, SETTLEMENT_LINE
from crm_desktop.record.record import Row

LEVELS = "AB"
TRADE = ("travel-agency", "mice")
BETTER = 180_00  # an executive room above the plain one
BILLS_SINCE, LATE = -60, 1  # days; how many of the last events have no bill yet
LINES = {  # kind of booking -> (kind of line, what, each of: table, person, event; fen)
    "banquet": (("banquet", "宴席", "table", 3_288_00), ("meal", "酒水", "table", 260_00)), "wedding": (("banquet", "婚宴席", "table", 3_988_00), ("technology", "灯光音响", "event", 8_800_00)),
    "meeting": (("rent", "场租", "event", 12_000_00), ("meal", "茶歇", "person", 48_00), ("technology", "投影话筒", "event", 1_800_00)), "group": (("room", "团队用房", "person", 210_00), ("meal", "团队餐", "person", 80_00)),
}  # fmt: skip


def fill(house: House) -> None:
    """Agreements of the best clients and the trade, one waiting for a signature; then the bills."""
    types = {row["code"]: row["id"] for row in house.all(ROOM_TYPE)}
    signers: dict[int, str] = {}
    for person in house.all(PERSON):
        if person["role"] != "guest":
            signers.setdefault(person["account_id"], person["name"])
    for account in house.all(ACCOUNT):
        if account["agreement_to"] and (account["level"] in LEVELS or account["type"] in TRADE):
            _agreement(house, account, types, signers.get(account["id"], ""))
    unknown = house.ids["青垧新材"]
    made = house.put(
        AGREEMENT, account_id=unknown, name=f"{house.days.today[:4]} 年度协议", code=f"XY-{house.days.today[:4]}-0901", state="to-sign", since=house.days.at(13), until=house.days.at(13 + 364),
        owner_id=next(row["owner_id"] for row in house.all(ACCOUNT) if row["id"] == unknown), hotel_id=house.ids[HOTEL_NAME], breakfast="double", promised_nights=120, currency="CNY",
    )  # fmt: skip
    _rates(house, made["id"], 450_00, types)
    _bills(house)


def _agreement(house: House, account: Row, types: dict[str, int], signer: str) -> None:
    since = min(account["agreement_from"], house.days.at(-20))
    made = house.put(
        AGREEMENT, account_id=account["id"], name=f"{since[:4]} 年度协议", code=account["agreement_no"], state="running", since=since, until=account["agreement_to"], owner_id=account["owner_id"],
        hotel_id=house.ids[HOTEL_NAME], breakfast="double", promised_nights=account["promised_nights"], currency="CNY", keep_days=1, credit=int(account["credit"] == "open"),
        credit_days=account["credit_days"] if account["credit"] == "open" else None, sme_declared=int(account["credit"] == "open"), signed_on=since, signed_by=signer,
        signer_id=house.ids[DOSM], commission=8 if account["type"] in TRADE else None,
    )  # fmt: skip
    _rates(house, made["id"], account["agreed_rate"], types)


def _rates(house: House, agreement: int, rate: int, types: dict[str, int]) -> None:
    for code, amount in ((SK, rate), (ST, rate), (EK, rate + BETTER)):
        house.put(AGREEMENT_RATE, agreement_id=agreement, room_type_id=types[code], rate=amount, breakfast="double", currency="CNY")


def _bills(house: House) -> None:
    """A bill for each event of the last two months but the very last; yesterday's still lies here, the others are closed."""
    dice, first, today = Dice("bills"), house.days.at(BILLS_SINCE), house.days.today
    events = sorted((row for row in house.all(BOOKING) if row["state"] == "done" and row["kind"] in LINES and first <= row["day"] < today), key=lambda row: (row["day"], row["id"]))
    for at, event in enumerate(events[: len(events) - LATE], 1):
        last = at == len(events) - LATE
        _bill(house, dice, event, at, "confirmed" if last else "done")
        if not last:
            event["state"] = "closed"


def _bill(house: House, dice: Dice, event: Row, at: int, state: str) -> None:
    deposit = dice.between(0, 3) * 5_000_00
    many = {"table": event["tables"] or 0, "person": event["people"] or 10, "event": 1}
    lines = [(kind, what, many[each], max(1, many[each] - dice.between(0, 1)) if each == "table" else many[each], price) for kind, what, each, price in LINES[event["kind"]]]
    total = sum(actual * price for _, _, _, actual, price in lines)
    made = house.put(
        SETTLEMENT, name=str(event["remark"]).split("；")[0] or event["name"], code=f"JS{event['day'][2:].replace('-', '')}-{at:02d}", booking_id=event["id"], account_id=event["account_id"],
        person_id=event["person_id"], day=event["day"], state=state, owner_id=event["owner_id"], hotel_id=house.ids[HOTEL_NAME], deposit=min(deposit, total),
        deposit_kind="prepayment" if deposit else "", paid=max(0, total - deposit) if state == "done" else 0, mode="transfer" if state == "done" else "on-account", currency="CNY",
        signed_by=event["name"], checked_by=CREDIT if state == "done" else "", invoiced_on=event["day"] if state == "done" else "",
    )  # fmt: skip
    for kind, what, planned, actual, price in lines:
        house.put(SETTLEMENT_LINE, settlement_id=made["id"], kind=kind, name=what, planned=planned, actual=actual, price=price, currency="CNY")
