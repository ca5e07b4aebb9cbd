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
        {"name": "Anna Miller", "position": "Sales Director", "company": "Harbour & Pine Trading Ltd", "phone": "+65 9123 4567", "email": "anna@example.com", "website": "www.example.com"},
    ),
    ("单位：越岫城建集团\n税号：91350100M000100Y43\n联系人：郭砚平", {"company": "越岫城建集团", "credit_code": "91350100M000100Y43", "name": "郭砚平"}),
    ("阿依努尔·买合木提", {"name": "阿依努尔·买合木提"}), ("周一禾销售经理", {"name": "周一禾", "position": "销售经理"}),
    ("+86 13812345678", {"phone": "138 1234 5678"}),
    ("传真：0575-88001235", {"also": "传真 0575-88001235"}),
    (
        "王建国 总经理\n绍兴柯桥锦绣纺织品有限公司\n手机：13812345678\n座机：0575-84123456\n传真：0575-84123457\nQQ：12345678\n邮编：312030\n地址：浙江省绍兴市柯桥区中国轻纺城东区3楼1208室",
        {"name": "王建国", "position": "总经理", "company": "绍兴柯桥锦绣纺织品有限公司", "phone": "138 1234 5678", "office": "0575-84123456", "address": "浙江省绍兴市柯桥区中国轻纺城东区3楼1208室", "also": "传真 0575-84123457 · QQ 12345678 · 邮编 312030"},
    ),
    (
        "李 娜\n行政人事部 / 行政经理\n杭州云栖科技股份有限公司\nM: 139-5712-3456\nT: (0571)8888 6666-8012\nE: lina@example.com\nA: 杭州市西湖区文三路 478 号华星时代广场 A 座 1203",
        {"name": "李娜", "department": "行政人事部", "position": "行政经理", "company": "杭州云栖科技股份有限公司", "phone": "139 5712 3456", "office": "0571-88886666 转 8012", "email": "lina@example.com", "address": "杭州市西湖区文三路 478 号华星时代广场 A 座 1203"},
    ),
    ("司马青\n绍兴市越城区人民政府府山街道办事处\n电话0575－85123456\n手机１３９００００１２３４", {"name": "司马青", "company": "绍兴市越城区人民政府府山街道办事处", "office": "0575-85123456", "phone": "139 0000 1234"}),
    ("陈Sir 微信号：chen_sir88 手机同微信 13600001234", {"name": "陈Sir", "wechat": "chen_sir88", "phone": "136 0000 1234"}),
    ("您好，我是浙江省中国旅行社的计调小张，张敏 15800001111（微信同号）", {"name": "张敏", "position": "计调", "company": "浙江省中国旅行社", "phone": "158 0000 1111", "wechat": "15800001111"}),
    (
        "David Chen\nRegional Sales Manager\nHarbour International (Shanghai) Co., Ltd.\n12F, 1788 Nanjing Road West, Shanghai 200040\nTel: +86 21 6133 1234\nFax: +86 21 6133 1235\nMob: +86 138 0000 1234",
        {"name": "David Chen", "position": "Regional Sales Manager", "company": "Harbour International (Shanghai) Co., Ltd.", "address": "12F, 1788 Nanjing Road West, Shanghai 200040", "office": "021-61331234", "phone": "138 0000 1234", "also": "传真 021-61331235"},
    ),
    (
        "刘洋 Leo Liu\n采购总监 Purchasing Director\n宁波海曙远洋国际贸易有限公司\nNingbo Haishu Ocean International Trade Co., Ltd.\n+86-574-87123456\nWeChat: leoliu_nb",
        {"name": "刘洋", "latin_name": "Leo Liu", "position": "采购总监", "company": "宁波海曙远洋国际贸易有限公司", "company_en": "Ningbo Haishu Ocean International Trade Co., Ltd.", "office": "0574-87123456", "wechat": "leoliu_nb"},
    ),
    (
        "公司抬头：绍兴越秀会展服务有限公司\n纳税人识别号：91350100M000100Y43\n地址、电话：绍兴市越城区迪荡街道平江路 18 号 0575-88661234\n开户行及账号：中国农业银行绍兴越城支行 19510101040012345",
        {"company": "绍兴越秀会展服务有限公司", "credit_code": "91350100M000100Y43", "address": "绍兴市越城区迪荡街道平江路 18 号", "office": "0575-88661234", "bank": "中国农业银行绍兴越城支行", "bank_account": "19510101040012345"},
    ),
    ("冯小刚\n导演 | 董事长\n绍兴晴川文化传媒\nTEL/微信：13500001234", {"name": "冯小刚", "position": "导演 / 董事长", "company": "绍兴晴川文化传媒", "phone": "135 0000 1234", "wechat": "13500001234"}),
    ("马 化 云\n腾云大厦物业  客服经理\n☎ 0755-86013388\n📱 13800138000\n📍 深圳市南山区科技园路1号", {"name": "马化云", "position": "客服经理", "company": "腾云大厦物业", "office": "0755-86013388", "phone": "138 0013 8000", "address": "深圳市南山区科技园路1号"}),
    ("绍兴文理学院 国际交流处 周老师 88341234", {"company": "绍兴文理学院", "department": "国际交流处", "name": "周老师", "office": "88341234"}),
    ("联系人 钱塘江 电话 13011112222 公司 绍兴鉴湖置业有限公司 地址 绍兴市越城区胜利西路100号", {"name": "钱塘江", "phone": "130 1111 2222", "company": "绍兴鉴湖置业有限公司", "address": "绍兴市越城区胜利西路100号"}),
    ("Dr. Ahmed Al-Farsi\nChief Executive Officer\nGulf Textiles LLC\nP.O. Box 12345, Dubai, UAE\nM +971 50 123 4567", {"name": "Ahmed Al-Farsi", "position": "Chief Executive Officer", "company": "Gulf Textiles LLC", "address": "P.O. Box 12345, Dubai, UAE", "phone": "+971 50 123 4567"}),
    ("山田太郎 (Taro Yamada)\n株式会社サンプル商事\n営業部 部長\nTEL 03-1234-5678", {"name": "山田太郎", "latin_name": "Taro Yamada", "company": "株式会社サンプル商事", "department": "営業部", "position": "部長", "office": "03-1234-5678"}),
    ("陳大文 Tai Man CHAN\n高級經理\n香港貿易發展局\nTel: (852) 2584 4333\nMobile: +852 9123 4567", {"name": "陳大文", "latin_name": "Tai Man CHAN", "position": "高級經理", "company": "香港貿易發展局", "office": "+852 2584 4333", "phone": "+852 9123 4567"}),
    ("赵 云 | 品牌市场中心 | 高级经理 | 云栖计算有限公司 | 18800001111", {"name": "赵云", "department": "品牌市场中心", "position": "高级经理", "company": "云栖计算有限公司", "phone": "188 0000 1111"}),
    ("刘洋 手机（微信同号）：13812345678", {"name": "刘洋", "phone": "138 1234 5678", "wechat": "13812345678"}),
    ("① 单位：国网绍兴供电公司\n② 姓名：鲁迅\n③ 职务：党委书记\n④ 手机：139 5750 0000", {"company": "国网绍兴供电公司", "name": "鲁迅", "position": "党委书记", "phone": "139 5750 0000"}),
    ("", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), CARDS, ids=[f"card {n}" for n in range(len(CARDS))])
def test_cards(text: str, found: dict[str, str]) -> None:
    assert {key: value for key, value in read(text)._asdict().items() if value and key != "rest"} == found


def test_a_card_on_one_line_says_the_same() -> None:
    """A line box turns line ends into spaces."""
    text, found = CARDS[0]
    assert {key: value for key, value in read(text.replace("\n", "  "))._asdict().items() if value and key != "rest"} == found


WORDS = st.sampled_from(["手机", "微信同号", "Tel", ":", "：", " ", "\n", "|", "（", "138", "0575-", "12345678", "李娜", "公司", "@", "我是", "的", "\x02", "📱", "A", "+86", "，", "邮编", "312000", "开户行"])


@given(st.text(max_size=300) | st.lists(WORDS, max_size=40).map("".join))
def test_any_text_is_safe(text: str) -> None:
    assert isinstance(read(text), CardText)
    assert all("\x02" not in value and "\x03" not in value for value in read(text))


@given(st.permutations(CARDS[0][0].split("\n")))
def test_the_order_of_the_lines_does_not_matter(lines: list[str]) -> None:
    assert read("\n".join(lines))._replace(rest="") == CardText(**CARDS[0][1])
