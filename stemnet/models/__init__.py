"""The rows of the ground: mail, jobs, codes, retention, and what the cache keeps while Redis is away."""

from stemnet.models.cache_entry import CacheEntry, CacheEntryQuerySet
from stemnet.models.code import AskedCode, SentCode
from stemnet.models.job import Job, JobQuerySet, JobState
from stemnet.models.mail import Mail, MailClass, MailQuerySet, MailState
from stemnet.models.retention import LegalHold, LegalHoldQuerySet, RetentionPolicy, RetentionRun
from stemnet.models.sweep import Sweep

__all__ = [
    "AskedCode",
    "CacheEntry",
    "CacheEntryQuerySet",
    "Job",
    "JobQuerySet",
    "JobState",
    "LegalHold",
    "LegalHoldQuerySet",
    "Mail",
    "MailClass",
    "MailQuerySet",
    "MailState",
    "RetentionPolicy",
    "RetentionRun",
    "SentCode",
    "Sweep",
]
