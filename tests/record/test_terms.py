"""Search terms and sort keys."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_desktop.record import terms
from crm_desktop.record.readings import BY_PHRASE, PHRASES
from crm_desktop.record.traditional import SIMPLIFIED, TRADITIONAL

NAME = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(NAME, st.integers(0, 20), st.integers(1, 8))
@example("0𒐀", 1, 1)  # a letter of an old script, whose number is above our characters'
def test_every_piece_of_a_word_finds_it(name: str, at: int, length: int) -> None:
    found = terms.terms(name)
    for word in terms.words_in(name) if not terms.PHONE.fullmatch(name) and "@" not in name else ():
        piece = word[at : at + length]
        if piece and (at == 0 or len(piece) > terms.SHORT or re.match(f"[{terms.CHARACTERS}]", piece)):
            assert terms.holds(found, terms.query_words(piece))


@given(st.text("abcdefgh12345", min_size=4, max_size=12), st.integers(1, 11), st.integers(1, 2))
def test_one_or_two_letters_find_beginnings_only(word: str, at: int, length: int) -> None:
    piece = word[at : at + length]
    if piece and not word.startswith(piece):
        assert not terms.holds(terms.terms(word), terms.query_words(piece))


NUMBER = st.text("0123456789 +-()（）/;,、@.-转a", max_size=24)


@given(NAME | NUMBER | st.builds("+86{}".format, NUMBER))
def test_a_text_finds_itself(name: str) -> None:
    if name:
        assert terms.holds(terms.terms(name), terms.query_words(name))


@given(NAME)
def test_terms_are_single_words_of_bounded_length(name: str) -> None:
    found = terms.terms(name)
    assert all(0 < len(term) <= terms.LONGEST_LATIN for term in found.split(" ")) or not found
    assert len(found.split(" ")) == len(set(found.split(" ")))
    assert found == found.lower()


@given(NAME)
def test_one_spelling_of_any_name(name: str) -> None:
    words = terms.words_in(name)
    assert words == terms.words_in(" ".join(words))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Orient", "orient"), ("Grand  Hotel", "grand hotel"), ("王小明", "wang xiao ming"), ("单雄信", "shan xiong xin"), ("ABC公司", "abc gong si"), ("", ""), ("—", ""),
        ("ＡＢＣ", "abc"), ("重庆银行", "chong qing yin hang"), ("單翊飛", "shan yi fei"), ("尉迟恭", "yu chi gong"), ("長沙", "chang sha"), ("O'Neil", "o neil"), ("曾国藩", "zeng guo fan"),
        ("Müller", "muller"), ("黑龙江", "hei long jiang"), ("能源", "neng yuan"), ("区域", "qu yu"), ("乐购", "le gou"), ("丽都", "li du"), ("王长友", "wang chang you"), ("么文静", "yao wen jing"),
    ],
)  # fmt: skip
def test_what_names_are_sorted_by(name: str, key: str) -> None:
    assert terms.sort_key(name) == key


@pytest.mark.parametrize(
    ("phone", "queries"),
    [("+86 138-0013 8000", ["8613800138000", "8000", "138"]), ("(021) 6888-0000", ["02168880000", "0000"]), ("021-68880000/13800138000", ["13800138000", "6888"])],
)
def test_phones_are_found_without_their_marks(phone: str, queries: list[str]) -> None:
    found = terms.terms(phone).split(" ")
    assert all(any(term.startswith(query) for term in found) for query in queries)


def test_a_surname_is_found_by_both_readings() -> None:
    found = terms.terms("单雄信").split(" ")
    assert {"shanxiongxin", "danxiongxin", "sxx", "dxx", "单雄信", "信"} <= set(found)


READ = """
么文静 yao me, 单雄信 shan, 仇英 qiu, 解缙 xie, 曾国藩 zeng, 盖叫天 ge, 区小明 ou, 朴树 piao, 查良镛 zha, 翟志刚 zhai, 任正非 ren, 华罗庚 hua, 万里 wan, 覃海洋 qin tan,
缪昌文 miao, 过江 guo, 那英 na, 逄先知 pang, 谌龙 chen shen, 隗明 wei kui, 颉某 xie, 粘某 nian, 郇某 xun, 乐毅 yue le, 召树屯 shao, 黑伯 he hei, 员半千 yun yuan, 冼星海 xian,
种师道 chong, 折可适 she, 能元皓 nai, 尉健行 wei, 句践 gou, 阚泽 kan, 乜某 nie, 佴某 nai, 卜算 bu, 薄熙来 bo, 牟某 mou mu, 都某 du, 晟某 sheng cheng,
尉迟恭 yuchi, 万俟卨 moqi, 单于 chanyu, 长孙无忌 zhangsun, 澹台灭明 tantai, 鲜于某 xianyu, 令狐冲 linghu, 皇甫某 huangfu, 宇文某 yuwen, 闾丘某 lvqiu, 王珩 wangheng, 李焘 litao,
大厦 dasha daxia, 厦门 xiamen, 银行 yinhang, 招商银行 zhaoshangyinhang, 支行 zhihang, 行长 hangzhang, 行业 hangye, 琴行 qinhang, 太古洋行 yanghang, 恒隆行有限公司 henglonghang,
旅行社 lvxingshe, 行政 xingzheng, 知行 zhixing, 会计师 kuaijishi, 会议 huiyi, 音乐 yinyue, 可口可乐 kekoukele, 乐购 legou, 重庆 chongqing, 重工 zhonggong, 重百 chongbai, 重组 chongzu,
长江 changjiang, 长盛 changsheng, 董事长 dongshizhang, 成长 chengzhang, 丽都 lidu, 都市 dushi, 成都 chengdu, 朝阳 chaoyang zhaoyang, 王朝 wangchao, 差旅 chailv, 调味 tiaowei,
空调 kongtiao, 海参 haishen, 参鲍 shenbao, 藏药 zangyao, 收藏 shoucang, 美的 meidi, 伽蓝 jialan, 给排水 jipaishui, 供给 gongji, 率先 shuaixian, 效率 xiaolv, 便宜 pianyi, 中标 zhongbiao,
蚌埠 bengbu, 六安 luan, 六合 luhe liuhe, 铅山 yanshan, 东莞 dongguan, 莞香 guanxiang, 会稽 kuaiji, 台州 taizhou, 丽水 lishui, 番禺 panyu, 涡阳 guoyang, 亳州 bozhou, 洪洞 hongtong,
乐清 yueqing, 乐山 leshan, 长乐 changle, 乐亭 laoting, 乐陵 laoling, 蔚县 yuxian, 东阿 donge, 单县 shanxian, 牟平 muping, 犍为 qianwei, 筠连 junlian, 繁峙 fanshi, 珲春 hunchun,
浚县 xunxian, 泌阳 biyang, 渑池 mianchi, 柞水 zhashui, 黄陂 huangpi, 耒阳 leiyang, 监利 jianli, 歙县 shexian, 黟县 yixian, 枞阳 zongyang, 盱眙 xuyi, 尉犁 yuli, 什邡 shifang,
荥经 yingjing, 荥阳 xingyang, 十里堡 shilipu, 大埔 dabu, 黄埔 huangpu, 莘庄 xinzhuang, 莘县 shenxian, 浒墅关 xushuguan, 大栅栏 dashilan, 穆棱 muling, 句容 jurong, 百色 baise
"""


@pytest.mark.parametrize("case", READ.replace("\n", " ").split(","))
def test_surnames_places_and_words_of_firms_are_found_as_they_are_said(case: str) -> None:
    name, *said = case.split()
    found = terms.terms(name)
    assert [read for read in said if not terms.holds(found, terms.query_words(read))] == []


def test_a_name_read_in_very_many_ways_keeps_each_reading() -> None:
    word = "长都重藏参晟调行"
    kept = {read for way in terms.readings(word) for read in way}
    assert {"chang", "zhang", "du", "dou", "zhong", "chong", "zang", "cang", "sheng", "cheng", "tiao", "hang", "xing"} <= kept


@pytest.mark.parametrize("name", ["重庆长都行（乐）有限公司", "ガギグ", "김철수", "佐々木"])
def test_characters_stay_as_they_are_written(name: str) -> None:
    """Taking marks off letters leaves every run of characters as it was."""
    run = "".join(terms.runs_in(name))
    assert run == re.sub("[（）]", "", name)
    assert all(terms.holds(terms.terms(name), terms.query_words(run[at : at + length])) for at in range(len(run)) for length in (1, 2, 3))


def test_long_words_are_cut_alike_on_both_sides() -> None:
    word = "abcdefghij" * 5
    assert terms.query_words(word) == [word[: terms.LONGEST_LATIN]]
    assert terms.query_words("中" * 30) == ["中" * terms.LONGEST]
    assert terms.query_words("甲乙丙丁戊己庚辛壬癸子丑") == ["甲乙丙丁戊己庚辛壬癸", "丙丁戊己庚辛壬癸子丑"]
    assert word[: terms.LONGEST_LATIN] in terms.terms(word).split(" ")


def test_every_character_a_phrase_reads_otherwise_is_known() -> None:
    """The table spares a search for phrases; one missing in it would be read wrongly without a word."""
    from pypinyin import Style, lazy_pinyin
    from pypinyin.constants import PHRASES_DICT

    other = {letter for phrase in PHRASES_DICT for letter, read in zip(phrase, lazy_pinyin(phrase, Style.NORMAL), strict=False) if read != terms.syllable(letter)}
    assert other - BY_PHRASE == set()
    assert [phrase for phrase in PHRASES if BY_PHRASE.isdisjoint(phrase)] == []


def test_traditional_characters_have_one_simplified_each() -> None:
    assert len(set(TRADITIONAL)) == len(TRADITIONAL) == len(SIMPLIFIED) > 2_900
    assert not set(TRADITIONAL) & set(SIMPLIFIED)
    assert terms.words_in("錦澤紡織（集團）龍鳳麗") == ["锦泽纺织", "集团", "龙凤丽"]


@pytest.mark.parametrize(
    ("mail", "finds", "does_not"), [("li.ming@corp-hz.com", ["li", "ming", "corp", "hz", "li.ming@corp-hz.com"], ["ing", "orp"])]
)
def test_an_address_is_found_by_its_words_from_their_beginning(mail: str, finds: list[str], does_not: list[str]) -> None:
    found = terms.terms(mail)
    assert all(terms.holds(found, terms.query_words(word)) for word in finds)
    assert not any(terms.holds(found, terms.query_words(word)) for word in does_not)


@given(st.lists(st.text(st.characters(categories=["Lo", "Lu", "Nd"]), max_size=12), max_size=3))
def test_any_reading_is_one_of_the_readings(names: list[str]) -> None:
    for name in names:
        for run in terms.runs_in(name):
            if re.match(f"[{terms.CHARACTERS}]", run):
                assert all(len(reading) == len(run) for reading in terms.readings(run))
                assert 1 <= len(terms.readings(run)) <= terms.MOST_READINGS + 1
