"""What a hotel settles of its rights itself: which post has which role, more or less for one colleague, approval levels.

They are written only by those who give log-ins and roles; `own_rights.py` says what they come to."""

from __future__ import annotations

from crm_desktop.record.codes import Choice
from crm_desktop.record.kinds import Kind
from crm_desktop.record.own_rights import ANY, LESS, MORE, NO, UP_TO
from crm_desktop.record.record import Field, Index, Problems, Record, Row, Section
from crm_desktop.record.rights import APPROVAL_WORDS, APPROVALS, EXPORT, POWER_WORDS, RIGHTS, ROLES, SENSITIVE
from crm_desktop.record.text import Text

WHATS: tuple[Choice, ...] = (
    (EXPORT, Text("Take lists out of the house"), ""),
    *((power, words, "") for power, words in POWER_WORDS.items() if power != RIGHTS),
    *((kind, Text("see: {what}", what=words), "") for kind, words in SENSITIVE.items()),
)
WAYS = ((MORE, Text("Has it besides"), "green"), (LESS, Text("Does not have it"), "red"))
LEVEL_WAYS = ((UP_TO, Text("Up to an amount"), "blue"), (ANY, Text("Any amount"), "green"), (NO, Text("Does not approve"), "red"))
COUNTED = frozenset(kind for kind, levels in APPROVALS.items() if any(most is not None for most in levels.values()))  # where an amount decides

POST_ROLE = Record(
    "post_role", Text("Role of a post"), Text("Roles of posts"),
    Section(
        Text("Role of a post"),
        Field("post", Text("Post"), required=True, guarded=True, searched=True, width=180, words=("岗位", "职务")),
        Field("role", Text("Role"), Kind.CHOICE, required=True, closed=True, choices=ROLES, guarded=True, width=180, words=("角色", "权限")),
        Field("remark", Text("Remark"), guarded=True, wide=True, width=260, words=("备注",)),
    ),
    name="post", code="", listed=("post", "role", "remark"), sorted_by="post", sortable=("post",), filters=("role",), indexes=(Index("post", unique=True),),
    file_word="roles-of-posts", papers=False, area="people", owners=(),
)  # fmt: skip

PERSON_RIGHT = Record(
    "person_right", Text("Right of one colleague"), Text("Rights of single colleagues"),
    Section(
        Text("Right of one colleague"),
        Field("staff_id", Text("Colleague"), Kind.REF, ref="staff", required=True, once=True, guarded=True, width=120, words=("员工", "姓名")),
        Field("what", Text("Right"), Kind.CHOICE, required=True, closed=True, once=True, choices=WHATS, guarded=True, width=220, words=("权限",)),
        Field("way", Text("More or less"), Kind.CHOICE, required=True, closed=True, default=MORE, choices=WAYS, guarded=True, width=130, words=("增减",)),
        Field("reason", Text("Why"), required=True, guarded=True, wide=True, width=260, words=("原因",)),
    ),
    name="what", code="", titled="staff_id", listed=("staff_id", "what", "way", "reason"), sorted_by="what", sortable=("what",), filters=("way", "staff_id"),
    indexes=(Index("staff_id", "what", unique=True),), file_word="rights-of-colleagues", papers=False, area="people", owners=(),
)  # fmt: skip


def _level_problems(row: Row) -> Problems:
    if row["way"] != UP_TO:
        return {"most": Text("An amount stands only where it says 'Up to an amount'")} if row["most"] else {}
    if row["kind"] not in COUNTED:
        return {"way": Text("Here no amount decides: whoever approves, approves any")}
    return {} if row["most"] else {"most": Text("Up to which amount?")}


APPROVAL_LEVEL = Record(
    "approval_level", Text("Approval level"), Text("Approval levels"),
    Section(
        Text("Approval level"),
        Field("kind", Text("What is approved"), Kind.CHOICE, required=True, closed=True, once=True, guarded=True, width=170, words=("审批事项",),
              choices=tuple((kind, words, "") for kind, words in APPROVAL_WORDS.items())),
        Field("role", Text("Role"), Kind.CHOICE, required=True, closed=True, once=True, choices=ROLES, guarded=True, width=130, words=("角色",)),
        Field("way", Text("Approves"), Kind.CHOICE, required=True, closed=True, default=UP_TO, choices=LEVEL_WAYS, guarded=True, width=112, words=("审批权限",)),
        Field("most", Text("Up to"), Kind.MONEY, least=0, guarded=True, width=110, words=("金额上限", "额度")),
        Field("reason", Text("Why"), guarded=True, wide=True, width=130, words=("原因",)),
    ),
    name="kind", code="", listed=("kind", "role", "way", "most", "reason"), sorted_by="kind", sortable=("kind",), filters=("kind", "role"),
    indexes=(Index("kind", "role", unique=True),), check=_level_problems, check_on=("kind", "way", "most"),
    joining="crm_desktop.desk.own_rights:still_approved", effect="crm_desktop.desk.own_rights:still_approved", effect_on=("way", "most"),
    leaving="crm_desktop.desk.own_rights:leaving", file_word="approval-levels", papers=False, area="people", owners=(),
    nothing=Text("The hotel has written no levels of its own yet. The usual ones below hold; 'Write down the usual levels' above makes them rows that you change."),
)  # fmt: skip

OWN_RIGHTS = (POST_ROLE, PERSON_RIGHT, APPROVAL_LEVEL)
