"""The payment regulation as the hotel's own dated rows: a new wording is a new row, and what was agreed before keeps the one of its day."""

from __future__ import annotations

from crm_desktop.duties.credit import rules_law as rules
from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Index, Record, Section
from crm_desktop.record.text import Text

PAYERS = ((rules.BODY, Text("State body or institution"), "purple"), (rules.LARGE, Text("Large enterprise"), "blue"))

LAW_TERM = Record(
    "law_term", Text("Term of the payment regulation"), Text("Payment regulation"),
    Section(
        Text("Term of the payment regulation"),
        Field("since", Text("Holds from"), Kind.DATE, required=True, width=108, words=("生效日期", "施行日期")),
        Field("payer", Text("Whom it is about"), Kind.CHOICE, required=True, closed=True, default=rules.BODY, choices=PAYERS, width=170, words=("付款方",)),
        Field("usual", Text("Days after delivery where nothing is agreed"), Kind.INT, required=True, default=30, least=0, most=366, width=110, words=("付款期限",)),
        Field("most", Text("Days at most, whatever is agreed"), Kind.INT, required=True, default=60, least=0, most=366, width=110, words=("最长期限",)),
        Field("rate", Text("Late fee a day where none is agreed, in millionths"), Kind.INT, required=True, default=rules.BY_LAW, least=0, most=10_000, width=110, words=("逾期利率",), help=Text("500 = 0.05 %")),
        Field("basis", Text("Where it stands"), required=True, width=200, words=("依据", "文号"), help=Text("As letters name it, such as 国务院令第802号")),
        Field("ended", Text("From then on it holds no longer"), Kind.BOOL, width=110, words=("废止",)),
        Field("remark", Text("Remark"), wide=True, words=("备注",)),
    ),
    name="basis", code="", titled="since", listed=("since", "payer", "usual", "most", "rate", "basis", "ended", "remark"), sorted_by="-since", sortable=("since",), filters=("payer",),
    indexes=(Index("payer", "since", unique=True),), check=rules.check_term, check_on=("usual", "most"), file_word="payment-regulation", papers=False, area="terms", owners=(),
)  # fmt: skip
