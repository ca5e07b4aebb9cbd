"""Papers 表单: what was issued under a number, who has to sign it, which seal was used, and the hotel's own templates."""

from __future__ import annotations

from crm_desktop.desk.paper_records import PAPER_RECORD, SEAL_USE, SIGNATURE, TEMPLATE
from crm_desktop.duties.papers import queries
from crm_desktop.record.duty import Action, Duty, Page, Related
from crm_desktop.record.text import Text

DUTY = Duty(
    "papers", Text("Papers"), records=(PAPER_RECORD, SIGNATURE, SEAL_USE, TEMPLATE),
    pages=(
        Page("papers", Text("Issued papers"), "receipt-text", "crm_desktop.duties.papers.pages:papers_page", words=("表单", "单据", "编号", "作废"), record=PAPER_RECORD, rail=False),
        Page("signatures", Text("Signatures"), "pencil", words=("签字", "签收", "漏签", "未签"), record=SIGNATURE, rail=False),
        Page(
            "templates", Text("Templates"), "notebook-pen", "crm_desktop.duties.papers.pages_templates:templates", ("模板", "版式", "template"), rail=False,
        ),
        Page("seals", Text("Uses of seals"), "shield-check", words=("用印", "印章", "公章"), record=SEAL_USE, rail=False),
    ),
    actions=(
        Action(
            "check-code", Text("Does this paper still hold? (check code)"), "Ctrl+Shift+K", "crm_desktop.duties.papers.pages:check_code",
            words=("验证码", "单据", "有效", "旧版"),
        ),
    ),
    today=queries.today,
    related={
        "paper": [
            Related(Text("Signatures"), "paper_signature", ("paper_id",), ("role", "expected", "signed_on", "signed_by")),
            Related(Text("Uses of seals"), "seal_use", ("paper_id",), ("day", "seal", "what", "copies", "approved_by")),
        ],
    },
)  # fmt: skip
