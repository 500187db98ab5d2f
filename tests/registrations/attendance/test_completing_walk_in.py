"""Somebody who walked in adds what only they can say."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from meetings.models import Commitment, CommitmentVersion
from partners.people.domain import addresses
from partners.people.domain.organizations import Workplace
from registrations.attendance.domain.walking_in import walk_in
from stemnet.models import Mail
from tests.factories import SWEEP, a_group, a_meeting, a_network, a_registration, a_user

pytestmark = pytest.mark.django_db
AT = datetime(2020, 10, 14, 13, 30, tzinfo=UTC)


@pytest.fixture
def registration(client):
    network = a_network(meetings=0)
    commitment = Commitment.objects.create(network=network)
    CommitmentVersion.objects.create(commitment=commitment, text="come to the meetings", written_at=AT)
    registration = walk_in(
        meeting=a_meeting(network),
        address="ana@example.org",
        first_name="Ana",
        last_name="Sousa",
        workplace=Workplace(words="Somewhere"),
        by=SWEEP,
        at=AT,
    )
    client.force_login(addresses.ensure_user(registration.person, at=AT))
    return registration


def send(client, registration, **typed):
    version = CommitmentVersion.objects.get()
    answers = {
        "first_name": "Ana",
        "last_name": "Sousa",
        "organization": "Somewhere",
        "organization_choice": "-",
        "job": "coach",
        "grade_bands": ["6-8"],
        "attending": "self",
        "shown": str(version.pk),
        f"accept_{version.pk}": "on",
    }
    return client.post(
        reverse("complete_registration", args=[registration.network.slug]), {**answers, **typed}
    )


def test_the_mail_leads_to_the_page(client, registration):
    page = reverse("complete_registration", args=[registration.network.slug])
    assert page in Mail.objects.get(template="mail/registrations/walked_in").text
    assert "Finish your registration" in client.get(page).content.decode()


def test_the_rest_is_kept_and_can_be_sent_twice(client, registration):
    group = a_group(registration.network)
    for _ in range(2):
        assert send(client, registration, group=str(group.pk)).status_code == 302
    registration.refresh_from_db()
    assert (registration.grade_bands, registration.position.job) == (["6-8"], "coach")
    assert (registration.acceptances.count(), registration.group_memberships.count()) == (1, 1)


def test_a_required_commitment_is_asked_for(client, registration):
    version = CommitmentVersion.objects.get()
    response = send(client, registration, **{f"accept_{version.pk}": ""})
    assert (response.status_code, registration.acceptances.count()) == (422, 0)


def test_only_the_own_registration_made_by_others_can_be_completed(client, registration):
    page = reverse("complete_registration", args=[registration.network.slug])
    somebody = a_user()
    client.force_login(somebody)
    assert client.get(page).status_code == 404
    own = a_registration(a_network(), somebody.person)
    assert client.get(reverse("complete_registration", args=[own.network.slug])).status_code == 404
