"""How the columns of a file become the fields of a record.

A Mapping is either declared by a duty for one well-known file, or made on the spot from headings that name fields
(by key, by label in either language, or by another usual word)."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from crm_desktop.exchange.formulas import unguarded
from crm_desktop.record.kinds import PARSE, Kind
from crm_desktop.record.money import is_currency, parse_currency
from crm_desktop.record.record import Field, Record, Row
from crm_desktop.record.text import Refused, Text, both

Convert = Callable[[Any], Any]
Reference = tuple[str, str]  # (code, name): either may be empty
NONE: Reference = ("", "")
Beside = Callable[[Row, Row | None], Sequence[tuple[str, int, Row]]]  # (record key, id, values) of rows that come with one
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CODE = re.compile(r"[A-Za-z0-9._/-]{1,24}")


class Take:
    """One field from one column (`convert` gets its text) or from several (a tuple of texts).

    A REF field's converted value is (code, name) of the row it refers to; NONE means none. `day`: it is a date, though the record has
    no such field."""

    def __init__(self, field: str, columns: Sequence[str], convert: Convert, *, day: bool = False) -> None:
        self.field, self.columns, self.convert, self.day = field, tuple(columns), convert, day


HOTEL = "hotel_id"


class Whole(Protocol):
    """What reads a file as a whole, for one import: `mapping` is that of its rows, `finish` says what else comes with them."""

    mapping: Mapping

    def finish(self, reader: Any, keys: Any, prepared: Any, /) -> None: ...


class Mapping:
    """Takes for one record. `matching`: the fields whose values identify a row that has no number of its own;
    `number`: the field holding a booking number, when the file has one; `constants`: fields given for every row.
    `makes`: what else than the record says is made for a reference nobody knows yet: (code, name) -> values.
    `beside(row, before)` gives the rows of other records that come with a row which is new, or was `before` (the receipt of a
    bill that a file says is paid); a take of a field the record does not have only stands in that row.
    `own_days`: its takes know how this file writes days; `whole(reader, table, mapping)` looks at all of a file before its rows are taken."""

    def __init__(
        self, key: str, title: Text, record: Record, takes: Sequence[Take], *,
        matching: Sequence[str] = (), number: str = "", constants: dict[str, Any] | None = None, beside: Beside | None = None,
        makes: dict[str, Callable[[str, str], Row]] | None = None, own_days: bool = False,
        whole: Callable[[Any, Any, Mapping], Whole] | None = None,
    ) -> None:  # fmt: skip
        self.beside, self.own_days, self.whole = beside, own_days, whole
        self.key, self.title, self.record, self.takes = key, title, record, tuple(takes)
        self.matching, self.number = tuple(matching), number
        self.constants, self.makes = constants or {}, makes or {}

    @property
    def columns(self) -> list[str]:
        """Every file column it reads."""
        return list(dict.fromkeys(column for take in self.takes for column in take.columns))

    def given(self, constants: dict[str, Any]) -> Mapping:
        """The same mapping with further values for every row."""
        other = copy.copy(self)
        other.constants = self.constants | constants
        return other

    def fits(self, headings: Sequence[str]) -> bool:
        """True when the file has every column this mapping reads."""
        return set(self.columns) <= set(headings)


def plain_words(words: str) -> str:
    """A heading as it is compared: however it is written, DueDate, due_date and Due date are one."""
    apart = _HUMP.sub(" ", words.strip().strip("*：:"))  # DueDate is due date
    return apart.replace("_", " ").replace("　", " ").lower()


def heading(field: Field) -> str:
    """The stable heading of a field in a file: its name, without the mark of a reference."""
    return field.name.removesuffix("_id")


def known_words(record: Record) -> dict[str, Field]:
    """Every word a heading may use for a field, in the order of trust."""
    found: dict[str, Field] = {}
    fields = [field for field in record.fields if field.stored]
    for field in fields:
        found.setdefault(plain_words(heading(field)), field)
    for field in fields:
        for words in (*both(field.label), *field.words):
            found.setdefault(plain_words(words), field)
    for field in fields:
        for words in field.numbered:
            found.setdefault(plain_words(words), field)
    return found


def _number_beside(field: Field, title: str, headings: Sequence[str]) -> str:
    """The heading of the column with the codes of what a reference's own column names; '' where there is none."""
    known = {plain_words(words) for words in field.numbered}
    own = plain_words(title) in known
    return "" if own else next((other for other in headings if plain_words(other) in known), "")


