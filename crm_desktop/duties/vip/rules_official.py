"""Rules of official receptions 公务接待: the letter they need, what they must not have, who may dine along."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.duties.vip.rules import asks_for
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

STRUCK: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (Text("red carpet"), ("红地毯", "red carpet")), (Text("banner"), ("横幅", "欢迎标语", "banner")),
    (Text("flowers and fruit in the room"), ("鲜花", "花篮", "花束", "果篮", "水果", "flower", "fruit")),
    (Text("extra toiletries"), ("额外洗漱", "高档洗漱", "toiletries")), (Text("gifts"), ("礼品", "礼物", "纪念品", "伴手礼", "gift", "souvenir")),
    (Text("cigarettes"), ("香烟", "卷烟", "cigarette")), (Text("alcohol"), ("酒", "茅台", "五粮液", "wine", "liquor", "beer", "alcohol")),
    (Text("luxury dishes"), ("鱼翅", "燕窝", "鲍鱼", "辽参", "shark fin", "bird's nest", "abalone")),
)  # fmt: skip


def struck(words: str) -> list[Text]:
    """What an official reception must not have, of what some words ask for."""
    for harmless in ("酒店", "酒杯", "酒精过敏"):
        words = words.replace(harmless, "")
    return [name for name, signs in STRUCK if any(asks_for(words, sign) for sign in signs)]


def asked(row: Row) -> str:
    """All that is asked for a reception, in its own words."""
    return "\n".join(str(row.get(name) or "") for name in ("must", "extras", "wording"))


def listed(names: Sequence[Text]) -> Text | str:
    """Some things in one line."""
    line: Text | str = ""
    for name in names:
        line = Text("{things}, {next}", things=line, next=name) if line else name
    return line


def companions_at_table(guests: int) -> int:
    """How many of the house may dine with official guests: three up to ten of them, a third above."""
    return 3 if guests <= 10 else guests // 3


def meal_problem(guests: int, hosts: int, earlier: str) -> Text | None:
    """Why a meal of an official reception is not served so: there is one working meal, `earlier` names it where it is another, and
    few of the house dine along."""
    if earlier:
        return Text("An official reception has one working meal, and that is the one of {meal}. What the guests pay themselves is a booking of its own.", meal=earlier)
    most = companions_at_table(guests)
    if hosts > most:
        return Text("With {guests} official guests at most {most} of the house dine along; {hosts} are named.", guests=guests, most=most, hosts=hosts)
    return None


def may_approve(row: Row) -> Text | None:
    """An official reception has its letter, and nothing that such a reception must not have."""
    if not row.get("official"):
        return None
    if not str(row.get("letter_no") or "").strip():
        return Text("An official reception needs the number of its letter first.")
    names = struck(asked(row))
    return Text("An official reception has none of: {things}. Take it out first.", things=listed(names)) if names else None
