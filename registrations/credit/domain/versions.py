"""Versions of a credit rule: the next one, and the one that a network keeps (docs/rules.md 2.5)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from meetings.models import Network
from registrations.models import Attendance, CreditRule, Document, Evidence, KeptRule


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


def is_fixed(version: CreditRule, *, today: date) -> bool:
    """Return whether ``version`` never changes: in effect, kept by a network, or named by a document."""
    if version.effective_from <= today or version.kept_by.exists():
        return True
    return Document.objects.filter(snapshot__rule=str(version)).exists()


def next_number(code: str) -> int:
    """Return the number that the next version of the rule ``code`` gets."""
    newest: int | None = CreditRule.objects.filter(code=code).aggregate(newest=Max("version"))["newest"]
    return (newest or 0) + 1


@transaction.atomic
def save_as_next(edited: CreditRule) -> CreditRule:
    """Write ``edited``, a version with other values, as the next version of its rule; the old one stays."""
    list(CreditRule.objects.select_for_update().filter(code=edited.code))
    edited.pk, edited.version = None, next_number(edited.code)
    edited._state.adding = True
    edited.save()
    return edited


def keep_version(network: Network, *, at: datetime) -> CreditRule | None:
    """Return the version that ``network`` goes by; from the first mark on it is kept, whatever changes."""
    version = CreditRule.objects.version_for(network)
    if version is None or version.kept_in == network.pk:
        return version
    if Evidence.objects.filter(meeting__network=network).exists():
        keep(network, version, at=at)
    return version


def keep(network: Network, version: CreditRule, *, at: datetime) -> None:
    """Let ``network``, whose row is locked, keep ``version`` from now on."""
    if not KeptRule.objects.filter(network=network).update(version=version, since=at):
        KeptRule.objects.create(network=network, version=version, since=at)


def has_marks(network: Network) -> bool:
    """Return whether anybody was ever marked in ``network``: then its rule changes by an act of its own."""
    return Attendance.objects.filter(meeting__network=network).exists() or (
        Evidence.objects.filter(meeting__network=network).exists()
    )
