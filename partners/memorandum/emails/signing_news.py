"""News of signing for contacts and coordinators: who signed, declined, handed on, objected or joined."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.memorandum.emails.mou import contacts, coordinators
from partners.memorandum.emails.signing import concerned, to_person, values_of, why_contact
from partners.models import MouDocument, MouRole, Signature
from stemnet import wording


def told_signed(signature: Signature, *, at: datetime) -> None:
    """Tell the contacts of the partner and the coordinators who signed."""
    values = values_of(signature)
    for person in concerned(signature.part.role):
        with override(person.language):
            said = {
                "subject": _("%(organization)s has signed") % values,
                "lines": [_("%(signatory)s has signed “%(mou)s” for %(organization)s.") % values],
                "action": _("See the signature"),
                "url": _page(signature),
                "why": why_contact(signature),
            }
            to_person(f"sign_told:{signature.uid}", person, said, at=at)


def declined(signature: Signature, *, at: datetime) -> None:
    """Tell the contacts of the partner and the coordinators who declined, and why."""
    values = values_of(signature)
    for person in concerned(signature.part.role):
        with override(person.language):
            said = {
                "subject": _("%(organization)s declined to sign") % values,
                "lines": [_("%(signatory)s declined to sign “%(mou)s” for %(organization)s.") % values],
                "quote": signature.reason,
                "action": _("See the signature"),
                "url": _page(signature),
                "why": why_contact(signature),
            }
            to_person(f"sign_declined:{signature.uid}", person, said, at=at)


def handed_on(signature: Signature, *, new: Signature, at: datetime) -> None:
    """Tell the contacts of the partner and the coordinators that somebody else signs."""
    values = {**values_of(signature), "new": f"{new.signatory_name}, {new.signatory_title}"}
    for person in concerned(signature.part.role):
        with override(person.language):
            said = {
                "subject": _("Somebody else signs for %(organization)s") % values,
                "lines": [_("%(signatory)s says that %(new)s signs “%(mou)s” instead.") % values],
                "quote": new.reason,
                "action": _("See the signature"),
                "url": _page(new),
                "why": why_contact(signature),
            }
            to_person(f"sign_handed_on:{new.uid}", person, said, at=at)


def objected(signature: Signature, *, document: MouDocument, reason: str, at: datetime) -> None:
    """Tell the coordinators that a change is a material one now."""
    values = {**values_of(signature), "number": document.printed_number}
    for person in coordinators():
        with override(person.language):
            said = {
                "subject": _("%(organization)s objects to the change of %(mou)s") % values,
                "lines": [
                    _("%(signatory)s objects to document no. %(number)s for %(organization)s.") % values,
                    _("The change counts as material: everyone was asked to sign it."),
                ],
                "quote": reason,
                "action": _("See the signatures"),
                "url": reverse("mou_signatures", args=[document.mou.slug]),
                "why": _("You get this because you coordinate the partnership."),
            }
            to_person(f"sign_objected:{signature.uid}:{document.uid}", person, said, at=at)


def changed(signature: Signature, *, document: MouDocument, at: datetime) -> None:
    """Tell the contacts of a partner until when its signatory may object to an editorial change."""
    until = wording.day(document.objections_on) if document.objections_on else ""
    values = {**values_of(signature), "number": document.printed_number, "until": until}
    for person in contacts(signature.part.role):
        with override(person.language):
            said = {
                "subject": _("A small change to what %(organization)s signed") % values,
                "lines": [
                    _("The text of “%(mou)s” was corrected: document no. %(number)s.") % values,
                    _("%(signatory)s got the difference and may object until the end of %(until)s.") % values,
                    _("Without an objection the signature stands for the corrected text."),
                    _("If they don't sign for you any more, write to us soon."),
                ],
                "quote": document.text.note,
                "action": _("See the difference"),
                "url": reverse("mou_document_changes", args=[document.mou.slug, document.number]),
                "why": why_contact(signature),
            }
            to_person(f"sign_told_changed:{signature.uid}:{document.uid}", person, said, at=at)


def joined(signature: Signature, *, at: datetime) -> None:
    """Tell the other partners that one joined; nothing is asked of them."""
    values = values_of(signature)
    others = MouRole.objects.filter(mou=signature.document.mou, status=MouRole.Status.LOCKED)
    for role in others.exclude(pk=signature.part.role_id).select_related("lead_contact", "organization"):
        person = role.lead_contact
        if person is None:
            continue
        with override(person.language):
            said = {
                "subject": _("%(organization)s joined: %(mou)s") % values,
                "lines": [
                    _("%(organization)s signed “%(mou)s” and joins it.") % values,
                    _("Your own part and signature stay as they are; you need not do anything."),
                ],
                "action": _("Open the MOU"),
                "url": signature.document.mou.get_absolute_url(),
                "why": _why_partner(role),
            }
            to_person(f"sign_joined:{signature.uid}", person, said, at=at)


def _page(signature: Signature) -> str:
    return signature.get_absolute_url()


def _why_partner(role: MouRole) -> str:
    said = _("You get this because you are the contact of %(organization)s for the MOU.")
    return said % {"organization": role.organization}
