"""The repair desk of the ground: the outbox and the jobs."""

from stemnet.admin.job import JobAdmin
from stemnet.admin.mail import MailAdmin

__all__ = ["JobAdmin", "MailAdmin"]
