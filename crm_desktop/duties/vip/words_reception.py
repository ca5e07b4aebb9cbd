"""A reception's service in words: blocks of lines, each of which opens what it was read from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from crm_desktop.duties.clients.words_standing import NEW, Block, Line
from crm_desktop.duties.preferences.records import ALLERGENS, PREFERENCE
from crm_desktop.duties.vip import (
    queries,
    queries_plan,
    queries_reception,
    queries_rooms,
    rooms,
    rules,
    rules_amenities,
    rules_cards,
    rules_inspection,
    rules_levels,
    rules_path,
    rules_summary,
    service,
)
from crm_desktop.duties.vip.records import VIP_STAY
from crm_desktop.duties.vip.records_levels import VIP_LEVEL
from crm_desktop.duties.vip.records_service import AMENITY_ISSUE, JOURNAL
from crm_desktop.record.dates import local_time
from crm_desktop.record.duty import Filter
from crm_desktop.record.money import show_money
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text, say
from crm_desktop.store.rows import get

ROUNDS: dict[str, Text] = {code: text for code, text, _ in rules_inspection.ROUNDS}
CARDS: dict[str, Text] = {code: text for code, text, _ in rules_cards.CARDS}


class Reception:
    """All that is read for a reception's page: its row, level, amenities, checks, cards, tasks and journal."""

    def __init__(self, reader: Any, stay: Row) -> None:
        self.row = stay
        self.levels = queries_reception.levels(reader)
        self.code = rules_levels.mapped(self.levels, stay["level"])
        self.level = rules_levels.level_of(self.levels, stay["level"])
        self.issues, self.checks = queries_reception.issues(reader, stay["id"]), queries_reception.checks(reader, stay["id"])
        self.preview = not self.issues and stay["stage"] in (rules.APPLIED, rules.APPROVED)
        if self.preview:
            self.issues = _foreseen(reader, stay, self.code)
        self.cards, self.notes = queries_reception.cards(reader, stay["id"]), queries_reception.notes(reader, stay["id"])
        self.tasks = queries_plan.tasks(reader, stay["id"])
        self.unknown = unknown(reader, self) if stay["stage"] in (rules.IN_HOUSE, rules.DEPARTED) else []
        self.candidates = queries_rooms.candidates(reader, stay) if stay["stage"] in (rules.APPLIED, *rules.COMING) and not stay["room_no"] else []
        self.stale = service.stale(reader, stay) if stay["stage"] in (rules.PREPARING, rules.READY, rules.IN_HOUSE) else []

    @property
    def cap(self) -> int:
        """What it may cost in all; 0 = no cap."""
        return rules_amenities.cap_of(self.row, self.level)

    @property
    def planned(self) -> int:
        """What the amenities that are not struck cost."""
        return sum(row["cost"] or 0 for row in self.issues if row["state"] != rules_amenities.STRUCK)

    def mine(self, *more: Filter) -> list[Filter]:
        """The filters of this reception's rows."""
        return [("vip_stay_id", "=", self.row["id"]), *more]


def _foreseen(reader: Any, stay: Row, code: str) -> list[Row]:
    """The amenities an application would get, as rows nobody has saved: what it will cost is seen before it is approved."""
    facts = queries.facts_of(reader, [stay["guest_id"]])[stay["guest_id"]]
    return [AMENITY_ISSUE.blank() | service.issue_row(one, stay, {}) | {"id": None} for one in service.wanted(reader, stay, code, facts)]


def unknown(reader: Any, found: Reception) -> list[tuple[Text, list[Text | str]]]:
    """What each department still does not know of the guest, by the file and what the journal found."""
    facts = queries.facts_of(reader, [found.row["guest_id"]])[found.row["guest_id"]]
    known = {fact.kind for fact in facts} | {note["fact_kind"] for note in rules_summary.to_file(found.notes)}
    words = PREFERENCE.by_name["kind"]
    return [(department, [words.choice_text(kind) for kind in kinds]) for _, department, kinds in rules_summary.missing(known)]


