"""Who we are: the partnership, its organizations, the people and their addresses."""

from partners.models.category import Category
from partners.models.change import Actor, Change, acted
from partners.models.coverage import RequiredItem, RequiredList, StakeholderGroup
from partners.models.exchange import Contribution, Match, MatchChange, Need, sees_needs
from partners.models.grades import GradeBand
from partners.models.merging import DuplicateLook, LikelyPair, Merge, NotTheSame, OldSlug
from partners.models.mou import (
    Mou,
    MouDocument,
    MouDocumentPart,
    MouReview,
    MouRole,
    MouSection,
    MouText,
    Objection,
    Proposal,
    RoleChange,
    RoleComment,
    RoleEdit,
    Signature,
    SignatureChange,
)
from partners.models.not_here import NotHere
from partners.models.organization import Alias, Level, Organization, Publicity, Sector, Stage
from partners.models.partnership import Partnership, local_day, zone_of_partnership
from partners.models.person import COORDINATOR, STAFF, Person, PersonEmail
from partners.models.position import Job, Position, contacts_of, writers_of
from partners.models.preference import MailTopic, Preference
from partners.models.prospect import (
    Contact,
    Invitation,
    InvitationStop,
    LetterTemplate,
    StageChange,
    Suggestion,
)
from partners.models.provider import Provider
from partners.models.rewording import Rewording
from partners.models.table_import import TableImport
from partners.models.user import User
from partners.models.year_remark import YearRemark

__all__ = [
    "COORDINATOR",
    "STAFF",
    "Actor",
    "Alias",
    "Category",
    "Change",
    "Contact",
    "Contribution",
    "DuplicateLook",
    "GradeBand",
    "Invitation",
    "InvitationStop",
    "Job",
    "LetterTemplate",
    "Level",
    "LikelyPair",
    "MailTopic",
    "Match",
    "MatchChange",
    "Merge",
    "Mou",
    "MouDocument",
    "MouDocumentPart",
    "MouReview",
    "MouRole",
    "MouSection",
    "MouText",
    "Need",
    "NotHere",
    "NotTheSame",
    "Objection",
    "OldSlug",
    "Organization",
    "Partnership",
    "Person",
    "PersonEmail",
    "Position",
    "Preference",
    "Proposal",
    "Provider",
    "Publicity",
    "RequiredItem",
    "RequiredList",
    "Rewording",
    "RoleChange",
    "RoleComment",
    "RoleEdit",
    "Sector",
    "Signature",
    "SignatureChange",
    "Stage",
    "StageChange",
    "StakeholderGroup",
    "Suggestion",
    "TableImport",
    "User",
    "YearRemark",
    "acted",
    "contacts_of",
    "local_day",
    "sees_needs",
    "writers_of",
    "zone_of_partnership",
]
