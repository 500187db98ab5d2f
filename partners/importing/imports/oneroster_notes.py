"""What of a OneRoster bundle was left out while it was read, in sentences."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.importing.imports.recognized import named_rows


@dataclass
class Left:
    """Who and what was left out: lines of the files, or how many."""

    deleted_orgs: list[int] = field(default_factory=list)
    repeated_orgs: list[int] = field(default_factory=list)
    orphans: list[int] = field(default_factory=list)
    other_orgs: Counter[str] = field(default_factory=Counter)
    not_staff: int = 0
    deleted_users: list[int] = field(default_factory=list)
    switched_off: list[int] = field(default_factory=list)
    without_email: list[int] = field(default_factory=list)
    elsewhere: list[int] = field(default_factory=list)


def of_organizations(left: Left) -> list[str]:
    """Return what is said of organizations."""
    said = []
    if left.deleted_orgs:
        said.append(
            _(
                "We left out organizations that are marked for deletion in orgs.csv "
                "(%(rows)s). An import removes nothing."
            )
            % {"rows": named_rows(left.deleted_orgs)}
        )
    if left.repeated_orgs:
        said.append(
            _("orgs.csv has the same sourcedId more than once. We took the first and left out %(rows)s.")
            % {"rows": named_rows(left.repeated_orgs)}
        )
    if left.orphans:
        said.append(
            _("The parent of %(rows)s isn't in orgs.csv, so we left “part of” empty.")
            % {"rows": named_rows(left.orphans)}
        )
    said += [
        ngettext(
            "We left out %(number)s organization of the type “%(type)s”.",
            "We left out %(number)s organizations of the type “%(type)s”.",
            number,
        )
        % {"number": number, "type": kind[:30]}
        for kind, number in left.other_orgs.items()
    ]
    return said


def of_people(left: Left) -> list[str]:
    """Return what is said of people."""
    said = []
    if left.not_staff:
        said.append(
            ngettext(
                "We left out %(number)s person who isn't staff. We keep nothing about students and parents.",
                "We left out %(number)s people who aren't staff. We keep nothing about students and parents.",
                left.not_staff,
            )
            % {"number": left.not_staff}
        )
    if left.deleted_users:
        said.append(
            _(
                "We left out people who are marked for deletion in users.csv "
                "(%(rows)s). An import removes nobody."
            )
            % {"rows": named_rows(left.deleted_users)}
        )
    if left.switched_off:
        said.append(
            _("We left out people whose account is switched off in users.csv (%(rows)s).")
            % {"rows": named_rows(left.switched_off)}
        )
    if left.without_email:
        said.append(
            _("%(rows)s of users.csv: no e-mail address, so we can only go by the name.")
            % {"rows": named_rows(left.without_email).capitalize()}
        )
    if left.elsewhere:
        said.append(
            _("%(rows)s of users.csv: the organization isn't in orgs.csv, so we take the person without it.")
            % {"rows": named_rows(sorted(set(left.elsewhere))).capitalize()}
        )
    return said
