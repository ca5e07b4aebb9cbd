"""Lists page by page: in both directions, by every column, with every filter, as a sorted list would be."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.stays.records import STAY
from crm_desktop.record.record import Record
from crm_desktop.record.terms import terms
from crm_desktop.record.text import Text
from crm_desktop.store import finding, pages, schema
from crm_desktop.store.pages import ListQuery
from crm_desktop.store.store import Store
from tests.samples import account, hotel, remove, row, stay

NAMES = ["Orient", "orient", "王小明", "王晓明", "Àngel", "", "阿里", "agent 9", "Agent 10", "😀", "Zhang"]


@pytest.fixture
def address(request: pytest.FixtureRequest, address: Path | str) -> Iterator[Path | str]:
    """On a server the house is filled once, and each test that asks for it gets a copy."""
    if isinstance(address, Path) or "house" not in request.fixturenames:
        yield address
        return
    server = request.getfixturevalue("postgres")

    def fill(empty: str) -> None:
        with Store(empty, RECORDS, create=True) as store:
            filled(Desk(store, "Li Na"))

    copy = server.fresh_database(server.template("house", fill))
    yield copy
    server.drop(copy)


@pytest.fixture
def house(desk: Desk) -> Desk:
    """Sixty accounts and ninety stays with many equal values; some are gone."""
    return filled(desk) if isinstance(desk.store.address, Path) else desk


def filled(desk: Desk) -> Desk:
    """The rows of the house."""
    chance = random.Random(7)
    house_id = hotel(desk)
    with desk.writing(Text("Filled")) as writing:
        accounts = [
            writing.add(ACCOUNT, {"name": chance.choice(NAMES) or "x", "kind": "company", "city": chance.choice(["", "上海"]), "code": chance.choice(["", f"C{n}"])})
            for n in range(60)
        ]
        for _ in range(90):
            day = f"2026-11-{chance.randint(1, 9):02d}"
            values = {
                "hotel_id": house_id, "arrival": day, "departure": f"2026-11-{chance.randint(10, 13)}", "rate": chance.choice([0, 100, 200, -5]),
                "status": chance.choice(["Check-Out", "Canceled", "Booked"]), "company_id": chance.choice([None, *accounts[:5]]),
                "segment": chance.choice(["", "Direct", "Groups"]), "booking_no": chance.choice(["", "B1", "B12", "C3"]), "room_no": chance.choice(["", "801", "0801"]),
            }  # fmt: skip
            writing.add(STAY, values)
    for row_id in accounts[50:55]:
        remove(desk, ACCOUNT, row_id)
    return desk


def wanted(desk: Desk, query: ListQuery, keep: Any = None) -> list[tuple[Any, int]]:
    """(sort value, id) of the living rows as a sorted list."""
    column = query.sort_sql
    stored = [field.name for field in query.record.fields]
    names = ", ".join(stored)
    found = desk.store.writer.execute(f"select id, {column}, {names} from {query.record.key} where gone is null").fetchall()
    rows = [(r[1], r[0]) for r in found if keep is None or keep(dict(zip(("id", *stored), (r[0], *r[2:]), strict=True)))]
    return sorted(rows, reverse=query.descending)


def walked(reader: Any, query: ListQuery, limit: int, backwards: bool) -> list[tuple[Any, int]]:
    """The whole list, page after page."""
    out: list[tuple[Any, int]] = []
    start = None
    while page := pages.fetch(reader, query, start=start, inclusive=False, backwards=backwards, limit=limit):
        places = [(r[1], r[0]) for r in page]
        out = places + out if backwards else out + places
        start = places[0] if backwards else places[-1]
    return out


CASES = [(record, name, down) for record in (ACCOUNT, PERSON, STAY) for name in record.sortable for down in (False, True)]


@pytest.mark.parametrize(("record", "name", "down"), CASES, ids=[f"{r.key}-{n}-{'down' if d else 'up'}" for r, n, d in CASES])
@pytest.mark.parametrize("backwards", [False, True])
def test_pages_are_the_sorted_list(house: Desk, reader: Any, record: Record, name: str, down: bool, backwards: bool) -> None:
    query = ListQuery(record, sort=name, descending=down)
    expected = wanted(house, query)
    for limit in (1, 7, 1000):
        assert walked(reader, query, limit, backwards) == expected
    assert pages.count(reader, query) == len(expected)


@pytest.mark.parametrize(("record", "name", "down"), CASES, ids=[f"{r.key}-{n}-{'down' if d else 'up'}" for r, n, d in CASES])
def test_a_page_from_any_place(house: Desk, reader: Any, record: Record, name: str, down: bool) -> None:
    query = ListQuery(record, sort=name, descending=down)
    expected = wanted(house, query)
    for at in range(0, len(expected), 9):
        place = expected[at]
        for inclusive, skip in ((True, 0), (False, 0), (True, 3), (False, 2)):
            found = pages.fetch(reader, query, start=place, inclusive=inclusive, skip=skip, limit=5)
            begin = at + (0 if inclusive else 1) + skip
            assert [(r[1], r[0]) for r in found] == expected[begin : begin + 5]
        found = pages.fetch(reader, query, start=place, backwards=True, skip=2, limit=5)
        assert [(r[1], r[0]) for r in found] == expected[max(0, at - 7) : max(0, at - 2)]
    assert [(r[1], r[0]) for r in pages.fetch(reader, query, backwards=True, limit=5)] == expected[-5:]
    assert [(r[1], r[0]) for r in pages.fetch(reader, query, skip=4, limit=5)] == expected[4:9]


def test_a_place_that_is_gone_is_still_a_place(house: Desk, reader: Any) -> None:
    query = ListQuery(STAY, sort="rate")
    expected = wanted(house, query)
    remove(house, STAY, expected[20][1])
    found = pages.fetch(reader, query, start=expected[20], inclusive=True, limit=5)
    assert [(r[1], r[0]) for r in found] == expected[21:26]


def test_cells_are_what_people_see(desk: Desk, reader: Any) -> None:
    orient = account(desk, "Orient", code="1")
    one = stay(desk, company_id=orient)
    (found,) = pages.fetch(reader, ListQuery(STAY, columns=("arrival", "company_id", "agency_id", "rate", "hotel_id", "nights")))
    assert found == (one, "2026-11-16", "2026-11-16", "Orient", None, 50_000, "City Hotel", 2)


def filters() -> list[Any]:
    return [
        pytest.param([("status", "=", "Check-Out")], lambda r: r["status"] == "Check-Out", id="equal"),
        pytest.param([("status", "<>", "Booked")], lambda r: r["status"] != "Booked", id="not equal"),
        pytest.param([("arrival", ">=", "2026-11-03"), ("arrival", "<", "2026-11-06")], lambda r: "2026-11-03" <= r["arrival"] < "2026-11-06", id="between"),
        pytest.param([("rate", ">", 0)], lambda r: r["rate"] > 0, id="more"),
        pytest.param([("rate", "<=", 0)], lambda r: r["rate"] <= 0, id="at most"),
        pytest.param([("status", "in", ("Booked", "Canceled"))], lambda r: r["status"] in ("Booked", "Canceled"), id="in"),
        pytest.param([("status", "not in", ("Booked", "Canceled"))], lambda r: r["status"] == "Check-Out", id="not in"),
        pytest.param([("status", "in", ())], lambda r: False, id="in nothing"),
        pytest.param([("status", "not in", ())], lambda r: True, id="not in nothing"),
        pytest.param([("segment", "=", "")], lambda r: r["segment"] == "", id="empty"),
        pytest.param([("*", "find", "B1")], lambda r: r["booking_no"].startswith("B1"), id="find a booking number"),
        pytest.param([("*", "find", "801")], lambda r: r["room_no"].startswith("801"), id="find a room"),
        pytest.param([("*", "find", " B12 ")], lambda r: r["booking_no"].startswith("B12"), id="find between blanks"),
    ]


@pytest.mark.parametrize(("given_filters", "keep"), filters())
def test_filters(house: Desk, reader: Any, given_filters: Any, keep: Any) -> None:
    for name in STAY.sortable:
        query = ListQuery(STAY, given_filters, name)
        expected = wanted(house, query, keep)
        assert walked(reader, query, 4, False) == expected
        assert pages.count(reader, query) == len(expected)


def test_either_of_two_columns(desk: Desk, reader: Any) -> None:
    agency, company = account(desk, "A", kind="agency"), account(desk, "C")
    ids = [stay(desk, agency_id=agency), stay(desk, company_id=company), stay(desk, agency_id=agency, company_id=company), stay(desk)]
    query = ListQuery(STAY, [("agency_id|company_id", "=", agency)])
    assert {r[0] for r in pages.fetch(reader, query)} == {ids[0], ids[2]}
    query = ListQuery(STAY, [("agency_id|company_id", "in", (agency, company))])
    assert {r[0] for r in pages.fetch(reader, query)} == set(ids[:3])


def test_words_find_stays_by_whom_they_are_for(desk: Desk, reader: Any) -> None:
    orient = account(desk, "东方公司", code="77")
    mine = stay(desk, company_id=orient)
    stay(desk)
    for words in ("东方", "dongfang", "df", "77", "gongsi dong"):
        assert [r[0] for r in pages.fetch(reader, ListQuery(STAY, [("*", "find", words)]))] == [mine], words
    assert pages.fetch(reader, ListQuery(STAY, [("*", "find", "西方")])) == []


@pytest.mark.parametrize("many", [0, 10**6])
@pytest.mark.parametrize("words", ["orient", "王", "wang", "C1", "agent", "8", "B1", "city", "zz"])
def test_words_find_the_same_stays_whether_few_or_many(house: Desk, reader: Any, monkeypatch: pytest.MonkeyPatch, words: str, many: int) -> None:
    """By the engine's plan for few rows or for many: the truth is the names of what the stays refer to."""
    monkeypatch.setattr(finding, "MANY_ROWS", many)
    monkeypatch.setattr(finding, "MANY_TARGETS", many)
    names = dict(house.store.writer.execute("select id, name || ' ' || code from account").fetchall())
    hotels = dict(house.store.writer.execute("select id, name from hotel").fetchall())

    def holds(r: dict[str, Any]) -> bool:
        told = [names.get(r["company_id"], ""), hotels[r["hotel_id"]]]
        beginnings = [word for text in told for word in terms(text).split(" ")]
        return any(word.startswith(words.lower()) for word in beginnings) or any(r[name].startswith(words) for name in ("booking_no", "room_no"))

    for name in ("arrival", "rate"):
        query = ListQuery(STAY, [("*", "find", words)], name)
        assert walked(reader, query, 9, False) == wanted(house, query, holds)
        assert pages.count(reader, query) == len(wanted(house, query, holds))


