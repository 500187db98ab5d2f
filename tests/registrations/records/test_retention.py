"""Retention: what goes in its time, what a dry run tells, what a legal hold keeps, and the log."""

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.urls import reverse

from meetings.models import Resource, ResourceReport, Upload
from partners.models import Invitation, KeptForm, Organization, Person, Stage, Suggestion, TableImport
from partners.people.domain import deletion
from partners.people.exceptions import DeletionBlocked
from registrations.models import (
    CatererLink,
    Evaluation,
    EvaluationResponse,
    Hold,
    Letter,
    Message,
    Party,
    Registration,
    Report,
    SeatInvitation,
    Transcript,
    TranscriptLink,
)
from registrations.records.domain import legal_holds
from stemnet.exceptions import HoldRefused, RetentionRefused
from stemnet.models import AskedCode, Job, LegalHold, Mail, RetentionPolicy, RetentionRun
from stemnet.retention import holds, policies, sweeping
from stemnet.retention.registry import all_kept, kept_as
from tests import factories
from tests.factories import NOW
from tests.registrations.asking.rows import a_question, an_answer

pytestmark = pytest.mark.django_db


def days(number):
    return NOW - timedelta(days=number)


def a_mail(key, at, **fields):
    return Mail.objects.create(
        key=key, template="t", address="a@example.org", subject=key, message_id=f"<{key}@x>", created_at=at,
        due_at=at, state="sent", sent_at=at, **fields,
    )  # fmt: skip


def a_session(key, ended):
    return Session.objects.create(session_key=key, session_data="", expire_date=ended)


def a_sign_in(key, at):
    user = factories.a_user()
    return UserSession.objects.create(
        session_key=key, user=user, ip="10.1.2.3", user_agent="x", last_seen_at=at, created_at=at
    )


def a_form(key, at):
    return KeptForm.objects.create(person=factories.a_person(), form=key, fields=[], saved_at=at)


def a_table(key, at):
    return TableImport.objects.create(
        kind="people",
        file_name=key,
        header=["a"],
        rows=[[1, ["x"]]],
        number=1,
        by=factories.a_person(),
        at=at,
    )


def a_job(key, at):
    return Job.objects.create(kind=key, actor="x", state="done", created_at=at, finished_at=at)


def a_code(key, at):
    return AskedCode.objects.create(asker=key, at=at)


def a_letter(key, at):
    one = factories.an_organization(name=key, stage=Stage.INVITED)
    return Invitation.objects.create(
        organization=one, name="Ann", address=f"{key}@example.org", sender=factories.a_person(),
        subject="s", body="b", sent_at=at,
    )  # fmt: skip


def a_suggestion(key, at):
    one = factories.an_organization(name=key, stage=Stage.SUGGESTED)
    return Suggestion.objects.create(
        organization=one, by=factories.a_person(), why="x", contact_name="Ann", at=at
    )


def a_draft(key, at):
    return Message.objects.create(
        network=factories.a_network(title=key), written_by=factories.a_person(), audience="all", created_at=at
    )


def a_letter_within(key, at):
    return Letter.objects.create(
        network=factories.a_network(title=key), text="x", sent_at=at,
        sender=factories.a_person(), receiver=factories.a_person(),
    )  # fmt: skip


def a_report(key, at):
    letter = a_letter_within(key, NOW)
    return Report.objects.create(
        network=letter.network, letter=letter, reporter=letter.receiver, reason="x", at=at,
        outcome="left", settled_at=at,
    )  # fmt: skip


def a_resource_report(key, at):
    resource = Resource.objects.create(
        title=key, summary="x", url=f"https://example.org/{key}", made_at=at, changed_at=at
    )
    return ResourceReport.objects.create(resource=resource, what="wrong", at=at, settled_at=at)


def a_caterer_link(key, at):
    meeting = factories.a_meeting(factories.a_network(title=key, meetings=0))
    return CatererLink.objects.create(
        meeting=meeting, name=key, token_hash=key, made_at=at, by_name="x", until=at
    )


def a_seat_invitation(key, at):
    network = factories.a_network(title=key)
    party = Party.objects.create(network=network, kind="invited", made_at=at, by_name="x")
    return SeatInvitation.objects.create(
        network=network, party=party, address=f"{key}@example.org", first_name="Ann", token_hash=key,
        made_at=at, until=at, ended_at=at, outcome="expired",
    )  # fmt: skip


def a_seat_hold(key, at):
    return Hold.objects.create(
        network=factories.a_network(title=key), address=f"{key}@example.org", browser=key, code_hash="x",
        created_at=at, sent_at=at, expires_at=at,
    )  # fmt: skip


def a_transcript_link(key, at):
    transcript = Transcript.objects.create(
        person=factories.a_person(), number=key, code=key[-16:], snapshot={}, issued_at=at
    )
    made_at = at - timedelta(days=1)
    return TranscriptLink.objects.create(
        transcript=transcript, name=key, token_hash=key, made_at=made_at, until=at
    )


