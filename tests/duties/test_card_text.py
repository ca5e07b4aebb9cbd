"""Business cards and chat signatures, read by rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.duties.clients.rules_card_text import CardText, read

CARDS = [
    (
        "张晓岚\n销售经理\n越州轻纺贸易有限公司\n手机：138 1234 5678\n电话：0575-88001234\n邮箱：xiaolan@example.com\n地址：浙江省绍兴市柯桥区裕民路 1 号",
        {"name": "张晓岚", "position": "销售经理", "company": "越州轻纺贸易有限公司", "phone": "138 1234 5678", "office": "0575-88001234", "email": "xiaolan@example.com", "address": "浙江省绍兴市柯桥区裕民路 1 号"},
    ),
    (
        "欧阳朝朝 | 市场部 | 总监 | 沐棹会展 | 微信: chaochao88 | 13900001111",
        {"name": "欧阳朝朝", "department": "市场部", "position": "总监", "company": "沐棹会展", "wechat": "chaochao88", "phone": "139 0000 1111"},
    ),
    ("王立军（采购主管） 13700002222", {"name": "王立军", "position": "采购主管", "phone": "137 0000 2222"}),
    ("李敏总经理\n泽沅银行股份有限公司柯桥支行\n0575-86001234转801", {"name": "李敏", "position": "总经理", "company": "泽沅银行股份有限公司柯桥支行", "office": "0575-86001234 转 801"}),
    (
        "Anna Miller\nSales Director\nHarbour & Pine Trading Ltd\nMobile: +65 9123 4567\nanna@example.com\nwww.example.com",
        {"name": "Anna Miller", "position": "Sales Director", "company": "Harbour & Pine Trading Ltd", "office": "+65 9123 4567", "email": "anna@example.com", "website": "www.example.com"},
    ),
    ("单位：越岫城建集团\n税号：91350100M000100Y43\n联系人：郭砚平", {"company": "越岫城建集团", "credit_code": "91350100M000100Y43", "name": "郭砚平"}),
    ("阿依努尔·买合木提", {"name": "阿依努尔·买合木提"}), ("周一禾销售经理", {"name": "周一禾", "position": "销售经理"}),
    ("+86 13812345678", {"phone": "138 1234 5678"}),
    ("传真：0575-88001235", {}),
    ("", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), CARDS, ids=[f"card {n}" for n in range(len(CARDS))])
def test_cards(text: str, found: dict[str, str]) -> None:
    assert {key: value for key, value in read(text)._asdict().items() if value and key != "rest"} == found


def test_a_card_on_one_line_says_the_same() -> None:
    """A line box turns line ends into spaces."""
    text, found = CARDS[0]
    assert {key: value for key, value in read(text.replace("\n", "  "))._asdict().items() if value and key != "rest"} == found


@given(st.text(max_size=300))
def test_any_text_is_safe(text: str) -> None:
    assert isinstance(read(text), CardText)


@given(st.permutations(CARDS[0][0].split("\n")))
def test_the_order_of_the_lines_does_not_matter(lines: list[str]) -> None:
    assert read("\n".join(lines))._replace(rest="") == CardText(**CARDS[0][1])
