"""Who may do what: roles by duty, what each sees and does in every area, the sensitive values, approval levels, four eyes.

Pure tables and rules: the desk asks them before every act, connections that read are narrowed by them, and the policies
of a server are made from them. A duty only names the area of its records (`Record(area="credit")`) and what of a row is
sensitive (`Field(sensitive="health")`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum

from crm_desktop.record.codes import Choice
from crm_desktop.record.kinds import TEXTUAL, Value
from crm_desktop.record.own_rights import NOTHING_OWN, Levels, Own
from crm_desktop.record.record import Field, Record
from crm_desktop.record.text import Text, listed

GM, DOSM, MANAGER, SELLER, BANQUET, COMPLAINTS, CARE, RECEPTION, CREDIT, KITCHEN, AUDITOR, ADMIN = (
    "gm", "dosm", "sales_manager", "seller", "banquet_seller", "complaint_rep", "care_rep", "receptionist", "credit", "kitchen", "auditor", "admin",
)  # fmt: skip
ROLES: tuple[Choice, ...] = (
    (GM, Text("General manager"), ""), (DOSM, Text("Director of sales"), ""), (MANAGER, Text("Sales manager"), ""), (SELLER, Text("Seller"), ""),
    (BANQUET, Text("Banquet seller"), ""), (COMPLAINTS, Text("Complaint representative"), ""), (CARE, Text("Client representative"), ""),
    (RECEPTION, Text("Receptionist"), ""), (CREDIT, Text("Credit and finance"), ""), (KITCHEN, Text("Kitchen (looks on)"), ""),
    (AUDITOR, Text("Auditor"), ""), (ADMIN, Text("Administrator of the system"), ""),
)  # fmt: skip
ROLE_CODES = tuple(code for code, _, _ in ROLES)

WORK = "work"  # the area of a record that names none
SECRET = "secret"  # the area of what one is told of, whatever the rank
ABOUT = "about"  # of rows that lie by another row (files, steps): whoever sees that one sees them
AREAS: Mapping[str, Text] = {
    "clients": Text("Clients and people"), "stays": Text("Stays"), "vip": Text("VIP stays"), "credit": Text("Receivables and credit"),
    "care": Text("Maintenance plans"), "funds": Text("Funds, gifts and guest events"), "store": Text("Gift store"), "visits": Text("Visits"), "tasks": Text("Follow-ups and hand-overs"), "events": Text("Bookings and events"),
    "tastes": Text("Preferences"), "complaints": Text("Complaints and service"), "office": Text("Meetings, documents, market"), WORK: Text("Other work of the department"),
    "secret": Text("Who confidential guests are"), "openings": Text("Who opened confidential files"), "house": Text("The house"), "people": Text("Colleagues"), "codes": Text("Code lists"),
    "rules": Text("Rules of the department"), "terms": Text("Credit terms and taxes"),
}  # fmt: skip
ADD, CHANGE, REMOVE, STEP, IMPORT, EXPORT = "add", "change", "remove", "step", "import", "export"
VERBS = (ADD, CHANGE, REMOVE, STEP, IMPORT, EXPORT)
VERB_WORDS: Mapping[str, Text] = {
    ADD: Text("add"), CHANGE: Text("change"), REMOVE: Text("remove"), STEP: Text("take steps"), IMPORT: Text("import"), EXPORT: Text("export"),
}  # fmt: skip
_LETTERS = dict(zip("acrsie", VERBS, strict=True))


class Reach(IntEnum):
    """Whose rows: nobody's, one's own, those of one's team, of one's hotel, everybody's. Own includes what nobody owns."""

    NONE, OWN, TEAM, HOTEL, ALL = range(5)


REACH_WORDS: Mapping[Reach, Text] = {
    Reach.NONE: Text("none"), Reach.OWN: Text("own"), Reach.TEAM: Text("own team"), Reach.HOTEL: Text("own hotel"), Reach.ALL: Text("all"),
}  # fmt: skip


