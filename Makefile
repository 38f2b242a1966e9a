# Two commands need nothing prepared: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help demo test test-slow test-browser check format bench clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("matcher needs Python 3.11 or newer; set PYTHON=python3.11 or later" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(STAMP)  ## match the pilot intake and write out/pilot/
	$(BIN)/matcher match data/pilot --policy configs/policies/mensi_pilot.yaml --out out/pilot --force

test: $(STAMP)  ## run the tests
	$(BIN)/python -m pytest -n 2

test-slow: $(STAMP)  ## run the slow tests
	$(BIN)/python -m pytest -n 2 -m slow

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

bench: $(STAMP)  ## time the whole command on the pilot intake
	$(BIN)/python -m benchmarks.pilot_command

clean:  ## remove what was built
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
