"""The market: information of six kinds 市场信息, what guests write in public 网络点评, and the hotel's own pages 店铺页面检查."""

from __future__ import annotations

from crm_desktop.duties.market import rules
from crm_desktop.duties.market.rules import (
    ANSWERED,
    CLEAN,
    DEFECT,
    EXPIRED,
    FIXED,
    HOLDS,
    NO_ANSWER,
    NOTED,
    SET_ASIDE,
    TO_DO,
    UNANSWERED,
    USED,
    VERIFIED,
)
from crm_desktop.record import clock
from crm_desktop.record.house import hotel, owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.series import Series
from crm_desktop.record.text import Text

KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("macro", Text("Economy and policy")), ("industry", Text("The trade")), ("competitor", Text("Competitors")), ("consumer", Text("Guests and their habits")),
        ("product", Text("Our own products")), ("client", Text("Clients on the market")),
    )
)  # fmt: skip
RELIABILITY = tuple(
    (code, text, tone)
    for code, text, tone in (
        ("A", Text("A sure"), "green"), ("B", Text("B mostly right"), "green"), ("C", Text("C fairly sure"), "blue"), ("D", Text("D doubtful"), "amber"),
        ("E", Text("E unlikely"), "red"), ("F", Text("F cannot be judged"), "grey"),
    )
)  # fmt: skip
INFO_STATES = (
    (NOTED, Text("Noted"), "amber"), (VERIFIED, Text("Verified"), "blue"), (USED, Text("Made use of"), "green"), (SET_ASIDE, Text("Set aside"), "grey"),
)  # fmt: skip
STANDINGS = ((HOLDS, Text("Holds"), "green"), (EXPIRED, Text("Expired"), "grey"))
PLATFORMS = tuple(
    (code, text, "")
    for code, text in (
        ("ctrip", Text("Ctrip")), ("meituan", Text("Meituan")), ("fliggy", Text("Fliggy")), ("dianping", Text("Dianping")), ("booking", Text("Booking.com")),
        ("agoda", Text("Agoda")), ("douyin", Text("Douyin")), ("xiaohongshu", Text("Xiaohongshu")), ("weibo", Text("Weibo")), ("own", Text("Own shop")),
        ("forum", Text("Forum or paper")),
    )
)  # fmt: skip
SORTS = (("review", Text("Guest review"), ""), ("mention", Text("Mention"), ""), ("question", Text("Question"), ""))
TOPICS = tuple(
    (code, text, "")
    for code, text in (
        ("clean", Text("Cleanness")), ("facility", Text("Rooms and equipment")), ("noise", Text("Noise")), ("attitude", Text("Manner of the staff")),
        ("speed", Text("Speed of the service")), ("price", Text("Price and bill")), ("food", Text("Food and drink")), ("function", Text("Meeting or banquet")),
        ("place", Text("Location and parking")), ("praise", Text("Praise")), ("other", Text("Other topic")),
    )
)  # fmt: skip
REVIEW_STATES = ((UNANSWERED, Text("Not answered"), "red"), (ANSWERED, Text("Replied"), "green"), (NO_ANSWER, Text("Needs no answer"), "grey"))
CHECK_STATES = (
    (TO_DO, Text("Not looked at"), "amber"), (CLEAN, Text("All right"), "green"), (DEFECT, Text("Something wrong"), "red"), (FIXED, Text("Corrected"), "blue"),
)  # fmt: skip

