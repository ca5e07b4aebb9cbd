"""Who does what for a client and since when, what a client's file said before, and the territories clients lie in."""

from __future__ import annotations

from crm_desktop.duties.clients.records_account import CLASSES, RELATIONS, make_company
from crm_desktop.record.dated import Dated
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Problems, Record, Row, Section
from crm_desktop.record.text import Text

GUEST, DECIDER, BOOKER, FINANCE, SIGNATORY = "guest", "decision-maker", "booker", "finance", "signatory"
ROLES = tuple(
    (code, text, "")
    for code, text in (
        (GUEST, Text("Guest")), (DECIDER, Text("Decision maker")), (BOOKER, Text("Booker")),
        (FINANCE, Text("Finance contact")), (SIGNATORY, Text("Authorised signatory")), ("user", Text("Uses our services")),
    )
)  # fmt: skip


def is_contact(row: Row) -> bool:
    """True for a person who stands for a client, not for a mere guest."""
    return row.get("account_id") is not None and row.get("role") not in (GUEST, "", None)


# what stands on a person's own card is kept as a role with its days; further roles are written by hand
PERSON_ROLES = Dated(
    "role", "person_id", {"account_id": "account_id", "role": "role"}, also={"position": "position", "department": "department"}, first=True,
    needs=is_contact,
)  # fmt: skip


def _role_problems(row: Row) -> Problems:
    if row.get("since") and row.get("until") and row["until"] < row["since"]:
        return {"until": Text("The last day must be on or after {first}", first=row["since"])}
    return {}


ROLE = Record(
    "role", Text("Role at a client"), Text("Roles at clients"),
    Section(
        Text("Role at a client"),
        Field("person_id", Text("Person"), Kind.REF, ref="person", required=True, width=120, words=("联系人", "姓名")),
        Field("account_id", Text("Client"), Kind.REF, ref="account", required=True, make=make_company, width=200, words=("单位", "客户")),
        Field("role", Text("Role"), Kind.CHOICE, required=True, default=BOOKER, choices=ROLES, codes="person_role", width=104, words=("角色",)),
        Field("position", Text("Job title"), width=110, words=("职务",)),
        Field("department", Text("Department"), width=100, words=("部门",)),
        Field("influence", Text("Influence, 1 to 5"), Kind.INT, least=1, most=5, width=84, words=("影响力",)),
        Field("since", Text("Since"), Kind.DATE, width=104, words=("开始日期", "任职开始")),
        Field("until", Text("Until"), Kind.DATE, width=104, words=("结束日期", "任职结束")),
        Field("reason", Text("Why it ended"), wide=True, words=("变动原因",)),
    ),
    extra=(Field("kept", Text("From the person's card"), Kind.BOOL, hidden=True),),
    name="role", code="", titled="person_id",
    listed=("person_id", "role", "position", "department", "influence", "since", "until", "account_id"), sorted_by="-since", sortable=("since", "until"),
    filters=("role",), indexes=(Index("account_id", "until", "role"), Index("person_id", "until", "since"), Index("until", "since"), Index("since", "until")),
    check=_role_problems, check_on=("since", "until"), file_word="roles", papers=False, area="clients", follows=("account_id",),
)  # fmt: skip

WHATS = (
    ("owner", Text("Owner"), "blue"), ("class", Text("Class"), "grey"), ("relation", Text("Relationship"), "amber"), ("parent", Text("Parent company"), "grey"),
)  # fmt: skip
ACCOUNT_PAST = Record(
    "account_past", Text("Former value"), Text("Former values"),
    Section(
        Text("Former value"),
        Field("account_id", Text("Client"), Kind.REF, ref="account", required=True, width=200),
        Field("what", Text("What changed"), Kind.CHOICE, required=True, closed=True, choices=WHATS, width=92),
        Field("code", Text("It was"), Kind.CHOICE, choices=(*CLASSES, *RELATIONS), width=92),
        Field("owner_id", Text("Former owner"), Kind.REF, ref="staff", width=110),
        Field("parent_id", Text("Former parent"), Kind.REF, ref="account", width=180),
        Field("since", Text("Since"), Kind.DATE, width=104),
        Field("until", Text("Until"), Kind.DATE, width=104),
        Field("reason", Text("Reason"), Kind.LONG, width=240),
    ),
    extra=(Field("kept", Text("Kept by the program"), Kind.BOOL, hidden=True),),
    name="code", code="", titled="account_id",
    listed=("what", "code", "owner_id", "parent_id", "since", "until", "reason"), sorted_by="-until", sortable=("until", "since"), filters=("what",),
    indexes=(Index("account_id", "until", "what"), Index("what", "until"), Index("owner_id", "until"), Index("parent_id", "until")),
    by_hand=False, file_word="former-values", papers=False, area="clients", owners=(), follows=("account_id",),
)  # fmt: skip
"""What an account's owner, class, relationship or parent was, with its days: written with the change that ended it."""



TERRITORY = Record(
    "territory", Text("Territory"), Text("Territories"),
    Section(
        Text("Territory"),
        Field("name", Text("Name"), required=True, searched=True, width=140, words=("片区", "名称")),
        Field("districts", Text("Districts"), Kind.LONG, wide=True, width=320, words=("区县",), help=Text("One beside the other: 越城区、柯桥区")),
        owner(),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    code="", listed=("name", "districts", "owner_id"), sorted_by="name", sortable=("name",), file_word="territories", area="rules", owners=(),
)  # fmt: skip
