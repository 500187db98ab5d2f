"""Registering: at once, or by a mailed code."""

import re
from datetime import timedelta

import pytest

from partners.models import Person, Position, User
from registrations.models import Hold, Registration
from registrations.seats.domain import holding, registering, seats
from registrations.seats.domain.answers import Answers
from registrations.seats.exceptions import CodeUsed, Full, RegistrationClosed
from stemnet.exceptions import CodeRefused
from stemnet.models import Mail
from tests.factories import NOW, a_group, a_network, a_person, a_registration, an_organization

pytestmark = pytest.mark.django_db
CLIENT = "a" * 64


def answers(address="lead@example.org", **fields):
    plain = {
        "first_name": "Nuñez",
        "last_name": "O’Brien",
        "job": "coordinator",
        "organization_words": "Diman",
    }
    return Answers(**{"address": address, **plain, **fields})


def start(network, address="lead@example.org", *, at=NOW, client=CLIENT, browser="", **fields):
    """Send the form from a browser of its own for each address, unless it is named."""
    return registering.start_registration(
        network=network, answers=answers(address, **fields), browser=browser or address, client=client, at=at
    )


def code_of(address="lead@example.org"):
    mail = Mail.objects.filter(address=address, template="mail/registrations/code").order_by("pk").last()
    return re.search(r"^    (\d{6})$", mail.text, re.M)[1]


def templates(address="lead@example.org"):
    found = Mail.objects.filter(address=address).order_by("pk").values_list("template", flat=True)
    return [name.rpartition("/")[2] for name in found]


def test_start_keeps_a_seat_and_mails_a_code_that_is_not_kept():
    hold = start(a_network(seats=1))
    mail = Mail.objects.get()
    assert (hold.keeps_seat, hold.expires_at) == (True, NOW + timedelta(minutes=30))
    assert code_of() not in hold.code_hash
    assert mail.secret
    assert str(hold.uid) in mail.text
    assert "10:30 a.m. ET" in mail.text


def test_confirm_makes_person_login_position_and_registration():
    network = a_network()
    admission = registering.confirm_registration(hold=start(network), code=code_of(), at=NOW)
    person = Person.objects.get()
    assert admission == (Registration.objects.get(), True)
    assert (str(person), person.emails.get().verified_at) == ("Nuñez O’Brien", NOW)
    assert User.objects.get().person == person
    assert Position.objects.get().organization_words == "Diman"
    assert admission.registration.position == Position.objects.get()
    assert templates() == ["code", "registered"]


def test_confirm_empties_the_hold():
    hold = start(a_network())
    registering.confirm_registration(hold=hold, code=code_of(), at=NOW)
    hold.refresh_from_db()
    assert (hold.used_at, hold.answers) == (NOW, {})


def test_confirm_takes_a_code_with_spaces():
    hold = start(a_network())
    code = code_of()
    assert registering.confirm_registration(hold=hold, code=f" {code[:3]} {code[3:]} ", at=NOW).is_new


def test_confirm_voids_a_code_that_is_wrong_five_times():
    hold = start(a_network())
    right = code_of()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    said = []
    for _try in range(5):
        with pytest.raises(CodeRefused) as refused:
            registering.confirm_registration(hold=hold, code=wrong, at=NOW)
        said.append(str(refused.value))
    assert "You have 4 tries left" in said[0]
    assert "You have one try left" in said[3]
    assert "no longer works" in said[4]
    with pytest.raises(CodeRefused, match="no longer works"):
        registering.confirm_registration(hold=hold, code=right, at=NOW)
    assert not Registration.objects.exists()


def test_confirm_refuses_after_the_time():
    hold = start(a_network())
    with pytest.raises(CodeRefused, match="has expired"):
        registering.confirm_registration(hold=hold, code=code_of(), at=NOW + timedelta(minutes=30))


def test_confirm_refuses_someone_elses_code():
    network = a_network()
    mine, _theirs = start(network), start(network, "other@example.org")
    with pytest.raises(CodeRefused):
        registering.confirm_registration(hold=mine, code=code_of("other@example.org"), at=NOW)


def test_confirm_a_second_time_says_used():
    hold = start(a_network())
    code = code_of()
    registering.confirm_registration(hold=hold, code=code, at=NOW)
    with pytest.raises(CodeUsed):
        registering.confirm_registration(hold=hold, code=code, at=NOW)
    assert Registration.objects.count() == 1


