"""Organizations of other regions on their way to partner: suggested, invited, answering."""

from datetime import datetime, timedelta

from partners.models import Invitation, LetterTemplate, Organization, Person, Suggestion
from partners.people.domain import positions
from partners.people.domain.organizations import Workplace
from partners.prospects.domain import inviting, prospects

Answer = Invitation.Answer
SUGGESTED = [
    ("UMass Lowell", "educator", "Their school of education prepares mathematics teachers.", 40),
    ("UMass Amherst", "partner", "They study how teacher networks grow.", 38),
    ("Framingham State University", "group-lead", "Many of our new teachers come from there.", 30),
    ("UMass Medical School", "educator", "They'd open their labs to teachers.", 16),
    (
        "Metro North Regional Employment Board",
        "partner",
        "They know which companies are looking for students.",
        12,
    ),
    ("Boston Private Industry Council", "educator", "They place students in summer work.", 5),
]
PROFILE = (
    "We prepare mathematics and science teachers, and we're looking for schools where they can practice."
)


def tell(organizations: dict[str, Organization], who: dict[str, Person], *, at: datetime) -> None:
    """Bring six organizations as far as they are; a second time changes nothing."""
    if Suggestion.objects.exists():
        return
    stand_for(who)
    made = {
        name: suggested(organizations[name], who[by], why, at=at - timedelta(days=days))
        for name, by, why, days in SUGGESTED
        if name in organizations
    }
    letter = LetterTemplate.objects.first()
    if letter is None or len(made) < len(SUGGESTED):
        return
    sent = {}
    for name, days in (
        ("UMass Lowell", 35),
        ("UMass Amherst", 34),
        ("Framingham State University", 26),
        ("UMass Medical School", 6),
    ):
        sent[name] = inviting.send_invitation(
            made[name],
            subject=letter.subject,
            body=letter.body,
            by=who["coordinator"],
            at=at - timedelta(days=days),
        )
    answers(sent, at=at)
    lowell = organizations["UMass Lowell"]
    for stage, days in (("came", 14), ("drafting", 9)):
        prospects.move_to_stage(lowell, to=stage, by=who["coordinator"], at=at - timedelta(days=days))


def stand_for(who: dict[str, Person]) -> None:
    """Return the people who sign in say what they stand for; the partner's contact wants to be named."""
    groups = {
        "educator": "school_personnel",
        "coordinator": "teacher_educators",
        "partner": "school_personnel",
    }
    for name, group in groups.items():
        position = who[name].positions.order_by("pk").first()
        positions.present(position, stakeholder_group=group, public=name == "partner")


def suggested(organization: Organization, by: Person, why: str, *, at: datetime) -> Suggestion:
    """Make one suggestion with the address of a role, never of a person."""
    return prospects.suggest(
        workplace=Workplace(organization),
        why=why,
        by=by,
        at=at,
        knows="The office for partnerships",
        contact_name="Office for partnerships",
        contact_email=f"office@{organization.slug}.example.org",
    )


def answers(sent: dict[str, Invitation | None], *, at: datetime) -> None:
    """Let two say yes and one say no; one has not answered yet."""
    for name, answer, days in (
        ("UMass Lowell", Answer.INTERESTED, 33),
        ("UMass Amherst", Answer.INTERESTED, 31),
        ("Framingham State University", Answer.DECLINED, 22),
    ):
        invitation = sent[name]
        if invitation is None:
            continue
        why = "Our own network takes up all our time this year." if answer == Answer.DECLINED else ""
        inviting.answer_invitation(
            invitation, answer=answer, at=at - timedelta(days=days), reason=why, profile=PROFILE
        )
