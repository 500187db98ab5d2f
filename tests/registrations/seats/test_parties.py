"""A team that somebody registers: seats kept for a time, answered by links, waiting as one party."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from partners.people.domain.organizations import Workplace
from registrations.models import Party, SeatInvitation
from registrations.seats.domain import (
    asking_sweep,
    invited_seats,
    line,
    network_setup,
    parties,
    registering,
    reserving,
    seat_invitations,
    seats,
    waitlist,
    withdrawing,
)
from registrations.seats.domain.answers import Answers
from registrations.seats.domain.parties import Member
from registrations.seats.exceptions import (
    Full,
    PartyRefused,
    RegistrationClosed,
    RegistrationRefused,
    SeatInvitationOver,
)
from stemnet.models import Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_coordinator,
    a_network,
    a_person,
    a_position,
    a_registration,
    an_organization,
)

pytestmark = pytest.mark.django_db
DAY, WEEK = timedelta(days=1), timedelta(days=7)
NAMES = ["ana", "ben", "cao", "dia", "eli", "fay", "gus", "hal", "ida", "jon", "kim"]


def people(number):
    return [Member(f"{name}@example.org", name.title(), "Lima") for name in NAMES[:number]]


def a_party(network, number=2, *, at=NOW, kind="team", organization=None, by=None, members=None):
    return parties.register_party(
        network,
        uid=uuid4(),
        kind=kind,
        workplace=Workplace(organization or an_organization()),
        members=members or people(number),
        by=by or a_person(first_name="Lea", last_name="Dee"),
        at=at,
    )


def asked(party):
    return list(party.invitations.order_by("pk"))


def mail_of(invitation, number=1):
    key = f"seat_invitation:{invitation.uid}" + (f":{number}" if number > 1 else "")
    return Mail.objects.get(key=key)


def token_of(invitation, number=1):
    return re.search(r"/invitation-to-seat/([^/\s]+)/", mail_of(invitation, number).text)[1]


def take(invitation, *, at=NOW, **fields):
    workplace = invitation.workplace
    key = None if isinstance(workplace, str) else workplace.pk
    given = {"first_name": "Ana", "last_name": "Lima", "job": "teacher", "organization": key, **fields}
    fresh = SeatInvitation.objects.get(pk=invitation.pk)
    return seat_invitations.accept(fresh, Answers(address=invitation.address, **given), at=at)


def line_of(network):
    return [one.key for one in line.in_order(network)]


def test_seats_are_kept_for_a_week_and_everyone_gets_a_link_of_their_own():
    network = a_network(seats=3)
    party = a_party(network, 2)
    assert seats.free_seats(network, at=NOW) == 1
    assert [(one.keeps_seat, one.until) for one in asked(party)] == [(True, NOW + WEEK)] * 2
    assert len({token_of(one) for one in asked(party)}) == 2
    assert seats.free_seats(network, at=NOW + WEEK) == 3


def test_a_seat_is_theirs_once_they_answered():
    network = a_network(seats=2)
    party = a_party(network)
    first, _second = asked(party)
    assert not network.registrations.exists()
    registration = take(first)
    assert registration.is_seated
    assert seats.occupied(network, at=NOW) == 2
    first.refresh_from_db()
    assert (first.outcome, first.registration) == ("registered", registration)


def test_seats_are_never_kept_past_the_end_of_registration():
    network = a_network()
    starts_at = network.first_start()
    party = a_party(network, at=starts_at - DAY)
    assert asked(party)[0].until == starts_at


def test_the_lead_is_told_and_reads_until_when():
    lead = a_person(first_name="Lea", last_name="Dee")
    party = a_party(a_network(title="STE"), by=lead)
    mail = Mail.objects.get(key=f"party_asked:{party.uid}")
    assert mail.address == lead.primary_address
    assert mail.subject == "Seats kept until Mon, Sep 14, 2020, 10:00 a.m. ET: STE 2020-21"
    assert "2 seats in STE 2020-21 are kept for the people you registered" in mail.text
    assert mail.text.count(f"/team/{party.uid}/") == 1
    assert "localhost:8000http" not in mail.text


def test_the_mail_says_who_asked_and_for_which_team():
    organization = an_organization(name="Wareham Public Schools")
    text = mail_of(asked(a_party(a_network(title="STE"), organization=organization))[0]).text
    assert "Dear Ana Lima," in text
    assert "Lea Dee registered you for STE 2020-21 as part of the team from Wareham Public Schools." in text
    assert "Wed, Oct 14, 2020, 9:00 a.m. to 12 noon ET" in text
    assert "The seat is kept for you until Mon, Sep 14, 2020, 10:00 a.m. ET." in text


@pytest.mark.parametrize(
    ("number", "words"), [(1, "at least two"), (11, "10 people at once, and you typed 11")]
)
def test_a_team_has_two_to_ten_people(number, words):
    with pytest.raises(PartyRefused, match=words):
        a_party(a_network(), number)
    assert not Party.objects.exists()


def test_a_leader_can_register_one():
    assert len(asked(a_party(a_network(), 1, kind="leader"))) == 1


def test_the_same_address_twice_is_refused():
    twice = [*people(2), Member("ana@example.org")]
    with pytest.raises(PartyRefused, match=r"ana@example\.org is on the list twice"):
        a_party(a_network(), members=twice)


def test_the_same_form_again_changes_nothing():
    network, lead, uid = a_network(), a_person(), uuid4()
    given = {"uid": uid, "kind": "team", "workplace": Workplace(words="A school"), "members": people(2)}
    first = parties.register_party(network, **given, by=lead, at=NOW)
    assert parties.register_party(network, **given, by=lead, at=NOW) == first
    assert SeatInvitation.objects.count() == 2


def test_nobody_is_asked_twice_at_a_time():
    network = a_network()
    a_party(network)
    with pytest.raises(PartyRefused, match=r"ana@example\.org, ben@example\.org"):
        a_party(network)
    assert a_party(network, at=NOW + WEEK).line is None


def test_one_person_asks_so_many_a_day(settings):
    settings.PARTY_ASKED_A_DAY = 3
    lead = a_person()
    a_party(a_network(), by=lead)
    with pytest.raises(PartyRefused, match="3 people a day"):
        a_party(a_network(), by=lead)
    assert a_party(a_network(), by=lead, at=NOW + 2 * DAY)


def test_a_closed_network_takes_no_team():
    network = a_network()
    with pytest.raises(RegistrationClosed):
        a_party(network, at=network.first_start())


def test_more_than_the_seats_are_refused():
    with pytest.raises(PartyRefused, match="only 2 seats"):
        a_party(a_network(seats=2), 3)


def test_without_a_waitlist_too_few_seats_are_refused():
    network = a_network(seats=2, waitlist=False)
    a_registration(network)
    with pytest.raises(Full):
        a_party(network)


def test_a_team_waits_as_one_and_nobody_is_written_to():
    network = a_network(seats=2)
    registered = a_registration(network)
    party = a_party(network, 2)
    assert (party.line, parties.place_of(party)) == (1, 1)
    assert seats.occupied(network, at=NOW) == 1
    assert not Mail.objects.filter(key__startswith="seat_invitation").exists()
    text = Mail.objects.get(key=f"party_waits:{party.uid}").text
    assert "for the 2 people you registered, so they're on the waitlist together, as number 1" in text
    withdrawing.leave_network(registered, by=SWEEP, at=NOW + DAY)
    party.refresh_from_db()
    assert party.line is None
    assert [(one.keeps_seat, one.until) for one in asked(party)] == [(True, NOW + DAY + WEEK)] * 2
    assert take(asked(party)[0], at=NOW + DAY).is_seated
    assert Mail.objects.filter(key=f"party_asked:{party.uid}").exists()


def test_a_team_that_is_too_large_does_not_block_those_behind_it():
    network = a_network(seats=3)
    first, _second = a_registration(network), a_registration(network)
    party = a_party(network, 3)
    behind = a_registration(network)
    assert behind.line == 2
    waitlist.sweep_waitlists(at=NOW)
    behind.refresh_from_db()
    party.refresh_from_db()
    assert (behind.status, party.line) == ("seated", 1)
    withdrawing.leave_network(first, by=SWEEP, at=NOW)
    party.refresh_from_db()
    assert party.line == 1


def test_a_team_takes_its_turn_by_the_rule_of_the_network():
    network = a_network(seats=2, line_rule="partners")
    seated = [a_registration(network), a_registration(network)]
    waits = a_registration(network)
    party = a_party(network, organization=an_organization(stage="partner"))
    assert line_of(network) == [line.key_of(party), waits.pk]
    assert (seats.place_in_line(waits), parties.place_of(party)) == (2, 1)
    for one in seated:
        withdrawing.leave_network(one, by=SWEEP, at=NOW)
    waits.refresh_from_db()
    assert waits.status == "seated"


def test_a_limit_of_the_organization_keeps_a_team_in_line_and_passes_it():
    network, district = a_network(seats=9, each_organization=2), an_organization()
    person = a_person()
    a_registration(network, person, position=a_position(person, organization=district))
    party = a_party(network, organization=district)
    assert (party.line, party.limited_by) == (1, "organization")
    assert a_registration(network).is_seated
    network.each_organization = 3
    network.save()
    waitlist.fill_seats(network, by=SWEEP, at=NOW)
    party.refresh_from_db()
    assert party.line is None


def test_somebody_of_a_team_who_works_elsewhere_is_kept_by_that_limit():
    network, district, other = a_network(each_organization=2), an_organization(), an_organization()
    for _each in range(2):
        person = a_person()
        a_registration(network, person, position=a_position(person, organization=other))
    first, second = asked(a_party(network, organization=district))
    with pytest.raises(RegistrationRefused, match="Your organization has its 2 seats"):
        take(first, organization=other.pk)
    assert take(second).is_seated


def test_a_team_takes_reserved_seats_where_none_is_free():
    network, district = a_network(seats=2), an_organization()
    reservation = reserving.reserve_seats(network, district, number=2, until=None, by=a_coordinator(), at=NOW)
    party = a_party(network, organization=district)
    assert [one.reservation for one in asked(party)] == [reservation] * 2
    assert seats.occupied(network, at=NOW) == 2
    assert take(asked(party)[0]).reservation == reservation


def test_who_registers_on_their_own_takes_the_seat_that_is_kept_for_them():
    network = a_network(seats=2)
    first, _second = asked(a_party(network))
    person = a_person(address="ana@example.org")
    person.emails.update(verified_at=NOW)
    answers = Answers(address="ana@example.org", first_name="Ana", last_name="Lima")
    registration = registering.register_person(network=network, person=person, answers=answers, at=NOW)
    first.refresh_from_db()
    assert (registration.status, first.registration) == ("seated", registration)
    assert seats.occupied(network, at=NOW) == 2


def test_who_waits_in_line_gets_the_seat_that_is_kept_for_them():
    network = a_network(seats=2)
    person = a_person(address="ana@example.org")
    seated = [a_registration(network), a_registration(network)]
    waits = a_registration(network, person)
    for one in seated:
        withdrawing.remove_from_network(one, by=SWEEP, at=NOW, reason="x")
    waits.refresh_from_db()
    assert waits.status == "seated"
    party = a_party(a_network(seats=2))
    assert take(asked(party)[0]).person == person


def test_who_has_a_seat_already_frees_the_one_that_is_kept():
    network = a_network(seats=3)
    person = a_person(address="ana@example.org")
    registration = a_registration(network, person)
    party = a_party(network)
    waits = a_registration(network)
    assert waits.status == "waiting"
    assert take(asked(party)[0]) == registration
    waits.refresh_from_db()
    assert (waits.status, seats.occupied(network, at=NOW)) == ("seated", 3)


def test_who_does_not_answer_in_time_frees_the_seat_and_the_lead_reads_who():
    network = a_network(seats=2)
    party = a_party(network)
    take(asked(party)[0])
    waits = a_registration(network)
    late = NOW + WEEK + timedelta(minutes=1)
    asking_sweep.sweep_invitations(at=late)
    asking_sweep.sweep_invitations(at=late + DAY)
    waits.refresh_from_db()
    assert [one.outcome for one in asked(party)] == ["registered", "expired"]
    assert waits.status == "seated"
    [mail] = Mail.objects.filter(key__startswith=f"party_lapsed:{party.uid}")
    assert "1 person whom you registered" in mail.text
    assert "Ben Lima" in mail.text
    with pytest.raises(SeatInvitationOver, match="Ask Lea Dee"):
        take(asked(party)[1], at=late)


def moved_forward(network, hours):
    """Let the first meeting begin so many hours from now."""
    meeting = network.meetings.order_by("starts_at").first()
    starts_at = NOW + timedelta(hours=hours)
    network.meetings.filter(pk=meeting.pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=3))
    return starts_at


def test_seats_are_kept_no_longer_once_the_first_meeting_begins_earlier_than_planned():
    network = a_network(seats=3)
    party = a_party(network)
    take(asked(party)[0])
    begins = moved_forward(network, 48)
    late = begins + timedelta(minutes=1)
    assert seats.occupied(network, at=begins) == 2
    for _twice in range(2):
        asking_sweep.sweep_invitations(at=late)
    assert seats.occupied(network, at=late) == 1
    assert [one.outcome for one in asked(party)] == ["registered", "expired"]
    assert Mail.objects.filter(key__startswith=f"party_lapsed:{party.uid}").count() == 1
    with pytest.raises(SeatInvitationOver):
        take(asked(party)[1], at=late)


def test_seats_that_are_kept_stay_kept_when_staff_close_registration_by_hand():
    network = a_network(seats=2)
    party = a_party(network)
    type(network).objects.filter(pk=network.pk).update(closed_at=NOW + DAY)
    asking_sweep.sweep_invitations(at=NOW + 2 * DAY)
    assert take(asked(party)[0], at=NOW + 2 * DAY).is_seated
    with pytest.raises(RegistrationClosed):
        parties.add_member(party, Member("cao@example.org"), by=party.by, at=NOW + 2 * DAY)
    asking_sweep.sweep_invitations(at=NOW + WEEK + timedelta(minutes=1))
    assert seats.occupied(network, at=NOW + WEEK + timedelta(minutes=1)) == 1


def test_a_party_in_line_ends_once_the_first_meeting_begins_and_its_lead_is_told():
    network = a_network(seats=2)
    a_registration(network)
    party = a_party(network)
    assert party.line is not None
    late = moved_forward(network, 48) + timedelta(minutes=1)
    for _twice in range(2):
        asking_sweep.sweep_invitations(at=late)
    party.refresh_from_db()
    assert (party.line, line_of(network)) == (None, [])
    [mail] = Mail.objects.filter(key__startswith=f"party_lapsed:{party.uid}")
    assert "no longer on the waitlist" in mail.text
    assert "didn't answer" not in mail.text


def test_everyone_is_reminded_once_with_a_new_link():
    first, second = asked(a_party(a_network(), at=NOW))
    take(first)
    old = token_of(second)
    for days in (2, 3, 4, 5):
        asking_sweep.sweep_invitations(at=NOW + days * DAY)
    assert not Mail.objects.filter(key=f"seat_invitation:{first.uid}:2").exists()
    mail = mail_of(second, 2)
    assert mail.subject.startswith("Reminder: A seat for you")
    assert "You haven't answered yet." in mail.text
    assert Mail.objects.filter(object=f"seat_invitation:{second.uid}").count() == 2
    assert invited_seats.invitation_of(old) is None
    assert invited_seats.invitation_of(token_of(second, 2)) == second


def test_nobody_is_reminded_at_night():
    a_party(a_network())
    night = NOW + 4 * DAY + timedelta(hours=14)
    assert asking_sweep.sweep_invitations(at=night) == 0
    assert asking_sweep.sweep_invitations(at=night + timedelta(hours=10)) == 2


def test_the_link_is_sent_again_once_a_day():
    first, _second = asked(a_party(a_network()))
    with pytest.raises(PartyRefused, match="a day later"):
        parties.resend(first, by=SWEEP, at=NOW + timedelta(hours=3))
    parties.resend(first, by=SWEEP, at=NOW + DAY)
    with pytest.raises(PartyRefused, match="a day later"):
        parties.resend(first, by=SWEEP, at=NOW + DAY)
    assert invited_seats.invitation_of(token_of(first, 2)) == first
    assert mail_of(first, 2).subject.startswith("A seat for you")


def test_who_is_withdrawn_is_told_and_the_seat_goes_on():
    network = a_network(seats=2)
    first, second = asked(a_party(network))
    waits = a_registration(network)
    parties.withdraw_member(first, by=SWEEP, at=NOW)
    parties.withdraw_member(first, by=SWEEP, at=NOW)
    waits.refresh_from_db()
    assert waits.status == "seated"
    assert (
        "that Lea Dee asked for is no longer kept for you"
        in Mail.objects.get(key=f"seat_not_kept:{first.uid}").text
    )
    take(second)
    with pytest.raises(PartyRefused, match="Ben Lima has taken the seat"):
        parties.withdraw_member(second, by=SWEEP, at=NOW)


def test_somebody_else_comes_instead_and_nobody_in_line_gets_between():
    network = a_network(seats=2)
    first, _second = asked(a_party(network))
    waits = a_registration(network)
    new = Member("zoe@example.org", "Zoe", "Reis")
    instead = parties.replace_member(first, new, by=first.party.by, at=NOW + 6 * DAY)
    assert parties.replace_member(first, new, by=first.party.by, at=NOW + 6 * DAY) == instead
    waits.refresh_from_db()
    assert (waits.status, instead.until) == ("waiting", NOW + 8 * DAY)
    assert take(instead, at=NOW + 7 * DAY).is_seated
    with pytest.raises(PartyRefused, match="has taken the seat"):
        parties.replace_member(instead, Member("y@example.org"), by=first.party.by, at=NOW + 7 * DAY)


def test_a_party_in_line_can_change_and_leave():
    network = a_network(seats=2)
    a_registration(network)
    party = a_party(network, 2)
    first, second = asked(party)
    parties.replace_member(first, Member("zoe@example.org"), by=party.by, at=NOW)
    party.refresh_from_db()
    assert party.line == 1
    assert not Mail.objects.filter(template="mail/registrations/seat_not_kept").exists()
    parties.withdraw_member(second, by=SWEEP, at=NOW)
    party.refresh_from_db()
    assert (party.line, seats.free_seats(network, at=NOW)) == (None, 0)
    assert [one.address for one in party.invitations.occupying(NOW)] == ["zoe@example.org"]


def test_a_party_that_leaves_the_line_lets_the_others_move_up():
    network = a_network(seats=2)
    a_registration(network)
    party = a_party(network, 2)
    assert parties.withdraw_party(party, by=SWEEP, at=NOW) == 2
    party.refresh_from_db()
    assert (party.line, line_of(network)) == (None, [])
    assert a_registration(network).is_seated


def test_one_more_is_asked_where_a_seat_is_free_and_ten_at_most():
    network = a_network(seats=11)
    party = a_party(network, 9)
    tenth, eleventh = people(11)[9:]
    assert parties.add_member(party, tenth, by=party.by, at=NOW).keeps_seat
    assert parties.add_member(party, tenth, by=party.by, at=NOW) == party.invitations.get(
        address="jon@example.org"
    )
    with pytest.raises(PartyRefused, match="10 people at once"):
        parties.add_member(party, eleventh, by=party.by, at=NOW)
    small = a_party(a_network(seats=2))
    with pytest.raises(PartyRefused, match="No seat is free"):
        parties.add_member(small, eleventh, by=small.by, at=NOW)


def test_staff_keep_seats_for_a_party_ahead_of_others_for_a_reason():
    network = a_network(seats=3)
    seated = [a_registration(network) for _each in range(3)]
    a_registration(network, party_size=3)
    party = a_party(network, 2)
    with pytest.raises(PartyRefused, match="0 seats are free"):
        parties.give_seats(party, reason="", by=SWEEP, at=NOW)
    for one in seated[:2]:
        withdrawing.leave_network(one, by=SWEEP, at=network.first_start() - DAY)
    with pytest.raises(PartyRefused, match="ahead in line"):
        parties.give_seats(party, reason="", by=SWEEP, at=network.first_start() - DAY)
    parties.give_seats(party, reason="They host", by=SWEEP, at=network.first_start() - DAY)
    party.refresh_from_db()
    assert (party.line, party.reason) == (None, "They host")


def test_a_network_that_is_cancelled_asks_nobody_any_longer():
    network = a_network(seats=2)
    first, _second = asked(a_party(network))
    a_party(network, members=[Member("x@example.org"), Member("y@example.org")])
    network_setup.cancel_network(network, reason="No room", by=a_coordinator(), at=NOW)
    assert not SeatInvitation.objects.filter(ended_at=None).exists()
    assert not Party.objects.filter(line__isnull=False).exists()
    with pytest.raises(SeatInvitationOver):
        take(first)
