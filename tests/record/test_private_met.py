"""Numbers of people and cards are met however they are written, and nothing else is: every way a remark, a pasted line or the
name of a file has them, and what only looks like one."""

from __future__ import annotations

import datetime as dt
import random
import sys
import unicodedata
from collections.abc import Callable, Iterator
from itertools import count as counted
from pathlib import Path

import pytest

from crm_desktop.desk import attachments
from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import PERSON
from crm_desktop.record import dates, private, private_met
from crm_desktop.record.kinds import PARSE, Kind
from tests.samples import added, csv_file, imported, row

ID, VISA, MASTER, AMEX, UNION = "11010519491231002X", "4111111111111111", "5555555555554444", "378282246310005", "6222021234567890128"
WIDE = str.maketrans("0123456789X-", "０１２３４５６７８９Ｘ－")


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    dates.set_clock(dt.datetime(2026, 11, 18, 15, 40))
    private.use(b"key of a test")
    yield
    dates.set_clock(None)


def with_check(body: str) -> str:
    """A number whose last digit fits the others (Luhn)."""
    total = sum(sum(divmod(int(digit) * 2, 10)) if at % 2 == 0 else int(digit) for at, digit in enumerate(reversed(body)))
    return body + str(-total % 10)


def person(region: str, born: str, serial: int) -> str:
    """An ID number with a right last character."""
    body = f"{region}{born}{serial:03d}"
    last = (1 - sum(int(digit) * pow(2, 17 - at, 11) for at, digit in enumerate(body))) % 11
    return body + ("X" if last == 10 else str(last))


def firm(body: str) -> str:
    """A credit code with a right last character."""
    total = sum(private_met.CREDIT_LETTERS.index(letter) * pow(3, at, 31) for at, letter in enumerate(body))
    return body + private_met.CREDIT_LETTERS[-total % 31]


def fours(number: str, gap: str) -> str:
    return gap.join(number[at : at + 4] for at in range(0, len(number), 4))


