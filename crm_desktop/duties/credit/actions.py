"""What is done with credit, each one action in the log: a client's credit follows its agreement; the scorecard is put on an
application."""

from __future__ import annotations

from crm_desktop.desk.desk import Desk
from crm_desktop.duties.clients.records import ACCOUNT
from crm_desktop.duties.credit import actions_collection, queries, rules_collection, rules_file, rules_score
from crm_desktop.duties.credit.records import CREDIT_APPLICATION
from crm_desktop.duties.credit.records_policy import CREDIT_POLICY, CREDIT_SCALE
from crm_desktop.record.record import Row
from crm_desktop.record.text import Refused, Text
from crm_desktop.store.log import BY_ITSELF, Change
from crm_desktop.store.rows import read

KEPT, JUDGED = Text("Credit brought up to date"), Text("Scorecard put on the application")
SCALES = Text("Scales written into the policy")


def stale(reader: object, day: str) -> list[tuple[int, Row]]:
    """The clients whose credit is not what their agreement says, and what it says."""
    out: list[tuple[int, Row]] = []
    for agreement in queries.managed(reader):
        account = read(reader, ACCOUNT, agreement["account_id"])
        if account is None or account["gone"] is not None:
            continue
        wanted = rules_file.credit_of(agreement, day, queries.override_until(reader, account["id"], day))
        if any(account[name] != value for name, value in wanted.items()):
            out.append((int(account["id"]), wanted))
    return out


def keep(desk: Desk) -> Change:
    """Let every client's credit, limit and days to pay be what its agreement says today, the disputed part of every bill what is open
    of its disputes, and what is paid of an instalment plan what receipts brought. The program does it by itself: an agreement that
    is signed, stopped or over, and an override that begins or ends, change them without anybody typing them twice."""
    with desk.writing(KEPT, source=BY_ITSELF) as writing:
        for account_id, wanted in stale(desk.store.writer, desk.today()):
            account = read(desk.store.writer, ACCOUNT, account_id)
            assert account is not None
            desk.save_in(writing, ACCOUNT, account_id, account["version"], wanted)
        actions_collection.follow_disputes_in(desk, writing)
        actions_collection.follow_plans_in(desk, writing)
    change: Change = writing.entry.change
    change.quiet = True
    return change


def put_score(desk: Desk, application_id: int) -> Change:
    """Put today's points and grade on an application that is not decided. Raises Refused for one that is."""
    row = read(desk.store.writer, CREDIT_APPLICATION, application_id)
    if row is None or row["gone"] is not None:
        raise Refused(Text("This application was removed meanwhile; nothing was changed."))
    if row["state"] not in (rules_file.DRAFT, *rules_file.WAITS):
        raise Refused(Text("This application is decided: it keeps the points it was decided by."))
    found = queries.credit_file(desk.store.writer, row["account_id"], desk.today())
    assert found is not None
    with desk.writing(JUDGED) as writing:
        desk.save_in(writing, CREDIT_APPLICATION, application_id, row["version"], {"score": round(found.score.total), "grade": found.score.grade})
    change: Change = writing.entry.change
    return change


def write_scales(desk: Desk, policy_id: int) -> Change:
    """Write into a policy the scales it is judged by and that it does not write down itself, so that they can be changed there. Raises
    Refused where all of them are there."""
    row = read(desk.store.writer, CREDIT_POLICY, policy_id)
    if row is None or row["gone"] is not None:
        raise Refused(Text("This policy was removed meanwhile; nothing was changed."))
    own = queries.scales(desk.store.writer, policy_id)
    there = {factor for factor, *_ in own}
    provisions = [(rules_score.PROVISION, days, "", percent) for days, percent in rules_collection.PROVISIONS]
    new = [each for each in [*rules_score.USUAL.written(), *provisions] if each[0] not in there]
    if not new:
        raise Refused(Text("All scales stand in this policy already; change them in its lines."))
    with desk.writing(SCALES) as writing:
        for factor, least, word, percent in new:
            desk.save_in(writing, CREDIT_SCALE, None, 0, {"policy_id": policy_id, "factor": factor, "least": least, "word": word, "percent": percent})
    change: Change = writing.entry.change
    return change
