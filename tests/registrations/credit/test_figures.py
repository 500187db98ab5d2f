"""When what the figures stand on changes, they are worked out anew, and documents are to be reviewed."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from meetings.planning.domain import counting, moving
from partners.merging.domain import merging
from registrations.attendance.domain import attendance, taking_back
from registrations.credit.domain import (
    changing_rule,
    demonstrating,
    figures,
    issuing,
    reviewing,
    versions,
)
from registrations.credit.domain.readiness import readiness_of_person
from registrations.credit.exceptions import IssuingRefused
from registrations.models import Attendance, CreditRule, Document, Evidence, KeptRule, RuleChange
from registrations.seats.domain import withdrawing
from tests.factories import NOW, SWEEP, a_coordinator, a_group, a_meeting, a_person, a_registration
from tests.registrations.credit.stories import JUNE, an_awarding_network
from tests.registrations.desk.setup_page import as_shown

pytestmark = pytest.mark.django_db


def seen(registration, meeting, *, at=JUNE, **how):
    return attendance.mark_attendance(
        registration=registration, meeting=meeting, **{"seen": "present", **how}, by=SWEEP, at=at
    )


def done(registration):
    """Take the evaluation out of the way."""
    registration.network.evaluation.completions.create(registration=registration, completed_on=JUNE.date())


def earned(registration):
    """The minutes and units of today."""
    found = readiness_of_person(registration.network, registration.person, at=JUNE)
    return found.minutes_counted, found.total.units


def reasons():
    return list(Document.objects.to_be_reviewed().values_list("review_reason", flat=True))


@pytest.fixture
def registration():
    """Somebody who was at three meetings and at one of a group, with a PDP certificate of 12."""
    network = an_awarding_network()
    group = a_group(network, title="Robotics")
    a_meeting(network, on=date(2020, 10, 14), working_group=group, start_time=time(12), end_time=time(15))
    registration = a_registration(network)
    for meeting in network.meetings.order_by("starts_at")[:4]:
        seen(registration, meeting)
    done(registration)
    issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    return registration


def test_a_group_that_leaves_the_topic_takes_its_hours_and_has_the_certificate_reviewed(client, registration):
    network = registration.network
    client.force_login(a_coordinator().user)
    address = reverse("network_edit", args=[network.slug])
    client.post(address, as_shown(client.get(address).context["page"], **{"groups-0-same_topic": ""}))
    assert earned(registration) == (540, 0)
    assert reasons() == [
        "The group “Robotics” is no longer on the network's topic, so the total is 540 minutes and 0 PDPs "
        "instead of 720 minutes and 12 PDPs."
    ]


def test_figures_that_are_right_again_take_the_mark_off(registration):
    group = registration.network.working_groups.get()
    for same_topic in (False, True):
        group.same_topic = same_topic
        with counting.watched(registration.network, at=JUNE):
            group.save()
        assert len(reasons()) == (not same_topic)


def test_the_first_meeting_cancelled_afterwards_leaves_the_series_its_rule(registration):
    network = registration.network
    CreditRule.objects.create(
        code="MA-PDP", version=2, name="New", minimum=100, effective_from=date(2020, 11, 1)
    )
    first = network.meetings.own().order_by("starts_at").first()
    moving.change_meetings([first], moving.cancelled(), by=SWEEP, at=JUNE, reason="nobody came")
    assert CreditRule.objects.version_for(network).version == 1
    assert reasons() == [
        "“Meeting 1” was cancelled, so the total is 540 minutes and 0 PDPs "
        "instead of 720 minutes and 12 PDPs."
    ]


def test_a_version_that_begins_or_is_backdated_changes_no_network_with_marks(registration):
    new = versions.make_next("MA-PDP", effective_from=date(2020, 1, 1))
    CreditRule.objects.filter(pk=new.pk).update(minimum=100)
    figures.rules_may_have_changed(new, because="A version began", at=JUNE)
    assert (earned(registration), reasons()) == ((720, 12), [])


def test_a_version_edited_in_the_admin_leaves_the_figures_of_whoever_goes_by_it(client, registration):
    rule = CreditRule.objects.get(code="MA-PDP")
    CreditRule.objects.filter(pk=rule.pk).update(effective_from=date(2100, 1, 1))
    client.force_login(a_coordinator().user)
    address = reverse("admin:registrations_creditrule_change", args=[rule.pk])
    form = client.get(address).context["adminform"].form
    typed = {name: "" if (value := form[name].value()) is None else value for name in form.fields}
    typed = {name: value for name, value in typed.items() if value is not False}
    answer = client.post(address, {**typed, "minimum": "20"})
    assert answer.status_code == 302
    assert [rule.minimum for rule in CreditRule.objects.filter(code="MA-PDP")] == [10, 20]
    assert (earned(registration), reasons()) == ((720, 12), [])


def test_the_rule_is_kept_from_the_first_mark_on():
    network = an_awarding_network()
    assert not KeptRule.objects.exists()
    seen(a_registration(network), network.meetings.first())
    assert KeptRule.objects.get().version == CreditRule.objects.get(code="MA-PDP")


def test_a_demonstration_that_is_taken_back_has_the_certificate_reviewed(registration):
    with counting.watched(registration.network, at=JUNE):
        type(registration.network).objects.update(requires_demonstration=True)
    assert reasons() == [
        "Whether a demonstration of learning is required was changed; the total is the same."
    ]
    who = {"registration": registration, "by": SWEEP, "at": JUNE}
    demonstrating.accept_demonstration(**who, reason="a lesson plan")
    assert reasons() == []
    demonstrating.take_back_demonstration(**who, reason="somebody else's")
    assert reasons() == ["The demonstration of learning no longer counts; the total is the same."]


def test_a_demonstration_taken_back_in_the_admin_is_noticed(client, registration):
    network = registration.network
    type(network).objects.update(requires_demonstration=True)
    registration.demonstrated_at = JUNE
    registration.save()
    figures.figures_may_have_changed(network, because="Nothing", at=JUNE)
    assert reasons() == []
    client.force_login(a_coordinator().user)
    address = reverse("admin:registrations_registration_change", args=[registration.pk])
    inlines = {
        f"{formset.formset.prefix}-{name}_FORMS": "0"
        for formset in client.get(address).context["inline_admin_formsets"]
        for name in ("TOTAL", "INITIAL")
    }
    form = client.get(address).context["adminform"].form
    shown = {name: form.initial.get(name) or "" for name in form.fields}
    shown |= {"organization": "A district of its own", "organization_choice": "-", "job": "coordinator"}
    client.post(address, {**inlines, **shown, "demonstrated_at_0": "", "demonstrated_at_1": ""})
    assert reasons() == ["The demonstration of learning no longer counts; the total is the same."]


def test_what_staff_kept_stays_kept_until_the_figures_change_again(registration):
    network, meeting = registration.network, registration.network.meetings.own().order_by("starts_at").first()
    seen(registration, meeting, left=meeting.starts_at + timedelta(minutes=120), reason="left early")
    document = Document.objects.get()
    reviewing.let_document_stand(document=document, reason="agreed", by=SWEEP, at=JUNE)
    figures.figures_may_have_changed(network, because="Nothing", at=JUNE)
    assert reasons() == []
    seen(registration, meeting, left=meeting.starts_at + timedelta(minutes=100), reason="left earlier")
    assert reasons() == [
        "Attendance at “Meeting 1” was corrected, so the total is 630 minutes and 10.5 PDPs instead of 720 "
        "minutes and 12 PDPs."
    ]


def test_a_document_of_somebody_with_nothing_left_is_to_be_reviewed(registration):
    withdrawing.remove_from_network(registration, by=SWEEP, at=NOW, reason="moved away")
    for mark in Evidence.objects.standing():
        meeting = mark.meeting
        taking_back.clear_mark(registration=registration, meeting=meeting, by=SWEEP, at=JUNE, reason="slip")
    assert reasons() == [
        "Attendance at “Meeting 3” was corrected, so the total is 0 minutes and 0 PDPs "
        "instead of 720 minutes and 12 PDPs."
    ]


def halves(first, second, meeting):
    middle = meeting.starts_at + timedelta(minutes=90)
    seen(first, meeting, left=middle)
    seen(second, meeting, arrived=middle)


def test_two_halves_of_a_meeting_before_and_after_coming_back_are_one_whole():
    network = an_awarding_network()
    first = a_registration(network)
    withdrawing.leave_network(first, by=SWEEP, at=NOW)
    second = a_registration(network, first.person)
    halves(first, second, network.meetings.first())
    assert (earned(second)[0], Attendance.objects.count()) == (180, 1)


def test_two_halves_of_a_meeting_of_two_people_are_one_whole_once_they_are_one():
    network = an_awarding_network()
    pair = [a_registration(network) for _each in range(2)]
    halves(*pair, network.meetings.first())
    kept, gone = (one.person for one in pair)
    merge = merging.merge_people(kept=kept, gone=gone, take=set(), by=a_coordinator(), at=JUNE)
    assert list(Attendance.objects.values_list("minutes_counted", flat=True)) == [180]
    merging.undo(merge, at=JUNE)
    assert sorted(Attendance.objects.values_list("minutes_counted", flat=True)) == [90, 90]


def test_two_meetings_at_one_time_on_two_registrations_count_no_minute_twice():
    network = an_awarding_network()
    beside = a_meeting(
        network,
        on=date(2020, 10, 14),
        working_group=a_group(network),
        start_time=time(10),
        end_time=time(14),
    )
    first = a_registration(network)
    withdrawing.leave_network(first, by=SWEEP, at=NOW)
    second = a_registration(network, first.person)
    seen(first, network.meetings.own().first())
    seen(second, beside)
    assert earned(second)[0] == 300


def test_a_merge_that_changes_the_figures_of_a_document_has_it_reviewed(registration):
    network = registration.network
    other = a_registration(network)
    last = network.meetings.own().order_by("starts_at").last()
    seen(other, last)
    by = a_coordinator()
    merge = merging.merge_people(kept=registration.person, gone=other.person, take=set(), by=by, at=JUNE)
    assert reasons() == [
        "Two records of this person were merged, so the total is 900 minutes and 15 PDPs "
        "instead of 720 minutes and 12 PDPs."
    ]
    merging.undo(merge, at=JUNE)
    assert reasons() == []


def test_marks_after_a_merge_are_told_apart_again_when_it_is_undone(registration):
    network = registration.network
    other = a_registration(network)
    last = network.meetings.own().order_by("starts_at").last()
    by = a_coordinator()
    merge = merging.merge_people(kept=registration.person, gone=other.person, take=set(), by=by, at=JUNE)
    seen(registration, last)
    merging.undo(merge, at=JUNE)
    assert earned(registration)[0] == 900


def test_the_preview_says_who_gains_or_loses_and_the_act_does_just_that(client, registration):
    network, other = registration.network, a_registration(registration.network)
    seen(other, network.meetings.first())
    staff = a_coordinator(first_name="Coordinator", last_name="Test")
    client.force_login(staff.user)
    address = reverse("staff_rule", args=[network.slug])
    texas = CreditRule.objects.get(code="TX-CPE", version=1)
    typed = {"version": texas.pk, "reason": "It is held in Texas now"}
    page = client.post(address, typed)
    text = " ".join(page.content.decode().split())
    assert "Hours or points of 2 people change" in text
    assert "1 document that was issued will need a review." in text
    assert (earned(registration), reasons(), RuleChange.objects.count()) == ((720, 12), [], 0)
    client.post(address, {**typed, "confirm": "yes"})
    change = RuleChange.objects.get()
    assert (change.from_status, change.to_status, change.reason) == (
        "MA-PDP v1",
        "TX-CPE v1",
        typed["reason"],
    )
    assert KeptRule.objects.get().version == texas
    other.network.refresh_from_db()
    assert earned(other) == (180, 3)
    assert reasons() == [
        "The credit rule of the network was changed from MA-PDP v1 to TX-CPE v1, so the total is 720 minutes "
        "and 12 CPE hours instead of 720 minutes and 12 PDPs."
    ]


def test_the_rule_is_not_changed_without_a_reason_or_to_the_same(registration):
    network, version = registration.network, CreditRule.objects.get(code="CEU", version=1)
    with pytest.raises(IssuingRefused, match="Say why"):
        changing_rule.change_rule(network, version, reason=" ", by=SWEEP, at=JUNE)
    with pytest.raises(IssuingRefused, match="already"):
        changing_rule.change_rule(
            network, CreditRule.objects.get(code="MA-PDP"), reason="same", by=SWEEP, at=JUNE
        )


def test_the_page_of_the_network_leaves_the_rule_once_people_were_marked(client, registration):
    network = registration.network
    client.force_login(a_coordinator().user)
    address = reverse("network_edit", args=[network.slug])
    page = client.get(address)
    assert reverse("staff_rule", args=[network.slug]) in page.content.decode()
    client.post(address, as_shown(page.context["page"], credit_code="CEU"))
    network.refresh_from_db()
    assert (network.credit_code, earned(registration)) == ("MA-PDP", (720, 12))


def test_the_preview_asks_as_much_for_thirty_as_for_one(django_assert_max_num_queries):
    network = an_awarding_network()
    meeting, version = network.meetings.first(), CreditRule.objects.get(code="CEU", version=1)
    seen(a_registration(network), meeting)
    with django_assert_max_num_queries(30) as one:
        changing_rule.preview(network, version, at=JUNE)
    for _each in range(29):
        a_registration(network, a_person())
    attendance.mark_all_present(meeting=meeting, by=SWEEP, at=JUNE)
    with django_assert_max_num_queries(len(one)):
        assert len(changing_rule.preview(network, version, at=JUNE)) == 30
