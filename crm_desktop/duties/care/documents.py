"""The paper of a maintenance plan: 客户保养计划 with its funds, F39."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.care import queries_items, queries_year
from crm_desktop.duties.care.records import CARE_ITEM, CARE_PLAN, RUNNING, SUMMED
from crm_desktop.duties.funds.queries import taken
from crm_desktop.record import amount_words
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store import pages
from crm_desktop.store.rows import get

COLUMNS = ("account_id", "person_id", "kind", "name", "day", "owner_id", "budget", "actual", "state", "reaction")
MOST = 1_000


def plan(reader: Any, ask: Ask) -> Content | None:
    """F39: each item with the client's class, its day, owner, budget, what was approved and spent and how it was received; what is left of the
    month and of the year."""
    row = get(reader, CARE_PLAN, ask.row_id)
    if row is None:
        return None
    query = pages.ListQuery(CARE_ITEM, [("plan_id", "=", ask.row_id)], "day", False, columns=COLUMNS)
    items = [dict(zip(("id", *COLUMNS), (found[0], *found[2:]), strict=True)) for found in pages.fetch(reader, query, limit=MOST)]
    levels, granted = queries_items.levels(reader, ask.row_id), queries_items.granted(reader, str(row["code"]))
    for item in items:
        usual = item["budget"] if row["state"] in (RUNNING, SUMMED) else 0
        item |= {"level": levels.get(item["id"], ""), "approved": granted.get((str(item["name"]), int(item["budget"] or 0)), usual) or 0}
    year, year_budget = queries_year.year_plan(reader, str(row["code"])[:4])
    data = {
        "title": row["name"], "period": row["code"], "state": ask.say(CARE_PLAN.by_name["state"].choice_text(row["state"])), "owner": str(row["owner_id.name"] or ""),
        "goals": str(row["goals"]).splitlines(), "summary": str(row["summary"]).splitlines(), "items": [_line(ask, at, item) for at, item in enumerate(items, 1)],
        "budget": show_money(row["budget"]), "budget_zh": amount_words.chinese(row["budget"], row["currency"]), "budget_en": amount_words.english(row["budget"], row["currency"]),
        "approved": show_money(sum(item["approved"] for item in items)), "year_budget": show_money(year_budget) if year else "",
        "year_left": show_money(year_budget - taken(reader, year)) if year else "", "planned": show_money(row["planned"]), "spent": show_money(row["spent"]), "left": show_money(row["left"]),
    }  # fmt: skip
    return Content(data, str(row["name"]), signs=[Sign(Text("Made by"), data["owner"]), Sign(Text("Director of sales")), Sign(Text("Financial controller")), Sign(Text("General manager"))])


def _line(ask: Ask, at: int, item: Row) -> list[str]:
    field = CARE_ITEM.by_name
    who = " ".join(filter(None, (str(item["account_id"] or ""), str(item["person_id"] or ""))))
    done = ask.say(field["state"].choice_text(item["state"]))
    return [
        str(at), who, str(item["level"]), ask.say(field["kind"].choice_text(item["kind"])), str(item["name"]), str(item["day"])[5:], str(item["owner_id"] or ""),
        show_money(item["budget"]) if item["budget"] else "", show_money(item["approved"]) if item["approved"] else "", show_money(item["actual"]) if item["actual"] else "", done,
        ask.say(field["reaction"].choice_text(item["reaction"])) if item["reaction"] else "",
    ]  # fmt: skip


FORMS = (PaperForm("F39", Text("Maintenance plan with its funds"), "care_plan", plan, turned=True, numbered=True),)
