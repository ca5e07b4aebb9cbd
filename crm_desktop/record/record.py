"""Declarations: a record is declared once, and its table, form, list, search, files and words come from that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from crm_desktop.record import codes as code_lists
from crm_desktop.record.codes import Choice
from crm_desktop.record.kinds import NEVER_NULL, TEXTUAL, Kind, Value, shown
from crm_desktop.record.machine import Machine
from crm_desktop.record.terms import sort_key, terms
from crm_desktop.record.text import Text

Row = dict[str, Value]
Problems = dict[str, Text]  # field name -> what would be right


class Field:
    """One value of a record.

    `codes` names the list the hotel may edit, which starts with `choices`; `once`: given to a new row, never changed after.
    `closed`: only the listed choices may be saved; `words`: other headings files use for it; `make(code, name)` gives
    the row a file may make for a missing target of a REF.
    `data` is its data class (public, internal, personal, sensitive); `ref` names the record a REF points to and
    `ref_where` narrows it to (column, value), `ref_name` and `ref_code` are the columns of it that a reference shows;
    `settled` columns are worked out from the others by the record's
    `settle`, `derived` ones from other rows by the store: neither stands in a form or a file.
    `least` and `most` bound a number (money in minor units). A `work` field is no column: `work(*values)` gives what it
    shows from the columns named in `of` (days past due, from the due date and the balance);
    `tint(value)` names the colour a list shows it in."""

    def __init__(
        self,
        name: str,
        label: Text,
        kind: Kind = Kind.TEXT,
        *,
        required: bool = False,
        default: Value = None,
        searched: bool = False,
        data: str = "internal",
        ref: str = "",
        ref_where: tuple[str, str] | None = None,
        ref_name: str = "name",
        ref_code: str = "code",
        choices: Sequence[Choice] = (),
        codes: str = "",
        once: bool = False,
        help: Text | None = None,
        settled: bool = False,
        derived: bool = False,
        wide: bool = False,
        hidden: bool = False,
        width: int = 0,
        words: Sequence[str] = (),
        closed: bool = False,
        make: Callable[[str, str], Row] | None = None,
        least: int | None = None,
        most: int | None = None,
        work: Callable[..., Value] | None = None,
        of: Sequence[str] = (),
        tint: Callable[[Any], str] | None = None,
    ) -> None:
        self.closed, self.make = closed, make
        self.work, self.of, self.tint = work, tuple(of), tint
        self.least, self.most = least, most
        self.name, self.label, self.kind = name, label, kind
        self.required, self.searched, self.data = required, searched, data
        self.ref, self.ref_where, self.ref_name, self.ref_code = ref, ref_where, ref_name, ref_code
        self._choices, self.codes, self.once = tuple(choices), codes, once
        if codes and closed and codes != code_lists.LISTS:
            raise ValueError(f"{name}: what the program itself goes by is no list for a hotel to edit")
        self.help, self.settled, self.derived = help, settled, derived
        self.wide, self.hidden, self.width = wide, hidden, width
        self.words = tuple(words)
        self.default: Value = default if default is not None else empty(kind)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Every choice there is or was: what a stored code means."""
        return code_lists.choices(self.codes, self._choices) if self.codes else self._choices

    @property
    def offered(self) -> tuple[Choice, ...]:
        """The choices for something new."""
        return code_lists.offered(self.codes, self._choices) if self.codes else self._choices

    def declare(self, record: Text) -> None:
        """Make the field's list known, under the words of its record."""
        if self.codes and self.codes != code_lists.LISTS:
            code_lists.declare(self.codes, Text("{record}: {field}", record=record, field=self.label), self._choices)

    @property
    def stored(self) -> bool:
        """True for what a person or a file gives, false for what is worked out."""
        return not (self.settled or self.derived or self.work)

    def out_of_bounds(self, value: Value) -> Text | None:
        """What is wrong with a number outside its bounds."""
        if self.least is not None and value is not None and value < self.least:
            least = Text("This must be at least {least}", least=shown(self.kind, self.least))
            return least if self.least else Text("This cannot be less than nothing")
        return Text("This number is too large") if self.most is not None and value is not None and value > self.most else None

    def tone(self, value: Value) -> str:
        """The colour name of a choice's chip, or nothing."""
        return next((tone for code, _, tone in self.choices if code == value), "")

    def choice_text(self, value: str) -> Text | str:
        """The words of a choice's code; a code the list does not know stays as it is."""
        return next((text for code, text, _ in self.choices if code == value), value)


