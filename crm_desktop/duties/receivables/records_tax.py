"""The hotel's own tax table: what holds for a line of invoices from a day on."""

from __future__ import annotations

from crm_desktop.duties.receivables import rules_tax as rules
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

TAX_RATE = Record(
    "tax_rate", Text("Tax rate"), Text("Tax table"),
    Section(
        Text("Tax rate"),
        Field("since", Text("Holds from"), Kind.DATE, required=True, width=108, words=("生效日期",)),
        Field("line", Text("Line of an invoice"), Kind.CHOICE, required=True, closed=True, default=rules.LODGING, choices=rules.LINES, width=140, words=("税目", "开票项目")),
        Field("rate", Text("Rate in hundredths of a per cent"), Kind.INT, required=True, default=600, least=0, most=5_000, width=100, words=("税率",), help=Text("600 = 6 %")),
        Field("goods", Text("Name on the invoice"), required=True, width=200, words=("商品名称",), help=Text("With its short class between stars")),
        Field("deductible", Text("The buyer may deduct it"), Kind.BOOL, default=1, width=90, words=("可抵扣",)),
        Field("remark", Text("Remark"), wide=True, words=("备注",)),
    ),
    name="since", code="", listed=("since", "line", "rate", "goods", "deductible", "remark"), sorted_by="-since", sortable=("since",), filters=("line",),
    indexes=(Index("line", "since", unique=True),), file_word="tax-table", papers=False, area="terms", owners=(),
)  # fmt: skip
