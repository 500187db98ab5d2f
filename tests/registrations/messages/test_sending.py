"""A message from its draft to the outbox: who gets it, once each, and who does not."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.planning.exceptions import WallTimeRefused
from partners.models import MailTopic, PersonEmail
from partners.people.domain import preferences
from registrations.messages.domain import sending, writing
from registrations.messages.domain.audiences import readers_of
from registrations.messages.exceptions import MessageRefused, NobodyToWrite, NotStoppable, TextRefused
from registrations.models import Message
from stemnet import jobs
from stemnet.models import Job, Mail, MailClass
from tests import factories
from tests.registrations.messages.rows import AT, a_draft, a_network_with, sent

pytestmark = pytest.mark.django_db


def test_everyone_with_a_seat_gets_one_mail_of_their_own():
    network, registrations = a_network_with(3)
    message = sent(a_draft(network))
    mails = Mail.objects.filter(mail_class=MailClass.MESSAGE).order_by("address")
    assert (message.state, message.recipients.count()) == ("sent", 3)
    assert [mail.address for mail in mails] == sorted(one.person.primary_address for one in registrations)
    assert "Dear One,\n\nYou have 0.00 hours." in mails[0].text
    assert mails[0].subject == "Materials"


def test_answers_go_to_the_writer_and_one_press_stops_messages():
    network, _registrations = a_network_with(1)
    message = sent(a_draft(network))
    mail = Mail.objects.get(mail_class=MailClass.MESSAGE)
    assert mail.headers["Reply-To"] == message.written_by.primary_address
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = mail.headers["List-Unsubscribe"].strip("<>").rstrip("/").split("/")[-1]
    assert preferences.read(token)[1] == MailTopic.MESSAGES


def test_a_job_that_runs_twice_writes_to_nobody_twice():
    network, _registrations = a_network_with(4)
    message = sent(a_draft(network))
    Mail.objects.filter(object=f"message:{message.uid}").order_by("-pk").first().delete()
    Message.objects.filter(pk=message.pk).update(state="sending", sent_at=None)
    Job.objects.filter(uid=message.uid).update(state="queued", finished_at=None)
    jobs.run_waiting(at=AT + timedelta(hours=1))
    assert Mail.objects.filter(object=f"message:{message.uid}").count() == 4
    assert Message.objects.get(pk=message.pk).state == "sent"


def test_who_is_left_out_is_said_with_the_reason():
    network, registrations = a_network_with(4)
    preferences.mute(registrations[0].person, MailTopic.MESSAGES, at=AT)
    registrations[1].person.emails.all().delete()
    PersonEmail.objects.filter(person=registrations[2].person).update(refused_at=AT)
    message = sent(a_draft(network))
    rows = message.recipients.values_list("person", "left_out")
    assert dict(rows) == {
        registrations[0].person_id: "unsubscribed",
        registrations[1].person_id: "no_address",
        registrations[2].person_id: "refused",
        registrations[3].person_id: "",
    }
    assert Mail.objects.filter(mail_class=MailClass.MESSAGE).count() == 1


def test_a_message_to_nobody_is_refused():
    network, _registrations = a_network_with(1)
    with pytest.raises(NobodyToWrite) as refusal:
        a_draft(network, audience="waiting")
    assert str(refusal.value) == "There's nobody to write to. Choose other people."


def test_a_message_that_nobody_wants_is_refused_when_it_is_to_go():
    network, registrations = a_network_with(1)
    draft = a_draft(network)
    preferences.mute(registrations[0].person, MailTopic.MESSAGES, at=AT)
    with pytest.raises(NobodyToWrite) as refusal:
        sending.send_message(draft, when=None, by=draft.written_by, at=AT)
    assert str(refusal.value) == "None of the people you chose can be reached by e-mail. Choose others."


def test_a_placeholder_that_there_is_not_is_refused_by_name():
    network, _registrations = a_network_with(1)
    draft = a_draft(network, text="Dear {frist_name},")
    with pytest.raises(TextRefused) as refusal:
        sending.send_message(draft, when=None, by=draft.written_by, at=AT)
    assert refusal.value.field == "text"
    assert str(refusal.value).startswith("“{frist_name}” isn't a placeholder. You can use: {first_name}")


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        ("https://stem.example.org/calendar/mine/abc.ics", "This is your own calendar link"),
        ("webcal://stem.example.org/calendar/mine/abc.ics", "This is your own calendar link"),
        ("/u/abc/", "This is one person's own link to stop mail"),
        ("stem.example.org/sign/abc/", "This is one person's own link to sign"),
        (
            "https://stem.example.org/networks/a/leave/abc/",
            "This is one person's own link to their registration",
        ),
        ("https://x.example/accounts/login/code/confirm/", "This is a link to sign in with your own code"),
    ],
)
def test_a_personal_link_is_refused_by_name(link, kind):
    network, _registrations = a_network_with(1)
    draft = a_draft(network, text=f"Look here: ({link}).")
    with pytest.raises(TextRefused) as refusal:
        writing.check_message(draft)
    assert str(refusal.value).startswith(kind)


def test_an_address_of_somebody_else_is_only_text():
    network, _registrations = a_network_with(1)
    sent(a_draft(network, text="See https://www.mass.gov/documents/framework <b>now</b> and/or later."))
    mail = Mail.objects.get(mail_class=MailClass.MESSAGE)
    assert "See https://www.mass.gov/documents/framework &lt;b&gt;now&lt;/b&gt; and/or later." in mail.html
    assert "See https://www.mass.gov/documents/framework <b>now</b> and/or later." in mail.text


def test_what_stands_in_a_name_is_never_read_again():
    network, registrations = a_network_with(1)
    person = registrations[0].person
    type(person).objects.filter(pk=person.pk).update(first_name="{hours} <i>\ue000hours\ue001")
    sent(a_draft(network, subject="For {first_name}", text="Dear {first_name},"))
    mail = Mail.objects.get(mail_class=MailClass.MESSAGE)
    assert mail.subject == "For {hours} <i>hours"
    assert "Dear {hours} <i>hours," in mail.text
    assert "<p>Dear {hours} &lt;i&gt;hours,</p>" in mail.html


def test_a_subject_is_one_line_whatever_is_typed():
    network, _registrations = a_network_with(1)
    message = sent(a_draft(network, subject="Come\r\nBcc: all@example.org"))
    assert message.subject == "Come Bcc: all@example.org"
    assert Mail.objects.get(mail_class=MailClass.MESSAGE).subject == "Come Bcc: all@example.org"


def test_lists_call_a_message_by_its_subject_with_what_all_readers_share_filled_in():
    network, _registrations = a_network_with(1)
    message = sent(a_draft(network, subject="{network} for {first_name}"))
    assert (str(message), message.subject) == (f"{network} for {{first_name}}", "{network} for {first_name}")


def test_pressing_send_twice_sends_once():
    network, _registrations = a_network_with(1)
    draft = a_draft(network)
    again = Message.objects.get(pk=draft.pk)
    sending.send_message(draft, when=None, by=draft.written_by, at=AT)
    with pytest.raises(MessageRefused) as refusal:
        sending.send_message(again, when=None, by=draft.written_by, at=AT)
    assert str(refusal.value).startswith("Somebody sent or changed this message just now.")


def test_a_message_goes_at_its_wall_time():
    network, _registrations = a_network_with(1)
    draft = a_draft(network)
    when = sending.When(date(2020, 11, 9), time(8), network.zone)
    sending.send_message(draft, when=when, by=draft.written_by, at=AT)
    draft.refresh_from_db()
    assert draft.send_at.isoformat() == "2020-11-09T13:00:00+00:00"
    assert sending.sweep_messages(at=draft.send_at - timedelta(seconds=1)) == 0
    assert sending.sweep_messages(at=draft.send_at) == 1


def test_a_time_that_is_past_is_refused():
    network, _registrations = a_network_with(1)
    draft = a_draft(network)
    when = sending.When(date(2020, 11, 2), time(9), network.zone)
    with pytest.raises(MessageRefused) as refusal:
        sending.send_message(draft, when=when, by=draft.written_by, at=AT)
    assert str(refusal.value).startswith("Mon, Nov 2, 2020, 9:00 a.m. ET is past.")


def test_a_wall_time_that_comes_twice_is_refused():
    network, _registrations = a_network_with(1)
    draft = a_draft(network)
    when = sending.When(date(2021, 3, 14), time(2, 30), network.zone)
    with pytest.raises(WallTimeRefused):
        sending.send_message(draft, when=when, by=draft.written_by, at=AT)


def test_a_message_that_waits_can_be_stopped_and_goes_to_nobody():
    network, _registrations = a_network_with(1)
    draft = a_draft(network)
    sending.send_message(draft, when=None, by=draft.written_by, at=AT)
    sending.stop_message(draft, by=draft.written_by)
    sending.stop_message(draft, by=draft.written_by)
    assert sending.sweep_messages(at=AT + timedelta(hours=1)) == 0
    assert (Message.objects.get().state, Mail.objects.filter(mail_class=MailClass.MESSAGE).count()) == (
        "cancelled",
        0,
    )


def test_a_message_that_goes_out_cannot_be_stopped():
    network, _registrations = a_network_with(1)
    draft = a_draft(network)
    sending.send_message(draft, when=None, by=draft.written_by, at=AT)
    sending.sweep_messages(at=AT + timedelta(minutes=2))
    with pytest.raises(NotStoppable):
        sending.stop_message(draft, by=draft.written_by)


def test_a_message_whose_time_passed_while_the_portal_stood_still_goes_to_nobody():
    network, _registrations = a_network_with(1)
    draft = a_draft(network)
    sending.send_message(draft, when=None, by=draft.written_by, at=AT)
    assert sending.sweep_messages(at=AT + timedelta(hours=13)) == 0
    message = Message.objects.get()
    assert (message.state, message.stopped_by_name) == ("cancelled", "The portal wasn't running at its time")


def test_a_test_goes_to_the_writer_alone_once_a_press():
    network, _registrations = a_network_with(2)
    draft = a_draft(network)
    for _press in range(2):
        writing.send_test(draft, number=1, by=draft.written_by, at=AT)
    mail = Mail.objects.get(object=f"message:{draft.uid}")
    assert (mail.address, mail.subject) == (draft.written_by.primary_address, "Test: Materials")
    assert f"Dear {readers_of(draft, at=AT)[1].person.first_name}," in mail.text
    assert "List-Unsubscribe" not in mail.headers


def test_who_could_not_be_reached_can_be_written_to_again():
    network, registrations = a_network_with(3)
    registrations[1].person.emails.all().delete()
    message = sent(a_draft(network))
    Mail.objects.filter(
        recipient=f"person:{registrations[0].person.uid}", object=f"message:{message.uid}"
    ).update(state="failed")

    rest = writing.write_to_the_rest(message, by=message.written_by, at=AT)
    lost = {registrations[0].person_id, registrations[1].person_id}
    assert {reader.person.pk for reader in readers_of(rest, at=AT)} == lost
    assert (rest.subject, rest.text) == (message.subject, message.text)


def test_the_statements_of_a_batch_do_not_grow_with_its_readers():
    counts = []
    for number in (1, 30):
        network, _registrations = a_network_with(number)
        message = a_draft(network)
        sending.send_message(message, when=None, by=message.written_by, at=AT)
        sending.sweep_messages(at=AT + timedelta(minutes=2))
        with CaptureQueriesContext(connection) as queries:
            jobs.run_waiting(at=AT + timedelta(minutes=2))
        counts.append(len(queries))
    assert counts[1] - counts[0] <= 1


def test_a_message_whose_writer_may_no_longer_write_it_is_held_back_and_says_so():
    network, _registrations = a_network_with(1)
    draft = a_draft(network)
    sending.send_message(draft, when=None, by=draft.written_by, at=AT)
    draft.written_by.user.groups.clear()
    assert sending.sweep_messages(at=AT + timedelta(minutes=2)) == 0
    message = Message.objects.get(pk=draft.pk)
    said = f"{draft.written_by} can no longer write to these people"
    assert (message.state, message.stopped_by_name) == ("cancelled", said)


def begun(network, *, by, at=AT, **choice):
    return writing.begin_message(network=network, audience="seated", choice=choice, by=by, at=at).pk


def test_a_button_that_is_pressed_twice_begins_one_draft():
    network, _registrations = a_network_with(1)
    by, other = (factories.a_staff_member(address=f"staff{number}@example.org") for number in range(2))
    first = begun(network, by=by)
    assert begun(network, by=by, at=AT + timedelta(seconds=5)) == first
    assert begun(network, by=other) != first
    assert begun(network, by=by, at=AT + timedelta(minutes=1)) != first


def test_writing_again_keeps_what_was_typed_into_the_draft_since():
    network, _registrations = a_network_with(1)
    message = sent(a_draft(network))
    later = AT + timedelta(hours=1)
    draft = writing.use_again(message, by=message.written_by, at=later)
    writing.save_draft(draft, subject="New", text="Other words")
    again = writing.use_again(message, by=message.written_by, at=later + timedelta(seconds=5))
    assert (again.pk, again.subject, again.text) == (draft.pk, "New", "Other words")
