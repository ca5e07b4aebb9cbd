"""The papers of visits: what is taken along, the report 访客报告单 F03, and the week's or month's plan 走访计划表 F04."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.duties.clients import queries_papers as client_papers
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.visits import documents_week, queries_grid, queries_papers, rules_grid
from crm_desktop.duties.visits.records import DONE, PLANNED, VISIT
from crm_desktop.duties.visits.rules import monday
from crm_desktop.duties.visits.rules_week import IN_HOUSE
from crm_desktop.record.dates import add_days
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import DAY, Ask, Content, PaperForm, Sign
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text
from crm_desktop.store.rows import get

INDENT = "　"  # before what stands below a visit


def report(reader: Any, ask: Ask) -> Content | None:
    """F03: whom somebody met, what was said and promised, what comes next."""
    row = get(reader, VISIT, ask.row_id)
    if row is None:
        return None
    client, person, owner = (str(row[f"{name}.name"] or "") for name in ("account_id", "person_id", "owner_id"))
    data = {
        "day": f"{row['day']} {row['time']}".strip() + (f" – {row['until']}" if row["until"] else ""), "client": client or str(row["stakeholder_id.name"] or ""), "person": person,
        "kind": ask.say(VISIT.by_name["kind"].choice_text(row["kind"])), "result": ask.say(VISIT.by_name["result"].choice_text(row["result"])) if row["result"] else "", "words": str(row["words"]).splitlines(),
        "theirs": row["their_promise"], "ours": row["our_promise"], "next": row["next"], "next_on": row["next_on"], "owner": owner,
        "room": queries_papers.room_of(reader, row["person_id"], str(row["day"])) if row["kind"] == IN_HOUSE and row["person_id"] else "", "place": str(row["place"]), "present": str(row["ours"]), "purpose": str(row["purpose"]), "opinions": list(filter(None, (row["complaint"], row["taste"]))), "competitor": str(row["intel"]),
        "suggestion": str(row["suggestion"]), "comment": str(row["manager_words"]), "cost": show_money(row["cost"]) if row["cost"] else "",
    }  # fmt: skip
    return Content(data, f"{row['day']} {client or person}".strip(), signs=[Sign(Text("Reported by"), owner), Sign(Text("Sales manager"))])


def was_made(row: Row) -> bool:
    """A visit that is only planned has nothing to report."""
    return row.get("state") != PLANNED


def preparation(reader: Any, ask: Ask) -> Content | None:
    """What a seller takes along: whom they see, what is known, owed, promised and complained of."""
    row = get(reader, VISIT, ask.row_id)
    client = get(reader, ACCOUNT, row["account_id"]) if row and row["account_id"] else None
    if row is None or client is None:
        return None
    account = int(client["id"])
    likes, never = queries_papers.tastes(reader, row["person_id"], ask.day) if row["person_id"] else ([], [])
    owner, name = str(row["owner_id.name"] or ""), str(client["name"])
    data = {
        "client": name, "day": f"{row['day']} {row['time']}".strip(), "kind": ask.say(VISIT.by_name["kind"].choice_text(row["kind"])), "person": str(row["person_id.name"] or ""),
        "owner": owner, "level": _choice(ask, client, "level"), "relation": _choice(ask, client, "relation"),
        "address": " ".join(filter(None, (client["city"], client["district"], client["address"]))),
        "people": [[who, ask.say(PERSON.by_name["role"].choice_text(role)) if role else "", position, phone] for who, role, position, phone in client_papers.people_of(reader, account)],
        "likes": likes, "never": never, "production": client_papers.production(reader, account), "agreement": client["agreement_no"],
        "valid": f"{client['agreement_from']} – {client['agreement_to']}" if client["agreement_to"] else "", "competitors": client["competitors"],
        "owes": client_papers.owed(reader, account, ask.day), "contacts": client_papers.contacts_of(reader, account), "theirs": queries_papers.promises(reader, account, "theirs"),
        "ours": queries_papers.promises(reader, account, "ours"), "complaints": queries_papers.complaints(reader, account), "days": client_papers.days_of(reader, account),
        "purpose": row["purpose"] or row["next"],
    }  # fmt: skip
    return Content(data, f"{row['day']} {name}", signs=[Sign(Text("Prepared by"), owner)])


def _choice(ask: Ask, row: Row, name: str) -> str:
    return ask.say(ACCOUNT.by_name[name].choice_text(row[name])) if row[name] else ""


def week_plan(reader: Any, ask: Ask) -> Content | None:
    """F04: the week of a day, who goes where, what for and what it brought; what was made is ticked."""
    first = monday(ask.day)
    return _plan(reader, ask, first, add_days(first, 6), first)


def month_plan(reader: Any, ask: Ask) -> Content | None:
    """F04 of a month: its weeks below each other."""
    first = f"{ask.day[:7]}-01"
    return _plan(reader, ask, first, add_days(f"{add_days(first, 31)[:7]}-01", -1), ask.day[:7])


def _plan(reader: Any, ask: Ask, first: str, last: str, name: str) -> Content:
    plan = queries_grid.plan(reader, first, last)
    cells = rules_grid.cells(plan.visits)
    weeks = [_week(ask, plan, cells, [add_days(start, n) for n in range(7)]) for start in (add_days(monday(first), 7 * n) for n in range(6)) if start <= last]
    if len(weeks) > 1:  # of a month only who goes somewhere
        weeks = [[days, *(row for row in rows if any(row[1:]))] for days, *rows in weeks]
    quotas = " · ".join(f"{level} {made}/{wanted}" for level, made, wanted in plan.quotas)
    return Content({"span": f"{first} – {last}", "quotas": quotas, "weeks": weeks}, name, signs=[Sign(Text("Made by"), ask.person), Sign(Text("Sales manager"))])


def _week(ask: Ask, plan: queries_grid.Plan, cells: Mapping[tuple[int | None, str], list[rules_grid.Visit]], days: list[str]) -> list[list[str | list[str]]]:
    """The days of a week, then the sellers; days of another month stay empty."""
    rows: list[list[str | list[str]]] = [["", *(day[5:] if plan.first <= day <= plan.last else "" for day in days)]]
    return rows + [[name, *([line for one in cells.get((owner, day), ()) for line in _planned(ask, one)] for day in days)] for owner, name in plan.sellers]


def _planned(ask: Ask, one: rules_grid.Visit) -> list[str]:
    """A visit in its cell: ticked or not, when, which class of client; below it what for, what it brought and cost."""
    said = [one.purpose, ask.say(VISIT.by_name["result"].choice_text(one.result)) if one.result else "", show_money(one.cost) if one.cost else ""]
    below = " · ".join(filter(None, said))
    return [f"{'☑' if one.state == DONE else '☐'} {one.time} {one.level} {one.client}".replace("  ", " "), *([f"{INDENT}{below}"] if below else [])]


def has_client(row: Row) -> bool:
    """A visit to a client that is still to come has something to prepare."""
    return row.get("state") == PLANNED and row.get("account_id") is not None


FORMS = (
    PaperForm("F03", Text("Visit report"), "visit", report, numbered=True, fits=was_made),
    PaperForm("F03P", Text("Preparation for a visit"), "visit", preparation, fits=has_client),
    PaperForm("F04", Text("Plan of visits of a week"), DAY, week_plan, turned=True, numbered=True),
    PaperForm("F04M", Text("Plan of visits of a month"), DAY, month_plan, template="F04", turned=True, numbered=True),
    *documents_week.FORMS,
)
