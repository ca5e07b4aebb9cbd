"""The house rules that a machine can check: who may import whom, where SQL stands, how long things are."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from crm_desktop.duties import DUTIES

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "crm_desktop"
FLOORS = ("record", "store", "desk", "exchange", "documents", "ui", "duties", "demo", "server")  # each imports only itself and those before it
ROOF = ("app", "cli", "start")
QT = ("PySide6", "shiboken6")
DRIVERS = {"sqlite3", "sqlcipher3", "pysqlite3", "apsw", "psycopg"}
LONGEST_FILE, LONGEST_FUNCTION, USUAL_FUNCTION = 400, 80, 35
LONG_FILES: dict[str, int] = {}  # none may be longer; a reason would stand here
READS = re.compile(r"\bselect\b.+\bfrom\b", re.DOTALL | re.IGNORECASE)
WRITES = re.compile(
    r"\b(insert (or \w+ )?into\b|update \S+ (as \w+ )?set\b|delete from\b|(create|drop) (unique |virtual )?(table|index|trigger|view)\b"
    r"|alter table\b|attach database\b|pragma \w)",
    re.IGNORECASE,
)
EVERYTHING = re.compile(r"\bselect\s+(distinct\s+)?(\w+\.)?\*", re.IGNORECASE)


class Module:
    """A module of the program: its path below crm_desktop, and its tree."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.relative_to(CODE).as_posix()
        self.text = path.read_text("utf-8")
        self.tree = ast.parse(self.text)

    @property
    def floor(self) -> str:
        """The floor or roof part it stands on; '' for the package itself."""
        first = self.name.partition("/")[0].removesuffix(".py")
        return "" if first == "__init__" else first

    def imports(self) -> Iterator[str]:
        """Every module it imports, also inside functions and for types only, as a full name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert not node.level, f"{self.name}:{node.lineno} imports relatively"
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    def functions(self) -> Iterator[tuple[str, int]]:
        """Every function with its number of lines."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{self.name}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1

    def strings(self) -> Iterator[str]:
        """Every string that is neither a docstring nor words for people; the holes of an f-string are `x`."""
        skipped = {id(node) for part in _spoken(self.tree) for node in ast.walk(part)}
        for node in ast.walk(self.tree):
            if id(node) in skipped:
                continue
            if isinstance(node, ast.JoinedStr):
                skipped |= {id(part) for part in node.values}
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _spoken(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Text", "T"):
            yield from node.args
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the program: a million nodes, so only while they are looked at."""
    return tuple(Module(path) for path in sorted(CODE.rglob("*.py")))


@pytest.fixture(scope="module", autouse=True)
def _trees() -> Iterator[None]:
    yield
    modules.cache_clear()


def _offenders(found: Callable[[Module], Iterable[str]], among: Iterable[Module] | None = None) -> dict[str, list[str]]:
    """What each module does against a rule; empty when all keep it."""
    return {module.name: words for module in (modules() if among is None else among) if (words := sorted(set(found(module))))}


def _inside(name: str) -> str:
    """The floor a full module name belongs to; '' for what is not ours or the package itself."""
    return name.split(".")[1] if name.startswith("crm_desktop.") else ""


def _is_page(module: Module) -> bool:
    """True for the only modules of a duty, and of the setting up of a server, that may know Qt."""
    return re.fullmatch(r"(duties/\w+|server)/pages(_\w+)?\.py", module.name) is not None


def _knows_qt(module: Module) -> bool:
    return module.floor == "ui" or module.name in ("app.py", "start.py") or _is_page(module)


def test_every_floor_is_known() -> None:
    assert {module.floor for module in modules()} - {""} <= {*FLOORS, *ROOF}


def test_imports_go_downwards() -> None:
    def upwards(module: Module) -> list[str]:
        allowed = ("VERSION", *FLOORS[: FLOORS.index(module.floor) + 1]) if module.floor else ()
        return [name for name in module.imports() if _inside(name) and _inside(name) not in allowed]

    assert not _offenders(upwards, [module for module in modules() if module.floor not in ROOF])


def test_the_window_is_known_by_pages_and_its_roof_only() -> None:
    """The command line and whatever a duty does below its pages must work where no Qt is installed."""

    def window(module: Module) -> list[str]:
        return [name for name in module.imports() if name.split(".")[0] in QT or _inside(name) in ("ui", "app")]

    assert not _offenders(window, [module for module in modules() if not _knows_qt(module)])


def test_rules_and_records_are_plain() -> None:
    ours = ("crm_desktop.record.", "crm_desktop.duties.clients.records")

    def foreign(module: Module) -> list[str]:
        mine = (*ours, *(f"crm_desktop.duties.{module.path.parent.name}.{part}" for part in ("rules", "records", "figures")))
        return [
            n for n in module.imports()
            if n.split(".")[0] not in sys.stdlib_module_names and not f"{n}.".startswith(mine)
        ]

    assert not _offenders(foreign, [module for module in modules() if re.fullmatch(r"(rules|records)(_\w+)?\.py", module.path.name)])


@pytest.mark.parametrize(
    "module", ["crm_desktop.duties", "crm_desktop.duties.mappings", "crm_desktop.cli", "crm_desktop.start"]
)
def test_no_qt_is_loaded_below_the_window(module: str) -> None:
    code = f"import sys, {module}; print([m for m in sys.modules if m.startswith({(*QT, 'crm_desktop.ui')})])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("words", ["select * from stay", "select t.* from stay as t", "SELECT DISTINCT * FROM stay"])
def test_reading_everything_is_noticed(words: str) -> None:
    assert EVERYTHING.search(words)
    assert READS.search(words)
    assert not EVERYTHING.search("select count(*), a * b from stay")


@pytest.mark.parametrize(
    "words",
    [
        "insert into stay (id) values (?)",
        "update stay as t set gone = 1",
        "delete from stay",
        "create unique index a on stay (b)",
        "pragma key = 1",
    ],
)
def test_writing_is_noticed(words: str) -> None:
    assert WRITES.search(words)


def test_every_read_names_its_columns() -> None:
    assert not _offenders(lambda module: filter(EVERYTHING.search, module.strings()))


def test_sql_stands_where_it_belongs() -> None:
    """Writing: the store, and the setting up of a server. Reading: the store, exchange, and the queries and causes of a duty."""

    def sql(module: Module) -> list[str]:
        reads = module.floor == "exchange" or re.fullmatch(r"duties/\w+/(queries|queries_\w+|overview|causes)\.py", module.name)
        return [words for words in module.strings() if WRITES.search(words) or (READS.search(words) and not reads)]

    assert not _offenders(sql, [module for module in modules() if module.floor not in ("store", "server")])


def test_one_module_opens_files_and_one_speaks_to_servers() -> None:
    def drivers(module: Module) -> set[str]:
        return {name.split(".")[0] for name in module.imports()} & (
            DRIVERS if module.floor == "store" else {*DRIVERS, "sqlite_utils"}
        )

    assert {name: set(found) for name, found in _offenders(drivers).items()} == {
        "store/database.py": {"sqlcipher3"}, "store/server/connection.py": {"psycopg"}, "server/link.py": {"psycopg"},
    }  # fmt: skip


@pytest.mark.parametrize("module", ["crm_desktop.app", "crm_desktop.cli", "crm_desktop.store.store"])
def test_the_driver_of_the_server_is_loaded_for_a_server_only(module: str) -> None:
    code = f"import sys, {module}; print([m for m in sys.modules if m.startswith(('psycopg', 'crm_desktop.store.server'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_nobody_asks_a_widget_for_one_it_does_not_own() -> None:
    """Decision 025: the binding would take the answer for a child, and let its parts go with the one that was asked."""
    asked = re.compile(r"\b(?!QApplication\b)[\w\])]+\.(focusWidget|focusProxy|buddy|sourceModel)\(\)|\.(next|previous)InFocusChain\(")
    assert asked.search("here = page.nextInFocusChain()")
    assert asked.search("self._form.focusWidget()")
    assert not asked.search("QApplication.focusWidget()")
    assert not {module.name: found.group() for module in modules() if (found := asked.search(module.text))}


TIPS = ("setToolTip", "showText")
PAINTED = {  # labels that paint what they say, or a picture
    "ui/pick_bar.py", "ui/figures.py", "ui/fact_lines.py", "ui/file_preview.py", "duties/credit/pages_beside.py", "duties/clients/pages_card.py", "duties/vip/pages_card.py",
    "duties/receivables/pages_strip.py", "duties/today/pages_widgets.py",
}  # fmt: skip


def _as_data(node: ast.expr) -> bool:
    """True for words of a tooltip that went through `speech.literal`, or are none."""
    if isinstance(node, ast.IfExp):
        return _as_data(node.body) and _as_data(node.orelse)
    own = ast.unparse(node) in ("''", "self.toolTip()")
    return own or (isinstance(node, ast.Call) and ast.unparse(node.func) == "literal")


def _makes_label(node: ast.AST) -> bool:
    """True for a label or a box that is made, and for a kind of label."""
    if isinstance(node, ast.ClassDef):
        return any(ast.unparse(base) == "QLabel" for base in node.bases)
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("QLabel", "QMessageBox")


def test_names_are_never_read_as_rich_text() -> None:
    """A client called `<img src=...>` is shown so, and nothing is fetched: Qt reads tags in labels, boxes and tooltips by itself."""
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TIPS:
                words = node.args[node.func.attr == "showText"]
                assert _as_data(words), f"{module.name}:{node.lineno}"
        if any(map(_makes_label, ast.walk(module.tree))):
            assert module.name in PAINTED or ".setTextFormat(" in module.text, module.name
        assert not re.search(r"\bQMessageBox\.(about|critical|information|question|warning)\(", module.text), module.name
    assert not _as_data(ast.parse("self.text() if cut else ''", mode="eval").body)
    assert not _as_data(ast.parse("say(name)", mode="eval").body)


def test_files_are_short() -> None:
    lengths = {module.name: module.text.count("\n") for module in modules()}
    assert not {name: lines for name, lines in lengths.items() if lines > LONG_FILES.get(name, LONGEST_FILE)}


def test_functions_are_short() -> None:
    lengths = dict(part for module in modules() for part in module.functions())
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION}
    longer = {name: lines for name, lines in lengths.items() if lines > USUAL_FUNCTION}
    assert len(longer) <= len(lengths) * 0.05, longer


def test_every_duty_is_in_the_list() -> None:
    folders = {path.parent.name for path in (CODE / "duties").glob("*/__init__.py")}
    assert folders == {duty.key.replace("-", "_") for duty in DUTIES}


def test_no_record_is_declared_twice() -> None:
    keys = [record.key for duty in DUTIES for record in duty.records]
    assert len(keys) == len(set(keys))
