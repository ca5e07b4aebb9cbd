"""The window taken through two windows, a full disk, a damaged file, a restore and a lost -wal, as by hand, with a picture of all that is
said on the way:

    python -m tests.reliability.by_hand --to FOLDER [--disk FOLDER] [--language zh_CN] [--look dark]

The data lies on a small disk that is really full: one of its own in memory, which root may mount, or `--disk`."""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QMessageBox

from crm_desktop import app
from crm_desktop.desk.desk import Desk
from crm_desktop.desk.settings import LANGUAGE, LOOK, Settings
from crm_desktop.duties import RECORDS
from crm_desktop.record.text import LANGUAGES, Refused, use
from crm_desktop.store.store import Store
from crm_desktop.ui import log_strips, rescue, single
from tests.gallery.take import LOOKS, picture, quiet, small
from tests.hotel import at_its_hour, living_in

SIZE, PAGE = 64 << 20, 4096  # bytes
REPOSITORY = Path(__file__).resolve().parents[2]
MINE, THEIRS, NEWEST = "早餐要素食", "早餐要西式", "最新一笔：月底前续签协议"
WORDS = "typed while the disk was full · 盘满时写的"


@contextmanager
def small_disk(given: Path | None) -> Iterator[Path]:
    """A disk that is soon full."""
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


