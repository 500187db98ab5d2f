"""Getting in and out of groups: by oneself, on request, by a lead; places, limits, terms, and lost leads."""

from datetime import timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from meetings.groups.domain import losing_leads
from meetings.groups.exceptions import TeamFull, TermRefused
from meetings.models import Appointment, GroupRequest, TeamMember, WorkingGroup
from meetings.planning.domain import leads
from registrations.groups.domain import joining, members, seen, terms
from registrations.groups.exceptions import GroupRefused
from registrations.models import GroupMembership
from registrations.seats.domain import groups, reminding, withdrawing
from registrations.seats.exceptions import RegistrationRefused
from stemnet.models import Mail, MailClass
from tests.factories import (
    NOW,
    a_coordinator,
    a_group,
    a_meeting,
    a_network,
    a_person,
    a_registration,
    a_user,
)

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DAY = timedelta(days=1)


def subjects():
    return sorted(Mail.objects.filter(object__startswith="group:").values_list("subject", flat=True))


def names_in(group):
    return [one.person for one in members.members_of(group)]


def test_one_group_is_the_limit_until_the_network_allows_more():
    network = a_network()
    one, two = a_group(network, title="One"), a_group(network, title="Two")
    person = a_registration(network).person
    joining.join(one, person, at=NOW)
    with pytest.raises(RegistrationRefused, match="People can be in one group of this network"):
        joining.join(two, person, at=NOW)
    network.groups_each = 2
    network.save()
    joining.join(two, person, at=NOW)
    assert (names_in(one), names_in(two)) == ([person], [person])


def test_staff_who_move_somebody_leave_their_other_groups_alone():
    network = a_network(groups_each=2)
    kept, old, new = (a_group(network) for _each in range(3))
    registration = a_registration(network)
    for group in (kept, old):
        joining.join(group, registration.person, at=NOW)
    groups.choose_group(registration, new, instead_of=old, at=NOW)
    assert [names_in(one) for one in (kept, old, new)] == [[registration.person], [], [registration.person]]
    with pytest.raises(RegistrationRefused, match="People can be in 2 groups of this network"):
        groups.choose_group(registration, old, at=NOW)


def test_moving_leaves_the_old_group_and_keeps_its_history():
    network = a_network()
    old, new = a_group(network), a_group(network)
    person = a_registration(network).person
    joining.join(old, person, at=NOW)
    joining.join(new, person, leaving=old, at=NOW + DAY)
    assert (names_in(old), names_in(new)) == ([], [person])
    assert GroupMembership.objects.get(working_group=old).left_at == NOW + DAY


def test_moving_to_a_full_group_keeps_the_old_one():
    network = a_network()
    old, full = a_group(network), a_group(network, places=1)
    joining.join(full, a_registration(network).person, at=NOW)
    person = a_registration(network).person
    joining.join(old, person, at=NOW)
    with pytest.raises(RegistrationRefused, match="This working group is full"):
        joining.join(full, person, leaving=old, at=NOW)
    assert names_in(old) == [person]


@pytest.mark.parametrize(
    ("how", "sentence"),
    [("by_request", "Ask to join this group"), ("closed", "Only its leads add people to this group")],
)
def test_nobody_joins_a_group_that_is_not_open_by_themselves(how, sentence):
    network = a_network()
    group = a_group(network, joining=how)
    with pytest.raises(RegistrationRefused, match=sentence):
        joining.join(group, a_registration(network).person, at=NOW)


def test_whoever_asks_is_let_in_by_the_lead_and_told():
    lead, network = a_user().person, a_network()
    group = a_group(network, lead=lead, title="Equity", joining="by_request")
    person = a_registration(network).person
    asked = joining.ask(group, person, words="We try this, too.", at=NOW)
    with pytest.raises(GroupRefused, match="You've already asked"):
        joining.ask(group, person, words="Again", at=NOW)
    joining.answer(asked, accepted=True, by=lead, at=NOW)
    assert names_in(group) == [lead, person]
    assert subjects() == [f"{person} asks to join Equity", f"You're in Equity in {network} now"]
    with pytest.raises(GroupRefused, match="This request was answered before: accepted"):
        joining.answer(asked, accepted=False, by=lead, at=NOW)


