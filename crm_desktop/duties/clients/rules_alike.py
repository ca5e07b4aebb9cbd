"""Are these two clients, or these two people, one? A score of 100 and its reasons in words; nobody is ever merged by it.

A key is what both rows must share for a comparison to be worth while; keys stand in the search index."""

from __future__ import annotations

import re

from crm_desktop.record.alike import HINT_KEY, Evidence, squash
from crm_desktop.record.later import pattern
from crm_desktop.record.record import Row
from crm_desktop.record.terms import FIRST_CHARACTER, one_spelling, sort_key
from crm_desktop.record.text import Text

ACCOUNT_ON = ("name", "short_name", "type", "phone", "credit_code", "email", "website", "city", "address", "parent_id")
PERSON_ON = ("name", "latin_name", "sex", "birthday", "account_id", "phone", "email", "wechat", "id_number")
FORMS = (
    "股份有限责任公司", "有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "股份公司", "集团公司", "总公司", "公司", "集团", "股份", "厂",
    "incorporated", "corporation", "company", "limited", "gmbh", "ltd", "inc", "llc", "plc", "co", "corp",
)  # fmt: skip
BRANCH = pattern("(分公司|子公司|支行|分行|分社|分店|营业部|营业厅|办事处|分部|总部|项目部|分院|院区|校区|分校|分厂|工厂|门店|代表处|网点)$")
TITLED = pattern("(女士|先生|小姐|太太|老师|经理|总监|主任|会计|秘书|师傅|总|姐|哥)$")
PLACE = pattern("^(中国)?([^省市县区]{2,6}(省|自治区))?([^省市县区]{2,4}市)?")
SHORT_NAME = 3  # characters: names of this length sound alike by chance
PHONE_TAIL = 8  # digits: with and without area or country code
ANYBODYS = frozenset((  # mail that says nothing about whose it is
    "qq.com", "vip.qq.com", "foxmail.com", "163.com", "vip.163.com", "126.com", "yeah.net", "139.com", "189.cn", "wo.cn", "sina.com", "sina.cn", "vip.sina.com", "sohu.com",
    "aliyun.com", "21cn.com", "tom.com", "gmail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "yahoo.com.cn", "yahoo.cn", "icloud.com", "me.com",
    "mail.com", "gmx.de", "web.de", "naver.com", "example.com", "example.org", "example.net",
))  # fmt: skip
MOBILE = pattern(r"(0?0?86)?1\d{10}")


def core_name(name: str) -> str:
    """A company's name without its legal form, its province and city, blanks and marks: 禾杉（绍兴）电子有限公司 is 禾杉绍兴电子."""
    core = squash(name)
    for _ in range(3):  # 集团股份有限公司
        form = next((form for form in FORMS if core.endswith(form) and len(core) > len(form) + 1), "")
        core = core[: len(core) - len(form)]
    placed = PLACE.sub("", core)
    return placed if len(placed) > 1 else core


def digits(phone: str) -> str:
    """The end of a phone number that tells it from others; '' when there is none."""
    found = re.sub(r"\D", "", re.split("[/;,；，、转x]", one_spelling(phone))[0])
    return found[-PHONE_TAIL:] if len(found) >= PHONE_TAIL - 1 else ""


def sound(name: str) -> str:
    """How a name is read, without blanks."""
    return sort_key(name).replace(" ", "")


def domain(row: Row) -> str:
    """The internet name of a firm, from its e-mail address, else its website; '' for mail anybody may have."""
    mail = _text(row, "email").lower().rpartition("@")[2]
    site = re.sub("^(https?://)?(www\\.)?", "", _text(row, "website").lower()).split("/")[0]
    return next((name for name in (mail, site) if "." in name and name not in ANYBODYS), "")


def account_keys(row: Row) -> list[str]:
    """What another account must share to be compared with this one."""
    names = [core_name(_text(row, name)) for name in ("name", "short_name")]
    keys = [f"n{sound(name)}" for name in names if len(name) > 1]
    keys += [f"{mark}{value}" for mark, value in _contacts(row) if value]
    return [*keys, *_marked("c", _text(row, "credit_code")), *_marked("d", domain(row))]


