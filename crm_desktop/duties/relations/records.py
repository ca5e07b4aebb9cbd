"""Relations 关系协调: whom the house depends on outside 外部关系单位, barter 置换, and thanks to people and departments 感谢表彰."""

from __future__ import annotations

from crm_desktop.duties.relations import rules
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Rollup, Section
from crm_desktop.record.text import Text

GOOD, PLAIN, STRAINED, BROKEN = "harmonious", "ordinary", "strained", "broken"
STATES = ((GOOD, Text("Harmonious"), "green"), (PLAIN, Text("Ordinary"), "grey"), (STRAINED, Text("Strained"), "amber"), (BROKEN, Text("Broken off"), "red"))
KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("police", Text("Public security")), ("fire", Text("Fire brigade")), ("market", Text("Market supervision")), ("tax", Text("Tax office")),
        ("tourism", Text("Culture and tourism office")), ("street", Text("Street office")), ("media", Text("Press and broadcasting")), ("association", Text("Trade association")),
        ("supplier", Text("Supplier")), ("hotel", Text("Fellow hotel")), ("other", Text("Other")),
    )
)  # fmt: skip
RUNNING, SETTLED, LAPSED = "running", "settled", "lapsed"
BARTER_STATES = ((RUNNING, Text("In force"), "green"), (SETTLED, Text("Even and closed"), "grey"), (LAPSED, Text("Lapsed"), "red"))
GAVE, GOT = "gave", "got"
SIDES = ((GAVE, Text("We gave"), "blue"), (GOT, Text("We were given"), "green"))
NOTED, SAID = "noted", "said"
THANKS_STATES = ((NOTED, Text("To be said"), "amber"), (SAID, Text("Said"), "green"))
THANKS_KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("support", Text("Support of a department")), ("praise", Text("Praise of a guest")), ("deal", Text("Part in a success")), ("idea", Text("Idea that helped")),
    )
)  # fmt: skip
WAYS = tuple(
    (code, text, "")
    for code, text in (("meeting", Text("At the morning meeting")), ("letter", Text("Letter of thanks")), ("board", Text("On the board")), ("party", Text("At a celebration")), ("talk", Text("In person")))
)  # fmt: skip


def _account() -> Field:
    return Field("account_id", Text("Client"), Kind.REF, ref="account", width=180, words=("单位", "客户"))


def _remark() -> Field:
    return Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",))


STAKEHOLDER = Record(
    "stakeholder", Text("Stakeholder outside"), Text("Stakeholders outside"),
    Section(
        Text("Who they are"),
        Field("name", Text("Name"), required=True, searched=True, width=200, words=("单位名称", "名称")),
        Field("kind", Text("Field of work"), Kind.CHOICE, required=True, default="other", choices=KINDS, codes="stakeholder_kind", width=110, words=("类别", "领域")),
        Field("contact", Text("Their contact"), data="personal", searched=True, width=100, words=("对口联系人", "联系人")),
        Field("position", Text("Position"), width=100, words=("职务",)),
        Field("phone", Text("Phone"), searched=True, data="personal", sensitive="contact", width=130, words=("电话", "手机")),
        Field("address", Text("Address"), wide=True, words=("地址",)),
        owner(Text("Liaison of the house")),
    ),
    Section(
        Text("How it stands"),
        Field("state", Text("How they stand to us"), Kind.CHOICE, closed=True, default=PLAIN, choices=STATES, width=92, words=("关系", "关系状态")),
        Field("every", Text("Seen every so many days"), Kind.INT, default=rules.EVERY, least=0, most=730, width=92, words=("联络周期",)),
        Field("matters", Text("Matters in hand"), Kind.LONG, wide=True, words=("在办事项", "事项")),
        Field("gains", Text("What each side gains"), Kind.LONG, wide=True, words=("利益共同点", "互利")),
        _remark(),
    ),
    extra=(
        Field("contacts", Text("Contacts so far"), Kind.INT, default=0, derived=True, width=72), Field("last", Text("Last contact"), Kind.DATE, derived=True, width=104),
        Field("next_on", Text("To be seen by"), Kind.DATE, work=rules.next_on, of=("last", "every"), width=104),
    ),
    code="", listed=("name", "kind", "state", "contact", "last", "next_on", "phone", "owner_id", "contacts"),
    sorted_by="name", sortable=("name", "last"), filters=("kind", "state", "owner_id"), indexes=(Index("state", "last", "every"), Index("kind", "state")),
    machine=Machine(
        "state",
        Move("warm", Text("Has become harmonious"), (PLAIN,), GOOD, reason=True), Move("cool", Text("Has become ordinary"), (GOOD, STRAINED), PLAIN, reason=True),
        Move("strain", Text("Has become strained"), (PLAIN, BROKEN), STRAINED, reason=True), Move("break", Text("Is broken off"), (STRAINED,), BROKEN, reason=True),
    ),
    file_word="stakeholders", note=("kind", "contact"), area="office",
)  # fmt: skip

