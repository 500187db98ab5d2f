"""The table: one letter a role, in the order of `tests.world.ROLES`."""

import uuid

from partners.domain import preferences
from partners.models import MailTopic
from registrations import calendars

NOBODY = uuid.UUID(int=0)


def this(world):
    return {"slug": world.this.slug}


def past(world):
    return {"slug": world.past.slug}


def meeting(world):
    return {"uid": world.meeting.uid}


ARGUMENTS = {
    "calendar_month": lambda world: {"year": 2026, "month": 12},
    "choose_group": this,
    "document": lambda world: {"uid": world.document.uid},
    "evaluation": past,
    "job": lambda world: {"uid": world.job.uid},
    "job_result": lambda world: {"uid": world.job.uid},
    "learning_network": this,
    "leave_network": this,
    "leave_session": lambda world: {**this(world), "token": "nonsense"},
    "miss_meeting": meeting,
    "my_calendar": lambda world: {"token": calendars.token_of(world.people["educator"])},
    "my_documents": past,
    "network": this,
    "network_calendar": this,
    "network_cancel": this,
    "network_clone": this,
    "network_edit": this,
    "network_preview": this,
    "network_publish": this,
    "network_unpublish": this,
    "partner": lambda world: {"slug": world.organization.slug},
    "register": this,
    "register_code": lambda world: {**this(world), "uid": world.hold.uid},
    "staff_change_meetings": this,
    "staff_complete": meeting,
    "staff_document": lambda world: {"uid": world.document.uid},
    "staff_document_act": lambda world: {"uid": world.document.uid, "act": "revoke"},
    "staff_documents": past,
    "staff_documents_issue": past,
    "staff_mark": lambda world: {"uid": world.group_meeting.uid, "registration": world.registration.uid},
    "staff_mark_everyone": meeting,
    "staff_meeting": meeting,
    "staff_network": this,
    "staff_people": this,
    "staff_person": lambda world: {**this(world), "uid": world.registration.uid},
    "staff_person_act": lambda world: {**this(world), "uid": world.registration.uid, "act": "remove"},
    "staff_reopen": meeting,
    "staff_sheet": meeting,
    "staff_undo_everyone": lambda world: {**meeting(world), "batch": NOBODY},
    "staff_walk_in": meeting,
    "unsubscribe": lambda world: {
        "token": preferences.unsubscribe_url(world.people["educator"], MailTopic.REMINDERS)
        .rstrip("/")
        .split("/")[-1]
    },
    "verified": lambda world: {"code": world.document.code},
}
POSTS = {
    "address_code_again",
    "address_primary",
    "address_remove",
    "miss_meeting",
    "network_publish",
    "network_unpublish",
    "reset_private_links",
    "staff_complete",
    "staff_document_act",
    "staff_documents_issue",
    "staff_mark",
    "staff_mark_everyone",
    "staff_person_act",
    "staff_reopen",
    "staff_undo_everyone",
}
ANONYMOUS = set()
TABLE = {}
