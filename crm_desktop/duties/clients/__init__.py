"""Client history 客史档案."""

from __future__ import annotations

from crm_desktop.duties.clients import causes, queries
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.record.duty import Action, Duty, Page, Related
from crm_desktop.record.text import Text

DUTY = Duty(
    "clients", Text("Client history"),
    records=(ACCOUNT, PERSON),
    pages=(
        Page("accounts", Text("Client history"), "building-2", words=("客户", "单位", "协议", "档案"), record=ACCOUNT),
        Page("people", Text("Guests and contacts"), "users", words=("客人", "联系人"), record=PERSON),
    ),
    now=queries.now, today=queries.today,
    related={
        "account": [Related(Text("Contacts"), "person", ("account_id",), ("name", "position", "role", "phone", "vip", "last_stay"))],
    },
    causes=causes.causes,
    actions=(
        Action(
            "phone", Text("The phone rings"), "F2", "crm_desktop.duties.clients.pages_call:phone", icon="phone", short=Text("Call"),
            words=("来电", "电话"),
        ),
        Action(
            "call", Text("Write down a call with who is shown"), "Ctrl+L", quick="crm_desktop.duties.clients.quick_call:QuickCall", icon="phone",
            words=("记电话", "通话"),
        ),
    ),
    sentence=queries.sentence,
)  # fmt: skip
