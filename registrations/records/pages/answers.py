"""What somebody answered to the questions of networks, as far as the asker may read it."""

from django.utils.translation import gettext as _

from registrations.asking.domain.sheets import cell_of
from registrations.models import Answer
from registrations.records.pages.lines import Line, Look, Section, day_of, section


def answers(look: Look) -> Section:
    """Return one's own answers, or those of somebody that staff, a lead or a named reader may read."""
    readable = Answer.objects.all() if look.is_own else Answer.objects.visible_to(look.by)
    rows = readable.filter(registration__person=look.person).select_related("version", "question__network")
    lines = [
        Line(
            on=day_of(row.changed_at or row.given_at),
            title=row.version.label,
            text=". ".join(
                filter(None, [str(row.question.network), str(cell_of(row.question.kind, row.value) or "")])
            ),
            tag=_("file") if row.file else "",
        )
        for row in rows.order_by("-given_at", "-pk")
    ]
    return section("answers", _("Answers to questions"), lines)
