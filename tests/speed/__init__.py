"""Speed of the program against raw sqlite3 in the same run: `python -m tests.speed --size 1 --json FILE`."""
