"""What every duty leans on: the staff of the hotel, and the steps that rows went through."""

from __future__ import annotations

from crm_desktop.record.codes import LISTS
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Problems, Record, Row, Section
from crm_desktop.record.rights import ROLES
from crm_desktop.record.text import Text


def _staff_problems(row: Row) -> Problems:
    if row.get("login") and not row.get("role") and not row.get("post"):  # a post may bring its role
        return {"role": Text("Whoever signs in needs a role")}
    if row.get("deputy_from") and row.get("deputy_to") and row["deputy_to"] < row["deputy_from"]:
        return {"deputy_to": Text("The last day must be on or after {first}", first=row["deputy_from"])}
    return {}


STAFF = Record(
    "staff", Text("Colleague"), Text("Colleagues"),
    Section(
        Text("Colleague"),
        Field("name", Text("Name"), required=True, searched=True, width=120, words=("姓名", "员工")),
        Field("code", Text("Staff no."), Kind.CODE, searched=True, width=92, words=("工号",)),
        Field("post", Text("Post"), width=120, words=("岗位", "职务")),
        Field("department", Text("Department"), width=110, words=("部门",)),
        Field("phone", Text("Phone"), searched=True, width=136, words=("电话", "手机")),
        Field("manager_id", Text("Reports to"), Kind.REF, ref="staff", width=110, words=("上级",)),
    ),
    Section(
        Text("Sign-in"),
        Field("login", Text("Log-in name"), Kind.CODE, guarded=True, width=100, words=("登录名", "账号")),
        Field("role", Text("Role"), Kind.CHOICE, closed=True, choices=ROLES, guarded=True, width=120, words=("权限", "角色")),
        Field("hotel_id", Text("Only of this hotel"), Kind.REF, ref="hotel", guarded=True, width=120, words=("所属酒店",)),
    ),
    Section(
        Text("Away"),
        Field("deputy_id", Text("Deputy"), Kind.REF, ref="staff", width=110, words=("代理人",)),
        Field("deputy_from", Text("Deputy from"), Kind.DATE, words=("代理开始",)),
        Field("deputy_to", Text("Deputy until"), Kind.DATE, words=("代理结束",)),
        Field("left_on", Text("Left on"), Kind.DATE, width=108, words=("离职日期",)),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    listed=("name", "post", "department", "phone", "manager_id", "deputy_id", "role", "left_on"),
    sorted_by="name", sortable=("name",), indexes=(Index("code", unique=True), Index("login", unique=True)),
    check=_staff_problems, check_on=("deputy_from", "deputy_to", "login", "role", "post"), file_word="staff", note=("post", "department", "phone"),
    joining="crm_desktop.desk.own_rights:role_of_post", effect="crm_desktop.desk.own_rights:role_of_post", effect_on=("post", "login", "role"),
    area="people", owners=(),
)  # fmt: skip

STEP = Record(
    "step", Text("Step"), Text("Steps"),
    Section(
        Text("Step"),
        Field("record", Text("Record"), Kind.CODE),
        Field("row", Text("Row"), Kind.KEY),
        Field("before", Text("State before"), Kind.CODE),
        Field("after", Text("State after"), Kind.CODE),
        Field("day", Text("Day"), Kind.DATE),
        Field("at", Text("At"), Kind.CODE),
        Field("who", Text("Who")),
        Field("reason", Text("Reason"), Kind.LONG),
    ),
    name="after", code="", listed=("day", "before", "after", "who", "reason"), sorted_by="-at", sortable=("at",),
    indexes=(Index("row", "at"), Index("record", "after", "at"), Index("record", "day", "at", "row", "before")), file_word="steps",
    area="about", about=("record", "row"),
)  # fmt: skip

DIFFERENT = Record(
    "different", Text("Not the same"), Text("Rows that are not the same"),
    Section(
        Text("Not the same"),
        Field("record", Text("Record"), Kind.CODE),
        Field("one", Text("One"), Kind.KEY),
        Field("other", Text("Other"), Kind.KEY),
        Field("day", Text("Day"), Kind.DATE),
        Field("who", Text("Who")),
    ),
    name="record", code="", listed=("record", "day", "who"), sorted_by="-day", sortable=("day",),
    indexes=(Index("one", "other"), Index("other", "one")), file_word="different", papers=False, by_hand=False,
    area="about", about=("record", "one"),
)  # fmt: skip

MERGED = Record(
    "merged", Text("Merge"), Text("Merges"),
    Section(
        Text("Merge"),
        Field("record", Text("Record"), Kind.CODE),
        Field("kept", Text("Kept"), Kind.KEY),
        Field("lost", Text("Merged into it"), Kind.KEY),
        Field("entry", Text("Entry of the log"), Kind.KEY),
        Field("taken", Text("Values taken over"), Kind.CODE, whole=True, data="personal"),  # column -> value, as JSON
    ),
    name="record", code="", listed=("record",), sorted_by="record", sortable=("record",),
    indexes=(Index("kept", "record"), Index("lost", "record")), file_word="merged", papers=False, by_hand=False,
    area="about", about=("record", "kept"), approved="merge",
)  # fmt: skip

TONES = (
    ("green", Text("Green"), "green"), ("amber", Text("Amber"), "amber"), ("red", Text("Red"), "red"), ("blue", Text("Blue"), "blue"),
    ("purple", Text("Purple"), "purple"), ("grey", Text("Grey"), "grey"),
)  # fmt: skip


def _item_problems(row: Row) -> Problems:
    return {} if row.get("zh") or row.get("en") else {"zh": Text("Give it a name in Chinese or in English")}


CODE_ITEM = Record(
    "code_item", Text("List entry"), Text("List entries"),
    Section(
        Text("List entry"),
        Field("list", Text("List"), Kind.CHOICE, required=True, closed=True, once=True, codes=LISTS, width=150, words=("代码表",)),
        Field("code", Text("Stored as"), Kind.CODE, required=True, once=True, width=96, words=("代码",), help=Text("As it stands in the data and in files")),
        Field("zh", Text("In Chinese"), width=110, words=("中文", "中文名称")),
        Field("en", Text("In English"), width=120, words=("英文", "英文名称")),
        Field("tone", Text("Colour"), Kind.CHOICE, closed=True, choices=TONES, width=72, words=("颜色",)),
        Field("position", Text("Position"), Kind.INT, required=True, default=0, least=0, most=99_999, width=76, words=("顺序",)),
        Field("retired", Text("No longer offered"), Kind.BOOL, width=64, words=("停用",)),
    ),
    name="code", code="", listed=("code", "zh", "en", "tone", "retired", "position", "list"), sorted_by="position", sortable=("position", "code"),
    indexes=(Index("list", "code", unique=True),), check=_item_problems, check_on=("zh", "en"), file_word="codes", papers=False,
    lasting=Text("A code is not removed, because rows may still hold it. Tick 'No longer offered' instead."),
    area="codes",
)  # fmt: skip

ATTACHMENT = Record(
    "attachment", Text("Attached file"), Text("Attached files"),
    Section(
        Text("Attached file"),
        Field("about_record", Text("Record"), Kind.CODE),
        Field("about_row", Text("Row"), Kind.KEY),
        Field("name", Text("Name"), required=True),
        Field("mime", Text("Type of file"), Kind.TEXT),
        Field("size", Text("Bytes"), Kind.INT),
        Field("sha256", Text("SHA-256")),
        Field("added_on", Text("Day"), Kind.DATE),
        Field("added_by", Text("Who")),
        Field("note", Text("Remark")),
    ),
    code="", listed=("added_on", "name", "size", "added_by", "note"), sorted_by="-added_on", sortable=("added_on",),
    indexes=(Index("about_row", "about_record"),), file_word="attachments", papers=False,
    area="about", about=("about_record", "about_row"),
)  # fmt: skip

LIST_VIEW = Record(
    "list_view", Text("View of a list"), Text("Views of lists"),
    Section(
        Text("View of a list"),
        Field("name", Text("Name"), required=True),
        Field("record", Text("Record"), Kind.CODE, required=True, once=True),
        Field("shared", Text("For everybody"), Kind.BOOL),
        Field("who", Text("Who")),
        Field("content", Text("What it shows"), Kind.LONG),
        owner(),
    ),
    code="", listed=("name", "record", "shared", "who"), sorted_by="name", sortable=("name",), indexes=(Index("record", "name"),),
    file_word="views", papers=False, area="tasks",
)  # fmt: skip

DESK_RECORDS = (STAFF, STEP, CODE_ITEM, ATTACHMENT, LIST_VIEW)
