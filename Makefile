# Two commands matter: `make run` opens the program, `make test` passes every test. Each sets up all it needs first.

PY := .venv/bin/python
OFFSCREEN := QT_QPA_PLATFORM=offscreen

.PHONY: help run test check long speed gallery catalogue deps deps-test

help:
	@echo "make run        open the program (DATA=FILE opens another database)"
	@echo "make test       set up what the tests need and pass all of them"
	@echo "make check      the same tests without setting up: ruff, mypy --strict, pytest"
	@echo "make long       the tests that take minutes"
	@echo "make speed      measure against raw SQLite (SIZE=0.1, 1 or 10 million stays)"
	@echo "make gallery    save a picture of every screen in pictures/"
	@echo "make catalogue  list texts without a translation, merge FILES=..., compile the catalogue"
	@echo "make deps       only set up what the program needs"

run: deps
	$(PY) main.py $(if $(DATA),--data "$(DATA)")

test: deps-test check

# AGAIN=1: a test that failed is asked once more and named among the RERUN lines
check:
	$(PY) -m ruff check .
	$(PY) -m mypy --strict
	$(OFFSCREEN) $(PY) -m pytest --numprocesses auto --dist worksteal --reruns $(or $(AGAIN),0) -r fER

long: deps-test
	$(OFFSCREEN) $(PY) -m pytest -m long -o faulthandler_timeout=0 --numprocesses auto --dist worksteal

speed: deps-test
	$(OFFSCREEN) $(PY) -m tests.speed --size $(or $(SIZE),0.1) --json $(or $(JSON),speed.json)

gallery: deps-test
	$(OFFSCREEN) $(PY) -m tests.gallery

catalogue: deps-test
	$(PY) -m tests.catalogue $(FILES)

deps:
	@sh .ci/setup run

deps-test:
	@sh .ci/setup test
