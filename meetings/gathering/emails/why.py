"""Why somebody gets a mail, which its last lines say: each kind of reason once, in the active language."""

from django.utils.translation import gettext as _

from meetings.models import ActionItem


def owns(item: ActionItem) -> str:
    """Say that the reader does an action item, or is a contact for the partner that does."""
    if item.organization:
        words = _("You're getting this because you're a contact for %(name)s.")
        return words % {"name": item.organization}
    return _("You're getting this because an action item was assigned to you.")


def owns_some() -> str:
    """Say the same of several items."""
    return _("You're getting this because you or your organization have action items to do.")
