"""Every key to a person says what the download has of it and what becomes of it on deletion."""

import pytest
from django.apps import apps

from partners.models import Person, User
from partners.people.domain.person_rows import all_kept
from registrations.models import Registration


def keys_to(target):
    """Every concrete key to ``target``, by model and field, histories among them."""
    return [
        (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is target
    ]


def known():
    return {(kept.model, kept.path.partition("__")[0]) for kept in all_kept()}


@pytest.mark.parametrize("target", [Person, Registration])
def test_every_key_says_what_becomes_of_its_rows(target):
    assert [key for key in keys_to(target) if key not in known()] == []


def test_every_key_to_a_login_is_emptied_with_it():
    emptied = {"User_groups", "User_user_permissions", "EmailAddress", "Authenticator", "UserSession"}
    left = [
        (model.__name__, field)
        for model, field in keys_to(User)
        if model.__name__ not in emptied and (model, field) not in known()
    ]
    assert left == [("LogEntry", "user")]  # who repaired what in the admin stays, without the name


def test_whatever_the_download_leaves_out_has_a_reason():
    reasons = [str(kept.not_downloaded) for kept in all_kept() if kept.not_downloaded]
    assert all(reason.endswith(".") for reason in reasons)
    assert len(reasons) < len(all_kept())
