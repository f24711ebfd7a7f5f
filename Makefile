# Two commands for everyone: `make demo` and `make test`. The rest is for those who change the code.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
SERVE ?= 1
# More than two cores have: tests wait for crawls as often as they compute. A file's tests stay together and share fixtures.
PROCESSES ?= 3
PORT ?= 8000
GREYSIFT_SHARED ?= ../shared
UV := $(BIN)/uv
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: demo test check unit coverage postgres bench fix locks demo-data docs-reference wagtail asreview clean

demo: $(VENV)/runtime.done
	@$(BIN)/greysift demo $(if $(filter 0,$(SERVE)),--no-serve,--serve) --port $(PORT)

test: check unit postgres

$(VENV)/bootstrap.done: requirements/bootstrap.lock
	@$(PYTHON) -c 'import ensurepip, sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null || \
		{ echo "Python 3.11 with venv is needed (Debian 12: apt-get install python3 python3-venv); see PYTHON in the Makefile"; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r $<
	@touch $@

$(VENV)/runtime.done: $(VENV)/bootstrap.done requirements/runtime.lock pyproject.toml
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/runtime.lock
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.done: $(VENV)/runtime.done requirements/dev.lock
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/dev.lock
	@touch $@

# A real Wagtail to harvest from, away from the project's own libraries; without it its tests are skipped.
wagtail: $(VENV)/wagtail.done

$(VENV)/wagtail.done: $(VENV)/bootstrap.done requirements/wagtail.lock
	@$(UV) venv --quiet --clear --python $(BIN)/python $(VENV)/wagtail
	@$(UV) pip install --quiet --python $(VENV)/wagtail/bin/python --require-hashes -r requirements/wagtail.lock
	@touch $@

# ASReview, the peer of `greysift bench ranking DIR --asreview .venv/asreview/bin/python`, away from the project's libraries.
asreview: $(VENV)/asreview.done

$(VENV)/asreview.done: $(VENV)/bootstrap.done requirements/asreview.lock
	@$(UV) venv --quiet --clear --python $(BIN)/python $(VENV)/asreview
	@$(UV) pip install --quiet --python $(VENV)/asreview/bin/python --require-hashes -r requirements/asreview.lock
	@touch $@

check: $(VENV)/dev.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/djlint --lint --quiet greysift/review/templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	GREYSIFT_HTTPS=1 $(BIN)/python manage.py check --deploy --fail-level WARNING

unit: $(VENV)/dev.done
	$(BIN)/pytest --numprocesses $(PROCESSES) --dist loadfile

# The suite once more, counting what it runs: that takes nearly twice the processor time, so `make test` does without.
coverage: $(VENV)/dev.done
	$(BIN)/pytest --numprocesses $(PROCESSES) --dist loadfile --cov --cov-report=term

# The same suite on PostgreSQL, where its server is installed; without the folders whose tests meet no database.
NO_DATABASE := tests/unit/harvester tests/unit/greysift/bench tests/integration/harvester tests/integration/extraction

postgres: $(VENV)/dev.done
	@if $(BIN)/python -m tests.on_postgresql --available; then \
		$(BIN)/python -m tests.on_postgresql $(BIN)/pytest --numprocesses $(PROCESSES) --dist loadfile $(NO_DATABASE:%=--ignore=%); \
	elif [ "$$GREYSIFT_NOTHING_SKIPPED" = 1 ]; then \
		echo "PostgreSQL is not installed, and nothing may be skipped here"; exit 1; \
	else \
		echo "skipped on PostgreSQL: its server is not installed (Debian: apt-get install postgresql)"; \
	fi

bench: $(VENV)/dev.done
	$(BIN)/greysift bench eligibility models/eligibility/training-set.jsonl
	$(BIN)/greysift bench crawl
	$(BIN)/greysift bench executor greysift/demo/specimens
	@if [ -d $(GREYSIFT_SHARED)/data/pdf ]; then $(BIN)/greysift bench extraction $(GREYSIFT_SHARED)/data/pdf; \
		else echo "bench extraction left out: no documents at $(GREYSIFT_SHARED)/data/pdf; set GREYSIFT_SHARED"; fi
	@if [ -d $(GREYSIFT_SHARED)/data/reports ]; then $(BIN)/greysift bench extraction $(GREYSIFT_SHARED)/data/reports && \
		$(BIN)/greysift bench structure $(GREYSIFT_SHARED)/data/reports && \
		$(BIN)/greysift bench mutants $(GREYSIFT_SHARED)/data/reports --most 1000; fi
	@if [ -d $(GREYSIFT_SHARED)/data/screening ]; then $(BIN)/greysift bench ranking $(GREYSIFT_SHARED)/data/screening; fi
	@if [ -d $(GREYSIFT_SHARED)/data/nasty ]; then $(BIN)/greysift bench odd-files $(GREYSIFT_SHARED)/data/nasty; fi

fix: $(VENV)/dev.done
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

locks: $(VENV)/bootstrap.done
	$(COMPILE) requirements/bootstrap.in -o requirements/bootstrap.lock
	$(COMPILE) pyproject.toml -o requirements/runtime.lock
	$(COMPILE) pyproject.toml --group dev -c requirements/runtime.lock -o requirements/dev.lock
	$(COMPILE) requirements/wagtail.in -o requirements/wagtail.lock
	$(COMPILE) requirements/asreview.in -o requirements/asreview.lock

# The specimens and the recorded crawl that the demo replays.
demo-data: $(VENV)/dev.done
	$(BIN)/python -m tests.fakes.make_specimens
	$(BIN)/python -m tests.fakes.make_demo_warc greysift/demo/specimens.warc.gz

# docs/reference/declarations.md, from the models that read declarations.
docs-reference: $(VENV)/dev.done
	@$(BIN)/python -m tests.docs.declarations_reference

clean:
	rm -rf $(VENV) var demo-workspace .coverage* .pytest_cache .mypy_cache .ruff_cache .hypothesis
