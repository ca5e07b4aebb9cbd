"""Relations 关系协调: stakeholders outside, barter, thanks to people and departments."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.relations.records import BARTER, BARTER_LINE, STAKEHOLDER, THANKS
from crm_desktop.record.duty import Cause, Duty, Entries, Page, Related, TodayLine
from crm_desktop.record.record import Figure, Row
from crm_desktop.record.text import Text

OF_PARTNER = ("name", "begins", "expires", "gave", "got", "owed", "state")
SEEN = ("day", "time", "kind", "result", "words", "next", "state", "owner_id")


def _thanked(row: Row) -> Text:
    return Text("Thanks: {what}", what=row["name"])


def _bartered(row: Row) -> Text:
    return Text("Barter: {what}", what=row["name"])


def _today(reader: Any, day: str, hotel: int | None) -> list[TodayLine]:
    from crm_desktop.duties.relations import queries

    return queries.today(reader, day, hotel)


def _causes(reader: Any, day: str) -> list[Cause]:
    from crm_desktop.duties.relations import queries

    return queries.causes(reader, day)


def _figures(reader: Any, record: str, row_id: int, day: str) -> list[Figure]:
    from crm_desktop.duties.relations import queries

    return queries.figures(reader, record, row_id, day)


DUTY = Duty(
    "relations", Text("Relations"), records=(STAKEHOLDER, BARTER, BARTER_LINE, THANKS),
    pages=(
        Page("stakeholders", Text("Stakeholders outside"), "building-2", words=("外部关系", "关系单位", "公安", "消防", "街道", "媒体", "stakeholder"), record=STAKEHOLDER, rail=False),
        Page("barter", Text("Barter ledger"), "refresh-cw", words=("置换", "互换", "抵账", "barter"), record=BARTER, rail=False),
        Page("barter-entries", Text("Barter entries"), "refresh-cw", words=("置换明细", "置换"), record=BARTER_LINE, rail=False),
        Page("thanks", Text("Thanks and praise"), "thumbs-up", words=("感谢", "表彰", "表扬", "庆功", "支持部门", "thanks"), record=THANKS, rail=False),
    ),
    figures=_figures, today=_today, causes=_causes,
    entries=(
        Entries("thanks", "thumbs-up", "day", {"account": ("account_id",), "complaint": ("complaint_id",), "department": ("department_id",)}, ("name",), _thanked, chip="state"),
        Entries("barter", "refresh-cw", "begins", {"account": ("account_id",), "stakeholder": ("stakeholder_id",)}, ("name",), _bartered, chip="state"),
    ),
    related={
        "stakeholder": [Related(Text("Visits and calls"), "visit", ("stakeholder_id",), SEEN), Related(Text("Barter ledger"), "barter", ("stakeholder_id",), OF_PARTNER)],
        "barter": [Related(Text("Barter entries"), "barter_line", ("barter_id",), ("day", "side", "name", "amount", "unit", "quantity", "voucher", "owner_id"))],
        "account": [Related(Text("Barter ledger"), "barter", ("account_id",), OF_PARTNER)],
        "department": [Related(Text("Thanks and praise"), "thanks", ("department_id",), ("day", "name", "staff_id", "whom", "state", "way", "marks", "said_on"))],
    },
)  # fmt: skip