def person_keys(row: Row) -> list[str]:
    """What another person must share to be compared with this one."""
    keys = [f"{mark}{value}" for mark, value in _contacts(row) if value] + _marked("w", _text(row, "wechat"))
    keys += _marked("i", _text(row, "id_number")) if _whole(row) else []
    day, employer = _text(row, "birthday").replace("-", ""), str(row.get("account_id") or "")
    keys += _marked(f"b{day}a", employer) if day else []
    for name in dict.fromkeys(sound(_text(row, column)) for column in ("name", "latin_name")):
        keys += [f"{HINT_KEY}{name}", *_marked(f"n{name}b", day), *_marked(f"n{name}a", employer)] if name else []
    return keys


def _whole(row: Row) -> bool:
    """True when of a paper's number more than its last characters is known."""
    return "~" in _text(row, "id_number")


def _marked(mark: str, value: str) -> list[str]:
    return [mark + value] if value else []


def _contacts(row: Row) -> list[tuple[str, str]]:
    return [("p", digits(_text(row, "phone"))), ("e", squash(_text(row, "email")))]


def _text(row: Row, name: str) -> str:
    return str(row.get(name) or "").strip()


def _same(one: Row, other: Row, name: str) -> bool:
    return _text(one, name) != "" and squash(_text(one, name)) == squash(_text(other, name)) != ""


def _differ(one: Row, other: Row, name: str) -> bool:
    """Both are known, and they are not the same."""
    return bool(_text(one, name) and _text(other, name)) and not _same(one, other, name)


# clients


def accounts_alike(one: Row, other: Row) -> Evidence:
    """How sure it is that two accounts are one client."""
    found = Evidence()
    if (words := related(one, other)) is not None:
        found.add(20, words)
        return found
    if _same(one, other, "credit_code"):
        found.add(100, Text("same credit code"))
    elif _differ(one, other, "credit_code"):
        found.add(-50)
    named = _account_names(one, other, found)
    if digits(_text(one, "phone")) and digits(_text(one, "phone")) == digits(_text(other, "phone")):
        found.add(30, Text("same phone"))
    if domain(one) and domain(one) == domain(other) and not _differ(one, other, "credit_code"):  # the firms of a group share one
        found.add(45, Text("same e-mail") if _same(one, other, "email") else Text("same internet name: {name}", name=domain(one)))
    elif _same(one, other, "email"):
        found.add(25, Text("same e-mail"))
    if _same(one, other, "address") and any(letter.isdigit() for letter in _text(one, "address")):
        found.add(15, Text("same address"))
    if named and _differ(one, other, "city"):
        found.add(-15)
    return found


def related(one: Row, other: Row) -> Text | None:
    """Two offices of one house are not one client: why, None where they are no such two."""
    for child, parent in ((one, other), (other, one)):
        if child.get("parent_id") is not None and child["parent_id"] == parent.get("id"):
            return Text("one belongs to the other: not the same")
    names = [squash(_text(row, "name")) for row in (one, other)]
    branches = [bool(BRANCH.search(name)) for name in names]
    if names[0] != names[1] and any(branches) and (_begin_alike(*names) if all(branches) else _begins_with(*sorted(names, key=len))):
        return Text("head office and branch: not the same")
    return None


def _begins_with(head: str, branch: str) -> bool:
    core = core_name(head)
    return len(core) > 1 and core in branch


def _begin_alike(one: str, other: str) -> bool:
    return core_name(BRANCH.sub("", one))[:4] == core_name(BRANCH.sub("", other))[:4]


def _account_names(one: Row, other: Row, found: Evidence) -> bool:
    """What the names say; true when they say something."""
    raw = [_text(row, "name") for row in (one, other)]
    cores = [core_name(name) for name in raw]
    few = min(map(len, cores)) <= SHORT_NAME or "individual" in (one.get("type"), other.get("type"))
    if len(cores[0]) > 1 and cores[0] == cores[1]:
        found.add(60 if few and "individual" in (one.get("type"), other.get("type")) else 85, _same_name(*raw))
    elif _short_is_name(one, other) or _short_is_name(other, one):
        found.add(75, Text("the short name of one is the name of the other"))
    elif len(cores[0]) > 1 and cores[0][0] >= FIRST_CHARACTER and sound(raw[0]) and sound(cores[0]) == sound(cores[1]):
        found.add(50 if few else 75, Text("sounds the same: {one}, {other}", one=_unlike(*cores)[0], other=_unlike(*cores)[1]))
    elif _same(one, other, "short_name"):
        found.add(45, Text("same short name"))
    else:
        return False
    return True


