"""Merging two into one: every foreign key has its rule, the strongest stays, undo restores every row."""

from datetime import timedelta
from itertools import product

import pytest
from django.apps import apps
from django.db import models
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from meetings.models import Appointment
from partners.merging.domain import merging
from partners.merging.domain.merge_rules import _rules
from partners.merging.exceptions import MergeRefused
from partners.merging.forms import MergeForm
from partners.models import (
    Alias,
    MailTopic,
    Merge,
    Organization,
    Partnership,
    Person,
    PersonEmail,
    Preference,
)
from partners.people.domain import appointing, preferences
from partners.prospects.domain import prospects
from registrations.attendance.domain import attendance
from registrations.credit.domain import figures, issuing
from registrations.evaluation.domain import evaluating
from registrations.models import Attendance, Document, Evidence, Registration
from registrations.seats import calendars
from registrations.seats.domain import withdrawing
from stemnet.models import Mail
from stemnet.plain_columns import plain_fields
from tests.factories import (
    NOW,
    SWEEP,
    a_coordinator,
    a_network,
    a_partnership,
    a_person,
    a_position,
    a_registration,
    a_user,
    an_organization,
)

LATER = NOW + timedelta(days=60)
SET_ASIDE = {
    "registrations.calendarrevision",
    "partners.merge",
    "stemnet.mail",
    "account.emailaddress",
    "sessions.session",
}


def keys_to(model):
    """Return the foreign keys to ``model`` of every table but histories, which keep what was."""
    return [
        (table, field.name)
        for table in apps.get_models(include_auto_created=True)
        if not table.__name__.startswith("Historical")
        for field in table._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is model
    ]


def everything():
    """Return every row of every table that a merge may touch."""
    return {
        table._meta.label_lower: sorted(table._base_manager.values_list(*columns(table)), key=str)
        for table in apps.get_models(include_auto_created=True)
        if not table.__name__.startswith("Historical") and table._meta.label_lower not in SET_ASIDE
    }


def columns(table):
    return [field.attname for field in table._meta.concrete_fields]


def people(kept, gone, *, take=(), by=None, at=LATER):
    return merging.merge_people(kept=kept, gone=gone, take=set(take), by=by or a_coordinator(), at=at)


def organizations(kept, gone, *, take=(), by=None, at=LATER):
    return merging.merge_organizations(kept=kept, gone=gone, take=set(take), by=by or a_coordinator(), at=at)


def seen(registration, *, minutes=180):
    meeting = registration.network.meetings.own().first()
    attendance.mark_attendance(
        registration=registration,
        meeting=meeting,
        seen="present",
        arrived=meeting.starts_at,
        left=meeting.starts_at + timedelta(minutes=minutes),
        by=SWEEP,
        at=meeting.ends_at,
    )


@pytest.mark.parametrize("model", [Person, Organization, Registration])
def test_every_foreign_key_has_a_rule(model):
    assert [key for key in keys_to(model) if key not in _rules] == []


@pytest.mark.django_db
def test_person_takes_the_chosen_fields_and_every_address():
    kept = a_person(first_name="Pat", last_name="Old", address="pat@old.example.org")
    gone = a_person(first_name="Patricia", last_name="New", address="pat@new.example.org")
    people(kept, gone, take={"first_name", "primary"})
    kept = Person.objects.get(pk=kept.pk)
    assert (str(kept), kept.primary_address) == ("Patricia Old", "pat@new.example.org")
    assert Person.objects.get(pk=gone.pk).merged_into == kept
    assert PersonEmail.objects.filter(person=kept).count() == 2


@pytest.mark.django_db
def test_both_addresses_are_told():
    kept, gone = a_person(address="a@example.org"), a_person(address="b@example.org")
    people(kept, gone)
    told = Mail.objects.filter(template="mail/partners/people_merged").values_list("address", flat=True)
    assert set(told) == {"a@example.org", "b@example.org"}


@pytest.mark.django_db
def test_one_login_stays_and_rights_are_not_carried_over():
    kept, gone = a_user().person, a_user().person
    appointing.appoint(gone, group="coordinator")
    people(kept, gone, take={"primary"})
    kept, gone = (Person.objects.get(pk=one.pk) for one in (kept, gone))
    assert (kept.user.is_active, gone.user.is_active, kept.is_coordinator) == (True, False, False)
    assert kept.user.email == kept.primary_address


