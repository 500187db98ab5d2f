"""Real organizations of a region, from the facts that the project ships."""

import csv
from pathlib import Path

from partners.models import Alias, Level, Organization, Sector, Stage
from partners.people.domain.organizations import free_slug

REGIONS = Path(__file__).parent / "regions"
LEVELS = {
    Sector.STATE_AGENCY: Level.STATE,
    Sector.PROFESSIONAL_ASSOCIATION: Level.STATE,
}


def load_region(region: str, *, partners: bool) -> dict[str, Organization]:
    """Load ``regions/<region>.csv`` once and return its organizations by name."""
    found = {}
    with (REGIONS / f"{region}.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["name"]] = load_organization(row, region=region, partners=partners)
    return found


def noted(region: str, note: str) -> list[str]:
    """Return the names of the organizations of a region that carry this note, in the order of the file."""
    with (REGIONS / f"{region}.csv").open(newline="", encoding="utf-8") as file:
        return [row["name"] for row in csv.DictReader(file) if row["note"] == note]


def load_organization(row: dict[str, str], *, region: str, partners: bool) -> Organization:
    """Make one organization with its other names, unless there is one of this name in this town."""
    organization, made = Organization.objects.get_or_create(
        name=row["name"],
        city=row["city"],
        state=row["state"],
        defaults={
            "slug": free_slug(row["name"]),
            "sector": row["sector"],
            "level": LEVELS.get(Sector(row["sector"]), Level.LOCAL),
            "state_org_code": row["state_org_code"],
            "region": region,
            "stage": Stage.PARTNER if partners else Stage.NONE,
        },
    )
    if made:
        Alias.objects.bulk_create(
            Alias(organization=organization, name=name) for name in row["other_names"].split("|") if name
        )
    return organization
