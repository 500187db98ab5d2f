"""Mail about who is in a group: to its leads, and to whoever asked, was added, removed, or ends a term."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.groups.emails import asked as why_asked
from meetings.groups.emails import belongs, can_be_worded, full_name, keepers_of, looks_after, tell
from meetings.groups.emails import leads as why_leads
from meetings.models import GroupRequest, WorkingGroup
from meetings.planning.calendars import Entry, home_of, message
from partners.models import Person
from registrations.seats.emails.calendar_files import calendar_type
from stemnet import wording
from stemnet.outbox.queueing import Attachment


def asked(request: GroupRequest, *, at: datetime) -> None:
    """Tell the leads, or staff where there are none, that somebody asks to join."""
    group = request.group
    leads = Person.objects.filter(group_leads__in=group.leads.current())
    has_leads = leads.exists()
    tell(
        leads if has_leads else keepers_of(group),
        group,
        key=f"group_asked:{request.uid}",
        at=at,
        says=lambda: (
            _("%(person)s asks to join %(group)s") % {"person": request.person, "group": group},
            _("%(person)s asks to join %(group)s. Answer on the page of the group.")
            % {"person": request.person, "group": full_name(group)},
        ),
        quote=request.words,
        reason=why_leads if has_leads else looks_after,
    )


def answered(request: GroupRequest, *, at: datetime) -> None:
    """Tell whoever asked what became of it."""
    group, names = request.group, {"group": full_name(request.group)}
    accepted = request.answer == GroupRequest.Answer.ACCEPTED
    tell(
        [request.person],
        group,
        key=f"group_answered:{request.uid}",
        at=at,
        says=lambda: (
            (_("You're in %(group)s now") if accepted else _("Your request to join %(group)s")) % names,
            (
                _("You asked to join %(group)s, and you're in it now.")
                if accepted
                else _("You asked to join %(group)s. Its leads said no this time.")
            )
            % names,
        ),
        reason=why_asked,
        files=_dates(group, at=at) if accepted else (),
    )


def added(group: WorkingGroup, person: Person, *, by: Person, at: datetime) -> None:
    """Tell somebody that they were put into a group."""
    names = {"group": full_name(group), "by": by}
    tell(
        [person],
        group,
        key=f"group_added:{group.uid}:{at.isoformat()}",
        at=at,
        says=lambda: (
            _("You're in %(group)s now") % names,
            _("%(by)s added you to %(group)s.") % names,
        ),
        reason=belongs,
        files=_dates(group, at=at),
    )


def _dates(group: WorkingGroup, *, at: datetime) -> list[Attachment]:
    """Return the meetings that the group has planned, for the calendar of somebody who joins it."""
    ahead = group.meetings.upcoming(at).select_related("network", "working_group__network")
    entries = [Entry(meeting) for meeting in ahead]
    if not entries:
        return []
    content = message(home_of(entries[0].meeting), entries, method="PUBLISH")
    return [{"name": "meetings.ics", "mimetype": calendar_type("PUBLISH"), "content": content}]


def removed(group: WorkingGroup, person: Person, *, by: Person, at: datetime) -> None:
    """Tell somebody that they were taken out of a group."""
    names = {"group": full_name(group), "by": by}
    tell(
        [person],
        group,
        key=f"group_removed:{group.uid}:{at.isoformat()}",
        at=at,
        says=lambda: (
            _("You're no longer in %(group)s") % names,
            _("%(by)s removed you from %(group)s. You keep the hours you earned.") % names,
        ),
        reason=belongs,
    )


def term_over(group: WorkingGroup, person: Person, *, last_day: date, at: datetime) -> None:
    """Tell a member and the leads of the group that a term of office is over."""
    names = {"person": person, "group": full_name(group)}
    leads = Person.objects.filter(group_leads__in=group.leads.current()).exclude(pk=person.pk)
    key = f"term_over:{group.uid}:{person.uid}:{last_day}"

    def words() -> dict[str, object]:
        return {**names, "day": wording.day(last_day)}

    tell(
        [person],
        group,
        key=key,
        at=at,
        says=lambda: (
            _("Your term in %(group)s is over") % words(),
            _("Your term in %(group)s ended on %(day)s. Thank you. You keep the hours you earned.") % words(),
        ),
        reason=belongs,
    )
    tell(
        leads,
        group,
        key=f"{key}:leads",
        at=at,
        says=lambda: (
            _("The term of %(person)s in %(group)s is over") % words(),
            _("The term of %(person)s in %(group)s ended on %(day)s.") % words(),
        ),
        reason=why_leads,
    )


def add_mails() -> None:
    """Let networks and the partnership word these mails."""
    _say = gettext_lazy
    for kind, label, subject, line in (
        (
            "group_asked",
            _say("Somebody asks to join"),
            _say("%(who)s asks to join %(group)s"),
            _say("%(who)s asks to join %(group)s. Answer on the page of the group."),
        ),
        (
            "group_answered",
            _say("A request to join was answered"),
            _say("You're in %(group)s now"),
            _say("You asked to join %(group)s, and you're in it now."),
        ),
        (
            "group_added",
            _say("Somebody was added"),
            _say("You're in %(group)s now"),
            _say("%(who)s added you to %(group)s."),
        ),
        (
            "group_removed",
            _say("Somebody was taken out"),
            _say("You're no longer in %(group)s"),
            _say("%(who)s took you out of %(group)s. You keep the hours you earned."),
        ),
        (
            "term_over",
            _say("A term of office is over"),
            _say("Your term in %(group)s is over"),
            _say("Your term in %(group)s ended on %(day)s. Thank you. You keep the hours you earned."),
        ),
    ):
        can_be_worded(kind, label, subject=subject, line=line)
