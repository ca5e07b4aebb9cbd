"""A guest's preference in one line: 1702 不吃花生 过敏 听太太说; Mr Smith likes a quiet room."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from crm_desktop.record.said import preference_words as words
from crm_desktop.record.said.line import END, HAN, NAMED, SEPARATORS, START, Said, Understood, any_of, pattern, plain
from crm_desktop.record.said.people import take_room
from crm_desktop.record.said.when import blank

_WORD = r"[^\s\0，。、；：,;:()]"
_VERB = r"(?:说(?![明服法话好])的?|告诉[我们]*|反映|反馈|交代|提醒|讲的?|提到过?|写的|证实)"
_WHO = "|".join(word for code in words.TOLD.values() for word in code.split() if not word.isascii() and word not in ("他说", "她说"))
_HEARD = rf"(?:听|据|从)(?P<who>{_WORD}{{1,8}}?){_VERB}"
_TOLD = rf"(?P<who>[他她]|(?:[{HAN}]{{0,3}}(?:{_WHO}))[{HAN}]{{0,3}}?){_VERB}|{START}(?P<other>{_WORD}{{1,8}}?){_VERB}(?:{END}|(?=[不要喜爱忌别讨怕清过]))"
_SEEN = (
    rf"(?P<who>亲眼看[到见]|(?:我们?|员工|{_WHO})?看[到见](?:的|过)?|观察到?的?|(?<![a-z])(?:seen|noticed|observed)(?: by (?:the )?[a-z ]+)?)"
)
_ENGLISH = (
    r"(?<![a-z])(?:(?:said|told|says|reported|according to|heard) (?:us )?(?:by |from )?|per |from )(?:the |his |her )?(?P<who>[a-z][a-z' -]{1,30}?)(?=$|[,;.\0])"
    r"|(?:^|(?<=[,;.\0] )|(?<=[,;.\0]))(?:the |his |her )?(?P<other>[a-z]+(?: [a-z]+)?) (?:said|says|told us)(?![a-z])"
)
_TITLE = "总|博士|先生|女士|太太|夫人|小姐|老师|经理|董|局长?|主任|院长|教授|处长?|书记|姐|哥|工"
_NAME = (
    rf"[\s，。、；：,;:]*(?P<name>(?:mr|mrs|ms|miss|dr)\.? [a-z][a-z'-]*(?: [a-z'-]+)?|[a-z][a-z'-]*(?: [a-z][a-z'-]*){{0,2}}(?=\s?(?:\0|[,:]))"
    rf"|[{HAN}·]{{1,14}}(?=[\s\0，、：,:]|$))"
)
_NO_NAME = r"早上|晚上|中午|下午|每天|每次|每晚|平时|一般|总是|客人|房间|这位|以前|今天|昨天|上次|the|guest|he|she|please|room|always|every|has|is"


class Preference(Understood):
    """`room` or `name` of whom; `text` the fact as written, `value` its object; `kind`, `polarity`, `told` codes;
    `source` and `evidence` words; `allergens` codes (`allergen` the first): see preference_words."""

    room = ""
    name = ""
    text = ""
    value = ""
    kind = ""
    polarity = ""
    source = ""
    told = ""
    evidence = ""
    allergens: tuple[str, ...] = ()

    @property
    def allergen(self) -> str:
        """The first allergen; '' without one."""
        return self.allergens[0] if self.allergens else ""


def preference(line: str, known_rooms: Iterable[str] = (), names: Iterable[str] = ()) -> Preference:
    """Understand a preference; `known_rooms` are numbers of rooms, `names` guests who may be meant."""
    names = tuple(names)
    said = Said(line, names)
    found = Preference(said)
    if blank(line):
        return found
    found.room = take_room(said, known_rooms)
    found.name = _take_known(said, names)
    found.evidence = " ".join(_take(said, "evidence", pattern(words.EVIDENCE)))
    _take_source(said, found)
    _take_polarity(said, found)
    _take_allergens(said, found)
    _take_kind(said, found)
    found.name = found.name or _take_name(said, bool(found.room))
    found.text, found.value = said.rest("polarity", "kind", "allergen"), said.rest("kind", "allergen")
    if not found.room and not found.name:
        found.doubts["name"] = ()
    found.close(said)
    return found


def _take(said: Said, field: str, what: re.Pattern[str]) -> list[str]:
    """Take every match; the letters as typed."""
    spans = [match.span() for match in what.finditer(said.text)]
    for start, end in spans:
        said.take(field, start, end)
    return [said.line[start:end] for start, end in spans]


def _take_known(said: Said, names: Iterable[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        start = said.spelled.find(plain(name)) if name else -1
        if start >= 0 and said.text.startswith(NAMED * len(name), start):
            said.take("name", start, start + len(name))
            return name
    return ""


def _take_source(said: Said, found: Preference) -> None:
    for source in (_HEARD, _TOLD, _SEEN, _ENGLISH):
        if match := pattern(source).search(said.text):
            group = "who" if match["who"] else "other"
            found.source = said.line[match.start(group) : match.end(group)].strip()
            said.take("source", *match.span())
            found.told = "seen" if source is _SEEN else _told(plain(found.source))
            return
    if pattern("医|doctor|medical|病历|诊断").search(plain(found.evidence)):
        found.told = "doctor"


def _told(who: str) -> str:
    if who in ("他", "她"):
        return "guest"
    return next((code for code, known in words.TOLD.items() if any_of(tuple(known.split())).search(who)), "other")


def _take_polarity(said: Said, found: Preference) -> None:
    codes: dict[str, None] = {}
    for match in list(pattern(words.POLARITY).finditer(said.text)):
        if match.lastgroup and match.lastgroup != "skip":
            codes[match.lastgroup] = None
            said.take("polarity", *match.span())
    strong = [code for code in words.POLARITIES if code in codes]
    mixed = "never" in codes or "dislike" in codes
    if not strong or (mixed and ("like" in codes or "must" in codes)):
        found.doubts["polarity"] = tuple(strong) or words.POLARITIES
    else:
        found.polarity = strong[0]


@cache
def _codes(table: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """All words of a table as one pattern, and the code of each; compiled when first needed."""
    tables = {"kinds": words.WORDS, "allergens": words.ALLERGENS}
    codes = {word: code for code, known in tables[table].items() for word in known.split()}
    return any_of((*codes, *words.NO_ALLERGEN) if table == "allergens" else tuple(codes)), codes


def _take_allergens(said: Said, found: Preference) -> None:
    """What a guest must not, or will not, meet; not what he likes."""
    if found.polarity in ("like", "must"):
        return
    known, codes = _codes("allergens")
    matches = [match for match in known.finditer(said.text) if match[0] in codes]
    found.allergens = tuple(dict.fromkeys(codes[match[0]] for match in matches))
    for match in matches:
        said.take("allergen", *match.span())


def _take_kind(said: Said, found: Preference) -> None:
    known, codes = _codes("kinds")
    matches = list(known.finditer(said.text))
    kinds = dict.fromkeys(codes[match[0]] for match in matches)
    kinds |= dict.fromkeys(codes[m[0]] for piece in said.pieces if piece.field == "polarity" for m in known.finditer(plain(piece.text)))
    kinds |= dict.fromkeys(words.KIND_OF.get(allergen, "food") for allergen in found.allergens)
    for match in matches:
        said.take("kind", *match.span())
    if not kinds:
        kinds = dict.fromkeys(words.WEAK[m[0]] for m in any_of(tuple(words.WEAK)).finditer(said.spelled))
    if len(kinds) == 1:
        found.kind = next(iter(kinds))
    else:
        found.doubts["kind"] = tuple(kinds) or words.KINDS


def _take_name(said: Said, titled: bool) -> str:
    """The words that begin the line; beside a room they must have a title."""
    room = next((piece.end for piece in said.pieces if piece.field == "room"), 0)
    match = pattern(_NAME).match(said.text, room)
    if not match or pattern(rf"(?:{_NO_NAME})(?![a-z])").match(match["name"]):
        return ""
    if titled and not pattern(rf"(?:{_TITLE})$|(?:mr|mrs|ms|miss|dr)\b").search(match["name"]):
        return ""
    said.take("name", *match.span("name"))
    return said.line[match.start("name") : match.end("name")].strip(SEPARATORS)
