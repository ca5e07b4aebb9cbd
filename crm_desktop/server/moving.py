"""From one PC to the server, from the server into a file, and a copy to read on the way."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from crm_desktop.record.dates import now
from crm_desktop.record.record import Record
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import closing, keys, moving
from crm_desktop.store.address import label
from crm_desktop.store.folders import discard
from crm_desktop.store.locks import Place
from crm_desktop.store.moving import Moved, Step
from crm_desktop.store.moving_file import FileTarget
from crm_desktop.store.server.moving import ServerTarget
from crm_desktop.store.server.store import ServerStore
from crm_desktop.store.store import Store


def to_server(path: Path, address: str, records: Sequence[Record], step: Step | None = None) -> Moved:
    """Move a file's database to an empty one on a server. The file stays, and says where its work goes on.

    Nobody saves in the file meanwhile. Raises Refused; then nothing has moved, and it can be tried again."""
    Place(path, alone=True).release()  # nobody else has it open
    with Store(path, records) as source, Store(address, records, create=True) as server:
        assert isinstance(server, ServerStore)
        target, place = ServerTarget(server), label(address)
        with source.writer.atomic():
            with contextlib.closing(source.open_reader()) as reader:
                if moving.is_same(source, reader, target):  # cut off after the server had it and before the file knew
                    found = Moved({}, 0)
                else:
                    found = moving.move(source, target, step)
                    target.tidy()
            source.set_setting(closing.KEY, closing.words(closing.MOVED, place, now()))
    return found


def stay(path: Path, records: Sequence[Record]) -> None:
    """Go on working in a file that was moved. What was done on the server since is not in it."""
    with Store(path, records, though_closed=True) as store:
        if closing.of(store.kept)[0] != closing.MOVED:
            raise Refused(Text("{file} was never moved; it opens as it is.", file=path))
        store.set_setting(closing.KEY, "")


def fetch(address: str, path: Path, records: Sequence[Record], step: Step | None = None) -> Moved:
    """Everything on the server as a database file of this program, its log and its files with it. Raises Refused."""
    return _into_file(address, path, records, step, road=False)


def take_along(address: str, path: Path, records: Sequence[Record], step: Step | None = None) -> Moved:
    """What this log-in may see, as an encrypted file to read where there is no server. Raises Refused."""
    return _into_file(address, path, records, step, road=True)


def _into_file(address: str, path: Path, records: Sequence[Record], step: Step | None, *, road: bool) -> Moved:
    _make_room(path, records)
    place, at = label(address), now()
    with Store(address, records) as server, Store(path, records, create=True) as file:
        file.set_setting(closing.KEY, closing.words(closing.HALF, place, at))
        if road:
            return moving.take_along(server, FileTarget(file, loose=True, mark=closing.words(closing.COPY, place, at)), step)
        return moving.move(server, FileTarget(file), step)


def _make_room(path: Path, records: Sequence[Record]) -> None:
    """Raises Refused for a file that holds anything but an earlier copy, or one that was cut off."""
    if not path.exists():
        return
    with Store(path, records, though_closed=True) as old:
        if closing.of(old.kept)[0] not in (closing.HALF, closing.COPY):
            raise Refused(Text("{file} is there already; nothing was written over it. Choose another name.", file=path))
        used = old.keys
    for each in (used.head_file, path, keys.id_file(path)):
        discard(each)
