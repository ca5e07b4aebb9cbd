"""Files by a row, in the window: dropped, pasted, shown, removed, undone."""

from __future__ import annotations

import gc
import threading
import weakref
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from crm_desktop.ui import picture_apart
from crm_desktop.ui.file_preview import FilePreview, _decoded
from tests.samples import ACCOUNT
from tests.ui.lodge import Lodge


def sheet(lodge: Lodge, spoken: str = "en") -> Any:
    """The form of a client's sheet, shown."""
    who = lodge.add(ACCOUNT, name="禾渚软件", kind="company", code="003")
    window = lodge.open(spoken)
    window.open_record("account", who)
    lodge.wait(lambda: any(form.isVisible() and form.values().get("name") == "禾渚软件" for form in forms(window)))
    return next(form for form in forms(window) if form.isVisible())


def forms(window: Any) -> list[Any]:
    from crm_desktop.ui.form import Form

    return [form for form in window.findChildren(Form) if form._row]


def drop(target: Any, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, action, left, none = QPoint(30, 30), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QCoreApplication.sendEvent(target, QDragEnterEvent(where, action, data, left, none))
    QCoreApplication.sendEvent(target, QDropEvent(where, action, data, left, none))


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_a_dropped_file_lies_by_the_row_and_is_undone(lodge: Lodge, tmp_path: Path, spoken: str) -> None:
    form = sheet(lodge, spoken)
    panel = form._foot.files
    assert panel.isVisible()
    assert panel.words.text() == {"en": "Files: drop or paste them here", "zh_CN": "附件：可拖入或粘贴"}[spoken]
    for name in ("报价.txt", "合同.pdf"):
        (tmp_path / name).write_bytes(name.encode())
    drop(form.cells["remark"].editor, tmp_path / "报价.txt", tmp_path / "合同.pdf")
    lodge.wait(lambda: panel.list.count() == 2)
    assert panel.words.text() == {"en": "Files: 2", "zh_CN": "附件：2"}[spoken]
    assert form.cells["remark"].value() == ""
    panel.list.setCurrentRow(0)
    assert panel.chosen()["name"] == "合同.pdf"  # the newest first
    lodge.qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    lodge.wait(lambda: panel.list.count() == 1)
    lodge.window.undo()
    lodge.wait(lambda: panel.list.count() == 2)


def test_a_picture_on_the_clipboard_is_pasted_and_shown(lodge: Lodge, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, read = set[str](), picture_apart.decoded

    def looked_at(content: bytes) -> QImage:
        reading.add(threading.current_thread().name)
        return read(content)

    monkeypatch.setattr(picture_apart, "decoded", looked_at)
    form = sheet(lodge)
    panel = form._foot.files
    picture = QImage(900, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor("navy"))
    QGuiApplication.clipboard().setImage(picture)
    lodge.qtbot.mouseClick(panel.paste_button, Qt.MouseButton.LeftButton)
    lodge.wait(lambda: panel.list.count() == 1)
    assert panel.chosen()["mime"] == "image/png"
    panel.list.setFocus()
    lodge.qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    found = panel.findChildren(FilePreview)
    lodge.wait(lambda: not found[0].picture.pixmap().isNull())
    preview = found[0]
    assert preview.picture.pixmap().width() <= preview.width()
    assert reading, "a large one takes its time"
    assert threading.main_thread().name not in reading
    watched = weakref.ref(preview)
    lodge.qtbot.keyClick(preview, Qt.Key.Key_Escape)
    found.clear()
    del preview
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert panel.findChildren(FilePreview) == []
    assert watched() is None


def test_a_text_is_shown_and_a_program_is_not_run(lodge: Lodge, tmp_path: Path) -> None:
    form = sheet(lodge)
    panel = form._foot.files
    (tmp_path / "菜单.txt").write_bytes("东坡肉".encode("gb18030"))
    panel.add([tmp_path / "菜单.txt"])
    lodge.wait(lambda: panel.list.count() == 1)
    panel.look()
    (preview,) = panel.findChildren(FilePreview)
    lodge.wait(lambda: preview.text.toPlainText() == "东坡肉")
    preview.close()
    (tmp_path / "setup.exe").write_bytes(b"MZ")
    panel.add([tmp_path / "setup.exe"])
    lodge.wait(lambda: panel.list.count() == 2)
    panel.list.setCurrentRow(0)
    panel.look()
    assert "would run as a program" in lodge.window.toast.label.text()


def test_a_new_row_has_no_files_yet_and_a_row_has_only_its_own(lodge: Lodge, tmp_path: Path) -> None:
    other = lodge.add(ACCOUNT, name="另一家", kind="company", code="004")
    form = sheet(lodge)
    panel = form._foot.files
    (tmp_path / "a.txt").write_bytes(b"a")
    panel.add([tmp_path / "a.txt"])
    lodge.wait(lambda: panel.list.count() == 1)
    form.load(other)
    lodge.wait(lambda: form.values().get("name") == "另一家")
    lodge.wait(lambda: panel.list.count() == 0)
    form.new({})
    assert not panel.isVisible()
    drop(form, tmp_path / "a.txt")
    QApplication.processEvents()
    assert lodge.one("select count(*) from attachment") == 1


def test_nothing_on_the_clipboard_is_said(lodge: Lodge) -> None:
    form = sheet(lodge)
    QGuiApplication.clipboard().setText("words")
    form._foot.files.paste()
    assert "no picture on the clipboard" in lodge.window.toast.label.text()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_texts_are_read_as_they_were_written(encoding: str) -> None:
    assert _decoded("云栖湖酒店".encode(encoding)) == "云栖湖酒店"
