"""What people read in their mail: the newest one, its links, and the code in it."""

import re
from datetime import UTC, datetime

from django.core import mail
from playwright.sync_api import Page

from stemnet.outbox import delivery


def mails_to(address: str) -> list[mail.EmailMessage]:
    """Deliver what waits, and return all that came to ``address``, the newest last."""
    delivery.deliver(at=datetime.now(tz=UTC))
    return [one for one in mail.outbox if address in one.to]


def newest_to(address: str) -> mail.EmailMessage:
    return mails_to(address)[-1]


def link_to(address: str, part: str) -> str:
    """Return the link with ``part`` in it of the newest mail that has one."""
    bodies = [str(one.body) for one in mails_to(address)]
    found = [link for body in bodies for link in re.findall(r"http://\S+", body) if part in link]
    assert found, bodies
    return found[-1]


def code_in(body: str) -> str:
    code = re.search(r"\b(\d{6})\b", body)
    assert code, body
    return code[1]


def type_code(page: Page, body: str) -> None:
    page.locator("input[name=code]").fill(code_in(body))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
