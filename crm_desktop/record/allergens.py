"""Which allergens a text names, in Chinese or English: 花雕醉虾 names shellfish and alcohol, 鱼香肉丝 names none.

A word that is plainly refused where it stands (不要花生, no peanuts, 对虾过敏, nut-free) is not named. What is doubtful counts
as named: a warning too many is read, one too few is eaten."""

from __future__ import annotations

import re
from functools import lru_cache

_TABLE = """
peanut: 花生 落花生 peanut groundnut satay
shellfish: 虾 蟹 贝 蛤 蚝 牡蛎 生蚝 扇贝 鲍 鲍鱼 蛏 螺 龙虾 海参 鱿鱼 墨鱼 章鱼 甲壳 海鲜 shellfish shrimp prawn crab lobster oyster clam mussel scallop squid octopus abalone crayfish seafood
fish: 鱼 鳗 鳕 鲈 鳜 鲑 海鲜 fish salmon cod tuna eel bass anchovy sardine seafood caviar
milk: 牛奶 奶油 奶酪 芝士 黄油 酸奶 乳制品 乳糖 奶茶 冰淇淋 奶粉 milk cream cheese butter yoghurt yogurt dairy lactose latte
egg: 蛋 egg omelette omelet mayonnaise meringue
nuts: 坚果 果仁 杏仁 核桃 腰果 开心果 榛子 松子 夏威夷果 碧根果 nut almond walnut cashew pistachio hazelnut pecan macadamia
gluten: 麸质 小麦 面粉 面条 拉面 面包 馒头 包子 饺 馄饨 蛋糕 意面 gluten wheat flour noodle bread pasta dumpling cake
soy: 大豆 黄豆 豆腐 豆浆 豆奶 豆制品 毛豆 酱油 soy soya tofu edamame
sesame: 芝麻 香油 麻酱 麻油 sesame tahini
mango: 芒果 mango mangoes
alcohol: 酒 花雕 茅台 香槟 威士忌 alcohol wine beer liquor champagne whisky whiskey brandy vodka
pollen: 花粉 鲜花 花束 花篮 百合 玫瑰 插花 康乃馨 pollen flower flowers bouquet lily lilies rose roses
feather: 羽绒 鹅绒 鸭绒 羽毛 feather down goose-down eiderdown
"""
# words that hold an allergen's word and mean something else; taken out before one looks
_HARMLESS = (
    "鱼香", "鱼缸", "鱼尾", "金鱼", "钓鱼", "酒店", "酒楼", "酒会", "酒吧", "酒席", "酒水单", "酒精灯", "羽毛球", "贝壳", "宝贝", "螺丝", "螺旋", "蛋白质", "脸蛋",
    "玫瑰金", "玫瑰红",
    "coconut milk", "almond milk", "oat milk", "soy milk", "soya milk", "rice milk", "cocoa butter", "peanut butter", "rose gold",
    "calm down", "down payment", "downstairs", "sit down", "turn down", "turndown", "down to", "down the", "ginger beer", "non-alcoholic", "alcohol-free",
)  # fmt: skip
# but not these pieces of them
_KEPT = {"almond milk": "almond", "soy milk": "soy", "soya milk": "soya", "peanut butter": "peanut"}
# right before the word; a gap would let a refusal of the dish before reach it (香菜不要 花生要)
_REFUSED_BEFORE = (
    r"(?:不要|不吃|不放|不加|不能吃|不能碰|不能有|不含|不用|不喝|不上|忌食|忌口|忌|禁食|禁用|禁|勿放|勿|无|免|没有|别放|别上|避免|杜绝)[:：]?$"
    r"|(?<![a-z])(?:no|not any|without|free of|free from|avoid|never|does not eat|don't serve|do not serve)\s+$"
)
_REFUSED_AFTER = r"(?:制品|类)?\s?过敏|(?:制品|类)?(?:不吃|不要)(?=$|[\s,，.。;；、!！])|[- ]free\b|\s?allerg"
_JOINED = r"\s*(?:、|和|与|及|或|/|&|\bor\b|\band\b)\s*$"  # these are compiled when first needed: not at every start


@lru_cache(1)
def _words() -> tuple[tuple[str, str], ...]:
    """(word, allergen), longer words first."""
    lines = (line.split(":") for line in _TABLE.strip().splitlines())
    pairs = [(word, code.strip()) for code, words in lines for word in words.split()]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


@lru_cache(1)
def _pattern() -> re.Pattern[str]:
    """Any of the words; English ones whole, with or without an s."""
    words = dict.fromkeys(word for word, _ in _words())
    return re.compile("|".join(rf"(?<![a-z]){re.escape(w)}(?:e?s)?(?![a-z])" if w.isascii() else w for w in words), re.IGNORECASE)


@lru_cache(1)
def _codes() -> dict[str, tuple[str, ...]]:
    """The allergens of each word, also of its plural."""
    out: dict[str, tuple[str, ...]] = {}
    for word, code in _words():
        for form in (word, f"{word}s", f"{word}es") if word.isascii() else (word,):
            out[form] = (*out.get(form, ()), code)
    return out


def _plain(text: str) -> str:
    """Small letters, without the words that only look like an allergen's; the same length, so that places hold."""
    low = text.lower()
    for word in _HARMLESS:
        if word in low:
            kept = _KEPT.get(word, "")
            low = low.replace(word, kept + "\x00" * (len(word) - len(kept)))
    return low


def named(text: str, *, refused: bool = False) -> dict[str, list[str]]:
    """The allergens a text names, each with the words that name it, as they are written.

    With `refused` also those it refuses: what somebody never eats is a list of refusals."""
    low, out, last_end, last_refused = _plain(text), dict[str, list[str]](), 0, False
    if len(low) != len(text):  # a letter whose small form is longer: places no longer hold
        text = low
    for found in _pattern().finditer(low):
        between = low[last_end : found.start()]
        joined = last_refused and re.fullmatch(_JOINED, between) is not None
        last_refused = joined or bool(
            re.search(_REFUSED_BEFORE, low[: found.start()], re.IGNORECASE) or re.match(_REFUSED_AFTER, low[found.end() :], re.IGNORECASE)
        )
        last_end = found.end()
        if refused or not last_refused:
            for code in _codes()[found[0]]:
                out.setdefault(code, []).append(text[found.start() : found.end()])
    return {code: list(dict.fromkeys(words)) for code, words in out.items()}
