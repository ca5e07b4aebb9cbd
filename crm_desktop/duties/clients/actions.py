"""What is done with clients and their contacts: moved to another firm, judged, put into their territory."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.desk import mass
from crm_desktop.desk.desk import Conflict, Desk
from crm_desktop.duties.clients import queries_account as queries
from crm_desktop.duties.clients.records import ACCOUNT, PERSON
from crm_desktop.duties.clients.records_account import CLASSES, RELATIONS
from crm_desktop.duties.clients.records_roles import GUEST, PERSON_ROLES, ROLE
from crm_desktop.record.record import Row
from crm_desktop.record.rights import approval_problem, may_approve
from crm_desktop.record.text import Refused, Text, say
from crm_desktop.store import dated, seat
from crm_desktop.store.log import BY_ITSELF, Change

MOVED, RELATION_SET = Text("Moved to another firm"), Text("Relationship set")
CLASS_TAKEN = Text("Class taken over")
CLASS = "class"  # the kind of approval
ROLES_KEPT, PLACED = Text("Roles of contacts written down"), Text("Territories filled in")


def keep_roles(desk: Desk) -> Change:
    """Write down the roles of contacts that came without one: from a file, or from an older version. Nobody knows since when."""
    with desk.writing(ROLES_KEPT, source=BY_ITSELF) as writing:
        names = ("id", "account_id", "role", "position", "department")
        rows: list[Row] = [dict(zip(names, row, strict=True)) for row in queries.without_role(writing.db)]
        with writing.kept():
            dated.begin(writing, ROLE, PERSON_ROLES, rows, "")
    change: Change = writing.entry.change
    change.quiet = True
    return change


def moved(desk: Desk, person_id: int, account_id: int | None, position: str = "", role: str = "", *, day: str = "", department: str = "", note: str = "") -> Change:
    """A contact changed firm: the person stays, the role there ends, a new one begins here. Both clients get a follow-up,
    which the program proposes by itself (see causes.py). `account_id` None: they left, nobody knows where to.

    Raises Refused for somebody who is there already, for a day to come, Conflict."""
    row = desk.get(PERSON, person_id)
    if row is None:
        raise Conflict(None)
    if account_id is not None and account_id == row["account_id"]:
        raise Refused(Text("{person} works there already; change the role or the job title instead.", person=row["name"]))
    if day and day > desk.today():
        raise Refused(Text("A move is written down on its day or later; {day} is still to come.", day=day))
    values: Row = {"account_id": account_id, "position": position, "department": department}
    values["role"] = role or (row["role"] if account_id is not None else GUEST)
    with desk.writing(MOVED, reason=note) as writing:
        writing.effective = day
        desk.save_in(writing, PERSON, person_id, row["version"], values)
    change: Change = writing.entry.change
    return change


def set_relation(desk: Desk, account_id: int, version: int, state: str, reason: str) -> Change:
    """Say how the relationship with a client stands, and why. Raises Refused without a reason, Conflict."""
    if state not in {code for code, _, _ in RELATIONS}:
        raise Refused(Text("Choose how the relationship stands."))
    if not reason.strip():
        raise Refused(Text("Say why the relationship stands so; the reason stays with the client's file."))
    with desk.writing(RELATION_SET, reason=reason.strip()) as writing:
        desk.save_in(writing, ACCOUNT, account_id, version, {"relation": state, "relation_reason": reason.strip(), "relation_on": desk.today(), "relation_by": desk.person})
    change: Change = writing.entry.change
    return change


def take_class(desk: Desk, account_id: int, version: int, level: str, reason: str) -> Change:
    """Give a client the class that its money says, with that reason; the former class stays with its days. Raises Conflict."""
    if level not in {code for code, _, _ in CLASSES}:
        raise Refused(Text("Choose a class from A to D."))
    with desk.writing(CLASS_TAKEN, reason=reason.strip()) as writing:
        desk.save_in(writing, ACCOUNT, account_id, version, {"level": level})
    change: Change = writing.entry.change
    return change


def take_classes(desk: Desk, given: Sequence[tuple[int, int, str, str]]) -> Change:
    """The same for many clients as (id, version, class, reason), in one action; each keeps its own reason. Raises Refused
    for more than can be changed at once, Conflict."""
    if len(given) > mass.MOST:
        raise Refused(Text("At most {limit} clients take over their class at once. Choose fewer.", limit=f"{mass.MOST:,}"))
    with desk.writing(CLASS_TAKEN) as writing:
        for account_id, version, level, reason in given:
            writing.because = reason
            desk.save_in(writing, ACCOUNT, account_id, version, {"level": level})
    change: Change = writing.entry.change
    return change


def class_problem(desk: Desk) -> Text | None:
    """Why this person's classes need another one's approval; None when they may give them."""
    return approval_problem(desk.rights, CLASS, None, (), desk.person)


class Asked:
    """Who was asked to approve something; to pages it is the change that asking made."""

    def __init__(self, change: Change, name: str) -> None:
        self.__dict__.update(vars(change))
        self.name = name


def ask_classes(desk: Desk, given: Sequence[tuple[str, int, str, str]]) -> tuple[Change, str]:
    """Ask whoever approves classes for those of some clients, as (name, id, class, reason): a follow-up for the nearest one
    above. Returns the change and who was asked. Raises Refused when nobody approves."""
    to, name = approver(desk, CLASS, Text("Nobody here approves classes. Give a colleague that role first."))
    first, row_id, level, reason = given[0]
    words = Text("{client}: class {level}, {why}", client=first, level=level, why=reason)
    if len(given) > 1:
        words = Text("{first}; and {n} more on the page of classes", first=words, n=len(given) - 1)
    values: Row = {"name": say(Text("To approve: {what}", what=words)), "due": desk.today(), "owner_id": to, "account_id": row_id}
    return desk.save(desk.store.by_key["follow_up"], None, 0, values), name


def approver(desk: Desk, kind: str, nobody: Text) -> tuple[int, str]:
    """The nearest one above this person who gives approvals of a kind, else anybody who does. Raises Refused with `nobody`."""
    here = {one["id"]: one for one in seat.colleagues(desk.store.writer) if not one["left_on"] or one["left_on"] > desk.today()}
    levels = desk.rights.levels
    able = [row_id for row_id, one in here.items() if may_approve(str(one["role"]), kind, None, levels)]
    above = next((row_id for row_id, one in here.items() if one["name"] == desk.person), None)
    for _ in here:
        above = here[above]["manager_id"] if above in here else None
        if above in able:
            break
    chosen = above if above in able else next(iter(able), None)
    if chosen is None:
        raise Refused(nobody)
    return int(chosen), str(here[chosen]["name"])


def place(desk: Desk, *, quietly: bool = False) -> Change:
    """Put clients that have a district and no territory into the territory of their district."""
    with desk.writing(PLACED, source=BY_ITSELF if quietly else "") as writing:
        known = queries.territories(writing.db)
        found = queries.homeless(writing.db, list(known))
        writing.update_many(ACCOUNT, [(row_id, version, {"territory_id": known[district]}) for row_id, version, district in found])
    change: Change = writing.entry.change
    change.quiet = quietly
    return change
