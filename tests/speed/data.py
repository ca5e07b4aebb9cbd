"""Made-up data of a hotel's sales department, the same every time: accounts, people and stays as CSV files."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Iterable, Sequence
from pathlib import Path


def _words(text: str) -> list[str]:
    return text.split()


SEED = 20260101
CHUNK = 100_000  # stays in one file
FIRST_DAY, DAYS = dt.date(2019, 1, 1), 2920
SEASON, SEASON_DAYS = dt.date(2026, 3, 1), 120
BOOKED_FROM = dt.date(2026, 6, 1).toordinal()
SURNAMES: tuple[str, ...] = (
    *"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤",
    "欧阳", "司马", "上官", "诸葛", "尉迟",
)  # fmt: skip
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文斌志鹏辉宇浩然子轩雨欣梓涵嘉怡思远晓东海燕春梅雪松振宁立新永福德胜光耀祖安康乐天成龙凤鸣飞翔云峰山川江河"
FIRST = _words(
    "James Mary John Patricia Robert Jennifer Michael Linda William Elizabeth David Barbara Thomas Sarah Karen Anna Pierre"
    " Hans Yuki Kenji Sofia Luca Marta Ivan Olga Ahmed Fatima Carlos Lucia Emma Noah Oliver Ava Mia"
)
LAST = _words(
    "Smith Johnson Williams Brown Jones Garcia Miller Davis Martinez Wilson Anderson Taylor Moore Martin Lee Thompson White"
    " Harris Lewis Robinson Müller Schmidt Dubois Tanaka Sato Suzuki Ivanov Petrova Rossi Hansen"
)
CITIES = _words("上海 北京 广州 深圳 杭州 成都 南京 武汉 西安 重庆 苏州 天津 青岛 厦门 长沙 宁波 无锡 大连 昆明 海口")
TRADES = _words("科技 贸易 实业 电子 传媒 文化 会展 建筑 医药 物流 投资 教育 通信 食品 汽车")
FORMS = ("有限公司", "股份有限公司", "集团")
LATIN_NAMES = _words("Global Pacific Eastern Golden Summit Harbor Silver Blue Royal Union Prime Vertex Atlas Orient Delta Nova")
LATIN_TRADES = _words("Trading Travel Events Logistics Media Pharma Holdings Systems Foods Motors Capital Airways")
HOTELS = ("City Hotel", "Resort Hotel")
REMARKS = ("", "", "", "", "高楼层, 无烟", "不吃辣", "extra pillow", '需要"加床"', "late check-out")
STAY_HEADINGS = (
    "booking_no", "status", "hotel", "guest", "agency", "company", "arrival", "departure", "rate", "currency",
    "room_reserved", "room_assigned", "room_no", "meal", "adults", "children", "babies", "country", "requests", "segment",
    "channel", "customer_type", "deposit", "lead_time", "booking_changes", "status_date", "repeat", "remark",
)  # fmt: skip


class Size:
    """How many of everything: a million stays and 100,000 clients at factor 1."""

    def __init__(self, factor: float) -> None:
        self.factor = factor
        self.stays = round(1_000_000 * factor)
        self.clients = max(40, round(100_000 * factor))
        self.agencies = min(333, self.clients // 4)
        self.companies = min(352, self.clients // 4)
        self.people = self.clients - self.agencies - self.companies

    def chunks(self) -> list[int]:
        """Stays of each file."""
        whole, rest = divmod(self.stays, CHUNK)
        return [CHUNK] * whole + ([rest] if rest else [])


def _write(path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(headings)
        out.writerows(rows)
    return path


def person_name(dice: random.Random) -> str:
    """A guest's name: seven of ten Chinese."""
    if dice.random() < 0.7:
        return dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2, 2))))
    return f"{dice.choice(FIRST)} {dice.choice(LAST)}"


def account_name(dice: random.Random, number: int) -> str:
    """A company's name: seven of ten Chinese."""
    if dice.random() < 0.7:
        return dice.choice(CITIES) + "".join(dice.choices(GIVEN, k=2)) + dice.choice(TRADES) + dice.choice(FORMS)
    return f"{dice.choice(LATIN_NAMES)} {dice.choice(LATIN_TRADES)} {dice.choice(('Ltd', 'Inc', 'GmbH'))} {number}"


def _phone(dice: random.Random) -> str:
    return f"1{dice.randint(3_000_000_000, 9_999_999_999)}"


def write_accounts(folder: Path, size: Size) -> Path:
    """Agencies and companies, each kind with its own numbers."""
    dice = random.Random(f"{SEED} accounts")
    kinds = [("agency", size.agencies), ("company", size.companies)]
    rows = (
        (kind, number, account_name(dice, number), _phone(dice), dice.choice(CITIES), dice.choice("ABCD"))
        for kind, count in kinds
        for number in range(1, count + 1)
    )
    return _write(folder / "accounts.csv", ("kind", "code", "name", "phone", "city", "level"), rows)


