"""What a business card's text or the signature of a chat message says, by rules: who, where, and how to reach them."""

from __future__ import annotations

import re
from typing import NamedTuple

from crm_desktop.duties.clients.rules import COMPOUND
from crm_desktop.duties.clients.rules_account import right_credit_code
from crm_desktop.duties.clients.rules_card_words import (
    CALLED,
    FIRM,
    FRONT,
    JAPANESE,
    LABELS,
    LETTERS,
    NO_NAMES,
    POST,
    SHORT_POSTS,
    SIGNS,
    SURNAMES,
)
from crm_desktop.record import phones
from crm_desktop.record.districts import place_of
from crm_desktop.record.terms import one_spelling

HAN = r"[\u3400-\u9fff]"
_NO_NAMES = frozenset(NO_NAMES.split())
OPEN, CLOSE = "\x02", "\x03"  # around the key of a label that was found
_NARROW = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *map(ord, "＠＋－．＿＃＆＇"))} | {0x3000: " ", 0xFE0F: None, 0x200B: None}
_KEYS = {word: key for key, words in LABELS.items() for word in words.replace("e-?mail", "e-mail|email").split("|")}
_CHINESE = "|".join(r"\s*".join(word) for word in sorted(_KEYS, key=len, reverse=True) if not word.isascii())
_LATIN_LABELS = "|".join(sorted((re.escape(word) for word in _KEYS if word.isascii()), key=len, reverse=True))
_LABEL = re.compile(
    rf"(?<![\u3400-\u9fffA-Za-z0-9])(?:(?P<zh>{_CHINESE})(?:\s*[:：]\s*|\s+|(?=[A-Za-z0-9+(（]))|(?P<en>{_LATIN_LABELS})\.?(?:\s*[:：]\s*|\s*(?=[+(（]?\d))"
    r"|(?P<letter>[MCTODFEAWP])(?:\s*[:：]\s*|[. ]\s*(?=[+(（]?\d)))", re.IGNORECASE,
)  # fmt: skip
_SAME = re.compile(r"[(（,，]?\s*(?:(?:手机|电话)?[即同]微信(?:号)?|微信同(?:手机)?号?码?)\s*[)）]?")
_ALSO_WECHAT = re.compile(r"(手机号?|电话|TEL|Tel|Mobile)\s*[/(（&]\s*(?:微信(?:同?号)?|wechat)\s*[)）]?|微信号?\s*[/&]\s*(手机|电话)", re.IGNORECASE)
_NUMBERED = re.compile(r"[①-⑳]|(?m:^\s*[(（]?\d{1,2}[)）、.](?=\s*[^\s\d]))")
_SPACED = re.compile(rf"(?<!{HAN})(?<!{HAN} )({HAN}) +({HAN})(?: +({HAN}))?(?! *{HAN})")
_SPLIT = re.compile(r"[\n\r|｜•;；\t]+|\s+·\s+")
_SOFT = re.compile(rf"\s{{2,}}|(?<={HAN})\s+(?={HAN})")
_COMMAS = re.compile(r"[,，。](?!\s*(?:Ltd|Limited|Inc|LLC|S\.A)\b)\s*|/\s*(?!\d)", re.IGNORECASE)
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SITE = re.compile(r"(?:https?://)?(?:www\.)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+[^\s,，]*|https?://[^\s,，]+", re.IGNORECASE)
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{18}(?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<!\d)(?<!\+\d\d[ -])(?<!\+\d[ -])(?<!\+\d{3}[ -])(?:(?:\+|00)?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_LAND = re.compile(
    r"(?<![\d-])(?:[(（]?0\d{2,3}[)）]?[- ]?\d{3,4}[- ]?\d{4}(?:\s*(?:转|分机|ext\.?|x|#|-)\s*\d{1,6})?|400[- ]?\d{3,4}[- ]?\d{3,4})(?!\d)"
    r"|\+\d{1,3}[\d ()-]{6,18}\d(?:\s*(?:转|分机|ext\.?|x|#)\s*\d{1,6})?|[(（](?:852|853|886)[)）]\s*\d{4}[- ]?\d{4}(?!\d)|(?<![\w.-])(?!(?:19|20)\d{2}[01]\d)[2-8]\d{3}[- ]?\d{4}(?![\w-])", re.IGNORECASE,
)  # fmt: skip
_HOME = re.compile(r"\+86[- ]?\(?0?(\d{2,3})\)?[- ]?(\d{3,4})[- ]?(\d{4})(.*)")
_REGION = re.compile(r"[(（](852|853|886)[)）]\s*")
_BANK_NUMBER = re.compile(r"(?<!\d)\d(?:[ -]?\d){11,24}(?!\d)")
_FIRM, _POST = re.compile(FIRM, re.IGNORECASE), re.compile(POST, re.IGNORECASE)
_DEPARTMENT = re.compile(rf"^{HAN}{{2,10}}(?:部|处|科|室|事业部|办)$|\b(?:Department|Dept|Division)\.?$", re.IGNORECASE)
_NAME = re.compile(rf"{HAN}{{2,4}}")
_DOTTED = re.compile(rf"{HAN}{{1,8}}(?:·{HAN}{{1,8}})+")
_WORD = r"[^\W\d_](?:[^\W\d_]|['’-])*"
_LATIN = re.compile(rf"(?=[A-ZÀ-Þ]){_WORD}(?: (?:[A-Z]\.?|van|von|de|der|bin|al))?(?: (?=[A-ZÀ-ÞŞ]){_WORD}){{1,2}}")
_NO_NAME = re.compile(r"\b(?:Sales|Marketing|Business|Development|Finance|Human|Resources|China|Shanghai|Beijing|Zhejiang|Shaoxing|Hangzhou|Road|Street|Dear|Best|Kind|Regards|Thank|Sent|From)\b", re.IGNORECASE)
_MIXED = re.compile(rf"({HAN}[\u3400-\u9fff·]+)\s*[(（ ]\s*([A-Za-zÀ-ÿ][^\u3400-\u9fff)）]*)[)）]?")
_TITLE = re.compile(r"^(?:Dr|Mr|Mrs|Ms|Miss|Prof)\b\.?\s+")
_CALLED = re.compile(rf"(?:{CALLED})$")
_SHORT = re.compile(rf"({HAN})(?:{SHORT_POSTS})")
_INTRO = re.compile(rf"(?:this is|I am|I'm|my name is)\s+({_WORD}(?: {_WORD}){{1,2}}?)(?:\s+(?:from|of|at|with)\s+([^.,，]+))?(?:[.,，]|$)", re.IGNORECASE)
_SMALL = re.compile(rf"({HAN}{{2,4}})[小老]({HAN})")  # 计调小张
_WE_ARE = re.compile(r"^.{0,6}?(?:我是|这里是|这边是)(.+?)的(.+)$")
_FAMILIAR = re.compile(rf"[小老]({HAN})")
_POSTCODE = re.compile(r"[(（]?\s*(\d{6})\s*[)）]?$")
_UNIT = re.compile(r"(?:中心|营业部|分院|工作室|事业部)$")  # of a firm as often as a firm itself
_STREET = re.compile(r"(?:省|市|区|县|镇|路|街|道|大厦|广场|号|楼|室|层|Road|Street|Rd\b|Ave\b|Avenue|Floor|P\.?\s?O\.?\s?Box)", re.IGNORECASE)
_HOUSE = re.compile(r"(?:路|街|道|弄|巷|村)\s*\d+|\d+\s*[号楼室层幢]")
_ADDRESS = re.compile(r"(?:Road|Street|Rd\b|Ave\b|Avenue|Floor|P\.?\s?O\.?\s?Box)", re.IGNORECASE)
LONG_NAME = 4  # characters: names as long begin with a surname of two
_EDGES = " ,，、/:：-<>【】[]《》\"“”'‘’()（）。!！"
OTHER = {"name": "latin_name", "company": "company_en"}  # where the same stands in Latin letters
_ALSO = {"fax": "传真", "qq": "QQ", "post": "邮编"}


class CardText(NamedTuple):
    """What was found; '' where nothing was. `phone` is the mobile number where there is one; `also` what is kept as a remark (fax, QQ,
    postcode); `rest` what no rule took."""

    name: str = ""
    latin_name: str = ""
    position: str = ""
    department: str = ""
    phone: str = ""
    email: str = ""
    wechat: str = ""
    company: str = ""
    company_en: str = ""
    office: str = ""
    address: str = ""
    website: str = ""
    credit_code: str = ""
    bank: str = ""
    bank_account: str = ""
    also: str = ""
    rest: str = ""


def read(text: str) -> CardText:
    """What a card's text says, line by line; labels first, then what each piece looks like."""
    found: dict[str, str] = {}
    text, same = _marked(text)
    left: list[str] = []
    for piece in filter(None, map(str.strip, _SPLIT.split(text))):
        left += _labelled(piece, found) if piece.startswith(OPEN) else _parts(piece, found)
    spare = [part for part in left if not _placed(part, found)]
    if same and found.get("phone") and not found.get("wechat"):
        found["wechat"] = re.sub(r"\D", "", found["phone"].split("/")[0])
    return CardText(**found, rest=" ".join(spare)[:200])


def _marked(text: str) -> tuple[str, bool]:
    """The text with each label on a line of its own as its key; whether the mobile number is that of WeChat, too."""
    text = text.replace(OPEN, "").replace(CLOSE, "").translate(_NARROW)
    for sign, label in SIGNS.items():
        text = text.replace(sign, f"\n{label}")
    text = text.replace("】", "】\n")
    text = _SPACED.sub(lambda found: "".join(filter(None, found.groups())), _NUMBERED.sub("\n", text))
    text, also = _ALSO_WECHAT.subn(lambda found: found[1] or found[2], text)
    text, same = _SAME.subn("\n", text)
    return _LABEL.sub(lambda found: f"\n{OPEN}{_key(found)}{CLOSE}", text), bool(also or same)


def _key(label: re.Match[str]) -> str:
    if label["letter"]:
        return LETTERS[label["letter"].lower()]
    return _KEYS[re.sub(r"\s", "", label["zh"]) if label["zh"] else label["en"].lower()]


def _keep(found: dict[str, str], key: str, value: str) -> bool:
    value = value.strip(" ,，、;；:：")
    if not value or key in found:
        return bool(value) and found.get(key) == value
    found[key] = value[:200]
    return True


def _labelled(piece: str, found: dict[str, str]) -> list[str]:
    """What is left of a piece after its label took its value."""
    key, _, value = piece[1:].partition(CLOSE)
    if key == "to":  # whoever it was sent to is one of us
        return []
    if key in _ALSO:
        return _noted(key, value, found)
    if key == "bank":  # often with the number of the account
        value = _BANK_NUMBER.sub(lambda number: " " if _keep(found, "bank_account", number[0]) else number[0], value)
    if key == "bank_account" or (key == "wechat" and value[:1].isascii()):
        number, _, rest = value.strip().partition("  " if key == "bank_account" else " ")
        return ([] if _keep(found, key, number) else [number]) + ([rest] if rest else [])
    parts = _parts(value, found, whole=key == "address", abroad=key if key in ("phone", "office") else "office")
    if not parts or key in ("phone", "office", "email", "website", "credit_code"):
        return [part for part in parts if not (key in ("phone", "office") and _is_number(part) and _keep(found, key, part))]
    return parts[1:] if _given(found, key, parts[0]) else parts


def _noted(key: str, value: str, found: dict[str, str]) -> list[str]:
    """A fax, a QQ number or a postcode: kept as words."""
    number = re.match(r"[+(（]?\d[\d ()（）-]*", value.strip())
    if not number:
        return [value]
    words = f"{_ALSO[key]} {phones.tidy(number[0].strip()) if key == 'fax' else number[0].strip()}"
    found["also"] = f"{found['also']} · {words}" if found.get("also") else words
    rest = value.strip()[number.end() :]
    return _parts(rest, found) if rest.strip(_EDGES) else []


def _is_number(part: str) -> bool:
    return re.fullmatch(r"[+(（]?\d[\d ()（）-]{6,24}", part) is not None


def _parts(piece: str, found: dict[str, str], whole: bool = False, abroad: str = "office") -> list[str]:
    """The pieces of a line, after the addresses and numbers that stand in it were taken."""
    if intro := _INTRO.search(piece):
        for key, value in (("name", intro[1]), ("company", intro[2] or "")):
            _keep(found, key, value)
        piece = piece[: intro.start()] + " , " + piece[intro.end() :]
    rest = _lifted(piece, found, abroad)
    if whole or (_ADDRESS.search(rest) and not re.search(HAN, rest) and re.search(r"\d", rest)):
        rest = re.sub(r"(?:\s*,\s*)+$", "", rest).strip(_EDGES)
        if re.search(HAN, rest) and (code := _POSTCODE.search(rest)):
            _noted("post", code[1], found)
            rest = rest[: code.start()].strip(_EDGES)
        return [rest] if rest else []
    return [each for part in _COMMAS.split(rest) for soft in _SOFT.split(part) if (each := _bare(soft))]


def _bare(part: str) -> str:
    """A part without the marks at its ends, but with a bracket that belongs to it."""
    part = part.strip(" ,，、/:：-<>【】[]《》\"“”'‘’。!！")
    return part if re.search(r"[(（].+[)）]", part) else part.strip(_EDGES)


def _lifted(piece: str, found: dict[str, str], abroad: str) -> str:
    """A piece without the addresses and numbers that stand in it."""
    for pattern, key in ((_MAIL, "email"), (_SITE, "website"), (_CODE, "credit_code"), (_MOBILE, "phone"), (_LAND, "office")):
        for match in pattern.finditer(piece):
            value, into = match[0].strip(), key
            if key == "credit_code" and not right_credit_code(value):
                continue
            if key == "office":
                value, into = _land(value, abroad)
            value = phones.tidy(value) if into in ("phone", "office") else value.upper() if into == "credit_code" else value
            if not _keep(found, into, value) and into in ("phone", "office") and value not in found[into].split(" / "):
                found[into] = f"{found[into]} / {value}"[:200]
            piece = piece.replace(match[0], " , ")
    return piece


def _land(value: str, abroad: str) -> tuple[str, str]:
    """A number of the desk in one way of writing; one from abroad is what its label says."""
    value = re.sub(r"(\d{3,4})-(\d{1,6})$", r"\1转\2", value) if re.match(r"[(（]?0\d{2,3}[)）]?[- ]?\d{3,4}[- ]?\d{4}-\d", value) else value
    value = _REGION.sub(r"+\1 ", value)
    if at_home := _HOME.fullmatch(value):
        return f"0{at_home[1]}-{at_home[2]}{at_home[3]}{at_home[4]}", "office"
    return value, abroad if value.startswith("+") else "office"


def _placed(part: str, found: dict[str, str]) -> bool:
    """Give a part the place it looks like."""
    if part.lower() in _KEYS:
        return True
    if said := _WE_ARE.match(part):
        return _both(_placed(said[1], found) or _given(found, "company", said[1]), _placed(said[2], found) or _given(found, "name", said[2]))
    part = _TITLE.sub("", part)
    if (called := _CALLED.sub("", part)) != part and _is_name(called):
        part = called
    if re.fullmatch(r"\d{6}", part):
        return not _noted("post", part, found)
    if (both := _MIXED.fullmatch(part)) and not _HOUSE.search(part) and not _is_post_of(both):
        return _both(_placed(both[1].strip(), found), _placed(both[2].strip(), found))
    simple = one_spelling(part)
    if _is_address(part) and (_HOUSE.search(part) or not _FIRM.search(simple)):
        return _keep(found, "address", part)
    if _FIRM.search(simple) and len(part) > 3:
        return _firm(part, found)
    return _of_person(part, simple, found)


def _both(one: bool, other: bool) -> bool:
    """True when two parts of a piece have their places: the second is looked at whatever became of the first."""
    return one and other


def _firm(part: str, found: dict[str, str]) -> bool:
    """A firm; of two of which one may be a part of the other, that part is the department."""
    here = found.get("company", "")
    if here and re.search(HAN, here) and re.search(HAN, part):
        if _UNIT.search(here) and not _UNIT.search(part):
            found["company"], part = part, here
        return _keep(found, "department", part)
    return _given(found, "company", part)


def _is_post_of(both: re.Match[str]) -> bool:
    """张三(CEO): the words in brackets are a post, which is understood together with the name."""
    return _is_name(both[1]) and _POST.search(both[2]) is not None


def _of_person(part: str, simple: str, found: dict[str, str]) -> bool:
    if named := _with_post(part):
        return _given(found, "name", named[0]) and (not named[1] or _placed(named[1], found) or _given(found, "position", named[1]))
    if (small := _SMALL.fullmatch(part)) and one_spelling(small[2]) in SURNAMES and _POST.search(small[1]):
        return _given(found, "position", small[1])
    if (short := _SHORT.fullmatch(part) or _FAMILIAR.fullmatch(part)) and short[1] and one_spelling(short[1]) in SURNAMES:
        return _given(found, "name", part)
    if _POST.search(simple):
        return _given(found, "position", part)
    if _DEPARTMENT.search(part):
        return _keep(found, "department", part)
    return _is_name(part) and _given(found, "name", part)


def _given(found: dict[str, str], key: str, value: str) -> bool:
    """A value that may stand there in two languages: the Chinese one is the name, a post in English says the same again."""
    here, latin = found.get(key, ""), not re.search(HAN, value)
    if not here or bool(re.search(HAN, here)) == (not latin):
        if here and key == "position" and value not in here:
            found[key] = f"{here} / {value}"[:200]
            return True
        return _keep(found, key, value)
    if key == "position":
        found[key] = here if latin else value
        return True
    if key not in OTHER:
        return False
    if not latin:
        found[key], value = value[:200], here
    return _keep(found, OTHER[key], value)


def _is_address(part: str) -> bool:
    marks = len(_STREET.findall(part))
    return len(part) > 5 and (marks >= 2 or (marks == 1 and any(c.isdigit() for c in part)) or (marks > 0 and place_of(part) is not None))


def _is_name(part: str) -> bool:
    if _NAME.fullmatch(part):
        return part.startswith((*COMPOUND, *JAPANESE)) or (len(part) < LONG_NAME and one_spelling(part[0]) in SURNAMES and part[:2] not in _NO_NAMES)
    return bool((_LATIN.fullmatch(part) and not _NO_NAME.search(part) and not _POST.search(part)) or _DOTTED.fullmatch(part))


def _with_post(part: str) -> tuple[str, str] | None:
    """张三(销售经理), 张三 销售经理, 张三销售经理, 张三（小张）销售经理."""
    match = re.fullmatch(rf"({HAN}{{2,4}})\s*[(（ ]\s*([^)）]+)[)）]?(.*)", part)
    if match and _is_name(match[1]):
        if _POST.search(match[2]):
            return match[1], match[2].strip()
        if ")" in part or "）" in part:
            return match[1], match[3].strip()
    for length in (2, 3, 4):  # the longest post: 李敏 总经理, not 李敏总 经理
        if len(part) > length + 1 and _is_name(part[:length]) and re.fullmatch(FRONT, part[length:]):
            return part[:length], part[length:]
    return None
