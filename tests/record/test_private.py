"""ID numbers and payment cards never stay whole: in a field of their own, in running text, wherever text is kept."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.desk.desk import Desk
from crm_desktop.duties import RECORDS
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.record import private, private_met
from crm_desktop.record.field import as_kept
from crm_desktop.record.kinds import PARSE, Kind, plain, shown
from crm_desktop.record.text import Refused
from tests.samples import added, change, csv_file, exported, imported, importing, prepared, row, sound

IDS = ("11010519491231002X", "330602198412043015", "440524188001010014")  # 11010519491231002X: the example of GB 11643
CARDS = ("4111111111111111", "5555555555554444", "378282246310005", "6200000000000005", "3530111333300000", "30569309025904", "6222021234567890128")


@pytest.fixture(autouse=True)
def _own_key() -> Iterator[None]:
    before = private._Key.value
    private.use(b"key of a test")
    yield
    private.use(before)


def made_id(region: int, born: dt.date, serial: int) -> str:
    """An ID number with a right last character, by the rule of GB 11643 in its other form: the weighted sum is 1 mod 11."""
    body = f"{region:06d}{born:%Y%m%d}{serial:03d}"
    total = sum(int(digit) * pow(2, 17 - at, 11) for at, digit in enumerate(body))
    last = (1 - total) % 11
    return body + ("X" if last == 10 else str(last))


NUMBERS = st.builds(
    made_id, st.sampled_from([110105, 330602, 440300, 650100, 820000]), st.dates(dt.date(1900, 1, 1), dt.date(2025, 12, 31)), st.integers(0, 999)
)  # fmt: skip


@pytest.mark.parametrize("number", IDS[:1])
def test_the_example_of_the_standard(number: str) -> None:
    assert private_met.right_id(number)
    assert not private_met.right_id(number[:-1] + "1")
    assert not private_met.right_id("99010519491231002X")
    assert not private_met.right_id("11010519491331002X")


@given(NUMBERS, st.text(max_size=30), st.text(max_size=30))
def test_no_id_number_is_left_in_a_text(number: str, before: str, after: str) -> None:
    assert private_met.right_id(number)
    said = private.reduced(f"{before} {number} {after}")
    assert number not in said
    assert number[6:14] not in said.replace(before, "").replace(after, "")
    assert f"••••{number[-4:]}" in said
    assert private.reduced(said) == said


@given(st.sampled_from(["9131", "9144", "9199", "1233", "5311"]), st.text("0123456789", min_size=13, max_size=13))
def test_no_credit_code_is_taken_for_a_person(head: str, rest: str) -> None:
    """Whatever date its digits look like, unless the last one fits a person's number as well."""
    body = head + rest
    total = sum(int(digit) * pow(3, at, 31) for at, digit in enumerate(body))
    code = body + private_met.CREDIT_LETTERS[-total % 31]
    assert private_met.is_credit_code(code)
    if not code.isdecimal() or not private_met.right_id(code):
        assert not private_met.looks_like_id(code)


@given(st.sampled_from(CARDS), st.sampled_from(["", " ", "-"]), st.text("客人说卡号abc，。:() ", max_size=12))
def test_no_card_number_is_left_in_a_text(number: str, gap: str, words: str) -> None:
    cut = [number[:4], number[4:10], number[10:]] if len(number) in (14, 15) else [number[at : at + 4] for at in range(0, len(number), 4)]
    written = gap.join(cut) if len(number) != 14 else number
    assert written not in private.reduced(f"{words}，{written}。{words}")
    assert f"••••{number[-4:]}" in private.reduced(f"{words}，{written}。{words}")


RANGES = (("62", 16), ("62", 17), ("62", 18), ("62", 19), ("4", 16), ("4", 19), ("53", 16), ("2221", 16), ("37", 15), ("3530", 16), ("36", 14), ("6011", 16))
WRITTEN: tuple[Callable[[str], str], ...] = (
    str, lambda n: " ".join(n[at : at + 4] for at in range(0, len(n), 4)), lambda n: "-".join(n[at : at + 4] for at in range(0, len(n), 4)),
    lambda n: n.translate({ord("0") + d: ord("０") + d for d in range(10)}),
)  # fmt: skip


def made_card(chance: random.Random) -> str:
    """A number of some company with a right last digit, by the rule in its other form."""
    head, length = chance.choice(RANGES)
    body = head + "".join(chance.choice("0123456789") for _ in range(length - len(head) - 1))
    total = sum(sum(divmod(int(digit) * 2, 10)) if at % 2 == 0 else int(digit) for at, digit in enumerate(reversed(body)))
    return body + str(-total % 10)


