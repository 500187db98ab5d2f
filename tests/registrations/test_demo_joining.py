"""Those who join the demo at once have what they would have by registering one after the other."""

from datetime import timedelta

import pytest
from django.db import transaction

from meetings.models import CommitmentVersion
from registrations.management.demo import joining
from registrations.models import Acceptance, Registration, RegistrationChange
from registrations.seats.domain import seats
from registrations.seats.domain.answers import Answers
from tests.factories import NOW, a_network, a_person
from tests.registrations.seats.test_register_pages import a_commitment

pytestmark = pytest.mark.django_db


def rows(model, network, of):
    """What stands in the rows of a network, without what tells the two apart."""
    apart = ("id", "uid", "door_code", "history_id", "history_date", "network_id", of, "version_id")
    of_it = {"registration__network" if of else "network": network.pk}
    found = model._default_manager.filter(**of_it)
    return [
        {name: value for name, value in row.items() if name not in apart}
        for row in found.order_by("pk").values()
    ]


def one_by_one(network, people):
    accepted = list(
        CommitmentVersion.objects.filter(commitment__network=network).values_list("pk", flat=True)
    )
    with transaction.atomic():
        for minute, person in enumerate(people):
            seats.register(
                network=seats.lock_network(network),
                person=person,
                answers=Answers(accepted=accepted),
                by=person,
                at=NOW + timedelta(minutes=minute),
                position=person.positions.first(),
            )


def test_seats_line_promises_and_history_are_the_same():
    people = [a_person() for _number in range(5)]
    apart, together = (a_network(seats=3, slug=slug) for slug in ("apart", "together"))
    for network in (apart, together):
        a_commitment(network)
    one_by_one(apart, people)
    joined = joining.join(together, people, at=NOW)
    assert [one.status for one in joined] == ["seated"] * 3 + ["waiting"] * 2
    models = ((Registration, ""), (Acceptance, "registration_id"), (RegistrationChange, "registration_id"))
    for model, of in models:
        assert rows(model, together, of) == rows(model, apart, of)
    history = Registration.history.model
    assert rows(history, together, "") == rows(history, apart, "")
