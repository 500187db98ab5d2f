"""The sections that a memorandum begins with, in our own words (docs/rules.md 8.1); coordinators change them.

The text is content and so in one language: it is translated once, when the memorandum is begun.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PARTS = "parts"  # here the parts of the partners stand in the document

STANDARD: tuple[tuple[str, Promise, Promise], ...] = (
    (
        "parties",
        _("Parties"),
        _("The organizations that sign this memorandum are the partners of %(partnership)s."),
    ),
    (
        "purpose",
        _("Purpose and vision"),
        _(
            "The partners work together so that every student in the region learns science and "
            "mathematics well."
        ),
    ),
    (
        "goals",
        _("Shared goals and measures"),
        _(
            "Together the partners set a few measurable goals. Each goal has a starting point, a "
            "target and a date. The partners review the numbers once a year."
        ),
    ),
    (
        "governance",
        _("Governance"),
        _(
            "A leadership team guides the partnership. An advisory team advises it.\n\n- The "
            "leadership team meets at least four times a year.\n- It decides by consensus or, "
            "failing that, by a majority of those present.\n- Each partner names one person to "
            "speak for it."
        ),
    ),
    (
        "backbone",
        _("Role of the backbone organization"),
        _(
            "The backbone organization convenes the meetings, keeps the records, runs this "
            "portal, collects the data and reports to the partners on progress."
        ),
    ),
    (
        PARTS,
        _("What each partner does, needs and contributes"),
        _("Each partner writes its own part. The parts follow this section."),
    ),
    (
        "publicity",
        _("Communication, publicity and logos"),
        _(
            "Partners may say publicly that they belong to the partnership. No partner uses "
            "another partner's name or logo without permission."
        ),
    ),
    (
        "data",
        _("Sharing data"),
        _(
            "Partners share data about groups only. No data about individual students are "
            "entered in the portal."
        ),
    ),
    (
        "funding",
        _("Funding"),
        _(
            "This memorandum does not commit any money. Partners that exchange funds do so under "
            "a separate agreement."
        ),
    ),
    (
        "property",
        _("Shared materials"),
        _(
            "Materials belong to those who create them. Every partner may use for teaching what "
            "is shared within the partnership, with credit to its creators."
        ),
    ),
    (
        "liability",
        _("Liability"),
        _(
            "This memorandum states what the partners intend. It is not legally binding and does "
            "not make any partner the agent of another. Each partner is responsible for its own "
            "acts and insurance."
        ),
    ),
    (
        "term",
        _("Term, yearly review and renewal"),
        _(
            "This memorandum is in effect for each partner that has signed it, for the term on "
            "the first page. The partners review it once a year. They may renew it before it "
            "ends."
        ),
    ),
    (
        "changes",
        _("Changes and new partners"),
        _(
            "Any partner may propose a change. A substantive change takes effect once the "
            "partners have signed again. An organization that joins later signs the current "
            "version and its own part."
        ),
    ),
    (
        "withdrawal",
        _("Withdrawal"),
        _(
            "A partner may leave by giving the others written notice, for the period that this "
            "memorandum sets."
        ),
    ),
    (
        "signing",
        _("Counterparts and electronic signatures"),
        _(
            "Each partner signs its own copy; together the copies are one document. Partners may "
            "sign electronically or on paper. Both count the same."
        ),
    ),
    ("exhibits", _("Exhibits"), _("Work plans and guides may be attached. List them here.")),
)
