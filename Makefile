# `make demo` and `make test` need Python 3.11 or later, pip and make; each sets up what it needs in .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint format shipped bench clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    assemble every document that ships here into build/demo"
	@echo "make test    run the tests"
	@echo "make lint    ruff, mypy, the floors of the design"
	@echo "make shipped note that the leaflets and Word templates that ship here fit and can be filled"
	@echo "make bench   measure, against the alternatives named in bench/README.md"

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --editable ".[test,lint]"
	@touch $@

demo: .venv/ready
	$(BIN)/paraph demo build/demo

test: .venv/ready
	$(BIN)/pytest -n auto --dist worksteal

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

shipped: .venv/ready
	@mkdir -p build
	$(BIN)/python tools/shipped_answers.py > build/shipped.json
	mv build/shipped.json cli/paraph/workflow/building/shipped.json

bench: .venv/ready
	$(BIN)/pip install --quiet --editable ".[bench]"
	$(BIN)/python -m bench

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
