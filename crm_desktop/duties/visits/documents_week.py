"""The paper of a seller's week or month 周报/月报: figures put together from what was written down, the visits, and three lines of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.visits import queries_credit, queries_papers, queries_week
from crm_desktop.duties.visits.records import VISIT
from crm_desktop.duties.visits.records_week import VISIT_WEEK
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get

WON = {"booking": Text("Booking"), "agreement": Text("Rate agreement"), "stay": Text("Stay of a new client")}


def report(reader: Any, ask: Ask) -> Content | None:
    """What a seller planned, did and brought in a week or month."""
    row = get(reader, VISIT_WEEK, ask.row_id)
    if row is None:
        return None
    days, owner = queries_week.told(reader, ask.row_id), str(row["owner_id.name"] or "")
    figures = queries_week.figures(reader, VISIT_WEEK.key, ask.row_id, ask.day)
    won = [each for _, each in queries_credit.of_owner(reader, *days)]
    data = {
        "seller": owner, "kind": ask.say(VISIT_WEEK.by_name["span"].choice_text(row["span"])), "span": f"{days.first} – {days.last}", "aim": row["aim"],
        "state": ask.say(VISIT_WEEK.by_name["state"].choice_text(row["state"])), "due": row["due"], "reported_on": row["reported_on"],
        "figures": [[figure.value for figure in figures]], "results": ask.say(queries_week.in_words(queries_week.results(reader, *days))),
        "visits": [_visit(ask, each) for each in queries_papers.visits_of(reader, *days)],
        "won": _by_client(reader, ask, won),
        "well": str(row["went_well"]).splitlines(), "badly": str(row["went_badly"]).splitlines(), "next": str(row["next_week"]).splitlines(), "comment": str(row["manager_words"]).splitlines(),
    }  # fmt: skip
    return Content(data, f"{owner} {days.first}", signs=[Sign(Text("Reported by"), owner), Sign(Text("Sales manager")), Sign(Text("Director of sales"))])


def _by_client(reader: Any, ask: Ask, won: Sequence[Any]) -> list[list[str]]:
    """What visits turned into, by client and kind, the greatest first: how often and how much."""
    sums: dict[tuple[Any, str], list[int]] = {}
    for each in won:
        found = sums.setdefault((each.account_id, each.row[0]), [0, 0])
        found[0] += 1
        found[1] += each.amount or 0
    return [
        [queries_papers.client_of(reader, account), ask.say(WON[kind]), f"{count:,}", show_money(amount) if amount else ""]
        for (account, kind), (count, amount) in sorted(sums.items(), key=lambda one: -one[1][1])
    ]  # fmt: skip


def _visit(ask: Ask, each: tuple[str, ...]) -> list[str]:
    day, client, kind, result, words, next_step, state = each
    told = ask.say(VISIT.by_name["result"].choice_text(result)) if result else ask.say(VISIT.by_name["state"].choice_text(state))
    return [day[5:], client, ask.say(VISIT.by_name["kind"].choice_text(kind)), told, "\n".join(filter(None, (words, next_step and f"→ {next_step}")))]


FORMS = (PaperForm("F04B", Text("Report of a seller's week or month"), VISIT_WEEK.key, report, numbered=True),)