def _named_beside(field: Field, title: str, headings: Sequence[str]) -> bool:
    """True for a column of codes beside one that names what it refers to: the pair is taken by the name."""
    if not field.numbered or plain_words(title) not in {plain_words(words) for words in field.numbered}:
        return False
    names = {plain_words(words) for words in (heading(field), *both(field.label), *field.words)}
    return any(plain_words(other) in names for other in headings)


NUMBER_OR_NAME = ("account", "customer", "client", "debtor")  # headings that hold numbers where a column of names stands beside them


def _name_beside(field: Field, title: str, headings: Sequence[str]) -> str:
    """The heading of the column with the names of what a column of numbers refers to; '' where there is none."""
    if plain_words(title) not in NUMBER_OR_NAME:
        return ""
    named = {plain_words(words) for words in field.words} - {*NUMBER_OR_NAME}
    return next((other for other in headings if plain_words(other) in named), "")


def recognise(record: Record, headings: Sequence[str]) -> dict[str, str]:
    """Which field each heading means: heading -> field name; headings nobody knows are left out."""
    words = known_words(record)
    found: dict[str, str] = {}
    for title in headings:
        field = words.get(plain_words(title))
        if field is not None and field.name not in found.values() and not _named_beside(field, title, headings):
            found[title] = field.name
    if "id" in headings:
        found["id"] = "id"
    return found


def counter(record: Record) -> Callable[[Sequence[str]], int]:
    """Counts how many fields of a record a row of headings names: what is known is looked up once for many rows."""
    words = known_words(record)

    def count(titles: Sequence[str]) -> int:
        named = {words[plain].name for title in titles if (plain := plain_words(title)) in words}
        return len(named) + ("id" in titles)

    return count


def from_headings(record: Record, headings: Sequence[str], chosen: dict[str, str] | None = None) -> Mapping:
    """A mapping from headings that name fields; `chosen` (heading -> field) overrides what is recognised.

    Raises Refused when a required field has no column."""
    found = recognise(record, headings) if chosen is None else dict(chosen)
    names = set(found.values())
    if len(names) < len(found):
        twice = next(title for title, name in found.items() if list(found.values()).count(name) > 1)
        raise Refused(Text("Another column has the same meaning as '{column}'; choose one of them.", column=twice))
    needed = [f for f in record.fields if f.required and f.stored and f.name != HOTEL and (f.default in ("", None) or f.kind == Kind.MONEY)]
    missing = [f for f in needed if f.name not in names]
    if missing or not names - {"id"}:
        raise Refused(
            Text("These headings are not those of {records}: no column for {field}.", records=record.many, field=missing[0].label)
            if missing
            else Text("None of the headings is known for {records}.", records=record.many)
        )
    takes = [_take(record, name, title, headings) for title, name in found.items()]
    matching = sorted(name for name in names if name not in ("id", record.import_key))
    return Mapping(
        "headings", Text("Recognised by its headings"), record, takes, matching=matching,
        number=next((columns[-1] for columns in identities(record) if columns[-1] in names), ""),
    )  # fmt: skip


class AskedHotel(Refused):
    """The rows of a file belong to one of several hotels and it does not say to which: `hotels` are their ids and names."""

    travels = True  # from process to process as what it is

    def __init__(self, hotels: Sequence[tuple[int, str]], field: Text) -> None:
        self.hotels, self.field = list(hotels), field
        words = Text("The file does not say which of the {count} hotels its rows belong to. Say which one, or add a column '{field}'.", count=len(hotels), field=field)
        super().__init__(words)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.hotels, self.field)


