# make run: the portal on http://localhost:$(PORT); make test: every test; make check: what CI checks.
# make one T=tests/stemnet/test_mail.py: one file of tests, or T="tests/stemnet -k outbox", on SQLite.

PORT ?= 8000
STEMNET_DATA ?= $(CURDIR)/var
DEBUG ?= 1
VENV ?= .venv
PYTHON ?= $(or $(firstword $(foreach name,python3.11 python3 python,$(shell command -v $(name) 2>/dev/null))),$(error Python 3.11 or newer is needed, and none is on the PATH))
export PORT STEMNET_DATA DEBUG VENV

# What `check --deploy` is asked about: an installation in public, with no real secret.
PUBLIC = env -u DATABASE_URL -u REDIS_URL DEBUG= SITE_URL=https://stem.example.org ALLOWED_HOSTS=stem.example.org \
	EMAIL_URL=smtp+tls://user:password@mail.example.org:587 \
	SECRET_KEY=for-a-check-only-0123456789-abcdefghijklmnopqrstuvwxyz

.PHONY: run test one check fmt

run:
	@exec $(PYTHON) .ci/prepare requirements.txt $(VENV)/bin/python manage.py serve

test:
	@exec $(PYTHON) .ci/prepare requirements-dev.txt $(VENV)/bin/python tests/run.py $(if $(ALL),--all) $(if $(QUICK),--quick) $(ARGS)

one:
	@exec env -u DATABASE_URL -u REDIS_URL $(PYTHON) .ci/prepare requirements-dev.txt \
		$(VENV)/bin/python -m pytest -q -p no:xdist $(or $(T),$(error Say which tests: make one T=tests/stemnet/test_mail.py))

check:
	@$(PYTHON) .ci/prepare requirements-dev.txt
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports
	$(VENV)/bin/mypy
	$(VENV)/bin/djlint --lint --quiet templates
	$(VENV)/bin/python -W error manage.py makemigrations --check --dry-run
	$(PUBLIC) $(VENV)/bin/python -W error manage.py check --deploy --fail-level WARNING

fmt:
	@$(PYTHON) .ci/prepare requirements-dev.txt
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
