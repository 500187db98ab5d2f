"""What somebody is beside their networks: positions, groups, teams, what they were asked to do, the MOU."""

from datetime import date
from typing import Any

from django.db.models import CharField, DateField, F, Q, QuerySet, UUIDField, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import ActionItem, Appointment, GroupLead, TeamMember
from partners.models import MouRole, Position, Signature
from registrations.models import GroupMembership
from registrations.records.pages.lines import Line, Look, Section, day_of, section
from stemnet import wording

ITEM_KINDS = {ActionItem.State.OPEN: "info", ActionItem.State.DONE: "ok"}
PARTS = ("title", "uid", "what", "since", "until")


def positions(look: Look) -> Section:
    """Return where they work and worked, and whether it was confirmed."""
    rows = Position.objects.filter(person=look.person).select_related("organization")
    lines = [
        Line(
            on=row.started_on or day_of(row.confirmed_at),
            says_day=True,
            title=row.organization_name or row.title,
            text=". ".join(
                filter(None, [row.title or row.get_job_display(), _span(row.started_on, row.ended_on)])
            ),
            kind="ok" if row.confirmed_at else "",
            tag=_("confirmed") if row.confirmed_at else "",
        )
        for row in rows.order_by("-pk")
    ]
    return section("positions", _("Positions"), lines)


def groups(look: Look) -> Section:
    """Return working groups, teams, groups that they lead, and networks that they are staff of."""
    said = {
        "group": _("member"),
        "team": _("on the team"),
        "lead": _("leads the group"),
        "staff": _("staff of the network"),
    }
    lines = [
        Line(
            on=since,
            says_day=True,
            title=title,
            url=reverse("group", args=[uid]) if uid else "",
            text=_span(since, until),
            tag=said[what] if until is None else _("%(role)s, until then") % {"role": said[what]},
        )
        for title, uid, what, since, until in _belonging(look)
    ]
    return section("groups", _("Groups and teams"), lines)


def _belonging(look: Look) -> QuerySet[Any, Any]:
    """Return all of these in one statement: title, uid of the group, what they are there, since, until."""
    no_day, no_uid = Value(None, output_field=DateField()), Value(None, output_field=UUIDField())
    inside = Q() if look.sees_all else Q(working_group__network__in=look.networks)
    mine = {"person": look.person}
    leads = _as_parts(
        GroupLead.objects.filter(inside, **mine).order_by(),
        title=F("working_group__title"), uid=F("working_group__uid"), what="lead",
        since=F("since"), until=F("until"),
    )  # fmt: skip
    members = _as_parts(
        GroupMembership.objects.filter(inside, registration__person=look.person).order_by(),
        title=F("working_group__title"), uid=F("working_group__uid"), what="group",
        since=TruncDate("joined_at"), until=TruncDate("left_at"),
    )  # fmt: skip
    teams = _as_parts(
        TeamMember.objects.filter(Q() if look.sees_all else Q(pk__in=[]), **mine).order_by(),
        title=F("team__title"), uid=F("team__uid"), what="team",
        since=F("joined_on"), until=F("left_on"),
    )  # fmt: skip
    staffed = Appointment.objects.filter(**mine).order_by()
    if not look.sees_all:
        staffed = staffed.filter(network__in=look.networks)
    staff = _as_parts(
        staffed, title=F("network__title"), uid=no_uid, what="staff", since=no_day, until=no_day
    )
    return leads.union(members, teams, staff, all=True)


def _as_parts(rows: QuerySet[Any], *, what: str, **columns: Any) -> QuerySet[Any, Any]:
    """Return rows as the same five columns."""
    named = {f"of_{name}": value for name, value in columns.items()}
    named["of_what"] = Value(what, output_field=CharField())
    return rows.values_list(*(named[f"of_{name}"] for name in PARTS))


def items(look: Look) -> Section:
    """Return what they promised or were asked to do, with what they answered."""
    rows = ActionItem.objects.filter(person=look.person)
    if not look.sees_all:
        rows = rows.filter(Q(network__in=look.networks) | Q(meeting__network__in=look.networks))
    lines = [
        Line(
            on=row.due_on,
            says_day=True,
            title=row.text,
            url=row.get_absolute_url(),
            text=". ".join(
                filter(None, [_("due on %(day)s") % {"day": wording.day(row.due_on)}, row.answer])
            ),
            kind=ITEM_KINDS.get(ActionItem.State(row.state), ""),
            tag=row.get_state_display(),
        )
        for row in rows
    ]
    return section("items", _("Action items and homework"), lines)


def memorandum(look: Look) -> Section | None:
    """Return the parts that name them and the signatures asked of them; for who sees everything."""
    if not look.sees_all:
        return None
    named = Q(lead_contact=look.person) | Q(drafter=look.person)
    parts = MouRole.objects.filter(named).select_related("mou", "organization")
    addresses = [email.address for email in look.person.emails.all()]
    signatures = Signature.objects.filter(signatory_email__in=addresses).select_related("document__mou")
    lines = [
        *(
            Line(
                on=day_of(row.asked_at),
                title=str(row.organization),
                url=row.get_absolute_url(),
                text=_("lead contact") if row.lead_contact_id == look.person.pk else _("drafter"),
                tag=row.get_status_display(),
            )
            for row in parts
        ),
        *(
            Line(
                on=day_of(row.signed_at or row.asked_at),
                title=row.organization_name,
                url=row.get_absolute_url(),
                text=_("signature as %(name)s, %(title)s")
                % {"name": row.signatory_name, "title": row.signatory_title},
                kind="ok" if row.signed_at else "",
                tag=row.get_status_display(),
            )
            for row in signatures
        ),
    ]
    return section("mou", _("Memorandum of understanding"), lines)


def _span(since: date | None, until: date | None) -> str:
    """Return from when to when, as far as it is known."""
    if since and until:
        return wording.day_range(since, until)
    if since:
        return _("since %(day)s") % {"day": wording.day(since)}
    return _("until %(day)s") % {"day": wording.day(until)} if until else ""