@pytest.mark.parametrize("words", ["'", '"', "a'b", "%", "_", "*", "\\", "AND", "NEAR(", "-1", "𠮷", "・", "ジョン・スミス", "3×4", "x" * 500, "", "  ", "\0"])
def test_any_words_may_be_typed(house: Desk, reader: Any, words: str) -> None:
    for record in (ACCOUNT, STAY, PERSON):
        query = ListQuery(record, [("*", "find", words)])
        assert pages.count(reader, query) == len(pages.fetch(reader, query, limit=1000))
    assert house


@pytest.mark.parametrize(
    "make",
    [
        lambda: ListQuery(ACCOUNT, sort="remark").sort_sql, lambda: pages.where(None, ListQuery(ACCOUNT, [("nothing", "=", 1)])),
        lambda: pages.where(None, ListQuery(ACCOUNT, [("name", "like", "x")])),
        lambda: pages.where(None, ListQuery(ACCOUNT, [("name; drop table account", "=", 1)])),
    ],
)  # fmt: skip
def test_what_is_not_declared_is_an_error(make: Any) -> None:
    with pytest.raises(ValueError, match=r"sorted|column|like"):
        make()


def test_the_sums_of_some_rows(house: Desk, reader: Any) -> None:
    query = ListQuery(STAY)
    rows = pages.fetch(reader, query, limit=1000)
    ids = [r[0] for r in rows] * 8
    assert pages.sums(reader, query, ids[:3]) == {"CNY": {"rate": sum(row(house, STAY, i)["rate"] for i in ids[:3])}}
    assert pages.sums(reader, query, []) == {}
    assert pages.sums(reader, ListQuery(STAY, columns=("arrival",)), ids) == {}


