"""Bills, promises and receipts of the invented hotel."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from crm_desktop.duties.receivables.records import BROKEN, PART, PROMISE, RECEIPT, RECEIVABLE
from crm_desktop.record.text import Text
from tests.gallery.sample import COMPANIES, TODAY

BILLS = (  # client, days past due, amount, paid, kind: what the pictures tell of
    ("越岫城建集团", 202, 11_800_000, 3_000_000, "banquet"), ("越岫城建集团", 110, 6_450_000, 0, "meeting"),
    ("越岫城建集团", 79, 5_130_000, 0, "room"), ("越岫城建集团", 18, 5_900_000, 0, "room"),
    ("鹿渚文化传播", 40, 1_120_000, 0, "meal"), ("鹿渚文化传播", 12, 740_000, 0, "room"),
    ("澄籁精密制造有限公司", 39, 3_860_000, 0, "banquet"), ("Harbour & Pine Trading Ltd", -9, 420_000, 0, "room"),
)  # fmt: skip
CLIENTS = ("禾渚软件股份有限公司", "云垞医疗集团", "瑞栀药业", "沐棹会展服务有限公司", "天蘅检测技术", "旭阑置业")


def fill(desk: Any, ids: dict[str, int]) -> None:
    """Add to the sample as one change; the same every time."""
    with desk.writing(Text("Added"), source="sample") as writing:
        _fill(writing, ids, TODAY, {name: ids[owner] for name, _, owner, _ in COMPANIES})


def _fill(writing: Any, ids: dict[str, int], today: dt.date, owners: dict[str, int]) -> None:
    chance = random.Random(7)
    bills = list(BILLS)
    for _ in range(90):
        days = chance.choice((-25, -18, -11, -4, 3, 9, 16, 24, 33, 52, 70, 140)) + chance.randint(-2, 2)
        amount = chance.randrange(60_000, 3_600_000, 1_250)
        bills.append((chance.choice(CLIENTS), days, amount, amount if chance.random() < 0.6 and days > -5 else 0, chance.choice(("room", "meal", "meeting"))))
    for at, (client, days, amount, paid, kind) in enumerate(bills):
        due = today - dt.timedelta(days)
        values = {"account_id": ids[client], "hotel_id": ids["hotel"], "document_no": f"AR2611{at + 1:04d}", "kind": kind, "due": due.isoformat()}
        values |= {"bill_date": (due - dt.timedelta(30)).isoformat(), "amount": amount, "paid": paid, "owner_id": owners.get(client)}
        values |= {"currency": "USD" if client.startswith("Harbour") else "CNY", "disputed": 1_500_000 if days == 39 else 0}
        writing.add(RECEIVABLE, values)
    _promises(writing, ids, today)
    came = {"hotel_id": ids["hotel"], "received_on": today.isoformat(), "payer": "绍兴鹿渚", "amount": 1_860_000}
    writing.add(RECEIPT, came)


def _promises(writing: Any, ids: dict[str, int], today: dt.date) -> None:
    for client, made, due, amount, received, state, who in (
        ("越岫城建集团", 70, -49, 8_000_000, 0, BROKEN, "会计"), ("越岫城建集团", 40, -18, 6_000_000, 3_000_000, PART, "财务王姐"),
        ("越岫城建集团", 8, 27, 8_800_000, 0, "open", "办公室主任"), ("瑞栀药业", 6, 0, 2_000_000, 0, "open", "秘书"),
        ("天蘅检测技术", 20, -5, 1_000_000, 0, "open", "会计"),
    ):  # fmt: skip
        days = {"made_on": (today - dt.timedelta(made)).isoformat(), "due": (today + dt.timedelta(due)).isoformat()}
        writing.add(PROMISE, days | {"account_id": ids[client], "amount": amount, "received": received, "state": state, "said_by": who})
