"""Lists of people and personal invitations by staff: what becomes of each row, and asking as it was seen."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Alias
from registrations.models import Party, SeatInvitation
from registrations.seats.domain import asking_sweep, many_asked, parties, registering, seats
from registrations.seats.domain.answers import Answers
from registrations.seats.exceptions import PartyRefused
from registrations.seats.imports import AskedRow, read_text
from stemnet import jobs
from stemnet.models import Job, Mail
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
from tests.registrations.seats.test_parties import take

pytestmark = pytest.mark.django_db
NOBODY: frozenset[int] = frozenset()


def rows(*names, organization=""):
    return [
        AskedRow(line, f"{name}@example.org", name.title(), "Lima", organization)
        for line, name in enumerate(names, 1)
    ]


def decided(network, people, *, keeps=True, skipped=NOBODY):
    return many_asked.decide(network, people, keeps=keeps, skipped=skipped, at=NOW)


def whats(found):
    return [str(one.what) for one in found]


def ask(network, people, *, keeps=True, kind="list", skipped=NOBODY, uid=None, seen=None, by=None, days=14):
    mark = many_asked.mark(decided(network, people, keeps=keeps, skipped=skipped))
    given = {"uid": uid or uuid4(), "kind": kind, "title": "", "keeps": keeps, "skipped": skipped}
    given |= {"days": days, "seen": seen or mark, "by": by or a_coordinator(), "at": NOW}
    return many_asked.ask(network, people, **given)


def test_each_row_says_what_becomes_of_it():
    network = a_network(seats=6)
    a_registration(network, a_person(address="ana@example.org"))
    typed = Answers(address="ben@example.org", first_name="Ben", last_name="Lima")
    registering.start_registration(network=network, answers=typed, browser="b", client="c", at=NOW)
    ask(network, rows("cao"))
    people = [*rows("ana", "ben", "cao", "dia", "dia", "eli", "fay"), AskedRow(8, fault="No address.")]
    people[4] = AskedRow(5, "dia@example.org")
    found = decided(network, people, skipped=frozenset([6]))
    assert whats(found) == ["registered", "held", "asked", "seat", "twice", "skip", "seat", "bad"]
    assert not network.seat_invitations.filter(address="dia@example.org").exists()


def test_a_list_takes_what_is_free_and_the_rest_is_asked_without_a_seat():
    network = a_network(seats=3)
    a_registration(network)
    party = ask(network, rows("ana", "ben", "cao"))
    asked = list(party.invitations.order_by("pk"))
    assert [one.keeps_seat for one in asked] == [True, True, False]
    assert seats.occupied(network, at=NOW) == 3
    assert [take(one).status for one in (asked[2], asked[0])] == ["waiting", "seated"]
    assert Mail.objects.filter(template="mail/registrations/seat_for_you").count() == 3


def test_a_list_passes_nobody_in_line():
    network = a_network(seats=2)
    a_registration(network)
    a_registration(network, party_size=2)
    assert whats(decided(network, rows("ana"))) == ["waitlist"]


def test_limits_keep_people_of_a_list():
    network = a_network(seats=9, each_organization=1)
    district = an_organization(name="Wareham Public Schools")
    Alias.objects.create(organization=district, name="Wareham Schools")
    person = a_person()
    a_registration(network, person, position=a_position(person, organization=district))
    found = decided(network, rows("ana", organization="wareham schools"))
    assert [(str(one.what), one.why, one.organization) for one in found] == [
        ("waitlist", "Their organization has its 1 seat.", district)
    ]
    unlisted = decided(network, rows("ben", "cao", organization="A school of its own"))
    assert whats(unlisted) == ["seat", "waitlist"]


def test_the_same_list_again_changes_nothing():
    network, uid = a_network(), uuid4()
    first = ask(network, rows("ana"), uid=uid)
    assert ask(network, rows("ana"), uid=uid) == first
    assert (SeatInvitation.objects.count(), Mail.objects.filter(secret=True).count()) == (1, 1)
    with pytest.raises(PartyRefused, match="Nobody on this list"):
        ask(network, rows("ana"))


def test_what_changed_since_it_was_seen_is_shown_again():
    network = a_network(seats=1)
    seen = many_asked.mark(decided(network, rows("ana")))
    a_registration(network)
    with pytest.raises(PartyRefused, match="Something changed"):
        ask(network, rows("ana"), seen=seen)
    assert not Party.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "cancelled"},
        {"closed_at": NOW},
        {"kind": "information_session", "credit_code": "", "asks_evaluation": False},
    ],
)
def test_a_network_that_takes_nobody_asks_nobody(fields):
    with pytest.raises(PartyRefused):
        ask(a_network(**fields), rows("ana"), keeps=False)


def test_personal_invitations_keep_no_seat_and_say_so():
    network = a_network(seats=1, title="STE")
    party = ask(
        network, rows("ana"), keeps=False, kind="invited", by=a_coordinator(first_name="Cor", last_name="D")
    )
    assert seats.free_seats(network, at=NOW) == 1
    mail = Mail.objects.get(secret=True)
    assert mail.subject == "You're invited: STE 2020-21"
    assert "Cor D, who works for the network, invites you to take part in STE 2020-21." in mail.text
    assert "No seat is kept for you" in mail.text
    a_registration(network)
    assert take(party.invitations.get()).status == "waiting"


def test_invitations_are_reminded_once_and_run_out():
    network = a_network()
    party = ask(network, rows("ana", "ben"), keeps=False, kind="invited")
    for days in range(2, 20):
        asking_sweep.sweep_invitations(at=NOW + timedelta(days=days))
    assert list(party.invitations.values_list("outcome", "sent")) == [("expired", 2)] * 2
    assert not Mail.objects.filter(key__startswith="party_lapsed").exists()


def test_an_invitation_is_withdrawn_and_the_person_is_told():
    asked = ask(a_network(title="STE"), rows("ana"), keeps=False, kind="invited").invitations.get()
    parties.withdraw_member(asked, by=SWEEP, at=NOW)
    mail = Mail.objects.get(key=f"seat_not_kept:{asked.uid}")
    assert mail.subject == "Your invitation was withdrawn: STE 2020-21"
    assert "withdrew your invitation to STE 2020-21" in mail.text


def test_the_mail_of_a_long_list_is_a_job_that_can_begin_again():
    network = a_network(seats=500)
    party = ask(network, rows(*[f"p{number}" for number in range(60)]))
    assert not Mail.objects.filter(secret=True).exists()
    assert jobs.run_waiting(at=NOW) >= 1
    assert Mail.objects.filter(secret=True).count() == 60
    hashes = set(party.invitations.values_list("token_hash", flat=True))
    Job.objects.filter(kind=many_asked.KIND).update(state="queued", finished_at=None, attempts=0)
    jobs.run_waiting(at=NOW)
    assert Mail.objects.filter(secret=True).count() == 60
    assert set(party.invitations.values_list("token_hash", flat=True)) == hashes


def statements(number):
    network = a_network(seats=5000, each_organization=5000)
    people = rows(*[f"q{number}-{one}" for one in range(number)], organization="Sea Lab")
    seen = many_asked.mark(decided(network, people))
    coordinator = a_coordinator()
    with CaptureQueriesContext(connection) as told:
        decided(network, people)
    deciding = len(told)
    with CaptureQueriesContext(connection) as told:
        ask(network, people, seen=seen, by=coordinator)
    return deciding, len(told)


def test_a_thousand_rows_ask_the_database_as_often_as_thirty():
    few, many = statements(30), statements(1000)
    assert few[0] == many[0] <= 12
    assert many[1] <= few[1] + 23  # SQLite takes 45 of them in one statement, PostgreSQL all


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Reis <Ana@Example.org>", ("ana@example.org", "Ana", "Reis")),
        ("ana@example.org", ("ana@example.org", "", "")),
        ("Reis, Ana; ana@example.org", ("ana@example.org", "Ana", "Reis")),
        ("Name\tE-mail\nAna Reis\tana@example.org", ("ana@example.org", "Ana", "Reis")),
        ("First name,Last name,E-mail\nAna,Reis,ana@example.org", ("ana@example.org", "Ana", "Reis")),
        ("\ufeffE-mail;Name\nana@example.org;Ana Reis", ("ana@example.org", "Ana", "Reis")),
    ],
)
def test_lines_and_tables_are_read(text, expected):
    [row] = read_text(text)
    assert (row.address, row.first_name, row.last_name) == expected


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "no address here", "ana@", "a@b"])
def test_a_line_without_an_address_says_so(text):
    assert read_text(f"ok@example.org\n{text}")[1].fault


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nobody on this list"),
        ("Name,Town\nAna,Wareham", "column with e-mail"),
        ("a@example.org\n" * 1001, "1001 rows"),
    ],
)
def test_what_is_no_list_is_refused(text, words):
    with pytest.raises(PartyRefused, match=words):
        read_text(text)
