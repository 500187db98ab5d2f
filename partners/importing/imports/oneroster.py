"""A OneRoster bundle, version 1.1 or 1.2 (1EdTech): its organizations and its staff, nobody else.

Of a bundle's files only the manifest, `orgs.csv`, `users.csv` and `roles.csv` are read. Students and parents
are left out while it is read, so nothing of them is kept (docs/rules.md 11.1).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partners.importing.exceptions import ImportRefused
from partners.importing.imports import oneroster_notes as words
from partners.importing.imports.oneroster_notes import Left
from partners.importing.imports.packed import Line, Packed
from partners.importing.imports.recognized import LEFT, Brought, columns_of, table_of
from partners.models import Job, Sector, TableImport

VERSIONS = ("1.1", "1.2")
ORG_FIELDS = ("name", "sector", "state_org_code", "nces_id", "part_of")
PEOPLE_FIELDS = (
    *("first_name", "last_name", "address", "organization"),
    *("job", "title", "started_on", "ended_on"),
)
SECTORS = {
    "district": Sector.K12_DISTRICT,
    "local": Sector.K12_DISTRICT,
    "school": Sector.SCHOOL,
    "state": Sector.STATE_AGENCY,
}
JOBS = {  # and the title, where no job of ours says it
    "teacher": (Job.TEACHER, ""),
    "principal": (Job.PRINCIPAL, ""),
    "counselor": (Job.OTHER, "Counselor"),
    "aide": (Job.OTHER, "Aide"),
    "administrator": (Job.OTHER, "Administrator"),
    "siteadministrator": (Job.OTHER, "School administrator"),
    "districtadministrator": (Job.OTHER, "District administrator"),
}
NCES_LENGTHS = {"district": (6, 7), "local": (6, 7), "school": (11, 12)}
ORG_COLUMNS = ("sourcedId", "name", "type")
USER_COLUMNS = ("sourcedId", "givenName", "familyName", "email")
ROLE_COLUMNS = ("userSourcedId", "role", "orgSourcedId")


@dataclass(frozen=True)
class Org:
    """One organization of the bundle, by its line."""

    line: int
    name: str
    kind: str
    identifier: str
    parent: str


@dataclass(frozen=True)
class Post:
    """What somebody does at one organization of the bundle."""

    org: str
    role: str
    starts: str = ""
    ends: str = ""
    primary: bool = False


class Bundle:
    """One bundle, read once. Raises ImportRefused for what is none, or none that can be imported."""

    def __init__(self, packed: Packed) -> None:
        self._packed, self._left = packed, Left()
        self._read_manifest()
        self.orgs = dict(self._orgs()) if self._has("orgs") else {}
        self._named = Counter(org.name for org in self.orgs.values())

    def tables(self) -> list[Brought]:
        """Return the organizations and the people, each where there are any."""
        orgs = table_of(TableImport.Kind.ORGANIZATIONS, ORG_FIELDS, self._org_rows())
        people = table_of(TableImport.Kind.PEOPLE, PEOPLE_FIELDS, self._people_rows())
        found = [
            (TableImport.Kind.ORGANIZATIONS, ORG_FIELDS, orgs, words.of_organizations(self._left)),
            (TableImport.Kind.PEOPLE, PEOPLE_FIELDS, people, words.of_people(self._left)),
        ]
        brought = [
            Brought(kind, table, TableImport.Source.ONEROSTER, columns_of(fields), {LEFT: "name"}, notes)
            for kind, fields, table, notes in found
            if table.rows
        ]
        if not brought:
            raise ImportRefused(sentence=_("This bundle has no organizations and no staff."))
        return brought

    def _read_manifest(self) -> None:
        if "manifest.csv" not in self._packed.parts:
            raise ImportRefused(
                sentence=_(
                    "This ZIP file has no manifest.csv, so it isn't a whole OneRoster bundle. Export it "
                    "again."
                )
            )
        lines = self._lines("manifest", ("propertyName", "value"))
        said = {row["propertyName"]: row["value"].lower() for _line, row in lines}
        self.version = said.get("oneroster.version", "")
        if self.version not in VERSIONS:
            raise ImportRefused(
                sentence=_("This bundle says it's OneRoster “%(version)s”. We read versions 1.1 and 1.2.")
                % {"version": self.version[:20]}
            )
        self._modes = {name: said.get(f"file.{name}", "absent") for name in ("orgs", "users", "roles")}
        if "delta" in self._modes.values():
            raise ImportRefused(
                sentence=_("This bundle has only what changed (“delta”). Export it whole, as “bulk”.")
            )
        if self._has("users") and self.version == "1.2" and not self._has("roles"):
            raise ImportRefused(
                sentence=_(
                    "This bundle has no roles.csv, so we can't tell staff from students. Export it too."
                )
            )

    def _has(self, name: str) -> bool:
        """Say whether the bundle has a file. Raises ImportRefused where it is promised and missing."""
        promised = self._modes[name] == "bulk"
        if promised and f"{name}.csv" not in self._packed.parts:
            raise ImportRefused(
                sentence=_("The manifest says that there's %(file)s, but it isn't in the ZIP file.")
                % {"file": f"{name}.csv"}
            )
        return promised

    def _lines(self, name: str, wanted: tuple[str, ...]) -> Iterator[Line]:
        """Give the lines of a file that has these columns. Raises ImportRefused."""
        file = f"{name}.csv"
        for place, (line, row) in enumerate(self._packed.lines(file)):
            missing = [column for column in wanted if column not in row] if not place else []
            if missing:
                raise ImportRefused(
                    sentence=_("%(file)s has no column “%(column)s”.") % {"file": file, "column": missing[0]}
                )
            yield line, row

    def _orgs(self) -> Iterator[tuple[str, Org]]:
        seen: set[str] = set()
        for line, row in self._lines("orgs", ORG_COLUMNS):
            if row.get("status", "").lower() == "tobedeleted":
                self._left.deleted_orgs.append(line)
            elif row["sourcedId"] in seen:
                self._left.repeated_orgs.append(line)
            else:
                seen.add(row["sourcedId"])
                yield (
                    row["sourcedId"],
                    Org(
                        line,
                        row["name"],
                        row["type"].lower(),
                        row.get("identifier", ""),
                        row.get("parentSourcedId", ""),
                    ),
                )

    def _org_rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        for org in self.orgs.values():
            if org.kind not in SECTORS:
                self._left.other_orgs[org.kind] += 1
                continue
            parent = self.orgs.get(org.parent)
            if org.parent and parent is None:
                self._left.orphans.append(org.line)
            is_nces = org.identifier.isdecimal() and len(org.identifier) in NCES_LENGTHS.get(org.kind, ())
            state_code, nces = ("", org.identifier) if is_nces else (org.identifier, "")
            above = self._words_for(parent) if parent and parent.kind in SECTORS else ""
            yield org.line, (org.name, str(SECTORS[org.kind].label), state_code, nces, above)

    def _words_for(self, org: Org) -> str:
        """Return what an organization is found by: its name, its identifier where two have that name."""
        return org.identifier if org.identifier and self._named[org.name] > 1 else org.name

    def _people_rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        if not self._has("users"):
            return
        posts = self._posts() if self.version == "1.2" else {}
        more: list[tuple[str, ...]] = []
        line = 1
        for line, row in self._lines("users", USER_COLUMNS):
            held = posts.get(row["sourcedId"], []) if self.version == "1.2" else _posts_of_before(row)
            if not self._is_taken(line, row, held):
                continue
            first, *others = [self._person(row, post, line) for post in _ordered(held, row)]
            yield line, first
            more += others if row["email"] else []
        yield from enumerate(more, start=line + 1)

    def _is_taken(self, line: int, row: Mapping[str, str], held: list[Post]) -> bool:
        """Return whether somebody of the bundle is imported; counts who isn't."""
        if not held:
            self._left.not_staff += 1
        elif row.get("status", "").lower() == "tobedeleted":
            self._left.deleted_users.append(line)
        elif row.get("enabledUser", "").lower() == "false":
            self._left.switched_off.append(line)
        else:
            if not row["email"]:
                self._left.without_email.append(line)
            return True
        return False

    def _posts(self) -> dict[str, list[Post]]:
        """Return what each member of the staff does; other roles aren't kept."""
        found: dict[str, list[Post]] = defaultdict(list)
        for _line, row in self._lines("roles", ROLE_COLUMNS):
            if row["role"].lower() in JOBS and row.get("status", "").lower() != "tobedeleted":
                dates = row.get("beginDate", ""), row.get("endDate", "")
                primary = row.get("roleType", "").lower() == "primary"
                post = Post(row["orgSourcedId"], row["role"].lower(), *dates, primary=primary)
                found[row["userSourcedId"]].append(post)
        return found

    def _person(self, row: Mapping[str, str], post: Post, line: int) -> tuple[str, ...]:
        org = self.orgs.get(post.org)
        job, title = JOBS[post.role]
        names = row["givenName"], row["familyName"], row["email"]
        if org is None:  # where nobody knows what it is called, a job there says nothing
            self._left.elsewhere.append(line)
            return (*names, "", "", "", "", "")
        return (*names, self._words_for(org), str(job.label), title, post.starts, post.ends)


def _posts_of_before(row: Mapping[str, str]) -> list[Post]:
    """Return what somebody does in version 1.1, where a user has one role at several organizations."""
    role = row.get("role", "").lower()
    if role not in JOBS:
        return []
    orgs = [one.strip() for one in row.get("orgSourcedIds", "").split(",") if one.strip()]
    return [Post(org, role) for org in orgs or [""]]


def _ordered(held: list[Post], row: Mapping[str, str]) -> list[Post]:
    """Return one post an organization, the one where somebody mainly works first."""
    main = row.get("primaryOrgSourcedId", "")
    every = sorted(held, key=lambda post: (post.org != main, not post.primary))
    return list({post.org: post for post in reversed(every)}.values())[::-1]
