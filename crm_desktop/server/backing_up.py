"""A base backup of the whole server with PostgreSQL's own tools: taken while everybody works, verified, and noted."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from crm_desktop.record.dates import now
from crm_desktop.record.os_words import why
from crm_desktop.record.text import Refused, Text
from crm_desktop.server import link
from crm_desktop.server.link import Place
from crm_desktop.server.members import group
from crm_desktop.server.policies import OWNER

LAST_BACKUP = "server_backup_at"  # kept with the data: when the last one was proven
WINDOWS = Path(r"C:\Program Files\PostgreSQL")
DEBIAN = Path("/usr/lib/postgresql")


def tool(name: str, version: int = 0) -> Path:
    """One of PostgreSQL's own tools: of the server's version (another one cannot read its log), else what is in the path, else
    the newest here. Raises Refused when there is none."""
    folders = sorted((*DEBIAN.glob("*/bin"), *WINDOWS.glob("*/bin")), key=lambda path: path.parent.name.zfill(4), reverse=True)
    own = [folder for folder in folders if folder.parent.name == str(version)]
    on_path = [Path(found).parent for found in [shutil.which(name)] if found]
    for folder in (*own, *on_path, *folders):
        for there in (folder / name, folder / f"{name}.exe"):
            if there.exists():
                return there
    raise Refused(Text("{tool} is not on this PC: install the client tools of PostgreSQL, or run this on the server.", tool=name))


def back_up(place: Place, folder: Path) -> Path:
    """A verified copy of the whole server in a new folder below this one; its place. Raises Refused, with nothing half-made
    left behind."""
    with link.administrator(place, link.MAINTENANCE) as server:
        version = link.version(server)
    taking, proving = tool("pg_basebackup", version), tool("pg_verifybackup", version)
    made = folder / now().replace(":", "").replace(".", "")
    part = made.with_name(made.name + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.mkdir(mode=0o700)
    except OSError as error:
        raise Refused(Text("No backup can be made in {folder}: {reason}.", folder=folder, reason=why(error))) from error
    try:
        _run([taking, "-D", part, "-d", place.address(link.MAINTENANCE), "-X", "stream", "--checkpoint=fast", "--manifest-checksums=SHA256"], place)
        _run([proving, part], place)
        part.rename(made)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    _note(place)
    return made


def _run(words: list[Path | str], place: Place) -> None:
    secret = {"PGPASSWORD": place.password} if place.password else {}  # other programs do not see an environment
    done = subprocess.run(words, capture_output=True, text=True, errors="replace", env=os.environ | secret | {"LC_MESSAGES": "C"}, check=False)
    if done.returncode:
        lines = (done.stderr.strip() or done.stdout.strip() or "?").splitlines()
        reason = next((line for line in lines if "error:" in line), lines[0])
        raise Refused(Text("The backup was not made: {reason}", reason=reason))


def _note(place: Place) -> None:
    with link.administrator(place, role=group(place.database, OWNER)) as connection:
        connection.execute(
            "insert into setting (key, value) values (%s, %s) on conflict (key) do update set value = excluded.value", (LAST_BACKUP, now())
        )