@pytest.mark.django_db
def test_old_private_links_lead_to_the_person_who_stays():
    kept, gone = a_person(), a_person()
    token = calendars.token_of(gone)
    link = preferences.unsubscribe_url(gone, MailTopic.REMINDERS).rstrip("/").split("/")[-1]
    people(kept, gone)
    assert (calendars.person_with(token), preferences.read(link)[0]) == (kept, kept)
    preferences.reset_private_links(kept)
    assert calendars.person_with(token) is None


@pytest.mark.django_db
def test_registrations_in_one_network_collapse_to_the_strongest_with_both_hours():
    network = a_network(meetings=2)
    waiting_person, seated_person = a_person(), a_person()
    seated = a_registration(network, seated_person)
    waiting = a_registration(network, waiting_person)
    first, second = network.meetings.own()
    attendance.mark_attendance(registration=seated, meeting=first, seen="present", by=SWEEP, at=first.ends_at)
    attendance.mark_attendance(
        registration=waiting, meeting=second, seen="present", by=SWEEP, at=second.ends_at
    )
    Registration.objects.filter(pk=waiting.pk).update(status="waiting", line=1000)
    people(waiting_person, seated_person)
    live = Registration.objects.live().get(network=network)
    assert (live.pk, live.person, live.status) == (seated.pk, waiting_person, "seated")
    assert set(live.attendances.values_list("meeting", flat=True)) == {first.pk, second.pk}
    waiting.refresh_from_db()
    assert (waiting.status, waiting.person) == ("transferred", seated_person)


@pytest.mark.django_db
@pytest.mark.parametrize(("mine", "theirs"), [(60, 180), (180, 60), (120, 120)])
def test_of_two_marks_at_one_meeting_the_longer_one_counts_and_the_other_is_kept(mine, theirs):
    network = a_network()
    kept, gone = a_registration(network), a_registration(network)
    seen(kept, minutes=mine)
    seen(gone, minutes=theirs)
    people(kept.person, gone.person)
    live = Registration.objects.live().get(network=network)
    assert live.attendances.get().minutes_counted == max(mine, theirs)
    marks = Evidence.objects.filter(registration=live)
    assert (marks.count(), marks.standing().count()) == (2, 1)
    before = list(Attendance.objects.filter(registration=live).values_list("minutes_counted", flat=True))
    figures.figures_may_have_changed(network, because="Nothing", at=LATER)
    assert (
        list(Attendance.objects.filter(registration=live).values_list("minutes_counted", flat=True)) == before
    )


@pytest.mark.django_db
def test_issued_documents_keep_the_printed_name_and_of_two_valid_ones_one_waits_for_a_review():
    network = a_network()
    pair = [a_registration(network, a_person(first_name=name)) for name in ("Pat", "Patricia")]
    for registration in pair:
        seen(registration)
    evaluating.open_evaluation(network, by=SWEEP, at=LATER)
    for registration in pair:
        evaluating.waive(registration=registration, reason="for the test", by=SWEEP, at=LATER)
    kind = Document.Kind.ATTENDANCE
    issued = [issuing.issue(registration=one, kind=kind, by=SWEEP, at=LATER) for one in pair]
    printed = [one.snapshot for one in issued]
    people(pair[0].person, pair[1].person)
    issued = [Document.objects.get(pk=one.pk) for one in issued]
    assert [one.snapshot for one in issued] == printed
    assert [one.status for one in issued] == ["valid", "valid"]
    assert [one.to_be_reviewed_at is not None for one in issued] == [False, True]


@pytest.mark.django_db
def test_nobody_merges_away_the_person_they_are_signed_in_as():
    by = a_coordinator()
    with pytest.raises(MergeRefused, match="signed in"):
        people(a_person(), by, by=by)


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["itself", "merged"])
def test_what_is_one_already_is_not_merged(what):
    kept, gone = a_person(), a_person()
    if what == "merged":
        people(kept, gone)
    with pytest.raises(MergeRefused):
        people(kept, kept if what == "itself" else gone)


@pytest.mark.django_db
def test_organization_keeps_both_names_and_old_addresses_lead_to_it(client):
    one = a_partnership()
    kept, gone = an_organization(name="Wareham", slug="wareham"), an_organization(name="WPS", slug="wps")
    Alias.objects.create(organization=gone, name="Wareham schools")
    one.lead_organizations.set([kept, gone])
    part = an_organization(part_of=gone)
    a_position(a_person(), organization=gone)
    organizations(kept, gone, take={"name"})
    kept.refresh_from_db()
    part.refresh_from_db()
    assert (kept.name, part.part_of, kept.positions.count()) == ("WPS", kept, 1)
    assert set(kept.aliases.values_list("name", flat=True)) == {"Wareham", "Wareham schools"}
    assert client.get("/partners/wps/")["Location"] == "/partners/wareham/"


