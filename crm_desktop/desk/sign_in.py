"""Signing in: who opens the data with which password, and everything that gives or takes a way in.

A person is a colleague with a log-in name. Nothing here shows anything; all of it may take a quarter of a second and is
called from a thread."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from crm_desktop.desk.records import STAFF
from crm_desktop.desk.rights import need
from crm_desktop.record import lockout
from crm_desktop.record.record import Row
from crm_desktop.record.rights import POWERS, RIGHTS, ROLE_CODES, may_approve
from crm_desktop.record.text import Refused, Text
from crm_desktop.store import device, keys, seat, tries, wraps
from crm_desktop.store.address import Address, is_server
from crm_desktop.store.database import connect
from crm_desktop.store.device import Keyring
from crm_desktop.store.keys import Keys
from crm_desktop.store.wraps import WrongPassword

SIGNED_IN, LOCKED_OUT = Text("Signed in"), Text("Signed in after wrong passwords")
PASSWORD_SET, PASSWORD_TAKEN = Text("Password set"), Text("Password taken away")
RECOVERED, RECOVERY_MADE = Text("Opened with the recovery key"), Text("Recovery key made")
AT_SERVER = Text("On a server, log-ins and passwords are given at the server: main.py server add-user. Its guide says how.")
NO_KEYRING = Text("This PC has no keyring that a program may use; sign in with the password.")


class Session:
    """Somebody who signed in: the colleague, how many wrong passwords there were before, whether it was by the recovery key."""

    def __init__(self, person: int, wrong: int = 0, *, recovered: bool = False) -> None:
        self.person, self.wrong, self.recovered = person, wrong, recovered


def is_locked(database: Address) -> bool:
    """True when a database opens only with a password of this program; a server asks for its own."""
    return isinstance(database, Path) and wraps.is_locked(database)


def open_with_password(database: Path, login: str, password: str) -> Session:
    """Open the data for this run of the program. Raises Refused: not right, or too many tries."""
    database_id = keys.database_id(database)
    tries.begin(database_id, login)
    made, person = wraps.open_with(database, login, password)
    keys.unlock(made)
    return Session(person, tries.right(database_id, login))


def open_with_device(database: Path, person: int, ring: Keyring | None) -> Session:
    """Open the data by what the keyring of this system keeps for somebody. Raises Refused."""
    if ring is None:
        raise Refused(NO_KEYRING)
    kept = device.kept(ring, keys.database_id(database), person)
    try:
        keys.unlock(wraps.open_with_device(database, person, kept))
    except WrongPassword:
        raise Refused(Text("The keyring of this PC does not open these data any more; sign in with the password.")) from None
    return Session(person)


def open_with_recovery(database: Path, typed: str) -> Keys:
    """Open the data by the printed key. The next thing must be a new password. Raises Refused."""
    made = wraps.open_with_recovery(database, typed)
    keys.unlock(made)
    return made


def recover(database: Path, typed: str, login: str, password: str) -> Session:
    """With the printed key: a new password for the colleague of a log-in name, who is signed in by it. Raises Refused; then the
    data stays locked."""
    _check(password, login)
    made = open_with_recovery(database, typed)
    try:
        with closing(connect(database, made, readonly=True)) as reader:  # a backup stays as it was proven
            found = [row for row in seat.sign_ins(reader) if row["login"].casefold() == login.strip().casefold()]
        if not found:
            raise Refused(Text("Nobody here has the log-in name {login}.", login=login.strip()))
        wraps.adopt(made, found[0]["id"], str(found[0]["login"]), password)
    except BaseException:
        keys.lock(made.database_id)
        raise
    return Session(found[0]["id"], recovered=True)


def confirm(database: Path, person: int, password: str) -> None:
    """Raise Refused unless this is the password of who sits here: for opening a window that was locked."""
    login = wraps.people(keys.database_id(database)).get(person, "")
    if open_with_password(database, login, password).person != person:
        raise WrongPassword


def second(desk: Any, login: str, password: str, kind: str) -> str:
    """The name of a colleague who, with their own password, stands by what somebody else does. Raises Refused."""
    session = _other(desk, login, password)
    row = seat.colleague(desk.store.writer, session.person)
    if session.person == desk.signed_in:
        raise Refused(Text("This needs a second person, not the same one twice."))
    if not row or not may_approve(str(row["role"]), kind, None, desk.rights.levels):
        raise Refused(Text("This colleague may not stand by this; ask a manager."))
    return str(row["name"])


def at_server(address: str, login: str, password: str) -> tuple[str, int]:
    """Sign in at a server: the address that opens it in this run, and the colleague (0 for whoever looks after it). A log-in given
    counts before the one in the address. Raises Refused, also for an address that holds a password."""
    from crm_desktop.store.server import door
    from crm_desktop.store.server.store import person_at

    entrance = door.Entrance.of(address)
    entrance.login = login.strip() or entrance.login
    opened = door.enter(entrance, password)
    return opened, person_at(opened)


def _other(desk: Any, login: str, password: str) -> Session:
    """Somebody beside who sits here; on a server, by their log-in there."""
    if not is_server(desk.store.address):
        return open_with_password(desk.store.path, login, password)
    from crm_desktop.store.server import door

    return Session(at_server(door.split(desk.store.address)[0].address(), login, password)[1])


def begin(desk: Any, person: int, login: str, password: str, printed: str) -> None:
    """Set the first password of all: from now on the data opens only with one. Raises Refused; then all is as before.

    It must be of somebody who may give the others theirs; who sits here is that person from now on."""
    _kept_here(desk)
    if desk.store.keys.guarded:
        raise Refused(Text("Passwords are set already."))
    row = _colleague(desk, person)
    if row["role"] not in ROLE_CODES or not _gives(str(row["role"])):
        raise Refused(Text("The first password must be of somebody whose role gives log-ins and roles to the others."))
    _check(password, login)
    if row["login"] != login:
        desk.save(STAFF, person, row["version"], {"login": login})
    wraps.begin(desk.store.keys, person, login, password, printed)
    desk.signed_in = person
    desk.note(PASSWORD_SET, str(row["name"]))


def give(desk: Any, person: int, password: str) -> None:
    """Set the password of a colleague who has a log-in name; one's own, or anybody's with the right to."""
    _kept_here(desk)
    if person != desk.signed_in:
        need(desk.rights, RIGHTS)
    row = _colleague(desk, person)
    if not row["login"]:
        raise Refused(Text("{name} has no log-in name yet; give one first.", name=row["name"]))
    _check(password, str(row["login"]))
    wraps.put(desk.store.keys, person, str(row["login"]), password)
    desk.note(PASSWORD_SET, str(row["name"]))


def take(desk: Any, person: int) -> None:
    """Take a colleague's password away. Raises Refused for the last one who can give others theirs."""
    _kept_here(desk)
    need(desk.rights, RIGHTS)
    row = _colleague(desk, person)
    able = [one for one in wraps.people(desk.store.keys.database_id) if _gives(str(seat.colleague(desk.store.writer, one).get("role", "")))]
    if able == [person]:
        raise Refused(Text("{name} is the only one who can give passwords; give somebody else that role first.", name=row["name"]))
    wraps.drop(desk.store.keys, person)
    desk.note(PASSWORD_TAKEN, str(row["name"]))


