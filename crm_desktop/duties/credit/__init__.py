"""Credit 资信评估: application, scorecard, limit, agreement, who may sign, overrides and guarantees; and collecting what is owed."""

from __future__ import annotations

from crm_desktop.duties.credit import queries_screens, words
from crm_desktop.duties.credit.records import (
    CREDIT_AGREEMENT,
    CREDIT_APPLICATION,
    CREDIT_NEWS,
    CREDIT_OVERRIDE,
    CREDIT_PAPER,
    GUARANTEE,
    SIGNATORY,
    TRADE_REFERENCE,
)
from crm_desktop.duties.credit.records_collection import (
    COLLECTION_STEP,
    DISPUTE,
    INSTALMENT_PLAN,
    LADDER_STEP,
    WRITE_OFF,
    WRITE_OFF_BILL,
)
from crm_desktop.duties.credit.records_credited import SALE_SHARE
from crm_desktop.duties.credit.records_law import LAW_TERM
from crm_desktop.duties.credit.records_policy import CREDIT_POLICY, CREDIT_SCALE
from crm_desktop.record.dates import parse_date
from crm_desktop.record.duty import Action, Due, Duty, Entries, Page, Part, Related
from crm_desktop.record.later import later
from crm_desktop.record.report import Option, Reporting
from crm_desktop.record.text import Text

SIGNER_COLUMNS = ("name", "post", "starts", "ends", "most")
PAGES = "crm_desktop.duties.credit.pages"