class Grant:
    """What a role has in an area: whose rows it sees, whose it works on, and what it does with them."""

    __slots__ = ("edit", "see", "verbs")

    def __init__(self, see: Reach, edit: Reach, verbs: frozenset[str]) -> None:
        self.see, self.edit, self.verbs = see, min(see, edit), verbs


def _grant(words: str) -> Grant:
    """`see edit verbs`, the verbs by their first letters: "all own acs"."""
    see, edit, verbs = [*words.split(), "none", ""][:3]
    return Grant(Reach[see.upper()], Reach[edit.upper()], frozenset(_LETTERS[letter] for letter in verbs))


def _grants(other: str, **areas: str) -> dict[str, Grant]:
    """The grants of a role by area; `other` is what it has where nothing is said."""
    return {area: _grant(areas.get(area, other)) for area in AREAS}


_LOOKS = {"house": "all", "people": "all", "codes": "all", "rules": "all", "terms": "all"}  # what forms and lists take their words from, and rules go by
_OWN = {**_LOOKS, "tasks": "own own acrs"}
MATRIX: Mapping[str, dict[str, Grant]] = {
    GM: _grants("all all acrsie"),
    DOSM: _grants("all all acrsie"),
    MANAGER: _grants("all team acsie", clients="all team acrsie", stays="hotel hotel cie", tastes="all all acre", store="all all acie", tasks="team team acrs", **_LOOKS | {"people": "all team c"}),
    SELLER: _grants(
        "own own acs", clients="own own acse", credit="own own acs", stays="hotel", vip="all own acs", events="all own acs",
        tastes="all all ac", complaints="all own ac", visits="own own acrse", office="all own acse", store="all", **_OWN,
    ),
    BANQUET: _grants(
        "own own acs", clients="all own acs", credit="own", stays="hotel", vip="all", events="all all acrse", tastes="all all ac",
        care="none", complaints="all own ac", visits="own own acrs", office="all own acs", store="all", **_OWN,
    ),
    COMPLAINTS: _grants(
        "none", clients="all", stays="hotel", vip="all", events="all", tastes="all all ac", care="all", funds="own own acs", visits="own own acrs",
        complaints="all all acrsie", office="all own acs", store="all", **_OWN,
    ),
    CARE: _grants(
        "own own acs", clients="all all crse", stays="hotel", vip="all all acse", events="all", tastes="all all acre", care="all all acrsie",
        funds="all all acrsie", store="all all acrie", complaints="all own ac", visits="all own acrse", credit="none", office="all own acs", **_OWN,
    ),
    RECEPTION: _grants(
        "none", clients="all all a", stays="hotel hotel acsi", vip="all all s", events="all all acs", tastes="all all ac", complaints="own own a",
        office="all own acs", **_OWN,
    ),
    CREDIT: _grants(
        "none", clients="all all ce", stays="hotel none e", vip="none", events="all", care="all", funds="all all acse", store="all all acrie", credit="all all acrsie",
        complaints="all", visits="all own acrs", office="all own cs", **_OWN | {"terms": "all all acrie"},
    ),
    KITCHEN: _grants("none", clients="all", stays="hotel", vip="all", events="all", tastes="all", office="all own cs", **_OWN),
    AUDITOR: _grants("all none e"),
    ADMIN: _grants("none", house="all all acrie", people="all all acrie", codes="all all acrie", rules="all all acrie", terms="all", tasks="own own acrs"),
}  # fmt: skip
_TOLD = {role: {"secret": _grant("own own acr"), "openings": _grant("own own a")} for role in MATRIX}  # who confidential guests are is a matter of being told, not of rank
_TOLD |= {role: {"secret": _grant("own own acr"), "openings": _grant("all own a")} for role in (GM, DOSM)}
_TOLD |= {AUDITOR: {"secret": _grant("none"), "openings": _grant("all own a")}, ADMIN: {"secret": _grant("none"), "openings": _grant("none")}}
for _role, _given in _TOLD.items():
    MATRIX[_role].update(_given)
