# Everything is made from the lock files into .venv and tests/azurite/node_modules; stamp files
# inside those folders say what is up to date. `make` alone lists the targets.

VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
AZURITE := tests/azurite
BROWSER := tests/browser
# One more than the machines have cores that this runs on: many tests wait for processes and clocks.
JOBS ?= 3
# The report is tested in a real browser, where there is one; CHROMIUM names it.
export CHROMIUM ?= $(firstword $(shell command -v chromium chromium-browser google-chrome-stable google-chrome 2>/dev/null))
SOURCES := $(shell find auditor connectors -name __pycache__ -prune -o -type f -print)

# Without --no-compile pip byte-compiles the 16,700 modules of msgraph-sdk, of which a run imports a
# handful: 38 s instead of 16 s here. Python compiles those few at the first start.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-user --no-compile

# Somebody's PYTHONPATH must not decide which package a test imports; and since pip does not compile,
# Python has to be free to keep what it compiles.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE

.DELETE_ON_ERROR:
.PHONY: help demo test check lint format types fences bench bench-all quality coverage docs site lock fix clean

help:
	@echo 'make demo    audit the embedded sample tenant and write its report'
	@echo 'make test    the whole test suite (installs the storage emulator; needs Node 20 or newer)'
	@echo 'make check   lint, formatting, types and import fences'
	@echo 'make bench   each stage of an audit against its recorded ratio (docs/benchmarks.md)'
	@echo 'make bench-all  every benchmark, also those that take long'
	@echo 'make quality score the detector on the labelled corpus, and write docs/detection.md'
	@echo 'make coverage  branches of the detector that no test takes (none)'
	@echo 'make fix     format, and repair what the linter can repair'
	@echo 'make docs    write the help texts into both READMEs again'
	@echo 'make site    build the documentation in both languages into dist/site'
	@echo 'make lock    resolve the lock files anew (needs uv and npm)'
	@echo 'make clean   remove everything that make made'

demo: $(VENV)/.runtime
	@$(BIN)/mynumber-audit demo $(ARGS)

test: $(VENV)/.runtime $(VENV)/.test $(AZURITE)/node_modules/.installed $(BROWSER)/node_modules/.installed
	$(BIN)/python -m pytest --numprocesses $(JOBS) $(ARGS)

check: lint format types fences

lint: $(VENV)/.test
	$(BIN)/ruff check

format: $(VENV)/.test
	$(BIN)/ruff format --check

types: $(VENV)/.test
	$(BIN)/mypy

fences: $(VENV)/.test
	$(BIN)/lint-imports

bench: $(VENV)/.runtime $(VENV)/.test
	$(BIN)/python -m pytest tests/benchmarks/test_stages.py --capture no $(ARGS)

bench-all: $(VENV)/.runtime $(VENV)/.bench
	$(BIN)/python -m pytest tests/benchmarks --capture no $(ARGS)

quality: $(VENV)/.runtime $(VENV)/.bench
	PYTHONPATH=.:tests $(BIN)/python -m corpus.score --each 40 --baselines --write
	PYTHONPATH=.:tests $(BIN)/python -m corpus.reliability --each 40 --write

coverage: $(VENV)/.runtime $(VENV)/.test
	$(BIN)/python -m pytest tests/unit/detect tests/property --numprocesses $(JOBS) \
	  --cov=auditor.detect --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=100 $(ARGS)

fix: $(VENV)/.test
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: $(VENV)/.runtime $(VENV)/.test
	$(BIN)/python tests/unit/test_readme.py

site: $(VENV)/.runtime $(VENV)/.test
	$(BIN)/python docs/build.py dist/site

# --------------------------------------------------------------------------------- environment

# The first Python of the versions that the lock was tried with; else a newer one.
define make_venv
for low in '(3, 11) <= v <= (3, 13)' '(3, 11) <= v'; do \
  for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python); do \
    "$$python" -c "import sys; v = sys.version_info[:2]; sys.exit(not ($$low))" 2>/dev/null || continue; \
    "$$python" -c 'import ensurepip, venv' 2>/dev/null || { \
      echo "$$python has no venv module. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }; \
    echo "Making $(VENV) with $$("$$python" --version)"; \
    exec "$$python" -m venv --clear $(VENV); \
  done; \
done; \
echo "mynumber-audit needs Python 3.11 or newer, and none was found" \
  "(looked for: $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python))." >&2; \
echo "Install one, or name it: make demo PYTHON=/path/to/python3.12" >&2; exit 1
endef

$(VENV)/.made:
	@$(make_venv)
	@touch $@

$(VENV)/.locked: requirements.lock $(VENV)/.made
	@echo 'Installing the locked packages (about 90 MB to download the first time)'
	@$(PIP) --require-hashes --requirement requirements.lock
	@touch $@

# Copied, not linked: Python reads the path in a link as the system's locale says, and fails to
# start where that is not UTF-8 and a folder has a Japanese name.
$(VENV)/.runtime: pyproject.toml README.md LICENSE $(SOURCES) $(VENV)/.locked
	@$(PIP) --no-deps --no-build-isolation --force-reinstall .
	@touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.locked
	@echo 'Installing what the tests need'
	@$(PIP) --require-hashes --requirement requirements-test.lock
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.test
	@echo 'Installing what the benchmarks compare with'
	@$(PIP) --require-hashes --requirement requirements-bench.lock
	@touch $@

$(AZURITE)/node_modules/.installed: $(AZURITE)/package.json $(AZURITE)/package-lock.json $(AZURITE)/.npmrc
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null || { \
	  echo 'The tests need Node.js 20 or newer (node --version) for the storage emulator Azurite.' >&2; exit 1; }
	@echo 'Installing the storage emulator'
	@cd $(AZURITE) && npm ci --ignore-scripts --loglevel error
	@touch $@

# What looks for barriers in the page of the report; it runs inside the browser.
$(BROWSER)/node_modules/.installed: $(BROWSER)/package.json $(BROWSER)/package-lock.json $(BROWSER)/.npmrc
	@echo 'Installing axe-core'
	@cd $(BROWSER) && npm ci --ignore-scripts --loglevel error
	@touch $@

# --------------------------------------------------------------------------------------- locks

UV_COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --upgrade pyproject.toml --group pyproject.toml:build

# npm copies addresses of sponsors and licences into its lock; nothing reads them.
define drop_addresses
const fs = require("fs"), lock = JSON.parse(fs.readFileSync("package-lock.json")); \
for (const entry of Object.values(lock.packages)) { delete entry.funding; delete entry.license; } \
fs.writeFileSync("package-lock.json", JSON.stringify(lock, null, 2) + "\n");
endef

lock:
	@command -v uv >/dev/null || { echo 'make lock needs uv' >&2; exit 1; }
	$(UV_COMPILE) --output-file requirements.lock
	$(UV_COMPILE) --group pyproject.toml:test --constraint requirements.lock --output-file requirements-test.lock
	$(UV_COMPILE) --group pyproject.toml:test --group pyproject.toml:bench \
	  --constraint requirements-test.lock --output-file requirements-bench.lock
	for folder in $(AZURITE) $(BROWSER); do (cd $$folder \
	  && npm install --package-lock-only --ignore-scripts --loglevel error && node -e '$(drop_addresses)') || exit 1; done

clean:
	rm -rf $(VENV) $(AZURITE)/node_modules $(BROWSER)/node_modules dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find auditor connectors tests -name __pycache__ -type d -prune -exec rm -rf {} +
