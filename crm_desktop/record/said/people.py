"""How many and where, in a typed line: 12位, 42+3桌, 3间, room numbers and known places."""

from __future__ import annotations

from collections.abc import Iterable

from crm_desktop.record.said.line import END, Said, pattern, plain
from crm_desktop.record.said.numerals import whole

PLACES = ("包厢", "包间", "包房", "雅间", "雅座", "大厅", "宴会厅", "草坪", "卡座", "露台", "private room", "ballroom", "lawn", "terrace")
_CHINESE = "[一二两俩三四五六七八九十廿百]{1,5}"
_CROWD = rf"(?={END}|[0-9左上用吃聚开入住包在午晚中早大一订预要、来到])"
_PEOPLE = (
    rf"(?:(?<![a-z])for\s)?(?<![0-9.,+])(?:(?P<low>[0-9]{{1,4}})\s?(?:-|~|到|至)\s?)?(?P<count>[0-9]{{1,4}}|{_CHINESE})\s?(?:位(?!数|置|于|移|一体)|个人|名(?=客|宾|嘉|代)"
    rf"|(?:(?<=[0-9])|(?<=[0-9]\s))人(?!民|均|次|才|力|气|数|生|世界)|人{_CROWD}|(?:pax|people|persons?|guests?|ppl|adults?|covers)(?![a-z]))"
    r"(?:客人|贵宾|宾客|客|宾|嘉宾|代表)?"
)
_PARTY = r"(?<![a-z])(?:(?:party|group|table) of|(?:a )?table for|for)\s(?P<low>)(?P<count>[0-9]{1,3})(?![:.,/]?[0-9a-z]|\s?(?:days?|nights?|tables?|rooms?|am|pm)(?![a-z]))"
_FAMILY = r"(?<![0-9.])(?P<adults>[0-9]{1,3})大(?P<children>[0-9]{1,2})小"
_TABLES = rf"(?<![0-9.,+])(?P<count>[0-9]{{1,3}}|{_CHINESE})(?:\s?\+\s?(?P<spare>[0-9]{{1,2}}))?\s?(?:桌(?![面子布旗卡签号型])|围|tables?(?![a-z]))"
_ROOMS = rf"(?<![0-9.,+])(?P<count>[0-9]{{1,3}}|{_CHINESE})\s?(?:间(?![隔接谍断])(?:客?房)?|rooms?(?![a-z]))"
_NUMBER = r"(?<![0-9.,a-z+¥$-])(?P<number>[0-9]{3,5})(?![0-9.,%‰a-z万千元块]|\s?[位人桌个])"
_CALLED = r"(?:guest in (?:room )?|房号|房间号?|客房|(?<![a-z])(?:room|rm)\.?(?:\s?no\.?)?)\s?:?\s?(?P<number>[0-9]{3,5})(?![0-9.,%])(?:\s?房)?"


def take_people(said: Said) -> tuple[int, ...]:
    """How many people: () when not said, two numbers for a range."""
    if family := pattern(_FAMILY).search(said.text):
        said.take("people", *family.span())
        return (int(family["adults"]) + int(family["children"]),)
    for source in (_PEOPLE, _PARTY):
        for match in pattern(source).finditer(said.text):
            if count := whole(match["count"]):
                said.take("people", *match.span())
                return (int(match["low"]), count) if match["low"] else (count,)
    return ()


def take_tables(said: Said) -> tuple[int, int]:
    """How many tables, and how many spare ones; 0 when not said."""
    match = pattern(_TABLES).search(said.text)
    count = whole(match["count"]) if match else None
    if not match or not count:
        return 0, 0
    said.take("tables", *match.span())
    return count, int(match["spare"] or 0)


def take_rooms(said: Said) -> int:
    """How many rooms; 0 when not said."""
    match = pattern(_ROOMS).search(said.text)
    count = whole(match["count"]) if match else None
    if match and count:
        said.take("rooms", *match.span())
    return count or 0


def take_room(said: Said, known: Iterable[str]) -> str:
    """The number of a room: called one, known as one, or first in the line; '' when there is none. What is known is looked
    at only for a number of which nothing else tells."""
    rooms: frozenset[str] | None = None
    for match in (m for source in (_CALLED, _NUMBER) for m in pattern(source).finditer(said.text)):
        called, first = not match[0][0].isdigit(), not said.text[: match.start()].strip()
        if not called and not first and rooms is None:
            rooms = frozenset(known)
        if called or first or match["number"] in (rooms or ()):
            end = match.end() + said.text.startswith("房", match.end())
            said.take("room", match.start(), end)
            return match["number"]
    return ""


def take_place(said: Said, known: Iterable[str]) -> str:
    """The place wished for, as it is known; one with a name of its own before 包厢 or 大厅."""
    names = {plain(name): name for name in known if name}
    named = [name for name in names if name in said.text]
    general = [name for name in PLACES if name in said.text]
    for found in (max(named, key=len, default=""), max(general, key=len, default="")):
        if found:
            start = said.text.index(found)
            said.take("place", start, start + len(found))
            return names.get(found, said.line[start : start + len(found)])
    return ""
