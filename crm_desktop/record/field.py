"""One value of a record: what it is called, how it is kept, found, shown and read from files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from crm_desktop.record import codes as code_lists
from crm_desktop.record import private
from crm_desktop.record.codes import Choice
from crm_desktop.record.kinds import NEVER_NULL, TEXTUAL, WORDS, Kind, Value, shown
from crm_desktop.record.text import Text

Row = dict[str, Value]
Problems = dict[str, Text]  # field name -> what would be right


class Field:
    """One value of a record.

    `codes` names the list the hotel may edit, which starts with `choices`; `once`: given to a new row, never changed after.
    `closed`: only the listed choices may be saved; `words`: other headings files use for it, `numbered` those of a REF's
    code where its name stands beside it; `make(code, name)` gives
    the row a file may make for a missing target of a REF.
    `data` is its data class (public, internal, personal, sensitive); `ref` names the record a REF points to and
    `ref_where` narrows it to (column, value), `ref_name` and `ref_code` are the columns of it that a reference shows;
    `settled` columns are worked out from the others by the record's
    `settle`, `derived` ones from other rows by the store: neither stands in a form or a file.
    `least` and `most` bound a number (money in minor units). A `work` field is no column: `work(*values)` gives what it
    shows from the columns named in `of` (days past due, from the due date and the balance; `guest_id.vip` is one of the
    row referred to); where that takes more than the row, `asked` names what is asked for all rows of a list's page at once
    (`module:function`, called with the reader and their ids, gives the values by id), and files leave the column out;
    `tint(value)` names the colour a list shows it in. `sensitive` says in which way a value is nobody's but those who need
    it (a kind of `rights.SENSITIVE`); `guarded`: changed only by those who give rights; `approved`: what was
    given once is changed by those who approve this kind (rights.APPROVALS); `tree`: a reference to the same
    record that never leads back; `whole`: a CODE that is the number of a firm, a bill, an agreement or a booking, kept as it
    is though its digits may look like those of a card or an ID number. `said`: how other systems say a choice, in small letters, and its code."""

    def __init__(
        self,
        name: str,
        label: Text,
        kind: Kind = Kind.TEXT,
        *,
        required: bool = False, default: Value = None, searched: bool = False, data: str = "internal",
        ref: str = "", ref_where: tuple[str, str] | None = None, ref_name: str = "name", ref_code: str = "code",
        choices: Sequence[Choice] = (), codes: str = "", once: bool = False, help: Text | None = None,
        settled: bool = False, derived: bool = False, wide: bool = False, hidden: bool = False, width: int = 0,
        words: Sequence[str] = (), said: Mapping[str, str] | None = None, closed: bool = False,
        make: Callable[[str, str], Row] | None = None, least: int | None = None, most: int | None = None,
        work: Callable[..., Value] | None = None, of: Sequence[str] = (), asked: str = "", tint: Callable[[Any], str] | None = None,
        sensitive: str = "", guarded: bool = False, approved: str = "", tree: bool = False, numbered: Sequence[str] = (), whole: bool = False,
    ) -> None:  # fmt: skip
        self.numbered, self.whole = tuple(numbered), whole
        self.sensitive, self.guarded, self.approved = sensitive, guarded, approved
        self.closed, self.make, self.tree = closed, make, tree
        self.work, self.of, self.asked, self.tint = work or (_unasked if asked else None), tuple(of), asked, tint
        self.least, self.most = least, most
        self.name, self.label, self.kind = name, label, kind
        self.required, self.searched, self.data = required, searched, data
        self.ref, self.ref_where, self.ref_name, self.ref_code = ref, ref_where, ref_name, ref_code
        self._choices, self.codes, self.once = tuple(choices), codes, once
        if codes and closed and codes != code_lists.LISTS:
            raise ValueError(f"{name}: what the program itself goes by is no list for a hotel to edit")
        self.help, self.settled, self.derived = help, settled, derived
        self.wide, self.hidden, self.width = wide, hidden, width
        self.words, self.said = tuple(words), said or {}
        self.default: Value = default if default is not None else empty(kind)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Every choice there is or was: what a stored code means."""
        return code_lists.choices(self.codes, self._choices) if self.codes else self._choices

    @property
    def offered(self) -> tuple[Choice, ...]:
        """The choices for something new."""
        return code_lists.offered(self.codes, self._choices) if self.codes else self._choices

    def declare(self, record: Text) -> None:
        """Make the field's list known, under the words of its record."""
        if self.codes and self.codes != code_lists.LISTS:
            code_lists.declare(self.codes, Text("{record}: {field}", record=record, field=self.label), self._choices)

    @property
    def stored(self) -> bool:
        """True for what a person or a file gives, false for what is worked out."""
        return not (self.settled or self.derived or self.work)

    @cached_property
    def watched(self) -> bool:
        """Are numbers of people and cards looked for in it? What the program itself writes, and nobody types, stays."""
        return self.kind in WORDS or (self.kind == Kind.CODE and self.stored and not (self.whole or self.hidden))

    def watches(self, words: str) -> bool:
        """The same of these words: a credit code is a client's code in many hotels, and nobody's."""
        return self.watched and not (self.kind == Kind.CODE and private.is_firm(words))

    def out_of_bounds(self, value: Value) -> Text | None:
        """What is wrong with a number outside its bounds."""
        if self.least is not None and value is not None and value < self.least:
            least = Text("This must be at least {least}", least=shown(self.kind, self.least))
            return least if self.least else Text("This cannot be less than nothing")
        most = self.most is not None and value is not None and value > self.most
        return Text("This must be at most {most}", most=shown(self.kind, self.most)) if most else None

    def tone(self, value: Value) -> str:
        """The colour name of a choice's chip, or nothing."""
        return next((tone for code, _, tone in self.choices if code == value), "")

    def choice_text(self, value: str) -> Text | str:
        """The words of a choice's code; a code the list does not know stays as it is."""
        return next((text for code, text, _ in self.choices if code == value), value)


def _unasked() -> Value:
    return ""


def empty(kind: Kind) -> Value:
    """What a field of this kind holds when nobody gave a value."""
    if kind in TEXTUAL:
        return ""
    return 0 if kind in NEVER_NULL else None


def as_kept(field: Field, value: str) -> str:
    """A text without whole ID and card numbers: the last gate before the table, whoever wrote it."""
    if field.kind == Kind.SEAL:
        return private.seal(value)
    return private.reduced(value) if field.watches(value) else value
