"""Client history 客史档案."""

from __future__ import annotations

from crm_desktop.duties.clients import queries
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.clients.records_leaving import DONE, HAND_OVER, INTERVIEW
from crm_desktop.duties.clients.records_roles import ACCOUNT_PAST, ROLE, TERRITORY
from crm_desktop.duties.clients.records_sites import SITE
from crm_desktop.duties.clients.records_standing import IMPROVEMENT, POLICY
from crm_desktop.record.duty import Action, Due, Duty, Page, Part, Related
from crm_desktop.record.later import later
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text


def _to_sign(row: Row) -> Text:
    return Text("Sign for {client}, handed over by {person}", client=row["account_id.name"], person=row["from_id.name"] or Text("the pool"))


def _next_step(row: Row) -> Text:
    return Text("{client}: {what}", client=row["account_id.name"], what=row["next"])


DUTY = Duty(
    "clients", Text("Client history"),
    records=(ACCOUNT, PERSON, ROLE, ACCOUNT_PAST, TERRITORY, POLICY, IMPROVEMENT, SITE, HAND_OVER, INTERVIEW),
    pages=(
        Page("accounts", Text("Client history"), "building-2", words=("客户", "单位", "协议", "档案"), record=ACCOUNT),
        Page("people", Text("Guests and contacts"), "users", words=("客人", "联系人"), record=PERSON),
        Page("roles", Text("Roles at clients"), "users", words=("任职", "角色", "联系人变动"), record=ROLE, rail=False),
        Page("sites", Text("Sites of clients"), "map-pin", words=("厂区", "地点", "分厂", "门店"), record=SITE, rail=False),
        Page("territories", Text("Territories"), "map-pin", words=("片区", "区域"), record=TERRITORY, rail=False),
        Page("client-policy", Text("How clients are judged"), "settings", words=("评级标准", "等级标准", "健康度"), record=POLICY, rail=False),
        Page(
            "improvements", Text("Strained relationships"), "heart-handshake", "crm_desktop.duties.clients.pages_improvement:improvements",
            ("关系改善", "关系"), record=IMPROVEMENT, rail=False,
        ),
        Page("sleeping", Text("Sleeping clients and the pool"), "moon", "crm_desktop.duties.clients.pages_sleeping:SleepingPage", ("公海", "沉睡", "休眠", "流失", "回收"), rail=False),
        Page("client-hand-overs", Text("Hand-overs of clients"), "users", words=("移交", "客户移交", "交接"), record=HAND_OVER, rail=False),
        Page("lost-interviews", Text("Interviews with lost clients"), "message-square", words=("流失访谈", "流失客户", "访谈"), record=INTERVIEW, rail=False),
        Page("classes", Text("Classes of all clients"), "coins", "crm_desktop.duties.clients.pages_classes:ClassesPage", ("评级", "等级", "分级"), rail=False),
        Page("alike", Text("Duplicates"), "copy", "crm_desktop.duties.clients.pages_alike:AlikePage", ("查重", "重复", "合并", "去重"), rail=False),
        Page("merge", Text("Make one of two"), "copy", "crm_desktop.duties.clients.pages_merge:MergePage", rail=False),
    ),
    now=queries.now, today=queries.today, figures=queries.figures,
    related={
        "account": [
            Related(Text("Contacts"), "person", ("account_id",), ("name", "position", "role", "phone", "vip", "last_stay")),
            Related(Text("Roles"), "role", ("account_id",), ("person_id", "role", "position", "department", "influence", "since", "until", "reason")),
            Related(Text("Sites"), "site", ("account_id",), ("name", "kind", "address", "district", "phone", "person_id")),
            Related(Text("Hand-overs of clients"), "hand_over", ("account_id",), ("day", "from_id", "to_id", "state", "reason", "note", "signed_on")),
            Related(Text("Interviews with lost clients"), "lost_interview", ("account_id",), ("day", "person_id", "reason", "lost_to", "chance", "next", "next_on")),
            Related(Text("Changes"), "account_past", ("account_id",), ("what", "code", "owner_id", "parent_id", "since", "until", "reason")),
        ],
        "person": [Related(Text("Roles"), "role", ("person_id",), ("account_id", "role", "position", "department", "influence", "since", "until", "reason"))],
    },
    causes=later("crm_desktop.duties.clients.causes:causes"), begin="crm_desktop.duties.clients.pages_keeper:begin",
    dues=(
        Due("hand_over", "users", "day", "to_id", ("state", DONE), ("account_id", "from_id"), _to_sign),
        Due("lost_interview", "message-square", "next_on", "owner_id", None, ("account_id", "next"), _next_step),
    ),
    parts=(Part("standing", Text("Standing"), "account", "crm_desktop.duties.clients.pages_standing:standing"),),
    actions=(
        Action(
            "phone", Text("The phone rings"), "F2", "crm_desktop.duties.clients.pages_call:phone", icon="phone", short=Text("Call"),
            words=("来电", "电话"),
        ),
        Action(
            "call", Text("Write down a call with who is shown"), "Ctrl+L", quick="crm_desktop.duties.clients.quick_call:QuickCall", icon="phone",
            words=("记电话", "通话"),
        ),
        Action(
            "card", Text("Paste a business card or signature"), "Ctrl+Shift+V", "crm_desktop.duties.clients.pages_paste:paste_card", icon="contact",
            words=("名片", "签名", "粘贴"),
        ),
        Action("moved", Text("A contact changed firm"), "Ctrl+Shift+M", quick="crm_desktop.duties.clients.quick_moves:QuickMoved", icon="user-round", words=("跳槽", "换单位", "离职")),
        Action("hand-over-clients", Text("Hand over clients"), "Ctrl+Shift+H", quick="crm_desktop.duties.clients.quick_moves:QuickHandOver", icon="users", words=("移交", "客户交接", "交接")),
    ),
    sentence=queries.sentence,
    documents="crm_desktop.duties.clients.documents", mappings="crm_desktop.duties.clients.mappings",
)  # fmt: skip
