"""Which column means which field."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.duties import RECORDS, mappings
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.receivables.records import RECEIVABLE
from crm_desktop.duties.stays.mappings import HOTEL_BOOKINGS
from crm_desktop.duties.stays.records import STAY
from crm_desktop.exchange import csv_columns, mapping
from crm_desktop.exchange.comparing import number_of
from crm_desktop.exchange.mapping import NONE, from_headings, recognise
from crm_desktop.record.ids import encode
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused


@pytest.mark.parametrize(
    ("record", "headings", "found"),
    [
        (ACCOUNT, ["Name", " CODE ", "whatever"], {"Name": "name", " CODE ": "code"}),
        (ACCOUNT, ["单位名称", "协议号", "联系电话", "城市", "备注"], {"单位名称": "name", "协议号": "code", "联系电话": "phone", "城市": "city", "备注": "remark"}),
        (ACCOUNT, ["name*", "Short name:", "credit_code"], {"name*": "name", "Short name:": "short_name", "credit_code": "credit_code"}),
        (PERSON, ["姓名", "协议单位", "手机", "会员号"], {"姓名": "name", "协议单位": "account_id", "手机": "phone", "会员号": "code"}),
        (STAY, ["抵店日期", "离店日期", "酒店", "客人", "房价", "预订号"], {"抵店日期": "arrival", "离店日期": "departure", "酒店": "hotel_id", "客人": "guest_id", "房价": "rate", "预订号": "booking_no"}),
        (STAY, ["id", "source_key", "nights", "gone", "version"], {"id": "id", "source_key": "source_key"}),
        (ACCOUNT, ["name", "Name"], {"name": "name"}),
        (ACCOUNT, ["stays", "revenue", "sort", "terms"], {}),
    ],
)  # fmt: skip
def test_headings_people_use(record: Record, headings: list[str], found: dict[str, str]) -> None:
    assert recognise(record, headings) == found


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_every_heading_of_an_export_is_recognised(record: Record) -> None:
    titles = [title for columns in csv_columns.of(None, record, None, words=False) for title in columns.titles]
    found = recognise(record, titles)
    assert set(found.values()) == {"id", *record.values}
    assert set(from_headings(record, titles).columns) == set(titles)


@pytest.mark.parametrize(("record", "headings"), [(ACCOUNT, ["code"]), (STAY, ["arrival", "rate"]), (PERSON, []), (PERSON, ["id"]), (ACCOUNT, ["x", "y"])])
def test_headings_that_are_not_enough(record: Record, headings: list[str]) -> None:
    with pytest.raises(Refused, match=r"no column for|None of the headings"):
        from_headings(record, headings)


def test_headings_of_other_programs_are_known() -> None:
    found = recognise(RECEIVABLE, ["customerID", "invoiceNumber", "InvoiceDate", "DueDate", "InvoiceAmount", "DaysLate"])
    assert list(found.values()) == ["account_id", "document_no", "bill_date", "due", "amount"]


def test_a_choice_of_columns_overrides(monkeypatch: pytest.MonkeyPatch) -> None:
    made = from_headings(ACCOUNT, ["a", "b"], {"a": "name"})
    assert [(take.field, take.columns) for take in made.takes] == [("name", ("a",))]
    with pytest.raises(Refused, match="same meaning as 'a'"):
        from_headings(ACCOUNT, ["a", "b"], {"a": "name", "b": "name"})
    with pytest.raises(Refused, match="no column for Name"):
        from_headings(ACCOUNT, ["a", "name"], {"a": "code"})
    monkeypatch.undo()


@pytest.mark.parametrize(
    ("record", "headings", "number", "unique"),
    [
        (ACCOUNT, ["name", "code"], ("kind", "code"), True), (ACCOUNT, ["name"], (), False), (PERSON, ["name", "code"], ("code",), True),
        (STAY, ["hotel", "arrival", "departure", "booking_no"], ("hotel_id", "booking_no"), False), (STAY, ["hotel", "arrival", "departure"], (), False),
    ],
)  # fmt: skip
def test_the_number_of_a_file(record: Record, headings: list[str], number: tuple[str, ...], unique: bool) -> None:
    made = from_headings(record, headings)
    assert number_of(made) == (number, unique)
    assert "id" not in made.matching


@pytest.mark.parametrize(
    ("cells", "reference"),
    [(("9", "Agent 9"), ("9", "Agent 9")), (("", ""), NONE), (("", "Orient"), ("", "Orient")), ((" 9 ", " "), ("9", "")), (("'=1", "''x"), ("=1", "'x"))],
)
def test_a_reference_of_two_columns(cells: tuple[str, str], reference: Any) -> None:
    assert mapping.code_and_name(cells) == reference


@pytest.mark.parametrize(
    ("cell", "reference"),
    [("9", ("9", "")), ("A-1/2", ("A-1/2", "")), ("IBM", ("IBM", "")), ("Grand Hotel", ("", "Grand Hotel")), ("东方", ("", "东方")), ("", NONE), (" ", NONE), ("x" * 25, ("", "x" * 25)), (encode(5), (encode(5), ""))],
)
def test_a_reference_of_one_column(cell: str, reference: Any) -> None:
    assert mapping.code_or_name(cell) == reference


@pytest.mark.parametrize(
    ("words", "code"),
    [("Check-Out", "Check-Out"), ("departed", "Check-Out"), ("Departed", "Check-Out"), ("CHECK-OUT", "Check-Out"), ("No-show", "No-Show"), ("unknown", "unknown"), ("", ""),
     ("NOSHOW", "No-Show"), ("未到", "No-Show"), ("Walk-In", "In-House"), ("散客上门", "In-House"), ("在住", "In-House"), ("预抵", "Booked"), ("已取消", "Canceled")],
)
def test_a_choice_by_its_code_or_its_words(words: str, code: str) -> None:
    assert mapping.choice_reader(STAY.by_name["status"])(words) == code


def test_the_mapping_that_fits_is_chosen() -> None:
    assert mappings.choose(STAY, HOTEL_BOOKINGS.columns).key == "hotel-bookings"
    assert mappings.choose(STAY, [*HOTEL_BOOKINGS.columns, "more"]).key == "hotel-bookings"
    assert mappings.choose(STAY, ["hotel", "arrival", "departure"]).key == "headings"
    assert mappings.choose(STAY, [], "Hotel_Bookings") is HOTEL_BOOKINGS
    assert mappings.choose(STAY, ["hotel", "arrival", "departure"], "headings").key == "headings"
    with pytest.raises(Refused, match="there are: headings, hotel-bookings"):
        mappings.choose(STAY, [], "opera")
    with pytest.raises(Refused, match="there are: headings"):
        mappings.choose(ACCOUNT, [], "hotel-bookings")


def test_the_booking_file_says_what_a_field_is() -> None:
    assert {take.field for take in HOTEL_BOOKINGS.takes} <= set(STAY.by_name)
    assert all(field.name in {take.field for take in HOTEL_BOOKINGS.takes} for field in STAY.fields if field.required)


HEADINGS = {
    ACCOUNT: {
        "name": "客户名称 公司名称 单位全称 企业名称", "short_name": "单位简称 客户简称", "name_en": "英文名", "credit_code": "信用代码 社会信用代码 纳税人识别号", "industry": "所属行业", "phone": "座机 手机号 联系方式 公司电话",
        "email": "电子邮箱", "address": "公司地址 详细地址 通讯地址", "city": "所在城市", "territory_id": "区域", "website": "官网", "invoice_title": "开票抬头", "agreement_no": "合同编号", "agreed_rate": "协议价格",
        "agreement_to": "协议到期日 合同到期日", "level": "客户等级 级别", "owner_id": "销售 销售经理 客户经理 业务员", "source": "客户来源", "partner_since": "合作日期", "legal_person": "法人代表", "competitors": "竞争对手",
    },
    PERSON: {
        "name": "联系人姓名 名字", "latin_name": "姓名拼音", "birthday": "出生年月", "account_id": "工作单位 公司名称 单位名称", "position": "职位", "phone": "手机号 手机号码 联系电话 移动电话", "email": "电子邮箱 邮件",
        "wechat": "微信号", "address": "家庭地址 联系地址", "vip": "VIP等级", "code": "会员卡号", "owner_id": "销售",
    },
    STAY: {"rate_code": "房价码 房价代码", "room_no": "房号", "folio": "账单号"},
}  # fmt: skip


@pytest.mark.parametrize("record", HEADINGS, ids=lambda record: record.key)
def test_headings_of_lists_as_people_keep_them(record: Record) -> None:
    for name, headings in HEADINGS[record].items():
        for heading in headings.split():
            assert recognise(record, [heading]) == {heading: name}
