"""What a big screen shows of the day to everybody who passes: figures without money, VIPs and birthdays without rooms, by surname only
unless the hotel wants the names in full."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.duties.today.board import GROUPS, HOUSE, Board
from crm_desktop.duties.today.briefing import Guest, masked
from crm_desktop.record.text import Text

SHOWN = (HOUSE, "vip", "bookings")  # groups whose figures may be read by anybody
REGISTERS = ("stay", "vip_stay", "booking")  # what waits for somebody of the department is nobody else's
MOST_FIGURES, MOST_ROWS = 12, 8
LISTED = {"vip": GROUPS["vip"], "birthdays": GROUPS["birthdays"]}


class Panel:
    """One of the lists that take turns: its title and its rows (level, name, time)."""

    def __init__(self, title: Text, rows: Sequence[tuple[str, str, str]]) -> None:
        self.title, self.rows = title, list(rows)


class Shown:
    """Everything on the screen."""

    def __init__(self, day: str, figures: Sequence[tuple[Text, int]], panels: Sequence[Panel]) -> None:
        self.day, self.figures, self.panels = day, list(figures), list(panels)


def shown(board: Board, guests: Sequence[Guest], *, names: bool) -> Shown:
    """What may be shown of a day; `names`: in full."""
    figures = [
        (Text("VIP: {what}", what=line.label) if group == "vip" else line.label, line.count)
        for group in SHOWN for line in board.lines
        if line.group == group and (group == HOUSE or (line.count and not line.tone and line.record in REGISTERS))
    ][:MOST_FIGURES]  # fmt: skip
    panels = []
    for group, title in LISTED.items():
        rows = [(guest.level, guest.name if names else masked(guest.name), guest.time) for guest in guests if guest.group == group]
        panels += [Panel(title, rows[at : at + MOST_ROWS]) for at in range(0, len(rows), MOST_ROWS)]
    return Shown(board.day, figures, panels)
