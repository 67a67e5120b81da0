# The two commands of a new machine: `make build` and `make test`. Everything is installed into .venv/.
PYTHON ?= python3
BIN := .venv/bin
export PIP_NO_CACHE_DIR := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Tools that keep a cache keep it here and not in the home folder.
export XDG_CACHE_HOME := $(CURDIR)/.cache
# pip asks a Rust compiler for its version, and rustup then makes itself a home.
export RUSTUP_HOME := $(CURDIR)/.cache/rustup

.PHONY: build test lint format bench clean

build: .venv/.ready  ## set up and run the main job
	$(BIN)/kommunlager run || [ $$? -eq 8 ]  # 8: nothing new

test: .venv/.ready  ## set up and pass all tests
	$(BIN)/pytest

lint: .venv/.ready  ## ruff, mypy and sqlfmt, all rules on
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfmt --check --quiet models macros tests

format: .venv/.ready  ## write Python and SQL the one way
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .
	$(BIN)/sqlfmt --quiet models macros tests

bench: .venv/.ready  ## seconds and peak memory of each step
	$(BIN)/python benchmarks/main_job.py

clean:  ## remove all that can be made again
	rm -rf .venv .cache build target logs releases published *.egg-info .pytest_cache .mypy_cache .ruff_cache

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; give it as make PYTHON=…")'
	@echo "setting up .venv (once, about a minute)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --no-deps -e .
	@touch .venv/.ready
