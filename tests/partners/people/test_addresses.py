"""The truth about addresses and its copies."""

import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from partners.models import Person, User
from partners.people.domain import addresses
from partners.people.exceptions import AddressNotProved, AddressTaken, NoAddress, PrimaryAddressStays
from stemnet.models import Mail
from tests.factories import NOW, a_person, a_user

pytestmark = pytest.mark.django_db


def copies(person):
    return sorted(
        EmailAddress.objects.filter(user__person=person).values_list("email", "verified", "primary")
    )


def test_claim_makes_a_person_with_a_proved_primary_address():
    person = addresses.claim_address(
        address=" Lead@Example.ORG ", at=NOW, first_name="Ana", last_name="Sousa"
    )
    email = person.emails.get()
    assert (str(person), email.address, email.verified_at, email.primary) == (
        "Ana Sousa",
        "lead@example.org",
        NOW,
        True,
    )


def test_claim_returns_whoever_holds_the_address_and_keeps_their_name():
    known = a_person(address="lead@example.org", first_name="Ana", last_name="Sousa")
    claimed = addresses.claim_address(address="LEAD@example.org", at=NOW, first_name="Eve", last_name="Other")
    assert (claimed, claimed.first_name, Person.objects.count()) == (known, "Ana", 1)


def test_claim_takes_the_name_of_who_proves_an_address_that_others_typed():
    known = a_person(address="lead@example.org", first_name="Bad", last_name="Joke", verified=False)
    addresses.claim_address(address="lead@example.org", at=NOW, first_name="Ana", last_name="Sousa")
    known.refresh_from_db()
    assert str(known) == "Ana Sousa"


def test_claim_proves_an_imported_address_and_fills_empty_names():
    known = a_person(address="lead@example.org", first_name="", last_name="", verified=False)
    addresses.claim_address(address="lead@example.org", at=NOW, first_name="Ana", last_name="Sousa")
    known.refresh_from_db()
    assert (str(known), known.emails.get().verified_at) == ("Ana Sousa", NOW)


def test_claim_keeps_the_first_moment_of_proof():
    known = a_person(address="lead@example.org")
    addresses.claim_address(address="lead@example.org", at=NOW + timedelta(days=1))
    assert known.emails.get().verified_at == NOW


def test_claim_by_a_secondary_address_is_the_same_person():
    known = a_person()
    addresses.add_address(known, address="home@example.org")
    assert addresses.claim_address(address="home@example.org", at=NOW) == known


def test_claim_finds_an_administrator_who_has_only_a_login():
    admin = User.objects.create_superuser("admin@example.org", "network-demo")
    assert addresses.claim_address(address="admin@example.org", at=NOW) == admin.person
    assert copies(admin.person) == [("admin@example.org", True, True)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_two_proofs_at_once_are_one_person():
    found, gate = [], threading.Barrier(8)

    def prove():
        gate.wait()
        found.append(addresses.claim_address(address="lead@example.org", at=NOW, first_name="Ana").pk)
        connection.close()

    threads = [threading.Thread(target=prove) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found)), Person.objects.count()) == (8, 1, 1)


def test_ensure_user_copies_every_address():
    person = a_person(address="work@example.org")
    addresses.add_address(person, address="home@example.org")
    user = addresses.ensure_user(person, at=NOW)
    assert (user.email, user.has_usable_password()) == ("work@example.org", False)
    assert copies(person) == [("home@example.org", False, False), ("work@example.org", True, True)]


def test_ensure_user_twice_is_one_login():
    person = a_person()
    assert addresses.ensure_user(person, at=NOW) == addresses.ensure_user(person, at=NOW)


def test_ensure_user_takes_a_login_that_has_no_person():
    user = User.objects.create_user("lead@example.org", "network-demo")
    person = a_person(address="lead@example.org")
    assert addresses.ensure_user(person, at=NOW) == user


def test_ensure_user_needs_an_address():
    with pytest.raises(NoAddress):
        addresses.ensure_user(Person.objects.create(first_name="Ana", last_name="Sousa"), at=NOW)


def test_add_address_of_someone_else_is_refused():
    a_person(address="lead@example.org")
    with pytest.raises(AddressTaken):
        addresses.add_address(a_person(), address="Lead@example.org")


def test_add_proved_tells_the_primary_address():
    person = a_user(address="work@example.org").person
    addresses.add_proved(person, address="home@example.org", at=NOW)
    assert copies(person) == [("home@example.org", True, False), ("work@example.org", True, True)]
    assert Mail.objects.get().address == "work@example.org"


def test_make_primary_changes_the_login_and_tells_the_old_address():
    user = a_user(address="work@example.org")
    home = addresses.add_proved(user.person, address="home@example.org", at=NOW)
    Mail.objects.all().delete()
    addresses.make_primary(home, at=NOW)
    user.refresh_from_db()
    assert (user.email, Mail.objects.get().address) == ("home@example.org", "work@example.org")
    assert copies(user.person) == [("home@example.org", True, True), ("work@example.org", True, False)]


def test_make_primary_wants_a_proof():
    person = a_person()
    email = addresses.add_address(person, address="home@example.org")
    with pytest.raises(AddressNotProved):
        addresses.make_primary(email, at=NOW)


def test_remove_takes_the_copy_away():
    user = a_user(address="work@example.org")
    home = addresses.add_proved(user.person, address="home@example.org", at=NOW)
    addresses.remove_address(home, at=NOW)
    assert copies(user.person) == [("work@example.org", True, True)]
    assert Mail.objects.filter(template="mail/partners/address_removed").get().address == "home@example.org"


def test_remove_keeps_the_primary_address():
    person = a_person()
    with pytest.raises(PrimaryAddressStays):
        addresses.remove_address(person.emails.get(), at=NOW)


def test_the_holder_of_an_address_is_found_unchanged_or_made():
    known = a_person(address="ana@example.org", first_name="Anna")
    given = {"first_name": "Ana", "last_name": "Sousa"}
    found = addresses.holder_or_new("ANA@example.org", **given)
    made, is_new = addresses.holder_or_new("new@example.org", **given)
    assert (found, found[0].first_name) == ((known, False), "Anna")
    assert (is_new, str(made), made.emails.get().verified_at) == (True, "Ana Sousa", None)
