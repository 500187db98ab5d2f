"""The rows of the ground: mail and jobs."""

from stemnet.models.job import Job, JobQuerySet, JobState
from stemnet.models.mail import Mail, MailClass, MailQuerySet, MailState

__all__ = ["Job", "JobQuerySet", "JobState", "Mail", "MailClass", "MailQuerySet", "MailState"]
