"""The consent ledger 授权同意台账: what each person agreed to, by which text, and since when no longer; the texts in their versions."""

from __future__ import annotations

from crm_desktop.duties.consents import rules
from crm_desktop.record.dates import business_date
from crm_desktop.record.house import owner
from crm_desktop.record.kinds import Kind
from crm_desktop.record.machine import Machine, Move
from crm_desktop.record.record import Field, Index, Record, Row, Section
from crm_desktop.record.text import Text

ACTIONS = "crm_desktop.duties.consents.actions"
PURPOSES = (
    (rules.GREET, Text("Greetings and care"), "green"), (rules.MARKET, Text("Offers and invitations"), "blue"), (rules.SENSITIVE, Text("Sensitive data kept"), "purple"),
    (rules.AUTOMATED, Text("Automated proposals"), "grey"), (rules.MINOR, Text("Child under 14"), "amber"),
)  # fmt: skip
CHANNELS = (
    (rules.ANY, Text("By any way"), ""), (rules.PERSONALLY, Text("In person"), ""), (rules.PHONE, Text("Phone"), ""), (rules.SMS, Text("SMS"), ""),
    (rules.WECHAT, Text("WeChat"), ""), (rules.MAIL, Text("E-mail"), ""), (rules.POST, Text("By post"), ""),
)  # fmt: skip
ANSWERS = ((rules.YES, Text("Agrees"), "green"), (rules.NO, Text("Does not agree"), "red"))
STATES = ((rules.GIVEN, Text("As answered"), "green"), (rules.WITHDRAWN, Text("Withdrawn"), "red"))
HOW = tuple(
    (code, text, "")
    for code, text in (
        ("paper", Text("Signed on paper")), ("spoken", Text("Said in person")), ("phone", Text("Said on the phone")), ("wechat", Text("By a WeChat message")),
        ("mail", Text("By e-mail")), ("sms", Text("Answer to an SMS")), ("web", Text("Form of the web page")), ("card", Text("As it stood on the card")),
    )
)  # fmt: skip


def _purpose(once: bool = True) -> Field:
    return Field("purpose", Text("What for"), Kind.CHOICE, required=True, closed=True, once=once, default=rules.GREET, choices=PURPOSES, width=130, words=("用途", "目的"))


def _fresh() -> Row:
    return {"given_on": business_date()}


def _since() -> Row:
    return {"since": business_date()}


CONSENT_TEXT = Record(
    "consent_text", Text("Text of a consent"), Text("Texts of consents"),
    Section(
        Text("Text of a consent"),
        _purpose(),
        Field("name", Text("Name and version"), required=True, searched=True, once=True, width=120, words=("版本", "版本号"), help=Text("Its own for each text: Offers 2026-1")),
        Field("since", Text("Used from"), Kind.DATE, required=True, width=108, words=("启用日期",)),
        owner(Text("Released by")),
        Field("words", Text("Text in Chinese"), Kind.LONG, required=True, once=True, wide=True, width=340, words=("中文文本", "文本")),
        Field("words_en", Text("Text in English"), Kind.LONG, once=True, wide=True, words=("英文文本",)),
    ),
    code="", listed=("purpose", "name", "since", "words", "owner_id"), sorted_by="-since", sortable=("since", "name"), filters=("purpose",),
    indexes=(Index("purpose", "since"), Index("name", unique=True)), fresh=_since, file_word="consent-texts", area="rules", owners=(),
    lasting=Text("People agreed to this text: it stays. Write the next version as a new one, used from its day."),
)  # fmt: skip

CONSENT = Record(
    "consent", Text("Consent"), Text("Consents"),
    Section(
        Text("Who agreed to what"),
        Field("person_id", Text("Person"), Kind.REF, ref="person", required=True, once=True, width=120, words=("姓名", "客人", "联系人")),
        _purpose(),
        Field(
            "channel", Text("By which way"), Kind.CHOICE, required=True, closed=True, once=True, default=rules.ANY, choices=CHANNELS, width=104, words=("渠道",),
            help=Text("Asked for greetings, offers and invitations; the rest is the same by any way"),
        ),
        Field("answer", Text("Their answer"), Kind.CHOICE, required=True, closed=True, once=True, default=rules.YES, choices=ANSWERS, width=104, words=("答复",)),
        Field("given_on", Text("Answered on"), Kind.DATE, required=True, once=True, width=108, words=("同意日期", "答复日期")),
        Field("companion_id", Text("Child"), Kind.REF, ref="companion", ref_code="", once=True, words=("儿童",), help=Text("The companion a guardian agrees for")),
        Field("guardian", Text("Guardian who agreed"), data="sensitive", sensitive="children", width=110, words=("监护人",)),
    ),
    Section(
        Text("How it is shown"),
        Field("text_id", Text("Version of the text"), Kind.REF, ref="consent_text", ref_code="", width=110, words=("文本版本",), help=Text("Where nothing is chosen, the one used on that day")),
        Field("how", Text("How they said so"), Kind.CHOICE, default="spoken", choices=HOW, codes="consent_how", width=130, words=("取得方式",)),
        Field("evidence", Text("Where it can be looked up"), wide=True, width=180, words=("依据", "凭证")),
        owner(Text("Taken down by")),
        Field("state", Text("Status"), Kind.CHOICE, required=True, closed=True, default=rules.GIVEN, choices=STATES, width=96, words=("状态",)),
        Field("withdrawn_on", Text("Withdrawn on"), Kind.DATE, width=108, words=("撤回日期",)),
        Field("remark", Text("Remark"), Kind.LONG, wide=True, words=("备注",)),
    ),
    name="given_on", code="", titled="person_id",
    listed=("person_id", "purpose", "channel", "answer", "given_on", "state", "withdrawn_on", "text_id", "how", "evidence", "owner_id"),
    faded=("state", (rules.WITHDRAWN,)), sorted_by="-given_on", sortable=("given_on", "withdrawn_on"), filters=("purpose", "channel", "answer", "state"),
    indexes=(Index("person_id", "purpose"), Index("companion_id"), Index("text_id"), Index("state", "answer")),
    check=rules.check, check_on=("purpose", "guardian", "companion_id", "given_on", "withdrawn_on", "text_id", "text_id.purpose"),
    machine=Machine(
        "state",
        Move("withdraw", Text("Withdraw the consent"), (rules.GIVEN,), rules.WITHDRAWN, reason=True, guard=rules.withdraw_missing, sets=rules.withdrawn, effect=f"{ACTIONS}:withdrawn"),
    ),
    fresh=_fresh, joining=f"{ACTIONS}:answered", file_word="consents", note=("person_id", "purpose"), area="clients", follows=("person_id",),
    lasting=Text("What somebody agreed to stays on record. Take the step 'Withdraw the consent' instead."),
)  # fmt: skip
