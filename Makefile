# What people do with this repository. `make` alone lists it.

PYTHON ?= python3
# One more than there are processors: a journey mostly waits for the program that it started.
JOBS ?= 3
# A file's tests stay together, since they share what was built for them; who is done takes over the rest.
SHARED := -n $(JOBS) --dist worksteal
ARGS ?=
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
# The throw-away PostgreSQL of the tests stands in wherever a tool wants a database.
ON_TEST_DATABASE := DJANGO_SETTINGS_MODULE=timpora.config.settings_test
STRICT := timpora/domain/*,timpora/kernel/access/*,timpora/kernel/act.py
HAS_DOCS := $(wildcard timpora/interface/console/management/commands/docs.py)

# What Python has compiled it keeps, even where a machine is set not to: tests start programs by the hundred.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test nightly check slow types generated counted fix docs bench
.DELETE_ON_ERROR:

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/dev.stamp ## install everything, for running and for developing

run: .venv/runtime.stamp ## start the system, e.g. make run ARGS="--port 8080 --no-demo"
	@exec $(BIN)/timpora run $(ARGS)

test: .venv/dev.stamp ## run all tests; the journeys need a Chromium
	@scripts/chromium
	@$(BIN)/python -m timpora.config.messages
	@$(BIN)/pytest $(SHARED) $(ARGS)

nightly: .venv/dev.stamp ## run all tests at full depth, which takes an hour
	@scripts/chromium
	@$(BIN)/python -m timpora.config.messages
	@TEST_DEPTH=nightly $(BIN)/pytest $(SHARED) --timeout=7200 $(ARGS)

# What takes a second is asked first; what takes a minute is asked beside the tests, which often wait.
check: .venv/dev.stamp ## run all linters, types, generated files and the tests with coverage
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	@$(MAKE) --no-print-directory --jobs 2 slow counted

slow:
	@said=$$($(MAKE) --no-print-directory types generated 2>&1); is=$$?; echo "$$said"; exit $$is

types:
	$(BIN)/mypy timpora

generated:
	$(ON_TEST_DATABASE) $(BIN)/timpora makemigrations --check --dry-run
	$(if $(HAS_DOCS),$(ON_TEST_DATABASE) $(BIN)/timpora docs --check)

counted:
	@scripts/chromium
	@$(BIN)/python -m timpora.config.messages
	@rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest $(SHARED) $(ARGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --include='$(STRICT)' --fail-under=100
	$(BIN)/coverage report --fail-under=95

fix: .venv/dev.stamp ## mend what the linters can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/dev.stamp ## write the generated pages anew
	$(if $(HAS_DOCS),$(ON_TEST_DATABASE) $(BIN)/timpora docs,@echo "no generated pages yet")

bench: .venv/dev.stamp ## print the figures of benchmarks/smoke.py
	@$(BIN)/python -m benchmarks.smoke $(ARGS)

.venv/bin/python:
	@scripts/venv "$(PYTHON)"

# Only what the lock names, and only as the lock hashed it; wheels only, so no compiler is needed.
.venv/runtime.stamp: requirements/runtime.txt pyproject.toml | .venv/bin/python
	@echo "installing what the program needs …"
	@$(PIP) install --require-hashes --only-binary :all: -r requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/runtime.stamp
	@echo "installing what developers need …"
	@$(PIP) install --require-hashes --only-binary :all: -r requirements/dev.txt
	@touch $@
