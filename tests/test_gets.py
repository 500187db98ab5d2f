"""No GET and no HEAD changes anything: programs that check mail open every link in it (docs/rules.md 7.3)."""

import pytest
from django.apps import apps
from django.test import Client

from tests.permission_table import POSTS, TABLE
from tests.stemnet.test_private_pages import SELF_CONTAINED, unstored
from tests.test_permissions import address_of
from tests.world import a_world

pytestmark = pytest.mark.django_db
NOT_OURS = {"sessions.Session", "usersessions.UserSession"}  # when a browser was last seen


def rows():
    """Every row of every table."""
    models = apps.get_models(include_auto_created=True)
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in models
        if model._meta.label not in NOT_OURS
    }


@pytest.mark.parametrize("role", ["anonymous", "educator", "coordinator"])
def test_no_get_changes_a_row(role):
    world = a_world()
    client = Client()
    if person := world.people[role]:
        client.force_login(person.user)
    before, stored = rows(), []
    for name in sorted(set(TABLE) - POSTS):
        answer = client.get(address_of(name, world))
        answer.close()
        if role == "coordinator" and name not in SELF_CONTAINED and not unstored(answer):
            stored.append(name)
        if person is None:
            client.head(address_of(name, world))
    after = rows()
    assert [label for label in before if before[label] != after[label]] == []
    assert stored == []  # by browsers and proxies: each page is looked at once for both
