"""Which district of mainland China an address lies in. The names are facts of `resources/places/districts_cn.tsv`."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from crm_desktop.record.places import resource

CITY_LENGTH, DISTRICT_LENGTH = 4, 6  # digits of a code
LONGEST = 15
NO_CITY = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")  # a level between province and district, no city
SUFFIXES = ("特别行政区", "自治区", "自治州", "自治县", "地区", "新区", "林区", "省", "市", "盟", "州", "区", "县", "旗")
ENDS = "区县市旗州盟省城"
NATIONS = ("壮族", "回族", "维吾尔", "藏族", "羌族", "彝族", "苗族", "侗族", "土家族", "布依族", "朝鲜族", "傣族", "景颇族", "白族", "哈尼族", "傈僳族", "蒙古族", "蒙古", "哈萨克", "柯尔克孜")


class Place(NamedTuple):
    """A district: its code of six digits, and the names; the city without its 市."""

    code: str
    province: str
    city: str
    district: str


class _Map:
    """Every name there is. A city is (province code, city code) with '' where a province is one itself."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.districts: dict[str, list[str]] = {}
        self.areas: dict[str, list[str]] = {}  # name of a province or city, with and without its suffix -> codes
        for line in resource("places", "districts_cn.tsv").read_text("utf-8").splitlines():
            if not line.startswith("#"):
                self._take(*line.split("\t"))

    def _take(self, code: str, name: str) -> None:
        self.names[code] = name
        if len(code) == DISTRICT_LENGTH:
            self.districts.setdefault(name, []).append(code)
        elif name not in NO_CITY:
            for each in {name, short(name)}:
                self.areas.setdefault(each, []).append(code)

    def place(self, code: str) -> Place:
        """The names that belong to a district's code."""
        province, city = self.names[code[:2]], self.names.get(code[:CITY_LENGTH], "")
        alone = city in NO_CITY[2:]  # a county-level city that belongs to no other
        return Place(code, province, short(self.names[code] if alone else province if city in NO_CITY else city), self.names[code])


@cache
def _map() -> _Map:
    return _Map()


def short(name: str) -> str:
    """A name without what it is: 绍兴 of 绍兴市, 广西 of 广西壮族自治区; names of one letter keep it."""
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            name = name[: -len(suffix)]
            break
    for nation in NATIONS:
        if nation in name and name.index(nation) >= 2:
            return name[: name.index(nation)]
    return name


def place_of(address: str, city: str = "") -> Place | None:
    """The district of an address, by the names in it; `city`: what is known besides. None where it could be several."""
    words = "".join(address.split())
    if not words:
        return None
    known, rest = _areas(words)
    if not known and city.strip():
        known = _map().areas.get(city.strip(), [])
    named = [code for name in _named(words) for code in _map().districts[name]] or _begun(rest, known)
    inside = [code for code in named if any(code.startswith(area) for area in known)] if known else named
    cities = {code[:CITY_LENGTH] for code in inside}
    return _map().place(inside[0]) if len(cities) == 1 else None


def _areas(words: str) -> tuple[list[str], str]:
    """The codes of the province and city the address begins with, the nearer one last to count; and what follows them."""
    found: list[str] = []
    while words:
        names = (words[:length] for length in range(min(LONGEST, len(words)), 1, -1))
        name = next((each for each in names if each in _map().areas and not _is_road(words, each)), "")
        codes = [code for code in _map().areas.get(name, ()) if not found or any(code.startswith(area) for area in found)]
        if not codes:
            break
        found, words = codes, words[len(name) :]
    return found, words


def _is_road(words: str, name: str) -> bool:
    """北京路 names no city."""
    return words[len(name) : len(name) + 1] in tuple("路街道巷弄")


def _named(words: str) -> list[str]:
    """The names of districts in an address, in their order."""
    found = []
    for end, letter in enumerate(words, 1):
        if letter in ENDS:
            names = (words[start:end] for start in range(max(0, end - LONGEST), end - 1))
            name = next((each for each in names if each in _map().districts), "")
            found += [name] if name else []
    return found


def _begun(rest: str, known: list[str]) -> list[str]:
    """Districts of the known city that the rest begins with, without their suffix: 柯桥 of 绍兴柯桥."""
    return [
        code for name, codes in _map().districts.items() for code in codes
        if known and any(code.startswith(area) for area in known) and len(short(name)) > 1 and rest.startswith(short(name)) and not _is_road(rest, short(name))
    ]  # fmt: skip
