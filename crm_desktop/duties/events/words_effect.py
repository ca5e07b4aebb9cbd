"""How a maintenance plan stands, in blocks whose lines open their rows: a month's summary, a year's goals and money."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.clients.words_standing import Block, Line
from crm_desktop.duties.events import queries_effect as queries
from crm_desktop.duties.events import queries_year
from crm_desktop.duties.events.queries_year import Goal
from crm_desktop.duties.events.rules_effect import Effect
from crm_desktop.record import codes
from crm_desktop.record.duty import Filter
from crm_desktop.record.money import show_money
from crm_desktop.record.text import Text

SPANS = (30, 90)  # days
REACTIONS = (("glad", Text("Glad"), "green"), ("plain", Text("Indifferent"), "grey"), ("cold", Text("Cool"), "red"), ("none", Text("No reaction"), "grey"))
ENDED = (("done", Text("Done"), "green"), ("changed", Text("Done otherwise"), "amber"), ("failed", Text("Not done"), "red"), ("open", Text("To do"), "blue"))
ITEM, PLAN = "care_item", "care_plan"


def percent(part: int, whole: int) -> int:
    """Whole per cent, half up; 0 of nothing."""
    return (200 * part + whole) // (2 * whole) if whole > 0 else 0


def blocks(reader: Any, plan_id: int, day: str) -> list[Block] | None:
    """A month's plan or a year's; None when it is gone."""
    plan = queries.plan_of(reader, plan_id)
    if plan is None:
        return None
    year = len(plan["code"]) == 4
    ended, money = _ended(reader, plan_id, plan), _money(plan)
    if year:
        return [*_goals(reader, plan_id, str(plan["code"]), day), ended, money, *_spending(reader, str(plan["code"]), int(plan["budget"]))]
    return [ended, money, _reached(reader, plan_id), _reactions(reader, plan_id), _effects(reader, plan_id, day)]


def _ended(reader: Any, plan_id: int, plan: dict[str, Any]) -> Block:
    states = queries.counts(reader, plan_id, "state")
    total, done = sum(states.values()), states.get("done", 0) + states.get("changed", 0)
    mine: Filter = ("plan_id", "=", plan_id)
    lines = [Line(f"{states.get(state, 0):,}", words, tone if states.get(state) else "", (ITEM, [mine, ("state", "=", state)])) for state, words, tone in ENDED]
    files = queries.files_done(reader, plan_id)
    lines.append(Line(f"{files:,}", Text("Files completed"), "", (ITEM, [mine, ("kind", "=", "data"), ("state", "in", ("done", "changed"))])))
    if plan["suppressed"]:
        lines.append(Line(f"{plan['suppressed']:,}", Text("Held back, each with its reason"), "amber", ("field", "left_out")))
    return Block("ended", Text("How the items ended"), Text("{n} of {all} done", n=done, all=total), "green" if done == total and total else "grey", percent(done, total), lines)


def _money(plan: dict[str, Any]) -> Block:
    budget, spent = int(plan["budget"]), int(plan["spent"])
    tone = "red" if spent > budget else "amber" if budget and spent * 10 > budget * 9 else "green"
    lines = [
        Line("", Text("Approved {amount}", amount=show_money(budget)), "", ("field", "budget")), Line("", Text("Spent {amount}", amount=show_money(spent)), "", (ITEM, [("plan_id", "=", plan["id"]), ("actual", ">", 0)])),
        Line("", Text("Left {amount}", amount=show_money(budget - spent)), "red" if spent > budget else ""),
    ]  # fmt: skip
    return Block("money", Text("Spent of the approved"), f"{percent(spent, budget)}%", tone, min(100, percent(spent, budget)), lines)


def _reached(reader: Any, plan_id: int) -> Block:
    found, ids = queries.reached(reader, plan_id), queries.reached_ids(reader, plan_id)
    lines = [
        Line(level, Text("{n} of {all} clients, {share}%", n=touched, all=every, share=share), "", ("account", [("id", "in", ids.get(level, []))]) if touched else None)
        for level, every, touched, share in found
    ]
    every, touched = sum(row[1] for row in found), sum(row[2] for row in found)
    return Block("reached", Text("Clients reached, by class"), f"{percent(touched, every)}%", "grey", None, lines)


def _reactions(reader: Any, plan_id: int) -> Block:
    counts, known = queries.counts(reader, plan_id, "reaction"), {code: (text, tone) for code, text, tone in codes.choices("reaction", REACTIONS)}
    lines = [
        Line(f"{n:,}", known.get(code, (code, ""))[0], known.get(code, (code, ""))[1], (ITEM, [("plan_id", "=", plan_id), ("reaction", "=", code)]))
        for code, n in sorted(counts.items(), key=lambda one: -one[1])
    ]
    glad, all_ = counts.get("glad", 0), sum(n for code, n in counts.items() if code != "none")
    return Block("reactions", Text("How it was taken"), Text("{share}% glad", share=percent(glad, all_)) if all_ else "", "green", None, lines or [Line("", Text("Nobody's reaction was noted yet"))])


def _effects(reader: Any, plan_id: int, day: str) -> Block:
    found = queries.effects(reader, plan_id, SPANS, day)
    clients = queries.touched_ids(reader, plan_id)
    lines = [Line(Text("{n} days", n=days), says(each), "", ("account", [("id", "in", clients)]) if clients else None) for days, each in found.items()]
    note = Line("", Text("Business after it against the same days before, beside clients of the same class and trend outside the plan"))
    return Block("effects", Text("What care changed"), "", "grey", None, [*lines, note])


def says(found: Effect) -> Text:
    """An effect in words, with its uncertainty; fewer than twenty pairs say nothing."""
    if found.mean is None or found.low is None or found.high is None:
        return Text("{n} pairs: too few to say", n=found.pairs)
    words = Text("care changed something") if found.says else Text("no difference to be sure of")
    return Text("{n} pairs: {mean} each ({low} to {high}): {words}", n=found.pairs, mean=show_money(found.mean), low=show_money(found.low), high=show_money(found.high), words=words)


# a year


def _goals(reader: Any, plan_id: int, year: str, day: str) -> list[Block]:
    return [_goal(one, year, day) for one in queries_year.goals(reader, plan_id, year, day)]


def _share(part: int, whole: int) -> str:
    return f"{percent(part, whole)}%" if whole else "–"


def _goal(one: Goal, year: str, day: str) -> Block:
    """A class: touches and visits of the year's goal, seen in time, glad, money; behind where less was done than days are gone."""
    gone = 100 if day[:4] > year else percent(int(day[5:7]) * 30 + int(day[8:]) - 30, 360) if day[:4] == year else 0
    reached = percent(one.touched, one.touches)
    tone = "green" if reached >= gone else "amber" if reached * 10 >= gone * 8 else "red"
    seen, glad = percent(one.seen, one.living), percent(one.gladdened, one.reacted)
    clients: tuple[str, Any] = ("account", [("level", "=", one.level), ("state", "in", ("active", "dormant"))])
    lines = [
        Line(f"{reached}%", Text("{n} of {all} sincere touches", n=f"{one.touched:,}", all=f"{one.touches:,}"), tone, clients),
        Line(_share(one.visited, one.visits), Text("{n} of {all} visits", n=f"{one.visited:,}", all=f"{one.visits:,}"), "", clients),
        Line(f"{seen}%", Text("seen in time (goal {goal}%)", goal=one.covered), "green" if seen >= one.covered else "red", clients),
        _kept(one, clients),
        Line(f"{glad}%", Text("of those who reacted were glad (goal {goal}%)", goal=one.glad), "" if not one.reacted else "green" if glad >= one.glad else "amber", (ITEM, [("reaction", "=", "glad")])),
        Line(_share(one.spent, one.budget), Text("{amount} of {budget}", amount=show_money(one.spent), budget=show_money(one.budget)), "red" if one.spent > one.budget else "", ("care_goal", one.id)),
    ]  # fmt: skip
    return Block(f"goal-{one.level}", Text("Class {level}, {n} clients", level=one.level, n=one.living), f"{reached}%", tone, min(100, reached), lines)


