"""Declarations and what comes of them."""

from __future__ import annotations

import pytest

from crm_desktop.duties import RECORDS, record_of
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.stays.records import HOTEL, STAY
from crm_desktop.record.field import empty
from crm_desktop.record.kinds import NEVER_NULL, TEXTUAL, Kind
from crm_desktop.record.record import Field, Record, Section
from crm_desktop.record.text import Text

NOTE = Record(
    "note", Text("Note"), Text("Notes"),
    Section(
        Text("Note"), Field("name", Text("Name"), required=True),
        Field("kind", Text("Kind"), Kind.CHOICE, closed=True, default="a", choices=(("a", Text("A"), "red"), ("b", Text("B"), ""))),
        Field("money", Text("Money"), Kind.MONEY, required=True), Field("until", Text("Until"), Kind.DATE),
    ),
    extra=(Field("words", Text("Words"), Kind.INT, settled=True), Field("uses", Text("Uses"), Kind.INT, derived=True)),
    settle=lambda row: {"words": len(row["name"].split())}, settle_on=("name",),
    check=lambda row: {"until": Text("too late")} if row["until"] > "2026" else {}, check_on=("until",),
)  # fmt: skip


def test_columns_and_values() -> None:
    assert NOTE.columns == ("name", "kind", "money", "until", "words", "uses")
    assert NOTE.values == ("name", "kind", "money", "until")
    assert NOTE.blank() == {"name": "", "kind": "a", "money": 0, "until": "", "words": None}
    assert NOTE.file_word == "note"
    assert ACCOUNT.columns[-2:] == ("sort", "terms")


def test_settled_and_found_by() -> None:
    assert NOTE.settled({"name": "two words", "money": 5}) == {"words": 2}
    assert HOTEL.settled({"name": "Grand", "code": "G1"}) == {"sort": "grand", "terms": "ªgr grand rand and ªg1"}


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"name": "x"}, {}), ({}, {"name"}), ({"name": ""}, {"name"}), ({"name": None}, {"name"}), ({"name": "x", "kind": "c"}, {"kind"}),
        ({"name": "x", "kind": ""}, set()), ({"name": "x", "money": 0}, set()), ({"name": "x", "until": "2027-01-01"}, {"until"}),
        ({"until": "2027-01-01"}, {"name"}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row(values: dict[str, object], wrong: set[str]) -> None:
    assert set(NOTE.problems(NOTE.blank() | values)) == set(wrong)


def test_choices() -> None:
    kind = NOTE.by_name["kind"]
    assert (kind.tone("a"), kind.tone("b"), kind.tone("?")) == ("red", "", "")
    assert (kind.choice_text("a"), kind.choice_text("?")) == (Text("A"), "?")


@pytest.mark.parametrize("kind", list(Kind))
def test_what_nothing_is(kind: Kind) -> None:
    assert empty(kind) == ("" if kind in TEXTUAL else 0 if kind in NEVER_NULL else None)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_declarations_name_what_they_declare(record: Record) -> None:
    names = [field.name for field in record.fields]
    assert len(names) == len(set(names))
    known = {*names, "id"}
    assert {name.partition(".")[0] for field in record.worked for name in field.of} <= known
    assert not set(names) & {field.name for field in record.worked}
    assert record.machine is None or record.by_name[record.machine.field].closed
    assert record.currency in ("", *names)
    assert (set(record.listed) - {field.name for field in record.worked}) | set(record.filters) | set(record.searched) | set(record.settle_on) | {name.partition(".")[0] for name in record.check_on} <= known
    assert {c for index in record.indexes for c in index.columns} <= known | {"sort"}
    assert record.sorted_by.lstrip("-") in record.sortable
    assert record.name in known
    assert not record.code or record.code in known
    assert record_of(record.key) is record
    for field in record.references():
        target = record_of(field.ref)
        assert (field.ref_name, field.ref_code) == (target.name, target.code if field.ref_code else "")
        assert {field.ref_name, field.ref_code} <= {"", *target.by_name}
        assert target.name in target.sortable  # a reference begins with the first ones by name
        assert field.ref_where is None or field.ref_where[0] in target.by_name
    for rollup in record.rollups:
        for by in rollup.by:
            assert {*rollup.sums, *rollup.last} <= {f.name for f in record_of(record.by_name[by].ref).fields if f.derived}
        assert {rollup.when, *rollup.last.values(), *(c for parts in rollup.sums.values() for c in parts)} <= {"", *names}


def test_a_new_stay_is_a_booking_for_one() -> None:
    blank = STAY.blank()
    assert (blank["status"], blank["adults"], blank["currency"], blank["nights"], blank["children"]) == ("Booked", 1, "CNY", 0, None)


@pytest.mark.parametrize(
    ("kind", "least", "most", "value", "words"),
    [
        (Kind.INT, 0, None, -1, "This cannot be less than nothing"), (Kind.INT, 1, None, 0, "This must be at least 1"),
        (Kind.INT, 1, 5, 6, "This must be at most 5"), (Kind.MONEY, 150_000, None, 149_999, "This must be at least 1,500.00"),
        (Kind.INT, 1, 5, 1, None), (Kind.INT, 1, 5, 5, None), (Kind.INT, 1, 5, None, None), (Kind.INT, None, None, -7, None),
    ],
)  # fmt: skip
def test_a_number_outside_its_bounds_is_said(kind: Kind, least: int | None, most: int | None, value: int | None, words: str | None) -> None:
    found = Field("n", Text("N"), kind, least=least, most=most).out_of_bounds(value)
    assert (str(found) if found else None) == words
