"""Role accounts of the demo: no invented persons, every address at example.org."""

from datetime import date, datetime
from functools import cache
from itertools import product

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from partners.models import Job, Organization, Person, PersonEmail, Position, User
from partners.people.domain import addresses, confirming_positions

PASSWORD = "network-demo"  # noqa: S105
ROLES = [
    ("District science lead", Job.CURRICULUM_DIRECTOR),
    ("STE coordinator", Job.COORDINATOR),
    ("Science department chair", Job.DEPARTMENT_CHAIR),
    ("Mathematics coach", Job.COACH),
    ("Science teacher leader", Job.TEACHER_LEADER),
    ("Elementary principal", Job.PRINCIPAL),
]
PLACES = {
    "Wareham": "Wareham Public Schools",
    "New Bedford": "New Bedford Public Schools",
    "Fall River": "Fall River Public Schools",
    "Dartmouth": "Dartmouth Public Schools",
    "Fairhaven": "Fairhaven Public Schools",
    "Westport": "Westport Community Schools",
    "Somerset": "Somerset Public Schools",
    "Swansea": "Swansea Public Schools",
    "Seekonk": "Seekonk Public Schools",
    "Taunton": "Taunton Public Schools",
    "Middleborough": "Middleborough Public Schools",
    "Diman": "Greater Fall River Regional Vocational Technical",
}
SIGN_INS = [
    ("coordinator", "Network coordinator", "Kaput Center", Job.CONSULTANT),
    ("staff", "Network staff", "Kaput Center", Job.OTHER),
    ("educator", "District science lead", "Dartmouth", Job.CURRICULUM_DIRECTOR),
    ("partner", "Partner contact", "New Bedford", Job.ASSISTANT_SUPERINTENDENT),
    ("group-lead", "Working group lead", "Fall River", Job.COORDINATOR),
]


def a_person(
    role: str, place: str, job: str, organization: Organization, *, address: str, at: datetime
) -> Person:
    """Return one role account with a proved address and a position, made once."""
    held = PersonEmail.objects.filter(address=address).select_related("person").first()
    if held:
        return held.person
    person = Person.objects.create(first_name=role, last_name=place)
    PersonEmail.objects.create(person=person, address=address, primary=True, verified_at=at)
    Position.objects.create(person=person, organization=organization, job=job, confirmed_at=at)
    return person


def educators(organizations: dict[str, Organization], *, at: datetime) -> list[Person]:
    """Return role accounts of every role at every place, in a fixed order (71 of them)."""
    people = []
    taken = {(role, place) for _name, role, place, _job in SIGN_INS}
    for (role, job), (place, name) in product(ROLES, PLACES.items()):
        if (role, place) in taken:
            continue
        address = f"{slugify(role)}.{slugify(place)}@example.org"
        people.append(a_person(role, place, job, organizations[name], address=address, at=at))
    return people


def sign_ins(organizations: dict[str, Organization], *, at: datetime) -> dict[str, Person]:
    """Return the five people of the demo who sign in, by the name before the @."""
    kaput = organizations["Kaput Center for Research and Innovation in Mathematics Education"]
    found = {}
    for name, role, place, job in SIGN_INS:
        organization = organizations.get(PLACES.get(place, ""), kaput)
        person = a_person(role, place, job, organization, address=f"{name}@example.org", at=at)
        make_login(person, at=at)
        found[name] = person
    return found


def role_account(name: str, role: str, organization: Organization, *, at: datetime) -> Person:
    """Return a role account at an organization; ``name`` stands before the @; some sign in."""
    person = a_person(
        role, organization.name, "other", organization, address=f"{name}@example.org"[:100], at=at
    )
    if "." not in name:
        make_login(person, at=at)
    return person


def make_login(person: Person, *, at: datetime) -> User:
    """Return a login with the demo's password, made once."""

    user = addresses.ensure_user(person, at=at)
    if not user.has_usable_password():
        user.password = hashed_password()
        user.save(update_fields=["password"])
    return user


@cache
def hashed_password() -> str:
    """Return the demo's one password, hashed once: that is slow on purpose."""
    return make_password(PASSWORD)


def claim_a_place(organization: Organization, *, today: date, at: datetime) -> None:
    """Let somebody say that they work at a partner, and wait to be confirmed; made once."""
    address = "robotics-teacher.new-bedford@example.org"
    if PersonEmail.objects.filter(address=address).exists():
        return
    person = a_person("Robotics teacher", "New Bedford", Job.TEACHER, organization, address=address, at=at)
    person.positions.update(confirmed_at=None)
    confirming_positions.ask_to_confirm(person, at=at, today=today)
