"""The answer of the invited: by POST only, without a login; and the session that moves them on."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from partners.models import Organization, User
from partners.people.domain.organizations import Workplace
from partners.prospects.domain import inviting
from registrations.attendance.domain import attendance, walking_in
from registrations.models import Registration
from stemnet.models import Mail
from tests.factories import NOW, SWEEP, a_network, a_person, a_registration, an_invitation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def session():
    plain = {"kind": "information_session", "credit_code": "", "asks_evaluation": False}
    return a_network(title="Becoming a partner", zone="America/Chicago", **plain)


@pytest.fixture
def invitation(session):
    return an_invitation()


def path_of(invitation):
    return "/" + inviting.link_of(invitation).split("/", 3)[3]


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def answer(client, invitation, **data):
    return client.post(path_of(invitation), data, follow=True)


def come(client, invitation, session, **data):
    who = {"answer": "coming", "session": session.slug, "first_name": "Ada", "last_name": "Dean"}
    return answer(client, invitation, **{**who, "party_size": "2", **data})


def stage(invitation):
    invitation.organization.refresh_from_db()
    return invitation.organization.stage


def test_opening_the_link_changes_nothing_and_shows_the_session_in_every_zone(client, invitation):
    shown = text(client.get(path_of(invitation)))
    invitation.refresh_from_db()
    assert (invitation.answer, stage(invitation)) == ("none", "invited")
    assert "9:00 a.m. to 12 noon CT" in shown
    assert "In other time zones it starts at 7:00 a.m. PT, 8:00 a.m. MT, 10:00 a.m. ET." in shown


def test_a_partner_has_nothing_to_answer(client, invitation):
    Organization.objects.filter(pk=invitation.organization_id).update(stage="partner")
    shown = text(client.get(path_of(invitation)))
    assert f"{invitation.organization} is a partner" in shown and "Send my answer" not in shown
    answer(client, invitation, answer="declined", reason="No time")
    invitation.refresh_from_db()
    assert (invitation.answer, stage(invitation)) == ("none", "partner")


@pytest.mark.parametrize("token", ["nonsense", "a:b:c"])
def test_a_link_that_is_not_ours_finds_nothing(client, token):
    shown = client.get(reverse("invitation", args=[token]))
    assert (shown.status_code, "This link doesn't work" in text(shown)) == (404, True)


def test_interested_moves_the_organization_and_keeps_the_profile(client, invitation):
    shown = text(answer(client, invitation, answer="interested", profile="We train teachers."))
    invitation.refresh_from_db()
    assert (stage(invitation), invitation.profile) == ("interested", "We train teachers.")
    assert "Your answer: Interested" in shown


def test_declining_wants_a_reason_and_keeps_what_was_typed(client, invitation):
    shown = text(answer(client, invitation, answer="declined", profile="We teach."))
    assert "Tell us briefly why not" in shown and "We teach." in shown
    assert stage(invitation) == "invited"
    answer(client, invitation, answer="declined", reason="No time")
    assert stage(invitation) == "declined"


def test_coming_registers_for_the_session_without_a_login(client, invitation, session):
    shown = text(come(client, invitation, session))
    registration = Registration.objects.get()
    assert (registration.network, registration.status, registration.party_size) == (session, "seated", 2)
    assert registration.position.organization == invitation.organization
    assert (registration.person.primary_address, str(registration.person)) == (invitation.address, "Ada Dean")
    assert not User.objects.exists()
    assert "see you at Becoming a partner" in shown and stage(invitation) == "interested"
    assert Mail.objects.filter(template="mail/registrations/registered").count() == 1


def test_coming_wants_a_name(client, invitation, session):
    shown = text(come(client, invitation, session, last_name=""))
    assert "We need this to hold a seat for you." in shown
    assert (Registration.objects.count(), stage(invitation)) == (0, "invited")


def test_a_full_session_refuses_and_keeps_no_answer(client, invitation, session):
    session.seats, session.waitlist = 1, False
    session.save()
    shown = text(come(client, invitation, session))
    invitation.refresh_from_db()
    assert 'role="alert"' in shown and (invitation.answer, Registration.objects.count()) == ("none", 0)


def test_who_changes_their_mind_gives_the_seat_back(client, invitation, session):
    come(client, invitation, session)
    answer(client, invitation, answer="declined", reason="Ill")
    assert (Registration.objects.get().status, stage(invitation)) == ("withdrawn", "declined")


def test_answering_twice_registers_once(client, invitation, session):
    come(client, invitation, session)
    come(client, invitation, session)
    assert Registration.objects.live().count() == 1


def test_without_a_session_one_can_still_be_interested(client, session):
    invitation = an_invitation()
    session.meetings.own().update(status="cancelled")
    shown = text(client.get(path_of(invitation)))
    assert "None are planned right now" in shown and 'value="coming"' not in shown


def test_who_is_marked_present_moves_the_organization_by_themselves(client, invitation, session, now):
    come(client, invitation, session)
    meeting = session.meetings.own().get()
    now.move_to(meeting.ends_at)
    mark = {
        "registration": Registration.objects.get(),
        "meeting": meeting,
        "by": SWEEP,
        "at": meeting.ends_at,
    }
    attendance.mark_attendance(seen="absent", **mark)
    assert stage(invitation) == "interested"
    attendance.mark_attendance(seen="present", reason="was there", **mark)
    step = invitation.organization.stage_changes.last()
    assert (stage(invitation), step.by_name, step.reason) == (
        "came",
        "information session",
        "Ada Dean came",
    )


def test_nobody_is_expected_at_a_session_that_is_over(client, invitation, session, now):
    assert "see you at" in text(come(client, invitation, session))
    now.move_to(session.meetings.own().get().ends_at)
    assert "see you at" not in text(client.get(path_of(invitation)))
    answer(client, invitation, answer="declined", reason="No time")
    assert (Registration.objects.get().status, stage(invitation)) == ("seated", "declined")


def test_everyone_present_moves_them_and_a_walk_in_too(client, invitation, session, now):
    other = an_invitation()
    come(client, invitation, session)
    meeting = session.meetings.own().get()
    now.move_to(meeting.ends_at)
    attendance.mark_all_present(meeting=meeting, by=SWEEP, at=meeting.ends_at)
    walking_in.walk_in(
        meeting=meeting,
        address=other.address,
        first_name="Bo",
        last_name="Dean",
        workplace=Workplace(words="Somewhere"),
        by=SWEEP,
        at=meeting.ends_at,
    )
    assert (stage(invitation), stage(other)) == ("came", "came")


def test_an_organization_that_is_further_on_its_way_stays_there(client, invitation, session):
    come(client, invitation, session)
    type(invitation.organization).objects.update(stage="drafting")
    meeting = session.meetings.own().get()
    attendance.mark_all_present(meeting=meeting, by=SWEEP, at=meeting.ends_at + timedelta(hours=1))
    assert stage(invitation) == "drafting"


def test_other_networks_move_nobody(invitation):
    network = a_network()
    person = a_person(address=invitation.address)
    a_registration(network, person)
    meeting = network.meetings.own().get()
    attendance.mark_all_present(meeting=meeting, by=SWEEP, at=meeting.ends_at)
    assert stage(invitation) == "invited"


def test_who_comes_and_how_many_stand_in_the_form_that_was_answered(client, invitation, session):
    shown = come(client, invitation, session).context["form"].initial
    names = ("session", "first_name", "last_name", "party_size")
    assert [shown[name] for name in names] == [session.slug, "Ada", "Dean", 2]
