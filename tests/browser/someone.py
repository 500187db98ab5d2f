"""People with browsers of their own, who act one after another while the clock goes on."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import time_machine
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from tests.browser.mailbox import link_to, newest_to, type_code

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
REFUSED = re.compile(r"status of (409|410|422)")  # the browser writes down each page that says no


def at(*moment: int) -> AbstractContextManager[time_machine.Traveller]:
    """Let the clock go on from this moment in UTC: year, month, day, hour and minute."""
    return time_machine.travel(datetime(*moment, tzinfo=UTC))


@dataclass
class Someone:
    """One person at a browser; what it complains of is kept in ``said``."""

    page: Page
    url: str
    address: str
    has_password: bool = False
    said: list[str] = field(default_factory=list)

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not REFUSED.search(message.text):
            self.said.append(message.text)

    def open(self, where: str, *, status: int = 200) -> None:
        """Go to a path, or to a link out of a mail."""
        response = self.page.goto(where if where.startswith("http") else self.url + where)
        assert response and response.status == status, (where, response and response.status)
        self.look()

    def press(self, name: str, *, within: Locator | None = None) -> None:
        """Press the button or the link of this name and wait for the page it leads to."""
        place = within or self.main
        pattern = re.compile(rf"^\s*{re.escape(name)}")
        found = place.get_by_role("button", name=pattern).or_(place.get_by_role("link", name=pattern))
        with self.page.expect_navigation():
            found.first.click()
        self.look()

    def look(self) -> None:
        """Nothing sticks out at the side."""
        width = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert width <= 0, (self.page.url, width)

    def fill(self, **fields: str) -> None:
        """Type into fields by their names in the form."""
        for name, words in fields.items():
            self.page.locator(f"[name={name.replace('__', '-')}]:not([type=hidden])").fill(words)

    def choose(self, organization: str, *, field: str) -> None:
        """Type the name of an organization and wait until the portal says that it knows it."""
        self.page.locator(f"[name={field}]").fill(organization)
        expect(self.page.locator(f"#id_{field}_choices")).to_contain_text(organization)

    def reads(self, *words: str) -> None:
        for one in words:
            expect(self.main).to_contain_text(one)

    def told(self, words: str) -> None:
        """The portal says this in a message or an alert."""
        expect(self.page.locator("[role=alert], [role=status]").filter(has_text=words).first).to_be_visible()

    def sign_in(self) -> None:
        """Sign in with the password, or by the code that the mail brings, and go on from there."""
        if "/accounts/login/" not in self.page.url:
            self.open("/accounts/login/")
        if self.has_password:
            self.page.get_by_text("Use a password instead").click()
            self.fill(login=self.address, password="network-demo")
            self.page.get_by_role("button", name="Sign in with the password").click()
        else:
            self.page.get_by_label("E-mail address").first.fill(self.address)
            self.page.get_by_role("button", name="Send me a code").click()
            expect(self.page.locator("input[name=code]")).to_be_visible()
            type_code(self.page, newest_to(self.address).body)
        expect(self.page).not_to_have_url(re.compile("/accounts/"))
        self.look()

    def follow_mail(self, part: str) -> None:
        """Open the newest mail's link whose address has ``part``; sign in where that is asked for."""
        self.open(link_to(self.address, part))
        if "/accounts/login/" in self.page.url:
            self.sign_in()
        assert part in self.page.url, self.page.url

    def is_signed_in(self) -> bool:
        answer = self.page.request.get(f"{self.url}/learning/profile/", max_redirects=0)
        return answer.status == 200


def arrive(*people: Someone) -> None:
    """Everyone is signed in at once, each in a browser of their own; who was signed out signs in again."""
    for one in people:
        if not one.is_signed_in():
            one.sign_in()
    assert [one.is_signed_in() for one in people] == [True] * len(people)


def someone(
    browser: Browser, url: str, address: str, *, phone: bool = False, password: bool = False, zone: str = ""
) -> Someone:
    """Give somebody a browser; a telephone's is 360 wide."""
    more = {"timezone_id": zone} if zone else {}
    context = browser.new_context(viewport=PHONE if phone else DESK, has_touch=phone, **more)
    context.set_default_timeout(15_000)
    one = Someone(context.new_page(), url, address, password)
    one.page.on("console", one.hear)
    one.page.on("pageerror", lambda error: one.said.append(str(error)))
    return one


Meet = Callable[..., Someone]