NO_GRANT = Grant(Reach.NONE, Reach.NONE, frozenset())
BESIDE = Grant(Reach.ALL, Reach.ALL, frozenset((ADD, CHANGE, REMOVE, STEP)))

RIGHTS, LOG, SETTINGS, RESTORE, COPY, UNDO, PRIVACY = "rights", "log", "settings", "restore", "copy", "undo", "privacy"
POWER_WORDS: Mapping[str, Text] = {
    RIGHTS: Text("give log-ins and roles"), LOG: Text("read the log"), SETTINGS: Text("change the settings of the hotel"),
    RESTORE: Text("restore a backup"), COPY: Text("make an unencrypted copy"), UNDO: Text("undo what others did"), PRIVACY: Text("give out and erase a person's data"),
}  # fmt: skip
POWERS: Mapping[str, frozenset[str]] = {
    GM: frozenset(POWER_WORDS), DOSM: frozenset(POWER_WORDS), ADMIN: frozenset((RIGHTS, SETTINGS, RESTORE)), AUDITOR: frozenset((LOG,)),
    MANAGER: frozenset((UNDO,)),
}  # fmt: skip

IDENTITY, HEALTH, RELIGION, CHILDREN, FINANCE, CONTACT = "id", "health", "religion", "children", "money", "contact"
SENSITIVE: Mapping[str, Text] = {
    IDENTITY: Text("Identity papers"), HEALTH: Text("Health and allergies"), RELIGION: Text("Religion"), CHILDREN: Text("About children"),
    FINANCE: Text("Credit and bank"), CONTACT: Text("Phone and address"),
}  # fmt: skip
PLAIN: Mapping[str, frozenset[str]] = {  # seen without being asked; what stands in neither table is never shown to a role
    GM: frozenset((HEALTH, FINANCE, CONTACT)), DOSM: frozenset((HEALTH, FINANCE, CONTACT)), MANAGER: frozenset((HEALTH, FINANCE, CONTACT)),
    SELLER: frozenset((HEALTH, CONTACT)), BANQUET: frozenset((HEALTH, RELIGION, CONTACT)), COMPLAINTS: frozenset((HEALTH, CONTACT)),
    CARE: frozenset((HEALTH, RELIGION, CHILDREN, CONTACT)), RECEPTION: frozenset((HEALTH, CONTACT)), CREDIT: frozenset((FINANCE, CONTACT)),
    KITCHEN: frozenset((HEALTH, RELIGION)),
}  # fmt: skip
REVEAL: Mapping[str, frozenset[str]] = {  # seen after a purpose was given, which the log keeps
    GM: frozenset(SENSITIVE), DOSM: frozenset(SENSITIVE), MANAGER: frozenset(SENSITIVE), SELLER: frozenset((RELIGION, CHILDREN, FINANCE)),
    BANQUET: frozenset((CHILDREN,)), COMPLAINTS: frozenset((RELIGION, CHILDREN)), CARE: frozenset((IDENTITY,)),
    RECEPTION: frozenset((IDENTITY, RELIGION, CHILDREN)), CREDIT: frozenset((IDENTITY,)), AUDITOR: frozenset((FINANCE, CONTACT)),
}  # fmt: skip
MASK = "•••"


class Cap:
    """Rows in one export: up to `free` without a word, up to `most` with a reason, above that with a second person. None = no bound."""

    __slots__ = ("free", "most")

    def __init__(self, free: int | None, most: int | None) -> None:
        self.free, self.most = free, most


CAPS: Mapping[str, Cap] = {
    GM: Cap(10_000, None), DOSM: Cap(10_000, None), MANAGER: Cap(2_000, 20_000), SELLER: Cap(200, 2_000), BANQUET: Cap(200, 2_000),
    COMPLAINTS: Cap(200, 2_000), CARE: Cap(500, 5_000), CREDIT: Cap(5_000, 50_000), AUDITOR: Cap(10_000, None), ADMIN: Cap(500, 5_000),
}  # fmt: skip
FREE, REASON, SECOND = "free", "reason", "second"

