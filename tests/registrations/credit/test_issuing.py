"""Issuing, revoking and replacing documents."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from registrations.credit.domain import document_codes, drafting, issuing, replacing, reviewing, snapshots
from registrations.credit.domain.figures import figures_may_have_changed
from registrations.credit.domain.readiness import readiness_of
from registrations.credit.exceptions import IssuingRefused
from registrations.models import Attendance, Document
from stemnet.models import Mail
from stemnet.paper_codes import ALPHABET, normal_code
from tests.factories import SWEEP, a_meeting, a_partnership, a_person, a_registration, a_staff_member
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


def issue(registration, kind="pdp", at=JUNE):
    return issuing.issue(registration=registration, kind=kind, by=SWEEP, at=at)


def issue_all(network):
    return issuing.issue_all(readiness_of(network, at=JUNE), by=SWEEP, at=JUNE)


def test_a_document_is_a_snapshot_a_file_a_number_and_a_code():
    a_partnership()
    document = issue(a_participant(an_awarding_network(), attended=4))
    assert document.number == "2021-000001"
    assert (len(document.code), set(document.code) - set(ALPHABET)) == (16, set())
    with document.pdf.open() as file:
        assert document.sha256 == hashlib.sha256(file.read()).hexdigest()
    facts = document.snapshot
    assert (facts["hours"], facts["units"], facts["issuer"]) == ("12.00", "12", "SouthCoast STEM Network")
    assert facts["meetings"][0]["attended"] == "9:00 a.m. to 12 noon ET"
    assert facts["rule"] == "MA-PDP v1"


def test_the_pdf_carries_the_number_of_its_document_where_somebody_took_the_next_one_first():
    network = an_awarding_network()
    readiness = readiness_of(network, at=JUNE, people=[a_participant(network).person_id])[0]
    common = snapshots.said_by_all(network)
    numbers = document_codes.numbers_of(JUNE.date())
    before = drafting.typeset([(readiness, "pdp")], numbers=numbers, common=common, at=JUNE)
    other = issue(a_participant(network))
    numbers = document_codes.lock_numbers(JUNE.date())
    drafts = drafting.typeset([(readiness, "pdp")], numbers=numbers, common=common, at=JUNE, before=before)
    (document,) = drafting.write(drafts, numbers=numbers, by=SWEEP, at=JUNE)
    with document.pdf.open() as file:
        words = PdfReader(file).pages[0].extract_text()
    assert (other.number, document.number) == ("2021-000001", "2021-000002")
    assert ("2021-000002" in words, "2021-000001" in words) == (True, False)


def test_a_draft_that_says_the_same_is_not_typeset_again():
    network = an_awarding_network()
    readiness = readiness_of(network, at=JUNE, people=[a_participant(network).person_id])[0]
    facts = {"numbers": document_codes.numbers_of(JUNE.date()), "common": snapshots.said_by_all(network)}
    before = drafting.typeset([(readiness, "pdp")], **facts, at=JUNE)
    after = drafting.typeset([(readiness, "pdp")], **facts, at=JUNE, before=before)
    pdfs = [drafts.made[readiness.person.pk, "pdp"].pdf for drafts in (before, after)]
    assert pdfs[0] is pdfs[1]


def test_numbers_go_up_by_one_within_a_year():
    network = an_awarding_network()
    numbers = [issue(a_participant(network)).number for _ in range(3)]
    numbers.append(issue(a_participant(network), at=JUNE + timedelta(days=365)).number)
    assert numbers == ["2021-000001", "2021-000002", "2021-000003", "2022-000001"]


def test_issuing_twice_gives_the_same_document():
    registration = a_participant(an_awarding_network())
    assert issue(registration) == issue(registration)
    assert Document.objects.count() == 1


def test_a_second_valid_document_is_refused_by_the_database():
    document = issue(a_participant(an_awarding_network()))
    document.pk, document.number, document.code = None, "x", "y"
    document.uid = "00000000-0000-4000-8000-000000000000"
    with pytest.raises(IntegrityError), transaction.atomic():
        document.save()


def test_a_certificate_is_refused_with_every_reason():
    registration = a_participant(an_awarding_network(requires_demonstration=True), attended=3)
    with pytest.raises(IssuingRefused, match="9 of 10 hours, no PDPs yet; demonstration of learning"):
        issue(registration)
    assert Document.objects.count() == 0


def test_a_refused_document_uses_up_no_number():
    network = an_awarding_network()
    with pytest.raises(IssuingRefused):
        issue(a_participant(network, attended=3))
    assert issue(a_participant(network)).number == "2021-000001"


def test_the_confirmation_lists_what_did_not_count_and_the_certificate_does_not():
    registration = a_participant(an_awarding_network())
    Attendance.objects.filter(meeting__title="Meeting 5").update(
        minutes_attended=60, minutes_counted=0, reason="too_short"
    )
    confirmation, certificate = issue(registration, "attendance"), issue(registration)
    last = confirmation.snapshot["meetings"][-1]
    assert last["minutes_attended"] == 60
    assert last["reason"] == "less than half of the meeting, so no hours count"
    assert len(certificate.snapshot["meetings"]) == 4


def test_one_click_issues_everything_that_is_ready():
    registration = a_participant(an_awarding_network())
    documents = issuing.issue_ready(registration=registration, by=registration.person, at=JUNE)
    assert sorted(document.kind for document in documents) == ["attendance", "pdp"]
    assert issuing.issue_ready(registration=registration, by=registration.person, at=JUNE) == []


def test_one_click_says_why_there_is_nothing():
    registration = a_participant(an_awarding_network(), evaluated=False)
    with pytest.raises(IssuingRefused, match="network evaluation not answered yet"):
        issuing.issue_ready(registration=registration, by=registration.person, at=JUNE)


def test_somebody_who_only_waited_gets_nothing():
    network = an_awarding_network(seats=1)
    a_participant(network)
    with pytest.raises(IssuingRefused, match="no attendance"):
        issue(a_registration(network))


def test_issuing_for_all_says_what_happened_to_each():
    network = an_awarding_network()
    full, short, late = (
        a_participant(network, person=a_person(last_name="A")),
        a_participant(network, person=a_person(last_name="B"), attended=3),
        a_participant(network, person=a_person(last_name="C"), evaluated=False),
    )
    outcomes = list(issue_all(network))
    assert [(one.person, len(one.issued), one.reason) for one in outcomes] == [
        (full.person, 2, ""),
        (short.person, 1, "PDP certificate: 9 of 10 hours, no PDPs yet"),
        (late.person, 0, "Confirmation of attendance: network evaluation not answered yet"),
    ]


def test_issuing_for_all_again_issues_nothing_and_mails_nobody():
    network = an_awarding_network()
    a_participant(network)
    list(issue_all(network))
    again = list(issue_all(network))
    assert ([one.issued for one in again], Document.objects.count(), Mail.objects.count()) == ([[]], 2, 1)


def test_a_name_that_cannot_be_printed_stops_nobody_else():
    network = an_awarding_network()
    a_participant(network, person=a_person(last_name="A", certificate_name="Ann 🦄"))
    a_participant(network, person=a_person(last_name="B"))
    first, second = issue_all(network)
    assert (first.issued, "🦄" in first.reason, len(second.issued)) == ([], True, 2)


def test_a_correction_made_while_all_are_issued_to_is_in_the_documents():
    network = an_awarding_network()
    a_participant(network, attended=4)
    everyone = readiness_of(network, at=JUNE)
    Attendance.objects.filter(meeting__title="Meeting 1").update(minutes_counted=150)
    (outcome,) = issuing.issue_all(everyone, by=SWEEP, at=JUNE)
    assert [document.snapshot["hours"] for document in outcome.issued] == ["11.50", "11.50"]


def test_whoever_was_taken_out_while_all_are_issued_to_gets_nothing():
    network = an_awarding_network()
    registration = a_participant(network)
    everyone = readiness_of(network, at=JUNE)
    registration.attendances.all().delete()
    network.registrations.update(status="removed")
    (outcome,) = issuing.issue_all(everyone, by=SWEEP, at=JUNE)
    assert (outcome.issued, outcome.reason) == ([], "There's no attendance to confirm.")


def test_issuing_for_all_that_stops_keeps_what_it_did_and_goes_on_from_there(monkeypatch):
    monkeypatch.setattr(issuing, "PART", 2)
    network = an_awarding_network()
    for number in range(3):
        a_participant(network, person=a_person(last_name=str(number)))
    next(issue_all(network))
    assert (Document.objects.count(), Mail.objects.count()) == (4, 2)
    assert [len(one.issued) for one in issue_all(network)] == [0, 0, 2]
    assert Mail.objects.count() == 3


def test_issuing_for_all_tells_each_person_once():
    network = an_awarding_network()
    registration = a_participant(network)
    list(issue_all(network))
    mail = Mail.objects.get()
    assert mail.address == registration.person.primary_address
    assert "Confirmation of attendance" in mail.text
    assert "PDP certificate" in mail.html


def test_a_revoked_document_says_so_and_makes_room_for_a_new_one():
    registration = a_participant(an_awarding_network())
    old = issue(registration)
    replacing.revoke(document=old, reason="Wrong person", by=a_staff_member(), at=JUNE)
    new = issue(registration)
    old.refresh_from_db()
    assert (old.status, old.replaced_by, new.status) == ("revoked", None, "valid")
    assert list(old.changes.values_list("from_status", "to_status", "reason")) == [
        ("", "valid", ""),
        ("valid", "revoked", "Wrong person"),
    ]


def test_revoking_wants_a_reason_and_a_valid_document():
    document = issue(a_participant(an_awarding_network()))
    with pytest.raises(IssuingRefused, match="Say why"):
        replacing.revoke(document=document, reason="  ", by=SWEEP, at=JUNE)
    replacing.revoke(document=document, reason="x", by=SWEEP, at=JUNE)
    with pytest.raises(IssuingRefused, match="already Revoked"):
        replacing.revoke(document=document, reason="x", by=SWEEP, at=JUNE)


def test_revoking_tells_the_person_why():
    document = issue(a_participant(an_awarding_network()))
    replacing.revoke(document=document, reason="Two people were mixed up", by=SWEEP, at=JUNE)
    assert "Two people were mixed up" in Mail.objects.get().text


def test_a_replaced_document_points_to_the_new_one():
    registration = a_participant(an_awarding_network(), attended=4)
    old = issue(registration)
    Attendance.objects.filter(meeting__title="Meeting 1").update(minutes_counted=150)
    new = replacing.reissue(document=old, reason="Corrected", by=SWEEP, at=JUNE)
    old.refresh_from_db()
    assert (old.status, old.replaced_by, old.snapshot["units"]) == ("superseded", new, "12")
    assert (new.status, new.snapshot["units"], new.number) == ("valid", "11.5", "2021-000002")
    assert old.number in Mail.objects.get().text


def test_replacing_is_refused_when_a_gate_is_no_longer_passed():
    registration = a_participant(an_awarding_network(), attended=4)
    document = issue(registration)
    Attendance.objects.filter(meeting__title__in=["Meeting 1", "Meeting 2"]).delete()
    with pytest.raises(IssuingRefused, match="6 of 10 hours"):
        replacing.reissue(document=document, reason="Corrected", by=SWEEP, at=JUNE)
    document.refresh_from_db()
    assert document.status == "valid"


def test_a_correction_marks_the_document_and_never_changes_it():
    network = an_awarding_network()
    registration = a_participant(network, attended=4)
    document = issue(registration)
    before = (document.snapshot, document.sha256, document.status)
    Attendance.objects.filter(meeting__title="Meeting 1").update(minutes_counted=90)
    reviewing.review_documents(network, because="A mark was corrected", at=JUNE)
    document.refresh_from_db()
    assert (document.snapshot, document.sha256, document.status) == before
    assert document.review_reason == (
        "A mark was corrected, so the total is 630 minutes and 10.5 PDPs instead of 720 minutes and 12 PDPs."
    )
    assert list(Document.objects.to_be_reviewed()) == [document]


def test_figures_that_are_right_again_need_no_review():
    network = an_awarding_network()
    registration = a_participant(network, attended=4)
    issue(registration)
    for minutes, number in ((90, 1), (180, 0)):
        Attendance.objects.filter(meeting__title="Meeting 1").update(minutes_counted=minutes)
        reviewing.review_documents(network, because="A mark was corrected", at=JUNE)
        assert Document.objects.to_be_reviewed().count() == number


def test_a_document_may_stand_after_looking_at_it():
    network = an_awarding_network()
    registration = a_participant(network, attended=4)
    document = issue(registration)
    Attendance.objects.filter(meeting__title="Meeting 1").update(minutes_counted=90)
    reviewing.review_documents(network, because="A mark was corrected", at=JUNE)
    reviewing.let_document_stand(document=document, reason="Agreed by phone", by=SWEEP, at=JUNE)
    assert Document.objects.to_be_reviewed().count() == 0
    assert document.changes.last().reason == "Agreed by phone"


def test_a_meeting_cancelled_later_has_its_documents_reviewed():
    network = an_awarding_network()
    registration = a_participant(network)
    issue(registration)
    meeting = network.meetings.first()
    network.meetings.filter(pk=meeting.pk).update(status="cancelled")
    figures_may_have_changed(network, because="A meeting was cancelled", at=JUNE)
    assert Document.objects.to_be_reviewed().count() == 1


@pytest.mark.parametrize(
    "typed", ["7kqm4hzd92xwtp3c", " 7KQM-4HZD-92XW-TP3C ", "7kqm 4hzd—92xw tp3c", "7KQM4HZD92XWTP3C"]
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert normal_code(typed) == "7KQM4HZD92XWTP3C"


def test_look_alikes_are_read_as_what_was_meant():
    assert normal_code("oiLu") == "011V"


def test_hours_of_another_network_stay_there():
    person = a_person()
    first = a_participant(an_awarding_network(), attended=3, person=person)
    second = an_awarding_network(title="Another")
    a_meeting(second, title="Extra")
    a_participant(second, attended=3, person=person)
    with pytest.raises(IssuingRefused, match="9 of 10"):
        issue(first)
