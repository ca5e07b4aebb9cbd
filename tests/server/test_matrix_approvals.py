"""What raw SQL with a seat's own log-in approves and does not approve: every role, every approval, made from the records."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from crm_desktop.duties import RECORDS
from crm_desktop.record import approving
from crm_desktop.record.approving import Approving
from crm_desktop.record.ids import new_id
from crm_desktop.record.record import Record
from crm_desktop.record.rights import APPROVALS, POWERS, UNDO, may_approve
from crm_desktop.store import schema
from tests.server.department import BY_KEY, HERE, put, refused
from tests.server.world import CHANGE, RULES, World

APPROVED = [(record, found) for record in RECORDS if (found := approving.of(record))]
SUMS = [(record, rule) for record, rule in APPROVED if rule.amount and record.by_name[rule.amount].derived]  # added up by the server
TYPED = [one for one in APPROVED if one not in SUMS]


def _bounds(rule: Approving) -> list[int]:
    """The amounts up to which somebody approves, and the next ones."""
    kinds = {asked.kind for asked in rule.behind.values() if asked.amount}
    return sorted({most + more for kind in kinds for most in APPROVALS[kind].values() if most is not None for more in (0, 1)}) or [0]


def _by_hand(world: World, record: Record, **values: Any) -> int:
    """A row that a colleague of nobody's team entered, in the log as theirs."""
    with world.department.owner() as connection, connection.transaction():
        connection.execute("select crm_open(%s, 'other', 'Outsider', 'Added', '', '', 0)", (new_id(),))
        row_id = next(world.ids)
        world.rows[record.key][row_id] = {"id": row_id, **values}
        return put(connection, record, {"id": row_id, **values})


@pytest.mark.parametrize(("record", "rule"), SUMS, ids=[record.key for record, _ in SUMS])
def test_sums_are_approved_as_the_levels_say(world: World, role: str, record: Record, rule: Approving) -> None:
    """Where the amount is what its parts come to, nobody sets it, and whose level is below it brings the row to no state behind it."""
    row_id = _by_hand(world, record, **({"hotel_id": HERE} if "hotel_id" in record.by_name else {}))
    writes = world.reaches(role, record, world.rows[record.key][row_id], CHANGE)
    for amount in _bounds(rule) if writes else ():
        with world.department.owner() as connection:
            connection.execute(f"update {record.key} set {rule.amount} = %s where id = {row_id}", (amount,))
        with world.department.seat(role) as seat:
            assert refused(seat, f"update {record.key} set {rule.amount} = 1 where id = {row_id}")
            for state, asked in rule.behind.items():
                able = may_approve(role, asked.kind, amount if asked.amount else None)
                assert refused(seat, f"update {record.key} set {rule.field} = %s, version = version + 1 where id = {row_id}", (state,)) != able, (state, amount)


@pytest.mark.parametrize(("record", "rule"), TYPED, ids=[record.key for record, _ in TYPED])
def test_amounts_are_approved_as_the_levels_say(world: World, role: str, record: Record, rule: Approving) -> None:
    """By nobody whose level is below, with any statement: to any state behind an approval, as a new row, by raising what was approved."""
    hotel = {"hotel_id": HERE} if "hotel_id" in record.by_name else {}
    row_id = _by_hand(world, record, **hotel)
    writes, spent = world.reaches(role, record, world.rows[record.key][row_id], CHANGE), rule.amount or "version"
    update = f"update {record.key} set {rule.field} = %s, {spent} = %s where id = {row_id}"
    with world.department.seat(role) as seat:
        for amount in _bounds(rule) if writes else ():
            assert not refused(seat, f"update {record.key} set {spent} = %s where id = {row_id}", (amount,)), "asking for more is no approval"
            for state, asked in rule.behind.items():
                able = may_approve(role, asked.kind, amount if asked.amount else None)
                assert refused(seat, update, (state, amount)) != able, (state, amount)
                new = {**schema.defaults(record), "id": 30_000_000, rule.field: state, spent: amount, **hotel}
                sql = f"insert into {record.key} ({', '.join(new)}) values ({', '.join(['%s'] * len(new))})"
                assert not RULES[role, record.key].add or refused(seat, sql, list(new.values())) != able, (state, amount)
    for state, asked in ((state, asked) for state, asked in rule.behind.items() if asked.amount and writes):
        with world.department.owner() as connection:
            connection.execute(update, (state, 100))
            connection.execute(f"update {record.key} set version = version + 1 where id = {row_id}")
        with world.department.seat(role) as seat:
            raised = f"update {record.key} set {rule.amount} = %s where id = {row_id}"
            for amount in _bounds(rule):
                assert refused(seat, raised, (amount,)) != may_approve(role, asked.kind, amount), (state, amount)
            assert not refused(seat, raised, (99,)), "less is no matter of approval"


def _forget(world: World, table: str) -> None:
    with world.department.owner() as owner:
        owner.execute(f"delete from {table} where id >= 40000000")


NAMED = [(record, rule) for record, rule in TYPED if rule.named]


