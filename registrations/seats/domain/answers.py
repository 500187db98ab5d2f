"""What somebody typed on registering, in a shape that a hold can keep until the address is proved."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from meetings.models import CommitmentVersion
from partners.models import Organization, Person, Position
from partners.people.domain import positions
from partners.people.domain.organizations import Workplace


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The clean answers of one registration form; keys of rows are numbers, so that they fit into JSON."""

    address: str = ""
    first_name: str = ""
    last_name: str = ""
    certificate_name: str = ""
    organization: int | None = None
    organization_words: str = ""
    job: str = ""
    grade_bands: list[str] = field(default_factory=list)
    leader_name: str = ""
    leader_job: str = ""
    leader_email: str = ""
    group: int | None = None
    accepted: list[int] = field(default_factory=list)
    party_size: int = 1
    ways: dict[str, str] = field(default_factory=dict)  # by the key of the meeting, as a word
    team: list[dict[str, str]] = field(default_factory=list)  # people whom somebody registers; see `parties`
    team_kind: str = ""
    questions: list[tuple[int, Any]] = field(default_factory=list)  # wordings that were read, and values

    def as_json(self) -> dict[str, Any]:
        """Return them as a hold keeps them."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Answers":
        """Return what a hold has kept."""
        return cls(**kept)

    def versions(self) -> list[CommitmentVersion]:
        """Return the wordings that were accepted, exactly those that were shown."""
        return list(CommitmentVersion.objects.filter(pk__in=self.accepted))


def position_of(person: Person, answers: Answers, *, on: date) -> Position | None:
    """Return the position of ``person`` that ``answers`` name, new or known; None where they name none."""
    wanted = answers.organization
    organization = Organization.objects.filter(pk=wanted).first() if wanted else None
    workplace = Workplace(organization, "" if organization else answers.organization_words)
    return positions.hold(person, workplace=workplace, job=answers.job, on=on) if workplace else None