_YUAN = 100
APPROVALS: Mapping[str, Levels] = {
    "credit": {DOSM: 50_000 * _YUAN, CREDIT: 200_000 * _YUAN, GM: None},
    "credit_check": {MANAGER: None, DOSM: None, CREDIT: None, GM: None},
    "write_off": {CREDIT: 5_000 * _YUAN, GM: None},
    "refund": {MANAGER: 1_000 * _YUAN, DOSM: 10_000 * _YUAN, CREDIT: 20_000 * _YUAN, GM: None},
    "penalty": {DOSM: 20_000 * _YUAN, GM: None},
    "rate_floor": {MANAGER: 5_000 * _YUAN, DOSM: 50_000 * _YUAN, GM: None},
    "care": {DOSM: 50_000 * _YUAN, GM: None},
    "fund": {CREDIT: 50_000 * _YUAN, GM: None},
    "fund_check": {MANAGER: None, DOSM: None, GM: None},
    "fund_lead": {DOSM: None, GM: None},
    "fund_money": {CREDIT: None, GM: None},
    "gift": {MANAGER: 500 * _YUAN, DOSM: 5_000 * _YUAN, GM: None},
    "vip": {MANAGER: 2_000 * _YUAN, DOSM: 20_000 * _YUAN, GM: None},
    "promotion": {DOSM: 50_000 * _YUAN, GM: None},
    "merge": {MANAGER: None, CARE: None, DOSM: None, GM: None},
    "class": {MANAGER: None, DOSM: None, GM: None},
    "visits": {MANAGER: None, DOSM: None, GM: None},
    "export": {MANAGER: None, DOSM: None, GM: None},
}  # fmt: skip
APPROVAL_WORDS: Mapping[str, Text] = {
    "credit": Text("Credit limit"), "credit_check": Text("Opinion on a credit application"), "write_off": Text("Write-off"), "refund": Text("Refund"), "penalty": Text("Penalty"),
    "rate_floor": Text("Rate below the floor"), "care": Text("Maintenance budget"), "gift": Text("Gifts and meals"),
    "fund": Text("Money of a fund plan"), "fund_check": Text("Manager's yes to a fund plan"), "fund_lead": Text("Director's yes to a fund plan"), "fund_money": Text("Clearing of advances and vouchers"), "vip": Text("VIP reception"),
    "promotion": Text("Promotion budget"), "merge": Text("Merging clients"), "class": Text("Class of a client"), "visits": Text("Week of visits"), "export": Text("Large export"),
}  # fmt: skip


class Hat:
    """One part somebody plays: their own, or that of an absent colleague whose deputy they are.

    `team` are the people who report to them, however many steps down; `hotel_id` None = of the whole group."""

    __slots__ = ("hotel_id", "name", "person_id", "role", "team")

    def __init__(self, person_id: int, name: str, role: str, team: Iterable[int] = (), hotel_id: int | None = None) -> None:
        self.person_id, self.name, self.role, self.hotel_id = person_id, name, role, hotel_id
        self.team = frozenset(team) | {person_id}


class Scope:
    """Whose rows: everybody's, or those of some owners and those of some hotels."""

    __slots__ = ("everything", "hotels", "owners")

    def __init__(self, everything: bool = False, owners: Iterable[int] = (), hotels: Iterable[int] = ()) -> None:
        self.everything, self.owners, self.hotels = everything, frozenset(owners), frozenset(hotels)

    @property
    def nothing(self) -> bool:
        """True when no row is meant."""
        return not (self.everything or self.owners or self.hotels)

    def __or__(self, other: Scope) -> Scope:
        return Scope(self.everything or other.everything, self.owners | other.owners, self.hotels | other.hotels)

    def __le__(self, other: Scope) -> bool:
        """True when the other has at least as many rows."""
        return other.everything or (not self.everything and self.owners <= other.owners and self.hotels <= other.hotels)


