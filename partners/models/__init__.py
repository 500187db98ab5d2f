"""Who we are: the partnership, its organizations, the people and their addresses."""

from partners.models.change import Actor, Change, acted
from partners.models.organization import Alias, Level, Organization, Sector, Stage
from partners.models.partnership import Partnership
from partners.models.person import COORDINATOR, STAFF, Job, Person, PersonEmail, Position
from partners.models.preference import MailTopic, Preference
from partners.models.provider import Provider
from partners.models.user import User

__all__ = [
    "COORDINATOR",
    "STAFF",
    "Actor",
    "Alias",
    "Change",
    "Job",
    "Level",
    "MailTopic",
    "Organization",
    "Partnership",
    "Person",
    "PersonEmail",
    "Position",
    "Preference",
    "Provider",
    "Sector",
    "Stage",
    "User",
    "acted",
]
