# `make` lists the targets. Everything runs in .venv, which the first target that needs it creates.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## create .venv with yoyak and what develops it

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "yoyak needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	@echo 'Setting up $(VENV): about a minute, 600 MB on disk.'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all]' --group dev
	@touch $@

DEMO := $(addprefix samples/pages/,chip-plant.txt dementia-drug.html curling-gold.txt)

demo: $(READY) ## set up and show summaries of a few samples
	@echo 'Key sentences and keywords of three invented pages (about 3 seconds):'
	@echo '$$ yoyak $(DEMO)'
	@echo
	@$(BIN)/yoyak --format text $(DEMO)
	@echo
	@echo 'The two largest stories of a folder of invented articles (about 5 seconds):'
	@echo '$$ yoyak digest --top 2 samples/stories/articles.jsonl'
	@echo
	@$(BIN)/yoyak digest --format text --top 2 samples/stories/articles.jsonl

test: $(READY) ## set up and run the tests, without the slow ones
	@echo 'Running the tests on all cores; this takes some minutes. make test-all also runs the slow ones.'
	@$(BIN)/python -m pytest

test-all: $(READY) ## run all tests
	@echo 'Running all tests on all cores; this takes some minutes more than make test.'
	@$(BIN)/python -m pytest -m ''

check: lint types ladder test ## lint, types, import contracts and tests

fmt: $(READY) ## format the code
	@$(BIN)/ruff format cli tests
	@$(BIN)/ruff check --fix-only --quiet cli tests

lint: $(READY) ## ruff
	@$(BIN)/ruff check cli tests
	@$(BIN)/ruff format --check cli tests

types: $(READY) ## mypy --strict
	@$(BIN)/mypy

ladder: $(READY) ## import contracts
	@PYTHONPATH=cli $(BIN)/lint-imports

golden: $(READY) ## rewrite tests/golden; read the diff
	@YOYAK_GOLDEN=write $(BIN)/python -m pytest -n0 tests/app/test_golden.py

pages: $(READY) ## score extraction: PAGES=folder of pages with gold (default: the samples, which must score 1)
	@$(BIN)/python -m tests.tools.score_pages $(if $(PAGES),"$(PAGES)",--floor 1 samples/pages samples/no-article)

quotes: $(READY) ## score --quotes: EVAL=labels.jsonl (default samples/quotes.jsonl)
	@PYTHONPATH=cli $(BIN)/python -m tests.tools.score_quotes $(EVAL)

eval: $(READY) ## score summaries and keywords: EVAL=labels.jsonl (default samples/labels.jsonl)
	@$(BIN)/yoyak evaluate $(or $(EVAL),samples/labels.jsonl --floors samples/floors.json)

stories: $(READY) ## score grouping: STORIES=labels.jsonl ARTICLES=rows.jsonl (default samples/stories)
	@$(BIN)/python -m tests.tools.stories score $(if $(STORIES),$(STORIES) $(ARTICLES),samples/stories/labels.jsonl samples/stories/articles.jsonl samples/stories/floors.json)

story-model: $(READY) ## fit how articles are grouped: STORIES=labels.jsonl ARTICLES=rows.jsonl
	@$(BIN)/python -m tests.tools.stories fit $(STORIES) $(ARTICLES)

compare: $(READY) ## yoyak beside other summarizers: EVAL=labels.jsonl (default samples/labels.jsonl)
	@$(BIN)/python -m tests.tools.compare "$(or $(EVAL),samples/labels.jsonl)" $(RIVALS)

bench: $(READY) ## speed and memory, each beside its baseline: CORPUS=folder or .jsonl (default samples/)
	@$(BIN)/python -m tests.bench $(if $(CORPUS),--corpus $(CORPUS))

fuzz: $(READY) ## fuzz decode, extract and render, guided by coverage: SECONDS=60 SEED=1
	@$(BIN)/python -m tests.tools.fuzz --seconds $(or $(SECONDS),60) --seed $(or $(SEED),1) --keep .fuzz

openings: $(READY) ## fit what parts decks from leads: DECKS=rows with title, deck, text, media
	@$(BIN)/python -m tests.tools.openings $(DECKS)

man: $(READY) ## write the manual page build/yoyak.1
	@mkdir -p build
	@$(BIN)/python -m yoyak.app.man >build/yoyak.1
	@echo 'wrote build/yoyak.1; read it with: man build/yoyak.1'

picture: $(READY) ## draw docs/terminal.svg, the picture of the README
	@$(BIN)/python -m tests.tools.picture

messages: $(READY) ## bring the message catalogues up to date and compile them
	@$(BIN)/python tests/tools/catalogue.py

clean: ## remove .venv and caches
	@rm -rf $(VENV) .compare .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist build

.PHONY: stories story-model help setup demo test test-all check fmt lint types ladder golden pages quotes eval compare bench fuzz openings man picture messages clean
