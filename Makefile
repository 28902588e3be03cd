# SPDX-License-Identifier: AGPL-3.0-or-later
# Every target works from a clean clone with nothing installed but Python 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_SERVE ?= 1
DEMO_DATA ?= var/demo
STAFF_PORT ?= 8000
PUBLIC_PORT ?= 8001

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test test-pg check bench bench-long docs requirements lock

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-14s %s\n", $$1, $$2}'

$(VENV)/.run: requirements/run.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	touch $@

setup: $(VENV)/.run ## Virtual environment, hashed install, compiled translations
	@$(BIN)/python tools/compile_messages.py

setup-dev: setup $(VENV)/.dev
	@bash tools/debian_packages.sh

demo: setup ## Build the demo world on real input, then serve it (DEMO_SERVE=0 ends after the summary)
	@GOODOFFICES_DATA=$(abspath $(DEMO_DATA)) $(BIN)/goodoffices demo --reset
	@if [ "$(DEMO_SERVE)" != "0" ]; then \
	  GOODOFFICES_DATA=$(abspath $(DEMO_DATA)) exec $(BIN)/goodoffices serve --staff-port $(STAFF_PORT) --public-port $(PUBLIC_PORT); \
	fi

test: setup-dev ## Everything on the embedded store, store tests on PostgreSQL too, browser, kills, fuzzing
	@$(BIN)/python tools/run_tests.py

test-pg: setup-dev ## Everything on PostgreSQL
	@$(BIN)/python -m tests.pg_cluster $(BIN)/python -m pytest -n 2 -m "not browser and not kill"

check: setup-dev ## Format, lint, types, imports, translations, missing migrations: fast
	@$(BIN)/python tools/check.py

bench: setup-dev ## The figures of CONTRACTS part 4, as a table and bench/results.json
	@$(BIN)/python -m bench

bench-long: setup-dev ## The long figures, resumable
	@$(BIN)/python -m bench --long

docs: setup-dev ## The documentation site, offline
	@$(BIN)/python -m sphinx -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

requirements: setup-dev ## Each requirement row with its tests
	@$(BIN)/python tools/requirements_table.py

lock: ## Resolve the locks anew (needs uv)
	uv pip compile pyproject.toml --generate-hashes -q --no-emit-index-url --no-header --python-version 3.11 --universal -o requirements/run.lock
	uv pip compile pyproject.toml --extra highs --group dev --generate-hashes -q --no-emit-index-url --no-header --python-version 3.11 --universal -c requirements/run.lock -o requirements/dev.lock
	echo hatchling editables | tr ' ' '\n' | uv pip compile - --generate-hashes -q --no-emit-index-url --no-header --python-version 3.11 --universal -o requirements/build.lock
