"""What matters about a reception, from its row and what is known of its guest: warnings, where it stands, its figures."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.duties.vip import rules
from crm_desktop.duties.vip.rules import APPLIED, APPROVED, COMING, DEPARTED, IN_HOUSE
from crm_desktop.record.dates import days_between
from crm_desktop.record.duty import Filter, NowPoint
from crm_desktop.record.facts import DISLIKE, EXPIRED, NEVER, Fact, contradictions, forbidden, side_by_side
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Figure, Row
from crm_desktop.record.text import Text


def of_stay(row: Row, facts: Sequence[Fact], day: str) -> list[NowPoint]:
    """What needs care about a reception: what its guest must never meet, what is wrong with it, where it stands."""
    holding = [fact for fact in facts if fact.standing(day) != EXPIRED]
    return [*_nevers(row, holding), *_clashes(row, holding), *_contradictions(facts, day), *_state(row, day)]


def never_words(row: Row, facts: Sequence[Fact]) -> list[str]:
    """What a guest must never meet, in words: of the reception's own line and of the noted facts; nothing that stands in
    another one already."""
    own = [line.strip() for line in str(row.get("never") or "").splitlines() if line.strip()]
    words = list(dict.fromkeys([*own, *(fact.name for fact in facts if fact.polarity == NEVER)]))
    return [word for word in words if not any(word in other for other in words if other != word)]


def _nevers(row: Row, facts: Sequence[Fact]) -> list[NowPoint]:
    words = never_words(row, facts)
    mine: list[Filter] = [("person_id", "=", row["guest_id"]), ("polarity", "=", NEVER)]
    return [NowPoint(Text("Never: {things}", things=" · ".join(words)), "red", ("preference", mine))] if words else []


def clashing(row: Row, facts: Sequence[Fact]) -> list[tuple[str, bool]]:
    """The things a reception's 'must' asks for that its guest must never meet (True) or does not like (False)."""
    must, own = str(row.get("must") or ""), str(row.get("never") or "")
    nevers = [own, *(fact.name for fact in facts if fact.polarity == NEVER)]
    hard = [clash.word for clash in rules.clashes(must, forbidden(facts, own), nevers)]
    soft = [clash.word for clash in rules.clashes(must, (), [fact.name for fact in facts if fact.polarity == DISLIKE])]
    return [*((word, True) for word in hard), *((word, False) for word in soft if word not in hard)]


def clash_words(row: Row, facts: Sequence[Fact]) -> list[tuple[Text, str]]:
    """What is wrong with the things to be prepared, in at most two sentences with their tones."""
    found = clashing(row, facts)
    hard, soft = (" · ".join(word for word, never in found if never is wanted) for wanted in (True, False))
    out = [(Text("To be prepared, but never for this guest: {things}", things=hard), "red")] if hard else []
    return [*out, (Text("To be prepared, but not liked: {things}", things=soft), "amber")] if soft else out


def _clashes(row: Row, facts: Sequence[Fact]) -> list[NowPoint]:
    return [NowPoint(words, tone) for words, tone in clash_words(row, facts)]


def _contradictions(facts: Sequence[Fact], day: str) -> list[NowPoint]:
    return [
        NowPoint(side_by_side(newer, older), "amber", ("preference", [("id", "in", (newer.id, older.id))]))
        for newer, older in contradictions(facts, day)
    ]


def _state(row: Row, day: str) -> list[NowPoint]:
    stage, out = row["stage"], list[NowPoint]()
    if stage in COMING and not row["room_no"]:
        out.append(NowPoint(Text("No room yet"), "amber"))
    if stage in (APPLIED, APPROVED) and 0 <= days_between(day, row["arrival"]) <= 1:
        out.append(NowPoint(Text("Not in preparation yet"), "amber"))
    if stage in (*COMING, APPLIED) and row["arrival"] < day:
        out.append(NowPoint(Text("The arrival date has passed"), "amber"))
    if stage == IN_HOUSE and (place := rules.day_of_stay(row["arrival"], row["departure"], day)):
        out.append(NowPoint(Text("Day {n} of {count}", n=place[0], count=place[1]), "green"))
    if stage == IN_HOUSE and row["departure"] < day:
        out.append(NowPoint(Text("Still in house after departure"), "amber"))
    if stage == DEPARTED:
        due = rules.review_due(row["departure"])
        out.append(NowPoint(Text("Review due {day}", day=due), "red" if due < day else "amber" if due == day else "blue"))
    return out


def figures_of(row: Row, day: str) -> list[Figure]:
    """Nights, days to go, and the cost against its cap."""
    cost, cap = row["actual_cost"], row["cost_cap"]
    tone = {rules.OVER: "red", rules.NEAR: "amber"}.get(rules.against_cap(cost, cap), "")
    to_go = days_between(day, row["arrival"])
    out = [Figure(Text("Nights"), str(rules.nights(row["arrival"], row["departure"]) or 0))]
    if to_go > 0:
        out.append(Figure(Text("Days to arrival"), f"{to_go:,}"))
    out.append(Figure(Text("Cost cap"), show_money(cap) if cap else "–"))
    out.append(Figure(Text("Actual cost"), show_money(cost), tone, note=f"{cost * 100 // cap}%" if cap and cost else ""))
    if cap:
        out.append(Figure(Text("Left under the cap") if cost <= cap else Text("Above the cap"), show_money(abs(cap - cost)), "red" if cost > cap else ""))
    return out
