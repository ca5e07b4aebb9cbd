"""What is done with confidential guests: hidden behind the alias, told to somebody, lifted; and every opening written down."""

from __future__ import annotations

from typing import Any

from crm_desktop.duties.clients.records import PERSON
from crm_desktop.duties.discretion import queries, rules
from crm_desktop.duties.discretion.records import CONFIDENCE, KNOWER, OPENING
from crm_desktop.record.dates import local_time
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.log import BY_ITSELF
from crm_desktop.store.rows import Writing, read

OPENED = Text("Confidential file opened")
NOT_TOLD = Text("Only somebody who knows who this is can do this. Nothing was changed.")


def conceal(desk: Any, writing: Writing, row: Row) -> None:
    """Put the alias into the guest's file and the truth into the rows of those who know; whoever does it is one of them."""
    person = read(writing.db, PERSON, int(row["person_id"] or 0))
    if person is None or person["gone"] is not None:
        raise Refused(Text("This guest's file was removed meanwhile; nothing was changed."))
    if queries.holding(writing.db, person["id"], but=row["id"]):
        raise Refused(Text("{name} is confidential already, under another alias. Lift that first.", name=person["name"]))
    if str(row["name"]).strip() == str(person["name"]).strip():
        raise Refused(Text("The alias is the name itself. Choose another one."))
    masked = desk.rights.masked(PERSON)
    shown, truth = rules.apart(person, str(row["name"]), tuple(name for name in rules.KEPT_APART if name not in masked))
    writing.update(PERSON, person["id"], person["version"], shown)
    known = {"truth": truth, "person_id": person["id"], "told_on": desk.today()}
    rows = queries.knowers(writing.db, row["id"])
    for knower_id, version, _ in rows:
        with writing.kept():
            writing.update(KNOWER, knower_id, version, known)
    if not desk.person_id:
        if not rows:
            raise Refused(Text("Say first who sits here (settings): otherwise nobody could ever tell who this is."))
    elif desk.person_id not in {staff for _, _, staff in rows}:
        writing.add(KNOWER, known | {"confidence_id": row["id"], "staff_id": desk.person_id, "owner_id": desk.person_id})


def rename(_desk: Any, writing: Writing, row: Row) -> None:
    """Another alias while it holds."""
    person = read(writing.db, PERSON, int(row["person_id"] or 0))
    if row["state"] == rules.HOLDS and person is not None:
        writing.update(PERSON, person["id"], person["version"], {"name": row["name"]})


def lift(desk: Any, writing: Writing, row: Row) -> None:
    """Put the truth back into the guest's file."""
    person = read(writing.db, PERSON, int(row["person_id"] or 0))
    truth = _mine(desk, writing, row["id"])
    if person is None or person["gone"] is not None or not truth:
        raise Refused(NOT_TOLD)
    writing.update(PERSON, person["id"], person["version"], rules.together(truth))


def tell(desk: Any, writing: Writing, row: Row) -> None:
    """Of a new row of those who know: what there is to know, from whoever tells it."""
    about = read(writing.db, CONFIDENCE, int(row["confidence_id"] or 0))
    if any(staff == row["staff_id"] for knower, _, staff in queries.knowers(writing.db, row["confidence_id"]) if knower != row["id"]):
        raise Refused(Text("This colleague is one of those who know already."))
    if about is None or about["state"] != rules.HOLDS:
        return  # told when it is confidential again
    truth = _mine(desk, writing, row["confidence_id"])
    if not truth:
        raise Refused(NOT_TOLD)
    with writing.kept():
        writing.update(KNOWER, row["id"], row["version"], {"truth": truth, "person_id": about["person_id"], "told_on": desk.today()})


def forget(_desk: Any, writing: Writing, row: Row) -> None:
    """Of a row that goes: the last one who knows stays."""
    about = read(writing.db, CONFIDENCE, int(row["confidence_id"] or 0))
    if about is not None and about["gone"] is None and about["state"] == rules.HOLDS and len(queries.knowers(writing.db, about["id"])) < 2:
        raise Refused(Text("This is the last one who knows. Tell another colleague first, or lift the confidence."))


def _mine(desk: Any, writing: Writing, confidence: Any) -> str:
    """The truth as somebody was told it, in their own part or that of whom they stand in for; '' for others."""
    rights = desk.rights
    people = None if rights.open else [hat.person_id for hat in rights.hats]
    return queries.truth(writing.db, int(confidence), people)


def opened(desk: Any, record: str, row_id: int) -> None:
    """Write down that somebody opened a confidential guest's file or reception; nothing for any other row."""
    found = queries.about(desk.store.writer, record, row_id)
    if found is None:
        return
    confidence, person = found
    me = desk.person_id
    knew = int(any(staff == me for _, _, staff in queries.knowers(desk.store.writer, confidence)))
    values = {"confidence_id": confidence, "person_id": person, "day": desk.today(), "time": f"{local_time():%H:%M}", "who": desk.person, "what": record}
    with desk.writing(OPENED, source=BY_ITSELF) as writing:
        writing.add(OPENING, values | {"knew": knew, "owner_id": me})
