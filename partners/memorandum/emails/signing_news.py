"""News of signing for contacts and coordinators: who signed, declined, handed on, objected or joined."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from partners.memorandum.emails import why
from partners.memorandum.emails.mou import concerned, contacts
from partners.memorandum.emails.signing import TEMPLATE, last_day, to_people, values_of
from partners.models import MouDocument, MouRole, Person, Signature, local_day
from partners.models.memorandum import binding
from partners.people.emails import to_each
from partners.people.emails.why import coordinates
from stemnet.telling import afterwards


@afterwards
def told_signed(signature: Signature, *, at: datetime) -> None:
    """Tell the contacts of the partner and the coordinators who signed."""
    to_people(
        concerned(signature.part.role),
        signature,
        lambda values: {
            "subject": _("%(organization)s has signed") % values,
            "lines": [_("%(signatory)s has signed “%(mou)s” for %(organization)s.") % values],
            "action": _("See the signature"),
        },
        key=f"sign_told:{signature.uid}",
        at=at,
    )


@afterwards
def declined(signature: Signature, *, at: datetime) -> None:
    """Tell the contacts of the partner and the coordinators who declined, and why."""
    to_people(
        concerned(signature.part.role),
        signature,
        lambda values: {
            "subject": _("%(organization)s declined to sign") % values,
            "lines": [_("%(signatory)s declined to sign “%(mou)s” for %(organization)s.") % values],
            "quote": signature.reason,
            "action": _("See the signature"),
        },
        key=f"sign_declined:{signature.uid}",
        at=at,
    )


@afterwards
def handed_on(signature: Signature, *, new: Signature, at: datetime) -> None:
    """Tell the contacts of the partner and the coordinators that somebody else signs."""
    successor = f"{new.signatory_name}, {new.signatory_title}"
    to_people(
        concerned(signature.part.role),
        signature,
        lambda values: {
            "subject": _("Somebody else will sign for %(organization)s") % values,
            "lines": [
                _("%(signatory)s says that %(new)s will sign “%(mou)s” instead.")
                % {**values, "new": successor}
            ],
            "quote": new.reason,
            "action": _("See the signature"),
            "url": new.get_absolute_url(),
        },
        key=f"sign_handed_on:{new.uid}",
        at=at,
    )


@afterwards
def objected(signature: Signature, *, document: MouDocument, reason: str, at: datetime) -> None:
    """Tell the coordinators that a change is a material one now."""
    number = document.printed_number
    to_people(
        Person.objects.coordinators(),
        signature,
        lambda values: {
            "subject": _("%(organization)s objects to the change to %(mou)s") % values,
            "lines": [
                _("%(signatory)s objects to document no. %(number)s for %(organization)s.")
                % {**values, "number": number},
                _("The change is now a material one: we've asked everyone to sign it."),
            ],
            "quote": reason,
            "action": _("See the signatures"),
            "url": reverse("mou_signatures", args=[document.mou.slug]),
            "why": coordinates(),
        },
        key=f"sign_objected:{signature.uid}:{document.uid}",
        at=at,
    )


@afterwards
def changed(signatures: list[Signature], *, document: MouDocument, at: datetime) -> None:
    """Tell the contacts of each partner of an editorial change."""
    for signature in signatures:
        _changed(signature, document=document, at=at)


def _changed(signature: Signature, *, document: MouDocument, at: datetime) -> None:
    """Tell the contacts of one partner until when its signatory may object to an editorial change."""
    number = document.printed_number
    to_people(
        contacts(signature.part.role),
        signature,
        lambda values: {
            "subject": _("A small change to what %(organization)s signed") % values,
            "lines": [
                _("The text of “%(mou)s” was corrected: document no. %(number)s.")
                % {**values, "number": number},
                _("We sent %(signatory)s the changes. They can object until the end of %(until)s.")
                % {**values, "until": last_day(document)},
                _("If they don't object, their signature also counts for the corrected text."),
                _("If they no longer sign for you, write to us soon."),
            ],
            "quote": document.text.note,
            "action": _("See the difference"),
            "url": reverse("mou_document_changes", args=[document.mou.slug, document.number]),
        },
        key=f"sign_told_changed:{signature.uid}:{document.uid}",
        at=at,
    )


@afterwards
def joined(signature: Signature, *, at: datetime) -> None:
    """Tell the other partners that are bound that one joined; nothing is asked of them."""
    mou, key = signature.document.mou, f"sign_joined:{signature.uid}"
    for bond in binding.bonds_of(mou, on=local_day(at)):
        role = bond.role
        if bond.binds and role.pk != signature.part.role_id and role.lead_contact is not None:
            to_each([role.lead_contact], TEMPLATE, partial(_joined, signature, role), key=key, at=at)


def _joined(signature: Signature, role: MouRole) -> Mapping[str, Any]:
    values = values_of(signature)
    return {
        "filled": values,
        "subject": _("%(organization)s joined: %(mou)s") % values,
        "lines": [
            _("%(organization)s signed “%(mou)s” and joins it.") % values,
            _("Your own part and signature don't change. You don't need to do anything."),
        ],
        "action": _("Open the MOU"),
        "url": signature.document.mou.get_absolute_url(),
        "why": why.contact_for_mou(role.organization),
    }
