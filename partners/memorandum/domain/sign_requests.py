"""Asking for signatures: the private link, whom else to ask, and requests that the text has overtaken.

A link is a random token that is kept as a hash only and runs out. The ones before go on until their own end,
so that one that somebody printed still opens, unless they were replaced. Whoever drafts a part can't sign it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partners.memorandum.domain import document_changes, mous, sign_links, taking_effect
from partners.memorandum.domain.signing_names import same_name
from partners.memorandum.emails import signing as letters
from partners.memorandum.emails import signing_again
from partners.memorandum.emails.anew import Anew
from partners.memorandum.exceptions import LinkReplaced, MouRefused, NoLongerOpen
from partners.models import (
    Actor,
    EarlierLink,
    MouDocument,
    MouDocumentPart,
    MouRole,
    Signature,
    SignatureChange,
    acted,
    local_day,
)
from partners.models.memorandum import binding
from partners.people.exceptions import LinkRefused
from stemnet import jobs, telling
from stemnet.outbox.queueing import sent_since
from stemnet.private_links import hash_token

Status = Signature.Status
LINKS_PER_HOUR = 5
NAMES = ("organization", "signatory_name", "signatory_title")
SIGNATORY = ("signatory_name", "signatory_title", "signatory_email")


def find(token: str) -> Signature:
    """Return the signature that a private link is about, which ends when this very link does.

    Raises LinkReplaced for one that a newer has replaced, LinkRefused where there is none.
    """
    found = Signature.objects.select_related(
        "document__mou",
        "document__text",
        "document__replaced_by",
        "part__role__organization",
        "part__role__drafter",
    )
    signature = found.filter(token_hash=hash_token(token)).first() if token else None
    if signature is not None:
        return signature
    link = EarlierLink.objects.filter(token_hash=hash_token(token)).first()
    if link is None:
        raise LinkRefused
    signature = found.get(pk=link.signature_id)
    if link.replaced_at is not None:
        raise LinkReplaced(signature)
    signature.token_until = link.until
    return signature


def asked_anew(signature: Signature) -> bool:
    """Say whether the same signatory has a newer request for the same partner in the mail."""
    newer = Signature.objects.asked().filter(pk__gt=signature.pk, part__role=signature.part.role_id)
    return newer.filter(signatory_email=signature.signatory_email).exists()


def ask_signatory(
    part: MouDocumentPart,
    *,
    at: datetime,
    by: Actor | None = None,
    reason: str = "",
    anew: Anew | None = None,
    signatory: Mapping[str, str] | None = None,
) -> Signature:
    """Ask the signatory whom the part names, or ``signatory``; the caller holds the memorandum's row.

    ``anew`` is what the mail says to whoever signed before; without it, it is worked out.
    """
    document = part.document
    signature = Signature(
        document=document,
        part=part,
        **(signatory or signatory_of(part)),
        organization_name=part.organization_name,
        document_sha256=document.sha256,
        part_sha256=part.sha256,
        text_number=document.text.number,
        asked_at=at,
    )
    signature.save(force_insert=True)
    move_signature(signature, to=Status.ASKED, by=by or document.by, at=at, reason=reason)
    anew = anew or asking_anew([part], at=at).get(part.role_id)
    _tell_request(signature, anew or Anew(), at=at)
    return signature


def _tell_request(signature: Signature, anew: Anew, *, at: datetime) -> None:
    """Let the signatory be asked by mail once the act is over."""
    telling.tell(
        sign_links.send_request,
        signature,
        signed=anew.signed,
        given_on=anew.given_on,
        headings=list(anew.headings),
        why=anew.why,
        withdrawn=anew.withdrawn,
        at=at,
    )


def signatory_of(part: MouDocumentPart) -> dict[str, str]:
    """Return who signs a part that is locked; of one that is open for change, whoever signed it before."""
    role = part.role
    given = Signature.objects.given().filter(part__role=role).order_by("signed_at", "pk").last()
    if role.status != MouRole.Status.LOCKED and given is not None:
        return {name: getattr(given, name) for name in SIGNATORY}
    return named_in(role)


def named_in(role: MouRole) -> dict[str, str]:
    """Return the signatory that a part names."""
    return {
        "signatory_name": role.signatory_name.strip(),
        "signatory_title": role.signatory_title.strip(),
        "signatory_email": role.signatory_email.strip().lower(),
    }


def asking_anew(parts: list[MouDocumentPart], *, at: datetime, why: str = "") -> dict[int, Anew]:
    """Return, by role, what to say to those of ``parts`` whose partners are bound by what they signed before.

    Each of the older documents is compared once.
    """
    roles = MouRole.objects.filter(pk__in=[part.role_id for part in parts]).select_related("mou")
    bonds, headings, found = binding.bonds(roles, on=local_day(at)), {}, {}
    for part in parts:
        bond, document = bonds[part.role_id], part.document
        if bond.document is None or not bond.binds or bond.document.pk == document.pk:
            continue
        if (bond.document.pk, document.pk) not in headings:
            changed = document_changes.headings_changed(bond.document.words, document.words)
            headings[bond.document.pk, document.pk] = changed
        found[part.role_id] = Anew(
            signed=bond.signature,
            given_on=bond.given_on,
            headings=headings[bond.document.pk, document.pk],
            why=why or document.text.note,
        )
    return found


def move_signature(signature: Signature, *, to: str, by: Actor, at: datetime, reason: str = "") -> None:
    """Give the signature a status, with its row of history; the caller holds its row."""
    before = "" if to == Status.ASKED else signature.status
    signature.status = to
    signature.reason = reason.strip()[:500]
    signature.save(update_fields=["status", "reason"])
    SignatureChange.objects.create(
        signature=signature, from_status=before, to_status=to, at=at, reason=signature.reason, **acted(by)
    )


def lock_signature(signature: Signature) -> Signature:
    """Return a fresh signature; its row and, before it, that of its memorandum are held."""
    mous.lock_mou(signature.document.mou)
    fresh = Signature.objects.select_for_update(of=("self",)).select_related(
        "document__mou", "document__text", "part__role__organization", "part__role__drafter"
    )
    return fresh.get(pk=signature.pk)


def check_signatory(role: MouRole, *, name: str, address: str) -> None:
    """Raise MouRefused where the signatory is whoever drafts the part, by address or by name."""
    drafter = role.drafter
    if drafter is None:
        return
    same_address = address.strip().lower() in {email.address for email in drafter.emails.all()}
    if same_address or same_name(str(drafter), name):
        raise MouRefused(
            sentence=_("The person who drafts the part can't sign it. Name the leader who will sign.")
        )


@jobs.finishing()
@transaction.atomic
def send_again(signature: Signature, *, at: datetime) -> None:
    """Send a fresh link to the signatory's address; those before are replaced.

    Raises NoLongerOpen, MouRefused.
    """
    signature = lock_signature(signature)
    if signature.status not in (Status.ASKED, Status.SIGNED):
        raise NoLongerOpen
    hour_ago = at - timedelta(hours=1)
    sent = sent_since(address=signature.signatory_email, template=letters.TEMPLATE, since=hour_ago)
    if sent >= LINKS_PER_HOUR:
        raise MouRefused(
            sentence=_(
                "We've sent several e-mails to this address in the last hour. Wait before you send another."
            )
        )
    _replace_links(signature, at=at)
    if signature.status == Status.ASKED:
        _tell_request(signature, Anew(), at=at)
    else:
        telling.tell(sign_links.send_copy, signature, at=at)


@jobs.finishing()
@transaction.atomic
def name_another(
    part: MouDocumentPart, *, name: str, title: str, address: str, reason: str, by: Actor, at: datetime
) -> Signature:
    """Ask somebody else, or the same once more after a refusal; who was asked before stays in the history.

    Raises MouRefused where it was signed, the document is not current for this partner, or the new signatory
    drafts the part; TermOver where nothing is signed any more.
    """
    mou = mous.lock_mou(part.document.mou)
    part = MouDocumentPart.objects.select_related("document__text", "role__drafter").get(pk=part.pk)
    role = MouRole.objects.select_for_update(of=("self",)).select_related("drafter").get(pk=part.role_id)
    document = part.document
    waits = role.status == MouRole.Status.LOCKED or part.signatures.asked().exists()
    if document.unlocked_at or document.replaced_by_id or not waits or _is_overtaken(part):
        raise NoLongerOpen
    taking_effect.check_term(document, role, on=local_day(at))
    if part.signatures.signed().exists():
        raise MouRefused(sentence=_("This part is already signed."))
    check_signatory(role, name=name, address=address)
    _rename(role, name=name, title=title, address=address)
    for open_one in part.signatures.asked():
        move_signature(open_one, to=Status.REPLACED, by=by, at=at, reason=reason)
        _void(open_one, at=at)
    part.role = role
    part.document.mou = mou
    return ask_signatory(part, by=by, at=at, reason=reason, signatory=named_in(role))


def _is_overtaken(part: MouDocumentPart) -> bool:
    """Say whether the partner's part was locked once more since, in a document beside this one."""
    later = MouDocument.objects.standing().filter(number__gt=part.document.number, mou=part.document.mou)
    return MouDocumentPart.objects.filter(role=part.role_id, document__in=later).exists()


