# Each target makes ready what it needs, from a fresh checkout on; `make` alone lists them.
# make PYTHON=/path/to/python chooses the Python that .venv is made with.

SETUP := bash .ci/setup.sh
VENV := .venv/bin
DEMO := demo
COMPILE := $(VENV)/python -m piptools compile --quiet --generate-hashes --strip-extras --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

export PYTHON
unexport PYTHONPATH PYTHONHOME
test soak old-whoosh kill fuzz check check-install bench: export LC_ALL := C.UTF-8
test soak old-whoosh kill fuzz check check-install bench: export QT_QPA_PLATFORM := offscreen

.DEFAULT_GOAL := help
.PHONY: help run test soak old-whoosh kill fuzz check check-install bench lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

run: ## start Earmark with its demo episode
	@$(SETUP) run
	@$(VENV)/python main.py $(DEMO)

test: ## run the tests
	@$(SETUP) test
	@$(VENV)/python -m pytest -n auto --dist worksteal

soak: ## a long walk of random keys and clicks through the window
	@$(SETUP) test
	@EARMARK_SOAK_STEPS=3000 $(VENV)/python -m pytest tests/player/test_monkey.py

old-whoosh: ## run the tests of search with Whoosh 2.7.4, the last release under that name
	@$(SETUP) test
	@$(VENV)/python -m pip install --quiet --no-deps --upgrade --target .venv/whoosh-2.7.4 Whoosh==2.7.4
	@PYTHONPATH=.venv/whoosh-2.7.4 $(VENV)/python -m pytest tests/index/search \
		-W ignore::SyntaxWarning -W ignore::DeprecationWarning

kill: ## kill processes that change a library or its index, 450 times at random moments; what they promised must be there
	@$(SETUP) test
	@EARMARK_KILLS=250 $(VENV)/python -m pytest tests/index/library/test_kill.py
	@EARMARK_INDEX_KILLS=200 $(VENV)/python -m pytest tests/index/search/test_damage.py -k killed

fuzz: ## break samples of every format for twenty minutes, at random, then (with atheris) led by coverage
	@$(SETUP) test
	@EARMARK_FUZZ_SECONDS=600 $(VENV)/python -m pytest tests/index/formats/test_fuzz.py
	@$(VENV)/python -m tests.fuzz 600

check: ## lint, format, types, and who may import whom
	@$(SETUP) test
	@$(VENV)/python -m ruff check .
	@$(VENV)/python -m ruff format --check .
	@$(VENV)/python -m mypy
	@$(VENV)/python -m pytest tests/test_layers.py

check-install: ## build the wheel from what is staged or committed, install it elsewhere, start it
	@$(SETUP) test
	@$(VENV)/python .ci/check_install.py

bench: ## measure how quick Earmark is here
	@$(SETUP) test
	@$(VENV)/python -m tests.bench

lock: ## write both lock files anew from pyproject.toml; make lock UPGRADE=1 takes newer releases
	@$(SETUP) test
	@$(COMPILE) $(if $(UPGRADE),--upgrade) -o requirements.lock pyproject.toml
	@$(COMPILE) $(if $(UPGRADE),--upgrade) --extra dev --allow-unsafe -o requirements-dev.lock pyproject.toml

clean: ## remove .venv and the caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find index player resources tests .ci -name __pycache__ -type d -prune -exec rm -rf {} +
