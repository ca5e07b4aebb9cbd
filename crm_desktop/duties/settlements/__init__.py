"""Settlement hand-over 结账交接."""

from __future__ import annotations

from crm_desktop.duties.settlements import queries
from crm_desktop.duties.settlements.records import SETTLEMENT, SETTLEMENT_LINE
from crm_desktop.record.duty import Duty, Entries, Page, Related
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

LISTED = ("day", "name", "total", "deposit", "paid", "owed", "mode", "state", "owner_id", "code")
LINES = ("kind", "name", "actual", "price", "amount", "discount", "planned", "reason")


def _says(row: Row) -> Text:
    return Text("Bill of {what}", what=row["name"])


DUTY = Duty(
    "settlements", Text("Settlement hand-over"), records=(SETTLEMENT, SETTLEMENT_LINE),
    pages=(
        Page("settlements", Text("Settlement hand-over"), "receipt-text", words=("结账", "结算", "交接", "账单", "settlement"), record=SETTLEMENT, rail=False),
        Page("settlement-lines", Text("Lines of the bill"), "list-checks", words=("账单明细",), record=SETTLEMENT_LINE, rail=False),
    ),
    figures=queries.figures, today=queries.today,
    entries=(
        Entries(
            "settlement", "receipt-text", "day", {"account": ("account_id",), "person": ("person_id",), "booking": ("booking_id",)}, ("name",), _says, chip="state",
        ),
    ),
    related={
        "account": [Related(Text("Settlement hand-over"), "settlement", ("account_id",), LISTED)],
        "booking": [Related(Text("Settlement hand-over"), "settlement", ("booking_id",), LISTED)],
        "settlement": [Related(Text("Lines of the bill"), "settlement_line", ("settlement_id",), LINES)],
    },
    documents="crm_desktop.duties.settlements.documents",
)  # fmt: skip
