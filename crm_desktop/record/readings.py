"""Characters that are not always read alike: in a surname, and those that some phrase reads in its own way."""

from __future__ import annotations

from crm_desktop.record.later import pattern

SURNAMES = {  # as the first character of a name, unless a phrase begins there
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "盖": "ge", "朴": "piao",
    "翟": "zhai", "任": "ren", "华": "hua", "万": "wan", "覃": "qin", "缪": "miao", "过": "guo", "那": "na",
    "逄": "pang", "谌": "chen", "么": "yao", "隗": "wei", "颉": "xie", "粘": "nian", "郇": "xun",
}  # fmt: skip
RARE_SURNAMES = {  # read so only in these few families: firms begin with the same characters, and are more
    "乐": "yue", "召": "shao", "黑": "he", "员": "yun", "洗": "xian", "繁": "po", "祭": "zhai", "秘": "bi", "种": "chong",
    "折": "she", "能": "nai", "尉": "yu", "句": "gou", "蔚": "yu",
}  # fmt: skip
COMPOUND = frozenset({"单于", "万俟", "尉迟", "乐正", "长孙", "澹台", "宰父", "鲜于", "令狐"})  # surnames that are phrases
# Only a word with one of these is worth asking for its phrases; from the phrases of pypinyin 0.55, held by a test.
VARYING = frozenset(
    "万不丱么乐乘乜了亲什仇从仔仿会传伧伯伺似伽佛侗侥侧便俟信俩倘偻傀傍僪免六其兹内冒冯凹刨券刹削剥剿劲勒匙匮卒单南卜卡厦参句"
    "叨叶吁合吓吖否吭吱告呗呢呱呲呵呷咋和咖咯咱咳咶咽哕哦哪啁啜喔喳嗒嗲嗽嘲噱噷嚓嚼囤圈圜圩地坏坻埋埏埔埶堕堡塞壳大夯奇姥娜婑"
    "孱宿寻射将尉尨尺尾尿屏属岂崴差巷干度弄弟強弹强彊得徵徼忪思恶惏惓房扁扎扒扛扞扢折抹拂拓拗择括拶拾挝挟挼捋捰掴掺提揭摩撮擘"
    "擿攒敦数於无景暴曝曾朘朝期术朴杉杓杕枞枸柏柚柞查栅栖校核桔棬椎楛槛槟模欹殖殷殽氏氓汤沈沓没泊泌泥浍浒涡淜混溃溺漯潦澄澹濩"
    "炰烙焯熨燋燵爪牟犍狧猲率玢琢瑱畜番疟痡的盛省眴着瞿矜石砉碌碡碻磅祕禅秘称稽窨籍粘粥糜系絜綮纚红纤纥纶给络绰绿缉缩缪耆耙聒"
    "肋胖脉腊腌膀膻臂臭般色艾艿芥芫苕苣若茄茜荑荠荤莎莘莞莨莩莫菹落著葚蔓蔚蕃薄藉藏虾蚌蛇蛤蝍螫血行被袷裨裳裼褎褚褪见觉角觜解"
    "识诘说读谁调谷豁豉貉贲贾赚趄路蹊车轧转辗辟还迫遗適邪郄都酖酾重鐀钥铅铛铤镐长閒阿陂陆降隗隽雀露靓革鞘鞞顿颈颉颤食騃驮骠鸟"
    "鹄鹘麇黾齐龈龟"
)
MOSTLY = {  # in names read so, where the table of readings begins with another: 长友 is chang you, 丽都 li du, 阚 kan
    "长": "chang", "都": "du", "泊": "bo", "靓": "liang", "晟": "sheng", "卜": "bu", "伽": "jia", "琢": "zhuo", "佛": "fo", "似": "si",
    "薄": "bo", "珩": "heng", "焘": "tao", "隽": "jun", "阚": "kan", "乜": "nie", "佴": "nai", "咀": "zui",
}  # fmt: skip
ALSO = {  # read so as well, by people or in words no table has: 大厦 da xia, 重百 chong bai, 参茸 shen rong
    "厦": "xia", "重": "chong", "藏": "zang", "参": "shen", "茜": "xi", "什": "shi", "调": "tiao", "莘": "xin", "峤": "qiao", "镐": "hao",
    "炅": "gui", "鹄": "hu", "玚": "yang", "偲": "si", "牟": "mu", "荨": "qian", "谌": "shen",
}  # fmt: skip
PHRASES = {  # places, and words of firms, that the table of phrases reads otherwise
    "涡阳": "guo yang", "洪洞": "hong tong", "会稽": "kuai ji", "大栅栏": "da shi lan", "筠连": "jun lian", "繁峙": "fan shi",
    "珲春": "hun chun", "瑷珲": "ai hui", "浚县": "xun xian", "荥经": "ying jing", "获鹿": "huai lu", "什邡": "shi fang", "乐陵": "lao ling",
    "大城县": "dai cheng xian", "穆棱": "mu ling", "绥棱": "sui ling", "畹町": "wan ding", "六合": "lu he", "曾都": "zeng du",
    "大夫": "dai fu", "给排水": "ji pai shui", "美的": "mei di", "朝花": "zhao hua", "差旅": "chai lv", "出差": "chu chai",
}  # fmt: skip
HOUSE = pattern("(?<=.)行(?=$|有限|股份|集团|贸易|商贸|实业|投资|酒店)")  # of trade, as 恒隆行; 旅行 is met too and loses nothing
BY_PHRASE = VARYING.union(MOSTLY, "洞筠峙珲浚荥获棱畹差")  # each phrase has one of these: asking for phrases is what takes time
VARIES = BY_PHRASE.union(ALSO, SURNAMES, RARE_SURNAMES, "行")  # a word without any of these is read in one way
