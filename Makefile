# Two commands need nothing prepared: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
BENCH_STAMP := $(VENV)/.installed-bench

.PHONY: help demo test test-slow test-thorough test-bounds test-browser check format bench bench-full clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("matcher needs Python 3.11 or newer; set PYTHON=python3.11 or later" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

$(BENCH_STAMP): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,bench]'
	@touch $@

demo: $(STAMP)  ## match the pilot intake and write out/pilot/
	$(BIN)/matcher match data/pilot --policy configs/policies/mensi_pilot.yaml --out out/pilot --force

test: $(STAMP)  ## run the tests
	$(BIN)/python -m pytest -n 2

test-slow: $(STAMP)  ## run the slow tests
	MATCHER_THOROUGH=1 $(BIN)/python -m pytest -n 2 -m slow

test-thorough: $(STAMP)  ## run the tests with three times as many random examples
	MATCHER_THOROUGH=1 $(BIN)/python -m pytest -n 2

test-bounds: $(STAMP)  ## run the solver tests with every array access of the compiled code checked
	NUMBA_BOUNDSCHECK=1 NUMBA_CACHE_DIR=$(VENV)/bounds-checked $(BIN)/python -m pytest -n 2 tests/solvers

test-browser: $(STAMP)  ## open the report in a headless Chromium (needs chromium on the PATH)
	$(BIN)/python -m pytest -m browser

check: $(STAMP)  ## ruff, mypy strict, import-linter
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)  ## format the code and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(BENCH_STAMP)  ## quick benchmarks side by side, and the whole command on the pilot intake
	$(BIN)/python -m benchmarks micro --part pilot --out out/benchmarks/quick.jsonl
	$(BIN)/python -m benchmarks run --quick

bench-full: $(BENCH_STAMP)  ## all benchmarks, for hours; writes docs/benchmarks.md
	$(BIN)/python -m benchmarks micro
	$(BIN)/python -m benchmarks run
	$(BIN)/python -m benchmarks docs

clean:  ## remove what was built
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
