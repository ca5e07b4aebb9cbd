"""Rules of amenities 礼遇: what a level gets on which day, chosen for this guest: nothing that must never be, nothing that is
struck for officials, nothing that was there last time.

The matrix is a list of plain rows: level, kind, day rule, time, department, cost a day (minor units), and the variants one may
choose from, one a line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from crm_desktop.duties.vip.rules import asks_for, clashes
from crm_desktop.duties.vip.rules_official import struck
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.facts import DISLIKE, NEVER, WANTED, Fact, forbidden, subject
from crm_desktop.record.later import pattern
from crm_desktop.record.record import Problems, Row
from crm_desktop.record.text import Text

FIRST, DAILY, AFTER, EVE = "first", "daily", "after", "eve"  # the day of arrival; each day; each but the first; the eve of the departure
DAYS = (
    (FIRST, Text("Day of arrival"), ""), (DAILY, Text("Every day"), ""), (AFTER, Text("From the second day"), ""), (EVE, Text("Eve of the departure"), ""),
)  # fmt: skip
KINDS = tuple(
    (code, text, "")
    for code, text in (
        ("flowers", Text("Flowers")), ("fruit", Text("Fruit")), ("wine", Text("Wine")), ("sweets", Text("Chocolate and sweets")), ("specialty", Text("Local speciality")),
        ("drink", Text("Welcome drink")), ("cake", Text("Cake")), ("card", Text("Letter or card")), ("turndown", Text("Turndown gift")), ("robe", Text("Bathrobe with monogram")),
        ("toiletries", Text("Extra toiletries")), ("newspaper", Text("Newspaper")), ("gift", Text("Farewell gift")), ("cigarettes", Text("Cigarettes")), ("other", Text("Other")),
    )
)  # fmt: skip
OFFICIAL = frozenset(("flowers", "fruit", "wine", "sweets", "specialty", "cake", "turndown", "robe", "toiletries", "gift", "cigarettes"))
PLANNED, ISSUED, STRUCK = "planned", "issued", "struck"
CHOSEN, VARIED, LIKED, FORBIDDEN, UNOFFICIAL, SAME = "chosen", "varied", "liked", "never", "official", "same"
MOST_DAYS = 31
FOURS = pattern(r"四(?!川|季|喜)|(?<!\d)4(?!\d)|\bfour\b", re.IGNORECASE)
_NOT_FOUR = pattern(r"四|(?<!\d)4(?!\d)|\bfours?\b", re.IGNORECASE)


def _rows(levels: str, kind: str, day: str, department: str, costs: Sequence[int], variants: Sequence[str], at: str = "") -> list[Row]:
    """The same item for several levels, dearer for the higher ones."""
    return [
        {"scheme": "V", "level": f"V{level}", "kind": kind, "day": day, "department": department, "cost": cost * 100, "variants": "\n".join(variants), "at": at}
        for level, cost in zip(levels, costs, strict=True)
    ]


FRUITS = ("红提、奇异果、火龙果", "蓝莓、草莓、蜜瓜", "橙、香梨、山竹", "樱桃、木瓜、无花果", "柚、枇杷、杨桃")
DEFAULTS: tuple[Row, ...] = (
    *_rows("1234", "flowers", FIRST, "FL", (480, 240, 120, 40), ("蝴蝶兰盆花", "白绿色桌花", "洋牡丹花束", "红掌绿植")),
    *_rows("12345", "fruit", DAILY, "KT", (120, 80, 50, 30, 20), FRUITS, "09:30"),
    *_rows("123", "wine", FIRST, "FB", (480, 320, 160), ("干红葡萄酒一支", "十年陈花雕一坛", "无醇起泡饮一支", "手工龙井茶一罐")),
    *_rows("12", "sweets", FIRST, "KT", (120, 80), ("黑巧克力六枚", "花生酥一盒", "绿豆糕六枚")),
    *_rows("1234", "specialty", FIRST, "KT", (100, 60, 50, 40), ("扯白糖礼袋", "香榧一罐", "霉干菜酥饼", "桂花茶一罐")),
    *_rows("5", "drink", FIRST, "FB", (20,), ("桂花乌龙", "姜茶", "鲜榨橙汁")),
    *_rows("12345", "card", FIRST, "SM", (10, 10, 10, 5, 5), ("总经理亲笔信", "手绘水乡明信片", "越剧脸谱贺卡")),
    *_rows("12", "turndown", DAILY, "HK", (80, 60), ("青瓷小碟", "檀香书签", "助眠香囊", "丝绸眼罩", "木雕小船"), "19:00"),
    *_rows("34", "turndown", FIRST, "HK", (50, 30), ("助眠香囊", "丝绸眼罩", "檀香书签"), "19:00"),
    *_rows("12", "robe", FIRST, "HK", (260, 220), ("姓名缩写浴袍",)),
    *_rows("123", "newspaper", DAILY, "FO", (10, 10, 5), ("当日报纸一份",), "07:00"),
    *_rows("123", "gift", EVE, "SM", (380, 260, 180), ("青瓷茶具一套", "黄酒礼盒", "丝巾一条", "手工龙井礼盒")),
)


def matrix_of(own: Iterable[Row]) -> list[Row]:
    """The matrix that holds: the hotel's own rows of a level, for a level without any those the program begins with."""
    mine = [row for row in own if not row.get("retired")]
    levels = {row["level"] for row in mine}
    return [*mine, *(row for row in DEFAULTS if row["level"] not in levels)]


def variants_of(row: Row) -> list[str]:
    """What one may choose from."""
    return list(dict.fromkeys(line.strip() for line in str(row["variants"] or "").splitlines() if line.strip()))


