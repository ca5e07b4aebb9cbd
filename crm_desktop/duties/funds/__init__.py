"""Fund plans 资金计划: a month's money for keeping clients, from asking to the voucher."""

from __future__ import annotations

from crm_desktop.duties.funds import queries
from crm_desktop.duties.funds.records import FUND_LINE, FUND_PLAN
from crm_desktop.record.duty import Duty, Page, Related
from crm_desktop.record.text import Text

OF_PLAN = ("name", "asked", "approved", "advance", "spent", "over", "state", "voucher", "kind", "whom", "unit", "quantity")
OF_CLIENT = ("name", "kind", "plan_id", "approved", "spent", "state", "voucher")

DUTY = Duty(
    "funds", Text("Fund plans"), records=(FUND_PLAN, FUND_LINE),
    pages=(
        Page("funds", Text("Fund plans"), "coins", "crm_desktop.duties.funds.pages:funds", ("资金", "资金计划", "用款", "预支", "核销", "fund"), record=FUND_PLAN, rail=False),
        Page("fund-items", Text("Items to be paid"), "list-checks", words=("用款", "预支", "借款", "核销", "凭证"), record=FUND_LINE, rail=False),
    ),
    figures=queries.figures, today=queries.today, causes=queries.causes,
    related={
        "fund_plan": [Related(Text("Items to be paid"), "fund_line", ("plan_id",), OF_PLAN)],
        "care_plan": [Related(Text("Fund plans"), "fund_plan", ("year_id",), ("code", "name", "state", "asked", "approved", "spent", "over"))],
        "account": [Related(Text("Items to be paid"), "fund_line", ("account_id",), OF_CLIENT)],
    },
    documents="crm_desktop.duties.funds.documents",
)  # fmt: skip
