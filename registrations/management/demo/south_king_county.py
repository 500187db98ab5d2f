"""The story of South King County: three leads, two teams, seven districts, one by its south end."""

from datetime import UTC, date, datetime, time

from meetings.groups.domain import team_attendance, teams
from meetings.models import Meeting, WorkingGroup
from meetings.planning.domain import planning
from meetings.planning.domain.leads import set_leads
from partners.management.loading import load_region
from partners.models import COORDINATOR, Organization, Partnership, Stage, local_day
from partners.people.domain.appointing import appoint
from registrations.management.demo import calendar, people

NAME = "South King County STEM Network"
BEGUN = datetime(2013, 1, 7, 17, 0, tzinfo=UTC)
LEADS = [
    "Puget Sound Educational Service District",
    "Community Center for Education Results",
    "Washington STEM",
]
DISTRICTS = [
    "Renton School District",
    "Tukwila School District",
    "Highline Public Schools",
    "Kent School District",
    "Federal Way Public Schools",
    "Auburn School District",
    "Seattle Public Schools (South Seattle)",
]
WHOLE = "Seattle Public Schools"
TEAMS = {
    WorkingGroup.Kind.LEADERSHIP_TEAM: ("Leadership team", LEADS),
    WorkingGroup.Kind.ADVISORY_TEAM: (
        "Advisory team",
        [
            "The Boeing Company",
            "Technology Access Foundation",
            "Green River Community College",
            "Washington MESA",
            "Highline Public Schools",
        ],
    ),
}


def tell(*, at: datetime) -> None:
    """Build the story once; the next meetings of its teams are after ``at``."""
    if Partnership.objects.exists():
        return
    organizations = load_region("south-king-county", partners=True)
    south, whole = organizations[DISTRICTS[-1]], organizations[WHOLE]
    Organization.objects.filter(pk=whole.pk).update(stage=Stage.NONE)
    Organization.objects.filter(pk=south.pk).update(part_of=whole)
    partnership(organizations)
    coordinator = people.role_account("coordinator", "Network coordinator", organizations[LEADS[0]], at=BEGUN)
    appoint(coordinator, group=COORDINATOR)
    people.role_account("partner", "Partner contact", south, at=BEGUN).positions.update(is_contact=True)
    for kind, (title, names) in TEAMS.items():
        meets_again(team(kind, title, [organizations[name] for name in names]), at=at)


def partnership(organizations: dict[str, Organization]) -> None:
    """Return the partnership's one row, with the three organizations that lead it and its seven districts."""
    one = Partnership.objects.create(
        name=NAME,
        short_name="South King County STEM",
        tagline="Seven districts and their community, together",
        welcome="Every student ready for a job in STEM.",
        about=(
            "Schools, colleges, businesses and community organizations in the Road Map districts "
            "share one goal: by 2020, double the number of students on track to a degree or a "
            "career credential, and close the achievement gap."
        ),
        host=organizations[LEADS[0]],
        region="The Road Map districts of South King County",
        region_places="\n".join(DISTRICTS),
        contact_name="Network coordinator",
        contact_email="coordinator@example.org",
        zone="America/Los_Angeles",
    )
    one.lead_organizations.set([organizations[name] for name in LEADS])


def team(kind: str, title: str, organizations: list[Organization]) -> WorkingGroup:
    """Return a team with one role account of each organization; every other one wants to be named."""
    group = WorkingGroup.objects.create(network=None, kind=kind, title=title)
    for number, organization in enumerate(organizations):
        person = people.a_person(
            title,
            organization.name,
            "other",
            organization,
            address=f"{kind.replace('_', '-')}.{organization.slug}@example.org"[:100],
            at=BEGUN,
        )
        teams.join_team(group, person=person, on=BEGUN.date(), term_ends=date(2099, 6, 30))
        if number == 0:
            set_leads(group, [person], on=BEGUN.date())
        teams.choose_listed(group, person=person, listed=number % 2 == 0)
    met(group)
    return group


def met(group: WorkingGroup) -> None:
    """Let a team have met once in the winter of 2013, all but one, and say what it makes."""
    meeting = planned(group, "What we share", on=date(2013, 2, 12))
    people = [str(one.uid) for one in team_attendance.people_of(meeting)]
    team_attendance.mark(
        meeting, listed=people, was_here=[], here=people[1:], by=group.leads.get().person, at=meeting.ends_at
    )
    group.deliverables.create(
        title="One list of STEM programs in the seven districts", state="in_work", parts=7, done_parts=4
    )


def meets_again(group: WorkingGroup, *, at: datetime) -> None:
    """Plan the next meeting of a team, to which one of its members can't come."""
    ahead = planned(group, "What each district needs", on=calendar.weekday_after(local_day(at), 2, days=9))
    absent = team_attendance.people_of(ahead).last()
    if absent is not None:
        team_attendance.say_absent(ahead, person=absent, at=at)


def planned(group: WorkingGroup, title: str, *, on: date) -> Meeting:
    """Plan a meeting of a team for a morning in Renton."""
    meeting = Meeting(working_group=group, title=title, modality="in_person", venue="Renton")
    planning.set_time(meeting, on=on, start_time=time(9), end_time=time(11), zone="America/Los_Angeles")
    meeting.save()
    return meeting
