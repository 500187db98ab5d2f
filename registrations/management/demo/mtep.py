"""The story of MTEP 2.0, spring 2024: letters of invitation and one information session in another zone."""

from datetime import UTC, date, datetime, time

from meetings.models import Network
from partners.management.loading import load_region
from partners.models import COORDINATOR, Invitation, LetterTemplate, Organization, Partnership, Person, Stage
from partners.people.domain.appointing import appoint
from partners.people.domain.organizations import Workplace
from partners.prospects.domain import inviting, prospects
from registrations.management.demo import joining, life, networks, people

NAME = "Mathematics Teacher Education Partnership 2.0"
INVITED = ["PhysTEC", "Quality Education for Minorities Network"]
BEGUN = datetime(2024, 3, 4, 15, 0, tzinfo=UTC)
SUGGESTED = datetime(2024, 3, 18, 15, 0, tzinfo=UTC)
SENT = datetime(2024, 4, 2, 15, 0, tzinfo=UTC)
ANSWERED = datetime(2024, 4, 9, 15, 0, tzinfo=UTC)
SESSION = date(2024, 5, 24)
FIELDS = {
    "title": "Information session for organizations that may join",
    "school_year": "2023-24",
    "kind": "information_session",
    "subjects": ["mathematics"],
    "audiences": ["organizations"],
    "zone": "America/Chicago",
    "summary": "One hour, online: what the partnership does, what you do, and what we could do together.",
    "who_should_attend": "National, state and local organizations with goals like ours.",
    "asks_evaluation": False,
    "contact_name": "Partnership coordinator",
    "contact_email": "coordinator@example.org",
    "seats": 100,
}


def tell(*, at: datetime) -> None:
    """Build the story once; all of it is over, so ``at`` is not needed."""
    if Partnership.objects.exists():
        return
    organizations = load_region("mtep", partners=True)
    Organization.objects.filter(name__in=INVITED).update(stage=Stage.NONE)
    partnership(organizations)
    auburn = organizations["Auburn University"]
    coordinator = people.role_account("coordinator", "Partnership coordinator", auburn, at=BEGUN)
    appoint(coordinator, group=COORDINATOR)
    agent = people.role_account(
        "partner", "Change agent", organizations["University of Nebraska-Lincoln"], at=BEGUN
    )
    agent.positions.update(is_contact=True)
    session, _made = networks.a_network(
        "information-session-2024", fields=FIELDS, slots=[the_hour()], at=BEGUN
    )
    sent = [invited(organizations[name], agent=agent, by=coordinator) for name in INVITED]
    come(session, sent[0], by=coordinator)


def partnership(organizations: dict[str, Organization]) -> None:
    """Return the partnership's one row: a national one."""
    one = Partnership.objects.create(
        name=NAME,
        short_name="MTEP 2.0",
        tagline="Universities, colleges and their partners for secondary mathematics teachers",
        welcome="If your organization has goals like ours, come see what we can do together.",
        about="A national network working for more, and better prepared, secondary mathematics teachers.",
        host=organizations["Auburn University"],
        region="United States",
        contact_name="Partnership coordinator",
        contact_email="coordinator@example.org",
        postal_address="Auburn University, Auburn, AL 36849",
        zone="America/Chicago",
    )
    one.lead_organizations.add(organizations["Auburn University"])


def the_hour() -> networks.Slot:
    """Friday 24 May 2024, 12:00 to 1:00 p.m. CDT."""
    more = {"modality": "online", "join_url": "https://meet.example.org/information-session"}
    return networks.Slot("Information session", SESSION, time(12), time(13), more)


def invited(organization: Organization, *, agent: Person, by: Person) -> Invitation:
    """Suggest an organization as a change agent, and send the letter in the agent's name."""
    suggestion = prospects.suggest(
        workplace=Workplace(Organization.objects.get(pk=organization.pk)),
        why="They have goals like ours.",
        by=agent,
        at=SUGGESTED,
        contact_name="Office for partnerships",
        contact_email=f"office.{organization.slug}@example.org",
    )
    letter = LetterTemplate.objects.earliest("pk")
    sent = inviting.send_invitation(suggestion, subject=letter.subject, body=letter.body, by=by, at=SENT)
    assert sent is not None  # noqa: S101
    return sent


def come(session: Network, invitation: Invitation, *, by: Person) -> None:
    """Let one of the invited say yes and come to the session, which moves it on by that alone."""
    visitor = people.a_person(
        "Office",
        "for partnerships",
        "other",
        invitation.organization,
        address=invitation.address,
        at=ANSWERED,
    )
    inviting.answer_invitation(invitation, answer=Invitation.Answer.COMING, at=ANSWERED)
    joining.join(session, [visitor], at=ANSWERED)
    meeting = session.meetings.own().get()
    life.attend(meeting, [(session.registrations.get(), (0, 0))], by=by)
    life.complete(session, by=by, until=meeting.ends_at)
