"""Declarations: a record is declared once, and its table, form, list, search, files and words come from that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crm_desktop.record.alike import Evidence, key_terms
from crm_desktop.record.dated import Dated
from crm_desktop.record.field import Field, Problems, Row, as_kept
from crm_desktop.record.kinds import NEVER_NULL, TEXTUAL, Kind, Value
from crm_desktop.record.machine import Machine
from crm_desktop.record.series import Series
from crm_desktop.record.spelling import Spelled
from crm_desktop.record.terms import sort_key, terms
from crm_desktop.record.text import Text

if TYPE_CHECKING:
    from crm_desktop.record.lines import Lines

__all__ = ["Field", "Figure", "Index", "Problems", "Record", "Rollup", "Row", "Section"]

OWN_COLUMNS = frozenset(("id", "version", "gone", "sort", "terms"))  # what every table has besides its fields


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
    """An index of the record's living rows; `unique` ones leave out rows where the last column is empty.

    One that is `apart` is only used by lists narrowed to one value of its first column, a text: the engine, which does not
    know how often a value occurs, must not choose it for anything else."""

    def __init__(self, *columns: str, unique: bool = False, apart: bool = False) -> None:
        self.columns, self.unique, self.apart = columns, unique, apart


def _nothing(_row: Row) -> Row:
    return {}


def _no_keys(_row: Row) -> Sequence[str]:
    return ()


def _fine(_row: Row) -> Problems:
    return {}


class Record:
    """A kind of thing the hotel keeps: its fields in the sections of its form, and how it is listed and found.

    `settle(row)` gives the columns worked out from those named in `settle_on`, `check(row)` what is wrong, by field,
    from those named in `check_on`: both see no other columns, so that a file's rows are settled and checked once for
    each different combination (`account_id.type` there is a column of the row referred to; only the desk knows it);
    `listed` the columns of its list in order, `sorted_by` the list's first order (`-name` = descending);
    `filters` the choice columns a list can be narrowed by; `code` and `name` the columns a reference shows;
    `machine` the steps its rows go through; `lasting` says why its rows are never removed, `final` why adding one is not taken back; `papers`: files may lie by a row; `currency` the column that says what its amounts are in;
    `by_hand` false: its rows are only written by actions of its duty;
    `titled` the reference whose name heads a row's sheet, where the row has none of its own; `faded` (column,
    values): rows a list shows in a softer colour;
    `orders` names further orders of its list, by columns of rows it refers to (`guest_id.vip`), empty ones last;
    `ranked` are the columns that put rows of equal words in order when they are searched ("-nights": the largest first).
    `area` says whose work the rows are (record/rights.py), `owners` the columns of those whose rows they are (`owner_id`
    where there is one), `follows` the references whose owners they are as well, `about` (record, row) the columns of the
    row they lie by;
    `note` the columns that tell rows of one name apart in a search; `numbers` the columns a file's row is known by
    without being unique, the number itself last (a booking number of a hotel); `former` texts
    of older versions and the references that took their place; `shapes` its parts in files that
    are no tables: vcf for people, ics for what has a day (part -> field); `alike(row)` the keys that two rows which may be one have
    in common, from the columns in `alike_on`, and `compare` how sure it is that they are; `dated` the columns whose former
    values are kept with their days; `along` (column, value): rows the program made by itself, which go with what they are about;
    `series`: the numbers that new rows get as their code where none was typed (letters alone: of each day, `TS261118-01`);
    `spelled` how a file's row is known by a number written in several ways; `ties` pairs of columns of which the first is
    never less than the second, a kept sum; `leaving` names a `module:function` called with the desk, the writing and a row that
    somebody removes, `joining` one called with a new row; `fresh()`: what a new row begins with besides its defaults (this moment);
    `effect` names what a saved change of the columns in `effect_on` does to other rows in the same action (see `Move.effect`);
    `lines`: rows of others that are typed in its form and saved with it; `brought` names a `module:function` called with the
    desk, the writing and the ids of the rows a file brought or changed; `approved`: its rows are written only by those who approve
    this kind (rights.APPROVALS); `nothing`: what its empty list says."""

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
        final: Text | None = None,
        papers: bool = True,
        currency: str = "",
        by_hand: bool = True,
        titled: str = "",
        faded: tuple[str, Sequence[str]] | None = None,
        former: Mapping[str, str] | None = None,
        ranked: Sequence[str] = (),
        area: str = "work",
        owners: Sequence[str] | None = None,
        follows: Sequence[str] = (),
        about: Sequence[str] = (),
        alike: Callable[[Row], Sequence[str]] = _no_keys,
        alike_on: Sequence[str] = (),
        compare: Callable[[Row, Row], Evidence] | None = None,
        dated: Sequence[Dated] = (),
        shapes: Mapping[str, Mapping[str, str]] | None = None,
        along: tuple[str, str] = ("", ""),
        series: Series | str = "",
        spelled: Spelled | None = None,
        orders: Mapping[str, Sequence[str]] | None = None,
        ties: Sequence[tuple[str, str]] = (),
        leaving: str = "",
        joining: str = "",
        fresh: Callable[[], Row] = dict,
        effect: str = "",
        effect_on: Sequence[str] = (),
        lines: Sequence[Lines] = (),
        brought: str = "",
        approved: str = "",
        nothing: Text | None = None,
    ) -> None:
        self.lines, self.brought, self.approved, self.nothing = tuple(lines), brought, approved, nothing
        self.effect, self.effect_on = effect, tuple(effect_on)
        self.along, self.spelled, self.orders = along, spelled, dict(orders or {})
        self.ties, self.leaving, self.joining = tuple(ties), leaving, joining
        self.fresh = fresh
        self.series = Series(series, yearly=False) if series and isinstance(series, str) else series or None
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
        self.lasting, self.final, self.papers = lasting, final, papers
        if machine and self.by_name[machine.field].codes:
            raise ValueError(f"{key}: the states of a machine are no list for a hotel to edit")
        self.titled, self.faded = titled, faded
        self.machine, self.currency, self.former = machine, currency, dict(former or {})
        self.by_hand, self.dated = by_hand, tuple(dated)
        self.shapes = shapes or {}
        self.alike, self.alike_on = alike, tuple(name for name in alike_on if name in self.by_name)
        self.compare = compare
        self.ranked = tuple(ranked)
        self.area, self.follows, self.about = area, tuple(follows), tuple(about)
        self.owners = tuple(owners) if owners is not None else tuple(n for n in ("owner_id",) if n in self.by_name)

    def _declare(self, extra: Sequence[Field]) -> None:
        """The fields, and what is known from them alone."""
        declared = tuple(f for s in self.sections for f in s.fields) + tuple(extra)
        self.fields: tuple[Field, ...] = tuple(f for f in declared if not f.work)
        self.worked = tuple(f for f in declared if f.work)
        self.by_name = {f.name: f for f in declared}
        if taken := self.by_name.keys() & OWN_COLUMNS:
            raise ValueError(f"{self.key}: columns of every table: {sorted(taken)}")
        self.import_key = next((f.name for f in self.fields if f.kind == Kind.KEY), "")  # tells rows from files apart
        self.searched = tuple(f.name for f in self.fields if f.searched)
        self._references = tuple(f for f in self.fields if f.kind == Kind.REF)
        for field in declared:
            field.declare(self.title)

    @property
    def numbered(self) -> str:
        """The column of the number rows are found by that have no search words: their name is a code with an index."""
        name = self.by_name.get(self.name)
        known = name is not None and name.kind == Kind.CODE and any(index.columns[0] == self.name for index in self.indexes)
        return self.name if known and not self.searched else ""

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
        worked = self.settle({name: row.get(name) for name in self.settle_on})
        return worked | self.found_by(row | worked)  # found by what is kept, not by how it was typed

    def found_by(self, row: Row) -> Row:
        """The sort key and search terms of a row; nothing for a record that is not searched."""
        if not self.searched:
            return {}
        return {
            "sort": sort_key(str(row.get(self.name) or "")),
            "terms": " ".join([terms(*(str(row.get(n) or "") for n in self.searched)), *key_terms(self.alike(row))]).strip(),
        }

    @property
    def found_on(self) -> tuple[str, ...]:
        """The columns that `found_by` reads."""
        return tuple(dict.fromkeys((self.name, *self.searched, *self.alike_on)))

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
            out[name] = as_kept(field, value) if field is not None and value.__class__ is str else value
        return out

    def work(self, row: Row) -> Row:
        """What the `work` fields show of a row."""
        return {f.name: f.work(*(row.get(name) for name in f.of)) for f in self.worked if f.work}

    def references(self) -> tuple[Field, ...]:
        """The fields that point to other records."""
        return self._references


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