PEOPLE = [
    ID, ID.lower(), ID.translate(WIDE), f"身份证{ID}", f"身份证号：{ID}。", f"ID:{ID}", f"ID{ID}", f"id{ID.lower()}", f"NO.{ID}", f"SFZ{ID}", f"{ID}男", f"（{ID}）", f"[{ID}]",
    f"#{ID}", f"{ID}/张三", f"张三/{ID}", f"张三_{ID}_复印件", f"王明{ID}13800138000", f"房1203 {ID}", f"{ID}\n13800138000", f"S{ID}", f"IDcard{ID}", f"护照无,身份证{ID}", f"\u200b{ID}",
    "110105 19491231 002X", "110105-19491231-002X", "110105.19491231.002X", "110105\u00a019491231\u00a0002X", "110105\u300019491231\u3000002X", "110105\u200b19491231\u200b002X",
    "1101 0519 4912 3100 2X", "1101-0519-4912-3100-2X", "110105－19491231－002X", "110105—19491231—002X", "110105 – 19491231 – 002X", "110105  19491231  002X", "110105_19491231_002X",
    "110105/19491231/002X", "110105\t19491231\t002X", "110 105 1949 1231 002 X", "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X", "11010519491231002\u200bX", f"{ID}\ufeff", "1101051949123100 2X",
    person("810000", "19900101", 12), person("830000", "19880229", 7), person("910000", "19920301", 7), person("330602", "20260101", 7), "证110105194912310021（错一位）", "身份证 110105491231002",
    *(f"{ID[:at]}{unseen}{ID[at:]}" for at in (1, 6, 11, 17) for unseen in ("\u00ad", "\u2063", "\u180e", "\u202d", "\u061c", "\U000e0020")), "\u202d110105\u202c\u202d19491231\u202c\u202d002X\u202c",
    *(f"{ID[:at]}{odd}{ID[at:]}" for at in (4, 9, 10, 15, 17) for odd in ("\n", ",", "，", "\r\n", " \n")), "110105 1949\n1231 002X", f"证 {person('330602', '20220301', 7)[:9]}\n{person('330602', '20220301', 7)[9:]}",
    f"复印件_{ID}.jpg", f"IMG{ID}.jpg", f"{ID}.pdf", f"scan-{ID}-2.png",
]  # fmt: skip
CARDS = [
    VISA, VISA.translate(WIDE), f"VISA{VISA}", f"Visa {VISA}", f"visa:{VISA}", f"MC{MASTER}", f"MasterCard{MASTER}", f"AMEX{AMEX}", f"卡{VISA}", f"卡号{VISA}exp0927", f"卡号 {VISA} 0927", f"CC{VISA}",
    f"CCN:{VISA}", f"UnionPay{UNION}", f"银联{UNION}", "JCB3530111333300000", f"*{VISA}*", f"“{VISA}”", f"％B{VISA}^WANG/MING^2712", f";{VISA}=2712101", f"担保 {VISA}", f"guarantee:{VISA}",
    *(fours(VISA, gap) for gap in (" ", "-", ".", "_", "\u00a0", "\u2009", "\u202f", "\u3000", "\u200b", "\u2060", "\ufeff", "  ", " - ", "–", "—", "－", "‑", "−", "·")),
    *(f"卡号 {fours(VISA, gap)}" for gap in ("/", "\t", "\n", ", ", "，")), fours(VISA.translate(WIDE), " "), fours(VISA, " ") + " 12/27 123", fours(VISA, " ") + " 1227", fours(VISA, " ") + " 123",
    f"1203房 {fours(VISA, ' ')}", f"房1203 {fours(VISA, ' ')} 0928", f"2 {fours(VISA, ' ')}", "3782 822463 10005", "3782-822463-10005", "3782 8224 6310 005", "3782.822463.10005", "378282-246310005",
    UNION, "622202 1234567890128", "6222 0212 3456 7890 128", "6222-0212-3456-7890-128", "6222021234567890 128", "卡62220212 34567890128", "622202 123456 7890128", f"账号{UNION}", f"个人账户 {UNION}",
    "30569309025904", "3056 930902 5904", "3530111333300000", "6011111111111117", "6445644564456445", "6759649826438453", "2221000000000009", "2223003122003222", "2720999999999996",
    *(with_check(body) for body in ("621700123456789012", "62170012345678901", "6217001234567890", "621700123456789", "630490017740292", "676770000000000", "955880123456789012")),
    *(with_check(body) for body in ("955990123456789012", "6014280123456789", "456351010089000123", "436742001234567890")), f"卡号{with_check('261118000000123')}",
    "4222222222222 visa", "visa 4222222222222", "信用卡：4222222222222", f"{VISA}/12/27", f"{VISA}(12/27)", f"{VISA}|1227|123", f"{VISA};{MASTER}", f"{VISA} {MASTER}", f"{VISA}\n{MASTER}",
    f"确认号123456 卡号{VISA}", f"订单 BK1234，卡 {VISA}", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "411111 1111111111", "411111 111111 1111", "visa 41111111 11111111", f"{VISA}元押金", f"card-{VISA}.pdf", f"{VISA}.jpg",
    *(fours(number, unseen) for number in (VISA, UNION) for unseen in ("\u00ad", "\u2063", "\u180e", "\u200d", "\u202e", "\u2066", "\U000e0030", "\u200b" * 9)), "\u2063".join(VISA), "\ufe0f\u20e3".join(VISA),
    *(f"{VISA[:at]}\u200b{VISA[at:]}" for at in range(1, 16)), f"{VISA}\u200b1227", f"{MASTER}\u00ad{VISA}", f"卡\u200b号\u200b{VISA}", f"\u00ad{VISA}", f"{fours(VISA, ' ')}\u00ad",
    *(f"{VISA[:8]}{gap}{VISA[8:]}" for gap in (" ", "-", "\n", "\r\n", " \n", "\u2028", "\u3000")), f"1203房 {VISA[:8]} {VISA[8:]}", f"{VISA[:8]} {VISA[8:]} 12/27 123", "4111 1111\n1111 1111", "3782 822463\n10005",
    *(f"{UNION[:at]}\n{UNION[at:]}" for at in (4, 6, 8, 10, 12, 15, 16)), "6222 0212 3456\n7890 128", f"{with_check('223011812345678')} 留房", f"{with_check('261118993000123')}", f"deposit {with_check('261118153000123')}",
    f"{with_check('261118153000123')} exp 12/27",
]  # fmt: skip
CODES = [
    "919900001000000164", *(firm(body) for body in ("91330602MA2BC3D4E", "91990000100000016", "91110000100000123", "53110105194912310", "12330602198412043", "52440300500301234")),
]  # fmt: skip
OTHERS = [
    *(each for code in CODES for each in (f"信用代码{code}", f"统一社会信用代码：{code}，开户行", f"税号 {code}")), "919900001000000164", "91 3306 02MA 2BC3 D4E",
    # accounts of firms: of 12 to 20 digits, whatever they begin with
    *(f"{words}{with_check(body)}" for words, body in (
        ("账号 ", "400002110920012345"), ("工行账号：", "400002110920012345"), ("开户行账号 ", "37190234561080"), ("对公账户 ", "371902345610801"), ("帐号", "451001040012345"),
        ("账户：", "4405016000001234"), ("账号 ", "530101040001234"), ("基本户账号 ", "601234567890123"), ("银行账号:", "3612345678901"), ("acct ", "471001040012345"),
    )), "建行账号 44050160000000000001", "农行 19-010101040012345", "账号 33001656780053012345", "中行账号 405260123456", "账号 571905123410101",
    # invoices
    "25332000000123456789", "发票 25332000000123456789", "发票号码：24312000000123456780", "2533 2000 0001 2345 6789", "2433 2000 0001 2345 6708", "发票代码033002100411 号码12345678", "25117000000100000001",
    # phones
    "8613800138000", "+8613800138000", "+86 138 0013 8000", "0086 138 0013 8000", "008613800138000", "86-13800138000", "13800138000/13900139000", "13800138000 13900139000", "13800138000,0575-88001234",
    "1380013800013900139000", "0575-88001234-8012", "4008123456", "400-812-3456", "+852 9123 4567", "+1 415 555 2671 +1 415 555 2672", "057188887777057188889999", "电话13800138000，传真0575-85123456",
    "微信13800138000 QQ 123456789", "86138001380008613900139000", "+49 30 901820 0049 30 901820", "00441632960123", "邮编312000 电话0575 88001234", "620000 13800138000", "62881234 62885678",
    *(f"{words}{VISA[:8]} {VISA[8:]}" for words in ("电话 ", "Tel: ", "传真：", "021-", "(021) ", "+86 21 ", "8621 ", "010 ")), "62881230 62885678", "62881230\n62885678", "\u202d13800138000\u202c", "\u202a+8613800138000\u202c",
    *(f"62881234\n1380013{last:04}" for last in range(8000, 8010)), *(f"6288123{last}\n02162885678" for last in range(10)),
    # confirmations, orders and what else is numbered
    *(f"{words}{with_check('411111111111111')}" for words in ("确认号 ", "预订号 ", "confirmation no. ", "booking no ", "conf# ", "订单编号：", "运单号 ", "会员号 ", "合同编号 ", "订单 ")),
    "确认号 2611180000001234", with_check("261118000000123"), "Ctrip 订单 36920261118001", "确认号 20261118153000123", "订单号：1128170123456789", "携程订单 1128170123456789012", "流水号 2026111815300000012",
    "330602202611180017", "单号330602202411180017", f"确认号 {person('330602', '20241118', 17)}", "凭证号 2026-11-18-0001-0002", "HT-2026-1118-0000-0001", "合同号 HZ202611180000000001",
    with_check("261118153000123"), *(f"{words}{with_check('261118993000123')}" for words in ("携程", "Ctrip: ", "客人的确认件在附件 ", "order by mail ")), f"{with_check('261118993000123')} 号订单",
    "83562214 83562215", "确认号 41111111 11111111", "41111111 11111111 41111112", "51234567\n51234575\n51234583", "41234560 41234586", "4128 1201\n1305 1408\n1501 1606",
    "PNR ABC123 784-2345678901", "票号 7842345678901", "784-2345678901 784-2345678902", "快递 SF1234567890123", "圆通 YT2512345678901", "ISBN 978-7-111-12345-6", "9787111123456", "6901234567892",
    "微信支付单号4200001234202611181234567890", "支付宝 2026111822001234567890123456", "税号330102749510066", "纳税人识别号 330602700101001", "330106740101001", "331126071500012", "海关编号 310120260012345678",
    # rooms, days, sums, places
    "1203 1204 1205 1206 1207", "房号 4101 4102 4103 4104", "房 4101-4102-4103-4104", "6201 6202 6203 6204", f"房 {fours(VISA, ' ')}", "2026-11-18 15:40 至 2026-11-22 12:00", "20261118 20261122 20261201",
    "18 19 20 21 22 23 24 25 26", "12,345,678,901,234.00", "3987.00 167454.00 1234.50", "2026 0101 2026 1231", "0571 8888 7777 0571 8888", "GPS 30.123456789,120.123456789", "4.111111111111111",
    "0.4111111111111111", "坐标120.4111111111111111", "IP 192.168.100.100", "UUID 41111111-1111-4111-8111-111111111111", "sha 4111111111111111abcdef", "0x4111111111111111", "DE89370400440532013000",
    "GB29NWBK60161331926819", "A4111111111111111", "B2411111111111111", "身份证号码待补", "护照还没办",
]  # fmt: skip


