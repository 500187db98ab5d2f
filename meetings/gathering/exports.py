"""The answers to homework as a sheet: rows in, cells out, no rules."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from meetings.models import ActionItem
from partners.models import zone_of_partnership
from stemnet.tables.writing import Cell, Sheet


def answers_sheet(homework: ActionItem, rows: Iterable[ActionItem]) -> Sheet:
    """Return who was asked, how each stands, the answer, and who gave it when (as clocks show it here)."""
    zone = zone_of_partnership()
    header = [
        _("Asked"),
        _("State"),
        _("Answer"),
        _("Answered by"),
        _("Answered (%(zone)s)") % {"zone": zone},
    ]

    def cells(one: ActionItem) -> list[Cell]:
        done = [step for step in one.changes.all() if step.to_status == ActionItem.State.DONE]
        last = done[-1] if done and one.state == ActionItem.State.DONE else None
        when = last.at.astimezone(zone) if last else None
        return [str(one.owner), one.get_state_display(), one.answer, last.by_name if last else "", when]

    return Sheet(homework.text[:31], header, (cells(one) for one in rows), [36, 12, 80, 28, 24])