def due(rows: Iterable[Row], day: str) -> list[Row]:
    """What is to be handed out by a day and was not."""
    return [row for row in rows if row["state"] == PLANNED and row["day"] <= day]


def check_amenity(row: Row) -> Problems:
    """There is something to choose from."""
    return {} if variants_of({"variants": row.get("variants")}) else {"variants": Text("Write at least one variant, each on a line of its own")}


def days_of(rule: str, arrival: str, departure: str) -> list[str]:
    """The days of a stay an item is there for; a stay of one day has its first day only."""
    nights = min(max(1, days_between(arrival, departure)), MOST_DAYS)
    every = [add_days(arrival, n) for n in range(nights)]
    return {FIRST: every[:1], DAILY: every, AFTER: every[1:], EVE: every[-1:]}.get(rule, [])


class Why(NamedTuple):
    """Why a variant was chosen or all were struck, and the words it is about."""

    code: str
    about: str = ""


class Given(NamedTuple):
    """One thing for one day: `name` is what it will be, '' where nothing may be; `position` the row of the matrix."""

    day: str
    time: str
    kind: str
    name: str
    department: str
    cost: int
    position: int
    why: Why


class Guest:
    """What decides about a guest's amenities: the facts, what the reception's own line refuses, the names of things given
    at earlier receptions (the last one first)."""

    def __init__(self, facts: Sequence[Fact], own: str = "", past: Sequence[Collection[str]] = (), official: bool = False) -> None:
        self.codes = forbidden(facts, own)
        self.nevers = [own, *(fact.name for fact in facts if fact.polarity == NEVER)]
        self.dislikes = [fact.name for fact in facts if fact.polarity == DISLIKE]
        self.likes = [subject(fact.name) for fact in facts if fact.polarity in WANTED]
        self.fours = any(FOURS.search(text) and re.search("礼|数字|成四|gift|number", text, re.IGNORECASE) for text in self.nevers)
        self.past, self.official = list(past), official

    def never(self, name: str) -> str:
        """The words of a thing that this guest must never meet; '' when there are none."""
        found = clashes(name, self.codes, self.nevers)
        if found:
            return found[0].word
        four = _NOT_FOUR.search(name) if self.fours else None
        return four.group() if four else ""

    def disliked(self, name: str) -> bool:
        """True when the guest would rather not have it."""
        return bool(clashes(name, (), self.dislikes))

    def liked(self, name: str) -> bool:
        """True when the guest is known to like it."""
        return any(len(like) > 1 and (asks_for(name, like) or any(part in like for part in _parts(name))) for like in self.likes)

    def ago(self, name: str) -> int:
        """How many receptions ago it was given; a large number when never."""
        return next((at for at, names in enumerate(self.past) if name in names), 99)


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[、，,\s]+", name) if len(part) > 1]


def choose(row: Row, guest: Guest, today: Collection[str] = ()) -> tuple[str, Why]:
    """The variant of a row for a guest, and why; ('', why) where nothing may be given.

    `today`: what this stay has of the kind already: used again only when nothing else is left. What was given last time is
    never given again, unless the row has one variant only (a newspaper)."""
    variants = variants_of(row)
    if guest.official and (row["kind"] in OFFICIAL or all(struck(name) for name in variants)):
        return "", Why(UNOFFICIAL)
    bad = {name: word for name in variants if (word := guest.never(name))}
    left = [name for name in variants if name not in bad and not (guest.official and struck(name))]
    if not left:
        return "", Why(FORBIDDEN, " · ".join(dict.fromkeys(bad.values())))
    fresh = [name for name in left if guest.ago(name) > 0] if len(variants) > 1 else left
    if not fresh:
        return "", Why(SAME, " · ".join(left))
    best = min(fresh, key=lambda name: (name in today, guest.disliked(name), -guest.ago(name), not guest.liked(name), variants.index(name)))
    if bad and variants.index(best) and variants[0] in bad:
        return best, Why(FORBIDDEN, bad[variants[0]])
    if guest.liked(best):
        return best, Why(LIKED)
    return best, Why(VARIED if any(guest.ago(name) == 0 for name in left) and len(variants) > 1 else CHOSEN)


def issue(matrix: Sequence[Row], level: str, stay: Mapping[str, str], guest: Guest) -> list[Given]:
    """Everything a reception gets, day by day; `level` is one of the matrix, `stay` has arrival with its time and departure."""
    found: list[Given] = []
    for position, row in enumerate(row for row in matrix if row["level"] == level):
        names: list[str] = []
        for day in days_of(str(row["day"]), stay["arrival"], stay["departure"]):
            name, why = choose(row, guest, names[-(len(variants_of(row)) - 1) :] if len(names) else ())
            names += [name] if name else []
            found.append(Given(day, _time(row, day, stay), str(row["kind"]), name, str(row["department"] or ""), int(row["cost"] or 0) if name else 0, position, why))
    return sorted(found, key=lambda one: (one.day, one.position))


def _time(row: Row, day: str, stay: Mapping[str, str]) -> str:
    """When it is brought: what the matrix says, but lies in the room already where that hour is over before the guest comes."""
    at = str(row["at"] or "")
    return "" if day == stay["arrival"] and at < str(stay.get("arrival_time") or "") else at


def cap_of(stay: Row, level: Row | None) -> int:
    """What a reception may cost in all: its own cap, else the level's daily cap for its nights (minor units); 0 = no cap."""
    if stay.get("cost_cap"):
        return int(stay["cost_cap"])
    nights = max(1, days_between(stay["arrival"], stay["departure"]))
    return int(level["cap"] or 0) * nights if level else 0
