"""Changing a standard, so that it's still found by the code that it had."""

from django.db import transaction

from partners.models import Standard


@transaction.atomic
def save_standard(standard: Standard) -> None:
    """Write a standard; where its code was changed, the one before is kept among its former codes.

    Raises ValidationError, as `Standard.clean` says.
    """
    Standard.objects.select_for_update().filter(pk=standard.pk).first()
    standard.full_clean(exclude=["subject", "framework", "replaced_by"])
    standard.save()
