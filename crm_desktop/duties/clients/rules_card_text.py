"""What a business card's text or the signature of a chat message says, by rules: who, where, and how to reach them."""

from __future__ import annotations

import re
from typing import NamedTuple

from crm_desktop.duties.clients.rules import COMPOUND
from crm_desktop.duties.clients.rules_account import right_credit_code
from crm_desktop.record import phones
from crm_desktop.record.districts import place_of

_SPLIT = re.compile(r"[\n\r|｜•;；\t]+|\s+·\s+|\s{2,}|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SITE = re.compile(r"(?:https?://)?(?:www\.)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+[^\s,，]*|https?://[^\s,，]+", re.IGNORECASE)
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{18}(?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_LAND = re.compile(r"(?<![\d-])[(（]?0\d{2,3}[)）]?[- ]?\d{3,4}[- ]?\d{4}(?:\s*(?:转|ext\.?|x)\s*\d{1,6})?(?!\d)|\+\d{1,3}[\d ()-]{6,18}\d", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?P<label>姓\s*名|联系人|手\s*机|移动电话|电\s*话|座\s*机|传\s*真|邮\s*箱|电子邮件|微\s*信(?:号)?|地\s*址|公\s*司|单\s*位|部\s*门|职\s*务|职\s*位|网\s*址|税\s*号|统一社会信用代码"
    r"|name|mobile|cell|tel|phone|fax|e-?mail|wechat|address|add|company|department|dept|title|position|web(?:site)?)\s*[:：.]?\s*(?<=[:：.\s])\s*(?P<rest>.+)$",
    re.IGNORECASE,
)  # fmt: skip
_LABELS = {
    "姓名": "name", "联系人": "name", "name": "name", "手机": "phone", "移动电话": "phone", "mobile": "phone", "cell": "phone", "电话": "office", "座机": "office",
    "tel": "office", "phone": "office", "传真": "", "fax": "", "邮箱": "email", "电子邮件": "email", "email": "email", "微信": "wechat", "微信号": "wechat",
    "wechat": "wechat", "地址": "address", "address": "address", "add": "address", "公司": "company", "单位": "company", "company": "company", "部门": "department",
    "department": "department", "dept": "department", "职务": "position", "职位": "position", "title": "position", "position": "position", "网址": "website",
    "web": "website", "website": "website", "税号": "credit_code", "统一社会信用代码": "credit_code",
}  # fmt: skip
_FIRM = re.compile(
    r"(?:公司|集团|银行|支行|分行|大学|学院|学校|医院|事务所|旅行社|会展|协会|商会|研究院|研究所|委员会|管理局|人民政府|办公厅|街道办事处|中心|工厂|酒店|总部|株式会社)$"
    r"|\b(?:Ltd|Limited|Inc|Co|GmbH|LLC|PLC|Corp|Corporation|Company|Group|Bank|University)\.?$", re.IGNORECASE,
)  # fmt: skip
_POST = re.compile(
    r"(?:经理|总监|主任|主管|专员|助理|总裁|总经理|董事长|董事|处长|科长|部长|局长|院长|校长|会计|出纳|秘书|代表|工程师|顾问|组长|店长|厂长|行长|主席|会长|老师|教授|律师|策划师?|计调|导游|书记)$"
    r"|\b(?:Manager|Director|President|Officer|Assistant|Secretary|Engineer|Consultant|Executive|Head|Chair(?:man|woman)?|Accountant|CEO|CFO|COO|CTO|VP)\b", re.IGNORECASE,
)  # fmt: skip
_DEPARTMENT = re.compile(r"^[\u3400-\u9fff]{2,10}(?:部|处|科|室|事业部)$|\bDepartment$", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]{2,4}")
_DOTTED = re.compile(r"[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,8})+")
_LATIN = re.compile(r"[A-Z][a-zA-Z'’-]+(?: [A-Z]\.?)?(?: [A-Z][a-zA-Z'’-]+){1,2}")
_STREET = re.compile(r"(?:省|市|区|县|镇|路|街|道|大厦|广场|号|楼|室|Road|Street|Rd|Ave|Avenue|Floor)", re.IGNORECASE)
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪解应宗丁宣邓单杭洪包诸左石崔吉龚程邢裴陆荣翁荀"
    "羊惠甄曲封储靳井段富焦山谷车侯全班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹龙叶幸司郜黎乔苍双闻莘党翟谭贡劳姬申堵冉郦雍桑桂牛寿通边燕冀尚农温庄晏柴瞿阎连习艾易慎戈廖终居衡步都耿满弘匡国文寇广东欧沃利越"
    "隆师巩聂敖融冷辛阚那简饶空曾关岳覃佟佘郁肖游涂屠"
)


class CardText(NamedTuple):
    """What was found; '' where nothing was. `phone` is the mobile number where there is one; `rest` what no rule took."""

    name: str = ""
    position: str = ""
    department: str = ""
    phone: str = ""
    email: str = ""
    wechat: str = ""
    company: str = ""
    office: str = ""
    address: str = ""
    website: str = ""
    credit_code: str = ""
    rest: str = ""


def read(text: str) -> CardText:
    """What a card's text says, line by line; labels first, then what each piece looks like."""
    found: dict[str, str] = {}
    left: list[str] = []
    for piece in _pieces(text):
        rest = _labelled(piece, found)
        rest = _lifted(rest, found) if rest else ""
        left += [each for each in (part.strip(" ,，、/:：-") for part in re.split(r"[,，/]\s*", rest)) if each]
    spare = [piece for piece in left if not _placed(piece, found)]
    return CardText(**found, rest=" ".join(spare)[:200])


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in _SPLIT.split(text.replace("\u3000", " ")) if piece and piece.strip()]


def _keep(found: dict[str, str], key: str, value: str) -> bool:
    value = value.strip(" ,，、;；:：")
    if not key or not value or key in found:
        return bool(key in found and found[key] == value)
    found[key] = value[:200]
    return True


def _labelled(piece: str, found: dict[str, str]) -> str:
    """What is left of a piece after its label took its value."""
    match = _LABEL.match(piece)
    if not match:
        return piece
    key = _LABELS.get(re.sub(r"[\s-]", "", match["label"]).lower(), "")
    value = match["rest"].strip()
    if key in ("phone", "office", "email", "website", "credit_code") or not key:
        return "" if not key else value  # their looks tell them; a fax is nobody's number
    return "" if _keep(found, key, value) else value


def _lifted(piece: str, found: dict[str, str]) -> str:
    """A piece without the addresses and numbers that stand in it."""
    for pattern, key in ((_MAIL, "email"), (_SITE, "website"), (_CODE, "credit_code"), (_MOBILE, "phone"), (_LAND, "office")):
        for match in pattern.finditer(piece):
            value = match[0].strip()
            if key == "credit_code" and not right_credit_code(value):
                continue
            value = phones.tidy(value) if key in ("phone", "office") else value.upper() if key == "credit_code" else value
            if not _keep(found, key, value) and key == "phone":
                found["phone"] = f"{found['phone']} / {value}"
            piece = piece.replace(match[0], " , ")
    return piece


def _placed(piece: str, found: dict[str, str]) -> bool:
    """Give a piece the place it looks like."""
    piece = re.sub(r"^(?:手机|电话|邮箱|网址|税号|tel|mobile|e-?mail|web)\s*[:：.]?\s*", "", piece, flags=re.IGNORECASE).strip()
    if not piece:
        return True
    if _FIRM.search(piece) and len(piece) > 3:
        return _keep(found, "company", piece)
    if _is_address(piece):
        return _keep(found, "address", piece)
    if named := _with_post(piece):
        return _keep(found, "name", named[0]) and _keep(found, "position", named[1])
    if _POST.search(piece):
        return _keep(found, "position", piece)
    if _DEPARTMENT.search(piece):
        return _keep(found, "department", piece)
    return _is_name(piece) and _keep(found, "name", piece)


def _is_address(piece: str) -> bool:
    marks = len(_STREET.findall(piece))
    return len(piece) > 5 and (marks >= 2 or (marks == 1 and any(c.isdigit() for c in piece)) or (marks > 0 and place_of(piece) is not None))


def _is_name(piece: str) -> bool:
    if _HAN.fullmatch(piece):
        return piece[0] in SURNAMES or piece.startswith(COMPOUND)
    return bool(_LATIN.fullmatch(piece) or _DOTTED.fullmatch(piece))


def _with_post(piece: str) -> tuple[str, str] | None:
    """张三(销售经理), 张三 销售经理, 张三销售经理."""
    match = re.fullmatch(r"([\u3400-\u9fff]{2,4})\s*[(（ ]\s*([^)）]+)[)）]?", piece)
    if match and _is_name(match[1]) and _POST.search(match[2]):
        return match[1], match[2].strip()
    for length in (2, 3, 4):  # the longest post: 李敏 总经理, not 李敏总 经理
        if len(piece) > length + 1 and _is_name(piece[:length]) and re.fullmatch(r"(?:副?总经理|销售经理|经理|总监|主任|会计|秘书|处长|科长|部长|董事长)", piece[length:]):
            return piece[:length], piece[length:]
    return None