def met(network, at):
    """Let the network's last meeting have ended then."""
    network.meetings.update(starts_at=at - timedelta(hours=1), ends_at=at)


def a_designee(key, at):
    leader = {"leader_name": "Dr. Leader", "leader_email": "leader@example.org"}
    registration = factories.a_registration(factories.a_network(title=key), **leader)
    met(registration.network, at)
    return registration


def an_evaluation(key, at):
    evaluation = factories.an_evaluation(factories.a_network(title=key))
    Evaluation.objects.filter(pk=evaluation.pk).update(closed_at=at)
    return evaluation


def an_upload(key, at):
    return Upload.objects.create(owner=factories.a_person(), name=key, size=3, sha256=key, expires_at=at)


def a_version(key, at):
    person = factories.a_person(last_name=key)
    person.history.update(history_date=at)
    person.last_name = f"{key} now"
    person.save()
    return person.history.order_by("history_date").first()


# Its class, what makes a row, a moment just late enough and one just too late; whether it is emptied or gone.
CLASSES = {
    "mail": (a_mail, days(729), days(731)),
    "sessions": (a_session, days(6), days(8)),
    "sign_ins": (a_sign_in, days(89), days(91)),
    "kept_forms": (a_form, days(29), days(31)),
    "imports": (a_table, days(29), days(31)),
    "jobs": (a_job, days(89), days(91)),
    "codes": (a_code, NOW - timedelta(minutes=59), NOW - timedelta(minutes=61)),
    "histories": (a_version, days(7 * 365), days(7 * 365 + 3)),
    "invitations": (a_letter, days(3 * 365), days(3 * 365 + 2)),
    "suggestions": (a_suggestion, days(3 * 365), days(3 * 365 + 2)),
    "drafts": (a_draft, days(364), days(366)),
    "letters": (a_letter_within, days(364), days(366)),
    "settled_reports": (a_report, days(364), days(366)),
    "resource_reports": (a_resource_report, days(364), days(366)),
    "caterer_links": (a_caterer_link, days(29), days(31)),
    "seat_invitations": (a_seat_invitation, days(364), days(366)),
    "holds": (a_seat_hold, NOW - timedelta(hours=23), NOW - timedelta(hours=25)),
    "transcript_links": (a_transcript_link, days(29), days(31)),
    "registrations": (a_designee, days(7 * 365), days(7 * 365 + 3)),
    "evaluations": (an_evaluation, days(5 * 365), days(5 * 365 + 2)),
    "uploads": (an_upload, NOW + timedelta(minutes=1), NOW - timedelta(minutes=1)),
}


def due(key):
    return {one.kept.key: one.found.number for one in sweeping.look(at=NOW)}[key]


def hold_person(person, **said):
    said = {"reason": "Case 12", "ask": "the office", "until": None, **said}
    return legal_holds.hold(person, by=factories.a_coordinator(), at=NOW, **said)


@pytest.mark.parametrize("key", CLASSES)
def test_what_is_too_old_goes_and_the_rest_stays(key):
    make, young, old = CLASSES[key]
    make("young", young)
    assert due(key) == 0
    make("old", old)
    assert due(key) == 1
    assert sweeping.run_class(key, at=NOW) == 1
    assert due(key) == 0
    line = RetentionRun.objects.get()
    assert (line.key, line.deleted, line.dry, line.by) == (key, 1, False, sweeping.CLOCK)
    assert sweeping.run_class(key, at=NOW) == 0
    assert RetentionRun.objects.count() == 1


def test_every_class_has_its_case():
    elsewhere = {"reports", "door_requests", "answers", "marks"}  # tests of their areas
    assert {kept.key for kept in all_kept()} == {*CLASSES, *elsewhere}


def test_what_is_emptied_is_still_counted():
    a_letter("old", days(2000))
    a_suggestion("older", days(2000))
    a_seat_invitation("seat", days(2000))
    sweeping.sweep(at=NOW)
    (letter,) = Invitation.objects.all()
    assert (letter.address, letter.name, letter.body) == (f"removed-{letter.pk}@removed.invalid", "", "")
    assert list(Suggestion.objects.values_list("why", "contact_name")) == [("", "")]
    assert list(SeatInvitation.objects.values_list("first_name", "outcome")) == [("", "expired")]


def test_a_letter_stays_until_staff_have_decided_what_was_reported_of_it():
    letter = a_letter_within("reported", days(400))
    report = Report.objects.create(
        network=letter.network, letter=letter, reporter=letter.receiver, reason="Rude", at=days(366)
    )
    assert due("letters") == 0
    Report.objects.filter(pk=report.pk).update(outcome="left", settled_at=NOW)
    assert due("letters") == 1


