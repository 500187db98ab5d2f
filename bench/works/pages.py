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
        """Ask for each page from eight connections at once, then so that it is made anew each time."""
        for what, path in pages_of(side).items():
            visitors = browsers(side.browser)
            asked(visitors, path)(0)
            measured(side, records, what, asked(visitors, path), clients=EIGHT, seconds=3 if quick else 8)
            anew = asked_anew(side, path)
            anew(0)
            measured(side, records, f"{what}, made anew", anew, clients=1, seconds=2 if quick else 5)

    def count(self, side: Side, records: Records) -> None:
        """Count what one page asks when it is made anew."""
        for what, path in pages_of(side).items():
            counted(side, records, f"{what}, made anew", asked_anew(side, path))


def asked_anew(side: Side, path: str) -> Callable[[int], None]:
    """Return what asks for a page each time at an address that nobody asked for before."""
    visitors = browsers(side.browser)

    def act(number: int) -> None:
        asked(visitors, f"{path}?anew={side.port}-{number}")(number)

    return act


class Pages(Work):
    """Pages of somebody who is signed in, asked one after the other on one connection."""

    who = ""
    seconds = 8

    def paths(self, side: Side) -> dict[str, str]:
        """Return what is asked of the portal."""
        raise NotImplementedError

    def floor_paths(self) -> dict[str, str]:
        """Return what stands for it in the floor."""
        return {}

    def _acts(self, side: Side) -> dict[str, Callable[[int], None]]:
        if side.name == "peer":
            return {}
        visitors = browsers(lambda: side.browser(session=self.who))
        paths = self.floor_paths() if side.name == "floor" else self.paths(side)
        return {what: asked(visitors, path) for what, path in paths.items()}

    def load(self, side: Side, records: Records, *, quick: bool) -> None:
        """Ask for each page; one that cannot be had is said, and the others are asked."""
        for what, act in self._acts(side).items():
            try:
                act(0)
            except RuntimeError as error:
                records.fault(side, what, str(error))
                continue
            seconds = 3 if quick else self.seconds
            measured(side, records, what, act, clients=1, seconds=seconds, count=200)

    def count(self, side: Side, records: Records) -> None:
        """Count what one page asks, and what it writes."""
        for what, act in self._acts(side).items():
            counted(side, records, what, act, times=2)


class SignedIn(Pages):
    """What an educator sees."""

    name, who = "signed_in", "educator"

    def paths(self, side: Side) -> dict[str, str]:
        """Return the frame of a page, My learning, the page of a meeting, and a page that is public."""
        gathering = {"meeting": f"/meetings/{side.made['gathering']}/"} if side.name == "ours" else {}
        return {
            "frame of a page": "/accessibility/",
            "My learning": "/learning/",
            **gathering,
            "network, signed in": f"/networks/{side.made['network']}/",
        }

    def floor_paths(self) -> dict[str, str]:
        """Return the floor's page for who is signed in."""
        return {"My learning": "/mine/"}


class Lists(Pages):
    """The lists of the admin, and their search."""

    name, who = "lists", "coordinator"
    WORDS = "Number+000123"

    def paths(self, side: Side) -> dict[str, str]:
        """Return people and registrations, shown and searched."""
        return self._of("/admin/partners/person/", "/admin/registrations/registration/")

    def floor_paths(self) -> dict[str, str]:
        """Return the same of the stock admin."""
        return self._of("/admin/floor/person/", "/admin/floor/registration/")

    def _of(self, people: str, registrations: str) -> dict[str, str]:
        return {
            "list of people": people,
            "search of people": f"{people}?q={self.WORDS}",
            "list of registrations": registrations,
            "search of registrations": f"{registrations}?q={self.WORDS}",
        }


class Desk(Pages):
    """What staff see of a network in which everybody is."""

    name, who = "desk", "coordinator"

    def paths(self, side: Side) -> dict[str, str]:
        """Return the pages that could grow with the people."""
        network, meeting = (
            f"/staff/networks/{side.made['crowd']}/",
            f"/staff/meetings/{side.made['meeting']}/",
        )
        return {
            "staff desk": "/staff/",
            "staff page of the network": network,
            "its people": f"{network}people/",
            "its people, searched": f"{network}people/?q={Lists.WORDS}",
            "its documents": f"{network}documents/",
            "attendance desk": meeting,
            "sign-in sheet": f"{meeting}sheet/",
            "search of staff": f"/staff/search/?q={Lists.WORDS}",
        }


class Exchange(Pages):
    """Needs and contributions of 100 partners in 20 categories, all of them, and the board of their parts."""

    name, who, last = "exchange", "coordinator", True

    def load(self, side: Side, records: Records, *, quick: bool) -> None:
        """Fill the matrix, then ask for its pages; their size counts, too."""
        if side.name in ("ours", "before"):
            side.more_rows("matrix")
            super().load(side, records, quick=quick)
            for what, path in self.paths(side).items():
                size = len(side.browser(session=self.who).get(path).text)
                records.note(side, f"{what}: KB of HTML", size / 1024)

    def paths(self, side: Side) -> dict[str, str]:
        """Return matrix, matches and board."""
        paths = {"needs matrix": "/partners/needs/", "matches": "/partners/needs/matches/"}
        return paths | ({"board of parts": f"/mou/{side.made['mou']}/board/"} if side.made["mou"] else {})
