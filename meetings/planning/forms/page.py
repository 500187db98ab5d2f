"""The one page of a network: all its forms together, read into a plan."""

from collections.abc import Collection, Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from meetings.models import Network
from meetings.planning.domain import planning, publishing
from meetings.planning.domain.dates import is_in_year, outside_year
from meetings.planning.domain.plans import CommitmentPlan, GroupPlan, MeetingPlan, Plan
from meetings.planning.exceptions import WallTimeRefused
from meetings.planning.forms import starting
from meetings.planning.forms.dates import PlanningForm
from meetings.planning.forms.network import NetworkForm
from meetings.planning.forms.rows import CommitmentRows, GroupRows, MeetingRow, MeetingRows, Rows
from meetings.planning.forms.rule_choices import NO_RULE, RuleChoice
from stemnet import wording

MEETING_COLUMNS = [*starting.MEETING_ROW, "groups_after", "breaks", "category"]
MEETING_COLUMNS += ["category_minutes"]
GROUP_COLUMNS = ["title", "description", "leads", "places", "meets", "modality", "same_topic"]
GROUP_COLUMNS += ["topic", "category"]


class NetworkPage:
    """A network with its dates, meetings, groups and commitments as forms.

    ``rules`` are the credit rules that it can go by. ``quiet`` shows what was typed
    without saying what is wrong with it yet; ``locked`` says that people are registered, so that planned
    meetings change on another page; ``rule_locked`` that people were marked, so that the credit rule does.
    """

    def __init__(
        self,
        *,
        network: Network | None = None,
        data: QueryDict | None = None,
        rules: Collection[RuleChoice],
        defaults: dict[str, Any] | None = None,
        seen: str = "",
        locked: bool = False,
        rule_locked: bool = False,
        quiet: bool = False,
    ) -> None:
        self.instance, self.data, self.locked = network, data, locked
        self.rule_locked = rule_locked
        self.network = NetworkForm(
            data,
            instance=network or Network(),
            initial=defaults or {},
            credit_rules=[(rule.code, rule.name) for rule in rules],
            meetings_locked=locked,
            rule_locked=rule_locked,
        )
        self.seen = seen if data is None else data.get("seen", "")
        self.make_rows(network, data)
        for form in self.all_forms():
            form.quiet = quiet
        self.fit_rule(next((rule for rule in rules if rule.code == self.typed("credit_code")), NO_RULE))
        self.tie()

    def make_rows(self, network: Network | None, data: QueryDict | None) -> None:
        """Make the rows and the form of dates, filled with what the network has, or with what was sent."""
        self.meetings = MeetingRows(data, prefix="meetings", initial=starting.meetings(network))
        self.groups = GroupRows(data, prefix="groups", initial=starting.groups(network))
        self.commitments = CommitmentRows(data, prefix="commitments", initial=starting.commitments(network))
        if data is None and network is None:
            self.groups.extra, self.commitments.extra = 1, 2
        year = self.typed("school_year")
        self.dates = PlanningForm(data, prefix="plan", initial=starting.slot(network), school_year=year)

    def fit_rule(self, rule: RuleChoice) -> None:
        """Ask for what ``rule`` wants, and for nothing else."""
        self.network.fit_rule(rule)
        for form in (*self.meetings.forms, *self.groups.forms):
            form.fit_rule(rule)

    def typed(self, name: str) -> str:
        """Return what stands in a field of the network, before it is checked."""
        return str(self.network[name].value() or "")

    def formsets(self) -> tuple[Rows, Rows, Rows]:
        """Return the three kinds of rows."""
        return self.meetings, self.groups, self.commitments

    def all_forms(self) -> Iterator[Any]:
        """Return every form of the page, in the order of the page."""
        yield from (self.network, self.dates)
        for rows in self.formsets():
            yield from rows.forms

    def tie(self) -> None:
        """Give each row the model's row that it was, by its number among the network's own."""
        known = starting.rows_by_number(self.instance)
        for rows in self.formsets():
            for form in rows.forms:
                number = str(form["id"].value() or "")
                form.row = known[str(rows.prefix)].get(int(number)) if number.isdecimal() else None
                if self.locked and form.row and isinstance(form, MeetingRow):
                    form.lock()

    def is_valid(self) -> bool:
        """Check everything, so that every fault is said at once."""
        valid = [form.is_valid() for form in (self.network, self.dates, *self.formsets())]
        self.check_wall_times()
        self.check_titles()
        return all(valid) and not self.faults()

    def check_wall_times(self) -> None:
        """Refuse a wall time that its day lacks or has twice, and a second meeting on a pasted day."""
        zone = getattr(self.network, "cleaned_data", {}).get("zone")
        if not zone:
            return
        days = set()
        for form in self.rows(self.meetings):
            self.check_year(form)
            days.add(form.cleaned_data.get("on"))
            self.check_instants(form, [form.cleaned_data.get("on")], ("start_time", "end_time"), zone)
        found = self.dates.found
        for on in found:
            if on in days:
                self.dates.add_error(
                    "dates", _("There's already a meeting on %(day)s.") % {"day": wording.day(on)}
                )
        self.check_instants(self.dates, found, ("start_time", "end_time"), zone)
        self.check_instants(self.dates, [*days, *found], ("slot_start", "slot_end"), zone)

    def check_year(self, form: Any) -> None:
        """Refuse a date outside the school year, unless people were told of it already."""
        on, is_fixed = form.cleaned_data.get("on"), self.locked and form.row
        if on and not is_fixed and not is_in_year(on, self.typed("school_year")):
            form.add_error("on", outside_year(on, self.typed("school_year")))

    def check_instants(self, form: Any, days: list[Any], names: tuple[str, str], zone: str) -> None:
        """Put the clock's "no" at the field of the wall time."""
        start, end = (form.cleaned_data.get(name) for name in names)
        later = planning.ONE_DAY * bool(start and end and planning.past_midnight(start, end))
        for name in names:
            for on in days:
                wall = form.cleaned_data.get(name)
                if not (on and wall) or name in form.errors:
                    continue
                try:
                    planning.instant(on + later if name == names[1] else on, wall, zone)
                except WallTimeRefused as refusal:
                    form.add_error(name, str(refusal))

    def check_titles(self) -> None:
        """Refuse two groups of one title."""
        titles = set()
        for form in self.rows(self.groups):
            title = str(form.cleaned_data.get("title", "")).casefold()
            if title and title in titles:
                form.add_error("title", _("This network already has a group with this title."))
            titles.add(title)

    def rows(self, rows: Rows) -> list[Any]:
        """Return the rows that were filled in and are not to be taken away, once checked."""
        return [form for form in rows.kept() if not rows.is_removed(form) and hasattr(form, "cleaned_data")]

    def faults(self) -> list[tuple[BoundField | None, str]]:
        """Return every fault of the page with its field, in the order of the page."""
        found: list[tuple[BoundField | None, str]] = []
        for form in self.all_forms():
            if getattr(form, "cleaned_data", {}).get("DELETE"):
                continue
            for name, errors in form.errors.items():
                bound = None if name == NON_FIELD_ERRORS else form[name]
                found += [(bound, str(error)) for error in errors]
        for rows in self.formsets():
            found += [(None, str(error)) for error in rows.non_form_errors()]
        return found

    def blame(self, name: str, sentence: str) -> None:
        """Say at the field ``name`` of the network (or its dates) what is wrong with it."""
        form = self.dates if name in self.dates.fields else self.network
        form.add_error(name if name in form.fields else None, sentence)

    def blame_missing(self) -> None:
        """Say at each field what publishing still needs, beside what is wrong."""
        has_dates = bool(self.dates.found or self.rows(self.meetings))
        for name, sentence in publishing.missing_of(self.network.instance, has_dates=has_dates).items():
            if name not in self.network.errors and name not in self.dates.errors:
                self.blame(name, sentence)

    def plan(self) -> Plan:
        """Return what was typed; the page must be valid."""
        columns = dict(self.network.cleaned_data)
        slot = self.dates.cleaned_data
        return Plan(
            co_hosts=columns.pop("co_hosts"),
            subjects=list(columns.pop("subjects")),
            audiences=list(columns.pop("audiences")),
            standards=columns.pop("standards"),
            columns=columns,
            meetings=[*self.meeting_plans(), *self.new_meetings()],
            groups=[
                GroupPlan(group=form.row, remove=removed, **picked(form, GROUP_COLUMNS))
                for form, removed in self.typed_rows(self.groups)
            ],
            commitments=[
                CommitmentPlan(commitment=form.row, remove=removed, **picked(form, ["text", "required"]))
                for form, removed in self.typed_rows(self.commitments)
            ],
            slot_start=slot.get("slot_start"),
            slot_end=slot.get("slot_end"),
        )

    def typed_rows(self, rows: Rows) -> list[tuple[Any, bool]]:
        """Return the rows to write, each with whether it goes; a new one that goes is none."""
        typed = [(form, rows.is_removed(form)) for form in rows.kept()]
        return [(form, removed) for form, removed in typed if form.row or not removed]

    def meeting_plans(self) -> list[MeetingPlan]:
        """Return the meetings in the rows."""
        return [
            MeetingPlan(meeting=form.row, remove=removed, **picked(form, MEETING_COLUMNS))
            for form, removed in self.typed_rows(self.meetings)
        ]

    def new_meetings(self) -> list[MeetingPlan]:
        """Return a meeting for each pasted date that is not a row yet."""
        typed, before = self.dates.cleaned_data, len(self.rows(self.meetings))
        return [
            MeetingPlan(
                title=_("Meeting %(number)d") % {"number": before + step},
                on=on,
                start_time=typed["start_time"],
                end_time=typed["end_time"],
                modality=typed["modality"] or "in_person",
                venue=typed["venue"],
                breaks=typed["breaks"],
            )
            for step, on in enumerate(self.dates.found, start=1)
        ]


def picked(form: Any, names: list[str]) -> dict[str, Any]:
    """Return the clean values of ``names``; of a row to be taken away, what there is of them."""
    typed = form.cleaned_data
    if typed.get("DELETE") and form.row is not None:
        return {name: typed.get(name, getattr(form.row, name, None)) for name in names}
    return {name: typed[name] for name in names}
