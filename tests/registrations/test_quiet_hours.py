"""By the clock nobody is mailed before 7 or after 21 h, where they are; only a meeting's last reminder is."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from partners.exchange.domain import match_reminders
from partners.memorandum.domain import part_reminders, sign_reminders, terms
from partners.prospects.domain import reminding_invited
from registrations.credit.domain import announce_documents
from registrations.evaluation.domain import asking_evaluation
from registrations.seats.domain.reminding import sweep_reminders
from stemnet.models import Mail, MailState
from tests.factories import (
    NOW,
    a_meeting,
    a_network,
    a_part,
    a_partnership,
    a_position,
    a_registration,
    a_suggestion,
    a_user,
    an_attendance,
    an_evaluation,
    an_invitation,
    an_organization,
)
from tests.partners.offers import a_contribution, a_match
from tests.partners.signing_rows import a_circulated_mou, a_signature, an_accepted_part, locked, signed
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]
HERE = ZoneInfo("America/Los_Angeles")
TODAY = NOW.date()


def a_part_to_write(_clock):
    part = a_part()
    part.due_on = TODAY + timedelta(days=14)
    part.save()
    return TODAY + timedelta(days=7), part_reminders.sweep_parts


def a_signature_to_give(_clock):
    a_signature()
    return TODAY + timedelta(days=7), sign_reminders.sweep_signatures


def a_term_that_ends(_clock):
    mou = a_circulated_mou(ends_on=TODAY + timedelta(days=100))
    an_accepted_part(mou)
    locked(mou)
    signed(mou.documents.get().signatures.get(), at=NOW)
    terms.sweep_terms(at=NOW)  # in force, before the first of the days
    return TODAY + timedelta(days=10), terms.sweep_terms


def a_review_that_is_due(_clock):
    mou = a_circulated_mou(review_on=TODAY)
    an_accepted_part(mou)
    locked(mou)
    signed(mou.documents.get().signatures.get(), at=NOW)
    return TODAY + timedelta(days=1), terms.sweep_terms


def a_match_that_stands_still(_clock):
    giver = an_organization()
    a_position(a_user().person, organization=giver, is_contact=True)
    a_match(contribution=a_contribution(organization=giver))
    return TODAY + timedelta(days=31), match_reminders.sweep_matches


def an_unanswered_invitation(_clock):
    an_invitation()
    return TODAY + timedelta(days=11), reminding_invited.sweep_invitations


def a_suggestion_that_stands_still(_clock):
    a_suggestion()
    return TODAY + timedelta(days=22), reminding_invited.sweep_invitations


def an_evaluation_to_answer(_clock):
    network = a_network()
    an_attendance(a_registration(network), network.meetings.first())
    an_evaluation(network)
    return TODAY, asking_evaluation.sweep_evaluations


def an_evaluation_not_answered(_clock):
    _day, sweep = an_evaluation_to_answer(_clock)
    sweep(at=datetime.combine(TODAY, time(9), tzinfo=HERE))
    return TODAY + timedelta(days=4), sweep


def a_document_to_be_had(_clock):
    a_participant(an_awarding_network())
    return JUNE.date(), announce_documents.tell_ready


def a_meeting_at_this_time_tomorrow(clock):
    network = a_network(meetings=0, zone=HERE.key)
    a_meeting(network, on=date(2020, 10, 15), start_time=clock, end_time=time(23))
    a_registration(network)
    return date(2020, 10, 14), sweep_reminders


@pytest.mark.parametrize(
    ("clock", "mailed"),
    [(time(6, 59), False), (time(7), True), (time(20, 59), True), (time(21), False)],
    ids=str,
)
@pytest.mark.parametrize(
    "chased",
    [
        a_part_to_write,
        a_signature_to_give,
        a_term_that_ends,
        a_review_that_is_due,
        a_match_that_stands_still,
        an_unanswered_invitation,
        a_suggestion_that_stands_still,
        an_evaluation_to_answer,
        an_evaluation_not_answered,
        a_document_to_be_had,
        a_meeting_at_this_time_tomorrow,
    ],
)
def test_the_clock_mails_by_day(chased, clock, mailed):
    a_partnership(zone=HERE.key, postal_address="285 Old Westport Road, Dartmouth, MA 02747")
    day, sweep = chased(clock)
    Mail.objects.all().delete()
    sweep(at=datetime.combine(day, clock, tzinfo=HERE))
    assert Mail.objects.filter(state=MailState.QUEUED).exists() is mailed


def test_the_last_reminder_of_an_early_meeting_goes_out_at_night():
    network = a_network(meetings=0)
    meeting = a_meeting(network, start_time=time(6), end_time=time(8))
    a_registration(network)
    sweep_reminders(at=meeting.starts_at - timedelta(hours=1))
    assert Mail.objects.filter(state=MailState.QUEUED).count() == 1


def test_a_reminder_that_the_night_kept_goes_out_in_the_morning():
    network = a_network(meetings=0, zone=HERE.key)
    meeting = a_meeting(network, start_time=time(20, 30), end_time=time(22))
    a_registration(network)
    eve = datetime.combine(meeting.on - timedelta(days=1), time(22), tzinfo=HERE)
    morning = datetime.combine(meeting.on, time(7), tzinfo=HERE)
    assert (sweep_reminders(at=eve), sweep_reminders(at=morning)) == (0, 2)  # the week's is missed
    assert Mail.objects.get(state=MailState.QUEUED).subject.startswith("Reminder: Opening meeting")
