"""vCards 2.1, 3.0 and 4.0: one row a card, under the headings of people. Tolerant of what phones and mail programs write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from crm_desktop.exchange.foreign.child import Part
from crm_desktop.exchange.foreign.lines import Line, bare, lines, split, words_of
from crm_desktop.record.text import Refused, Text

HEADINGS = (
    "name", "account", "department", "position", "phone", "other phones", "email", "other emails", "birthday", "address",
    "website", "nickname", "categories", "remark", "uid",
)  # fmt: skip
NONE = Text("The file has no complete card in it.")
CUT = Text("The last card of the file is not finished: the file was cut off. Export it again.")
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:T.*)?")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def read(path: Path) -> Iterator[Part]:
    """The cards of a file as one sheet."""
    cards = list(cards_of(words_of(path)))
    if not cards:
        raise Refused(NONE)
    yield ("sheet", "vCard", 0)
    yield ("rows", [list(HEADINGS)])
    for at in range(0, len(cards), 500):
        yield ("rows", [row(card) for card in cards[at : at + 500]])


def cards_of(words: str) -> Iterator[list[Line]]:
    """The lines of each card; a card inside a card (an agent) stays out."""
    depth = 0
    held: list[Line] = []
    for line in lines(words):
        if line.name == "BEGIN" and line.value.strip().upper() == "VCARD":
            depth += 1
            if depth == 1:
                held = []
        elif line.name == "END" and line.value.strip().upper() == "VCARD" and depth:
            depth -= 1
            if not depth:
                yield held
        elif depth == 1:
            held.append(line)
    if depth:
        raise Refused(CUT)


def row(card: Iterable[Line]) -> list[str]:
    """The cells of one card."""
    by_name: dict[str, list[Line]] = {}
    for line in card:
        by_name.setdefault(line.name, []).append(line)

    def first(name: str) -> str:
        return bare(by_name[name][0].text).strip() if name in by_name else ""

    phones = _ranked(by_name.get("TEL", []), ("PREF", "CELL", "WORK"))
    emails = _ranked(by_name.get("EMAIL", []), ("PREF", "WORK", "INTERNET"))
    company = split(by_name["ORG"][0].text) if "ORG" in by_name else []
    remarks = [bare(line.text).strip() for line in by_name.get("NOTE", [])]
    return [
        first("FN") or _name(by_name) or next(filter(None, [*company, *emails, *phones]), ""),
        company[0] if company else "", " ".join(filter(None, company[1:])), first("TITLE") or first("ROLE"),
        phones[0] if phones else "", "; ".join(phones[1:]), emails[0] if emails else "", "; ".join(emails[1:]),
        _day(first("BDAY")), _address(by_name.get("ADR", [])), first("URL"), first("NICKNAME"),
        ", ".join(split(by_name["CATEGORIES"][0].text, ",")) if "CATEGORIES" in by_name else "", "\n".join(remarks), first("UID"),
    ]  # fmt: skip


def _name(by_name: dict[str, list[Line]]) -> str:
    """The name put together from its parts: family name first in Chinese, last elsewhere."""
    family, given, middle, before, after = [*split(by_name["N"][0].text), "", "", "", "", ""][:5] if "N" in by_name else [""] * 5
    if _CHINESE.search(family + given):
        return f"{family}{given}{middle}"
    return " ".join(filter(None, (before, given, middle, family, after))) or (bare(by_name["NICKNAME"][0].text) if "NICKNAME" in by_name else "")


def _ranked(found: list[Line], order: tuple[str, ...]) -> list[str]:
    """The values without doubles; the preferred ones first, faxes last."""

    def rank(line: Line) -> int:
        if "FAX" in line.types or "PAGER" in line.types:
            return len(order) + 1
        if line.parameters.get("PREF"):
            return 0
        return next((at for at, word in enumerate(order) if word in line.types), len(order))

    values = [re.sub(r"^(tel|mailto):", "", bare(line.text).strip(), flags=re.IGNORECASE) for line in sorted(found, key=rank)]
    return list(dict.fromkeys(filter(None, values)))


def _address(found: list[Line]) -> str:
    if not found:
        return ""
    box, extra, street, city, region, code, country = [*split(found[0].text), *[""] * 7][:7]
    if _CHINESE.search(street + city + region):
        return "".join((country, region, "" if city == region else city, street, extra, box)) + (f" {code}" if code else "")
    return ", ".join(part.strip(" ,") for part in filter(None, (box, extra, street, city, " ".join(filter(None, (region, code))), country))).replace("\n", ", ")


def _day(words: str) -> str:
    found = _DAY.fullmatch(words)
    return "-".join(found.groups()) if found else words