def test_there_are_enough_of_them() -> None:
    assert len(PEOPLE) + len(CARDS) + len(OTHERS) >= 290


@pytest.mark.parametrize("text", PEOPLE, ids=ascii)
def test_a_person_is_met(text: str) -> None:
    kept, found = private.taken_out(text)
    assert [one.kind for one in found] == [private.ID]
    assert not private_met.MANY.search(kept) or "13800138000" in kept
    assert private.taken_out(kept) == (kept, [])


@pytest.mark.parametrize("text", CARDS, ids=ascii)
def test_a_card_is_met(text: str) -> None:
    kept, found = private.taken_out(text)
    assert {one.kind for one in found} == {private.CARD}
    assert len(found) == (2 if "5555" in text and "4111" in text else 1)
    assert private.taken_out(kept) == (kept, [])


@pytest.mark.parametrize("text", OTHERS, ids=ascii)
def test_nothing_else_is(text: str) -> None:
    assert private.taken_out(text) == (text, [])


def test_what_nobody_sees_is_known_of_all_of_it() -> None:
    hidden = {chr(at) for at in range(sys.maxunicode + 1) if unicodedata.category(chr(at)) == "Cf"}
    assert {each for each in hidden if not private_met.HIDDEN.fullmatch(each)} == set()
    assert all(private.reduced(f"{VISA[:7]}{each}{VISA[7:]}") == "••••1111" for each in hidden)


