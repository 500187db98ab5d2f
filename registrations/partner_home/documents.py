"""A partner's year in review as a typeset, tagged PDF: bytes out, no rules."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.models import YearRemark
from registrations.partner_home.domain.year_review import Review
from stemnet import wording
from stemnet.documents import typeset

TEMPLATE = Path(__file__).resolve().parent / "typst" / "year_review.typ"


def render(review: Review, remarks: list[YearRemark], *, partnership: str, at: datetime) -> bytes:
    """Return the PDF. Raises Unprintable for characters that no font of ours has."""
    language, _sep, region = translation.to_locale(translation.get_language() or "en").partition("_")
    year = wording.school_year(review.year)
    data = {
        "lang": language,
        "region": region or ("US" if language == "en" else None),
        "title": _("%(name)s: year in review %(year)s") % {"name": review.organization, "year": year},
        "issuer": partnership,
        "eyebrow": _("Year in review, school year %(year)s") % {"year": year},
        "heading": str(review.organization),
        "columns": [_("What was promised"), _("Kind"), _("Confirmed for"), _("Delivered to")],
        "promised": _("Promised and delivered"),
        "rows": rows(review),
        "none": _("No contribution was written down for this year."),
        "sections": sections(review),
        "remarks_heading": _("Remarks"),
        "remarks": [{"who": who(one), "text": one.text} for one in remarks],
        "page": _("Page {page} of {pages}"),
    }
    return typeset(TEMPLATE, data, at=at.replace(microsecond=0))


def rows(review: Review) -> list[list[str]]:
    """Return the cells of the table of promises."""
    return [
        [
            ": ".join(part for part in (str(one.contribution.category), one.contribution.detail) if part),
            kind(committed=one.contribution.role_id is not None),
            str(one.confirmed),
            str(one.delivered),
        ]
        for one in review.promises
    ]


def kind(*, committed: bool) -> str:
    """Say whether the memorandum holds a contribution."""
    return _("committed in the MOU") if committed else _("informal")


def who(remark: YearRemark) -> str:
    """Say for whom a remark speaks; no names of people."""
    return str(remark.organization) if remark.by_partner else _("The coordinator")


def sections(review: Review) -> list[dict[str, Any]]:
    """Return the figures of the year as headings with sentences, for the page and the paper."""
    return [
        {"heading": _("Given and received"), "lines": given_lines(review)},
        {"heading": _("Meetings"), "lines": meeting_lines(review)},
        {"heading": _("Shared"), "lines": shared_lines(review)},
    ]


def given_lines(review: Review) -> list[str]:
    """Say what went to other partners and came from them, and what is lacking still."""
    gave, got, needs, gaps = review.delivered, review.received, review.needs, review.gaps
    return [
        ngettext("%(n)d delivery to other partners", "%(n)d deliveries to other partners", gave)
        % {"n": gave},
        ngettext("%(n)d delivery from other partners", "%(n)d deliveries from other partners", got)
        % {"n": got},
        ngettext("%(n)d need written down", "%(n)d needs written down", needs) % {"n": needs},
        ngettext("%(n)d of the needs is a gap now", "%(n)d of the needs are gaps now", gaps) % {"n": gaps},
    ]


def meeting_lines(review: Review) -> list[str]:
    """Say how much the partner took part, and what it hosted."""
    came, held = review.attended, review.hosted
    return [
        ngettext("%(n)d meeting attended", "%(n)d meetings attended", came.meetings) % {"n": came.meetings},
        ngettext("%(n)d person came", "%(n)d people came", came.people) % {"n": came.people},
        _("Hours that count, all together: %(hours)s") % {"hours": wording.hours_row(came.minutes)},
        ngettext("%(n)d meeting hosted", "%(n)d meetings hosted", held.meetings) % {"n": held.meetings},
        ngettext("%(n)d network co-hosted", "%(n)d networks co-hosted", held.networks) % {"n": held.networks},
    ]


def shared_lines(review: Review) -> list[str]:
    """Say what others could use of the partner's."""
    public, copies, changes = review.shared.contributions, review.shared.copies, review.shared.proposals
    return [
        ngettext("%(n)d contribution that everyone sees", "%(n)d contributions that everyone sees", public)
        % {"n": public},
        ngettext(
            "%(n)d part of another partner began as a copy of this one's",
            "%(n)d parts of other partners began as a copy of this one's",
            copies,
        )
        % {"n": copies},
        ngettext(
            "%(n)d proposed change stands in the shared text",
            "%(n)d proposed changes stand in the shared text",
            changes,
        )
        % {"n": changes},
    ]
