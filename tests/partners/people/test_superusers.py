"""A login with all rights: only its like puts an address to it, joins it, or takes its second factor."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from partners.merging.domain.merging import merge_people
from partners.merging.exceptions import MergeRefused
from partners.models import PersonEmail, User
from partners.people.domain import addresses
from partners.people.exceptions import AddressTaken
from tests.factories import NOW, a_coordinator, a_person, a_user

pytestmark = pytest.mark.django_db
INLINES = {
    f"{prefix}-{name}": "0"
    for prefix in ("emails", "positions", "educator_numbers")
    for name in ("TOTAL_FORMS", "INITIAL_FORMS")
}


def a_superuser():
    user = a_user(address="root@example.org")
    user.is_superuser = True
    user.save()
    return user


def desk(user):
    client = Client()
    client.force_login(user)
    return client


def add_address(client, person):
    row = {"emails-0-id": "", "emails-0-person": person.pk, "emails-0-address": "mine@example.org"}
    counted = {**INLINES, "emails-TOTAL_FORMS": "1", **row}
    names = {"first_name": "A", "last_name": "B", "language": "en", "primary": ""}
    return client.post(f"/admin/partners/person/{person.pk}/change/", {**names, **counted})


def test_a_coordinator_adds_no_address_to_one():
    root, coordinator = a_superuser(), a_coordinator()
    assert add_address(desk(coordinator.user), root.person).status_code == 403
    assert not PersonEmail.objects.filter(address="mine@example.org").exists()


def test_a_coordinator_adds_one_to_anybody_else():
    person = a_person()
    assert add_address(desk(a_coordinator().user), person).status_code == 302
    assert person.emails.filter(address="mine@example.org").exists()


@pytest.mark.parametrize("kept_is_root", [True, False])
def test_a_coordinator_merges_none(kept_is_root):
    root, other, coordinator = a_superuser().person, a_person(), a_coordinator()
    kept, gone = (root, other) if kept_is_root else (other, root)
    with pytest.raises(MergeRefused, match="Only an administrator can merge them"):
        merge_people(kept=kept, gone=gone, take=set(), by=coordinator, at=NOW)
    assert PersonEmail.objects.filter(person=root).count() == 1


def test_one_with_all_rights_may():
    root, other, third = a_superuser(), a_person(), a_person()
    merge_people(kept=other, gone=third, take=set(), by=root.person, at=NOW)
    assert other.emails.count() == 2


def test_a_login_without_a_person_is_joined_by_nobody_who_could_sign_in_by_another_address():
    User.objects.create_user("root@example.org", "a password of its own", is_superuser=True)
    person = a_person(address="root@example.org", verified=False)
    addresses.add_address(person, address="mine@example.org")
    with pytest.raises(AddressTaken):
        addresses.ensure_user(person, at=NOW)
    PersonEmail.objects.filter(address="mine@example.org").delete()
    assert addresses.ensure_user(person, at=NOW).is_superuser


def test_a_coordinator_switches_none_off_and_takes_no_second_factor():
    root, client = a_superuser(), desk(a_coordinator().user)
    factor = Authenticator.objects.create(user=root, type="totp", data={"secret": "x"})
    other = Authenticator.objects.create(user=a_user(), type="totp", data={"secret": "x"})
    sent = {"is_active": "", "groups": []}
    assert client.post(f"/admin/partners/user/{root.pk}/change/", sent).status_code == 403
    for one in (factor, other):
        client.post(f"/admin/mfa/authenticator/{one.pk}/delete/", {"post": "yes"})
        client.post(
            "/admin/mfa/authenticator/",
            {"action": "delete_selected", "_selected_action": str(one.pk), "post": "yes"},
        )
    assert list(Authenticator.objects.all()) == [factor]
    root.refresh_from_db()
    assert root.is_active