@pytest.mark.django_db
def test_the_steps_of_both_end_at_the_stage_that_was_chosen():
    kept, gone = an_organization(stage="none"), an_organization(stage="none")
    for place, stages in ((kept, ["suggested", "invited"]), (gone, ["suggested"])):
        for number, stage in enumerate(stages):
            prospects.move_to_stage(
                place, to=stage, by=SWEEP, at=NOW + timedelta(hours=number * 2 - (place == kept))
            )
    prospects.move_to_stage(gone, to="invited", by=SWEEP, at=NOW + timedelta(hours=3))
    prospects.move_to_stage(gone, to="declined", reason="No time", by=SWEEP, at=NOW + timedelta(hours=4))
    by = a_coordinator()
    before = everything()
    merge = organizations(kept, gone, by=by)
    step = kept.stage_changes.order_by("at", "pk").last()
    assert (step.from_status, step.to_status, step.reason) == ("declined", "invited", f"Merged with {gone}.")
    merging.undo(merge, at=LATER)
    assert everything() == before


@pytest.mark.parametrize(
    ("one", "other", "side"),
    [
        ("none", "invited", "other"),
        ("suggested", "partner", "other"),
        ("partner", "invited", "one"),
        ("invited", "none", "one"),
    ],
)
def test_the_form_begins_with_the_stage_that_says_more(one, other, side):
    pair = [Organization(name="A", stage=one), Organization(name="B", stage=other)]
    form = MergeForm(one=pair[0], other=pair[1], fields=["stage"])
    assert form.initial["stage"] == side


@pytest.mark.django_db
def test_whole_and_part_become_one_without_being_part_of_itself():
    whole = an_organization()
    part = an_organization(part_of=whole)
    other = an_organization(part_of=part)
    organizations(part, whole)
    part.refresh_from_db()
    other.refresh_from_db()
    assert (part.part_of, other.part_of) == (None, part)


@pytest.mark.django_db
def test_name_that_a_third_has_is_refused():
    an_organization(name="Wareham", city="Wareham", state="MA")
    kept = an_organization(name="A", city="Wareham", state="MA")
    gone = an_organization(name="wareham", city="Elsewhere", state="MA")
    with pytest.raises(MergeRefused, match="this name in this town"):
        organizations(kept, gone, take={"name"})


@pytest.mark.django_db
def test_undo_is_refused_after_30_days_twice_and_under_a_later_merge():
    by, kept, gone, third = a_coordinator(), a_person(), a_person(), a_person()
    merge = people(kept, gone, by=by)
    later = people(third, kept, by=by)
    with pytest.raises(MergeRefused, match="merged again"):
        merging.undo(merge, at=LATER)
    merging.undo(later, at=LATER)
    with pytest.raises(MergeRefused, match="30 days"):
        merging.undo(merge, at=LATER + timedelta(days=31))
    merging.undo(merge, at=LATER + timedelta(days=30))
    with pytest.raises(MergeRefused, match="already"):
        merging.undo(merge, at=LATER)


@pytest.mark.django_db
def test_undo_keeps_what_was_changed_since():
    kept, gone = a_person(first_name="A"), a_person(first_name="B")
    merge = people(kept, gone, take={"first_name"})
    Person.objects.filter(pk=kept.pk).update(first_name="Corrected")
    new = a_registration(a_network(), Person.objects.get(pk=kept.pk))
    merging.undo(merge, at=LATER)
    kept.refresh_from_db()
    assert (kept.first_name, new.person) == ("Corrected", kept)


@pytest.mark.django_db
def test_undo_is_refused_where_a_new_row_stands_in_the_way_and_changes_nothing():
    kept, gone = an_organization(name="A", city="", state=""), an_organization(name="B", city="", state="")
    merge = organizations(kept, gone)
    an_organization(name="B", city="", state="")
    before = everything()
    with pytest.raises(MergeRefused, match="because of what was added since"):
        merging.undo(merge, at=LATER)
    assert everything() == before


TAKES = [set(), set(merging.PERSON_FIELDS), {"primary"}, {"last_name", "primary"}]
STATES = ["", "seated", "waiting", "withdrawn", "seen"]


