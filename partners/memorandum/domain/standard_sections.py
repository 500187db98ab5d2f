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
            "The partners work together so that every student of the region learns science "
            "and mathematics well."
        ),
    ),
    (
        "goals",
        _("Shared goals and measures"),
        _(
            "Together the partners set a few goals that can be counted, each with where it stands today, "
            "what is wanted, and by when. Once a year they look at the figures."
        ),
    ),
    (
        "governance",
        _("Governance"),
        _(
            "A leadership team steers the partnership. An advisory team advises it.\n\n"
            "- The leadership team meets at least four times a year.\n"
            "- It decides by agreement, and by a majority of those present where there is none.\n"
            "- Each partner names one person who speaks for it."
        ),
    ),
    (
        "backbone",
        _("What the backbone organization does"),
        _(
            "The backbone organization calls the meetings, keeps the records, looks after this portal, "
            "gathers the figures and tells the partners how the work goes."
        ),
    ),
    (
        PARTS,
        _("What each partner does, needs and contributes"),
        _("Each partner writes its own part. The parts stand below this section."),
    ),
    (
        "publicity",
        _("Communication, publicity and logos"),
        _(
            "Partners may say that they belong to the partnership. Nobody uses the name or logo of another "
            "partner without being allowed to."
        ),
    ),
    (
        "data",
        _("Sharing data"),
        _("Partners share figures about groups only. No data about single students are put into the portal."),
    ),
    (
        "funding",
        _("Funding"),
        _("This memorandum moves no money. Where money is given, the partners concerned agree on it apart."),
    ),
    (
        "property",
        _("Shared materials"),
        _(
            "Whoever makes a material keeps it. What is shared within the partnership may be used by every "
            "partner for teaching, with its makers named."
        ),
    ),
    (
        "liability",
        _("Liability"),
        _(
            "This memorandum says what the partners intend. It binds nobody in law, makes no one the "
            "agent of another, and each partner answers for its own acts and insurance."
        ),
    ),
    (
        "term",
        _("Term, yearly review and renewal"),
        _(
            "It is in force for each partner that has signed, for the term on the first page. "
            "Once a year the partners review it. They may renew it before it ends."
        ),
    ),
    (
        "changes",
        _("Changes and joining later"),
        _(
            "Any partner may propose a change. A change of substance counts once the partners have signed "
            "again. An organization that joins later signs the current version and its own part."
        ),
    ),
    (
        "withdrawal",
        _("Withdrawal"),
        _("A partner may leave by writing to the others, with the notice that this memorandum names."),
    ),
    (
        "signing",
        _("Counterparts and electronic signatures"),
        _(
            "Each partner signs a copy of its own; together they are one document. Who agrees to it may sign "
            "electronically; a signature on paper counts the same."
        ),
    ),
    ("exhibits", _("Exhibits"), _("Work plans and guides may be attached. They are named here.")),
)
