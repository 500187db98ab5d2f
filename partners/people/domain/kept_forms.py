"""Long forms that were not sent yet: kept for who typed them and for nobody else (docs/rules.md 12.4).

What must not be known here, such as answers to an evaluation, is kept on the device only: its form is named
so by `device_only`, and never comes here.
"""

from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from partners.models import KeptForm, Person

Fields = list[tuple[str, str]]
AT_MOST = 30
LINK = "link-"  # begins what stands for an account where a private link opens the page
DEVICE_ONLY = "evaluation:"


def account_of(person: Person | None) -> str:
    """Return what pages and devices call the account of ``person``; empty for nobody."""
    return salted_hmac("partners.account", str(person.pk)).hexdigest()[:32] if person else ""


def account_of_link(token: str) -> str:
    """Return what devices call whoever holds a private link."""
    return f"{LINK}{salted_hmac('partners.account.link', token).hexdigest()[:27]}"


def device_only(form: str) -> bool:
    """Return whether what is typed into ``form`` may be kept on the device only."""
    return form.startswith(DEVICE_ONLY)


@transaction.atomic
def keep(person: Person, *, form: str, fields: Fields, at: datetime) -> None:
    """Keep what ``person`` typed into ``form`` instead of what was kept before; at most 30 forms a person."""
    if device_only(form):
        return
    KeptForm.objects.update_or_create(person=person, form=form, defaults={"fields": fields, "saved_at": at})
    newest = person.kept_forms.order_by("-saved_at", "-pk").values_list("pk", flat=True)
    person.kept_forms.exclude(pk__in=list(newest[:AT_MOST])).delete()


def kept(person: Person, *, form: str) -> KeptForm | None:
    """Return what ``person`` typed into ``form`` and did not send."""
    return person.kept_forms.filter(form=form).first()


def drop(person: Person, *, form: str) -> None:
    """Forget what was typed: it was sent, or thrown away."""
    person.kept_forms.filter(form=form).delete()
