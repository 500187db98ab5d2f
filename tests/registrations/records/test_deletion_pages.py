"""The pages by which one has one's data deleted, and those by which a coordinator does it on request."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.models import Person
from registrations.models import Registration
from stemnet.models import Mail
from tests import factories
from tests.partners.signing_rows import a_signature

pytestmark = pytest.mark.django_db
PAGE, CODE = "/learning/data/delete/", "/learning/data/delete/code/"


@pytest.fixture
def person(client):
    someone = factories.a_user(first_name="Eva", last_name="Stone").person
    client.force_login(someone.user)
    return someone


def code_of_mail():
    mail = Mail.objects.filter(template="mail/partners/deletion_code").latest("pk")
    return re.search(r"\b\d{6}\b", mail.text)[0]


def test_the_page_says_beforehand_what_goes_and_what_stays(client, person):
    network = factories.a_network(meetings=0, title="Chemistry")
    factories.a_meeting(network, on=timezone.localdate() + timedelta(days=9))
    factories.a_registration(network, person)
    words = client.get(PAGE).content.decode()
    assert "Chemistry" in words and "What stays, and why" in words
    assert Registration.objects.get().is_live


def test_a_code_by_mail_deletes_and_signs_out(client, person):
    assert client.post(PAGE)["Location"] == CODE
    answer = client.post(CODE, {"code": code_of_mail()}, follow=True)
    assert "Your data is deleted" in answer.content.decode()
    assert Person.objects.get(pk=person.pk).removed_at
    assert client.get(PAGE).status_code == 302


def test_a_wrong_code_deletes_nothing_and_asks_again(client, person):
    client.post(PAGE)
    wrong = f"{(int(code_of_mail()) + 1) % 1_000_000:06d}"
    page = client.post(CODE, {"code": wrong})
    assert (page.status_code, "not the code we sent" in page.content.decode()) == (200, True)
    assert Person.objects.get(pk=person.pk).removed_at is None


def test_a_post_sent_twice_leads_to_signing_in(client, person):
    client.post(PAGE)
    code = code_of_mail()
    client.post(CODE, {"code": code})
    assert client.post(CODE, {"code": code}).status_code == 302
    assert Person.objects.filter(removed_at__isnull=False).count() == 1


def test_without_a_code_that_was_sent_one_begins_again(client, person):
    assert client.post(CODE, {"code": "123456"})["Location"] == PAGE


def test_of_two_tabs_the_newest_code_counts(client, person):
    client.post(PAGE)
    old = code_of_mail()
    session = client.session
    del session["deletion_proof"]
    session.save()
    client.post(PAGE)
    if old != code_of_mail():
        assert "not the code we sent" in client.post(CODE, {"code": old}).content.decode()
    client.post(CODE, {"code": code_of_mail()})
    assert Person.objects.get(pk=person.pk).removed_at


def test_who_is_to_sign_tomorrow_is_told_what_to_do_first(client):
    signature = a_signature()
    signatory = factories.a_user(address=signature.signatory_email).person
    client.force_login(signatory.user)
    page = client.get(PAGE).content.decode()
    assert signature.organization_name in page and signature.get_absolute_url() in page
    assert "Send me a code" not in page
    assert client.post(PAGE).status_code == 409
    assert not Mail.objects.filter(template="mail/partners/deletion_code").exists()


def test_what_came_in_the_way_after_the_code_keeps_everything(client, person):
    client.post(PAGE)
    factories.a_part(lead_contact=person)
    page = client.post(CODE, {"code": code_of_mail()}, follow=True)
    assert "Hand that over" in page.content.decode()
    assert Person.objects.get(pk=person.pk).removed_at is None


def staff_page(person):
    return reverse("staff_record_delete", args=[person.uid])


def test_a_coordinator_deletes_on_request(client):
    person = factories.a_user().person
    client.force_login(factories.a_coordinator().user)
    refused = client.post(staff_page(person), {"reason": "by phone"})
    assert (refused.status_code, Person.objects.get(pk=person.pk).removed_at) == (422, None)
    done = client.post(staff_page(person), {"reason": "by phone", "sure": "on"})
    assert done["Location"] == reverse("staff")
    assert client.get(staff_page(person)).status_code == 404


def test_what_was_typed_stays_where_it_is_refused(client):
    person = factories.a_part(lead_contact=factories.a_user().person).lead_contact
    client.force_login(factories.a_coordinator().user)
    page = client.post(staff_page(person), {"reason": "by phone", "sure": "on"})
    assert page.status_code == 422
    assert "Hand that over" in page.content.decode()
