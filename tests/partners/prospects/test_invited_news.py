"""What the invited answer or stop is mailed to who suggested them and to the coordinators."""

import pytest
from django.urls import reverse

from partners.prospects.domain import inviting
from stemnet.models import Mail
from tests.factories import NOW, a_coordinator, a_person, a_suggestion, an_invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation():
    """A letter of somebody with an address; another suggested the organization too."""
    one = an_invitation(by=a_person(address="sender@example.org"))
    a_suggestion(one.organization, by=a_person(address="second@example.org"), contact_email="")
    a_coordinator(address="office@example.org")
    Mail.objects.all().delete()
    return one


def told():
    return {mail.address: mail for mail in Mail.objects.all()}


EVERYONE = {"sender@example.org", "second@example.org", "office@example.org"}


def test_an_answer_is_mailed_to_who_suggested_and_to_the_coordinators(invitation):
    inviting.answer_invitation(invitation, answer="interested", at=NOW, profile="We train teachers.")
    mails = told()
    assert set(mails) == EVERYONE
    assert {mail.subject for mail in mails.values()} == {f"{invitation.organization} answered: Interested"}
    assert ["We train teachers." in mail.text for mail in mails.values()] == [True] * 3
    shown = {
        address
        for address, mail in mails.items()
        if reverse("prospect", args=[invitation.organization.slug]) in mail.text
    }
    assert shown == {"office@example.org"}


def test_the_same_answer_again_is_no_news(invitation):
    inviting.answer_invitation(invitation, answer="interested", at=NOW)
    Mail.objects.all().delete()
    inviting.answer_invitation(invitation, answer="interested", at=NOW)
    assert told() == {}


def test_a_no_is_mailed_with_its_reason(invitation):
    inviting.answer_invitation(invitation, answer="declined", at=NOW, reason="No time")
    assert {address: "No time" in mail.text for address, mail in told().items()} == dict.fromkeys(
        EVERYONE, True
    )


def test_stopping_and_allowing_letters_is_mailed_once(invitation):
    for _twice in range(2):
        inviting.stop(invitation.address, at=NOW)
    stopped = told()
    assert set(stopped) == EVERYONE and Mail.objects.count() == 3
    assert {mail.subject for mail in stopped.values()} == {
        f"{invitation.organization} asked us to stop writing"
    }
    Mail.objects.all().delete()
    for _twice in range(2):
        inviting.allow(invitation.address, at=NOW)
    allowed = told()
    assert set(allowed) == EVERYONE and Mail.objects.count() == 3
    assert {mail.subject for mail in allowed.values()} == {
        f"{invitation.organization} wants to hear from us again"
    }
