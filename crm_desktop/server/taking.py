"""A copy for the road leaves the house like any export: with the right to, a reason and, for many rows, a colleague beside; logged."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from crm_desktop.desk import exports, sign_in
from crm_desktop.desk.desk import EXPORTED, Desk
from crm_desktop.desk.settings import Settings
from crm_desktop.record.record import Record
from crm_desktop.server import moving
from crm_desktop.store.moving import Moved, Step
from crm_desktop.store.store import Store


def take_along(
    address: str, path: Path, records: Sequence[Record], step: Step | None = None, *, reason: str = "", beside: tuple[str, str] = ("", "")
) -> Moved:
    """What this log-in may see as a file, after it may leave; `beside`: log-in and password of a second person. Raises Refused."""
    with Store(address, records) as server:
        desk = Desk(server)
        desk.sit(Settings())
        stood_by = sign_in.second(desk, *beside, "export") if beside[0] else ""
        exports.permit_copy(desk.rights, _seen(server), reason, stood_by)
    done = moving.take_along(address, path, records, step)
    with Store(address, records) as server:
        desk = Desk(server)
        desk.sit(Settings())
        desk.note(EXPORTED, f"take-along: {done.total} -> {path.name}", exports.told(reason, stood_by))
    return done


def _seen(server: Store) -> int:
    """The living rows this log-in sees."""
    with closing(server.open_reader()) as reader:
        return sum(int(reader.execute(f"select count(*) from {record.key} where gone is null").fetchone()[0]) for record in server.records)
