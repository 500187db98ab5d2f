"""Organizations on their way to partner: suggested, moved from stage to stage, partners at last.

The row of the organization is the lock: of two who move it at once, the second is told. A stage is given by
`move_to_stage` and `advance` alone, which write it down.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partners.models import Actor, Mou, Organization, Person, Stage, StageChange, Suggestion, acted, local_day
from partners.people.domain.organizations import Workplace, save_new
from partners.prospects.domain import stages
from partners.prospects.exceptions import InvitationRefused, MovedByAnother, StageRefused


@transaction.atomic
def suggest(
    *,
    workplace: Workplace,
    why: str,
    by: Person,
    at: datetime,
    knows: str = "",
    contact_name: str = "",
    contact_email: str = "",
    **new: str,
) -> Suggestion:
    """Keep that ``by`` suggests an organization; two who suggest the same are both kept.

    ``new`` are columns of an organization that is not listed yet. Raises InvitationRefused where it is a
    partner already, or ``by`` suggested it before.
    """
    organization = lock_organization(workplace.organization or _listed(workplace.words, **new))
    if organization.stage == Stage.PARTNER:
        raise InvitationRefused(sentence=_("%(name)s is already a partner.") % {"name": organization})
    if organization.suggestions.filter(by=by).exists():
        raise InvitationRefused(sentence=_("You've already suggested this organization."))
    suggestion = organization.suggestions.create(
        by=by,
        at=at,
        why=why,
        knows=knows,
        contact_name=contact_name,
        contact_email=contact_email.lower(),
    )
    advance(organization, to=Stage.SUGGESTED, only_from=(Stage.NONE,), by=by, at=at)
    return suggestion


@transaction.atomic
def write_to(suggestion: Suggestion, *, contact_name: str, contact_email: str) -> Suggestion:
    """Keep whom the letter of a suggestion goes to; what was sent stays as it was sent."""
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    suggestion.contact_name, suggestion.contact_email = contact_name, contact_email.lower()
    suggestion.save(update_fields=["contact_name", "contact_email"])
    return suggestion


@transaction.atomic
def move_to_stage(
    organization: Organization, *, to: str, by: Actor, at: datetime, reason: str = "", seen: int | None = None
) -> StageChange:
    """Move an organization by hand; ``seen`` is the newest step on the mover's page, 0 for none.

    Raises MovedByAnother where somebody took a step since; StageRefused where the stage can't follow, wants a
    reason, or comes from a signature.
    """
    organization = lock_organization(organization)
    check_seen(organization, seen)
    check_step(organization, to=to, reason=reason)
    return _step(organization, to=to, by=by, at=at, reason=reason.strip())


@transaction.atomic
def attended(
    person: Person, *, by: Actor, at: datetime, organizations: Iterable[int] = ()
) -> list[Organization]:
    """Move on the organizations that ``person`` came to an information session for; return them.

    ``organizations`` are keys of those that they registered for; those who invited one of their addresses
    count, too. Who is further on the way stays there.
    """
    addresses = person.emails.values("address")
    invited = Organization.objects.filter(invitations__address__in=addresses).values_list("pk", flat=True)
    keys = {*organizations, *invited}
    why, before = _("%(name)s came") % {"name": person}, stages.BEFORE_THE_SESSION
    steps = [
        advance(one, to=Stage.CAME, only_from=before, by=by, at=at, reason=why)
        for one in Organization.objects.filter(pk__in=keys, stage__in=before).order_by("pk")
    ]
    return [step.organization for step in steps if step is not None]


@transaction.atomic
def advance(
    organization: Organization,
    *,
    to: str,
    only_from: Collection[str] | None = None,
    since: date | None = None,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> StageChange | None:
    """Give an organization a stage because something happened, and return the row that says so.

    ``since`` is the day from which it is a partner, by default that of ``at``. It is held, and stays where it
    is unless it is at one of ``only_from``, by default any other stage.
    """
    organization = lock_organization(organization)
    if organization.stage == to or (only_from is not None and organization.stage not in only_from):
        return None
    return _step(organization, to=to, since=since, by=by, at=at, reason=reason)


def _step(
    organization: Organization, *, to: str, since: date | None = None, by: Actor, at: datetime, reason: str
) -> StageChange:
    """Write the stage and the row of history; the organization is locked."""
    old, organization.stage = organization.stage, to
    if to == Stage.PARTNER and organization.partner_since is None:
        organization.partner_since = since or local_day(at)
    organization.save(update_fields=["stage", "partner_since"])
    return organization.stage_changes.create(
        from_status=old, to_status=to, at=at, reason=reason[:500], **acted(by)
    )


def there_is_an_mou() -> bool:
    """Return whether partners come from signatures here."""
    return Mou.objects.exclude(status=Mou.Status.ENDED).exists()


def lock_organization(organization: Organization) -> Organization:
    """Lock the organization's row until the transaction ends and return it fresh."""
    return Organization.objects.select_for_update().get(pk=organization.pk)


def check_seen(organization: Organization, seen: int | None) -> None:
    """Raise MovedByAnother where a step was taken after the page was opened."""
    newest = organization.stage_changes.order_by("-at", "-pk").first()
    if seen is None or seen == (newest.pk if newest else 0):
        return
    raise MovedByAnother(organization, who=newest.by_name if newest else "")


def step_refused(organization: Organization, *, to: str, reason: str, has_mou: bool) -> StageRefused | None:
    """Return why ``to`` can't follow now, or None; ``has_mou`` says whether partners come from signatures."""
    try:
        check_step(organization, to=to, reason=reason, has_mou=has_mou)
    except StageRefused as refusal:
        return refusal
    return None


def check_step(organization: Organization, *, to: str, reason: str, has_mou: bool | None = None) -> None:
    """Raise StageRefused unless ``to`` can follow now."""
    words = {
        "name": organization,
        "old": organization.get_stage_display(),
        "new": dict(Stage.choices).get(to),
    }
    if to == Stage.PARTNER and (there_is_an_mou() if has_mou is None else has_mou):
        raise StageRefused(
            sentence=_("%(name)s becomes a partner when it signs its part of the MOU.") % words
        )
    if to not in stages.next_stages(organization.stage):
        raise StageRefused(
            sentence=_("An organization can't go from “%(old)s” to “%(new)s”. %(name)s stays where it is.")
            % words
        )
    if stages.wants_reason(organization.stage, to) and not reason.strip():
        raise StageRefused(sentence=_("Say why you're moving %(name)s to “%(new)s”.") % words)


def _listed(words: str, **new: str) -> Organization:
    """Return a new organization; of two who add the same at once, both get the one that was made."""
    organization = Organization(name=words, **new)
    try:
        save_new(organization)
    except IntegrityError:
        same = {"city": new.get("city", ""), "state": new.get("state", "")}
        return Organization.objects.get(name__iexact=words, **same)
    return organization