def test_what_a_reference_may_point_to(desk: Desk, reader: Any) -> None:
    house_id = hotel(desk)
    assert pages.options(reader, STAY.by_name["hotel_id"]) == [(house_id, "City Hotel")]


def test_the_first_order_is_the_declared_one() -> None:
    assert (ListQuery(STAY).sort, ListQuery(STAY).descending) == ("arrival", True)
    assert (ListQuery(STAY, sort="arrival").sort, ListQuery(STAY, sort="arrival").descending) == ("arrival", False)
    assert (ListQuery(PERSON).sort_sql, ListQuery(PERSON).columns) == ("sort", PERSON.listed)


def plan(reader: Any, sql: str, values: Any) -> list[str]:
    """The steps of a statement, as the engine plans them."""
    return [r[3] for r in reader.execute(f"explain query plan {sql}", values)]


class Listening:
    """A reader that remembers what it was asked."""

    def __init__(self, reader: Any) -> None:
        self.reader, self.asked = reader, [("", ())]

    def execute(self, sql: str, values: Any = ()) -> Any:
        self.asked.append((sql, values))
        return self.reader.execute(sql, values)

    def plans(self) -> list[list[str]]:
        """The plan of each statement asked."""
        return [plan(self.reader, sql, values) for sql, values in self.asked[1:]]