def reception(reader: Any, row_id: int) -> Reception | None:
    """Read a reception; None when it is gone."""
    stay = get(reader, VIP_STAY, row_id)
    return Reception(reader, stay) if stay else None


def blocks(found: Reception, day: str, now: dt.datetime | None = None) -> list[Block]:
    """All there is to say, in the order it is asked for."""
    return [_amenities(found), _room(found), _cards(found), *_path(found, now or local_time()), _end(found, day), _level(found)]


def _level(found: Reception) -> Block:
    level, lines = found.level, list[Line]()
    opens: tuple[str, Any] = (VIP_LEVEL.key, [("code", "=", found.row["level"])])
    if level is None:
        return Block("level", Text("Level"), found.row["level"], "purple", None, [Line("", Text("No scheme has this level"), "amber", (VIP_LEVEL.key, []))])
    if found.code != found.row["level"]:
        lines.append(Line("", Text("{code} of another scheme, here {ours}", code=found.row["level"], ours=found.code), "amber", opens))
    who = next((text for code, text, _ in rules_levels.APPROVERS if code == level["approver"]), level["approver"])
    lines += [Line("", level["criteria"], "", opens), Line("", Text("Approved by: {who}", who=who), "", opens)]
    if level["cap"]:
        lines.append(Line("", Text("Cost cap a day: {amount}", amount=show_money(level["cap"])), "", opens))
    return Block("level", Text("Level"), f"{found.row['level']} {level['name']}".strip(), str(level["tone"] or "purple"), None, lines)