def write_people(folder: Path, size: Size) -> Path:
    """Guests and contacts; every fifth works for a company."""
    dice = random.Random(f"{SEED} people")
    rows = (
        (f"G{n:07d}", person_name(dice), _phone(dice), f"g{n}@example.com", dice.choice(("", "", "", "", "V1", "V2", "V3")))
        for n in range(size.people)
    )
    return _write(folder / "people.csv", ("code", "name", "phone", "email", "vip"), rows)


def agency_weights(count: int) -> list[float]:
    """A quarter of all for the first, the rest falling off as they do in a real hotel."""
    rest = [1 / rank for rank in range(2, count + 1)]
    return [0.25, *(0.75 * weight / sum(rest) for weight in rest)]


def write_stays(folder: Path, size: Size, chunk: int, count: int, *, season: bool = False) -> Path:
    """One file of stays, of all years or of one season; `chunk` numbers it, so that no two files share a booking."""
    dice = random.Random(f"{SEED} stays {chunk}")
    first, days = (SEASON, SEASON_DAYS) if season else (FIRST_DAY, DAYS)
    columns = _columns(dice, size, [first.toordinal() + day for day in dice.choices(range(days), k=count)])
    numbers = (f"B{chunk:04d}{n:06d}" for n in range(count))
    return _write(folder / f"stays-{chunk}.csv", STAY_HEADINGS, zip(numbers, *columns, strict=True))


def _columns(dice: random.Random, size: Size, days: Sequence[int]) -> list[Sequence[object]]:
    """Every column after the booking number, in the order of the headings; `days` are the arrivals."""
    count = len(days)

    def pick(options: Sequence[object], weights: Sequence[float] | None = None) -> list[object]:
        return dice.choices(options, weights, k=count)

    nights = dice.choices((0, 1, 2, 3, 4, 5, 7, 10, 14, 42), (1, 24, 26, 20, 12, 8, 6, 2, 0.9, 0.1), k=count)
    booked = dice.choices(("Check-Out", "Canceled", "No-Show"), (62, 36, 2), k=count)
    status = ["Booked" if day >= BOOKED_FROM and s == "Check-Out" else s for day, s in zip(days, booked, strict=True)]
    iso = dt.date.fromordinal
    arrival = [iso(day).isoformat() for day in days]
    departure = [iso(day + n).isoformat() for day, n in zip(days, nights, strict=True)]
    rates = [f"{fen // 100}.{fen % 100:02d}" for fen in (dice.randrange(18_000, 298_000, 10) for _ in range(count))]
    agencies = [str(n) for n in range(1, size.agencies + 1)]
    weights = [0.8 * weight for weight in agency_weights(size.agencies)]
    guests = [f"G{dice.randrange(size.people):07d}" if dice.random() < 0.5 else "" for _ in range(count)]
    companies = [str(n) for n in range(1, size.companies + 1)]
    rooms = pick("ABCDEFG", (72, 2, 2, 16, 5, 2, 1))
    return [
        status, pick(HOTELS, (2, 1)), guests, pick([*agencies, ""], [*weights, 0.2]),
        pick([*companies, ""], [0.06 / len(companies)] * len(companies) + [0.94]), arrival, departure, rates, ["CNY"] * count,
        rooms, rooms, [f"{dice.randint(3, 28)}{dice.randint(1, 30):02d}" for _ in range(count)],
        pick(("BB", "HB", "FB", "SC"), (77, 12, 1, 10)), pick((1, 2, 3, 4), (20, 74, 5, 1)), pick((0, 1, 2), (93, 4, 3)),
        pick((0, 1), (99, 1)), pick(("CHN", "PRT", "GBR", "FRA", "DEU", "JPN", "USA", "")), pick((0, 1, 2, 3)),
        pick(("Online TA", "Offline TA/TO", "Groups", "Direct", "Corporate", "Complementary", "Aviation"), (47, 20, 17, 11, 4, 0.6, 0.2)),
        pick(("TA/TO", "Direct", "Corporate", "GDS"), (82, 12, 5.6, 0.2)),
        pick(("Transient", "Transient-Party", "Contract", "Group"), (75, 21, 3.4, 0.5)), pick(("No Deposit", "Non Refund"), (88, 12)),
        [dice.randrange(400) for _ in range(count)], pick((0, 1, 2, 3), (85, 10, 3, 2)), arrival, pick((0, 1), (97, 3)), pick(REMARKS),
    ]  # fmt: skip