@pytest.mark.parametrize("count", [1000, pytest.param(20_000, marks=pytest.mark.long)])
def test_no_card_is_missed_and_few_other_numbers_are_taken_for_one(count: int) -> None:
    chance = random.Random(4)
    for _ in range(count):
        number = made_card(chance)
        written = chance.choice(WRITTEN)(number) if len(number) > 15 else number
        said, found = private.taken_out(f"客人卡号{written}请留房")
        assert said == f"客人卡号••••{number[-4:]}请留房", written
        assert [(one.kind, one.hash) for one in found] == [(private.CARD, private.seal(number)[5:15])]
    phones = [f"1{chance.randrange(3, 10)}{chance.randrange(10**9):09} 0571{chance.randrange(10**8):08}" for _ in range(count)]
    orders = [f"2026{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}{chance.randrange(10**8):08}" for _ in range(count)]
    assert [text for text in (*phones, *orders) if private.reduced(text) != text] == []


def test_an_old_card_of_thirteen_digits_is_told_by_the_words_before_it() -> None:
    assert private.reduced("Visa卡 4222222222222，房已留") == "Visa卡 ••••2222，房已留"
    assert private.reduced("卡号：4222222222222") == "卡号：••••2222"
    assert private.reduced("确认号 4222222222222") == "确认号 4222222222222"
    assert private.reduced("卡号：4222222222223") == "卡号：4222222222223"


@given(st.lists(st.one_of(NUMBERS, st.sampled_from(CARDS)), max_size=4), st.text("证号卡 ，。abc", max_size=8))
def test_kinds_and_hashes_are_put_in_once_and_hold_nothing_more(numbers: list[str], words: str) -> None:
    text, found = private.taken_out(f"；{words}；".join(numbers))
    kept = private.with_hashes(text, found)
    assert len(found) == len(numbers)
    assert kept.count("~") == len(numbers)
    assert not any(number in kept or number[:-4] in kept for number in numbers)
    assert private.taken_out(kept) == (kept, []), "what is kept is saved as it is"
    assert private.with_hashes(kept, found) == kept
    assert all(private.seal(number).partition("~")[2][: private.IN_TEXT] in kept for number in numbers)


@pytest.mark.parametrize("number", CARDS)
def test_a_digit_changed_is_no_card(number: str) -> None:
    assert private_met.looks_like_card(number)
    assert not private_met.looks_like_card(number[:-1] + str((int(number[-1]) + 1) % 10))


@pytest.mark.parametrize(
    "text",
    [
        "", "1702 不吃花生", "电话 199 0000 1621，转 8012", "0575-00001123", "+86 199 0000 1001", "86199000010010", "发票 25332000000123456789",
        "订单 202611180000000017", "3,987.00 × 42 = 167,454.00", "统一社会信用代码 91990000MA0DM00173", "4008-0012-34", "2026-11-18 15:40 至 2026-11-22",
        "护照还没办", "账号 0000 1234 5678 9012 345",
        "信用代码 919900001000000164", "账号 44050160000000000001", "确认号 4111111111116", "发票 24312000000123456780",
    ],
)  # fmt: skip
def test_what_is_no_private_number_stays(text: str) -> None:
    assert private.reduced(text) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("身份证11010519491231002X，男", "身份证••••002X，男"), ("证 110105 1949 1231 002x", "证 ••••002X"), ("１１０１０５１９４９１２３１００２Ｘ", "••••002X"),
        ("旧证 110105491231002 ", "旧证 ••••1002 "), ("护照 E12345678", "护照 ••••5678"), ("passport no. EA1234567!", "passport no. ••••4567!"),
        ("卡 4111 1111 1111 1111 到 27/09", "卡 ••••1111 到 27/09"),
    ],
)  # fmt: skip
def test_running_text(text: str, found: str) -> None:
    assert private.reduced(text) == found


@given(st.text("0123456789ABCDEFX", min_size=5, max_size=22).filter(lambda n: not (len(n) == 18 and private_met.looks_like_id(n))))
def test_a_sealed_number_tells_equal_ones_and_nothing_else(number: str) -> None:
    kept = private.seal(number)
    assert number not in kept
    assert kept == private.seal(f" {number[:3]} {number[3:]}".lower())
    assert private.seal(kept) == kept == PARSE[Kind.SEAL](plain(Kind.SEAL, kept))
    assert private.masked(kept) == shown(Kind.SEAL, kept) == f"•••• {number[-4:]}"
    assert kept != private.seal(f"0{number}")
    private.use(b"another key")
    assert private.seal(number) != kept
    private.use(b"key of a test")


@pytest.mark.parametrize(("typed", "kept"), [("", ""), ("12", "12"), (" 002x", "002X"), ("•••• 1234", "1234")])
def test_four_characters_say_nothing(typed: str, kept: str) -> None:
    assert private.seal(typed) == kept


def test_a_slip_is_noticed_before_the_number_is_gone() -> None:
    with pytest.raises(Refused, match="slip"):
        private.seal("110105194912310021")
    with pytest.raises(Refused, match="letters and digits"):
        private.seal("见附件照片")


