"""The people of a network on paper: words in, a paper out, no rules."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from meetings.models import Network
from stemnet.papers import Column, Paper, Table


def list_of_people(
    network: Network, rows: Iterable[Sequence[str]], *, which: str, as_of: str, issuer: str
) -> Paper:
    """Return the list: a row a person with name, organization, e-mail and progress.

    ``which`` says who is on it, ``as_of`` on which day.
    """
    columns = [
        Column(_("No."), 0.4),
        Column(_("Name"), 1.8),
        Column(_("Organization"), 1.8),
        Column(_("E-mail"), 2.6),
        Column(_("Progress"), 2.2),
    ]
    numbered = [[str(number), *row] for number, row in enumerate(rows, start=1)]
    return Paper(
        heading=_("People"),
        issuer=issuer,
        eyebrow=str(network),
        lines=[f"{which}, {as_of}"],
        tables=[Table(columns, numbered, empty=_("Nobody here"))],
    )
