"""Which district an address lies in, and telephone numbers in one way of writing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.record import districts, phones
from crm_desktop.record.districts import place_of, short


@pytest.mark.parametrize(
    ("address", "city", "found"),
    [
        ("浙江省绍兴市越城区澜棠路 88 号", "", ("330602", "绍兴", "越城区")), ("柯桥区裕民路1号", "", ("330603", "绍兴", "柯桥区")),
        ("绍兴柯桥裕民路1号", "", ("330603", "绍兴", "柯桥区")), ("北京市朝阳区建国路88号", "", ("110105", "北京", "朝阳区")),
        ("鼓楼区中山路1号", "南京", ("320106", "南京", "鼓楼区")), ("浙江诸暨市店口镇", "", ("330681", "绍兴", "诸暨市")),
        ("吉林省吉林市船营区", "", ("220204", "吉林", "船营区")), ("内蒙古呼和浩特市新城区", "", ("150102", "呼和浩特", "新城区")),
        ("湖北省仙桃市", "", ("429004", "仙桃", "仙桃市")), ("上海市浦东新区世纪大道1号", "", ("310115", "上海", "浦东新区")),
        ("南京市江宁区", "绍兴", ("320115", "南京", "江宁区")),
    ],
)  # fmt: skip
def test_a_district_is_found(address: str, city: str, found: tuple[str, str, str]) -> None:
    place = place_of(address, city)
    assert place is not None
    assert (place.code, place.city, place.district) == found


@pytest.mark.parametrize(("address", "city"), [("", ""), ("鼓楼区中山路1号", ""), ("北京路12号", "绍兴"), ("澜棠路 88 号", "绍兴"), ("12 Orchard Road", "Singapore")])
def test_what_could_be_several_or_none_is_left_open(address: str, city: str) -> None:
    assert place_of(address, city) is None


def test_every_district_is_found_by_its_whole_address() -> None:
    """All 2,978 of them, from the names above them."""
    known = districts._map()
    codes = [code for code in known.names if len(code) == 6]
    assert len(codes) == 2_978
    missed = []
    for code in codes:
        city = known.names[code[:4]]
        place = place_of(known.names[code[:2]] + ("" if city in districts.NO_CITY else city) + known.names[code] + "人民路1号")
        if place is None or place.code != code:
            missed.append((known.names[code[:2]], city, known.names[code], place and place.code))
    assert missed == []


@given(st.text(max_size=40), st.text(max_size=6))
def test_any_address_is_safe(address: str, city: str) -> None:
    place = place_of(address, city)
    assert place is None or len(place.code) == 6


@pytest.mark.parametrize(("name", "words"), [("绍兴市", "绍兴"), ("沙市区", "沙市"), ("县", "县"), ("广西壮族自治区", "广西"), ("延边朝鲜族自治州", "延边"), ("大兴安岭地区", "大兴安岭"), ("兴安盟", "兴安")])
def test_short_names(name: str, words: str) -> None:
    assert short(name) == words


@pytest.mark.parametrize(
    ("typed", "tidy", "keys"),
    [
        ("13812345678", "138 1234 5678", ("8613812345678",)), ("+86 138-1234-5678", "138 1234 5678", ("8613812345678",)),
        ("(0575) 0000 1001", "0575-00001001", ("8657500001001",)), ("021 6123 4567", "021-61234567", ("862161234567",)),
        ("057500001001转12", "0575-00001001 转 12", ("8657500001001",)), ("+6561234567", "+65 6123 4567", ("6561234567",)),
        ("+44 20 7946 0958 x12", "+44 20 7946 0958 ext. 12", ("442079460958",)), ("19900001001/0575-00001002", "199 0000 1001 / 0575-00001002", ("8619900001001", "8657500001002")),
        ("+20000000000", "+20000000000", ("20000000000",)),
        ("400-800-1234", "400-800-1234", ("4008001234",)), ("10086", "10086", ()), ("", "", ()), ("ask Mr Li", "ask Mr Li", ()), ("+999 1", "+999 1", ()),
    ],
)  # fmt: skip
def test_phones(typed: str, tidy: str, keys: tuple[str, ...]) -> None:
    assert phones.tidy(typed) == tidy
    assert phones.keys(typed) == phones.keys(tidy) == keys


@given(st.one_of(st.text(max_size=30), st.from_regex(r"(\+|00)?[0-9 ()-]{5,20}(转[0-9]{1,4})?", fullmatch=True)))
def test_tidying_again_changes_nothing_and_loses_no_digit(typed: str) -> None:
    once = phones.tidy(typed)
    assert phones.tidy(once) == once
    known = "".join(c for c in typed if c.isascii() and c.isdigit()).removeprefix("00").removeprefix("86")
    left = "".join(c for c in once if c.isascii() and c.isdigit()).removeprefix("00").removeprefix("86")
    assert left in (known, f"0{known}")
