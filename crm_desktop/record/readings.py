"""Characters that are not always read alike: in a surname, and those that some phrase reads in its own way."""

from __future__ import annotations

SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "盖": "ge", "朴": "piao",
    "翟": "zhai", "任": "ren", "华": "hua", "乐": "yue", "万": "wan", "覃": "qin", "缪": "miao", "尉": "yu",
    "召": "shao", "黑": "he", "员": "yun", "洗": "xian", "繁": "po", "祭": "zhai", "秘": "bi", "种": "chong",
    "薄": "bo", "过": "guo", "那": "na", "折": "she", "能": "nai", "逄": "pang", "谌": "chen", "卜": "bu",
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
