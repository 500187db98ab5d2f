"""Who may do what in the library; "may see" is asked of the queryset."""

from partners.models import Person


def may_review(person: Person | None) -> bool:
    """Return whether somebody makes resources public, returns or hides them: staff for all."""
    return person is not None and person.is_staff_for_all