def renew_recovery(desk: Any, printed: str) -> None:
    """Another recovery key, on paper by now."""
    _kept_here(desk)
    need(desk.rights, RIGHTS)
    wraps.renew_recovery(desk.store.keys, printed)
    desk.note(RECOVERY_MADE, "")


def let_keyring_in(desk: Any, ring: Keyring | None) -> None:
    """Let the keyring of this system open the data for who sits here. Raises Refused where there is none."""
    _kept_here(desk)
    if ring is None:
        raise Refused(NO_KEYRING)
    made, person = desk.store.keys, desk.signed_in
    if not device.keep(ring, made.database_id, person, wraps.keep_for_device(made, person)):
        wraps.forget_device(made, person)
        raise Refused(Text("The keyring of this PC did not keep the key; sign in with the password as before."))


def let_keyring_out(desk: Any, ring: Keyring | None) -> None:
    """The keyring opens nothing any more for who sits here."""
    _kept_here(desk)
    made, person = desk.store.keys, desk.signed_in
    wraps.forget_device(made, person)
    if ring is not None:
        device.forget(ring, made.database_id, person)


def told(desk: Any, session: Session) -> None:
    """Log that somebody signed in."""
    if session.recovered:
        desk.note(RECOVERED, "")
    elif session.wrong:
        desk.note(LOCKED_OUT, str(session.wrong))
    else:
        desk.note(SIGNED_IN, "")


def _kept_here(desk: Any) -> None:
    if is_server(desk.store.address):
        raise Refused(AT_SERVER)


def _gives(role: str) -> bool:
    return RIGHTS in POWERS.get(role, ())


def _check(password: str, login: str) -> None:
    if (problem := lockout.password_problem(password, login)) is not None:
        raise Refused(problem)


def _colleague(desk: Any, person: int) -> Row:
    found = seat.colleague(desk.store.writer, person)
    if not found:
        raise Refused(Text("This colleague is no longer there."))
    return found