@pytest.mark.embedded
@pytest.mark.parametrize(("record", "name", "down"), CASES, ids=[f"{r.key}-{n}-{'down' if d else 'up'}" for r, n, d in CASES])
@pytest.mark.parametrize("backwards", [False, True])
def test_a_page_is_read_along_its_index(store: Store, record: Record, name: str, down: bool, backwards: bool) -> None:
    query = ListQuery(record, sort=name, descending=down)
    index = next(
        schema.index_name(record, i) for i in schema.indexes(record) if i.columns[:2] == (query.sort_sql, "id")
    )
    with closing(store.open_reader()) as reader:
        for start in (None, (row_value(record, name), 5)):
            listening = Listening(reader)
            pages.fetch(listening, query, start=start, backwards=backwards)
            (steps,) = listening.plans()
            assert sum(f"USING COVERING INDEX {index}" in step for step in steps) == 1, steps
            assert sum("TEMP B-TREE" in step for step in steps) == 1, steps  # only the one page is put in order
            assert not [step for step in steps if step.startswith("SCAN") and index not in step], steps


def row_value(record: Record, name: str) -> Any:
    return "" if record.by_name[name].default == "" else 0


@given(st.integers(0, 12), st.integers(0, 12))
def test_any_filter_of_days(first: int, last: int) -> None:
    query = ListQuery(STAY, [("arrival", ">=", f"2026-11-{first:02d}"), ("arrival", "<=", f"2026-11-{last:02d}")])
    sql, values = pages.where(None, query)
    assert sql.count("?") == len(values) == 2


@pytest.mark.embedded
def test_a_month_is_a_filter(house: Desk, reader: Any) -> None:
    for month, want in (("2026-11", 90), ("2026-10", 0), ("2026-1", 90), ("2026-11-0", 90), ("2026-11-09", None)):
        query = ListQuery(STAY, [("arrival", "begins", month)])
        found = pages.count(reader, query)
        assert found == (want if want is not None else len([1 for day, _ in wanted(house, ListQuery(STAY)) if day == month]))
    plan = reader.execute("explain query plan select count(*) from stay as t where t.gone is null and (t.arrival >= ? and t.arrival < ?)", ("2026-11", "2026-11~"))
    assert any("arrival>? AND arrival<?" in row[3] for row in plan.fetchall())


ONE_VALUE = [[("status", "=", "Booked")], [("status", "=", "In-House")], [("segment", "=", "Groups")], [("status", "=", "Booked"), ("segment", "=", "Groups")]]


@pytest.mark.parametrize("filters", ONE_VALUE, ids=["common", "nobody", "segment", "both"])
@pytest.mark.parametrize("sort", ["arrival", "rate"])
@pytest.mark.parametrize("many", [1, 5_000])
def test_one_value_of_a_choice_finds_its_rows_few_or_many(
    house: Desk, reader: Any, filters: list[Any], sort: str, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MANY_ROWS", many)
    query = ListQuery(STAY, filters, sort)
    expected = wanted(house, query, lambda row: all(row[column] == value for column, _, value in filters))
    assert [(row[1], row[0]) for row in pages.fetch(reader, query)] == expected
    assert pages.count(reader, query) == len(expected)


@pytest.mark.embedded
@pytest.mark.parametrize(("sort", "many", "index"), [("arrival", 1, "stay_status_arrival_id"), ("rate", 5_000, "stay_status_arrival_id"), ("rate", 1, "stay_rate_id")])
def test_one_value_of_a_choice_has_an_index_of_its_own(house: Desk, reader: Any, sort: str, many: int, index: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MANY_ROWS", many)
    listening = Listening(reader)
    pages.fetch(listening, ListQuery(STAY, [("status", "=", "Booked")], sort))
    assert [step for step in listening.plans()[-1] if f"INDEX {index}" in step]
    pages.count(listening, ListQuery(STAY, [("status", "=", "Booked")], sort))
    assert [step for step in listening.plans()[-1] if "COVERING INDEX stay_status_arrival_id" in step]
    other = plan(reader, "select id from stay where status = 'Booked' and gone is null", ())
    assert not [step for step in other if "stay_status_arrival_id" in step]  # nothing else is tempted by it
