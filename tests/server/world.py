"""A department with a row of every kind in every table, and what the matrix of rights says of each, worked out a second time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from crm_desktop.duties import RECORDS
from crm_desktop.record.record import Record
from crm_desktop.record.rights import ABOUT, Reach, may_approve
from crm_desktop.record.table_rules import TableRule, server_rules
from crm_desktop.server import policies
from crm_desktop.store import schema
from tests.server.department import BY_KEY, COLLEAGUE, ELSEWHERE, HERE, OUTSIDER, Department, Row, put

ADD, CHANGE, REMOVE, SEE = policies.ADD, policies.CHANGE, policies.REMOVE, policies.SEE
RULES = {(rule.role, rule.table): rule for rule in server_rules(RECORDS)}
UNLINKED = [record for record in RECORDS if record.area != ABOUT and record.key not in ("staff", "hotel")]
LINKED = [record for record in RECORDS if record.area == ABOUT]


class World:
    """The department and, by table and id, every row that is in it."""

    def __init__(self, department: Department) -> None:
        self.department = department
        self.rows: dict[str, dict[int, Row]] = {record.key: {} for record in RECORDS}
        self.ids = count(1_001)
        with department.owner() as connection, connection.transaction():
            for record in [*schema.referred_first(UNLINKED), *LINKED]:
                for values in self.kinds(record):
                    row = {"id": next(self.ids), **values}
                    self.rows[record.key][put(connection, record, row)] = row
            for key in ("staff", "hotel"):
                columns = ["id", *(["hotel_id", "manager_id"] if key == "staff" else [])]
                found = connection.execute(f"select {', '.join(columns)} from {key}").fetchall()
                self.rows[key] = {row[0]: dict(zip(columns, row, strict=True)) for row in found}
            sql = "select table_name, min(column_name) from information_schema.columns where table_schema = 'public' group by 1"
            self.columns = {name: column for name, column in connection.execute(sql).fetchall() if name not in self.rows}  # of the program's own tables

    def kinds(self, record: Record) -> Iterator[Row]:
        """A row of everybody's, of nobody's, of each hotel, of what each followed row brings along."""
        if record.area == ABOUT:
            kind, row = record.about
            for key in (r.key for r in RECORDS if r.area != ABOUT):
                yield from ({kind: key, row: row_id} for row_id in list(self.rows[key])[:6])
            return
        hotels = [HERE, ELSEWHERE] if "hotel_id" in record.by_name else [None]
        people = [*self.department.people.values(), COLLEAGUE, OUTSIDER]
        for hotel in hotels:
            base: Row = {} if hotel is None else {"hotel_id": hotel}
            yield base
            for name in record.owners:
                others = dict.fromkeys((n for n in record.owners if n != name), OUTSIDER)
                yield from ({**base, **others, name: person} for person in people)
            for name in record.follows:
                for row_id in self.rows[record.by_name[name].ref]:
                    yield {**base, name: row_id}
                    yield {**base, **dict.fromkeys(record.owners, OUTSIDER), name: row_id}

    def reaches(self, role: str, record: Record, row: Row, verb: str) -> bool:
        """What the matrix says, worked out here once more and in another way."""
        rule = RULES[role, record.key]
        if verb != SEE and not {ADD: rule.add, CHANGE: rule.change, REMOVE: rule.remove}[verb]:
            return False
        if rule.about:
            target = BY_KEY.get(str(row[rule.about[0]]))
            return target is not None and self.reaches(role, target, self.rows[target.key][row[rule.about[1]]], SEE)
        return self._within(role, rule, rule.see if verb == SEE else rule.edit, row)

    def _within(self, role: str, rule: TableRule, reach: Reach, row: Row) -> bool:
        if reach in (Reach.NONE, Reach.ALL):
            return reach == Reach.ALL
        me = self.department.people[role]
        team = {me, COLLEAGUE} if reach == Reach.TEAM and role == "sales_manager" else {me}
        if reach == Reach.HOTEL:
            return not rule.hotel or row.get("hotel_id") in (HERE, None)
        owners = set(self._owners(rule, row))
        return bool(owners & team) or not (owners or any(row.get(name) for name, _ in rule.follows))

    def may_add(self, role: str, record: Record, row: Row) -> bool:
        """Work may be given to a colleague, but not to another hotel by who works for one."""
        rule = RULES[role, record.key]
        if shut(role, record):
            return False
        if rule.about or rule.edit != Reach.HOTEL:
            return rule.add and (self.reaches(role, record, row, ADD) if rule.about else rule.edit != Reach.NONE)
        return rule.add and self.reaches(role, record, row, ADD)

    def _owners(self, rule: TableRule, row: Row) -> Iterator[int]:
        yield from (row[name] for name in rule.owners if row.get(name))
        for name, table in rule.follows:
            if row.get(name):
                yield from self._owners(RULES[rule.role, table], self.rows[table][row[name]])


def shut(role: str, record: Record) -> bool:
    """True for rows that only somebody else's level writes."""
    return bool(record.approved) and not may_approve(role, record.approved, None)


def ids_of(connection: Any, sql: str) -> set[int]:
    with connection.transaction(force_rollback=True):
        return {row[0] for row in connection.execute(sql).fetchall()}


def expected(world: World, role: str, record: Record, verb: str) -> set[int]:
    return {row_id for row_id, row in world.rows[record.key].items() if world.reaches(role, record, row, verb)}
