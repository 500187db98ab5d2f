"""The way to partner: suggesting, allowed steps, and who is told when two move one card."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from partners.models import Organization, Stage, Suggestion
from partners.people.domain.organizations import Workplace
from partners.prospects.domain import prospects, stages
from partners.prospects.exceptions import InvitationRefused, MovedByAnother, StageRefused
from tests.factories import NOW, SWEEP, a_mou, a_person, a_suggestion, an_organization

pytestmark = pytest.mark.django_db


def on_the_way(stage="suggested", **fields):
    return an_organization(stage=stage, **fields)


def steps(organization):
    return list(organization.stage_changes.values_list("from_status", "to_status", "by_name", "reason"))


def test_two_who_suggest_the_same_are_both_kept():
    organization = an_organization(stage="none")
    first, second = a_suggestion(organization), a_suggestion(organization)
    organization.refresh_from_db()
    assert list(organization.suggestions.all()) == [first, second]
    assert (organization.stage, len(steps(organization))) == ("suggested", 1)


def test_a_new_organization_is_listed_once_even_if_two_type_it():
    for _number in range(2):
        prospects.suggest(
            workplace=Workplace(words="Sea Lab"), why="Boats", by=a_person(), at=NOW, sector="nonprofit"
        )
    organization = Organization.objects.get()
    assert (organization.slug, organization.sector, organization.suggestions.count()) == (
        "sea-lab",
        "nonprofit",
        2,
    )


def test_one_suggests_an_organization_once_and_no_partner():
    suggestion = a_suggestion()
    with pytest.raises(InvitationRefused, match="already"):
        a_suggestion(suggestion.organization, by=suggestion.by)
    with pytest.raises(InvitationRefused, match="already a partner"):
        a_suggestion(an_organization())
    assert Suggestion.objects.count() == 1


def test_a_step_says_who_when_and_why():
    organization, person = on_the_way("came"), a_person()
    step = prospects.move_to_stage(organization, to="declined", by=person, at=NOW, reason=" No time ")
    assert steps(organization) == [("came", "declined", str(person), "No time")]
    assert (step.at, step.by) == (NOW, person)


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_goes_only_where_it_may(stage):
    allowed = set(stages.next_stages(stage))
    for to in Stage:
        organization = on_the_way(stage)
        if to in allowed:
            assert prospects.move_to_stage(organization, to=to, by=SWEEP, at=NOW, reason="so").to_status == to
        else:
            with pytest.raises(StageRefused, match="can't go from"):
                prospects.move_to_stage(organization, to=to, by=SWEEP, at=NOW, reason="so")


@pytest.mark.parametrize(
    ("stage", "to"), [("invited", "declined"), ("partner", "former"), ("came", "interested")]
)
def test_a_no_the_end_and_a_step_back_want_a_reason(stage, to):
    organization = on_the_way(stage)
    with pytest.raises(StageRefused, match="Say why"):
        prospects.move_to_stage(organization, to=to, by=SWEEP, at=NOW, reason="  ")
    organization.refresh_from_db()
    assert organization.stage == stage


def test_of_two_who_move_one_card_the_second_is_told():
    organization = a_suggestion().organization
    seen = organization.stage_changes.get().pk
    prospects.move_to_stage(organization, to="invited", by=a_person(first_name="Ann"), at=NOW, seen=seen)
    with pytest.raises(MovedByAnother, match=r"Ann .* moved .* to “Invited”"):
        prospects.move_to_stage(organization, to="interested", by=SWEEP, at=NOW, seen=seen)
    organization.refresh_from_db()
    assert organization.stage == "invited"


def test_where_there_is_an_mou_only_a_signature_makes_a_partner():
    organization = on_the_way("drafting")
    a_mou()
    with pytest.raises(StageRefused, match="when it signs"):
        prospects.move_to_stage(organization, to="partner", by=SWEEP, at=NOW)
    prospects.advance(organization, to="partner", by=SWEEP, at=NOW)
    prospects.advance(organization, to="partner", by=SWEEP, at=NOW + timedelta(days=1))
    organization.refresh_from_db()
    assert (organization.stage, organization.partner_since, len(steps(organization))) == (
        "partner",
        NOW.date(),
        1,
    )


def test_without_an_mou_a_partner_is_made_by_hand():
    organization = on_the_way("drafting")
    prospects.move_to_stage(organization, to="partner", by=SWEEP, at=NOW)
    organization.refresh_from_db()
    assert organization.stage == "partner"


def test_a_partner_that_comes_back_is_one_since_the_first_time():
    organization = on_the_way("drafting")
    for days, stage in enumerate(["partner", "former", "former", "partner"]):
        prospects.advance(organization, to=stage, by=SWEEP, at=NOW + timedelta(days=days), reason="so")
    organization.refresh_from_db()
    assert organization.partner_since == NOW.date()
    assert [to for _before, to, *_rest in steps(organization)] == ["partner", "former", "partner"]


def test_a_stage_is_given_nowhere_else():
    gives = re.compile(r"\.stage = |stage_changes\.create|StageChange(\.objects\.create)?\(")
    sources = (Path(settings.BASE_DIR) / app for app in ("partners", "meetings", "registrations"))
    files = [path for source in sources for path in source.rglob("domain/*.py")]
    found = {path.name for path in files if gives.search(path.read_text())}
    assert found == {"prospects.py", "merging.py"}  # two partners that are one have the stage of one
