"""What people print: sign-in sheets, lists of people, one's hours and the check of a document as PDF."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from registrations.credit.domain import issuing
from registrations.models import Document
from registrations.seats import calendars
from tests.factories import (
    a_group,
    a_meeting,
    a_network,
    a_person,
    a_registration,
    a_staff_member,
    a_user,
    an_attendance,
)
from tests.registrations.credit import stories
from tests.registrations.credit.test_documents import images_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    person = a_staff_member()
    client.force_login(person.user)
    return person


def pdf_of(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return PdfReader(io.BytesIO(response.content))


def words_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def a_document():
    registration = stories.a_participant(stories.an_awarding_network())
    issued = issuing.issue_ready(registration=registration, by=registration.person, at=stories.JUNE)
    return next(one for one in issued if one.kind == Document.Kind.PDP)


def fill(network, people):
    for number in range(people):
        a_registration(network, a_person(first_name="Ana", last_name=f"Somebody {number:02d}"))


def test_a_sheet_of_32_people_is_two_letter_pages_and_tagged(client, staff):
    network = a_network(meetings=0, seats=40, title="Rivers")
    meeting = a_meeting(
        network, title="Opening", venue="A hall with a long name, in a building with a longer one"
    )
    fill(network, 32)
    pdf = pdf_of(client, "staff_sheet_pdf", meeting.uid)
    assert (len(pdf.pages), {tuple(page.mediabox[2:]) for page in pdf.pages}) == (2, {(612, 792)})
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    words = words_of(pdf)
    assert [words.count(one) for one in ("Somebody 00, Ana", "Somebody 31, Ana", "38", "39")] == [1, 1, 1, 0]


def test_each_line_of_the_sheet_has_a_code_with_words(client, staff):
    network = a_network(meetings=0)
    fill(network, 2)
    pdf = pdf_of(client, "staff_sheet_pdf", a_meeting(network).uid)
    figures = images_of(pdf.trailer["/Root"]["/StructTreeRoot"], [])
    said = [f"QR code: Somebody 0{one}, Ana at the attendance desk" for one in range(2)]
    assert [figure["/Alt"] for figure in figures] == said


def test_the_sheet_of_a_group_names_the_group(client, staff):
    network = a_network(meetings=0)
    meeting = a_meeting(network, working_group=a_group(network, title="Rivers"))
    assert "Rivers" in words_of(pdf_of(client, "staff_sheet_pdf", meeting.uid))


def test_what_no_font_has_is_said_on_the_page(client, staff):
    network = a_network(meetings=0)
    meeting = a_meeting(network)
    a_registration(network, a_person(first_name="Ana", last_name="\U0001f9ea"))
    response = client.get(reverse("staff_sheet_pdf", args=[meeting.uid]), follow=True)
    assert (response.redirect_chain[-1][0], b"\xf0\x9f\xa7\xaa" in response.content) == (
        reverse("staff_sheet", args=[meeting.uid]),
        True,
    )


def test_the_list_of_people_is_what_the_page_was_narrowed_to(client, staff):
    network = a_network(meetings=0, seats=2)
    fill(network, 3)
    seated, waiting = (
        words_of(pdf_of(client, "staff_people_pdf", network.slug, show=one)) for one in ("", "waiting")
    )
    assert ("Somebody 00, Ana" in seated, "Somebody 02, Ana" in seated) == (True, False)
    assert ("Somebody 02, Ana" in waiting, "number 1 in line" in waiting) == (True, True)


def test_the_papers_ask_as_much_for_thirty_as_for_one(client, staff, django_assert_max_num_queries):
    counts = []
    for people in (1, 1, 30):
        network = a_network(meetings=0, seats=40)
        meeting = a_meeting(network)
        fill(network, people)
        with django_assert_max_num_queries(40) as asked:
            pdf_of(client, "staff_sheet_pdf", meeting.uid)
            pdf_of(client, "staff_people_pdf", network.slug)
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_ones_hours_say_what_counted_and_no_private_address(client):
    person, network = a_user().person, a_network(meetings=0)
    meeting = a_meeting(network, title="Opening meeting")
    an_attendance(a_registration(network, person), meeting)
    client.force_login(person.user)
    words = words_of(pdf_of(client, "learning_pdf"))
    assert [one in words for one in (str(person), str(network), "Opening meeting", "3.00")] == [True] * 4
    assert calendars.subscription_url(person)[-20:] not in words


def test_the_check_of_a_document_is_one_page_that_says_what_the_page_says(client):
    document = a_document()
    pdf = pdf_of(client, "verified_pdf", document.printed_code)
    words = words_of(pdf)
    assert len(pdf.pages) == 1
    assert [one in words for one in (document.number, document.snapshot["name"], "it was valid on")] == [
        True
    ] * 3


def test_a_document_that_is_no_longer_valid_has_no_check_to_print(client):
    document = a_document()
    Document.objects.filter(pk=document.pk).update(status=Document.Status.REVOKED)
    response = client.get(reverse("verified_pdf", args=[document.printed_code]))
    assert (response.status_code, response["Location"]) == (
        302,
        reverse("verified", args=[document.printed_code]),
    )


def test_an_unknown_code_has_no_check_to_print(client):
    assert client.get(reverse("verified_pdf", args=["J7BY-6RGX-PH2N-NG2P"])).status_code == 404


def test_badges_are_eight_to_a_page_and_tagged(client, staff):
    network = a_network(meetings=0, seats=40, title="Rivers")
    meeting = a_meeting(network, title="Opening")
    fill(network, 9)
    pdf = pdf_of(client, "staff_badges_pdf", meeting.uid)
    assert (len(pdf.pages), pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]) == (2, True)
    assert [words_of(pdf).count(name) for name in ("Ana Somebody 00", "Ana Somebody 08", "RIVERS")] == [
        1,
        1,
        9,
    ]


def test_a_badge_of_a_long_name_in_another_script_stays_on_its_badge(client, staff):
    network = a_network(meetings=0)
    a_registration(network, a_person(first_name="Anastasiya-Oleksandra", last_name="Вишневська" * 9))
    pdf = pdf_of(client, "staff_badges_pdf", a_meeting(network).uid)
    assert len(pdf.pages) == 1


def test_the_widest_name_stays_above_the_code_of_its_badge(client, staff):
    network = a_network(meetings=0)
    a_registration(network, a_person(first_name="W" * 100, last_name="M" * 100))
    heights = []

    def see(words, moved, at, _font, _size):
        heights.extend([moved[3] * at[5] + moved[5]] if "WW" in words or "MM" in words else [])

    pdf_of(client, "staff_badges_pdf", a_meeting(network).uid).pages[0].extract_text(visitor_text=see)
    code_ends = 792 - 42 - 168 + 12 + 68  # the page, its margin, the badge, its inset, and the code
    assert heights and min(heights) > code_ends


def test_a_character_that_no_font_has_is_left_blank_on_its_badge_and_all_others_print(client, staff):
    network = a_network(meetings=0)
    a_registration(network, a_person(first_name="Uma 🦄", last_name="Horn"))
    a_registration(network, a_person(first_name="Kim", last_name="\U00012000 Sumer"))
    a_registration(network, a_person(first_name="Ana", last_name="Whole"))
    words = words_of(pdf_of(client, "staff_badges_pdf", a_meeting(network).uid))
    assert [name in words for name in ("Uma _ Horn", "Kim _ Sumer", "Ana Whole")] == [True, True, True]


def test_without_anybody_there_are_no_badges_and_the_page_says_so(client, staff):
    pdf = pdf_of(client, "staff_badges_pdf", a_meeting(a_network(meetings=0)).uid)
    assert words_of(pdf) == "Nobody is registered yet."