def _kept(one: Goal, clients: tuple[str, Any]) -> Line:
    """Who brought business a year before and still does; it opens those who do not."""
    base = one.stayed + len(one.left)
    share = percent(one.stayed, base)
    opens = ("account", [("id", "in", one.left)]) if one.left else clients
    tone = "" if not base else "green" if share >= one.kept else "red"
    return Line(_share(one.stayed, base), Text("kept: {n} of {all} who were clients a year ago (goal {goal}%)", n=one.stayed, all=base, goal=one.kept), tone, opens)


def _spending(reader: Any, year: str, budget: int) -> list[Block]:
    quarters, people, open_ = queries_year.by_quarter(reader, year), queries_year.by_person(reader, year), queries_year.promised(reader, year)
    each = budget // 4
    lines = [
        Line(
            Text("Quarter {n}", n=at), Text("{amount} of {budget}", amount=show_money(amount), budget=show_money(each)), "red" if amount > each else "",
            (ITEM, [("actual", ">", 0), ("day", ">=", f"{year}-{3 * at - 2:02d}-01"), ("day", "<=", f"{year}-{3 * at:02d}-31")]),
        )
        for at, amount in enumerate(quarters, 1)
    ]  # fmt: skip
    lines.append(Line("", Text("Planned and not spent yet: {amount}", amount=show_money(open_)), "amber" if sum(quarters) + open_ > budget else "", (ITEM, [("state", "=", "open"), ("budget", ">", 0)])))
    spent = [
        Line("", Text("{name}: {amount}", name=name or Text("Nobody's"), amount=show_money(amount)), "", (ITEM, [("actual", ">", 0), ("owner_id", "=", owner), ("day", ">=", f"{year}-01-01"), ("day", "<=", f"{year}-12-31")]) if owner else None)
        for owner, name, amount in people[:10]
    ]  # fmt: skip
    return [Block("quarters", Text("Money by quarter"), show_money(sum(quarters)), "grey", None, lines), Block("people", Text("Who spent it"), "", "grey", None, spent)]
