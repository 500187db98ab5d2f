# make run: the portal on http://localhost:$(PORT).
# make dev: the same for who works on it: edited code and templates are loaded anew, and data stay.
# make one T=tests/stemnet/test_mail.py: one file of tests, or T="tests/stemnet -k outbox", on SQLite.
# make test: every test; make check: what CI checks, in steps of their own; make fmt: format code and templates.
# make bench: the portal beside a bare app; QUICK=1 in minutes, ONLY=public,registration, SHAPES=1, PEER=1,
#   BEFORE=0d6acc1, PEOPLE=20000, SIZES=1000,100000 (SIZES= leaves them out), OUT=var/bench; see docs/measures.md.
# make lock: pin what pyproject.toml asks for; UPGRADE=1 takes the newest versions.

PORT ?= 8000
STEMNET_DATA ?= $(CURDIR)/var
DEBUG ?= 1
VENV ?= .venv
SIZES ?= 1000,100000
PYTHON ?= $(or $(firstword $(foreach name,python3.11 python3 python,$(shell command -v $(name) 2>/dev/null))),$(error Python 3.11 or newer is needed, and none is on the PATH))
export PORT STEMNET_DATA DEBUG VENV

# What `check --deploy` is asked about: an installation in public, with no real secret.
PUBLIC = env -u DATABASE_URL -u REDIS_URL DEBUG= SITE_URL=https://stem.example.org ALLOWED_HOSTS=stem.example.org \
	EMAIL_URL=smtp+tls://user:password@mail.example.org:587 \
	SECRET_KEY=for-a-check-only-0123456789-abcdefghijklmnopqrstuvwxyz

STEPS = lint contracts types templates migrations deployment
.PHONY: run dev test one bench check $(STEPS) fmt lock tools

run:
	@exec $(PYTHON) .ci/prepare requirements.txt $(VENV)/bin/python manage.py serve

dev:
	@exec $(PYTHON) .ci/prepare requirements-dev.txt $(VENV)/bin/python manage.py serve --reload

test:
	@exec $(PYTHON) .ci/prepare requirements-dev.txt $(VENV)/bin/python tests/run.py $(if $(ALL),--all) $(if $(QUICK),--quick) $(ARGS)

one:
	@exec env -u DATABASE_URL -u REDIS_URL $(PYTHON) .ci/prepare requirements-dev.txt \
		$(VENV)/bin/python -m pytest -q -p no:xdist -p no:hypothesispytest $(or $(T),$(error Say which tests: make one T=tests/stemnet/test_mail.py))

bench:
	@exec $(PYTHON) .ci/prepare requirements-dev.txt $(VENV)/bin/python -m bench $(if $(QUICK),--quick) \
		$(if $(ONLY),--only $(ONLY)) $(if $(PEOPLE),--people $(PEOPLE)) $(if $(SHAPES),--shapes) $(if $(PEER),--peer) \
		$(if $(QUICK),$(if $(BEFORE),--before $(BEFORE)),--sizes "$(SIZES)" --before $(or $(BEFORE),0d6acc1)) $(if $(OUT),--out $(OUT)) $(ARGS)

check: $(STEPS)

lint: tools
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

contracts: tools
	$(VENV)/bin/lint-imports

types: tools
	$(VENV)/bin/mypy

templates: tools
	$(VENV)/bin/djangofmt --check templates
	$(VENV)/bin/djlint --lint --quiet templates

migrations: tools
	$(VENV)/bin/python -W error manage.py makemigrations --check --dry-run

deployment: tools
	$(PUBLIC) $(VENV)/bin/python -W error manage.py check --deploy --fail-level WARNING

fmt: tools
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	$(VENV)/bin/djangofmt templates

lock: tools
	@VENV=$(VENV) $(PYTHON) .ci/lock $(if $(UPGRADE),--upgrade)

tools:
	@$(PYTHON) .ci/prepare requirements-dev.txt
