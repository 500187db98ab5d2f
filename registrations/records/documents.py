"""What is known of a person on paper: words in, a paper out, no rules."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from stemnet.papers import Column, Paper, Table

Rows = Sequence[Sequence[str]]


def own_record(
    name: str,
    facts: Sequence[tuple[str, str]],
    sections: Sequence[tuple[str, Rows]],
    *,
    as_of: str,
    issuer: str,
) -> Paper:
    """Return the paper about ``name``: facts, and a table a section with day, what it is and what is said."""
    columns = [Column(_("Date"), 1.3), Column(_("What"), 2.4), Column(_("Details"), 3)]
    return Paper(
        heading=_("Your data"),
        issuer=issuer,
        eyebrow=as_of,
        lines=[name],
        facts=facts,
        tables=[Table(columns, rows, heading=heading) for heading, rows in sections if rows],
        notes=[
            _("This is a list of what we keep about you, not a confirmation of attendance or a certificate.")
        ],
    )