def test_the_rest_of_a_text_stays_as_it_is_typed() -> None:
    text = f"客\u200b人\u00ad {VISA[:3]}\u00ad{VISA[3:]}\u200d，证\u2063 {ID[:9]}\u180e{ID[9:]}\u200b\n重\u00ad要"
    assert private.reduced(text) == "客\u200b人\u00ad ••••1111\u200d，证\u2063 ••••002X\u200b\n重\u00ad要"
    assert private.reduced("护\u200b照还没办，客\u00ad房 1203") == "护\u200b照还没办，客\u00ad房 1203"
    assert private.reduced_half("证 1101\u00ad051949123100") == "证 ••••3100"


def test_equal_numbers_are_told_however_they_are_written() -> None:
    assert len({private.taken_out(text)[1][0].hash for text in PEOPLE if "002X" in private.reduced(text).upper()}) == 1
    assert len({private.taken_out(text)[1][0].hash for text in CARDS if private.reduced(text).count("••••1111") == 1 and "4444" not in text}) == 1


def test_a_clock_that_is_wrong_makes_nobody_unborn() -> None:
    dates.set_clock(dt.datetime(1990, 1, 1))
    assert private.reduced(person("330602", "20010203", 7)) != person("330602", "20010203", 7)


KINDS: dict[str, Callable[[random.Random], str]] = {
    "phone": lambda chance: f"1{chance.randrange(3, 10)}{chance.randrange(10**9):09}",
    "glued": lambda chance: f"86{1}{chance.randrange(3, 10)}{chance.randrange(10**9):09}",
    "line": lambda chance: f"0{chance.randrange(10, 1000)} {chance.randrange(10**7, 10**8)}",
    "invoice": lambda chance: f"{chance.randrange(23, 27)}{chance.choice((11, 31, 33, 44))}2{chance.randrange(10**15):015}",
    "code": lambda chance: firm(f"91{chance.choice((110105, 330602, 440300))}{chance.randrange(10**9):09}"),
    "account": lambda chance: f"账号 {chance.choice('1345')}{chance.randrange(10**18):018}",
    "order": lambda chance: f"确认号 {chance.randrange(10**15, 10**16)}",
    "lines": lambda chance: f"{chance.randrange(2 * 10**7, 9 * 10**7)}\n1{chance.randrange(3, 10)}{chance.randrange(10**9):09}",
    "two lines": lambda chance: f"{chance.choice(('电话 ', '021-', 'Tel '))}{chance.randrange(2 * 10**7, 9 * 10**7)} {chance.randrange(2 * 10**7, 9 * 10**7)}",
    "confirmations": lambda chance: "\n".join(str(chance.randrange(10**7, 10**8)) for _ in range(5)),
    "day": lambda chance: f"{chance.randrange(23, 27)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}{chance.randrange(24):02}{chance.randrange(60):02}{chance.randrange(60):02}{chance.randrange(10**4):04}",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [600, pytest.param(20_000, marks=pytest.mark.long)])