def test_whoever_joins_gets_the_dates_that_the_group_has_planned():
    lead, network = a_user().person, a_network()
    group = a_group(network, lead=lead, joining="by_request")
    a_meeting(network, working_group=group, on=TODAY - DAY, title="Over")
    ahead = a_meeting(network, working_group=group, on=TODAY + 7 * DAY)
    joining.add(group, a_registration(network).person, by=lead, at=NOW)
    (file,) = Mail.objects.get(object=f"group:{group.uid}").attachments
    events = Calendar.from_ical(file["content"]).walk("VEVENT")
    assert (file["mimetype"], [str(one["uid"]).startswith(str(ahead.uid)) for one in events]) == (
        "text/calendar; method=PUBLISH",
        [True],
    )


def test_a_request_without_a_lead_goes_to_those_who_work_for_the_network():
    network, staff = a_network(), a_user().person
    Appointment.objects.create(network=network, person=staff)
    group = a_group(network, joining="by_request")
    joining.ask(group, a_registration(network).person, words="", at=NOW)
    assert Mail.objects.get(object=f"group:{group.uid}").recipient == f"person:{staff.uid}"


def test_accepting_for_a_full_group_says_so_and_leaves_the_request():
    lead, network = a_user().person, a_network()
    group = a_group(network, lead=lead, joining="by_request", places=1)
    asked = joining.ask(group, a_registration(network).person, words="", at=NOW)
    joining.add(group, a_registration(network).person, by=lead, at=NOW)
    with pytest.raises(RegistrationRefused, match="This working group is full"):
        joining.answer(asked, accepted=True, by=lead, at=NOW)
    assert list(group.requests.waiting()) == [asked]


def test_only_people_of_the_network_are_added():
    lead, network = a_user().person, a_network()
    person = a_person()
    with pytest.raises(GroupRefused, match=f"{person} isn't registered for {network}."):
        joining.add(a_group(network, lead=lead), person, by=lead, at=NOW)


def test_leaving_takes_back_the_reminders_of_the_group():
    network = a_network(meetings=0)
    group = a_group(network)
    meeting = a_meeting(network, working_group=group)
    person = a_registration(network).person
    joining.join(group, person, at=NOW)
    reminding.sweep_reminders(at=meeting.starts_at - DAY)
    reminded = Mail.objects.queued().filter(mail_class=MailClass.REMINDER)
    assert reminded.count() == 1
    joining.leave(group, person, at=meeting.starts_at - DAY)
    assert reminded.count() == 0


@pytest.mark.parametrize("how", ["leaves the group", "leaves the network"])
def test_a_group_that_loses_its_lead_is_said_to_staff(how):
    network, staff = a_network(), a_user().person
    Appointment.objects.create(network=network, person=staff)
    registration = a_registration(network)
    group = a_group(network, lead=registration.person, title="Equity")
    joining.join(group, registration.person, at=NOW)
    if how == "leaves the group":
        joining.leave(group, registration.person, at=NOW)
    else:
        withdrawing.leave_network(registration, by=registration.person, at=NOW)
    assert not leads.is_lead(group, registration.person)
    mail = Mail.objects.get(object=f"group:{group.uid}")
    assert (mail.recipient, mail.subject) == (f"person:{staff.uid}", "Equity has no lead now")


def test_nothing_is_said_while_somebody_else_leads():
    network, one, two = a_network(), a_user().person, a_user().person
    group = a_group(network, lead=one)
    leads.set_leads(group, [one, two], on=TODAY)
    assert losing_leads.stop_leading(one, WorkingGroup.objects.filter(pk=group.pk), at=NOW) == []
    assert ([row.person for row in group.leads.current()], subjects()) == ([two], [])


def test_a_term_ends_on_the_day_after_its_last_and_both_are_told():
    lead, network = a_user().person, a_network()
    group = a_group(network, lead=lead, title="Equity")
    registration = a_registration(network)
    joining.add(group, registration.person, term_ends=TODAY, by=lead, at=NOW)
    Mail.objects.all().delete()
    assert terms.sweep_terms(at=NOW) == 0
    assert terms.sweep_terms(at=NOW + DAY) == 1
    assert terms.sweep_terms(at=NOW + DAY) == 0
    assert names_in(group) == [lead]
    assert subjects() == [
        f"The term of {registration.person} in Equity in {network} is over",
        f"Your term in Equity in {network} is over",
    ]
    assert registration.group_memberships.get().left_at == NOW + DAY


