"""Rules of the room inspection 查房: what is looked at in which round, and what keeps a room from being ready.

A round is one person's walk through the room: housekeeping first, then the assistant manager, the director, the general
manager, as far as the level has them. A check is a plain row: round, item, state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

HK, AM, DOS, GM = "1-hk", "2-am", "3-dos", "4-gm"  # in the order they are walked
ROUNDS = ((HK, Text("Housekeeping"), ""), (AM, Text("Assistant manager"), ""), (DOS, Text("Director"), ""), (GM, Text("General manager"), ""))
ROUNDS_OF = {"V1": (HK, AM, DOS, GM), "V2": (HK, AM, DOS, GM), "V3": (HK, AM, DOS), "V4": (HK, AM), "V5": (HK,)}
DEPARTMENT = {HK: "HK", AM: "FO", DOS: "SM", GM: "GM"}  # whose signer walks the round
TASK_OF = {HK: "ready", AM: "inspect-am", DOS: "inspect-dos", GM: "inspect-gm"}  # the task of the plan that a finished round is
TODO, PASSED, DEFECT, FIXED = "todo", "fine", "defect", "fixed"


class Item:
    """A point of the list: its words, the standard, and the rounds that look at it."""

    __slots__ = ("code", "rounds", "standard", "title")

    def __init__(self, code: str, title: Text, standard: Text, rounds: tuple[str, ...] = (HK, AM)) -> None:
        self.code, self.title, self.standard, self.rounds = code, title, standard, rounds


EVERYBODY, HIGH = (HK, AM, DOS, GM), (HK, AM, DOS)
ITEMS = (
    Item("door", Text("Door, lock, key card"), Text("Card opens at once, closer quiet, peephole clear"), HIGH),
    Item("air", Text("Air and temperature"), Text("22-24 degrees or as the guest likes it, no smell"), EVERYBODY),
    Item("light", Text("Lights and curtains"), Text("All lights work, blackout closes fully")),
    Item("bed", Text("Bed and pillows"), Text("Linen without a mark, pillows as on the card"), EVERYBODY),
    Item("desk", Text("Desk, paper, directory"), Text("Paper with the name, pens write, directory current")),
    Item("network", Text("Network and sockets"), Text("Network tried on a phone, sockets at the bed live")),
    Item("screen", Text("Television and welcome page"), Text("Name and title spelt as on the notice"), HIGH),
    Item("safe", Text("Safe"), Text("Opened and closed once, code cleared")),
    Item("minibar", Text("Minibar and kettle"), Text("Full, dates right, nothing the guest must never meet"), HIGH),
    Item("wardrobe", Text("Wardrobe, robe, slippers"), Text("Robe of the right size, iron tried")),
    Item("bath", Text("Bathroom and hot water"), Text("Hot within 10 seconds, drains run, no hair"), EVERYBODY),
    Item("towels", Text("Towels and toiletries"), Text("Complete for the party, folded to standard")),
    Item("amenities", Text("Amenities in place"), Text("As on the issue slip, fresh, card in the right name"), EVERYBODY),
    Item("clean", Text("Floor, glass, dust"), Text("White glove on lamp and frame stays white")),
    Item("quiet", Text("Noise and view"), Text("No works next door or above, no flicker outside"), HIGH),
    Item("safety", Text("Fire and escape"), Text("Detector shows, plan on the door, torch works")),
)
BY_CODE = {item.code: item for item in ITEMS}


def list_for(level: str) -> list[tuple[str, str]]:
    """What is looked at for a level, as (round, item) in the order it is walked; an unknown level gets housekeeping's round."""
    return [(each, item.code) for each in ROUNDS_OF.get(level, (HK,)) for item in ITEMS if each in item.rounds]


def check_check(row: Row) -> Problems:
    """A defect has words."""
    if row.get("state") == DEFECT and not str(row.get("defect") or "").strip():
        return {"defect": Text("Say what is wrong")}
    return {}


def says_defect(row: Row) -> Text | None:
    """A defect is noted with what is wrong."""
    return None if str(row.get("defect") or "").strip() else Text("Write what is wrong under Defect first; then take this step.")


def open_defects(checks: Iterable[Row]) -> list[Row]:
    """The defects nobody put right yet."""
    return [row for row in checks if row["state"] == DEFECT]


def unfinished(checks: Iterable[Row]) -> list[str]:
    """The rounds of which something was not looked at yet, in their order."""
    open_rounds = {row["round"] for row in checks if row["state"] == TODO}
    return [code for code, _, _ in ROUNDS if code in open_rounds]


def words_of(row: Row) -> Text | str:
    """What a check is about: the item, or one's own words."""
    item = BY_CODE.get(str(row["item"]))
    return str(row.get("name") or "") or (item.title if item else str(row["item"]))


def why_not_ready(checks: Sequence[Row], room: str, unsigned: Sequence[Text]) -> Text | None:
    """Why a room is not ready: an open defect, a round not walked to its end, a card nobody signed; None when it is."""
    if not room:
        return Text("Give the reception its room first.")
    if found := open_defects(checks):
        what = Text("{item}: {defect}", item=words_of(found[0]), defect=found[0]["defect"])
        if len(found) > 1:
            what = Text("{what} and {n} more", what=what, n=f"{len(found) - 1:,}")
        return Text("Room {room} has an open defect: {what}. Put it right and mark it so; then the room is ready.", room=room, what=what)
    if rounds := unfinished(checks):
        names = {code: text for code, text, _ in ROUNDS}
        return Text("Room {room} is not inspected to the end: {round} has points open.", room=room, round=names[rounds[0]])
    if not checks:
        return Text("Room {room} has no inspection list yet.", room=room)
    return Text("{card} is not signed for its newest revision.", card=unsigned[0]) if unsigned else None