def _rename(role: MouRole, *, name: str, title: str, address: str) -> None:
    """Write the signatory into the part. Raises MouRefused for what is no e-mail address."""
    role.signatory_name, role.signatory_title = name.strip(), title.strip()
    role.signatory_email = address.strip().lower()
    try:
        validate_email(role.signatory_email)
    except ValidationError as error:
        raise MouRefused(sentence=_("Type the signatory's e-mail address.")) from error
    if not role.signatory_name or not role.signatory_title:
        raise MouRefused(sentence=_("Give the signatory's name, title and e-mail address."))
    role.save(update_fields=["signatory_name", "signatory_title", "signatory_email"])


def make_stale(
    signatures: QuerySet[Signature],
    *,
    by: Actor,
    at: datetime,
    reason: str,
    tell: bool = True,
    overtaken_by: MouDocument | None = None,
) -> None:
    """Take back the requests among ``signatures`` that wait; whoever was asked is told why.

    ``overtaken_by`` is the document that asks instead.
    """
    asked = signatures.filter(status=Status.ASKED).select_related("document__mou", "part")
    stale = list(asked.select_for_update(of=("self",)).order_by("pk"))
    for signature in stale:
        move_signature(signature, to=Status.STALE, by=by, at=at, reason=reason)
        signature.overtaken_by = overtaken_by
        signature.save(update_fields=["overtaken_by"])
        signature.codes.all().delete()
    if tell and stale:
        telling.tell(tell_taken_back, stale, reason=reason, at=at)


