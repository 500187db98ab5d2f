"""The default story: Massachusetts, with the network of seed year 2020-21 and what came after."""

from datetime import UTC, date, datetime, timedelta

from meetings.models import Network
from partners.management.loading import load_region
from partners.merging.domain import duplicate_looks
from partners.models import COORDINATOR, STAFF, Organization, Partnership, Person, Provider
from partners.people.domain.appointing import appoint
from registrations.credit.domain import issuing
from registrations.management.demo import (
    asked,
    calendar,
    exchange,
    group_life,
    joining,
    kept_seats,
    left_behind,
    library,
    life,
    messages,
    networks,
    news,
    people,
    pulses,
    shared,
    team_life,
    together,
    tool_reports,
    way,
)
from registrations.models import Evaluation
from registrations.seats.domain import withdrawing

NAME = "SouthCoast STEM Network"
REGISTERED = datetime(2020, 9, 8, 13, 0, tzinfo=UTC)
VISITORS = [
    "Ocean Explorium",
    "Southcoast Health System",
    "Bridgewater State University",
    "Cape Cod Community College",
]
ASKED = ["Fall River", "New Bedford", "Dartmouth", "Wareham", "Taunton"]
TOWNS = (
    "New Bedford, Fall River, Dartmouth, Wareham, Fairhaven, Westport, Somerset, Swansea, Seekonk, Taunton, "
    "Freetown, Raynham, Rehoboth"
)


def tell(*, at: datetime) -> None:
    """Build or bring up to date the whole story as of the moment ``at``."""
    organizations = load_region("southcoast", partners=True)
    others = load_region("ma-regional-stem", partners=False)
    partnership(organizations)
    provider, _made = Provider.objects.get_or_create(
        name="Demonstration provider", jurisdiction="MA", defaults={"number": "DEMO-2020"}
    )
    who = people.sign_ins(organizations, at=REGISTERED)
    appoint(who["coordinator"], group=COORDINATOR)
    appoint(who["staff"], group=STAFF)
    educators = people.educators(organizations, at=REGISTERED)
    today = at.date()
    past = the_past_year(provider, who, educators, today=today)
    partner = organizations[exchange.NEW_BEDFORD]
    the_coming_year(past, provider, who, educators, partner, today=today, at=at)
    asked_partners = [organizations[people.PLACES[place]] for place in ASKED]
    the_months_now(provider, who, educators, asked_partners, today=today, at=at)
    the_full_one(educators, who["group-lead"], today=today, at=at)
    the_information_session(organizations, today=today, at=at)
    exchange.tell(organizations, who, today=today, at=at)
    way.tell(others, who, at=at)
    team_life.tell(who, at=at)
    news.tell(by=who["coordinator"], at=at)
    places = [
        organizations[name] for name in (*people.PLACES.values(), "University of Massachusetts Dartmouth")
    ]
    library.fill(places, by=who["coordinator"], tries=who["educator"], at=at)
    people.claim_a_place(organizations[exchange.NEW_BEDFORD], today=today, at=at)
    duplicate_looks.sweep_duplicates(at=at)


def partnership(organizations: dict[str, Organization]) -> None:
    """Return the partnership's one row, with its host and its allies."""
    university = organizations["University of Massachusetts Dartmouth"]
    kaput = organizations["Kaput Center for Research and Innovation in Mathematics Education"]
    cusp = organizations["Center for University, School and Community Partnerships"]
    Organization.objects.filter(pk__in=[kaput.pk, cusp.pk], part_of=None).update(part_of=university)
    kaput.allies.add(cusp, organizations["SouthCoast Education Compact"])
    one, made = Partnership.objects.get_or_create(
        singleton=True,
        defaults={
            "name": NAME,
            "short_name": "SouthCoast STEM",
            "tagline": "Districts, university and industry, together",
            "welcome": "Teachers here learn from each other. Come join a network.",
            "about": (
                "Free meetings for PreK-20 mathematics and science educators across the region, with "
                "Professional Development Points for the hours you attend."
            ),
            "host": kaput,
            "region": "SouthCoast of Massachusetts",
            "region_places": TOWNS.replace(", ", "\n"),
            "contact_name": "Network coordinator",
            "contact_email": "coordinator@example.org",
            "postal_address": "285 Old Westport Road, Dartmouth, MA 02747",
            "zone": "America/New_York",
        },
    )
    if made:
        one.lead_organizations.add(university)


