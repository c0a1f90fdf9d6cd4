# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
REGION ?= build/aachen
SCALE ?= 0.2
TESTS ?=
PERSON ?= examples/aachen/baggerfahrer-inden.toml
SERVE = $(BIN)/drehkreuz serve --region $(REGION) $(if $(PORT),--port $(PORT))
COMPILE = pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra web pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help run test check format lock clean

help: ## Show what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# Installed once from the lock; again when the lock or the project file changes.
$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Drehkreuz needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Install one and run: make PYTHON=python3.12 run")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@echo "Installing what the tests need (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# Generated once; again when the model or what it stands on changes.
$(REGION).stamp: $(VENV)/run.stamp $(shell find src/drehkreuz/model src/drehkreuz/region src/drehkreuz/sources -type f -not -path '*/__pycache__/*')
	@$(BIN)/drehkreuz region new $(REGION) --model aachen --scale $(SCALE)
	@touch $@

# At a terminal the site is a job of its own, so that Ctrl+C stops the site and not make, which then ends well.
run: $(REGION).stamp ## Set everything up, answer one person and serve the site on the model region of Aachen
	@$(BIN)/drehkreuz region show $(REGION)
	@$(BIN)/drehkreuz paths $(REGION) --person $(PERSON) --top 3
	@echo "Opening the region for the site …"
	@if [ -t 0 ]; then set -m; $(SERVE); else exec $(SERVE); fi

test: $(VENV)/dev.stamp ## Set everything up and run all tests
	@$(BIN)/python -m pytest $(TESTS)

check: $(VENV)/dev.stamp ## Everything that is checked without running: style, types, walls, licences
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/reuse lint --quiet || $(BIN)/reuse lint

format: $(VENV)/dev.stamp ## Bring the sources into shape
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

lock: ## Write the universal locks anew (all platforms, Python 3.11 to 3.14)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv $(COMPILE) -o requirements/run.txt
	@$(BIN)/uv $(COMPILE) --extra dev -c requirements/run.txt -o requirements/dev.txt

clean: ## Remove what was built
	@rm -rf build $(VENV)
