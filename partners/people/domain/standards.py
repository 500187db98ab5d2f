"""Changing a standard, so that it's still found by the code that it had."""

from django.db import transaction

from partners.models import Standard
from stemnet.code_search import coded


@transaction.atomic
def save_standard(standard: Standard) -> None:
    """Write a standard; where its code was changed, the one before is kept among its former codes."""
    before = Standard.objects.select_for_update().filter(pk=standard.pk).first()
    codes = standard.codes[1:] if before is None else [*standard.codes[1:], before.code]
    now = coded(standard.code)
    former = {coded(one): one for one in codes if coded(one) != now}
    standard.former_codes = ", ".join(former.values())
    standard.full_clean(exclude=["subject", "framework", "replaced_by"])
    standard.save()
