"""Somebody says that they are in our records under an address they no longer have; a coordinator decides."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partners.merging import emails
from partners.merging.domain.merging import merge_people
from partners.merging.exceptions import ClaimRefused
from partners.models import AccountClaim, Person
from partners.people.domain.addresses import holder, normal
from stemnet import jobs
from stemnet.telling import tell

Answer = AccountClaim.Answer


@jobs.finishing()
@transaction.atomic
def ask(person: Person, *, address: str, words: str, at: datetime) -> AccountClaim:
    """Note the claim of ``person`` to an old address, known or not, and tell the coordinators.

    Raises ClaimRefused where it is theirs already, or where they wait for an answer.
    """
    address = normal(address)
    if person.emails.filter(address=address).exists():
        raise ClaimRefused(sentence=_("This address already belongs to your account."))
    try:
        with transaction.atomic():
            claim = AccountClaim.objects.create(person=person, address=address, words=words, asked_at=at)
    except IntegrityError as error:
        raise ClaimRefused(sentence=_("You've already asked. A coordinator will answer.")) from error
    tell(emails.claimed, claim, at=at)
    return claim


@transaction.atomic
def take_back(person: Person, *, at: datetime) -> None:
    """Take a claim back that nobody has answered; without one nothing happens."""
    person.account_claims.waiting().update(answer=Answer.TAKEN_BACK, answered_at=at)


@jobs.finishing()
@transaction.atomic
def accept(claim: AccountClaim, *, by: Person, at: datetime) -> None:
    """Join the account with what is known under the old address; both addresses are told.

    Raises ClaimRefused where it is answered, or where nobody has the address; MergeRefused where the two
    can't be merged.
    """
    claim = _waiting(claim)
    other = holder(claim.address)
    if other is None or other.pk == claim.person_id:
        raise ClaimRefused(sentence=_("Nobody else in our records has this address."))
    merge_people(kept=claim.person, gone=other, take=set(), by=by, at=at)
    _answer(claim, Answer.ACCEPTED, by=by, at=at)


@jobs.finishing()
@transaction.atomic
def decline(claim: AccountClaim, *, by: Person, at: datetime, reason: str) -> None:
    """Say no with a reason, which the person is told. Raises ClaimRefused."""
    claim = _waiting(claim)
    if not reason.strip():
        raise ClaimRefused(sentence=_("Say why. We'll tell the person."))
    _answer(claim, Answer.DECLINED, by=by, at=at, reason=reason.strip())
    tell(emails.claim_declined, claim, at=at)


def _waiting(claim: AccountClaim) -> AccountClaim:
    """Return the claim, held. Raises ClaimRefused where somebody has answered it."""
    fresh = AccountClaim.objects.select_for_update(of=("self",)).select_related("person").get(pk=claim.pk)
    if fresh.answer:
        raise ClaimRefused(sentence=_("This was already answered."))
    return fresh


def _answer(claim: AccountClaim, answer: "Answer", *, by: Person, at: datetime, reason: str = "") -> None:
    claim.answer, claim.answered_at, claim.answered_by, claim.reason = answer, at, by, reason
    claim.save(update_fields=["answer", "answered_at", "answered_by", "reason"])
