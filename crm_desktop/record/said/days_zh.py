"""How Chinese names days: 下周三, 25号, 月底, 三天后, 国庆, 农历十月十二."""

from __future__ import annotations

import datetime as dt
import re

from crm_desktop.record import lunar
from crm_desktop.record.said.days import YEARS, Ask, Reading, Rule, date, month_later, month_part
from crm_desktop.record.said.line import END, HAN, START, pattern
from crm_desktop.record.said.numerals import COUNT, whole

_TWO = "(?:[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_YEAR = r"(?:(?<![0-9])(?P<year>今年|明年|后年|去年|(?:19|20)?[0-9]{2}年)\s?)?"
_YEARS = {"今": 0, "明": 1, "后": 2, "去": -1}
_SHIFT = {"上上": -2, "上": -1, "本": 0, "这": 0, "当": 0, "下": 1, "下下": 2}
_NEAR = "(?P<near>上上|下下|上|下|本|这|当)"
_THINGS = "个位桌人间场家次趟遍倍万千百元块%点时:."
_NUMBERED = (
    r"楼|厅|桌|馆|店|院|台(?!风)|仓|码|柜|位|文件|员工|别墅|公馆|会议室|单|房(?![费价款租])|门(?!店)|线(?![上下])|机(?![票场])|车(?![接送展辆])"
)
_BEGINNINGS = {"初": 1, "上旬": 10, "中": 15, "中旬": 20, "底": 31, "末": 31, "下旬": 31}
_SPANS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_DAY_WORDS = {"大前天": -3, "前天": -2, "昨": -1, "今": 0, "明": 1, "后天": 2, "大后天": 3}
_WEEK = "一二三四五六日天末"
_AT_WEEKDAY = "晚早中上下前后内付见来去到回交送发给签谈吃走办开会定催打汇还结转收拜约有和与的或是要能可再请至宴"
_FIXED = {
    "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "五一": (5, 1), "劳动节": (5, 1), "六一": (6, 1), "儿童节": (6, 1),
    "教师节": (9, 10), "国庆": (10, 1), "双十一": (11, 11), "平安夜": (12, 24), "圣诞": (12, 25),
}  # fmt: skip
_LUNAR = {
    "春节": (1, 1), "大年初一": (1, 1), "年初一": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7), "中秋": (8, 15),
    "重阳": (9, 9), "腊八": (12, 8), "除夕": (13, 0), "大年三十": (13, 0), "年三十": (13, 0),
}  # fmt: skip
_FEASTS = "|".join(sorted({*_FIXED, *_LUNAR, "清明"}, key=len, reverse=True))
_SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹潘葛范彭鲁马方任袁唐薛雷贺汤罗郝安傅余孟黄萧尹姚邵汪毛宋庞项祝董梁杜贾江郭梅林钟徐邱高夏蔡田胡万卢丁邓石崔龚程陆刘叶白曾肖单"
_WHEN = r"[0-9早晚付去来见到]|[上下中]午|之?[前后]|以[前后]|当|那|期间|假"


def _full(match: re.Match[str], _ask: Ask) -> dt.date | None:
    """2026-11-18, 26.11.18, 2026年11月18日, 20261118."""
    year, _, month, day = (part for part in match.groups()[:4])
    if match["packed"]:
        return date(int(match["packed"][:4]), int(match["packed"][4:6]), int(match["packed"][6:]))
    return date(_century(year), int(month), int(day))


