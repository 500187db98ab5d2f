"""Two people at once on PostgreSQL: two editors, submitting while someone writes, two who begin a version."""

from datetime import timedelta

import pytest

from partners.memorandum.domain import (
    mou_texts,
    part_contacts,
    part_reminders,
    parts,
    proposals,
    sign_reminders,
)
from partners.memorandum.exceptions import ChangedMeanwhile, MouRefused
from partners.models import MouRole, MouText, Proposal
from stemnet.models import Mail
from tests.factories import NOW, a_mou, a_part, a_user, an_organization
from tests.partners.signing_rows import a_signature
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
AT_ONCE = 8


def saves(role, words):
    return lambda: parts.save_part(role, words={"does": words}, seen=1, by=role.drafter, at=NOW)


def test_of_editors_at_once_one_saves_and_the_others_are_told():
    role = a_part()
    outcomes = at_once([saves(role, f"words {number}") for number in range(AT_ONCE)])
    assert sum(isinstance(outcome, MouRole) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, ChangedMeanwhile) for outcome in outcomes) == AT_ONCE - 1
    role.refresh_from_db()
    assert (role.revision, role.edits.count(), role.changes.count()) == (2, 1, 1)
    assert role.edits.get().words["does"] == role.does


def test_a_part_is_submitted_as_it_stands_while_somebody_writes():
    role = a_part()
    words = {
        "does": "Ready",
        "signatory_name": "Superintendent",
        "signatory_title": "Superintendent",
        "signatory_email": "super@example.org",
    }
    role = parts.save_part(role, words=words, seen=1, by=role.drafter, at=NOW)
    outcomes = at_once(
        [
            lambda: parts.submit_part(role, by=role.drafter, at=NOW),
            lambda: parts.save_part(role, words={"does": "Late"}, seen=2, by=role.drafter, at=NOW),
        ]
    )
    role.refresh_from_db()
    refused = [outcome for outcome in outcomes if isinstance(outcome, MouRefused)]
    assert role.status == "submitted"
    assert role.does == ("Ready" if refused else "Late")


def test_two_who_begin_the_next_version_get_the_same():
    mou = a_mou()
    text = mou_texts.circulate(mou.texts.get(), note="", at=NOW)
    outcomes = at_once([lambda: mou_texts.draft_of(mou, by=text.by, at=NOW) for _number in range(AT_ONCE)])
    assert {outcome.pk for outcome in outcomes} == {MouText.objects.get(number=2).pk}


def test_of_accepts_at_once_of_one_section_one_stands_and_the_others_conflict():
    mou = a_mou()
    part = a_part(mou)
    text = mou_texts.circulate(mou.texts.get(), note="", at=NOW)
    section = text.sections.get(key="goals")
    made = [
        proposals.propose_change(
            section, organization=part.organization, by=part.drafter, body=f"Words {n}", why="x", at=NOW
        )
        for n in range(4)
    ]
    outcomes = at_once([lambda one=one: proposals.accept_proposal(one, by=text.by, at=NOW) for one in made])
    assert sum(isinstance(outcome, ChangedMeanwhile) for outcome in outcomes) == 3
    accepted = Proposal.objects.get(status="accepted")
    assert MouText.objects.get(number=2).sections.get(key="goals").body == accepted.body


def test_an_organization_that_two_ask_at_once_has_one_part_and_one_mail():
    mou, organization, drafter = a_mou(), an_organization(), a_user().person
    by = mou.texts.get().by
    asks = {"organization": organization, "drafter": drafter, "by": by, "at": NOW}
    outcomes = at_once([lambda: part_contacts.ask_for_part(mou, **asks) for _number in range(AT_ONCE)])
    assert sum(isinstance(outcome, MouRole) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, MouRefused) for outcome in outcomes) == AT_ONCE - 1
    assert (mou.roles.count(), Mail.objects.filter(key__startswith="part_asked").count()) == (1, 1)


def test_sweeps_at_once_remind_each_person_once():
    role = a_part(a_mou(parts_due_on=NOW.date() + timedelta(days=7)), at=NOW - timedelta(days=30))
    at = NOW.replace(hour=18)
    at_once([lambda: part_reminders.sweep_parts(at=at) for _number in range(AT_ONCE)])
    keys = list(Mail.objects.filter(key__startswith="part_reminder").values_list("key", flat=True))
    assert keys == [f"part_reminder:{role.drafter.uid}:{at.date()}"]


def test_sweeps_at_once_remind_each_signatory_once(files):
    a_signature()
    at = NOW.replace(hour=18) + timedelta(days=7)
    counts = at_once([lambda: sign_reminders.sweep_signatures(at=at) for _number in range(AT_ONCE)])
    assert sum(counts) == Mail.objects.filter(key__startswith="sign_reminder").count() == 1
