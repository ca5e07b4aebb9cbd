"""Guest files 客史: companions, the attention list, days to keep, consumption outside the room."""

from __future__ import annotations

from crm_desktop.duties.guests import rules
from crm_desktop.record.house import currency, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

RELATIONS = tuple(
    (code, text, "")
    for code, text in (
        ("spouse", Text("Spouse")), ("child", Text("Child")), ("parent", Text("Parent")), ("relative", Text("Relative")), ("assistant", Text("Assistant")),
        ("driver", Text("Driver")), ("guard", Text("Bodyguard")), ("interpreter", Text("Interpreter")), ("colleague", Text("Colleague of theirs")),
        ("friend", Text("Friend")), ("other", Text("Other")),
    )
)  # fmt: skip
LEVELS = (("watch", Text("Watch"), "amber"), ("prepay", Text("Prepay only"), "amber"), ("refuse", Text("Refuse"), "red"))
STANDINGS = ((rules.HOLDS, Text("Holds"), "amber"), (rules.ENDED, Text("Ended"), "grey"))
DAYS = tuple(
    (code, text, "")
    for code, text in (
        ("wedding", Text("Wedding anniversary")), ("founding", Text("Founding of the company")), ("first-stay", Text("First stay")), ("partner", Text("Start as a client")),
        ("family", Text("Family day")), ("appointment", Text("Taking office")), ("memorial", Text("Memorial day")), ("other", Text("Other day")),
    )
)  # fmt: skip


def _guest(required: bool = False) -> Field:
    return Field("person_id", Text("Guest"), Kind.REF, ref="person", required=required, width=120, words=("客人", "姓名"))


def _client() -> Field:
    return Field("account_id", Text("Client"), Kind.REF, ref="account", width=180, words=("单位", "客户", "协议单位"))


COMPANION = Record(
    "companion", Text("Companion"), Text("Companions"),
    Section(
        Text("Companion"),
        _guest(True),
        Field("name", Text("Name"), required=True, searched=True, data="personal", width=120, words=("同来人", "随行人员")),
        Field("relation", Text("Relation"), Kind.CHOICE, default="other", choices=RELATIONS, codes="companion_relation", width=92, words=("关系",)),
        Field("other_id", Text("Has a file of their own"), Kind.REF, ref="person", width=120, words=("客史",)),
        Field("birthday", Text("Birthday"), Kind.DATE, data="sensitive", sensitive="children", words=("生日",)),
        Field("phone", Text("Phone"), data="personal", sensitive="contact", width=136, words=("电话",)),
        Field("consent", Text("A guardian agreed"), Kind.BOOL, words=("监护人同意",), help=Text("Needed for what is kept of children under 14")),
        Field("remark", Text("Remark"), Kind.LONG, data="sensitive", sensitive="children", wide=True, width=240, words=("备注",)),
    ),
    extra=(Field("age", Text("Age"), Kind.INT, work=rules.age_now, of=("birthday",), width=64),),
    code="", listed=("person_id", "name", "relation", "age", "phone", "other_id", "remark"), sorted_by="name", sortable=("name",),
    filters=("relation",), indexes=(Index("person_id"), Index("other_id")),
    check=rules.check_companion, check_on=("birthday", "relation", "remark", "consent"),
    file_word="companions", note=("person_id",), area="clients", follows=("person_id",),
)  # fmt: skip

