"""The numbers new rows get one after the other: of each day (TS261118-01), or of each year (SW-2026-0001)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Series:
    """`letters` stand before the number: the same for all rows, or by the value of the column `by`. A `yearly` series counts by
    the year of the column `day` (that of today where it is empty or not named), any other by today."""

    def __init__(self, letters: str | Mapping[str, str], *, by: str = "", yearly: bool = True, day: str = "") -> None:
        self.letters, self.by, self.yearly, self.day = letters, by, yearly, day
        self.width = 4 if yearly else 2

    def head(self, row: Mapping[str, Any], today: str) -> str:
        """What stands before the running number of this row."""
        letters = self.letters if isinstance(self.letters, str) else self.letters.get(str(row.get(self.by)), "")
        if not self.yearly:
            return f"{letters}{today[2:].replace('-', '')}-"
        return f"{letters}-{(str(row.get(self.day) or '') or today)[:4]}-"
