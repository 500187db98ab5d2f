"""Who we are: the partnership, its organizations, the people and their addresses."""

from partners.models.exchange.category import Category
from partners.models.exchange.exchange import Contribution, Match, MatchChange, Need, sees_needs
from partners.models.exchange.grades import GradeBand
from partners.models.exchange.rewording import Rewording
from partners.models.home.year_remark import YearRemark
from partners.models.importing.table_import import TableImport
from partners.models.memorandum import (
    EarlierLink,
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
    SignatureCode,
)
from partners.models.merging.claim import AccountClaim
from partners.models.merging.merging import DuplicateLook, LikelyPair, Merge, NotTheSame, OldSlug
from partners.models.news.news_post import NewsPost
from partners.models.news.voice import Voice
from partners.models.people import roles
from partners.models.people.change import Actor, Change, Outsider, Sweep, acted
from partners.models.people.confirmation_refusal import NotHere
from partners.models.people.coverage import RequiredItem, RequiredList, StakeholderGroup
from partners.models.people.educator_number import EducatorNumber, NumberKind
from partners.models.people.kept_form import KeptForm
from partners.models.people.local_time import (
    is_night,
    is_over,
    kept_partnership,
    known_partnership,
    local_day,
    partnership_asked_once,
    zone_of_partnership,
)
from partners.models.people.organization import Alias, Level, Organization, Publicity, Sector, Stage
from partners.models.people.partnership import Partnership
from partners.models.people.person import COORDINATOR, STAFF, TASK, Person, PersonEmail, by_name, has_name
from partners.models.people.position import Job, Position, contacts_of, contacts_of_each, writers_of
from partners.models.people.preference import MailTopic, Preference
from partners.models.people.provider import Provider
from partners.models.people.removal import Removal
from partners.models.people.standard import Framework, Standard
from partners.models.people.subject_lists import OFFERED, Audience, Interest, Listed, Subject
from partners.models.people.user import User
from partners.models.prospects.prospect import (
    Contact,
    Invitation,
    InvitationStop,
    LetterTemplate,
    StageChange,
    Suggestion,
)

__all__ = [
    "COORDINATOR",
    "OFFERED",
    "STAFF",
    "TASK",
    "AccountClaim",
    "Actor",
    "Alias",
    "Audience",
    "Category",
    "Change",
    "Contact",
    "Contribution",
    "DuplicateLook",
    "EarlierLink",
    "EducatorNumber",
    "Framework",
    "GradeBand",
    "Interest",
    "Invitation",
    "InvitationStop",
    "Job",
    "KeptForm",
    "LetterTemplate",
    "Level",
    "LikelyPair",
    "Listed",
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
    "NewsPost",
    "NotHere",
    "NotTheSame",
    "NumberKind",
    "Objection",
    "OldSlug",
    "Organization",
    "Outsider",
    "Partnership",
    "Person",
    "PersonEmail",
    "Position",
    "Preference",
    "Proposal",
    "Provider",
    "Publicity",
    "Removal",
    "RequiredItem",
    "RequiredList",
    "Rewording",
    "RoleChange",
    "RoleComment",
    "RoleEdit",
    "Sector",
    "Signature",
    "SignatureChange",
    "SignatureCode",
    "Stage",
    "StageChange",
    "StakeholderGroup",
    "Standard",
    "Subject",
    "Suggestion",
    "Sweep",
    "TableImport",
    "User",
    "Voice",
    "YearRemark",
    "acted",
    "by_name",
    "contacts_of",
    "contacts_of_each",
    "has_name",
    "is_night",
    "is_over",
    "kept_partnership",
    "known_partnership",
    "local_day",
    "partnership_asked_once",
    "roles",
    "sees_needs",
    "writers_of",
    "zone_of_partnership",
]
