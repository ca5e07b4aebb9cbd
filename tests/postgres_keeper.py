"""Waits until whoever started it is gone, however that ended; then ends the PostgreSQL server of the folder and takes
the folder away. Called as: postgres_keeper.py FOLDER, with a pipe as standard input."""

import os
import shutil
import signal
import sys
import time


def keep(folder: str) -> None:
    """Nothing but the standard library, so that it starts at once and takes no room."""
    sys.stdin.buffer.read()
    for _ in range(100):  # a server may be just starting
        try:
            with open(os.path.join(folder, "data", "postmaster.pid")) as file:
                process = int(file.readline())
            os.kill(process, signal.SIGQUIT)
        except (OSError, ValueError):
            break
        time.sleep(0.1)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    keep(sys.argv[1])
