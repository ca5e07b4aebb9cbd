"""A contact who changed firm, and clients handed over to a colleague: in one typed line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.desk.records import STAFF
from crm_desktop.duties.clients import actions, actions_leaving
from crm_desktop.duties.clients.queries_account import accounts_of
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.record.dates import business_date
from crm_desktop.record.guess import About, Doubt, Guess, Part, day_doubt, day_words
from crm_desktop.record.text import Text
from crm_desktop.store.about import Named, named, rows_named, subject

ASKED = 5
LEFT = ("离职", "走了", "不知去向", "left", "gone")


class QuickMoved:
    """Where the contact on the screen works now: the firm first, then the job title."""

    title = Text("A contact changed firm")
    hint = Text("the new firm, then the job title; or: left · 新单位 职务；或：离职")

    def understand(self, reader: Any, typed: str, picks: Mapping[str, Any], about: About) -> Guess:
        """The firm by its name, pinyin or initials; the words after it are the job title."""
        whom = subject(reader, about) if about and about[0].key == "person" else None
        firm, _, rest = typed.strip().partition(" ")
        gone = firm.lower() in LEFT
        firms = [] if gone or not firm else [one for one in named(reader, ACCOUNT, firm)[:ASKED] if whom is None or one.id != whom.account_id]
        account = picks.get("account") or (firms[0].id if len(firms) == 1 else None)
        chosen = next((one.name for one in firms if one.id == account), "")
        parts = [
            Part(Text("The contact"), whom.person if whom else ""), Part(Text("Until now with"), whom.account if whom else ""),
            Part(Text("Now with"), Text("Nobody knows where") if gone else chosen), Part(Text("Job title"), "" if gone else rest.strip()),
        ]  # fmt: skip
        doubts = [Doubt("account", Text("Which client is it?"), [(one.name, one.note, one.id) for one in firms])] if len(firms) > 1 and not account else []
        missing = None if whom else Text("Open the person first; this line is about who is on the screen")
        if whom and not gone and not firms:
            missing = Text("No client is found by {words}; write it down as a client first", words=firm)
        values = {"person": whom.person_id if whom else None, "account": None if gone else account, "position": "" if gone else rest.strip()}
        return Guess([part for part in parts if part.words], doubts, missing, values)

    def act(self, desk: Any, guess: Guess) -> Any:
        """The person stays, the role ends, a new one begins."""
        given = guess.values
        return actions.moved(desk, given["person"], given["account"], given["position"])


class QuickHandOver:
    """To whom, and why: the client on the screen; or everything one colleague has, where two are named."""

    title = Text("Hand over clients")
    hint = Text("to whom, from when, and why; or: from whom to whom · 许棠 12月1日 调整片区；或：贺小满 许棠 离职交接")

    def understand(self, reader: Any, typed: str, picks: Mapping[str, Any], about: About) -> Guess:
        """One colleague takes the client that is shown, two names mean all clients of the first."""
        # the package first: two threads that begin with different parts of it would meet halfway
        from crm_desktop.record.said import line
        from crm_desktop.record.said import when as times

        staff = _staff(reader, typed)
        said = line.Said(typed, [one.name for one in staff])
        when = times.take_day(said, business_date(), "day")
        day, reason = str(picks.get("day") or when.day), said.rest()
        for one in staff:
            reason = reason.replace(one.name, " ")
        reason = " ".join(reason.replace("→", " ").replace(">", " ").split())
        if len(staff) >= 2:
            clients = [(row[0], row[2]) for row in accounts_of(reader, staff[0].id)]
        else:
            whom = subject(reader, about) if about and about[0].key == "account" else None
            clients = [(whom.account_id, whom.account)] if whom and whom.account_id is not None else []
        to = staff[1 if len(staff) > 1 else 0] if staff else None
        parts = [
            Part(Text("Handed over by"), staff[0].name if len(staff) > 1 else ""), Part(Text("Taken over by"), to.name if to else ""),
            Part(Text("Clients"), _clients(clients)), Part(Text("Holds from"), day_words(day) if day else ""), Part(Text("Reason"), reason),
        ]  # fmt: skip
        missing = _missing(to, clients, reason)
        values = {"clients": [row[0] for row in clients], "to": to.id if to else None, "reason": reason, "day": day}
        return Guess([part for part in parts if part.words], day_doubt("day", Text("Which day?"), when.doubts, picks), missing, values)

    def act(self, desk: Any, guess: Guess) -> Any:
        """All in one action."""
        given = guess.values
        return actions_leaving.hand_over(desk, given["clients"], given["to"], day=given["day"], reason=given["reason"])


def _staff(reader: Any, typed: str) -> list[Named]:
    """The colleagues named in a line, in its order."""
    names = sorted({name for name in rows_named(reader, STAFF.key) if name and name in typed}, key=lambda name: (typed.index(name), -len(name)))
    return [found[0] for name in names if (found := named(reader, STAFF, name))]


def _clients(clients: Sequence[tuple[Any, str]]) -> Text | str:
    if len(clients) > 1:
        return Text("{n} clients, first of them {names}", n=len(clients), names="、".join(str(name) for _, name in clients[:3]))
    return str(clients[0][1]) if clients else ""


def _missing(to: Named | None, clients: Sequence[Any], reason: str) -> Text | None:
    if to is None:
        return Text("Write the name of the colleague who takes over")
    if not clients:
        return Text("Open the client first, or write from whom to whom")
    return None if reason else Text("Write why")
