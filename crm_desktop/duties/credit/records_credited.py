"""Shares of colleagues in the sale of a bill: what counts for whom when it is paid."""

from __future__ import annotations

from crm_desktop.duties.credit import rules_credited as rules
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

WHOLE = "crm_desktop.duties.credit.actions_bounds:share_within"

SALE_SHARE = Record(
    "sale_share", Text("Share of a sale"), Text("Shares of sales"),
    Section(
        Text("Share of a sale"),
        Field("receivable_id", Text("Bill"), Kind.REF, ref="receivable", ref_name="document_no", ref_code="", required=True, width=140, words=("账单",)),
        Field("staff_id", Text("Colleague"), Kind.REF, ref="staff", required=True, width=110, words=("分成人", "业务员")),
        Field("percent", Text("Share in per cent"), Kind.INT, required=True, default=10, least=1, most=99, width=92, words=("分成比例",), help=Text("The bill's own seller has the rest")),
        Field("reason", Text("Reason"), Kind.CHOICE, choices=rules.REASONS, codes="share_reason", default="large", width=150, words=("分成原因",)),
        Field("remark", Text("Remark"), wide=True, words=("备注",)),
    ),
    name="percent", code="", titled="receivable_id", listed=("receivable_id", "staff_id", "percent", "reason", "remark"), sorted_by="percent", sortable=("percent",),
    filters=("staff_id", "reason"), indexes=(Index("receivable_id", "staff_id", "percent"),), check=rules.check_split, check_on=("percent",),
    joining=WHOLE, brought="crm_desktop.duties.credit.actions_bounds:shares_brought", effect=WHOLE, effect_on=("percent", "receivable_id"),
    file_word="sale-shares", papers=False, area="credit", follows=("receivable_id",),
)  # fmt: skip
