"""Keeping the truth about addresses in step with what allauth finds out."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from partners.models import Partnership, PersonEmail, kept_partnership
from partners.people.domain import addresses

for changed in (post_save, post_delete):
    changed.connect(kept_partnership.drop, sender=Partnership)


@receiver(email_confirmed, dispatch_uid="partners.address_proved")
def address_proved(email_address: EmailAddress, **kwargs: Any) -> None:
    """Write down that a code proved the address, where the truth is kept."""
    email = PersonEmail.objects.filter(
        address=addresses.normal(email_address.email), person__user=email_address.user_id
    ).first()
    if email is not None:
        addresses.prove(email, at=timezone.now())