def _amenities(found: Reception) -> Block:
    cap, planned = found.cap, found.planned
    tone = "red" if cap and planned > cap else "amber" if cap and planned * 100 >= cap * rules.NEAR_SHARE else "green"
    value = Text("{cost} of {cap}", cost=show_money(planned), cap=show_money(cap)) if cap else show_money(planned)
    struck = [row for row in found.issues if row["state"] == rules_amenities.STRUCK]
    lines = [Line(row["day"][5:], _struck(row), "red", (AMENITY_ISSUE.key, row["id"]) if row["id"] else None) for row in _first_of_kind(struck)]
    given = [row for row in found.issues if row["state"] != rules_amenities.STRUCK]
    for day in sorted({row["day"] for row in given}):
        mine = [row for row in given if row["day"] == day]
        what = " · ".join(row["name"] for row in mine)
        done = all(row["state"] == rules_amenities.ISSUED for row in mine)
        words = Text("{amount}: {things}", things=what, amount=show_money(sum(row["cost"] or 0 for row in mine)))
        lines.append(Line(day[5:], words, "green" if done else "", None if found.preview else (AMENITY_ISSUE.key, found.mine(("day", "=", day)))))
    if found.preview:
        lines.insert(0, Line("", Text("What the matrix gives once it is being prepared:"), "", None))
    if not found.issues:
        lines = [Line("", Text("Chosen from the matrix with the step into preparation"), "", None)]
    return Block("amenities", Text("Amenities"), value, tone if found.issues else "grey", 100 * planned // cap if cap and found.issues else None, lines)


def _first_of_kind(rows: Sequence[Row]) -> list[Row]:
    return list({row["kind"]: row for row in reversed(rows)}.values())[::-1]


def _struck(row: Row) -> Text:
    kind = AMENITY_ISSUE.by_name["kind"].choice_text(row["kind"])
    return Text("{what}: {why}", what=kind, why=AMENITY_ISSUE.work(row)["because"])


def _room(found: Reception) -> Block:
    defects = rules_inspection.open_defects(found.checks)
    lines = [Line(row["done_at"], Text("{what}: {defect}", what=rules_inspection.words_of(row), defect=row["defect"]), "red", ("room_check", row["id"])) for row in defects]
    for code, text, _ in rules_inspection.ROUNDS:
        mine = [row for row in found.checks if row["round"] == code]
        if mine:
            done = [row for row in mine if row["state"] != rules_inspection.TODO]
            last = max((row["done_at"] for row in done), default="")
            words = Text("{round}: {done} of {all}", round=text, done=f"{len(done)}", all=f"{len(mine)}")
            lines.append(Line(last, words, "green" if len(done) == len(mine) else "", ("room_check", found.mine(("round", "=", code)))))
    fine = sum(row["state"] not in (rules_inspection.TODO, rules_inspection.DEFECT) for row in found.checks)
    share = 100 * fine // len(found.checks) if found.checks else None
    value = Text("{n} open defects", n=f"{len(defects):,}") if len(defects) > 1 else Text("1 open defect") if defects else f"{share} %" if share is not None else ""
    if not lines:
        lines = [Line("", Text("Begins with the step into preparation"), "", None)]
    if found.candidates:
        lines = [Line(one.room.number, rooms.why(one) or "–", "green" if at == 0 else "", None) for at, one in enumerate(found.candidates)] + lines
        lines.insert(0, Line("", Text("Rooms that are free and fit, best first:"), "", None))
    return Block("room", Text("Room inspection"), value, "red" if defects else "green" if share == 100 else "blue", share, lines)


def _cards(found: Reception) -> Block:
    lines = [
        Line("", Text("{card}: the guest's file says more now; choose anew", card=CARDS[kind]), "red", None) for kind in found.stale
    ]
    for row in found.cards:
        opens = ("guest_card", row["id"])
        for stop in rules_cards.unresolved(row):
            lines.append(Line("", Text("Hard stop: {dish} ({things})", dish=stop.dish, things="、".join(stop.words)), "red", opens))
        lines.append(Line("", _card(row), "green" if row["state"] in rules_cards.AGREED else "amber", opens))
    signed = sum(row["state"] in rules_cards.AGREED for row in found.cards)
    stopped = any(rules_cards.unresolved(row) for row in found.cards)
    value: Text | str = Text("Hard stop") if stopped else Text("{n} of {all} signed", n=f"{signed}", all=f"{len(found.cards)}") if found.cards else ""
    return Block("cards", Text("Department cards"), value, "red" if stopped else "green" if found.cards and signed == len(found.cards) else "amber", None, lines)


def _card(row: Row) -> Text:
    card, revision = CARDS[row["kind"]], f"{row['revision']}"
    if row["state"] in rules_cards.AGREED:
        return Text("{card}, revision {n}: signed {day} {time}", card=card, n=revision, day=row["signed_on"], time=row["signed_at"])
    if row["state"] == rules_cards.ISSUED:
        return Text("{card}, revision {n}: waits for its signature", card=card, n=revision)
    return Text("{card}, revision {n}: not issued yet", card=card, n=revision)


def _path(found: Reception, now: dt.datetime) -> list[Block]:
    if found.row["stage"] not in (rules.PREPARING, rules.READY):
        return []
    steps = rules_path.steps(found.tasks, now)
    if not steps:
        return []
    worst, tones = rules_path.worst(steps), {rules_path.LATE: "red", rules_path.TIGHT: "amber", rules_path.FREE: ""}
    lines = [
        Line(step.task["time"], _spare(step), tones[step.standing], ("reception_task", step.task["id"]))
        for step in steps if step.critical or step.standing != rules_path.FREE
    ]  # fmt: skip
    left = rules_path.work_left(steps)
    tone = tones[worst.standing] or "green" if worst else "green"
    return [Block("path", Text("Critical path"), Text("{n} minutes of work", n=f"{left:,}"), tone, None, lines)]


def _spare(step: rules_path.Step) -> Text | str:
    what = queries_plan.words_of(step.task)
    if step.task["task"] == rules_path.GREETED:
        return what
    if step.spare < 0:
        return Text("{task}: {n} minutes too late for all that follows", task=what, n=f"{-step.spare:,}")
    return Text("{task}: at the latest {time}, {n} minutes of room", task=what, time=f"{step.latest:%H:%M}", n=f"{step.spare:,}")


def _end(found: Reception, day: str) -> Block:
    balance = rules_summary.Balance(found.tasks, f"{day}T{local_time():%H:%M}")
    tasks: list[Filter] = found.mine()
    lines = [Line("", Text("Tasks: {done} of {all} done, {late} late, {left} left out", done=f"{balance.done}", all=f"{balance.planned}", late=f"{balance.late}", left=f"{balance.left}"), "", ("reception_task", tasks))]
    cost = found.row["actual_cost"] or found.row["amenity_cost"] or 0
    if found.cap:
        words = Text("Cost {cost}, {left} left under the cap", cost=show_money(cost), left=show_money(found.cap - cost))
        over = Text("Cost {cost}, {left} above the cap", cost=show_money(cost), left=show_money(cost - found.cap))
        lines.append(Line("", over if cost > found.cap else words, "red" if cost > found.cap else "", (AMENITY_ISSUE.key, found.mine())))
    for note in found.notes[-6:]:
        kind = JOURNAL.by_name["kind"]
        lines.append(Line(note["time"], Text("{what}: {words}", what=kind.choice_text(note["kind"]), words=note["name"]), kind.tone(note["kind"]), (JOURNAL.key, note["id"])))
    if waiting := rules_summary.to_file(found.notes):
        lines.append(Line("", Text("{n} likes and dislikes go into the file with the review", n=f"{len(waiting)}"), "blue", (JOURNAL.key, found.mine(("state", "=", rules_summary.NOTED)))))
    if found.row["stage"] in (rules.IN_HOUSE, rules.DEPARTED):
        for words, kinds in found.unknown:
            what = Text("{department} does not know yet: {things}", department=words, things="、".join(say(kind) for kind in kinds))
            lines.append(Line("", what, "", ("preference", [("person_id", "=", found.row["guest_id"])])))
    due = rules.review_due(found.row["departure"])
    late = found.row["stage"] == rules.DEPARTED and due < day
    value: Text | str = Text("Filed") if found.row["stage"] == rules.REVIEWED else Text("File by {day}", day=due)
    new = {"vip_stay_id": found.row["id"], "vip_stay_id.name": found.row["room_no"], "guest_id": found.row["guest_id"], "guest_id.name": found.row["guest_id.name"], "day": day}
    lines.append(Line("", Text("Write a note of the journal"), "", (NEW, (JOURNAL.key, new))))
    return Block("end", Text("Journal and summary"), value, "red" if late else "green" if found.row["stage"] == rules.REVIEWED else "blue", balance.share if balance.planned else None, lines)


def card_points(row: Row) -> list[tuple[Text, str, None]]:
    """What matters about a card: the dishes that are stopped, the allergens it is about; words, tone, nothing to open."""
    out: list[tuple[Text, str, None]] = []
    if stops := rules_cards.unresolved(row):
        out.append((Text("Hard stop in the menu: {dishes}", dishes=" · ".join(f"{stop.dish}（{'、'.join(stop.words)}）" for stop in stops)), "red", None))
    if codes := str(row["codes"] or "").split():
        words = {code: text for code, text, _ in ALLERGENS}
        out.append((Text("Allergens: {things}", things=" · ".join(say(words.get(code, code)) for code in codes)), "red", None))
    if row["signed_revision"] and row["state"] in rules_cards.OPEN:
        out.append((Text("Signed for revision {n} only", n=f"{row['signed_revision']}"), "amber", None))
    return out


def now_points(found: Reception) -> list[tuple[Text, str, tuple[str, Any]]]:
    """What of the service needs somebody: a dish that is stopped, a defect, a cost above the cap; words, tone, what they open."""
    out: list[tuple[Text, str, tuple[str, Any]]] = []
    for row in found.cards:
        if stops := rules_cards.unresolved(row):
            dishes = " · ".join(stop.dish for stop in stops)
            out.append((Text("Hard stop in the menu: {dishes}", dishes=dishes), "red", ("guest_card", [("id", "=", row["id"])])))
    if defects := rules_inspection.open_defects(found.checks):
        what = " · ".join(say(rules_inspection.words_of(row)) for row in defects)
        out.append((Text("Open defect: {things}", things=what), "red", ("room_check", [("id", "in", tuple(row["id"] for row in defects))])))
    if found.cap and found.planned > found.cap:
        words = Text("Amenities {cost} are above the cap of {cap}", cost=show_money(found.planned), cap=show_money(found.cap))
        out.append((words, "red", (AMENITY_ISSUE.key, found.mine())))
    return out
