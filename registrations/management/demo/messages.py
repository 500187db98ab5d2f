"""What staff of the demo wrote to their people: one message with its report, and a draft."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from meetings.models import Meeting, Network
from partners.models import Person
from registrations.messages.domain import sending, writing
from registrations.models import Message
from stemnet import jobs
from stemnet.models import Mail

MISSED = """Dear {first_name},

We missed you at {meeting}. The slides and the task that the tables worked on are with your network's page.

You have {hours} hours so far. Our next meeting is {next_meeting}.

{my_page}

Network staff"""
COMING = """Dear {first_name},

Our next meeting is {next_meeting}. Bring one task that your students found hard.

Network staff"""


def write(network: Network, last: Meeting, *, by: Person, at: datetime) -> None:
    """Write to those who missed the ``last`` meeting, and begin another message to all."""
    sent_at = last.ends_at + timedelta(days=1)
    message = _draft(network, "missed", {"meeting": str(last.uid)}, by=by, at=sent_at)
    writing.save_draft(message, subject="Materials from {meeting}", text=MISSED)
    sending.send_message(message, when=None, by=by, at=sent_at)
    sending.sweep_messages(at=sent_at + sending.HELD_BACK)
    jobs.run_waiting(at=sent_at + sending.HELD_BACK)
    _deliver(message, at=sent_at + timedelta(minutes=3), again_at=at + timedelta(hours=4))
    draft = _draft(network, "seated", {}, by=by, at=at)
    writing.save_draft(draft, subject="Before our next meeting", text=COMING)


def _draft(network: Network, audience: str, choice: dict[str, str], *, by: Person, at: datetime) -> Message:
    uid = uuid5(NAMESPACE_URL, f"demo:{network.slug}:{audience}")
    return writing.begin_message(network=network, audience=audience, choice=choice, uid=uid, by=by, at=at)


def _deliver(message: Message, *, at: datetime, again_at: datetime) -> None:
    """Let the mail have gone: all accepted but one that came back and one that is still tried."""
    mails = list(Mail.objects.about(f"message:{message.uid}").order_by("pk"))
    refused, full = (
        "SMTPRecipientsRefused: 550 5.1.1 No such user here",
        "SMTPDataError: 452 4.2.2 Mailbox full",
    )
    for number, mail in enumerate(mails):
        if number == 0 and len(mails) > 2:
            mail.state, mail.attempts, mail.last_error = "failed", 1, refused
        elif number == 1 and len(mails) > 2:
            mail.attempts, mail.last_error, mail.due_at = 1, full, again_at
        else:
            mail.state, mail.attempts, mail.sent_at = "sent", 1, at
    Mail.objects.bulk_update(mails, ["state", "attempts", "last_error", "due_at", "sent_at"])