def test_who_joined_keeps_their_letters():
    a_letter("old", days(2000))
    Organization.objects.update(stage=Stage.PARTNER)
    assert due("invitations") == 0


def detailed():
    """An old registration with all that staff and its person said about it."""
    registration = a_designee("old", days(3000))
    factories.an_attendance(registration, meeting := registration.network.meetings.get())
    registration.planned_absences.create(meeting=meeting, said_at=days(3000))
    an_answer(a_question(registration.network), "By bus", registration)
    said = {"reason": "Moved away", "at": days(3000), "by_name": "Ann"}
    registration.changes.create(from_status="waiting", to_status="seated", **said)
    registration.staff_acts.create(kind="corrected", before={"job": "x"}, **said)
    return registration


def test_details_of_a_registration_go_and_what_is_counted_stays():
    registration = detailed()
    assert (sweeping.run_class("registrations", at=NOW), due("registrations")) == (1, 0)
    registration.refresh_from_db()
    assert (registration.status, registration.leader_name, registration.leader_email) == ("held", "", "")
    assert {"", *registration.history.values_list("leader_name", flat=True)} == {""}
    assert (registration.answers.count(), registration.planned_absences.count()) == (0, 0)
    assert {"", *registration.changes.values_list("reason", flat=True)} == {""}
    assert list(registration.staff_acts.values_list("reason", "before")) == [("", {})]
    assert registration.attendances.count() == 1


def test_evaluations_lose_their_words_and_keep_their_figures():
    evaluation = an_evaluation("old", days(2000))
    questions = {one.kind: one.code for one in evaluation.questions}
    words, scale = questions["words"], questions["agree"]
    for number in range(5):
        EvaluationResponse.objects.create(evaluation=evaluation, answers={words: "Loud", scale: number})
    sweeping.sweep(at=NOW)
    answers = EvaluationResponse.objects.values_list("answers", flat=True)
    assert sorted(answers, key=str) == [{scale: number} for number in range(5)]


def test_a_hold_on_who_is_registered_keeps_what_their_network_answered():
    evaluation = an_evaluation("old", days(2000))
    hold_person(factories.a_registration(evaluation.network).person)
    assert due("evaluations") == 0


def test_the_newest_version_of_a_row_stays():
    person = a_version("Stone", days(5000)).instance
    Person.history.update(history_date=days(4000))
    sweeping.run_class("histories", at=NOW)
    assert Person.history.filter(id=person.pk).count() == 1


def test_a_live_session_keeps_where_it_was_used():
    a_session("live", NOW + timedelta(days=1))
    a_sign_in("live", days(300))
    assert due("sign_ins") == 0


def test_a_dry_run_deletes_nothing_and_is_logged():
    a_mail("old", days(800))
    (one,) = [one for one in sweeping.note_look(by="Ann", at=NOW) if one.found.number]
    assert (one.kept.key, one.found.oldest, Mail.objects.count()) == ("mail", days(800), 1)
    assert list(RetentionRun.objects.values_list("key", "dry", "found", "deleted", "by")) == [
        ("mail", True, 1, 0, "Ann")
    ]


def test_a_run_goes_on_in_batches(monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 2)
    for number in range(5):
        a_mail(f"old-{number}", days(800))
    assert sweeping.run_class("mail", at=NOW) == 5
    assert RetentionRun.objects.get().deleted == 5


def test_the_clock_runs_once_a_day():
    a_mail("old", days(800))
    assert sweeping.sweep(at=NOW) == 1
    a_mail("older", days(900))
    assert sweeping.sweep(at=NOW + timedelta(hours=1)) == 0
    assert sweeping.sweep(at=NOW + timedelta(days=1)) == 1


def test_chosen_days_hold_and_are_logged():
    a_mail("old", days(100))
    policies.change_days(kept_as("mail"), 90, reason="Town schedule.", by="Ann", at=NOW)
    assert due("mail") == 1
    assert RetentionRun.objects.get().words == "730 days before, now: 90 days. Town schedule."
    policies.change_days(kept_as("mail"), None, reason="All of it.", by="Ann", at=NOW)
    assert due("mail") == 0


def test_nothing_goes_below_its_floor():
    with pytest.raises(RetentionRefused, match="Keep this for at least 2192 days: what was agreed"):
        policies.change_days(kept_as("histories"), 30, reason="x", by="Ann", at=NOW)
    with pytest.raises(RetentionRefused, match="follow a rule"):
        policies.change_days(kept_as("marks"), 30, reason="x", by="Ann", at=NOW)
    assert not RetentionPolicy.objects.exclude(changed_at=None).exists()


