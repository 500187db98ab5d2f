"""What every test shares: tables made from the models, files in memory, and races where row locks are."""

import os
import threading
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings as portal
from django.core.cache import cache
from django.db.backends.postgresql.operations import DatabaseOperations
from django.template import Template
from django.test.signals import template_rendered
from model_bakery import baker

from partners.models import Category

# What these migrations write is there in every installation, so also in every test.
WRITTEN = (
    ("partners.migrations._presets", "write_presets"),
    ("partners.migrations._subject_lists", "write_lists"),
    ("registrations.migrations._credit_rules", "write_rules"),
    ("registrations.migrations._credit_rule_versions", "write_versions"),
    ("registrations.migrations._renewal_rules", "write_renewals"),
)


for column, generator in (("LineColumn", "string"), ("NameColumn", "string"), ("AddressColumn", "email")):
    baker.generators.add(f"stemnet.columns.{column}", f"model_bakery.random_gen.gen_{generator}")


def pytest_configure():
    """Give each of several workers a Redis database of its own, which a test may empty."""
    worker, cache = os.environ.get("PYTEST_XDIST_WORKER", ""), portal.CACHES["default"]
    server, _slash, number = cache.get("LOCATION", "").rpartition("/")
    if worker and server.startswith("redis://"):
        cache["LOCATION"] = f"{server}/{(int(number) - 1 - int(worker.removeprefix('gw'))) % 16}"


@pytest.fixture(scope="session", autouse=True)
def pages_rendered_once(django_test_environment):
    """Let a test see the context of a page, without a copy for each of hundreds of pieces of it.

    Django's own instrument tells of every piece that is included, which took a sixth of the run.
    """
    inside = threading.local()

    def render(template, context):
        if getattr(inside, "a_page", False):
            return template.nodelist.render(context)
        template_rendered.send(sender=template, template=template, context=context)
        inside.a_page = True
        try:
            return template.nodelist.render(context)
        finally:
            inside.a_page = False

    Template._render = render


@pytest.fixture(scope="session", autouse=True)
def tables_emptied_by_deleting():
    """Empty the tables after real transactions by DELETE; to TRUNCATE ninety of them takes half a second."""

    def sql_flush(operations, style, tables, **_how):
        return [f"DELETE FROM {operations.quote_name(table)}" for table in tables]

    DatabaseOperations.sql_flush = sql_flush


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Fill the tables, which --nomigrations makes from the models; test_migrations.py compares the two."""
    with django_db_blocker.unblock():
        write_what_migrations_write()


def write_what_migrations_write():
    for module, function in WRITTEN:
        getattr(import_module(module), function)(apps, None)


@pytest.fixture(autouse=True)
def written_again(request, _django_db_marker):
    """Write it again for a test with real transactions, where another one has emptied the tables."""
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction") and not Category.objects.exists():
        write_what_migrations_write()


@pytest.fixture(autouse=True)
def files_in_memory(settings):
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}


@pytest.fixture(autouse=True)
def nobody_tried_before():
    """Forget who tried what how often."""
    cache.clear()


def pytest_collection_modifyitems(config, items):
    """Leave out what needs PostgreSQL when the tests run on another database."""
    if portal.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    left_out = [item for item in items if item.get_closest_marker("postgres")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
