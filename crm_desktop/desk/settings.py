"""Settings, each declared once: its type, its default, what it may be, where it is kept and its words.

Those of this PC and person lie in one file that is written whole; those of the hotel lie with its data, so that every
seat has the same."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from crm_desktop.record.dates import AUDIT_HOUR, AUDIT_SETTING, LATEST_AUDIT, set_audit_hour
from crm_desktop.record.house import make_hotel
from crm_desktop.record.rights import SETTINGS
from crm_desktop.record.text import LANGUAGES, Text
from crm_desktop.store.folders import data_folder, private_folder, settings_folder, whole_file
from crm_desktop.store.seat import unnamed_hotel

T = TypeVar("T", str, int, bool, list[str])
FILE, BROKEN = "settings.json", "settings.broken.json"
PC, DATA = "pc", "data"
SETTING_CHANGED = Text("Setting changed")


class Setting(Generic[T]):
    """A setting of one type. `among` or `least` and `most` say what it may be; `where` is PC or DATA."""

    def __init__(
        self, name: str, default: T, words: Text, *, where: str = PC, among: Sequence[T] = (), least: int | None = None, most: int | None = None
    ) -> None:
        self.name, self.words, self.where = name, words, where
        self.default: T = default
        self.among: tuple[T, ...] = tuple(among)
        self.least, self.most = least, most

    def allows(self, value: object) -> bool:
        """True for a value of its type and within its bounds."""
        if type(value) is not type(self.default) or (self.among and value not in self.among):
            return False
        if isinstance(value, list):
            return all(isinstance(each, str) for each in value)
        if isinstance(value, int):
            return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)
        return True

    def read(self, value: object) -> T:
        """The value, or the default for one that is missing, of another type or out of bounds."""
        found = value if self.allows(value) else self.default
        return cast(T, list(found) if isinstance(found, list) else found)

    def of(self, key: str) -> Setting[T]:
        """The same setting for one of many things, named by its key."""
        return Setting(f"{self.name}.{key}", self.default, self.words, where=self.where, among=self.among, least=self.least, most=self.most)


LANGUAGE = Setting("language", "", Text("Language"), among=("", *LANGUAGES))  # '' = that of this PC
LOOK = Setting("theme", "light", Text("Look"), among=("light", "dark"))
PAGE = Setting("page", "", Text("Page shown last"))
GEOMETRY = Setting("geometry", "", Text("Place of the window"))
RAIL_NARROW = Setting("rail_narrow", False, Text("Narrow rail"))
RECENT_COMMANDS = Setting("recent_commands", list[str](), Text("Commands used last"))
COLUMNS = Setting("columns", "", Text("Columns of a list"))  # one for each record: COLUMNS.of(record.key)
KEYS = Setting("keys", list[str](), Text("Keys chosen by this person"))  # `action=Keys`
KEY_BAR = Setting("key_bar", True, Text("Bar of keys"))
EXPORT_KIND = Setting("export_kind", ".xlsx", Text("Kind of the last file written"))
EXPORT_FOLDER = Setting("export_folder", "", Text("Folder of the last file written"))
WELCOMED = Setting("welcome_closed", False, Text("First steps put away"))
INPUT_HINT = Setting("input_hint_closed", False, Text("Hint about typing Chinese put away"))
NOTICE_SOUND = Setting("notice_sound", False, Text("Sound"))
SECOND_PLACE = Setting("second_place", "", Text("Second place of the backups"))  # a folder on another disk; '' = none
KEY_COPY = Setting("key_copy", list[str](), Text("Copy of the key"))  # whose, the folder, the day
WATCHED = Setting("watched_folder", "", Text("Watched folder"))  # where a PMS puts its exports; '' = none
WATCHED_DONE = Setting("watched_done", list[str](), Text("Files of the watched folder that were seen to"))
SNOOZED = Setting("snoozed", list[str](), Text("Put off until later"))  # `record:id|until`
COLLEAGUE = Setting("staff", 0, Text("Colleague at this PC"))  # ids of rows; 0 = found by itself
SEAT_HOTEL = Setting("hotel", 0, Text("Hotel of this PC"))
LOGIN = Setting("login", "", Text("Log-in name used last"))
SERVER = Setting("server", "", Text("Server of the department"))  # its address without a password; '' = the data of this PC
OWN_FILE = Setting("own_file", "", Text("Data of this PC"))  # another file than the usual one; '' = that
LOCK_AFTER = Setting("lock_after", 5, Text("Lock the window after"), least=0, most=240)  # minutes without a key or a mouse; 0 = never
CLIP_AFTER = Setting("clip_after", 30, Text("Empty the clipboard after"), least=0, most=3600)  # seconds; 0 = when it is locked
PAPER_LANGUAGE = Setting("paper_language", "", Text("Language of papers"), among=("", "zh", "en", "both"))  # '' = that of the window
BRIEFING_MASKED = Setting("briefing_masked", True, Text("VIPs by surname only in the briefing"))
SCREEN_NAMES = Setting("screen_names", False, Text("Names in full on the big screen"))
LOOKED = Setting("looked", 0, Text("Newest change seen on Today"))  # one for each colleague: LOOKED.of(id)
HOTEL_NAME = Setting("title", "", Text("Name of the hotel"), where=DATA)
SAMPLE = Setting("sample", "", Text("Sample data made for"), where=DATA)  # the day; '' = real data
SAMPLE_PERSON = Setting("sample_person", "", Text("Signed in to the sample as"), where=DATA)
NIGHT_AUDIT = Setting(AUDIT_SETTING, AUDIT_HOUR, Text("Night audit: a new business day begins at"), where=DATA, least=0, most=LATEST_AUDIT)
DECLARED: tuple[Setting[Any], ...] = (
    LANGUAGE, LOOK, PAGE, GEOMETRY, RAIL_NARROW, RECENT_COMMANDS, COLUMNS, KEYS, KEY_BAR, EXPORT_FOLDER, EXPORT_KIND, WELCOMED, INPUT_HINT,
    COLLEAGUE, SEAT_HOTEL, LOGIN, SERVER, OWN_FILE, LOCK_AFTER, NOTICE_SOUND, SNOOZED, PAPER_LANGUAGE, BRIEFING_MASKED, HOTEL_NAME, NIGHT_AUDIT, SAMPLE, SAMPLE_PERSON,
    SECOND_PLACE, KEY_COPY, WATCHED, WATCHED_DONE, SCREEN_NAMES, LOOKED, CLIP_AFTER,
)  # fmt: skip


def own_database(settings: Settings) -> Path:
    """The database of this PC when none is named."""
    return Path(settings.get(OWN_FILE) or usual_database())


def usual_database() -> Path:
    """The one a PC begins with."""
    return data_folder() / "crm.db"


def preferred_language() -> str:
    """The language of this PC: Chinese when its locale says so, else English."""
    words = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE") if os.environ.get(name)), "")
    if not words:
        import locale

        words = locale.getlocale()[0] or ""
    return "zh_CN" if words.lower().startswith(("zh", "chinese")) else "en"


class Settings:
    """What this person chose and what the open data says. A missing or broken file means the defaults, never an error."""

    def __init__(self) -> None:
        self._path = settings_folder() / FILE
        self._values: dict[str, Any] = self._read() or {}
        self._data: dict[str, Any] = {}
        self.person = 0  # the colleague who signed in to the data; never kept
        self.session: Any = None  # how they came in, until the log has it

    def get(self, setting: Setting[T]) -> T:
        """The chosen value, or the default."""
        kept = self._data if setting.where == DATA else self._values
        return setting.read(kept.get(setting.name))

    def set(self, setting: Setting[T], value: T) -> None:
        """Keep a choice of this PC. A folder that cannot be written loses the choice, not the work.

        Raises ValueError for what the setting may not be, or when it is kept with the data."""
        if not setting.allows(value) or setting.where != PC:
            raise ValueError(f"{setting.name} may not be set to {value!r} here")
        if self._values.get(setting.name) == value:
            return
        self._values[setting.name] = value
        self._write(setting.name, value)

    def learn(self, kept: Mapping[str, str]) -> None:
        """Take over what the data says (`Store.kept`): from another hotel's data, all of it anew."""
        self._data = {name: _parsed(words) for name, words in kept.items()}

    def _read(self) -> dict[str, Any] | None:
        """What the file holds; None when it is no such file (then it is put aside before another is written)."""
        try:
            found = json.loads(self._path.read_text("utf-8"))
        except OSError:
            return {}
        except ValueError:
            return None
        return found if isinstance(found, dict) else None

    def _write(self, name: str, value: object) -> None:
        """Change one value of the file: what another window chose meanwhile, or a newer program knows, stays."""
        with suppress(OSError):
            private_folder(self._path.parent)
            there = self._read()
            if there is None:
                os.replace(self._path, self._path.with_name(BROKEN))
            with whole_file(self._path) as file:
                file.write(json.dumps({**(there or self._values), name: value}, indent=1, ensure_ascii=False).encode())


