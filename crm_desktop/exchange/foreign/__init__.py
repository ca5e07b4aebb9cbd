"""Readers of foreign files: workbooks, cards, calendars, messages. They run in a process of their own that holds no
database, may use little memory, and is ended when it takes too long: see `child` (there) and `asked` (here)."""
