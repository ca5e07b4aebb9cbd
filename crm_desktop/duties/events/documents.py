"""The papers of a guest event: 活动方案/总结 F40, and the seat sheet with every table."""

from __future__ import annotations

from typing import Any

from crm_desktop.documents.plain import lines_of, told
from crm_desktop.duties.events import documents_effect, queries, rules
from crm_desktop.duties.events.records import BIG_EVENT, EVENT_GUEST, EVENT_LINE
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.text import Text
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.rows import get

PARTS = {
    rules.PROGRAMME: ("time", "name", "owner_id"), rules.COST: ("name", "number", "planned", "actual"), rules.HELPER: ("name", "owner_id", "number"),
    rules.RISK: ("name", "measure", "owner_id"),
}  # fmt: skip
GUEST = ("table_no", "account_id", "person_id", "name", "persons", "state", "owner_id", "remark")


def scheme(reader: Any, ask: Ask) -> Content | None:
    """F40: what is planned, for whom, with what money and people; afterwards who came, cost a guest, business before and after."""
    row = get(reader, BIG_EVENT, ask.row_id)
    if row is None:
        return None
    data = told(ask, BIG_EVENT, row)
    for kind, columns in PARTS.items():
        data[kind] = lines_of(reader, ask, ListQuery(EVENT_LINE, [("event_id", "=", row["id"]), ("kind", "=", kind)], "time", columns=columns))
    data["sellers"] = [[name, *(str(n) for n in numbers)] for _, name, *numbers in queries.by_seller(reader, row["id"])]
    data["classes"] = [[level or "–", *(str(n) if n else "" for n in numbers)] for level, numbers in queries.by_class(reader, row["id"])]
    business = dict(queries.business(reader, row["id"], row["day"], ask.day or row["day"])) if row["came"] else {}
    for days, name in ((-queries.BEFORE, "before"), (30, "after30"), (90, "after90")):
        amount = business.get(days)
        data[name] = show_money(amount) if amount is not None else ""
    signs = [Sign(Text("In charge"), data["owner_id"]), Sign(Text("Director of sales")), Sign(Text("Finance department")), Sign(Text("General manager"))]
    return Content(data, str(row["name"]), signs=signs)


def seats(reader: Any, ask: Ask) -> Content | None:
    """Who sits at which table, table by table; who comes and has none stands first."""
    row = get(reader, BIG_EVENT, ask.row_id)
    if row is None:
        return None
    data = told(ask, BIG_EVENT, row)
    filters = [("event_id", "=", row["id"]), ("state", "in", rules.EXPECTED)]
    found = [line[1:] for line in lines_of(reader, ask, ListQuery(EVENT_GUEST, filters, "name", columns=GUEST))]
    data["guests"] = [[str(at), *line] for at, line in enumerate(sorted(found, key=lambda line: (int(line[0] or 0), line[1], line[2])), 1)]
    return Content(data, str(row["name"]), signs=[Sign(Text("In charge"), data["owner_id"])])


FORMS = (
    PaperForm("F40", Text("Scheme and summary of a guest event"), "big_event", scheme, numbered=True),
    PaperForm("F40B", Text("Guest and seat sheet"), "big_event", seats),
    *documents_effect.FORMS,
)