ATTENTION = Record(
    "attention", Text("Attention entry"), Text("Attention list"),
    Section(
        Text("Who and why"),
        _guest(), _client(),
        Field("level", Text("Measure"), Kind.CHOICE, required=True, closed=True, default="watch", choices=LEVELS, width=104, words=("级别", "处理")),
        Field("name", Text("Facts"), required=True, searched=True, wide=True, width=240, words=("事实", "原因")),
        Field("evidence", Text("Evidence"), required=True, wide=True, width=160, words=("依据", "证据"), help=Text("Report, bill, picture: where it can be looked up")),
    ),
    Section(
        Text("The decision"),
        owner(Text("Decided by"), "decided_by"),
        Field("decided_on", Text("Decided on"), Kind.DATE, required=True, width=104, words=("决定日期",)),
        Field("review_on", Text("Review on"), Kind.DATE, width=104, words=("复核日期",)),
        Field("expires", Text("Ends on"), Kind.DATE, width=104, words=("到期",), help=Text("After a year where nothing is written")),
        Field("appeal", Text("What they say to it"), Kind.LONG, wide=True, words=("申诉",)),
        Field("lifted_on", Text("Lifted on"), Kind.DATE, words=("解除日期",)),
    ),
    extra=(Field("standing", Text("Still holds"), Kind.CHOICE, work=rules.standing_now, of=("expires", "lifted_on"), choices=STANDINGS, width=84),),
    code="", listed=("person_id", "account_id", "level", "name", "evidence", "decided_on", "review_on", "expires", "standing", "decided_by"),
    faded=("standing", (rules.ENDED,)), sorted_by="-decided_on", sortable=("decided_on", "expires"), filters=("level",),
    indexes=(Index("person_id", "expires"), Index("account_id", "expires"), Index("review_on")),
    settle=rules.settle_attention, settle_on=("decided_on", "expires"),
    check=rules.check_attention, check_on=("person_id", "account_id", "decided_on", "expires", "review_on"),
    file_word="attention", note=("person_id", "account_id"), area="clients", follows=("person_id", "account_id"),
)  # fmt: skip

KEY_DATE = Record(
    "key_date", Text("Day to keep"), Text("Days to keep"),
    Section(
        Text("Day to keep"),
        _guest(), _client(),
        Field("kind", Text("Kind"), Kind.CHOICE, default="other", choices=DAYS, codes="key_date_kind", width=120, words=("类别",)),
        Field("name", Text("What it is"), required=True, searched=True, width=180, words=("名称", "事由")),
        Field("day", Text("Day"), Kind.DATE, width=104, words=("日期",)),
        Field("lunar_day", Text("Lunar day"), Kind.CODE, words=("农历",), help=Text("Month and day of the Chinese calendar, like 10-12, or 闰10-12 in a leap month")),
        Field("what", Text("How it is kept"), wide=True, width=200, words=("做法", "怎么做")),
        Field("budget", Text("Cost cap"), Kind.MONEY, least=0, width=104, words=("费用上限", "预算")),
        currency(),
        owner(),
    ),
    extra=(
        Field("day_key", Text("Kept on"), settled=True, hidden=True),
        Field("next", Text("Next time"), Kind.DATE, work=rules.next_now, of=("day_key",), width=104),
    ),
    code="", listed=("kind", "name", "person_id", "account_id", "next", "day", "what", "budget", "owner_id"), sorted_by="name", sortable=("name", "day"),
    filters=("kind",), indexes=(Index("person_id"), Index("account_id"), Index("day_key", "id")),
    settle=rules.settle_key_date, settle_on=("day", "lunar_day"), check=rules.check_key_date, check_on=("person_id", "account_id", "day", "lunar_day"),
    currency="currency", file_word="key-dates", note=("person_id", "account_id"), area="clients", follows=("person_id", "account_id"),
)  # fmt: skip

CONSUMPTION = Record(
    "consumption", Text("Consumption"), Text("Consumption"),
    Section(
        Text("Consumption"),
        _guest(), _client(),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期", "消费日期")),
        Field("outlet", Text("Where"), width=120, words=("营业点", "餐厅", "地点")),
        Field("name", Text("What they had"), required=True, wide=True, width=240, words=("菜品", "消费内容", "菜单")),
        Field("wine", Text("Wine and drinks"), width=120, words=("酒水",)),
        Field("covers", Text("Covers"), Kind.INT, least=0, most=9_999, width=72, words=("人数", "用餐人数")),
        Field("amount", Text("Amount"), Kind.MONEY, least=0, width=104, words=("金额", "消费金额")),
        currency(),
        Field("hosted", Text("Guest was the host"), Kind.BOOL, words=("做东",)),
        Field("booking_id", Text("Booking"), Kind.REF, ref="booking", width=110, words=("预订",), help=Text("Taken over when it took place")),
        Field("left_over", Text("What was left"), wide=True, width=160, words=("剩菜", "未用"), help=Text("Dishes that came back show what somebody does not like")),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    code="", listed=("day", "person_id", "account_id", "outlet", "name", "wine", "covers", "amount", "left_over"),
    sorted_by="-day", sortable=("day", "amount"), indexes=(Index("person_id", "day"), Index("account_id", "day"), Index("booking_id")),
    currency="currency", file_word="consumption", note=("person_id", "day"), area="clients", follows=("person_id", "account_id"),
)  # fmt: skip
