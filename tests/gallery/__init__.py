"""A picture of every screen, in two sizes, two languages and two looks: `python -m tests.gallery [--to FOLDER]`."""
