# On a new machine: `make build`, then `make test`. Everything is installed into .venv/; `make` lists the targets.
PYTHON ?= python3
BIN := .venv/bin
export PIP_NO_CACHE_DIR := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Tools put their caches here rather than in the home folder.
export XDG_CACHE_HOME := $(CURDIR)/.cache
# pip runs a Rust compiler for its version, and rustup would then create a folder in the home folder.
export RUSTUP_HOME := $(CURDIR)/.cache/rustup

SECONDS ?= 300
SEED ?= 1
MILLIONS ?= 1 3 10 30
FUZZ = -max_total_time=$(SECONDS) -timeout=20 -print_final_stats=1 -artifact_prefix=.cache/fuzz/

.PHONY: help build test test-slow test-system test-superset lint format bench-reports bench-reader bench-kolada \
	audit-proof meaning-proof fuzz survive clean

help:  ## list the targets
	@sed -nE 's/^([a-z-]+):.*  ## (.*)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) | while IFS='|' read -r target text; do \
		printf '%-14s %s\n' "$$target" "$$text"; \
	done

build: .venv/.ready  ## set up and run the main job
	@$(BIN)/kommunlager run; code=$$?; \
	case $$code in \
		8) ;; \
		10) echo "Exit code 10: all valid input is published; the files set aside above must be corrected." >&2; exit 10 ;; \
		*) exit $$code ;; \
	esac

test: .venv/.ready  ## set up and run all tests except the slow ones
	$(BIN)/pytest -m "not slow"

test-slow: .venv/.ready  ## run the slow tests: kills between all steps of a run, partial builds against full ones
	$(BIN)/pytest -m slow

test-system: .venv/.ready  ## run the tests that need other programs: a PostgreSQL server, a browser, a full disk; and faults
	.ci/install-system-packages
	$(BIN)/pytest tests/system tests/survival

test-superset: .venv/.ready .venv-superset/.ready  ## test a real Apache Superset on the marts during runs; 0.9 GB to set up
	.ci/install-system-packages
	$(BIN)/pytest tests/superset -rP

lint: .venv/.ready  ## check with ruff, mypy, import-linter, the layout tests and sqlfmt
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest tests/project/test_house.py
	$(BIN)/sqlfmt --check --quiet models macros tests

format: .venv/.ready  ## format Python and SQL
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .
	$(BIN)/sqlfmt --quiet models macros tests

bench-reports: .venv/.ready  ## measure each step and model with REPORTS (5 50 250) reports, shipped and made up, and nights
	$(BIN)/python -m benchmarks.report_scale $(REPORTS)

bench-reader: .venv/.ready .venv-bench/.ready  ## compare the reader with other libraries, on REPORTS (a folder) if given
	$(BIN)/python -m $(if $(REPORTS),benchmarks.reader_on_reports "$(REPORTS)",benchmarks.reader)

bench-kolada: .venv/.ready  ## compare Kolada at national scale (MILLIONS of figures) with DuckDB alone and pandas
	$(BIN)/python -m benchmarks.kolada_scale $(MILLIONS)

fuzz: .venv/.ready .cache/atheris/.ready  ## fuzz with coverage guidance, SECONDS (300) per target; stops at the first failure
	$(BIN)/python -m tests.fuzz.write_seeds .cache/fuzz/text_reader
	mkdir -p .cache/fuzz/printed_text
	PYTHONPATH=.cache/atheris $(BIN)/python -m tests.fuzz.fuzz_printed_text $(FUZZ) -max_len=2000 .cache/fuzz/printed_text
	PYTHONPATH=.cache/atheris $(BIN)/python -m tests.fuzz.fuzz_text_reader $(FUZZ) -max_len=20000 .cache/fuzz/text_reader

survive: .venv/.ready  ## strike an installation with faults drawn with SEED (1) for SECONDS (300), and judge each
	$(BIN)/python -m tests.survival.survive $(SECONDS) $(SEED)

audit-proof: .venv/.ready  ## plant faults in copies of the workbooks and count how many the audit finds
	$(BIN)/python -m benchmarks.audit_proof

meaning-proof: .venv/.ready  ## make up reports from the shipped tables and count how many rows of the marts are right
	$(BIN)/python -m benchmarks.meaning_proof

clean:  ## remove everything that can be rebuilt; releases stay
	rm -rf .venv .venv-bench .venv-superset .cache build target logs *.egg-info .pytest_cache .mypy_cache .ruff_cache

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name it with make PYTHON=…")'
	@echo "setting up .venv (once, about a minute)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --no-deps -e .
	@touch .venv/.ready

# The libraries that the reader is compared with need Java (tabula), so they have their own environment.
.venv-bench/.ready: benchmarks/reader_requirements.txt
	@$(PYTHON) -m venv .venv-bench
	@grep -v '^#' $< | while read -r library; do \
		.venv-bench/bin/pip install --quiet "$$library" || echo "$$library can't be installed and is not measured" >&2; \
	done
	@touch $@

# Superset needs older versions of many packages that the project uses.
.venv-superset/.ready: tests/superset/requirements.txt
	@echo "setting up .venv-superset (once, about a minute)"
	@$(PYTHON) -m venv .venv-superset
	@.venv-superset/bin/pip install --quiet -r $<
	@touch $@

# The fuzzer is not available for every Python and system, so it is not a dependency of the project.
.cache/atheris/.ready:
	@$(BIN)/pip install --quiet --target .cache/atheris atheris==3.0.0
	@touch $@
