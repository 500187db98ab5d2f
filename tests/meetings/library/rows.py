"""Rows of the library for tests."""

from itertools import count

from meetings.library.domain import resources
from meetings.library.domain.resources import Written
from partners.models import Standard, Subject
from tests.factories import NOW, a_staff_member, a_user

numbers = count(1)


def a_resource(*, by=None, state="public", at=NOW, grades=(), subjects=(), standards=(), **columns):
    number = next(numbers)
    plain = {"title": f"Task {number}", "summary": "Something.", "url": f"https://example.org/{number}"}
    written = Written(
        columns={**plain, **columns},
        grades=list(grades),
        subjects=list(Subject.objects.filter(code__in=subjects)),
        standards=list(Standard.objects.filter(code__in=standards)),
    )
    one = resources.save_resource(None, written, by=by or a_user().person, at=at)
    return resources.move(one, to=state, by=a_staff_member(), at=at, reason="x") if state != "draft" else one
