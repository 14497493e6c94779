# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& echo $$p && break; done)
BIN := .venv/bin
QT_TEST := QT_QPA_PLATFORM=offscreen
# A file's tests stay together; each worker holds torch, hence four at most.
PARALLEL := -n auto --maxprocesses 4 --dist loadfile

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test test-slow lint format assets lock clean setup setup-dev setup-training python system

help:
	@echo "make run        set everything up, then open the window on the samples"
	@echo "                (or age a sample into out/ where there is no display)"
	@echo "make test       set everything up, then lint, types, import rules and tests"
	@echo "make test-slow  the tests that make test leaves out"
	@echo "make lint       lint, types and import rules alone"
	@echo "make format     let ruff mend layout and simple findings"
	@echo "make assets     fetch and verify all third-party model files"
	@echo "make setup-training  what python main.py prepare and train need on top"
	@echo "make translations    take the window's strings into resources/translations, compile"
	@echo "make screenshots     take the pictures that README and the user guide show"
	@echo "make package    build the packaged application into dist/ (docs/packaging.md)"
	@echo "make package-test    install and try what make package has built"
	@echo "make lock       compile requirements/*.in again"
	@echo "make clean      remove .venv, caches and out/"

run: setup
	@PYTHONPATH=. $(BIN)/python packaging/first_run.py

test: setup-dev lint-only
	@$(QT_TEST) OMP_NUM_THREADS=1 $(BIN)/python -m pytest -q $(PARALLEL) -m "not slow and not package"

test-slow: setup-dev
	@$(QT_TEST) $(BIN)/python -m pytest -q -m slow

lint: setup-dev lint-only

.PHONY: lint-only
lint-only:
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict engine gui main.py
	@$(BIN)/lint-imports --no-logo

format: setup-dev
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

setup: python system
	@$(PYTHON) packaging/set_up.py runtime
	@$(BIN)/python packaging/fetch_assets.py --group runtime

setup-training: python system
	@$(PYTHON) packaging/set_up.py training
	@$(BIN)/python packaging/fetch_assets.py --group all

setup-dev: python system
	@$(PYTHON) packaging/set_up.py dev
	@$(BIN)/python packaging/fetch_assets.py --group all

.PHONY: package
package: python system
	@$(PYTHON) packaging/build.py

.PHONY: package-test
package-test: setup-dev
	@$(QT_TEST) $(BIN)/python -m pytest -q -m package tests/frozen

.PHONY: translations
translations: setup-dev
	@$(BIN)/python packaging/translations.py

.PHONY: screenshots
screenshots: setup
	@mkdir -p build
	@$(QT_TEST) $(BIN)/python tests/visual/take_screenshots.py 2>build/screenshots.log \
		|| { cat build/screenshots.log >&2; exit 1; }

assets: setup
	@$(BIN)/python packaging/fetch_assets.py --group all

system: python
	@$(PYTHON) packaging/system_libraries.py

python:
	@test -n "$(PYTHON)" || { echo "Agelens needs Python 3.11, 3.12 or 3.13; none was found (say PYTHON=/path/to/python)." >&2; exit 1; }

# uv resolves for every platform and Python at once and knows each wheel's hash; it is used for
# nothing else, from a throw-away environment.
LOCKING := build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --override without-torch.txt --no-emit-package torch
lock: python
	@$(PYTHON) -m venv build/lock && build/lock/bin/pip install --quiet uv==0.13.9
	@cd requirements && for set in runtime training dev package; do \
		../$(LOCKING) $$set.in --output-file $$set.txt || exit 1; done

clean:
	@rm -rf .venv build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
