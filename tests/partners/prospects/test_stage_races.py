"""Two people at once on PostgreSQL: moving one card, suggesting one organization, sending one letter."""

import pytest

from partners.models import Invitation, Organization, StageChange, Suggestion
from partners.people.domain.organizations import Workplace
from partners.prospects.domain import inviting, prospects
from partners.prospects.exceptions import MovedByAnother
from stemnet.models import Mail
from tests.factories import NOW, SWEEP, a_partnership, a_person, a_suggestion
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
AT_ONCE = 6


def test_of_those_who_move_one_card_at_once_one_does_and_the_others_are_told():
    organization = a_suggestion().organization
    seen = organization.stage_changes.get().pk
    stages = ["invited", "interested"] * (AT_ONCE // 2)
    outcomes = at_once(
        [
            lambda to=to: prospects.move_to_stage(organization, to=to, by=SWEEP, at=NOW, seen=seen)
            for to in stages
        ]
    )
    assert sum(isinstance(outcome, StageChange) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, MovedByAnother) for outcome in outcomes) == AT_ONCE - 1
    organization.refresh_from_db()
    assert organization.stage_changes.last().to_status == organization.stage


def test_those_who_suggest_a_new_organization_at_once_are_all_kept():
    people = [a_person() for _number in range(AT_ONCE)]
    new = {"workplace": Workplace(words="Sea Lab"), "why": "Boats", "sector": "nonprofit", "at": NOW}
    outcomes = at_once([lambda by=by: prospects.suggest(by=by, **new) for by in people])
    assert [outcome for outcome in outcomes if not isinstance(outcome, Suggestion)] == []
    organization = Organization.objects.get()
    assert (organization.suggestions.count(), organization.stage_changes.count()) == (AT_ONCE, 1)


def test_one_letter_goes_out_even_if_two_jobs_send_it():
    a_partnership(postal_address="285 Old Westport Road")
    suggestion = a_suggestion()
    letter = {"subject": "S", "body": "{link}", "by": SWEEP, "at": NOW}
    outcomes = at_once([lambda: inviting.send_invitation(suggestion, **letter) for _number in range(AT_ONCE)])
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Invitation"] + ["NoneType"] * 5
    assert (Invitation.objects.count(), Mail.objects.count()) == (1, 1)