def test_of_many_made_by_chance_none_is_touched(kind: str, count: int) -> None:
    chance = random.Random(kind)
    made = [KINDS[kind](chance) for _ in range(count)]
    right = [text for text in made if private_met.right_id(text)]  # one firm in thousands has a person's check digit too
    assert [text for text in made if text not in right and private.reduced(text) != text] == []
    assert len(right) <= count // 500


def work(text: str) -> int:
    """How many calls it takes to look through a text."""
    private.taken_out(text)  # the patterns are compiled
    calls = counted()

    def call(*_: object) -> None:
        next(calls)

    sys.setprofile(call)
    try:
        private.taken_out(text)
    finally:
        sys.setprofile(None)
    return next(calls)


@pytest.mark.parametrize("words", ["4111 1111 1111 1111 ", f"{VISA}\n", "1 9 7 4 6 ", "110105 19491231 002X ", f"{ID},", "   1"], ids=ascii)
def test_four_times_the_text_is_four_times_the_work(words: str) -> None:
    """Somebody types into a long remark, and it is looked through with each letter."""
    assert work(words * 400) < 6 * work(words * 100)


def test_every_door_has_it(desk: Desk, tmp_path: Path) -> None:
    """A form, a pasted line, a file that is brought in, the name of a file."""
    for text in (*PEOPLE, *CARDS):
        whole = private.reduced(text)
        assert PARSE[Kind.LONG](text) == whole.strip()
    guest = added(desk, PERSON, name="王明", remark=f"卡 {fours(VISA, chr(0x200B))}")
    assert row(desk, PERSON, guest)["remark"] == "卡 ••••1111"
    imported(desk, csv_file(tmp_path / "people.csv", ["姓名", "备注"], ["李红", f"证件ID{ID}，工行账号 {with_check('400002110920012345')}"]), PERSON)
    assert desk.store.writer.execute("select remark from person where name = '李红'").fetchone()[0] == f"证件ID••••002X，工行账号 {with_check('400002110920012345')}"
    attachments.add_content(desk, "person", guest, f"IMG{ID}.jpg", b"a face")
    assert desk.store.writer.execute("select name from attachment").fetchone()[0] == "IMG••••002X.jpg"
