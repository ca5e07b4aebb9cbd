"""Rules of people: when their birthday is, by either calendar, and how they are addressed."""

from __future__ import annotations

import re

from crm_desktop.record import phones
from crm_desktop.record.anniversaries import (
    birthday_key,
    birthday_words,
    is_lunar,
    keys_on,
    next_birthday,
    right_lunar_day,
)
from crm_desktop.record.dates import business_date
from crm_desktop.record.later import pattern
from crm_desktop.record.record import Row
from crm_desktop.record.text import Text

__all__ = [
    "address", "birthday_key", "birthday_words", "coming_birthday", "is_lunar", "keys_on", "next_birthday", "right_lunar_day", "settle_person", "surname",
]  # fmt: skip

# birthdays


def settle_person(row: Row) -> Row:
    """The column by which people are found on their birthday, and phones in one way of writing."""
    birth_day = birthday_key(str(row.get("birthday") or ""), str(row.get("lunar_birthday") or ""))
    return {"birth_day": birth_day, "phone": phones.tidy(str(row.get("phone") or ""))}


def coming_birthday(key: str) -> str:
    """The next birthday from today on, for lists."""
    return next_birthday(key, business_date())



# how to address somebody

COMPOUND = (
    "欧阳", "司徒", "上官", "诸葛", "司马", "东方", "独孤", "南宫", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙", "轩辕",
    "端木", "百里", "东郭", "申屠", "太史", "闻人", "澹台", "赫连", "钟离", "濮阳", "淳于", "单于", "万俟", "鲜于", "拓跋", "呼延", "乐正",
)  # fmt: skip
_HAN = pattern(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_TITLES = {"mr": Text("Mr"), "ms": Text("Ms"), "dr": Text("Dr"), "prof": Text("Prof.")}
_BY_SEX = {"male": "mr", "female": "ms"}


def surname(name: str) -> str:
    """What stands with the title: 霍 of 霍明翊, 欧阳 of 欧阳朝朝, 小林 of 小林 遥, the given name of 阿依努尔·买合木提
    (whose second part is the father's), Miller of Anna Miller."""
    name = " ".join(name.split())
    first, _, rest = name.partition(" ")
    if "·" in name or "•" in name:
        return re.split("[·•]", name)[0].strip()
    if _HAN.fullmatch(first):
        if rest or len(first) <= 1:
            return first
        return first[:2] if first.startswith(COMPOUND) and len(first) > 2 else first[:1]
    return name.rsplit(" ", 1)[-1]


def address(row: Row) -> Text | str:
    """How a person is addressed: as written down, else title and surname, else the whole name."""
    if called := str(row.get("called") or ""):
        return called
    name, title = str(row.get("name") or ""), str(row.get("title") or "") or _BY_SEX.get(str(row.get("sex") or ""), "")
    if not title or not name:
        return name
    return Text("{title} {surname}", title=_TITLES[title], surname=surname(name)) if title in _TITLES else name