def the_past_year(
    provider: Provider, who: dict[str, Person], educators: list[Person], *, today: date
) -> Network:
    """Return the network of 2020-21 as it was, with attendance, evaluation and some documents.

    Its evaluation still takes answers, so that the demo has one to answer.
    """
    network, made = networks.steldn(
        "ste-district-leaders-network-2020-21",
        "2020-21",
        calendar.STELDN_DATES,
        provider=provider,
        at=REGISTERED,
    )
    if not made:
        return network
    groups = networks.groups(network, lead=who["group-lead"], days=calendar.STELDN_DATES)
    joined = joining.join(network, [who["educator"], *educators[:40]], at=REGISTERED)
    life.join_groups(joined[:24], groups, at=REGISTERED)
    ways = life.ways(joined, educator=who["educator"])
    *by_hand, on_zoom, on_teams = network.meetings.own().order_by("starts_at")
    life.attend_all(by_hand, ways, by=who["staff"])
    tool_reports.attend(on_zoom, ways, number=3, by=who["staff"])
    tool_reports.attend(on_teams, ways, number=4, by=who["staff"])
    life.present_at(network.meetings.own()[2], joined[30], by=who["staff"])
    life.make_up_for(network.meetings.own()[2], joined[2], minutes=120, by=who["staff"])
    life.attend_groups(network, by=who["staff"])
    end = datetime(2021, 5, 27, 14, 0, tzinfo=UTC)
    life.complete(network, by=who["staff"], until=end)
    life.evaluate(joined[1:25], at=end)
    Evaluation.objects.filter(end_of=network).update(last_day=today + timedelta(days=30))
    left_behind.of_the_past(network, by=who["staff"])
    life.remember_mail(network, at=end)
    equity = network.meetings.own()[1]
    shared.share(equity, by=who["staff"], at=equity.ends_at + timedelta(hours=4))
    for registration in joined[1:7]:
        issuing.issue_ready(registration=registration, by=who["staff"], at=end + timedelta(days=6))
    return network


def the_coming_year(
    past: Network,
    provider: Provider,
    who: dict[str, Person],
    educators: list[Person],
    partner: Organization,
    *,
    today: date,
    at: datetime,
) -> None:
    """Return the same network for the coming school year, open for registration."""
    first = calendar.coming_year(today)
    year = f"{first}-{(first + 1) % 100:02d}"
    days = calendar.same_pattern(calendar.STELDN_DATES, first_year=first)
    slug = f"ste-district-leaders-network-{year}"
    network, made = networks.steldn(slug, year, days, provider=provider, at=at)
    if not made:
        networks.move_groups(network, days=days)
        return
    groups = networks.groups(network, lead=who["group-lead"], days=days)
    network.cloned_from = past
    network.save(update_fields=["cloned_from"])
    joined = joining.join(network, [*educators[20:56], who["group-lead"]], at=at - timedelta(days=6))
    life.join_groups(joined[:20], groups, at=at)
    asked.ask(network, joined[:30], by=who["coordinator"], at=at - timedelta(days=7))
    coordinator, contact = who["coordinator"], who["partner"]
    kept_seats.keep(network, joined[:30], partner, by=coordinator, contact=contact, at=at - timedelta(days=2))


def the_months_now(
    provider: Provider,
    who: dict[str, Person],
    educators: list[Person],
    partners: list[Organization],
    *,
    today: date,
    at: datetime,
) -> None:
    """Make the monthly mathematics network: some meetings are over, the newest is not complete."""
    network, made = networks.mathematics(today, provider=provider, at=at)
    first = network.meetings.own().order_by("starts_at").first()
    if not made or first is None:
        return
    joined = joining.join(
        network, [who["educator"], *educators[:31]], at=first.starts_at - timedelta(days=20)
    )
    group_life.tell(network, joined, lead=who["group-lead"], at=at)
    together.tell(joined, at=at)
    together.topics_of(network, joined, by=who["coordinator"], at=at)
    over = list(
        network.meetings.own().standing().filter(ends_at__lt=at - timedelta(hours=1)).order_by("starts_at")
    )
    for number, meeting in enumerate(over[:-1]):
        came = [
            (registration, (0, 0) if registration == joined[0] else pattern[number % 5])
            for registration, pattern in zip(joined, life.PATTERNS * 4, strict=False)
        ]
        life.attend(meeting, came, by=who["staff"])
    if over[:-1]:
        life.complete(network, by=who["staff"], until=over[-2].ends_at)
        pulses.ask(network, over[:-1], by=who["staff"])
        messages.write(network, over[-2], by=who["staff"], at=at)
    if over:
        left_behind.of_these_months(over, who=who, members=educators, partners=partners)
    for meeting in over[-1:]:
        shared.share(meeting, by=who["staff"], at=meeting.ends_at)
        tool_reports.bring(meeting, joined, by=who["staff"])
    for meeting in network.meetings.own().upcoming(at)[:1]:
        shared.read_before(meeting, by=who["staff"], at=at)


def the_full_one(educators: list[Person], next_one: Person, *, today: date, at: datetime) -> None:
    """Fill twelve seats, put six people in line, and offer a freed seat to the first of them."""
    network, made = networks.computer_science(today, at=at)
    if made:
        people_there = [*educators[50:62], next_one, *educators[62:67]]
        first = joining.join(network, people_there, at=at - timedelta(days=3))[0]
        withdrawing.leave_network(first, by=first.person, at=at - timedelta(hours=5))


def the_information_session(organizations: dict[str, Organization], *, today: date, at: datetime) -> None:
    """Make an hour for organizations that think of joining; some have said that they come."""
    network, made = networks.information_session(today, at=at)
    if not made:
        return
    for number, name in enumerate(VISITORS):
        person = people.a_person(
            "Visitor", name, "other", organizations[name], address=f"visitor{number + 1}@example.org", at=at
        )
        joining.join(network, [person], at=at - timedelta(days=2), party_size=1 + number % 3)
