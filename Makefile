# The two commands that matter: `make site` and `make test`. Both set up what they need.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
CATALOGUE := $(RUN) build_catalogue.py

.PHONY: site booklet check serve test test-fast check-code fuzz golden captures lock browser office clean

site: $(VENV)/ready ## check, cross-index and publish into site/
	$(CATALOGUE) build

booklet: $(VENV)/ready ## print-ready PDF; make booklet OPTIONS="--edition assises-2017 --impose"
	$(CATALOGUE) booklet $(OPTIONS)

check: $(VENV)/ready ## say all that is wrong with the fiches
	$(CATALOGUE) check

serve: $(VENV)/ready ## live preview
	$(CATALOGUE) serve

test: $(VENV)/ready-dev browser check-code ## the whole test suite
	$(RUN) -m pytest

test-fast: $(VENV)/ready-dev ## the tests without a browser
	$(RUN) -m pytest --ignore tests/browser

check-code: $(VENV)/ready-dev ## style and types
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

fuzz: $(VENV)/ready-dev ## the properties of the suite with fresh inputs; make fuzz MINUTES=30
	$(RUN) tests/fuzz.py --minutes $(or $(MINUTES),30)

golden: $(VENV)/ready-dev ## make the expected outputs of the tests and the field reference anew
	$(RUN) tests/golden.py

captures: $(VENV)/ready-dev browser site ## pictures of all kinds of pages into captures/
	$(RUN) tests/captures.py

lock: $(VENV)/ready-dev ## resolve the dependencies of pyproject.toml anew
	$(RUN) -m pip install --quiet uv
	$(RUN) -m uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml --output-file requirements.txt
	$(RUN) -m uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml --extra dev --constraint requirements.txt --output-file requirements-dev.txt

browser: ## a Chromium for the browser tests: Debian's, where this is Debian and we may install
	@{ command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null \
		|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } \
		|| { echo "The browser tests need Chromium: sudo apt-get install chromium (or your system's package), then make test."; exit 1; }

office: ## LibreOffice Calc for the tests of the spreadsheets, which are skipped without it; 20 s on Debian
	@command -v soffice >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui >/dev/null; }

clean: ## forget everything that was made
	rm -rf $(VENV) site .site-*

$(VENV)/ready: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --require-hashes --requirement requirements.txt
	touch $@

$(VENV)/ready-dev: requirements-dev.txt $(VENV)/ready
	$(RUN) -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	touch $@
