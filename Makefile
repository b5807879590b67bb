# The two main commands are `make site` and `make test`; both create the virtual environment if needed.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
CATALOGUE := $(RUN) build_catalogue.py

.PHONY: help site booklet check check-pr serve test test-fast check-code fuzz corpora audit licences sbom newest reproducible golden captures guide-pictures lock browser office bench bench-quick clean

site: $(VENV)/ready ## check the fiches and publish the site into site/
	$(CATALOGUE) build

help: ## list the targets
	@sed -nE 's/^([a-z-]+):.* ## (.*)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

booklet: $(VENV)/ready ## write the booklet as PDF; make booklet OPTIONS="--edition assises-2017 --impose"
	$(CATALOGUE) booklet $(OPTIONS)

check: $(VENV)/ready ## report all problems of the fiches
	$(CATALOGUE) check

check-pr: $(VENV)/ready ## report the changes and problems of this branch; make check-pr BASE=origin/main
	$(CATALOGUE) check-pr $(if $(BASE),--base $(BASE))

serve: $(VENV)/ready ## serve a live preview
	$(CATALOGUE) serve

test: $(VENV)/ready-dev browser check-code ## run the whole test suite, on all processors
	$(RUN) -m pytest --numprocesses auto --dist worksteal

test-fast: $(VENV)/ready-dev ## run the tests except browser, property and fault tests
	$(RUN) -m pytest --numprocesses auto --dist worksteal \
		--ignore tests/browser --ignore tests/property --ignore tests/fault

check-code: $(VENV)/ready-dev ## check style and types
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(VENV)/bin/zizmor --offline --persona pedantic --no-progress --quiet .github \
		src/practice_catalogue/scaffold/catalogue/.github

audit: $(VENV)/ready-dev ## look up known vulnerabilities of the locked dependencies on PyPI
	$(VENV)/bin/pip-audit --requirement requirements-dev.txt --require-hashes --disable-pip --progress-spinner off $(OPTIONS)

licences: $(VENV)/ready-dev ## list the licences of all dependencies; fails if pyproject.toml does not allow one
	$(VENV)/bin/pip-licenses

sbom: $(VENV)/ready-dev ## write the software bill of materials (CycloneDX) to sbom.cdx.json
	$(VENV)/bin/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible \
		--output-file sbom.cdx.json

newest: $(VENV)/ready-dev ## build with the newest releases that pyproject.toml allows, and with ProperDocs; list what differs
	$(PYTHON) -m venv --clear .newest
	.newest/bin/python -m pip install --quiet --editable . "properdocs>=1.6,<2"
	$(RUN) tests/newest.py

reproducible: $(VENV)/ready-dev ## check that builds in other folders, time zones and locales give the same bytes
	$(RUN) tests/reproducible.py

fuzz: $(VENV)/ready-dev ## run the property tests with random inputs; make fuzz MINUTES=30
	$(RUN) tests/fuzz.py --minutes $(or $(MINUTES),30)

corpora: ## download the corpora of hostile strings and files again (needs npm)
	$(PYTHON) tests/corpora/fetch.py

golden: $(VENV)/ready-dev ## regenerate the expected outputs of the tests and the field reference
	$(RUN) tests/golden.py

captures: $(VENV)/ready-dev browser site ## write screenshots of all kinds of pages to captures/
	$(RUN) tests/captures.py

guide-pictures: $(VENV)/ready-dev browser site ## write screenshots of the web form for the guide to docs/contribuer/images/
	$(RUN) tests/guide_pictures.py

lock: $(VENV)/ready-dev ## update the locked dependencies of pyproject.toml
	$(RUN) -m pip install --quiet uv
	$(RUN) -m uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --python-version 3.11 \
		--only-binary :all: --emit-build-options pyproject.toml --extra build --output-file requirements.txt
	$(RUN) -m uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --python-version 3.11 \
		--only-binary :all: --emit-build-options pyproject.toml --extra build --extra dev --constraint requirements.txt --output-file requirements-dev.txt

browser: ## install Chromium for the browser tests (on Debian as root only)
	@{ command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null \
		|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } \
		|| { echo "The browser tests need Chromium: sudo apt-get install chromium (or your system's package), then make test."; exit 1; }

bench: $(VENV)/ready-dev ## compare with other tools, up to 10,000 fiches, in 25 minutes; writes benchmarks/RESULTS.md
	$(RUN) -m benchmarks.run

bench-quick: $(VENV)/ready-dev ## run short benchmarks with few fiches, in two minutes; only prints the results
	$(RUN) -m benchmarks.run --quick

office: ## install LibreOffice for the tests of spreadsheets and Word forms (skipped without it); 30 s on Debian
	@office=$$(dirname "$$(readlink -f "$$(command -v soffice || echo none)")"); \
	[ -e "$$office/libsclo.so" ] && [ -e "$$office/libswlo.so" ] || { apt-get update -qq \
		&& apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui libreoffice-writer-nogui >/dev/null; }

clean: ## remove everything that was generated
	rm -rf $(VENV) .newest site .site-* .bench

$(VENV)/ready: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --require-hashes --requirement requirements.txt
	$(RUN) -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/ready-dev: requirements-dev.txt $(VENV)/ready
	$(RUN) -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	touch $@
