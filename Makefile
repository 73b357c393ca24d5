# Two commands matter: `make run` and `make test`. The others are parts of them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PORCH_DATA ?= $(CURDIR)/data

.DEFAULT_GOAL := help
.PHONY: help run dev setup test check storm bench lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## start Porch at http://localhost:8000 and print the owner's sign-in link
	@$(BIN)/porch serve --owner-link

dev: $(VENV)/.test ## the same, restarting when a file changes
	@$(BIN)/porch serve --owner-link --reload

setup: $(VENV)/.run ## create .venv and install what a running Porch needs

test: $(VENV)/.test ## everything that CI does
	@$(BIN)/python -m tests.suite

check: $(VENV)/.test ## the fast part: format, lint, types, the map, the laws
	@$(BIN)/python -m tests.suite --fast

storm: $(VENV)/.test ## kill server and worker a hundred times, on both databases (KILLS=10 for fewer)
	@$(BIN)/python -m tests.storm

bench: $(VENV)/.test ## measure against a bare reference, into build/bench.json
	@$(BIN)/python -m tests.bench

lock: $(VENV)/.test ## resolve the dependencies anew
	@$(BIN)/python -m tests.lock

clean: ## remove what can be made again (never ./data)
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Porch needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Try: make run PYTHON=python3.12"; exit 1; }
	@echo "· making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: locks/run.txt pyproject.toml porch/__init__.py | $(VENV)/bin/python
	@echo "· installing what Porch needs (a minute, the first time)"
	@$(BIN)/python locks/install.py locks/run.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: locks/test.txt $(VENV)/.run | $(VENV)/bin/python
	@echo "· installing what the tests need"
	@$(BIN)/python locks/install.py locks/test.txt
	@touch $@
