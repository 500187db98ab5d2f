"""What is done to a selection of networks: publishing drafts, closing and opening registration."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meetings.models import Network, with_dates
from meetings.planning.domain import publishing, registration_window
from stemnet.admin.acts import Act, Asking, Line, Repair
from stemnet.admin.portal import page


class PublishDrafts(Act):
    """Publish drafts; of each that is not ready say what is missing."""

    name = "publish"
    label = gettext_lazy("Publish")
    icon = "check2-circle"
    main = True
    columns = (gettext_lazy("School year"), gettext_lazy("Seats"))
    promises = (gettext_lazy("Everyone can see them, and people can register."),)

    def plan(self, rows: Sequence[Any], *, asking: Asking) -> list[Line]:
        """Return which are ready, and what the others lack."""
        return [self._line(row) for row in rows]

    def _line(self, network: Any) -> Line:
        name, seen = str(network), f"{network.status}.{network.edition}"
        if network.status != Network.Status.DRAFT:
            words = _("It is “%(status)s”") % {"status": network.get_status_display()}
            return Line(network.pk, name, seen, skipped=words)
        missing = publishing.missing_of(network, has_dates=network.first_starts_at is not None)
        if missing:
            mend = Repair(gettext_lazy("Fill it in"), page("network_edit", network.slug))
            why = " ".join(missing.values())
            return Line(network.pk, name, seen, skipped=_("Not ready"), why=why, repair=mend)
        return Line(network.pk, name, seen, cells=(network.school_year, network.seats))

    def rows(self, queryset: Any) -> Any:
        """Return networks with their dates."""
        return with_dates_of(queryset)

    def do(self, row: Any, *, asking: Asking) -> None:
        """Publish one."""
        publishing.publish_network(row, by=asking.by, at=asking.at)

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        return _("Publish %(number)s of %(chosen)s networks?") % {"number": number, "chosen": chosen}

    def button(self, number: int) -> str:
        """Return the words of the button."""
        return ngettext("Publish %(n)s network", "Publish %(n)s networks", number) % {"n": number}

    def done(self, number: int) -> str:
        """Return what was done."""
        words = ngettext("%(n)s network is published.", "%(n)s networks are published.", number)
        return words % {"n": number}

    def will(self) -> str:
        """Return the heading above them."""
        return _("Will be published")


class WindowAct(Act):
    """Close or open registration now."""

    columns = (gettext_lazy("School year"),)
    may: Callable[..., bool]
    change: Callable[..., Network]
    refused = gettext_lazy("Registration isn't open")

    def plan(self, rows: Sequence[Any], *, asking: Asking) -> list[Line]:
        """Return where it can be done."""
        return [self._line(row, asking=asking) for row in rows]

    def _line(self, network: Any, *, asking: Asking) -> Line:
        seen = f"{network.status}.{network.edition}"
        if not type(self).may(network, at=asking.at):
            return Line(network.pk, str(network), seen, skipped=self.refused)
        return Line(network.pk, str(network), seen, cells=(network.school_year,))

    def rows(self, queryset: Any) -> Any:
        """Return networks with their dates."""
        return with_dates_of(queryset)

    def do(self, row: Any, *, asking: Asking) -> None:
        """Do it to one."""
        type(self).change(row, by=asking.by, at=asking.at)


class CloseRegistration(WindowAct):
    """Take no more registrations from now on."""

    name = "close"
    label = gettext_lazy("Close registration")
    icon = "lock"
    may = staticmethod(registration_window.may_close)
    change = staticmethod(registration_window.close_registration)
    promises = (gettext_lazy("People who are registered or on the waitlist stay."),)

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        words = _("Close registration of %(number)s of %(chosen)s networks?")
        return words % {"number": number, "chosen": chosen}

    def button(self, number: int) -> str:
        """Return the words of the button."""
        return ngettext("Close it for %(n)s network", "Close it for %(n)s networks", number) % {"n": number}

    def done(self, number: int) -> str:
        """Return what was done."""
        words = ngettext(
            "Registration of %(n)s network is closed.", "Registration of %(n)s networks is closed.", number
        )
        return words % {"n": number}


class OpenRegistration(WindowAct):
    """Take registrations from now on."""

    name = "open"
    label = gettext_lazy("Open registration")
    icon = "key"
    may = staticmethod(registration_window.may_open)
    change = staticmethod(registration_window.open_registration)
    refused = gettext_lazy("It's open, not published, or its first meeting has started")

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        words = _("Open registration of %(number)s of %(chosen)s networks?")
        return words % {"number": number, "chosen": chosen}

    def button(self, number: int) -> str:
        """Return the words of the button."""
        return ngettext("Open it for %(n)s network", "Open it for %(n)s networks", number) % {"n": number}

    def done(self, number: int) -> str:
        """Return what was done."""
        words = ngettext(
            "Registration of %(n)s network is open.", "Registration of %(n)s networks is open.", number
        )
        return words % {"n": number}


def with_dates_of(networks: Any) -> Any:
    """Return networks with their first and last moment, unless they have them."""
    annotated = "first_starts_at" in networks.query.annotations
    return networks if annotated else with_dates(networks)
