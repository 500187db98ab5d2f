"""The portal's own mails in words of a network or of the partnership, and back to the default."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.models import Network
from partners.memorandum.emails import mou
from partners.models import Partnership
from registrations.messages.domain import own_mails
from registrations.messages.exceptions import TextRefused
from registrations.messages.pages.own_mails import preview_of
from registrations.seats.domain import reminding
from registrations.seats.emails import registering
from stemnet.models import Mail
from stemnet.outbox.worded import every_mail
from tests import factories
from tests.registrations.messages.rows import AT, a_network_with
from tests.registrations.messages.test_pages import text

pytestmark = pytest.mark.django_db
OPENING = "Welcome {first_name},\n\nwe begin with {first_meeting}."


@pytest.fixture
def staff(client):
    client.force_login(factories.a_staff_member(address="desk@example.org").user)
    return client


def keep(place, kind="registered", *, subject="Your place in {network}", opening=OPENING):
    by = factories.a_person()
    own_mails.keep_words(place, every_mail()[kind], subject=subject, opening=opening, by=by, at=AT)


def confirmation_of(registration):
    Mail.objects.all().delete()
    registration.refresh_from_db()
    registering.registered(registration, at=AT)
    return Mail.objects.get(template="mail/registrations/registered")


def test_a_confirmation_begins_with_the_networks_words_and_keeps_the_rest():
    network, (registration,) = a_network_with(1)
    before = confirmation_of(registration)
    keep(network)
    after = confirmation_of(registration)
    assert (before.subject, after.subject) == (f"You're registered: {network}", f"Your place in {network}")
    assert after.text.startswith(
        "Welcome One,\n\nwe begin with Meeting 1, Wed, Oct 14, 2020, 9:00 a.m. ET.\n\nMeetings:"
    )
    assert "You have a seat in" not in after.text
    assert "9:00 a.m. to 12 noon ET" in after.text
    assert f"You're getting this because you're registered for {network}." in after.text


def test_the_words_of_the_partnership_hold_where_a_network_has_none():
    partnership = factories.a_partnership()
    network, (registration,) = a_network_with(1)
    keep(partnership, subject="From all of us")
    assert confirmation_of(registration).subject == "From all of us"
    keep(network, subject="From the network")
    assert confirmation_of(registration).subject == "From the network"
    own_mails.drop_words(network, every_mail()["registered"])
    own_mails.drop_words(partnership, every_mail()["registered"])
    assert confirmation_of(registration).subject == f"You're registered: {network}"


def test_wording_one_mail_leaves_the_others_as_they_are():
    network, _registrations = a_network_with(1)
    keep(network)
    keep(network, "waiting", subject="In line", opening="You're {place}.")
    own_mails.drop_words(network, every_mail()["registered"])
    assert set(Network.objects.get(pk=network.pk).mail_words) == {"waiting"}


def test_an_edited_text_with_an_unknown_placeholder_is_refused_by_name():
    network, _registrations = a_network_with(1)
    with pytest.raises(TextRefused) as refusal:
        keep(network, opening="Dear {fist_name},")
    assert (refusal.value.field, str(refusal.value)[:40]) == (
        "text",
        "“{fist_name}” isn't a placeholder. You c",
    )
    with pytest.raises(TextRefused):
        keep(network, subject="{place}")  # which only the mail about the waitlist knows
    assert Network.objects.get(pk=network.pk).mail_words == {}


def test_what_stands_in_a_name_is_words_in_both_forms():
    network, (registration,) = a_network_with(1)
    person = registration.person
    type(person).objects.filter(pk=person.pk).update(first_name="{network} <b>")
    registration.person.refresh_from_db()
    keep(network, opening="Dear {first_name}, <i>")
    mail = confirmation_of(registration)
    assert mail.text.startswith("Dear {network} <b>, <i>")
    assert "<p>Dear {network} &lt;b&gt;, &lt;i&gt;</p>" in mail.html


def with_every_place(mail):
    """An opening that uses all that can be put in."""
    return "Hello, in our words: " + ", ".join(f"{place.name} {{{place.name}}}" for place in mail.places)


def test_every_mail_of_a_network_can_be_worded_there_and_shows_its_words(staff):
    network, _registrations = a_network_with(1)
    mails = own_mails.worded_in(network)
    for kind, mail in mails.items():
        data = {"subject": "Ours: {network}", "text": with_every_place(mail), "act": "save"}
        assert staff.post(reverse("own_mail", args=[network.slug, kind]), data).status_code == 302
        shown = text(staff.get(reverse("own_mail", args=[network.slug, kind])))
        assert "Ours: " in shown and "in our words" in shown and "You're getting this because" in shown
    assert text(staff.get(reverse("own_mails", args=[network.slug]))).count("Your words") == len(mails) > 20


def test_every_mail_of_the_partnership_fills_its_places_and_has_an_example(client):
    partnership = factories.a_partnership()
    reader = factories.a_coordinator()
    for mail in own_mails.worded_in(partnership).values():
        words = {"subject": "Ours", "opening": with_every_place(mail)}
        plain, ours = (
            preview_of(mail, partnership, said, reader=reader, at=AT).plain for said in (None, words)
        )
        assert len(plain.text) > 100 and "%(" not in plain.text + plain.subject and plain.subject
        assert ours.subject == "Ours" and "{" not in ours.text.partition("\n\n")[0]
        empty = [name for name in ours.text.partition("\n\n")[0].split(", ") if name.endswith(" ")]
        assert empty == []
        assert ours.text.partition("\n-- \n")[2] == plain.text.partition("\n-- \n")[2]


def test_a_mail_of_the_partnership_is_none_of_a_network(staff):
    network, _registrations = a_network_with(1)
    assert staff.get(reverse("own_mail", args=[network.slug, "part_asked"])).status_code == 404


def test_mail_about_a_part_begins_with_the_partnerships_words_and_keeps_the_rest():
    role = factories.a_part()
    keep(factories.a_partnership(), "part_asked", subject="{organization}: your part", opening="{sentence}")
    person, by = factories.a_person(address="drafter@example.org"), factories.a_person()
    mou.asked(role, people=[person], by=by, at=AT)
    mail = Mail.objects.get(address="drafter@example.org")
    assert mail.subject == f"{role.organization}: your part"
    asked = f"{by} asked you to write the part of “{role.mou}” for {role.organization}."
    assert mail.text.startswith(f"{asked}\n\nIt says what you do")


def test_reminders_ask_as_often_with_words_of_their_own_and_for_thirty_as_for_one():
    counts = []
    for number, is_worded in ((1, False), (1, True), (30, True)):
        network, _registrations = a_network_with(number, meetings=0)
        meeting = factories.a_meeting(network, on=AT.date() + timedelta(days=7), title="Routines")
        if is_worded:
            keep(network, "reminder", subject="Soon: {meeting}", opening="Dear {first_name}, on {when}.")
        with CaptureQueriesContext(connection) as queries:
            reminding.sweep_reminders(at=meeting.starts_at - timedelta(days=7))
        counts.append(len(queries))
        Network.objects.filter(pk=network.pk).update(status="cancelled")
    assert Mail.objects.filter(subject="Soon: Routines").count() == 31
    assert counts[0] == counts[1] == counts[2]


def test_the_page_says_what_is_wrong_at_its_field_and_keeps_what_was_typed(staff):
    network, _registrations = a_network_with(1)
    page = reverse("own_mail", args=[network.slug, "registered"])
    answer = staff.post(page, {"subject": "S", "text": "Dear {nme}", "act": "save"})
    html = answer.content.decode()
    assert answer.status_code == 422 and 'id="id_text-error"' in html and "Dear {nme}</textarea>" in html
    preview = staff.post(f"{page}preview/", {"subject": "S", "text": "Dear {name}"})
    assert "Dear <mark>" in preview.content.decode()


def test_a_mail_goes_back_to_the_default_by_one_press(staff):
    network, _registrations = a_network_with(1)
    keep(network)
    page = reverse("own_mail", args=[network.slug, "registered"])
    answer = staff.post(page, {"act": "default"}, follow=True)
    assert "begins with the portal's own words again" in text(answer)
    assert Network.objects.get(pk=network.pk).mail_words == {}


def test_a_coordinator_words_the_mail_of_all_networks(client):
    factories.a_partnership()
    client.force_login(factories.a_coordinator().user)
    data = {"subject": "Ours", "text": "Hello {name}.", "act": "save"}
    client.post(reverse("partnership_mail", args=["waiting"]), data)
    assert Partnership.objects.get().mail_words["waiting"]["subject"] == "Ours"
    network, _registrations = a_network_with(1)
    assert "The partnership's words" in text(client.get(reverse("own_mails", args=[network.slug])))


def test_a_mail_that_there_is_not_is_not_found(staff):
    network, _registrations = a_network_with(1)
    assert staff.get(reverse("own_mail", args=[network.slug, "code"])).status_code == 404
