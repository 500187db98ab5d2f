"""New versions of a credit rule; what was worked out by an old one stays as it was (docs/rules.md 2.5)."""

from datetime import date

from django.db import transaction

from registrations.models import CreditRule


@transaction.atomic
def make_next(code: str, *, effective_from: date) -> CreditRule:
    """Copy the newest version of the rule ``code`` into the next, in force from a day on."""
    rule = CreditRule.objects.select_for_update().filter(code=code).order_by("-version").first()
    if rule is None:
        raise CreditRule.DoesNotExist(code)
    rule.pk, rule.version = None, rule.version + 1
    rule.effective_from, rule.effective_to = effective_from, None
    rule._state.adding = True
    rule.save()
    return rule
