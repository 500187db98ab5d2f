"""Letters of invitation: what they say, whom they reach, what may not be in them, and stopping."""

import base64
from datetime import timedelta

import pytest
import time_machine
from django.core import signing

from partners.merging.domain import merging
from partners.models import Invitation, InvitationStop, LetterTemplate, MailTopic
from partners.people.domain import preferences
from partners.prospects.domain import inviting, letters, reminding_invited, stage_board
from partners.prospects.exceptions import InvitationRefused
from stemnet import jobs
from stemnet.models import Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_coordinator,
    a_partnership,
    a_person,
    a_suggestion,
    an_invitation,
    an_organization,
)

pytestmark = pytest.mark.django_db
BODY = "Dear {name},\n\nCome, {organization}.\n\n{link}\n\n{sender}"
ADDRESS = "285 Old Westport Road, Dartmouth, MA 02747"


@pytest.fixture
def partnership():
    return a_partnership(postal_address=ADDRESS)


@time_machine.travel(NOW, tick=False)  # a link says when it was signed
def test_the_letter_goes_out_in_the_name_of_who_suggested(partnership):
    by = a_person(first_name="Ann", last_name="Agent", address="ann@example.org")
    suggestion = a_suggestion(an_organization(name="Sea Lab", stage="none"), by=by)
    invitation = inviting.send_invitation(
        suggestion, subject="For {organization}", body=BODY, by=SWEEP, at=NOW
    )
    mail = Mail.objects.get()
    assert (mail.subject, mail.headers["Reply-To"], mail.secret) == ("For Sea Lab", "ann@example.org", True)
    assert mail.text.startswith("Dear Dean,\n\nCome, Sea Lab.\n\nhttp")
    assert inviting.link_of(invitation) in mail.text and inviting.link_of(invitation) in mail.html
    assert ADDRESS in mail.text and "Ann Agent" in mail.html
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/invitation/" not in invitation.body
    suggestion.organization.refresh_from_db()
    assert suggestion.organization.stage == "invited"


def test_the_letter_that_is_shipped_may_go_out():
    shipped = LetterTemplate.objects.get()
    letters.check_letter(shipped.subject, shipped.body)


def test_one_letter_an_address(partnership):
    suggestion = a_suggestion()
    sent = [
        inviting.send_invitation(suggestion, subject="S", body=BODY, by=SWEEP, at=NOW) for _number in range(2)
    ]
    assert (sent[1], Mail.objects.count(), Invitation.objects.count()) == (None, 1, 1)


def test_without_a_postal_address_no_letter_goes(db):
    a_partnership()
    with pytest.raises(InvitationRefused, match="mailing address"):
        inviting.send_invitation(a_suggestion(), subject="S", body=BODY, by=SWEEP, at=NOW)
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("subject", "body", "words"),
    [
        ("S", "Dear {name}", "{link} in the text"),
        ("S", "{link} {secret}", "a placeholder"),
        ("S", "{link} {name.__class__}", "a placeholder"),
        ("{link}", "{link}", "subject"),
        ("S", "{link} http://localhost:8000/invitation/abc:def/", "personal link"),
        ("S", "{link} https://elsewhere.example/u/abc:def/", "personal link"),
        ("S", "{link} http://localhost:8000/x/" + "a" * 50, "personal link"),
    ],
)
def test_a_text_that_may_not_go_out_is_refused(subject, body, words, settings):
    settings.SITE_URL = "http://localhost:8000"
    with pytest.raises(InvitationRefused, match=words):
        letters.check_letter(subject, body)


@time_machine.travel(NOW, tick=False)
def test_what_fills_a_placeholder_is_never_read_again(partnership):
    suggestion = a_suggestion(contact_name="{link} {sender} <b>\r\nBcc: x", by=a_person(first_name="Ann"))
    invitation = inviting.send_invitation(suggestion, subject="{name}", body=BODY, by=SWEEP, at=NOW)
    mail = Mail.objects.get()
    assert mail.text.startswith("Dear {link} {sender} <b> Bcc: x,")
    assert (mail.subject, "&lt;b&gt;" in mail.html) == ("{link} {sender} <b> Bcc: x", True)
    assert mail.text.count(inviting.link_of(invitation)) == 1


def test_letters_are_sent_as_a_job_which_may_run_again(partnership):
    keys = [a_suggestion().pk for _number in range(3)]
    person = a_coordinator()
    params = {"suggestions": keys, "subject": "S", "body": BODY, "language": "en", "at": NOW.isoformat()}
    for _number in range(2):
        job = jobs.start_job(kind="partners.letters", params=params, by=str(person.uid), at=NOW, total=3)
        jobs.run_waiting(at=NOW)
        job.refresh_from_db()
        assert (job.state, job.progress, job.error) == ("done", 3, "")
    assert Mail.objects.count() == 3


def test_who_stopped_or_wants_no_invitations_is_not_written_to(partnership):
    stopped, muted, wanted = a_suggestion(), a_suggestion(), a_suggestion()
    inviting.stop(stopped.contact_email, at=NOW)
    preferences.mute(a_person(address=muted.contact_email), MailTopic.NEWS, at=NOW)
    assert list(inviting.to_invite()) == [wanted]


def test_the_page_that_stops_changes_nothing_on_get_and_ends_invitations_only(client, partnership):
    invitation = an_invitation()
    path = inviting.stop_link_of(invitation).split("/", 3)[3]
    assert b"Stop invitations?" in client.get(f"/{path}").content
    assert not InvitationStop.objects.exists()
    assert b"Nothing else has changed" in client.post(f"/{path}", {"List-Unsubscribe": "One-Click"}).content
    assert InvitationStop.objects.get().address == invitation.address
    client.post(f"/{path}", {"again": "1"})
    assert not InvitationStop.objects.exists()
    assert client.get(f"/{path[:-9]}/").status_code == 404


