"""The work behind the page of people: who may sign in, and what a role may do, as rows to read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from crm_desktop.desk.records_rights import WHATS
from crm_desktop.record import rights as rules
from crm_desktop.record.dates import business_date
from crm_desktop.record.money import show_money
from crm_desktop.record.own_rights import LESS, MORE, Levels, settled
from crm_desktop.record.record import Row
from crm_desktop.record.rights import (
    APPROVAL_WORDS,
    AREAS,
    CAPS,
    POWER_WORDS,
    POWERS,
    REACH_WORDS,
    SENSITIVE,
    VERB_WORDS,
    VERBS,
)
from crm_desktop.record.text import LANGUAGES, Text, language, listed, say
from crm_desktop.store import seat, wraps
from crm_desktop.store.address import is_server

Told = tuple[Text | str, ...]


class House:
    """Who has a log-in name, who of them a password, and whether the data opens with passwords only."""

    def __init__(
        self, people: list[Row], passwords: dict[int, str], guarded: bool, givers: list[Row], at_server: bool = False,
        levels: Mapping[str, Levels] = rules.APPROVALS, own: Mapping[int, list[tuple[str, str]]] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        self.people, self.passwords, self.guarded, self.givers, self.at_server = people, passwords, guarded, givers, at_server
        self.levels, self.own = levels, own  # who approves how much here; what single colleagues have more or less


def house(store: Any, reader: Any, _job: object = None) -> House:
    """Read it."""
    people = seat.sign_ins(reader)
    guarded = store.keys.guarded
    day = business_date()
    here = [row for row in people if not row["left_on"] or row["left_on"] >= day]
    givers = [row for row in here if rules.RIGHTS in POWERS.get(row["role"], ())]
    passwords = wraps.people(store.keys.database_id) if guarded else {}
    return House(people, passwords, guarded, givers, is_server(store.address), settled(rules.APPROVALS, seat.levels(reader)), seat.own_of_all(reader))


def told(found: House) -> list[Told]:
    """The people as rows: name, log-in name, role, how they sign in."""
    return [(row["name"], row["login"], rules.role_words(row["role"]), _state(found, row)) for row in found.people]


def _state(found: House, row: Row) -> Text | str:
    if row["left_on"]:
        return Text("Left on {day}", day=row["left_on"])
    if found.at_server:
        return Text("At the server")
    if not found.guarded:
        return ""
    return Text("Has a password") if row["id"] in found.passwords else Text("No password yet")


def matrix(role: str) -> list[Told]:
    """What a role sees and does, an area a row."""
    out: list[Told] = []
    for area, words in AREAS.items():
        given = rules.grant(role, area)
        verbs = _joined([VERB_WORDS[verb] for verb in VERBS if verb in given.verbs]) if given.edit or rules.EXPORT in given.verbs else ""
        works = REACH_WORDS[given.edit] if given.verbs - {rules.EXPORT} else "–"
        out.append((words, REACH_WORDS[given.see] if given.see else "–", works, verbs or "–"))
    return out


def own(found: House, row: Row) -> Text | None:
    """What one colleague has more or less than the role; None where there is nothing."""
    words = {code: what for code, what, _ in WHATS}
    more, less = ([words[what] for what, way in found.own.get(row["id"], []) if way == wanted and what in words] for wanted in (MORE, LESS))
    if more and less:
        return Text("{name} alone: besides {more}; not {less}", name=row["name"], more=listed(more), less=listed(less))
    if more:
        return Text("{name} alone: besides {more}", name=row["name"], more=listed(more))
    return Text("{name} alone: not {less}", name=row["name"], less=listed(less)) if less else None


def more(role: str, levels: Mapping[str, Levels] = rules.APPROVALS) -> list[Told]:
    """What else a role may: powers, sensitive values, approvals, exports."""
    plain, revealed = rules.PLAIN.get(role, frozenset[str]()), rules.REVEAL.get(role, frozenset[str]())
    return [
        (Text("May also"), _joined([words for power, words in POWER_WORDS.items() if power in POWERS.get(role, ())]) or "–"),
        (Text("Sees"), _joined([words for kind, words in SENSITIVE.items() if kind in plain]) or "–"),
        (Text("Sees for a stated purpose"), _joined([words for kind, words in SENSITIVE.items() if kind in revealed - plain]) or "–"),
        (Text("Approves"), _joined([_level(words, levels[kind][role]) for kind, words in APPROVAL_WORDS.items() if role in levels[kind]]) or "–"),
        (Text("Exports"), _cap(role)),
    ]


def usual_levels() -> list[Told]:
    """Who approves how much where the hotel says nothing else: a row for each kind, the lowest level first."""
    return [(words, _joined([_reached(role, rules.APPROVALS[kind][role]) for role in rules.approvers(kind, 0)])) for kind, words in APPROVAL_WORDS.items()]


def _reached(role: str, most: int | None) -> Text:
    words = next(words for code, words, _ in rules.ROLES if code == role)
    return Text("{role} any amount", role=words) if most is None else _level(words, most)


def _level(words: Text, most: int | None) -> Text:
    return words if most is None else Text("{what} up to {amount}", what=words, amount=show_money(most).removesuffix(".00"))


def _cap(role: str) -> Text | str:
    cap = CAPS.get(role)
    if cap is None:
        return "–"
    if cap.most is None:
        return Text("{free} rows at once, more with a reason", free=f"{cap.free:,}")
    return Text("{free} rows at once, up to {most} with a reason, more with a second person", free=f"{cap.free:,}", most=f"{cap.most:,}")


def _joined(words: list[Text]) -> str:
    return ("、" if language() == LANGUAGES[0] else ", ").join(say(each) for each in words)
