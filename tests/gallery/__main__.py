"""`python -m tests.gallery [--to FOLDER] [--scale 1.5] [SCREEN ...]`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> None:
    """Take the pictures that were asked for, or all of them."""
    if "--scale" in sys.argv[1:-1]:  # Qt takes it when it begins
        os.environ["QT_SCALE_FACTOR"] = sys.argv[sys.argv.index("--scale") + 1]
    from PySide6.QtWidgets import QApplication

    from tests.gallery.take import LANGUAGES, LOOKS, take

    shape = argparse.ArgumentParser(prog="python -m tests.gallery")
    shape.add_argument("--to", type=Path, default=Path("pictures"))
    shape.add_argument("--language", choices=LANGUAGES)
    shape.add_argument("--look", choices=LOOKS)
    shape.add_argument("--scale", type=float, help="1.5 for 150 %%; sizes are those before it")
    shape.add_argument("screens", nargs="*")
    options = shape.parse_args()
    application = QApplication([])
    languages = (options.language,) if options.language else LANGUAGES
    looks = (options.look,) if options.look else LOOKS
    made = take(options.to, options.screens, languages, looks)
    del application
    print(f"{len(made)} pictures in {options.to}")


if __name__ == "__main__":
    main()
