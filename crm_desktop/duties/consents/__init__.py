"""Consents 授权同意: what each person agreed to, by which version of which text; what people asked about their data."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.consents import queries, queries_law, queries_requests
from crm_desktop.duties.consents.records import CONSENT, CONSENT_TEXT
from crm_desktop.duties.consents.records_law import LAW_RULE
from crm_desktop.duties.consents.records_requests import DATA_REQUEST
from crm_desktop.record.duty import Duty, NowPoint, Page, Related
from crm_desktop.record.text import Text

LISTED = ("purpose", "channel", "answer", "given_on", "state", "withdrawn_on", "text_id", "how", "owner_id")

REQUESTS = ("code", "kind", "received_on", "due", "state", "decision", "done_on", "owner_id")


def _now(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    return [*queries_law.now(reader, record, row_id, day), *queries_requests.now(reader, record, row_id, day), *queries.now(reader, record, row_id, day)]


DUTY = Duty(
    "consents", Text("Consents"), records=(CONSENT_TEXT, CONSENT, DATA_REQUEST, LAW_RULE), begin="crm_desktop.duties.consents.pages_keeper:begin",
    pages=(
        Page("consents", Text("Consents"), "shield-check", words=("同意", "授权", "撤回同意", "营销同意", "个人信息保护", "consent", "PIPL"), record=CONSENT, rail=False),
        Page("consent-texts", Text("Texts of consents"), "file-text", words=("同意书", "告知书", "隐私文本", "文本版本"), record=CONSENT_TEXT, rail=False),
        Page("data-requests", Text("Requests about personal data"), "clipboard-list", words=("个人信息请求", "查阅复制", "更正", "删除请求", "请求登记", "GDPR"), record=DATA_REQUEST, rail=False),
        Page(
            "compliance", Text("Compliance rules"), "list-checks", "crm_desktop.duties.consents.pages_law:page",
            ("合规", "法规", "定金", "时效", "留样", "公务接待", "大型活动", "规则", "law"), record=LAW_RULE, rail=False,
        ),
    ),
    now=_now, today=queries_requests.today, causes=queries_requests.causes,
    related={
        "person": [
            Related(Text("Consents"), "consent", ("person_id",), LISTED), Related(Text("Requests about personal data"), "data_request", ("person_id",), REQUESTS),
        ]
    },
)  # fmt: skip
