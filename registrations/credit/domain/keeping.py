"""How long marks of attendance are kept: as many years as the credit rule says (docs/rules.md 11.2).

Hours and issued documents stay; what goes is who was marked by whom, when and why.
"""

from datetime import date, datetime
from functools import partial
from typing import TypeAlias, TypedDict, cast

import structlog
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django_stubs_ext import WithAnnotations

from meetings.models import Network
from partners.models import local_day
from registrations.models import AttendanceReport, CreditRule, Document, DoorScan, Evidence, Kiosk, ReportFile
from stemnet.retention.holds import held

log = structlog.get_logger(__name__)


class Ends(TypedDict):
    """What `with_ends` annotates."""

    last_met: datetime | None
    last_issued: datetime | None


EndedNetwork: TypeAlias = "WithAnnotations[Network, Ends]"


def kept_until(network: Network, version: CreditRule | None) -> date | None:
    """Return the last day on which the marks of ``network`` are kept; None where no rule says how long."""
    return last_day(with_ends(Network.objects.filter(pk=network.pk)).get(), version)


def with_ends(networks: QuerySet[Network]) -> "QuerySet[EndedNetwork]":
    """Annotate when each network last met and last issued a document (``last_met``, ``last_issued``)."""
    issued = Document.objects.filter(network=OuterRef("pk")).order_by("-issued_at").values("issued_at")
    ended = networks.annotate(last_met=Max("meetings__ends_at"), last_issued=Subquery(issued[:1]))
    return cast("QuerySet[EndedNetwork]", ended)


def last_day(network: EndedNetwork, version: CreditRule | None) -> date | None:
    """Return the same of a network that comes from `with_ends`."""
    ends = [network.last_met, network.last_issued]
    known = [local_day(moment, network.zone) for moment in ends if moment]
    return years_after(max(known), version.retention_years) if version and known else None


def years_after(day: date, years: int) -> date:
    """Return the same day some years later; of a leap day, the first of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@transaction.atomic
def remove_old_marks(*, at: datetime) -> int:
    """Delete the marks of networks that are kept no longer, in bulk, and the reports they came from.

    Return how many marks.
    """
    ended = networks_over(at=at)
    if not ended:
        return 0
    marks = Evidence.objects.filter(meeting__network__in=ended)
    marks.update(replaced_by=None)
    number, _rows = marks.delete()
    DoorScan.objects.filter(kiosk__meeting__network__in=ended).delete()
    Kiosk.objects.filter(meeting__network__in=ended).delete()
    remove_reports(AttendanceReport.objects.filter(meeting__network__in=ended))
    log.info("old marks removed", networks=[network.slug for network in ended], marks=number)
    return number


def networks_over(*, at: datetime) -> list[EndedNetwork]:
    """Return the networks whose marks are kept no longer and stand on no legal hold."""
    has_marks = [
        Exists(rows.filter(meeting__network=OuterRef("pk")))
        for rows in (Evidence.objects.all(), AttendanceReport.objects.all())
    ]
    marked = Network.objects.filter(has_marks[0] | has_marks[1]).exclude(credit_code="")
    networks = with_ends(marked.exclude(slug__in=_on_hold(at))).prefetch_related("meetings")
    versions = CreditRule.objects.all()
    return [network for network in networks if is_over(network, versions.version_for(network), at=at)]


def _on_hold(at: datetime) -> set[str]:
    """Return the networks that stand on a legal hold, or somebody registered there."""
    on_hold = held(at)
    theirs = Network.objects.filter(registrations__person__uid__in=list(on_hold.get("person", ())))
    return {*on_hold.get("network", ()), *theirs.values_list("slug", flat=True)} if on_hold else set()


def remove_reports(reports: QuerySet[AttendanceReport]) -> None:
    """Delete reports of meeting tools; their files go once the transaction is over."""
    files = [one.file for one in ReportFile.objects.filter(report__in=reports)]
    reports.delete()
    for file in files:
        transaction.on_commit(partial(file.storage.delete, file.name or ""))


def is_over(network: EndedNetwork, version: CreditRule | None, *, at: datetime) -> bool:
    """Return whether the last day of a network that comes from `with_ends` has passed where it is."""
    last = last_day(network, version)
    return last is not None and last < local_day(at, network.zone)
