"""The rows of the ground: mail, jobs and codes."""

from stemnet.models.code import SentCode
from stemnet.models.job import Job, JobQuerySet, JobState
from stemnet.models.mail import Mail, MailClass, MailQuerySet, MailState

__all__ = ["Job", "JobQuerySet", "JobState", "Mail", "MailClass", "MailQuerySet", "MailState", "SentCode"]
