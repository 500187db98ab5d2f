"""A contact leaves: parts and open matches move in one step, with history and a mail to both."""

import pytest
import time_machine

from partners.memorandum.domain import handing_over, parts
from partners.memorandum.exceptions import HandOverRefused, MouRefused
from partners.models import (
    Match,
    MatchChange,
    MouRole,
    Need,
    Organization,
    RoleChange,
    local_day,
    sees_needs,
)
from partners.models.people.position import writers_of
from partners.people.domain import positions
from partners.people.domain.organizations import Workplace
from stemnet.models import Mail
from tests.factories import NOW, a_part, a_person, a_position, a_user
from tests.partners.offers import a_contribution, a_match, a_need

pytestmark = pytest.mark.django_db
NEW = {"address": "new@example.org", "first_name": "New", "last_name": "Contact"}


def handed(role, *, leaver=None, **fields):
    leaver = leaver or role.drafter
    given = {**NEW, "leaver": leaver, "by": leaver, "at": NOW, **fields}
    return handing_over.hand_over(role.organization, **given)


def test_parts_move_to_whoever_takes_over():
    role = a_part()
    new = handed(role)
    role.refresh_from_db()
    assert (str(new), role.drafter, role.lead_contact) == ("New Contact", new, new)


def test_a_lead_contact_who_stays_is_left_alone():
    role = a_part(lead_contact=a_user().person)
    handed(role)
    assert MouRole.objects.get(pk=role.pk).lead_contact == role.lead_contact


def test_the_history_of_the_part_says_who_was_before():
    role = a_part()
    handed(role)
    change = RoleChange.objects.filter(role=role).latest("pk")
    old = role.drafter
    said = f"Lead contact: {old}, now New Contact. Drafter: {old}, now New Contact."
    assert (change.to_status, change.by, change.reason) == (role.status, old, said)


def test_open_matches_move_and_closed_ones_stay():
    role = a_part()
    ours = a_need(organization=role.organization)
    kept, moved = a_match(ours, state="delivered"), a_match(ours, a_contribution())
    Match.objects.update(owner=role.drafter)
    new = handed(role)
    assert [Match.objects.get(pk=one.pk).owner for one in (kept, moved)] == [role.drafter, new]
    assert "instead of" in MatchChange.objects.filter(match=moved).latest("pk").reason


def test_matches_of_another_partner_stay():
    role, elsewhere = a_part(), a_match()
    Match.objects.update(owner=role.drafter)
    handed(role)
    assert Match.objects.get(pk=elsewhere.pk).owner == role.drafter


def test_both_are_written_to():
    role = a_part()
    Mail.objects.all().delete()
    handed(role)
    assert set(Mail.objects.values_list("address", flat=True)) == {
        "new@example.org",
        role.drafter.primary_address,
    }


def test_the_signatory_cannot_become_the_drafter():
    role = a_part()
    words = {"signatory_name": "Chief", "signatory_title": "Head", "signatory_email": "new@example.org"}
    parts.save_part(role, words=words, seen=role.revision, by=role.drafter, at=NOW)
    with pytest.raises(MouRefused):
        handed(role)
    assert MouRole.objects.get(pk=role.pk).drafter == role.drafter


def test_one_cannot_hand_over_to_oneself():
    role = a_part()
    with pytest.raises(HandOverRefused):
        handed(role, address=role.drafter.primary_address)


def test_who_looks_after_nothing_here_hands_nothing_over():
    role, stranger = a_part(), a_person()
    with pytest.raises(HandOverRefused):
        handed(role, leaver=stranger)


def test_twice_is_once():
    role = a_part()
    handed(role)
    with pytest.raises(HandOverRefused):
        handed(role)


def test_who_works_there_no_longer_sees_no_needs():
    role = a_part()
    position = a_position(role.drafter, organization=role.organization, confirmed_at=NOW)
    handed(role, left=True)
    position.refresh_from_db()
    assert (position.ended_on, sees_needs(role.drafter)) == (NOW.date(), False)


@pytest.mark.parametrize("hour", [0, 9])
def test_who_works_there_no_longer_sees_and_does_nothing_from_that_moment(hour):
    role, now = a_part(), NOW.replace(hour=hour + 8)
    a_position(role.drafter, organization=role.organization, confirmed_at=NOW, is_contact=True)
    a_need()
    with time_machine.travel(now, tick=False):
        before = Need.objects.visible_to(role.drafter).count()
        handed(role, left=True, at=now)
        acts = Organization.objects.answered_for_by(role.drafter)
        assert (before, Need.objects.visible_to(role.drafter).count(), acts.count()) == (1, 0, 0)
        assert role.drafter not in writers_of(role.organization, on=local_day(now))


def test_a_signatory_who_works_there_no_longer_sees_no_needs():
    role = a_part(lead_contact=a_user().person)
    words = {"signatory_name": "Chief", "signatory_title": "Head"}
    words["signatory_email"] = role.lead_contact.primary_address
    parts.save_part(role, words=words, seen=role.revision, by=role.drafter, at=NOW)
    with time_machine.travel(NOW, tick=False):
        before = sees_needs(role.lead_contact)
        handed(role, leaver=role.lead_contact, left=True)
        assert (before, sees_needs(role.lead_contact)) == (True, False)


def test_who_says_on_the_same_day_that_they_work_there_after_all_has_to_ask():
    role = a_part()
    a_position(role.drafter, organization=role.organization, confirmed_at=NOW)
    with time_machine.travel(NOW, tick=False):
        handed(role, left=True)
        day, place = local_day(NOW), Workplace(role.organization, "")
        held = positions.newest(role.drafter, on=day)
        positions.move_position(role.drafter, held, workplace=place, job="teacher", title="", on=day)
        again = positions.newest(role.drafter, on=day)
        assert (again.ended_on, again.confirmed_at, sees_needs(role.drafter)) == (None, None, False)


def test_who_leaves_in_their_profile_sees_no_needs_from_that_moment():
    person = a_user().person
    position = a_position(person, confirmed_at=NOW, is_contact=True)
    with time_machine.travel(NOW, tick=False):
        before = sees_needs(person)
        positions.leave_position(person, position.pk, on=local_day(NOW))
        acts = Organization.objects.answered_for_by(person)
        assert (before, sees_needs(person), acts.count()) == (True, False, 0)


def test_who_only_hands_the_task_on_still_works_there():
    role = a_part()
    position = a_position(role.drafter, organization=role.organization, confirmed_at=NOW)
    handed(role)
    position.refresh_from_db()
    assert (position.ended_on, sees_needs(role.drafter)) == (None, True)


def test_both_mails_say_what_the_leaver_is_named_to_sign():
    role = a_part(lead_contact=a_user().person)
    words = {"signatory_name": "Chief", "signatory_title": "Head"}
    words["signatory_email"] = role.lead_contact.primary_address
    parts.save_part(role, words=words, seen=role.revision, by=role.drafter, at=NOW)
    Mail.objects.all().delete()
    handed(role, leaver=role.lead_contact)
    said = f"{role.lead_contact} is still named to sign “{role.mou}”"
    assert [said in mail.text for mail in Mail.objects.all()] == [True, True]
