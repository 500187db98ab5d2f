"""Keeping the truth about addresses in step with what allauth finds out."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.dispatch import receiver
from django.utils import timezone

from partners.models import PersonEmail
from partners.people.domain import addresses


@receiver(email_confirmed, dispatch_uid="partners.address_proved")
def address_proved(email_address: EmailAddress, **kwargs: Any) -> None:
    """Write down that a code proved the address, where the truth is kept."""
    email = PersonEmail.objects.filter(
        address=addresses.normal(email_address.email), person__user=email_address.user_id
    ).first()
    if email is not None:
        addresses.prove(email, at=timezone.now())