def test_every_field_people_write_in_is_guarded() -> None:
    """Of every record, also one declared tomorrow; a firm's own numbers stay what they are."""
    firm = "信用代码 919900001000000164，账号 44050160000000000001，发票 24312000000123456780"
    for field in (field for record in RECORDS for field in record.fields if field.stored):
        if field.kind in (Kind.TEXT, Kind.LONG):
            said = as_kept(field, f"证 {IDS[0]} 卡 {CARDS[0]} {firm}")
            assert said == f"证 ••••{IDS[0][-4:]} 卡 ••••{CARDS[0][-4:]} {firm}", field.name
        elif field.kind == Kind.CODE:
            assert as_kept(field, "919900001000000164") == "919900001000000164"
            assert as_kept(field, "2611180000001234") == "2611180000001234"
            if not field.hidden:
                assert [as_kept(field, number) for number in (IDS[0], CARDS[0])] == ([IDS[0], CARDS[0]] if field.whole else ["••••002X", "••••1111"]), field.name


WHOLE = {  # numbers of firms, bills, agreements and bookings, and what the program writes itself: nothing else
    "account": {"credit_code", "bank_account", "agreement_no"}, "hotel": {"tax_no", "bank_account"}, "stay": {"booking_no", "folio"}, "booking": {"code"},
    "agreement": {"code"}, "barter": {"code"}, "credit_agreement": {"number"}, "collection_step": {"proof"}, "deposit": {"contract_no"},
    "receivable": {"document_no", "statement_no", "invoice_no", "tax_no"}, "receipt": {"payer_account", "bank_serial"}, "ledger_line": {"document_no"},
    "settlement": {"tax_no", "invoice_no"}, "paper": {"number", "check_code"}, "merged": {"taken"}, "data_request": {"file_hash"},
}  # fmt: skip


def test_no_other_code_is_kept_whole() -> None:
    found = {record.key: names for record in RECORDS if (names := {field.name for field in record.fields if field.whole})}
    assert found == WHOLE


def test_a_code_of_digits_that_is_a_credit_code_stays() -> None:
    code = next(field for field in PERSON.fields if field.name == "code")
    firm = next(made for tail in range(10**4) if (made := f"91010519491231{tail:04}") and private_met.is_credit_code(made) and private_met.right_id(made))
    assert as_kept(code, firm) == firm
    assert as_kept(code, f"{firm}, {IDS[0]}") != f"{firm}, {IDS[0]}"


# through the program


def whole_database(desk: Desk) -> str:
    """Every cell of every table."""
    writer = desk.store.writer
    tables = [name for (name,) in writer.execute("select name from sqlite_master where type = 'table' and name not like '%_fts_%'").fetchall()]
    return json.dumps([[str(cell) for cell in row] for table in tables for row in writer.execute(f"select * from {table}").fetchall()], ensure_ascii=False)


def test_nothing_written_holds_a_number(desk: Desk, tmp_path: Path) -> None:
    private.use(desk.store.keys.private)
    number, card = IDS[0], CARDS[0]
    guest = added(desk, PERSON, name=f"王明 {number}", remark=f"卡号 {card}，护照 E12345678", id_type="id-card", id_number=number, card_number=card)
    change(desk, PERSON, guest, remark=f"又来了 {number[:6]} {number[6:14]} {number[14:]}")
    desk.note(desk.undo().undid or PERSON.title, "x", reason=f"同意 {number}")
    file = csv_file(tmp_path / "客人.csv", ["姓名", "证件号码", "生日", "备注"], ["李红", number, "1990-01-01", card], ["赵四", number, number, f"错行 {number}"])
    _, refused = importing.bring_in(desk, prepared(desk, file, PERSON))
    assert refused
    told = refused.read_text("utf-8-sig")
    assert "错行 ••••002X" in told
    said = whole_database(desk) + told + exported(desk.store, PERSON, tmp_path / "out.csv").decode("utf-8-sig")
    for whole in (number, card, number[:14], "E12345678", number[6:14]):
        assert whole not in said
    kept = row(desk, PERSON, guest)
    assert (kept["name"], shown(Kind.SEAL, kept["id_number"])) == ("王明 ••••002X", "•••• 002X")
    same = desk.store.writer.execute("select name from person where id_number = ? order by name", (kept["id_number"],)).fetchall()
    assert sorted(name for (name,) in same) == ["李红", "王明 ••••002X"]
    sound(desk.store)


def test_a_sealed_number_goes_out_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    private.use(desk.store.keys.private)
    guest = added(desk, PERSON, name="王明", id_number=IDS[0])
    before = row(desk, PERSON, guest)["id_number"]
    file = tmp_path / "people.csv"
    content = exported(desk.store, PERSON, file)
    imported(desk, file, PERSON)
    assert row(desk, PERSON, guest)["id_number"] == before
    assert exported(desk.store, PERSON, file) == content


def test_each_database_has_a_key_of_its_own(desk: Desk) -> None:
    mine: Any = desk.store.keys
    assert mine.private != mine.seal
    assert len(mine.private) == 32


def test_what_overlaps_a_number_is_not_left_behind() -> None:
    """The first of two cards ends where the other begins; both are gone."""
    kept, found = private.taken_out("卡 4111 1111 1111 1111 5555 5555 5555 4444")
    assert [one.last for one in found] == ["1111", "4444"]
    assert private.taken_out(kept) == (kept, [])
