"""Merging two people or two organizations into one, and taking it back within 30 days.

The one that goes stays as an empty row that points to the one that is kept, so that old links still lead
somewhere. Both rows are locked in order of their keys: of two who merge at once, the second is refused.
"""

from copy import copy
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partners.merging.domain.merge_journal import Journal, as_kept, undo_entries
from partners.merging.domain.merge_rules import Merging, apply_rules, follow_taking_back
from partners.merging.exceptions import MergeRefused
from partners.models import Alias, Merge, Organization, Person, PersonEmail, StageChange, User, acted
from partners.models.merging.merging import Subject
from partners.people.domain import addresses
from partners.people.emails import addresses as emails
from partners.people.permissions import may_change_login
from stemnet import jobs
from stemnet.telling import tell

PERSON_FIELDS = ("first_name", "last_name", "certificate_name", "language")
ORGANIZATION_FIELDS = (
    "name",
    "sector",
    "level",
    "stage",
    "partner_since",
    "city",
    "state",
    "region",
    "state_org_code",
    "nces_id",
    "website",
    "about",
    "publicity",
    "part_of",
)
MODELS: dict[str, type[Any]] = {Subject.PERSON: Person, Subject.ORGANIZATION: Organization}
FIELDS = {Subject.PERSON: PERSON_FIELDS, Subject.ORGANIZATION: ORGANIZATION_FIELDS}


@jobs.finishing()
@transaction.atomic
def merge_people(*, kept: Person, gone: Person, take: set[str], by: Person, at: datetime) -> Merge:
    """Make ``gone`` one with ``kept``, which takes the fields in ``take`` (and "primary") from it.

    Both addresses are told. Raises MergeRefused.
    """
    kept, gone = _locked(Person, kept.pk, gone.pk)
    if gone.pk == by.pk:
        raise MergeRefused(
            sentence=_("You're signed in as the one that would be removed. Keep that one instead.")
        )
    login = User.objects.filter(person=by).first()
    others = [one for one in (kept, gone) if one.pk != by.pk]
    if not all(may_change_login(one, by=login) for one in others):
        raise MergeRefused(
            sentence=_("One of the two has full access to this portal. Only an administrator can merge them.")
        )
    merging = Merging(kept, gone, by, at, Journal())
    told = [one.primary_address for one in (kept, gone)]
    merge = _begin(merging, Subject.PERSON, take)
    if kept.shares_registrations and not gone.shares_registrations:
        merging.journal.update(kept, shares_registrations=False)  # only what both agreed to is shown
    if "primary" in take:
        _swap_primary(merging)
    _rename_login(merging)
    _finish(merge, merging)
    addresses.refresh_login(kept)
    for address in filter(None, told):
        tell(emails.people_merged, kept, to=address, by_yourself=kept.pk == by.pk, at=at)
    return merge


@transaction.atomic
def merge_organizations(
    *, kept: Organization, gone: Organization, take: set[str], by: Person, at: datetime
) -> Merge:
    """Make ``gone`` one with ``kept``, which takes the fields in ``take`` from it; names stay findable.

    It takes the logo, too, where it has none. Raises MergeRefused.
    """
    kept, gone = _locked(Organization, kept.pk, gone.pk)
    names = [kept.name, gone.name]
    merging = Merging(kept, gone, by, at, Journal())
    merge = _begin(merging, Subject.ORGANIZATION, take)
    known = {alias.name.casefold() for alias in kept.aliases.all()} | {kept.name.casefold()}
    for name in names:
        if name.casefold() not in known:
            merging.journal.create(Alias(organization=kept, name=name))
    if gone.logo and not kept.logo:
        merging.journal.update(kept, logo=gone.logo.name)  # both rows name the file, so undoing finds it
    _tell_stage(merging)
    _finish(merge, merging)
    return merge


