"""Rules of VIP levels: the schemes a hotel begins with, how one scheme stands to another, who has earned a level, how many have it.

A level is a plain row: scheme, code, rank (1 = highest), what earns it, what it may cost a day (minor units). Schemes are
compared by rank only: some hotels number the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from crm_desktop.record import rights
from crm_desktop.record.machine import Named
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

HOUSE = "V"  # the scheme receptions are kept in
GM, DEPUTY, DOSM, DUTY_MANAGER = "gm", "deputy", "dosm", "duty"
APPROVERS = (
    (GM, Text("General manager"), ""), (DEPUTY, Text("Deputy general manager"), ""), (DOSM, Text("Director of sales"), ""),
    (DUTY_MANAGER, Text("Duty or front office manager"), ""),
)  # fmt: skip
GUESTS = (
    "国家元首与王室、世界级集团领导", "部长、省级领导、大使、集团或业主董事长", "市级领导、上市公司总裁、名人、旅行社总裁", "局级领导、同级酒店总经理、大客户决策人、媒体主编",
    "常客（全价 10 次以上或套房 3 次以上）、重要客户的来访者、蜜月、投诉修复中的客人",
)  # fmt: skip


def _level(scheme: str, code: str, rank: int, name: str, name_en: str, approver: str, cap: int, most: int, **earned: int) -> Row:
    row: Row = {
        "scheme": scheme, "code": code, "rank": rank, "name": name, "name_en": name_en, "tone": "purple", "approver": approver, "cap": cap, "most_share": most,
        "criteria": GUESTS[rank - 1], "least_stays": 0, "least_nights": 0, "least_spent": 0,
    }  # fmt: skip
    return row | earned


DEFAULTS: tuple[Row, ...] = (
    _level("V", "V1", 1, "国宾级", "State guest", GM, 2_000_00, 1),
    _level("V", "V2", 2, "最高贵宾", "Highest guest", GM, 600_00, 3),
    _level("V", "V3", 3, "重要贵宾", "Important guest", DEPUTY, 400_00, 10),
    _level("V", "V4", 4, "贵宾", "Guest of honour", DOSM, 200_00, 25, least_stays=25, least_spent=100_000_00),
    _level("V", "V5", 5, "常客贵宾", "Frequent guest", DUTY_MANAGER, 80_00, 70, least_stays=10),
    _level("VA", "VA", 2, "原 A 级", "Former A", GM, 600_00, 3),
    _level("VA", "VB", 3, "原 B 级", "Former B", DEPUTY, 400_00, 10),
    _level("VA", "VC", 4, "原 C 级", "Former C", DOSM, 200_00, 25),
    _level("VA", "VD", 5, "原 D 级", "Former D", DUTY_MANAGER, 80_00, 70),
)


ROLES = {GM: (rights.GM,), DEPUTY: (rights.GM,), DOSM: (rights.GM, rights.DOSM), DUTY_MANAGER: (rights.GM, rights.DOSM, rights.MANAGER)}  # that stand for an approver
NAMED = Named(
    "level", "vip_level", code="code", by="approver", group="scheme", first=HOUSE, rank="rank", retired="retired",
    begins=[(row["scheme"], row["rank"], row["code"], row["approver"]) for row in DEFAULTS], roles=ROLES, words=APPROVERS,
    refusal=Text("A reception of {level} is approved by: {who}."),
)  # fmt: skip


def levels_of(own: Iterable[Row]) -> list[Row]:
    """The levels that hold, by scheme and rank: the hotel's own, and whole schemes of the program that the hotel never touched."""
    mine = list(own)
    schemes = {row["scheme"] for row in mine}
    found = [*(row for row in mine if not row.get("retired")), *(row for row in DEFAULTS if row["scheme"] not in schemes)]
    return sorted(found, key=lambda row: (row["scheme"] != HOUSE, row["scheme"], row["rank"], row["code"]))


def level_of(levels: Sequence[Row], code: str) -> Row | None:
    """A level by its code, of the house's scheme before others."""
    return next((row for row in levels if row["code"] == code), None)


def mapped(levels: Sequence[Row], code: str, scheme: str = HOUSE) -> str:
    """The code in a scheme for a code of any: the same rank, else the nearest lower one, else the lowest there is.

    A code nobody knows stays as it is: it is never taken for a high one."""
    here = level_of(levels, code)
    there = sorted((row for row in levels if row["scheme"] == scheme), key=lambda row: row["rank"])
    if here is None or here["scheme"] == scheme or not there:
        return code
    return str(next((row["code"] for row in there if row["rank"] >= here["rank"]), there[-1]["code"]))


def rank_of(levels: Sequence[Row], code: str) -> int:
    """The rank of a code, 1 the highest; 99 for one nobody knows, and for none."""
    found = level_of(levels, code)
    return int(found["rank"]) if found else 99


def check_level(row: Row) -> Problems:
    """A rank is a place in the order, a share is one of a hundred."""
    if not 1 <= int(row.get("rank") or 0) <= 98:
        return {"rank": Text("The rank is 1 for the highest level, 2 for the next and so on")}
    if not 0 <= int(row.get("most_share") or 0) <= 100:
        return {"most_share": Text("A share is between 0 and 100 per cent")}
    return {}


# earned levels


class History:
    """What a guest did in twelve months: stays, nights, revenue of them (minor units)."""

    __slots__ = ("nights", "spent", "stays")

    def __init__(self, stays: int = 0, nights: int = 0, spent: int = 0) -> None:
        self.stays, self.nights, self.spent = stays, nights, spent


def asks(level: Row) -> dict[str, int]:
    """What of stays, nights and money a level asks for; nothing for one that is not earned."""
    return {name: int(level[f"least_{name}"] or 0) for name in ("stays", "nights", "spent") if level[f"least_{name}"]}


def fulfils(history: History, level: Row) -> bool:
    """True when a history has all that a level asks for, and it asks for something."""
    wanted = asks(level)
    return bool(wanted) and all(getattr(history, name) >= least for name, least in wanted.items())


def earned(history: History, levels: Sequence[Row], now: str, scheme: str = HOUSE) -> Row | None:
    """The highest level of the scheme that a history has earned, where it is higher than the one there is; levels only rise
    here: taking one away is for people."""
    mine = rank_of(levels, now)
    found = [row for row in levels if row["scheme"] == scheme and row["rank"] < mine and fulfils(history, row)]
    return min(found, key=lambda row: int(row["rank"])) if found else None


# how many have them

FINE, HIGH, EMPTY = "fine", "high", "empty"


class Share:
    """How many guests have a level, of all who have one of its scheme: in whole per cent, against the most there should be."""

    __slots__ = ("count", "level", "share", "state")

    def __init__(self, level: Row, count: int, total: int) -> None:
        self.level, self.count = level, count
        self.share = round(100 * count / total) if total else 0
        most = int(level["most_share"] or 0)
        self.state = HIGH if most and self.share > most else FINE if count else EMPTY


def shares(levels: Sequence[Row], counts: Mapping[str, int], scheme: str = HOUSE) -> list[Share]:
    """The levels of a scheme with how many guests have them; guests of other schemes count where their rank maps to."""
    by_code: dict[str, int] = {}
    for code, count in counts.items():
        if code:
            there = mapped(levels, code, scheme)
            by_code[there] = by_code.get(there, 0) + count
    here = [row for row in levels if row["scheme"] == scheme]
    total = sum(by_code.get(row["code"], 0) for row in here)
    return [Share(row, by_code.get(row["code"], 0), total) for row in here]
