"""The briefing of a day as plain text for a chat or a sheet of paper: a fixed order, under forty lines, and what is unusual."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from crm_desktop.duties.clients.rules import surname
from crm_desktop.duties.today.board import GROUPS, HOUSE, SINCE, Board
from crm_desktop.record import lunar
from crm_desktop.record.dates import business_date
from crm_desktop.record.duty import TodayLine
from crm_desktop.record.festivals import calendar_words
from crm_desktop.record.money import MINUS
from crm_desktop.record.text import Text, language, say

MOST_LINES, MOST_GUESTS, MOST_UNUSUAL = 39, 12, 3
GUESTS_FIRST = ("vip", "service")  # groups whose red figures are about guests who are here or coming
MORE, LESS, LEAST_CHANGE = 1.3, 0.7, 3  # against the usual: shares, and the least difference worth a word
STARS = "**"
WEEKDAYS = (Text("Mon"), Text("Tue"), Text("Wed"), Text("Thu"), Text("Fri"), Text("Sat"), Text("Sun"))


class Guest:
    """A guest named in the briefing: the group of figures that counts him, his level, time of arrival and room."""

    def __init__(self, group: str, name: str, level: str = "", time: str = "", room: str = "") -> None:
        self.group, self.name, self.level, self.time, self.room = group, name, level, time, room


def masked(name: str) -> str:
    """霍** of 霍明翊, 欧阳** of 欧阳朝朝, M** of Anna Miller: enough for who knows, nothing for who does not."""
    known = surname(name)
    return (known[:1] if known.isascii() or known == name else known) + STARS if known else ""


def day_line(day: str) -> str:
    """A day with its weekday and, in Chinese, its lunar date."""
    weekday = say(WEEKDAYS[dt.date.fromisoformat(day).weekday()])
    return " ".join(part for part in (day, weekday, lunar.words(day)) if part)


def figure(line: TodayLine) -> str:
    """A figure with its sum or its change since the day before."""
    count = f"{line.count:,}"
    if line.amount:
        return say(Text("{label} {count} ({note})", label=line.label, count=count, note=line.amount))
    if line.before is not None and line.before != line.count:
        change = f"{'+' if line.count > line.before else MINUS}{abs(line.count - line.before):,}"
        return say(Text("{label} {count} ({note})", label=line.label, count=count, note=change))
    return say(Text("{label} {count}", label=line.label, count=count))


def text(hotel: str, board: Board, guests: Sequence[Guest], unusual: Sequence[Text], *, mask: bool) -> str:
    """The whole briefing in the language in use; VIPs by surname only when `mask`."""
    title = say(Text("The day's situation"))
    out = [f"{hotel} {title}".strip(), f"{day_line(board.day)} {say(board.calendar or calendar_words(board.day))}"]
    out += [f"! {say(each)}" for each in unusual[:MOST_UNUSUAL]]
    for group in (each for each in GROUPS if each != SINCE):  # what one person has not seen yet is nobody else's news
        lines = [line for line in board.lines if (line.group if line.group in GROUPS else "") == group]
        if lines:
            out.append(say(Text("[{group}] {figures}", group=GROUPS[group], figures=_joined([figure(line) for line in lines]))))
        out += [_named(guest, mask=mask) for guest in guests if guest.group == group][:MOST_GUESTS]
        if group == HOUSE and (ahead := _ahead(board)):
            out.append(ahead)
    return "\n".join(out[:MOST_LINES])


def _joined(parts: Sequence[str]) -> str:
    return ("；" if language() == "zh_CN" else "; ").join(parts)


def _named(guest: Guest, *, mask: bool) -> str:
    hidden = mask and (guest.level or guest.group == "vip")
    parts = (guest.level, masked(guest.name) if hidden else guest.name, guest.time, guest.room)
    return "  " + " ".join(part for part in parts if part)


def _ahead(board: Board) -> str:
    """How many arrive on the next two days."""
    tomorrow, after = (count for _, count in [*board.coming[1:3], ("", 0), ("", 0)][:2])
    words = Text("Arrivals tomorrow {tomorrow}, the day after {after}") if board.day == business_date() else Text("Arrivals the next day {tomorrow}, then {after}")
    return say(Text(words.source, tomorrow=f"{tomorrow:,}", after=f"{after:,}")) if board.coming else ""


# what is unusual


def key_of(line: TodayLine) -> str:
    """What tells a figure from others, in any language."""
    return f"{line.group}: {line.same}"


def unusual(lines: Sequence[TodayLine], usual: Mapping[str, float], most: int = MOST_UNUSUAL) -> list[Text]:
    """Up to `most` sentences: what needs somebody, what touches a guest before all else and then the largest; then what is far from the
    usual of this weekday.

    `usual`: by `key_of`, the mean of the figure on the same weekday of the weeks before."""
    red = sorted((line for line in lines if line.tone == "red" and line.count), key=lambda line: (GUESTS_FIRST.index(line.group) if line.group in GUESTS_FIRST else len(GUESTS_FIRST), -line.count))
    found = [_needs(line) for line in red]
    away = [(abs(line.count - usual[key_of(line)]), at, line) for at, line in enumerate(lines) if _is_away(line, usual)]
    found += [_away(line, usual[key_of(line)]) for _, _, line in sorted(away, key=lambda one: (-one[0], one[1]))]
    return _with_room(found, len(red), most)


def _with_room(found: list[Text], red: int, most: int) -> list[Text]:
    """The first ones, but never all of one sort when there are two."""
    return found[:most] if red < most or len(found) == red else [*found[: most - 1], found[red]]


def _needs(line: TodayLine) -> Text:
    if line.amount:
        return Text("{label}: {count} ({amount})", label=line.label, count=f"{line.count:,}", amount=line.amount)
    return Text("{label}: {count}", label=line.label, count=f"{line.count:,}")


def _is_away(line: TodayLine, usual: Mapping[str, float]) -> bool:
    mean = usual.get(key_of(line))
    if mean is None or line.tone == "red" or abs(line.count - mean) < LEAST_CHANGE:
        return False
    return line.count >= mean * MORE or line.count <= mean * LESS


def _away(line: TodayLine, mean: float) -> Text:
    words = {"label": line.label, "count": f"{line.count:,}", "usual": f"{mean:.0f}"}
    return Text("{label}: {count}, more than the usual {usual}", **words) if line.count > mean else Text("{label}: {count}, fewer than the usual {usual}", **words)
