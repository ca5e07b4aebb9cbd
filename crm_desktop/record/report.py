"""Reports of the command line: what a duty declares, and what running one gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any


class Report:
    """Rows and totals of a report, with plain values: numbers, decimal strings for money, ISO dates, None."""

    def __init__(self, columns: Sequence[str], rows: list[dict[str, Any]], totals: dict[str, Any]) -> None:
        self.columns, self.rows, self.totals = list(columns), rows, totals

    def plain(self) -> dict[str, Any]:
        """The report as one object."""
        return {"columns": self.columns, "rows": self.rows, "totals": self.totals}


class Option:
    """What may be said beside a report: `--name VALUE`. `read` makes the value of the typed words or raises Refused;
    `choices` are the only words there are; without the option the report gets `default`; `run` gets it as `keyword`."""

    def __init__(
        self, name: str, read: Callable[[str], Any] = str, *, choices: Sequence[str] = (), required: bool = False, default: Any = "", keyword: str = ""
    ) -> None:
        self.name, self.read, self.choices, self.required, self.default = name, read, tuple(choices), required, default
        self.keyword = keyword or name.replace("-", "_")


class Reporting:
    """A report by its word: `run(reader, **options)` makes it; what it needs is imported when it is called."""

    def __init__(self, word: str, run: Callable[..., Report], *options: Option) -> None:
        self.word, self.run, self.options = word, run, options
