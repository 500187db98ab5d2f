"""The memorandum of understanding: shared text, one part per partner, signatures."""

from partners.models.memorandum.document import MouDocument, MouDocumentPart, Objection
from partners.models.memorandum.memorandum import Mou, MouReview
from partners.models.memorandum.role import MouRole, RoleChange, RoleComment, RoleEdit
from partners.models.memorandum.signature import (
    EarlierLink,
    Signature,
    SignatureChange,
    SignatureCode,
)
from partners.models.memorandum.text import MouSection, MouText, Proposal

__all__ = [
    "EarlierLink",
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
    "SignatureCode",
]