def a_state(network, person, state):
    """Register ``person`` and bring it into ``state``."""
    if not state:
        return
    registration = a_registration(network, person)
    if state in {"seen", "seated"}:
        rows = Registration.objects.filter(pk=registration.pk)
        rows.update(status="seated", line=None, seated_at=NOW)
        registration.refresh_from_db()
    if state == "seen":
        seen(registration, minutes=60 + 30 * (person.pk % 3))
    elif state == "withdrawn":
        withdrawing.leave_network(registration, by=person, at=NOW)
    elif state == "waiting":
        line = 1000 + person.pk
        Registration.objects.filter(pk=registration.pk).update(status="waiting", line=line, seated_at=None)


@pytest.mark.django_db
@pytest.mark.parametrize("states", list(product(STATES, STATES)))
def test_undo_restores_every_row_of_two_people(states):
    by = a_coordinator()
    pair = [a_user().person if number else a_person() for number in range(2)]
    network = a_network()
    for person, state in zip(pair, states, strict=True):
        a_state(network, person, state)
        a_position(person)
        Preference.objects.create(person=person, topic=MailTopic.REMINDERS, muted_at=NOW)
        Appointment.objects.create(network=network, person=person)
    before = everything()
    merge = people(*pair, by=by, take=TAKES[len("".join(states)) % 4])
    live = Registration.objects.live().filter(network=network)
    assert live.count() == min(1, sum(state in {"seated", "waiting", "seen"} for state in states))
    assert all(row.person == pair[0] for row in live)
    merging.undo(merge, at=LATER)
    assert everything() == before


class TestUndo(TestCase):
    """Undo under any choice of fields and any rows."""

    @settings(max_examples=15, deadline=None)
    @given(
        take=st.sets(st.sampled_from(merging.ORGANIZATION_FIELDS)),
        acts=st.lists(
            st.sampled_from(["alias", "ally", "lead", "part", "position", "host", "whole"]), max_size=8
        ),
        sides=st.lists(st.integers(0, 1), min_size=8, max_size=8),
    )
    def test_undo_restores_every_row_of_two_organizations(self, take, acts, sides):
        by, one = a_coordinator(), Partnership.objects.first() or a_partnership()
        pair = [
            an_organization(city="Wareham", state="MA", state_org_code="0310"),
            an_organization(name="Elsewhere", city="Elsewhere", state="MA", state_org_code="0311"),
        ]
        third = an_organization()
        for act, side in zip(acts, sides, strict=False):
            self.act(act, pair[side], pair[1 - side], third, one)
        before = everything()
        merge = organizations(*pair, by=by, take=take)
        merging.undo(merge, at=LATER)
        assert everything() == before

    def act(self, act, own, other, third, one):
        if act == "alias":
            Alias.objects.get_or_create(organization=own, name="The schools")
        elif act == "ally":
            own.allies.add(third, other)
        elif act == "lead":
            one.lead_organizations.add(own)
        elif act == "part":
            an_organization(part_of=own)
        elif act == "position":
            a_position(a_person(), organization=own)
        elif act == "host":
            Partnership.objects.update(host=own)
        else:
            Organization.objects.filter(pk=own.pk).update(part_of=other)


@pytest.mark.django_db
def test_merge_is_told_by_its_row():
    by, kept, gone = a_coordinator(), an_organization(name="A"), an_organization(name="B")
    organizations(kept, gone, by=by)
    merge = Merge.objects.get()
    assert (merge.kept, merge.gone, merge.by, merge.label) == (kept.pk, gone.pk, by, "A ← B")


def test_every_field_can_be_chosen_or_is_left_alone_on_purpose():
    left = {"id", "uid", "slug", "link_number", "created_at", "merged_into", "shares_registrations"}
    left |= {"logo", "removed_at"}  # who stays uploads its own; who was removed is never merged
    names = {field.name for model in (Person, Organization) for field in model._meta.concrete_fields}
    left |= {field.name for model in (Person, Organization) for field in plain_fields(model)}
    assert names - left - set(merging.PERSON_FIELDS) - set(merging.ORGANIZATION_FIELDS) == set()


@pytest.mark.django_db
@pytest.mark.parametrize(("mine", "theirs"), list(product([True, False], [True, False])))
def test_registrations_are_shared_only_where_both_agreed(mine, theirs):
    kept, gone = a_person(shares_registrations=mine), a_person(shares_registrations=theirs)
    merge = people(kept, gone)
    kept.refresh_from_db()
    assert kept.shares_registrations == (mine and theirs)
    merging.undo(merge, at=LATER)
    kept.refresh_from_db()
    assert kept.shares_registrations == mine