def _short_is_name(one: Row, other: Row) -> bool:
    short, core = core_name(_text(one, "short_name")), core_name(_text(other, "name"))
    return len(short) > 1 and short == core


def _unlike(one: str, other: str) -> tuple[str, str]:
    """Only the characters around where two names of one sound differ."""
    at = [n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    return (one[max(0, at[0] - 1) : at[-1] + 2], other[max(0, at[0] - 1) : at[-1] + 2]) if at else (one, other)


def _same_name(one: str, other: str) -> Text:
    """In what two names that are one differ as they are written."""
    if one == other:
        return Text("same name")
    if squash(one) != squash(other):
        return Text("same name but for the legal form")
    if re.sub(r"\W", "", one) == re.sub(r"\W", "", other):
        return Text("same name but for brackets and blanks")
    return Text("same name in traditional or wide characters")


# people


def people_alike(one: Row, other: Row) -> Evidence:
    """How sure it is that two rows are one person."""
    found = Evidence()
    if _same(one, other, "id_number") and _whole(one):
        found.add(100, Text("same document"))
    named = _person_names(one, other, found)
    if digits(_text(one, "phone")) and digits(_text(one, "phone")) == digits(_text(other, "phone")):
        found.add(50 if _mobile(one) and _mobile(one) == _mobile(other) else 30, Text("same phone"))
    for name, points, words in (("email", 45, Text("same e-mail")), ("wechat", 50, Text("same WeChat"))):
        if _same(one, other, name):
            found.add(points, words)
    if named and one.get("account_id") is not None and one["account_id"] == other.get("account_id"):
        found.add(20, Text("same employer"))
    if _same(one, other, "birthday"):
        found.add(30, Text("same birthday"))
    elif _differ(one, other, "birthday"):
        found.add(-50)
    if _differ(one, other, "sex"):
        found.add(-40)
    return found


def _person_names(one: Row, other: Row, found: Evidence) -> bool:
    """What the names say; true when they say something."""
    names = [_text(row, "name") for row in (one, other)]
    plain = [squash(name) for name in names]
    if plain[0] == plain[1] != "":
        found.add(55, Text("same name"))
    elif _in_letters(one, other) or _in_letters(other, one):
        found.add(50, Text("same name in other letters"))
    elif plain[0][:1] >= FIRST_CHARACTER and sound(names[0]) == sound(names[1]):
        found.add(35, Text("sounds the same: {one}, {other}", one=names[0], other=names[1]))
    elif _surname_of(*plain) or _surname_of(*reversed(plain)):
        found.add(30, Text("same surname, one without a given name"))
    elif len(plain[0]) == len(plain[1]) > 2 and plain[0][1:] == plain[1][1:] and plain[0][0] >= FIRST_CHARACTER:
        found.add(25, Text("same given name, another surname"))
    else:
        return False
    return True


def _mobile(row: Row) -> str:
    """A mobile phone's eleven digits: it belongs to one person, a number of the house to many."""
    found = MOBILE.fullmatch(re.sub(r"\D", "", _text(row, "phone")))
    return found[0][-11:] if found else ""


def _in_letters(one: Row, other: Row) -> bool:
    latin, name = _text(one, "name"), _text(other, "name")
    return latin.isascii() and not name.isascii() and _letters(latin) in (_letters(name), _letters(_text(other, "latin_name"))) and _letters(latin) != ""


def _letters(name: str) -> str:
    return "".join(sorted(sort_key(name).replace(" ", "")))


def _surname_of(called: str, name: str) -> bool:
    surname = TITLED.sub("", called)
    return surname != called and 0 < len(surname) < 3 and name.startswith(surname) and not TITLED.search(name)
