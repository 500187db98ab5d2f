"""The check of a document on paper, as its page says it."""

from datetime import datetime

from django.utils.translation import gettext as _

from registrations.credit.documents import statement_of
from registrations.models import Document
from stemnet import wording
from stemnet.papers import Column, Paper, Table


def check_paper(document: Document, *, at: datetime) -> Paper:
    """Return what somebody who checked a valid document at ``at`` puts into a file."""
    facts = document.snapshot
    checked = _("We issued this document, No. %(number)s, and it was valid on %(moment)s.") % {
        "number": document.number,
        "moment": wording.moment(at, document.network.zone),
    }
    again = _("Check again at %(address)s") % {"address": facts["verify_url"]}
    statement = [statement_of(facts)] if document.kind == Document.Kind.ATTENDANCE else []
    return Paper(
        heading=document.name,
        issuer=facts["issuer"],
        eyebrow=_("Document check"),
        lines=[checked, *statement],
        facts=[(label, words) for label, words in _facts(document) if words],
        tables=[_meetings(document)],
        notes=[again],
    )


def _facts(document: Document) -> list[tuple[str, str]]:
    """Return the facts of the page in their order; those without words are left out."""
    facts = document.snapshot
    said = [
        (_("Issued to"), facts["name"]),
        (_("Network"), f"{facts['network']}, {facts['school_year']}"),
        (_("Total"), facts.get("total") or facts["hours"]),
        (_("Hours by category"), facts.get("categories", "")),
        (_("Hours presented"), facts.get("presented", "")),
    ]
    if document.kind == Document.Kind.PDP:
        provider = facts["provider"]
        number = _("No. %(number)s") % {"number": provider["number"]} if provider["number"] else ""
        category = f" ({facts['category']})" if facts["category"] else ""
        said += [
            (_("Topic"), f"{facts['topic']}{category}"),
            (_("Provider"), ", ".join(filter(None, [provider["name"], number]))),
            (_("Objectives"), facts["objectives"]),
            (_("How learning was assessed"), facts["assessment"]),
            (_("Signed by"), f"{facts['signatory']}, {facts['signatory_title']}"),
        ]
    return [
        *said,
        (_("Issued by"), facts["issuer"]),
        (_("Issued on"), facts["issued"]),
        (_("Document number"), document.number),
    ]


def _meetings(document: Document) -> Table:
    """Return the meetings with their sums."""
    facts = document.snapshot
    columns = [
        Column(_("Date"), 1.5),
        Column(_("Meeting"), 3),
        Column(_("Attended"), 1.9),
        Column(_("Minutes"), 1, "right"),
        Column(_("Hours counted"), 1.2, "right"),
    ]
    rows = [
        [
            one["date"],
            "\n".join(filter(None, [one["title"], one.get("place"), one.get("categories"), one["reason"]])),
            one["attended"],
            f"{one['minutes_attended']} / {one['minutes_scheduled']}",
            one["hours"],
        ]
        for one in facts["meetings"]
    ]
    topics = [
        (_("Total on %(topic)s") % {"topic": one["topic"]}, one["hours"]) for one in facts.get("topics", [])
    ]
    sums = topics or [(_("Total hours"), facts["hours"])]
    return Table(
        columns,
        rows,
        heading=_("Meetings attended"),
        last=[["", label, "", "", hours] for label, hours in sums],
    )
