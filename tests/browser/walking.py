"""Walks a portal as a person does, by links and buttons, and looks at every state it meets with axe."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page, Response

from tests.browser.test_accessibility import faults

MOST = 3  # pages opened for one address, which are then told apart by what stands on them
STARTS = ["/", "/partnership/", "/partners/", "/partners/needs/", "/mou/", "/mou/check/"]
# Looked at by the tests of the first demo, or no page of ours.
ELSEWHERE = (
    *("/admin", "/accounts", "/calendar", "/demo", "/learning", "/networks", "/static"),
    *("/staff/networks", "/verify"),
)
BUTTONS = "button:not([type=button]):not([disabled])"
FORMS = f"""forms => forms.map((form, number) => ({{
  number, action: form.getAttribute("action") || "", buttons: form.querySelectorAll("{BUTTONS}").length
}}))"""
EMPTIED = """form => {
  form.noValidate = true;
  for (const field of form.querySelectorAll("input:not([type=hidden]), textarea")) {
    if (["checkbox", "radio"].includes(field.type)) field.checked = false;
    else field.value = "";
  }
}"""


def name_of(path: str) -> str:
    """The name of an address, or an empty string where there is none."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


@dataclass
class Walk:
    """One person's way through the portal: where they were, and what was wrong there."""

    page: Page
    url: str
    visits: Counter = field(default_factory=Counter)
    states: set = field(default_factory=set)
    trouble: dict = field(default_factory=dict)

    def everywhere(self) -> Iterator[str]:
        """Open what is linked from where one has been, a few pages an address, and look at each state."""
        todo, met = deque(STARTS), set(STARTS)
        while todo:
            path = todo.popleft()
            name = name_of(urlsplit(path).path)
            if not name or self.visits[name] >= MOST or not (status := self.open(path)):
                continue
            self.visits[name] += 1
            if status != 200:
                self.trouble[path] = [f"answers {status}"]
                continue
            self.look(path, name)
            yield path
            for link in self.links(path):
                if link not in met:
                    met.add(link)
                    todo.append(link)

    def open(self, path: str) -> int:
        """Open a page and return its status; 0 where it is a file."""
        try:
            answer = self.page.goto(self.url + path)
        except Error as error:
            if "Download is starting" in error.message or "ERR_ABORTED" in error.message:
                return 0
            raise
        is_page = "text/html" in answer.headers.get("content-type", "") and not path.endswith(".html")
        return answer.status if is_page else 0

    def links(self, path: str) -> list[str]:
        """The addresses of this portal that the page links to."""
        found = self.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        own = [urlsplit(link) for link in found if link.startswith(self.url + "/")]
        return [
            link.path + (f"?{link.query}" if link.query else "")
            for link in own
            if not link.path.startswith(ELSEWHERE)
        ]

    def forms(self) -> list[dict]:
        """The forms of the page that send something."""
        return self.page.eval_on_selector_all("main form[method=post]", FORMS)

    def look(self, path: str, name: str) -> None:
        """Ask axe about a page whose like was not seen yet."""
        acts = {name_of(urlsplit(urljoin(path, form["action"])).path) for form in self.forms()}
        signs = self.page.eval_on_selector_all(
            "main [class*=tag-], main [role=alert], main .empty, main h2",
            "all => all.map(one => one.className)",
        )
        state = (name, frozenset(acts), frozenset(signs))
        if state not in self.states:
            self.states.add(state)
            if found := faults(self.page):
                self.trouble[path] = found

    def send_every_form_empty(self, paths: list[str]) -> None:
        """Press every button once an address and act, with nothing filled in, and look at the answer.

        What an act took away may be gone when its page is opened again.
        """
        pressed = set()
        for path in paths:
            for form in self.forms() if self.open(path) == 200 else ():
                act = (name_of(urlsplit(path).path), name_of(urlsplit(urljoin(path, form["action"])).path))
                for button in range(form["buttons"]):
                    if (*act, button) not in pressed:
                        pressed.add((*act, button))
                        self.press(path, form["number"], button)

    def press(self, path: str, number: int, button: int) -> None:
        """Send one form of a page with one of its buttons."""
        self.open(path)
        forms = self.page.locator("main form[method=post]")
        if forms.count() <= number:
            return
        forms.nth(number).evaluate(EMPTIED)
        try:
            with self.page.expect_response(is_sent) as sent, self.page.expect_navigation():
                forms.nth(number).locator(BUTTONS).nth(button).dispatch_event("click")
        except Error as error:
            self.trouble[f"POST {path}"] = [error.message]
            return
        if sent.value.status not in (200, 302, 422):
            self.trouble[f"POST {path}"] = [f"answers {sent.value.status}"]
        elif found := faults(self.page):
            self.trouble[f"POST {path}"] = found


def is_sent(answer: Response) -> bool:
    """Whether this answers a form."""
    return answer.request.method == "POST" and answer.request.resource_type == "document"
