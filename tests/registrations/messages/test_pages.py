"""The pages of writing: choosing, the draft with its preview, the report, and what they refuse."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.models import Appointment
from partners.models import MailTopic
from partners.people.domain import preferences, refused_addresses
from registrations.messages.domain import sending, writing
from registrations.models import GroupMembership, Message, SavedText
from stemnet import jobs
from stemnet.models import Mail, MailClass
from tests import factories
from tests.registrations.messages.rows import AT, a_draft, a_network_with, sent

TAG = re.compile(r"<[^>]+>")
pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    person = factories.a_staff_member(address="desk@example.org")
    client.force_login(person.user)
    return client


def text(response):
    """What an answer says, without tags, in single spaces."""
    return " ".join(unescape(TAG.sub(" ", response.content.decode())).split())


def page_of(message):
    return reverse("message", args=[message.uid])


def a_form(**fields):
    return {"subject": "News", "text": "Dear {first_name},", "when": "now", **fields}


def test_choosing_says_how_many_and_who_is_left_out_before_anything_is_written(staff):
    network, registrations = a_network_with(40)
    for one in registrations[:30]:
        preferences.mute(one.person, MailTopic.MESSAGES, at=factories.NOW)
    shown = text(staff.get(reverse("message_new", args=[network.slug]), {"audience": "seated"}))
    assert "10 people would get this message" in shown
    assert "30 of 40 are left out:" in shown and "doesn't want messages (30)" in shown
    assert not Message.objects.exists()


def test_a_choice_without_its_meeting_says_so(staff):
    network, _registrations = a_network_with(1)
    answer = staff.post(reverse("message_new", args=[network.slug]), {"audience": "missed"})
    assert answer.status_code == 422 and "Choose the meeting." in text(answer)


def test_a_choice_of_nobody_says_so(staff):
    network, _registrations = a_network_with(1)
    answer = staff.post(reverse("message_new", args=[network.slug]), {"audience": "waiting"})
    assert answer.status_code == 422
    assert "There's nobody to write to. Choose other people." in text(answer)


def test_the_same_form_sent_twice_is_one_draft(staff):
    network, _registrations = a_network_with(1)
    data = {"audience": "seated", "uid": str(uuid4())}
    first = staff.post(reverse("message_new", args=[network.slug]), data)
    second = staff.post(reverse("message_new", args=[network.slug]), data)
    assert first["Location"] == second["Location"] == page_of(Message.objects.get())


def test_a_draft_shows_one_reader_after_the_other_with_what_is_filled_in_marked(staff):
    network, _registrations = a_network_with(2)
    draft = a_draft(network, text="Dear {first_name},\n\n{my_page}")
    first = staff.get(page_of(draft)).content.decode()
    second = staff.get(page_of(draft), {"reader": "2"}).content.decode()
    assert "<mark>One</mark>" in first and "1 of 2" in first
    assert "<mark>Two</mark>" in second and "2 of 2" in second
    assert '<span class="cta">Open My learning</span>' in first
    assert "Dear One," in text(staff.get(page_of(draft)))


def test_the_preview_follows_what_is_typed_and_keeps_nothing(staff):
    network, _registrations = a_network_with(1)
    draft = a_draft(network)
    answer = staff.post(reverse("message_preview", args=[draft.uid]), a_form(text="Hi {name}, {nme}"))
    shown = text(answer)
    assert "“{nme}” isn't a placeholder." in shown
    draft.refresh_from_db()
    assert draft.subject == "Materials"


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(staff):
    network, _registrations = a_network_with(1)
    draft = a_draft(network)
    answer = staff.post(page_of(draft), a_form(text="Hi {nme}", act="send"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_text-error"' in html and "Hi {nme}</textarea>" in html
    assert Message.objects.get().state == "draft"


def test_a_text_that_is_too_long_says_how_long_it_may_be(staff):
    network, _registrations = a_network_with(1)
    answer = staff.post(page_of(a_draft(network)), a_form(text="a" * 10_001))
    assert answer.status_code == 422
    assert "This message has 10001 characters. It can have at most 10000." in text(answer)


def test_a_time_that_is_past_is_said_at_the_date(staff):
    network, _registrations = a_network_with(1)
    past = a_form(when="later", on="2020-01-02", time="09:00", act="send")
    answer = staff.post(page_of(a_draft(network)), past)
    assert 'id="id_on-error"' in answer.content.decode() and "is past. Choose a later time" in text(answer)


def test_a_later_time_without_a_date_is_asked_for(staff):
    network, _registrations = a_network_with(1)
    answer = staff.post(page_of(a_draft(network)), a_form(when="later", act="send"))
    assert "Choose a date." in text(answer) and "Choose a time." in text(answer)


def test_a_test_goes_to_whoever_writes(staff):
    network, _registrations = a_network_with(1)
    answer = staff.post(page_of(a_draft(network)), a_form(act="test"), follow=True)
    assert "We sent a test to desk@example.org." in text(answer)
    assert Mail.objects.get(address="desk@example.org").subject == "Test: News"


def test_sending_twice_from_two_windows_says_so_and_sends_once(staff):
    network, _registrations = a_network_with(1)
    draft = a_draft(network)
    staff.post(page_of(draft), a_form(act="send"))
    again = staff.post(page_of(draft), a_form(act="send"))
    assert again.status_code == 200 and "Waiting to go" in text(again)
    later = timezone.now() + timedelta(minutes=2)
    sending.sweep_messages(at=later)
    jobs.run_waiting(at=later)
    assert Mail.objects.filter(mail_class=MailClass.MESSAGE).count() == 1


def test_a_message_is_stopped_until_it_goes_and_then_says_that_it_is_too_late(staff):
    network, _registrations = a_network_with(1)
    stopped, gone = a_draft(network), a_draft(network)
    for one in (stopped, gone):
        staff.post(page_of(one), a_form(act="send"))
    stop = staff.post(reverse("message_act", args=[stopped.uid, "stop"]), follow=True)
    assert "The message is stopped. Nobody got it." in text(stop)
    sending.sweep_messages(at=timezone.now() + timedelta(minutes=2))
    late = staff.post(reverse("message_act", args=[gone.uid, "stop"]), follow=True)
    assert "This message is already going out to everyone. It's too late to stop it." in text(late)


def test_the_report_says_who_got_it_who_did_not_and_why(staff):
    network, registrations = a_network_with(4)
    preferences.mute(registrations[3].person, MailTopic.MESSAGES, at=factories.NOW)
    message = sent(a_draft(network))
    words = {
        0: {"state": "sent", "sent_at": factories.NOW},
        1: {"state": "failed", "last_error": "SMTPRecipientsRefused: 550 5.1.1 No such user"},
        2: {"attempts": 1, "last_error": "SMTPDataError: 452 4.2.2 Mailbox full"},
    }
    for number, values in words.items():
        mine = Mail.objects.filter(recipient=f"person:{registrations[number].person.uid}")
        mine.filter(mail_class=MailClass.MESSAGE).update(**values)
    shown = text(staff.get(page_of(message)))
    for said in ("No such mailbox.", "The mailbox is full. Next try", "doesn't want messages", "came back"):
        assert said in shown
    lost = text(staff.get(page_of(message), {"show": "lost"}))
    assert str(registrations[0].person) not in lost and str(registrations[1].person) in lost


def test_the_report_and_the_draft_ask_as_often_for_thirty_as_for_one(staff):
    counts = []
    for number in (1, 30):
        network, _registrations = a_network_with(number)
        pages = [page_of(a_draft(network)), page_of(sent(a_draft(network)))]
        pages.append(reverse("messages", args=[network.slug]))
        for page in pages:
            staff.get(page)
        with CaptureQueriesContext(connection) as queries:
            for page in pages:
                staff.get(page)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_readers_are_handed_out_as_a_table(staff):
    network, (registration,) = a_network_with(1)
    message = sent(a_draft(network))
    Mail.objects.filter(mail_class=MailClass.MESSAGE).update(state="failed", last_error="550 5.1.1 no")
    answer = staff.get(reverse("message_readers", args=[message.uid]))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    person = registration.person
    assert lines == [
        '"Name","E-mail","Mail","What we know"',
        f'"{person}","{person.primary_address}","Came back","No such mailbox."',
    ]


def test_what_was_written_stands_on_the_persons_page_and_on_the_networks_list(staff):
    network, registrations = a_network_with(1)
    sent(a_draft(network))
    person = text(staff.get(reverse("staff_person", args=[network.slug, registrations[0].uid])))
    assert "What was written to them" in person and "Materials" in person
    assert "Materials" in text(staff.get(reverse("messages", args=[network.slug])))


def test_an_address_that_mail_came_back_from_is_shown_and_tried_again(staff):
    network, (registration,) = a_network_with(1)
    address = registration.person.emails.get()
    refused_addresses.mark_refused(address.address.upper(), reason="No such mailbox.", at=factories.NOW)
    page = reverse("staff_person", args=[network.slug, registration.uid])
    shown = text(staff.get(page))
    assert (
        f"Mail to {address.address} came back on Mon, Sep 7, 2020, 10:00 a.m. ET: No such mailbox." in shown
    )
    again = staff.post(reverse("staff_mail_again", args=[network.slug, registration.uid]), follow=True)
    assert "We'll write to" in text(again) and "came back on" not in text(again)


def test_a_message_that_stopped_partway_goes_on_and_nobody_gets_it_twice(staff, monkeypatch):
    network, _registrations = a_network_with(3)
    message = a_draft(network)
    sending.send_message(message, when=None, by=message.written_by, at=AT)
    later = AT + timedelta(minutes=2)
    sending.sweep_messages(at=later)
    monkeypatch.setattr(sending, "BATCH", 2)
    with monkeypatch.context() as broken:
        broken.setattr(sending, "Letters", a_disk_that_fills(after=1))
        with pytest.raises(OSError):
            jobs.run_waiting(at=later)
    mails = Mail.objects.filter(mail_class=MailClass.MESSAGE)
    assert mails.count() == 2 and "Go on" in text(staff.get(page_of(message)))
    staff.post(reverse("message_act", args=[message.uid, "go-on"]))
    jobs.run_waiting(at=later)
    assert (mails.count(), Message.objects.get().state) == (3, "sent")


def a_disk_that_fills(*, after):
    class Filling(sending.Letters):
        batches = 0

        def mails(self, recipients):
            type(self).batches += 1
            if self.batches > after:
                raise OSError("No space left on device")
            return super().mails(recipients)

    return Filling


def test_a_lead_writes_to_their_group_and_to_no_other(client):
    network, (member, _other) = a_network_with(2)
    lead = factories.a_user().person
    group = factories.a_group(network, lead=lead)
    GroupMembership.objects.create(registration=member, working_group=group, joined_at=factories.NOW)
    client.force_login(lead.user)
    begun = client.post(reverse("group_message_new", args=[group.uid]))
    message = Message.objects.get()
    assert begun["Location"] == page_of(message)
    assert "Write to 1 person" in text(client.get(page_of(message)))
    foreign = factories.a_group(network)
    assert client.post(reverse("group_message_new", args=[foreign.uid])).status_code == 404
    assert client.get(reverse("messages", args=[network.slug])).status_code == 404
    assert client.get(page_of(a_draft(network))).status_code == 404


def test_who_no_longer_staffs_a_network_cannot_send_their_draft(client):
    network, _registrations = a_network_with(1)
    person = factories.a_user().person
    appointment = Appointment.objects.create(network=network, person=person)
    client.force_login(person.user)
    draft = a_draft(network, by=person)
    assert client.get(page_of(draft)).status_code == 200
    appointment.delete()
    assert client.post(page_of(draft), a_form(act="send")).status_code == 404


def test_a_text_is_saved_and_another_message_begins_with_it(staff):
    network, _registrations = a_network_with(1)
    staff.post(page_of(a_draft(network)), a_form(act="keep", keep_as="Our news"))
    other = a_draft(network, subject="", text="")
    saved = SavedText.objects.get()
    staff.post(page_of(other), {"act": "begin", "begin": str(saved.uid)})
    other.refresh_from_db()
    assert (other.subject, other.text) == ("News", "Dear {first_name},")
    removed = staff.post(reverse("saved_text_remove", args=[saved.uid]), follow=True)
    assert "“Our news” is gone." in text(removed) and not SavedText.objects.exists()


def test_a_text_without_a_name_or_with_an_unknown_placeholder_is_not_saved(staff):
    network, _registrations = a_network_with(1)
    draft = a_draft(network)
    assert "Type a name for the text." in text(staff.post(page_of(draft), a_form(act="keep")))
    wrong = a_form(act="keep", keep_as="X", text="{nme}")
    assert "isn't a placeholder" in text(staff.post(page_of(draft), wrong))
    assert not SavedText.objects.exists()


def test_the_text_of_another_network_is_not_offered(staff):
    network, _registrations = a_network_with(1)
    other, _more = a_network_with(1)
    SavedText.objects.create(network=other, name="Theirs", subject="S", text="T", saved_at=factories.NOW)
    assert "Theirs" not in text(staff.get(page_of(a_draft(network))))


def test_a_coordinator_writes_to_contacts_of_partners(client):
    factories.a_partnership()
    coordinator = factories.a_coordinator()
    part = factories.a_part(organization=factories.an_organization(sector="business"))
    client.force_login(coordinator.user)
    shown = text(client.get(reverse("partner_message_new"), {"sector": "business"}))
    assert "1 person would get this message" in shown
    answer = client.post(
        reverse("partner_message_new"), {"sector": "business", "uid": str(uuid4())}, follow=True
    )
    assert str(part.lead_contact) in text(answer)


def test_a_message_again_begins_with_the_same_words(staff):
    network, _registrations = a_network_with(1)
    message = sent(a_draft(network))
    answer = staff.post(reverse("message_act", args=[message.uid, "again"]))
    copy = Message.objects.get(state="draft")
    assert answer["Location"] == page_of(copy)
    assert (copy.subject, copy.text, copy.audience) == (message.subject, message.text, "seated")
    assert writing.check_message(copy) is None


def test_a_form_sent_again_with_another_choice_is_another_draft(staff):
    network, (_other, member) = a_network_with(2)
    group = factories.a_group(network)
    GroupMembership.objects.create(registration=member, working_group=group, joined_at=factories.NOW)
    data = {"audience": "seated", "uid": str(uuid4())}
    staff.post(reverse("message_new", args=[network.slug]), data)
    in_group = {"audience": "group", "group": str(group.uid)}
    again = staff.post(reverse("message_new", args=[network.slug]), {**data, **in_group})
    second = Message.objects.get(audience="group")
    assert again["Location"] == page_of(second) and Message.objects.count() == 2
    assert "Write to 1 person" in text(staff.get(page_of(second)))


def test_a_form_with_the_uid_of_somebody_elses_message_is_a_draft_of_ones_own(staff):
    network, _registrations = a_network_with(1)
    theirs = a_draft(network)
    data = {"audience": "seated", "uid": str(theirs.uid)}
    answer = staff.post(reverse("message_new", args=[network.slug]), data)
    mine = Message.objects.exclude(pk=theirs.pk).get()
    assert answer["Location"] == page_of(mine)


def test_a_link_in_the_subject_is_shown_and_said_and_no_fault(staff):
    network, _registrations = a_network_with(1)
    draft = a_draft(network)
    wrong = a_form(subject="Look: {my_page}")
    assert "A link can't go in the subject." in text(
        staff.post(reverse("message_preview", args=[draft.uid]), wrong)
    )
    assert staff.post(page_of(draft), wrong, follow=True).status_code == 200
    sending_it = staff.post(page_of(draft), {**wrong, "act": "send"})
    assert sending_it.status_code == 422 and "A link can't go in the subject." in text(sending_it)


def test_a_lead_begins_with_saved_texts_and_replaces_none(client):
    network, _registrations = a_network_with(1)
    lead = factories.a_user().person
    group = factories.a_group(network, lead=lead)
    saved = SavedText.objects.create(
        network=network, name="Ours", subject="S", text="Of staff", saved_at=factories.NOW
    )
    draft = Message.objects.create(
        network=network, group=group, audience="group", written_by=lead, created_at=factories.NOW
    )
    client.force_login(lead.user)
    page = client.get(page_of(draft)).content.decode()
    assert str(saved.uid) in page and 'name="keep_as"' not in page
    answer = client.post(page_of(draft), a_form(act="keep", keep_as="Ours"))
    assert answer.status_code == 422
    assert "Only the staff of the network can save texts." in text(answer)
    assert SavedText.objects.get().text == "Of staff"


def test_the_lead_of_a_team_neither_reads_nor_replaces_texts_to_partners(client):
    lead = factories.a_user().person
    team = factories.a_group(None, kind="leadership_team", lead=lead)
    saved = SavedText.objects.create(name="Ours", subject="S", text="To partners", saved_at=factories.NOW)
    draft = Message.objects.create(group=team, audience="group", written_by=lead, created_at=factories.NOW)
    client.force_login(lead.user)
    assert str(saved.uid) not in client.get(page_of(draft)).content.decode()
    client.post(page_of(draft), a_form(act="keep", keep_as="Ours"))
    client.post(page_of(draft), {"act": "begin", "begin": str(saved.uid)})
    draft.refresh_from_db()
    assert (SavedText.objects.get().text, "To partners" in draft.text) == ("To partners", False)


def test_a_page_with_a_long_name_may_be_pasted_and_a_long_secret_may_not(staff, settings):
    network, _registrations = a_network_with(1)
    draft = a_draft(network)
    page = f"{settings.SITE_URL}/networks/engaging-learners-in-science-and-engineering-2026-27/"
    preview = reverse("message_preview", args=[draft.uid])
    assert "own link" not in text(staff.post(preview, a_form(text=f"Read {page} please")))
    for secret in ("aB3" * 15, "ab3" * 15, "words-" + "0f9e" * 12):
        shown = text(staff.post(preview, a_form(text=f"Read {settings.SITE_URL}/x/{secret}/ please")))
        assert "one person's own link" in shown


@pytest.mark.parametrize("uid", ["nonsense", "\0", "9" * 400])
def test_a_uid_that_is_none_counts_as_not_given(staff, uid):
    network, _registrations = a_network_with(1)
    answer = staff.post(reverse("message_new", args=[network.slug]), {"audience": "seated", "uid": uid})
    assert answer["Location"] == page_of(Message.objects.get())
