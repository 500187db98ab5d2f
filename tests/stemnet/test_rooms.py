"""What import-linter cannot see: ties upward by string, in keys, querysets and templates."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.backends.django import get_installed_libraries

ORDER = ("stemnet", "partners", "meetings", "registrations")
ASKING = {
    "aggregate",
    "alias",
    "annotate",
    "defer",
    "exclude",
    "exists",
    "filter",
    "get",
    "only",
    "order_by",
    "prefetch_related",
    "select_related",
    "update",
    "values",
    "values_list",
    "Count",
    "F",
    "Max",
    "Min",
    "Prefetch",
    "Q",
    "Sum",
}


def sources(app):
    """Return the Python files of an app, without its migrations."""
    paths = sorted((Path(settings.BASE_DIR) / app).rglob("*.py"))
    return [path for path in paths if "migrations" not in path.parts]


def above(app):
    """Return the apps that stand on ``app``."""
    return ORDER[ORDER.index(app) + 1 :]


@pytest.mark.parametrize("app", ORDER)
def test_no_foreign_key_is_a_string(app):
    named = re.compile(r"""(?:ForeignKey|OneToOneField|ManyToManyField)\(\s*(?:to=)?["'](?!self["'])""")
    assert [path.name for path in sources(app) if named.search(path.read_text())] == []


def upper_relations(app):
    """Return the names by which rows of ``app`` could be asked for rows of the apps above it."""
    names = set()
    for model in apps.get_app_config(app).get_models():
        for relation in model._meta.related_objects:
            if relation.related_model._meta.app_label in above(app):
                names |= {relation.get_accessor_name(), relation.related_query_name or relation.name}
    return names - {None}


def asked(path):
    """Return every name that a queryset in this file goes by, piece by piece."""
    pieces = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ASKING:
                values = [word.arg for word in node.keywords if word.arg]
                values += [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                pieces |= {piece for value in values if isinstance(value, str) for piece in value.split("__")}
    return {piece.lstrip("-") for piece in pieces}


@pytest.mark.parametrize("app", ORDER[:-1])
def test_no_queryset_names_a_relation_of_an_upper_app(app):
    lower = {name for known in ORDER[: ORDER.index(app) + 1] for name in own_fields(known)}
    forbidden = upper_relations(app) - lower
    assert forbidden or app == "stemnet"
    assert {path.name: names for path in sources(app) if (names := asked(path) & forbidden)} == {}


def own_fields(app):
    """Return the names of what the models of an app have of their own."""
    return {field.name for model in apps.get_app_config(app).get_models() for field in model._meta.fields}


def templates(app):
    """Return the templates of an app; what stands beside the apps belongs to the ground."""
    root = Path(settings.BASE_DIR) / "templates"
    for path in sorted(root.rglob("*.*")):
        owners = [name for name in ORDER if name in path.relative_to(root).parts]
        if (owners[0] if owners else "stemnet") == app:
            yield path


@pytest.mark.parametrize("app", ORDER)
def test_no_template_loads_tags_of_an_upper_app(app):
    libraries = {name: module.split(".")[0] for name, module in get_installed_libraries().items()}
    faults = {}
    for path in templates(app):
        for words in re.findall(r"{%\s*load\s+(.*?)\s*%}", path.read_text()):
            upward = {name for name in words.split() if libraries.get(name) in above(app)}
            if upward:
                faults[str(path)] = upward
    assert faults == {}
