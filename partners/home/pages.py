"""A partner's year in review in words, for the page and the paper."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.home.documents import Paper, Section
from partners.home.domain.year_review import Review
from partners.models import YearRemark
from stemnet import wording


def paper(review: Review, remarks: list[YearRemark], *, partnership: str) -> Paper:
    """Return what the PDF says."""
    return Paper(
        name=str(review.organization),
        year=wording.school_year(review.year),
        partnership=partnership,
        promises=rows(review),
        sections=sections(review),
        remarks=[(who(one), one.text) for one in remarks],
    )


def rows(review: Review) -> list[list[str]]:
    """Return the cells of the table of promises."""
    return [
        [
            ": ".join(part for part in (str(one.contribution.category), one.contribution.detail) if part),
            one.kind,
            str(one.confirmed),
            str(one.delivered),
        ]
        for one in review.promises
    ]


def who(remark: YearRemark) -> str:
    """Say for whom a remark speaks; no names of people."""
    return str(remark.organization) if remark.by_partner else _("The coordinator")


def sections(review: Review) -> list[Section]:
    """Return the figures of the year as headings with sentences, for the page and the paper."""
    return [
        Section(_("Given and received"), given_lines(review)),
        *([Section(_("Meetings"), review.meetings)] if review.meetings else []),
        Section(_("Shared"), shared_lines(review)),
    ]


def given_lines(review: Review) -> list[str]:
    """Say what went to other partners and came from them, and what is lacking still."""
    gave, got, needs, gaps = review.delivered, review.received, review.needs, review.gaps
    return [
        ngettext("%(n)d delivery to other partners", "%(n)d deliveries to other partners", gave)
        % {"n": gave},
        ngettext("%(n)d delivery from other partners", "%(n)d deliveries from other partners", got)
        % {"n": got},
        ngettext("%(n)d need listed", "%(n)d needs listed", needs) % {"n": needs},
        ngettext("%(n)d of the needs is still a gap", "%(n)d of the needs are still gaps", gaps)
        % {"n": gaps},
    ]


def shared_lines(review: Review) -> list[str]:
    """Say what others could use of the partner's."""
    public, copies, changes = review.shared.contributions, review.shared.copies, review.shared.proposals
    return [
        ngettext("%(n)d contribution shown to everyone", "%(n)d contributions shown to everyone", public)
        % {"n": public},
        ngettext(
            "%(n)d other partner started from a copy of this partner's part",
            "%(n)d other partners started from a copy of this partner's part",
            copies,
        )
        % {"n": copies},
        ngettext(
            "%(n)d proposed change is in the shared text",
            "%(n)d proposed changes are in the shared text",
            changes,
        )
        % {"n": changes},
    ]