INFO = Record(
    "market_info", Text("Market information"), Text("Market information"),
    Section(
        Text("Market information"),
        Field("name", Text("In one line"), required=True, searched=True, wide=True, width=260, words=("标题", "信息标题")),
        Field("code", Text("Information no."), Kind.CODE, searched=True, width=116, words=("信息编号", "编号")),
        Field("kind", Text("Kind"), Kind.CHOICE, required=True, default="competitor", choices=KINDS, codes="market_kind", width=110, words=("类别", "信息类别")),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期",)),
        Field("source", Text("Where from"), searched=True, width=130, words=("来源", "信息来源")),
        Field("reliability", Text("How sure"), Kind.CHOICE, default="C", closed=True, choices=RELIABILITY, width=104, words=("可靠程度", "可信度")),
        Field("competitor", Text("Which competitor"), searched=True, width=120, words=("竞品", "竞争对手")),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=170, words=("单位", "客户")),
        owner(Text("Noted by")),
        Field("content", Text("In full"), Kind.LONG, wide=True, words=("内容", "信息内容")),
        Field("valid_until", Text("Holds until"), Kind.DATE, width=104, words=("有效期",)),
    ),
    Section(
        Text("What is made of it"),
        Field("readers", Text("Who should know"), wide=True, words=("告知", "抄送")),
        Field("action", Text("What is done with it"), Kind.LONG, wide=True, words=("应对措施", "处理意见")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=NOTED, choices=INFO_STATES, width=92, words=("状态",)),
    ),
    extra=(Field("standing", Text("Still holds"), Kind.CHOICE, work=rules.standing, of=("valid_until",), choices=STANDINGS, width=92),),
    listed=("day", "name", "kind", "reliability", "state", "competitor", "source", "valid_until", "owner_id", "account_id", "standing"),
    sorted_by="-day", sortable=("day", "code", "valid_until"), filters=("kind", "state", "reliability", "day"), faded=("standing", (EXPIRED,)),
    indexes=(Index("code", unique=True), Index("account_id", "day", "state"), Index("state", "valid_until"), Index("kind", "day")),
    check=rules.check_info, check_on=("day", "valid_until"),
    machine=Machine(
        "state",
        Move("verify", Text("Is verified"), (NOTED,), VERIFIED),
        Move("use", Text("Make use of it"), (NOTED, VERIFIED), USED, guard=rules.action_missing),
        Move("set-aside", Text("Set aside"), (NOTED, VERIFIED), SET_ASIDE, reason=True),
        Move("reopen", Text("Open again"), (USED, SET_ASIDE), NOTED, reason=True),
    ),
    series=Series("XX", day="day"), file_word="market-information", note=("day", "kind"), area="office",
)  # fmt: skip

REVIEW = Record(
    "online_review", Text("Online review"), Text("Online reviews"),
    Section(
        Text("Online review"),
        Field("platform", Text("Platform"), Kind.CHOICE, required=True, default="ctrip", choices=PLATFORMS, codes="platform", width=100, words=("平台",)),
        Field("sort_of", Text("Review or mention"), Kind.CHOICE, required=True, default="review", choices=SORTS, codes="review_sort", width=84, words=("类型",)),
        Field("day", Text("Written on"), Kind.DATE, required=True, width=104, words=("点评日期", "日期")),
        Field("time", Text("Written at"), Kind.TIME, width=64, words=("点评时间", "时间")),
        Field("name", Text("Who wrote it"), required=True, searched=True, data="personal", width=110, words=("点评人", "昵称")),
        Field("stars", Text("Stars"), Kind.INT, least=1, most=5, tint=rules.star_tone, width=72, words=("评分", "得分")),
        Field("words", Text("What they wrote"), Kind.LONG, required=True, wide=True, width=200, words=("点评内容", "内容")),
        Field("topic", Text("Topic of the review"), Kind.CHOICE, choices=TOPICS, codes="review_topic", width=92, words=("主题", "原因")),
        Field("link", Text("Address of the page"), wide=True, words=("链接", "网址")),
        Field("person_id", Text("Guest"), Kind.REF, ref="person", width=110, words=("客人",)),
        Field("account_id", Text("Client"), Kind.REF, ref="account", width=170, words=("单位", "客户")),
        Field("room_no", Text("Room no."), Kind.CODE, width=72, words=("房号",)),
        Field("complaint_id", Text("Complaint"), Kind.REF, ref="complaint", width=150, words=("投诉单", "关联投诉")),
        hotel(),
    ),
    Section(
        Text("The answer"),
        Field("reply", Text("Public reply"), Kind.LONG, wide=True, words=("回复内容", "回复")),
        owner(Text("Answered by")),
        Field("replied_on", Text("Replied on"), Kind.DATE, width=104, words=("回复日期",)),
        Field("replied_at", Text("Replied at"), Kind.TIME, words=("回复时间",)),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=UNANSWERED, choices=REVIEW_STATES, width=92, words=("状态",)),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    extra=(
        Field("due", Text("Time is up at"), Kind.CODE, settled=True, width=132),
        Field("left", Text("Time left"), Kind.TEXT, work=clock.left, of=("due",), tint=clock.tint, width=80),
        Field("took", Text("Hours to the answer"), Kind.INT, work=rules.took, of=("day", "time", "replied_on", "replied_at"), width=84),
        Field("warn_on", Text("Warning day"), Kind.DATE, settled=True, hidden=True),
        Field("warn_at", Text("Warning time"), Kind.TIME, settled=True, hidden=True),
    ),
    code="", listed=("day", "platform", "stars", "words", "state", "left", "topic", "took", "owner_id", "time"),
    sorted_by="-day", sortable=("day",), filters=("state", "platform", "stars", "day"),
    indexes=(Index("state", "due"), Index("account_id", "day"), Index("person_id", "day"), Index("complaint_id", "day"), Index("platform", "day"), Index("owner_id", "warn_on")),
    settle=rules.settle, settle_on=("state", "day", "time"), check=rules.check_review, check_on=("day", "replied_on"),
    machine=Machine(
        "state",
        Move("answer", Text("Reply to the review"), (UNANSWERED,), ANSWERED, guard=rules.reply_missing, sets=rules.replied),
        Move("leave", Text("Needs no answer"), (UNANSWERED,), NO_ANSWER, reason=True),
        Move("reopen", Text("Open again"), (ANSWERED, NO_ANSWER), UNANSWERED, reason=True, sets=rules.not_replied),
    ),
    file_word="online-reviews", note=("day", "platform"), area="office",
)  # fmt: skip


