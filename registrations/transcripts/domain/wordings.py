"""A transcript in words, as plain JSON: its page, its PDF and its check say the same, from this alone."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.models import Person, Position, known_partnership
from partners.people.domain.educator_numbers import printed_numbers
from registrations.credit.domain.category_words import label_of
from registrations.credit.domain.credit_words import (
    minimum_words,
    number_words,
    on_topic,
    rate_words,
    units_number,
    units_words,
)
from registrations.credit.domain.credits import Rule
from registrations.models import CreditRule
from registrations.transcripts.domain.figures import Figures, Line, Status, today_of, units_by_rule
from registrations.transcripts.domain.windows import Window
from stemnet import wording


def short(on: date) -> str:
    """Return a day such as "Oct 14, 2026", where there is no room for the day of the week."""
    return format_date(on, _("M j, Y"))


def inside(label: str) -> str:
    """Return a label as it stands inside a line: "content", but "SEI or ESL"."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def span(first: date, last: date) -> str:
    """Return "Oct 14, 2026 to Dec 8, 2026", or the one day."""
    if first == last:
        return short(first)
    return _("%(first)s to %(last)s") % {"first": short(first), "last": short(last)}


def snapshot_of(figures: Figures, window: Window | None) -> dict[str, Any]:
    """Return what the transcript says today, without number and code; three queries at most."""
    person, today, lines = figures.person, today_of(figures), figures.lines
    partnership = known_partnership()
    kinds = units_by_rule(lines)
    return {
        "kind": "transcript",
        "language": "en",
        "issuer": partnership.name if partnership else _("The partnership"),
        "name": person.printed_name,
        "place": place_of(person, today),
        "educator_numbers": [str(one) for one in printed_numbers(person)],
        "issued_on": today.isoformat(),
        "issued": wording.day(today),
        "period": span(figures.first, today) if lines else "",
        "sums": sums(figures, kinds),
        "unit_head": kinds[0][0].unit_label_plural if len(kinds) == 1 else _("Units"),
        "years": years(lines, today),
        "planned": [planned(line) for line in figures.planned],
        "categories": categories(lines),
        "total_hours": wording.hours_row(figures.minutes),
        "total_units": total_units(kinds),
        "window": window_words(window) if window else None,
        "statements": statements(lines),
        "providers": providers(lines),
        "documents": sorted({line.document.number for line in lines if line.document}),
    }


def place_of(person: Person, today: date) -> str:
    """Return where somebody works now, with town and state: the first position they hold; one query."""
    held = Position.objects.current(today).filter(person=person).select_related("organization")
    first = held.order_by("-is_contact", "pk").first()
    if first is None:
        return ""
    organization = first.organization
    parts = [first.organization_name]
    parts += [organization.city, organization.state] if organization else []
    return ", ".join(filter(None, parts))


def sums(figures: Figures, kinds: Sequence[tuple[Rule, Fraction]]) -> list[dict[str, str]]:
    """Return the figures at the top, each with what it is."""
    found = [{"number": wording.hours_row(figures.minutes), "words": _("hours attended")}]
    for rule, units in kinds:
        words = _("%(units)s earned") % {"units": rule.unit_label_plural}
        found.append({"number": units_number(units, rule), "words": words})
    if figures.on_the_way:
        going_on = [line for line in figures.lines if line.status == Status.IN_PROGRESS and line.awards]
        found.append({"number": wording.hours_row(figures.on_the_way), "words": way_words(going_on[0].rule)})
    return found


def way_words(rule: Rule) -> str:
    """Say what hours on the way still want."""
    words = {"units": rule.unit_label_plural, "minimum": minimum_words(rule)}
    if not rule.minimum:
        return _("hours on the way: %(units)s come with the certificate") % words
    if on_topic(rule):
        words["minimum"] = number_words(rule.minimum)
        return _("hours on the way: %(units)s start at %(minimum)s on one topic") % words
    return _("hours on the way: %(units)s start at %(minimum)s") % words


def years(lines: Sequence[Line], today: date) -> list[dict[str, Any]]:
    """Return the lines by school year, the newest first."""
    now = wording.school_year_on(today)
    found = []
    for year, group in groupby(lines, key=lambda one: one.year):
        theirs = list(group)
        minutes = sum(one.minutes for one in theirs)
        hours = ngettext("%(hours)s hour", "%(hours)s hours", 1 if minutes == 60 else 2) % {
            "hours": wording.hours_row(minutes)
        }
        said = [hours, *(units_words(units, rule) for rule, units in units_by_rule(theirs) if units)]
        heading = _("%(year)s, so far") % {"year": year} if year == now else year
        found.append({"heading": heading, "total": ", ".join(said), "rows": [row(one) for one in theirs]})
    return found


def row(line: Line) -> dict[str, str]:
    """Return the cells of one line."""
    return {
        "dates": span(line.first, line.last),
        "title": title_of(line),
        "topic": topic_of(line),
        "document": document_of(line),
        "hours": wording.hours_row(line.minutes),
        "units": units_cell(line),
    }


