"""Numbers of ID cards, passports and bank cards met in the words of a file: which line has which. Of none is more kept than
its last four, and its kind and keyed hash where whoever brings it in wants that."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from crm_desktop.record import private
from crm_desktop.record.kinds import LENGTH, Kind
from crm_desktop.record.private import Found
from crm_desktop.record.record import Field
from crm_desktop.record.text import Text

if TYPE_CHECKING:
    from crm_desktop.exchange.convert import Block

TOLD = 50  # lines told one by one
NOTE = Text("{count} rows have numbers of ID cards, passports or bank cards in their words: only the last four of each are stored")


class Numbers:
    """What was met. `hashed`: keep the hashes too."""

    def __init__(self, hashed: bool = False) -> None:
        self.hashed = hashed
        self.rows = 0  # that have any
        self.lines: list[tuple[int, list[Found]]] = []  # of the first of them: the line of the file, what was met
        self._kept: dict[str, dict[Any, list[Found]]] = {}  # field -> value as it is kept -> what was in it

    def watched(self, field: Field | None, convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """The conversion of a field, looked at where it holds words."""
        if field is None or not field.watched:
            return convert
        kept = self._kept.setdefault(field.name, {})
        if field.kind == Kind.CODE:
            return partial(_code, field, convert, kept)

        def looked(cell: Any) -> Any:
            value = convert(cell)
            if isinstance(value, str) and private.DOTS in value:
                found = private.taken_out(cell if isinstance(cell, str) else " ".join(cell))[1]
                value = _with_hashes(field, value, found) if self.hashed else value
                kept.update({value: found} if found else {})
            return value

        return looked

    def met(self, block: Block) -> None:
        """Note which rows of a block have any."""
        for at, line in enumerate(block.lines) if any(self._kept.values()) else ():
            found = [one for name, kept in self._kept.items() for one in kept.get(block.columns[name][at], ())]
            self.rows += bool(found)
            if found and len(self.lines) < TOLD:
                self.lines.append((line, found))

    def note(self) -> Text | None:
        """What is to be known of it."""
        return Text(NOTE.source, count=f"{self.rows:,}") if self.rows else None


def _code(field: Field, convert: Callable[[Any], Any], kept: dict[Any, list[Found]], cell: Any) -> Any:
    """A code: by the hash two of them that end alike stay two."""
    value = convert(cell)
    if not isinstance(value, str) or not field.watches(value):
        return value
    value, found = private.coded(value)
    kept.update({value: found} if found else {})
    return value


def _with_hashes(field: Field, value: str, found: list[Found]) -> str:
    longer = private.with_hashes(value, found)
    return longer if len(longer) <= LENGTH[field.kind] else value
