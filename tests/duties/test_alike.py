"""Rows that may be one: what speaks for it, what against it, and the eight pairs of the sample hotel: seven to be merged, one to be left alone (decision 022)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk import merging
from crm_desktop.desk.desk import Desk, Invalid
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients import rules_alike as rules
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.record.alike import HINT, WARN
from crm_desktop.record.record import Row
from crm_desktop.record.terms import query_words
from crm_desktop.store import alike, search
from crm_desktop.store.store import Store
from tests.hotel import Hotel
from tests.samples import account, added, change, row

CORES = [
    ("禾杉（绍兴）电子有限公司", "禾杉绍兴电子"), ("禾杉(绍兴)电子有限公司", "禾杉绍兴电子"), ("錦澤紡織有限公司", "锦泽纺织"),
    ("云楸医疗器械股份有限公司", "云楸医疗器械"), ("云楸医疗器械 有限公司", "云楸医疗器械"), ("浙江省绍兴市禾渚软件股份有限公司", "禾渚软件"),
    ("越岫城建集团有限公司", "越岫城建"), ("Harbour & Pine Trading Co., Ltd.", "harbourpinetrading"), ("柯岭建工", "柯岭建工"), ("", ""), ("公司", "公司"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "core"), CORES)
def test_what_is_left_of_a_company_name(name: str, core: str) -> None:
    assert rules.core_name(name) == core


PHONES = [("0575-0000 1001", "00001001"), ("+86 199 0000 1001", "00001001"), ("199 0000 1001 转 8", "00001001"), ("110", ""), ("", ""), ("021-68880000/138", "68880000")]


@pytest.mark.parametrize(("phone", "tail"), PHONES)
def test_the_end_of_a_phone_number(phone: str, tail: str) -> None:
    assert rules.digits(phone) == tail


FIRM: Row = {"id": 1, "name": "云楸医疗器械有限公司", "short_name": "", "phone": "0575-00001234", "credit_code": "", "city": "绍兴", "parent_id": None}
FIRMS = [  # what the other has -> from, to, a word of the reasons
    ({"name": "云楸医疗器械有限公司"}, 70, 100, "same name"),
    ({"name": "云楸医疗器械股份有限公司"}, 70, 100, "same name but for the legal form"),
    ({"name": "云楸醫療器械有限公司"}, 70, 100, "same name in traditional or wide characters"),
    ({"name": "云 楸（医疗器械）有限公司"}, 70, 100, "same name but for brackets and blanks"),
    ({"name": "云秋医疗器械有限公司"}, 70, 100, "sounds the same: {one}, {other}"),
    ({"name": "云秋医疗器械有限公司", "city": "沈阳"}, HINT, 69, "sounds the same: {one}, {other}"),
    ({"name": "别的公司", "short_name": "云楸医疗器械"}, 70, 100, "the short name of one is the name of the other"),
    ({"name": "别的公司", "phone": "(0575) 0000-1234"}, 0, HINT - 1, "same phone"),
    ({"name": "云楸医疗器械有限公司杭州分公司", "phone": "0575-00001234"}, 0, HINT - 1, "head office and branch: not the same"),
    ({"name": "云楸医疗器械有限公司", "parent_id": 1}, 0, HINT - 1, "one belongs to the other: not the same"),
    ({"name": "云楸旅行社"}, 0, 0, ""),
    ({"name": ""}, 0, 0, ""),
]  # fmt: skip


@pytest.mark.parametrize(("other", "least", "most", "reason"), FIRMS)
def test_how_sure_it_is_that_two_clients_are_one(other: Row, least: int, most: int, reason: str) -> None:
    found = rules.accounts_alike(FIRM, {"id": 2, "city": "绍兴", "parent_id": None} | other)
    assert least <= found.score <= most, found.score
    assert [text.source for text in found.reasons][:1] == ([reason] if reason else [])


def test_credit_codes_decide() -> None:
    one, same, another = (FIRM | {"id": n, "credit_code": code} for n, code in ((1, "91990000MA0DM00173"), (2, "91990000ma0dm00173"), (3, "91990000MA0DM0025X")))
    assert rules.accounts_alike(one, same | {"name": "Anything else"}).score == 100
    assert rules.accounts_alike(one, another).score < WARN


DOMAINS = [
    ({"email": "Office@YunQiu-Med.com"}, "yunqiu-med.com"), ({"email": "yunqiu@163.com"}, ""), ({"email": "yunqiu@163.com", "website": "http://www.yunqiu.cn/a?b"}, "yunqiu.cn"),
    ({"website": "yunqiu.cn"}, "yunqiu.cn"), ({"email": "c001@example.com"}, ""), ({"email": "no at sign"}, ""), ({}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("firm", "name"), DOMAINS)
def test_the_internet_name_of_a_firm(firm: Row, name: str) -> None:
    assert rules.domain(firm) == name


def test_one_internet_name_is_worth_a_word_but_not_a_warning() -> None:
    one, other = FIRM | {"email": "office@yunqiu-med.com"}, {"id": 2, "name": "别的公司", "website": "https://www.yunqiu-med.com/index"}
    found = rules.accounts_alike(one, other)
    assert (HINT <= found.score < WARN, [text.source for text in found.reasons]) == (True, ["same internet name: {name}"])
    assert rules.accounts_alike(one | {"credit_code": "A"}, other | {"credit_code": "B"}).score == 0, "the firms of a group share one"
    assert rules.accounts_alike(one, other | {"name": "云楸医疗器械有限公司"}).score == 100
    assert set(rules.account_keys(one)) & set(rules.account_keys(other)) == {"dyunqiu-med.com"}


def test_two_clients_of_one_credit_code_are_refused_but_offices_of_one_house_are_not(desk: Desk) -> None:
    here = account(desk, "云楸医疗器械有限公司", credit_code="91990000MA0DM00173")
    with pytest.raises(Invalid, match="has this credit code already"):
        account(desk, "随便什么公司", credit_code="91990000ma0dm00173")
    part = account(desk, "云楸医疗器械有限公司采购部", credit_code="91990000MA0DM00173", parent_id=here)
    other = account(desk, "随便什么公司")
    for values in ({"credit_code": "91990000MA0DM00173"},):
        with pytest.raises(Invalid, match="has this credit code already"):
            change(desk, ACCOUNT, other, **values)
    assert row(desk, ACCOUNT, other)["credit_code"] == ""
    change(desk, ACCOUNT, part, phone="0575-00001234")  # what stands may be changed elsewhere
    with pytest.raises(Invalid, match="has this credit code already"):
        change(desk, ACCOUNT, part, parent_id=None)
    merging.not_the_same(desk, ACCOUNT, here, other)
    change(desk, ACCOUNT, other, credit_code="91990000MA0DM00173", parent_id=here)


GUEST: Row = {"name": "解采薇", "sex": "female", "birthday": "1991-03-08", "account_id": 7, "phone": "199 0000 1001", "email": "caiwei@example.com"}
GUESTS = [
    ({"name": "解采薇", "account_id": 7}, True), ({"name": "解采薇", "birthday": "1991-03-08"}, True), ({"name": "解采薇"}, False),
    ({"name": "沈采薇", "phone": "+86 199-0000-1001", "birthday": "1991-03-08"}, True), ({"name": "解女士", "phone": "199 0000 1001"}, True),
    ({"name": "王强", "phone": "199 0000 1001", "account_id": 7, "sex": "male"}, False), ({"name": "谢采薇", "account_id": 7}, False),
    ({"name": "Xie Caiwei", "phone": "199 0000 1001"}, True), ({"name": "Caiwei XIE", "account_id": 7}, True),
    ({"name": "解采薇", "account_id": 7, "birthday": "1971-03-08"}, False), ({"name": "王强", "email": "CaiWei@example.com"}, False),
]  # fmt: skip


@pytest.mark.parametrize(("other", "warned"), GUESTS)
def test_how_sure_it_is_that_two_people_are_one(other: Row, warned: bool) -> None:
    assert (rules.people_alike(GUEST, other).score >= WARN) is warned


def test_a_paper_of_which_only_the_end_is_known_says_nothing() -> None:
    half, whole = {"name": "一", "id_number": "1234"}, {"name": "二", "id_number": "1234~" + "A" * 26}
    assert rules.people_alike(half, half | {"name": "二"}).score == 0
    assert rules.people_alike(whole, whole | {"name": "三"}).score == 100


NAME = st.text("云楸秋医疗器械有限公司股份（）() 集团绍兴市支行分ABco.ltd繁體", max_size=14)
ANY_FIRM = st.fixed_dictionaries({"name": NAME, "short_name": NAME, "phone": st.sampled_from(["", "0575-00001234", "00001234"]), "credit_code": st.sampled_from(["", "A1", "B2"])})


@given(ANY_FIRM, ANY_FIRM)
def test_who_is_compared_with_whom_makes_no_difference(one: Row, other: Row) -> None:
    there, back = rules.accounts_alike(one, other), rules.accounts_alike(other, one)
    assert there.score == back.score
    assert 0 <= there.score <= 100


@given(ANY_FIRM, ANY_FIRM)
def test_whoever_is_warned_of_shares_a_key(one: Row, other: Row) -> None:
    """Else the search index would never bring the two together."""
    if rules.accounts_alike(one, other).score >= WARN:
        assert {k for k in rules.account_keys(one) if k} & set(rules.account_keys(other))


PERSON_ROW = st.fixed_dictionaries({
    "name": st.sampled_from(["解采薇", "沈采薇", "谢采薇", "解女士", "Xie Caiwei", "王强", ""]), "phone": st.sampled_from(["", "199 0000 1001", "0575-00001001"]),
    "email": st.sampled_from(["", "a@b.cn"]), "wechat": st.sampled_from(["", "wx1"]), "birthday": st.sampled_from(["", "1991-03-08", "1990-01-01"]),
    "account_id": st.sampled_from([None, 7, 8]), "sex": st.sampled_from(["", "male", "female"]),
})  # fmt: skip


@given(PERSON_ROW, PERSON_ROW)
def test_people_who_are_warned_of_share_a_key(one: Row, other: Row) -> None:
    assert rules.people_alike(one, other).score == rules.people_alike(other, one).score
    if rules.people_alike(one, other).score >= WARN:
        keys = [{key for key in rules.person_keys(row) if not key.startswith("h")} for row in (one, other)]
        assert keys[0] & keys[1]


def test_no_search_finds_a_key(desk: Desk, reader: Any) -> None:
    account(desk, "云楸医疗器械有限公司", phone="0575-00001234")
    for query in ("nyunqiu", "p00001234", "ºp00001234", "n yunqiuyiliaoqixie"):
        assert search.find(reader, query, 5, (ACCOUNT,)) == [], query_words(query)


def test_a_new_client_is_compared_while_typing(desk: Desk, reader: Any) -> None:
    here = account(desk, "云楸医疗器械有限公司", city="绍兴", code="C7")
    account(desk, "泽沅银行股份有限公司")
    found = alike.check(reader, ACCOUNT, {"name": "雲楸醫療器械"})
    assert [(each.id, each.title, each.note) for each in found] == [(here, "云楸医疗器械有限公司", "C7 · 绍兴")]
    assert alike.check(reader, ACCOUNT, {"name": "云楸医疗器械有限公司"}, here) == []
    assert alike.check(reader, ACCOUNT, {"name": ""}) == []


def test_a_new_guest_is_compared_while_typing(desk: Desk, reader: Any) -> None:
    here = added(desk, PERSON, name="解采薇", phone="199 0000 1001")
    assert [each.id for each in alike.check(reader, PERSON, {"name": "解采薇"})] == [here]
    assert alike.check(reader, PERSON, {"name": "解采薇"}, least=WARN) == [], "a name alone is no warning"
    assert [each.id for each in alike.check(reader, PERSON, {"name": "解采薇", "phone": "19900001001"}, least=WARN)] == [here]
    (found,) = alike.check(reader, PERSON, {"name": "解女士", "phone": "19900001001"})
    assert [text.source for text in found.reasons] == ["same surname, one without a given name", "same phone"]


@pytest.mark.embedded
def test_a_check_reads_no_table_through(store: Any, reader: Any) -> None:
    """Every statement of a check goes through an index: nothing in it grows with the number of clients."""
    asked: list[str] = []
    reader.set_trace_callback(asked.append)
    alike.check(reader, ACCOUNT, {"name": "云楸医疗器械有限公司", "phone": "0575-00001234"}, 5)
    reader.set_trace_callback(None)
    plans = [row[3] for sql in asked if sql.startswith("select") for row in reader.execute(f"explain query plan {sql}").fetchall()]
    assert plans
    assert not [plan for plan in plans if plan.startswith("SCAN") and "VIRTUAL TABLE" not in plan]


PAIRS = {
    frozenset({"禾杉(绍兴)电子有限公司", "禾杉（绍兴）电子有限公司"}): "same name but for brackets and blanks",
    frozenset({"锦泽纺织有限公司", "錦澤紡織有限公司"}): "same name in traditional or wide characters",
    frozenset({"云楸医疗器械有限公司", "云楸医疗器械股份有限公司"}): "same name but for the legal form",
    frozenset({"柯岭建筑工程有限公司", "柯岭建工"}): "the short name of one is the name of the other",
    frozenset({"澄籁精密制造有限公司", "诚籁精密制造有限公司"}): "sounds the same: {one}, {other}",
}
PEOPLE = {
    frozenset({"仇女士", "仇蕴仪"}): {"same phone", "same surname, one without a given name", "same employer"},
    frozenset({"解采薇", "沈采薇"}): {"same phone", "same e-mail", "same birthday", "same given name, another surname", "same employer"},
}


@pytest.fixture
def sample(hotel: Hotel, tmp_path: Path) -> Iterator[Any]:
    """A reader of the sample hotel."""
    with Store(hotel.copy(tmp_path / "sample" / "hotel.db"), RECORDS) as store, closing(store.open_reader()) as found:
        yield found


def _nothing(_done: int, _total: int) -> None:
    pass


def test_the_seven_pairs_of_the_sample_hotel_are_found_and_nothing_else(sample: Any) -> None:
    found = alike.scan(sample, ACCOUNT, _nothing)
    assert {frozenset({str(pair.one["name"]), str(pair.other["name"])}): pair.reasons[0].source for pair in found} == PAIRS
    people = alike.scan(sample, PERSON, _nothing)
    assert {frozenset({str(pair.one["name"]), str(pair.other["name"])}): {text.source for text in pair.reasons} for pair in people} == PEOPLE


def test_pairs_are_found_with_their_reasons_on_either_engine(desk: Desk, reader: Any) -> None:
    """A scan of clients and people kept in this database: every pair with its reason, head office and branch left out."""
    for names in PAIRS:
        one, other = sorted(names, key=len)
        added(desk, ACCOUNT, name=one, phone="", short_name="")
        added(desk, ACCOUNT, name=other, short_name="柯岭建工" if other.startswith("柯岭") else "")
    head = added(desk, ACCOUNT, name="泽沅银行股份有限公司", phone="0575-00001099")
    branch = added(desk, ACCOUNT, name="泽沅银行股份有限公司柯桥支行", phone="0575-00001099")
    boss = added(desk, PERSON, name="仇蕴仪", phone="199 0000 1001", account_id=head)
    called = added(desk, PERSON, name="仇女士", phone="19900001001", account_id=head)
    added(desk, PERSON, name="仇蕴仪", account_id=branch)
    told: list[tuple[int, int]] = []
    found = alike.scan(reader, ACCOUNT, lambda done, total: told.append((done, total)))
    assert {frozenset({str(pair.one["name"]), str(pair.other["name"])}): pair.reasons[0].source for pair in found} == PAIRS
    assert told[-1][1] >= len(PAIRS), "how far it is, is told"
    assert [{pair.one["id"], pair.other["id"]} for pair in alike.scan(reader, PERSON, _nothing)] == [{boss, called}]


def test_a_bank_and_its_branch_are_known_to_be_two(sample: Any) -> None:
    rows = {row[1]: dict(zip(("id", "name", "phone"), row, strict=True)) for row in sample.execute("select id, name, phone from account where name like '泽沅%'")}
    found = rules.accounts_alike(*rows.values())
    assert (len(rows), found.score < WARN, [text.source for text in found.reasons]) == (2, True, ["head office and branch: not the same"])