def _parsed(words: str) -> Any:
    with suppress(ValueError):
        return json.loads(words)
    return None


def told_change(source: str) -> Text | str:
    """What the log says of a changed setting, in words."""
    name, _, value = source.partition(": ")
    words = next((setting.words for setting in DECLARED if setting.name == name), None)
    return Text("{label}: {value}", label=words, value=value) if words else source


def keep_with_data(desk: Any, setting: Setting[T], value: T) -> None:
    """Keep a choice with the data and log it, in the writing thread; `Settings.learn(store.kept)` makes it known then.

    Raises ValueError for what the setting may not be; Refused when the person may not or the data cannot be written."""
    if not setting.allows(value) or setting.where != DATA:
        raise ValueError(f"{setting.name} may not be {value!r} in the data")
    from crm_desktop.desk.rights import need

    need(desk.rights, SETTINGS)
    with desk.store.change(SETTING_CHANGED, who=desk.person, source=f"{setting.name}: {value}", always=True):
        desk.store.set_setting(setting.name, json.dumps(value, ensure_ascii=False))
    if setting.name == HOTEL_NAME.name and value:
        _name_hotel(desk, str(value))
    if setting.name == AUDIT_SETTING:
        set_audit_hour(value)


def _name_hotel(desk: Any, name: str) -> None:
    """Give the hotel that was made before anybody had said its name the name it has."""
    row_id = unnamed_hotel(desk.store.writer)
    if row_id is not None:
        record = desk.store.by_key["hotel"]
        desk.save(record, row_id, desk.get(record, row_id)["version"], make_hotel("", name))