def _tick(name: str, label: Text, word: str) -> Field:
    return Field(name, label, Kind.BOOL, width=64, words=(word,))


CHECK = Record(
    "page_check", Text("Shop page check"), Text("Shop page checks"),
    Section(
        Text("Shop page check"),
        Field("day", Text("Day"), Kind.DATE, required=True, width=104, words=("日期", "检查日期")),
        Field("platform", Text("Platform"), Kind.CHOICE, required=True, default="ctrip", choices=PLATFORMS, codes="platform", width=92, words=("平台", "店铺")),
        owner(Text("Looked at by")),
        hotel(),
        _tick("price_ok", Text("Price is right"), "价格"),
        _tick("picture_ok", Text("Picture is right"), "图片"),
        _tick("text_ok", Text("Text is right"), "文字"),
        _tick("stock_ok", Text("Stock is right"), "库存"),
        Field("found", Text("What is wrong"), Kind.LONG, searched=True, wide=True, width=240, words=("问题", "异常情况")),
        Field("state", Text("Status"), Kind.CHOICE, closed=True, default=TO_DO, choices=CHECK_STATES, width=92, words=("状态",)),
        Field("fixed_on", Text("Corrected on"), Kind.DATE, width=104, words=("整改日期", "更正日期")),
    ),
    extra=(Field("right", Text("Right of four"), Kind.TEXT, work=rules.right, of=rules.TICKS, width=84),),
    name="day", code="", listed=("day", "platform", "state", "right", "found", "owner_id", "fixed_on", "price_ok", "picture_ok", "text_ok", "stock_ok"),
    sorted_by="-day", sortable=("day",), filters=("state", "platform", "day"),
    indexes=(Index("state", "day"), Index("day", "platform")),
    machine=Machine(
        "state",
        Move("right", Text("All is right"), (TO_DO,), CLEAN, guard=rules.not_all_right),
        Move("wrong", Text("Something is wrong"), (TO_DO, CLEAN), DEFECT, guard=rules.nothing_found),
        Move("fix", Text("Correct it"), (DEFECT,), FIXED, guard=rules.not_all_right, sets=rules.fixed),
        Move("reopen", Text("Open again"), (FIXED,), DEFECT, reason=True, guard=rules.nothing_found, sets=rules.not_fixed),
    ),
    file_word="page-checks", note=("platform",), area="office",
)  # fmt: skip
