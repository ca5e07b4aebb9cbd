"""The summary of a month's care 月度保养总结: how its items ended, money, whom it reached, and what its clients bring since."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.events import queries_effect as queries
from crm_desktop.duties.events.rules_effect import Effect
from crm_desktop.duties.events.words_effect import SPANS
from crm_desktop.record import codes
from crm_desktop.record.dates import business_date
from crm_desktop.record.money import show_money
from crm_desktop.record.paper import Ask, Content, PaperForm, Sign
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

REACTIONS = "reaction"  # the list of reactions, and what it begins with
USUAL = (("glad", Text("Glad"), "green"), ("plain", Text("Indifferent"), "grey"), ("cold", Text("Cool"), "red"), ("none", Text("No reaction"), "grey"))


def month(reader: Any, ask: Ask) -> Content | None:
    """What a plan came to."""
    plan = queries.plan_of(reader, ask.row_id)
    if plan is None:
        return None
    states, words = queries.counts(reader, ask.row_id, "state"), {code: text for code, text, _ in codes.choices(REACTIONS, USUAL)}
    ended = [sum(states.values()), *(states.get(state, 0) for state in ("done", "changed", "failed", "open")), queries.files_done(reader, ask.row_id), int(plan["suppressed"])]
    found = queries.effects(reader, ask.row_id, SPANS, ask.day or business_date())
    data = {
        "title": plan["name"], "period": plan["code"], "owner": plan["owner"], "summary": str(plan["summary"]).splitlines(), "left_out": str(plan["left_out"]).splitlines(),
        "budget": show_money(plan["budget"]), "spent": show_money(plan["spent"]), "left": show_money(plan["budget"] - plan["spent"]),
        "ended": [[f"{number:,}" for number in ended]],
        "coverage": [[level, f"{every:,}", f"{touched:,}", f"{share}%"] for level, every, touched, share in queries.reached(reader, ask.row_id)],
        "reactions": [[ask.say(words.get(code, code)), f"{number:,}"] for code, number in sorted(queries.counts(reader, ask.row_id, "reaction").items(), key=lambda one: _order(one[0]))],
        "effects": [_line(ask, days, each) for days, each in found.items()],
    }  # fmt: skip
    return Content(data, str(plan["name"]), signs=[Sign(Text("Made by"), plan["owner"]), Sign(Text("Director of sales")), Sign(Text("General manager"))])


def _order(code: str) -> tuple[int, str]:
    """The usual reactions from glad to none, then those of the hotel's own."""
    usual = [known for known, _, _ in USUAL]
    return (usual.index(code) if code in usual else len(usual), code)


def of_month(row: Row) -> bool:
    """A year's plan is told by its sheet, not as a month."""
    return len(str(row.get("code") or "")) == 7


def _line(ask: Ask, days: int, found: Effect) -> list[str]:
    after, number = ask.say(Text("{n} days", n=days)), f"{found.pairs:,}"
    if found.mean is None or found.low is None or found.high is None:
        return [after, number, "", "", ask.say(Text("too few to say"))]
    says = Text("care changed something") if found.says else Text("no difference to be sure of")
    return [after, number, show_money(found.mean), f"{show_money(found.low)} … {show_money(found.high)}", ask.say(says)]


FORMS = (PaperForm("F40C", Text("Summary of a month's care"), "care_plan", month, fits=of_month),)