def title_of(line: Line) -> str:
    """Return "District Leaders Network, 2 of 5 meetings" or "Working group: remote learning, 4 meetings"."""
    number = len(line.sessions)
    if line.held is not None:
        words = ngettext(
            "%(title)s, %(number)s of %(held)s meeting",
            "%(title)s, %(number)s of %(held)s meetings",
            line.held,
        )
        return words % {"title": line.network, "number": number, "held": max(line.held, number)}
    title = line.network
    if line.group:
        title = _("Working group: %(topic)s") % {"topic": line.group}
    words = ngettext("%(title)s, %(number)s meeting", "%(title)s, %(number)s meetings", number)
    return words % {"title": title, "number": number}


def topic_of(line: Line) -> str:
    """Return "Leading the science standards, content": the topic, and what has its hours."""
    labels = [label_of(code, line.rule) for code in line.categories if code]
    return ", ".join(filter(None, [line.topic, " / ".join(map(inside, labels))]))


def document_of(line: Line) -> str:
    """Return the number of the document, or why there is none."""
    if line.document is None:
        return _("in progress") if line.status == Status.IN_PROGRESS else _("not issued")
    if line.document.to_be_reviewed_at:
        return _("%(number)s, under review") % {"number": line.document.number}
    return line.document.number


def units_cell(line: Line) -> str:
    """Return the units of a line with its unit; a dash where none are given at all."""
    if not line.says_units:
        return "–"
    return units_number(line.units, line.rule)


def planned(line: Line) -> dict[str, str]:
    """Return the cells of what is planned."""
    words = ngettext(
        "%(title)s, %(number)s more meeting", "%(title)s, %(number)s more meetings", line.ahead
    ) % {"title": line.network, "number": line.ahead}
    return {
        "dates": span(line.first, line.last),
        "title": words,
        "topic": line.topic,
        "hours": _("up to %(hours)s") % {"hours": wording.hours_row(line.minutes)},
    }


def categories(lines: Sequence[Line]) -> list[dict[str, str]]:
    """Return the sums of each topic and category."""
    found: dict[tuple[str, str], tuple[Rule, Fraction, Fraction]] = {}
    for line in lines:
        for code, minutes in (line.categories or {"": Fraction(line.minutes)}).items():
            label = label_of(code, line.rule) if code else ""
            key = (line.topic or line.network, label)
            rule, before, units = found.get(key, (line.rule, Fraction(0), Fraction(0)))
            found[key] = rule, before + minutes, units + line.units_of(minutes)
    return [
        {
            "label": ", ".join(filter(None, [topic, inside(label)])),
            "hours": wording.hours_row(int(minutes)),
            "units": units_number(units, rule) if rule.unit_label else "–",
        }
        for (topic, label), (rule, minutes, units) in found.items()
    ]


def total_units(kinds: Sequence[tuple[Rule, Fraction]]) -> str:
    """Return all units; with their names where there are several kinds."""
    if not kinds:
        return "–"
    if len(kinds) == 1:
        return units_number(kinds[0][1], kinds[0][0])
    return ", ".join(units_words(units, rule) for rule, units in kinds)


def window_words(window: Window) -> dict[str, Any]:
    """Return what the license wants and has in its window."""
    rule = next((line.rule for line in window.lines), None)
    labels = _labels(window, rule)
    rows = [
        {
            "label": labels.get(part.code, part.code) or _("Without a category"),
            "hours": wording.hours_row(int(part.minutes)),
            "units": number_words(part.units),
            "least": number_words(part.least) if part.least else "–",
        }
        for part in window.parts
    ]
    return {
        "heading": _("License window"),
        "lede": _("%(license)s: %(first)s to %(last)s")
        % {
            "license": window.rule.name,
            "first": short(window.first),
            "last": short(window.last),
        },
        "rows": rows,
        "hours": wording.hours_row(int(window.minutes)),
        "units": number_words(window.units),
        "wanted": number_words(window.wanted),
        "remark": window.rule.remark,
        "source": _("Source: %(source)s") % {"source": window.rule.source},
    }


def _labels(window: Window, rule: Rule | None) -> dict[str, str]:
    """Return what categories are called: by the rule of a line, else by the newest version of the rule."""
    if rule is not None:
        return dict(rule.categories)
    newest = CreditRule.objects.known_now().newest().get(window.rule.code)
    return dict(newest.categories) if newest else {}


def statements(lines: Iterable[Line]) -> list[str]:
    """Say what an hour gives under each rule, and what this page is."""
    rules: dict[str, Rule] = {}
    for line in lines:
        if line.awards:
            rules.setdefault(line.rule.code, line.rule)
    found = []
    for rule in rules.values():
        words = {"rate": rate_words(rule), "minimum": minimum_words(rule)}
        if on_topic(rule):
            found.append(_("The hours give %(rate)s, starting at %(minimum)s on one topic.") % words)
        else:
            found.append(_("The hours give %(rate)s.") % words)
        found += [rule.suspended] if rule.suspended else []
    found.append(
        _(
            "Hours are those that staff marked or confirmed. The documents named here are the proof; this "
            "page sums them up."
        )
    )
    return found


def providers(lines: Iterable[Line]) -> list[str]:
    """Return who awarded the points, as on the registry."""
    known = {line.provider.pk: line.provider for line in lines if line.provider and line.says_units}
    return [
        _("%(name)s, provider no. %(number)s") % {"name": one.name, "number": one.number}
        if one.number
        else one.name
        for one in known.values()
    ]
