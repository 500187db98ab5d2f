"""Staff correct an address: at once where nobody proved one, else the person is asked to."""

import pytest
from django.urls import reverse

from partners.people.exceptions import AddressTaken
from registrations.seats.domain import readdressing
from registrations.seats.exceptions import RegistrationRefused
from stemnet.models import Mail
from tests.factories import NOW, SWEEP, a_network, a_person, a_registration, a_staff_member

pytestmark = pytest.mark.django_db


def registered(**fields):
    return a_registration(a_network(), a_person(address="old@example.org", **fields))


def corrected(one, address="New@example.org", reason="She told us"):
    return readdressing.correct_address(one, address=address, by=SWEEP, at=NOW, reason=reason)


def addresses_of(one):
    return list(one.person.emails.order_by("address").values_list("address", "primary"))


def told():
    rows = Mail.objects.filter(key__startswith="address_corrected").order_by("address")
    return [(mail.address, mail.subject.partition(":")[0].partition("?")[0]) for mail in rows]


def test_an_address_that_nobody_proved_is_replaced_and_both_are_told():
    one = registered(verified=False)
    assert corrected(one) is True
    assert addresses_of(one) == [("new@example.org", True)]
    assert one.person.emails.get().verified_at is None
    assert told() == [("new@example.org", "Your e-mail address was corrected")]
    assert Mail.objects.filter(key__startswith="primary_changed", address="old@example.org").count() == 1


def test_a_proved_address_stays_and_the_person_is_asked():
    one = registered()
    assert corrected(one) is False
    assert addresses_of(one) == [("old@example.org", True)]
    words = "Is this your e-mail address"
    assert told() == [("new@example.org", words), ("old@example.org", words)]
    assert one.changes.last().reason == "asked to add another e-mail address: She told us"


def test_the_address_of_somebody_else_and_their_own_are_refused():
    a_person(address="new@example.org")
    one = registered(verified=False)
    with pytest.raises(AddressTaken):
        corrected(one)
    with pytest.raises(RegistrationRefused):
        corrected(one, "OLD@example.org")
    assert told() == []


def test_it_is_corrected_on_the_page_and_a_refusal_keeps_what_was_typed(client):
    client.force_login(a_staff_member().user)
    one = registered(verified=False)
    page = reverse("staff_person_correct", args=[one.network.slug, one.uid])
    refused = client.post(page, {"act": "address", "address": "new@example.org", "reason": ""})
    assert refused.status_code == 422
    assert 'value="new@example.org"' in refused.content.decode()
    done = client.post(page, {"act": "address", "address": "new@example.org", "reason": "x"}, follow=True)
    assert "E-mail goes to new@example.org now." in done.content.decode()