def test_no_link_of_a_letter_spells_the_address_of_whom_it_is_for(partnership):
    invitation = an_invitation(contact_email="dean@example.org")
    links = [inviting.link_of(invitation), inviting.stop_link_of(invitation)]
    held = [base64.urlsafe_b64decode(link.split("/")[-2].split(":")[0] + "===") for link in links]
    assert [b"dean" in one for one in held] == [False, False]


def test_a_link_of_an_old_letter_still_stops_invitations(partnership):
    token = signing.dumps("dean@example.org", salt=inviting.STOP_SALT)
    assert inviting.address_of(token) == "dean@example.org"


@time_machine.travel(NOW, tick=False)
def test_the_invited_are_reminded_once_and_only_while_they_are_silent(partnership):
    silent, said, stopped = an_invitation(), an_invitation(), an_invitation()
    inviting.answer_invitation(said, answer="interested", at=NOW)
    inviting.stop(stopped.address, at=NOW)
    Mail.objects.all().delete()
    for days in (9, 10, 11, 12):
        reminding_invited.sweep_invitations(at=NOW + timedelta(days=days))
    mail = Mail.objects.get()
    assert (mail.address, mail.template) == (silent.address, "mail/partners/invited")
    assert inviting.link_of(silent) in mail.text


def test_a_clock_that_stood_still_for_long_mails_nobody(partnership):
    an_invitation()
    assert reminding_invited.sweep_invitations(at=NOW + timedelta(days=60)) == 0


def test_who_suggested_is_told_once_when_nothing_moves(partnership):
    suggestion = a_suggestion(by=a_person(address="ann@example.org"))
    for days in (20, 21, 22):
        reminding_invited.sweep_invitations(at=NOW + timedelta(days=days))
    mail = Mail.objects.get()
    assert (mail.address, mail.subject) == (
        "ann@example.org",
        f"{suggestion.organization} has been waiting 21 days",
    )


def test_after_how_many_days_is_a_setting_of_mail_and_board(partnership, settings):
    settings.STALE_AFTER_DAYS = 5
    a_suggestion(by=a_person(address="ann@example.org"))
    at = NOW + timedelta(days=5)
    reminding_invited.sweep_invitations(at=at)
    row = stage_board.on_the_way().get()
    assert Mail.objects.get().subject.endswith("has been waiting 5 days")
    assert stage_board.card_of(row, at=at, has_mou=False).is_stale
    assert not stage_board.card_of(row, at=at - timedelta(days=1), has_mou=False).is_stale


def test_an_answer_moves_the_organization_and_can_be_changed():
    invitation = an_invitation()
    inviting.answer_invitation(invitation, answer="interested", at=NOW, profile="We train teachers.")
    inviting.answer_invitation(invitation, answer="declined", at=NOW, reason="No time")
    invitation.organization.refresh_from_db()
    assert (invitation.organization.stage, invitation.reason, invitation.profile) == (
        "declined",
        "No time",
        "We train teachers.",
    )
    inviting.answer_invitation(invitation, answer="coming", at=NOW)
    invitation.organization.refresh_from_db()
    assert (invitation.organization.stage, invitation.reason) == ("interested", "")


def test_one_who_declines_does_not_speak_for_another_who_said_yes():
    first = an_invitation()
    second = an_invitation(first.organization)
    inviting.answer_invitation(first, answer="interested", at=NOW)
    inviting.answer_invitation(second, answer="declined", at=NOW, reason="Not me")
    first.organization.refresh_from_db()
    assert first.organization.stage == "interested"


def test_declining_wants_a_reason():
    with pytest.raises(InvitationRefused, match="why not"):
        inviting.answer_invitation(an_invitation(), answer="declined", at=NOW)


def test_an_answer_moves_nobody_back():
    invitation = an_invitation()
    type(invitation.organization).objects.update(stage="drafting")
    inviting.answer_invitation(invitation, answer="interested", at=NOW)
    invitation.organization.refresh_from_db()
    assert invitation.organization.stage == "drafting"


def two_that_are_one():
    """An organization, and one merged into it that had a letter to the same address."""
    kept, gone = an_organization(stage="invited"), an_organization(stage="invited")
    one, other = (an_invitation(place, contact_email="dean@example.org") for place in (kept, gone))
    merging.merge_organizations(kept=kept, gone=gone, take=set(), by=a_coordinator(), at=NOW)
    return one, other


def test_the_link_of_a_merged_organization_answers_for_the_one_that_stayed():
    one, other = two_that_are_one()
    found = inviting.invitation_of(inviting.link_of(other).rstrip("/").rpartition("/")[2])
    assert found == one
    inviting.answer_invitation(found, answer="interested", at=NOW)
    one.organization.refresh_from_db()
    assert one.organization.stage == "interested"


def test_nobody_is_reminded_for_an_organization_that_was_merged():
    one, _other = two_that_are_one()
    Invitation.objects.update(sent_at=NOW)
    assert list(reminding_invited.unanswered(NOW + timedelta(days=11))) == [one]


def test_no_letter_is_offered_for_an_organization_that_was_merged():
    by = a_person()
    kept, gone = a_suggestion(by=by), a_suggestion(by=by)
    merging.merge_organizations(
        kept=kept.organization, gone=gone.organization, take=set(), by=a_coordinator(), at=NOW
    )
    assert list(inviting.to_invite()) == [kept]


def test_who_came_to_the_session_may_still_decline():
    invitation = an_invitation(an_organization(stage="came"))
    inviting.answer_invitation(invitation, answer="declined", reason="No time", at=NOW)
    step = invitation.organization.stage_changes.latest("pk")
    assert (step.to_status, step.reason) == ("declined", "No time")
