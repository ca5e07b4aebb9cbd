"""A guest with everything a house has of somebody, who wants to be forgotten."""

from __future__ import annotations

from typing import Any

from crm_desktop.desk import attachments, privacy
from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.follow_ups.records import FOLLOW_UP
from crm_desktop.duties.preferences.records import PREFERENCE
from crm_desktop.duties.receivables.records import PROMISE, RECEIVABLE
from crm_desktop.duties.visits.records import VISIT
from tests.samples import account, added, change, hotel, row, stay

NAME, FORMER, PHONE, MAIL = "欧阳梓萱", "欧阳小萱", "13857512345", "zixuan.ouyang@example.com"
WORDS = (NAME, FORMER, PHONE, MAIL, "ouyangzixuan", "zixuan", "138 5751 2345", "梓萱", "花生过敏", "柯桥街道")


def house(desk: Desk) -> dict[str, int]:
    """A guest with everything a house has of somebody, and another who must stay."""
    firm = account(desk, "柯桥丝织", phone="0575-84000001", remark=f"联系人手机 {PHONE}")
    guest = added(desk, PERSON, name=FORMER, account_id=firm, phone=PHONE, email=MAIL, address="柯桥街道 8 号", id_number="11010519491231002X")
    change(desk, PERSON, guest, name=NAME, latin_name="Ouyang Zixuan", remark="爱喝龙井")
    other = added(desk, PERSON, name="沈一诺", account_id=firm, phone="13900139000")
    ids = {"firm": firm, "guest": guest, "other": other}
    ids["stay"] = stay(desk, guest_id=guest, company_id=firm, remark=f"{NAME}女士，138 5751 2345")
    ids["bill"] = added(desk, RECEIVABLE, account_id=firm, hotel_id=hotel(desk), amount=380_000, document_no="R-88", bill_date="2026-11-01", due="2026-11-30", remark=f"{NAME}签单")
    ids["promise"] = added(desk, PROMISE, account_id=firm, person_id=guest, said_by=NAME, made_on="2026-11-10", due="2026-11-20", amount=380_000)
    ids["taste"] = added(desk, PREFERENCE, person_id=guest, name="花生过敏")
    ids["visit"] = added(desk, VISIT, account_id=firm, person_id=guest, day="2026-11-12", words=f"拜访{NAME}", next="谈年会")
    ids["task"] = added(desk, FOLLOW_UP, name=f"给{NAME}回电", due="2026-11-20", person_id=guest, account_id=firm)
    change(desk, VISIT, ids["visit"], words=f"{NAME}：年会定在一月")
    change(desk, PREFERENCE, ids["taste"], evidence="前台亲见")
    attachments.add_content(desk, "person", guest, f"{NAME}名片.png", b"a picture of a card")
    return ids


def erased(desk: Desk, ids: dict[str, int]) -> Any:
    return privacy.erase(desk, PERSON, ids["guest"], int(row(desk, PERSON, ids["guest"])["version"] or 0), "客人来函要求")
