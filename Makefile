# Python 3.11 or newer and make are all it needs; each target makes its own .venv from the lock.
PYTHON := $(shell for p in python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
EVIDENCE := .venv-evidence/bin/python
UV := .cache/uv/bin/uv
ADDRESS := 127.0.0.1:8000
COMPILE = $(UV) pip compile -q --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-header --no-emit-index-url pyproject.toml

export NO_MKDOCS_2_WARNING = 1# the theme's notice at each build
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || date +%s)# same commit, same bytes

help: ## what there is
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 22

serve: export PYTHONDONTWRITEBYTECODE = 1# a module that Python compiles below diagrams/ would start another build
serve: .venv/site ## build the site and serve it on http://127.0.0.1:8000/, again after each edit
	$(BIN)/python -m mkdocs serve --dev-addr $(ADDRESS)

site: .venv/site ## build the site into site/
	$(BIN)/python -m mkdocs build --strict

figures: .venv/site ## draw the figures into figures/
	$(BIN)/python -m diagrams figures

manifest: site ## add to docs/manifest.json what the site has and it has not
	$(BIN)/python tests/site/manifest.py site

test: .venv/test ## run every test that needs no framework
	$(BIN)/python -m pytest -n logical

test-scripts: .venv/test ## run three of the site's scripts for Keras and others as a reader does, by their addresses
	$(BIN)/python -m pytest -m sample -v tests/site

test-frameworks: .venv/test ## run all of them, the notebook, and weights that ship in packages, in clean environments (8 GB); each week does
	$(BIN)/python -m pytest -m frameworks -v tests/site tests/lstm_ref

fuzz: export FUZZ ?= 300
fuzz: .venv/test ## pass the library what it does not expect, FUZZ=300 examples for each argument; each week does
	$(BIN)/python -m pytest -n logical -q tests/lstm_ref/test_fuzz.py

mutants: .venv/test ## make the library wrong in small ways, one at a time: do the tests notice? (half an hour)
	$(BIN)/python -m tests.mutants

search-report: .venv/test ## print how often readers find what answers them, in words of theirs
	$(BIN)/python -m pytest -q -s tests/browser/test_search.py -k readers

firefox-check: .venv/test ## look at pages, widgets and search in Firefox, which must be installed
	$(BIN)/python -m pytest -q tests/browser/firefox_check.py

bench-site: .venv/test ## measure the three budgets of building the site
	$(BIN)/python tests/bench_site.py

lint: .venv/test ## check style and types, of scripts too
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/oxlint --deny-warnings docs/assets

evidence: .venv-evidence/stamp ## run the frameworks and record what they do in docs/evidence/
	$(EVIDENCE) -m tests.evidence

evidence-check: .venv-evidence/stamp ## run the frameworks again: do they still do what is recorded?
	$(EVIDENCE) -m tests.evidence --check
	$(EVIDENCE) -m tests.evidence.experiments --check

experiments: .venv/test ## train what docs/evidence/experiments/ has no outcome of yet (45 minutes for all)
	$(BIN)/python -m tests.evidence.experiments

lock: ## write the requirements files anew from pyproject.toml
	$(PYTHON) -m venv .cache/uv
	.cache/uv/bin/python -m pip install -q uv
	$(COMPILE) --upgrade --group test -o requirements-dev.txt
	$(COMPILE) --upgrade --group site -c requirements-dev.txt -o requirements-site.txt

clean: ## remove all that was made
	rm -rf .venv .venv-evidence .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache figures site
	find . -name __pycache__ -prune -exec rm -rf {} +

.venv/site: requirements-site.txt
.venv/test: requirements-dev.txt

.venv/site .venv/test: | .venv/lstm_ref
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $<
	@touch $@

# A path file puts lstm_ref and diagrams within reach of every process of this .venv, the notebook's kernel included.
.venv/lstm_ref: | python
	$(PYTHON) -m venv --clear .venv
	@echo '$(CURDIR)' > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/lstm_ref.pth"
	@touch $@

.venv-evidence/stamp: docs/evidence/requirements.txt | python
	$(PYTHON) -m venv --clear .venv-evidence
	$(EVIDENCE) -m pip install --disable-pip-version-check -r $<
	@touch $@

python:
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is needed, as python3 or python.' >&2; exit 1; }

.PHONY: help serve site figures manifest fuzz mutants search-report firefox-check test test-scripts test-frameworks bench-site lint evidence evidence-check experiments lock clean python
