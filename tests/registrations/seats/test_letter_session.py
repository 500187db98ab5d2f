"""A letter of invitation says when the information session is, in the reader's zone, or that it isn't set."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from partners.models import LetterTemplate
from partners.prospects.domain import inviting, reminding_invited
from stemnet.models import Mail
from tests.factories import NOW, SWEEP, a_coordinator, a_network, a_partnership, a_suggestion, an_organization
from tests.partners.signing_pages import words

pytestmark = pytest.mark.django_db
UNSET = "Its date isn't set yet. Tell us if you're interested, and we'll write to you with it."


@pytest.fixture(autouse=True)
def partnership():
    return a_partnership(postal_address="285 Old Westport Road, Dartmouth, MA 02747")


def a_session():
    plain = {"kind": "information_session", "credit_code": "", "asks_evaluation": False}
    return a_network(title="Becoming a partner", zone="America/Chicago", **plain)


def letter_to(state):
    suggestion = a_suggestion(an_organization(stage="none", state=state))
    shipped = LetterTemplate.objects.get()
    inviting.send_invitation(suggestion, subject=shipped.subject, body=shipped.body, by=SWEEP, at=NOW)
    return Mail.objects.latest("pk").text


@pytest.mark.parametrize(
    ("state", "when"),
    [
        ("MA", "Wed, Oct 14, 2020, 10:00 a.m. to 1:00 p.m. ET"),
        ("OR", "Wed, Oct 14, 2020, 7:00 a.m. to 10:00 a.m. PT"),
        ("HI", "Wed, Oct 14, 2020, 4:00 a.m. to 7:00 a.m. HST"),
        ("", "Wed, Oct 14, 2020, 9:00 a.m. to 12 noon CT"),
    ],
)
def test_the_shipped_letter_says_when_the_session_is_where_the_reader_is(state, when):
    a_session()
    assert f"Come to our information session. The next one is on {when}." in letter_to(state)


def test_the_letter_says_that_no_date_is_set_and_the_page_of_letters_warns(client):
    assert UNSET in letter_to("MA")
    a_suggestion()
    client.force_login(a_coordinator().user)
    with time_machine.travel(NOW, tick=False):
        before = words(client.get(reverse("letters")))
        a_session()
        after = words(client.get(reverse("letters")))
    warning = "No information session is planned"
    assert (warning in before, warning in after) == (True, False)


def test_the_reminder_names_the_session_too():
    letter_to("MA")
    a_session()
    Mail.objects.all().delete()
    with time_machine.travel(NOW, tick=False):
        reminding_invited.sweep_invitations(at=NOW + timedelta(days=11))
    assert "The next one is on Wed, Oct 14, 2020, 10:00 a.m. to 1:00 p.m. ET." in Mail.objects.get().text