@telling.afterwards
def tell_taken_back(signatures: list[Signature], *, reason: str, at: datetime) -> None:
    """Tell whoever was asked for ``signatures`` to wait, or that what they signed before stands."""
    roles = MouRole.objects.filter(pk__in=[one.part.role_id for one in signatures]).select_related("mou")
    bonds = binding.bonds(roles, on=local_day(at))
    for one in signatures:
        bond = bonds[one.part.role_id]
        if bond.binds and bond.signature is not None:
            signing_again.stands(one, bond.signature, reason=reason, at=at)
        else:
            signing_again.overtaken(one, reason=reason, at=at)


def _void(signature: Signature, *, at: datetime) -> None:
    """Replace every private link of a signature, and void its code."""
    _replace_links(signature, at=at)
    signature.codes.all().delete()


def _replace_links(signature: Signature, *, at: datetime) -> None:
    """Let every private link of a signature say that it was replaced."""
    sign_links.new_token(signature, at=at)  # which nobody is sent
    signature.earlier_links.filter(replaced_at=None).update(replaced_at=at)


def to_carry(document: MouDocument) -> dict[int, Signature]:
    """Return, by part, the signatures that an editorial change leaves standing unless somebody objects."""
    given = Signature.objects.given().filter(document__mou=document.mou, document__number__lt=document.number)
    latest: dict[int, Signature] = {}
    for one in given.select_related("part__role", "document__mou").order_by("document__number", "pk"):
        latest[one.part.role_id] = one
    return {part.role_id: latest[part.role_id] for part in document.parts.all() if same(part, latest)}


def same(part: MouDocumentPart, latest: dict[int, Signature]) -> bool:
    """Return whether the partner has signed these very words of its part, but for names."""
    if part.role_id not in latest:
        return False
    before = latest[part.role_id].part.words
    return all(part.words[key] == before[key] for key in part.words if key not in NAMES)
