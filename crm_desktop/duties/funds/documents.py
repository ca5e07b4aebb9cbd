"""The paper of a month's fund plan 资金计划表."""

from __future__ import annotations

from typing import Any

from crm_desktop.documents.plain import lines_of, told
from crm_desktop.duties.funds import queries, rules
from crm_desktop.duties.funds.records import FUND_LINE, FUND_PLAN
from crm_desktop.record import amount_words
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.rows import get

COLUMNS = ("name", "kind", "whom", "unit", "quantity", "asked", "approved", "advance", "advance_to", "advance_on", "spent", "over", "voucher", "cleared_on", "state")
SIGNS = ((Text("Sales manager"), rules.DIRECTOR), (Text("Director of sales"), rules.FINANCE), (Text("Finance department"), rules.APPROVED))


def fund_plan(reader: Any, ask: Ask) -> Content | None:
    """F39B: every item from what was asked for to the voucher; what the year still has; who signed."""
    row = get(reader, FUND_PLAN, ask.row_id)
    if row is None:
        return None
    data = told(ask, FUND_PLAN, row)
    at = COLUMNS.index("advance_on") + 1  # after the number in front
    lines = lines_of(reader, ask, ListQuery(FUND_LINE, [("plan_id", "=", row["id"])], "name", columns=COLUMNS))
    data["lines"] = [[*line[: at - 1], f"{line[at - 1]} {line[at][5:]}".strip(), *line[at + 1 :]] for line in lines]  # who took an advance, and when
    budget = (queries.year_of(reader, row["year_id"]) or ("", "", 0))[2]
    left = budget - queries.taken(reader, row["year_id"])
    amount = row["approved"] or row["asked"]
    data |= {
        "year_budget": show_money(budget), "year_left": show_money(left), "over": show_money(row["over"]) if row["spent"] else "",
        "amount": show_money(amount), "amount_zh": amount_words.chinese(amount, row["currency"]), "amount_en": amount_words.english(amount, row["currency"]),
    }  # fmt: skip
    return Content(data, str(row["name"]), signs=_signs(reader, row["id"], row["asked"], data["owner_id"]))


def _signs(reader: Any, plan_id: int, asked: int, by: str) -> list[Sign]:
    signed = queries.who_signed(reader, plan_id)
    out = [Sign(Text("Asked for by"), by), *(Sign(role, signed.get(state, ("", ""))[0]) for role, state in SIGNS)]
    if asked > rules.KEPT:  # above finance's own level
        out[-1] = Sign(Text("Finance department"), signed.get(rules.GM, ("", ""))[0])
        out.append(Sign(Text("General manager"), signed.get(rules.APPROVED, ("", ""))[0]))
    return out


FORMS = (PaperForm("F39B", Text("Fund plan of a month"), "fund_plan", fund_plan, turned=True, numbered=True),)
