"""Files kept with the data on the server: each once under the SHA-256 of its content, in parts of 1 MiB."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from crm_desktop.record.text import Refused, Text
from crm_desktop.store import catalog
from crm_desktop.store.attached import MOST, TABLE
from crm_desktop.store.files import LARGEST, PART, TOO_LARGE, Step
from crm_desktop.store.schema import LIVING
from crm_desktop.store.server.engine import Server

PUT = "insert into file_part (sha256, number, content) values (?, ?, ?) on conflict do nothing"
MISSING = Text("The file is missing from the server. Restore a backup that has it.")


def keep(address: str, source: IO[bytes], step: Step | None, size: int) -> tuple[str, int]:
    """Read a file to its end and keep it; its SHA-256 and its size. Raises Refused for one that is too large."""
    digest, length = hashlib.sha256(), 0
    with tempfile.TemporaryFile() as spooled:  # its name is its content's, which is known at its end
        while block := source.read(PART):
            length += len(block)
            if length > LARGEST:
                raise Refused(TOO_LARGE)
            digest.update(block)
            spooled.write(block)
        spooled.seek(0)
        name = digest.hexdigest()
        with contextlib.closing(Server(address)) as server:
            server.execute("begin")
            for number in range(max(1, -(-length // PART))):
                server.execute(PUT, (name, number, spooled.read(PART)))
                if step:
                    step(min(length, (number + 1) * PART), max(size, length))
            server.execute("commit")
    return name, length


def read(connection: Any, digest: str) -> Iterator[bytes]:
    """The content of a kept file, part by part. Raises Refused when it is missing or not as it was kept."""
    found, number = hashlib.sha256(), 0
    while part := connection.execute("select content from file_part where sha256 = ? and number = ?", (digest, number)).fetchone():
        found.update(part[0])
        yield part[0]
        number += 1
        if found.hexdigest() == digest:  # whatever somebody put behind it
            return
    if not number:
        raise Refused(MISSING)
    raise Refused(Text("The file is damaged: it is not as it was kept. Restore a backup that has it. ({name})", name=digest[:12]))


def check(connection: Any) -> list[Text]:
    """What is wrong with the files of living rows."""
    if TABLE not in catalog.tables(connection):
        return []
    out: list[Text] = []
    rows = connection.execute(
        "select a.name, (select encode(sha256(string_agg(p.content, ''::bytea order by p.number)), 'hex') from file_part as p"
        f" where p.sha256 = a.sha256 and (coalesce(a.size, 0) = 0 or p.number < (a.size + {PART - 1}) / {PART})), a.sha256"
        f" from {TABLE} as a where a.{LIVING} and a.sha256 <> '' order by a.id"
    )
    for name, found, digest in rows.fetchall():
        if found is None:
            out.append(Text("The attached file {name} is missing", name=name))
        elif found != digest:
            out.append(Text("The attached file {name} is damaged", name=name))
    return out[:MOST]
