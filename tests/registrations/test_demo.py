"""`manage.py demo`: what a second run, a later day, a fresh start and a crowd do to the story."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from meetings.models import Meeting, Network
from partners.models import Person
from registrations.credit.domain import announce_documents
from registrations.evaluation.domain import asking_evaluation
from registrations.models import Attendance, Registration
from registrations.seats.domain import reminding
from stemnet.models import Mail, MailState
from tests.defects import defects_of_mail

TODAY = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
LATER = TODAY + timedelta(days=10)
MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
SESSION = "becoming-a-partner-information-session"
WORKSHOPS = "computer-science-teachers-network"


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker, tmp_path_factory):
    """The story as it is told today, once for all tests of this file."""
    data = tmp_path_factory.mktemp("demo")
    settings = {"DEBUG": True, "STEMNET_DATA": data, "STORAGES": {"default": MEMORY, "staticfiles": STATIC}}
    with override_settings(**settings), django_db_blocker.unblock(), transaction.atomic():
        demo(at=TODAY)
        yield
        transaction.set_rollback(True)


pytestmark = [pytest.mark.usefixtures("story", "db")]


def demo(*words, at):
    with time_machine.travel(at, tick=False):
        call_command("demo", *words, stdout=StringIO())


def counts():
    models = apps.get_models(include_auto_created=True)
    return {
        model._meta.label: model._base_manager.count()
        for model in models
        if not model._meta.object_name.startswith("Historical")
    }


def days():
    return dict(Meeting.objects.values_list("uid", "on"))


def test_no_header_of_any_mail_has_a_defect():
    assert (Mail.objects.count() > 0, defects_of_mail()) == (True, [])


def test_no_reminder_of_a_fresh_demo_is_missed():
    three_days_before_a_meeting = datetime(2026, 11, 28, 15, 0, tzinfo=UTC)
    demo("--fresh", at=three_days_before_a_meeting)
    reminding.sweep_reminders(at=three_days_before_a_meeting + timedelta(minutes=1))
    assert not Mail.objects.filter(state=MailState.MISSED).exists()


def test_the_story_has_its_five_networks():
    assert sorted(Network.objects.values_list("slug", flat=True)) == [
        SESSION,
        WORKSHOPS,
        "mathematics-coordinators-network-2026-27",
        "ste-district-leaders-network-2020-21",
        "ste-district-leaders-network-2027-28",
    ]


def test_the_story_has_a_break_a_make_up_and_somebody_who_presented():
    opening = Meeting.objects.get(
        network__slug="ste-district-leaders-network-2020-21", title="Opening meeting"
    )
    assert [str(one) for one in opening.breaks.all()] == ["10:30 a.m. to 10:45 a.m."]
    made_up = Attendance.objects.get(minutes_made_up__gt=0)
    assert (made_up.minutes_made_up, made_up.minutes_counted, made_up.status) == (120, 120, "present")
    presented = Attendance.objects.get(presenting=True)
    assert (presented.meeting.title, presented.reason) == ("Instructional routines", "presented")


def test_a_second_run_on_a_day_changes_nothing():
    before, planned = counts(), days()
    demo(at=TODAY + timedelta(hours=5))
    assert (counts(), days()) == (before, planned)


def test_a_later_day_moves_what_nobody_touched():
    before, past = counts(), Meeting.objects.filter(network__slug="ste-district-leaders-network-2020-21")
    planned, held = days(), list(past.values_list("on", flat=True))
    demo(at=LATER)
    moved = Meeting.objects.get(network__slug=SESSION)
    assert moved.on == planned[moved.uid] + timedelta(days=14)
    assert moved.starts_at == datetime(2026, 12, 25, 18, 0, tzinfo=UTC)
    assert list(past.values_list("on", flat=True)) == held
    assert counts() == before


def test_a_later_day_leaves_what_was_edited():
    meeting = Meeting.objects.get(network__slug=SESSION)
    on, meeting.title = meeting.on, "Ours now"
    meeting._history_user = Person.objects.get(emails__address="coordinator@example.org").user
    meeting.save()
    demo(at=LATER)
    assert Meeting.objects.get(network__slug=SESSION).on == on


def test_a_later_day_leaves_what_people_were_told_had_changed():
    meeting = Meeting.objects.get(network__slug=SESSION)
    Meeting.objects.filter(pk=meeting.pk).update(sequence=1)
    demo(at=LATER)
    assert Meeting.objects.get(network__slug=SESSION).on == meeting.on


def test_a_later_day_brings_nothing_back_that_was_removed():
    Meeting.objects.filter(network__slug=SESSION).delete()
    group = Network.objects.get(slug="ste-district-leaders-network-2027-28").working_groups.first()
    group.title = "A topic of our own"
    group.save()
    before = counts()
    demo(at=LATER)
    assert counts() == before


def test_a_later_day_leaves_a_clone_of_the_past_network_alone():
    past = Network.objects.get(slug="ste-district-leaders-network-2020-21")
    clone = Network.objects.create(title="Ours", slug="ours-2029-30", school_year="2029-30", cloned_from=past)
    demo(at=LATER)
    assert not clone.meetings.exists()


def test_the_school_year_follows_meetings_that_move_into_the_next():
    demo(at=TODAY + timedelta(days=240))
    workshops = Network.objects.get(slug=WORKSHOPS)
    assert workshops.school_year == "2027-28"
    assert Network.objects.filter(slug="ste-district-leaders-network-2028-29").exists()


def test_nobody_of_the_past_network_gets_mail_today():
    asking_evaluation.sweep_evaluations(at=TODAY)  # which asks about a meeting of the other network
    assert announce_documents.tell_ready(at=TODAY) == 0
    past = Registration.objects.filter(network__slug="ste-district-leaders-network-2020-21")
    theirs = [f"registration:{uid}" for uid in past.values_list("uid", flat=True)]
    assert not Mail.objects.filter(object__in=theirs).exists()


def test_the_crowd_is_added_in_bulk():
    people, registrations, marks = Person.objects, Registration.objects, Attendance.objects
    before = people.count(), registrations.count(), marks.count()
    demo("--people", "30", at=TODAY)
    after = people.count(), registrations.count(), marks.count()
    assert [new - old for new, old in zip(after, before, strict=True)] == [30, 30, 150]
    demo("--people", "2", at=TODAY)
    assert people.count() == before[0] + 32


def test_a_fresh_start_forgets_what_was_added():
    before = counts()
    demo("--people", "3", at=TODAY)
    demo("--fresh", at=TODAY)
    assert counts() == before


def test_outside_debug_it_refuses():
    with override_settings(DEBUG=False), pytest.raises(CommandError, match="DEBUG only"):
        demo("--fresh", at=TODAY)
    assert Network.objects.exists()
