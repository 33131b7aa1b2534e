# `make demo` marks the hand-ins in submissions/; `make test` runs everything that must hold.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: demo test lint bench clean

# Exit code 4 says that some hand-in could not be read: that is for a person, and no failure of the demo.
demo: $(VENV)/.run
	$(BIN)/grader grade rubrics/homework10.yaml submissions --out results || test $$? -eq 4

test: $(VENV)/.test lint
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.run
	$(BIN)/python benchmarks/speed.py

clean:
	rm -rf results build *.egg-info .pytest_cache .hypothesis .mypy_cache .ruff_cache

# The stamps make a second run fast, and possible without a network.
$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(BIN)/python
	$(PIP) install -e .
	touch $@

$(VENV)/.test: pyproject.toml | $(BIN)/python
	$(PIP) install -e '.[test]'
	touch $(VENV)/.run $@
