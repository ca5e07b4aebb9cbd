"""Everything that takes the keyboard has a name, shows that it has it, and is reached by Tab: in every page, form, sheet,
dialog and strip, in both languages.

A new dialog is added to DIALOGS below; everything else is found by itself."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QDialog, QWidget

from crm_desktop.desk import attachments
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.exports import Asked
from crm_desktop.documents import plain
from crm_desktop.duties.settings.pages_passwords import FirstPassword
from crm_desktop.record.text import LANGUAGES, Text
from crm_desktop.ui import about, exporting, paper_view, papers
from crm_desktop.ui.export_reason import ExportReason
from crm_desktop.ui.file_preview import FilePreview
from tests.catalogue import english
from tests.gallery.take import house, program, quiet
from tests.gallery.until import until
from tests.ui.shown import shown

CODE = Path(__file__).resolve().parents[2] / "crm_desktop"
TRIES = 3
SETTLE = 150
FRAME = 3  # px around a widget in which its focus may be drawn
MOST = 400  # widgets in a ring
PARTS = 8  # walked by a processor each, and none as long as a hanging test is allowed to be
WALKS = [  # each page in one language, the long set in both
    pytest.param(spoken, part, marks=() if part % 2 == at else pytest.mark.long) for part in range(PARTS) for at, spoken in enumerate(("en", "zh_CN"))
]
Open = Callable[[Any], QDialog]
DIALOGS: dict[str, Open] = {
    "About": lambda window: about.About(window),
    "FilePreview": lambda window: _preview(window),
    "_Dialog": lambda window: FirstPassword(window, [{"id": 1, "name": "沈知渝", "login": "shenzhiyu"}]),
    "ExportReason": lambda window: ExportReason(window, Asked(12_000, second=True), print),
    "PdfView": lambda window: paper_view.PaperView(window, [paper_view.Offer(plain.pairs(Text("Papers"), [("F1", "Ctrl")]), papers.ask_for(window))]),
    "Choice": lambda window: exporting.Choice(window, window.page("stays").list.query()),
}


def _preview(window: Any) -> QDialog:
    """A text file that is attached to the first client."""
    content = "一行\n另一行".encode()
    with window.store.open_reader() as reader:
        row_id = reader.execute("select id from account where gone is null limit 1").fetchone()[0]
    attachments.add_content(Desk(window.store, "沈知渝"), "account", row_id, "注.txt", content)
    with window.store.open_reader() as reader:
        row = attachments.of(reader, "account", row_id)[0]
    return FilePreview(row, window.store, window)


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found else ""


def takes_keys(root: QWidget) -> list[QWidget]:
    """Every widget of a window that can have the keyboard now."""
    return [w for w in shown(root) if w.isEnabled() and w.focusPolicy() != Qt.FocusPolicy.NoFocus]


def told(widget: QWidget) -> str:
    """How a failure names a widget."""
    return f"{type(widget).__name__} '{name_of(widget)}' in {type(widget.parent()).__name__}"


def nameless(root: QWidget, spoken: str, foreign: Collection[str]) -> list[str]:
    """What takes keys or can be pressed and has no name, or an English one where Chinese is spoken; or no role, so that a screen reader
    passes it by."""
    pressed, keyed = [w for w in shown(root) if isinstance(w, QAbstractButton)], takes_keys(root)
    wrong = [w for w in dict.fromkeys((*keyed, *pressed)) if not name_of(w).strip() or (spoken == "zh_CN" and name_of(w) in foreign)]
    silent = [w for w in keyed if QAccessible.queryAccessibleInterface(w).role() == QAccessible.Role.Client and not isinstance(w, QAbstractScrollArea)]
    return [told(w) for w in wrong] + [f"{told(w)} has no role" for w in silent]


def stops(root: QWidget) -> list[QWidget]:
    """Where Tab should lead."""
    return [w for w in takes_keys(root) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None]


def ring(root: QWidget) -> list[QWidget]:
    """Where Tab leads, from where the keyboard is now until it comes round; by the real key."""
    first = QApplication.focusWidget()
    assert first is not None
    found = [first]
    for _ in range(MOST):
        QTest.keyClick(found[-1], Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if now is first and (len(found) > 1 or len(stops(root)) == 1):
            return found
        assert now is not found[-1], f"Tab stays in {told(now)}"
        found.append(now)
    raise AssertionError(f"Tab does not come round from {told(first)}")


def left_out(root: QWidget, around: Collection[QWidget]) -> list[str]:
    """What Tab, which leads around these, does not reach though it takes the keyboard by Tab."""
    return [told(w) for w in stops(root) if w not in around]


def picture(widget: QWidget, root: QWidget) -> QImage:
    """The widget and a little around it, as the screen shows it."""
    box = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size()).adjusted(-FRAME, -FRAME, FRAME, FRAME)
    return root.grab(box).toImage()


def unseen(root: QWidget, around: Collection[QWidget], seen: set[QWidget]) -> list[str]:
    """What looks the same with the keyboard as without it. What was `seen` already, as the rail on the page before, is not
    looked at again."""
    found: list[str] = []
    for widget in around if len(around) > 1 else ():  # the only one always has it
        if widget in seen:
            continue
        if any(is_marked(widget, root) for _ in range(TRIES)):
            seen.add(widget)
        else:
            found.append(told(widget))
    return found


def is_marked(widget: QWidget, root: QWidget) -> bool:
    """True when it looks different with the keyboard; not told of one that was just being filled."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    here = picture(widget, root)
    QTest.keyClick(widget, Qt.Key.Key_Tab)
    if picture(widget, root) != here:
        return True
    quiet(SETTLE)
    return False


