"""Which columns of a list are shown and how wide: the least important give way when there is no room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crm_desktop.record.kinds import Kind
from crm_desktop.record.record import Field, Record

USUAL = 120  # px, of a field without a width
NAME_LEAST, NAME_USUAL = 168, 200  # ten Chinese characters, and the end of longer names
SHRINK = 0.85  # how far a text column may be squeezed before a column is left out
NO_WIDTHS: Mapping[str, int] = {}
FLEXIBLE = frozenset({Kind.TEXT, Kind.REF})
NAME_ENOUGH = 420  # beyond that the other text columns share what is left


def stretch_column(record: Record, names: Sequence[str]) -> str:
    """The column that takes the room that is left: the name, else the first text (a long one, too), else the last."""
    if record.name in names and record.by_name[record.name].kind in FLEXIBLE:
        return record.name
    texts = [name for name in names if record.by_name[name].kind in FLEXIBLE or record.by_name[name].kind == Kind.LONG]
    return next(iter(texts), names[-1] if names else "")


class Fit:
    """Widths of the columns that have room, by name.

    `heads`: the room the header's words need; `fixed`: columns a person pulled; `pinned`: those switched on by hand."""

    def __init__(
        self,
        record: Record,
        chosen: Sequence[str],
        room: int,
        *,
        heads: Mapping[str, int] = NO_WIDTHS,
        fixed: Mapping[str, int] = NO_WIDTHS,
        pinned: Sequence[str] = (),
    ) -> None:
        self._record, self._heads, self._fixed = record, heads, fixed
        self._stretch = stretch_column(record, chosen)
        names = list(chosen)
        # the last columns give way first; a coloured status is what the eye looks for, so it goes last of all
        for name in sorted((n for n in reversed(chosen) if n not in pinned and n != self._stretch), key=self._coloured):
            if sum(map(self._least, names)) <= room:
                break
            names.remove(name)
        self.widths = self._share(names, room)

    def _field(self, name: str) -> Field:
        return self._record.by_name[name]

    def _coloured(self, name: str) -> bool:
        return any(tone for _, _, tone in self._field(name).choices)

    def _wished(self, name: str) -> int:
        width = self._fixed.get(name) or max(self._field(name).width or USUAL, self._heads.get(name, 0))
        return max(width, NAME_USUAL) if name == self._stretch and name not in self._fixed else width

    def _least(self, name: str) -> int:
        if name in self._fixed or self._field(name).kind not in FLEXIBLE:
            return self._wished(name)
        usual = self._field(name).width or USUAL
        least = NAME_LEAST if name == self._record.name else int(usual * SHRINK)
        return max(least, self._heads.get(name, 0))

    def _share(self, names: Sequence[str], room: int) -> dict[str, int]:
        widths = {name: self._wished(name) for name in names}
        spare = room - sum(widths.values())
        if spare < 0:
            self._squeeze(widths, -spare)
        elif self._stretch in widths and self._stretch not in self._fixed:
            self._spread(widths, spare)
        return widths

    def _squeeze(self, widths: dict[str, int], over: int) -> None:
        slack = {name: widths[name] - self._least(name) for name in widths}
        total = sum(slack.values())
        if total <= 0:
            return
        for name, room in slack.items():
            widths[name] -= min(room, -(-room * over // total))

    def _spread(self, widths: dict[str, int], spare: int) -> None:
        others = [n for n in widths if n not in self._fixed and self._field(n).kind in FLEXIBLE and n != self._stretch]
        enough = max(0, NAME_ENOUGH - widths[self._stretch])
        shared = max(0, spare - enough) // (len(others) + 1)
        for name in others:
            widths[name] += shared
        widths[self._stretch] += spare - shared * len(others)
