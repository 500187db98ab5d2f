"""Coordinators and staff need an authenticator app or a passkey outside a demo."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import AnonymousUser

from meetings.models import Appointment
from partners.people.adapters import sign_in
from partners.people.domain import addresses, second_factor
from stemnet.models import Mail
from tests.factories import NOW, a_coordinator, a_network, a_person, a_staff_member, a_user

pytestmark = pytest.mark.django_db
SET_UP = "/learning/second-factor/"


@pytest.fixture(autouse=True)
def production(settings):
    settings.DEBUG = False
    settings.STAFF_NEED_SECOND_FACTOR = True


def with_app(user):
    """Give ``user`` an authenticator app and return its secret."""
    secret = generate_totp_secret()
    Authenticator.objects.create(user=user, type="totp", data={"secret": get_adapter().encrypt(secret)})
    return secret


def digits(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.mark.parametrize("make", [a_coordinator, a_staff_member])
@pytest.mark.parametrize("path", ["/admin/", "/learning/profile/", "/partners/"])
def test_who_works_for_others_is_led_to_set_one_up(client, make, path):
    client.force_login(make().user)
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"{SET_UP}?next={path.replace('/', '%2F')}")


def test_the_page_explains_and_leads_on(client):
    client.force_login(a_staff_member().user)
    page = client.get(SET_UP).content.decode()
    assert [
        path for path in ("/accounts/2fa/webauthn/add/", "/accounts/2fa/totp/activate/") if path in page
    ] == [
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/totp/activate/",
    ]


def test_where_it_leads_stays_on_this_site(client):
    person = a_staff_member()
    with_app(person.user)
    client.force_login(person.user)
    assert b"evil" not in client.get(f"{SET_UP}?next=https://evil.example/").content


@pytest.mark.parametrize("path", ["/accounts/password/reset/", "/accounts/logout/", SET_UP])
def test_what_is_needed_for_it_stays_open(client, path):
    client.force_login(a_staff_member().user)
    assert client.get(path).status_code == 200


def test_with_an_app_everything_opens(client):
    person = a_coordinator()
    with_app(person.user)
    client.force_login(person.user)
    assert client.get("/admin/").status_code == 200


def test_educators_and_visitors_need_none(client):
    assert client.get("/partners/").status_code == 200
    client.force_login(a_user())
    assert client.get("/learning/profile/").status_code == 200


def test_a_demo_asks_for_none(client, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    client.force_login(a_coordinator().user)
    assert client.get("/admin/").status_code == 200


def test_upper_apps_add_reasons(client, monkeypatch):
    monkeypatch.setattr(second_factor, "_reasons", [])
    user = a_user()
    assert not second_factor.is_needed(user)
    second_factor.needed_when(lambda person: person == user.person)
    assert second_factor.is_needed(user)


def test_setting_up_an_app_opens_everything(client, django_capture_on_commit_callbacks):
    person = a_staff_member(address="staff@example.org")
    person.user.set_unusable_password()
    person.user.save()
    addresses.ensure_user(person, at=NOW)
    client.force_login(person.user)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/totp/activate/", {"code": digits(secret)})
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    assert [mail.subject for mail in Mail.objects.all()] == ["An authenticator app was added"]
    assert client.get("/learning/profile/").status_code == 200


def test_the_second_factor_is_asked_at_each_sign_in(client):
    person = a_staff_member(address="staff@example.org")
    secret = with_app(person.user)
    answer = client.post("/accounts/login/", {"login": "staff@example.org", "password": "network-demo"})
    assert (answer["Location"], "_auth_user_id" in client.session) == ("/accounts/2fa/authenticate/", False)
    assert (
        b"s current code or one of your recovery codes."
        in client.post("/accounts/2fa/authenticate/", {"code": "000000"}).content
    )
    client.post("/accounts/2fa/authenticate/", {"code": digits(secret)})
    assert client.session["_auth_user_id"] == str(person.user.pk)


def request_of(rf, client):
    request = rf.get("/")
    request.session, request.user = client.session, AnonymousUser()
    request._messages = type("Messages", (), {"add": lambda *args: None})()
    return request


def test_proving_an_address_elsewhere_still_asks_for_it(rf, client):
    from allauth.core import context

    person = a_person()
    request = request_of(rf, client)
    with context.request_context(request):
        answer = sign_in(request, person, at=NOW, redirect_url="/networks/")
    assert (answer["Location"], request.user) == ("/networks/", person.user)
    with_app(person.user)
    request = request_of(rf, client)
    with context.request_context(request):
        answer = sign_in(request, person, at=NOW, redirect_url="/networks/")
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")


def test_an_appointment_for_one_network_needs_one_too(client):
    user = a_user()
    Appointment.objects.create(network=a_network(), person=user.person)
    client.force_login(user)
    assert client.get("/learning/profile/").status_code == 302
