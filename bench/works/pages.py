"""Pages: without a login at eight connections, and signed in."""

from collections.abc import Callable

from bench.browser import Browser
from bench.load import browsers
from bench.sides import Side
from bench.works.work import Records, Work, counted, measured

PUBLIC = {
    "home": "/",
    "networks": "/networks/",
    "network": "/networks/{network}/",
    "calendar": "/calendar/",
    "partners": "/partners/",
}
EIGHT = 8


def pages_of(side: Side) -> dict[str, str]:
    """Return the public pages that a side has; the floor's and the peer's one stands for all."""
    if side.name in ("ours", "before"):
        return {f"page {name}": path.format(**side.made) for name, path in PUBLIC.items()}
    return {"page network": side.public_page()}


def asked(browser: Callable[[], object], path: str) -> Callable[[int], None]:
    """Return what asks for a page and wants it whole."""

    def act(_number: int) -> None:
        one = browser()
        assert isinstance(one, Browser)  # noqa: S101 - for the type checker
        answer = one.get(path)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}.")

    return act


class PublicPages(Work):
    """What everybody sees."""

    name = "public"

    def load(self, side: Side, records: Records, *, quick: bool) -> None:
        """Ask for each page from eight connections at once."""
        for what, path in pages_of(side).items():
            visitors = browsers(side.browser)
            asked(visitors, path)(0)
            measured(side, records, what, asked(visitors, path), clients=EIGHT, seconds=3 if quick else 8)

    def count(self, side: Side, records: Records) -> None:
        """Count what one page asks."""
        for what, path in pages_of(side).items():
            counted(side, records, what, asked(browsers(side.browser), path))


class SignedIn(Work):
    """What somebody sees who is signed in."""

    name = "signed_in"

    def _acts(self, side: Side) -> dict[str, Callable[[int], None]]:
        if side.name == "peer":
            return {}
        visitors = browsers(lambda: side.browser(session="educator"))
        if side.name == "floor":
            return {"My learning": asked(visitors, "/mine/")}
        pages = {
            "frame of a page": "/accessibility/",
            "My learning": "/learning/",
            "network, signed in": f"/networks/{side.made['network']}/",
        }
        return {what: asked(visitors, path) for what, path in pages.items()}

    def load(self, side: Side, records: Records, *, quick: bool) -> None:
        """Ask for each page from one connection."""
        for what, act in self._acts(side).items():
            act(0)
            measured(side, records, what, act, clients=1, seconds=3 if quick else 8)

    def count(self, side: Side, records: Records) -> None:
        """Count what one page asks, and what it writes."""
        for what, act in self._acts(side).items():
            counted(side, records, what, act)
