"""The 268 rooms, their types and rates, and who of the guests gets which."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

SK, ST, EK, ES, FM, PS = "SK", "ST", "EK", "ES", "FM", "PS"
FLOORS = (5, 6, 7, 8, 9, 10, 11, 12, 15)  # without 13 and 14; 16 to 18 are the executive floors
KEPT = ("1702", "1606", "1508", "1211", "1801", "1505")  # of the guests the stories are about
BAR = {SK: 580_00, ST: 580_00, EK: 780_00, ES: 1_280_00, FM: 980_00, PS: 8_800_00}
AGREED = {"A": 420_00, "B": 450_00, "C": 480_00, "D": 520_00}
GOVERNMENT = 400_00
HIGHER = {SK: 0, ST: 0, EK: 180_00, ES: 520_00, FM: 300_00, PS: 4_000_00}  # above the agreed rate of a plain room


def rooms() -> dict[str, str]:
    """Number -> type of every room."""
    out = {}
    for floor in FLOORS:
        for number in range(1, 24 if floor <= 10 else 23):
            out[f"{floor}{number:02d}"] = ""
    plain = list(out)
    for at, room in enumerate(plain):
        out[room] = SK if at * 96 // 200 != (at + 1) * 96 // 200 and at < 200 else ST
    for room in plain[200:]:
        out[room] = FM
    for floor in (16, 17):
        for number in range(1, 26):
            out[f"{floor}{number:02d}"] = EK if number <= 20 else ES
    for number in range(1, 15):
        out[f"18{number:02d}"] = PS if number <= 2 else ES
    return out


class Keys:
    """Gives rooms out in the order of arrival: the one that has been free longest, of the type wanted if there is one."""

    def __init__(self) -> None:
        self.types = rooms()
        self._free: dict[str, list[tuple[str, str]]] = {}
        for room, kind in self.types.items():
            if room not in KEPT:
                self._free.setdefault(kind, []).append(("", room))
        for heap in self._free.values():
            heapq.heapify(heap)

    def take(self, wanted: str, arrival: str, departure: str) -> str:
        """A free room for these days; '' when the house is full."""
        for kind in _first(wanted, self._free):
            heap = self._free[kind]
            if heap and heap[0][0] <= arrival:
                room = heapq.heappop(heap)[1]
                heapq.heappush(heap, (departure, room))
                return room
        return ""


def _first(wanted: str, kinds: Iterable[str]) -> list[str]:
    """The type wanted, then the others, the dearest last."""
    return [wanted, *(kind for kind in (SK, ST, EK, FM, ES) if kind != wanted and kind in kinds)]


def agreed_rate(kind: str, level: str, room_type: str) -> int:
    """The rate of a client's type and class for a room type, minor units."""
    plain = GOVERNMENT if kind in ("government", "institution") else AGREED[level]
    return plain + HIGHER[room_type]
