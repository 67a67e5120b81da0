# The two commands of a new machine: `make build` and `make test`. Everything is installed into .venv/.
PYTHON ?= python3
BIN := .venv/bin
export PIP_NO_CACHE_DIR := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Tools that keep a cache keep it here and not in the home folder.
export XDG_CACHE_HOME := $(CURDIR)/.cache
# pip asks a Rust compiler for its version, and rustup then makes itself a home.
export RUSTUP_HOME := $(CURDIR)/.cache/rustup

SECONDS ?= 300
MILLIONS ?= 1 3 10 30
COPIES ?= 1000
FUZZ = -max_total_time=$(SECONDS) -timeout=20 -print_final_stats=1 -artifact_prefix=.cache/fuzz/

.PHONY: build test test-slow test-system test-superset lint format bench bench-reader bench-kolada bench-models audit-proof fuzz clean

build: .venv/.ready  ## set up and run the main job
	@$(BIN)/kommunlager run; code=$$?; \
	case $$code in \
		8) ;; \
		10) echo "Exit code 10: all sound input is published; the files set aside above need mending." >&2; exit 10 ;; \
		*) exit $$code ;; \
	esac

test: .venv/.ready  ## set up and pass all tests but the slow ones
	$(BIN)/pytest -m "not slow"

test-slow: .venv/.ready  ## the slow proofs: kills at every border of a run, partial builds against whole ones
	$(BIN)/pytest -m slow

test-system: .venv/.ready  ## what needs programs from outside: a PostgreSQL server, a browser, a disk that is full
	.ci/install-system-packages
	$(BIN)/pytest tests/system

test-superset: .venv/.ready .venv-superset/.ready  ## a real Apache Superset on the marts while runs go on; 0.9 GB to set up
	.ci/install-system-packages
	$(BIN)/pytest tests/superset -rP

lint: .venv/.ready  ## ruff, mypy, import directions, layout and sqlfmt, all rules on
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest tests/project/test_house.py
	$(BIN)/sqlfmt --check --quiet models macros tests

format: .venv/.ready  ## write Python and SQL the one way
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .
	$(BIN)/sqlfmt --quiet models macros tests

bench: .venv/.ready  ## seconds and peak memory of each step
	$(BIN)/python -m benchmarks.main_job

bench-reader: .venv/.ready .venv-bench/.ready  ## the reader beside other libraries on the same files
	$(BIN)/python -m benchmarks.reader

bench-kolada: .venv/.ready  ## Kolada at national scale, MILLIONS of figures, beside DuckDB alone and pandas
	$(BIN)/python -m benchmarks.kolada_scale $(MILLIONS)

bench-models: .venv/.ready  ## CPU seconds of each dbt model on COPIES (1000) made-up reports; two numbers show the growth
	$(BIN)/python -m benchmarks.models_at_scale $(COPIES)

fuzz: .venv/.ready .cache/atheris/.ready  ## coverage-guided fuzzing, SECONDS (300) a target; stops at the first failure
	$(BIN)/python -m tests.fuzz.write_seeds .cache/fuzz/text_reader
	mkdir -p .cache/fuzz/printed_text
	PYTHONPATH=.cache/atheris $(BIN)/python -m tests.fuzz.fuzz_printed_text $(FUZZ) -max_len=2000 .cache/fuzz/printed_text
	PYTHONPATH=.cache/atheris $(BIN)/python -m tests.fuzz.fuzz_text_reader $(FUZZ) -max_len=20000 .cache/fuzz/text_reader

audit-proof: .venv/.ready  ## plant faults in copies of the workbooks and count those that the audit finds
	$(BIN)/python -m benchmarks.audit_proof

clean:  ## remove all that can be made again; releases stay
	rm -rf .venv .venv-bench .venv-superset .cache build target logs *.egg-info .pytest_cache .mypy_cache .ruff_cache

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; give it as make PYTHON=…")'
	@echo "setting up .venv (once, about a minute)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --no-deps -e .
	@touch .venv/.ready

# The libraries that the reader is measured beside need Java (tabula) and stay out of the project's own environment.
.venv-bench/.ready: benchmarks/reader_requirements.txt
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/pip install --quiet -r $<
	@touch $@

# Superset needs older versions of much that the project uses.
.venv-superset/.ready: tests/superset/requirements.txt
	@echo "setting up .venv-superset (once, about a minute)"
	@$(PYTHON) -m venv .venv-superset
	@.venv-superset/bin/pip install --quiet -r $<
	@touch $@

# The fuzzer has no release for every Python and system, so it is no dependency of the project.
.cache/atheris/.ready:
	@$(BIN)/pip install --quiet --target .cache/atheris atheris==3.0.0
	@touch $@