DUTY = Duty(
    "credit", Text("Credit"),
    records=(
        CREDIT_APPLICATION, TRADE_REFERENCE, CREDIT_PAPER, CREDIT_AGREEMENT, SIGNATORY, CREDIT_OVERRIDE, GUARANTEE, CREDIT_POLICY, CREDIT_SCALE, LAW_TERM, CREDIT_NEWS,
        COLLECTION_STEP, DISPUTE, INSTALMENT_PLAN, WRITE_OFF, WRITE_OFF_BILL, LADDER_STEP, SALE_SHARE,
    ),
    pages=(
        Page(
            "credit-applications", Text("Credit applications"), "clipboard-list", f"{PAGES}:applications", words=("资信", "信用审批", "挂账申请", "授信", "credit"),
            record=CREDIT_APPLICATION, rail=False,
        ),
        Page("credit-agreements", Text("Credit agreements"), "file-text", f"{PAGES}_rate:agreements", words=("挂账协议", "授信协议"), record=CREDIT_AGREEMENT, rail=False),
        Page("credit-papers", Text("Papers of clients"), "files", words=("证照", "营业执照", "资料清单"), record=CREDIT_PAPER, rail=False),
        Page("signatories", Text("Who may sign"), "pencil", words=("有权签字人", "签字字样"), record=SIGNATORY, rail=False),
        Page("credit-overrides", Text("Credit in spite of a stop"), "key-round", words=("超额", "放行", "停挂放行"), record=CREDIT_OVERRIDE, rail=False),
        Page("credit-news", Text("News about clients' credit"), "message-square", words=("舆情", "涉诉", "股东变更", "法人变更"), record=CREDIT_NEWS, rail=False),
        Page("guarantees", Text("Temporary guarantees"), "handshake", words=("担保", "临时挂账"), record=GUARANTEE, rail=False),
        Page("collection-calls", Text("Collection calls"), "phone", f"{PAGES}_calls:calls", words=("催收", "催款", "电话单", "call sheet"), rail=False),
        Page("credit-meeting", Text("Credit meeting"), "users", f"{PAGES}_pack:meeting", words=("信贷会议", "信用会议", "会议资料", "credit committee"), rail=False),
        Page("expected-money", Text("Expected money"), "calendar-days", f"{PAGES}_cash:cash", words=("回款日历", "预计回款", "现金流", "cash calendar"), rail=False),
        Page("credited-sales", Text("Sales counted when paid"), "coins", f"{PAGES}_credited:credited", words=("回款业绩", "业绩", "提成", "分成"), rail=False),
        Page("sale-shares", Text("Shares of sales"), "users", words=("分成", "业绩分成"), record=SALE_SHARE, rail=False),
        Page("collection-steps", Text("Collection steps"), "list-checks", words=("催收记录", "催款函", "送达"), record=COLLECTION_STEP, rail=False),
        Page("disputes", Text("Disputes"), "message-square", words=("争议", "异议"), record=DISPUTE, rail=False),
        Page("instalment-plans", Text("Instalment plans"), "calendar-days", words=("分期", "还款计划"), record=INSTALMENT_PLAN, rail=False),
        Page("write-offs", Text("Write-offs"), "minus", words=("坏账", "核销申请"), record=WRITE_OFF, rail=False),
        Page("ladders", Text("Ladders of collection"), "list-todo", words=("催收阶梯",), record=LADDER_STEP, rail=False),
        Page("payment-regulation", Text("Payment regulation"), "settings", f"{PAGES}_rate:regulation", words=("保障中小企业款项支付条例", "法规", "逾期利率", "802"), record=LAW_TERM, rail=False),
        Page("credit-policy", Text("Credit policies"), "settings", f"{PAGES}_rate:policies", words=("信用政策", "评分权重", "授信政策"), record=CREDIT_POLICY, rail=False),
    ),
    actions=(Action("collection-calls", Text("Collection calls"), "Shift+F7", page="collection-calls", icon="phone", words=("催收", "催款", "电话单")),),
    now=queries_screens.now, today=queries_screens.today, causes=later("crm_desktop.duties.credit.causes:causes"),
    entries=(
        Entries("credit_application", "clipboard-list", "day", {"account": ("account_id",)}, ("limit_asked", "limit_granted", "decided_on"), words.application_line, chip="state"),
        Entries("credit_agreement", "file-text", "starts", {"account": ("account_id",)}, ("number", "credit_limit", "ends"), words.agreement_line, chip="state"),
        Entries("guarantee", "handshake", "given_on", {"account": ("account_id",)}, ("staff_id", "amount", "currency", "due"), words.guarantee_line, chip="state"),
        Entries("collection_step", "phone", "day", {"account": ("account_id",)}, ("name", "reason"), words.step_line, chip="outcome"),
        Entries("dispute", "message-square", "opened_on", {"account": ("account_id",)}, ("amount", "facts"), words.dispute_line, chip="state"),
        Entries("credit_news", "message-square", "day", {"account": ("account_id",)}, ("name", "kind", "source"), words.news_line, chip="kind"),
        Entries("credit_override", "key-round", "given_on", {"account": ("account_id",)}, ("until", "reason"), words.override_line, chip="state"),
    ),
    dues=(Due("guarantee", "handshake", "due", "staff_id", ("state", "given"), ("staff_id", "amount", "currency", "due"), words.guarantee_line),),
    related={
        "credit_application": [Related(Text("References of other hotels"), "trade_reference", ("application_id",), ("name", "contact", "limit_there", "pays", "asked_on", "remark"))],
        "write_off": [Related(Text("Bills that are written off"), "write_off_bill", ("write_off_id",), ("receivable_id", "amount"))],
        "complaint": [Related(Text("Disputes"), "dispute", ("complaint_id",), ("opened_on", "receivable_id", "amount", "kind", "state", "due"))],
        "credit_agreement": [Related(Text("Who may sign"), "signatory", ("agreement_id",), SIGNER_COLUMNS)],
        "receivable": [Related(Text("Shares of sales"), "sale_share", ("receivable_id",), ("staff_id", "percent", "reason", "remark"))],
    },
    reports=(
        Reporting("cash", later("crm_desktop.duties.credit.queries_cash:report"), Option("as-of", parse_date, required=True, keyword="day"), Option("by", choices=("week", "day"), default="week")),
        Reporting("credit-pack", later("crm_desktop.duties.credit.queries_pack:report"), Option("as-of", parse_date, required=True, keyword="day")),
        Reporting(
            "credited-sales", later("crm_desktop.duties.credit.queries_credited:report"), Option("from", parse_date, keyword="first"), Option("to", parse_date, keyword="last"),
            Option("by", choices=("seller", "bill"), default="seller"),
        ),
    ),
    documents="crm_desktop.duties.credit.documents",
    parts=(Part("credit-file", Text("Credit file"), "account", f"{PAGES}_file:panel"),),
    begin=f"{PAGES}_keeper:begin",
)  # fmt: skip