def test_a_known_a_registered_and_an_unknown_address_are_treated_alike():
    network = a_network()
    a_person(address="known@example.org")
    a_registration(network, a_person(address="registered@example.org"))
    for name in ("known", "registered", "unknown"):
        start(network, f"{name}@example.org", client=name)
    mails = [
        (m.subject[6:], re.sub(r"[0-9a-f-]{36}|\d{6}", "", m.text)) for m in Mail.objects.filter(secret=True)
    ]
    assert len(mails) == 3
    assert len(set(mails)) == 1


def test_confirm_of_someone_registered_gives_what_they_have():
    network = a_network()
    known = a_registration(network, a_person(address="lead@example.org"))
    assert registering.confirm_registration(hold=start(network), code=code_of(), at=NOW) == (known, False)
    assert templates() == ["code"]


def test_confirm_never_replaces_names_of_a_known_person():
    a_person(address="lead@example.org", first_name="Science", last_name="Lead", certificate_name="")
    hold = start(a_network(), certificate_name="S. Lead")
    registering.confirm_registration(hold=hold, code=code_of(), at=NOW)
    person = Person.objects.get()
    assert (person.first_name, person.last_name, person.certificate_name) == ("Science", "Lead", "S. Lead")


def test_a_hold_made_before_closing_counts_after_it():
    network = a_network()
    closes_at = network.closes_at()
    hold = start(network, at=closes_at - timedelta(minutes=1))
    after = closes_at + timedelta(minutes=5)
    assert registering.confirm_registration(hold=hold, code=code_of(), at=after).registration.is_seated


def test_a_code_without_a_hold_is_refused_after_closing():
    network = a_network()
    closes_at = network.closes_at()
    hold = start(network, at=closes_at - timedelta(minutes=1))
    Hold.objects.update(keeps_seat=False, takes_seat=False)
    with pytest.raises(RegistrationClosed, match="closed"):
        registering.confirm_registration(hold=hold, code=code_of(), at=closes_at)
    assert not Person.objects.exists()


def test_a_form_sent_after_closing_is_refused():
    network = a_network()
    with pytest.raises(RegistrationClosed):
        start(network, at=network.closes_at())
    assert not Mail.objects.exists()


def test_a_code_without_a_hold_is_refused_when_the_network_filled():
    network = a_network(seats=1, waitlist=False)
    hold = start(network)
    Hold.objects.update(keeps_seat=False, takes_seat=False)
    a_registration(network)
    with pytest.raises(Full):
        registering.confirm_registration(hold=hold, code=code_of(), at=NOW)
    assert not User.objects.exists()


def test_start_in_a_full_network_gives_a_place_in_line():
    network = a_network(seats=1)
    a_registration(network)
    hold = start(network)
    registration = registering.confirm_registration(hold=hold, code=code_of(), at=NOW).registration
    assert (hold.keeps_seat, registration.status, seats.place_in_line(registration)) == (False, "waiting", 1)
    assert templates() == ["code", "waiting"]


def test_sixty_false_addresses_hold_no_more_than_three_seats_of_sixty():
    network = a_network(seats=60)
    for number in range(60):
        start(network, f"false{number}@example.org")
    assert Hold.objects.filter(keeps_seat=True).count() == 3
    assert seats.free_seats(network, at=NOW) == 57


def test_false_addresses_from_many_clients_hold_no_more_than_a_tenth():
    network = a_network(seats=60)
    for number in range(60):
        start(network, f"false{number}@example.org", client=str(number))
    assert Hold.objects.filter(keeps_seat=True).count() == 6


def test_sixty_educators_behind_one_address_all_get_through():
    network = a_network(seats=60)
    holds = [start(network, f"educator{number}@example.org") for number in range(60)]
    for hold in holds:
        registering.confirm_registration(hold=hold, code=code_of(hold.address), at=NOW)
    assert network.registrations.seated().count() == 60


def test_a_form_sent_twice_gets_one_code_and_the_newer_answers():
    network = a_network()
    start(network, last_name="First")
    hold = start(network, at=NOW + timedelta(seconds=2), last_name="Second")
    assert Mail.objects.count() == 1
    assert (Hold.objects.count(), hold.answers["last_name"]) == (1, "Second")


def test_a_corrected_address_takes_the_seat_from_the_wrong_one():
    network = a_network(seats=1)
    wrong = start(network, "lead@exampel.org", browser="mine")
    right = start(network, "lead@example.org", browser="mine")
    wrong.refresh_from_db()
    assert (wrong.keeps_seat, right.keeps_seat) == (False, True)


def test_a_hold_of_another_browser_is_not_given_up():
    network = a_network(seats=1)
    theirs = start(network, "lead@example.org", browser="theirs")
    mine = start(network, "x@example.org", browser="mine")
    theirs.refresh_from_db()
    assert (theirs.keeps_seat, mine.keeps_seat) == (True, False)