class Walk:
    """What a walk through the window found wrong, each once with where it was first."""

    def __init__(self, spoken: str) -> None:
        self.spoken, self.problems = spoken, dict[str, str]()
        self._foreign = english() if spoken == "zh_CN" else frozenset[str]()
        self._seen: set[QWidget] = set()

    def look(self, root: QWidget, where: str) -> None:
        """At a window as it is now; how focus looks does not depend on the language."""
        found = [f"no name: {words}" for words in nameless(root, self.spoken, self._foreign)]
        around = ring(root)
        found += [f"not by Tab: {words}" for words in left_out(root, around)]
        if self.spoken == "en":
            found += [f"focus not seen: {words}" for words in unseen(root, around, self._seen)]
        for words in found:
            self.problems.setdefault(words, where)

    def ended(self) -> None:
        """Nothing was found."""
        assert not self.problems, "\n".join(f"{where}: {words}" for words, where in self.problems.items())


@pytest.fixture(params=LANGUAGES)
def lived(request: pytest.FixtureRequest, qtbot: Any) -> Iterator[tuple[Any, dict[str, int], Path, str]]:
    """The program on the gallery's hotel."""
    flashing = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    with house() as (database, ids, file), program(database, request.param, "light") as window:
        window.resize(1366, 700)
        window.activateWindow()
        quiet(600)
        yield window, ids, file, request.param
    QApplication.setCursorFlashTime(flashing)


def pages(window: Any) -> list[str]:
    return [page.key for duty in window.duties for page in duty.pages]


def _rows_of(window: Any, page: Any, key: str, walk: Walk) -> None:
    """A new row, a row beside the list, and its sheet."""
    page.new()
    quiet(SETTLE)
    walk.look(window, f"{key}: a new row")
    if page.list.model.rowCount():
        page.list.view.selectRow(0)
        quiet(SETTLE)
        walk.look(window, f"{key}: a row beside its list")
        page.list.view.setFocus()
        QTest.keyClick(page.list.view, Qt.Key.Key_Return)
        quiet(SETTLE)
        walk.look(window, f"{key}: a row's sheet")


@pytest.mark.parametrize(("lived", "part"), WALKS, indirect=["lived"])
def test_every_page_form_and_sheet(lived: tuple[Any, dict[str, int], Path, str], part: int) -> None:
    window, _, _, spoken = lived
    walk = Walk(spoken)
    for key in pages(window)[part::PARTS]:
        window.go(key)
        quiet(SETTLE)
        window.top.search.setFocus()
        walk.look(window, key)
        page = window.page(key)
        if getattr(page, "record", None) is not None:
            _rows_of(window, page, key, walk)
    walk.ended()


def test_a_file_to_be_imported(lived: tuple[Any, dict[str, int], Path, str]) -> None:
    window, _, file, spoken = lived
    walk = Walk(spoken)
    window.go("import", file=str(file))
    until(lambda: window.page("import")._summary is not None, quiet)
    walk.look(window, "import: a file")
    walk.ended()


def test_every_dialog(lived: tuple[Any, dict[str, int], Path, str]) -> None:
    window, _, _, spoken = lived
    walk = Walk(spoken)
    window.go("stays")
    quiet(SETTLE)
    for name, make in DIALOGS.items():
        dialog = make(window)
        dialog.open()
        dialog.activateWindow()
        quiet(SETTLE * 2)
        assert dialog.windowTitle()
        walk.look(dialog, name)
        dialog.close()
    walk.ended()


def test_the_palette_the_strips_and_what_a_message_offers(lived: tuple[Any, dict[str, int], Path, str]) -> None:
    window, _, _, spoken = lived
    walk = Walk(spoken)
    window.show_palette()
    quiet(SETTLE)
    assert nameless(window, spoken, english()) == []
    QTest.keyClick(window._palette.edit, Qt.Key.Key_Tab)
    assert window._palette.edit.hasFocus()  # what lies under it is out of reach
    window.show_palette()
    window.strips.say("test", Text("Saved"), Text("Open"), print, closed=print)
    window.toast.error(ValueError("x"))
    window.top.search.setFocus()
    quiet(SETTLE)
    walk.look(window, "strip and message")
    window.toast.dismiss()
    walk.ended()


def test_every_dialog_of_the_program_is_walked() -> None:
    """By name, from the code: a new one has to be added to DIALOGS."""
    found = set()
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and any(ast.unparse(base).split(".")[-1] == "QDialog" for base in node.bases):
                found.add(node.name)
    assert found == DIALOGS.keys()


# the walk itself notices what it is for


def test_what_is_wrong_is_noticed(qtbot: Any) -> None:
    from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout

    root = QWidget()
    box = QVBoxLayout(root)
    good, bad, trap, hidden = QLineEdit(root), QLineEdit(root), QPlainTextEdit(root), QWidget(root)
    good.setAccessibleName("Name")
    trap.setAccessibleName("Remark")
    hidden.setAccessibleName("Nothing to be seen")
    for part in (good, bad, hidden):
        box.addWidget(part)
    qtbot.addWidget(root)
    trap.hide()
    hidden.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    root.show()
    root.activateWindow()
    good.setFocus()
    qtbot.waitUntil(good.hasFocus)
    unheard = f"{told(hidden)} has no role"
    assert nameless(root, "en", set()) == [told(bad), unheard]
    assert nameless(root, "zh_CN", {"Name"}) == [told(good), told(bad), unheard]
    around = ring(root)
    seen: set[QWidget] = set()
    assert left_out(root, around) == []
    assert left_out(root, around[:-1]) == [told(around[-1])]
    assert unseen(root, around, seen) == [told(hidden)]
    assert hidden not in seen
    box.addWidget(trap)
    trap.show()
    trap.setFocus()
    with pytest.raises(AssertionError, match="stays in QPlainTextEdit"):
        ring(root)