class Walk:
    """One way through all of it in a language and a look. What was said is printed, and `to` gets the pictures."""

    def __init__(self, disk: Path, to: Path, language: str, look: str) -> None:
        self.disk, self.to, self.mark, self.number = disk, to, f"{language}_{look}", 0
        self.settings = Settings()
        self.settings.set(LANGUAGE, language)
        self.settings.set(LOOK, look)
        use(language)
        hotel = small()
        self.path, self.client = hotel.copy(disk / "data" / "crm.db"), next(row_id for name, row_id in hotel.ids.items() if "澄籁" in name)
        self.program: Any = None

    @property
    def window(self) -> Any:
        return self.program.window

    def go(self) -> None:
        """From the first step to the last."""
        self.program = app.Program(self.path, self.settings)
        self.window.resize(1366, 700)
        self.window.show()
        quiet(1500)
        self.two_windows()
        self.full()
        self.damaged(rescue.FILE, "restored")
        self.damaged(rescue.REST, "kept")
        self.restored()
        self.lost_wal()
        self.at_the_start()
        self.program.window.close()
        self.program.close()

    # two windows

    def two_windows(self) -> None:
        """The program started a second time; then somebody else's save of the row that is typed in here, which two ways lead out of."""
        single.listen(self.program)
        self.window.showMinimized()
        second = subprocess.Popen([sys.executable, "main.py", "--data", str(self.path)], cwd=REPOSITORY)
        self.wait(lambda: second.poll() is not None)
        self.look("second-start", f"it ended with {second.returncode}, the window is {'small' if self.window.isMinimized() else 'there again'}")
        assert (second.returncode, self.window.isMinimized()) == (0, False)
        form = self.open_client()
        form.cells["remark"].editor.setPlainText(MINE)
        form.cells["remark"].editor.changed.emit()
        with Store(self.path, RECORDS) as other:
            desk, record = Desk(other, "陆行舟"), other.by_key["account"]
            kept = other.writer.execute("select version from account where id = ?", (self.client,)).fetchone()
            desk.save(record, self.client, kept[0], {"remark": THEIRS})
        self.wait(lambda: form.cells["remark"]._conflict is not None)
        self.look("both-typed", form._note.text(), self.window.toast.label.text())
        form.save()
        quiet(1200)
        self.look("both-saved", form._note.text(), self.window.toast.label.text())
        self.window.toast.dismiss()

    def open_client(self) -> Any:
        """The form of the client everything happens to."""
        self.window.open_record("account", self.client)
        quiet(900)
        return self.window.page("accounts")._sheet.form

    # a full disk

    def fill(self) -> None:
        """Until nothing goes on the disk any more."""
        with suppress_full(), (self.disk / "filler").open("ab", buffering=0) as file:
            while True:
                file.write(bytes(PAGE))

    def wait(self, until: Callable[[], object]) -> None:
        """Until it is so, half a minute at most."""
        for _ in range(300):
            if until():
                break
            quiet(100)
        quiet(300)

    def free(self) -> None:
        (self.disk / "filler").unlink(missing_ok=True)

    def full(self) -> None:
        """Save, attach, back up without room; then with room again."""
        form = self.open_client()
        self.fill()
        form.cells["remark"].editor.setPlainText(WORDS * 40)
        form.cells["remark"].editor.changed.emit()
        self.wait(lambda: not self.window.toast.isHidden())
        self.look("full-typed", self.window.toast.label.text())
        form.save()
        quiet(900)
        self.look("full-saved", self.window.toast.label.text())
        assert form.dirty(), "what was typed stays"
        self.window.toast.dismiss()
        self.program._back_up()
        quiet(1500)
        self.look("full-backup", self.window.toast.label.text())
        self.window.toast.dismiss()
        self.free()
        form.save()
        quiet(1200)
        self.look("full-over", self.window.toast.label.text())
        assert not form.dirty()
        self.window.go("settings")
        self.window.page("settings").backups.back_up()
        quiet(2500)
        self.look("backed-up", self.window.toast.label.text())

    # a damaged file

    def spoil(self) -> None:
        """A bad block where clients are, under the open program."""
        with Store(self.path, RECORDS) as other, closing(other.open_reader()) as reader:
            other.writer.execute("pragma wal_checkpoint(truncate)")
            root = reader.execute("select rootpage from sqlite_master where name = 'account'").fetchone()[0]
        self.garble(root - 1)

    def garble(self, page: int) -> None:
        with self.path.open("r+b") as file:
            file.seek(page * PAGE)
            file.write(random.Random(1).randbytes(PAGE))

    def damaged(self, key: str, word: str) -> None:
        """Check, see the two lines, press one."""
        self.spoil()
        self.window.go("settings")
        quiet(600)
        self.window.page("settings")._on_check()
        quiet(2500)
        strips = self.window.strips
        self.look(f"damaged-{word}", *(strips.strip(each).words.text() for each in (rescue.FILE, rescue.REST)))
        strips.strip(key).action.click()
        quiet(2500)
        self.look(word, strips_of(self.window))

    def restored(self) -> None:
        """The chosen backup, from the settings."""
        self.window.go("settings")
        quiet(900)
        self.window.page("settings").backups.restore_button.click()
        quiet(2500)
        self.look("restored-by-hand", strips_of(self.window))

    def lost_wal(self) -> None:
        """A save lies in the -wal and in a backup; the -wal is taken away while the program is closed. It says so, a backup brings it back."""
        with Store(self.path, RECORDS) as other:
            other.writer.execute("pragma wal_checkpoint(truncate)")
        older = self.path.with_name("older")
        subprocess.run(["cp", str(self.path), str(older)], check=True)
        form = self.open_client()
        form.cells["remark"].editor.setPlainText(NEWEST)
        form.cells["remark"].editor.changed.emit()
        form.save()
        quiet(1200)
        self.window.go("settings")
        self.window.page("settings").backups.back_up()
        quiet(2500)
        self.program.close()
        os.replace(older, self.path)
        self.program = self.begun()
        self.window.resize(1366, 700)
        self.window.show()
        self.wait(lambda: self.window.strips.strip(log_strips.MISSING) is not None)
        self.look("lost-wal", self.window.strips.strip(log_strips.MISSING).words.text())
        self.window.strips.strip(log_strips.MISSING).action.click()
        quiet(900)
        self.window.page("settings").backups.restore_button.click()
        quiet(2500)
        assert self.window.strips.strip(log_strips.MISSING) is None
        kept = self.open_client().cells["remark"].editor.toPlainText()
        self.look("lost-wal-restored", strips_of(self.window), kept)
        assert kept == NEWEST

    def at_the_start(self) -> None:
        """The first page is gone: the question before there is a window, twice without room for the backup."""
        self.program.close()
        self.garble(0)
        self.fill()
        asked: list[Callable[[QMessageBox], None]] = [self.press_first, self.press_with_room]

        def answer() -> None:
            box = QApplication.activeModalWidget()
            if isinstance(box, QMessageBox):
                self.look(f"at-the-start-{3 - len(asked)}", box.text(), *(each.text() for each in box.buttons()), shot=box.grab())
                asked.pop(0)(box)
            if asked:
                QTimer.singleShot(100, answer)

        QTimer.singleShot(300, answer)
        self.program = self.begun()
        quiet(1500)
        self.look("opened-again", strips_of(self.window))

    def begun(self) -> Any:
        """As the program begins where somebody sees it."""
        try:
            return app.Program(self.path, self.settings)
        except Refused as error:
            done = rescue.mended(self.path, str(error), RECORDS, True)
        assert done is not None
        program = app.Program(self.path, self.settings)
        program.window.resize(1366, 700)
        program.window.show()
        rescue.tell(program.window, done)
        return program

    def press_first(self, box: QMessageBox) -> None:
        box.buttons()[0].click()

    def press_with_room(self, box: QMessageBox) -> None:
        self.free()
        box.buttons()[0].click()

    def look(self, name: str, *said: str, shot: QPixmap | None = None) -> None:
        """A picture, and what was said."""
        self.number += 1
        (shot or picture(self.window)).save(str(self.to / f"{self.number:02}-{name}-{self.mark}.png"))
        print(f"{self.mark} {name}: {' | '.join(said)}", flush=True)
        assert any(said), name


def strips_of(window: Any) -> str:
    """What the line says that tells what came of mending."""
    return str(window.strips.strip(rescue.MENDED).words.text())


@contextmanager
def suppress_full() -> Iterator[None]:
    try:
        yield
    except OSError:
        return


def main() -> None:
    """Every language and look that is wanted."""
    shape = argparse.ArgumentParser(prog="python -m tests.reliability.by_hand")
    shape.add_argument("--to", type=Path, default=Path("pictures"))
    shape.add_argument("--disk", type=Path)
    shape.add_argument("--language", choices=LANGUAGES)
    shape.add_argument("--look", choices=LOOKS, default="light")
    options = shape.parse_args()
    application = QApplication(sys.argv[:1])
    options.to.mkdir(parents=True, exist_ok=True)
    for language in (options.language,) if options.language else LANGUAGES:
        with tempfile.TemporaryDirectory() as person, living_in(Path(person)), at_its_hour(), small_disk(options.disk) as disk:
            Walk(disk, options.to, language, options.look).go()
    del application


if __name__ == "__main__":
    main()