def grant(role: str, area: str) -> Grant:
    """What a role has in an area; nothing for a role nobody knows."""
    if role not in MATRIX:
        return NO_GRANT
    return BESIDE if area == ABOUT else MATRIX[role].get(area, NO_GRANT)


def _scope(hat: Hat, reach: Reach) -> Scope:
    if reach == Reach.NONE:
        return Scope()
    if reach in (Reach.OWN, Reach.TEAM):
        return Scope(owners=hat.team if reach == Reach.TEAM else (hat.person_id,))
    return Scope(everything=reach == Reach.ALL or hat.hotel_id is None, hotels=() if hat.hotel_id is None else (hat.hotel_id,))


class Rights:
    """What somebody may do: the union of their own part and of those they stand in for, and what the hotel gave or took
    from them alone (`own`). Open rights (`OPEN`) are those of a person alone with data that nobody signs in to."""

    __slots__ = ("_own", "hats", "open")

    def __init__(self, hats: Sequence[Hat] = (), *, open: bool = False, own: Own = NOTHING_OWN) -> None:
        self.hats, self.open, self._own = tuple(hats), open, own

    def sees(self, area: str) -> Scope:
        """Whose rows of an area are seen."""
        return self._reach([(hat, grant(hat.role, area).see) for hat in self.hats])

    def edits(self, area: str, verb: str) -> Scope:
        """Whose rows of an area something may be done with."""
        return self._reach([(hat, grant(hat.role, area).edit) for hat in self.hats if verb in grant(hat.role, area).verbs])

    def _reach(self, parts: Sequence[tuple[Hat, Reach]]) -> Scope:
        out = Scope(everything=self.open)
        for hat, reach in parts:
            out |= _scope(hat, reach)
        return out

    def can(self, verb: str, area: str) -> bool:
        """True when something may be done at all in an area."""
        if self.open or verb != EXPORT or not {EXPORT} & (self._own.given | self._own.taken):
            return self.open or any(verb in grant(hat.role, area).verbs for hat in self.hats)
        return EXPORT not in self._own.taken and any(grant(hat.role, area).see for hat in self.hats)

    def has(self, power: str) -> bool:
        """True for a power over the data as a whole."""
        return self.open or power in self._settled(kind for hat in self.hats for kind in POWERS.get(hat.role, ()))

    def plain(self) -> frozenset[str]:
        """The kinds of sensitive value shown without being asked."""
        return frozenset(SENSITIVE) if self.open else self._settled(kind for hat in self.hats for kind in PLAIN.get(hat.role, ())) & SENSITIVE.keys()

    def reveals(self) -> frozenset[str]:
        """The kinds of sensitive value shown after a purpose was given."""
        return self.plain() | (frozenset[str]().union(*(REVEAL.get(hat.role, ()) for hat in self.hats)) - self._own.taken)

    def _settled(self, of_roles: Iterable[str]) -> frozenset[str]:
        """What the roles give, with what the hotel gave one colleague more or less; nothing more without any part in the house."""
        return (frozenset(of_roles) | (self._own.given if self.hats else frozenset())) - self._own.taken

    def masked(self, record: Record) -> frozenset[str]:
        """The columns of a record that are not shown."""
        return frozenset() if self.open else hidden(record, self.plain())

    def absent(self, area: str, verb: str) -> list[Hat]:
        """Those somebody stands in for who may do this, the own part left out."""
        return [hat for hat in self.hats[1:] if verb in grant(hat.role, area).verbs]

    def export(self, rows: int) -> str:
        """What an export of so many rows needs: FREE, REASON or SECOND."""
        caps = [CAPS[hat.role] for hat in self.hats if hat.role in CAPS] or [CAPS[SELLER] for _ in self._own.given & {EXPORT}]
        if self.open or any(_within(rows, cap.free) for cap in caps):
            return FREE
        return REASON if any(_within(rows, cap.most) for cap in caps) else SECOND

    def approves(self, kind: str, amount: int | None) -> list[Hat]:
        """The parts in which somebody may approve an amount (in minor units of the hotel's currency)."""
        return [hat for hat in self.hats if may_approve(hat.role, kind, amount, self.levels)]

    @property
    def levels(self) -> Mapping[str, Levels]:
        """Who approves how much here."""
        return self._own.levels(APPROVALS)


