"""The window of somebody's license: what counts in it, and what it still wants (docs/rules.md 2.8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db.models import Q, QuerySet

from partners.models import Person
from registrations.credit.domain.credits import NOTHING
from registrations.models import LicenseWindow, RenewalRule
from registrations.transcripts.domain.figures import Figures, Line


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one category has in a window: minutes and units, exact, and the least units that it wants."""

    code: str
    minutes: Fraction = NOTHING
    units: Fraction = NOTHING
    least: Fraction = NOTHING


@dataclass(frozen=True, kw_only=True)
class Window:
    """A window with its parts; only meetings in it count, by the one rule whose units it takes."""

    rule: RenewalRule
    first: date
    last: date
    lines: Sequence[Line]
    parts: Sequence[Part]

    @property
    def minutes(self) -> Fraction:
        """Return the minutes of all parts."""
        return sum((one.minutes for one in self.parts), NOTHING)

    @property
    def units(self) -> Fraction:
        """Return the units of all parts."""
        return sum((one.units for one in self.parts), NOTHING)

    @property
    def wanted(self) -> Fraction:
        """Return the units that the license wants in all."""
        return Fraction(self.rule.units)


def rules_on(day: date) -> QuerySet[RenewalRule]:
    """Return the rules in force on a day, for the form."""
    return RenewalRule.objects.filter(
        Q(effective_to=None) | Q(effective_to__gte=day), effective_from__lte=day
    )


def own_window(person: Person) -> LicenseWindow | None:
    """Return the window that somebody typed, with its rule; one query."""
    return LicenseWindow.objects.filter(person=person).select_related("rule").first()


def set_window(person: Person, *, rule: RenewalRule, ends_on: date, at: datetime) -> None:
    """Keep the license and the last day of its window; typed twice it is as typed once."""
    LicenseWindow.objects.update_or_create(
        person=person, defaults={"rule": rule, "ends_on": ends_on, "typed_at": at}
    )


def drop_window(person: Person) -> None:
    """Forget the license of somebody."""
    LicenseWindow.objects.filter(person=person).delete()


def window_of(typed: LicenseWindow, figures: Figures) -> Window:
    """Return what ``figures`` come to in the window; a series that straddles a day is cut there."""
    rule, last = typed.rule, typed.ends_on
    first = rule.first_day(last)
    lines = [line for line in figures.lines if line.rule.code == rule.code]
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for line in lines:
        for one in line.sessions:
            if first <= one.on <= last:
                for code, minutes in (one.categories or {"": Fraction(one.counted)}).items():
                    before, units = found.get(code, (NOTHING, NOTHING))
                    found[code] = before + minutes, units + line.units_of(minutes)
    least = {code: Fraction(str(number)) for code, number in rule.categories}
    codes = [*least, *sorted(set(found) - set(least), key=lambda code: (not code, code))]
    parts = [
        Part(
            code=code,
            minutes=found.get(code, (NOTHING, NOTHING))[0],
            units=found.get(code, (NOTHING, NOTHING))[1],
            least=least.get(code, NOTHING),
        )
        for code in codes
    ]
    return Window(rule=rule, first=first, last=last, lines=lines, parts=parts)
