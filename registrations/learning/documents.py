"""One's own hours on paper: words in, a paper out, no rules, and no private address."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from stemnet.papers import Column, Paper, Table

Hours = tuple[str, str, Sequence[Sequence[str]]]


def my_hours(name: str, networks: Sequence[Hours], *, as_of: str, issuer: str) -> Paper:
    """Return the paper of ``name``: each network with its total, and a row of four cells a meeting."""
    columns = [
        Column(_("Date"), 1.3),
        Column(_("Meeting"), 2.4),
        Column(_("How we know"), 2),
        Column(_("Hours counted"), 1, "right"),
    ]
    tables = [
        Table(columns, rows, heading=title, last=[["", _("Total"), total, ""]])
        for title, total, rows in networks
    ]
    return Paper(
        heading=_("My hours"),
        issuer=issuer,
        eyebrow=as_of,
        lines=[name],
        tables=tables,
        notes=[_("This is a list of your hours. It isn't a confirmation of attendance or a certificate.")],
    )
