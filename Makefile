# Two commands set everything up: `make run` and `make test`. The rest is for those who change things.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Compiled modules are kept, whatever the account's own habit: the tests start the program a hundred times.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test thorough check bench format lock clean

# With BOT_TOKEN (environment or .env): the Telegram bot. Without: the practice room in the browser.
run: $(VENV)/.run
	@$(BIN)/bothand run

# Every test, three files at once: on two cores somebody always waits. Those in a browser need Chromium and say so.
# In the order of their names, because the long ones (the browser, faults) stand before the short ones by chance.
test: $(VENV)/.dev
	@$(BIN)/pytest -q -n 3 --dist loadfile --no-loadscope-reorder

# Once more, with more examples, whatever is drawn at random or broken on purpose: mutants, hostile files, imports.
thorough: $(VENV)/.dev
	@THOROUGH=1 $(BIN)/pytest -q -n 3 --dist loadfile --no-loadscope-reorder -m thorough

# What must be true before a commit: lint, format, types, content, links in the docs.
check: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/bothand check
	@$(BIN)/python -m tests.tools.links

# Speed, as ratios against bare bots in one run; a table, and JSON in build/bench.
bench: $(VENV)/.dev
	@$(BIN)/python -m tests.bench

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Writes the locked dependencies anew, with hashes for every platform. Review what changes.
# The tests' lock comes first: a client used there may hold a shared library back, and both must agree.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock: $(VENV)/.dev
	@$(LOCK) --group build --group dev --output-file requirements-dev.lock pyproject.toml
	@$(LOCK) --group build --constraint requirements-dev.lock --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Both/And needs Python 3.11 or newer; try: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "Python's venv module is missing; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing locked dependencies (once) …"
	@$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing locked dependencies for the tests (once) …"
	@$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@touch $@ $(VENV)/.run