OPEN = Rights(open=True)


def _within(amount: int | None, bound: int | None) -> bool:
    return bound is None or (amount or 0) <= bound


def may_approve(role: str, kind: str, amount: int | None, of: Mapping[str, Levels] = APPROVALS) -> bool:
    """True when a role approves an amount of a kind (no amount = nothing spent)."""
    levels = of.get(kind, {})
    return role in levels and _within(abs(amount or 0), levels[role])


def approvers(kind: str, amount: int | None, of: Mapping[str, Levels] = APPROVALS) -> list[str]:
    """The roles that approve an amount, the lowest level first."""
    levels = of.get(kind, {})
    able = [role for role in levels if may_approve(role, kind, amount, of)]
    return sorted(able, key=lambda role: (levels[role] is None, levels[role] or 0))


def approval_problem(
    rights: Rights, kind: str, amount: int | None, authors: Iterable[str], person: str, roles: Iterable[str] | None = None
) -> Text | None:
    """Why somebody may not approve: nobody approves what they asked for themselves, nor as the deputy of who asked.

    `roles`: those that the hotel names for it; None = whoever's level reaches it."""
    if rights.open:
        return None
    asked = set(authors)
    if person in asked:
        return Text("Nobody approves what they asked for themselves: this needs a second person.")
    able = [hat for hat in rights.approves(kind, amount) if roles is None or hat.role in roles]
    if not able:
        first = next(iter(approvers(kind, amount, rights.levels)), GM)
        return Text("This is above your level: {role} approves it.", role=role_words(first))
    if all(hat.name in asked for hat in able):
        return Text("You would approve this only in the place of {person}, who asked for it: this needs another person.", person=able[0].name)
    return None


def role_words(role: str) -> Text | str:
    """What a role is called."""
    return next((text for code, text, _ in ROLES if code == role), role)


def hidden(record: Record, shown: frozenset[str]) -> frozenset[str]:
    """The columns of a record that are sensitive in a way that is not among those shown."""
    return frozenset(field.name for field in record.fields if field.sensitive and field.sensitive not in shown)


def worded(record: Record) -> dict[str, str]:
    """The columns of a record's search words that hold a sensitive text in the clear, with its kind; '' where there are several."""
    kinds = sorted({field.sensitive for name in record.searched if (field := record.by_name[name]).sensitive and field.kind in TEXTUAL})
    out = {"terms": kinds[0] if len(kinds) == 1 else ""} if kinds else {}
    name = record.by_name.get(record.name)
    return out | ({"sort": name.sensitive} if kinds and name is not None and name.sensitive else {})


def refusal(verb: str, record: Record) -> Text:
    """The sentence for what a person may not do with the rows of a record at all, and who may."""
    return Text("Your role may not {verb} {records} here. These may: {roles}.", verb=VERB_WORDS[verb], records=record.many, roles=who_may(verb, record))


def who_may(verb: str, record: Record) -> Text:
    """The roles that may do something with rows of a record, the highest first."""
    able = [(role, words) for role, words, _ in ROLES if verb in grant(role, record.area).verbs]
    return listed([words for role, words in able if RIGHTS in POWERS.get(role, ()) or not is_guarded(record)])


def is_guarded(record: Record) -> bool:
    """True for a record of which only those who give rights change anything."""
    return all(field.guarded for field in record.fields)


def not_yours(record: Record, name: str) -> Text:
    """The sentence for a row that belongs to somebody else's work."""
    return Text("{name} belongs to a colleague's work: you may look, not change it.", name=name or record.title)


def masked_value(field: Field, value: Value) -> Value:
    """What is shown in the place of a sensitive value: that there is one, not what."""
    return (MASK if value else "") if field.kind in TEXTUAL else None
