"""One's own two accounts made one by proving both addresses, and old addresses that a coordinator decides."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.merging.domain import claims, merging
from partners.merging.exceptions import ClaimRefused
from partners.models import AccountClaim, Merge, Person, PersonEmail
from partners.people.domain import own_proofs
from stemnet.models import Mail
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
ADDRESSES, CODE, COMBINE = "/learning/addresses/", "/learning/addresses/code/", "/learning/data/combine/"


@pytest.fixture
def person(client):
    someone = factories.a_user(first_name="Ana", last_name="Reis", address="ana@home.example.org").person
    client.force_login(someone.user)
    return someone


def prove(client, address):
    """Type another address and the code that was sent to it."""
    client.post(ADDRESSES, {"address": address})
    mail = Mail.objects.filter(template="mail/partners/address_code", address=address).latest("pk")
    return client.post(CODE, {"code": re.search(r"\b\d{6}\b", mail.text)[0]})


def test_the_other_account_is_shown_and_then_combined(client, person):
    other = factories.a_user(first_name="Anna", last_name="Reis", address="ana@school.example.org").person
    network = factories.a_network(title="Chemistry")
    factories.a_registration(network, other)
    assert prove(client, "ana@school.example.org")["Location"] == COMBINE
    page = client.get(COMBINE).content.decode()
    assert "Anna Reis" in page and "ana@school.example.org" in page and "Chemistry" in page
    assert Person.objects.get(pk=other.pk).merged_into is None
    choice = {"sure": "1", "first_name": "other", "primary": "one"}
    done = client.post(COMBINE, choice)
    assert done["Location"] == reverse("own_data")
    kept = Person.objects.get(pk=person.pk)
    assert (kept.first_name, kept.registrations.count(), kept.emails.count()) == ("Anna", 1, 2)
    assert Merge.objects.get().by == person
    told = Mail.objects.filter(template="mail/partners/people_merged")
    assert {mail.address for mail in told} == {"ana@home.example.org", "ana@school.example.org"}
    assert all("You confirmed both" in " ".join(mail.text.split()) for mail in told)


def test_a_coordinator_undoes_it(client, person):
    other = factories.a_person(address="ana@school.example.org")
    prove(client, "ana@school.example.org")
    client.post(COMBINE, {"sure": "1", "first_name": "one", "last_name": "one", "primary": "one"})
    client.force_login(factories.a_coordinator().user)
    client.post(reverse("merge_undo", args=[Merge.objects.get().uid]))
    assert Person.objects.get(pk=other.pk).merged_into is None


def test_somebody_imported_is_claimed_the_same_way(client, person):
    imported = factories.a_person(
        first_name="Ana", last_name="Reis", address="ana@list.example.org", verified=False
    )
    prove(client, "ana@list.example.org")
    client.post(COMBINE, {"sure": "1", "primary": "one"})
    assert Person.objects.get(pk=imported.pk).merged_into == person


def test_without_a_proof_there_is_nothing_to_combine(client, person):
    factories.a_user(address="ana@school.example.org")
    assert client.get(COMBINE)["Location"] == ADDRESSES
    assert client.post(COMBINE, {"sure": "1"})["Location"] == ADDRESSES
    assert Merge.objects.count() == 0


def test_an_old_proof_is_none(client, person):
    factories.a_user(address="ana@school.example.org")
    session = client.session
    own_proofs.remember(session, address="ana@school.example.org", at=NOW)
    session.save()
    assert client.get(COMBINE)["Location"] == ADDRESSES


def test_a_post_sent_twice_combines_once(client, person):
    factories.a_user(address="ana@school.example.org")
    prove(client, "ana@school.example.org")
    choice = {"sure": "1", "first_name": "one", "last_name": "one", "primary": "one"}
    client.post(COMBINE, choice)
    assert client.post(COMBINE, choice)["Location"] == ADDRESSES
    assert Merge.objects.count() == 1


@pytest.mark.parametrize("other", [factories.a_staff_member, factories.a_coordinator])
def test_an_account_with_a_second_step_is_not_combined_by_a_code_alone(client, person, other):
    other(address="work@example.org")
    prove(client, "work@example.org")
    page = client.get(COMBINE, follow=True).content.decode()
    assert "Ask a coordinator" in page
    client.post(COMBINE, {"sure": "1"})
    assert Merge.objects.count() == 0


def test_staff_combine_their_own_second_account(client):
    staff = factories.a_staff_member(address="staff@example.org")
    factories.a_user(address="home@example.org")
    client.force_login(staff.user)
    prove(client, "home@example.org")
    client.post(COMBINE, {"sure": "1", "first_name": "one", "last_name": "one", "primary": "one"})
    assert Merge.objects.get().kept == staff.pk


CLAIM = "/learning/data/claim/"


@pytest.mark.parametrize("address", ["known@school.example.org", "unknown@school.example.org"])
def test_a_claim_is_answered_the_same_for_known_and_unknown_addresses(client, person, address):
    factories.a_person(address="known@school.example.org")
    page = client.post(CLAIM, {"address": address, "words": "I taught there"}, follow=True)
    words = re.sub(r"\s+", " ", page.content.decode().replace(address, "ADDRESS"))
    assert "A coordinator will look at it." in words
    assert AccountClaim.objects.get().address == address


def test_coordinators_are_told_and_combine(client, person):
    desk = factories.a_coordinator(address="desk@example.org")
    old = factories.a_person(first_name="Ana", last_name="Old", address="ana@left.example.org")
    client.post(CLAIM, {"address": "Ana@left.example.org", "words": "I taught there until 2019"})
    (mail,) = Mail.objects.filter(key__startswith="claimed:")
    claim = AccountClaim.objects.get()
    url = reverse("claim", args=[claim.uid])
    assert (mail.address, url in mail.text, "until 2019" in mail.text) == ("desk@example.org", True, True)
    client.force_login(desk.user)
    page = client.get(url).content.decode()
    assert "Ana Old" in page and "Combine the two" in page
    assert client.post(url, {"act": "accept"})["Location"] == reverse("claims")
    assert Person.objects.get(pk=old.pk).merged_into == person
    assert client.post(url, {"act": "accept"}).status_code == 422
    told = Mail.objects.filter(template="mail/partners/people_merged").values_list("address", flat=True)
    assert set(told) == {"ana@home.example.org", "ana@left.example.org"}


def test_a_claim_is_declined_with_a_reason_that_is_mailed(client, person):
    client.post(CLAIM, {"address": "x@left.example.org", "words": "W"})
    url = reverse("claim", args=[AccountClaim.objects.get().uid])
    client.force_login(factories.a_coordinator().user)
    assert client.post(url, {"act": "decline", "reason": " "}).status_code == 422
    client.post(url, {"act": "decline", "reason": "The school doesn't know you."})
    (mail,) = Mail.objects.filter(key__startswith="claim_declined:")
    assert ("The school doesn't know you." in mail.text, mail.address) == (True, "ana@home.example.org")


def test_one_claim_waits_at_a_time_and_is_taken_back(client, person):
    claims.ask(person, address="x@left.example.org", words="W", at=NOW)
    again = client.post(CLAIM, {"address": "y@left.example.org", "words": "W"})
    assert (again.status_code, AccountClaim.objects.count()) == (422, 1)
    client.post("/learning/data/claim/back/")
    client.post("/learning/data/claim/back/")
    assert AccountClaim.objects.get().answer == "taken_back"
    assert client.post(CLAIM, {"address": "y@left.example.org", "words": "W"}).status_code == 302


def test_ones_own_address_is_no_claim(person):
    with pytest.raises(ClaimRefused, match="already belongs"):
        claims.ask(person, address="ana@home.example.org", words="W", at=NOW)


def test_nobody_to_combine_with_is_said(client, person):
    claim = claims.ask(person, address="nobody@left.example.org", words="W", at=NOW)
    with pytest.raises(ClaimRefused, match="Nobody else"):
        claims.accept(claim, by=factories.a_coordinator(), at=NOW)


def test_merging_by_oneself_needs_no_rights_over_oneself(person):
    other = factories.a_person()
    merging.merge_people(kept=person, gone=other, take=set(), by=person, at=NOW)
    assert PersonEmail.objects.filter(person=person).count() == 2


def test_the_list_of_claims_asks_as_often_for_thirty_as_for_one(client):
    desk = factories.a_coordinator()
    client.force_login(desk.user)

    def asked():
        with CaptureQueriesContext(connection) as told:
            client.get(reverse("claims"))
        return len(told)

    claims.ask(factories.a_person(), address="a@left.example.org", words="W", at=NOW)
    asked()
    one = asked()
    for number in range(30):
        claims.ask(factories.a_person(), address=f"a{number}@left.example.org", words="W", at=NOW)
    assert asked() == one
