"""The memorandum of understanding: shared text, one part per partner, signatures."""

from partners.models.mou.document import MouDocument, MouDocumentPart, Objection
from partners.models.mou.memorandum import Mou, MouReview
from partners.models.mou.role import MouRole, RoleChange, RoleComment, RoleEdit
from partners.models.mou.signature import Signature, SignatureChange
from partners.models.mou.text import MouSection, MouText, Proposal

__all__ = [
    "Mou",
    "MouDocument",
    "MouDocumentPart",
    "MouReview",
    "MouRole",
    "MouSection",
    "MouText",
    "Objection",
    "Proposal",
    "RoleChange",
    "RoleComment",
    "RoleEdit",
    "Signature",
    "SignatureChange",
]