BARTER = Record(
    "barter", Text("Barter agreement"), Text("Barter ledger"),
    Section(
        Text("Barter agreement"),
        Field("name", Text("What for what"), required=True, searched=True, wide=True, width=220, words=("置换内容", "内容")),
        Field("code", Text("Agreement no."), Kind.CODE, whole=True, searched=True, width=110, words=("协议号", "编号")),
        _account(),
        Field("stakeholder_id", Text("Stakeholder outside"), Kind.REF, ref="stakeholder", ref_code="", width=140, words=("外部单位",)),
        Field("begins", Text("Begins on"), Kind.DATE, required=True, width=104, words=("开始日期",)),
        Field("expires", Text("Holds until"), Kind.DATE, width=104, words=("到期日期",)),
        Field("agreed", Text("Agreed for each side"), Kind.MONEY, least=0, width=110, words=("约定额度",)),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=RUNNING, choices=BARTER_STATES, width=84, words=("状态",)),
        owner(),
        _remark(),
    ),
    extra=(
        Field("gave", Text("We gave"), Kind.MONEY, derived=True, width=104), Field("got", Text("We were given"), Kind.MONEY, derived=True, width=104),
        Field("owed", Text("They still owe us"), Kind.MONEY, work=rules.balance, of=("gave", "got"), tint=rules.balance_tone, width=110),
    ),
    listed=("name", "account_id", "stakeholder_id", "begins", "expires", "gave", "got", "owed", "state", "owner_id", "code"),
    sorted_by="-begins", sortable=("begins", "name", "expires"), filters=("state", "owner_id"),
    indexes=(Index("account_id", "state"), Index("stakeholder_id", "state"), Index("state", "expires")),
    check=rules.check_barter, check_on=("account_id", "stakeholder_id", "begins", "expires"),
    machine=Machine(
        "state",
        Move("settle", Text("Both sides are even"), (RUNNING,), SETTLED, guard=rules.uneven), Move("lapse", Text("Let it lapse"), (RUNNING,), LAPSED, reason=True),
        Move("open", Text("Open again"), (SETTLED, LAPSED), RUNNING, reason=True),
    ),
    file_word="barter", note=("begins", "account_id"), area="funds", follows=("account_id",),
)  # fmt: skip

BARTER_LINE = Record(
    "barter_line", Text("Barter entry"), Text("Barter entries"),
    Section(
        Text("Barter entry"),
        Field("barter_id", Text("Barter agreement"), Kind.REF, ref="barter", required=True, width=180, words=("置换协议",)),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("side", Text("Which side"), Kind.CHOICE, required=True, closed=True, default=GAVE, choices=SIDES, width=92, words=("方向",)),
        Field("name", Text("What"), required=True, searched=True, wide=True, width=200, words=("内容",)),
        Field("unit", Text("Unit price"), Kind.MONEY, least=0, width=104, words=("单价",)),
        Field("quantity", Text("Quantity"), Kind.INT, required=True, default=1, least=1, most=99_999, width=68, words=("数量",)),
        Field("voucher", Text("Voucher no."), width=110, words=("凭证号", "单据号")),
        owner(Text("Noted by")),
    ),
    extra=(Field("amount", Text("Amount"), Kind.MONEY, settled=True, width=108),),
    code="", listed=("day", "side", "name", "amount", "unit", "quantity", "voucher", "barter_id", "owner_id"),
    sorted_by="-day", sortable=("day",), filters=("side", "barter_id"), indexes=(Index("barter_id", "day"), Index("side", "day")),
    settle=rules.settle_line, settle_on=("unit", "quantity"),
    rollups=(Rollup(("barter_id",), {"gave": ("amount",)}, {}, when="side", value=GAVE), Rollup(("barter_id",), {"got": ("amount",)}, {}, when="side", value=GOT)),
    file_word="barter-entries", papers=False, area="funds", follows=("barter_id",),
)  # fmt: skip

THANKS = Record(
    "thanks", Text("Thanks and praise"), Text("Thanks and praise"),
    Section(
        Text("For what"),
        Field("name", Text("What they did"), required=True, searched=True, wide=True, width=230, words=("事由", "事迹")),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="support", choices=THANKS_KINDS, codes="thanks_kind", width=104, words=("类别",)),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("department_id", Text("Department"), Kind.REF, ref="department", width=100, words=("部门", "支持部门")),
        owner(Text("Colleague thanked"), "staff_id"),
        Field("whom", Text("Or by name"), data="personal", searched=True, width=110, words=("姓名", "受表彰人")),
        _account(),
        Field("complaint_id", Text("Letter of praise"), Kind.REF, ref="complaint", width=170, words=("表扬信", "表扬单号")),
        Field("promised", Text("Promised by the department for"), Kind.DATE, width=104, words=("承诺日期",)),
        Field("delivered", Text("Done by the department on"), Kind.DATE, width=104, words=("兑现日期",)),
        Field("marks", Text("How well, 1 to 10"), Kind.INT, least=0, most=10, width=68, words=("评分", "满意度")),
    ),
    Section(
        Text("How it is said"),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=NOTED, choices=THANKS_STATES, width=84, words=("状态",)),
        Field("way", Text("How it is said"), Kind.CHOICE, default="meeting", choices=WAYS, codes="thanks_way", width=110, words=("方式", "表彰方式")),
        Field("words", Text("Words of thanks"), Kind.LONG, wide=True, width=200, words=("感谢语", "致谢")),
        Field("said_on", Text("Said on"), Kind.DATE, width=104, words=("表彰日期",)),
        Field("bonus", Text("Bonus"), Kind.MONEY, least=0, width=92, words=("奖励金额", "奖励")),
        owner(Text("Said by")),
    ),
    code="", listed=("day", "name", "kind", "department_id", "staff_id", "whom", "state", "way", "marks", "said_on", "account_id", "bonus"),
    sorted_by="-day", sortable=("day", "said_on"), filters=("state", "kind", "department_id", "day"),
    indexes=(Index("state", "day"), Index("department_id", "day", "marks"), Index("account_id", "day"), Index("complaint_id", "state"), Index("staff_id", "day")),
    check=rules.check_thanks, check_on=("staff_id", "department_id", "whom"),
    machine=Machine(
        "state", Move("say", Text("Was said"), (NOTED,), SAID, guard=rules.words_missing, sets=rules.said_on), Move("again", Text("Open again"), (SAID,), NOTED, reason=True),
    ),
    file_word="thanks", note=("day", "kind"), area="office",
)  # fmt: skip
