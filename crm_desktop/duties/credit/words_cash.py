"""The calendar of expected money in words: its cells, and why a part of a bill stands where it stands."""

from __future__ import annotations

from crm_desktop.duties.clients.words_standing import Line
from crm_desktop.duties.credit.queries_cash import Cash
from crm_desktop.duties.credit.rules_cash import FORECAST, INSTALMENT, Piece, Span, within
from crm_desktop.record.dates import add_days, days_between
from crm_desktop.record.money import HOME, show_money
from crm_desktop.record.text import Text

WEEK_DAYS = (Text("Mon"), Text("Tue"), Text("Wed"), Text("Thu"), Text("Fri"))
HEADINGS = (Text("Week"), *WEEK_DAYS, Text("Expected"), Text("Here by then"), Text("At least"), Text("At most"))
FIRST, SUM = 1, 1 + len(WEEK_DAYS)  # the columns of Monday and of the sum
WIDTHS = (0,) * len(HEADINGS)
SHOWN = 4  # lines below the table


def whole(amount: int) -> str:
    """An amount without its small change, rounded half up: an estimate has none."""
    return f"{(amount + 50) // 100:,}"


def cells(found: Cash, span: Span) -> list[Text | str]:
    """A week of the calendar; a day and what should be here by then are told in whole units, the sum to the fen."""
    week = Text("{first}–{last}", first=span.first[5:], last=span.last[5:]) if span.last else Text("later")
    name = week if found.currency == HOME else Text("{currency} {week}", currency=found.currency, week=week)
    return [name, *(_day(found, span, at) for at in range(len(WEEK_DAYS))), show_money(span.expected), *map(whole, (span.together, span.least, span.most))]


def day_of(span: Span, column: int) -> str:
    """The day of a cell; '' where there is none, or it is over."""
    if not span.last or not FIRST <= column < SUM:
        return ""
    day = add_days(span.last, column - FIRST - 6)
    return day if day >= span.first else ""


def _day(found: Cash, span: Span, at: int) -> str:
    day = day_of(span, FIRST + at)
    amount = sum(piece.amount for piece in within(found.pieces, day, day)) if day else 0
    return f"{int(day[8:])} · {whole(amount)}" if amount else f"{int(day[8:])}" if day else ""


def edges(span: Span, column: int) -> tuple[str, str]:
    """The days a cell is about; what should be here by an end is everything up to it."""
    day = day_of(span, column)
    if day:
        return day, day
    return ("", span.last) if column > SUM else (span.first, span.last)


def told(found: list[Cash]) -> Text | str:
    """What the calendar adds up to, and what is open but not in it."""
    words: Text | str = ""
    for each in found:
        one = Text("{currency} {amount} expected", currency=each.currency, amount=show_money(each.total))
        if each.disputed:
            one = Text("{first}, {amount} in dispute not counted", first=one, amount=show_money(each.disputed))
        if each.credit_notes:
            one = Text("{first}, {amount} of credit notes not taken off", first=one, amount=show_money(each.credit_notes))
        words = Text("{first} · {second}", first=words, second=one) if words else one
    return words or Text("Nothing is open, so nothing is expected")


def lines(pieces: list[Piece], names: dict[int, str]) -> list[Line]:
    """Why the money of a cell stands there, the greatest parts first; each opens what it rests on."""
    shown = [Line("", _why(piece, names.get(piece.bill.account_id, "")), "", _opens(piece)) for piece in pieces[:SHOWN]]
    if len(pieces) > SHOWN:
        rest = sum(piece.amount for piece in pieces[SHOWN:])
        shown.append(Line("", Text("and {count} more parts, {amount}", count=len(pieces) - SHOWN, amount=show_money(rest)), "", None))
    return shown


def _opens(piece: Piece) -> tuple[str, int]:
    if piece.source == FORECAST:
        return "receivable", piece.bill.id
    return ("instalment_plan" if piece.source == INSTALMENT else "promise"), piece.vow


def _why(piece: Piece, name: str) -> Text:
    amount, number = show_money(piece.amount), piece.bill.number or "–"
    if piece.source == FORECAST and piece.vow:
        return Text("{client}: {amount} of bill {number}, should the promise be broken ({share} %)", client=name, amount=amount, number=number, share=piece.share)
    if piece.source == FORECAST and not piece.known:
        return Text("{client}: {amount} of bill {number}; no bill that was open for so long was ever paid", client=name, amount=amount, number=number)
    if piece.source == FORECAST:
        late = max(0, days_between(piece.bill.due, piece.day)) if piece.bill.due else 0
        words = Text("{client}: {amount} of bill {number}, as such bills are paid: between {quick} and {slow}", client=name, amount=amount, number=number, quick=piece.quick, slow=piece.slow)
        return Text("{words}, {days} days late", words=words, days=late) if late else words
    if piece.source == INSTALMENT:
        return Text("{client}: instalment, {amount} of bill {number}; {share} % of what it promises comes in time", client=name, amount=amount, number=number, share=piece.share)
    return Text("{client}: promised, {amount} of bill {number}; {share} % of what it promises comes in time", client=name, amount=amount, number=number, share=piece.share)