def empty(kind: Kind) -> Value:
    """What a field of this kind holds when nobody gave a value."""
    if kind in TEXTUAL:
        return ""
    return 0 if kind in NEVER_NULL else None


class Section:
    """A group of fields, as one box of the paper form."""

    def __init__(self, title: Text, *fields: Field) -> None:
        self.title, self.fields = title, fields


class Rollup:
    """Figures that rows of this record add up in the rows they refer to.

    `by`: the REF columns; `sums`: target column -> columns multiplied (none = a count); `last`: target column ->
    date column whose greatest value is kept; where `when` is named, only rows whose column of that name holds `value` count."""

    def __init__(
        self, by: Sequence[str], sums: Mapping[str, Sequence[str]], last: Mapping[str, str], when: str = "", value: str = ""
    ) -> None:
        self.by, self.sums, self.last = tuple(by), dict(sums), dict(last)
        self.when, self.value = when, value


class Index:
    """An index of the record's living rows; `unique` ones leave out rows where the last column is empty."""

    def __init__(self, *columns: str, unique: bool = False) -> None:
        self.columns, self.unique = columns, unique


def _nothing(_row: Row) -> Row:
    return {}


def _fine(_row: Row) -> Problems:
    return {}


class Record:
    """A kind of thing the hotel keeps: its fields in the sections of its form, and how it is listed and found.

    `settle(row)` gives the columns worked out from those named in `settle_on`, `check(row)` what is wrong, by field,
    from those named in `check_on`: both see no other columns, so that a file's rows are settled and checked once for
    each different combination (`account_id.type` there is a column of the row referred to; only the desk knows it);
    `listed` the columns of its list in order, `sorted_by` the list's first order (`-name` = descending);
    `filters` the choice columns a list can be narrowed by; `code` and `name` the columns a reference shows;
    `machine` the steps its rows go through; `lasting` says why its rows are never removed; `papers`: files may lie by a row; `currency` the column that says what its amounts are in;
    `by_hand` false: its rows are only written by actions of its duty;
    `titled` the reference whose name heads a row's sheet, where the row has none of its own; `faded` (column,
    values): rows a list shows in a softer colour;
    `note` the columns that tell rows of one name apart in a search; `numbers` the columns a file's row is known by
    without being unique, the number itself last (a booking number of a hotel); `former` texts
    of older versions and the references that took their place."""

    def __init__(
        self,
        key: str,
        title: Text,
        many: Text,
        *sections: Section,
        extra: Sequence[Field] = (),
        name: str = "name",
        code: str = "code",
        listed: Sequence[str] = (),
        sorted_by: str = "",
        sortable: Sequence[str] = (),
        filters: Sequence[str] = (),
        indexes: Sequence[Index] = (),
        rollups: Sequence[Rollup] = (),
        settle: Callable[[Row], Row] = _nothing,
        settle_on: Sequence[str] = (),
        check: Callable[[Row], Problems] = _fine,
        check_on: Sequence[str] = (),
        file_word: str = "",
        note: Sequence[str] = (),
        numbers: Sequence[Sequence[str]] = (),
        machine: Machine | None = None,
        lasting: Text | None = None,
        papers: bool = True,
        currency: str = "",
        by_hand: bool = True,
        titled: str = "",
        faded: tuple[str, Sequence[str]] | None = None,
        former: Mapping[str, str] | None = None,
    ) -> None:
        self.key, self.title, self.many = key, title, many
        self.sections = sections
        self._declare(extra)
        self.name, self.code = name, code
        self.listed, self.filters = tuple(listed), tuple(filters)
        self.sorted_by, self.sortable = sorted_by, tuple(sortable)
        self.indexes, self.rollups = tuple(indexes), tuple(rollups)
        self.settle, self.settle_on = settle, tuple(settle_on)
        self.check, self.check_on = check, tuple(check_on)
        self.file_word = file_word or key
        self.note, self.numbers = tuple(note), tuple(tuple(columns) for columns in numbers)
        self.lasting, self.papers = lasting, papers
        if machine and self.by_name[machine.field].codes:
            raise ValueError(f"{key}: the states of a machine are no list for a hotel to edit")
        self.titled, self.faded = titled, faded
        self.machine, self.currency, self.former = machine, currency, dict(former or {})
        self.by_hand = by_hand

    def _declare(self, extra: Sequence[Field]) -> None:
        """The fields, and what is known from them alone."""
        declared = tuple(f for s in self.sections for f in s.fields) + tuple(extra)
        self.fields: tuple[Field, ...] = tuple(f for f in declared if not f.work)
        self.worked = tuple(f for f in declared if f.work)
        self.by_name = {f.name: f for f in declared}
        self.import_key = next((f.name for f in self.fields if f.kind == Kind.KEY), "")  # tells rows from files apart
        self.searched = tuple(f.name for f in self.fields if f.searched)
        for field in declared:
            field.declare(self.title)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every declared column in order, without id, version and gone."""
        return tuple(f.name for f in self.fields) + (("sort", "terms") if self.searched else ())

    @property
    def values(self) -> tuple[str, ...]:
        """The columns a person or file gives: what the log's digest covers and files hold."""
        return tuple(f.name for f in self.fields if f.stored)

    def blank(self) -> Row:
        """A new row with every default, as a form begins."""
        return {f.name: f.default for f in self.fields if not f.derived}

    def settled(self, row: Row) -> Row:
        """The columns worked out from the others: the record's own, the search terms and the sort key."""
        return self.settle({name: row.get(name) for name in self.settle_on}) | self.found_by(row)

    def found_by(self, row: Row) -> Row:
        """The sort key and search terms of a row; nothing for a record that is not searched."""
        if not self.searched:
            return {}
        return {
            "sort": sort_key(str(row.get(self.name) or "")),
            "terms": terms(*(str(row.get(n) or "") for n in self.searched)),
        }

    def problems(self, row: Row) -> Problems:
        """What is wrong with a row, by field; nothing when it may be saved."""
        missing: dict[str, Text] = {
            f.name: Text("{label} is needed here", label=f.label)
            for f in self.fields
            if f.required and f.kind != Kind.MONEY and row.get(f.name) in ("", None)
        }
        for field in self.fields:
            if field.closed and row.get(field.name) and not any(row[field.name] == code for code, _, _ in field.choices):
                missing[field.name] = Text("'{value}' is not one of the choices of {label}", value=row[field.name], label=field.label)
        bounds = {f.name: text for f in self.fields if (text := f.out_of_bounds(row.get(f.name)))}
        return missing or bounds or self.check({name: row.get(name) for name in self.check_on})

    def typed(self, values: Mapping[str, Value]) -> Row:
        """Values as the table keeps them; raises TypeError for one that no field of its kind holds.

        A wrong one would be turned into a right one by the database, and the log's digest would no longer fit."""
        out: Row = {}
        for name, value in values.items():
            field = self.by_name.get(name)
            value = int(value) if isinstance(value, bool) else value
            right = str if field is None or field.kind in TEXTUAL else int
            nothing = value is None and field is not None and field.kind not in NEVER_NULL
            if field is not None and not nothing and not isinstance(value, right):
                raise TypeError(f"{self.key}.{name} is no {field.kind}: {value!r}")
            out[name] = value
        return out

    def work(self, row: Row) -> Row:
        """What the `work` fields show of a row."""
        return {f.name: f.work(*(row.get(name) for name in f.of)) for f in self.worked if f.work}

    def references(self) -> tuple[Field, ...]:
        """The fields that point to other records."""
        return tuple(f for f in self.fields if f.kind == Kind.REF)


class Figure:
    """A number worth showing: its words, its value ready to read, and the filters that open its rows.

    `record` is the record of those rows; empty means that of the first list its duty shows in the sheet. `share` (a part and
    its whole, in one unit) is drawn as a bar below: what of a budget is spent."""

    def __init__(
        self,
        label: Text,
        value: str,
        tone: str = "",
        opens: Any = None,
        note: Text | str = "",
        record: str = "",
        share: tuple[int, int] | None = None,
    ) -> None:
        self.label, self.value, self.tone, self.opens, self.note = label, value, tone, opens, note
        self.record, self.share = record, share
