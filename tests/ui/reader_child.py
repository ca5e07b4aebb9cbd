"""The program on the gallery's hotel for a screen reader: `python -m tests.ui.reader_child LANGUAGE PYTHON` opens the window, starts the
listener (tests/ui/reader_ear.py) in the Python of the system, which alone has its bindings, and prints what that heard."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

EAR = Path(__file__).with_name("reader_ear.py")


def main(language: str, python: str) -> None:
    """Open, let it listen, print."""
    from tests.gallery.take import house, program, quiet

    application = QApplication([])
    with house() as (database, _, _), program(database, language, "light") as window:
        window.go("today")
        quiet(600)
        ear = QProcess()
        ear.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        ear.finished.connect(application.quit)
        ear.start(python, [str(EAR)])
        application.exec()
        print("heard", bytes(ear.readAllStandardOutput().data()).decode())
    del application


if __name__ == "__main__":
    main(*sys.argv[1:])
