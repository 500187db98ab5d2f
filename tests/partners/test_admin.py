"""The repair desk of partners."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from model_bakery import baker

from partners.models import EducatorNumber, Organization, Partnership, Person, Preference, Provider, User
from stemnet.models import Mail
from tests.factories import (
    NOW,
    a_coordinator,
    a_partnership,
    a_person,
    a_position,
    a_staff_member,
    a_user,
    an_organization,
)

pytestmark = pytest.mark.django_db
LISTS = ["organization", "person", "position", "provider", "preference", "user"]


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator().user)
    return client


def many(number):
    a_partnership()
    for step in range(number):
        person = a_user().person
        a_position(person, organization=an_organization(part_of=an_organization()))
        Provider.objects.create(name=f"Provider {number} {step}")
        Preference.objects.create(person=person, topic="news", muted_at=NOW)
        Authenticator.objects.create(user=person.user, type="totp", data={"secret": "never show"})


@pytest.mark.parametrize("name", [f"partners/{name}" for name in LISTS] + ["mfa/authenticator"])
def test_every_list_asks_the_database_equally_often(desk, name):
    desk.get(f"/admin/{name}/")
    counts = []
    for number in (1, 29):
        many(number)
        Partnership.objects.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get(f"/admin/{name}/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", LISTS)
def test_search_and_add_pages_open(desk, name):
    many(1)
    assert desk.get(f"/admin/partners/{name}/", {"q": "district 1"}).status_code == 200
    assert desk.get(f"/admin/partners/{name}/add/").status_code == (403 if name == "user" else 200)


def test_only_coordinators_open_the_desk(client):
    for who, status in ((a_user(), 403), (a_staff_member().user, 403), (a_coordinator().user, 200)):
        client.force_login(who)
        assert client.get("/admin/partners/person/", follow=True).status_code == status


def test_signing_in_to_the_desk_goes_through_allauth(client):
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2F"
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).status_code == 302


def test_partnership_list_leads_to_its_one_row(desk):
    assert desk.get("/admin/partners/partnership/")["Location"].endswith("/add/")
    row = a_partnership()
    assert desk.get("/admin/partners/partnership/")["Location"].endswith(f"/{row.pk}/change/")
    assert desk.get("/admin/partners/partnership/add/").status_code == 403


def person_form(**fields):
    empty = {
        f"{name}-{part}": 0
        for name in ("emails", "positions", "educator_numbers")
        for part in ("INITIAL_FORMS", "TOTAL_FORMS")
    }
    return {"first_name": "Ana", "last_name": "Sousa", "language": "en", **empty, **fields}


def test_a_person_made_here_has_a_primary_address_in_lower_case(desk):
    fields = {"emails-TOTAL_FORMS": 1, "emails-0-address": "ana@example.org"}
    assert desk.post("/admin/partners/person/add/", person_form(**fields)).status_code == 302
    email = Person.objects.get(first_name="Ana").emails.get()
    assert (email.address, email.primary, email.verified_at) == ("ana@example.org", True, None)


def test_a_coordinator_removes_an_educator_number_and_changes_none(desk):
    person = a_person()
    numbers = [
        EducatorNumber.objects.create(person=person, kind=kind, number="0012345", typed_at=NOW)
        for kind in ("IEIN", "PPID")
    ]
    fields = {"emails-TOTAL_FORMS": 1, "emails-INITIAL_FORMS": 1, "emails-0-id": person.emails.get().pk}
    fields |= {"educator_numbers-TOTAL_FORMS": 2, "educator_numbers-INITIAL_FORMS": 2}
    for place, one in enumerate(numbers):
        fields[f"educator_numbers-{place}-id"] = one.pk
        fields[f"educator_numbers-{place}-number"] = "999"
    fields |= {
        "educator_numbers-0-DELETE": "on",
        "emails-0-person": person.pk,
        "primary": person.primary_address,
    }
    assert desk.post(f"/admin/partners/person/{person.pk}/change/", person_form(**fields)).status_code == 302
    assert [(one.kind, one.number) for one in person.educator_numbers.all()] == [("PPID", "0012345")]


def test_an_address_of_another_person_is_refused_in_a_sentence(desk):
    a_person(address="ana@example.org")
    fields = {"emails-TOTAL_FORMS": 1, "emails-0-address": "ana@example.org"}
    page = desk.post("/admin/partners/person/add/", person_form(**fields))
    assert (page.status_code, Person.objects.filter(first_name="Ana").count()) == (200, 0)


def test_a_new_primary_address_changes_the_login_and_tells_the_old_one(desk):
    user = a_user(address="old@example.org")
    fields = {
        "emails-TOTAL_FORMS": 2,
        "emails-INITIAL_FORMS": 1,
        "emails-0-id": user.person.emails.get().pk,
        "emails-0-person": user.person.pk,
        "emails-1-person": user.person.pk,
        "emails-1-address": "new@example.org",
        "primary": "old@example.org",
    }
    path = f"/admin/partners/person/{user.person.pk}/change/"
    assert desk.post(path, person_form(**fields)).status_code == 302
    assert desk.post(path, person_form(primary="new@example.org")).status_code == 302
    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert sorted(EmailAddress.objects.filter(user=user).values_list("email", "primary")) == [
        ("new@example.org", True),
        ("old@example.org", False),
    ]
    assert Mail.objects.get().address == "old@example.org"


def test_history_says_who_changed_what(desk):
    person = a_person()
    desk.post(f"/admin/partners/person/{person.pk}/change/", person_form(first_name="Rosa"))
    page = desk.get(f"/admin/partners/person/{person.pk}/history/").content.decode()
    coordinator = User.objects.get(groups__name="coordinator")
    assert coordinator.email in page


def test_a_login_is_made_for_somebody_who_never_signed_in(desk):
    person = a_person()
    chosen = {"action": "make_logins", "index": "0", "_selected_action": [person.pk]}
    page = desk.post("/admin/partners/person/", chosen)
    sent = {"plan": page.context["sealed"], "row": [person.pk]}
    desk.post("/admin/partners/person/acts/make_logins/", sent)
    assert User.objects.get(person=person).email == person.primary_address


def test_no_secret_and_no_password_is_shown(desk):
    user = a_user()
    factor = Authenticator.objects.create(user=user, type="totp", data={"secret": "JBSWY3DP"})
    pages = [
        desk.get(f"/admin/partners/user/{user.pk}/change/").content,
        desk.get(f"/admin/mfa/authenticator/{factor.pk}/change/").content,
    ]
    assert not [page for page in pages if user.password.encode() in page or b"JBSWY3DP" in page]


def test_a_lost_second_factor_is_removed(desk):
    factor = Authenticator.objects.create(user=a_user(), type="totp", data={})
    desk.post(f"/admin/mfa/authenticator/{factor.pk}/delete/", {"post": "yes"})
    assert not Authenticator.objects.exists()


def test_a_coordinator_can_not_make_a_superuser(desk):
    user = a_user()
    desk.post(f"/admin/partners/user/{user.pk}/change/", {"is_active": "on", "is_superuser": "on"})
    user.refresh_from_db()
    assert (user.is_active, user.is_superuser) == (True, False)


def test_copies_and_session_keys_have_no_page(desk):
    for path in ("/admin/account/emailaddress/", "/admin/usersessions/usersession/", "/admin/auth/group/"):
        assert desk.get(path).status_code == 404


def test_lists_of_20000_rows_are_counted_once(desk):
    baker.make(Organization, _quantity=3, _bulk_create=True, slug=iter("abc"), name=iter("ABC"))
    page = desk.get("/admin/partners/organization/", {"q": "A"})
    assert page.context["cl"].show_full_result_count is False


def test_a_stage_is_moved_on_the_way_only(client):
    organization = an_organization(stage="suggested")
    client.force_login(a_coordinator().user)
    url = reverse("admin:partners_organization_change", args=[organization.pk])
    page = client.get(url).content.decode()
    assert ('name="stage"' in page, reverse("prospect", args=[organization.slug]) in page) == (False, True)


def test_nobody_else_says_that_somebody_is_named_in_the_directory(desk):
    position = a_position(a_person())
    for model, row in (("person", position.person), ("position", position)):
        page = desk.get(reverse(f"admin:partners_{model}_change", args=[row.pk])).content.decode()
        assert re.findall(r'name="[\w-]*public"', page) == []