def test_resend_waits_thirty_seconds_and_voids_the_old_code():
    hold = start(a_network())
    old = code_of()
    with pytest.raises(CodeRefused, match="30 seconds"):
        registering.resend_code(hold, client=CLIENT, at=NOW + timedelta(seconds=29))
    registering.resend_code(hold, client=CLIENT, at=NOW + timedelta(seconds=30))
    assert Mail.objects.count() == 2
    hold.refresh_from_db()
    assert (hold.tries, hold.expires_at) == (0, NOW + timedelta(minutes=30))
    if code_of() != old:
        with pytest.raises(CodeRefused):
            registering.confirm_registration(hold=hold, code=old, at=NOW + timedelta(minutes=1))


def test_five_codes_an_hour_an_address_across_networks():
    for step in range(5):
        start(a_network(), at=NOW + timedelta(minutes=step))
    with pytest.raises(CodeRefused, match="in the last hour"):
        start(a_network(), at=NOW + timedelta(minutes=6))
    start(a_network(), at=NOW + timedelta(minutes=61))


def test_codes_an_hour_a_client(settings):
    settings.CODES_PER_CLIENT_HOUR = 3
    network = a_network()
    for number in range(3):
        start(network, f"p{number}@example.org")
    with pytest.raises(CodeRefused, match="from your location"):
        start(network, "p4@example.org")
    start(network, "p4@example.org", client="elsewhere")


def test_register_person_uses_their_own_hold():
    network = a_network(seats=1)
    person = a_person(address="lead@example.org")
    start(network)
    registration = registering.register_person(network=network, person=person, answers=answers(), at=NOW)
    assert registration.is_seated
    assert seats.occupied(network, at=NOW) == 1


def test_register_person_tells_the_leader_of_a_designee():
    leader = {
        "leader_name": "A. Leader",
        "leader_job": "Superintendent",
        "leader_email": "leader@example.org",
    }
    network = a_network(title="STE District Leaders")
    registering.register_person(network=network, person=a_person(), answers=answers(**leader), at=NOW)
    mail = Mail.objects.get(address="leader@example.org")
    assert "as your designee" in mail.text
    assert "You don't need to do anything" not in mail.text
    assert "Wed, Oct 14, 2020, 9:00 a.m. to 12 noon ET" in mail.text


def test_register_person_keeps_organization_and_group():
    network = a_network()
    group, organization = a_group(network, places=1), an_organization()
    registration = registering.register_person(
        network=network,
        person=a_person(),
        answers=answers(organization=organization.pk, organization_words="", group=group.pk),
        at=NOW,
    )
    assert registration.position.organization == organization
    assert registration.group_memberships.get().working_group == group


def test_register_person_without_room_in_the_group_still_gets_the_seat():
    network = a_network()
    group = a_group(network, places=0)
    registration = registering.register_person(
        network=network, person=a_person(), answers=answers(group=group.pk), at=NOW
    )
    assert (registration.is_seated, registration.group_memberships.count()) == (True, 0)
    mail = Mail.objects.get(address=registration.person.primary_address)
    words = f"The working group “{group.title}” filled up before you typed your code"
    assert words in mail.text
    assert words in mail.html


def test_the_mail_of_a_registration_has_dates_zone_calendar_and_reason():
    network = a_network()
    registering.register_person(
        network=network, person=a_person(address="lead@example.org"), answers=answers(), at=NOW
    )
    mail = Mail.objects.get(address="lead@example.org")
    assert "Wed, Oct 14, 2020, 9:00 a.m. to 12 noon ET" in mail.text
    assert "You're getting this because you're registered" in mail.text
    assert "getting this because" in mail.html
    assert mail.attachments[0]["content"].startswith("BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    ("hours", "words"), [(49, "the next person in line gets it"), (47, "staff are giving out any seats")]
)
def test_the_mail_about_the_waitlist_says_who_gives_seats(hours, words):
    network = a_network(seats=0)
    at = network.closes_at() - timedelta(hours=hours)
    person = a_person(address="lead@example.org")
    registering.register_person(network=network, person=person, answers=answers(), at=at)
    mail = Mail.objects.get(address="lead@example.org")
    assert (words in mail.text, words in mail.html) == (True, True)


def test_clear_holds_leaves_those_of_today():
    network = a_network()
    start(network, "old@example.org", at=NOW - timedelta(days=2))
    start(network, "new@example.org", at=NOW - timedelta(hours=1))
    assert holding.clear_holds(at=NOW) == 1
    assert Hold.objects.get().address == "new@example.org"
