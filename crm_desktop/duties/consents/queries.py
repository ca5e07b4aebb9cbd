"""What is asked of the consent ledger: somebody's lines, who said no to a use, what is kept of whom without a yes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from crm_desktop.duties.consents import rules
from crm_desktop.duties.consents.records import CONSENT
from crm_desktop.duties.consents.rules import Entry
from crm_desktop.record.duty import NowPoint
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

BLOCK = 500
LINES = "select person_id, purpose, channel, answer, given_on, withdrawn_on, id from consent where gone is null"
CARDS = "select id, consent_greet, consent_keep, consent_on from person where gone is null and (consent_greet = 1 or consent_keep = 1)"
HELD = "select person_id, since from care_hold where gone is null and person_id is not null and kind = 'consent' and since <= ? and (until = '' or until >= ?)"
TEXTS = "select id, purpose, since from consent_text where gone is null"
KEPT = (  # what is sensitive by PIPL article 28 and kept of somebody: health, religion
    "select 1 from preference where gone is null and person_id = ? and (kind in ('health', 'religion') or allergen <> '') limit 1"
)
May = Callable[[Iterable[Entry], str], bool]


def _of_card(person: int, greet: int, keep: int, on: str) -> list[tuple[int, Entry]]:
    """What stands ticked on somebody's card from before there was a ledger, as the oldest lines of it."""
    found = [(rules.GREET, greet), (rules.MARKET, greet), (rules.SENSITIVE, keep)]
    return [(person, Entry(purpose, rules.ANY, rules.YES, str(on or ""))) for purpose, ticked in found if ticked]


def _of_hold(person: int, since: str) -> list[tuple[int, Entry]]:
    """A hold 'consent withdrawn' says no to greetings and offers as long as it lasts; then what they said before holds again."""
    return [(person, Entry(purpose, rules.ANY, rules.NO, str(since))) for purpose in (rules.GREET, rules.MARKET)]


def _lines(reader: Any, narrow: str, values: Sequence[Any], day: str) -> list[tuple[int, Entry]]:
    """The lines of some people from all three places, as they are on a day; `narrow` bounds a column {}."""
    found: list[tuple[int, Entry]] = []
    for row in reader.execute(f"{CARDS} and {narrow.format('id')}", values).fetchall():
        found += _of_card(*row)
    for row in reader.execute(f"{HELD} and {narrow.format('person_id')}", (day, day, *values)).fetchall():
        found += _of_hold(*row)
    for person, *entry in reader.execute(f"{LINES} and {narrow.format('person_id')}", values).fetchall():
        found.append((person, Entry(*entry)))
    return found


def _blocks(people: Iterable[int]) -> Iterator[list[int]]:
    """Ids in order, so many as one statement takes on either engine."""
    ids = sorted(set(people))
    for at in range(0, len(ids), BLOCK):
        yield ids[at : at + BLOCK]


def ledgers(reader: Any, people: Iterable[int], day: str) -> dict[int, list[Entry]]:
    """The ledgers of some people; who has no line is left out."""
    found: list[tuple[int, Entry]] = []
    for block in _blocks(people):
        found += _lines(reader, f"{{}} in ({', '.join('?' * len(block))})", block, day)
    return dict(rules.by_person(found))


def ledger(reader: Any, person: int | None, day: str) -> list[Entry]:
    """The ledger of one; of nobody an empty one."""
    return [] if person is None else ledgers(reader, (person,), day).get(person, [])


def refusing(reader: Any, may: May, day: str) -> set[int]:
    """Everybody who may not be used for something that is done until they say no."""
    said = "select distinct person_id from consent where gone is null and (state = 'withdrawn' or answer = 'no')"
    people = {row[0] for row in reader.execute(said).fetchall()} | {row[0] for row in reader.execute(HELD, (day, day)).fetchall()}
    return {person for person, lines in ledgers(reader, people, day).items() if not may(lines, day)}


def willing(reader: Any, people: Sequence[int], may: May, day: str) -> list[int]:
    """Those of some people who may be used for something, in the same order."""
    found = ledgers(reader, people, day)
    return [person for person in people if may(found.get(person, ()), day)]


def text_on(reader: Any, purpose: str, day: str) -> int | None:
    """The version of a purpose's text that was used on a day."""
    return rules.text_on([tuple(row) for row in reader.execute(TEXTS).fetchall()], purpose, day)


def cards(reader: Any, people: Sequence[int] | None) -> list[Row]:
    """Lines to be written for what stands ticked on cards and has no line yet; of everybody (None) or of some people."""
    if people is None:
        rows = reader.execute(f"{CARDS} order by id").fetchall()
    else:
        rows = [row for block in _blocks(people) for row in reader.execute(f"{CARDS} and id in ({', '.join('?' * len(block))}) order by id", block).fetchall()]
    found = [line for row in rows for line in _of_card(*row)]
    there = {tuple(row) for row in reader.execute("select distinct person_id, purpose from consent where gone is null").fetchall()} if found else set()
    return [
        {"person_id": person, "purpose": entry.purpose, "channel": rules.ANY, "answer": rules.YES, "given_on": entry.given_on, "how": "card"}
        for person, entry in found if (person, entry.purpose) not in there
    ]  # fmt: skip


def children(reader: Any) -> list[Row]:
    """Lines to be written for companions whose guardian's yes is ticked and stands in no line yet."""
    sql = (
        "select c.id, c.person_id, p.name from companion as c join person as p on p.id = c.person_id where c.gone is null and c.consent = 1"
        " and not exists (select 1 from consent as k where k.companion_id = c.id and k.gone is null) order by c.id"
    )
    return [
        {"person_id": person, "purpose": rules.MINOR, "channel": rules.ANY, "answer": rules.YES, "companion_id": child, "guardian": name, "how": "card"}
        for child, person, name in reader.execute(sql).fetchall()
    ]  # fmt: skip


def sensitive_kept(reader: Any, person: int) -> bool:
    """True for somebody of whom health or religion is kept."""
    return reader.execute(KEPT, (person,)).fetchone() is not None


def now(reader: Any, record: str, row_id: int, day: str) -> list[NowPoint]:
    """On a person's sheet: what they do not want any more, and what is kept without their yes."""
    if record != "person":
        return []
    lines, rows = ledger(reader, row_id, day), (CONSENT.key, [("person_id", "=", row_id)])
    points = []
    if not rules.may_give(lines, day):
        points.append(NowPoint(Text("Wants no greetings and no calls of care"), "red", rows))
    if not rules.may_invite(lines, day):
        points.append(NowPoint(Text("Wants no offers and no invitations"), "red", rows))
    said = rules.standing(lines, rules.SENSITIVE, rules.ANY, day)
    if said != rules.YES and sensitive_kept(reader, row_id):
        words = Text("Health or religion is kept though they said no: delete it") if said == rules.NO else Text("Health or religion is kept without a consent of their own")
        points.append(NowPoint(words, "red" if said == rules.NO else "", rows))
    return points