def test_a_hold_on_a_person_stops_every_class():
    login = factories.a_user(first_name="Eva")
    person = login.person
    a_mail("theirs", days(800), recipient=f"person:{person.uid}")
    a_mail("others", days(800))
    KeptForm.objects.create(person=person, form="x", fields=[], saved_at=days(800))
    UserSession.objects.create(
        session_key="s", user=login, ip="10.1.2.3", last_seen_at=days(800), created_at=days(800)
    )
    a_session("s", days(800))
    hold = hold_person(person)
    sweeping.sweep(at=NOW)
    assert list(Mail.objects.exclude(recipient="").values_list("key", flat=True)) == ["theirs"]
    assert (KeptForm.objects.count(), UserSession.objects.count(), Session.objects.count()) == (1, 1, 1)
    holds.lift_hold(hold, by="Ann", at=NOW)
    sweeping.sweep(at=NOW + timedelta(days=1))
    assert (KeptForm.objects.count(), UserSession.objects.count(), Session.objects.count()) == (0, 0, 0)


def test_a_hold_on_a_network_covers_it_and_its_people():
    draft = a_draft("held", days(800))
    person = factories.a_person()
    factories.a_registration(draft.network, person)
    a_mail("theirs", days(800), recipient=f"person:{person.uid}")
    a_draft("other", days(800))
    hold_person(draft.network)
    sweeping.sweep(at=NOW)
    assert list(Message.objects.all()) == [draft]
    assert Mail.objects.filter(key="theirs").exists()
    with pytest.raises(DeletionBlocked, match=r"under a legal hold .* Ask the office"):
        deletion.remove_person(person, by=person, at=NOW)


def test_a_hold_on_an_organization_covers_who_works_at_it_and_at_its_parts():
    district, other = factories.an_organization(), factories.a_person()
    school = factories.an_organization(part_of=district)
    here, there = factories.a_person(), factories.a_person()
    factories.a_position(here, organization=district)
    factories.a_position(there, organization=school)
    hold_person(district)
    assert holds.held(NOW)["person"] == {str(here.uid), str(there.uid)}
    with pytest.raises(DeletionBlocked):
        deletion.remove_person(there, reason="Asked", by=factories.a_coordinator(), at=NOW)
    deletion.remove_person(other, reason="Asked", by=factories.a_coordinator(), at=NOW)


def test_an_organization_is_put_on_hold_on_the_page(client):
    client.force_login(factories.a_coordinator().user)
    district = factories.an_organization()
    typed = {"organization": district.name, "organization_choice": district.slug}
    said = {"reason": "A claim", "ask": "Counsel"}
    both = client.post(reverse("legal_hold"), {**typed, **said, "address": "ana@example.org"})
    assert "one of them" in both.content.decode()
    client.post(reverse("legal_hold"), {**typed, **said})
    assert LegalHold.objects.get().object == f"organization:{district.pk}"


def test_a_hold_stops_deletion_until_its_last_day():
    person = factories.a_user().person
    hold_person(person, until=NOW + timedelta(days=2))
    with pytest.raises(DeletionBlocked):
        deletion.remove_person(person, by=person, at=NOW + timedelta(days=1))
    deletion.remove_person(person, by=person, at=NOW + timedelta(days=2))
    assert Person.objects.get(pk=person.pk).removed_at


def test_a_hold_goes_on_for_whoever_they_were_merged_into():
    one, other = factories.a_person(), factories.a_person()
    hold_person(one)
    Person.objects.filter(pk=one.pk).update(merged_into=other)
    assert str(other.uid) in holds.held(NOW)["person"]
    assert list(legal_holds.in_the_way(other, at=NOW))


def test_two_holds_on_one_person_are_one():
    person = factories.a_person(first_name="Eva", last_name="Stone")
    hold_person(person)
    with pytest.raises(HoldRefused, match="Eva Stone is already on hold"):
        hold_person(person)
    assert LegalHold.objects.count() == 1


def test_figures_stay_equal(client):
    network = factories.a_network()
    for _number in range(3):
        registration = factories.a_registration(network, factories.a_user().person)
        factories.an_attendance(registration, network.meetings.first())
    for key, (make, _young, old) in CLASSES.items():
        make(f"old-{key}", old)
    before = [client.get(reverse(name)).content for name in ("home", "networks", "partners")]
    counts = {model: model.objects.count() for model in (Registration, Person, Organization, Invitation)}
    assert sweeping.sweep(at=NOW) > 10
    after = [client.get(reverse(name)).content for name in ("home", "networks", "partners")]
    assert [numbers(page) for page in after] == [numbers(page) for page in before]
    assert counts == {model: model.objects.count() for model in counts}


def numbers(page):
    """What a page says in numbers."""
    text = re.sub(
        r"<script.*?</script>|nonce=\"[^\"]*\"|value=\"[^\"]*\"", "", page.decode(), flags=re.DOTALL
    )
    return re.findall(r">\s*([\d,.]+)\s*<", text)