@transaction.atomic
def undo(merge: Merge, *, at: datetime) -> None:
    """Take a merge back: every row returns; what was added since stays with the one that was kept.

    Raises MergeRefused after 30 days, a second time, or where what came later stands in the way.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at is not None:
        raise MergeRefused(sentence=_("This merge has already been undone."))
    if at > merge.at + timedelta(days=settings.MERGE_UNDO_DAYS):
        said = _("You can undo a merge for %(days)s days.")
        raise MergeRefused(sentence=said % {"days": settings.MERGE_UNDO_DAYS})
    model = MODELS[merge.subject]
    held = model.objects.select_for_update(no_key=True)
    rows = held.filter(pk__in=[merge.kept, merge.gone]).order_by("pk")
    now = {row.pk: row for row in rows}
    if merge.subject == Subject.PERSON and any(row.removed_at for row in now.values()):
        raise MergeRefused(sentence=_("The data of this person was deleted, so the merge can't be undone."))
    if now[merge.kept].merged_into_id or now[merge.gone].merged_into_id != merge.kept:
        raise MergeRefused(sentence=_("One of the two was merged again later. Undo that merge first."))
    try:
        with transaction.atomic():
            undo_entries(merge.moved)
    except IntegrityError as error:
        raise MergeRefused(
            sentence=_("This merge can't be undone because of what was added since.")
        ) from error
    merge.undone_at = at
    merge.save(update_fields=["undone_at"])
    follow_taking_back(kept=now[merge.kept], gone=now[merge.gone], at=at)
    if merge.subject == Subject.PERSON:
        for key in (merge.kept, merge.gone):
            addresses.refresh_login(now[key])


def _locked(model: type[Any], kept: int, gone: int) -> tuple[Any, Any]:
    """Lock both rows in order of their keys; refuse one and the same, and what was merged already.

    Their keys stay, so whoever writes a row about them meanwhile doesn't wait, who may hold what we wait for.
    """
    held = model.objects.select_for_update(no_key=True).filter(pk__in=[kept, gone])
    rows = {row.pk: row for row in held.order_by("pk")}
    if kept == gone or len(rows) < 2:
        raise MergeRefused(sentence=_("Choose two different ones."))
    if any(row.merged_into_id or getattr(row, "removed_at", None) for row in rows.values()):
        raise MergeRefused(sentence=_("One of the two has already been merged or deleted."))
    return rows[kept], rows[gone]


def _begin(merging: Merging, subject: Subject, take: set[str]) -> Merge:
    """Point the one that goes to the one that stays, take the chosen fields, let the rules move the rest."""
    kept, gone, fields = merging.kept, merging.gone, FIELDS[subject]
    before = {"kept": as_kept(kept, _columns(kept, fields)), "gone": as_kept(gone, _columns(gone, fields))}
    merge = Merge(subject=subject, kept=kept.pk, gone=gone.pk, label=f"{kept} ← {gone}"[:420], before=before)
    chosen = {name: getattr(gone, name) for name in _columns(kept, [name for name in fields if name in take])}
    if chosen.get("part_of_id") == kept.pk:
        chosen["part_of_id"] = None
    merging.journal.update(gone, merged_into_id=kept.pk)
    _check(kept, chosen)
    merging.journal.update(kept, **chosen)
    apply_rules(merging)
    kept.refresh_from_db()
    return merge


def _tell_stage(merging: Merging) -> None:
    """Write a step where the steps of both end elsewhere than at the stage that was chosen."""
    stage = merging.kept.stage
    newest = StageChange.objects.filter(organization=merging.kept).order_by("-at", "-pk").first()
    if newest is None or newest.to_status == stage:
        return
    reason = _("Merged with %(gone)s.") % {"gone": merging.gone}
    step = {"organization": merging.kept, "from_status": newest.to_status, "to_status": stage}
    merging.journal.create(StageChange(**step, at=merging.at, reason=reason[:500], **acted(merging.by)))


def _check(kept: Any, chosen: dict[str, Any]) -> None:
    """Refuse fields that a third row has already."""
    as_chosen = copy(kept)
    for name, value in chosen.items():
        setattr(as_chosen, name, value)
    try:
        as_chosen.validate_constraints()
    except ValidationError as error:
        raise MergeRefused(sentence=" ".join(error.messages)) from error


def _finish(merge: Merge, merging: Merging) -> None:
    """Keep what was moved, and write the rows that stay into their history."""
    merge.moved, merge.by, merge.at = merging.journal.entries, merging.by, merging.at
    merge.save()
    for row in (merging.kept, merging.gone):
        row.refresh_from_db()
        row.save()


def _columns(row: Any, names: Any) -> list[str]:
    return [row._meta.get_field(name).attname for name in names]


def _swap_primary(merging: Merging) -> None:
    """Let mail go to what was the primary address of the one that went."""
    moved = [entry for entry in merging.journal.entries if entry["model"] == "partners.personemail"]
    was = next((entry["pk"] for entry in moved if entry["before"].get("primary")), None)
    if was is None:
        return
    for row in PersonEmail.objects.filter(person=merging.kept, primary=True):
        merging.journal.update(row, primary=False)
    merging.journal.update(PersonEmail.objects.get(pk=was), primary=True)


def _rename_login(merging: Merging) -> None:
    """Give the login the primary address, in the journal, so that it returns when the merge is undone."""
    user = User.objects.filter(person=merging.kept).first()
    primary = PersonEmail.objects.filter(person=merging.kept, primary=True).first()
    if user is not None and primary is not None:
        merging.journal.update(user, email=primary.address)
