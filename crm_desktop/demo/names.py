"""Invented names: of people, of companies, and credit codes of a region that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from crm_desktop.demo.house import Dice
from crm_desktop.record.readings import SURNAMES
from crm_desktop.record.terms import syllable

FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤章鲁葛柯翁"
)
FIRST = "思子雨嘉梓浩俊明晓文志建国海春秋丽秀雅静婉书诗景云若知亦可沐清承泽彦廷宏启振立永世安怡欣佳慧敏兰芳君兆元一"
SECOND = "涵轩宇辰豪杰哲航凯琳怡婷妍颖洁莹珊媛瑶萱宁然悦彤宸睿博毅峰磊鹏超斌强军华平英芬娟霞燕梅玲红伟勇刚波涛林森琪瑜璐晴舟禾帆远川阳"
HEADS = "澄禾旭瑞青鹿棠霁岚筠槿砚璞洄萤柘芷漪皋垣珩钰铎霖曜茗荻葭蔚暄晗骐骁珞琮璟"  # each read in its own way
TAILS = "籁渚岫阑栀垧蘅沅楸汀屿泠苇溪洲珂杉朴桐枫樟柏墅轩庐涧泓滢漾潭"  # so no two pairs sound alike
TAKEN = frozenset({"澄籁", "旭阑", "禾渚", "鹿渚", "青垧", "瑞栀", "棠溪", "禾杉", "柯岭", "泽沅", "锦泽", "云楸"})
CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DOUBLE_SURNAMES = ("欧阳", "司徒", "上官", "诸葛", "夏侯", "皇甫")


def people(dice: Dice) -> Iterator[str]:
    """Names of people, none twice."""
    used: set[str] = set()
    while True:
        name = dice.one(FAMILY) + dice.one(FIRST) + (dice.one(SECOND) if dice.percent(82) else "")
        if name not in used:
            used.add(name)
            yield name


def companies(dice: Dice) -> Iterator[str]:
    """Two invented characters, no two pairs of one sound."""
    pairs = [head + tail for head in HEADS for tail in TAILS if head + tail not in TAKEN]
    yield from dice.shuffled(pairs)


def latin(name: str) -> str:
    """A Chinese name as passports write it: Huo Mingyi; nothing for one that is not Chinese."""
    if not all("\u3400" <= letter <= "\u9fff" for letter in name) or len(name) > 4:
        return ""
    family = 2 if name[:2] in DOUBLE_SURNAMES else 1
    first = SURNAMES.get(name[0]) or syllable(name[0])
    syllables = [first, *(syllable(letter) for letter in name[1:])]
    return f"{''.join(syllables[:family]).capitalize()} {''.join(syllables[family:]).capitalize()}".strip()


def _organisation(body: str) -> str:
    """A body of 8 characters with its check character (GB 11714)."""
    left = 11 - sum(LETTERS.index(letter) * weight for letter, weight in zip(body, ORGANISATION_WEIGHTS, strict=True)) % 11
    return body + ("X" if left == 10 else "0" if left == 11 else str(left))


def credit_code(kind: str, number: int) -> str:
    """A valid credit code of the region 990000, which is nowhere: `kind` is enterprise, body or institution."""
    head, body = {"enterprise": ("91", "MA0DM"), "body": ("11", "0DM"), "institution": ("12", "4DM")}[kind]
    code = f"{head}990000{_organisation(body + f'{number:0{8 - len(body)}d}')}"
    left = sum(CREDIT_LETTERS.index(letter) * pow(3, at, 31) for at, letter in enumerate(code)) % 31
    return code + CREDIT_LETTERS[(31 - left) % 31]
