"""The outbox and the jobs in the admin."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from model_bakery import baker

from stemnet.models import Job, Mail, MailState
from tests.factories import a_coordinator, a_user
from tests.stemnet.letters import MONDAY, a_letter

pytestmark = pytest.mark.django_db
LIST = "/admin/stemnet/mail/"


@pytest.fixture
def desk(client):
    """The browser of a coordinator."""
    client.force_login(a_coordinator().user)
    return client


def page(desk, mail):
    """Return the page of a mail."""
    return desk.get(reverse("admin:stemnet_mail_change", args=[mail.pk])).content.decode()


def test_outbox_shows_what_a_mail_said(desk):
    assert "Hello Ada, welcome." in page(desk, a_letter())


def test_outbox_never_shows_a_secret(desk):
    letter = a_letter(context={"name": "123456"}, secret=True, headers={"X-Link": "123456"})
    assert "123456" not in page(desk, letter)
    assert "123456" not in desk.get(LIST).content.decode()


def test_outbox_is_found_by_address_and_state(desk):
    a_letter("one")
    a_letter("two", address="grace@example.org")
    html = desk.get(f"{LIST}?q=grace&state__exact=queued").content.decode()
    assert ("grace@example.org" in html, "ada@example.org" in html) == (True, False)


@pytest.mark.parametrize("path", ["add/", "1/delete/"])
def test_outbox_is_only_read(desk, path):
    a_letter()
    assert desk.get(f"{LIST}{path}").status_code in {302, 403}


def test_outbox_is_the_coordinators(client):
    client.force_login(a_user())
    assert client.get(LIST).status_code in {302, 403, 404}


def send_again(desk, *mails, reason):
    """Choose mails, look at what will happen, and send them again."""
    data = {"action": "send_again", "index": "0", "_selected_action": [mail.pk for mail in mails]}
    page = desk.post(LIST, data)
    sent = {"plan": page.context["sealed"], "row": [mail.pk for mail in mails], "reason": reason}
    return page.content.decode(), desk.post(f"{LIST}acts/send_again/", sent, follow=True).content.decode()


def test_send_again_wants_a_reason(desk):
    letter = a_letter()
    Mail.objects.update(state=MailState.FAILED)
    _page, done = send_again(desk, letter, reason=" ")
    assert "Say why." in done
    assert Mail.objects.get().state == MailState.FAILED


def test_send_again_queues_and_keeps_the_reason(desk):
    letter = a_letter()
    Mail.objects.update(state=MailState.IN_DOUBT)
    _page, done = send_again(desk, letter, reason="She never got it")
    assert "We&#x27;re sending 1 e-mail again." in done
    assert Mail.objects.get().state == MailState.QUEUED
    assert "She never got it" in LogEntry.objects.get().get_change_message()


def test_send_again_skips_what_was_sent(desk):
    letter = a_letter()
    Mail.objects.update(state=MailState.SENT, sent_at=MONDAY)
    page, _done = send_again(desk, letter, reason="Again")
    assert "You can send an e-mail again" in page
    assert Mail.objects.get().state == MailState.SENT


def queries(desk, address, django_assert_max_num_queries):
    """Return how many queries a page takes."""
    with django_assert_max_num_queries(40) as counted:
        assert desk.get(address).status_code == 200
    return len(counted)


def test_outbox_asks_the_same_for_many(desk, django_assert_max_num_queries):
    a_letter("one")
    queries(desk, LIST, django_assert_max_num_queries)
    one = queries(desk, LIST, django_assert_max_num_queries)
    for number in range(40):
        a_letter(f"more:{number}")
    assert queries(desk, LIST, django_assert_max_num_queries) == one


def test_jobs_ask_the_same_for_many(desk, django_assert_max_num_queries):
    baker.make(Job, kind="export", created_at=MONDAY)
    queries(desk, "/admin/stemnet/job/", django_assert_max_num_queries)
    one = queries(desk, "/admin/stemnet/job/", django_assert_max_num_queries)
    baker.make(Job, 40, kind="export", created_at=MONDAY)
    assert queries(desk, "/admin/stemnet/job/", django_assert_max_num_queries) == one


def test_job_shows_how_it_went_without_its_file(desk):
    job = baker.make(Job, kind="export", created_at=MONDAY, result="jobs/abc.xlsx", result_name="list.xlsx")
    html = desk.get(reverse("admin:stemnet_job_change", args=[job.pk])).content.decode()
    assert ("list.xlsx" in html, "abc.xlsx" in html) == (True, False)