def in_hotel(mapping: Mapping, hotels: Sequence[tuple[int, str]]) -> Mapping:
    """The mapping of a file that does not say the hotel: its rows belong to the only one there is. Raises AskedHotel."""
    field = mapping.record.by_name.get(HOTEL)
    given = {take.field for take in mapping.takes} | set(mapping.constants)
    if field is None or not field.required or HOTEL in given:
        return mapping
    if len(hotels) != 1:
        raise AskedHotel(hotels, field.label)
    return mapping.given({HOTEL: hotels[0][0]})


def in_currency(mapping: Mapping, words: str) -> Mapping:
    """The mapping of a file that does not say what its amounts are in. Raises Refused for a currency nobody knows."""
    code, field = parse_currency(words), mapping.record.currency
    if not field or not is_currency(code):
        raise Refused(Text("'{currency}' is no currency for {records}. Nothing was imported.", currency=words, records=mapping.record.many))
    if field in {take.field for take in mapping.takes}:
        return mapping
    return mapping.given({field: code})


def identities(record: Record) -> list[tuple[str, ...]]:
    """The columns by which a file's row is known, the number itself last; first those that several rows may share."""
    return [*record.numbers, *(index.columns for index in record.indexes if index.unique)]


def _take(record: Record, name: str, title: str, headings: Sequence[str]) -> Take:
    field = record.by_name.get(name)
    if field is not None and field.kind == Kind.REF and f"{title} name" in headings:
        return Take(name, (title, f"{title} name"), code_and_name)
    if field is not None and (number := _number_beside(field, title, headings)):
        return Take(name, (number, title), code_and_name)
    if field is not None and field.numbered and (beside := _name_beside(field, title, headings)):
        return Take(name, (title, beside), code_and_name)
    if field is not None and field.numbered and plain_words(title) in {plain_words(words) for words in field.numbered}:
        return Take(name, (title,), lambda cell: code_and_name((cell, "")))
    if field is not None and name == record.currency and "id" not in headings:
        return Take(name, (title,), lambda cell: parse_currency(PARSE[Kind.CODE](unguarded(cell))) or field.default)
    own = "id" in headings and field is not None and title == heading(field)  # an export of ours: it holds codes as they are
    convert = PARSE[Kind.CHOICE] if own and field is not None and field.kind == Kind.CHOICE else _converter(record, name)
    return Take(name, (title,), lambda cell: convert(unguarded(cell)))


def text_of(cell: str) -> str:
    """A cell as one line of words, without the mark against formulas."""
    words: str = PARSE[Kind.TEXT](unguarded(cell))
    return words


def code_and_name(cells: tuple[str, str]) -> Reference:
    """A reference written as two columns."""
    code: str = PARSE[Kind.CODE](unguarded(cells[0]))
    name: str = PARSE[Kind.TEXT](unguarded(cells[1]))
    return (code, name) if code or name else NONE


def code_or_name(cell: str) -> Reference:
    """A reference written as one column: Latin letters and digits without a space are a code, the rest a name."""
    text: str = PARSE[Kind.TEXT](cell)
    return (text, "") if _CODE.fullmatch(text) else ("", text)


def _converter(record: Record, name: str) -> Convert:
    if name == "id":
        return _row_id
    field = record.by_name[name]
    if field.kind == Kind.REF:
        return code_or_name
    if field.kind == Kind.CHOICE:
        return choice_reader(field)
    return PARSE[field.kind]


def _row_id(cell: str) -> int | None:
    row_id: int | None = PARSE[Kind.KEY](cell)
    if row_id is not None and row_id <= 0:
        raise Refused(Text("'{value}' is not an id of this program", value=cell.strip()))
    return row_id


def choice_reader(field: Field) -> Convert:
    """Codes stay codes; the words of a choice, in either language or as other systems say it, become its code."""
    codes = dict(field.said)
    for code, text, _ in field.choices:
        english, chinese = both(text)
        for words in (chinese, english, code):
            codes[words.lower()] = code

    def convert(words: str) -> str:
        text: str = PARSE[Kind.CHOICE](words)
        return text if any(text == code for code, _, _ in field.choices) else codes.get(text.lower(), text)

    return convert
