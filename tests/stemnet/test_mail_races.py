"""The same mail queued at once: one row, and nobody hears of the other."""

import pytest
from django.db import connection, transaction

from stemnet.models import Mail
from stemnet.outbox import queueing
from tests.races import at_once
from tests.stemnet.letters import MONDAY, a_letter

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LETTER = {
    "key": "hello:1",
    "address": "ada@example.org",
    "template": "letters/hello",
    "context": {"why": "You asked for it.", "name": "Ada"},
}


def test_two_that_queue_the_same_mail_at_once_queue_it_once():
    def act():
        with transaction.atomic():
            queueing.queue(at=MONDAY, **LETTER)

    assert at_once([act] * 4) == [None] * 4
    assert Mail.objects.get().key == "hello:1"


def test_two_that_put_the_same_mails_at_once_put_them_once():
    letters = [{**LETTER, "key": f"hello:{number}"} for number in range(3)]
    assert (
        at_once([lambda: queueing.put(queueing.prepare_many(letters, at=MONDAY), at=MONDAY)] * 3)
        == [None] * 3
    )
    assert Mail.objects.count() == 3


def test_a_mail_with_a_known_key_leaves_the_transaction_whole():
    first = a_letter()
    with transaction.atomic():
        queueing.queue(at=MONDAY, **LETTER)
        a_letter("hello:2")
    assert (Mail.objects.order_by("pk").first(), connection.needs_rollback) == (first, False)