@pytest.mark.parametrize("of_the_hotel", [False, True], ids=["as it begins", "of the hotel"])
@pytest.mark.parametrize(("record", "rule"), NAMED, ids=[record.key for record, _ in NAMED])
def test_who_the_hotel_names_approves_and_nobody_else(
    world: World, role: str, record: Record, rule: Approving, of_the_hotel: bool, request: pytest.FixtureRequest
) -> None:
    """Whatever their level reaches: the list says who, with the program's own rows where the hotel has none."""
    named = rule.named
    assert named is not None
    list_of_hotel = BY_KEY[named.record]
    codes = {code: by for group, _, code, by in named.begins if group == named.first}
    swapped = dict(zip(codes, reversed(codes.values()), strict=True))
    row_id = _by_hand(world, record, **({"hotel_id": HERE} if "hotel_id" in record.by_name else {}))
    writes = world.reaches(role, record, world.rows[record.key][row_id], CHANGE)
    forget = f"update {record.key} set version = version + 1 where id = {row_id}"  # what was before is no undo any more
    with world.department.owner() as owner:
        request.addfinalizer(partial(_forget, world, named.record))
        owner.execute(f"update {named.record} set {named.group} = 'another' where {named.group} = %s", (named.first,))
        for at, code in enumerate(codes if of_the_hotel else ()):
            put(owner, list_of_hotel, {"id": 40_000_000 + at, named.group: named.first, named.rank: at + 1, named.code: code, named.by: swapped[code]})
        for code, by in (swapped if of_the_hotel else codes).items() if writes else ():
            able = {state: may_approve(role, asked.kind, 0) and (not asked.named or role in named.roles[by]) for state, asked in rule.behind.items()}
            owner.execute(f"update {record.key} set {named.field} = %s, {rule.field} = %s where id = {row_id}", (code, record.by_name[rule.field].default))
            owner.execute(forget)
            with world.department.seat(role) as seat:
                for state in rule.behind:
                    assert refused(seat, f"update {record.key} set {rule.field} = %s where id = {row_id}", (state,)) != able[state], (code, state)
                    given = {rule.field: state, named.field: code, **({"hotel_id": HERE} if "hotel_id" in record.by_name else {})}
                    new = {**schema.defaults(record), "id": 30_000_000, **given}
                    sql = f"insert into {record.key} ({', '.join(new)}) values ({', '.join(['%s'] * len(new))})"
                    assert not RULES[role, record.key].add or refused(seat, sql, list(new.values())) != able[state], (code, state)
            state = next(state for state, asked in rule.behind.items() if asked.named)
            other = next(one for one in codes if one != code)
            owner.execute(f"update {record.key} set {rule.field} = %s, {named.field} = %s where id = {row_id}", (state, other))
            owner.execute(forget)
            with world.department.seat(role) as seat:
                assert refused(seat, f"update {record.key} set {named.field} = %s where id = {row_id}", (code,)) != able[state], "what was approved is of another level now"


GIVEN = [(record, name, kind) for record in RECORDS for name, kind in approving.given(record).items()]


@pytest.mark.parametrize(("record", "name", "kind"), GIVEN, ids=[f"{record.key}.{name}" for record, name, _ in GIVEN])
def test_what_was_given_is_changed_by_who_approves_it(world: World, role: str, record: Record, name: str, kind: str) -> None:
    row_id = _by_hand(world, record, **dict.fromkeys(record.owners, world.department.people[role]))
    change = f"update {record.key} set {name} = %s, version = version + 1 where id = {row_id}"
    writes, able = world.reaches(role, record, world.rows[record.key][row_id], CHANGE), may_approve(role, kind, None)
    with world.department.seat(role) as seat:
        if not writes:
            return
        assert not refused(seat, change, ("B",)), "the first one is free"
        seat.execute(change, ("B",))
        assert not refused(seat, change, ("",)), "one's own change is taken back"
        seat.commit()
        assert refused(seat, change, ("A",)) != able
    with world.department.owner() as owner, owner.transaction():
        owner.execute("select crm_open(%s, 'other', 'Outsider', 'Changed', '', '', 0)", (new_id(),))
        owner.execute(change, ("C",))
    with world.department.seat(role) as seat:
        assert refused(seat, change, ("B",)) != (able or UNDO in POWERS.get(role, ())), "that of others is not"
        assert refused(seat, change, ("",)) != able
        assert not refused(seat, f"update {record.key} set {name} = {name}, remark = 'x' where id = {row_id}")


def test_nobody_approves_by_sql_what_they_asked_for(world: World) -> None:
    """Not in another state's name, not by another row, not as whose deputy the asker is; undoing an approval may be undone."""
    vip, rule = BY_KEY["vip_stay"], {record.key: found for record, found in APPROVED}["vip_stay"]
    new = {**schema.defaults(vip), "id": next(world.ids), "hotel_id": HERE, rule.amount: 100}
    with world.department.seat("gm") as seat:
        seat.execute(f"insert into vip_stay ({', '.join(new)}) values ({', '.join(['%s'] * len(new))})", list(new.values()))
        world.rows["vip_stay"][new["id"]] = new
        approve, back = (f"update vip_stay set stage = '{stage}', version = version + 1 where id = {new['id']}" for stage in ("approved", "applied"))
        assert refused(seat, approve)
        seat.commit()
        assert refused(seat, approve)
        assert refused(seat, approve.replace("approved", "preparing"))
    with world.department.seat("dosm") as seat:
        seat.execute(approve)
        seat.commit()
        seat.execute(back)
        seat.commit()
        assert not refused(seat, approve), "what stood before is put back"
    with world.department.seat("gm") as seat:
        assert not refused(seat, approve)
        assert refused(seat, approve.replace("stage =", f"{rule.amount} = 101, stage ="))
