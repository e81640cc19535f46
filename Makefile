# What a contributor runs. Every target first sets up what it needs, once, in .venv.
# Another interpreter: make PYTHON=python3.13 test. Arguments for pytest or the benchmark: make test ARGS="-k suffix".

PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := $(VENV)/catalog
STAMP := $(VENV)/.installed
CODE := linter rules tests tools bench examples
# Tests handle policies as plain JSON values, for which these checks say little.
LOOSE := --no-warn-unused-ignores --allow-untyped-defs --allow-incomplete-defs --allow-untyped-calls \
	--disable-error-code index --disable-error-code list-item --disable-error-code var-annotated

.PHONY: help install demo test deep lint fix index docs drift catalog catalog-refresh catalog-verify bench bench-reasoning lock clean

help:
	@echo "make demo    see camlint work on examples/"
	@echo "make test    run every test (ARGS='-k word' for some)"
	@echo "make deep    try the laws of exact reasoning on a million policies, some hours"
	@echo "make lint    ruff, mypy --strict, import contracts"
	@echo "make fix     let ruff repair and format what it can"
	@echo "make index   rebuild the rule index; make docs the rule pages; make drift compares both"
	@echo "make catalog rebuild the service catalogue; make catalog-refresh from the newest packages"
	@echo "make bench   measure against the budgets (ARGS=--quick for a short run); make bench-reasoning against solvers"
	@echo "make lock    pin the development tools again; make clean removes $(VENV)"

install: $(STAMP)

$(STAMP): requirements/dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "camlint needs Python 3.11 or newer, and there is no $(PYTHON) here. Install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; old = sys.version_info < (3, 11); old and sys.stderr.write("camlint needs Python 3.11 or newer, and $(PYTHON) is %d.%d. Name a newer one: make PYTHON=python3.12\n" % sys.version_info[:2]); sys.exit(old)'
	@echo "Setting up $(VENV); this happens once."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# The examples have findings on purpose: 1 is what camlint must exit with.
demo: $(STAMP)
	@$(BIN)/camlint check --no-config examples || code=$$?; \
	if [ "$${code:-0}" -ne 1 ]; then echo "camlint exited with $${code:-0}; on examples/ it should find problems and exit with 1" >&2; exit 1; fi
	@$(BIN)/camlint test examples
	@echo "These policies are wrong on purpose, but for those that meet expectations. Next: $(BIN)/camlint explain CODE, or $(BIN)/camlint YOUR_POLICY.json"

test: $(STAMP)
	@$(BIN)/python -m pytest $(ARGS)

deep: $(STAMP)
	@$(BIN)/python -m pytest --hypothesis-profile=deep tests/access $(ARGS)

lint: $(STAMP)
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/mypy tools bench
	MYPYPATH=examples/acme-pack $(BIN)/mypy --package acme_rules
	$(BIN)/mypy $(LOOSE) tests
	$(BIN)/lint-imports

fix: $(STAMP)
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

index: $(STAMP)
	@$(BIN)/python tools/build_index.py

docs: index
	@$(BIN)/python tools/build_docs.py

drift: $(STAMP)
	$(BIN)/python tools/build_index.py --check
	$(BIN)/python tools/build_docs.py --check
	$(BIN)/python tools/build_catalog.py --check
	$(BIN)/python tools/build_catalog_docs.py --check

catalog: $(STAMP)
	@$(BIN)/python tools/build_catalog.py
	@$(BIN)/python tools/build_catalog_docs.py

# Only downloaded and read as archives: nothing in these packages is installed or run.
catalog-refresh: $(STAMP)
	rm -rf $(PACKAGES)
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --dest $(PACKAGES) -r requirements/catalog.in
	@$(BIN)/python tools/build_catalog.py --packages $(PACKAGES)
	@$(BIN)/python tools/build_catalog_docs.py

# Compares the kept lists of actions with the pinned packages too; `make drift` needs no network.
catalog-verify: $(STAMP)
	rm -rf $(PACKAGES)
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes --dest $(PACKAGES) -r requirements/catalog.txt
	@$(BIN)/python tools/build_catalog.py --check --packages $(PACKAGES)

bench: $(STAMP)
	@$(BIN)/python bench/run.py $(ARGS)

bench-reasoning: $(STAMP)
	@$(BIN)/python bench/reasoning.py $(ARGS)

lock: $(STAMP)
	@$(BIN)/python -m venv --clear $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip install --quiet --disable-pip-version-check pip-tools
	CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/lock/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --output-file requirements/dev.txt requirements/dev.in
	CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/lock/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --output-file requirements/bench.txt requirements/bench.in

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
