"""The admin of the ground: the outbox and the jobs, and what every list of the admin is made of."""

from stemnet import jobs
from stemnet.admin import doing, looking
from stemnet.admin.job import JobAdmin
from stemnet.admin.mail import MailAdmin

__all__ = ["JobAdmin", "MailAdmin"]

jobs.handler(doing.KIND, doing.run_act)
jobs.handler(looking.KIND, looking.run_look)
