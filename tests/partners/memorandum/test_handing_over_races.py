"""Handing over at the same time as others on PostgreSQL: one successor, nobody drafts and signs."""

import pytest

from partners.memorandum.domain import handing_over, parts
from partners.memorandum.exceptions import ChangedMeanwhile, HandOverRefused, MouRefused
from partners.models import MouRole, Person
from stemnet.models import Mail
from tests.factories import NOW, a_part, a_user
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
SIGNATORY = {"signatory_name": "Superintendent", "signatory_title": "Superintendent"}


def hands(role, address, leaver=None):
    leaver = leaver or role.drafter
    return lambda: handing_over.hand_over(
        role.organization,
        leaver=leaver,
        address=address,
        first_name="New",
        last_name="Contact",
        by=leaver,
        at=NOW,
    )


@pytest.mark.parametrize("_time", range(5))
def test_of_two_who_hand_over_one_contact_one_is_told(_time):
    role = a_part()
    outcomes = at_once([hands(role, f"new{number}@example.org") for number in range(6)])
    done = [one for one in outcomes if isinstance(one, Person)]
    refused = [one for one in outcomes if isinstance(one, HandOverRefused)]
    role.refresh_from_db()
    assert (len(done), len(refused)) == (1, 5)
    assert (role.drafter, role.lead_contact) == (done[0], done[0])


def test_without_the_lock_several_of_them_are_told_that_they_did(monkeypatch):
    monkeypatch.setattr(type(MouRole.objects.all()), "select_for_update", lambda rows, **_how: rows.all())
    for _run in range(20):
        role = a_part()
        outcomes = at_once([hands(role, f"new{number}-{role.pk}@example.org") for number in range(6)])
        if sum(isinstance(one, Person) for one in outcomes) > 1:
            return
    pytest.fail("The race never happened, so the test with the lock proves nothing.")


@pytest.mark.parametrize("_time", range(5))
def test_two_who_hand_over_to_the_same_new_person_make_one(_time):
    role = a_part(lead_contact=a_user().person)
    outcomes = at_once(
        [hands(role, "new@example.org"), hands(role, "new@example.org", leaver=role.lead_contact)]
    )
    role.refresh_from_db()
    assert len({one.pk for one in outcomes}) == 1
    assert (role.drafter, role.lead_contact) == (outcomes[0], outcomes[0])


@pytest.mark.parametrize("_time", range(5))
def test_what_the_leaver_saves_meanwhile_is_not_lost(_time):
    role = a_part()
    outcomes = at_once(
        [
            hands(role, "new@example.org"),
            lambda: parts.save_part(role, words={"does": "We teach."}, seen=1, by=role.drafter, at=NOW),
        ]
    )
    new = next(one for one in outcomes if isinstance(one, Person))
    lost = any(isinstance(one, ChangedMeanwhile) for one in outcomes)
    role.refresh_from_db()
    assert (role.drafter, role.does) == (new, "" if lost else "We teach.")


@pytest.mark.parametrize("_time", range(5))
def test_who_takes_over_never_submits_a_part_that_they_would_sign(_time):
    role = a_part()
    signs = {**SIGNATORY, "signatory_email": "new@example.org"}
    at_once(
        [
            hands(role, "new@example.org"),
            lambda: parts.save_part(role, words=signs, seen=1, by=role.drafter, at=NOW),
        ]
    )
    role = MouRole.objects.get(pk=role.pk)
    if role.drafter.primary_address == role.signatory_email:  # a draft may say it
        parts.save_part(role, words={"does": "We teach."}, seen=role.revision, by=role.drafter, at=NOW)
        with pytest.raises(MouRefused, match="can't sign it"):
            parts.submit_part(role, by=role.drafter, at=NOW)


def test_each_mail_about_a_handing_over_is_sent_once():
    role = a_part()
    before = Mail.objects.count()
    at_once([hands(role, "new@example.org") for _number in range(4)])
    assert Mail.objects.count() - before == 2
