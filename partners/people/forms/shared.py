"""What is typed for others to read: nothing in it may be one person's own link."""

from django.core.exceptions import ValidationError

from partners.people.domain.personal_links import personal_link


def refuse_personal_link(text: str) -> None:
    """Raise ValidationError for a text that holds somebody's own link."""
    if personal := personal_link(text):
        raise ValidationError(personal.warning)
