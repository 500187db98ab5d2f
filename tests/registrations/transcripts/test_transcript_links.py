"""Links to a transcript, and its check by code and by file."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from partners.models import EducatorNumber
from registrations.credit.domain import replacing
from registrations.models import TranscriptLink
from registrations.transcripts.domain import issuing, links
from registrations.transcripts.exceptions import TranscriptRefused
from tests.factories import SWEEP
from tests.registrations.credit.stories import JUNE
from tests.registrations.transcripts.test_transcript import (
    PAGE,
    an_educator,
    certified,
    pdf_of,
    signed_in,
    text_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]
LAST = (JUNE + timedelta(days=30)).date()


@pytest.fixture
def now():
    with time_machine.travel(JUNE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person(now):
    found = an_educator()
    certified(found)
    return found


def posted(person, **fields):
    plain = {"uid": str(uuid4()), "name": "License office", "last_day": LAST.isoformat()}
    return signed_in(person).post(reverse("transcript_link"), {**plain, **fields})


def address_in(response) -> str:
    return response.context["new_link"].partition("http://testserver")[2]


def test_a_link_shows_page_and_pdf_to_whoever_has_it(person):
    address = address_in(posted(person))
    page = Client().get(address)
    assert "15 PDPs" in text_of(page)
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex, nofollow", "no-referrer")
    pdf = Client().get(f"{address}transcript.pdf")
    assert b"".join(pdf.streaming_content) == pdf_of(person.transcripts.get())


def test_only_the_hash_of_a_link_is_kept(person):
    token = address_in(posted(person)).strip("/").rpartition("/")[2]
    link = TranscriptLink.objects.get()
    assert token not in str(vars(link))
    assert token not in text_of(signed_in(person).get(PAGE))


def test_a_link_ends_with_its_day_where_the_partnership_is(person, now):
    address = address_in(posted(person))
    now.move_to(links.end_of(LAST) - timedelta(seconds=1))
    assert Client().get(address).status_code == 200
    now.move_to(links.end_of(LAST))
    for ended in (address, f"{address}transcript.pdf"):
        response = Client().get(ended)
        assert response.status_code == 404
        assert "This link doesn't work anymore" in text_of(response)


def test_a_link_that_was_ended_answers_as_one_that_never_was(person):
    address = address_in(posted(person))
    link = TranscriptLink.objects.get()
    for _twice in range(2):
        signed_in(person).post(reverse("transcript_link_end", args=[link.uid]))
    ended, unknown = Client().get(address), Client().get(reverse("transcript_shared", args=["x" * 43]))
    assert (ended.status_code, ended.content) == (404, unknown.content)


def test_nobody_ends_the_link_of_somebody_else(person):
    posted(person)
    link = TranscriptLink.objects.get()
    assert signed_in(an_educator()).post(reverse("transcript_link_end", args=[link.uid])).status_code == 404
    assert TranscriptLink.objects.get().ended_at is None


def test_a_form_that_is_sent_twice_makes_one_link_and_the_last_one_shown_works(person):
    uid = str(uuid4())
    first, second = address_in(posted(person, uid=uid)), address_in(posted(person, uid=uid))
    assert TranscriptLink.objects.count() == 1
    assert [Client().get(one).status_code for one in (first, second)] == [404, 200]


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        ("2021-06-01", "That day is over."),
        ("2023-01-01", "A link works for a year at most."),
        ("tomorrow", "Choose a day, such as 2026-12-31."),
        ("", "Choose the last day."),
    ],
)
def test_a_day_that_can_t_be_is_said_and_the_form_keeps_what_was_typed(person, last_day, words):
    response = posted(person, last_day=last_day)
    assert response.status_code == 422
    assert words in text_of(response)
    assert "License office" in text_of(response)
    assert not TranscriptLink.objects.exists()
    assert not person.transcripts.exists()


def test_somebody_without_hours_makes_no_link(now):
    response = posted(an_educator())
    assert (response.status_code, TranscriptLink.objects.count()) == (422, 0)


def test_there_are_twenty_links_at_most(person, now):
    row = issuing.issue(person, at=JUNE)
    for _number in range(links.MOST):
        links.make_link(row, name="Office", last_day=LAST, uid=uuid4(), at=JUNE)
    with pytest.raises(TranscriptRefused, match="End one first"):
        links.make_link(row, name="Office", last_day=LAST, uid=uuid4(), at=JUNE)


def test_looking_changes_nothing(person):
    address = address_in(posted(person))
    before = TranscriptLink.objects.values().get()
    Client().get(address)
    assert TranscriptLink.objects.values().get() == before


def test_a_link_shows_what_was_issued_and_not_what_came_later(person):
    address = address_in(posted(person))
    certified(person, title="Another network")
    assert "Another network" not in text_of(Client().get(address))


def test_the_code_leads_to_what_the_transcript_said_without_numbers(person):
    EducatorNumber.objects.create(
        person=person, kind="MEPID", number="00012345", on_documents=True, typed_at=JUNE
    )
    row = issuing.issue(person, at=JUNE)
    response = Client().get(reverse("verified", args=[row.printed_code.lower()]), follow=True)
    text = text_of(response)
    assert f">{row.number}<" in text
    assert "15 PDPs" in text
    assert "00012345" not in text
    assert person.primary_address not in text
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_the_check_says_which_documents_were_withdrawn_since(person):
    row, document = issuing.issue(person, at=JUNE), person.documents.get()
    new = replacing.reissue(document=document, reason="Name", by=SWEEP, at=JUNE)
    replacing.revoke(document=new, reason="Private matter", by=SWEEP, at=JUNE)
    page = Client().get(reverse("transcript_verified", args=[row.printed_code]))
    assert f"No. {document.number} was replaced by No. {new.number}." in text_of(page)
    assert "Private matter" not in text_of(page)


def test_the_file_itself_is_known_byte_for_byte(person):
    row = issuing.issue(person, at=JUNE)
    file = SimpleUploadedFile("a.pdf", pdf_of(row), content_type="application/pdf")
    response = Client().post(reverse("verify_file"), {"file": file}, follow=True)
    assert "The file you chose is this transcript, byte for byte." in text_of(response)


def test_an_unknown_code_of_a_transcript_is_an_unknown_document(person):
    response = Client().get(reverse("transcript_verified", args=["7KQM-4HZD-92XW-TP3C"]), follow=True)
    assert response.status_code == 404


def test_checking_transcripts_is_limited(person, settings):
    settings.VERIFY_TRIES_A_MINUTE = 2
    address = reverse("transcript_verified", args=[issuing.issue(person, at=JUNE).printed_code])
    assert [Client().get(address).status_code for _ in range(3)] == [200, 200, 429]


def test_a_form_that_somebody_goes_back_to_makes_another_link_and_leaves_the_first(person):
    uid = str(uuid4())
    first = address_in(posted(person, uid=uid, name="District", last_day="2021-06-10"))
    second = address_in(posted(person, uid=uid, name="License office"))
    assert [Client().get(one).status_code for one in (first, second)] == [200, 200]
    assert sorted(TranscriptLink.objects.values_list("name", flat=True)) == ["District", "License office"]


def test_a_link_that_was_ended_is_made_anew_by_the_form_that_made_it(person):
    uid = str(uuid4())
    first = address_in(posted(person, uid=uid))
    signed_in(person).post(reverse("transcript_link_end", args=[TranscriptLink.objects.get().uid]))
    second = address_in(posted(person, uid=uid))
    assert [Client().get(one).status_code for one in (first, second)] == [404, 200]


def test_the_uid_of_somebody_elses_link_makes_ones_own(person):
    other, uid = an_educator(), str(uuid4())
    certified(other, title="Another network")
    assert [posted(one, uid=uid).status_code for one in (other, person)] == [200, 200]
    assert TranscriptLink.objects.count() == 2