def _century(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _year(words: str | None, ask: Ask) -> int | None:
    if not words:
        return None
    return ask.today.year + _YEARS[words[0]] if words[0] in _YEARS else _century(words.rstrip("年"))


def _month_day(match: re.Match[str], ask: Ask) -> Reading | dt.date | None:
    """3月8日, 明年三月八号; without 日, 十月十二 may be lunar too."""
    year, month, day = _year(match["year"], ask), whole(match["month"]) or 0, whole(match["day"]) or 0
    found = date(year, month, day) if year else ask.yearly(month, day)
    if match["end"] or match["day"].isascii():
        return found
    both = (found, _lunar_day(year, month, day, ask))
    return Reading(tuple(sorted({day for day in both if day}, reverse=ask.back)), sure=False)


def _lunar_day(year: int | None, month: int, day: int, ask: Ask, leap: bool = False) -> dt.date | None:
    """A lunar date in that lunar year, or the nearest."""
    years = (year,) if year else range(ask.today.year - 2, ask.today.year + 3)
    days = [_solar(y, month, day, leap) for y in years]
    return days[0] if year else ask.nearest(days)


def _solar(year: int, month: int, day: int, leap: bool = False) -> dt.date | None:
    """The day of a lunar date; None where that year has no such month, or the month no such day."""
    for found, first, length in lunar.months(year):
        if found == (month, leap) and 1 <= day <= length:
            return first + dt.timedelta(day - 1)
    return None


def _lunar(match: re.Match[str], ask: Ask) -> dt.date | None:
    """农历十月十二, 腊月廿八, 正月初五, 八月初八."""
    if not (match["said"] or match["month"] in "正冬腊" or match["day"][0] in "初廿"):
        return None
    month = {"正": 1, "冬": 11, "腊": 12}.get(match["month"]) or whole(match["month"])
    day = whole(match["day"].removeprefix("初"))
    return _lunar_day(_year(match["year"], ask), month or 0, day or 0, ask, bool(match["leap"]))


def _near_month_day(match: re.Match[str], ask: Ask) -> Reading | dt.date | None:
    """下月3号, 本月25号; a day that month lacks, or that has passed, is asked about."""
    first = month_later(ask.today.replace(day=1), _SHIFT[match["near"]])
    day = whole(match["day"]) or 0
    if not 1 <= day <= 31:
        return None
    found = date(first.year, first.month, day)
    if found and not (ask.passed(found) and _SHIFT[match["near"]] == 0):
        return found
    return Reading((month_later(found, 1) if found else month_part(first, 31),), sure=False)


def _day_of_month(match: re.Match[str], ask: Ask) -> dt.date | None:
    """25号: of this month or, when it has passed, of the next that has it."""
    firsts = [month_later(ask.today.replace(day=1), more) for more in range(-2, 3)]
    return ask.nearest(date(first.year, first.month, whole(match["day"]) or 0) for first in firsts)


def _month_part(match: re.Match[str], ask: Ask) -> Reading | None:
    """月底, 下月初, 12月中旬; a third of a month means no later than its end."""
    part, first = _BEGINNINGS[match["part"]], ask.today.replace(day=1)
    found: dt.date | None
    if match["near"]:
        found = month_part(month_later(first, _SHIFT[match["near"]]), part)
    elif match["month"]:
        months = [first.replace(year=first.year + more, month=whole(match["month"]) or 0) for more in YEARS]
        found = ask.nearest(month_part(month, part) for month in months)
    else:
        found = ask.nearest(month_part(month_later(first, more), part) for more in (-1, 0, 1))
    return Reading((found,), latest="旬" in match["part"]) if found else None


def _year_part(match: re.Match[str], ask: Ask) -> dt.date | None:
    """年底, 明年初, 2027年底."""
    month, day = {"底": (12, 31), "末": (12, 31), "中": (6, 30), "初": (1, 1)}[match["part"]]
    year = match["year"]
    if not year:
        return ask.yearly(month, day)
    return date(ask.today.year + _YEARS[year] if year in _YEARS else int(year), month, day)


def _before_new_year(_match: re.Match[str], ask: Ask) -> Reading:
    """年前: before the year ends, or before Spring Festival."""
    eve = _feast_day("除夕", None, ask)
    return Reading(tuple(day for day in (ask.yearly(12, 31), eve) if day), sure=False, latest=True)


def _quarter_end(match: re.Match[str], ask: Ask) -> dt.date:
    first = month_later(ask.today.replace(day=1), 2 - (ask.today.month - 1) % 3 + 3 * (match["near"] == "下"))
    return month_part(first, 31)


def _weekday(match: re.Match[str], ask: Ask) -> Reading | dt.date | None:
    """周三, 本周五, 下下周一, 周末; not 周一禾, who is a person."""
    day = match["day"][0]  # 周六日 begins on Saturday
    index = _WEEK.index(day) if day in _WEEK else int(day) - 1
    index = {7: 6, 8: 5}.get(index, index)
    if not match["near"]:
        return None if match["week"] == "周" and _is_name(match) else nearest_weekday(index, match["day"] == "末", ask)
    shift = _SHIFT[match["near"]]
    found = ask.today + dt.timedelta(7 * shift + index - ask.today.weekday())
    if shift == 0 and match["day"] == "末" and ask.today.weekday() == 6:
        return ask.today
    return Reading((found + dt.timedelta(7),), sure=False) if shift == 0 and ask.passed(found) else found


def nearest_weekday(index: int, weekend: bool, ask: Ask) -> dt.date | None:
    """The nearest such day of the week (Monday 0); a Sunday is still its weekend."""
    if weekend and ask.today.weekday() == 6:
        return ask.today
    monday = ask.today - dt.timedelta(ask.today.weekday())
    return ask.nearest(monday + dt.timedelta(index + more) for more in (-7, 0, 7))


def _is_name(match: re.Match[str]) -> bool:
    """True where 周 is a surname: one more letter and the word ends, or somebody is called it."""
    text, following = match.string, match.string[match.end() : match.end() + 1]
    if not pattern(f"[{HAN}]").match(following) or following in _AT_WEEKDAY:
        return False
    called = text[: match.start()].endswith(tuple("给跟找问叫对"))
    return called or following == "福" or bool(pattern(END).match(text, match.end() + 1))


def _day_word(match: re.Match[str], ask: Ask) -> dt.date:
    """今天, 明晚, 大后天."""
    return ask.today + dt.timedelta(_DAY_WORDS.get(match[0], _DAY_WORDS.get(match[0][0], 0)))


def _span(match: re.Match[str], ask: Ask) -> Reading | None:
    """3天后, 两周内, 半个月后, 再过三天."""
    unit, side, half = match["unit"].removeprefix("个"), match["side"] or "后", match["count"] == "半"
    count = 1 if half else whole(match["count"])
    if not count or unit + side == "日前":  # 3日前 is before the third
        return None
    found = ask.today + dt.timedelta(15) if half and unit == "月" else _later(ask.today, count, unit, half, side)
    return Reading((found,), latest=side == "内")


def _later(day: dt.date, count: int, unit: str, half: bool, side: str) -> dt.date:
    sign = -1 if side == "前" else 1
    if unit in _SPANS:
        return day + dt.timedelta(sign * count * _SPANS[unit])
    return month_later(day, sign * count * (1 if unit == "月" else 6 if half else 12))


def _feast_day(name: str, year: int | None, ask: Ask) -> dt.date | None:
    """A holiday in that year, or the nearest."""
    if name in _FIXED:
        return date(year, *_FIXED[name]) if year else ask.yearly(*_FIXED[name])
    if name == "清明":
        return _clear_and_bright(year) if year else ask.nearest(_clear_and_bright(ask.today.year + n) for n in YEARS)
    month, day = _LUNAR[name]
    if month <= 12:
        return _lunar_day(year, month, day, ask)
    years = [year + 1] if year else range(ask.today.year - 1, ask.today.year + 3)
    eves = [first - dt.timedelta(1) for y in years if (first := _solar(y, 1, 1))]
    return next(iter(eves), None) if year else ask.nearest(eves)


def _clear_and_bright(year: int) -> dt.date | None:
    """清明; the usual rule of thumb for the years 2000 to 2099."""
    short = year - 2000
    return date(year, 4, int(short * 0.2422 + 4.81) - short // 4) if 0 <= short < 100 else None


def _feast(match: re.Match[str], ask: Ask) -> Reading | dt.date | None:
    """国庆, 中秋节前; 五一路 is a street, 李国庆 a person, and 国庆房价 not certainly a day."""
    text, day = match.string, _feast_day(match["feast"], _year(match["year"], ask), ask)
    someone = rf"(?:{START}|[给跟找问叫约])[{_SURNAMES}]$"
    if not day or pattern(someone).search(text[: match.start()]):
        return None
    if match["after"]:
        return Reading((day + dt.timedelta(1), day + dt.timedelta(7)), sure=False)
    sure = pattern(rf"{END}|{_WHEN}").match(text, match.end()) is not None
    return day if sure else Reading((day,), sure=False, loose=True)


def _some_week(match: re.Match[str], ask: Ask) -> Reading:
    """下周 without a day: its working days."""
    monday = ask.today + dt.timedelta(7 * _SHIFT[match["near"]] - ask.today.weekday())
    days = [monday + dt.timedelta(more) for more in range(5)]
    return Reading(tuple(day for day in days if not ask.passed(day)), sure=False, latest=bool(match["within"]))


def _some_month(match: re.Match[str], ask: Ask) -> Reading:
    """下月 without a day: its first, middle and last; 下月账单 is a bill and no day."""
    first = month_later(ask.today.replace(day=1), _SHIFT[match["near"]])
    if match["within"]:
        return Reading((month_part(first, 31),), latest=True)
    days = [month_part(first, part) for part in (1, 15, 31)]
    loose = not pattern(END).match(match.string, match.end())
    return Reading(tuple(day for day in days if not ask.passed(day)), sure=False, loose=loose)


def _whole_month(match: re.Match[str], ask: Ask) -> Reading:
    """12月 alone: its first or last day."""
    first = ask.today.replace(day=1, month=whole(match["month"]) or 0)
    days = [month_part(first.replace(year=first.year + more), part) for more in YEARS for part in (1, 31)]
    near = sorted((day for day in days if (day <= ask.today if ask.back else day >= ask.today)), reverse=ask.back)
    return Reading(tuple(near[:2]), sure=False)


RULES: tuple[Rule, ...] = (
    (
        r"(?<![0-9.,/-])(?:((?:19|20)?[0-9]{2})([./-])([0-9]{1,2})\2([0-9]{1,2})(?![0-9]|[./-][0-9])日?"
        r"|(?P<packed>20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?![0-9.,万元]))",
        _full,
        True,
    ),
    (
        rf"(?<![0-9])(?P<year>今年|明年|后年|去年|(?:19|20)?[0-9]{{2}}年)\s?(?P<month>{_TWO})月份?\s?(?P<day>{_TWO})"
        rf"(?P<end>日|号(?!{_NUMBERED})|(?![0-9一二三四五六七八九十日号{_THINGS}]))",
        _month_day,
        True,
    ),
    (
        rf"(?P<year>)(?<![0-9.一二三四五六七八九十历闰])(?P<month>{_TWO})月份?\s?(?P<day>{_TWO})"
        rf"(?P<end>日|号(?!{_NUMBERED})|(?![0-9一二三四五六七八九十日号{_THINGS}]))",
        _month_day,
        False,
    ),
    (
        rf"(?P<said>农历|阴历|旧历)?\s?{_YEAR}(?P<leap>闰?)(?P<month>[正冬腊]|(?<![0-9.一二三四五六七八九十]){_TWO})月"
        r"(?P<day>初?[一二三四五六七八九十廿卅]{1,3}|[0-9]{1,2})日?",
        _lunar,
        False,
    ),
    (rf"{_NEAR}个?月(?P<day>{_TWO})(?:日|号(?!{_NUMBERED})|(?![0-9一二三四五六七八九十{_THINGS}]))", _near_month_day, False),
    (
        rf"(?<![0-9.,a-z月年第#/一二三四五六七八九十-])(?P<day>{_TWO})(?:号(?!{_NUMBERED})"
        r"|(?<=[0-9])日(?![游内均常程报历薪志用子本元期间夜记语式后]|以后|之后))",
        _day_of_month,
        False,
    ),
    (
        rf"(?:{_NEAR}个?|(?<![0-9.])(?P<month>{_TWO})|(?<!个))月份?(?P<part>上旬|中旬|下旬|[初中底末])"
        r"(?![一二三四五六七八九十国])",
        _month_part,
        False,
    ),
    (r"(?:(?P<year>[今明后去])年?|(?<![0-9一两二三四五六七八九十几半]))年(?P<part>[底末初中])(?![一秋])", _year_part, False),
    (r"(?<![0-9])(?P<year>20[0-9]{2})年(?P<part>[底末初中])(?![一秋])", _year_part, True),
    (r"(?<![0-9一两二三四五六七八九十百千万几多半去今往少近])年前", _before_new_year, False),
    (r"(?P<near>[下本这])?个?季度?[末底]", _quarter_end, False),
    (
        r"(?:(?P<near>上上|下下|上|下|本|这)个?|(?<![0-9一两二三四五六七八九十几]))(?P<week>周|星期|礼拜)"
        r"(?P<day>六日|[一二三四五六日天末]|[1-6](?![0-9点:.]))(?![次趟遍倍刊])",
        _weekday,
        False,
    ),
    (r"大?[前后]天|(?<![说声证表聪透文光发分])[今明昨](?:天|日|(?=[早晚晨]))", _day_word, False),
    (
        rf"(?<![0-9.,一二三四五六七八九十月第])(?P<count>{COUNT}|半)\s?(?P<unit>天|日|周|个?星期|个?礼拜|年|个月)\s?[之以]?"
        r"(?P<side>[后内前])(?![天台厅续面])",
        _span,
        False,
    ),
    (
        rf"(?:再|(?<![经超通不]))过(?P<count>{COUNT}|半)(?P<unit>天|周|个?星期|个?礼拜|年|个月)(?P<side>)",
        _span,
        False,
    ),
    (
        rf"{_YEAR}(?<![一二三四五六七八九十百零初周期拜第])(?P<feast>{_FEASTS})节?"
        r"(?![路街巷村桥]|大道|广场|小区|新村|[一二三四五六七八九十点月号楼层位])(?:当天|那天)?(?P<after>[之以过]?后)?",
        _feast,
        False,
    ),
    (rf"(?<![0-9.年一二三四五六七八九十])(?P<month>{_TWO})月份?(?={END}|[付还打结到])", _whole_month, False),
    (r"(?P<near>下下|下|本|这)个?(?:周|星期|礼拜)(?![一二三四五六日天末年转1-6])(?P<within>[之以]?内)?", _some_week, False),
    (r"(?P<near>下下|下|本|这)个?月(?![初中底末上份0-9一二三四五六七八九十廿])(?P<within>[之以]?内)?", _some_month, False),
)
