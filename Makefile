# Two commands matter: `make demo` and `make test`. Both set up everything they need in .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test setup docs lint lock clean

demo: setup
	$(BIN)/khabar demo

test: setup lint
	$(BIN)/python -m pytest

setup: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("khabar needs Python 3.11 or newer; set PYTHON=...") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# the data dictionary, from the comments in the database
docs: setup
	$(BIN)/python -m tasks.load.dictionary > warehouse/README.md.new
	mv warehouse/README.md.new warehouse/README.md

lint: setup
	$(BIN)/ruff check .
	$(BIN)/mypy

# needs uv; run after editing the dependencies in pyproject.toml
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet \
	    --extra dev pyproject.toml requirements.build -o requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache build