def test_a_term_that_ends_before_it_begins_is_refused():
    lead, network = a_user().person, a_network()
    group, person = a_group(network, lead=lead), a_registration(network).person
    with pytest.raises(TermRefused, match="A term can't end before it starts"):
        joining.add(group, person, term_ends=TODAY - DAY, by=lead, at=NOW)
    joining.add(group, person, by=lead, at=NOW)
    with pytest.raises(TermRefused):
        terms.set_term(group, person, last_day=TODAY - DAY, at=NOW)
    terms.set_term(group, person, last_day=TODAY + DAY, at=NOW)
    assert GroupMembership.objects.get().term_ends == TODAY + DAY


def test_a_team_has_places_terms_and_requests_without_a_network():
    coordinator = a_coordinator()
    team = a_group(None, kind="local_team", title="Wareham", places=1, joining="by_request")
    person = a_user().person
    asked = joining.ask(team, person, words="", at=NOW)
    joining.answer(asked, accepted=True, by=coordinator, at=NOW)
    assert names_in(team) == [person]
    with pytest.raises(TeamFull, match="Every place on this team is taken"):
        joining.add(team, a_person(), by=coordinator, at=NOW)
    terms.set_term(team, person, last_day=TODAY, at=NOW)
    assert terms.sweep_terms(at=NOW + DAY) == 1
    assert (names_in(team), TeamMember.objects.get().left_on) == ([], TODAY + DAY)


def test_a_request_that_is_taken_back_can_be_made_again():
    network = a_network()
    group, person = a_group(network, joining="by_request"), a_registration(network).person
    joining.ask(group, person, words="", at=NOW)
    joining.take_back(group, person, at=NOW)
    joining.ask(group, person, words="", at=NOW + DAY)
    assert sorted(GroupRequest.objects.values_list("answer", flat=True)) == ["", "taken_back"]


def test_who_sees_a_group_from_outside_and_from_inside():
    network, other = a_network(), a_network()
    group = a_group(network, lead=a_user().person)
    lead, seated, member = group.leads.get().person, a_registration(network), a_registration(network)
    stranger = a_registration(other).person
    joining.join(group, member.person, at=NOW)
    people = [None, stranger, seated.person, member.person, lead]
    assert [group in seen.visible_to(one) for one in people] == [False, False, True, True, True]
    assert [group in seen.open_to(one) for one in people] == [False, False, False, True, True]
    WorkingGroup.objects.update(is_public=True)
    assert seen.visible_to(None).filter(pk=group.pk).exists()


def test_the_public_page_names_nobody_and_gives_no_link(client):
    network = a_network(meetings=0)
    group = a_group(network, lead=a_person(first_name="Hidden"), is_public=True, description="We read.")
    meeting = a_meeting(network, working_group=group, join_url="https://meet.example.org/secret")
    group.deliverables.create(title="Inner draft")
    meeting.on = meeting.on.replace(year=2099)
    html = client.get(group.get_absolute_url()).content.decode()
    assert "We read." in html
    assert [word in html for word in ("Hidden", "secret", "Inner draft")] == [False] * 3


def test_a_lead_accepts_a_demonstration_of_learning_with_a_note(client):
    lead, network = a_user(), a_network(requires_demonstration=True)
    group, registration = a_group(network, lead=lead.person), a_registration(network)
    joining.join(group, registration.person, at=NOW)
    client.force_login(lead)
    url = reverse("group_member", args=[group.uid, registration.person.uid, "accept"])
    page = client.post(url, {"note": " "}, follow=True)
    assert "Say what the person showed, such as a lesson plan." in page.content.decode()
    page = client.post(url, {"note": "x" * 301}, follow=True)
    assert "Shorten the note to 300 characters or fewer." in page.content.decode()
    client.post(url, {"note": "A lesson plan on tides"})
    registration.refresh_from_db()
    assert registration.demonstrated_at is not None
    assert "A lesson plan on tides" in registration.history.first().history_change_reason
    outside = a_registration(network)
    url = reverse("group_member", args=[group.uid, outside.person.uid, "accept"])
    assert client.post(url, {"note": "x"}).status_code == 404
